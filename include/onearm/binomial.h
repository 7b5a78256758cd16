/*
 * binomial.h - a proportion: x of n.
 *
 * Throughout 0 <= x <= n, 1 <= n <= 1e8.  Levels and probabilities are fractions.  What is wrong is refused with one
 * message, and nothing is written.
 */
#ifndef ONEARM_BINOMIAL_H
#define ONEARM_BINOMIAL_H

#include <onearm/api.h>
#include <onearm/diag.h>
#include <onearm/interval.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum oa_ci_method {
    OA_CI_CLOPPER_PEARSON,
    OA_CI_BLAKER,
    OA_CI_MID_P,
    OA_CI_WILSON,
    OA_CI_WILSON_CC,
    OA_CI_AGRESTI_COULL,
    OA_CI_JEFFREYS,
    OA_CI_WALD,
    OA_N_CI_METHODS
} oa_ci_method;

/* OA_LOWER: a lower limit at the whole level; the upper limit is 1.  OA_UPPER: the reverse, with 0. */
typedef enum oa_sides { OA_TWO_SIDED, OA_LOWER, OA_UPPER } oa_sides;

/* "clopper-pearson", as protocol and command line have it; "Clopper-Pearson", for people; one sentence with its source.
 * NULL for what is no method. */
OA_API const char *oa_ci_name(oa_ci_method method);
OA_API const char *oa_ci_label(oa_ci_method method);
OA_API const char *oa_ci_description(oa_ci_method method);
/* Finds a method by its name; false and nothing written where there is none. */
OA_API bool oa_ci_of(const char *name, oa_ci_method *method);

/*
 * The interval of a proportion; the estimate is x/n whatever the method.  Two-sided intervals take any level in (0, 1);
 * one-sided ones a level from 0.5, and Blaker's method none: it is two-sided by definition.
 *
 * Limits lie in [0, 1]: those of Agresti-Coull and Wald are cut off there.  Jeffreys' lower limit is 0 at x = 0 and its
 * upper limit 1 at x = n (Brown, Cai, DasGupta 2001).  Mirrored limits are complements to the last bit: the upper limit
 * of x is 1 minus the lower limit of n - x, or the other way round, whichever is at most 0.5 being exact by itself.
 * Relative error of the smaller of p and 1 - p: below 1e-12, Blaker's below 1e-11; Agresti-Coull and Wald: absolute, as
 * they can cancel.
 */
OA_API bool oa_binomial_interval(int64_t x, int64_t n, oa_ci_method method, oa_sides sides, double level,
                                 oa_interval *interval, oa_diag *diag);

/* The same, but limits of Agresti-Coull and Wald as their formulas give them: below 0 or above 1. */
OA_API bool oa_binomial_interval_uncut(int64_t x, int64_t n, oa_ci_method method, oa_sides sides, double level,
                                       oa_interval *interval, oa_diag *diag);

/*
 * Exact (Clopper-Pearson) interval of a binomial proportion: x successes of n, two-sided level in (0, 1).
 * C. J. Clopper, E. S. Pearson, Biometrika 26 (1934) 404-413.
 */
OA_API bool oa_clopper_pearson(int64_t x, int64_t n, double level, oa_interval *interval, oa_diag *diag);

/* Exact tests of p = p0; what each one sums is said in src/stats/binomial_test.c and docs/methods.md. */
typedef enum oa_binomial_test_kind {
    OA_BINOMIAL_TWO_SIDED, /* outcomes as or less probable than x, as in R's binom.test */
    OA_BINOMIAL_GREATER,
    OA_BINOMIAL_LESS,
    OA_BINOMIAL_DOUBLED, /* the smaller tail twice */
    OA_BINOMIAL_BLAKER,
    OA_BINOMIAL_MID_P, /* the smaller mid-P tail twice */
    OA_BINOMIAL_MID_P_GREATER,
    OA_BINOMIAL_MID_P_LESS,
    OA_N_BINOMIAL_TESTS
} oa_binomial_test_kind;

/* "two-sided" and a label for people; NULL for what is none.  oa_binomial_test_of() finds one by its name. */
OA_API const char *oa_binomial_test_name(oa_binomial_test_kind kind);
OA_API const char *oa_binomial_test_label(oa_binomial_test_kind kind);
OA_API bool oa_binomial_test_of(const char *name, oa_binomial_test_kind *kind);

/* The p value of x of n against p0 in [0, 1]. */
OA_API bool oa_binomial_test(int64_t x, int64_t n, double p0, oa_binomial_test_kind kind, double *p, oa_diag *diag);

#endif
