/*
 * test_design_oracle.c - designs of at most 25 subjects against brute force: all designs are tried, and each is judged by
 * adding up every path, with no code of the library.
 *
 *   REQ-DESIGN-030  operating characteristics are those of all sequences of responses, one by one
 *   REQ-DESIGN-031  no one-stage design beats the one found, for a grid of problems
 *   REQ-DESIGN-032  no two-stage design does, at any n
 *   REQ-DESIGN-033  no two-stage design with a stop for efficacy does
 *   REQ-DESIGN-034  no three-stage design does
 *   REQ-DESIGN-035  no curtailed design does; its boundaries are those of certain, or nearly certain, answers
 *   REQ-DESIGN-036  no design with response and toxicity does, with independence or an odds ratio
 *   REQ-DESIGN-038  boundaries do not fall from look to look
 *   REQ-DESIGN-039  probabilities add up to 1 and follow the exact pmf for up to 10000 subjects
 */
#include "close.h"

#include <onearm/design.h>

#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { MOST = 25 };

/* ---- judged by hand ---------------------------------------------------------------------------------------------- */

static double choose(int n, int k) {
    double value = 1;
    for (int i = 1; i <= k; i++) {
        value = value * (n - k + i) / i; /* whole at each step, and small enough to be exact */
    }
    return value;
}

static double pmf(int x, int n, double p) {
    return choose(n, x) * pow(p, x) * pow(1 - p, n - x);
}

static double tail(int x, int n, double p) {
    double sum = 0;
    for (int i = n; i >= x && i >= 0; i--) {
        sum += pmf(i, n, p);
    }
    return sum;
}

/* Pairs of rates and error rates whose designs have at most 25 subjects, or none. */
static const oa_problem problems[] = {
    {.p0 = .05, .p1 = .25, .alpha = .1, .beta = .1},  {.p0 = .05, .p1 = .25, .alpha = .05, .beta = .2},
    {.p0 = .05, .p1 = .3, .alpha = .05, .beta = .1},  {.p0 = .1, .p1 = .35, .alpha = .1, .beta = .2},
    {.p0 = .1, .p1 = .4, .alpha = .05, .beta = .1},   {.p0 = .2, .p1 = .5, .alpha = .1, .beta = .1},
    {.p0 = .2, .p1 = .5, .alpha = .05, .beta = .2},   {.p0 = .3, .p1 = .6, .alpha = .1, .beta = .2},
    {.p0 = .3, .p1 = .7, .alpha = .05, .beta = .1},   {.p0 = .5, .p1 = .8, .alpha = .1, .beta = .1},
    {.p0 = .5, .p1 = .75, .alpha = .25, .beta = .25}, {.p0 = .6, .p1 = .95, .alpha = .05, .beta = .2},
    {.p0 = .1, .p1 = .3, .alpha = .05, .beta = .1}, /* none up to 25 */
};

static bool keeps(const oa_problem *p, double type_one, double power) {
    return type_one <= p->alpha + 1e-12 && power >= 1 - p->beta - 1e-12;
}

/* ---- operating characteristics ----------------------------------------------------------------------------------- */

/* Each of the 2^n sequences is followed until it stops; the result counts how many do at each (look, s). */
static void follow_all(const oa_boundary *b, double counts[8][MOST + 1]) {
    int n = b->looks[b->count - 1].n;
    memset(counts, 0, 8 * sizeof *counts);
    for (unsigned path = 0; path < 1U << n; path++) {
        int s = 0;
        size_t look = 0;
        for (int i = 0; i < n; i++) {
            s += (int)(path >> i & 1);
            if (b->looks[look].n != i + 1) {
                continue;
            }
            if (s <= b->looks[look].lower || s >= b->looks[look].upper) {
                counts[look][s] += pow(.5, n - i - 1); /* of those that begin like this */
                break;
            }
            look++;
        }
    }
}

static void judge(const oa_boundary *b, double counts[8][MOST + 1], double p, oa_oc *oc) {
    *oc = (oa_oc){.p = p};
    for (size_t look = 0; look < b->count; look++) {
        int n = b->looks[look].n;
        for (int s = 0; s <= n; s++) {
            double probability = counts[look][s] * pow(p, s) * pow(1 - p, n - s);
            *(s >= b->looks[look].upper ? &oc->efficacy : &oc->futility) += probability;
            oc->expected_n += probability * n;
            oc->early += look + 1 < b->count ? probability : 0;
        }
    }
}

