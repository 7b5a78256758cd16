/*
 * results.h - what a trial comes to: results, each with its id, its numbers and how they were made.
 */
#ifndef ONEARM_RESULTS_H
#define ONEARM_RESULTS_H

#include <onearm/api.h>

#include <stdbool.h>
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

/* Progression-free survival of one subject under one censoring preset. */
typedef struct oa_preset_time {
    const char *preset; /* "fda-a" */
    int64_t days;       /* day 1 is the reference day */
    double months;
    bool event;
    const char *what; /* "Progressive disease", "Event after missed assessments" */
    const char *date; /* of the event or censoring, ISO 8601 */
    const char *rule;
    const char *reason;
} oa_preset_time;

/* fda-a, fda-b, fda-c, ema */
enum { OA_N_PRESETS = 4 };

/* A subject whose time, event or reason is not the same under all presets. */
typedef struct oa_preset_subject {
    const char *subject;
    oa_preset_time times[OA_N_PRESETS];
} oa_preset_subject;

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
