/*
 * test_describe.c - agreement, multiplicity and summaries.
 *
 *   REQ-BIN-020  kappa and its standard error agree with published ones
 *   REQ-BIN-021  tables of agreement that are degenerate have stated results, and bad ones are refused
 *   REQ-BIN-022  adjusted p values agree with R and keep their order
 *   REQ-BIN-023  quantiles of all nine types, mean and standard deviation agree with R
 *   REQ-BIN-024  missing, single, equal, huge and tiny values
 */
#include "close.h"

#include <onearm/stats.h>

#include <float.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static oa_kappa_result kappa_of(const int64_t *counts, size_t k, const double *weights) {
    oa_kappa_result result;
    assert_true(oa_kappa(counts, k, weights, .95, &result, NULL));
    return result;
}

static void test_REQ_BIN_020_kappa(void **state) {
    (void)state;
    static const struct {
        size_t k;
        int64_t counts[9];
        double agreement, kappa, std_err;
    } cases[] = {
        /* standard errors by the delta method, differentiated numerically */
        {2, {20, 5, 10, 15}, .70, .40, .1269960629},
        {2, {45, 15, 25, 15}, .60, .1304347826, .0986615376},
        {2, {25, 35, 5, 35}, .60, .2592592593, .0771597317},
        /* Fleiss, Levin, Paik, Statistical Methods for Rates and Proportions (2003), table 18.1: 0.68 */
        {3, {75, 1, 4, 5, 4, 1, 0, 0, 10}, .89, .6764705882, .0877029535},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_kappa_result got = kappa_of(cases[i].counts, cases[i].k, NULL);
        assert_close(got.agreement, cases[i].agreement, 1e-14, 0);
        assert_close(got.kappa, cases[i].kappa, 0, 1e-10);
        assert_close(got.std_err, cases[i].std_err, 1e-8, 0);
        assert_close(got.upper, got.kappa + 1.959963984540054 * got.std_err, 1e-12, 0);
        assert_close(got.lower, got.kappa - 1.959963984540054 * got.std_err, 1e-12, 0);
    }
    double weights[9];
    oa_kappa_weigh(OA_KAPPA_LINEAR, 3, weights);
    assert_close(kappa_of(cases[3].counts, 3, weights).kappa, .7222222222, 0, 1e-10);
    assert_close(kappa_of(cases[3].counts, 3, weights).std_err, .0843009540, 1e-7, 0);
    oa_kappa_weigh(OA_KAPPA_QUADRATIC, 3, weights);
    assert_close(kappa_of(cases[3].counts, 3, weights).kappa, .7553191489, 0, 1e-10);
    assert_close(kappa_of(cases[3].counts, 3, weights).std_err, .0867071325, 1e-7, 0);
}

