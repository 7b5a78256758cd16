/* tokens.c - see tokens.h.  Marks and numbers are read by hand, words by the lexicon. */
#include "tokens.h"

#include <string.h>

enum { LOOK_AHEAD = 7, MOST_DIGITS = 15, MOST_DECIMALS = 6 };

typedef struct scanner {
    const oa_plain *plain;
    const oa_lexicon *lexicon;
    oa_arena *arena;
    oa_tokens out;
    size_t capacity;
    size_t at;
    size_t sentence; /* the first token of the sentence */
    bool commas;     /* the text prints decimal commas */
    bool headed;     /* the sentence has the head "n (%)" of a table, whose cells print "15 (41.7)" */
} scanner;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == OA_PLAIN_LETTER;
}

static bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\f';
}

/* The byte at a place of the text, 0 behind its end. */
static char byte_at(const scanner *s, size_t at) {
    return at < s->plain->length ? s->plain->text[at] : '\0';
}

static char symbol_at(const scanner *s, size_t back) {
    return s->out.count >= back ? s->out.symbols[s->out.count - back] : '\n';
}

static oa_token *add(scanner *s, char symbol, size_t start, size_t end) {
    if (s->out.count + 1 >= s->capacity) {
        size_t grown = s->capacity * 2;
        s->out.symbols = oa_regrow(s->arena, s->out.symbols, s->capacity, grown, 1);
        s->out.tokens = oa_regrow(s->arena, s->out.tokens, s->capacity, grown, sizeof *s->out.tokens);
        s->capacity = grown;
    }
    oa_token *token = &s->out.tokens[s->out.count];
    *token = (oa_token){.start = (uint32_t)start, .end = (uint32_t)end};
    s->out.symbols[s->out.count++] = symbol;
    return token;
}

/* ---- numbers ----------------------------------------------------------------------------------------------------- */

/* "1,234" and no list of numbers. */
static bool is_thousand(const scanner *s, size_t comma, size_t digits_before) {
    return digits_before <= 3 && byte_at(s, comma) == ',' && is_digit(byte_at(s, comma + 1)) &&
           is_digit(byte_at(s, comma + 2)) && is_digit(byte_at(s, comma + 3)) && !is_digit(byte_at(s, comma + 4)) &&
           byte_at(s, comma + 4) != '.';
}

/* The place behind one or two digits that follow the mark at `at`, and no third; 0: there is none. */
static size_t behind_decimals(const scanner *s, size_t at) {
    size_t end = at + 1;
    while (end < at + 4 && is_digit(byte_at(s, end))) {
        end++;
    }
    return end > at + 1 && end < at + 4 ? end : 0;
}

/* "55,0%": a comma as the decimal point, told by the percent sign; elsewhere in such a text, "5,8 months" and "0,004". */
static bool is_decimal_comma(const scanner *s, size_t at) {
    if (byte_at(s, at) != ',') {
        return false;
    }
    size_t end = behind_decimals(s, at);
    bool zero = at > 0 && s->plain->text[at - 1] == '0' && (at == 1 || !is_digit(s->plain->text[at - 2]));
    return s->commas ? end || (zero && is_digit(byte_at(s, at + 1))) : end && byte_at(s, end) == '%';
}

/* Percentages with commas, and none with a point. */
static bool has_decimal_commas(const scanner *s) {
    bool commas = false;
    for (size_t at = 1; at < s->plain->length; at++) {
        char c = s->plain->text[at];
        if ((c == ',' || c == '.') && is_digit(s->plain->text[at - 1])) {
            size_t end = behind_decimals(s, at);
            while (end && byte_at(s, end) == ' ') {
                end++;
            }
            bool percent = end && byte_at(s, end) == '%';
            if (percent && c == '.') {
                return false;
            }
            commas = commas || percent;
        }
    }
    return commas;
}

typedef struct number {
    size_t end;
    int64_t digits;
    int decimals;
    int count; /* of digits */
} number;

static void take_digit(const scanner *s, number *n) {
    if (n->count < MOST_DIGITS) {
        n->digits = 10 * n->digits + (byte_at(s, n->end) - '0');
    }
    n->count++;
    n->end++;
}

