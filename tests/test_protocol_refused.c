/* test_protocol_refused.c - protocol.yaml with one mistake a case: the place, the rule and the remedy that are named. */
#include "../src/protocol/protocol.h"

#include "../src/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define HEAD         "onearm: 1\nstudy: {id: A}\n" /* what every protocol needs; the case goes on in line 3 */

/* A file with one mistake, and what is to be said about it. */
typedef struct refusal {
    const char *yaml;
    int line;
    int column;
    oa_code code;
    const char *rule;
    const char *says; /* part of the message */
} refusal;

static void print_messages(const oa_diag *diag) {
    for (size_t i = 0; i < oa_diag_count(diag); i++) {
        const oa_message *m = oa_diag_get(diag, i);
        print_message("  %d:%d %s [%s]\n", (int)m->where.line, (int)m->where.column, m->text, m->rule);
    }
}

static bool is_as_expected(const oa_diag *diag, const refusal *expected) {
    if (oa_diag_count(diag) != 1) {
        return false;
    }
    const oa_message *m = oa_diag_get(diag, 0);
    return m->severity == OA_ERROR && m->code == expected->code && m->where.line == expected->line &&
           m->where.column == expected->column && oa_streq(m->where.file, "protocol.yaml") &&
           oa_streq(m->rule, expected->rule) && strstr(m->text, expected->says);
}

static bool is_refused(const refusal *one) {
    oa_arena *arena = oa_arena_new(0);
    oa_diag *diag = oa_diag_new();
    const oa_protocol *protocol = oa_protocol_parse(arena, "protocol.yaml", one->yaml, strlen(one->yaml), diag);
    bool right = !protocol && is_as_expected(diag, one);
    if (!right) {
        print_message("%s\nexpected %d:%d ... %s ... [%s]; said\n", one->yaml, one->line, one->column, one->says,
                      one->rule);
        print_messages(diag);
    }
    oa_diag_free(diag);
    oa_arena_free(arena);
    return right;
}

static void check_refusals(const refusal *cases, size_t count) {
    size_t failures = 0;
    for (size_t i = 0; i < count; i++) {
        failures += is_refused(&cases[i]) ? 0 : 1;
    }
    assert_int_equal(failures, 0);
}

static void test_REQ_PROTOCOL_004_broken_yaml_is_explained(void **state) {
    static const refusal cases[] = {
        {"onearm: 1\nstudy:\n\tid: A\n", 3, 1, OA_SYNTAX, "PROTOCOL-TAB", "a tab stands"},
        {"onearm: 1\nstudy:\n  id: A\n\tx: 1\n", 4, 1, OA_SYNTAX, "PROTOCOL-TAB", "indent and separate with blanks"},
        {"onearm: 1\nstudy: {id: @A}\n", 2, 13, OA_SYNTAX, "PROTOCOL-QUOTE", "put it in quotes"},
        {HEAD "dose_rules: [{term: *, grade: 1}]\n", 3, 21, OA_SYNTAX, "PROTOCOL-QUOTE", "cannot start with *"},
        {"onearm: 1\nstudy:\n  id: A\n  title: A: B\n", 4, 11, OA_SYNTAX, "PROTOCOL-YAML", "in quotes"},
        {"onearm: 1\nstudy:\n  id: \"A\n  title: B\n", 3, 7, OA_SYNTAX, "PROTOCOL-QUOTE", "not closed"},
        {"onearm: 1\nstudy: {id: A\ndesign: {level: 0.9}\n", 2, 8, OA_SYNTAX, "PROTOCOL-YAML", "braces is not closed"},
        {HEAD "times: {landmarks: [6, 12}\n", 3, 20, OA_SYNTAX, "PROTOCOL-YAML", "brackets is not closed"},
        {"onearm: 1\nstudy:\n   id: A\n  title: B\n", 4, 3, OA_SYNTAX, "PROTOCOL-YAML", "align it"},
        {"onearm: 1\nstudy\n  id: A\n", 2, 1, OA_SYNTAX, "PROTOCOL-YAML", "without a colon"},
        {"onearm: 1\nstudy: {id: \"a\\q\"}\n", 2, 15, OA_SYNTAX, "PROTOCOL-QUOTE", "single quotes"},
        {HEAD "sets: - id: A\n", 3, 7, OA_SYNTAX, "PROTOCOL-YAML", "line of its own"},
        {HEAD "checks:\n  - id: a\n    query: | SELECT\n", 5, 14, OA_SYNTAX, "PROTOCOL-YAML", "next line"},
        {"onearm: 1\nstudy: {id: \"\x01\"}\n", 2, 14, OA_SYNTAX, "PROTOCOL-YAML", "control character"},
        {"onearm: 1\n? [a]\n: b\n", 2, 3, OA_SYNTAX, "PROTOCOL-KEY", "write key: value"},
        {HEAD "\"\": 1\n", 3, 1, OA_SYNTAX, "PROTOCOL-KEY", "empty"},
        {"%FOO\n---\nonearm: 1\n", 1, 5, OA_SYNTAX, "PROTOCOL-YAML", "starts with %"},
    };
    (void)state;
    check_refusals(cases, COUNT(cases));
}

