/*
 * adsl.c - ADSL: one row a subject of DM, with the dates that everything else counts from.
 *
 * TRTSDT and TRTEDT are the first and last day on which any study drug was given; LSTALVDT is the last day on which any
 * record shows the subject alive, up to the cut-off; NACTDT is the start of another anticancer therapy (never a study
 * drug: a second dose of 131I is study treatment).  The flags of the analysis sets come last (sets.c).
 */
#include "derive.h"

#include "../base/text.h"
#include "exposure.h"

#include <stdio.h>
#include <string.h>

#define ADSL_COLUMNS(X)                                                                                                \
    X(STUDYID, OA_TEXT, "Study Identifier")                                                                            \
    X(USUBJID, OA_TEXT, "Unique Subject Identifier")                                                                   \
    X(SUBJID, OA_TEXT, "Subject Identifier for the Study")                                                             \
    X(SITEID, OA_TEXT, "Study Site Identifier")                                                                        \
    X(AGE, OA_NUMBER, "Age")                                                                                           \
    X(AGEU, OA_TEXT, "Age Units")                                                                                      \
    X(SEX, OA_TEXT, "Sex")                                                                                             \
    X(RACE, OA_TEXT, "Race")                                                                                           \
    X(ETHNIC, OA_TEXT, "Ethnicity")                                                                                    \
    X(COUNTRY, OA_TEXT, "Country")                                                                                     \
    X(ARM, OA_TEXT, "Description of Planned Arm")                                                                      \
    X(ACTARM, OA_TEXT, "Description of Actual Arm")                                                                    \
    X(RFICDT, OA_DATE, "Date of Informed Consent")                                                                     \
    X(ENRLDT, OA_DATE, "Date of Enrollment")                                                                           \
    X(TRTSDT, OA_DATE, "Date of First Exposure to Treatment")                                                          \
    X(TRTEDT, OA_DATE, "Date of Last Exposure to Treatment")                                                           \
    X(TRTDURD, OA_NUMBER, "Total Treatment Duration (Days)")                                                           \
    X(COMBCYC, OA_NUMBER, "Completed Treatment Cycles")                                                                \
    X(DTHDT, OA_DATE, "Date of Death")                                                                                 \
    X(DTHFL, OA_TEXT, "Subject Death Flag")                                                                            \
    X(LSTALVDT, OA_DATE, "Date Last Known Alive")                                                                      \
    X(NACTDT, OA_DATE, "Date of New Anti-Cancer Therapy")                                                              \
    X(EOTSTT, OA_TEXT, "End of Treatment Status")                                                                      \
    X(DCTREAS, OA_TEXT, "Reason for Discontinuation of Treatment")                                                     \
    X(EOSSTT, OA_TEXT, "End of Study Status")                                                                          \
    X(DCSREAS, OA_TEXT, "Reason for Discontinuation from Study")                                                       \
    X(CUTOFFDT, OA_DATE, "Data Cut-off Date")                                                                          \
    X(SAFFL, OA_TEXT, "Safety Population Flag")

enum { ADSL_COLUMNS(OA_C) N_COLUMNS };
static const oa_column_def columns[] = {ADSL_COLUMNS(OA_DEF)};

/* Columns that ADSL takes from DM as they are. */
static const int from_dm[] = {C_STUDYID, C_USUBJID, C_SUBJID, C_SITEID,  C_AGE, C_AGEU,
                              C_SEX,     C_RACE,    C_ETHNIC, C_COUNTRY, C_ARM, C_ACTARM};

static void copy_from_dm(oa_table *adsl, size_t row, const oa_table *dm) {
    for (size_t i = 0; i < OA_COUNT(from_dm); i++) {
        int target = from_dm[i];
        int source = oa_table_column(dm, columns[target].name);
        double number;
        if (columns[target].type == OA_TEXT) {
            oa_set_text(adsl, row, target, oa_text(dm, row, source));
        } else if (oa_number(dm, row, source, &number)) {
            oa_set_number(adsl, row, target, number);
        }
    }
}

