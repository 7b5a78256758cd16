/*
 * oslr.c - large-sample moments and error rates of the one-sample log-rank test.
 *
 * Moments     Under H1, with the hazard ratio h, cumulative hazard u = H0(t) under H0 and G(t) = P(a subject is still followed at
 *             t), J. Wu (Pharm Stat 14 (2015) 25-33) has p0 = int S1 h0 G, p1 = h p0, p00 = int S1 H0 h0 G, p01 = h p00, and
 *                 Var(O - E) = p1 - p1^2 + 2 p00 - p0^2 - 2 p01 + 2 p0 p1  per subject.
 *             In u the integrals are of u^m exp(-h u) G, and G is 1 up to A = end - accrual, then falls in a line to 0 at `end`
 *             (or stops at the restricted follow-up).  As t = scale u^(1/shape), each piece is an incomplete gamma function:
 *             closed forms, no quadrature, whatever the shape.
 * Stage one   At t1 a subject who has not entered contributes 0; all n count, so that statistics of both stages are sums over
 *             the same n subjects: Z1 has the drift sqrt(n) omega1 / sqrt(p0 of t1), n = rate * accrual.
 *             (OneArm2stage 1.2.1 takes sqrt(rate * t1) with moments of all n, which makes the drift too small by the root
 *             of t1 / accrual, and P(stop | H1) too large.)
 * Correlation rho0 = sqrt(v1 / v), independent increments.  Under H1 increments are not independent: with W = O - E,
 *                 Cov(W1, W) = Var(W1) + omega1 (omega1 - omega) + (1 - h) / h E[H0(C1) (exp(-h H0(C1)) - exp(-h H0(C)))]
 *             where C1 and C are the follow-up of a subject at t1 and at the end; the last term is the drift, after t1, of those
 *             who are at risk then.  The mean over the time of entry by Gauss-Legendre, 1e-13.
 * Orthant     P(Z1 > c1, Z > c) = Phi(-c1) Phi(-c) + 1 / (2 pi) int_0^asin(rho) exp(-(c1^2 + c^2 - 2 c1 c sin t) / (2 cos^2 t))
 *             dt (Z. Drezner, G. O. Wesolowsky, J Stat Comput Simul 35 (1990) 101-107), Gauss-Legendre on halves: 1e-12.
 */
#include "oslr.h"

#include "../base/number.h"
#include "../stats/level.h"
#include "designs.h"

#include <math.h>

#ifndef MATHLIB_STANDALONE
#define MATHLIB_STANDALONE
#endif
#include <Rmath.h>

/* Gauss-Legendre on (-1, 1) with 20 nodes: half of them. */
static const double nodes[10] = {0.0765265211334973, 0.2277858511416451, 0.3737060887154195, 0.5108670019508271,
                                 0.6360536807265150, 0.7463319064601508, 0.8391169718222188, 0.9122344282513259,
                                 0.9639719272779138, 0.9931285991850949};
static const double weights[10] = {0.1527533871307258, 0.1491729864726037, 0.1420961093183820, 0.1316886384491766,
                                   0.1181945319615184, 0.1019301198172404, 0.0832767415767048, 0.0626720483341091,
                                   0.0406014298003869, 0.0176140071391521};

typedef double integrand(const void *context, double x);

static double gauss(integrand *f, const void *context, double from, double to) {
    double middle = (from + to) / 2;
    double half = (to - from) / 2;
    double sum = 0;
    for (int i = 0; i < 10; i++) {
        sum += weights[i] * (f(context, middle - half * nodes[i]) + f(context, middle + half * nodes[i]));
    }
    return sum * half;
}

double oa_oslr_scale(const oa_oslr *p) {
    return p->at / pow(-log(p->survival), 1 / p->shape);
}

double oa_oslr_hazard(const oa_oslr *p, double t) {
    return t > 0 ? pow(t / oa_oslr_scale(p), p->shape) : 0;
}

/* ---- moments ----------------------------------------------------------------------------------------------------- */

/* The integral of u^(s - 1) exp(-h u) from a to b. */
static double piece(double s, double h, double a, double b) {
    return b > a ? exp(lgammafn(s) - s * log(h)) * (pgamma(h * b, s, 1, true, false) - pgamma(h * a, s, 1, true, false))
                 : 0;
}

