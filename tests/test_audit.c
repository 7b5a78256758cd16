/*
 * test_audit.c - from the bytes of a text to verdicts.  Passages in the styles of journals are in tests/audit.
 *
 *   REQ-AUDIT-001  the typography of journals reads as plain numbers, and each byte knows where it came from
 *   REQ-AUDIT-002  HTML: tags, scripts and entities; a raised footnote is no part of a number
 *   REQ-AUDIT-003  each phrasing of the grammar reads its example
 *   REQ-AUDIT-004  percentages: half up, half to even, cut off; fractions; no other
 *   REQ-AUDIT-005  any count, denominator, method, level and rounding in any phrasing is consistent
 *   REQ-AUDIT-006  with one digit changed it is not, or the reading that fits is named
 *   REQ-AUDIT-007  what is no text is refused with a message; a text without a claim has none
 *   REQ-AUDIT-008  work is linear in the length of the text, whatever stands in it
 *   REQ-AUDIT-009  numbers in words
 */
#include "../src/audit/grammar.h"
#include "../src/audit/verdict.h"
#include "../src/base/number.h"
#include "close.h"
#include "effort.h"

#include <onearm/audit.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static oa_auditor *auditor;

static int open_auditor(void **state) {
    (void)state;
    auditor = oa_auditor_new(NULL);
    return auditor ? 0 : -1;
}

static int close_auditor(void **state) {
    (void)state;
    oa_auditor_free(auditor);
    return 0;
}

/* ---- the text ---------------------------------------------------------------------------------------------------- */

typedef struct text_case {
    const char *from;
    const char *to;
} text_case;

static void check_plain(oa_arena *arena, const text_case *c) {
    oa_plain plain = oa_plain_text(arena, c->from, strlen(c->from));
    if (strcmp(plain.text, c->to) != 0) {
        fail_msg("\"%s\" reads \"%s\", not \"%s\"", c->from, plain.text, c->to);
    }
    for (size_t i = 0; i <= plain.length; i++) {
        assert_true(plain.from[i] <= strlen(c->from) && (i == 0 || plain.from[i] >= plain.from[i - 1]));
    }
}

static void test_REQ_AUDIT_001_typography(void **state) {
    static const text_case cases[] = {
        {"31\xC2\xB7"
         "5",
         "31.5"}, /* middle dot */
        {"31.5\xE2\x80\x93"
         "76.9",
         "31.5-76.9"}, /* en dash */
        {"31.5\xE2\x80\x92"
         "76.9\xE2\x80\x94",
         "31.5-76.9-"},              /* figure dash, em dash */
        {"55\xC2\xA0%", "55 %"},     /* no-break space */
        {"55\xE2\x80\xAF%", "55 %"}, /* narrow no-break space */
        {"1\xE2\x80\x89"
         "234 patients",
         "1234 patients"}, /* thin space inside a number */
        {"20\xE2\x80\x89mg", "20 mg"},
        {"\xE2\x88\x92"
         "12",
         "\x03"
         "12"}, /* minus */
        {"\xE2\x89\xA5"
         "25%",
         ">=25%"},
        {"\xEF\xBC\x95\xEF\xBC\x95\xEF\xBC\x85", "55%"}, /* full width */
        {"\xEF\xBC\x88"
         "95\xEF\xBC\x85\xEF\xBC\xA3\xEF\xBC\xA9\xEF\xBC\x89",
         "(95%CI)"},
        {"p\xE2\x82\x80", "p0"},                        /* subscript */
        {"\xC2\xB9\xC2\xB3\xC2\xB9I", "\x01\x01\x01I"}, /* superscripts */
        {"evalu\xC2\xAD"
         "able",
         "evaluable"},                        /* soft hyphen */
        {"evalu-\r\n  able", "evaluable"},    /* hyphen at the end of a line */
        {"31.5-\n76.9", "31.5-\n76.9"},       /* a dash at the end of a line */
        {"con\xEF\xAC\x81rmed", "confirmed"}, /* ligature */
        {"58 \xC2\xB1 11", "58 +- 11"},
        {"40\xEF\xBD\x9E"
         "50",
         "40~50"},
        {"H\xC3\xBCrthle", "H\x02rthle"},
        {"\xEF\xBB\xBF"
         "A",
         "A"},
    };
    (void)state;
    oa_arena *arena = oa_arena_new(0);
    for (size_t i = 0; i < COUNT(cases); i++) {
        check_plain(arena, &cases[i]);
    }
    oa_arena_free(arena);
}

