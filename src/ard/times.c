/* times.c - progression-free and overall survival and follow-up, of the analysis set, by Kaplan-Meier. */
#include "times.h"

#include "../base/number.h"
#include "../base/text.h"
#include "analysis.h"

#include <onearm/stats.h>

#include <math.h>

#define EN_DASH "\xE2\x80\x93"

static const char analysis[] = "TIMES";

oa_times oa_times_of(oa_arena *arena, const oa_ard *ard, const oa_adam *adam, const char *paramcd, double month_days) {
    const oa_table *adtte = adam->dataset[OA_ADTTE];
    const oa_table *adsl = adam->dataset[OA_ADSL];
    size_t n = oa_table_rows(adsl);
    oa_times t = {OA_NEW_ARRAY(arena, double, n), OA_NEW_ARRAY(arena, bool, n), OA_NEW_ARRAY(arena, size_t, n), 0};
    int code = oa_table_column(adtte, "PARAMCD");
    int aval = oa_table_column(adtte, "AVAL");
    int cnsr = oa_table_column(adtte, "CNSR");
    oa_span *spans = oa_table_spans(arena, adsl, adtte);
    for (size_t i = 0; i < n; i++) {
        for (size_t row = spans[i].first; row < spans[i].first + spans[i].count; row++) {
            double days;
            double censored;
            if (ard->efficacy.member[i] && oa_text_is(adtte, row, code, paramcd) &&
                oa_number(adtte, row, aval, &days) && oa_number(adtte, row, cnsr, &censored)) {
                t.months[t.count] = days / month_days;
                t.event[t.count] = censored == 0;
                t.subjects[t.count++] = i;
            }
        }
    }
    return t;
}

static void release_km(void *km) {
    oa_km_free(km);
}

/* "13.7", or "not reached". */
static const char *months_text(oa_arena *arena, double months) {
    return isfinite(months) ? oa_fixed_text(arena, months, 1) : "not reached";
}

static const char *limit_text(oa_arena *arena, double limit) {
    return isfinite(limit) ? oa_fixed_text(arena, limit, 1) : "NR";
}

static void add_quantile(oa_analysis *a, const oa_slot *slot, const oa_km *km, const oa_times *t, const char *method) {
    oa_interval q = oa_km_quantile(km, 0.5);
    oa_result *r = oa_result_add(a, slot);
    double level = a->protocol->design.level;
    r->estimate = q.estimate;
    r->lower = q.lower;
    r->upper = q.upper;
    r->level = level;
    r->n = oa_km_subjects(km);
    r->unit = "months";
    r->method = method;
    r->subjects = t->subjects;
    r->n_subjects = t->count;
    r->text =
        oa_printf(a->arena, "%s (%s CI %s" EN_DASH "%s)", months_text(a->arena, q.estimate),
                  oa_percent_level(a->arena, level), limit_text(a->arena, q.lower), limit_text(a->arena, q.upper));
}

static void add_events(oa_analysis *a, const char *id, const char *label, const oa_times *t) {
    oa_flags *flags = oa_flags_new(a);
    for (size_t i = 0; i < t->count; i++) {
        flags[t->subjects[i]] = t->event[i];
    }
    oa_slot slot = {id, analysis, label, "Result", 1, "ADTTE.CNSR = 0"};
    oa_add_count(a, &slot, &a->ard->efficacy, flags);
}

/* S(t) at each landmark of the protocol that the follow-up reaches. */
static void add_landmarks(oa_analysis *a, const char *prefix, const char *what, const oa_km *km, const char *method) {
    const oa_doubles *landmarks = &a->protocol->times.landmarks;
    for (size_t i = 0; i < landmarks->count; i++) {
        char number[OA_NUMBER_SIZE];
        const char *month = oa_strdup(a->arena, oa_format_number(landmarks->items[i], number));
        oa_km_step step = oa_km_survival(km, landmarks->items[i]);
        oa_slot slot = {oa_printf(a->arena, "%s.RATE.%s", prefix, month),
                        analysis,
                        oa_printf(a->arena, "%s at %s months", what, month),
                        "Result",
                        1,
                        "Kaplan-Meier estimate"};
        oa_result *r = oa_result_add(a, &slot);
        r->estimate = step.survival;
        r->lower = step.lower;
        r->upper = step.upper;
        r->level = a->protocol->design.level;
        r->n = step.n_risk;
        r->unit = "proportion";
        r->method = method;
        r->text = !isfinite(step.survival) ? "beyond follow-up"
                  : !isfinite(step.lower)
                      ? oa_printf(a->arena, "%s %%", oa_percent_text(a->arena, step.survival))
                      : oa_printf(a->arena, "%s %% (%s CI %s" EN_DASH "%s)", oa_percent_text(a->arena, step.survival),
                                  oa_percent_level(a->arena, r->level), oa_percent_text(a->arena, step.lower),
                                  oa_percent_text(a->arena, step.upper));
    }
}

static void add_survival(oa_analysis *a, const char *prefix, const char *what, const oa_km_options *options) {
    oa_times t = oa_times_of(a->arena, a->ard, a->adam, prefix, a->protocol->times.month_days);
    oa_km *km = t.count ? oa_km_fit(t.months, t.event, t.count, options, a->diag) : NULL;
    if (!km) {
        return;
    }
    oa_arena_defer(a->arena, release_km, km);
    const char *method = oa_printf(a->arena, "Kaplan-Meier, %s", oa_km_conf_name(options->conf));
    oa_slot median = {oa_printf(a->arena, "%s.MEDIAN", prefix),
                      analysis,
                      oa_printf(a->arena, "%s (months), median", what),
                      "Result",
                      0,
                      "ADTTE, limits by inversion"};
    add_quantile(a, &median, km, &t, method);
    add_events(a, oa_printf(a->arena, "%s.EVENTS", prefix), "Events", &t);
    add_landmarks(a, prefix, what, km, method);
}

/* Follow-up is the survival estimate of OS with events and censorings exchanged. */
static void add_follow_up(oa_analysis *a, const oa_km_options *options) {
    oa_times t = oa_times_of(a->arena, a->ard, a->adam, "OS", a->protocol->times.month_days);
    oa_km *km = t.count ? oa_km_fit_reverse(t.months, t.event, t.count, options, a->diag) : NULL;
    if (!km) {
        return;
    }
    oa_arena_defer(a->arena, release_km, km);
    oa_slot median = {"FOLLOWUP.MEDIAN", analysis, "Follow-up (months), median",
                      "Result",          0,        "reverse Kaplan-Meier of OS (ADTTE)"};
    add_quantile(a, &median, km, &t, "reverse Kaplan-Meier");
}

void oa_analyse_times(oa_analysis *a) {
    oa_km_options options = {.conf = (oa_km_conf)a->protocol->times.km_conf, .level = a->protocol->design.level};
    add_follow_up(a, &options);
    if (oa_table_rows(a->sdtm->domain[OA_TR]) || oa_table_rows(a->sdtm->domain[OA_RS])) {
        add_survival(a, "PFS", "Progression-free survival", &options);
    }
    add_survival(a, "OS", "Overall survival", &options);
}
