/*
 * problems.h - the problems of one protocol file, gathered while it is read and handed to the diag in the order of the
 * file, so that a person mends it from top to bottom.
 */
#ifndef OA_PROBLEMS_H
#define OA_PROBLEMS_H

#include "protocol.h"

/* After so many problems the rest is counted but not described. */
enum { OA_PROBLEMS_SHOWN = 100 };

typedef struct oa_problem {
    oa_mark mark;
    oa_code code;
    const char *rule;
    const char *text;
    size_t order; /* in which it was found */
} oa_problem;

typedef struct oa_problems {
    oa_arena *arena;
    const char *file;
    oa_problem *items;
    size_t count; /* found in all; items holds the first OA_PROBLEMS_SHOWN */
} oa_problems;

/* A name and where it stands: a key in a map, an id in a list. */
typedef struct oa_named {
    const char *name;
    oa_mark mark;
} oa_named;

oa_problems *oa_problems_new(oa_arena *arena, const char *file);
void oa_problem_add(oa_problems *problems, oa_mark mark, oa_code code, const char *rule, const char *format, ...)
    OA_PRINTF(5, 6);
/* Hands all to the diag; false when there was any. */
bool oa_problems_report(oa_problems *problems, oa_diag *diag);

/* Reports each name that an earlier one has already; `what` is "key" or "id".  Sorts the names. */
void oa_report_twice(oa_problems *problems, oa_named *names, size_t count, const char *rule, const char *what);

/* The text in quotes and fit for a terminal: shortened to 60 bytes, control characters replaced. */
const char *oa_quoted(oa_arena *arena, const char *text);

#endif
