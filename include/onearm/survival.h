/*
 * survival.h - times to an event, some of them censored.
 */
#ifndef ONEARM_SURVIVAL_H
#define ONEARM_SURVIVAL_H

#include <onearm/api.h>
#include <onearm/diag.h>
#include <onearm/interval.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How the pointwise interval of S(t) is transformed.  R's survfit defaults to LOG, SAS's LIFETEST to LOGLOG. */
typedef enum oa_km_conf { OA_KM_LOGLOG, OA_KM_LOG, OA_KM_PLAIN } oa_km_conf;

typedef struct oa_km_options {
    oa_km_conf conf;
    double level; /* 0.95 */
} oa_km_options;

/* One row for each distinct time. */
typedef struct oa_km_step {
    double time;
    int64_t n_risk;   /* just before `time` */
    int64_t n_event;  /* at `time` */
    int64_t n_censor; /* at `time`, after the events */
    double survival;  /* S(time) */
    double std_err;   /* Greenwood standard error of S(time); NAN where S = 0 */
    double lower;     /* NAN where undefined: S = 0, and S = 1 with LOGLOG */
    double upper;
} oa_km_step;

typedef struct oa_km oa_km;

/*
 * Kaplan-Meier estimate of S(t) from n subjects: time[i] >= 0 (any unit), event[i] true for an event, false for a
 * censored time.  Events precede censorings at tied times; times that differ by no more than 1.5e-8 relative or
 * absolute are tied, as in R's timefix.  NULL options mean LOGLOG and 0.95.  Free with oa_km_free.  NULL on n = 0, a
 * negative or non-finite time, a level outside (0, 1), or no memory; the functions that read a km do not take NULL.
 * E. L. Kaplan, P. Meier, JASA 53 (1958) 457-481.
 */
OA_API oa_km *oa_km_fit(const double *time, const bool *event, size_t n, const oa_km_options *options, oa_diag *diag);

/* The same with events and censorings exchanged, events leaving the risk set first at ties: the distribution of
 * follow-up.  In its steps n_event counts the censorings and n_censor the events, so that n_risk - n_censor could have
 * been censored.  M. Schemper, T. L. Smith, Control Clin Trials 17 (1996) 343-346. */
OA_API oa_km *oa_km_fit_reverse(const double *time, const bool *event, size_t n, const oa_km_options *options,
                                oa_diag *diag);
OA_API void oa_km_free(oa_km *km);

OA_API size_t oa_km_steps(const oa_km *km);
OA_API const oa_km_step *oa_km_step_at(const oa_km *km, size_t index);
OA_API int64_t oa_km_subjects(const oa_km *km);
OA_API int64_t oa_km_events(const oa_km *km);

/*
 * The p-quantile of the time (p = 0.5: median): the smallest t with S(t) <= 1 - p; where S equals 1 - p on a plateau,
 * its midpoint, as in R.  Limits by inverting the pointwise interval (Brookmeyer, Crowley, Biometrics 38 (1982) 29-41).
 * NAN where not reached, and for p outside (0, 1].
 */
OA_API oa_interval oa_km_quantile(const oa_km *km, double p);

/* The step in force at `time`: S(time) with its interval, and n_risk as the number at risk just before `time`; n_event
 * and n_censor count who leaves at `time` itself.  Beyond the last observed time the step says n_risk 0 and survival
 * NAN, unless S is 0 there. */
OA_API oa_km_step oa_km_survival(const oa_km *km, double time);

#endif
