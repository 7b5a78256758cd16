/*
 * history.h - what times to events are made from: the course of one subject's disease as ADRS, DS and ADSL have it, each
 * fact with the record behind it.
 */
#ifndef OA_HISTORY_H
#define OA_HISTORY_H

#include "derive.h"
#include "pfs.h"

/* The columns of ADRS that are read. */
typedef struct oa_adrs_view {
    const oa_table *table;
    const oa_span *spans;
    int paramcd, avalc, adt, aseq, anl01fl;
} oa_adrs_view;

typedef struct oa_history {
    oa_subject_dates dates;
    oa_pfs_subject pfs;
    const size_t *adequate_rows; /* of ADRS, beside pfs.adequate */
    size_t progression_row;      /* of ADRS */
    size_t claim_row;            /* of DS */
    bool responded;              /* confirmed, where the protocol asks for that */
    int32_t response;            /* the day of the first CR or PR that counts */
    size_t response_row;         /* of ADRS: RSP or CRSP */
    bool stable;                 /* the best response is SD */
    size_t best_row;             /* of ADRS: BOR or CBOR */
} oa_history;

oa_adrs_view oa_view_adrs(const oa_context *context);

/* False where the subject has no reference day, so that no time can be told. */
bool oa_history_of(oa_context *context, const oa_adrs_view *adrs, oa_planned_list schedule, size_t subject,
                   oa_history *history);

#endif
