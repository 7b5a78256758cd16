/*
 * beta.c - the incomplete beta integral and its quantiles.
 *
 * Definition  I_p(a, b) = 1 / B(a, b) * integral from 0 to p of t^(a-1) (1-t)^(b-1) dt.
 * Density     On the scale of log odds t = log(p/q) the density is p^a q^b / B(a, b).  With s = a + b, Stirling's error
 *             d(z) = log(Gamma(z)) - (z - 1/2) log(z) + z - log(2 pi)/2 and f(u) = u - log(1 + u), it is
 *                 sqrt(ab / (2 pi s)) exp(d(s) - d(a) - d(b) - a f((sp - a)/a) - b f((sq - b)/b)),
 *             in which nothing large cancels (C. Loader, Fast and accurate computation of binomial probabilities, 2000).
 * Integral    I_p(a, b) = density / K with the continued fraction K of A. R. DiDonato, A. H. Morris, ACM TOMS 18 (1992)
 *             360-373, equation 9; it is quick for p up to the mean a/s, beyond which I_p(a, b) = 1 - I_q(b, a).
 * Quantile    P = I_p(a, b) as a function of t is the distribution function of a log-concave density, so that log(P) is
 *             concave and Newton's method on it converges from any start: from the left without overshooting, from
 *             the right after one step past the root.  Halley's correction makes it of third order.
 * Accuracy    Quantiles: relative error of the smaller of p and q below 1e-13 (tests/oracle_binomial.py).
 */
#include "beta.h"

#include "level.h"

#include <math.h>
#include <stdbool.h>

/* Stirling's error of z, a multiple of 1/2. */
static double stirling_error(double z) {
    static const double halves[] = {
        0,
        0.15342640972002736,
        0.081061466795327261,
        0.054814121051917651,
        0.041340695955409297,
        0.033162873519936291,
        0.027677925684998338,
        0.023746163656297496,
        0.020790672103765093,
        0.018488450532673187,
        0.016644691189821193,
        0.015134973221917378,
        0.013876128823070748,
        0.012810465242920227,
        0.01189670994589177,
        0.011104559758206917,
        0.010411265261972096,
        0.0097994161261588039,
        0.0092554621827127329,
        0.0087687001341393862,
        0.0083305634333628708,
        0.0079341145643140199,
        0.0075736754879518406,
        0.007244554301320383,
        0.0069428401072095299,
        0.0066652470327076821,
        0.0064089941880042071,
        0.0061717122630394576,
        0.0059513701127588475,
        0.0057462165130101155,
        0.0055547335519628011,
    };
    if (z < 15.25) {
        return halves[(int)(2 * z)];
    }
    double y = 1 / (z * z);
    return (1. / 12 - y * (1. / 360 - y * (1. / 1260 - y * (1. / 1680 - y * (1. / 1188 - y * (691. / 360360)))))) / z;
}

oa_beta oa_beta_of(double a, double b) {
    double s = a + b;
    double errors = stirling_error(s) - stirling_error(a) - stirling_error(b);
    return (oa_beta){.a = a, .b = b, .log_scale = errors + 0.5 * log(a * b / (2 * M_PI * s))};
}

oa_share oa_share_of_odds(double odds) {
    if (odds <= 1) {
        double p = odds / (1 + odds);
        return (oa_share){.p = p, .q = 1 - p};
    }
    double q = 1 / (1 + odds);
    return (oa_share){.p = 1 - q, .q = q};
}

/* u - log(1 + u) where u is the excess of `ratio` over 1, each known to its last digit.  Near 1 it would cancel: there
 * log(1 + u) = 2 atanh(r) with r = u / (2 + u), as a series. */
static double log_excess(double u, double ratio) {
    if (fabs(u) > 0.3) {
        return u - log(ratio);
    }
    double r = u / (2 + u);
    double y = r * r;
    double z = y * y;
    /* the terms of y^0, y^2 ... and of y^1, y^3 ...: two short chains take half the time of a long one */
    double even = 1. / 3 + z * (1. / 7 + z * (1. / 11 + z * (1. / 15 + z * (1. / 19))));
    double uneven = 1. / 5 + z * (1. / 9 + z * (1. / 13 + z * (1. / 17 + z * (1. / 21))));
    double series = even + y * uneven;
    return r * (u - 2 * y * series);
}

double oa_beta_log_density(const oa_beta *beta, oa_share at) {
    double a = beta->a;
    double b = beta->b;
    double s = a + b;
    double away = at.q * a - at.p * b; /* a - sp = sq - b */
    return beta->log_scale - a * log_excess(-away / a, s * at.p / a) - b * log_excess(away / b, s * at.q / b);
}

