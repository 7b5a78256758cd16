/* test_paired.c - tests of differences and ratios within pairs, of proportions and of agreement. */
#include "../base/number.h"
#include "../base/text.h"
#include "cmd_test.h"

#include <math.h>
#include <string.h>

/* The differences after - before, or those of --diff; NULL with errors. */
static double *read_differences(oa_cli *cli, size_t *n) {
    const char *diff = oa_cli_value(cli, "--diff");
    oa_rows rows;
    int before;
    int after;
    if (diff && (oa_cli_value(cli, "--before") || oa_cli_value(cli, "--after"))) {
        oa_cli_refuse(cli, NULL, "give --diff, or --before and --after, not both");
        return NULL;
    }
    if (!diff && (!oa_cli_value(cli, "--before") || !oa_cli_value(cli, "--after"))) {
        oa_cli_refuse(cli, NULL, "name the columns: --before and --after, or --diff");
        return NULL;
    }
    if (!oa_cli_rows(cli, cli->arguments[0], &rows)) {
        return NULL;
    }
    *n = rows.count;
    if (diff) {
        return oa_test_column(cli, rows.table, "--diff", &after) ? oa_cli_numbers(cli, &rows, after, -HUGE_VAL) : NULL;
    }
    if (!oa_test_column(cli, rows.table, "--before", &before) || !oa_test_column(cli, rows.table, "--after", &after)) {
        return NULL;
    }
    const double *from = oa_cli_numbers(cli, &rows, before, -HUGE_VAL);
    double *to = oa_cli_numbers(cli, &rows, after, -HUGE_VAL);
    for (size_t i = 0; i < *n && from && to; i++) {
        to[i] -= from[i];
        if (!isfinite(to[i])) {
            oa_cli_cell_error(cli, rows.table, rows.row[i], after, "RANGE",
                              "the difference to %s is too large for a number", oa_cli_value(cli, "--before"));
            to = NULL;
        }
    }
    return from ? to : NULL;
}

/* What the tests of differences ask alike. */
typedef struct question {
    oa_alternative alternative;
    double level;
    const double *difference;
    size_t n;
} question;

static bool read_question(oa_cli *cli, question *q) {
    if (!oa_test_alternative(cli, &q->alternative) || !oa_test_level(cli, &q->level)) {
        return false;
    }
    q->difference = read_differences(cli, &q->n);
    return q->difference != NULL;
}

/* " (attained 96.1 %)" where a level cannot be had exactly. */
static const char *attained_text(oa_cli *cli, double level, double attained) {
    return oa_printf(cli->arena, "  The interval attains a level of %.4g %%%s.", 100 * attained,
                     attained < level ? ", less than asked for: there are too few differences" : "");
}

int oa_test_wilcoxon(oa_cli *cli) {
    static const char *const zeros[] = {"wilcoxon", "pratt"};
    static const char *const methods[] = {"auto", "exact", "normal-corrected", "normal"};
    static const char *const how[] = {
        "", "Exact p over all signs of the ranks, ties included.",
        "p from the normal distribution with the variance of the ranks at hand, corrected for continuity.",
        "p from the normal distribution with the variance of the ranks at hand, without correction for continuity."};
    oa_wilcoxon found;
    question q;
    int zero;
    int method;
    if (!oa_test_choice(cli, "--zeros", zeros, 2, &zero) || !oa_test_choice(cli, "--method", methods, 4, &method) ||
        !read_question(cli, &q)) {
        return 2;
    }
    oa_wilcoxon_options options = {
        .zeros = (oa_zeros)zero, .method = (oa_rank_method)method, .alternative = q.alternative, .level = q.level};
    if (!oa_wilcoxon_signed_rank(q.difference, q.n, &options, &found, cli->diag)) {
        return 2;
    }
    oa_test_result r = oa_test_result_of("wilcoxon", "Wilcoxon signed-rank test");
    r.n = found.n;
    r.n_label = "pairs";
    r.items[0] = (oa_test_item){"n_zero", "of which without difference", (double)found.n_zero};
    r.items[1] = (oa_test_item){"z", "z", found.z};
    r.items[2] = (oa_test_item){"attained_level", NULL, found.attained};
    r.estimate_label = "centre of differences";
    r.estimate = found.centre;
    r.level = options.level;
    r.statistic_label = "V";
    r.statistic = found.statistic;
    r.p_value = found.p_value;
    r.alternative = oa_alternative_names[options.alternative];
    r.method = oa_printf(cli->arena,
                         "%s  %s  V is the sum of the ranks of the differences above 0; the centre is the "
                         "Hodges-Lehmann estimate.%s",
                         how[found.method],
                         options.zeros == OA_ZEROS_PRATT ? "Differences of 0 are ranked and then left out (Pratt)."
                                                         : "Differences of 0 are left out before ranking (Wilcoxon).",
                         attained_text(cli, options.level, found.attained));
    oa_test_print(cli, &r);
    return 0;
}

