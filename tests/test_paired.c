/*
 * test_paired.c - differences within pairs: signed ranks, signs, t, and ratios with values below a limit.
 *
 *   REQ-CMP-009  Wilcoxon: Hollander and Wolfe's example, and critical values of the exact distribution
 *   REQ-CMP-010  Wilcoxon: ties, zeros by Wilcoxon and Pratt against enumeration of all signs
 *   REQ-CMP-011  Wilcoxon: symmetry of sign, shift of the estimate, limits by inverting the test, any order
 *   REQ-CMP-012  Wilcoxon: normal approximation on request and beyond 1000; extreme tails do not vanish
 *   REQ-CMP-013  sign and t tests against R
 *   REQ-CMP-014  ratio: without censoring the t test of the logs; reversed pairs give the reverse ratio
 *   REQ-CMP-015  ratio: censored pairs against R's survreg; substitutes by their own formula
 *   REQ-CMP-016  degenerate and bad input: stated results or a message
 */
#include "close.h"

#include <onearm/stats.h>

#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* M. Hollander, D. A. Wolfe, Nonparametric Statistical Methods (1973) 29: depression before and after. */
static const double depression[] = {0.952, -0.147, 1.022, 0.430, 0.620, 0.590, 0.490, -0.080, 0.010};

static oa_wilcoxon wilcoxon(const double *d, size_t n, oa_zeros zeros, oa_rank_method method,
                            oa_alternative alternative, double level) {
    oa_wilcoxon_options options = {zeros, method, alternative, level};
    oa_wilcoxon result;
    assert_true(oa_wilcoxon_signed_rank(d, n, &options, &result, NULL));
    return result;
}

static oa_wilcoxon usual(const double *d, size_t n) {
    return wilcoxon(d, n, OA_ZEROS_DROP, OA_RANKS_AUTO, OA_ALT_TWO_SIDED, .95);
}

static void test_REQ_CMP_009_wilcoxon_golden(void **state) {
    (void)state;
    oa_wilcoxon r = usual(depression, COUNT(depression));
    assert_close(r.statistic, 40, 0, 0);
    assert_close(r.p_value, .0390625, 0, 0);
    assert_close(r.centre.estimate, .46, 1e-15, 0);
    assert_close(r.centre.lower, .010, 1e-15, 0);
    assert_close(r.centre.upper, .786, 1e-15, 0);
    assert_close(r.attained, .9609375, 0, 0);
    assert_int_equal(r.method, OA_RANKS_EXACT);
    r = wilcoxon(depression, COUNT(depression), OA_ZEROS_DROP, OA_RANKS_AUTO, OA_ALT_GREATER, .95);
    assert_close(r.p_value, .01953125, 0, 0);

    /* the largest T with P(V <= T) <= 0.025, found as differences whose ranks above 0 sum to T, and to T + 1 */
    static const struct {
        int n, t;
    } critical[] = {{6, 0},   {7, 2},   {8, 3},   {9, 5},   {10, 8},  {11, 10}, {12, 13}, {13, 17}, {14, 21},
                    {15, 25}, {16, 29}, {17, 34}, {18, 40}, {19, 46}, {20, 52}, {25, 89}, {30, 137}};
    for (size_t i = 0; i < COUNT(critical); i++) {
        for (int more = 0; more < 2; more++) {
            double d[30];
            int rest = critical[i].t + more;
            for (int rank = critical[i].n; rank > 0; rank--) {
                d[rank - 1] = rank <= rest ? rank : -rank;
                rest -= rank <= rest ? rank : 0;
            }
            oa_wilcoxon test = wilcoxon(d, (size_t)critical[i].n, OA_ZEROS_DROP, OA_RANKS_EXACT, OA_ALT_LESS, .95);
            assert_close(test.statistic, critical[i].t + more, 0, 0);
            assert_int_equal(test.p_value <= .025, !more);
        }
    }
    /* P(V <= 52) of 20, P(V <= 8) of 10 */
    double twenty[20];
    for (int rank = 1; rank <= 20; rank++) {
        twenty[rank - 1] = rank == 13 || rank >= 19 ? rank : -rank; /* 13 + 19 + 20 = 52 */
    }
    assert_close(wilcoxon(twenty, 20, OA_ZEROS_DROP, OA_RANKS_EXACT, OA_ALT_LESS, .95).p_value, .02422, 0, 5e-6);
    static const double ten[] = {-1, -2, -3, 4 - 8, 5 - 10, -6, -7, 8, -9, -10};
    assert_close(wilcoxon(ten, 10, OA_ZEROS_DROP, OA_RANKS_EXACT, OA_ALT_LESS, .95).p_value, 25. / 1024, 0, 0);
}

