/* test_sdtm.c - models, SAS files, directories of files, and the checks that need no protocol. */
#include "../src/sdtm/csv.h"
#include "../src/sdtm/sas.h"

#include "../src/base/digest.h"
#include "../src/base/io.h"

#include <fcntl.h>
#include <readstat.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct fixture {
    oa_arena *arena;
    oa_diag *diag;
    char directory[64];
    oa_sdtm sdtm;
} fixture;

static int set_up(void **state) {
    fixture *f = test_malloc(sizeof *f);
    *f = (fixture){.arena = oa_arena_new(0), .diag = oa_diag_new(), .directory = P_tmpdir "/onearm-sdtm-XXXXXX"};
    *state = f;
    return mkdtemp(f->directory) ? 0 : -1;
}

static void empty_directory(const fixture *f) {
    size_t count = 0;
    char **names = oa_list_directory(f->arena, f->directory, &count, NULL);
    for (size_t i = 0; names && i < count; i++) {
        unlink(oa_path_join(f->arena, f->directory, names[i]));
    }
}

static int tear_down(void **state) {
    fixture *f = *state;
    empty_directory(f);
    rmdir(f->directory);
    oa_diag_free(f->diag);
    oa_arena_free(f->arena);
    test_free(f);
    return 0;
}

static void write_file(const fixture *f, const char *name, const char *bytes, size_t length) {
    assert_true(oa_write_file(f->arena, oa_path_join(f->arena, f->directory, name), bytes, length, f->diag));
}

static void write_text(const fixture *f, const char *name, const char *text) {
    write_file(f, name, text, strlen(text));
}

static bool read_directory(fixture *f) {
    return oa_sdtm_read(f->arena, f->directory, &f->sdtm, f->diag);
}

static const oa_message *find(const oa_diag *diag, const char *rule, const char *words) {
    for (size_t i = 0; i < oa_diag_count(diag); i++) {
        const oa_message *message = oa_diag_get(diag, i);
        if (strcmp(message->rule, rule) == 0 && strstr(message->text, words)) {
            return message;
        }
    }
    return NULL;
}

static const char *cell(const oa_table *table, size_t row, const char *name) {
    static char out[352];
    return oa_cell(table, row, oa_table_column(table, name), out);
}

/* A small dataset as ReadStat writes it; a number column has no width. */
typedef struct sas_column {
    const char *name;
    size_t width;
    const char *format;
} sas_column;

typedef struct sas_cell {
    const char *text;
    double number;
    bool missing;
} sas_cell;

enum { SAS_COLUMNS = 5, SAS_ROWS = 3 };

typedef struct sas_data {
    sas_column columns[SAS_COLUMNS];
    sas_cell rows[SAS_ROWS][SAS_COLUMNS];
} sas_data;

typedef struct bytes {
    char *start;
    size_t length;
    size_t capacity;
    oa_arena *arena;
} bytes;

static ssize_t append(const void *data, size_t length, void *context) {
    bytes *b = context;
    if (b->length + length > b->capacity) {
        size_t capacity = (b->length + length) * 2;
        b->start = oa_regrow(b->arena, b->start, b->capacity, capacity, 1);
        b->capacity = capacity;
    }
    memcpy(b->start + b->length, data, length);
    b->length += length;
    return (ssize_t)length;
}

