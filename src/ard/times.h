/*
 * times.h - a time-to-event parameter of ADTTE for the analysis set, as vectors that the survival estimate takes, and the
 * shapes that results of such times have.
 */
#ifndef OA_TIMES_H
#define OA_TIMES_H

#include "analysis.h"

#include <onearm/survival.h>

typedef struct oa_times {
    double *months;
    bool *event;
    size_t *subjects; /* rows of ADSL */
    size_t *rows;     /* of ADTTE */
    size_t count;
} oa_times;

oa_times oa_times_of(oa_arena *arena, const oa_ard *ard, const oa_adam *adam, const char *paramcd, double month_days);

/* A parameter with its survival estimate. */
typedef struct oa_survival {
    const char *paramcd;
    oa_times times;
    oa_set set; /* the subjects of the analysis set who have the parameter */
    const oa_km *km;
    const char *method;
    bool level_in_label; /* the row says the level of the interval, so its text need not */
} oa_survival;

/* A reason for a time to end; the table has events first. */
typedef struct oa_ending {
    const char *rule; /* ADTTE.RULE */
    const char *id;   /* of a count of it, behind the parameter: "EVENT.PD" */
    const char *label;
    bool of_survival; /* PFS and what ends as PFS does */
    bool of_stable;   /* the duration of stable disease, which death censors */
} oa_ending;
extern const oa_ending oa_endings[];
extern const size_t oa_n_endings;

/* False where no subject has the parameter.  `reverse`: of follow-up. */
bool oa_survival_of(oa_analysis *a, const char *paramcd, bool reverse, const char *method, oa_survival *survival);

/* "Kaplan-Meier, log-log limits, month of 30.4375 days": what every footnote of such an estimate has to say. */
const char *oa_survival_method(oa_arena *arena, const oa_p_times *times);

/* "23.9 (95 % CI 11.0-NR)" */
void oa_add_median(oa_analysis *a, const oa_slot *slot, const oa_survival *survival);
/* S at so many months: "61.4 % (95 % CI 26.6-83.5)" */
void oa_add_rate(oa_analysis *a, const oa_slot *slot, const oa_survival *survival, double months);
/* The subjects whose time ended for a reason; NULL: those with an event. */
void oa_add_ended(oa_analysis *a, const oa_slot *slot, const oa_survival *survival, const char *rule);

/* "fda-a", with what the protocol changes of it: "fda-a, no event censored after missed assessments". */
const char *oa_pfs_rules_text(oa_arena *arena, const oa_p_times *times);

/* "6" of 6 months, as ids and labels have it. */
const char *oa_months_text(oa_arena *arena, double months);

/* PFS under each preset: analysis PRESETS, one column a preset. */
void oa_analyse_presets(oa_analysis *a);

/* The parameters of the presets, in the order of oa_pfs_presets. */
extern const char *const oa_preset_params[OA_N_PRESETS];

/* The subjects of the analysis set whose time, event or reason differs between the presets. */
const oa_preset_subject *oa_presets_moved(oa_arena *arena, const oa_ard *ard, const oa_adam *adam, double month_days,
                                          size_t *count);

#endif
