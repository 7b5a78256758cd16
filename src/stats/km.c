/*
 * km.c - the Kaplan-Meier estimate of a survival function, its pointwise limits and its quantiles.
 *
 * Definition  At the distinct times t_1 < t_2 < ..., n_i subjects are at risk just before t_i and d_i have the event at
 *             t_i; who is censored at t_i is still at risk there (events come first).  With sums and products over all
 *             t_i <= t:
 *                 S(t)      = prod (1 - d_i / n_i)
 *                 sigma2(t) = sum d_i / (n_i (n_i - d_i))          the variance of log S(t), Greenwood
 *                 std_err   = S(t) sigma(t)
 * Limits      With z the normal deviate of the level and H = -log S:
 *                 plain     S -+ z S sigma, cut to [0, 1]
 *                 log       S exp(-+ z sigma), the upper cut to 1
 *                 log-log   S^exp(+- z sigma / H) = exp(-H exp(+- z sigma / H))
 *             Where S = 0, sigma is infinite: std_err and all limits are NAN.  Where S = 1, log-log is undefined (NAN)
 *             and the others give 1.  R's survfit does the same.
 * Quantiles   Of order p: the first t with S(t) <= 1 - p.  Where S equals 1 - p, to 2^-26, until the next drop, the
 *             middle between the two drops; where it does so to the end, the middle between the drop and the last
 *             observed time.  The limits are read off the curves of the lower and upper limits in the same way; where
 *             such a curve ends undefined, its last plateau gives NAN.  This is R's quantile.survfit, but for a limit
 *             that rises again after an event (the log transform does so in small risk sets): it is read where it
 *             first falls to 1 - p, as R's print.survfit does, while quantile.survfit takes the point whose value lies
 *             nearest below 1 - p, which may be later.
 * Reverse     Events and censorings change places.  A subject with the event at t_i is no longer under observation when
 *             others are censored at t_i, so the risk set of the censorings is n_i less the events at t_i.
 * Ties        Neighbours among the sorted times that differ by at most 2^-26, or by that part of the mean of the
 *             distinct times, are one time, the first of the run; R's aeqSurv.  Times computed from dates
 *             (days / 30.4375) are else torn apart by rounding.
 * Sources     E. L. Kaplan, P. Meier, JASA 53 (1958) 457-481; J. D. Kalbfleisch, R. L. Prentice, The Statistical
 *             Analysis of Failure Time Data (1980), log-log limits; R. Brookmeyer, J. Crowley, Biometrics 38 (1982)
 *             29-41; M. Schemper, T. L. Smith, Control Clin Trials 17 (1996) 343-346.
 * Domain      Any number of subjects that memory holds; times from 0 to the largest double.  n log n.
 * Accuracy    S and sigma2 are accumulated in two doubles (about 100 bits), so that S is the double next to the exact
 *             product up to its last bit, whatever n is; exactly 0 after the last subject had the event.
 */
#include <onearm/stats.h>

#include "../base/number.h"
#include "level.h"
#include "sort.h"

#include <math.h>
#include <stdlib.h>

/* R's sqrt(.Machine$double.eps): what two times, or two probabilities, may differ by and still be the same. */
static const double same = 0x1p-26;

static const double undefined = (double)NAN;

typedef struct row {
    oa_km_step step;
    double last; /* of the times that are tied with step.time */
} row;

struct oa_km {
    row *rows;
    size_t count;
    int64_t subjects;
    int64_t events;
    double slack;   /* times that differ by no more are tied */
    double deviate; /* z */
    oa_km_conf conf;
};

/* A number as the unevaluated sum high + low, |low| at most half a unit in the last place of high. */
typedef struct pair {
    double high;
    double low;
} pair;

static pair pair_of(double high, double low) {
    double sum = high + low;
    return (pair){sum, low - (sum - high)};
}

/* value + term: Knuth's two-sum keeps what rounding drops. */
static pair pair_plus(pair value, double term) {
    double sum = value.high + term;
    double of_term = sum - value.high;
    double dropped = (value.high - (sum - of_term)) + (term - of_term);
    return pair_of(sum, value.low + dropped);
}

/* value * numerator / denominator, for whole numbers below 2^53; fma gives what product and quotient drop. */
static pair pair_scaled(pair value, double numerator, double denominator) {
    double product = value.high * numerator;
    double of_product = fma(value.high, numerator, -product);
    double quotient = product / denominator;
    double of_quotient = fma(-quotient, denominator, product);
    return pair_of(quotient, (of_quotient + of_product + value.low * numerator) / denominator);
}

/* --- reading the subjects ----------------------------------------------------------------------------------------- */

static bool times_valid(const double *time, size_t n, oa_diag *diag) {
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(time[i]) || time[i] < 0) {
            char text[OA_NUMBER_SIZE];
            oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "STATS-KM",
                        "time %zu of %zu is %s; a time to event must be a number from 0 on", i + 1, n,
                        oa_level_text(time[i], text));
            return false;
        }
    }
    return true;
}

