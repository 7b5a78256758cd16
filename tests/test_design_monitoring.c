/*
 * test_design_monitoring.c - designs by predictive and posterior probability, BOP2 and toxicity, against published rows and
 * those of ph2bayes, phase1b, BOP2FE, clinfun and stoppingrule.
 *
 *   REQ-DESIGN-101  conditional power and predictive probability of the rest of a trial
 *   REQ-DESIGN-102  Lee and Liu's designs
 *   REQ-DESIGN-103  P(E > S + d) and Thall and Simon's boundaries
 *   REQ-DESIGN-104  BOP2, with a stop for efficacy: exact where BOP2FE simulates
 *   REQ-DESIGN-105  BOP2 with toxicity
 *   REQ-DESIGN-106  toxicity boundaries with their exact probabilities of crossing
 *   REQ-DESIGN-107  what makes no sense is refused
 */
#include "design_checks.h"

#include <onearm/monitoring.h>

typedef struct step {
    int32_t x, n;
} step;

/* Looks 1, 2, ... as steps: `x/first` says that x stops from n = first on (futility) */
static void assert_lower_steps(const char *which, const oa_boundary *b, const step *steps, size_t count) {
    for (size_t i = 0; i < b->count; i++) {
        int32_t want = -1;
        for (size_t k = 0; k < count; k++) {
            want = steps[k].n <= b->looks[i].n && steps[k].x > want ? steps[k].x : want;
        }
        if (b->looks[i].lower != want) {
            print_error("%s: %d of %d stop, not %d\n", which, b->looks[i].lower, b->looks[i].n, want);
            fail();
        }
    }
}

static void assert_upper(const char *which, const oa_look *look, int32_t want) {
    want = want <= look->n ? want : look->n + 1;
    if (look->upper != want) {
        print_error("%s: %d or more of %d stop, not %d\n", which, look->upper, look->n, want);
        fail();
    }
}

/* x/last, as clinfun has it: more than x stop up to n = last. */
static void assert_upper_until(const char *which, const oa_boundary *b, const step *steps, size_t count) {
    for (size_t i = 0; i < b->count; i++) {
        size_t k = 0;
        while (k < count && steps[k].n < b->looks[i].n) {
            k++;
        }
        assert_upper(which, &b->looks[i], k < count ? steps[k].x + 1 : b->looks[i].n + 1);
    }
}

/* x/first, as ph2bayes and stoppingrule do: x or more stop from n = first on. */
static void assert_upper_from(const char *which, const oa_boundary *b, const step *steps, size_t count) {
    for (size_t i = 0; i < b->count; i++) {
        int32_t want = b->looks[i].n + 1;
        for (size_t k = 0; k < count && steps[k].n <= b->looks[i].n; k++) {
            want = steps[k].x;
        }
        assert_upper(which, &b->looks[i], want);
    }
}

static int32_t every_look[1000];

/* from..to in steps */
static oa_schedule looks_from(int32_t from, int32_t to, int32_t by) {
    oa_schedule s = {every_look, 0};
    for (int32_t n = from; n <= to; n += by) {
        every_look[s.count++] = n;
    }
    return s;
}

/* ---- the rest of a trial ----------------------------------------------------------------------------------------- */

static void test_REQ_DESIGN_101_predictive(void **state) {
    (void)state;
    /* Lee, Liu 2008, p. 97: 16 of 23, 40 in all, P(p > 0.6) > 0.9 from 28 on */
    oa_look last = {40, 27, 28};
    oa_beta prior = {0.6, 0.4};
    double value;
    assert_true(oa_boundary_predictive(&(oa_boundary){&last, 1}, 23, 16, &prior, &value, NULL));
    assert_printed("predictive probability", value, 0.5655589, 7);
    /* at the end, and with a stage of futility before */
    oa_look two[2] = {{18, 2, 19}, {35, 6, 7}};
    oa_boundary simon = {two, 2};
    assert_true(oa_boundary_conditional_power(&simon, 0, 0, 0.3, &value, NULL));
    oa_oc oc;
    assert_true(oa_boundary_oc(&simon, 0.3, &oc, NULL, NULL));
    assert_close_in("power", value, oc.efficacy, 0, 1e-13);
    assert_true(oa_boundary_conditional_power(&simon, 18, 2, 0.3, &value, NULL));
    assert_true(value == 0);
    assert_true(oa_boundary_conditional_power(&simon, 35, 7, 0.3, &value, NULL));
    assert_true(value == 1);
    /* 5 of 18: two or more of 17 are wanted */
    assert_true(oa_boundary_conditional_power(&simon, 18, 5, 0.1, &value, NULL));
    assert_close_in("two of 17", value, 1 - pow(0.9, 17) - 17 * 0.1 * pow(0.9, 16), 0, 1e-13);
    /* past the first look the look is no more */
    assert_true(oa_boundary_conditional_power(&simon, 34, 6, 0.1, &value, NULL));
    assert_close_in("one more", value, 0.1, 0, 1e-13);
    assert_false(oa_boundary_conditional_power(&simon, 36, 6, 0.1, &value, NULL));
    assert_false(oa_boundary_conditional_power(&simon, 5, 6, 0.1, &value, NULL));
    assert_false(oa_boundary_conditional_power(&simon, 5, 2, 1.1, &value, NULL));
    assert_false(oa_boundary_predictive(&simon, 5, 2, &(oa_beta){0, 1}, &value, NULL));
}

