/* analysis.c - see analysis.h. */
#include "analysis.h"

#include "../base/number.h"
#include "../base/text.h"
#include "../stats/sort.h"

#include <onearm/stats.h>

#include <math.h>
#include <string.h>

#define EN_DASH "\xE2\x80\x93"

const char *oa_fixed_text(oa_arena *arena, double value, int decimals) {
    char out[OA_NUMBER_SIZE];
    return oa_strdup(arena, oa_format_fixed(value, decimals, out));
}

const char *oa_percent_text(oa_arena *arena, double fraction) {
    return oa_fixed_text(arena, 100 * fraction, 1);
}

const char *oa_percent_level(oa_arena *arena, double level) {
    return oa_printf(arena, "%s %%", oa_hundredfold(arena, level));
}

const char *oa_sentence_case(oa_arena *arena, const char *term) {
    char *text = oa_lower(arena, term);
    bool capitals = oa_streq(term, oa_upper(arena, term));
    if (!capitals || *text == '\0') {
        return term;
    }
    text[0] = term[0];
    return text;
}

oa_flags *oa_flags_new(const oa_analysis *a) {
    return OA_NEW_ARRAY(a->arena, oa_flags, a->n_subjects);
}

oa_result *oa_result_add(oa_analysis *a, const oa_slot *slot) {
    oa_ard *ard = a->ard;
    if (ard->count == ard->capacity) {
        size_t capacity = ard->capacity ? ard->capacity * 2 : 128;
        ard->results = oa_regrow(a->arena, ard->results, ard->capacity, capacity, sizeof *ard->results);
        ard->capacity = capacity;
    }
    oa_result *result = &ard->results[ard->count++];
    *result = (oa_result){.id = slot->id,
                          .analysis = slot->analysis,
                          .label = slot->label,
                          .column = slot->column ? slot->column : "",
                          .indent = slot->indent,
                          .rule = slot->rule ? slot->rule : "",
                          .estimate = (double)NAN,
                          .lower = (double)NAN,
                          .upper = (double)NAN,
                          .level = (double)NAN,
                          .n = -1,
                          .of = -1,
                          .unit = "",
                          .method = "",
                          .text = ""};
    return result;
}

/* Puts down which subjects of the set have the flag. */
static void set_subjects(oa_analysis *a, oa_result *result, const oa_set *set, const oa_flags *flags) {
    size_t *subjects = OA_NEW_ARRAY(a->arena, size_t, set->n);
    size_t count = 0;
    for (size_t i = 0; i < a->n_subjects; i++) {
        if (set->member[i] && flags[i]) {
            subjects[count++] = i;
        }
    }
    result->subjects = subjects;
    result->n_subjects = count;
    result->n = (int64_t)count;
}

void oa_add_number(oa_analysis *a, const oa_slot *slot, const oa_set *set, const oa_flags *flags) {
    oa_result *result = oa_result_add(a, slot);
    set_subjects(a, result, set, flags);
    result->estimate = (double)result->n;
    result->unit = "subjects";
    result->method = "count";
    result->text = oa_printf(a->arena, "%lld", (long long)result->n);
}

static oa_result *add_share(oa_analysis *a, const oa_slot *slot, const oa_set *set, const oa_flags *flags) {
    char percent[OA_NUMBER_SIZE];
    oa_result *result = oa_result_add(a, slot);
    set_subjects(a, result, set, flags);
    result->of = (int64_t)set->n;
    result->unit = "proportion";
    result->method = "count";
    result->text = "0";
    if (set->n == 0) {
        return result;
    }
    result->estimate = (double)result->n / (double)set->n;
    if (result->n == 0) {
        return result;
    }
    result->text =
        oa_printf(a->arena, "%lld (%s %%)", (long long)result->n, oa_format_percent(result->n, result->of, 1, percent));
    return result;
}

void oa_add_count(oa_analysis *a, const oa_slot *slot, const oa_set *set, const oa_flags *flags) {
    add_share(a, slot, set, flags);
}

