/*
 * three_stage.c - three stages that stop for futility: T. T. Chen, Stat Med 16 (1997) 2701-2711; L. G. Ensign et al., Stat
 * Med 13 (1994) 1727-1736, whose first stage has five subjects or more and stops where none responds.
 *
 * Problem     Stop with S <= r1 of n1, with S <= r2 of n2, reject H0 with S > r of n; EN(p0) = n1 + P(S1 > r1)(n2 - n1) +
 *             P(S1 > r1, S2 > r2)(n - n2).
 * Search      Over n1, r1, n2, r2 and n, each cut off where EN passes the best so far; the distribution at n2 follows from that at n2 - 1.  Each n1 is a block of its own, so that
 *             processors share the work; blocks are merged in order.
 * End         Let a(n) be the least P(go on | p0) of a test of n subjects that keeps the type II error (Neyman, Pearson).
 *             EN >= n1 + a(n1)(n2 - n1) + a(n2)(n - n2), which bounds n.
 */
#include "rows.h"

#include "../base/parallel.h"

#include <math.h>
#include <string.h>

enum { MOST = 1000, GROUP = 8 };

static int32_t least_of(int32_t a, int32_t b) {
    return a < b ? a : b;
}

typedef struct candidate {
    int32_t n1, r1, n2, r2, n, r;
    double en;
} candidate;

typedef struct scan {
    const oa_problem *problem;
    oa_tables tables;
    bool ensign;
    int32_t ready;     /* there is room up to this n */
    int32_t first;     /* n1 of index 0 */
    int32_t from, to;  /* n */
    double bound;      /* only what beats it */
    candidate *best;   /* by n1; n 0: none */
    double *room;      /* by n1: two distributions and two tails */
    size_t room_width; /* doubles of one */
} scan;

/* The trials that are past stage one, at n2 subjects, under both hypotheses. */
typedef struct stage {
    double *f[2];
    double *tail[2]; /* tail[h][s] = P(S2 >= s) */
    int32_t n2;
} stage;

static const oa_rows *rows_of(const scan *s, int hypothesis) {
    return hypothesis ? &s->tables.alternative : &s->tables.null;
}

static void add_subject(const scan *s, stage *at, int32_t r1) {
    for (int h = 0; h < 2; h++) {
        double p = rows_of(s, h)->p;
        double *f = at->f[h];
        f[at->n2 + 1] = f[at->n2] * p;
        for (int32_t x = at->n2; x > r1 + 1; x--) {
            f[x] = f[x] * (1 - p) + f[x - 1] * p;
        }
        f[r1 + 1] *= 1 - p;
        at->tail[h][at->n2 + 2] = 0;
        for (int32_t x = at->n2 + 1; x > r1; x--) {
            at->tail[h][x] = at->tail[h][x + 1] + f[x];
        }
    }
    at->n2++;
}

/* P(S2 > r2, S > r) */
static double reject(const scan *s, const stage *at, int hypothesis, int32_t r2, int32_t n, int32_t r) {
    int32_t n3 = n - at->n2;
    const double *f = at->f[hypothesis];
    const double *rest = rows_of(s, hypothesis)->upper[n3];
    int32_t sure = (r > r2 ? r : r2) + 1;
    double sum = sure <= at->n2 ? at->tail[hypothesis][sure] : 0;
    int32_t least = r + 1 - n3 > r2 + 1 ? r + 1 - n3 : r2 + 1;
    for (int32_t x = at->n2 < r ? at->n2 : r; x >= least; x--) {
        sum += f[x] * rest[r + 1 - x];
    }
    return sum;
}

/* The least n beyond n2 with an r that keeps both errors; EN rises with n.  `en` is that of the first two stages. */
static void try_n(const scan *s, const stage *at, candidate d, double en, candidate *best) {
    double going_on = at->tail[0][d.r2 + 1];
    int32_t n = at->n2 < s->from ? s->from : at->n2 + 1;
    d.r = d.r2;
    for (; n <= s->to; n++) {
        d.n = n;
        d.en = en + going_on * (n - at->n2);
        if (d.en >= best->en - OA_SAME_EN) {
            return;
        }
        while (d.r < n && !oa_keeps_alpha(s->problem, reject(s, at, 0, d.r2, n, d.r))) {
            d.r++;
        }
        if (oa_keeps_power(s->problem, reject(s, at, 1, d.r2, n, d.r))) {
            while (s->problem->ties == OA_LARGEST_R && oa_keeps_power(s->problem, reject(s, at, 1, d.r2, n, d.r + 1))) {
                d.r++;
            }
            *best = d;
            return;
        }
    }
}

static void try_r2(const scan *s, const stage *at, candidate d, double en, candidate *best) {
    int32_t shortest = at->n2 < s->from ? s->from : at->n2 + 1;
    for (d.r2 = at->n2 - 1; d.r2 >= d.r1; d.r2--) {
        if (!oa_keeps_power(s->problem, at->tail[1][d.r2 + 1])) {
            continue;
        }
        if (en + at->tail[0][d.r2 + 1] * (shortest - at->n2) >= best->en - OA_SAME_EN) {
            return;
        }
        try_n(s, at, d, en, best);
    }
}

