/*
 * normalise.h - the typography of journals made plain, with the way back.
 *
 * The grammar reads ASCII: points are '.', dashes are '-', spaces are ' '.  Each byte of the plain text knows the byte of
 * the original that it came from, so a claim can be shown where it stands.
 */
#ifndef OA_AUDIT_NORMALISE_H
#define OA_AUDIT_NORMALISE_H

#include "../base/arena.h"

#include <stdint.h>

/* Bytes of the plain text that stand for what ASCII has no letter for. */
enum {
    OA_PLAIN_RAISED = 1, /* a superscript: a footnote or an exponent, never part of a number */
    OA_PLAIN_LETTER = 2, /* a letter of another alphabet */
    OA_PLAIN_MINUS = 3,  /* a sign, where '-' may be a dash */
    OA_PLAIN_INFINITY = 4,
};

typedef struct oa_plain {
    char *text; /* NUL-terminated; holds no other NUL */
    size_t length;
    uint32_t *from; /* [length + 1]: the byte of the original; from[length] is its length */
} oa_plain;

/* `text` is valid UTF-8 of less than 4 GiB. */
oa_plain oa_plain_text(oa_arena *arena, const char *text, size_t length);

/* The text of an HTML page as UTF-8: no tags, no scripts, entities decoded, blocks as lines, <sup> digits raised.  from[] maps
 * it to the page. */
oa_plain oa_html_to_text(oa_arena *arena, const char *html, size_t length);
bool oa_looks_like_html(const char *text, size_t length);

/* Decodes the code point at text[*at] and moves on; the text is valid UTF-8. */
uint32_t oa_utf8_next(const char *text, size_t *at);

#endif
