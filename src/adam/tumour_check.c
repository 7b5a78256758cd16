/*
 * tumour_check.c - what RECIST asks of the lesions and of their follow-up, checked and reported, never mended: each
 * finding names its record and says what it does to the result.
 *
 * Other findings on the same records are made where they are read: a record twice (TR-TWICE), without lesion (TR-LESION),
 * group (TR-GROUP), date (TR-DATE), usable length or word (TR-VALUE) or with the wrong axis (TR-AXIS) in tumour_row.c
 * and tumour_read.c; two baselines (TR-BASELINE) in tumour_baseline.c.
 */
#include "tumour.h"

#include "../base/text.h"

#include <stdlib.h>
#include <string.h>

typedef enum rule {
    MEASURABLE,
    TARGETS,
    NO_BASELINE,
    NEW_BEFORE,
    ORGAN,
    BASELINE_OLD,
    VISIT_ORDER,
    NO_BASELINE_READING,
    METHOD,
    NEW_NODE,
    TREATED,
    SPLIT,
    MERGED,
    N_RULES
} rule;

static const struct {
    const char *id;
    oa_severity severity;
    const char *effect;
    const char *source;
} rules[N_RULES] = {
    [MEASURABLE] = {"TR-MEASURABLE", OA_WARNING, "it is summed as a target lesion all the same",
                    "RECIST 3.1: 10 mm, a lymph node 15 mm in short axis"},
    [TARGETS] = {"TR-TARGETS", OA_WARNING, "all of them are summed", "RECIST 4.2: five in total"},
    [ORGAN] = {"TR-ORGAN", OA_WARNING, "all of them are summed",
               "RECIST 4.2: two an organ; FAQ: lymph nodes are one organ, and so are paired organs"},
    [BASELINE_OLD] = {"TR-BASELINE-OLD", OA_WARNING, "it is baseline all the same",
                      "RECIST 4.1: no more than four weeks before treatment"},
    [VISIT_ORDER] = {"TR-VISIT-ORDER", OA_WARNING, "the date decides which is before treatment",
                     "RECIST 4.1: baseline comes first"},
    [NO_BASELINE] = {"TR-NO-BASELINE", OA_WARNING, "every response of the subject is NE, and PFS is censored on day 1",
                     "RECIST 3.2: all later measurements are compared with baseline"},
    [NEW_BEFORE] = {"TR-NEW-BEFORE", OA_WARNING, "it is no progression",
                    "RECIST 4.3.5: a lesion is new when baseline does not have it"},
    [NO_BASELINE_READING] = {"TR-NOT-AT-BASELINE", OA_WARNING, "it adds nothing to any response",
                             "RECIST 4.2: target and non-target lesions are those of baseline"},
    [METHOD] = {"TR-METHOD", OA_WARNING, "the assessment counts", "RECIST 4.2: the same method throughout"},
    [NEW_NODE] = {"TR-NEW-NODE", OA_WARNING,
                  "it counts as progression; if the next scan is to be waited for, record it as EQUIVOCAL",
                  "FAQ: new lymph node lesions of less than 15 mm need care"},
    [TREATED] = {"TR-TREATED", OA_WARNING, "", "FAQ: Surgery/radiotherapy and RECIST"},
    [SPLIT] = {"TR-SPLIT", OA_NOTE, "the lengths of its parts are summed", "FAQ: lesions that split"},
    [MERGED] = {"TR-MERGED", OA_NOTE, "one lesion is expected in the place of its parts", "FAQ: lesions that coalesce"},
};

enum { MOST_TARGETS = 5, MOST_AN_ORGAN = 2, MEASURABLE_MM = 10, MEASURABLE_NODE_MM = 15 };

typedef struct job {
    oa_context *context;
    const oa_tumour *tumour;
    int32_t reference;
} job;

static void say_effect(const job *j, rule r, const oa_reading *where, const char *what, const char *effect) {
    oa_reader_say(j->context, j->tumour->reader, rules[r].severity, where->table, where->row, rules[r].id,
                  oa_printf(j->context->arena, "%s; %s (%s)", what, effect, rules[r].source));
}

static void say(const job *j, rule r, const oa_reading *where, const char *what) {
    say_effect(j, r, where, what, rules[r].effect);
}

static const oa_lesion *lesion_at(const job *j, const oa_reading *r) {
    return &j->tumour->lesions[r->lesion];
}

static bool is_target(const job *j, const oa_reading *r) {
    return lesion_at(j, r)->kind == OA_TARGET && r->state == OA_LESION_MEASURED;
}

/* ---- target lesions at baseline ---------------------------------------------------------------------------------- */

