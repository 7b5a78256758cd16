/* cmd_test.c - onearm test: the table of tests, and what they share. */
#include "cmd_test.h"

#include "../base/text.h"

#define OPTION_ALTERNATIVE                                                                                             \
    { "--alternative", "WHICH", "two-sided (default), greater or less" }
#define OPTION_LEVEL                                                                                                   \
    { "--level", "L", "of the interval (default: 0.95)" }
#define OPTION_WHERE                                                                                                   \
    { "--where", "COLUMN=VALUE", "only rows that hold this; may be given more than once" }
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
                 OPTION_WHERE,
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
     .options = {OPTIONS_PAIRED, OPTION_ALTERNATIVE, OPTION_LEVEL, OPTION_WHERE, OPTION_JSON},
     .run = oa_test_sign},
    {.name = "test t",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Student's t test of paired differences",
     .description = "Tests that the mean of the differences after - before is 0.",
     .example = "onearm test t examples/tests/pain.csv --before baseline --after week12",
     .options = {OPTIONS_PAIRED, OPTION_ALTERNATIVE, OPTION_LEVEL, OPTION_WHERE, OPTION_JSON},
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
                 OPTION_WHERE,
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
                 OPTION_WHERE,
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
                 OPTION_WHERE,
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
                 OPTION_WHERE,
                 OPTION_JSON},
     .run = oa_test_one_sample},
    {.name = "test cuminc",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "estimate: cumulative incidence of competing events",
     .description = "Aalen-Johansen estimate for each cause at the times given, with limits; no test.",
     .example = "onearm test cuminc examples/tests/events.csv --time months --cause event --at 2,7",
     .options = {{"--time", "COLUMN", "the times"},
                 {"--cause", "COLUMN", "0: censored, 1, 2, ...: the cause of the event"},
                 {"--at", "T1,T2", "at these times"},
                 {"--variance", "WAY", "jackknife (default, as R's survfit) or delta (as cmprsk)"},
                 {"--conf", "TYPE", "of intervals: log-log (default), log, plain"},
                 OPTION_LEVEL,
                 OPTION_WHERE,
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
                 OPTION_WHERE,
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
    oa_cli_refuse(cli, NULL, "%s takes one of %s, not %s", option, list.bytes, given);
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
        oa_cli_refuse(cli, NULL, "name the column of %s; see onearm help %s", option, cli->command->name);
        return false;
    }
    *column = oa_cli_column(cli, table, name);
    return *column >= 0;
}

/* --- subjects ----------------------------------------------------------------------------------------------------- */

static bool read_groups(oa_cli *cli, const oa_rows *rows, const char *option, int most, oa_groups *groups) {
    int column;
    return oa_test_column(cli, rows->table, option, &column) && oa_cli_groups(cli, rows, &column, 1, most, groups);
}

bool oa_test_read_subjects(oa_cli *cli, bool with_groups, oa_test_subjects *s) {
    bool censor = oa_cli_value(cli, "--censor") != NULL;
    int time;
    int event;
    oa_groups groups;
    oa_groups strata;
    *s = (oa_test_subjects){0};
    if (censor && oa_cli_value(cli, "--event")) {
        return oa_cli_refuse(cli, NULL, "give --event or --censor, not both");
    }
    if (!oa_cli_rows(cli, cli->arguments[0], &s->rows) || !oa_test_column(cli, s->rows.table, "--time", &time) ||
        !oa_test_column(cli, s->rows.table, censor ? "--censor" : "--event", &event)) {
        return false;
    }
    s->n = s->rows.count;
    s->time = oa_cli_numbers(cli, &s->rows, time, 0);
    s->event = oa_cli_events(cli, &s->rows, event, censor);
    bool sound = s->time && s->event;
    if (with_groups) {
        sound = read_groups(cli, &s->rows, "--by", OA_MOST_GROUPS, &groups) && sound;
        s->group = sound ? groups.of : NULL;
        s->names = sound ? groups.names : NULL;
        s->n_groups = sound ? groups.count : 0;
    }
    if (with_groups && oa_cli_value(cli, "--strata")) {
        sound = read_groups(cli, &s->rows, "--strata", 0, &strata) && sound;
        s->stratum = sound ? strata.of : NULL;
    }
    return sound;
}
