/*
 * binomial_test.c - exact tests of a binomial proportion against p0.
 *
 * With X ~ Binomial(n, p0) and x observed:
 *   greater      P(X >= x)
 *   less         P(X <= x)
 *   two-sided    the probability of all outcomes that are as or less probable than x.  Outcomes count as equally probable
 *                up to a factor of 1 + 1e-7, and x = n p0 gives 1, as in R's binom.test.
 *   doubled      twice the smaller tail, at most 1: the test that Clopper and Pearson's interval inverts.
 *   blaker       the smaller tail and the largest other tail that is no larger, at most 1: the test that Blaker's interval
 *                inverts (H. Blaker, Can J Stat 28 (2000) 783-798), equality up to 1e-11.
 *   mid-p        doubled, greater or less with half of P(X = x) (H. O. Lancaster, JASA 56 (1961) 223-234).
 * Accuracy     relative error below 1e-11 wherever p is a normal number.
 */
#include "binomial.h"

#include <math.h>
#include <string.h>

static double log_probability(int64_t k, int64_t n, oa_share at) {
    if (k == 0 || k == n) {
        return (double)n * (k == 0 ? log1p(-at.p) : log(at.p));
    }
    double successes = (double)k;
    double failures = (double)(n - k);
    oa_beta_law beta = oa_beta_of(successes, failures);
    return oa_beta_log_density(&beta, at) + log((double)n / (successes * failures));
}

static double probability(int64_t k, int64_t n, oa_share at) {
    if (at.p <= 0 || at.q <= 0) {
        return k == (at.p <= 0 ? 0 : n);
    }
    return exp(log_probability(k, n, at));
}

static double greater(int64_t x, int64_t n, oa_share at) {
    return oa_binomial_from(x, n, at);
}

static double less(int64_t x, int64_t n, oa_share at) {
    return oa_binomial_up_to(x, n, at);
}

static double doubled(int64_t x, int64_t n, oa_share at) {
    return 2 * fmin(greater(x, n, at), less(x, n, at));
}

static double mid_greater(int64_t x, int64_t n, oa_share at) {
    return oa_binomial_from(x + 1, n, at) + probability(x, n, at) / 2;
}

static double mid_less(int64_t x, int64_t n, oa_share at) {
    return oa_binomial_up_to(x - 1, n, at) + probability(x, n, at) / 2;
}

static double mid_doubled(int64_t x, int64_t n, oa_share at) {
    return 2 * fmin(mid_greater(x, n, at), mid_less(x, n, at));
}

/* x above n p0: its own tail, and the outcomes below n p0 that are no more probable. */
static double as_probable_above(int64_t x, int64_t n, oa_share at) {
    double limit = log_probability(x, n, at) + log1p(1e-7);
    int64_t in = -1;
    int64_t out = (int64_t)floor((double)n * at.p) + 1;
    while (out - in > 1) {
        int64_t k = in + (out - in) / 2;
        if (log_probability(k, n, at) <= limit) {
            in = k;
        } else {
            out = k;
        }
    }
    return greater(x, n, at) + less(in, n, at);
}

static oa_share mirrored(oa_share at) {
    return (oa_share){.p = at.q, .q = at.p};
}

static double as_probable(int64_t x, int64_t n, oa_share at) {
    if (at.p <= 0 || at.q <= 0) {
        return probability(x, n, at);
    }
    double expected = (double)n * at.p;
    if ((double)x >= expected) {
        return (double)x > expected ? as_probable_above(x, n, at) : 1;
    }
    return as_probable_above(n - x, n, mirrored(at));
}

/* For x with P(X >= x) the smaller tail. */
static double blaker_above(int64_t x, int64_t n, oa_share at, double own) {
    int64_t in = -1;
    int64_t out = x;
    while (out - in > 1) {
        int64_t k = in + (out - in) / 2;
        if (less(k, n, at) <= own * (1 + 1e-11)) {
            in = k;
        } else {
            out = k;
        }
    }
    return own + less(in, n, at);
}

static double blaker(int64_t x, int64_t n, oa_share at) {
    double above = greater(x, n, at);
    double below = less(x, n, at);
    return above <= below ? blaker_above(x, n, at, above) : blaker_above(n - x, n, mirrored(at), below);
}

static const struct {
    const char *name;
    const char *label;
    double (*p_value)(int64_t x, int64_t n, oa_share at);
} tests[OA_N_BINOMIAL_TESTS] = {
    [OA_BINOMIAL_TWO_SIDED] = {"two-sided", "exact binomial, two-sided (outcomes as or less probable)", as_probable},
    [OA_BINOMIAL_GREATER] = {"greater", "exact binomial, one-sided: p > p0", greater},
    [OA_BINOMIAL_LESS] = {"less", "exact binomial, one-sided: p < p0", less},
    [OA_BINOMIAL_DOUBLED] = {"doubled", "exact binomial, two-sided (the smaller tail doubled)", doubled},
    [OA_BINOMIAL_BLAKER] = {"blaker", "exact binomial, two-sided (Blaker)", blaker},
    [OA_BINOMIAL_MID_P] = {"mid-p", "binomial mid-P, two-sided (the smaller tail doubled)", mid_doubled},
    [OA_BINOMIAL_MID_P_GREATER] = {"mid-p-greater", "binomial mid-P, one-sided: p > p0", mid_greater},
    [OA_BINOMIAL_MID_P_LESS] = {"mid-p-less", "binomial mid-P, one-sided: p < p0", mid_less},
};

const char *oa_binomial_test_name(oa_binomial_test_kind kind) {
    return (unsigned)kind < OA_N_BINOMIAL_TESTS ? tests[kind].name : NULL;
}

const char *oa_binomial_test_label(oa_binomial_test_kind kind) {
    return (unsigned)kind < OA_N_BINOMIAL_TESTS ? tests[kind].label : NULL;
}

bool oa_binomial_test_of(const char *name, oa_binomial_test_kind *kind) {
    for (unsigned i = 0; i < OA_N_BINOMIAL_TESTS; i++) {
        if (strcmp(tests[i].name, name) == 0) {
            *kind = (oa_binomial_test_kind)i;
            return true;
        }
    }
    return false;
}

bool oa_binomial_test(int64_t x, int64_t n, double p0, oa_binomial_test_kind kind, double *p, oa_diag *diag) {
    if (!oa_counts_valid(x, n, diag)) {
        return false;
    }
    if (!(p0 >= 0 && p0 <= 1)) {
        char text[OA_NUMBER_SIZE];
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "STATS-BINOMIAL",
                    "the proportion p0 of the hypothesis is %s; it must be a fraction from 0 to 1",
                    oa_level_text(p0, text));
        return false;
    }
    if ((unsigned)kind >= OA_N_BINOMIAL_TESTS) {
        oa_diag_add(diag, OA_ERROR, OA_USAGE, NULL, "STATS-BINOMIAL", "there is no such binomial test");
        return false;
    }
    *p = fmin(tests[kind].p_value(x, n, (oa_share){.p = p0, .q = 1 - p0}), 1);
    return true;
}
