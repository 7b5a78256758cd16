/*
 * test_lesion_oracle.c - random subjects, from records of TU and TR to the response at each time point, against a plain
 * restatement of the rules (oracle_recist.c).
 *
 *   REQ-LESION-001  agreement on 200,000 random subjects
 */
#include "oracle_draw.h"

#include "../src/adam/derive.h"
#include "../src/adam/tumour.h"
#include "../src/base/text.h"
#include "effort.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { BATCHES = 200, BATCH = 1000, REFERENCE = 19359 /* 2023-01-02 */, MOST_RECORDS = 400, TEXT = 32 };

/* ---- its records ------------------------------------------------------------------------------------------------- */

typedef struct record {
    const char *group;
    const char *id;
    const char *testcd;
    char result[TEXT];
    const char *stat;
    const char *reason;
    int visit;
    int day;
} record;

typedef struct batch {
    oa_arena *arena;
    oa_diag *diag;
    oa_sdtm sdtm;
    or_rules rules;
    or_subject subjects[BATCH];
    uint64_t seeds[BATCH];
} batch;

typedef struct records {
    record items[MOST_RECORDS];
    size_t count;
} records;

static void add_record(uint64_t *seed, records *all, const char *group, const char *id, bool node, int visit,
                       or_look look) {
    static const char *const words[] = {[OR_ABSENT] = "ABSENT",
                                        [OR_PRESENT] = "PRESENT",
                                        [OR_EQUIVOCAL] = "EQUIVOCAL",
                                        [OR_UNEQUIVOCAL] = "UNEQUIVOCAL"};
    bool target = strcmp(group, "TARGET") == 0;
    if (look.seen == OR_NOTHING) {
        return;
    }
    assert_true(all->count < MOST_RECORDS);
    record *r = &all->items[all->count++];
    *r = (record){.group = group, .id = id, .visit = visit, .day = look.day, .stat = "", .reason = ""};
    r->testcd = !target               ? "TUMSTATE"
                : or_chance(seed, 40) ? "DIAMETER"
                : node                ? (or_chance(seed, 50) ? "SAXIS" : "LPERP")
                                      : "LDIAM";
    if (look.seen == OR_LENGTH) {
        snprintf(r->result, sizeof r->result, "%lld.%04lld", (long long)(look.length / OR_MM),
                 (long long)(look.length % OR_MM));
    } else if (look.seen == OR_TOO_SMALL && or_chance(seed, 50)) {
        r->stat = "NOT DONE";
        r->reason = "Too small to measure";
    } else if (look.seen == OR_TOO_SMALL) {
        snprintf(r->result, sizeof r->result, "TOO SMALL TO MEASURE");
    } else if (look.seen == OR_NOT_DONE) {
        r->stat = "NOT DONE";
        r->reason = "NOT ASSESSABLE: Image obscured";
    } else {
        snprintf(r->result, sizeof r->result, "%s", words[look.seen]);
    }
}

static const char *fragment_name(oa_arena *arena, int variant, const char *parent, int fragment) {
    return variant == 2 ? oa_printf(arena, "%s%c", parent, 'a' + fragment)
                        : oa_printf(arena, variant == 0 ? "%s.%d" : "F%s%d", parent, fragment + 1);
}

static const char *whole_name(int variant) {
    return variant == 0 ? "T0/T1" : variant == 1 ? "M1" : "T0";
}

static void write_lesion(oa_arena *arena, uint64_t *seed, const or_subject *s, or_spelling how, int i, records *all) {
    const or_lesion *l = &s->lesions[i];
    const char *group = l->target ? "TARGET" : "NON-TARGET";
    const char *id = oa_printf(arena, "%s%d", l->target ? "T" : "N", i);
    for (int v = 0; v < s->n_visits; v++) {
        size_t before = all->count;
        add_record(seed, all, group, id, l->node, v, l->looks[v]);
        if (l->treated == v && v > 0 && !how.treated_in_pr && all->count > before) {
            all->items[before].reason = "LESION EXCISED";
        }
        for (int k = 0; k < OR_FRAGMENTS; k++) {
            add_record(seed, all, group, fragment_name(arena, how.split, id, k), l->node, v, l->fragments[v][k]);
        }
    }
}

