/*
 * test_parallel.c - blocks of work on all processors.
 *
 *   REQ-BASE-060  each index is done exactly once, by whatever thread, and all are done on return
 */
#include "../src/base/parallel.h"

#include "close.h"

#include <stdlib.h>

static void count(void *context, size_t index) {
    int *done = context;
    done[index]++;
}

static void test_REQ_BASE_060_once(void **state) {
    (void)state;
    static const size_t counts[] = {0, 1, 2, 3, 64, 65, 5000};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        for (int again = 0; again < 50; again++) {
            int *done = calloc(counts[i] + 1, sizeof *done);
            assert_non_null(done);
            oa_parallel_for(counts[i], count, done);
            for (size_t k = 0; k < counts[i]; k++) {
                assert_int_equal(done[k], 1);
            }
            assert_int_equal(done[counts[i]], 0);
            free(done);
        }
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_REQ_BASE_060_once)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
