/*
 * test_recist.c - lesions and time points by RECIST 1.1: E. A. Eisenhauer et al., Eur J Cancer 45 (2009) 228-247, its
 * tables 1 and 2, and questions and answers of the EORTC RECIST committee.  Best responses are in test_recist_best.c.
 *
 *   REQ-RECIST-001  target lesions: PD before CR before PR before SD
 *   REQ-RECIST-002  thresholds of 20 %, 30 % and 5 mm hold exactly on the 0.1 mm grid
 *   REQ-RECIST-003  with a lesion not evaluated, the others can still show PD, and nothing else
 *   REQ-RECIST-004  growth counts from the nadir, also from a nadir of 0
 *   REQ-RECIST-005  a PR persists until PD where the protocol says so
 *   REQ-RECIST-006  non-target lesions
 *   REQ-RECIST-007  the overall response of every combination (tables 1 and 2)
 *   REQ-LESION-007  markers in CR, and new lesions that were not looked for
 *   REQ-RECIST-013  names of responses
 */
#include "../src/adam/recist.h"
#include "../src/base/number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static int64_t mm(double length) {
    int64_t result = 0;
    assert_true(oa_scaled(length, OA_MM, &result));
    return result;
}

static const char *shown(oa_response response) {
    return response == OA_RESP_NONE ? "none" : oa_response_name(response);
}

/* ---- target lesions ---------------------------------------------------------------------------------------------- */

/* Lengths in mm; `missing` of `n` lesions were not evaluated. */
typedef struct target_case {
    const char *name;
    size_t n;
    size_t missing;
    double sum;
    double nadir;
    double baseline;
    bool all_normal;
    bool responded;
    oa_response want;
    const char *rule; /* NULL: not looked at */
} target_case;

static void check_target(const target_case *c) {
    oa_targets now = {
        .n_expected = c->n, .n_evaluated = c->n - c->missing, .sum = mm(c->sum), .all_normal = c->all_normal};
    oa_target_history history = {.baseline = mm(c->baseline), .nadir = mm(c->nadir), .responded = c->responded};
    oa_decision got = oa_target_response(&now, &history);
    if (got.response != c->want || (c->rule && strcmp(got.rule, c->rule) != 0)) {
        fail_msg("%s: %s by %s, not %s", c->name, shown(got.response), got.rule, shown(c->want));
    }
    assert_true(strlen(got.rule) > 0 && strlen(got.why) > 0);
}

static const target_case target_cases[] = {
    {.name = "no target", .n = 0, .want = OA_RESP_NONE, .rule = "RECIST-TL-NA"},
    {.name = "no change", .n = 2, .baseline = 100, .nadir = 100, .sum = 100, .want = OA_RESP_SD},
    {.name = "-30 %", .n = 2, .baseline = 100, .nadir = 100, .sum = 70, .want = OA_RESP_PR},
    {.name = "-29.9 %", .n = 2, .baseline = 100, .nadir = 100, .sum = 70.1, .want = OA_RESP_SD},
    {.name = "-29.6 % is not rounded", .n = 1, .baseline = 125, .nadir = 125, .sum = 88, .want = OA_RESP_SD},
    {.name = "+20 %", .n = 2, .baseline = 100, .nadir = 100, .sum = 120, .want = OA_RESP_PD},
    {.name = "+19.9 %", .n = 2, .baseline = 100, .nadir = 100, .sum = 119.9, .want = OA_RESP_SD},
    {.name = "+20 % but 4.9 mm", .n = 1, .baseline = 24.5, .nadir = 24.5, .sum = 29.4, .want = OA_RESP_SD},
    {.name = "+100 % but 4 mm", .n = 1, .baseline = 20, .nadir = 4, .sum = 8, .want = OA_RESP_PR},
    {.name = "5 mm but under 20 %", .n = 1, .baseline = 30, .nadir = 30, .sum = 35, .want = OA_RESP_SD},
    {.name = "PD from nadir, PR from baseline",
     .n = 2,
     .baseline = 100,
     .nadir = 40,
     .sum = 60,
     .want = OA_RESP_PD,
     .rule = "RECIST-TL-PD"},
    {.name = "all gone", .n = 3, .baseline = 80, .nadir = 10, .sum = 0, .all_normal = true, .want = OA_RESP_CR},
    {.name = "all normal, nodes of 9 mm and 8 mm",
     .n = 3,
     .baseline = 60,
     .nadir = 30,
     .sum = 17,
     .all_normal = true,
     .want = OA_RESP_CR},
    {.name = "normal nodes only, less than -30 %",
     .n = 1,
     .baseline = 12,
     .nadir = 12,
     .sum = 9.9,
     .all_normal = true,
     .want = OA_RESP_CR},
    {.name = "normal nodes that grew: PD first",
     .n = 3,
     .baseline = 60,
     .nadir = 10,
     .sum = 18,
     .all_normal = true,
     .want = OA_RESP_PD},
    {.name = "5 mm default of one lesion blocks CR", .n = 2, .baseline = 80, .nadir = 5, .sum = 5, .want = OA_RESP_PR},
    {.name = "nadir 0, reappears with 4.9 mm", .n = 1, .baseline = 20, .nadir = 0, .sum = 4.9, .want = OA_RESP_PR},
    {.name = "nadir 0, reappears with 5 mm", .n = 1, .baseline = 20, .nadir = 0, .sum = 5, .want = OA_RESP_PD},
    {.name = "nadir 0, stays 0", .n = 1, .baseline = 20, .nadir = 0, .sum = 0, .all_normal = true, .want = OA_RESP_CR},
    {.name = "one missing, the rest alone shows PD",
     .n = 3,
     .missing = 1,
     .baseline = 100,
     .nadir = 50,
     .sum = 60,
     .want = OA_RESP_PD},
    {.name = "one missing, the rest shrank",
     .n = 3,
     .missing = 1,
     .baseline = 100,
     .nadir = 100,
     .sum = 20,
     .want = OA_RESP_NE,
     .rule = "RECIST-TL-NE"},
    {.name = "one missing, the rest is gone",
     .n = 2,
     .missing = 1,
     .baseline = 100,
     .nadir = 50,
     .sum = 0,
     .all_normal = true,
     .want = OA_RESP_NE},
    {.name = "one missing after a response that persists",
     .n = 2,
     .missing = 1,
     .baseline = 100,
     .nadir = 60,
     .sum = 40,
     .responded = true,
     .want = OA_RESP_NE},
    {.name = "all missing", .n = 2, .missing = 2, .baseline = 100, .nadir = 100, .want = OA_RESP_NE},
    {.name = "all missing, nadir 0", .n = 2, .missing = 2, .baseline = 100, .nadir = 0, .want = OA_RESP_NE},
};

