/*
 * test_design_stages.c - designs of several stages, curtailed ones, and those with toxicity, against reference tables: what
 * mtdesign, singlearm and EurosarcBayes give, each recomputed by a second program, and rows recomputed once.
 *
 *   REQ-DESIGN-006  Mander and Thompson's four designs
 *   REQ-DESIGN-007  Chen's and Ensign's three-stage designs
 *   REQ-DESIGN-008  Fleming's boundaries with their exact error rates
 *   REQ-DESIGN-009  curtailed designs: error rates and EN; bolting a stop for efficacy on inflates alpha, and is seen
 *   REQ-DESIGN-010  Bryant and Day's designs
 */
#include "design_checks.h"

/* ---- more stages ------------------------------------------------------------------------------------------------- */

static void test_REQ_DESIGN_006_mander_thompson(void **state) {
    (void)state;
    /* clang-format off */
    static const struct {
        double p0, p1, alpha, beta;
        const char *name;
        int32_t r1, e, n1, r, n;
        double type_one, power, en0, en1; /* UNSAID: not in the table */
    } cases[] = {
        {.1, .3, .05, .2, "H0-optimal", 1, 4, 10, 5, 29, .047287, .805180, 14.98306, 23.30804},
        {.1, .3, .05, .2, "H0-minimax", 2, 4, 19, 5, 24, UNSAID, UNSAID, 20.29681, 20.18000},
        {.1, .3, .05, .2, "H1-optimal", 0, 3, 13, 5, 24, .048639, UNSAID, 20.82818, 17.52008},
        {.1, .3, .05, .2, "H1-minimax", 0, 3, 13, 5, 24, .048639, UNSAID, 20.82818, 17.52008},
        {.2, .4, .05, .2, "H0-optimal", 3, 7, 13, 12, 43, UNSAID, UNSAID, 20.54290, 35.01248},
        {.2, .4, .05, .2, "H0-minimax", 2, 6, 15, 10, 32, UNSAID, UNSAID, 24.92661, 24.90589},
        {.2, .4, .05, .2, "H1-minimax", 2, 6, 15, 10, 32, UNSAID, UNSAID, 24.92661, 24.90589},
        {.2, .4, .05, .2, "H1-optimal", 3, 6, 16, 11, 35, .048406, UNSAID, 23.12896, 24.77852},
        {.05, .25, .05, .2, "H0-optimal", 0, 2, 9, 2, 17, UNSAID, UNSAID, 11.89112, 13.20474},
        {.05, .25, .05, .2, "H1-optimal", 0, 2, 9, 2, 17, UNSAID, UNSAID, 11.89112, 13.20474},
        {.05, .25, .05, .2, "H0-minimax", 0, 2, 12, 2, 16, UNSAID, UNSAID, 13.76029, 13.43599},
        {.1, .3, .05, .1, "H0-optimal", 2, 4, 17, 7, 41, UNSAID, UNSAID, 22.18541, 24.47131},
        {.1, .3, .05, .1, "H0-minimax", 1, 4, 16, 6, 33, UNSAID, UNSAID, 23.96056, 23.20447},
        {.2, .4, .05, .1, "H0-optimal", 5, 9, 22, 15, 54, UNSAID, UNSAID, 30.35907, 39.66801},
        {.2, .4, .05, .1, "H1-optimal", 1, 7, 20, 15, 49, UNSAID, UNSAID, 46.06178, 32.04570},
    };
    /* clang-format on */
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_problem p = problem_of(cases[i].p0, cases[i].p1, cases[i].alpha, cases[i].beta);
        oa_designs *designs = oa_design_mander_thompson(&p, NULL);
        const oa_design *d = need(designs, cases[i].name);
        oa_look looks[2] = {{cases[i].n1, cases[i].r1, cases[i].e + 1}, {cases[i].n, cases[i].r, cases[i].r + 1}};
        assert_looks(cases[i].name, d, looks, 2);
        assert_printed(cases[i].name, d->at_p0.expected_n, cases[i].en0, 5);
        assert_printed(cases[i].name, d->at_p1.expected_n, cases[i].en1, 5);
        if (!isnan(cases[i].type_one)) {
            assert_printed(cases[i].name, d->at_p0.efficacy, cases[i].type_one, 6);
        }
        if (!isnan(cases[i].power)) {
            assert_printed(cases[i].name, d->at_p1.efficacy, cases[i].power, 6);
        }
        oa_designs_free(designs);
    }
}

