/*
 * adtte.c - ADTTE: progression-free survival (PFS), overall survival (OS) and follow-up (FU), in days from the reference
 * day, which is day 1.
 *
 * What ends or censors PFS is the protocol's preset (times.pfs.preset).  fda-a, fda-b and fda-c are tables A to C of the
 * FDA guidance "Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics" (2018), ema the treatment policy
 * of CHMP/27994/2008/Rev.1.  A date of censoring is the last adequate assessment, never a visit that was not evaluable.
 */
#include "tumour.h"

#include "../base/text.h"

#include <string.h>

#define ADTTE_COLUMNS(X)                                                                                               \
    X(STUDYID, OA_TEXT, "Study Identifier")                                                                            \
    X(USUBJID, OA_TEXT, "Unique Subject Identifier")                                                                   \
    X(PARAMCD, OA_TEXT, "Parameter Code")                                                                              \
    X(PARAM, OA_TEXT, "Parameter")                                                                                     \
    X(AVAL, OA_NUMBER, "Analysis Value")                                                                               \
    X(AVALU, OA_TEXT, "Analysis Value Unit")                                                                           \
    X(STARTDT, OA_DATE, "Time-to-Event Origin Date")                                                                   \
    X(ADT, OA_DATE, "Analysis Date")                                                                                   \
    X(CNSR, OA_NUMBER, "Censor")                                                                                       \
    X(EVNTDESC, OA_TEXT, "Event or Censoring Description")                                                             \
    X(CNSDTDSC, OA_TEXT, "Censor Date Description")                                                                    \
    X(SRCDOM, OA_TEXT, "Source Data")                                                                                  \
    X(SRCVAR, OA_TEXT, "Source Variable")                                                                              \
    X(SRCSEQ, OA_NUMBER, "Source Sequence Number")                                                                     \
    X(RULE, OA_TEXT, "Rule That Decided")

enum { ADTTE_COLUMNS(OA_C) N_COLUMNS };
static const oa_column_def columns[] = {ADTTE_COLUMNS(OA_DEF)};

/* What a preset does with the four situations in which guidances differ. */
static const struct {
    bool censor_at_new_therapy;
    int missed;           /* so many missed assessments before an event censor it; 0: none do */
    bool at_next_visit;   /* progression between visits is dated to the next scheduled one */
    bool clinical_counts; /* progression that only the investigator claims is an event */
} presets[] = {
    [OA_P_FDA_A] = {true, 2, false, false},
    [OA_P_FDA_B] = {true, 2, true, false},
    [OA_P_FDA_C] = {true, 2, true, true},
    [OA_P_EMA] = {false, 0, false, false},
};

/* CNSR: 0 is an event; the reasons of censoring have numbers of their own. */
typedef enum outcome {
    EVENT_PD,
    EVENT_CLINICAL,
    EVENT_DEATH,
    CENSOR_NO_EVENT,
    CENSOR_NEW_THERAPY,
    CENSOR_MISSED,
    CENSOR_NO_BASELINE,
    CENSOR_NO_ASSESSMENT,
    CENSOR_ALIVE,
    EVENT_END_OF_FOLLOW_UP,
    CENSOR_DEATH,
} outcome;

static const struct {
    int cnsr;
    const char *event;
    const char *date;
    const char *rule;
} outcomes[] = {
    [EVENT_PD] = {0, "Progressive disease", "", "TTE-PD"},
    [EVENT_CLINICAL] = {0, "Clinical progression", "", "TTE-CLINICAL"},
    [EVENT_DEATH] = {0, "Death", "", "TTE-DEATH"},
    [CENSOR_NO_EVENT] = {1, "No event", "Last adequate assessment", "TTE-CENSOR-NO-EVENT"},
    [CENSOR_NEW_THERAPY] = {2, "New anticancer therapy before an event", "Last adequate assessment before it",
                            "TTE-CENSOR-NEW-THERAPY"},
    [CENSOR_MISSED] = {3, "Event after missed assessments", "Last adequate assessment", "TTE-CENSOR-MISSED"},
    [CENSOR_NO_BASELINE] = {4, "No baseline assessment", "Day 1", "TTE-CENSOR-NO-BASELINE"},
    [CENSOR_NO_ASSESSMENT] = {5, "No adequate assessment after baseline", "Day 1", "TTE-CENSOR-NO-ASSESSMENT"},
    [CENSOR_ALIVE] = {1, "Alive", "Last known alive", "TTE-CENSOR-ALIVE"},
    [EVENT_END_OF_FOLLOW_UP] = {0, "Follow-up ended, alive", "", "TTE-FOLLOW-UP"},
    [CENSOR_DEATH] = {1, "Death", "Death", "TTE-CENSOR-DEATH"},
};

