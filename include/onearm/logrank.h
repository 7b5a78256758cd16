/*
 * logrank.h - survival of groups against each other, and of one group against a reference.
 */
#ifndef ONEARM_LOGRANK_H
#define ONEARM_LOGRANK_H

#include <onearm/api.h>
#include <onearm/diag.h>
#include <onearm/interval.h>
#include <onearm/test.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct oa_logrank_group {
    int64_t n;
    int64_t n_event;
    double observed; /* weighted number of events; n_event where rho is 0 */
    double expected;
    double variance; /* of observed - expected */
} oa_logrank_group;

typedef struct oa_logrank_options {
    double rho;         /* weight S(t-)^rho of an event: 0 log-rank, 1 Peto-Peto's Wilcoxon; from 0 on */
    const int *stratum; /* of each subject, any numbers; NULL: one stratum */
} oa_logrank_options;

/*
 * Log-rank test that `n_groups` groups have the same survival.  Subject i has time[i] >= 0, event[i] true for an event,
 * and belongs to group[i], from 0 to n_groups - 1.  Tied times are those of oa_km_fit.  `groups` has room for n_groups.
 * NULL options mean rho 0 and one stratum.  Groups of whom nobody was at risk at an event do not count in the degrees of
 * freedom; an error where fewer than two are left, or where all the subjects at risk have their events at once.
 * N. Mantel, Cancer Chemother Rep 50 (1966) 163-170; D. P. Harrington, T. R. Fleming, Biometrika 69 (1982) 553-566.
 */
OA_API bool oa_logrank(const double *time, const bool *event, const int *group, size_t n, int n_groups,
                       const oa_logrank_options *options, oa_logrank_group *groups, oa_chi_square *test, oa_diag *diag);

/* A reference survival S0 as a Weibull curve: its cumulative hazard -log S0(t) is cumulative * (t / time)^shape.  Shape 1
 * is a constant hazard of cumulative / time. */
typedef struct oa_reference {
    double cumulative;
    double time;
    double shape;
} oa_reference;

typedef struct oa_one_sample {
    int64_t n;
    int64_t observed;
    double expected;
    double z;          /* (E - O) / sqrt E; above 0: fewer events than the reference would have */
    double z_mean;     /* (E - O) / sqrt((E + O) / 2), Wu's, which keeps its size in small samples */
    oa_interval ratio; /* O / E with its exact interval */
    double level;
    double p_value[3];      /* by oa_alternative of the ratio O / E against 1: exact, from the Poisson distribution */
    double p_value_z[3];    /* the same from z */
    double p_value_mean[3]; /* the same from z_mean */
} oa_one_sample;

/*
 * One-sample log-rank test against a reference.  entry[i] is the time from which subject i was under observation (left
 * truncation), before time[i]; NULL: from 0 on.  An error where nothing is expected.
 * N. E. Breslow, Appl Stat 24 (1975) 303-311; J. Wu, J Biomet Biostat 5 (2014) 210.
 */
OA_API bool oa_one_sample_logrank(const double *time, const bool *event, const double *entry, size_t n,
                                  const oa_reference *reference, double level, oa_one_sample *result, oa_diag *diag);

/* The same from the numbers of observed and expected events: the standardised mortality ratio.  Result.n is not set.
 * F. D. K. Liddell, J Epidemiol Community Health 38 (1984) 85-88. */
OA_API bool oa_event_ratio(int64_t observed, double expected, double level, oa_one_sample *result, oa_diag *diag);

#endif
