/* history.c - see history.h. */
#include "history.h"

#include "../base/text.h"
#include "tumour.h"

/* ---- assessments ------------------------------------------------------------------------------------------------- */

oa_adrs_view oa_view_adrs(const oa_context *context) {
    const oa_table *adrs = context->adam->dataset[OA_ADRS];
    return (oa_adrs_view){.table = adrs,
                          .spans = oa_table_spans(context->arena, context->adam->dataset[OA_ADSL], adrs),
                          .paramcd = oa_table_column(adrs, "PARAMCD"),
                          .avalc = oa_table_column(adrs, "AVALC"),
                          .adt = oa_table_column(adrs, "ADT"),
                          .aseq = oa_table_column(adrs, "ASEQ"),
                          .anl01fl = oa_table_column(adrs, "ANL01FL")};
}

/* An overall response that is the one of its day. */
static bool is_overall(const oa_adrs_view *v, size_t row, oa_response *response) {
    return oa_text_is(v->table, row, v->paramcd, "OVR") && oa_text_is(v->table, row, v->anl01fl, "Y") &&
           oa_response_of(oa_text(v->table, row, v->avalc), response);
}

static int32_t day_at(const oa_adrs_view *v, size_t row) {
    return oa_date_at(v->table, row, v->adt).day;
}

static void read_assessments(oa_context *context, const oa_adrs_view *v, oa_span span, oa_history *history) {
    int32_t *days = OA_NEW_ARRAY(context->arena, int32_t, span.count);
    size_t *rows = OA_NEW_ARRAY(context->arena, size_t, span.count);
    size_t n = 0;
    for (size_t row = span.first; row < span.first + span.count; row++) {
        oa_response response;
        if (!is_overall(v, row, &response) || !oa_response_is_adequate(response)) {
            continue;
        }
        int32_t day = day_at(v, row);
        size_t at = n++;
        for (; at > 0 && days[at - 1] > day; at--) {
            days[at] = days[at - 1];
            rows[at] = rows[at - 1];
        }
        days[at] = day;
        rows[at] = row;
        if (response == OA_RESP_PD && (!history->pfs.progressed || day < history->pfs.progression)) {
            history->pfs.progressed = true;
            history->pfs.progression = day;
            history->progression_row = row;
        }
    }
    history->pfs.adequate = days;
    history->pfs.n_adequate = n;
    history->adequate_rows = rows;
}

/* The investigator's word in DS that treatment ended for progression. */
static void read_claim(const oa_context *context, size_t subject, oa_history *history) {
    const oa_table *ds = oa_domain_table(context, OA_DS);
    int decod = oa_table_column(ds, "DSDECOD");
    int start = oa_table_column(ds, "DSSTDTC");
    oa_span span = context->spans[OA_DS][subject];
    for (size_t row = span.first; row < span.first + span.count; row++) {
        const char *reason = oa_text(ds, row, decod);
        oa_date date = oa_date_at(ds, row, start);
        bool progression = oa_streq(reason, "PROGRESSIVE DISEASE") || oa_streq(reason, "DISEASE PROGRESSION");
        if (progression && date.known >= OA_KNOWN_DAY && date.day <= context->cutoff &&
            (!history->pfs.claimed || date.day < history->pfs.claim)) {
            history->pfs.claimed = true;
            history->pfs.claim = date.day;
            history->claim_row = row;
        }
    }
}

/* ---- response ---------------------------------------------------------------------------------------------------- */

/* RSP and CRSP have the day of the first CR or PR that counts, whichever is recorded first (RECIST 4.6.2). */
static void read_response(const oa_context *context, const oa_adrs_view *v, oa_span span, oa_history *history) {
    bool confirm = context->protocol->response.confirm_required;
    for (size_t row = span.first; row < span.first + span.count; row++) {
        if (oa_text_is(v->table, row, v->paramcd, confirm ? "CBOR" : "BOR")) {
            history->stable = oa_text_is(v->table, row, v->avalc, "SD");
            history->best_row = row;
        }
        if (oa_text_is(v->table, row, v->paramcd, confirm ? "CRSP" : "RSP") &&
            oa_text_is(v->table, row, v->avalc, "Y")) {
            history->responded = true;
            history->response = day_at(v, row);
            history->response_row = row;
        }
    }
}

/* ---- all of it --------------------------------------------------------------------------------------------------- */

static bool has_baseline(oa_context *context, size_t subject) {
    bool measured = context->protocol->response.source == OA_P_MEASURED;
    return !measured || oa_tumour_of(context, subject, oa_primary_reader(context))->baseline >= 0;
}

bool oa_history_of(oa_context *context, const oa_adrs_view *adrs, oa_planned_list schedule, size_t subject,
                   oa_history *history) {
    oa_subject_dates dates = oa_dates_of(context, subject);
    if (!dates.has_reference) {
        return false;
    }
    *history = (oa_history){.dates = dates,
                            .pfs = {.reference = dates.reference,
                                    .has_baseline = has_baseline(context, subject),
                                    .died = dates.died,
                                    .death = dates.death,
                                    .new_therapy = dates.new_therapy,
                                    .therapy = dates.new_therapy_day,
                                    .cutoff = context->cutoff,
                                    .schedule = schedule}};
    read_assessments(context, adrs, adrs->spans[subject], history);
    read_claim(context, subject, history);
    read_response(context, adrs, adrs->spans[subject], history);
    return true;
}