/* version: 5 or 8 of XPORT; 0 is sas7bdat. */
static bytes write_sas(oa_arena *arena, const sas_data *data, uint8_t version) {
    bytes out = {.arena = arena};
    readstat_variable_t *variables[SAS_COLUMNS];
    readstat_writer_t *writer = readstat_writer_init();
    readstat_set_data_writer(writer, append);
    for (size_t i = 0; i < SAS_COLUMNS; i++) {
        const sas_column *c = &data->columns[i];
        variables[i] =
            readstat_add_variable(writer, c->name, c->width ? READSTAT_TYPE_STRING : READSTAT_TYPE_DOUBLE, c->width);
        if (c->format) {
            readstat_variable_set_format(variables[i], c->format);
        }
    }
    if (version) {
        readstat_writer_set_file_format_version(writer, version);
        assert_int_equal(readstat_begin_writing_xport(writer, &out, SAS_ROWS), READSTAT_OK);
    } else {
        assert_int_equal(readstat_begin_writing_sas7bdat(writer, &out, SAS_ROWS), READSTAT_OK);
    }
    for (size_t row = 0; row < SAS_ROWS; row++) {
        readstat_begin_row(writer);
        for (size_t i = 0; i < SAS_COLUMNS; i++) {
            const sas_cell *value = &data->rows[row][i];
            if (value->missing) {
                readstat_insert_missing_value(writer, variables[i]);
            } else if (value->text) {
                readstat_insert_string_value(writer, variables[i], value->text);
            } else {
                readstat_insert_double_value(writer, variables[i], value->number);
            }
        }
        readstat_end_row(writer);
    }
    assert_int_equal(readstat_end_writing(writer), READSTAT_OK);
    readstat_writer_free(writer);
    return out;
}

static const sas_data ae_data = {
    .columns = {{"USUBJID", 8, NULL},
                {"AETERM", 20, NULL},
                {"AESTDTC", 10, NULL},
                {"AEENDTC", 0, "DATE9."},
                {"AETOXGR", 0, NULL}},
    .rows = {{{.text = "S-01"}, {.text = "NAUSEA"}, {.text = "2023-01"}, {.number = 22645}, {.number = 2}},
             {{.text = "S-01"}, {.text = "RASH"}, {.text = ""}, {.missing = true}, {.number = 3}},
             {{.text = "S-02"}, {.text = "RASH"}, {.text = "2023-03-31"}, {.number = 23100.5}, {.missing = true}}},
};

static const char ae_csv[] = "USUBJID,AETERM,AESTDTC,AEENDTC,AETOXGR\n"
                             "S-01,NAUSEA,2023-01,2021-12-31,2\n"
                             "S-01,RASH,,,3\n"
                             "S-02,RASH,2023-03-31,2023-03-31,\n";

static const struct {
    uint8_t version;
    oa_sas_format format;
} sas_formats[] = {{5, OA_XPORT}, {8, OA_XPORT}, {0, OA_SAS7BDAT}};

static oa_table *read_sas(const fixture *f, oa_domain domain, bytes b, oa_sas_format format) {
    return oa_sas_read(f->arena, oa_domain_model_of(domain), "ae.sas", format, b.start, b.length, f->diag);
}

static void test_REQ_SDTM_011_models_are_sound(void **state) {
    (void)state;
    for (int i = 0; i < OA_N_DOMAINS; i++) {
        const oa_domain_model *model = oa_domain_model_of((oa_domain)i);
        assert_int_equal(model->domain, i);
        assert_int_equal(oa_variable_model_of(model, "USUBJID")->core, OA_REQ);
        assert_true(model->seq ? oa_variable_model_of(model, model->seq) != NULL : i == OA_DM);
        for (size_t j = 0; j < model->n_variables; j++) {
            const oa_variable_model *v = &model->variables[j];
            size_t length = strlen(v->name);
            bool is_date = length > 3 && strcmp(v->name + length - 3, "DTC") == 0;
            assert_ptr_equal(oa_variable_model_of(model, v->name), v);
            assert_in_range(length, 1, 8);
            assert_in_range(strlen(v->label), 1, 40);
            assert_int_equal(v->type == OA_DATE, is_date);
            assert_true(v->min <= v->max);
        }
    }
    assert_null(oa_variable_model_of(oa_domain_model_of(OA_DM), "NONSENSE"));
}

static void test_REQ_SDTM_012_sas_files_give_the_tables_of_csv(void **state) {
    const fixture *f = *state;
    oa_table *want = oa_csv_read(f->arena, oa_domain_model_of(OA_AE), "ae.csv", ae_csv, strlen(ae_csv), f->diag);
    assert_non_null(want);
    for (size_t i = 0; i < sizeof sas_formats / sizeof sas_formats[0]; i++) {
        bytes b = write_sas(f->arena, &ae_data, sas_formats[i].version);
        oa_table *got = read_sas(f, OA_AE, b, sas_formats[i].format);
        assert_non_null(got);
        assert_int_equal(oa_table_rows(got), SAS_ROWS);
        for (size_t row = 0; row < SAS_ROWS; row++) {
            assert_int_equal(oa_row_line(got, row), (int64_t)row + 1);
            for (size_t column = 0; column < SAS_COLUMNS; column++) {
                char expected[352];
                const char *name = ae_data.columns[column].name;
                snprintf(expected, sizeof expected, "%s", cell(want, row, name));
                assert_string_equal(cell(got, row, name), expected);
            }
        }
    }
}

