/*
 * lee_liu.c - monitoring by predictive probability: J. J. Lee, D. D. Liu, Clin Trials 5 (2008) 93-106.
 *
 * End        The treatment is worth pursuing with c or more responses of n, c the least with P(p > p0 | c of n) > final.  The
 *            threshold matters through c alone.
 * Look       PP(m, x), the probability with x of m that this will come true, follows from PP(n, x) = 1{x >= c} by backward
 *            recursion (outlook.h), without any beta function; it rises with x.
 * Search     With n and c given, a higher threshold for futility stops more: its boundaries are a chain with as many
 *            members as there are values of PP at the looks, along which both the type I error and the power fall.  So the
 *            thresholds that keep both rates are an interval of the chain, found by bisection: the lower end has the
 *            greatest power, the upper one the least EN(p0).  No grid of thresholds is needed, and none is missed.
 */
#include "outlook.h"
#include "rows.h"

#include "../stats/sort.h"

#include <math.h>

typedef struct candidate {
    int32_t n, c;
    double futility[2]; /* the thresholds from, to that give the boundary */
    oa_look *looks;
    size_t count;
    double power, en;
} candidate;

typedef struct search {
    oa_designs *designs;
    const oa_lee_liu *rule;
    int32_t n, c;
    int32_t *looks; /* before the last */
    size_t count;
    double **pp;   /* of each of them, by x */
    double *chain; /* all values of PP, rising */
    size_t links;
    oa_look *boundary;
    double *v;
    double *room;
} search;

/* ---- one n, one c ------------------------------------------------------------------------------------------------ */

static void set_schedule(search *s, int32_t n) {
    s->n = n;
    s->count = 0;
    for (int32_t m = s->rule->first; m < n; m += s->rule->step) {
        s->looks[s->count++] = m;
    }
}

static void fill_pp(search *s, int32_t c) {
    size_t k = s->count;
    s->c = c;
    for (int32_t x = 0; x <= s->n; x++) {
        s->v[x] = x >= c ? 1 : 0;
    }
    for (int32_t m = s->n - 1; k > 0; m--) {
        oa_outlook_back(s->v, m, 0, &s->rule->prior);
        if (m == s->looks[k - 1]) {
            k--;
            for (int32_t x = 0; x <= m; x++) {
                s->pp[k][x] = s->v[x];
            }
        }
    }
}

/* The different values of PP, each once: PP < chain[j] stops what the first j of them are. */
static void fill_chain(search *s) {
    size_t all = 0;
    s->links = 0;
    for (size_t k = 0; k < s->count; k++) {
        for (int32_t x = 0; x <= s->looks[k]; x++) {
            s->chain[all++] = s->pp[k][x];
        }
    }
    oa_sort_doubles(s->chain, all);
    for (size_t i = 0; i < all; i++) {
        if (s->links == 0 || s->chain[i] > s->chain[s->links - 1] + OA_SAME_PROBABILITY) {
            s->chain[s->links++] = s->chain[i];
        }
    }
}

/* efficacy = 1: no stop for it */
static void set_boundary(search *s, double futility, double efficacy) {
    for (size_t k = 0; k < s->count; k++) {
        int32_t m = s->looks[k];
        int32_t lower = oa_count_below(s->pp[k], m + 1, futility) - 1;
        int32_t upper = efficacy < 1 ? oa_count_not_above(s->pp[k], m + 1, efficacy) : m + 1;
        s->boundary[k] = (oa_look){m, lower, upper > lower ? upper : lower + 1};
    }
    s->boundary[s->count] = (oa_look){s->n, s->c - 1, s->c};
}

static double efficacy_at(search *s, double p, oa_oc *oc) {
    oa_boundary boundary = {s->boundary, s->count + 1};
    oa_walk_oc(&boundary, p, s->room, oc, NULL);
    return oc->efficacy;
}

/* Where the first j values of the chain stop. */
static void set_link(search *s, size_t j) {
    set_boundary(s, s->chain[j], 1);
}

