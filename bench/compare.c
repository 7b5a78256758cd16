/*
 * compare.c - the log-rank test and the Cox model of two groups of N subjects with distinct times, about half of them
 * censored; and the exact signed-rank test of PAIRS differences, with its Hodges-Lehmann estimate and interval.
 *
 *     compare N PAIRS
 */
#include <onearm/stats.h>

#include "clock.h"

static bool survival(size_t n, oa_diag *diag) {
    double *time = reserve(n, sizeof *time);
    bool *event = reserve(n, sizeof *event);
    bool *in_group = reserve(n, sizeof *in_group);
    int *group = reserve(n, sizeof *group);
    uint64_t state = 1;
    for (size_t i = 0; i < n; i++) {
        size_t other = (size_t)(next_random(&state) % (i + 1));
        time[i] = time[other];
        time[other] = (double)(i + 1) / 30.4375;
        event[i] = next_random(&state) & 1U;
        in_group[i] = next_random(&state) & 1U;
        group[i] = in_group[i];
    }
    oa_logrank_group groups[2];
    oa_chi_square test;
    oa_cox_term ratio;
    double start = seconds();
    bool done = oa_logrank(time, event, group, n, 2, NULL, groups, &test, diag);
    report("logrank", seconds() - start);
    start = seconds();
    done = done && oa_hazard_ratio(time, event, in_group, n, NULL, &ratio, diag);
    report("cox", seconds() - start);
    free(time);
    free(event);
    free(in_group);
    free(group);
    return done;
}

static bool ranks(size_t n, oa_diag *diag) {
    double *difference = reserve(n, sizeof *difference);
    uint64_t state = 1;
    for (size_t i = 0; i < n; i++) {
        difference[i] = (double)(next_random(&state) >> 11) * 0x1p-53 - 0.48;
    }
    oa_wilcoxon result;
    double start = seconds();
    bool done = oa_wilcoxon_signed_rank(difference, n, NULL, &result, diag) && result.method == OA_RANKS_EXACT;
    report("wilcoxon", seconds() - start);
    free(difference);
    return done;
}

int main(int argc, char **argv) {
    size_t n = argc == 3 ? (size_t)strtoul(argv[1], NULL, 10) : 0;
    size_t pairs = argc == 3 ? (size_t)strtoul(argv[2], NULL, 10) : 0;
    if (n == 0 || pairs == 0) {
        fputs("usage: compare N PAIRS\n", stderr);
        return 2;
    }
    oa_diag *diag = oa_diag_new();
    bool done = survival(n, diag) && ranks(pairs, diag);
    oa_diag_free(diag);
    return done ? 0 : 3;
}
