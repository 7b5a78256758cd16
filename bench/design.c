/*
 * design.c - searches for designs; each number is one search, in seconds.
 *
 *     design
 */
#include <onearm/logrank_design.h>
#include <onearm/monitoring.h>

#include "clock.h"

typedef oa_designs *search(const oa_problem *problem, oa_diag *diag);

static oa_designs *three_stage(const oa_problem *problem, oa_diag *diag) {
    return oa_design_three_stage(problem, false, diag);
}

static oa_designs *curtailed(const oa_problem *problem, oa_diag *diag) {
    static const oa_curtailment how = {0.1, 1, true};
    return oa_design_curtailed(problem, &how, diag);
}

static bool run(const char *what, search *find, oa_problem problem) {
    double start = seconds();
    oa_designs *designs = find(&problem, NULL);
    report(what, seconds() - start);
    bool found = designs != NULL;
    oa_designs_free(designs);
    return found;
}

static bool bryant_day(void) {
    static const oa_bryant_day problem = {0.2, 0.4, 0.4, 0.2, 0.1, 0.1, 0.15, 1, false, 60};
    oa_bryant_day_answer answer;
    double start = seconds();
    bool found = oa_design_bryant_day(&problem, &answer, NULL);
    report("bryant_day", seconds() - start);
    return found;
}

/* Every probability of a design with a look after each of 1000 subjects. */
static bool characteristics(void) {
    static oa_look looks[1000];
    oa_oc oc;
    for (int32_t k = 1; k <= 1000; k++) {
        looks[k - 1] = (oa_look){k, k < 1000 ? k / 10 - 15 : 120, k < 1000 ? k / 5 + 20 : 121};
        looks[k - 1].lower = looks[k - 1].lower < -1 ? -1 : looks[k - 1].lower;
        looks[k - 1].upper = looks[k - 1].upper > k + 1 ? k + 1 : looks[k - 1].upper;
    }
    double start = seconds();
    bool good = oa_boundary_oc(&(oa_boundary){looks, 1000}, 0.13, &oc, NULL, NULL);
    report("characteristics", seconds() - start);
    return good;
}

static oa_designs *lee_liu(const oa_problem *problem, oa_diag *diag) {
    static const oa_lee_liu rule = {{0.2, 0.8}, 10, 1};
    return oa_design_lee_liu(problem, &rule, diag);
}

static oa_designs *bop2(const oa_problem *problem, oa_diag *diag) {
    static const int32_t looks[] = {10, 15, 20, 25, 30, 35, 40};
    return oa_design_bop2(problem, &(oa_bop2){.schedule = {looks, 7}, .efficacy_stop = true}, diag);
}

/* The vignette of OneArm2stage, and the example of its manual. */
static bool survival(void) {
    static const oa_oslr problems[] = {{1, 0.72, 3, 0.459, 20, 3, false, 0.05, 0.2, 0, 0.5},
                                       {0.5, 0.6, 3, 0.5, 5, 1, false, 0.05, 0.15, 0, 0.5}};
    static const char *const names[] = {"oslr", "oslr_manual"};
    oa_oslr_answer answer;
    bool found = true;
    for (int i = 0; i < 2; i++) {
        double start = seconds();
        found = oa_design_oslr(&problems[i], &answer, NULL) && found;
        report(names[i], seconds() - start);
    }
    oa_oslr_rates rates;
    double start = seconds();
    found = found && oa_oslr_simulate(&problems[1], &answer.optimal, 1, 100000, 1, &rates, NULL);
    report("oslr_simulated", (seconds() - start) / 100000);
    return found;
}

int main(void) {
    oa_problem usual = {.p0 = 0.1, .p1 = 0.3, .alpha = 0.05, .beta = 0.1, .n_max = 1000};
    oa_problem hard = {.p0 = 0.1, .p1 = 0.15, .alpha = 0.05, .beta = 0.1, .n_max = 1000};
    oa_problem middle = {.p0 = 0.2, .p1 = 0.4, .alpha = 0.05, .beta = 0.2};
    bool good = run("simon", oa_design_simon, usual);
    good = run("simon_hard", oa_design_simon, hard) && good;
    good = run("mander_thompson", oa_design_mander_thompson, middle) && good;
    good = run("three_stage", three_stage, middle) && good;
    good = run("curtailed", curtailed, middle) && good;
    good = run("lee_liu", lee_liu, (oa_problem){.p0 = 0.2, .p1 = 0.4, .alpha = 0.1, .beta = 0.1}) && good;
    good = run("bop2", bop2, (oa_problem){.p0 = 0.2, .p1 = 0.4, .alpha = 0.1, .beta = 0.2}) && good;
    good = survival() && good;
    good = bryant_day() && good;
    good = characteristics() && good;
    return good ? 0 : 3;
}