static void test_REQ_RECIST_001_target_lesions(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(target_cases); i++) {
        check_target(&target_cases[i]);
    }
}

/* The response to a sum of `sum` tenths of a millimetre that were read from text, as a file has them. */
static oa_response response_to(int sum, int nadir, int baseline) {
    int64_t lengths[3];
    const int tenths[] = {sum, nadir, baseline};
    for (int i = 0; i < 3; i++) {
        char text[32];
        double value = 0;
        snprintf(text, sizeof text, "%d.%d", tenths[i] / 10, tenths[i] % 10);
        assert_true(oa_parse_number(text, strlen(text), &value));
        lengths[i] = mm(value);
    }
    oa_targets now = {.n_expected = 2, .n_evaluated = 2, .sum = lengths[0]};
    oa_target_history history = {.nadir = lengths[1], .baseline = lengths[2]};
    return oa_target_response(&now, &history).response;
}

static void check_tenths(int sum, int nadir, int baseline, oa_response want) {
    oa_response got = response_to(sum, nadir, baseline);
    if (got != want) {
        fail_msg("sum %d, nadir %d, baseline %d tenths: %s, not %s", sum, nadir, baseline, shown(got), shown(want));
    }
}

enum { LEAST = 100, MOST = 2000 /* sums from 10 to 200 mm in tenths */ };

/* A double misses 152 of the 381 sums with exactly +20 %: 100 * (12.6 - 10.5) / 10.5 < 20. */
static void test_REQ_RECIST_002_exactly_20_percent(void **state) {
    int cases = 0;
    (void)state;
    for (int nadir = LEAST; nadir <= MOST; nadir += 5) { /* 1.2 times it is whole tenths */
        int sum = nadir / 5 * 6;
        check_tenths(sum, nadir, nadir, sum - nadir >= 50 ? OA_RESP_PD : OA_RESP_SD);
        check_tenths(sum - 1, nadir, nadir, OA_RESP_SD);
        check_tenths(sum, nadir, nadir * 10, sum - nadir >= 50 ? OA_RESP_PD : OA_RESP_PR);
        cases++;
    }
    assert_int_equal(cases, 381);
}