/* ---- Lee, Liu ---------------------------------------------------------------------------------------------------- */

static const oa_lee_liu each_from_10 = {{0.2, 0.8}, 10, 1};

static void test_REQ_DESIGN_102_lee_liu_search(void **state) {
    (void)state;
    static const step paper[] = {{0, 10}, {1, 17}, {2, 21}, {3, 24}, {4, 27}, {5, 29},
                                 {6, 31}, {7, 33}, {8, 34}, {9, 35}, {10, 36}};
    oa_problem p = problem_of(0.2, 0.4, 0.1, 0.1);
    oa_designs *designs = oa_design_lee_liu(&p, &each_from_10, NULL);
    const oa_design *d = need(designs, "lee-liu");
    assert_int_equal(d->boundary.looks[d->boundary.count - 1].n, 36);
    assert_lower_steps("n = 36", &d->boundary, paper, COUNT(paper));
    assert_printed("alpha", d->at_p0.efficacy, .08777926, 8);
    assert_printed("power", d->at_p1.efficacy, .9061815, 7);
    assert_printed("PET", d->at_p0.early, .85711647, 8);
    assert_printed("EN", d->at_p0.expected_n, 27.66766809, 8);
    assert_string_equal(d->thresholds[0].name, "futility");
    assert_true(d->thresholds[0].from < 0.001 && d->thresholds[0].to >= 0.001);
    assert_string_equal(d->thresholds[1].name, "final"); /* the same for each from .852 to .922, not .851, not .923 */
    assert_true(d->thresholds[1].from > .851 && d->thresholds[1].from <= .852);
    assert_true(d->thresholds[1].to > .922 && d->thresholds[1].to <= .923);
    const oa_design *optimal = need(designs, "optimal");
    const oa_design *minimax = need(designs, "minimax");
    assert_int_equal(minimax->boundary.looks[minimax->boundary.count - 1].n, 36);
    assert_true(minimax->at_p0.expected_n < d->at_p0.expected_n);
    assert_true(optimal->at_p0.expected_n < minimax->at_p0.expected_n);
    assert_true(optimal->at_p0.efficacy <= 0.1 && optimal->at_p1.efficacy >= 0.9);
    oa_designs_free(designs);
}

static void test_REQ_DESIGN_102_lee_liu_given(void **state) {
    (void)state;
    static const step at_37[] = {{0, 10}, {1, 13}, {2, 18}, {3, 21}, {4, 25}, {5, 28},
                                 {6, 30}, {7, 33}, {8, 35}, {9, 36}, {10, 37}};
    static const struct {
        const char *which;
        oa_lee_liu_thresholds t;
        double alpha, power, pet, en;
    } cases[] = {
        {"the paper's n = 36", {36, .001, .9, 1}, .0878, .9062, .8571, 27.6677},
        {"its lowest final threshold", {36, .001, .852, 1}, .0878, .9062, .8571, 27.6677},
        {"its highest", {36, .001, .922, 1}, .0878, .9062, .8571, 27.6677},
        {"n = 37", {37, .011, .9, 1}, .09951384, .9163856, .84526, 25.13417},
        {"final .851 is 9/36", {36, .001, .851, 1}, .1656, (double)NAN, (double)NAN, (double)NAN},
        {"final .923 is 11/36", {36, .001, .923, 1}, (double)NAN, .8350, (double)NAN, (double)NAN},
    };
    oa_problem p = problem_of(0.2, 0.4, 0.1, 0.1);
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_designs *designs = oa_design_lee_liu_at(&p, &each_from_10, &cases[i].t, NULL);
        const oa_design *d = need(designs, "given");
        double want[] = {cases[i].alpha, cases[i].power, cases[i].pet, cases[i].en};
        double got[] = {d->at_p0.efficacy, d->at_p1.efficacy, d->at_p0.early, d->at_p0.expected_n};
        for (size_t k = 0; k < COUNT(want); k++) {
            if (!isnan(want[k])) {
                assert_printed(cases[i].which, got[k], want[k], 4);
            }
        }
        if (cases[i].t.n == 37) {
            assert_lower_steps(cases[i].which, &d->boundary, at_37, COUNT(at_37));
        }
        oa_designs_free(designs);
    }
}

