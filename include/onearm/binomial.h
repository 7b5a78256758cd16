/*
 * binomial.h - a proportion: x of n.
 */
#ifndef ONEARM_BINOMIAL_H
#define ONEARM_BINOMIAL_H

#include <onearm/api.h>
#include <onearm/diag.h>
#include <onearm/interval.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Exact (Clopper-Pearson) interval of a binomial proportion: x successes of n, two-sided level in (0, 1).
 * C. J. Clopper, E. S. Pearson, Biometrika 26 (1934) 404-413.  n <= 1e8; relative error below 1e-12.
 */
OA_API bool oa_clopper_pearson(int64_t x, int64_t n, double level, oa_interval *interval, oa_diag *diag);

#endif
