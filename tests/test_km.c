/*
 * test_km.c - the Kaplan-Meier estimate against published numbers, numbers of R 4.2.2 with survival 3.5-3, exact
 * fractions worked by hand, and properties that hold for all inputs.
 *
 *   REQ-STATS-007  S(t), its standard error and the numbers at risk agree with published ones
 *   REQ-STATS-008  plain, log and log-log limits of S(t) agree with published ones
 *   REQ-STATS-009  quantiles and their limits agree with published ones
 *   REQ-STATS-010  a plateau at 1 - p gives its midpoint, up to the last censored time
 *   REQ-STATS-011  times that differ only by rounding are tied
 *   REQ-STATS-012  events precede censorings at tied times
 *   REQ-STATS-013  the reverse estimate lets events leave first
 *   REQ-STATS-014  S is exactly 0 after the last subject's event; what is undefined is NAN
 *   REQ-STATS-015  S at any time: before, between, at and beyond the observed times
 *   REQ-STATS-016  S never rises, limits enclose it and widen with the level, the order of subjects does not matter
 *   REQ-STATS-017  bad times, levels and options are refused with a message
 *   REQ-STATS-018  without censoring S is the share of survivors, to the last bit, for any n
 *   REQ-STATS-019  one subject, all censored, all tied, very short and very long times
 *   REQ-STATS-021  a limit that rises again is read where it first crosses
 *   REQ-STATS-020, agreement with R on random data, is in tests/r/check_r.R.
 */
#include "km_data.h"

#include <stdio.h>
#include <stdlib.h>