/* "LUNG" of "LUNG, LEFT" and "LEFT LUNG"; all lymph nodes are one organ. */
static const char *organ_of(const job *j, const oa_lesion *lesion) {
    static const char *const sides[] = {"LEFT ", "RIGHT "};
    const char *name = oa_upper(j->context->arena, lesion->location);
    for (size_t i = 0; i < OA_COUNT(sides); i++) {
        name += strncmp(name, sides[i], strlen(sides[i])) == 0 ? strlen(sides[i]) : 0;
    }
    return lesion->node ? "LYMPH NODE" : oa_strndup(j->context->arena, name, strcspn(name, ","));
}

static void check_measurable(const job *j, const oa_reading *r) {
    const oa_lesion *lesion = lesion_at(j, r);
    int least = lesion->node ? MEASURABLE_NODE_MM : MEASURABLE_MM;
    if (r->length < (int64_t)least * OA_MM) {
        say(j, MEASURABLE, r,
            oa_printf(j->context->arena, "target lesion %s is %s mm at baseline, less than %d mm", lesion->id,
                      oa_mm_text(j->context, r->length), least));
    }
}

typedef struct placed {
    const char *organ;
    const oa_reading *reading;
} placed;

static int by_organ(const void *a, const void *b) {
    const placed *x = a;
    const placed *y = b;
    int order = strcmp(x->organ, y->organ);
    return order ? order : (x->reading > y->reading) - (x->reading < y->reading);
}

static void check_organs(const job *j, placed *targets, size_t n) {
    if (n > 0) {
        qsort(targets, n, sizeof *targets, by_organ);
    }
    for (size_t first = 0, count; first < n; first += count) {
        for (count = 1; first + count < n && oa_streq(targets[first + count].organ, targets[first].organ);) {
            count++;
        }
        if (count > MOST_AN_ORGAN && *targets[first].organ) {
            say(j, ORGAN, targets[first].reading,
                oa_printf(j->context->arena, "%zu target lesions are in one organ, %s", count, targets[first].organ));
        }
    }
}

static void check_targets(const job *j, const oa_timepoint *baseline) {
    placed *targets = OA_NEW_ARRAY(j->context->arena, placed, baseline->n_readings);
    size_t n = 0;
    for (size_t i = 0; i < baseline->n_readings; i++) {
        const oa_reading *r = &baseline->readings[i];
        if (is_target(j, r)) {
            check_measurable(j, r);
            targets[n++] = (placed){organ_of(j, lesion_at(j, r)), r};
        }
    }
    if (n > MOST_TARGETS) {
        say(j, TARGETS, targets[0].reading,
            oa_printf(j->context->arena, "there are %zu target lesions at baseline", n));
    }
    check_organs(j, targets, n);
}

/* ---- visits ------------------------------------------------------------------------------------------------------ */

static void check_baseline_age(const job *j, const oa_timepoint *baseline) {
    const oa_reading *oldest = &baseline->readings[0];
    for (size_t i = 1; i < baseline->n_readings; i++) {
        oldest = baseline->readings[i].day < oldest->day ? &baseline->readings[i] : oldest;
    }
    if (j->reference - oldest->day > OA_BASELINE_DAYS) {
        say(j, BASELINE_OLD, oldest,
            oa_printf(j->context->arena, "the baseline scan is %d days before treatment",
                      (int)(j->reference - oldest->day)));
    }
}

/* A visit that by its number comes after baseline, but is dated before it; or the other way round. */
static void check_visit_order(const job *j) {
    const oa_tumour *t = j->tumour;
    const oa_timepoint *baseline = &t->points[t->baseline];
    for (size_t i = 0; i < t->n_points; i++) {
        const oa_timepoint *point = &t->points[i];
        bool numbered = point->visitnum >= 0 && baseline->visitnum >= 0;
        bool earlier = (int)i < t->baseline;
        if (numbered && (int)i != t->baseline && (point->visitnum < baseline->visitnum) != earlier) {
            say(j, VISIT_ORDER, &point->readings[0],
                oa_printf(j->context->arena, "%s has a visit number %s that of baseline, but is dated %s it",
                          *point->visit ? point->visit : "this visit", earlier ? "after" : "before",
                          earlier ? "before" : "after"));
        }
    }
}

/* ---- lesions after baseline -------------------------------------------------------------------------------------- */

static const char *method_of(const job *j, const oa_reading *r) {
    const oa_table *tr = oa_domain_table(j->context, OA_TR);
    return r->table == tr ? oa_text(tr, r->row, oa_table_column(tr, "TRMETHOD")) : "";
}

/* Says so once a lesion, at the first visit with another method. */
static void check_method(const job *j, const oa_reading *r, const char **methods) {
    const char *now = method_of(j, r);
    const char *before = methods[r->lesion];
    if (!*now || r->state == OA_LESION_NE || lesion_at(j, r)->kind == OA_NEW_LESION) {
        return;
    }
    if (before && !oa_streq(before, now)) {
        say(j, METHOD, r,
            oa_printf(j->context->arena, "lesion %s was assessed by %s before and now by %s", lesion_at(j, r)->id,
                      before, now));
    }
    methods[r->lesion] = now;
}

