/*
 * test_number.c - numbers in and out: what is refused, round trips, rounding, percentages, scaled integers.
 *
 *   REQ-BASE-001  a number is read only where all of its text follows the grammar
 *   REQ-BASE-002  what is read is the double nearest to the text
 *   REQ-BASE-003  what is written reads back as the same double, and rounded to one digit less does not
 *   REQ-BASE-004  fixed decimals round halves away from zero as the decimal text says; there is no "-0.0"
 *   REQ-BASE-005  percentages are those of exact division
 *   REQ-BASE-006  decimals become scaled integers exactly
 *   REQ-BASE-007  an integer is read exactly or refused
 *   REQ-BASE-008  the caller's locale changes nothing
 */
#include "../src/base/number.h"

#include <float.h>
#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { RANDOM_CASES = 20000 };

/* The bits, so that -0 is not 0. */
static uint64_t bits_of(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* G. Marsaglia, J Stat Softw 8(14) (2003): xorshift64. */
static uint64_t next_random(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static double random_double(uint64_t *state) {
    double value;
    do {
        uint64_t bits = next_random(state);
        if (bits % 8 == 0) {
            bits &= 0x800FFFFFFFFFFFFFU; /* a denormal */
        }
        memcpy(&value, &bits, sizeof value);
    } while (!isfinite(value) || value == 0);
    return value;
}

static bool parse(const char *text, double *value) {
    return oa_parse_number(text, strlen(text), value);
}

static const struct {
    const char *text;
    double value;
} taken[] = {
    {.text = "0", .value = 0.0},
    {.text = "-0", .value = 0.0},
    {.text = "7", .value = 7.0},
    {.text = "+7", .value = 7.0},
    {.text = "-12.50", .value = -12.5},
    {.text = "0.05", .value = 0.05},
    {.text = ".5", .value = 0.5},
    {.text = "0.145", .value = 0.145},
    {.text = "1e3", .value = 1000.0},
    {.text = "1E-3", .value = 0.001},
    {.text = "2.5e+2", .value = 250.0},
    {.text = "1e0000000000000000000002", .value = 100.0},
    {.text = "9007199254740993", .value = 9007199254740992.0},
    {.text = "0.1000000000000000055511151231257827021181583404541015625", .value = 0.1},
    {.text = "123456789012345678901234567890", .value = 123456789012345678901234567890.0},
    {.text = "1.7976931348623157e308", .value = DBL_MAX},
    {.text = "2.2250738585072011e-308", .value = 2.2250738585072011e-308},
    {.text = "4.9406564584124654e-324", .value = DBL_TRUE_MIN},
    {.text = "1e-400", .value = 0.0},
};

static void test_REQ_BASE_001_numbers_that_are_taken(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(taken); i++) {
        double value = -1;
        if (!parse(taken[i].text, &value) || bits_of(value) != bits_of(taken[i].value)) {
            fail_msg("%s is %.17g, not %.17g", taken[i].text, value, taken[i].value);
        }
    }
}

static void test_REQ_BASE_001_text_that_is_refused(void **state) {
    static const char *const refused[] = {
        "",         " ",       " 1",   "1 ",    "\t1",      "1\n",      "5%",        "0,05", "1,000", "010",    "00",
        "-01",      "00.5",    "0x10", "0X1p3", "nan",      "NaN",      "inf",       "-inf", "1e400", "-1e400", "1e",
        "1e+",      "1e-",     "e5",   ".",     "-",        "+",        "-.",        ".e1",  "5.",    "5.e1",   "1..2",
        "1.2.3",    "--1",     "+-1",  "1-2",   "1e2.5",    "1e2e3",    "1_000",     "1'0",  "1d3",   "12a",    "a12",
        "infinity", "1.8e308", "1f",   "NA",    "\xC2\xBD", "\xD9\xA1", "1\xC2\xA0", "<5"};
    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        double value = -1;
        if (parse(refused[i], &value) || value != -1) {
            fail_msg("\"%s\" is taken as %.17g", refused[i], value);
        }
    }
    double value = -1;
    assert_false(oa_parse_number("1\0002", 3, &value));
    assert_false(oa_parse_number("1\000", 2, &value));
}

/* Only text[0..length) counts, whatever follows. */
static void test_REQ_BASE_001_length_ends_the_text(void **state) {
    double value = -1;
    (void)state;
    assert_true(oa_parse_number("12345", 2, &value));
    assert_true(value == 12);
    assert_true(oa_parse_number("1,5", 1, &value));
    assert_true(value == 1);
    assert_false(oa_parse_number("1", 0, &value));
}