/* A day that is known and not after the cut-off. */
static bool usable_day(const oa_context *context, oa_date date, int32_t *day) {
    return oa_day_by_policy(date, OA_IMPUTE_FIRST, day) && *day <= context->cutoff;
}

static void set_treatment(oa_context *context, oa_table *adsl, size_t row) {
    bool treated = false;
    int32_t first = 0;
    int32_t last = 0;
    for (size_t i = 0; i < context->n_drugs; i++) {
        oa_exposure e = oa_exposure_of(context, row, &context->drugs[i]);
        if (e.n_records) {
            first = !treated || e.first < first ? e.first : first;
            last = !treated || e.last > last ? e.last : last;
            treated = true;
        }
    }
    oa_set_text(adsl, row, C_SAFFL, treated ? "Y" : "N");
    if (treated) {
        oa_set_day(adsl, row, C_TRTSDT, first);
        oa_set_day(adsl, row, C_TRTEDT, last);
        oa_set_number(adsl, row, C_TRTDURD, last - first + 1);
        oa_set_number(adsl, row, C_COMBCYC, (double)oa_completed_cycles(context, row));
    }
}

/* Dates that do not show that the subject was alive on that day, or not to whom it happened. */
static bool says_nothing_of_life(const char *variable) {
    static const char *const names[] = {"BRTHDTC", "DTHDTC", "RFPENDTC", "RFENDTC"};
    for (size_t i = 0; i < OA_COUNT(names); i++) {
        if (oa_streq(variable, names[i])) {
            return true;
        }
    }
    return false;
}

static void last_alive_in(const oa_context *context, const oa_table *table, oa_span span, bool *known, int32_t *last) {
    char name[16];
    snprintf(name, sizeof name, "%sSTAT", oa_table_name(table));
    int stat = oa_table_column(table, name);
    for (int c = 0; c < (int)oa_table_columns(table); c++) {
        if (oa_column_type(table, c) != OA_DATE || says_nothing_of_life(oa_column_name(table, c))) {
            continue;
        }
        for (size_t row = span.first; row < span.first + span.count; row++) {
            oa_date date = oa_date_at(table, row, c);
            bool done = !oa_text_is(table, row, stat, "NOT DONE");
            if (done && date.known >= OA_KNOWN_DAY && date.day <= context->cutoff && (!*known || date.day > *last)) {
                *known = true;
                *last = date.day;
            }
        }
    }
}

/* The last day on which a record shows the subject alive; death does not limit it. */
static bool last_sign_of_life(const oa_context *context, size_t subject, int32_t *last) {
    bool known = false;
    for (int d = 0; d < OA_N_DOMAINS; d++) {
        last_alive_in(context, context->sdtm->domain[d], context->spans[d][subject], &known, last);
    }
    return known;
}

/* DM.DTHDTC, else the date of a DS record of death; nothing where there is none. */
static oa_date date_of_death(const oa_context *context, size_t subject) {
    const oa_table *dm = oa_domain_table(context, OA_DM);
    const oa_table *ds = oa_domain_table(context, OA_DS);
    oa_date date = oa_date_at(dm, subject, oa_table_column(dm, "DTHDTC"));
    int decod = oa_table_column(ds, "DSDECOD");
    int start = oa_table_column(ds, "DSSTDTC");
    oa_span span = context->spans[OA_DS][subject];
    for (size_t i = span.first; i < span.first + span.count && date.known == OA_KNOWN_NOTHING; i++) {
        date = oa_text_is(ds, i, decod, "DEATH") ? oa_date_at(ds, i, start) : date;
    }
    return date;
}

