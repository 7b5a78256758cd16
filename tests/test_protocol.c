/* test_protocol.c - protocol.yaml: what is read, what is refused, where, and with which remedy. */
#include "../src/protocol/protocol.h"

#include "../src/base/text.h"

#include <onearm/binomial.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define HEAD         "onearm: 1\nstudy: {id: A}\n" /* what every protocol needs; the case goes on in line 3 */

/* One test's memory and messages. */
typedef struct desk {
    oa_arena *arena;
    oa_diag *diag;
} desk;

static int set_up(void **state) {
    desk *d = calloc(1, sizeof *d);
    assert_non_null(d);
    d->arena = oa_arena_new(0);
    d->diag = oa_diag_new();
    *state = d;
    return 0;
}

static int tear_down(void **state) {
    desk *d = *state;
    oa_diag_free(d->diag);
    oa_arena_free(d->arena);
    free(d);
    return 0;
}

static void print_messages(const oa_diag *diag) {
    for (size_t i = 0; i < oa_diag_count(diag); i++) {
        const oa_message *m = oa_diag_get(diag, i);
        print_message("  %d:%d %s [%s]\n", (int)m->where.line, (int)m->where.column, m->text, m->rule);
    }
}

static const oa_protocol *parse_n(desk *d, const char *yaml, size_t length) {
    return oa_protocol_parse(d->arena, "protocol.yaml", yaml, length, d->diag);
}

static const oa_protocol *parse(desk *d, const char *yaml) {
    return parse_n(d, yaml, strlen(yaml));
}

static const oa_protocol *parse_good(desk *d, const char *yaml) {
    const oa_protocol *protocol = parse(d, yaml);
    print_messages(d->diag);
    assert_non_null(protocol);
    assert_int_equal(oa_diag_count(d->diag), 0);
    return protocol;
}

/* ---- what is read ---- */

static void assert_doubles(oa_doubles list, const double *expected, size_t count) {
    assert_int_equal(list.count, count);
    for (size_t i = 0; i < count; i++) {
        assert_true(fabs(list.items[i] - expected[i]) < 1e-12);
    }
}

static void assert_names(oa_names list, const char *const *expected, size_t count) {
    assert_int_equal(list.count, count);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(list.items[i], expected[i]);
    }
}

static void test_REQ_PROTOCOL_001_minimal_protocol_takes_all_defaults(void **state) {
    static const char *const related[] = {"RELATED",          "POSSIBLE", "POSSIBLY RELATED",   "PROBABLE",
                                          "PROBABLY RELATED", "DEFINITE", "DEFINITELY RELATED", "Y"};
    const oa_protocol *p = parse_good(*state, "onearm: 1\nstudy: {id: ABC-01}\n");
    assert_string_equal(p->file, "protocol.yaml");
    assert_int_equal(p->version, 1);
    assert_string_equal(p->study.id, "ABC-01");
    assert_string_equal(p->study.title, "");
    assert_int_equal(p->study.cutoff.known, OA_KNOWN_NOTHING);
    assert_int_equal(p->design.planned_n, 0);
    assert_true(p->design.level == 0.95);
    assert_int_equal(p->design.interval, OA_CI_CLOPPER_PEARSON);
    assert_int_equal(p->design.two_stage.n, 0);
    assert_int_equal(p->treatment.n_drugs, 0);
    assert_int_equal(p->treatment.cycle_days, 0);
    assert_string_equal(p->response.criteria, "RECIST 1.1");
    assert_int_equal(p->response.source, OA_P_MEASURED);
    assert_string_equal(p->response.evaluator, "INVESTIGATOR");
    assert_string_equal(p->response.evaluator_id, "");
    assert_int_equal(p->response.reference, OA_P_FIRST_DOSE);
    assert_int_equal(p->response.sd_min_days, 42);
    assert_true(p->response.confirm_required);
    assert_int_equal(p->response.confirm_days, 28);
    assert_int_equal(p->response.confirm_max_ne, 1);
    assert_int_equal(p->response.confirm_max_sd, 0);
    assert_int_equal(p->response.cr_then_pr, OA_P_STRICT);
    assert_true(p->response.pr_persists);
    assert_false(p->response.marker_in_cr);
    assert_true(p->response.stop_at_new_therapy);
    assert_string_equal(p->response.missing, "MISSING");
    assert_int_equal(p->times.pfs_preset, OA_P_FDA_A);
    assert_true(p->times.month_days == 30.4375);
    assert_int_equal(p->times.km_conf, 0);
    assert_doubles(p->times.landmarks, (const double[]){6, 12}, 2);
    assert_string_equal(p->safety.ctcae, "5.0");
    assert_int_equal(p->safety.teae_days, 30);
    assert_string_equal(p->safety.related_to, "any");
    assert_names(p->safety.related, related, COUNT(related));
    assert_int_equal(p->n_gates + p->n_visits + p->n_markers + p->n_sets + p->n_checks + p->n_published, 0);
}

