/* test_csv.c - what the CSV reader takes, what it refuses, and where it says that the mistake is. */
#include "../src/sdtm/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

typedef struct fixture {
    oa_arena *arena;
    oa_diag *diag;
} fixture;

static int set_up(void **state) {
    fixture *f = test_malloc(sizeof *f);
    *f = (fixture){.arena = oa_arena_new(0), .diag = oa_diag_new()};
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    fixture *f = *state;
    oa_diag_free(f->diag);
    oa_arena_free(f->arena);
    test_free(f);
    return 0;
}

static oa_table *read_bytes(const fixture *f, oa_domain domain, const char *bytes, size_t length) {
    return oa_csv_read(f->arena, oa_domain_model_of(domain), "in.csv", bytes, length, f->diag);
}

static oa_table *read_text(const fixture *f, oa_domain domain, const char *text) {
    return read_bytes(f, domain, text, strlen(text));
}

static const char *cell(const oa_table *table, size_t row, const char *name) {
    static char out[352];
    return oa_cell(table, row, oa_table_column(table, name), out);
}

static const oa_message *first_error(const oa_diag *diag) {
    for (size_t i = 0; i < oa_diag_count(diag); i++) {
        if (oa_diag_get(diag, i)->severity == OA_ERROR) {
            return oa_diag_get(diag, i);
        }
    }
    return NULL;
}

/* A file that is refused: with which rule, where, and with which words. */
typedef struct refusal {
    const char *bytes;
    size_t length; /* 0: strlen */
    const char *rule;
    oa_code code;
    int64_t line;
    int32_t column;
    const char *words;
    oa_domain domain;
} refusal;

static void check_refusals(void **state, const refusal *cases, size_t count) {
    (void)state;
    for (size_t i = 0; i < count; i++) {
        const refusal *c = &cases[i];
        fixture f = {.arena = oa_arena_new(0), .diag = oa_diag_new()};
        assert_null(read_bytes(&f, c->domain, c->bytes, c->length ? c->length : strlen(c->bytes)));
        const oa_message *message = first_error(f.diag);
        assert_non_null(message);
        if (strcmp(message->rule, c->rule) || message->code != c->code || message->where.line != c->line ||
            message->where.column != c->column || !strstr(message->text, c->words)) {
            fail_msg("case %zu: %lld:%d %s [%s], wanted %lld:%d ...%s... [%s]", i, (long long)message->where.line,
                     message->where.column, message->text, message->rule, (long long)c->line, c->column, c->words,
                     c->rule);
        }
        assert_string_equal(message->where.file, "in.csv");
        oa_diag_free(f.diag);
        oa_arena_free(f.arena);
    }
}

#define CHECK_REFUSALS(cases) check_refusals(state, cases, sizeof(cases) / sizeof((cases)[0]))

static void test_REQ_SDTM_001_reads_rfc_4180(void **state) {
    static const struct {
        const char *text;
        const char *cells[2]; /* SUBJID of the two rows */
    } cases[] = {
        {"USUBJID,SUBJID\n1,a\n2,b\n", {"a", "b"}},
        {"USUBJID,SUBJID\r\n1,a\r\n2,b", {"a", "b"}},
        {"\xEF\xBB\xBFUSUBJID,SUBJID\n1,a\n2,b\n", {"a", "b"}},
        {"\"USUBJID\",\"SUBJID\"\n\"1\",\"a\"\n\"2\",\"b\"\n", {"a", "b"}},
        {"USUBJID,SUBJID\n1,\"a, b\"\n2,\n", {"a, b", ""}},
        {"USUBJID,SUBJID\n1,\"say \"\"a\"\"\"\n2,\"\"\"\"\n", {"say \"a\"", "\""}},
        {"USUBJID,SUBJID\n1,\"two\nlines\"\n2,\"two\r\nlines\"\n", {"two\nlines", "two\r\nlines"}},
        {"USUBJID,SUBJID\n1,\"\"\n2,a  \n", {"", "a"}},
        {"USUBJID,SUBJID\n1,\xE7\x94\xB2\n2, a\n", {"\xE7\x94\xB2", " a"}},
    };
    const fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        oa_table *table = read_text(f, OA_DM, cases[i].text);
        assert_non_null(table);
        assert_int_equal(oa_table_rows(table), 2);
        for (size_t row = 0; row < 2; row++) {
            assert_string_equal(cell(table, row, "SUBJID"), cases[i].cells[row]);
            assert_string_equal(cell(table, row, "USUBJID"), row ? "2" : "1");
        }
    }
}

