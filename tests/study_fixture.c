/* study_fixture.c - see study_fixture.h. */
#include "study_fixture.h"

#include "../src/base/number.h"
#include "../src/base/text.h"
#include "../src/sdtm/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Columns of the records' lines.  Where `twin` is named it is added, with the value of `of` where that is a number
 * (or, for `any`, whatever it is). */
static const struct {
    const char *header;
    const char *twin;
    int of;
    bool any;
} study_headers[OA_N_DOMAINS] = {
    [OA_DM] = {"USUBJID,AGE,SEX,RFICDTC,DTHDTC,DTHFL,RFXENDTC", NULL, 0, false},
    [OA_DS] = {"USUBJID,DSDECOD,DSSTDTC,DSCAT,DSSCAT", NULL, 0, false},
    [OA_MH] = {"USUBJID,MHTERM,MHDECOD,MHCAT,MHSTDTC", NULL, 0, false},
    [OA_CM] = {"USUBJID,CMTRT,CMSTDTC,CMCAT,CMDECOD,CMOCCUR", NULL, 0, false},
    [OA_PR] = {"USUBJID,PRTRT,PRSTDTC,PRCAT,PRDECOD,PRLNKID", NULL, 0, false},
    [OA_EX] = {"USUBJID,EXTRT,EXDOSE,EXDOSU,EXSTDTC,EXENDTC,EXADJ,EXDOSFRQ,EXOCCUR", NULL, 0, false},
    [OA_TU] = {"USUBJID,TULNKID,TUORRES,TULOC,VISIT,TUDTC,TUEVAL", "TUTESTCD", 2, true},
    [OA_TR] = {"USUBJID,TRGRPID,TRLNKID,TRTESTCD,TRSTRESC,VISIT,TRDTC,TRSTAT,TREVAL,TREVALID,TRORRESU,VISITNUM,"
               "TRREASND,TRMETHOD",
               "TRORRES", 4, true},
    [OA_RS] = {"USUBJID,RSTESTCD,RSSTRESC,VISIT,RSDTC,RSEVAL,RSEVALID,RSSTAT", NULL, 0, false},
    [OA_LB] = {"USUBJID,LBTESTCD,LBSTRESC,VISIT,LBDTC,LBMETHOD,LBSTRESU,LBSTNRHI,LBSTAT", "LBSTRESN", 2, false},
    [OA_VS] = {"USUBJID,VSTESTCD,VSDTC,VSSTAT", NULL, 0, false},
    [OA_AE] = {"USUBJID,AETERM,AESTDTC,AEENDTC,AETOXGR,AEREL,AEACN,AESER,AEBODSYS,AERELX,AEACNX,AERELY,AEACNY,AESEV",
               NULL, 0, false},
};

enum { LINE_SIZE = 1024, PLACE_SIZE = 128 };

/* ---- records ------------------------------------------------------------------------------------------------------ */

static size_t count_commas(const char *text, size_t length) {
    size_t n = 0;
    bool quoted = false;
    for (size_t i = 0; i < length; i++) {
        quoted = quoted != (text[i] == '"');
        n += text[i] == ',' && !quoted;
    }
    return n;
}

static void put_twin(oa_buf *csv, oa_domain domain, const char *row, size_t length) {
    double number;
    const char *end = row + length;
    for (int i = 0; i < study_headers[domain].of && row; i++) {
        row = memchr(row, ',', (size_t)(end - row));
        row = row ? row + 1 : NULL;
    }
    const char *stop = row ? memchr(row, ',', (size_t)(end - row)) : NULL;
    size_t n = row ? (size_t)((stop ? stop : end) - row) : 0;
    oa_put_char(csv, ',');
    if (n && (study_headers[domain].any || oa_parse_number(row, n, &number))) {
        oa_put_n(csv, row, n);
    }
}

/* The lines of one domain as CSV; NULL where there is none. */
static const char *csv_of(oa_arena *arena, oa_domain domain, const char *records) {
    const char *name = oa_domain_model_of(domain)->name;
    oa_buf csv;
    size_t commas = 0;
    bool any = false;
    bool own_header = false;
    oa_buf_init(&csv, arena);
    for (const char *line = records; *line; line += strcspn(line, "\n"), line += *line == '\n') {
        size_t length = strcspn(line, "\n");
        if (strncmp(line, name, 2) != 0 || line[2] != ',') {
            continue;
        }
        const char *row = line + 3;
        size_t n = length - 3;
        if (!any) {
            own_header = strncmp(row, "USUBJID", 7) == 0;
            const char *header = own_header ? oa_strndup(arena, row, n) : study_headers[domain].header;
            commas = count_commas(header, strlen(header));
            oa_put(&csv, header);
            oa_put(&csv, own_header || !study_headers[domain].twin
                             ? "\n"
                             : oa_printf(arena, ",%s\n", study_headers[domain].twin));
            any = true;
            if (own_header) {
                continue;
            }
        }
        oa_put_n(&csv, row, n);
        for (size_t i = count_commas(row, n); i < commas; i++) {
            oa_put_char(&csv, ',');
        }
        if (!own_header && study_headers[domain].twin) {
            put_twin(&csv, domain, row, n);
        }
        oa_put_char(&csv, '\n');
    }
    return any ? csv.bytes : NULL;
}

