/*
 * grammar.h - phrasings in which papers print numbers, as patterns over the symbols of tokens.h.
 *
 * A phrasing is one line of the table in grammar.c, with its example, which the tests run.
 */
#ifndef OA_AUDIT_GRAMMAR_H
#define OA_AUDIT_GRAMMAR_H

#include "tokens.h"

#include <onearm/diag.h>

typedef enum oa_kind {
    OA_KIND_SHARE,    /* counts, denominators, percentages and their intervals */
    OA_KIND_FRACTION, /* the same, the share printed as a fraction of 1 */
    OA_KIND_LIMITS,   /* an interval alone: another one of the share before it */
    OA_KIND_ESTIMATE, /* a median, ratio or other number with its limits */
    OA_KIND_P_VALUE,
    OA_KIND_NULL_RATE, /* the rate that a p-value tests against */
    OA_KIND_COUNT,     /* a number by itself */
} oa_kind;

typedef enum oa_part {
    OA_PART_X,
    OA_PART_N,
    OA_PART_P,
    OA_PART_LOWER,
    OA_PART_UPPER,
    OA_PART_LEVEL,
    OA_N_PARTS
} oa_part;

typedef struct oa_phrasing {
    oa_kind kind;
    bool loose; /* may stand for something else: never called inconsistent */
    const char *pattern;
    const char *example;
} oa_phrasing;

extern const oa_phrasing oa_phrasings[];
extern const size_t oa_n_phrasings;

/* One place where a phrasing stands. */
typedef struct oa_mention {
    const oa_phrasing *phrasing;
    uint32_t first; /* tokens [first, last) */
    uint32_t last;
    int32_t parts[OA_N_PARTS]; /* the token of each part; -1: it has none */
} oa_mention;

typedef struct oa_mentions {
    oa_mention *items; /* in the order of the text, not overlapping */
    size_t count;
} oa_mentions;

typedef struct oa_grammar oa_grammar;

/* Compiles the table; freed with the arena. NULL with a message where a pattern of the table is wrong. */
const oa_grammar *oa_grammar_new(oa_arena *arena, oa_diag *diag);
/* Matching is bounded: a sentence that exceeds the limits of a pattern loses that pattern's mentions, and nothing else. */
oa_mentions oa_grammar_match(oa_arena *arena, const oa_grammar *grammar, const oa_tokens *tokens);
const oa_lexicon *oa_grammar_lexicon(const oa_grammar *grammar);

#endif
