/* tumour_reason.c - a decision as a clinician would tell it: which lesions, which sum, against what, by which rule. */
#include "tumour.h"

#include "../base/number.h"
#include "../base/text.h"

#include <stdlib.h>

/* A sentence names so many lesions; RECIST has five targets at most. */
enum { MOST_NAMED = 10 };

typedef struct list {
    oa_context *context;
    oa_buf text;
    size_t count;
} list;

/* Begins an item of a list; false where the sentence is long enough. */
static bool next_item(list *l) {
    if (l->count == MOST_NAMED) {
        oa_put(&l->text, " and others");
    } else if (l->count < MOST_NAMED && l->count > 0) {
        oa_put(&l->text, ", ");
    }
    return l->count++ < MOST_NAMED;
}

static const char *mm_text(oa_context *context, int64_t length) {
    return oa_printf(context->arena, "%s mm", oa_mm_text(context, length));
}

/* 100 * change / of to one decimal, halves away from zero, from the integers alone: "-34.5 %". */
static const char *percent_text(oa_context *context, int64_t change, int64_t of) {
    int64_t tenths = (2000 * llabs(change) + of) / (2 * of);
    return oa_printf(context->arena, "%s%lld.%lld %%", change < 0 && tenths > 0 ? "-" : "+", (long long)(tenths / 10),
                     (long long)(tenths % 10));
}

/* " at WEEK 6" */
static const char *at_visit(oa_context *context, const oa_timepoint *point) {
    return *point->visit ? oa_printf(context->arena, " at %s", point->visit)
                         : oa_printf(context->arena, " on %s", oa_day_text(context, point->last_scan));
}

static bool is_treated(const oa_context *context, const oa_lesion *lesion, int32_t day) {
    return day >= lesion->treated_day && context->protocol->response.treated_lesion == OA_P_TREATED_NE;
}

static void put_reading(list *l, const oa_tumour *t, const oa_reading *r) {
    static const char *const words[] = {[OA_LESION_ABSENT] = "absent",
                                        [OA_LESION_PRESENT] = "present",
                                        [OA_LESION_EQUIVOCAL] = "equivocal",
                                        [OA_LESION_UNEQUIVOCAL] = "unequivocal"};
    const oa_lesion *lesion = &t->lesions[r->lesion];
    if (!next_item(l)) {
        return;
    }
    oa_putf(&l->text, "%s%s ", lesion->id, lesion->node && lesion->kind == OA_TARGET ? " (node)" : "");
    if (is_treated(l->context, lesion, r->day)) {
        oa_putf(&l->text, "not evaluable after %s", lesion->treatment);
    } else if (r->state == OA_LESION_NE) {
        oa_put(&l->text, "not evaluated");
    } else if (r->state != OA_LESION_MEASURED) {
        oa_put(&l->text, r->state == OA_LESION_UNEQUIVOCAL && lesion->kind == OA_NON_TARGET ? "unequivocal progression"
                                                                                            : words[r->state]);
    } else {
        oa_putf(&l->text, "%s%s", mm_text(l->context, r->length), r->too_small ? " (too small to measure)" : "");
    }
}

/* Why a lesion of baseline has no reading at a time point. */
static const char *absence_text(oa_context *context, const oa_tumour *t, const oa_lesion *lesion, int32_t day) {
    if (lesion->merged_into != OA_NO_LESION && lesion->merged_day <= day) {
        return oa_printf(context->arena, "merged into %s", t->lesions[lesion->merged_into].id);
    }
    return lesion->split_day <= day ? "split" : "without a record";
}

