/*
 * rows.h - binomial probabilities and upper tails of all n up to a number, for searches.
 *
 * Rows follow from one another by b(x; n + 1) = (1 - p) b(x; n) + p b(x - 1; n), an addition of positive terms: each is
 * right to n roundings, 2e-13 relative at n = 1000 and 1e-14 in practice.
 */
#ifndef OA_DESIGN_ROWS_H
#define OA_DESIGN_ROWS_H

#include "../base/arena.h"
#include "designs.h"

#include <stdint.h>

typedef struct oa_rows {
    oa_arena *arena;
    double p;
    int32_t last;   /* rows 0..last are there */
    int32_t most;   /* no row beyond this will be asked for */
    double **pmf;   /* pmf[n][x] for 0 <= x <= n */
    double **upper; /* upper[n][x] = P(X >= x) for 0 <= x <= n + 1 */
    double **lower; /* lower[n][x] = P(X <= x) for 0 <= x <= n */
} oa_rows;

void oa_rows_init(oa_rows *rows, oa_arena *arena, double p, int32_t most);
/* Makes the rows up to n. */
void oa_rows_need(oa_rows *rows, int32_t n);

/* P(X1 > r1, X1 + X2 > r) of a two-stage design. */
double oa_rows_two_stage(const oa_rows *rows, int32_t n1, int32_t r1, int32_t n, int32_t r);

/* The rows of both rates of a problem. */
typedef struct oa_tables {
    oa_rows null; /* p0 */
    oa_rows alternative;
} oa_tables;

void oa_tables_init(oa_tables *tables, oa_designs *designs, int32_t most);
void oa_tables_need(oa_tables *tables, int32_t n);
/* The largest r1 for which stopping with r1 or fewer of n1 keeps the type II error; -1: none. */
int32_t oa_tables_most_r1(const oa_tables *tables, const oa_problem *problem, int32_t n1);

/*
 * The power of the most powerful test of n subjects with this type I error, randomised to use it up.  By the lemma of
 * Neyman and Pearson no design of at most n subjects, in whatever stages, has more.
 */
double oa_tables_most_power(const oa_tables *tables, const oa_problem *problem, int32_t n);
/* Makes rows until some design could keep both errors; the least such n, or tables->null.most + 1. */
int32_t oa_tables_least_n(oa_tables *tables, const oa_problem *problem);
/* The least P(go on | p0) of all tests of n subjects with P(go on | p1) >= 1 - beta: what a stop for futility can save. */
double oa_tables_least_going_on(const oa_tables *tables, const oa_problem *problem, int32_t n);
/* Says that no such design of at most null.most subjects keeps both errors, and how far the best test misses. */
void oa_tables_say_none(oa_tables *tables, oa_designs *designs, const char *what);

#endif
