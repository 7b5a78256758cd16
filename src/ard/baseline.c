/* baseline.c - demographics and disease at baseline, of the analysis set. */
#include "analysis.h"

#include "../base/text.h"

#include <string.h>

static const char demographics[] = "DEMOGRAPHICS";
static const char disease[] = "DISEASE";

/* A heading, and under it one row for each value of a column of ADSL. */
static void add_categories(oa_analysis *a, const char *prefix, const char *name, const char *heading) {
    static const struct {
        const char *code;
        const char *word;
    } words[] = {{"F", "Female"},
                 {"M", "Male"},
                 {"U", "Unknown"},
                 {"BLACK OR AFRICAN AMERICAN", "Black or African American"},
                 {"AMERICAN INDIAN OR ALASKA NATIVE", "American Indian or Alaska Native"},
                 {"NATIVE HAWAIIAN OR OTHER PACIFIC ISLANDER", "Native Hawaiian or Other Pacific Islander"}};
    int column = oa_table_column(a->adsl, name);
    if (oa_code_count(a->adsl, column) == 0) {
        return;
    }
    oa_add_text(a, &(oa_slot){oa_printf(a->arena, "%s.HEADING", prefix), demographics, heading, "Value", 0, ""}, "");
    for (int32_t code = 0; code < (int32_t)oa_code_count(a->adsl, column); code++) {
        const char *value = oa_code_text(a->adsl, column, code);
        const char *word = strlen(value) > 1 ? oa_sentence_case(a->arena, value) : value;
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            word = oa_streq(value, words[i].code) ? words[i].word : word;
        }
        oa_flags *flags = oa_flags_new(a);
        oa_flag_where(a, a->adsl, name, value, flags);
        oa_slot slot = {oa_printf(a->arena, "%s.%s", prefix, value),     demographics, word, "Value", 1,
                        oa_printf(a->arena, "ADSL.%s = %s", name, value)};
        oa_add_count(a, &slot, &a->ard->efficacy, flags);
    }
}

static void add_number(oa_analysis *a, const char *id, const char *name, const char *label, const char *unit) {
    int column = oa_table_column(a->adsl, name);
    oa_values values = oa_values_new(a);
    for (size_t i = 0; i < a->n_subjects; i++) {
        double value;
        if (a->ard->efficacy.member[i] && oa_number(a->adsl, i, column, &value)) {
            oa_values_add(&values, i, value);
        }
    }
    oa_slot slot = {id, demographics, label, "Value", 0, oa_printf(a->arena, "ADSL.%s", name)};
    oa_add_summary(a, &slot, &values, unit, 0);
}

/* Subjects by a term of medical history of one category, as "Papillary thyroid cancer". */
static void add_history(oa_analysis *a, const char *prefix, const char *category, const char *heading) {
    oa_table *mh = a->sdtm->domain[OA_MH];
    int cat = oa_table_column(mh, "MHCAT");
    int decod = oa_table_column(mh, "MHDECOD");
    bool any = false;
    for (int32_t code = 0; code < (int32_t)oa_code_count(mh, decod); code++) {
        oa_flags *flags = oa_flags_new(a);
        size_t subject = 0;
        bool found = false;
        for (size_t row = 0; row < oa_table_rows(mh); row++) {
            if (oa_code_at(mh, row, decod) == code && oa_text_is(mh, row, cat, category) &&
                oa_next_subject(a, mh, row, &subject)) {
                flags[subject] = found = true;
                oa_row_mark(mh, row, OA_USE_ANALYSED);
            }
        }
        if (found && !any) {
            oa_add_text(a, &(oa_slot){oa_printf(a->arena, "%s.HEADING", prefix), disease, heading, "Value", 0, ""}, "");
            any = true;
        }
        if (found) {
            const char *term = oa_code_text(mh, decod, code);
            oa_slot slot = {oa_printf(a->arena, "%s.%s", prefix, term),       disease, term, "Value", 1,
                            oa_printf(a->arena, "MH with MHCAT %s", category)};
            oa_add_count(a, &slot, &a->ard->efficacy, flags);
        }
    }
}

/* Baseline rows of ADTR: number of target lesions and their sum. */
static void add_lesions(oa_analysis *a) {
    const oa_table *adtr = a->adam->dataset[OA_ADTR];
    int paramcd = oa_table_column(adtr, "PARAMCD");
    int baseline = oa_table_column(adtr, "ABLFL");
    int aval = oa_table_column(adtr, "AVAL");
    double *lesions = OA_NEW_ARRAY(a->arena, double, a->n_subjects);
    oa_values counts = oa_values_new(a);
    oa_values sums = oa_values_new(a);
    size_t subject = 0;
    for (size_t row = 0; row < oa_table_rows(adtr); row++) {
        double value;
        if (!oa_text_is(adtr, row, baseline, "Y") || !oa_number(adtr, row, aval, &value) ||
            !oa_next_subject(a, adtr, row, &subject) || !a->ard->efficacy.member[subject]) {
            continue;
        }
        if (oa_text_is(adtr, row, paramcd, "LDIAM")) {
            lesions[subject]++;
        } else {
            oa_values_add(&sums, subject, value);
        }
    }
    for (size_t i = 0; i < a->n_subjects; i++) {
        if (lesions[i] > 0) {
            oa_values_add(&counts, i, lesions[i]);
        }
    }
    oa_add_summary(
        a, &(oa_slot){"TARGETS", disease, "Target lesions, median (range)", "Value", 0, "ADTR LDIAM at baseline"},
        &counts, "lesions", 0);
    oa_add_summary(a,
                   &(oa_slot){"BASELINE.SUM", disease, "Sum of target lesions (mm), median (range)", "Value", 0,
                              "ADTR SDIAM at baseline"},
                   &sums, "mm", 1);
}

void oa_analyse_baseline(oa_analysis *a) {
    add_number(a, "AGE", "AGE", "Age (years), median (range)", "years");
    add_categories(a, "SEX", "SEX", "Sex");
    add_categories(a, "RACE", "RACE", "Race");
    add_history(a, "HISTOLOGY", "PRIMARY DIAGNOSIS", "Histology");
    add_history(a, "METASTASIS", "METASTATIC DISEASE", "Sites of metastasis");
    add_lesions(a);
}
