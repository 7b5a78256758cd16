/*
 * recist_best.h - from assessments in order of day to the best response, as pure functions (see recist.h for RECIST and
 * its tables).
 *
 * First oa_weigh_course() says of each assessment what it counts as and why it does not: then oa_best_response() and
 * oa_best_confirmed() choose among those that count.  So the best response, PFS, duration of response and every figure
 * see the same assessments.
 */
#ifndef OA_RECIST_BEST_H
#define OA_RECIST_BEST_H

#include "recist.h"

/* What became of an assessment. */
typedef enum oa_assessment_use {
    OA_ASSESSMENT_COUNTS,
    OA_ASSESSMENT_NOT_DONE,
    OA_ASSESSMENT_SAME_DAY,    /* another one of the same day counts: the worse one that could be evaluated */
    OA_ASSESSMENT_AFTER_PD,    /* after the first PD */
    OA_ASSESSMENT_NEW_THERAPY, /* on or after the day of a new anticancer therapy */
    OA_N_ASSESSMENT_USES
} oa_assessment_use;

/* "after the first progression" */
const char *oa_assessment_use_text(oa_assessment_use use);

typedef struct oa_assessment {
    int32_t day;
    oa_response recorded; /* as the evaluator or the measurements have it */
    oa_response response; /* what it counts as: `recorded`, or what the policy for disease after CR makes of it */
    oa_assessment_use use;
} oa_assessment;

/*
 * Disease (PR, SD or NON-CR/NON-PD) after a CR: RECIST table 3, footnote a, knows two answers.  Either the CR was real and
 * the disease has come back, then the later time point is PD; or the CR was none, then it "should be changed to PR".
 */
typedef enum oa_after_cr {
    OA_AFTER_CR_STRICT,  /* the later time point is PD */
    OA_AFTER_CR_ASIS,    /* both stay as recorded; a PR after a CR confirms nothing */
    OA_AFTER_CR_REGRADE, /* an unconfirmed CR becomes what the later scan shows; after a confirmed CR it is PD */
    OA_AFTER_CR_QUERY,   /* both stay as recorded until the query is answered */
} oa_after_cr;

typedef struct oa_best_options {
    int32_t reference;        /* day 0 of sd_min_days; no assessment is before it */
    int32_t sd_min_days;      /* RECIST 4.4.3 and 4.6.1: protocol, in general not less than six to eight weeks */
    int32_t pd_max_days;      /* a PD later than this, without an assessment before it, is NE; 0: no such rule */
    int32_t confirm_days;     /* RECIST 4.4.3: generally four weeks */
    int32_t confirm_max_days; /* 0: no latest day */
    int confirm_max_ne;
    int confirm_max_sd;
    oa_after_cr after_cr;
    bool missing_as_ne;
    bool stops;       /* assessments from stop_day on do not count */
    int32_t stop_day; /* of the new anticancer therapy */
} oa_best_options;

/* Fills `response` and `use` of assessments in order of day. */
void oa_weigh_course(oa_assessment *assessments, size_t count, const oa_best_options *options);

/* The first assessment that shows disease after a CR, as recorded and before any PD, with the last CR before it; false
 * where there is none. */
bool oa_disease_after_cr(const oa_assessment *assessments, size_t count, size_t *cr, size_t *disease);

/* A best response and the assessments that made it: `first` gives it its date; `second` confirms; -1: none. */
typedef struct oa_best {
    oa_decision decision;
    int first;
    int second;
} oa_best;

/* The best response without confirmation, and the one of RECIST table 3, of assessments that oa_weigh_course() has read. */
oa_best oa_best_response(const oa_assessment *assessments, size_t count, const oa_best_options *options);
oa_best oa_best_confirmed(const oa_assessment *assessments, size_t count, const oa_best_options *options);

/*
 * The first response, of whatever kind: its day is when a response began (RECIST 4.6.2: "the time measurement criteria are
 * first met for CR or PR, whichever is first recorded").  PR, then a confirmed CR: the best response is dated to the CR,
 * the response to the PR.  Without a response, the same as the best response.
 */
oa_best oa_first_response(const oa_assessment *assessments, size_t count, const oa_best_options *options);
oa_best oa_first_confirmed(const oa_assessment *assessments, size_t count, const oa_best_options *options);

/* Why there is no confirmation of the response at `first`: a sentence for people.  "" where there is one. */
const char *oa_why_unconfirmed(const oa_assessment *assessments, size_t count, const oa_best_options *options,
                               size_t first);

#endif