static void test_REQ_DESIGN_030_all_paths(void **state) {
    (void)state;
    static const oa_look a[] = {{5, 0, 4}, {9, 2, 6}, {14, 4, 8}, {16, 7, 8}};
    static const oa_look b[] = {{1, -1, 2}, {2, -1, 3}, {3, 0, 3}, {4, 0, 4}, {5, 1, 4}, {12, 5, 6}};
    static const oa_look c[] = {{7, 6, 8}, {15, 9, 10}};
    static const oa_look d[] = {{8, 3, 4}, {15, 5, 6}}; /* never reaches its second look */
    static const oa_boundary all[] = {{a, 4}, {b, 6}, {c, 2}, {d, 2}};
    static const double rates[] = {0, .01, .2, .5, .77, 1};
    for (size_t i = 0; i < COUNT(all); i++) {
        static double counts[8][MOST + 1];
        follow_all(&all[i], counts);
        for (size_t k = 0; k < COUNT(rates); k++) {
            oa_oc want, got;
            judge(&all[i], counts, rates[k], &want);
            assert_true(oa_boundary_oc(&all[i], rates[k], &got, NULL, NULL));
            assert_close(got.efficacy, want.efficacy, 0, 2e-15);
            assert_close(got.futility, want.futility, 0, 2e-15);
            assert_close(got.early, want.early, 0, 2e-15);
            assert_close(got.expected_n, want.expected_n, 0, 2e-14);
        }
    }
}

static void test_REQ_DESIGN_039_large(void **state) {
    (void)state;
    static const oa_look looks[] = {{100, 8, 25}, {1000, 100, 130}, {5000, 480, 540}, {10000, 1049, 1050}};
    static const oa_look one = {10000, 1049, 1050};
    static oa_look each[1000];
    for (int32_t k = 1; k <= 1000; k++) { /* looks that never stop change nothing */
        each[k - 1] = (oa_look){k, k < 1000 ? -1 : 119, k < 1000 ? k + 1 : 120};
    }
    static const oa_look last = {1000, 119, 120};
    for (double p = .02; p < 1; p += .07) {
        oa_oc oc, other;
        assert_true(oa_boundary_oc(&(oa_boundary){looks, 4}, p, &oc, NULL, NULL));
        assert_close(oc.efficacy + oc.futility, 1, 0, 1e-13);
        assert_true(oa_boundary_oc(&(oa_boundary){&one, 1}, p, &oc, NULL, NULL));
        assert_close(oc.efficacy + oc.futility, 1, 0, 1e-13);
        assert_true(oa_boundary_oc(&(oa_boundary){each, 1000}, p, &oc, NULL, NULL));
        assert_true(oa_boundary_oc(&(oa_boundary){&last, 1}, p, &other, NULL, NULL));
        assert_close(oc.efficacy, other.efficacy, 1e-12, 1e-14);
        assert_close(oc.futility, other.futility, 1e-12, 1e-14);
    }
}

/* ---- one and two stages ------------------------------------------------------------------------------------------ */

static void test_REQ_DESIGN_031_single(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(problems); i++) {
        oa_problem p = problems[i];
        int least = 0;
        p.n_max = MOST;
        for (int n = 1; n <= MOST && !least; n++) {
            for (int c = 0; c <= n + 1; c++) {
                least = keeps(&p, tail(c, n, p.p0), tail(c, n, p.p1)) ? n : least;
            }
        }
        oa_designs *designs = oa_design_single(&p, NULL, NULL);
        assert_int_equal(designs ? oa_designs_named(designs, "first")->boundary.looks[0].n : 0, least);
        oa_designs_free(designs);
    }
}

static double reject_two(int n1, int r1, int e, int n, int r, double p) {
    double sum = 0;
    for (int x = 0; x <= n1; x++) {
        sum += x > e ? pmf(x, n1, p) : x > r1 ? pmf(x, n1, p) * tail(r + 1 - x, n - n1, p) : 0;
    }
    return sum;
}

static double going_on(int n1, int r1, int e, double p) {
    double sum = 0;
    for (int x = r1 + 1; x <= e; x++) {
        sum += pmf(x, n1, p);
    }
    return sum;
}