/* One cell of the dataset changed; NULL words: the file is taken. */
typedef struct sas_case {
    const char *name; /* of a column of its own instead of AETOXGR's place */
    const char *format;
    sas_cell value;
    const char *rule;
    const char *words;
    const char *shown; /* where it is taken */
} sas_case;

static const sas_case sas_cases[] = {
    {"AESTDY", NULL, {.number = -0.5}, NULL, NULL, "-0.5"},
    {"AESTDY", NULL, {.number = 123456789}, NULL, NULL, "123456789"},
    {"MYDATE", "YYMMDD10.", {.number = -3652}, NULL, NULL, "1950-01-01"},
    {"MYTIME", "DATETIME20.", {.number = 1e9 + 61}, NULL, NULL, "1991-09-09T01:47:41"},
    {"MYTIME", "E8601DT", {.number = -1}, NULL, NULL, "1959-12-31T23:59:59"},
    {"MYNUM", "BEST12.", {.number = 20000}, NULL, NULL, "20000"},
    {"AEDTC", NULL, {.number = 20000}, "SDTM-DATE", "without a date format", NULL},
    {"AEDTC", "DATE9.", {.number = 1e7}, "SDTM-DATE", "1800 to 2199", NULL},
    {"AESTDY", "DATE9.", {.number = 1}, "SDTM-NUMBER", "take the date format off", NULL},
};

static void test_REQ_SDTM_013_reads_sas_numbers_and_dates(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof sas_cases / sizeof sas_cases[0] * 2; i++) {
        const sas_case *c = &sas_cases[i / 2];
        fixture f = {.arena = oa_arena_new(0), .diag = oa_diag_new()};
        sas_data data = ae_data;
        data.columns[4] = (sas_column){.name = c->name, .format = c->format};
        data.rows[1][4] = c->value;
        data.rows[0][4] = data.rows[2][4] = (sas_cell){.missing = true};
        bytes b = write_sas(f.arena, &data, i % 2 ? 5 : 0);
        oa_table *table = read_sas(&f, OA_AE, b, i % 2 ? OA_XPORT : OA_SAS7BDAT);
        if (c->rule) {
            assert_null(table);
            const oa_message *message = find(f.diag, c->rule, c->words);
            assert_non_null(message);
            assert_int_equal(message->where.line, 2);
            assert_string_equal(message->where.subject, "S-01");
        } else {
            assert_non_null(table);
            assert_string_equal(cell(table, 1, c->name), c->shown);
            assert_string_equal(cell(table, 0, c->name), "");
        }
        oa_diag_free(f.diag);
        oa_arena_free(f.arena);
    }
}

static void test_REQ_SDTM_014_refuses_damaged_sas_files(void **state) {
    const fixture *f = *state;
    sas_data latin = ae_data;
    latin.rows[1][1].text = latin.rows[2][1].text = "D\xE9sordre"; /* what repeats is refused again */
    assert_null(read_sas(f, OA_AE, write_sas(f->arena, &latin, 5), OA_XPORT));
    assert_int_equal(oa_diag_errors(f->diag), 2);
    assert_int_equal(find(f->diag, "SAS-ENCODING", "AETERM")->where.line, 2);

    bytes b = write_sas(f->arena, &ae_data, 5);
    b.length -= b.length % 80 + 80;
    assert_null(read_sas(f, OA_AE, b, OA_XPORT));
    assert_non_null(find(f->diag, "SAS-FORMAT", "cut short"));

    bytes two = write_sas(f->arena, &ae_data, 5);
    bytes again = write_sas(f->arena, &ae_data, 5);
    append(again.start + 240, again.length - 240, &two);
    assert_null(read_sas(f, OA_AE, two, OA_XPORT));
    assert_non_null(find(f->diag, "SAS-MEMBERS", "one file a domain"));

    bytes junk = {.start = oa_strdup(f->arena, "this is no SAS file"), .length = 19};
    assert_null(read_sas(f, OA_AE, junk, OA_XPORT));
    assert_null(read_sas(f, OA_AE, junk, OA_SAS7BDAT));
    assert_non_null(find(f->diag, "SAS-FORMAT", "cannot be read as a SAS transport file"));
    assert_non_null(find(f->diag, "SAS-FORMAT", "cannot be read as sas7bdat"));
}

