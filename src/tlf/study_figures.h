/* study_figures.h - the figures of a study: from datasets and results to what figure.h draws. */
#ifndef OA_STUDY_FIGURES_H
#define OA_STUDY_FIGURES_H

#include "figure.h"

#include "../ard/ard.h"

typedef struct oa_study_figure {
    const char *id; /* "waterfall": also its file name */
    const char *title;
    const char *caption;
    oa_figure figure;
} oa_study_figure;

/* Figures for which there are data, in the order of the report.  `created` is the date of PDF files. */
typedef struct oa_study_figures {
    oa_study_figure items[8];
    size_t count;
} oa_study_figures;

oa_study_figures oa_figures_of(oa_arena *arena, const oa_protocol *protocol, const oa_sdtm *sdtm, const oa_adam *adam,
                               const oa_ard *ard, const char *created, oa_diag *diag);

#endif
