/* cmd_test.c - onearm test: the table of tests, and what they share. */
#include "cmd_test.h"

#include "../base/number.h"
#include "../base/text.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OPTION_ALTERNATIVE                                                                                             \
    { "--alternative", "WHICH", "two-sided (default), greater or less" }
#define OPTION_LEVEL                                                                                                   \
    { "--level", "L", "of the interval (default: 0.95)" }
#define OPTION_JSON                                                                                                    \
    { "--json", NULL, "print one JSON object" }
#define OPTIONS_PAIRED                                                                                                 \
    {"--before", "COLUMN", "the value before"}, {"--after", "COLUMN", "the value after"}, {                            \
        "--diff", "COLUMN", "in place of both: the differences"                                                        \
    }
#define OPTIONS_SURVIVAL                                                                                               \
    {"--time", "COLUMN", "the times"}, {"--event", "COLUMN", "1: event, 0: censored"}, {                               \
        "--censor", "COLUMN", "in place of --event, as ADaM's CNSR: 0: event, else censored"                           \
    }

const oa_command oa_tests[OA_N_TESTS] = {
    {.name = "test binomial",
     .arguments = "X N",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "exact test of a proportion against p0",
     .description = "Exact binomial test that the proportion is p0, with the Clopper-Pearson interval.",
     .example = "onearm test binomial 17 43 --p0 0.3 --alternative greater",
     .options = {{"--p0", "P", "the proportion to test against"},
                 {"--alternative", "WHICH", "two-sided (default), greater, less, doubled, blaker, mid-p, ..."},
                 OPTION_LEVEL,
                 OPTION_JSON},
     .run = oa_test_binomial},
    {.name = "test wilcoxon",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Wilcoxon's signed-rank test of paired differences",
     .description =
         "Tests that the differences after - before are symmetric about 0: exact up to 1000 pairs, ties and zeros "
         "included; with the Hodges-Lehmann estimate and its interval.",
     .example = "onearm test wilcoxon examples/tests/pain.csv --before baseline --after week12",
     .options = {OPTIONS_PAIRED,
                 {"--zeros", "WAY",
                  "differences of 0: wilcoxon (dropped first; default) or pratt (ranked, then dropped)"},
                 {"--method", "M", "auto (default), exact, normal-corrected, normal"},
                 OPTION_ALTERNATIVE,
                 OPTION_LEVEL,
                 OPTION_JSON},
     .run = oa_test_wilcoxon},
    {.name = "test sign",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "sign test of paired differences",
     .description =
         "Exact test that the median of the differences after - before is 0, with the median and its interval.",
     .example = "onearm test sign examples/tests/pain.csv --before baseline --after week12",
     .options = {OPTIONS_PAIRED, OPTION_ALTERNATIVE, OPTION_LEVEL, OPTION_JSON},
     .run = oa_test_sign},
    {.name = "test t",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Student's t test of paired differences",
     .description = "Tests that the mean of the differences after - before is 0.",
     .example = "onearm test t examples/tests/pain.csv --before baseline --after week12",
     .options = {OPTIONS_PAIRED, OPTION_ALTERNATIVE, OPTION_LEVEL, OPTION_JSON},
     .run = oa_test_t},
    {.name = "test ratio",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "geometric mean of the ratio after / before, some below a limit",
     .description =
         "Tests that the geometric mean of after / before is 1.  Cells that say <0.2, and numbers below --loq, are "
         "below the limit of quantification; the model takes the log ratio to be normal and such a pair to say "
         "only on which side of a bound it lies.",
     .example = "onearm test ratio examples/tests/tg.csv --before baseline --after week12",
     .options = {{"--before", "COLUMN", "the value before"},
                 {"--after", "COLUMN", "the value after"},
                 {"--loq", "L", "the limit of quantification"},
                 {"--below", "WAY", "values below it: model (default), or substitutes: limit, half, root2"},
                 OPTION_ALTERNATIVE,
                 OPTION_LEVEL,
                 OPTION_JSON},
     .run = oa_test_ratio},
    {.name = "test logrank",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "log-rank test of survival in groups",
     .description = "Tests that all groups have the same survival.",
     .example = "onearm test logrank examples/survival/aml.csv --time weeks --event relapse --by arm",
     .options = {OPTIONS_SURVIVAL,
                 {"--by", "COLUMN", "the groups"},
                 {"--strata", "COLUMN", "compare within these"},
                 {"--rho", "R", "weight S(t)^R: 0 log-rank (default), 1 Peto-Peto"},
                 OPTION_JSON},
     .run = oa_test_logrank},
    {.name = "test cox",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "hazard ratios of groups by a Cox model",
     .description =
         "Hazard ratio of each group to the first, in the order of their names, with score, Wald and likelihood "
         "ratio tests.",
     .example = "onearm test cox examples/survival/aml.csv --time weeks --event relapse --by arm",
     .options = {OPTIONS_SURVIVAL,
                 {"--by", "COLUMN", "the groups"},
                 {"--strata", "COLUMN", "a baseline hazard for each of its values"},
                 {"--ties", "WAY", "efron (default) or breslow"},
                 OPTION_LEVEL,
                 OPTION_JSON},
     .run = oa_test_cox},
    {.name = "test one-sample",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "one-sample log-rank test against a reference survival",
     .description = "Compares the events observed with those that a reference would have: exactly, and by z.",
     .example = "onearm test one-sample examples/survival/aml.csv --time weeks --event relapse --survival 0.5 --at 12",
     .options = {OPTIONS_SURVIVAL,
                 {"--entry", "COLUMN", "under observation from this time on (default: 0)"},
                 {"--survival", "S", "the reference: survival at the time of --at"},
                 {"--at", "T", "the time of --survival"},
                 {"--shape", "K", "the reference is a Weibull curve of this shape (default: 1, a constant hazard)"},
                 {"--hazard", "H", "in place of --survival and --at: a constant hazard"},
                 OPTION_ALTERNATIVE,
                 OPTION_LEVEL,
                 OPTION_JSON},
     .run = oa_test_one_sample},
    {.name = "test cuminc",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "cumulative incidence of competing events at given times",
     .description = "Aalen-Johansen estimate for each cause.",
     .example = "onearm test cuminc examples/tests/events.csv --time months --cause event --at 2,7",
     .options = {{"--time", "COLUMN", "the times"},
                 {"--cause", "COLUMN", "0: censored, 1, 2, ...: the cause of the event"},
                 {"--at", "T1,T2", "at these times"},
                 {"--variance", "WAY", "jackknife (default, as R's survfit) or delta (as cmprsk)"},
                 {"--conf", "TYPE", "of intervals: log-log (default), log, plain"},
                 OPTION_LEVEL,
                 OPTION_JSON},
     .run = oa_test_cuminc},
    {.name = "test kappa",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "agreement of two readers: Cohen's kappa",
     .description = "Cohen's kappa of two columns of categories.",
     .example = "onearm test kappa examples/tests/reads.csv --a investigator --b central --order CR,PR,SD,PD",
     .options = {{"--a", "COLUMN", "the one reader"},
                 {"--b", "COLUMN", "the other"},
                 {"--order", "C1,C2,...", "the categories in their order (default: by name)"},
                 {"--weights", "WAY", "none (default), linear or quadratic, for categories with an order"},
                 OPTION_LEVEL,
                 OPTION_JSON},
     .run = oa_test_kappa},
    {.name = "test adjust",
     .arguments = "P1,P2,...",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "adjust p values for multiplicity",
     .description = "Adjusted p values, in the order given.",
     .example = "onearm test adjust 0.01,0.04,0.03 --method holm",
     .options = {{"--method", "M", "holm (default), hochberg or bonferroni"}, OPTION_JSON},
     .run = oa_test_adjust},
};

