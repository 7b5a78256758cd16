/*
 * discrepancy.c - DISCREPANCIES: each time point and reader whose measured and reported response differ, and the rule
 * or the missing value that makes the difference; see discrepancy.h.
 */
#include "discrepancy.h"

#include "../base/text.h"

/* ---- pairs ------------------------------------------------------------------------------------------------------- */

oa_decision oa_pair_decision(const oa_pair *pair) {
    static const oa_decision none = {OA_RESP_NONE, "", "no lesions were recorded for this visit"};
    if (!pair->point) {
        return none;
    }
    return pair->param == OA_REPORTED_TRGRESP    ? pair->point->target
           : pair->param == OA_REPORTED_NTRGRESP ? pair->point->nontarget
                                                 : pair->point->overall;
}

oa_response oa_pair_measured(const oa_pair *pair) {
    return oa_pair_decision(pair).response;
}

oa_response oa_pair_reported(const oa_pair *pair) {
    return pair->report ? pair->report->response : OA_RESP_NONE;
}

oa_pairs oa_pairs_of(oa_context *context, const oa_tumour *tumour, const oa_reported *reported) {
    size_t most = tumour->n_points * OA_N_REPORTED + reported->count;
    oa_pairs pairs = {.items = OA_NEW_ARRAY(context->arena, oa_pair, most)};
    bool *paired = OA_NEW_ARRAY(context->arena, bool, reported->count);
    for (size_t i = tumour->on_study; i < tumour->n_points; i++) {
        const oa_timepoint *point = &tumour->points[i];
        for (int param = 0; param < OA_N_REPORTED; param++) {
            oa_pair pair = {.param = (oa_response_param)param,
                            .point = point,
                            .visit = point->visit,
                            .visitnum = point->visitnum,
                            .day = point->day};
            pair.report = oa_report_at(reported, pair.point, pair.param);
            if (pair.report) {
                paired[pair.report - reported->items] = true;
            }
            if (oa_pair_measured(&pair) || pair.report) {
                pairs.items[pairs.count++] = pair;
            }
        }
    }
    for (size_t i = 0; i < reported->count; i++) {
        const oa_report *report = &reported->items[i];
        if (!paired[i]) {
            pairs.items[pairs.count++] = (oa_pair){.param = report->param,
                                                   .report = report,
                                                   .visit = report->visit,
                                                   .visitnum = report->visitnum,
                                                   .day = report->day};
        }
    }
    return pairs;
}

/* ---- why they differ --------------------------------------------------------------------------------------------- */

/* Another reading of the same sum that would give the reported response; "" where none does. */
static const char *reading_as_reported(const oa_tumour *t, const oa_timepoint *point, oa_response reported) {
    oa_targets complete = point->targets;
    complete.n_evaluated = complete.n_expected;
    complete.all_normal = complete.all_normal || complete.sum == 0;
    const struct {
        const oa_targets *now;
        int64_t nadir;
        bool responded;
        const char *words;
    } readings[] = {
        {&point->targets, point->nadir, false, " (as if a PR did not persist)"},
        {&point->targets, t->baseline_sum, false, " (as against the baseline alone)"},
        {&complete, point->nadir, false, " (as if the lesions that were not evaluated did not count)"},
        {&complete, point->nadir, true,
         " (as if a PR persisted, and the lesions that were not evaluated did not count)"},
        {&complete, t->baseline_sum, false,
         " (as against the baseline alone, and if the lesions that were not evaluated did not count)"},
    };
    for (size_t i = 0; i < OA_COUNT(readings); i++) {
        oa_target_history history = {
            .baseline = t->baseline_sum, .nadir = readings[i].nadir, .responded = readings[i].responded};
        if (oa_target_response(readings[i].now, &history).response == reported) {
            return readings[i].words;
        }
    }
    return "";
}

static const char *or_none(oa_response response) {
    return response == OA_RESP_NONE ? "none" : oa_response_name(response);
}

static const char *why_measured(oa_context *context, const oa_tumour *t, const oa_pair *pair) {
    if (!pair->point || !oa_pair_measured(pair)) {
        return oa_pair_decision(pair).why;
    }
    switch (pair->param) {
    case OA_REPORTED_TRGRESP:
        return oa_target_reason(context, t, pair->point);
    case OA_REPORTED_NTRGRESP:
        return t->baseline < 0 ? pair->point->nontarget.why : oa_nontarget_reason(context, t, pair->point);
    case OA_REPORTED_OVR:
    case OA_N_REPORTED:
        break;
    }
    return oa_overall_reason(context, t, pair->point);
}

const char *oa_why_different(oa_context *context, const oa_tumour *tumour, const oa_pair *pair) {
    const oa_timepoint *point = pair->point;
    bool of_sum =
        point && pair->report && tumour->baseline >= 0 && pair->param == OA_REPORTED_TRGRESP && point->target.response;
    return oa_printf(context->arena, "%s: measured %s, reported %s%s", why_measured(context, tumour, pair),
                     or_none(oa_pair_measured(pair)), or_none(oa_pair_reported(pair)),
                     of_sum ? reading_as_reported(tumour, point, pair->report->response) : "");
}

/* ---- the dataset ------------------------------------------------------------------------------------------------- */

