/*
 * test_diag.c - messages: what is kept of them, and the exit status that they call for.
 *
 *   REQ-BASE-055  messages keep their order, place, rule and text, whatever becomes of the caller's strings
 *   REQ-BASE-056  the exit status is that of the gravest error: 3 before 2 before 1
 *   REQ-BASE-057  without a diag messages are dropped
 */
#include <onearm/diag.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static int set_up(void **state) {
    *state = oa_diag_new();
    return *state ? 0 : -1;
}

static int tear_down(void **state) {
    oa_diag_free(*state);
    return 0;
}

static void test_REQ_BASE_055_strings_are_copied(void **state) {
    char file[] = "tr.csv";
    char subject[] = "S-01";
    char domain[] = "TR";
    char rule[] = "SDTM-DATE";
    char text[] = "2023-02-30";
    oa_place where = {.file = file, .line = 7, .column = 12, .subject = subject, .domain = domain, .seq = 3};
    oa_diag_add(*state, OA_ERROR, OA_SYNTAX, &where, rule, "%s is no date", text);
    memset(file, 'x', sizeof file - 1);
    memset(subject, 'x', sizeof subject - 1);
    memset(domain, 'x', sizeof domain - 1);
    memset(rule, 'x', sizeof rule - 1);
    memset(text, 'x', sizeof text - 1);
    where = (oa_place){0};

    const oa_message *message = oa_diag_get(*state, 0);
    assert_int_equal(message->severity, OA_ERROR);
    assert_int_equal(message->code, OA_SYNTAX);
    assert_string_equal(message->where.file, "tr.csv");
    assert_int_equal(message->where.line, 7);
    assert_int_equal(message->where.column, 12);
    assert_string_equal(message->where.subject, "S-01");
    assert_string_equal(message->where.domain, "TR");
    assert_int_equal(message->where.seq, 3);
    assert_string_equal(message->rule, "SDTM-DATE");
    assert_string_equal(message->text, "2023-02-30 is no date");
}

static void test_REQ_BASE_055_what_is_not_known(void **state) {
    oa_diag_add(*state, OA_NOTE, OA_OK, NULL, NULL, "%s", "");
    const oa_message *message = oa_diag_get(*state, 0);
    assert_null(message->where.file);
    assert_int_equal(message->where.line, 0);
    assert_int_equal(message->where.column, 0);
    assert_null(message->where.subject);
    assert_null(message->where.domain);
    assert_int_equal(message->where.seq, -1);
    assert_string_equal(message->rule, "");
    assert_string_equal(message->text, "");
    assert_null(oa_diag_get(*state, 1));
}

static void test_REQ_BASE_055_many_messages(void **state) {
    enum { MESSAGES = 1000 };
    char wide[5000];
    memset(wide, 'w', sizeof wide - 1);
    wide[sizeof wide - 1] = '\0';
    for (int i = 0; i < MESSAGES; i++) {
        oa_place where = {.file = "f", .line = i, .seq = -1};
        oa_diag_add(*state, i % 3 == 0 ? OA_ERROR : OA_WARNING, OA_VALUE, &where, "RULE", "%d %s", i, wide);
    }
    assert_int_equal(oa_diag_count(*state), MESSAGES);
    assert_int_equal(oa_diag_errors(*state), (MESSAGES + 2) / 3);
    for (size_t i = 0; i < MESSAGES; i++) {
        const oa_message *message = oa_diag_get(*state, i);
        assert_int_equal(message->where.line, i);
        assert_true(strlen(message->text) >= sizeof wide + 1);
    }
}

static void test_REQ_BASE_056_status(void **state) {
    static const struct {
        struct {
            oa_severity severity;
            oa_code code;
        } messages[4];
        size_t count;
        int status;
    } cases[] = {
        {.count = 0, .status = 0},
        {.messages = {{OA_NOTE, OA_SYSTEM}, {OA_WARNING, OA_MEMORY}, {OA_WARNING, OA_USAGE}}, .count = 3, .status = 0},
        {.messages = {{OA_ERROR, OA_RECORD}}, .count = 1, .status = 1},
        {.messages = {{OA_ERROR, OA_USAGE}}, .count = 1, .status = 2},
        {.messages = {{OA_ERROR, OA_SYNTAX}}, .count = 1, .status = 2},
        {.messages = {{OA_ERROR, OA_SCHEMA}}, .count = 1, .status = 2},
        {.messages = {{OA_ERROR, OA_VALUE}}, .count = 1, .status = 2},
        {.messages = {{OA_ERROR, OA_REFERENCE}}, .count = 1, .status = 2},
        {.messages = {{OA_ERROR, OA_LIMIT}}, .count = 1, .status = 2},
        {.messages = {{OA_ERROR, OA_SYSTEM}}, .count = 1, .status = 3},
        {.messages = {{OA_ERROR, OA_MEMORY}}, .count = 1, .status = 3},
        {.messages = {{OA_ERROR, OA_USAGE}, {OA_ERROR, OA_SYSTEM}}, .count = 2, .status = 3},
        {.messages = {{OA_ERROR, OA_SYSTEM}, {OA_ERROR, OA_USAGE}}, .count = 2, .status = 3},
        {.messages = {{OA_ERROR, OA_RECORD}, {OA_ERROR, OA_VALUE}, {OA_ERROR, OA_RECORD}}, .count = 3, .status = 2},
        {.messages = {{OA_ERROR, OA_RECORD}, {OA_WARNING, OA_SYSTEM}}, .count = 2, .status = 1},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_diag *diag = oa_diag_new();
        for (size_t k = 0; k < cases[i].count; k++) {
            oa_diag_add(diag, cases[i].messages[k].severity, cases[i].messages[k].code, NULL, "RULE", "text");
        }
        if (oa_diag_status(diag) != cases[i].status) {
            fail_msg("case %zu: %d, not %d", i, oa_diag_status(diag), cases[i].status);
        }
        oa_diag_free(diag);
    }
}

static void test_REQ_BASE_056_names(void **state) {
    (void)state;
#define CHECK_NAME(code, status, meaning) assert_string_equal(oa_code_name(code), #code);
    OA_CODES(CHECK_NAME)
#undef CHECK_NAME
    assert_string_equal(oa_severity_name(OA_NOTE), "note");
    assert_string_equal(oa_severity_name(OA_WARNING), "warning");
    assert_string_equal(oa_severity_name(OA_ERROR), "error");
}

static void test_REQ_BASE_057_no_diag(void **state) {
    (void)state;
    oa_diag_add(NULL, OA_ERROR, OA_USAGE, NULL, "RULE", "%d", 1);
    oa_diag_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_REQ_BASE_055_strings_are_copied, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_055_what_is_not_known, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_055_many_messages, set_up, tear_down),
        cmocka_unit_test(test_REQ_BASE_056_status),
        cmocka_unit_test(test_REQ_BASE_056_names),
        cmocka_unit_test(test_REQ_BASE_057_no_diag),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
