/*
 * results.h - what a trial comes to: results, each with its id, its numbers and how they were made.
 */
#ifndef ONEARM_RESULTS_H
#define ONEARM_RESULTS_H

#include <onearm/api.h>

#include <stddef.h>
#include <stdint.h>

/* Numbers that a result does not have are NAN, counts -1, text "".  Proportions are fractions. */
typedef struct oa_result {
    const char *id;       /* "ORR", "BOR.PR", "PFS.MEDIAN" */
    const char *analysis; /* the table it stands in: "RESPONSE" */
    const char *label;    /* its row there: "Objective response rate" */
    const char *column;   /* its column there: "n (%)" */
    int indent;           /* how deep the row stands below the one before */
    double estimate;
    double lower;
    double upper;
    double level;           /* of the interval */
    int64_t n;              /* numerator, or the subjects that a summary is of */
    int64_t of;             /* denominator */
    const char *unit;       /* "proportion", "months", "GBq" */
    const char *method;     /* "Clopper-Pearson" */
    const char *rule;       /* how it was counted, in words */
    const char *text;       /* as it is printed */
    const size_t *subjects; /* rows of ADSL behind it; NULL: all of its set */
    size_t n_subjects;
} oa_result;

/* A number of the paper beside ours. */
typedef struct oa_comparison {
    const char *id;
    const char *label;
    const char *published;
    const char *recomputed;
    const char *verdict; /* consistent, inconsistent, unverifiable */
    const char *why;
} oa_comparison;

#endif