static void test_REQ_BASE_001_huge_digit_strings(void **state) {
    char text[5000];
    double value = -1;
    (void)state;
    memset(text, '0', sizeof text);
    text[0] = '1';
    assert_true(oa_parse_number(text, 301, &value));
    assert_true(value == 1e300);
    assert_false(oa_parse_number(text, 310, &value));
    assert_false(oa_parse_number(text, sizeof text, &value));
    memset(text, '9', sizeof text);
    assert_true(oa_parse_number(text, 40, &value));
    assert_true(value == 1e40);
    assert_false(oa_parse_number(text, sizeof text, &value));
    text[1] = '.'; /* 9.999... with more digits than an integer holds */
    assert_true(oa_parse_number(text, 300, &value));
    assert_true(value == 10);
    memcpy(text, "1e", 2); /* the exponent's digits alone would overflow an int */
    assert_false(oa_parse_number(text, 200, &value));
    memcpy(text, "1e-", 3);
    assert_true(oa_parse_number(text, 200, &value));
    assert_true(value == 0);
}

static void test_REQ_BASE_002_random_decimals_agree_with_the_c_library(void **state) {
    uint64_t seed = 0x5DEECE66DU;
    (void)state;
    for (int i = 0; i < RANDOM_CASES; i++) {
        char text[64];
        uint64_t digits = next_random(&seed) >> next_random(&seed) % 60;
        int exponent = (int)(next_random(&seed) % (i % 2 ? 50 : 640)) - (i % 2 ? 25 : 330);
        snprintf(text, sizeof text, "%s%" PRIu64 "e%d", i % 3 ? "" : "-", digits, exponent);
        double want = strtod(text, NULL);
        double value = -1;
        bool good = parse(text, &value);
        if (good != (isfinite(want) != 0) || (good && value != want)) {
            fail_msg("%s is %.17g, not %.17g", text, value, want);
        }
    }
}

/* Significant digits of a number as it is written. */
static int digits_in(const char *text) {
    int count = 0;
    int zeros = 0;
    for (const char *c = text; *c && *c != 'e'; c++) {
        if (*c >= '0' && *c <= '9' && (count || *c != '0')) {
            count++;
            zeros = *c == '0' ? zeros + 1 : 0;
        }
    }
    return count - zeros;
}

static void check_round_trip(double value) {
    char text[OA_NUMBER_SIZE];
    char full[64];
    double back = 0;
    assert_ptr_equal(oa_format_number(value, text), text);
    assert_true(strlen(text) < OA_NUMBER_SIZE);
    snprintf(full, sizeof full, "%.17g", value);
    if (!parse(text, &back) || bits_of(back) != bits_of(value) || strtod(full, NULL) != back) {
        fail_msg("%s is written %s", full, text);
    }
    int digits = digits_in(text);
    if (digits > 1) {
        snprintf(full, sizeof full, "%.*e", digits - 2, value);
        if (strtod(full, NULL) == value) {
            fail_msg("%s is written %s", full, text);
        }
    }
}

static void test_REQ_BASE_003_random_doubles_round_trip(void **state) {
    uint64_t seed = 88172645463325252U;
    (void)state;
    for (int i = 0; i < RANDOM_CASES; i++) {
        check_round_trip(random_double(&seed));
    }
}

static void test_REQ_BASE_003_edges_round_trip(void **state) {
    static const double edges[] = {
        DBL_MAX, -DBL_MAX, DBL_MIN, DBL_TRUE_MIN,      -DBL_TRUE_MIN,      DBL_EPSILON,        1e15,
        1e-5,    1e22,     1e23,    999999999999999.0, 9007199254740991.0, 9007199254740992.0, 0.1,
        1.0 / 3, 100,      0.3,     123456789.125};
    (void)state;
    for (size_t i = 0; i < COUNT(edges); i++) {
        check_round_trip(edges[i]);
        check_round_trip(fabs(edges[i]) > DBL_TRUE_MIN ? nextafter(edges[i], 0) : edges[i]);
    }
    for (int power = -1074; power < 1024; power++) {
        check_round_trip(ldexp(1, power));
    }
}

static const struct {
    double value;
    const char *text;
} written[] = {
    {.value = 0.0, .text = "0"},
    {.value = -0.0, .text = "0"},
    {.value = 5, .text = "5"},
    {.value = -5, .text = "-5"},
    {.value = 0.1, .text = "0.1"},
    {.value = 0.30000000000000004, .text = "0.30000000000000004"},
    {.value = 33.6128, .text = "33.6128"},
    {.value = 100, .text = "100"},
    {.value = 123456789012345, .text = "123456789012345"},
    {.value = 30.4375, .text = "30.4375"},
    {.value = 1e300, .text = "1e+300"},
    {.value = DBL_TRUE_MIN, .text = "5e-324"},
};

