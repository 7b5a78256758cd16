/*
 * binomial.c - intervals of a binomial proportion.
 *
 * With X ~ Binomial(n, p), x observed, m = n - x and the probability a left outside on the side of a limit (half of
 * 1 - level, or all of it for a one-sided interval), z being the normal deviate with a above it, each method is its lower
 * limit; the upper limit is the complement of the lower limit of the failures, m of n, so that all are mirrored exactly.
 *
 * Clopper-Pearson  P(X >= x | p) = a, the a quantile of Beta(x, m + 1).  Each limit is the end of a one-sided test of
 *                  size a, so that the interval covers p with at least the level whatever p is.
 *                  C. J. Clopper, E. S. Pearson, Biometrika 26 (1934) 404-413.
 * Blaker           blaker.c
 * mid-P            P(X > x | p) + P(X = x | p) / 2 = a.  H. O. Lancaster, JASA 56 (1961) 223-234; G. Berry,
 *                  P. Armitage, Statistician 44 (1995) 417-423.
 * Wilson           the p below x/n with (x/n - p)^2 = z^2 p (1 - p) / n.  E. B. Wilson, JASA 22 (1927) 209-212.
 * Wilson-CC        the same with |x/n - p| - 1/(2n).  R. G. Newcombe, Stat Med 17 (1998) 857-872, method 4.
 * Agresti-Coull    Wald's with z^2/2 successes and failures more.  A. Agresti, B. A. Coull, Am Stat 52 (1998) 119-126.
 * Jeffreys         the a quantile of Beta(x + 1/2, m + 1/2); 0 at x = 0.  L. D. Brown, T. T. Cai, A. DasGupta, Stat Sci
 *                  16 (2001) 101-133, section 3.1.3.
 * Wald             x/n - z sqrt(x m / n) / n.
 *
 * Domain      1 <= n <= 1e8, 0 <= x <= n; 0 < a <= 0.5.
 * Accuracy    Relative error of the smaller of p and 1 - p below 1e-13 for Clopper-Pearson, mid-P and Jeffreys, below 1e-11
 *             for Blaker, against exact arithmetic (tests/oracle_binomial.py); of Agresti-Coull and Wald the absolute
 *             error, below 1e-14.
 */
#include "binomial.h"

#include "level.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

static const int64_t most_trials = 100000000;

bool oa_counts_valid(int64_t x, int64_t n, oa_diag *diag) {
    if (n < 1) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "STATS-BINOMIAL",
                    "a proportion of n = %" PRId64 " has no interval; n must be at least 1", n);
        return false;
    }
    if (n > most_trials) {
        oa_diag_add(diag, OA_ERROR, OA_LIMIT, NULL, "STATS-BINOMIAL",
                    "n = %" PRId64 " is more than the %" PRId64 " for which binomial probabilities are computed", n,
                    most_trials);
        return false;
    }
    if (x < 0 || x > n) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "STATS-BINOMIAL",
                    "%" PRId64 " of %" PRId64 " is no proportion; x must be from 0 to n", x, n);
        return false;
    }
    return true;
}

static double lower_tail(double a, double b, oa_share at) {
    oa_beta_law beta = oa_beta_of(a, b);
    return oa_beta_lower(&beta, at);
}

double oa_binomial_from(int64_t x, int64_t n, oa_share at) {
    if (x <= 0 || x > n) {
        return x <= 0;
    }
    if (at.p <= 0 || at.q <= 0) {
        return at.q <= 0;
    }
    return lower_tail((double)x, (double)(n - x + 1), at);
}

double oa_binomial_up_to(int64_t x, int64_t n, oa_share at) {
    return oa_binomial_from(n - x, n, (oa_share){.p = at.q, .q = at.p});
}

/* A share from p and q, each of them known to its own last digit. */
static oa_share share_of(double p, double q) {
    return p <= q ? (oa_share){.p = p, .q = 1 - p} : (oa_share){.p = 1 - q, .q = q};
}