/* P over all 2^m signs of the ranks, and V, counted one by one. */
static double enumerated(const double *d, size_t n, oa_zeros zeros, oa_alternative alternative) {
    double rank[12];
    double v = 0;
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        double below = 0;
        double equal = 0;
        if (fabs(d[i]) <= 0) {
            continue;
        }
        for (size_t k = 0; k < n; k++) {
            if (fabs(d[k]) > 0 || zeros == OA_ZEROS_PRATT) {
                below += fabs(d[k]) < fabs(d[i]);
                equal += fabs(d[k]) <= fabs(d[i]) && fabs(d[k]) >= fabs(d[i]);
            }
        }
        rank[m] = below + (equal + 1) / 2;
        v += d[i] > 0 ? rank[m] : 0;
        m++;
    }
    double up = 0;
    double down = 0;
    for (unsigned signs = 0; signs < 1U << m; signs++) {
        double sum = 0;
        for (size_t k = 0; k < m; k++) {
            sum += signs >> k & 1 ? rank[k] : 0;
        }
        up += sum >= v;
        down += sum <= v;
    }
    up /= (double)(1U << m);
    down /= (double)(1U << m);
    if (alternative == OA_ALT_TWO_SIDED) {
        return fmin(1, 2 * fmin(up, down));
    }
    return alternative == OA_ALT_GREATER ? up : down;
}

static void test_REQ_CMP_010_ties_and_zeros(void **state) {
    (void)state;
    static const struct {
        size_t n;
        double d[12];
    } cases[] = {
        {10, {-2, 0, -4, -2, -1, 1, -4, -2, 0, -1}},
        {12, {1, 1, 1, 1, 1, 1, -1, -1, 2, 2, -3, 0}},
        {5, {0, 0, 0, 0, 7}},
        {4, {3, 3, 3, 3}},
        {6, {-1, -1, 0, 2, 2, 2}},
        {1, {-4}},
        {11, {5, -5, 5, -5, 4, 4, -4, 0, 0, 1, 9}},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (int zeros = 0; zeros < 2; zeros++) {
            for (int alternative = 0; alternative < 3; alternative++) {
                oa_wilcoxon r =
                    wilcoxon(cases[i].d, cases[i].n, (oa_zeros)zeros, OA_RANKS_EXACT, (oa_alternative)alternative, .95);
                double want = enumerated(cases[i].d, cases[i].n, (oa_zeros)zeros, (oa_alternative)alternative);
                assert_close(r.p_value, want, 1e-14, 0);
            }
        }
    }
    /* differences of decimals: both are 0.1, though not as doubles */
    static const double decimals[] = {0.3 - 0.2, 0.2 - 0.1, -(1.1 - 1.0), 0.7 - 0.3};
    static const double whole[] = {1, 1, -1, 4};
    assert_close(usual(decimals, 4).statistic, usual(whole, 4).statistic, 0, 0);
    assert_close(usual(decimals, 4).p_value, usual(whole, 4).p_value, 0, 0);
    assert_true(usual(decimals, 4).ties);
}

