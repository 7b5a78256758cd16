/* monitor.h - where a running trial stands. */
#ifndef OA_ARD_MONITOR_H
#define OA_ARD_MONITOR_H

#include "ard.h"

#include <onearm/monitor.h>

/* After oa_ard_analyse. */
bool oa_ard_monitor(oa_arena *arena, const oa_protocol *protocol, const oa_sdtm *sdtm, const oa_adam *adam, oa_ard *ard,
                    oa_monitor *m, oa_diag *diag);

#endif
