/*
 * adtr.c - ADTR: the length of each target lesion at each time point (LDIAM), and their sum (SDIAM) against baseline and
 * against the smallest complete sum before (nadir).
 *
 * ANL01FL: the sum is complete.  ANL02FL: the best (lowest) complete sum after baseline up to and including the first
 * progression and before any new anticancer therapy: the bar of the waterfall plot.
 */
#include "tumour.h"

#define ADTR_COLUMNS(X)                                                                                                \
    X(STUDYID, OA_TEXT, "Study Identifier")                                                                            \
    X(USUBJID, OA_TEXT, "Unique Subject Identifier")                                                                   \
    X(ASEQ, OA_NUMBER, "Analysis Sequence Number")                                                                     \
    X(PARAMCD, OA_TEXT, "Parameter Code")                                                                              \
    X(PARAM, OA_TEXT, "Parameter")                                                                                     \
    X(TRLNKID, OA_TEXT, "Lesion Identifier")                                                                           \
    X(TULOC, OA_TEXT, "Location of the Lesion")                                                                        \
    X(AVAL, OA_NUMBER, "Analysis Value")                                                                               \
    X(AVALC, OA_TEXT, "Analysis Value (C)")                                                                            \
    X(AVALU, OA_TEXT, "Analysis Value Unit")                                                                           \
    X(ADT, OA_DATE, "Analysis Date")                                                                                   \
    X(ADTF, OA_TEXT, "Analysis Date Imputation Flag")                                                                  \
    X(ADY, OA_NUMBER, "Analysis Relative Day")                                                                         \
    X(AVISIT, OA_TEXT, "Analysis Visit")                                                                               \
    X(AVISITN, OA_NUMBER, "Analysis Visit (N)")                                                                        \
    X(ABLFL, OA_TEXT, "Baseline Record Flag")                                                                          \
    X(BASE, OA_NUMBER, "Baseline Value")                                                                               \
    X(CHG, OA_NUMBER, "Change from Baseline")                                                                          \
    X(PCHG, OA_NUMBER, "Percent Change from Baseline")                                                                 \
    X(NADIR, OA_NUMBER, "Nadir Before This Time Point")                                                                \
    X(CHGNAD, OA_NUMBER, "Change from Nadir")                                                                          \
    X(PCHGNAD, OA_NUMBER, "Percent Change from Nadir")                                                                 \
    X(ANL01FL, OA_TEXT, "Complete Sum Flag")                                                                           \
    X(ANL02FL, OA_TEXT, "Best Sum Flag")                                                                               \
    X(REASON, OA_TEXT, "Reason in Words")                                                                              \
    X(SRCDOM, OA_TEXT, "Source Data")                                                                                  \
    X(SRCVAR, OA_TEXT, "Source Variable")                                                                              \
    X(SRCSEQ, OA_NUMBER, "Source Sequence Number")

enum { ADTR_COLUMNS(OA_C) N_COLUMNS };
static const oa_column_def columns[] = {ADTR_COLUMNS(OA_DEF)};

typedef struct job {
    oa_context *context;
    oa_table *adtr;
    const oa_tumour *tumour;
    size_t subject;
    oa_subject_dates dates;
    double seq;
} job;

static size_t add_row(job *j, const oa_timepoint *point, int32_t day, const char *code, const char *label) {
    size_t row = oa_subject_row(j->context, j->adtr, j->subject);
    oa_set_number(j->adtr, row, C_ASEQ, ++j->seq);
    oa_set_text(j->adtr, row, C_PARAMCD, code);
    oa_set_text(j->adtr, row, C_PARAM, label);
    oa_set_day(j->adtr, row, C_ADT, day);
    oa_set_text(j->adtr, row, C_ADTF, point->imputed ? "D" : "");
    oa_set_number(j->adtr, row, C_ADY, oa_study_day(day, j->dates.reference));
    oa_set_text(j->adtr, row, C_AVISIT, point->visit);
    if (point->visitnum >= 0) {
        oa_set_number(j->adtr, row, C_AVISITN, point->visitnum);
    }
    return row;
}

static double mm(int64_t length) {
    return (double)length / OA_MM;
}

