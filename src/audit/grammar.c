/*
 * grammar.c - see grammar.h.
 *
 * A pattern is PCRE2 over symbols, with blocks in braces that blocks[] below spells out.  All repetitions are bounded and
 * none is nested, so the work is linear in the text; PCRE2's limits on matching and depth are set besides.  Of the
 * mentions found, the leftmost counts, then the longest, then the first of the table.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "grammar.h"

#include <pcre2.h>
#include <string.h>

enum { MATCH_LIMIT = 20000, DEPTH_LIMIT = 250, PATTERN_SIZE = 2048 };

typedef struct block {
    const char *name;
    const char *pattern;
} block;

/* A block may use those below it. */
static const block blocks[] = {
    /* 55.0% (95% CI 31.5-76.9): brackets, words, then the interval; the last bracket may stay open. */
    {"{,ci}", "\\)?[,;:(]{0,2}[wvi]{0,2}{ci}"},
    {"{ci}", "{CI}{limits}"},
    {"{CI}", "[vMW]{0,4}(?:{level}-?)?[MUW-]{0,6}I(?:,?{level}(?=[:,=(]{0,2}[df]))?[M(]{0,3}\\)?"},
    {"{bound}", "(?:U[M]{0,2}{level}-?I?U?|{level}-?[M]?U[M]?I?U?|{level}-?[M]{0,2}IU?U)[:,=vo]{0,2}{lower}%?"},
    {"{limits}", "[:,=(v]{0,2}i?{lower}%?u?(?:[-~t,;a:]|-t-|,t)[-]?{upper}%?u?\\)?"},
    /* 11/20, 11 of the 20 treated */
    {"{x/n}", "{x}(?:[/]|P?o[wSv]{0,3}){n}"},
    {"{of whom}", "[wPvSLCiaGgo]{0,10}(?:[<>]=?[dfg]%?u?|[df]-[df]%?u?)?[wPv]{0,3}"},
    {"{words}", "[wPvSLCia]{0,6}"},
    {"{x}", "(?<![-<>~+]|(?<!\\))/)(?<x>d)"},
    {"{n}", "(?<n>d)"},
    {"{p}", "(?<![-<>~/])(?<p>[df])%(?![-~t]|-?[MUWv]{0,4}I)"},
    {"{level}", "(?<level>[df])%"},
    {"{lower}", "(?<lower>[dfX])[+]?"},
    {"{upper}", "(?<upper>[dfX])[+]?"},
};