/* Numbers the records and sorts them, as reading a directory does. */
static void finish(oa_arena *arena, const oa_domain_model *model, oa_table *table) {
    int subject = oa_table_column(table, "USUBJID");
    int seq = model->seq ? oa_table_column(table, model->seq) : -1;
    oa_table_seal(table);
    if (model->seq && seq < 0) {
        seq = oa_table_add_column(table, model->seq, "Sequence Number", OA_NUMBER);
        double *last = OA_NEW_ARRAY(arena, double, oa_code_count(table, subject) + 1);
        for (size_t row = 0; row < oa_table_rows(table); row++) {
            oa_set_number(table, row, seq, ++last[oa_code_at(table, row, subject) + 1]);
        }
    }
    oa_table_sort(table, (int[]){subject, seq}, 2);
}

static void read_records(study *s, const char *records) {
    for (int d = 0; d < OA_N_DOMAINS; d++) {
        const oa_domain_model *model = oa_domain_model_of((oa_domain)d);
        const char *csv = csv_of(s->arena, (oa_domain)d, records);
        oa_table *table = csv ? oa_csv_read(s->arena, model, model->name, csv, strlen(csv), s->diag)
                              : oa_table_new(s->arena, model->name, model->label);
        s->sdtm.domain[d] = table;
        if (!table) {
            return;
        }
        if (csv) {
            finish(s->arena, model, table);
        } else {
            oa_table_seal(table);
        }
        oa_table_set_id(table, d);
    }
}

typedef struct job {
    study *s;
    const char *protocol;
    const char *records;
} job;

static void run(void *context) {
    job *j = context;
    study *s = j->s;
    const char *own = j->protocol ? j->protocol : "";
    const char *study_line = strncmp(own, "study:", 6) == 0 ? "" : "study: {id: TEST}\n";
    char *text = oa_printf(s->arena, "onearm: 1\n%s%s", study_line, own);
    s->protocol = oa_protocol_parse(s->arena, "protocol.yaml", text, strlen(text), s->diag);
    read_records(s, j->records);
    if (s->protocol && oa_diag_errors(s->diag) == 0) {
        s->derived = oa_adam_derive(s->arena, s->protocol, &s->sdtm, (oa_date){0}, &s->adam, s->diag) &&
                     oa_ard_analyse(s->arena, s->protocol, &s->sdtm, &s->adam, &s->ard, s->diag);
    }
}

static void print_messages(const study *s) {
    for (size_t i = 0; i < oa_diag_count(s->diag); i++) {
        const oa_message *m = oa_diag_get(s->diag, i);
        print_error("  %s:%d: %s [%s]\n", m->where.file ? m->where.file : "", (int)m->where.line, m->text, m->rule);
    }
}

study *study_open(const char *protocol, const char *records) {
    oa_arena *arena = oa_arena_new(0);
    assert_non_null(arena);
    study *s = OA_NEW(arena, study);
    s->arena = arena;
    s->diag = oa_diag_new();
    assert_non_null(s->diag);
    job j = {s, protocol, records};
    assert_true(oa_arena_run(arena, run, &j));
    if (!s->protocol || !s->sdtm.domain[OA_N_DOMAINS - 1]) {
        print_messages(s);
        fail_msg("the study of the test cannot be read");
    }
    return s;
}

void study_close(study *s) {
    oa_diag_free(s->diag);
    oa_arena_free(s->arena);
}

/* ---- cells -------------------------------------------------------------------------------------------------------- */

/* A want taken apart: "ADRS#2/OVR@WEEK 6|AVALC" */
typedef struct place {
    char dataset[PLACE_SIZE];
    char subject[PLACE_SIZE];
    char key[PLACE_SIZE];
    char visit[PLACE_SIZE];
    char column[PLACE_SIZE];
} place;

/* Copies up to one of `ends` and moves on to it. */
static void take(const char **text, const char *ends, char out[PLACE_SIZE]) {
    size_t length = strcspn(*text, ends);
    assert_true(length < PLACE_SIZE);
    memcpy(out, *text, length);
    out[length] = '\0';
    *text += length;
}