static void write_all(oa_arena *arena, uint64_t *seed, const or_subject *s, or_spelling how, records *all) {
    for (int i = 0; i < s->n_lesions; i++) {
        write_lesion(arena, seed, s, how, i, all);
    }
    for (int v = 0; v < s->n_visits; v++) {
        add_record(seed, all, "TARGET", whole_name(how.merge), s->merged_node, v, s->whole[v]);
        for (int i = 0; i < s->n_new; i++) {
            add_record(seed, all, "NEW", oa_printf(arena, "W%d", i), false, v, s->news[i][v]);
        }
    }
    for (size_t i = all->count; i > 1; i--) { /* in any order */
        size_t k = (size_t)or_upto(seed, (int)i);
        record swapped = all->items[i - 1];
        all->items[i - 1] = all->items[k];
        all->items[k] = swapped;
    }
}

/* ---- tables ------------------------------------------------------------------------------------------------------ */

#define TR_COLUMNS(X)                                                                                                  \
    X(USUBJID, OA_TEXT, "")                                                                                            \
    X(TRGRPID, OA_TEXT, "")                                                                                            \
    X(TRLNKID, OA_TEXT, "")                                                                                            \
    X(TRTESTCD, OA_TEXT, "")                                                                                           \
    X(TRORRES, OA_TEXT, "")                                                                                            \
    X(TRORRESU, OA_TEXT, "")                                                                                           \
    X(TRSTRESC, OA_TEXT, "")                                                                                           \
    X(TRSTAT, OA_TEXT, "")                                                                                             \
    X(TRREASND, OA_TEXT, "")                                                                                           \
    X(VISITNUM, OA_NUMBER, "")                                                                                         \
    X(VISIT, OA_TEXT, "")                                                                                              \
    X(TRDTC, OA_DATE, "")
#define TU_COLUMNS(X)                                                                                                  \
    X(TU_USUBJID, OA_TEXT, "")                                                                                         \
    X(TUTESTCD, OA_TEXT, "")                                                                                           \
    X(TULNKID, OA_TEXT, "")                                                                                            \
    X(TUGRPID, OA_TEXT, "")                                                                                            \
    X(TUORRES, OA_TEXT, "")                                                                                            \
    X(TULOC, OA_TEXT, "")                                                                                              \
    X(TUDTC, OA_DATE, "")
enum { TR_COLUMNS(OA_C) };
enum { TU_COLUMNS(OA_C) };
static const oa_column_def tr_columns[] = {TR_COLUMNS(OA_DEF)};
static const oa_column_def tu_columns[] = {
    {"USUBJID", OA_TEXT, ""}, {"TUTESTCD", OA_TEXT, ""}, {"TULNKID", OA_TEXT, ""}, {"TUGRPID", OA_TEXT, ""},
    {"TUORRES", OA_TEXT, ""}, {"TULOC", OA_TEXT, ""},    {"TUDTC", OA_DATE, ""}};
static const oa_column_def pr_columns[] = {
    {"USUBJID", OA_TEXT, ""}, {"PRTRT", OA_TEXT, ""}, {"PRLNKID", OA_TEXT, ""}, {"PRSTDTC", OA_DATE, ""}};
static const oa_column_def dm_columns[] = {{"USUBJID", OA_TEXT, ""}};
static const oa_column_def ex_columns[] = {{"USUBJID", OA_TEXT, ""},  {"EXTRT", OA_TEXT, ""},
                                           {"EXDOSE", OA_NUMBER, ""}, {"EXDOSU", OA_TEXT, ""},
                                           {"EXSTDTC", OA_DATE, ""},  {"EXENDTC", OA_DATE, ""}};

static void write_tr(oa_table *tr, const char *subject, const records *all, bool by_name) {
    for (size_t i = 0; i < all->count; i++) {
        const record *r = &all->items[i];
        size_t row = oa_table_add_row(tr);
        char visit[TEXT];
        snprintf(visit, sizeof visit, "V%d", r->visit);
        oa_set_text(tr, row, C_USUBJID, subject);
        oa_set_text(tr, row, C_TRGRPID, r->group);
        oa_set_text(tr, row, C_TRLNKID, r->id);
        oa_set_text(tr, row, C_TRTESTCD, r->testcd);
        oa_set_text(tr, row, C_TRORRES, r->result);
        oa_set_text(tr, row, C_TRORRESU, "mm");
        oa_set_text(tr, row, C_TRSTRESC, r->result);
        oa_set_text(tr, row, C_TRSTAT, r->stat);
        oa_set_text(tr, row, C_TRREASND, r->reason);
        oa_set_text(tr, row, C_VISIT, visit);
        if (!by_name) {
            oa_set_number(tr, row, C_VISITNUM, r->visit);
        }
        oa_set_day(tr, row, C_TRDTC, REFERENCE + r->day);
    }
}

