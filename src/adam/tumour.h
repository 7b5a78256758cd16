/*
 * tumour.h - what the evaluator of the protocol saw in one subject: lesions, time points, and the response at each.
 *
 * tumour_read.c collects TU and TR into lesions and time points, tumour_baseline.c puts them in order, tumour_assess.c applies recist.h to them.  ADTR and
 * ADRS write down what they find.
 */
#ifndef OA_TUMOUR_H
#define OA_TUMOUR_H

#include "derive.h"
#include "recist.h"

/* Scans of one visit lie within so many days; further apart, the same VISITNUM (99 for each unscheduled one) is another. */
enum { OA_VISIT_DAYS = 42 };

typedef enum oa_lesion_kind { OA_TARGET, OA_NON_TARGET, OA_NEW_LESION } oa_lesion_kind;

typedef struct oa_lesion {
    const char *id;       /* TRLNKID */
    const char *location; /* TULOC, "" where TU does not say */
    oa_lesion_kind kind;
    bool node; /* a lymph node: normal below 10 mm in short axis */
} oa_lesion;

typedef enum oa_lesion_state {
    OA_LESION_NE,          /* not evaluated */
    OA_LESION_MEASURED,    /* target: length is known (0: gone) */
    OA_LESION_ABSENT,      /* non-target */
    OA_LESION_PRESENT,     /* non-target */
    OA_LESION_EQUIVOCAL,   /* new */
    OA_LESION_UNEQUIVOCAL, /* new: beyond doubt; non-target: unequivocal progression */
} oa_lesion_state;

/* One lesion at one time point. */
typedef struct oa_reading {
    size_t lesion;
    oa_lesion_state state;
    int64_t length; /* 1e-4 mm */
    int32_t day;
    int rank;              /* how preferred the test is that gave it; smaller is better */
    const oa_table *table; /* TR, or TU for a new lesion that TR does not mention */
    size_t row;
} oa_reading;

typedef struct oa_timepoint {
    const char *visit;
    double visitnum; /* -1: none */
    int32_t day;     /* of the overall response: see tumour_assess.c */
    int32_t last_scan;
    bool imputed; /* a date of the visit was imputed */
    oa_reading *readings;
    size_t n_readings;
    size_t c_readings;

    oa_targets targets;
    int64_t nadir; /* before this time point */
    oa_nontargets nontargets;
    bool new_lesion;
    oa_decision target;
    oa_decision nontarget;
    oa_decision overall;
} oa_timepoint;

typedef struct oa_tumour {
    oa_lesion *lesions;
    size_t n_lesions;
    size_t c_lesions;
    oa_timepoint *points; /* in order of time */
    size_t n_points;
    size_t c_points;
    int baseline; /* index into points; -1: none.  Points before it are not used. */
    int64_t baseline_sum;
    int first_pd; /* index of the first time point with PD; -1: none */
} oa_tumour;

/* The tumour assessments of one subject, read and assessed once.  Never NULL; without records there are no time
 * points. */
oa_tumour *oa_tumour_of(oa_context *context, size_t subject);

/* The parts of it: reading TU and TR, which ends with putting time points in order and choosing baseline; and assessing. */
void oa_tumour_read(oa_context *context, size_t subject, oa_tumour *tumour);
void oa_tumour_baseline(oa_context *context, oa_tumour *tumour, int32_t reference);
void oa_tumour_assess(oa_context *context, oa_tumour *tumour);

#endif
