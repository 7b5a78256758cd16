/*
 * adrsr.c - ADRSR: the responses of each reader, measured and reported side by side, where there is more than one reader.
 * ADRS keeps to the protocol's reader, so that its rows are unique.
 *
 * AVALC and ADT are those that response.source asks for, disease after CR read as the protocol says.  MEASC and REPC
 * are as measured and as reported.
 */
#include "course.h"
#include "discrepancy.h"

#define ADRSR_COLUMNS(X)                                                                                               \
    X(STUDYID, OA_TEXT, "Study Identifier")                                                                            \
    X(USUBJID, OA_TEXT, "Unique Subject Identifier")                                                                   \
    X(ASEQ, OA_NUMBER, "Analysis Sequence Number")                                                                     \
    X(PARAMCD, OA_TEXT, "Parameter Code")                                                                              \
    X(PARAM, OA_TEXT, "Parameter")                                                                                     \
    X(PARCAT1, OA_TEXT, "Parameter Category 1")                                                                        \
    X(PARCAT2, OA_TEXT, "Evaluator")                                                                                   \
    X(PARCAT3, OA_TEXT, "Criteria")                                                                                    \
    X(AVALC, OA_TEXT, "Analysis Value (C)")                                                                            \
    X(AVAL, OA_NUMBER, "Analysis Value")                                                                               \
    X(ADT, OA_DATE, "Analysis Date")                                                                                   \
    X(ADY, OA_NUMBER, "Analysis Relative Day")                                                                         \
    X(AVISIT, OA_TEXT, "Analysis Visit")                                                                               \
    X(AVISITN, OA_NUMBER, "Analysis Visit (N)")                                                                        \
    X(ANL01FL, OA_TEXT, "One Record per Day Flag")                                                                     \
    X(ANL02FL, OA_TEXT, "Up to First Progression Flag")                                                                \
    X(MEASC, OA_TEXT, "Measured Response")                                                                             \
    X(MEASDT, OA_DATE, "Date of the Measured Response")                                                                \
    X(REPC, OA_TEXT, "Reported Response")                                                                              \
    X(REPDT, OA_DATE, "Date of the Reported Response")                                                                 \
    X(RULE, OA_TEXT, "Rule That Decided")                                                                              \
    X(SRCDOM, OA_TEXT, "Source Data")                                                                                  \
    X(SRCVAR, OA_TEXT, "Source Variable")                                                                              \
    X(SRCSEQ, OA_NUMBER, "Source Sequence Number")

enum { ADRSR_COLUMNS(OA_C) N_COLUMNS };
static const oa_column_def columns[] = {ADRSR_COLUMNS(OA_DEF)};

/* One subject as one reader sees it. */
typedef struct job {
    oa_context *context;
    oa_table *table;
    const oa_reader *reader;
    size_t subject;
    oa_subject_dates dates;
    oa_best_options options;
    const oa_tumour *tumour;
    const oa_reported *reported;
    oa_course measured;
    oa_course as_reported;
    bool by_measurement; /* response.source */
    double *seq;         /* goes on from reader to reader */
} job;

static size_t add_row(job *j, const char *paramcd, const char *param) {
    size_t row = oa_subject_row(j->context, j->table, j->subject);
    oa_set_number(j->table, row, C_ASEQ, ++*j->seq);
    oa_set_text(j->table, row, C_PARAMCD, paramcd);
    oa_set_text(j->table, row, C_PARAM, param);
    oa_set_text(j->table, row, C_PARCAT1, "Tumor Response");
    oa_set_text(j->table, row, C_PARCAT2, oa_reader_name(j->context, j->reader));
    oa_set_text(j->table, row, C_PARCAT3, j->context->protocol->response.criteria);
    return row;
}

static void set_value(job *j, size_t row, oa_response response) {
    oa_set_text(j->table, row, C_AVALC, oa_response_name(response));
    if (oa_response_number(response) > 0) {
        oa_set_number(j->table, row, C_AVAL, oa_response_number(response));
    }
}

static void set_day(job *j, size_t row, int32_t day) {
    oa_set_day(j->table, row, C_ADT, day);
    oa_set_number(j->table, row, C_ADY, oa_study_day(day, j->dates.reference));
}

/* The item of the course that a pair is, by the source that the protocol names; NULL: none. */
static const oa_assessment *item_of(const job *j, const oa_pair *pair) {
    if (pair->param != OA_REPORTED_OVR) {
        return NULL;
    }
    if (j->by_measurement) {
        return pair->point ? oa_course_item(&j->measured, (size_t)(pair->point - j->tumour->points)) : NULL;
    }
    return pair->report ? oa_course_item(&j->as_reported, (size_t)(pair->report - j->reported->items)) : NULL;
}

