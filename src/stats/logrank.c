/*
 * logrank.c - the log-rank test and its family.
 *
 * Definition  At each time t with events, within a stratum, d subjects of the n at risk have the event; n_g and d_g are
 *             those of group g.  Were the groups alike, d_g would be hypergeometric given n, d and n_g.  With the weight
 *             w = S(t-)^rho, S the Kaplan-Meier estimate of the stratum, sums over times and strata give
 *                 O_g  = sum w d_g
 *                 E_g  = sum w d n_g / n
 *                 V_gh = sum w^2 d (n - d) / (n - 1) n_g / n ([g = h] - n_h / n)
 * Test        (O - E)' V^-1 (O - E) over all groups with E > 0 but one, chi-square with as many degrees of freedom.
 * Source      N. Mantel, Cancer Chemother Rep 50 (1966) 163-170; R. Peto, J. Peto, J R Stat Soc A 135 (1972) 185-207;
 *             D. P. Harrington, T. R. Fleming, Biometrika 69 (1982) 553-566.
 * Domain      Times from 0 on; any number of groups and strata; tied times as in km.c.  Censored subjects are at risk at
 *             their own time.
 * Accuracy    Agrees with R's survdiff to 1e-10 on random data; no tail is lost, p is computed as a tail.
 */
#include <onearm/stats.h>

#include "linear.h"
#include "subjects.h"
#include "work.h"

#include "../base/number.h"
#include "level.h"

#include <math.h>

#ifndef MATHLIB_STANDALONE
#define MATHLIB_STANDALONE
#endif
#include <Rmath.h>

static const char rule[] = "STATS-LOGRANK";

typedef struct problem {
    const double *time;
    const bool *event;
    const int *group;
    size_t n;
    size_t n_groups;
    oa_logrank_options options;
    oa_logrank_group *groups;
    oa_chi_square *test;
    oa_diag *diag;
    double *variance; /* n_groups by n_groups */
    double *at_risk;  /* of each group in this stratum */
    double *events;   /* of each group at this time */
    bool tested;
} problem;

/* Adds one time with `deaths` of the `risk` subjects at risk to the sums. */
static void add_moment(problem *p, double weight, double deaths, double risk) {
    double spread = risk > 1 ? weight * weight * deaths * (risk - deaths) / (risk - 1) : 0;
    for (size_t g = 0; g < p->n_groups; g++) {
        double share = p->at_risk[g] / risk;
        p->groups[g].observed += weight * p->events[g];
        p->groups[g].expected += weight * deaths * share;
        for (size_t h = 0; h < p->n_groups; h++) {
            p->variance[g * p->n_groups + h] += spread * share * ((g == h) - p->at_risk[h] / risk);
        }
    }
}

static void add_stratum(problem *p, const oa_subject *subjects, size_t n) {
    double survival = 1;
    for (size_t g = 0; g < p->n_groups; g++) {
        p->at_risk[g] = 0;
    }
    for (size_t i = 0; i < n; i++) {
        p->at_risk[p->group[subjects[i].index]] += 1;
    }
    for (size_t first = 0, end; first < n; first = end) {
        end = oa_moment_end(subjects, first, n);
        double risk = (double)(n - first);
        double deaths = 0;
        for (size_t g = 0; g < p->n_groups; g++) {
            p->events[g] = 0;
        }
        for (size_t i = first; i < end; i++) {
            p->events[p->group[subjects[i].index]] += subjects[i].event;
            deaths += subjects[i].event;
        }
        if (deaths > 0) {
            add_moment(p, pow(survival, p->options.rho), deaths, risk);
            survival *= (risk - deaths) / risk;
        }
        for (size_t i = first; i < end; i++) {
            p->at_risk[p->group[subjects[i].index]] -= 1;
        }
    }
}

