/*
 * tumour_read.c - TU and TR rows of one subject and one evaluator into lesions and time points.
 *
 * A time point is a visit: rows with the same VISITNUM, else the same VISIT, within six weeks; else the same day.  Of
 * several lengths that were recorded for a lesion the one the reader put into the sum counts: see `lengths` below.
 */
#include "tumour.h"

#include "../base/number.h"
#include "../base/text.h"

#include <stdlib.h>
#include <string.h>

enum {
    TR_GRPID,
    TR_LNKID,
    TR_TESTCD,
    TR_ORRES,
    TR_ORRESU,
    TR_STRESC,
    TR_STRESN,
    TR_STRESU,
    TR_STAT,
    TR_EVAL,
    TR_EVALID,
    TR_VISITNUM,
    TR_VISIT,
    TR_DTC,
    N_TR
};
static const char *const tr_names[N_TR] = {"TRGRPID",  "TRLNKID",  "TRTESTCD", "TRORRES", "TRORRESU",
                                           "TRSTRESC", "TRSTRESN", "TRSTRESU", "TRSTAT",  "TREVAL",
                                           "TREVALID", "VISITNUM", "VISIT",    "TRDTC"};

/* Which test gives the length of a lesion, best first.  DIAMETER is by definition what the reader chose to sum; else
 * nodes are measured by their short axis, everything else by the longest diameter (RECIST 4.1). */
static const struct {
    const char *testcd;
    bool of_nodes;
    bool of_others;
} lengths[] = {{"DIAMETER", true, true}, {"SAXIS", true, false}, {"LPERP", true, false}, {"LDIAM", false, true}};

/* Ranks of what is no length of that axis: a word, and a length across the wrong axis, which only shows that there is a
 * lesion. */
enum { RANK_WORD = OA_COUNT(lengths), RANK_WRONG_AXIS };

/* Words of TRSTRESC (TRTESTCD TUMSTATE) and what they say. */
static const struct {
    const char *word;
    oa_lesion_state state;
} states[] = {
    {"ABSENT", OA_LESION_ABSENT},
    {"PRESENT", OA_LESION_PRESENT},
    {"EQUIVOCAL", OA_LESION_EQUIVOCAL},
    {"UNEQUIVOCAL", OA_LESION_UNEQUIVOCAL},
    {"UNEQUIVOCAL PROGRESSION", OA_LESION_UNEQUIVOCAL},
};

static const struct {
    const char *name;
    oa_lesion_kind kind;
} groups[] = {{"TARGET", OA_TARGET}, {"NON-TARGET", OA_NON_TARGET}, {"NEW", OA_NEW_LESION}};

typedef struct job {
    oa_context *context;
    oa_tumour *tumour;
    size_t subject;
    int tr[N_TR];
    int tu_lnkid, tu_loc, tu_orres, tu_stresc, tu_dtc, tu_eval, tu_evalid, tu_visitnum, tu_visit;
} job;

static void find_columns(job *j) {
    const oa_table *tu = oa_domain_table(j->context, OA_TU);
    oa_find_columns(oa_domain_table(j->context, OA_TR), tr_names, N_TR, j->tr);
    j->tu_lnkid = oa_table_column(tu, "TULNKID");
    j->tu_loc = oa_table_column(tu, "TULOC");
    j->tu_orres = oa_table_column(tu, "TUORRES");
    j->tu_stresc = oa_table_column(tu, "TUSTRESC");
    j->tu_dtc = oa_table_column(tu, "TUDTC");
    j->tu_eval = oa_table_column(tu, "TUEVAL");
    j->tu_evalid = oa_table_column(tu, "TUEVALID");
    j->tu_visitnum = oa_table_column(tu, "VISITNUM");
    j->tu_visit = oa_table_column(tu, "VISIT");
}

/* ---- lesions and time points: found or made ---------------------------------------------------------------------- */

static const char *location_of(const job *j, const char *lesion_id) {
    const oa_table *tu = oa_domain_table(j->context, OA_TU);
    oa_span span = j->context->spans[OA_TU][j->subject];
    for (size_t row = span.first; row < span.first + span.count; row++) {
        if (oa_text_is(tu, row, j->tu_lnkid, lesion_id) && !oa_is_missing(tu, row, j->tu_loc)) {
            return oa_text(tu, row, j->tu_loc);
        }
    }
    return "";
}

