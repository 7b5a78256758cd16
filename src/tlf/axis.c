/*
 * axis.c - scales, ticks and axes.
 */
#include "axis.h"

#include "../base/number.h"

#include <math.h>

static const oa_pen axis_pen = {OA_INK, 0.8, OA_SOLID};

double oa_axis_at(const oa_axis *axis, double value) {
    double low = axis->log ? log10(axis->low) : axis->low;
    double high = axis->log ? log10(axis->high) : axis->high;
    double at = axis->log ? log10(value) : value;
    double share = high > low ? (at - low) / (high - low) : 0.0;
    return axis->from + fmin(fmax(share, 0.0), 1.0) * (axis->to - axis->from);
}

/* --- ticks --------------------------------------------------------------------------------------------------- */

/* from, from + step, ... to the first at or beyond `to`; false when there are more than `most`. */
static bool fill_ticks(oa_ticks *ticks, double from, double to, double step, size_t most) {
    ticks->count = 0;
    double intervals = fmax(ceil((to - from) / step - 1e-9), 1.0);
    if (!(intervals + 1.0 <= (double)most)) {
        return false;
    }
    for (size_t i = 0; i <= (size_t)intervals; i++) {
        ticks->at[ticks->count++] = from + (double)i * step;
    }
    return true;
}

static size_t tick_limit(size_t most) {
    return most < 2 ? 2 : most > OA_MOST_TICKS ? OA_MOST_TICKS : most;
}

oa_ticks oa_ticks_time(double last, double step, size_t most, bool weeks) {
    static const double month_steps[] = {1.0, 2.0, 3.0, 6.0, 12.0};
    static const double week_steps[] = {1.0, 2.0, 4.0, 8.0, 12.0};
    const double *steps = weeks ? week_steps : month_steps;
    oa_ticks ticks;
    most = tick_limit(most);
    if (step > 0.0 && fill_ticks(&ticks, 0.0, last, step, OA_MOST_TICKS)) {
        return ticks;
    }
    for (size_t i = 0; i < 5; i++) {
        if (fill_ticks(&ticks, 0.0, last, steps[i], most)) {
            return ticks;
        }
    }
    for (step = 24.0; !fill_ticks(&ticks, 0.0, last, step, most); step *= 2.0) {
    }
    return ticks;
}

oa_ticks oa_ticks_round(double last, size_t most) {
    static const double mantissas[] = {1.0, 2.0, 5.0};
    oa_ticks ticks;
    most = tick_limit(most);
    last = last > 0.0 ? last : 1.0;
    for (int power = (int)floor(log10(last)) - 2;; power++) {
        for (size_t i = 0; i < sizeof mantissas / sizeof mantissas[0]; i++) {
            if (fill_ticks(&ticks, 0.0, last, mantissas[i] * pow(10.0, power), most)) {
                return ticks;
            }
        }
    }
}

size_t oa_time_ticks_most(double points) {
    return (size_t)fmin(fmax(points / 28.0, 2.0), 10.0);
}

oa_ticks oa_ticks_percent(double low, double high, size_t most) {
    static const double steps[] = {5.0, 10.0, 20.0, 25.0, 50.0, 100.0};
    oa_ticks ticks;
    most = tick_limit(most);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (fill_ticks(&ticks, floor(low / steps[i] + 1e-9) * steps[i], high, steps[i], most)) {
            return ticks;
        }
    }
    double step = 200.0;
    while (!fill_ticks(&ticks, floor(low / step) * step, high, step, most)) {
        step *= 2.0;
    }
    return ticks;
}

/* mantissas * 10^k that enclose low and high; every `stride`th decade. */
static bool fill_log(oa_ticks *ticks, double low, double high, const double *mantissas, size_t n, int stride,
                     size_t most) {
    int first = (int)floor(log10(low) - 1.0);
    first -= ((first % stride) + stride) % stride;
    ticks->count = 0;
    for (int decade = first;; decade += stride) {
        for (size_t i = 0; i < n; i++) {
            double at = mantissas[i] * pow(10.0, decade);
            if (at <= low * (1.0 + 1e-9)) {
                ticks->at[0] = at;
                ticks->count = 1;
                continue;
            }
            if (ticks->count >= most) {
                return false;
            }
            ticks->at[ticks->count++] = at;
            if (at >= high * (1.0 - 1e-9)) {
                return true;
            }
        }
    }
}

