/*
 * cli.h - what the commands share.  A command is a row of the table in commands.c and a function of its own file; help
 * and man page are written from the table.
 */
#ifndef OA_CLI_H
#define OA_CLI_H

#include "../base/buf.h"
#include "../base/json.h"

#include <onearm/onearm.h>

enum { OA_MAX_OPTIONS = 24, OA_MAX_ARGUMENTS = 1024, OA_MAX_GIVEN = 64 };

typedef struct oa_option {
    const char *name;     /* "--out" */
    const char *argument; /* "DIR"; NULL: a switch */
    const char *meaning;
} oa_option;

struct oa_cli;

typedef struct oa_command {
    const char *name;
    const char *arguments; /* "[STUDY]", "SUBJECT PARAMCD" */
    int min_arguments;
    int max_arguments;
    bool takes_study; /* STUDY may stand first, or --protocol and --data instead of it */
    const char *summary;
    const char *description;
    const char *example;
    oa_option options[OA_MAX_OPTIONS];
    int (*run)(struct oa_cli *cli);
    const struct oa_command *parts; /* of a command whose next word chooses one of these: "test wilcoxon" */
    size_t n_parts;
} oa_command;

/* One call of onearm. */
typedef struct oa_cli {
    const oa_command *command;
    const char *arguments[OA_MAX_ARGUMENTS];
    int n_arguments;
    const char *values[OA_MAX_OPTIONS]; /* of command->options; "" for a switch that is set */
    struct {
        int option; /* of command->options */
        const char *value;
    } given[OA_MAX_GIVEN]; /* in the order of the words, for options that may stand there more than once */
    int n_given;
    oa_source source;
    bool json;
    oa_arena *arena;
    oa_diag *diag;
    oa_buf out;                 /* what goes to stdout, at the end and whole */
    struct oa_data_file *files; /* that oa_cli_table() read, for places in messages */
} oa_cli;

extern const oa_command oa_commands[];
extern const size_t oa_n_commands;

/* Options that every command with a study takes. */
extern const oa_option oa_study_options[];
extern const size_t oa_n_study_options;

/* Fills cli from the words after the command's name; false with a message on a word that it does not take. */
bool oa_cli_parse(oa_cli *cli, int argc, char **argv);
/* The value of an option, NULL where it was not given. */
const char *oa_cli_value(const oa_cli *cli, const char *name);
/* The nth value, from 0 on, of an option that may be given more than once; NULL when there are fewer. */
const char *oa_cli_value_nth(const oa_cli *cli, const char *name, int nth);
/* The value of an option as a number; false with an error where it is none.  `value` stays where it was not given. */
bool oa_cli_number_option(oa_cli *cli, const char *name, double *value);

/* The value of an option as times, "6,12,24"; none where it was not given.  False with an error where it is something else. */
bool oa_cli_times_option(oa_cli *cli, const char *name, double **times, size_t *count);

/* Adds an error about how the command was called, which ends by pointing to its help; always false. */
bool oa_cli_misuse(oa_cli *cli, const char *text);

/* Adds an error about the words of the call, or about a file where it is not NULL; always false. */
bool oa_cli_refuse(oa_cli *cli, const char *file, const char *format, ...) OA_PRINTF(3, 4);

/* Opens and derives the study of the call; NULL with messages.  Closed with the arena. */
oa_study *oa_cli_study(oa_cli *cli);

/* One message as a line: "tr.csv:12:5: error: ... [SDTM-DATE]". */
void oa_cli_put_message(oa_buf *out, const oa_message *message);

/* The part of a command that `word` names; NULL where there is none. */
const oa_command *oa_cli_part(const oa_command *command, const char *word);

/* help.c */
void oa_cli_help(oa_buf *out, const oa_command *command);
void oa_cli_overview(oa_buf *out);
/* Wraps a paragraph at 80 columns. */
void oa_cli_put_paragraph(oa_buf *out, const char *text);
void oa_cli_man(oa_buf *out);

int oa_cmd_audit(oa_cli *cli);
int oa_cmd_check(oa_cli *cli);
int oa_cmd_ci(oa_cli *cli);
int oa_cmd_derive(oa_cli *cli);
int oa_cmd_explain(oa_cli *cli);
int oa_cmd_help(oa_cli *cli);
int oa_cmd_km(oa_cli *cli);
int oa_cmd_presets(oa_cli *cli);
int oa_cmd_monitor(oa_cli *cli);
int oa_cmd_protocol(oa_cli *cli);
int oa_cmd_report(oa_cli *cli);
int oa_cmd_results(oa_cli *cli);
int oa_cmd_version(oa_cli *cli);

/* cmd_design.c: the designs, as parts of one command. */
enum { OA_N_DESIGNS = 14 };
extern const oa_command oa_design_parts[OA_N_DESIGNS];

/* cmd_test.c: the tests, as parts of one command. */
enum { OA_N_TESTS = 11 };
extern const oa_command oa_tests[OA_N_TESTS];

#endif
