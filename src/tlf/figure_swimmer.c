/*
 * figure_swimmer.c - time on treatment, one bar a subject, with what happened along it.
 */
#include "axis.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double id_most = 64.0;

typedef struct swimmer_plot {
    oa_canvas *canvas;
    const oa_swimmer_figure *figure;
    const oa_swimmer_bar **bars; /* sorted, finite */
    size_t count;
    oa_ticks ticks;
    oa_axis x;
    oa_box plot;
    double pitch;
    bool labelled;
} swimmer_plot;

static int by_duration(const void *left, const void *right) {
    const oa_swimmer_bar *a = *(const oa_swimmer_bar *const *)left;
    const oa_swimmer_bar *b = *(const oa_swimmer_bar *const *)right;
    if (a->duration > b->duration || a->duration < b->duration) {
        return a->duration > b->duration ? -1 : 1;
    }
    int order = strcmp(a->label != NULL ? a->label : "", b->label != NULL ? b->label : "");
    return order != 0 ? order : (a > b) - (a < b);
}

static void sort_bars(swimmer_plot *p) {
    const oa_swimmer_figure *figure = p->figure;
    p->bars = OA_NEW_ARRAY(oa_canvas_arena(p->canvas), const oa_swimmer_bar *, figure->n_bars);
    for (size_t i = 0; i < figure->n_bars; i++) {
        if (isfinite(figure->bars[i].duration) && figure->bars[i].duration >= 0.0) {
            p->bars[p->count++] = &figure->bars[i];
        }
    }
    if (p->count > 1) {
        qsort(p->bars, p->count, sizeof p->bars[0], by_duration);
    }
}

static bool drawable(const swimmer_plot *p, const oa_swimmer_mark *mark) {
    return mark->kind < p->figure->n_mark_kinds && isfinite(mark->time) && mark->time >= 0.0;
}

static double last_mark(const swimmer_plot *p, const oa_swimmer_bar *bar) {
    double last = 0.0;
    for (size_t i = 0; i < bar->n_marks; i++) {
        if (drawable(p, &bar->marks[i])) {
            last = fmax(last, bar->marks[i].time);
        }
    }
    return last;
}

static double draw_legend(const swimmer_plot *p, oa_box box, bool draw) {
    const oa_swimmer_figure *figure = p->figure;
    oa_legend legend = {0};
    bool *category = OA_NEW_ARRAY(oa_canvas_arena(p->canvas), bool, figure->n_categories);
    bool *kind = OA_NEW_ARRAY(oa_canvas_arena(p->canvas), bool, figure->n_mark_kinds);
    bool ongoing = false;
    for (size_t i = 0; i < p->count; i++) {
        const oa_swimmer_bar *bar = p->bars[i];
        ongoing = ongoing || bar->ongoing;
        if (bar->category < figure->n_categories) {
            category[bar->category] = true;
        }
        for (size_t k = 0; k < bar->n_marks; k++) {
            if (drawable(p, &bar->marks[k])) {
                kind[bar->marks[k].kind] = true;
            }
        }
    }
    oa_legend_categories(&legend, figure->categories, category, figure->n_categories);
    for (size_t i = 0; i < figure->n_mark_kinds; i++) {
        const oa_mark_kind *k = &figure->mark_kinds[i];
        if (kind[i]) {
            oa_legend_add(
                &legend,
                (oa_legend_item){.symbol = OA_MARK, .name = k->name, .mark = {k->shape, k->color, k->hollow, false}});
        }
    }
    if (ongoing) {
        const char *name = figure->ongoing_label != NULL ? figure->ongoing_label : "Ongoing";
        oa_legend_add(&legend,
                      (oa_legend_item){.symbol = OA_MARK, .name = name, .mark = {.shape = OA_ARROW, .color = OA_INK}});
    }
    return oa_legend_lay(p->canvas, &legend, p->plot.left, box, draw);
}

static double id_width(const swimmer_plot *p) {
    static const oa_text_style style = {.size = OA_SMALL, .max_room = id_most};
    double widest = 0.0;
    for (size_t i = 0; i < p->count; i++) {
        widest = fmax(widest, oa_canvas_text_width(p->canvas, p->bars[i]->label, &style));
    }
    return widest;
}

