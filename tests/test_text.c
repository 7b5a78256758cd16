/*
 * test_text.c - small questions about text.
 *
 *   REQ-BASE-040  valid UTF-8 is told from what is not, and the first wrong byte is found
 *   REQ-BASE-041  ASCII case is folded the same everywhere, and nothing else is
 *   REQ-BASE-042  "did you mean" offers the nearest word, and none where none is near
 */
#include "../src/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* `bad` is the offset of the first byte that is wrong; -1: none. */
static const struct {
    const char *text;
    size_t length;
    int bad;
} utf8[] = {
#define BYTES(literal) .text = (literal), .length = sizeof(literal) - 1
    {BYTES(""), .bad = -1},
    {BYTES("plain"), .bad = -1},
    {BYTES("a\0b"), .bad = -1},
    {BYTES("\x7F"), .bad = -1},
    {BYTES("\xC2\x80"), .bad = -1},                    /* U+0080 */
    {BYTES("\xDF\xBF"), .bad = -1},                    /* U+07FF */
    {BYTES("\xE0\xA0\x80"), .bad = -1},                /* U+0800 */
    {BYTES("\xED\x9F\xBF"), .bad = -1},                /* U+D7FF */
    {BYTES("\xEE\x80\x80"), .bad = -1},                /* U+E000 */
    {BYTES("\xEF\xBF\xBF"), .bad = -1},                /* U+FFFF */
    {BYTES("\xF0\x90\x80\x80"), .bad = -1},            /* U+10000 */
    {BYTES("\xF4\x8F\xBF\xBF"), .bad = -1},            /* U+10FFFF */
    {BYTES("\xE5\x8C\xBB\xE9\x99\xA2 ok"), .bad = -1}, /* two Chinese characters */
    {BYTES("\xEF\xBB\xBFtext"), .bad = -1},            /* a byte order mark is a character */
    {BYTES("\x80"), .bad = 0},                         /* continuation without a lead */
    {BYTES("ab\xBFz"), .bad = 2},
    {BYTES("\xC3"), .bad = 0}, /* cut off */
    {BYTES("ab\xE5\x8C"), .bad = 2},
    {BYTES("\xF0\x90\x80"), .bad = 0},
    {BYTES("\xC3("), .bad = 0}, /* no continuation */
    {BYTES("\xE5\x8C("), .bad = 0},
    {BYTES("\xE5(\xBB"), .bad = 0},
    {BYTES("\xF0\x90\x80("), .bad = 0},
    {BYTES("\xC0\x80"), .bad = 0}, /* overlong forms */
    {BYTES("\xC0\xAF"), .bad = 0},
    {BYTES("\xC1\xBF"), .bad = 0},
    {BYTES("\xE0\x80\x80"), .bad = 0},
    {BYTES("\xE0\x9F\xBF"), .bad = 0},
    {BYTES("\xF0\x80\x80\x80"), .bad = 0},
    {BYTES("\xF0\x8F\xBF\xBF"), .bad = 0},
    {BYTES("\xED\xA0\x80"), .bad = 0}, /* surrogates */
    {BYTES("\xED\xBF\xBF"), .bad = 0},
    {BYTES("ok\xED\xA0\x80\xED\xB0\x80"), .bad = 2},
    {BYTES("\xF4\x90\x80\x80"), .bad = 0}, /* beyond U+10FFFF */
    {BYTES("\xF5\x80\x80\x80"), .bad = 0},
    {BYTES("\xF8\x88\x80\x80\x80"), .bad = 0},
    {BYTES("\xFE"), .bad = 0},
    {BYTES("\xFF"), .bad = 0},
    {BYTES("caf\xE9"), .bad = 3}, /* Latin-1 */
#undef BYTES
};

static void test_REQ_BASE_040_utf8(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(utf8); i++) {
        size_t want = utf8[i].bad < 0 ? utf8[i].length : (size_t)utf8[i].bad;
        size_t got = oa_utf8_check(utf8[i].text, utf8[i].length);
        if (got != want) {
            fail_msg("case %zu: %zu, not %zu", i, got, want);
        }
    }
}

