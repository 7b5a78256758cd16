/* times.h - a time-to-event parameter of ADTTE for the analysis set, as vectors that the survival estimate takes. */
#ifndef OA_TIMES_H
#define OA_TIMES_H

#include "ard.h"

typedef struct oa_times {
    double *months;
    bool *event;
    size_t *subjects; /* rows of ADSL */
    size_t count;
} oa_times;

oa_times oa_times_of(oa_arena *arena, const oa_ard *ard, const oa_adam *adam, const char *paramcd, double month_days);

#endif
