/* normalise.c - see normalise.h.  The table of characters is the file; everything else is a walk over the text. */
#include "normalise.h"

#include <string.h>

#define RAISED   "\x01"
#define LETTER   "\x02"
#define MINUS    "\x03"
#define INFINITE "\x04"

/* Code points first..last become `plain`; where `step`, the last byte of it counts up with the code point. */
typedef struct range {
    uint32_t first;
    uint32_t last;
    const char *plain;
    bool step;
} range;

/* Sorted by code point.  What is between the lines is a letter of some alphabet. */
static const range ranges[] = {
    {0x00A0, 0x00A0, " ", false},                                    /* no-break space */
    {0x00A1, 0x00A7, "*", false},                                    /* inverted mark .. section */
    {0x00AB, 0x00AB, "\"", false},                                   /* left guillemet */
    {0x00AC, 0x00AC, "*", false},                                    /* not */
    {0x00AD, 0x00AD, "", false},                                     /* soft hyphen */
    {0x00AE, 0x00AF, "*", false},                                    /* registered, macron */
    {0x00B0, 0x00B0, RAISED, false},                                 /* degree */
    {0x00B1, 0x00B1, "+-", false},                                   /* plus-minus */
    {0x00B2, 0x00B3, RAISED, false},                                 /* superscript 2, 3 */
    {0x00B4, 0x00B4, "'", false},                                    /* acute accent */
    {0x00B5, 0x00B5, "u", false},                                    /* micro */
    {0x00B6, 0x00B6, RAISED, false},                                 /* pilcrow: a footnote */
    {0x00B7, 0x00B7, ".", false},                                    /* middle dot: the decimal point of the Lancet */
    {0x00B9, 0x00B9, RAISED, false},                                 /* superscript 1 */
    {0x00BB, 0x00BB, "\"", false},                                   /* right guillemet */
    {0x00BC, 0x00BF, "*", false},                                    /* fractions */
    {0x00D7, 0x00D7, "x", false},                                    /* times */
    {0x00F7, 0x00F7, "/", false},                                    /* divided by */
    {0x02C2, 0x02DF, "*", false},                                    /* modifier symbols */
    {0x0300, 0x036F, "", false},                                     /* combining marks */
    {0x0387, 0x0387, ".", false},                                    /* Greek ano teleia */
    {0x03BC, 0x03BC, "u", false},                                    /* mu */
    {0x05BE, 0x05BE, "-", false},                                    /* maqaf */
    {0x066A, 0x066A, "%", false},                                    /* Arabic percent */
    {0x066B, 0x066B, ".", false},                                    /* Arabic decimal point */
    {0x2000, 0x200A, " ", false},                                    /* en quad .. thin space .. hair space */
    {0x200B, 0x200F, "", false},                                     /* zero width */
    {0x2010, 0x2015, "-", false},                                    /* hyphen, figure dash, en dash, em dash */
    {0x2016, 0x2017, "*", false},                                    /* double bar, low line */
    {0x2018, 0x201B, "'", false},                                    /* quotes */
    {0x201C, 0x201F, "\"", false},                                   /* quotes */
    {0x2020, 0x2021, RAISED, false},                                 /* daggers */
    {0x2022, 0x2023, "*", false},                                    /* bullets */
    {0x2024, 0x2024, ".", false},                                    /* one dot leader */
    {0x2025, 0x2026, ",", false},                                    /* ellipsis */
    {0x2027, 0x2027, ".", false},                                    /* hyphenation point */
    {0x2028, 0x2029, "\n", false},                                   /* line, paragraph */
    {0x202A, 0x202E, "", false},                                     /* directions */
    {0x202F, 0x202F, " ", false},                                    /* narrow no-break space */
    {0x2030, 0x203E, "*", false},                                    /* per mille .. overline */
    {0x2043, 0x2043, "-", false},                                    /* hyphen bullet */
    {0x2044, 0x2044, "/", false},                                    /* fraction slash */
    {0x205F, 0x205F, " ", false},                                    /* mathematical space */
    {0x2060, 0x2064, "", false},                                     /* word joiner */
    {0x2066, 0x206F, "", false},                                     /* directions */
    {0x2070, 0x207F, RAISED, false},                                 /* superscripts */
    {0x2080, 0x2089, "0", true},                                     /* subscripts: p0, H0 */
    {0x208A, 0x209C, LETTER, false},                                 /* subscript letters */
    {0x20D0, 0x20FF, "", false},                                     /* combining marks */
    {0x2190, 0x21FF, "*", false},                                    /* arrows */
    {0x2212, 0x2212, MINUS, false},                                  /* minus */
    {0x2213, 0x2214, "*", false},      {0x2215, 0x2215, "/", false}, /* division slash */
    {0x2217, 0x2218, RAISED, false},                                 /* asterisk, ring: footnotes */
    {0x2219, 0x2219, ".", false},                                    /* bullet operator */
    {0x221E, 0x221E, INFINITE, false}, {0x2236, 0x2236, ":", false}, /* ratio */
    {0x223C, 0x223C, "~", false},                                    /* tilde operator */
    {0x2248, 0x2248, "~", false},                                    /* almost equal */
    {0x2264, 0x2264, "<=", false},     {0x2265, 0x2265, ">=", false},
    {0x2266, 0x2266, "<=", false},     {0x2267, 0x2267, ">=", false},
    {0x22C5, 0x22C5, ".", false}, /* dot operator */
    {0x2A7D, 0x2A7D, "<=", false},     {0x2A7E, 0x2A7E, ">=", false},
    {0x3000, 0x3000, " ", false},                                      /* ideographic space */
    {0x3001, 0x3001, ",", false},      {0x3002, 0x3002, ".\n", false}, /* ideographic full stop */
    {0x300A, 0x300B, "\"", false},     {0x3010, 0x3010, "[", false},
    {0x3011, 0x3011, "]", false},      {0x301C, 0x301C, "~", false}, /* wave dash */
    {0x30FB, 0x30FB, ".", false},                                    /* katakana middle dot */
    {0xFB00, 0xFB00, "ff", false},     {0xFB01, 0xFB01, "fi", false},
    {0xFB02, 0xFB02, "fl", false},     {0xFB03, 0xFB03, "ffi", false},
    {0xFB04, 0xFB04, "ffl", false},    {0xFB05, 0xFB06, "st", false},
    {0xFE0E, 0xFE0F, "", false},  /* variation selectors */
    {0xFE58, 0xFE58, "-", false}, /* small em dash */
    {0xFE63, 0xFE63, "-", false}, /* small hyphen */
    {0xFE6A, 0xFE6A, "%", false}, /* small percent */
    {0xFEFF, 0xFEFF, "", false},  /* byte order mark */
    {0xFF01, 0xFF5E, "!", true},  /* full-width ASCII */
    {0xFF61, 0xFF61, ".", false},      {0xFF65, 0xFF65, ".", false},
};
enum { N_RANGES = sizeof ranges / sizeof *ranges };

