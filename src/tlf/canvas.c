/*
 * canvas.c - opening and finishing a canvas, and its shapes.  Text is in canvas_text.c.
 */
#include "canvas_cairo.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <string.h>

static void release_canvas(void *resource) {
    oa_canvas *canvas = resource;
    canvas->closed = true; /* a surface that was never finished writes its end here: drop it */
    if (canvas->layout != NULL) {
        g_object_unref(canvas->layout);
    }
    if (canvas->cairo != NULL) {
        cairo_destroy(canvas->cairo);
    }
    if (canvas->surface != NULL) {
        cairo_surface_destroy(canvas->surface);
    }
    canvas->layout = NULL;
    canvas->cairo = NULL;
    canvas->surface = NULL;
}

typedef struct chunk {
    oa_buf *buf;
    const char *bytes;
    size_t length;
} chunk;

static void put_chunk(void *context) {
    const chunk *c = context;
    oa_put_n(c->buf, c->bytes, c->length);
}

/* Called by cairo: memory that runs out must not jump across it. */
static cairo_status_t write_bytes(void *context, const unsigned char *bytes, unsigned int length) {
    oa_canvas *canvas = context;
    chunk c = {&canvas->bytes, (const char *)bytes, length};
    if (canvas->closed || !oa_arena_run(canvas->arena, put_chunk, &c)) {
        return CAIRO_STATUS_NO_MEMORY;
    }
    return canvas->bytes.full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *open_surface(oa_canvas *canvas, const oa_canvas_options *options) {
    cairo_surface_t *surface = NULL;
    double width = options->width;
    double height = options->height;
    switch (options->format) {
    case OA_FIGURE_SVG:
        return cairo_svg_surface_create_for_stream(write_bytes, canvas, width, height);
    case OA_FIGURE_PDF:
        surface = cairo_pdf_surface_create_for_stream(write_bytes, canvas, width, height);
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                       options->created != NULL ? options->created : "1970-01-01T00:00:00Z");
        if (canvas->title[0] != '\0') {
            cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, canvas->title);
        }
        return surface;
    case OA_FIGURE_PNG:
        break;
    }
    double scale = OA_PNG_DPI / 72.0;
    surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)lround(width * scale), (int)lround(height * scale));
    cairo_surface_set_device_scale(surface, scale, scale);
    return surface;
}

static oa_canvas *new_canvas(oa_arena *arena, double width, double height) {
    oa_canvas *canvas = OA_NEW(arena, oa_canvas);
    canvas->arena = arena;
    canvas->width = width;
    canvas->height = height;
    oa_arena_defer(arena, release_canvas, canvas);
    return canvas;
}

oa_canvas *oa_canvas_open(oa_arena *arena, const oa_fonts *fonts, const oa_canvas_options *options) {
    oa_canvas *canvas = new_canvas(arena, options->width, options->height);
    canvas->format = options->format;
    canvas->title = oa_canvas_utf8(arena, options->title);
    oa_buf_init(&canvas->bytes, arena);
    canvas->surface = open_surface(canvas, options);
    canvas->cairo = cairo_create(canvas->surface);
    oa_canvas_begin_text(canvas, fonts);
    oa_canvas_set_color(canvas, 0xFFFFFF);
    cairo_paint(canvas->cairo);
    return canvas;
}

double oa_canvas_width(const oa_canvas *canvas) {
    return canvas->width;
}

double oa_canvas_height(const oa_canvas *canvas) {
    return canvas->height;
}

oa_arena *oa_canvas_arena(const oa_canvas *canvas) {
    return canvas->arena;
}

/* --- bytes --------------------------------------------------------------------------------------------------- */

static void put_escaped(oa_buf *out, const char *text) {
    for (const char *p = text; *p != '\0'; p++) {
        switch (*p) {
        case '&':
            oa_put(out, "&amp;");
            break;
        case '<':
            oa_put(out, "&lt;");
            break;
        case '>':
            oa_put(out, "&gt;");
            break;
        default:
            oa_put_char(out, (unsigned char)*p < ' ' ? ' ' : *p);
        }
    }
}

/* Half of an SVG is the digits of glyph outlines: three decimals of a point are enough.  Percentages are colours, and
 * stay as they are. */
static void put_shorter(oa_buf *out, const char *text, const char *end) {
    static const char digits[] = "0123456789";
    while (text < end) {
        const char *point = memchr(text, '.', (size_t)(end - text));
        if (point == NULL) {
            break;
        }
        size_t decimals = strspn(point + 1, digits);
        size_t kept = decimals > 3 && point[1 + decimals] != '%' ? 3 : decimals;
        oa_put_n(out, text, (size_t)(point + 1 - text) + kept);
        text = point + 1 + decimals;
    }
    oa_put_n(out, text, (size_t)(end - text));
}