typedef struct ending {
    outcome outcome;
    int32_t day;
    const oa_table *table; /* the record behind it; NULL: none */
    size_t row;
    const char *variable;
} ending;

/* The columns of ADRS that are read here. */
typedef struct adrs_view {
    const oa_table *table;
    const oa_span *spans;
    int paramcd, avalc, adt, aseq, anl01fl;
} adrs_view;

/* A planned assessment: days after the reference. */
typedef struct planned {
    int32_t day;
    int32_t first; /* of its window */
    int32_t last;
} planned;

typedef struct job {
    oa_context *context;
    oa_table *adtte;
    adrs_view adrs;
    const planned *schedule; /* of imaging */
    size_t n_schedule;
    size_t subject;
    oa_subject_dates dates;
} job;

/* ---- assessments ------------------------------------------------------------------------------------------------- */

static bool is_overall(const job *j, size_t row) {
    return oa_text_is(j->adrs.table, row, j->adrs.paramcd, "OVR") &&
           oa_text_is(j->adrs.table, row, j->adrs.anl01fl, "Y");
}

static int32_t day_at(const job *j, size_t row) {
    return oa_date_at(j->adrs.table, row, j->adrs.adt).day;
}

/* The last assessment on or before `day` that could be evaluated; false where there is none. */
static bool last_adequate(const job *j, int32_t day, ending *found) {
    oa_span span = j->adrs.spans[j->subject];
    bool any = false;
    for (size_t row = span.first; row < span.first + span.count; row++) {
        bool adequate = is_overall(j, row) && !oa_text_is(j->adrs.table, row, j->adrs.avalc, "NE");
        int32_t at = day_at(j, row);
        if (adequate && at <= day && (!any || at >= found->day)) {
            *found = (ending){CENSOR_NO_EVENT, at, j->adrs.table, row, "ADT"};
            any = true;
        }
    }
    return any;
}

static bool first_progression(const job *j, ending *found) {
    oa_span span = j->adrs.spans[j->subject];
    for (size_t row = span.first; row < span.first + span.count; row++) {
        if (is_overall(j, row) && oa_text_is(j->adrs.table, row, j->adrs.avalc, "PD")) {
            *found = (ending){EVENT_PD, day_at(j, row), j->adrs.table, row, "ADT"};
            return true;
        }
    }
    return false;
}

/* The investigator's word in DS that treatment ended for progression. */
static bool clinical_progression(const job *j, ending *found) {
    const oa_table *ds = oa_domain_table(j->context, OA_DS);
    int decod = oa_table_column(ds, "DSDECOD");
    int start = oa_table_column(ds, "DSSTDTC");
    oa_span span = j->context->spans[OA_DS][j->subject];
    for (size_t row = span.first; row < span.first + span.count; row++) {
        const char *reason = oa_text(ds, row, decod);
        oa_date date = oa_date_at(ds, row, start);
        bool progression = oa_streq(reason, "PROGRESSIVE DISEASE") || oa_streq(reason, "DISEASE PROGRESSION");
        if (progression && date.known >= OA_KNOWN_DAY && date.day <= j->context->cutoff) {
            *found = (ending){EVENT_CLINICAL, date.day, ds, row, "DSSTDTC"};
            return true;
        }
    }
    return false;
}

/* Planned assessments of which the whole window lies strictly between two days. */
static int missed_between(const job *j, int32_t from, int32_t to) {
    int missed = 0;
    for (size_t i = 0; i < j->n_schedule; i++) {
        const planned *visit = &j->schedule[i];
        missed += j->dates.reference + visit->first > from && j->dates.reference + visit->last < to;
    }
    return missed;
}

