/*
 * tumour_read.c - TU and TR rows of one subject and one reader into lesions and time points.
 *
 * A time point is a visit: rows with the same VISITNUM, else the same VISIT, within six weeks of its first scan; else the
 * same day.  Rows become entries, which are sorted by lesion and by visit, so that the work grows as n log n and the
 * order of the rows does not matter.
 */
#include "tumour.h"

#include "../base/text.h"

#include <stdlib.h>
#include <string.h>

/* A row of TR, or a row of TU that identifies a new lesion. */
typedef struct entry {
    const oa_table *table;
    size_t row;
    size_t order; /* TR before TU, each in the order of its rows */
    oa_lesion_kind kind;
    const char *id;
    const char *testcd; /* "" of TU */
    oa_date date;
    int32_t day;
    double visitnum; /* -1: none */
    const char *visit;
    size_t lesion;
    size_t point;
} entry;

typedef struct job {
    oa_context *context;
    oa_tumour *tumour;
    int tr[OA_N_TR];
    int tu_lnkid, tu_grpid, tu_loc, tu_orres, tu_stresc, tu_dtc, tu_eval, tu_evalid, tu_visitnum, tu_visit;
    entry *entries;
    size_t n_entries;
} job;

static const struct {
    const char *name;
    oa_lesion_kind kind;
} groups[] = {{"TARGET", OA_TARGET}, {"NON-TARGET", OA_NON_TARGET}, {"NEW", OA_NEW_LESION}};

static void find_columns(job *j) {
    const oa_table *tu = oa_domain_table(j->context, OA_TU);
    oa_tr_columns(oa_domain_table(j->context, OA_TR), j->tr);
    j->tu_lnkid = oa_table_column(tu, "TULNKID");
    j->tu_grpid = oa_table_column(tu, "TUGRPID");
    j->tu_loc = oa_table_column(tu, "TULOC");
    j->tu_orres = oa_table_column(tu, "TUORRES");
    j->tu_stresc = oa_table_column(tu, "TUSTRESC");
    j->tu_dtc = oa_table_column(tu, "TUDTC");
    j->tu_eval = oa_table_column(tu, "TUEVAL");
    j->tu_evalid = oa_table_column(tu, "TUEVALID");
    j->tu_visitnum = oa_table_column(tu, "VISITNUM");
    j->tu_visit = oa_table_column(tu, "VISIT");
}

/* ---- TU, in order of lesion -------------------------------------------------------------------------------------- */

typedef struct identified {
    const char *id;
    size_t row;
} identified;