static void test_REQ_SDTM_015_reads_a_directory(void **state) {
    fixture *f = *state;
    bytes ae = write_sas(f->arena, &ae_data, 5);
    write_text(f, "Dm.CSV", "USUBJID,AGE\nS-02,61\nS-01,47\n");
    write_file(f, "ae.xpt", ae.start, ae.length);
    write_text(f, "notes.txt", "hello");
    write_text(f, "lb.xlsx", "PK");
    write_text(f, ".hidden", "");
    assert_true(read_directory(f));
    assert_int_equal(f->sdtm.n_inputs, 2);
    assert_int_equal(f->sdtm.inputs[0].bytes, 28);
    assert_string_equal(f->sdtm.inputs[0].sha256, oa_sha256(f->arena, "USUBJID,AGE\nS-02,61\nS-01,47\n", 28));
    assert_non_null(strstr(f->sdtm.inputs[1].path, "/ae.xpt"));
    assert_string_equal(cell(f->sdtm.domain[OA_DM], 0, "USUBJID"), "S-01");
    assert_int_equal(oa_row_line(f->sdtm.domain[OA_DM], 0), 3);
    assert_int_equal(oa_table_rows(f->sdtm.domain[OA_AE]), SAS_ROWS);
    assert_int_equal(oa_table_columns(f->sdtm.domain[OA_TR]), 0);
    assert_string_equal(oa_table_name(f->sdtm.domain[OA_TR]), "TR");
    assert_int_equal(find(f->diag, "SDTM-FILE", "not named after a domain")->severity, OA_NOTE);
    assert_int_equal(find(f->diag, "SDTM-FILE", "CSV UTF-8")->severity, OA_WARNING);
    assert_int_equal(oa_diag_status(f->diag), 0);
}

static void test_REQ_SDTM_016_refuses_directories_that_do_not_serve(void **state) {
    fixture *f = *state;
    assert_false(read_directory(f));
    assert_non_null(find(f->diag, "SDTM-DM", "dm.csv"));
    assert_false(oa_sdtm_read(f->arena, "/nonexistent/data", &f->sdtm, f->diag));
    assert_int_equal(oa_table_columns(f->sdtm.domain[OA_DM]), 0);
    write_text(f, "dm.csv", "USUBJID\n1\n");
    write_text(f, "DM.csv", "USUBJID\n1\n");
    assert_false(read_directory(f));
    assert_non_null(find(f->diag, "SDTM-FILE", "second file for the domain DM"));
    unlink(oa_path_join(f->arena, f->directory, "DM.csv"));
    write_text(f, "ae.csv", "USUBJID,AETERM\n1,\"x\n");
    assert_false(read_directory(f));
    assert_non_null(find(f->diag, "CSV-QUOTE", "never closed"));
}

static void test_REQ_SDTM_017_refuses_files_over_a_gibibyte(void **state) {
    fixture *f = *state;
    int fd = open(oa_path_join(f->arena, f->directory, "dm.csv"), O_CREAT | O_WRONLY, 0600);
    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, ((off_t)1 << 30) + 1), 0); /* a hole: no space is taken */
    close(fd);
    assert_false(read_directory(f));
    assert_int_equal(oa_diag_get(f->diag, 0)->code, OA_LIMIT);
}

