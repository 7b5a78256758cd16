/*
 * adrs.c - ADRS: the response at each time point (TRGRESP, NTRGRESP, OVR) by the primary reader; what they come to is
 * written by adrs_best.c.
 *
 * response.source says whether OVR is derived from the lesions (measured) or taken from RS (reported).  ANL01FL: the one
 * record of its day, ANL02FL: up to and including the first PD and before any new anticancer therapy, that is, what
 * the best response is chosen from.  Where the policy for disease after a CR changes a response, AVALC is the changed one,
 * so that PFS, best response and figures agree, and OAVALC keeps what it was.
 */
#include "adrs.h"

#include "../base/text.h"

static const oa_column_def columns[] = {ADRS_COLUMNS(OA_DEF)};

/* ---- writing a row ----------------------------------------------------------------------------------------------- */

size_t oa_adrs_add(oa_adrs *a, const char *paramcd, const char *param) {
    const oa_p_response *response = &a->context->protocol->response;
    size_t row = oa_subject_row(a->context, a->table, a->subject);
    oa_set_number(a->table, row, C_ASEQ, ++a->seq);
    oa_set_text(a->table, row, C_PARAMCD, paramcd);
    oa_set_text(a->table, row, C_PARAM, param);
    oa_set_text(a->table, row, C_PARCAT1, "Tumor Response");
    oa_set_text(a->table, row, C_PARCAT2, response->evaluator);
    oa_set_text(a->table, row, C_PARCAT3, response->criteria);
    return row;
}

void oa_adrs_set_response(oa_adrs *a, size_t row, oa_response response) {
    oa_set_text(a->table, row, C_AVALC, oa_response_name(response));
    if (oa_response_number(response) > 0) {
        oa_set_number(a->table, row, C_AVAL, oa_response_number(response));
    }
}

void oa_adrs_set_day(oa_adrs *a, size_t row, int32_t day) {
    oa_set_day(a->table, row, C_ADT, day);
    oa_set_number(a->table, row, C_ADY, oa_study_day(day, a->dates.reference));
}

/* ---- time points ------------------------------------------------------------------------------------------------- */

static void set_visit(oa_adrs *a, size_t row, const char *visit, double visitnum, bool imputed) {
    oa_set_text(a->table, row, C_ADTF, imputed ? "D" : "");
    oa_set_text(a->table, row, C_AVISIT, visit);
    if (visitnum >= 0) {
        oa_set_number(a->table, row, C_AVISITN, visitnum);
    }
}

static size_t add_timepoint(oa_adrs *a, const oa_timepoint *point, oa_response_param param, oa_decision decision,
                            const char *reason) {
    size_t row = oa_adrs_add(a, oa_response_paramcd(param), oa_response_param_text(param));
    oa_adrs_set_response(a, row, decision.response);
    oa_adrs_set_day(a, row, point->day);
    set_visit(a, row, point->visit, point->visitnum, point->imputed);
    oa_set_text(a->table, row, C_RULE, decision.rule);
    oa_set_text(a->table, row, C_REASON, reason);
    return row;
}

/* Cites the readings of a kind; the first of them is named as the source. */
static void cite(oa_adrs *a, size_t row, const oa_timepoint *point, unsigned kinds) {
    bool first = true;
    for (size_t i = 0; i < point->n_readings; i++) {
        const oa_reading *r = &point->readings[i];
        if (!(kinds >> a->tumour->lesions[r->lesion].kind & 1U)) {
            continue;
        }
        if (first) {
            oa_set_source(a->table, row, C_SRCDOM, C_SRCVAR, C_SRCSEQ, r->table, r->row, "TRSTRESC");
            first = false;
        } else {
            oa_cite(a->table, r->table, r->row);
        }
    }
}

enum { TARGETS = 1U << OA_TARGET, NON_TARGETS = 1U << OA_NON_TARGET, NEW_LESIONS = 1U << OA_NEW_LESION };

/* What an OVR row counts as on the way to the best response. */
static void weigh(oa_adrs *a, size_t row, size_t source) {
    const oa_assessment *item = oa_course_item(&a->course, source);
    a->rows[item - a->course.items] = row;
    oa_set_text(a->table, row, C_ANL01FL, oa_is_one_of_day(item) ? "Y" : "");
    oa_set_text(a->table, row, C_ANL02FL, item->use == OA_ASSESSMENT_COUNTS ? "Y" : "");
    bool incomplete = item->recorded == OA_RESP_NE && !oa_text_is(a->table, row, C_AVALC, "NE");
    oa_set_text(a->table, row, C_ANLREAS,
                incomplete && item->use == OA_ASSESSMENT_COUNTS ? "counts as NE: after CR nothing was seen to come back"
                                                                : oa_assessment_use_text(item->use));
    if (oa_is_rewritten(item)) {
        oa_set_text(a->table, row, C_OAVALC, oa_response_name(item->recorded));
        oa_adrs_set_response(a, row, item->response);
        oa_set_text(a->table, row, C_RULE, oa_rewrite_rule(item));
        oa_set_text(a->table, row, C_REASON,
                    oa_printf(a->context->arena, "%s %s; %s", oa_response_name(item->recorded), oa_rewrite_reason(item),
                              oa_text(a->table, row, C_REASON)));
    }
}

