/*
 * fit.c - which interval gives the printed limits.
 *
 * The methods of onearm/binomial.h, and three that only the audit needs, each two-sided with z = qnorm((1 + level) / 2):
 * Wald with the continuity correction 1/(2n) (Newcombe, Stat Med 17 (1998) 857-872, method 2), the logit interval
 * (Brown, Cai, DasGupta, Stat Sci 16 (2001) 101-133, section 4.2.1), and the arcsine interval (ibid. 4.2.2, with p = x/n).
 */
#include "verdict.h"

#include "../base/number.h"
#include "../stats/level.h"

#include <math.h>
#include <string.h>

#define EN_DASH "\xE2\x80\x93"

/* ---- three methods more ------------------------------------------------------------------------------------------ */

static oa_interval wald_corrected(double p, double n, double z) {
    double half = z * sqrt(p * (1 - p) / n) + 0.5 / n;
    return (oa_interval){p, p - half, p + half};
}

static oa_interval logit(double p, double n, double z) {
    double centre = log(p / (1 - p));
    double half = z / sqrt(n * p * (1 - p));
    return (oa_interval){p, 1 / (1 + exp(half - centre)), 1 / (1 + exp(-centre - half))};
}

static oa_interval arcsine(double p, double n, double z) {
    double centre = asin(sqrt(p));
    double half = z / (2 * sqrt(n));
    double low = sin(fmax(centre - half, 0));
    double high = sin(fmin(centre + half, asin(1)));
    return (oa_interval){p, low * low, high * high};
}

typedef struct extra {
    const char *label;
    oa_interval (*limits)(double p, double n, double z);
    bool inside; /* only for 0 < x < n */
} extra;

static const extra extras[] = {
    {"Wald with continuity correction", wald_corrected, false},
    {"logit", logit, true},
    {"arcsine", arcsine, false},
};

/* ---- limits ------------------------------------------------------------------------------------------------------ */

static bool limits_fit(const oa_interval *i, const oa_share *share, oa_rounding *rounding) {
    oa_rounding low = share->lower.there ? oa_number_rounding(100 * i->lower, share->lower) : OA_ROUND_HALF_UP;
    oa_rounding high = share->upper.there ? oa_number_rounding(100 * i->upper, share->upper) : OA_ROUND_HALF_UP;
    *rounding = low == OA_ROUND_DOWN || high == OA_ROUND_DOWN ? OA_ROUND_DOWN : OA_ROUND_HALF_UP;
    return low != OA_ROUND_NONE && high != OA_ROUND_NONE;
}

static void cut(oa_interval *i) {
    i->lower = fmax(i->lower, 0);
    i->upper = fmin(i->upper, 1);
}

/* Methods in the order in which papers use them. */
static const oa_ci_method order[] = {OA_CI_CLOPPER_PEARSON, OA_CI_WILSON,   OA_CI_AGRESTI_COULL, OA_CI_WALD,
                                     OA_CI_WILSON_CC,       OA_CI_JEFFREYS, OA_CI_MID_P,         OA_CI_BLAKER};

static bool fit_method(int64_t x, int64_t n, oa_ci_method method, oa_sides sides, double level, const oa_share *share,
                       oa_rounding *rounding) {
    oa_interval i;
    return (oa_binomial_interval(x, n, method, sides, level, &i, NULL) && limits_fit(&i, share, rounding)) ||
           ((method == OA_CI_WALD || method == OA_CI_AGRESTI_COULL) &&
            oa_binomial_interval_uncut(x, n, method, sides, level, &i, NULL) && limits_fit(&i, share, rounding));
}

static bool fit_extra(int64_t x, int64_t n, const extra *e, double level, const oa_share *share,
                      oa_rounding *rounding) {
    if (e->inside && (x == 0 || x == n)) {
        return false;
    }
    oa_interval i = e->limits((double)x / (double)n, (double)n, oa_level_deviate(level));
    if (limits_fit(&i, share, rounding)) {
        return true;
    }
    cut(&i);
    return limits_fit(&i, share, rounding);
}

static bool fit_sides(int64_t x, int64_t n, oa_sides sides, double level, const oa_share *share, oa_fit *fit) {
    oa_rounding rounding;
    for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
        if ((sides == OA_TWO_SIDED || order[k] != OA_CI_BLAKER) &&
            fit_method(x, n, order[k], sides, level, share, &rounding)) {
            *fit = (oa_fit){oa_ci_label(order[k]), level, sides, rounding};
            return true;
        }
    }
    for (size_t k = 0; sides == OA_TWO_SIDED && k < sizeof extras / sizeof *extras; k++) {
        if (fit_extra(x, n, &extras[k], level, share, &rounding)) {
            *fit = (oa_fit){extras[k].label, level, sides, rounding};
            return true;
        }
    }
    return false;
}

