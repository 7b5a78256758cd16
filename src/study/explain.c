/* explain.c - why a subject has a value: the row of the dataset, its rule and reason, and the records behind it. */
#include "study_data.h"

#include "../base/number.h"
#include "../base/text.h"

#include <string.h>

typedef struct job {
    oa_study *study;
    const char *subject;
    const char *paramcd;
    const char *visit; /* NULL: any */
    oa_diag *diag;
    oa_explanation *found;
    size_t count;
    size_t capacity;
    bool known;
} job;

/* ---- a record in one line ---------------------------------------------------------------------------------------- */

/* What of a record a person wants to read, in this order; of the columns of a domain only those that are there. */
static const char *const telling[] = {"AVISIT",   "VISIT",    "TRLNKID",  "TULNKID", "TULOC",    "PARAMCD",  "TRTESTCD",
                                      "RSTESTCD", "LBTESTCD", "TUORRES",  "EXTRT",   "EXDOSE",   "EXDOSU",   "AVALC",
                                      "AVAL",     "TRSTRESC", "TRSTRESU", "TRSTAT",  "RSSTRESC", "LBSTRESC", "LBSTRESU",
                                      "LBMETHOD", "DSDECOD",  "EXADJ",    "ADT",     "TRDTC",    "TUDTC",    "RSDTC",
                                      "LBDTC",    "EXSTDTC",  "EXENDTC",  "DSSTDTC", "DTHDTC",   "LSTALVDT", "REASON"};

static const char *record_text(oa_arena *arena, const oa_table *table, size_t row) {
    char cell[OA_NUMBER_SIZE];
    oa_buf buf;
    oa_buf_init(&buf, arena);
    for (size_t i = 0; i < sizeof telling / sizeof *telling; i++) {
        int column = oa_table_column(table, telling[i]);
        if (column < 0 || oa_is_missing(table, row, column)) {
            continue;
        }
        oa_put(&buf, buf.length ? " " : "");
        oa_put(&buf, oa_cell(table, row, column, cell));
    }
    return buf.bytes;
}

static oa_record record_of(job *j, const oa_table *table, size_t row) {
    oa_record record = {.domain = oa_table_name(table),
                        .seq = -1,
                        .file = oa_row_file(table),
                        .line = oa_row_line(table, row),
                        .text = record_text(j->study->arena, table, row)};
    double seq;
    if (oa_row_file(table)) {
        record.seq = oa_sdtm_place(table, row).seq;
    } else if (oa_number(table, row, oa_table_column(table, "ASEQ"), &seq)) {
        record.seq = (int64_t)seq;
    }
    return record;
}

/* ---- the records behind a row ------------------------------------------------------------------------------------ */

typedef struct records {
    oa_record *items;
    size_t count;
    size_t capacity;
} records;

static void add_record(job *j, records *list, const oa_table *table, size_t row) {
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 16;
        list->items = oa_regrow(j->study->arena, list->items, list->capacity, capacity, sizeof *list->items);
        list->capacity = capacity;
    }
    list->items[list->count++] = record_of(j, table, row);
}

/* A cited row of a dataset is followed by what it cites itself, so that the list ends at source records. */
static void add_cited(job *j, records *list, const oa_table *table, size_t row) {
    const oa_ref *refs;
    size_t count = oa_row_refs(table, row, &refs);
    for (size_t i = 0; i < count; i++) {
        const oa_table *cited = oa_cited_table(&j->study->sdtm, &j->study->adam, refs[i].table);
        if (cited) {
            add_record(j, list, cited, refs[i].row);
            add_cited(j, list, cited, refs[i].row);
        }
    }
}

/* ---- the course of assessments ----------------------------------------------------------------------------------- */

/* Parameters of ADRS that are chosen from the overall responses. */
static bool is_chosen(const char *paramcd) {
    static const char *const chosen[] = {"BOR", "CBOR", "RSP", "CRSP", "CB", "CCB", "CBR", "BCP", "CBCP", "PD", "LSTA"};
    for (size_t i = 0; i < OA_COUNT(chosen); i++) {
        if (oa_streq(paramcd, chosen[i])) {
            return true;
        }
    }
    return false;
}

static const char *role_of(job *j, const oa_table *adrs, size_t row, size_t chosen) {
    oa_arena *arena = j->study->arena;
    const char *date = oa_cell_text(arena, adrs, row, "ADT");
    if (oa_streq(oa_cell_text(arena, adrs, row, "ANL01FL"), "")) {
        return "";
    }
    return oa_streq(date, oa_cell_text(arena, adrs, chosen, "ADT"))      ? "decides"
           : oa_streq(date, oa_cell_text(arena, adrs, chosen, "CONFDT")) ? "confirms"
                                                                         : "";
}