static void test_REQ_DESIGN_007_three_stage(void **state) {
    (void)state;
    /* clang-format off */
    static const struct {
        bool ensign;
        double p0, p1, alpha, beta;
        int32_t optimal[6], minimax[6]; /* r1 n1 r2 n2 r n */
        double en, pet1, pet, type_one, power, minimax_en;
    } cases[] = {
        {false, .05, .25, .1, .1, {0, 9, 1, 18, 2, 26}, {0, 13, 1, 18, 2, 20}, 13.7805, .6302, .8184, .0962, .9007, 15.8630},
        {true, .05, .25, .1, .1, {0, 9, 1, 18, 2, 26}, {0, 13, 1, 18, 2, 20}, 13.7805, .6302, .8184, .0962, .9007, 15.8630},
        {false, .05, .25, .05, .2, {0, 8, 1, 13, 2, 19}, {0, 12, 1, 15, 2, 16}, 10.4055, .6634, .8796, .0494, .8046, 13.5460},
        {false, .05, .25, .05, .1, {0, 10, 1, 17, 3, 30}, {0, 15, 1, 21, 3, 25}, 15.1644, .5987, .8188, .0459, .9022, 19.2916},
        {false, .1, .3, .1, .1, {0, 10, 2, 19, 4, 26}, {0, 12, 1, 16, 4, 25}, 17.7945, .3487, .7239, .0997, .9006, 19.1048},
        {true, .1, .3, .1, .1, {0, 10, 2, 19, 4, 26}, {0, 12, 1, 16, 4, 25}, 17.7945, .3487, .7239, .0997, .9006, 19.1048},
        {false, .1, .3, .05, .2, {0, 6, 2, 17, 5, 29}, {0, 11, 2, 19, 5, 25}, 13.4414, .5314, .8094, .0469, .8016, 18.1851},
        {false, .1, .3, .05, .1, {1, 13, 3, 23, 7, 45}, {0, 14, 2, 22, 6, 33}, 20.3881, .6213, .8363, .0500, .9017, 24.2536},
        {true, .1, .3, .05, .1, {0, 9, 3, 22, 7, 45}, {0, 14, 2, 22, 6, 33}, 20.6135, .3874, .8413, .0494, .9011, 24.2536},
    };
    /* clang-format on */
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_problem p = problem_of(cases[i].p0, cases[i].p1, cases[i].alpha, cases[i].beta);
        oa_designs *designs = oa_design_three_stage(&p, cases[i].ensign, NULL);
        const int32_t *rows[2] = {cases[i].optimal, cases[i].minimax};
        for (int k = 0; k < 2; k++) {
            const int32_t *r = rows[k];
            oa_look looks[3] = {{r[1], r[0], r[1] + 1}, {r[3], r[2], r[3] + 1}, {r[5], r[4], r[4] + 1}};
            assert_looks(k ? "minimax" : "optimal", need(designs, k ? "minimax" : "optimal"), looks, 3);
        }
        const oa_design *d = need(designs, "optimal");
        oa_oc oc;
        oa_stop stops[3];
        assert_true(oa_boundary_oc(&d->boundary, p.p0, &oc, stops, NULL));
        assert_printed("EN", d->at_p0.expected_n, cases[i].en, 4);
        assert_printed("PET1", stops[0].futility, cases[i].pet1, 4);
        assert_printed("PET", d->at_p0.early, cases[i].pet, 4);
        assert_printed("alpha", d->at_p0.efficacy, cases[i].type_one, 4);
        assert_printed("power", d->at_p1.efficacy, cases[i].power, 4);
        assert_printed("minimax EN", need(designs, "minimax")->at_p0.expected_n, cases[i].minimax_en, 4);
        assert_true(oa_designs_complete(designs));
        oa_designs_free(designs);
    }
}