static void add_tu(oa_table *tu, const char *subject, const char *testcd, const char *id, const char *group,
                   const char *location, int day) {
    size_t row = oa_table_add_row(tu);
    oa_set_text(tu, row, 0, subject);
    oa_set_text(tu, row, C_TUTESTCD, testcd);
    oa_set_text(tu, row, C_TULNKID, id);
    oa_set_text(tu, row, C_TUGRPID, group);
    oa_set_text(tu, row, C_TUORRES, "TARGET");
    oa_set_text(tu, row, C_TULOC, location);
    oa_set_day(tu, row, C_TUDTC, REFERENCE + day);
}

static int first_day_of(const or_subject *s, int visit) {
    int day = 1 << 20;
    for (int i = 0; i < s->n_lesions; i++) {
        const or_lesion *l = &s->lesions[i];
        day = l->looks[visit].seen != OR_NOTHING && l->looks[visit].day < day ? l->looks[visit].day : day;
        for (int k = 0; k < OR_FRAGMENTS; k++) {
            or_look look = l->fragments[visit][k];
            day = look.seen != OR_NOTHING && look.day < day ? look.day : day;
        }
    }
    return s->whole[visit].seen != OR_NOTHING && s->whole[visit].day < day ? s->whole[visit].day : day;
}

static void write_tu_pr(batch *b, const char *subject, const or_subject *s, or_spelling how) {
    oa_table *tu = b->sdtm.domain[OA_TU];
    oa_table *pr = b->sdtm.domain[OA_PR];
    for (int i = 0; i < s->n_lesions; i++) {
        const or_lesion *l = &s->lesions[i];
        const char *id = oa_printf(b->arena, "%s%d", l->target ? "T" : "N", i);
        add_tu(tu, subject, "TUMIDENT", id, "", l->node ? "LYMPH NODE" : "LUNG", 0);
        for (int k = 0; k < OR_FRAGMENTS && l->split > 0 && how.split > 0; k++) {
            add_tu(tu, subject, "TUSPLIT", fragment_name(b->arena, how.split, id, k), how.split == 1 ? id : "", "", 20);
        }
        if (l->treated > 0 && l->treated < s->n_visits && how.treated_in_pr) {
            size_t row = oa_table_add_row(pr);
            oa_set_text(pr, row, 0, subject);
            oa_set_text(pr, row, 1, "Radiotherapy");
            oa_set_text(pr, row, 2, id);
            oa_set_day(pr, row, 3, REFERENCE + first_day_of(s, l->treated));
        }
    }
    if (s->merged > 0 && s->merged < s->n_visits && how.merge > 0) {
        int day = first_day_of(s, s->merged);
        add_tu(tu, subject, "TUMERGE", "T0", "G", "", day);
        add_tu(tu, subject, "TUMERGE", "T1", "G", "", day);
        if (how.merge == 1) {
            add_tu(tu, subject, "TUMERGE", "M1", "G", "", day);
        }
    }
}

static void open_tables(batch *b) {
    static const struct {
        oa_domain domain;
        const oa_column_def *columns;
        size_t count;
    } tables[] = {{OA_DM, dm_columns, OA_COUNT(dm_columns)},
                  {OA_EX, ex_columns, OA_COUNT(ex_columns)},
                  {OA_TU, tu_columns, OA_COUNT(tu_columns)},
                  {OA_TR, tr_columns, OA_COUNT(tr_columns)},
                  {OA_PR, pr_columns, OA_COUNT(pr_columns)}};
    for (int d = 0; d < OA_N_DOMAINS; d++) {
        const oa_domain_model *model = oa_domain_model_of((oa_domain)d);
        b->sdtm.domain[d] = oa_table_new(b->arena, model->name, model->label);
    }
    for (size_t i = 0; i < OA_COUNT(tables); i++) {
        const char *name = oa_domain_model_of(tables[i].domain)->name;
        b->sdtm.domain[tables[i].domain] = oa_table_of(b->arena, name, name, tables[i].columns, tables[i].count);
    }
}

