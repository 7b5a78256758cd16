/*
 * reading.h - what a text says: its numbers with what they are about, and every denominator that it gives.
 */
#ifndef OA_AUDIT_READING_H
#define OA_AUDIT_READING_H

#include "grammar.h"
#include "verdict.h"

/* What stands in a sentence. */
typedef struct oa_sentence {
    uint32_t first; /* tokens [first, last) */
    uint32_t last;
    bool subset;   /* restricts to a subset whose size it does not say */
    bool analysed; /* the same, of who is analysed: it holds for the whole text */
    bool anaphora; /* of whom, of these */
    bool design;   /* a hypothesis, a plan, other studies */
    bool compares; /* two groups, or before and after */
    bool model;    /* a model or an adjustment */
    bool null;     /* names the null hypothesis */
} oa_sentence;

/* A number, or numbers printed together, and what they are about. */
typedef struct oa_fact {
    const oa_mention *mention;
    uint32_t sentence;
    uint32_t first; /* tokens [first, last), the label included where it stands right beside */
    uint32_t last;
    oa_label label;
    bool tight;     /* the label stands right beside the number */
    bool inherited; /* the label is that of the number before */
    int64_t x;      /* -1: not printed */
    int64_t n;
    oa_printed value; /* a percentage, or the estimate; not there: not printed, or not reached */
    oa_printed lower;
    oa_printed upper;
    double level; /* 0: not said */
} oa_fact;

/* Where a denominator comes from, the surest first. */
typedef enum oa_source {
    OA_STATED,    /* the text has the number */
    OA_DERIVED,   /* without those who are left out, or two groups together */
    OA_MENTIONED, /* a whole number that may count something */
    OA_SUMMED,    /* the parts of a list together */
} oa_source;

/* A number of people, and where it stands. */
typedef struct oa_population {
    int64_t n;
    uint32_t sentence;
    oa_source source;
} oa_population;

typedef struct oa_reading {
    oa_arena *arena;
    const oa_tokens *tokens;
    oa_sentence *sentences;
    size_t n_sentences;
    oa_fact *facts;
    size_t n_facts;
    oa_population *populations; /* the stated ones first, the largest of them first */
    size_t n_populations;
    int64_t *denominators; /* the populations in their order, each number once */
    size_t n_denominators;
    int64_t most;   /* the largest population */
    bool one_sided; /* the text has a one-sided level */
    bool analysed;  /* a sentence restricts who is analysed and does not say to how many */
    bool readers;   /* confirmed and unconfirmed, or several readers: one label may have several numbers */
    bool null_rate; /* a rate to test against is named */
    bool left_out;  /* somebody was not evaluable, excluded or lost */
} oa_reading;

oa_reading oa_read(oa_arena *arena, const oa_tokens *tokens, const oa_mentions *mentions);

/* facts.c, for reading.c: the facts with their labels. */
void oa_read_facts(oa_reading *reading, const oa_mentions *mentions);

#endif
