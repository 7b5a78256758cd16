/* test_survival.c - tests of survival in groups, against a reference, and incidence of competing events. */
#include "../base/number.h"
#include "../base/text.h"
#include "cmd_test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- log-rank ----------------------------------------------------------------------------------------------------- */

typedef struct logrank_rows {
    const oa_test_subjects *subjects;
    const oa_logrank_group *groups;
} logrank_rows;

static void put_groups(oa_cli *cli, oa_json *json, const void *context) {
    const logrank_rows *rows = context;
    if (json) {
        oa_json_array(json, "groups");
    } else {
        oa_putf(&cli->out, "  %-20s %8s %8s %10s %10s\n", oa_cli_value(cli, "--by"), "n", "events", "observed",
                "expected");
    }
    for (int i = 0; i < rows->subjects->n_groups; i++) {
        const oa_logrank_group *g = &rows->groups[i];
        if (!json) {
            oa_putf(&cli->out, "  %-20s %8lld %8lld %10s %10s\n", rows->subjects->names[i], (long long)g->n,
                    (long long)g->n_event, oa_test_number(cli, g->observed), oa_test_number(cli, g->expected));
            continue;
        }
        oa_json_object(json, NULL);
        oa_json_text(json, "group", rows->subjects->names[i]);
        oa_json_integer(json, "n", g->n);
        oa_json_integer(json, "events", g->n_event);
        oa_json_number(json, "observed", g->observed);
        oa_json_number(json, "expected", g->expected);
        oa_json_number(json, "variance", g->variance);
        oa_json_end_object(json);
    }
    if (json) {
        oa_json_end_array(json);
    }
}

static bool has_groups(oa_cli *cli, const oa_test_subjects *s) {
    return s->n_groups > 1 || oa_cli_refuse(cli, s->rows.file, "%s holds one group, %s; there must be two to compare",
                                            oa_cli_value(cli, "--by"), s->names[0]);
}

int oa_test_logrank(oa_cli *cli) {
    oa_logrank_options options = {0};
    oa_test_subjects s;
    oa_chi_square test;
    if (!oa_cli_number_option(cli, "--rho", &options.rho) || !oa_test_read_subjects(cli, true, &s)) {
        return 2;
    }
    if (!has_groups(cli, &s)) {
        return 2;
    }
    options.stratum = s.stratum;
    oa_logrank_group *groups = OA_NEW_ARRAY(cli->arena, oa_logrank_group, (size_t)s.n_groups);
    if (!oa_logrank(s.time, s.event, s.group, s.n, s.n_groups, &options, groups, &test, cli->diag)) {
        return 2;
    }
    logrank_rows rows = {&s, groups};
    oa_test_result r = oa_test_result_of("logrank", "Log-rank test");
    r.n = (int64_t)s.n;
    r.put_rows = put_groups;
    r.context = &rows;
    r.statistic_label = "chi-square";
    r.statistic = test.statistic;
    r.df = test.df;
    r.p_value = test.p_value;
    r.items[0] = (oa_test_item){"rho", options.rho > 0 ? "rho" : NULL, options.rho};
    r.method =
        oa_printf(cli->arena, "%s%s; hypergeometric variance at tied times.",
                  options.rho > 0 ? "Events weighted by S(t-)^rho (Harrington and Fleming)" : "Mantel's test",
                  s.stratum ? oa_printf(cli->arena, ", within strata of %s", oa_cli_value(cli, "--strata")) : "");
    oa_test_print(cli, &r);
    return 0;
}

/* --- Cox ---------------------------------------------------------------------------------------------------------- */

typedef struct cox_rows {
    const oa_test_subjects *subjects;
    const oa_cox *fit;
    const oa_cox_term *terms;
} cox_rows;

static void put_tests(oa_cli *cli, oa_json *json, const oa_cox *fit) {
    const struct {
        const char *key;
        const char *label;
        const oa_chi_square *test;
    } tests[] = {{"likelihood_ratio", "likelihood ratio", &fit->likelihood_ratio},
                 {"wald", "Wald", &fit->wald},
                 {"score", "score", &fit->score}};
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        const oa_chi_square *test = tests[i].test;
        if (!json) {
            oa_putf(&cli->out, "  %-28s %s (df %d), p %s\n", tests[i].label, oa_test_number(cli, test->statistic),
                    test->df, oa_test_p(cli, test->p_value));
            continue;
        }
        oa_json_object(json, tests[i].key);
        oa_json_number(json, "statistic", test->statistic);
        oa_json_integer(json, "df", test->df);
        oa_json_number(json, "p_value", test->p_value);
        oa_json_end_object(json);
    }
}

