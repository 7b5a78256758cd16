/*
 * adlb.c - ADLB: the markers of the protocol (thyroglobulin), each sample against the baseline that it may be compared
 * with, and the biochemical response of each subject.
 *
 * A sample is compared with the last sample on or before the reference day that was taken in the same TSH state, by the
 * same assay, both without thyroglobulin antibodies, as far as the protocol asks for that: withdrawal of hormone raises
 * Tg several-fold, so a stimulated baseline against a suppressed sample would be a response of nothing.  A value below
 * the limit of quantification counts as that limit (the least favourable it can be), never as 0.
 */
#include "derive.h"

#include "../base/number.h"
#include "../base/text.h"

#include <string.h>

#define ADLB_COLUMNS(X)                                                                                                \
    X(STUDYID, OA_TEXT, "Study Identifier")                                                                            \
    X(USUBJID, OA_TEXT, "Unique Subject Identifier")                                                                   \
    X(ASEQ, OA_NUMBER, "Analysis Sequence Number")                                                                     \
    X(PARAMCD, OA_TEXT, "Parameter Code")                                                                              \
    X(PARAM, OA_TEXT, "Parameter")                                                                                     \
    X(AVAL, OA_NUMBER, "Analysis Value")                                                                               \
    X(AVALC, OA_TEXT, "Analysis Value (C)")                                                                            \
    X(AVALU, OA_TEXT, "Analysis Value Unit")                                                                           \
    X(DTYPE, OA_TEXT, "Derivation Type")                                                                               \
    X(ADT, OA_DATE, "Analysis Date")                                                                                   \
    X(ADY, OA_NUMBER, "Analysis Relative Day")                                                                         \
    X(AVISIT, OA_TEXT, "Analysis Visit")                                                                               \
    X(AVISITN, OA_NUMBER, "Analysis Visit (N)")                                                                        \
    X(TSH, OA_NUMBER, "TSH at the Same Time (mIU/L)")                                                                  \
    X(TSHSTATE, OA_TEXT, "TSH State")                                                                                  \
    X(TGABSTAT, OA_TEXT, "Antibody Status")                                                                            \
    X(LBMETHOD, OA_TEXT, "Method of Test")                                                                             \
    X(ABLFL, OA_TEXT, "Baseline Record Flag")                                                                          \
    X(BASE, OA_NUMBER, "Baseline Value")                                                                               \
    X(CHG, OA_NUMBER, "Change from Baseline")                                                                          \
    X(PCHG, OA_NUMBER, "Percent Change from Baseline")                                                                 \
    X(CRIT1, OA_TEXT, "Analysis Criterion 1")                                                                          \
    X(CRIT1FL, OA_TEXT, "Criterion 1 Evaluation Result Flag")                                                          \
    X(ANL01FL, OA_TEXT, "Comparable with Baseline Flag")                                                               \
    X(ANL02FL, OA_TEXT, "Best Comparable Sample Flag")                                                                 \
    X(ANL03FL, OA_TEXT, "Sample Tested against Baseline Flag")                                                         \
    X(REASON, OA_TEXT, "Reason in Words")                                                                              \
    X(SRCDOM, OA_TEXT, "Source Data")                                                                                  \
    X(SRCVAR, OA_TEXT, "Source Variable")                                                                              \
    X(SRCSEQ, OA_NUMBER, "Source Sequence Number")

enum { ADLB_COLUMNS(OA_C) N_COLUMNS };
static const oa_column_def columns[] = {ADLB_COLUMNS(OA_DEF)};

enum {
    LB_TESTCD,
    LB_STRESN,
    LB_STRESC,
    LB_ORRES,
    LB_STRESU,
    LB_STNRHI,
    LB_METHOD,
    LB_DTC,
    LB_VISIT,
    LB_VISITNUM,
    LB_STAT,
    N_LB
};
static const char *const lb_names[N_LB] = {"LBTESTCD", "LBSTRESN", "LBSTRESC", "LBORRES",  "LBSTRESU", "LBSTNRHI",
                                           "LBMETHOD", "LBDTC",    "VISIT",    "VISITNUM", "LBSTAT"};

/* Marker values are compared as integers of 1e-4 of their unit: a decrease of exactly 25 % is one. */
enum { MARKER_SCALE = 10000, PERCENT_SCALE = 100 };

