/*
 * tumour_baseline.c - the order of a subject's time points, and which of them is baseline: the last one before treatment
 * at which a lesion was evaluated, with what only a visit shortly before it shows, or at which there was none.
 */
#include "tumour.h"

#include <stdlib.h>
#include <string.h>

/* By the last scan; visits that end on one day in the order of their numbers and names. */
static int by_time(const void *a, const void *b) {
    const oa_timepoint *x = a;
    const oa_timepoint *y = b;
    int order = (x->last_scan > y->last_scan) - (x->last_scan < y->last_scan);
    order = order ? order : (x->visitnum > y->visitnum) - (x->visitnum < y->visitnum);
    order = order ? order : strcmp(x->visit, y->visit);
    return order ? order : (x->first_scan > y->first_scan) - (x->first_scan < y->first_scan);
}

static void sort_points(oa_tumour *tumour) {
    if (tumour->n_points > 0) {
        qsort(tumour->points, tumour->n_points, sizeof *tumour->points, by_time);
    }
}

/* A date known to the month becomes the last day of it, which may put a baseline scan after the first dose.  The first
 * visit of all is baseline where its month is that of the first dose. */
static void mend_date(oa_context *context, oa_tumour *t, int32_t reference) {
    int dtc = oa_table_column(oa_domain_table(context, OA_TR), "TRDTC");
    oa_timepoint *first = NULL;
    for (size_t i = 0; i < t->n_points; i++) {
        oa_timepoint *point = &t->points[i];
        if (point->last_scan <= reference) {
            return;
        }
        first = !first || point->visitnum < first->visitnum ? point : first;
    }
    if (!first || !first->imputed || first->visitnum < 0) {
        return;
    }
    for (size_t i = 0; i < first->n_readings; i++) {
        oa_reading *reading = &first->readings[i];
        oa_date date = oa_date_at(reading->table, reading->row, dtc);
        if (reading->table != oa_domain_table(context, OA_TR) || date.day > reference) {
            return;
        }
        reading->day = reading->day > reference ? reference : reading->day;
    }
    oa_reader_say(
        context, t->reader, OA_NOTE, first->readings[0].table, first->readings[0].row, "TR-BASELINE-DATE",
        "the date is known to the month only; as the first visit, in the month of the first dose, it is taken as "
        "baseline");
    first->last_scan = reference;
}

/* Of a visit that spans the reference day, what was assessed after it is no part of baseline. */
static void cut_visit(oa_context *context, oa_tumour *t, int32_t reference) {
    for (size_t p = 0; p < t->n_points; p++) {
        oa_timepoint *point = &t->points[p];
        size_t kept = 0;
        int32_t last = INT32_MIN;
        for (size_t i = 0; i < point->n_readings; i++) {
            if (point->readings[i].day <= reference) {
                last = point->readings[i].day > last ? point->readings[i].day : last;
                kept++;
            }
        }
        if (kept == 0 || kept == point->n_readings) {
            continue;
        }
        kept = 0;
        for (size_t i = 0; i < point->n_readings; i++) {
            const oa_reading *r = &point->readings[i];
            if (r->day <= reference) {
                point->readings[kept++] = *r;
            } else if (r->table == oa_domain_table(context, OA_TR)) {
                oa_reader_account(
                    context, t->reader, context->sdtm->domain[OA_TR], r->row, OA_USE_NO_DATE, "TR-BASELINE-LATE",
                    "the other lesions of this visit were assessed before treatment, this one after it began; it "
                    "is not part of baseline");
            }
        }
        point->n_readings = kept;
        point->last_scan = last;
    }
}

/* True where a target or non-target lesion was evaluated. */
static bool shows_disease(const oa_tumour *t, const oa_timepoint *point) {
    for (size_t i = 0; i < point->n_readings; i++) {
        const oa_reading *r = &point->readings[i];
        if (t->lesions[r->lesion].kind != OA_NEW_LESION && r->state != OA_LESION_NE) {
            return true;
        }
    }
    return false;
}

