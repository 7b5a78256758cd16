/*
 * test_design_inference.c - what a trial with a sequential design says about the rate, against clinfun, OneArmPhaseTwoStudy,
 * UnplanSimon and root finding, and against sums over every path.
 *
 *   REQ-DESIGN-020  UMVUE, p-value, Koyama-Chen limits, median-unbiased and bias-adjusted estimates have the table's numbers
 *   REQ-DESIGN-021  over- and under-running: p-value, limits, median-unbiased estimate; as planned, it is alpha
 *   REQ-DESIGN-022  the UMVUE is unbiased, whatever the boundary and the rate
 *   REQ-DESIGN-023  the Jung-Kim interval covers the rate with at least its level, and is Clopper-Pearson's in one stage
 *   REQ-DESIGN-024  limits solve their equations; they and the estimates rise with the outcome
 *   REQ-DESIGN-037  the sizes by precision are those that trying all n up to 300 gives
 *   REQ-DESIGN-025  an outcome that cannot be, or that does not end the trial, is refused
 */
#include "close.h"

#include <onearm/design.h>
#include <onearm/stats.h>

#include <stdio.h>
#include <string.h>

/* A cell that the table does not have. */
#define UNSAID ((double)NAN)

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static oa_estimates two_stage(int32_t r1, int32_t n1, int32_t r, int32_t n, int32_t x, double p0, double level) {
    oa_look looks[2] = {{n1, r1, n1 + 1}, {n, r, r + 1}};
    oa_estimates e;
    assert_true(oa_boundary_estimates(&(oa_boundary){looks, 2}, x > r1, x, p0, level, &e, NULL));
    return e;
}

static void test_REQ_DESIGN_020_table(void **state) {
    (void)state;
    static const struct {
        int32_t x, r1, n1, r, n;
        double p0, a, mle, umvue, p, lower, upper, median, chang, guo_liu;
    } cases[] = {
        {5, 0, 18, 3, 32, .05, .1, .156250, .157819, .020184, .07818069, .23521799, .14482302, .15931637, .15946104},
        {6, 2, 18, 6, 35, .1, .05, .171429, .204013, .100858, .083128826, .31856323, .17582392, .18715561, .18785143},
        {7, 2, 18, 6, 35, .1, .05, .200000, .221719, .047386, .10120039, .33269129, .19712513, .21375892, .21487475},
        {10, 2, 18, 6, 35, .1, .05, .285714, .289927, .001709, .16441821, .40787618, .27456808, .29224956, .29278832},
        {2, 2, 18, 6, 35, .1, .05, .111111, .111111, .549716, .020110676, .23766092, .09150567, .12646876, .12487534},
        {13, 3, 13, 12, 43, .2, .05, .302326, .370709, .049581, .20024999, .49666935, .31948625, .33501799, .33736066},
        {16, 4, 19, 15, 54, .2, .05, .296296, .331833, .048172, .20095941, .43052369, .30043288, .31712517, .31957048},
        {9, 4, 18, 10, 33, .2, .05, .272727, .317497, .147181, .16044783, .44496433, .28255446, .29103472, .29163152},
        {11, 4, 18, 10, 33, .2, .05, .333333, .352697, .045830, .20276308, .47375099, .32662928, .34725837, .34858335},
        {19, 5, 15, 18, 46, .3, .05, .413043, .471168, .049865, .3000898, .58211962, .42423565, .44242887, .44555983},
        {33, 11, 25, 32, 66, .4, .05, .500000, .540639, .048821, .40071296, .62795992, .50717416, .52078868, .52310626},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char which[64];
        snprintf(which, sizeof which, "%d of %d", cases[i].x, cases[i].n);
        oa_estimates e =
            two_stage(cases[i].r1, cases[i].n1, cases[i].r, cases[i].n, cases[i].x, cases[i].p0, 1 - 2 * cases[i].a);
        assert_close_in(which, e.mle, cases[i].mle, 0, 5.1e-7);
        assert_close_in(which, e.umvue, cases[i].umvue, 0, 5.1e-7);
        assert_close_in(which, e.p_value, cases[i].p, 0, 5.1e-7);
        assert_close_in(which, e.lower, cases[i].lower, 0, 5.1e-9);
        assert_close_in(which, e.upper, cases[i].upper, 0, 5.1e-9);
        assert_close_in(which, e.median_unbiased, cases[i].median, 0, 5.1e-9);
        assert_close_in(which, e.bias_adjusted, cases[i].chang, 0, 5.1e-9);
        assert_close_in(which, e.bias_subtracted, cases[i].guo_liu, 0, 5.1e-9);
    }
}

