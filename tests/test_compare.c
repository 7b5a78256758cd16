/*
 * test_compare.c - tests of survival: log-rank, Cox, one-sample log-rank, cumulative incidence, against numbers of R 4.2.2
 * (survival 3.5-3), cmprsk and exact fractions, and properties.  Agreement on random data is in tests/r/compare.R.
 *
 *   REQ-CMP-001  log-rank: published statistics, observed and expected
 *   REQ-CMP-002  log-rank: names of groups and order of rows do not matter; strata are compared within
 *   REQ-CMP-003  Cox: coefficients and tests of R, Efron and Breslow
 *   REQ-CMP-004  Cox: without ties the score test of a binary covariate is the log-rank test
 *   REQ-CMP-005  Cox: an infinite or undefined hazard ratio is refused with a message
 *   REQ-CMP-006  one-sample log-rank: shipped data of OneArm2stage, exact p and limits, left truncation
 *   REQ-CMP-007  cumulative incidence: both variances, exact fractions, intervals
 *   REQ-CMP-008  bad input is refused with a message
 */
#include "close.h"

#include <onearm/stats.h>

#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { AML = 23 };
/* R. G. Miller, Survival Analysis (1981): weeks in remission of AML, 11 maintained and then 12 not. */
static const double aml_time[AML] = {9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161, 5,
                                     5, 8,  8,  12, 16, 23, 27, 30, 33, 43, 45};
static const bool aml_event[AML] = {1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1};

static int aml_group(size_t i) {
    return i >= 11;
}

static void refused_with(bool done, oa_diag *diag, const char *word) {
    assert_false(done);
    assert_int_equal(oa_diag_errors(diag), 1);
    if (!strstr(oa_diag_get(diag, 0)->text, word)) {
        print_error("'%s' does not say '%s'\n", oa_diag_get(diag, 0)->text, word);
        fail();
    }
    oa_diag_free(diag);
}

static void test_REQ_CMP_001_logrank_golden(void **state) {
    (void)state;
    static const struct {
        double rho, statistic, p;
    } cases[] = {{0, 3.39638869898, 0.0653393220405}, {1, 2.7792795447518, 0.0954911154065}};
    int group[AML];
    for (size_t i = 0; i < AML; i++) {
        group[i] = aml_group(i);
    }
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_logrank_options options = {.rho = cases[i].rho};
        oa_logrank_group groups[2];
        oa_chi_square test;
        assert_true(oa_logrank(aml_time, aml_event, group, AML, 2, &options, groups, &test, NULL));
        assert_close(test.statistic, cases[i].statistic, 1e-9, 0);
        assert_close(test.p_value, cases[i].p, 1e-8, 0);
        assert_int_equal(test.df, 1);
        assert_int_equal(groups[0].n, 11);
        assert_int_equal(groups[0].n_event, 7);
        assert_int_equal(groups[1].n_event, 11);
        assert_close(groups[0].observed - groups[0].expected, groups[1].expected - groups[1].observed, 0, 1e-12);
    }
}

static void test_REQ_CMP_002_logrank_properties(void **state) {
    (void)state;
    double time[2 * AML];
    bool event[2 * AML];
    int group[2 * AML];
    int stratum[2 * AML];
    for (size_t i = 0; i < AML; i++) { /* backwards, groups renamed, with a group of nobody between */
        time[i] = aml_time[AML - 1 - i];
        event[i] = aml_event[AML - 1 - i];
        group[i] = aml_group(AML - 1 - i) ? 0 : 2;
        time[AML + i] = 7 * time[i];
        event[AML + i] = event[i];
        group[AML + i] = group[i];
        stratum[i] = 41;
        stratum[AML + i] = -3;
    }
    oa_logrank_group groups[3];
    oa_chi_square once;
    oa_chi_square twice;
    oa_logrank_options options = {.stratum = stratum};
    assert_true(oa_logrank(time, event, group, AML, 3, NULL, groups, &once, NULL));
    assert_close(once.statistic, 3.39638869898, 1e-9, 0);
    assert_int_equal(once.df, 1);
    assert_int_equal(groups[1].n, 0);
    /* each stratum adds the same (O - E) and V, whatever its unit of time */
    assert_true(oa_logrank(time, event, group, 2 * AML, 3, &options, groups, &twice, NULL));
    assert_close(twice.statistic, 2 * once.statistic, 1e-12, 0);
}

