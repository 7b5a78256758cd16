/*
 * km.c - the Kaplan-Meier estimate of a survival function.
 *
 * Definition  At the distinct times t_1 < t_2 < ..., n_i subjects are at risk just before t_i and d_i have the event at
 *             t_i; who is censored at t_i is still at risk there (events come first).  With sums and products over all
 *             t_i <= t:
 *                 S(t)      = prod (1 - d_i / n_i)
 *                 sigma2(t) = sum d_i / (n_i (n_i - d_i))          the variance of log S(t), Greenwood
 *                 std_err   = S(t) sigma(t)
 *             Where S = 0, sigma is infinite: std_err is NAN.  A row with weight w counts as w subjects.
 * Reverse     Events and censorings change places.  A subject with the event at t_i is no longer under observation when
 *             others are censored at t_i, so the risk set of the censorings is n_i less the events at t_i.
 * Ties        Neighbours among the sorted times that differ by at most 2^-26, or by that part of the mean of the
 *             distinct times, are one time, the first of the run; R's aeqSurv.  Times computed from dates
 *             (days / 30.4375) are else torn apart by rounding.
 * Sources     E. L. Kaplan, P. Meier, JASA 53 (1958) 457-481; M. Schemper, T. L. Smith, Control Clin Trials 17 (1996)
 *             343-346; T. Ogita, S. M. Rump, S. Oishi, SIAM J Sci Comput 26 (2005) 1955-1988, sums and products with
 *             their errors.
 * Domain      Any number of subjects that memory holds; times from 0 to the largest double.  Linear in n.
 * Accuracy    S and sigma2 carry along what rounding drops, so that S is the double next to the exact product up to its
 *             last bit, whatever n is; exactly 0 after the last subject had the event.
 */
#include "km.h"

#include "../base/number.h"
#include "level.h"
#include "sort.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- reading the subjects ----------------------------------------------------------------------------------------- */

static bool refuse(oa_diag *diag, const char *text) {
    oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "STATS-KM", "%s", text);
    return false;
}

/* For what keys_of() refused: says which time it was. */
static void refuse_time(const double *time, size_t n, oa_diag *diag) {
    char text[OA_NUMBER_SIZE];
    size_t i = 0;
    while (i + 1 < n && time[i] >= 0 && time[i] <= DBL_MAX) {
        i++;
    }
    oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "STATS-KM",
                "time %zu of %zu is %s; a time to event must be a number from 0 on", i + 1, n,
                oa_level_text(time[i], text));
}

static bool weights_valid(const int64_t *weights, size_t n, oa_diag *diag) {
    static const int64_t most = (int64_t)1 << 53; /* counts below are exact as doubles */
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        if (weights[i] < 1 || weights[i] >= most - sum) {
            oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "STATS-KM",
                        "weight %zu of %zu is %lld; a weight is a count of subjects from 1 on, and all together are "
                        "fewer than 2^53",
                        i + 1, n, (long long)weights[i]);
            return false;
        }
        sum += weights[i];
    }
    return true;
}

static bool input_valid(const double *time, const bool *event, size_t n, const oa_km_options *options, oa_diag *diag) {
    if (n == 0 || !time || !event) {
        return refuse(diag, "there are no subjects; a Kaplan-Meier estimate needs at least one");
    }
    if ((unsigned)options->conf >= OA_KM_CONFS) {
        return refuse(diag, "the transformation of the interval is not known; take one of oa_km_conf");
    }
    if (options->rule != OA_KM_RULE_R && options->rule != OA_KM_RULE_SAS) {
        return refuse(diag, "the rule for quantiles is not known; take OA_KM_RULE_R or OA_KM_RULE_SAS");
    }
    return oa_level_valid(options->level, diag) && (!options->weights || weights_valid(options->weights, n, diag));
}

/* --- the order of the subjects ------------------------------------------------------------------------------------ */

/*
 * A subject is 64 bits: those of the time, whose sign is 0, and below them a 1 for one that is without the event.  Read as
 * whole numbers the bits of doubles from 0 on stand in the order of the doubles.
 */
