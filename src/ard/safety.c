/*
 * safety.c - adverse events of the safety set: an overview, and each term by the worst grade of each subject.
 *
 * A subject counts once in each row, with the worst grade; denominators are the safety set, never the subjects with
 * events.  Organ classes stand by falling number of subjects, terms within them likewise, ties in alphabetical order.
 */
#include "analysis.h"

#include "../base/text.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_GRADE = 5 };

/* How severity was recorded: CTCAE grades, or words where there are none. */
typedef struct scale {
    bool graded;
    int top;
    const char *names[MAX_GRADE + 1]; /* [0]: not recorded */
} scale;

static const scale grades = {true, 5, {"Grade missing", "Grade 1", "Grade 2", "Grade 3", "Grade 4", "Grade 5"}};
static const scale severities = {false, 3, {"Severity missing", "Mild", "Moderate", "Severe", "", ""}};

typedef struct adae_view {
    const oa_table *table;
    int decod, soc, emergent, related, grade, severity, serious, outcome;
    int *actions; /* AACN, and AACN1, AACN2 ... of each drug */
    size_t n_actions;
    const scale *scale;
    size_t *subject; /* row of ADSL for each row */
} adae_view;

static adae_view view_of(const oa_analysis *a) {
    const oa_table *adae = a->adam->dataset[OA_ADAE];
    adae_view v = {.table = adae,
                   .decod = oa_table_column(adae, "AEDECOD"),
                   .soc = oa_table_column(adae, "AEBODSYS"),
                   .emergent = oa_table_column(adae, "TRTEMFL"),
                   .related = oa_table_column(adae, "AREL"),
                   .grade = oa_table_column(adae, "ATOXGRN"),
                   .severity = oa_table_column(adae, "AESEV"),
                   .serious = oa_table_column(adae, "AESER"),
                   .outcome = oa_table_column(adae, "AEOUT"),
                   .actions = OA_NEW_ARRAY(a->arena, int, a->adam->n_drugs + 1),
                   .n_actions = a->adam->n_drugs + 1,
                   .scale = &severities,
                   .subject = OA_NEW_ARRAY(a->arena, size_t, oa_table_rows(adae))};
    v.actions[0] = oa_table_column(adae, "AACN");
    for (size_t i = 1; i < v.n_actions; i++) {
        v.actions[i] = oa_table_column(adae, oa_printf(a->arena, "AACN%zu", i));
    }
    size_t subject = 0;
    for (size_t row = 0; row < oa_table_rows(adae); row++) {
        v.subject[row] = oa_next_subject(a, adae, row, &subject) ? subject : 0; /* each row of ADAE is of ADSL */
        if (!oa_is_missing(adae, row, v.grade)) {
            v.scale = &grades;
        }
    }
    return v;
}

/* 0 where it was not recorded. */
static int grade_at(const adae_view *v, size_t row) {
    double grade;
    if (v->scale->graded) {
        return oa_number(v->table, row, v->grade, &grade) ? (int)grade : 0;
    }
    for (int g = 1; g <= v->scale->top; g++) {
        if (oa_streq_nocase(oa_text(v->table, row, v->severity), v->scale->names[g])) {
            return g;
        }
    }
    return 0;
}

/* ---- overview ---------------------------------------------------------------------------------------------------- */

/* A row of the overview: treatment-emergent events that are all of what is not 0 or NULL here. */
typedef struct overview_row {
    const char *id;
    const char *label;
    bool related;
    int min_grade; /* only where events have CTCAE grades */
    bool serious;
    const char *action;
} overview_row;

static const overview_row overview[] = {
    {.id = "TEAE", .label = "Any treatment-emergent adverse event"},
    {.id = "TEAE.GRADE3PLUS", .label = "Treatment-emergent, grade 3 or higher", .min_grade = 3},
    {.id = "TRAE", .label = "Any treatment-related adverse event", .related = true},
    {.id = "TRAE.GRADE3PLUS", .label = "Treatment-related, grade 3 or higher", .related = true, .min_grade = 3},
    {.id = "SAE", .label = "Serious adverse event", .serious = true},
    {.id = "TRSAE", .label = "Serious and treatment-related", .related = true, .serious = true},
    {.id = "AE.REDUCED", .label = "Adverse event leading to a dose reduction", .action = "DOSE REDUCED"},
    {.id = "AE.HELD", .label = "Adverse event leading to interruption", .action = "DRUG INTERRUPTED"},
    {.id = "AE.WITHDRAWN", .label = "Adverse event leading to withdrawal of a drug", .action = "DRUG WITHDRAWN"},
};