/* The overall responses of the subject of row `chosen`, in order of day. */
static void add_steps(job *j, const oa_table *adrs, size_t chosen, oa_explanation *e) {
    oa_arena *arena = j->study->arena;
    oa_span *spans = oa_table_spans(arena, j->study->adam.dataset[OA_ADSL], adrs);
    int usubjid = oa_table_column(j->study->adam.dataset[OA_ADSL], "USUBJID");
    size_t subject = 0;
    while (!oa_text_is(j->study->adam.dataset[OA_ADSL], subject, usubjid, j->subject)) {
        subject++;
    }
    oa_span span = spans[subject];
    oa_step *steps = OA_NEW_ARRAY(arena, oa_step, span.count);
    int paramcd = oa_table_column(adrs, "PARAMCD");
    for (size_t row = span.first; row < span.first + span.count; row++) {
        if (!oa_text_is(adrs, row, paramcd, "OVR")) {
            continue;
        }
        const char *recorded = oa_cell_text(arena, adrs, row, "OAVALC");
        const char *response = oa_cell_text(arena, adrs, row, "AVALC");
        oa_step step = {.date = oa_cell_text(arena, adrs, row, "ADT"),
                        .day = oa_cell_text(arena, adrs, row, "ADY"),
                        .visit = oa_cell_text(arena, adrs, row, "AVISIT"),
                        .response = *recorded ? oa_printf(arena, "%s, read as %s", recorded, response) : response,
                        .use = oa_cell_text(arena, adrs, row, "ANLREAS"),
                        .role = role_of(j, adrs, row, chosen)};
        size_t at = e->n_steps++;
        while (at > 0 && strcmp(steps[at - 1].date, step.date) > 0) {
            steps[at] = steps[at - 1];
            at--;
        }
        steps[at] = step;
    }
    e->steps = steps;
}

