/*
 * course.h - the overall responses of one subject by one reader in order of day, from the lesions or as reported, and
 * what each of them counts as (recist_best.h).
 */
#ifndef OA_COURSE_H
#define OA_COURSE_H

#include "recist_best.h"
#include "reported.h"

typedef struct oa_course {
    oa_assessment *items;
    size_t *sources;   /* index into the time points of the tumour, or into the reports */
    size_t *of_source; /* by source: its item + 1; 0: it is no overall response */
    size_t count;
} oa_course;

/* AVAL of a response, as in admiralonco's aval_resp(); 0: none. */
double oa_response_number(oa_response response);

/* The keys of response: with the dates of a subject. */
oa_best_options oa_best_options_of(const oa_context *context, const oa_subject_dates *dates);

oa_course oa_measured_course(oa_context *context, const oa_tumour *tumour, const oa_best_options *options);
oa_course oa_reported_course(oa_context *context, const oa_reported *reported, const oa_best_options *options);

/* The item of a source; NULL: the source is no overall response. */
const oa_assessment *oa_course_item(const oa_course *course, size_t source);

/* The one of its day: ADRS.ANL01FL.  What was not done is none. */
bool oa_is_one_of_day(const oa_assessment *item);

/* True where the policy for disease after CR changed the response. */
bool oa_is_rewritten(const oa_assessment *item);
/* The rule of the policy that changed it, and the same in words. */
const char *oa_rewrite_rule(const oa_assessment *item);
const char *oa_rewrite_reason(const oa_assessment *item);

#endif
