/*
 * test_binomial.c - the exact interval of a proportion against published numbers, numbers of R 4.2.2, the defining
 * equations, and properties that hold for all inputs.
 *
 *   REQ-STATS-001  Clopper-Pearson limits agree with published ones
 *   REQ-STATS-002  each Clopper-Pearson limit puts (1 - level)/2 into its binomial tail
 *   REQ-STATS-003  Clopper-Pearson limits at x = 0 and x = n are the closed forms
 *   REQ-STATS-004  Clopper-Pearson covers p with at least the level
 *   REQ-STATS-005  Clopper-Pearson is monotone in x, nested in the level, mirrored by x <-> n - x
 *   REQ-STATS-006  bad counts and levels are refused with a message, and nothing is written
 */
#include "close.h"

#include <onearm/stats.h>

#include <stdio.h>
#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* --- binomial ----------------------------------------------------------------------------------------------------- */

static oa_interval exact(int64_t x, int64_t n, double level) {
    oa_interval interval;
    assert_true(oa_clopper_pearson(x, n, level, &interval, NULL));
    return interval;
}

/* P(X <= x | n, p), summed term by term from x down; for 0 < p < 1. */
static double cumulative(int64_t x, int64_t n, double p) {
    double choose = lgamma((double)n + 1) - lgamma((double)x + 1) - lgamma((double)(n - x) + 1);
    double term = exp(choose + (double)x * log(p) + (double)(n - x) * log1p(-p));
    double sum = term;
    for (int64_t k = x; k > 0; k--) {
        term *= (double)k / (double)(n - k + 1) * ((1 - p) / p);
        sum += term;
    }
    return sum;
}

static void test_REQ_STATS_001_clopper_pearson_golden(void **state) {
    (void)state;
    static const struct {
        const char *source;
        int64_t x, n;
        double level, lower, upper, digits;
    } cases[] = {
        {.source = "R", .x = 0, .n = 43, .level = .95, .lower = 0, .upper = .082211, .digits = 6},
        {.source = "R", .x = 1, .n = 43, .level = .95, .lower = .000589, .upper = .122890, .digits = 6},
        {.source = "R", .x = 43, .n = 43, .level = .95, .lower = .917789, .upper = 1, .digits = 6},
        {.source = "R", .x = 17, .n = 30, .level = .95, .lower = .374273, .upper = .745392, .digits = 6},
        {.source = "R", .x = 24, .n = 43, .level = .95, .lower = .398754, .upper = .709219, .digits = 6},
        {.source = "R", .x = 13, .n = 34, .level = .95, .lower = .221665, .upper = .564360, .digits = 6},
        {.source = "R", .x = 17, .n = 43, .level = .90, .lower = .2698429, .upper = .5321517, .digits = 7},
        {.source = "Newcombe 1998", .x = 81, .n = 263, .level = .95, .lower = .2527367, .upper = .3676219, .digits = 7},
        {.source = "Newcombe 1998", .x = 15, .n = 148, .level = .95, .lower = .0578440, .upper = .1616505, .digits = 7},
        {.source = "Newcombe 1998", .x = 0, .n = 20, .level = .95, .lower = 0, .upper = .1684335, .digits = 7},
        {.source = "Newcombe 1998", .x = 1, .n = 29, .level = .95, .lower = .0008726, .upper = .1776443, .digits = 7},
        {.source = "R", .x = 29, .n = 29, .level = .95, .lower = .8805551, .upper = 1, .digits = 7},
        {.source = "R", .x = 5, .n = 32, .level = .95, .lower = .0527506, .upper = .3278788, .digits = 7},
        {.source = "R", .x = 7, .n = 21, .level = .95, .lower = .1458769, .upper = .5696755, .digits = 7},
        {.source = "R", .x = 10, .n = 35, .level = .95, .lower = .1463547, .upper = .4630446, .digits = 7},
        /* the trials of anlotinib or lenvatinib with radioiodine */
        {.source = "T25", .x = 2, .n = 6, .level = .95, .lower = .04327, .upper = .77722, .digits = 5},
        {.source = "T25", .x = 5, .n = 6, .level = .95, .lower = .35877, .upper = .99579, .digits = 5},
        {.source = "T25", .x = 6, .n = 6, .level = .95, .lower = .54074, .upper = 1, .digits = 5},
        {.source = "T25", .x = 11, .n = 20, .level = .95, .lower = .31528, .upper = .76942, .digits = 5},
        {.source = "T25", .x = 19, .n = 20, .level = .95, .lower = .75127, .upper = .99873, .digits = 5},
        /* GSL's beta quantile aborts on these */
        {.source = "R", .x = 2, .n = 260, .level = .95, .lower = .0009329355, .upper = .0275094648, .digits = 10},
        {.source = "R", .x = 7, .n = 291, .level = .95, .lower = .0097248176, .upper = .0489322462, .digits = 10},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char name[64];
        snprintf(name, sizeof name, "%s %d/%d", cases[i].source, (int)cases[i].x, (int)cases[i].n);
        oa_interval got = exact(cases[i].x, cases[i].n, cases[i].level);
        double half_unit = 0.5000001 * pow(10, -cases[i].digits);
        assert_close_in(name, got.estimate, (double)cases[i].x / (double)cases[i].n, 0, 0);
        assert_close_in(name, got.lower, cases[i].lower, 0, half_unit);
        assert_close_in(name, got.upper, cases[i].upper, 0, half_unit);
    }
}

