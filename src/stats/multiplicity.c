/*
 * multiplicity.c - adjusted p values.
 *
 * With p(1) <= ... <= p(n):
 *   Holm        the largest of (n - j + 1) p(j) for j = 1 .. i
 *   Hochberg    the smallest of (n - j + 1) p(j) for j = i .. n
 *   Bonferroni  n p(i)
 * none above 1.  Sources: multiplicity.h.  Equal p values get equal adjusted ones.
 */
#include <onearm/multiplicity.h>

#include "level.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[OA_N_ADJUSTMENTS] = {
    [OA_HOLM] = "holm", [OA_HOCHBERG] = "hochberg", [OA_BONFERRONI] = "bonferroni"};

const char *oa_adjustment_name(oa_adjustment adjustment) {
    return (unsigned)adjustment < OA_N_ADJUSTMENTS ? names[adjustment] : NULL;
}

bool oa_adjustment_of(const char *name, oa_adjustment *adjustment) {
    for (unsigned i = 0; i < OA_N_ADJUSTMENTS; i++) {
        if (strcmp(names[i], name) == 0) {
            *adjustment = (oa_adjustment)i;
            return true;
        }
    }
    return false;
}

typedef struct hypothesis {
    double p;
    size_t place;
} hypothesis;

static int by_p(const void *a, const void *b) {
    const hypothesis *x = a;
    const hypothesis *y = b;
    return (x->p > y->p) - (x->p < y->p);
}

static bool values_valid(const double *p, size_t n, oa_diag *diag) {
    for (size_t i = 0; i < n; i++) {
        if (!(p[i] >= 0 && p[i] <= 1)) {
            char text[OA_NUMBER_SIZE];
            oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "STATS-ADJUST", "p value %zu is %s; a p value lies from 0 to 1",
                        i + 1, oa_level_text(p[i], text));
            return false;
        }
    }
    return true;
}

static void step_down(const hypothesis *sorted, size_t n, double *adjusted) {
    double most = 0;
    for (size_t i = 0; i < n; i++) {
        most = fmax(most, (double)(n - i) * sorted[i].p);
        adjusted[sorted[i].place] = fmin(most, 1);
    }
}

static void step_up(const hypothesis *sorted, size_t n, double *adjusted) {
    double least = 1;
    for (size_t i = n; i-- > 0;) {
        least = fmin(least, (double)(n - i) * sorted[i].p);
        adjusted[sorted[i].place] = least;
    }
}

bool oa_adjust(const double *p, size_t n, oa_adjustment adjustment, double *adjusted, oa_diag *diag) {
    if ((unsigned)adjustment >= OA_N_ADJUSTMENTS) {
        oa_diag_add(diag, OA_ERROR, OA_USAGE, NULL, "STATS-ADJUST", "there is no such adjustment of p values");
        return false;
    }
    if (!values_valid(p, n, diag)) {
        return false;
    }
    if (adjustment == OA_BONFERRONI) {
        for (size_t i = 0; i < n; i++) {
            adjusted[i] = fmin((double)n * p[i], 1);
        }
        return true;
    }
    hypothesis *sorted = calloc(n ? n : 1, sizeof *sorted);
    if (!sorted) {
        oa_diag_add(diag, OA_ERROR, OA_MEMORY, NULL, "STATS-ADJUST", "there is no memory for %zu p values", n);
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        sorted[i] = (hypothesis){.p = p[i], .place = i};
    }
    qsort(sorted, n, sizeof *sorted, by_p);
    (adjustment == OA_HOLM ? step_down : step_up)(sorted, n, adjusted);
    free(sorted);
    return true;
}
