/* thall_simon.c - monitoring by posterior probability: P. F. Thall, R. Simon, Biometrics 50 (1994) 337-349. */
#include "posterior.h"

typedef struct state {
    const oa_thall_simon *rule;
    int32_t n;
} state;

static bool random_standard(const oa_thall_simon *rule) {
    return rule->standard.a > 0 || rule->standard.b > 0;
}

static double probability(const state *s, int32_t x, double gain) {
    const oa_thall_simon *rule = s->rule;
    if (!random_standard(rule)) {
        return oa_beta_above(&rule->prior, rule->standard_rate + gain, x, s->n);
    }
    return oa_superiority(&(oa_beta){rule->prior.a + x, rule->prior.b + s->n - x}, &rule->standard, gain);
}

/* The least x whose probability is above the threshold, or n + 1. */
static int32_t first_above(const state *s, double gain, double threshold) {
    int32_t low = 0;
    int32_t high = s->n + 1;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (probability(s, middle, gain) > threshold) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

static void run(oa_designs *designs, const void *context) {
    const oa_thall_simon *rule = context;
    size_t count = rule->schedule.count;
    oa_look *looks = OA_NEW_ARRAY(designs->arena, oa_look, count);
    for (size_t k = 0; k < count; k++) {
        state s = {rule, rule->schedule.looks[k]};
        bool last = k + 1 == count;
        /* at least the threshold is above all that is below it */
        int32_t go = first_above(&s, rule->gain, (last ? rule->final : rule->futility) - OA_SAME_PROBABILITY);
        int32_t win = rule->efficacy < 1 ? first_above(&s, 0, rule->efficacy + OA_SAME_PROBABILITY) : s.n + 1;
        looks[k] = (oa_look){s.n, go - 1, last ? go : win > go ? win : go};
    }
    oa_design *design =
        oa_designs_add(designs, "thall-simon", "posterior probability (Thall, Simon 1994)", looks, count);
    design->thresholds[0] = (oa_threshold){"futility", rule->futility, rule->futility};
    design->thresholds[1] = (oa_threshold){"final", rule->final, rule->final};
    design->thresholds[2] = (oa_threshold){"efficacy", rule->efficacy, rule->efficacy};
    designs->complete = true;
}

static bool standard_valid(const oa_thall_simon *rule, oa_diag *diag) {
    if (random_standard(rule)) {
        return oa_quadrature_valid("the experimental rate", &rule->prior, diag) &&
               oa_quadrature_valid("the standard rate", &rule->standard, diag);
    }
    return oa_beta_valid("the experimental rate", &rule->prior, diag) &&
           oa_rate_valid("the standard rate", rule->standard_rate, false, diag) &&
           oa_rate_valid("the standard rate with the gain", rule->standard_rate + rule->gain, false, diag);
}

oa_designs *oa_design_thall_simon(const oa_problem *problem, const oa_thall_simon *rule, oa_diag *diag) {
    if (!oa_gain_valid(rule->gain, diag) || !standard_valid(rule, diag) || !oa_schedule_valid(&rule->schedule, diag) ||
        !oa_threshold_valid("futility", rule->futility, diag) || !oa_threshold_valid("the end", rule->final, diag) ||
        !oa_threshold_valid("efficacy", rule->efficacy, diag)) {
        return NULL;
    }
    if (rule->futility > rule->efficacy) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-THRESHOLD",
                    "the threshold of futility, %g, must not be above that of efficacy, %g", rule->futility,
                    rule->efficacy);
        return NULL;
    }
    return oa_designs_search(problem, run, rule, diag);
}
