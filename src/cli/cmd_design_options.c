/* cmd_design_options.c - numbers, lists and designs in the options of onearm design. */
#define _GNU_SOURCE /* clock_gettime */
#include "cmd_design.h"

#include "../base/number.h"
#include "../base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static bool read_number(oa_cli *cli, const char *name, const char *text, size_t length, double *value) {
    if (oa_parse_number(text, length, value)) {
        return true;
    }
    const char *percent = length && text[length - 1] == '%' ? ": write 5% as 0.05" : "";
    return oa_cli_misuse(cli, oa_printf(cli->arena, "%s is '%.*s', which is not a number%s", name,
                                        (int)(length < 60 ? length : 60), text, percent));
}

static bool read_count(oa_cli *cli, const char *name, const char *text, size_t length, int32_t *value) {
    int64_t whole;
    if (oa_parse_integer(text, length, &whole) && whole >= 0 && whole <= OA_MOST_SUBJECTS) {
        *value = (int32_t)whole;
        return true;
    }
    return oa_cli_misuse(cli, oa_printf(cli->arena, "%s is '%.*s'; it must be a whole number from 0 to %d", name,
                                        (int)(length < 60 ? length : 60), text, (int)OA_MOST_SUBJECTS));
}

bool oa_design_number(oa_cli *cli, const char *name, double *value) {
    const char *text = oa_cli_value(cli, name);
    return !text || read_number(cli, name, text, strlen(text), value);
}

bool oa_design_count(oa_cli *cli, const char *name, int32_t *value) {
    const char *text = oa_cli_value(cli, name);
    if (!text) {
        return true;
    }
    return read_count(cli, name, text, strlen(text), value) &&
           (*value > 0 || oa_cli_misuse(cli, oa_printf(cli->arena, "%s is 0; it must be at least 1", name)));
}

bool oa_design_rate(oa_cli *cli, const char *name, double *value) {
    if (!oa_cli_value(cli, name)) {
        return oa_cli_misuse(cli, oa_printf(cli->arena, "%s is needed: a rate as a fraction, such as 0.2", name));
    }
    return oa_design_number(cli, name, value);
}

/* Pieces of a text between separators, one after the other; false at its end. */
static bool next_piece(const char **rest, const char *separators, const char **piece, size_t *length) {
    if (!*rest) {
        return false;
    }
    *piece = *rest;
    *length = strcspn(*rest, separators);
    *rest = (*rest)[*length] ? *rest + *length + 1 : NULL;
    return true;
}

enum { MOST_NUMBERS = 1001 };

/* FROM:TO:STEP */
static double *read_range(oa_cli *cli, const char *name, const char *text, size_t *count) {
    double ends[3];
    const char *piece;
    size_t length;
    size_t given = 0;
    for (const char *rest = text; next_piece(&rest, ":", &piece, &length); given++) {
        if (given < 3 && !read_number(cli, name, piece, length, &ends[given])) {
            return NULL;
        }
    }
    if (given != 3 || !(ends[2] > 0) || ends[1] < ends[0] || (ends[1] - ends[0]) / ends[2] > MOST_NUMBERS - 1) {
        oa_cli_misuse(cli, oa_printf(cli->arena,
                                     "%s is '%s'; a range is FROM:TO:STEP with at most %d steps, such as 0:0.5:0.05",
                                     name, text, MOST_NUMBERS - 1));
        return NULL;
    }
    *count = (size_t)floor((ends[1] - ends[0]) / ends[2] + 1e-9) + 1;
    double *numbers = OA_NEW_ARRAY(cli->arena, double, *count);
    for (size_t i = 0; i < *count; i++) {
        numbers[i] = round((ends[0] + (double)i * ends[2]) * 1e12) / 1e12;
    }
    return numbers;
}

