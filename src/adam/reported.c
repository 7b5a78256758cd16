/* reported.c - see reported.h. */
#include "reported.h"

#include "../base/text.h"

#include <stdlib.h>

enum { RS_TESTCD, RS_STRESC, RS_STAT, RS_EVAL, RS_EVALID, RS_VISITNUM, RS_VISIT, RS_DTC, N_RS };
static const char *const rs_names[N_RS] = {"RSTESTCD", "RSSTRESC", "RSSTAT", "RSEVAL",
                                           "RSEVALID", "VISITNUM", "VISIT",  "RSDTC"};

/* RSTESTCD and the ADRS parameter it becomes. */
static const struct {
    const char *testcd;
    const char *paramcd;
} tests[] = {{"OVRLRESP", "OVR"}, {"TRGRESP", "TRGRESP"}, {"NTRGRESP", "NTRGRESP"}};

static const char *paramcd_of(const char *testcd) {
    for (size_t i = 0; i < OA_COUNT(tests); i++) {
        if (oa_streq(testcd, tests[i].testcd)) {
            return tests[i].paramcd;
        }
    }
    return NULL;
}

/* Reads one RS row; false where it is not used, which its mark then says. */
static bool report_of(oa_context *context, oa_table *rs, size_t row, const int *c, int32_t reference,
                      oa_report *report) {
    oa_date date = oa_date_at(rs, row, c[RS_DTC]);
    *report = (oa_report){.paramcd = paramcd_of(oa_text(rs, row, c[RS_TESTCD])),
                          .visit = oa_text(rs, row, c[RS_VISIT]),
                          .visitnum = -1,
                          .imputed = date.known == OA_KNOWN_MONTH,
                          .row = row};
    oa_number(rs, row, c[RS_VISITNUM], &report->visitnum);
    if (!report->paramcd) {
        return false;
    }
    if (!oa_is_read_by(oa_primary_reader(context), rs, row, c[RS_EVAL], c[RS_EVALID])) {
        oa_account(context, rs, row, OA_USE_READER, NULL, NULL);
        return false;
    }
    if (!oa_day_by_policy(date, OA_IMPUTE_LAST, &report->day)) {
        oa_account(context, rs, row, OA_USE_NO_DATE, "RS-DATE",
                   "RSDTC is not known to the month; the response is not used");
        return false;
    }
    if (report->day > context->cutoff) {
        oa_account(context, rs, row, OA_USE_CUTOFF, NULL, NULL);
        return false;
    }
    if (oa_text_is(rs, row, c[RS_STAT], "NOT DONE")) {
        oa_account(context, rs, row, OA_USE_NOT_DONE, NULL, NULL);
        return false;
    }
    const char *value = oa_text(rs, row, c[RS_STRESC]);
    if (!oa_response_of(value, &report->response)) {
        oa_account(context, rs, row, OA_USE_VALUE, "RS-RESPONSE",
                   oa_printf(context->arena,
                             "the response \"%s\" is none of CR, PR, SD, NON-CR/NON-PD, PD, NE; the record is not used",
                             value));
        return false;
    }
    oa_row_mark(rs, row, OA_USE_ANALYSED);
    return report->day >= reference;
}

static void insert_by_day(oa_reported *reported, oa_report report) {
    size_t at = reported->count++;
    while (at > 0 && reported->items[at - 1].day > report.day) {
        reported->items[at] = reported->items[at - 1];
        at--;
    }
    reported->items[at] = report;
}

oa_reported oa_reported_of(oa_context *context, size_t subject) {
    oa_table *rs = context->sdtm->domain[OA_RS];
    oa_span span = context->spans[OA_RS][subject];
    oa_subject_dates dates = oa_dates_of(context, subject);
    oa_reported reported = {.items = OA_NEW_ARRAY(context->arena, oa_report, span.count)};
    int c[N_RS];
    oa_find_columns(rs, rs_names, N_RS, c);
    for (size_t row = span.first; row < span.first + span.count; row++) {
        oa_report report;
        if (!dates.has_reference) {
            oa_row_mark(rs, row, OA_USE_UNTREATED);
        } else if (report_of(context, rs, row, c, dates.reference, &report)) {
            insert_by_day(&reported, report);
        }
    }
    return reported;
}

static bool same_point(const oa_timepoint *point, const oa_report *report) {
    if (abs(point->last_scan - report->day) > OA_VISIT_DAYS) {
        return false;
    }
    if (point->visitnum >= 0 || report->visitnum >= 0) {
        return point->visitnum == report->visitnum;
    }
    return *point->visit ? oa_streq(point->visit, report->visit) : point->last_scan == report->day;
}

static void compare_one(oa_context *context, const oa_tumour *tumour, const oa_report *report) {
    for (size_t i = (size_t)tumour->baseline + 1; i < tumour->n_points; i++) {
        const oa_timepoint *point = &tumour->points[i];
        if (!same_point(point, report) || point->overall.response == report->response) {
            continue;
        }
        oa_place where = oa_sdtm_place(oa_domain_table(context, OA_RS), report->row);
        oa_diag_add(context->diag, OA_NOTE, OA_RECORD, &where, "RECIST-DIFFERS",
                    "%s: %s was recorded, the measurements give %s (%s); the measurements count here",
                    *point->visit ? point->visit : "this visit", oa_response_name(report->response),
                    oa_response_name(point->overall.response), point->overall.rule);
    }
}

void oa_compare_reported(oa_context *context, const oa_tumour *tumour, const oa_reported *reported) {
    for (size_t i = 0; i < reported->count; i++) {
        if (oa_streq(reported->items[i].paramcd, "OVR")) {
            compare_one(context, tumour, &reported->items[i]);
        }
    }
}