/* A double misses 62 of the 191 sums with exactly -30 %: 100 * (8.4 - 12.0) / 12.0 > -30. */
static void test_REQ_RECIST_002_exactly_30_percent(void **state) {
    int cases = 0;
    (void)state;
    for (int baseline = LEAST; baseline <= MOST; baseline += 10) { /* 0.7 times it is whole tenths */
        int sum = baseline / 10 * 7;
        check_tenths(sum, baseline, baseline, OA_RESP_PR);
        check_tenths(sum + 1, baseline, baseline, OA_RESP_SD);
        cases++;
    }
    assert_int_equal(cases, 191);
}

/* A double misses 40 of the 1901 sums with exactly +5.0 mm: 16.4 - 11.4 < 5. */
static void test_REQ_RECIST_002_exactly_5_mm(void **state) {
    int cases = 0;
    (void)state;
    for (int nadir = LEAST; nadir <= MOST; nadir++) {
        check_tenths(nadir + 50, nadir, nadir, nadir <= 250 ? OA_RESP_PD : OA_RESP_SD);
        check_tenths(nadir + 49, nadir, nadir, OA_RESP_SD);
        check_tenths(nadir + 51, nadir, nadir, nadir <= 255 ? OA_RESP_PD : OA_RESP_SD);
        cases++;
    }
    assert_int_equal(cases, 1901);
}

/* Growth of each whole number of tenths, judged by fractions in integers: 5 * growth >= nadir. */
static void test_REQ_RECIST_002_all_growth_of_small_sums(void **state) {
    (void)state;
    for (int nadir = 0; nadir <= 400; nadir += 3) {
        for (int growth = 0; growth <= 120; growth++) {
            bool progressed = growth >= 50 && 5 * growth >= nadir;
            check_tenths(nadir + growth, nadir, 600,
                         progressed              ? OA_RESP_PD
                         : nadir + growth <= 420 ? OA_RESP_PR
                                                 : OA_RESP_SD);
        }
    }
}

/* Sums visit after visit, as the caller keeps their history: a sum below 0 is a visit with a lesion not evaluated. */
typedef struct target_course {
    const char *name;
    bool pr_persists;
    double baseline;
    double sums[6];
    size_t n;
    oa_response want[6];
} target_course;

static const target_course target_courses[] = {
    {.name = "FAQ: managing PR when measurements change slightly",
     .pr_persists = true,
     .baseline = 100,
     .sums = {70, 70, 80, 80, 80},
     .n = 5,
     .want = {OA_RESP_PR, OA_RESP_PR, OA_RESP_PR, OA_RESP_PR, OA_RESP_PR}},
    {.name = "the same where the protocol does not say so",
     .baseline = 100,
     .sums = {70, 70, 80, 80, 80},
     .n = 5,
     .want = {OA_RESP_PR, OA_RESP_PR, OA_RESP_SD, OA_RESP_SD, OA_RESP_SD}},
    {.name = "persists until PD from the nadir",
     .pr_persists = true,
     .baseline = 100,
     .sums = {60, 71, 72, 71},
     .n = 4,
     .want = {OA_RESP_PR, OA_RESP_PR, OA_RESP_PD, OA_RESP_PR}},
    {.name = "no response yet, so nothing persists",
     .pr_persists = true,
     .baseline = 100,
     .sums = {75, 80},
     .n = 2,
     .want = {OA_RESP_SD, OA_RESP_SD}},
    {.name = "a visit that was not complete is no nadir",
     .baseline = 100,
     .sums = {90, -1, 80, 95, 96},
     .n = 5,
     .want = {OA_RESP_SD, OA_RESP_NE, OA_RESP_SD, OA_RESP_SD, OA_RESP_PD}},
    {.name = "the baseline may be the nadir",
     .baseline = 50,
     .sums = {55, 59.9, 60},
     .n = 3,
     .want = {OA_RESP_SD, OA_RESP_SD, OA_RESP_PD}},
};

static void test_REQ_RECIST_005_courses(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(target_courses); i++) {
        const target_course *c = &target_courses[i];
        oa_target_history history = {.baseline = mm(c->baseline), .nadir = mm(c->baseline)};
        for (size_t v = 0; v < c->n; v++) {
            bool complete = c->sums[v] >= 0;
            oa_targets now = {.n_expected = 2, .n_evaluated = complete ? 2 : 1, .sum = mm(complete ? c->sums[v] : 10)};
            oa_decision got = oa_target_response(&now, &history);
            if (got.response != c->want[v]) {
                fail_msg("%s: visit %zu is %s, not %s", c->name, v, shown(got.response), shown(c->want[v]));
            }
            history.nadir = complete && now.sum < history.nadir ? now.sum : history.nadir;
            bool response = got.response == OA_RESP_PR || got.response == OA_RESP_CR;
            history.responded = history.responded || (c->pr_persists && response);
        }
    }
}

