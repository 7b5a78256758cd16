/* check.c - see check.h. */
#include "check.h"

#include "../base/number.h"
#include "../base/text.h"

#include <string.h>

typedef struct job {
    oa_arena *arena;
    const oa_protocol *protocol;
    const oa_sdtm *sdtm;
    const oa_adam *adam;
    oa_diag *diag;
    oa_sql *sql;
    const oa_span *of_adex; /* of each subject */
    const oa_span *of_pr;
} job;

/* ---- rules on domains that the study does not have ---------------------------------------------------------------- */

static bool is_word(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* The next word of a rule outside of quoted text, upper-cased; NULL at its end. */
static const char *next_word(oa_arena *arena, const char **at) {
    const char *c = *at;
    while (*c && !is_word(*c)) {
        const char *quote = *c == '\'' ? strchr(c + 1, '\'') : NULL;
        c = quote ? quote + 1 : c + 1;
    }
    size_t length = 0;
    while (is_word(c[length])) {
        length++;
    }
    *at = c + length;
    return length ? oa_upper(arena, oa_strndup(arena, c, length)) : NULL;
}

/* The first domain without a file that a rule names; NULL for none. */
static const char *absent_domain(const job *j, const char *rule) {
    for (const char *word = next_word(j->arena, &rule); word; word = next_word(j->arena, &rule)) {
        for (int d = 0; d < OA_N_DOMAINS; d++) {
            const oa_table *table = j->sdtm->domain[d];
            if (oa_table_columns(table) == 0 && oa_streq(oa_table_name(table), word)) {
                return oa_table_name(table);
            }
        }
    }
    return NULL;
}

/* Domains that are absent leave a rule without an answer; that is a note, not an error, and not a verdict. */
static bool lacks_domain(const job *j, const char *id, const char *rule, oa_mark mark) {
    const char *domain = absent_domain(j, rule);
    oa_place where = oa_protocol_place(j->protocol, mark);
    if (domain) {
        oa_diag_add(j->diag, OA_NOTE, OA_RECORD, &where, id,
                    "not judged: it asks for %s, and the study has no file of it", domain);
    }
    return domain != NULL;
}

/* ---- eligibility: every treated subject meets each criterion ------------------------------------------------------ */

static bool is_treated(const job *j, size_t subject) {
    const oa_table *adsl = j->adam->dataset[OA_ADSL];
    return oa_text_is(adsl, subject, oa_table_column(adsl, "SAFFL"), "Y");
}

static bool check_criterion(job *j, const oa_p_criterion *criterion) {
    const oa_table *dm = j->sdtm->domain[OA_DM];
    oa_place rule = oa_protocol_place(j->protocol, criterion->mark);
    signed char *verdict = OA_NEW_ARRAY(j->arena, signed char, oa_table_rows(dm));
    bool inclusion = criterion->kind == OA_P_INCLUSION;
    if (*criterion->rule == '\0' || lacks_domain(j, criterion->id, criterion->rule, criterion->mark)) {
        return true;
    }
    if (!oa_sql_test(j->sql, dm, criterion->rule, &rule, verdict, j->diag)) {
        return false;
    }
    for (size_t i = 0; i < oa_table_rows(dm); i++) {
        oa_place where = oa_sdtm_place(dm, i);
        if (is_treated(j, i) && verdict[i] < 0) {
            oa_diag_add(j->diag, OA_WARNING, OA_RECORD, &where, criterion->id,
                        "eligibility cannot be judged: %s; a value that the rule needs is missing", criterion->text);
        } else if (is_treated(j, i) && (verdict[i] > 0) != inclusion) {
            oa_diag_add(j->diag, OA_WARNING, OA_RECORD, &where, criterion->id, "%s criterion %s: %s",
                        inclusion ? "inclusion" : "exclusion", inclusion ? "is not met" : "applies", criterion->text);
        }
    }
    return true;
}

/* ---- gates: no dose of a drug before a scan within its days shows what the rule asks ------------------------------ */

/* The first day of a drug for a subject; false where it was not given. */
static bool first_dose(const job *j, size_t subject, const char *drug_id, int32_t *day) {
    const oa_table *adex = j->adam->dataset[OA_ADEX];
    int drug = oa_table_column(adex, "DRUG");
    int start = oa_table_column(adex, "ASTDT");
    oa_span span = j->of_adex[subject];
    for (size_t row = span.first; row < span.first + span.count; row++) {
        if (oa_text_is(adex, row, drug, drug_id)) {
            *day = oa_date_at(adex, row, start).day;
            return true;
        }
    }
    return false;
}

/* The first scan of a subject on or after a day. */
static bool first_scan(const job *j, size_t subject, const char *scan, int32_t from, int32_t *day) {
    const oa_table *pr = j->sdtm->domain[OA_PR];
    int trt = oa_table_column(pr, "PRTRT");
    int start = oa_table_column(pr, "PRSTDTC");
    bool found = false;
    oa_span span = j->of_pr[subject];
    for (size_t row = span.first; row < span.first + span.count; row++) {
        oa_date date = oa_date_at(pr, row, start);
        if (oa_text_is(pr, row, trt, scan) && date.known >= OA_KNOWN_DAY && date.day >= from &&
            (!found || date.day < *day)) {
            *day = date.day;
            found = true;
        }
    }
    return found;
}

static void check_gate_of(job *j, const oa_p_gate *gate, size_t subject, signed char verdict) {
    oa_place where = oa_sdtm_place(j->sdtm->domain[OA_DM], subject);
    int32_t dose = 0;
    int32_t anchor = 0;
    int32_t scan = 0;
    if (!first_dose(j, subject, gate->before, &dose)) {
        return;
    }
    bool scanned = first_dose(j, subject, gate->scan_after, &anchor) &&
                   first_scan(j, subject, gate->scan_testcd, anchor, &scan) && scan <= dose;
    if (!scanned) {
        oa_diag_add(j->diag, OA_WARNING, OA_RECORD, &where, gate->id, "%s was given without a %s before it",
                    gate->before, gate->scan_testcd);
    } else if (gate->scan_days.count == 2 &&
               (scan - anchor < gate->scan_days.items[0] || scan - anchor > gate->scan_days.items[1])) {
        oa_diag_add(j->diag, OA_WARNING, OA_RECORD, &where, gate->id,
                    "the %s was on day %d after %s; the protocol asks for day %d to %d", gate->scan_testcd,
                    (int)(scan - anchor), gate->scan_after, (int)gate->scan_days.items[0],
                    (int)gate->scan_days.items[1]);
    }
    if (verdict <= 0) {
        oa_diag_add(j->diag, OA_WARNING, OA_RECORD, &where, gate->id, "%s was given although the gate %s: %s",
                    gate->before, verdict < 0 ? "cannot be judged" : "is closed", gate->text);
    }
}

static bool check_gate(job *j, const oa_p_gate *gate) {
    const oa_table *dm = j->sdtm->domain[OA_DM];
    oa_place rule = oa_protocol_place(j->protocol, gate->mark);
    signed char *verdict = OA_NEW_ARRAY(j->arena, signed char, oa_table_rows(dm));
    /* The scan is a record of PR. */
    if (lacks_domain(j, gate->id, "pr", gate->mark) || lacks_domain(j, gate->id, gate->rule, gate->mark)) {
        return true;
    }
    memset(verdict, 1, oa_table_rows(dm));
    if (*gate->rule && !oa_sql_test(j->sql, dm, gate->rule, &rule, verdict, j->diag)) {
        return false;
    }
    for (size_t i = 0; i < oa_table_rows(dm); i++) {
        check_gate_of(j, gate, i, verdict[i]);
    }
    return true;
}

/* ---- edit checks: each row of the query is a finding --------------------------------------------------------------- */

typedef struct edit_check {
    job *job;
    const oa_p_check *check;
} edit_check;

/* The table and row of a finding that names a domain, subject and sequence number, for its file and line. */
static oa_place place_of_record(const job *j, const char *subject, const char *domain, const char *seq) {
    oa_place where = {.subject = subject, .domain = domain, .seq = -1};
    int64_t number = -1;
    if (seq && oa_parse_integer(seq, strlen(seq), &number)) {
        where.seq = number;
    }
    for (int d = 0; d < OA_N_DOMAINS && subject; d++) {
        const oa_table *table = j->sdtm->domain[d];
        bool wanted = domain ? oa_streq(oa_table_name(table), domain) : d == OA_DM;
        int usubjid = oa_table_column(table, "USUBJID");
        for (size_t row = 0; wanted && row < oa_table_rows(table); row++) {
            if (!oa_text_is(table, row, usubjid, subject)) {
                continue;
            }
            oa_place place = oa_sdtm_place(table, row);
            if (place.subject && (d == OA_DM || place.seq == number)) {
                return place;
            }
        }
    }
    return where;
}

static bool report_row(void *context, int count, const char *const *names, const char *const *values) {
    const edit_check *e = context;
    const char *subject = NULL;
    const char *domain = NULL;
    const char *seq = NULL;
    const char *detail = NULL;
    for (int i = 0; i < count; i++) {
        subject = oa_streq_nocase(names[i], "USUBJID") ? values[i] : subject;
        domain = oa_streq_nocase(names[i], "DOMAIN") ? values[i] : domain;
        seq = oa_streq_nocase(names[i], "SEQ") ? values[i] : seq;
        detail = oa_streq_nocase(names[i], "TEXT") ? values[i] : detail;
    }
    oa_place where = place_of_record(e->job, subject, domain, seq);
    oa_diag_add(e->job->diag, (oa_severity)e->check->severity, OA_RECORD, &where, e->check->id, "%s%s%s",
                e->check->text, detail ? ": " : "", detail ? detail : "");
    return true;
}

static bool run_edit_check(job *j, const oa_p_check *check) {
    edit_check e = {j, check};
    if (lacks_domain(j, check->id, check->query, check->mark)) {
        return true;
    }
    oa_place rule = oa_protocol_place(j->protocol, check->mark);
    return oa_sql_query(j->sql, check->query, &rule, report_row, &e, j->diag);
}

bool oa_conduct_check(oa_arena *arena, const oa_protocol *protocol, const oa_sdtm *sdtm, const oa_adam *adam,
                      oa_diag *diag) {
    job j = {arena,
             protocol,
             sdtm,
             adam,
             diag,
             oa_adam_sql(arena, sdtm, adam, diag),
             oa_table_spans(arena, adam->dataset[OA_ADSL], adam->dataset[OA_ADEX]),
             oa_table_spans(arena, adam->dataset[OA_ADSL], sdtm->domain[OA_PR])};
    bool ran = j.sql != NULL;
    for (size_t i = 0; i < protocol->n_eligibility && ran; i++) {
        ran = check_criterion(&j, &protocol->eligibility[i]);
    }
    for (size_t i = 0; i < protocol->n_gates && ran; i++) {
        ran = check_gate(&j, &protocol->gates[i]);
    }
    for (size_t i = 0; i < protocol->n_checks && ran; i++) {
        ran = run_edit_check(&j, &protocol->checks[i]);
    }
    return ran;
}