static void put_terms(oa_cli *cli, oa_json *json, const void *context) {
    const cox_rows *rows = context;
    const oa_test_subjects *s = rows->subjects;
    put_tests(cli, json, rows->fit);
    if (json) {
        oa_json_array(json, "terms");
    }
    for (int i = 1; i < s->n_groups; i++) {
        const oa_cox_term *t = &rows->terms[i - 1];
        if (!json) {
            oa_putf(&cli->out, "  HR %s to %s: %s (%s to %s), p %s\n", s->names[i], s->names[0],
                    oa_test_number(cli, t->hazard_ratio.estimate), oa_test_number(cli, t->hazard_ratio.lower),
                    oa_test_number(cli, t->hazard_ratio.upper), oa_test_p(cli, t->p_value));
            continue;
        }
        oa_json_object(json, NULL);
        oa_json_text(json, "group", s->names[i]);
        oa_json_text(json, "reference", s->names[0]);
        oa_json_number(json, "coefficient", t->coefficient);
        oa_json_number(json, "std_err", t->std_err);
        oa_json_number(json, "hazard_ratio", t->hazard_ratio.estimate);
        oa_json_number(json, "lower", t->hazard_ratio.lower);
        oa_json_number(json, "upper", t->hazard_ratio.upper);
        oa_json_number(json, "p_value", t->p_value);
        oa_json_end_object(json);
    }
    if (json) {
        oa_json_end_array(json);
    }
}

/* A group without events, or all events in one, has no finite hazard ratio; said by its name. */
static bool groups_have_events(oa_cli *cli, const oa_test_subjects *s) {
    if (!has_groups(cli, s)) {
        return false;
    }
    int *events = OA_NEW_ARRAY(cli->arena, int, (size_t)s->n_groups);
    for (size_t i = 0; i < s->n; i++) {
        events[s->group[i]] += s->event[i];
    }
    for (int g = 0; g < s->n_groups; g++) {
        if (events[g] == 0) {
            return oa_cli_refuse(cli, s->rows.file,
                                 "no subject with %s %s has an event, so its hazard ratio is 0 or infinite",
                                 oa_cli_value(cli, "--by"), s->names[g]);
        }
    }
    return true;
}

int oa_test_cox(oa_cli *cli) {
    static const char *const ways[] = {"efron", "breslow"};
    oa_cox_options options;
    oa_test_subjects s;
    oa_cox fit;
    int ties;
    if (!oa_test_choice(cli, "--ties", ways, 2, &ties) || !oa_test_level(cli, &options.level) ||
        !oa_test_read_subjects(cli, true, &s) || !groups_have_events(cli, &s)) {
        return 2;
    }
    options.ties = (oa_cox_ties)ties;
    options.stratum = s.stratum;
    size_t terms = (size_t)s.n_groups - 1;
    double *x = OA_NEW_ARRAY(cli->arena, double, s.n *terms);
    oa_cox_term *found = OA_NEW_ARRAY(cli->arena, oa_cox_term, terms);
    for (size_t i = 0; i < s.n; i++) {
        if (s.group[i] > 0) {
            x[i * terms + (size_t)s.group[i] - 1] = 1;
        }
    }
    if (!oa_cox_fit(s.time, s.event, x, s.n, (int)terms, &options, &fit, found, cli->diag)) {
        return 2;
    }
    cox_rows rows = {&s, &fit, found};
    oa_test_result r = oa_test_result_of("cox", "Cox proportional hazards");
    r.n = fit.n;
    r.items[0] = (oa_test_item){"events", "events", (double)fit.n_event};
    r.put_rows = put_terms;
    r.context = &rows;
    r.level = options.level;
    r.statistic = fit.score.statistic;
    r.df = fit.score.df;
    r.p_value = fit.score.p_value;
    if (terms == 1) {
        r.estimate = found[0].hazard_ratio;
    }
    r.method = oa_printf(cli->arena, "Ties: %s%s.  Wald limits at %s %%.  p is that of the score test.",
                         ties ? "Breslow" : "Efron",
                         s.stratum ? oa_printf(cli->arena, "; strata: %s", oa_cli_value(cli, "--strata")) : "",
                         oa_test_number(cli, 100 * options.level));
    oa_test_print(cli, &r);
    return 0;
}

/* --- one-sample log-rank ------------------------------------------------------------------------------------------ */

