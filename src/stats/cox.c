/*
 * cox.c - the Cox model of proportional hazards.
 *
 * Definition  The hazard of a subject with covariates x is h0(t) exp(b'x), h0 common to a stratum.  With r = exp(b'x), R the
 *             sum of r over all at risk at an event time, D the sum over the d who have the event there, the log partial
 *             likelihood is the sum over event times and strata of
 *                 sum b'x over the events - sum over l = 0 .. d-1 of log(R - l/d D)     Efron
 *                 sum b'x over the events - d log R                                     Breslow
 * Estimate    Newton's method from b = 0 on covariates of mean 0 and standard deviation 1; a step that lowers the
 *             likelihood is halved.  Ends with the step that follows one below 1e-7, by which the error is squared.
 * Tests       With U and I gradient and information: score U'I^-1 U at 0, Wald b'I b at b, likelihood ratio 2 (l(b) - l(0)),
 *             each chi-square with as many degrees of freedom as there are covariates.
 * Infinite    Where at each event time those with the event have the largest (or smallest) value at risk, of a covariate or
 *             of a combination of some, the likelihood rises for ever.  For one covariate this is checked as it stands;
 *             for several, it shows as information that falls below 1e-8 of what it was at 0.
 * Source      D. R. Cox, J R Stat Soc B 34 (1972) 187-220; B. Efron, JASA 72 (1977) 557-565; N. E. Breslow, Biometrics 30
 *             (1974) 89-99; M. C. Bryson, M. E. Johnson, Technometrics 23 (1981) 381-383 (infinite estimates).
 * Domain      Times from 0 on, tied as in km.c; 1 to 20 covariates, finite, none a combination of the others.
 * Accuracy    Agrees with R's coxph, run to convergence, to 1e-10 on random data.
 */
#include <onearm/stats.h>

#include "../base/number.h"
#include "cox_likelihood.h"
#include "level.h"
#include "linear.h"
#include "work.h"

#include <math.h>
#include <string.h>

#ifndef MATHLIB_STANDALONE
#define MATHLIB_STANDALONE
#endif
#include <Rmath.h>

static const char rule[] = "STATS-COX";

enum { most_terms = 20, most_steps = 60, most_halvings = 40 };

typedef struct problem {
    const double *time;
    const bool *event;
    const double *covariates;
    oa_cox_options options;
    oa_cox *fit;
    oa_cox_term *terms;
    oa_diag *diag;
    size_t n;
    size_t p;
    bool done;
    oa_cox_data data;
    double *scale; /* of each covariate */
    double *beta;
    double *gradient;
    double *information;
    double *factor;
    double *step;
    double *trial;
    double *null_information; /* the diagonal, at 0 */
    double likelihood;
} problem;

static bool fail_infinite(problem *p, size_t term) {
    oa_diag_add(
        p->diag, OA_ERROR, OA_VALUE, NULL, rule,
        "the hazard ratio of covariate %zu is infinite or 0: the subjects with events can be told from the others at "
        "risk by their covariates alone, as where one group has no events",
        term + 1);
    return false;
}

static bool fail_singular(problem *p, size_t term) {
    oa_diag_add(
        p->diag, OA_ERROR, OA_VALUE, NULL, rule,
        "covariate %zu is the same for all subjects at risk at events, or a combination of the others, and has no "
        "hazard ratio",
        term + 1);
    return false;
}

/* Covariates of mean 0 and standard deviation 1 into `x`; false where one is constant. */
static bool standardise(problem *p, double *x) {
    for (size_t j = 0; j < p->p; j++) {
        double mean = 0;
        double square = 0;
        for (size_t i = 0; i < p->n; i++) {
            mean += p->covariates[i * p->p + j] / (double)p->n;
        }
        for (size_t i = 0; i < p->n; i++) {
            x[i * p->p + j] = p->covariates[i * p->p + j] - mean;
            square += x[i * p->p + j] * x[i * p->p + j] / (double)p->n;
        }
        p->scale[j] = sqrt(square);
        if (!isfinite(p->scale[j]) || !(p->scale[j] > 1e-12 * fabs(mean))) {
            return fail_singular(p, j);
        }
        for (size_t i = 0; i < p->n; i++) {
            x[i * p->p + j] /= p->scale[j];
        }
    }
    return true;
}

/* True where each event of the stratum has the largest `sign` * x of those at risk. */
static bool orders_events(const problem *p, double sign, const oa_subject *subjects, size_t n) {
    double top = -HUGE_VAL;
    double least = HUGE_VAL; /* of the events at the time that is being walked over */
    for (size_t i = n; i-- > 0;) {
        double x = sign * p->covariates[subjects[i].index];
        top = fmax(top, x);
        least = subjects[i].event ? fmin(least, x) : least;
        if (i == 0 || subjects[i - 1].moment != subjects[i].moment) {
            if (least < top) {
                return false;
            }
            least = HUGE_VAL;
        }
    }
    return true;
}