static void test_REQ_AUDIT_002_html(void **state) {
    static const text_case cases[] = {
        {"<b>55</b>.0&#37; (95% CI 31&middot;5&ndash;76.9)", "55.0% (95% CI 31\xC2\xB7"
                                                             "5\xE2\x80\x93"
                                                             "76.9)"},
        {"a<!-- 11/20 -->b<script>9 of 9</script>c", "abc"},
        {"20 patients<sup>12</sup>", "20 patients\xC2\xB9\xC2\xB2"},
        {"<p>a</p><p>b</p>", "\na\n\nb\n"},
        {"P &lt; .05 &amp; n&#x3d;20 &unknown; &", "P < .05 & n=20 &unknown; &"},
        {"a < b, 3 > 2", "a < b, 3 > 2"},
        {"open <a href='", "open "},
    };
    (void)state;
    oa_arena *arena = oa_arena_new(0);
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_plain page = oa_html_to_text(arena, cases[i].from, strlen(cases[i].from));
        assert_string_equal(page.text, cases[i].to);
    }
    assert_true(oa_looks_like_html("\xEF\xBB\xBF \n<!DOCTYPE html>", 19));
    assert_false(oa_looks_like_html("< 20 patients", 13));
    oa_arena_free(arena);
}

static void test_REQ_AUDIT_009_number_words(void **state) {
    static const struct {
        const char *words[6];
        int64_t value;
        size_t used;
    } cases[] = {{{"eleven", "patients"}, 11, 1},
                 {{"Twenty", "one", "of"}, 21, 2},
                 {{"ninety", "nine"}, 99, 2},
                 {{"one", "hundred", "and", "twenty", "three", "x"}, 123, 5},
                 {{"one", "hundred", "patients"}, 100, 2},
                 {{"patients"}, -1, 0}};
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_word words[6];
        size_t count = 0;
        for (; count < 6 && cases[i].words[count]; count++) {
            words[count] = (oa_word){cases[i].words[count], strlen(cases[i].words[count])};
        }
        size_t used;
        int64_t value = oa_number_words(words, count, &used);
        assert_int_equal(used, cases[i].used);
        assert_true(used == 0 || value == cases[i].value);
    }
}

/* ---- the grammar ------------------------------------------------------------------------------------------------- */

static void test_REQ_AUDIT_003_phrasings(void **state) {
    (void)state;
    oa_arena *arena = oa_arena_new(0);
    const oa_grammar *grammar = oa_grammar_new(arena, NULL);
    assert_non_null(grammar);
    for (size_t i = 0; i < oa_n_phrasings; i++) {
        const char *example = oa_phrasings[i].example;
        oa_plain plain = oa_plain_text(arena, example, strlen(example));
        oa_tokens tokens = oa_tokenize(arena, oa_grammar_lexicon(grammar), &plain);
        oa_mentions mentions = oa_grammar_match(arena, grammar, &tokens);
        bool found = false;
        for (size_t k = 0; k < mentions.count; k++) {
            found = found || mentions.items[k].phrasing == &oa_phrasings[i];
        }
        if (!found) {
            fail_msg("the phrasing of \"%s\" does not read it: %s", example, tokens.symbols);
        }
    }
    oa_arena_free(arena);
}

/* ---- rounding ---------------------------------------------------------------------------------------------------- */

static void test_REQ_AUDIT_004_rounding(void **state) {
    static const struct {
        int64_t x, n, digits;
        int decimals;
        oa_rounding want;
    } cases[] = {
        {11, 20, 550, 1, OA_ROUND_HALF_UP},  {18, 19, 947, 1, OA_ROUND_HALF_UP},   {19, 20, 947, 1, OA_ROUND_NONE},
        {2, 3, 67, 0, OA_ROUND_HALF_UP},     {2, 3, 66, 0, OA_ROUND_DOWN},         {2, 3, 68, 0, OA_ROUND_NONE},
        {57, 200, 29, 0, OA_ROUND_HALF_UP},  {57, 200, 28, 0, OA_ROUND_HALF_EVEN}, {55, 200, 27, 0, OA_ROUND_DOWN},
        {1, 8, 125, 1, OA_ROUND_HALF_UP},    {1, 8, 13, 0, OA_ROUND_HALF_UP},      {1, 8, 12, 0, OA_ROUND_HALF_EVEN},
        {11, 20, 5, -1, OA_ROUND_DOWN},      {11, 20, 6, -1, OA_ROUND_HALF_UP},    {0, 20, 0, 0, OA_ROUND_HALF_UP},
        {20, 20, 1000, 1, OA_ROUND_HALF_UP}, {20, 20, 999, 1, OA_ROUND_NONE},      {1, 3, 3333, 2, OA_ROUND_HALF_UP},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_printed p = {true, cases[i].digits, cases[i].decimals};
        oa_rounding got = oa_percent_rounding(cases[i].x, cases[i].n, p);
        if (got != cases[i].want) {
            fail_msg("%lld of %lld as %lld e%d: %d, not %d", (long long)cases[i].x, (long long)cases[i].n,
                     (long long)cases[i].digits, -cases[i].decimals, (int)got, (int)cases[i].want);
        }
    }
}

