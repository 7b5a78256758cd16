/*
 * fleming.c - several stages with early acceptance and rejection, by the normal approximation.
 *
 * T. R. Fleming, Biometrics 38 (1982) 143-151.  With N = n_1 + ... + n_K, z = z_{1-alpha} and
 *     pA~ = (sqrt(N p0) + sqrt(1 - p0) z)^2 / (N + z^2),
 * after cumulative n_g subjects: reject with S >= r_g = [n_g p0 + z sqrt(N p0 (1 - p0))] + 1, accept with S <= a_g =
 * [n_g pA~ - z sqrt(N pA~ (1 - pA~))], [] the nearest integer; at the end a_K = r_K - 1.  The boundary is approximate, and
 * its exact error rates, which are what is reported, may pass their bounds.
 */
#include "designs.h"

#include <math.h>

#ifndef MATHLIB_STANDALONE
#define MATHLIB_STANDALONE
#endif
#include <Rmath.h>

typedef struct stages {
    const int32_t *sizes;
    size_t count;
} stages;

static int32_t nearest(double x) {
    return (int32_t)floor(x + 0.5);
}

static int32_t within(int32_t x, int32_t low, int32_t high) {
    return x < low ? low : x > high ? high : x;
}

static void run(oa_designs *designs, const void *context) {
    const stages *s = context;
    const oa_problem *p = &designs->problem;
    oa_look *looks = OA_NEW_ARRAY(designs->arena, oa_look, s->count);
    double total = 0;
    for (size_t i = 0; i < s->count; i++) {
        total += s->sizes[i];
    }
    double z = qnorm(p->alpha, 0, 1, false, false);
    double root = sqrt(total * p->p0) + sqrt(1 - p->p0) * z;
    double pa = root * root / (total + z * z);
    int32_t n = 0;
    for (size_t i = 0; i < s->count; i++) {
        n += s->sizes[i];
        looks[i].n = n;
        looks[i].upper = within(nearest(n * p->p0 + z * sqrt(total * p->p0 * (1 - p->p0))) + 1, 1, n + 1);
        looks[i].lower = within(nearest(n * pa - z * sqrt(total * pa * (1 - pa))), -1, looks[i].upper - 1);
    }
    looks[s->count - 1].lower = looks[s->count - 1].upper - 1;
    oa_designs_add(designs, "fleming",
                   "normal approximation (Fleming 1982); its exact error rates may pass their bounds", looks, s->count);
    designs->complete = true;
}

static bool stages_valid(const stages *s, oa_diag *diag) {
    int64_t total = 0;
    bool good = s->count > 0;
    for (size_t i = 0; i < s->count && good; i++) {
        total += s->sizes[i];
        good = s->sizes[i] >= 1 && total <= OA_MOST_SUBJECTS;
    }
    if (!good) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-STAGES",
                    "each stage needs at least one subject and all together at most %d, such as 20,15,15",
                    (int)OA_MOST_SUBJECTS);
    }
    return good;
}

oa_designs *oa_design_fleming(const oa_problem *problem, const int32_t *sizes, size_t n_stages, oa_diag *diag) {
    stages s = {sizes, n_stages};
    return stages_valid(&s, diag) ? oa_designs_search(problem, run, &s, diag) : NULL;
}
