/*
 * adtte.c - ADTTE: times to events in days from their start, which is day 1.
 *
 *   PFS                  progression-free survival by the protocol's rules (times.pfs)
 *   PFSA PFSB PFSC PFSE  the same by each preset as it was published (pfs.h), so that they can stand side by side
 *   OS, FU               overall survival, and follow-up, which is OS with events and censorings exchanged
 *   TTR                  time to response, of responders
 *   DOR                  duration of response, of responders, ending as PFS does
 *   DSD                  duration of stable disease, of subjects whose best response it is, to progression
 *
 * RULE and REASON say what decided; a date of censoring is the last adequate assessment, never a visit that was not
 * evaluable.
 */
#include "adtte.h"

#include "../base/text.h"

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
    X(RULE, OA_TEXT, "Rule That Decided")                                                                              \
    X(REASON, OA_TEXT, "Reason in Words")

enum { ADTTE_COLUMNS(OA_C) N_COLUMNS };
static const oa_column_def columns[] = {ADTTE_COLUMNS(OA_DEF)};

/* CNSR: 0 is an event; the reasons of censoring have numbers of their own. */
static const struct {
    int cnsr;
    const char *event;
    const char *date;
    const char *rule;
} outcomes[] = {
    [OA_PFS_PROGRESSION] = {0, "Progressive disease", "", "TTE-PD"},
    [OA_PFS_CLAIMED] = {0, "Clinical progression", "", "TTE-CLINICAL"},
    [OA_PFS_DEATH] = {0, "Death", "", "TTE-DEATH"},
    [OA_PFS_CENSOR_NO_EVENT] = {1, "No event", "Last adequate assessment", "TTE-CENSOR-NO-EVENT"},
    [OA_PFS_CENSOR_NEW_THERAPY] = {2, "New anticancer therapy before an event", "Last adequate assessment before it",
                                   "TTE-CENSOR-NEW-THERAPY"},
    [OA_PFS_CENSOR_MISSED] = {3, "Event after missed assessments", "Last adequate assessment", "TTE-CENSOR-MISSED"},
    [OA_PFS_CENSOR_NO_BASELINE] = {4, "No baseline assessment", "Day 1", "TTE-CENSOR-NO-BASELINE"},
    [OA_PFS_CENSOR_NO_ASSESSMENT] = {5, "No adequate assessment after baseline", "Day 1", "TTE-CENSOR-NO-ASSESSMENT"},
    [OA_TTE_CENSOR_DEATH] = {6, "Death without progression", "Last adequate assessment", "TTE-CENSOR-DEATH-FIRST"},
    [OA_TTE_RESPONSE] = {0, "Response", "", "TTE-RESPONSE"},
    [OA_TTE_ALIVE] = {1, "Alive", "Last known alive", "TTE-CENSOR-ALIVE"},
    [OA_TTE_END_OF_FOLLOW_UP] = {0, "Follow-up ended, alive", "", "TTE-FOLLOW-UP"},
    [OA_TTE_DIED] = {1, "Death", "Death", "TTE-CENSOR-DEATH"},
};

typedef struct record {
    const oa_table *table; /* NULL: none */
    size_t row;
    const char *variable;
} record;

/* A row to be: how the time ended, and the record that says so. */
typedef struct ending {
    int outcome;
    int32_t start;
    int32_t day;
    record from;
    const char *reason;
} ending;

typedef struct job {
    oa_context *context;
    oa_table *adtte;
    oa_adrs_view adrs;
    oa_planned_list schedule;
    size_t subject;
    const oa_history *history; /* of the subject */
} job;

/* ---- rows -------------------------------------------------------------------------------------------------------- */