/* Porcher, Desseaux 2012 and UnplanSimon; the latter's help calls n what its program takes as the size of stage two, with
 * which its example would be .334. */
static void test_REQ_DESIGN_020_umvue(void **state) {
    (void)state;
    assert_close(two_stage(2, 11, 14, 11 + 28, 16, .2, .9).umvue, .42873873, 0, 5.1e-9);
    assert_close(two_stage(3, 13, 6, 13 + 30, 7, .2, .9).umvue, .32230603, 0, 5.1e-9);
    assert_close(two_stage(3, 13, 6, 30, 7, .2, .9).umvue, .334, 0, 5.1e-4);
}

static void test_REQ_DESIGN_021_over_and_under(void **state) {
    (void)state;
    static const oa_two_stage design = {18, 2, 35, 6};
    static const struct {
        int32_t x1, m2, x2;
        double p, lower, median, upper; /* UNSAID: not in the table */
    } cases[] = {
        {4, 20, 5, .0124437395, .12824397, .22773909, .35644229},
        {4, 14, 3, .0328448535, .10948443, .21111994, .34879142},
        {4, 17, 3, .0473859331, UNSAID, UNSAID, UNSAID},
        {4, 17, 5, .00835989, UNSAID, UNSAID, UNSAID},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_attained a;
        assert_true(oa_two_stage_attained(&design, cases[i].x1, cases[i].m2, cases[i].x2, .1, .9, &a, NULL));
        assert_close(a.p_value, cases[i].p, 0, i == 3 ? 5.1e-9 : 5.1e-11);
        if (!isnan(cases[i].lower)) {
            assert_close(a.lower, cases[i].lower, 0, 5.1e-9);
            assert_close(a.median_unbiased, cases[i].median, 0, 5.1e-9);
            assert_close(a.upper, cases[i].upper, 0, 5.1e-9);
        }
    }
}

/* ---- precision --------------------------------------------------------------------------------------------------- */

static double half_width(int x, int n) {
    oa_interval i;
    assert_true(oa_clopper_pearson(x, n, .95, &i, NULL));
    return (i.upper - i.lower) / 2;
}

static void test_REQ_DESIGN_037_precision(void **state) {
    (void)state;
    enum { ALL = 300 };
    static double worst[ALL + 1], likely[ALL + 1], expected[ALL + 1];
    static const double rates[] = {.02, .3, .5, .85};
    static const double widths[] = {.3, .15, .1, .07};
    for (size_t i = 0; i < COUNT(rates); i++) {
        for (int n = 1; n <= ALL; n++) {
            worst[n] = expected[n] = 0;
            double b = pow(1 - rates[i], n);
            for (int x = 0; x <= n; x++) {
                worst[n] = fmax(worst[n], half_width(x, n));
                expected[n] += b * half_width(x, n);
                b *= (double)(n - x) / (x + 1) * rates[i] / (1 - rates[i]);
            }
            likely[n] = half_width((int)floor(n * rates[i] + .5), n);
        }
        for (size_t k = 0; k < COUNT(widths); k++) {
            oa_precision p = {rates[i], widths[k], .95, 0};
            oa_precision_answer a;
            int last[3] = {1, 1, 1}; /* the n after the last that is too wide */
            for (int n = 1; n <= ALL; n++) {
                last[0] = likely[n] > widths[k] ? n + 1 : last[0];
                last[1] = expected[n] > widths[k] ? n + 1 : last[1];
                last[2] = worst[n] > widths[k] ? n + 1 : last[2];
            }
            assert_true(oa_design_precision(&p, &a, NULL));
            assert_int_equal(a.likely, last[0]);
            assert_int_equal(a.expected, last[1]);
            assert_int_equal(a.worst, last[2]);
        }
    }
}

