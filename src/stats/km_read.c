/*
 * km_read.c - what is read off a Kaplan-Meier estimate: steps, quantiles, single times, restricted means, hazards.
 *
 * Quantiles   Of order p: the first t with S(t) <= 1 - p.  Where S equals 1 - p, to 2^-26, until the next drop, the
 *             middle between the two drops; where it does so to the end, by R's rule the middle between the drop and the
 *             last observed time, by that of SAS's PROC LIFETEST none, as its quantile is min {t: S(t) < 1 - p} but for
 *             the middle between two event times (SAS/STAT User's Guide, LIFETEST, Product-Limit Method).  The limits
 *             are read off the curves of the lower and upper limits in the same way; where such a curve ends undefined,
 *             its last plateau gives NAN.  This is R's quantile.survfit, but for a limit that rises again after an event
 *             (the log transform does so in small risk sets): it is read where it first falls to 1 - p, as R's
 *             print.survfit does, while quantile.survfit takes the point whose value lies nearest below 1 - p, which may
 *             be later.
 * RMST        A(u) = area under S from u to tau; the mean is A(0), its variance sum A(t_i)^2 d_i / (n_i (n_i - d_i)) over
 *             t_i <= tau (P. Royston, M. K. B. Parmar, BMC Med Res Methodol 13 (2013) 152; R's survRM2 and survfit).
 * Hazard      sum d_i / n_i with the variance sum d_i / n_i^2 (O. O. Aalen, Ann Stat 6 (1978) 701-726); R's survfit.
 */
#include "km.h"

#include "../base/number.h"

#include <math.h>
#include <string.h>

static const double undefined = (double)NAN;

/* --- rows --------------------------------------------------------------------------------------------------------- */

static double time_of(const oa_km *km, size_t row) {
    double time;
    memcpy(&time, &km->times[row], sizeof time);
    return time;
}

static int64_t censored(const oa_km *km, size_t row) {
    int64_t after = row + 1 < km->count ? km->n_risk[row + 1] : 0;
    return km->n_risk[row] - after - km->n_event[row];
}

/* The risk set of the events of a row. */
static int64_t exposed(const oa_km *km, size_t row) {
    return km->n_risk[row] - (km->others_first ? censored(km, row) : 0);
}

size_t oa_km_steps(const oa_km *km) {
    return km->count;
}

int64_t oa_km_subjects(const oa_km *km) {
    return km->subjects;
}

int64_t oa_km_events(const oa_km *km) {
    return km->events;
}

double oa_km_last_time(const oa_km *km) {
    return km->lasts[km->count - 1];
}

static void set_estimate(const oa_km *km, oa_km_step *step, double survival, double variance) {
    double sigma = sqrt(variance);
    oa_km_limits limits = oa_km_limits_of(km->conf, survival, sigma, km->deviate);
    step->survival = survival;
    step->std_err = survival > 0 ? survival * sigma : undefined;
    step->lower = limits.lower;
    step->upper = limits.upper;
}

oa_km_step oa_km_step_at(const oa_km *km, size_t index) {
    if (index >= km->count) {
        return (oa_km_step){undefined, 0, 0, 0, undefined, undefined, undefined, undefined};
    }
    oa_km_step step = {.time = time_of(km, index),
                       .n_risk = km->n_risk[index],
                       .n_event = km->n_event[index],
                       .n_censor = censored(km, index)};
    set_estimate(km, &step, km->survival[index], km->variance[index]);
    return step;
}

/* --- quantiles ---------------------------------------------------------------------------------------------------- */

typedef enum curve { SURVIVAL, LOWER, UPPER } curve;

static double height(const oa_km *km, size_t row, curve which) {
    if (which == SURVIVAL) {
        return km->survival[row];
    }
    oa_km_step step;
    set_estimate(km, &step, km->survival[row], km->variance[row]);
    return which == LOWER ? step.lower : step.upper;
}

/* Halves first: the sum of two large times may overflow. */
static double middle(double a, double b) {
    return isnan(a) || a >= b ? b : a / 2 + b / 2;
}

