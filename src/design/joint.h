/* joint.h - response and toxicity of one subject. */
#ifndef OA_DESIGN_JOINT_H
#define OA_DESIGN_JOINT_H

#include <onearm/diag.h>

#include <stdbool.h>

/* Adds an error and returns false for what is no odds ratio from above 0 to 1e6. */
bool oa_odds_ratio_valid(double phi, oa_diag *diag);

typedef struct oa_cells {
    double both, response_only, toxicity_only, neither;
} oa_cells;

/*
 * With the odds ratio phi: P(both) = 2 phi pR pT / (S + sqrt(S^2 - 4 phi (phi - 1) pR pT)), S = 1 + (pR + pT)(phi - 1);
 * where S < 0 the same without cancellation, (S - sqrt(...)) / (2 (phi - 1)).
 * R. L. Plackett, JASA 60 (1965) 516-522.  phi = 1 is independence.
 */
oa_cells oa_cells_of(double response, double toxicity, double phi);

#endif