/* ---- properties -------------------------------------------------------------------------------------------------- */

static const oa_look simon[] = {{10, 1, 11}, {29, 5, 6}};
static const oa_look both_sides[] = {{5, 0, 4}, {9, 2, 6}, {14, 4, 8}, {20, 7, 8}};
static const oa_look one_stage[] = {{17, 6, 7}};
static const oa_look late[] = {{1, -1, 2}, {2, -1, 3}, {8, 2, 7}, {9, 2, 7}, {15, 5, 6}};

static const oa_boundary boundaries[] = {{simon, 2}, {both_sides, 4}, {one_stage, 1}, {late, 5}};

/* Number of sequences of responses that end at a look with s of them. */
typedef struct ends {
    double paths[8][64];
} ends;

/* Counted subject by subject. */
static void count_paths(const oa_boundary *b, ends *e) {
    double at[64] = {1};
    size_t look = 0;
    memset(e, 0, sizeof *e);
    for (int32_t n = 1; look < b->count; n++) {
        for (int32_t s = n; s > 0; s--) {
            at[s] += at[s - 1];
        }
        if (b->looks[look].n == n) {
            for (int32_t s = 0; s <= n; s++) {
                if (s <= b->looks[look].lower || s >= b->looks[look].upper) {
                    e->paths[look][s] = at[s];
                    at[s] = 0;
                }
            }
            look++;
        }
    }
}

typedef void visit(const oa_boundary *b, size_t look, int32_t s, double probability, double level, double p,
                   double *sum);

static double sum_over(const oa_boundary *b, double p, double level, visit *each) {
    static ends e;
    double sum = 0;
    count_paths(b, &e);
    for (size_t look = 0; look < b->count; look++) {
        for (int32_t s = 0; s <= b->looks[look].n; s++) {
            if (e.paths[look][s] > 0) {
                each(b, look, s, e.paths[look][s] * pow(p, s) * pow(1 - p, b->looks[look].n - s), level, p, &sum);
            }
        }
    }
    return sum;
}

static oa_estimates estimates_of(const oa_boundary *b, size_t look, int32_t s, double level) {
    oa_estimates e;
    assert_true(oa_boundary_estimates(b, look, s, .2, level, &e, NULL));
    return e;
}

static void add_umvue(const oa_boundary *b, size_t look, int32_t s, double probability, double level, double p,
                      double *sum) {
    (void)p;
    *sum += probability * estimates_of(b, look, s, level).umvue;
}

static void add_coverage(const oa_boundary *b, size_t look, int32_t s, double probability, double level, double p,
                         double *sum) {
    oa_estimates e = estimates_of(b, look, s, level);
    *sum += e.exact_lower <= p && p <= e.exact_upper ? probability : 0;
}

static void add_mean(const oa_boundary *b, size_t look, int32_t s, double probability, double level, double p,
                     double *sum) {
    (void)level;
    (void)p;
    *sum += probability * s / b->looks[look].n;
}

static void test_REQ_DESIGN_022_unbiased(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(boundaries); i++) {
        for (double p = .05; p < 1; p += .15) {
            assert_close(sum_over(&boundaries[i], p, .95, add_umvue), p, 0, 1e-12);
        }
    }
}

static void test_REQ_DESIGN_023_coverage(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(boundaries); i++) {
        for (double p = .03; p < 1; p += .097) {
            assert_true(sum_over(&boundaries[i], p, .9, add_coverage) >= .9);
        }
    }
    for (int32_t s = 0; s <= 17; s++) {
        oa_interval i;
        oa_estimates e = estimates_of(&boundaries[2], 0, s, .95);
        assert_true(oa_clopper_pearson(s, 17, .95, &i, NULL));
        assert_close(e.exact_lower, i.lower, 0, 1e-12);
        assert_close(e.exact_upper, i.upper, 0, 1e-12);
    }
}