static void test_REQ_PROTOCOL_005_yaml_that_may_mislead_is_refused(void **state) {
    static const refusal cases[] = {
        {HEAD "design:\n  level: 0.9\n  planned_n: 20\n  level: 0.95\n", 6, 3, OA_SCHEMA, "PROTOCOL-DUPLICATE",
         "the key \"level\" stands in line 4 already"},
        {HEAD "study: {id: B}\n", 3, 1, OA_SCHEMA, "PROTOCOL-DUPLICATE", "line 2"},
        {HEAD "treatment: {drugs: {a: {trt: A}, a: {trt: A}}}\n", 3, 34, OA_SCHEMA, "PROTOCOL-DUPLICATE", "\"a\""},
        {"onearm: 1\nstudy: {id: &a A}\n", 2, 13, OA_SYNTAX, "PROTOCOL-ALIAS", "write values out"},
        {"onearm: 1\nstudy: {id: A, title: *a}\n", 2, 23, OA_SYNTAX, "PROTOCOL-ALIAS", "write the value out"},
        {HEAD "*a : 1\n", 3, 1, OA_SYNTAX, "PROTOCOL-ALIAS", "write the value out"},
        {"onearm: !!int 1\nstudy: {id: A}\n", 1, 9, OA_SYNTAX, "PROTOCOL-TAG", "remove it"},
        {"onearm: 1\nstudy: !x {id: A}\n", 2, 8, OA_SYNTAX, "PROTOCOL-TAG", "remove it"},
        {"%TAG !x! y\n---\nonearm: 1\nstudy: {id: A}\n", 1, 1, OA_SYNTAX, "PROTOCOL-TAG", "%TAG"},
        {HEAD "---\nonearm: 1\n", 3, 1, OA_SYNTAX, "PROTOCOL-DOCUMENTS", "one document"},
        {"", 1, 1, OA_SYNTAX, "PROTOCOL-EMPTY", "starts with onearm: 1"},
        {"# nothing\n---\n", 1, 1, OA_SYNTAX, "PROTOCOL-EMPTY", "starts with onearm: 1"},
        {"- a\n", 1, 1, OA_SCHEMA, "PROTOCOL-KIND", "map of keys"},
        {"protocol\n", 1, 1, OA_SCHEMA, "PROTOCOL-KIND", "map of keys"},
    };
    (void)state;
    check_refusals(cases, COUNT(cases));
}

static void test_REQ_PROTOCOL_006_size_depth_and_encoding_have_limits(void **state) {
    (void)state;
    static char deep[200];
    static char large[(1 << 20) + 2];
    memset(deep, '[', sizeof deep - 1);
    memset(large, '#', sizeof large - 1);
    const refusal cases[] = {
        {deep, 1, 33, OA_LIMIT, "PROTOCOL-DEPTH", "32 deep"},
        {large, 0, 0, OA_LIMIT, "PROTOCOL-SIZE", "1 MB"},
        {"onearm: 1\nstudy: {id: \"\xff\"}\n", 2, 14, OA_SYNTAX, "PROTOCOL-UTF8", "UTF-8"},
        {"\xff\xfeo\x01", 1, 1, OA_SYNTAX, "PROTOCOL-UTF8", "save the file as UTF-8"},
    };
    check_refusals(cases, COUNT(cases));
}