static oa_share share_of_root(double log_of_p) {
    return share_of(exp(log_of_p), -expm1(log_of_p));
}

/* ---- the lower limits, for 1 <= x <= n but where it says otherwise ---- */

oa_share oa_clopper_pearson_lower(int64_t x, int64_t n, const oa_tail *tail) {
    if (x == n) { /* p^n = a */
        return share_of_root(tail->log / (double)n);
    }
    if (x == 1) { /* q^n = 1 - a */
        double log_of_q = log1p(-tail->part) / (double)n;
        return share_of(-expm1(log_of_q), exp(log_of_q));
    }
    oa_beta_law beta = oa_beta_of((double)x, (double)(n - x + 1));
    return oa_beta_quantile(&beta, tail);
}

typedef struct mid_p {
    oa_beta_law beta; /* of P(X >= x) */
    double x;
    double m;
    double log_tail;
} mid_p;

/* With b = P(X = x): P(X > x) + b/2 = P(X >= x) - b/2; its derivative by log odds is b (x q + m p) / 2. */
static oa_slope mid_p_slope(const void *context, oa_share at) {
    const mid_p *sought = context;
    double x = sought->x;
    double m = sought->m;
    double times = x * at.q / oa_beta_hazard(&sought->beta, at) - 0.5; /* P / b */
    double rise = x * at.q + m * at.p;
    double log_b = oa_beta_log_density(&sought->beta, at) - log(x * at.q);
    double pq = at.p * at.q;
    double npq = (x + m) * pq;
    double lean = at.q - at.p;
    /* the derivatives of rise over rise; those of the logarithm of rise follow */
    double r1 = pq * (m - x) / rise;
    double r2 = r1 * lean;
    double r3 = r1 * (1 - 6 * pq);
    double r4 = r2 * (1 - 12 * pq);
    return (oa_slope){.log_ratio = log_b + log(times) - sought->log_tail,
                      .hazard = rise / (2 * times),
                      .bend = {x * at.q - m * at.p + r1, r2 - r1 * r1 - npq,
                               r3 - r1 * (3 * r2 - 2 * r1 * r1) - npq * lean,
                               r4 - 4 * r1 * r3 - 3 * r2 * r2 + 6 * r1 * r1 * (2 * r2 - r1 * r1) - npq * (1 - 6 * pq)}};
}

static oa_share mid_p_lower(int64_t x, int64_t n, const oa_tail *tail) {
    if (x == n) { /* p^n / 2 = a */
        return share_of_root(log(2 * tail->part) / (double)n);
    }
    mid_p sought = {.beta = oa_beta_of((double)x, (double)(n - x + 1)),
                    .x = (double)x,
                    .m = (double)(n - x),
                    .log_tail = tail->log};
    return oa_share_solve(oa_beta_guess(&sought.beta, tail), mid_p_slope, &sought);
}

static oa_share jeffreys_lower(int64_t x, int64_t n, const oa_tail *tail) {
    oa_beta_law beta = oa_beta_of((double)x + 0.5, (double)(n - x) + 0.5);
    return oa_beta_quantile(&beta, tail);
}

/* The smaller root of the quadratic, from the product of both; it would cancel otherwise. */
static oa_share wilson_lower(int64_t count, int64_t trials, const oa_tail *tail) {
    double z = tail->deviate;
    double x = (double)count;
    double n = (double)trials;
    double m = n - x;
    double root = z * sqrt(x * m / n + z * z / 4);
    return share_of(x * x / (n * (x + z * z / 2 + root)), (m + z * z / 2 + root) / (n + z * z));
}

static oa_share wilson_cc_lower(int64_t count, int64_t trials, const oa_tail *tail) {
    double z = tail->deviate;
    double x = (double)count;
    double n = (double)trials;
    double m = n - x;
    double root = z * sqrt(z * z - 2 - 1 / n + 4 * x * (m + 1) / n);
    return share_of((2 * x - 1) * (2 * x - 1) / (2 * n * (2 * x + z * z - 1 + root)),
                    (2 * m + z * z + 1 + root) / (2 * (n + z * z)));
}

