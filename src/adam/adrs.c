/*
 * adrs.c - ADRS: the response at each time point (TRGRESP, NTRGRESP, OVR), and what it comes to: best overall response
 * unconfirmed (BOR) and confirmed (CBOR), response (RSP, CRSP) and clinical benefit, that is disease control (CB).
 *
 * response.source says whether OVR is derived from the lesions (measured) or taken from RS (reported).  ANL01FL: the one
 * record of its day, ANL02FL: up to and including the first PD and before any new anticancer therapy, that is, what
 * the best response is chosen from.
 */
#include "tumour.h"

#include "../base/text.h"
#include "reported.h"

#include <string.h>

#define ADRS_COLUMNS(X)                                                                                                \
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
    X(ADTF, OA_TEXT, "Analysis Date Imputation Flag")                                                                  \
    X(ADY, OA_NUMBER, "Analysis Relative Day")                                                                         \
    X(AVISIT, OA_TEXT, "Analysis Visit")                                                                               \
    X(AVISITN, OA_NUMBER, "Analysis Visit (N)")                                                                        \
    X(ANL01FL, OA_TEXT, "One Record per Day Flag")                                                                     \
    X(ANL02FL, OA_TEXT, "Up to First Progression Flag")                                                                \
    X(RULE, OA_TEXT, "Rule That Decided")                                                                              \
    X(REASON, OA_TEXT, "Reason in Words")                                                                              \
    X(SRCDOM, OA_TEXT, "Source Data")                                                                                  \
    X(SRCVAR, OA_TEXT, "Source Variable")                                                                              \
    X(SRCSEQ, OA_NUMBER, "Source Sequence Number")

enum { ADRS_COLUMNS(OA_C) N_COLUMNS };
static const oa_column_def columns[] = {ADRS_COLUMNS(OA_DEF)};

/* AVAL of a response, as in admiralonco's aval_resp(). */
static const double response_number[OA_N_RESPONSES] = {
    [OA_RESP_CR] = 1, [OA_RESP_PR] = 2, [OA_RESP_SD] = 3,     [OA_RESP_NON_CR_NON_PD] = 4,
    [OA_RESP_PD] = 5, [OA_RESP_NE] = 6, [OA_RESP_MISSING] = 7};

/* What the best response is chosen from: an OVR row each. */
typedef struct course {
    oa_assessment *assessments;
    size_t *rows; /* of ADRS */
    size_t count;
    bool ended; /* by a PD or a new therapy: later ones are written down but do not count */
    bool any;   /* the last OVR row that is the one of its day, whether it counts or not */
    size_t last_row;
    int32_t last_day;
    oa_response last_response;
} course;

typedef struct job {
    oa_context *context;
    oa_table *adrs;
    size_t subject;
    oa_subject_dates dates;
    double seq;
    course course;
} job;

/* ---- writing a row ----------------------------------------------------------------------------------------------- */

static size_t add_row(job *j, const char *code, const char *label) {
    const oa_p_response *response = &j->context->protocol->response;
    size_t row = oa_subject_row(j->context, j->adrs, j->subject);
    oa_set_number(j->adrs, row, C_ASEQ, ++j->seq);
    oa_set_text(j->adrs, row, C_PARAMCD, code);
    oa_set_text(j->adrs, row, C_PARAM, label);
    oa_set_text(j->adrs, row, C_PARCAT1, "Tumor Response");
    oa_set_text(j->adrs, row, C_PARCAT2, response->evaluator);
    oa_set_text(j->adrs, row, C_PARCAT3, response->criteria);
    return row;
}

static void set_response(oa_table *adrs, size_t row, oa_response response) {
    oa_set_text(adrs, row, C_AVALC, oa_response_name(response));
    if (response_number[response] > 0) {
        oa_set_number(adrs, row, C_AVAL, response_number[response]);
    }
}

static void set_flag(oa_table *adrs, size_t row, bool yes) {
    oa_set_text(adrs, row, C_AVALC, yes ? "Y" : "N");
    oa_set_number(adrs, row, C_AVAL, yes);
}

static void set_day(job *j, size_t row, int32_t day) {
    oa_set_day(j->adrs, row, C_ADT, day);
    oa_set_number(j->adrs, row, C_ADY, oa_study_day(day, j->dates.reference));
}

/* ---- time points ------------------------------------------------------------------------------------------------- */

