/*
 * legend.c - the row of symbols above a plot, the note below it, and an empty plot.
 */
#include "axis.h"

#include <math.h>

static const double symbol_room = 16.0;
static const double item_gap = 12.0;

void oa_legend_add(oa_legend *legend, oa_legend_item item) {
    if (legend->count < OA_MOST_LEGEND && item.name != NULL && item.name[0] != '\0') {
        legend->items[legend->count++] = item;
    }
}

void oa_legend_categories(oa_legend *legend, const oa_category *categories, const bool *used, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (used[i]) {
            oa_legend_add(legend, (oa_legend_item){OA_SWATCH, categories[i].name, categories[i].color, {0}, OA_SOLID});
        }
    }
}

static void draw_symbol(oa_canvas *canvas, const oa_legend_item *item, double x, double y) {
    switch (item->symbol) {
    case OA_SWATCH:
        oa_canvas_rect(canvas, x, y - 3.5, 11.0, 7.0, item->color);
        return;
    case OA_LINE_SAMPLE:
        oa_canvas_line(canvas, x, y, x + 12.0, y,
                       (oa_pen){item->color, item->dash == OA_SOLID ? 1.6 : 0.8, item->dash});
        return;
    case OA_MARK:
        oa_canvas_marker(canvas, item->mark.shape == OA_ARROW ? x + 1.5 : x + 7.0, y, 3.0, item->mark);
        return;
    }
}

static oa_text_style item_style(double room) {
    return (oa_text_style){.size = OA_SMALL, .color = OA_INK, .centred = true, .max_room = room - symbol_room};
}

static double item_width(oa_canvas *canvas, const oa_legend_item *item, double room) {
    oa_text_style style = item_style(room);
    return symbol_room + oa_canvas_text_width(canvas, item->name, &style);
}

static double one_row(oa_canvas *canvas, const oa_legend *legend, double room) {
    double width = -item_gap;
    for (size_t i = 0; i < legend->count; i++) {
        width += item_width(canvas, &legend->items[i], room) + item_gap;
    }
    return width;
}

double oa_legend_lay(oa_canvas *canvas, const oa_legend *legend, double plot_left, oa_box box, bool draw) {
    static const double row = 13.0;
    double room = box.right - box.left;
    double left = one_row(canvas, legend, room) <= box.right - plot_left ? plot_left : box.left;
    oa_text_style style = item_style(room);
    double x = left;
    double y = box.top + row / 2.0;
    if (legend->count == 0) {
        return 4.0;
    }
    for (size_t i = 0; i < legend->count; i++) {
        const oa_legend_item *item = &legend->items[i];
        double width = item_width(canvas, item, room);
        if (i > 0 && x + width > box.right) {
            x = left;
            y += row;
        }
        if (draw) {
            draw_symbol(canvas, item, x, y);
            oa_canvas_text(canvas, x + symbol_room, y, item->name, &style);
        }
        x += width + item_gap;
    }
    return y + row / 2.0 - box.top + 7.0;
}

oa_box oa_begin_figure(oa_canvas *canvas, const char *note) {
    static const oa_text_style style = {.size = OA_SMALL, .color = OA_GREY};
    oa_box box = {OA_MARGIN, OA_MARGIN, oa_canvas_width(canvas) - OA_MARGIN, oa_canvas_height(canvas) - OA_MARGIN};
    double height = oa_canvas_paragraph(canvas, 0.0, 0.0, box.right - box.left, note, &style, false);
    /* a note never takes more than half of the figure */
    double room = fmin(height, (box.bottom - box.top) / 2.0);
    if (height > 0.0) {
        oa_canvas_paragraph(canvas, box.left, box.bottom - room, box.right - box.left, note, &style, true);
        box.bottom -= room + 6.0;
    }
    return box;
}

void oa_draw_empty(oa_canvas *canvas, oa_box plot) {
    static const oa_text_style style = {.size = OA_MEDIUM, .color = OA_GREY, .anchor = OA_MIDDLE, .centred = true};
    static const char text[] = "No subjects";
    double x = (plot.left + plot.right) / 2.0;
    double y = (plot.top + plot.bottom) / 2.0;
    double width = oa_canvas_text_width(canvas, text, &style) + 12.0;
    oa_canvas_rect(canvas, x - width / 2.0, y - 8.0, width, 16.0, 0xFFFFFF);
    oa_canvas_text(canvas, x, y, text, &style);
}

uint32_t oa_category_color(const oa_category *categories, size_t count, size_t index) {
    return index < count ? categories[index].color : OA_GREY;
}