static void test_REQ_SDTM_018_numbers_and_sorts_records(void **state) {
    fixture *f = *state;
    write_text(f, "dm.csv", "USUBJID\nB\nA\n");
    write_text(f, "ex.csv", "USUBJID,EXTRT\nB,x\nA,y\nB,z\n");
    write_text(f, "ae.csv", "USUBJID,AETERM,AESEQ\nA,late,10\nA,early,9\n");
    assert_true(read_directory(f));
    const oa_table *ex = f->sdtm.domain[OA_EX];
    static const char *const want[][3] = {{"A", "y", "1"}, {"B", "x", "1"}, {"B", "z", "2"}};
    for (size_t row = 0; row < 3; row++) {
        assert_string_equal(cell(ex, row, "USUBJID"), want[row][0]);
        assert_string_equal(cell(ex, row, "EXTRT"), want[row][1]);
        assert_string_equal(cell(ex, row, "EXSEQ"), want[row][2]);
    }
    assert_non_null(find(f->diag, "SDTM-SEQ", "EXSEQ"));
    assert_string_equal(cell(f->sdtm.domain[OA_AE], 0, "AETERM"), "early");

    oa_place place = oa_sdtm_place(ex, 2);
    assert_non_null(strstr(place.file, "/ex.csv"));
    assert_int_equal(place.line, 4);
    assert_string_equal(place.subject, "B");
    assert_string_equal(place.domain, "EX");
    assert_int_equal(place.seq, 2);
    assert_int_equal(oa_sdtm_place(f->sdtm.domain[OA_DM], 0).seq, -1);
}

/* A finding on one file beside a DM of the subjects A and B. */
static const struct {
    const char *file;
    const char *text;
    oa_severity severity;
    oa_code code;
    const char *rule;
    const char *words;
    int64_t line;
} findings[] = {
    {"dm.csv", "USUBJID,SEX\n", OA_ERROR, OA_VALUE, "SDTM-DM", "no subjects", 0},
    {"dm.csv", "USUBJID\nA\nB\nA\n", OA_ERROR, OA_VALUE, "SDTM-DUPLICATE", "A is in DM already, on line 2", 4},
    {"dm.csv", "USUBJID,SEX\nA,F\n,M\n", OA_ERROR, OA_VALUE, "SDTM-REQUIRED", "USUBJID is empty", 3},
    {"dm.csv", "USUBJID,SEX\nA,female\n", OA_WARNING, OA_RECORD, "SDTM-TERM", "one of: F, M, U", 2},
    {"dm.csv", "USUBJID,STUDYID\nA,X1\nB,X2\n", OA_WARNING, OA_RECORD, "SDTM-STUDY", "'X2'", 3},
    {"dm.csv", "USUBJID,RFICDTC,DTHDTC\nA,2023-02-02,2023-01\n", OA_WARNING, OA_RECORD, "SDTM-ORDER",
     "DTHDTC 2023-01 is before", 2},
    {"ae.csv", "USUBJID,AETERM\nA,x\nC,y\nC,z\n", OA_ERROR, OA_REFERENCE, "SDTM-SUBJECT", "subject C has 2 records", 3},
    {"ae.csv", "USUBJID,AETERM,AESEQ\nA,x,1\nA,y,1\n", OA_WARNING, OA_RECORD, "SDTM-DUPLICATE", "AESEQ 1 is on line 2",
     3},
    {"ae.csv", "USUBJID,AETERM,AESEQ\nA,x,\n", OA_WARNING, OA_RECORD, "SDTM-DUPLICATE", "AESEQ is empty", 2},
    {"ae.csv", "USUBJID,AETERM\nA,\n", OA_ERROR, OA_VALUE, "SDTM-REQUIRED", "AETERM is empty", 2},
    {"ae.csv", "USUBJID,AETERM,DOMAIN\nA,x,EX\n", OA_ERROR, OA_SCHEMA, "SDTM-DOMAIN", "'EX' in a file of AE", 2},
    {"ae.csv", "USUBJID,AETERM,AESER\nA,x,YES\n", OA_WARNING, OA_RECORD, "SDTM-TERM", "one of: Y, N", 2},
    {"ae.csv", "USUBJID,AETERM,AETOXGR\nA,x,3-4\n", OA_WARNING, OA_RECORD, "SDTM-TERM", "1, 2, 3, 4, 5", 2},
    {"ae.csv", "USUBJID,AETERM,AESTDTC,AEENDTC\nA,x,2023-02-02,2023-02-01\n", OA_WARNING, OA_RECORD, "SDTM-ORDER",
     "AEENDTC", 2},
    {"ae.csv", "USUBJID,AETERM,AESTDTC,AEENDTC\nA,x,2023-02-02,2023-02\n", OA_NOTE, OA_OK, NULL, NULL, 0},
    {"ae.csv", "USUBJID,AETERM,AESTDTC,AEENDTC\nA,x,2023-02-02T10:00,2023-02-02T09:59\n", OA_WARNING, OA_RECORD,
     "SDTM-ORDER", "AEENDTC", 2},
    {"ae.csv", "USUBJID,AETERM,AESTDTC,AEENDTC\nA,x,2023-02-02T10:00,2023-02-02\n", OA_NOTE, OA_OK, NULL, NULL, 0},
    {"ex.csv", "USUBJID,EXTRT,EXDOSE\nA,x,12\n", OA_WARNING, OA_RECORD, "SDTM-UNIT", "fill EXDOSU", 2},
    {"rs.csv", "USUBJID,RSTESTCD,RSSTRESC\nA,OVRLRESP,CHECK\n", OA_WARNING, OA_RECORD, "SDTM-TERM", "'CHECK'", 2},
    {"rs.csv", "USUBJID,RSTESTCD,RSSTRESC\nA,ECOG101,0\n", OA_NOTE, OA_OK, NULL, NULL, 0},
    {"tr.csv", "USUBJID,TRTESTCD,TRSTRESN,TRSTRESU\nA,LDIAM,-1,mm\n", OA_WARNING, OA_RECORD, "SDTM-LENGTH",
     "0 to 1000 mm", 2},
    {"tr.csv", "USUBJID,TRTESTCD,TRSTRESN,TRSTRESU\nA,LDIAM,101,cm\n", OA_WARNING, OA_RECORD, "SDTM-LENGTH", "101 cm",
     2},
    {"tr.csv", "USUBJID,TRTESTCD,TRSTRESN\nA,LDIAM,10\n", OA_WARNING, OA_RECORD, "SDTM-LENGTH", "fill TRSTRESU", 2},
    {"tr.csv", "USUBJID,TRTESTCD,TRSTRESN,TRSTRESU\nA,PCBSD,-30,%\n", OA_NOTE, OA_OK, NULL, NULL, 0},
    {"tr.csv", "USUBJID,TRTESTCD,TRSTAT,TRSTRESN,TRSTRESU\nA,LDIAM,NOT DONE,5,mm\n", OA_WARNING, OA_RECORD,
     "SDTM-NOTDONE", "NOT DONE", 2},
};