typedef enum tsh_state { TSH_UNKNOWN, TSH_SUPPRESSED, TSH_STIMULATED } tsh_state;
typedef enum antibody { ANTIBODY_UNKNOWN, ANTIBODY_NEGATIVE, ANTIBODY_POSITIVE } antibody;
static const char *const tsh_names[] = {"UNKNOWN", "NOT STIMULATED", "STIMULATED"};
static const char *const antibody_names[] = {"UNKNOWN", "NEGATIVE", "POSITIVE"};

typedef struct sample {
    size_t row; /* of LB */
    int32_t day;
    double value;
    int64_t scaled;
    bool below_limit; /* "<0.04": value is the limit */
    double tsh;
    tsh_state state;
    antibody antibody;
    int base;        /* index of the sample compared with; -1: none */
    const char *why; /* why it is not compared */
} sample;

typedef struct job {
    oa_context *context;
    oa_table *adlb;
    const oa_p_marker *marker;
    size_t subject;
    oa_subject_dates dates;
    int c[N_LB];
    sample *samples; /* in order of day */
    size_t n_samples;
    double seq;
} job;

/* ---- reading ----------------------------------------------------------------------------------------------------- */

/* "<0.04" as a limit. */
static bool limit_of(const char *text, double *limit) {
    return *text == '<' && oa_parse_number(text + 1 + (text[1] == ' '), strlen(text + 1 + (text[1] == ' ')), limit);
}

static bool read_value(const job *j, size_t row, sample *s) {
    const oa_table *lb = oa_domain_table(j->context, OA_LB);
    s->below_limit =
        limit_of(oa_text(lb, row, j->c[LB_STRESC]), &s->value) || limit_of(oa_text(lb, row, j->c[LB_ORRES]), &s->value);
    bool known = s->below_limit || oa_number(lb, row, j->c[LB_STRESN], &s->value);
    return known && s->value >= 0 && s->value < 1e9 && oa_scaled(s->value, MARKER_SCALE, &s->scaled);
}

/* The row of another test on the same day, else at the same visit; false where there is none. */
static bool companion(const job *j, const sample *s, const char *testcd, size_t *found) {
    const oa_table *lb = oa_domain_table(j->context, OA_LB);
    oa_span span = j->context->spans[OA_LB][j->subject];
    double visit;
    bool has_visit = oa_number(lb, s->row, j->c[LB_VISITNUM], &visit);
    bool at_visit = false;
    for (size_t row = span.first; row < span.first + span.count; row++) {
        double other;
        if (!oa_text_is(lb, row, j->c[LB_TESTCD], testcd)) {
            continue;
        }
        oa_date date = oa_date_at(lb, row, j->c[LB_DTC]);
        if (date.known >= OA_KNOWN_DAY && date.day == s->day) {
            *found = row;
            return true;
        }
        if (!at_visit && has_visit && oa_number(lb, row, j->c[LB_VISITNUM], &other) && other == visit) {
            *found = row;
            at_visit = true;
        }
    }
    return at_visit;
}

static void read_tsh(const job *j, sample *s) {
    oa_table *lb = j->context->sdtm->domain[OA_LB];
    size_t row;
    s->tsh = -1;
    if (companion(j, s, j->marker->tsh_testcd, &row)) {
        oa_row_mark(lb, row, OA_USE_ANALYSED);
        if (oa_number(lb, row, j->c[LB_STRESN], &s->tsh) || limit_of(oa_text(lb, row, j->c[LB_STRESC]), &s->tsh)) {
            s->state = s->tsh >= j->marker->tsh_stimulated ? TSH_STIMULATED : TSH_SUPPRESSED;
        }
    }
}

static void read_antibody(const job *j, sample *s) {
    oa_table *lb = j->context->sdtm->domain[OA_LB];
    size_t row;
    double value;
    double upper;
    if (!companion(j, s, j->marker->tgab_testcd, &row)) {
        return;
    }
    oa_row_mark(lb, row, OA_USE_ANALYSED);
    const char *text = oa_text(lb, row, j->c[LB_STRESC]);
    if (oa_streq_nocase(text, "NEGATIVE") || limit_of(text, &value)) {
        s->antibody = ANTIBODY_NEGATIVE;
    } else if (oa_streq_nocase(text, "POSITIVE")) {
        s->antibody = ANTIBODY_POSITIVE;
    } else if (oa_number(lb, row, j->c[LB_STRESN], &value) && oa_number(lb, row, j->c[LB_STNRHI], &upper)) {
        s->antibody = value <= upper ? ANTIBODY_NEGATIVE : ANTIBODY_POSITIVE;
    }
}