/* ph2bayes gives boundaries and no error rates. */
static void test_REQ_DESIGN_102_boundaries_of_ph2bayes_with_error_rates(void **state) {
    (void)state;
    static const step futility[] = {{0, 4},  {1, 8},  {2, 11},  {3, 14},  {4, 17},  {5, 20},  {6, 22},  {7, 25},
                                    {8, 27}, {9, 29}, {10, 32}, {11, 34}, {12, 36}, {13, 37}, {14, 39}, {15, 40}};
    static const step superiority[] = {{3, 3},   {4, 4},   {5, 5},   {6, 8},   {7, 10},  {8, 12},  {9, 14},
                                       {10, 17}, {11, 19}, {12, 22}, {13, 25}, {14, 28}, {15, 31}, {16, 35}};
    oa_problem p = problem_of(0.3, 0.5, 0.1, 0.1);
    oa_lee_liu rule = {{0.6, 1.4}, 1, 1};
    oa_designs *designs = oa_design_lee_liu_at(&p, &rule, &(oa_lee_liu_thresholds){40, .05, .85, 1}, NULL);
    const oa_design *d = need(designs, "given");
    assert_lower_steps("futility", &d->boundary, futility, COUNT(futility));
    assert_true(d->at_p0.efficacy > 0 && d->at_p0.efficacy < 1);
    oa_designs_free(designs);
    designs = oa_design_lee_liu_at(&p, &rule, &(oa_lee_liu_thresholds){40, .05, .85, .95}, NULL);
    assert_upper_from("superiority", &need(designs, "given")->boundary, superiority, COUNT(superiority));
    oa_designs_free(designs);
}

/* ---- Thall, Simon ------------------------------------------------------------------------------------------------ */

static double superiority(double ae, double be, double as, double bs, double gain) {
    double value = (double)NAN;
    assert_true(oa_beta_superiority(&(oa_beta){ae, be}, &(oa_beta){as, bs}, gain, &value, NULL));
    return value;
}

/* Whole a_E: sum over i < a_E of B(a_S + i, b_S + b_E) / ((b_E + i) B(1 + i, b_E) B(a_S, b_S)). */
static double closed_form(int ae, double be, double as, double bs) {
    double sum = 0;
    for (int i = 0; i < ae; i++) {
        sum += exp(lgamma(as + i) + lgamma(bs + be) - lgamma(as + bs + be + i) - log(be + i) + lgamma(1 + i + be) -
                   lgamma(1 + i) - lgamma(be) - lgamma(as) - lgamma(bs) + lgamma(as + bs));
    }
    return sum;
}

static void test_REQ_DESIGN_103_superiority(void **state) {
    (void)state;
    static const double parameters[] = {0.1, 0.6, 1, 2.5, 15, 400};
    static const int wholes[] = {1, 2, 7, 30};
    assert_printed("6 of 40", superiority(.6 + 6, 1.4 + 34, 15, 35, 0), .04752173, 8);
    assert_printed("7 of 40", superiority(.6 + 7, 1.4 + 33, 15, 35, 0), .08633288, 8);
    for (size_t i = 0; i < COUNT(parameters); i++) {
        for (size_t j = 0; j < COUNT(parameters); j++) {
            for (size_t k = 0; k < COUNT(parameters); k++) {
                for (size_t w = 0; w < COUNT(wholes); w++) {
                    double want = closed_form(wholes[w], parameters[i], parameters[j], parameters[k]);
                    double got = superiority(wholes[w], parameters[i], parameters[j], parameters[k], 0);
                    assert_close_in("closed form", got, want, 0, 1e-12);
                }
                double sum = superiority(parameters[i], parameters[j], parameters[k], 2, 0) +
                             superiority(parameters[k], 2, parameters[i], parameters[j], 0);
                assert_close_in("E > S or S > E", sum, 1, 0, 1e-12);
            }
        }
    }
    /* against a uniform S: E[(E - d)+], of Beta(2, 1): 2/3 - d + d^3/3 */
    for (double d = 0; d < 1; d += 0.07) {
        assert_close_in("uniform standard", superiority(2, 1, 1, 1, d), 2.0 / 3 - d + d * d * d / 3, 0, 1e-13);
        /* both uniform: (1 - d)^2 / 2 */
        assert_close_in("both uniform", superiority(1, 1, 1, 1, d), (1 - d) * (1 - d) / 2, 0, 1e-13);
    }
}