/* ---- any share in any phrasing ----------------------------------------------------------------------------------- */

static uint64_t seed = 20251622676;

static int64_t random_below(int64_t n) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int64_t)(seed % (uint64_t)n);
}

/* Places: $x $n $p $l $u $c (level). */
static const char *const templates[] = {
    "The ORR was $p% ($x/$n; $c% CI $l-$u).",
    "$x of $n patients responded ($p%; $c% CI, $l to $u).",
    "$x/$n ($p%, $c% confidence interval [CI]: $l%\xE2\x80\x93$u%) achieved an objective response.",
    "An objective response was seen in $x ($p%, $c% CI $l\xE2\x80\x93$u) of $n patients.",
    "ORR was $p% [$c% CI: $l%-$u%] ($x of the $n evaluable patients).",
    "Of the $n patients, $x ($p%; $c%CI=$l\xEF\xBD\x9E$u) had an objective response.",
    "$n patients were enrolled. The objective response rate (ORR) was $p% ($c% confidence interval, $l% to $u%).",
    "ORR and DCR were $p% [$c% CI: $l-$u] and $p% [$c% CI: $l-$u] respectively in $n patients.",
};

typedef struct printed_share {
    int64_t x, n;
    char p[OA_NUMBER_SIZE], l[OA_NUMBER_SIZE], u[OA_NUMBER_SIZE], c[8];
    const char *method;
} printed_share;

static printed_share random_share(void) {
    static const int levels[] = {95, 95, 90, 99};
    printed_share s = {.n = 8 + random_below(120)};
    oa_interval i;
    s.x = random_below(s.n + 1);
    int level = levels[random_below(4)];
    int decimals = (int)random_below(2);
    oa_ci_method method = (oa_ci_method)random_below(OA_N_CI_METHODS);
    assert_true(oa_binomial_interval(s.x, s.n, method, OA_TWO_SIDED, level / 100.0, &i, NULL));
    oa_format_percent(s.x, s.n, (int)random_below(3), s.p);
    oa_format_fixed(100 * i.lower, decimals, s.l);
    oa_format_fixed(100 * i.upper, decimals, s.u);
    snprintf(s.c, sizeof s.c, "%d", level);
    s.method = oa_ci_label(method);
    return s;
}

static void print_share(char *out, size_t size, const char *template, const printed_share *s) {
    size_t length = 0;
    for (const char *t = template; *t && length + 40 < size; t++) {
        if (*t != '$') {
            out[length++] = *t;
            continue;
        }
        char number[24];
        t++;
        snprintf(number, sizeof number, "%lld", (long long)(*t == 'x' ? s->x : s->n));
        const char *put = *t == 'p' ? s->p : *t == 'l' ? s->l : *t == 'u' ? s->u : *t == 'c' ? s->c : number;
        memcpy(out + length, put, strlen(put));
        length += strlen(put);
    }
    out[length] = '\0';
}

static oa_audit *audit(const char *text) {
    oa_audit *result = oa_audit_text(auditor, "text", text, strlen(text), NULL);
    assert_non_null(result);
    return result;
}

enum { RANDOM_CASES = 3000 };

static void test_REQ_AUDIT_005_any_share_is_consistent(void **state) {
    (void)state;
    for (int i = 0; i < effort(RANDOM_CASES); i++) {
        char text[512];
        printed_share s = random_share();
        print_share(text, sizeof text, templates[random_below(COUNT(templates))], &s);
        oa_audit *a = audit(text);
        if (oa_audit_tally(a, "consistent") == 0 || oa_audit_tally(a, "consistent") != oa_audit_count(a)) {
            const oa_claim *c = oa_audit_at(a, 0);
            fail_msg("%s (%s): %s", text, s.method, c ? c->why : "no claim");
        }
        oa_audit_free(a);
    }
}

/* Changes one digit of a number; false where it has none to change. */
static bool change_digit(char *number) {
    size_t length = strlen(number);
    size_t at = (size_t)random_below((int64_t)length);
    if (number[at] < '0' || number[at] > '9') {
        return false;
    }
    char other = (char)('0' + random_below(10));
    bool zero_first = at == 0 && other == '0' && length > 1 && number[1] != '.';
    if (other == number[at] || zero_first) {
        return false;
    }
    number[at] = other;
    return true;
}

