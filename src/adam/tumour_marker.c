/*
 * tumour_marker.c - markers that forbid a complete response (response.marker_in_cr).
 *
 * A marker of the protocol that was above its upper limit of normal (LBSTNRHI) in the last sample on or before the
 * reference day must be normal at a complete response (RECIST 4.3.3).  Of the samples afterwards the one nearest to the
 * last scan of the visit counts, no more than four weeks from it; of two equally near ones the earlier.
 */
#include "tumour.h"

#include "../base/number.h"
#include "../base/text.h"

#include <stdlib.h>
#include <string.h>

enum { MARKER_DAYS = 28 };

typedef struct sample {
    int32_t day;
    double value;
    double upper;
} sample;

typedef struct job {
    oa_context *context;
    const oa_p_marker *marker;
    oa_span span;
    int testcd, stresn, stresc, stnrhi, dtc, stat;
} job;

/* The number of a sample; "<0.04" is below its limit, which counts. */
static bool read_value(const job *j, const oa_table *lb, size_t row, double *value) {
    const char *text = oa_text(lb, row, j->stresc);
    const char *limit = *text == '<' ? text + 1 + strspn(text + 1, " ") : NULL;
    return oa_number(lb, row, j->stresn, value) || (limit && oa_parse_number(limit, strlen(limit), value));
}

static bool read_sample(const job *j, size_t row, sample *s) {
    const oa_table *lb = oa_domain_table(j->context, OA_LB);
    oa_date date = oa_date_at(lb, row, j->dtc);
    s->day = date.day;
    return oa_text_is(lb, row, j->testcd, j->marker->testcd) && !oa_text_is(lb, row, j->stat, "NOT DONE") &&
           date.known >= OA_KNOWN_DAY && date.day <= j->context->cutoff && oa_number(lb, row, j->stnrhi, &s->upper) &&
           read_value(j, lb, row, &s->value);
}

/* Distance in days, the earlier of two equally far ones being nearer. */
static int64_t distance(int32_t a, int32_t b) {
    int64_t days = (int64_t)a - b;
    return days < 0 ? -2 * days - 1 : 2 * days;
}

static oa_marker_state state_of(const job *j, int32_t reference, int32_t day, const char **why) {
    sample baseline = {.day = INT32_MIN};
    sample near = {0};
    bool has_baseline = false;
    bool has_near = false;
    for (size_t row = j->span.first; row < j->span.first + j->span.count; row++) {
        sample s;
        if (!read_sample(j, row, &s)) {
            continue;
        }
        if (s.day <= reference) {
            baseline = !has_baseline || s.day >= baseline.day ? s : baseline;
            has_baseline = true;
        } else if (abs(s.day - day) <= MARKER_DAYS && (!has_near || distance(s.day, day) < distance(near.day, day))) {
            near = s;
            has_near = true;
        }
    }
    if (!has_baseline || baseline.value <= baseline.upper) {
        return OA_MARKER_NONE;
    }
    if (!has_near) {
        *why = oa_printf(j->context->arena, "%s was above normal before treatment and not measured within %d days",
                         j->marker->label, MARKER_DAYS);
        return OA_MARKER_NE;
    }
    if (near.value <= near.upper) {
        return OA_MARKER_NORMAL;
    }
    *why = oa_printf(j->context->arena, "%s was %s on %s, above its upper limit of normal of %s", j->marker->label,
                     oa_number_text(j->context->arena, near.value), oa_day_text(j->context, near.day),
                     oa_number_text(j->context->arena, near.upper));
    return OA_MARKER_RAISED;
}

oa_marker_state oa_tumour_marker(oa_context *context, size_t subject, int32_t reference, int32_t day,
                                 const char **why) {
    const oa_protocol *protocol = context->protocol;
    const oa_table *lb = oa_domain_table(context, OA_LB);
    oa_marker_state worst = OA_MARKER_NONE;
    for (size_t i = 0; i < protocol->n_markers; i++) {
        job j = {.context = context,
                 .marker = &protocol->markers[i],
                 .span = context->spans[OA_LB][subject],
                 .testcd = oa_table_column(lb, "LBTESTCD"),
                 .stresn = oa_table_column(lb, "LBSTRESN"),
                 .stresc = oa_table_column(lb, "LBSTRESC"),
                 .stnrhi = oa_table_column(lb, "LBSTNRHI"),
                 .dtc = oa_table_column(lb, "LBDTC"),
                 .stat = oa_table_column(lb, "LBSTAT")};
        const char *text = NULL;
        oa_marker_state state = state_of(&j, reference, day, &text);
        bool counts =
            state == OA_MARKER_RAISED ? worst != OA_MARKER_RAISED : state > worst && worst != OA_MARKER_RAISED;
        *why = counts ? text : *why;
        worst = counts ? state : worst;
    }
    return worst;
}
