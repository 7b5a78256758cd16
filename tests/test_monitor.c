/*
 * test_monitor.c - running trials by their stopping rules, and the estimates that fit a two-stage design.
 *
 *   REQ-MONITOR-001  an advice for each state of a two-stage trial
 *   REQ-MONITOR-002  pending subjects: who still counts, and how many responses are needed
 *   REQ-MONITOR-003  a look is about the first n subjects by first dose; over-running
 *   REQ-MONITOR-004  looks of any other design, and stopping for toxicity
 *   REQ-MONITOR-005  conditional power and predictive probability
 *   REQ-MONITOR-006  stopping rules that make no sense are refused
 *   REQ-MONITOR-010  estimates of the two-stage design beside the naive ones; over- and under-running
 */
#include "study_fixture.h"

#include "../src/ard/monitor.h"
#include "../src/base/buf.h"
#include "close.h"

#include <onearm/design.h>
#include <onearm/monitoring.h>

#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define TWO_STAGE "design: {two_stage: {p0: 0.1, p1: 0.3, n1: 6, r1: 1, n: 12, r: 3}}\n"
#define REPORTED  "response: {source: reported, confirm: {required: false}}\n"
#define CONFIRMED "response: {source: reported}\n"

/*
 * A subject a letter, dosed a day after the one before:
 *   R response  r response at the first assessment only (to be confirmed)  . stable disease  x progression
 *   - no assessment yet  e not evaluable so far  n not done so far  d died without assessment
 *   p progression, then a response after it  t toxic (grade 4, related), stable
 */
static const char *records_of(oa_arena *arena, const char *subjects) {
    oa_buf buf;
    oa_buf_init(&buf, arena);
    oa_put(&buf, "DM,USUBJID,AGE,SEX,DTHDTC,DTHFL\n");
    for (int i = 0; subjects[i]; i++) {
        char is = subjects[i];
        oa_putf(&buf, is == 'd' ? "DM,%03d,50,F,2023-03-01,Y\n" : "DM,%03d,50,F\n", i);
        oa_putf(&buf, "EX,%03d,TKI,12,mg,2023-01-%02d,2023-06-30\n", i, i + 1);
        const char *first = is == 'R' || is == 'r' ? "PR" : is == 'x' || is == 'p' ? "PD" : is == 'e' ? "NE" : "SD";
        if (is == 'n') {
            oa_putf(&buf, "RS,%03d,OVRLRESP,,,2023-02-20,,,NOT DONE\n", i);
        } else if (is != '-' && is != 'd') {
            oa_putf(&buf, "RS,%03d,OVRLRESP,%s,,2023-02-20\n", i, first);
        }
        if (is == 'R' || is == 'p') {
            oa_putf(&buf, "RS,%03d,OVRLRESP,PR,,2023-04-10\n", i);
        }
        if (is == 't') {
            oa_putf(&buf, "AE,%03d,Rash,2023-02-01,,4\n", i);
        }
    }
    return buf.bytes;
}

typedef struct monitor_case {
    const char *name, *protocol, *subjects;
    oa_advice advice;
    int64_t needed, pending, look;
} monitor_case;

static oa_monitor monitor_of(const char *name, const char *protocol, const char *subjects, bool want) {
    oa_arena *arena = oa_arena_new(0);
    study *s = study_open(protocol, records_of(arena, subjects));
    oa_monitor m;
    bool good = oa_ard_monitor(s->arena, s->protocol, &s->sdtm, &s->adam, &s->ard, &m, s->diag);
    if (good != want) {
        print_error("%s: monitored %d\n", name, good);
        fail();
    }
    m.reason = "";
    study_close(s);
    oa_arena_free(arena);
    return m;
}

static void run(const monitor_case *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const monitor_case *c = &cases[i];
        oa_monitor m = monitor_of(c->name, c->protocol, c->subjects, true);
        if (m.advice != c->advice || m.needed != c->needed || m.pending != c->pending || m.response.look != c->look) {
            print_error("%s: %s, needed %d, pending %d, look %d\n", c->name, oa_advice_text(m.advice), (int)m.needed,
                        (int)m.pending, (int)m.response.look);
            fail();
        }
    }
}

static void test_REQ_MONITOR_001_two_stage(void **state) {
    (void)state;
    static const monitor_case cases[] = {
        {"nobody yet", TWO_STAGE REPORTED, "", OA_ADVICE_CONTINUE, 0, 0, 1},
        {"stage one not complete", TWO_STAGE REPORTED, "R....", OA_ADVICE_CONTINUE, 0, 0, 1},
        {"one response of six", TWO_STAGE REPORTED, "R....x", OA_ADVICE_FUTILITY, 0, 0, 1},
        {"two of six", TWO_STAGE REPORTED, "R..R.x", OA_ADVICE_CONTINUE, 0, 0, 2},
        {"three of twelve", TWO_STAGE REPORTED, "R..R.x..R...", OA_ADVICE_FUTILITY, 0, 0, 2},
        {"four of twelve", TWO_STAGE REPORTED, "R..R.x..R.R.", OA_ADVICE_SUCCESS, 0, 0, 2},
        {"four of eleven: the design has no early success", TWO_STAGE REPORTED, "R..R.x..R.R", OA_ADVICE_CONTINUE, 0, 0,
         2},
    };
    run(cases, COUNT(cases));
}

