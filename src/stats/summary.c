/*
 * summary.c - mean, standard deviation, quantiles, geometric mean.
 *
 * Quantiles   by their position j + h in the sorted values x(1) .. x(n), j whole (Hyndman, Fan 1996):
 *                 1, 2, 3  jump: at n p (3: n p - 1/2) to x(j) where h = 0 and x(j+1) else; type 2 takes the mean of both
 *                          where h = 0, type 3 the even one of both
 *                 4 .. 9   lie between: (1 - h) x(j) + h x(j+1) at a + p (n + 1 - 2a), a = 1/2 (5), 0 (6), 1 (7),
 *                          1/3 (8), 3/8 (9), and at n p (4)
 * Moments     Values are scaled by a power of two, so that no sum overflows; sums are compensated (A. Neumaier, Z Angew
 *             Math Mech 54 (1974) 39-51), and squares are of deviations from the mean.
 * Accuracy    mean relative 1e-15 of the mean of |x|; sd relative 1e-13.
 */
#include <onearm/summary.h>

#include "level.h"
#include "sort.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct position {
    double j;
    double h;
} position;

static position position_at(double place) {
    static const double fuzz = 4 * DBL_EPSILON;
    double j = floor(place + fuzz);
    double h = place - j;
    return (position){.j = j, .h = fabs(h) < fuzz ? 0 : h};
}

/* How far from x(j) to x(j+1): the position of one of the types that jump. */
static position jump(double n, double p, int type) {
    position at = position_at(type == 3 ? n * p - 0.5 : n * p);
    if (at.h > 0) {
        at.h = 1;
    } else if (type == 2) {
        at.h = 0.5;
    } else if (type == 3) {
        at.h = fmod(at.j, 2) > 0 ? 1 : 0;
    }
    return at;
}

static position between(double n, double p, int type) {
    static const double shift[] = {[5] = 0.5, [6] = 0, [7] = 1, [8] = 1. / 3, [9] = 3. / 8};
    if (type == 4) {
        return position_at(n * p);
    }
    return position_at(shift[type] + p * (n + 1 - 2 * shift[type]));
}

static double value_at(const double *sorted, size_t n, double place) {
    return sorted[place < 1 ? 0 : place > (double)n ? n - 1 : (size_t)place - 1];
}

double oa_quantile(const double *sorted, size_t n, double p, int type) {
    position at = type <= 3 ? jump((double)n, p, type) : between((double)n, p, type);
    double low = value_at(sorted, n, at.j);
    double high = value_at(sorted, n, at.j + 1);
    if (at.h <= 0 || low >= high) {
        return low;
    }
    return at.h >= 1 ? high : (1 - at.h) * low + at.h * high;
}

typedef struct total {
    double sum;
    double lost;
} total;

static void add(total *t, double value) {
    double sum = t->sum + value;
    t->lost += fabs(t->sum) >= fabs(value) ? (t->sum - sum) + value : (value - sum) + t->sum;
    t->sum = sum;
}

typedef struct moments {
    double mean;
    double sd;
} moments;

static moments moments_of(const double *values, size_t n) {
    double most = 0;
    for (size_t i = 0; i < n; i++) {
        most = fmax(most, fabs(values[i]));
    }
    int exponent = most > 0 ? ilogb(most) : 0;
    total sum = {0};
    for (size_t i = 0; i < n; i++) {
        add(&sum, scalbn(values[i], -exponent));
    }
    double mean = (sum.sum + sum.lost) / (double)n;
    total squares = {0};
    total rest = {0}; /* of the deviations, 0 but for the rounding of the mean */
    for (size_t i = 0; i < n; i++) {
        double off = scalbn(values[i], -exponent) - mean;
        add(&squares, off * off);
        add(&rest, off);
    }
    double left = rest.sum + rest.lost;
    double variance = (squares.sum + squares.lost - left * left / (double)n) / ((double)n - 1);
    return (moments){.mean = scalbn(mean + left / (double)n, exponent),
                     .sd = n < 2 ? (double)NAN : scalbn(sqrt(fmax(variance, 0)), exponent)};
}

/* `values` are sorted, and overwritten by their logarithms at the end. */
static void describe(double *values, size_t n, int type, oa_summary *s) {
    moments plain = moments_of(values, n);
    s->mean = plain.mean;
    s->sd = plain.sd;
    s->min = values[0];
    s->q1 = oa_quantile(values, n, 0.25, type);
    s->median = oa_quantile(values, n, 0.5, type);
    s->q3 = oa_quantile(values, n, 0.75, type);
    s->max = values[n - 1];
    if (values[0] <= 0) {
        return;
    }
    for (size_t i = 0; i < n; i++) {
        values[i] = log(values[i]);
    }
    moments logs = moments_of(values, n);
    s->geometric_mean = exp(logs.mean);
    s->geometric_cv = sqrt(expm1(logs.sd * logs.sd));
}

bool oa_summarise(const double *values, size_t n, int quantile_type, oa_summary *summary, oa_diag *diag) {
    if (quantile_type < 1 || quantile_type > 9) {
        oa_diag_add(diag, OA_ERROR, OA_USAGE, NULL, "STATS-SUMMARY",
                    "there is no quantile of type %d; types are 1 to 9, as in R", quantile_type);
        return false;
    }
    double *present = calloc(n ? n : 1, sizeof *present);
    if (!present) {
        oa_diag_add(diag, OA_ERROR, OA_MEMORY, NULL, "STATS-SUMMARY", "there is no memory for %zu values", n);
        return false;
    }
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        if (isinf(values[i])) {
            free(present);
            oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "STATS-SUMMARY", "value %zu is infinite", i + 1);
            return false;
        }
        if (!isnan(values[i])) {
            present[count++] = values[i];
        }
    }
    double none = (double)NAN;
    *summary = (oa_summary){.n = count,
                            .missing = n - count,
                            .mean = none,
                            .sd = none,
                            .min = none,
                            .q1 = none,
                            .median = none,
                            .q3 = none,
                            .max = none,
                            .geometric_mean = none,
                            .geometric_cv = none};
    if (count > 0) {
        oa_sort_doubles(present, count);
        describe(present, count, quantile_type, summary);
    }
    free(present);
    return true;
}
