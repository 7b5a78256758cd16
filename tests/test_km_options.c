/*
 * test_km_options.c - what the options of the Kaplan-Meier estimate do, and what is read off it, against numbers of
 * R 4.2.2 with survival 3.5-3, published ones, and exact ones worked by hand.
 *
 *   REQ-KM-002  the transformations are found by R's names and SAS's
 *   REQ-KM-003  the limits of the five transformations, and of medians by them, agree with R
 *   REQ-KM-004  on a plateau to the end R's rule gives its middle and SAS's none; elsewhere they agree
 *   REQ-KM-005  restricted means agree with R, and with the plain mean where nobody is censored
 *   REQ-KM-006  a mean is refused where survival is not known up to tau
 *   REQ-KM-007  the reverse estimate lets events leave first, unless the naive one is asked for
 *   REQ-KM-008  Nelson-Aalen hazards agree with R
 *   REQ-KM-009  a row of weight w is w rows; weights up to a million stay exact
 *   REQ-KM-010  near times are kept apart where that is asked for
 *   REQ-KM-011  a million steps lose nothing: S to 1e-15, its standard error to 1e-13, against extended precision
 *   REQ-KM-012  limits of all transformations are ordered, lie in [0, 1], hold S and are nested in the level
 *   REQ-KM-013  agreement with R on random data is in tests/r/km.R, with exact fractions in tests/km_exact.py
 */
#include "km_data.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static oa_km *fit_by(const data_set *data, const oa_km_options *options, bool reverse, oa_diag *diag) {
    double time[256];
    bool event[256];
    assert_true(data->n <= COUNT(time));
    for (size_t i = 0; i < data->n; i++) {
        time[i] = fabs(data->times[i]);
        event[i] = data->times[i] >= 0;
    }
    return (reverse ? oa_km_fit_reverse : oa_km_fit)(time, event, data->n, options, diag);
}

static void test_REQ_KM_002_names(void **state) {
    (void)state;
    static const struct {
        const char *name;
        oa_km_conf conf;
        const char *told;
    } cases[] = {
        {"log-log", OA_KM_LOGLOG, "log-log"}, {"LOGLOG", OA_KM_LOGLOG, "log-log"},  {"log", OA_KM_LOG, "log"},
        {"plain", OA_KM_PLAIN, "plain"},      {"LINEAR", OA_KM_PLAIN, "plain"},     {"Logit", OA_KM_LOGIT, "logit"},
        {"arcsin", OA_KM_ARCSIN, "arcsin"},   {"asinsqrt", OA_KM_ARCSIN, "arcsin"}, {"none", OA_KM_NONE, "none"},
    };
    oa_km_conf conf;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_true(oa_km_conf_of(cases[i].name, &conf));
        assert_int_equal(conf, cases[i].conf);
        assert_string_equal(oa_km_conf_name(conf), cases[i].told);
    }
    assert_false(oa_km_conf_of("loglogs", &conf));
    assert_false(oa_km_conf_of("", &conf));
    assert_string_equal(oa_km_conf_name(OA_KM_CONFS), "?");
    assert_string_equal(oa_km_conf_name((oa_km_conf)-1), "?");
}

static void test_REQ_KM_003_limits(void **state) {
    (void)state;
    static const struct {
        double time;
        double limits[5][2]; /* log-log, log, plain, logit, arcsin */
    } cases[] = {
        {6, {{.61971796, .95155175}, {.71981708, 1}, {.70747931, 1}, {.63864945, .95320313}, {.67983012, .97011450}}},
        {13,
         {{.43161022, .84906596},
          {.50961310, .93476920},
          {.48084310, .89954906},
          {.45560537, .85571164},
          {.46876020, .87330807}}},
        {23,
         {{.18805201, .68014263},
          {.24878823, .80737205},
          {.18438486, .71197368},
          {.21845975, .70236912},
          {.20370384, .70689693}}},
    };
    static const struct {
        const data_set *data;
        double median, limits[5][2];
    } medians[] = {
        {&six_mp, 23, {{13, NONE}, {16, NONE}, {13, NONE}, {13, NONE}, {13, NONE}}},
        {&maintained, 31, {{13, NONE}, {18, NONE}, {18, 48}, {13, NONE}, {18, NONE}}},
    };
    for (int conf = 0; conf < OA_KM_NONE; conf++) {
        for (size_t i = 0; i < COUNT(cases); i++) {
            oa_km *km = fit(&six_mp, (oa_km_conf)conf, .95, false);
            oa_km_step got = oa_km_survival(km, cases[i].time);
            assert_close_in(oa_km_conf_name((oa_km_conf)conf), got.lower, cases[i].limits[conf][0], 0, 5.1e-9);
            assert_close_in(oa_km_conf_name((oa_km_conf)conf), got.upper, cases[i].limits[conf][1], 0, 5.1e-9);
            oa_km_free(km);
        }
        for (size_t i = 0; i < COUNT(medians); i++) {
            oa_km *km = fit(medians[i].data, (oa_km_conf)conf, .95, false);
            oa_interval got = oa_km_quantile(km, .5);
            assert_close(got.estimate, medians[i].median, 0, 0);
            assert_close_in(medians[i].data->name, got.lower, medians[i].limits[conf][0], 0, 0);
            assert_close_in(medians[i].data->name, got.upper, medians[i].limits[conf][1], 0, 0);
            oa_km_free(km);
        }
    }
    oa_km *km = fit(&six_mp, OA_KM_NONE, .95, false);
    oa_km_step got = oa_km_survival(km, 13);
    assert_true(isnan(got.lower) && isnan(got.upper) && got.std_err > 0);
    assert_true(isnan(oa_km_quantile(km, .5).lower));
    oa_km_free(km);
}