static size_t add_row(job *j, const char *code, const char *label, const ending *end) {
    int32_t day = end->day < end->start ? end->start : end->day;
    size_t row = oa_subject_row(j->context, j->adtte, j->subject);
    oa_set_text(j->adtte, row, C_PARAMCD, code);
    oa_set_text(j->adtte, row, C_PARAM, label);
    oa_set_number(j->adtte, row, C_AVAL, day - end->start + 1);
    oa_set_text(j->adtte, row, C_AVALU, "DAYS");
    oa_set_day(j->adtte, row, C_STARTDT, end->start);
    oa_set_day(j->adtte, row, C_ADT, day);
    oa_set_number(j->adtte, row, C_CNSR, outcomes[end->outcome].cnsr);
    oa_set_text(j->adtte, row, C_EVNTDESC, outcomes[end->outcome].event);
    oa_set_text(j->adtte, row, C_CNSDTDSC, outcomes[end->outcome].date);
    oa_set_text(j->adtte, row, C_RULE, outcomes[end->outcome].rule);
    oa_set_text(j->adtte, row, C_REASON, end->reason);
    if (end->from.table) {
        double seq;
        oa_set_text(j->adtte, row, C_SRCDOM, oa_table_name(end->from.table));
        oa_set_text(j->adtte, row, C_SRCVAR, end->from.variable);
        if (end->from.table == j->adrs.table && oa_number(end->from.table, end->from.row, j->adrs.aseq, &seq)) {
            oa_set_number(j->adtte, row, C_SRCSEQ, seq);
        }
        oa_cite(j->adtte, end->from.table, end->from.row);
    }
    return row;
}

static record death_record(const job *j) {
    return (record){oa_domain_table(j->context, OA_DM), j->subject, "DTHDTC"};
}

/* ---- progression-free survival ----------------------------------------------------------------------------------- */

static record adequate_record(const job *j, const oa_pfs_decision *d) {
    if (d->last_adequate < 0) {
        return (record){NULL, 0, ""};
    }
    return (record){j->adrs.table, j->history->adequate_rows[d->last_adequate], "ADT"};
}

static record event_record(const job *j, oa_pfs_outcome event) {
    if (event == OA_PFS_DEATH) {
        return death_record(j);
    }
    return event == OA_PFS_PROGRESSION ? (record){j->adrs.table, j->history->progression_row, "ADT"}
                                       : (record){oa_domain_table(j->context, OA_DS), j->history->claim_row, "DSSTDTC"};
}

static ending ending_of(const job *j, const oa_pfs_decision *d, int32_t start) {
    return (ending){.outcome = (int)d->outcome,
                    .start = start,
                    .day = d->day,
                    .from = oa_pfs_is_event(d->outcome) ? event_record(j, d->outcome) : adequate_record(j, d)};
}

/* What was looked at beside the record that decided is cited after it. */
static void cite_rest(job *j, const oa_pfs_decision *d) {
    record rest = oa_pfs_is_event(d->outcome) ? adequate_record(j, d)
                  : d->any                    ? event_record(j, d->event)
                                              : (record){NULL, 0, ""};
    if (rest.table && d->outcome != OA_PFS_CENSOR_NO_BASELINE) {
        oa_cite(j->adtte, rest.table, rest.row);
    }
}

static void add_pfs(job *j, const char *code, const char *label, const oa_pfs_preset *preset,
                    const oa_pfs_options *options) {
    oa_pfs_decision d = oa_pfs_decide(&j->history->pfs, preset, options);
    ending end = ending_of(j, &d, j->history->dates.reference);
    end.reason = oa_pfs_reason(j->context, j->history, &d, preset);
    add_row(j, code, label, &end);
    cite_rest(j, &d);
}

/* The protocol's preset, with what it changes of it. */
static oa_pfs_preset own_preset(const oa_p_times *times) {
    oa_pfs_preset preset = oa_pfs_presets[times->pfs_preset];
    if (times->pfs_after_missed != OA_P_MISSED_BY_PRESET) {
        bool any = times->pfs_after_missed == OA_P_MISSED_ANY;
        bool death = any || times->pfs_after_missed == OA_P_MISSED_DEATH;
        preset.death_after_missed = death ? OA_PFS_CENSORS : OA_PFS_IGNORED;
        preset.progression_after_missed = any ? OA_PFS_CENSORS : OA_PFS_IGNORED;
    }
    return preset;
}

/* The published presets speak of two missed assessments. */
static void add_presets(job *j, const oa_pfs_options *own) {
    static const char *const codes[OA_PFS_PRESETS] = {"PFSA", "PFSB", "PFSC", "PFSE"};
    static const char *const labels[OA_PFS_PRESETS] = {
        "Progression-Free Survival by fda-a (days)", "Progression-Free Survival by fda-b (days)",
        "Progression-Free Survival by fda-c (days)", "Progression-Free Survival by ema (days)"};
    oa_pfs_options options = {.missed = 2, .therapy_first = own->therapy_first};
    for (int i = 0; i < OA_PFS_PRESETS; i++) {
        add_pfs(j, codes[i], labels[i], &oa_pfs_presets[i], &options);
    }
}