/* Also for x = 0; p can be negative. */
static oa_share wald_lower(int64_t count, int64_t trials, const oa_tail *tail) {
    double x = (double)count;
    double n = (double)trials;
    double half = tail->deviate * sqrt(x * (n - x) / n) / n;
    return share_of(x / n - half, (n - x) / n + half);
}

/* Also for x = 0. */
static oa_share agresti_coull_lower(int64_t count, int64_t trials, const oa_tail *tail) {
    double z = tail->deviate;
    double n = (double)trials + z * z;
    double p = ((double)count + z * z / 2) / n;
    double q = ((double)(trials - count) + z * z / 2) / n;
    double half = z * sqrt(p * q / n);
    return share_of(p - half, q + half);
}

static const struct {
    const char *name;
    const char *label;
    const char *description;
    oa_share (*lower)(int64_t x, int64_t n, const oa_tail *tail);
    bool from_nothing; /* the formula stands for x = 0, too; else the lower limit is 0 there */
    bool two_sided_only;
} methods[OA_N_CI_METHODS] = {
    [OA_CI_CLOPPER_PEARSON] = {"clopper-pearson", "Clopper-Pearson",
                               "exact: inverts the binomial tests of each side; covers with at least the level "
                               "(Clopper and Pearson 1934)",
                               oa_clopper_pearson_lower, false, false},
    [OA_CI_BLAKER] = {"blaker", "Blaker",
                      "exact: inverts one two-sided test; within Clopper-Pearson's, covers with at least the level "
                      "(Blaker 2000)",
                      oa_blaker_lower, false, true},
    [OA_CI_MID_P] = {"mid-p", "mid-P",
                     "Clopper-Pearson's with half the probability of x; covers with the level on average "
                     "(Lancaster 1961; Berry and Armitage 1995)",
                     mid_p_lower, false, false},
    [OA_CI_WILSON] = {"wilson", "Wilson", "inverts the score test (Wilson 1927)", wilson_lower, false, false},
    [OA_CI_WILSON_CC] = {"wilson-cc", "Wilson with continuity correction",
                         "inverts the score test with continuity correction (Newcombe 1998)", wilson_cc_lower, false,
                         false},
    [OA_CI_AGRESTI_COULL] = {"agresti-coull", "Agresti-Coull",
                             "Wald's around Wilson's centre, cut off at 0 and 1 (Agresti and Coull 1998)",
                             agresti_coull_lower, true, false},
    [OA_CI_JEFFREYS] = {"jeffreys", "Jeffreys",
                        "quantiles of Beta(x + 1/2, n - x + 1/2), 0 at x = 0 and 1 at x = n (Brown, Cai and DasGupta "
                        "2001)",
                        jeffreys_lower, false, false},
    [OA_CI_WALD] = {"wald", "Wald", "estimate and normal standard error, cut off at 0 and 1; for comparison only",
                    wald_lower, true, false},
};

static bool is_method(oa_ci_method method) {
    return (unsigned)method < OA_N_CI_METHODS;
}

const char *oa_ci_name(oa_ci_method method) {
    return is_method(method) ? methods[method].name : NULL;
}

const char *oa_ci_label(oa_ci_method method) {
    return is_method(method) ? methods[method].label : NULL;
}

const char *oa_ci_description(oa_ci_method method) {
    return is_method(method) ? methods[method].description : NULL;
}

bool oa_ci_of(const char *name, oa_ci_method *method) {
    for (unsigned i = 0; i < OA_N_CI_METHODS; i++) {
        if (strcmp(methods[i].name, name) == 0) {
            *method = (oa_ci_method)i;
            return true;
        }
    }
    return false;
}

