/* commands.c - the table of commands. */
#include "cli.h"

const oa_option oa_study_options[] = {
    {"--protocol", "FILE", "the protocol, in place of STUDY/protocol.yaml"},
    {"--data", "DIR", "the directory of source records, in place of STUDY/data"},
    {"--cutoff", "DATE", "use no data after this day, whatever the protocol says"},
    {"--json", NULL, "print one JSON object"},
};
const size_t oa_n_study_options = sizeof oa_study_options / sizeof *oa_study_options;

const oa_command oa_commands[] = {
    {.name = "results",
     .arguments = "STUDY",
     .takes_study = true,
     .summary = "print the results of a study",
     .description = "Derives everything from the records and prints each result with its interval and method: analysis "
                    "sets, response, biochemical response, survival and follow-up, safety, and what the paper prints "
                    "beside what the records give.",
     .example = "onearm results examples/anlotinib-rai",
     .options = {{"--all", NULL, "adverse events term by term, too"}},
     .run = oa_cmd_results},
    {.name = "report",
     .arguments = "STUDY",
     .takes_study = true,
     .summary = "write the report: HTML, figures, datasets",
     .description = "Writes report.html, which needs no other file and no network, its figures as SVG and PDF, the "
                    "analysis datasets, the results and the findings as CSV.",
     .example = "onearm report examples/anlotinib-rai --out report",
     .options = {{"--out", "DIR", "where to; made if missing (default: report)"},
                 {"--format", "LIST", "formats of the report, comma-separated: html"}},
     .run = oa_cmd_report},
    {.name = "check",
     .arguments = "STUDY",
     .takes_study = true,
     .summary = "list what is wrong with the records",
     .description = "Checks structure, values, controlled terms, dates and references of the records, then the "
                    "protocol's eligibility criteria, gates and edit checks.  Exits with 1 where there are findings, "
                    "with 2 where the records hold errors that forbid an analysis.",
     .example = "onearm check examples/anlotinib-rai",
     .run = oa_cmd_check},
    {.name = "derive",
     .arguments = "STUDY",
     .takes_study = true,
     .summary = "write the analysis datasets",
     .description = "Writes one file a dataset: adsl.csv, adex.csv, adtr.csv, adrs.csv, adtte.csv, adlb.csv, adae.csv, "
                    "with ADaM names; adrsr.csv, the readers side by side where there are several; discrepancies.csv, "
                    "where measured and reported responses differ; and the results as ard.csv.",
     .example = "onearm derive examples/anlotinib-rai --out datasets --format csv",
     .options = {{"--out", "DIR", "where to; made if missing"}, {"--format", "FORMAT", "csv"}},
     .run = oa_cmd_derive},
    {.name = "explain",
     .arguments = "STUDY SUBJECT PARAMCD[@VISIT]",
     .min_arguments = 2,
     .max_arguments = 2,
     .takes_study = true,
     .summary = "say why a subject has a value",
     .description =
         "Prints the value, the rule that made it, the reason in words and every record behind it with "
         "file and line.  PARAMCD is a parameter of ADRS (OVR, BOR, CBOR, RSP, CRSP, CB, CBR ...), ADTTE (PFS, "
         "PFSA to PFSE, OS, FU, TTR, DOR, DSD), ADTR (SDIAM), ADLB or ADEX.",
     .example = "onearm explain examples/anlotinib-rai ANL-RAI-01-003 BOR",
     .run = oa_cmd_explain},
    {.name = "ci",
     .arguments = "X N",
     .min_arguments = 1,
     .max_arguments = 2,
     .summary = "print the confidence interval of a proportion",
     .description =
         "Prints the interval of X of N, also written X/N, exact unless another method is asked for: "
         "clopper-pearson, blaker, mid-p, wilson, wilson-cc, agresti-coull, jeffreys, wald; all of them side "
         "by side with all.  A one-sided limit has the whole level on its side.",
     .example = "onearm ci 11 20 --method all",
     .options = {{"--method", "METHOD", "how the interval is made, or all (default: clopper-pearson)"},
                 {"--level", "LEVEL", "of the interval, a fraction (default: 0.95)"},
                 {"--sided", "SIDES", "two, lower or upper (default: two)"},
                 {"--decimals", "N", "of the percentages, 0 to 6 (default: 1)"},
                 {"--uncut", NULL, "leave limits of agresti-coull and wald below 0 or above 1 as they are"},
                 {"--json", NULL, "print one JSON object"}},
     .run = oa_cmd_ci},
    {.name = "km",
     .arguments = "FILE --time COLUMN --event COLUMN",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "estimate survival from times in a file, and draw it",
     .description =
         "Kaplan-Meier estimate from a CSV or SAS file (.csv, .xpt, .sas7bdat; - is CSV from standard input) "
         "with one row a subject: quartiles, reverse Kaplan-Meier follow-up, survival at times, restricted "
         "mean, a figure.  With --by each group has its own, and all together come first.",
     .example = "onearm km examples/survival/aml.csv --time weeks --event relapse --by arm --plot aml.svg",
     .options = {{"--time", "COLUMN", "the times"},
                 {"--event", "COLUMN", "1: event, 0: censored"},
                 {"--censor", "COLUMN", "in place of --event, as ADaM's CNSR: 0: event, else censored"},
                 {"--where", "COLUMN=VALUE", "only rows that hold this; may be given more than once"},
                 {"--by", "COLUMN", "a curve for each of its values"},
                 {"--conf", "TYPE", "of intervals: log-log (default), log, plain, logit, arcsin, none"},
                 {"--level", "L", "of intervals (default: 0.95)"},
                 {"--at", "T1,T2", "survival at these times"},
                 {"--rmst", "TAU", "mean survival time up to TAU"},
                 {"--quantile-rule", "RULE", "on a plateau at the end: r (its middle; default) or sas (not reached)"},
                 {"--exact-ties", NULL, "tie equal times only, not those that differ by rounding (1.5e-8), too"},
                 {"--unit", "WORD", "what the times are counted in, for labels"},
                 {"--months", "DAYS", "times are days: divide them by this, 30.4375"},
                 {"--steps", NULL, "every step of the curves, too"},
                 {"--plot", "FILE", "a figure: .svg, .pdf or .png"},
                 {"--width", "MM", "of the figure (default: 85, a column of a journal)"},
                 {"--endpoint", "WORDS", "what survives, for the figure (default: Survival)"},
                 {"--json", NULL, "print one JSON object"}},
     .run = oa_cmd_km},
    {.name = "presets",
     .arguments = "STUDY",
     .takes_study = true,
     .summary = "progression-free survival under each censoring preset",
     .description =
         "Prints events by kind, censorings by reason, median and landmarks of progression-free survival under "
         "fda-a, fda-b, fda-c and ema, and each subject whose time, event or reason is not the same under all "
         "of them.  --json: study analysis_set{id n} protocol schedule presets[{preset paramcd n events "
         "events_by_kind censored censored_by_reason median{estimate lower upper} rates[{months n_risk "
         "estimate lower upper}] method}] moved[{subject times[{preset days months event what date rule "
         "reason}]}].",
     .example = "onearm presets examples/anlotinib-rai",
     .run = oa_cmd_presets},
    {.name = "design",
     .arguments = "SUBCOMMAND",
     .summary = "find a design: sample size, stopping rules, exact error rates",
     .description = "Finds designs of trials with a binary endpoint by exact search and prints their boundaries and "
                    "operating characteristics; nothing is simulated.  Exits with 1 where no design keeps the error "
                    "rates within the greatest n.",
     .example = "onearm design simon --p0 0.1 --p1 0.3 --alpha 0.05 --beta 0.1",
     .parts = oa_design_parts,
     .n_parts = OA_N_DESIGNS},
    {.name = "monitor",
     .arguments = "STUDY",
     .takes_study = true,
     .summary = "say whether a running trial goes on by its stopping rules",
     .description =
         "With the records so far, by the design: block of the protocol: continue, wait for subjects who can still "
         "change the answer, stop for futility or toxicity, or success; with conditional power and predictive "
         "probability of success.  Exits with 1 where the answer is to stop.",
     .example = "onearm monitor STUDY --cutoff 2024-06-30",
     .run = oa_cmd_monitor},
    {.name = "protocol",
     .arguments = "[FILE]",
     .max_arguments = 1,
     .summary = "check a protocol, or print every key it may have",
     .description = "With a file, checks it and prints what it says in short.  With --help-keys prints every key with "
                    "type, default and meaning.",
     .example = "onearm protocol examples/anlotinib-rai/protocol.yaml",
     .options = {{"--help-keys", NULL, "print every key, its type, default and meaning"},
                 {"--markdown", NULL, "with --help-keys: as a page of documentation"},
                 {"--json", NULL, "print one JSON object"}},
     .run = oa_cmd_protocol},
    {.name = "test",
     .arguments = "NAME ...",
     .summary = "test a hypothesis: proportions, survival, pairs, agreement",
     .description = "Statistical tests of numbers or of the columns of a file (.csv, .xpt, .sas7bdat; - is CSV from "
                    "standard input), each with estimate, interval, p value and the conventions it follows.",
     .example = "onearm test binomial 17 43 --p0 0.3 --alternative greater",
     .parts = oa_tests,
     .n_parts = OA_N_TESTS},
    {.name = "audit",
     .arguments = "FILE...|DIR|-",
     .min_arguments = 1,
     .max_arguments = OA_MAX_ARGUMENTS,
     .summary = "check the numbers that a paper prints",
     .description = "Reads the text of a paper - plain text, HTML, or PDF where pdftotext is installed; - is standard "
                    "input - and gives each proportion, interval, median, p-value and sum in it a verdict: consistent, "
                    "with the method that reproduces it; inconsistent, only where no reading of the text makes it "
                    "right; or unverifiable.  Exits with 1 where a claim is inconsistent.",
     .example = "onearm audit abstract.txt --html abstract.html",
     .options = {{"--html", "OUT", "write the text with its claims marked"},
                 {"--csv", "OUT", "write the claims as a table"},
                 {"--json", NULL, "print one JSON object"}},
     .run = oa_cmd_audit},
    {.name = "version",
     .arguments = "",
     .summary = "print the version",
     .description = "Prints the version of onearm.",
     .example = "onearm version",
     .options = {{"--json", NULL, "print one JSON object"}},
     .run = oa_cmd_version},
    {.name = "help",
     .arguments = "[COMMAND [NAME]]",
     .max_arguments = 2,
     .summary = "explain onearm or a command",
     .description = "Without a command, lists the commands.",
     .example = "onearm help report",
     .options = {{"--man", NULL, "print the manual page (roff)"}},
     .run = oa_cmd_help},
};
const size_t oa_n_commands = sizeof oa_commands / sizeof *oa_commands;