static void write_subject(batch *b, size_t index, uint64_t *seed) {
    oa_table *dm = b->sdtm.domain[OA_DM];
    oa_table *ex = b->sdtm.domain[OA_EX];
    or_subject *s = &b->subjects[index];
    records all = {.count = 0};
    or_spelling how;
    char subject[TEXT];
    or_draw(seed, s, &how);
    s->rules = b->rules;
    snprintf(subject, sizeof subject, "S%06zu", index);
    oa_set_text(dm, oa_table_add_row(dm), 0, subject);
    size_t row = oa_table_add_row(ex);
    oa_set_text(ex, row, 0, subject);
    oa_set_text(ex, row, 1, "DRUG");
    oa_set_number(ex, row, 2, 1);
    oa_set_text(ex, row, 3, "mg");
    oa_set_day(ex, row, 4, REFERENCE);
    oa_set_day(ex, row, 5, REFERENCE + 10);
    write_all(b->arena, seed, s, how, &all);
    write_tr(b->sdtm.domain[OA_TR], subject, &all, how.by_visit_name);
    write_tu_pr(b, subject, s, how);
}

/* ---- comparing --------------------------------------------------------------------------------------------------- */

static or_response ours(oa_response response) {
    static const or_response of[OA_N_RESPONSES] = {[OA_RESP_NONE] = OR_NA,
                                                   [OA_RESP_CR] = OR_CR,
                                                   [OA_RESP_PR] = OR_PR,
                                                   [OA_RESP_SD] = OR_SD,
                                                   [OA_RESP_NON_CR_NON_PD] = OR_NONCR,
                                                   [OA_RESP_PD] = OR_PD,
                                                   [OA_RESP_NE] = OR_NE,
                                                   [OA_RESP_NED] = OR_NED};
    return of[response];
}

static const char *shown(or_response r) {
    static const char *const names[] = {"-", "CR", "PR", "SD", "NON-CR/NON-PD", "PD", "NE", "NED"};
    return names[r];
}

static int visit_of(const oa_timepoint *point) {
    return point->visitnum >= 0 ? (int)point->visitnum : (int)strtol(point->visit + 1, NULL, 10);
}

static void show_look(or_look look) {
    static const char *const words[] = {"-", "NE", "", "TSTM", "absent", "present", "equivocal", "unequivocal"};
    print_error("  %s%.4f@%d", words[look.seen], (double)look.length / OR_MM, look.day);
}

/* The sheet of a subject, for a failure. */
static void show(const or_subject *s) {
    print_error("confirm %d (%d), persists %d, treated counts %d, merged from visit %d%s\n", s->rules.confirm,
                s->rules.confirm_days, s->rules.persists, s->rules.treated_counts, s->merged,
                s->merged_node ? " (node)" : "");
    for (int i = 0; i < s->n_lesions; i++) {
        const or_lesion *l = &s->lesions[i];
        print_error("%s%d%s split %d treated %d:", l->target ? "T" : "N", i, l->node ? " (node)" : "", l->split,
                    l->treated);
        for (int v = 0; v < s->n_visits; v++) {
            show_look(l->looks[v]);
            for (int k = 0; k < OR_FRAGMENTS && l->split > 0 && v >= l->split; k++) {
                show_look(l->fragments[v][k]);
            }
        }
        print_error("\n");
    }
    for (int v = 0; v < s->n_visits; v++) {
        show_look(s->whole[v]);
        for (int i = 0; i < s->n_new; i++) {
            show_look(s->news[i][v]);
        }
        print_error(" at visit %d\n", v);
    }
}

/* Counts how often each response came out, so that a generator that draws nothing but SD is found out. */
static void compare(const batch *b, size_t index, const oa_tumour *tumour, size_t tally[OR_NED + 1]) {
    or_answer answers[OR_VISITS];
    or_assess(&b->subjects[index], answers);
    if (tumour->baseline < 0) {
        fail_msg("seed 0x%llx: no baseline (%zu lesions, %zu time points)", (unsigned long long)b->seeds[index],
                 tumour->n_lesions, tumour->n_points);
    }
    for (size_t p = (size_t)tumour->baseline + 1; p < tumour->n_points; p++) {
        const oa_timepoint *point = &tumour->points[p];
        const or_answer *a = &answers[visit_of(point)];
        tally[a->overall]++;
        if (ours(point->target.response) != a->target || ours(point->nontarget.response) != a->nontarget ||
            ours(point->overall.response) != a->overall || point->day != REFERENCE + a->day) {
            show(&b->subjects[index]);
            fail_msg("seed 0x%llx, subject %zu of its batch, %s: target %s, non-target %s, overall %s, day %d; "
                     "expected %s, %s, %s, %d",
                     (unsigned long long)b->seeds[index], index, point->visit, oa_response_name(point->target.response),
                     oa_response_name(point->nontarget.response), oa_response_name(point->overall.response),
                     (int)point->day - REFERENCE, shown(a->target), shown(a->nontarget), shown(a->overall), a->day);
        }
    }
}