/* "2 345 cycles": a blank between thousands, where a word follows and no "level 2" stands before. */
static bool is_spaced_thousand(const scanner *s, size_t blank, size_t digits_before) {
    size_t end = blank + 1;
    while (end < blank + 5 && is_digit(byte_at(s, end))) {
        end++;
    }
    return digits_before <= 3 && byte_at(s, blank) == ' ' && end == blank + 4 && byte_at(s, end) == ' ' &&
           is_letter(byte_at(s, end + 1)) && !strchr("Gdfg(/-", symbol_at(s, 1));
}

static number read_number(const scanner *s, size_t start) {
    number n = {.end = start};
    while (is_digit(byte_at(s, n.end))) {
        take_digit(s, &n);
    }
    while (n.count && !is_decimal_comma(s, n.end) && is_thousand(s, n.end, n.end - start)) {
        n.end++;
        while (is_digit(byte_at(s, n.end))) {
            take_digit(s, &n);
        }
    }
    if (n.count && is_spaced_thousand(s, n.end, n.end - start)) {
        n.end++;
        while (is_digit(byte_at(s, n.end))) {
            take_digit(s, &n);
        }
    }
    bool point = byte_at(s, n.end) == '.' || is_decimal_comma(s, n.end);
    if (point && is_digit(byte_at(s, n.end + 1))) {
        n.end++;
        while (is_digit(byte_at(s, n.end)) && n.decimals < MOST_DECIMALS) {
            n.decimals++;
            take_digit(s, &n);
        }
    }
    return n;
}

/* A sign, not a dash between two numbers. */
static bool is_negative(const scanner *s, size_t start) {
    char before = start ? s->plain->text[start - 1] : ' ';
    char last = symbol_at(s, 2);
    if (before == OA_PLAIN_MINUS) {
        return !strchr("df%X)", last);
    }
    return before == '-' && start >= 2 && strchr(" (,;=<>\n", s->plain->text[start - 2]) && !strchr("df%X)u", last);
}

/* Numbers behind "grade", "day", ">=" count nobody; so do the next ones of "grade 3 or 4", "stage I-3/4". */
static bool counts_nobody(const scanner *s, int64_t value) {
    char last = symbol_at(s, 1);
    if (last == 'G' || last == '>' || last == '<' || (last == '=' && strchr("<>", symbol_at(s, 2)))) {
        return symbol_at(s, last == '=' ? 3 : 2) != 'p';
    }
    if (last == 'v' && symbol_at(s, 2) == 'G') { /* "prior lines were 1" */
        return true;
    }
    if (last == 'u') { /* "week 24", not "8.3 months 95 %" */
        return !strchr("dfg-", symbol_at(s, 2));
    }
    /* Grades, stages and lines end at 5: behind "2024, 20" stands a count. */
    bool after_share =
        symbol_at(s, 2) == ')' && symbol_at(s, 3) == '%' && symbol_at(s, 5) == '('; /* 1 (50 %), 2 (30 %) */
    return symbol_at(s, after_share ? 6 : 2) == 'g' && strchr("-/aOt,+", last) && (strchr("-/", last) || value <= 5);
}

static bool is_year(const number *n) {
    return n->count == 4 && n->decimals == 0 && n->digits >= 1900 && n->digits <= 2099;
}

/* "12-month", "3-fold", "28-day": part of a word; "5.1-NR" and "31.5-to-76.9" are not. */
static bool begins_word(const scanner *s, size_t end) {
    if (byte_at(s, end) != '-' || !is_letter(byte_at(s, end + 1))) {
        return false;
    }
    const char *word = s->plain->text + end + 1;
    return strncmp(word, "NE", 2) != 0 && strncmp(word, "NR", 2) != 0 && strncmp(word, "NA", 2) != 0 &&
           strncmp(word, "not", 3) != 0 && strncmp(word, "to", 2) != 0 && strncmp(word, "CI", 2) != 0;
}

