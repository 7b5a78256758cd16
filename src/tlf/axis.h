/*
 * axis.h - what the figures share: ticks, axes, legend, the note under a figure.
 */
#ifndef OA_AXIS_H
#define OA_AXIS_H

#include "figure.h"

/* Sizes in points: nothing is set smaller than 8. */
#define OA_SMALL    8.0
#define OA_MEDIUM   9.0
#define OA_LINE     11.5 /* from one row of small text to the next */
#define OA_MARGIN   8.0
#define OA_TICK     3.0
#define OA_HAIRLINE 0.6

typedef struct oa_box {
    double left, top, right, bottom;
} oa_box;

/* From values to points; `log` for a log scale. */
typedef struct oa_axis {
    double low, high;
    double from, to;
    bool log;
} oa_axis;

double oa_axis_at(const oa_axis *axis, double value);

enum { OA_MOST_TICKS = 64 };

typedef struct oa_ticks {
    double at[OA_MOST_TICKS];
    size_t count;
} oa_ticks;

/* From 0 to the first multiple of a step at or after `last`.  step 0: the smallest of 1, 2, 3, 6, 12, 24 ... (months) or
 * of 1, 2, 4, 8, 12, 24 ... (weeks) with at most `most` ticks. */
oa_ticks oa_ticks_time(double last, double step, size_t most, bool weeks);
/* The same with steps of 1, 2 or 5 times a power of ten. */
oa_ticks oa_ticks_round(double last, size_t most);
/* How many ticks a time axis of this many points takes. */
size_t oa_time_ticks_most(double points);
/* Multiples of 5, 10, 20, 25, 50 or 100 that enclose low and high, at most `most`. */
oa_ticks oa_ticks_percent(double low, double high, size_t most);
/* 1-2-5, 1-3 or decades that enclose low and high (both > 0). */
oa_ticks oa_ticks_log(double low, double high, size_t most);

/* "−20", "0.5" */
const char *oa_tick_text(oa_arena *arena, double value);
double oa_ticks_widest(oa_canvas *canvas, const oa_ticks *ticks);

/* Axis lines with ticks, their numbers and the label, below and left of the plot.  OA_X_ROOM is what the x axis takes
 * below its line; `ceiling` is how far up the label of the y axis may reach: the lower edge of the legend. */
#define OA_X_ROOM 30.0
void oa_draw_x_axis(oa_canvas *canvas, const oa_axis *axis, const oa_ticks *ticks, oa_box plot, const char *label);
void oa_draw_y_axis(oa_canvas *canvas, const oa_axis *axis, const oa_ticks *ticks, oa_box plot, double ceiling,
                    const char *label);
void oa_draw_y_label(oa_canvas *canvas, double x, oa_box plot, double ceiling, const char *label);
/* What the y axis takes left of its line. */
double oa_y_room(oa_canvas *canvas, const oa_ticks *ticks, const char *label);

typedef enum oa_symbol { OA_SWATCH, OA_LINE_SAMPLE, OA_MARK } oa_symbol;

typedef struct oa_legend_item {
    oa_symbol symbol;
    const char *name;
    uint32_t color;
    oa_marker_style mark;
    oa_dash dash; /* of a line sample */
} oa_legend_item;

enum { OA_MOST_LEGEND = 24 };

typedef struct oa_legend {
    oa_legend_item items[OA_MOST_LEGEND];
    size_t count;
} oa_legend;

void oa_legend_add(oa_legend *legend, oa_legend_item item);
/* Categories with a name that are used. */
void oa_legend_categories(oa_legend *legend, const oa_category *categories, const bool *used, size_t count);
/* Rows from the top of `box`, in line with the plot when one row is enough, else as wide as the box.  Returns the height
 * with the gap to what follows; draws if `draw`. */
double oa_legend_lay(oa_canvas *canvas, const oa_legend *legend, double plot_left, oa_box box, bool draw);

/* Draws the note at the bottom of the canvas and returns what is left within the margins. */
oa_box oa_begin_figure(oa_canvas *canvas, const char *note);
/* "No subjects" in the middle of an empty plot. */
void oa_draw_empty(oa_canvas *canvas, oa_box plot);

uint32_t oa_category_color(const oa_category *categories, size_t count, size_t index);

#endif
