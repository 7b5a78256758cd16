/*
 * walk.c - see walk.h.
 *
 * Accuracy    b comes from dbinom of libRmath (C. Loader's saddle-point form, a few units in the last place whatever n
 *             is).  A convolution of m_k terms adds m_k roundings, so a probability is right to (N + 4 K) 1.1e-16
 *             relative at worst; roundings mostly cancel, and 1e-14 was never passed up to N = 1000 (tests).
 *             Tails are summed from their far, small end.
 */
#include "walk.h"

#include <math.h>
#include <string.h>

#ifndef MATHLIB_STANDALONE
#define MATHLIB_STANDALONE
#endif
#include <Rmath.h>

size_t oa_walk_room(const oa_boundary *boundary) {
    return 3 * ((size_t)boundary->looks[boundary->count - 1].n + 1);
}

void oa_walk_start(oa_walk *walk, const oa_boundary *boundary, double p, double *room) {
    size_t row = oa_walk_room(boundary) / 3;
    *walk = (oa_walk){.boundary = boundary, .p = p, .f = room, .next = room + row, .pmf = room + 2 * row, .width = -1};
    walk->f[0] = 1;
}

/* The probabilities of 0..m responses of m subjects. */
static void need_pmf(oa_walk *walk, int32_t m) {
    if (walk->width != m) {
        walk->width = m;
        for (int32_t x = 0; x <= m; x++) {
            walk->pmf[x] = dbinom(x, m, walk->p, false);
        }
    }
}

/* One subject more, in place. */
static void add_one(oa_walk *walk) {
    double *f = walk->f;
    double q = 1 - walk->p;
    f[walk->high + 1] = f[walk->high] * walk->p;
    for (int32_t s = walk->high; s > walk->low; s--) {
        f[s] = f[s] * q + f[s - 1] * walk->p;
    }
    f[walk->low] *= q;
    walk->high++;
}

static void add_many(oa_walk *walk, int32_t m) {
    double *swap = walk->f;
    need_pmf(walk, m);
    memset(walk->next + walk->low, 0, (size_t)(walk->high + m - walk->low + 1) * sizeof *walk->next);
    for (int32_t s = walk->low; s <= walk->high; s++) {
        double reached = walk->f[s];
        double *to = walk->next + s;
        for (int32_t x = 0; x <= m; x++) {
            to[x] += reached * walk->pmf[x];
        }
    }
    walk->f = walk->next;
    walk->next = swap;
    walk->high += m;
}

/* Takes away what has stopped at the look that the walk leaves. */
static void leave(oa_walk *walk) {
    const oa_look *look = &walk->boundary->looks[walk->look];
    walk->low = look->lower >= walk->low ? look->lower + 1 : walk->low;
    walk->high = look->upper <= walk->high ? look->upper - 1 : walk->high;
    walk->look++;
}

bool oa_walk_next(oa_walk *walk) {
    if (walk->begun) {
        if (walk->look + 1 >= walk->boundary->count) {
            return false;
        }
        leave(walk);
    } else if (walk->first_responds) {
        walk->n = 1;
        walk->low = walk->high = 1;
        walk->f[1] = walk->p;
    }
    walk->begun = true;
    int32_t n = walk->boundary->looks[walk->look].n;
    int32_t m = n - walk->n;
    walk->n = n;
    if (walk->low <= walk->high && m > 0) {
        if (m == 1) {
            add_one(walk);
        } else {
            add_many(walk, m);
        }
    }
    return true;
}

double oa_walk_from(const oa_walk *walk, int32_t s) {
    double sum = 0;
    for (int32_t i = walk->high; i >= s && i >= walk->low; i--) {
        sum += walk->f[i];
    }
    return sum;
}

double oa_walk_to(const oa_walk *walk, int32_t s) {
    double sum = 0;
    for (int32_t i = walk->low; i <= s && i <= walk->high; i++) {
        sum += walk->f[i];
    }
    return sum;
}

oa_stop oa_walk_stop(const oa_walk *walk) {
    const oa_look *look = &walk->boundary->looks[walk->look];
    return (oa_stop){oa_walk_to(walk, look->lower), oa_walk_from(walk, look->upper)};
}

void oa_walk_oc(const oa_boundary *boundary, double p, double *room, oa_oc *oc, oa_stop *stops) {
    oa_walk walk;
    double spread = 0;
    *oc = (oa_oc){.p = p};
    oa_walk_start(&walk, boundary, p, room);
    while (oa_walk_next(&walk)) {
        oa_stop stop = oa_walk_stop(&walk);
        double here = stop.futility + stop.efficacy;
        oc->futility += stop.futility;
        oc->efficacy += stop.efficacy;
        oc->early += walk.look + 1 < boundary->count ? here : 0;
        oc->expected_n += here * walk.n;
        spread += here * walk.n * walk.n;
        if (stops) {
            stops[walk.look] = stop;
        }
    }
    spread -= oc->expected_n * oc->expected_n;
    oc->sd_n = spread > 0 ? sqrt(spread) : 0;
}
