/*
 * display.h - a table as it is shown: laid out once, rendered by whoever can.
 *
 * Every number in a display comes from a result of the ARD, whose id the cell carries.
 */
#ifndef OA_DISPLAY_H
#define OA_DISPLAY_H

#include "../ard/ard.h"

typedef struct oa_display_cell {
    const char *text;
    const char *result; /* id of the result it shows; NULL: none */
    const char *mark;   /* NULL, or a word for how it stands out: "inconsistent" */
} oa_display_cell;

typedef struct oa_display_row {
    const char *label;
    int indent;
    bool heading;           /* a label over the rows below, without cells */
    oa_display_cell *cells; /* one a column */
} oa_display_row;

typedef struct oa_display {
    const char *id;
    const char *title;
    const char *population; /* "EFFICACY, N = 20" */
    const char *corner;     /* heading of the labels */
    const char **columns;
    size_t n_columns;
    oa_display_row *rows;
    size_t n_rows;
    size_t c_rows;
    const char *footnote;
} oa_display;

oa_display *oa_display_new(oa_arena *arena, const char *id, const char *title, const char *const *columns,
                           size_t n_columns);
/* Adds an empty row and returns it; the pointer holds until the next row is added. */
oa_display_row *oa_display_add(oa_arena *arena, oa_display *display, const char *label, int indent);

/* The results of an analysis: their labels are the rows, their columns the columns, both in the order of the ARD.  NULL
 * where the analysis has no result. */
oa_display *oa_display_of(oa_arena *arena, const oa_ard *ard, const char *analysis, const char *title);

#endif