static void lay_out(swimmer_plot *p, oa_box box) {
    const oa_swimmer_figure *figure = p->figure;
    double last = 0.0;
    for (size_t i = 0; i < p->count; i++) {
        last = fmax(last, fmax(p->bars[i]->duration, last_mark(p, p->bars[i])));
    }
    last = figure->x_max > 0.0 ? figure->x_max : last > 0.0 ? last : 12.0;
    p->plot.bottom = box.bottom - OA_X_ROOM;
    double least = (p->plot.bottom - box.top - 40.0) / fmax((double)p->count, 1.0);
    p->labelled = p->count > 0 && least >= OA_SMALL + 0.8;
    p->plot.left = box.left + (p->labelled ? id_width(p) + 6.0 : 4.0);
    if (figure->y_label != NULL && figure->y_label[0] != '\0') {
        p->plot.left += OA_MEDIUM + 6.0;
    }
    p->plot.right = box.right - 12.0;
    p->plot.top = box.top + draw_legend(p, box, false);
    p->pitch = fmin((p->plot.bottom - p->plot.top - 4.0) / fmax((double)p->count, 1.0), 22.0);
    p->ticks = oa_ticks_time(last, figure->x_step, oa_time_ticks_most(p->plot.right - p->plot.left), true);
    p->x = (oa_axis){0.0, p->ticks.at[p->ticks.count - 1], p->plot.left, p->plot.right, false};
}

static void draw_grid(const swimmer_plot *p) {
    for (size_t i = 0; i < p->ticks.count; i++) {
        double x = oa_axis_at(&p->x, p->ticks.at[i]);
        oa_canvas_line(p->canvas, x, p->plot.top, x, p->plot.bottom, (oa_pen){OA_FAINT, OA_HAIRLINE, OA_SOLID});
    }
}

static void draw_bar(const swimmer_plot *p, size_t index) {
    const oa_swimmer_bar *bar = p->bars[index];
    uint32_t color = oa_category_color(p->figure->categories, p->figure->n_categories, bar->category);
    double height = p->pitch * (p->pitch > 4.0 ? 0.62 : 0.9);
    double y = p->plot.top + p->pitch * ((double)index + 0.5);
    double end = oa_axis_at(&p->x, bar->duration);
    double radius = fmin(3.0, p->pitch * 0.32);
    double last = oa_axis_at(&p->x, last_mark(p, bar));
    if (last > end) {
        oa_canvas_line(p->canvas, end, y, last, y, (oa_pen){OA_GREY, OA_HAIRLINE, OA_SOLID});
    }
    oa_canvas_rect(p->canvas, p->plot.left, y - height / 2.0, fmax(end - p->plot.left, 0.8), height, color);
    if (bar->ongoing) {
        oa_canvas_marker(p->canvas, end, y, radius, (oa_marker_style){.shape = OA_ARROW, .color = OA_INK});
    }
    for (size_t i = 0; i < bar->n_marks; i++) {
        const oa_swimmer_mark *mark = &bar->marks[i];
        if (drawable(p, mark) && mark->time <= p->x.high) {
            const oa_mark_kind *kind = &p->figure->mark_kinds[mark->kind];
            oa_canvas_marker(p->canvas, oa_axis_at(&p->x, mark->time), y, radius,
                             (oa_marker_style){kind->shape, kind->color, kind->hollow, p->pitch >= 6.0});
        }
    }
    if (p->labelled) {
        static const oa_text_style style = {
            .size = OA_SMALL, .color = OA_INK, .anchor = OA_END, .centred = true, .max_room = id_most};
        oa_canvas_text(p->canvas, p->plot.left - 6.0, y, bar->label, &style);
    }
}

void oa_draw_swimmer(oa_canvas *canvas, const oa_swimmer_figure *figure) {
    swimmer_plot p = {.canvas = canvas, .figure = figure};
    oa_box box = oa_begin_figure(canvas, figure->note);
    sort_bars(&p);
    lay_out(&p, box);
    double ceiling = box.top + draw_legend(&p, box, true);
    draw_grid(&p);
    for (size_t i = 0; i < p.count; i++) {
        draw_bar(&p, i);
    }
    oa_draw_x_axis(canvas, &p.x, &p.ticks, p.plot, figure->x_label);
    if (p.count == 0) {
        oa_draw_empty(canvas, p.plot);
    }
    oa_draw_y_label(canvas, box.left + OA_MEDIUM - 1.0, p.plot, ceiling, figure->y_label);
}
