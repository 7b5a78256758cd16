/* html.c - the text of an HTML page: tags out, entities decoded, superscripts kept apart from the numbers beside them. */
#include "normalise.h"

#include "../base/text.h"

#include <string.h>

typedef struct entity {
    const char *name;
    uint32_t point;
} entity;

/* Those that stand in numbers and their surroundings; others stay as they are written. */
static const entity entities[] = {
    {"amp", '&'},       {"lt", '<'},       {"gt", '>'},         {"quot", '"'},     {"apos", '\''},
    {"nbsp", 0xA0},     {"percnt", '%'},   {"lpar", '('},       {"rpar", ')'},     {"period", '.'},
    {"comma", ','},     {"equals", '='},   {"plusmn", 0xB1},    {"sup1", 0xB9},    {"sup2", 0xB2},
    {"sup3", 0xB3},     {"middot", 0xB7},  {"centerdot", 0xB7}, {"times", 0xD7},   {"shy", 0xAD},
    {"deg", 0xB0},      {"micro", 0xB5},   {"sdot", 0x22C5},    {"ndash", 0x2013}, {"mdash", 0x2014},
    {"hyphen", 0x2010}, {"minus", 0x2212}, {"ensp", 0x2002},    {"emsp", 0x2003},  {"thinsp", 0x2009},
    {"hairsp", 0x200A}, {"numsp", 0x2007}, {"hellip", 0x2026},  {"le", 0x2264},    {"ge", 0x2265},
    {"leq", 0x2264},    {"geq", 0x2265},   {"infin", 0x221E},   {"sim", 0x223C},   {"asymp", 0x2248},
    {"lsquo", 0x2018},  {"rsquo", 0x2019}, {"ldquo", 0x201C},   {"rdquo", 0x201D}, {"dagger", 0x2020},
    {"Dagger", 0x2021}, {"alpha", 0x3B1},  {"beta", 0x3B2},     {"gamma", 0x3B3},  {"mu", 0x3BC},
    {"kappa", 0x3BA},   {"zwnj", 0x200C},  {"frasl", 0x2044},
};

/* Elements that begin a line of their own. */
static const char *const blocks[] = {"p",  "div",   "br",    "li",      "tr",      "h1",       "h2",    "h3",
                                     "h4", "h5",    "h6",    "section", "dd",      "dt",       "ul",    "ol",
                                     "hr", "table", "title", "sec",     "article", "abstract", "header"};
static const char *const cells[] = {"td", "th"};
static const char *const hidden[] = {"script", "style", "template", "noscript"};

typedef struct page {
    const char *html;
    size_t length;
    size_t at;
    int raised; /* open <sup> elements */
    oa_plain out;
} page;

static void put_byte(page *p, char c, size_t from) {
    p->out.text[p->out.length] = c;
    p->out.from[p->out.length++] = (uint32_t)from;
}

