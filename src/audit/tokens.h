/*
 * tokens.h - a text as a row of symbols, one a word, number or mark: what the grammar's patterns are written over.
 *
 *   d f g    an integer, a decimal, a number that counts nobody (grade 3, day 28, 12-month, >= 30)
 *   % / ( ) , ; : = < > + ~ -    themselves; [ ] { } read as ( ), and a new line is the end of a sentence
 *   and the letters of OA_SYMBOLS for words (lexicon.c)
 */
#ifndef OA_AUDIT_TOKENS_H
#define OA_AUDIT_TOKENS_H

#include "normalise.h"

/* A longer sentence is none, and is cut. */
enum { OA_SENTENCE_TOKENS = 1000 };

/* What a label names. */
typedef enum oa_label {
    OA_LABEL_NONE,
    OA_LABEL_ORR,
    OA_LABEL_DCR,
    OA_LABEL_CBR, /* clinical benefit: stable disease counts only from some months on */
    OA_LABEL_CR,
    OA_LABEL_PR,
    OA_LABEL_SD,
    OA_LABEL_PD,
    OA_LABEL_NE,
    OA_LABEL_OTHER_RESPONSE, /* biochemical, metabolic, pathological: not the one of the other labels */
    OA_LABEL_MALE,
    OA_LABEL_FEMALE,
    OA_LABEL_ANY_GRADE,
    OA_LABEL_GRADE_3,
    OA_LABEL_SURVIVAL, /* estimated from censored times: no share of n */
    OA_LABEL_RATIO,
    OA_LABEL_ACCURACY, /* sensitivity and its kin: a share of an n of its own */
    OA_LABEL_CHANGE,   /* a percentage of a measurement */
} oa_label;

typedef struct oa_token {
    uint32_t start; /* in the plain text */
    uint32_t end;
    int64_t digits; /* of a number: its value is digits / 10^decimals */
    int8_t decimals;
    uint8_t label; /* oa_label of an 'L' */
} oa_token;

typedef struct oa_tokens {
    char *symbols; /* [count], NUL-terminated: the subject of the patterns */
    oa_token *tokens;
    size_t count;
} oa_tokens;

typedef struct oa_lexicon oa_lexicon;
/* The words by their first letter; lives in the arena. */
const oa_lexicon *oa_lexicon_new(oa_arena *arena);

oa_tokens oa_tokenize(oa_arena *arena, const oa_lexicon *lexicon, const oa_plain *plain);

/* ---- between tokens.c and lexicon.c --- */

/* A word of the text, not yet a token. */
typedef struct oa_word {
    const char *text;
    size_t length;
} oa_word;

typedef struct oa_entry {
    const char *phrase; /* words between blanks; in capitals where only capitals are meant */
    char symbol;
    uint8_t label; /* of a number word: its value */
} oa_entry;

/* The longest phrase that begins at words[0]; *used words of it. NULL: none. */
const oa_entry *oa_lexicon_find(const oa_lexicon *lexicon, const oa_word *words, size_t count, size_t *used);
/* "twenty-one": the value of number words; 0 words used: it is none. */
int64_t oa_number_words(const oa_word *words, size_t count, size_t *used);

#endif
