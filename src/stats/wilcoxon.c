/*
 * wilcoxon.c - Wilcoxon's signed-rank test and the Hodges-Lehmann estimate.
 *
 * Definition  V is the sum of the ranks of |d| over the differences d above 0, ties having the mean of their ranks.  Zeros
 *             are left out before ranking (Wilcoxon), or ranked, and their ranks left out (Pratt).
 * Exact       Given the ranks r, each is in V with probability 1/2, whatever the others: the distribution of V is built
 *             rank by rank, f(v) <- (f(v) + f(v - r)) / 2 (the shift algorithm).  Ranks are doubled, so that those of ties
 *             are whole, and divided by what they have in common.  Halving keeps f from overflowing for any n.  It is
 *             symmetric, so that the two-sided p is twice the smaller tail.
 * Normal      Mean sum r / 2, variance sum r^2 / 4, which is right for ties and zeros; corrected: 1/2 nearer to the mean.
 * Centre      The median of the Walsh averages (d_i + d_j) / 2, i <= j, of all differences; limits are the k-th from both
 *             ends, for the largest k >= 1 with 2 P(V < k) <= 1 - level, V as without ties; the level that this attains is
 *             1 - 2 P(V < k), and for tied differences no less (Noether 1967).  From more than 1000 differences k comes
 *             from the normal distribution, rounded down.  The averages are not written down: the k-th is found by
 *             halving the range of doubles, counting at each half in n steps how many averages lie below.
 * Source      F. Wilcoxon, Biometrics Bull 1 (1945) 80-83; J. W. Pratt, JASA 54 (1959) 655-667; B. Streitberg, J. Roehmel,
 *             Stat Software Newsletter 12 (1986) 10-17; J. L. Hodges, E. L. Lehmann, Ann Math Stat 34 (1963) 598-611;
 *             G. E. Noether, JASA 62 (1967) 184-188.
 * Domain      Finite differences; exact up to 2000.
 * Accuracy    Exact p: relative error below n epsilon, down to 1e-300.  Estimate and limits are Walsh averages, exactly.
 */
#include <onearm/stats.h>

#include "level.h"
#include "sort.h"
#include "work.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#ifndef MATHLIB_STANDALONE
#define MATHLIB_STANDALONE
#endif
#include <Rmath.h>

static const char rule[] = "STATS-WILCOXON";

enum { most_exact = 2000 };

/* Absolute values that differ by no more, relative to the larger, are tied: differences of decimals are not exact. */
static const double same = 1e-10;

static const double undefined = (double)NAN;

typedef struct problem {
    const double *difference;
    size_t n;
    oa_wilcoxon_options options;
    oa_wilcoxon result;
    oa_diag *diag;
    bool done;
} problem;

/* --- ranks -------------------------------------------------------------------------------------------------------- */

typedef struct size_and_sign {
    double size;
    bool above;
} size_and_sign;

/* The doubled ranks that count. */
typedef struct ranks {
    size_t *doubled;
    size_t count;
    size_t total;
    size_t above; /* of the differences above 0 */
    bool ties;
} ranks;

static int by_size(const void *a, const void *b) {
    const size_and_sign *x = a;
    const size_and_sign *y = b;
    return (x->size > y->size) - (x->size < y->size);
}

static ranks rank_differences(oa_arena *arena, const problem *p) {
    size_and_sign *sorted = OA_NEW_ARRAY(arena, size_and_sign, p->n);
    ranks r = {.doubled = OA_NEW_ARRAY(arena, size_t, p->n)};
    size_t kept = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (fabs(p->difference[i]) > 0 || p->options.zeros == OA_ZEROS_PRATT) {
            sorted[kept++] = (size_and_sign){fabs(p->difference[i]), p->difference[i] > 0};
        }
    }
    qsort(sorted, kept, sizeof *sorted, by_size);
    for (size_t first = 0, end; first < kept; first = end) {
        end = first + 1;
        while (end < kept && sorted[end].size - sorted[end - 1].size <= same * sorted[end].size) {
            end++;
        }
        if (!(sorted[first].size > 0)) {
            continue; /* Pratt: ranked, and left out */
        }
        r.ties = r.ties || end - first > 1;
        for (size_t i = first; i < end; i++) {
            size_t doubled = first + end + 1; /* the mean of first + 1 .. end, twice */
            r.doubled[r.count++] = doubled;
            r.total += doubled;
            r.above += sorted[i].above ? doubled : 0;
        }
    }
    return r;
}

