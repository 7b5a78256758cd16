/*
 * curtailed.c - two-stage designs that stop as soon as the answer is certain, or nearly so.
 *
 * Definition  With s responses of k subjects, the conditional power is CP(s, k) = P(reject | s, k; p1), from
 *                 CP(s, n) = [s > r],  CP(s, k) = p1 CP(s + 1, k + 1) + (1 - p1) CP(s, k + 1),  CP(s, n1) = 0 for s <= r1.
 *             Stop for futility where CP <= thF and for efficacy where CP >= thE; at 0 and 1 only where no further
 *             outcome can change the answer, which is decided in integers, not by a sum.
 * Source      M. Law, M. J. Grayling, A. P. Mander, Pharm Stat 21 (2022) 212-226; M. Kunz, M. Kieser, Pharm Stat 11 (2012).
 * Search      Curtailing changes both errors (thE < 1 inflates the type I error), so the design is searched for as it will
 *             be used: each (n1, r1, n, r) is curtailed and its errors are those of the curtailed design.  Both fall as r
 *             rises: CP falls, so that each path that still rejects did so before.  A path stopped for efficacy would
 *             have rejected with probability thE at least, so that the power before is at least thE times that after.
 */
#include "rows.h"

#include "../base/parallel.h"

#include <math.h>

/* A conditional power within this of a threshold has reached it. */
static const double same_power = 1e-12;

static int32_t most_of(int32_t a, int32_t b) {
    return a > b ? a : b;
}

/* No outcome of the subjects to come can lead to a rejection. */
static bool is_lost(const oa_two_stage *d, int32_t s, int32_t k) {
    return s + d->n - k <= d->r || (k <= d->n1 && s + d->n1 - k <= d->r1);
}

static bool is_won(const oa_two_stage *d, int32_t s) {
    return s > d->r;
}

static bool stops_for_futility(const oa_two_stage *d, const oa_curtailment *c, double cp, int32_t s, int32_t k) {
    return is_lost(d, s, k) || (c->futility > 0 && cp <= c->futility + same_power);
}

static bool stops_for_efficacy(const oa_two_stage *d, const oa_curtailment *c, double cp, int32_t s) {
    return c->stop_for_efficacy && (is_won(d, s) || (c->efficacy < 1 && cp >= c->efficacy - same_power));
}

/* A look after each subject.  `cp` has room for n + 2 numbers, `looks` for n. */
static void curtail(const oa_two_stage *d, double p1, const oa_curtailment *c, double *cp, oa_look *looks) {
    for (int32_t s = 0; s <= d->n + 1; s++) {
        cp[s] = is_won(d, s) ? 1 : 0;
    }
    looks[d->n - 1] = (oa_look){d->n, d->r, d->r + 1};
    for (int32_t k = d->n - 1; k >= 1; k--) {
        int32_t top = k < d->r ? k : d->r; /* beyond, cp stays 1 */
        for (int32_t s = 0; s <= top; s++) {
            cp[s] = k == d->n1 && s <= d->r1 ? 0 : p1 * cp[s + 1] + (1 - p1) * cp[s];
        }
        oa_look look = {k, -1, k + 1};
        while (look.lower < k && stops_for_futility(d, c, cp[look.lower + 1], look.lower + 1, k)) {
            look.lower++;
        }
        while (look.upper > look.lower + 1 && look.upper > 0 &&
               stops_for_efficacy(d, c, cp[look.upper - 1], look.upper - 1)) {
            look.upper--;
        }
        looks[k - 1] = look;
    }
    for (int32_t k = 2; k <= d->n; k++) { /* fewer responses cannot be any more */
        looks[k - 1].lower = most_of(looks[k - 1].lower, looks[k - 2].lower);
        looks[k - 1].upper = most_of(looks[k - 1].upper, looks[k - 1].lower + 1); /* what is below cannot be reached */
    }
}

/* ---- one design -------------------------------------------------------------------------------------------------- */

typedef struct request {
    const oa_two_stage *design;
    const oa_curtailment *curtailment;
} request;

static void run_one(oa_designs *designs, const void *context) {
    const request *q = context;
    size_t n = (size_t)q->design->n;
    double *cp = OA_NEW_ARRAY(designs->arena, double, n + 2);
    oa_look *looks = OA_NEW_ARRAY(designs->arena, oa_look, n);
    curtail(q->design, designs->problem.p1, q->curtailment, cp, looks);
    oa_designs_add(designs, "curtailed", "the given design, curtailed; its error rates are what comes of it", looks, n);
    designs->complete = true;
}

static bool curtailment_valid(const oa_curtailment *c, oa_diag *diag) {
    if (c->futility >= 0 && c->futility < c->efficacy && c->efficacy <= 1) {
        return true;
    }
    oa_diag_add(
        diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-CURTAILMENT",
        "the conditional powers that stop the trial are %g for futility and %g for efficacy; they must be from 0 to "
        "1, the first below the second, such as 0.1 and 1",
        c->futility, c->efficacy);
    return false;
}

bool oa_two_stage_valid(const oa_two_stage *d, oa_diag *diag) {
    if (d->n1 >= 1 && d->r1 >= 0 && d->r1 < d->n1 && d->n > d->n1 && d->n <= OA_MOST_SUBJECTS && d->r >= d->r1 &&
        d->r < d->n) {
        return true;
    }
    oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-TWO-STAGE",
                "%d/%d %d/%d is no two-stage design r1/n1 r/n: 0 <= r1 < n1 < n and r1 <= r < n, such as 2/18 6/35",
                (int)d->r1, (int)d->n1, (int)d->r, (int)d->n);
    return false;
}

