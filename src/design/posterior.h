/* posterior.h - what the Bayesian rules share: posterior tails, schedules, and boundaries that a score gives. */
#ifndef OA_DESIGN_POSTERIOR_H
#define OA_DESIGN_POSTERIOR_H

#include "designs.h"

#include <onearm/monitoring.h>

/* P(p > rate | x of n), by pbeta of libRmath (TOMS 708: 1e-14). */
double oa_beta_above(const oa_beta *prior, double rate, int32_t x, int32_t n);

/* P(E > S + gain), for parameters that are known to be valid; superiority.c. */
double oa_superiority(const oa_beta *e, const oa_beta *s, double gain);
bool oa_quadrature_valid(const char *what, const oa_beta *beta, oa_diag *diag);
bool oa_gain_valid(double gain, oa_diag *diag);

/* Both parameters above 0 and at most 1e5; else says what is wrong with the prior of `what`. */
bool oa_beta_valid(const char *what, const oa_beta *beta, oa_diag *diag);
/* At least one look, rising, from 1 to OA_MOST_SUBJECTS. */
bool oa_schedule_valid(const oa_schedule *schedule, oa_diag *diag);
/* 0 <= value <= 1; else says what is wrong with `name`. */
bool oa_threshold_valid(const char *name, double value, oa_diag *diag);

/* What BOP2 is asked for, with toxicity or without. */
bool oa_bop2_valid(const oa_schedule *schedule, double lambda, double gamma, double eta, oa_diag *diag);

/* Within this, a probability is the threshold. */
#define OA_SAME_PROBABILITY 1e-12

/* For scores that rise with x: how many of `count` are below the threshold, so that the last of them stops. */
int32_t oa_count_below(const double *scores, int32_t count, double threshold);
/* How many are not above it. */
int32_t oa_count_not_above(const double *scores, int32_t count, double threshold);

#endif