/* "grade 3 or higher", "grade >= 3", "grades 3-4": the word becomes a label. */
static void name_grade_3(scanner *s) {
    size_t back = 1;
    while (strchr(">=", symbol_at(s, back)) && symbol_at(s, back) != '\n') {
        back++;
    }
    oa_token *word = s->out.count >= back ? &s->out.tokens[s->out.count - back] : NULL;
    if (symbol_at(s, back) == 'G' && (byte_at(s, word->start) == 'g' || byte_at(s, word->start) == 'G')) {
        s->out.symbols[s->out.count - back] = 'L';
        word->label = OA_LABEL_GRADE_3;
    }
}

static void take_word(scanner *s);

static void take_number(scanner *s) {
    size_t start = s->at;
    number n = read_number(s, start);
    char next = byte_at(s, n.end);
    bool glued = is_letter(next) && n.decimals == 0;
    if (next == OA_PLAIN_RAISED && !is_blank(byte_at(s, n.end + 1)) && is_letter(byte_at(s, n.end + 1))) {
        glued = true;
    }
    bool negative = is_negative(s, start);
    if (negative) {
        s->out.count--;
    }
    char symbol =
        counts_nobody(s, n.digits) || begins_word(s, n.end) || (is_year(&n) && next != '%') || next == OA_PLAIN_RAISED
            ? 'g'
        : n.decimals || n.count > MOST_DIGITS || negative ? 'f'
                                                          : 'd';
    if (symbol == 'g' && n.digits == 3 && n.decimals == 0) {
        name_grade_3(s);
    }
    oa_token *token = add(s, symbol, negative ? start - 1 : start, n.end);
    token->digits = negative ? -n.digits : n.digits;
    token->decimals = (int8_t)n.decimals;
    s->at = n.end;
    while (byte_at(s, s->at) == OA_PLAIN_RAISED) {
        s->at++;
    }
    if (glued) {
        /* "12mg" is a number and its unit, "131I" a name. */
        size_t before = s->out.count;
        take_word(s);
        if (s->out.count > before && !strchr("uPIt", s->out.symbols[before])) {
            s->out.symbols[before - 1] = 'w';
        }
    }
}

/* ---- words ------------------------------------------------------------------------------------------------------- */

static size_t word_end(const scanner *s, size_t at) {
    while (is_letter(byte_at(s, at)) || is_digit(byte_at(s, at)) ||
           (byte_at(s, at) == '\'' && is_letter(byte_at(s, at + 1)))) {
        at++;
    }
    return at;
}

/* The words from here on that one phrase may span: blanks or one hyphen between them. */
static size_t look_ahead(const scanner *s, oa_word words[LOOK_AHEAD]) {
    size_t count = 0;
    for (size_t at = s->at; count < LOOK_AHEAD && is_letter(byte_at(s, at));) {
        size_t end = word_end(s, at);
        words[count++] = (oa_word){s->plain->text + at, end - at};
        at = end;
        if (byte_at(s, at) == '-') {
            at++;
        } else {
            size_t lines = 0;
            while (is_blank(byte_at(s, at))) {
                lines += byte_at(s, at++) == '\n';
            }
            if (lines > 1) {
                break;
            }
        }
    }
    return count;
}

static size_t end_of(const scanner *s, const oa_word *word) {
    return (size_t)(word->text - s->plain->text) + word->length;
}

/* "one-third", "two-stage": no number.  "twenty-one" has been read as one. */
static bool is_compound(const scanner *s, size_t end) {
    return byte_at(s, end) == '-' && is_letter(byte_at(s, end + 1));
}

static bool is_fraction_word(const oa_word *word) {
    static const char *const fractions[] = {"third", "thirds", "half", "quarter", "quarters", "fifth", "fifths"};
    for (size_t i = 0; i < sizeof fractions / sizeof *fractions; i++) {
        if (word->length == strlen(fractions[i]) && memcmp(word->text, fractions[i], word->length) == 0) {
            return true;
        }
    }
    return false;
}