static void try_r1(const scan *s, int32_t n1, int32_t r1, candidate *best) {
    double *room = s->room + 4 * s->room_width * (size_t)n1;
    stage at = {{room, room + s->room_width}, {room + 2 * s->room_width, room + 3 * s->room_width}, n1};
    double going_on = s->tables.null.upper[n1][r1 + 1];
    for (int h = 0; h < 2; h++) {
        memcpy(at.f[h] + r1 + 1, rows_of(s, h)->pmf[n1] + r1 + 1, (size_t)(n1 - r1) * sizeof(double));
    }
    while (at.n2 + 1 < s->to) {
        add_subject(s, &at, r1);
        double en = n1 + going_on * (at.n2 - n1);
        if (en >= best->en - OA_SAME_EN) {
            return;
        }
        try_r2(s, &at, (candidate){.n1 = n1, .r1 = r1, .n2 = at.n2}, en, best);
    }
}

static void scan_block(void *context, size_t index) {
    const scan *s = context;
    int32_t n1 = s->first + (int32_t)index;
    candidate *best = &s->best[n1];
    *best = (candidate){.en = s->bound};
    if (n1 < (s->ensign ? 5 : 1)) {
        return;
    }
    int32_t r1 = oa_tables_most_r1(&s->tables, s->problem, n1);
    for (r1 = s->ensign && r1 > 0 ? 0 : r1; r1 >= 0; r1--) {
        try_r1(s, n1, r1, best);
    }
}

/*
 * The best design with n in from..to that beats `bound`; n = 0: there is none.  What a group of n1 finds bounds the search
 * of the next; groups are as large whatever the number of processors, so that all find the same.
 */
static candidate scan_all(scan *s, int32_t from, int32_t to, double bound) {
    candidate best = {.en = bound};
    s->from = from;
    s->to = to;
    for (s->first = 1; s->first <= to - 2 && s->first < best.en; s->first += GROUP) {
        int32_t last = least_of(s->first + GROUP - 1, to - 2);
        s->bound = best.en;
        oa_parallel_for((size_t)last - (size_t)s->first + 1, scan_block, s);
        for (int32_t n1 = s->first; n1 <= last; n1++) {
            if (s->best[n1].n && s->best[n1].en < best.en - OA_SAME_EN) {
                best = s->best[n1];
            }
        }
        if (to > from) {
            oa_tell(s->problem, fmin(s->first / best.en, 0.99));
        }
    }
    return best;
}

/* Beyond which n no EN can be below `en`: see above.  s->tables.null.most where that is not found. */
static int32_t bound_n(scan *s, oa_designs *designs, double en, bool *proved) {
    int32_t most = s->tables.null.most;
    double *least = OA_NEW_ARRAY(designs->arena, double, (size_t)most + 1);
    for (int32_t n = 1; n <= most; n++) {
        bool hope = false;
        oa_tables_need(&s->tables, n);
        least[n] = oa_tables_least_going_on(&s->tables, s->problem, n);
        for (int32_t n1 = 1; n1 < n && n1 < en && !hope; n1++) {
            hope = n1 + least[n1] * (n - 1 - n1) < en;
            for (int32_t n2 = n1 + 1; n2 < n && !hope; n2++) {
                hope = n1 + least[n1] * (n2 - n1) + least[n2] * (n - n2) < en;
            }
        }
        if (!hope && n > en) {
            *proved = true;
            return n;
        }
    }
    *proved = false;
    return most;
}

static void add(oa_designs *designs, const char *name, const char *rule, const candidate *d) {
    oa_look looks[3] = {{d->n1, d->r1, d->n1 + 1}, {d->n2, d->r2, d->n2 + 1}, {d->n, d->r, d->r + 1}};
    oa_designs_add(designs, name, rule, looks, 3);
}

static void set_up(scan *s, oa_designs *designs, bool ensign, int32_t to) {
    s->ensign = ensign;
    s->ready = to;
    oa_tables_need(&s->tables, to);
    s->best = OA_NEW_ARRAY(designs->arena, candidate, (size_t)to + 1);
    s->room_width = (size_t)to + 3;
    s->room = OA_NEW_ARRAY(designs->arena, double, 4 * s->room_width * ((size_t)to + 1));
}

static void run(oa_designs *designs, const void *context) {
    const oa_problem *p = &designs->problem;
    const bool *ensign = context;
    scan s = {.problem = p};
    int32_t most = p->n_max && p->n_max < MOST ? p->n_max : MOST;
    bool proved = false;
    oa_tables_init(&s.tables, designs, most);
    int32_t from = oa_tables_least_n(&s.tables, p);
    if (from > most) {
        oa_tables_say_none(&s.tables, designs, "three-stage design");
        return;
    }
    candidate minimax = {0};
    for (int32_t until = from; !minimax.n && until <= most; until++) {
        if (until == from || until > s.ready) {
            set_up(&s, designs, *ensign, least_of(until + 20, most));
        }
        minimax = scan_all(&s, until, until, HUGE_VAL);
    }
    if (!minimax.n) {
        oa_tables_say_none(&s.tables, designs, "three-stage design");
        return;
    }
    /* What is found near the least n makes the search of all n short. */
    int32_t near = least_of(minimax.n + minimax.n / 4 + 8, most);
    set_up(&s, designs, *ensign, near);
    candidate better = scan_all(&s, from, near, minimax.en);
    candidate optimal = better.n ? better : minimax;
    int32_t to = bound_n(&s, designs, optimal.en, &proved);
    if (to > near) {
        set_up(&s, designs, *ensign, to);
        better = scan_all(&s, near + 1, to, optimal.en);
        optimal = better.n ? better : optimal;
    }
    oa_tell(p, 1);
    designs->complete = proved;
    add(designs, "minimax", "least n, then least EN(p0)", &minimax);
    add(designs, "optimal", "least EN(p0)", &optimal);
}

oa_designs *oa_design_three_stage(const oa_problem *problem, bool ensign, oa_diag *diag) {
    return oa_designs_search(problem, run, &ensign, diag);
}
