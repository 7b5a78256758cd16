/*
 * figure_km.c - a Kaplan-Meier curve with its confidence band, censored times, median and numbers at risk.
 */
#include "axis.h"

#include <math.h>
#include <string.h>

static const uint32_t band_color = OA_PALE_BLUE;
static const double text_size = OA_SMALL;
static const double text_row = OA_LINE;
static const double curve_width = 1.6;
static const double sample_length = 20.0; /* of a curve, beside its name */

/* Curves differ in hue, lightness and dash, so that grey print and colour blindness keep them apart (Okabe and Ito,
 * darkened to a contrast of 4.5 on white). */
static const struct {
    uint32_t color;
    oa_dash dash;
} styles[OA_KM_MOST_GROUPS] = {{OA_BLUE, OA_SOLID},    {0xC2410CU, OA_LONG_DASHED}, {0x14532DU, OA_DASH_DOTTED},
                               {0x86198FU, OA_DOTTED}, {0x262626U, OA_DASHED},      {0x8A6D00U, OA_SOLID}};

typedef struct curve {
    const char *name; /* NULL: the only one */
    const oa_km *km;
    size_t steps;
    oa_interval median;
    uint32_t color;
    oa_dash dash;
} curve;

typedef struct km_plot {
    oa_canvas *canvas;
    const oa_km_figure *figure;
    curve curves[OA_KM_MOST_GROUPS];
    size_t n_curves;
    oa_ticks x_ticks, y_ticks;
    oa_axis x, y;
    oa_box plot;
} km_plot;

static bool grouped(const km_plot *p) {
    return p->figure->n_groups > 0;
}

static void add_curve(km_plot *p, const char *name, const oa_km *km, oa_interval median) {
    size_t i = p->n_curves++;
    p->curves[i] = (curve){.name = name,
                           .km = km,
                           .steps = km != NULL ? oa_km_steps(km) : 0,
                           .median = median,
                           .color = styles[i].color,
                           .dash = styles[i].dash};
}

static void take_curves(km_plot *p) {
    const oa_km_figure *figure = p->figure;
    for (size_t i = 0; i < figure->n_groups && i < OA_KM_MOST_GROUPS; i++) {
        add_curve(p, figure->groups[i].name, figure->groups[i].km, figure->groups[i].median);
    }
    if (!grouped(p)) {
        add_curve(p, NULL, figure->km, figure->median);
    }
}

/* The last time of all curves; 0 where there is none. */
static double last_time(const km_plot *p) {
    double last = 0.0;
    for (size_t i = 0; i < p->n_curves; i++) {
        const curve *c = &p->curves[i];
        last = c->steps > 0 ? fmax(last, oa_km_step_at(c->km, c->steps - 1).time) : last;
    }
    return last;
}

typedef enum part { SURVIVAL, LOWER, UPPER } part;

static oa_km_step step_at(const curve *c, size_t index) {
    return oa_km_step_at(c->km, index);
}

static double part_of(oa_km_step step, part which) {
    double limit = which == UPPER ? step.upper : which == LOWER ? step.lower : step.survival;
    return isfinite(limit) ? limit : step.survival;
}

static double x_of(const km_plot *p, double time) {
    return oa_axis_at(&p->x, time);
}

static double y_of(const km_plot *p, double survival) {
    return oa_axis_at(&p->y, 100.0 * survival);
}

/* --- the curve ----------------------------------------------------------------------------------------------- */

/* The corners of a step function over the first `count` steps, up to time `end`; room for 2 * count + 2 points. */
static size_t step_path(const km_plot *p, const curve *c, part which, size_t count, double end, oa_point *out) {
    size_t n = 0;
    double value = 1.0;
    end = fmin(end, p->x.high);
    out[n++] = (oa_point){x_of(p, 0.0), y_of(p, value)};
    for (size_t i = 0; i < count; i++) {
        oa_km_step step = step_at(c, i);
        if (step.time > end) {
            break;
        }
        double x = x_of(p, step.time);
        out[n++] = (oa_point){x, y_of(p, value)};
        value = part_of(step, which);
        out[n++] = (oa_point){x, y_of(p, value)};
    }
    out[n++] = (oa_point){x_of(p, end), y_of(p, value)};
    return n;
}

