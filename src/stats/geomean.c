/*
 * geomean.c - the geometric mean of ratios within pairs, values below a limit of quantification among them.
 *
 * Definition  y = log(after / before), normal with mean m and standard deviation s; the ratio is exp(m).  A pair measured
 *             twice gives y.  With only the value after below its limit L, y < log(L / before); with only the one before, y >
 *             log(after / L); with both, nothing is known of y.  This is Tobin's model with a bound for each pair; it takes
 *             the ratio to be independent of the value before.
 * Estimate    In g = 1/s and h = m/s the log likelihood
 *                 sum log g - (g y - h)^2 / 2  +  sum log Phi(g c - h)  +  sum log Phi(h - g c)
 *             (measured; below c; above c) is concave (Olsen 1978), so Newton's method with halved steps finds its only
 *             maximum.  The y are first brought to mean 0 and standard deviation 1 of those measured.
 * Limits      Of the profile likelihood: those m whose W = 2 (max - profile) reaches n log(1 + t^2 / (n - 1)), t the quantile
 *             of Student's distribution on n - 1 degrees of freedom, n the pairs that say something.  Without censoring that
 *             is exactly the paired t interval of the logs; p of m = 0 comes from W by the same equation.
 * Substitutes The limit, half of it (Hornung, Reed 1990: also the limit over the root of 2) in place of the value, and the paired
 *             t test.  They take made-up values for measured ones; MODEL is the default.
 * Source      J. Tobin, Econometrica 26 (1958) 24-36; R. J. Olsen, Econometrica 46 (1978) 1211-1215; D. R. Helsel, Statistics
 *             for Censored Environmental Data (2nd ed. 2012) ch. 6, 9; R. W. Hornung, L. D. Reed, Appl Occup Environ Hyg 5
 *             (1990) 46-51.
 * Domain      Positive finite values; at least two different ratios measured on both sides.
 * Accuracy    m and s agree with R's survreg to 1e-8; W at the limits to 1e-10.
 */
#include <onearm/stats.h>

#include "../base/number.h"
#include "level.h"
#include "work.h"

#include <math.h>

#ifndef MATHLIB_STANDALONE
#define MATHLIB_STANDALONE
#endif
#include <Rmath.h>

static const char rule[] = "STATS-RATIO";

enum { MEASURED, BELOW, ABOVE, most_steps = 100, most_halvings = 60 };

/* What is known of a log ratio: it is y, or lies below or above it. */
typedef struct known {
    double y;
    int how;
} known;

typedef struct problem {
    const oa_measurement *before;
    const oa_measurement *after;
    size_t n;
    oa_ratio_options options;
    oa_geometric_ratio result;
    oa_diag *diag;
    bool done;
    known *known; /* of the pairs that say something; standardised for MODEL */
    size_t count;
    double centre; /* y as it was is centre + scale * known.y */
    double scale;
} problem;

/* --- likelihood in g = 1/s and h = m/s ---------------------------------------------------------------------------- */

typedef struct slope {
    double value;
    double g, h;       /* gradient */
    double gg, gh, hh; /* information: minus the second derivatives */
} slope;

static void add_measured(slope *sum, double y, double g, double h) {
    double u = g * y - h;
    sum->value += log(g) - u * u / 2;
    sum->g += 1 / g - u * y;
    sum->h += u;
    sum->gg += 1 / (g * g) + y * y;
    sum->gh -= y;
    sum->hh += 1;
}

/* log Phi(sign (g c - h)); the ratio of density and tail stays finite far out. */
static void add_censored(slope *sum, double c, double sign, double g, double h) {
    double u = sign * (g * c - h);
    double log_tail = pnorm(u, 0, 1, true, true);
    double mills = exp(dnorm(u, 0, 1, true) - log_tail);
    double bend = mills * (mills + u);
    sum->value += log_tail;
    sum->g += sign * mills * c;
    sum->h -= sign * mills;
    sum->gg += bend * c * c;
    sum->gh -= bend * c;
    sum->hh += bend;
}

static slope likelihood(const problem *p, double g, double h) {
    slope sum = {0};
    for (size_t i = 0; i < p->count; i++) {
        if (p->known[i].how == MEASURED) {
            add_measured(&sum, p->known[i].y, g, h);
        } else {
            add_censored(&sum, p->known[i].y, p->known[i].how == BELOW ? 1 : -1, g, h);
        }
    }
    return sum;
}

