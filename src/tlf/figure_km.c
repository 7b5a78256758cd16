/*
 * figure_km.c - a Kaplan-Meier curve with its confidence band, censored times, median and numbers at risk.
 */
#include "axis.h"

#include <math.h>

static const uint32_t curve_color = OA_BLUE;
static const uint32_t band_color = OA_PALE_BLUE;
static const double text_size = OA_SMALL;
static const double text_row = OA_LINE;

/* Times that differ by less are tied, as in oa_km_fit. */
static const double same_time = 1.5e-8;

typedef struct km_plot {
    oa_canvas *canvas;
    const oa_km_figure *figure;
    size_t steps;
    oa_ticks x_ticks, y_ticks;
    oa_axis x, y;
    oa_box plot;
} km_plot;

typedef enum part { SURVIVAL, LOWER, UPPER } part;

static const oa_km_step *step_at(const km_plot *p, size_t index) {
    return oa_km_step_at(p->figure->km, index);
}

static double part_of(const oa_km_step *step, part which) {
    double limit = which == UPPER ? step->upper : which == LOWER ? step->lower : step->survival;
    return isfinite(limit) ? limit : step->survival;
}

static double x_of(const km_plot *p, double time) {
    return oa_axis_at(&p->x, time);
}

static double y_of(const km_plot *p, double survival) {
    return oa_axis_at(&p->y, 100.0 * survival);
}

/* --- the curve ----------------------------------------------------------------------------------------------- */

/* The corners of a step function over the first `count` steps, up to time `end`; room for 2 * count + 2 points. */
static size_t step_path(const km_plot *p, part which, size_t count, double end, oa_point *out) {
    size_t n = 0;
    double value = 1.0;
    end = fmin(end, p->x.high);
    out[n++] = (oa_point){x_of(p, 0.0), y_of(p, value)};
    for (size_t i = 0; i < count && step_at(p, i)->time <= end; i++) {
        double x = x_of(p, step_at(p, i)->time);
        out[n++] = (oa_point){x, y_of(p, value)};
        value = part_of(step_at(p, i), which);
        out[n++] = (oa_point){x, y_of(p, value)};
    }
    out[n++] = (oa_point){x_of(p, end), y_of(p, value)};
    return n;
}

/* The band ends at the step to S = 0, where there is no interval.  Where S is still 1 the log-log interval is not
 * defined either; there the band is the curve (part_of). */
static void draw_band(const km_plot *p) {
    size_t defined = 0;
    while (defined < p->steps && step_at(p, defined)->survival > 0) {
        defined++;
    }
    double end = step_at(p, defined < p->steps ? defined : p->steps - 1)->time;
    size_t room = 2 * defined + 2;
    oa_point *points = OA_NEW_ARRAY(oa_canvas_arena(p->canvas), oa_point, 2 * room);
    oa_point *lower = OA_NEW_ARRAY(oa_canvas_arena(p->canvas), oa_point, room);
    size_t n = step_path(p, UPPER, defined, end, points);
    for (size_t k = step_path(p, LOWER, defined, end, lower); k-- > 0;) {
        points[n++] = lower[k];
    }
    oa_canvas_polygon(p->canvas, points, n, band_color);
}

static void draw_curve(const km_plot *p) {
    oa_point *points = OA_NEW_ARRAY(oa_canvas_arena(p->canvas), oa_point, 2 * p->steps + 2);
    size_t n = step_path(p, SURVIVAL, p->steps, step_at(p, p->steps - 1)->time, points);
    oa_canvas_polyline(p->canvas, points, n, (oa_pen){curve_color, 1.6, OA_SOLID});
    for (size_t i = 0; i < p->steps; i++) {
        const oa_km_step *step = step_at(p, i);
        if (step->n_censor > 0 && step->time <= p->x.high) {
            oa_canvas_marker(p->canvas, x_of(p, step->time), y_of(p, step->survival), 3.6,
                             (oa_marker_style){.shape = OA_STROKE, .color = curve_color});
        }
    }
}

static bool median_reached(const km_plot *p) {
    return isfinite(p->figure->median.estimate) && p->figure->median.estimate <= p->x.high;
}

static void draw_median(const km_plot *p) {
    static const oa_pen pen = {OA_GREY, 0.8, OA_DASHED};
    if (!median_reached(p)) {
        return;
    }
    double x = x_of(p, p->figure->median.estimate);
    double y = y_of(p, 0.5);
    oa_canvas_line(p->canvas, p->plot.left, y, x, y, pen);
    oa_canvas_line(p->canvas, x, y, x, p->plot.bottom, pen);
}

/* --- text within the plot ------------------------------------------------------------------------------------ */

