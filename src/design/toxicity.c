/*
 * toxicity.c - stopping for toxicity at any of many looks.
 *
 * Score      Each rule stops where a score of (n, x) is at least a threshold: Pocock, -P(X >= x | n, p0); Wang and Tsiatis,
 *            (x - n p0) / sqrt(n p0 (1 - p0)) (n/N)^(1/2 - delta) (Biometrics 43 (1987) 193-199); posterior,
 *            P(p > p0 | data).  Scores rise with x.
 * Chain      A lower threshold stops more, so the different boundaries of a rule are a chain with as many members as there
 *            are different scores.  P(stop) rises along it: bisection finds the two neighbours between which the bound lies.
 *            No grid of nominal levels can miss one.
 */
#include "posterior.h"

#include <math.h>
#include <stdlib.h>

#ifndef MATHLIB_STANDALONE
#define MATHLIB_STANDALONE
#endif
#include <Rmath.h>

typedef struct search {
    oa_designs *designs;
    const oa_toxicity *rule;
    double **scores; /* by look and x */
    double *chain;   /* falling */
    size_t links;
    oa_look *looks;
    double *room;
} search;

static int32_t n_of(const search *s, size_t look) {
    return s->rule->schedule.looks[look];
}

static size_t count_of(const search *s) {
    return s->rule->schedule.count;
}

static double score(const search *s, int32_t n, int32_t x) {
    double p0 = s->designs->problem.p0;
    if (s->rule->rule == OA_POSTERIOR) {
        return oa_beta_above(&s->rule->prior, p0, x, n);
    }
    if (s->rule->rule == OA_POCOCK) {
        return x > 0 ? -pbinom(x - 1, n, p0, false, false) : -1;
    }
    double share = (double)n / n_of(s, count_of(s) - 1);
    return (x - n * p0) / sqrt(n * p0 * (1 - p0)) * pow(share, 0.5 - s->rule->delta);
}

static int by_fall(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x < y) - (x > y);
}

/* Not above: for tails that are so small that they matter only in comparison. */
static bool differ(double a, double b) {
    return fabs(a - b) > OA_SAME_PROBABILITY * fmin(1, fabs(a) + fabs(b));
}

static void fill_scores(search *s) {
    oa_arena *arena = s->designs->arena;
    size_t all = 0;
    s->scores = OA_NEW_ARRAY(arena, double *, count_of(s));
    for (size_t k = 0; k < count_of(s); k++) {
        s->scores[k] = OA_NEW_ARRAY(arena, double, (size_t)n_of(s, k) + 1);
        for (int32_t x = 0; x <= n_of(s, k); x++) {
            s->scores[k][x] = score(s, n_of(s, k), x);
        }
        all += (size_t)n_of(s, k) + 1;
    }
    s->chain = OA_NEW_ARRAY(arena, double, all);
    size_t i = 0;
    for (size_t k = 0; k < count_of(s); k++) {
        for (int32_t x = 0; x <= n_of(s, k); x++) {
            s->chain[i++] = s->scores[k][x];
        }
    }
    qsort(s->chain, all, sizeof *s->chain, by_fall);
    for (i = 0; i < all; i++) {
        if (s->links == 0 || differ(s->chain[i], s->chain[s->links - 1])) {
            s->chain[s->links++] = s->chain[i];
        }
    }
}

static void set_looks(search *s, double threshold) {
    for (size_t k = 0; k < count_of(s); k++) {
        int32_t n = n_of(s, k);
        int32_t x = n + 1;
        while (x > 0 && (s->scores[k][x - 1] >= threshold || !differ(s->scores[k][x - 1], threshold))) {
            x--;
        }
        s->looks[k] = (oa_look){n, k + 1 == count_of(s) ? x - 1 : -1, x};
    }
}

static double stops_at(search *s, double threshold, double p) {
    oa_boundary boundary = {s->looks, count_of(s)};
    oa_oc oc;
    set_looks(s, threshold);
    oa_walk_oc(&boundary, p, s->room, &oc, NULL);
    return oc.efficacy;
}