static void test_REQ_STATS_002_clopper_pearson_tails(void **state) {
    (void)state;
    static const double levels[] = {.5, .8, .9, .95, .99, .999};
    for (int64_t n = 2; n <= 200; n += n < 40 ? 1 : 16) {
        for (int64_t x = 1; x < n; x++) {
            for (size_t l = 0; l < COUNT(levels); l++) {
                double tail = (1 - levels[l]) / 2;
                oa_interval got = exact(x, n, levels[l]);
                /* P(X >= x | p) = P(n - X <= n - x), and n - X has the proportion 1 - p */
                assert_close(cumulative(n - x, n, 1 - got.lower), tail, 1e-9, 0);
                assert_close(cumulative(x, n, got.upper), tail, 1e-9, 0);
            }
        }
    }
}

static void test_REQ_STATS_003_clopper_pearson_ends(void **state) {
    (void)state;
    static const int64_t sizes[] = {1, 2, 6, 20, 43, 1000, 1000000, 100000000};
    for (size_t i = 0; i < COUNT(sizes); i++) {
        double n = (double)sizes[i];
        oa_interval none = exact(0, sizes[i], .95);
        oa_interval all = exact(sizes[i], sizes[i], .95);
        assert_close(none.estimate, 0, 0, 0);
        assert_close(none.lower, 0, 0, 0);
        assert_close(pow(1 - none.upper, n), .025, 1e-7, 0);
        assert_close(all.estimate, 1, 0, 0);
        assert_close(all.upper, 1, 0, 0);
        assert_close(pow(all.lower, n), .025, 1e-7, 0);
    }
    /* one subject: (0, 0.975) and (0.025, 1), exactly */
    assert_close(exact(0, 1, .95).upper, .975, 1e-15, 0);
    assert_close(exact(1, 1, .95).lower, .025, 1e-15, 0);
}

/* The probability under p that the interval of X contains p. */
static double coverage(const oa_interval *intervals, int64_t n, double p) {
    double term = pow(1 - p, (double)n);
    double sum = 0;
    for (int64_t x = 0; x <= n; x++) {
        if (intervals[x].lower <= p && p <= intervals[x].upper) {
            sum += term;
        }
        term *= (double)(n - x) / (double)(x + 1) * (p / (1 - p));
    }
    return sum;
}