/* The band ends at the step to S = 0, where there is no interval.  Where S is still 1 the log-log interval is not
 * defined either; there the band is the curve (part_of). */
static void draw_band(const km_plot *p, const curve *c) {
    static const double opacity = 0.14; /* three bands above each other can still be told apart */
    size_t defined = 0;
    while (defined < c->steps && step_at(c, defined).survival > 0) {
        defined++;
    }
    double end = step_at(c, defined < c->steps ? defined : c->steps - 1).time;
    size_t room = 2 * defined + 2;
    oa_point *points = OA_NEW_ARRAY(oa_canvas_arena(p->canvas), oa_point, 2 * room);
    oa_point *lower = OA_NEW_ARRAY(oa_canvas_arena(p->canvas), oa_point, room);
    size_t n = step_path(p, c, UPPER, defined, end, points);
    for (size_t k = step_path(p, c, LOWER, defined, end, lower); k-- > 0;) {
        points[n++] = lower[k];
    }
    if (grouped(p)) {
        oa_canvas_shade(p->canvas, points, n, c->color, opacity);
    } else {
        oa_canvas_polygon(p->canvas, points, n, band_color);
    }
}

static void draw_curve(const km_plot *p, const curve *c) {
    oa_point *points = OA_NEW_ARRAY(oa_canvas_arena(p->canvas), oa_point, 2 * c->steps + 2);
    size_t n = step_path(p, c, SURVIVAL, c->steps, step_at(c, c->steps - 1).time, points);
    oa_canvas_polyline(p->canvas, points, n, (oa_pen){c->color, curve_width, c->dash});
    for (size_t i = 0; i < c->steps; i++) {
        oa_km_step step = step_at(c, i);
        if (step.n_censor > 0 && step.time <= p->x.high) {
            oa_canvas_marker(p->canvas, x_of(p, step.time), y_of(p, step.survival), 3.6,
                             (oa_marker_style){.shape = OA_STROKE, .color = c->color});
        }
    }
}

static bool median_reached(const km_plot *p, const curve *c) {
    return isfinite(c->median.estimate) && c->median.estimate <= p->x.high;
}

static void draw_median(const km_plot *p, const curve *c) {
    static const oa_pen pen = {OA_GREY, 0.8, OA_DASHED};
    if (!median_reached(p, c)) {
        return;
    }
    double x = x_of(p, c->median.estimate);
    double y = y_of(p, 0.5);
    oa_canvas_line(p->canvas, p->plot.left, y, x, y, pen);
    oa_canvas_line(p->canvas, x, y, x, p->plot.bottom, pen);
}

/* --- text within the plot ------------------------------------------------------------------------------------ */

static oa_text_style line_style(size_t line) {
    return (oa_text_style){.size = text_size, .color = OA_INK, .bold = line == 0};
}

/* The curve that a line of text is about; NULL: none. */
static const curve *curve_of_line(const km_plot *p, size_t line) {
    return grouped(p) && line > 0 && line <= p->n_curves ? &p->curves[line - 1] : NULL;
}

static double text_indent(const km_plot *p, size_t line) {
    return curve_of_line(p, line) != NULL ? sample_length + 5.0 : 0.0;
}

static size_t text_lines(const oa_km_figure *figure) {
    size_t lines = 0;
    while (lines < OA_KM_TEXT_LINES && figure->text[lines] != NULL) {
        lines++;
    }
    return lines;
}

/* A line in its parts: what stands before a tab, which is shortened where there is no room, and what stands behind. */
typedef struct line_parts {
    const char *name;
    const char *rest; /* NULL: no tab */
    double name_width;
    double rest_width; /* with the gap before it */
} line_parts;

