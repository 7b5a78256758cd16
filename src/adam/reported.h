/* reported.h - the responses that an evaluator recorded in RS. */
#ifndef OA_REPORTED_H
#define OA_REPORTED_H

#include "tumour.h"

typedef struct oa_report {
    const char *paramcd; /* ADRS: OVR, TRGRESP, NTRGRESP */
    oa_response response;
    int32_t day;
    bool imputed;
    const char *visit;
    double visitnum; /* -1: none */
    size_t row;      /* of RS */
} oa_report;

typedef struct oa_reported {
    oa_report *items; /* in order of day */
    size_t count;
} oa_reported;

/* Responses of the protocol's evaluator on or after the reference day; one that is no response is a finding. */
oa_reported oa_reported_of(oa_context *context, size_t subject);

/* A note for each time point whose reported response differs from the one derived from the measurements. */
void oa_compare_reported(oa_context *context, const oa_tumour *tumour, const oa_reported *reported);

#endif