static void add_measured(oa_adrs *a) {
    const oa_tumour *tumour = a->tumour;
    for (size_t i = tumour->on_study; i < tumour->n_points; i++) {
        const oa_timepoint *point = &tumour->points[i];
        if (point->target.response) {
            size_t row = add_timepoint(a, point, OA_REPORTED_TRGRESP, point->target,
                                       oa_target_reason(a->context, tumour, point));
            cite(a, row, point, TARGETS);
        }
        if (point->nontarget.response) {
            size_t row = add_timepoint(a, point, OA_REPORTED_NTRGRESP, point->nontarget,
                                       oa_nontarget_reason(a->context, tumour, point));
            cite(a, row, point, NON_TARGETS);
        }
        size_t row =
            add_timepoint(a, point, OA_REPORTED_OVR, point->overall, oa_overall_reason(a->context, tumour, point));
        cite(a, row, point, TARGETS | NON_TARGETS | NEW_LESIONS);
        weigh(a, row, i);
    }
}

static void add_reported(oa_adrs *a, const oa_reported *reported) {
    for (size_t i = 0; i < reported->count; i++) {
        const oa_report *report = &reported->items[i];
        size_t row = oa_adrs_add(a, oa_response_paramcd(report->param), oa_response_param_text(report->param));
        oa_adrs_set_response(a, row, report->response);
        oa_adrs_set_day(a, row, report->day);
        set_visit(a, row, report->visit, report->visitnum, report->imputed);
        oa_set_text(a->table, row, C_RULE, "RS-REPORTED");
        oa_set_text(a->table, row, C_REASON, "as recorded by the evaluator in RS");
        oa_set_source(a->table, row, C_SRCDOM, C_SRCVAR, C_SRCSEQ, oa_domain_table(a->context, OA_RS), report->row,
                      "RSSTRESC");
        if (report->param == OA_REPORTED_OVR) {
            weigh(a, row, i);
        }
    }
}

/* ---- disease after a complete response --------------------------------------------------------------------------- */

static const char *effect_of(oa_after_cr policy, bool confirmed) {
    switch (policy) {
    case OA_AFTER_CR_STRICT:
        return "it counts as PD, for PFS too (cr_then_pr: strict)";
    case OA_AFTER_CR_REGRADE:
        return confirmed ? "the CR was confirmed, so it counts as PD (cr_then_pr: regrade)"
                         : "the CR before it counts as it does (cr_then_pr: regrade)";
    case OA_AFTER_CR_ASIS:
        return "both are taken as they are (cr_then_pr: asis)";
    case OA_AFTER_CR_QUERY:
        break;
    }
    return "ask the evaluator which of them is right; until then both are taken as they are (cr_then_pr: query)";
}

/* A finding that the data ask for, whatever the policy makes of it. */
static void report_disease_after_cr(oa_adrs *a) {
    size_t cr = 0;
    size_t disease = 0;
    const oa_course *course = &a->course;
    if (!oa_disease_after_cr(course->items, course->count, &cr, &disease)) {
        return;
    }
    const oa_ref *refs;
    const oa_assessment *item = &course->items[disease];
    size_t n = oa_row_refs(a->table, a->rows[disease], &refs);
    oa_place where = {
        .line = 0, .seq = -1, .domain = "ADRS", .subject = oa_text(a->table, a->rows[disease], C_USUBJID)};
    if (n > 0) {
        where = oa_sdtm_place(a->context->sdtm->domain[refs[0].table], refs[0].row);
    }
    oa_diag_add(a->context->diag, a->options.after_cr == OA_AFTER_CR_QUERY ? OA_WARNING : OA_NOTE, OA_RECORD, &where,
                "RECIST-DISEASE-AFTER-CR", "%s on %s after CR on %s: %s", oa_response_name(item->recorded),
                oa_day_text(a->context, item->day), oa_day_text(a->context, course->items[cr].day),
                effect_of(a->options.after_cr, item->response == OA_RESP_PD));
}

/* ---- all subjects ------------------------------------------------------------------------------------------------ */

void oa_derive_adrs(oa_context *context) {
    oa_table *table = oa_dataset_new(context, OA_ADRS, columns, OA_COUNT(columns));
    const oa_reader *reader = oa_primary_reader(context);
    for (size_t subject = 0; subject < context->n_subjects; subject++) {
        oa_adrs a = {.context = context,
                     .table = table,
                     .subject = subject,
                     .dates = oa_dates_of(context, subject),
                     .measured = context->protocol->response.source == OA_P_MEASURED,
                     .tumour = oa_tumour_of(context, subject, reader)};
        const oa_reported *reported = oa_reported_of(context, subject, reader);
        if (!a.dates.has_reference) {
            continue;
        }
        a.options = oa_best_options_of(context, &a.dates);
        a.course = a.measured ? oa_measured_course(context, a.tumour, &a.options)
                              : oa_reported_course(context, reported, &a.options);
        a.rows = OA_NEW_ARRAY(context->arena, size_t, a.course.count);
        if (a.measured) {
            add_measured(&a);
        } else {
            add_reported(&a, reported);
        }
        report_disease_after_cr(&a);
        oa_adrs_add_best(&a);
    }
}
