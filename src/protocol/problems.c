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

void oa_problem_add(oa_problems *problems, oa_mark mark, oa_code code, const char *rule, const char *format, ...) {
    char text[1024];
    if (problems->count >= OA_PROBLEMS_SHOWN) {
        problems->count++;
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    problems->items[problems->count] = (oa_problem){
        .mark = mark,
        .code = code,
        .rule = rule,
        .text = oa_strdup(problems->arena, text),
        .order = problems->count,
    };
    problems->count++;
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
    size_t shown = problems->count < OA_PROBLEMS_SHOWN ? problems->count : OA_PROBLEMS_SHOWN;
    qsort(problems->items, shown, sizeof *problems->items, compare_problems);
    for (size_t i = 0; i < shown; i++) {
        const oa_problem *p = &problems->items[i];
        oa_place where = {.file = problems->file, .line = p->mark.line, .column = p->mark.column, .seq = -1};
        oa_diag_add(diag, OA_ERROR, p->code, &where, p->rule, "%s", p->text);
    }
    if (problems->count > shown) {
        oa_place where = {.file = problems->file, .seq = -1};
        oa_diag_add(diag, OA_ERROR, OA_LIMIT, &where, "PROTOCOL-MANY",
                    "%zu more problems are not listed: mend the first %zu, then read the file again",
                    problems->count - shown, shown);
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
    for (size_t i = 1; i < count; i++) {
        if (!oa_streq(names[i].name, first->name)) {
            first = &names[i];
            continue;
        }
        oa_problem_add(problems, names[i].mark, OA_SCHEMA, rule,
                       "the %s %s stands in line %d already: keep one of the two, or rename one", what,
                       oa_quoted(problems->arena, names[i].name), (int)first->mark.line);
    }
}

const char *oa_quoted(oa_arena *arena, const char *text) {
    enum { SHOWN = 60 };
    size_t length = strlen(text);
    size_t kept = length;
    if (length > SHOWN) {
        kept = SHOWN;
        while (kept > 0 && ((unsigned char)text[kept] & 0xC0) == 0x80) {
            kept--; /* do not cut a UTF-8 sequence */
        }
    }
    char *quoted = oa_printf(arena, "\"%.*s%s\"", (int)kept, text, kept < length ? "..." : "");
    for (unsigned char *c = (unsigned char *)quoted; *c; c++) {
        bool c1 = c[0] == 0xC2 && c[1] >= 0x80 && c[1] < 0xA0;
        if (*c < 0x20 || *c == 0x7F) {
            *c = '?';
        } else if (c1) {
            c[0] = c[1] = '?';
        }
    }
    return quoted;
}
