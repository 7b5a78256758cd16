/*
 * monitoring.h - designs that watch a rate as it comes in: predictive and posterior probability, BOP2, and toxicity.
 *
 * Each is a boundary (boundary.h) that a rule gives, judged by its exact error rates; the searches take and give what those
 * of design.h do.  With x events of n subjects and the prior Beta(a, b) the rate is Beta(a + x, b + n - x).  A probability
 * within 1e-12 of a threshold equals it, so that rounding decides nothing.
 */
#ifndef ONEARM_MONITORING_H
#define ONEARM_MONITORING_H

#include <onearm/design.h>

/* A prior, as numbers of events and non-events, each above 0. */
typedef struct oa_beta {
    double a, b;
} oa_beta;

/* When the data are looked at: after so many subjects, rising; the last is the end of the trial.  The caller's. */
typedef struct oa_schedule {
    const int32_t *looks;
    size_t count;
} oa_schedule;

/* ---- the rest of a trial ------------------------------------------------------------------------------------------ */

/*
 * The probability that the trial will end with the answer "efficacy", with s responses of n now: conditional power at a true
 * rate p, and the predictive probability where p has the prior and these data.  By backward recursion over (n, s), looks
 * from n on included; exact to 1e-14 as oa_boundary_oc is.  0 <= s <= n <= the last look.
 */
OA_API bool oa_boundary_conditional_power(const oa_boundary *boundary, int32_t n, int32_t s, double p,
                                          double *probability, oa_diag *diag);
OA_API bool oa_boundary_predictive(const oa_boundary *boundary, int32_t n, int32_t s, const oa_beta *prior,
                                   double *probability, oa_diag *diag);

/* ---- predictive probability --------------------------------------------------------------------------------------- */

/*
 * J. J. Lee, D. D. Liu, Clin Trials 5 (2008) 93-106.  The treatment is worth pursuing if P(p > p0 | data of all n) > final.
 * At a look the trial stops for futility if the probability that this will come true is < futility, and for efficacy if it
 * is > efficacy.  Looks come after `first` subjects and each `step` more.
 */
typedef struct oa_lee_liu {
    oa_beta prior;
    int32_t first, step;
} oa_lee_liu;

/*
 * All thresholds for futility and the end, and no stop for efficacy: "lee-liu", the authors' choice, of the least n
 * that keeps both error rates the greatest power, with a threshold for futility from 0.001 on, as theirs; "minimax", of the
 * least n the least EN(p0); "optimal", the least EN(p0) up to n_max (0: half as many again as the least n).
 */
OA_API oa_designs *oa_design_lee_liu(const oa_problem *problem, const oa_lee_liu *rule, oa_diag *diag);

/* What given thresholds come to: "given".  efficacy = 1: no stop for it. */
typedef struct oa_lee_liu_thresholds {
    int32_t n;
    double futility, final, efficacy;
} oa_lee_liu_thresholds;

OA_API oa_designs *oa_design_lee_liu_at(const oa_problem *problem, const oa_lee_liu *rule,
                                        const oa_lee_liu_thresholds *thresholds, oa_diag *diag);

/* ---- posterior probability ---------------------------------------------------------------------------------------- */

/*
 * P. F. Thall, R. Simon, Biometrics 50 (1994) 337-349.  With E the rate of the experimental treatment and S that of the
 * standard one, stops for futility if P(E > S + gain | data) < futility, for efficacy if P(E > S | data) > efficacy; at the
 * end the answer is efficacy if P(E > S + gain | data) >= final.
 */
typedef struct oa_thall_simon {
    oa_beta prior;    /* of E */
    oa_beta standard; /* of S, each from 0.1; {0, 0}: S is known to be standard_rate */
    double standard_rate;
    double gain;
    double futility; /* 0: never */
    double efficacy; /* 1: never */
    double final;
    oa_schedule schedule;
} oa_thall_simon;

/* "thall-simon" */
OA_API oa_designs *oa_design_thall_simon(const oa_problem *problem, const oa_thall_simon *rule, oa_diag *diag);

/* P(E > S + gain), right to 1e-13.  Parameters from 0.1 to 1e5; 0 <= gain < 1. */
OA_API bool oa_beta_superiority(const oa_beta *e, const oa_beta *s, double gain, double *probability, oa_diag *diag);