static bool sides_valid(oa_ci_method method, oa_sides sides, double level, oa_diag *diag) {
    if (!is_method(method) || (unsigned)sides > OA_UPPER) {
        oa_diag_add(diag, OA_ERROR, OA_USAGE, NULL, "STATS-BINOMIAL", "there is no such method or side of an interval");
        return false;
    }
    if (sides != OA_TWO_SIDED && methods[method].two_sided_only) {
        oa_diag_add(diag, OA_ERROR, OA_USAGE, NULL, "STATS-BINOMIAL",
                    "%s's interval is two-sided by definition; a one-sided exact limit is Clopper-Pearson's",
                    methods[method].label);
        return false;
    }
    if (sides != OA_TWO_SIDED && level < 0.5) {
        char text[OA_NUMBER_SIZE];
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "STATS-LEVEL",
                    "a one-sided limit at level %s would leave the estimate outside; the level must be from 0.5",
                    oa_level_text(level, text));
        return false;
    }
    return true;
}

static oa_share lower_limit(int64_t x, int64_t n, oa_ci_method method, const oa_tail *tail) {
    if (x == 0 && !methods[method].from_nothing) {
        return (oa_share){.p = 0, .q = 1};
    }
    return methods[method].lower(x, n, tail);
}

/* Those of x and of n - x of n; both at once, which is quicker, where neither has a closed form. */
static void clopper_pearson_lowers(int64_t x, int64_t n, const oa_tail *tail, oa_share *lower, oa_share *of_failures) {
    int64_t m = n - x;
    if (x < 2 || m < 2) {
        *lower = lower_limit(x, n, OA_CI_CLOPPER_PEARSON, tail);
        *of_failures = lower_limit(m, n, OA_CI_CLOPPER_PEARSON, tail);
        return;
    }
    oa_beta_law betas[2] = {oa_beta_of((double)x, (double)(m + 1)), oa_beta_of((double)m, (double)(x + 1))};
    oa_share at[2];
    oa_beta_quantiles(betas, tail, at);
    *lower = at[0];
    *of_failures = at[1];
}

bool oa_binomial_interval_uncut(int64_t x, int64_t n, oa_ci_method method, oa_sides sides, double level,
                                oa_interval *interval, oa_diag *diag) {
    if (!oa_counts_valid(x, n, diag) || !oa_level_valid(level, diag) || !sides_valid(method, sides, level, diag)) {
        return false;
    }
    oa_tail tail = oa_tail_of(sides == OA_TWO_SIDED ? oa_level_tail(level) : 1 - level);
    oa_share lower = {.p = 0, .q = 1};
    oa_share of_failures = lower; /* the lower limit of n - x of n */
    if (method == OA_CI_CLOPPER_PEARSON && sides == OA_TWO_SIDED) {
        clopper_pearson_lowers(x, n, &tail, &lower, &of_failures);
    } else {
        lower = sides == OA_UPPER ? lower : lower_limit(x, n, method, &tail);
        of_failures = sides == OA_LOWER ? of_failures : lower_limit(n - x, n, method, &tail);
    }
    *interval = (oa_interval){.estimate = (double)x / (double)n, .lower = lower.p, .upper = of_failures.q};
    return true;
}

bool oa_binomial_interval(int64_t x, int64_t n, oa_ci_method method, oa_sides sides, double level,
                          oa_interval *interval, oa_diag *diag) {
    if (!oa_binomial_interval_uncut(x, n, method, sides, level, interval, diag)) {
        return false;
    }
    interval->lower = fmax(interval->lower, 0);
    interval->upper = fmin(interval->upper, 1);
    return true;
}

bool oa_clopper_pearson(int64_t x, int64_t n, double level, oa_interval *interval, oa_diag *diag) {
    return oa_binomial_interval(x, n, OA_CI_CLOPPER_PEARSON, OA_TWO_SIDED, level, interval, diag);
}