static void test_REQ_STATS_004_clopper_pearson_covers(void **state) {
    (void)state;
    static const double levels[] = {.8, .9, .95, .99};
    enum { LARGEST = 60, GRID = 400 };
    for (size_t l = 0; l < COUNT(levels); l++) {
        for (int64_t n = 1; n <= LARGEST; n++) {
            oa_interval intervals[LARGEST + 1];
            for (int64_t x = 0; x <= n; x++) {
                intervals[x] = exact(x, n, levels[l]);
            }
            for (int i = 1; i < GRID; i++) {
                assert_true(coverage(intervals, n, (double)i / GRID) >= levels[l] - 1e-12);
            }
        }
    }
}

static void test_REQ_STATS_005_clopper_pearson_shape(void **state) {
    (void)state;
    static const double levels[] = {.01, .5, .8, .95, .999};
    static const int64_t sizes[] = {1, 2, 3, 10, 43, 120, 1000};
    for (size_t i = 0; i < COUNT(sizes); i++) {
        int64_t n = sizes[i];
        for (int64_t x = 0; x <= n; x++) {
            for (size_t l = 0; l < COUNT(levels); l++) {
                oa_interval got = exact(x, n, levels[l]);
                oa_interval mirror = exact(n - x, n, levels[l]);
                assert_true(0 <= got.lower && got.lower <= got.estimate);
                assert_true(got.estimate <= got.upper && got.upper <= 1);
                assert_close(got.lower, 1 - mirror.upper, 0, 1e-14);
                if (x > 0) {
                    oa_interval fewer = exact(x - 1, n, levels[l]);
                    assert_true(fewer.lower < got.lower && fewer.upper < got.upper);
                }
                if (l > 0) {
                    oa_interval inner = exact(x, n, levels[l - 1]);
                    assert_true(x == 0 || got.lower < inner.lower);
                    assert_true(x == n || got.upper > inner.upper);
                }
            }
        }
    }
}

static void test_REQ_STATS_006_clopper_pearson_refuses(void **state) {
    (void)state;
    static const struct {
        int64_t x, n;
        double level;
        oa_code code;
    } cases[] = {
        {.x = 3, .n = 2, .level = .95, .code = OA_VALUE},
        {.x = -1, .n = 2, .level = .95, .code = OA_VALUE},
        {.x = 0, .n = 0, .level = .95, .code = OA_VALUE},
        {.x = 0, .n = -5, .level = .95, .code = OA_VALUE},
        {.x = INT64_MIN, .n = INT64_MIN, .level = .95, .code = OA_VALUE},
        {.x = 1, .n = INT64_MAX, .level = .95, .code = OA_LIMIT},
        {.x = 1, .n = 100000001, .level = .95, .code = OA_LIMIT},
        {.x = 1, .n = 2, .level = 95, .code = OA_VALUE},
        {.x = 1, .n = 2, .level = 1, .code = OA_VALUE},
        {.x = 1, .n = 2, .level = 0, .code = OA_VALUE},
        {.x = 1, .n = 2, .level = -.95, .code = OA_VALUE},
        {.x = 1, .n = 2, .level = (double)NAN, .code = OA_VALUE},
        {.x = 1, .n = 2, .level = (double)INFINITY, .code = OA_VALUE},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_diag *diag = oa_diag_new();
        oa_interval interval = {.estimate = 7, .lower = 8, .upper = 9};
        assert_false(oa_clopper_pearson(cases[i].x, cases[i].n, cases[i].level, &interval, diag));
        assert_int_equal(oa_diag_count(diag), 1);
        assert_int_equal(oa_diag_get(diag, 0)->code, cases[i].code);
        assert_int_equal(oa_diag_status(diag), 2);
        assert_close(interval.estimate, 7, 0, 0);
        assert_close(interval.lower, 8, 0, 0);
        assert_close(interval.upper, 9, 0, 0);
        oa_diag_free(diag);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_STATS_001_clopper_pearson_golden),
        cmocka_unit_test(test_REQ_STATS_002_clopper_pearson_tails),
        cmocka_unit_test(test_REQ_STATS_003_clopper_pearson_ends),
        cmocka_unit_test(test_REQ_STATS_004_clopper_pearson_covers),
        cmocka_unit_test(test_REQ_STATS_005_clopper_pearson_shape),
        cmocka_unit_test(test_REQ_STATS_006_clopper_pearson_refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
