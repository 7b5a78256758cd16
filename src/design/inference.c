/*
 * inference.c - estimates, p-value and intervals at the end of a sequential trial; formulas and sources in
 * onearm/boundary.h.
 *
 * UMVUE       By sufficiency of (look, s) it is the share of the paths to the outcome whose first subject responds: the
 *             ratio of two walks at any p.  At p = s/n neither under- nor overflows.
 * Order       by stages; P(outcome or beyond | p) rises with p, so limits are found by bisection, to the last bit.
 */
#include "boundary.h"

#include "../stats/level.h"

#include <math.h>
#include <stdlib.h>

typedef struct outcome {
    const oa_boundary *boundary;
    size_t look;
    int32_t s;
    bool efficacy; /* the answer that it gives */
    double *room;
} outcome;

/* P(the outcome or one beyond it | p), or with `strict` P(one beyond it). */
static double beyond(const outcome *o, double p, bool strict) {
    oa_walk walk;
    double futile = 0;
    double efficacious = 0;
    oa_walk_start(&walk, o->boundary, p, o->room);
    while (oa_walk_next(&walk) && walk.look < o->look) {
        oa_stop stop = oa_walk_stop(&walk);
        futile += stop.futility;
        efficacious += stop.efficacy;
    }
    int32_t s = o->s + (strict ? 1 : 0);
    return o->efficacy ? efficacious + oa_walk_from(&walk, s) : 1 - (futile + oa_walk_to(&walk, s - 1));
}

static double p_value_at(const void *context, double p) {
    return beyond(context, p, false);
}

static double p_beyond_at(const void *context, double p) {
    return beyond(context, p, true);
}

static double mean_at(const void *context, double p) {
    const outcome *o = context;
    oa_walk walk;
    double mean = 0;
    oa_walk_start(&walk, o->boundary, p, o->room);
    while (oa_walk_next(&walk)) {
        const oa_look *look = &o->boundary->looks[walk.look];
        for (int32_t s = walk.low; s <= walk.high; s++) {
            mean += s <= look->lower || s >= look->upper ? walk.f[s] * s / look->n : 0;
        }
    }
    return mean;
}

static double umvue(const outcome *o) {
    double n = o->boundary->looks[o->look].n;
    oa_walk walk;
    double reached[2];
    if (o->s == 0) {
        return 0;
    }
    for (int i = 0; i < 2; i++) {
        oa_walk_start(&walk, o->boundary, fmin(o->s / n, 1 - 0.5 / n), o->room);
        walk.first_responds = i == 1;
        while (oa_walk_next(&walk) && walk.look < o->look) {
        }
        reached[i] = o->s >= walk.low ? walk.f[o->s] : 0;
    }
    return reached[1] / reached[0];
}

/* The responses with which the trial can be at a look. */
static void range_at(const oa_boundary *boundary, size_t look, int32_t *least, int32_t *most) {
    *least = 0;
    *most = boundary->looks[0].n;
    for (size_t i = 0; i < look; i++) {
        const oa_look *at = &boundary->looks[i];
        *least = *least > at->lower ? *least : at->lower + 1;
        *most = (*most < at->upper ? *most : at->upper - 1) + boundary->looks[i + 1].n - at->n;
    }
}

/* The outcome must end the trial at its look and be one that the looks before let happen. */
static bool outcome_valid(const oa_boundary *boundary, size_t look, int32_t s, oa_diag *diag) {
    int32_t least;
    int32_t most;
    if (look >= boundary->count) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-OUTCOME", "the design has %zu looks, and no look %zu",
                    boundary->count, look + 1);
        return false;
    }
    const oa_look *at = &boundary->looks[look];
    range_at(boundary, look, &least, &most);
    if (s < least || s > most) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-OUTCOME",
                    "this design cannot be at look %zu with %d responses of %d, only with %d to %d", look + 1, (int)s,
                    (int)at->n, (int)least, (int)most);
        return false;
    }
    if (s > at->lower && s < at->upper) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-OUTCOME",
                    "with %d responses of %d the trial goes on: it ends with %d or fewer, or with %d or more", (int)s,
                    (int)at->n, (int)at->lower, (int)at->upper);
        return false;
    }
    return true;
}

static void estimate(const outcome *o, double p0, double level, oa_estimates *e) {
    int32_t n = o->boundary->looks[o->look].n;
    double tail = oa_level_tail(level);
    bool none = beyond(o, 0, false) >= 1; /* no outcome is below it: the lower limits are 0 */
    bool all = beyond(o, 1, true) <= 0;   /* none is above it */
    *e = (oa_estimates){.mle = (double)o->s / n, .umvue = umvue(o), .p_value = p_value_at(o, p0)};
    e->median_unbiased = oa_root_of_rising(p_value_at, o, 0.5);
    e->bias_adjusted = oa_root_of_rising(mean_at, o, e->mle);
    e->bias_subtracted = 2 * e->mle - mean_at(o, e->mle);
    e->lower = none ? 0 : oa_root_of_rising(p_value_at, o, tail);
    e->upper = oa_root_of_rising(p_value_at, o, 1 - tail);
    e->exact_lower = e->lower;
    e->exact_upper = all ? 1 : oa_root_of_rising(p_beyond_at, o, 1 - tail);
    if (none) {
        e->median_unbiased = 0;
        e->upper = 0;
    }
}

bool oa_boundary_estimates(const oa_boundary *boundary, size_t look, int32_t s, double p0, double level,
                           oa_estimates *estimates, oa_diag *diag) {
    if (!oa_boundary_valid(boundary, diag) || !outcome_valid(boundary, look, s, diag) ||
        !oa_rate_valid("p0", p0, false, diag) || !oa_level_valid(level, diag)) {
        return false;
    }
    outcome o = {.boundary = boundary, .look = look, .s = s, .room = oa_walk_reserve(boundary, diag)};
    o.efficacy = s >= boundary->looks[look].upper;
    if (o.room) {
        estimate(&o, p0, level, estimates);
    }
    free(o.room);
    return o.room != NULL;
}

bool oa_boundary_mean_estimate(const oa_boundary *boundary, double p, double *mean, oa_diag *diag) {
    if (!oa_boundary_valid(boundary, diag) || !oa_rate_valid("the true rate", p, true, diag)) {
        return false;
    }
    outcome o = {.boundary = boundary, .room = oa_walk_reserve(boundary, diag)};
    if (o.room) {
        *mean = mean_at(&o, p);
    }
    free(o.room);
    return o.room != NULL;
}