/* The planned day of the visit at which something of this day is first seen: the first whose window has not passed.  What
 * was seen in a window, but after the planned day, stays where it is. */
static int32_t next_visit(const job *j, int32_t day) {
    const planned *next = NULL;
    for (size_t i = 0; i < j->n_schedule; i++) {
        const planned *visit = &j->schedule[i];
        bool open = j->dates.reference + visit->last >= day;
        next = open && (!next || visit->day < next->day) ? visit : next;
    }
    int32_t planned_day = next ? j->dates.reference + next->day : day;
    return planned_day > day ? planned_day : day;
}

/* ---- progression-free survival ----------------------------------------------------------------------------------- */

static bool has_baseline(const job *j) {
    bool measured = j->context->protocol->response.source == OA_P_MEASURED;
    return !measured || oa_tumour_of(j->context, j->subject)->baseline >= 0;
}

/* Censored at the last adequate assessment up to `day`, or on day 1 where there is none. */
static ending censored(const job *j, int32_t day, outcome why) {
    ending end;
    if (!last_adequate(j, day, &end)) {
        return (ending){why == CENSOR_NO_EVENT ? CENSOR_NO_ASSESSMENT : why, j->dates.reference, NULL, 0, ""};
    }
    end.outcome = why;
    return end;
}

/* The first of progression, death and, where it counts, clinical progression, on the day on which it was seen. */
static bool earliest_event(const job *j, int preset, ending *event) {
    ending clinical;
    bool any = first_progression(j, event);
    if (presets[preset].clinical_counts && clinical_progression(j, &clinical) && (!any || clinical.day < event->day)) {
        *event = clinical;
        any = true;
    }
    if (j->dates.died && (!any || j->dates.death < event->day)) {
        *event = (ending){EVENT_DEATH, j->dates.death, oa_domain_table(j->context, OA_DM), j->subject, "DTHDTC"};
        any = true;
    }
    return any;
}

/* Progression is dated to the next visit where the preset says so, but not past death. */
static ending dated(const job *j, int preset, ending event) {
    if (presets[preset].at_next_visit && event.outcome != EVENT_DEATH) {
        int32_t visit = next_visit(j, event.day);
        event.day = j->dates.died && j->dates.death < visit ? j->dates.death : visit;
    }
    return event;
}

static ending progression_free(const job *j) {
    int preset = j->context->protocol->times.pfs_preset;
    ending event = {.outcome = CENSOR_NO_EVENT};
    ending last;
    bool any = earliest_event(j, preset, &event);
    if (!has_baseline(j)) {
        return (ending){CENSOR_NO_BASELINE, j->dates.reference, NULL, 0, ""};
    }
    if (presets[preset].censor_at_new_therapy && j->dates.new_therapy &&
        (!any || j->dates.new_therapy_day < event.day)) {
        return censored(j, j->dates.new_therapy_day - 1, CENSOR_NEW_THERAPY);
    }
    if (!any) {
        return censored(j, INT32_MAX, CENSOR_NO_EVENT);
    }
    int32_t since = last_adequate(j, event.day - 1, &last) ? last.day : j->dates.reference;
    if (presets[preset].missed > 0 && missed_between(j, since, event.day) >= presets[preset].missed) {
        return censored(j, event.day - 1, CENSOR_MISSED);
    }
    return dated(j, preset, event);
}

/* ---- survival and follow-up -------------------------------------------------------------------------------------- */

static ending survival(const job *j) {
    const oa_table *adsl = j->context->adam->dataset[OA_ADSL];
    if (j->dates.died) {
        return (ending){EVENT_DEATH, j->dates.death, oa_domain_table(j->context, OA_DM), j->subject, "DTHDTC"};
    }
    int32_t day = j->dates.known_alive ? j->dates.last_alive : j->dates.reference;
    return (ending){CENSOR_ALIVE, day, adsl, j->subject, "LSTALVDT"};
}

