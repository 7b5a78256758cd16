/* outlook.c - see outlook.h. */
#include "outlook.h"

#include <stdlib.h>

void oa_outlook_back(double *v, int32_t n, double p, const oa_beta *prior) {
    for (int32_t s = 0; s <= n; s++) {
        double w = prior ? (prior->a + s) / (prior->a + prior->b + n) : p;
        double not_w = prior ? (prior->b + n - s) / (prior->a + prior->b + n) : 1 - p;
        v[s] = w * v[s + 1] + not_w * v[s];
    }
}

/* Where the look gives the answer. */
static void absorb(double *v, const oa_look *look) {
    for (int32_t s = 0; s <= look->n; s++) {
        v[s] = s <= look->lower ? 0 : s >= look->upper ? 1 : v[s];
    }
}

static double outlook(const oa_boundary *boundary, int32_t n, int32_t s, double p, const oa_beta *prior, double *v) {
    size_t k = boundary->count;
    int32_t at = boundary->looks[k - 1].n;
    for (;; at--) {
        if (at < boundary->looks[boundary->count - 1].n) {
            oa_outlook_back(v, at, p, prior);
        }
        if (k > 0 && boundary->looks[k - 1].n == at) {
            absorb(v, &boundary->looks[--k]);
        }
        if (at == n) {
            return v[s];
        }
    }
}

static bool state_valid(const oa_boundary *boundary, int32_t n, int32_t s, oa_diag *diag) {
    int32_t most = boundary->looks[boundary->count - 1].n;
    if (s >= 0 && s <= n && n <= most) {
        return true;
    }
    oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-OUTCOME",
                "%d responses of %d: the design has %d subjects, and responses go from 0 to the subjects so far",
                (int)s, (int)n, (int)most);
    return false;
}

static bool reserve_and_run(const oa_boundary *boundary, int32_t n, int32_t s, double p, const oa_beta *prior,
                            double *probability, oa_diag *diag) {
    double *v = oa_walk_reserve(boundary, diag);
    if (v) {
        *probability = outlook(boundary, n, s, p, prior, v);
    }
    free(v);
    return v != NULL;
}

bool oa_boundary_conditional_power(const oa_boundary *boundary, int32_t n, int32_t s, double p, double *probability,
                                   oa_diag *diag) {
    return oa_boundary_valid(boundary, diag) && state_valid(boundary, n, s, diag) &&
           oa_rate_valid("the true rate", p, true, diag) && reserve_and_run(boundary, n, s, p, NULL, probability, diag);
}

bool oa_boundary_predictive(const oa_boundary *boundary, int32_t n, int32_t s, const oa_beta *prior,
                            double *probability, oa_diag *diag) {
    return oa_boundary_valid(boundary, diag) && state_valid(boundary, n, s, diag) &&
           oa_beta_valid("the response rate", prior, diag) &&
           reserve_and_run(boundary, n, s, 0, prior, probability, diag);
}