static void test_REQ_DESIGN_008_fleming(void **state) {
    (void)state;
    static const struct {
        double p0, p1;
        int32_t stages[3];
        size_t count;
        oa_look looks[3];
        double type_one, power, en0, en1;
    } cases[] = {
        {.2, .4, {15, 10}, 2, {{15, 3, 7}, {25, 8, 9}}, .05053529, .7235938, 18.33779, 20.19311},
        {.2, .4, {20, 15, 15}, 3, {{20, 2, 10}, {35, 9, 13}, {50, 15, 16}}, .03283903, .8923019, 33.82029, 34.93547},
        {.3, .5, {20, 15, 15}, 3, {{20, 5, 12}, {35, 12, 17}, {50, 20, 21}}, .04927451, .8867965, 31.64159, 35.50261},
        {.05, .2, {15, 15, 10}, 3, {{15, -1, 4}, {30, 2, 5}, {40, 4, 5}}, .04603684, .9127873, 31.61737, 26.76697},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_problem p = problem_of(cases[i].p0, cases[i].p1, .05, .2);
        oa_designs *designs = oa_design_fleming(&p, cases[i].stages, cases[i].count, NULL);
        const oa_design *d = need(designs, "fleming");
        assert_looks("fleming", d, cases[i].looks, cases[i].count);
        assert_printed("alpha", d->at_p0.efficacy, cases[i].type_one, 8);
        assert_printed("power", d->at_p1.efficacy, cases[i].power, 7);
        assert_printed("EN0", d->at_p0.expected_n, cases[i].en0, 5);
        assert_printed("EN1", d->at_p1.expected_n, cases[i].en1, 5);
        oa_designs_free(designs);
    }
}

static void test_REQ_DESIGN_009_curtailed(void **state) {
    (void)state;
    /* clang-format off */
    static const struct {
        oa_two_stage design;
        double p0, p1;
        struct {
            oa_curtailment how;
            double type_one, en0, power, en1;
        } rows[4];
    } cases[] = {
        {{10, 1, 29, 5}, .1, .3,
         {{{0, 1, false}, .047086, 14.3182, .805063, 26.0988}, {{0, 1, true}, .047086, 14.0681, .805063, 17.1449},
          {{.1, 1, false}, .045694, 13.3932, .798484, 25.8776}, {{.2, 1, false}, .044137, 12.4543, .786073, 25.4751}}},
        {{18, 2, 35, 6}, .1, .3,
         {{{0, 1, false}, .047386, 21.5406, .901596, 33.9376}, {{0, 1, true}, .047386, 21.2736, .901596, 22.0618},
          {{.1, 1, false}, .046180, 20.2709, .897929, 33.8118}, {{.2, 1, false}, .045107, 19.2753, .892705, 33.6386}}},
        {{13, 3, 43, 12}, .2, .4,
         {{{0, 1, false}, .049581, 19.0096, .800214, 37.7899}, {{0, 1, true}, .049581, 18.7649, .800214, 27.8256},
          {{.1, 1, false}, .048508, 17.5902, .795880, 37.5293}, {{.2, 1, false}, .044702, 16.0530, .775525, 36.6649}}},
        {{19, 4, 54, 15}, .2, .4,
         {{{0, 1, false}, .048172, 28.4284, .904468, 51.4834}, {{0, 1, true}, .048172, 28.1775, .904468, 37.6464},
          {{.1, 1, false}, .047164, 26.3141, .902076, 51.3284}, {{.2, 1, false}, .044276, 24.7056, .892883, 50.9238}}},
        {{15, 5, 46, 18}, .3, .5,
         {{{0, 1, false}, .049865, 21.2927, .803206, 41.0861}, {{0, 1, true}, .049865, 21.1057, .803206, 33.2102},
          {{.1, 1, false}, .048988, 19.7543, .799421, 40.8137}, {{.2, 1, false}, .046022, 18.1216, .784465, 40.0887}}},
    };
    /* clang-format on */
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_problem p = problem_of(cases[i].p0, cases[i].p1, .05, .2);
        for (size_t k = 0; k < 4; k++) {
            oa_designs *designs = oa_design_curtail(&p, &cases[i].design, &cases[i].rows[k].how, NULL);
            const oa_design *d = need(designs, "curtailed");
            assert_printed("alpha", d->at_p0.efficacy, cases[i].rows[k].type_one, 6);
            assert_printed("power", d->at_p1.efficacy, cases[i].rows[k].power, 6);
            assert_printed("EN0", d->at_p0.expected_n, cases[i].rows[k].en0, 4);
            assert_printed("EN1", d->at_p1.expected_n, cases[i].rows[k].en1, 4);
            oa_designs_free(designs);
        }
    }
}

