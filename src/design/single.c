/*
 * single.c - one stage: reject H0 with X >= c of n.
 *
 * Exact       R. P. A'Hern, Stat Med 20 (2001) 859-866.  For each n, c(n) is the least number with P(X >= c | p0) within
 *             alpha; it does not fall as n grows.  Power is saw-toothed in n, so "first" is not "from here on".
 * From here   Randomised to use alpha up, the test gains power with n, and by less than max_x b(x; n, p1) over the test with
 *             c(n), which falls with n.  Where power less that much suffices, it does for every larger n.
 * Normal      T. R. Fleming, Biometrics 38 (1982) 143-151, with one stage.
 * Accuracy    Tails by pbinom of libRmath (incomplete beta, TOMS 708: 1e-14); what is printed comes of walk.c.
 */
#include "designs.h"

#include <math.h>

#ifndef MATHLIB_STANDALONE
#define MATHLIB_STANDALONE
#endif
#include <Rmath.h>

static double at_least(int32_t c, int32_t n, double p) {
    return c <= 0 ? 1 : pbinom(c - 1, n, p, false, false);
}

typedef struct test {
    int32_t n, c;
} test;

/* The test of one more subject. */
static void grow(test *t, const oa_problem *problem) {
    t->n++;
    while (!oa_keeps_alpha(problem, at_least(t->c, t->n, problem->p0))) {
        t->c++;
    }
}

static bool adequate(const test *t, const oa_problem *problem) {
    return oa_keeps_power(problem, at_least(t->c, t->n, problem->p1));
}

static bool adequate_from_here(const test *t, const oa_problem *problem) {
    double mode = floor((t->n + 1) * problem->p1);
    double loss = dbinom(mode < t->n ? mode : t->n, t->n, problem->p1, false);
    return oa_keeps_power(problem, at_least(t->c, t->n, problem->p1) - loss);
}

static int32_t most_subjects(const oa_problem *problem) {
    return problem->n_max ? problem->n_max : OA_MOST_SUBJECTS;
}

static bool find_first(const oa_problem *problem, test *found) {
    test t = {0, 0};
    while (t.n < most_subjects(problem)) {
        grow(&t, problem);
        if (adequate(&t, problem)) {
            *found = t;
            return true;
        }
    }
    *found = t;
    return false;
}

/* False where it is beyond n_max. */
static bool find_conservative(const oa_problem *problem, test *found) {
    test t = {0, 0};
    bool good = false;
    while (t.n < OA_MOST_SUBJECTS) {
        grow(&t, problem);
        bool was = good;
        good = adequate(&t, problem);
        if (good && !was) {
            *found = t;
        }
        if (good && adequate_from_here(&t, problem)) {
            return found->n <= most_subjects(problem);
        }
    }
    return false;
}

static test by_normal(const oa_problem *p) {
    double z_alpha = qnorm(p->alpha, 0, 1, false, false);
    double z_beta = qnorm(p->beta, 0, 1, false, false);
    double v0 = p->p0 * (1 - p->p0);
    double root = (z_alpha * sqrt(v0) + z_beta * sqrt(p->p1 * (1 - p->p1))) / (p->p1 - p->p0);
    double n = ceil(root * root);
    n = n < 1 ? 1 : fmin(n, OA_MOST_SUBJECTS + 1);
    double c = floor(n * p->p0 + z_alpha * sqrt(n * v0) + 0.5) + 1;
    return (test){(int32_t)n, (int32_t)fmin(fmax(c, 1), n)};
}

static void add(oa_designs *designs, const char *name, const char *rule, test t) {
    oa_look look = {t.n, t.c - 1, t.c};
    oa_designs_add(designs, name, rule, &look, 1);
}

static void add_relaxed(oa_designs *designs, const oa_relaxation *relaxation) {
    oa_problem relaxed = designs->problem;
    test t;
    relaxed.alpha += relaxation->alpha;
    relaxed.beta += relaxation->beta;
    if (find_first(&relaxed, &t)) {
        add(designs, "relaxed", "least n within the relaxed error rates (Khan 2012)", t);
    }
}

static void run(oa_designs *designs, const void *context) {
    const oa_problem *p = &designs->problem;
    const oa_relaxation *relaxation = context;
    test t;
    if (!find_first(p, &t)) {
        oa_designs_none(
            designs,
            "no single-stage design up to n = %d keeps alpha %g and has power %g: of %d subjects, %d or more "
            "responses have alpha %.4f and power %.4f; allow a larger n",
            (int)t.n, p->alpha, 1 - p->beta, (int)t.n, (int)t.c, at_least(t.c, t.n, p->p0), at_least(t.c, t.n, p->p1));
        return;
    }
    add(designs, "first", "least n that keeps both error rates (A'Hern 2001)", t);
    if (find_conservative(p, &t)) {
        add(designs, "conservative", "least n from which on every n keeps both error rates", t);
    }
    t = by_normal(p);
    if (t.n <= most_subjects(p)) {
        add(designs, "fleming", "normal approximation (Fleming 1982); its exact error rates may pass their bounds", t);
    }
    if (relaxation && (relaxation->alpha > 0 || relaxation->beta > 0)) {
        add_relaxed(designs, relaxation);
    }
    designs->complete = true;
}

static bool relaxation_valid(const oa_problem *p, const oa_relaxation *r, oa_diag *diag) {
    if (!r || (r->alpha >= 0 && r->beta >= 0 && p->alpha + r->alpha + p->beta + r->beta < 1)) {
        return true;
    }
    oa_diag_add(
        diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-RELAXATION",
        "error rates may be passed by a little, such as 0.01 and 0.03: both at least 0, and the sum of alpha, beta "
        "and what they are passed by below 1");
    return false;
}

oa_designs *oa_design_single(const oa_problem *problem, const oa_relaxation *relaxation, oa_diag *diag) {
    return relaxation_valid(problem, relaxation, diag) ? oa_designs_search(problem, run, relaxation, diag) : NULL;
}