static bool take_reference(oa_cli *cli, oa_reference *reference) {
    double survival = 0;
    bool by_hazard = oa_cli_value(cli, "--hazard") != NULL;
    bool by_survival = oa_cli_value(cli, "--survival") && oa_cli_value(cli, "--at");
    *reference = (oa_reference){.time = 1, .shape = 1};
    if (by_hazard == by_survival || (by_hazard && (oa_cli_value(cli, "--survival") || oa_cli_value(cli, "--at")))) {
        return oa_cli_refuse(cli, NULL, "say what the reference is: --survival S --at T (--shape K), or --hazard H");
    }
    if (!oa_cli_number_option(cli, "--hazard", &reference->cumulative) ||
        !oa_cli_number_option(cli, "--survival", &survival) || !oa_cli_number_option(cli, "--at", &reference->time) ||
        !oa_cli_number_option(cli, "--shape", &reference->shape)) {
        return false;
    }
    if (by_hazard && oa_cli_value(cli, "--shape")) {
        return oa_cli_refuse(cli, NULL,
                             "--hazard is constant, which is shape 1; leave --shape out, or give --survival and --at");
    }
    if (by_survival && !(survival > 0 && survival < 1)) {
        return oa_cli_refuse(cli, NULL,
                             "--survival is %s; the reference must survive with a probability between 0 and 1",
                             oa_cli_value(cli, "--survival"));
    }
    if (by_survival) {
        reference->cumulative = -log(survival);
    }
    return true;
}

int oa_test_one_sample(oa_cli *cli) {
    oa_reference reference;
    oa_alternative alternative;
    oa_test_subjects s;
    oa_one_sample found;
    double level;
    int column;
    double *entry = NULL;
    if (!take_reference(cli, &reference) || !oa_test_alternative(cli, &alternative) || !oa_test_level(cli, &level) ||
        !oa_test_read_subjects(cli, false, &s)) {
        return 2;
    }
    if (oa_cli_value(cli, "--entry")) {
        entry = oa_test_column(cli, s.rows.table, "--entry", &column) ? oa_cli_numbers(cli, &s.rows, column, 0) : NULL;
        if (!entry) {
            return 2;
        }
    }
    if (!oa_one_sample_logrank(s.time, s.event, entry, s.n, &reference, level, &found, cli->diag)) {
        return 2;
    }
    oa_test_result r = oa_test_result_of("one-sample", "One-sample log-rank test");
    r.n = found.n;
    r.items[0] = (oa_test_item){"observed", "events observed", (double)found.observed};
    r.items[1] = (oa_test_item){"expected", "expected of the reference", found.expected};
    r.items[2] = (oa_test_item){"z", "z, (E - O) / sqrt E", found.z};
    r.items[3] = (oa_test_item){"p_value_z", "   its p", found.p_value_z[alternative]};
    r.items[4] = (oa_test_item){"z_mean", "z, (E - O) / sqrt((E + O)/2)", found.z_mean};
    r.items[5] = (oa_test_item){"p_value_z_mean", "   its p", found.p_value_mean[alternative]};
    r.estimate_label = "ratio O / E";
    r.estimate = found.ratio;
    r.level = level;
    r.statistic = found.z;
    r.p_value = found.p_value[alternative];
    r.alternative = oa_alternative_names[alternative];
    r.method = oa_printf(cli->arena,
                         "Reference: Weibull of shape %s with cumulative hazard %s at %s, taken as known.  p and "
                         "interval exact by the Poisson "
                         "distribution (Liddell 1984); the alternative is of O / E against 1, so that less means "
                         "longer survival.  z: Breslow "
                         "1975, and Wu 2014 with the mean of E and O as variance.",
                         oa_test_number(cli, reference.shape), oa_test_number(cli, reference.cumulative),
                         oa_test_number(cli, reference.time));
    oa_test_print(cli, &r);
    return 0;
}

/* --- cumulative incidence ----------------------------------------------------------------------------------------- */

typedef struct incidences {
    const oa_cuminc *fit;
    const double *at;
    size_t n_at;
    int n_causes;
} incidences;

static void put_incidence(oa_cli *cli, oa_json *json, int cause, const oa_cuminc_step *step) {
    if (!json) {
        oa_putf(
            &cli->out, "  %-8d %10s %8lld %10s %10s %24s\n", cause, oa_test_number(cli, step->time),
            (long long)step->n_risk, oa_test_number(cli, step->incidence.estimate), oa_test_number(cli, step->std_err),
            isnan(step->incidence.lower) ? "not defined"
                                         : oa_printf(cli->arena, "%s to %s", oa_test_number(cli, step->incidence.lower),
                                                     oa_test_number(cli, step->incidence.upper)));
        return;
    }
    oa_json_object(json, NULL);
    oa_json_integer(json, "cause", cause);
    oa_json_number(json, "time", step->time);
    oa_json_integer(json, "n_risk", step->n_risk);
    oa_json_number(json, "incidence", step->incidence.estimate);
    oa_json_number(json, "std_err", step->std_err);
    oa_json_number(json, "lower", step->incidence.lower);
    oa_json_number(json, "upper", step->incidence.upper);
    oa_json_number(json, "event_free", step->event_free);
    oa_json_end_object(json);
}

