/* html.h - the few shapes that an HTML page of onearm consists of.  All text is escaped here and nowhere else. */
#ifndef OA_HTML_H
#define OA_HTML_H

#include "display.h"

#include "../base/buf.h"

/* Escapes & < > " '. */
void oa_html_text(oa_buf *out, const char *text);
/* <NAME CLASS>text</NAME>; class may be NULL. */
void oa_html_element(oa_buf *out, const char *name, const char *class_name, const char *text);
void oa_html_section(oa_buf *out, const char *id, const char *title);
void oa_html_end_section(oa_buf *out);
void oa_html_table(oa_buf *out, const oa_display *display);
/* A picture inside the page; `svg` becomes a data URL. */
void oa_html_figure(oa_buf *out, const char *id, const char *svg, size_t length, const char *alt, const char *caption);

#endif
