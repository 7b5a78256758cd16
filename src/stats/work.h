/*
 * work.h - memory of one computation, and checks that several share.
 */
#ifndef OA_WORK_H
#define OA_WORK_H

#include "../base/arena.h"

#include <onearm/diag.h>
#include <onearm/test.h>

/* Runs job(arena, context) in an arena of its own, which is gone afterwards.  False, with a message that names `n`
 * subjects, where memory ran out. */
bool oa_work(void (*job)(oa_arena *arena, void *context), void *context, size_t n, oa_diag *diag);

/* Adds an error "WHAT I of N is ...; it must be a number" at the first that is not finite, or is below `least`. */
bool oa_numbers_valid(const double *values, size_t n, double least, const char *what, const char *rule, oa_diag *diag);

/* Adds an error and returns false for a value that is no oa_alternative. */
bool oa_alternative_valid(oa_alternative alternative, oa_diag *diag);

/* P of Student's t on `df` degrees of freedom against an alternative. */
double oa_t_p_value(double t, double df, oa_alternative alternative);

#endif