int oa_test_sign(oa_cli *cli) {
    oa_sign found;
    question q;
    if (!read_question(cli, &q) || !oa_sign_test(q.difference, q.n, q.alternative, q.level, &found, cli->diag)) {
        return 2;
    }
    oa_test_result r = oa_test_result_of("sign", "Sign test");
    r.n = found.n;
    r.n_label = "pairs";
    r.items[0] = (oa_test_item){"n_above", "differences above 0", (double)found.n_above};
    r.items[1] = (oa_test_item){"n_below", "differences below 0", (double)found.n_below};
    r.items[2] = (oa_test_item){"attained_level", NULL, found.attained};
    r.estimate_label = "median difference";
    r.estimate = found.median;
    r.level = q.level;
    r.statistic = (double)found.n_above;
    r.p_value = found.p_value;
    r.alternative = oa_alternative_names[q.alternative];
    r.method =
        oa_printf(cli->arena,
                  "Exact binomial test of the signs, differences of 0 left out; limits by order statistics of all "
                  "differences.%s",
                  attained_text(cli, q.level, found.attained));
    oa_test_print(cli, &r);
    return 0;
}

int oa_test_t(oa_cli *cli) {
    oa_paired_t found;
    question q;
    if (!read_question(cli, &q) || !oa_paired_t_test(q.difference, q.n, q.alternative, q.level, &found, cli->diag)) {
        return 2;
    }
    oa_test_result r = oa_test_result_of("t", "Paired t test");
    r.n = found.n;
    r.n_label = "pairs";
    r.items[0] = (oa_test_item){"std_dev", "standard deviation", found.std_dev};
    r.estimate_label = "mean difference";
    r.estimate = found.mean;
    r.level = q.level;
    r.statistic_label = "t";
    r.statistic = found.t;
    r.df = found.df;
    r.p_value = found.p_value;
    r.alternative = oa_alternative_names[q.alternative];
    r.method = "Student's t of the differences within pairs.";
    oa_test_print(cli, &r);
    return 0;
}

/* A measurement: a number, "<0.2", or a number below the limit `loq` (0: none). */
static bool read_measurement(oa_cli *cli, const oa_table *table, size_t row, int column, double loq,
                             oa_measurement *m) {
    if (!oa_is_missing(table, row, column) && oa_column_type(table, column) == OA_TEXT) {
        const char *text = oa_text(table, row, column);
        size_t skip = text[0] == '<' ? 1 + strspn(text + 1, "= ") : 0;
        if (skip > 0 && oa_parse_number(text + skip, strlen(text + skip), &m->value) && m->value > 0) {
            m->below = true;
            return true;
        }
    }
    if (!oa_cli_number(cli, table, row, column, 0, &m->value)) {
        return false;
    }
    m->below = m->value < loq;
    m->value = m->below ? loq : m->value;
    if (m->value > 0) {
        return true;
    }
    oa_cli_cell_error(cli, table, row, column, "TEST-RATIO",
                      "0 has no ratio; write it as below its limit, such as <0.2, or give the limit as --loq");
    return false;
}

static oa_measurement *read_measurements(oa_cli *cli, const oa_rows *rows, int column, double loq) {
    oa_measurement *values = OA_NEW_ARRAY(cli->arena, oa_measurement, rows->count);
    bool sound = true;
    for (size_t i = 0; i < rows->count; i++) {
        sound = read_measurement(cli, rows->table, rows->row[i], column, loq, &values[i]) && sound;
    }
    return sound ? values : NULL;
}