static bool is_called_dead(const oa_context *context, size_t subject) {
    const oa_table *dm = oa_domain_table(context, OA_DM);
    const oa_table *ds = oa_domain_table(context, OA_DS);
    int decod = oa_table_column(ds, "DSDECOD");
    bool dead = oa_text_is(dm, subject, oa_table_column(dm, "DTHFL"), "Y");
    oa_span span = context->spans[OA_DS][subject];
    for (size_t i = span.first; i < span.first + span.count && !dead; i++) {
        dead = oa_text_is(ds, i, decod, "DEATH");
    }
    return dead;
}

/* The day of a death known to the month: the last sign of life in that month, where there is one after its first day. */
static int32_t not_before_life(const oa_context *context, size_t subject, oa_date date, int32_t day) {
    int32_t last = day;
    if (date.known != OA_KNOWN_MONTH || !last_sign_of_life(context, subject, &last) || last <= day) {
        return day;
    }
    return last < oa_last_day(date) ? last : oa_last_day(date);
}

/* Death up to the cut-off.  One known to the month only is not before the last sign of life of that month; one of which
 * not even the month is known counts as a death, but survival is censored. */
static void set_death(oa_context *context, oa_table *adsl, size_t row) {
    oa_date date = date_of_death(context, row);
    int32_t day;
    if (usable_day(context, date, &day)) {
        oa_set_day(adsl, row, C_DTHDT, not_before_life(context, row, date, day));
        oa_set_text(adsl, row, C_DTHFL, "Y");
    } else if (date.known < OA_KNOWN_MONTH && (date.known || is_called_dead(context, row)) &&
               (date.known == OA_KNOWN_NOTHING || date.day <= context->cutoff)) {
        oa_place where = oa_sdtm_place(oa_domain_table(context, OA_DM), row);
        oa_diag_add(context->diag, OA_WARNING, OA_RECORD, &where, "DM-DEATH",
                    "the month of death is not known: it counts as a death, but survival is censored at the last sign "
                    "of life");
        oa_set_text(adsl, row, C_DTHFL, "Y");
    }
}

static void set_last_alive(oa_context *context, oa_table *adsl, size_t row) {
    int32_t last = 0;
    oa_date death = oa_date_at(adsl, row, C_DTHDT);
    oa_date last_dose = oa_date_at(adsl, row, C_TRTEDT); /* of a record that goes on past the cut-off, the cut-off */
    bool known = last_sign_of_life(context, row, &last);
    if (last_dose.known && (!known || last_dose.day > last)) {
        known = true;
        last = last_dose.day;
    }
    if (death.known && (!known || last > death.day)) {
        known = true;
        last = death.day;
    }
    if (known) {
        oa_set_day(adsl, row, C_LSTALVDT, last);
    }
}

static bool is_study_treatment(const oa_context *context, const char *name) {
    for (size_t i = 0; i < context->n_drugs; i++) {
        if (oa_streq_nocase(name, context->drugs[i].trt)) {
            return true;
        }
    }
    const oa_names *not_new = &context->protocol->treatment.not_new;
    for (size_t i = 0; i < not_new->count; i++) {
        if (oa_streq_nocase(name, not_new->items[i])) {
            return true;
        }
    }
    return false;
}

/* Where a new anticancer therapy may be recorded. */
typedef struct therapy_source {
    oa_domain domain;
    const char *names[5]; /* of treatment, standardized treatment, category, start, occurrence */
} therapy_source;

/* The day on which a record says that a new anticancer therapy began.  What ended its month before the first dose is
 * none; one that began in the month of the first dose began after it. */
static bool new_therapy_day(oa_context *context, oa_table *table, size_t row, const int *c, oa_date treated,
                            int32_t *day) {
    oa_date start = oa_date_at(table, row, c[3]);
    if (!oa_text_is(table, row, c[2], "NEW ANTICANCER THERAPY") || oa_text_is(table, row, c[4], "N") ||
        is_study_treatment(context, oa_text(table, row, c[0])) ||
        is_study_treatment(context, oa_text(table, row, c[1]))) {
        return false;
    }
    if (start.known < OA_KNOWN_MONTH) {
        oa_account(context, table, row, OA_USE_NO_DATE, "NEW-THERAPY-DATE",
                   "the month in which a new anticancer therapy began is not known; it neither ends response nor "
                   "censors progression-free survival");
        return false;
    }
    if (!usable_day(context, start, day) || (treated.known && oa_last_day(start) < treated.day)) {
        return false;
    }
    *day = treated.known && *day < treated.day ? treated.day : *day;
    return true;
}