void oa_add_proportion(oa_analysis *a, const oa_slot *slot, const oa_set *set, const oa_flags *flags) {
    char percent[OA_NUMBER_SIZE];
    oa_interval interval;
    double level = a->protocol->design.level;
    oa_ci_method method = (oa_ci_method)a->protocol->design.interval;
    oa_result *result = add_share(a, slot, set, flags);
    if (set->n == 0 || !oa_binomial_interval(result->n, result->of, method, OA_TWO_SIDED, level, &interval, a->diag)) {
        return;
    }
    result->lower = interval.lower;
    result->upper = interval.upper;
    result->level = level;
    result->method = oa_ci_label(method);
    result->text =
        oa_printf(a->arena, "%lld/%lld, %s %% (%s CI %s" EN_DASH "%s)", (long long)result->n, (long long)result->of,
                  oa_format_percent(result->n, result->of, 1, percent), oa_percent_level(a->arena, level),
                  oa_percent_text(a->arena, interval.lower), oa_percent_text(a->arena, interval.upper));
}

oa_values oa_values_new(const oa_analysis *a) {
    return (oa_values){.arena = a->arena};
}

void oa_values_add(oa_values *values, size_t subject, double value) {
    if (values->count == values->capacity) {
        size_t capacity = values->capacity ? values->capacity * 2 : 32;
        values->values = oa_regrow(values->arena, values->values, values->capacity, capacity, sizeof(double));
        values->subjects = oa_regrow(values->arena, values->subjects, values->capacity, capacity, sizeof(size_t));
        values->capacity = capacity;
    }
    values->subjects[values->count] = subject;
    values->values[values->count++] = value;
}

void oa_add_summary(oa_analysis *a, const oa_slot *slot, const oa_values *values, const char *unit, int decimals) {
    size_t n = values->count;
    if (n == 0) {
        return;
    }
    double *sorted = OA_NEW_ARRAY(a->arena, double, n);
    memcpy(sorted, values->values, n * sizeof *sorted);
    oa_sort_doubles(sorted, n);
    oa_result *result = oa_result_add(a, slot);
    result->n = (int64_t)n;
    result->estimate = oa_quantile(sorted, n, 0.5, OA_QUANTILE_DEFAULT);
    result->lower = sorted[0];
    result->upper = sorted[n - 1];
    result->unit = unit;
    result->method = "median (range)";
    result->subjects = values->subjects;
    result->n_subjects = n;
    result->text =
        oa_printf(a->arena, "%s (%s to %s)", oa_fixed_text(a->arena, result->estimate, decimals),
                  oa_fixed_text(a->arena, result->lower, decimals), oa_fixed_text(a->arena, result->upper, decimals));
}

void oa_add_text(oa_analysis *a, const oa_slot *slot, const char *text) {
    oa_result *result = oa_result_add(a, slot);
    result->text = oa_strdup(a->arena, text);
}

bool oa_next_subject(const oa_analysis *a, const oa_table *table, size_t row, size_t *subject) {
    int of_row = oa_table_column(table, "USUBJID");
    int of_subject = oa_table_column(a->adsl, "USUBJID");
    const char *id = oa_text(table, row, of_row);
    while (*subject < a->n_subjects && strcmp(oa_text(a->adsl, *subject, of_subject), id) < 0) {
        (*subject)++;
    }
    return *subject < a->n_subjects && oa_text_is(a->adsl, *subject, of_subject, id);
}

void oa_flag_where(const oa_analysis *a, const oa_table *table, const char *name, const char *value, oa_flags *flags) {
    int column = oa_table_column(table, name);
    size_t subject = 0;
    for (size_t row = 0; row < oa_table_rows(table); row++) {
        if (oa_text_is(table, row, column, value) && oa_next_subject(a, table, row, &subject)) {
            flags[subject] = true;
        }
    }
}
