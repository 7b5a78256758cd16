/*
 * subjects.h - subjects in the order of their times, for what walks over the risk sets.
 */
#ifndef OA_SUBJECTS_H
#define OA_SUBJECTS_H

#include "../base/arena.h"

#include <onearm/diag.h>

#include <stdbool.h>
#include <stddef.h>

/* The distinct times of n subjects; times that are tied as in oa_km_fit are one. */
typedef struct oa_moments {
    size_t count;
    double *first; /* of the times of each moment; rises */
    double *last;
    size_t *of;   /* the moment of each subject */
    double slack; /* times that differ by no more are tied */
} oa_moments;

/* Times are finite and from 0 on; n > 0. */
oa_moments oa_moments_of(oa_arena *arena, const double *time, size_t n);

typedef struct oa_subject {
    int stratum;
    size_t moment;
    size_t index; /* among those given */
    bool event;
} oa_subject;

/* By stratum (NULL: all in one), then moment, then as they came. */
oa_subject *oa_subjects_ordered(oa_arena *arena, const double *time, const bool *event, const int *stratum, size_t n);

/* The end of the run of subjects that begins at `first` and shares its stratum, or its stratum and moment. */
size_t oa_stratum_end(const oa_subject *subjects, size_t first, size_t n);
size_t oa_moment_end(const oa_subject *subjects, size_t first, size_t n);

/* Adds an error where there are no subjects or no events, or a time is not a number from 0 on. */
bool oa_survival_valid(const double *time, const bool *event, size_t n, const char *rule, oa_diag *diag);

#endif
