/* parse.c - the words of the command line, by the table of the command. */
#include "cli.h"

#include "../base/number.h"
#include "../base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool oa_cli_misuse(oa_cli *cli, const char *text) {
    oa_diag_add(cli->diag, OA_ERROR, OA_USAGE, NULL, "USAGE", "%s; see onearm help %s", text, cli->command->name);
    return false;
}

/* The place of an option in the command's table; -1: it has none of that name. */
static int find_option(const oa_command *command, const char *name, size_t length) {
    for (int i = 0; i < OA_MAX_OPTIONS && command->options[i].name; i++) {
        if (strncmp(command->options[i].name, name, length) == 0 && command->options[i].name[length] == '\0') {
            return i;
        }
    }
    return -1;
}

static int find_study_option(const oa_command *command, const char *name, size_t length) {
    for (size_t i = 0; i < oa_n_study_options && command->takes_study; i++) {
        if (strncmp(oa_study_options[i].name, name, length) == 0 && oa_study_options[i].name[length] == '\0') {
            return (int)i;
        }
    }
    return -1;
}

static void set_study_option(oa_cli *cli, int option, const char *value) {
    const char **const places[] = {&cli->source.protocol, &cli->source.data, &cli->source.cutoff};
    if (option == 3) {
        cli->json = true;
    } else {
        *places[option] = value;
    }
}

static bool unknown_option(oa_cli *cli, const char *word, size_t length) {
    const char *names[OA_MAX_OPTIONS + 8];
    size_t count = 0;
    for (int i = 0; i < OA_MAX_OPTIONS && cli->command->options[i].name; i++) {
        names[count++] = cli->command->options[i].name + 2;
    }
    for (size_t i = 0; i < oa_n_study_options && cli->command->takes_study; i++) {
        names[count++] = oa_study_options[i].name + 2;
    }
    const char *unknown = oa_strndup(cli->arena, word, length);
    if (unknown[1] != '\0' && strchr("0123456789.", unknown[1])) {
        return oa_cli_misuse(cli, oa_printf(cli->arena, "%s is below 0; numbers here are from 0 on", unknown));
    }
    const char *near = unknown[1] == '-' ? oa_nearest(unknown + 2, names, count) : NULL;
    return oa_cli_misuse(cli, near ? oa_printf(cli->arena, "there is no option %s; the nearest is --%s", unknown, near)
                                   : oa_printf(cli->arena, "there is no option %s", unknown));
}

/* Takes the option at argv[*i], and the word after it where the option has an argument. */
static bool take_option(oa_cli *cli, int argc, char **argv, int *i) {
    const char *word = argv[*i];
    const char *equals = strchr(word, '=');
    size_t length = equals ? (size_t)(equals - word) : strlen(word);
    int own = find_option(cli->command, word, length);
    int common = find_study_option(cli->command, word, length);
    if (own < 0 && common < 0) {
        return unknown_option(cli, word, length);
    }
    const oa_option *option = own >= 0 ? &cli->command->options[own] : &oa_study_options[common];
    const char *value = "";
    if (option->argument) {
        if (equals) {
            value = equals + 1;
        } else if (*i + 1 < argc && strncmp(argv[*i + 1], "--", 2) != 0) {
            value = argv[++*i];
        }
        if (*value == '\0') {
            return oa_cli_misuse(cli, oa_printf(cli->arena, "%s needs %s", option->name, option->argument));
        }
    } else if (equals) {
        return oa_cli_misuse(cli, oa_printf(cli->arena, "%s takes no value", option->name));
    }
    if (own >= 0) {
        if (cli->n_given == OA_MAX_GIVEN) {
            return oa_cli_misuse(cli, "there are too many options");
        }
        cli->given[cli->n_given].option = own;
        cli->given[cli->n_given++].value = value;
        cli->values[own] = value;
        cli->json = cli->json || oa_streq(option->name, "--json");
    } else {
        set_study_option(cli, common, value);
    }
    return true;
}

/* STUDY is the first argument unless --protocol or --data stand for it. */
static bool split_arguments(oa_cli *cli, const char *const *words, int count) {
    int first = 0;
    bool by_options = cli->source.protocol || cli->source.data;
    if (cli->command->takes_study && !by_options) {
        if (count == 0) {
            return oa_cli_misuse(cli, "name a study, or give --protocol and --data");
        }
        if (*words[first] == '\0') {
            return oa_cli_misuse(cli, "the name of the study is empty");
        }
        cli->source.study = words[first++];
    }
    int given = count - first;
    if (by_options && given > cli->command->max_arguments) {
        return oa_cli_misuse(cli, "name either a study or --protocol and --data, not both");
    }
    if (given < cli->command->min_arguments || given > cli->command->max_arguments) {
        return oa_cli_misuse(cli, oa_printf(cli->arena, "write it as onearm %s%s%s", cli->command->name,
                                            *cli->command->arguments ? " " : "", cli->command->arguments));
    }
    for (int i = 0; i < given; i++) {
        cli->arguments[cli->n_arguments++] = words[first + i];
    }
    return true;
}

bool oa_cli_parse(oa_cli *cli, int argc, char **argv) {
    const char *words[OA_MAX_ARGUMENTS + 1];
    int count = 0;
    for (int i = 0; i < argc; i++) {
        if (argv[i][0] == '-' && argv[i][1] != '\0') {
            if (!take_option(cli, argc, argv, &i)) {
                return false;
            }
        } else if (count < OA_MAX_ARGUMENTS) {
            words[count++] = argv[i];
        } else {
            return oa_cli_misuse(cli, "there are too many arguments");
        }
    }
    return split_arguments(cli, words, count);
}

const char *oa_cli_value(const oa_cli *cli, const char *name) {
    int option = find_option(cli->command, name, strlen(name));
    return option < 0 ? NULL : cli->values[option];
}

const char *oa_cli_value_nth(const oa_cli *cli, const char *name, int nth) {
    int option = find_option(cli->command, name, strlen(name));
    for (int i = 0; i < cli->n_given; i++) {
        if (cli->given[i].option == option && nth-- == 0) {
            return cli->given[i].value;
        }
    }
    return NULL;
}

bool oa_cli_number_option(oa_cli *cli, const char *name, double *value) {
    const char *text = oa_cli_value(cli, name);
    if (text && !oa_parse_number(text, strlen(text), value)) {
        return oa_cli_misuse(
            cli, oa_printf(cli->arena, "%s takes a number, with a point before the decimals, not '%s'", name, text));
    }
    return true;
}

bool oa_cli_refuse(oa_cli *cli, const char *file, const char *format, ...) {
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    oa_place where = {.file = file, .seq = -1};
    oa_diag_add(cli->diag, OA_ERROR, OA_USAGE, file ? &where : NULL, "USAGE", "%s", text);
    return false;
}

bool oa_cli_times_option(oa_cli *cli, const char *name, double **times, size_t *count) {
    const char *text = oa_cli_value(cli, name);
    *count = 0;
    *times = OA_NEW_ARRAY(cli->arena, double, text ? strlen(text) + 1 : 0);
    for (; text; text++) {
        size_t length = strcspn(text, ",");
        double *time = &(*times)[(*count)++];
        if (!oa_parse_number(text, length, time) || *time < 0) {
            return oa_cli_refuse(cli, NULL, "%s takes times from 0 on with commas between, not '%.*s'", name,
                                 (int)length, text);
        }
        text += length;
        if (*text == '\0') {
            break;
        }
    }
    return true;
}