static oa_text_style line_style(size_t line) {
    return (oa_text_style){.size = text_size, .color = OA_INK, .bold = line == 0};
}

static double text_width(const km_plot *p) {
    double widest = 0.0;
    for (size_t i = 0; i < OA_KM_TEXT_LINES; i++) {
        oa_text_style style = line_style(i);
        widest = fmax(widest, oa_canvas_text_width(p->canvas, p->figure->text[i], &style));
    }
    return widest;
}

static size_t text_lines(const oa_km_figure *figure) {
    size_t lines = 0;
    while (lines < OA_KM_TEXT_LINES && figure->text[lines] != NULL) {
        lines++;
    }
    return lines;
}

static void draw_text(const km_plot *p, double left, double top) {
    for (size_t i = 0; i < text_lines(p->figure); i++) {
        oa_text_style style = line_style(i);
        style.max_room = oa_canvas_width(p->canvas) - OA_MARGIN - left;
        oa_canvas_text(p->canvas, left, top + text_size + text_row * (double)i, p->figure->text[i], &style);
    }
}

/* Where the curve and its band lie between two places on the x axis: the highest and the lowest y. */
static oa_box occupied(const km_plot *p, double left, double right) {
    double last = p->steps > 0 ? step_at(p, p->steps - 1)->time : 0.0;
    oa_box box = {left, p->plot.bottom, right, p->plot.top};
    double upper = 1.0;
    double lower = 1.0;
    for (size_t i = 0; i <= p->steps; i++) {
        double until = i < p->steps ? step_at(p, i)->time : last;
        if (x_of(p, until) >= left && (i == 0 || x_of(p, step_at(p, i - 1)->time) <= right)) {
            box.top = fmin(box.top, y_of(p, upper));
            box.bottom = fmax(box.bottom, y_of(p, lower));
        }
        if (i < p->steps) {
            upper = part_of(step_at(p, i), UPPER);
            lower = part_of(step_at(p, i), LOWER);
        }
    }
    return box;
}

/* Upper right if the curve leaves room there, else lower left; false: neither. */
static bool place_text(const km_plot *p, double *left, double *top) {
    static const double air = 9.0;
    double width = text_width(p);
    double height = text_row * (double)text_lines(p->figure);
    *left = p->plot.right - width;
    *top = p->plot.top;
    if (*left > p->plot.left && occupied(p, *left - air, p->plot.right).top > p->plot.top + height + air) {
        return true;
    }
    *left = p->plot.left + air;
    *top = p->plot.bottom - height - air;
    double right = *left + width + air;
    bool below_curve = occupied(p, p->plot.left, right).bottom < *top - air;
    bool clear_of_median =
        !median_reached(p) || (*top - air > y_of(p, 0.5) && right < x_of(p, p->figure->median.estimate));
    return right < p->plot.right && below_curve && clear_of_median;
}

/* --- numbers at risk ----------------------------------------------------------------------------------------- */

typedef enum risk_row { AT_RISK, EVENTS, CENSORED, RISK_ROWS } risk_row;

static bool has_row(const oa_km_figure *figure, risk_row row) {
    return row == AT_RISK || (row == EVENTS && figure->show_events) || (row == CENSORED && figure->show_censored);
}

static const char *row_label(const oa_km_figure *figure, risk_row row) {
    static const char *const labels[] = {"No. at risk", "Events", "Censored"};
    return row == AT_RISK && figure->risk_label != NULL ? figure->risk_label : labels[row];
}

oa_km_counts oa_km_counts_at(const oa_km *km, double time) {
    oa_km_counts counts = {0};
    size_t steps = km != NULL ? oa_km_steps(km) : 0;
    for (size_t i = 0; i < steps; i++) {
        const oa_km_step *step = oa_km_step_at(km, i);
        if (step->time >= time - same_time * fmax(1.0, time)) {
            counts.at_risk = step->n_risk;
            break;
        }
        counts.events += step->n_event;
        counts.censored += step->n_censor;
    }
    return counts;
}

static int64_t count_of(oa_km_counts counts, risk_row row) {
    return row == AT_RISK ? counts.at_risk : row == EVENTS ? counts.events : counts.censored;
}

static double risk_label_room(const km_plot *p) {
    static const oa_text_style style = {.size = OA_SMALL};
    double widest = 0.0;
    for (risk_row row = AT_RISK; row < RISK_ROWS; row++) {
        if (has_row(p->figure, row)) {
            widest = fmax(widest, oa_canvas_text_width(p->canvas, row_label(p->figure, row), &style));
        }
    }
    return fmin(widest, oa_canvas_width(p->canvas) * 0.25);
}

