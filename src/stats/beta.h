/*
 * beta.h - the incomplete beta integral and its quantiles, to the last digits on both sides: the binomial tail is one,
 * P(X >= x | n, p) = I_p(x, n - x + 1).
 *
 * A point is given as p and q = 1 - p, of which the smaller is exact to its own last digit; so nothing is lost near 1.
 */
#ifndef OA_BETA_H
#define OA_BETA_H

#include "level.h"

#include <stdbool.h>

typedef struct oa_share {
    double p;
    double q;
} oa_share;

/* Beta(a, b) with what depends on a and b alone; a, b >= 0.5, a + b <= 1e9. */
typedef struct oa_beta_law {
    double a;
    double b;
    double log_scale;
} oa_beta_law;

/* What a step towards P(p) = target needs: everything as a function of t = log(p / q). */
typedef struct oa_slope {
    double log_ratio; /* log(P / target) */
    double hazard;    /* P' / P */
    double bend[4];   /* P'' / P' and its derivatives by t */
} oa_slope;

oa_beta_law oa_beta_of(double a, double b);
/* The share with the odds p / q. */
oa_share oa_share_of_odds(double odds);
/* log of p^a q^b / B(a, b). */
double oa_beta_log_density(const oa_beta_law *beta, oa_share at);
/* p^a q^b / B(a, b) over I_p(a, b). */
double oa_beta_hazard(const oa_beta_law *beta, oa_share at);
/* I_p(a, b). */
double oa_beta_lower(const oa_beta_law *beta, oa_share at);

/* Odds near those where I_p(a, b) is the tail, for a start. */
double oa_beta_guess(const oa_beta_law *beta, const oa_tail *tail);
/* The share where I_p(a, b) is the tail. */
oa_share oa_beta_quantile(const oa_beta_law *beta, const oa_tail *tail);
/* The same of two at once, in little more than the time of one; bit for bit what each has alone. */
void oa_beta_quantiles(const oa_beta_law beta[2], const oa_tail *tail, oa_share at[2]);
/* The share where log_ratio is 0, from odds near it.  P, as a function of log odds, is the distribution function of a
 * log-concave density. */
oa_share oa_share_solve(double odds, oa_slope (*slope_at)(const void *context, oa_share at), const void *context);

#endif