static oa_thall_simon thall_simon(oa_schedule schedule, double futility, double efficacy) {
    return (oa_thall_simon){.prior = {0.6, 1.4},
                            .standard = {15, 35},
                            .futility = futility,
                            .efficacy = efficacy,
                            .final = futility,
                            .schedule = schedule};
}

static void test_REQ_DESIGN_103_boundaries_of_ph2bayes(void **state) {
    (void)state;
    static const step futility[] = {{0, 6}, {1, 13}, {2, 18}, {3, 24}, {4, 29}, {5, 35}, {6, 40}};
    static const step efficacy[] = {{3, 3},   {4, 4},   {5, 6},   {6, 8},   {7, 10},  {8, 13},
                                    {9, 15},  {10, 17}, {11, 19}, {12, 22}, {13, 24}, {14, 26},
                                    {15, 29}, {16, 31}, {17, 34}, {18, 36}, {19, 38}};
    oa_problem p = problem_of(0.3, 0.5, 0.1, 0.1);
    oa_thall_simon rule = thall_simon(looks_from(1, 40, 1), .05, 1);
    oa_designs *designs = oa_design_thall_simon(&p, &rule, NULL);
    assert_lower_steps("futility", &need(designs, "thall-simon")->boundary, futility, COUNT(futility));
    oa_designs_free(designs);
    rule = thall_simon(looks_from(1, 38, 1), 0, .95);
    rule.final = .95;
    designs = oa_design_thall_simon(&p, &rule, NULL);
    const oa_design *d = need(designs, "thall-simon");
    assert_upper_from("efficacy", &d->boundary, efficacy, COUNT(efficacy));
    oa_designs_free(designs);
}

/* A standard rate with 100000 subjects behind it is a known one, or nearly. */
static void test_REQ_DESIGN_103_known_standard_rate(void **state) {
    (void)state;
    oa_problem p = problem_of(0.3, 0.5, 0.1, 0.1);
    oa_thall_simon known = thall_simon(looks_from(5, 40, 5), .05, .95);
    known.standard = (oa_beta){0, 0};
    known.standard_rate = 0.3;
    known.gain = 0.05;
    oa_thall_simon nearly = known;
    nearly.standard = (oa_beta){3e4, 7e4};
    oa_designs *a = oa_design_thall_simon(&p, &known, NULL);
    oa_designs *b = oa_design_thall_simon(&p, &nearly, NULL);
    const oa_boundary *boundary = &need(a, "thall-simon")->boundary;
    assert_looks("known", need(b, "thall-simon"), boundary->looks, boundary->count);
    oa_designs_free(a);
    oa_designs_free(b);
}

/* ---- BOP2 -------------------------------------------------------------------------------------------------------- */

static void test_REQ_DESIGN_104_bop2(void **state) {
    (void)state;
    static const struct {
        double p0, p1, alpha;
        int32_t looks[8], futility[8];
        size_t count;
        double type_one, power, en;
    } cases[] = {
        {.2, .4, .10, {10, 15, 20, 25, 30, 35, 40}, {1, 2, 4, 5, 7, 9, 10}, 7, .09742842, .8814871, 20.29265},
        {.2, .4, .05, {10, 15, 20, 25, 30, 35, 40}, {1, 2, 4, 5, 7, 9, 12}, 7, .03732793, .8282351, (double)NAN},
        {.1, .3, .05, {10, 20, 30}, {0, 2, 6}, 3, .02461914, .826049, 19.49921},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_problem p = problem_of(cases[i].p0, cases[i].p1, cases[i].alpha, .2);
        oa_bop2 rule = {.schedule = {cases[i].looks, cases[i].count}};
        oa_designs *designs = oa_design_bop2(&p, &rule, NULL);
        const oa_design *d = need(designs, "bop2");
        for (size_t k = 0; k < cases[i].count; k++) {
            assert_int_equal(d->boundary.looks[k].lower, cases[i].futility[k]);
        }
        assert_printed("alpha", d->at_p0.efficacy, cases[i].type_one, 8);
        assert_printed("power", d->at_p1.efficacy, cases[i].power, 6);
        if (!isnan(cases[i].en)) {
            assert_printed("EN", d->at_p0.expected_n, cases[i].en, 5);
        }
        /* what it says of itself gives it again */
        rule.lambda = d->thresholds[0].from;
        rule.gamma = d->thresholds[1].from;
        oa_designs *again = oa_design_bop2(&p, &rule, NULL);
        assert_looks("again", need(again, "bop2"), d->boundary.looks, d->boundary.count);
        oa_designs_free(again);
        oa_designs_free(designs);
    }
}