static void draw_risk_table(const km_plot *p) {
    static const oa_text_style number = {.size = OA_SMALL, .color = OA_INK, .anchor = OA_MIDDLE};
    oa_text_style label = {.size = OA_SMALL, .color = OA_INK, .max_room = risk_label_room(p) + 0.1};
    double y = p->plot.bottom + OA_X_ROOM + OA_LINE;
    for (risk_row row = AT_RISK; row < RISK_ROWS; row++) {
        if (!has_row(p->figure, row)) {
            continue;
        }
        oa_canvas_text(p->canvas, OA_MARGIN, y, row_label(p->figure, row), &label);
        for (size_t i = 0; i < p->x_ticks.count; i++) {
            double time = p->x_ticks.at[i];
            int64_t count = count_of(oa_km_counts_at(p->figure->km, time), row);
            oa_canvas_text(p->canvas, x_of(p, time), y, oa_tick_text(oa_canvas_arena(p->canvas), (double)count),
                           &number);
        }
        y += OA_LINE;
    }
}

/* --- all ------------------------------------------------------------------------------------------------------ */

static double draw_legend(const km_plot *p, oa_box box, bool draw) {
    oa_legend legend = {0};
    double level = p->figure->level;
    oa_marker_style tick = {.shape = OA_STROKE, .color = curve_color};
    oa_legend_add(&legend,
                  (oa_legend_item){OA_LINE_SAMPLE, "Kaplan\xE2\x80\x93Meier estimate", curve_color, {0}, OA_SOLID});
    if (level > 0.0 && level < 1.0) {
        const char *percent = oa_tick_text(oa_canvas_arena(p->canvas), 100.0 * level);
        const char *name = oa_printf(oa_canvas_arena(p->canvas), "%s%% CI", percent);
        oa_legend_add(&legend, (oa_legend_item){OA_SWATCH, name, band_color, {0}, OA_SOLID});
    }
    oa_legend_add(&legend, (oa_legend_item){OA_MARK, "Censored", curve_color, tick, OA_SOLID});
    return oa_legend_lay(p->canvas, &legend, p->plot.left, box, draw);
}

static void lay_out(km_plot *p, oa_box box) {
    const oa_km_figure *figure = p->figure;
    double last = figure->x_max > 0.0 ? figure->x_max : p->steps > 0 ? step_at(p, p->steps - 1)->time : 12.0;
    double rows = 1.0 + (figure->show_events ? 1.0 : 0.0) + (figure->show_censored ? 1.0 : 0.0);
    p->y_ticks = (oa_ticks){{0.0, 20.0, 40.0, 60.0, 80.0, 100.0}, 6};
    p->plot.left =
        fmax(box.left + oa_y_room(p->canvas, &p->y_ticks, figure->y_label), box.left + risk_label_room(p) + 14.0);
    p->plot.right = box.right - 8.0;
    p->plot.bottom = box.bottom - OA_X_ROOM - OA_LINE * rows - 5.0;
    p->plot.top = box.top + draw_legend(p, box, false);
    p->x_ticks = oa_ticks_time(last, figure->x_step, oa_time_ticks_most(p->plot.right - p->plot.left), false);
    p->x = (oa_axis){0.0, p->x_ticks.at[p->x_ticks.count - 1], p->plot.left, p->plot.right, false};
    p->y = (oa_axis){0.0, 100.0, p->plot.bottom, p->plot.top, false};
}

void oa_draw_km(oa_canvas *canvas, const oa_km_figure *figure) {
    km_plot p = {.canvas = canvas, .figure = figure, .steps = figure->km != NULL ? oa_km_steps(figure->km) : 0};
    oa_box box = oa_begin_figure(canvas, figure->note);
    double left = 0.0;
    double top = 0.0;
    lay_out(&p, box);
    if (!place_text(&p, &left, &top)) {
        /* a strip of its own between legend and plot */
        left = p.plot.left;
        top = p.plot.top - 2.0;
        p.plot.top += text_row * (double)text_lines(figure) + 6.0;
        p.y.to = p.plot.top;
    }
    double ceiling = box.top + draw_legend(&p, box, true);
    if (p.steps > 0) {
        draw_band(&p);
        draw_median(&p);
        draw_curve(&p);
    } else {
        oa_draw_empty(canvas, p.plot);
    }
    oa_draw_y_axis(canvas, &p.y, &p.y_ticks, p.plot, ceiling, figure->y_label);
    oa_draw_x_axis(canvas, &p.x, &p.x_ticks, p.plot, figure->x_label);
    draw_risk_table(&p);
    draw_text(&p, left, top);
}