static place place_of(const char *what) {
    place p = {.subject = "1"};
    take(&what, "#/ |", p.dataset);
    if (*what == '#') {
        what++;
        take(&what, "/ |", p.subject);
    }
    if (*what == '/') {
        what++;
        bool bar = strchr(what, '|') != NULL;
        take(&what, bar ? "@|" : "@ ", p.key);
        if (*what == '@') {
            what++;
            take(&what, bar ? "|" : " ", p.visit);
        }
    }
    what += *what != '\0';
    take(&what, " ", p.column);
    return p;
}

static bool is_row(const oa_table *table, size_t row, const place *p, bool any_subject) {
    int keyed_by = oa_table_column(table, "PARAMCD");
    keyed_by = keyed_by >= 0 ? keyed_by : oa_table_column(table, "AETERM");
    return (any_subject || oa_text_is(table, row, oa_table_column(table, "USUBJID"), p->subject)) &&
           (!*p->key || oa_text_is(table, row, keyed_by, p->key)) &&
           (!*p->visit || oa_text_is(table, row, oa_table_column(table, "AVISIT"), p->visit));
}

static const char *dataset_cell(study *s, const oa_table *table, const place *p) {
    bool counts = oa_streq(p->column, "rows");
    int column = oa_table_column(table, p->column);
    size_t rows = 0;
    for (size_t row = 0; row < oa_table_rows(table); row++) {
        char out[OA_NUMBER_SIZE];
        if (!is_row(table, row, p, counts && !*p->key)) {
            continue;
        }
        rows++;
        if (!counts) {
            return column < 0 ? "(no column)" : oa_strdup(s->arena, oa_cell(table, row, column, out));
        }
    }
    return counts ? oa_printf(s->arena, "%zu", rows) : "(no row)";
}

static const char *result_cell(study *s, const place *p) {
    const oa_result *r = oa_ard_find(&s->ard, p->key);
    if (!r) {
        return "(no row)";
    }
    if (oa_streq(p->column, "n") || oa_streq(p->column, "of")) {
        return oa_printf(s->arena, "%lld", (long long)(oa_streq(p->column, "n") ? r->n : r->of));
    }
    return oa_streq(p->column, "label") ? r->label : oa_streq(p->column, "method") ? r->method : r->text;
}

static const char *comparison_cell(const study *s, const place *p) {
    for (size_t i = 0; i < s->ard.n_comparisons; i++) {
        const oa_comparison *c = &s->ard.comparisons[i];
        if (oa_streq(c->id, p->key)) {
            return oa_streq(p->column, "verdict") ? c->verdict : c->why;
        }
    }
    return "(no row)";
}

static const char *count_findings(study *s, const char *rule) {
    size_t n = 0;
    for (size_t i = 0; i < oa_diag_count(s->diag); i++) {
        n += oa_streq(oa_diag_get(s->diag, i)->rule, rule);
    }
    return oa_printf(s->arena, "%zu", n);
}

const char *study_cell(study *s, const char *what) {
    place p = place_of(what);
    if (oa_streq(p.dataset, "FINDING")) {
        return count_findings(s, p.column);
    }
    if (!s->derived) {
        return "(not derived)";
    }
    if (oa_streq(p.dataset, "ARD")) {
        return result_cell(s, &p);
    }
    if (oa_streq(p.dataset, "PUB")) {
        return comparison_cell(s, &p);
    }
    for (int d = 0; d < OA_N_DATASETS; d++) {
        if (oa_streq(oa_table_name(s->adam.dataset[d]), p.dataset)) {
            return dataset_cell(s, s->adam.dataset[d], &p);
        }
    }
    return "(no dataset)";
}

/* ---- cases -------------------------------------------------------------------------------------------------------- */

/* Where the value of a want begins: behind the blank after its column. */
static const char *value_of(const char *want) {
    const char *from = strchr(want, '|');
    const char *blank = strchr(from ? from : want, ' ');
    bool is_column = from != NULL;
    if (blank && !is_column) {
        blank = strchr(blank + 1, ' ');
    }
    return blank ? blank + 1 : want + strlen(want);
}

void study_check(study *s, const char *name, const char *want) {
    int failures = 0;
    for (const char *line = want; *line; line += strcspn(line, "\n"), line += *line == '\n') {
        char text[LINE_SIZE];
        size_t length = strcspn(line, "\n");
        assert_true(length < sizeof text);
        memcpy(text, line, length);
        text[length] = '\0';
        const char *got = study_cell(s, text);
        if (strcmp(got, value_of(text)) != 0) {
            print_error("%s: \"%s\" is \"%s\"\n", name, text, got);
            failures++;
        }
    }
    if (failures) {
        print_messages(s);
        fail_msg("%s: %d wants are not met", name, failures);
    }
}

void study_run(const study_case *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        study *s = study_open(cases[i].protocol, cases[i].records);
        study_check(s, cases[i].name, cases[i].want);
        study_close(s);
    }
}