/* An event may withdraw one drug and reduce another: it then led to both. */
static bool led_to(const adae_view *v, size_t row, const char *action) {
    for (size_t i = 0; i < v->n_actions; i++) {
        if (oa_text_is(v->table, row, v->actions[i], action)) {
            return true;
        }
    }
    return false;
}

static bool belongs(const adae_view *v, size_t row, const overview_row *o) {
    return oa_text_is(v->table, row, v->emergent, "Y") && (!o->related || oa_text_is(v->table, row, v->related, "Y")) &&
           grade_at(v, row) >= o->min_grade && (!o->serious || oa_text_is(v->table, row, v->serious, "Y")) &&
           (!o->action || led_to(v, row, o->action));
}

static bool actions_recorded(const adae_view *v) {
    for (size_t i = 0; i < v->n_actions; i++) {
        if (oa_code_count(v->table, v->actions[i]) > 0) {
            return true;
        }
    }
    return oa_table_rows(v->table) == 0;
}

static void add_overview(oa_analysis *a, const adae_view *v) {
    for (size_t i = 0; i < sizeof overview / sizeof *overview; i++) {
        const overview_row *o = &overview[i];
        oa_flags *flags = oa_flags_new(a);
        if (o->action && !actions_recorded(v)) {
            continue; /* likewise */
        }
        if (o->min_grade && !v->scale->graded && oa_table_rows(v->table)) {
            continue; /* without grades the row would say 0, which is not known */
        }
        for (size_t row = 0; row < oa_table_rows(v->table); row++) {
            flags[v->subject[row]] = flags[v->subject[row]] || belongs(v, row, o);
        }
        bool below = o->min_grade || (o->related && o->serious);
        oa_add_count(a, &(oa_slot){o->id, "SAFETY", o->label, "n (%)", below, "ADAE, treatment-emergent"},
                     &a->ard->safety, flags);
    }
}

/* Known from DM and DS, so also where there is no AE. */
static void add_deaths(oa_analysis *a) {
    oa_flags *died = oa_flags_new(a);
    oa_flag_where(a, a->adsl, "DTHFL", "Y", died);
    oa_add_count(a, &(oa_slot){"DEATH", "SAFETY", "Death from any cause", "n (%)", 0, "ADSL.DTHFL"}, &a->ard->safety,
                 died);
}

/* ---- by term ----------------------------------------------------------------------------------------------------- */

/* The rows of one term (or organ class) and how many subjects they concern. */
typedef struct group {
    const char *name;
    const size_t *rows;
    size_t count;
    size_t n_subjects;
} group;

typedef struct groups {
    group *items;
    size_t count;
} groups;

/* More subjects first, then by name. */
static int compare_groups(const void *a, const void *b) {
    const group *x = a;
    const group *y = b;
    if (x->n_subjects != y->n_subjects) {
        return x->n_subjects > y->n_subjects ? -1 : 1;
    }
    return strcmp(x->name, y->name);
}

/* Rows come in order of subject, so a new subject is one that differs from the row before. */
static size_t count_subjects(const adae_view *v, const group *g) {
    size_t n = 0;
    for (size_t i = 0; i < g->count; i++) {
        n += i == 0 || v->subject[g->rows[i]] != v->subject[g->rows[i - 1]];
    }
    return n;
}

/* Sorts `count` rows into groups by a text column. */
static groups group_by(const oa_analysis *a, const adae_view *v, const size_t *rows, size_t count, int column) {
    size_t n_codes = oa_code_count(v->table, column) + 1; /* and one for missing */
    size_t *start = OA_NEW_ARRAY(a->arena, size_t, n_codes + 1);
    size_t *sorted = OA_NEW_ARRAY(a->arena, size_t, count);
    for (size_t i = 0; i < count; i++) {
        start[oa_code_at(v->table, rows[i], column) + 2]++;
    }
    for (size_t c = 1; c <= n_codes; c++) {
        start[c] += start[c - 1];
    }
    size_t *next = OA_NEW_ARRAY(a->arena, size_t, n_codes);
    memcpy(next, start, n_codes * sizeof *next);
    for (size_t i = 0; i < count; i++) {
        sorted[next[oa_code_at(v->table, rows[i], column) + 1]++] = rows[i];
    }
    groups found = {OA_NEW_ARRAY(a->arena, group, n_codes), 0};
    for (size_t c = 0; c < n_codes; c++) {
        const char *name = oa_code_text(v->table, column, (int32_t)c - 1);
        group g = {*name ? name : "Not coded", sorted + start[c], start[c + 1] - start[c], 0};
        g.n_subjects = count_subjects(v, &g);
        if (g.count) {
            found.items[found.count++] = g;
        }
    }
    qsort(found.items, found.count, sizeof *found.items, compare_groups);
    return found;
}

