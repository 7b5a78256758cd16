/*
 * times.c - progression-free and overall survival, duration of response and of stable disease, time to response, and
 * follow-up, of the analysis set.
 */
#include "times.h"

#include "../base/text.h"

#include <math.h>

#define EN_DASH "\xE2\x80\x93"

static const char analysis[] = "TIMES";

/* ---- restricted mean ---------------------------------------------------------------------------------------------- */

static void add_restricted_mean(oa_analysis *a, const oa_survival *s, const char *what) {
    double tau = a->protocol->times.rmst;
    oa_km_value mean;
    if (!isfinite(tau)) {
        return;
    }
    oa_slot slot = {oa_printf(a->arena, "%s.RMST", s->paramcd),
                    analysis,
                    oa_printf(a->arena, "%s, restricted mean up to %s months", what, oa_months_text(a->arena, tau)),
                    "Result",
                    1,
                    "area under the estimate"};
    bool known = isfinite(oa_km_survival(s->km, tau).survival) && oa_km_rmst(s->km, tau, &mean, a->diag);
    oa_result *r = oa_result_add(a, &slot);
    r->unit = "months";
    r->method = s->method;
    r->n = oa_km_subjects(s->km);
    r->text = "beyond follow-up";
    if (known) {
        r->estimate = mean.estimate;
        r->lower = mean.lower;
        r->upper = mean.upper;
        r->level = a->protocol->design.level;
        r->text = oa_printf(a->arena, "%s (%s CI %s" EN_DASH "%s)", oa_fixed_text(a->arena, mean.estimate, 1),
                            oa_percent_level(a->arena, r->level), oa_fixed_text(a->arena, mean.lower, 1),
                            oa_fixed_text(a->arena, mean.upper, 1));
    }
}

/* ---- parameters --------------------------------------------------------------------------------------------------- */

typedef struct parameter {
    const char *paramcd;
    const char *what;
    const char *column; /* among the endings */
    oa_survival survival;
    bool any;
} parameter;

/* S(t) at each landmark of the protocol, with the mean up to the one that it asks for. */
static void add_landmarks(oa_analysis *a, const oa_survival *s, const char *what) {
    const oa_doubles *landmarks = &a->protocol->times.landmarks;
    for (size_t i = 0; i < landmarks->count; i++) {
        const char *month = oa_months_text(a->arena, landmarks->items[i]);
        oa_slot slot = {oa_printf(a->arena, "%s.RATE.%s", s->paramcd, month),
                        analysis,
                        oa_printf(a->arena, "%s at %s months", what, month),
                        "Result",
                        1,
                        "Kaplan-Meier estimate"};
        oa_add_rate(a, &slot, s, landmarks->items[i]);
    }
    add_restricted_mean(a, s, what);
}

static void add_survival(oa_analysis *a, const oa_survival *s, const char *what) {
    oa_slot median = {oa_printf(a->arena, "%s.MEDIAN", s->paramcd),
                      analysis,
                      oa_printf(a->arena, "%s (months), median", what),
                      "Result",
                      0,
                      "ADTTE, limits by inversion"};
    oa_add_median(a, &median, s);
    oa_slot events = {oa_printf(a->arena, "%s.EVENTS", s->paramcd), analysis, "Events", "Result", 1, "ADTTE.CNSR = 0"};
    oa_add_ended(a, &events, s, NULL);
    add_landmarks(a, s, what);
}

/* What ends or censors it is said beside the method. */
static const char *by_preset(oa_analysis *a, const char *method) {
    return oa_printf(a->arena, "%s, censoring %s", method, oa_pfs_rules_text(a->arena, &a->protocol->times));
}

static void add_parameter(oa_analysis *a, parameter *p, const char *method) {
    p->any = oa_survival_of(a, p->paramcd, false, method, &p->survival);
    if (p->any) {
        add_survival(a, &p->survival, p->what);
    }
}

/* How each time ended: one row a reason, one column a parameter. */
static void add_endings(oa_analysis *a, const parameter *const *parameters, size_t count) {
    for (size_t i = 0; i < oa_n_endings; i++) {
        const oa_ending *ending = &oa_endings[i];
        for (size_t p = 0; p < count; p++) {
            const parameter *of = parameters[p];
            bool stable = oa_streq(of->paramcd, "DSD");
            if (!of->any || !(stable ? ending->of_stable : ending->of_survival)) {
                continue;
            }
            oa_slot slot = {
                oa_printf(a->arena, "%s.%s", of->paramcd, ending->id), "ENDINGS", ending->label, of->column, 0,
                oa_printf(a->arena, "ADTTE.RULE = %s", ending->rule)};
            oa_add_ended(a, &slot, &of->survival, ending->rule);
        }
    }
}

/* Of responders each has the event, so this is a description and needs no estimate. */
static void add_time_to_response(oa_analysis *a) {
    oa_times t = oa_times_of(a->arena, a->ard, a->adam, "TTR", a->protocol->times.month_days);
    oa_values values = oa_values_new(a);
    for (size_t i = 0; i < t.count; i++) {
        oa_values_add(&values, t.subjects[i], t.months[i]);
    }
    oa_slot slot = {"TTR.MEDIAN", analysis, "Time to response (months), median (range)", "Result", 0, "ADTTE"};
    oa_add_summary(a, &slot, &values, "months", 1);
}

/* Follow-up is the survival estimate with events and censorings exchanged. */
static void add_follow_up(oa_analysis *a, const char *paramcd, const oa_slot *slot) {
    oa_survival s;
    if (oa_survival_of(a, paramcd, true, "reverse Kaplan-Meier", &s)) {
        oa_add_median(a, slot, &s);
    }
}

void oa_analyse_times(oa_analysis *a) {
    static const oa_slot of_os = {"FOLLOWUP.MEDIAN", analysis, "Follow-up (months), median",
                                  "Result",          0,        "reverse Kaplan-Meier of OS (ADTTE)"};
    static const oa_slot of_pfs = {"FOLLOWUP.PFS.MEDIAN",
                                   analysis,
                                   "Follow-up for progression (months), median",
                                   "Result",
                                   0,
                                   "reverse Kaplan-Meier of PFS (ADTTE)"};
    parameter pfs = {.paramcd = "PFS", .what = "Progression-free survival", .column = "PFS"};
    parameter os = {.paramcd = "OS", .what = "Overall survival"};
    parameter dor = {.paramcd = "DOR", .what = "Duration of response", .column = "Duration of response"};
    parameter dsd = {.paramcd = "DSD", .what = "Duration of stable disease", .column = "Duration of stable disease"};
    const char *method = oa_survival_method(a->arena, &a->protocol->times);
    bool assessed = oa_table_rows(a->sdtm->domain[OA_TR]) || oa_table_rows(a->sdtm->domain[OA_RS]);
    add_follow_up(a, "OS", &of_os);
    if (assessed) {
        add_follow_up(a, "PFS", &of_pfs);
        add_parameter(a, &pfs, by_preset(a, method));
    }
    add_parameter(a, &os, method);
    if (assessed) {
        add_time_to_response(a);
        add_parameter(a, &dor, by_preset(a, method));
        add_parameter(a, &dsd, by_preset(a, method));
        add_endings(a, (const parameter *const[]){&pfs, &dor, &dsd}, 3);
        oa_analyse_presets(a);
    }
}