/* The least EN(p) of all two-stage designs of n subjects that keep both errors; with `efficacy` those that may stop for it. */
static double best_two(const oa_problem *p, int n, bool efficacy, double rate) {
    double best = HUGE_VAL;
    for (int n1 = 1; n1 < n; n1++) {
        for (int r1 = 0; r1 < n1; r1++) {
            for (int e = efficacy ? r1 + 1 : n1; e < (efficacy ? n1 : n1 + 1); e++) {
                double en = n1 + going_on(n1, r1, e, rate) * (n - n1);
                for (int r = r1; r < n && en < best; r++) {
                    if (reject_two(n1, r1, e, n, r, p->p1) < 1 - p->beta - 1e-12) {
                        break; /* power only falls */
                    }
                    if (reject_two(n1, r1, e, n, r, p->p0) <= p->alpha + 1e-12) {
                        best = en;
                    }
                }
            }
        }
    }
    return best;
}

static void test_REQ_DESIGN_032_two_stage(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(problems); i++) {
        oa_problem p = problems[i];
        double optimal = HUGE_VAL;
        double minimax = HUGE_VAL;
        p.n_max = MOST;
        for (int n = 2; n <= MOST; n++) {
            double best = best_two(&p, n, false, p.p0);
            oa_designs *of = oa_design_simon_of(&p, n, NULL);
            assert_close(of ? oa_designs_at(of, 0)->at_p0.expected_n : HUGE_VAL, best, 0, 1e-10);
            oa_designs_free(of);
            minimax = isinf(minimax) ? best : minimax;
            optimal = fmin(optimal, best);
        }
        oa_designs *designs = oa_design_simon(&p, NULL);
        assert_int_equal(designs != NULL, isfinite(optimal));
        assert_int_equal(isfinite(optimal), i + 1 < COUNT(problems));
        if (designs) {
            assert_close(oa_designs_named(designs, "optimal")->at_p0.expected_n, optimal, 0, 1e-8);
            assert_close(oa_designs_named(designs, "minimax")->at_p0.expected_n, minimax, 0, 1e-8);
        }
        oa_designs_free(designs);
    }
}

static void test_REQ_DESIGN_033_mander_thompson(void **state) {
    (void)state;
    static const char *const names[2][2] = {{"H0-optimal", "H0-minimax"}, {"H1-optimal", "H1-minimax"}};
    for (size_t i = 0; i < COUNT(problems); i++) {
        oa_problem p = problems[i];
        p.n_max = MOST;
        oa_designs *designs = oa_design_mander_thompson(&p, NULL);
        for (int h = 0; h < 2; h++) {
            double optimal = HUGE_VAL;
            double minimax = HUGE_VAL;
            for (int n = 2; n <= MOST; n++) {
                double best = best_two(&p, n, true, h ? p.p1 : p.p0);
                minimax = isinf(minimax) ? best : minimax;
                optimal = fmin(optimal, best);
            }
            assert_int_equal(designs != NULL, isfinite(optimal));
            assert_int_equal(isfinite(optimal), i + 1 < COUNT(problems));
            for (int k = 0; designs && k < 2; k++) {
                const oa_design *d = oa_designs_named(designs, names[h][k]);
                assert_close(h ? d->at_p1.expected_n : d->at_p0.expected_n, k ? minimax : optimal, 0, 1e-8);
            }
        }
        oa_designs_free(designs);
    }
}

/* ---- three stages ------------------------------------------------------------------------------------------------ */

/* All of (n1, r1, n2, r2, n, r) with n <= most; the least EN(p0). */
static double best_three(const oa_problem *p, int least, int most) {
    double best = HUGE_VAL;
    for (int n1 = 1; n1 < most - 1; n1++) {
        for (int r1 = 0; r1 < n1; r1++) {
            for (int n2 = n1 + 1; n2 < most; n2++) {
                double at[2][MOST + 1] = {{0}};
                for (int h = 0; h < 2; h++) {
                    for (int x = r1 + 1; x <= n1; x++) {
                        for (int y = 0; y <= n2 - n1; y++) {
                            at[h][x + y] += pmf(x, n1, h ? p->p1 : p->p0) * pmf(y, n2 - n1, h ? p->p1 : p->p0);
                        }
                    }
                }
                for (int r2 = r1; r2 < n2; r2++) {
                    double on = 0;
                    double on1 = 0;
                    for (int s = r2 + 1; s <= n2; s++) {
                        on += at[0][s];
                        on1 += at[1][s];
                    }
                    if (on1 < 1 - p->beta - 1e-12) {
                        break; /* the power is no more than that */
                    }
                    for (int n = n2 + 1 > least ? n2 + 1 : least; n <= most; n++) {
                        double en = n1 + tail(r1 + 1, n1, p->p0) * (n2 - n1) + on * (n - n2);
                        for (int r = r2; r < n && en < best; r++) {
                            double reject[2] = {0, 0};
                            for (int s = r2 + 1; s <= n2; s++) {
                                reject[0] += at[0][s] * tail(r + 1 - s, n - n2, p->p0);
                                reject[1] += at[1][s] * tail(r + 1 - s, n - n2, p->p1);
                            }
                            best = keeps(p, reject[0], reject[1]) ? en : best;
                        }
                    }
                }
            }
        }
    }
    return best;
}

