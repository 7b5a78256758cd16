/*
 * figure_change.c - a marker such as thyroglobulin over time, one line a subject, relative to baseline on a log scale.
 */
#include "axis.h"

#include <math.h>
#include <stdlib.h>

static const double id_row = 9.0;
static const double id_room = 48.0;
static const double leader = 10.0;

typedef struct end_label {
    const char *text;
    double x, y; /* the last point */
    double at;   /* where the label stands */
} end_label;

typedef struct change_plot {
    oa_canvas *canvas;
    const oa_change_figure *figure;
    oa_ticks x_ticks, y_ticks;
    oa_axis x, y;
    oa_box plot;
    bool labelled;
    bool crowded;
    size_t drawn; /* series with a point */
    end_label *labels;
} change_plot;

typedef struct extent {
    double last, low, high;
    size_t series, hollow, below, categories;
    bool *used;
} extent;

static bool usable(const oa_change_point *point) {
    return isfinite(point->time) && point->time >= 0.0 && isfinite(point->percent) && point->percent > 0.0;
}

static extent measure(const change_plot *p) {
    const oa_change_figure *figure = p->figure;
    extent e = {0.0, 100.0, 100.0, 0, 0, 0, 0, OA_NEW_ARRAY(oa_canvas_arena(p->canvas), bool, figure->n_categories)};
    for (size_t s = 0; s < figure->n_series; s++) {
        const oa_change_series *series = &figure->series[s];
        size_t points = 0;
        for (size_t i = 0; i < series->n_points; i++) {
            const oa_change_point *point = &series->points[i];
            if (!usable(point)) {
                continue;
            }
            points++;
            e.last = fmax(e.last, point->time);
            e.low = fmin(e.low, point->percent);
            e.high = fmax(e.high, point->percent);
            e.hollow += point->comparable ? 0 : 1;
            e.below += point->below_loq ? 1 : 0;
        }
        e.series += points > 0 ? 1 : 0;
        if (points > 0 && series->category < figure->n_categories) {
            e.used[series->category] = true;
        }
    }
    if (figure->threshold.value > 0.0) {
        e.low = fmin(e.low, figure->threshold.value);
        e.high = fmax(e.high, figure->threshold.value);
    }
    return e;
}

static double draw_legend(const change_plot *p, const extent *e, oa_box box, bool draw) {
    const oa_change_figure *figure = p->figure;
    oa_legend legend = {0};
    for (size_t i = 0; i < figure->n_categories; i++) {
        if (e->used[i]) {
            const oa_category *category = &figure->categories[i];
            oa_legend_add(&legend, (oa_legend_item){OA_LINE_SAMPLE, category->name, category->color, {0}, OA_SOLID});
        }
    }
    if (figure->threshold.value > 0.0) {
        oa_legend_add(&legend, (oa_legend_item){OA_LINE_SAMPLE, figure->threshold.label, OA_GREY, {0}, OA_DASHED});
    }
    if (e->hollow > 0) {
        const char *name = figure->hollow_label != NULL ? figure->hollow_label : "Not comparable with baseline";
        oa_legend_add(&legend,
                      (oa_legend_item){.symbol = OA_MARK, .name = name, .mark = {OA_CIRCLE, OA_GREY, true, false}});
    }
    if (e->below > 0) {
        const char *name = figure->below_loq_label != NULL ? figure->below_loq_label : "Below limit of quantification";
        oa_legend_add(&legend, (oa_legend_item){
                                   .symbol = OA_MARK, .name = name, .mark = {OA_TRIANGLE_DOWN, OA_GREY, false, false}});
    }
    return oa_legend_lay(p->canvas, &legend, p->plot.left, box, draw);
}

static double id_width(const change_plot *p) {
    static const oa_text_style style = {.size = OA_SMALL, .max_room = id_room};
    double widest = 0.0;
    for (size_t s = 0; s < p->figure->n_series; s++) {
        widest = fmax(widest, oa_canvas_text_width(p->canvas, p->figure->series[s].label, &style));
    }
    return widest;
}