static void test_REQ_BASE_003_shortest_texts(void **state) {
    char text[OA_NUMBER_SIZE];
    (void)state;
    for (size_t i = 0; i < COUNT(written); i++) {
        assert_string_equal(oa_format_number(written[i].value, text), written[i].text);
    }
}

static const struct {
    double value;
    int decimals;
    const char *text;
} fixed[] = {
    {.value = 0.145, .decimals = 2, .text = "0.15"},
    {.value = -0.145, .decimals = 2, .text = "-0.15"},
    {.value = 1.005, .decimals = 2, .text = "1.01"},
    {.value = 2.675, .decimals = 2, .text = "2.68"},
    {.value = 99.95, .decimals = 1, .text = "100.0"},
    {.value = 99.94, .decimals = 1, .text = "99.9"},
    {.value = 9.995, .decimals = 2, .text = "10.00"},
    {.value = -0.04, .decimals = 1, .text = "0.0"},
    {.value = -0.05, .decimals = 1, .text = "-0.1"},
    {.value = -0.0, .decimals = 1, .text = "0.0"},
    {.value = -0.4, .decimals = 0, .text = "0"},
    {.value = -0.5, .decimals = 0, .text = "-1"},
    {.value = 0.5, .decimals = 0, .text = "1"},
    {.value = 1.5, .decimals = 0, .text = "2"},
    {.value = 2.5, .decimals = 0, .text = "3"},
    {.value = 0.05, .decimals = 0, .text = "0"},
    {.value = 0.005, .decimals = 2, .text = "0.01"},
    {.value = 0.004999, .decimals = 2, .text = "0.00"},
    {.value = 0, .decimals = 3, .text = "0.000"},
    {.value = 12, .decimals = 0, .text = "12"},
    {.value = 12, .decimals = 2, .text = "12.00"},
    {.value = 1234.5678, .decimals = 15, .text = "1234.567800000000000"},
    {.value = 1e-20, .decimals = 15, .text = "0.000000000000000"},
    {.value = 5e-16, .decimals = 15, .text = "0.000000000000001"},
    {.value = DBL_TRUE_MIN, .decimals = 4, .text = "0.0000"},
    {.value = -DBL_TRUE_MIN, .decimals = 4, .text = "0.0000"},
    {.value = 1e22, .decimals = 1, .text = "10000000000000000000000.0"},
};

static void test_REQ_BASE_004_fixed_decimals(void **state) {
    char text[OA_NUMBER_SIZE];
    (void)state;
    for (size_t i = 0; i < COUNT(fixed); i++) {
        oa_format_fixed(fixed[i].value, fixed[i].decimals, text);
        if (strcmp(text, fixed[i].text) != 0) {
            fail_msg("%.17g with %d decimals is %s, not %s", fixed[i].value, fixed[i].decimals, text, fixed[i].text);
        }
    }
    assert_int_equal(strlen(oa_format_fixed(-DBL_MAX, 15, text)), 1 + 309 + 1 + 15);
}

/* Every number of three decimals from -30 to 30, rounded in integers. */
static void test_REQ_BASE_004_all_halves_on_a_grid(void **state) {
    static const int units[] = {1000, 100, 10, 1};
    (void)state;
    for (int thousandths = -30000; thousandths <= 30000; thousandths++) {
        double value = thousandths / 1000.0;
        for (int decimals = 0; decimals <= 3; decimals++) {
            char text[OA_NUMBER_SIZE];
            char want[32];
            int unit = units[decimals];
            int rounded = (abs(thousandths) + unit / 2) / unit;
            int ones = 1000 / unit;
            const char *sign = thousandths < 0 && rounded ? "-" : "";
            if (decimals == 0) {
                snprintf(want, sizeof want, "%s%d", sign, rounded);
            } else {
                snprintf(want, sizeof want, "%s%d.%0*d", sign, rounded / ones, decimals, rounded % ones);
            }
            if (strcmp(oa_format_fixed(value, decimals, text), want) != 0) {
                fail_msg("%.17g with %d decimals is %s, not %s", value, decimals, text, want);
            }
        }
    }
}