/* Its README reports 0.095, 0.883 and 20.06 from 1000 simulated trials. */
static void test_REQ_DESIGN_104_error_rates_that_BOP2FE_simulates(void **state) {
    (void)state;
    static const oa_look readme[] = {{10, 1, 6},  {15, 2, 8},  {20, 3, 9},  {25, 5, 10},
                                     {30, 7, 10}, {35, 9, 11}, {40, 11, 12}};
    oa_boundary boundary = {readme, COUNT(readme)};
    oa_oc null;
    oa_oc alternative;
    assert_true(oa_boundary_oc(&boundary, .2, &null, NULL, NULL));
    assert_true(oa_boundary_oc(&boundary, .4, &alternative, NULL, NULL));
    assert_printed("alpha", null.efficacy, .09090443, 8);
    assert_printed("power", alternative.efficacy, .88419564, 8);
    assert_printed("EN(p0)", null.expected_n, 20.27000, 5);
    assert_printed("EN(p1)", alternative.expected_n, 22.29411, 5);
    /* with alpha exact there is power to gain */
    static const int32_t looks[] = {10, 15, 20, 25, 30, 35, 40};
    oa_problem p = problem_of(.2, .4, .1, .2);
    oa_designs *designs =
        oa_design_bop2(&p, &(oa_bop2){.schedule = {looks, COUNT(looks)}, .efficacy_stop = true}, NULL);
    const oa_design *d = need(designs, "bop2");
    assert_true(d->at_p0.efficacy <= .1 && d->at_p1.efficacy > alternative.efficacy);
    oa_designs_free(designs);
}

/* ---- BOP2 with toxicity ------------------------------------------------------------------------------------------ */

static const int32_t four_looks[] = {10, 20, 30, 40};

static oa_bop2_toxicity with_toxicity(void) {
    return (oa_bop2_toxicity){.response0 = .2,
                              .response1 = .4,
                              .toxicity0 = .4,
                              .toxicity1 = .2,
                              .phi = 1,
                              .alpha = .05,
                              .schedule = {four_looks, COUNT(four_looks)}};
}

static void test_REQ_DESIGN_105_bop2_toxicity(void **state) {
    (void)state;
    oa_bop2_toxicity problem = with_toxicity();
    oa_bop2_toxicity_answer a;
    oa_joint_look looks[4];
    assert_true(oa_design_bop2_toxicity(&problem, looks, &a, NULL));
    assert_true(a.null.accept <= .05 && a.good.accept > a.poor_response.accept && a.good.accept > a.toxic.accept);
    assert_true(a.null.accept < a.poor_response.accept && a.null.accept < a.toxic.accept);
    /* its limits are Beta tails of the rule */
    for (size_t k = 0; k < 4; k++) {
        int32_t n = looks[k].n;
        double limit = a.lambda * pow(n / 40.0, a.gamma);
        oa_look last = {1, 0, 1};
        double next; /* of one subject more: the mean, a check of nothing but the prior */
        assert_true(oa_boundary_predictive(&(oa_boundary){&last, 1}, 0, 0, &(oa_beta){.2, .8}, &next, NULL));
        assert_close_in("prior mean", next, .2, 0, 1e-13);
        assert_true(limit > 0 && looks[k].response < n && looks[k].toxicity > 0);
    }
    /* given again, the same */
    oa_bop2_toxicity given = problem;
    oa_joint_look again[4];
    oa_bop2_toxicity_answer b;
    given.lambda = a.lambda;
    given.gamma = a.gamma;
    assert_true(oa_design_bop2_toxicity(&given, again, &b, NULL));
    assert_memory_equal(looks, again, sizeof looks);
    assert_true(a.good.accept == b.good.accept);
}

