/*
 * concordance.c - the protocol's reader against each other one: best response, response, overall response by time point,
 * and progression.
 *
 * Of the subjects that both have read: that a reader has read nothing of a subject is no reading that could agree or not.
 * Agreement is the share of the pairs in which both say the same; kappa is Cohen's, what is left of it beyond chance
 * (onearm/agreement.h).
 */
#include "analysis.h"

#include "../base/number.h"
#include "../base/text.h"

#include <onearm/agreement.h>

#include <math.h>
#include <string.h>

static const char analysis[] = "CONCORDANCE";

enum { MOST_VALUES = 16 };

/* Pairs of texts, counted. */
typedef struct pairs {
    const char *values[MOST_VALUES];
    size_t n_values;
    int64_t counts[MOST_VALUES][MOST_VALUES];
    int64_t n;
} pairs;

static size_t number_of(pairs *p, const char *value) {
    size_t i = 0;
    while (i < p->n_values && !oa_streq(p->values[i], value)) {
        i++;
    }
    if (i == p->n_values && i < MOST_VALUES - 1) {
        p->values[p->n_values++] = value;
    }
    return i;
}

static void count_pair(pairs *p, const char *a, const char *b) {
    size_t row = number_of(p, a);
    size_t column = number_of(p, b);
    p->counts[row][column]++;
    p->n++;
}

static int64_t agreeing(const pairs *p) {
    int64_t n = 0;
    for (size_t i = 0; i < p->n_values; i++) {
        n += p->counts[i][i];
    }
    return n;
}

/* NAN limits and kappa where there is none. */
static oa_kappa_result kappa_of(oa_analysis *a, const pairs *p) {
    size_t k = p->n_values < 2 ? 2 : p->n_values;
    int64_t *counts = OA_NEW_ARRAY(a->arena, int64_t, k * k);
    oa_kappa_result result = {.kappa = (double)NAN};
    for (size_t i = 0; i < p->n_values; i++) {
        memcpy(&counts[i * k], p->counts[i], p->n_values * sizeof *counts);
    }
    oa_kappa(counts, k, NULL, a->protocol->design.level, &result, a->diag);
    return result;
}

/* ---- rows of ADRSR -------------------------------------------------------------------------------------------------- */

typedef struct view {
    oa_analysis *a;
    const oa_table *table;
    const oa_span *spans;
    int paramcd;
    int reader;
    int avalc;
    int adt;
    int visit;
    int counts; /* ANL01FL */
} view;

/* The reader's best response; false: none. */
static bool find_best(const view *v, size_t subject, const char *reader, size_t *found) {
    const char *paramcd = v->a->protocol->response.confirm_required ? "CBOR" : "BOR";
    oa_span span = v->spans[subject];
    for (size_t row = span.first; row < span.first + span.count; row++) {
        if (oa_text_is(v->table, row, v->reader, reader) && oa_text_is(v->table, row, v->paramcd, paramcd)) {
            *found = row;
            return true;
        }
    }
    return false;
}

/* True where the reader has an overall response at any visit, of the kind that response.source asks for. */
static bool has_read(const view *v, size_t subject, const char *reader) {
    oa_span span = v->spans[subject];
    for (size_t row = span.first; row < span.first + span.count; row++) {
        if (oa_text_is(v->table, row, v->reader, reader) && oa_text_is(v->table, row, v->paramcd, "OVR") &&
            !oa_is_missing(v->table, row, v->avalc)) {
            return true;
        }
    }
    return false;
}

static oa_set read_by_both(const view *v, const char *reader, const char *other) {
    const oa_set *efficacy = &v->a->ard->efficacy;
    oa_set both = {.id = efficacy->id, .text = efficacy->text, .member = oa_flags_new(v->a)};
    for (size_t i = 0; i < v->a->n_subjects; i++) {
        both.member[i] = efficacy->member[i] && has_read(v, i, reader) && has_read(v, i, other);
        both.n += both.member[i];
    }
    return both;
}