const char *const oa_alternative_names[3] = {"two-sided", "greater", "less"};

/* --- options ------------------------------------------------------------------------------------------------------ */

void oa_test_error(oa_cli *cli, const char *file, const char *format, ...) {
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    oa_place where = {.file = file, .seq = -1};
    oa_diag_add(cli->diag, OA_ERROR, OA_USAGE, file ? &where : NULL, "USAGE", "%s", text);
}

bool oa_test_choice(oa_cli *cli, const char *option, const char *const *names, size_t count, int *choice) {
    const char *given = oa_cli_value(cli, option);
    oa_buf list;
    oa_buf_init(&list, cli->arena);
    for (size_t i = 0; i < count; i++) {
        if (!given || oa_streq_nocase(given, names[i])) {
            *choice = (int)i;
            return true;
        }
        oa_putf(&list, "%s%s", i ? ", " : "", names[i]);
    }
    oa_test_error(cli, NULL, "%s takes one of %s, not %s", option, list.bytes, given);
    return false;
}

bool oa_test_alternative(oa_cli *cli, oa_alternative *alternative) {
    int choice;
    bool known = oa_test_choice(cli, "--alternative", oa_alternative_names, 3, &choice);
    if (known) {
        *alternative = (oa_alternative)choice;
    }
    return known;
}

bool oa_test_level(oa_cli *cli, double *level) {
    *level = 0.95;
    return oa_cli_number_option(cli, "--level", level);
}