static void check_new_node(const job *j, const oa_reading *r) {
    const oa_lesion *lesion = lesion_at(j, r);
    bool counts = r->state == OA_LESION_UNEQUIVOCAL || r->state == OA_LESION_PRESENT;
    if (lesion->kind == OA_NEW_LESION && lesion->node && counts && r->has_length &&
        r->length < (int64_t)MEASURABLE_NODE_MM * OA_MM) {
        say(j, NEW_NODE, r,
            oa_printf(j->context->arena, "review: new lymph node %s is %s mm in short axis", lesion->id,
                      oa_mm_text(j->context, r->length)));
    }
}

/* What is said of a lesion at its first reading after baseline. */
static void check_lesion(const job *j, const oa_reading *r, bool at_baseline) {
    const oa_lesion *lesion = lesion_at(j, r);
    oa_arena *arena = j->context->arena;
    if (lesion->fragment_of != OA_NO_LESION) {
        say(j, SPLIT, r,
            oa_printf(arena, "lesion %s is a part of %s", lesion->id, j->tumour->lesions[lesion->fragment_of].id));
    } else if (!at_baseline && lesion->kind != OA_NEW_LESION && !lesion->is_merger) {
        say(j, NO_BASELINE_READING, r,
            oa_printf(arena, "%s lesion %s was not assessed at baseline",
                      lesion->kind == OA_TARGET ? "target" : "non-target", lesion->id));
    }
    if (lesion->is_merger) {
        say(j, MERGED, r, oa_printf(arena, "lesion %s is what several lesions of baseline merged into", lesion->id));
    }
}

/* Says so at the first reading from the treatment on. */
static void check_treated(const job *j, const oa_reading *r, bool *said) {
    const oa_lesion *lesion = lesion_at(j, r);
    bool ne = j->context->protocol->response.treated_lesion == OA_P_TREATED_NE;
    if (lesion->kind == OA_NEW_LESION || r->day < lesion->treated_day || *said) {
        return;
    }
    *said = true;
    say_effect(j, TREATED, r,
               oa_printf(j->context->arena, "lesion %s was treated locally on study (%s, %s)", lesion->id,
                         lesion->treatment, oa_day_text(j->context, lesion->treated_day)),
               ne ? "it is not evaluable from then on, whatever is recorded (response.treated_lesion)"
                  : "it counts as recorded (response.treated_lesion)");
}

static void check_follow_up(const job *j) {
    const oa_tumour *t = j->tumour;
    const char **methods = OA_NEW_ARRAY(j->context->arena, const char *, t->n_lesions);
    bool *known = OA_NEW_ARRAY(j->context->arena, bool, t->n_lesions);
    bool *after = OA_NEW_ARRAY(j->context->arena, bool, t->n_lesions);
    bool *treated = OA_NEW_ARRAY(j->context->arena, bool, t->n_lesions);
    for (size_t p = (size_t)t->baseline; p < t->n_points; p++) {
        for (size_t i = 0; i < t->points[p].n_readings; i++) {
            const oa_reading *r = &t->points[p].readings[i];
            check_method(j, r, methods);
            if ((int)p == t->baseline) {
                known[r->lesion] = true;
                continue;
            }
            if (!after[r->lesion]) {
                check_lesion(j, r, known[r->lesion]);
            }
            after[r->lesion] = true;
            check_new_node(j, r);
            check_treated(j, r, &treated[r->lesion]);
        }
    }
}

static void check_before_treatment(const job *j) {
    const oa_tumour *t = j->tumour;
    for (size_t p = 0; p < t->on_study; p++) {
        for (size_t i = 0; i < t->points[p].n_readings; i++) {
            const oa_reading *r = &t->points[p].readings[i];
            if (lesion_at(j, r)->kind == OA_NEW_LESION && r->state != OA_LESION_NE && r->state != OA_LESION_ABSENT) {
                say(j, NEW_BEFORE, r,
                    oa_printf(j->context->arena, "lesion %s is called new, but was seen before treatment",
                              lesion_at(j, r)->id));
            }
        }
    }
}

void oa_tumour_check(oa_context *context, const oa_tumour *tumour, int32_t reference) {
    job j = {context, tumour, reference};
    if (tumour->n_points == 0 || !tumour->reader->primary) {
        return;
    }
    check_before_treatment(&j);
    if (tumour->baseline < 0) {
        say(&j, NO_BASELINE, &tumour->points[0].readings[0], "no lesion was evaluated before treatment");
        return;
    }
    const oa_timepoint *baseline = &tumour->points[tumour->baseline];
    check_targets(&j, baseline);
    check_baseline_age(&j, baseline);
    check_visit_order(&j);
    check_follow_up(&j);
}