static void check_rise(const oa_estimates *e, const oa_estimates *before) {
    assert_true(e->umvue > before->umvue);
    assert_true(e->median_unbiased > before->median_unbiased);
    assert_true(e->exact_lower > before->exact_lower && e->exact_upper >= before->exact_upper);
    assert_true(e->p_value < before->p_value);
}

/* In one look; for two stages also from the last stop of stage one to the first outcome of stage two. */
static void test_REQ_DESIGN_024_order(void **state) {
    (void)state;
    for (int32_t s = 1; s <= 29; s++) {
        oa_estimates before = estimates_of(&boundaries[0], s - 1 > 1, s - 1, .95);
        oa_estimates e = estimates_of(&boundaries[0], s > 1, s, .95);
        check_rise(&e, &before);
    }
}

static void test_REQ_DESIGN_024_equations(void **state) {
    (void)state;
    for (int32_t s = 2; s <= 28; s++) {
        oa_estimates e = estimates_of(&boundaries[0], 1, s, .9);
        double limits[3] = {e.lower, e.median_unbiased, e.upper};
        static const double tails[3] = {.05, .5, .95};
        double mean;
        for (int i = 0; i < 3; i++) {
            oa_estimates at;
            assert_true(oa_boundary_estimates(&boundaries[0], 1, s, limits[i], .9, &at, NULL));
            assert_close(at.p_value, tails[i], 0, 1e-12);
        }
        assert_true(oa_boundary_mean_estimate(&boundaries[0], e.bias_adjusted, &mean, NULL));
        assert_close(mean, e.mle, 0, 1e-12);
        assert_close(mean, sum_over(&boundaries[0], e.bias_adjusted, .9, add_mean), 0, 1e-12);
        assert_true(oa_boundary_mean_estimate(&boundaries[0], e.mle, &mean, NULL));
        assert_close(e.bias_subtracted, 2 * e.mle - mean, 0, 1e-14);
    }
}

static void test_REQ_DESIGN_025_refused(void **state) {
    (void)state;
    static const struct {
        size_t look;
        int32_t s;
        const char *words;
    } cases[] = {
        {0, 2, "the trial goes on"},  {1, 1, "only with 2 to 29"}, {1, 30, "only with 2 to 29"},
        {0, -1, "only with 0 to 10"}, {2, 5, "has 2 looks"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_diag *diag = oa_diag_new();
        oa_estimates e = {.mle = 7};
        assert_false(oa_boundary_estimates(&boundaries[0], cases[i].look, cases[i].s, .2, .9, &e, diag));
        assert_non_null(strstr(oa_diag_get(diag, 0)->text, cases[i].words));
        assert_true(e.mle == 7);
        oa_diag_free(diag);
    }
    static const oa_two_stage design = {18, 2, 35, 6};
    static const int32_t ran[][3] = {{2, 17, 3}, {7, 17, 0}, {4, 0, 0}, {4, 17, 18}, {19, 17, 3}};
    for (size_t i = 0; i < COUNT(ran); i++) {
        oa_attained a;
        assert_false(oa_two_stage_attained(&design, ran[i][0], ran[i][1], ran[i][2], .1, .9, &a, NULL));
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_DESIGN_020_table),          cmocka_unit_test(test_REQ_DESIGN_020_umvue),
        cmocka_unit_test(test_REQ_DESIGN_021_over_and_under), cmocka_unit_test(test_REQ_DESIGN_022_unbiased),
        cmocka_unit_test(test_REQ_DESIGN_023_coverage),       cmocka_unit_test(test_REQ_DESIGN_024_order),
        cmocka_unit_test(test_REQ_DESIGN_024_equations),      cmocka_unit_test(test_REQ_DESIGN_025_refused),
        cmocka_unit_test(test_REQ_DESIGN_037_precision),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
