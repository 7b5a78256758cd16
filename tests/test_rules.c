/* test_rules.c - rules in SQL: what they see, what they say, and what they may not do. */
#include "../src/rules/sql.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { SUBJECTS = 4, TEXT_SIZE = 512 };

/* A study of four subjects, opened for each test. */
typedef struct study {
    oa_arena *arena;
    oa_diag *diag;
    oa_sql *sql;
    oa_table *dm;
    oa_table *ex;
} study;

typedef struct dm_row {
    const char *id;
    double age; /* 0: missing */
    const char *sex;
    const char *start;
} dm_row;

static const dm_row DM[SUBJECTS] = {
    {"S-01", 61, "F", "2023-01-31"},
    {"S-02", 45.5, "M", "2023-02"},
    {"S-03", 0, "", ""},
    {"S-04", 17, "M", "2023-12-31T08:30"},
};

static const struct {
    const char *id;
    double dose;
} EX[] = {{"S-01", 12}, {"S-01", 10}, {"S-02", 12}, {"S-04", 0.1}, {"S-04", 8}};

static oa_table *make_dm(oa_arena *arena) {
    static const oa_column_def columns[] = {
        {"USUBJID", OA_TEXT, "Unique Subject Identifier"},
        {"AGE", OA_NUMBER, "Age"},
        {"SEX", OA_TEXT, "Sex"},
        {"RFSTDTC", OA_DATE, "Start"},
    };
    oa_table *table = oa_table_of(arena, "DM", "Demographics", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < SUBJECTS; i++) {
        oa_date date;
        size_t row = oa_table_add_row(table);
        oa_set_text(table, row, 0, DM[i].id);
        if (DM[i].age > 0) {
            oa_set_number(table, row, 1, DM[i].age);
        }
        oa_set_text(table, row, 2, DM[i].sex);
        assert_true(oa_parse_date(DM[i].start, strlen(DM[i].start), &date));
        oa_set_date(table, row, 3, date);
    }
    oa_table_seal(table);
    return table;
}

static oa_table *make_ex(oa_arena *arena) {
    static const oa_column_def columns[] = {{"USUBJID", OA_TEXT, "Subject"}, {"EXDOSE", OA_NUMBER, "Dose"}};
    oa_table *table = oa_table_of(arena, "EX", "Exposure", columns, 2);
    for (size_t i = 0; i < sizeof EX / sizeof *EX; i++) {
        size_t row = oa_table_add_row(table);
        oa_set_text(table, row, 0, EX[i].id);
        oa_set_number(table, row, 1, EX[i].dose);
    }
    oa_table_seal(table);
    return table;
}

static void fill_study(void *context) {
    study *made = context;
    made->dm = make_dm(made->arena);
    made->ex = make_ex(made->arena);
    oa_table *empty = oa_table_new(made->arena, "PR", "Procedures");
    oa_table_seal(empty);
    made->sql = oa_sql_open(made->arena, made->diag);
    assert_non_null(made->sql);
    assert_true(oa_sql_add(made->sql, made->dm, made->diag));
    assert_true(oa_sql_add(made->sql, made->ex, made->diag));
    assert_true(oa_sql_add(made->sql, empty, made->diag));
}

static int set_up(void **state) {
    static study one;
    one = (study){.arena = oa_arena_new(0), .diag = oa_diag_new()};
    *state = &one;
    return one.arena && one.diag && oa_arena_run(one.arena, fill_study, &one) ? 0 : 1;
}

static int tear_down(void **state) {
    study *one = *state;
    oa_arena_free(one->arena);
    oa_diag_free(one->diag);
    return 0;
}

/* Runs `step` as a job of the study's arena. */
static void in_job(void **state, void (*step)(void *context)) {
    study *one = *state;
    assert_true(oa_arena_run(one->arena, step, one));
}

typedef struct verdict_case {
    const char *rule;
    const char *verdicts; /* a letter a subject: t true, f false, u unknown */
} verdict_case;