/* The Newton step in (g, h), or in g alone along h = m g where `fixed`. */
static void newton_step(const slope *s, bool fixed, double m, double *dg, double *dh) {
    if (fixed) {
        *dg = (s->g + m * s->h) / (s->gg + 2 * m * s->gh + m * m * s->hh);
        *dh = m * *dg;
        return;
    }
    double determinant = s->gg * s->hh - s->gh * s->gh;
    *dg = (s->hh * s->g - s->gh * s->h) / determinant;
    *dh = (s->gg * s->h - s->gh * s->g) / determinant;
}

/* From (*g, *h) to the maximum, over both or along h = m g. */
static double maximise(const problem *p, bool fixed, double m, double *g, double *h) {
    slope now = likelihood(p, *g, *h);
    for (int round = 0; round < most_steps; round++) {
        double dg;
        double dh;
        newton_step(&now, fixed, m, &dg, &dh);
        bool near = fabs(dg) < 1e-8 * *g && fabs(dh) < 1e-8 * (1 + fabs(*h));
        slope next = now;
        for (int halving = 0; halving < most_halvings; halving++) {
            if (*g + dg > 0) {
                next = likelihood(p, *g + dg, *h + dh);
                if (next.value >= now.value - 1e-13 * fabs(now.value)) {
                    break;
                }
            }
            dg /= 2;
            dh /= 2;
        }
        *g += dg;
        *h += dh;
        now = next;
        if (near) {
            break;
        }
    }
    return now.value;
}

/* --- interval ----------------------------------------------------------------------------------------------------- */

typedef struct peak {
    double g;
    double m;
    double value;
} peak;

/* W(m): twice what the profile likelihood falls from its peak. */
static double fall(const problem *p, const peak *top, double m) {
    double off = m - top->m;
    double g = top->g / sqrt(1 + top->g * top->g * off * off); /* the answer without censoring */
    double h = g * m;
    return fmax(0, 2 * (top->value - maximise(p, true, m, &g, &h)));
}

static double limit(const problem *p, const peak *top, double target, double direction) {
    double inside = top->m;
    double outside = top->m + direction / top->g;
    while (fall(p, top, outside) < target) {
        inside = outside;
        outside = top->m + 2 * (outside - top->m);
    }
    for (int i = 0; i < 100; i++) {
        double middle = inside / 2 + outside / 2;
        if (fall(p, top, middle) < target) {
            inside = middle;
        } else {
            outside = middle;
        }
    }
    return p->centre + p->scale * (inside / 2 + outside / 2);
}

static void fit_model(problem *p) {
    oa_geometric_ratio *r = &p->result;
    double n = (double)p->count;
    double g = 1;
    double h = 0;
    peak top = {.value = maximise(p, false, 0, &g, &h)};
    top.g = g;
    top.m = h / g;
    double t = qt(oa_level_tail(p->options.level), n - 1, false, false);
    double target = n * log1p(t * t / (n - 1));
    double mean = p->centre + p->scale * top.m;
    r->df = n - 1;
    r->log_std_dev = p->scale / top.g;
    r->ratio = (oa_interval){exp(mean), exp(limit(p, &top, target, -1)), exp(limit(p, &top, target, 1))};
    r->t = copysign(sqrt((n - 1) * expm1(fall(p, &top, -p->centre / p->scale) / n)), mean);
    r->p_value = oa_t_p_value(r->t, r->df, p->options.alternative);
    p->done = true;
}

static void fit_t(oa_arena *arena, problem *p) {
    oa_geometric_ratio *r = &p->result;
    oa_paired_t t;
    double *y = OA_NEW_ARRAY(arena, double, p->count);
    for (size_t i = 0; i < p->count; i++) {
        y[i] = p->known[i].y;
    }
    p->done = oa_paired_t_test(y, p->count, p->options.alternative, p->options.level, &t, p->diag);
    if (p->done) {
        r->ratio = (oa_interval){exp(t.mean.estimate), exp(t.mean.lower), exp(t.mean.upper)};
        r->log_std_dev = t.std_dev;
        r->t = t.t;
        r->df = t.df;
        r->p_value = t.p_value;
    }
}

