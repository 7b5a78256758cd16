/* schedule.h - when the tumour is assessed by the protocol: what missed assessments are judged by. */
#ifndef OA_SCHEDULE_H
#define OA_SCHEDULE_H

#include "../protocol/protocol.h"
#include "pfs.h"

/*
 * The planned assessments: times.imaging where the protocol has it, else the visits that are `after: reference` and
 * whose forms name TR.  In rising order, one a day; empty where the protocol plans none, so that none can be missed.
 */
oa_planned_list oa_imaging_schedule(oa_arena *arena, const oa_protocol *protocol);

/* What missed assessments are judged by, as a sentence: "Missed assessments are judged by ...". */
const char *oa_schedule_text(oa_arena *arena, const oa_protocol *protocol);

#endif
