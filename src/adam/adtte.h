/* adtte.h - what the files of ADTTE share: outcomes beside those of pfs.h, and reasons in words. */
#ifndef OA_ADTTE_H
#define OA_ADTTE_H

#include "history.h"
#include "schedule.h"

enum {
    OA_TTE_CENSOR_DEATH = OA_PFS_OUTCOMES, /* death without progression, of the duration of stable disease */
    OA_TTE_RESPONSE,
    OA_TTE_ALIVE,
    OA_TTE_END_OF_FOLLOW_UP,
    OA_TTE_DIED, /* which censors follow-up */
};

/* What decided, what else was looked at, which assessments were missed, and the preset's source. */
const char *oa_pfs_reason(oa_context *context, const oa_history *history, const oa_pfs_decision *decision,
                          const oa_pfs_preset *preset);
/* Of a responder: which assessment the response is counted from. */
const char *oa_response_reason(oa_context *context, const oa_history *history);

#endif