static void lay_out(change_plot *p, const extent *e, oa_box box, const char *y_label) {
    const oa_change_figure *figure = p->figure;
    p->plot.bottom = box.bottom - OA_X_ROOM;
    p->plot.top = box.top + 20.0;
    p->y_ticks = oa_ticks_log(e->low, e->high, (size_t)fmax((p->plot.bottom - p->plot.top) / 22.0, 3.0));
    p->plot.left = box.left + oa_y_room(p->canvas, &p->y_ticks, y_label);
    p->plot.top = box.top + draw_legend(p, e, box, false) + 4.0;
    p->labelled = (double)e->series * id_row <= p->plot.bottom - p->plot.top;
    p->crowded = e->series > 60;
    p->plot.right = box.right - 6.0;
    if (p->labelled && e->series > 0) {
        p->plot.right -= id_width(p) + leader + 4.0;
    }
    p->x_ticks = oa_ticks_time(figure->x_max > 0.0 ? figure->x_max
                               : e->last > 0.0     ? e->last
                                                   : 12.0,
                               figure->x_step, oa_time_ticks_most(p->plot.right - p->plot.left), false);
    p->x = (oa_axis){0.0, p->x_ticks.at[p->x_ticks.count - 1], p->plot.left, p->plot.right, false};
    p->y = (oa_axis){p->y_ticks.at[0], p->y_ticks.at[p->y_ticks.count - 1], p->plot.bottom, p->plot.top, true};
}

/* Half way to white: among many lines the samples should be seen. */
static uint32_t lighter(uint32_t color) {
    return 0x7F7F7FU + (color >> 1 & 0x7F7F7FU);
}

static void draw_series(const change_plot *p, const oa_change_series *series) {
    const oa_change_figure *figure = p->figure;
    uint32_t color = oa_category_color(figure->categories, figure->n_categories, series->category);
    oa_point *points = OA_NEW_ARRAY(oa_canvas_arena(p->canvas), oa_point, series->n_points);
    double radius = p->crowded ? 1.1 : 2.3;
    size_t n = 0;
    for (size_t i = 0; i < series->n_points; i++) {
        const oa_change_point *point = &series->points[i];
        if (usable(point) && point->time <= p->x.high) {
            points[n++] = (oa_point){oa_axis_at(&p->x, point->time), oa_axis_at(&p->y, point->percent)};
        }
    }
    if (n == 0) {
        return;
    }
    oa_canvas_polyline(p->canvas, points, n,
                       (oa_pen){p->crowded ? lighter(color) : color, p->crowded ? 0.4 : 0.9, OA_SOLID});
    n = 0;
    for (size_t i = 0; i < series->n_points; i++) {
        const oa_change_point *point = &series->points[i];
        if (usable(point) && point->time <= p->x.high) {
            oa_marker_style style = {
                .shape = point->below_loq ? OA_TRIANGLE_DOWN : OA_CIRCLE, .color = color, .hollow = !point->comparable};
            oa_canvas_marker(p->canvas, points[n].x, points[n].y, point->below_loq ? radius * 1.25 : radius, style);
            n++;
        }
    }
}

/* --- names at the ends of the lines -------------------------------------------------------------------------- */

static int by_height(const void *left, const void *right) {
    const end_label *a = left;
    const end_label *b = right;
    if (a->y < b->y || a->y > b->y) {
        return a->y < b->y ? -1 : 1;
    }
    return (a->x < b->x) - (a->x > b->x);
}

static void collect_labels(change_plot *p) {
    const oa_change_figure *figure = p->figure;
    for (size_t s = 0; s < figure->n_series; s++) {
        const oa_change_series *series = &figure->series[s];
        end_label label = {.text = series->label, .x = -1.0};
        for (size_t i = 0; i < series->n_points; i++) {
            const oa_change_point *point = &series->points[i];
            if (usable(point) && point->time <= p->x.high) {
                label.x = oa_axis_at(&p->x, point->time);
                label.y = oa_axis_at(&p->y, point->percent);
            }
        }
        if (label.x >= 0.0) {
            p->labels[p->drawn++] = label;
        }
    }
    if (p->drawn > 1) {
        qsort(p->labels, p->drawn, sizeof p->labels[0], by_height);
    }
}