static void test_REQ_BIN_021_degenerate(void **state) {
    (void)state;
    /* all in one category: agreement is no evidence */
    oa_kappa_result one = kappa_of((const int64_t[]){7, 0, 0, 0}, 2, NULL);
    assert_close(one.agreement, 1, 0, 0);
    assert_close(one.expected, 1, 0, 0);
    assert_true(isnan(one.kappa) && isnan(one.std_err) && isnan(one.lower) && isnan(one.upper));
    oa_kappa_result all = kappa_of((const int64_t[]){3, 0, 0, 4}, 2, NULL);
    assert_close(all.kappa, 1, 0, 0);
    assert_close(all.std_err, 0, 0, 0);
    assert_close(all.lower, 1, 0, 0);
    assert_close(all.upper, 1, 0, 0);
    oa_kappa_result none = kappa_of((const int64_t[]){0, 5, 5, 0}, 2, NULL);
    assert_close(none.kappa, -1, 1e-15, 0);
    assert_close(none.lower, -1, 0, 0);
    /* one reader always says the same: no agreement beyond chance */
    assert_close(kappa_of((const int64_t[]){4, 0, 3, 0}, 2, NULL).kappa, 0, 0, 1e-15);
    static const double skew[] = {1, .5, .4, 1};
    static const double low[] = {.9, 0, 0, 1};
    static const double far[] = {1, -1, -1, 1};
    static const double nan[] = {1, (double)NAN, (double)NAN, 1};
    static const struct {
        size_t k;
        int64_t counts[4];
        const double *weights;
        double level;
    } bad[] = {
        {2, {0, 0, 0, 0}, NULL, .95},         {2, {1, -1, 2, 3}, NULL, .95}, {1, {5}, NULL, .95},
        {2, {1, 2, 3, 4}, skew, .95},         {2, {1, 2, 3, 4}, low, .95},   {2, {1, 2, 3, 4}, far, .95},
        {2, {1, 2, 3, 4}, nan, .95},          {2, {1, 2, 3, 4}, NULL, 95},   {101, {1, 2, 3, 4}, NULL, .95},
        {2, {INT64_MAX, 1, 1, 1}, NULL, .95},
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        oa_kappa_result result = {.n = 77};
        oa_diag *diag = oa_diag_new();
        assert_false(oa_kappa(bad[i].counts, bad[i].k, bad[i].weights, bad[i].level, &result, diag));
        assert_int_equal(oa_diag_count(diag), 1);
        assert_int_equal(result.n, 77);
        oa_diag_free(diag);
    }
}

static void test_REQ_BIN_022_adjusted(void **state) {
    (void)state;
    static const double p[] = {.0131, .0004, .04, .2, .04};
    static const double want[OA_N_ADJUSTMENTS][5] = {
        [OA_HOLM] = {.0524, .0020, .12, .2, .12},
        [OA_HOCHBERG] = {.0524, .0020, .08, .2, .08},
        [OA_BONFERRONI] = {.0655, .0020, .2, 1, .2},
    };
    for (int m = 0; m < OA_N_ADJUSTMENTS; m++) {
        oa_adjustment found;
        double got[5];
        assert_true(oa_adjustment_of(oa_adjustment_name((oa_adjustment)m), &found));
        assert_int_equal(found, m);
        assert_true(oa_adjust(p, 5, found, got, NULL));
        for (size_t i = 0; i < 5; i++) {
            assert_close_in(oa_adjustment_name(found), got[i], want[m][i], 1e-14, 0);
        }
        double own[5] = {.0131, .0004, .04, .2, .04}; /* in place */
        assert_true(oa_adjust(own, 5, found, own, NULL));
        assert_memory_equal(own, got, sizeof own);
        assert_true(oa_adjust(NULL, 0, found, NULL, NULL));
    }
    static const double bad[] = {-.01, 1.01, (double)NAN, (double)INFINITY};
    for (size_t i = 0; i < COUNT(bad); i++) {
        double got = 7;
        oa_diag *diag = oa_diag_new();
        assert_false(oa_adjust(&bad[i], 1, OA_HOLM, &got, diag));
        assert_int_equal(oa_diag_count(diag), 1);
        assert_close(got, 7, 0, 0);
        oa_diag_free(diag);
    }
    double got;
    assert_false(oa_adjust(p, 1, OA_N_ADJUSTMENTS, &got, NULL));
    assert_null(oa_adjustment_name(OA_N_ADJUSTMENTS));
}

static const double sample[] = {2, 7, 1, 8, 2, 8, 1, 8, 2, 8.5};

static oa_summary summary_of(const double *values, size_t n, int type) {
    oa_summary s;
    assert_true(oa_summarise(values, n, type, &s, NULL));
    return s;
}

