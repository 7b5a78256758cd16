/*
 * test_binomial_test.c - exact tests of a proportion.
 *
 *   REQ-BIN-010  p values agree with R's binom.test and with sums of few terms
 *   REQ-BIN-011  a test rejects where the interval that inverts it excludes p0
 *   REQ-BIN-012  p0 of 0 and 1, x at its expectation, bad arguments
 */
#include "close.h"

#include <onearm/stats.h>

#include <stdio.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static double p_value(int64_t x, int64_t n, double p0, oa_binomial_test_kind kind) {
    double p = -1;
    assert_true(oa_binomial_test(x, n, p0, kind, &p, NULL));
    return p;
}

static void test_REQ_BIN_010_golden(void **state) {
    (void)state;
    static const struct {
        int64_t x, n;
        double p0;
        oa_binomial_test_kind kind;
        double p;
    } cases[] = {
        /* R 4.2.2; 682 of 925 is the example of its binom.test (Conover 1971, p. 97: Mendel's peas) */
        {17, 43, .30, OA_BINOMIAL_GREATER, .116900546042334},
        {17, 43, .30, OA_BINOMIAL_LESS, .934158124143864},
        {17, 43, .30, OA_BINOMIAL_TWO_SIDED, .184079952699193},
        {682, 925, .75, OA_BINOMIAL_TWO_SIDED, .382491559574852},
        {682, 925, .75, OA_BINOMIAL_GREATER, .824089122352423},
        {5, 32, .05, OA_BINOMIAL_TWO_SIDED, .0203538991824643},
        {0, 20, .1, OA_BINOMIAL_TWO_SIDED, .254529978024905},
        {20, 20, .5, OA_BINOMIAL_TWO_SIDED, 1.9073486328125e-06},
        {7, 20, .35, OA_BINOMIAL_TWO_SIDED, 1},
        /* ten tosses, three heads: 1 10 45 120 210 252 ... of 1024 */
        {3, 10, .5, OA_BINOMIAL_TWO_SIDED, 352. / 1024},
        {3, 10, .5, OA_BINOMIAL_DOUBLED, 352. / 1024},
        {3, 10, .5, OA_BINOMIAL_BLAKER, 352. / 1024},
        {3, 10, .5, OA_BINOMIAL_LESS, 176. / 1024},
        {3, 10, .5, OA_BINOMIAL_GREATER, 968. / 1024},
        {3, 10, .5, OA_BINOMIAL_MID_P_LESS, 116. / 1024},
        {3, 10, .5, OA_BINOMIAL_MID_P_GREATER, 908. / 1024},
        {3, 10, .5, OA_BINOMIAL_MID_P, 232. / 1024},
        /* three of a chance of 1/4: 27 27 9 1 of 64 */
        {2, 3, .25, OA_BINOMIAL_TWO_SIDED, 10. / 64},
        {1, 3, .25, OA_BINOMIAL_TWO_SIDED, 1},
        {2, 3, .25, OA_BINOMIAL_DOUBLED, 20. / 64},
        {2, 3, .25, OA_BINOMIAL_BLAKER, 10. / 64},
        {0, 3, .25, OA_BINOMIAL_BLAKER, 37. / 64},
        {5, 10, .5, OA_BINOMIAL_DOUBLED, 1},
        {50000000, 100000000, .5, OA_BINOMIAL_TWO_SIDED, 1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char name[64];
        snprintf(name, sizeof name, "%s %d/%d", oa_binomial_test_name(cases[i].kind), (int)cases[i].x, (int)cases[i].n);
        assert_close_in(name, p_value(cases[i].x, cases[i].n, cases[i].p0, cases[i].kind), cases[i].p, 1e-12, 0);
    }
}

static void test_REQ_BIN_011_inverts(void **state) {
    (void)state;
    static const struct {
        oa_binomial_test_kind kind;
        oa_ci_method method;
    } pairs[] = {{OA_BINOMIAL_DOUBLED, OA_CI_CLOPPER_PEARSON},
                 {OA_BINOMIAL_BLAKER, OA_CI_BLAKER},
                 {OA_BINOMIAL_MID_P, OA_CI_MID_P}};
    for (size_t i = 0; i < COUNT(pairs); i++) {
        for (int64_t n = 1; n <= 30; n++) {
            for (int64_t x = 0; x <= n; x++) {
                oa_interval ci;
                assert_true(oa_binomial_interval(x, n, pairs[i].method, OA_TWO_SIDED, .9, &ci, NULL));
                for (int k = 1; k < 40; k++) {
                    double below = ci.lower * k / 40;
                    double above = ci.upper + (1 - ci.upper) * k / 40;
                    assert_true(x == 0 || p_value(x, n, below, pairs[i].kind) < .1);
                    assert_true(x == n || p_value(x, n, above, pairs[i].kind) < .1);
                }
                assert_true(x == 0 || p_value(x, n, ci.lower * (1 + 1e-9), pairs[i].kind) > .1 - 1e-7);
                assert_true(x == n || p_value(x, n, ci.upper * (1 - 1e-9), pairs[i].kind) > .1 - 1e-7);
            }
        }
    }
}

static void test_REQ_BIN_012_edges(void **state) {
    (void)state;
    for (int kind = 0; kind < OA_N_BINOMIAL_TESTS; kind++) {
        oa_binomial_test_kind k = OA_N_BINOMIAL_TESTS;
        assert_true(oa_binomial_test_of(oa_binomial_test_name((oa_binomial_test_kind)kind), &k));
        assert_int_equal(k, kind);
        assert_non_null(oa_binomial_test_label(k));
        for (int64_t x = 0; x <= 4; x++) {
            for (int i = 0; i <= 4; i++) {
                double p = p_value(x, 4, i / 4., k);
                assert_true(p >= 0 && p <= 1);
                assert_close(p,
                             p_value(4 - x, 4, 1 - i / 4.,
                                     k == OA_BINOMIAL_GREATER         ? OA_BINOMIAL_LESS
                                     : k == OA_BINOMIAL_LESS          ? OA_BINOMIAL_GREATER
                                     : k == OA_BINOMIAL_MID_P_GREATER ? OA_BINOMIAL_MID_P_LESS
                                     : k == OA_BINOMIAL_MID_P_LESS    ? OA_BINOMIAL_MID_P_GREATER
                                                                      : k),
                             1e-14, 0);
            }
        }
    }
    assert_close(p_value(0, 4, 0, OA_BINOMIAL_TWO_SIDED), 1, 0, 0);
    assert_close(p_value(1, 4, 0, OA_BINOMIAL_TWO_SIDED), 0, 0, 0);
    assert_close(p_value(4, 4, 1, OA_BINOMIAL_GREATER), 1, 0, 0);
    assert_close(p_value(3, 4, 1, OA_BINOMIAL_LESS), 0, 0, 0);
    static const struct {
        int64_t x, n;
        double p0;
        oa_binomial_test_kind kind;
    } bad[] = {{3, 2, .5, OA_BINOMIAL_LESS},  {0, 0, .5, OA_BINOMIAL_LESS},          {1, 2, -.1, OA_BINOMIAL_LESS},
               {1, 2, 1.1, OA_BINOMIAL_LESS}, {1, 2, (double)NAN, OA_BINOMIAL_LESS}, {1, 2, .5, OA_N_BINOMIAL_TESTS}};
    for (size_t i = 0; i < COUNT(bad); i++) {
        double p = 7;
        oa_diag *diag = oa_diag_new();
        assert_false(oa_binomial_test(bad[i].x, bad[i].n, bad[i].p0, bad[i].kind, &p, diag));
        assert_int_equal(oa_diag_count(diag), 1);
        assert_close(p, 7, 0, 0);
        oa_diag_free(diag);
    }
    oa_binomial_test_kind kind;
    assert_false(oa_binomial_test_of("exact", &kind));
    assert_null(oa_binomial_test_name(OA_N_BINOMIAL_TESTS));
    assert_null(oa_binomial_test_label(OA_N_BINOMIAL_TESTS));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_BIN_010_golden),
        cmocka_unit_test(test_REQ_BIN_011_inverts),
        cmocka_unit_test(test_REQ_BIN_012_edges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