/* The first CM or PR record whose category says new anticancer therapy. */
static void set_new_therapy(oa_context *context, oa_table *adsl, size_t row) {
    static const therapy_source sources[] = {
        {OA_CM, {"CMTRT", "CMDECOD", "CMCAT", "CMSTDTC", "CMOCCUR"}},
        {OA_PR, {"PRTRT", "PRDECOD", "PRCAT", "PRSTDTC", "PROCCUR"}},
    };
    oa_date treated = oa_date_at(adsl, row, C_TRTSDT);
    bool found = false;
    int32_t first = 0;
    for (size_t s = 0; s < OA_COUNT(sources); s++) {
        oa_table *table = context->sdtm->domain[sources[s].domain];
        oa_span span = context->spans[sources[s].domain][row];
        int c[OA_COUNT(sources[s].names)];
        oa_find_columns(table, sources[s].names, OA_COUNT(c), c);
        for (size_t i = span.first; i < span.first + span.count; i++) {
            int32_t day;
            if (new_therapy_day(context, table, i, c, treated, &day)) {
                oa_row_mark(table, i, OA_USE_ANALYSED);
                first = !found || day < first ? day : first;
                found = true;
            }
        }
    }
    if (found) {
        oa_set_day(adsl, row, C_NACTDT, first);
    }
}

/* Who has died or left the study is not on treatment any more, whether or not a record of its own says so. */
static void end_treatment_with_study(oa_table *adsl, size_t row) {
    if (oa_text_is(adsl, row, C_DTHFL, "Y") && oa_text_is(adsl, row, C_EOSSTT, "ONGOING")) {
        oa_set_text(adsl, row, C_EOSSTT, "DISCONTINUED");
        oa_set_text(adsl, row, C_DCSREAS, "DEATH");
    }
    if (oa_text_is(adsl, row, C_EOTSTT, "ONGOING") && !oa_text_is(adsl, row, C_EOSSTT, "ONGOING")) {
        oa_set_text(adsl, row, C_EOTSTT, oa_text(adsl, row, C_EOSSTT));
        oa_set_text(adsl, row, C_DCTREAS, oa_text(adsl, row, C_DCSREAS));
    }
}

/* DSSCAT says whether a disposition event ends treatment or the study; without it, it ends the study. */
static void set_disposition(oa_context *context, oa_table *adsl, size_t row) {
    oa_table *ds = context->sdtm->domain[OA_DS];
    int category = oa_table_column(ds, "DSCAT");
    int subcategory = oa_table_column(ds, "DSSCAT");
    int decod = oa_table_column(ds, "DSDECOD");
    int start = oa_table_column(ds, "DSSTDTC");
    oa_span span = context->spans[OA_DS][row];
    bool treated = oa_text_is(adsl, row, C_SAFFL, "Y");
    oa_set_text(adsl, row, C_EOTSTT, treated ? "ONGOING" : "NOT TREATED");
    oa_set_text(adsl, row, C_EOSSTT, "ONGOING");
    for (size_t i = span.first; i < span.first + span.count; i++) {
        oa_date date = oa_date_at(ds, i, start);
        if (!oa_text_is(ds, i, category, "DISPOSITION EVENT") || (date.known && date.day > context->cutoff)) {
            continue;
        }
        const char *reason = oa_text(ds, i, decod);
        bool completed = oa_streq(reason, "COMPLETED");
        bool of_treatment = strstr(oa_text(ds, i, subcategory), "TREATMENT") != NULL;
        oa_set_text(adsl, row, of_treatment ? C_EOTSTT : C_EOSSTT, completed ? "COMPLETED" : "DISCONTINUED");
        oa_set_text(adsl, row, of_treatment ? C_DCTREAS : C_DCSREAS, completed ? "" : reason);
        oa_row_mark(ds, i, OA_USE_ANALYSED);
    }
    end_treatment_with_study(adsl, row);
}