static void test_REQ_BIN_023_summary(void **state) {
    (void)state;
    static const double q1[] = {2, 2, 1, 1.5, 2, 1.75, 2, 1.91666666666666667, 1.9375};
    static const double median[] = {2, 4.5, 2, 2, 4.5, 4.5, 4.5, 4.5, 4.5};
    for (int type = 1; type <= 9; type++) {
        oa_summary s = summary_of(sample, COUNT(sample), type);
        assert_int_equal(s.n, 10);
        assert_int_equal(s.missing, 0);
        assert_close(s.mean, 4.75, 0, 0);
        assert_close(s.sd, 3.36030752560933, 1e-14, 0);
        assert_close(s.min, 1, 0, 0);
        assert_close(s.max, 8.5, 0, 0);
        assert_close(s.q1, q1[type - 1], 1e-15, 0);
        assert_close(s.median, median[type - 1], 1e-15, 0);
        assert_close(s.q3, 8, 0, 0);
        assert_close(s.geometric_mean, 3.45690696296811, 1e-14, 0);
        assert_close(s.geometric_cv, 1.12881610319414, 1e-14, 0);
        static const double sorted[] = {3, 5, 9};
        assert_close(oa_quantile(sorted, 3, 0, type), 3, 0, 0);
        assert_close(oa_quantile(sorted, 3, 1, type), 9, 0, 0);
    }
}

static void test_REQ_BIN_024_extremes(void **state) {
    (void)state;
    double gap = (double)NAN;
    oa_summary none = summary_of((const double[]){gap, gap}, 2, OA_QUANTILE_DEFAULT);
    assert_int_equal(none.n, 0);
    assert_int_equal(none.missing, 2);
    assert_true(isnan(none.mean) && isnan(none.median) && isnan(none.geometric_mean));
    assert_int_equal(summary_of(NULL, 0, OA_QUANTILE_DEFAULT).n, 0);
    oa_summary one = summary_of((const double[]){gap, -3}, 2, OA_QUANTILE_DEFAULT);
    assert_int_equal(one.n, 1);
    assert_true(isnan(one.sd) && isnan(one.geometric_mean));
    assert_close(one.q1, -3, 0, 0);
    assert_true(isnan(summary_of((const double[]){0, 3}, 2, OA_QUANTILE_DEFAULT).geometric_mean));
    oa_summary same = summary_of((const double[]){.1, .1, .1}, 3, OA_QUANTILE_DEFAULT);
    assert_close(same.mean, .1, 0, 0);
    assert_close(same.sd, 0, 0, 1e-17);
    oa_summary huge = summary_of((const double[]){DBL_MAX, DBL_MAX, -DBL_MAX, DBL_MAX}, 4, OA_QUANTILE_DEFAULT);
    assert_close(huge.mean, DBL_MAX / 2, 1e-15, 0);
    assert_close(huge.sd, DBL_MAX, 1e-14, 0);
    oa_summary tiny = summary_of((const double[]){1e-300, 3e-300}, 2, OA_QUANTILE_DEFAULT);
    assert_close(tiny.sd, 1.41421356237309505e-300, 1e-14, 0);
    oa_summary shifted = summary_of((const double[]){1e9 + 1, 1e9 + 2, 1e9 + 3}, 3, OA_QUANTILE_DEFAULT);
    assert_close(shifted.sd, 1, 1e-14, 0);
    static const double infinite[] = {1, -(double)INFINITY};
    oa_summary s = {.n = 77};
    oa_diag *diag = oa_diag_new();
    assert_false(oa_summarise(infinite, 2, OA_QUANTILE_DEFAULT, &s, diag));
    assert_false(oa_summarise(infinite, 1, 0, &s, diag));
    assert_false(oa_summarise(infinite, 1, 10, &s, diag));
    assert_int_equal(oa_diag_count(diag), 3);
    assert_int_equal(s.n, 77);
    oa_diag_free(diag);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_BIN_020_kappa),    cmocka_unit_test(test_REQ_BIN_021_degenerate),
        cmocka_unit_test(test_REQ_BIN_022_adjusted), cmocka_unit_test(test_REQ_BIN_023_summary),
        cmocka_unit_test(test_REQ_BIN_024_extremes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
