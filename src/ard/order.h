/* order.h - subjects in the order of their first dose, and the design of the protocol as a boundary. */
#ifndef OA_ARD_ORDER_H
#define OA_ARD_ORDER_H

#include "analysis.h"

#include <onearm/boundary.h>

/* Rows of ADSL with the flag, by first dose, then by USUBJID. */
size_t *oa_by_first_dose(const oa_analysis *a, const oa_flags *flags, size_t *count);

/* The protocol's two_stage or looks; count = 0 where it has neither. */
oa_boundary oa_protocol_boundary(oa_arena *arena, const oa_protocol *protocol);

#endif