#define DISCREPANCY_COLUMNS(X)                                                                                         \
    X(STUDYID, OA_TEXT, "Study Identifier")                                                                            \
    X(USUBJID, OA_TEXT, "Unique Subject Identifier")                                                                   \
    X(PARCAT2, OA_TEXT, "Evaluator")                                                                                   \
    X(PARAMCD, OA_TEXT, "Parameter Code")                                                                              \
    X(AVISIT, OA_TEXT, "Analysis Visit")                                                                               \
    X(AVISITN, OA_NUMBER, "Analysis Visit (N)")                                                                        \
    X(ADT, OA_DATE, "Analysis Date")                                                                                   \
    X(MEASC, OA_TEXT, "Measured Response")                                                                             \
    X(REPC, OA_TEXT, "Reported Response")                                                                              \
    X(RULE, OA_TEXT, "Rule That Decided the Measured Response")                                                        \
    X(REASON, OA_TEXT, "What Makes the Difference")                                                                    \
    X(SRCDOM, OA_TEXT, "Source Data")                                                                                  \
    X(SRCVAR, OA_TEXT, "Source Variable")                                                                              \
    X(SRCSEQ, OA_NUMBER, "Source Sequence Number")

enum { DISCREPANCY_COLUMNS(OA_C) N_COLUMNS };
static const oa_column_def columns[] = {DISCREPANCY_COLUMNS(OA_DEF)};

/* The reader in hand, and which kinds of response they reported at all: of the others none is missed. */
typedef struct job {
    oa_context *context;
    oa_table *table;
    const oa_reader *reader;
    bool reports[OA_N_REPORTED];
} job;

static void find_kinds(job *j) {
    for (size_t subject = 0; subject < j->context->n_subjects; subject++) {
        const oa_reported *reported = oa_reported_of(j->context, subject, j->reader);
        for (size_t i = 0; i < reported->count; i++) {
            j->reports[reported->items[i].param] = true;
        }
    }
}

static void add_difference(job *j, size_t subject, const oa_tumour *tumour, const oa_pair *pair) {
    size_t row = oa_subject_row(j->context, j->table, subject);
    const oa_report *report = pair->report;
    oa_set_text(j->table, row, C_PARCAT2, oa_reader_name(j->context, j->reader));
    oa_set_text(j->table, row, C_PARAMCD, oa_response_paramcd(pair->param));
    oa_set_text(j->table, row, C_AVISIT, pair->visit);
    if (pair->visitnum >= 0) {
        oa_set_number(j->table, row, C_AVISITN, pair->visitnum);
    }
    oa_set_day(j->table, row, C_ADT, pair->day);
    oa_set_text(j->table, row, C_MEASC, oa_response_name(oa_pair_measured(pair)));
    oa_set_text(j->table, row, C_REPC, oa_response_name(oa_pair_reported(pair)));
    oa_set_text(j->table, row, C_RULE, oa_pair_decision(pair).rule);
    oa_set_text(j->table, row, C_REASON, oa_why_different(j->context, tumour, pair));
    if (report) {
        oa_set_source(j->table, row, C_SRCDOM, C_SRCVAR, C_SRCSEQ, oa_domain_table(j->context, OA_RS), report->row,
                      "RSSTRESC");
    }
}

/* One finding a subject, of the overall responses of the primary reader: the dataset lists them all. */
static void report_differences(job *j, const oa_pairs *pairs) {
    size_t both = 0;
    size_t differ = 0;
    const oa_pair *first = NULL;
    for (size_t i = 0; i < pairs->count; i++) {
        const oa_pair *pair = &pairs->items[i];
        if (pair->param == OA_REPORTED_OVR && pair->point && pair->report) {
            both++;
            if (oa_pair_measured(pair) != oa_pair_reported(pair)) {
                differ++;
                first = first ? first : pair;
            }
        }
    }
    if (differ > 0) {
        oa_place where = oa_sdtm_place(oa_domain_table(j->context, OA_RS), first->report->row);
        oa_diag_add(j->context->diag, OA_NOTE, OA_RECORD, &where, "RECIST-DIFFERS",
                    "%zu of %zu recorded overall responses differ from what the measurements give, first at %s (%s "
                    "was recorded, %s measured); the measurements count, discrepancies.csv lists them",
                    differ, both,
                    *first->point->visit ? first->point->visit : oa_day_text(j->context, first->point->day),
                    oa_response_name(oa_pair_reported(first)), oa_response_name(oa_pair_measured(first)));
    }
}

static void compare_subject(job *j, size_t subject) {
    const oa_tumour *tumour = oa_tumour_of(j->context, subject, j->reader);
    oa_pairs pairs = oa_pairs_of(j->context, tumour, oa_reported_of(j->context, subject, j->reader));
    for (size_t i = 0; i < pairs.count; i++) {
        const oa_pair *pair = &pairs.items[i];
        if (j->reports[pair->param] && oa_pair_measured(pair) != oa_pair_reported(pair)) {
            add_difference(j, subject, tumour, pair);
        }
    }
    if (j->reader->primary && j->context->protocol->response.source == OA_P_MEASURED) {
        report_differences(j, &pairs);
    }
}

void oa_derive_discrepancies(oa_context *context) {
    oa_table *table = oa_dataset_new(context, OA_DISCREPANCIES, columns, OA_COUNT(columns));
    job *jobs = OA_NEW_ARRAY(context->arena, job, context->n_readers);
    if (oa_table_rows(oa_domain_table(context, OA_TR)) == 0 || oa_table_rows(oa_domain_table(context, OA_RS)) == 0) {
        return;
    }
    for (size_t r = 0; r < context->n_readers; r++) {
        jobs[r] = (job){.context = context, .table = table, .reader = &context->readers[r]};
        find_kinds(&jobs[r]);
    }
    for (size_t subject = 0; subject < context->n_subjects; subject++) {
        for (size_t r = 0; r < context->n_readers && oa_dates_of(context, subject).has_reference; r++) {
            compare_subject(&jobs[r], subject);
        }
    }
}