static bool take_loq(oa_cli *cli, double *loq) {
    if (!oa_cli_number_option(cli, "--loq", loq)) {
        return false;
    }
    if (oa_cli_value(cli, "--loq") && !(*loq > 0)) {
        return oa_cli_refuse(cli, NULL, "--loq is %s; a limit of quantification is above 0",
                             oa_cli_value(cli, "--loq"));
    }
    return true;
}

int oa_test_ratio(oa_cli *cli) {
    static const char *const ways[] = {"model", "limit", "half", "root2"};
    static const char bounded[] =
        "Values below the limit bound the log ratio, which is taken as normal (Tobin's model); limits from the profile "
        "likelihood on the scale of Student's t.  Pairs with both values below say nothing and are left out.";
    static const char *const methods[] = {
        bounded, "The limit stands for values below it, as if measured; paired t test of the logs.",
        "Half the limit stands for values below it, as if measured; paired t test of the logs.",
        "The limit over the root of 2 stands for values below it, as if measured; paired t test of the logs."};
    oa_ratio_options options;
    oa_geometric_ratio found;
    oa_rows rows;
    double loq = 0;
    int way;
    int from;
    int to;
    if (!oa_test_choice(cli, "--below", ways, 4, &way) || !oa_test_alternative(cli, &options.alternative) ||
        !oa_test_level(cli, &options.level) || !take_loq(cli, &loq)) {
        return 2;
    }
    options.below = (oa_below)way;
    if (!oa_cli_rows(cli, cli->arguments[0], &rows) || !oa_test_column(cli, rows.table, "--before", &from) ||
        !oa_test_column(cli, rows.table, "--after", &to)) {
        return 2;
    }
    const oa_measurement *before = read_measurements(cli, &rows, from, loq);
    const oa_measurement *after = read_measurements(cli, &rows, to, loq);
    if (!before || !after || !oa_geometric_mean_ratio(before, after, rows.count, &options, &found, cli->diag)) {
        return 2;
    }
    bool censored = found.before_below + found.after_below + found.both_below > 0;
    oa_test_result r = oa_test_result_of("ratio", "Geometric mean ratio, after / before");
    r.n = found.n;
    r.n_label = "pairs";
    r.items[0] = (oa_test_item){"before_below", "only before below limit", (double)found.before_below};
    r.items[1] = (oa_test_item){"after_below", "only after below limit", (double)found.after_below};
    r.items[2] = (oa_test_item){"both_below", "both below limit", (double)found.both_below};
    r.items[3] = (oa_test_item){"log_std_dev", "standard deviation of log", found.log_std_dev};
    r.estimate_label = "geometric mean ratio";
    r.estimate = found.ratio;
    r.level = options.level;
    r.statistic_label = "t";
    r.statistic = found.t;
    r.df = found.df;
    r.p_value = found.p_value;
    r.alternative = oa_alternative_names[options.alternative];
    r.method = censored ? methods[way] : "Paired t test of the logs; no value is below a limit.";
    oa_test_print(cli, &r);
    return 0;
}

/* --- proportions, agreement, multiplicity ------------------------------------------------------------------------- */

static bool take_count(oa_cli *cli, int argument, int64_t *count) {
    const char *text = cli->arguments[argument];
    if (oa_parse_integer(text, strlen(text), count)) {
        return true;
    }
    return oa_cli_refuse(cli, NULL, "%s must be a whole number, not '%s'", argument == 0 ? "X" : "N", text);
}

