/*
 * pfs.h - what ends or censors progression-free survival, as one table of presets and one pure function: no files, no
 * tables of data, no protocol.
 *
 * "Guidance" below is the FDA's "Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics" (2007; 2018 for
 * cancer), appendix 3, "Example tables for PFS analysis", with its tables A, B and C; "EMA" is the Methodological
 * consideration for PFS or DFS in confirmatory trials, appendix 1 to the guideline on anticancer medicinal products
 * (CHMP/27994/2008/Rev.1).  docs/methods.md says which of their rows were read and which are recollection.
 *
 * Days are day numbers; days of the schedule count from the reference day, which is day 1 of all times.
 */
#ifndef OA_PFS_H
#define OA_PFS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A planned assessment of the tumour. */
typedef struct oa_planned {
    const char *name; /* "WEEK 12" */
    int32_t day;      /* days after the reference day */
    int32_t first;    /* of its window, likewise */
    int32_t last;
} oa_planned;

/* In rising order of `day`. */
typedef struct oa_planned_list {
    const oa_planned *items;
    size_t count;
} oa_planned_list;

typedef enum oa_pfs_effect { OA_PFS_IGNORED, OA_PFS_CENSORS } oa_pfs_effect;
typedef enum oa_pfs_date { OA_PFS_AT_SCAN, OA_PFS_AT_NEXT_VISIT } oa_pfs_date;
typedef enum oa_pfs_claim { OA_PFS_NO_EVENT, OA_PFS_EVENT } oa_pfs_claim;

/* A preset: what it does where the guidances differ. */
typedef struct oa_pfs_preset {
    const char *name;
    const char *source;
    oa_pfs_effect new_therapy;        /* a new anticancer therapy before the event */
    oa_pfs_effect death_after_missed; /* death after too many missed assessments */
    oa_pfs_effect progression_after_missed;
    oa_pfs_date progression_date; /* of a progression seen between two planned assessments */
    oa_pfs_claim claimed;         /* progression that the investigator claims, without a scan that shows it */
} oa_pfs_preset;

/* In the order of the protocol's times.pfs.preset. */
enum { OA_PFS_PRESETS = 4 };
extern const oa_pfs_preset oa_pfs_presets[OA_PFS_PRESETS];

/* What the protocol may set beside the preset. */
typedef struct oa_pfs_options {
    int missed;         /* so many missed assessments in a row are too many; at least 1 */
    bool therapy_first; /* of a new therapy and an assessment on one day, the therapy came first */
} oa_pfs_options;

/* What is known of one subject, up to the data cut-off. */
typedef struct oa_pfs_subject {
    int32_t reference;
    bool has_baseline;
    const int32_t *adequate; /* days of the assessments after baseline that could be evaluated, rising */
    size_t n_adequate;
    bool progressed;
    int32_t progression; /* day of the scan */
    bool claimed;
    int32_t claim;
    bool died;
    int32_t death;
    bool new_therapy; /* never study treatment, such as a further dose of 131I */
    int32_t therapy;
    int32_t cutoff; /* INT32_MAX: none */
    oa_planned_list schedule;
} oa_pfs_subject;

typedef enum oa_pfs_outcome {
    OA_PFS_PROGRESSION,
    OA_PFS_CLAIMED,
    OA_PFS_DEATH,
    OA_PFS_CENSOR_NO_EVENT,
    OA_PFS_CENSOR_NEW_THERAPY,
    OA_PFS_CENSOR_MISSED,
    OA_PFS_CENSOR_NO_BASELINE,
    OA_PFS_CENSOR_NO_ASSESSMENT,
    OA_PFS_OUTCOMES
} oa_pfs_outcome;

/* True for the first three. */
bool oa_pfs_is_event(oa_pfs_outcome outcome);

typedef struct oa_pfs_decision {
    oa_pfs_outcome outcome;
    int32_t day; /* of the event or censoring; never before the reference day nor after the cut-off */
    bool any;    /* there was an event of the preset's kinds, whether or not it counts */
    oa_pfs_outcome event;
    int32_t seen;      /* the day of that event, before it was dated to a visit */
    int last_adequate; /* index of the adequate assessment that the time is censored at; of an event, the last one
                             before it; -1: none, day 1 stands for it */
    int32_t since;     /* the day from which missed assessments were counted, where there was an event to judge */
    size_t n_missed;   /* planned assessments between that day and the event */
} oa_pfs_decision;

/* A planned assessment is missed where its whole window lies strictly between the last adequate one, on day `since`, and
 * the event, on day `seen`.  One that could not be evaluated was missed, too: nothing was learnt from it. */
bool oa_pfs_is_missed(const oa_pfs_subject *subject, const oa_planned *planned, int32_t since, int32_t seen);

oa_pfs_decision oa_pfs_decide(const oa_pfs_subject *subject, const oa_pfs_preset *preset,
                              const oa_pfs_options *options);

#endif