static size_t add_timepoint_row(job *j, const oa_timepoint *point, const char *code, const char *label,
                                oa_decision decision, const char *reason) {
    size_t row = add_row(j, code, label);
    set_response(j->adrs, row, decision.response);
    set_day(j, row, point->day);
    oa_set_text(j->adrs, row, C_ADTF, point->imputed ? "D" : "");
    oa_set_text(j->adrs, row, C_AVISIT, point->visit);
    if (point->visitnum >= 0) {
        oa_set_number(j->adrs, row, C_AVISITN, point->visitnum);
    }
    oa_set_text(j->adrs, row, C_RULE, decision.rule);
    oa_set_text(j->adrs, row, C_REASON, reason);
    return row;
}

/* Cites the readings of a kind; the first of them is named as the source. */
static void cite(job *j, size_t row, const oa_tumour *tumour, const oa_timepoint *point, unsigned kinds) {
    bool first = true;
    for (size_t i = 0; i < point->n_readings; i++) {
        const oa_reading *r = &point->readings[i];
        if (!(kinds >> tumour->lesions[r->lesion].kind & 1U)) {
            continue;
        }
        if (first) {
            oa_set_source(j->adrs, row, C_SRCDOM, C_SRCVAR, C_SRCSEQ, r->table, r->row, "TRSTRESC");
            first = false;
        } else {
            oa_cite(j->adrs, r->table, r->row);
        }
    }
}

enum { TARGETS = 1U << OA_TARGET, NON_TARGETS = 1U << OA_NON_TARGET, NEW_LESIONS = 1U << OA_NEW_LESION };

/* Whether an OVR row is the one of its day.  Of two on one day the worse one counts; one that could be evaluated is worth
 * more than one that could not. */
static bool is_one_of_day(job *j, size_t row, int32_t day, oa_response response) {
    course *c = &j->course;
    if (c->any && c->last_day == day) {
        bool replaces = response != OA_RESP_NE && (c->last_response == OA_RESP_NE || response > c->last_response);
        if (!replaces) {
            return false;
        }
        oa_set_text(j->adrs, c->last_row, C_ANL01FL, "");
        oa_set_text(j->adrs, c->last_row, C_ANL02FL, "");
        if (c->count > 0 && c->rows[c->count - 1] == c->last_row) {
            c->count--;
        }
    }
    oa_set_text(j->adrs, row, C_ANL01FL, "Y");
    c->any = true;
    c->last_row = row;
    c->last_day = day;
    c->last_response = response;
    return true;
}

static bool had_cr_before(const course *c, int32_t day) {
    for (size_t i = 0; i < c->count; i++) {
        if (c->assessments[i].response == OA_RESP_CR && c->assessments[i].day < day) {
            return true;
        }
    }
    return false;
}

/* Disease after a CR has come back: by RECIST table 3, footnote a, this is progression, for PFS as for the best response. */
static oa_response after_cr(job *j, size_t row, int32_t day, oa_response response) {
    bool disease = response == OA_RESP_PR || response == OA_RESP_SD || response == OA_RESP_NON_CR_NON_PD;
    if (!disease || j->course.ended || !had_cr_before(&j->course, day) ||
        j->context->protocol->response.cr_then_pr != OA_P_STRICT) {
        return response;
    }
    set_response(j->adrs, row, OA_RESP_PD);
    oa_set_text(j->adrs, row, C_REASON,
                oa_printf(j->context->arena,
                          "%s after a complete response: disease has come back (RECIST table 3, footnote a); %s",
                          oa_response_name(response), oa_text(j->adrs, row, C_REASON)));
    oa_set_text(j->adrs, row, C_RULE, "RECIST-T3-PD-AFTER-CR");
    return OA_RESP_PD;
}

/* Adds an OVR row to what the best response is chosen from. */
static void take_into_course(job *j, size_t row, int32_t day, oa_response response) {
    course *c = &j->course;
    bool stopped =
        j->context->protocol->response.stop_at_new_therapy && j->dates.new_therapy && day >= j->dates.new_therapy_day;
    if (!is_one_of_day(j, row, day, response)) {
        return;
    }
    c->ended = c->ended || stopped;
    if (c->ended) {
        return;
    }
    oa_set_text(j->adrs, row, C_ANL02FL, "Y");
    c->assessments[c->count] = (oa_assessment){day, response};
    c->rows[c->count++] = row;
    c->ended = response == OA_RESP_PD;
}

/* After a CR, a visit that shows no disease but was not complete: PR by RECIST table 1, yet nothing has come back. */
static bool is_incomplete_cr(const oa_timepoint *point) {
    return point->overall.response == OA_RESP_PR && point->target.response == OA_RESP_CR &&
           point->nontarget.response == OA_RESP_NE;
}