static void test_REQ_CMP_011_properties(void **state) {
    (void)state;
    size_t n = COUNT(depression);
    double mirrored[COUNT(depression)];
    double shifted[COUNT(depression)];
    double turned[COUNT(depression)];
    oa_wilcoxon r = usual(depression, n);
    for (size_t i = 0; i < n; i++) {
        mirrored[i] = -depression[i];
        shifted[i] = depression[i] + 16;
        turned[i] = depression[n - 1 - i];
    }
    oa_wilcoxon m = usual(mirrored, n);
    assert_close(m.p_value, r.p_value, 0, 0);
    assert_close(m.statistic + r.statistic, 45, 0, 0);
    assert_close(m.centre.lower, -r.centre.upper, 0, 0);
    assert_close(m.centre.estimate, -r.centre.estimate, 0, 0);
    oa_wilcoxon s = usual(shifted, n);
    assert_close(s.centre.estimate, r.centre.estimate + 16, 1e-14, 0);
    assert_close(s.centre.lower, r.centre.lower + 16, 1e-14, 0);
    oa_wilcoxon t = usual(turned, n);
    assert_memory_equal(&t, &r, sizeof r);

    /* a centre just inside the limits is not rejected at 1 - attained, one just outside is */
    static const double off[] = {-1e-6, 1e-6};
    for (size_t side = 0; side < 2; side++) {
        for (size_t k = 0; k < 2; k++) {
            double moved[COUNT(depression)];
            double centre = (side ? r.centre.upper : r.centre.lower) + off[k];
            for (size_t i = 0; i < n; i++) {
                moved[i] = depression[i] - centre;
            }
            bool inside = (off[k] > 0) != (side == 1);
            assert_int_equal(usual(moved, n).p_value > 1 - r.attained + 1e-12, inside);
        }
    }
    double before = 0;
    static const double levels[] = {.5, .8, .9, .95, .99};
    for (size_t i = 0; i < COUNT(levels); i++) {
        oa_wilcoxon w = wilcoxon(depression, n, OA_ZEROS_DROP, OA_RANKS_EXACT, OA_ALT_TWO_SIDED, levels[i]);
        assert_true(w.centre.upper - w.centre.lower >= before);
        assert_true(w.attained >= levels[i]);
        before = w.centre.upper - w.centre.lower;
    }
}

static void test_REQ_CMP_012_normal_and_large(void **state) {
    (void)state;
    enum { MOST = 2001 };
    static double d[MOST];
    /* R: wilcox.test(x, exact = FALSE, correct = TRUE or FALSE)$p.value */
    oa_wilcoxon r = wilcoxon(depression, 9, OA_ZEROS_DROP, OA_RANKS_CORRECTED, OA_ALT_TWO_SIDED, .95);
    assert_close(r.z, (40 - 22.5 - .5) / sqrt(71.25), 1e-14, 0);
    r = wilcoxon(depression, 9, OA_ZEROS_DROP, OA_RANKS_NORMAL, OA_ALT_TWO_SIDED, .95);
    assert_close(r.z, (40 - 22.5) / sqrt(71.25), 1e-14, 0);

    for (size_t i = 0; i < MOST; i++) {
        d[i] = (i % 20 < 11 ? 1. : -1.) * (double)(i + 1);
    }
    oa_wilcoxon exact = usual(d, 1000);
    oa_wilcoxon near = wilcoxon(d, 1000, OA_ZEROS_DROP, OA_RANKS_NORMAL, OA_ALT_TWO_SIDED, .95);
    assert_int_equal(exact.method, OA_RANKS_EXACT);
    assert_close(exact.p_value, near.p_value, .02, 0);
    assert_int_equal(usual(d, 1001).method, OA_RANKS_CORRECTED);
    /* the limits of 1000 and 1001 differences come from two ways to count, and are next to each other */
    assert_close(usual(d, 1001).centre.lower, exact.centre.lower, 0, 5); /* of values from -1000 to 1000 */
    for (size_t i = 0; i < MOST; i++) {
        d[i] = (double)(i + 1);
    }
    assert_close(usual(d, 1000).p_value, ldexp(1, -999), 1e-12, 0);
    assert_close(usual(d, 20).p_value, ldexp(1, -19), 0, 0);
    oa_diag *diag = oa_diag_new();
    oa_wilcoxon_options options = {.method = OA_RANKS_EXACT, .level = .95};
    assert_false(oa_wilcoxon_signed_rank(d, MOST, &options, &exact, diag));
    assert_int_equal(oa_diag_get(diag, 0)->code, OA_LIMIT);
    oa_diag_free(diag);
}

static void test_REQ_CMP_013_sign_and_t(void **state) {
    (void)state;
    oa_paired_t t;
    assert_true(oa_paired_t_test(depression, 9, OA_ALT_TWO_SIDED, .95, &t, NULL));
    /* R: t.test(depression) */
    assert_close(t.t, 3.0353754156485917, 1e-13, 0);
    assert_close(t.p_value, 0.0161766274349081, 1e-12, 0);
    assert_close(t.mean.estimate, 0.431888888888889, 1e-14, 0);
    assert_close(t.mean.lower, 0.1037787122721686, 1e-12, 0);
    assert_close(t.mean.upper, 0.7599990655056091, 1e-12, 0);
    oa_sign s;
    assert_true(oa_sign_test(depression, 9, OA_ALT_TWO_SIDED, .95, &s, NULL));
    assert_int_equal(s.n_above, 7);
    assert_close(s.p_value, 92. / 512, 1e-14, 0); /* 2 (1 + 9 + 36) / 2^9 */
    assert_close(s.median.estimate, .49, 0, 0);
    assert_close(s.median.lower, -.08, 0, 0); /* the 2nd and the 8th of 9 */
    assert_close(s.median.upper, .952, 0, 0);
    assert_close(s.attained, 1 - 20. / 512, 1e-14, 0);
}

