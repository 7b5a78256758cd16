/*
 * oslr_search.c - one- and two-stage designs by the one-sample log-rank test.
 *
 * One stage    n = (z_{1-alpha} sigma0 + z_{1-beta} sigma1)^2 / omega^2 with n = rate * accrual: a root in the accrual.
 * Two stages   Given n and t1, alpha fixes c for each c1, and EN falls as c1 rises until the power is used up: c1 is where power
 *              = 1 - beta.  That leaves a function of t1 alone, minimised on a grid and from its best point by golden section;
 *              and of n, tried one after the other until it has long ceased to gain.  So the optimum is not that of a grid of
 *              (n, t1, c1) which shrinks round its best point.
 */
#include "designs.h"
#include "oslr.h"

#include <math.h>

#ifndef MATHLIB_STANDALONE
#define MATHLIB_STANDALONE
#endif
#include <Rmath.h>

/* ---- one stage --------------------------------------------------------------------------------------------------- */

static double needed_n(const oa_oslr *p, double accrual) {
    oa_oslr_terms t = oa_oslr_terms_at(p, accrual, accrual + p->follow_up);
    double sum =
        qnorm(p->alpha, 0, 1, false, false) * sqrt(t.p0) + qnorm(p->beta, 0, 1, false, false) * sqrt(t.variance);
    return sum * sum / (t.omega * t.omega);
}