oa_designs *oa_design_curtail(const oa_problem *problem, const oa_two_stage *design, const oa_curtailment *curtailment,
                              oa_diag *diag) {
    request q = {design, curtailment};
    if (!oa_two_stage_valid(design, diag) || !curtailment_valid(curtailment, diag)) {
        return NULL;
    }
    return oa_designs_search(problem, run_one, &q, diag);
}

/* ---- search ------------------------------------------------------------------------------------------------------ */

/* EN(p0) of the best design of each n has no simple bound.  Without a greatest n the search ends when an eighth more
 * subjects and PATIENCE have brought no gain, and does not claim to be complete. */
enum { MOST = 200, PATIENCE = 6 };

static int32_t least_of(int32_t a, int32_t b) {
    return a < b ? a : b;
}

typedef struct candidate {
    oa_two_stage design;
    double en;
} candidate;

typedef struct scan {
    const oa_problem *problem;
    const oa_curtailment *curtailment;
    oa_tables tables;
    int32_t n;
    candidate *best; /* by n1 */
    double *room;    /* by n1 */
    oa_look *looks;
} scan;

static size_t room_of(int32_t n) {
    return 4 * (size_t)n + 8;
}

/* False where the type I error is too large: it will be for every smaller r, too. */
static bool try_design(const scan *s, const oa_two_stage *d, candidate *best) {
    double *room = s->room + room_of(s->n) * (size_t)d->n1;
    oa_look *looks = s->looks + (size_t)s->n * (size_t)d->n1;
    oa_boundary boundary = {looks, (size_t)d->n};
    oa_oc oc;
    curtail(d, s->problem->p1, s->curtailment, room, looks);
    oa_walk_oc(&boundary, s->problem->p0, room, &oc, NULL);
    if (!oa_keeps_alpha(s->problem, oc.efficacy)) {
        return false;
    }
    double en = oc.expected_n;
    if (en < best->en - OA_SAME_EN) {
        oa_walk_oc(&boundary, s->problem->p1, room, &oc, NULL);
        if (oa_keeps_power(s->problem, oc.efficacy)) {
            *best = (candidate){*d, en};
        }
    }
    return true;
}

static void scan_block(void *context, size_t index) {
    const scan *s = context;
    oa_two_stage d = {.n1 = (int32_t)index + 1, .n = s->n};
    candidate *best = &s->best[d.n1];
    const oa_rows *rows = &s->tables.alternative;
    double wanted = (1 - s->problem->beta) * (s->curtailment->stop_for_efficacy ? s->curtailment->efficacy : 1);
    *best = (candidate){.en = HUGE_VAL};
    for (d.r1 = 0; d.r1 < d.n1 && rows->upper[d.n1][d.r1 + 1] > wanted - same_power; d.r1++) {
        d.r = d.n - 1;
        while (d.r > d.r1 && oa_rows_two_stage(rows, d.n1, d.r1, d.n, d.r) < wanted - same_power) {
            d.r--;
        }
        while (d.r >= d.r1 && try_design(s, &d, best)) {
            d.r--;
        }
    }
}

static candidate scan_n(scan *s, int32_t n) {
    candidate best = {.en = HUGE_VAL};
    s->n = n;
    oa_parallel_for((size_t)n - 1, scan_block, s);
    for (int32_t n1 = 1; n1 < n; n1++) {
        if (s->best[n1].en < best.en - OA_SAME_EN) {
            best = s->best[n1];
        }
    }
    return best;
}

static void add(oa_designs *designs, const scan *s, const char *name, const char *rule, const oa_two_stage *d) {
    curtail(d, s->problem->p1, s->curtailment, s->room, s->looks);
    oa_designs_add(designs, name, rule, s->looks, (size_t)d->n);
}

static void run(oa_designs *designs, const void *context) {
    const oa_problem *p = &designs->problem;
    scan s = {.problem = p, .curtailment = context};
    candidate minimax = {.en = HUGE_VAL};
    candidate optimal = {.en = HUGE_VAL};
    int32_t most = p->n_max && p->n_max < MOST ? p->n_max : MOST;
    oa_tables_init(&s.tables, designs, most);
    int32_t from = oa_tables_least_n(&s.tables, p);
    if (from > most || from < 2) {
        from = 2;
    }
    int32_t to = most;
    oa_tables_need(&s.tables, to);
    s.best = OA_NEW_ARRAY(designs->arena, candidate, (size_t)to + 1);
    s.room = OA_NEW_ARRAY(designs->arena, double, room_of(to) * ((size_t)to + 1));
    s.looks = OA_NEW_ARRAY(designs->arena, oa_look, (size_t)to * ((size_t)to + 1));
    for (int32_t n = from; n <= to; n++) {
        candidate best = scan_n(&s, n);
        minimax = isinf(minimax.en) ? best : minimax;
        optimal = best.en < optimal.en - OA_SAME_EN ? best : optimal;
        if (!p->n_max && isfinite(optimal.en)) {
            to = least_of(most, optimal.design.n + PATIENCE + optimal.design.n / 8);
        }
        oa_tell(p, (double)(n - from + 1) / (to - from + 1));
    }
    if (isinf(minimax.en)) {
        oa_tables_say_none(&s.tables, designs, "curtailed two-stage design");
        return;
    }
    add(designs, &s, "minimax", "least n, then least EN(p0), curtailed", &minimax.design);
    add(designs, &s, "optimal", "least EN(p0), curtailed", &optimal.design);
}

oa_designs *oa_design_curtailed(const oa_problem *problem, const oa_curtailment *curtailment, oa_diag *diag) {
    return curtailment_valid(curtailment, diag) ? oa_designs_search(problem, run, curtailment, diag) : NULL;
}
