/*
 * test_sort.c - keys in order, whatever they are.
 *
 *   REQ-KM-001  keys come out in order and none is lost, for any number and any pattern of bits
 */
#include "close.h"

#include "../src/stats/sort.h"

#include <stdlib.h>
#include <string.h>

static uint64_t next(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static uint64_t any(uint64_t random, size_t i) {
    (void)i;
    return random;
}

static uint64_t equal(uint64_t random, size_t i) {
    (void)random;
    (void)i;
    return 42;
}

static uint64_t falling(uint64_t random, size_t i) {
    (void)random;
    return ~(uint64_t)i << 20;
}

/* Alike in all bits that the first passes look at. */
static uint64_t low_bits(uint64_t random, size_t i) {
    return (uint64_t)1 << 62 | random >> 40 | (i == 0 ? (uint64_t)1 << 63 : 0);
}

static uint64_t few_values(uint64_t random, size_t i) {
    (void)i;
    return (random & 7) << 61 | (random >> 32 & 1);
}

static uint64_t as_doubles(uint64_t random, size_t i) {
    double value = (double)(random >> 40) / 30.4375;
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits << 1 | (i & 1);
}

/* Runs alike in their high bits, some short and some long. */
static uint64_t runs(uint64_t random, size_t i) {
    return (uint64_t)(i % 37) << 40 << (i % 3) | (random & 0xFFFFF);
}

static int by_value(const void *left, const void *right) {
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static void test_REQ_KM_001_sort(void **state) {
    (void)state;
    uint64_t (*const patterns[])(uint64_t random, size_t i) = {any,        equal,      falling, low_bits,
                                                               few_values, as_doubles, runs};
    static const size_t sizes[] = {0, 1, 2, 255, 256, 257, 300, 5000, 70000};
    uint64_t random = 88172645463325252U;
    for (size_t p = 0; p < sizeof patterns / sizeof *patterns; p++) {
        for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
            size_t n = sizes[s];
            uint64_t *keys = calloc(n + 1, sizeof *keys);
            uint64_t *scratch = calloc(n + 1, sizeof *scratch);
            uint64_t *want = calloc(n + 1, sizeof *want);
            assert_true(keys && scratch && want);
            for (size_t i = 0; i < n; i++) {
                want[i] = keys[i] = patterns[p](next(&random), i);
            }
            qsort(want, n, sizeof *want, by_value);
            const uint64_t *got = oa_sort_keys(keys, scratch, n);
            assert_true(got == keys || got == scratch);
            assert_memory_equal(got, want, n * sizeof *want);
            free(keys);
            free(scratch);
            free(want);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_REQ_KM_001_sort)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
