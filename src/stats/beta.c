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
 *             the right after one step past the root.  Halley's correction makes it of third order.  Near the root the
 *             derivatives of t by log(P), all of them from the hazard P'/P and powers of p and q, make the last step
 *             one of fifth order, which mostly is the only one.
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

oa_beta_law oa_beta_of(double a, double b) {
    double s = a + b;
    double errors = stirling_error(s) - stirling_error(a) - stirling_error(b);
    return (oa_beta_law){.a = a, .b = b, .log_scale = errors + 0.5 * log(a * b / (2 * M_PI * s))};
}

oa_share oa_share_of_odds(double odds) {
    bool low = odds <= 1;
    double smaller = (low ? odds : 1) / (1 + odds);
    double larger = 1 - smaller;
    return low ? (oa_share){.p = smaller, .q = larger} : (oa_share){.p = larger, .q = smaller};
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

double oa_beta_log_density(const oa_beta_law *beta, oa_share at) {
    double a = beta->a;
    double b = beta->b;
    double s = a + b;
    double away = at.q * a - at.p * b; /* a - sp = sq - b */
    return beta->log_scale - a * log_excess(-away / a, s * at.p / a) - b * log_excess(away / b, s * at.q / b);
}

static const double whole = 2.3e-16;

/* Two numbers that are worked on at once; the lanes do not know of each other. */
typedef double twin __attribute__((vector_size(2 * sizeof(double))));

/* K of two integrals, by the recurrence of numerators and denominators, each until a step changes no more of it than
 * rounding does.  Scaling is by a power of two, which rounds nothing. */
static twin fractions(twin a, twin b, twin p, twin q) {
    static const double large = 0x1p500;
    twin start = a * q - b * p + 1;
    twin more = 1 + q;
    twin inverse = 1 / (a + 1); /* of a + 2m + 1 */
    twin top_before = {1, 1};
    twin bottom_before = {0, 0};
    twin top = a * start * inverse;
    twin bottom = {1, 1};
    twin am = a; /* a + m - 1 */
    twin sm = a + b;
    twin next_place = a + 3;
    twin settled = {0, 0};
    bool open[2] = {true, true};
    for (double m = 1;; m++) {
        twin shrink = p * inverse;
        twin factor = m * (b - m) * shrink;
        twin over = am * sm * (shrink * factor);
        inverse = 1 / next_place;
        am += 1;
        sm += 1;
        next_place += 2;
        twin plus = (m + factor) + am * inverse * (start + m * more);
        twin top_next = plus * top + over * top_before;
        twin bottom_next = plus * bottom + over * bottom_before;
        twin old = bottom_next * top;
        twin change = top_next * bottom - old;
        top_before = top;
        bottom_before = bottom;
        top = top_next;
        bottom = bottom_next;
        for (int i = 0; i < 2; i++) {
            if (open[i] && fabs(change[i]) <= whole * fabs(old[i])) {
                open[i] = false;
                settled[i] = top[i] / bottom[i];
            }
            if (fabs(bottom[i]) > large) { /* the top is at most 1e9 times as large */
                top_before[i] /= large;
                bottom_before[i] /= large;
                top[i] /= large;
                bottom[i] /= large;
            }
        }
        if (!open[0] && !open[1]) {
            return settled;
        }
    }
}

static double fraction(double a, double b, oa_share at) {
    return fractions((twin){a, a}, (twin){b, b}, (twin){at.p, at.p}, (twin){at.q, at.q})[0];
}

/* Beyond the mean the other tail is the quicker one. */
static bool beyond(const oa_beta_law *beta, oa_share at) {
    return at.p * (beta->b + 1) > (beta->a + 1) * at.q;
}

double oa_beta_lower(const oa_beta_law *beta, oa_share at) {
    double density = exp(oa_beta_log_density(beta, at));
    if (beyond(beta, at)) {
        return 1 - density / fraction(beta->b, beta->a, (oa_share){.p = at.q, .q = at.p});
    }
    return density / fraction(beta->a, beta->b, at);
}

double oa_beta_hazard(const oa_beta_law *beta, oa_share at) {
    if (beyond(beta, at)) {
        return exp(oa_beta_log_density(beta, at)) / oa_beta_lower(beta, at);
    }
    return fraction(beta->a, beta->b, at);
}

static twin root(twin of) {
    return (twin){sqrt(of[0]), sqrt(of[1])};
}

static twin within(twin of, double most) {
    return (twin){fmax(-most, fmin(most, of[0])), fmax(-most, fmin(most, of[1]))};
}

/* t is distributed as the logarithm of the ratio of two gamma variables, so that its cumulants are sums and differences
 * of the polygamma functions of a and b; here by their series in 1/c with c = a - 1/2, of the digamma function
 * log(c) aside.  The quantile from five cumulants: R. A. Fisher, E. A. Cornish, Technometrics 2 (1960) 209-225. */
static twin guesses(twin a, twin b, const oa_tail *tail) {
    double z = -tail->deviate;
    double y = z * z;
    twin of_a = 1 / (twin){fmax(a[0] - 0.5, 0.5), fmax(a[1] - 0.5, 0.5)};
    twin of_b = 1 / (twin){fmax(b[0] - 0.5, 0.5), fmax(b[1] - 0.5, 0.5)};
    twin u = of_a * of_a;
    twin v = of_b * of_b;
    twin k1 = u * (1. / 24 - u * (7. / 960)) - v * (1. / 24 - v * (7. / 960));
    twin k2 = of_a * (1 - u * (1. / 12 - u * (7. / 240))) + of_b * (1 - v * (1. / 12 - v * (7. / 240)));
    twin sd = root(k2);
    twin scale = 1 / k2;
    twin scale3 = scale * scale * sd;
    twin k3 = (v * (1 - v * (1. / 4 - v * (7. / 48))) - u * (1 - u * (1. / 4 - u * (7. / 48)))) * scale3;
    twin k4 = (u * of_a * (2 - u) + v * of_b * (2 - v)) * (scale * scale);
    twin k5 = (v * v * (6 - 5 * v) - u * u * (6 - 5 * u)) * (scale3 * scale);
    twin first = k3 * ((y - 1) / 6);
    twin second = k4 * (z * (y - 3) / 24) - k3 * k3 * (z * (2 * y - 5) / 36);
    twin third = k5 * ((y * (y - 6) + 3) / 120) - k3 * k4 * ((y * (y - 5) + 2) / 24) +
                 k3 * k3 * k3 * ((y * (12 * y - 53) + 17) / 324);
    /* the expansion is asymptotic: far out in a tail its terms grow */
    twin shift = k1 + sd * (z + within(first + second + third, 1 + fabs(z)));
    return of_b / of_a * (twin){exp(shift[0]), exp(shift[1])};
}

double oa_beta_guess(const oa_beta_law *beta, const oa_tail *tail) {
    return guesses((twin){beta->a, beta->a}, (twin){beta->b, beta->b}, tail)[0];
}

/* The change of t that multiplies P by exp(y), as its series in y up to the fifth power; on the way H = P'/P, whose
 * logarithm has the derivatives L1, L2 ... by t. */
static double step_of(const oa_slope *slope) {
    double y = -slope->log_ratio;
    double h = slope->hazard;
    double l1 = slope->bend[0] - h;
    double h1 = h * l1;
    double l2 = slope->bend[1] - h1;
    double h2 = h1 * l1 + h * l2;
    double l3 = slope->bend[2] - h2;
    double h3 = h2 * l1 + 2 * h1 * l2 + h * l3;
    double l4 = slope->bend[3] - h3;
    double c2 = -l1;
    double c3 = 2 * l1 * l1 - l2;
    double c4 = l1 * (7 * l2 - 6 * l1 * l1) - l3;
    double c5 = l1 * (l1 * (24 * l1 * l1 - 46 * l2) + 11 * l3) + 7 * l2 * l2 - l4;
    double w = y / h;
    return w * (1 + w / 2 * (c2 + w / 3 * (c3 + w / 4 * (c4 + w / 5 * c5))));
}

/* So near that the sixth power is lost in rounding. */
static bool near(const oa_slope *slope) {
    return fabs(slope->log_ratio) < 5e-3;
}

/* Far from the root: Newton's step with Halley's correction, where that is sound. */
static double stride_of(const oa_slope *slope) {
    static const double most = 3;
    double newton = -slope->log_ratio / slope->hazard;
    double correction = 1 + newton * (slope->bend[0] - slope->hazard) / 2;
    double step = correction > 0.5 && correction < 2 ? newton / correction : newton;
    return step < -most ? -most : step > most ? most : step;
}

oa_share oa_share_solve(double odds, oa_slope (*slope_at)(const void *context, oa_share at), const void *context) {
    enum { MOST = 200 };
    for (int i = 0; i < MOST && odds > 1e-300 && odds < 1e300; i++) {
        oa_slope slope = slope_at(context, oa_share_of_odds(odds));
        if (near(&slope)) {
            odds *= exp(step_of(&slope));
            break;
        }
        odds *= exp(stride_of(&slope));
    }
    return oa_share_of_odds(odds);
}

typedef struct quantile {
    const oa_beta_law *beta;
    double log_tail;
} quantile;

static oa_slope slope_of(const quantile *sought, oa_share at, double hazard) {
    const oa_beta_law *beta = sought->beta;
    double pq = at.p * at.q;
    double spq = (beta->a + beta->b) * pq;
    return (oa_slope){.log_ratio = oa_beta_log_density(beta, at) - log(hazard) - sought->log_tail,
                      .hazard = hazard,
                      .bend = {beta->a * at.q - beta->b * at.p, -spq, -spq * (at.q - at.p), -spq * (1 - 6 * pq)}};
}

static oa_slope quantile_slope(const void *context, oa_share at) {
    const quantile *sought = context;
    return slope_of(sought, at, oa_beta_hazard(sought->beta, at));
}

static oa_share quantile_from(const oa_beta_law *beta, const oa_tail *tail, double odds) {
    quantile sought = {.beta = beta, .log_tail = tail->log};
    return oa_share_solve(odds, quantile_slope, &sought);
}

oa_share oa_beta_quantile(const oa_beta_law *beta, const oa_tail *tail) {
    return quantile_from(beta, tail, oa_beta_guess(beta, tail));
}

void oa_beta_quantiles(const oa_beta_law beta[2], const oa_tail *tail, oa_share at[2]) {
    twin a = {beta[0].a, beta[1].a};
    twin b = {beta[0].b, beta[1].b};
    twin odds = guesses(a, b, tail);
    oa_share start[2] = {oa_share_of_odds(odds[0]), oa_share_of_odds(odds[1])};
    if (beyond(&beta[0], start[0]) || beyond(&beta[1], start[1])) {
        at[0] = quantile_from(&beta[0], tail, odds[0]);
        at[1] = quantile_from(&beta[1], tail, odds[1]);
        return;
    }
    twin hazard = fractions(a, b, (twin){start[0].p, start[1].p}, (twin){start[0].q, start[1].q});
    for (int i = 0; i < 2; i++) {
        quantile sought = {.beta = &beta[i], .log_tail = tail->log};
        oa_slope slope = slope_of(&sought, start[i], hazard[i]);
        at[i] =
            near(&slope) ? oa_share_of_odds(odds[i] * exp(step_of(&slope))) : quantile_from(&beta[i], tail, odds[i]);
    }
}