static void test_REQ_DESIGN_034_three_stage(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(problems); i += 2) {
        oa_problem p = problems[i];
        int most = p.n_max = 20;
        oa_designs *designs = oa_design_three_stage(&p, false, NULL);
        assert_close(designs ? oa_designs_named(designs, "optimal")->at_p0.expected_n : HUGE_VAL,
                     best_three(&p, 1, most), 0, 1e-8);
        if (designs) {
            const oa_design *d = oa_designs_named(designs, "minimax");
            int n = d->boundary.looks[2].n;
            assert_close(d->at_p0.expected_n, best_three(&p, n, n), 0, 1e-8);
            assert_true(isinf(best_three(&p, 1, n - 1)));
        }
        oa_designs_free(designs);
    }
}

/* ---- curtailed --------------------------------------------------------------------------------------------------- */

typedef struct curtailed {
    oa_two_stage d;
    double p1;
    oa_curtailment how;
} curtailed;

/* P(reject | s of k; p1), from the definition. */
static double conditional_power(const oa_two_stage *d, int s, int k, double p1) {
    double sum = 0;
    if (k >= d->n1) {
        return tail(d->r + 1 - s, d->n - k, p1);
    }
    for (int x = 0; x <= d->n1 - k; x++) {
        sum += s + x > d->r1 ? pmf(x, d->n1 - k, p1) * tail(d->r + 1 - s - x, d->n - d->n1, p1) : 0;
    }
    return sum;
}

/* -1 futility, 1 efficacy, 0 on. */
static int answer(const curtailed *c, int s, int k) {
    const oa_two_stage *d = &c->d;
    if (k == d->n) {
        return s > d->r ? 1 : -1;
    }
    double cp = k == d->n1 && s <= d->r1 ? 0 : conditional_power(d, s, k, c->p1);
    if (cp <= c->how.futility + 1e-12) {
        return -1;
    }
    return c->how.stop_for_efficacy && cp >= c->how.efficacy - 1e-12 ? 1 : 0;
}

/* Every path from s of k on: its share of efficacy, and of the expected number of subjects. */
static void follow(const curtailed *c, int s, int k, double probability, double p, double *efficacy, double *en) {
    int a = k ? answer(c, s, k) : 0;
    if (a) {
        *efficacy += a > 0 ? probability : 0;
        *en += probability * k;
        return;
    }
    follow(c, s + 1, k + 1, probability * p, p, efficacy, en);
    follow(c, s, k + 1, probability * (1 - p), p, efficacy, en);
}

static void test_REQ_DESIGN_035_curtailed(void **state) {
    (void)state;
    static const oa_curtailment hows[] = {{0, 1, false}, {0, 1, true}, {.15, 1, true}, {.1, .9, true}};
    oa_problem p = {.p0 = .2, .p1 = .6, .alpha = .1, .beta = .15, .n_max = 12};
    for (size_t i = 0; i < COUNT(hows); i++) {
        double best = HUGE_VAL;
        curtailed c = {.p1 = p.p1, .how = hows[i]};
        for (c.d.n = 2; c.d.n <= p.n_max; c.d.n++) {
            for (c.d.n1 = 1; c.d.n1 < c.d.n; c.d.n1++) {
                for (c.d.r1 = 0; c.d.r1 < c.d.n1; c.d.r1++) {
                    for (c.d.r = c.d.r1; c.d.r < c.d.n; c.d.r++) {
                        double reject[2] = {0, 0};
                        double en[2] = {0, 0};
                        follow(&c, 0, 0, 1, p.p0, &reject[0], &en[0]);
                        if (en[0] < best && reject[0] <= p.alpha + 1e-12) {
                            follow(&c, 0, 0, 1, p.p1, &reject[1], &en[1]);
                            best = keeps(&p, reject[0], reject[1]) ? en[0] : best;
                        }
                    }
                }
            }
        }
        oa_designs *designs = oa_design_curtailed(&p, &hows[i], NULL);
        assert_non_null(designs);
        assert_close(oa_designs_named(designs, "optimal")->at_p0.expected_n, best, 0, 1e-8);
        oa_designs_free(designs);
    }
}