static void test_REQ_KM_004_plateau_rules(void **state) {
    (void)state;
    static const struct {
        const data_set *data;
        double p, r, sas;
    } cases[] = {
        {&camis, .5, 102.5, NONE},
        {&camis, .25, 77, 77},
        {&camis, .1, 64.5, 64.5},
        {&one_to_four, .5, 2.5, 2.5},
        {&one_to_four, 1, 4, 4},
        {&two_then_censored, .5, 3, NONE},
        {&two_then_censored, .25, 1.5, 1.5},
        {&by_hand, 26.0 / 35, 9.5, NONE},
        {&by_hand, 1.0 / 7, 3.5, 3.5},
        {&all_censored, .5, NONE, NONE},
        {&all_tied, .5, 2, NONE},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_km_options options = {.conf = OA_KM_PLAIN, .level = .95};
        oa_km *r = fit_by(cases[i].data, &options, false, NULL);
        options.rule = OA_KM_RULE_SAS;
        oa_km *sas = fit_by(cases[i].data, &options, false, NULL);
        assert_close_in(cases[i].data->name, oa_km_quantile(r, cases[i].p).estimate, cases[i].r, 1e-15, 0);
        assert_close_in(cases[i].data->name, oa_km_quantile(sas, cases[i].p).estimate, cases[i].sas, 1e-15, 0);
        oa_km_free(r);
        oa_km_free(sas);
    }
}

static void test_REQ_KM_005_restricted_mean(void **state) {
    (void)state;
    DATA(vast, 5e299, -2e300);
    const struct {
        const data_set *data;
        double tau, mean, std_err;
    } cases[] = {
        {&six_mp, 35, 23.287395, 2.8274676},
        {&six_mp, 20, 16.1165266, 1.2515602},
        {&maintained, 35, 27.0568182, 2.9061216},
        {&lung, 365, 263.2218665, 7.7988591},
        {&one_to_four, 4, 2.5, sqrt(5) / 4},
        {&one_to_four, 100, 2.5, sqrt(5) / 4},
        {&one_to_four, 2.5, 2, sqrt(1.5) / 4},
        {&one_to_four, .5, .5, 0},
        {&all_censored, 3, 3, 0},
        {&one_event, 7, 5, 0},
        {&at_zero, 3, 1.5, .75},
        {&vast, 1e300, 7.5e299, 2.5e299 / sqrt(2)},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_km *km = fit(cases[i].data, OA_KM_LOG, .95, false);
        oa_km_value got;
        assert_true(oa_km_rmst(km, cases[i].tau, &got, NULL));
        assert_close_in(cases[i].data->name, got.estimate, cases[i].mean, 1e-8, 0);
        assert_close_in(cases[i].data->name, got.std_err, cases[i].std_err, 1e-8, 1e-15);
        assert_close_in(cases[i].data->name, got.upper - got.estimate, 1.959963984540054 * got.std_err, 1e-9, 1e-14);
        assert_close_in(cases[i].data->name, got.lower + got.upper, 2 * got.estimate, 1e-14, 0);
        oa_km_free(km);
    }
}