/* Short axes are measured of lymph nodes only, so a lesion with nothing else is one, whatever its location is called. */
static bool has_short_axis_only(const job *j, const char *lesion_id) {
    const oa_table *tr = oa_domain_table(j->context, OA_TR);
    oa_span span = j->context->spans[OA_TR][j->subject];
    bool has_short = false;
    for (size_t row = span.first; row < span.first + span.count; row++) {
        if (!oa_text_is(tr, row, j->tr[TR_LNKID], lesion_id)) {
            continue;
        }
        if (oa_text_is(tr, row, j->tr[TR_TESTCD], "LDIAM")) {
            return false;
        }
        has_short = has_short || oa_text_is(tr, row, j->tr[TR_TESTCD], "SAXIS");
    }
    return has_short;
}

static size_t lesion_of(job *j, const char *id, oa_lesion_kind kind) {
    oa_tumour *t = j->tumour;
    for (size_t i = 0; i < t->n_lesions; i++) {
        if (t->lesions[i].kind == kind && oa_streq(t->lesions[i].id, id)) {
            return i;
        }
    }
    if (t->n_lesions == t->c_lesions) {
        size_t capacity = t->c_lesions ? t->c_lesions * 2 : 8;
        t->lesions = oa_regrow(j->context->arena, t->lesions, t->c_lesions, capacity, sizeof *t->lesions);
        t->c_lesions = capacity;
    }
    const char *location = location_of(j, id);
    t->lesions[t->n_lesions] =
        (oa_lesion){.id = id,
                    .location = location,
                    .kind = kind,
                    .node = strstr(location, "LYMPH NODE") != NULL || has_short_axis_only(j, id)};
    return t->n_lesions++;
}

/* What identifies the time point of a row. */
typedef struct visit_key {
    double visitnum; /* -1: none */
    const char *visit;
    int32_t day;
} visit_key;

static visit_key key_of(const oa_table *table, size_t row, int visitnum, int visit, int32_t day) {
    visit_key key = {-1, oa_text(table, row, visit), day};
    oa_number(table, row, visitnum, &key.visitnum);
    return key;
}

static bool same_visit(const oa_timepoint *point, const visit_key *key) {
    if (abs(point->last_scan - key->day) > OA_VISIT_DAYS) {
        return false;
    }
    if (key->visitnum >= 0 || point->visitnum >= 0) {
        return point->visitnum == key->visitnum;
    }
    if (*key->visit || *point->visit) {
        return oa_streq(point->visit, key->visit);
    }
    return point->last_scan == key->day;
}

static oa_timepoint *point_of(job *j, const visit_key *key) {
    oa_tumour *t = j->tumour;
    for (size_t i = t->n_points; i > 0; i--) {
        if (same_visit(&t->points[i - 1], key)) {
            return &t->points[i - 1];
        }
    }
    if (t->n_points == t->c_points) {
        size_t capacity = t->c_points ? t->c_points * 2 : 8;
        t->points = oa_regrow(j->context->arena, t->points, t->c_points, capacity, sizeof *t->points);
        t->c_points = capacity;
    }
    t->points[t->n_points] = (oa_timepoint){.visit = key->visit, .visitnum = key->visitnum, .last_scan = key->day};
    return &t->points[t->n_points++];
}

/* What was evaluated counts before what was not, then the preferred test. */
static bool is_better(const oa_reading *a, const oa_reading *b) {
    bool evaluated = a->state != OA_LESION_NE;
    return evaluated != (b->state != OA_LESION_NE) ? evaluated : a->rank < b->rank;
}

/* Adds a reading, or replaces one of the same lesion that says less. */
static void add_reading(job *j, oa_timepoint *point, oa_reading reading) {
    for (size_t i = 0; i < point->n_readings; i++) {
        oa_reading *old = &point->readings[i];
        if (old->lesion != reading.lesion) {
            continue;
        }
        if (old->rank == reading.rank && old->state != OA_LESION_NE && reading.state != OA_LESION_NE) {
            oa_place where = oa_sdtm_place(reading.table, reading.row);
            oa_diag_add(j->context->diag, OA_WARNING, OA_RECORD, &where, "TR-TWICE",
                        "lesion %s was assessed twice at %s; the first record counts, keep one of them",
                        j->tumour->lesions[reading.lesion].id, *point->visit ? point->visit : "this visit");
        } else if (is_better(&reading, old)) {
            *old = reading;
            point->last_scan = reading.day > point->last_scan ? reading.day : point->last_scan;
        }
        return;
    }
    if (point->n_readings == point->c_readings) {
        size_t capacity = point->c_readings ? point->c_readings * 2 : 8;
        point->readings = oa_regrow(j->context->arena, point->readings, point->c_readings, capacity, sizeof reading);
        point->c_readings = capacity;
    }
    point->readings[point->n_readings++] = reading;
    point->last_scan = reading.day > point->last_scan ? reading.day : point->last_scan;
}

