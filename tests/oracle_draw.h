/*
 * oracle_draw.h - random subjects for the oracle: lesion counts, nodes, missing values, splits, merges, local treatment, new
 * lesions, and sums that hit the thresholds exactly or miss them by 1e-4 mm, drawn on purpose.
 */
#ifndef TESTS_ORACLE_DRAW_H
#define TESTS_ORACLE_DRAW_H

#include "oracle_recist.h"

/* How the records say that a lesion split, merged or was treated, and how visits are known. */
typedef struct or_spelling {
    int split;
    int merge;
    bool treated_in_pr;
    bool by_visit_name;
} or_spelling;

/* 0 to n - 1; true in so many of a hundred. */
int or_upto(uint64_t *seed, int n);
bool or_chance(uint64_t *seed, int percent);

/* All of the subject but its rules. */
void or_draw(uint64_t *seed, or_subject *s, or_spelling *how);

#endif