/* The first reading of a lesion of this kind: readings are in order of lesion, lesions in order of kind. */
static size_t first_of_kind(const oa_tumour *t, const oa_timepoint *point, oa_lesion_kind kind) {
    size_t low = 0;
    for (size_t high = point->n_readings; low < high;) {
        size_t middle = low + (high - low) / 2;
        bool before = t->lesions[point->readings[middle].lesion].kind < kind;
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    return low;
}

static bool is_of_kind(const oa_tumour *t, const oa_timepoint *point, size_t i, oa_lesion_kind kind) {
    return i < point->n_readings && t->lesions[point->readings[i].lesion].kind == kind;
}

/* The lesions of a kind at a time point, and those of baseline that have no record there. */
static const char *lesions_text(oa_context *context, const oa_tumour *t, const oa_timepoint *point,
                                oa_lesion_kind kind) {
    const oa_timepoint *baseline = &t->points[t->baseline];
    list l = {.context = context};
    oa_buf_init(&l.text, context->arena);
    for (size_t i = first_of_kind(t, point, kind); is_of_kind(t, point, i, kind) && l.count <= MOST_NAMED; i++) {
        put_reading(&l, t, &point->readings[i]);
    }
    for (size_t i = first_of_kind(t, baseline, kind);
         is_of_kind(t, baseline, i, kind) && kind != OA_NEW_LESION && l.count <= MOST_NAMED; i++) {
        const oa_lesion *lesion = &t->lesions[baseline->readings[i].lesion];
        if (!oa_tumour_reading(point, baseline->readings[i].lesion) && next_item(&l)) {
            oa_putf(&l.text, "%s %s", lesion->id, absence_text(context, t, lesion, point->last_scan));
        }
    }
    return l.text.length ? l.text.bytes : "";
}

static void put_new_lesions(oa_context *context, oa_buf *text, const oa_tumour *t, const oa_timepoint *point) {
    const char *all = lesions_text(context, t, point, OA_NEW_LESION);
    if (point->new_lesion) {
        const oa_lesion *lesion = &t->lesions[point->new_lesion_id];
        bool doubtful = oa_tumour_reading(point, point->new_lesion_id)->state == OA_LESION_EQUIVOCAL;
        oa_putf(text, "; new lesion %s%s%s%s", lesion->id, *lesion->location ? " in " : "", lesion->location,
                doubtful ? ", equivocal here and beyond doubt at a later scan" : "");
    } else if (point->new_not_done) {
        oa_put(text, "; new lesions not looked for");
    } else {
        oa_putf(text, "; no new lesion%s%s", *all ? " beyond doubt: " : "", all);
    }
}

/* "T01 30 mm, T02 20 mm: sum 50 mm; baseline 60 mm at SCREENING (-16.7 %), smallest before 45 mm at WEEK 6 (+11.1 %, 5 mm)" */
const char *oa_sum_reason(oa_context *context, const oa_tumour *t, const oa_timepoint *point) {
    const oa_targets *n = &point->targets;
    const oa_timepoint *baseline = &t->points[t->baseline];
    oa_buf text;
    oa_buf_init(&text, context->arena);
    oa_putf(&text, "%s: ", lesions_text(context, t, point, OA_TARGET));
    if (n->n_evaluated < n->n_expected) {
        oa_putf(&text, "%zu of %zu lesions evaluated, their sum ", n->n_evaluated, n->n_expected);
    } else {
        oa_put(&text, "sum ");
    }
    oa_put(&text, mm_text(context, n->sum));
    if (point == baseline) {
        return text.bytes;
    }
    oa_putf(&text, "; baseline %s%s", mm_text(context, t->baseline_sum), at_visit(context, baseline));
    if (t->baseline_sum > 0 && n->n_evaluated == n->n_expected) {
        oa_putf(&text, " (%s)", percent_text(context, n->sum - t->baseline_sum, t->baseline_sum));
    }
    oa_putf(&text, ", smallest complete sum before %s%s", mm_text(context, point->nadir),
            at_visit(context, &t->points[point->nadir_point]));
    int64_t growth = n->sum - point->nadir;
    if (growth > 0 && point->nadir > 0) {
        oa_putf(&text, " (%s, +%s)", percent_text(context, growth, point->nadir), mm_text(context, growth));
    } else if (growth > 0) {
        oa_putf(&text, " (+%s)", mm_text(context, growth));
    }
    return text.bytes;
}

const char *oa_target_reason(oa_context *context, const oa_tumour *t, const oa_timepoint *point) {
    if (t->baseline < 0 || point->targets.n_expected == 0) {
        return point->target.why;
    }
    return oa_printf(context->arena, "%s: %s", oa_sum_reason(context, t, point), point->target.why);
}

const char *oa_nontarget_reason(oa_context *context, const oa_tumour *t, const oa_timepoint *point) {
    const char *marker = point->marker_why && point->target.response == OA_RESP_NONE ? point->marker_why : "";
    return oa_printf(context->arena, "%s: %s%s%s", lesions_text(context, t, point, OA_NON_TARGET), point->nontarget.why,
                     *marker ? "; " : "", marker);
}

const char *oa_overall_reason(oa_context *context, const oa_tumour *t, const oa_timepoint *point) {
    if (t->baseline < 0) {
        return point->overall.why;
    }
    oa_buf text;
    oa_buf_init(&text, context->arena);
    oa_put(&text, point->overall.why);
    if (point->target.response) {
        oa_putf(&text, "; target %s (%s)", oa_response_name(point->target.response),
                oa_target_reason(context, t, point));
    }
    if (point->nontarget.response) {
        oa_putf(&text, "; non-target %s (%s)", oa_response_name(point->nontarget.response),
                lesions_text(context, t, point, OA_NON_TARGET));
    }
    put_new_lesions(context, &text, t, point);
    if (point->marker_why) {
        oa_putf(&text, "; %s", point->marker_why);
    }
    return text.bytes;
}