static void add_measured(job *j, const oa_tumour *tumour) {
    size_t first = tumour->baseline < 0 ? 0 : (size_t)tumour->baseline + 1;
    for (size_t i = first; i < tumour->n_points; i++) {
        const oa_timepoint *point = &tumour->points[i];
        if (point->target.response) {
            size_t row = add_timepoint_row(j, point, "TRGRESP", "Target Response", point->target,
                                           oa_target_reason(j->context, tumour, point));
            cite(j, row, tumour, point, TARGETS);
        }
        if (point->nontarget.response) {
            size_t row = add_timepoint_row(j, point, "NTRGRESP", "Non-target Response", point->nontarget,
                                           oa_nontarget_reason(j->context, tumour, point));
            cite(j, row, tumour, point, NON_TARGETS);
        }
        size_t row = add_timepoint_row(j, point, "OVR", "Overall Response by Time Point", point->overall,
                                       oa_overall_reason(j->context, tumour, point));
        cite(j, row, tumour, point, TARGETS | NON_TARGETS | NEW_LESIONS);
        bool incomplete = had_cr_before(&j->course, point->day) && is_incomplete_cr(point);
        take_into_course(j, row, point->day,
                         incomplete ? OA_RESP_NE : after_cr(j, row, point->day, point->overall.response));
    }
}

static void add_reported(job *j, const oa_reported *reported) {
    for (size_t i = 0; i < reported->count; i++) {
        const oa_report *report = &reported->items[i];
        const char *label = oa_streq(report->paramcd, "OVR")       ? "Overall Response by Time Point"
                            : oa_streq(report->paramcd, "TRGRESP") ? "Target Response"
                                                                   : "Non-target Response";
        size_t row = add_row(j, report->paramcd, label);
        set_response(j->adrs, row, report->response);
        set_day(j, row, report->day);
        oa_set_text(j->adrs, row, C_ADTF, report->imputed ? "D" : "");
        oa_set_text(j->adrs, row, C_AVISIT, report->visit);
        if (report->visitnum >= 0) {
            oa_set_number(j->adrs, row, C_AVISITN, report->visitnum);
        }
        oa_set_text(j->adrs, row, C_RULE, "RS-REPORTED");
        oa_set_text(j->adrs, row, C_REASON, "as recorded by the evaluator in RS");
        oa_set_source(j->adrs, row, C_SRCDOM, C_SRCVAR, C_SRCSEQ, oa_domain_table(j->context, OA_RS), report->row,
                      "RSSTRESC");
        if (oa_streq(report->paramcd, "OVR")) {
            take_into_course(j, row, report->day, after_cr(j, row, report->day, report->response));
        }
    }
}

/* ---- best response ----------------------------------------------------------------------------------------------- */

static oa_best_options options_of(const job *j) {
    const oa_p_response *r = &j->context->protocol->response;
    return (oa_best_options){.reference = j->dates.reference,
                             .sd_min_days = (int32_t)r->sd_min_days,
                             .confirm_days = (int32_t)r->confirm_days,
                             .confirm_max_ne = (int)r->confirm_max_ne,
                             .confirm_max_sd = (int)r->confirm_max_sd,
                             .cr_then_pr_strict = r->cr_then_pr == OA_P_STRICT,
                             .missing_as_ne = oa_streq(r->missing, "NE")};
}

static const char *best_reason(job *j, const oa_best *best) {
    const course *c = &j->course;
    oa_context *context = j->context;
    if (best->first < 0) {
        return best->decision.why;
    }
    const char *date = oa_day_text(context, c->assessments[best->first].day);
    const char *visit = oa_text(j->adrs, c->rows[best->first], C_AVISIT);
    const char *second = best->second < 0
                             ? ""
                             : oa_printf(context->arena, ", confirmed by %s on %s (%d days later)",
                                         oa_response_name(c->assessments[best->second].response),
                                         oa_day_text(context, c->assessments[best->second].day),
                                         (int)(c->assessments[best->second].day - c->assessments[best->first].day));
    return oa_printf(context->arena, "%s on %s%s%s%s: %s", oa_response_name(c->assessments[best->first].response), date,
                     *visit ? ", " : "", visit, second, best->decision.why);
}

static void add_best_row(job *j, const char *code, const char *label, const oa_best *best, int flag) {
    size_t row = add_row(j, code, label);
    if (flag < 0) {
        set_response(j->adrs, row, best->decision.response);
    } else {
        set_flag(j->adrs, row, flag > 0);
    }
    oa_set_text(j->adrs, row, C_RULE, best->decision.rule);
    oa_set_text(j->adrs, row, C_REASON, best_reason(j, best));
    if (best->first >= 0 && flag != 0) {
        size_t source = j->course.rows[best->first];
        set_day(j, row, j->course.assessments[best->first].day);
        oa_set_text(j->adrs, row, C_AVISIT, oa_text(j->adrs, source, C_AVISIT));
        oa_set_text(j->adrs, row, C_SRCDOM, "ADRS");
        oa_set_text(j->adrs, row, C_SRCVAR, "AVALC");
        double seq;
        if (oa_number(j->adrs, source, C_ASEQ, &seq)) {
            oa_set_number(j->adrs, row, C_SRCSEQ, seq);
        }
    }
    for (size_t i = 0; i < j->course.count; i++) {
        oa_cite(j->adrs, j->adrs, j->course.rows[i]);
    }
}