static void test_REQ_PROTOCOL_007_columns_count_bytes_from_one(void **state) {
    static const refusal cases[] = {
        {HEAD "sets: [{id: \xc3\xa9\xe7\x94\xb2, txt: B}]\n", 3, 20, OA_SCHEMA, "PROTOCOL-KEY", "did you mean text?"},
        {"\xef\xbb\xbfonearm: 2\nstudy: {id: A}\n", 1, 9, OA_VALUE, "PROTOCOL-RANGE", "must be 1"},
        {"onearm: 1\r\nstudy: {id: A}\r\ndesign:\r\n  lvl: 1\r\n", 4, 3, OA_SCHEMA, "PROTOCOL-KEY", "level"},
    };
    (void)state;
    check_refusals(cases, COUNT(cases));
}

static void test_REQ_PROTOCOL_008_numbers_are_strict_and_the_remedy_is_named(void **state) {
    static const refusal cases[] = {
        {HEAD "design: {level: 5%}\n", 3, 17, OA_SYNTAX, "PROTOCOL-NUMBER", "write 5 % as 0.05"},
        {HEAD "design: {level: 97.5 %}\n", 3, 17, OA_SYNTAX, "PROTOCOL-NUMBER", "write 97.5 % as 0.975"},
        {HEAD "design:\n  level: 0,05\n", 4, 10, OA_SYNTAX, "PROTOCOL-NUMBER", "write 0.05"},
        {HEAD "design: {planned_n: 010}\n", 3, 21, OA_SYNTAX, "PROTOCOL-NUMBER", "without leading zeros, 10"},
        {HEAD "design: {planned_n: 0x10}\n", 3, 21, OA_SYNTAX, "PROTOCOL-NUMBER", "in decimal, 16"},
        {HEAD "design: {planned_n: \"20\"}\n", 3, 21, OA_SYNTAX, "PROTOCOL-NUMBER", "without quotes, 20"},
        {HEAD "design: {planned_n: 20.5}\n", 3, 21, OA_SYNTAX, "PROTOCOL-NUMBER", "it has decimals"},
        {HEAD "design: {planned_n: 1e300}\n", 3, 21, OA_VALUE, "PROTOCOL-RANGE", "1 to 1000000"},
        {HEAD "design: {planned_n: many}\n", 3, 21, OA_SYNTAX, "PROTOCOL-NUMBER", "write it in digits"},
        {HEAD "design: {planned_n: twenty%}\n", 3, 21, OA_SYNTAX, "PROTOCOL-NUMBER", "write it in digits"},
        {HEAD "published: [{what: N, value: 1e400}]\n", 3, 30, OA_SYNTAX, "PROTOCOL-NUMBER",
         "beyond what a number can be"},
        {HEAD "published: [{what: N, value: nan}]\n", 3, 30, OA_SYNTAX, "PROTOCOL-NUMBER", "remove the key"},
        {HEAD "published: [{what: N, value: -.inf}]\n", 3, 30, OA_SYNTAX, "PROTOCOL-NUMBER", "remove the key"},
        {HEAD "published: [{what: N, value: 55%}]\n", 3, 30, OA_SYNTAX, "PROTOCOL-NUMBER",
         "without the percent sign, 55"},
        {HEAD "published:\n  - what: N\n    value: 1,234\n", 5, 12, OA_SYNTAX, "PROTOCOL-NUMBER",
         "write 1234 or 1.234"},
        {HEAD "published:\n  - what: N\n    value: 1,234,5\n", 5, 12, OA_SYNTAX, "PROTOCOL-NUMBER", "without commas"},
        {HEAD "safety: {teae_days: 30 days}\n", 3, 21, OA_SYNTAX, "PROTOCOL-NUMBER", "the number alone, 30 (days)"},
        {HEAD "design: {planned_n: 0xZZ}\n", 3, 21, OA_SYNTAX, "PROTOCOL-NUMBER", "write it in digits"},
        {HEAD "design: {level: ~}\n", 3, 17, OA_SYNTAX, "PROTOCOL-EMPTY", "has no value"},
        {HEAD "safety: {teae_days: }\n", 3, 21, OA_SYNTAX, "PROTOCOL-EMPTY", "has no value"},
        {HEAD "safety: {teae_days: [30]}\n", 3, 21, OA_SCHEMA, "PROTOCOL-KIND", "one value, not a list"},
        {HEAD "times: {landmarks: [6, 12m]}\n", 3, 24, OA_SYNTAX, "PROTOCOL-NUMBER", "times.landmarks[2]"},
        {HEAD "times: {landmarks: 6}\n", 3, 20, OA_SCHEMA, "PROTOCOL-KIND", "write [a, b]"},
        {HEAD "visits: [{id: A, day: 1, window: [-0.5, 1]}]\n", 3, 35, OA_SYNTAX, "PROTOCOL-NUMBER", "it has decimals"},
    };
    (void)state;
    check_refusals(cases, COUNT(cases));
}