/* Without a limit for toxicity it is a boundary, and without any odds two of them. */
static void test_REQ_DESIGN_105_margins(void **state) {
    (void)state;
    static const oa_joint_look response_only[] = {{10, 1, 11}, {20, 4, 21}, {30, 7, 31}};
    static const oa_joint_look toxicity_only[] = {{10, -1, 5}, {20, -1, 8}, {30, -1, 11}};
    static const oa_look by_response[] = {{10, 1, 11}, {20, 4, 21}, {30, 7, 8}};
    static const oa_look by_toxicity[] = {{10, -1, 5}, {20, -1, 8}, {30, 10, 11}};
    oa_oc oc;
    oa_joint_oc joint;
    for (double phi = 0.25; phi < 10; phi *= 4) {
        assert_true(oa_joint_at(response_only, 3, .3, .4, phi, &joint, NULL));
        assert_true(oa_boundary_oc(&(oa_boundary){by_response, 3}, .3, &oc, NULL, NULL));
        assert_close_in("accept", joint.accept, oc.efficacy, 0, 1e-13);
        assert_close_in("early", joint.early, oc.early, 0, 1e-13);
        assert_close_in("n", joint.expected_n, oc.expected_n, 0, 1e-13);
        assert_true(oa_joint_at(toxicity_only, 3, .3, .4, phi, &joint, NULL));
        assert_true(oa_boundary_oc(&(oa_boundary){by_toxicity, 3}, .4, &oc, NULL, NULL));
        assert_close_in("accept", joint.accept, oc.futility, 0, 1e-13);
        assert_close_in("early", joint.early, oc.early, 0, 1e-13);
        assert_close_in("n", joint.expected_n, oc.expected_n, 0, 1e-13);
    }
}

/* One subject who responds without toxicity: pR - P(both).  With ever smaller odds P(both) falls to pR + pT - 1, or 0. */
static void test_REQ_DESIGN_105_small_odds(void **state) {
    (void)state;
    static const oa_joint_look one = {1, 0, 1};
    static const struct {
        double response, toxicity, phi, both;
    } cases[] = {
        {.8, .7, 1e-6, .50000011999985},
        {.8, .7, 1e-9, .50000000012},
        {.8, .7, 1e-15, .5},
        {.8, .7, 1e-100, .5},
        {.8, .7, 1e-300, .5},
        {.7, .8, 1e-300, .5},
        {1, .7, 1e-300, .7},
        {1, 0, 1e-300, 0},
        {.5, .5, 1e-300, 0},
        {.2, .3, 1e-300, 0},
        {1, 1, 1e-300, 1},
        {.8, .7, 1, .56},
    };
    oa_joint_oc oc;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_true(oa_joint_at(&one, 1, cases[i].response, cases[i].toxicity, cases[i].phi, &oc, NULL));
        assert_close_in("both", cases[i].response - oc.accept, cases[i].both, 0, 1e-14);
    }
}

/* ---- toxicity ---------------------------------------------------------------------------------------------------- */

static void test_REQ_DESIGN_106_toxicity_of_clinfun(void **state) {
    (void)state;
    static const int32_t four[] = {20, 40, 60, 75};
    oa_problem p = problem_of(.2, .35, .1, .1);
    oa_designs *designs = oa_design_toxicity(&p, &(oa_toxicity){.schedule = {four, 4}, .threshold = (double)NAN}, NULL);
    const oa_design *high = need(designs, "within");
    const oa_design *low = need(designs, "beyond");
    static const int32_t wants[2][4] = {{7, 12, 17, 21}, {7, 12, 17, 20}};
    for (size_t k = 0; k < 4; k++) {
        assert_int_equal(high->boundary.looks[k].upper, wants[0][k] + 1);
        assert_int_equal(low->boundary.looks[k].upper, wants[1][k] + 1);
    }
    assert_printed("high, .2", high->at_p0.efficacy, .088, 3);
    assert_printed("high, .35", high->at_p1.efficacy, .911, 3);
    assert_printed("low, .2", low->at_p0.efficacy, .101, 3);
    assert_printed("low, .35", low->at_p1.efficacy, .935, 3);
    assert_printed("ESS", low->at_p0.expected_n, 72.0, 1);
    assert_printed("ESS", low->at_p1.expected_n, 39.9, 1);
    oa_designs_free(designs);

    static const step low_30[] = {{1, 3}, {2, 8}, {3, 13}, {4, 20}, {5, 26}, {6, 30}};
    static const step high_30[] = {{1, 3}, {2, 8}, {3, 13}, {4, 19}, {5, 26}, {6, 30}};
    p = problem_of(.1, .3, .1, .1);
    designs = oa_design_toxicity(&p, &(oa_toxicity){.schedule = looks_from(2, 30, 1), .threshold = (double)NAN}, NULL);
    high = need(designs, "within");
    low = need(designs, "beyond");
    assert_upper_until("low", &low->boundary, low_30, COUNT(low_30));
    assert_upper_until("high", &high->boundary, high_30, COUNT(high_30));
    assert_printed("low, .1", low->at_p0.efficacy, .10020246, 8);
    assert_printed("low, .3", low->at_p1.efficacy, .90067603, 8);
    assert_printed("low ESS", low->at_p0.expected_n, 28.108370, 6);
    assert_printed("low ESS", low->at_p1.expected_n, 12.605270, 6);
    assert_printed("high, .1", high->at_p0.efficacy, .097413023, 9);
    assert_printed("high, .3", high->at_p1.efficacy, .898296638, 9);
    assert_printed("high ESS", high->at_p0.expected_n, 28.145982, 6);
    assert_printed("high ESS", high->at_p1.expected_n, 12.710031, 6);
    oa_designs_free(designs);
}

