/* oslr.h - what the files of the one-sample log-rank designs share. */
#ifndef OA_DESIGN_OSLR_H
#define OA_DESIGN_OSLR_H

#include <onearm/logrank_design.h>

/* Large-sample moments of a trial of which the accrual is known; see oslr.c. */
typedef struct oa_oslr_moments {
    oa_oslr_terms first, last; /* per subject of the whole trial: those who have not entered by t1 contribute nothing */
    double rho0, rho1;         /* correlations of the two statistics under H0 and H1 */
} oa_oslr_moments;

bool oa_oslr_valid(const oa_oslr *problem, oa_diag *diag);
/* At calendar time `end`, entry over `accrual`. */
oa_oslr_terms oa_oslr_terms_at(const oa_oslr *problem, double accrual, double end);
oa_oslr_moments oa_oslr_moments_of(const oa_oslr *problem, double accrual, double t1);
/* The cumulative hazard under H0. */
double oa_oslr_hazard(const oa_oslr *problem, double t);
double oa_oslr_scale(const oa_oslr *problem);

/* P(Z1 > c1, Z > c) of standard normals with correlation rho in [0, 1). */
double oa_upper_orthant(double c1, double c, double rho);

/* Fills all but t1, c1, c, n. */
void oa_oslr_fill(const oa_oslr *problem, const oa_oslr_moments *moments, oa_oslr_design *design);

#endif