int oa_test_binomial(oa_cli *cli) {
    const char *name = oa_cli_value(cli, "--alternative");
    oa_binomial_test_kind kind = OA_BINOMIAL_TWO_SIDED;
    int64_t x;
    int64_t n;
    double p0 = 0;
    double level;
    oa_test_result r = oa_test_result_of("binomial", "Exact binomial test");
    if (!oa_cli_value(cli, "--p0")) {
        oa_cli_refuse(cli, NULL, "--p0 says which proportion to test against, such as --p0 0.3");
        return 2;
    }
    if (name && !oa_binomial_test_of(name, &kind)) {
        oa_buf list;
        oa_buf_init(&list, cli->arena);
        for (int i = 0; i < OA_N_BINOMIAL_TESTS; i++) {
            oa_putf(&list, "%s%s", i ? ", " : "", oa_binomial_test_name((oa_binomial_test_kind)i));
        }
        oa_cli_refuse(cli, NULL, "--alternative takes one of %s, not %s", list.bytes, name);
        return 2;
    }
    if (!take_count(cli, 0, &x) || !take_count(cli, 1, &n) || !oa_cli_number_option(cli, "--p0", &p0) ||
        !oa_test_level(cli, &level) || !oa_binomial_test(x, n, p0, kind, &r.p_value, cli->diag) ||
        !oa_clopper_pearson(x, n, level, &r.estimate, cli->diag)) {
        return 2;
    }
    r.n = n;
    r.level = level;
    r.items[0] = (oa_test_item){"x", "successes", (double)x};
    r.items[1] = (oa_test_item){"p0", "p0", p0};
    r.estimate_label = "proportion";
    r.statistic = (double)x;
    r.alternative = oa_binomial_test_name(kind);
    r.method = oa_printf(cli->arena, "p: %s.  Interval: Clopper-Pearson.", oa_binomial_test_label(kind));
    oa_test_print(cli, &r);
    return 0;
}

static int index_of(const char *const *names, int count, const char *name) {
    for (int i = 0; i < count; i++) {
        if (oa_streq(names[i], name)) {
            return i;
        }
    }
    return -1;
}

/* The categories of --order, in the order given there; NULL with an error. */
static const char **ordered_names(oa_cli *cli, const char *order, int *count) {
    const char **names = OA_NEW_ARRAY(cli->arena, const char *, strlen(order) + 1);
    *count = 0;
    for (const char *at = order;; at++) {
        size_t length = strcspn(at, ",");
        const char *name = oa_strndup(cli->arena, at, length);
        if (length == 0 || index_of(names, *count, name) >= 0) {
            oa_cli_refuse(cli, NULL, "--order names each category once, with commas between, not %s", order);
            return NULL;
        }
        names[(*count)++] = name;
        at += length;
        if (*at == '\0') {
            return names;
        }
    }
}

/* Puts the groups that were found in the order given, with those of it that were not. */
static bool order_groups(oa_cli *cli, const oa_rows *rows, const int columns[2], oa_groups *groups) {
    int count;
    const char *order = oa_cli_value(cli, "--order");
    const char **names = ordered_names(cli, order, &count);
    bool sound = names != NULL;
    for (size_t i = 0; i < 2 * rows->count && names; i++) {
        const char *text = groups->names[groups->of[i]];
        groups->of[i] = index_of(names, count, text);
        if (groups->of[i] < 0) {
            oa_cli_cell_error(cli, rows->table, rows->row[i % rows->count], columns[i / rows->count], "TEST-CATEGORY",
                              "%s is none of --order %s", text, order);
            sound = false;
        }
    }
    groups->names = names;
    groups->count = count;
    return sound;
}

/* The categories of both columns, numbered. */
static bool take_categories(oa_cli *cli, const oa_rows *rows, const int columns[2], oa_groups *groups) {
    if (!oa_cli_groups(cli, rows, columns, 2, OA_MOST_GROUPS, groups)) {
        return false;
    }
    if (oa_cli_value(cli, "--order")) {
        return order_groups(cli, rows, columns, groups);
    }
    return groups->count > 1 || oa_cli_refuse(cli, rows->file,
                                              "both columns hold %s alone; kappa needs two categories: name all there "
                                              "are with --order",
                                              groups->names[0]);
}

