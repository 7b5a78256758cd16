/*
 * figure_waterfall.c - best change from baseline, one bar a subject, from the largest increase to the largest decrease.
 */
#include "axis.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double clip = 100.0;                 /* higher values are cut here and marked */
static const double least_value_pitch = OA_SMALL; /* bars that have room for their value above */
static const oa_marker_style lesion_mark = {.shape = OA_DIAMOND, .color = OA_INK, .hollow = true, .halo = true};
static const oa_marker_style ongoing_mark = {.shape = OA_CIRCLE, .color = OA_INK, .halo = true};

typedef struct waterfall_plot {
    oa_canvas *canvas;
    const oa_waterfall_figure *figure;
    const oa_waterfall_bar **bars; /* sorted, finite */
    size_t count;
    oa_ticks ticks;
    oa_axis y;
    oa_box plot;
    double pitch; /* from bar to bar */
    bool labelled;
} waterfall_plot;

static int by_change(const void *left, const void *right) {
    const oa_waterfall_bar *a = *(const oa_waterfall_bar *const *)left;
    const oa_waterfall_bar *b = *(const oa_waterfall_bar *const *)right;
    if (a->change > b->change || a->change < b->change) {
        return a->change > b->change ? -1 : 1;
    }
    int order = strcmp(a->label != NULL ? a->label : "", b->label != NULL ? b->label : "");
    return order != 0 ? order : (a > b) - (a < b);
}

static void sort_bars(waterfall_plot *p) {
    const oa_waterfall_figure *figure = p->figure;
    p->bars = OA_NEW_ARRAY(oa_canvas_arena(p->canvas), const oa_waterfall_bar *, figure->n_bars);
    for (size_t i = 0; i < figure->n_bars; i++) {
        if (isfinite(figure->bars[i].change)) {
            p->bars[p->count++] = &figure->bars[i];
        }
    }
    if (p->count > 1) {
        qsort(p->bars, p->count, sizeof p->bars[0], by_change);
    }
}

static double bar_x(const waterfall_plot *p, size_t index) {
    return p->plot.left + p->pitch * ((double)index + 0.5);
}

static const oa_text_style *id_style(void) {
    static const oa_text_style style = {
        .size = OA_SMALL, .color = OA_INK, .anchor = OA_END, .centred = true, .angle = 90.0, .max_room = 64.0};
    return &style;
}

static double widest_id(const waterfall_plot *p) {
    double widest = 0.0;
    for (size_t i = 0; i < p->count; i++) {
        widest = fmax(widest, oa_canvas_text_width(p->canvas, p->bars[i]->label, id_style()));
    }
    return widest;
}

static double draw_legend(const waterfall_plot *p, oa_box box, bool draw) {
    const oa_waterfall_figure *figure = p->figure;
    oa_legend legend = {0};
    bool *used = OA_NEW_ARRAY(oa_canvas_arena(p->canvas), bool, figure->n_categories);
    bool new_lesion = false;
    bool ongoing = false;
    for (size_t i = 0; i < p->count; i++) {
        new_lesion = new_lesion || p->bars[i]->new_lesion;
        ongoing = ongoing || p->bars[i]->ongoing;
        if (p->bars[i]->category < figure->n_categories) {
            used[p->bars[i]->category] = true;
        }
    }
    oa_legend_categories(&legend, figure->categories, used, figure->n_categories);
    if (new_lesion) {
        const char *name = figure->new_lesion_label != NULL ? figure->new_lesion_label : "New lesion";
        oa_legend_add(&legend, (oa_legend_item){.symbol = OA_MARK, .name = name, .mark = lesion_mark});
    }
    if (ongoing) {
        const char *name = figure->ongoing_label != NULL ? figure->ongoing_label : "On treatment";
        oa_legend_add(&legend, (oa_legend_item){.symbol = OA_MARK, .name = name, .mark = ongoing_mark});
    }
    return oa_legend_lay(p->canvas, &legend, p->plot.left, box, draw);
}