static void check_verdicts(study *one, const verdict_case *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        signed char verdict[SUBJECTS] = {9, 9, 9, 9};
        char got[SUBJECTS + 1] = "";
        if (!oa_sql_test(one->sql, one->dm, cases[i].rule, NULL, verdict, one->diag)) {
            const oa_message *message = oa_diag_get(one->diag, oa_diag_count(one->diag) - 1);
            fail_msg("%s: %s", cases[i].rule, message->text);
        }
        for (size_t row = 0; row < SUBJECTS; row++) {
            got[row] = verdict[row] < 0 ? 'u' : verdict[row] ? 't' : 'f';
        }
        if (strcmp(got, cases[i].verdicts) != 0) {
            fail_msg("%s: %s, not %s", cases[i].rule, got, cases[i].verdicts);
        }
    }
}

#define CHECK_VERDICTS(one, cases) check_verdicts((one), (cases), sizeof(cases) / sizeof *(cases))

static void verdicts(void *context) {
    static const verdict_case cases[] = {
        {"AGE >= 18", "ttuf"},
        {"AGE >= '18'", "ttuf"},
        {"AGE = 45.5", "ftuf"},
        {"SEX = 'F'", "tfuf"},
        {"SEX IS NULL", "fftf"},
        {"AGE >= 18 AND SEX = 'M'", "ftuf"},
        {"USUBJID = 'S-03'", "fftf"},
        {"rfstdtc < '2023-06-01'", "ttuf"},
        {"DM.AGE > 50 -- in years", "tfuf"},
        {"AGE", "ttut"},
        {"1", "tttt"},
        {"NULL", "uuuu"},
    };
    CHECK_VERDICTS((study *)context, cases);
}

static void test_REQ_RULES_001_true_false_unknown(void **state) {
    in_job(state, verdicts);
}

static void lookups(void *context) {
    static const verdict_case cases[] = {
        {"EXISTS (SELECT 1 FROM ex WHERE ex.USUBJID = dm.USUBJID AND EXDOSE = 12)", "ttff"},
        {"EXISTS (SELECT 1 FROM ex WHERE ex.USUBJID = dm.USUBJID COLLATE NOCASE)", "ttft"},
        {"(SELECT count(*) FROM ex WHERE ex.USUBJID = dm.USUBJID) = 2", "tfft"},
        {"(SELECT sum(EXDOSE) FROM ex WHERE ex.USUBJID = dm.USUBJID) > 20", "tfuf"},
        {"USUBJID IN (SELECT USUBJID FROM ex WHERE EXDOSE = 0.1)", "ffft"},
        {"EXISTS (SELECT 1 FROM ex WHERE ex.USUBJID = dm.SEX)", "ffff"},
        {"EXISTS (SELECT 1 FROM ex WHERE ex.USUBJID = dm.AGE)", "ffff"},
        {"(SELECT count(*) FROM ex WHERE ex.USUBJID IN ('S-04', 'S-01', 'S-00', 'S-99')) = 4", "tttt"},
    };
    CHECK_VERDICTS((study *)context, cases);
}

static void test_REQ_RULES_002_lookup_by_subject(void **state) {
    in_job(state, lookups);
}

static void absent_domain(void *context) {
    static const verdict_case cases[] = {
        {"EXISTS (SELECT 1 FROM pr WHERE pr.USUBJID = dm.USUBJID)", "ffff"},
        {"(SELECT count(*) FROM pr) = 0", "tttt"},
    };
    CHECK_VERDICTS((study *)context, cases);
}

static void test_REQ_RULES_003_absent_domain_has_no_rows(void **state) {
    in_job(state, absent_domain);
}

static void dates(void *context) {
    static const verdict_case cases[] = {
        {"julianday(RFSTDTC) - julianday('2023-01-01') = 30", "tuuf"},
        {"julianday('2000-01-01') = 2451544.5", "tttt"},
        {"date(RFSTDTC, '+28 days') = '2023-02-28'", "tuuf"},
        {"date(RFSTDTC, '-1 day') = '2023-12-30'", "fuut"},
        {"date(julianday('2023-02-28') + 1) = '2023-03-01'", "tttt"},
        {"date('2014') IS NULL AND julianday('2014-02') IS NULL", "tttt"},
    };
    CHECK_VERDICTS((study *)context, cases);
}