static void insert_by_day(job *j, sample s) {
    size_t at = j->n_samples++;
    while (at > 0 && j->samples[at - 1].day > s.day) {
        j->samples[at] = j->samples[at - 1];
        at--;
    }
    j->samples[at] = s;
}

static void read_row(job *j, oa_table *lb, size_t row) {
    oa_context *context = j->context;
    sample s = {.row = row, .base = -1};
    oa_date date = oa_date_at(lb, row, j->c[LB_DTC]);
    if (oa_text_is(lb, row, j->c[LB_STAT], "NOT DONE")) {
        oa_account(context, lb, row, OA_USE_NOT_DONE, NULL, NULL);
    } else if (date.known < OA_KNOWN_DAY) {
        oa_account(context, lb, row, OA_USE_NO_DATE, "LB-DATE",
                   "LBDTC is not known to the day; the sample is not used");
    } else if (date.day > context->cutoff) {
        oa_account(context, lb, row, OA_USE_CUTOFF, NULL, NULL);
    } else if (!read_value(j, row, &s)) {
        oa_account(context, lb, row, OA_USE_VALUE, "LB-VALUE",
                   "neither a number nor \"<limit\" can be read; the sample is not used");
    } else {
        s.day = date.day;
        oa_row_mark(lb, row, OA_USE_ANALYSED);
        read_tsh(j, &s);
        read_antibody(j, &s);
        insert_by_day(j, s);
    }
}

static void read_samples(job *j) {
    oa_table *lb = j->context->sdtm->domain[OA_LB];
    oa_span span = j->context->spans[OA_LB][j->subject];
    j->samples = OA_NEW_ARRAY(j->context->arena, sample, span.count);
    for (size_t row = span.first; row < span.first + span.count; row++) {
        if (!oa_text_is(lb, row, j->c[LB_TESTCD], j->marker->testcd)) {
            continue;
        }
        if (!j->dates.has_reference) {
            oa_row_mark(lb, row, OA_USE_UNTREATED);
        } else {
            read_row(j, lb, row);
        }
    }
}

/* ---- comparing --------------------------------------------------------------------------------------------------- */

/* NULL where two samples may be compared, else what forbids it. */
static const char *forbids(const job *j, const sample *base, const sample *s) {
    const oa_table *lb = oa_domain_table(j->context, OA_LB);
    const oa_p_marker *m = j->marker;
    if (base->below_limit || base->scaled == 0) {
        return "the baseline value is below the limit of quantification";
    }
    if (m->same_tsh_state && (base->state == TSH_UNKNOWN || s->state == TSH_UNKNOWN)) {
        return "TSH was not measured with both samples";
    }
    if (m->same_tsh_state && base->state != s->state) {
        return "no baseline in the same TSH state";
    }
    const char *unit = oa_text(lb, s->row, j->c[LB_STRESU]);
    if (!oa_streq_nocase(oa_text(lb, base->row, j->c[LB_STRESU]), unit)) {
        return "another unit than at baseline";
    }
    if (m->same_assay && !oa_streq(oa_text(lb, base->row, j->c[LB_METHOD]), oa_text(lb, s->row, j->c[LB_METHOD]))) {
        return "another assay than at baseline";
    }
    if (m->tgab_negative && (base->antibody != ANTIBODY_NEGATIVE || s->antibody != ANTIBODY_NEGATIVE)) {
        return "antibodies are positive or were not measured";
    }
    return NULL;
}

static bool is_baseline(const job *j, const sample *s) {
    return s->day <= j->dates.reference;
}

