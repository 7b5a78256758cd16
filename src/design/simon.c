/*
 * simon.c - Simon's two-stage designs: R. Simon, Control Clin Trials 10 (1989) 1-10; admissible ones: S.-H. Jung, T. Lee,
 * K. M. Kim, S. L. George, Stat Med 23 (2004) 561-569.
 *
 * Problem     On to stage two with X1 > r1 of n1, reject H0 with X > r of n.  EN(p0) = n1 + P(X1 > r1 | p0) (n - n1).
 * Search      For given n and n1, EN falls as r1 rises.  So r1 is taken downwards from the largest that keeps the type II
 *             error by itself; for each, r is the smallest that keeps the type I error, which rises as r1 falls, since
 *             both errors are monotone in r1 and r.  The first r1 whose r has power enough is the best of this n1, and
 *             nothing is computed for an n1 whose best conceivable EN is no gain.  The answer is that of trying all.
 *             n starts where the most powerful test of n subjects, in however many stages, has power enough.
 * End         EN is at least n1 + P(X1 > R(n1) | p0) (n - n1), where R(n1) is the largest r1 above.  It rises with n, and
 *             is never below n1; once no n1 can gain at some n, none can at a larger one: the optimum is proved.
 */
#include "rows.h"

#include <math.h>

/* Memory and patience: 3 * 2 rows a subject; far beyond any single-arm trial. */
enum { MOST = 2000 };

/* Trying all designs of one n for the nearest miss takes a blink up to here. */
enum { MOST_NEAREST = 300 };

typedef struct candidate {
    oa_two_stage design;
    double en;
} candidate;

typedef struct search {
    oa_designs *designs;
    const oa_problem *problem;
    oa_tables tables;
    int32_t *most_r1; /* by n1, up to `ready` */
    int32_t ready;
    candidate *found; /* with rising n and falling EN */
    size_t count;
} search;

static void prepare(search *s, oa_designs *designs, int32_t most) {
    *s = (search){.designs = designs, .problem = &designs->problem};
    oa_tables_init(&s->tables, designs, most);
    s->most_r1 = OA_NEW_ARRAY(designs->arena, int32_t, (size_t)most + 1);
    s->found = OA_NEW_ARRAY(designs->arena, candidate, (size_t)most + 1);
}

static void need(search *s, int32_t n) {
    oa_tables_need(&s->tables, n);
    for (int32_t i = s->ready + 1; i <= n; i++) {
        s->most_r1[i] = oa_tables_most_r1(&s->tables, s->problem, i);
    }
    s->ready = n > s->ready ? n : s->ready;
}

static double type_one(const search *s, int32_t n1, int32_t r1, int32_t n, int32_t r) {
    return oa_rows_two_stage(&s->tables.null, n1, r1, n, r);
}

static double power(const search *s, int32_t n1, int32_t r1, int32_t n, int32_t r) {
    return oa_rows_two_stage(&s->tables.alternative, n1, r1, n, r);
}

static double expected(const search *s, int32_t n1, int32_t r1, int32_t n) {
    return n1 + s->tables.null.upper[n1][r1 + 1] * (n - n1);
}

/* The smallest r, from `r` on, that keeps the type I error. */
static int32_t critical(const search *s, int32_t n1, int32_t r1, int32_t n, int32_t r) {
    while (r < n && !oa_keeps_alpha(s->problem, type_one(s, n1, r1, n, r))) {
        r++;
    }
    return r;
}

/* Of the r that keep both errors, the one that the problem asks for; r is the smallest and may be below r1, where all do the
 * same. */
static int32_t break_tie(const search *s, int32_t n1, int32_t r1, int32_t n, int32_t r) {
    r = r > r1 ? r : r1;
    while (s->problem->ties == OA_LARGEST_R && oa_keeps_power(s->problem, power(s, n1, r1, n, r + 1))) {
        r++;
    }
    return r;
}

/* Takes the best design with these n1 and n where it beats `best`. */
static void try_n1(const search *s, int32_t n1, int32_t n, candidate *best) {
    int32_t r = 0;
    for (int32_t r1 = s->most_r1[n1]; r1 >= 0; r1--) {
        double en = expected(s, n1, r1, n);
        if (en >= best->en - OA_SAME_EN) {
            return;
        }
        r = critical(s, n1, r1, n, r);
        if (oa_keeps_power(s->problem, power(s, n1, r1, n, r))) {
            *best = (candidate){{n1, r1, n, break_tie(s, n1, r1, n, r)}, en};
            return;
        }
    }
}

/* The best design of n subjects that beats `best`; false where no larger n can hold one either. */
static bool try_n(search *s, int32_t n, candidate *best) {
    bool hope = false;
    need(s, n);
    for (int32_t n1 = 1; n1 < n && n1 < best->en; n1++) {
        if (s->most_r1[n1] >= 0 && expected(s, n1, s->most_r1[n1], n) < best->en - OA_SAME_EN) {
            hope = true;
            try_n1(s, n1, n, best);
        }
    }
    return hope || isinf(best->en);
}

/* ---- no design --------------------------------------------------------------------------------------------------- */