static bool input_valid(const double *time, const bool *event, size_t n, const oa_km_options *options, oa_diag *diag) {
    if (n == 0 || !time || !event) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "STATS-KM",
                    "there are no subjects; a Kaplan-Meier estimate needs at least one");
        return false;
    }
    if (options->conf != OA_KM_LOGLOG && options->conf != OA_KM_LOG && options->conf != OA_KM_PLAIN) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "STATS-KM",
                    "interval %d is not known; OA_KM_LOGLOG, OA_KM_LOG and OA_KM_PLAIN are", (int)options->conf);
        return false;
    }
    return oa_level_valid(options->level, diag) && times_valid(time, n, diag);
}

/* The subjects by time; for the reverse estimate with `event` meaning censored.  NULL when memory is out. */
static oa_timed *sorted(const double *time, const bool *event, size_t n, bool reverse) {
    oa_timed *subjects = calloc(n, sizeof *subjects);
    oa_timed *scratch = calloc(n, sizeof *scratch);
    if (!subjects || !scratch) {
        free(subjects);
        free(scratch);
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        subjects[i] = (oa_timed){.time = time[i] + 0.0, .event = event[i] != reverse}; /* -0 + 0 is 0 */
    }
    oa_sort_timed(subjects, scratch, n);
    free(scratch);
    return subjects;
}

/* The difference up to which neighbours are tied.  Fractions of the largest time are summed, so nothing overflows. */
static double tie_slack(const oa_timed *subjects, size_t n) {
    double largest = subjects[n - 1].time;
    if (!(largest > 0)) {
        return same;
    }
    double sum = 0;
    double distinct = 0;
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || subjects[i].time > subjects[i - 1].time) {
            sum += subjects[i].time / largest;
            distinct += 1;
        }
    }
    return same * fmax(1, largest * (sum / distinct));
}

/* True where a run of tied times begins. */
static bool begins_run(const oa_timed *subjects, size_t i, double slack) {
    return i == 0 || subjects[i].time - subjects[i - 1].time > slack;
}

/* How many distinct times there are. */
static size_t count_runs(const oa_timed *subjects, size_t n, double slack) {
    size_t runs = 0;
    for (size_t i = 0; i < n; i++) {
        runs += begins_run(subjects, i, slack);
    }
    return runs;
}

/* --- the estimate ------------------------------------------------------------------------------------------------- */

/* Fills times and counts of km->rows, which has room for each distinct time. */
static void count_rows(oa_km *km, const oa_timed *subjects, size_t n) {
    row *current = km->rows;
    for (size_t i = 0; i < n; i++) {
        if (begins_run(subjects, i, km->slack)) {
            current += i > 0;
            current->step.time = subjects[i].time;
            current->step.n_risk = (int64_t)(n - i);
        }
        current->last = subjects[i].time;
        current->step.n_event += subjects[i].event;
        current->step.n_censor += !subjects[i].event;
    }
}

/* Sets S, its standard error and its limits from S and sigma; see the head of this file. */
static void set_estimate(oa_km_step *step, pair survival, double sigma, const oa_km *km) {
    double s = survival.high;
    double spread = km->deviate * sigma;

    step->survival = s;
    step->std_err = s * sigma;
    if (km->conf == OA_KM_PLAIN) {
        step->lower = fmax(s - spread * s, 0);
        step->upper = fmin(s + spread * s, 1);
    } else if (km->conf == OA_KM_LOG) {
        step->lower = s * exp(-spread);
        step->upper = fmin(s * exp(spread), 1);
    } else if (s < 1) {
        double hazard = -(log(s) + survival.low / s);
        step->lower = exp(-hazard * exp(spread / hazard));
        step->upper = exp(-hazard * exp(-spread / hazard));
    } else {
        step->lower = undefined;
        step->upper = undefined;
    }
}

/* Nothing happened since the step before. */
static void repeat_estimate(oa_km_step *step, const oa_km_step *before) {
    step->survival = before->survival;
    step->std_err = before->std_err;
    step->lower = before->lower;
    step->upper = before->upper;
}

static void set_extinct(oa_km_step *step) {
    step->survival = 0;
    step->std_err = undefined;
    step->lower = undefined;
    step->upper = undefined;
}

static void estimate_rows(oa_km *km, bool reverse) {
    pair survival = {1, 0};
    pair variance = {0, 0};
    for (size_t i = 0; i < km->count; i++) {
        oa_km_step *step = &km->rows[i].step;
        int64_t left_before = reverse ? step->n_censor : 0;
        double risk = (double)(step->n_risk - left_before);
        double events = (double)step->n_event;
        double rest = risk - events;
        km->events += step->n_event;
        if (step->n_event > 0 && !(rest > 0)) {
            set_extinct(step); /* nobody is left, so this is the last step */
            return;
        }
        if (step->n_event == 0 && i > 0) {
            repeat_estimate(step, &km->rows[i - 1].step);
            continue;
        }
        if (step->n_event > 0) {
            survival = pair_scaled(survival, rest, risk);
            variance = pair_plus(variance, events / (risk * rest));
        }
        set_estimate(step, survival, sqrt(variance.high), km);
    }
}