/* True for the overall response of a reader at a visit, the one of its day. */
static bool is_timepoint(const view *v, size_t row, const char *reader) {
    return oa_text_is(v->table, row, v->reader, reader) && oa_text_is(v->table, row, v->paramcd, "OVR") &&
           oa_text_is(v->table, row, v->counts, "Y");
}

static const char *response_word(const char *value) {
    return oa_streq(value, "CR") || oa_streq(value, "PR") ? "Y" : "N";
}

typedef const char *reading(const char *value);

static const char *as_it_is(const char *value) {
    return value;
}

static void count_best(const view *v, const oa_set *both, const char *reader, const char *other, reading *read,
                       pairs *p) {
    for (size_t i = 0; i < v->a->n_subjects; i++) {
        size_t one;
        size_t two;
        if (both->member[i] && find_best(v, i, reader, &one) && find_best(v, i, other, &two)) {
            count_pair(p, read(oa_text(v->table, one, v->avalc)), read(oa_text(v->table, two, v->avalc)));
        }
    }
}

/* At each visit of the one reader, the row of the other, by the code of its name; the first where there are two. */
static void count_timepoints(const view *v, const char *reader, const char *other, pairs *p) {
    size_t n_visits = oa_code_count(v->table, v->visit);
    size_t *row_of = OA_NEW_ARRAY(v->a->arena, size_t, n_visits);
    size_t *subject_of = OA_NEW_ARRAY(v->a->arena, size_t, n_visits); /* + 1 */
    for (size_t i = 0; i < v->a->n_subjects; i++) {
        oa_span span = v->spans[i];
        size_t end = v->a->ard->efficacy.member[i] ? span.first + span.count : span.first;
        for (size_t row = span.first; row < end; row++) {
            int32_t visit = oa_code_at(v->table, row, v->visit);
            if (visit >= 0 && is_timepoint(v, row, other) && subject_of[visit] != i + 1) {
                subject_of[visit] = i + 1;
                row_of[visit] = row;
            }
        }
        for (size_t row = span.first; row < end; row++) {
            int32_t visit = oa_code_at(v->table, row, v->visit);
            if (visit >= 0 && is_timepoint(v, row, reader) && subject_of[visit] == i + 1) {
                count_pair(p, oa_text(v->table, row, v->avalc), oa_text(v->table, row_of[visit], v->avalc));
            }
        }
    }
}

/* The day of the first PD; false: none. */
static bool progression(const view *v, size_t subject, const char *reader, int32_t *day) {
    oa_span span = v->spans[subject];
    bool found = false;
    for (size_t row = span.first; row < span.first + span.count; row++) {
        int32_t at = oa_date_at(v->table, row, v->adt).day;
        if (is_timepoint(v, row, reader) && oa_text_is(v->table, row, v->avalc, "PD")) {
            *day = !found || at < *day ? at : *day;
            found = true;
        }
    }
    return found;
}

/* Subjects for whom both say the same of progression: none, or PD on the same day. */
static void count_progression(const view *v, const oa_set *both, const char *reader, const char *other, pairs *status,
                              oa_flags *same) {
    for (size_t i = 0; i < v->a->n_subjects; i++) {
        int32_t one = 0;
        int32_t two = 0;
        if (!both->member[i]) {
            continue;
        }
        bool first = progression(v, i, reader, &one);
        bool second = progression(v, i, other, &two);
        count_pair(status, first ? "Y" : "N", second ? "Y" : "N");
        same[i] = first == second && (!first || one == two);
    }
}

/* ---- results --------------------------------------------------------------------------------------------------------- */