/* Every pair of nadir and partial sum: what is missing can only add, so PD stands and all else is open. */
static void test_REQ_RECIST_003_missing_lesions(void **state) {
    (void)state;
    for (int nadir = 0; nadir <= 300; nadir += 7) {
        for (int sum = 0; sum <= 500; sum += 3) {
            bool progressed = sum - nadir >= 50 && 5 * (sum - nadir) >= nadir;
            target_case c = {.name = "partial sum",
                             .n = 3,
                             .missing = 1,
                             .sum = sum / 10.0,
                             .nadir = nadir / 10.0,
                             .baseline = 60,
                             .all_normal = sum < 50,
                             .responded = true,
                             .want = progressed ? OA_RESP_PD : OA_RESP_NE};
            check_target(&c);
        }
    }
}

static void test_REQ_RECIST_004_growth_counts_from_the_nadir(void **state) {
    (void)state;
    for (int nadir = 0; nadir <= 100; nadir++) { /* below 25 mm the 5 mm decide */
        check_tenths(nadir + 49, nadir, 1000, OA_RESP_PR);
        check_tenths(nadir + 50, nadir, 1000, OA_RESP_PD);
    }
}

/* ---- non-target lesions and the whole time point ----------------------------------------------------------------- */

static const struct {
    const char *name;
    oa_nontargets now;
    oa_response want;
} nontarget_cases[] = {
    {"none at baseline", {.n_expected = 0}, OA_RESP_NONE},
    {"all gone", {.n_expected = 3, .n_evaluated = 3}, OA_RESP_CR},
    {"one persists", {.n_expected = 3, .n_evaluated = 3, .n_present = 1}, OA_RESP_NON_CR_NON_PD},
    {"all persist", {.n_expected = 3, .n_evaluated = 3, .n_present = 3}, OA_RESP_NON_CR_NON_PD},
    {"one persists, another not evaluated", {.n_expected = 3, .n_evaluated = 2, .n_present = 1}, OA_RESP_NON_CR_NON_PD},
    {"none present, one not evaluated", {.n_expected = 3, .n_evaluated = 2}, OA_RESP_NE},
    {"none evaluated", {.n_expected = 3, .n_evaluated = 0}, OA_RESP_NE},
    {"unequivocal progression",
     {.n_expected = 3, .n_evaluated = 3, .n_present = 3, .unequivocal_progression = true},
     OA_RESP_PD},
    {"unequivocal progression, another not evaluated",
     {.n_expected = 3, .n_evaluated = 1, .n_present = 1, .unequivocal_progression = true},
     OA_RESP_PD},
};

static void test_REQ_RECIST_006_nontarget_lesions(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(nontarget_cases); i++) {
        oa_decision got = oa_nontarget_response(&nontarget_cases[i].now);
        if (got.response != nontarget_cases[i].want) {
            fail_msg("%s: %s, not %s", nontarget_cases[i].name, shown(got.response), shown(nontarget_cases[i].want));
        }
        assert_true(strlen(got.rule) > 0 && strlen(got.why) > 0);
    }
}

#define CR    OA_RESP_CR
#define PR    OA_RESP_PR
#define SD    OA_RESP_SD
#define NONCR OA_RESP_NON_CR_NON_PD
#define PD    OA_RESP_PD
#define NE    OA_RESP_NE
#define NA    OA_RESP_NONE

/* Tables 1 and 2 without a new lesion: a row for each target response, a column for each non-target one. */
static const oa_response nontarget_columns[] = {CR, NONCR, PD, NE, NA};
static const struct {
    oa_response target;
    oa_response overall[COUNT(nontarget_columns)];
} overall_rows[] = {
    {CR, {CR, PR, PD, PR, CR}}, {PR, {PR, PR, PD, PR, PR}},
    {SD, {SD, SD, PD, SD, SD}}, {PD, {PD, PD, PD, PD, PD}},
    {NE, {NE, NE, PD, NE, NE}}, {NA, {CR, NONCR, PD, NE, OA_RESP_NED}}, /* table 2; the last has no disease to assess */
};

