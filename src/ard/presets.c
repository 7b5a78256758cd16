/*
 * presets.c - progression-free survival under each censoring preset, side by side: how many events and censorings of
 * which kind, the median and the landmarks, and who moves between the presets.
 */
#include "times.h"

#include "../adam/pfs.h"
#include "../base/number.h"
#include "../base/text.h"

#include <string.h>

static const char analysis[] = "PRESETS";

const char *const oa_preset_params[OA_N_PRESETS] = {"PFSA", "PFSB", "PFSC", "PFSE"};

typedef struct preset_survival {
    oa_survival survival;
    const char *name;
    bool any;
} preset_survival;

/* A row of the table: the same result of each preset. */
typedef struct table_row {
    const char *id; /* behind the parameter */
    const char *label;
    int indent;
} table_row;

typedef void (*add_cell)(oa_analysis *a, const oa_slot *slot, const oa_survival *survival, const void *what);

static void add_row(oa_analysis *a, const preset_survival *presets, table_row r, add_cell add, const void *what) {
    for (int i = 0; i < OA_N_PRESETS; i++) {
        const preset_survival *p = &presets[i];
        if (p->any) {
            oa_slot slot = {
                oa_printf(a->arena, "%s.%s", p->survival.paramcd, r.id), analysis, r.label, p->name, r.indent, "ADTTE"};
            add(a, &slot, &p->survival, what);
        }
    }
}

static void add_ended(oa_analysis *a, const oa_slot *slot, const oa_survival *survival, const void *rule) {
    oa_add_ended(a, slot, survival, rule);
}

static void add_censored(oa_analysis *a, const oa_slot *slot, const oa_survival *survival, const void *unused) {
    const oa_times *t = &survival->times;
    oa_flags *flags = oa_flags_new(a);
    (void)unused;
    for (size_t i = 0; i < t->count; i++) {
        flags[t->subjects[i]] = !t->event[i];
    }
    oa_add_count(a, slot, &survival->set, flags);
}

static void add_median(oa_analysis *a, const oa_slot *slot, const oa_survival *survival, const void *unused) {
    (void)unused;
    oa_add_median(a, slot, survival);
}

static void add_rate(oa_analysis *a, const oa_slot *slot, const oa_survival *survival, const void *months) {
    oa_add_rate(a, slot, survival, *(const double *)months);
}

/* Events and their kinds, then censorings and their reasons. */
static void add_endings(oa_analysis *a, const preset_survival *presets) {
    bool censored = false;
    add_row(a, presets, (table_row){"EVENTS", "Events", 0}, add_ended, NULL);
    for (size_t i = 0; i < oa_n_endings; i++) {
        const oa_ending *ending = &oa_endings[i];
        if (!censored && strncmp(ending->id, "CENSOR", 6) == 0) {
            add_row(a, presets, (table_row){"CENSORED", "Censored", 0}, add_censored, NULL);
            censored = true;
        }
        if (ending->of_survival) {
            add_row(a, presets, (table_row){ending->id, ending->label, 1}, add_ended, ending->rule);
        }
    }
}

static void read_presets(oa_analysis *a, preset_survival *presets) {
    for (int i = 0; i < OA_N_PRESETS; i++) {
        const oa_pfs_preset *p = &oa_pfs_presets[i];
        const char *method = oa_printf(a->arena, "%s, censoring %s (%s)",
                                       oa_survival_method(a->arena, &a->protocol->times), p->name, p->source);
        presets[i].name = p->name;
        presets[i].any = oa_survival_of(a, oa_preset_params[i], false, method, &presets[i].survival);
        presets[i].survival.level_in_label = true;
    }
}

void oa_analyse_presets(oa_analysis *a) {
    const oa_doubles *landmarks = &a->protocol->times.landmarks;
    const char *level = oa_percent_level(a->arena, a->protocol->design.level);
    preset_survival presets[OA_N_PRESETS] = {0};
    read_presets(a, presets);
    add_endings(a, presets);
    add_row(a, presets, (table_row){"MEDIAN", oa_printf(a->arena, "Median (months), %s CI", level), 0}, add_median,
            NULL);
    for (size_t i = 0; i < landmarks->count; i++) {
        const char *month = oa_months_text(a->arena, landmarks->items[i]);
        table_row at = {oa_printf(a->arena, "RATE.%s", month), oa_printf(a->arena, "At %s months, %s CI", month, level),
                        0};
        add_row(a, presets, at, add_rate, &landmarks->items[i]);
    }
}

/* ---- who moves ---------------------------------------------------------------------------------------------------- */

static oa_preset_time time_at(oa_arena *arena, const oa_table *adtte, const oa_times *t, size_t i, int preset) {
    double days = 0;
    size_t row = t->rows[i];
    oa_number(adtte, row, oa_table_column(adtte, "AVAL"), &days);
    return (oa_preset_time){.preset = oa_pfs_presets[preset].name,
                            .days = (int64_t)days,
                            .months = t->months[i],
                            .event = t->event[i],
                            .what = oa_cell_text(arena, adtte, row, "EVNTDESC"),
                            .date = oa_cell_text(arena, adtte, row, "ADT"),
                            .rule = oa_cell_text(arena, adtte, row, "RULE"),
                            .reason = oa_cell_text(arena, adtte, row, "REASON")};
}

static bool moves(const oa_table *adtte, const int columns[2], const oa_times *times, size_t i) {
    char first[OA_NUMBER_SIZE];
    char other[OA_NUMBER_SIZE];
    for (int p = 1; p < OA_N_PRESETS; p++) {
        for (size_t k = 0; k < 2; k++) {
            if (!oa_streq(oa_cell(adtte, times[0].rows[i], columns[k], first),
                          oa_cell(adtte, times[p].rows[i], columns[k], other))) {
                return true;
            }
        }
    }
    return false;
}

const oa_preset_subject *oa_presets_moved(oa_arena *arena, const oa_ard *ard, const oa_adam *adam, double month_days,
                                          size_t *count) {
    const oa_table *adtte = adam->dataset[OA_ADTTE];
    const int telling[2] = {oa_table_column(adtte, "AVAL"), oa_table_column(adtte, "RULE")};
    oa_times times[OA_N_PRESETS]; /* of the same subjects in the same order: ADTTE has all of them or none */
    for (int p = 0; p < OA_N_PRESETS; p++) {
        times[p] = oa_times_of(arena, ard, adam, oa_preset_params[p], month_days);
    }
    oa_preset_subject *moved = OA_NEW_ARRAY(arena, oa_preset_subject, times[0].count);
    *count = 0;
    for (size_t i = 0; i < times[0].count; i++) {
        if (!moves(adtte, telling, times, i)) {
            continue;
        }
        oa_preset_subject *m = &moved[(*count)++];
        m->subject = oa_cell_text(arena, adtte, times[0].rows[i], "USUBJID");
        for (int p = 0; p < OA_N_PRESETS; p++) {
            m->times[p] = time_at(arena, adtte, &times[p], i, p);
        }
    }
    return moved;
}