static void check_finding(fixture *f, size_t i) {
    write_text(f, "dm.csv", "USUBJID\nA\nB\n");
    write_text(f, findings[i].file, findings[i].text);
    assert_true(read_directory(f));
    size_t before = oa_diag_count(f->diag);
    oa_sdtm_check(f->arena, &f->sdtm, f->diag);
    if (!findings[i].rule) {
        assert_int_equal(oa_diag_count(f->diag), before);
        return;
    }
    const oa_message *message = find(f->diag, findings[i].rule, findings[i].words);
    if (!message) {
        fail_msg("case %zu: no %s about '%s'", i, findings[i].rule, findings[i].words);
        return;
    }
    assert_int_equal(message->severity, findings[i].severity);
    assert_int_equal(message->code, findings[i].code);
    assert_int_equal(message->where.line, findings[i].line);
    assert_int_equal(oa_diag_count(f->diag), before + 1);
}

static void test_REQ_SDTM_019_finds_what_contradicts(void **state) {
    fixture *f = *state;
    for (size_t i = 0; i < sizeof findings / sizeof findings[0]; i++) {
        oa_diag *outer = f->diag;
        f->diag = oa_diag_new();
        check_finding(f, i);
        empty_directory(f);
        oa_diag_free(f->diag);
        f->diag = outer;
    }
}

static const char *public_data(oa_arena *arena, const char *name) {
    const char *shared = getenv("ONEARM_SHARED");
    const char *path = oa_printf(arena, "%s/data/%s", shared ? shared : OA_SOURCE_ROOT "/../shared", name);
    if (access(path, R_OK) != 0) {
        print_message("%s is not here; set ONEARM_SHARED\n", path);
        return NULL;
    }
    return path;
}

