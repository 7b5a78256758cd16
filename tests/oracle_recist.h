/*
 * oracle_recist.h - RECIST 1.1 at each time point once more, written apart from src/adam and sharing nothing with it: a
 * subject is what a radiologist would put on a sheet, and the rules are restated one after the other.
 *
 * Lengths are integers of 1e-4 mm, days count from the reference day.
 */
#ifndef TESTS_ORACLE_RECIST_H
#define TESTS_ORACLE_RECIST_H

#include <stdbool.h>
#include <stdint.h>

enum { OR_LESIONS = 7, OR_VISITS = 7, OR_NEW = 2, OR_FRAGMENTS = 2, OR_MM = 10000 };

typedef enum or_seen {
    OR_NOTHING, /* no record */
    OR_NOT_DONE,
    OR_LENGTH,
    OR_TOO_SMALL,
    OR_ABSENT,
    OR_PRESENT,
    OR_EQUIVOCAL,
    OR_UNEQUIVOCAL,
} or_seen;

typedef struct or_look {
    or_seen seen;
    int64_t length;
    int day;
} or_look;

typedef struct or_lesion {
    bool target; /* else non-target */
    bool node;
    int split;   /* visit from which it is looked at as fragments; 0: never */
    int treated; /* visit from which it is locally treated; 0: never */
    or_look looks[OR_VISITS];
    or_look fragments[OR_VISITS][OR_FRAGMENTS];
} or_lesion;

typedef struct or_rules {
    bool confirm;
    int confirm_days;
    bool persists;
    bool treated_counts; /* local treatment is ignored */
    bool new_ne;
    bool earliest;
    int64_t too_small;
} or_rules;

typedef struct or_subject {
    or_rules rules;
    int n_lesions;
    or_lesion lesions[OR_LESIONS];
    int merged; /* visit from which lesions 0 and 1 are one; 0: never */
    bool merged_node;
    or_look whole[OR_VISITS]; /* that one */
    int n_new;
    or_look news[OR_NEW][OR_VISITS];
    int n_visits; /* visit 0 is baseline */
} or_subject;

typedef enum or_response { OR_NA, OR_CR, OR_PR, OR_SD, OR_NONCR, OR_PD, OR_NE, OR_NED } or_response;

typedef struct or_answer {
    or_response target;
    or_response nontarget;
    or_response overall;
    int day;
} or_answer;

/* Answers for visits 1 to n_visits - 1. */
void or_assess(const or_subject *subject, or_answer answers[OR_VISITS]);

#endif