static oa_geometric_ratio ratio(const oa_measurement *before, const oa_measurement *after, size_t n, oa_below below) {
    oa_ratio_options options = {below, OA_ALT_TWO_SIDED, .95};
    oa_geometric_ratio result;
    assert_true(oa_geometric_mean_ratio(before, after, n, &options, &result, NULL));
    return result;
}

static const oa_measurement tg_before[] = {{10, 0}, {20, 0}, {5, 0}, {30, 0}, {8, 0}, {12, 0}};
static const oa_measurement tg_after[] = {{4, 0}, {12, 0}, {1, 1}, {9, 0}, {1, 1}, {6, 0}};

static void test_REQ_CMP_014_ratio_without_censoring(void **state) {
    (void)state;
    oa_measurement after[6];
    double d[6];
    for (size_t i = 0; i < 6; i++) {
        after[i] = (oa_measurement){tg_after[i].value, false};
        d[i] = log(after[i].value / tg_before[i].value);
    }
    oa_paired_t t;
    assert_true(oa_paired_t_test(d, 6, OA_ALT_TWO_SIDED, .95, &t, NULL));
    for (int below = OA_BELOW_MODEL; below <= OA_BELOW_ROOT2; below++) {
        oa_geometric_ratio r = ratio(tg_before, after, 6, (oa_below)below);
        assert_close(r.ratio.estimate, exp(t.mean.estimate), 1e-13, 0);
        assert_close(r.ratio.lower, exp(t.mean.lower), 1e-13, 0);
        assert_close(r.p_value, t.p_value, 1e-12, 0);
    }
    /* one pair censored so far out that it hardly says more than being there: near the t interval of the others */
    oa_geometric_ratio forward = ratio(tg_before, tg_after, 6, OA_BELOW_MODEL);
    oa_geometric_ratio back = ratio(tg_after, tg_before, 6, OA_BELOW_MODEL);
    assert_close(back.ratio.estimate, 1 / forward.ratio.estimate, 1e-10, 0);
    assert_close(back.ratio.lower, 1 / forward.ratio.upper, 1e-10, 0);
    assert_close(back.p_value, forward.p_value, 1e-10, 0);
    assert_int_equal(back.before_below, 2);
}

static void test_REQ_CMP_015_ratio_censored(void **state) {
    (void)state;
    oa_geometric_ratio r = ratio(tg_before, tg_after, 6, OA_BELOW_MODEL);
    /* R: survreg(Surv(lo, hi, type = "interval2") ~ 1, dist = "gaussian") */
    assert_close(r.ratio.estimate, 0.2665144692, 1e-9, 0);
    assert_close(r.log_std_dev, 0.7653405085, 1e-9, 0);
    assert_int_equal(r.after_below, 2);
    static const struct {
        oa_below below;
        double factor;
    } cases[] = {{OA_BELOW_LIMIT, 1}, {OA_BELOW_HALF, .5}, {OA_BELOW_ROOT2, .70710678118654752}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        double sum = 0;
        for (size_t k = 0; k < 6; k++) {
            sum += log(tg_after[k].value * (tg_after[k].below ? cases[i].factor : 1) / tg_before[k].value);
        }
        assert_close(ratio(tg_before, tg_after, 6, cases[i].below).ratio.estimate, exp(sum / 6), 1e-13, 0);
    }
    /* a pair of which nothing is known changes nothing but the counts */
    oa_measurement before[7];
    oa_measurement after[7];
    memcpy(before, tg_before, sizeof tg_before);
    memcpy(after, tg_after, sizeof tg_after);
    before[6] = after[6] = (oa_measurement){1, true};
    oa_geometric_ratio more = ratio(before, after, 7, OA_BELOW_MODEL);
    assert_int_equal(more.both_below, 1);
    assert_int_equal(more.n, 7);
    assert_close(more.ratio.lower, r.ratio.lower, 0, 0);
    assert_close(more.df, r.df, 0, 0);
}