static void test_REQ_SDTM_020_takes_the_public_data(void **state) {
    fixture *f = *state;
    const char *path = public_data(f->arena, "pharmaverse-onco");
    if (!path) {
        skip();
    }
    assert_true(oa_sdtm_read(f->arena, path, &f->sdtm, f->diag));
    oa_sdtm_check(f->arena, &f->sdtm, f->diag);
    assert_int_equal(oa_diag_errors(f->diag), 0);
    assert_int_equal(oa_table_rows(f->sdtm.domain[OA_DM]), 306);
    assert_int_equal(oa_table_rows(f->sdtm.domain[OA_TR]), 55995);
    assert_string_equal(find(f->diag, "SDTM-TERM", "'CHECK'")->where.subject, "01-711-1143");
}

static void test_REQ_SDTM_020_takes_the_public_set_of_eight_subjects(void **state) {
    fixture *f = *state;
    static const char *const files[][2] = {
        {"dm.xpt", ""}, {"tu.xpt", "/recist8"}, {"tr.xpt", "/recist8"}, {"rs.xpt", "/recist8"}};
    const char *path = public_data(f->arena, "pharmaverse-onco");
    if (!path) {
        skip();
    }
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char *from = realpath(oa_printf(f->arena, "%s%s/%s", path, files[i][1], files[i][0]), NULL);
        assert_non_null(from);
        assert_int_equal(symlink(from, oa_path_join(f->arena, f->directory, files[i][0])), 0);
        free(from);
    }
    assert_true(read_directory(f));
    oa_sdtm_check(f->arena, &f->sdtm, f->diag);
    assert_int_equal(oa_diag_errors(f->diag), 0);
    assert_int_equal(oa_table_rows(f->sdtm.domain[OA_TR]), 546);
    assert_int_equal(oa_table_rows(f->sdtm.domain[OA_RS]), 66);
}

static void read_ae(void *context) {
    const fixture *f = context;
    static const oa_sas_format both[] = {OA_XPORT, OA_SAS7BDAT};
    bytes b = {.start = (char *)f->sdtm.inputs[0].path, .length = f->sdtm.inputs[0].bytes};
    read_sas(f, OA_AE, b, both[f->sdtm.n_inputs]);
}

static void test_REQ_SDTM_010_sas_readers_leave_the_job_when_memory_runs_out(void **state) {
    const fixture *outer = *state;
    for (size_t format = 0; format < 2; format++) {
        bytes b = write_sas(outer->arena, &ae_data, format ? 0 : 5);
        oa_input input = {.path = b.start, .bytes = b.length};
        bool finished = false;
        for (size_t nth = 1; !finished; nth++) {
            fixture f = {
                .arena = oa_arena_new(0), .diag = oa_diag_new(), .sdtm = {.inputs = &input, .n_inputs = format}};
            oa_arena_fail_at(f.arena, nth);
            finished = oa_arena_run(f.arena, read_ae, &f);
            oa_diag_free(f.diag);
            oa_arena_free(f.arena);
            assert_true(nth < 1000);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_SDTM_011_models_are_sound),
        cmocka_unit_test_setup_teardown(test_REQ_SDTM_012_sas_files_give_the_tables_of_csv, set_up, tear_down),
        cmocka_unit_test(test_REQ_SDTM_013_reads_sas_numbers_and_dates),
        cmocka_unit_test_setup_teardown(test_REQ_SDTM_014_refuses_damaged_sas_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_SDTM_015_reads_a_directory, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_SDTM_016_refuses_directories_that_do_not_serve, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_SDTM_017_refuses_files_over_a_gibibyte, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_SDTM_018_numbers_and_sorts_records, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_SDTM_019_finds_what_contradicts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_SDTM_020_takes_the_public_data, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_SDTM_020_takes_the_public_set_of_eight_subjects, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_SDTM_010_sas_readers_leave_the_job_when_memory_runs_out, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests_name("sdtm", tests, NULL, NULL);
}