const oa_phrasing oa_phrasings[] = {
    {OA_KIND_SHARE, false, "{x/n}{words}[,;:(=O-]{1,2}v?{p}(?:{,ci})?", "11 of 20 patients (55.0%; 95% CI 31.5-76.9)"},
    {OA_KIND_SHARE, false, "{x/n}{words}[,;:(]{1,2}{ci}[,;:(=]{1,2}{p}", "11/20 (95% CI 31.5-76.9; 55.0%)"},
    {OA_KIND_SHARE, false, "{p}[wPvSLoiC]{0,5}[,;:(=]{1,2}(?:n=)?{x/n}[PwS]{0,2}(?:{,ci})?",
     "55.0% (11/20; 95% CI 31.5-76.9)"},
    {OA_KIND_SHARE, false, "{p}[,;(]{1,2}{ci}\\)?[,;(]{1,2}(?:n=)?{x/n}P?", "55.0% (95% CI, 31.5 to 76.9; 11 of 20)"},
    {OA_KIND_SHARE, false, "{x}[wSP]{0,3}[(]{p}(?:{,ci})?\\)?[wvP]{0,2}o[wSv]{0,3}{n}[wS]{0,2}P(?:{,ci})?",
     "11 (55.0%) of 20 patients (95% CI 31.5-76.9)"},
    {OA_KIND_SHARE, false, "{x}[wSPL]{0,3}[(]{p}(?:{,ci})?", "11 patients (55.0%; 95% CI 31.5-76.9)"},
    {OA_KIND_SHARE, false, "(?<![io]){x}[wSP]{0,2}v[wSPvLCi]{0,4}[(]{p}(?:{,ci})?", "11 had stable disease (55.0%)"},
    {OA_KIND_SHARE, false, "n={x}[,;/:(=]{1,2}{p}(?:{,ci})?", "n = 11; 55.0%"},
    {OA_KIND_SHARE, false, "{p}[wPvo]{0,3}[,;(]{1,2}(?:n=){x}P?(?:{,ci})?", "55.0% (n = 11)"},
    {OA_KIND_SHARE, false, "{x/n}{of whom}[(]v?{p}(?:{,ci})?", "11 of 20 patients in dose level 2 (55.0%)"},
    {OA_KIND_SHARE, false, "{x}[wPL]{1,2}[wv]{0,2}[io][wSv]{0,3}{n}(?!u)[wPvS]{0,3}[(]{p}(?:{,ci})?",
     "11 responses were seen in 20 evaluable patients (55.0%)"},
    {OA_KIND_SHARE, false, "{p}[wPvo]{0,3}[,;(]{1,2}{x}[wS]?P(?:{,ci})?", "55.0% (11 patients)"},
    {OA_KIND_SHARE, true, "{p}[(]{x}\\)", "55.0% (11)"},
    {OA_KIND_SHARE, false, "{p}o[wSv]{0,3}{n}[wS]{0,2}P(?:{,ci})?", "55.0% of the 20 patients"},
    {OA_KIND_SHARE, false, "{p}[wPvoiSL]{0,4}(?:{,ci})", "55.0% (95% CI 31.5-76.9)"},
    {OA_KIND_SHARE, false, "{p}[,;:(]{0,2}[wvM]{0,2}{bound}", "55.0% (one-sided 95% CI lower bound 34.7%)"},
    {OA_KIND_LIMITS, false, "(?<=[,;(]){ci}", "; 80% CI 37.8-71.4"},
    {OA_KIND_LIMITS, false, "(?<=[,;(]){bound}", "; one-sided 95% lower limit 34.7%"},
    {OA_KIND_SHARE, true, "{p}[(]{lower}%?[-~t]{upper}%?\\)", "55.0% (31.5-76.9)"},
    {OA_KIND_SHARE, false, "{x/n}{words}{,ci}", "11/20 patients (95% CI 31.5%-76.9%)"},
    {OA_KIND_SHARE, false, "{x/n}[wS]{0,2}P", "11 of 20 patients"},
    {OA_KIND_SHARE, false, "{x}[PwS]{0,2}[,;]{p}(?=[,;)])", "11, 55.0%;"},
    {OA_KIND_SHARE, false, "{p}", "55.0%"},
    {OA_KIND_FRACTION, false, "L[vo:,=i]{0,2}(?<p>f){,ci}", "ORR was 0.55 (95% CI 0.32-0.77)"},
    {OA_KIND_FRACTION, false, "{x/n}{words}[,;:(=]{1,2}(?<p>f)(?!%)(?:{,ci})?", "11/20 = 0.55 (95% CI 0.32-0.77)"},
    {OA_KIND_ESTIMATE, false, "(?<p>[dfgX])u?[,;:(=]{0,2}[wvi]{0,2}{ci}", "8.3 months (95% CI 5.1-not reached)"},
    {OA_KIND_ESTIMATE, false,
     "[mA][wLPvSui,CGAaob]{0,10}(?<p>[dfg])u?[,;:(]{1,2}v?r[:,=(v]{0,2}i?{lower}[+]?u?(?:[-~t,]|-t-){upper}",
     "median age 56 years (range 34-78)"},
    {OA_KIND_ESTIMATE, false,
     "[mA][wLPvSui,]{0,3}[,(]r\\)[wLPv,ouiS:=]{0,8}(?<p>[dfg])u?[,;(]{1,2}{lower}[+]?u?(?:[-~t,]|-t-){upper}",
     "median (range) age was 56 (34-78)"},
    {OA_KIND_P_VALUE, false, "p[vo]{0,2}[<>=]{1,2}(?<p>[dfg])", "p = 0.017"},
    {OA_KIND_NULL_RATE, false, "0[wvoLi:,=<>(ptaOMD]{0,7}(?<p>[dfg])%?", "null hypothesis of 10%"},
    {OA_KIND_NULL_RATE, false, "(?<p>[dfg])%[(,]?[vwL]{0,2}0", "15% (H0)"},
    {OA_KIND_COUNT, false, "{x}[(][df]\\)", "29 (50.0)"},
    {OA_KIND_COUNT, false, "(?<![-<>~+/])(?<x>d)(?![%/u])", "11"},
};
const size_t oa_n_phrasings = sizeof oa_phrasings / sizeof *oa_phrasings;

