/*
 * canvas_text.c - text on a canvas.  Hinting and rounding are off, so that a line is as wide in a PNG as in a PDF.
 */
#include "canvas_cairo.h"

#include <string.h>

static const double pi = 3.14159265358979323846;
static const double capital_height = 0.716; /* of Liberation Sans, in ems */
static const double line_height = 1.3;

void oa_canvas_begin_text(oa_canvas *canvas, const oa_fonts *fonts) {
    PangoContext *context = pango_font_map_create_context(oa_fonts_map(fonts));
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context, FALSE);
    /* not the locale's */
    pango_context_set_language(context, pango_language_from_string("en"));
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
    canvas->layout = pango_layout_new(context);
    g_object_unref(context);
}

const char *oa_canvas_utf8(oa_arena *arena, const char *text) {
    const char *bad = NULL;
    if (text == NULL || g_utf8_validate(text, -1, &bad)) {
        return text != NULL ? text : "";
    }
    char *copy = oa_strdup(arena, text);
    for (bad = copy + (bad - text); *bad != '\0';) {
        copy[bad - copy] = '?';
        if (g_utf8_validate(bad, -1, &bad)) {
            break;
        }
    }
    return copy;
}

static void set_text(oa_canvas *canvas, const char *text, const oa_text_style *style, double width, bool wrap) {
    PangoLayout *layout = canvas->layout;
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, OA_FONT_FAMILY);
    pango_font_description_set_weight(font, style->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font, style->size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);

    pango_layout_set_single_paragraph_mode(layout, !wrap);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width(layout, width > 0.0 ? (int)(width * PANGO_SCALE) : -1);
    pango_layout_set_ellipsize(layout, wrap || width <= 0.0 ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
    pango_layout_set_text(layout, oa_canvas_utf8(canvas->arena, text), -1);
}

static double line_width(PangoLayoutLine *line) {
    PangoRectangle logical;
    pango_layout_line_get_extents(line, NULL, &logical);
    return (double)logical.width / PANGO_SCALE;
}

void oa_canvas_text(oa_canvas *canvas, double x, double y, const char *text, const oa_text_style *style) {
    if (text == NULL || text[0] == '\0') {
        return;
    }
    set_text(canvas, text, style, style->max_room, false);
    PangoLayoutLine *line = pango_layout_get_line_readonly(canvas->layout, 0);
    double width = line_width(line);
    double shift = style->anchor == OA_START ? 0.0 : style->anchor == OA_MIDDLE ? -width / 2.0 : -width;
    cairo_save(canvas->cairo);
    cairo_translate(canvas->cairo, x, y);
    if (style->angle < 0.0 || style->angle > 0.0) {
        cairo_rotate(canvas->cairo, -style->angle * pi / 180.0);
    }
    cairo_move_to(canvas->cairo, shift, style->centred ? style->size * capital_height / 2.0 : 0.0);
    oa_canvas_set_color(canvas, style->color);
    pango_cairo_show_layout_line(canvas->cairo, line);
    cairo_restore(canvas->cairo);
    cairo_new_path(canvas->cairo);
}

double oa_canvas_text_width(oa_canvas *canvas, const char *text, const oa_text_style *style) {
    if (text == NULL || text[0] == '\0') {
        return 0.0;
    }
    set_text(canvas, text, style, style->max_room, false);
    return line_width(pango_layout_get_line_readonly(canvas->layout, 0));
}

double oa_canvas_paragraph(oa_canvas *canvas, double x, double y, double width, const char *text,
                           const oa_text_style *style, bool draw) {
    if (text == NULL || text[0] == '\0') {
        return 0.0;
    }
    set_text(canvas, text, style, width, true);
    int lines = pango_layout_get_line_count(canvas->layout);
    if (draw) {
        oa_canvas_set_color(canvas, style->color);
    }
    for (int i = 0; draw && i < lines; i++) {
        cairo_move_to(canvas->cairo, x, y + style->size + i * style->size * line_height);
        pango_cairo_show_layout_line(canvas->cairo, pango_layout_get_line_readonly(canvas->layout, i));
    }
    cairo_new_path(canvas->cairo);
    return lines * style->size * line_height;
}
