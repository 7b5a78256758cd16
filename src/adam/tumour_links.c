/*
 * tumour_links.c - lesions that split, merged or were treated locally.
 *
 * Split: TU says so (TUTESTCD TUSPLIT; TUGRPID names the lesion that split, else its identifier does), or the identifier
 * is that of a lesion of baseline, a full stop and a suffix: T01.1 and T01.2 are what became of T01.  Merged: TU says so
 * (TUTESTCD TUMERGE; the lesions of one TUGRPID, or those that the identifier or TUGRPID names), or the identifier names
 * two or more lesions of baseline: T01/T02.  SDTM has the test codes and TUGRPID "to group split or merged tumors"
 * (SDTMIG 3.3, TU), but prescribes no identifiers.  What follows for the sum: tumour_assess.c.
 *
 * Treated locally: PR has a treatment with the identifier of the lesion in PRLNKID, or TRREASND says it.
 */
#include "tumour.h"

#include "../base/text.h"

#include <stdlib.h>
#include <string.h>

typedef struct merge {
    const char *group; /* TUGRPID */
    size_t lesion;
    int32_t day;
} merge;

typedef struct job {
    oa_context *context;
    oa_tumour *tumour;
    int32_t reference;
    bool *at_baseline; /* by lesion */
    int32_t *first;    /* by lesion: the day it was first read after baseline; INT32_MAX: never */
    merge *merges;
    size_t n_merges;
} job;

/* ---- when lesions were read -------------------------------------------------------------------------------------- */

static void note_readings(job *j) {
    oa_tumour *t = j->tumour;
    j->at_baseline = OA_NEW_ARRAY(j->context->arena, bool, t->n_lesions);
    j->first = OA_NEW_ARRAY(j->context->arena, int32_t, t->n_lesions);
    for (size_t l = 0; l < t->n_lesions; l++) {
        j->first[l] = INT32_MAX;
    }
    for (size_t p = (size_t)t->baseline; p < t->n_points; p++) {
        for (size_t i = 0; i < t->points[p].n_readings; i++) {
            const oa_reading *r = &t->points[p].readings[i];
            if (p == (size_t)t->baseline) {
                j->at_baseline[r->lesion] = true;
            } else {
                j->first[r->lesion] = r->day < j->first[r->lesion] ? r->day : j->first[r->lesion];
            }
        }
    }
}

/* A lesion of baseline with this id. */
static size_t known(const job *j, oa_lesion_kind kind, const char *id) {
    size_t lesion = oa_tumour_lesion(j->tumour, kind, id);
    return lesion != OA_NO_LESION && j->at_baseline[lesion] ? lesion : OA_NO_LESION;
}

/* The row of TU that says by this test what became of the lesion; false where there is none. */
static bool tu_row(const job *j, const char *id, const char *testcd, size_t *row) {
    const oa_table *tu = oa_domain_table(j->context, OA_TU);
    int column = oa_table_column(tu, "TUTESTCD");
    size_t count;
    const size_t *rows = oa_tumour_identified(j->context, j->tumour, id, &count);
    for (size_t i = 0; i < count; i++) {
        if (oa_text_is(tu, rows[i], column, testcd)) {
            *row = rows[i];
            return true;
        }
    }
    return false;
}

static const char *tu_group(const job *j, size_t row) {
    const oa_table *tu = oa_domain_table(j->context, OA_TU);
    return oa_text(tu, row, oa_table_column(tu, "TUGRPID"));
}

/* ---- split ------------------------------------------------------------------------------------------------------- */

/* What SDTM allows a text. */
enum { LONGEST_ID = 200 };

/* The lesion that an id without its suffix names: "T01" of "T01.1"; with `any_suffix` also of "T01-1", "T01_1", "T01A". */
static size_t named_parent(const job *j, const oa_lesion *lesion, bool any_suffix) {
    const char *id = lesion->id;
    size_t length = strlen(id);
    for (size_t at = length <= LONGEST_ID ? length : 0; at-- > 1;) {
        bool separator = id[at] == '.' || (any_suffix && (id[at] == '-' || id[at] == '_'));
        bool letter = any_suffix && at + 1 == length && id[at - 1] >= '0' && id[at - 1] <= '9';
        if ((separator && at + 1 < length) || letter) {
            size_t parent = known(j, lesion->kind, oa_strndup(j->context->arena, id, at));
            if (parent != OA_NO_LESION) {
                return parent;
            }
        }
    }
    return OA_NO_LESION;
}

