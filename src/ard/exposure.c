/* exposure.c - what was given, and how doses were modified, of the safety set; from ADEX, parameter by parameter. */
#include "analysis.h"

#include "../base/text.h"

#include <string.h>

static const char exposure[] = "EXPOSURE";
static const char modification[] = "MODIFICATION";

/* Decimals with which a parameter is printed, by its code without the drug's number. */
static const struct {
    const char *code;
    int decimals;
} precision[] = {{"DURD", 0}, {"DOSD", 0}, {"NADM", 0}, {"TDOSE", 2}, {"DI", 1}, {"RDI", 1}, {"HOLDD", 0}};

static int decimals_of(const char *paramcd) {
    for (size_t i = 0; i < sizeof precision / sizeof *precision; i++) {
        size_t length = strlen(precision[i].code);
        if (strncmp(paramcd, precision[i].code, length) == 0 && paramcd[length] >= '0' && paramcd[length] <= '9') {
            return precision[i].decimals;
        }
    }
    return 1;
}

static bool is_code(const char *paramcd, const char *code) {
    size_t length = strlen(code);
    return strncmp(paramcd, code, length) == 0 && paramcd[length] >= '0' && paramcd[length] <= '9';
}

typedef struct adex_view {
    const oa_table *table;
    int paramcd, param, aval, avalc, avalu;
} adex_view;

/* Values of one parameter; the label and unit of its first row. */
static oa_values values_of(const oa_analysis *a, const adex_view *v, int32_t code, const char **label,
                           const char **unit) {
    oa_values values = oa_values_new(a);
    size_t subject = 0;
    for (size_t row = 0; row < oa_table_rows(v->table); row++) {
        double value;
        if (oa_code_at(v->table, row, v->paramcd) != code || !oa_number(v->table, row, v->aval, &value)) {
            continue;
        }
        oa_next_subject(a, v->table, row, &subject);
        oa_values_add(&values, subject, value);
        *label = oa_text(v->table, row, v->param);
        *unit = oa_text(v->table, row, v->avalu);
    }
    return values;
}

/* "Total Dose - Anlotinib" with unit mg as the row "Total dose (mg)" would be nicer, but PARAM is what ADEX says. */
static void add_parameter(oa_analysis *a, const adex_view *v, int32_t code, const char *drug_label) {
    const char *paramcd = oa_code_text(v->table, v->paramcd, code);
    const char *label = "";
    const char *unit = "";
    oa_values values = values_of(a, v, code, &label, &unit);
    size_t name = strlen(label) - strlen(" - ") - strlen(drug_label);
    oa_slot slot = {oa_printf(a->arena, "EX.%s", paramcd), exposure,
                    oa_printf(a->arena, "%.*s (%s), median (range)", (int)name, label, oa_lower(a->arena, unit)),
                    "Value", 1, oa_printf(a->arena, "ADEX.AVAL where PARAMCD is %s", paramcd)};
    if (oa_streq(unit, "GBq") || oa_streq(unit, "mg") || *unit == 'm' || *unit == 'G') {
        slot.label = oa_printf(a->arena, "%.*s (%s), median (range)", (int)name, label, unit);
    }
    oa_add_summary(a, &slot, &values, unit, decimals_of(paramcd));
}

/* The parameters of a drug in the order of ADEX: codes end with the drug's number. */
static void add_drug(oa_analysis *a, const adex_view *v, size_t drug) {
    static const char *const order[] = {"NADM", "DURD", "DOSD", "TDOSE", "DI", "RDI"};
    const oa_p_drug *d = &a->adam->drugs[drug];
    oa_add_text(a, &(oa_slot){oa_printf(a->arena, "EX.HEADING%zu", drug + 1), exposure, d->label, "Value", 0, ""}, "");
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        const char *wanted = oa_printf(a->arena, "%s%zu", order[i], drug + 1);
        for (int32_t code = 0; code < (int32_t)oa_code_count(v->table, v->paramcd); code++) {
            if (oa_streq(oa_code_text(v->table, v->paramcd, code), wanted)) {
                add_parameter(a, v, code, d->label);
            }
        }
    }
}

