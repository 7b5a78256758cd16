/*
 * test_date.c - the calendar, ISO 8601 texts whole and partial, study days.
 *
 *   REQ-BASE-010  day numbers and civil dates agree on every day from 1800 to 2199
 *   REQ-BASE-011  dates are read whole, partial and with times; what is known is kept
 *   REQ-BASE-012  dates that do not exist or do not follow ISO 8601 are refused
 *   REQ-BASE-013  what was read is written back as far as it is known
 *   REQ-BASE-014  there is no study day 0
 *   REQ-BASE-015  the last day that a partial date can be
 */
#include "../src/base/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { FIRST_YEAR = 1800, LAST_YEAR = 2199, FIRST_DAY = -62091 /* 1800-01-01 */ };

static bool parse(const char *text, oa_date *date) {
    return oa_parse_date(text, strlen(text), date);
}

static bool is_leap(int year) {
    return year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
}

/* Counts the days one by one, as a calendar on the wall does. */
static void test_REQ_BASE_010_every_day_of_four_centuries(void **state) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int32_t number = FIRST_DAY;
    (void)state;
    for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
        for (int month = 1; month <= 12; month++) {
            int length = lengths[month - 1] + (month == 2 && is_leap(year));
            for (int day = 1; day <= length; day++, number++) {
                char text[OA_DATE_SIZE];
                char want[OA_DATE_SIZE];
                oa_date date;
                int civil[3];
                oa_civil_of(number, &civil[0], &civil[1], &civil[2]);
                snprintf(want, sizeof want, "%04d-%02d-%02d", year, month, day);
                bool good = oa_day_of(year, month, day) == number && civil[0] == year && civil[1] == month &&
                            civil[2] == day && parse(want, &date) && date.day == number && date.known == OA_KNOWN_DAY &&
                            strcmp(oa_format_date(oa_date_of_day(number), text), want) == 0;
                if (!good) {
                    fail_msg("%s is not day %d", want, number);
                }
            }
            char beyond[OA_DATE_SIZE];
            oa_date date;
            snprintf(beyond, sizeof beyond, "%04d-%02d-%02d", year, month, length + 1);
            assert_false(parse(beyond, &date));
        }
    }
    assert_int_equal(number, oa_day_of(LAST_YEAR, 12, 31) + 1);
}

static void test_REQ_BASE_010_known_days(void **state) {
    (void)state;
    assert_int_equal(oa_day_of(1970, 1, 1), 0);
    assert_int_equal(oa_day_of(1969, 12, 31), -1);
    assert_int_equal(oa_day_of(1960, 1, 1), -3653); /* SAS counts from here */
    assert_int_equal(oa_day_of(2000, 3, 1), 11017);
    assert_int_equal(oa_day_of(2038, 1, 19), 24855);
    assert_int_equal(oa_day_of(1800, 1, 1), FIRST_DAY);
}

enum { HOUR = 3600, MINUTE = 60 };