/* The least link with the type I error within alpha, or s->links. */
static size_t first_link(search *s) {
    oa_oc oc;
    size_t low = 0;
    size_t high = s->links;
    while (low < high) {
        size_t middle = (low + high) / 2;
        set_link(s, middle);
        if (oa_keeps_alpha(&s->designs->problem, efficacy_at(s, s->designs->problem.p0, &oc))) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

/* One past the last link with the power, 0 for none. */
static size_t end_link(search *s) {
    oa_oc oc;
    size_t low = 0;
    size_t high = s->links;
    while (low < high) {
        size_t middle = (low + high) / 2;
        set_link(s, middle);
        if (oa_keeps_power(&s->designs->problem, efficacy_at(s, s->designs->problem.p1, &oc))) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void take(search *s, size_t link, candidate *best) {
    oa_oc oc;
    set_link(s, link);
    best->n = s->n;
    best->c = s->c;
    best->power = efficacy_at(s, s->designs->problem.p1, &oc);
    efficacy_at(s, s->designs->problem.p0, &oc);
    best->en = oc.expected_n;
    best->futility[0] = link ? s->chain[link - 1] : 0;
    best->futility[1] = s->chain[link];
    best->count = s->count + 1;
    best->looks = OA_NEW_ARRAY(s->designs->arena, oa_look, best->count);
    for (size_t i = 0; i < best->count; i++) {
        best->looks[i] = s->boundary[i];
    }
}

static double en_of_link(search *s, size_t link) {
    oa_oc oc;
    set_link(s, link);
    efficacy_at(s, s->designs->problem.p0, &oc);
    return oc.expected_n;
}

static double power_of_link(search *s, size_t link) {
    oa_oc oc;
    set_link(s, link);
    return efficacy_at(s, s->designs->problem.p1, &oc);
}

/* ---- the search -------------------------------------------------------------------------------------------------- */

/* The least futility threshold of the paper's grid; below it lies no stop at all, which has the greatest power. */
static const double least_futility = 0.001;

static size_t floor_link(const search *s) {
    size_t link = 0;
    while (link < s->links && s->chain[link] < least_futility) {
        link++;
    }
    return link;
}

typedef struct best {
    candidate powerful, minimax, optimal;
} best;

static void try_c(search *s, int32_t c, best *b) {
    fill_pp(s, c);
    fill_chain(s);
    size_t end = end_link(s);
    if (end == 0) {
        return;
    }
    size_t first = first_link(s);
    if (first >= end) {
        return;
    }
    double en = en_of_link(s, end - 1);
    if (!b->optimal.n || en < b->optimal.en - OA_SAME_EN) {
        take(s, end - 1, &b->optimal);
    }
    if (!b->minimax.n || (b->minimax.n == s->n && en < b->minimax.en - OA_SAME_EN)) {
        take(s, end - 1, &b->minimax);
    }
    size_t floor = floor_link(s);
    first = first > floor ? first : floor;
    if (first < end && (!b->powerful.n || (b->powerful.n == s->n && power_of_link(s, first) > b->powerful.power))) {
        take(s, first, &b->powerful);
    }
}

static void add(search *s, const char *name, const char *rule, const candidate *c) {
    oa_design *design = oa_designs_add(s->designs, name, rule, c->looks, c->count);
    double p0 = s->designs->problem.p0;
    design->thresholds[0] = (oa_threshold){"futility", c->futility[0], c->futility[1]};
    design->thresholds[1] = (oa_threshold){"final", c->c > 0 ? oa_beta_above(&s->rule->prior, p0, c->c - 1, c->n) : 0,
                                           oa_beta_above(&s->rule->prior, p0, c->c, c->n)};
}

static void reserve(search *s, int32_t most) {
    oa_arena *arena = s->designs->arena;
    size_t width = (size_t)most + 2;
    oa_look last = {most, -1, 0};
    s->looks = OA_NEW_ARRAY(arena, int32_t, width);
    s->boundary = OA_NEW_ARRAY(arena, oa_look, width);
    s->v = OA_NEW_ARRAY(arena, double, width);
    s->room = OA_NEW_ARRAY(arena, double, oa_walk_room(&(oa_boundary){&last, 1}));
    set_schedule(s, most);
    s->pp = OA_NEW_ARRAY(arena, double *, width);
    size_t all = 0;
    for (size_t k = 0; k < s->count; k++) {
        s->pp[k] = OA_NEW_ARRAY(arena, double, (size_t)s->looks[k] + 1);
        all += (size_t)s->looks[k] + 1;
    }
    s->chain = OA_NEW_ARRAY(arena, double, all + 1);
}

/* Each n takes time with its cube, and the values of PP of one n memory with its square. */
enum { MOST = 300, MOST_GIVEN = 1000 };

static void run_search(oa_designs *designs, const void *context) {
    search s = {.designs = designs, .rule = context};
    oa_problem *p = &designs->problem;
    best b = {.powerful = {.n = 0}};
    oa_tables tables;
    int32_t most = p->n_max ? p->n_max : MOST;
    oa_tables_init(&tables, designs, most);
    int32_t least = oa_tables_least_n(&tables, p);
    least = least > s.rule->first ? least : s.rule->first + 1;
    reserve(&s, most);
    for (int32_t n = least; n <= most; n++) {
        set_schedule(&s, n);
        for (int32_t c = n; c >= 1; c--) {
            try_c(&s, c, &b);
        }
        if (b.minimax.n && !p->n_max) {
            most = b.minimax.n + b.minimax.n / 2;
            most = most < MOST ? most : MOST;
        }
        oa_tell(p, (double)(n - least + 1) / (most - least + 1));
    }
    if (!b.minimax.n) {
        oa_tables_say_none(&tables, designs, "design of Lee and Liu");
        return;
    }
    if (b.powerful.n) {
        add(&s, "lee-liu", "least n, then the greatest power with futility from 0.001 on (Lee, Liu 2008)", &b.powerful);
    }
    add(&s, "minimax", "least n, then least EN(p0)", &b.minimax);
    add(&s, "optimal", "least EN(p0)", &b.optimal);
}

/* ---- given thresholds -------------------------------------------------------------------------------------------- */

typedef struct given {
    const oa_lee_liu *rule;
    const oa_lee_liu_thresholds *thresholds;
} given;

static void run_given(oa_designs *designs, const void *context) {
    const given *g = context;
    const oa_lee_liu_thresholds *t = g->thresholds;
    search s = {.designs = designs, .rule = g->rule};
    int32_t c = 0;
    while (c <= t->n &&
           oa_beta_above(&g->rule->prior, designs->problem.p0, c, t->n) <= t->final + OA_SAME_PROBABILITY) {
        c++;
    }
    reserve(&s, t->n);
    fill_pp(&s, c);
    set_boundary(&s, t->futility, t->efficacy);
    oa_design *design = oa_designs_add(designs, "given", "the thresholds that were given", s.boundary, s.count + 1);
    design->thresholds[0] = (oa_threshold){"futility", t->futility, t->futility};
    design->thresholds[1] = (oa_threshold){"final", t->final, t->final};
    design->thresholds[2] = (oa_threshold){"efficacy", t->efficacy, t->efficacy};
    designs->complete = true;
}

/* ---- what is asked for ------------------------------------------------------------------------------------------- */

static bool rule_valid(const oa_lee_liu *rule, int32_t n, oa_diag *diag) {
    if (!oa_beta_valid("the response rate", &rule->prior, diag)) {
        return false;
    }
    if (rule->first >= 1 && rule->step >= 1 && rule->first < n) {
        return true;
    }
    oa_diag_add(
        diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-LOOKS",
        "the first look is after %d subjects and the next after %d more; both are at least 1, and the first comes "
        "before the end, after %d",
        (int)rule->first, (int)rule->step, (int)n);
    return false;
}

oa_designs *oa_design_lee_liu(const oa_problem *problem, const oa_lee_liu *rule, oa_diag *diag) {
    if (problem->n_max > MOST) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-NMAX", "the greatest n is %d; this search goes up to %d",
                    (int)problem->n_max, (int)MOST);
        return NULL;
    }
    return rule_valid(rule, problem->n_max ? problem->n_max : MOST, diag)
               ? oa_designs_search(problem, run_search, rule, diag)
               : NULL;
}

oa_designs *oa_design_lee_liu_at(const oa_problem *problem, const oa_lee_liu *rule, const oa_lee_liu_thresholds *t,
                                 oa_diag *diag) {
    if (t->n < 1 || t->n > MOST_GIVEN) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-NMAX", "n is %d; it must be from 1 to %d", (int)t->n,
                    (int)MOST_GIVEN);
        return NULL;
    }
    if (!rule_valid(rule, t->n, diag) || !oa_threshold_valid("futility", t->futility, diag) ||
        !oa_threshold_valid("the end", t->final, diag) || !oa_threshold_valid("efficacy", t->efficacy, diag)) {
        return NULL;
    }
    if (t->futility > t->efficacy) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-THRESHOLD",
                    "the threshold of futility, %g, must not be above that of efficacy, %g", t->futility, t->efficacy);
        return NULL;
    }
    return oa_designs_search(problem, run_given, &(given){rule, t}, diag);
}
