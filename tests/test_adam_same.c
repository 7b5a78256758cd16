/*
 * test_adam_same.c - what must not change the results: the order of the records, the names of the subjects, a subject who
 * was not treated, records after progression, and running twice.
 *
 *   REQ-ADAM-070  the order of the records changes nothing
 *   REQ-ADAM-071  the names of the subjects change nothing
 *   REQ-ADAM-072  a subject who was not treated changes only the number of subjects
 *   REQ-ADAM-073  assessments after progression change neither response nor progression-free survival
 *   REQ-ADAM-074  the same records give the same results
 */
#include "study_fixture.h"

#include "../src/base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define PROTOCOL                                                                                                       \
    "treatment:\n"                                                                                                     \
    "  drugs:\n"                                                                                                       \
    "    iodine: {trt: I131, unit: GBq, per_cycle: 1, relation: AERELX, action: AEACNX}\n"                             \
    "    tki: {trt: TKI, unit: mg, levels: [12, 10], schedule: {on: 14, off: 7}, relation: AERELY, action: AEACNY}\n"  \
    "  cycle: {days: 84}\n"                                                                                            \
    "markers: {tg: {testcd: TG, comparable: {assay}}}\n"                                                               \
    "visits: [{id: W6, day: 42, forms: [TR]}, {id: W12, day: 84, forms: [TR]}]\n"                                      \
    "sets: [{id: EFFICACY, rule: COMBCYC >= 1}]\n"

/* Subject A responds and progresses, B is stable, C dies, D was not long enough on treatment. */
#define TARGETS(id, scr, w6, w12)                                                                                      \
    "TR," id ",TARGET,T1,LDIAM," scr ",SCREENING,2022-12-20\nTR," id ",TARGET,T1,LDIAM," w6 ",W6,2023-02-13\n"         \
    "TR," id ",TARGET,T1,LDIAM," w12 ",W12,2023-03-27\n"
#define TREATED(id, end)                                                                                               \
    "EX," id ",I131,5.55,GBq,2023-01-02,2023-01-02\nEX," id ",TKI,12,mg,2023-01-02,2023-01-15\n"                       \
    "EX," id ",TKI,10,mg,2023-01-23," end ",ADVERSE EVENT\n"
#define RECORDS                                                                                                        \
    "DM,A,50,F\nDM,B,61,M\nDM,C,44,F,,2023-07-01,Y\nDM,D,39,F\n" TREATED("A", "2023-06-30") TREATED("B", "2023-06-30") \
        TREATED("C", "2023-06-30") TREATED("D", "2023-02-05") TARGETS("A", "50", "30", "60")                           \
            TARGETS("B", "40", "38", "36") TARGETS("C", "25", "24", "22") TARGETS(                                     \
                "D", "25", "20",                                                                                       \
                "10") "LB,A,TG,100,,2022-12-28,ECLIA\nLB,A,TG,60,,2023-03-27,ECLIA\nLB,B,TG,80,,2022-12-28,ECLIA\n"    \
                      "LB,B,TG,79,,2023-03-27,ECLIA\nCM,B,OTHER,2023-05-01,NEW ANTICANCER THERAPY\n"                   \
                      "AE,A,Cough,2023-02-01,,2,RELATED,,N,Lung\nAE,A,Cough,2023-03-01,,3,RELATED,,N,Lung\n"           \
                      "AE,B,Rash,2023-02-02,,1,NOT RELATED,,N,Skin,RELATED,,,DOSE REDUCED\n"                           \
                      "DS,C,DEATH,2023-07-01,DISPOSITION EVENT,STUDY\nVS,A,PULSE,2023-09-01\n"                         \
                      "MH,A,LUNG,Metastases to lung,METASTATIC DISEASE\n"

/* ---- other versions of the records -------------------------------------------------------------------------------- */

enum { MOST_LINES = 128 };

/* The lines in another order, drawn from `seed`. */
static const char *shuffled(oa_arena *arena, const char *records, uint32_t seed) {
    const char *lines[MOST_LINES];
    size_t count = 0;
    for (const char *line = records; *line; line += strcspn(line, "\n") + 1) {
        assert_true(count < MOST_LINES);
        lines[count++] = oa_strndup(arena, line, strcspn(line, "\n"));
    }
    for (size_t i = count; i > 1; i--) {
        seed = seed * 1664525U + 1013904223U;
        size_t k = (seed >> 8) % i;
        const char *swap = lines[k];
        lines[k] = lines[i - 1];
        lines[i - 1] = swap;
    }
    oa_buf buf;
    oa_buf_init(&buf, arena);
    for (size_t i = 0; i < count; i++) {
        oa_putf(&buf, "%s\n", lines[i]);
    }
    return buf.bytes;
}