/* Where count and denominator are printed, a changed number is right only by another reading, which is then named. */
static void test_REQ_AUDIT_006_a_changed_digit_is_seen(void **state) {
    (void)state;
    int changed = 0;
    int seen = 0;
    for (int i = 0; i < effort(RANDOM_CASES); i++) {
        char text[512];
        printed_share s = random_share();
        char *numbers[] = {s.p, s.l, s.u};
        if (!change_digit(numbers[random_below(3)])) {
            continue;
        }
        print_share(text, sizeof text, templates[random_below(6)], &s);
        oa_audit *a = audit(text);
        const oa_claim *c = oa_audit_at(a, 0);
        assert_non_null(c);
        changed++;
        seen += oa_audit_tally(a, "inconsistent") > 0;
        bool other = strstr(c->why, "cut off") || (c->method && strcmp(c->method, s.method) != 0) ||
                     strstr(c->why, "half to even");
        if (!oa_audit_tally(a, "inconsistent") && !other) {
            fail_msg("%s (%s): %s", text, s.method, c->why);
        }
        oa_audit_free(a);
    }
    print_message("# %d of %d changed digits make the claim inconsistent; the others fit another reading\n", seen,
                  changed);
    assert_true(seen * 100 > changed * 80);
}

/* ---- what is no text --------------------------------------------------------------------------------------------- */

static void check_refused(const char *text, size_t length, const char *word) {
    oa_diag *diag = oa_diag_new();
    assert_null(oa_audit_text(auditor, "f.txt", text, length, diag));
    assert_int_equal(oa_diag_errors(diag), 1);
    assert_int_equal(oa_diag_status(diag), 2);
    assert_non_null(strstr(oa_diag_get(diag, 0)->text, word));
    oa_diag_free(diag);
}

static void test_REQ_AUDIT_007_what_is_no_text(void **state) {
    (void)state;
    check_refused("", 0, "empty");
    check_refused("a\0b", 3, "binary");
    check_refused("20 patients \xFF", 13, "UTF-8");
    check_refused("\xC3", 1, "UTF-8");
    size_t size = (size_t)100 << 20;
    char *large = malloc(size);
    assert_non_null(large);
    memset(large, 'x', size);
    check_refused(large, size, "16 MiB");
    free(large);
    oa_audit *a = audit("Nothing was counted.");
    assert_int_equal(oa_audit_count(a), 0);
    assert_null(oa_audit_at(a, 0));
    oa_audit_free(a);
    oa_audit_free(NULL);
    oa_auditor_free(NULL);
}

/* ---- texts made to be slow --------------------------------------------------------------------------------------- */

static void test_REQ_AUDIT_008_no_text_is_slow(void **state) {
    static const char *const pieces[] = {
        "(",      "11 of ",   "95% CI ", "11/",        "((((55%", "1,111,", "w w w w 11 ",
        "and ",   "grade 3,", "n = ",    "1-1-1-1-",   "ORR, ",   "<",      "&#",
        "55.0% ", "\n\n",     "e.g. ",   "median, r ", "11 (",    "%",      "p = 0.05 H0 10% 1/2 (50%) "};
    (void)state;
    size_t bytes = (size_t)effort(400000);
    for (size_t i = 0; i < COUNT(pieces); i++) {
        char *text = malloc(bytes + 1);
        assert_non_null(text);
        size_t length = strlen(pieces[i]);
        for (size_t at = 0; at < bytes; at++) {
            text[at] = pieces[i][at % length];
        }
        text[bytes] = '\0';
        oa_audit_free(audit(text));
        free(text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_AUDIT_001_typography),
        cmocka_unit_test(test_REQ_AUDIT_002_html),
        cmocka_unit_test(test_REQ_AUDIT_003_phrasings),
        cmocka_unit_test(test_REQ_AUDIT_004_rounding),
        cmocka_unit_test(test_REQ_AUDIT_005_any_share_is_consistent),
        cmocka_unit_test(test_REQ_AUDIT_006_a_changed_digit_is_seen),
        cmocka_unit_test(test_REQ_AUDIT_007_what_is_no_text),
        cmocka_unit_test(test_REQ_AUDIT_008_no_text_is_slow),
        cmocka_unit_test(test_REQ_AUDIT_009_number_words),
    };
    return cmocka_run_group_tests(tests, open_auditor, close_auditor);
}
