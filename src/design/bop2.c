/*
 * bop2.c - Bayesian optimal phase II designs: H. Zhou, J. J. Lee, Y. Yuan, Stat Med 36 (2017) 3302-3314; with a stop for
 * efficacy, X. Xu et al., BOP2-FE (2025).
 *
 * Limits     Futility at n of N: P(p > p0 | data) < lambda (n/N)^gamma; efficacy: > 1 - (1 - lambda) (n/N)^eta.  At the end both
 *            are lambda, and the answer is efficacy where the probability is not below it.
 * Search     The whole grid.  Most of its points give boundaries that were there before: for each lambda only the different
 *            ones of either side are paired and judged, exactly, by the walk.  Among equals the first of the grid is kept.
 */
#include "posterior.h"

#include <math.h>
#include <string.h>

enum { LAMBDAS = 99, GAMMAS = 101, ETAS = 61 };

typedef struct side {
    double exponent;
    int32_t *limits; /* by look */
} side;

typedef struct search {
    oa_designs *designs;
    const oa_bop2 *rule;
    oa_beta prior;
    double **above; /* P(p > p0 | x of n) by look and x */
    double *room;
    oa_look *looks;
    side *lower, *upper;
    size_t n_lower, n_upper;
    double power, en;
    bool found;
    oa_bop2 best;
    oa_look *best_looks;
} search;

static size_t count_of(const search *s) {
    return s->rule->schedule.count;
}

static int32_t n_of(const search *s, size_t look) {
    return s->rule->schedule.looks[look];
}

static double share(const search *s, size_t look) {
    return (double)n_of(s, look) / n_of(s, count_of(s) - 1);
}

static void fill_lower(const search *s, double lambda, double gamma, int32_t *limits) {
    for (size_t k = 0; k < count_of(s); k++) {
        limits[k] = oa_count_below(s->above[k], n_of(s, k) + 1, lambda * pow(share(s, k), gamma)) - 1;
    }
}

static void fill_upper(const search *s, double lambda, double eta, int32_t *limits) {
    for (size_t k = 0; k < count_of(s); k++) {
        double limit = 1 - (1 - lambda) * pow(share(s, k), eta);
        limits[k] = s->rule->efficacy_stop ? oa_count_not_above(s->above[k], n_of(s, k) + 1, limit) : n_of(s, k) + 1;
    }
}

static bool known(const search *s, const side *sides, size_t count, const int32_t *limits) {
    for (size_t i = 0; i < count; i++) {
        if (memcmp(sides[i].limits, limits, count_of(s) * sizeof *limits) == 0) {
            return true;
        }
    }
    return false;
}

/* The different limits that the exponents 0, step, 2 step, ... give. */
static size_t list_sides(const search *s, double lambda, double step, size_t steps,
                         void (*fill)(const search *, double, double, int32_t *), side *sides) {
    size_t count = 0;
    for (size_t i = 0; i < steps; i++) {
        sides[count].exponent = (double)i * step;
        fill(s, lambda, sides[count].exponent, sides[count].limits);
        count += known(s, sides, count, sides[count].limits) ? 0 : 1;
    }
    return count;
}

/* False where a number of responses would have two answers. */
static bool join(search *s, const side *lower, const side *upper) {
    size_t last = count_of(s) - 1;
    for (size_t k = 0; k <= last; k++) {
        s->looks[k] = (oa_look){n_of(s, k), lower->limits[k], upper->limits[k]};
        if (k < last && s->looks[k].lower >= s->looks[k].upper) {
            return false;
        }
    }
    s->looks[last].upper = s->looks[last].lower + 1;
    return true;
}

static void judge(search *s, double lambda, const side *lower, const side *upper) {
    const oa_problem *p = &s->designs->problem;
    oa_boundary boundary = {s->looks, count_of(s)};
    oa_oc null, alternative;
    if (!join(s, lower, upper)) {
        return;
    }
    oa_walk_oc(&boundary, p->p0, s->room, &null, NULL);
    if (!oa_keeps_alpha(p, null.efficacy)) {
        return;
    }
    oa_walk_oc(&boundary, p->p1, s->room, &alternative, NULL);
    bool same = fabs(alternative.efficacy - s->power) <= OA_SAME_PROBABILITY;
    if (s->found && (same ? null.expected_n >= s->en - OA_SAME_EN : alternative.efficacy < s->power)) {
        return;
    }
    s->found = true;
    s->power = alternative.efficacy;
    s->en = null.expected_n;
    s->best.lambda = lambda;
    s->best.gamma = lower->exponent;
    s->best.eta = upper->exponent;
    memcpy(s->best_looks, s->looks, count_of(s) * sizeof *s->looks);
}