/* Where the rules of a kind stand, by how their ids begin. */
static const char *paper_of(const char *rule) {
    static const struct {
        const char *prefix;
        const char *paper;
    } papers[] = {
        {"RECIST-BOR", "RECIST 1.1 (Eisenhauer, Eur J Cancer 2009;45:228-47), section 4.4.3"},
        {"RECIST-CBOR", "RECIST 1.1 (Eisenhauer, Eur J Cancer 2009;45:228-47), section 4.4.3 and table 3"},
        {"RECIST-RSP", "RECIST 1.1 (Eisenhauer, Eur J Cancer 2009;45:228-47), section 4.6.2"},
        {"RECIST-CRSP", "RECIST 1.1 (Eisenhauer, Eur J Cancer 2009;45:228-47), sections 4.4.3 and 4.6.2"},
        {"RECIST-", "RECIST 1.1 (Eisenhauer, Eur J Cancer 2009;45:228-47)"},
    };
    for (size_t i = 0; i < OA_COUNT(papers); i++) {
        if (strncmp(rule, papers[i].prefix, strlen(papers[i].prefix)) == 0) {
            return papers[i].paper;
        }
    }
    return "";
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

/* AVALC where there is one, else AVAL with its unit; for times, the event in words. */
static const char *value_text(job *j, const oa_table *table, size_t row) {
    oa_arena *arena = j->study->arena;
    const char *text = oa_cell_text(arena, table, row, "AVALC");
    if (*text) {
        return text;
    }
    const char *number = oa_cell_text(arena, table, row, "AVAL");
    const char *unit = oa_lower(arena, oa_cell_text(arena, table, row, "AVALU"));
    const char *event = oa_cell_text(arena, table, row, "EVNTDESC");
    return oa_printf(arena, "%s%s%s%s%s", number, *unit ? " " : "", unit, *event ? ", " : "", event);
}

static void add_explanation(job *j, const oa_table *table, size_t row) {
    oa_arena *arena = j->study->arena;
    records list = {0};
    add_cited(j, &list, table, row);
    if (j->count == j->capacity) {
        size_t capacity = j->capacity ? j->capacity * 2 : 8;
        j->found = oa_regrow(arena, j->found, j->capacity, capacity, sizeof *j->found);
        j->capacity = capacity;
    }
    const char *reason = oa_cell_text(arena, table, row, "REASON");
    const char *date = oa_cell_text(arena, table, row, "ADT");
    j->found[j->count++] = (oa_explanation){.subject = j->subject,
                                            .paramcd = j->paramcd,
                                            .param = oa_cell_text(arena, table, row, "PARAM"),
                                            .visit = oa_cell_text(arena, table, row, "AVISIT"),
                                            .value = value_text(j, table, row),
                                            .date = date,
                                            .rule = oa_cell_text(arena, table, row, "RULE"),
                                            .reason = *reason ? reason : oa_cell_text(arena, table, row, "CNSDTDSC"),
                                            .records = list.items,
                                            .n_records = list.count};
    oa_explanation *e = &j->found[j->count - 1];
    e->paper = paper_of(e->rule);
    if (table == j->study->adam.dataset[OA_ADRS] && is_chosen(j->paramcd)) {
        add_steps(j, table, row, e);
    }
}

static bool is_wanted(const job *j, const oa_table *table, size_t row) {
    return oa_text_is(table, row, oa_table_column(table, "USUBJID"), j->subject) &&
           oa_text_is(table, row, oa_table_column(table, "PARAMCD"), j->paramcd) &&
           (!j->visit || oa_streq_nocase(oa_text(table, row, oa_table_column(table, "AVISIT")), j->visit));
}

/* Is there such a subject? */
static bool check_subject(job *j) {
    const oa_table *adsl = j->study->adam.dataset[OA_ADSL];
    int usubjid = oa_table_column(adsl, "USUBJID");
    size_t n = oa_table_rows(adsl);
    const char **ids = OA_NEW_ARRAY(j->study->arena, const char *, n);
    for (size_t i = 0; i < n; i++) {
        ids[i] = oa_text(adsl, i, usubjid);
        if (oa_streq(ids[i], j->subject)) {
            return true;
        }
    }
    const char *near = oa_nearest(j->subject, ids, n);
    oa_diag_add(j->diag, OA_ERROR, OA_USAGE, NULL, "EXPLAIN", "there is no subject %s%s%s%s", j->subject,
                near ? "; did you mean " : "; the first is ",
                near ? near
                : n  ? ids[0]
                     : "missing too",
                near ? "?" : "");
    return false;
}

/* Adds what a dataset has of the subject, each once: the visits of the parameter asked for, or else the parameters. */
static void list_column(job *j, const oa_table *table, bool visits, oa_buf *known) {
    int usubjid = oa_table_column(table, "USUBJID");
    int paramcd = oa_table_column(table, "PARAMCD");
    int listed = visits ? oa_table_column(table, "AVISIT") : paramcd;
    if (paramcd < 0 || listed < 0) {
        return;
    }
    bool *seen = OA_NEW_ARRAY(j->study->arena, bool, oa_code_count(table, listed));
    for (size_t row = 0; row < oa_table_rows(table); row++) {
        int32_t code = oa_code_at(table, row, listed);
        bool meant =
            oa_text_is(table, row, usubjid, j->subject) && (!visits || oa_text_is(table, row, paramcd, j->paramcd));
        if (meant && code >= 0 && !seen[code]) {
            seen[code] = true;
            oa_putf(known, "%s%s", known->length ? ", " : "", oa_code_text(table, listed, code));
        }
    }
}

/* NULL: nothing. */
static const char *list_known(job *j, bool visits) {
    oa_buf known;
    oa_buf_init(&known, j->study->arena);
    for (int d = 0; d < OA_N_DATASETS; d++) {
        list_column(j, j->study->adam.dataset[d], visits, &known);
    }
    return known.length ? known.bytes : NULL;
}

static void report_unknown(job *j) {
    const char *visits = j->visit ? list_known(j, true) : NULL;
    const char *known = visits ? visits : list_known(j, false);
    oa_diag_add(j->diag, OA_ERROR, OA_USAGE, NULL, "EXPLAIN", "%s has no %s%s%s; there is %s", j->subject,
                *j->paramcd ? j->paramcd : "parameter without a name", visits ? " at " : "", visits ? j->visit : "",
                known ? known : "none");
}

static void run_explain(void *context) {
    job *j = context;
    const char *at = strchr(j->paramcd, '@');
    if (at) {
        j->visit = oa_strdup(j->study->arena, at + 1);
        j->paramcd = oa_strndup(j->study->arena, j->paramcd, (size_t)(at - j->paramcd));
    }
    j->subject = oa_strdup(j->study->arena, j->subject);
    j->paramcd = oa_upper(j->study->arena, j->paramcd);
    j->known = check_subject(j);
    for (int d = 0; d < OA_N_DATASETS && j->known; d++) {
        const oa_table *table = j->study->adam.dataset[d];
        if (d == OA_ADRSR || d == OA_DISCREPANCIES) {
            continue; /* they stand beside ADRS, which decides */
        }
        for (size_t row = 0; oa_table_column(table, "PARAMCD") >= 0 && row < oa_table_rows(table); row++) {
            if (is_wanted(j, table, row)) {
                add_explanation(j, table, row);
            }
        }
    }
    if (j->known && j->count == 0) {
        report_unknown(j);
    }
}

bool oa_study_explain(oa_study *study, const char *subject, const char *paramcd, const oa_explanation **found,
                      size_t *count, oa_diag *diag) {
    job j = {.study = study, .subject = subject, .paramcd = paramcd, .diag = diag};
    bool ran = study->derived && oa_study_run(study, run_explain, &j, diag);
    *found = j.found;
    *count = j.count;
    return ran && j.count > 0;
}