static void find_base(job *j, sample *s) {
    s->why = "no sample before treatment";
    if (s->day < j->dates.reference + j->marker->min_days) {
        s->why = "too early after treatment began";
        return;
    }
    if (j->context->protocol->response.stop_at_new_therapy && j->dates.new_therapy &&
        s->day >= j->dates.new_therapy_day) {
        s->why = "a new anticancer therapy had begun";
        return;
    }
    for (size_t i = j->n_samples; i > 0; i--) {
        const sample *base = &j->samples[i - 1];
        if (!is_baseline(j, base)) {
            continue;
        }
        const char *why = forbids(j, base, s);
        if (!why) {
            s->base = (int)i - 1;
            s->why = "";
            return;
        }
        /* of several baselines, one in the same state says most about what is wrong */
        if (base->state == s->state || oa_streq(s->why, "no sample before treatment")) {
            s->why = why;
        }
    }
}

static bool is_response(const job *j, const sample *s) {
    int64_t base = j->samples[s->base].scaled;
    int64_t percent;
    return oa_scaled(j->marker->decrease, PERCENT_SCALE, &percent) &&
           100 * PERCENT_SCALE * (base - s->scaled) >= percent * base;
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

static size_t add_row(job *j, const char *code, const char *label) {
    size_t row = oa_subject_row(j->context, j->adlb, j->subject);
    oa_set_number(j->adlb, row, C_ASEQ, ++j->seq);
    oa_set_text(j->adlb, row, C_PARAMCD, code);
    oa_set_text(j->adlb, row, C_PARAM, label);
    return row;
}

static const char *criterion(job *j) {
    char number[OA_NUMBER_SIZE];
    return oa_printf(j->context->arena, "%s decrease >= %s %%", j->marker->label,
                     oa_format_number(j->marker->decrease, number));
}

static double percent_change(const job *j, const sample *s) {
    int64_t base = j->samples[s->base].scaled;
    return 100.0 * (double)(s->scaled - base) / (double)base;
}

static void set_change(job *j, size_t row, const sample *s) {
    const sample *base = &j->samples[s->base];
    oa_set_number(j->adlb, row, C_BASE, base->value);
    oa_set_number(j->adlb, row, C_CHG, (double)(s->scaled - base->scaled) / MARKER_SCALE);
    oa_set_number(j->adlb, row, C_PCHG, percent_change(j, s));
    oa_set_text(j->adlb, row, C_CRIT1, criterion(j));
    oa_set_text(j->adlb, row, C_CRIT1FL, is_response(j, s) ? "Y" : "N");
    oa_set_text(j->adlb, row, C_ANL01FL, "Y");
}

static size_t add_sample(job *j, const sample *s) {
    const oa_table *lb = oa_domain_table(j->context, OA_LB);
    size_t row = add_row(j, j->marker->testcd, j->marker->label);
    double visitnum;
    oa_set_number(j->adlb, row, C_AVAL, s->value);
    oa_set_text(j->adlb, row, C_AVALC, oa_text(lb, s->row, j->c[LB_STRESC]));
    oa_set_text(j->adlb, row, C_AVALU, oa_text(lb, s->row, j->c[LB_STRESU]));
    oa_set_text(j->adlb, row, C_DTYPE, s->below_limit ? "LOQ" : "");
    oa_set_day(j->adlb, row, C_ADT, s->day);
    oa_set_number(j->adlb, row, C_ADY, oa_study_day(s->day, j->dates.reference));
    oa_set_text(j->adlb, row, C_AVISIT, oa_text(lb, s->row, j->c[LB_VISIT]));
    if (oa_number(lb, s->row, j->c[LB_VISITNUM], &visitnum)) {
        oa_set_number(j->adlb, row, C_AVISITN, visitnum);
    }
    if (s->tsh >= 0) {
        oa_set_number(j->adlb, row, C_TSH, s->tsh);
    }
    oa_set_text(j->adlb, row, C_TSHSTATE, tsh_names[s->state]);
    oa_set_text(j->adlb, row, C_TGABSTAT, antibody_names[s->antibody]);
    oa_set_text(j->adlb, row, C_LBMETHOD, oa_text(lb, s->row, j->c[LB_METHOD]));
    if (is_baseline(j, s)) {
        oa_set_text(j->adlb, row, C_ABLFL, "Y");
    } else if (s->base >= 0) {
        set_change(j, row, s);
    } else {
        oa_set_text(j->adlb, row, C_REASON, oa_printf(j->context->arena, "not compared: %s", s->why));
    }
    oa_set_source(j->adlb, row, C_SRCDOM, C_SRCVAR, C_SRCSEQ, lb, s->row, "LBSTRESN");
    if (s->base >= 0) {
        oa_cite(j->adlb, lb, j->samples[s->base].row);
    }
    return row;
}

const char *oa_marker_response(oa_arena *arena, const oa_p_marker *marker) {
    return oa_printf(arena, "%.4sRESP", marker->testcd);
}

/* One row a subject: Y, N, or NE where no sample could be compared. */
static void add_response(job *j, const sample *best) {
    char number[OA_NUMBER_SIZE];
    oa_arena *arena = j->context->arena;
    size_t row =
        add_row(j, oa_marker_response(arena, j->marker), oa_printf(arena, "Biochemical Response (%s)", criterion(j)));
    if (!best) {
        oa_set_text(j->adlb, row, C_AVALC, "NE");
        oa_set_text(j->adlb, row, C_REASON, "no sample after baseline can be compared with one before treatment");
        return;
    }
    const sample *base = &j->samples[best->base];
    oa_set_text(j->adlb, row, C_AVALC, is_response(j, best) ? "Y" : "N");
    oa_set_number(j->adlb, row, C_AVAL, is_response(j, best));
    oa_set_number(j->adlb, row, C_PCHG, percent_change(j, best));
    oa_set_day(j->adlb, row, C_ADT, best->day);
    oa_set_number(j->adlb, row, C_ADY, oa_study_day(best->day, j->dates.reference));
    const char *low = oa_strdup(arena, oa_format_number(best->value, number));
    oa_set_text(j->adlb, row, C_REASON,
                oa_printf(arena, "lowest comparable value %s%s on %s against %s on %s (%s, both)",
                          best->below_limit ? "<" : "", low, oa_day_text(j->context, best->day),
                          oa_format_number(base->value, number), oa_day_text(j->context, base->day),
                          tsh_names[base->state]));
    const oa_table *lb = oa_domain_table(j->context, OA_LB);
    oa_set_source(j->adlb, row, C_SRCDOM, C_SRCVAR, C_SRCSEQ, lb, best->row, "LBSTRESN");
    oa_cite(j->adlb, lb, base->row);
}

/* Of equal changes the earlier sample stays the best. */
static bool lower_change(const job *j, const sample *a, const sample *b) {
    return percent_change(j, a) < percent_change(j, b);
}

/* The sample that the change from baseline is tested at; the last of those that could be. */
static bool is_tested(const job *j, const sample *s) {
    const oa_table *lb = oa_domain_table(j->context, OA_LB);
    const char *at = j->marker->change_at;
    return s->base >= 0 && (oa_streq(at, "last") || oa_streq_nocase(oa_text(lb, s->row, j->c[LB_VISIT]), at));
}

static void derive_subject(job *j) {
    const sample *best = NULL;
    size_t best_row = 0;
    size_t tested_row = 0;
    bool tested = false;
    read_samples(j);
    for (size_t i = 0; i < j->n_samples; i++) {
        if (!is_baseline(j, &j->samples[i])) {
            find_base(j, &j->samples[i]);
        }
    }
    for (size_t i = 0; i < j->n_samples; i++) {
        const sample *s = &j->samples[i];
        size_t row = add_sample(j, s);
        if (s->base >= 0 && (!best || lower_change(j, s, best))) {
            best = s;
            best_row = row;
        }
        if (is_tested(j, s)) {
            tested = true;
            tested_row = row;
        }
    }
    if (best) {
        oa_set_text(j->adlb, best_row, C_ANL02FL, "Y");
    }
    if (tested) {
        oa_set_text(j->adlb, tested_row, C_ANL03FL, "Y");
    }
    if (j->dates.has_reference) {
        add_response(j, best);
    }
}

void oa_derive_adlb(oa_context *context) {
    oa_table *adlb = oa_dataset_new(context, OA_ADLB, columns, OA_COUNT(columns));
    const oa_table *lb = oa_domain_table(context, OA_LB);
    for (size_t subject = 0; subject < context->n_subjects; subject++) {
        job j = {.context = context, .adlb = adlb, .subject = subject, .dates = oa_dates_of(context, subject)};
        oa_find_columns(lb, lb_names, N_LB, j.c);
        for (size_t m = 0; m < context->protocol->n_markers; m++) {
            j.marker = &context->protocol->markers[m];
            j.n_samples = 0;
            derive_subject(&j);
        }
    }
}
