/*
 * level.h - the two-sided level of an interval, as every interval of this room reads it.
 */
#ifndef OA_LEVEL_H
#define OA_LEVEL_H

#include "../base/number.h"

#include <onearm/diag.h>

/* Adds an error and returns false unless 0 < level < 1. */
bool oa_level_valid(double level, oa_diag *diag);

/* (1 - level) / 2: the probability left outside on each side.  Exact for levels from 0.5. */
double oa_level_tail(double level);

/* The probability left outside a limit, with what the methods make of it. */
typedef struct oa_tail {
    double part; /* up to 0.5 */
    double log;
    double deviate; /* the standard normal one with `part` above it: 1.959964 for 0.025 */
} oa_tail;
oa_tail oa_tail_of(double part);

/* The deviate of a two-sided level: 1.959964 for 0.95. */
double oa_level_deviate(double level);

/* A number for a message, the same in every locale, NaN and infinity included.  `out` holds OA_NUMBER_SIZE. */
const char *oa_level_text(double value, char *out);

#endif
