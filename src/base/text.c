/* text.c - see text.h. */
#include "text.h"

#include "number.h"

#include <math.h>
#include <string.h>

/* The length of the UTF-8 sequence at text[0..length), 0 where it is not one. */
static size_t sequence_length(const unsigned char *text, size_t length) {
    unsigned char lead = text[0];
    size_t wanted = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (wanted == 0 || wanted > length) {
        return 0;
    }
    for (size_t i = 1; i < wanted; i++) {
        if ((text[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    bool overlong = (lead == 0xE0 && text[1] < 0xA0) || (lead == 0xF0 && text[1] < 0x90);
    bool surrogate = lead == 0xED && text[1] >= 0xA0;
    bool beyond = lead == 0xF4 && text[1] >= 0x90;
    return overlong || surrogate || beyond ? 0 : wanted;
}

size_t oa_utf8_check(const char *text, size_t length) {
    const unsigned char *bytes = (const unsigned char *)text;
    size_t at = 0;
    while (at < length) {
        size_t step = bytes[at] < 0x80 ? 1 : sequence_length(bytes + at, length - at);
        if (step == 0) {
            return at;
        }
        at += step;
    }
    return length;
}

bool oa_streq(const char *a, const char *b) {
    return strcmp(a, b) == 0;
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static char upper(char c) {
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

bool oa_streq_nocase(const char *a, const char *b) {
    while (*a && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return lower(*a) == lower(*b);
}

char *oa_lower(oa_arena *arena, const char *text) {
    char *copy = oa_strdup(arena, text);
    for (char *c = copy; *c; c++) {
        *c = lower(*c);
    }
    return copy;
}

char *oa_upper(oa_arena *arena, const char *text) {
    char *copy = oa_strdup(arena, text);
    for (char *c = copy; *c; c++) {
        *c = upper(*c);
    }
    return copy;
}

const char *oa_base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

int oa_text_columns(const char *text) {
    int columns = 0;
    for (const char *c = text; *c; c++) {
        columns += (*c & 0xC0) != 0x80;
    }
    return columns;
}

const char *oa_number_text(oa_arena *arena, double value) {
    char text[OA_NUMBER_SIZE];
    return oa_strdup(arena, oa_format_number(value, text));
}

const char *oa_hundredfold(oa_arena *arena, double share) {
    return oa_number_text(arena, round(1e10 * share) / 1e8);
}

enum { WORD_MAX = 63 };

/* Levenshtein distance without regard to case; words over WORD_MAX are far from everything. */
static size_t distance(const char *a, const char *b) {
    size_t n = strlen(a);
    size_t m = strlen(b);
    size_t row[WORD_MAX + 1];
    if (n > WORD_MAX || m > WORD_MAX) {
        return WORD_MAX;
    }
    for (size_t j = 0; j <= m; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t change = diagonal + (lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1);
            size_t shorter = row[j] < row[j - 1] ? row[j] : row[j - 1];
            diagonal = row[j];
            row[j] = change < shorter + 1 ? change : shorter + 1;
        }
    }
    return row[m];
}

const char *oa_nearest(const char *text, const char *const *words, size_t count) {
    const char *best = NULL;
    size_t best_distance = strlen(text) / 3 + 2; /* one slip in three letters, and one more */
    for (size_t i = 0; i < count; i++) {
        size_t d = distance(text, words[i]);
        if (d < best_distance) {
            best = words[i];
            best_distance = d;
        }
    }
    return best;
}
