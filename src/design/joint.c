/* joint.c - see joint.h. */
#include "joint.h"

#include <math.h>

oa_cells oa_cells_of(double response, double toxicity, double phi) {
    double s = 1 + (response + toxicity) * (phi - 1);
    double both = 2 * phi * response * toxicity / (s + sqrt(s * s - 4 * phi * (phi - 1) * response * toxicity));
    return (oa_cells){both, response - both, toxicity - both, 1 - response - toxicity + both};
}