static void test_REQ_RULES_004_dates_known_to_the_day(void **state) {
    in_job(state, dates);
}

typedef struct error_case {
    const char *rule;
    oa_code code;
    const char *says[3]; /* each is in the message */
} error_case;

static void check_errors(study *one, const error_case *cases, size_t count) {
    static const oa_place place = {.file = "protocol.yaml", .line = 12, .column = 9, .seq = -1};
    for (size_t i = 0; i < count; i++) {
        signed char verdict[SUBJECTS];
        size_t before = oa_diag_count(one->diag);
        if (oa_sql_test(one->sql, one->dm, cases[i].rule, &place, verdict, one->diag)) {
            fail_msg("%s: is taken", cases[i].rule);
        }
        assert_int_equal(oa_diag_count(one->diag), before + 1);
        const oa_message *message = oa_diag_get(one->diag, before);
        for (size_t j = 0; j < 3 && cases[i].says[j]; j++) {
            if (!strstr(message->text, cases[i].says[j])) {
                fail_msg("%s: \"%s\" does not say \"%s\"", cases[i].rule, message->text, cases[i].says[j]);
            }
        }
        if (message->code != cases[i].code) {
            fail_msg("%s: \"%s\" is %s", cases[i].rule, message->text, oa_code_name(message->code));
        }
        assert_string_equal(message->where.file, "protocol.yaml");
        assert_int_equal(message->where.line, 12);
        assert_int_equal(message->where.column, 9);
    }
}

#define CHECK_ERRORS(one, cases) check_errors((one), (cases), sizeof(cases) / sizeof *(cases))

static void unknown_names(void *context) {
    static const error_case cases[] = {
        {"AGEE > 3", OA_SCHEMA, {"no such column: AGEE", "did you mean AGE?", "DM has USUBJID, AGE, SEX, RFSTDTC"}},
        {"SEX = \"F\"", OA_SCHEMA, {"no such column: F", "text stands between single quotes"}},
        {"EXISTS (SELECT 1 FROM ex WHERE ex.EXDOS > 1)", OA_SCHEMA, {"did you mean EXDOSE?", "EX has USUBJID, EXDOSE"}},
        {"EXISTS (SELECT 1 FROM pr WHERE pr.PRTRT = 'X')", OA_SCHEMA, {"PR has USUBJID alone"}},
        {"EXISTS (SELECT 1 FROM exx)", OA_SCHEMA, {"no such table: exx", "did you mean EX?", "DM, EX, PR"}},
        {"AGE > > 3", OA_SYNTAX, {"near \">\": syntax error"}},
        {"", OA_SYNTAX, {"syntax error"}},
    };
    CHECK_ERRORS((study *)context, cases);
}

static void test_REQ_RULES_005_errors_name_place_and_remedy(void **state) {
    in_job(state, unknown_names);
}

static void wrong_shapes(void *context) {
    static const error_case cases[] = {
        {"SEX", OA_VALUE, {"the text 'F' rather than true or false"}},
        {"1), (2", OA_SYNTAX, {"one value for each row of DM"}},
        {"1) FROM dm WHERE USUBJID > 'S-02' /*", OA_SYNTAX, {"one value for each row of DM"}},
        {"1) FROM dm a, dm /*", OA_SYNTAX, {"one value for each row of DM"}},
        {"count(*) > 2", OA_SYNTAX, {"one value for each row of DM"}},
        {"1) FROM dm; SELECT (2", OA_SYNTAX, {"neither none nor several"}},
        {"AGE > 3;", OA_SYNTAX, {"syntax error"}},
    };
    CHECK_ERRORS((study *)context, cases);
}

static void test_REQ_RULES_006_one_boolean_a_row(void **state) {
    in_job(state, wrong_shapes);
}

static bool never(void *context, int count, const char *const *names, const char *const *values) {
    (void)context;
    (void)count;
    (void)names;
    fail_msg("a row: %s", values[0] ? values[0] : "NULL");
    return false;
}

