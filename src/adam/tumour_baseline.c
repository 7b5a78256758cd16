/*
 * tumour_baseline.c - the order of a subject's time points, and which of them is baseline: the last one before treatment
 * at which a lesion was evaluated, with what only a visit shortly before it shows.
 */
#include "tumour.h"

/* How long before the other scans of baseline a scan may be: RECIST 4.1 asks for four weeks before treatment. */
enum { BASELINE_DAYS = 28 };

static void sort_points(oa_tumour *tumour) {
    for (size_t i = 1; i < tumour->n_points; i++) {
        oa_timepoint point = tumour->points[i];
        size_t at = i;
        while (at > 0 && tumour->points[at - 1].last_scan > point.last_scan) {
            tumour->points[at] = tumour->points[at - 1];
            at--;
        }
        tumour->points[at] = point;
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
    oa_place where = oa_sdtm_place(first->readings[0].table, first->readings[0].row);
    oa_diag_add(
        context->diag, OA_NOTE, OA_RECORD, &where, "TR-BASELINE-DATE",
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
                oa_account(
                    context, context->sdtm->domain[OA_TR], r->row, OA_USE_NO_DATE, "TR-BASELINE-LATE",
                    "the other lesions of this visit were assessed before treatment, this one after it began; it "
                    "is not part of baseline");
            }
        }
        point->n_readings = kept;
        point->last_scan = last;
    }
}

/* Gives the time point a reading of a lesion that it did not evaluate; true where it took it. */
static bool take(oa_context *context, oa_timepoint *point, oa_reading reading) {
    for (size_t i = 0; i < point->n_readings; i++) {
        oa_reading *old = &point->readings[i];
        if (old->lesion == reading.lesion) {
            bool lacks = old->state == OA_LESION_NE;
            *old = lacks ? reading : *old;
            return lacks;
        }
    }
    point->readings =
        oa_regrow(context->arena, point->readings, point->n_readings, point->n_readings + 1, sizeof reading);
    point->readings[point->n_readings++] = reading;
    point->c_readings = point->n_readings;
    return true;
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

/* Adds to the baseline what only an earlier visit, not long before it, has: CT and bone scan may be visits of their own. */
static void complete(oa_context *context, oa_tumour *t, const oa_timepoint *earlier) {
    oa_timepoint *base = &t->points[t->baseline];
    bool recent = base->last_scan - earlier->last_scan <= BASELINE_DAYS;
    bool used = false;
    for (size_t i = 0; recent && i < earlier->n_readings; i++) {
        const oa_reading *r = &earlier->readings[i];
        if (t->lesions[r->lesion].kind != OA_NEW_LESION && r->state != OA_LESION_NE) {
            used = take(context, base, *r) || used;
        }
    }
    oa_place where = oa_sdtm_place(earlier->readings[0].table, earlier->readings[0].row);
    oa_diag_add(context->diag, OA_WARNING, OA_RECORD, &where, "TR-BASELINE",
                "there are two assessments before treatment; the later one is baseline, %s",
                used ? "with the lesions that only this one has" : "this one is not used");
}

/* Baseline is the last time point on or before the reference day at which a target or non-target lesion was evaluated. */
static void choose(oa_context *context, oa_tumour *t, int32_t reference) {
    t->baseline = -1;
    for (size_t i = 0; i < t->n_points && t->points[i].last_scan <= reference; i++) {
        t->baseline = shows_disease(t, &t->points[i]) ? (int)i : t->baseline;
    }
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
