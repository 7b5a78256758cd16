/*
 * adae.c - ADAE: adverse events with their dates made whole, whether they are treatment-emergent and related, and their
 * grade.
 *
 * Treatment-emergent: began on or after the first dose and no later than safety.teae_days after the last one.  Of a
 * partial date the first possible day counts, but never a day before the first dose if the event may have begun after
 * it; an unknown start counts as treatment-emergent unless the event ended before treatment.  Both readings are the
 * cautious ones (analysis conventions of ICH E9 and CDISC OCCDS).  Related: by the protocol's words, to each drug singly
 * and to any of them.
 */
#include "derive.h"

#include "../base/text.h"

#include <string.h>

#define ADAE_COLUMNS(X)                                                                                                \
    X(STUDYID, OA_TEXT, "Study Identifier")                                                                            \
    X(USUBJID, OA_TEXT, "Unique Subject Identifier")                                                                   \
    X(AESEQ, OA_NUMBER, "Sequence Number")                                                                             \
    X(AETERM, OA_TEXT, "Reported Term for the Adverse Event")                                                          \
    X(AEDECOD, OA_TEXT, "Dictionary-Derived Term")                                                                     \
    X(AEBODSYS, OA_TEXT, "Body System or Organ Class")                                                                 \
    X(ASTDT, OA_DATE, "Analysis Start Date")                                                                           \
    X(ASTDTF, OA_TEXT, "Analysis Start Date Imputation Flag")                                                          \
    X(AENDT, OA_DATE, "Analysis End Date")                                                                             \
    X(AENDTF, OA_TEXT, "Analysis End Date Imputation Flag")                                                            \
    X(ASTDY, OA_NUMBER, "Analysis Start Relative Day")                                                                 \
    X(ATOXGR, OA_TEXT, "Analysis Toxicity Grade")                                                                      \
    X(ATOXGRN, OA_NUMBER, "Analysis Toxicity Grade (N)")                                                               \
    X(AESEV, OA_TEXT, "Severity/Intensity")                                                                            \
    X(AESER, OA_TEXT, "Serious Event")                                                                                 \
    X(AEOUT, OA_TEXT, "Outcome of Adverse Event")                                                                      \
    X(TRTEMFL, OA_TEXT, "Treatment Emergent Analysis Flag")                                                            \
    X(AREL, OA_TEXT, "Related to Treatment")                                                                           \
    X(AACN, OA_TEXT, "Action Taken With a Drug")                                                                       \
    X(AOCCPIFL, OA_TEXT, "Worst Grade Within Term Flag")                                                               \
    X(AOCCIFL, OA_TEXT, "Worst Grade Within Subject Flag")                                                             \
    X(SRCDOM, OA_TEXT, "Source Data")                                                                                  \
    X(SRCVAR, OA_TEXT, "Source Variable")                                                                              \
    X(SRCSEQ, OA_NUMBER, "Source Sequence Number")

enum { ADAE_COLUMNS(OA_C) N_COLUMNS };
static const oa_column_def columns[] = {ADAE_COLUMNS(OA_DEF)};

enum { AE_TERM, AE_DECOD, AE_SOC, AE_START, AE_END, AE_GRADE, AE_SEV, AE_SER, AE_OUT, AE_REL, AE_ACN, N_AE };
static const char *const ae_names[N_AE] = {"AETERM", "AEDECOD", "AEBODSYS", "AESTDTC", "AEENDTC", "AETOXGR",
                                           "AESEV",  "AESER",   "AEOUT",    "AEREL",   "AEACN"};

typedef struct job {
    oa_context *context;
    oa_table *adae;
    oa_table *ae;
    int c[N_AE];
    int *relation; /* AE column with the relation to each drug; -1: there is none */
    int *action;
    int *related_to; /* ADAE column AREL1, AREL2 ... */
    int *action_on;  /* ADAE column AACN1, AACN2 ... */
    size_t subject;
    oa_subject_dates dates;
} job;

/* ---- dates ------------------------------------------------------------------------------------------------------- */

/* The start by the policy above; false where nothing is known of it.  An event that ended before the first dose did not
 * begin after it. */
static bool start_day(const job *j, oa_date date, oa_date end, int32_t *day) {
    if (date.known == OA_KNOWN_NOTHING) {
        return false;
    }
    bool ended = end.known != OA_KNOWN_NOTHING && oa_last_day(end) < j->dates.first_dose;
    bool may_follow_dose =
        j->dates.treated && !ended && date.day < j->dates.first_dose && oa_last_day(date) >= j->dates.first_dose;
    *day = may_follow_dose ? j->dates.first_dose : date.day;
    return true;
}

static const char *flag_of(oa_date date) {
    return date.known == OA_KNOWN_YEAR ? "M" : date.known == OA_KNOWN_MONTH ? "D" : "";
}

static bool is_emergent(const job *j, oa_date start, oa_date end) {
    int32_t day;
    if (!j->dates.treated) {
        return false;
    }
    if (!start_day(j, start, end, &day)) {
        return end.known == OA_KNOWN_NOTHING || oa_last_day(end) >= j->dates.first_dose;
    }
    return day >= j->dates.first_dose && day <= j->dates.last_dose + j->context->protocol->safety.teae_days;
}