static const struct {
    const char *text;
    oa_known known;
    int civil[3];
    int32_t second;
    const char *back; /* NULL: the same */
} taken[] = {
    {.text = "", .known = OA_KNOWN_NOTHING, .civil = {1970, 1, 1}},
    {.text = "2014", .known = OA_KNOWN_YEAR, .civil = {2014, 1, 1}},
    {.text = "2014-02", .known = OA_KNOWN_MONTH, .civil = {2014, 2, 1}},
    {.text = "2014-02-28", .known = OA_KNOWN_DAY, .civil = {2014, 2, 28}},
    {.text = "2024-02-29", .known = OA_KNOWN_DAY, .civil = {2024, 2, 29}},
    {.text = "2000-02-29", .known = OA_KNOWN_DAY, .civil = {2000, 2, 29}},
    {.text = "1800-01-01", .known = OA_KNOWN_DAY, .civil = {1800, 1, 1}},
    {.text = "2199-12-31", .known = OA_KNOWN_DAY, .civil = {2199, 12, 31}},
    {.text = "2023-12-31T00:00", .known = OA_KNOWN_MINUTE, .civil = {2023, 12, 31}},
    {.text = "2023-12-31T23:59", .known = OA_KNOWN_MINUTE, .civil = {2023, 12, 31}, .second = 23 * HOUR + 59 * MINUTE},
    {.text = "2023-12-31T08:30:05",
     .known = OA_KNOWN_SECOND,
     .civil = {2023, 12, 31},
     .second = 8 * HOUR + 30 * MINUTE + 5},
    {.text = "2023-12-31T08:30:05.25",
     .known = OA_KNOWN_SECOND,
     .civil = {2023, 12, 31},
     .second = 8 * HOUR + 30 * MINUTE + 5,
     .back = "2023-12-31T08:30:05"},
    /* an offset is read and not applied */
    {.text = "2023-12-31T23:30Z",
     .known = OA_KNOWN_MINUTE,
     .civil = {2023, 12, 31},
     .second = 23 * HOUR + 30 * MINUTE,
     .back = "2023-12-31T23:30"},
    {.text = "2023-12-31T23:30+08:00",
     .known = OA_KNOWN_MINUTE,
     .civil = {2023, 12, 31},
     .second = 23 * HOUR + 30 * MINUTE,
     .back = "2023-12-31T23:30"},
    {.text = "2023-01-01T00:30:00.5-03:30",
     .known = OA_KNOWN_SECOND,
     .civil = {2023, 1, 1},
     .second = 30 * MINUTE,
     .back = "2023-01-01T00:30:00"},
};

static void test_REQ_BASE_011_dates_that_are_taken(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(taken); i++) {
        oa_date date = {.day = 99, .second = 99, .known = OA_KNOWN_SECOND};
        int32_t day = oa_day_of(taken[i].civil[0], taken[i].civil[1], taken[i].civil[2]);
        if (!parse(taken[i].text, &date) || date.known != taken[i].known || date.day != day ||
            date.second != taken[i].second) {
            fail_msg("\"%s\" is day %d, second %d, known %d", taken[i].text, date.day, date.second, (int)date.known);
        }
    }
}

static void test_REQ_BASE_011_length_ends_the_text(void **state) {
    oa_date date;
    (void)state;
    assert_true(oa_parse_date("2023-04-05", 7, &date));
    assert_int_equal(date.known, OA_KNOWN_MONTH);
    assert_true(oa_parse_date("", 0, &date));
    assert_int_equal(date.known, OA_KNOWN_NOTHING);
    assert_false(oa_parse_date("2023-04-05", 9, &date));
    assert_false(oa_parse_date("2023\0", 5, &date));
}

static void test_REQ_BASE_012_dates_that_are_refused(void **state) {
    static const char *const refused[] = {
        "2023-02-30",
        "2023-02-29",
        "1900-02-29",
        "2100-02-29",
        "2023-04-31",
        "2023-13-01",
        "2023-00-10",
        "2023-01-00",
        "2023-01-32",
        "1799-12-31",
        "2200-01-01",
        "0000-01-01",
        "2023-1-1",
        "2023-01-1",
        "2023-1",
        "23-01-01",
        "20230101",
        "2023/01/01",
        "01/02/2023",
        "01JAN2023",
        "2023-01-01 ",
        " 2023-01-01",
        "2023-01-01T",
        "2023-01-01 10:00",
        "2023-01-01T24:00",
        "2023-01-01T10:60",
        "2023-01-01T10:00:60",
        "2023-01-01T10",
        "2023-01-01T1:00",
        "2023-01-01T10:00:",
        "2023-01-01T10:00.",
        "2023-01-01T10:00:00.",
        "2023-01-01T10:00+",
        "2023-01-01T10:00+08",
        "2023-01-01T10:00+15:00",
        "2023-01-01T10:00+08:60",
        "2023-01-01T10:00ZZ",
        "2023-01-01t10:00",
        "2023-",
        "2023-01-",
        "2023--01",
        "--01-02",
        "-2023-01-01",
        "+2023-01-01",
        "2023-01T10:00",
        "2023T10:00",
        "UN",
        "UNK",
        "2023-UN-UN",
        "NA",
        "-",
        "202",
        "20233",
        "2023-01-011",
        "99999999999999999999",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        oa_date date = {.day = 99};
        if (parse(refused[i], &date) || date.day != 99) {
            fail_msg("\"%s\" is taken as day %d", refused[i], date.day);
        }
    }
}

