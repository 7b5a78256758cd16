/* discrepancy.h - measured and reported responses side by side, of any reader, and why they differ. */
#ifndef OA_DISCREPANCY_H
#define OA_DISCREPANCY_H

#include "reported.h"

/* A response of one kind at one time point, as the lesions give it and as it was reported; one of them may be NULL. */
typedef struct oa_pair {
    oa_response_param param;
    const oa_timepoint *point;
    const oa_report *report;
    /* of the time point, or, where there is none, of the report */
    const char *visit;
    double visitnum; /* -1: none */
    int32_t day;
} oa_pair;

typedef struct oa_pairs {
    oa_pair *items; /* in order of time point, then kind; at the end the reports that match no time point */
    size_t count;
} oa_pairs;

oa_pairs oa_pairs_of(oa_context *context, const oa_tumour *tumour, const oa_reported *reported);

/* OA_RESP_NONE where there is none. */
oa_response oa_pair_measured(const oa_pair *pair);
oa_response oa_pair_reported(const oa_pair *pair);

/* The decision on this kind of response; its rule is "" where nothing was measured. */
oa_decision oa_pair_decision(const oa_pair *pair);

/* What makes the measured response what it is and how it differs from the reported one:
 * "T01 20 mm, T03 not evaluated: ...: measured NE, reported SD". */
const char *oa_why_different(oa_context *context, const oa_tumour *tumour, const oa_pair *pair);

#endif
