/* response.c - best overall response, objective response rate and disease control rate, of the analysis set. */
#include "analysis.h"

#include "../adam/unevaluable.h"
#include "../base/text.h"

static const char analysis[] = "RESPONSE";

/* Responses as rows: value of ADRS, words. */
static const struct {
    const char *value;
    const char *id;
    const char *label;
    bool only_if_any; /* a row for nobody is left out */
} rows[] = {
    {"CR", "CR", "Complete response (CR)", false},   {"PR", "PR", "Partial response (PR)", false},
    {"SD", "SD", "Stable disease (SD)", false},      {"NON-CR/NON-PD", "NONCRNONPD", "Non-CR/non-PD", false},
    {"PD", "PD", "Progressive disease (PD)", false}, {"NE", "NE", "Not evaluable (NE)", false},
    {"ND", "ND", "Assessments not done (ND)", true}, {"MISSING", "MISSING", "No assessment", false},
};

/* Subjects whose ADRS row of `paramcd` has the value in `column`. */
static oa_flags *with_cell(const oa_analysis *a, const char *paramcd, const char *column, const char *value) {
    const oa_table *adrs = a->adam->dataset[OA_ADRS];
    int code = oa_table_column(adrs, "PARAMCD");
    int avalc = oa_table_column(adrs, column);
    oa_flags *flags = oa_flags_new(a);
    size_t subject = 0;
    for (size_t row = 0; row < oa_table_rows(adrs); row++) {
        if (oa_text_is(adrs, row, code, paramcd) && oa_text_is(adrs, row, avalc, value) &&
            oa_next_subject(a, adrs, row, &subject)) {
            flags[subject] = true;
        }
    }
    return flags;
}

static oa_flags *with_value(const oa_analysis *a, const char *paramcd, const char *value) {
    return with_cell(a, paramcd, "AVALC", value);
}

static bool any_of(const oa_analysis *a, const oa_set *set, const oa_flags *flags) {
    for (size_t i = 0; i < a->n_subjects; i++) {
        if (set->member[i] && flags[i]) {
            return true;
        }
    }
    return false;
}

/* Why subjects could not be evaluated; a reason that nobody has is left out. */
static void add_reasons(oa_analysis *a, const char *paramcd, const char *prefix) {
    static const struct {
        const char *id;
        const char *term;
        const char *words;
    } reasons[] = {
#define REASON(id, term, words) {#id, term, words},
        OA_UNEVALUABLE(REASON)
#undef REASON
    };
    bool any = false;
    for (size_t i = 0; i < OA_COUNT(reasons); i++) {
        oa_flags *flags = with_cell(a, paramcd, "NEREASN", reasons[i].term);
        if (any_of(a, &a->ard->efficacy, flags)) {
            if (!any) {
                oa_slot heading = {oa_printf(a->arena, "%s.NE.HEADING", prefix),
                                   analysis,
                                   "Reason not evaluable, not done or not assessed",
                                   "Result",
                                   1,
                                   ""};
                oa_add_text(a, &heading, "");
                any = true;
            }
            oa_slot slot = {oa_printf(a->arena, "%s.NE.%s", prefix, reasons[i].id),
                            analysis,
                            reasons[i].words,
                            "Result",
                            2,
                            oa_printf(a->arena, "ADRS %s with NEREASN = %s", paramcd, reasons[i].term)};
            oa_add_count(a, &slot, &a->ard->efficacy, flags);
        }
    }
}

static void add_best(oa_analysis *a, const char *paramcd, const char *prefix, const char *heading) {
    oa_add_text(a, &(oa_slot){oa_printf(a->arena, "%s.HEADING", prefix), analysis, heading, "Result", 0, ""}, "");
    for (size_t i = 0; i < OA_COUNT(rows); i++) {
        oa_slot slot = {
            oa_printf(a->arena, "%s.%s", prefix, rows[i].id),           analysis, rows[i].label, "Result", 1,
            oa_printf(a->arena, "ADRS %s = %s", paramcd, rows[i].value)};
        oa_flags *flags = with_value(a, paramcd, rows[i].value);
        if (!rows[i].only_if_any || any_of(a, &a->ard->efficacy, flags)) {
            oa_add_count(a, &slot, &a->ard->efficacy, flags);
        }
    }
    add_reasons(a, paramcd, prefix);
}

void oa_analyse_response(oa_analysis *a) {
    bool confirm = a->protocol->response.confirm_required;
    const oa_set *set = &a->ard->efficacy;
    if (oa_table_rows(a->adam->dataset[OA_ADRS]) == 0) {
        return;
    }
    /* The protocol's own best response has the plain ids; the other reading stands beside it. */
    add_best(a, confirm ? "CBOR" : "BOR", "BOR",
             confirm ? "Best overall response, confirmed" : "Best overall response");
    oa_slot orr = {"ORR",
                   analysis,
                   "Objective response rate (CR + PR)",
                   "Result",
                   0,
                   confirm ? "ADRS CRSP = Y; subjects without assessment count as non-responders"
                           : "ADRS RSP = Y; subjects without assessment count as non-responders"};
    oa_add_proportion(a, &orr, set, with_value(a, confirm ? "CRSP" : "RSP", "Y"));
    oa_slot dcr = {"DCR",    analysis, "Disease control rate (CR + PR + SD)",
                   "Result", 0,        "ADRS CB = Y: CR, PR, SD or non-CR/non-PD"};
    oa_add_proportion(a, &dcr, set, with_value(a, "CB", "Y"));
    long long days = (long long)a->protocol->response.clinical_benefit_days;
    oa_slot cbr = {
        "CBR",    analysis, oa_printf(a->arena, "Clinical benefit rate (%lld days)", days),
        "Result", 0,        "ADRS CBR = Y: a response, or no progression at an assessment on or after that day"};
    oa_add_proportion(a, &cbr, set, with_value(a, "CBR", "Y"));
    if (confirm) {
        add_best(a, "BOR", "UBOR", "Best overall response without confirmation");
        oa_slot unconfirmed = {"UORR",   analysis, "Objective response rate without confirmation",
                               "Result", 0,        "ADRS RSP = Y"};
        oa_add_proportion(a, &unconfirmed, set, with_value(a, "RSP", "Y"));
    }
}
