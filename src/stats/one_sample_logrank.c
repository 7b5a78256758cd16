/*
 * one_sample_logrank.c - the survival of one group against a reference.
 *
 * Definition  With L0 the cumulative hazard of the reference, a subject under observation from entry u to time x expects
 *             L0(x) - L0(u) events.  O is the number of events, E the sum of what all subjects expect; under the
 *             reference, O - E has mean 0, and variance E or, as well, the mean of O over samples.
 * Tests       z       = (E - O) / sqrt E                  Breslow 1975; conservative in small samples
 *             z_mean  = (E - O) / sqrt((E + O) / 2)       Wu 2014
 *             exact   O as Poisson(E): P(X >= O), P(X <= O), twice the smaller (Liddell 1984).  Exact where each subject is
 *                     replaced at its event, as follow-up is then fixed; otherwise conservative.
 * Ratio       O / E (the standardised mortality ratio) with limits chi2(a/2; 2 O) / (2 E) and chi2(1 - a/2; 2 O + 2) / (2 E),
 *             the lower 0 where O = 0.
 * Source      N. E. Breslow, Appl Stat 24 (1975) 303-311; F. D. K. Liddell, J Epidemiol Community Health 38 (1984) 85-88;
 *             J. Wu, J Biomet Biostat 5 (2014) 210.
 * Domain      Times from 0 on, entry before time, 0 < E < infinity.  The reference is taken as known without error.
 * Accuracy    Relative error of E below n epsilon, of p and limits below 1e-12.
 */
#include <onearm/stats.h>

#include "../base/number.h"
#include "level.h"
#include "work.h"

#include <inttypes.h>
#include <math.h>

#ifndef MATHLIB_STANDALONE
#define MATHLIB_STANDALONE
#endif
#include <Rmath.h>

static const char rule[] = "STATS-ONESAMPLE";

/* Few events (z > 0) mean a ratio below 1. */
static void set_normal(double p_value[3], double z) {
    p_value[OA_ALT_TWO_SIDED] = 2 * pnorm(fabs(z), 0, 1, false, false);
    p_value[OA_ALT_LESS] = pnorm(z, 0, 1, false, false);
    p_value[OA_ALT_GREATER] = pnorm(z, 0, 1, true, false);
}

bool oa_event_ratio(int64_t observed, double expected, double level, oa_one_sample *result, oa_diag *diag) {
    char text[OA_NUMBER_SIZE];
    if (!oa_level_valid(level, diag)) {
        return false;
    }
    if (observed < 0) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, rule, "%" PRId64 " events were observed; that must be 0 or more",
                    observed);
        return false;
    }
    if (!isfinite(expected) || !(expected > 0)) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, rule,
                    "the number of expected events is %s; it must be a number above 0", oa_level_text(expected, text));
        return false;
    }
    double o = (double)observed;
    double tail = oa_level_tail(level);
    oa_one_sample r = {.observed = observed, .expected = expected, .level = level};
    r.z = (expected - o) / sqrt(expected);
    r.z_mean = (expected - o) / sqrt(expected / 2 + o / 2);
    r.ratio.estimate = o / expected;
    r.ratio.lower = observed == 0 ? 0 : qgamma(tail, o, 1, true, false) / expected;
    r.ratio.upper = qgamma(tail, o + 1, 1, false, false) / expected;
    r.p_value[OA_ALT_LESS] = ppois(o, expected, true, false);
    r.p_value[OA_ALT_GREATER] = observed == 0 ? 1 : ppois(o - 1, expected, false, false);
    r.p_value[OA_ALT_TWO_SIDED] = fmin(1, 2 * fmin(r.p_value[OA_ALT_LESS], r.p_value[OA_ALT_GREATER]));
    set_normal(r.p_value_z, r.z);
    set_normal(r.p_value_mean, r.z_mean);
    *result = r;
    return true;
}

static bool reference_valid(const oa_reference *reference, oa_diag *diag) {
    const struct {
        const char *name;
        double value;
    } parts[] = {{"cumulative hazard of the reference", reference->cumulative},
                 {"time of the reference", reference->time},
                 {"shape of the reference", reference->shape}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!isfinite(parts[i].value) || !(parts[i].value > 0)) {
            char text[OA_NUMBER_SIZE];
            oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, rule, "the %s is %s; it must be a number above 0",
                        parts[i].name, oa_level_text(parts[i].value, text));
            return false;
        }
    }
    return true;
}

static bool entries_valid(const double *time, const double *entry, size_t n, oa_diag *diag) {
    if (!entry) {
        return true;
    }
    if (!oa_numbers_valid(entry, n, 0, "entry", rule, diag)) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        if (entry[i] >= time[i]) {
            char text[OA_NUMBER_SIZE];
            char end[OA_NUMBER_SIZE];
            oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, rule,
                        "subject %zu enters at %s and leaves at %s; it must enter before it leaves", i + 1,
                        oa_level_text(entry[i], text), oa_level_text(time[i], end));
            return false;
        }
    }
    return true;
}

static double cumulative_hazard(const oa_reference *reference, double time) {
    return reference->cumulative * pow(time / reference->time, reference->shape);
}

bool oa_one_sample_logrank(const double *time, const bool *event, const double *entry, size_t n,
                           const oa_reference *reference, double level, oa_one_sample *result, oa_diag *diag) {
    if (n == 0 || !time || !event) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, rule, "there are no subjects; the test needs at least one");
        return false;
    }
    if (!reference_valid(reference, diag) || !oa_numbers_valid(time, n, 0, "time", rule, diag) ||
        !entries_valid(time, entry, n, diag)) {
        return false;
    }
    int64_t observed = 0;
    double expected = 0;
    for (size_t i = 0; i < n; i++) {
        observed += event[i];
        expected += cumulative_hazard(reference, time[i]) - (entry ? cumulative_hazard(reference, entry[i]) : 0);
    }
    bool done = oa_event_ratio(observed, expected, level, result, diag);
    if (done) {
        result->n = (int64_t)n;
    }
    return done;
}