static size_t common_divisor(size_t a, size_t b) {
    while (b > 0) {
        size_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Divides everything by what all ranks have in common. */
static void shorten(ranks *r) {
    size_t divisor = r->total;
    for (size_t i = 0; i < r->count; i++) {
        divisor = common_divisor(r->doubled[i], divisor);
    }
    if (divisor == 0) {
        return; /* there are no ranks */
    }
    for (size_t i = 0; i < r->count; i++) {
        r->doubled[i] /= divisor;
    }
    r->total /= divisor;
    r->above /= divisor;
}

/* --- exact distribution ------------------------------------------------------------------------------------------- */

/* P(V = v) for v = 0..top, ranks[] being what may add up to V. */
static double *distribution(oa_arena *arena, const size_t *rank, size_t count, size_t top) {
    double *f = OA_NEW_ARRAY(arena, double, top + 1);
    size_t reach = 0; /* f is 0 beyond */
    f[0] = 1;
    for (size_t i = 0; i < count; i++) {
        size_t r = rank[i];
        reach = reach + r < top ? reach + r : top;
        for (size_t v = reach + 1; v-- > r;) {
            f[v] = (f[v] + f[v - r]) / 2;
        }
        for (size_t v = 0; v < r && v <= reach; v++) {
            f[v] /= 2;
        }
    }
    return f;
}

/* P(V <= v). */
static double lower_tail(oa_arena *arena, const ranks *r, size_t v) {
    if (2 * v >= r->total) { /* by symmetry P(V <= v) = 1 - P(V <= total - v - 1) */
        return v >= r->total ? 1 : 1 - lower_tail(arena, r, r->total - v - 1);
    }
    const double *f = distribution(arena, r->doubled, r->count, v);
    double sum = 0;
    for (size_t i = 0; i <= v; i++) {
        sum += f[i];
    }
    return sum;
}

static double exact_p(oa_arena *arena, ranks r, oa_alternative alternative) {
    shorten(&r);
    size_t below = r.total - r.above; /* the sum of ranks of the differences below 0 is distributed as V */
    if (alternative == OA_ALT_LESS) {
        return lower_tail(arena, &r, r.above);
    }
    if (alternative == OA_ALT_GREATER) {
        return lower_tail(arena, &r, below);
    }
    return fmin(1, 2 * lower_tail(arena, &r, r.above < below ? r.above : below));
}

/* --- normal approximation ----------------------------------------------------------------------------------------- */

static double normal_p(const ranks *r, oa_alternative alternative, bool corrected, double *z) {
    double squares = 0;
    for (size_t i = 0; i < r->count; i++) {
        squares += (double)r->doubled[i] * (double)r->doubled[i];
    }
    double excess = (double)r->above / 2 - (double)r->total / 4;
    if (corrected && alternative == OA_ALT_TWO_SIDED) {
        excess = copysign(fmax(fabs(excess) - .5, 0), excess);
    } else if (corrected) {
        excess += alternative == OA_ALT_GREATER ? -.5 : .5;
    }
    *z = excess / sqrt(squares / 16);
    if (alternative == OA_ALT_TWO_SIDED) {
        return 2 * pnorm(fabs(*z), 0, 1, false, false);
    }
    return pnorm(*z, 0, 1, alternative == OA_ALT_LESS, false);
}

static void set_test(oa_arena *arena, problem *p) {
    ranks r = rank_differences(arena, p);
    oa_wilcoxon *result = &p->result;
    oa_rank_method method = p->options.method;
    if (method == OA_RANKS_AUTO) {
        method = p->n <= oa_wilcoxon_exact_up_to ? OA_RANKS_EXACT : OA_RANKS_CORRECTED;
    }
    result->n = (int64_t)p->n;
    for (size_t i = 0; i < p->n; i++) {
        result->n_zero += !(fabs(p->difference[i]) > 0);
    }
    result->ties = r.ties;
    result->statistic = (double)r.above / 2;
    result->method = method;
    result->z = undefined;
    if (r.count == 0) {
        result->p_value = 1;
    } else if (method == OA_RANKS_EXACT) {
        result->p_value = exact_p(arena, r, p->options.alternative);
    } else {
        result->p_value = normal_p(&r, p->options.alternative, method == OA_RANKS_CORRECTED, &result->z);
    }
}

/* --- Hodges-Lehmann ----------------------------------------------------------------------------------------------- */

/* Halves first: the sum of two large numbers would overflow.  Monotone in both. */
static double average(double a, double b) {
    return a / 2 + b / 2;
}

/* How many Walsh averages are at most x. */
static size_t averages_up_to(const double *sorted, size_t n, double x) {
    size_t count = 0;
    size_t end = n; /* sorted[end] and beyond are too large a partner */
    for (size_t i = 0; i < end; i++) {
        while (end > i && average(sorted[i], sorted[end - 1]) > x) {
            end--;
        }
        count += end - i;
    }
    return count;
}

/* Doubles in their order as whole numbers, and back. */
static int64_t place_of(double value) {
    int64_t bits;
    value += 0.0;
    memcpy(&bits, &value, sizeof bits);
    return bits < 0 ? INT64_MIN - bits : bits;
}

static double value_at(int64_t place) {
    int64_t bits = place < 0 ? INT64_MIN - place : place;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value + 0.0;
}

/* The k-th smallest Walsh average, k from 1. */
static double walsh(const double *sorted, size_t n, size_t k) {
    int64_t low = place_of(average(sorted[0], sorted[0]));
    int64_t high = place_of(average(sorted[n - 1], sorted[n - 1]));
    while (low < high) {
        int64_t middle = (low & high) + ((low ^ high) >> 1); /* their mean, rounded down, without overflow */
        if (averages_up_to(sorted, n, value_at(middle)) >= k) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return value_at(low);
}

/* The largest k >= 1 with 2 P(V < k) <= 1 - level for ranks 1..n; *attained becomes 1 - 2 P(V < k). */
static size_t order_of_limit(oa_arena *arena, size_t n, double level, double *attained) {
    double count = (double)n;
    double mean = count * (count + 1) / 4;
    if (n > oa_wilcoxon_exact_up_to) {
        double deviation = sqrt(count * (count + 1) * (2 * count + 1) / 24);
        double k = fmax(1, floor(mean - oa_level_deviate(level) * deviation));
        *attained = 1 - 2 * pnorm(k - .5, mean, deviation, true, false);
        return (size_t)k;
    }
    size_t *rank = OA_NEW_ARRAY(arena, size_t, n);
    for (size_t i = 0; i < n; i++) {
        rank[i] = i + 1;
    }
    size_t top = n * (n + 1) / 4;
    const double *f = distribution(arena, rank, n, top);
    double tail = oa_level_tail(level);
    double below = f[0]; /* P(V < k) */
    size_t k = 1;
    while (k <= top && below + f[k] <= tail) {
        below += f[k++];
    }
    *attained = 1 - 2 * below;
    return k;
}

static void set_centre(oa_arena *arena, problem *p) {
    size_t averages = p->n * (p->n + 1) / 2;
    double *sorted = OA_NEW_ARRAY(arena, double, p->n);
    memcpy(sorted, p->difference, p->n * sizeof *sorted);
    oa_sort_doubles(sorted, p->n);
    size_t k = order_of_limit(arena, p->n, p->options.level, &p->result.attained);
    p->result.centre.lower = walsh(sorted, p->n, k);
    p->result.centre.upper = walsh(sorted, p->n, averages + 1 - k);
    p->result.centre.estimate = average(walsh(sorted, p->n, (averages + 1) / 2), walsh(sorted, p->n, averages / 2 + 1));
}

/* --- public ------------------------------------------------------------------------------------------------------- */

static void run(oa_arena *arena, void *context) {
    problem *p = context;
    set_test(arena, p);
    set_centre(arena, p);
    p->done = true;
}

static bool input_valid(const problem *p) {
    const oa_wilcoxon_options *options = &p->options;
    if (p->n == 0 || !p->difference) {
        oa_diag_add(p->diag, OA_ERROR, OA_VALUE, NULL, rule, "there are no differences; the test needs at least one");
        return false;
    }
    if (options->zeros != OA_ZEROS_DROP && options->zeros != OA_ZEROS_PRATT) {
        oa_diag_add(p->diag, OA_ERROR, OA_VALUE, NULL, rule,
                    "way %d with zeros is not known; OA_ZEROS_DROP and OA_ZEROS_PRATT are", (int)options->zeros);
        return false;
    }
    if ((int)options->method < OA_RANKS_AUTO || options->method > OA_RANKS_NORMAL) {
        oa_diag_add(p->diag, OA_ERROR, OA_VALUE, NULL, rule, "method %d is not known; see oa_rank_method",
                    (int)options->method);
        return false;
    }
    if (options->method == OA_RANKS_EXACT && p->n > most_exact) {
        oa_diag_add(
            p->diag, OA_ERROR, OA_LIMIT, NULL, rule,
            "%zu differences are more than the %d for which the exact distribution is computed; take the normal one",
            p->n, (int)most_exact);
        return false;
    }
    return oa_alternative_valid(options->alternative, p->diag) && oa_level_valid(options->level, p->diag) &&
           oa_numbers_valid(p->difference, p->n, -HUGE_VAL, "difference", rule, p->diag);
}

bool oa_wilcoxon_signed_rank(const double *difference, size_t n, const oa_wilcoxon_options *options,
                             oa_wilcoxon *result, oa_diag *diag) {
    problem p = {.difference = difference, .n = n, .options = {.level = 0.95}, .diag = diag};
    if (options) {
        p.options = *options;
    }
    if (!input_valid(&p) || !oa_work(run, &p, n, diag) || !p.done) {
        return false;
    }
    *result = p.result;
    return true;
}
