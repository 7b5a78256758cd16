/*
 * test_intervals.c - the eight intervals of a proportion: published numbers, properties for all n up to 60, refusals.
 *
 *   REQ-BIN-001  intervals of all methods agree with published ones and with R
 *   REQ-BIN-002  limits are mirrored exactly by x <-> n - x
 *   REQ-BIN-004  limits rise with x and widen with the level
 *   REQ-BIN-005  Clopper-Pearson and Blaker cover each p with at least the level; Blaker lies within Clopper-Pearson
 *   REQ-BIN-006  one-sided limits have the whole level on their side
 *   REQ-BIN-007  a bad method, side, level or count is refused with one message, and nothing is written
 *   REQ-BIN-008  methods are found by their names
 *   REQ-BIN-009  limits lie in [0, 1], and those of Agresti-Coull and Wald also are to be had uncut
 */
#include "close.h"

#include <onearm/stats.h>

#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { LARGEST = 60 };

static const double levels[] = {.1, .5, .8, .9, .9375, .95, .99, .999, 1 - 1e-10};

static oa_interval interval_of(int64_t x, int64_t n, oa_ci_method method, oa_sides sides, double level) {
    oa_interval interval;
    assert_true(oa_binomial_interval(x, n, method, sides, level, &interval, NULL));
    return interval;
}

/* Newcombe 1998 for the first four; R for the others; Blaker: BlakerCI 1.0-6.  In the order of oa_ci_method. */
static const struct {
    int64_t x, n;
    double limits[OA_N_CI_METHODS][2];
} golden[] = {
    {.x = 81,
     .n = 263,
     .limits = {{.2527367, .3676219},
                {.2539185331, .3664633969},
                {.2544021, .3657735},
                {.2552885, .3662096},
                {.2535087, .3681762},
                {.2552207, .3662774},
                {.2545219, .3656475},
                {.2521901, .3637795}}},
    {.x = 15,
     .n = 148,
     .limits = {{.0578440, .1616505},
                {.0579561078, .1601150716},
                {.0600636, .1581217},
                {.0623864, .1604872},
                {.0597782, .1644498},
                {.0613860, .1614877},
                {.0604485, .1576431},
                {.0527300, .1499727}}},
    {.x = 0,
     .n = 20,
     .limits = {{0, .1684335},
                {0, .1601311333},
                {0, .1391083},
                {0, .1611252},
                {0, .2004533},
                {-.0286844, .1898096},
                {0, .1166390},
                {0, 0}}},
    {.x = 1,
     .n = 29,
     .limits = {{.0008726, .1776443},
                {.0017671710, .1660354538},
                {.0017248, .1585374},
                {.0061132, .1717552},
                {.0018026, .1962818},
                {-.0084181, .1862865},
                {.0037462, .1500777},
                {-.0319267, .1008922}}},
    {.x = 29,
     .n = 29,
     .limits = {{.8805551, 1},
                {.8901279073, 1},
                {.9018554, 1},
                {.8830302, 1},
                {.8543835, 1},
                {.8612600, 1.0217702},
                {.9177135, 1},
                {1, 1}}},
    {.x = 5,
     .n = 32,
     .limits = {{.0527506, .3278788},
                {.0636527317, .3231731268},
                {.0595863, .3129046},
                {.0686442, .3175415},
                {.0589919, .3354645},
                {.0638668, .3223189},
                {.0622246, .3091099},
                {.0304473, .2820527}}},
    {.x = 7,
     .n = 21,
     .limits = {{.1458769, .5696755},
                {.1523737285, .5510453258},
                {.1589634, .5509943},
                {.1719475, .5462655},
                {.1548135, .5689494},
                {.1704533, .5477597},
                {.1632227, .5459686},
                {.1317140, .5349527}}},
    {.x = 10,
     .n = 35,
     .limits = {{.1463547, .4630446},
                {.1476048559, .4560673882},
                {.1551699, .4504625},
                {.1632654, .4505493},
                {.1523687, .4652466},
                {.1618634, .4519513},
                {.1573522, .4478864},
                {.1360507, .4353778}}},
};

