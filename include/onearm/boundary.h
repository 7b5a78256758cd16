/*
 * boundary.h - sequential designs with a binary endpoint: one representation, exact operating characteristics, and the
 * inference that fits.
 *
 * Simon's, Fleming's, three-stage, curtailed, predictive-probability, toxicity designs: each is a list of looks.  Rates
 * and probabilities are fractions.  Functions return false with one message where an argument makes no sense; what they
 * fill is written only on success.
 */
#ifndef ONEARM_BOUNDARY_H
#define ONEARM_BOUNDARY_H

#include <onearm/api.h>
#include <onearm/diag.h>
#include <onearm/interval.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The most subjects that a design may have. */
enum { OA_MOST_SUBJECTS = 10000 };

/*
 * After n subjects of whom s responded: s <= lower ends the trial for futility, s >= upper for efficacy.  lower = -1 and
 * upper = n + 1 never do.  At the last look lower + 1 = upper, so that each trial ends with one of the two answers.
 */
typedef struct oa_look {
    int32_t n;
    int32_t lower;
    int32_t upper;
} oa_look;

/* Looks by rising n.  They belong to the caller. */
typedef struct oa_boundary {
    const oa_look *looks;
    size_t count;
} oa_boundary;

/* What a boundary does where the true rate is p. */
typedef struct oa_oc {
    double p;
    double efficacy;   /* probability of the answer "efficacy": type I error at p0, power at p1 */
    double futility;   /* of the answer "futility", summed for itself: type II error at p1 */
    double early;      /* probability of stopping before the last look (PET) */
    double expected_n; /* and the standard deviation of n */
    double sd_n;
} oa_oc;

/* Probability that the trial ends at a look, by answer. */
typedef struct oa_stop {
    double futility;
    double efficacy;
} oa_stop;

/* Says what is wrong with a boundary. */
OA_API bool oa_boundary_valid(const oa_boundary *boundary, oa_diag *diag);

/*
 * Exact operating characteristics at a true rate 0 <= p <= 1, by forward recursion over (n, s) with absorption at the
 * looks; `stops` (one for each look) may be NULL.  All terms are positive: each probability is right to 1e-14 up to
 * n = 1000, to 1e-13 up to OA_MOST_SUBJECTS.
 */
OA_API bool oa_boundary_oc(const oa_boundary *boundary, double p, oa_oc *oc, oa_stop *stops, oa_diag *diag);

/* ---- inference at the end of a trial ------------------------------------------------------------------------------ */

/*
 * Outcomes are ordered by stage: an earlier stop for efficacy is more extreme than a later one, a later stop for futility
 * than an earlier one, and at one look the number of responses decides.  For a two-stage design that stops for futility
 * only, this is the order of Koyama and Chen and, since the UMVUE rises with it, that of Jung and Kim.
 */
typedef struct oa_estimates {
    double mle;             /* s / n */
    double umvue;           /* M. A. Girshick, F. Mosteller, L. J. Savage, Ann Math Stat 17 (1946) 13-23 */
    double median_unbiased; /* p at which the p-value is 1/2 */
    double bias_adjusted;   /* E_p[s/n] = mle.  M. N. Chang, H. S. Wieand, V. T. Chang, Stat Med 8 (1989) 563-570 */
    double bias_subtracted; /* 2 mle - E_mle[s/n].  H. Y. Guo, A. Liu, J Biopharm Stat 15 (2005) 1009-1017 */
    double p_value;         /* of the null hypothesis p = p0.  T. Koyama, H. Chen, Stat Med 27 (2008) 3145-3154 */
    double lower, upper;    /* p-value = tail and 1 - tail: Koyama-Chen.  tail = (1 - level) / 2 */
    double exact_lower;     /* tails of (1 - level) / 2 on either side, the outcome itself in both: */
    double exact_upper;     /* S.-H. Jung, K. M. Kim, Stat Med 23 (2004) 881-896 */
} oa_estimates;

/*
 * For a trial that ended after look `look` (from 0) with s responses; s must be an outcome that ends it there.  The roots
 * are right to 1e-12.  p0 in (0, 1), level in (0, 1).
 */
OA_API bool oa_boundary_estimates(const oa_boundary *boundary, size_t look, int32_t s, double p0, double level,
                                  oa_estimates *estimates, oa_diag *diag);

/* Expectation of s/n at the end of the trial. */
OA_API bool oa_boundary_mean_estimate(const oa_boundary *boundary, double p, double *mean, oa_diag *diag);

#endif
