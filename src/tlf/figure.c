/*
 * figure.c - one entry for all figures: sizes, formats, palette.
 */
#include "axis.h"

#include <math.h>

const oa_category oa_bor_categories[OA_BOR_CATEGORIES] = {
    [OA_BOR_CR] = {"CR", 0x0B3C5D}, [OA_BOR_PR] = {"PR", 0x1F6FA5}, [OA_BOR_SD] = {"SD", 0xBDD3E1},
    [OA_BOR_PD] = {"PD", 0xDD8A4A}, [OA_BOR_NE] = {"NE", 0xE2E2E2},
};

const oa_mark_kind oa_swimmer_marks[OA_SWIMMER_MARKS] = {
    [OA_MARK_IODINE] = {"\xC2\xB9\xC2\xB3\xC2\xB9I dose", OA_TRIANGLE_UP, 0x6A3D9A, false},
    [OA_MARK_RESPONSE] = {"First response", OA_CIRCLE, OA_INK, true},
    [OA_MARK_PROGRESSION] = {"Progression", OA_DIAMOND, 0xA63A12, false},
    [OA_MARK_DEATH] = {"Death", OA_CROSS, OA_INK, false},
};

enum { LEAST_WIDTH = 180, LEAST_HEIGHT = 144, LARGEST = 2000 };

static double usual_height(const oa_figure *figure) {
    switch (figure->kind) {
    case OA_FIGURE_KM:
        return 330.0;
    case OA_FIGURE_WATERFALL:
        return 300.0;
    case OA_FIGURE_CHANGE:
        return 330.0;
    case OA_FIGURE_DESIGN:
        return 420.0;
    case OA_FIGURE_SWIMMER:
        break;
    }
    /* rows that can be read, as long as they fit on a page */
    return fmin(fmax(110.0 + 13.0 * (double)figure->swimmer.n_bars, 180.0), 640.0);
}

void oa_figure_size(const oa_figure *figure, double *width, double *height) {
    *width = figure->width > 0.0 ? figure->width : 468.0;
    *height = figure->height > 0.0 ? figure->height : usual_height(figure);
}

void oa_draw_figure(oa_canvas *canvas, const oa_figure *figure) {
    switch (figure->kind) {
    case OA_FIGURE_KM:
        oa_draw_km(canvas, &figure->km);
        return;
    case OA_FIGURE_WATERFALL:
        oa_draw_waterfall(canvas, &figure->waterfall);
        return;
    case OA_FIGURE_CHANGE:
        oa_draw_change(canvas, &figure->change);
        return;
    case OA_FIGURE_SWIMMER:
        oa_draw_swimmer(canvas, &figure->swimmer);
        return;
    case OA_FIGURE_DESIGN:
        oa_draw_design(canvas, &figure->design);
        return;
    }
}

bool oa_figure_render(oa_arena *arena, const oa_fonts *fonts, const oa_figure *figure, oa_figure_format format,
                      oa_buf *out, oa_diag *diag) {
    oa_canvas_options options = {.format = format, .title = figure->alt, .created = figure->created};
    oa_figure_size(figure, &options.width, &options.height);
    if (!(options.width >= LEAST_WIDTH && options.width <= LARGEST && options.height >= LEAST_HEIGHT &&
          options.height <= LARGEST)) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "TLF-SIZE",
                    "a figure is %d to %d points wide and %d to %d high; %.0f by %.0f was asked for", LEAST_WIDTH,
                    LARGEST, LEAST_HEIGHT, LARGEST, options.width, options.height);
        return false;
    }
    oa_canvas *canvas = oa_canvas_open(arena, fonts, &options);
    oa_draw_figure(canvas, figure);
    return oa_canvas_finish(canvas, out, diag);
}