static void find_parent(job *j, size_t index) {
    oa_lesion *lesion = &j->tumour->lesions[index];
    size_t row;
    if (j->at_baseline[index] || lesion->kind == OA_NEW_LESION) {
        return;
    }
    bool split = tu_row(j, lesion->id, "TUSPLIT", &row);
    size_t parent = split ? known(j, lesion->kind, tu_group(j, row)) : OA_NO_LESION;
    lesion->fragment_of = parent != OA_NO_LESION ? parent : named_parent(j, lesion, split);
    if (lesion->fragment_of != OA_NO_LESION) {
        oa_lesion *whole = &j->tumour->lesions[lesion->fragment_of];
        lesion->node = whole->node;
        whole->split_day = j->first[index] < whole->split_day ? j->first[index] : whole->split_day;
    }
}

/* ---- merged ------------------------------------------------------------------------------------------------------ */

/* Merges the lesions of baseline that `names` lists, "T01/T02", into `whole`; false where they are not two or more. */
static bool merge_named(job *j, size_t whole, const char *names, const char *separators) {
    oa_tumour *t = j->tumour;
    oa_lesion_kind kind = t->lesions[whole].kind;
    for (int pass = 0; pass < 2; pass++) {
        bool nodes = true;
        size_t n = 0;
        for (const char *at = names; *at; at += strspn(at, separators)) {
            size_t length = strcspn(at, separators);
            size_t parent = known(j, kind, oa_strndup(j->context->arena, at, length));
            at += length;
            if (parent == OA_NO_LESION || parent == whole) {
                return false;
            }
            n++;
            nodes = nodes && t->lesions[parent].node;
            if (pass == 1) {
                t->lesions[parent].merged_into = whole;
                t->lesions[parent].merged_day = j->first[whole];
                t->lesions[whole].is_merger = true;
            }
        }
        if (n < 2) {
            return false;
        }
        t->lesions[whole].node = pass == 1 ? nodes : t->lesions[whole].node;
    }
    return true;
}

static void find_merge(job *j, size_t index) {
    const oa_lesion *lesion = &j->tumour->lesions[index];
    const oa_table *tu = oa_domain_table(j->context, OA_TU);
    size_t row;
    if (lesion->kind == OA_NEW_LESION) {
        return;
    }
    bool said = tu_row(j, lesion->id, "TUMERGE", &row);
    if (!j->at_baseline[index] && (merge_named(j, index, lesion->id, said ? "/+&, " : "/+") ||
                                   (said && merge_named(j, index, tu_group(j, row), "/+&, ")))) {
        return;
    }
    if (said && *tu_group(j, row)) {
        int32_t day;
        bool dated = oa_day_by_policy(oa_date_at(tu, row, oa_table_column(tu, "TUDTC")), OA_IMPUTE_FIRST, &day);
        j->merges[j->n_merges++] = (merge){tu_group(j, row), index, dated ? day : j->reference};
    }
}

static int by_group(const void *a, const void *b) {
    const merge *x = a;
    const merge *y = b;
    int order = strcmp(x->group, y->group);
    return order ? order : (x->lesion > y->lesion) - (x->lesion < y->lesion);
}

/* Of the lesions of each group the one that carries the diameter of them all, by the first lesion of the group: one that is
 * new under its id, else the first that was evaluated after the merge. */
static size_t *find_carriers(const job *j) {
    const oa_tumour *t = j->tumour;
    size_t *carriers = OA_NEW_ARRAY(j->context->arena, size_t, t->n_lesions);
    size_t *merge_of = OA_NEW_ARRAY(j->context->arena, size_t, t->n_lesions); /* index + 1 of its group's first */
    size_t first = 0;
    for (size_t i = 0; i < j->n_merges; i++) {
        size_t lesion = j->merges[i].lesion;
        first = oa_streq(j->merges[i].group, j->merges[first].group) ? first : i;
        carriers[i] = OA_NO_LESION;
        merge_of[lesion] = first + 1;
        carriers[first] = carriers[first] == OA_NO_LESION && !j->at_baseline[lesion] ? lesion : carriers[first];
    }
    for (size_t p = (size_t)t->baseline + 1; p < t->n_points; p++) {
        for (size_t i = 0; i < t->points[p].n_readings; i++) {
            const oa_reading *r = &t->points[p].readings[i];
            size_t at = merge_of[r->lesion];
            bool after = at > 0 && t->points[p].last_scan >= j->merges[at - 1].day;
            if (after && r->state != OA_LESION_NE && carriers[at - 1] == OA_NO_LESION) {
                carriers[at - 1] = r->lesion;
            }
        }
    }
    return carriers;
}