static const char full[] =
    "onearm: 1\n"
    "study: {id: A, title: \"Trial: of a drug\", registry: ChiCTR2500095313, phase: II, cutoff: 2026-03-31}\n"
    "design: {planned_n: 43, level: 0.9, interval: clopper-pearson,\n"
    "  two_stage: {p0: 0.2, p1: 0.4, alpha: 0.05, beta: 0.2, n1: 13, r1: 3, n: 43, r: 12}}\n"
    "endpoints: {primary: [ORR], secondary: [PFS, OS]}\n"
    "treatment:\n"
    "  drugs:\n"
    "    anlotinib: {trt: ANLOTINIB, unit: mg, levels: [12, 10, 8], schedule: {on: 14, off: 7}}\n"
    "    iodine: {label: \"131I\", trt: SODIUM IODIDE I-131, unit: GBq, per_cycle: 1, isotope: I-131,\n"
    "      relation: AEREL2, action: AEACN2}\n"
    "  cycle: {days: 84}\n"
    "  not_new: [LEVOTHYROXINE]\n"
    "eligibility:\n"
    "  - {id: EXC01, kind: exclusion, text: pregnant, rule: \"PREGNANT = 'Y'\"}\n"
    "gates: [{id: UPTAKE, before: anlotinib, scan: {testcd: RXWBS, days: [3, 5], after: iodine}, rule: \"SQL\"}]\n"
    "visits: [{id: C1D1, day: 0}, {id: C1D15, after: anlotinib, day: 14, window: [0, 2], forms: [VS, LB]}]\n"
    "dose_rules: [{term: Hypertension, grade: 3, action: reduce, until: grade 1}, {drug: iodine, grade: 4, action: "
    "stop}]\n"
    "response: {source: reported, reference: enrolment, stop_at_new_therapy: false, confirm: {required: false}, "
    "missing: NE}\n"
    "markers: {tg: {testcd: TG, response: {decrease: 50}, comparable: {tsh_state, assay, tgab}}}\n"
    "times: {pfs: {preset: ema}, month_days: 30, km: {conf: plain}, landmarks: [3]}\n"
    "safety: {ctcae: 6.0, teae_days: 90, related_to: iodine, related: [Y]}\n"
    "sets: [{id: EFFICACY, text: one cycle, rule: \"CYCLES >= 1\"}]\n"
    "checks: [{id: K1, text: late, severity: error, query: \"SELECT USUBJID FROM DM\"}]\n"
    "published: [{what: ORR, value: 55.0, lower: 31.5, upper: 76.9}, {what: N, value: 20, text: twenty}]\n"
    "assumptions: [the first, the second]\n";

static void check_full_treatment(const oa_protocol *p) {
    const oa_p_drug *anlotinib = oa_protocol_drug(p, "anlotinib");
    const oa_p_drug *iodine = oa_protocol_drug(p, "iodine");
    assert_null(oa_protocol_drug(p, "iodin"));
    assert_ptr_equal(anlotinib, &p->treatment.drugs[0]);
    assert_string_equal(anlotinib->label, "anlotinib");
    assert_string_equal(anlotinib->trt, "ANLOTINIB");
    assert_doubles(anlotinib->levels, (const double[]){12, 10, 8}, 3);
    assert_int_equal(anlotinib->on, 14);
    assert_int_equal(anlotinib->off, 7);
    assert_string_equal(anlotinib->relation, "AEREL");
    assert_string_equal(anlotinib->action, "AEACN");
    assert_int_equal(anlotinib->mark.line, 8);
    assert_int_equal(anlotinib->mark.column, 5);
    assert_string_equal(iodine->label, "131I");
    assert_string_equal(iodine->relation, "AEREL2");
    assert_int_equal(iodine->per_cycle, 1);
    assert_int_equal(iodine->levels.count, 0);
    assert_int_equal(p->treatment.cycle_days, 84);
    assert_names(p->treatment.not_new, (const char *const[]){"LEVOTHYROXINE"}, 1);
}