static void lay_out(waterfall_plot *p, oa_box box) {
    const oa_waterfall_figure *figure = p->figure;
    static const oa_text_style style = {.size = OA_SMALL};
    double low = -40.0;
    double high = 40.0;
    double line_room = 0.0;
    bool clipped = p->count > 0 && p->bars[0]->change > clip;
    for (size_t i = 0; i < p->count; i++) {
        low = fmin(low, p->bars[i]->change);
        high = fmax(high, fmin(p->bars[i]->change, clip));
    }
    for (size_t i = 0; i < figure->n_lines; i++) {
        line_room = fmax(line_room, oa_canvas_text_width(p->canvas, figure->lines[i].label, &style));
    }
    p->plot.right = box.right - fmin(line_room, 60.0) - 4.0;
    p->ticks = oa_ticks_percent(low, high, 11);
    p->plot.left = box.left + oa_y_room(p->canvas, &p->ticks, figure->y_label) + 4.0;
    p->pitch = (p->plot.right - p->plot.left) / fmax((double)p->count, 1.0);
    /* few subjects: bars as wide as in a figure of ten */
    p->pitch = fmin(p->pitch, (p->plot.right - p->plot.left) / 10.0);
    p->plot.top = box.top + draw_legend(p, box, false) + (!clipped || p->pitch < least_value_pitch ? 10.0 : 26.0);
    p->labelled = p->pitch >= OA_SMALL + 0.8;
    p->plot.bottom = box.bottom - OA_MEDIUM - 7.0 - (p->labelled ? widest_id(p) + 4.0 : 2.0) - 8.0;
    size_t most = (size_t)fmax((p->plot.bottom - p->plot.top) / 14.0, 3.0);
    p->ticks = oa_ticks_percent(low, high, most < 11 ? most : 11);
    p->y = (oa_axis){p->ticks.at[0], p->ticks.at[p->ticks.count - 1], p->plot.bottom, p->plot.top, false};
}

/* Two white strokes through the bar, and the value above it. */
static void draw_clip(const waterfall_plot *p, const oa_waterfall_bar *bar, double x, double width) {
    oa_text_style style = {.size = OA_SMALL, .color = OA_INK, .anchor = OA_MIDDLE};
    const char *text = oa_printf(oa_canvas_arena(p->canvas), "+%.0f", bar->change);
    double over = p->pitch >= least_value_pitch ? 1.0 : 0.0;
    for (int stroke = 0; stroke < 2; stroke++) {
        double y = p->plot.top + 5.0 + 4.0 * stroke;
        oa_canvas_line(p->canvas, x - width / 2.0 - over, y + 2.0, x + width / 2.0 + over, y - 2.0,
                       (oa_pen){0xFFFFFF, 1.4, OA_SOLID});
    }
    if (p->pitch >= 22.0) {
        oa_canvas_text(p->canvas, x, p->plot.top - 3.0, text, &style);
    } else if (p->pitch >= least_value_pitch) {
        style.angle = 90.0;
        style.anchor = OA_START;
        style.centred = true;
        oa_canvas_text(p->canvas, x, p->plot.top - 3.0, text, &style);
    }
}

/* Where bars are too narrow for their values: the largest, beside the last bar that is cut. */
static void draw_largest(const waterfall_plot *p) {
    static const oa_text_style style = {.size = OA_SMALL, .color = OA_INK, .centred = true};
    size_t cut = 0;
    while (cut < p->count && p->bars[cut]->change > clip) {
        cut++;
    }
    if (cut > 0 && p->pitch < least_value_pitch) {
        const char *text =
            oa_printf(oa_canvas_arena(p->canvas), cut == 1 ? "+%.0f" : "up to +%.0f", p->bars[0]->change);
        oa_canvas_text(p->canvas, bar_x(p, cut) - p->pitch / 2.0 + 3.0, p->plot.top + 4.0, text, &style);
    }
}

static double bar_width(const waterfall_plot *p) {
    return p->pitch * (p->pitch > 4.0 ? 0.76 : 0.92);
}

/* No change is shown as a thin bar, so that the subject is seen. */
static double bar_height(const waterfall_plot *p, const oa_waterfall_bar *bar) {
    return fmax(fabs(oa_axis_at(&p->y, 0.0) - oa_axis_at(&p->y, fmin(bar->change, clip))), 1.2);
}