static const double whole = 2.3e-16;
static const double rough = 1e-4;

/* K, by the recurrence of numerators and denominators, until a step of it changes less than `enough` of it. */
static double fraction(double a, double b, oa_share at, double enough) {
    static const double large = 1e150;
    double start = a * at.q - b * at.p + 1;
    double more = 1 + at.q;
    double inverse = 1 / (a + 1); /* of a + 2m + 1 */
    double top_before = 1;
    double bottom_before = 0;
    double top = a * start * inverse;
    double bottom = 1;
    double am = a; /* a + m - 1 */
    double sm = a + b;
    double next_place = a + 3;
    for (double m = 1;; m++) {
        double shrink = at.p * inverse;
        double factor = m * (b - m) * shrink;
        double over = am * sm * (shrink * factor);
        inverse = 1 / next_place;
        am++;
        sm++;
        next_place += 2;
        double plus = (m + factor) + am * inverse * (start + m * more);
        double top_next = plus * top + over * top_before;
        double bottom_next = plus * bottom + over * bottom_before;
        double old = bottom_next * top;
        if (fabs(top_next * bottom - old) <= enough * fabs(old)) {
            return top_next / bottom_next;
        }
        top_before = top;
        bottom_before = bottom;
        top = top_next;
        bottom = bottom_next;
        if (fabs(bottom) > large) { /* the top is at most 1e9 times as large */
            top_before /= large;
            bottom_before /= large;
            top /= large;
            bottom /= large;
        }
    }
}

/* Beyond the mean the other tail is the quicker one. */
static bool beyond(const oa_beta *beta, oa_share at) {
    return at.p * (beta->b + 1) > (beta->a + 1) * at.q;
}

double oa_beta_lower(const oa_beta *beta, oa_share at) {
    double density = exp(oa_beta_log_density(beta, at));
    if (beyond(beta, at)) {
        return 1 - density / fraction(beta->b, beta->a, (oa_share){.p = at.q, .q = at.p}, whole);
    }
    return density / fraction(beta->a, beta->b, at, whole);
}

double oa_beta_hazard(const oa_beta *beta, oa_share at, bool roughly) {
    if (beyond(beta, at)) {
        return exp(oa_beta_log_density(beta, at)) / oa_beta_lower(beta, at);
    }
    return fraction(beta->a, beta->b, at, roughly ? rough : whole);
}

/* M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions (1964), 26.5.22. */
double oa_beta_guess(const oa_beta *beta, const oa_tail *tail) {
    double z = tail->deviate;
    double of_a = 1 / fmax(2 * beta->a - 1, 0.5);
    double of_b = 1 / fmax(2 * beta->b - 1, 0.5);
    double h = 2 / (of_a + of_b);
    double lambda = (z * z - 3) / 6;
    double w = z * sqrt(fmax(h + lambda, 0)) / h - (of_b - of_a) * (lambda + 5. / 6 - 2 / (3 * h));
    return beta->a / beta->b * exp(-2 * w);
}

oa_share oa_share_solve(double odds, oa_slope (*slope_at)(const void *context, oa_share at, bool roughly),
                        const void *context) {
    static const double near = 1e-5; /* its third power is lost in rounding */
    enum { MOST = 200 };
    for (int i = 0; i < MOST; i++) {
        oa_slope slope = slope_at(context, oa_share_of_odds(odds), i == 0);
        double newton = -slope.log_ratio / slope.hazard;
        double correction = 1 + newton * (slope.bend - slope.hazard) / 2;
        double step = correction > 0.5 && correction < 2 ? newton / correction : newton;
        odds *= exp(step < -3 ? -3 : step > 3 ? 3 : step);
        if ((i > 0 && fabs(slope.log_ratio) < near) || odds < 1e-300 || odds > 1e300) {
            break;
        }
    }
    return oa_share_of_odds(odds);
}

typedef struct quantile {
    const oa_beta *beta;
    double log_tail;
} quantile;

static oa_slope quantile_slope(const void *context, oa_share at, bool roughly) {
    const quantile *sought = context;
    const oa_beta *beta = sought->beta;
    double hazard = oa_beta_hazard(beta, at, roughly);
    return (oa_slope){.log_ratio = oa_beta_log_density(beta, at) - log(hazard) - sought->log_tail,
                      .hazard = hazard,
                      .bend = beta->a * at.q - beta->b * at.p};
}

oa_share oa_beta_quantile(const oa_beta *beta, const oa_tail *tail) {
    quantile sought = {.beta = beta, .log_tail = tail->log};
    return oa_share_solve(oa_beta_guess(beta, tail), quantile_slope, &sought);
}