static void says(oa_diag *diag, const char *word) {
    assert_int_equal(oa_diag_errors(diag), 1);
    if (!strstr(oa_diag_get(diag, 0)->text, word)) {
        print_error("'%s' does not say '%s'\n", oa_diag_get(diag, 0)->text, word);
        fail();
    }
    oa_diag_free(diag);
}

static void test_REQ_CMP_016_degenerate(void **state) {
    (void)state;
    static const double zeros[3] = {0};
    static const double same[] = {2, 2, 2};
    static const double bad[] = {1, (double)NAN, 2};
    oa_wilcoxon w = usual(zeros, 3);
    oa_paired_t t;
    oa_sign s;
    oa_geometric_ratio g;
    assert_close(w.p_value, 1, 0, 0);
    assert_close(w.centre.estimate, 0, 0, 0);
    assert_int_equal(w.n_zero, 3);
    w = usual(same, 1); /* one difference: itself, and a level of 0 */
    assert_close(w.p_value, 1, 0, 0);
    assert_close(w.centre.lower, 2, 0, 0);
    assert_close(w.attained, 0, 0, 0);
    assert_true(oa_sign_test(zeros, 3, OA_ALT_GREATER, .95, &s, NULL));
    assert_close(s.p_value, 1, 0, 0);

    oa_diag *diag = oa_diag_new();
    assert_false(oa_wilcoxon_signed_rank(same, 0, NULL, &w, diag));
    says(diag, "no differences");
    diag = oa_diag_new();
    assert_false(oa_wilcoxon_signed_rank(bad, 3, NULL, &w, diag));
    says(diag, "difference 2 of 3 is not a number");
    diag = oa_diag_new();
    assert_false(oa_wilcoxon_signed_rank(same, 3, &(oa_wilcoxon_options){.level = 95}, &w, diag));
    says(diag, "0.95");
    diag = oa_diag_new();
    assert_false(oa_paired_t_test(same, 3, OA_ALT_TWO_SIDED, .95, &t, diag));
    says(diag, "all the same");
    diag = oa_diag_new();
    assert_false(oa_paired_t_test(same, 1, OA_ALT_TWO_SIDED, .95, &t, diag));
    says(diag, "at least 2");
    diag = oa_diag_new();
    assert_false(oa_paired_t_test(same, 3, (oa_alternative)7, .95, &t, diag));
    says(diag, "alternative 7");
    diag = oa_diag_new();
    assert_false(oa_sign_test(same, 0, OA_ALT_LESS, .95, &s, diag));
    says(diag, "at least 1");

    static const oa_measurement below[] = {{1, 1}, {1, 1}, {1, 1}};
    static const oa_measurement alike[] = {{1, 0}, {2, 0}, {4, 0}};
    static const oa_measurement half[] = {{.5, 0}, {1, 0}, {2, 0}};
    static const oa_measurement zero[] = {{1, 0}, {0, 0}, {4, 0}};
    static const struct {
        const oa_measurement *before, *after;
        size_t n;
        const char *word;
    } refused[] = {
        {alike, below, 3, "fewer than two"},   {below, below, 3, "fewer than two"},
        {alike, half, 3, "different ratios"},  {alike, alike, 0, "no pairs"},
        {alike, zero, 3, "after 2 of 3 is 0"}, {zero, alike, 3, "before 2 of 3"},
        {alike, zero, 1, "fewer than two"},
    };
    for (size_t i = 0; i < COUNT(refused); i++) {
        diag = oa_diag_new();
        assert_false(oa_geometric_mean_ratio(refused[i].before, refused[i].after, refused[i].n, NULL, &g, diag));
        says(diag, refused[i].word);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_CMP_009_wilcoxon_golden), cmocka_unit_test(test_REQ_CMP_010_ties_and_zeros),
        cmocka_unit_test(test_REQ_CMP_011_properties),      cmocka_unit_test(test_REQ_CMP_012_normal_and_large),
        cmocka_unit_test(test_REQ_CMP_013_sign_and_t),      cmocka_unit_test(test_REQ_CMP_014_ratio_without_censoring),
        cmocka_unit_test(test_REQ_CMP_015_ratio_censored),  cmocka_unit_test(test_REQ_CMP_016_degenerate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
