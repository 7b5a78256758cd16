/* report.h - the report of a study as one HTML page that needs no other file and no network. */
#ifndef OA_REPORT_H
#define OA_REPORT_H

#include "study_figures.h"

#include "../base/buf.h"

typedef struct oa_report_page {
    const oa_protocol *protocol;
    const oa_sdtm *sdtm;
    const oa_adam *adam;
    const oa_ard *ard;
    const oa_diag *findings;
    const oa_study_figures *figures;
    const oa_buf *svg; /* one a figure */
    const char *version;
    const char *run_time; /* ISO 8601, UTC */
    oa_date cutoff;
    oa_input protocol_input;
} oa_report_page;

void oa_report_html(oa_arena *arena, const oa_report_page *page, oa_buf *out);

#endif