static double time_of(uint64_t bits) {
    double time;
    memcpy(&time, &bits, sizeof time);
    return time;
}

/* False where a time is negative or no number. */
static bool keys_of(uint64_t *keys, const double *time, const bool *event, size_t n, bool reverse) {
    bool valid = true;
    for (size_t i = 0; i < n; i++) {
        uint64_t bits;
        double value = time[i] + 0.0; /* -0 + 0 is 0 */
        valid &= (value >= 0) & (value <= DBL_MAX);
        memcpy(&bits, &value, sizeof bits);
        keys[i] = bits << 1 | (event[i] == reverse);
    }
    return valid;
}

typedef struct weighted {
    uint64_t key;
    int64_t weight;
} weighted;

static int by_key(const void *left, const void *right) {
    uint64_t a = ((const weighted *)left)->key;
    uint64_t b = ((const weighted *)right)->key;
    return (a > b) - (a < b);
}

/* Sorts keys and gives their weights in the same order.  NULL when memory is out. */
static int64_t *sort_weighted(uint64_t *keys, const int64_t *weights, size_t n) {
    weighted *pairs = malloc(n * sizeof *pairs);
    int64_t *sorted = malloc(n * sizeof *sorted);
    if (pairs && sorted) {
        for (size_t i = 0; i < n; i++) {
            pairs[i] = (weighted){keys[i], weights[i]};
        }
        qsort(pairs, n, sizeof *pairs, by_key);
        for (size_t i = 0; i < n; i++) {
            keys[i] = pairs[i].key;
            sorted[i] = pairs[i].weight;
        }
    } else {
        free(sorted);
        sorted = NULL;
    }
    free(pairs);
    return sorted;
}

/* How many times are distinct; *slack becomes the difference up to which neighbours are tied. */
static size_t count_distinct(const uint64_t *keys, size_t n, double *slack) {
    double largest = time_of(keys[n - 1] >> 1);
    double scale = largest > 0x1p900 ? 0x1p-100 : 1; /* so that the sum does not overflow */
    uint64_t before = keys[0] >> 1;
    double sum = time_of(before) * scale;
    size_t distinct = 1;
    for (size_t i = 1; i < n; i++) {
        uint64_t bits = keys[i] >> 1;
        bool begins = bits != before;
        sum += begins ? time_of(bits) * scale : 0;
        distinct += begins;
        before = bits;
    }
    *slack = oa_tie_slack(sum / (double)distinct / scale);
    return distinct;
}

/* --- the estimate ------------------------------------------------------------------------------------------------- */

/* S and the variance of log S, each as a double and what rounding dropped from it so far. */
typedef struct running {
    double survival, survival_rest;
    double variance, variance_rest;
} running;

/* S * (risk - events) / risk and sigma2 + events / (risk (risk - events)), where risk > events > 0. */
static void take_events(running *r, double risk, double events) {
    double left = risk - events;
    double inverse = 1 / risk;
    double ratio = left / risk;
    double ratio_rest = fma(-ratio, risk, left) * inverse;
    double product = r->survival * ratio;
    double dropped = fma(r->survival, ratio, -product);
    r->survival_rest = r->survival_rest * ratio + (dropped + r->survival * ratio_rest);
    r->survival = product;

    double term = events / (risk * left);
    double sum = r->variance + term;
    double of_term = sum - r->variance;
    r->variance_rest += (r->variance - (sum - of_term)) + (term - of_term);
    r->variance = sum;
}