/* cairo names the outer group after a counter of the process (id="surface17"): gives it a name that stays, and adds a
 * title for readers that do not see the picture. */
static void put_svg(oa_buf *out, const oa_canvas *canvas) {
    static const char group[] = "id=\"surface";
    const char *rest = canvas->bytes.bytes;
    const char *end = rest + canvas->bytes.length;
    const char *svg = strstr(rest, "<svg");
    const char *open = svg != NULL ? strchr(svg, '>') : NULL;
    if (open != NULL && canvas->title[0] != '\0') {
        oa_put_n(out, rest, (size_t)(open - rest));
        oa_put(out, " role=\"img\">\n<title>");
        put_escaped(out, canvas->title);
        oa_put(out, "</title>");
        rest = open + 1;
    }
    for (const char *at = strstr(rest, group); at != NULL; at = strstr(rest, group)) {
        const char *digits = at + sizeof group - 1;
        put_shorter(out, rest, digits);
        rest = digits + strspn(digits, "0123456789");
    }
    put_shorter(out, rest, end);
}

/* cairo 1.16 writes "   /CreationDate (2025...": a PDF date starts with "D:".  The blanks pay for the two bytes, so
 * that no offset moves.  Later versions write it right and are left alone. */
static void mend_date(oa_canvas *canvas) {
    static const char wrong[] = "   /CreationDate (";
    static const char right[] = "  /CreationDate(D:";
    size_t size = sizeof wrong - 1;
    for (size_t at = canvas->bytes.length; at-- > 0;) {
        char *bytes = canvas->bytes.bytes + at;
        if (at + size < canvas->bytes.length && memcmp(bytes, wrong, size) == 0) {
            if (bytes[size] != 'D') {
                memcpy(bytes, right, size);
            }
            return;
        }
    }
}

bool oa_canvas_finish(oa_canvas *canvas, oa_buf *out, oa_diag *diag) {
    cairo_show_page(canvas->cairo);
    cairo_status_t status = cairo_status(canvas->cairo);
    if (status == CAIRO_STATUS_SUCCESS && canvas->format == OA_FIGURE_PNG) {
        status = cairo_surface_write_to_png_stream(canvas->surface, write_bytes, canvas);
    }
    cairo_surface_finish(canvas->surface);
    if (status == CAIRO_STATUS_SUCCESS) {
        status = cairo_surface_status(canvas->surface);
    }
    release_canvas(canvas);
    if (status != CAIRO_STATUS_SUCCESS) {
        oa_diag_add(diag, OA_ERROR, status == CAIRO_STATUS_NO_MEMORY ? OA_MEMORY : OA_SYSTEM, NULL, "TLF-CAIRO",
                    "the figure could not be drawn: %s", cairo_status_to_string(status));
        return false;
    }
    if (canvas->format == OA_FIGURE_SVG) {
        put_svg(out, canvas);
    } else {
        if (canvas->format == OA_FIGURE_PDF) {
            mend_date(canvas);
        }
        oa_put_n(out, canvas->bytes.bytes, canvas->bytes.length);
    }
    if (out->full) {
        oa_diag_add(diag, OA_ERROR, OA_LIMIT, NULL, "TLF-CAIRO", "the figure is larger than its buffer may grow");
    }
    return !out->full;
}

/* --- shapes -------------------------------------------------------------------------------------------------- */

void oa_canvas_set_color(oa_canvas *canvas, uint32_t color) {
    cairo_set_source_rgb(canvas->cairo, (color >> 16 & 0xFFU) / 255.0, (color >> 8 & 0xFFU) / 255.0,
                         (color & 0xFFU) / 255.0);
}

static void stroke(oa_canvas *canvas, oa_pen pen) {
    static const struct {
        double lengths[4];
        int count;
    } dashes[OA_DASHES] = {[OA_SOLID] = {{0}, 0},
                           [OA_DASHED] = {{4.0, 3.0}, 2},
                           [OA_DOTTED] = {{1.0, 2.0}, 2},
                           [OA_LONG_DASHED] = {{7.0, 2.0}, 2},
                           [OA_DASH_DOTTED] = {{6.0, 2.0, 1.5, 2.0}, 4}};
    oa_canvas_set_color(canvas, pen.color);
    cairo_set_line_width(canvas->cairo, pen.width);
    cairo_set_dash(canvas->cairo, dashes[pen.dash].lengths, dashes[pen.dash].count, 0.0);
    cairo_stroke(canvas->cairo);
}

static void trace(oa_canvas *canvas, const oa_point *points, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (i == 0) {
            cairo_move_to(canvas->cairo, points[i].x, points[i].y);
        } else {
            cairo_line_to(canvas->cairo, points[i].x, points[i].y);
        }
    }
}

void oa_canvas_line(oa_canvas *canvas, double x0, double y0, double x1, double y1, oa_pen pen) {
    cairo_move_to(canvas->cairo, x0, y0);
    cairo_line_to(canvas->cairo, x1, y1);
    stroke(canvas, pen);
}