static void test_REQ_BIN_001_golden(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(golden); i++) {
        for (int m = 0; m < OA_N_CI_METHODS; m++) {
            char name[64];
            snprintf(name, sizeof name, "%s %d/%d", oa_ci_name((oa_ci_method)m), (int)golden[i].x, (int)golden[i].n);
            oa_interval got;
            assert_true(
                oa_binomial_interval_uncut(golden[i].x, golden[i].n, (oa_ci_method)m, OA_TWO_SIDED, .95, &got, NULL));
            double slack = m == OA_CI_BLAKER ? 1.1e-10 : 0.5000001e-7;
            assert_close_in(name, got.lower, golden[i].limits[m][0], 0, slack);
            assert_close_in(name, got.upper, golden[i].limits[m][1], 0, slack);
        }
    }
    oa_interval blaker = interval_of(3, 10, OA_CI_BLAKER, OA_TWO_SIDED, .95);
    assert_close(blaker.lower, .0872644339, 0, 1e-10);
    assert_close(blaker.upper, .6194106590, 0, 1e-10);
    static const struct {
        int64_t x, n;
        double lower, upper;
    } wilson[] = {{17, 30, .391973, .726225}, {24, 43, .411076, .695667}, {0, 43, 0, .082010}};
    for (size_t i = 0; i < COUNT(wilson); i++) {
        oa_interval got = interval_of(wilson[i].x, wilson[i].n, OA_CI_WILSON, OA_TWO_SIDED, .95);
        assert_close(got.lower, wilson[i].lower, 0, .5e-6);
        assert_close(got.upper, wilson[i].upper, 0, .5e-6);
    }
}

/* Where the opposite tail ties exactly with the own one: P(X = 5 | 5, 1/2) = P(X = 0 | 5, 1/2) = 1/32. */
static void test_REQ_BIN_001_blaker_tie(void **state) {
    (void)state;
    for (int64_t n = 1; n <= 20; n++) {
        double level = 1 - 2 * ldexp(1, (int)-n);
        if (level > 0) {
            assert_close(interval_of(n, n, OA_CI_BLAKER, OA_TWO_SIDED, level).lower, .5, 1e-11, 0);
            assert_close(interval_of(0, n, OA_CI_BLAKER, OA_TWO_SIDED, level).upper, .5, 1e-11, 0);
        }
    }
}

/* The limit up to 1/2 is exact by itself; the other one is 1 less it. */
static void check_mirror(const char *name, oa_interval got, oa_interval mirror) {
    assert_close_in(name, got.lower <= .5 ? mirror.upper : got.lower, 1 - (got.lower <= .5 ? got.lower : mirror.upper),
                    0, 0);
}

static void test_REQ_BIN_002_mirrored(void **state) {
    (void)state;
    static const int64_t sizes[] = {1, 2, 3, 7, 20, 43, 60, 1000, 99999999};
    for (int m = 0; m < OA_N_CI_METHODS; m++) {
        oa_ci_method method = (oa_ci_method)m;
        for (size_t i = 0; i < COUNT(sizes); i++) {
            int64_t n = sizes[i];
            for (int64_t x = 0; x <= n; x += n < 100 ? 1 : n / 9) {
                for (size_t l = 0; l < COUNT(levels); l++) {
                    const char *name = oa_ci_name(method);
                    check_mirror(name, interval_of(x, n, method, OA_TWO_SIDED, levels[l]),
                                 interval_of(n - x, n, method, OA_TWO_SIDED, levels[l]));
                    if (method != OA_CI_BLAKER && levels[l] >= .5) {
                        check_mirror(name, interval_of(x, n, method, OA_LOWER, levels[l]),
                                     interval_of(n - x, n, method, OA_UPPER, levels[l]));
                    }
                }
            }
        }
    }
}