static void test_REQ_PROTOCOL_009_words_dates_and_texts_are_strict(void **state) {
    static const refusal cases[] = {
        {HEAD "response: {pr_persists: yes}\n", 3, 25, OA_SYNTAX, "PROTOCOL-BOOL", "write true"},
        {HEAD "response: {pr_persists: Off}\n", 3, 25, OA_SYNTAX, "PROTOCOL-BOOL", "write false"},
        {HEAD "response: {pr_persists: True}\n", 3, 25, OA_SYNTAX, "PROTOCOL-BOOL", "write true"},
        {HEAD "response: {pr_persists: 'true'}\n", 3, 25, OA_SYNTAX, "PROTOCOL-BOOL", "write true, without quotes"},
        {HEAD "response: {pr_persists: maybe}\n", 3, 25, OA_SYNTAX, "PROTOCOL-BOOL", "write true or false"},
        {HEAD "response:\n  pr_persists:\n", 4, 15, OA_SYNTAX, "PROTOCOL-EMPTY", "has no value"},
        {HEAD "response: {source: null}\n", 3, 20, OA_SYNTAX, "PROTOCOL-EMPTY", "has no value"},
        {"onearm: 1\nstudy: {id: A, cutoff: ~}\n", 2, 24, OA_SYNTAX, "PROTOCOL-EMPTY", "has no value"},
        {HEAD "response: {source: mesured}\n", 3, 20, OA_VALUE, "PROTOCOL-CHOICE",
         "must be measured or reported; did you mean measured?"},
        {HEAD "response: {reference: enrollment}\n", 3, 23, OA_VALUE, "PROTOCOL-CHOICE", "did you mean enrolment?"},
        {HEAD "response: {criteria: WHO}\n", 3, 22, OA_VALUE, "PROTOCOL-CHOICE", "must be RECIST 1.1"},
        {HEAD "safety: {ctcae: 5}\n", 3, 17, OA_VALUE, "PROTOCOL-CHOICE", "5.0 or 6.0"},
        {"onearm: 1\nstudy: {id: A, cutoff: 2026-02-30}\n", 2, 24, OA_SYNTAX, "PROTOCOL-DATE", "a day that exists"},
        {"onearm: 1\nstudy: {id: A, cutoff: 2026-02}\n", 2, 24, OA_SYNTAX, "PROTOCOL-DATE", "year, month and day"},
        {"onearm: 1\nstudy: {id: A, cutoff: \"2026-02-01T10:00\"}\n", 2, 24, OA_SYNTAX, "PROTOCOL-DATE", "time of day"},
        {"onearm: 1\nstudy: {id: A, cutoff: \"\"}\n", 2, 24, OA_SYNTAX, "PROTOCOL-DATE", "YYYY-MM-DD"},
        {"onearm: 1\nstudy: {id: \"\"}\n", 2, 13, OA_VALUE, "PROTOCOL-TEXT", "is empty"},
        {"onearm: 1\nstudy: {id: ~}\n", 2, 13, OA_SYNTAX, "PROTOCOL-EMPTY", "has no value"},
        {"onearm: 1\nstudy: {id: \"a\\0b\"}\n", 2, 13, OA_SYNTAX, "PROTOCOL-TEXT", "control character"},
        {"onearm: 1\nstudy: {id: \"\\e[31m\"}\n", 2, 13, OA_SYNTAX, "PROTOCOL-TEXT", "control character"},
        {HEAD "treatment: {drugs: {\"\\e\": {trt: A}}}\n", 3, 21, OA_SYNTAX, "PROTOCOL-TEXT", "control character"},
        {HEAD "design:\n", 3, 1, OA_SYNTAX, "PROTOCOL-EMPTY", "design has no value"},
        {HEAD "design: 43\n", 3, 9, OA_SCHEMA, "PROTOCOL-KIND", "must be a map, not one value"},
        {HEAD "endpoints: {primary: ORR}\n", 3, 22, OA_SCHEMA, "PROTOCOL-KIND", "must be a list, not one value"},
        {HEAD "gates: {id: A}\n", 3, 8, OA_SCHEMA, "PROTOCOL-KIND", "a dash before each item"},
        {HEAD "treatment:\n  drugs:\n    - {trt: A}\n", 5, 5, OA_SCHEMA, "PROTOCOL-KIND", "without a dash"},
        {HEAD "treatment: {drugs: {a: A}}\n", 3, 24, OA_SCHEMA, "PROTOCOL-KIND", "treatment.drugs.a must be a map"},
        {HEAD "sets: [EFFICACY]\n", 3, 8, OA_SCHEMA, "PROTOCOL-KIND", "sets[1] must be a map"},
    };
    (void)state;
    check_refusals(cases, COUNT(cases));
}