/* Every code point that may be encoded is taken, whatever sequence of four bytes is offered in its place is not. */
static void test_REQ_BASE_040_all_code_points(void **state) {
    (void)state;
    for (uint32_t code = 0; code <= 0x110000; code++) {
        unsigned char bytes[4];
        size_t length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
        static const unsigned char leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
        uint32_t rest = code;
        for (size_t i = length; i-- > 1; rest >>= 6) {
            bytes[i] = (unsigned char)(0x80 | (rest & 0x3F));
        }
        bytes[0] = (unsigned char)(leads[length] | rest);
        bool valid = code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
        assert_int_equal(oa_utf8_check((const char *)bytes, length), valid ? length : 0);
    }
}

static void test_REQ_BASE_041_case(void **state) {
    static const struct {
        const char *a;
        const char *b;
        bool same;
    } pairs[] = {
        {.a = "", .b = "", .same = true},
        {.a = "USUBJID", .b = "usubjid", .same = true},
        {.a = "aZ[", .b = "Az[", .same = true},
        {.a = "a", .b = "ab"},
        {.a = "ab", .b = "a"},
        {.a = "", .b = "a"},
        {.a = "@", .b = "`"}, /* differ by the bit that makes case, but are no letters */
        {.a = "[", .b = "{"},
        {.a = "\xC3\x89", .b = "\xC3\xA9"}, /* letters of other alphabets are left alone */
        {.a = "I", .b = "\xC4\xB1"},
    };
    oa_arena *arena = oa_arena_new(0);
    (void)state;
    for (size_t i = 0; i < COUNT(pairs); i++) {
        assert_int_equal(oa_streq_nocase(pairs[i].a, pairs[i].b), pairs[i].same);
        assert_int_equal(oa_streq_nocase(pairs[i].b, pairs[i].a), pairs[i].same);
        assert_int_equal(oa_streq(oa_lower(arena, pairs[i].a), oa_lower(arena, pairs[i].b)), pairs[i].same);
        assert_int_equal(oa_streq(oa_upper(arena, pairs[i].a), oa_upper(arena, pairs[i].b)), pairs[i].same);
    }
    assert_string_equal(oa_lower(arena, "Grade 3 \xC3\x89@[`{"), "grade 3 \xC3\x89@[`{");
    assert_string_equal(oa_upper(arena, "Grade 3 \xC3\xA9@[`{"), "GRADE 3 \xC3\xA9@[`{");
    oa_arena_free(arena);
}

static void test_REQ_BASE_042_did_you_mean(void **state) {
    static const char *const words[] = {"USUBJID",
                                        "AESTDTC",
                                        "AEENDTC",
                                        "AETERM",
                                        "AESER",
                                        "AEREL",
                                        "a_word_that_is_far_too_long_to_be_a_name_of_anything_in_a_table_of_a_trial"};
    static const struct {
        const char *text;
        const char *nearest;
    } cases[] = {
        {.text = "USUBJID", .nearest = "USUBJID"},
        {.text = "usubjid", .nearest = "USUBJID"},
        {.text = "USUBJD", .nearest = "USUBJID"},
        {.text = "USUBIJD", .nearest = "USUBJID"},
        {.text = "AESTDT", .nearest = "AESTDTC"},
        {.text = "AESTDTCC", .nearest = "AESTDTC"},
        {.text = "AETREM", .nearest = "AETERM"},
        {.text = "AESR", .nearest = "AESER"},
        {.text = "SEX", .nearest = NULL},
        {.text = "XXXXXXX", .nearest = NULL},
        {.text = "", .nearest = NULL},
        {.text = "SUBJECT", .nearest = NULL},
        {.text = "a_word_that_is_far_too_long_to_be_a_name_of_anything_in_a_table_of_a_trial", .nearest = NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *nearest = oa_nearest(cases[i].text, words, COUNT(words));
        bool good = cases[i].nearest ? nearest && strcmp(nearest, cases[i].nearest) == 0 : !nearest;
        if (!good) {
            fail_msg("%s: %s", cases[i].text, nearest ? nearest : "none");
        }
    }
    assert_null(oa_nearest("USUBJID", words, 0));
    /* Of words equally near, the first. */
    assert_string_equal(oa_nearest("AEXXDTC", words, COUNT(words)), "AESTDTC");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_BASE_040_utf8),
        cmocka_unit_test(test_REQ_BASE_040_all_code_points),
        cmocka_unit_test(test_REQ_BASE_041_case),
        cmocka_unit_test(test_REQ_BASE_042_did_you_mean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
