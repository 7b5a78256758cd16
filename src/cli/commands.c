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
                    "with ADaM names, and the results as ard.csv.",
     .example = "onearm derive examples/anlotinib-rai --out datasets --format csv",
     .options = {{"--out", "DIR", "where to; made if missing"}, {"--format", "FORMAT", "csv"}},
     .run = oa_cmd_derive},
    {.name = "explain",
     .arguments = "STUDY SUBJECT PARAMCD[@VISIT]",
     .min_arguments = 2,
     .max_arguments = 2,
     .takes_study = true,
     .summary = "say why a subject has a value",
     .description = "Prints the value, the rule that made it, the reason in words and every record behind it with "
                    "file and line.  PARAMCD is a parameter of ADRS (OVR, BOR, CBOR, RSP, CRSP, CB), ADTTE (PFS, OS, "
                    "FU), ADTR (SDIAM), ADLB or ADEX.",
     .example = "onearm explain examples/anlotinib-rai ANL-RAI-01-003 BOR",
     .run = oa_cmd_explain},
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
    {.name = "version",
     .arguments = "",
     .summary = "print the version",
     .description = "Prints the version of onearm.",
     .example = "onearm version",
     .options = {{"--json", NULL, "print one JSON object"}},
     .run = oa_cmd_version},
    {.name = "help",
     .arguments = "[COMMAND]",
     .max_arguments = 1,
     .summary = "explain onearm or a command",
     .description = "Without a command, lists the commands.",
     .example = "onearm help report",
     .options = {{"--man", NULL, "print the manual page (roff)"}},
     .run = oa_cmd_help},
};
const size_t oa_n_commands = sizeof oa_commands / sizeof *oa_commands;
