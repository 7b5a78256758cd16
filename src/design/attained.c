/*
 * attained.c - a two-stage trial whose second stage ran over or under: T. Koyama, H. Chen, Stat Med 27 (2008) 3145-3154,
 * section 4.
 *
 * With x1 responses of stage one and x2 of the m2 subjects that stage two really had, the conditional p-value is
 * P(Bin(m2, p) >= x2).  Let pi be the rate at which the planned stage two, n2 = n - n1, has the same conditional p-value of
 * its critical number: P(Bin(n2, pi) >= r + 1 - x1).  Then
 *     p-value = sum over x > r1 of b(x; n1, p) P(Bin(n2, pi) >= r + 1 - x),
 * which keeps alpha whatever m2 is, and orders outcomes by their conditional p-values, not by their totals.  It rises with p;
 * limits and median-unbiased estimate by bisection to the last bit.
 */
#include "boundary.h"
#include "designs.h"

#include "../stats/level.h"

#ifndef MATHLIB_STANDALONE
#define MATHLIB_STANDALONE
#endif
#include <Rmath.h>

typedef struct outcome {
    const oa_two_stage *design;
    int32_t x1, m2, x2;
} outcome;

static double at_least(int32_t x, int32_t n, double p) {
    return x <= 0 ? 1 : x > n ? 0 : pbinom(x - 1, n, p, false, false);
}

/* Of stage two as planned: the probability that it brings what is still missing. */
static double planned(const void *context, double p) {
    const outcome *o = context;
    const oa_two_stage *d = o->design;
    return at_least(d->r + 1 - o->x1, d->n - d->n1, p);
}

static double p_value(const void *context, double p) {
    const outcome *o = context;
    const oa_two_stage *d = o->design;
    double rate = oa_root_of_rising(planned, o, at_least(o->x2, o->m2, p));
    double sum = 0;
    for (int32_t x = d->n1; x > d->r1; x--) {
        sum += dbinom(x, d->n1, p, false) * at_least(d->r + 1 - x, d->n - d->n1, rate);
    }
    return sum;
}

static bool outcome_valid(const outcome *o, oa_diag *diag) {
    const oa_two_stage *d = o->design;
    const char *what = NULL;
    if (o->x1 < 0 || o->x1 > d->n1 || o->m2 < 1 || o->m2 > OA_MOST_SUBJECTS || o->x2 < 0 || o->x2 > o->m2) {
        what = "responses must be from 0 to the subjects of their stage, and stage two needs at least one";
    } else if (o->x1 <= d->r1) {
        what = "with so few responses the trial ends after stage one";
    } else if (o->x1 > d->r) {
        what = "the responses of stage one decide already; stage two, however long, has no p-value of its own";
    } else if (d->r + 1 - o->x1 > d->n - d->n1) {
        what = "stage two as planned could not have led to a rejection";
    }
    if (what) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-OUTCOME", "%d of %d, then %d of %d: %s", (int)o->x1,
                    (int)d->n1, (int)o->x2, (int)o->m2, what);
    }
    return !what;
}

bool oa_two_stage_attained(const oa_two_stage *design, int32_t x1, int32_t m2, int32_t x2, double p0, double level,
                           oa_attained *attained, oa_diag *diag) {
    outcome o = {design, x1, m2, x2};
    if (!oa_two_stage_valid(design, diag) || !outcome_valid(&o, diag) || !oa_rate_valid("p0", p0, false, diag) ||
        !oa_level_valid(level, diag)) {
        return false;
    }
    double tail = oa_level_tail(level);
    *attained = (oa_attained){p_value(&o, p0), oa_root_of_rising(p_value, &o, 0.5),
                              oa_root_of_rising(p_value, &o, tail), oa_root_of_rising(p_value, &o, 1 - tail)};
    return true;
}
