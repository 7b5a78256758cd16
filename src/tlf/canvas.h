/*
 * canvas.h - a thin drawing surface in points (1 pt = 1/72 inch) for SVG, PDF and PNG, over cairo and pango.
 *
 * The origin is the upper left corner, y grows downwards.  The same calls give the same bytes on each run: the fonts
 * are two pinned files, hinting is off, and the date in a PDF is the one passed in.  Nothing is written to disk.
 */
#ifndef OA_CANVAS_H
#define OA_CANVAS_H

#include "../base/buf.h"

#include <onearm/diag.h>

#include <stdint.h>

struct _cairo;
struct _PangoFontMap;

/*
 * Liberation Sans Regular and Bold, and nothing else that the machine has.  One per report: opening takes a few
 * milliseconds.  Lives as long as the arena.  Not to be used by two threads at once.  `directory` NULL means the one
 * that the build names (OA_FONT_DIR).  NULL with a message (OA_SYSTEM) when the files are not there.
 */
typedef struct oa_fonts oa_fonts;
oa_fonts *oa_fonts_open(oa_arena *arena, const char *directory, oa_diag *diag);
/* For pages that are laid out with pango: the map, owned by the fonts, at 72 dpi; and the name of the family. */
struct _PangoFontMap *oa_fonts_map(const oa_fonts *fonts);
#define OA_FONT_FAMILY "Liberation Sans"

typedef enum oa_figure_format { OA_FIGURE_SVG, OA_FIGURE_PDF, OA_FIGURE_PNG } oa_figure_format;

enum { OA_PNG_DPI = 300 };

typedef struct oa_canvas oa_canvas;

typedef struct oa_canvas_options {
    oa_figure_format format;
    double width; /* points */
    double height;
    const char *title;   /* becomes the title of an SVG or PDF; may be NULL */
    const char *created; /* "2025-09-30" or "2025-09-30T12:00:00Z", for PDF; NULL: 1970-01-01 */
} oa_canvas_options;

/* A white page.  Lives as long as the arena, also when drawing is left half way. */
oa_canvas *oa_canvas_open(oa_arena *arena, const oa_fonts *fonts, const oa_canvas_options *options);
/* Appends the bytes of the picture to `out`.  Once per canvas.  False when cairo refused or `out` is full. */
bool oa_canvas_finish(oa_canvas *canvas, oa_buf *out, oa_diag *diag);

double oa_canvas_width(const oa_canvas *canvas);
double oa_canvas_height(const oa_canvas *canvas);
oa_arena *oa_canvas_arena(const oa_canvas *canvas);

/* Colours are 0xRRGGBB. */
typedef enum oa_dash { OA_SOLID, OA_DASHED, OA_DOTTED, OA_LONG_DASHED, OA_DASH_DOTTED, OA_DASHES } oa_dash;

typedef struct oa_pen {
    uint32_t color;
    double width;
    oa_dash dash;
} oa_pen;

typedef struct oa_point {
    double x, y;
} oa_point;

void oa_canvas_line(oa_canvas *canvas, double x0, double y0, double x1, double y1, oa_pen pen);
void oa_canvas_polyline(oa_canvas *canvas, const oa_point *points, size_t count, oa_pen pen);
void oa_canvas_polygon(oa_canvas *canvas, const oa_point *points, size_t count, uint32_t fill);
/* The same, through which what lies below can be seen: opacity 1 hides it. */
void oa_canvas_shade(oa_canvas *canvas, const oa_point *points, size_t count, uint32_t fill, double opacity);
void oa_canvas_rect(oa_canvas *canvas, double x, double y, double width, double height, uint32_t fill);

typedef enum oa_marker {
    OA_CIRCLE,
    OA_SQUARE,
    OA_DIAMOND,
    OA_TRIANGLE_UP,
    OA_TRIANGLE_DOWN,
    OA_STROKE, /* an upright line, as for censored times */
    OA_CROSS,
    OA_ARROW /* to the right, its tail at x */
} oa_marker;

typedef struct oa_marker_style {
    oa_marker shape;
    uint32_t color;
    bool hollow; /* filled white, drawn in colour */
    bool halo;   /* a thin white rim, for marks that stand on a bar */
} oa_marker_style;

void oa_canvas_marker(oa_canvas *canvas, double x, double y, double radius, oa_marker_style style);

typedef enum oa_anchor { OA_START, OA_MIDDLE, OA_END } oa_anchor;

typedef struct oa_text_style {
    double size;
    uint32_t color;
    bool bold;
    oa_anchor anchor;
    bool centred;    /* y is the middle of the capitals rather than the base line */
    double angle;    /* degrees, counter-clockwise, about (x, y) */
    double max_room; /* longer text ends in an ellipsis; 0: no limit */
} oa_text_style;

/* One line of UTF-8; NULL is taken as "".  Broken UTF-8 is shown with question marks. */
void oa_canvas_text(oa_canvas *canvas, double x, double y, const char *text, const oa_text_style *style);
/* The width that oa_canvas_text() would use, at most style->max_room. */
double oa_canvas_text_width(oa_canvas *canvas, const char *text, const oa_text_style *style);
/* Text broken into lines of `width`, the first base line at y + style->size.  Returns the height; draws if `draw`. */
double oa_canvas_paragraph(oa_canvas *canvas, double x, double y, double width, const char *text,
                           const oa_text_style *style, bool draw);

#endif
