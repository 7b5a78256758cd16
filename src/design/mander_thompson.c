/*
 * mander_thompson.c - two stages, the first of which may end for efficacy too: A. P. Mander, S. G. Thompson, Contemp Clin
 * Trials 31 (2010) 572-578.
 *
 * Problem     Of n1 subjects, X1 <= r1 ends the trial for futility and X1 > e for efficacy, r1 < e < n1; at the end X > r
 *             rejects H0.  EN(p) = n1 + P(r1 < X1 <= e | p) (n - n1) at p0 and at p1.
 * Search      All (n, n1, r1, e) whose stage one keeps each error by itself and whose EN beats the best so far; r is then
 *             the least that keeps the type I error, which also has the most power.
 * End         As in simon.c, with the largest r1 and the smallest e that an n1 admits.
 */
#include "rows.h"

#include <math.h>

enum { MOST = 400 }; /* seconds */

typedef struct mt_design {
    int32_t n1, r1, e, n, r;
    double en;
} mt_design;

typedef struct search {
    oa_designs *designs;
    const oa_problem *problem;
    oa_tables tables;
    int32_t *most_r1; /* by n1 */
    int32_t *least_e;
    int32_t ready;
    mt_design best[2]; /* by EN(p0) and by EN(p1) */
} search;

static const oa_rows *rows_of(const search *s, int hypothesis) {
    return hypothesis ? &s->tables.alternative : &s->tables.null;
}

static double reject(const oa_rows *rows, const mt_design *d) {
    const double *b = rows->pmf[d->n1];
    const double *tail = rows->upper[d->n - d->n1];
    int32_t n2 = d->n - d->n1;
    double sum = rows->upper[d->n1][d->e + 1];
    for (int32_t x = d->e; x > d->r1; x--) {
        int32_t missing = d->r + 1 - x;
        sum += missing > n2 ? 0 : b[x] * (missing > 0 ? tail[missing] : 1);
    }
    return sum;
}

/* A lower bound where r1 and e overlap: stage one alone would do. */
static double expected(const oa_rows *rows, int32_t n1, int32_t r1, int32_t e, int32_t n) {
    return n1 + fmax(rows->upper[n1][r1 + 1] - rows->upper[n1][e + 1], 0) * (n - n1);
}

static void need(search *s, int32_t n) {
    const oa_problem *p = s->problem;
    oa_tables_need(&s->tables, n);
    for (int32_t i = s->ready + 1; i <= n; i++) {
        int32_t e = 0;
        while (e < i && !oa_keeps_alpha(p, s->tables.null.upper[i][e + 1])) {
            e++;
        }
        s->least_e[i] = e;
        s->most_r1[i] = oa_tables_most_r1(&s->tables, p, i);
    }
    s->ready = n > s->ready ? n : s->ready;
}

static bool gains(const search *s, int hypothesis, double en) {
    return en < s->best[hypothesis].en - OA_SAME_EN;
}

/* The least r from d->r on that keeps alpha or, with `power_fails`, loses the power; both errors are monotone in r.  d->n where there is none. */
static int32_t search_r(const search *s, const mt_design *d, bool power_fails) {
    mt_design tried = *d;
    int32_t low = d->r - 1;
    int32_t high = d->n;
    while (high - low > 1) {
        tried.r = low + (high - low) / 2;
        bool there = power_fails ? !oa_keeps_power(s->problem, reject(&s->tables.alternative, &tried))
                                 : oa_keeps_alpha(s->problem, reject(&s->tables.null, &tried));
        *(there ? &high : &low) = tried.r;
    }
    return high;
}

/* Completes a design with r; false where none keeps both errors. */
static bool find_r(const search *s, mt_design *d) {
    d->r = d->r1;
    d->r = search_r(s, d, false);
    if (d->r == d->n || !oa_keeps_power(s->problem, reject(&s->tables.alternative, d))) {
        return false;
    }
    if (s->problem->ties == OA_LARGEST_R) {
        d->r = search_r(s, d, true) - 1;
    }
    return true;
}

