/*
 * test_lesion_public.c - the target response of each reader at each time point of public data (pharmaversesdtm), which
 * nobody here wrote.
 *
 *   REQ-LESION-013  1,899 target time points of three readers: 633 each, among them one UNSCHEDULED 9.2 of 01-711-1143
 *                   that was held twice, three months apart, under one VISITNUM
 *
 * The counts of responses come from a script that knows nothing of onearm: exact fractions of TRSTRESC of DIAMETER.
 */
#include "../src/adam/adam.h"
#include "../src/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct reader_case {
    const char *response; /* of the protocol */
    size_t cr, pr, sd, pd, ne;
} reader_case;

static const reader_case readers[] = {
    {"{evaluator: INVESTIGATOR}", 57, 166, 87, 303, 20},
    {"{evaluator: INDEPENDENT ASSESSOR, evaluator_id: RADIOLOGIST 1}", 57, 168, 94, 303, 11},
    {"{evaluator: INDEPENDENT ASSESSOR, evaluator_id: RADIOLOGIST 2}", 57, 177, 82, 306, 11},
};

typedef struct job {
    oa_arena *arena;
    oa_diag *diag;
    const reader_case *reader;
    const char *path;
    size_t sums; /* of TR after baseline, all readers */
} job;

static size_t count(const oa_table *table, const char *column, const char *value, const char *other,
                    const char *other_value) {
    size_t n = 0;
    for (size_t row = 0; row < oa_table_rows(table); row++) {
        n += oa_text_is(table, row, oa_table_column(table, column), value) &&
             oa_text_is(table, row, oa_table_column(table, other), other_value);
    }
    return n;
}

static size_t targets(const oa_adam *adam, const char *response) {
    return count(adam->dataset[OA_ADRS], "PARAMCD", "TRGRESP", "AVALC", response);
}

static void run(void *context) {
    job *j = context;
    oa_sdtm sdtm = {0};
    oa_adam adam = {0};
    const char *text = oa_printf(j->arena, "onearm: 1\nstudy: {id: CDISCPILOT01}\nresponse: %s\n", j->reader->response);
    const oa_protocol *protocol = oa_protocol_parse(j->arena, "protocol.yaml", text, strlen(text), j->diag);
    assert_non_null(protocol);
    assert_true(oa_sdtm_read(j->arena, j->path, &sdtm, j->diag));
    assert_true(oa_adam_derive(j->arena, protocol, &sdtm, (oa_date){0}, &adam, j->diag));
    assert_int_equal(targets(&adam, "CR"), j->reader->cr);
    assert_int_equal(targets(&adam, "PR"), j->reader->pr);
    assert_int_equal(targets(&adam, "SD"), j->reader->sd);
    assert_int_equal(targets(&adam, "PD"), j->reader->pd);
    assert_int_equal(targets(&adam, "NE"), j->reader->ne);
    const oa_table *adrs = adam.dataset[OA_ADRS];
    for (size_t row = 0; row < oa_table_rows(adrs); row++) {
        assert_false(oa_is_missing(adrs, row, oa_table_column(adrs, "RULE")));
        assert_false(oa_is_missing(adrs, row, oa_table_column(adrs, "REASON")));
    }
    j->sums = 0;
    for (size_t row = 0; row < oa_table_rows(sdtm.domain[OA_TR]); row++) {
        const oa_table *tr = sdtm.domain[OA_TR];
        j->sums += oa_text_is(tr, row, oa_table_column(tr, "TRTESTCD"), "SUMDIAM") &&
                   !oa_text_is(tr, row, oa_table_column(tr, "VISIT"), "BASELINE");
    }
}

static void test_REQ_LESION_013_public_time_points(void **state) {
    (void)state;
    const char *shared = getenv("ONEARM_SHARED");
    size_t all = 0;
    size_t sums = 0;
    for (size_t i = 0; i < OA_COUNT(readers); i++) {
        oa_arena *arena = oa_arena_new(0);
        job j = {arena, oa_diag_new(), &readers[i], NULL, 0};
        j.path = oa_printf(arena, "%s/data/pharmaverse-onco", shared ? shared : OA_SOURCE_ROOT "/../shared");
        if (access(j.path, R_OK) != 0) {
            print_message("%s is not here; set ONEARM_SHARED\n", j.path);
            oa_diag_free(j.diag);
            oa_arena_free(arena);
            skip();
        }
        assert_true(oa_arena_run(arena, run, &j));
        all += readers[i].cr + readers[i].pr + readers[i].sd + readers[i].pd + readers[i].ne;
        sums = j.sums;
        oa_diag_free(j.diag);
        oa_arena_free(arena);
    }
    assert_int_equal(all, 1899);
    assert_int_equal(sums, 1899); /* the readers' own sums */
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_REQ_LESION_013_public_time_points)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
