/* main.c - finds the command, runs it, prints what it made and what it found, and says how it went. */
#define _GNU_SOURCE /* SIGXFSZ */
#include "cli.h"

#include "../base/text.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

void oa_cli_put_message(oa_buf *out, const oa_message *message) {
    const oa_place *where = &message->where;
    if (where->file) {
        oa_putf(out, "%s:", where->file);
    } else {
        oa_put(out, "onearm:");
    }
    if (where->line > 0) {
        oa_putf(out, "%lld:", (long long)where->line);
    }
    if (where->line > 0 && where->column > 0) {
        oa_putf(out, "%d:", (int)where->column);
    }
    oa_putf(out, " %s: ", oa_severity_name(message->severity));
    if (where->subject) {
        oa_putf(out, "%s", where->subject);
        if (where->domain) {
            oa_putf(out, " %s", where->domain);
        }
        if (where->seq >= 0) {
            oa_putf(out, " %lld", (long long)where->seq);
        }
        oa_put(out, ": ");
    }
    oa_putf(out, "%s", message->text);
    if (*message->rule) {
        oa_putf(out, " [%s]", message->rule);
    }
    oa_put(out, "\n");
}

static void release_study(void *study) {
    oa_study_free(study);
}

oa_study *oa_cli_study(oa_cli *cli) {
    oa_study *study = oa_study_open(&cli->source, cli->diag);
    if (study) {
        oa_arena_defer(cli->arena, release_study, study);
    }
    return study && oa_study_derive(study, cli->diag) ? study : NULL;
}

/* Errors go to stderr; what only concerns records is for `check` and the report. */
static void print_errors(oa_cli *cli) {
    oa_buf text;
    oa_buf_init(&text, cli->arena);
    for (size_t i = 0; i < oa_diag_count(cli->diag); i++) {
        const oa_message *message = oa_diag_get(cli->diag, i);
        if (message->severity == OA_ERROR) {
            oa_cli_put_message(&text, message);
        }
    }
    fputs(text.bytes, stderr);
}

static const oa_command *find_command(const char *name) {
    for (size_t i = 0; i < oa_n_commands; i++) {
        if (strcmp(oa_commands[i].name, name) == 0) {
            return &oa_commands[i];
        }
    }
    return NULL;
}

/* "wilcoxon" of "test wilcoxon". */
static const char *part_name(const oa_command *command, const oa_command *part) {
    return part->name + strlen(command->name) + 1;
}

const oa_command *oa_cli_part(const oa_command *command, const char *word) {
    for (size_t i = 0; i < command->n_parts; i++) {
        if (strcmp(part_name(command, &command->parts[i]), word) == 0) {
            return &command->parts[i];
        }
    }
    return NULL;
}

static int unknown_part(oa_cli *cli, const char *word) {
    const oa_command *command = cli->command;
    const char *names[32];
    for (size_t i = 0; i < command->n_parts; i++) {
        names[i] = part_name(command, &command->parts[i]);
    }
    const char *near = word ? oa_nearest(word, names, command->n_parts) : NULL;
    if (!word) {
        oa_diag_add(cli->diag, OA_ERROR, OA_USAGE, NULL, "USAGE", "name a %s; onearm help %s lists them", command->name,
                    command->name);
    } else {
        oa_diag_add(cli->diag, OA_ERROR, OA_USAGE, NULL, "USAGE", "there is no %s %s%s%s; onearm help %s lists them",
                    command->name, word, near ? "; the nearest is " : "", near ? near : "", command->name);
    }
    return 2;
}

static int unknown_command(oa_cli *cli, const char *name) {
    const char *names[32];
    for (size_t i = 0; i < oa_n_commands; i++) {
        names[i] = oa_commands[i].name;
    }
    const char *near = oa_nearest(name, names, oa_n_commands);
    oa_diag_add(cli->diag, OA_ERROR, OA_USAGE, NULL, "USAGE", "there is no command %s%s%s%s", name,
                near ? "; did you mean " : "; see onearm help", near ? near : "", near ? "?" : "");
    return 2;
}

static bool asks_for_help(int argc, char **argv) {
    for (int i = 0; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            return true;
        }
    }
    return false;
}

static int run_command(oa_cli *cli, int argc, char **argv) {
    if (argc < 1 || strcmp(argv[0], "--help") == 0 || strcmp(argv[0], "-h") == 0) {
        oa_cli_overview(&cli->out);
        if (argc < 1) {
            oa_diag_add(cli->diag, OA_ERROR, OA_USAGE, NULL, "USAGE", "name a command");
        }
        return 0;
    }
    const char *name = strcmp(argv[0], "--version") == 0 ? "version" : argv[0];
    cli->command = find_command(name);
    if (!cli->command) {
        return unknown_command(cli, name);
    }
    const char *part = argc > 1 && argv[1][0] != '-' ? argv[1] : NULL;
    if (cli->command->parts && (part || !asks_for_help(argc - 1, argv + 1))) {
        const oa_command *found = part ? oa_cli_part(cli->command, part) : NULL;
        if (!found) {
            return unknown_part(cli, part);
        }
        cli->command = found;
        argc--;
        argv++;
    }
    if (asks_for_help(argc - 1, argv + 1)) {
        oa_cli_help(&cli->out, cli->command);
        return 0;
    }
    return oa_cli_parse(cli, argc - 1, argv + 1) ? cli->command->run(cli) : 2;
}

typedef struct call {
    oa_cli *cli;
    int argc;
    char **argv;
    int status;
} call;

static void run(void *context) {
    call *c = context;
    oa_buf_init(&c->cli->out, c->cli->arena);
    c->status = run_command(c->cli, c->argc, c->argv);
    print_errors(c->cli);
    int worst = oa_diag_status(c->cli->diag);
    c->status = worst > c->status ? worst : c->status;
    bool written = fwrite(c->cli->out.bytes, 1, c->cli->out.length, stdout) == c->cli->out.length;
    if (fflush(stdout) != 0 || !written) {
        fputs("onearm: error: the output could not be written\n", stderr);
        c->status = 3;
    }
}

int main(int argc, char **argv) {
    signal(SIGXFSZ, SIG_IGN); /* a limit on file sizes is then a write that fails, and exit 3 */
    oa_cli cli = {.arena = oa_arena_new(0), .diag = oa_diag_new()};
    call c = {&cli, argc - 1, argv + 1, 3};
    if (!cli.arena || !cli.diag || !oa_arena_run(cli.arena, run, &c)) {
        fputs("onearm: error: there is not enough memory\n", stderr);
    }
    oa_arena_free(cli.arena);
    oa_diag_free(cli.diag);
    return c.status;
}
