/* scalar.c - see scalar.h. */
#include "scalar.h"

#include "../base/number.h"
#include "../base/text.h"

#include <math.h>
#include <string.h>

static bool fail(const oa_scalar *s, oa_code code, const char *rule, const char *text) {
    oa_problem_add(s->problems, s->node->mark, code, rule, "%s", text);
    return false;
}

static const char *path_of(const oa_scalar *s) {
    return oa_path_text(s->problems->arena, s->path);
}

static const char *quoted_text(const oa_scalar *s) {
    return oa_quoted(s->problems->arena, s->node->text);
}

static const char *range_text(const oa_scalar *s) {
    oa_buf range;
    oa_buf_init(&range, s->problems->arena);
    oa_schema_range(s->key, &range);
    return range.length > 0 ? oa_printf(s->problems->arena, " %s", range.bytes) : "";
}

static bool is_absent(const oa_scalar *s) {
    if (!oa_node_is_null(s->node)) {
        return false;
    }
    return !fail(s, OA_SYNTAX, "PROTOCOL-EMPTY",
                 oa_printf(s->problems->arena, "%s has no value: write one, or remove the key", path_of(s)));
}

/* ---- how a number would have been right ---- */

static bool is_fraction(const oa_key *key) {
    return key->bounds == OA_WITHIN && key->to <= 1;
}

static const char *say_percent(const oa_scalar *s, const char *text, size_t length) {
    oa_arena *arena = s->problems->arena;
    char number[OA_NUMBER_SIZE];
    double value = 0;
    if (length < 2 || text[length - 1] != '%') {
        return NULL;
    }
    length--;
    while (length > 1 && text[length - 1] == ' ') {
        length--;
    }
    char *head = oa_strndup(arena, text, length);
    const char *scaled = oa_printf(arena, "%se-2", head);
    if (!oa_parse_number(head, length, &value) || !oa_parse_number(scaled, strlen(scaled), &value)) {
        return NULL;
    }
    return is_fraction(s->key) ? oa_printf(arena, "write %s %% as %s", head, oa_format_number(value, number))
                               : oa_printf(arena, "write it without the percent sign, %s", head);
}

static const char *say_comma(const oa_scalar *s, const char *text, size_t length) {
    oa_arena *arena = s->problems->arena;
    double value = 0;
    const char *comma = strchr(text, ',');
    if (!comma) {
        return NULL;
    }
    char *pointed = oa_strndup(arena, text, length);
    pointed[comma - text] = '.';
    if (!oa_parse_number(pointed, length, &value)) {
        return "write it without commas, with a point for decimals";
    }
    bool thousands = strlen(comma) == 4 && comma > text && text[0] != '0';
    return thousands
               ? oa_printf(arena, "write %.*s%s or %s, without a comma", (int)(comma - text), text, comma + 1, pointed)
               : oa_printf(arena, "decimals follow a point, write %s", pointed);
}

static const char *say_zeros(const oa_scalar *s, const char *text, size_t length) {
    double value = 0;
    size_t sign = text[0] == '-' || text[0] == '+' ? 1 : 0;
    size_t digits = sign;
    while (text[digits] == '0' && text[digits + 1] >= '0' && text[digits + 1] <= '9') {
        digits++;
    }
    if (digits == sign || !oa_parse_number(text + digits, length - digits, &value)) {
        return NULL;
    }
    return oa_printf(s->problems->arena, "write it without leading zeros, %.*s%s", (int)sign, text, text + digits);
}

static const char *say_hexadecimal(const oa_scalar *s, const char *text, size_t length) {
    static const char digits[] = "0123456789abcdef";
    int64_t value = 0;
    if (length < 3 || length > 14 || text[0] != '0' || (text[1] != 'x' && text[1] != 'X')) {
        return NULL;
    }
    const char *lower = oa_lower(s->problems->arena, text);
    for (size_t i = 2; i < length; i++) {
        const char *digit = lower[i] ? strchr(digits, lower[i]) : NULL;
        if (!digit) {
            return NULL;
        }
        value = value * 16 + (digit - digits);
    }
    return oa_printf(s->problems->arena, "write it in decimal, %lld", (long long)value);
}