static void test_REQ_DESIGN_035_boundaries(void **state) {
    (void)state;
    static const oa_two_stage designs_tried[] = {{10, 1, 25, 5}, {1, 0, 2, 1},   {9, 7, 10, 9},
                                                 {5, 0, 24, 0},  {12, 4, 13, 4}, {10, 5, 30, 6}};
    static const oa_curtailment hows[] = {{0, 1, true}, {.2, 1, true}, {.05, .95, true}, {.3, 1, false}};
    oa_problem p = {.p0 = .1, .p1 = .3, .alpha = .05, .beta = .2};
    for (size_t i = 0; i < COUNT(designs_tried); i++) {
        for (size_t j = 0; j < COUNT(hows); j++) {
            curtailed c = {designs_tried[i], p.p1, hows[j]};
            oa_designs *designs = oa_design_curtail(&p, &c.d, &c.how, NULL);
            const oa_boundary *b = &oa_designs_at(designs, 0)->boundary;
            assert_true(oa_boundary_valid(b, NULL));
            int low = 0; /* what can be reached without having stopped */
            int high = 0;
            for (size_t look = 0; look < b->count; look++) {
                high++;
                for (int s = low; s <= high; s++) {
                    int want = answer(&c, s, b->looks[look].n);
                    int got = s <= b->looks[look].lower ? -1 : s >= b->looks[look].upper ? 1 : 0;
                    assert_int_equal(got, want);
                }
                low = low > b->looks[look].lower ? low : b->looks[look].lower + 1;
                high = high < b->looks[look].upper ? high : b->looks[look].upper - 1;
            }
            oa_designs_free(designs);
        }
    }
}

/* ---- response and toxicity --------------------------------------------------------------------------------------- */

enum { FEW = 10 };

typedef struct truth {
    double joint[FEW + 1][FEW + 1][FEW + 1]; /* n, responses, toxicities */
    double corner[FEW + 1][FEW + 2][FEW + 1];
} truth;

/* Four cells with odds ratio phi, by bisection of P(both). */
static void fill_truth(truth *t, double r, double x, double phi) {
    double low = fmax(0, r + x - 1);
    double high = fmin(r, x);
    for (int i = 0; i < 200; i++) {
        double both = (low + high) / 2;
        *(both * (1 - r - x + both) < phi * (r - both) * (x - both) ? &low : &high) = both;
    }
    double both = low;
    memset(t, 0, sizeof *t);
    for (int n = 0; n <= FEW; n++) {
        for (int a = 0; a <= n; a++) { /* both, response only, toxicity only */
            for (int b = 0; a + b <= n; b++) {
                for (int c = 0; a + b + c <= n; c++) {
                    t->joint[n][a + b][a + c] += choose(n, a) * choose(n - a, b) * choose(n - a - b, c) * pow(both, a) *
                                                 pow(r - both, b) * pow(x - both, c) *
                                                 pow(1 - r - x + both, n - a - b - c);
                }
            }
        }
        for (int a = 0; a <= n; a++) {
            for (int c = 0; c <= n; c++) {
                for (int i = a; i <= n; i++) {
                    for (int k = 0; k <= c; k++) {
                        t->corner[n][a][c] += t->joint[n][i][k];
                    }
                }
            }
        }
    }
}

static double corner_of(const truth *t, int n, int a, int c) {
    return a > n || c < 0 ? 0 : t->corner[n][a < 0 ? 0 : a][c > n ? n : c];
}

static double accepted(const truth *t, int n1, int r1, int t1, int n, int r, int x) {
    double sum = 0;
    for (int i = r1 + 1; i <= n1; i++) {
        for (int k = 0; k <= t1; k++) {
            sum += t->joint[n1][i][k] * corner_of(t, n - n1, r + 1 - i, x - k);
        }
    }
    return sum;
}