static void test_REQ_CMP_003_cox_golden(void **state) {
    (void)state;
    static const struct {
        oa_cox_ties ties;
        double coefficient, std_err, likelihood_ratio, wald, score;
    } cases[] = {
        {OA_COX_EFRON, 0.915532575015, 0.511934275172, 3.38444733260, 3.19829992216, 3.41673439552},
        {OA_COX_BRESLOW, 0.904219723686, 0.512247907304, 3.296019094210, 3.115929094484, 3.322561416273},
    };
    bool in_group[AML];
    double x[AML];
    for (size_t i = 0; i < AML; i++) {
        in_group[i] = aml_group(i);
        x[i] = aml_group(i);
    }
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_cox_options options = {.ties = cases[i].ties, .level = .95};
        oa_cox fit;
        oa_cox_term term;
        oa_cox_term ratio;
        assert_true(oa_cox_fit(aml_time, aml_event, x, AML, 1, &options, &fit, &term, NULL));
        assert_close(term.coefficient, cases[i].coefficient, 1e-8, 0);
        assert_close(term.std_err, cases[i].std_err, 1e-8, 0);
        assert_close(fit.likelihood_ratio.statistic, cases[i].likelihood_ratio, 1e-8, 0);
        assert_close(fit.wald.statistic, cases[i].wald, 1e-8, 0);
        assert_close(fit.score.statistic, cases[i].score, 1e-8, 0);
        assert_int_equal(fit.n_event, 18);
        assert_true(oa_hazard_ratio(aml_time, aml_event, in_group, AML, &options, &ratio, NULL));
        assert_close(ratio.hazard_ratio.estimate, exp(term.coefficient), 1e-14, 0);
        assert_close(ratio.hazard_ratio.upper, exp(term.coefficient + 1.959963984540054 * term.std_err), 1e-12, 0);
    }
}

static void test_REQ_CMP_004_score_is_logrank(void **state) {
    (void)state;
    double time[AML];
    double x[AML];
    int group[AML];
    for (size_t i = 0; i < AML; i++) {
        time[i] = aml_time[i] + (double)i / 100; /* no ties */
        group[i] = aml_group(i);
        x[i] = 1e6 + 3 * aml_group(i); /* place and unit do not matter */
    }
    oa_logrank_group groups[2];
    oa_chi_square logrank;
    oa_cox fit;
    oa_cox_term term;
    assert_true(oa_logrank(time, aml_event, group, AML, 2, NULL, groups, &logrank, NULL));
    assert_true(oa_cox_fit(time, aml_event, x, AML, 1, NULL, &fit, &term, NULL));
    assert_close(fit.score.statistic, logrank.statistic, 1e-11, 0);
}

