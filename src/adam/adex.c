/*
 * adex.c - ADEX: for each subject and drug, what was given against what was planned.
 *
 * A drug dosed by days (schedule on/off) has duration, dosing days, total dose, dose intensity (total over duration)
 * and relative dose intensity (total over the first dose level on each planned dosing day up to the last dose).  A drug
 * given once per cycle has administrations and cumulative amount (for an isotope, activity).
 */
#include "derive.h"

#include "../base/text.h"
#include "exposure.h"

#define ADEX_COLUMNS(X)                                                                                                \
    X(STUDYID, OA_TEXT, "Study Identifier")                                                                            \
    X(USUBJID, OA_TEXT, "Unique Subject Identifier")                                                                   \
    X(ASEQ, OA_NUMBER, "Analysis Sequence Number")                                                                     \
    X(DRUG, OA_TEXT, "Drug of the Protocol")                                                                           \
    X(EXTRT, OA_TEXT, "Name of Treatment")                                                                             \
    X(PARAMCD, OA_TEXT, "Parameter Code")                                                                              \
    X(PARAM, OA_TEXT, "Parameter")                                                                                     \
    X(AVAL, OA_NUMBER, "Analysis Value")                                                                               \
    X(AVALC, OA_TEXT, "Analysis Value (C)")                                                                            \
    X(AVALU, OA_TEXT, "Analysis Value Unit")                                                                           \
    X(ASTDT, OA_DATE, "Analysis Start Date")                                                                           \
    X(AENDT, OA_DATE, "Analysis End Date")

enum { ADEX_COLUMNS(OA_C) N_COLUMNS };
static const oa_column_def columns[] = {ADEX_COLUMNS(OA_DEF)};

typedef struct parameter {
    const char *code;  /* the drug's number is put behind it, so that codes and parameters stay one to one */
    const char *label; /* the drug's name is put behind it */
    double value;
    const char *unit;
} parameter;

typedef struct job {
    oa_context *context;
    oa_table *adex;
    size_t subject;
    double seq;
} job;

static size_t add_row(job *j, size_t drug_index, const oa_exposure *e, const char *code, const char *label) {
    oa_arena *arena = j->context->arena;
    const oa_p_drug *drug = &j->context->drugs[drug_index];
    size_t row = oa_subject_row(j->context, j->adex, j->subject);
    oa_set_number(j->adex, row, C_ASEQ, ++j->seq);
    oa_set_text(j->adex, row, C_DRUG, drug->id);
    oa_set_text(j->adex, row, C_EXTRT, drug->trt);
    oa_set_text(j->adex, row, C_PARAMCD, oa_printf(arena, "%s%zu", code, drug_index + 1));
    oa_set_text(j->adex, row, C_PARAM, oa_printf(arena, "%s - %s", label, drug->label));
    oa_set_day(j->adex, row, C_ASTDT, e->first);
    oa_set_day(j->adex, row, C_AENDT, e->last);
    return row;
}

static void add_number(job *j, size_t drug_index, const oa_exposure *e, parameter p) {
    size_t row = add_row(j, drug_index, e, p.code, p.label);
    oa_set_number(j->adex, row, C_AVAL, p.value);
    oa_set_text(j->adex, row, C_AVALU, p.unit);
}

static void add_flag(job *j, size_t drug_index, const oa_exposure *e, const char *code, const char *label, bool yes) {
    size_t row = add_row(j, drug_index, e, code, label);
    oa_set_text(j->adex, row, C_AVALC, yes ? "Y" : "N");
    oa_set_number(j->adex, row, C_AVAL, yes);
    if (yes) {
        oa_cite(j->adex, oa_domain_table(j->context, OA_EX), e->reduced_row);
    }
}