/* Long division as on paper: the percentage digit by digit, then the remainder decides on one unit more. */
static void divide_on_paper(int64_t n, int64_t of, int decimals, char *out) {
    char digits[64];
    int64_t rest = n;
    int count = 0;
    digits[count++] = '0'; /* for a carry */
    for (int i = 0; i < 3 + decimals; i++) {
        digits[count++] = (char)('0' + rest / of);
        rest = rest % of * 10;
    }
    bool up = rest >= of * 5;
    for (int i = count - 1; up; i--) {
        up = digits[i] == '9';
        digits[i] = up ? '0' : (char)(digits[i] + 1);
    }
    const char *from = digits;
    while (*from == '0' && from < digits + 3) {
        from++;
    }
    size_t whole = (size_t)(digits + 4 - from);
    memcpy(out, from, whole);
    out[whole] = '\0';
    if (decimals) {
        snprintf(out + whole, 32, ".%.*s", decimals, digits + 4);
    }
}

static void check_percent(int64_t n, int64_t of, int decimals) {
    char text[OA_NUMBER_SIZE];
    char want[128];
    divide_on_paper(n, of, decimals, want);
    if (strcmp(oa_format_percent(n, of, decimals, text), want) != 0) {
        fail_msg("100 * %" PRId64 " / %" PRId64 " is %s, not %s", n, of, text, want);
    }
}

static void test_REQ_BASE_005_percentages(void **state) {
    static const struct {
        int64_t n;
        int64_t of;
        int decimals;
        const char *text;
    } known[] = {
        {.n = 0, .of = 20, .decimals = 1, .text = "0.0"},
        {.n = 20, .of = 20, .decimals = 1, .text = "100.0"},
        {.n = 1, .of = 3, .decimals = 1, .text = "33.3"},
        {.n = 2, .of = 3, .decimals = 1, .text = "66.7"},
        {.n = 1, .of = 16, .decimals = 1, .text = "6.3"},
        {.n = 1, .of = 8, .decimals = 0, .text = "13"},
        {.n = 1, .of = 2000, .decimals = 1, .text = "0.1"},
        {.n = 1999, .of = 2000, .decimals = 1, .text = "100.0"},
        {.n = 1, .of = 2001, .decimals = 1, .text = "0.0"},
        {.n = 13, .of = 23, .decimals = 2, .text = "56.52"},
        {.n = 10000000000, .of = 10000000000, .decimals = 6, .text = "100.000000"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(known); i++) {
        char text[OA_NUMBER_SIZE];
        assert_string_equal(oa_format_percent(known[i].n, known[i].of, known[i].decimals, text), known[i].text);
        check_percent(known[i].n, known[i].of, known[i].decimals);
    }
}

static void test_REQ_BASE_005_percentages_against_division_on_paper(void **state) {
    uint64_t seed = 4101842887655102017U;
    (void)state;
    for (int64_t of = 1; of <= 100; of++) {
        for (int64_t n = 0; n <= of; n++) {
            check_percent(n, of, (int)((n + of) % 7));
        }
    }
    for (int i = 0; i < RANDOM_CASES; i++) {
        int64_t of = 1 + (int64_t)(next_random(&seed) % 10000000000U);
        check_percent((int64_t)(next_random(&seed) % (uint64_t)(of + 1)), of, i % 7);
    }
}

static void test_REQ_BASE_006_scaled_integers(void **state) {
    int64_t result = -1;
    (void)state;
    for (int tenths = -2000; tenths <= 20000; tenths++) {
        assert_true(oa_scaled(tenths / 10.0, 10000, &result));
        assert_int_equal(result, tenths * 1000LL);
    }
    uint64_t seed = 1181783497276652981U;
    for (int i = 0; i < RANDOM_CASES; i++) {
        int64_t want = (int64_t)(next_random(&seed) % 1000000000000000U); /* 15 digits: a double holds them */
        int64_t scale = i % 2 ? 10000 : 100;
        assert_true(oa_scaled((double)want / (double)scale, scale, &result));
        assert_int_equal(result, want);
    }
}

static void test_REQ_BASE_006_scaled_integers_that_do_not_fit(void **state) {
    static const double refused[] = {(double)NAN, (double)INFINITY,   -(double)INFINITY,
                                     1e300,       9007199254740992.0, -9007199254740992.0};
    int64_t result = -1;
    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        assert_false(oa_scaled(refused[i], 1, &result));
        assert_int_equal(result, -1);
    }
    assert_false(oa_scaled(1e12, 10000, &result));
    assert_true(oa_scaled(9007199254740991.0, 1, &result));
    assert_int_equal(result, 9007199254740991);
    assert_true(oa_scaled(-0.00004, 10000, &result));
    assert_int_equal(result, 0);
}