/* ---- survival and follow-up -------------------------------------------------------------------------------------- */

static ending survival(const job *j) {
    const oa_subject_dates *dates = &j->history->dates;
    if (dates->died) {
        return (ending){OA_PFS_DEATH, dates->reference, dates->death, death_record(j), ""};
    }
    record alive = {j->context->adam->dataset[OA_ADSL], j->subject, "LSTALVDT"};
    int32_t day = dates->known_alive ? dates->last_alive : dates->reference;
    return (ending){OA_TTE_ALIVE, dates->reference, day, alive, ""};
}

static void add_survival(job *j) {
    ending end = survival(j);
    add_row(j, "OS", "Overall Survival (days)", &end);
    end.outcome = end.outcome == OA_PFS_DEATH ? OA_TTE_DIED : OA_TTE_END_OF_FOLLOW_UP;
    add_row(j, "FU", "Duration of Follow-up (days)", &end);
}

/* ---- response and stable disease --------------------------------------------------------------------------------- */

static void add_response(job *j, const oa_pfs_preset *preset, const oa_pfs_options *options) {
    const oa_history *c = j->history;
    record response = {j->adrs.table, c->response_row, "ADT"};
    if (!c->responded) {
        return;
    }
    ending end = {OA_TTE_RESPONSE, c->dates.reference, c->response, response, oa_response_reason(j->context, c)};
    add_row(j, "TTR", "Time to Response (days)", &end);
    oa_pfs_decision d = oa_pfs_decide(&c->pfs, preset, options);
    ending duration = ending_of(j, &d, c->response);
    duration.reason =
        oa_printf(j->context->arena, "%s; %s", end.reason, oa_pfs_reason(j->context, j->history, &d, preset));
    add_row(j, "DOR", "Duration of Response (days)", &duration);
    cite_rest(j, &d);
    oa_cite(j->adtte, response.table, response.row);
}

/* "Stable disease is measured from the start of the treatment until the criteria for progression are met" (RECIST 4.6.3):
 * a death without progression censors it. */
static void add_stable(job *j, const oa_pfs_preset *preset, const oa_pfs_options *options) {
    oa_pfs_subject alive = j->history->pfs;
    if (!j->history->stable) {
        return;
    }
    alive.died = false;
    oa_pfs_decision d = oa_pfs_decide(&alive, preset, options);
    ending end = ending_of(j, &d, j->history->dates.reference);
    bool died_first = j->history->dates.died && d.outcome == OA_PFS_CENSOR_NO_EVENT;
    end.outcome = died_first ? OA_TTE_CENSOR_DEATH : end.outcome;
    end.reason = oa_printf(j->context->arena, "best response SD; %s%s",
                           died_first ? "death without progression censors its duration; " : "",
                           oa_pfs_reason(j->context, j->history, &d, preset));
    add_row(j, "DSD", "Duration of Stable Disease (days)", &end);
    cite_rest(j, &d);
    oa_cite(j->adtte, j->adrs.table, j->history->best_row);
}

void oa_derive_adtte(oa_context *context) {
    const oa_p_times *times = &context->protocol->times;
    job j = {.context = context,
             .adtte = oa_dataset_new(context, OA_ADTTE, columns, OA_COUNT(columns)),
             .adrs = oa_view_adrs(context),
             .schedule = oa_imaging_schedule(context->arena, context->protocol)};
    oa_pfs_preset preset = own_preset(times);
    oa_pfs_options options = {(int)times->pfs_missed, times->pfs_same_day == OA_P_THERAPY_FIRST};
    for (j.subject = 0; j.subject < context->n_subjects; j.subject++) {
        oa_history history;
        if (!oa_history_of(context, &j.adrs, j.schedule, j.subject, &history)) {
            continue;
        }
        j.history = &history;
        add_pfs(&j, "PFS", "Progression-Free Survival (days)", &preset, &options);
        add_survival(&j);
        add_response(&j, &preset, &options);
        add_stable(&j, &preset, &options);
        add_presets(&j, &options);
    }
}