typedef struct compiled {
    pcre2_code *code;
    uint32_t name_count;
    uint32_t name_size;
    PCRE2_SPTR names;
} compiled;

struct oa_grammar {
    const oa_lexicon *lexicon;
    compiled *patterns;
    pcre2_match_data *match;
    pcre2_match_context *context;
};

/* ---- compiling --------------------------------------------------------------------------------------------------- */

/* Replaces each {name} of `from`; false where the result would not fit. */
static bool expand_once(const char *from, char to[PATTERN_SIZE], bool *any) {
    size_t length = 0;
    *any = false;
    while (*from) {
        const block *found = NULL;
        for (size_t i = 0; *from == '{' && i < sizeof blocks / sizeof *blocks; i++) {
            found = strncmp(from, blocks[i].name, strlen(blocks[i].name)) == 0 ? &blocks[i] : found;
        }
        size_t n = found ? strlen(found->pattern) : 1;
        if (length + n >= PATTERN_SIZE) {
            return false;
        }
        memcpy(to + length, found ? found->pattern : from, n);
        length += n;
        from += found ? strlen(found->name) : 1;
        *any = *any || found;
    }
    to[length] = '\0';
    return true;
}

static bool expand(const char *pattern, char out[PATTERN_SIZE]) {
    char other[PATTERN_SIZE];
    bool any = true;
    if (!expand_once(pattern, out, &any)) {
        return false;
    }
    while (any) {
        memcpy(other, out, PATTERN_SIZE);
        if (!expand_once(other, out, &any)) {
            return false;
        }
    }
    return true;
}

static void free_code(void *code) {
    pcre2_code_free(code);
}

static void free_match(void *match) {
    pcre2_match_data_free(match);
}

static void free_context(void *context) {
    pcre2_match_context_free(context);
}

static bool compile(oa_arena *arena, const char *pattern, compiled *c, oa_diag *diag) {
    char text[PATTERN_SIZE];
    int error = 0;
    PCRE2_SIZE at = 0;
    if (expand(pattern, text)) {
        c->code =
            pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, PCRE2_DUPNAMES | PCRE2_NEVER_UTF, &error, &at, NULL);
    }
    if (!c->code) {
        oa_diag_add(diag, OA_ERROR, OA_SYNTAX, NULL, "AUDIT-GRAMMAR",
                    "the phrasing %s cannot be compiled (error %d at %zu)", pattern, error, (size_t)at);
        return false;
    }
    oa_arena_defer(arena, free_code, c->code);
    pcre2_pattern_info(c->code, PCRE2_INFO_NAMECOUNT, &c->name_count);
    pcre2_pattern_info(c->code, PCRE2_INFO_NAMEENTRYSIZE, &c->name_size);
    pcre2_pattern_info(c->code, PCRE2_INFO_NAMETABLE, &c->names);
    return true;
}

const oa_grammar *oa_grammar_new(oa_arena *arena, oa_diag *diag) {
    oa_grammar *g = OA_NEW(arena, oa_grammar);
    g->lexicon = oa_lexicon_new(arena);
    g->patterns = OA_NEW_ARRAY(arena, compiled, oa_n_phrasings);
    g->match = pcre2_match_data_create(32, NULL);
    g->context = pcre2_match_context_create(NULL);
    if (g->match) {
        oa_arena_defer(arena, free_match, g->match);
    }
    if (g->context) {
        oa_arena_defer(arena, free_context, g->context);
    }
    if (!g->match || !g->context) {
        oa_diag_add(diag, OA_ERROR, OA_MEMORY, NULL, "AUDIT-GRAMMAR", "there is not enough memory for the patterns");
        return NULL;
    }
    pcre2_set_match_limit(g->context, MATCH_LIMIT);
    pcre2_set_depth_limit(g->context, DEPTH_LIMIT);
    for (size_t i = 0; i < oa_n_phrasings; i++) {
        if (!compile(arena, oa_phrasings[i].pattern, &g->patterns[i], diag)) {
            return NULL;
        }
    }
    return g;
}

