/* exposure.c - see exposure.h. */
#include "exposure.h"

#include "../base/text.h"

#include <string.h>

enum { EX_TRT, EX_END, EX_ADJ, EX_FREQ, EX_OCCUR, N_EX };
static const char *const ex_names[N_EX] = {"EXTRT", "EXENDTC", "EXADJ", "EXDOSFRQ", "EXOCCUR"};

bool oa_ex_interval(oa_context *context, size_t subject, size_t row, int32_t *first, int32_t *last) {
    const oa_table *ex = oa_domain_table(context, OA_EX);
    const oa_table *dm = oa_domain_table(context, OA_DM);
    oa_date start = oa_date_at(ex, row, oa_table_column(ex, "EXSTDTC"));
    oa_date end = oa_date_at(ex, row, oa_table_column(ex, "EXENDTC"));
    if (!oa_day_by_policy(start, OA_IMPUTE_FIRST, first)) {
        return false;
    }
    *last = *first;
    if (!oa_day_by_policy(end, OA_IMPUTE_LAST, last)) {
        oa_date of_dm = oa_date_at(dm, subject, oa_table_column(dm, "RFXENDTC"));
        int32_t day;
        if (oa_day_by_policy(of_dm, OA_IMPUTE_LAST, &day) && day > *first) {
            *last = day;
        }
    }
    if (*last < *first) {
        *last = *first;
    }
    if (*last > context->cutoff) {
        *last = context->cutoff;
    }
    return *first <= context->cutoff;
}

/* Units of dose that can be turned into each other, in the smallest of their kind; 1 Ci is 37 GBq by definition. */
static const struct {
    const char *name;
    bool activity;
    double size;
} dose_units[] = {
    {"g", false, 1e6},  {"mg", false, 1e3}, {"ug", false, 1},  {"mcg", false, 1},
    {"GBq", true, 1e3}, {"MBq", true, 1},   {"mCi", true, 37}, {"Ci", true, 37e3},
};

static int dose_unit_of(const char *name) {
    for (int i = 0; i < (int)OA_COUNT(dose_units); i++) {
        if (oa_streq_nocase(name, dose_units[i].name)) {
            return i;
        }
    }
    return -1;
}

bool oa_ex_dose(const oa_table *ex, size_t row, const oa_p_drug *drug, double *dose, bool *converted) {
    const char *unit = oa_text(ex, row, oa_table_column(ex, "EXDOSU"));
    *converted = true;
    if (!oa_number(ex, row, oa_table_column(ex, "EXDOSE"), dose)) {
        return false;
    }
    if (*unit == '\0' || *drug->unit == '\0' || oa_streq_nocase(unit, drug->unit) || *dose <= 0) {
        return true;
    }
    int from = dose_unit_of(unit);
    int to = dose_unit_of(drug->unit);
    *converted = from >= 0 && to >= 0 && dose_units[from].activity == dose_units[to].activity;
    if (*converted) {
        *dose = *dose * dose_units[from].size / dose_units[to].size;
    }
    return true;
}

/* A dose of 0 is a dose where it is a placebo; otherwise the drug was withheld. */
static bool is_given(const oa_table *ex, size_t row, const int *c, double dose) {
    bool taken = dose > 0 || strstr(oa_text(ex, row, c[EX_TRT]), "PLACEBO") != NULL;
    return taken && !oa_text_is(ex, row, c[EX_OCCUR], "N");
}

/* One record, one dose: a drug given per cycle, or a frequency that says so. */
static bool is_single(const oa_table *ex, size_t row, const int *c, const oa_p_drug *drug) {
    return drug->per_cycle > 0 || oa_text_is(ex, row, c[EX_FREQ], "ONCE");
}

static bool because_of_ae(const char *reason) {
    return oa_streq_nocase(reason, "ADVERSE EVENT") || oa_streq_nocase(reason, "AE");
}

/* Doses on one day of a record: once a day unless the frequency says more. */
static int64_t doses_a_day(const char *frequency) {
    static const struct {
        const char *name;
        int64_t doses;
    } frequencies[] = {{"BID", 2}, {"TID", 3}, {"QID", 4}};
    for (size_t i = 0; i < OA_COUNT(frequencies); i++) {
        if (strcmp(frequency, frequencies[i].name) == 0) {
            return frequencies[i].doses;
        }
    }
    return 1;
}