oa_ticks oa_ticks_log(double low, double high, size_t most) {
    static const double five[] = {1.0, 2.0, 5.0};
    static const double three[] = {1.0, 3.0};
    oa_ticks ticks;
    most = tick_limit(most);
    if (most < 3) {
        most = 3;
    }
    if (fill_log(&ticks, low, high, five, 3, 1, most) || fill_log(&ticks, low, high, three, 2, 1, most)) {
        return ticks;
    }
    for (int stride = 1; !fill_log(&ticks, low, high, five, 1, stride, most); stride++) {
    }
    return ticks;
}

/* --- axes ---------------------------------------------------------------------------------------------------- */

const char *oa_tick_text(oa_arena *arena, double value) {
    char digits[OA_NUMBER_SIZE];
    /* pow() may be off by a bit; no tick needs more than 10 decimals */
    oa_format_number(round(value * 1e10) / 1e10, digits);
    return digits[0] == '-' ? oa_printf(arena, "\xE2\x88\x92%s", digits + 1) : oa_strdup(arena, digits);
}

double oa_ticks_widest(oa_canvas *canvas, const oa_ticks *ticks) {
    static const oa_text_style style = {.size = OA_SMALL};
    double widest = 0.0;
    for (size_t i = 0; i < ticks->count; i++) {
        widest =
            fmax(widest, oa_canvas_text_width(canvas, oa_tick_text(oa_canvas_arena(canvas), ticks->at[i]), &style));
    }
    return widest;
}

void oa_draw_x_axis(oa_canvas *canvas, const oa_axis *axis, const oa_ticks *ticks, oa_box plot, const char *label) {
    static const oa_text_style number = {.size = OA_SMALL, .color = OA_INK, .anchor = OA_MIDDLE};
    oa_text_style text = {.size = OA_MEDIUM, .color = OA_INK, .anchor = OA_MIDDLE};
    double y = plot.bottom;
    oa_canvas_line(canvas, plot.left, y, plot.right, y, axis_pen);
    for (size_t i = 0; i < ticks->count; i++) {
        double x = oa_axis_at(axis, ticks->at[i]);
        oa_canvas_line(canvas, x, y, x, y + OA_TICK, axis_pen);
        oa_canvas_text(canvas, x, y + 12.0, oa_tick_text(oa_canvas_arena(canvas), ticks->at[i]), &number);
    }
    text.max_room = plot.right - plot.left;
    oa_canvas_text(canvas, (plot.left + plot.right) / 2.0, y + 26.0, label, &text);
}

double oa_y_room(oa_canvas *canvas, const oa_ticks *ticks, const char *label) {
    double room = oa_ticks_widest(canvas, ticks) + OA_TICK + 3.0;
    return label != NULL && label[0] != '\0' ? room + OA_MEDIUM + 6.0 : room;
}

void oa_draw_y_axis(oa_canvas *canvas, const oa_axis *axis, const oa_ticks *ticks, oa_box plot, double ceiling,
                    const char *label) {
    static const oa_text_style number = {.size = OA_SMALL, .color = OA_INK, .anchor = OA_END, .centred = true};
    double x = plot.left;
    oa_canvas_line(canvas, x, plot.top, x, plot.bottom, axis_pen);
    for (size_t i = 0; i < ticks->count; i++) {
        double y = oa_axis_at(axis, ticks->at[i]);
        oa_canvas_line(canvas, x - OA_TICK, y, x, y, axis_pen);
        oa_canvas_text(canvas, x - OA_TICK - 3.0, y, oa_tick_text(oa_canvas_arena(canvas), ticks->at[i]), &number);
    }
    oa_draw_y_label(canvas, x - oa_ticks_widest(canvas, ticks) - OA_TICK - 9.0, plot, ceiling, label);
}

/* Beside the middle of the plot; a label that is longer than the plot grows towards the ceiling. */
void oa_draw_y_label(oa_canvas *canvas, double x, oa_box plot, double ceiling, const char *label) {
    static const double below = 10.0;
    oa_text_style style = {.size = OA_MEDIUM, .color = OA_INK, .anchor = OA_MIDDLE, .angle = 90.0};
    double room = plot.bottom + below - ceiling;
    if (oa_canvas_text_width(canvas, label, &style) > room) {
        style.size = OA_SMALL;
    }
    style.max_room = room;
    double half = oa_canvas_text_width(canvas, label, &style) / 2.0;
    oa_canvas_text(canvas, x, fmin((plot.top + plot.bottom) / 2.0, plot.bottom + below - half), label, &style);
}
