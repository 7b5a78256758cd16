/*
 * tumour_assess.c - the response at each time point after baseline, by recist.h.
 *
 * The day of a time point: where it is PD, the earliest of the scans that show it (the new lesion's, the non-target
 * lesion's, or the last target scan for the sum); else the last scan of the visit.
 */
#include "tumour.h"

static bool is_normal(const oa_lesion *lesion, int64_t length) {
    return lesion->node ? length < 10 * OA_MM : length == 0;
}

/* The lesions of a kind at baseline are those expected at every later time point. */
static const oa_reading *reading_at(const oa_timepoint *point, size_t lesion) {
    for (size_t i = 0; i < point->n_readings; i++) {
        if (point->readings[i].lesion == lesion) {
            return &point->readings[i];
        }
    }
    return NULL;
}

static void gather(const oa_tumour *tumour, const oa_timepoint *baseline, oa_timepoint *point) {
    point->targets = (oa_targets){.all_normal = true};
    point->nontargets = (oa_nontargets){0};
    for (size_t i = 0; i < baseline->n_readings; i++) {
        const oa_reading *at_baseline = &baseline->readings[i];
        const oa_lesion *lesion = &tumour->lesions[at_baseline->lesion];
        const oa_reading *now = reading_at(point, at_baseline->lesion);
        bool evaluated = now && now->state != OA_LESION_NE;
        if (lesion->kind == OA_TARGET && at_baseline->state == OA_LESION_MEASURED) {
            point->targets.n_expected++;
            point->targets.n_evaluated += evaluated;
            point->targets.sum += evaluated ? now->length : 0;
            point->targets.all_normal = point->targets.all_normal && evaluated && is_normal(lesion, now->length);
        } else if (lesion->kind == OA_NON_TARGET) {
            point->nontargets.n_expected++;
            point->nontargets.n_evaluated += evaluated;
            point->nontargets.n_present += evaluated && now->state != OA_LESION_ABSENT;
            point->nontargets.unequivocal_progression =
                point->nontargets.unequivocal_progression || (evaluated && now->state == OA_LESION_UNEQUIVOCAL);
        }
    }
}

/* An equivocal new lesion counts from its first appearance once a later scan leaves no doubt (RECIST 4.3.5). */
static bool confirmed_later(const oa_tumour *tumour, size_t point, size_t lesion) {
    for (size_t i = point; i < tumour->n_points; i++) {
        const oa_reading *reading = reading_at(&tumour->points[i], lesion);
        if (reading && (reading->state == OA_LESION_UNEQUIVOCAL || reading->state == OA_LESION_PRESENT)) {
            return true;
        }
    }
    return false;
}

/* The first day on which a new lesion was seen at this time point; false where there is none. */
static bool new_lesion_at(const oa_tumour *tumour, size_t point, int32_t *day) {
    bool found = false;
    for (size_t i = 0; i < tumour->points[point].n_readings; i++) {
        const oa_reading *reading = &tumour->points[point].readings[i];
        bool seen = reading->state == OA_LESION_EQUIVOCAL || reading->state == OA_LESION_UNEQUIVOCAL ||
                    reading->state == OA_LESION_PRESENT;
        bool sure = confirmed_later(tumour, point, reading->lesion);
        if (tumour->lesions[reading->lesion].kind == OA_NEW_LESION && seen && sure) {
            *day = !found || reading->day < *day ? reading->day : *day;
            found = true;
        }
    }
    return found;
}

static int32_t last_day_of(const oa_tumour *tumour, const oa_timepoint *point, oa_lesion_kind kind,
                           oa_lesion_state state) {
    int32_t last = INT32_MIN;
    for (size_t i = 0; i < point->n_readings; i++) {
        const oa_reading *reading = &point->readings[i];
        if (tumour->lesions[reading->lesion].kind == kind && reading->state == state && reading->day > last) {
            last = reading->day;
        }
    }
    return last == INT32_MIN ? point->last_scan : last;
}

static int32_t earlier(int32_t a, int32_t b) {
    return a < b ? a : b;
}

static void set_day(const oa_tumour *tumour, oa_timepoint *point, int32_t new_lesion_day) {
    point->day = point->last_scan;
    if (point->new_lesion) {
        point->day = earlier(point->day, new_lesion_day);
    }
    if (point->target.response == OA_RESP_PD) {
        point->day = earlier(point->day, last_day_of(tumour, point, OA_TARGET, OA_LESION_MEASURED));
    }
    if (point->nontarget.response == OA_RESP_PD) {
        point->day = earlier(point->day, last_day_of(tumour, point, OA_NON_TARGET, OA_LESION_UNEQUIVOCAL));
    }
}

void oa_tumour_assess(oa_context *context, oa_tumour *tumour) {
    static const oa_decision no_baseline = {OA_RESP_NE, "RECIST-NO-BASELINE",
                                            "there is no assessment before treatment to compare with"};
    oa_target_history history = {.pr_persists = context->protocol->response.pr_persists};
    size_t first = 0;
    if (tumour->baseline >= 0) {
        oa_timepoint *baseline = &tumour->points[tumour->baseline];
        gather(tumour, baseline, baseline);
        baseline->day = baseline->last_scan;
        tumour->baseline_sum = baseline->targets.sum;
        history.baseline = history.nadir = baseline->targets.sum;
        first = (size_t)tumour->baseline + 1;
    }
    for (size_t i = first; i < tumour->n_points; i++) {
        oa_timepoint *point = &tumour->points[i];
        int32_t new_lesion_day = 0;
        point->new_lesion = new_lesion_at(tumour, i, &new_lesion_day);
        point->day = point->last_scan;
        if (tumour->baseline < 0) {
            point->target = point->overall = no_baseline;
            continue;
        }
        gather(tumour, &tumour->points[tumour->baseline], point);
        point->nadir = history.nadir;
        point->target = oa_target_response(&point->targets, &history);
        point->nontarget = oa_nontarget_response(&point->nontargets);
        point->overall = oa_timepoint_response(point->target.response, point->nontarget.response, point->new_lesion);
        set_day(tumour, point, new_lesion_day);
        bool complete = point->targets.n_evaluated == point->targets.n_expected;
        if (complete && point->targets.sum < history.nadir) {
            history.nadir = point->targets.sum;
        }
        history.had_response =
            history.had_response || point->target.response == OA_RESP_CR || point->target.response == OA_RESP_PR;
        if (point->overall.response == OA_RESP_PD && tumour->first_pd < 0) {
            tumour->first_pd = (int)i;
        }
    }
}

oa_tumour *oa_tumour_of(oa_context *context, size_t subject) {
    if (!context->tumours[subject]) {
        oa_tumour *tumour = OA_NEW(context->arena, oa_tumour);
        oa_tumour_read(context, subject, tumour);
        oa_tumour_assess(context, tumour);
        context->tumours[subject] = tumour;
    }
    return context->tumours[subject];
}
