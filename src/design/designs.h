/*
 * designs.h - what the searches share: the list of designs that they fill, the check of the problem, and when an error
 * rate keeps its bound.
 */
#ifndef OA_DESIGN_DESIGNS_H
#define OA_DESIGN_DESIGNS_H

#include "../base/arena.h"
#include "boundary.h"

#include <onearm/design.h>

struct oa_designs {
    oa_arena *arena;
    oa_problem problem;
    oa_design *items;
    size_t count;
    size_t capacity;
    bool complete;
    oa_diag *diag; /* while a search runs */
    bool failed;   /* it found none, and has said so */
};

/*
 * Checks the problem, then runs search(designs, context) as a job.  The list that it filled; NULL where a problem, or the
 * search, or memory failed.
 */
oa_designs *oa_designs_search(const oa_problem *problem, void (*search)(oa_designs *designs, const void *context),
                              const void *context, oa_diag *diag);

/* Adds a design with a copy of its looks and its exact operating characteristics at p0 and p1. */
oa_design *oa_designs_add(oa_designs *designs, const char *name, const char *rule, const oa_look *looks, size_t count);
oa_design *oa_designs_add_two_stage(oa_designs *designs, const char *name, const char *rule,
                                    const oa_two_stage *design);

/* Says that there is no design, and ends the search. */
void oa_designs_none(oa_designs *designs, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* value <= bound, or value < bound where the problem is strict; within 1e-12 they are equal. */
bool oa_keeps(const oa_problem *problem, double value, double bound);
bool oa_keeps_alpha(const oa_problem *problem, double type_one);
bool oa_keeps_power(const oa_problem *problem, double power);

/* An error rate in (0, 1); else says what is wrong with `name`. */
bool oa_error_rate_valid(const char *name, double value, oa_diag *diag);
bool oa_two_stage_valid(const oa_two_stage *design, oa_diag *diag);

void oa_tell(const oa_problem *problem, double done);

/* An EN that is less by no more than this is not less: sums of the same terms in another order. */
#define OA_SAME_EN 1e-9

#endif