static void test_REQ_SDTM_002_names_the_place_of_broken_structure(void **state) {
    static const refusal cases[] = {
        {"USUBJID,SUBJID\n1,\"a\n2,b\n", 0, "CSV-QUOTE", OA_SYNTAX, 2, 3, "never closed", OA_DM},
        {"USUBJID,SUBJID\n1,\"a\"b\n", 0, "CSV-QUOTE", OA_SYNTAX, 2, 6, "after the closing quote", OA_DM},
        {"USUBJID,SUBJID\n1,\"x\ny\"b\n", 0, "CSV-QUOTE", OA_SYNTAX, 3, 3, "after the closing quote", OA_DM},
        {"USUBJID,SUBJID\n1,a\"b\n", 0, "CSV-QUOTE", OA_SYNTAX, 2, 4, "double this one", OA_DM},
        {"USUBJID,SUBJID\n1\n", 0, "CSV-ROW", OA_SYNTAX, 2, 2, "after 1 of 2 fields", OA_DM},
        {"USUBJID,SUBJID\n1,\"x\ny\",z\n", 0, "CSV-ROW", OA_SYNTAX, 3, 4, "has 3 fields", OA_DM},
        {"USUBJID,AGE\n1,0,05\n", 0, "CSV-ROW", OA_SYNTAX, 2, 5, "decimals take a point", OA_DM},
        {"USUBJID,SUBJID\n\n1,a\n", 0, "CSV-ROW", OA_SYNTAX, 2, 1, "empty; remove it", OA_DM},
        {"USUBJID,SUBJID\n1,a\r2,b\n", 0, "CSV-LINE", OA_SYNTAX, 2, 4, "LF or CRLF", OA_DM},
    };
    CHECK_REFUSALS(cases);
}

static void test_REQ_SDTM_003_refuses_other_encodings_than_utf8(void **state) {
    static const refusal cases[] = {
        {"\xFF\xFEU\0S\0", 6, "CSV-ENCODING", OA_SYNTAX, 1, 1, "UTF-16", OA_DM},
        {"U\0S\0U\0B\0", 8, "CSV-ENCODING", OA_SYNTAX, 1, 1, "UTF-16", OA_DM},
        {"USUBJID,RACE\n1,\xE9t\xE9\n", 0, "CSV-ENCODING", OA_SYNTAX, 2, 3, "windows-1252", OA_DM},
        {"USUBJID,RACE\n12345678,\xBA\xBA\xD7\xE5\n", 0, "CSV-ENCODING", OA_SYNTAX, 2, 10, "GB18030", OA_DM},
        {"USUBJID,RACE\n1,a\0b\n", 19, "CSV-ENCODING", OA_SYNTAX, 2, 4, "NUL", OA_DM},
        {"USUBJID,RACE\n1,\xC0\x80\n", 0, "CSV-ENCODING", OA_SYNTAX, 2, 3, "0xC0", OA_DM},
    };
    CHECK_REFUSALS(cases);
}

static void test_REQ_SDTM_004_refuses_headers_that_do_not_serve(void **state) {
    static const refusal cases[] = {
        {"\n", 0, "SDTM-COLUMN", OA_SCHEMA, 1, 1, "no name", OA_DM},
        {"USUBJID,,SEX\n", 0, "SDTM-COLUMN", OA_SCHEMA, 1, 9, "no name", OA_DM},
        {"USUBJID,SEX,usubjid\n", 0, "SDTM-COLUMN", OA_SCHEMA, 1, 13, "number 1 and 3", OA_DM},
        {"USUBJID,SEX \n", 0, "SDTM-COLUMN", OA_SCHEMA, 1, 9, "blanks", OA_DM},
        {"USUBJD,SEX\n", 0, "SDTM-REQUIRED", OA_SCHEMA, 1, 0, "USUBJID (is that the column USUBJD?)", OA_DM},
        {"01-001,62,F\n", 0, "SDTM-REQUIRED", OA_SCHEMA, 1, 0, "missing: USUBJID", OA_DM},
        {"USUBJID,TRTEST\n1,a\n", 0, "SDTM-REQUIRED", OA_SCHEMA, 1, 0, "TRTESTCD", OA_TR},
        {"USUBJID;SEX\n", 0, "CSV-HEADER", OA_SYNTAX, 1, 1, "semicolons", OA_DM},
        {"USUBJID\tSEX\n", 0, "CSV-HEADER", OA_SYNTAX, 1, 1, "tabs", OA_DM},
    };
    const fixture *f = *state;
    CHECK_REFUSALS(cases);
    assert_null(read_bytes(f, OA_DM, "", 0));
    assert_non_null(strstr(first_error(f->diag)->text, "empty"));
}