/* True where lesions were looked for and none was found: what was recorded is gone or absent. */
static bool shows_no_disease(const oa_timepoint *point) {
    for (size_t i = 0; i < point->n_readings; i++) {
        if (point->readings[i].state != OA_LESION_ABSENT) {
            return false;
        }
    }
    return true;
}

/* Of a lesion that both visits have, the reading of the later one counts, unless it was not evaluated there. */
static bool is_needed(const oa_tumour *t, const oa_reading *earlier, const oa_reading *base) {
    bool of_baseline = t->lesions[earlier->lesion].kind != OA_NEW_LESION && earlier->state != OA_LESION_NE;
    return of_baseline && (!base || base->state == OA_LESION_NE);
}

/* Both lists are in order of lesion. */
static bool take_missing(oa_context *context, const oa_tumour *t, oa_timepoint *base, const oa_timepoint *earlier) {
    oa_reading *all = OA_NEW_ARRAY(context->arena, oa_reading, base->n_readings + earlier->n_readings);
    size_t n = 0;
    bool used = false;
    for (size_t b = 0, e = 0; b < base->n_readings || e < earlier->n_readings;) {
        const oa_reading *of_base = b < base->n_readings ? &base->readings[b] : NULL;
        const oa_reading *of_earlier = e < earlier->n_readings ? &earlier->readings[e] : NULL;
        bool take_base = of_base && (!of_earlier || of_base->lesion <= of_earlier->lesion);
        bool take_earlier = of_earlier && (!of_base || of_earlier->lesion <= of_base->lesion);
        bool needed = take_earlier && is_needed(t, of_earlier, take_base ? of_base : NULL);
        if (needed || take_base) {
            all[n++] = needed ? *of_earlier : *of_base;
        }
        used = used || needed;
        b += take_base;
        e += take_earlier;
    }
    base->readings = all;
    base->n_readings = n;
    return used;
}

/* Adds to the baseline what only an earlier visit, not long before it, has: CT and bone scan may be visits of their own. */
static void complete(oa_context *context, oa_tumour *t, const oa_timepoint *earlier) {
    oa_timepoint *base = &t->points[t->baseline];
    bool recent = base->last_scan - earlier->last_scan <= OA_BASELINE_DAYS;
    bool used = recent && take_missing(context, t, base, earlier);
    oa_reader_say(context, t->reader, OA_WARNING, earlier->readings[0].table, earlier->readings[0].row, "TR-BASELINE",
                  oa_printf(context->arena, "there are two assessments before treatment; the later one is baseline, %s",
                            used ? "with the lesions that only this one has" : "this one is not used"));
}

/* Baseline is the last time point on or before the reference day at which a target or non-target lesion was evaluated,
 * else the last at which no lesion was found: such a subject can still have a new one. */
static void choose(oa_context *context, oa_tumour *t, int32_t reference) {
    int none = -1;
    t->baseline = -1;
    for (t->on_study = 0; t->on_study < t->n_points && t->points[t->on_study].last_scan <= reference; t->on_study++) {
        const oa_timepoint *point = &t->points[t->on_study];
        t->baseline = shows_disease(t, point) ? (int)t->on_study : t->baseline;
        none = shows_no_disease(point) ? (int)t->on_study : none;
    }
    t->baseline = t->baseline < 0 ? none : t->baseline;
    for (int i = t->baseline - 1; i >= 0; i--) {
        if (shows_disease(t, &t->points[i])) {
            complete(context, t, &t->points[i]);
        }
    }
}

void oa_tumour_baseline(oa_context *context, oa_tumour *tumour, int32_t reference) {
    mend_date(context, tumour, reference);
    cut_visit(context, tumour, reference);
    sort_points(tumour);
    choose(context, tumour, reference);
}
