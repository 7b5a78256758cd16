/* binomial.h - what the binomial files share. */
#ifndef OA_BINOMIAL_H
#define OA_BINOMIAL_H

#include "beta.h"

#include <onearm/binomial.h>

/* Adds an error and returns false unless 1 <= n <= 1e8 and 0 <= x <= n. */
bool oa_counts_valid(int64_t x, int64_t n, oa_diag *diag);

/* P(X >= x) for X ~ Binomial(n, p): 1 for x <= 0, 0 for x > n. */
double oa_binomial_from(int64_t x, int64_t n, oa_share at);
/* P(X <= x). */
double oa_binomial_up_to(int64_t x, int64_t n, oa_share at);

/* The lower limits that need more than a formula, for 1 <= x <= n. */
oa_share oa_clopper_pearson_lower(int64_t x, int64_t n, const oa_tail *tail);
oa_share oa_blaker_lower(int64_t x, int64_t n, const oa_tail *tail);

#endif