static void test_REQ_SDTM_005_says_what_is_wrong_with_a_value(void **state) {
    static const refusal cases[] = {
        {"USUBJID,RFSTDTC\n1,2023-02-30\n", 0, "SDTM-DATE", OA_VALUE, 2, 3, "2023-02 has 28 days", OA_DM},
        {"USUBJID,RFSTDTC\n1,2024-02-30\n", 0, "SDTM-DATE", OA_VALUE, 2, 3, "2024-02 has 29 days", OA_DM},
        {"USUBJID,RFSTDTC\n1,2023-13-01\n", 0, "SDTM-DATE", OA_VALUE, 2, 3, "01 to 12", OA_DM},
        {"USUBJID,RFSTDTC\n1,30/02/2023\n", 0, "SDTM-DATE", OA_VALUE, 2, 3, "write YYYY-MM-DD", OA_DM},
        {"USUBJID,RFSTDTC\n1,2023-UN-UN\n", 0, "SDTM-DATE", OA_VALUE, 2, 3, "not known", OA_DM},
        {"USUBJID,RFSTDTC\n1,45000\n", 0, "SDTM-DATE", OA_VALUE, 2, 3, "spreadsheet", OA_DM},
        {"USUBJID,RFSTDTC\n1,2023-02-01 10:00\n", 0, "SDTM-DATE", OA_VALUE, 2, 3, "write a T", OA_DM},
        {"USUBJID,RFSTDTC\n1,2023-02-01T25:00\n", 0, "SDTM-DATE", OA_VALUE, 2, 3, "Thh:mm", OA_DM},
        {"USUBJID,RFSTDTC\n1,1023-02-01\n", 0, "SDTM-DATE", OA_VALUE, 2, 3, "1800", OA_DM},
        {"USUBJID,AGE\n1,62\n2,131\n", 0, "SDTM-RANGE", OA_VALUE, 3, 3, "at most 130", OA_DM},
        {"USUBJID,EXTRT,EXDOSE\n1,A,-12\n", 0, "SDTM-RANGE", OA_VALUE, 2, 5, "EXDOSE is -12", OA_EX},
        {"USUBJID,EXTRT,EXDOSE\n1,A,\"0,05\"\n", 0, "SDTM-NUMBER", OA_VALUE, 2, 5, "point instead", OA_EX},
        {"USUBJID,EXTRT,EXDOSE\n1,A,5%\n", 0, "SDTM-NUMBER", OA_VALUE, 2, 5, "percent", OA_EX},
        {"USUBJID,EXTRT,EXDOSE\n1,A,12mg\n", 0, "SDTM-NUMBER", OA_VALUE, 2, 5, "no unit", OA_EX},
        {"USUBJID,EXTRT,EXDOSE\n1,A,NA\n", 0, "SDTM-NUMBER", OA_VALUE, 2, 5, "leave the cell empty", OA_EX},
        {"USUBJID,EXTRT,EXDOSE\n1,A,012\n", 0, "SDTM-NUMBER", OA_VALUE, 2, 5, "leading zeros", OA_EX},
        {"USUBJID,EXTRT,EXDOSE\n1,A,\"1 000\"\n", 0, "SDTM-NUMBER", OA_VALUE, 2, 5, "without blanks", OA_EX},
        {"USUBJID,LBTESTCD,LBSTRESN\n1,TG,<0.1\n", 0, "SDTM-NUMBER", OA_VALUE, 2, 6, "character result", OA_LB},
        {"USUBJID,EXTRT,EXDOSE\n1,\"a\nb\",x\n", 0, "SDTM-NUMBER", OA_VALUE, 3, 4, "EXDOSE", OA_EX},
        {"USUBJID,AGE\n1,62\n2,131\n3,131\n", 0, "SDTM-RANGE", OA_VALUE, 3, 3, "at most 130", OA_DM},
    };
    const fixture *f = *state;
    CHECK_REFUSALS(cases);
    assert_null(read_text(f, OA_DM, "AGE,USUBJID,RFSTDTC\n5,S-1,2023-02-30\n"));
    assert_string_equal(first_error(f->diag)->where.subject, "S-1");
    assert_string_equal(first_error(f->diag)->where.domain, "DM");
}