static void test_REQ_RECIST_007_tables_1_and_2(void **state) {
    (void)state;
    for (size_t row = 0; row < COUNT(overall_rows); row++) {
        for (size_t column = 0; column < COUNT(nontarget_columns); column++) {
            oa_response target = overall_rows[row].target;
            oa_response nontarget = nontarget_columns[column];
            oa_parts parts = {.target = target, .nontarget = nontarget};
            oa_decision got = oa_timepoint_response(&parts);
            if (got.response != overall_rows[row].overall[column]) {
                fail_msg("target %s, non-target %s: %s, not %s", shown(target), shown(nontarget), shown(got.response),
                         shown(overall_rows[row].overall[column]));
            }
            assert_true(strlen(got.rule) > 0 && strlen(got.why) > 0);
            parts.new_lesion = true;
            got = oa_timepoint_response(&parts);
            assert_int_equal(got.response, PD);
            assert_string_equal(got.rule, "RECIST-T1-PD-NEW");
        }
    }
    oa_parts nothing = {.target = NA, .nontarget = NA};
    assert_string_equal(oa_timepoint_response(&nothing).rule, "RECIST-NO-DISEASE");
}

/* A marker that was raised must be normal at CR; new lesions that were not looked for leave no response but PD. */
static void test_REQ_LESION_007_marker_and_new_not_evaluated(void **state) {
    (void)state;
    static const struct {
        oa_parts parts;
        oa_response want;
        const char *rule;
    } cases[] = {
        {{CR, NA, .marker = OA_MARKER_NORMAL}, CR, "RECIST-T1-CR"},
        {{CR, NA, .marker = OA_MARKER_RAISED}, PR, "RECIST-T1-PR-MARKER"},
        {{CR, NA, .marker = OA_MARKER_NE}, PR, "RECIST-T1-PR-MARKER"},
        {{PR, NA, .marker = OA_MARKER_RAISED}, PR, "RECIST-T1-PR"},
        {{CR, CR, .new_not_evaluated = true}, NE, "RECIST-NEW-NE"},
        {{SD, NONCR, .new_not_evaluated = true}, NE, "RECIST-NEW-NE"},
        {{NA, NONCR, .new_not_evaluated = true}, NE, "RECIST-NEW-NE"},
        {{PD, NA, .new_not_evaluated = true}, PD, "RECIST-T1-PD-TL"},
        {{SD, PD, .new_not_evaluated = true}, PD, "RECIST-T1-PD-NTL"},
        {{SD, NA, .new_lesion = true, .new_not_evaluated = true}, PD, "RECIST-T1-PD-NEW"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_decision got = oa_timepoint_response(&cases[i].parts);
        assert_int_equal(got.response, cases[i].want);
        assert_string_equal(got.rule, cases[i].rule);
    }
    oa_nontargets gone = {.n_expected = 2, .n_evaluated = 2, .marker = OA_MARKER_RAISED};
    assert_int_equal(oa_nontarget_response(&gone).response, NONCR);
    gone.marker = OA_MARKER_NE;
    assert_int_equal(oa_nontarget_response(&gone).response, NE);
    gone.marker = OA_MARKER_NORMAL;
    assert_int_equal(oa_nontarget_response(&gone).response, CR);
}

static void test_REQ_RECIST_013_names(void **state) {
    static const char *const names[] = {"CR", "PR", "SD", "NON-CR/NON-PD", "PD", "NE", "ND", "NED"};
    static const char *const refused[] = {"", "cr", "MISSING", "iCR", "NON-CR", "CR ", "NA"};
    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        oa_response response = OA_RESP_MISSING;
        assert_true(oa_response_of(names[i], &response));
        assert_int_equal(response, OA_RESP_CR + (int)i);
        assert_string_equal(oa_response_name(response), names[i]);
    }
    for (size_t i = 0; i < COUNT(refused); i++) {
        oa_response response = OA_RESP_MISSING;
        assert_false(oa_response_of(refused[i], &response));
    }
    assert_string_equal(oa_response_name(OA_RESP_NONE), "");
    assert_string_equal(oa_response_name(OA_RESP_MISSING), "MISSING");
    assert_string_equal(oa_response_name(OA_RESP_NED), "NED");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_RECIST_001_target_lesions),
        cmocka_unit_test(test_REQ_RECIST_002_exactly_20_percent),
        cmocka_unit_test(test_REQ_RECIST_002_exactly_30_percent),
        cmocka_unit_test(test_REQ_RECIST_002_exactly_5_mm),
        cmocka_unit_test(test_REQ_RECIST_002_all_growth_of_small_sums),
        cmocka_unit_test(test_REQ_RECIST_003_missing_lesions),
        cmocka_unit_test(test_REQ_RECIST_004_growth_counts_from_the_nadir),
        cmocka_unit_test(test_REQ_RECIST_005_courses),
        cmocka_unit_test(test_REQ_RECIST_006_nontarget_lesions),
        cmocka_unit_test(test_REQ_RECIST_007_tables_1_and_2),
        cmocka_unit_test(test_REQ_LESION_007_marker_and_new_not_evaluated),
        cmocka_unit_test(test_REQ_RECIST_013_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
