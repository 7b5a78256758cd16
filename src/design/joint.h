/* joint.h - response and toxicity of one subject. */
#ifndef OA_DESIGN_JOINT_H
#define OA_DESIGN_JOINT_H

typedef struct oa_cells {
    double both, response_only, toxicity_only, neither;
} oa_cells;

/*
 * With the odds ratio phi: P(both) = 2 phi pR pT / (S + sqrt(S^2 - 4 phi (phi - 1) pR pT)), S = 1 + (pR + pT)(phi - 1).
 * R. L. Plackett, JASA 60 (1965) 516-522.  phi = 1 is independence.
 */
oa_cells oa_cells_of(double response, double toxicity, double phi);

#endif