static line_parts parts_of(const km_plot *p, size_t line) {
    static const double gap = 6.0;
    oa_text_style style = line_style(line);
    const char *text = p->figure->text[line];
    const char *tab = strchr(text, '\t');
    line_parts parts = {.name = text};
    if (tab != NULL) {
        parts.name = oa_strndup(oa_canvas_arena(p->canvas), text, (size_t)(tab - text));
        parts.rest = tab + 1;
        parts.rest_width = gap + oa_canvas_text_width(p->canvas, parts.rest, &style);
    }
    parts.name_width = oa_canvas_text_width(p->canvas, parts.name, &style);
    return parts;
}

static double text_width(const km_plot *p) {
    double widest = 0.0;
    for (size_t i = 0; i < text_lines(p->figure); i++) {
        line_parts parts = parts_of(p, i);
        widest = fmax(widest, text_indent(p, i) + parts.name_width + parts.rest_width);
    }
    return widest;
}

static void draw_text(const km_plot *p, double left, double top) {
    for (size_t i = 0; i < text_lines(p->figure); i++) {
        const curve *c = curve_of_line(p, i);
        oa_text_style style = line_style(i);
        double x = left + text_indent(p, i);
        double y = top + text_size + text_row * (double)i;
        line_parts parts = parts_of(p, i);
        double right = oa_canvas_width(p->canvas) - OA_MARGIN;
        style.max_room = right - parts.rest_width - x;
        oa_canvas_text(p->canvas, x, y, parts.name, &style);
        if (parts.rest != NULL) {
            double rest_x = fmin(x + parts.name_width, right - parts.rest_width) + parts.rest_width;
            oa_text_style rest = line_style(i);
            rest.anchor = OA_END;
            oa_canvas_text(p->canvas, rest_x, y, parts.rest, &rest);
        }
        if (c != NULL) {
            y -= 0.36 * text_size; /* the middle of the capitals */
            oa_canvas_line(p->canvas, left, y, left + sample_length, y, (oa_pen){c->color, curve_width, c->dash});
        }
    }
}

/* Where a curve and its band lie between two places on the x axis: `box` takes in the highest and the lowest y. */
static void occupy(const km_plot *p, const curve *c, double left, double right, oa_box *box) {
    double last = c->steps > 0 ? step_at(c, c->steps - 1).time : 0.0;
    double since = left; /* where the step before began */
    double upper = 1.0;
    double lower = 1.0;
    for (size_t i = 0; i <= c->steps; i++) {
        double until = x_of(p, i < c->steps ? step_at(c, i).time : last);
        if (until >= left && since <= right) {
            box->top = fmin(box->top, y_of(p, upper));
            box->bottom = fmax(box->bottom, y_of(p, lower));
        }
        if (i < c->steps) {
            since = until;
            upper = part_of(step_at(c, i), UPPER);
            lower = part_of(step_at(c, i), LOWER);
        }
    }
}

static oa_box occupied(const km_plot *p, double left, double right) {
    oa_box box = {left, p->plot.bottom, right, p->plot.top};
    for (size_t i = 0; i < p->n_curves; i++) {
        occupy(p, &p->curves[i], left, right, &box);
    }
    return box;
}

/* Upper right if the curves leave room there, else lower left; false: neither. */
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
    bool clear = right < p->plot.right && occupied(p, p->plot.left, right).bottom < *top - air;
    for (size_t i = 0; i < p->n_curves; i++) {
        const curve *c = &p->curves[i];
        clear = clear && (!median_reached(p, c) || (*top - air > y_of(p, 0.5) && right < x_of(p, c->median.estimate)));
    }
    return clear;
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
    if (km == NULL) {
        return counts;
    }
    counts.at_risk = oa_km_survival(km, time).n_risk;
    for (size_t i = 0; i < oa_km_steps(km); i++) {
        oa_km_step step = oa_km_step_at(km, i);
        if (step.n_risk <= counts.at_risk) {
            break;
        }
        counts.events += step.n_event;
        counts.censored += step.n_censor;
    }
    return counts;
}

