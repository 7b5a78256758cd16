/*
 * linear.h - small symmetric systems of equations.
 */
#ifndef OA_LINEAR_H
#define OA_LINEAR_H

#include <stdbool.h>
#include <stddef.h>

/* Factors the symmetric matrix a (n by n, by rows) as L L', in place, in its lower triangle.  False where it is not
 * positive definite, or so nearly singular that a pivot is below 1e-10 of its diagonal element; `*failed` is then that row. */
bool oa_cholesky(double *a, size_t n, size_t *failed);

/* Solves L L' x = b in place. */
void oa_cholesky_solve(const double *l, size_t n, double *b);

/* The inverse of L L' into `inverse`, n by n. */
void oa_cholesky_inverse(const double *l, size_t n, double *inverse);

double oa_dot(const double *a, const double *b, size_t n);

#endif