static void try_lambda(search *s, double lambda) {
    s->n_lower = list_sides(s, lambda, 0.01, GAMMAS, fill_lower, s->lower);
    s->n_upper = list_sides(s, lambda, 0.05, s->rule->efficacy_stop ? ETAS : 1, fill_upper, s->upper);
    for (size_t i = 0; i < s->n_lower; i++) {
        for (size_t j = 0; j < s->n_upper; j++) {
            judge(s, lambda, &s->lower[i], &s->upper[j]);
        }
    }
}

static side *reserve_sides(const search *s, size_t count) {
    side *sides = OA_NEW_ARRAY(s->designs->arena, side, count);
    for (size_t i = 0; i < count; i++) {
        sides[i].limits = OA_NEW_ARRAY(s->designs->arena, int32_t, count_of(s));
    }
    return sides;
}

static void reserve(search *s) {
    oa_arena *arena = s->designs->arena;
    oa_look last = {n_of(s, count_of(s) - 1), -1, 0};
    double p0 = s->designs->problem.p0;
    s->prior = (oa_beta){p0, 1 - p0};
    s->above = OA_NEW_ARRAY(arena, double *, count_of(s));
    for (size_t k = 0; k < count_of(s); k++) {
        s->above[k] = OA_NEW_ARRAY(arena, double, (size_t)n_of(s, k) + 1);
        for (int32_t x = 0; x <= n_of(s, k); x++) {
            s->above[k][x] = oa_beta_above(&s->prior, p0, x, n_of(s, k));
        }
    }
    s->room = OA_NEW_ARRAY(arena, double, oa_walk_room(&(oa_boundary){&last, 1}));
    s->looks = OA_NEW_ARRAY(arena, oa_look, count_of(s));
    s->best_looks = OA_NEW_ARRAY(arena, oa_look, count_of(s));
    s->lower = reserve_sides(s, GAMMAS);
    s->upper = reserve_sides(s, ETAS);
}

/* As given, within its errors or not. */
static bool take_given(search *s) {
    fill_lower(s, s->rule->lambda, s->rule->gamma, s->lower[0].limits);
    fill_upper(s, s->rule->lambda, s->rule->eta, s->upper[0].limits);
    s->best = *s->rule;
    if (!join(s, &s->lower[0], &s->upper[0])) {
        oa_designs_none(s->designs,
                        "with lambda %g, gamma %g and eta %g a look would stop for futility and for efficacy "
                        "with the same number of responses",
                        s->rule->lambda, s->rule->gamma, s->rule->eta);
        return false;
    }
    memcpy(s->best_looks, s->looks, count_of(s) * sizeof *s->looks);
    return true;
}

static void run(oa_designs *designs, const void *context) {
    search s = {.designs = designs, .rule = context};
    bool given = s.rule->lambda > 0;
    reserve(&s);
    if (given && !take_given(&s)) {
        return;
    }
    for (int i = 1; i <= LAMBDAS && !given; i++) {
        try_lambda(&s, i / 100.0);
        oa_tell(&designs->problem, (double)i / LAMBDAS);
    }
    if (!given && !s.found) {
        oa_designs_none(designs, "no lambda and gamma keep alpha %g with these looks; allow more subjects",
                        designs->problem.alpha);
        return;
    }
    oa_design *design =
        oa_designs_add(designs, "bop2",
                       given ? "the parameters that were given" : "greatest power within alpha (Zhou, Lee, Yuan 2017)",
                       s.best_looks, count_of(&s));
    design->thresholds[0] = (oa_threshold){"lambda", s.best.lambda, s.best.lambda};
    design->thresholds[1] = (oa_threshold){"gamma", s.best.gamma, s.best.gamma};
    if (s.rule->efficacy_stop) {
        design->thresholds[2] = (oa_threshold){"eta", s.best.eta, s.best.eta};
    }
    designs->complete = true;
}

enum { MOST_LOOKS = 100 };

bool oa_bop2_valid(const oa_schedule *schedule, double lambda, double gamma, double eta, oa_diag *diag) {
    if (!oa_schedule_valid(schedule, diag) || !oa_threshold_valid("lambda", lambda, diag)) {
        return false;
    }
    if (!(gamma >= 0) || !(eta >= 0) || gamma > 100 || eta > 100) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-THRESHOLD",
                    "gamma is %g and eta %g; they are exponents from 0 to 100", gamma, eta);
        return false;
    }
    if (schedule->count > MOST_LOOKS) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-LOOKS",
                    "%zu looks are more than the %d that this search takes", schedule->count, (int)MOST_LOOKS);
        return false;
    }
    return true;
}

oa_designs *oa_design_bop2(const oa_problem *problem, const oa_bop2 *rule, oa_diag *diag) {
    return oa_bop2_valid(&rule->schedule, rule->lambda, rule->gamma, rule->eta, diag)
               ? oa_designs_search(problem, run, rule, diag)
               : NULL;
}
