/*
 * oslr_simulate.c - trials with the one-sample log-rank test, simulated: what the large-sample error rates are worth with these
 * few subjects.
 *
 * Subject i of trial k takes its time of entry and of the event from Philox at the counter (i, 0, k low, k high): trials depend
 * on neither order nor number of threads, and designs are compared on the same subjects.  Counts are whole numbers, so their
 * sum is, too.
 */
#include "../base/parallel.h"
#include "../base/philox.h"
#include "designs.h"
#include "oslr.h"

#include <math.h>
#include <stdlib.h>

typedef struct block {
    uint64_t rejected, stopped;
} block;

enum { TRIALS_OF_BLOCK = 4096 };

typedef struct run {
    const oa_oslr *problem;
    const oa_oslr_design *design;
    double hazard_ratio, scale;
    uint64_t trials;
    uint32_t key[2];
    block *blocks;
} run;

/* O and E of an analysis. */
typedef struct tally {
    double observed, expected;
} tally;

/* Most designs are exponential, and pow() takes a third of the time. */
static double power(double x, double exponent) {
    return exponent == 1 ? x : pow(x, exponent);
}

/* `hazard` is the cumulative one under H0 at the event. */
static void add(tally *t, const run *r, double event, double hazard, double follow_up) {
    bool seen = event <= follow_up;
    t->observed += seen ? 1 : 0;
    t->expected += seen ? hazard : power(follow_up / r->scale, r->problem->shape);
}

static double z_of(const tally *t) {
    return t->expected > 0 ? (t->expected - t->observed) / sqrt(t->expected) : 0;
}

static void simulate(const run *r, uint64_t trial, block *counts) {
    const oa_oslr_design *d = r->design;
    tally first = {0, 0};
    tally last = {0, 0};
    for (int32_t i = 0; i < d->n; i++) {
        uint32_t counter[4] = {(uint32_t)i, 0, (uint32_t)trial, (uint32_t)(trial >> 32)};
        oa_philox x = oa_philox_at(counter, r->key);
        double entry = d->accrual * oa_philox_uniform(x.word[0], x.word[1]);
        double u = -log(oa_philox_uniform(x.word[2], x.word[3])) / r->hazard_ratio; /* H0 at the event */
        double event = r->scale * power(u, 1 / r->problem->shape);
        double most = r->problem->restricted ? r->problem->follow_up : d->length;
        if (entry < d->t1) {
            add(&first, r, event, u, fmin(d->t1 - entry, most));
        }
        add(&last, r, event, u, fmin(d->length - entry, most));
    }
    if (d->t1 > 0 && z_of(&first) <= d->c1) {
        counts->stopped++;
    } else if (z_of(&last) > d->c) {
        counts->rejected++;
    }
}

static void run_block(void *context, size_t index) {
    const run *r = context;
    uint64_t from = (uint64_t)index * TRIALS_OF_BLOCK;
    uint64_t to = from + TRIALS_OF_BLOCK < r->trials ? from + TRIALS_OF_BLOCK : r->trials;
    block counts = {0, 0};
    for (uint64_t trial = from; trial < to; trial++) {
        simulate(r, trial, &counts);
    }
    r->blocks[index] = counts;
}

bool oa_oslr_simulate(const oa_oslr *problem, const oa_oslr_design *design, double hazard_ratio, uint64_t trials,
                      uint64_t seed, oa_oslr_rates *rates, oa_diag *diag) {
    oa_oslr_design d = *design;
    if (!oa_oslr_judge(problem, &d, diag)) {
        return false;
    }
    if (trials < 1 || trials > 1000000000 || !(hazard_ratio > 0 && hazard_ratio <= 100)) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-OSLR",
                    "from 1 to 1000000000 trials can be simulated, with a hazard ratio above 0");
        return false;
    }
    size_t count = (size_t)((trials + TRIALS_OF_BLOCK - 1) / TRIALS_OF_BLOCK);
    run r = {problem, &d, hazard_ratio, oa_oslr_scale(problem), trials, {(uint32_t)seed, (uint32_t)(seed >> 32)}, NULL};
    r.blocks = calloc(count, sizeof *r.blocks);
    if (!r.blocks) {
        oa_diag_add(diag, OA_ERROR, OA_MEMORY, NULL, "MEMORY", "there is not enough memory for the simulation");
        return false;
    }
    oa_parallel_for(count, run_block, &r);
    block sum = {0, 0};
    for (size_t i = 0; i < count; i++) {
        sum.rejected += r.blocks[i].rejected;
        sum.stopped += r.blocks[i].stopped;
    }
    free(r.blocks);
    *rates = (oa_oslr_rates){trials, (double)sum.rejected / (double)trials, (double)sum.stopped / (double)trials};
    return true;
}