double *oa_design_numbers(oa_cli *cli, const char *name, size_t *count) {
    const char *text = oa_cli_value(cli, name);
    const char *piece;
    size_t length;
    *count = 0;
    if (text && strchr(text, ':')) {
        return read_range(cli, name, text, count);
    }
    double *numbers = OA_NEW_ARRAY(cli->arena, double, text ? strlen(text) + 1 : 1);
    for (const char *rest = text; next_piece(&rest, ",", &piece, &length); ++*count) {
        if (*count >= MOST_NUMBERS || !read_number(cli, name, piece, length, &numbers[*count])) {
            return NULL;
        }
    }
    return numbers;
}

int32_t *oa_design_counts(oa_cli *cli, const char *name, size_t *count) {
    const char *text = oa_cli_value(cli, name);
    const char *piece;
    size_t length;
    *count = 0;
    int32_t *numbers = OA_NEW_ARRAY(cli->arena, int32_t, text ? strlen(text) + 1 : 1);
    for (const char *rest = text; next_piece(&rest, ",", &piece, &length); ++*count) {
        if (!read_count(cli, name, piece, length, &numbers[*count])) {
            return NULL;
        }
    }
    return numbers;
}

bool oa_design_two_stage(oa_cli *cli, const char *text, oa_two_stage *design) {
    int32_t *const places[] = {&design->r1, &design->n1, &design->r, &design->n};
    static const char separators[] = "/,/";
    size_t given = 0;
    for (const char *rest = text; rest && given < 4; given++) {
        size_t length = strcspn(rest, "/, ");
        int64_t whole;
        if (!oa_parse_integer(rest, length, &whole) || whole < 0 || whole > OA_MOST_SUBJECTS ||
            (given < 3 ? rest[length] != separators[given] : rest[length] != '\0')) {
            break;
        }
        *places[given] = (int32_t)whole;
        rest += length + 1;
    }
    return given == 4 ||
           oa_cli_misuse(
               cli, oa_printf(cli->arena, "'%s' is no two-stage design; write r1/n1,r/n, such as 2/18,6/35", text));
}

/* ---- the problem ------------------------------------------------------------------------------------------------- */

typedef struct patience {
    struct timespec begun;
    bool told;
} patience;

/* After a second, and on a terminal only. */
static void tell(void *context, double done) {
    patience *p = context;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (now.tv_sec - p->begun.tv_sec > 1 || p->told) {
        p->told = true;
        fprintf(stderr, "\ronearm: searching, %.0f %%", 100 * fmin(done, 1));
        if (done >= 1) {
            fprintf(stderr, "\r%30s\r", "");
        }
    }
}

static bool read_ties(oa_cli *cli, oa_ties *ties) {
    const char *text = oa_cli_value(cli, "--ties");
    if (text && !oa_streq(text, "largest-r") && !oa_streq(text, "smallest-r")) {
        return oa_cli_misuse(cli, oa_printf(cli->arena, "--ties is '%s'; it is largest-r or smallest-r", text));
    }
    *ties = text && oa_streq(text, "smallest-r") ? OA_SMALLEST_R : OA_LARGEST_R;
    return true;
}

bool oa_design_problem(oa_cli *cli, oa_problem *problem) {
    *problem = (oa_problem){.alpha = 0.05, .beta = 0.2, .strict = oa_cli_value(cli, "--strict") != NULL};
    if (isatty(STDERR_FILENO)) {
        patience *p = OA_NEW(cli->arena, patience);
        clock_gettime(CLOCK_MONOTONIC, &p->begun);
        problem->progress = tell;
        problem->progress_context = p;
    }
    return oa_design_rate(cli, "--p0", &problem->p0) && oa_design_rate(cli, "--p1", &problem->p1) &&
           oa_design_number(cli, "--alpha", &problem->alpha) && oa_design_number(cli, "--beta", &problem->beta) &&
           oa_design_count(cli, "--nmax", &problem->n_max) && read_ties(cli, &problem->ties);
}