bool oa_test_column(oa_cli *cli, const oa_table *table, const char *option, int *column) {
    const char *name = oa_cli_value(cli, option);
    if (!name) {
        oa_test_error(cli, NULL, "name the column of %s; see onearm help %s", option, cli->command->name);
        return false;
    }
    *column = oa_cli_column(cli, table, name);
    return *column >= 0;
}

/* --- columns ------------------------------------------------------------------------------------------------------ */

static int by_name(const void *left, const void *right) {
    const char *a = *(const char *const *)left;
    const char *b = *(const char *const *)right;
    double x;
    double y;
    if (oa_parse_number(a, strlen(a), &x) && oa_parse_number(b, strlen(b), &y) && (x < y || x > y)) {
        return x < y ? -1 : 1;
    }
    return strcmp(a, b);
}

int *oa_test_groups(oa_cli *cli, const oa_table *table, int column, const char ***names, int *count) {
    size_t n = oa_table_rows(table);
    const char **text = OA_NEW_ARRAY(cli->arena, const char *, n);
    const char **sorted = OA_NEW_ARRAY(cli->arena, const char *, n);
    int *group = OA_NEW_ARRAY(cli->arena, int, n);
    bool sound = true;
    for (size_t i = 0; i < n; i++) {
        char *room = oa_alloc(cli->arena, OA_NUMBER_SIZE, 1);
        if (oa_is_missing(table, i, column)) {
            oa_cli_cell_error(cli, table, i, column, "TEST-GROUP",
                              "there is no value; fill it in or leave the row out");
            sound = false;
            continue;
        }
        text[i] = sorted[i] = oa_cell(table, i, column, room);
    }
    if (!sound) {
        return NULL;
    }
    qsort(sorted, n, sizeof *sorted, by_name);
    size_t distinct = 0;
    for (size_t i = 0; i < n; i++) {
        if (distinct == 0 || !oa_streq(sorted[i], sorted[distinct - 1])) {
            sorted[distinct++] = sorted[i];
        }
    }
    for (size_t i = 0; i < n; i++) {
        const char **found = bsearch(&text[i], sorted, distinct, sizeof *sorted, by_name);
        group[i] = (int)(found - sorted);
    }
    *names = sorted;
    *count = (int)distinct;
    return group;
}

/* 1 and 0 of --event, or 0 and more of --censor. */
static bool read_event(oa_cli *cli, const oa_table *table, size_t row, int column, bool censor, bool *event) {
    double value;
    if (!oa_cli_number(cli, table, row, column, -HUGE_VAL, &value)) {
        return false;
    }
    bool whole = value >= 0 && floor(value) >= value;
    if (!whole || (!censor && value > 1)) {
        oa_cli_cell_error(
            cli, table, row, column, "TEST-EVENT",
            censor ? "%s must be 0 (event) or a whole number above (censored)"
                   : "%s must be 1 (event) or 0 (censored); a column that says 0 for an event goes with --censor",
            oa_number_text(cli->arena, value));
        return false;
    }
    *event = censor ? value <= 0 : value >= 1;
    return true;
}

bool oa_test_read_subjects(oa_cli *cli, bool with_groups, oa_test_subjects *s) {
    bool censor = oa_cli_value(cli, "--censor") != NULL;
    int time;
    int event;
    int column;
    const char **strata;
    int n_strata;
    *s = (oa_test_subjects){.file = cli->arguments[0]};
    if (censor && oa_cli_value(cli, "--event")) {
        oa_test_error(cli, NULL, "give --event or --censor, not both");
        return false;
    }
    s->table = oa_cli_table(cli, s->file);
    if (!s->table || !oa_test_column(cli, s->table, "--time", &time) ||
        !oa_test_column(cli, s->table, censor ? "--censor" : "--event", &event)) {
        return false;
    }
    s->n = oa_table_rows(s->table);
    s->time = oa_cli_numbers(cli, s->table, time, NULL, s->n, 0);
    s->event = OA_NEW_ARRAY(cli->arena, bool, s->n);
    bool sound = s->time != NULL;
    for (size_t i = 0; i < s->n; i++) {
        sound = read_event(cli, s->table, i, event, censor, &s->event[i]) && sound;
    }
    if (with_groups) {
        s->group = oa_test_column(cli, s->table, "--by", &column)
                       ? oa_test_groups(cli, s->table, column, &s->names, &s->n_groups)
                       : NULL;
        sound = sound && s->group;
    }
    if (with_groups && oa_cli_value(cli, "--strata")) {
        s->stratum = oa_test_column(cli, s->table, "--strata", &column)
                         ? oa_test_groups(cli, s->table, column, &strata, &n_strata)
                         : NULL;
        sound = sound && s->stratum;
    }
    return sound;
}