static void test_REQ_DESIGN_106_toxicity_by_power(void **state) {
    (void)state;
    static const step low[] = {{1, 4}, {2, 10}, {3, 16}, {4, 23}, {5, 25}};
    static const step high[] = {{1, 4}, {2, 10}, {3, 16}, {4, 22}, {5, 25}};
    oa_problem p = problem_of(.1, .3, .1, .1);
    oa_toxicity rule = {.schedule = looks_from(2, 25, 1), .by_power = true, .threshold = (double)NAN};
    oa_designs *designs = oa_design_toxicity(&p, &rule, NULL);
    const oa_design *within = need(designs, "within");
    const oa_design *beyond = need(designs, "beyond");
    assert_upper_until("low", &within->boundary, low, COUNT(low));
    assert_upper_until("high", &beyond->boundary, high, COUNT(high));
    assert_printed("low, .1", within->at_p0.efficacy, .146, 3);
    assert_printed("low, .3", within->at_p1.efficacy, .902, 3);
    assert_printed("high, .1", beyond->at_p0.efficacy, .140, 3);
    assert_printed("high, .3", beyond->at_p1.efficacy, .893, 3);
    oa_designs_free(designs);
}

static void test_REQ_DESIGN_106_toxicity_of_stoppingrule(void **state) {
    (void)state;
    static const step pocock[] = {{3, 2},   {4, 5},   {5, 7},   {6, 10},  {7, 13},  {8, 17},  {9, 20}, {10, 24},
                                  {11, 27}, {12, 31}, {13, 35}, {14, 39}, {15, 42}, {16, 46}, {17, 50}};
    static const step posterior[] = {{3, 2}, {4, 5}, {5, 7}, {6, 11}, {7, 14}, {8, 18}, {9, 21}, {10, 25}, {11, 29}};
    oa_problem p = problem_of(.2, .4, .1, .1);
    oa_designs *designs =
        oa_design_toxicity(&p, &(oa_toxicity){.schedule = looks_from(1, 50, 1), .threshold = (double)NAN}, NULL);
    const oa_design *d = need(designs, "within");
    assert_upper_from("Pocock", &d->boundary, pocock, COUNT(pocock));
    assert_printed("crossing at .2", d->at_p0.efficacy, .09977254, 8);
    assert_printed("crossing at .4", d->at_p1.efficacy, .9268415, 7);
    assert_true(d->thresholds[0].from <= .02975775 && d->thresholds[0].to >= .02975774);
    oa_designs_free(designs);
    oa_toxicity rule = {
        .rule = OA_POSTERIOR, .prior = {.6, 2.4}, .schedule = looks_from(1, 30, 1), .threshold = (double)NAN};
    designs = oa_design_toxicity(&p, &rule, NULL);
    d = need(designs, "within");
    assert_upper_from("posterior", &d->boundary, posterior, COUNT(posterior));
    assert_true(fabs(d->thresholds[0].from - .9630823) < 1e-6 && d->thresholds[0].to > .9630823);
    assert_printed("crossing at .2", d->at_p0.efficacy, .09957367, 8);
    assert_printed("crossing at .4", d->at_p1.efficacy, .8149109, 7);
    oa_designs_free(designs);
    rule = (oa_toxicity){
        .rule = OA_WANG_TSIATIS, .delta = .25, .schedule = looks_from(1, 50, 1), .threshold = (double)NAN};
    designs = oa_design_toxicity(&p, &rule, NULL);
    d = need(designs, "within");
    assert_true(d->thresholds[0].from <= 1.818464 && d->thresholds[0].to >= 1.818463);
    assert_printed("crossing at .2", d->at_p0.efficacy, .09993617, 8);
    assert_printed("crossing at .4", d->at_p1.efficacy, .9506947, 7);
    oa_designs_free(designs);
}