const oa_lexicon *oa_grammar_lexicon(const oa_grammar *grammar) {
    return grammar->lexicon;
}

/* ---- matching ---------------------------------------------------------------------------------------------------- */

typedef struct list {
    oa_arena *arena;
    oa_mention *items;
    size_t count;
    size_t capacity;
} list;

static const char *const part_names[OA_N_PARTS] = {"x", "n", "p", "lower", "upper", "level"};

static oa_mention mention_of(const oa_grammar *g, size_t row, const PCRE2_SIZE *offsets) {
    const compiled *c = &g->patterns[row];
    oa_mention m = {.phrasing = &oa_phrasings[row], .first = (uint32_t)offsets[0], .last = (uint32_t)offsets[1]};
    for (int part = 0; part < OA_N_PARTS; part++) {
        m.parts[part] = -1;
    }
    for (uint32_t i = 0; i < c->name_count; i++) {
        PCRE2_SPTR entry = c->names + (size_t)i * c->name_size;
        size_t group = (size_t)entry[0] << 8 | entry[1];
        for (int part = 0; part < OA_N_PARTS; part++) {
            if (strcmp((const char *)entry + 2, part_names[part]) == 0 && offsets[2 * group] != PCRE2_UNSET) {
                m.parts[part] = (int32_t)offsets[2 * group];
            }
        }
    }
    return m;
}

static void keep(list *all, const oa_mention *mention) {
    if (all->count == all->capacity) {
        size_t grown = all->capacity ? 2 * all->capacity : 64;
        all->items = oa_regrow(all->arena, all->items, all->capacity, grown, sizeof *all->items);
        all->capacity = grown;
    }
    all->items[all->count++] = *mention;
}

/* Offers what a phrasing finds at each start in tokens [from, to); the best at each start is kept. */
static void match_row(const oa_grammar *g, size_t row, const oa_tokens *tokens, size_t from, size_t to,
                      oa_mention *best) {
    PCRE2_SPTR subject = (PCRE2_SPTR)tokens->symbols;
    for (PCRE2_SIZE at = from; at < to;) {
        int found = pcre2_match(g->patterns[row].code, subject, to, at, PCRE2_NO_UTF_CHECK, g->match, g->context);
        if (found <= 0) {
            return;
        }
        const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(g->match);
        oa_mention m = mention_of(g, row, offsets);
        if (m.last > best[m.first - from].last) {
            best[m.first - from] = m;
        }
        at = offsets[0] + 1;
    }
}

static void match_sentence(const oa_grammar *g, const oa_tokens *tokens, size_t from, size_t to, list *all) {
    oa_mention best[OA_SENTENCE_TOKENS + 1] = {{.last = 0}};
    for (size_t row = 0; row < oa_n_phrasings; row++) {
        match_row(g, row, tokens, from, to, best);
    }
    for (size_t at = from; at < to;) {
        bool found = best[at - from].last > at;
        if (found) {
            keep(all, &best[at - from]);
        }
        at = found ? best[at - from].last : at + 1;
    }
}

oa_mentions oa_grammar_match(oa_arena *arena, const oa_grammar *grammar, const oa_tokens *tokens) {
    list all = {.arena = arena};
    for (size_t from = 0; from < tokens->count;) {
        const char *end = memchr(tokens->symbols + from, '\n', tokens->count - from);
        size_t to = end ? (size_t)(end - tokens->symbols) : tokens->count;
        match_sentence(grammar, tokens, from, to, &all);
        from = to + 1;
    }
    return (oa_mentions){all.items, all.count};
}
