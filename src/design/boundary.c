/* boundary.c - boundaries as the public header has them: validity, operating characteristics.  See walk.h for the sums. */
#include "boundary.h"

#include "../base/number.h"
#include "../stats/level.h"

#include <stdlib.h>

static bool refuse(oa_diag *diag, const char *what, size_t look, int32_t n) {
    oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-BOUNDARY", "look %zu, after %d subjects: %s", look + 1, (int)n,
                what);
    return false;
}

/* What is wrong with a look, given the number of subjects at the one before it; NULL: nothing. */
static const char *fault(const oa_look *look, int32_t before, bool last) {
    if (look->n < 1 || look->n > OA_MOST_SUBJECTS) {
        return "a look comes after 1 to 10000 subjects";
    }
    if (look->n <= before) {
        return "looks come in order of the number of subjects";
    }
    if (look->lower < -1 || look->lower > look->n || look->upper < 0 || look->upper > look->n + 1) {
        return "the lower limit is from -1 to n and the upper from 0 to n + 1";
    }
    if (look->lower >= look->upper) {
        return "the lower limit must be below the upper, else one number of responses has two answers";
    }
    if (last && look->lower + 1 != look->upper) {
        return "the last look must give an answer: its upper limit is the lower one plus 1";
    }
    return NULL;
}

bool oa_boundary_valid(const oa_boundary *boundary, oa_diag *diag) {
    int32_t before = 0;
    if (boundary->count == 0) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-BOUNDARY", "a boundary has at least one look");
        return false;
    }
    for (size_t i = 0; i < boundary->count; i++) {
        const char *what = fault(&boundary->looks[i], before, i + 1 == boundary->count);
        if (what) {
            return refuse(diag, what, i, boundary->looks[i].n);
        }
        before = boundary->looks[i].n;
    }
    return true;
}

bool oa_rate_valid(const char *name, double rate, bool ends, oa_diag *diag) {
    if (ends ? rate >= 0 && rate <= 1 : rate > 0 && rate < 1) {
        return true;
    }
    char text[OA_NUMBER_SIZE];
    oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-RATE",
                "%s is %s; it must be a fraction %s, such as 0.2 for 20 %%", name, oa_level_text(rate, text),
                ends ? "from 0 to 1" : "above 0 and below 1");
    return false;
}

double *oa_walk_reserve(const oa_boundary *boundary, oa_diag *diag) {
    double *room = calloc(oa_walk_room(boundary), sizeof *room);
    if (!room) {
        oa_diag_add(diag, OA_ERROR, OA_MEMORY, NULL, "MEMORY", "there is not enough memory for a design");
    }
    return room;
}

bool oa_boundary_oc(const oa_boundary *boundary, double p, oa_oc *oc, oa_stop *stops, oa_diag *diag) {
    if (!oa_boundary_valid(boundary, diag) || !oa_rate_valid("the true rate", p, true, diag)) {
        return false;
    }
    double *room = oa_walk_reserve(boundary, diag);
    if (room) {
        oa_walk_oc(boundary, p, room, oc, stops);
    }
    free(room);
    return room != NULL;
}

double oa_root_of_rising(double (*f)(const void *context, double p), const void *context, double value) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < 100 && high - low > 1e-16; i++) {
        double middle = (low + high) / 2;
        if (f(context, middle) < value) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return (low + high) / 2;
}