/* The first of the chain for which P(stop) is past what the bound asks for, or s->links. */
static size_t first_beyond(search *s) {
    const oa_problem *p = &s->designs->problem;
    size_t low = 0;
    size_t high = s->links;
    while (low < high) {
        size_t middle = (low + high) / 2;
        double stops = stops_at(s, s->chain[middle], s->rule->by_power ? p->p1 : p->p0);
        bool beyond = s->rule->by_power ? oa_keeps_power(p, stops) : !oa_keeps_alpha(p, stops);
        if (beyond) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

/* Words and sign of the threshold, by rule: a tail probability, a standard normal deviate, a posterior probability. */
static oa_threshold threshold_of(const search *s, double from, double to) {
    switch (s->rule->rule) {
    case OA_POCOCK:
        return (oa_threshold){"level", -to, -from};
    case OA_WANG_TSIATIS:
        return (oa_threshold){"c", from, to};
    case OA_POSTERIOR:
        break;
    }
    return (oa_threshold){"posterior", from, to};
}

/* The link of the chain; it holds up to the one after it. */
static void add(search *s, const char *name, const char *rule, size_t link) {
    set_looks(s, s->chain[link]);
    oa_design *design = oa_designs_add(s->designs, name, rule, s->looks, count_of(s));
    design->thresholds[0] = threshold_of(s, s->chain[link + 1 < s->links ? link + 1 : link], s->chain[link]);
}

static void run(oa_designs *designs, const void *context) {
    search s = {.designs = designs, .rule = context};
    oa_look last = {n_of(&s, count_of(&s) - 1), -1, 0};
    s.looks = OA_NEW_ARRAY(designs->arena, oa_look, count_of(&s));
    s.room = OA_NEW_ARRAY(designs->arena, double, oa_walk_room(&(oa_boundary){&last, 1}));
    designs->complete = true;
    fill_scores(&s);
    if (!isnan(s.rule->threshold)) {
        double given = s.rule->rule == OA_POCOCK ? -s.rule->threshold : s.rule->threshold;
        set_looks(&s, given);
        oa_design *design = oa_designs_add(designs, "given", "the threshold that was given", s.looks, count_of(&s));
        design->thresholds[0] = threshold_of(&s, given, given);
        return;
    }
    size_t beyond = first_beyond(&s);
    bool by_power = s.rule->by_power;
    /* by alpha the last that keeps it, by power the first that has it */
    size_t within = by_power ? beyond : beyond - 1;
    if (by_power ? beyond == s.links : beyond == 0) {
        oa_designs_none(designs,
                        "no boundary of this rule keeps the bound with these looks: even the most cautious one "
                        "stops too often, or the least cautious one too seldom; change looks or rates");
        return;
    }
    add(&s, "within", by_power ? "least P(stop | p1) of 1 - beta or more" : "greatest P(stop | p0) within alpha",
        within);
    if (by_power ? beyond > 0 : beyond < s.links) {
        add(&s, "beyond", by_power ? "the next: less than 1 - beta" : "the next: more than alpha",
            by_power ? beyond - 1 : beyond);
    }
}

enum { MOST = 1000 };

static bool rule_valid(const oa_toxicity *rule, oa_diag *diag) {
    if (!oa_schedule_valid(&rule->schedule, diag) ||
        (rule->rule == OA_POSTERIOR && !oa_beta_valid("the toxicity rate", &rule->prior, diag)) ||
        (rule->rule != OA_WANG_TSIATIS && !isnan(rule->threshold) &&
         !oa_threshold_valid("toxicity", rule->threshold, diag))) {
        return false;
    }
    const char *what = NULL;
    if (rule->schedule.looks[rule->schedule.count - 1] > MOST) {
        what = "this search goes up to 1000 subjects";
    } else if (rule->rule == OA_WANG_TSIATIS && !(rule->delta >= 0 && rule->delta <= 1)) {
        what = "delta must be from 0 (O'Brien, Fleming) to 1; 0.5 is Pocock's";
    }
    if (what) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-TOXICITY", "%s", what);
    }
    return !what;
}

oa_designs *oa_design_toxicity(const oa_problem *problem, const oa_toxicity *rule, oa_diag *diag) {
    return rule_valid(rule, diag) ? oa_designs_search(problem, run, rule, diag) : NULL;
}
