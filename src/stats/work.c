/* work.c - see work.h. */
#include "work.h"

#include "level.h"

#include "../base/number.h"

#include <math.h>

#ifndef MATHLIB_STANDALONE
#define MATHLIB_STANDALONE
#endif
#include <Rmath.h>

typedef struct work {
    oa_arena *arena;
    void (*job)(oa_arena *arena, void *context);
    void *context;
} work;

static void start(void *context) {
    work *w = context;
    w->job(w->arena, w->context);
}

bool oa_work(void (*job)(oa_arena *arena, void *context), void *context, size_t n, oa_diag *diag) {
    work w = {oa_arena_new(0), job, context};
    bool done = w.arena && oa_arena_run(w.arena, start, &w);
    oa_arena_free(w.arena);
    if (!done) {
        oa_diag_add(diag, OA_ERROR, OA_MEMORY, NULL, "STATS-MEMORY", "there is no memory for %zu subjects", n);
    }
    return done;
}

bool oa_numbers_valid(const double *values, size_t n, double least, const char *what, const char *rule, oa_diag *diag) {
    for (size_t i = 0; i < n; i++) {
        if (isfinite(values[i]) && values[i] >= least) {
            continue;
        }
        char text[OA_NUMBER_SIZE];
        char bound[OA_NUMBER_SIZE];
        bool bounded = isfinite(least);
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, rule, "%s %zu of %zu is %s; it must be a number%s%s%s", what, i + 1,
                    n, oa_level_text(values[i], text), bounded ? " from " : "",
                    bounded ? oa_format_number(least, bound) : "", bounded ? " on" : "");
        return false;
    }
    return true;
}

bool oa_alternative_valid(oa_alternative alternative, oa_diag *diag) {
    if (alternative == OA_ALT_TWO_SIDED || alternative == OA_ALT_GREATER || alternative == OA_ALT_LESS) {
        return true;
    }
    oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "STATS-ALTERNATIVE",
                "alternative %d is not known; OA_ALT_TWO_SIDED, OA_ALT_GREATER and OA_ALT_LESS are", (int)alternative);
    return false;
}

double oa_t_p_value(double t, double df, oa_alternative alternative) {
    if (alternative == OA_ALT_TWO_SIDED) {
        return 2 * pt(-fabs(t), df, true, false);
    }
    return pt(t, df, alternative == OA_ALT_LESS, false);
}