/* Fills the rows from the sorted subjects. */
static void fill_rows(oa_km *km, const uint64_t *keys, const int64_t *weights, size_t n) {
    running r = {.survival = 1};
    int64_t left = km->subjects;
    size_t row = 0;
    for (size_t i = 0; i < n; row++) {
        uint64_t first = keys[i] >> 1;
        int64_t events = 0;
        int64_t leaving = 0;
        double before;
        do {
            int64_t weight = weights ? weights[i] : 1;
            before = time_of(keys[i] >> 1);
            leaving += weight;
            events += keys[i] & 1 ? 0 : weight;
            i++;
        } while (i < n && time_of(keys[i] >> 1) - before <= km->slack);
        km->lasts[row] = before;
        km->times[row] = first; /* no subject that is still to come stands there */
        km->n_risk[row] = left;
        km->n_event[row] = events;
        km->events += events;
        int64_t risk = km->others_first ? left - leaving + events : left;
        if (events == risk && events > 0) {
            r = (running){.variance = (double)INFINITY};
        } else if (events > 0) {
            take_events(&r, (double)risk, (double)events);
        }
        km->survival[row] = r.survival + r.survival_rest;
        km->variance[row] = r.variance + r.variance_rest;
        left -= leaving;
    }
    km->count = row;
}

static int64_t sum_of(const int64_t *weights, size_t n) {
    int64_t sum = weights ? 0 : (int64_t)n;
    for (size_t i = 0; weights && i < n; i++) {
        sum += weights[i];
    }
    return sum;
}

/* Makes the rows of km from keys in no order; false when memory is out.  The memory of both arrays becomes the km's. */
static bool estimate(oa_km *km, uint64_t *keys, uint64_t *scratch, size_t n, const oa_km_options *options) {
    int64_t *weights = options->weights ? sort_weighted(keys, options->weights, n) : NULL;
    km->times = options->weights ? keys : oa_sort_keys(keys, scratch, n);
    void *spare = km->times == keys ? scratch : keys;
    km->survival = spare;
    size_t distinct = count_distinct(km->times, n, &km->slack);
    if (options->exact_ties) {
        km->slack = 0;
    }
    km->lasts = malloc(distinct * sizeof *km->lasts);
    km->variance = malloc(distinct * sizeof *km->variance);
    km->n_risk = malloc(distinct * sizeof *km->n_risk);
    km->n_event = malloc(distinct * sizeof *km->n_event);
    bool done = km->lasts && km->variance && km->n_risk && km->n_event && (weights || !options->weights);
    if (done) {
        fill_rows(km, km->times, weights, n);
    }
    free(weights);
    return done;
}

static oa_km *fit(const double *time, const bool *event, size_t n, const oa_km_options *options, bool reverse,
                  oa_diag *diag) {
    static const oa_km_options usual = {.conf = OA_KM_LOGLOG, .level = 0.95};
    const oa_km_options *chosen = options ? options : &usual;
    if (!input_valid(time, event, n, chosen, diag)) {
        return NULL;
    }
    oa_km *km = calloc(1, sizeof *km);
    uint64_t *keys = n <= SIZE_MAX / sizeof *keys ? malloc(n * sizeof *keys) : NULL;
    uint64_t *scratch = keys ? malloc(n * sizeof *scratch) : NULL;
    if (!km || !keys || !scratch) {
        free(keys);
        free(scratch);
        goto no_memory;
    }
    km->conf = chosen->conf;
    km->rule = chosen->rule;
    km->deviate = oa_level_deviate(chosen->level);
    km->others_first = reverse && !chosen->naive_reverse;
    km->subjects = sum_of(chosen->weights, n);
    if (!keys_of(keys, time, event, n, reverse)) {
        refuse_time(time, n, diag);
        free(keys);
        free(scratch);
        free(km);
        return NULL;
    }
    if (estimate(km, keys, scratch, n, chosen)) {
        return km;
    }

no_memory:
    oa_diag_add(diag, OA_ERROR, OA_MEMORY, NULL, "STATS-KM", "there is no memory for %zu subjects", n);
    oa_km_free(km);
    return NULL;
}

oa_km *oa_km_fit(const double *time, const bool *event, size_t n, const oa_km_options *options, oa_diag *diag) {
    return fit(time, event, n, options, false, diag);
}

oa_km *oa_km_fit_reverse(const double *time, const bool *event, size_t n, const oa_km_options *options, oa_diag *diag) {
    return fit(time, event, n, options, true, diag);
}

void oa_km_free(oa_km *km) {
    if (km) {
        free(km->times);
        free(km->lasts);
        free(km->survival);
        free(km->variance);
        free(km->n_risk);
        free(km->n_event);
        free(km);
    }
}