/* ---- one TR row -------------------------------------------------------------------------------------------------- */

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
static bool group_in_tu(const job *j, const char *lesion_id, oa_lesion_kind *kind) {
    const oa_table *tu = oa_domain_table(j->context, OA_TU);
    oa_span span = j->context->spans[OA_TU][j->subject];
    for (size_t row = span.first; row < span.first + span.count; row++) {
        if (oa_text_is(tu, row, j->tu_lnkid, lesion_id) && group_of(oa_text(tu, row, j->tu_orres), kind)) {
            return true;
        }
    }
    return false;
}

/* Rank of a test for this kind of lesion; -1 where it gives no length. */
static int rank_of(const char *testcd, bool node) {
    for (int i = 0; i < (int)OA_COUNT(lengths); i++) {
        if (oa_streq(testcd, lengths[i].testcd)) {
            return (node ? lengths[i].of_nodes : lengths[i].of_others) ? i : RANK_WRONG_AXIS;
        }
    }
    return -1;
}

/* A lesion longer than a metre is a slip of the pen: it has no length that can be used. */
enum { LONGEST_MM = 1000 };

static bool to_mm(double value, const char *unit, int64_t *length) {
    double factor = oa_streq_nocase(unit, "cm") ? 10 : 1;
    bool known = oa_streq_nocase(unit, "cm") || oa_streq_nocase(unit, "mm") || *unit == '\0';
    return known && value >= 0 && value * factor <= LONGEST_MM && oa_scaled(value * factor, OA_MM, length);
}

/* The length a row states: in standard units, else as recorded; a lesion too small to measure counts 5 mm (RECIST
 * 4.2; FAQ: if it can be measured, the measurement counts). */
static bool length_of(const oa_table *tr, size_t row, const int *c, int64_t *length) {
    double value;
    const char *text = oa_text(tr, row, c[TR_STRESC]);
    if (oa_number(tr, row, c[TR_STRESN], &value)) {
        return to_mm(value, oa_text(tr, row, c[TR_STRESU]), length);
    }
    const char *recorded = oa_text(tr, row, c[TR_ORRES]);
    if (oa_parse_number(recorded, strlen(recorded), &value)) {
        return to_mm(value, oa_text(tr, row, c[TR_ORRESU]), length);
    }
    if (oa_streq_nocase(text, "ABSENT")) {
        *length = 0;
        return true;
    }
    *length = 5 * OA_MM;
    return strstr(text, "TOO SMALL") != NULL;
}

static bool state_of(const char *word, oa_lesion_state *state) {
    for (size_t i = 0; i < OA_COUNT(states); i++) {
        if (oa_streq_nocase(word, states[i].word)) {
            *state = states[i].state;
            return true;
        }
    }
    return false;
}

static void say_not_done(job *j, oa_table *tr, size_t row, const oa_lesion *lesion) {
    const char *effect = lesion->kind == OA_TARGET ? "the target response of the visit is NE, unless the others show PD"
                                                   : "the visit cannot be a complete response";
    char *text = oa_printf(j->context->arena, "lesion %s was not evaluated at this visit: %s", lesion->id, effect);
    oa_account(j->context, tr, row, OA_USE_NOT_DONE, "TR-NOT-DONE", text);
}

/* A lesion that is not measured for the sum: from a word, else from its length. */
static bool state_from(const job *j, const oa_table *tr, size_t row, bool is_word, const oa_lesion *lesion,
                       oa_lesion_state *state) {
    int64_t length;
    if (is_word) {
        return state_of(oa_text(tr, row, j->tr[TR_STRESC]), state);
    }
    bool known = length_of(tr, row, j->tr, &length);
    bool gone = known && (lesion->node ? length < 10 * OA_MM : length == 0);
    *state = gone ? OA_LESION_ABSENT : OA_LESION_PRESENT;
    return known;
}

