/*
 * canvas_cairo.h - what canvas.c and canvas_text.c share; nobody else includes it.
 */
#ifndef OA_CANVAS_CAIRO_H
#define OA_CANVAS_CAIRO_H

#include "canvas.h"

#include <cairo.h>
#include <pango/pangocairo.h>

struct oa_canvas {
    oa_arena *arena;
    cairo_surface_t *surface; /* NULL: the context is somebody else's */
    cairo_t *cairo;
    PangoLayout *layout;
    oa_figure_format format;
    double width;
    double height;
    const char *title;
    oa_buf bytes;
    bool closed; /* finished: nothing more is taken from cairo */
};

void oa_canvas_begin_text(oa_canvas *canvas, const oa_fonts *fonts);
/* "" for NULL; each byte that is not UTF-8 becomes a question mark. */
const char *oa_canvas_utf8(oa_arena *arena, const char *text);
void oa_canvas_set_color(oa_canvas *canvas, uint32_t color);

#endif
