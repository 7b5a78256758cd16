/*
 * test_readers.c - who read the scans.
 *
 *   REQ-LESION-014  readers are found in TU, TR and RS, the protocol's first, the others in the order of their names
 */
#include "../src/adam/readers.h"
#include "../src/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef struct reader_case {
    const char *response;
    const char *want; /* names, and the rows of TR that are theirs */
    size_t findings;
} reader_case;

static const char *const rows[][2] = {{"INVESTIGATOR", ""},           {"INDEPENDENT ASSESSOR", "R2"},
                                      {"INDEPENDENT ASSESSOR", "R1"}, {"", ""},
                                      {"INVESTIGATOR", ""},           {"INDEPENDENT ASSESSOR", "R2"}};

static const reader_case cases[] = {
    {"{}", "INVESTIGATOR 0 3 4; ADJUDICATOR; INDEPENDENT ASSESSOR R1 2; INDEPENDENT ASSESSOR R2 1 5; ", 0},
    {"{evaluator: INDEPENDENT ASSESSOR, evaluator_id: R2}",
     "INDEPENDENT ASSESSOR R2 1 5; ADJUDICATOR; INDEPENDENT ASSESSOR R1 2; INVESTIGATOR 0 4; ", 0},
    {"{evaluator: INDEPENDENT ASSESSOR}", "INDEPENDENT ASSESSOR 1 2 3 5; ADJUDICATOR; INVESTIGATOR 0 4; ", 1},
    {"{evaluator: NOBODY}",
     "NOBODY 3; ADJUDICATOR; INDEPENDENT ASSESSOR R1 2; INDEPENDENT ASSESSOR R2 1 5; INVESTIGATOR 0 4; ", 0},
};

typedef struct job {
    oa_arena *arena;
    oa_diag *diag;
    const reader_case *c;
} job;

static oa_table *table_of(oa_arena *arena, oa_domain domain, size_t n, const char *eval, const char *evalid) {
    const char *name = oa_domain_model_of(domain)->name;
    oa_table *table = oa_table_new(arena, name, name);
    int e = oa_table_add_column(table, eval, "", OA_TEXT);
    int i = oa_table_add_column(table, evalid, "", OA_TEXT);
    for (size_t k = 0; k < n; k++) {
        size_t row = oa_table_add_row(table);
        oa_set_text(table, row, e, rows[k][0]);
        oa_set_text(table, row, i, rows[k][1]);
    }
    return table;
}

static void run(void *context) {
    job *j = context;
    oa_sdtm sdtm = {0};
    const char *text = oa_printf(j->arena, "onearm: 1\nstudy: {id: T}\nresponse: %s\n", j->c->response);
    oa_context of = {.arena = j->arena,
                     .sdtm = &sdtm,
                     .diag = j->diag,
                     .protocol = oa_protocol_parse(j->arena, "protocol.yaml", text, strlen(text), j->diag)};
    assert_non_null(of.protocol);
    sdtm.domain[OA_TU] = table_of(j->arena, OA_TU, 0, "TUEVAL", "TUEVALID");
    sdtm.domain[OA_TR] = table_of(j->arena, OA_TR, OA_COUNT(rows), "TREVAL", "TREVALID");
    sdtm.domain[OA_RS] = table_of(j->arena, OA_RS, 1, "RSEVAL", "RSEVALID");
    oa_set_text(sdtm.domain[OA_RS], 0, 0, "ADJUDICATOR");
    for (int d = OA_TU; d <= OA_RS; d++) {
        oa_table_seal(sdtm.domain[d]);
    }
    oa_find_readers(&of);
    oa_buf got;
    oa_buf_init(&got, j->arena);
    for (size_t i = 0; i < of.n_readers; i++) {
        assert_int_equal(of.readers[i].index, i);
        assert_int_equal(of.readers[i].primary, i == 0);
        oa_put(&got, oa_reader_name(&of, &of.readers[i]));
        for (size_t row = 0; row < OA_COUNT(rows); row++) {
            if (oa_is_read_by(&of.readers[i], sdtm.domain[OA_TR], row, 0, 1)) {
                oa_putf(&got, " %zu", row);
            }
        }
        oa_put(&got, "; ");
    }
    assert_string_equal(got.bytes, j->c->want);
    assert_int_equal(oa_diag_count(j->diag), j->c->findings);
}

static void test_REQ_LESION_014_readers(void **state) {
    (void)state;
    for (size_t i = 0; i < OA_COUNT(cases); i++) {
        job j = {oa_arena_new(0), oa_diag_new(), &cases[i]};
        assert_true(oa_arena_run(j.arena, run, &j));
        oa_diag_free(j.diag);
        oa_arena_free(j.arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_REQ_LESION_014_readers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
