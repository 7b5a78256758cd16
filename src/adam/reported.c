/* reported.c - see reported.h. */
#include "reported.h"

#include "../base/text.h"

#include <stdlib.h>

enum { RS_TESTCD, RS_STRESC, RS_STAT, RS_EVAL, RS_EVALID, RS_VISITNUM, RS_VISIT, RS_DTC, N_RS };
static const char *const rs_names[N_RS] = {"RSTESTCD", "RSSTRESC", "RSSTAT", "RSEVAL",
                                           "RSEVALID", "VISITNUM", "VISIT",  "RSDTC"};

static const struct {
    const char *testcd;
    const char *paramcd; /* of ADRS */
    const char *param;
} params[OA_N_REPORTED] = {
    [OA_REPORTED_TRGRESP] = {"TRGRESP", "TRGRESP", "Target Response"},
    [OA_REPORTED_NTRGRESP] = {"NTRGRESP", "NTRGRESP", "Non-target Response"},
    [OA_REPORTED_OVR] = {"OVRLRESP", "OVR", "Overall Response by Time Point"},
};

const char *oa_response_paramcd(oa_response_param param) {
    return params[param].paramcd;
}

const char *oa_response_param_text(oa_response_param param) {
    return params[param].param;
}

static bool param_of(const char *testcd, oa_response_param *param) {
    for (int i = 0; i < OA_N_REPORTED; i++) {
        if (oa_streq(testcd, params[i].testcd)) {
            *param = (oa_response_param)i;
            return true;
        }
    }
    return false;
}

/* What the reader recorded: a response, or that the assessment was not done.  An assessment with a response was done,
 * whatever its status says (NE with the reason why it could not be assessed, as a rule). */
static bool response_of(const oa_table *rs, size_t row, const int *c, oa_response *response) {
    const char *value = oa_text(rs, row, c[RS_STRESC]);
    if (*value == '\0' && oa_text_is(rs, row, c[RS_STAT], "NOT DONE")) {
        *response = OA_RESP_ND;
        return true;
    }
    return oa_response_of(value, response);
}

/* Reads one RS row; false where it is not used, which its mark then says. */
static bool report_of(oa_context *context, const oa_reader *reader, oa_table *rs, size_t row, const int *c,
                      int32_t reference, oa_report *report) {
    oa_date date = oa_date_at(rs, row, c[RS_DTC]);
    *report = (oa_report){
        .visit = oa_text(rs, row, c[RS_VISIT]), .visitnum = -1, .imputed = date.known == OA_KNOWN_MONTH, .row = row};
    oa_number(rs, row, c[RS_VISITNUM], &report->visitnum);
    if (!param_of(oa_text(rs, row, c[RS_TESTCD]), &report->param)) {
        return false;
    }
    if (!oa_is_read_by(reader, rs, row, c[RS_EVAL], c[RS_EVALID])) {
        oa_reader_account(context, reader, rs, row, OA_USE_READER, NULL, NULL);
        return false;
    }
    if (!oa_day_by_policy(date, OA_IMPUTE_LAST, &report->day)) {
        oa_reader_account(context, reader, rs, row, OA_USE_NO_DATE, "RS-DATE",
                          "RSDTC is not known to the month; the response is not used");
        return false;
    }
    if (report->day > context->cutoff) {
        oa_reader_account(context, reader, rs, row, OA_USE_CUTOFF, NULL, NULL);
        return false;
    }
    if (!response_of(rs, row, c, &report->response)) {
        oa_reader_account(
            context, reader, rs, row, OA_USE_VALUE, "RS-RESPONSE",
            oa_printf(context->arena,
                      "the response \"%s\" is none of CR, PR, SD, NON-CR/NON-PD, PD, NE, ND, NED; the record "
                      "is not used",
                      oa_text(rs, row, c[RS_STRESC])));
        return false;
    }
    if (report->day < reference) {
        oa_reader_account(context, reader, rs, row, OA_USE_BEFORE, "RS-BEFORE",
                          "the response was recorded before the reference day; it is not used");
        return false;
    }
    oa_reader_account(context, reader, rs, row, report->response == OA_RESP_ND ? OA_USE_NOT_DONE : OA_USE_ANALYSED,
                      NULL, NULL);
    return true;
}

static int by_day(const void *a, const void *b) {
    const oa_report *x = a;
    const oa_report *y = b;
    return x->day != y->day ? (x->day > y->day) - (x->day < y->day) : (x->row > y->row) - (x->row < y->row);
}

static bool same_visit(const oa_report *a, const oa_report *b) {
    bool numbered = a->visitnum >= 0 || b->visitnum >= 0;
    bool visit = numbered ? a->visitnum == b->visitnum : *a->visit && oa_streq(a->visit, b->visit);
    return a->param == b->param && (a->day == b->day || visit);
}

/* Two responses of one kind at one visit: one of them is wrong, or the visit has another name. */
static void report_twice(oa_context *context, const oa_reader *reader, const oa_table *rs,
                         const oa_reported *reported) {
    for (size_t i = 0; i < reported->count; i++) {
        const oa_report *a = &reported->items[i];
        size_t k = i + 1;
        while (k < reported->count && reported->items[k].day - a->day <= OA_VISIT_DAYS &&
               !same_visit(a, &reported->items[k])) {
            k++;
        }
        const oa_report *b = &reported->items[k];
        if (k < reported->count && same_visit(a, b) && b->day - a->day <= OA_VISIT_DAYS) {
            oa_reader_say(context, reader, OA_WARNING, rs, b->row, "RS-TWICE",
                          oa_printf(context->arena, "%s was recorded twice: %s on %s and %s on %s; %s",
                                    params[a->param].testcd, oa_response_name(a->response),
                                    oa_day_text(context, a->day), oa_response_name(b->response),
                                    oa_day_text(context, b->day),
                                    a->day == b->day ? "the worse one that could be evaluated counts"
                                                     : "each counts on its own day"));
        }
    }
}

static oa_reported read_reports(oa_context *context, size_t subject, const oa_reader *reader) {
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
        } else if (report_of(context, reader, rs, row, c, dates.reference, &report)) {
            reported.items[reported.count++] = report;
        }
    }
    if (reported.count > 0) {
        qsort(reported.items, reported.count, sizeof *reported.items, by_day);
    }
    report_twice(context, reader, rs, &reported);
    return reported;
}

const oa_reported *oa_reported_of(oa_context *context, size_t subject, const oa_reader *reader) {
    oa_reader *own = &context->readers[reader->index];
    if (!own->reported) {
        own->reported = OA_NEW_ARRAY(context->arena, oa_reported *, context->n_subjects);
    }
    oa_reported **reported = &own->reported[subject];
    if (!*reported) {
        *reported = OA_NEW(context->arena, oa_reported);
        **reported = read_reports(context, subject, reader);
    }
    return *reported;
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

/* The first report on or after a day. */
static size_t first_from(const oa_reported *reported, int32_t day) {
    size_t low = 0;
    size_t high = reported->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (reported->items[middle].day < day) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

const oa_report *oa_report_at(const oa_reported *reported, const oa_timepoint *point, oa_response_param param) {
    size_t i = first_from(reported, point->last_scan - OA_VISIT_DAYS);
    for (; i < reported->count && reported->items[i].day <= point->last_scan + OA_VISIT_DAYS; i++) {
        if (reported->items[i].param == param && same_point(point, &reported->items[i])) {
            return &reported->items[i];
        }
    }
    return NULL;
}