static oa_km *fit(const double *time, const bool *event, size_t n, const oa_km_options *options, bool reverse,
                  oa_diag *diag) {
    static const oa_km_options usual = {.conf = OA_KM_LOGLOG, .level = 0.95};
    const oa_km_options *chosen = options ? options : &usual;
    if (!input_valid(time, event, n, chosen, diag)) {
        return NULL;
    }
    oa_timed *subjects = sorted(time, event, n, reverse);
    oa_km *km = calloc(1, sizeof *km);
    if (!subjects || !km) {
        goto no_memory;
    }
    km->conf = chosen->conf;
    km->deviate = oa_level_deviate(chosen->level);
    km->subjects = (int64_t)n;
    km->slack = tie_slack(subjects, n);
    km->count = count_runs(subjects, n, km->slack);
    km->rows = calloc(km->count, sizeof *km->rows);
    if (!km->rows) {
        goto no_memory;
    }
    count_rows(km, subjects, n);
    estimate_rows(km, reverse);
    free(subjects);
    return km;

no_memory:
    oa_diag_add(diag, OA_ERROR, OA_MEMORY, NULL, "STATS-KM", "there is no memory for %zu subjects", n);
    free(subjects);
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
        free(km->rows);
        free(km);
    }
}

/* --- reading it --------------------------------------------------------------------------------------------------- */

size_t oa_km_steps(const oa_km *km) {
    return km->count;
}

const oa_km_step *oa_km_step_at(const oa_km *km, size_t index) {
    return index < km->count ? &km->rows[index].step : NULL;
}

int64_t oa_km_subjects(const oa_km *km) {
    return km->subjects;
}

int64_t oa_km_events(const oa_km *km) {
    return km->events;
}

typedef enum curve { SURVIVAL, LOWER, UPPER } curve;

static double height(const oa_km_step *step, curve which) {
    if (which == SURVIVAL) {
        return step->survival;
    }
    return which == LOWER ? step->lower : step->upper;
}

/* Halves first: the sum of two large times would overflow. */
static double middle(double from, double to) {
    return from < to ? from / 2 + to / 2 : from;
}

/* The time at which 1 - `which` crosses p; see Quantiles in the head of this file. */
static double crossing(const oa_km *km, double p, curve which) {
    double reached = p <= same ? 0 : undefined;
    for (size_t i = 0; i < km->count; i++) {
        const oa_km_step *step = &km->rows[i].step;
        double depth = 1 - height(step, which); /* an undefined limit has reached nothing */
        if (isnan(reached) && depth + same >= p) {
            reached = step->time;
        }
        if (depth - same >= p) {
            return middle(reached, step->time);
        }
    }
    const oa_km_step *last = &km->rows[km->count - 1].step;
    return isnan(height(last, which)) ? undefined : middle(reached, last->time);
}

oa_interval oa_km_quantile(const oa_km *km, double p) {
    if (!(p > 0 && p <= 1)) {
        return (oa_interval){undefined, undefined, undefined};
    }
    return (oa_interval){
        .estimate = crossing(km, p, SURVIVAL),
        .lower = crossing(km, p, LOWER),
        .upper = crossing(km, p, UPPER),
    };
}

/* How many rows have begun at `time`, one tied with it included. */
static size_t rows_begun(const oa_km *km, double time) {
    size_t low = 0;
    size_t high = km->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (km->rows[mid].step.time - time <= km->slack) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low;
}

oa_km_step oa_km_survival(const oa_km *km, double time) {
    oa_km_step result = {
        .time = time, .survival = undefined, .std_err = undefined, .lower = undefined, .upper = undefined};
    if (isnan(time)) {
        return result;
    }
    size_t begun = rows_begun(km, time);
    bool on_step = begun > 0 && time - km->rows[begun - 1].last <= km->slack;
    if (begun == km->count && !on_step) { /* beyond the last observed time */
        if (km->rows[begun - 1].step.survival <= 0) {
            set_extinct(&result);
        }
        return result;
    }
    if (begun == 0) {
        set_estimate(&result, (pair){1, 0}, 0, km);
    } else {
        result = km->rows[begun - 1].step;
        result.time = time;
    }
    if (!on_step) { /* nothing happens at `time`; at risk is who reaches the next step */
        result.n_risk = km->rows[begun].step.n_risk;
        result.n_event = 0;
        result.n_censor = 0;
    }
    return result;
}