static void add_lesions(job *j, const oa_timepoint *point, bool baseline) {
    for (size_t i = 0; i < point->n_readings; i++) {
        const oa_reading *reading = &point->readings[i];
        const oa_lesion *lesion = &j->tumour->lesions[reading->lesion];
        if (lesion->kind != OA_TARGET) {
            continue;
        }
        size_t row = add_row(j, point, reading->day, "LDIAM", "Lesion Diameter (mm)");
        oa_set_text(j->adtr, row, C_TRLNKID, lesion->id);
        oa_set_text(j->adtr, row, C_TULOC, lesion->location);
        oa_set_text(j->adtr, row, C_ABLFL, baseline ? "Y" : "");
        oa_set_text(j->adtr, row, C_AVALU, "mm");
        if (reading->state == OA_LESION_MEASURED) {
            oa_set_number(j->adtr, row, C_AVAL, mm(reading->length));
        } else {
            oa_set_text(j->adtr, row, C_AVALC, "NE");
        }
        oa_set_source(j->adtr, row, C_SRCDOM, C_SRCVAR, C_SRCSEQ, reading->table, reading->row, "TRSTRESN");
    }
}

static void set_change(oa_table *adtr, size_t row, int change, int percent, int64_t value, int64_t from) {
    oa_set_number(adtr, row, change, mm(value - from));
    if (from > 0) {
        oa_set_number(adtr, row, percent, 100.0 * (double)(value - from) / (double)from);
    }
}

static void cite_targets(job *j, const oa_timepoint *point) {
    for (size_t i = 0; i < point->n_readings; i++) {
        if (j->tumour->lesions[point->readings[i].lesion].kind == OA_TARGET) {
            oa_cite(j->adtr, point->readings[i].table, point->readings[i].row);
        }
    }
}

/* An incomplete sum is given in words, so that nobody takes it for shrinkage. */
static size_t add_sum(job *j, const oa_timepoint *point, bool baseline) {
    const oa_targets *targets = &point->targets;
    bool complete = targets->n_evaluated == targets->n_expected;
    size_t row = add_row(j, point, point->last_scan, "SDIAM", "Sum of Target Lesion Diameters (mm)");
    oa_set_text(j->adtr, row, C_AVALU, "mm");
    oa_set_text(j->adtr, row, C_ABLFL, baseline ? "Y" : "");
    oa_set_text(j->adtr, row, C_ANL01FL, complete ? "Y" : "");
    oa_set_number(j->adtr, row, C_BASE, mm(j->tumour->baseline_sum));
    if (!complete) {
        oa_set_text(j->adtr, row, C_AVALC,
                    oa_printf(j->context->arena, "NE: %zu of %zu lesions evaluated, their sum %s mm",
                              targets->n_evaluated, targets->n_expected, oa_mm_text(j->context, targets->sum)));
    } else {
        oa_set_number(j->adtr, row, C_AVAL, mm(targets->sum));
        if (!baseline) {
            set_change(j->adtr, row, C_CHG, C_PCHG, targets->sum, j->tumour->baseline_sum);
            set_change(j->adtr, row, C_CHGNAD, C_PCHGNAD, targets->sum, point->nadir);
        }
    }
    if (!baseline) {
        oa_set_number(j->adtr, row, C_NADIR, mm(point->nadir));
    }
    oa_set_text(j->adtr, row, C_REASON, oa_sum_reason(j->context, j->tumour, point));
    cite_targets(j, point);
    return row;
}

static bool before_stop(const job *j, size_t index) {
    const oa_tumour *t = j->tumour;
    bool up_to_pd = t->first_pd < 0 || (int)index <= t->first_pd;
    bool before_therapy = !j->context->protocol->response.stop_at_new_therapy || !j->dates.new_therapy ||
                          t->points[index].last_scan < j->dates.new_therapy_day;
    return up_to_pd && before_therapy;
}

static void derive_subject(job *j) {
    const oa_tumour *t = j->tumour;
    bool found = false;
    size_t best_row = 0;
    int64_t best = 0;
    for (size_t i = (size_t)(t->baseline < 0 ? 0 : t->baseline); i < t->n_points && t->baseline >= 0; i++) {
        const oa_timepoint *point = &t->points[i];
        bool baseline = (int)i == t->baseline;
        add_lesions(j, point, baseline);
        if (point->targets.n_expected == 0) {
            continue;
        }
        size_t row = add_sum(j, point, baseline);
        bool complete = point->targets.n_evaluated == point->targets.n_expected;
        if (!baseline && complete && before_stop(j, i) && (!found || point->targets.sum < best)) {
            found = true;
            best = point->targets.sum;
            best_row = row;
        }
    }
    if (found) {
        oa_set_text(j->adtr, best_row, C_ANL02FL, "Y");
    }
}

void oa_derive_adtr(oa_context *context) {
    oa_table *adtr = oa_dataset_new(context, OA_ADTR, columns, OA_COUNT(columns));
    for (size_t subject = 0; subject < context->n_subjects; subject++) {
        const oa_tumour *tumour = oa_tumour_of(context, subject, oa_primary_reader(context));
        job j = {context, adtr, tumour, subject, oa_dates_of(context, subject), 0};
        derive_subject(&j);
    }
}