static void test_REQ_PROTOCOL_010_unknown_and_missing_keys_are_named(void **state) {
    static const refusal cases[] = {
        {HEAD "design: {levl: 0.9}\n", 3, 10, OA_SCHEMA, "PROTOCOL-KEY",
         "design has no key \"levl\": did you mean level?"},
        {HEAD "desing: {level: 0.9}\n", 3, 1, OA_SCHEMA, "PROTOCOL-KEY",
         "a protocol has no key \"desing\": did you mean design?"},
        {HEAD "sd_min_days: 42\n", 3, 1, OA_SCHEMA, "PROTOCOL-KEY", "it belongs under response"},
        {"onearm: 1\nstudy: {id: A, gates: []}\n", 2, 16, OA_SCHEMA, "PROTOCOL-KEY", "top of the file"},
        {HEAD "times: {km: {qqqqqqqqqq: 1}}\n", 3, 14, OA_SCHEMA, "PROTOCOL-KEY",
         "times.km has no key \"qqqqqqqqqq\": write conf"},
        {"study: {id: A}\n", 1, 1, OA_SCHEMA, "PROTOCOL-MISSING", "onearm is missing"},
        {"onearm: 1\n", 1, 1, OA_SCHEMA, "PROTOCOL-MISSING", "study.id is missing"},
        {"onearm: 1\nstudy: {title: A}\n", 2, 1, OA_SCHEMA, "PROTOCOL-MISSING", "study.id is missing"},
        {HEAD "treatment:\n  drugs:\n    a: {unit: mg}\n", 5, 5, OA_SCHEMA, "PROTOCOL-MISSING",
         "treatment.drugs.a.trt is missing"},
        {HEAD "sets:\n  - id: A\n  - text: B\n", 5, 5, OA_SCHEMA, "PROTOCOL-MISSING", "sets[2].id is missing"},
        {HEAD "markers: {tg: {label: Tg}}\n", 3, 11, OA_SCHEMA, "PROTOCOL-MISSING", "markers.tg.testcd is missing"},
    };
    (void)state;
    check_refusals(cases, COUNT(cases));
}