static bool take_number_words(scanner *s, const oa_word *words, size_t count) {
    size_t used;
    int64_t value = oa_number_words(words, count, &used);
    if (used == 0) {
        return false;
    }
    size_t end = end_of(s, &words[used - 1]);
    bool fraction = used < count && is_fraction_word(&words[used]);
    oa_token *token = add(s, is_compound(s, end) || fraction ? 'w' : counts_nobody(s, value) ? 'g' : 'd', s->at, end);
    token->digits = value;
    s->at = end;
    return true;
}

/* "NE" and "not evaluable" are a limit behind a dash or "to", and a category where a number follows. */
static bool is_category(const scanner *s, const oa_entry *entry, size_t end) {
    if (entry->symbol != 'X' || entry->label != OA_LABEL_NE || strchr("-t~", symbol_at(s, 1))) {
        return false;
    }
    while (strchr(" ,:=\n", byte_at(s, end)) && byte_at(s, end)) {
        end++;
    }
    const char *rest = s->plain->text + end;
    return byte_at(s, end - 1) != ')' && (is_digit(*rest) || strncmp(rest, "in ", 3) == 0 ||
                                          strncmp(rest, "(n", 2) == 0 || !strchr("df,", symbol_at(s, 1)));
}

/* "progressive disease" behind "because of" or "until" is why or when, no best response. */
static char symbol_of(const scanner *s, const oa_entry *entry) {
    char before = symbol_at(s, 1) == 'v' ? symbol_at(s, 2) : symbol_at(s, 1);
    bool category = entry->label >= OA_LABEL_CR && entry->label <= OA_LABEL_PD;
    return entry->symbol == 'L' && category && before == 'b' ? 'b' : entry->symbol;
}

static void take_word(scanner *s) {
    oa_word words[LOOK_AHEAD];
    size_t count = look_ahead(s, words);
    size_t used;
    const oa_entry *entry = oa_lexicon_find(s->lexicon, words, count, &used);
    if (used < 2 && take_number_words(s, words, count)) { /* "one sided" is no number */
        return;
    }
    size_t end = end_of(s, &words[entry ? used - 1 : 0]);
    bool gene = entry && entry->symbol == 'L' && byte_at(s, end) == '-' && end - s->at <= 3; /* PD-L1, CR-1 */
    char symbol = gene || !entry ? 'w' : is_category(s, entry, end) ? 'L' : symbol_of(s, entry);
    oa_token *token = add(s, symbol, s->at, end);
    token->label = entry && !gene ? entry->label : OA_LABEL_NONE;
    s->at = end;
}

/* ---- marks ------------------------------------------------------------------------------------------------------- */

/* Shortened words whose point ends no sentence. */
static bool is_shortened(const scanner *s, size_t point) {
    static const char *const words[] = {"vs",   "approx", "no", "al", "e.g", "i.e", "Fig", "fig", "ca", "incl",
                                        "resp", "Dr",     "St", "cf", "Inc", "Gr",  "gr",  "pts", "mo"};
    size_t start = point;
    while (start > 0 && (is_letter(s->plain->text[start - 1]) || (s->plain->text[start - 1] == '.' && start < point))) {
        start--;
    }
    if (point - start == 1 && is_letter(s->plain->text[start])) {
        return true;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i]) == point - start && memcmp(words[i], s->plain->text + start, point - start) == 0) {
            return true;
        }
    }
    return false;
}

static bool ends_sentence(const scanner *s, size_t point) {
    size_t next = point + 1;
    while (byte_at(s, next) == OA_PLAIN_RAISED || byte_at(s, next) == ']') {
        next++;
    }
    char c = byte_at(s, next);
    if (c == '\0') {
        return true;
    }
    if (!is_blank(c)) { /* "uptake.The": the blank was lost */
        return is_capital(c) && !is_shortened(s, point) &&
               (is_letter(byte_at(s, next + 1)) || is_blank(byte_at(s, next + 1)));
    }
    while (is_blank(byte_at(s, next))) {
        next++;
    }
    c = byte_at(s, next);
    return !is_shortened(s, point) || (is_capital(c) && strchr("IPu", symbol_at(s, 1)));
}

/* An empty line ends a sentence: a heading, a row, a paragraph. */
static bool is_empty_line(const scanner *s) {
    size_t at = s->at + 1;
    while (byte_at(s, at) == ' ' || byte_at(s, at) == '\t') {
        at++;
    }
    return byte_at(s, at) == '\n';
}