int oa_test_kappa(oa_cli *cli) {
    static const char *const ways[] = {"none", "linear", "quadratic"};
    int way;
    int columns[2];
    oa_rows rows;
    oa_groups groups;
    double level;
    oa_kappa_result found;
    if (!oa_test_choice(cli, "--weights", ways, 3, &way) || !oa_test_level(cli, &level)) {
        return 2;
    }
    if (!oa_cli_rows(cli, cli->arguments[0], &rows) || !oa_test_column(cli, rows.table, "--a", &columns[0]) ||
        !oa_test_column(cli, rows.table, "--b", &columns[1]) || !take_categories(cli, &rows, columns, &groups)) {
        return 2;
    }
    size_t k = (size_t)groups.count;
    int64_t *counts = OA_NEW_ARRAY(cli->arena, int64_t, k * k);
    double *weights = OA_NEW_ARRAY(cli->arena, double, k *k);
    for (size_t i = 0; i < rows.count; i++) {
        counts[(size_t)groups.of[i] * k + (size_t)groups.of[rows.count + i]]++;
    }
    if (way > 0) {
        oa_kappa_weigh(way == 1 ? OA_KAPPA_LINEAR : OA_KAPPA_QUADRATIC, k, weights);
    }
    if (!oa_kappa(counts, k, way > 0 ? weights : NULL, level, &found, cli->diag)) {
        return 2;
    }
    oa_test_result r = oa_test_result_of("kappa", "Cohen's kappa");
    r.n = found.n;
    r.level = level;
    r.items[0] = (oa_test_item){"categories", "categories", (double)groups.count};
    r.items[1] = (oa_test_item){"agreement", "agreement", found.agreement};
    r.items[2] = (oa_test_item){"expected", "expected by chance", found.expected};
    r.items[3] = (oa_test_item){"std_err", "standard error", found.std_err};
    r.estimate_label = "kappa";
    r.estimate = (oa_interval){found.kappa, found.lower, found.upper};
    static const char *const weighed[] = {"Unweighted", "Linear weights", "Quadratic weights"};
    r.method = oa_printf(cli->arena, "%s; standard error of Fleiss, Cohen and Everitt (1969).%s", weighed[way],
                         isnan(found.kappa) ? "  Kappa is not defined where both judge all alike: 0 / 0."
                         : found.std_err > 0
                             ? ""
                             : "  The standard error is 0 in this table: the interval says nothing about precision.");
    oa_test_print(cli, &r);
    return 0;
}

typedef struct adjusted {
    const double *p;
    const double *adjusted;
    size_t n;
} adjusted;

static void put_adjusted(oa_cli *cli, oa_json *json, const void *context) {
    const adjusted *a = context;
    if (json) {
        oa_json_array(json, "p_values");
    }
    for (size_t i = 0; i < a->n; i++) {
        if (json) {
            oa_json_object(json, NULL);
            oa_json_number(json, "p_value", a->p[i]);
            oa_json_number(json, "adjusted", a->adjusted[i]);
            oa_json_end_object(json);
        } else {
            oa_putf(&cli->out, "  %-10s adjusted %s\n", oa_test_number(cli, a->p[i]), oa_test_p(cli, a->adjusted[i]));
        }
    }
    if (json) {
        oa_json_end_array(json);
    }
}

int oa_test_adjust(oa_cli *cli) {
    static const char *const methods[OA_N_ADJUSTMENTS] = {
        "Holm (1979): valid however the p values depend on each other.",
        "Hochberg (1988): valid for independent or positively dependent p values.",
        "Bonferroni: valid however the p values depend on each other."};
    const char *names[OA_N_ADJUSTMENTS];
    const char *text = cli->arguments[0];
    double *p = OA_NEW_ARRAY(cli->arena, double, strlen(text) + 1);
    double *out = OA_NEW_ARRAY(cli->arena, double, strlen(text) + 1);
    size_t n = 0;
    int method;
    for (int i = 0; i < OA_N_ADJUSTMENTS; i++) {
        names[i] = oa_adjustment_name((oa_adjustment)i);
    }
    if (!oa_test_choice(cli, "--method", names, OA_N_ADJUSTMENTS, &method)) {
        return 2;
    }
    for (const char *at = text;; at++) {
        size_t length = strcspn(at, ",");
        if (!oa_parse_number(at, length, &p[n++])) {
            oa_cli_refuse(cli, NULL, "p values stand with commas between, such as 0.01,0.04, not '%s'", text);
            return 2;
        }
        at += length;
        if (*at == '\0') {
            break;
        }
    }
    if (!oa_adjust(p, n, (oa_adjustment)method, out, cli->diag)) {
        return 2;
    }
    adjusted rows = {p, out, n};
    oa_test_result r = oa_test_result_of("adjust", "Adjusted p values");
    r.n = (int64_t)n;
    r.n_label = "hypotheses";
    r.put_rows = put_adjusted;
    r.context = &rows;
    r.method = methods[method];
    oa_test_print(cli, &r);
    return 0;
}