static void try_stage_one(search *s, int32_t n1, int32_t n) {
    for (int32_t r1 = s->most_r1[n1]; r1 >= 0; r1--) {
        for (int32_t e = s->least_e[n1] > r1 ? s->least_e[n1] : r1 + 1; e < n1; e++) {
            double en[2];
            for (int h = 0; h < 2; h++) {
                en[h] = expected(rows_of(s, h), n1, r1, e, n);
            }
            if (!gains(s, 0, en[0]) && !gains(s, 1, en[1])) {
                break; /* EN rises with e */
            }
            mt_design d = {n1, r1, e, n, 0, 0};
            if (!find_r(s, &d)) {
                continue;
            }
            for (int h = 0; h < 2; h++) {
                if (gains(s, h, en[h])) {
                    s->best[h] = d;
                    s->best[h].en = en[h];
                }
            }
        }
    }
}

/* False where no larger n can gain. */
static bool try_n(search *s, int32_t n) {
    bool hope = false;
    need(s, n);
    for (int32_t n1 = 2; n1 < n; n1++) {
        bool here = false;
        for (int h = 0; h < 2 && s->most_r1[n1] >= 0; h++) {
            here = here || gains(s, h, expected(rows_of(s, h), n1, s->most_r1[n1], s->least_e[n1], n));
        }
        if (here) {
            hope = true;
            try_stage_one(s, n1, n);
        }
    }
    return hope;
}

static void add(oa_designs *designs, const char *name, const char *rule, const mt_design *d) {
    oa_look looks[2] = {{d->n1, d->r1, d->e + 1}, {d->n, d->r, d->r + 1}};
    oa_designs_add(designs, name, rule, looks, 2);
}

static void run(oa_designs *designs, const void *context) {
    static const char *const names[2][2] = {{"H0-optimal", "H1-optimal"}, {"H0-minimax", "H1-minimax"}};
    static const char *const rules[2][2] = {
        {"least EN(p0) (Mander, Thompson 2010)", "least EN(p1) (Mander, Thompson 2010)"},
        {"least n, then least EN(p0) (Mander, Thompson 2010)", "least n, then least EN(p1) (Mander, Thompson 2010)"}};
    search s = {.designs = designs, .problem = &designs->problem, .best = {{.en = HUGE_VAL}, {.en = HUGE_VAL}}};
    mt_design minimax[2] = {{0}, {0}};
    (void)context;
    int32_t most = designs->problem.n_max && designs->problem.n_max < MOST ? designs->problem.n_max : MOST;
    oa_tables_init(&s.tables, designs, most);
    s.most_r1 = OA_NEW_ARRAY(designs->arena, int32_t, (size_t)most + 1);
    s.least_e = OA_NEW_ARRAY(designs->arena, int32_t, (size_t)most + 1);
    bool hope = true;
    for (int32_t n = oa_tables_least_n(&s.tables, s.problem); n <= most && hope; n++) {
        hope = try_n(&s, n) || isinf(s.best[0].en);
        oa_tell(s.problem, (double)n / (most + 1));
        if (minimax[0].n == 0 && isfinite(s.best[0].en)) {
            minimax[0] = s.best[0];
            minimax[1] = s.best[1];
        }
    }
    if (isinf(s.best[0].en)) {
        oa_tables_say_none(&s.tables, designs, "two-stage design with a stop for efficacy");
        return;
    }
    oa_tell(s.problem, 1);
    designs->complete = !hope;
    for (int h = 0; h < 2; h++) {
        add(designs, names[0][h], rules[0][h], &s.best[h]);
    }
    for (int h = 0; h < 2; h++) {
        add(designs, names[1][h], rules[1][h], &minimax[h]);
    }
}

oa_designs *oa_design_mander_thompson(const oa_problem *problem, oa_diag *diag) {
    return oa_designs_search(problem, run, NULL, diag);
}