/* Limits that no method can give for this count are told apart at once: those of all methods are near Wilson's. */
static bool may_fit(int64_t x, int64_t n, double level, const oa_share *share) {
    oa_interval i;
    if (!oa_binomial_interval(x, n, OA_CI_WILSON, OA_TWO_SIDED, level, &i, NULL)) {
        return false;
    }
    /* Wald's has no width at 0 and n. */
    bool no_width = share->lower.digits == share->upper.digits && share->lower.decimals == share->upper.decimals;
    double room =
        100 * (0.03 + 3 / ((double)n + 4)) + 100 * (i.upper - i.lower) / 6 + (share->lower.decimals < 0 ? 10 : 1);
    return no_width || (fabs(100 * i.lower - oa_printed_value(share->lower)) < room &&
                        fabs(100 * i.upper - oa_printed_value(share->upper)) < room);
}

static bool fit_level(int64_t x, int64_t n, double level, const oa_share *share, oa_fit *fit) {
    bool two = share->lower.there && share->upper.there;
    if (two && !may_fit(x, n, level, share)) {
        return false;
    }
    if (two && fit_sides(x, n, OA_TWO_SIDED, level, share, fit)) {
        return true;
    }
    /* One limit alone is printed, or the other is 0 or 100. */
    bool lower = share->lower.there && (!share->upper.there || oa_printed_value(share->upper) >= 100);
    bool upper = share->upper.there && (!share->lower.there || oa_printed_value(share->lower) <= 0);
    return (!two || share->one_sided) && level >= 0.5 &&
           ((lower && fit_sides(x, n, OA_LOWER, level, share, fit)) ||
            (upper && fit_sides(x, n, OA_UPPER, level, share, fit)) ||
            (!two && fit_sides(x, n, OA_TWO_SIDED, level, share, fit)));
}

bool oa_fit_interval(int64_t x, int64_t n, const oa_share *share, oa_fit *fit) {
    static const double usual[] = {0.95, 0.90};
    if (share->level > 0) {
        /* A one-sided test at a goes with the two-sided interval at 1 - 2a. */
        return fit_level(x, n, share->level, share, fit) ||
               (share->one_sided && share->level > 0.5 && fit_level(x, n, 2 * share->level - 1, share, fit));
    }
    return fit_level(x, n, usual[0], share, fit) || fit_level(x, n, usual[1], share, fit);
}

static oa_interval wilson(double p, double n, double z) {
    double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
    double half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    return (oa_interval){p, centre - half, centre + half};
}

bool oa_fit_common(int64_t x, int64_t n, const oa_share *share, oa_fit *fit) {
    double level = share->level > 0 ? share->level : 0.95;
    double z = oa_level_deviate(level);
    double p = (double)x / (double)n;
    double low = oa_printed_value(share->lower) / 100;
    double high = oa_printed_value(share->upper) / 100;
    double half = z * sqrt(p * (1 - p) / (double)n);
    oa_interval w = wilson(p, (double)n, z);
    oa_interval wald = {p, fmax(p - half, 0), fmin(p + half, 1)};
    *fit = (oa_fit){.level = level, .sides = OA_TWO_SIDED};
    /* Exact limits are within 0.8/n of Wilson's. */
    double room = 0.8 / (double)n + 0.006;
    if (fabs(w.lower - low) < room && fabs(w.upper - high) < room &&
        fit_method(x, n, OA_CI_CLOPPER_PEARSON, OA_TWO_SIDED, level, share, &fit->rounding)) {
        fit->method = oa_ci_label(OA_CI_CLOPPER_PEARSON);
    } else if (limits_fit(&w, share, &fit->rounding)) {
        fit->method = oa_ci_label(OA_CI_WILSON);
    } else if (limits_fit(&wald, share, &fit->rounding)) {
        fit->method = oa_ci_label(OA_CI_WALD);
    }
    return fit->method != NULL;
}

bool oa_fit_any_level(int64_t x, int64_t n, const oa_share *share, oa_fit *fit) {
    static const double usual[] = {0.95, 0.90, 0.99, 0.80, 0.975, 0.98};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        if (fit_level(x, n, usual[i], share, fit)) {
            return true;
        }
    }
    return false;
}

const char *oa_exact_limits(oa_arena *arena, int64_t x, int64_t n, const oa_share *share) {
    char low[OA_NUMBER_SIZE];
    char high[OA_NUMBER_SIZE];
    oa_interval i = {0, 0, 1};
    int decimals = share->lower.there && share->lower.decimals > 0 ? share->lower.decimals : 0;
    decimals = share->upper.there && share->upper.decimals > decimals ? share->upper.decimals : decimals;
    oa_binomial_interval(x, n, OA_CI_CLOPPER_PEARSON, OA_TWO_SIDED, share->level > 0 ? share->level : 0.95, &i, NULL);
    return oa_printf(arena, "%s" EN_DASH "%s", oa_format_fixed(100 * i.lower, decimals, low),
                     oa_format_fixed(100 * i.upper, decimals, high));
}
