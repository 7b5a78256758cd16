/*
 * test_design_monitoring_oracle.c - what brute force, and other programs, find about rules that watch a rate.
 *
 *   REQ-DESIGN-106  characteristics of boundaries that other programs give
 *   REQ-DESIGN-108  no better design, and the same characteristics, for up to 25 subjects
 */
#include "design_checks.h"

#include <onearm/monitoring.h>

/* ---- all paths --------------------------------------------------------------------------------------------------- */

/* P(efficacy) after n subjects with s responses, the next of whom respond as the prior and what came before say. */
static double by_paths(const oa_boundary *b, size_t look, int32_t n, int32_t s, const oa_beta *prior, double p) {
    if (look < b->count && n == b->looks[look].n) {
        const oa_look *at = &b->looks[look];
        if (s <= at->lower || s >= at->upper) {
            return s >= at->upper;
        }
        look++;
    }
    double w = prior ? (prior->a + s) / (prior->a + prior->b + n) : p;
    return w * by_paths(b, look, n + 1, s + 1, prior, p) + (1 - w) * by_paths(b, look, n + 1, s, prior, p);
}

static void test_REQ_DESIGN_108_outlook(void **state) {
    (void)state;
    static const oa_look looks[] = {{4, 0, 4}, {7, 1, 6}, {10, 2, 8}, {14, 4, 5}};
    oa_boundary b = {looks, COUNT(looks)};
    oa_beta prior = {0.3, 1.2};
    for (int32_t n = 0; n <= 14; n++) {
        for (int32_t s = 0; s <= n; s++) {
            size_t look = 0;
            double got;
            while (look < b.count && looks[look].n < n) {
                look++;
            }
            assert_true(oa_boundary_predictive(&b, n, s, &prior, &got, NULL));
            assert_close_in("predictive", got, by_paths(&b, look, n, s, &prior, 0), 0, 1e-13);
            assert_true(oa_boundary_conditional_power(&b, n, s, 0.4, &got, NULL));
            assert_close_in("conditional", got, by_paths(&b, look, n, s, NULL, 0.4), 0, 1e-13);
        }
    }
}

/* ---- Lee, Liu: a grid of thresholds ------------------------------------------------------------------------------ */

static void test_REQ_DESIGN_108_lee_liu(void **state) {
    (void)state;
    static const struct {
        double p0, p1, alpha, beta;
    } cases[] = {{.1, .4, .1, .1}, {.2, .5, .1, .2}, {.05, .3, .05, .2}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_problem p = problem_of(cases[i].p0, cases[i].p1, cases[i].alpha, cases[i].beta);
        oa_lee_liu rule = {{p.p0, 1 - p.p0}, 5, 2};
        p.n_max = 25;
        oa_designs *designs = oa_design_lee_liu(&p, &rule, NULL);
        const oa_design *optimal = need(designs, "optimal");
        const oa_design *minimax = need(designs, "minimax");
        const oa_design *powerful = need(designs, "lee-liu");
        int32_t least = minimax->boundary.looks[minimax->boundary.count - 1].n;
        for (int32_t n = 6; n <= 25; n++) {
            for (double final = 0.5; final < 1; final += 0.05) {
                for (double futility = 0.001; futility < 0.6; futility *= 1.15) {
                    oa_designs *one =
                        oa_design_lee_liu_at(&p, &rule, &(oa_lee_liu_thresholds){n, futility, final, 1}, NULL);
                    const oa_design *d = need(one, "given");
                    if (d->at_p0.efficacy <= p.alpha && d->at_p1.efficacy >= 1 - p.beta) {
                        assert_true(n >= least);
                        assert_true(d->at_p0.expected_n >= optimal->at_p0.expected_n - 1e-9);
                        assert_true(n > least || d->at_p0.expected_n >= minimax->at_p0.expected_n - 1e-9);
                        assert_true(n > least || d->at_p1.efficacy <= powerful->at_p1.efficacy + 1e-12);
                    }
                    oa_designs_free(one);
                }
            }
        }
        oa_designs_free(designs);
    }
}

/* ---- toxicity: a grid of thresholds ------------------------------------------------------------------------------ */

static void test_REQ_DESIGN_108_toxicity(void **state) {
    (void)state;
    static const int32_t looks[] = {2, 3, 5, 8, 12, 13, 17, 21, 25};
    oa_problem p = problem_of(.15, .4, .1, .1);
    for (int r = OA_POCOCK; r <= OA_POSTERIOR; r++) {
        oa_toxicity rule = {.rule = (oa_toxicity_rule)r,
                            .delta = .2,
                            .prior = {.3, 1.7},
                            .schedule = {looks, COUNT(looks)},
                            .threshold = (double)NAN};
        oa_designs *designs = oa_design_toxicity(&p, &rule, NULL);
        const oa_design *within = need(designs, "within");
        const oa_design *beyond = need(designs, "beyond");
        assert_true(within->at_p0.efficacy <= p.alpha && beyond->at_p0.efficacy > p.alpha);
        for (int i = 1; i < 4000; i++) {
            rule.threshold = r == OA_WANG_TSIATIS ? i / 1000.0 : r == OA_POCOCK ? i / 20000.0 : 0.8 + i / 20001.0;
            oa_designs *one = oa_design_toxicity(&p, &rule, NULL);
            double stops = need(one, "given")->at_p0.efficacy;
            assert_true(stops <= within->at_p0.efficacy + 1e-12 || stops >= beyond->at_p0.efficacy - 1e-12);
            oa_designs_free(one);
        }
        oa_designs_free(designs);
    }
}

