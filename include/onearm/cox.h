/*
 * cox.h - proportional hazards.
 */
#ifndef ONEARM_COX_H
#define ONEARM_COX_H

#include <onearm/api.h>
#include <onearm/diag.h>
#include <onearm/interval.h>
#include <onearm/test.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The likelihood at tied event times.  R's coxph defaults to EFRON, SAS's PHREG to BRESLOW. */
typedef enum oa_cox_ties { OA_COX_EFRON, OA_COX_BRESLOW } oa_cox_ties;

typedef struct oa_cox_options {
    oa_cox_ties ties;
    double level;       /* 0.95 */
    const int *stratum; /* of each subject, any numbers; NULL: one stratum */
} oa_cox_options;

typedef struct oa_cox_term {
    double coefficient; /* log hazard ratio for one unit more */
    double std_err;
    double p_value; /* Wald, two-sided */
    oa_interval hazard_ratio;
} oa_cox_term;

typedef struct oa_cox {
    int64_t n;
    int64_t n_event;
    double log_likelihood;
    double log_likelihood_null; /* all coefficients 0 */
    oa_chi_square likelihood_ratio;
    oa_chi_square wald;
    oa_chi_square score;
    int iterations;
} oa_cox;

/*
 * Cox model of n subjects and n_terms covariates, 1 to 20: covariates[i * n_terms + j] is covariate j of subject i.  Times
 * and ties are those of oa_km_fit.  `terms` has room for n_terms.  NULL options mean EFRON, 0.95 and one stratum.  An
 * error where there are no events, where a covariate is constant or a combination of the others, and where the likelihood
 * rises for ever, so that a coefficient is infinite: then some difference in covariates orders all events, as where one
 * group has none.
 * D. R. Cox, J R Stat Soc B 34 (1972) 187-220; B. Efron, JASA 72 (1977) 557-565; N. E. Breslow, Biometrics 30 (1974) 89-99.
 */
OA_API bool oa_cox_fit(const double *time, const bool *event, const double *covariates, size_t n, int n_terms,
                       const oa_cox_options *options, oa_cox *fit, oa_cox_term *terms, oa_diag *diag);

/* Hazard ratio of those with in_group[i] to the others: the model of one binary covariate. */
OA_API bool oa_hazard_ratio(const double *time, const bool *event, const bool *in_group, size_t n,
                            const oa_cox_options *options, oa_cox_term *ratio, oa_diag *diag);

#endif
