/*
 * problems.h - the problems of one protocol file, gathered while it is read and handed to the diag in the order of the
 * file, so that a person mends it from top to bottom.
 */
#ifndef OA_PROBLEMS_H
#define OA_PROBLEMS_H

#include "protocol.h"

/* After so many problems reading stops: a person mends these first, and a hostile file costs no more. */
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
    size_t count;
} oa_problems;

/* A name and where it stands: a key in a map, an id in a list. */
typedef struct oa_named {
    const char *name;
    oa_mark mark;
} oa_named;

/* The keys that lead to a place, innermost first; lives on the stack of the reader. */
typedef struct oa_path {
    const struct oa_path *up;
    const char *name; /* NULL: an item of a list */
    size_t item;      /* from 1 */
} oa_path;

/* "gates[1].scan.days"; long names are shortened. */
const char *oa_path_text(oa_arena *arena, const oa_path *path);

oa_problems *oa_problems_new(oa_arena *arena, const char *file);
/* Control characters in the message become question marks, as a terminal may show it. */
void oa_problem_add(oa_problems *problems, oa_mark mark, oa_code code, const char *rule, const char *format, ...)
    OA_PRINTF(5, 6);
bool oa_problems_full(const oa_problems *problems);
/* Hands all to the diag; false when there was any. */
bool oa_problems_report(oa_problems *problems, oa_diag *diag);

/* Reports each name that an earlier one has already; `what` is "key" or "id".  Sorts the names. */
void oa_report_twice(oa_problems *problems, oa_named *names, size_t count, const char *rule, const char *what);

/* The text in quotes, shortened to 60 bytes. */
const char *oa_quoted(oa_arena *arena, const char *text);

#endif