/* The row as a reading; false where it is not one, or says nothing that can be used. */
static bool reading_of(job *j, oa_table *tr, size_t row, oa_lesion_kind kind, oa_reading *reading) {
    const int *c = j->tr;
    const oa_lesion *lesion = &j->tumour->lesions[reading->lesion];
    bool is_word = oa_text_is(tr, row, c[TR_TESTCD], "TUMSTATE");
    int rank = is_word ? RANK_WORD : rank_of(oa_text(tr, row, c[TR_TESTCD]), lesion->node);
    if (rank < 0 || (rank == RANK_WRONG_AXIS && kind != OA_TARGET)) {
        return false;
    }
    reading->rank =
        kind == OA_TARGET || !is_word ? rank : -1; /* of a lesion that is not measured the word counts first */
    reading->state = OA_LESION_NE;
    if (rank == RANK_WRONG_AXIS) {
        return true;
    }
    if (oa_text_is(tr, row, c[TR_STAT], "NOT DONE")) {
        say_not_done(j, tr, row, lesion);
        return true;
    }
    bool understood;
    if (kind == OA_TARGET) {
        understood = length_of(tr, row, c, &reading->length);
        reading->state = OA_LESION_MEASURED;
    } else {
        understood = state_from(j, tr, row, is_word, lesion, &reading->state);
    }
    if (!understood) {
        reading->state = OA_LESION_NE;
        oa_account(j->context, tr, row, OA_USE_VALUE, "TR-VALUE",
                   kind == OA_TARGET ? "no length in mm or cm can be read; the lesion counts as not evaluated"
                                     : "TRSTRESC is none of ABSENT, PRESENT, EQUIVOCAL, UNEQUIVOCAL; the lesion counts "
                                       "as not evaluated");
        return true;
    }
    oa_row_mark(tr, row, OA_USE_ANALYSED);
    return true;
}

/* A row of a lesion whose group neither TR nor TU names; rows that are no assessment of a lesion pass in silence. */
static void say_no_group(job *j, oa_table *tr, size_t row) {
    bool assesses =
        rank_of(oa_text(tr, row, j->tr[TR_TESTCD]), false) >= 0 || oa_text_is(tr, row, j->tr[TR_TESTCD], "TUMSTATE");
    if (assesses && !oa_is_missing(tr, row, j->tr[TR_LNKID])) {
        oa_account(j->context, tr, row, OA_USE_VALUE, "TR-GROUP",
                   "TRGRPID is none of TARGET, NON-TARGET, NEW, and TU does not say it either; the record is not used");
    }
}

static void read_tr_row(job *j, oa_table *tr, size_t row) {
    const int *c = j->tr;
    oa_context *context = j->context;
    oa_lesion_kind kind;
    oa_date date = oa_date_at(tr, row, c[TR_DTC]);
    oa_reading reading = {.table = tr, .row = row};
    bool grouped =
        group_of(oa_text(tr, row, c[TR_GRPID]), &kind) || group_in_tu(j, oa_text(tr, row, c[TR_LNKID]), &kind);
    if (!oa_is_evaluator(context, tr, row, c[TR_EVAL], c[TR_EVALID])) {
        oa_account(context, tr, row, OA_USE_READER, NULL, NULL);
    } else if (!grouped) {
        say_no_group(j, tr, row);
    } else if (oa_is_missing(tr, row, c[TR_LNKID])) {
        bool is_sum = oa_text_is(tr, row, c[TR_TESTCD], "SUMDIAM");
        if (!is_sum) {
            oa_account(context, tr, row, OA_USE_VALUE, "TR-LESION",
                       "TRLNKID is missing, so the lesion is not known; the record is not used");
        }
    } else if (!oa_day_by_policy(date, OA_IMPUTE_LAST, &reading.day)) {
        oa_account(context, tr, row, OA_USE_NO_DATE, "TR-DATE",
                   "TRDTC is not known to the month; the record is not used");
    } else if (reading.day > context->cutoff) {
        oa_account(context, tr, row, OA_USE_CUTOFF, NULL, NULL);
    } else {
        reading.lesion = lesion_of(j, oa_text(tr, row, c[TR_LNKID]), kind);
        if (reading_of(j, tr, row, kind, &reading)) {
            visit_key key = key_of(tr, row, c[TR_VISITNUM], c[TR_VISIT], reading.day);
            oa_timepoint *point = point_of(j, &key);
            point->imputed = point->imputed || date.known == OA_KNOWN_MONTH;
            add_reading(j, point, reading);
        }
    }
}