static int compare_identified(const void *a, const void *b) {
    const identified *x = a;
    const identified *y = b;
    int order = strcmp(x->id, y->id);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

static void index_tu(job *j) {
    const oa_table *tu = oa_domain_table(j->context, OA_TU);
    oa_span span = j->context->spans[OA_TU][j->tumour->subject];
    identified *found = OA_NEW_ARRAY(j->context->arena, identified, span.count);
    size_t count = 0;
    for (size_t row = span.first; row < span.first + span.count; row++) {
        if (oa_is_read_by(j->tumour->reader, tu, row, j->tu_eval, j->tu_evalid)) {
            found[count++] = (identified){oa_text(tu, row, j->tu_lnkid), row};
        }
    }
    if (count > 0) {
        qsort(found, count, sizeof *found, compare_identified);
    }
    j->tumour->identified = OA_NEW_ARRAY(j->context->arena, size_t, count);
    j->tumour->n_identified = count;
    for (size_t i = 0; i < count; i++) {
        j->tumour->identified[i] = found[i].row;
    }
}

const size_t *oa_tumour_identified(const oa_context *context, const oa_tumour *t, const char *id, size_t *count) {
    const oa_table *tu = oa_domain_table(context, OA_TU);
    int lnkid = oa_table_column(tu, "TULNKID");
    size_t low = 0;
    for (size_t high = t->n_identified; low < high;) {
        size_t middle = low + (high - low) / 2;
        bool before = strcmp(oa_text(tu, t->identified[middle], lnkid), id) < 0;
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    *count = 0;
    while (low + *count < t->n_identified && oa_text_is(tu, t->identified[low + *count], lnkid, id)) {
        ++*count;
    }
    return t->identified + low;
}

/* The first TULOC of a lesion, "" where TU has none. */
static const char *own_location(const job *j, const char *id, const char **group) {
    const oa_table *tu = oa_domain_table(j->context, OA_TU);
    size_t count;
    const size_t *rows = oa_tumour_identified(j->context, j->tumour, id, &count);
    for (size_t i = 0; i < count; i++) {
        *group = oa_is_missing(tu, rows[i], j->tu_grpid) ? *group : oa_text(tu, rows[i], j->tu_grpid);
        if (!oa_is_missing(tu, rows[i], j->tu_loc)) {
            return oa_text(tu, rows[i], j->tu_loc);
        }
    }
    return "";
}

/* The location of all lesions that an identifier such as "T01/T02" names; "" where they differ. */
static const char *common_location(const job *j, const char *id) {
    const char *group = "";
    const char *common = NULL;
    for (const char *at = id; *at; at += strspn(at, "/+")) {
        size_t length = strcspn(at, "/+");
        const char *location = own_location(j, oa_strndup(j->context->arena, at, length), &group);
        if (common && !oa_streq(common, location)) {
            return "";
        }
        common = location;
        at += length;
    }
    return common ? common : "";
}

/* What split or merged lies where its parent does, which TUGRPID or the identifier names (tumour_links.c). */
static const char *location_of(const job *j, const char *id) {
    const char *group = "";
    const char *location = own_location(j, id, &group);
    if (*location) {
        return location;
    }
    location = *group ? common_location(j, group) : "";
    const char *suffix = strrchr(id, '.');
    return *location ? location
                     : common_location(j, suffix ? oa_strndup(j->context->arena, id, (size_t)(suffix - id)) : id);
}

static bool group_of(const char *name, oa_lesion_kind *kind) {
    for (size_t i = 0; i < OA_COUNT(groups); i++) {
        if (oa_streq(name, groups[i].name)) {
            *kind = groups[i].kind;
            return true;
        }
    }
    return false;
}

/* The group of a lesion, where TR leaves it to TU to say. */
static bool group_in_tu(const job *j, const char *id, oa_lesion_kind *kind) {
    const oa_table *tu = oa_domain_table(j->context, OA_TU);
    size_t count;
    const size_t *rows = oa_tumour_identified(j->context, j->tumour, id, &count);
    for (size_t i = 0; i < count; i++) {
        if (group_of(oa_text(tu, rows[i], j->tu_orres), kind)) {
            return true;
        }
    }
    return false;
}

/* ---- entries ----------------------------------------------------------------------------------------------------- */

static void add_entry(job *j, entry e, int visitnum, int visit) {
    e.order = j->n_entries;
    e.visitnum = -1;
    e.visit = oa_text(e.table, e.row, visit);
    oa_number(e.table, e.row, visitnum, &e.visitnum);
    j->entries[j->n_entries++] = e;
}

/* A row of a lesion whose group neither TR nor TU names; rows that are no assessment of a lesion pass in silence. */
static void say_no_group(job *j, oa_table *tr, size_t row) {
    if (oa_tr_is_assessment(oa_text(tr, row, j->tr[OA_TR_TESTCD])) && !oa_is_missing(tr, row, j->tr[OA_TR_LNKID])) {
        oa_reader_account(
            j->context, j->tumour->reader, tr, row, OA_USE_VALUE, "TR-GROUP",
            "TRGRPID is none of TARGET, NON-TARGET, NEW, and TU does not say it either; the record is not "
            "used");
    }
}

/* Without a lesion a row says nothing, but for one that new lesions were not looked for. */
static bool is_usable(job *j, oa_table *tr, const entry *e) {
    bool not_done = oa_text_is(tr, e->row, j->tr[OA_TR_STAT], "NOT DONE");
    if (*e->id || (e->kind == OA_NEW_LESION && not_done)) {
        return true;
    }
    if (!oa_streq(e->testcd, "SUMDIAM")) {
        oa_reader_account(j->context, j->tumour->reader, tr, e->row, OA_USE_VALUE, "TR-LESION",
                          "TRLNKID is missing, so the lesion is not known; the record is not used");
    }
    return false;
}

static void read_tr_row(job *j, oa_table *tr, size_t row) {
    const int *c = j->tr;
    const oa_reader *reader = j->tumour->reader;
    entry e = {.table = tr,
               .row = row,
               .id = oa_text(tr, row, c[OA_TR_LNKID]),
               .testcd = oa_text(tr, row, c[OA_TR_TESTCD]),
               .date = oa_date_at(tr, row, c[OA_TR_DTC])};
    if (!oa_is_read_by(reader, tr, row, c[OA_TR_EVAL], c[OA_TR_EVALID])) {
        oa_reader_account(j->context, reader, tr, row, OA_USE_READER, NULL, NULL);
    } else if (!group_of(oa_text(tr, row, c[OA_TR_GRPID]), &e.kind) && !group_in_tu(j, e.id, &e.kind)) {
        say_no_group(j, tr, row);
    } else if (!is_usable(j, tr, &e)) {
        return;
    } else if (!oa_day_by_policy(e.date, OA_IMPUTE_LAST, &e.day)) {
        oa_reader_account(j->context, reader, tr, row, OA_USE_NO_DATE, "TR-DATE",
                          "TRDTC is not known to the month; the record is not used");
    } else if (e.day > j->context->cutoff) {
        oa_reader_account(j->context, reader, tr, row, OA_USE_CUTOFF, NULL, NULL);
    } else {
        add_entry(j, e, c[OA_TR_VISITNUM], c[OA_TR_VISIT]);
    }
}

/* A new lesion that TU identifies: used where TR does not speak of it. */
static void read_tu_row(job *j, oa_table *tu, size_t row) {
    const oa_reader *reader = j->tumour->reader;
    entry e = {.table = tu,
               .row = row,
               .kind = OA_NEW_LESION,
               .id = oa_text(tu, row, j->tu_lnkid),
               .testcd = "",
               .date = oa_date_at(tu, row, j->tu_dtc)};
    if (!oa_is_read_by(reader, tu, row, j->tu_eval, j->tu_evalid)) {
        oa_reader_account(j->context, reader, tu, row, OA_USE_READER, NULL, NULL);
        return;
    }
    oa_reader_account(j->context, reader, tu, row, OA_USE_ANALYSED, NULL, NULL);
    if (!oa_text_is(tu, row, j->tu_orres, "NEW") && !oa_text_is(tu, row, j->tu_stresc, "NEW")) {
        return;
    }
    if (!oa_day_by_policy(e.date, OA_IMPUTE_LAST, &e.day)) {
        oa_reader_account(j->context, reader, tu, row, OA_USE_NO_DATE, "TU-DATE",
                          "TUDTC of a new lesion is not known to the month; the lesion is not used");
    } else if (e.day <= j->context->cutoff) {
        add_entry(j, e, j->tu_visitnum, j->tu_visit);
    }
}

/* The most entries there can be: with several readers, far fewer than rows. */
static size_t most_entries(const job *j, oa_span of_tr) {
    const oa_table *tr = oa_domain_table(j->context, OA_TR);
    size_t count = j->tumour->n_identified;
    for (size_t row = of_tr.first; row < of_tr.first + of_tr.count; row++) {
        count += oa_is_read_by(j->tumour->reader, tr, row, j->tr[OA_TR_EVAL], j->tr[OA_TR_EVALID]);
    }
    return count;
}

/* ---- lesions ----------------------------------------------------------------------------------------------------- */

static int compare_order(const entry *x, const entry *y) {
    return (x->order > y->order) - (x->order < y->order);
}

static int by_lesion(const void *a, const void *b) {
    const entry *x = a;
    const entry *y = b;
    if (x->kind != y->kind) {
        return (x->kind > y->kind) - (x->kind < y->kind);
    }
    int order = strcmp(x->id, y->id);
    return order ? order : compare_order(x, y);
}

static void sort(entry *entries, size_t count, int (*compare)(const void *, const void *)) {
    if (count > 0) {
        qsort(entries, count, sizeof *entries, compare);
    }
}

/* The entries of one lesion, `count` from `first` on, which are in the order of their rows.  Short axes are measured of
 * lymph nodes only where there is no longest diameter beside them, so such a lesion is one, whatever its location is called. */
static oa_lesion lesion_of(const job *j, const entry *first, size_t count) {
    bool has_short = false;
    bool has_long = false;
    const char *location = location_of(j, first->id);
    for (size_t i = 0; i < count; i++) {
        has_short = has_short || oa_streq(first[i].testcd, "SAXIS") || oa_streq(first[i].testcd, "LPERP");
        has_long = has_long || oa_streq(first[i].testcd, "LDIAM");
    }
    return (oa_lesion){.id = first->id,
                       .location = location,
                       .kind = first->kind,
                       .node = strstr(location, "LYMPH NODE") != NULL || (has_short && !has_long),
                       .fragment_of = OA_NO_LESION,
                       .split_day = INT32_MAX,
                       .merged_into = OA_NO_LESION,
                       .treated_day = INT32_MAX};
}

static bool is_same_lesion(const entry *x, const entry *y) {
    return x->kind == y->kind && oa_streq(x->id, y->id);
}

/* Of entries in order of lesion. */
static size_t count_lesions(const entry *entries, size_t count) {
    size_t n = count > 0;
    for (size_t i = 1; i < count; i++) {
        n += !is_same_lesion(&entries[i - 1], &entries[i]);
    }
    return n;
}

/* Gives each entry its lesion.  Of a new lesion that TR speaks of, TU counts only before that. */
static void find_lesions(job *j) {
    oa_tumour *t = j->tumour;
    size_t kept = 0;
    sort(j->entries, j->n_entries, by_lesion);
    t->lesions = OA_NEW_ARRAY(j->context->arena, oa_lesion, count_lesions(j->entries, j->n_entries));
    for (size_t first = 0, count; first < j->n_entries; first += count) {
        const entry *e = &j->entries[first];
        int32_t first_tr = INT32_MAX;
        count = 0;
        while (first + count < j->n_entries && is_same_lesion(&e[count], e)) {
            bool of_tr = *e[count].testcd != '\0';
            first_tr = of_tr && e[count].day < first_tr ? e[count].day : first_tr;
            count++;
        }
        t->lesions[t->n_lesions] = lesion_of(j, e, count);
        for (size_t i = first; i < first + count; i++) {
            if (*j->entries[i].testcd || j->entries[i].day < first_tr) {
                j->entries[kept] = j->entries[i];
                j->entries[kept++].lesion = t->n_lesions;
            }
        }
        t->n_lesions++;
    }
    j->n_entries = kept;
}

size_t oa_tumour_lesion(const oa_tumour *t, oa_lesion_kind kind, const char *id) {
    size_t low = 0;
    for (size_t high = t->n_lesions; low < high;) {
        size_t middle = low + (high - low) / 2;
        const oa_lesion *l = &t->lesions[middle];
        bool before = l->kind != kind ? l->kind < kind : strcmp(l->id, id) < 0;
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    bool found = low < t->n_lesions && t->lesions[low].kind == kind && oa_streq(t->lesions[low].id, id);
    return found ? low : OA_NO_LESION;
}

/* ---- time points ------------------------------------------------------------------------------------------------- */

/* Rows with a VISITNUM come first, then those with a VISIT, then those with nothing but a day. */
static int visit_class(const entry *e) {
    return e->visitnum >= 0 ? 0 : *e->visit ? 1 : 2;
}

static int compare_visit(const entry *x, const entry *y) {
    int a = visit_class(x);
    int b = visit_class(y);
    if (a != b) {
        return (a > b) - (a < b);
    }
    return a == 0 ? (x->visitnum > y->visitnum) - (x->visitnum < y->visitnum) : a == 1 ? strcmp(x->visit, y->visit) : 0;
}

static int by_visit(const void *a, const void *b) {
    const entry *x = a;
    const entry *y = b;
    int order = compare_visit(x, y);
    order = order ? order : (x->day > y->day) - (x->day < y->day);
    return order ? order : compare_order(x, y);
}

static int by_point_and_lesion(const void *a, const void *b) {
    const entry *x = a;
    const entry *y = b;
    int order = (x->point > y->point) - (x->point < y->point);
    order = order ? order : (x->lesion > y->lesion) - (x->lesion < y->lesion);
    return order ? order : compare_order(x, y);
}

/* Gives each entry its point; there are far fewer points than entries. */
static void find_points(job *j) {
    oa_tumour *t = j->tumour;
    const entry *first = NULL;
    sort(j->entries, j->n_entries, by_visit);
    for (size_t i = 0; i < j->n_entries; i++) {
        entry *e = &j->entries[i];
        bool same_day_only = visit_class(e) == 2;
        if (!first || compare_visit(first, e) != 0 || e->day - first->day > (same_day_only ? 0 : OA_VISIT_DAYS)) {
            first = e;
            t->n_points++;
        }
        e->point = t->n_points - 1;
    }
    t->points = OA_NEW_ARRAY(j->context->arena, oa_timepoint, t->n_points);
    for (size_t i = j->n_entries; i-- > 0;) { /* backwards: its first entry names a point */
        const entry *e = &j->entries[i];
        t->points[e->point] =
            (oa_timepoint){.visit = e->visit, .visitnum = e->visitnum, .first_scan = INT32_MAX, .last_scan = INT32_MIN};
    }
}

/* ---- readings ---------------------------------------------------------------------------------------------------- */

/* What was evaluated counts before what was not, then the preferred test. */
static bool is_better(const oa_reading *a, const oa_reading *b) {
    bool evaluated = a->state != OA_LESION_NE;
    return evaluated != (b->state != OA_LESION_NE) ? evaluated : a->rank < b->rank;
}

/* The entry as a reading; false where it is no assessment of a lesion. */
static bool reading_of(job *j, const entry *e, oa_reading *reading) {
    *reading = (oa_reading){.lesion = e->lesion, .table = e->table, .row = e->row, .day = e->day};
    if (e->table == oa_domain_table(j->context, OA_TU)) {
        reading->state = OA_LESION_UNEQUIVOCAL;
        return true;
    }
    return oa_tr_reading(j->context, j->tumour, j->tr, reading);
}

/* Adds a reading, or puts it in the place of the one of the same lesion that says less. */
static void add_reading(job *j, oa_timepoint *point, oa_reading reading) {
    oa_reading *old = point->n_readings > 0 ? &point->readings[point->n_readings - 1] : NULL;
    if (!old || old->lesion != reading.lesion) {
        point->readings[point->n_readings++] = reading;
    } else if (reading.table == old->table && old->rank == reading.rank && old->state != OA_LESION_NE &&
               reading.state != OA_LESION_NE) {
        oa_reader_say(j->context, j->tumour->reader, OA_WARNING, reading.table, reading.row, "TR-TWICE",
                      oa_printf(j->context->arena,
                                "lesion %s was assessed twice at %s; the first record counts, keep one of them",
                                j->tumour->lesions[reading.lesion].id, *point->visit ? point->visit : "this visit"));
        return;
    } else if (reading.table == old->table && is_better(&reading, old)) { /* TR, which comes first, beats TU */
        *old = reading;
    } else {
        return;
    }
    point->first_scan = reading.day < point->first_scan ? reading.day : point->first_scan;
    point->last_scan = reading.day > point->last_scan ? reading.day : point->last_scan;
}

/* A row that says that new lesions were not looked for.  One without a lesion is no reading. */
static bool is_new_not_done(const job *j, const entry *e) {
    return e->kind == OA_NEW_LESION && *e->testcd && oa_text_is(e->table, e->row, j->tr[OA_TR_STAT], "NOT DONE");
}

static void read_entries(job *j) {
    oa_tumour *t = j->tumour;
    oa_reading *readings = OA_NEW_ARRAY(j->context->arena, oa_reading, j->n_entries);
    sort(j->entries, j->n_entries, by_point_and_lesion);
    for (size_t i = 0; i < j->n_entries; i++) {
        const entry *e = &j->entries[i];
        oa_timepoint *point = &t->points[e->point];
        oa_reading reading;
        point->readings = point->readings ? point->readings : readings + i;
        point->new_not_done = point->new_not_done || is_new_not_done(j, e);
        if ((*e->id || !*e->testcd) && reading_of(j, e, &reading)) {
            point->imputed = point->imputed || e->date.known == OA_KNOWN_MONTH;
            add_reading(j, point, reading);
        }
    }
}

/* Rows that are no assessments make no time point. */
static void drop_empty_points(oa_tumour *t) {
    size_t kept = 0;
    for (size_t i = 0; i < t->n_points; i++) {
        if (t->points[i].n_readings > 0) {
            t->points[kept++] = t->points[i];
        }
    }
    t->n_points = kept;
}

/* ---- one subject ------------------------------------------------------------------------------------------------- */

oa_reading *oa_tumour_reading(const oa_timepoint *point, size_t lesion) {
    size_t low = 0;
    for (size_t high = point->n_readings; low < high;) {
        size_t middle = low + (high - low) / 2;
        bool before = point->readings[middle].lesion < lesion;
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    return low < point->n_readings && point->readings[low].lesion == lesion ? &point->readings[low] : NULL;
}

void oa_tumour_read(oa_context *context, oa_tumour *tumour) {
    job j = {.context = context, .tumour = tumour};
    oa_table *tr = context->sdtm->domain[OA_TR];
    oa_table *tu = context->sdtm->domain[OA_TU];
    oa_span of_tr = context->spans[OA_TR][tumour->subject];
    oa_span of_tu = context->spans[OA_TU][tumour->subject];
    find_columns(&j);
    index_tu(&j);
    j.entries = OA_NEW_ARRAY(context->arena, entry, most_entries(&j, of_tr));
    for (size_t row = of_tr.first; row < of_tr.first + of_tr.count; row++) {
        read_tr_row(&j, tr, row);
    }
    for (size_t row = of_tu.first; row < of_tu.first + of_tu.count; row++) {
        read_tu_row(&j, tu, row);
    }
    find_lesions(&j);
    find_points(&j);
    read_entries(&j);
    drop_empty_points(tumour);
    oa_tr_report_axes(context, tumour);
}