/* Longer accrual has more subjects, and each is followed longer. */
static double single_n(const oa_oslr *p) {
    double low = 0;
    double high = (double)OA_MOST_SUBJECTS / p->rate;
    for (int i = 0; i < 200 && high - low > 1e-14 * high; i++) {
        double middle = (low + high) / 2;
        if (p->rate * middle < needed_n(p, middle)) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return p->rate * high;
}

/* ---- n and t1 given ---------------------------------------------------------------------------------------------- */

typedef struct place {
    const oa_oslr *problem;
    oa_oslr_moments moments;
    oa_oslr_design design;
} place;

/* c for which alpha is used up with this c1, by Newton from above, where alpha is convex in c. */
static double final_limit(const place *s, double c1) {
    double rho = s->moments.rho0;
    double c = qnorm(s->problem->alpha, 0, 1, false, false);
    for (int i = 0; i < 30; i++) {
        double over = oa_upper_orthant(c1, c, rho) - s->problem->alpha;
        double slope = dnorm(c, 0, 1, false) * pnorm((rho * c - c1) / sqrt(1 - rho * rho), 0, 1, true, false);
        if (!(slope > 1e-12)) {
            return c;
        }
        c += over / slope;
        if (fabs(over / slope) < 1e-12) {
            break;
        }
    }
    return c;
}

/* Power beyond what is asked for. */
static double spare_power(place *s, double c1) {
    s->design.c1 = c1;
    s->design.c = final_limit(s, c1);
    oa_oslr_fill(s->problem, &s->moments, &s->design);
    return s->design.power - (1 - s->problem->beta);
}

/* The largest c1 with the power: Illinois between one that has it and one that has not. */
static void find_root(place *s, double has, double spare, double lacks, double lack) {
    for (int i = 0; i < 60 && lacks - has > 1e-10; i++) {
        double next = has + (lacks - has) * spare / (spare - lack);
        next = fmin(fmax(next, has + 1e-3 * (lacks - has)), lacks - 1e-3 * (lacks - has));
        double here = spare_power(s, next);
        if (here >= 0) {
            has = next;
            spare = here;
            lack /= 2;
        } else {
            lacks = next;
            lack = here;
            spare /= 2;
        }
        if (fabs(here) < 1e-12) {
            break;
        }
    }
    spare_power(s, has);
}

/* Sets the best design of this n and t1; false where none has the power. */
static bool solve(place *s, const oa_oslr *p, int32_t n, double t1) {
    *s = (place){.problem = p, .moments = oa_oslr_moments_of(p, n / p->rate, t1)};
    s->design.n = n;
    s->design.t1 = t1;
    const oa_oslr_terms *first = &s->moments.first;
    /* with this c1 the first stage alone uses beta up */
    double high =
        qnorm(p->beta, 0, 1, true, false) * sqrt(first->variance / first->p0) + first->omega * sqrt(n / first->p0);
    double low = p->least_stop > 0 ? qnorm(p->least_stop, 0, 1, true, false) : -5;
    /* less than this much alpha after stage one leaves no final limit */
    high = fmin(high, qnorm(p->alpha, 0, 1, false, false));
    enum { STEPS = 24 };
    double above = high;
    double lack = high > low ? spare_power(s, high) : 0;
    if (high <= low || lack >= 0) {
        return high > low;
    }
    for (int i = 1; i <= STEPS; i++) {
        double c1 = high - (high - low) * i / STEPS;
        double spare = spare_power(s, c1);
        if (spare >= 0) {
            find_root(s, c1, spare, above, lack);
            return true;
        }
        above = c1;
        lack = spare;
    }
    return false;
}

/* ---- n given ----------------------------------------------------------------------------------------------------- */

static double en_at(const oa_oslr *p, int32_t n, double t1, oa_oslr_design *best) {
    place s;
    if (!solve(&s, p, n, t1)) {
        return HUGE_VAL;
    }
    if (best->n == 0 || s.design.expected_n < best->expected_n) {
        *best = s.design;
    }
    return s.design.expected_n;
}

/* The least EN of n subjects; n = 0: none has the power. */
static oa_oslr_design best_of(const oa_oslr *p, int32_t n) {
    enum { GRID = 24 };
    static const double golden = 0.6180339887498949;
    oa_oslr_design best = {.n = 0};
    double accrual = n / p->rate;
    double step = accrual / GRID;
    for (int i = 1; i < GRID; i++) {
        en_at(p, n, i * step, &best);
    }
    if (best.n == 0) {
        return best;
    }
    double low = best.t1 - step;
    double high = best.t1 + step;
    double a = high - golden * (high - low);
    double b = low + golden * (high - low);
    double at_a = en_at(p, n, a, &best);
    double at_b = en_at(p, n, b, &best);
    while (high - low > 1e-6 * accrual) {
        if (at_a <= at_b) {
            high = b;
            b = a;
            at_b = at_a;
            a = high - golden * (high - low);
            at_a = en_at(p, n, a, &best);
        } else {
            low = a;
            a = b;
            at_a = at_b;
            b = low + golden * (high - low);
            at_b = en_at(p, n, b, &best);
        }
    }
    return best;
}

/* ---- all n ------------------------------------------------------------------------------------------------------- */

static double loss(const oa_oslr *p, const oa_oslr_design *d) {
    return p->weight * d->n + (1 - p->weight) * d->expected_n;
}

static bool find_two_stage(const oa_oslr *p, oa_oslr_answer *a) {
    int32_t from = (int32_t)fmax(floor(0.9 * a->exact_n), 2);
    int32_t most = (int32_t)fmin(2 * a->exact_n + 10, OA_MOST_SUBJECTS);
    int32_t gained = from; /* the last n that did */
    a->optimal = a->minimax = a->admissible = (oa_oslr_design){.n = 0};
    for (int32_t n = from; n <= most && (!a->minimax.n || n <= gained + 5 + n / 20); n++) {
        oa_oslr_design d = best_of(p, n);
        if (d.n == 0) {
            continue;
        }
        if (!a->minimax.n) {
            a->minimax = a->optimal = a->admissible = d;
            gained = n;
        }
        if (d.expected_n < a->optimal.expected_n) {
            a->optimal = d;
            gained = n;
        }
        if (loss(p, &d) < loss(p, &a->admissible)) {
            a->admissible = d;
            gained = n;
        }
    }
    return a->minimax.n > 0;
}

bool oa_design_oslr(const oa_oslr *p, oa_oslr_answer *answer, oa_diag *diag) {
    if (!oa_oslr_valid(p, diag)) {
        return false;
    }
    oa_oslr_answer a = {.scale = oa_oslr_scale(p), .exact_n = single_n(p)};
    if (a.exact_n > OA_MOST_SUBJECTS - 1) {
        oa_diag_add(
            diag, OA_ERROR, OA_NONE, NULL, "DESIGN-NONE",
            "no design of up to %d subjects has power %g: the hazard ratio is too near to 1, or too few events come in "
            "the follow-up",
            (int)OA_MOST_SUBJECTS, 1 - p->beta);
        return false;
    }
    a.single = (oa_oslr_design){.n = (int32_t)ceil(a.exact_n - 1e-9), .c = qnorm(p->alpha, 0, 1, false, false)};
    oa_oslr_moments m = oa_oslr_moments_of(p, a.single.n / p->rate, 0);
    oa_oslr_fill(p, &m, &a.single);
    if (!find_two_stage(p, &a)) {
        oa_diag_add(diag, OA_ERROR, OA_NONE, NULL, "DESIGN-NONE",
                    "no two-stage design of up to twice the %d subjects of one stage keeps both error rates%s",
                    (int)a.single.n, p->least_stop > 0 ? " and stops as often; ask for less" : "");
        return false;
    }
    *answer = a;
    return true;
}