static void add_agreement(const view *v, const char *id, const char *label, const pairs *p, const char *rule) {
    oa_analysis *a = v->a;
    char percent[OA_NUMBER_SIZE];
    if (p->n == 0) {
        return;
    }
    oa_slot slot = {oa_printf(a->arena, "%s.AGREE", id), analysis, label, "Result", 1, rule};
    oa_result *share = oa_result_add(a, &slot);
    share->n = agreeing(p);
    share->of = p->n;
    share->estimate = (double)share->n / (double)share->of;
    share->unit = "proportion";
    share->method = "count";
    share->text = oa_printf(a->arena, "%lld/%lld (%s %%)", (long long)share->n, (long long)share->of,
                            oa_format_percent(share->n, share->of, 1, percent));
    oa_kappa_result k = kappa_of(a, p);
    slot.id = oa_printf(a->arena, "%s.KAPPA", id);
    slot.label = oa_printf(a->arena, "%s, kappa", label);
    slot.indent = 2;
    oa_result *result = oa_result_add(a, &slot);
    result->n = p->n;
    result->unit = "kappa";
    result->method = "Cohen's kappa";
    result->text = "not defined: one category only";
    if (isnan(k.kappa)) {
        return;
    }
    result->estimate = k.kappa;
    result->lower = k.lower;
    result->upper = k.upper;
    result->level = k.level;
    result->text = oa_printf(a->arena, "%s (%s CI %s to %s)", oa_fixed_text(a->arena, k.kappa, 3),
                             oa_percent_level(a->arena, k.level), oa_fixed_text(a->arena, k.lower, 3),
                             oa_fixed_text(a->arena, k.upper, 3));
}

static void compare(const view *v, const char *reader, const char *other, size_t number) {
    oa_analysis *a = v->a;
    pairs best = {0};
    pairs response = {0};
    pairs timepoints = {0};
    pairs status = {0};
    oa_flags *same = oa_flags_new(a);
    const char *prefix = oa_printf(a->arena, "CONCORDANCE.%zu", number);
    const oa_set both = read_by_both(v, reader, other);
    count_best(v, &both, reader, other, as_it_is, &best);
    count_best(v, &both, reader, other, response_word, &response);
    count_timepoints(v, reader, other, &timepoints);
    count_progression(v, &both, reader, other, &status, same);
    oa_add_text(a,
                &(oa_slot){oa_printf(a->arena, "%s.HEADING", prefix), analysis,
                           oa_printf(a->arena, "%s against %s", reader, other), "Result", 0, ""},
                "");
    add_agreement(v, oa_printf(a->arena, "%s.BOR", prefix), "Best overall response", &best,
                  "ADRSR, best response of both readers by subject");
    add_agreement(v, oa_printf(a->arena, "%s.ORR", prefix), "Objective response", &response,
                  "ADRSR, best response CR or PR by subject");
    add_agreement(v, oa_printf(a->arena, "%s.OVR", prefix), "Overall response by time point", &timepoints,
                  "ADRSR OVR of both readers at the same visit");
    add_agreement(v, oa_printf(a->arena, "%s.PD", prefix), "Progression", &status, "ADRSR, PD at any time by subject");
    oa_slot slot = {oa_printf(a->arena, "%s.PDDATE", prefix),
                    analysis,
                    "Progression and its date",
                    "Result",
                    1,
                    "no PD by either reader, or PD on the same day; of the subjects whom both read"};
    oa_add_count(a, &slot, &both, same);
}

void oa_analyse_concordance(oa_analysis *a) {
    const oa_table *table = a->adam->dataset[OA_ADRSR];
    const char *readers[MOST_VALUES];
    size_t n = 0;
    view v = {.a = a,
              .table = table,
              .spans = oa_table_spans(a->arena, a->adsl, table),
              .paramcd = oa_table_column(table, "PARAMCD"),
              .reader = oa_table_column(table, "PARCAT2"),
              .avalc = oa_table_column(table, "AVALC"),
              .adt = oa_table_column(table, "ADT"),
              .visit = oa_table_column(table, "AVISIT"),
              .counts = oa_table_column(table, "ANL01FL")};
    for (size_t row = 0; row < oa_table_rows(table) && n < MOST_VALUES; row++) {
        size_t i = 0;
        while (i < n && !oa_text_is(table, row, v.reader, readers[i])) {
            i++;
        }
        if (i == n) {
            readers[n++] = oa_text(table, row, v.reader); /* the primary one first: see adrsr.c */
        }
    }
    for (size_t i = 1; i < n; i++) {
        compare(&v, readers[0], readers[i], i);
    }
}