static void add_cycles(oa_analysis *a) {
    int column = oa_table_column(a->adsl, "COMBCYC");
    oa_values values = oa_values_new(a);
    for (size_t i = 0; i < a->n_subjects; i++) {
        double value;
        if (a->ard->safety.member[i] && oa_number(a->adsl, i, column, &value)) {
            oa_values_add(&values, i, value);
        }
    }
    if (a->protocol->treatment.cycle_days > 0) {
        oa_add_summary(a,
                       &(oa_slot){"CYCLES", exposure, "Completed treatment cycles, median (range)", "Value", 0,
                                  "ADSL.COMBCYC"},
                       &values, "cycles", 0);
    }
}

/* Flags subjects with a positive value of any parameter with this code, whatever the drug. */
static oa_flags *positive(const oa_analysis *a, const adex_view *v, const char *code) {
    oa_flags *flags = oa_flags_new(a);
    size_t subject = 0;
    for (size_t row = 0; row < oa_table_rows(v->table); row++) {
        double value;
        oa_next_subject(a, v->table, row, &subject);
        if (is_code(oa_text(v->table, row, v->paramcd), code) && oa_number(v->table, row, v->aval, &value) && value > 0) {
            flags[subject] = true;
        }
    }
    return flags;
}

/* Treatment ended for an adverse event: says ADSL, or an event's action. */
static oa_flags *discontinued_for_ae(const oa_analysis *a) {
    oa_flags *flags = oa_flags_new(a);
    const oa_table *adae = a->adam->dataset[OA_ADAE];
    oa_flag_where(a, a->adsl, "DCTREAS", "ADVERSE EVENT", flags);
    if (oa_code_count(a->adsl, oa_table_column(a->adsl, "DCTREAS")) == 0) {
        oa_flag_where(a, a->adsl, "DCSREAS", "ADVERSE EVENT", flags);
    }
    int emergent = oa_table_column(adae, "TRTEMFL");
    int action = oa_table_column(adae, "AACN");
    size_t subject = 0;
    for (size_t row = 0; row < oa_table_rows(adae); row++) {
        if (oa_text_is(adae, row, emergent, "Y") && oa_text_is(adae, row, action, "DRUG WITHDRAWN")) {
            oa_next_subject(a, adae, row, &subject);
            flags[subject] = true;
        }
    }
    return flags;
}

void oa_analyse_exposure(oa_analysis *a) {
    const oa_table *adex = a->adam->dataset[OA_ADEX];
    adex_view v = {adex,
                   oa_table_column(adex, "PARAMCD"),
                   oa_table_column(adex, "PARAM"),
                   oa_table_column(adex, "AVAL"),
                   oa_table_column(adex, "AVALC"),
                   oa_table_column(adex, "AVALU")};
    const oa_set *safety = &a->ard->safety;
    for (size_t i = 0; i < a->adam->n_drugs; i++) {
        add_drug(a, &v, i);
    }
    add_cycles(a);
    oa_add_count(a,
                 &(oa_slot){"DOSE.REDUCED", modification, "Dose reduced for an adverse event", "n (%)", 0,
                            "EX: a dose below the one before, EXADJ says adverse event"},
                 safety, positive(a, &v, "REDAE"));
    oa_add_count(a,
                 &(oa_slot){"DOSE.HELD", modification, "Dose withheld for at least one day", "n (%)", 0,
                            "EX: a record with dose 0"},
                 safety, positive(a, &v, "HOLDD"));
    oa_add_count(a,
                 &(oa_slot){"AE.DISCONTINUED", modification, "Treatment discontinued for an adverse event", "n (%)", 0,
                            "DS: end of treatment for an adverse event, or AE: a drug withdrawn"},
                 safety, discontinued_for_ae(a));
}
