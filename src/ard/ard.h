/*
 * ard.h - analysis results: ADaM in, results out.  Every number that a person reads is printed from one of them.
 *
 * A result knows its table (analysis), row (label) and column, so a display is only a layout of the results of one
 * analysis in the order in which they were added.
 */
#ifndef OA_ARD_H
#define OA_ARD_H

#include "../adam/adam.h"

#include <onearm/results.h>

/* The subjects of an analysis: a set of the protocol, or all treated. */
typedef struct oa_set {
    const char *id;
    const char *text;
    bool *member; /* by row of ADSL */
    size_t n;
} oa_set;

typedef struct oa_ard {
    oa_result *results;
    size_t count;
    size_t capacity;
    oa_comparison *comparisons;
    size_t n_comparisons;
    oa_set efficacy; /* the first set of the protocol, else all treated */
    oa_set safety;   /* all treated */
} oa_ard;

/* All analyses of the protocol. */
bool oa_ard_analyse(oa_arena *arena, const oa_protocol *protocol, const oa_sdtm *sdtm, const oa_adam *adam, oa_ard *ard,
                    oa_diag *diag);

/* NULL where there is no such result. */
const oa_result *oa_ard_find(const oa_ard *ard, const char *id);

/* The results as a table, one row a statistic. */
oa_table *oa_ard_table(oa_arena *arena, const oa_ard *ard, const oa_adam *adam);

#endif