static void check_full_conduct(const oa_protocol *p) {
    assert_int_equal(p->eligibility[0].kind, OA_P_EXCLUSION);
    assert_string_equal(p->eligibility[0].rule, "PREGNANT = 'Y'");
    assert_string_equal(p->gates[0].before, "anlotinib");
    assert_string_equal(p->gates[0].scan_testcd, "RXWBS");
    assert_string_equal(p->gates[0].scan_after, "iodine");
    assert_doubles(p->gates[0].scan_days, (const double[]){3, 5}, 2);
    assert_int_equal(p->n_visits, 2);
    assert_string_equal(p->visits[0].after, "reference");
    assert_doubles(p->visits[0].window, (const double[]){-3, 3}, 2);
    assert_names(p->visits[1].forms, (const char *const[]){"VS", "LB"}, 2);
    assert_string_equal(p->dose_rules[0].drug, "*");
    assert_int_equal(p->dose_rules[0].action, OA_P_REDUCE);
    assert_string_equal(p->dose_rules[1].term, "*");
    assert_int_equal(p->dose_rules[1].action, OA_P_STOP);
}

static void check_full_analysis(const oa_protocol *p) {
    assert_int_equal(p->response.source, OA_P_REPORTED);
    assert_int_equal(p->response.reference, OA_P_ENROLMENT);
    assert_false(p->response.stop_at_new_therapy);
    assert_false(p->response.confirm_required);
    assert_int_equal(p->response.confirm_days, 28);
    assert_string_equal(p->response.missing, "NE");
    assert_int_equal(p->times.pfs_preset, OA_P_EMA);
    assert_int_equal(p->times.km_conf, 2);
    assert_doubles(p->times.landmarks, (const double[]){3}, 1);
    assert_string_equal(p->safety.ctcae, "6.0");
    assert_string_equal(p->safety.related_to, "iodine");
    assert_string_equal(p->sets[0].rule, "CYCLES >= 1");
    assert_int_equal(p->checks[0].severity, OA_ERROR);
    assert_true(p->published[0].value == 55.0 && p->published[0].upper == 76.9);
    assert_true(isnan(p->published[1].lower) && isnan(p->published[1].upper));
    assert_string_equal(p->published[1].text, "twenty");
    assert_int_equal(p->assumptions.count, 2);
}

static void test_REQ_PROTOCOL_002_every_key_reaches_its_place(void **state) {
    const oa_protocol *p = parse_good(*state, full);
    assert_string_equal(p->study.title, "Trial: of a drug");
    assert_int_equal(p->study.cutoff.day, oa_day_of(2026, 3, 31));
    assert_int_equal(p->design.planned_n, 43);
    assert_true(p->design.two_stage.p1 == 0.4 && p->design.two_stage.beta == 0.2);
    assert_int_equal(p->design.two_stage.r, 12);
    assert_names(p->endpoints_secondary, (const char *const[]){"PFS", "OS"}, 2);
    check_full_treatment(p);
    check_full_conduct(p);
    check_full_analysis(p);
}

static void test_REQ_PROTOCOL_003_bare_names_are_switches(void **state) {
    const oa_protocol *p = parse_good(*state, HEAD "markers:\n"
                                                   "  a: {testcd: TG, comparable: {tsh_state, assay}}\n"
                                                   "  b: {testcd: CT, comparable: {tgab: false}}\n"
                                                   "  c: {testcd: CEA}\n"
                                                   "  d: {testcd: PSA, comparable: {tgab, tsh_stimulated: 25}}\n");
    static const struct {
        bool tsh_state, assay, tgab;
        double stimulated;
    } expected[] = {{true, true, false, 30}, {true, true, false, 30}, {true, true, true, 30}, {false, false, true, 25}};
    assert_int_equal(p->n_markers, COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++) {
        assert_int_equal(p->markers[i].same_tsh_state, expected[i].tsh_state);
        assert_int_equal(p->markers[i].same_assay, expected[i].assay);
        assert_int_equal(p->markers[i].tgab_negative, expected[i].tgab);
        assert_true(p->markers[i].tsh_stimulated == expected[i].stimulated);
    }
}

