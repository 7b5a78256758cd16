/*
 * tumour_assess.c - the response at each time point after baseline, by recist.h.
 *
 * Each reading is looked at once: what is expected at a time point is known from the one before.
 *
 * A lesion that split counts as the sum of its fragments, each of which is expected from when it was first seen.  A lesion
 * that merged with others is expected no more: the conglomerate is, with its one diameter (FAQ: lesions that split or
 * coalesce; RECIST 4.4.2 has neither as a missing lesion).  A lesion that was treated locally is not evaluable from then
 * on, unless the protocol says otherwise (FAQ "Surgery/radiotherapy and RECIST"); it is never 0.
 *
 * The day of a time point: where it is PD, the earliest of the scans that show it (the new lesion's, the non-target
 * lesion's, or the last target scan for the sum); else the last scan of the visit, or the first
 * (response.time_point_date).
 */
#include "tumour.h"

#include <stdlib.h>

bool oa_lesion_is_normal(const oa_lesion *lesion, int64_t length) {
    return lesion->node ? length < 10 * OA_MM : length == 0;
}

/* What is known of one lesion of baseline, or of a conglomerate, at the time point that is looked at. */
typedef struct unit {
    bool expected;         /* target or non-target lesion that counts */
    bool touched;          /* there is a reading at this time point */
    const oa_reading *own; /* NULL: none */
    bool own_evaluated;
    size_t fragments_known; /* fragments seen so far */
    size_t fragments;       /* of them, evaluated at this time point */
    int64_t sum;            /* of their lengths */
    bool all_normal;
    bool any_present;
    bool progressed;
} unit;

/* A lesion that merges with others. */
typedef struct merging {
    int32_t day;
    size_t lesion;
} merging;

typedef struct job {
    oa_context *context;
    oa_tumour *tumour;
    int32_t reference;
    unit *units; /* by lesion */
    bool *seen;  /* by lesion: a fragment that is known */
    size_t *touched;
    size_t n_touched;
    merging *merging; /* in order of the day */
    size_t n_merging;
    size_t n_merged; /* of them, merged by now */
    size_t expected[OA_N_KINDS];
} job;

/* ---- lesions that are expected ----------------------------------------------------------------------------------- */

static void expect(job *j, size_t lesion, bool expected) {
    if (j->units[lesion].expected != expected) {
        j->units[lesion].expected = expected;
        oa_lesion_kind kind = j->tumour->lesions[lesion].kind;
        j->expected[kind] += expected ? 1 : SIZE_MAX; /* one more or one less */
    }
}

static int by_day(const void *a, const void *b) {
    const merging *x = a;
    const merging *y = b;
    return x->day != y->day ? (x->day > y->day) - (x->day < y->day) : (x->lesion > y->lesion) - (x->lesion < y->lesion);
}

static void expect_baseline(job *j, const oa_timepoint *baseline) {
    const oa_tumour *t = j->tumour;
    for (size_t i = 0; i < baseline->n_readings; i++) {
        const oa_reading *r = &baseline->readings[i];
        oa_lesion_kind kind = t->lesions[r->lesion].kind;
        expect(j, r->lesion, kind == OA_NON_TARGET || (kind == OA_TARGET && r->state == OA_LESION_MEASURED));
    }
    for (size_t l = 0; l < t->n_lesions; l++) {
        if (t->lesions[l].merged_into != OA_NO_LESION && j->units[l].expected) {
            j->merging[j->n_merging++] = (merging){t->lesions[l].merged_day, l};
        }
    }
    if (j->n_merging > 0) {
        qsort(j->merging, j->n_merging, sizeof *j->merging, by_day);
    }
}

/* From here on the conglomerate is expected in the place of its parts. */
static void merge_by(job *j, int32_t day) {
    for (; j->n_merged < j->n_merging && j->merging[j->n_merged].day <= day; j->n_merged++) {
        size_t part = j->merging[j->n_merged].lesion;
        expect(j, part, false);
        expect(j, j->tumour->lesions[part].merged_into, true);
    }
}

/* ---- one time point ---------------------------------------------------------------------------------------------- */

static bool is_evaluated(const job *j, const oa_reading *r, size_t whole) {
    bool ne = j->context->protocol->response.treated_lesion == OA_P_TREATED_NE;
    bool treated =
        r->day >= j->tumour->lesions[r->lesion].treated_day || r->day >= j->tumour->lesions[whole].treated_day;
    return r->state != OA_LESION_NE && !(ne && treated);
}

static unit *touch(job *j, size_t lesion) {
    unit *u = &j->units[lesion];
    if (!u->touched) {
        j->touched[j->n_touched++] = lesion;
        *u =
            (unit){.expected = u->expected, .fragments_known = u->fragments_known, .touched = true, .all_normal = true};
    }
    return u;
}

