/* problems.c - see problems.h. */
#include "problems.h"

#include "../base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

oa_problems *oa_problems_new(oa_arena *arena, const char *file) {
    oa_problems *problems = OA_NEW(arena, oa_problems);
    problems->arena = arena;
    problems->file = oa_strdup(arena, file);
    problems->items = OA_NEW_ARRAY(arena, oa_problem, OA_PROBLEMS_SHOWN);
    return problems;
}

/* The longest start of text[0..length) within `limit` bytes that does not cut a UTF-8 sequence. */
static size_t whole_part(const char *text, size_t length, size_t limit) {
    size_t kept = length < limit ? length : limit;
    while (kept < length && kept > 0 && ((unsigned char)text[kept] & 0xC0) == 0x80) {
        kept--;
    }
    return kept;
}

/* Makes a text fit for a terminal: what would steer it becomes a question mark. */
static char *defuse(char *text) {
    for (unsigned char *c = (unsigned char *)text; *c; c++) {
        bool c1 = c[0] == 0xC2 && c[1] >= 0x80 && c[1] < 0xA0;
        if (*c < 0x20 || *c == 0x7F) {
            *c = '?';
        } else if (c1) {
            c[0] = c[1] = '?';
        }
    }
    return text;
}

void oa_problem_add(oa_problems *problems, oa_mark mark, oa_code code, const char *rule, const char *format, ...) {
    enum { LONGEST = 1000 };
    char text[LONGEST + 1];
    if (oa_problems_full(problems)) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    size_t kept = length < LONGEST ? strlen(text) : whole_part(text, LONGEST, LONGEST - 4);
    problems->items[problems->count] = (oa_problem){
        .mark = mark,
        .code = code,
        .rule = rule,
        .text = defuse(oa_strndup(problems->arena, text, kept)),
        .order = problems->count,
    };
    problems->count++;
}

bool oa_problems_full(const oa_problems *problems) {
    return problems->count >= OA_PROBLEMS_SHOWN;
}

static int compare_marks(oa_mark a, oa_mark b) {
    if (a.line != b.line) {
        return a.line < b.line ? -1 : 1;
    }
    return (a.column > b.column) - (a.column < b.column);
}

static int compare_problems(const void *a, const void *b) {
    const oa_problem *x = a;
    const oa_problem *y = b;
    int by_mark = compare_marks(x->mark, y->mark);
    return by_mark ? by_mark : (x->order > y->order) - (x->order < y->order);
}

bool oa_problems_report(oa_problems *problems, oa_diag *diag) {
    if (problems->count > 0) {
        qsort(problems->items, problems->count, sizeof *problems->items, compare_problems);
    }
    for (size_t i = 0; i < problems->count; i++) {
        const oa_problem *p = &problems->items[i];
        oa_place where = {.file = problems->file, .line = p->mark.line, .column = p->mark.column, .seq = -1};
        oa_diag_add(diag, OA_ERROR, p->code, &where, p->rule, "%s", p->text);
    }
    if (oa_problems_full(problems)) {
        oa_place where = {.file = problems->file, .seq = -1};
        oa_diag_add(diag, OA_ERROR, OA_LIMIT, &where, "PROTOCOL-MANY",
                    "reading stopped after %d problems: mend these, then read the file again", OA_PROBLEMS_SHOWN);
    }
    return problems->count == 0;
}

static int compare_named(const void *a, const void *b) {
    const oa_named *x = a;
    const oa_named *y = b;
    int by_name = strcmp(x->name, y->name);
    return by_name ? by_name : compare_marks(x->mark, y->mark);
}

void oa_report_twice(oa_problems *problems, oa_named *names, size_t count, const char *rule, const char *what) {
    if (count < 2) {
        return;
    }
    qsort(names, count, sizeof *names, compare_named);
    const oa_named *first = &names[0];
    for (size_t i = 1; i < count && !oa_problems_full(problems); i++) {
        if (!oa_streq(names[i].name, first->name)) {
            first = &names[i];
            continue;
        }
        oa_problem_add(problems, names[i].mark, OA_SCHEMA, rule,
                       "the %s %s stands in line %d already: keep one of the two, or rename one", what,
                       oa_quoted(problems->arena, names[i].name), (int)first->mark.line);
    }
}

enum { SHOWN = 60 }; /* bytes of a value or key in a message */

/* "", or "..." where the text is longer than is shown. */
static const char *dots_of(const char *text, size_t shown) {
    return text[shown] ? "..." : "";
}

const char *oa_path_text(oa_arena *arena, const oa_path *path) {
    const char *text = "";
    for (const oa_path *p = path; p; p = p->up) {
        const char *glue = *text == '\0' || *text == '[' ? "" : ".";
        size_t shown = p->name ? whole_part(p->name, strlen(p->name), SHOWN) : 0;
        text = p->name ? oa_printf(arena, "%.*s%s%s%s", (int)shown, p->name, dots_of(p->name, shown), glue, text)
                       : oa_printf(arena, "[%zu]%s%s", p->item, glue, text);
    }
    return text;
}

const char *oa_quoted(oa_arena *arena, const char *text) {
    size_t shown = whole_part(text, strlen(text), SHOWN);
    return oa_printf(arena, "\"%.*s%s\"", (int)shown, text, dots_of(text, shown));
}