static void put_incidences(oa_cli *cli, oa_json *json, const void *context) {
    const incidences *rows = context;
    if (json) {
        oa_json_array(json, "at");
    } else {
        oa_putf(&cli->out, "  %-8s %10s %8s %10s %10s %24s\n", "cause", "time", "n_risk", "incidence", "std_err",
                "interval");
    }
    for (int cause = 1; cause <= rows->n_causes; cause++) {
        for (size_t i = 0; i < rows->n_at; i++) {
            oa_cuminc_step step = oa_cuminc_at(rows->fit, cause, rows->at[i]);
            put_incidence(cli, json, cause, &step);
        }
    }
    if (json) {
        oa_json_end_array(json);
    }
}

/* The causes: whole numbers from 0 to 64. */
static int *read_causes(oa_cli *cli, const oa_rows *rows, int column, int *n_causes) {
    enum { MOST = 64 };
    int *cause = OA_NEW_ARRAY(cli->arena, int, rows->count);
    bool sound = true;
    *n_causes = 1;
    for (size_t i = 0; i < rows->count; i++) {
        double value;
        if (!oa_cli_number(cli, rows->table, rows->row[i], column, -HUGE_VAL, &value)) {
            sound = false;
        } else if (!(value >= 0 && value <= MOST && floor(value) >= value)) {
            oa_cli_cell_error(cli, rows->table, rows->row[i], column, "TEST-CAUSE",
                              "%s must be 0 (censored) or the number of a cause, from 1 to %d",
                              oa_number_text(cli->arena, value), (int)MOST);
            sound = false;
        } else {
            cause[i] = (int)value;
            *n_causes = cause[i] > *n_causes ? cause[i] : *n_causes;
        }
    }
    return sound ? cause : NULL;
}

static void release(void *fit) {
    oa_cuminc_free(fit);
}

int oa_test_cuminc(oa_cli *cli) {
    static const char *const variances[] = {"jackknife", "delta"};
    static const char *const confs[] = {"log-log", "log", "plain"};
    oa_cuminc_options options;
    incidences rows;
    oa_rows data;
    double *at = NULL;
    int variance;
    int conf;
    int columns[2];
    if (!oa_test_choice(cli, "--variance", variances, 2, &variance) ||
        !oa_test_choice(cli, "--conf", confs, 3, &conf) || !oa_test_level(cli, &options.level) ||
        !oa_cli_times_option(cli, "--at", &at, &rows.n_at)) {
        return 2;
    }
    if (rows.n_at == 0) {
        oa_cli_refuse(cli, NULL, "--at says at which times, such as --at 12,24");
        return 2;
    }
    options.variance = (oa_cuminc_variance)variance;
    options.conf = (oa_cuminc_conf)conf;
    if (!oa_cli_rows(cli, cli->arguments[0], &data) || !oa_test_column(cli, data.table, "--time", &columns[0]) ||
        !oa_test_column(cli, data.table, "--cause", &columns[1])) {
        return 2;
    }
    const double *time = oa_cli_numbers(cli, &data, columns[0], 0);
    const int *cause = read_causes(cli, &data, columns[1], &rows.n_causes);
    oa_cuminc *fit = time && cause ? oa_cuminc_fit(time, cause, data.count, rows.n_causes, &options, cli->diag) : NULL;
    if (!fit) {
        return 2;
    }
    oa_arena_defer(cli->arena, release, fit);
    rows.fit = fit;
    rows.at = at;
    oa_test_result r = oa_test_result_of("cuminc", "Cumulative incidence");
    r.n = (int64_t)data.count;
    r.put_rows = put_incidences;
    r.context = &rows;
    r.level = options.level;
    r.method =
        oa_printf(cli->arena, "Aalen-Johansen; %s; %s limits at %s %%.",
                  variance ? "variance by Gray's delta method, as cmprsk" : "infinitesimal jackknife, as R's survfit",
                  confs[conf], oa_test_number(cli, 100 * options.level));
    oa_test_print(cli, &r);
    return 0;
}
