/* response.c - best overall response, objective response rate and disease control rate, of the analysis set. */
#include "analysis.h"

#include "../base/text.h"

static const char analysis[] = "RESPONSE";

/* Responses as rows: value of ADRS, words. */
static const struct {
    const char *value;
    const char *id;
    const char *label;
} rows[] = {
    {"CR", "CR", "Complete response (CR)"},   {"PR", "PR", "Partial response (PR)"},
    {"SD", "SD", "Stable disease (SD)"},      {"NON-CR/NON-PD", "NONCRNONPD", "Non-CR/non-PD"},
    {"PD", "PD", "Progressive disease (PD)"}, {"NE", "NE", "Not evaluable (NE)"},
    {"MISSING", "MISSING", "No assessment"},
};

/* Subjects whose ADRS row of `paramcd` has the value. */
static oa_flags *with_value(const oa_analysis *a, const char *paramcd, const char *value) {
    const oa_table *adrs = a->adam->dataset[OA_ADRS];
    int code = oa_table_column(adrs, "PARAMCD");
    int avalc = oa_table_column(adrs, "AVALC");
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

static void add_best(oa_analysis *a, const char *paramcd, const char *prefix, const char *heading) {
    oa_add_text(a, &(oa_slot){oa_printf(a->arena, "%s.HEADING", prefix), analysis, heading, "Result", 0, ""}, "");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        oa_slot slot = {
            oa_printf(a->arena, "%s.%s", prefix, rows[i].id),           analysis, rows[i].label, "Result", 1,
            oa_printf(a->arena, "ADRS %s = %s", paramcd, rows[i].value)};
        oa_add_count(a, &slot, &a->ard->efficacy, with_value(a, paramcd, rows[i].value));
    }
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
    if (confirm) {
        add_best(a, "BOR", "UBOR", "Best overall response without confirmation");
        oa_slot unconfirmed = {"UORR",   analysis, "Objective response rate without confirmation",
                               "Result", 0,        "ADRS RSP = Y"};
        oa_add_proportion(a, &unconfirmed, set, with_value(a, "RSP", "Y"));
    }
}