/* Enrolment: a DS milestone of that name.  Consent is not enrolment: it has a column of its own. */
static void set_enrolment(oa_context *context, oa_table *adsl, size_t row) {
    static const char *const milestones[] = {"ENROLLED", "RANDOMIZED", "ENROLMENT", "ENROLLMENT"};
    const oa_table *dm = oa_domain_table(context, OA_DM);
    oa_table *ds = context->sdtm->domain[OA_DS];
    int decod = oa_table_column(ds, "DSDECOD");
    int start = oa_table_column(ds, "DSSTDTC");
    oa_date consent = oa_date_at(dm, row, oa_table_column(dm, "RFICDTC"));
    if (consent.known && consent.day <= context->cutoff) {
        oa_set_date(adsl, row, C_RFICDT, consent);
    }
    oa_span span = context->spans[OA_DS][row];
    for (size_t i = span.first; i < span.first + span.count; i++) {
        for (size_t m = 0; m < OA_COUNT(milestones); m++) {
            oa_date date = oa_date_at(ds, i, start);
            if (oa_text_is(ds, i, decod, milestones[m]) && date.day <= context->cutoff) {
                oa_set_date(adsl, row, C_ENRLDT, date);
                oa_row_mark(ds, i, OA_USE_ANALYSED);
            }
        }
    }
}

void oa_derive_adsl(oa_context *context) {
    oa_table *adsl = oa_dataset_new(context, OA_ADSL, columns, OA_COUNT(columns));
    oa_table *dm = context->sdtm->domain[OA_DM];
    for (size_t subject = 0; subject < context->n_subjects; subject++) {
        size_t row = oa_table_add_row(adsl);
        copy_from_dm(adsl, row, dm);
        set_treatment(context, adsl, row);
        set_death(context, adsl, row);
        set_last_alive(context, adsl, row);
        set_new_therapy(context, adsl, row);
        set_disposition(context, adsl, row);
        set_enrolment(context, adsl, row);
        if (context->cutoff != INT32_MAX) {
            oa_set_day(adsl, row, C_CUTOFFDT, context->cutoff);
        }
        oa_cite(adsl, dm, subject);
        oa_row_mark(dm, subject, OA_USE_ANALYSED);
    }
}

oa_subject_dates oa_dates_of(const oa_context *context, size_t subject) {
    const oa_table *adsl = context->adam->dataset[OA_ADSL];
    oa_date start = oa_date_at(adsl, subject, C_TRTSDT);
    oa_date enrolled = oa_date_at(adsl, subject, C_ENRLDT);
    oa_date end = oa_date_at(adsl, subject, C_TRTEDT);
    oa_date death = oa_date_at(adsl, subject, C_DTHDT);
    oa_date alive = oa_date_at(adsl, subject, C_LSTALVDT);
    oa_date therapy = oa_date_at(adsl, subject, C_NACTDT);
    bool by_enrolment = context->protocol->response.reference == OA_P_ENROLMENT;
    oa_date reference = by_enrolment ? enrolled : start;
    return (oa_subject_dates){.treated = start.known != OA_KNOWN_NOTHING,
                              .first_dose = start.day,
                              .reference = reference.day,
                              .has_reference = reference.known >= OA_KNOWN_DAY,
                              .last_dose = end.day,
                              .died = death.known != OA_KNOWN_NOTHING,
                              .death = death.day,
                              .known_alive = alive.known != OA_KNOWN_NOTHING,
                              .last_alive = alive.day,
                              .new_therapy = therapy.known != OA_KNOWN_NOTHING,
                              .new_therapy_day = therapy.day};
}
