/*
 * clopper_pearson.c - N exact intervals of random proportions, x of n with n from 1 to 200.
 *
 *     clopper_pearson N
 */
#include <onearm/stats.h>

#include "clock.h"

int main(int argc, char **argv) {
    size_t count = argc == 2 ? (size_t)strtoul(argv[1], NULL, 10) : 0;
    if (count == 0) {
        fputs("usage: clopper_pearson N\n", stderr);
        return 2;
    }
    uint64_t state = 1;
    int64_t *trials = reserve(count, sizeof *trials);
    int64_t *events = reserve(count, sizeof *events);
    for (size_t i = 0; i < count; i++) {
        trials[i] = 1 + (int64_t)(next_random(&state) % 200);
        events[i] = (int64_t)(next_random(&state) % (uint64_t)(trials[i] + 1));
    }
    bool good = true;
    double sum = 0;
    oa_diag *diag = oa_diag_new();
    double start = seconds();
    for (size_t i = 0; i < count; i++) {
        oa_interval interval = {0};
        good = oa_clopper_pearson(events[i], trials[i], 0.95, &interval, diag) && good;
        sum += interval.upper - interval.lower;
    }
    report("seconds", seconds() - start);
    report("mean_width", sum / (double)count); /* so that the work cannot be left out */
    oa_diag_free(diag);
    free(trials);
    free(events);
    return good ? 0 : 3;
}