/* For one covariate: true where the likelihood rises for ever as its coefficient goes to `sign` times infinity. */
static bool is_monotone(const problem *p, double sign) {
    for (size_t first = 0, end; first < p->n; first = end) {
        end = oa_stratum_end(p->data.subjects, first, p->n);
        if (!orders_events(p, sign, p->data.subjects + first, end - first)) {
            return false;
        }
    }
    return true;
}

/* Factors the information; false where it is singular. */
static bool factor_information(problem *p, size_t *failed) {
    memcpy(p->factor, p->information, p->p * p->p * sizeof *p->factor);
    return oa_cholesky(p->factor, p->p, failed);
}

/* The covariate whose variance has grown out of bounds; p->p: none. */
static size_t lost_term(const problem *p, double *inverse) {
    oa_cholesky_inverse(p->factor, p->p, inverse);
    for (size_t j = 0; j < p->p; j++) {
        if (!(inverse[j * p->p + j] * p->null_information[j] < 1e8)) {
            return j;
        }
    }
    return p->p;
}

/* Adds the Newton step to beta, halved until the likelihood does not fall. */
static bool take_step(problem *p) {
    double slack = 1e-12 * fabs(p->likelihood);
    for (int halving = 0; halving < most_halvings; halving++) {
        for (size_t j = 0; j < p->p; j++) {
            p->trial[j] = p->beta[j] + p->step[j];
        }
        double likelihood = oa_cox_likelihood(&p->data, p->trial, p->gradient, p->information);
        if (likelihood >= p->likelihood - slack) {
            p->likelihood = likelihood;
            memcpy(p->beta, p->trial, p->p * sizeof *p->beta);
            return true;
        }
        for (size_t j = 0; j < p->p; j++) {
            p->step[j] /= 2;
        }
    }
    return false;
}

static double largest(const double *values, size_t n) {
    double most = 0;
    for (size_t i = 0; i < n; i++) {
        most = fmax(most, fabs(values[i]));
    }
    return most;
}

/* From the factored information at beta = 0 to the maximum, where the information is factored again. */
static bool climb(problem *p, double *inverse) {
    for (int round = 1; round <= most_steps; round++) {
        size_t failed = 0;
        memcpy(p->step, p->gradient, p->p * sizeof *p->step);
        oa_cholesky_solve(p->factor, p->p, p->step);
        bool near = largest(p->step, p->p) < 1e-7;
        p->fit->iterations = round;
        if (!take_step(p)) {
            break;
        }
        if (!factor_information(p, &failed)) {
            return fail_infinite(p, failed);
        }
        failed = lost_term(p, inverse);
        if (failed < p->p) {
            return fail_infinite(p, failed);
        }
        if (near) {
            return true;
        }
    }
    oa_diag_add(p->diag, OA_ERROR, OA_VALUE, NULL, rule, "the maximum of the likelihood was not found in %d steps",
                p->fit->iterations);
    return false;
}

static oa_chi_square chi_square(double statistic, size_t df) {
    return (oa_chi_square){statistic, (int)df, pchisq(statistic, (double)df, false, false)};
}

static void set_terms(problem *p, const double *inverse) {
    double deviate = oa_level_deviate(p->options.level);
    for (size_t j = 0; j < p->p; j++) {
        oa_cox_term *term = &p->terms[j];
        term->coefficient = p->beta[j] / p->scale[j];
        term->std_err = sqrt(inverse[j * p->p + j]) / p->scale[j];
        term->p_value = 2 * pnorm(fabs(term->coefficient / term->std_err), 0, 1, false, false);
        term->hazard_ratio.estimate = exp(term->coefficient);
        term->hazard_ratio.lower = exp(term->coefficient - deviate * term->std_err);
        term->hazard_ratio.upper = exp(term->coefficient + deviate * term->std_err);
    }
}

/* b'I b = |L'b|^2. */
static double wald(const problem *p) {
    double sum = 0;
    for (size_t j = 0; j < p->p; j++) {
        double entry = 0;
        for (size_t i = j; i < p->p; i++) {
            entry += p->factor[i * p->p + j] * p->beta[i];
        }
        sum += entry * entry;
    }
    return sum;
}