static void test_REQ_PROTOCOL_011_ranges_and_order_hold(void **state) {
    static const refusal cases[] = {
        {HEAD "design: {level: 1}\n", 3, 17, OA_VALUE, "PROTOCOL-RANGE", "must be above 0 and below 1"},
        {HEAD "design: {level: 0}\n", 3, 17, OA_VALUE, "PROTOCOL-RANGE", "above 0"},
        {HEAD "design: {level: 95}\n", 3, 17, OA_VALUE, "PROTOCOL-RANGE", "write 95 % as 0.95"},
        {HEAD "design: {two_stage: {alpha: 5}}\n", 3, 29, OA_VALUE, "PROTOCOL-RANGE", "write 5 % as 0.05"},
        {HEAD "design: {planned_n: 0}\n", 3, 21, OA_VALUE, "PROTOCOL-RANGE", "1 to 1000000"},
        {HEAD "response: {sd_min_days: -1}\n", 3, 25, OA_VALUE, "PROTOCOL-RANGE", "0 to 36500"},
        {HEAD "dose_rules: [{grade: 6, action: hold}]\n", 3, 22, OA_VALUE, "PROTOCOL-RANGE", "1 to 5"},
        {HEAD "treatment: {drugs: {a: {trt: A, levels: [8, 10]}}}\n", 3, 41, OA_VALUE, "PROTOCOL-ORDER",
         "below the one before"},
        {HEAD "treatment: {drugs: {a: {trt: A, levels: [8, 8]}}}\n", 3, 41, OA_VALUE, "PROTOCOL-ORDER",
         "below the one before"},
        {HEAD "treatment: {drugs: {a: {trt: A, levels: [8, 0]}}}\n", 3, 45, OA_VALUE, "PROTOCOL-RANGE", "above 0"},
        {HEAD "times: {landmarks: [12, 6]}\n", 3, 20, OA_VALUE, "PROTOCOL-ORDER", "above the one before"},
        {HEAD "visits: [{id: A, day: 1, window: [3, -3]}]\n", 3, 34, OA_VALUE, "PROTOCOL-ORDER",
         "not be above the second"},
        {HEAD "visits: [{id: A, day: 1, window: [3]}]\n", 3, 34, OA_VALUE, "PROTOCOL-ORDER", "two numbers are needed"},
        {HEAD "visits: [{id: A, day: 1, window: []}]\n", 3, 34, OA_VALUE, "PROTOCOL-ORDER", "two numbers are needed"},
    };
    (void)state;
    check_refusals(cases, COUNT(cases));
}

static void test_REQ_PROTOCOL_012_references_and_ids_are_checked(void **state) {
#define DRUG "treatment: {drugs: {anlotinib: {trt: A}}}\n"
    static const refusal cases[] = {
        {HEAD DRUG "safety: {related_to: anlotnib}\n", 4, 22, OA_REFERENCE, "PROTOCOL-REFERENCE",
         "did you mean anlotinib?"},
        {HEAD "safety: {related_to: anlotinib}\n", 3, 22, OA_REFERENCE, "PROTOCOL-REFERENCE", "or add the drug"},
        {HEAD DRUG "gates: [{id: G, before: x, rule: R}]\n", 4, 25, OA_REFERENCE, "PROTOCOL-REFERENCE",
         "gates[1].before"},
        {HEAD DRUG "gates: [{id: G, before: anlotinib, scan: {testcd: S, days: [1, 2], after: any}}]\n", 4, 75,
         OA_REFERENCE, "PROTOCOL-REFERENCE", "gates[1].scan.after"},
        {HEAD DRUG "visits: [{id: V, after: iodine, day: 1}]\n", 4, 25, OA_REFERENCE, "PROTOCOL-REFERENCE",
         "visits[1].after"},
        {HEAD DRUG "dose_rules: [{drug: any, grade: 1, action: hold}]\n", 4, 21, OA_REFERENCE, "PROTOCOL-REFERENCE",
         "drug"},
        {HEAD "treatment: {drugs: {any: {trt: A}}}\n", 3, 21, OA_VALUE, "PROTOCOL-ID", "choose another"},
        {HEAD "sets:\n  - id: A\n  - id: B\n  - id: A\n", 6, 9, OA_SCHEMA, "PROTOCOL-ID",
         "the id \"A\" stands in line 4 already"},
        {HEAD "visits: [{id: V, day: 1}, {id: V, day: 2}]\n", 3, 32, OA_SCHEMA, "PROTOCOL-ID", "\"V\""},
    };
#undef DRUG
    (void)state;
    check_refusals(cases, COUNT(cases));
}