static void test_REQ_STATS_007_survival_golden(void **state) {
    (void)state;
    static const struct {
        const data_set *data;
        double time, survival, std_err;
        int n_risk, n_event, n_censor;
    } cases[] = {
        {&six_mp, .time = 6, .survival = 6.0 / 7, .std_err = .076360355, .n_risk = 21, .n_event = 3, .n_censor = 1},
        {&six_mp, .time = 7, .survival = .80672269, .std_err = .086935285, .n_risk = 17, .n_event = 1},
        {&six_mp, .time = 10, .survival = .75294118, .std_err = .096349653, .n_risk = 15, .n_event = 1, .n_censor = 1},
        {&six_mp, .time = 13, .survival = .69019608, .std_err = .106814708, .n_risk = 12, .n_event = 1},
        {&six_mp, .time = 16, .survival = .62745098, .std_err = .114053865, .n_risk = 11, .n_event = 1},
        {&six_mp, .time = 22, .survival = .53781513, .std_err = .128233752, .n_risk = 7, .n_event = 1},
        {&six_mp, .time = 23, .survival = .44817927, .std_err = .134591457, .n_risk = 6, .n_event = 1},
        {&maintained, .time = 9, .survival = 10.0 / 11, .std_err = .0866784, .n_risk = 11, .n_event = 1},
        {&maintained, .time = 23, .survival = .6136364, .std_err = .1526323, .n_risk = 7, .n_event = 1},
        {&maintained, .time = 31, .survival = .4909091, .std_err = .1641933, .n_risk = 5, .n_event = 1},
        {&maintained, .time = 48, .survival = .1840909, .std_err = .1534927, .n_risk = 2, .n_event = 1},
        {&lung, .time = 180, .survival = .72167065, .std_err = .029812419, .n_risk = 160, .n_event = 1},
        {&lung, .time = 365, .survival = .40924162, .std_err = .035823638, .n_risk = 65},
        {&by_hand, .time = 1, .survival = 6.0 / 7, .std_err = .132260014, .n_risk = 7, .n_event = 1, .n_censor = 1},
        {&by_hand, .time = 6, .survival = 18.0 / 35, .std_err = .203869277, .n_risk = 5, .n_event = 2},
        {&by_hand, .time = 9, .survival = 9.0 / 35, .std_err = .208451181, .n_risk = 2, .n_event = 1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_km *km = fit(cases[i].data, OA_KM_LOGLOG, .95, false);
        oa_km_step got = oa_km_survival(km, cases[i].time);
        assert_close_in(cases[i].data->name, got.time, cases[i].time, 0, 0);
        assert_close_in(cases[i].data->name, got.survival, cases[i].survival, 0, 5.1e-8);
        assert_close_in(cases[i].data->name, got.std_err, cases[i].std_err, 0, 5.1e-8);
        assert_int_equal(got.n_risk, cases[i].n_risk);
        assert_int_equal(got.n_event, cases[i].n_event);
        assert_int_equal(got.n_censor, cases[i].n_censor);
        oa_km_free(km);
    }
}

static void test_REQ_STATS_008_limits_golden(void **state) {
    (void)state;
    static const struct {
        const data_set *data;
        oa_km_conf conf;
        double time, lower, upper;
    } cases[] = {
        {&six_mp, OA_KM_PLAIN, .time = 6, .lower = .70747931, .upper = 1},
        {&six_mp, OA_KM_LOG, .time = 6, .lower = .71981708, .upper = 1},
        {&six_mp, OA_KM_LOGLOG, .time = 6, .lower = .61971796, .upper = .95155175},
        {&six_mp, OA_KM_PLAIN, .time = 13, .lower = .48084310, .upper = .89954906},
        {&six_mp, OA_KM_LOG, .time = 13, .lower = .50961310, .upper = .93476920},
        {&six_mp, OA_KM_LOGLOG, .time = 13, .lower = .43161022, .upper = .84906596},
        {&six_mp, OA_KM_PLAIN, .time = 23, .lower = .18438486, .upper = .71197368},
        {&six_mp, OA_KM_LOG, .time = 23, .lower = .24878823, .upper = .80737205},
        {&six_mp, OA_KM_LOGLOG, .time = 23, .lower = .18805201, .upper = .68014263},
        {&maintained, OA_KM_PLAIN, .time = 24, .lower = .3144825, .upper = .9127902},
        {&maintained, OA_KM_LOG, .time = 24, .lower = .3768671, .upper = .9991576},
        {&maintained, OA_KM_LOGLOG, .time = 24, .lower = .2657520, .upper = .8352992},
        {&camis, OA_KM_LOGLOG, .time = 80, .lower = .3287166, .upper = .8919490},
        {&camis, OA_KM_LOGLOG, .time = 100, .lower = .1836056, .upper = .7531741},
        {&camis, OA_KM_LOGLOG, .time = 118, .lower = .1836056, .upper = .7531741},
        {&lung, OA_KM_PLAIN, .time = 365, .lower = .339028584, .upper = .47945467},
        {&lung, OA_KM_LOG, .time = 365, .lower = .344721582, .upper = .48583760},
        {&lung, OA_KM_LOGLOG, .time = 365, .lower = .338714269, .upper = .47838077},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_km *km = fit(cases[i].data, cases[i].conf, .95, false);
        oa_km_step got = oa_km_survival(km, cases[i].time);
        assert_close_in(cases[i].data->name, got.lower, cases[i].lower, 0, 5.1e-8);
        assert_close_in(cases[i].data->name, got.upper, cases[i].upper, 0, 5.1e-8);
        oa_km_free(km);
    }
}

static void test_REQ_STATS_009_quantiles_golden(void **state) {
    (void)state;
    static const struct {
        const data_set *data;
        oa_km_conf conf;
        double p, estimate, lower, upper;
        bool reverse;
    } cases[] = {
        {&six_mp, OA_KM_PLAIN, .p = .5, .estimate = 23, .lower = 13, .upper = NONE},
        {&six_mp, OA_KM_LOG, .p = .5, .estimate = 23, .lower = 16, .upper = NONE},
        {&six_mp, OA_KM_LOGLOG, .p = .5, .estimate = 23, .lower = 13, .upper = NONE},
        {&six_mp, OA_KM_PLAIN, .p = .25, .estimate = 13, .lower = 6, .upper = 23},
        {&six_mp, OA_KM_LOG, .p = .25, .estimate = 13, .lower = 6, .upper = NONE},
        {&six_mp, OA_KM_LOGLOG, .p = .25, .estimate = 13, .lower = 6, .upper = 22},
        {&six_mp, OA_KM_LOGLOG, .p = .5, .estimate = 25, .lower = 11, .upper = 32, .reverse = true},
        {&maintained, OA_KM_PLAIN, .p = .5, .estimate = 31, .lower = 18, .upper = 48},
        {&maintained, OA_KM_LOG, .p = .5, .estimate = 31, .lower = 18, .upper = NONE},
        {&maintained, OA_KM_LOGLOG, .p = .5, .estimate = 31, .lower = 13, .upper = NONE},
        {&lung, OA_KM_PLAIN, .p = .5, .estimate = 310, .lower = 284, .upper = 361},
        {&lung, OA_KM_LOG, .p = .5, .estimate = 310, .lower = 285, .upper = 363},
        {&lung, OA_KM_LOGLOG, .p = .5, .estimate = 310, .lower = 284, .upper = 361},
        {&lung, OA_KM_LOGLOG, .p = .25, .estimate = 170, .lower = 144, .upper = 194},
        {&lung, OA_KM_LOGLOG, .p = .75, .estimate = 550, .lower = 457, .upper = 643},
        {&lung, OA_KM_LOGLOG, .p = .5, .estimate = 588, .lower = 511, .upper = 821, .reverse = true},
        {&ovarian, OA_KM_LOGLOG, .p = .5, .estimate = 638, .lower = 431, .upper = NONE},
        {&ovarian, OA_KM_LOG, .p = .25, .estimate = 365, .lower = 268, .upper = NONE},
        {&ovarian, OA_KM_LOG, .p = .75, .estimate = NONE, .lower = NONE, .upper = NONE},
        {&camis, OA_KM_LOGLOG, .p = .25, .estimate = 77, .lower = 54, .upper = NONE},
        {&camis, OA_KM_LOGLOG, .p = .5, .estimate = 102.5, .lower = 54, .upper = NONE},
        {&aml, OA_KM_LOG, .p = .5, .estimate = 161, .lower = 45, .upper = NONE, .reverse = true},
        {&by_hand, OA_KM_LOG, .p = 1.0 / 14, .estimate = 1, .lower = 1, .upper = NONE},
        {&by_hand, OA_KM_LOG, .p = 1.0 / 7, .estimate = 3.5, .lower = 1, .upper = NONE},
        {&by_hand, OA_KM_LOG, .p = 1.0 / 3, .estimate = 6, .lower = 1, .upper = NONE},
        {&by_hand, OA_KM_LOG, .p = .5, .estimate = 9, .lower = 6, .upper = NONE},
        {&by_hand, OA_KM_LOG, .p = 26.0 / 35, .estimate = 9.5, .lower = 6, .upper = NONE},
        {&by_hand, OA_KM_LOG, .p = .9, .estimate = NONE, .lower = 9, .upper = NONE},
        {&one_to_four, OA_KM_LOG, .p = 1, .estimate = 4, .lower = NONE, .upper = NONE},
        {&one_to_four, OA_KM_LOG, .p = 0, .estimate = NONE, .lower = NONE, .upper = NONE},
        {&one_to_four, OA_KM_LOG, .p = 1.5, .estimate = NONE, .lower = NONE, .upper = NONE},
        {&one_to_four, OA_KM_LOG, .p = NONE, .estimate = NONE, .lower = NONE, .upper = NONE},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_km *km = fit(cases[i].data, cases[i].conf, .95, cases[i].reverse);
        oa_interval got = oa_km_quantile(km, cases[i].p);
        char name[64];
        snprintf(name, sizeof name, "%s, case %zu", cases[i].data->name, i);
        assert_close_in(name, got.estimate, cases[i].estimate, 0, 0);
        assert_close_in(name, got.lower, cases[i].lower, 0, 0);
        assert_close_in(name, got.upper, cases[i].upper, 0, 0);
        oa_km_free(km);
    }
}

static void test_REQ_STATS_010_plateau(void **state) {
    (void)state;
    /* 1 - 0.7 is not 0.3 in doubles; the plateau is there all the same */
    DATA(inexact, 1, 1, 1, -2, -2, -2, -2, -2, -2, -5);
    static const struct {
        const data_set *data;
        double p, estimate;
    } cases[] = {
        {&one_to_four, .p = .5, .estimate = 2.5},       {&one_to_four, .p = .25, .estimate = 1.5},
        {&two_then_censored, .p = .5, .estimate = 3},   {&two_then_censored, .p = .25, .estimate = 1.5},
        {&camis, .p = .5, .estimate = 102.5},           {&inexact, .p = .3, .estimate = 3},
        {&by_hand, .p = 1.0 / 7, .estimate = 3.5},      {&by_hand, .p = 1.0 / 7 + 1e-8, .estimate = 3.5},
        {&by_hand, .p = 1.0 / 7 + 2e-8, .estimate = 6}, {&by_hand, .p = 1.0 / 7 - 2e-8, .estimate = 1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_km *km = fit(cases[i].data, OA_KM_LOGLOG, .95, false);
        assert_close_in(cases[i].data->name, oa_km_quantile(km, cases[i].p).estimate, cases[i].estimate, 0, 0);
        oa_km_free(km);
    }
}

static void test_REQ_STATS_011_rounding_ties(void **state) {
    (void)state;
    DATA(sum, 0.1 + 0.2, 0.3, 0.5, -1);
    DATA(years, 30 / 365.25, 30 / 365.25 * (1 + 0x1p-52), -2, 0.1);
    DATA(chain, 1, 1 + 1e-8, 1 + 2e-8, 1 + 3e-8, -2); /* each is tied with the next, so all with the first */
    DATA(apart, 1, 1 + 3e-8, 1 + 6e-8, -1.5);
    DATA(large, 1e9, 1e9 + 10, 1e9 + 40, -1e9);
    DATA(tiny, 1e-9, 2e-9, 3e-9, -4e-9);
    static const struct {
        const data_set *data;
        size_t steps;
        double time, survival;
    } cases[] = {
        {&sum, .steps = 3, .time = .3, .survival = .5},    {&years, .steps = 3, .time = 30 / 365.25, .survival = .5},
        {&chain, .steps = 2, .time = 1, .survival = .2},   {&apart, .steps = 4, .time = 1, .survival = .75},
        {&large, .steps = 2, .time = 1e9, .survival = .5}, {&tiny, .steps = 1, .time = 1e-9, .survival = .25},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_km *km = fit(cases[i].data, OA_KM_LOGLOG, .95, false);
        assert_int_equal(oa_km_steps(km), cases[i].steps);
        assert_close_in(cases[i].data->name, oa_km_step_at(km, 0).time, cases[i].time, 0, 0);
        assert_close_in(cases[i].data->name, oa_km_step_at(km, 0).survival, cases[i].survival, 0, 1e-15);
        assert_true(isnan(oa_km_step_at(km, cases[i].steps).time));
        oa_km_free(km);
    }
    oa_km *km = fit(&sum, OA_KM_LOGLOG, .95, false);
    assert_close(oa_km_survival(km, 0.1 + 0.2).survival, .5, 0, 0); /* a time asked for is tied likewise */
    assert_close(oa_km_survival(km, 0.5 - 1e-16).survival, .25, 0, 0);
    oa_km_free(km);
    km = fit(&chain, OA_KM_LOGLOG, .95, false); /* the end of a run belongs to it */
    assert_int_equal(oa_km_survival(km, 1 + 3e-8).n_risk, 5);
    assert_int_equal(oa_km_survival(km, 1 + 6e-8).n_risk, 1);
    oa_km_free(km);
    km = fit(&tiny, OA_KM_LOGLOG, .95, false);
    assert_close(oa_km_survival(km, 4e-9).survival, .25, 0, 0);
    oa_km_free(km);
}

static void test_REQ_STATS_012_events_before_censorings(void **state) {
    (void)state;
    DATA(censored_first, -1, 1, -2, 2, 3);
    oa_km *km = fit(&censored_first, OA_KM_LOGLOG, .95, false);
    assert_close(oa_km_step_at(km, 0).survival, 4.0 / 5, 0, 1e-16);
    assert_close(oa_km_step_at(km, 1).survival, 4.0 / 5 * 2 / 3, 0, 1e-16);
    assert_int_equal(oa_km_subjects(km), 5);
    assert_int_equal(oa_km_events(km), 3);
    oa_km_free(km);
}

static void test_REQ_STATS_013_reverse(void **state) {
    (void)state;
    static const struct {
        double time, survival;
        int n_risk, n_event, n_censor;
    } cases[] = {
        /* naive R gives .9523810 .8333333 .5384615 */
        {.time = 6, .survival = .9444444, .n_risk = 21, .n_event = 1, .n_censor = 3},
        {.time = 10, .survival = .8221726, .n_risk = 15, .n_event = 1, .n_censor = 1},
        {.time = 20, .survival = .5312500, .n_risk = 8, .n_event = 1, .n_censor = 0},
    };
    oa_km *km = fit(&six_mp, OA_KM_LOGLOG, .95, true);
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_km_step got = oa_km_survival(km, cases[i].time);
        assert_close(got.survival, cases[i].survival, 0, 5.1e-8);
        assert_int_equal(got.n_risk, cases[i].n_risk);
        assert_int_equal(got.n_event, cases[i].n_event);
        assert_int_equal(got.n_censor, cases[i].n_censor);
    }
    assert_int_equal(oa_km_events(km), 12);
    oa_km_free(km);
    km = fit(&all_tied, OA_KM_LOGLOG, .95, true); /* two events leave, then both of the others are censored */
    assert_close(oa_km_step_at(km, 0).survival, 0, 0, 0);
    oa_km_free(km);
    km = fit(&all_at_once, OA_KM_LOGLOG, .95, true); /* nobody is left to be censored */
    assert_close(oa_km_step_at(km, 0).survival, 1, 0, 0);
    oa_km_free(km);
}

static void test_REQ_STATS_014_zero_is_zero(void **state) {
    (void)state;
    DATA(late_event, 1, -2, 3, -4, 5, -6, 7);
    static const data_set *const sets[] = {&one_to_four, &late_event, &one_event, &all_at_once};
    for (size_t i = 0; i < COUNT(sets); i++) {
        for (int conf = OA_KM_LOGLOG; conf < OA_KM_CONFS; conf++) {
            oa_km *km = fit(sets[i], (oa_km_conf)conf, .95, false);
            const oa_km_step last = oa_km_step_at(km, oa_km_steps(km) - 1);
            assert_true(last.survival <= 0 && !signbit(last.survival));
            assert_true(isnan(last.std_err) && isnan(last.lower) && isnan(last.upper));
            oa_km_free(km);
        }
    }
    oa_km *km = fit(&one_censored, OA_KM_LOGLOG, .95, false); /* log(-log 1) does not exist */
    assert_true(isnan(oa_km_step_at(km, 0).lower) && isnan(oa_km_step_at(km, 0).upper));
    assert_close(oa_km_step_at(km, 0).std_err, 0, 0, 0);
    oa_km_free(km);
    km = fit(&one_censored, OA_KM_LOG, .95, false);
    assert_close(oa_km_step_at(km, 0).lower, 1, 0, 0);
    oa_km_free(km);
}

static void test_REQ_STATS_015_survival_at_any_time(void **state) {
    (void)state;
    static const struct {
        const data_set *data;
        double time, survival;
        int n_risk, n_event, n_censor;
    } cases[] = {
        {&by_hand, .time = -1, .survival = 1, .n_risk = 7},
        {&by_hand, .time = 0, .survival = 1, .n_risk = 7},
        {&by_hand, .time = 1, .survival = 6.0 / 7, .n_risk = 7, .n_event = 1, .n_censor = 1},
        {&by_hand, .time = 2, .survival = 6.0 / 7, .n_risk = 5},
        {&by_hand, .time = 8, .survival = 18.0 / 35, .n_risk = 3, .n_censor = 1},
        {&by_hand, .time = 9.5, .survival = 9.0 / 35, .n_risk = 1},
        {&by_hand, .time = 10, .survival = 9.0 / 35, .n_risk = 1, .n_censor = 1},
        {&by_hand, .time = 10.001, .survival = NONE},
        {&by_hand, .time = (double)INFINITY, .survival = NONE},
        {&by_hand, .time = NONE, .survival = NONE},
        {&one_to_four, .time = 4, .survival = 0, .n_risk = 1, .n_event = 1},
        {&one_to_four, .time = 5, .survival = 0},
        {&all_censored, .time = 2.5, .survival = 1, .n_risk = 1},
        {&all_censored, .time = 3.5, .survival = NONE},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_km *km = fit(cases[i].data, OA_KM_PLAIN, .95, false);
        oa_km_step got = oa_km_survival(km, cases[i].time);
        char name[64];
        snprintf(name, sizeof name, "%s at %g", cases[i].data->name, cases[i].time);
        assert_close_in(name, got.time, cases[i].time, 0, 0);
        assert_close_in(name, got.survival, cases[i].survival, 1e-15, 0);
        assert_true(isnan(got.lower) == !(got.survival > 0));
        assert_int_equal(got.n_risk, cases[i].n_risk);
        assert_int_equal(got.n_event, cases[i].n_event);
        assert_int_equal(got.n_censor, cases[i].n_censor);
        oa_km_free(km);
    }
}

/* A fixed stream of numbers in [0, 1): Knuth's linear congruential generator. */
static double next_uniform(uint64_t *seed) {
    *seed = *seed * 6364136223846793005U + 1442695040888963407U;
    return (double)(*seed >> 11) * 0x1p-53;
}

static void assert_same_curve(const oa_km *one, const oa_km *other) {
    assert_int_equal(oa_km_steps(one), oa_km_steps(other));
    for (size_t i = 0; i < oa_km_steps(one); i++) {
        assert_close(oa_km_step_at(one, i).survival, oa_km_step_at(other, i).survival, 0, 0);
        assert_close(oa_km_step_at(one, i).lower, oa_km_step_at(other, i).lower, 0, 0);
    }
}

static void assert_shape(const oa_km *km, const oa_km *wider) {
    double before = 1;
    int64_t left = oa_km_subjects(km);
    for (size_t i = 0; i < oa_km_steps(km); i++) {
        const oa_km_step step = oa_km_step_at(km, i);
        assert_int_equal(step.n_risk, left);
        left -= step.n_event + step.n_censor;
        assert_true(step.n_event > 0 ? step.survival < before : !(step.survival < before));
        before = step.survival;
        if (!isnan(step.lower)) {
            assert_true(0 <= step.lower && step.lower <= step.survival);
            assert_true(step.survival <= step.upper && step.upper <= 1);
            assert_true(oa_km_step_at(wider, i).lower <= step.lower);
            assert_true(oa_km_step_at(wider, i).upper >= step.upper);
        }
    }
    assert_int_equal(left, 0);
}

static void test_REQ_STATS_016_shape(void **state) {
    (void)state;
    uint64_t seed = 131;
    for (int round = 0; round < 600; round++) {
        double times[60];
        double turned[60];
        data_set data = {"random", 1 + (size_t)(next_uniform(&seed) * 59), times};
        for (size_t i = 0; i < data.n; i++) {
            double time = 1 + floor(next_uniform(&seed) * (round % 2 ? 12 : 1e6));
            times[i] = next_uniform(&seed) < .4 ? -time : time;
            turned[data.n - 1 - i] = times[i];
        }
        data_set back = {"random", data.n, turned};
        oa_km_conf conf = (oa_km_conf)(round % OA_KM_NONE);
        oa_km *km = fit(&data, conf, .9, false);
        oa_km *wider = fit(&data, conf, .95, false);
        oa_km *other = fit(&back, conf, .9, false);
        assert_shape(km, wider);
        assert_same_curve(km, other);
        oa_km_free(km);
        oa_km_free(wider);
        oa_km_free(other);
    }
}

static void test_REQ_STATS_017_refuses(void **state) {
    (void)state;
    static const oa_km_options usual = {.conf = OA_KM_LOGLOG, .level = .95};
    static const oa_km_options percent = {.conf = OA_KM_LOGLOG, .level = 95};
    static const oa_km_options no_level = {.conf = OA_KM_LOGLOG, .level = NONE};
    static const oa_km_options unknown = {.conf = OA_KM_CONFS, .level = .95};
    static const struct {
        const oa_km_options *options;
        double time;
        size_t n;
    } cases[] = {
        {&usual, .time = 1, .n = 0},    {&usual, .time = -1, .n = 2},
        {&usual, .time = NONE, .n = 2}, {&usual, .time = (double)INFINITY, .n = 2},
        {&percent, .time = 1, .n = 2},  {&no_level, .time = 1, .n = 2},
        {&unknown, .time = 1, .n = 2},  {NULL, .time = -1e-300, .n = 2},
    };
    static const bool event[] = {true, true};
    for (size_t i = 0; i < COUNT(cases); i++) {
        double time[] = {2, cases[i].time};
        oa_diag *diag = oa_diag_new();
        assert_null(oa_km_fit(time, event, cases[i].n, cases[i].options, diag));
        assert_null(oa_km_fit_reverse(time, event, cases[i].n, cases[i].options, NULL));
        assert_int_equal(oa_diag_count(diag), 1);
        assert_int_equal(oa_diag_get(diag, 0)->code, OA_VALUE);
        assert_int_equal(oa_diag_status(diag), 2);
        oa_diag_free(diag);
    }
    oa_km_free(NULL);
}

static void test_REQ_STATS_018_share_of_survivors(void **state) {
    (void)state;
    enum { SUBJECTS = 100000 };
    double *time = malloc(SUBJECTS * sizeof *time);
    bool *event = malloc(SUBJECTS * sizeof *event);
    assert_true(time && event);
    for (size_t i = 0; i < SUBJECTS; i++) {
        time[i] = (double)((i * 7919) % SUBJECTS) + 1; /* 1 to n, shuffled */
        event[i] = true;
    }
    oa_km *km = oa_km_fit(time, event, SUBJECTS, NULL, NULL);
    assert_non_null(km);
    assert_int_equal(oa_km_steps(km), SUBJECTS);
    for (size_t i = 0; i < SUBJECTS; i++) {
        double share = (double)(SUBJECTS - 1 - i) / SUBJECTS;
        const oa_km_step step = oa_km_step_at(km, i);
        assert_close(step.survival, share, 2.3e-16, 0);
        if (share > 0) { /* Greenwood's sum telescopes to the binomial standard error */
            assert_close(step.std_err, sqrt(share * (1 - share) / SUBJECTS), 1e-11, 0);
        }
    }
    assert_close(oa_km_quantile(km, .5).estimate, SUBJECTS / 2 + .5, 0, 0);
    oa_km_free(km);
    free(time);
    free(event);
}

static void test_REQ_STATS_019_degenerate(void **state) {
    (void)state;
    DATA(huge, 1e308, 1.2e308, 1.7e308, -1.7e308);
    static const struct {
        const data_set *data;
        size_t steps;
        double survival, median;
    } cases[] = {
        {&one_event, .steps = 1, .survival = 0, .median = 5},
        {&one_censored, .steps = 1, .survival = 1, .median = NONE},
        {&all_censored, .steps = 3, .survival = 1, .median = NONE},
        {&all_tied, .steps = 1, .survival = .5, .median = 2},
        {&all_at_once, .steps = 1, .survival = 0, .median = 2},
        {&at_zero, .steps = 3, .survival = .25, .median = 1.5},
        {&huge, .steps = 3, .survival = .25, .median = 1.45e308},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (int conf = OA_KM_LOGLOG; conf < OA_KM_CONFS; conf++) {
            oa_km *km = fit(cases[i].data, (oa_km_conf)conf, .95, false);
            const char *name = cases[i].data->name;
            assert_int_equal(oa_km_steps(km), cases[i].steps);
            assert_close_in(name, oa_km_step_at(km, cases[i].steps - 1).survival, cases[i].survival, 0, 0);
            assert_close_in(name, oa_km_quantile(km, .5).estimate, cases[i].median, 1e-15, 0);
            oa_km_free(km);
        }
    }
}

static void test_REQ_STATS_021_rising_limit(void **state) {
    (void)state;
    /* The upper log limit is .4580 from 17 on, .4598 from 19 on: below one half since 17.  print(survfit) says 17,
     * quantile(survfit) 19. */
    DATA(rising, 1, 2, 3, 4, 5, 6, 7, 8, -9, 10, 11, 12, 13, 14, 15, 16, 17, -18, 19, 20);
    oa_km *km = fit(&rising, OA_KM_LOG, .95, false);
    assert_true(oa_km_survival(km, 17).upper < oa_km_survival(km, 19).upper);
    assert_close(oa_km_quantile(km, .5).upper, 17, 0, 0);
    oa_km_free(km);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_STATS_007_survival_golden),
        cmocka_unit_test(test_REQ_STATS_008_limits_golden),
        cmocka_unit_test(test_REQ_STATS_009_quantiles_golden),
        cmocka_unit_test(test_REQ_STATS_010_plateau),
        cmocka_unit_test(test_REQ_STATS_011_rounding_ties),
        cmocka_unit_test(test_REQ_STATS_012_events_before_censorings),
        cmocka_unit_test(test_REQ_STATS_013_reverse),
        cmocka_unit_test(test_REQ_STATS_014_zero_is_zero),
        cmocka_unit_test(test_REQ_STATS_015_survival_at_any_time),
        cmocka_unit_test(test_REQ_STATS_016_shape),
        cmocka_unit_test(test_REQ_STATS_017_refuses),
        cmocka_unit_test(test_REQ_STATS_018_share_of_survivors),
        cmocka_unit_test(test_REQ_STATS_019_degenerate),
        cmocka_unit_test(test_REQ_STATS_021_rising_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