static void test_REQ_BIN_004_monotone_and_nested(void **state) {
    (void)state;
    for (int m = 0; m < OA_N_CI_METHODS; m++) {
        /* Wald's are neither: the width is 0 at the ends.  Agresti-Coull's centre moves with the level. */
        bool nested = m != OA_CI_AGRESTI_COULL;
        if (m == OA_CI_WALD) {
            continue;
        }
        for (int64_t n = 1; n <= LARGEST; n++) {
            oa_interval outer[LARGEST + 1];
            for (size_t l = 0; l < COUNT(levels); l++) {
                oa_interval fewer = {.lower = -1, .upper = -1};
                for (int64_t x = 0; x <= n; x++) {
                    oa_interval got = interval_of(x, n, (oa_ci_method)m, OA_TWO_SIDED, levels[l]);
                    assert_true(0 <= got.lower && got.lower <= got.upper && got.upper <= 1);
                    /* near 1 neighbours can round to the same double, and Blaker's limits stand still at ties */
                    assert_true(fewer.lower <= got.lower && fewer.upper <= got.upper);
                    if (l > 0 && nested) {
                        /* Blaker's limits at a jump are the same for several levels, up to rounding */
                        double slack = m == OA_CI_BLAKER ? 1e-14 : 0;
                        assert_true(got.lower <= outer[x].lower * (1 + slack));
                        assert_true(outer[x].upper <= got.upper * (1 + slack));
                    }
                    outer[x] = got;
                    fewer = got;
                }
            }
        }
    }
}

/* The probability under p that the interval of X contains p. */
static double coverage(const oa_interval *intervals, int64_t n, double p) {
    /* from the likelier end on, where the first term is no number too small to be one */
    bool down = p > .5;
    double odds = down ? (1 - p) / p : p / (1 - p);
    double sum = 0;
    double term = pow(down ? p : 1 - p, (double)n);
    for (int64_t k = 0; k <= n; k++) {
        const oa_interval *of = &intervals[down ? n - k : k];
        if (of->lower <= p && p <= of->upper) {
            sum += term;
        }
        term *= (double)(n - k) / (double)(k + 1) * odds;
    }
    return sum;
}

static void check_coverage(oa_ci_method method, int64_t n, double level) {
    enum { GRID = 500 };
    oa_interval intervals[LARGEST + 1];
    for (int64_t x = 0; x <= n; x++) {
        intervals[x] = interval_of(x, n, method, OA_TWO_SIDED, level);
    }
    for (int i = 1; i < GRID; i++) {
        assert_true(coverage(intervals, n, (double)i / GRID) >= level - 1e-12);
    }
    /* coverage jumps at the limits: just below and above each */
    for (int64_t x = 0; x <= n; x++) {
        const double limits[] = {intervals[x].lower, intervals[x].upper};
        for (size_t i = 0; i < 2; i++) {
            for (int side = -1; side <= 1; side += 2) {
                double p = limits[i] * (1 + side * 1e-9);
                if (p > 0 && p < 1) {
                    assert_true(coverage(intervals, n, p) >= level - 1e-7);
                }
            }
        }
    }
}

static void test_REQ_BIN_005_exact_methods_cover(void **state) {
    (void)state;
    static const double of_coverage[] = {.8, .9, .95, .99};
    for (size_t l = 0; l < COUNT(of_coverage); l++) {
        for (int64_t n = 1; n <= LARGEST; n++) {
            check_coverage(OA_CI_CLOPPER_PEARSON, n, of_coverage[l]);
            check_coverage(OA_CI_BLAKER, n, of_coverage[l]);
            for (int64_t x = 0; x <= n; x++) {
                oa_interval outer = interval_of(x, n, OA_CI_CLOPPER_PEARSON, OA_TWO_SIDED, of_coverage[l]);
                oa_interval inner = interval_of(x, n, OA_CI_BLAKER, OA_TWO_SIDED, of_coverage[l]);
                assert_true(outer.lower <= inner.lower && inner.upper <= outer.upper);
            }
        }
    }
}

static void test_REQ_BIN_006_one_sided(void **state) {
    (void)state;
    for (int m = 0; m < OA_N_CI_METHODS; m++) {
        for (int64_t x = 0; x <= 20 && m != OA_CI_BLAKER; x++) {
            oa_interval both = interval_of(x, 20, (oa_ci_method)m, OA_TWO_SIDED, .75);
            oa_interval lower = interval_of(x, 20, (oa_ci_method)m, OA_LOWER, .875);
            oa_interval upper = interval_of(x, 20, (oa_ci_method)m, OA_UPPER, .875);
            assert_close(lower.lower, both.lower, 0, 0);
            assert_close(lower.upper, 1, 0, 0);
            assert_close(upper.lower, 0, 0, 0);
            assert_close(upper.upper, both.upper, 0, 0);
        }
    }
    /* none of n: 1 - (1 - level)^(1/n) */
    for (int64_t n = 1; n <= 1000000; n *= 10) {
        assert_close(interval_of(0, n, OA_CI_CLOPPER_PEARSON, OA_UPPER, .75).upper, -expm1(log(.25) / (double)n), 1e-14,
                     0);
    }
}