/* ---- BOP2 with toxicity: all sequences of cells ------------------------------------------------------------------ */

static double accepted(const oa_joint_look *looks, size_t count, size_t look, int32_t n, int32_t x, int32_t t,
                       const double cells[4]) {
    if (n == looks[look].n) {
        if (x <= looks[look].response || t >= looks[look].toxicity) {
            return 0;
        }
        if (++look == count) {
            return 1;
        }
    }
    double sum = 0;
    for (int i = 0; i < 4; i++) { /* neither, toxicity, response, both */
        sum += cells[i] * accepted(looks, count, look, n + 1, x + (i >> 1), t + (i & 1), cells);
    }
    return sum;
}

static void test_REQ_DESIGN_108_joint(void **state) {
    (void)state;
    static const oa_joint_look looks[] = {{3, 0, 2}, {6, 1, 3}, {9, 3, 4}};
    double r = .4;
    double t = .25;
    oa_joint_oc oc;
    static const double both[] = {0.05, 0.1, 0.2};
    for (size_t i = 0; i < COUNT(both); i++) {
        double cells[4] = {1 - r - t + both[i], t - both[i], r - both[i], both[i]};
        double phi = cells[0] * cells[3] / (cells[1] * cells[2]);
        assert_true(oa_joint_at(looks, COUNT(looks), r, t, phi, &oc, NULL));
        assert_close_in("accept", oc.accept, accepted(looks, COUNT(looks), 0, 0, 0, 0, cells), 0, 1e-13);
    }
}

/* ---- BOP2: the whole grid ---------------------------------------------------------------------------------------- */

static void test_REQ_DESIGN_108_bop2(void **state) {
    (void)state;
    static const int32_t looks[] = {8, 14, 20, 25};
    oa_problem p = problem_of(.2, .45, .1, .2);
    oa_bop2 rule = {.schedule = {looks, COUNT(looks)}};
    oa_designs *designs = oa_design_bop2(&p, &rule, NULL);
    const oa_design *best = need(designs, "bop2");
    for (int i = 1; i < 100; i++) {
        for (int k = 0; k <= 100; k += 3) {
            rule.lambda = i / 100.0;
            rule.gamma = k / 100.0;
            oa_designs *one = oa_design_bop2(&p, &rule, NULL);
            const oa_design *d = need(one, "bop2");
            assert_true(d->at_p0.efficacy > p.alpha || d->at_p1.efficacy <= best->at_p1.efficacy + 1e-12);
            oa_designs_free(one);
        }
    }
    oa_designs_free(designs);
}

/* ---- boundaries of other programs -------------------------------------------------------------------------------- */

/* futilbdry(.1, .3, c(10, 20, 25, 33), .1, .9) of clinfun 1.1.5, its low and its high boundary. */
static void test_REQ_DESIGN_106_futility_of_clinfun(void **state) {
    (void)state;
    static const oa_look looks[2][4] = {{{10, -1, 11}, {20, 1, 21}, {25, 3, 26}, {33, 5, 6}},
                                        {{10, -1, 11}, {20, 1, 21}, {25, 2, 26}, {33, 5, 6}}};
    static const double want[2][2] = {{.096, .945}, {.103, .955}};
    for (size_t i = 0; i < 2; i++) {
        oa_oc oc;
        assert_true(oa_boundary_oc(&(oa_boundary){looks[i], 4}, .1, &oc, NULL, NULL));
        assert_printed("at .1", oc.efficacy, want[i][0], 3);
        assert_true(oa_boundary_oc(&(oa_boundary){looks[i], 4}, .3, &oc, NULL, NULL));
        assert_printed("at .3", oc.efficacy, want[i][1], 3);
    }
}

/* gsDesign's gsBinomialExact(k = 3, n = 12, 24, 36, a = -1, 0, 11, b = 5, 9, 12). */
static void test_REQ_DESIGN_106_stops_of_gsDesign(void **state) {
    (void)state;
    static const oa_look looks[] = {{12, -1, 5}, {24, 0, 9}, {36, 11, 12}};
    static const struct {
        double p, en, lower[3], upper[3];
    } cases[] = {
        {.3, 28.173852, {0, .000192, .507741}, {.276345, .099298, .116424}},
        {.1, 34.937083, {(double)NAN, (double)NAN, (double)NAN}, {.004329, .000151, .000057}},
        {.5, 15.006402, {(double)NAN, (double)NAN, (double)NAN}, {.806152, .137162, .046266}},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_oc oc;
        oa_stop stops[3];
        assert_true(oa_boundary_oc(&(oa_boundary){looks, 3}, cases[i].p, &oc, stops, NULL));
        assert_printed("EN", oc.expected_n, cases[i].en, 6);
        for (size_t k = 0; k < 3; k++) {
            assert_printed("upper", stops[k].efficacy, cases[i].upper[k], 6);
            if (!isnan(cases[i].lower[k])) {
                assert_printed("lower", stops[k].futility, cases[i].lower[k], 6);
            }
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_DESIGN_106_futility_of_clinfun),
        cmocka_unit_test(test_REQ_DESIGN_106_stops_of_gsDesign),
        cmocka_unit_test(test_REQ_DESIGN_108_outlook),
        cmocka_unit_test(test_REQ_DESIGN_108_lee_liu),
        cmocka_unit_test(test_REQ_DESIGN_108_toxicity),
        cmocka_unit_test(test_REQ_DESIGN_108_joint),
        cmocka_unit_test(test_REQ_DESIGN_108_bop2),
    };
    return cmocka_run_group_tests_name("design_monitoring_oracle", tests, NULL, NULL);
}
