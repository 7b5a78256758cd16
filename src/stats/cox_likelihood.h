/*
 * cox_likelihood.h - the partial likelihood of a Cox model and its derivatives.
 */
#ifndef OA_COX_LIKELIHOOD_H
#define OA_COX_LIKELIHOOD_H

#include "subjects.h"

#include <onearm/cox.h>

typedef struct oa_cox_data {
    const oa_subject *subjects; /* by stratum and time */
    const double *x;            /* covariates by the subject's index, by rows */
    size_t n;
    size_t terms;
    oa_cox_ties ties;
    /* memory of one evaluation */
    double *eta;     /* by index */
    double *moments; /* two sets of weighted sums: of those at risk, and of those with events at one time */
} oa_cox_data;

void oa_cox_data_prepare(oa_cox_data *data, oa_arena *arena);

/* The log partial likelihood at `beta`, its gradient and its information (terms by terms).  -INFINITY where the weights of
 * a risk set vanish beside the others. */
double oa_cox_likelihood(const oa_cox_data *data, const double *beta, double *gradient, double *information);

#endif