static const char *say_not_finite(const oa_scalar *s, const char *text, size_t length) {
    static const char *const words[] = {"nan",   ".nan", "inf",   ".inf",     "+inf",
                                        "+.inf", "-inf", "-.inf", "infinity", "na"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (oa_streq_nocase(text, words[i])) {
            return "where there is no number, remove the key";
        }
    }
    (void)s;
    return strspn(text, "0123456789.eE+-") == length && strpbrk(text, "eE") ? "it is beyond what a number can be"
                                                                            : NULL;
}

/* "84 days": the number alone would do. */
static const char *say_unit(const oa_scalar *s, const char *text, size_t length) {
    double value = 0;
    (void)length;
    size_t head = strspn(text, "0123456789.+-");
    if (text[head] != ' ' || !oa_parse_number(text, head, &value)) {
        return NULL;
    }
    const char *unit = s->key->unit ? oa_printf(s->problems->arena, " (%s)", s->key->unit) : "";
    return oa_printf(s->problems->arena, "write the number alone, %.*s%s", (int)head, text, unit);
}

static const char *say_quotes(const oa_scalar *s, const char *text, size_t length) {
    double value = 0;
    return !s->node->plain && oa_parse_number(text, length, &value)
               ? oa_printf(s->problems->arena, "write it without quotes, %s", text)
               : NULL;
}

static bool fail_number(const oa_scalar *s, const char *kind) {
    static const char *(*const remedies[])(const oa_scalar *, const char *, size_t) = {
        say_quotes, say_percent, say_comma, say_zeros, say_hexadecimal, say_not_finite, say_unit,
    };
    enum { LONGEST = 60 };
    const char *remedy = NULL;
    if (s->node->length <= LONGEST && strlen(s->node->text) == s->node->length) {
        for (size_t i = 0; !remedy && i < sizeof remedies / sizeof *remedies; i++) {
            remedy = remedies[i](s, s->node->text, s->node->length);
        }
    }
    return fail(s, OA_SYNTAX, "PROTOCOL-NUMBER",
                oa_printf(s->problems->arena, "%s must be a %s%s, not %s: %s", path_of(s), kind, range_text(s),
                          quoted_text(s), remedy ? remedy : "write it in digits, with a point for decimals"));
}

static bool check_range(const oa_scalar *s, double value) {
    char fraction[OA_NUMBER_SIZE];
    if (oa_schema_in_range(s->key, value)) {
        return true;
    }
    oa_arena *arena = s->problems->arena;
    bool percent = is_fraction(s->key) && value > 1 && value < 100;
    const char *hint =
        percent ? oa_printf(arena, "; write %s %% as %s", s->node->text, oa_format_number(value / 100, fraction)) : "";
    return fail(s, OA_VALUE, "PROTOCOL-RANGE",
                oa_printf(arena, "%s is %s, but must be%s%s", path_of(s), quoted_text(s), range_text(s), hint));
}

/* The text is a number, but no integer as oa_parse_integer() takes it: it has decimals or is beyond 2^53. */
static bool fail_integer(const oa_scalar *s, double number) {
    bool whole = fabs(number - trunc(number)) <= 0;
    return fail(s, whole ? OA_VALUE : OA_SYNTAX, whole ? "PROTOCOL-RANGE" : "PROTOCOL-NUMBER",
                oa_printf(s->problems->arena, "%s must be a whole number%s, not %s: %s", path_of(s), range_text(s),
                          quoted_text(s), whole ? "it is too large" : "it has decimals"));
}

bool oa_scalar_number(const oa_scalar *s, double *value) {
    double number = 0;
    if (is_absent(s)) {
        return false;
    }
    if (!s->node->plain || !oa_parse_number(s->node->text, s->node->length, &number)) {
        return fail_number(s, "number");
    }
    if (s->key->whole && fabs(number - trunc(number)) > 0) {
        return fail_integer(s, number);
    }
    if (!check_range(s, number)) {
        return false;
    }
    *value = number;
    return true;
}

bool oa_scalar_integer(const oa_scalar *s, int64_t *value) {
    double number = 0;
    int64_t integer = 0;
    if (is_absent(s)) {
        return false;
    }
    if (!s->node->plain || !oa_parse_number(s->node->text, s->node->length, &number)) {
        return fail_number(s, "whole number");
    }
    if (!oa_parse_integer(s->node->text, s->node->length, &integer)) {
        return fail_integer(s, number);
    }
    if (!check_range(s, number)) {
        return false;
    }
    *value = integer;
    return true;
}