static void merge_group(job *j, const merge *group, size_t count, size_t whole) {
    oa_lesion *lesions = j->tumour->lesions;
    bool nodes = true;
    for (size_t i = 0; i < count; i++) {
        oa_lesion *lesion = &lesions[group[i].lesion];
        if (group[i].lesion != whole && lesion->kind == lesions[whole].kind && j->at_baseline[group[i].lesion]) {
            lesion->merged_into = whole;
            lesion->merged_day = j->at_baseline[whole] ? group->day : j->first[whole];
            lesions[whole].is_merger = true;
            nodes = nodes && lesion->node;
        }
    }
    lesions[whole].node = j->at_baseline[whole] || !lesions[whole].is_merger ? lesions[whole].node : nodes;
}

static void merge_groups(job *j) {
    if (j->n_merges > 0) {
        qsort(j->merges, j->n_merges, sizeof *j->merges, by_group);
    }
    const size_t *carriers = find_carriers(j);
    for (size_t first = 0, count; first < j->n_merges; first += count) {
        const merge *group = &j->merges[first];
        for (count = 1; first + count < j->n_merges && oa_streq(group[count].group, group->group);) {
            count++;
        }
        if (carriers[first] != OA_NO_LESION) {
            merge_group(j, group, count, carriers[first]);
        }
    }
}

/* ---- treated locally --------------------------------------------------------------------------------------------- */

static void treat(oa_lesion *lesion, int32_t day, const char *treatment) {
    if (day < lesion->treated_day) {
        lesion->treated_day = day;
        lesion->treatment = treatment;
    }
}

static const char *treatment_in(const oa_table *pr, size_t row) {
    static const char *const columns[] = {"PRTRT", "PRDECOD", "PRCAT"};
    const char *treatment = NULL;
    for (size_t i = 0; i < OA_COUNT(columns) && !treatment; i++) {
        treatment = oa_local_treatment(oa_text(pr, row, oa_table_column(pr, columns[i])), true);
    }
    return treatment;
}

static void find_treatments(job *j) {
    const oa_table *pr = oa_domain_table(j->context, OA_PR);
    oa_tumour *t = j->tumour;
    oa_span span = j->context->spans[OA_PR][t->subject];
    int lnkid = oa_table_column(pr, "PRLNKID");
    for (size_t row = span.first; lnkid >= 0 && row < span.first + span.count; row++) {
        int32_t day;
        bool done = !oa_text_is(pr, row, oa_table_column(pr, "PROCCUR"), "N") &&
                    !oa_text_is(pr, row, oa_table_column(pr, "PRSTAT"), "NOT DONE");
        const char *treatment = treatment_in(pr, row);
        if (!done || !treatment || oa_is_missing(pr, row, lnkid) ||
            !oa_day_by_policy(oa_date_at(pr, row, oa_table_column(pr, "PRSTDTC")), OA_IMPUTE_FIRST, &day) ||
            day > j->context->cutoff || day <= j->reference) {
            continue;
        }
        for (int kind = OA_TARGET; kind <= OA_NON_TARGET; kind++) {
            size_t lesion = oa_tumour_lesion(t, (oa_lesion_kind)kind, oa_text(pr, row, lnkid));
            if (lesion != OA_NO_LESION) {
                treat(&t->lesions[lesion], day, treatment);
            }
        }
    }
}

void oa_tumour_link(oa_context *context, oa_tumour *tumour, int32_t reference) {
    job j = {.context = context, .tumour = tumour, .reference = reference};
    if (tumour->baseline < 0) {
        return;
    }
    note_readings(&j);
    j.merges = OA_NEW_ARRAY(context->arena, merge, tumour->n_lesions);
    for (size_t l = 0; l < tumour->n_lesions; l++) {
        if (tumour->lesions[l].treated_day <= reference) {
            tumour->lesions[l].treated_day = INT32_MAX;
        }
        find_parent(&j, l);
        find_merge(&j, l);
    }
    merge_groups(&j);
    find_treatments(&j);
}
