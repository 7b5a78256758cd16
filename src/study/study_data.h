/* study_data.h - the inside of oa_study, for the files of this room. */
#ifndef OA_STUDY_DATA_H
#define OA_STUDY_DATA_H

#include "../ard/ard.h"

#include <onearm/study.h>

struct oa_study {
    oa_arena *arena;
    oa_date cutoff; /* OA_KNOWN_NOTHING: the protocol's */
    const oa_protocol *protocol;
    oa_input protocol_input;
    oa_sdtm sdtm;
    oa_adam adam;
    oa_ard ard;
    bool derived;
};

/* Runs a job of the study; where memory ran out, says so and returns false. */
bool oa_study_run(oa_study *study, void (*job)(void *context), void *context, oa_diag *diag);

/* Whether the study has the dataset: ADRSR is one of studies with more than one reader. */
bool oa_study_has(const oa_study *study, oa_dataset dataset);

/* The cut-off in force. */
oa_date oa_study_cutoff(const oa_study *study);

#endif