static void test_REQ_MONITOR_002_pending(void **state) {
    (void)state;
    static const monitor_case cases[] = {
        {"one more is wanted of one", TWO_STAGE REPORTED, "R...x-", OA_ADVICE_WAIT, 1, 1, 1},
        {"two more of two", TWO_STAGE REPORTED, "....--", OA_ADVICE_WAIT, 2, 2, 1},
        {"two more, but one pending", TWO_STAGE REPORTED, ".....-", OA_ADVICE_FUTILITY, 0, 1, 1},
        {"pending subjects cannot change a pass", TWO_STAGE REPORTED, "RR..--", OA_ADVICE_CONTINUE, 0, 2, 2},
        {"not evaluable so far", TWO_STAGE REPORTED, "R....e", OA_ADVICE_WAIT, 1, 1, 1},
        {"not done so far", TWO_STAGE REPORTED, "R....n", OA_ADVICE_WAIT, 1, 1, 1},
        {"what comes after progression waits for nothing", TWO_STAGE CONFIRMED, "R....p", OA_ADVICE_FUTILITY, 0, 0, 1},
        {"died without assessment", TWO_STAGE REPORTED, "R....d", OA_ADVICE_FUTILITY, 0, 0, 1},
        {"a response that is not confirmed", TWO_STAGE CONFIRMED, "R....r", OA_ADVICE_WAIT, 1, 1, 1},
        {"is one where none is asked for", TWO_STAGE REPORTED, "R....r", OA_ADVICE_CONTINUE, 0, 0, 2},
        {"at the end", TWO_STAGE REPORTED, "RR....R....-", OA_ADVICE_WAIT, 1, 1, 2},
        {"not in the set before the first assessment",
         TWO_STAGE REPORTED "sets: [{id: EVAL, rule: \"USUBJID IN (SELECT USUBJID FROM RS)\"}]\n", "R....-",
         OA_ADVICE_WAIT, 1, 1, 1},
    };
    run(cases, COUNT(cases));
    oa_monitor m = monitor_of("died", TWO_STAGE REPORTED, "R...dd", true);
    assert_int_equal(m.never, 2);
    assert_int_equal(m.evaluable, 6);
}

static void test_REQ_MONITOR_003_first_n(void **state) {
    (void)state;
    static const monitor_case cases[] = {
        {"responses after stage one do not save it", TWO_STAGE REPORTED, "R.....RRR", OA_ADVICE_FUTILITY, 0, 0, 1},
        {"nor those after the end", TWO_STAGE REPORTED, "RR........R.RR", OA_ADVICE_FUTILITY, 0, 0, 2},
        {"pending subjects after it do not matter", TWO_STAGE REPORTED, "RR....RR....--", OA_ADVICE_SUCCESS, 0, 2, 2},
    };
    run(cases, COUNT(cases));
    assert_int_equal(monitor_of("over", TWO_STAGE REPORTED, "RR........R.RR", true).overrun, 2);
}

static void test_REQ_MONITOR_004_looks_and_toxicity(void **state) {
    (void)state;
#define LOOKS                                                                                                          \
    "design: {p0: 0.1, p1: 0.4, looks: [{n: 3, futility: 0, efficacy: 3}, {n: 5}, {n: 8, futility: 2}]}\n" REPORTED
    static const monitor_case cases[] = {
        {"none of three", LOOKS, "...", OA_ADVICE_FUTILITY, 0, 0, 1},
        {"three of three", LOOKS, "RRR", OA_ADVICE_SUCCESS, 0, 0, 1},
        {"two of three, one pending: go on or win", LOOKS, "RR-", OA_ADVICE_WAIT, 1, 1, 1},
        {"a look without limits", LOOKS, "R....", OA_ADVICE_CONTINUE, 0, 0, 3},
        {"the end", LOOKS, "R.R.....", OA_ADVICE_FUTILITY, 0, 0, 3},
        {"the end, won", LOOKS, "R.R....R", OA_ADVICE_SUCCESS, 0, 0, 3},
    };
    run(cases, COUNT(cases));
    static const struct {
        const char *subjects;
        oa_advice advice;
        int64_t look, events;
    } toxicity[] = {
        {"t.", OA_ADVICE_CONTINUE, 1, 1},     {"t.t", OA_ADVICE_TOXICITY, 1, 2},     {"t..t", OA_ADVICE_CONTINUE, 2, 2},
        {"t..t.t", OA_ADVICE_TOXICITY, 2, 3}, {"t..t..t", OA_ADVICE_CONTINUE, 2, 2},
    };
    for (size_t i = 0; i < COUNT(toxicity); i++) {
        oa_monitor m =
            monitor_of(toxicity[i].subjects,
                       "design: {toxicity: {related: false, looks: [{n: 3, stop: 2}, {n: 6, stop: 3}]}}\n" REPORTED,
                       toxicity[i].subjects, true);
        assert_int_equal(m.advice, toxicity[i].advice);
        assert_int_equal(m.toxicity.look, toxicity[i].look);
        assert_int_equal(m.toxicity.events, toxicity[i].events);
    }
}

