/* km_plot.c - the figure of `onearm km`: a journal's column wide unless --width says otherwise, so that its smallest text
 * is printed at 8 points. */
#include "cmd_km.h"

#include "../base/io.h"
#include "../base/number.h"
#include "../base/text.h"
#include "../tlf/figure.h"

#include <math.h>
#include <string.h>

static const double points_per_mm = 72.0 / 25.4;
static const double narrowest = 70; /* mm: below, labels and numbers at risk have no room */
static const double widest = 300;
static const double longest = 1e300; /* time: beyond, the end of an axis is not finite */

static bool format_of(oa_cli *cli, const char *path, oa_figure_format *format) {
    static const struct {
        const char *extension;
        oa_figure_format format;
    } formats[] = {{".svg", OA_FIGURE_SVG}, {".pdf", OA_FIGURE_PDF}, {".png", OA_FIGURE_PNG}};
    const char *dot = strrchr(oa_base_name(path), '.');
    for (size_t i = 0; dot && i < sizeof formats / sizeof *formats; i++) {
        if (oa_streq_nocase(dot, formats[i].extension)) {
            *format = formats[i].format;
            return true;
        }
    }
    return oa_cli_refuse(cli, NULL, "%s is no figure that onearm draws: --plot takes a .svg, .pdf or .png", path);
}

/* A time of the legend: one decimal, three below 1; very small ones as they are. */
static const char *time_text(oa_arena *arena, double time) {
    char text[OA_NUMBER_SIZE];
    if (!isfinite(time)) {
        return "NR";
    }
    bool as_is = floor(time) >= time || time < 0.01;
    return as_is ? oa_number_text(arena, time) : oa_strdup(arena, oa_format_fixed(time, time < 1 ? 3 : 1, text));
}

/* "31 (13-NR)" */
static const char *median_text(const oa_km_call *call, oa_interval median) {
    oa_arena *arena = call->cli->arena;
    const char *estimate = isfinite(median.estimate) ? time_text(arena, median.estimate) : "Not reached";
    if (call->options.conf == OA_KM_NONE) {
        return estimate;
    }
    return oa_printf(arena, "%s (%s\xE2\x80\x93%s)", estimate, time_text(arena, median.lower),
                     time_text(arena, median.upper));
}

static void put_words(const oa_km_call *call, oa_km_figure *figure) {
    oa_arena *arena = call->cli->arena;
    bool interval = call->options.conf != OA_KM_NONE;
    const char *percent = oa_hundredfold(arena, call->options.level);
    figure->text[0] = oa_printf(arena, "Median%s%s%s%s%s", interval ? " (" : "", interval ? percent : "",
                                interval ? "% CI)" : "", call->unit ? ", " : "", call->unit ? call->unit : "");
    if (!call->by_name) {
        figure->text[1] = median_text(call, figure->median);
    }
    for (size_t i = 0; i < figure->n_groups; i++) {
        figure->text[1 + i] =
            oa_printf(arena, "%s\t%s", figure->groups[i].name, median_text(call, figure->groups[i].median));
    }
}

static oa_km_figure figure_of(const oa_km_call *call) {
    oa_arena *arena = call->cli->arena;
    size_t n = call->n_curves - 1;
    oa_km_group *groups = OA_NEW_ARRAY(arena, oa_km_group, n);
    for (size_t i = 0; i < n; i++) {
        const oa_km_curve *c = &call->curves[1 + i];
        groups[i] = (oa_km_group){.name = c->name, .km = c->km, .median = oa_km_quantile(c->km, 0.5)};
    }
    const oa_km *all = call->curves[0].km;
    oa_km_figure figure = {.km = all,
                           .groups = groups,
                           .n_groups = call->by_name ? n : 0,
                           .x_label = call->unit ? oa_printf(arena, "Time (%s)", call->unit) : call->time_name,
                           .y_label = oa_printf(arena, "%s (%%)", call->endpoint),
                           .round_steps = !call->unit || !oa_streq_nocase(call->unit, "months"),
                           .level = call->options.conf == OA_KM_NONE ? 0 : call->options.level,
                           .median = oa_km_quantile(all, 0.5)};
    put_words(call, &figure);
    return figure;
}

/* A plot in the shape of a postcard, and below it what the axis and the numbers at risk take, above it the medians. */
static double height_of(const oa_km_call *call, double width) {
    static const double line = 11.5;
    static const double shape = 0.62;
    double lines = call->by_name ? 2 * (double)call->n_curves : 1;
    return fmin(width, 170) * points_per_mm * shape + 60 + line * lines;
}

bool oa_km_plot(const oa_km_call *call, const char *path) {
    oa_cli *cli = call->cli;
    oa_figure_format format = OA_FIGURE_SVG;
    double width = 85;
    if (!format_of(cli, path, &format) || !oa_cli_number_option(cli, "--width", &width)) {
        return false;
    }
    if (width < narrowest || width > widest) {
        return oa_cli_refuse(cli, NULL, "--width is in mm, from 70 to 300: 85 is a column of a journal, 170 a page");
    }
    if (call->n_curves > 1 + OA_KM_MOST_GROUPS) {
        return oa_cli_refuse(cli, NULL,
                             "--plot draws up to %d groups, and %s has %zu; choose some of them with --where",
                             (int)OA_KM_MOST_GROUPS, call->by_name, call->n_curves - 1);
    }
    const oa_km *all = call->curves[0].km;
    if (oa_km_step_at(all, oa_km_steps(all) - 1).time > longest) {
        return oa_cli_refuse(cli, NULL, "--plot draws times up to 1e300; count them in a larger unit");
    }
    const oa_fonts *fonts = oa_fonts_open(cli->arena, NULL, cli->diag);
    oa_buf bytes;
    oa_buf_init(&bytes, cli->arena);
    oa_figure figure = {.kind = OA_FIGURE_KM,
                        .width = width * points_per_mm,
                        .height = height_of(call, width),
                        .alt = oa_printf(cli->arena, "%s, Kaplan-Meier estimate", call->endpoint),
                        .km = figure_of(call)};
    return fonts && oa_figure_render(cli->arena, fonts, &figure, format, &bytes, cli->diag) &&
           oa_write_file(cli->arena, path, bytes.bytes, bytes.length, cli->diag);
}
