/*
 * logrank_design.h - single-arm trials with a time to event, by the one-sample log-rank test in one and two stages.
 *
 * Subjects enter uniformly over the accrual; survival is S0(t) = exp(-(t / scale)^shape) under H0 and S0^hr under H1.  With
 * O events and E = sum of the H0 cumulative hazards, Z = (E - O) / sqrt(E), large where the treatment helps.  The trial
 * stops at time t1 if Z1 <= c1, and H0 is rejected at the end if Z > c.
 *
 * J. Wu, Pharm Stat 14 (2015) 25-33 (exact variance); M. Kwak, S.-H. Jung, Stat Med 33 (2014) 2004-2016 (two stages); J. Wu et
 * al., Pharm Stat 19 (2020) 214-229.  Error rates are those of the large-sample normal distribution; oa_oslr_simulate says
 * what they are with these few subjects.  Times are in any one unit.
 */
#ifndef ONEARM_LOGRANK_DESIGN_H
#define ONEARM_LOGRANK_DESIGN_H

#include <onearm/api.h>
#include <onearm/diag.h>

#include <stdbool.h>
#include <stdint.h>

typedef struct oa_oslr {
    double shape;        /* of the Weibull distribution; 1: exponential */
    double survival, at; /* S0(at) = survival */
    double hazard_ratio; /* under H1, below 1 */
    double rate;         /* subjects that enter in a unit of time */
    double follow_up;    /* from the entry of the last subject to the end */
    bool restricted;     /* no subject is followed longer than that */
    double alpha, beta;
    double least_stop; /* P(stop after stage one | H0) is to be at least this; 0: no matter */
    double weight;     /* of n in "admissible": weight n + (1 - weight) EN */
} oa_oslr;

/* What one subject contributes under H1, of the trial with this accrual: Wu 2015, section 2, p0 p1 p00 p01; variance = exact
 * variance of O - E, omega = E[E - O]; v = E[E] under H0. */
typedef struct oa_oslr_terms {
    double p0, p1, p00, p01;
    double omega, variance, v;
} oa_oslr_terms;

OA_API bool oa_oslr_terms_of(const oa_oslr *problem, double accrual, oa_oslr_terms *terms, oa_diag *diag);

typedef struct oa_oslr_design {
    double t1; /* of the analysis after stage one, from the first entry; 0: one stage */
    double c1, c;
    int32_t n1; /* subjects who entered by t1, rounded up */
    int32_t n;
    double accrual; /* n / rate */
    double length;  /* accrual and follow-up */
    double alpha, power;
    double stop0, stop1; /* P(stop after stage one) under H0 and H1 */
    double expected_n;   /* under H0, with rate * t1 subjects after stage one */
} oa_oslr_design;

typedef struct oa_oslr_answer {
    double scale;   /* of the Weibull distribution */
    double exact_n; /* of the single stage, before it was rounded up */
    oa_oslr_design single;
    oa_oslr_design optimal;    /* least EN */
    oa_oslr_design minimax;    /* least n, then least EN */
    oa_oslr_design admissible; /* least weighted sum */
} oa_oslr_answer;

OA_API bool oa_design_oslr(const oa_oslr *problem, oa_oslr_answer *answer, oa_diag *diag);

/* Error rates and EN of a design that is given by n, t1, c1 and c. */
OA_API bool oa_oslr_judge(const oa_oslr *problem, oa_oslr_design *design, oa_diag *diag);

typedef struct oa_oslr_rates {
    uint64_t trials;
    double reject; /* shares of the trials, each with standard error sqrt(x (1 - x) / trials) */
    double stop;
} oa_oslr_rates;

/*
 * Simulates trials with the true hazard ratio `hazard_ratio` (1: H0): n subjects enter uniformly over the accrual; at t1 those
 * who have entered are analysed with the follow-up they have.  The same seed gives the same trials for all designs, whatever
 * the number of processors.
 */
OA_API bool oa_oslr_simulate(const oa_oslr *problem, const oa_oslr_design *design, double hazard_ratio, uint64_t trials,
                             uint64_t seed, oa_oslr_rates *rates, oa_diag *diag);

#endif
