/* html.c - see html.h. */
#include "html.h"

#include <string.h>

/* A cell of more bytes may be broken over lines; shorter ones are dates and numbers. */
enum { LONG_TEXT = 28 };

void oa_html_text(oa_buf *out, const char *text) {
    const char *from = text;
    for (const char *c = text;; c++) {
        const char *escape = *c == '&'    ? "&amp;"
                             : *c == '<'  ? "&lt;"
                             : *c == '>'  ? "&gt;"
                             : *c == '"'  ? "&quot;"
                             : *c == '\'' ? "&#39;"
                                          : NULL;
        if (*c == '\0' || escape) {
            oa_put_n(out, from, (size_t)(c - from));
            from = c + 1;
        }
        if (*c == '\0') {
            return;
        }
        if (escape) {
            oa_put(out, escape);
        }
    }
}

void oa_html_element(oa_buf *out, const char *name, const char *class_name, const char *text) {
    oa_putf(out, "<%s", name);
    if (class_name) {
        oa_putf(out, " class=\"%s\"", class_name);
    }
    oa_put(out, ">");
    oa_html_text(out, text);
    oa_putf(out, "</%s>", name);
}

void oa_html_section(oa_buf *out, const char *id, const char *title) {
    oa_putf(out, "<section id=\"%s\">\n", id);
    oa_html_element(out, "h2", NULL, title);
    oa_put(out, "\n");
}

void oa_html_end_section(oa_buf *out) {
    oa_put(out, "</section>\n");
}

static void put_head(oa_buf *out, const oa_display *d) {
    oa_put(out, "<thead><tr><th scope=\"col\">");
    oa_html_text(out, d->corner);
    oa_put(out, "</th>");
    for (size_t i = 0; i < d->n_columns; i++) {
        oa_put(out, "<th scope=\"col\">");
        oa_html_text(out, d->columns[i]);
        oa_put(out, "</th>");
    }
    oa_put(out, "</tr></thead>\n");
}

static void put_row(oa_buf *out, const oa_display *d, const oa_display_row *row) {
    const char *mark = NULL;
    for (size_t i = 0; i < d->n_columns; i++) {
        mark = row->cells[i].mark ? row->cells[i].mark : mark;
    }
    oa_put(out, "<tr");
    if (mark || row->heading) {
        oa_putf(out, " class=\"%s\"", mark ? mark : "heading");
    }
    oa_putf(out, "><th scope=\"row\" class=\"in%d\">", row->indent);
    oa_html_text(out, row->label);
    oa_put(out, "</th>");
    for (size_t i = 0; i < d->n_columns; i++) {
        oa_put(out, "<td");
        if (strlen(row->cells[i].text) > LONG_TEXT) {
            oa_put(out, " class=\"words\"");
        }
        if (row->cells[i].result) {
            oa_put(out, " data-result=\"");
            oa_html_text(out, row->cells[i].result);
            oa_put(out, "\"");
        }
        oa_put(out, ">");
        oa_html_text(out, row->cells[i].text);
        oa_put(out, "</td>");
    }
    oa_put(out, "</tr>\n");
}

void oa_html_table(oa_buf *out, const oa_display *d) {
    oa_putf(out, "<div class=\"display\"><div class=\"table%s\" tabindex=\"0\" role=\"region\" aria-label=\"",
            d->n_columns == 1 ? " narrow" : "");
    oa_html_text(out, d->title);
    oa_put(out, "\"><table>\n<caption>");
    oa_html_text(out, d->title);
    if (*d->population) {
        oa_html_element(out, "span", "population", d->population);
    }
    oa_put(out, "</caption>\n");
    put_head(out, d);
    oa_put(out, "<tbody>\n");
    for (size_t i = 0; i < d->n_rows; i++) {
        put_row(out, d, &d->rows[i]);
    }
    oa_put(out, "</tbody>\n</table></div>\n");
    if (*d->footnote) {
        oa_html_element(out, "p", "footnote", d->footnote);
    }
    oa_put(out, "</div>\n");
}

static void put_base64(oa_buf *out, const unsigned char *bytes, size_t length) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < length; i += 3) {
        unsigned b0 = bytes[i];
        unsigned b1 = i + 1 < length ? bytes[i + 1] : 0U;
        unsigned b2 = i + 2 < length ? bytes[i + 2] : 0U;
        char quad[4] = {digits[b0 >> 2], digits[(b0 & 3U) << 4 | b1 >> 4],
                        i + 1 < length ? digits[(b1 & 15U) << 2 | b2 >> 6] : '=',
                        i + 2 < length ? digits[b2 & 63U] : '='};
        oa_put_n(out, quad, sizeof quad);
    }
}

void oa_html_figure(oa_buf *out, const char *id, const char *svg, size_t length, const char *alt, const char *caption) {
    oa_putf(out, "<figure id=\"figure-%s\"><img alt=\"", id);
    oa_html_text(out, alt);
    oa_put(out, "\" src=\"data:image/svg+xml;base64,");
    put_base64(out, (const unsigned char *)svg, length);
    oa_put(out, "\"><figcaption>");
    oa_html_text(out, caption);
    oa_put(out, "</figcaption></figure>\n");
}