static ending follow_up(const job *j) {
    ending end = survival(j);
    end.outcome = end.outcome == EVENT_DEATH ? CENSOR_DEATH : EVENT_END_OF_FOLLOW_UP;
    return end;
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

static void add_row(job *j, const char *code, const char *label, ending end) {
    int32_t day = end.day < j->dates.reference ? j->dates.reference : end.day;
    size_t row = oa_subject_row(j->context, j->adtte, j->subject);
    oa_set_text(j->adtte, row, C_PARAMCD, code);
    oa_set_text(j->adtte, row, C_PARAM, label);
    oa_set_number(j->adtte, row, C_AVAL, day - j->dates.reference + 1);
    oa_set_text(j->adtte, row, C_AVALU, "DAYS");
    oa_set_day(j->adtte, row, C_STARTDT, j->dates.reference);
    oa_set_day(j->adtte, row, C_ADT, day);
    oa_set_number(j->adtte, row, C_CNSR, outcomes[end.outcome].cnsr);
    oa_set_text(j->adtte, row, C_EVNTDESC, outcomes[end.outcome].event);
    oa_set_text(j->adtte, row, C_CNSDTDSC, outcomes[end.outcome].date);
    oa_set_text(j->adtte, row, C_RULE, outcomes[end.outcome].rule);
    if (end.table) {
        double seq;
        oa_set_text(j->adtte, row, C_SRCDOM, oa_table_name(end.table));
        oa_set_text(j->adtte, row, C_SRCVAR, end.variable);
        if (end.table == j->adrs.table && oa_number(end.table, end.row, j->adrs.aseq, &seq)) {
            oa_set_number(j->adtte, row, C_SRCSEQ, seq);
        }
        oa_cite(j->adtte, end.table, end.row);
    }
}

/* A visit is one of imaging where its forms name TR, the domain that it fills.  A scan that follows a drug, such as the
 * one after a dose of 131I, is no assessment of the tumour on schedule: those are counted from the reference day. */
static bool has_imaging(const oa_p_visit *visit) {
    for (size_t i = 0; i < visit->forms.count; i++) {
        if (oa_streq_nocase(visit->forms.items[i], "TR")) {
            return visit->day > 0 && oa_streq(visit->after, "reference");
        }
    }
    return false;
}

static void read_schedule(job *j) {
    const oa_protocol *protocol = j->context->protocol;
    planned *schedule = OA_NEW_ARRAY(j->context->arena, planned, protocol->n_visits);
    for (size_t i = 0; i < protocol->n_visits; i++) {
        const oa_p_visit *visit = &protocol->visits[i];
        if (has_imaging(visit)) {
            bool window = visit->window.count == 2;
            int32_t day = (int32_t)visit->day;
            schedule[j->n_schedule++] = (planned){day, window ? day + (int32_t)visit->window.items[0] : day,
                                                  window ? day + (int32_t)visit->window.items[1] : day};
        }
    }
    j->schedule = schedule;
}

static void view_adrs(job *j) {
    const oa_table *adrs = j->context->adam->dataset[OA_ADRS];
    j->adrs = (adrs_view){.table = adrs,
                          .spans = oa_table_spans(j->context->arena, j->context->adam->dataset[OA_ADSL], adrs),
                          .paramcd = oa_table_column(adrs, "PARAMCD"),
                          .avalc = oa_table_column(adrs, "AVALC"),
                          .adt = oa_table_column(adrs, "ADT"),
                          .aseq = oa_table_column(adrs, "ASEQ"),
                          .anl01fl = oa_table_column(adrs, "ANL01FL")};
}

void oa_derive_adtte(oa_context *context) {
    job j = {.context = context, .adtte = oa_dataset_new(context, OA_ADTTE, columns, OA_COUNT(columns))};
    view_adrs(&j);
    read_schedule(&j);
    for (j.subject = 0; j.subject < context->n_subjects; j.subject++) {
        j.dates = oa_dates_of(context, j.subject);
        if (!j.dates.has_reference) {
            continue;
        }
        add_row(&j, "PFS", "Progression-Free Survival (days)", progression_free(&j));
        add_row(&j, "OS", "Overall Survival (days)", survival(&j));
        add_row(&j, "FU", "Duration of Follow-up (days)", follow_up(&j));
    }
}