/* thE < 1 bolted on to 2/18 6/35 gives alpha .0605; the search holds alpha after curtailment. */
static void test_REQ_DESIGN_009_stochastic(void **state) {
    (void)state;
    static const oa_curtailment how = {.1, .99, true};
    static const oa_two_stage design = {18, 2, 35, 6};
    oa_problem p = problem_of(.1, .3, .05, .1);
    oa_designs *designs = oa_design_curtail(&p, &design, &how, NULL);
    assert_printed("alpha", need(designs, "curtailed")->at_p0.efficacy, .060546, 6);
    assert_printed("power", need(designs, "curtailed")->at_p1.efficacy, .902601, 6);
    oa_designs_free(designs);
    designs = oa_design_curtailed(&p, &how, NULL);
    for (size_t i = 0; i < 2; i++) {
        const oa_design *d = oa_designs_at(designs, i);
        assert_true(d->at_p0.efficacy <= p.alpha && d->at_p1.futility <= p.beta);
    }
    oa_designs_free(designs);
}

/* ---- response and toxicity --------------------------------------------------------------------------------------- */

static void test_REQ_DESIGN_010_bryant_day(void **state) {
    (void)state;
    /* clang-format off */
    static const struct {
        oa_bryant_day problem;
        int32_t optimal[6], minimax[6]; /* n1 cR1 cT1 n cR cT */
        double alpha_r, alpha_t, power;
        int digits;
        double en01, en10, minimax_en;
    } cases[] = {
        {{.1, .3, .3, .1, .1, .1, .2, 1, false, 0}, {16, 2, 3, 27, 4, 5}, {10, 0, 3, 24, 4, 4}, .08704, .09557, .80331, 5,
         18.160, 18.436, 19.002},
        {{.1, .3, .4, .2, .1, .1, .15, 1, false, 0}, {19, 2, 6, 40, 6, 12}, {23, 2, 8, 33, 5, 9}, .0729, .0967, .8572, 4,
         24.768, 25.170, 26.969},
        {{.2, .4, .4, .2, .1, .1, .15, 1, true, 60}, {20, 4, 7, 41, 11, 12}, {35, 9, 10, 37, 10, 11}, .0831, .0884, .8513,
         4, 27.527, 28.289, 35.270},
    };
    /* clang-format on */
    for (size_t i = 0; i < COUNT(cases); i++) {
        const oa_bryant_day *p = &cases[i].problem;
        oa_bryant_day_answer a;
        oa_bryant_day_oc poor, toxic, both;
        assert_true(oa_design_bryant_day(p, &a, NULL));
        assert_memory_equal(&a.optimal, cases[i].optimal, sizeof cases[i].optimal);
        assert_memory_equal(&a.minimax, cases[i].minimax, sizeof cases[i].minimax);
        assert_printed("alpha of response", a.optimal.alpha_response, cases[i].alpha_r, cases[i].digits);
        assert_printed("alpha of toxicity", a.optimal.alpha_toxicity, cases[i].alpha_t, cases[i].digits);
        assert_printed("power", a.optimal.power, cases[i].power, cases[i].digits);
        assert_printed("EN of minimax", a.minimax.worst_en, cases[i].minimax_en, 3);
        assert_true(oa_bryant_day_at(&a.optimal, p->response0, p->toxicity1, 1, &poor, NULL));
        assert_true(oa_bryant_day_at(&a.optimal, p->response1, p->toxicity0, 1, &toxic, NULL));
        assert_printed("EN(r0, t1)", poor.expected_n, cases[i].en01, 3);
        assert_printed("EN(r1, t0)", toxic.expected_n, cases[i].en10, 3);
        assert_true(oa_bryant_day_at(&a.optimal, p->response0, p->toxicity0, 1, &both, NULL));
        assert_true(i > 0 || fabs(both.expected_n - 16.570) < half_unit(3));
    }
}

