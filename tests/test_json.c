/*
 * test_json.c - JSON that is written, byte for byte.
 *
 *   REQ-BASE-045  the same calls write the same bytes: RFC 8259, two blanks a level, one newline at the end
 *   REQ-BASE-046  texts are escaped as RFC 8259 section 7 demands, and not beyond
 *   REQ-BASE-047  numbers are written in their shortest form; what is not finite is null
 */
#include "../src/base/json.h"

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

typedef struct writing {
    oa_arena *arena;
    oa_buf buf;
    oa_json json;
} writing;

static int set_up(void **state) {
    writing *w = test_malloc(sizeof *w);
    w->arena = oa_arena_new(0);
    oa_buf_init(&w->buf, w->arena);
    oa_json_init(&w->json, &w->buf);
    *state = w;
    return 0;
}

static int tear_down(void **state) {
    writing *w = *state;
    oa_arena_free(w->arena);
    test_free(w);
    return 0;
}

static void test_REQ_BASE_045_nesting(void **state) {
    writing *w = *state;
    oa_json_object(&w->json, NULL);
    oa_json_text(&w->json, "study", "S-1");
    oa_json_null(&w->json, "none");
    oa_json_bool(&w->json, "yes", true);
    oa_json_bool(&w->json, "no", false);
    oa_json_array(&w->json, "list");
    oa_json_integer(&w->json, NULL, 1);
    oa_json_array(&w->json, NULL);
    oa_json_end_array(&w->json);
    oa_json_object(&w->json, NULL);
    oa_json_number(&w->json, "b", 0.5);
    oa_json_number(&w->json, "a", 2);
    oa_json_end_object(&w->json);
    oa_json_object(&w->json, NULL);
    oa_json_end_object(&w->json);
    oa_json_text(&w->json, NULL, NULL);
    oa_json_end_array(&w->json);
    oa_json_object(&w->json, "empty");
    oa_json_end_object(&w->json);
    oa_json_integer(&w->json, "last", -3);
    oa_json_end_object(&w->json);
    assert_string_equal(w->buf.bytes, "{\n"
                                      "  \"study\": \"S-1\",\n"
                                      "  \"none\": null,\n"
                                      "  \"yes\": true,\n"
                                      "  \"no\": false,\n"
                                      "  \"list\": [\n"
                                      "    1,\n"
                                      "    [],\n"
                                      "    {\n"
                                      "      \"b\": 0.5,\n"
                                      "      \"a\": 2\n"
                                      "    },\n"
                                      "    {},\n"
                                      "    null\n"
                                      "  ],\n"
                                      "  \"empty\": {},\n"
                                      "  \"last\": -3\n"
                                      "}\n");
}

static void test_REQ_BASE_045_empty_values(void **state) {
    writing *w = *state;
    oa_json_object(&w->json, NULL);
    oa_json_end_object(&w->json);
    assert_string_equal(w->buf.bytes, "{}\n");
    oa_buf_reset(&w->buf);
    oa_json_init(&w->json, &w->buf);
    oa_json_array(&w->json, NULL);
    oa_json_end_array(&w->json);
    assert_string_equal(w->buf.bytes, "[]\n");
}

static void test_REQ_BASE_045_deep_nesting(void **state) {
    enum { DEPTH = 100 };
    writing *w = *state;
    for (int i = 0; i < DEPTH; i++) {
        oa_json_array(&w->json, NULL);
    }
    for (int i = 0; i < DEPTH; i++) {
        oa_json_end_array(&w->json);
    }
    size_t opened = 0;
    size_t closed = 0;
    for (const char *c = w->buf.bytes; *c; c++) {
        opened += *c == '[';
        closed += *c == ']';
    }
    assert_int_equal(opened, DEPTH);
    assert_int_equal(closed, DEPTH);
    assert_int_equal(w->buf.bytes[w->buf.length - 1], '\n');
    assert_int_equal(w->json.depth, 0);
}

static const struct {
    const char *text;
    const char *written;
} texts[] = {
    {.text = "", .written = ""},
    {.text = "plain", .written = "plain"},
    {.text = "a\"b", .written = "a\\\"b"},
    {.text = "a\\b", .written = "a\\\\b"},
    {.text = "a/b", .written = "a/b"},
    {.text = "one\ntwo", .written = "one\\ntwo"},
    {.text = "\t\r\b\f", .written = "\\u0009\\u000d\\u0008\\u000c"},
    {.text = "\x01\x1F", .written = "\\u0001\\u001f"},
    {.text = "\x7F", .written = "\x7F"},
    {.text = "<&>'", .written = "<&>'"},
    {.text = "\xE5\x8C\xBB \xC3\xA9 \xF0\x9F\x98\x80", .written = "\xE5\x8C\xBB \xC3\xA9 \xF0\x9F\x98\x80"},
    {.text = "%s%n", .written = "%s%n"},
};

static void test_REQ_BASE_046_escapes(void **state) {
    writing *w = *state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        char want[256];
        oa_buf_reset(&w->buf);
        oa_json_init(&w->json, &w->buf);
        oa_json_object(&w->json, NULL);
        oa_json_text(&w->json, texts[i].text, texts[i].text);
        oa_json_end_object(&w->json);
        snprintf(want, sizeof want, "{\n  \"%s\": \"%s\"\n}\n", texts[i].written, texts[i].written);
        assert_string_equal(w->buf.bytes, want);
    }
}

static const struct {
    double value;
    const char *written;
} numbers[] = {
    {.value = 0, .written = "0"},
    {.value = -0.0, .written = "0"},
    {.value = 0.1, .written = "0.1"},
    {.value = -12.5, .written = "-12.5"},
    {.value = 100, .written = "100"},
    {.value = 1e300, .written = "1e+300"},
    {.value = DBL_TRUE_MIN, .written = "5e-324"},
    {.value = 0.30000000000000004, .written = "0.30000000000000004"},
    {.value = (double)NAN, .written = "null"},
    {.value = (double)INFINITY, .written = "null"},
    {.value = -(double)INFINITY, .written = "null"},
};

static void test_REQ_BASE_047_numbers(void **state) {
    writing *w = *state;
    for (size_t i = 0; i < COUNT(numbers); i++) {
        oa_buf_reset(&w->buf);
        oa_json_init(&w->json, &w->buf);
        oa_json_number(&w->json, NULL, numbers[i].value);
        assert_string_equal(w->buf.bytes, numbers[i].written);
    }
}

static void test_REQ_BASE_047_integers(void **state) {
    writing *w = *state;
    oa_json_array(&w->json, NULL);
    oa_json_integer(&w->json, NULL, INT64_MIN);
    oa_json_integer(&w->json, NULL, 0);
    oa_json_integer(&w->json, NULL, INT64_MAX);
    oa_json_end_array(&w->json);
    assert_string_equal(w->buf.bytes, "[\n  -9223372036854775808,\n  0,\n  9223372036854775807\n]\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_REQ_BASE_045_nesting, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_045_empty_values, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_045_deep_nesting, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_046_escapes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_047_numbers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_047_integers, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