static void add_by_days(job *j, size_t drug_index, const oa_exposure *e) {
    const oa_p_drug *drug = &j->context->drugs[drug_index];
    double duration = (double)(e->last - e->first + 1);
    double level = drug->levels.count ? drug->levels.items[0] : 0;
    double planned = level * (double)oa_planned_days(drug, e->first, e->last);
    add_number(j, drug_index, e, (parameter){"DURD", "Duration of Treatment", duration, "DAYS"});
    add_number(j, drug_index, e, (parameter){"DOSD", "Days With a Dose", (double)e->dosing_days, "DAYS"});
    add_number(j, drug_index, e, (parameter){"TDOSE", "Total Dose", e->total, drug->unit});
    add_number(j, drug_index, e,
               (parameter){"DI", "Dose Intensity", e->total / duration * 7,
                           oa_printf(j->context->arena, "%s/week", drug->unit)});
    if (planned > 0) {
        add_number(j, drug_index, e, (parameter){"RDI", "Relative Dose Intensity", 100 * e->total / planned, "%"});
    }
    add_number(j, drug_index, e, (parameter){"HOLDD", "Days Withheld", (double)e->hold_days, "DAYS"});
    add_flag(j, drug_index, e, "REDAE", "Dose Reduced for an Adverse Event", e->reduced_by_ae);
}

static void add_by_cycle(job *j, size_t drug_index, const oa_exposure *e) {
    const oa_p_drug *drug = &j->context->drugs[drug_index];
    const char *label = *drug->isotope ? "Cumulative Activity" : "Cumulative Dose";
    add_number(j, drug_index, e, (parameter){"NADM", "Administrations", (double)e->administrations, "DOSES"});
    add_number(j, drug_index, e, (parameter){"TDOSE", label, e->total, drug->unit});
}

static void account_dose(oa_context *context, oa_table *ex, size_t row, const oa_p_drug *drug) {
    double dose;
    bool converted;
    if (!oa_ex_dose(ex, row, drug, &dose, &converted)) {
        oa_account(context, ex, row, OA_USE_VALUE, "EX-DOSE", "EXDOSE is missing; the record does not count as a dose");
    } else if (!converted) {
        oa_account(context, ex, row, OA_USE_ANALYSED, "EX-UNIT",
                   oa_printf(context->arena,
                             "EXDOSU %s cannot be converted to %s, the unit of %s; EXDOSE counts as it stands",
                             oa_text(ex, row, oa_table_column(ex, "EXDOSU")), drug->unit, drug->label));
    }
}

/* Marks the EX rows of a subject as analysed, or says why they were not. */
static void account_rows(oa_context *context, size_t subject) {
    oa_table *ex = context->sdtm->domain[OA_EX];
    int trt = oa_table_column(ex, "EXTRT");
    int end = oa_table_column(ex, "EXENDTC");
    int frequency = oa_table_column(ex, "EXDOSFRQ");
    oa_span span = context->spans[OA_EX][subject];
    for (size_t row = span.first; row < span.first + span.count; row++) {
        const oa_p_drug *drug = NULL;
        for (size_t i = 0; i < context->n_drugs && !drug; i++) {
            drug = oa_text_is(ex, row, trt, context->drugs[i].trt) ? &context->drugs[i] : NULL;
        }
        int32_t first = 0;
        int32_t last;
        bool dated = oa_ex_interval(context, subject, row, &first, &last);
        if (!drug) {
            oa_account(context, ex, row, OA_USE_VALUE, "EX-DRUG",
                       "EXTRT is not a drug of the protocol; not counted as exposure");
        } else if (!dated && first > context->cutoff) {
            oa_account(context, ex, row, OA_USE_CUTOFF, NULL, NULL);
        } else if (!dated) {
            oa_account(context, ex, row, OA_USE_NO_DATE, "EX-DATE",
                       "EXSTDTC is not known to the month; not counted as exposure");
        } else {
            bool no_end =
                oa_is_missing(ex, row, end) && drug->per_cycle == 0 && !oa_text_is(ex, row, frequency, "ONCE");
            oa_account(context, ex, row, OA_USE_ANALYSED, "EX-END",
                       no_end ? "EXENDTC is missing; the record is taken to end with RFXENDTC, else on its first day"
                              : NULL);
            account_dose(context, ex, row, drug);
        }
    }
}

void oa_derive_adex(oa_context *context) {
    oa_table *adex = oa_dataset_new(context, OA_ADEX, columns, OA_COUNT(columns));
    for (size_t subject = 0; subject < context->n_subjects; subject++) {
        job j = {context, adex, subject, 0};
        account_rows(context, subject);
        for (size_t i = 0; i < context->n_drugs; i++) {
            oa_exposure e = oa_exposure_of(context, subject, &context->drugs[i]);
            if (e.n_records == 0) {
                continue;
            }
            if (context->drugs[i].per_cycle > 0) {
                add_by_cycle(&j, i, &e);
            } else {
                add_by_days(&j, i, &e);
            }
        }
    }
}