static void test_REQ_KM_006_mean_refused(void **state) {
    (void)state;
    static const struct {
        const data_set *data;
        double tau;
        const char *says;
    } cases[] = {
        {&six_mp, 36, "up to 35 at most"}, {&all_censored, 4, "up to 3 at most"},
        {&six_mp, 0, "above 0"},           {&six_mp, -1, "above 0"},
        {&six_mp, NONE, "above 0"},        {&one_event, (double)INFINITY, "above 0"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_diag *diag = oa_diag_new();
        oa_km *km = fit(cases[i].data, OA_KM_LOG, .95, false);
        oa_km_value untouched = {7, 7, 7, 7};
        assert_false(oa_km_rmst(km, cases[i].tau, &untouched, diag));
        assert_int_equal(oa_diag_errors(diag), 1);
        assert_non_null(strstr(oa_diag_get(diag, 0)->text, cases[i].says));
        assert_close(untouched.estimate, 7, 0, 0);
        oa_km_free(km);
        oa_diag_free(diag);
    }
}

static void test_REQ_KM_007_naive_reverse(void **state) {
    (void)state;
    static const struct {
        double time, first, naive;
    } cases[] = {{6, .9444444, .9523810}, {10, .8221726, .8333333}, {20, .5312500, .5384615}};
    oa_km_options options = {.level = .95};
    oa_km *first = fit_by(&six_mp, &options, true, NULL);
    options.naive_reverse = true;
    oa_km *naive = fit_by(&six_mp, &options, true, NULL);
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_close(oa_km_survival(first, cases[i].time).survival, cases[i].first, 0, 5.1e-8);
        assert_close(oa_km_survival(naive, cases[i].time).survival, cases[i].naive, 0, 5.1e-8);
    }
    oa_km_free(first);
    oa_km_free(naive);
}

static void test_REQ_KM_008_hazard(void **state) {
    (void)state;
    static const struct {
        double time, hazard;
    } cases[] = {{0, 0},          {5.9, 0},        {6, .14285714},  {7, .20168067},  {10, .26834734}, {13, .35168067},
                 {16, .44258976}, {22, .58544691}, {23, .75211357}, {30, .75211357}, {99, .75211357}};
    oa_km *km = fit(&six_mp, OA_KM_LOG, .95, false);
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_close(oa_km_hazard(km, cases[i].time).estimate, cases[i].hazard, 0, 5.1e-9);
    }
    assert_close(oa_km_hazard(km, 7).std_err, sqrt(3.0 / 441 + 1.0 / 289), 1e-15, 0);
    oa_km_free(km);
}

/* The same subjects as rows with weights and as rows repeated. */
static void test_REQ_KM_009_weights(void **state) {
    (void)state;
    static const double time[] = {3, 1, 3, 2, 2, 5};
    static const bool event[] = {true, true, false, true, false, false};
    static const int64_t weights[] = {2, 3, 1, 4, 5, 1};
    double all_time[16];
    bool all_event[16];
    size_t n = 0;
    for (size_t i = 0; i < COUNT(time); i++) {
        for (int64_t k = 0; k < weights[i]; k++) {
            all_time[n] = time[i];
            all_event[n++] = event[i];
        }
    }
    oa_km_options options = {.level = .95, .weights = weights};
    oa_km *weighted = oa_km_fit(time, event, COUNT(time), &options, NULL);
    oa_km *repeated = oa_km_fit(all_time, all_event, n, NULL, NULL);
    assert_int_equal(oa_km_subjects(weighted), oa_km_subjects(repeated));
    assert_int_equal(oa_km_events(weighted), 9);
    assert_int_equal(oa_km_steps(weighted), oa_km_steps(repeated));
    for (size_t i = 0; i < oa_km_steps(weighted); i++) {
        oa_km_step a = oa_km_step_at(weighted, i);
        oa_km_step b = oa_km_step_at(repeated, i);
        assert_memory_equal(&a, &b, sizeof a);
    }
    oa_km_free(weighted);
    oa_km_free(repeated);

    /* two times of nanoseconds, a million subjects each: S = 999999/1999999 after all but one of the first go */
    static const double tiny[] = {1e-9, 1e-9, 2e-9};
    static const bool tiny_event[] = {true, false, false};
    static const int64_t millions[] = {999999, 1, 1000000};
    options = (oa_km_options){.level = .95, .weights = millions, .exact_ties = true};
    oa_km *km = oa_km_fit(tiny, tiny_event, 3, &options, NULL);
    assert_int_equal(oa_km_steps(km), 2);
    assert_int_equal(oa_km_survival(km, 1e-9).n_risk, 2000000);
    assert_close(oa_km_survival(km, 1e-9).survival, 1000001.0 / 2000000, 0, 0);
    oa_km_free(km);

    static const int64_t refused[][3] = {{1, 0, 1}, {1, -5, 1}, {1, (int64_t)1 << 53, 1}, {INT64_MAX, INT64_MAX, 2}};
    for (size_t i = 0; i < COUNT(refused); i++) {
        oa_diag *diag = oa_diag_new();
        options.weights = refused[i];
        assert_null(oa_km_fit(tiny, tiny_event, 3, &options, diag));
        assert_int_equal(oa_diag_errors(diag), 1);
        assert_non_null(strstr(oa_diag_get(diag, 0)->text, "weight"));
        oa_diag_free(diag);
    }
}

