/*
 * precision.c - the number of subjects that makes the exact interval of a proportion narrow enough.
 *
 * Half width  (upper - lower) / 2 of the Clopper-Pearson interval.  It is greatest at x = n / 2, and there, like its mean
 *             under a rate p, it falls as n grows (tests try all n up to 300): both are found by bisection.  With x the
 *             whole number nearest to n p it is saw-toothed; since it is no greater than the greatest, its last breach is
 *             sought downwards from the n that serves every x.
 */
#include "boundary.h"

#include "../base/number.h"
#include "../stats/level.h"

#include <onearm/design.h>
#include <onearm/stats.h>

#include <math.h>

#ifndef MATHLIB_STANDALONE
#define MATHLIB_STANDALONE
#endif
#include <Rmath.h>

static double half_width(const oa_precision *p, int32_t x, int32_t n) {
    oa_interval i = {0, 0, 0};
    oa_clopper_pearson(x, n, p->level, &i, NULL);
    return (i.upper - i.lower) / 2;
}

static int32_t likely_x(const oa_precision *p, int32_t n) {
    return (int32_t)floor(n * p->p + 0.5);
}

static double likely(const oa_precision *p, int32_t n) {
    return half_width(p, likely_x(p, n), n);
}

static double worst(const oa_precision *p, int32_t n) {
    return half_width(p, n / 2, n);
}

static double expected(const oa_precision *p, int32_t n) {
    double sum = 0;
    for (int32_t x = 0; x <= n; x++) {
        double b = dbinom(x, n, p->p, false);
        sum += b > 1e-17 ? b * half_width(p, x, n) : 0;
    }
    return sum;
}

/* A half width that falls as n grows: the least n that keeps to it; `most` keeps to it. */
static int32_t least_n(double (*width)(const oa_precision *p, int32_t n), const oa_precision *p, int32_t most) {
    int32_t low = 0;
    while (most - low > 1) {
        int32_t middle = low + (most - low) / 2;
        if (width(p, middle) <= p->half_width) {
            most = middle;
        } else {
            low = middle;
        }
    }
    return most;
}

static bool valid(const oa_precision *p, oa_diag *diag) {
    char text[OA_NUMBER_SIZE];
    if (!oa_rate_valid("the expected rate", p->p, false, diag) || !oa_level_valid(p->level, diag)) {
        return false;
    }
    if (!(p->half_width > 0 && p->half_width < 0.5)) {
        oa_diag_add(
            diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-PRECISION",
            "the half width is %s; it must be a fraction above 0 and below 0.5, such as 0.1 for plus or minus 10 "
            "percentage points",
            oa_level_text(p->half_width, text));
        return false;
    }
    if (p->n_max < 0 || p->n_max > OA_MOST_SUBJECTS) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-NMAX", "the greatest n is %d; it must be from 1 to %d",
                    (int)p->n_max, (int)OA_MOST_SUBJECTS);
        return false;
    }
    return true;
}

bool oa_design_precision(const oa_precision *p, oa_precision_answer *answer, oa_diag *diag) {
    oa_precision_answer a = {0};
    if (!valid(p, diag)) {
        return false;
    }
    int32_t most = p->n_max ? p->n_max : OA_MOST_SUBJECTS;
    if (expected(p, most) > p->half_width || likely(p, most) > p->half_width) {
        oa_diag_add(
            diag, OA_ERROR, OA_NONE, NULL, "DESIGN-NONE",
            "with %d subjects half the interval is still %.4f wide on average, more than %g; allow a larger n or a "
            "wider interval",
            (int)most, expected(p, most), p->half_width);
        return false;
    }
    bool any = worst(p, most) <= p->half_width;
    a.worst = any ? least_n(worst, p, most) : 0;
    a.expected = least_n(expected, p, most);
    a.likely = any ? a.worst : most;
    while (a.likely > 1 && likely(p, a.likely - 1) <= p->half_width) {
        a.likely--;
    }
    oa_clopper_pearson(likely_x(p, a.likely), a.likely, p->level, &a.at_likely, NULL);
    a.expected_half_width = expected(p, a.expected);
    a.worst_half_width = any ? worst(p, a.worst) : (double)NAN;
    *answer = a;
    return true;
}