static void test_REQ_MONITOR_005_outlook(void **state) {
    (void)state;
    oa_look looks[2] = {{6, 1, 7}, {12, 3, 4}};
    oa_boundary design = {looks, 2};
    double power;
    double predictive;
    oa_monitor m = monitor_of("ahead", TWO_STAGE REPORTED, "R.R....", true);
    assert_true(oa_boundary_conditional_power(&design, 7, 2, 0.3, &power, NULL));
    assert_true(oa_boundary_predictive(&design, 7, 2, &(oa_beta){0.1, 0.9}, &predictive, NULL));
    assert_true(m.conditional_power == power && m.predictive == predictive);
    m = monitor_of("before the first", TWO_STAGE REPORTED, "", true);
    oa_oc oc;
    assert_true(oa_boundary_oc(&design, 0.3, &oc, NULL, NULL));
    assert_close_in("power", m.conditional_power, oc.efficacy, 0, 1e-14);
    m = monitor_of("after the end", TWO_STAGE REPORTED, "R.....", true);
    assert_true(isnan(m.conditional_power) && isnan(m.predictive));
}

static void test_REQ_MONITOR_006_no_rules(void **state) {
    (void)state;
    monitor_of("no design", REPORTED, "R..", false);
    monitor_of("rates without numbers", "design: {two_stage: {p0: 0.1, p1: 0.3}}\n" REPORTED, "R..", false);
}

/* Six of stage one, twelve in all. */
static void test_REQ_MONITOR_010_estimates(void **state) {
    (void)state;
    static const struct {
        const char *name, *subjects, *want;
    } cases[] = {
        {"stage one", "R.....",
         "ARD/ORR n 1\nARD/ORR.DESIGN text ended after stage one, for futility\nARD/ORR.UMVUE text 16.7 %\n"
         "ARD/ORR.P text 0.4686\n"},
        {"both stages", "RR....RR....",
         "ARD/ORR n 4\nARD/ORR of 12\nARD/ORR.DESIGN text ended after stage two, as planned\n"},
        {"running", "RR......",
         "ARD/ORR.DESIGN text stage two had 2 subjects, planned were 6\nARD/ORR.UMVUE text (no row)\n"},
        {"not complete", "RR..", "ARD/ORR.DESIGN text none: stage one is not complete\nARD/ORR.P text (no row)\n"},
        {"between", "RR....", "ARD/ORR.DESIGN text none: stage two is still to come\n"},
        {"went on", "R.....RRR...",
         "ARD/ORR.DESIGN text none: the trial went on where the design stops after stage one\nARD/ORR.P text (no "
         "row)\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_arena *arena = oa_arena_new(0);
        study *s = study_open(TWO_STAGE REPORTED, records_of(arena, cases[i].subjects));
        study_check(s, cases[i].name, cases[i].want);
        study_close(s);
        oa_arena_free(arena);
    }
    /* the numbers are those of the library */
    oa_look looks[2] = {{6, 1, 7}, {12, 3, 4}};
    oa_estimates e;
    oa_arena *arena = oa_arena_new(0);
    study *s = study_open(TWO_STAGE REPORTED, records_of(arena, "RR....RR...."));
    assert_true(oa_boundary_estimates(&(oa_boundary){looks, 2}, 1, 4, 0.1, 0.95, &e, NULL));
    assert_true(oa_ard_find(&s->ard, "ORR.UMVUE")->estimate == e.umvue);
    assert_true(oa_ard_find(&s->ard, "ORR.MUE")->estimate == e.median_unbiased);
    assert_true(oa_ard_find(&s->ard, "ORR.BIAS_ADJUSTED")->estimate == e.bias_adjusted);
    assert_true(oa_ard_find(&s->ard, "ORR.P")->estimate == e.p_value);
    assert_true(oa_ard_find(&s->ard, "ORR.KOYAMA_CHEN")->lower == e.lower);
    assert_true(oa_ard_find(&s->ard, "ORR.JUNG_KIM")->upper == e.exact_upper);
    study_close(s);
    /* one stage: nothing is added */
    s = study_open(REPORTED, records_of(arena, "RR...."));
    assert_null(oa_ard_find(&s->ard, "ORR.DESIGN"));
    study_close(s);
    oa_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_MONITOR_001_two_stage), cmocka_unit_test(test_REQ_MONITOR_002_pending),
        cmocka_unit_test(test_REQ_MONITOR_003_first_n),   cmocka_unit_test(test_REQ_MONITOR_004_looks_and_toxicity),
        cmocka_unit_test(test_REQ_MONITOR_005_outlook),   cmocka_unit_test(test_REQ_MONITOR_006_no_rules),
        cmocka_unit_test(test_REQ_MONITOR_010_estimates),
    };
    return cmocka_run_group_tests_name("monitor", tests, NULL, NULL);
}