static void test_REQ_BASE_007_integers(void **state) {
    static const struct {
        const char *text;
        int64_t value;
        bool refused;
    } cases[] = {
        {.text = "0", .value = 0},
        {.text = "-0", .value = 0},
        {.text = "42", .value = 42},
        {.text = "-42", .value = -42},
        {.text = "5.0", .value = 5},
        {.text = "1e3", .value = 1000},
        {.text = "2.5e1", .value = 25},
        {.text = "9007199254740991", .value = 9007199254740991},
        {.text = "9007199254740992", .value = 9007199254740992},
        {.text = "-9007199254740992", .value = -9007199254740992},
        {.text = "9007199254740993", .refused = true}, /* would be read as ...992 */
        {.text = "-9007199254740993", .refused = true},
        {.text = "9007199254740990.6", .refused = true},
        {.text = "0.99999999999999999999", .refused = true},
        {.text = "1e-400", .refused = true},
        {.text = "1e-30", .refused = true},
        {.text = "5.5", .refused = true},
        {.text = "1e30", .refused = true},
        {.text = "18446744073709551617", .refused = true},
        {.text = "010", .refused = true},
        {.text = "5%", .refused = true},
        {.text = "", .refused = true},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t value = -1;
        bool taken_so = oa_parse_integer(cases[i].text, strlen(cases[i].text), &value);
        if (taken_so == cases[i].refused || value != (taken_so ? cases[i].value : -1)) {
            fail_msg("\"%s\" is %s%" PRId64, cases[i].text, taken_so ? "taken as " : "refused, ", value);
        }
    }
}

/* Fails where a number is read or written otherwise than in the C locale. */
static void check_numbers(const char *locale) {
    char text[OA_NUMBER_SIZE];
    double value = 0;
    int64_t integer = 0;
    print_message("# %s writes one and a half %.1f\n", locale, 1.5);
    assert_true(parse("1.5", &value) && value == 1.5);
    assert_true(parse("1.00000000000000000000001e30", &value) && value == 1e30);
    assert_false(parse("1,5", &value));
    assert_false(parse("\xD9\xA1", &value));
    assert_true(oa_parse_integer("1000", 4, &integer) && integer == 1000);
    assert_string_equal(oa_format_number(1234567.5, text), "1234567.5");
    assert_string_equal(oa_format_number(1.0 / 3, text), "0.3333333333333333");
    assert_string_equal(oa_format_number(1.5e-7, text), "1.5e-07");
    assert_string_equal(oa_format_fixed(12345.145, 2, text), "12345.15");
    assert_string_equal(oa_format_percent(1, 3, 2, text), "33.33");
    check_round_trip(33.6128);
}

static void test_REQ_BASE_008_locales_with_another_decimal_point(void **state) {
    static const char *const locales[] = {
        "de_DE.UTF-8", "de_DE",       "fr_FR.UTF-8", "nl_NL.UTF-8",
        "ru_RU.UTF-8", "da_DK.UTF-8", "fa_IR.UTF-8", "ps_AF.UTF-8" /* a decimal point of two bytes */};
    size_t found = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(locales); i++) {
        if (setlocale(LC_ALL, locales[i]) && strcmp(localeconv()->decimal_point, ".") != 0) {
            check_numbers(locales[i]);
            found++;
        }
    }
    setlocale(LC_ALL, "C");
    if (!found) {
        print_message("# no locale with a decimal comma is installed\n");
        skip();
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_BASE_001_numbers_that_are_taken),
        cmocka_unit_test(test_REQ_BASE_001_text_that_is_refused),
        cmocka_unit_test(test_REQ_BASE_001_length_ends_the_text),
        cmocka_unit_test(test_REQ_BASE_001_huge_digit_strings),
        cmocka_unit_test(test_REQ_BASE_002_random_decimals_agree_with_the_c_library),
        cmocka_unit_test(test_REQ_BASE_003_random_doubles_round_trip),
        cmocka_unit_test(test_REQ_BASE_003_edges_round_trip),
        cmocka_unit_test(test_REQ_BASE_003_shortest_texts),
        cmocka_unit_test(test_REQ_BASE_004_fixed_decimals),
        cmocka_unit_test(test_REQ_BASE_004_all_halves_on_a_grid),
        cmocka_unit_test(test_REQ_BASE_005_percentages),
        cmocka_unit_test(test_REQ_BASE_005_percentages_against_division_on_paper),
        cmocka_unit_test(test_REQ_BASE_006_scaled_integers),
        cmocka_unit_test(test_REQ_BASE_006_scaled_integers_that_do_not_fit),
        cmocka_unit_test(test_REQ_BASE_007_integers),
        cmocka_unit_test(test_REQ_BASE_008_locales_with_another_decimal_point),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