static void test_REQ_PROTOCOL_020_byte_order_mark_and_crlf_are_taken(void **state) {
    const oa_protocol *p = parse_good(*state, "\xef\xbb\xbfonearm: 1\r\nstudy: {id: \xe7\x94\xb2}\r\n");
    assert_string_equal(p->study.id, "\xe7\x94\xb2");
}

/* ---- messages, pages, memory, files ---- */

static void test_REQ_PROTOCOL_014_all_problems_come_in_the_order_of_the_file(void **state) {
    desk *d = *state;
    assert_null(parse(d, "onearm: 1\n"
                         "safety: {related_to: x}\n"
                         "design:\n"
                         "  level: 5%\n"
                         "  levl: 1\n"
                         "  planned_n: 010\n"
                         "study: {id: &a A}\n"
                         "times: {landmarks: [b, 0]}\n"));
    static const char *const rules[] = {"PROTOCOL-REFERENCE", "PROTOCOL-NUMBER", "PROTOCOL-KEY",  "PROTOCOL-NUMBER",
                                        "PROTOCOL-ALIAS",     "PROTOCOL-NUMBER", "PROTOCOL-RANGE"};
    assert_int_equal(oa_diag_count(d->diag), COUNT(rules));
    assert_int_equal(oa_diag_status(d->diag), 2);
    for (size_t i = 0; i < COUNT(rules); i++) {
        assert_string_equal(oa_diag_get(d->diag, i)->rule, rules[i]);
    }
}

static void test_REQ_PROTOCOL_015_a_hundred_problems_are_enough(void **state) {
    desk *d = *state;
    oa_buf yaml;
    oa_buf_init(&yaml, d->arena);
    oa_put(&yaml, HEAD "sets:\n");
    for (int i = 0; i < 5000; i++) {
        oa_put(&yaml, "  - {txt: a}\n");
    }
    assert_null(parse_n(d, yaml.bytes, yaml.length));
    assert_int_equal(oa_diag_count(d->diag), 101);
    assert_string_equal(oa_diag_get(d->diag, 100)->rule, "PROTOCOL-MANY");
}

static void test_REQ_PROTOCOL_021_a_map_holds_a_thousand_ids(void **state) {
    desk *d = *state;
    for (int count = 1000; count <= 1001; count++) {
        oa_buf yaml;
        oa_buf_init(&yaml, d->arena);
        oa_put(&yaml, HEAD "treatment:\n  drugs:\n");
        for (int i = 0; i < count; i++) {
            oa_putf(&yaml, "    d%d: {trt: A%d}\n", i, i);
        }
        assert_int_equal(parse_n(d, yaml.bytes, yaml.length) != NULL, count == 1000);
    }
    assert_int_equal(oa_diag_count(d->diag), 1);
    assert_string_equal(oa_diag_get(d->diag, 0)->rule, "PROTOCOL-SIZE");
    assert_int_equal(oa_diag_get(d->diag, 0)->where.line, 4);
}

static void test_REQ_PROTOCOL_016_values_are_shown_safely(void **state) {
    desk *d = *state;
    assert_null(
        parse(d, HEAD
              "design: {level: \"\\e[2J\xe7\x94\xb2\xe7\x94\xb2\xe7\x94\xb2\xe7\x94\xb2\xe7\x94\xb2\xe7\x94\xb2\xe7\x94"
              "\xb2\xe7\x94\xb2\xe7\x94\xb2\xe7\x94\xb2\xe7\x94\xb2\xe7\x94\xb2\xe7\x94\xb2\xe7\x94\xb2\xe7\x94\xb2"
              "\xe7\x94\xb2\xe7\x94\xb2\xe7\x94\xb2\xe7\x94\xb2\xe7\x94\xb2\"}\n"));
    assert_null(parse(d, HEAD "markers: {\"\\e[2J\": {testcd: T, response: {decrease: 0}}}\n"));
    assert_int_equal(oa_diag_count(d->diag), 3);
    for (size_t i = 0; i < 3; i++) {
        const char *text = oa_diag_get(d->diag, i)->text;
        assert_null(strchr(text, '\x1b'));
        assert_non_null(strstr(text, "?[2J"));
        assert_int_equal(oa_utf8_check(text, strlen(text)), strlen(text));
    }
    assert_non_null(strstr(oa_diag_get(d->diag, 0)->text, "...\""));
}

