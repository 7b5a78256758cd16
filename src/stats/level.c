/*
 * level.c - see level.h.
 *
 * libRmath prints on stdout when an argument is out of its domain, so a level is checked before it goes there.
 */
#include "level.h"

#include <math.h>

#ifndef MATHLIB_STANDALONE
#define MATHLIB_STANDALONE
#endif
#include <Rmath.h>

const char *oa_level_text(double value, char *out) {
    if (isnan(value)) {
        return "not a number";
    }
    if (isinf(value)) {
        return value > 0 ? "infinite" : "minus infinity";
    }
    return oa_format_number(value, out);
}

bool oa_level_valid(double level, oa_diag *diag) {
    if (level > 0 && level < 1) {
        return true;
    }
    char text[OA_NUMBER_SIZE];
    oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "STATS-LEVEL",
                "the level of the interval is %s; it must be a fraction above 0 and below 1, such as 0.95 for 95 %%",
                oa_level_text(level, text));
    return false;
}

double oa_level_tail(double level) {
    return (1 - level) / 2;
}

oa_tail oa_tail_of(double part) {
    return (oa_tail){.part = part, .log = log(part), .deviate = qnorm(part, 0, 1, false, false)};
}

double oa_level_deviate(double level) {
    return oa_tail_of(oa_level_tail(level)).deviate;
}