/* Gradient, information and score test at beta = 0. */
static bool start(problem *p) {
    size_t failed;
    p->likelihood = oa_cox_likelihood(&p->data, p->beta, p->gradient, p->information);
    for (size_t j = 0; j < p->p; j++) {
        p->null_information[j] = p->information[j * p->p + j];
    }
    if (!factor_information(p, &failed)) {
        return fail_singular(p, failed);
    }
    memcpy(p->step, p->gradient, p->p * sizeof *p->step);
    oa_cholesky_solve(p->factor, p->p, p->step);
    p->fit->log_likelihood_null = p->likelihood;
    p->fit->score = chi_square(oa_dot(p->gradient, p->step, p->p), p->p);
    if (p->p == 1 && (is_monotone(p, 1) || is_monotone(p, -1))) {
        return fail_infinite(p, 0);
    }
    return true;
}

static void run(oa_arena *arena, void *context) {
    problem *p = context;
    double **const vectors[] = {&p->scale, &p->beta, &p->gradient, &p->step, &p->trial, &p->null_information};
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        *vectors[i] = OA_NEW_ARRAY(arena, double, p->p);
    }
    double *x = OA_NEW_ARRAY(arena, double, p->n * p->p);
    double *inverse = OA_NEW_ARRAY(arena, double, p->p * p->p);
    p->information = OA_NEW_ARRAY(arena, double, p->p * p->p);
    p->factor = OA_NEW_ARRAY(arena, double, p->p * p->p);
    p->data = (oa_cox_data){.x = x, .n = p->n, .terms = p->p, .ties = p->options.ties};
    p->data.subjects = oa_subjects_ordered(arena, p->time, p->event, p->options.stratum, p->n);
    oa_cox_data_prepare(&p->data, arena);
    if (!standardise(p, x) || !start(p) || !climb(p, inverse)) {
        return;
    }
    p->fit->n = (int64_t)p->n;
    for (size_t i = 0; i < p->n; i++) {
        p->fit->n_event += p->event[i];
    }
    p->fit->log_likelihood = p->likelihood;
    p->fit->likelihood_ratio = chi_square(fmax(0, 2 * (p->likelihood - p->fit->log_likelihood_null)), p->p);
    p->fit->wald = chi_square(wald(p), p->p);
    set_terms(p, inverse);
    p->done = true;
}

static bool options_valid(const oa_cox_options *options, oa_diag *diag) {
    if (options->ties != OA_COX_EFRON && options->ties != OA_COX_BRESLOW) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, rule,
                    "method %d for ties is not known; OA_COX_EFRON and OA_COX_BRESLOW are", (int)options->ties);
        return false;
    }
    return oa_level_valid(options->level, diag);
}

bool oa_cox_fit(const double *time, const bool *event, const double *covariates, size_t n, int n_terms,
                const oa_cox_options *options, oa_cox *fit, oa_cox_term *terms, oa_diag *diag) {
    static const oa_cox_options usual = {.ties = OA_COX_EFRON, .level = 0.95};
    oa_cox found = {0};
    problem p = {.time = time, .event = event, .covariates = covariates, .n = n, .fit = &found, .terms = terms};
    p.options = options ? *options : usual;
    p.diag = diag;
    if (n_terms < 1 || n_terms > most_terms) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, rule, "there are %d covariates; it must be 1 to %d", n_terms,
                    (int)most_terms);
        return false;
    }
    p.p = (size_t)n_terms;
    if (!options_valid(&p.options, diag) || !oa_survival_valid(time, event, n, rule, diag) ||
        !oa_numbers_valid(covariates, n * p.p, -HUGE_VAL, "covariate value", rule, diag) ||
        !oa_work(run, &p, n, diag) || !p.done) {
        return false;
    }
    *fit = found;
    return true;
}

typedef struct binary {
    const double *time;
    const bool *event;
    const bool *in_group;
    size_t n;
    const oa_cox_options *options;
    oa_cox_term *ratio;
    oa_diag *diag;
    bool done;
} binary;

static void run_binary(oa_arena *arena, void *context) {
    binary *b = context;
    double *x = OA_NEW_ARRAY(arena, double, b->n);
    oa_cox fit;
    for (size_t i = 0; i < b->n; i++) {
        x[i] = b->in_group[i];
    }
    b->done = oa_cox_fit(b->time, b->event, x, b->n, 1, b->options, &fit, b->ratio, b->diag);
}

bool oa_hazard_ratio(const double *time, const bool *event, const bool *in_group, size_t n,
                     const oa_cox_options *options, oa_cox_term *ratio, oa_diag *diag) {
    binary b = {time, event, in_group, n, options, ratio, diag, false};
    return oa_work(run_binary, &b, n, diag) && b.done;
}