static void only_reading(void *context) {
    static const struct {
        const char *query;
        const char *says;
    } cases[] = {
        {"DELETE FROM dm", ""},
        {"UPDATE dm SET AGE = 1", ""},
        {"INSERT INTO dm VALUES ('S-05', 1, 'F', '')", ""},
        {"CREATE TABLE t(x)", "may only read"},
        {"CREATE VIRTUAL TABLE t USING fts5(x)", "may only read"},
        {"ATTACH 'other.db' AS other", ""},
        {"PRAGMA user_version", "may only read"},
        {"BEGIN", "may only read"},
        {"SELECT load_extension('x')", "load_extension"},
        {"SELECT name FROM sqlite_master", "not one of the study"},
        {"SELECT name FROM pragma_module_list", "may only read"},
        {"SELECT value FROM json_each('[1]')", "may only read"},
        {"SELECT ?1", ""},
        {"SELECT 1; SELECT 2", "neither none nor several"},
        {"-- nothing", "neither none nor several"},
    };
    study *one = context;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t before = oa_diag_errors(one->diag);
        assert_false(oa_sql_query(one->sql, cases[i].query, NULL, never, NULL, one->diag));
        assert_int_equal(oa_diag_errors(one->diag), before + 1);
        const char *text = oa_diag_get(one->diag, before)->text;
        if (!strstr(text, cases[i].says)) {
            fail_msg("%s: \"%s\" does not say \"%s\"", cases[i].query, text, cases[i].says);
        }
    }
}

static void test_REQ_RULES_007_rules_only_read(void **state) {
    in_job(state, only_reading);
}

static void no_clock(void *context) {
    static const error_case cases[] = {
        {"random() > 0", OA_VALUE, {"random()"}},
        {"RFSTDTC < CURRENT_DATE", OA_VALUE, {"current_date()"}},
        {"RFSTDTC < datetime('now')", OA_VALUE, {"datetime()"}},
        {"strftime('%Y') > '2000'", OA_VALUE, {"strftime()"}},
        {"RFSTDTC < date()", OA_SYNTAX, {"day of the run"}},
        {"julianday() > 0", OA_SYNTAX, {"takes one date"}},
        {"date(RFSTDTC, 'start of month') > ''", OA_SYNTAX, {"'+28 days'"}},
        {"date('now') > RFSTDTC", OA_SYNTAX, {"not 'now'"}},
        {"julianday('NOW') > julianday(RFSTDTC)", OA_SYNTAX, {"not 'now'"}},
    };
    CHECK_ERRORS((study *)context, cases);
}

static void test_REQ_RULES_008_no_clock_no_chance(void **state) {
    in_job(state, no_clock);
}

static void runaways(void *context) {
    study *one = context;
    static const error_case cases[] = {
        {"(SELECT count(*) FROM ex a, ex b, ex c, ex d, ex e, ex f, ex g, ex h, ex i, ex j) > 0",
         OA_LIMIT,
         {"stopped after 50000 steps", "USUBJID"}},
        {"(WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) SELECT max(i) FROM r) > 0",
         OA_VALUE,
         {"WITH RECURSIVE"}},
        {"length(replace(format('%900000d', 1), ' ', 'ten of them')) > 0", OA_LIMIT, {"too big"}},
    };
    static const verdict_case after[] = {{"AGE >= 18", "ttuf"}};
    oa_sql_allow(one->sql, 50000);
    CHECK_ERRORS(one, cases);
    CHECK_VERDICTS(one, after);
}

static void test_REQ_RULES_009_runaways_are_stopped(void **state) {
    in_job(state, runaways);
}

typedef struct gathered {
    char text[TEXT_SIZE];
    int rows;
    int most;
} gathered;

static bool gather(void *context, int count, const char *const *names, const char *const *values) {
    gathered *out = context;
    for (int i = 0; i < count; i++) {
        size_t used = strlen(out->text);
        snprintf(out->text + used, sizeof out->text - used, "%s=%s ", names[i], values[i] ? values[i] : "NULL");
    }
    return ++out->rows < out->most;
}

