/* posterior.c - see posterior.h. */
#include "posterior.h"

#include "../base/number.h"
#include "../stats/level.h"

#ifndef MATHLIB_STANDALONE
#define MATHLIB_STANDALONE
#endif
#include <Rmath.h>

double oa_beta_above(const oa_beta *prior, double rate, int32_t x, int32_t n) {
    return pbeta(rate, prior->a + x, prior->b + n - x, false, false);
}

bool oa_beta_valid(const char *what, const oa_beta *beta, oa_diag *diag) {
    char a[OA_NUMBER_SIZE];
    char b[OA_NUMBER_SIZE];
    if (beta->a > 0 && beta->b > 0 && beta->a <= 1e5 && beta->b <= 1e5) {
        return true;
    }
    oa_diag_add(
        diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-PRIOR",
        "the prior of %s is Beta(%s, %s); both parameters must be above 0 and at most 100000: they count events and "
        "subjects without, so 0.2,0.8 is worth one subject with a rate of 0.2",
        what, oa_level_text(beta->a, a), oa_level_text(beta->b, b));
    return false;
}

bool oa_schedule_valid(const oa_schedule *schedule, oa_diag *diag) {
    bool good = schedule->count > 0;
    for (size_t i = 0; i < schedule->count; i++) {
        good = good && schedule->looks[i] > (i ? schedule->looks[i - 1] : 0) && schedule->looks[i] <= OA_MOST_SUBJECTS;
    }
    if (!good) {
        oa_diag_add(
            diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-LOOKS",
            "looks are numbers of subjects, each more than the one before, from 1 to %d, such as 10,20,30 or 10:40:5",
            (int)OA_MOST_SUBJECTS);
    }
    return good;
}

bool oa_threshold_valid(const char *name, double value, oa_diag *diag) {
    char text[OA_NUMBER_SIZE];
    if (value >= 0 && value <= 1) {
        return true;
    }
    oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-THRESHOLD",
                "the threshold of %s is %s; it is a probability from 0 to 1, such as 0.05", name,
                oa_level_text(value, text));
    return false;
}

int32_t oa_count_below(const double *scores, int32_t count, double threshold) {
    int32_t below = 0;
    while (below < count && scores[below] < threshold - OA_SAME_PROBABILITY) {
        below++;
    }
    return below;
}

int32_t oa_count_not_above(const double *scores, int32_t count, double threshold) {
    int32_t below = 0;
    while (below < count && scores[below] <= threshold + OA_SAME_PROBABILITY) {
        below++;
    }
    return below;
}