static void test_REQ_SDTM_005_takes_partial_dates_and_times(void **state) {
    static const char *const dates[] = {"2014", "2014-01", "2014-01-02", "2014-01-02T11:45", "2014-01-02T11:45:30", ""};
    const fixture *f = *state;
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
        oa_table *table = read_text(f, OA_TU, oa_printf(f->arena, "USUBJID,TUTESTCD,TUDTC\n1,A,%s\n", dates[i]));
        assert_non_null(table);
        assert_string_equal(cell(table, 0, "TUDTC"), dates[i]);
    }
}

static void test_REQ_SDTM_006_reports_fifty_errors_and_counts_the_rest(void **state) {
    const fixture *f = *state;
    char text[512] = "USUBJID,AGE\n";
    size_t n = strlen(text);
    for (size_t i = 0; i < 60; i++) {
        n += (size_t)snprintf(text + n, sizeof text - n, "1,x\n");
    }
    assert_null(read_text(f, OA_DM, text));
    assert_int_equal(oa_diag_errors(f->diag), 51);
    const oa_message *last = oa_diag_get(f->diag, oa_diag_count(f->diag) - 1);
    assert_non_null(strstr(last->text, "10 more errors"));
}

static void test_REQ_SDTM_007_keeps_columns_of_the_users_own(void **state) {
    const fixture *f = *state;
    oa_table *table = read_text(f, OA_TR, "usubjid,trtestcd,TrStresn,myflag,mydtc\n1,LDIAM,5.5,012,2023-02-30\n");
    assert_non_null(table);
    assert_int_equal(oa_table_columns(table), 5);
    assert_int_equal(oa_column_type(table, oa_table_column(table, "TRSTRESN")), OA_NUMBER);
    assert_int_equal(oa_column_type(table, oa_table_column(table, "MYFLAG")), OA_TEXT);
    assert_string_equal(cell(table, 0, "MYFLAG"), "012");
    assert_string_equal(cell(table, 0, "MYDTC"), "2023-02-30");
    assert_string_equal(oa_column_label(table, oa_table_column(table, "TRSTRESN")), "Numeric Result in Standard Units");
}

static void test_REQ_SDTM_008_takes_4096_columns_at_most(void **state) {
    const fixture *f = *state;
    for (size_t extra = 4095; extra <= 4096; extra++) {
        size_t size = extra * 6 + 16;
        char *text = oa_alloc(f->arena, size, 1);
        size_t n = (size_t)snprintf(text, size, "USUBJID");
        for (size_t i = 0; i < extra; i++) {
            n += (size_t)snprintf(text + n, size - n, ",X%zu", i);
        }
        assert_int_equal(read_text(f, OA_DM, text) != NULL, extra == 4095);
    }
    assert_int_equal(first_error(f->diag)->code, OA_LIMIT);
}

static void test_REQ_SDTM_009_numbers_records_by_their_first_line(void **state) {
    const fixture *f = *state;
    oa_table *table = read_text(f, OA_DM, "USUBJID,RACE\n1,\"a\nb\nc\"\n2,d\n");
    assert_non_null(table);
    assert_int_equal(oa_row_line(table, 0), 2);
    assert_int_equal(oa_row_line(table, 1), 5);
    assert_string_equal(oa_row_file(table), "in.csv");
}

static void read_sample(void *context) {
    const fixture *f = context;
    read_text(f, OA_DM, "USUBJID,AGE,RFSTDTC,RACE\n1,5,2023-01-01,\"a\"\"b\"\n2,x,2023-02-30,c\n");
}

static void test_REQ_SDTM_010_leaves_the_job_when_memory_runs_out(void **state) {
    (void)state;
    bool finished = false;
    for (size_t nth = 1; !finished; nth++) {
        fixture f = {.arena = oa_arena_new(0), .diag = oa_diag_new()};
        oa_arena_fail_at(f.arena, nth);
        finished = oa_arena_run(f.arena, read_sample, &f);
        oa_diag_free(f.diag);
        oa_arena_free(f.arena);
        assert_true(nth < 1000);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_REQ_SDTM_001_reads_rfc_4180, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_SDTM_002_names_the_place_of_broken_structure, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_SDTM_003_refuses_other_encodings_than_utf8, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_SDTM_004_refuses_headers_that_do_not_serve, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_SDTM_005_says_what_is_wrong_with_a_value, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_SDTM_005_takes_partial_dates_and_times, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_SDTM_006_reports_fifty_errors_and_counts_the_rest, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_SDTM_007_keeps_columns_of_the_users_own, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_SDTM_008_takes_4096_columns_at_most, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_SDTM_009_numbers_records_by_their_first_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_SDTM_010_leaves_the_job_when_memory_runs_out, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