static void test_REQ_CMP_005_infinite_hazard_ratio(void **state) {
    (void)state;
    static const double time[] = {1, 2, 3, 4, 5, 6, 7, 8};
    static const struct {
        const char *name;
        int terms;
        bool event[8];
        double x[16];
        const char *word;
    } cases[] = {
        {"one group has no events", 1, {1, 1, 1, 0, 0, 0, 0, 0}, {1, 1, 1, 1, 0, 0, 0, 0}, "infinite"},
        {"the other group has none", 1, {1, 1, 1, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 1, 1, 1, 1}, "infinite"},
        {"a covariate that orders all", 1, {1, 1, 1, 1, 1, 1, 1, 1}, {8, 7, 6, 5, 4, 3, 2, 1}, "infinite"},
        {"a constant", 1, {1, 1, 1, 1, 1, 1, 1, 1}, {3, 3, 3, 3, 3, 3, 3, 3}, "the same"},
        {"all at risk at the only event are alike", 1, {0, 0, 0, 0, 0, 0, 1, 0}, {1, 2, 1, 2, 1, 2, 1, 1}, "the same"},
        {"twice the same",
         2,
         {1, 1, 1, 1, 1, 1, 1, 1},
         {1, 2, 0, 0, 1, 2, 0, 0, 1, 2, 0, 0, 1, 2, 1, 2},
         "combination"},
        {"one of two is infinite",
         2,
         {1, 1, 1, 0, 0, 0, 0, 0},
         {1, 0, 1, 1, 1, 0, 1, 1, 0, 1, 0, 0, 0, 1, 0, 0},
         "infinite"},
        {"no events", 1, {0}, {1, 1, 1, 1, 0, 0, 0, 0}, "event"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_cox fit;
        oa_cox_term terms[2];
        oa_diag *diag = oa_diag_new();
        bool done = oa_cox_fit(time, cases[i].event, cases[i].x, 8, cases[i].terms, NULL, &fit, terms, diag);
        if (done) {
            print_error("%s: coefficient %g\n", cases[i].name, terms[0].coefficient);
        }
        refused_with(done, diag, cases[i].word);
    }
}

/* cran/OneArm2stage, inst/extdata/kj1_final.csv: its LRT() prints O 18, E 16.3598, Z -0.4055. */
static const double kj_time[] = {
    2.83082554731518, 3.74257450605371,  2.77399786112498,  3.86630201730897, 2.93228939305991, 5.14524135480079,
    2.24979579459248, 2.69988571479917,  0.335234278915977, 2.15614145211875, 1.08423050711848, 0.646361578278078,
    1.15861388110161, 0.678458249568055, 3.73744001250737,  2.90916601438075, 2.29258440171486, 1.23129460176501,
    0.50491830059268, 5.49551617680117,  1.96716344016368,  2.11258876707932, 4.87164697112756, 3.69129913969483,
    4.48035145897649, 2.85212989039719};
static const bool kj_event[] = {0, 1, 1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 0, 1, 1, 0};

static void test_REQ_CMP_006_one_sample(void **state) {
    (void)state;
    oa_reference reference = {.cumulative = -log(.62), .time = 2, .shape = 1};
    oa_one_sample r;
    assert_true(oa_one_sample_logrank(kj_time, kj_event, NULL, COUNT(kj_time), &reference, .95, &r, NULL));
    assert_int_equal(r.observed, 18);
    assert_int_equal(r.n, 26);
    assert_close(r.expected, 16.3598, 0, 5e-5);
    assert_close(r.z, -0.4055, 0, 5e-5);
    assert_close(r.z_mean, (r.expected - 18) / sqrt((r.expected + 18) / 2), 1e-14, 0);

    /* with a constant hazard, entering at u and leaving at x is being followed for x - u from 0 */
    double entry[COUNT(kj_time)];
    double late[COUNT(kj_time)];
    oa_one_sample shifted;
    for (size_t i = 0; i < COUNT(kj_time); i++) {
        entry[i] = (double)i;
        late[i] = kj_time[i] + (double)i;
    }
    assert_true(oa_one_sample_logrank(late, kj_event, entry, COUNT(kj_time), &reference, .95, &shifted, NULL));
    assert_close(shifted.expected, r.expected, 1e-12, 0);

    static const struct {
        int64_t o;
        double e, lower, upper, less, greater, two_sided, z;
    } exact[] = {
        /* R: poisson.test(o, e); z as OneArm2stage prints it for its other two trials */
        {0, 3, 0, 3.68887945411394 / 3, 0.0497870683678639, 1, 0.0995741367357279, 1.7321},
        {2, 1.7562, 0.13791668292, 4.1138182825, 0.74231920509, 0.524004596134, 1, -.1840},
        {18, 16.0611, 0.66420984742, 1.77122116589, 0.73725831483, 0.346372634492, 0.692745268984, -.4838},
    };
    for (size_t i = 0; i < COUNT(exact); i++) {
        assert_true(oa_event_ratio(exact[i].o, exact[i].e, .95, &r, NULL));
        assert_close(r.z, exact[i].z, 0, 5e-5);
        assert_close(r.ratio.lower, exact[i].lower, 1e-10, 0);
        assert_close(r.ratio.upper, exact[i].upper, 1e-10, 0);
        assert_close(r.p_value[OA_ALT_LESS], exact[i].less, 1e-10, 0);
        assert_close(r.p_value[OA_ALT_GREATER], exact[i].greater, 1e-10, 0);
        assert_close(r.p_value[OA_ALT_TWO_SIDED], exact[i].two_sided, 1e-10, 0);
    }
}

static void test_REQ_CMP_007_cumulative_incidence(void **state) {
    (void)state;
    static const double time[] = {1, 2, 2, 3, 4, 5, 5, 6, 7, 8};
    static const int cause[] = {1, 2, 1, 0, 1, 2, 0, 1, 2, 0};
    static const struct {
        oa_cuminc_variance variance;
        int cause;
        double time, incidence, std_err;
    } cases[] = {
        {OA_CUMINC_JACKKNIFE, 1, 2, .2, .126491106},
        {OA_CUMINC_JACKKNIFE, 2, 2, .1, .0948683298},
        {OA_CUMINC_JACKKNIFE, 1, 4, .31666667, .15250986610},
        {OA_CUMINC_JACKKNIFE, 2, 5, .21666667, .13635465739},
        {OA_CUMINC_JACKKNIFE, 1, 7, .47222222, .17812466158},
        {OA_CUMINC_JACKKNIFE, 2, 7, .37222222, .17370330885},
        {OA_CUMINC_JACKKNIFE, 1, 0.5, 0, 0},
        {OA_CUMINC_DELTA, 1, 2, .2, .133795497},
        {OA_CUMINC_DELTA, 2, 2, .1, .100615392},
        {OA_CUMINC_DELTA, 1, 7, .47222222, .204243541},
        {OA_CUMINC_DELTA, 2, 7, .37222222, .214983474},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_cuminc_options options = {cases[i].variance, OA_CUMINC_LOGLOG, .95};
        oa_cuminc *fit = oa_cuminc_fit(time, cause, 10, 2, &options, NULL);
        assert_non_null(fit);
        oa_cuminc_step step = oa_cuminc_at(fit, cases[i].cause, cases[i].time);
        assert_close(step.incidence.estimate, cases[i].incidence, 0, 5.1e-9);
        assert_close(step.std_err, cases[i].std_err, 2e-8, 0);
        oa_cuminc_free(fit);
    }
    oa_cuminc *fit = oa_cuminc_fit(time, cause, 10, 2, NULL, NULL);
    oa_cuminc_step step = oa_cuminc_at(fit, 2, 7); /* survfit(conf.type = "log-log") */
    assert_close(step.incidence.lower, 0.082616824, 1e-8, 0);
    assert_true(isnan(oa_cuminc_at(fit, 1, 8.5).incidence.estimate));
    assert_int_equal(oa_cuminc_at(fit, 1, 4.5).n_risk, 5);
    oa_cuminc_free(fit);

    /* therneau/survival, tests/testci.R, by hand: 6/7 1/7 0, 18/35 1/7 12/35, 0 1/7 6/7 */
    static const double by_hand_time[] = {1, 2, 2, 3, 3, 3, 5, 6};
    static const int by_hand_cause[] = {0, 1, 0, 2, 0, 2, 0, 2};
    fit = oa_cuminc_fit(by_hand_time, by_hand_cause, 8, 2, NULL, NULL);
    assert_close(oa_cuminc_at(fit, 1, 2).event_free, 6. / 7, 1e-15, 0);
    assert_close(oa_cuminc_at(fit, 1, 2).incidence.estimate, 1. / 7, 1e-15, 0);
    assert_close(oa_cuminc_at(fit, 2, 3).event_free, 18. / 35, 1e-15, 0);
    assert_close(oa_cuminc_at(fit, 2, 3).incidence.estimate, 12. / 35, 1e-15, 0);
    assert_close(oa_cuminc_at(fit, 2, 6).incidence.estimate, 6. / 7, 1e-15, 0);
    assert_close(oa_cuminc_at(fit, 2, 99).incidence.estimate, 6. / 7, 1e-15, 0); /* nobody is left */
    assert_true(oa_cuminc_at(fit, 2, 6).event_free <= 0);
    oa_cuminc_free(fit);

    /* one cause: 1 - Kaplan-Meier */
    int event[AML];
    for (size_t i = 0; i < AML; i++) {
        event[i] = aml_event[i];
    }
    fit = oa_cuminc_fit(aml_time, event, AML, 1, NULL, NULL);
    oa_km *km = oa_km_fit(aml_time, aml_event, AML, NULL, NULL);
    assert_int_equal(oa_cuminc_steps(fit), oa_km_steps(km));
    for (size_t i = 0; i < oa_km_steps(km); i++) {
        const oa_cuminc_step *of_cause = oa_cuminc_step_at(fit, 1, i);
        oa_km_step of_km = oa_km_step_at(km, i);
        assert_close(of_cause->incidence.estimate, 1 - of_km.survival, 1e-14, 0);
        assert_close(of_cause->std_err, of_km.std_err, 1e-12, 0); /* Greenwood is the jackknife */
        assert_int_equal(of_cause->n_risk, of_km.n_risk);
    }
    oa_km_free(km);
    oa_cuminc_free(fit);
}

static void test_REQ_CMP_008_bad_input(void **state) {
    (void)state;
    static const double time[] = {1, 2, 3, 4};
    static const double bad_times[][4] = {{1, -2, 3, 4}, {1, (double)NAN, 3, 4}, {1, (double)INFINITY, 3, 4}};
    static const bool event[] = {1, 0, 1, 1};
    static const bool none[4] = {0};
    static const int group[] = {0, 1, 0, 1};
    static const int strangers[] = {0, 1, 2, -1};
    static const int alone[] = {0, 0, 0, 0};
    static const double x[] = {1, 2, 4, 3};
    static const double same_time[] = {5, 5, 5, 5};
    static const bool all[] = {1, 1, 1, 1};
    oa_logrank_group groups[2];
    oa_chi_square test;
    oa_cox fit;
    oa_cox_term term;
    oa_one_sample one;
    oa_reference reference = {1, 1, 1};
    for (size_t i = 0; i < COUNT(bad_times); i++) {
        oa_diag *diag = oa_diag_new();
        refused_with(oa_logrank(bad_times[i], event, group, 4, 2, NULL, groups, &test, diag), diag, "time 2 of 4");
        diag = oa_diag_new();
        refused_with(oa_cox_fit(bad_times[i], event, x, 4, 1, NULL, &fit, &term, diag), diag, "time 2 of 4");
        diag = oa_diag_new();
        refused_with(oa_one_sample_logrank(bad_times[i], event, NULL, 4, &reference, .95, &one, diag), diag,
                     "time 2 of 4");
        diag = oa_diag_new();
        refused_with(oa_cuminc_fit(bad_times[i], group, 4, 1, NULL, diag), diag, "time 2 of 4");
    }
    oa_diag *diag = oa_diag_new();
    refused_with(oa_logrank(time, event, group, 0, 2, NULL, groups, &test, diag), diag, "no subjects");
    diag = oa_diag_new();
    refused_with(oa_logrank(time, none, group, 4, 2, NULL, groups, &test, diag), diag, "none of the 4");
    diag = oa_diag_new();
    refused_with(oa_logrank(time, event, strangers, 4, 2, NULL, groups, &test, diag), diag, "group 2");
    diag = oa_diag_new();
    refused_with(oa_logrank(time, event, alone, 4, 2, NULL, groups, &test, diag), diag, "only one group");
    diag = oa_diag_new();
    refused_with(oa_logrank(time, event, alone, 4, 1, NULL, groups, &test, diag), diag, "at least two");
    diag = oa_diag_new();
    refused_with(oa_logrank(same_time, all, group, 4, 2, NULL, groups, &test, diag), diag, "no variance");
    diag = oa_diag_new();
    refused_with(oa_logrank(time, event, group, 4, 2, &(oa_logrank_options){.rho = -1}, groups, &test, diag), diag,
                 "rho");
    diag = oa_diag_new();
    refused_with(oa_cox_fit(time, event, x, 4, 0, NULL, &fit, &term, diag), diag, "0 covariates");
    diag = oa_diag_new();
    refused_with(oa_cox_fit(time, event, bad_times[1], 4, 1, NULL, &fit, &term, diag), diag, "not a number");
    diag = oa_diag_new();
    refused_with(oa_cox_fit(time, event, x, 4, 1, &(oa_cox_options){.level = 95}, &fit, &term, diag), diag, "0.95");
    diag = oa_diag_new();
    refused_with(oa_one_sample_logrank(time, event, time, 4, &reference, .95, &one, diag), diag, "enters");
    diag = oa_diag_new();
    refused_with(oa_event_ratio(-1, 3, .95, &one, diag), diag, "-1 events");
    diag = oa_diag_new();
    refused_with(oa_event_ratio(1, 0, .95, &one, diag), diag, "above 0");
    diag = oa_diag_new();
    reference.shape = 0;
    refused_with(oa_one_sample_logrank(time, event, NULL, 4, &reference, .95, &one, diag), diag, "shape");
    diag = oa_diag_new();
    refused_with(oa_cuminc_fit(time, strangers, 4, 2, NULL, diag), diag, "cause -1");
    diag = oa_diag_new();
    refused_with(oa_cuminc_fit(time, group, 4, 65, NULL, diag), diag, "65 causes");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_CMP_001_logrank_golden),
        cmocka_unit_test(test_REQ_CMP_002_logrank_properties),
        cmocka_unit_test(test_REQ_CMP_003_cox_golden),
        cmocka_unit_test(test_REQ_CMP_004_score_is_logrank),
        cmocka_unit_test(test_REQ_CMP_005_infinite_hazard_ratio),
        cmocka_unit_test(test_REQ_CMP_006_one_sample),
        cmocka_unit_test(test_REQ_CMP_007_cumulative_incidence),
        cmocka_unit_test(test_REQ_CMP_008_bad_input),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
