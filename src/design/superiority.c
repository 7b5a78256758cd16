/*
 * superiority.c - P(E > S + d) for two independent Beta rates.
 *
 * Integral   Over x = S on (0, L), L = 1 - d, of f_S(x) P(E > x + d), with x = L / (1 + exp(-t)).  On the scale of t the
 *            integrand is analytic for |Im t| < pi and falls exponentially at both ends, whatever poles the densities have
 *            at 0 and 1, so that the trapezoid sum with step h errs by exp(-2 pi^2 / h): no more than rounding at h = 1/2,
 *            if h resolves both densities as well (h at most half their standard deviations, near sqrt(1/a + 1/b)).
 * Accuracy   The step is halved until two sums agree to 1e-14; densities and tails by dbeta and pbeta of libRmath, from
 *            whichever end of (0, 1) is near.  1e-13 against closed forms (tests).
 */
#include "posterior.h"

#include "../base/number.h"
#include "../stats/level.h"

#include <math.h>

#ifndef MATHLIB_STANDALONE
#define MATHLIB_STANDALONE
#endif
#include <Rmath.h>

typedef struct pair {
    const oa_beta *e, *s;
    double gain;
    double centre; /* of S, and the greater of its standard deviation and 1, in t */
    double spread;
} pair;

/* f_S(x) dx/dt; and with `tail` what of E lies above. */
static double density_at(const pair *p, double t, double *tail) {
    double most = 1 - p->gain;
    double x = most / (1 + exp(-t));
    double rest = most / (1 + exp(t)); /* most - x */
    bool low = t < 0;
    double f = low ? dbeta(x, p->s->a, p->s->b, false) : dbeta(rest + p->gain, p->s->b, p->s->a, false);
    *tail = low ? pbeta(x + p->gain, p->e->a, p->e->b, false, false) : pbeta(rest, p->e->b, p->e->a, true, false);
    return f * x * rest / most;
}

/* The terms from the centre outwards, in one direction. */
static double side(const pair *p, double from, double step) {
    double sum = 0;
    for (double k = 0;; k++) {
        double tail;
        double t = from + k * step;
        double f = density_at(p, t, &tail);
        if (!(f > 1e-20) && fabs(t - p->centre) > 3 * p->spread) {
            return sum;
        }
        sum += isfinite(f) ? f * tail : 0;
    }
}

static double spread_of(const oa_beta *b) {
    return sqrt(1 / b->a + 1 / b->b);
}

double oa_superiority(const oa_beta *e, const oa_beta *s, double gain) {
    pair p = {e, s, gain, log(s->a / s->b), fmax(spread_of(s), 1)};
    double h = fmin(0.5, fmin(spread_of(e), spread_of(s)) / 2);
    double sum = side(&p, p.centre, h) + side(&p, p.centre - h, -h);
    for (int i = 0; i < 6; i++) {
        double more = side(&p, p.centre + h / 2, h) + side(&p, p.centre - h / 2, -h);
        double before = sum * h;
        sum += more;
        h /= 2;
        if (fabs(sum * h - before) < 1e-14) {
            break;
        }
    }
    return fmin(sum * h, 1);
}

bool oa_quadrature_valid(const char *what, const oa_beta *beta, oa_diag *diag) {
    if (!oa_beta_valid(what, beta, diag)) {
        return false;
    }
    if (beta->a >= 0.1 && beta->b >= 0.1) {
        return true;
    }
    char a[OA_NUMBER_SIZE];
    char b[OA_NUMBER_SIZE];
    oa_diag_add(
        diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-PRIOR",
        "the prior of %s is Beta(%s, %s); here both parameters must be at least 0.1: a smaller one puts all its "
        "weight on rates of 0 or 1",
        what, oa_level_text(beta->a, a), oa_level_text(beta->b, b));
    return false;
}

bool oa_gain_valid(double gain, oa_diag *diag) {
    char text[OA_NUMBER_SIZE];
    if (gain >= 0 && gain < 1) {
        return true;
    }
    oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-GAIN",
                "the gain over the standard rate is %s; it must be a fraction from 0 to below 1, such as 0.15",
                oa_level_text(gain, text));
    return false;
}

bool oa_beta_superiority(const oa_beta *e, const oa_beta *s, double gain, double *probability, oa_diag *diag) {
    if (!oa_quadrature_valid("the experimental rate", e, diag) || !oa_quadrature_valid("the standard rate", s, diag) ||
        !oa_gain_valid(gain, diag)) {
        return false;
    }
    *probability = oa_superiority(e, s, gain);
    return true;
}