/* Worst grade of each subject of a group, -1 where the group does not concern the subject. */
static signed char *worst_grades(const oa_analysis *a, const adae_view *v, const group *g) {
    signed char *worst = OA_NEW_ARRAY(a->arena, signed char, a->n_subjects);
    memset(worst, -1, a->n_subjects);
    for (size_t i = 0; i < g->count; i++) {
        size_t subject = v->subject[g->rows[i]];
        int grade = grade_at(v, g->rows[i]);
        worst[subject] = (signed char)(grade > worst[subject] ? grade : worst[subject]);
    }
    return worst;
}

typedef struct by_term {
    const char *analysis; /* "TEAE.TERMS" */
    const char *prefix;   /* of the result ids */
    bool occurs[MAX_GRADE + 1];
} by_term;

static void add_group(oa_analysis *a, const adae_view *v, const by_term *t, const group *g, int indent) {
    signed char *worst = worst_grades(a, v, g);
    oa_flags *any = oa_flags_new(a);
    for (size_t i = 0; i < a->n_subjects; i++) {
        any[i] = worst[i] >= 0;
    }
    const char *id = oa_printf(a->arena, "%s.%s.%s", t->prefix, indent ? "PT" : "SOC", g->name);
    oa_add_count(a, &(oa_slot){id, t->analysis, g->name, "Any grade", indent, "ADAE, worst grade of a subject"},
                 &a->ard->safety, any);
    for (int grade = 0; grade <= v->scale->top; grade++) {
        if (!t->occurs[grade]) {
            continue;
        }
        oa_flags *flags = oa_flags_new(a);
        for (size_t i = 0; i < a->n_subjects; i++) {
            flags[i] = worst[i] == grade;
        }
        oa_slot slot = {oa_printf(a->arena, "%s.%s", id, v->scale->names[grade]),
                        t->analysis,
                        g->name,
                        v->scale->names[grade],
                        indent,
                        "ADAE, worst grade of a subject"};
        oa_add_count(a, &slot, &a->ard->safety, flags);
    }
}

static void add_by_term(oa_analysis *a, const adae_view *v, by_term t, bool related) {
    size_t *rows = OA_NEW_ARRAY(a->arena, size_t, oa_table_rows(v->table));
    overview_row wanted = {.related = related};
    size_t count = 0;
    for (size_t row = 0; row < oa_table_rows(v->table); row++) {
        if (belongs(v, row, &wanted)) {
            rows[count++] = row;
            t.occurs[grade_at(v, row)] = true;
        }
    }
    groups classes = group_by(a, v, rows, count, v->soc);
    for (size_t i = 0; i < classes.count; i++) {
        add_group(a, v, &t, &classes.items[i], 0);
        groups terms = group_by(a, v, classes.items[i].rows, classes.items[i].count, v->decod);
        for (size_t k = 0; k < terms.count; k++) {
            add_group(a, v, &t, &terms.items[k], 1);
        }
    }
}

/* The term that most subjects had at grade 3 or higher, related to treatment. */
static void add_most_common(oa_analysis *a, const adae_view *v) {
    size_t *rows = OA_NEW_ARRAY(a->arena, size_t, oa_table_rows(v->table));
    overview_row wanted = {.related = true, .min_grade = 3};
    size_t count = 0;
    for (size_t row = 0; row < oa_table_rows(v->table); row++) {
        if (belongs(v, row, &wanted)) {
            rows[count++] = row;
        }
    }
    groups terms = group_by(a, v, rows, count, v->decod);
    if (terms.count == 0 || !v->scale->graded) {
        return;
    }
    oa_flags *flags = oa_flags_new(a);
    for (size_t i = 0; i < terms.items[0].count; i++) {
        flags[v->subject[terms.items[0].rows[i]]] = true;
    }
    oa_slot slot = {"TRAE.GRADE3PLUS.MOST",
                    "SAFETY",
                    oa_printf(a->arena, "Most common related event of grade 3 or higher: %s", terms.items[0].name),
                    "n (%)",
                    0,
                    "ADAE"};
    oa_add_count(a, &slot, &a->ard->safety, flags);
}

void oa_analyse_safety(oa_analysis *a) {
    adae_view v = view_of(a);
    if (oa_table_columns(a->sdtm->domain[OA_AE]) == 0) {
        add_deaths(a);
        return;
    }
    add_overview(a, &v);
    add_deaths(a);
    add_most_common(a, &v);
    add_by_term(a, &v, (by_term){.analysis = "TEAE.TERMS", .prefix = "TEAE"}, false);
    add_by_term(a, &v, (by_term){.analysis = "TRAE.TERMS", .prefix = "TRAE"}, true);
}
