/*
 * paired.h - differences within pairs: signed ranks, signs, means, and ratios with values below a limit.
 */
#ifndef ONEARM_PAIRED_H
#define ONEARM_PAIRED_H

#include <onearm/api.h>
#include <onearm/diag.h>
#include <onearm/interval.h>
#include <onearm/test.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Differences of 0: DROP leaves them out before ranking (Wilcoxon 1945), PRATT ranks them and then leaves out their ranks
 * (Pratt 1959). */
typedef enum oa_zeros { OA_ZEROS_DROP, OA_ZEROS_PRATT } oa_zeros;

/* AUTO is EXACT up to oa_wilcoxon_exact_up_to differences and CORRECTED beyond.  CORRECTED brings the statistic half a unit
 * nearer to its mean. */
typedef enum oa_rank_method { OA_RANKS_AUTO, OA_RANKS_EXACT, OA_RANKS_CORRECTED, OA_RANKS_NORMAL } oa_rank_method;

enum { oa_wilcoxon_exact_up_to = 1000 };

typedef struct oa_wilcoxon_options {
    oa_zeros zeros;
    oa_rank_method method;
    oa_alternative alternative; /* of the centre of the differences against 0 */
    double level;               /* 0.95, of the interval, which is always two-sided */
} oa_wilcoxon_options;

typedef struct oa_wilcoxon {
    int64_t n;             /* differences */
    int64_t n_zero;        /* of which 0 */
    bool ties;             /* among the absolute differences other than 0 */
    double statistic;      /* V, the sum of the ranks of the differences above 0 */
    double z;              /* NAN where exact */
    double p_value;        /* 1 where all differences are 0 */
    oa_rank_method method; /* EXACT, CORRECTED or NORMAL: the one used */
    oa_interval centre;    /* Hodges-Lehmann estimate of the centre, of all differences */
    double attained;       /* level of the interval: below the one asked for where there are too few differences */
} oa_wilcoxon;

/*
 * Wilcoxon's signed-rank test that the differences are symmetric about 0.  Absolute differences closer than 1e-10 relative
 * are tied, so that 0.3 - 0.2 and 0.2 - 0.1 are.  EXACT is the distribution over all signs given the ranks that there are, ties
 * included; it takes up to 2000.  NULL options mean DROP, AUTO, two-sided, 0.95.
 * F. Wilcoxon, Biometrics Bull 1 (1945) 80-83; J. W. Pratt, JASA 54 (1959) 655-667.
 */
OA_API bool oa_wilcoxon_signed_rank(const double *difference, size_t n, const oa_wilcoxon_options *options,
                                    oa_wilcoxon *result, oa_diag *diag);

typedef struct oa_sign {
    int64_t n;
    int64_t n_above;
    int64_t n_below;
    double p_value;
    oa_interval median; /* of all differences, by order statistics */
    double attained;    /* as in oa_wilcoxon */
} oa_sign;

/* Sign test that the median of the differences is 0: exact, without the differences that are 0. */
OA_API bool oa_sign_test(const double *difference, size_t n, oa_alternative alternative, double level, oa_sign *result,
                         oa_diag *diag);

typedef struct oa_paired_t {
    int64_t n;
    double std_dev;
    double t;
    double df;
    double p_value;
    oa_interval mean;
} oa_paired_t;

/* Student's t test that the mean difference is 0.  An error for fewer than two differences, or where all are the same. */
OA_API bool oa_paired_t_test(const double *difference, size_t n, oa_alternative alternative, double level,
                             oa_paired_t *result, oa_diag *diag);

/* A positive measurement, or, where `below`, the limit of quantification that it fell below. */
typedef struct oa_measurement {
    double value;
    bool below;
} oa_measurement;

/* What stands for a value below its limit.  MODEL: nothing; the log ratio is known to lie below or above a bound, and is
 * normal (Tobin 1958).  The others substitute the limit, half of it or the limit over the root of 2, and go on as if that
 * had been measured, which understates the spread (Helsel 2012, ch. 6). */
typedef enum oa_below { OA_BELOW_MODEL, OA_BELOW_LIMIT, OA_BELOW_HALF, OA_BELOW_ROOT2 } oa_below;

typedef struct oa_ratio_options {
    oa_below below;
    oa_alternative alternative; /* of the ratio after / before against 1 */
    double level;               /* 0.95 */
} oa_ratio_options;

typedef struct oa_geometric_ratio {
    int64_t n;            /* pairs */
    int64_t before_below; /* pairs of which only the value before is below its limit */
    int64_t after_below;  /* only the one after */
    int64_t both_below;   /* both: they say nothing of the ratio, and MODEL leaves them out */
    oa_interval ratio;    /* geometric mean of after / before */
    double log_std_dev;   /* of the log ratio; MODEL: its maximum-likelihood estimate */
    double t; /* without censoring, Student's; MODEL: the signed root of the likelihood ratio on its scale */
    double df;
    double p_value;
} oa_geometric_ratio;

/*
 * Geometric mean of the ratio after / before of n pairs.  NULL options mean MODEL, two-sided, 0.95.  Without values below a
 * limit all methods are the paired t test of the logs.  An error for fewer than two different ratios of which both values
 * are measured.
 */
OA_API bool oa_geometric_mean_ratio(const oa_measurement *before, const oa_measurement *after, size_t n,
                                    const oa_ratio_options *options, oa_geometric_ratio *result, oa_diag *diag);

#endif
