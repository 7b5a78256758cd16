/*
 * outlook.h - what the rest of a trial may bring, by backward recursion.
 *
 * Let v(n, s) be the probability of the answer "efficacy" with s responses of n.  It is 1 or 0 where a look ends the trial;
 * else, with w the probability that the next subject responds - p, or (a + s) / (a + b + n) with the prior Beta(a, b) -
 *     v(n, s) = w v(n + 1, s + 1) + (1 - w) v(n + 1, s).
 * All terms are positive: each step adds two roundings.  v rises with s.
 */
#ifndef OA_DESIGN_OUTLOOK_H
#define OA_DESIGN_OUTLOOK_H

#include "posterior.h"

/* From v[0..n + 1], of n + 1 subjects, to v[0..n]; at the rate p, or with the prior where it is not NULL. */
void oa_outlook_back(double *v, int32_t n, double p, const oa_beta *prior);

#endif