static void test_REQ_PROTOCOL_013_keys_must_agree(void **state) {
    static const refusal cases[] = {
        {HEAD "design: {two_stage: {p0: 0.4, p1: 0.2}}\n", 3, 10, OA_VALUE, "PROTOCOL-DESIGN", "p0 must be below p1"},
        {HEAD "design: {two_stage: {p0: 0.4, p1: 0.4}}\n", 3, 10, OA_VALUE, "PROTOCOL-DESIGN", "p0 must be below p1"},
        {HEAD "design: {two_stage: {n1: 10, r1: 1, n: 29}}\n", 3, 10, OA_VALUE, "PROTOCOL-DESIGN",
         "n1, r1, n and r together"},
        {HEAD "design: {two_stage: {n1: 29, r1: 1, n: 29, r: 5}}\n", 3, 10, OA_VALUE, "PROTOCOL-DESIGN",
         "n1 must be below n"},
        {HEAD "design: {two_stage: {n1: 10, r1: 10, n: 29, r: 12}}\n", 3, 10, OA_VALUE, "PROTOCOL-DESIGN",
         "r1 must be below n1"},
        {HEAD "design: {two_stage: {n1: 10, r1: 3, n: 29, r: 2}}\n", 3, 10, OA_VALUE, "PROTOCOL-DESIGN", "at least r1"},
        {HEAD "treatment: {drugs: {a: {trt: A, schedule: {off: 7}}}}\n", 3, 44, OA_VALUE, "PROTOCOL-SCHEDULE",
         "needs schedule.on"},
        {HEAD "treatment: {drugs: {a: {trt: A}}}\ngates: [{id: G, before: a}]\n", 4, 9, OA_VALUE, "PROTOCOL-GATE",
         "a scan, a rule"},
        {HEAD "treatment: {drugs: {a: {trt: A}, b: {trt: a}}}\n", 3, 34, OA_VALUE, "PROTOCOL-TRT", "same trt"},
        {HEAD "markers: {a: {testcd: TG}, b: {testcd: tg}}\n", 3, 28, OA_VALUE, "PROTOCOL-MARKER", "first four"},
        {HEAD "markers: {a: {testcd: CA125A}, b: {testcd: CA125B}}\n", 3, 32, OA_VALUE, "PROTOCOL-MARKER",
         "first four"},
        {HEAD "visits: [{id: W12, day: 84}]\nmarkers: {a: {testcd: TG, change: {at: W21}}}\n", 4, 40, OA_VALUE,
         "PROTOCOL-MARKER", "neither last nor one of visits"},
        {HEAD "response: {marker_in_cr: true}\n", 3, 26, OA_VALUE, "PROTOCOL-RESPONSE", "names none"},
    };
    (void)state;
    check_refusals(cases, COUNT(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_PROTOCOL_004_broken_yaml_is_explained),
        cmocka_unit_test(test_REQ_PROTOCOL_005_yaml_that_may_mislead_is_refused),
        cmocka_unit_test(test_REQ_PROTOCOL_006_size_depth_and_encoding_have_limits),
        cmocka_unit_test(test_REQ_PROTOCOL_007_columns_count_bytes_from_one),
        cmocka_unit_test(test_REQ_PROTOCOL_008_numbers_are_strict_and_the_remedy_is_named),
        cmocka_unit_test(test_REQ_PROTOCOL_009_words_dates_and_texts_are_strict),
        cmocka_unit_test(test_REQ_PROTOCOL_010_unknown_and_missing_keys_are_named),
        cmocka_unit_test(test_REQ_PROTOCOL_011_ranges_and_order_hold),
        cmocka_unit_test(test_REQ_PROTOCOL_012_references_and_ids_are_checked),
        cmocka_unit_test(test_REQ_PROTOCOL_013_keys_must_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