static void draw_bar(const waterfall_plot *p, size_t index) {
    const oa_waterfall_bar *bar = p->bars[index];
    double width = bar_width(p);
    double height = bar_height(p, bar);
    double x = bar_x(p, index);
    double zero = oa_axis_at(&p->y, 0.0);
    oa_canvas_rect(p->canvas, x - width / 2.0, bar->change < 0.0 ? zero : zero - height, width, height,
                   oa_category_color(p->figure->categories, p->figure->n_categories, bar->category));
    if (bar->change > clip) {
        draw_clip(p, bar, x, width);
    }
}

/* Outside the end of the bar; those of a clipped bar stand within it, as its value is above it. */
static void draw_marks(const waterfall_plot *p, size_t index) {
    const oa_waterfall_bar *bar = p->bars[index];
    bool clipped = bar->change > clip;
    double radius = fmin(2.6, p->pitch * 0.45);
    double step = radius * 2.5 + 1.0;
    double outward = bar->change < 0.0 ? 1.0 : -1.0;
    double y = oa_axis_at(&p->y, 0.0) + outward * (bar_height(p, bar) + radius * 1.25 + 2.0);
    if (clipped) {
        outward = 1.0;
        y = oa_axis_at(&p->y, clip) + 18.0;
    }
    if (bar->new_lesion) {
        oa_canvas_marker(p->canvas, bar_x(p, index), y, radius, lesion_mark);
        y += outward * step;
    }
    if (bar->ongoing) {
        oa_canvas_marker(p->canvas, bar_x(p, index), y, radius * 0.85, ongoing_mark);
    }
}

static void draw_lines(const waterfall_plot *p) {
    oa_text_style style = {.size = OA_SMALL, .color = OA_GREY, .centred = true, .max_room = 60.0};
    for (size_t i = 0; i < p->figure->n_lines; i++) {
        const oa_reference_line *line = &p->figure->lines[i];
        if (line->value > p->y.low && line->value < p->y.high) {
            double y = oa_axis_at(&p->y, line->value);
            oa_canvas_line(p->canvas, p->plot.left, y, p->plot.right, y, (oa_pen){OA_GREY, 0.7, OA_DASHED});
            oa_canvas_text(p->canvas, p->plot.right + 4.0, y, line->label, &style);
        }
    }
}

static void draw_ids(const waterfall_plot *p) {
    for (size_t i = 0; p->labelled && i < p->count; i++) {
        oa_canvas_text(p->canvas, bar_x(p, i), p->plot.bottom + 10.0, p->bars[i]->label, id_style());
    }
}

void oa_draw_waterfall(oa_canvas *canvas, const oa_waterfall_figure *figure) {
    waterfall_plot p = {.canvas = canvas, .figure = figure};
    oa_box box = oa_begin_figure(canvas, figure->note);
    sort_bars(&p);
    lay_out(&p, box);
    double ceiling = box.top + draw_legend(&p, box, true);
    for (size_t i = 0; i < p.count; i++) {
        draw_bar(&p, i);
    }
    draw_lines(&p);
    draw_largest(&p);
    oa_draw_y_axis(canvas, &p.y, &p.ticks, p.plot, ceiling, figure->y_label);
    for (size_t i = 0; i < p.count; i++) {
        draw_marks(&p, i);
    }
    double zero = oa_axis_at(&p.y, 0.0);
    oa_canvas_line(canvas, p.plot.left, zero, p.plot.right, zero, (oa_pen){OA_INK, 0.8, OA_SOLID});
    draw_ids(&p);
    if (p.count == 0) {
        oa_draw_empty(canvas, p.plot);
    }
    oa_text_style style = {
        .size = OA_MEDIUM, .color = OA_INK, .anchor = OA_MIDDLE, .max_room = p.plot.right - p.plot.left};
    oa_canvas_text(canvas, (p.plot.left + p.plot.right) / 2.0, box.bottom - 2.0, figure->x_label, &style);
}