static void test_REQ_BIN_007_refused(void **state) {
    (void)state;
    static const struct {
        int64_t x, n;
        oa_ci_method method;
        oa_sides sides;
        double level;
        oa_code code;
    } cases[] = {
        {.x = 3, .n = 2, .level = .95, .code = OA_VALUE},
        {.x = 0, .n = 0, .level = .95, .code = OA_VALUE},
        {.x = 1, .n = 100000001, .level = .95, .code = OA_LIMIT},
        {.x = 1, .n = 2, .level = 95, .code = OA_VALUE},
        {.x = 1, .n = 2, .method = OA_CI_WALD, .level = (double)NAN, .code = OA_VALUE},
        {.x = 1, .n = 2, .sides = OA_LOWER, .level = .49, .code = OA_VALUE},
        {.x = 1, .n = 2, .method = OA_CI_BLAKER, .sides = OA_UPPER, .level = .95, .code = OA_USAGE},
        {.x = 1, .n = 2, .method = OA_N_CI_METHODS, .level = .95, .code = OA_USAGE},
        {.x = 1, .n = 2, .method = (oa_ci_method)-1, .level = .95, .code = OA_USAGE},
        {.x = 1, .n = 2, .sides = (oa_sides)3, .level = .95, .code = OA_USAGE},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_diag *diag = oa_diag_new();
        oa_interval interval = {.estimate = 7, .lower = 8, .upper = 9};
        assert_false(oa_binomial_interval(cases[i].x, cases[i].n, cases[i].method, cases[i].sides, cases[i].level,
                                          &interval, diag));
        assert_int_equal(oa_diag_count(diag), 1);
        assert_int_equal(oa_diag_get(diag, 0)->code, cases[i].code);
        assert_close(interval.estimate + interval.lower + interval.upper, 24, 0, 0);
        oa_diag_free(diag);
    }
}

static void test_REQ_BIN_008_names(void **state) {
    (void)state;
    for (int i = 0; i < OA_N_CI_METHODS; i++) {
        oa_ci_method method = OA_N_CI_METHODS;
        assert_true(oa_ci_of(oa_ci_name((oa_ci_method)i), &method));
        assert_int_equal(method, i);
        assert_true(strlen(oa_ci_label(method)) > 0 && strlen(oa_ci_description(method)) > 0);
    }
    oa_ci_method method = OA_CI_WALD;
    assert_false(oa_ci_of("Wilson", &method));
    assert_int_equal(method, OA_CI_WALD);
    assert_null(oa_ci_name(OA_N_CI_METHODS));
    assert_null(oa_ci_label((oa_ci_method)-1));
    assert_null(oa_ci_description(OA_N_CI_METHODS));
}

static void test_REQ_BIN_009_cut(void **state) {
    (void)state;
    static const oa_ci_method few[] = {OA_CI_AGRESTI_COULL, OA_CI_WALD};
    for (size_t i = 0; i < COUNT(few); i++) {
        oa_interval uncut;
        assert_true(oa_binomial_interval_uncut(1, 29, few[i], OA_TWO_SIDED, .95, &uncut, NULL));
        assert_true(uncut.lower < 0);
        assert_close(interval_of(1, 29, few[i], OA_TWO_SIDED, .95).lower, 0, 0, 0);
        assert_close(interval_of(28, 29, few[i], OA_TWO_SIDED, .95).upper, 1, 0, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_BIN_001_golden),
        cmocka_unit_test(test_REQ_BIN_001_blaker_tie),
        cmocka_unit_test(test_REQ_BIN_002_mirrored),
        cmocka_unit_test(test_REQ_BIN_004_monotone_and_nested),
        cmocka_unit_test(test_REQ_BIN_005_exact_methods_cover),
        cmocka_unit_test(test_REQ_BIN_006_one_sided),
        cmocka_unit_test(test_REQ_BIN_007_refused),
        cmocka_unit_test(test_REQ_BIN_008_names),
        cmocka_unit_test(test_REQ_BIN_009_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