static void end_sentence(scanner *s) {
    if (s->out.count && symbol_at(s, 1) != '\n') {
        add(s, '\n', s->at, s->at + 1);
        s->sentence = s->out.count;
    }
    s->headed = false;
}

static bool is_same_name(const scanner *s, size_t a, size_t b) {
    char x = s->out.symbols[a];
    return x == s->out.symbols[b] && strchr("LIXSnp", x) && s->out.tokens[a].label == s->out.tokens[b].label;
}

/* "objective response rate (ORR)" names one thing once. */
static void close_bracket(scanner *s) {
    s->headed = s->headed || (symbol_at(s, 1) == '%' && symbol_at(s, 2) == '(');
    bool cell = s->headed && symbol_at(s, 3) == 'd' && symbol_at(s, 2) == '(' && strchr("df", symbol_at(s, 1)) &&
                !strchr("mA", symbol_at(s, 4));
    if (cell) {
        add(s, '%', s->at, s->at);
    }
    size_t n = s->out.count;
    add(s, ')', s->at, s->at + 1);
    if (n < 3 || s->out.symbols[n - 2] != '(') {
        return;
    }
    bool short_name = s->out.symbols[n - 3] == 'L' && s->out.symbols[n - 1] == 'w' &&
                      is_capital(byte_at(s, s->out.tokens[n - 1].start));
    if (is_same_name(s, n - 3, n - 1) || short_name) {
        s->out.tokens[n - 3].end = (uint32_t)(s->at + 1);
        s->out.count = n - 2;
    }
}

static void take_mark(scanner *s) {
    static const char pairs[][2] = {
        {'[', '('}, {'{', '('}, {'&', 'a'}, {OA_PLAIN_MINUS, '-'}, {OA_PLAIN_INFINITY, 'X'}};
    char c = byte_at(s, s->at);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        c = c == pairs[i][0] ? pairs[i][1] : c;
    }
    if (c == ')' || c == ']' || c == '}') {
        close_bracket(s);
    } else if (((c == '.' || c == '?' || c == '!') && ends_sentence(s, s->at)) || (c == '\n' && is_empty_line(s))) {
        end_sentence(s);
    } else if (c && strchr("%/(,;:=<>+~-aX", c)) {
        add(s, c, s->at, s->at + 1);
    }
    s->at++;
}

/* "per cent" and "percent" are words, read as the sign. */
static size_t percent_word(const scanner *s) {
    static const char *const words[] = {"percent", "per cent", "pct"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i]);
        if (s->at + n <= s->plain->length && memcmp(s->plain->text + s->at, words[i], n) == 0 &&
            !is_letter(byte_at(s, s->at + n))) {
            return n;
        }
    }
    return 0;
}

oa_tokens oa_tokenize(oa_arena *arena, const oa_lexicon *lexicon, const oa_plain *plain) {
    scanner s = {.plain = plain, .lexicon = lexicon, .arena = arena, .capacity = 256};
    s.out.symbols = oa_alloc(arena, s.capacity, 1);
    s.out.tokens = OA_NEW_ARRAY(arena, oa_token, s.capacity);
    s.commas = has_decimal_commas(&s);
    while (s.at < plain->length) {
        if (s.out.count - s.sentence >= OA_SENTENCE_TOKENS - 2) { /* a step adds two tokens at most */
            end_sentence(&s);
        }
        char c = byte_at(&s, s.at);
        size_t percent = c == 'p' ? percent_word(&s) : 0;
        bool point = c == '.' && is_digit(byte_at(&s, s.at + 1)) && !(s.at && is_digit(plain->text[s.at - 1]));
        if (percent) {
            add(&s, '%', s.at, s.at + percent);
            s.at += percent;
        } else if (is_digit(c) || point) {
            take_number(&s);
        } else if (is_letter(c)) {
            take_word(&s);
        } else {
            take_mark(&s);
        }
    }
    end_sentence(&s);
    s.out.symbols[s.out.count] = '\0';
    return s.out;
}