static void take_reading(job *j, const oa_reading *r) {
    const oa_lesion *lesion = &j->tumour->lesions[r->lesion];
    bool fragment = lesion->fragment_of != OA_NO_LESION;
    size_t whole = fragment ? lesion->fragment_of : r->lesion;
    unit *u = touch(j, whole);
    bool evaluated = is_evaluated(j, r, whole);
    if (!fragment) {
        u->own = r;
        u->own_evaluated = evaluated;
        return;
    }
    u->fragments_known += !j->seen[r->lesion];
    j->seen[r->lesion] = true;
    if (evaluated) {
        u->fragments++;
        u->sum += r->length;
        u->all_normal = u->all_normal && oa_lesion_is_normal(lesion, r->length);
        u->any_present = u->any_present || r->state != OA_LESION_ABSENT;
        u->progressed = u->progressed || r->state == OA_LESION_UNEQUIVOCAL;
    }
}

/* The value of a whole lesion: the sum of its fragments where they were assessed, else its own; false where a part is not
 * known. */
static bool settle(const job *j, size_t lesion, unit *u) {
    if (u->fragments > 0 && u->fragments == u->fragments_known) {
        return true;
    }
    if (!u->own_evaluated) {
        return false;
    }
    u->sum = u->own->length;
    u->all_normal = oa_lesion_is_normal(&j->tumour->lesions[lesion], u->own->length);
    u->any_present = u->own->state != OA_LESION_ABSENT;
    u->progressed = u->own->state == OA_LESION_UNEQUIVOCAL;
    return true;
}

/* Of a lesion that is not known in all its parts, those that are known can still show progression. */
static void gather(job *j, oa_timepoint *point) {
    oa_targets targets = {.n_expected = j->expected[OA_TARGET], .all_normal = true};
    oa_nontargets others = {.n_expected = j->expected[OA_NON_TARGET]};
    for (size_t i = 0; i < point->n_readings; i++) {
        take_reading(j, &point->readings[i]);
    }
    for (size_t i = 0; i < j->n_touched; i++) {
        size_t lesion = j->touched[i];
        unit *u = &j->units[lesion];
        bool known = settle(j, lesion, u);
        if (u->expected && j->tumour->lesions[lesion].kind == OA_TARGET) {
            targets.n_evaluated += known;
            targets.sum += u->sum;
            targets.all_normal = targets.all_normal && u->all_normal;
        } else if (u->expected) {
            others.n_evaluated += known;
            others.n_present += u->any_present;
            others.unequivocal_progression = others.unequivocal_progression || u->progressed;
        }
        u->touched = false;
    }
    j->n_touched = 0;
    point->targets = targets;
    point->nontargets = others;
}

/* ---- new lesions ------------------------------------------------------------------------------------------------- */

/* From the last time point to the first: an equivocal new lesion counts from its first appearance once a later scan
 * leaves no doubt (RECIST 4.3.5). */
static void find_new_lesions(job *j) {
    oa_tumour *t = j->tumour;
    bool *sure = OA_NEW_ARRAY(j->context->arena, bool, t->n_lesions);
    for (size_t p = t->n_points; p-- > t->on_study;) {
        oa_timepoint *point = &t->points[p];
        point->new_lesion_id = OA_NO_LESION;
        for (size_t i = 0; i < point->n_readings; i++) {
            const oa_reading *r = &point->readings[i];
            if (t->lesions[r->lesion].kind != OA_NEW_LESION) {
                continue;
            }
            sure[r->lesion] = sure[r->lesion] || r->state == OA_LESION_UNEQUIVOCAL || r->state == OA_LESION_PRESENT;
            bool seen = r->state != OA_LESION_NE && r->state != OA_LESION_ABSENT;
            if (seen && sure[r->lesion] && (!point->new_lesion || r->day < point->day)) {
                point->new_lesion = true;
                point->new_lesion_id = r->lesion;
                point->day = r->day; /* set_day() keeps the earliest */
            }
        }
    }
}

/* ---- the day ----------------------------------------------------------------------------------------------------- */

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

static void set_day(const job *j, oa_timepoint *point) {
    bool earliest = j->context->protocol->response.time_point_date == OA_P_EARLIEST_SCAN;
    bool pd = point->overall.response == OA_RESP_PD;
    int32_t day = point->new_lesion ? point->day : INT32_MAX;
    if (point->target.response == OA_RESP_PD) {
        day = earlier(day, last_day_of(j->tumour, point, OA_TARGET, OA_LESION_MEASURED));
    }
    if (point->nontarget.response == OA_RESP_PD) {
        day = earlier(day, last_day_of(j->tumour, point, OA_NON_TARGET, OA_LESION_UNEQUIVOCAL));
    }
    point->day = pd ? earlier(day, point->last_scan) : earliest ? point->first_scan : point->last_scan;
}

/* ---- all time points --------------------------------------------------------------------------------------------- */

/* Whether a response of the target lesions lasts until PD: from the first on, or, where responses must be confirmed,
 * from a second one on that meets the criteria by itself, confirm.days later, with no SD between (FAQ "The definition of
 * SD: a clarification": a confirmed PR continues unless the criteria for PD are met). */
typedef struct lasting {
    bool any;
    int32_t since;
    bool lasts;
} lasting;

