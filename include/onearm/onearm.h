/*
 * onearm.h - the library's front door: include this and nothing else.
 *
 * First open a study (study.h), then ask it for datasets, results, explanations or a report.  Every fallible function
 * takes an oa_diag (diag.h) last and returns false or NULL when it failed; the diag then says where, what and how to
 * mend it.  Handles are opaque.  The library holds no global state: one study and one diag belong to one thread at a
 * time, and different studies may be used from different threads.
 */
#ifndef ONEARM_ONEARM_H
#define ONEARM_ONEARM_H

#include <onearm/audit.h>
#include <onearm/design.h>
#include <onearm/diag.h>
#include <onearm/logrank_design.h>
#include <onearm/monitor.h>
#include <onearm/monitoring.h>
#include <onearm/stats.h>
#include <onearm/study.h>
#include <onearm/table.h>

/* "0.1.0" - the version of the library in use, which may differ from the header's.  A static string. */
OA_API const char *oa_version(void);

#endif