static void test_REQ_KM_010_timefix(void **state) {
    (void)state;
    DATA(sum, 0.1 + 0.2, 0.3, 0.5, -1);
    static const struct {
        bool exact;
        size_t steps;
        double survival[3];
    } cases[] = {{false, 3, {.5, .25, .25}}, {true, 4, {.75, .5, .25}}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_km_options options = {.level = .95, .exact_ties = cases[i].exact};
        oa_km *km = fit_by(&sum, &options, false, NULL);
        assert_int_equal(oa_km_steps(km), cases[i].steps);
        for (size_t k = 0; k < 3; k++) {
            assert_close(oa_km_step_at(km, k).survival, cases[i].survival[k], 0, 0);
        }
        oa_km_free(km);
    }
}

static void test_REQ_KM_011_million_steps(void **state) {
    (void)state;
    enum { N = 1000000 };
    double *time = calloc(N, sizeof *time);
    bool *event = calloc(N, sizeof *event);
    assert_true(time && event);
    uint64_t random = 1;
    for (size_t i = 0; i < N; i++) {
        random = random * 6364136223846793005U + 1442695040888963407U;
        time[i] = (double)(N - i);
        event[i] = random >> 63;
    }
    oa_km *km = oa_km_fit(time, event, N, NULL, NULL);
    assert_int_equal(oa_km_steps(km), N);
    long double survival = 1;
    long double variance = 0;
    volatile long double little = 0x1p-60L;
    bool extended = 1 + little > 1; /* else, as under valgrind, there is nothing to compare with */
    for (size_t i = 0; i + 1 < N && extended; i++) {
        long double risk = (long double)(N - i);
        if (event[N - 1 - i]) {
            survival *= (risk - 1) / risk;
            variance += 1 / (risk * (risk - 1));
        }
        if (i % 997 == 0) {
            oa_km_step step = oa_km_step_at(km, i);
            assert_close(step.survival, (double)survival, 1e-15, 0);
            assert_close(step.std_err, (double)(survival * sqrtl(variance)), 1e-13, 0);
        }
    }
    oa_km_free(km);
    free(time);
    free(event);
}

static void test_REQ_KM_012_shape(void **state) {
    (void)state;
    const data_set *sets[] = {&six_mp, &maintained, &aml, &lung, &camis, &by_hand, &all_tied, &at_zero};
    static const double levels[] = {.5, .8, .95, .999};
    for (size_t d = 0; d < COUNT(sets); d++) {
        for (int conf = 0; conf < OA_KM_NONE; conf++) {
            oa_km *narrow = fit(sets[d], (oa_km_conf)conf, .1, false);
            for (size_t l = 0; l < COUNT(levels); l++) {
                oa_km *wide = fit(sets[d], (oa_km_conf)conf, levels[l], false);
                for (size_t i = 0; i < oa_km_steps(wide); i++) {
                    oa_km_step a = oa_km_step_at(narrow, i);
                    oa_km_step b = oa_km_step_at(wide, i);
                    assert_int_equal(isnan(a.lower), isnan(b.upper));
                    if (!isnan(b.lower)) {
                        assert_true(0 <= b.lower && b.lower <= a.lower && a.lower <= a.survival * (1 + 1e-15));
                        assert_true(a.survival * (1 - 1e-15) <= a.upper && a.upper <= b.upper && b.upper <= 1);
                    }
                }
                oa_km_free(narrow);
                narrow = wide;
            }
            oa_km_free(narrow);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_KM_002_names),         cmocka_unit_test(test_REQ_KM_003_limits),
        cmocka_unit_test(test_REQ_KM_004_plateau_rules), cmocka_unit_test(test_REQ_KM_005_restricted_mean),
        cmocka_unit_test(test_REQ_KM_006_mean_refused),  cmocka_unit_test(test_REQ_KM_007_naive_reverse),
        cmocka_unit_test(test_REQ_KM_008_hazard),        cmocka_unit_test(test_REQ_KM_009_weights),
        cmocka_unit_test(test_REQ_KM_010_timefix),       cmocka_unit_test(test_REQ_KM_011_million_steps),
        cmocka_unit_test(test_REQ_KM_012_shape),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