static void add_record(oa_exposure *e, const oa_table *ex, size_t row, const int *c, const oa_p_drug *drug,
                       int32_t first, int32_t last) {
    double dose = 0;
    bool converted;
    bool known = oa_ex_dose(ex, row, drug, &dose, &converted);
    bool by_ae = because_of_ae(oa_text(ex, row, c[EX_ADJ]));
    int64_t days = last - first + 1;
    if (!known) {
        return;
    }
    if (!is_given(ex, row, c, dose)) {
        e->holds++;
        e->hold_days += days;
        return;
    }
    bool once = is_single(ex, row, c, drug);
    bool new_day = !e->n_records || first > e->last; /* capsules of one day are one administration */
    int64_t doses = once ? 1 : days * doses_a_day(oa_text(ex, row, c[EX_FREQ]));
    if (e->n_records && dose < e->current) {
        e->reduced = true;
        if (by_ae && !e->reduced_by_ae) {
            e->reduced_by_ae = true;
            e->reduced_row = row;
        }
    }
    e->first = e->n_records && e->first < first ? e->first : first;
    e->last = e->n_records && e->last > last ? e->last : last;
    e->lowest = e->n_records && e->lowest < dose ? e->lowest : dose;
    e->highest = e->highest > dose ? e->highest : dose;
    e->dosing_days += once ? new_day : days;
    e->administrations += once ? new_day : doses;
    e->total += dose * (double)doses;
    e->current = dose;
    e->n_records++;
}

/* A record of one drug, to be put in order of time. */
typedef struct dose_record {
    size_t row;
    int32_t first;
    int32_t last;
} dose_record;

/* Insertion sort: EX is nearly always in order already. */
static void insert_by_day(dose_record *records, size_t count, dose_record record) {
    size_t at = count;
    while (at > 0 && records[at - 1].first > record.first) {
        records[at] = records[at - 1];
        at--;
    }
    records[at] = record;
}

oa_exposure oa_exposure_of(oa_context *context, size_t subject, const oa_p_drug *drug) {
    const oa_table *ex = oa_domain_table(context, OA_EX);
    oa_exposure exposure = {0};
    int c[N_EX];
    oa_find_columns(ex, ex_names, N_EX, c);
    oa_span span = context->spans[OA_EX][subject];
    dose_record *records = OA_NEW_ARRAY(context->arena, dose_record, span.count);
    size_t count = 0;
    for (size_t row = span.first; row < span.first + span.count; row++) {
        dose_record record = {.row = row};
        if (oa_text_is(ex, row, c[EX_TRT], drug->trt) &&
            oa_ex_interval(context, subject, row, &record.first, &record.last)) {
            bool no_end = oa_is_missing(ex, row, c[EX_END]);
            record.last = no_end && is_single(ex, row, c, drug) ? record.first : record.last;
            insert_by_day(records, count++, record);
        }
    }
    for (size_t i = 0; i < count; i++) {
        add_record(&exposure, ex, records[i].row, c, drug, records[i].first, records[i].last);
    }
    return exposure;
}

static int64_t cycles_of(const oa_context *context, const oa_p_drug *drug, const oa_exposure *e) {
    if (e->n_records == 0) {
        return 0;
    }
    if (drug->per_cycle > 0) {
        return e->administrations / drug->per_cycle;
    }
    return (e->last - e->first + 1 + drug->off) / context->protocol->treatment.cycle_days;
}

int64_t oa_completed_cycles(oa_context *context, size_t subject) {
    int64_t least = INT64_MAX;
    if (context->protocol->treatment.cycle_days == 0 || context->n_drugs == 0) {
        return 0;
    }
    for (size_t i = 0; i < context->n_drugs; i++) {
        oa_exposure e = oa_exposure_of(context, subject, &context->drugs[i]);
        int64_t cycles = cycles_of(context, &context->drugs[i], &e);
        least = cycles < least ? cycles : least;
    }
    return least;
}

int64_t oa_planned_days(const oa_p_drug *drug, int32_t first, int32_t last) {
    int64_t days = (int64_t)last - first + 1;
    int64_t course = drug->on + drug->off;
    if (drug->on == 0) {
        return days;
    }
    int64_t rest = days % course;
    return days / course * drug->on + (rest < drug->on ? rest : drug->on);
}
