/*
 * check.h - the rules of the protocol that the records can break: eligibility, gates, and its own edit checks.
 *
 * Each break is a finding of severity warning that names the subject, the rule and the record.
 */
#ifndef OA_CONDUCT_CHECK_H
#define OA_CONDUCT_CHECK_H

#include "../adam/adam.h"

/* False only when a rule of the protocol cannot be run; its message is an error. */
bool oa_conduct_check(oa_arena *arena, const oa_protocol *protocol, const oa_sdtm *sdtm, const oa_adam *adam,
                      oa_diag *diag);

#endif