/* Of the designs of n subjects that keep alpha and the type II error
 * in stage one, the one with the greatest power. */
static oa_two_stage nearest(search *s, int32_t n, double *most_power) {
    need(s, n);
    oa_two_stage near = {0};
    *most_power = -1;
    for (int32_t n1 = 1; n1 < n; n1++) {
        int32_t r = 0;
        for (int32_t r1 = s->most_r1[n1]; r1 >= 0; r1--) {
            if (s->tables.alternative.upper[n1][r1 + 1] <= *most_power) {
                continue;
            }
            r = critical(s, n1, r1, n, r);
            double reached = power(s, n1, r1, n, r);
            if (reached > *most_power) {
                *most_power = reached;
                near = (oa_two_stage){n1, r1, n, r > r1 ? r : r1};
            }
        }
    }
    return near;
}

static void say_none(search *s, int32_t n) {
    double reached = -1;
    const oa_problem *p = s->problem;
    oa_two_stage d = {0};
    if (n <= MOST_NEAREST) {
        d = nearest(s, n, &reached);
    }
    if (reached < 0) {
        oa_tables_say_none(&s->tables, s->designs, "two-stage design");
        return;
    }
    oa_designs_none(
        s->designs,
        "no two-stage design up to n = %d keeps alpha %g and has power %g: the nearest, %d/%d %d/%d, has alpha "
        "%.4f and power %.4f; allow a larger n",
        (int)n, p->alpha, 1 - p->beta, (int)d.r1, (int)d.n1, (int)d.r, (int)d.n, type_one(s, d.n1, d.r1, d.n, d.r),
        reached);
}

/* ---- the designs that are kept ----------------------------------------------------------------------------------- */

/* The w at which two designs are equally good: w n + (1 - w) EN. */
static double balance(const candidate *small, const candidate *large) {
    double gain = small->en - large->en;
    return gain / (gain + (large->design.n - small->design.n));
}

/* Leaves the corners of the lower convex hull of (n, EN); its ends, minimax and optimal, stay. */
static void keep_hull(search *s) {
    size_t kept = 0;
    for (size_t i = 0; i < s->count; i++) {
        while (kept >= 2 &&
               balance(&s->found[kept - 2], &s->found[kept - 1]) <= balance(&s->found[kept - 1], &s->found[i])) {
            kept--;
        }
        s->found[kept++] = s->found[i];
    }
    s->count = kept;
}

static void add_designs(search *s) {
    static const char minimax[] = "least n, then least EN(p0) (Simon 1989)";
    static const char optimal[] = "least EN(p0) (Simon 1989)";
    static const char admissible[] = "least w n + (1 - w) EN(p0) for some w (Jung 2004)";
    keep_hull(s);
    for (size_t i = 0; i < s->count; i++) {
        bool first = i == 0;
        bool last = i + 1 == s->count;
        const char *name = first ? "minimax" : last ? "optimal" : "admissible";
        const char *rule = first ? minimax : last ? optimal : admissible;
        oa_design *d = oa_designs_add_two_stage(s->designs, name, rule, &s->found[i].design);
        d->weight_from = last ? 0 : balance(&s->found[i], &s->found[i + 1]);
        d->weight_to = first ? 1 : balance(&s->found[i - 1], &s->found[i]);
        if (first && last) { /* one design is both */
            d = oa_designs_add_two_stage(s->designs, "optimal", optimal, &s->found[i].design);
            d->weight_from = 0;
            d->weight_to = 1;
        }
    }
}

static void run(oa_designs *designs, const void *context) {
    search s;
    candidate best = {.en = HUGE_VAL};
    int32_t most = designs->problem.n_max ? designs->problem.n_max : MOST;
    (void)context;
    prepare(&s, designs, most < MOST ? most : MOST);
    bool hope = true;
    for (int32_t n = oa_tables_least_n(&s.tables, s.problem); n <= s.tables.null.most && hope; n++) {
        double before = best.en;
        hope = try_n(&s, n, &best);
        if (best.en < before) {
            s.found[s.count++] = best;
        }
    }
    if (s.count == 0) {
        say_none(&s, s.tables.null.most);
        return;
    }
    designs->complete = !hope;
    add_designs(&s);
}

oa_designs *oa_design_simon(const oa_problem *problem, oa_diag *diag) {
    return oa_designs_search(problem, run, NULL, diag);
}

static void run_of(oa_designs *designs, const void *context) {
    search s;
    candidate best = {.en = HUGE_VAL};
    int32_t n = *(const int32_t *)context;
    if (n < 2 || n > MOST) {
        oa_designs_none(designs, "two stages can have n from 2 to %d, not %d", (int)MOST, (int)n);
        return;
    }
    prepare(&s, designs, n);
    try_n(&s, n, &best);
    if (isinf(best.en)) {
        say_none(&s, n);
        return;
    }
    designs->complete = true;
    oa_designs_add_two_stage(designs, "best", "least EN(p0) of all designs of this n", &best.design);
}

oa_designs *oa_design_simon_of(const oa_problem *problem, int32_t n, oa_diag *diag) {
    return oa_designs_search(problem, run_of, &n, diag);
}
