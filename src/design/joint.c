/* joint.c - see joint.h. */
#include "joint.h"

#include <math.h>

bool oa_odds_ratio_valid(double phi, oa_diag *diag) {
    if (phi > 0 && phi <= 1e6) {
        return true;
    }
    oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-PHI",
                "the odds ratio of response and toxicity is %g; it is above 0 and at most 1000000; 1 is independence",
                phi);
    return false;
}

oa_cells oa_cells_of(double response, double toxicity, double phi) {
    double s = 1 + (response + toxicity) * (phi - 1);
    double root = sqrt(s * s - 4 * phi * (phi - 1) * response * toxicity);
    double both = 0;
    if (s < 0) { /* only where phi < 1; s + root would cancel */
        both = (s - root) / (2 * (phi - 1));
    } else if (s + root > 0) {
        both = 2 * phi * response * toxicity / (s + root);
    }
    return (oa_cells){both, response - both, toxicity - both, fmax(1 - response - toxicity + both, 0)};
}