/* The time at which 1 - `which` crosses p; see Quantiles in the head of this file. */
static double crossing(const oa_km *km, double p, curve which) {
    double reached = p <= OA_KM_SAME ? 0 : undefined;
    double value = undefined;
    for (size_t row = 0; row < km->count; row++) {
        if (row > 0 && km->n_event[row] == 0) {
            continue; /* as in the row before */
        }
        value = height(km, row, which);
        double depth = 1 - value; /* an undefined limit has reached nothing */
        if (isnan(reached) && depth + OA_KM_SAME >= p) {
            reached = time_of(km, row);
        }
        if (depth - OA_KM_SAME >= p) {
            return middle(reached, time_of(km, row));
        }
    }
    if (isnan(value) || isnan(reached) || (km->rule == OA_KM_RULE_SAS && value > OA_KM_SAME)) {
        return undefined;
    }
    return middle(reached, time_of(km, km->count - 1));
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

/* --- single times ------------------------------------------------------------------------------------------------- */

/* How many rows have begun at `time`, one tied with it included. */
static size_t rows_begun(const oa_km *km, double time) {
    size_t low = 0;
    size_t high = km->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (time_of(km, mid) - time <= km->slack) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low;
}

static bool beyond_last(const oa_km *km, double time) {
    return time - oa_km_last_time(km) > km->slack;
}

oa_km_step oa_km_survival(const oa_km *km, double time) {
    oa_km_step result = {
        .time = time, .survival = undefined, .std_err = undefined, .lower = undefined, .upper = undefined};
    if (isnan(time)) {
        return result;
    }
    size_t begun = rows_begun(km, time);
    if (beyond_last(km, time)) {
        if (km->survival[km->count - 1] <= 0) {
            result.survival = 0;
        }
        return result;
    }
    if (begun == 0) {
        set_estimate(km, &result, 1, 0);
    } else {
        result = oa_km_step_at(km, begun - 1);
        result.time = time;
    }
    bool on_step = begun > 0 && time - km->lasts[begun - 1] <= km->slack;
    if (!on_step) { /* nothing happens at `time`; at risk is who reaches the next step */
        result.n_risk = km->n_risk[begun];
        result.n_event = 0;
        result.n_censor = 0;
    }
    return result;
}

static oa_km_value value_of(const oa_km *km, double estimate, double std_err) {
    double spread = km->deviate * std_err;
    return (oa_km_value){estimate, std_err, estimate - spread, estimate + spread};
}

/* Refuses a tau that is none, or lies where S is not known. */
static bool tau_valid(const oa_km *km, double tau, oa_diag *diag) {
    char text[OA_NUMBER_SIZE];
    if (!(tau > 0) || !isfinite(tau)) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "STATS-RMST",
                    "the time up to which the mean is taken must be a number above 0");
        return false;
    }
    if (beyond_last(km, tau) && km->survival[km->count - 1] > 0) {
        oa_diag_add(
            diag, OA_ERROR, OA_VALUE, NULL, "STATS-RMST",
            "the last observed time is censored, so survival beyond it is not known; take a mean up to %s at most",
            oa_format_number(oa_km_last_time(km), text));
        return false;
    }
    return true;
}

bool oa_km_rmst(const oa_km *km, double tau, oa_km_value *result, oa_diag *diag) {
    if (!tau_valid(km, tau, diag)) {
        return false;
    }
    size_t begun = rows_begun(km, tau);
    double area = 0;     /* from the row's time on to tau, going back in time */
    double rest = 0;     /* what rounding dropped from it */
    double variance = 0; /* in units of tau, whose square may overflow */
    double end = tau;
    for (size_t row = begun; row > 0; row--) {
        double from = fmin(time_of(km, row - 1), tau);
        double piece = km->survival[row - 1] * (end - from) + rest;
        double sum = area + piece;
        rest = piece - (sum - area);
        area = sum;
        end = from;
        double risk = (double)exposed(km, row - 1);
        double events = (double)km->n_event[row - 1];
        if (events > 0 && events < risk) {
            variance += (area / tau) * (area / tau) * (events / (risk * (risk - events)));
        }
    }
    *result = value_of(km, area + (end + rest), tau * sqrt(variance));
    return true;
}

oa_km_value oa_km_hazard(const oa_km *km, double time) {
    double hazard = 0;
    double variance = 0;
    size_t begun = rows_begun(km, time);
    for (size_t row = 0; row < begun; row++) {
        double risk = (double)exposed(km, row);
        double events = (double)km->n_event[row];
        hazard += events > 0 ? events / risk : 0;
        variance += events > 0 ? events / risk / risk : 0;
    }
    return value_of(km, hazard, sqrt(variance));
}