static double best_of_stage(const oa_bryant_day *p, const truth t[3], int n1, int n, double best) {
    for (int r1 = -1; r1 < n1; r1++) {
        for (int t1 = 0; t1 <= n1; t1++) {
            double on = fmax(corner_of(&t[0], n1, r1 + 1, t1), corner_of(&t[1], n1, r1 + 1, t1));
            double en = n1 + (n - n1) * on;
            for (int r = r1 > 0 ? r1 : 0; r < n && en < best; r++) {
                for (int x = t1; x < n && en < best; x++) {
                    if (accepted(&t[2], n1, r1, t1, n, r, x) >= 1 - p->beta - 1e-12 &&
                        accepted(&t[0], n1, r1, t1, n, r, x) <= p->alpha_response + 1e-12 &&
                        accepted(&t[1], n1, r1, t1, n, r, x) <= p->alpha_toxicity + 1e-12) {
                        best = en;
                    }
                }
            }
        }
    }
    return best;
}

static void test_REQ_DESIGN_036_bryant_day(void **state) {
    (void)state;
    static truth t[3];
    static const oa_bryant_day cases[] = {
        {.15, .6, .6, .15, .15, .15, .2, 1, false, FEW}, {.2, .7, .5, .1, .2, .2, .2, 1, false, FEW},
        {.15, .6, .6, .15, .2, .15, .25, 4, false, FEW}, {.15, .6, .6, .15, .2, .2, .2, .2, false, FEW},
        {.1, .2, .3, .2, .1, .1, .1, 1, false, FEW}, /* none */
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const oa_bryant_day *p = &cases[i];
        oa_bryant_day_answer a = {.optimal = {.worst_en = HUGE_VAL}, .minimax = {.worst_en = HUGE_VAL}};
        double optimal = HUGE_VAL;
        double minimax = HUGE_VAL;
        fill_truth(&t[0], p->response0, p->toxicity1, p->phi);
        fill_truth(&t[1], p->response1, p->toxicity0, p->phi);
        fill_truth(&t[2], p->response1, p->toxicity1, p->phi);
        for (int n = 2; n <= FEW; n++) {
            for (int n1 = 1; n1 < n; n1++) {
                optimal = best_of_stage(p, t, n1, n, optimal);
            }
            minimax = isinf(minimax) ? optimal : minimax;
        }
        oa_design_bryant_day(p, &a, NULL);
        assert_close(a.optimal.worst_en, optimal, 0, 1e-8);
        assert_close(a.minimax.worst_en, minimax, 0, 1e-8);
        assert_int_equal(isfinite(optimal), i + 1 < COUNT(cases));
    }
}

/* ---- monotone ---------------------------------------------------------------------------------------------------- */

static void assert_monotone(oa_designs *designs) {
    for (size_t i = 0; designs && i < oa_designs_count(designs); i++) {
        const oa_boundary *b = &oa_designs_at(designs, i)->boundary;
        assert_true(oa_boundary_valid(b, NULL));
        for (size_t k = 1; k < b->count; k++) {
            assert_true(b->looks[k].lower >= b->looks[k - 1].lower);
            assert_true(b->looks[k - 1].upper > b->looks[k - 1].n || b->looks[k].upper >= b->looks[k - 1].upper);
        }
    }
    oa_designs_free(designs);
}

static void test_REQ_DESIGN_038_monotone(void **state) {
    (void)state;
    static const oa_curtailment how = {.1, .95, true};
    static const int32_t stages[] = {5, 5, 5, 5, 5};
    for (size_t i = 0; i < COUNT(problems); i++) {
        oa_problem p = problems[i];
        assert_monotone(oa_design_simon(&p, NULL));
        assert_monotone(oa_design_mander_thompson(&p, NULL));
        assert_monotone(oa_design_three_stage(&p, true, NULL));
        assert_monotone(oa_design_curtailed(&p, &how, NULL));
        assert_monotone(oa_design_fleming(&p, stages, COUNT(stages), NULL));
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_DESIGN_030_all_paths),       cmocka_unit_test(test_REQ_DESIGN_039_large),
        cmocka_unit_test(test_REQ_DESIGN_031_single),          cmocka_unit_test(test_REQ_DESIGN_032_two_stage),
        cmocka_unit_test(test_REQ_DESIGN_033_mander_thompson), cmocka_unit_test(test_REQ_DESIGN_034_three_stage),
        cmocka_unit_test(test_REQ_DESIGN_035_curtailed),       cmocka_unit_test(test_REQ_DESIGN_035_boundaries),
        cmocka_unit_test(test_REQ_DESIGN_036_bryant_day),      cmocka_unit_test(test_REQ_DESIGN_038_monotone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