static void add_pair(job *j, const oa_pair *pair) {
    size_t row = add_row(j, oa_response_paramcd(pair->param), oa_response_param_text(pair->param));
    const oa_assessment *item = item_of(j, pair);
    const oa_timepoint *point = pair->point;
    const oa_report *report = pair->report;
    oa_response response = j->by_measurement ? oa_pair_measured(pair) : oa_pair_reported(pair);
    set_value(j, row, item && oa_is_rewritten(item) ? item->response : response);
    oa_set_text(j->table, row, C_AVISIT, pair->visit);
    if (pair->visitnum >= 0) {
        oa_set_number(j->table, row, C_AVISITN, pair->visitnum);
    }
    if (response) {
        set_day(j, row, j->by_measurement || !report ? pair->day : report->day);
    }
    oa_set_text(j->table, row, C_ANL01FL, item && oa_is_one_of_day(item) ? "Y" : "");
    oa_set_text(j->table, row, C_ANL02FL, item && item->use == OA_ASSESSMENT_COUNTS ? "Y" : "");
    oa_set_text(j->table, row, C_RULE,
                item && oa_is_rewritten(item) ? oa_rewrite_rule(item)
                : j->by_measurement           ? oa_pair_decision(pair).rule
                                              : "RS-REPORTED");
    oa_set_text(j->table, row, C_MEASC, oa_response_name(oa_pair_measured(pair)));
    oa_set_text(j->table, row, C_REPC, oa_response_name(oa_pair_reported(pair)));
    if (point && oa_pair_measured(pair)) {
        oa_set_day(j->table, row, C_MEASDT, point->day);
    }
    if (report) {
        oa_set_day(j->table, row, C_REPDT, report->day);
        oa_set_source(j->table, row, C_SRCDOM, C_SRCVAR, C_SRCSEQ, oa_domain_table(j->context, OA_RS), report->row,
                      "RSSTRESC");
    }
    for (size_t i = 0; point && i < point->n_readings; i++) {
        oa_cite(j->table, point->readings[i].table, point->readings[i].row);
    }
}

static void set_best(job *j, size_t row, const oa_course *course, const oa_best *best, int value, int date) {
    oa_set_text(j->table, row, value, oa_response_name(best->decision.response));
    if (best->first >= 0) {
        oa_set_day(j->table, row, date, course->items[best->first].day);
    }
}

typedef oa_best choice(const oa_assessment *assessments, size_t count, const oa_best_options *options);

static void add_best(job *j, const char *paramcd, const char *param, choice *choose) {
    oa_best measured = choose(j->measured.items, j->measured.count, &j->options);
    oa_best reported = choose(j->as_reported.items, j->as_reported.count, &j->options);
    const oa_best *best = j->by_measurement ? &measured : &reported;
    const oa_course *course = j->by_measurement ? &j->measured : &j->as_reported;
    size_t row = add_row(j, paramcd, param);
    set_value(j, row, best->decision.response);
    if (best->first >= 0) {
        set_day(j, row, course->items[best->first].day);
    }
    oa_set_text(j->table, row, C_RULE, best->decision.rule);
    if (oa_table_rows(oa_domain_table(j->context, OA_TR)) > 0) {
        set_best(j, row, &j->measured, &measured, C_MEASC, C_MEASDT);
    }
    if (oa_table_rows(oa_domain_table(j->context, OA_RS)) > 0) {
        set_best(j, row, &j->as_reported, &reported, C_REPC, C_REPDT);
    }
}

static void add_reader(job *j) {
    oa_context *context = j->context;
    j->tumour = oa_tumour_of(context, j->subject, j->reader);
    j->reported = oa_reported_of(context, j->subject, j->reader);
    j->measured = oa_measured_course(context, j->tumour, &j->options);
    j->as_reported = oa_reported_course(context, j->reported, &j->options);
    oa_pairs pairs = oa_pairs_of(context, j->tumour, j->reported);
    for (size_t i = 0; i < pairs.count; i++) {
        add_pair(j, &pairs.items[i]);
    }
    add_best(j, "BOR", "Best Overall Response", oa_best_response);
    add_best(j, "CBOR", "Best Overall Response, Confirmed", oa_best_confirmed);
}

void oa_derive_adrsr(oa_context *context) {
    oa_table *table = oa_dataset_new(context, OA_ADRSR, columns, OA_COUNT(columns));
    for (size_t subject = 0; subject < context->n_subjects && context->n_readers > 1; subject++) {
        double seq = 0;
        job j = {.context = context,
                 .table = table,
                 .subject = subject,
                 .dates = oa_dates_of(context, subject),
                 .by_measurement = context->protocol->response.source == OA_P_MEASURED,
                 .seq = &seq};
        j.options = oa_best_options_of(context, &j.dates);
        for (size_t r = 0; r < context->n_readers && j.dates.has_reference; r++) {
            j.reader = &context->readers[r];
            add_reader(&j);
        }
    }
}