static bool is_response(const oa_best *best) {
    return best->decision.response == OA_RESP_CR || best->decision.response == OA_RESP_PR;
}

/* Is the response at `i` confirmed by what follows?  A CR confirms a PR as well as a PR does, whether or not it is confirmed
 * itself. */
static bool is_confirmed_at(job *j, size_t i, oa_best *best) {
    const course *c = &j->course;
    oa_best_options options = options_of(j);
    oa_assessment *from = OA_NEW_ARRAY(j->context->arena, oa_assessment, c->count - i);
    for (size_t k = i; k < c->count; k++) {
        bool stands_for_pr = c->assessments[i].response == OA_RESP_PR && c->assessments[k].response == OA_RESP_CR;
        from[k - i] = (oa_assessment){c->assessments[k].day, stands_for_pr ? OA_RESP_PR : c->assessments[k].response};
    }
    *best = oa_best_confirmed(from, c->count - i, &options);
    return best->first == 0 && is_response(best);
}

/* The response begins with the first CR or PR that counts, "whichever is first recorded" (RECIST 4.6.2): of a PR and a later
 * CR that are both confirmed, with the PR, although the best response has the day of the CR. */
static oa_best first_response(job *j, const oa_best *best, bool confirmed) {
    const course *c = &j->course;
    oa_best first = *best;
    for (int i = 0; is_response(best) && i < best->first; i++) {
        oa_best here;
        oa_response response = c->assessments[i].response;
        bool responds = response == OA_RESP_CR || response == OA_RESP_PR;
        if (responds && !confirmed) {
            first.first = i;
            return first;
        }
        if (responds && is_confirmed_at(j, (size_t)i, &here)) {
            first.first = i;
            first.second = i + here.second;
            return first;
        }
    }
    return first;
}

static void add_best(job *j) {
    oa_best_options options = options_of(j);
    bool confirm = j->context->protocol->response.confirm_required;
    oa_best best = oa_best_response(j->course.assessments, j->course.count, &options);
    oa_best confirmed = oa_best_confirmed(j->course.assessments, j->course.count, &options);
    const oa_best *decides = confirm ? &confirmed : &best;
    bool benefit = is_response(decides) || decides->decision.response == OA_RESP_SD ||
                   decides->decision.response == OA_RESP_NON_CR_NON_PD;
    add_best_row(j, "BOR", "Best Overall Response", &best, -1);
    add_best_row(j, "CBOR", "Best Overall Response, Confirmed", &confirmed, -1);
    oa_best first = first_response(j, &best, false);
    oa_best first_confirmed = first_response(j, &confirmed, true);
    add_best_row(j, "RSP", "Response", &first, is_response(&best));
    add_best_row(j, "CRSP", "Response, Confirmed", &first_confirmed, is_response(&confirmed));
    add_best_row(j, "CB", "Clinical Benefit (Disease Control)", decides, benefit);
}

/* ---- all subjects ------------------------------------------------------------------------------------------------ */

static void course_init(job *j, size_t most) {
    j->course = (course){.assessments = OA_NEW_ARRAY(j->context->arena, oa_assessment, most),
                         .rows = OA_NEW_ARRAY(j->context->arena, size_t, most)};
}

void oa_derive_adrs(oa_context *context) {
    oa_table *adrs = oa_dataset_new(context, OA_ADRS, columns, OA_COUNT(columns));
    bool measured = context->protocol->response.source == OA_P_MEASURED;
    for (size_t subject = 0; subject < context->n_subjects; subject++) {
        job j = {.context = context, .adrs = adrs, .subject = subject, .dates = oa_dates_of(context, subject)};
        oa_reported reported = oa_reported_of(context, subject);
        const oa_tumour *tumour = oa_tumour_of(context, subject, oa_primary_reader(context));
        if (!j.dates.has_reference) {
            continue;
        }
        course_init(&j, tumour->n_points + reported.count);
        if (measured) {
            add_measured(&j, tumour);
            oa_compare_reported(context, tumour, &reported);
        } else {
            add_reported(&j, &reported);
        }
        add_best(&j);
    }
}