static void queries(void *context) {
    static const struct {
        const char *query;
        const char *rows;
        int most;
    } cases[] = {
        {"SELECT USUBJID, AGE, RFSTDTC FROM dm ORDER BY AGE DESC LIMIT 2;",
         "USUBJID=S-01 AGE=61 RFSTDTC=2023-01-31 USUBJID=S-02 AGE=45.5 RFSTDTC=2023-02 ", 9},
        {"SELECT AGE a FROM dm WHERE USUBJID = 'S-03'", "a=NULL ", 9},
        {"SELECT dm.USUBJID id, sum(EXDOSE) d FROM dm JOIN ex USING (USUBJID) GROUP BY 1", "id=S-01 d=22 id=S-02 d=12 ",
         2},
        {"WITH f AS (SELECT * FROM dm WHERE SEX = 'F') SELECT count(*) n FROM f", "n=1 ", 9},
        {"SELECT RFSTDTC x FROM dm WHERE USUBJID = 'S-04'", "x=2023-12-31T08:30 ", 9},
        {"SELECT 1e999 x, 0.1 y -- end", "x=NULL y=0.1 ", 9},
        {"SELECT USUBJID FROM dm WHERE 0", "", 9},
    };
    study *one = context;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        gathered out = {.most = cases[i].most};
        assert_true(oa_sql_query(one->sql, cases[i].query, NULL, gather, &out, one->diag));
        assert_string_equal(out.text, cases[i].rows);
    }
}

static void test_REQ_RULES_010_queries_give_text(void **state) {
    in_job(state, queries);
}

static void replaced(void *context) {
    study *one = context;
    static const oa_column_def columns[] = {{"AVAL", OA_NUMBER, "Value"}, {"USUBJID", OA_TEXT, "Subject"}};
    static const char *const unsorted[] = {"S-04", "S-01", "S-02"};
    oa_table *ex = oa_table_of(one->arena, "ex", "Another", columns, 2);
    for (size_t i = 0; i < 3; i++) {
        oa_set_text(ex, oa_table_add_row(ex), 1, unsorted[i]);
    }
    oa_table_seal(ex);
    static const verdict_case before[] = {{"EXISTS (SELECT 1 FROM ex WHERE EXDOSE = 12)", "tttt"}};
    static const verdict_case after[] = {
        {"EXISTS (SELECT 1 FROM ex WHERE ex.USUBJID = dm.USUBJID)", "ttft"},
        {"EXISTS (SELECT AVAL FROM ex WHERE ex.USUBJID = 'S-01')", "tttt"},
    };
    CHECK_VERDICTS(one, before);
    assert_true(oa_sql_add(one->sql, ex, one->diag));
    CHECK_VERDICTS(one, after);
}

static void test_REQ_RULES_011_table_of_same_name_replaces(void **state) {
    in_job(state, replaced);
}

static void ask_with_little_memory(void *context) {
    study *one = context;
    signed char verdict[SUBJECTS];
    gathered out = {.most = 9};
    oa_sql_test(one->sql, one->dm, "AGEE > 3 OR EXISTS (SELECT 1 FROM ex)", NULL, verdict, one->diag);
    oa_sql_query(one->sql, "SELECT USUBJID, AGE FROM dm", NULL, gather, &out, one->diag);
}

static void test_REQ_RULES_012_survives_lack_of_memory(void **state) {
    study *one = *state;
    bool finished = false;
    size_t nth = 1;
    for (; !finished && nth < 1000; nth++) {
        oa_arena_fail_at(one->arena, nth);
        finished = oa_arena_run(one->arena, ask_with_little_memory, one);
    }
    oa_arena_fail_at(one->arena, 0);
    assert_true(finished);
    assert_true(nth > 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_REQ_RULES_001_true_false_unknown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_RULES_002_lookup_by_subject, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_RULES_003_absent_domain_has_no_rows, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_RULES_004_dates_known_to_the_day, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_RULES_005_errors_name_place_and_remedy, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_RULES_006_one_boolean_a_row, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_RULES_007_rules_only_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_RULES_008_no_clock_no_chance, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_RULES_009_runaways_are_stopped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_RULES_010_queries_give_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_RULES_011_table_of_same_name_replaces, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_RULES_012_survives_lack_of_memory, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