/* Target lesions of which only the wrong axis was measured. */
static void report_wrong_axes(job *j) {
    for (size_t p = 0; p < j->tumour->n_points; p++) {
        const oa_timepoint *point = &j->tumour->points[p];
        for (size_t i = 0; i < point->n_readings; i++) {
            const oa_reading *r = &point->readings[i];
            bool node = j->tumour->lesions[r->lesion].node;
            if (r->rank == RANK_WRONG_AXIS) {
                oa_account(j->context, j->context->sdtm->domain[OA_TR], r->row, OA_USE_VALUE, "TR-AXIS",
                           node
                               ? "a lymph node is measured by its short axis (SAXIS), which is not recorded; it counts "
                                 "as not evaluated"
                               : "a lesion is measured by its longest diameter (LDIAM), which is not recorded; it "
                                 "counts as not evaluated");
            }
        }
    }
}

/* ---- TU: new lesions that TR does not mention --------------------------------------------------------------------- */

/* True where TR speaks of the new lesion at this visit or before it. */
static bool is_read_by_then(const oa_tumour *tumour, const char *lesion_id, const visit_key *key) {
    for (size_t p = 0; p < tumour->n_points; p++) {
        const oa_timepoint *point = &tumour->points[p];
        for (size_t i = 0; i < point->n_readings; i++) {
            const oa_reading *r = &point->readings[i];
            const oa_lesion *lesion = &tumour->lesions[r->lesion];
            bool in_time = r->day <= key->day || same_visit(point, key);
            if (in_time && lesion->kind == OA_NEW_LESION && oa_streq(lesion->id, lesion_id)) {
                return true;
            }
        }
    }
    return false;
}

static void read_tu_row(job *j, oa_table *tu, size_t row) {
    oa_context *context = j->context;
    oa_reading reading = {.table = tu, .row = row, .state = OA_LESION_UNEQUIVOCAL};
    const char *id = oa_text(tu, row, j->tu_lnkid);
    if (!oa_is_evaluator(context, tu, row, j->tu_eval, j->tu_evalid)) {
        oa_account(context, tu, row, OA_USE_READER, NULL, NULL);
        return;
    }
    oa_row_mark(tu, row, OA_USE_ANALYSED);
    if (!oa_text_is(tu, row, j->tu_orres, "NEW") && !oa_text_is(tu, row, j->tu_stresc, "NEW")) {
        return;
    }
    if (!oa_day_by_policy(oa_date_at(tu, row, j->tu_dtc), OA_IMPUTE_LAST, &reading.day)) {
        oa_account(context, tu, row, OA_USE_NO_DATE, "TU-DATE",
                   "TUDTC of a new lesion is not known to the month; the lesion is not used");
        return;
    }
    visit_key key = key_of(tu, row, j->tu_visitnum, j->tu_visit, reading.day);
    if (reading.day <= context->cutoff && !is_read_by_then(j->tumour, id, &key)) {
        reading.lesion = lesion_of(j, id, OA_NEW_LESION);
        add_reading(j, point_of(j, &key), reading);
    }
}

/* ---- one subject ------------------------------------------------------------------------------------------------- */

void oa_tumour_read(oa_context *context, size_t subject, oa_tumour *tumour) {
    job j = {.context = context, .tumour = tumour, .subject = subject};
    oa_table *tr = context->sdtm->domain[OA_TR];
    oa_table *tu = context->sdtm->domain[OA_TU];
    oa_span of_tr = context->spans[OA_TR][subject];
    oa_span of_tu = context->spans[OA_TU][subject];
    oa_subject_dates dates = oa_dates_of(context, subject);
    find_columns(&j);
    tumour->baseline = -1;
    tumour->first_pd = -1;
    if (!dates.has_reference) {
        for (size_t row = of_tr.first; row < of_tr.first + of_tr.count; row++) {
            oa_row_mark(tr, row, OA_USE_UNTREATED);
        }
        return;
    }
    for (size_t row = of_tr.first; row < of_tr.first + of_tr.count; row++) {
        read_tr_row(&j, tr, row);
    }
    for (size_t row = of_tu.first; row < of_tu.first + of_tu.count; row++) {
        read_tu_row(&j, tu, row);
    }
    report_wrong_axes(&j);
    oa_tumour_baseline(context, tumour, dates.reference);
}
