/* linear.c - see linear.h.  A.-L. Cholesky; G. H. Golub, C. F. Van Loan, Matrix Computations (4th ed. 2013) 4.2. */
#include "linear.h"

#include <math.h>

/* R's coxph takes 1.8e-12 (2^-39) of the largest element; here each pivot is held against its own scale. */
static const double singular = 1e-10;

double oa_dot(const double *a, const double *b, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

bool oa_cholesky(double *a, size_t n, size_t *failed) {
    for (size_t i = 0; i < n; i++) {
        double *row = a + i * n;
        for (size_t j = 0; j < i; j++) {
            const double *above = a + j * n;
            row[j] = (row[j] - oa_dot(row, above, j)) / above[j];
        }
        double pivot = row[i] - oa_dot(row, row, i);
        if (!(pivot > singular * row[i])) {
            *failed = i;
            return false;
        }
        row[i] = sqrt(pivot);
    }
    return true;
}

void oa_cholesky_solve(const double *l, size_t n, double *b) {
    for (size_t i = 0; i < n; i++) {
        b[i] = (b[i] - oa_dot(l + i * n, b, i)) / l[i * n + i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++) {
            b[i] -= l[k * n + i] * b[k];
        }
        b[i] /= l[i * n + i];
    }
}

void oa_cholesky_inverse(const double *l, size_t n, double *inverse) {
    for (size_t i = 0; i < n; i++) {
        double *column = inverse + i * n; /* of a symmetric matrix: a row */
        for (size_t k = 0; k < n; k++) {
            column[k] = k == i;
        }
        oa_cholesky_solve(l, n, column);
    }
}