static int64_t count_of(oa_km_counts counts, risk_row row) {
    return row == AT_RISK ? counts.at_risk : row == EVENTS ? counts.events : counts.censored;
}

/* The rows below the axis: of one curve what is counted, of several a heading and the subjects at risk of each. */
typedef struct row {
    const char *label;
    const curve *curve; /* NULL: a heading */
    risk_row what;
} row;

enum { MOST_ROWS = OA_KM_MOST_GROUPS + 1 };

static size_t risk_rows(const km_plot *p, row rows[MOST_ROWS]) {
    size_t n = 0;
    if (grouped(p)) {
        rows[n++] = (row){row_label(p->figure, AT_RISK), NULL, AT_RISK};
        for (size_t i = 0; i < p->n_curves; i++) {
            rows[n++] = (row){p->curves[i].name, &p->curves[i], AT_RISK};
        }
        return n;
    }
    for (risk_row what = AT_RISK; what < RISK_ROWS; what++) {
        if (has_row(p->figure, what)) {
            rows[n++] = (row){row_label(p->figure, what), &p->curves[0], what};
        }
    }
    return n;
}

/* What the labels take left of the numbers; a heading may reach over these. */
static double risk_label_room(const km_plot *p) {
    static const oa_text_style style = {.size = OA_SMALL};
    row rows[MOST_ROWS];
    double widest = 0.0;
    for (size_t n = risk_rows(p, rows); n-- > 0;) {
        if (rows[n].curve != NULL) {
            widest = fmax(widest, oa_canvas_text_width(p->canvas, rows[n].label, &style));
        }
    }
    return fmin(widest, oa_canvas_width(p->canvas) * 0.25);
}

static void draw_risk_row(const km_plot *p, const row *r, double y) {
    static const oa_text_style number = {.size = OA_SMALL, .color = OA_INK, .anchor = OA_MIDDLE};
    static const oa_text_style heading = {.size = OA_SMALL, .color = OA_INK, .bold = true};
    if (r->curve == NULL) {
        oa_canvas_text(p->canvas, OA_MARGIN, y, r->label, &heading);
        return;
    }
    oa_text_style label = {
        .size = OA_SMALL, .color = grouped(p) ? r->curve->color : OA_INK, .max_room = risk_label_room(p) + 0.1};
    oa_canvas_text(p->canvas, OA_MARGIN, y, r->label, &label);
    for (size_t i = 0; i < p->x_ticks.count; i++) {
        double time = p->x_ticks.at[i];
        int64_t count = count_of(oa_km_counts_at(r->curve->km, time), r->what);
        oa_canvas_text(p->canvas, x_of(p, time), y, oa_tick_text(oa_canvas_arena(p->canvas), (double)count), &number);
    }
}

static void draw_risk_table(const km_plot *p) {
    row rows[MOST_ROWS];
    size_t count = risk_rows(p, rows);
    double y = p->plot.bottom + OA_X_ROOM + OA_LINE;
    for (size_t i = 0; i < count; i++) {
        draw_risk_row(p, &rows[i], y);
        y += OA_LINE;
    }
}

/* --- all ------------------------------------------------------------------------------------------------------ */

static double draw_legend(const km_plot *p, oa_box box, bool draw) {
    oa_legend legend = {0};
    double level = p->figure->level;
    uint32_t color = grouped(p) ? OA_INK : p->curves[0].color;
    oa_marker_style tick = {.shape = OA_STROKE, .color = color};
    if (!grouped(p)) {
        oa_legend_add(&legend,
                      (oa_legend_item){OA_LINE_SAMPLE, "Kaplan\xE2\x80\x93Meier estimate", color, {0}, OA_SOLID});
    }
    if (level > 0.0 && level < 1.0) {
        const char *percent = oa_tick_text(oa_canvas_arena(p->canvas), 100.0 * level);
        const char *name = oa_printf(oa_canvas_arena(p->canvas), "%s%% CI", percent);
        oa_legend_add(&legend, (oa_legend_item){OA_SWATCH, name, grouped(p) ? OA_FAINT : band_color, {0}, OA_SOLID});
    }
    oa_legend_add(&legend, (oa_legend_item){OA_MARK, "Censored", color, tick, OA_SOLID});
    return oa_legend_lay(p->canvas, &legend, p->plot.left, box, draw);
}