static void put_point(page *p, uint32_t point, size_t from) {
    if (point < 0x80) {
        put_byte(p, (char)point, from);
    } else if (point < 0x800) {
        put_byte(p, (char)(0xC0 | point >> 6), from);
        put_byte(p, (char)(0x80 | (point & 0x3F)), from);
    } else if (point < 0x10000) {
        put_byte(p, (char)(0xE0 | point >> 12), from);
        put_byte(p, (char)(0x80 | (point >> 6 & 0x3F)), from);
        put_byte(p, (char)(0x80 | (point & 0x3F)), from);
    } else {
        put_byte(p, (char)(0xF0 | point >> 18), from);
        put_byte(p, (char)(0x80 | (point >> 12 & 0x3F)), from);
        put_byte(p, (char)(0x80 | (point >> 6 & 0x3F)), from);
        put_byte(p, (char)(0x80 | (point & 0x3F)), from);
    }
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_letter(char c) {
    return lower(c) >= 'a' && lower(c) <= 'z';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* The name of the element at html[at], in small letters. */
static size_t tag_name(const page *p, size_t at, char name[16]) {
    size_t n = 0;
    while (at + n < p->length && n < 15 && (is_letter(p->html[at + n]) || (n && is_digit(p->html[at + n])))) {
        name[n] = lower(p->html[at + n]);
        n++;
    }
    name[n] = '\0';
    return n;
}

static bool is_among(const char *name, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (oa_streq(name, list[i])) {
            return true;
        }
    }
    return false;
}
#define IS_AMONG(name, list) is_among(name, list, sizeof(list) / sizeof *(list))

/* Moves behind the next `end`, or to the end of the page. */
static void skip_past(page *p, const char *end) {
    size_t n = strlen(end);
    while (p->at + n <= p->length && memcmp(p->html + p->at, end, n) != 0) {
        p->at++;
    }
    p->at = p->at + n <= p->length ? p->at + n : p->length;
}

static void skip_element(page *p, const char *name) {
    char found[16];
    while (p->at < p->length) {
        if (p->html[p->at] == '<' && p->at + 1 < p->length && p->html[p->at + 1] == '/') {
            tag_name(p, p->at + 2, found);
            if (oa_streq(found, name)) {
                skip_past(p, ">");
                return;
            }
        }
        p->at++;
    }
}

static void take_tag(page *p) {
    size_t start = p->at;
    char name[16];
    if (p->at + 4 <= p->length && memcmp(p->html + p->at, "<!--", 4) == 0) {
        skip_past(p, "-->");
        return;
    }
    bool closes = p->at + 1 < p->length && p->html[p->at + 1] == '/';
    tag_name(p, p->at + (closes ? 2 : 1), name);
    skip_past(p, ">");
    if (!closes && IS_AMONG(name, hidden)) {
        skip_element(p, name);
    } else if (IS_AMONG(name, blocks)) {
        put_byte(p, '\n', start);
    } else if (IS_AMONG(name, cells)) {
        put_byte(p, closes ? ';' : ' ', start);
    } else if (oa_streq(name, "sup")) {
        p->raised += closes ? -(p->raised > 0) : 1;
    }
}

static bool is_character(uint32_t point) {
    return point >= 0x20 && point <= 0x10FFFF && !(point >= 0xD800 && point <= 0xDFFF);
}

static uint32_t number_of(const char *digits, size_t length) {
    bool hex = length && lower(*digits) == 'x';
    uint32_t point = 0;
    for (size_t i = hex; i < length; i++) {
        char c = lower(digits[i]);
        uint32_t digit = is_digit(c)                   ? (uint32_t)(c - '0')
                         : hex && c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
                                                       : 99;
        if (digit == 99 || point > 0x10FFFF) {
            return 0;
        }
        point = point * (hex ? 16 : 10) + digit;
    }
    return is_character(point) ? point : 0;
}

static uint32_t entity_of(const char *name, size_t length) {
    if (length > 1 && *name == '#') {
        return number_of(name + 1, length - 1);
    }
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        if (strlen(entities[i].name) == length && memcmp(entities[i].name, name, length) == 0) {
            return entities[i].point;
        }
    }
    return 0;
}

/* The code point of the entity at the ampersand; an ampersand that begins none stands for itself. */
static uint32_t take_entity(page *p) {
    size_t n = 1;
    while (p->at + n < p->length && n < 12 && p->html[p->at + n] != ';') {
        n++;
    }
    bool closed = p->at + n < p->length && p->html[p->at + n] == ';';
    uint32_t point = closed ? entity_of(p->html + p->at + 1, n - 1) : 0;
    p->at += point ? n + 1 : 1;
    return point ? point : '&';
}

static uint32_t raised(uint32_t point) {
    static const uint32_t digits[] = {0x2070, 0xB9, 0xB2, 0xB3, 0x2074, 0x2075, 0x2076, 0x2077, 0x2078, 0x2079};
    return point >= '0' && point <= '9' ? digits[point - '0'] : point == ',' || point == '-' ? 0x2070 : point;
}

static void take_text(page *p) {
    size_t from = p->at;
    uint32_t point = p->html[p->at] == '&' ? take_entity(p) : oa_utf8_next(p->html, &p->at);
    /* A line's end in the source of a page is a blank. */
    point = point == '\n' || point == '\r' || point == '\t' ? ' ' : point;
    put_point(p, p->raised > 0 ? raised(point) : point, from);
}

oa_plain oa_html_to_text(oa_arena *arena, const char *html, size_t length) {
    /* A raised digit takes three bytes. */
    page p = {.html = html, .length = length};
    p.out.text = oa_alloc(arena, 3 * length + 1, 1);
    p.out.from = OA_NEW_ARRAY(arena, uint32_t, 3 * length + 1);
    while (p.at < length) {
        bool tag =
            html[p.at] == '<' && p.at + 1 < length &&
            (is_letter(html[p.at + 1]) || html[p.at + 1] == '/' || html[p.at + 1] == '!' || html[p.at + 1] == '?');
        if (tag) {
            take_tag(&p);
        } else {
            take_text(&p);
        }
    }
    p.out.from[p.out.length] = (uint32_t)length;
    return p.out;
}

/* A page begins with its doctype or an element, as none of our texts does. */
bool oa_looks_like_html(const char *text, size_t length) {
    size_t at = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < length && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
        at++;
    }
    return at + 1 < length && text[at] == '<' &&
           (is_letter(text[at + 1]) || text[at + 1] == '!' || text[at + 1] == '?');
}
