/*
 * figure_design.c - a sequential design: its power and its expected number of subjects against the true rate, and its
 * boundaries against the number of subjects.
 */
#include "axis.h"

#include <math.h>

static const uint32_t futility_color = 0xDD8A4A;
static const uint32_t efficacy_color = OA_BLUE;
static const double gap = 20.0; /* between panels */

typedef struct panel {
    oa_canvas *canvas;
    oa_box plot;
    oa_ticks x_ticks, y_ticks;
    oa_axis x, y;
} panel;

static void panel_init(panel *p, oa_box box, const char *label) {
    p->plot = box;
    p->plot.left += oa_y_room(p->canvas, &p->y_ticks, label);
    p->plot.bottom -= OA_X_ROOM;
    p->x = (oa_axis){p->x_ticks.at[0], p->x_ticks.at[p->x_ticks.count - 1], p->plot.left, p->plot.right, false};
    p->y = (oa_axis){0, p->y_ticks.at[p->y_ticks.count - 1], p->plot.bottom, p->plot.top, false};
}

static void panel_axes(const panel *p, const char *x_label, const char *y_label) {
    oa_draw_y_axis(p->canvas, &p->y, &p->y_ticks, p->plot, p->plot.top - 6.0, y_label);
    oa_draw_x_axis(p->canvas, &p->x, &p->x_ticks, p->plot, x_label);
}

/* ---- curves ------------------------------------------------------------------------------------------------------ */

static double power_of(const oa_oc *oc) {
    return 100.0 * oc->efficacy;
}

static double expected_of(const oa_oc *oc) {
    return oc->expected_n;
}

/* Where p0 and p1 are, with their letters at the top. */
static void draw_rate(const panel *p, double rate, const char *name) {
    static const oa_pen pen = {OA_GREY, OA_HAIRLINE, OA_DASHED};
    static const oa_text_style style = {.size = OA_SMALL, .color = OA_GREY, .anchor = OA_MIDDLE};
    double x = oa_axis_at(&p->x, 100.0 * rate);
    oa_canvas_line(p->canvas, x, p->plot.top, x, p->plot.bottom, pen);
    oa_canvas_text(p->canvas, x, p->plot.top - 4.0, name, &style);
}

static void draw_curve(oa_canvas *canvas, const oa_design_figure *figure, oa_box box, double (*value)(const oa_oc *oc),
                       double high, const char *label) {
    panel p = {.canvas = canvas};
    const oa_oc *last = &figure->curve[figure->n_curve - 1];
    p.x_ticks = oa_ticks_percent(100.0 * figure->curve[0].p, 100.0 * last->p, 8);
    p.y_ticks = oa_ticks_percent(0.0, high, 7);
    panel_init(&p, box, label);
    draw_rate(&p, figure->p0, "p0");
    draw_rate(&p, figure->p1, "p1");
    oa_point *points = OA_NEW_ARRAY(oa_canvas_arena(canvas), oa_point, figure->n_curve);
    for (size_t i = 0; i < figure->n_curve; i++) {
        const oa_oc *oc = &figure->curve[i];
        points[i] = (oa_point){oa_axis_at(&p.x, 100.0 * oc->p), oa_axis_at(&p.y, value(oc))};
    }
    oa_canvas_polyline(canvas, points, figure->n_curve, (oa_pen){OA_BLUE, 1.6, OA_SOLID});
    panel_axes(&p, "True rate (%)", label);
}

/* ---- boundaries -------------------------------------------------------------------------------------------------- */

static void draw_bar(const panel *p, double n, double from, double to, uint32_t color) {
    static const double width = 2.4;
    double x = oa_axis_at(&p->x, n);
    double y0 = oa_axis_at(&p->y, fmax(from, 0));
    double y1 = oa_axis_at(&p->y, fmin(to, p->y.high));
    oa_canvas_rect(p->canvas, x - width / 2.0, y1, width, y0 - y1, color);
}

static void draw_look(const panel *p, const oa_look *look) {
    double x = oa_axis_at(&p->x, look->n);
    if (look->lower >= 0) {
        draw_bar(p, look->n, 0, look->lower, futility_color);
        oa_canvas_marker(p->canvas, x, oa_axis_at(&p->y, look->lower), 3.0,
                         (oa_marker_style){.shape = OA_TRIANGLE_DOWN, .color = futility_color});
    }
    if (look->upper <= look->n) {
        draw_bar(p, look->n, look->upper, look->n, efficacy_color);
        oa_canvas_marker(p->canvas, x, oa_axis_at(&p->y, look->upper), 3.0,
                         (oa_marker_style){.shape = OA_TRIANGLE_UP, .color = efficacy_color});
    }
}

static double draw_legend(oa_canvas *canvas, const oa_design_figure *figure, double left, oa_box box, bool draw) {
    oa_legend legend = {0};
    oa_marker_style low = {.shape = OA_TRIANGLE_DOWN, .color = futility_color};
    oa_marker_style high = {.shape = OA_TRIANGLE_UP, .color = efficacy_color};
    oa_legend_add(&legend, (oa_legend_item){OA_MARK, figure->lower_label, futility_color, low, OA_SOLID});
    oa_legend_add(&legend, (oa_legend_item){OA_MARK, figure->upper_label, efficacy_color, high, OA_SOLID});
    return oa_legend_lay(canvas, &legend, left, box, draw);
}

static void draw_boundaries(oa_canvas *canvas, const oa_design_figure *figure, oa_box box) {
    static const oa_pen diagonal = {OA_GREY, OA_HAIRLINE, OA_DOTTED};
    static const char label[] = "Responses";
    panel p = {.canvas = canvas};
    const oa_look *last = &figure->looks[figure->n_looks - 1];
    p.x_ticks = oa_ticks_percent(0, last->n, 12);
    p.y_ticks = oa_ticks_percent(0, fmin(last->n, 1.5 * last->upper + 2), 7);
    double left = box.left + oa_y_room(canvas, &p.y_ticks, label);
    double legend = draw_legend(canvas, figure, left, box, true);
    box.top += legend;
    panel_init(&p, box, label);
    double reach = fmin(p.x.high, p.y.high);
    oa_canvas_line(canvas, p.plot.left, p.plot.bottom, oa_axis_at(&p.x, reach), oa_axis_at(&p.y, reach), diagonal);
    for (size_t i = 0; i < figure->n_looks; i++) {
        draw_look(&p, &figure->looks[i]);
    }
    panel_axes(&p, "Subjects", label);
}

void oa_draw_design(oa_canvas *canvas, const oa_design_figure *figure) {
    oa_box box = oa_begin_figure(canvas, figure->note);
    double middle = (box.left + box.right) / 2.0;
    double half = (box.top + box.bottom) / 2.0;
    double top = box.top + 12.0; /* room for the names of the rates */
    const oa_look *last = &figure->looks[figure->n_looks - 1];
    draw_curve(canvas, figure, (oa_box){box.left, top, middle - gap / 2.0, half - gap / 2.0}, power_of, 100.0,
               figure->power_label);
    draw_curve(canvas, figure, (oa_box){middle + gap / 2.0, top, box.right - 8.0, half - gap / 2.0}, expected_of,
               last->n, "Expected number of subjects");
    draw_boundaries(canvas, figure, (oa_box){box.left, half, box.right - 8.0, box.bottom});
}