/* A, B, C, D become D, C, B, A with something before it. */
static const char *renamed(oa_arena *arena, const char *records) {
    oa_buf buf;
    oa_buf_init(&buf, arena);
    for (const char *line = records; *line; line += strcspn(line, "\n") + 1) {
        oa_putf(&buf, "%.3sSITE-%c%.*s\n", line, 'A' + 'D' - line[3], (int)strcspn(line + 4, "\n"), line + 4);
    }
    return buf.bytes;
}

/* ---- comparing ---------------------------------------------------------------------------------------------------- */

static bool is_among(const char *id, const char *const *ids) {
    for (size_t i = 0; ids && ids[i]; i++) {
        if (strcmp(ids[i], id) == 0) {
            return true;
        }
    }
    return false;
}

/* Every result of the one is a result of the other, in the same place, but those that may differ. */
static void assert_same_results(const study *a, const study *b, const char *const *may_differ) {
    assert_true(a->derived && b->derived);
    assert_true(a->ard.count > 40);
    assert_int_equal(a->ard.count, b->ard.count);
    for (size_t i = 0; i < a->ard.count; i++) {
        const oa_result *x = &a->ard.results[i];
        const oa_result *y = &b->ard.results[i];
        assert_string_equal(x->id, y->id);
        if (!is_among(x->id, may_differ)) {
            assert_string_equal(x->text, y->text);
            assert_true(x->n == y->n && x->of == y->of && x->n_subjects == y->n_subjects);
        }
    }
}

static void compare(const char *records, const char *const *may_differ) {
    study *a = study_open(PROTOCOL, RECORDS);
    study *b = study_open(PROTOCOL, records);
    assert_same_results(a, b, may_differ);
    study_close(a);
    study_close(b);
}

static void test_REQ_ADAM_070_order_of_records(void **state) {
    (void)state;
    oa_arena *arena = oa_arena_new(0);
    for (uint32_t seed = 1; seed <= 50; seed++) {
        compare(shuffled(arena, RECORDS, seed), NULL);
    }
    oa_arena_free(arena);
}

static void test_REQ_ADAM_071_names_of_subjects(void **state) {
    (void)state;
    oa_arena *arena = oa_arena_new(0);
    compare(renamed(arena, RECORDS), NULL);
    oa_arena_free(arena);
}

static void test_REQ_ADAM_072_untreated_subject(void **state) {
    (void)state;
    static const char *const numbers[] = {"SUBJECTS", "SAFETY.N", NULL};
    compare(RECORDS "DM,BB,70,M\n" TARGETS(
                "BB", "30", "60",
                "70") "LB,BB,TG,60,,2023-03-27,ECLIA\n"
                      "AE,BB,Cough,2023-02-01,,4,RELATED,,Y,Lung\nMH,BB,LUNG,Metastases to lung,METASTATIC DISEASE\n"
                      "DS,BB,SCREEN FAILURE,2023-01-01,DISPOSITION EVENT\n",
            numbers);
}

static void test_REQ_ADAM_073_after_progression(void **state) {
    (void)state;
    compare(RECORDS "TR,A,TARGET,T1,LDIAM,5,W18,2023-05-08\nTR,A,TARGET,T1,LDIAM,0,W24,2023-06-19\n"
                    "TR,A,NEW,N1,TUMSTATE,UNEQUIVOCAL,W24,2023-06-19\n",
            NULL);
}

static void test_REQ_ADAM_074_twice(void **state) {
    (void)state;
    compare(RECORDS, NULL);
}

/* The study is not so plain that nothing could change. */
static void test_what_the_study_holds(void **state) {
    (void)state;
    static const study_case whole = {"the study of this file", PROTOCOL, RECORDS,
                                     "ARD/N n 3\nARD/SAFETY.N n 4\nARD/ORR n 0\nARD/UORR n 1\nARD/DCR n 3\n"
                                     "ARD/BRR n 1\nARD/PFS.EVENTS n 2\nARD/OS.EVENTS n 1\nARD/TEAE n 2\n"
                                     "ARD/TRAE.GRADE3PLUS n 1\nARD/DOSE.REDUCED n 4\nARD/DEATH n 1\n"};
    study_run(&whole, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_the_study_holds),           cmocka_unit_test(test_REQ_ADAM_070_order_of_records),
        cmocka_unit_test(test_REQ_ADAM_071_names_of_subjects), cmocka_unit_test(test_REQ_ADAM_072_untreated_subject),
        cmocka_unit_test(test_REQ_ADAM_073_after_progression), cmocka_unit_test(test_REQ_ADAM_074_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
