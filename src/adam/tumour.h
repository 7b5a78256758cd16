/*
 * tumour.h - what one reader saw in one subject: lesions, time points, and the response at each.
 *
 * tumour_read.c collects TU and TR into lesions and time points, with the help of tumour_row.c, which says what one TR
 * row means; tumour_links.c finds lesions that split, merged or were treated locally; tumour_baseline.c puts the time
 * points in order; tumour_assess.c applies recist.h to them; tumour_check.c reports what RECIST would have otherwise.
 * ADTR and ADRS write down what they find.
 */
#ifndef OA_TUMOUR_H
#define OA_TUMOUR_H

#include "readers.h"
#include "recist.h"

/* Scans of one visit lie within so many days of its first; later ones with the same VISITNUM (99 for each unscheduled
 * visit) are another. */
enum { OA_VISIT_DAYS = 42 };

/* How long before treatment, and before the other scans of baseline, a scan may be: RECIST 4.1 asks for four weeks. */
enum { OA_BASELINE_DAYS = 28 };

/* No lesion. */
#define OA_NO_LESION SIZE_MAX

typedef enum oa_lesion_kind { OA_TARGET, OA_NON_TARGET, OA_NEW_LESION, OA_N_KINDS } oa_lesion_kind;

typedef struct oa_lesion {
    const char *id;       /* TRLNKID */
    const char *location; /* TULOC, "" where TU does not say */
    oa_lesion_kind kind;
    bool node;             /* a lymph node: normal below 10 mm in short axis */
    size_t fragment_of;    /* the lesion that split into this one and others; OA_NO_LESION: none */
    int32_t split_day;     /* from which parts of it are assessed; INT32_MAX: it did not split */
    size_t merged_into;    /* the lesion that took its place; OA_NO_LESION: none */
    int32_t merged_day;    /* from which it is merged */
    bool is_merger;        /* it took the place of others */
    int32_t treated_day;   /* from which it is locally treated; INT32_MAX: never */
    const char *treatment; /* "RADIOTHERAPY"; NULL: none */
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
    bool has_length;
    bool too_small; /* the length is that of a lesion too small to measure */
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
    int32_t first_scan;
    int32_t last_scan;
    bool imputed;         /* a date of the visit was imputed */
    bool new_not_done;    /* a record says that new lesions were not looked for */
    oa_reading *readings; /* in order of lesion */
    size_t n_readings;

    oa_targets targets;
    int64_t nadir;   /* before this time point */
    int nadir_point; /* index of the time point that it is from */
    oa_nontargets nontargets;
    bool new_lesion;
    size_t new_lesion_id; /* index of the first one seen; OA_NO_LESION: none */
    oa_marker_state marker;
    const char *marker_why; /* "Tg 120 on 2023-02-13 is above 55" where the marker forbids a complete response */
    oa_decision target;
    oa_decision nontarget;
    oa_decision overall;
} oa_timepoint;

typedef struct oa_tumour {
    const oa_reader *reader;
    size_t subject;
    oa_lesion *lesions; /* in order of kind and id */
    size_t n_lesions;
    size_t *identified; /* rows of TU by this reader, in order of TULNKID */
    size_t n_identified;
    oa_timepoint *points; /* in order of time */
    size_t n_points;
    int baseline;    /* index into points; -1: none.  Points before it are not used. */
    size_t on_study; /* index of the first time point after the reference day; n_points: none */
    int64_t baseline_sum;
    int first_pd; /* index of the first time point with PD; -1: none */
} oa_tumour;

/* The tumour assessments of one subject by one reader, read and assessed once.  Never NULL; without records there are
 * no time points.  Only reading for the primary reader marks source rows and reports findings. */
oa_tumour *oa_tumour_of(oa_context *context, size_t subject, const oa_reader *reader);

/* The parts of it, in this order. */
void oa_tumour_read(oa_context *context, oa_tumour *tumour);
void oa_tumour_baseline(oa_context *context, oa_tumour *tumour, int32_t reference);
void oa_tumour_link(oa_context *context, oa_tumour *tumour, int32_t reference);
void oa_tumour_assess(oa_context *context, oa_tumour *tumour, int32_t reference);
void oa_tumour_check(oa_context *context, const oa_tumour *tumour, int32_t reference);

/* The lesion with this id and kind; OA_NO_LESION where there is none. */
size_t oa_tumour_lesion(const oa_tumour *tumour, oa_lesion_kind kind, const char *id);
/* The reading of a lesion at a time point; NULL where there is none. */
oa_reading *oa_tumour_reading(const oa_timepoint *point, size_t lesion);
/* A target lesion of this length is no disease: gone, or a node below 10 mm (RECIST 4.3.1). */
bool oa_lesion_is_normal(const oa_lesion *lesion, int64_t length);
/* Rows of TU that identify a lesion: `count` items of tumour->identified from the returned one on. */
const size_t *oa_tumour_identified(const oa_context *context, const oa_tumour *tumour, const char *id, size_t *count);

/* What a TR row says of its lesion.  False where it is no assessment; `reading` has its lesion, table, row and day. */
typedef enum oa_tr_column {
    OA_TR_GRPID,
    OA_TR_LNKID,
    OA_TR_TESTCD,
    OA_TR_ORRES,
    OA_TR_ORRESU,
    OA_TR_STRESC,
    OA_TR_STRESN,
    OA_TR_STRESU,
    OA_TR_STAT,
    OA_TR_REASND,
    OA_TR_METHOD,
    OA_TR_EVAL,
    OA_TR_EVALID,
    OA_TR_VISITNUM,
    OA_TR_VISIT,
    OA_TR_DTC,
    OA_N_TR
} oa_tr_column;
void oa_tr_columns(const oa_table *tr, int columns[OA_N_TR]);
bool oa_tr_reading(oa_context *context, oa_tumour *tumour, const int columns[OA_N_TR], oa_reading *reading);
/* True for a test that assesses a lesion: a length or a state. */
bool oa_tr_is_assessment(const char *testcd);
/* Reports target lesions of which nothing but the wrong axis was measured. */
void oa_tr_report_axes(oa_context *context, const oa_tumour *tumour);
/* The local treatment that a text such as "LESION EXCISED" names, "excision"; NULL where there is none. */
const char *oa_local_treatment(const char *text, bool in_pr);

/* Decisions as a clinician would tell them; oa_sum_reason() needs a baseline. */
const char *oa_sum_reason(oa_context *context, const oa_tumour *tumour, const oa_timepoint *point);
const char *oa_target_reason(oa_context *context, const oa_tumour *tumour, const oa_timepoint *point);
const char *oa_nontarget_reason(oa_context *context, const oa_tumour *tumour, const oa_timepoint *point);
const char *oa_overall_reason(oa_context *context, const oa_tumour *tumour, const oa_timepoint *point);

/* The marker of the protocol that forbids a complete response at this day, in words (oa_timepoint.marker_why). */
oa_marker_state oa_tumour_marker(oa_context *context, size_t subject, int32_t reference, int32_t day, const char **why);

#endif