/* The integral of u^m exp(-h u) G. */
static double moment(const oa_oslr *p, double m, double h, double accrual, double end) {
    double cap = p->restricted ? p->follow_up : end;
    double flat = fmin(fmax(end - accrual, 0), cap);
    double a = oa_oslr_hazard(p, flat);
    double b = oa_oslr_hazard(p, fmin(end, cap));
    double falls = end * piece(m + 1, h, a, b) - oa_oslr_scale(p) * piece(m + 1 + 1 / p->shape, h, a, b);
    return piece(m + 1, h, 0, a) + falls / accrual;
}

oa_oslr_terms oa_oslr_terms_at(const oa_oslr *p, double accrual, double end) {
    double h = p->hazard_ratio;
    oa_oslr_terms t = {.p0 = moment(p, 0, h, accrual, end), .p00 = moment(p, 1, h, accrual, end)};
    t.p1 = h * t.p0;
    t.p01 = h * t.p00;
    t.omega = t.p0 - t.p1;
    t.variance = t.p1 - t.p1 * t.p1 + 2 * t.p00 - t.p0 * t.p0 - 2 * t.p01 + 2 * t.p0 * t.p1;
    t.v = moment(p, 0, 1, accrual, end);
    return t;
}

typedef struct follow {
    const oa_oslr *problem;
    double accrual, t1;
} follow;

/* Of a subject at risk at t1, who entered at t1 (1 - w^2): the square makes a small shape smooth. */
static double drift_after(const void *context, double w) {
    const follow *f = context;
    const oa_oslr *p = f->problem;
    double after = f->t1 * w * w;
    double last = after + (f->accrual + p->follow_up - f->t1);
    double u = oa_oslr_hazard(p, after);
    double end = oa_oslr_hazard(p, p->restricted ? fmin(last, p->follow_up) : last);
    return u < end ? 2 * w * u * (exp(-p->hazard_ratio * u) - exp(-p->hazard_ratio * end)) : 0;
}

/* Restricted follow-up ends with a corner, where w reaches sqrt(follow_up / t1). */
static double mean_drift(const follow *f) {
    double corner = f->problem->restricted ? fmin(1, sqrt(f->problem->follow_up / f->t1)) : 1;
    return gauss(drift_after, f, 0, corner / 2) + gauss(drift_after, f, corner / 2, corner);
}

oa_oslr_moments oa_oslr_moments_of(const oa_oslr *p, double accrual, double t1) {
    oa_oslr_moments m = {.last = oa_oslr_terms_at(p, accrual, accrual + p->follow_up)};
    if (t1 > 0) {
        follow f = {p, accrual, t1};
        double h = p->hazard_ratio;
        m.first = oa_oslr_terms_at(p, accrual, t1);
        double covariance = m.first.variance + m.first.omega * (m.first.omega - m.last.omega) +
                            (1 - h) / h * mean_drift(&f) * t1 / accrual;
        m.rho0 = fmin(sqrt(m.first.v / m.last.v), 1 - 1e-9);
        m.rho1 = fmin(covariance / sqrt(m.first.variance * m.last.variance), 1 - 1e-9);
    }
    return m;
}

/* ---- error rates ------------------------------------------------------------------------------------------------- */

typedef struct limits {
    double c1, c;
} limits;

static double drezner(const void *context, double angle) {
    const limits *l = context;
    double cosine = cos(angle);
    return exp(-(l->c1 * l->c1 + l->c * l->c - 2 * l->c1 * l->c * sin(angle)) / (2 * cosine * cosine));
}

double oa_upper_orthant(double c1, double c, double rho) {
    limits l = {c1, c};
    double angle = asin(rho);
    double integral = 0;
    /* near a right angle the exponent turns sharply: pieces that halve towards it */
    int pieces = rho < 0.9 ? 2 : 8;
    double from = 0;
    for (int i = 0; i < pieces; i++) {
        double to = i + 1 < pieces ? angle - (angle - from) / 2 : angle;
        integral += gauss(drezner, &l, from, to);
        from = to;
    }
    double outside = pnorm(c1, 0, 1, false, false) * pnorm(c, 0, 1, false, false);
    return outside + integral / (2 * acos(-1.0));
}

static double shifted(const oa_oslr_terms *t, double c, double n) {
    return sqrt(t->p0 / t->variance) * (c - t->omega * sqrt(n / t->p0));
}

