/* exposure.c - what was given, and how doses were modified, of the safety set; from ADEX, parameter by parameter. */
#include "analysis.h"

#include "../base/text.h"

#include <string.h>

static const char exposure[] = "EXPOSURE";
static const char modification[] = "MODIFICATION";

/* Parameters of ADEX as rows of the table, in order: code without the drug's number, label, decimals; `unit` where the
 * label ends with the unit of the data. */
static const struct {
    const char *code;
    const char *label;
    const char *label_of_isotope;
    bool unit;
    int decimals;
    int decimals_of_isotope;
} parameters[] = {
    {"NADM", "Administrations", "Administrations", false, 0, 0},
    {"DURD", "Duration of treatment (days)", "", false, 0, 0},
    {"DOSD", "Days with a dose", "", false, 0, 0},
    {"TDOSE", "Total dose", "Cumulative activity", true, 0, 2},
    {"DI", "Dose intensity", "", true, 1, 1},
    {"RDI", "Relative dose intensity (%)", "", false, 1, 1},
};

static bool is_code(const char *paramcd, const char *code) {
    size_t length = strlen(code);
    return strncmp(paramcd, code, length) == 0 && paramcd[length] >= '0' && paramcd[length] <= '9';
}

typedef struct adex_view {
    const oa_table *table;
    int paramcd, aval, avalu;
} adex_view;

/* Values of one parameter, and its unit. */
static oa_values values_of(const oa_analysis *a, const adex_view *v, int32_t code, const char **unit) {
    oa_values values = oa_values_new(a);
    size_t subject = 0;
    for (size_t row = 0; row < oa_table_rows(v->table); row++) {
        double value;
        if (oa_code_at(v->table, row, v->paramcd) == code && oa_number(v->table, row, v->aval, &value) &&
            oa_next_subject(a, v->table, row, &subject)) {
            oa_values_add(&values, subject, value);
            *unit = oa_text(v->table, row, v->avalu);
        }
    }
    return values;
}

static void add_parameter(oa_analysis *a, const adex_view *v, int32_t code, const oa_p_drug *drug, size_t parameter) {
    const char *paramcd = oa_code_text(v->table, v->paramcd, code);
    const char *unit = "";
    oa_values values = values_of(a, v, code, &unit);
    bool isotope = *drug->isotope != '\0';
    const char *label = isotope ? parameters[parameter].label_of_isotope : parameters[parameter].label;
    oa_slot slot = {oa_printf(a->arena, "EX.%s", paramcd),
                    exposure,
                    parameters[parameter].unit ? oa_printf(a->arena, "%s (%s)", label, unit) : label,
                    "Median (range)",
                    1,
                    oa_printf(a->arena, "ADEX.AVAL where PARAMCD is %s", paramcd)};
    oa_add_summary(a, &slot, &values, unit,
                   isotope ? parameters[parameter].decimals_of_isotope : parameters[parameter].decimals);
}

/* The parameters of a drug: their codes end with the drug's number. */
static void add_drug(oa_analysis *a, const adex_view *v, size_t drug) {
    const oa_p_drug *d = &a->adam->drugs[drug];
    oa_slot heading = {oa_printf(a->arena, "EX.HEADING%zu", drug + 1), exposure, d->label, "Median (range)", 0, ""};
    oa_add_text(a, &heading, "");
    for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++) {
        const char *wanted = oa_printf(a->arena, "%s%zu", parameters[i].code, drug + 1);
        for (int32_t code = 0; code < (int32_t)oa_code_count(v->table, v->paramcd); code++) {
            if (oa_streq(oa_code_text(v->table, v->paramcd, code), wanted)) {
                add_parameter(a, v, code, d, i);
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
        oa_add_summary(
            a, &(oa_slot){"CYCLES", exposure, "Completed treatment cycles", "Median (range)", 0, "ADSL.COMBCYC"},
            &values, "cycles", 0);
    }
}

/* Flags subjects with a positive value of any parameter with this code, whatever the drug. */
static oa_flags *positive(const oa_analysis *a, const adex_view *v, const char *code) {
    oa_flags *flags = oa_flags_new(a);
    size_t subject = 0;
    for (size_t row = 0; row < oa_table_rows(v->table); row++) {
        double value;
        if (is_code(oa_text(v->table, row, v->paramcd), code) && oa_number(v->table, row, v->aval, &value) &&
            value > 0 && oa_next_subject(a, v->table, row, &subject)) {
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
        if (oa_text_is(adae, row, emergent, "Y") && oa_text_is(adae, row, action, "DRUG WITHDRAWN") &&
            oa_next_subject(a, adae, row, &subject)) {
            flags[subject] = true;
        }
    }
    return flags;
}

void oa_analyse_exposure(oa_analysis *a) {
    const oa_table *adex = a->adam->dataset[OA_ADEX];
    adex_view v = {adex, oa_table_column(adex, "PARAMCD"), oa_table_column(adex, "AVAL"),
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