static void test_REQ_PROTOCOL_017_pages_describe_every_key(void **state) {
    static const char *const rows[] = {
        "\n  design.level                          number above 0 and below 1; default 0.95\n",
        "\n  treatment.drugs.ID.schedule.off ",
        "\n  gates[].scan.days                     two whole numbers, each 0 to 36500 (days); required\n",
        "\n  markers.ID.comparable.tsh_stimulated  number above 0 (mIU/L); default 30\n",
        "\n  dose_rules[].action                   hold, reduce, stop or continue; required\n",
        "\n  times.landmarks ",
        "\n  assumptions ",
    };
    desk *d = *state;
    oa_buf text;
    oa_buf markdown;
    oa_buf_init(&text, d->arena);
    oa_buf_init(&markdown, d->arena);
    oa_protocol_keys_text(&text);
    oa_protocol_keys_markdown(&markdown);
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_non_null(strstr(text.bytes, rows[i]));
    }
    for (const char *line = text.bytes; line; line = strchr(line + 1, '\n')) {
        assert_true(strcspn(line + 1, "\n") <= 120);
    }
    assert_non_null(strstr(markdown.bytes, "\n## gates (a list)\n"));
    assert_non_null(strstr(markdown.bytes, "\n| `response.sd_min_days` | whole number 0 to 36500 (days) | `42` | "));
}

static void parse_full(void *context) {
    desk *d = context;
    (void)parse(d, full);
    (void)parse(d, "onearm: 2\nstudy: {ids: A}\ndesign: [\n");
    (void)parse(d, "onearm: 2\nstudy: {ids: A}\ndesign: {level: 5%}\n");
}

static void test_REQ_PROTOCOL_018_survives_lack_of_memory(void **state) {
    desk *d = *state;
    bool finished = false;
    size_t nth = 1;
    for (; !finished && nth < 100000; nth++) {
        oa_arena_fail_at(d->arena, nth);
        finished = oa_arena_run(d->arena, parse_full, d);
    }
    oa_arena_fail_at(d->arena, 0);
    assert_true(finished);
    assert_true(nth > 100);
}

static void test_REQ_PROTOCOL_019_reads_files(void **state) {
    desk *d = *state;
    char path[] = P_tmpdir "/onearm-protocol-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, full, strlen(full)), (ssize_t)strlen(full));
    close(file);
    const oa_protocol *p = oa_protocol_load(d->arena, path, d->diag);
    unlink(path);
    assert_non_null(p);
    assert_string_equal(p->file, path);
    assert_int_equal(oa_diag_count(d->diag), 0);
    assert_null(oa_protocol_load(d->arena, path, d->diag));
    assert_int_equal(oa_diag_count(d->diag), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_REQ_PROTOCOL_001_minimal_protocol_takes_all_defaults),
        TEST(test_REQ_PROTOCOL_002_every_key_reaches_its_place),
        TEST(test_REQ_PROTOCOL_003_bare_names_are_switches),
        TEST(test_REQ_PROTOCOL_014_all_problems_come_in_the_order_of_the_file),
        TEST(test_REQ_PROTOCOL_015_a_hundred_problems_are_enough),
        TEST(test_REQ_PROTOCOL_016_values_are_shown_safely),
        TEST(test_REQ_PROTOCOL_017_pages_describe_every_key),
        TEST(test_REQ_PROTOCOL_018_survives_lack_of_memory),
        TEST(test_REQ_PROTOCOL_019_reads_files),
        TEST(test_REQ_PROTOCOL_020_byte_order_mark_and_crlf_are_taken),
        TEST(test_REQ_PROTOCOL_021_a_map_holds_a_thousand_ids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