static const range *find_range(uint32_t point) {
    size_t low = 0;
    size_t high = N_RANGES;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (point > ranges[middle].last) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < N_RANGES && point >= ranges[low].first ? &ranges[low] : NULL;
}

uint32_t oa_utf8_next(const char *text, size_t *at) {
    const unsigned char *c = (const unsigned char *)text + *at;
    if (*c < 0x80) {
        *at += 1;
        return *c;
    }
    int more = *c >= 0xF0 ? 3 : *c >= 0xE0 ? 2 : 1;
    uint32_t point = *c & (0x3Fu >> more);
    for (int i = 1; i <= more; i++) {
        point = point << 6 | (c[i] & 0x3Fu);
    }
    *at += (size_t)more + 1;
    return point;
}

static void put(oa_plain *plain, char c, size_t from) {
    plain->text[plain->length] = c;
    plain->from[plain->length++] = (uint32_t)from;
}

static void put_point(oa_plain *plain, uint32_t point, size_t from) {
    const range *r = find_range(point);
    const char *text = r ? r->plain : LETTER;
    if (r && r->step) {
        put(plain, (char)(*text + (int)(point - r->first)), from);
        return;
    }
    for (; *text; text++) {
        put(plain, *text, from);
    }
}

/* Control characters mean nothing to the grammar, and some stand for something else there. */
static char plain_control(char c) {
    return c == '\n' || c == '\t' || c == '\f' ? c : ' ';
}

static bool is_lower(char c) {
    return (c >= 'a' && c <= 'z') || c == OA_PLAIN_LETTER;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* "evalu-\n  able": the bytes of the break at text[at], 0 where it is none. */
static size_t broken_word(const char *text, size_t at, size_t length) {
    size_t next = at + 1;
    if (text[at] != '-' || at == 0 || !is_lower(text[at - 1])) {
        return 0;
    }
    while (next < length && (text[next] == ' ' || text[next] == '\r' || text[next] == '\t')) {
        next++;
    }
    if (next >= length || text[next] != '\n') {
        return 0;
    }
    while (next < length && (text[next] == ' ' || text[next] == '\n')) {
        next++;
    }
    return next < length && is_lower(text[next]) ? next - at : 0;
}

/* A thin or no-break space inside a number: "1 234". */
static bool inside_number(const oa_plain *plain, const char *text, size_t next, size_t length) {
    return plain->length && is_digit(plain->text[plain->length - 1]) && next + 3 <= length && is_digit(text[next]) &&
           is_digit(text[next + 1]) && is_digit(text[next + 2]) && !(next + 3 < length && is_digit(text[next + 3]));
}

static bool is_thin(uint32_t point) {
    return point == 0x00A0 || point == 0x2009 || point == 0x200A || point == 0x202F;
}

oa_plain oa_plain_text(oa_arena *arena, const char *text, size_t length) {
    /* No character becomes more bytes than it has. */
    oa_plain plain = {.text = oa_alloc(arena, length + 1, 1), .from = OA_NEW_ARRAY(arena, uint32_t, length + 1)};
    for (size_t at = 0; at < length;) {
        size_t from = at;
        if ((unsigned char)text[at] < 0x80) {
            size_t skip = broken_word(text, at, length);
            if (!skip) {
                put(&plain, (unsigned char)text[at] < 0x20 ? plain_control(text[at]) : text[at], from);
            }
            at += skip ? skip : 1;
            continue;
        }
        uint32_t point = oa_utf8_next(text, &at);
        if (!is_thin(point) || !inside_number(&plain, text, at, length)) {
            put_point(&plain, point, from);
        }
    }
    plain.from[plain.length] = (uint32_t)length;
    return plain;
}
