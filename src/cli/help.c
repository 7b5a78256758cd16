/* help.c - help and manual page, from the table of commands. */
#include "cli.h"

#include "../base/text.h"

#include <string.h>

static const char purpose[] = "conduct and analyse single-arm phase II oncology trials";

void oa_cli_overview(oa_buf *out) {
    oa_putf(out, "onearm %s - %s\n\nUsage: onearm COMMAND [ARGUMENTS]\n\n", oa_version(), purpose);
    for (size_t i = 0; i < oa_n_commands; i++) {
        oa_putf(out, "  %-10s %s\n", oa_commands[i].name, oa_commands[i].summary);
    }
    oa_put(out, "\nSTUDY is a directory with protocol.yaml and data/.  Try: onearm help results\n"
                "Exit status: 0 done; 1 done, and there are findings; 2 bad usage or input; 3 the system failed.\n");
}

/* "--out DIR" */
static const char *option_head(oa_buf *out, const oa_option *option) {
    return oa_printf(out->arena, "%s%s%s", option->name, option->argument ? " " : "",
                     option->argument ? option->argument : "");
}

static void put_option(oa_buf *out, const oa_option *option, int width) {
    oa_putf(out, "  %-*s %s\n", width, option_head(out, option), option->meaning);
}

/* The column of the meanings: that of the study options unless a head is longer. */
static int head_width(oa_buf *out, const oa_command *command) {
    int width = 18;
    for (int i = 0; i < OA_MAX_OPTIONS && command->options[i].name; i++) {
        int length = (int)strlen(option_head(out, &command->options[i]));
        width = length > width ? length : width;
    }
    return width;
}

void oa_cli_put_paragraph(oa_buf *out, const char *text) {
    size_t column = 0;
    for (const char *word = text; *word;) {
        size_t length = 0;
        while (word[length] && word[length] != ' ') {
            length++;
        }
        if (column && column + 1 + length > 80) {
            oa_put(out, "\n");
            column = 0;
        }
        oa_put(out, column ? " " : "");
        oa_put_n(out, word, length);
        column += length + (column ? 1 : 0);
        word += length;
        while (*word == ' ') {
            word++;
        }
    }
    oa_put(out, "\n");
}

void oa_cli_help(oa_buf *out, const oa_command *command) {
    oa_putf(out, "Usage: onearm %s %s\n\n", command->name, command->arguments);
    oa_cli_put_paragraph(out, command->description);
    oa_put(out, "\n");
    for (size_t i = 0; i < command->n_parts; i++) {
        const oa_command *part = &command->parts[i];
        oa_putf(out, "  onearm %s %s\n      %s\n      %s\n", part->name, part->arguments, part->summary, part->example);
    }
    int width = head_width(out, command);
    for (int i = 0; i < OA_MAX_OPTIONS && command->options[i].name; i++) {
        put_option(out, &command->options[i], width);
    }
    for (size_t i = 0; i < oa_n_study_options && command->takes_study; i++) {
        put_option(out, &oa_study_options[i], width);
    }
    if (command->parts) {
        oa_putf(out, "\nOptions: onearm help %s NAME\n", command->name);
    }
    oa_putf(out, "%sExample: %s\n", command->parts ? "" : "\n", command->example);
}

/* ---- manual page ------------------------------------------------------------------------------------------------- */

/* roff: a hyphen is "\-", a leading dot or quote would be a request. */
static void put_roff(oa_buf *out, const char *text) {
    for (const char *c = text; *c; c++) {
        if (*c == '-' || *c == '\\') {
            oa_put_char(out, '\\');
        }
        oa_put_char(out, *c);
    }
}

static void man_option(oa_buf *out, const oa_option *option) {
    oa_put(out, ".TP\n\\fB");
    put_roff(out, option->name);
    oa_put(out, "\\fR");
    if (option->argument) {
        oa_putf(out, " \\fI%s\\fR", option->argument);
    }
    oa_put(out, "\n");
    put_roff(out, option->meaning);
    oa_put(out, "\n");
}

static void man_command(oa_buf *out, const oa_command *command) {
    oa_putf(out, ".SS %s %s\n", command->name, command->arguments);
    put_roff(out, command->description);
    oa_put(out, "\n");
    for (int k = 0; k < OA_MAX_OPTIONS && command->options[k].name; k++) {
        man_option(out, &command->options[k]);
    }
    oa_put(out, ".PP\nExample: \\fB");
    put_roff(out, command->example);
    oa_put(out, "\\fR\n");
}

void oa_cli_man(oa_buf *out) {
    oa_putf(out, ".TH ONEARM 1 \"\" \"onearm %s\"\n.SH NAME\nonearm \\- %s\n.SH SYNOPSIS\n", oa_version(), purpose);
    oa_put(out, ".B onearm\n.I COMMAND\n.RI [ ARGUMENTS ]\n.SH DESCRIPTION\n");
    oa_put(out, "\\fBonearm\\fR derives the results of a single\\-arm phase II trial from its protocol and its source "
                "records, says why each number is what it is, and writes the report.  A \\fISTUDY\\fR is a directory "
                "with \\fIprotocol.yaml\\fR and \\fIdata/\\fR, whose files are named after their SDTM domain: "
                "dm.csv, tr.xpt, lb.sas7bdat.\n.SH COMMANDS\n");
    for (size_t i = 0; i < oa_n_commands; i++) {
        man_command(out, &oa_commands[i]);
        for (size_t k = 0; k < oa_commands[i].n_parts; k++) {
            man_command(out, &oa_commands[i].parts[k]);
        }
    }
    oa_put(out, ".SH OPTIONS OF COMMANDS WITH A STUDY\n");
    for (size_t i = 0; i < oa_n_study_options; i++) {
        man_option(out, &oa_study_options[i]);
    }
    oa_put(out,
           ".SH EXIT STATUS\n0: done.  1: done, and there are findings.  2: bad usage or bad input.  3: the system "
           "failed.\n.SH ENVIRONMENT\n\\fBSOURCE_DATE_EPOCH\\fR: seconds since 1970 that stand as the time of the "
           "run in provenance.\n");
}

int oa_cmd_help(oa_cli *cli) {
    if (oa_cli_value(cli, "--man")) {
        oa_cli_man(&cli->out);
        return 0;
    }
    if (cli->n_arguments == 0) {
        oa_cli_overview(&cli->out);
        return 0;
    }
    for (size_t i = 0; i < oa_n_commands; i++) {
        const oa_command *command = &oa_commands[i];
        if (!oa_streq(command->name, cli->arguments[0])) {
            continue;
        }
        const oa_command *part = cli->n_arguments > 1 ? oa_cli_part(command, cli->arguments[1]) : command;
        if (part) {
            oa_cli_help(&cli->out, part);
            return 0;
        }
        oa_diag_add(cli->diag, OA_ERROR, OA_USAGE, NULL, "USAGE", "there is no %s %s; see onearm help %s",
                    command->name, cli->arguments[1], command->name);
        return 2;
    }
    oa_diag_add(cli->diag, OA_ERROR, OA_USAGE, NULL, "USAGE", "there is no command %s; see onearm help",
                cli->arguments[0]);
    return 2;
}