/* --- reading the pairs -------------------------------------------------------------------------------------------- */

static double substituted(const oa_measurement *m, oa_below below) {
    if (!m->below || below == OA_BELOW_LIMIT) {
        return m->value;
    }
    return below == OA_BELOW_HALF ? m->value / 2 : m->value / sqrt(2);
}

static void read_pairs(oa_arena *arena, problem *p) {
    bool model = p->options.below == OA_BELOW_MODEL;
    p->known = OA_NEW_ARRAY(arena, known, p->n);
    p->result.n = (int64_t)p->n;
    for (size_t i = 0; i < p->n; i++) {
        const oa_measurement *before = &p->before[i];
        const oa_measurement *after = &p->after[i];
        p->result.both_below += before->below && after->below;
        p->result.before_below += before->below && !after->below;
        p->result.after_below += after->below && !before->below;
        if (model && before->below && after->below) {
            continue;
        }
        known *k = &p->known[p->count++];
        k->y = log(model ? after->value : substituted(after, p->options.below)) -
               log(model ? before->value : substituted(before, p->options.below));
        k->how = MEASURED;
        if (model && before->below) {
            k->how = ABOVE;
        } else if (model && after->below) {
            k->how = BELOW;
        }
    }
}

/* Mean and standard deviation of the y that were measured; false where there are no two different ones. */
static bool measure_spread(problem *p) {
    double n = 0;
    double square = 0;
    for (size_t i = 0; i < p->count; i++) {
        if (p->known[i].how == MEASURED) {
            n += 1;
            p->centre += (p->known[i].y - p->centre) / n;
        }
    }
    for (size_t i = 0; i < p->count; i++) {
        double off = p->known[i].y - p->centre;
        square += p->known[i].how == MEASURED ? off * off : 0;
    }
    p->scale = n > 0 ? sqrt(square / n) : 0;
    return p->scale > 1e-12 * (1 + fabs(p->centre));
}

static void run(oa_arena *arena, void *context) {
    problem *p = context;
    read_pairs(arena, p);
    if (!measure_spread(p)) {
        oa_diag_add(
            p->diag, OA_ERROR, OA_VALUE, NULL, rule,
            "of the %zu pairs fewer than two have both values measured and different ratios; a geometric mean ratio "
            "needs a spread",
            p->n);
        return;
    }
    if (p->options.below != OA_BELOW_MODEL || p->result.before_below + p->result.after_below == 0) {
        fit_t(arena, p);
        return;
    }
    for (size_t i = 0; i < p->count; i++) {
        p->known[i].y = (p->known[i].y - p->centre) / p->scale;
    }
    fit_model(p);
}

static bool measurements_valid(const oa_measurement *values, size_t n, const char *what, oa_diag *diag) {
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(values[i].value) || !(values[i].value > 0)) {
            char text[OA_NUMBER_SIZE];
            oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, rule,
                        "value %s %zu of %zu is %s; a ratio needs numbers above 0, or the limit they fell below", what,
                        i + 1, n, oa_level_text(values[i].value, text));
            return false;
        }
    }
    return true;
}

bool oa_geometric_mean_ratio(const oa_measurement *before, const oa_measurement *after, size_t n,
                             const oa_ratio_options *options, oa_geometric_ratio *result, oa_diag *diag) {
    problem p = {.before = before, .after = after, .n = n, .options = {.level = 0.95}, .diag = diag};
    if (options) {
        p.options = *options;
    }
    if (n == 0 || !before || !after) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, rule,
                    "there are no pairs; a geometric mean ratio needs at least two");
        return false;
    }
    if ((int)p.options.below < OA_BELOW_MODEL || p.options.below > OA_BELOW_ROOT2) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, rule,
                    "way %d with values below the limit is not known; see oa_below", (int)p.options.below);
        return false;
    }
    if (!oa_alternative_valid(p.options.alternative, diag) || !oa_level_valid(p.options.level, diag) ||
        !measurements_valid(before, n, "before", diag) || !measurements_valid(after, n, "after", diag) ||
        !oa_work(run, &p, n, diag) || !p.done) {
        return false;
    }
    *result = p.result;
    return true;
}
