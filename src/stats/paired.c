/*
 * paired.c - Student's t and the sign test of differences within pairs.
 *
 * Definition  t = mean / (s / sqrt n) with s^2 = sum (d - mean)^2 / (n - 1), on n - 1 degrees of freedom; interval
 *             mean -+ t(1 - a/2) s / sqrt n.
 *             Sign test: of the m differences other than 0, the number above 0 is Binomial(m, 1/2); two-sided p is twice the
 *             smaller tail.  Median with the limits d_(k) and d_(n + 1 - k), the largest k >= 1 with
 *             2 P(Binomial(n, 1/2) < k) <= 1 - level; their level is 1 - 2 P(Binomial(n, 1/2) < k).
 * Source      Student, Biometrika 6 (1908) 1-25; W. J. Dixon, A. M. Mood, JASA 41 (1946) 557-566.
 * Domain      Finite differences; t from n = 2 on, not all the same.
 * Accuracy    Mean and s in two passes, relative error below n epsilon; p as a tail, below 1e-12.
 */
#include <onearm/stats.h>

#include "level.h"
#include "sort.h"
#include "work.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#ifndef MATHLIB_STANDALONE
#define MATHLIB_STANDALONE
#endif
#include <Rmath.h>

static const char t_rule[] = "STATS-T";
static const char sign_rule[] = "STATS-SIGN";

static bool input_valid(const double *difference, size_t n, size_t least, oa_alternative alternative, double level,
                        const char *rule, oa_diag *diag) {
    if (n < least || !difference) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, rule, "there %s %zu difference%s; the test needs at least %zu",
                    n == 1 ? "is" : "are", n, n == 1 ? "" : "s", least);
        return false;
    }
    return oa_alternative_valid(alternative, diag) && oa_level_valid(level, diag) &&
           oa_numbers_valid(difference, n, -HUGE_VAL, "difference", rule, diag);
}

bool oa_paired_t_test(const double *difference, size_t n, oa_alternative alternative, double level, oa_paired_t *result,
                      oa_diag *diag) {
    if (!input_valid(difference, n, 2, alternative, level, t_rule, diag)) {
        return false;
    }
    double count = (double)n;
    double mean = 0;
    double square = 0;
    for (size_t i = 0; i < n; i++) {
        mean += (difference[i] - mean) / (double)(i + 1);
    }
    double rest = 0; /* what rounding left in the mean */
    for (size_t i = 0; i < n; i++) {
        rest += (difference[i] - mean) / count;
    }
    mean += rest;
    for (size_t i = 0; i < n; i++) {
        square += (difference[i] - mean) * (difference[i] - mean);
    }
    double std_dev = sqrt(square / (count - 1));
    if (!isfinite(std_dev) || !(std_dev > 1e-14 * fabs(mean))) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, t_rule,
                    isfinite(std_dev) ? "the %zu differences are all the same, so there is no spread to test against"
                                      : "the %zu differences are too large to compute their spread",
                    n);
        return false;
    }
    double std_err = std_dev / sqrt(count);
    double reach = qt(oa_level_tail(level), count - 1, false, false) * std_err;
    *result = (oa_paired_t){.n = (int64_t)n, .std_dev = std_dev, .t = mean / std_err, .df = count - 1};
    result->p_value = oa_t_p_value(result->t, result->df, alternative);
    result->mean = (oa_interval){mean, mean - reach, mean + reach};
    return true;
}

typedef struct medians {
    const double *difference;
    size_t n;
    double level;
    oa_sign *result;
} medians;

/* The largest k >= 1 with 2 P(X < k) <= 1 - level, X ~ Binomial(n, 1/2). */
static size_t order_of_limit(double n, double level) {
    double tail = oa_level_tail(level);
    double k = qbinom(tail, n, .5, true, false); /* the smallest with P(X <= k) >= tail */
    if (pbinom(k, n, .5, true, false) <= tail) { /* just so */
        k += 1;
    }
    return k < 1 ? 1 : (size_t)k;
}

static void set_median(oa_arena *arena, void *context) {
    medians *m = context;
    double *sorted = OA_NEW_ARRAY(arena, double, m->n);
    memcpy(sorted, m->difference, m->n * sizeof *sorted);
    oa_sort_doubles(sorted, m->n);
    size_t k = order_of_limit((double)m->n, m->level);
    m->result->median.estimate = sorted[(m->n - 1) / 2] / 2 + sorted[m->n / 2] / 2;
    m->result->median.lower = sorted[k - 1];
    m->result->median.upper = sorted[m->n - k];
    m->result->attained = 1 - 2 * pbinom((double)k - 1, (double)m->n, .5, true, false);
}

bool oa_sign_test(const double *difference, size_t n, oa_alternative alternative, double level, oa_sign *result,
                  oa_diag *diag) {
    if (!input_valid(difference, n, 1, alternative, level, sign_rule, diag)) {
        return false;
    }
    oa_sign found = {.n = (int64_t)n};
    for (size_t i = 0; i < n; i++) {
        found.n_above += difference[i] > 0;
        found.n_below += difference[i] < 0;
    }
    double above = (double)found.n_above;
    double counted = above + (double)found.n_below;
    double fewer = pbinom(above, counted, .5, true, false);
    double more = above > 0 ? pbinom(above - 1, counted, .5, false, false) : 1;
    found.p_value = alternative == OA_ALT_LESS ? fewer : more;
    if (alternative == OA_ALT_TWO_SIDED) {
        found.p_value = fmin(1, 2 * fmin(fewer, more));
    }
    medians m = {difference, n, level, &found};
    if (!oa_work(set_median, &m, n, diag)) {
        return false;
    }
    *result = found;
    return true;
}
