/* display.c - see display.h. */
#include "display.h"

#include "../base/text.h"

oa_display *oa_display_new(oa_arena *arena, const char *id, const char *title, const char *const *columns,
                           size_t n_columns) {
    oa_display *display = OA_NEW(arena, oa_display);
    *display = (oa_display){.id = id, .title = title, .population = "", .corner = "", .footnote = ""};
    display->columns = OA_NEW_ARRAY(arena, const char *, n_columns);
    display->n_columns = n_columns;
    for (size_t i = 0; i < n_columns; i++) {
        display->columns[i] = columns[i];
    }
    return display;
}

oa_display_row *oa_display_add(oa_arena *arena, oa_display *display, const char *label, int indent) {
    if (display->n_rows == display->c_rows) {
        size_t capacity = display->c_rows ? display->c_rows * 2 : 16;
        display->rows = oa_regrow(arena, display->rows, display->c_rows, capacity, sizeof *display->rows);
        display->c_rows = capacity;
    }
    oa_display_row *row = &display->rows[display->n_rows++];
    *row = (oa_display_row){
        .label = label, .indent = indent, .cells = OA_NEW_ARRAY(arena, oa_display_cell, display->n_columns)};
    for (size_t i = 0; i < display->n_columns; i++) {
        row->cells[i].text = "";
    }
    return row;
}

enum { MOST_COLUMNS = 16 };

/* The place of a column name, added where it is new. */
static size_t column_of(const char **columns, size_t *count, const char *name) {
    for (size_t i = 0; i < *count; i++) {
        if (oa_streq(columns[i], name)) {
            return i;
        }
    }
    if (*count == MOST_COLUMNS) {
        return MOST_COLUMNS - 1;
    }
    columns[*count] = name;
    return (*count)++;
}

oa_display *oa_display_of(oa_arena *arena, const oa_ard *ard, const char *analysis, const char *title) {
    const char *columns[MOST_COLUMNS];
    size_t n_columns = 0;
    for (size_t i = 0; i < ard->count; i++) {
        if (oa_streq(ard->results[i].analysis, analysis)) {
            column_of(columns, &n_columns, ard->results[i].column);
        }
    }
    if (n_columns == 0) {
        return NULL;
    }
    oa_display *display = oa_display_new(arena, analysis, title, columns, n_columns);
    oa_display_row *row = NULL;
    for (size_t i = 0; i < ard->count; i++) {
        const oa_result *r = &ard->results[i];
        if (!oa_streq(r->analysis, analysis)) {
            continue;
        }
        size_t column = column_of(columns, &n_columns, r->column);
        /* a new row begins with each new label, and wherever the first column comes round again */
        if (!row || !oa_streq(row->label, r->label) || row->indent != r->indent || column == 0) {
            row = oa_display_add(arena, display, r->label, r->indent);
            row->heading = *r->text == '\0';
        }
        row->cells[column] = (oa_display_cell){r->text, r->id, NULL};
    }
    return display;
}
