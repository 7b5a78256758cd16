/* rows.c - see rows.h. */
#include "rows.h"

void oa_rows_init(oa_rows *rows, oa_arena *arena, double p, int32_t most) {
    size_t count = (size_t)most + 1;
    *rows = (oa_rows){.arena = arena, .p = p, .last = -1, .most = most};
    rows->pmf = OA_NEW_ARRAY(arena, double *, count);
    rows->upper = OA_NEW_ARRAY(arena, double *, count);
    rows->lower = OA_NEW_ARRAY(arena, double *, count);
}

static void fill_pmf(const oa_rows *rows, int32_t n) {
    double q = 1 - rows->p;
    double *b = rows->pmf[n];
    if (n == 0) {
        b[0] = 1;
        return;
    }
    const double *before = rows->pmf[n - 1];
    b[0] = q * before[0];
    for (int32_t x = 1; x < n; x++) {
        b[x] = q * before[x] + rows->p * before[x - 1];
    }
    b[n] = rows->p * before[n - 1];
}

static void add_row(oa_rows *rows, int32_t n) {
    size_t width = (size_t)n + 2;
    double *room = OA_NEW_ARRAY(rows->arena, double, 3 * width);
    rows->pmf[n] = room;
    rows->upper[n] = room + width;
    rows->lower[n] = room + 2 * width;
    fill_pmf(rows, n);
    double sum = 0;
    for (int32_t x = n; x >= 0; x--) {
        sum += rows->pmf[n][x];
        rows->upper[n][x] = sum;
    }
    sum = 0;
    for (int32_t x = 0; x <= n; x++) {
        sum += rows->pmf[n][x];
        rows->lower[n][x] = sum;
    }
    rows->last = n;
}

void oa_rows_need(oa_rows *rows, int32_t n) {
    while (rows->last < n) {
        add_row(rows, rows->last + 1);
    }
}

double oa_rows_two_stage(const oa_rows *rows, int32_t n1, int32_t r1, int32_t n, int32_t r) {
    int32_t n2 = n - n1;
    const double *b = rows->pmf[n1];
    const double *tail = rows->upper[n2];
    int32_t sure = (r1 > r ? r1 : r) + 1; /* from here on stage two changes nothing */
    double sum = sure <= n1 ? rows->upper[n1][sure] : 0;
    int32_t least = r + 1 - n2 > r1 + 1 ? r + 1 - n2 : r1 + 1;
    for (int32_t x = n1 < r ? n1 : r; x >= least; x--) {
        sum += b[x] * tail[r + 1 - x];
    }
    return sum;
}

void oa_tables_init(oa_tables *tables, oa_designs *designs, int32_t most) {
    oa_rows_init(&tables->null, designs->arena, designs->problem.p0, most);
    oa_rows_init(&tables->alternative, designs->arena, designs->problem.p1, most);
}

void oa_tables_need(oa_tables *tables, int32_t n) {
    oa_rows_need(&tables->null, n);
    oa_rows_need(&tables->alternative, n);
}

int32_t oa_tables_most_r1(const oa_tables *tables, const oa_problem *problem, int32_t n1) {
    int32_t r1 = -1;
    while (r1 + 1 < n1 && oa_keeps(problem, tables->alternative.lower[n1][r1 + 1], problem->beta)) {
        r1++;
    }
    return r1;
}

double oa_tables_most_power(const oa_tables *tables, const oa_problem *problem, int32_t n) {
    const double *null = tables->null.upper[n];
    int32_t c = n;
    while (c > 0 && null[c] <= problem->alpha) {
        c--;
    }
    /* X > c rejects, X = c with the probability that is left */
    double left = problem->alpha - null[c + 1];
    return tables->alternative.upper[n][c + 1] + left / tables->null.pmf[n][c] * tables->alternative.pmf[n][c];
}

int32_t oa_tables_least_n(oa_tables *tables, const oa_problem *problem) {
    int32_t n = 1;
    for (; n <= tables->null.most; n++) {
        oa_tables_need(tables, n);
        if (oa_keeps_power(problem, oa_tables_most_power(tables, problem, n))) {
            return n;
        }
    }
    return n;
}

double oa_tables_least_going_on(const oa_tables *tables, const oa_problem *problem, int32_t n) {
    const double *alternative = tables->alternative.upper[n];
    int32_t c = 0; /* X > c goes on, X = c with the probability that is still wanted */
    while (c < n && alternative[c + 1] >= 1 - problem->beta) {
        c++;
    }
    double wanted = 1 - problem->beta - alternative[c + 1];
    return tables->null.upper[n][c + 1] + wanted / tables->alternative.pmf[n][c] * tables->null.pmf[n][c];
}

void oa_tables_say_none(oa_tables *tables, oa_designs *designs, const char *what) {
    const oa_problem *p = &designs->problem;
    int32_t n = tables->null.most;
    oa_tables_need(tables, n);
    oa_designs_none(
        designs,
        "no %s up to n = %d keeps alpha %g and has power %g: the most powerful test of %d subjects, randomised "
        "to use alpha up, has %.4f; allow a larger n",
        what, (int)n, p->alpha, 1 - p->beta, (int)n, oa_tables_most_power(tables, p, n));
}
