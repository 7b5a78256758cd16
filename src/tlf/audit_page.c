/*
 * audit_page.c - see audit_page.h.  The page needs no other file, no script and no network; a verdict has a symbol and a word
 * beside its colour.
 */
#include "audit_page.h"

#include "../base/text.h"
#include "html.h"

#include <string.h>

/* audit.css, embedded by the build */
extern const unsigned char oa_audit_css[];

/* Between the marks, the text is escaped stretch by stretch. */
static void put_stretch(oa_buf *out, const char *text, size_t begin, size_t end) {
    oa_html_text(out, oa_strndup(out->arena, text + begin, end - begin));
}

static const char *symbol_of(const oa_claim *c) {
    return oa_streq(c->verdict, "consistent")     ? "\xE2\x9C\x93"
           : oa_streq(c->verdict, "inconsistent") ? "\xE2\x9C\x97"
                                                  : "?";
}

static void put_mark(oa_buf *out, const oa_audit *audit, size_t text, size_t index) {
    size_t length;
    const char *shown = oa_audit_shown(audit, &length);
    const oa_claim *c = oa_audit_at(audit, index);
    oa_putf(out, "<mark class=\"%s\" id=\"m%zu-%zu\"><a href=\"#c%zu-%zu\" title=\"", c->verdict, text, index, text,
            index);
    oa_html_text(out, c->why);
    oa_put(out, "\">");
    put_stretch(out, shown, c->begin, c->end);
    oa_putf(out, "<sup aria-hidden=\"true\">%s%zu</sup><span class=\"unseen\"> (%s)</span></a></mark>", symbol_of(c),
            index + 1, c->verdict);
}

/* Claims may overlap (a sum lies over its parts): the gravest has the mark. */
static int gravity(const oa_claim *c) {
    return oa_streq(c->verdict, "inconsistent") ? 2 : oa_streq(c->verdict, "unverifiable") ? 0 : 1;
}

static bool is_covered(const oa_audit *audit, size_t index) {
    const oa_claim *c = oa_audit_at(audit, index);
    for (size_t i = index + 1; i < oa_audit_count(audit) && oa_audit_at(audit, i)->begin < c->end; i++) {
        const oa_claim *other = oa_audit_at(audit, i);
        if (gravity(other) > gravity(c) || (gravity(other) == gravity(c) && other->end < c->end)) {
            return true;
        }
    }
    return false;
}

static void put_text(oa_buf *out, const oa_audit *audit, size_t text) {
    size_t length;
    size_t at = 0;
    const char *shown = oa_audit_shown(audit, &length);
    oa_put(out, "<div class=\"text\">");
    for (size_t i = 0; i < oa_audit_count(audit); i++) {
        const oa_claim *c = oa_audit_at(audit, i);
        if (c->begin >= at && !is_covered(audit, i)) {
            put_stretch(out, shown, at, c->begin);
            put_mark(out, audit, text, i);
            at = c->end;
        }
    }
    put_stretch(out, shown, at, length);
    oa_put(out, "</div>\n");
}

static void put_cell(oa_buf *out, const char *text) {
    oa_html_element(out, "td", NULL, text);
}

static void put_claims(oa_buf *out, const oa_audit *audit, size_t text) {
    oa_put(
        out,
        "<div class=\"table\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">No.</th><th scope=\"col\">Verdict</th>"
        "<th scope=\"col\">Claim</th><th scope=\"col\">Reported</th><th scope=\"col\">Computed</th>"
        "<th scope=\"col\">Why</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < oa_audit_count(audit); i++) {
        const oa_claim *c = oa_audit_at(audit, i);
        oa_putf(out, "<tr class=\"%s\" id=\"c%zu-%zu\"><th scope=\"row\">%zu</th><td class=\"verdict\">%s %s</td>",
                c->verdict, text, i, i + 1, symbol_of(c), c->verdict);
        put_cell(out, c->text);
        put_cell(out, c->reported);
        put_cell(out, c->computed);
        put_cell(out, c->why);
        oa_put(out, "</tr>\n");
    }
    oa_put(out, "</tbody></table></div>\n");
}

static void put_summary(oa_buf *out, const oa_audit *audit) {
    oa_putf(out,
            "<p class=\"summary\">%zu claims: <span class=\"consistent\">\xE2\x9C\x93 %zu consistent</span>, "
            "<span class=\"inconsistent\">\xE2\x9C\x97 %zu inconsistent</span>, "
            "<span class=\"unverifiable\">? %zu unverifiable</span></p>\n",
            oa_audit_count(audit), oa_audit_tally(audit, "consistent"), oa_audit_tally(audit, "inconsistent"),
            oa_audit_tally(audit, "unverifiable"));
}

void oa_audit_page(oa_buf *out, const oa_audit *const *audits, size_t count) {
    oa_put(out,
           "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Audit</title>\n<style>\n");
    oa_put(out, (const char *)oa_audit_css);
    oa_put(out, "</style>\n</head>\n<body>\n<main>\n<h1>The numbers of the text, recomputed</h1>\n"
                "<p>A claim is inconsistent only where no reading of the text makes it right.</p>\n");
    for (size_t i = 0; i < count; i++) {
        oa_put(out, "<section>\n");
        oa_html_element(out, "h2", NULL, oa_audit_name(audits[i]));
        put_summary(out, audits[i]);
        put_text(out, audits[i], i);
        if (oa_audit_count(audits[i])) {
            put_claims(out, audits[i], i);
        }
        oa_put(out, "</section>\n");
    }
    oa_put(out, "</main>\n</body>\n</html>\n");
}
