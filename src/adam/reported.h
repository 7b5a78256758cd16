/* reported.h - the responses that a reader recorded in RS. */
#ifndef OA_REPORTED_H
#define OA_REPORTED_H

#include "tumour.h"

typedef enum oa_response_param {
    OA_REPORTED_TRGRESP,
    OA_REPORTED_NTRGRESP,
    OA_REPORTED_OVR,
    OA_N_REPORTED
} oa_response_param;

/* ADRS: PARAMCD and PARAM. */
const char *oa_response_paramcd(oa_response_param param);
const char *oa_response_param_text(oa_response_param param);

typedef struct oa_report {
    oa_response_param param;
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

/* Responses of a reader on or after the reference day, read once and never NULL; for the primary reader, what cannot be
 * used is a finding. */
const oa_reported *oa_reported_of(oa_context *context, size_t subject, const oa_reader *reader);

/* The report of the same kind and visit as a time point of the lesions; NULL where there is none. */
const oa_report *oa_report_at(const oa_reported *reported, const oa_timepoint *point, oa_response_param param);

#endif