/* A design that was given: limits that no number of subjects has are refused, not looked up. */
static void test_REQ_DESIGN_010_limits(void **state) {
    (void)state;
    static const oa_bryant_day_design refused[] = {
        {.n1 = 5, .response1 = -400000, .toxicity1 = 9, .n = 10, .response = 3, .toxicity = 4},
        {.n1 = 5, .response1 = 1, .toxicity1 = 6, .n = 10, .response = 3, .toxicity = 4},
        {.n1 = 5, .response1 = -2, .toxicity1 = 2, .n = 10, .response = 3, .toxicity = 4},
        {.n1 = 5, .response1 = 6, .toxicity1 = 2, .n = 10, .response = 3, .toxicity = 4},
        {.n1 = 5, .response1 = 1, .toxicity1 = -2, .n = 10, .response = 3, .toxicity = 4},
        {.n1 = 5, .response1 = 1, .toxicity1 = 2, .n = 10, .response = INT32_MAX, .toxicity = 4},
        {.n1 = 5, .response1 = 1, .toxicity1 = 2, .n = 10, .response = 3, .toxicity = INT32_MIN},
        {.n1 = 5, .response1 = 1, .toxicity1 = 2, .n = 10, .response = 3, .toxicity = 11},
    };
    static const oa_bryant_day_design none = {.n1 = 5, .response1 = -1, .toxicity1 = 5, .n = 10, .response = 10};
    static const oa_bryant_day_design all = {
        .n1 = 5, .response1 = -1, .toxicity1 = 5, .n = 10, .response = -1, .toxicity = 10};
    oa_bryant_day_oc oc;
    for (size_t i = 0; i < COUNT(refused); i++) {
        assert_false(oa_bryant_day_at(&refused[i], .3, .2, 1, &oc, NULL));
    }
    assert_true(oa_bryant_day_at(&none, .3, .2, 1, &oc, NULL));
    assert_true(oc.accept <= 0);
    assert_true(oa_bryant_day_at(&all, .3, .2, 1, &oc, NULL));
    assert_close_in("all", oc.accept, 1, 0, 1e-13);
    assert_false(oa_bryant_day_at(&all, .3, .2, 0, &oc, NULL));
    assert_false(oa_bryant_day_at(&all, .3, .2, 1e200, &oc, NULL));
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_DESIGN_006_mander_thompson), cmocka_unit_test(test_REQ_DESIGN_007_three_stage),
        cmocka_unit_test(test_REQ_DESIGN_008_fleming),         cmocka_unit_test(test_REQ_DESIGN_009_curtailed),
        cmocka_unit_test(test_REQ_DESIGN_009_stochastic),      cmocka_unit_test(test_REQ_DESIGN_010_bryant_day),
        cmocka_unit_test(test_REQ_DESIGN_010_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