void oa_oslr_fill(const oa_oslr *p, const oa_oslr_moments *m, oa_oslr_design *d) {
    double final = shifted(&m->last, d->c, d->n);
    d->accrual = d->n / p->rate;
    d->length = d->accrual + p->follow_up;
    d->n1 = d->n;
    d->expected_n = d->n;
    d->stop0 = d->stop1 = 0;
    if (d->t1 <= 0) {
        d->alpha = pnorm(d->c, 0, 1, false, false);
        d->power = pnorm(final, 0, 1, false, false);
        return;
    }
    double first = shifted(&m->first, d->c1, d->n);
    d->alpha = oa_upper_orthant(d->c1, d->c, m->rho0);
    d->power = oa_upper_orthant(first, final, m->rho1);
    d->stop0 = pnorm(d->c1, 0, 1, true, false);
    d->stop1 = pnorm(first, 0, 1, true, false);
    double entered = p->rate * d->t1;
    d->n1 = (int32_t)fmin(ceil(entered - 1e-9), d->n);
    d->expected_n = d->stop0 * entered + (1 - d->stop0) * d->n;
}

/* ---- what is asked for ------------------------------------------------------------------------------------------- */

static bool positive(const char *name, double value, oa_diag *diag) {
    char text[OA_NUMBER_SIZE];
    if (value > 0 && value <= 1e6) {
        return true;
    }
    oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-OSLR", "%s is %s; it must be above 0 and at most 1000000", name,
                oa_level_text(value, text));
    return false;
}

bool oa_oslr_valid(const oa_oslr *p, oa_diag *diag) {
    char text[OA_NUMBER_SIZE];
    if (!positive("the shape", p->shape, diag) || !positive("the time of survival", p->at, diag) ||
        !positive("the rate of accrual", p->rate, diag) || !positive("the follow-up", p->follow_up, diag) ||
        !oa_rate_valid("survival under H0", p->survival, false, diag) ||
        !oa_error_rate_valid("alpha", p->alpha, diag) || !oa_error_rate_valid("beta", p->beta, diag)) {
        return false;
    }
    const char *what = NULL;
    if (!(p->hazard_ratio > 0 && p->hazard_ratio < 1)) {
        what = oa_level_text(p->hazard_ratio, text);
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-OSLR",
                    "the hazard ratio is %s; it must be above 0 and below 1: the treatment is to be better", what);
        return false;
    }
    if (p->shape < 0.05 || p->shape > 20) {
        what = "the shape must be from 0.05 to 20";
    } else if (p->alpha >= 0.5 || p->beta >= 0.5) {
        what = "alpha and beta must be below 0.5; beta is 1 - power, such as 0.2";
    } else if (!(p->least_stop >= 0 && p->least_stop < 1)) {
        what = "the least probability of stopping must be from 0 to below 1";
    } else if (!(p->weight >= 0 && p->weight <= 1)) {
        what = "the weight of n must be from 0 to 1";
    }
    if (what) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-OSLR", "%s", what);
    }
    return !what;
}

bool oa_oslr_terms_of(const oa_oslr *problem, double accrual, oa_oslr_terms *terms, oa_diag *diag) {
    if (!oa_oslr_valid(problem, diag) || !positive("the accrual", accrual, diag)) {
        return false;
    }
    *terms = oa_oslr_terms_at(problem, accrual, accrual + problem->follow_up);
    return true;
}

static bool design_valid(const oa_oslr *problem, const oa_oslr_design *d, oa_diag *diag) {
    if (d->n >= 1 && d->n <= OA_MOST_SUBJECTS && d->t1 >= 0 && d->t1 * problem->rate <= d->n && isfinite(d->c) &&
        isfinite(d->c1)) {
        return true;
    }
    oa_diag_add(
        diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-OSLR",
        "a design has from 1 to %d subjects, finite critical values, and its first analysis before the last entry",
        (int)OA_MOST_SUBJECTS);
    return false;
}

bool oa_oslr_judge(const oa_oslr *problem, oa_oslr_design *design, oa_diag *diag) {
    if (!oa_oslr_valid(problem, diag) || !design_valid(problem, design, diag)) {
        return false;
    }
    oa_oslr_moments m = oa_oslr_moments_of(problem, design->n / problem->rate, design->t1);
    oa_oslr_fill(problem, &m, design);
    return true;
}