/* ---- BOP2 --------------------------------------------------------------------------------------------------------- */

/*
 * H. Zhou, J. J. Lee, Y. Yuan, Stat Med 36 (2017) 3302-3314: stops for futility after n of N subjects if P(p > p0 | data) <
 * lambda (n/N)^gamma; the prior is Beta(p0, 1 - p0).  With `efficacy_stop` (BOP2-FE) it stops for efficacy if P(p > p0 |
 * data) > 1 - (1 - lambda) (n/N)^eta.  lambda, gamma (and eta) are those with the greatest power within alpha, then the
 * least EN(p0), of the grid with steps of 0.01 (eta: 0.05), lambda from 0.01 to 0.99, gamma from 0 to 1, eta from 0 to 3.
 */
typedef struct oa_bop2 {
    oa_schedule schedule;
    bool efficacy_stop;
    double lambda, gamma, eta; /* lambda = 0: to be found */
} oa_bop2;

/* "bop2" */
OA_API oa_designs *oa_design_bop2(const oa_problem *problem, const oa_bop2 *rule, oa_diag *diag);

/*
 * With toxicity: stops also if P(toxicity < toxicity0 | data) is below the same limit.  The prior is a Dirichlet one worth
 * one subject with the null rates, so that either margin is a Beta.  response0 < response1, toxicity1 < toxicity0; phi is
 * the odds ratio of response and toxicity within a subject.  alpha holds where both rates are null.
 */
typedef struct oa_bop2_toxicity {
    double response0, response1;
    double toxicity0, toxicity1;
    double phi;
    double alpha;
    oa_schedule schedule;
    double lambda, gamma; /* lambda = 0: to be found */
} oa_bop2_toxicity;

/* Stop with `response` or fewer responses, or with `toxicity` or more toxicities. */
typedef struct oa_joint_look {
    int32_t n, response, toxicity;
} oa_joint_look;

typedef struct oa_joint_oc {
    double accept;
    double early;
    double expected_n;
} oa_joint_oc;

typedef struct oa_bop2_toxicity_answer {
    double lambda, gamma;
    /* where both rates are null, only the response, only the toxicity, none */
    oa_joint_oc null, poor_response, toxic, good;
} oa_bop2_toxicity_answer;

/* `looks` has room for one of each look of the schedule. */
OA_API bool oa_design_bop2_toxicity(const oa_bop2_toxicity *problem, oa_joint_look *looks,
                                    oa_bop2_toxicity_answer *answer, oa_diag *diag);

/* Exact operating characteristics at true rates from 0 to 1. */
OA_API bool oa_joint_at(const oa_joint_look *looks, size_t count, double response, double toxicity, double phi,
                        oa_joint_oc *oc, oa_diag *diag);

/* ---- toxicity ----------------------------------------------------------------------------------------------------- */

typedef enum oa_toxicity_rule {
    OA_POCOCK,       /* P(X >= x | n, p0) <= level, at every look the same */
    OA_WANG_TSIATIS, /* (x - n p0) / sqrt(n p0 (1 - p0)) >= c (n/N)^(delta - 1/2): 1/2 is Pocock, 0 O'Brien and Fleming */
    OA_POSTERIOR     /* P(p > p0 | data) >= threshold */
} oa_toxicity_rule;

/*
 * Stops as soon as there are too many toxicities.  p0 is the acceptable rate, p1 the one that is too high; alpha is P(stop)
 * at p0, and 1 - beta at p1.  A. Ivanova, B. F. Qaqish, M. J. Schell, Biometrics 61 (2005) 540-545; N. L. Geller et al.,
 * for the posterior rule.
 */
typedef struct oa_toxicity {
    oa_toxicity_rule rule;
    double delta;  /* of OA_WANG_TSIATIS, from 0 to 1 */
    oa_beta prior; /* of OA_POSTERIOR */
    oa_schedule schedule;
    bool by_power;    /* the threshold is set by the power, not by alpha */
    double threshold; /* NAN: to be found */
} oa_toxicity;

/* "within": the nearest that keeps the bound; "beyond": the next one, that does not; "given". */
OA_API oa_designs *oa_design_toxicity(const oa_problem *problem, const oa_toxicity *rule, oa_diag *diag);

#endif