bool oa_scalar_bool(const oa_scalar *s, bool *value) {
    static const char *const likely[][2] = {{"true", "true"}, {"yes", "true"}, {"on", "true"},     {"y", "true"},
                                            {"1", "true"},    {"t", "true"},   {"false", "false"}, {"no", "false"},
                                            {"off", "false"}, {"n", "false"},  {"0", "false"},     {"f", "false"}};
    const oa_node *node = s->node;
    if (node->plain && node->flow && node->length == 0) {
        *value = true; /* {tsh_state, assay} */
        return true;
    }
    if (is_absent(s)) {
        return false;
    }
    if (node->plain && (oa_streq(node->text, "true") || oa_streq(node->text, "false"))) {
        *value = node->text[0] == 't';
        return true;
    }
    const char *right = "true or false";
    for (size_t i = 0; i < sizeof likely / sizeof *likely; i++) {
        right = oa_streq_nocase(node->text, likely[i][0]) ? likely[i][1] : right;
    }
    return fail(s, OA_SYNTAX, "PROTOCOL-BOOL",
                oa_printf(s->problems->arena, "%s must be true or false, not %s: write %s%s", path_of(s),
                          quoted_text(s), right, node->plain ? "" : ", without quotes"));
}

bool oa_scalar_date(const oa_scalar *s, oa_date *value) {
    oa_date date = {0};
    if (is_absent(s)) {
        return false;
    }
    bool read = oa_parse_date(s->node->text, s->node->length, &date) && date.known != OA_KNOWN_NOTHING;
    if (read && date.known == OA_KNOWN_DAY) {
        *value = date;
        return true;
    }
    const char *remedy = !read                       ? "write a day that exists as YYYY-MM-DD, such as 2025-01-31"
                         : date.known < OA_KNOWN_DAY ? "give year, month and day"
                                                     : "leave out the time of day";
    return fail(s, OA_SYNTAX, "PROTOCOL-DATE",
                oa_printf(s->problems->arena, "%s must be a date, not %s: %s", path_of(s), quoted_text(s), remedy));
}

bool oa_has_control(const char *text, size_t length) {
    const unsigned char *c = (const unsigned char *)text;
    for (size_t i = 0; i < length; i++) {
        bool c0 = c[i] < 0x20 && c[i] != '\n' && c[i] != '\t';
        bool c1 = c[i] == 0xC2 && i + 1 < length && c[i + 1] < 0xA0;
        if (c0 || c1 || c[i] == 0x7F) {
            return true;
        }
    }
    return false;
}

bool oa_scalar_text(const oa_scalar *s, const char **value) {
    if (is_absent(s)) {
        return false;
    }
    if (oa_has_control(s->node->text, s->node->length)) {
        return fail(s, OA_SYNTAX, "PROTOCOL-TEXT",
                    oa_printf(s->problems->arena, "%s holds a control character: remove the escape", path_of(s)));
    }
    if (s->node->length == 0 && s->key->required) {
        return fail(s, OA_VALUE, "PROTOCOL-TEXT",
                    oa_printf(s->problems->arena, "%s is empty: write a text", path_of(s)));
    }
    *value = s->node->text;
    return true;
}

const char *oa_listed(oa_arena *arena, const char *const *words, size_t count) {
    const char *text = count > 0 ? words[0] : "";
    for (size_t i = 1; i < count; i++) {
        text = oa_printf(arena, "%s%s%s", text, i + 1 < count ? ", " : " or ", words[i]);
    }
    return text;
}

bool oa_scalar_word(const oa_scalar *s, size_t *index) {
    const char *const *words = s->key->words;
    const oa_node *node = s->node;
    if (is_absent(s)) {
        return false;
    }
    size_t count = 0;
    for (; words[count]; count++) {
        if (oa_streq(node->text, words[count]) && strlen(words[count]) == node->length) {
            *index = count;
            return true;
        }
    }
    oa_arena *arena = s->problems->arena;
    const char *near = count > 1 ? oa_nearest(node->text, words, count) : NULL;
    return fail(s, OA_VALUE, "PROTOCOL-CHOICE",
                oa_printf(arena, "%s is %s, but must be %s%s", path_of(s), quoted_text(s),
                          oa_listed(arena, words, count), near ? oa_printf(arena, "; did you mean %s?", near) : ""));
}