/* ---- what makes no sense ----------------------------------------------------------------------------------------- */

static void test_REQ_DESIGN_107_refused(void **state) {
    (void)state;
    oa_problem p = problem_of(.2, .4, .1, .1);
    oa_lee_liu no_prior = {{0, 1}, 10, 1};
    oa_lee_liu no_step = {{.2, .8}, 10, 0};
    oa_schedule falling = {(const int32_t[]){10, 10}, 2};
    oa_schedule none = {NULL, 0};
    oa_thall_simon rule = thall_simon(looks_from(10, 40, 10), .05, 1);
    assert_null(oa_design_lee_liu(&p, &no_prior, NULL));
    assert_null(oa_design_lee_liu(&p, &no_step, NULL));
    assert_null(oa_design_lee_liu_at(&p, &each_from_10, &(oa_lee_liu_thresholds){36, 5, .9, 1}, NULL));
    assert_null(oa_design_lee_liu_at(&p, &each_from_10, &(oa_lee_liu_thresholds){36, .96, .9, .95}, NULL));
    assert_null(oa_design_lee_liu_at(&p, &each_from_10, &(oa_lee_liu_thresholds){10, .1, .9, 1}, NULL));
    rule.standard = (oa_beta){.01, 1};
    assert_null(oa_design_thall_simon(&p, &rule, NULL));
    rule.standard = (oa_beta){0, 0};
    rule.standard_rate = 1;
    assert_null(oa_design_thall_simon(&p, &rule, NULL));
    rule.standard_rate = .3;
    rule.gain = .8;
    assert_null(oa_design_thall_simon(&p, &rule, NULL));
    assert_null(oa_design_bop2(&p, &(oa_bop2){.schedule = falling}, NULL));
    assert_null(oa_design_bop2(&p, &(oa_bop2){.schedule = none}, NULL));
    assert_null(oa_design_bop2(&p, &(oa_bop2){.schedule = looks_from(10, 20, 10), .lambda = -1}, NULL));
    assert_null(oa_design_toxicity(
        &p, &(oa_toxicity){.rule = OA_POSTERIOR, .schedule = looks_from(1, 9, 1), .threshold = (double)NAN}, NULL));
    assert_null(oa_design_toxicity(&p, &(oa_toxicity){.schedule = looks_from(1, 9, 1), .threshold = 5}, NULL));
    oa_problem swapped = problem_of(.4, .2, .1, .1);
    assert_null(oa_design_bop2(&swapped, &(oa_bop2){.schedule = looks_from(10, 20, 10)}, NULL));
    oa_bop2_toxicity joint = with_toxicity();
    oa_bop2_toxicity_answer a;
    oa_joint_look looks[4];
    joint.alpha = 5;
    assert_false(oa_design_bop2_toxicity(&joint, looks, &a, NULL));
    joint = with_toxicity();
    joint.toxicity1 = .5;
    assert_false(oa_design_bop2_toxicity(&joint, looks, &a, NULL));
    joint = with_toxicity();
    joint.phi = 0;
    assert_false(oa_design_bop2_toxicity(&joint, looks, &a, NULL));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_DESIGN_101_predictive),
        cmocka_unit_test(test_REQ_DESIGN_102_lee_liu_search),
        cmocka_unit_test(test_REQ_DESIGN_102_lee_liu_given),
        cmocka_unit_test(test_REQ_DESIGN_102_boundaries_of_ph2bayes_with_error_rates),
        cmocka_unit_test(test_REQ_DESIGN_103_superiority),
        cmocka_unit_test(test_REQ_DESIGN_103_boundaries_of_ph2bayes),
        cmocka_unit_test(test_REQ_DESIGN_103_known_standard_rate),
        cmocka_unit_test(test_REQ_DESIGN_104_bop2),
        cmocka_unit_test(test_REQ_DESIGN_104_error_rates_that_BOP2FE_simulates),
        cmocka_unit_test(test_REQ_DESIGN_105_bop2_toxicity),
        cmocka_unit_test(test_REQ_DESIGN_105_margins),
        cmocka_unit_test(test_REQ_DESIGN_105_small_odds),
        cmocka_unit_test(test_REQ_DESIGN_106_toxicity_of_clinfun),
        cmocka_unit_test(test_REQ_DESIGN_106_toxicity_by_power),
        cmocka_unit_test(test_REQ_DESIGN_106_toxicity_of_stoppingrule),
        cmocka_unit_test(test_REQ_DESIGN_107_refused),
    };
    return cmocka_run_group_tests_name("design_monitoring", tests, NULL, NULL);
}
