/* survival.c - the shapes that results of times to events have; see times.h. */
#include "times.h"

#include "../adam/pfs.h"
#include "../base/number.h"
#include "../base/text.h"

#include <math.h>

#define EN_DASH "\xE2\x80\x93"

const oa_ending oa_endings[] = {
    {"TTE-PD", "EVENT.PD", "Progressive disease", true, true},
    {"TTE-CLINICAL", "EVENT.CLINICAL", "Clinical progression", true, true},
    {"TTE-DEATH", "EVENT.DEATH", "Death", true, false},
    {"TTE-CENSOR-NO-EVENT", "CENSOR.NO-EVENT", "No event", true, true},
    {"TTE-CENSOR-NEW-THERAPY", "CENSOR.NEW-THERAPY", "New therapy before an event", true, true},
    {"TTE-CENSOR-MISSED", "CENSOR.MISSED", "Event after missed assessments", true, true},
    {"TTE-CENSOR-NO-ASSESSMENT", "CENSOR.NO-ASSESSMENT", "No adequate assessment", true, true},
    {"TTE-CENSOR-NO-BASELINE", "CENSOR.NO-BASELINE", "No baseline", true, true},
    {"TTE-CENSOR-DEATH-FIRST", "CENSOR.DEATH-FIRST", "Death without progression", false, true},
};
const size_t oa_n_endings = OA_COUNT(oa_endings);

oa_times oa_times_of(oa_arena *arena, const oa_ard *ard, const oa_adam *adam, const char *paramcd, double month_days) {
    const oa_table *adtte = adam->dataset[OA_ADTTE];
    const oa_table *adsl = adam->dataset[OA_ADSL];
    size_t n = oa_table_rows(adsl);
    oa_times t = {OA_NEW_ARRAY(arena, double, n), OA_NEW_ARRAY(arena, bool, n), OA_NEW_ARRAY(arena, size_t, n),
                  OA_NEW_ARRAY(arena, size_t, n), 0};
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
                t.rows[t.count] = row;
                t.subjects[t.count++] = i;
            }
        }
    }
    return t;
}

static void release_km(void *km) {
    oa_km_free(km);
}

bool oa_survival_of(oa_analysis *a, const char *paramcd, bool reverse, const char *method, oa_survival *survival) {
    oa_km_options options = {.conf = (oa_km_conf)a->protocol->times.km_conf, .level = a->protocol->design.level};
    oa_times t = oa_times_of(a->arena, a->ard, a->adam, paramcd, a->protocol->times.month_days);
    oa_km *km = !t.count  ? NULL
                : reverse ? oa_km_fit_reverse(t.months, t.event, t.count, &options, a->diag)
                          : oa_km_fit(t.months, t.event, t.count, &options, a->diag);
    if (!km) {
        return false;
    }
    oa_arena_defer(a->arena, release_km, km);
    oa_set set = {a->ard->efficacy.id, a->ard->efficacy.text, OA_NEW_ARRAY(a->arena, bool, a->n_subjects), t.count};
    for (size_t i = 0; i < t.count; i++) {
        set.member[t.subjects[i]] = true;
    }
    *survival = (oa_survival){paramcd, t, set, km, method, false};
    return true;
}

const char *oa_survival_method(oa_arena *arena, const oa_p_times *times) {
    return oa_printf(arena, "Kaplan-Meier, %s limits, quantiles on a plateau as in R, a month is %s days",
                     oa_km_conf_name((oa_km_conf)times->km_conf), oa_number_text(arena, times->month_days));
}

const char *oa_pfs_rules_text(oa_arena *arena, const oa_p_times *times) {
    static const char *const after[] = {[OA_P_MISSED_BY_PRESET] = "",
                                        [OA_P_MISSED_ANY] = ", any event censored after missed assessments",
                                        [OA_P_MISSED_DEATH] = ", deaths alone censored after missed assessments",
                                        [OA_P_MISSED_NONE] = ", no event censored after missed assessments"};
    const char *missed = times->pfs_missed == 2
                             ? ""
                             : oa_printf(arena, ", %lld missed assessments are too many", (long long)times->pfs_missed);
    const char *same_day = times->pfs_same_day == OA_P_SCAN_FIRST ? "" : ", a new therapy comes first on its day";
    return oa_printf(arena, "%s%s%s%s", oa_pfs_presets[times->pfs_preset].name, after[times->pfs_after_missed], missed,
                     same_day);
}

const char *oa_months_text(oa_arena *arena, double months) {
    char number[OA_NUMBER_SIZE];
    return oa_strdup(arena, oa_format_number(months, number));
}

static const char *limit_text(oa_arena *arena, double limit) {
    return isfinite(limit) ? oa_fixed_text(arena, limit, 1) : "NR";
}

/* "95 % CI ", or nothing where the label says it */
static const char *level_text(oa_analysis *a, const oa_survival *survival) {
    return survival->level_in_label
               ? ""
               : oa_printf(a->arena, "%s CI ", oa_percent_level(a->arena, a->protocol->design.level));
}

void oa_add_median(oa_analysis *a, const oa_slot *slot, const oa_survival *survival) {
    oa_interval q = oa_km_quantile(survival->km, 0.5);
    oa_result *r = oa_result_add(a, slot);
    r->estimate = q.estimate;
    r->lower = q.lower;
    r->upper = q.upper;
    r->level = a->protocol->design.level;
    r->n = oa_km_subjects(survival->km);
    r->unit = "months";
    r->method = survival->method;
    r->subjects = survival->times.subjects;
    r->n_subjects = survival->times.count;
    r->text = oa_printf(a->arena, "%s (%s%s" EN_DASH "%s)",
                        isfinite(q.estimate) ? oa_fixed_text(a->arena, q.estimate, 1) : "not reached",
                        level_text(a, survival), limit_text(a->arena, q.lower), limit_text(a->arena, q.upper));
}

static const char *rate_text(oa_analysis *a, const oa_survival *survival, const oa_km_step *step) {
    if (!isfinite(step->survival)) {
        return "beyond follow-up";
    }
    const char *percent = oa_percent_text(a->arena, step->survival);
    return !isfinite(step->lower)
               ? oa_printf(a->arena, "%s %%", percent)
               : oa_printf(a->arena, "%s %% (%s%s" EN_DASH "%s)", percent, level_text(a, survival),
                           oa_percent_text(a->arena, step->lower), oa_percent_text(a->arena, step->upper));
}

void oa_add_rate(oa_analysis *a, const oa_slot *slot, const oa_survival *survival, double months) {
    oa_km_step step = oa_km_survival(survival->km, months);
    oa_result *r = oa_result_add(a, slot);
    r->estimate = step.survival;
    r->lower = step.lower;
    r->upper = step.upper;
    r->level = a->protocol->design.level;
    r->n = step.n_risk;
    r->unit = "proportion";
    r->method = survival->method;
    r->text = rate_text(a, survival, &step);
}

void oa_add_ended(oa_analysis *a, const oa_slot *slot, const oa_survival *survival, const char *rule) {
    const oa_table *adtte = a->adam->dataset[OA_ADTTE];
    const oa_times *t = &survival->times;
    int column = oa_table_column(adtte, "RULE");
    oa_flags *flags = oa_flags_new(a);
    for (size_t i = 0; i < t->count; i++) {
        flags[t->subjects[i]] = rule ? oa_text_is(adtte, t->rows[i], column, rule) : t->event[i];
    }
    oa_add_count(a, slot, &survival->set, flags);
}
