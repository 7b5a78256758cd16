/* ard.c - the analysis sets, the order of the analyses, and the results as a table. */
#include "analysis.h"

#include "../base/text.h"

#include <math.h>

/* Members: ADSL rows where the flag column is Y. */
static oa_set set_of(const oa_analysis *a, const char *id, const char *text, const char *flag) {
    int column = oa_table_column(a->adsl, flag);
    oa_set set = {.id = id, .text = text, .member = OA_NEW_ARRAY(a->arena, bool, a->n_subjects)};
    for (size_t i = 0; i < a->n_subjects; i++) {
        set.member[i] = oa_text_is(a->adsl, i, column, "Y");
        set.n += set.member[i];
    }
    return set;
}

static void choose_sets(oa_analysis *a) {
    const oa_protocol *p = a->protocol;
    a->ard->safety = set_of(a, "SAFETY", "all treated subjects", "SAFFL");
    a->ard->efficacy = a->ard->safety;
    if (p->n_sets) {
        a->ard->efficacy = set_of(a, p->sets[0].id, p->sets[0].text, oa_set_flag(a->arena, p->sets[0].id));
    }
}

bool oa_ard_analyse(oa_arena *arena, const oa_protocol *protocol, const oa_sdtm *sdtm, const oa_adam *adam, oa_ard *ard,
                    oa_diag *diag) {
    static void (*const analyses[])(oa_analysis *) = {
        oa_analyse_disposition, oa_analyse_baseline, oa_analyse_exposure, oa_analyse_response, oa_analyse_design,
        oa_analyse_concordance, oa_analyse_markers,  oa_analyse_times,    oa_analyse_safety,   oa_analyse_published};
    const oa_table *adsl = adam->dataset[OA_ADSL];
    oa_analysis a = {arena, protocol, sdtm, adam, ard, diag, adsl, oa_table_rows(adsl)};
    *ard = (oa_ard){0};
    size_t errors = oa_diag_errors(diag);
    choose_sets(&a);
    for (size_t i = 0; i < sizeof analyses / sizeof *analyses; i++) {
        analyses[i](&a);
    }
    return oa_diag_errors(diag) == errors;
}

const oa_result *oa_ard_find(const oa_ard *ard, const char *id) {
    for (size_t i = 0; i < ard->count; i++) {
        if (oa_streq(ard->results[i].id, id)) {
            return &ard->results[i];
        }
    }
    return NULL;
}

#define ARD_COLUMNS(X)                                                                                                 \
    X(RESULTID, OA_TEXT, "Result Identifier")                                                                          \
    X(ANALYSIS, OA_TEXT, "Analysis")                                                                                   \
    X(VARIABLE, OA_TEXT, "Row of the Display")                                                                         \
    X(GROUP, OA_TEXT, "Column of the Display")                                                                         \
    X(STAT, OA_TEXT, "Statistic")                                                                                      \
    X(VALUE, OA_NUMBER, "Value")                                                                                       \
    X(UNIT, OA_TEXT, "Unit")                                                                                           \
    X(METHOD, OA_TEXT, "Method")                                                                                       \
    X(LEVEL, OA_NUMBER, "Level of the Interval")                                                                       \
    X(TEXT, OA_TEXT, "As Printed")                                                                                     \
    X(RULE, OA_TEXT, "Rule")                                                                                           \
    X(SUBJECTS, OA_TEXT, "Subjects")

enum { ARD_COLUMNS(OA_C) N_COLUMNS };

/* The subjects behind a result, blank-separated. */
static const char *subjects_text(oa_arena *arena, const oa_result *result, const oa_table *adsl) {
    oa_buf buf;
    int id = oa_table_column(adsl, "USUBJID");
    oa_buf_init(&buf, arena);
    for (size_t i = 0; result->subjects && i < result->n_subjects; i++) {
        oa_put(&buf, i ? " " : "");
        oa_put(&buf, oa_text(adsl, result->subjects[i], id));
    }
    return buf.bytes;
}

static void add_statistic(oa_table *table, const oa_result *r, const char *stat, double value, const char *subjects) {
    size_t row = oa_table_add_row(table);
    oa_set_text(table, row, C_RESULTID, r->id);
    oa_set_text(table, row, C_ANALYSIS, r->analysis);
    oa_set_text(table, row, C_VARIABLE, r->label);
    oa_set_text(table, row, C_GROUP, r->column);
    oa_set_text(table, row, C_STAT, stat);
    if (isfinite(value)) {
        oa_set_number(table, row, C_VALUE, value);
    }
    oa_set_text(table, row, C_UNIT, r->unit);
    oa_set_text(table, row, C_METHOD, r->method);
    if (isfinite(r->level)) {
        oa_set_number(table, row, C_LEVEL, r->level);
    }
    oa_set_text(table, row, C_TEXT, r->text);
    oa_set_text(table, row, C_RULE, r->rule);
    oa_set_text(table, row, C_SUBJECTS, subjects);
}

oa_table *oa_ard_table(oa_arena *arena, const oa_ard *ard, const oa_adam *adam) {
    static const oa_column_def columns[] = {ARD_COLUMNS(OA_DEF)};
    oa_table *table = oa_table_of(arena, "ARD", "Analysis Results", columns, N_COLUMNS);
    for (size_t i = 0; i < ard->count; i++) {
        const oa_result *r = &ard->results[i];
        const struct {
            const char *name;
            double value;
            bool known;
        } statistics[] = {{"n", (double)r->n, r->n >= 0},
                          {"N", (double)r->of, r->of >= 0},
                          {"estimate", r->estimate, isfinite(r->estimate)},
                          {"lower", r->lower, isfinite(r->lower)},
                          {"upper", r->upper, isfinite(r->upper)}};
        const char *subjects = subjects_text(arena, r, adam->dataset[OA_ADSL]);
        bool any = false;
        for (size_t s = 0; s < sizeof statistics / sizeof *statistics; s++) {
            if (statistics[s].known) {
                add_statistic(table, r, statistics[s].name, statistics[s].value, subjects);
                any = true;
            }
        }
        if (!any) {
            add_statistic(table, r, "text", (double)NAN, subjects);
        }
    }
    return table;
}