/* Labels that would overlap become a block, centred on where its members want to be and kept within the plot; blocks
 * that meet are merged. */
typedef struct block {
    double top, wanted; /* wanted: sum over the members of where the block's top would have to be */
    double size;
    size_t first;
} block;

static void settle(const change_plot *p, block *b) {
    double lowest = p->plot.bottom + id_row / 2.0 - b->size * id_row;
    b->top = fmax(fmin(b->wanted / b->size, lowest), p->plot.top - id_row / 2.0);
}

static void spread(const change_plot *p) {
    block *blocks = OA_NEW_ARRAY(oa_canvas_arena(p->canvas), block, p->drawn);
    size_t n = 0;
    for (size_t i = 0; i < p->drawn; i++) {
        block b = {0.0, p->labels[i].y - id_row / 2.0, 1.0, i};
        settle(p, &b);
        while (n > 0 && blocks[n - 1].top + blocks[n - 1].size * id_row > b.top) {
            block above = blocks[--n];
            above.wanted += b.wanted - b.size * above.size * id_row;
            above.size += b.size;
            b = above;
            settle(p, &b);
        }
        blocks[n++] = b;
    }
    for (size_t k = 0; k < n; k++) {
        for (size_t i = 0; i < (size_t)blocks[k].size; i++) {
            p->labels[blocks[k].first + i].at = blocks[k].top + ((double)i + 0.5) * id_row;
        }
    }
}

static void draw_labels(const change_plot *p) {
    static const oa_text_style style = {.size = OA_SMALL, .color = OA_INK, .centred = true, .max_room = id_room};
    for (size_t i = 0; i < p->drawn; i++) {
        const end_label *label = &p->labels[i];
        oa_point path[] = {{label->x, label->y}, {p->plot.right, label->y}, {p->plot.right + leader, label->at}};
        oa_canvas_polyline(p->canvas, path, 3, (oa_pen){0xCCCCCC, 0.5, OA_SOLID});
        oa_canvas_text(p->canvas, p->plot.right + leader + 2.0, label->at, label->text, &style);
    }
}

static void draw_references(const change_plot *p) {
    double y = oa_axis_at(&p->y, 100.0);
    oa_canvas_line(p->canvas, p->plot.left, y, p->plot.right, y, (oa_pen){OA_INK, 0.8, OA_SOLID});
    if (p->figure->threshold.value > 0.0) {
        y = oa_axis_at(&p->y, p->figure->threshold.value);
        oa_canvas_line(p->canvas, p->plot.left, y, p->plot.right, y, (oa_pen){OA_GREY, 0.8, OA_DASHED});
    }
}

void oa_draw_change(oa_canvas *canvas, const oa_change_figure *figure) {
    change_plot p = {.canvas = canvas, .figure = figure};
    const char *y_label = figure->y_label != NULL ? figure->y_label : "% of baseline (log scale)";
    oa_box box = oa_begin_figure(canvas, figure->note);
    extent e = measure(&p);
    p.labels = OA_NEW_ARRAY(oa_canvas_arena(canvas), end_label, figure->n_series);
    lay_out(&p, &e, box, y_label);
    double ceiling = box.top + draw_legend(&p, &e, box, true);
    collect_labels(&p);
    if (p.labelled) {
        spread(&p);
        draw_labels(&p);
    }
    draw_references(&p);
    for (size_t s = 0; s < figure->n_series; s++) {
        draw_series(&p, &figure->series[s]);
    }
    oa_draw_y_axis(canvas, &p.y, &p.y_ticks, p.plot, ceiling, y_label);
    oa_draw_x_axis(canvas, &p.x, &p.x_ticks, p.plot, figure->x_label);
    if (p.drawn == 0) {
        oa_draw_empty(canvas, p.plot);
    }
}
