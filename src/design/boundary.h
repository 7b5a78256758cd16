/* boundary.h - what the room shares about boundaries and rates. */
#ifndef OA_DESIGN_BOUNDARY_H
#define OA_DESIGN_BOUNDARY_H

#include "walk.h"

/* A rate in (0, 1), or with `ends` in [0, 1]; else says what is wrong with `name`. */
bool oa_rate_valid(const char *name, double rate, bool ends, oa_diag *diag);
/* Room for a walk, to be freed; NULL with a message. */
double *oa_walk_reserve(const oa_boundary *boundary, oa_diag *diag);
/* Where f, which rises from 0 to 1, takes a value: by bisection to the last bit. */
double oa_root_of_rising(double (*f)(const void *context, double p), const void *context, double value);

#endif
