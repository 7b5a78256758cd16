/* subjects.c - see subjects.h. */
#include "subjects.h"

#include "km.h"
#include "sort.h"
#include "work.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Sums fractions of the largest time, so nothing overflows. */
static double tie_slack(const double *sorted, size_t n) {
    double largest = sorted[n - 1];
    double sum = 0;
    double distinct = 0;
    for (size_t i = 0; i < n && largest > 0; i++) {
        if (i == 0 || sorted[i] > sorted[i - 1]) {
            sum += sorted[i] / largest;
            distinct += 1;
        }
    }
    return oa_tie_slack(distinct > 0 ? largest * (sum / distinct) : 0);
}

/* How many moments begin at `time` or before; from 1 on for a time that is among them. */
static size_t begun(const oa_moments *moments, double time) {
    size_t low = 0;
    size_t high = moments->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (moments->first[middle] <= time) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

oa_moments oa_moments_of(oa_arena *arena, const double *time, size_t n) {
    double *sorted = OA_NEW_ARRAY(arena, double, n);
    oa_moments moments = {.first = OA_NEW_ARRAY(arena, double, n),
                          .last = OA_NEW_ARRAY(arena, double, n),
                          .of = OA_NEW_ARRAY(arena, size_t, n)};
    for (size_t i = 0; i < n; i++) {
        sorted[i] = time[i] + 0.0; /* -0 + 0 is 0 */
    }
    oa_sort_doubles(sorted, n);
    moments.slack = tie_slack(sorted, n);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || sorted[i] - sorted[i - 1] > moments.slack) {
            moments.first[moments.count++] = sorted[i];
        }
        moments.last[moments.count - 1] = sorted[i];
    }
    for (size_t i = 0; i < n; i++) {
        moments.of[i] = begun(&moments, time[i]) - 1;
    }
    return moments;
}

static int by_stratum_and_moment(const void *a, const void *b) {
    const oa_subject *x = a;
    const oa_subject *y = b;
    if (x->stratum != y->stratum) {
        return x->stratum < y->stratum ? -1 : 1;
    }
    if (x->moment != y->moment) {
        return x->moment < y->moment ? -1 : 1;
    }
    return x->index < y->index ? -1 : x->index > y->index;
}

oa_subject *oa_subjects_ordered(oa_arena *arena, const double *time, const bool *event, const int *stratum, size_t n) {
    oa_subject *subjects = OA_NEW_ARRAY(arena, oa_subject, n);
    oa_moments moments = oa_moments_of(arena, time, n);
    for (size_t i = 0; i < n; i++) {
        subjects[i] =
            (oa_subject){.stratum = stratum ? stratum[i] : 0, .moment = moments.of[i], .index = i, .event = event[i]};
    }
    qsort(subjects, n, sizeof *subjects, by_stratum_and_moment);
    return subjects;
}

size_t oa_stratum_end(const oa_subject *subjects, size_t first, size_t n) {
    size_t end = first;
    while (end < n && subjects[end].stratum == subjects[first].stratum) {
        end++;
    }
    return end;
}

size_t oa_moment_end(const oa_subject *subjects, size_t first, size_t n) {
    size_t end = first;
    while (end < n && subjects[end].stratum == subjects[first].stratum &&
           subjects[end].moment == subjects[first].moment) {
        end++;
    }
    return end;
}

bool oa_survival_valid(const double *time, const bool *event, size_t n, const char *rule, oa_diag *diag) {
    if (n == 0 || !time || !event) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, rule, "there are no subjects; at least one must have an event");
        return false;
    }
    if (!oa_numbers_valid(time, n, 0, "time", rule, diag)) {
        return false;
    }
    if (!memchr(event, 1, n)) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, rule,
                    "none of the %zu subjects has an event, so there is nothing to compare", n);
        return false;
    }
    return true;
}