/* ---- relation and action ----------------------------------------------------------------------------------------- */

static bool means_related(const job *j, const char *word) {
    const oa_names *related = &j->context->protocol->safety.related;
    for (size_t i = 0; i < related->count; i++) {
        if (oa_streq_nocase(word, related->items[i])) {
            return true;
        }
    }
    return false;
}

static bool is_related_to(const job *j, size_t row, size_t drug) {
    return means_related(j, oa_text(j->ae, row, j->relation[drug]));
}

/* To any drug, or to the one that safety.related_to names. */
static bool is_related(const job *j, size_t row) {
    const char *to = j->context->protocol->safety.related_to;
    bool any = oa_streq(to, "any");
    bool related = any && means_related(j, oa_text(j->ae, row, j->c[AE_REL]));
    for (size_t i = 0; i < j->context->n_drugs; i++) {
        related = related || ((any || oa_streq(to, j->context->drugs[i].id)) && is_related_to(j, row, i));
    }
    return related;
}

/* Actions from the gravest to the least; the gravest over all drugs is the event's. */
static const char *const actions[] = {"DRUG WITHDRAWN", "DOSE REDUCED", "DRUG INTERRUPTED", "DOSE NOT CHANGED"};

static const char *gravest_action(const job *j, size_t row) {
    for (size_t a = 0; a < OA_COUNT(actions); a++) {
        if (oa_text_is(j->ae, row, j->c[AE_ACN], actions[a])) {
            return actions[a];
        }
        for (size_t i = 0; i < j->context->n_drugs; i++) {
            if (oa_text_is(j->ae, row, j->action[i], actions[a])) {
                return actions[a];
            }
        }
    }
    return oa_text(j->ae, row, j->c[AE_ACN]);
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

static void set_dates(job *j, size_t target, oa_date start, oa_date end) {
    int32_t day;
    if (start_day(j, start, end, &day)) {
        oa_set_day(j->adae, target, C_ASTDT, day);
        oa_set_text(j->adae, target, C_ASTDTF, flag_of(start));
        if (j->dates.treated) {
            oa_set_number(j->adae, target, C_ASTDY, oa_study_day(day, j->dates.first_dose));
        }
    }
    if (end.known != OA_KNOWN_NOTHING) {
        oa_set_day(j->adae, target, C_AENDT, oa_last_day(end));
        oa_set_text(j->adae, target, C_AENDTF, flag_of(end));
    }
}

static void add_row(job *j, size_t row) {
    oa_table *adae = j->adae;
    const int *c = j->c;
    oa_date start = oa_date_at(j->ae, row, c[AE_START]);
    oa_date end = oa_date_at(j->ae, row, c[AE_END]);
    const char *decod = oa_text(j->ae, row, c[AE_DECOD]);
    const char *grade = oa_text(j->ae, row, c[AE_GRADE]);
    size_t target = oa_subject_row(j->context, adae, j->subject);
    int64_t seq = oa_sdtm_place(j->ae, row).seq;
    if (seq >= 0) {
        oa_set_number(adae, target, C_AESEQ, (double)seq);
    }
    oa_set_text(adae, target, C_AETERM, oa_text(j->ae, row, c[AE_TERM]));
    oa_set_text(adae, target, C_AEDECOD, *decod ? decod : oa_text(j->ae, row, c[AE_TERM]));
    oa_set_text(adae, target, C_AEBODSYS, oa_text(j->ae, row, c[AE_SOC]));
    oa_set_text(adae, target, C_ATOXGR, grade);
    if (grade[0] >= '1' && grade[0] <= '5' && grade[1] == '\0') {
        oa_set_number(adae, target, C_ATOXGRN, grade[0] - '0');
    }
    oa_set_text(adae, target, C_AESEV, oa_text(j->ae, row, c[AE_SEV]));
    oa_set_text(adae, target, C_AESER, oa_text(j->ae, row, c[AE_SER]));
    oa_set_text(adae, target, C_AEOUT, oa_text(j->ae, row, c[AE_OUT]));
    oa_set_text(adae, target, C_TRTEMFL, is_emergent(j, start, end) ? "Y" : "");
    oa_set_text(adae, target, C_AREL, is_related(j, row) ? "Y" : "N");
    for (size_t i = 0; i < j->context->n_drugs; i++) {
        oa_set_text(adae, target, j->related_to[i], is_related_to(j, row, i) ? "Y" : "N");
        oa_set_text(adae, target, j->action_on[i], oa_text(j->ae, row, j->action[i]));
    }
    oa_set_text(adae, target, C_AACN, gravest_action(j, row));
    set_dates(j, target, start, end);
    oa_set_source(adae, target, C_SRCDOM, C_SRCVAR, C_SRCSEQ, j->ae, row, "AETERM");
}

/* ---- worst grade ------------------------------------------------------------------------------------------------- */

/* Grade as a number for comparison: CTCAE grade, else severity, else 0. */
static double severity_of(const oa_table *adae, size_t row) {
    static const char *const severities[] = {"MILD", "MODERATE", "SEVERE"};
    double grade = 0;
    if (oa_number(adae, row, C_ATOXGRN, &grade)) {
        return grade;
    }
    for (int i = 0; i < 3; i++) {
        if (oa_text_is(adae, row, C_AESEV, severities[i])) {
            return i + 1;
        }
    }
    return 0;
}

/* Flags the worst treatment-emergent event of a subject's rows [first, end), overall and within each term; of equals
 * the first. */
static void flag_worst(oa_table *adae, size_t first, size_t end) {
    for (size_t row = first; row < end; row++) {
        bool worst = oa_text_is(adae, row, C_TRTEMFL, "Y");
        bool worst_of_term = worst;
        for (size_t other = first; other < end && worst_of_term; other++) {
            double a = severity_of(adae, row);
            double b = severity_of(adae, other);
            bool beats = oa_text_is(adae, other, C_TRTEMFL, "Y") && (b > a || (b >= a && other < row));
            bool same_term = oa_streq(oa_text(adae, row, C_AEDECOD), oa_text(adae, other, C_AEDECOD));
            worst = worst && !beats;
            worst_of_term = worst_of_term && !(beats && same_term);
        }
        oa_set_text(adae, row, C_AOCCPIFL, worst_of_term ? "Y" : "");
        oa_set_text(adae, row, C_AOCCIFL, worst && worst_of_term ? "Y" : "");
    }
}

static void read_row(job *j, size_t row) {
    oa_date start = oa_date_at(j->ae, row, j->c[AE_START]);
    if (start.known && start.day > j->context->cutoff) {
        oa_row_mark(j->ae, row, OA_USE_CUTOFF);
        return;
    }
    oa_row_mark(j->ae, row, OA_USE_ANALYSED);
    if (start.known < OA_KNOWN_DAY && j->dates.treated) {
        oa_place where = oa_sdtm_place(j->ae, row);
        char date[OA_DATE_SIZE];
        oa_diag_add(j->context->diag, OA_NOTE, OA_RECORD, &where, "AE-DATE", "AESTDTC \"%s\" is not a whole date; %s",
                    oa_format_date(start, date),
                    is_emergent(j, start, oa_date_at(j->ae, row, j->c[AE_END]))
                        ? "the event counts as treatment-emergent"
                        : "the event began before treatment whatever the day");
    }
    add_row(j, row);
}

/* A column of AE that the protocol names for a drug; -1, and a finding, where AE does not have it as text. */
static int drug_column(const job *j, const oa_p_drug *drug, const char *name, const char *effect) {
    int column = oa_table_column(j->ae, name);
    bool usable = column >= 0 && oa_column_type(j->ae, column) == OA_TEXT;
    if (!usable && oa_table_rows(j->ae) > 0) {
        oa_place where = {.file = j->context->protocol->file,
                          .line = drug->mark.line,
                          .column = drug->mark.column,
                          .domain = "AE",
                          .seq = -1};
        oa_diag_add(j->context->diag, OA_WARNING, OA_SCHEMA, &where, "AE-DRUG",
                    "AE has no text column %s, which %s names; %s", name, drug->label, effect);
    }
    return usable ? column : -1;
}

static void find_drug_columns(job *j) {
    oa_context *context = j->context;
    j->relation = OA_NEW_ARRAY(context->arena, int, context->n_drugs);
    j->action = OA_NEW_ARRAY(context->arena, int, context->n_drugs);
    j->related_to = OA_NEW_ARRAY(context->arena, int, context->n_drugs);
    j->action_on = OA_NEW_ARRAY(context->arena, int, context->n_drugs);
    for (size_t i = 0; i < context->n_drugs; i++) {
        const oa_p_drug *drug = &context->drugs[i];
        j->relation[i] = drug_column(j, drug, drug->relation, "no event counts as related to it");
        j->action[i] = drug_column(j, drug, drug->action, "no event counts as having changed its dose");
        j->related_to[i] = oa_table_add_column(j->adae, oa_printf(context->arena, "AREL%zu", i + 1),
                                               oa_printf(context->arena, "Related to %s", drug->label), OA_TEXT);
        j->action_on[i] = oa_table_add_column(j->adae, oa_printf(context->arena, "AACN%zu", i + 1),
                                              oa_printf(context->arena, "Action Taken With %s", drug->label), OA_TEXT);
    }
}

void oa_derive_adae(oa_context *context) {
    job j = {.context = context,
             .adae = oa_dataset_new(context, OA_ADAE, columns, OA_COUNT(columns)),
             .ae = context->sdtm->domain[OA_AE]};
    oa_find_columns(j.ae, ae_names, N_AE, j.c);
    find_drug_columns(&j);
    for (j.subject = 0; j.subject < context->n_subjects; j.subject++) {
        j.dates = oa_dates_of(context, j.subject);
        oa_span span = context->spans[OA_AE][j.subject];
        size_t first = oa_table_rows(j.adae);
        for (size_t row = span.first; row < span.first + span.count; row++) {
            read_row(&j, row);
        }
        flag_worst(j.adae, first, oa_table_rows(j.adae));
    }
}