/* The quadratic form over the groups with E > 0 but the first. */
static void test_groups(problem *p, oa_arena *arena) {
    size_t *counted = OA_NEW_ARRAY(arena, size_t, p->n_groups);
    size_t k = 0;
    for (size_t g = 0; g < p->n_groups; g++) {
        if (p->groups[g].expected > 0) {
            counted[k++] = g;
        }
    }
    if (k < 2) {
        oa_diag_add(p->diag, OA_ERROR, OA_VALUE, NULL, rule,
                    "only one group has subjects at risk when events occur; a log-rank test compares at least two");
        return;
    }
    size_t df = k - 1;
    double *a = OA_NEW_ARRAY(arena, double, df *df);
    double *excess = OA_NEW_ARRAY(arena, double, df);
    double *solved = OA_NEW_ARRAY(arena, double, df);
    for (size_t i = 0; i < df; i++) {
        const oa_logrank_group *group = &p->groups[counted[i + 1]];
        excess[i] = solved[i] = group->observed - group->expected;
        for (size_t j = 0; j < df; j++) {
            a[i * df + j] = p->variance[counted[i + 1] * p->n_groups + counted[j + 1]];
        }
    }
    size_t failed;
    if (!oa_cholesky(a, df, &failed)) {
        oa_diag_add(p->diag, OA_ERROR, OA_VALUE, NULL, rule,
                    "wherever events occur, all subjects at risk have one or are of one group: there is no variance to "
                    "test against");
        return;
    }
    oa_cholesky_solve(a, df, solved);
    double statistic = oa_dot(excess, solved, df);
    *p->test = (oa_chi_square){statistic, (int)df, pchisq(statistic, (double)df, false, false)};
    p->tested = true;
}

static void run(oa_arena *arena, void *context) {
    problem *p = context;
    const oa_subject *subjects = oa_subjects_ordered(arena, p->time, p->event, p->options.stratum, p->n);
    p->variance = OA_NEW_ARRAY(arena, double, p->n_groups * p->n_groups);
    p->at_risk = OA_NEW_ARRAY(arena, double, p->n_groups);
    p->events = OA_NEW_ARRAY(arena, double, p->n_groups);
    for (size_t g = 0; g < p->n_groups; g++) {
        p->groups[g] = (oa_logrank_group){0};
    }
    for (size_t i = 0; i < p->n; i++) {
        p->groups[p->group[i]].n++;
        p->groups[p->group[i]].n_event += p->event[i];
    }
    for (size_t first = 0, end; first < p->n; first = end) {
        end = oa_stratum_end(subjects, first, p->n);
        add_stratum(p, subjects + first, end - first);
    }
    for (size_t g = 0; g < p->n_groups; g++) {
        p->groups[g].variance = p->variance[g * p->n_groups + g];
    }
    test_groups(p, arena);
}

static bool groups_valid(const int *group, size_t n, int n_groups, oa_diag *diag) {
    if (n_groups < 2) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, rule, "there is %s group; a log-rank test compares at least two",
                    n_groups == 1 ? "one" : "no");
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        if (group[i] < 0 || group[i] >= n_groups) {
            oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, rule, "group %d of subject %zu is none of 0 to %d", group[i],
                        i + 1, n_groups - 1);
            return false;
        }
    }
    return true;
}

static bool rho_valid(double rho, oa_diag *diag) {
    if (isfinite(rho) && rho >= 0) {
        return true;
    }
    char text[OA_NUMBER_SIZE];
    oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, rule, "rho is %s; it must be a number from 0 (log-rank) on",
                oa_level_text(rho, text));
    return false;
}

bool oa_logrank(const double *time, const bool *event, const int *group, size_t n, int n_groups,
                const oa_logrank_options *options, oa_logrank_group *groups, oa_chi_square *test, oa_diag *diag) {
    problem p = {.time = time, .event = event, .group = group, .n = n, .groups = groups, .test = test, .diag = diag};
    p.options = options ? *options : (oa_logrank_options){0};
    if (!oa_survival_valid(time, event, n, rule, diag) || !groups_valid(group, n, n_groups, diag) ||
        !rho_valid(p.options.rho, diag)) {
        return false;
    }
    p.n_groups = (size_t)n_groups;
    return oa_work(run, &p, n, diag) && p.tested;
}