static void follow(const job *j, lasting *l, const oa_timepoint *point) {
    const oa_p_response *policy = &j->context->protocol->response;
    oa_response r = point->target.response;
    if (r == OA_RESP_PD || (r == OA_RESP_SD && !l->lasts)) {
        *l = (lasting){0};
    } else if ((r == OA_RESP_CR || r == OA_RESP_PR) && policy->pr_persists && !l->lasts) {
        l->since = l->any ? l->since : point->last_scan;
        l->any = true;
        l->lasts = !policy->confirm_required || point->last_scan - l->since >= policy->confirm_days;
    }
}

static void judge(job *j, oa_timepoint *point, const oa_target_history *history) {
    const oa_p_response *policy = &j->context->protocol->response;
    point->target = oa_target_response(&point->targets, history);
    point->nontarget = oa_nontarget_response(&point->nontargets);
    oa_parts parts = {.target = point->target.response,
                      .nontarget = point->nontarget.response,
                      .new_lesion = point->new_lesion,
                      .new_not_evaluated = point->new_not_done && policy->new_not_evaluated == OA_P_NEW_NE};
    point->overall = oa_timepoint_response(&parts);
    if (point->overall.response == OA_RESP_CR && policy->marker_in_cr) {
        point->marker =
            oa_tumour_marker(j->context, j->tumour->subject, j->reference, point->last_scan, &point->marker_why);
        parts.marker = point->nontargets.marker = point->marker;
        point->nontarget = oa_nontarget_response(&point->nontargets);
        parts.nontarget = point->nontarget.response;
        point->overall = oa_timepoint_response(&parts);
    }
    set_day(j, point);
}

static void assess_visits(job *j) {
    oa_tumour *t = j->tumour;
    oa_target_history history = {.baseline = t->baseline_sum, .nadir = t->baseline_sum};
    lasting response = {0};
    int nadir_point = t->baseline;
    for (size_t i = t->on_study; i < t->n_points; i++) {
        oa_timepoint *point = &t->points[i];
        merge_by(j, point->last_scan);
        gather(j, point);
        point->nadir = history.nadir;
        point->nadir_point = nadir_point;
        history.responded = response.lasts;
        judge(j, point, &history);
        follow(j, &response, point);
        if (point->targets.n_evaluated == point->targets.n_expected && point->targets.sum < history.nadir) {
            history.nadir = point->targets.sum;
            nadir_point = (int)i;
        }
        if (point->overall.response == OA_RESP_PD && t->first_pd < 0) {
            t->first_pd = (int)i;
        }
    }
}

void oa_tumour_assess(oa_context *context, oa_tumour *tumour, int32_t reference) {
    static const oa_decision no_baseline = {OA_RESP_NE, "RECIST-NO-BASELINE",
                                            "there is no assessment before treatment to compare with"};
    job j = {.context = context,
             .tumour = tumour,
             .reference = reference,
             .units = OA_NEW_ARRAY(context->arena, unit, tumour->n_lesions),
             .seen = OA_NEW_ARRAY(context->arena, bool, tumour->n_lesions),
             .touched = OA_NEW_ARRAY(context->arena, size_t, tumour->n_lesions),
             .merging = OA_NEW_ARRAY(context->arena, merging, tumour->n_lesions)};
    find_new_lesions(&j);
    if (tumour->baseline < 0) {
        for (size_t i = 0; i < tumour->n_points; i++) {
            tumour->points[i].target = tumour->points[i].overall = no_baseline;
            tumour->points[i].day = tumour->points[i].last_scan;
        }
        return;
    }
    oa_timepoint *baseline = &tumour->points[tumour->baseline];
    expect_baseline(&j, baseline);
    gather(&j, baseline);
    baseline->day = baseline->last_scan;
    tumour->baseline_sum = baseline->targets.sum;
    assess_visits(&j);
}

oa_tumour *oa_tumour_of(oa_context *context, size_t subject, const oa_reader *reader) {
    oa_reader *own = &context->readers[reader->index];
    if (!own->tumours) {
        own->tumours = OA_NEW_ARRAY(context->arena, oa_tumour *, context->n_subjects);
    }
    if (!own->tumours[subject]) {
        oa_subject_dates dates = oa_dates_of(context, subject);
        oa_tumour *tumour = OA_NEW(context->arena, oa_tumour);
        *tumour = (oa_tumour){.reader = reader, .subject = subject, .baseline = -1, .first_pd = -1};
        own->tumours[subject] = tumour;
        if (dates.has_reference) {
            oa_tumour_read(context, tumour);
            oa_tumour_baseline(context, tumour, dates.reference);
            oa_tumour_link(context, tumour, dates.reference);
            oa_tumour_assess(context, tumour, dates.reference);
            oa_tumour_check(context, tumour, dates.reference);
        } else {
            oa_span span = context->spans[OA_TR][subject];
            for (size_t row = span.first; row < span.first + span.count; row++) {
                oa_reader_account(context, reader, context->sdtm->domain[OA_TR], row, OA_USE_UNTREATED, NULL, NULL);
            }
        }
    }
    return own->tumours[subject];
}