static void test_REQ_BASE_013_dates_are_written_back(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(taken); i++) {
        char text[OA_DATE_SIZE];
        oa_date date;
        assert_true(parse(taken[i].text, &date));
        assert_string_equal(oa_format_date(date, text), taken[i].back ? taken[i].back : taken[i].text);
    }
}

/* A date of a broken program must not overrun the text. */
static void test_REQ_BASE_013_any_value_fits(void **state) {
    static const int32_t days[] = {-1000000000, 1000000000, INT32_MAX - 719468};
    char text[OA_DATE_SIZE];
    (void)state;
    for (size_t i = 0; i < COUNT(days); i++) {
        oa_format_date((oa_date){.day = days[i], .second = INT32_MIN, .known = OA_KNOWN_SECOND}, text);
        assert_true(strlen(text) < OA_DATE_SIZE);
        oa_format_date((oa_date){.day = days[i], .second = INT32_MAX, .known = OA_KNOWN_SECOND}, text);
        assert_true(strlen(text) < OA_DATE_SIZE);
    }
}

static void test_REQ_BASE_014_study_days(void **state) {
    static const struct {
        const char *date;
        int32_t study_day;
    } days[] = {
        {.date = "2023-03-10", .study_day = 1},   {.date = "2023-03-11", .study_day = 2},
        {.date = "2023-03-09", .study_day = -1},  {.date = "2023-03-08", .study_day = -2},
        {.date = "2023-02-28", .study_day = -10}, {.date = "2024-03-09", .study_day = 366},
        {.date = "2023-04-21", .study_day = 43}, /* 42 days later */
    };
    int32_t reference = oa_day_of(2023, 3, 10);
    (void)state;
    for (size_t i = 0; i < COUNT(days); i++) {
        oa_date date;
        assert_true(parse(days[i].date, &date));
        assert_int_equal(oa_study_day(date.day, reference), days[i].study_day);
    }
    for (int32_t day = reference - 400; day < reference + 400; day++) {
        assert_int_not_equal(oa_study_day(day, reference), 0);
    }
}

static void test_REQ_BASE_015_last_days(void **state) {
    static const struct {
        const char *date;
        const char *last;
    } cases[] = {
        {.date = "2023", .last = "2023-12-31"},
        {.date = "2024-02", .last = "2024-02-29"},
        {.date = "2023-02", .last = "2023-02-28"},
        {.date = "1900-02", .last = "1900-02-28"},
        {.date = "2023-12", .last = "2023-12-31"},
        {.date = "2023-04-05", .last = "2023-04-05"},
        {.date = "2023-04-05T10:00", .last = "2023-04-05"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[OA_DATE_SIZE];
        oa_date date;
        assert_true(parse(cases[i].date, &date));
        assert_string_equal(oa_format_date(oa_date_of_day(oa_last_day(date)), text), cases[i].last);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_BASE_010_every_day_of_four_centuries),
        cmocka_unit_test(test_REQ_BASE_010_known_days),
        cmocka_unit_test(test_REQ_BASE_011_dates_that_are_taken),
        cmocka_unit_test(test_REQ_BASE_011_length_ends_the_text),
        cmocka_unit_test(test_REQ_BASE_012_dates_that_are_refused),
        cmocka_unit_test(test_REQ_BASE_013_dates_are_written_back),
        cmocka_unit_test(test_REQ_BASE_013_any_value_fits),
        cmocka_unit_test(test_REQ_BASE_014_study_days),
        cmocka_unit_test(test_REQ_BASE_015_last_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