void oa_canvas_polyline(oa_canvas *canvas, const oa_point *points, size_t count, oa_pen pen) {
    trace(canvas, points, count);
    stroke(canvas, pen);
}

void oa_canvas_polygon(oa_canvas *canvas, const oa_point *points, size_t count, uint32_t fill) {
    trace(canvas, points, count);
    cairo_close_path(canvas->cairo);
    oa_canvas_set_color(canvas, fill);
    cairo_fill(canvas->cairo);
}

void oa_canvas_shade(oa_canvas *canvas, const oa_point *points, size_t count, uint32_t fill, double opacity) {
    static const double full = 255.0;
    trace(canvas, points, count);
    cairo_close_path(canvas->cairo);
    cairo_set_source_rgba(canvas->cairo, (double)(fill >> 16 & 0xFF) / full, (double)(fill >> 8 & 0xFF) / full,
                          (double)(fill & 0xFF) / full, opacity);
    cairo_fill(canvas->cairo);
}

void oa_canvas_rect(oa_canvas *canvas, double x, double y, double width, double height, uint32_t fill) {
    cairo_rectangle(canvas->cairo, x, y, width, height);
    oa_canvas_set_color(canvas, fill);
    cairo_fill(canvas->cairo);
}

typedef struct outline {
    size_t count;
    oa_point at[7]; /* in units of the radius */
} outline;

/* Sizes are balanced so that all shapes look equally large. */
static const outline outlines[] = {
    [OA_CIRCLE] = {0},
    [OA_SQUARE] = {4, {{-0.88, -0.88}, {0.88, -0.88}, {0.88, 0.88}, {-0.88, 0.88}}},
    [OA_DIAMOND] = {4, {{0.0, -1.25}, {1.25, 0.0}, {0.0, 1.25}, {-1.25, 0.0}}},
    [OA_TRIANGLE_UP] = {3, {{0.0, -1.2}, {1.15, 0.8}, {-1.15, 0.8}}},
    [OA_TRIANGLE_DOWN] = {3, {{0.0, 1.2}, {1.15, -0.8}, {-1.15, -0.8}}},
    [OA_STROKE] = {2, {{0.0, -1.0}, {0.0, 1.0}}},
    [OA_CROSS] = {4, {{-0.85, -0.85}, {0.85, 0.85}, {0.85, -0.85}, {-0.85, 0.85}}},
    [OA_ARROW] = {7, {{0.0, -0.28}, {1.2, -0.28}, {1.2, -1.0}, {2.9, 0.0}, {1.2, 1.0}, {1.2, 0.28}, {0.0, 0.28}}},
};

static void marker_lines(oa_canvas *canvas, double x, double y, double radius, const outline *o, oa_pen pen) {
    for (size_t i = 0; i + 1 < o->count; i += 2) {
        oa_canvas_line(canvas, x + radius * o->at[i].x, y + radius * o->at[i].y, x + radius * o->at[i + 1].x,
                       y + radius * o->at[i + 1].y, pen);
    }
}

static void marker_path(oa_canvas *canvas, double x, double y, double radius, const outline *o) {
    cairo_new_path(canvas->cairo);
    if (o->count == 0) {
        cairo_arc(canvas->cairo, x, y, radius, 0.0, 2.0 * 3.14159265358979323846);
    }
    for (size_t i = 0; i < o->count; i++) {
        cairo_line_to(canvas->cairo, x + radius * o->at[i].x, y + radius * o->at[i].y);
    }
    cairo_close_path(canvas->cairo);
}

void oa_canvas_marker(oa_canvas *canvas, double x, double y, double radius, oa_marker_style style) {
    const outline *o = &outlines[style.shape];
    double line = radius * 0.42;
    if (style.shape == OA_STROKE || style.shape == OA_CROSS) {
        line = style.shape == OA_STROKE ? 1.1 : radius * 0.55;
        if (style.halo) {
            marker_lines(canvas, x, y, radius * 1.25, o, (oa_pen){0xFFFFFF, line + 1.4, OA_SOLID});
        }
        marker_lines(canvas, x, y, radius, o, (oa_pen){style.color, line, OA_SOLID});
        return;
    }
    if (style.halo) {
        marker_path(canvas, x, y, radius, o);
        stroke(canvas, (oa_pen){0xFFFFFF, fmin(1.6, radius * 0.6), OA_SOLID});
    }
    marker_path(canvas, x, y, style.hollow ? radius - line / 2.0 : radius, o);
    oa_canvas_set_color(canvas, style.hollow ? 0xFFFFFF : style.color);
    if (style.hollow) {
        cairo_fill_preserve(canvas->cairo);
        stroke(canvas, (oa_pen){style.color, line, OA_SOLID});
    } else {
        cairo_fill(canvas->cairo);
    }
}