static void run_batch(batch *b, const char *protocol, uint64_t *seed, size_t tally[OR_NED + 1]) {
    oa_adam adam = {0};
    open_tables(b);
    for (size_t i = 0; i < BATCH; i++) {
        b->seeds[i] = *seed;
        write_subject(b, i, seed);
    }
    oa_context context = {.arena = b->arena,
                          .protocol = oa_protocol_parse(b->arena, "p", protocol, strlen(protocol), b->diag),
                          .sdtm = &b->sdtm,
                          .adam = &adam,
                          .diag = b->diag,
                          .cutoff = INT32_MAX,
                          .n_subjects = BATCH};
    assert_non_null(context.protocol);
    context.drugs = context.protocol->treatment.drugs;
    context.n_drugs = context.protocol->treatment.n_drugs;
    for (int d = 0; d < OA_N_DOMAINS; d++) {
        oa_table_seal(b->sdtm.domain[d]);
        oa_table_set_id(b->sdtm.domain[d], d);
    }
    for (int d = 0; d < OA_N_DOMAINS; d++) {
        context.spans[d] = oa_table_spans(b->arena, b->sdtm.domain[OA_DM], b->sdtm.domain[d]);
    }
    oa_derive_adsl(&context);
    oa_table_seal(adam.dataset[OA_ADSL]);
    oa_find_readers(&context);
    for (size_t i = 0; i < BATCH; i++) {
        compare(b, i, oa_tumour_of(&context, i, oa_primary_reader(&context)), tally);
    }
}

static const char *protocol_of(oa_arena *arena, const or_rules *r) {
    return oa_printf(arena,
                     "onearm: 1\nstudy: {id: T}\ntreatment: {drugs: {drug: {trt: DRUG}}}\nresponse:\n  confirm: "
                     "{required: %s, days: %d}\n  pr_persists: %s\n"
                     "  treated_lesion: %s\n  new_not_evaluated: %s\n  time_point_date: %s\n  too_small_mm: %d\n",
                     r->confirm ? "true" : "false", r->confirm_days, r->persists ? "true" : "false",
                     r->treated_counts ? "as_measured" : "ne", r->new_ne ? "ne" : "ignore",
                     r->earliest ? "earliest" : "latest", (int)(r->too_small / OR_MM));
}

typedef struct job {
    batch *batch;
    uint64_t *seed;
    size_t *tally;
} job;

static void run(void *context) {
    job *j = context;
    run_batch(j->batch, protocol_of(j->batch->arena, &j->batch->rules), j->seed, j->tally);
}

static or_rules draw_rules(uint64_t *seed) {
    return (or_rules){.confirm = or_chance(seed, 70),
                      .confirm_days = 28 + 14 * or_upto(seed, 3),
                      .persists = or_chance(seed, 70),
                      .treated_counts = or_chance(seed, 25),
                      .new_ne = or_chance(seed, 70),
                      .earliest = or_chance(seed, 30),
                      .too_small = (or_chance(seed, 80) ? 5 : 3) * OR_MM};
}

static void test_REQ_LESION_001_oracle(void **state) {
    (void)state;
    const char *own = getenv("ONEARM_SEED");
    uint64_t seed = own ? strtoull(own, NULL, 0) : 0x5EED2009U;
    size_t tally[OR_NED + 1] = {0};
    batch *b = calloc(1, sizeof *b);
    assert_non_null(b);
    for (int i = 0; i < effort(BATCHES); i++) {
        b->arena = oa_arena_new(0);
        b->diag = oa_diag_new();
        b->rules = draw_rules(&seed);
        assert_true(oa_arena_run(b->arena, run, &(job){b, &seed, tally}));
        oa_diag_free(b->diag);
        oa_arena_free(b->arena);
    }
    free(b);
    for (int r = OR_CR; r <= OR_NE; r++) {
        assert_true(tally[r] > (size_t)effort(BATCH));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_REQ_LESION_001_oracle)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
