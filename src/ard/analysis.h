/*
 * analysis.h - what the analyses share: their context, and the few shapes that results have.
 */
#ifndef OA_ANALYSIS_H
#define OA_ANALYSIS_H

#include "ard.h"

typedef struct oa_analysis {
    oa_arena *arena;
    const oa_protocol *protocol;
    const oa_sdtm *sdtm;
    const oa_adam *adam;
    oa_ard *ard;
    oa_diag *diag;
    const oa_table *adsl;
    size_t n_subjects;
} oa_analysis;

/* One file an analysis, in the order of the report. */
void oa_analyse_disposition(oa_analysis *a);
void oa_analyse_baseline(oa_analysis *a);
void oa_analyse_exposure(oa_analysis *a);
void oa_analyse_response(oa_analysis *a);
void oa_analyse_concordance(oa_analysis *a);
void oa_analyse_design(oa_analysis *a);
void oa_analyse_markers(oa_analysis *a);
void oa_analyse_times(oa_analysis *a);
void oa_analyse_safety(oa_analysis *a);
void oa_analyse_published(oa_analysis *a);

/* The change of a marker from baseline to the sample that is tested, TG.RATIO for the marker tg; and how that was done, as
 * sentences. */
void oa_add_marker_change(oa_analysis *a, const oa_p_marker *marker);
const char *oa_marker_change_text(oa_arena *arena, const oa_p_marker *marker);

/* Where a result stands. */
typedef struct oa_slot {
    const char *id;
    const char *analysis;
    const char *label;
    const char *column;
    int indent;
    const char *rule;
} oa_slot;

/* Which subjects have something: one flag a row of ADSL. */
typedef bool oa_flags;
oa_flags *oa_flags_new(const oa_analysis *a);

/* Appends an empty result; its numbers are missing. */
oa_result *oa_result_add(oa_analysis *a, const oa_slot *slot);

/* The subjects of `set` that have the flag, n of the set's size: "11 (55.0 %)". */
void oa_add_count(oa_analysis *a, const oa_slot *slot, const oa_set *set, const oa_flags *flags);
/* The same without percentage or denominator: "20". */
void oa_add_number(oa_analysis *a, const oa_slot *slot, const oa_set *set, const oa_flags *flags);
/* The same with the protocol's interval: "55.0 % (95 % CI 31.5-76.9)". */
void oa_add_proportion(oa_analysis *a, const oa_slot *slot, const oa_set *set, const oa_flags *flags);

/* Values with the subject they belong to. */
typedef struct oa_values {
    oa_arena *arena;
    double *values;
    size_t *subjects;
    size_t count;
    size_t capacity;
} oa_values;
oa_values oa_values_new(const oa_analysis *a);
void oa_values_add(oa_values *values, size_t subject, double value);
/* Median and range, "13.7 (3.2-28.1)"; the median of an even number is the mean of the middle two.  `decimals` of the
 * printed text.  Nothing is added where there is no value. */
void oa_add_summary(oa_analysis *a, const oa_slot *slot, const oa_values *values, const char *unit, int decimals);

/* A line of text, such as a date. */
void oa_add_text(oa_analysis *a, const oa_slot *slot, const char *text);

/* Flags the subjects with a row of `table` where column `name` has the value `value`. */
void oa_flag_where(const oa_analysis *a, const oa_table *table, const char *name, const char *value, oa_flags *flags);
/* The row of ADSL for a row of a table, by USUBJID; both are sorted by it, so it moves on from *subject.  False, and
 * *subject is not to be used, where ADSL has no such subject. */
bool oa_next_subject(const oa_analysis *a, const oa_table *table, size_t row, size_t *subject);

/* "LOST TO FOLLOW-UP" -> "Lost to follow-up"; a text with small letters stays as it is. */
const char *oa_sentence_case(oa_arena *arena, const char *term);

/* "55.0": a fraction as a percentage of one decimal. */
const char *oa_percent_text(oa_arena *arena, double fraction);
const char *oa_fixed_text(oa_arena *arena, double value, int decimals);
/* "95 %" of 0.95. */
const char *oa_percent_level(oa_arena *arena, double level);

#endif