/* At most `most` ticks, fewer where their numbers would touch. */
static oa_ticks x_ticks_of(const km_plot *p, double last, size_t most) {
    static const double gap = 4.0;
    const oa_km_figure *figure = p->figure;
    for (;; most--) {
        oa_ticks ticks =
            figure->round_steps ? oa_ticks_round(last, most) : oa_ticks_time(last, figure->x_step, most, false);
        double apart = (p->plot.right - p->plot.left) / (double)(ticks.count - 1);
        if (most <= 2 || oa_ticks_widest(p->canvas, &ticks) + gap <= apart) {
            return ticks;
        }
    }
}

static void lay_out(km_plot *p, oa_box box) {
    const oa_km_figure *figure = p->figure;
    row rows[MOST_ROWS];
    double observed = last_time(p);
    double last = figure->x_max > 0.0 ? figure->x_max : observed > 0.0 ? observed : 12.0;
    p->y_ticks = (oa_ticks){{0.0, 20.0, 40.0, 60.0, 80.0, 100.0}, 6};
    p->plot.left =
        fmax(box.left + oa_y_room(p->canvas, &p->y_ticks, figure->y_label), box.left + risk_label_room(p) + 14.0);
    p->plot.right = box.right - 8.0;
    p->plot.bottom = box.bottom - OA_X_ROOM - OA_LINE * (double)risk_rows(p, rows) - 5.0;
    p->plot.top = box.top + draw_legend(p, box, false);
    /* numbers at risk have up to four digits: 18 points */
    size_t most = (size_t)fmin(fmax((p->plot.right - p->plot.left) / 24.0, 2.0), 10.0);
    p->x_ticks = x_ticks_of(p, last, most);
    p->x = (oa_axis){0.0, p->x_ticks.at[p->x_ticks.count - 1], p->plot.left, p->plot.right, false};
    p->y = (oa_axis){0.0, 100.0, p->plot.bottom, p->plot.top, false};
}

static void draw_curves(const km_plot *p) {
    for (size_t i = 0; i < p->n_curves; i++) {
        if (p->curves[i].steps > 0 && p->figure->level > 0.0) {
            draw_band(p, &p->curves[i]);
        }
    }
    for (size_t i = 0; i < p->n_curves; i++) {
        draw_median(p, &p->curves[i]);
    }
    for (size_t i = 0; i < p->n_curves; i++) {
        if (p->curves[i].steps > 0) {
            draw_curve(p, &p->curves[i]);
        }
    }
}

void oa_draw_km(oa_canvas *canvas, const oa_km_figure *figure) {
    km_plot p = {.canvas = canvas, .figure = figure};
    oa_box box = oa_begin_figure(canvas, figure->note);
    double left = 0.0;
    double top = 0.0;
    bool any = false;
    take_curves(&p);
    for (size_t i = 0; i < p.n_curves; i++) {
        any = any || p.curves[i].steps > 0;
    }
    lay_out(&p, box);
    if (!place_text(&p, &left, &top)) {
        /* a strip of its own between legend and plot */
        left = p.plot.left;
        top = p.plot.top - 2.0;
        p.plot.top += text_row * (double)text_lines(figure) + 6.0;
        p.y.to = p.plot.top;
    }
    double ceiling = box.top + draw_legend(&p, box, true);
    if (any) {
        draw_curves(&p);
    } else {
        oa_draw_empty(canvas, p.plot);
    }
    oa_draw_y_axis(canvas, &p.y, &p.y_ticks, p.plot, ceiling, figure->y_label);
    oa_draw_x_axis(canvas, &p.x, &p.x_ticks, p.plot, figure->x_label);
    draw_risk_table(&p);
    draw_text(&p, left, top);
}
