/*
 * test.h - what the tests of this library have in common.
 */
#ifndef ONEARM_TEST_H
#define ONEARM_TEST_H

/* What a test asks for instead of its hypothesis: a parameter that differs from, exceeds or falls below the stated one.
 * Each function says which parameter it means. */
typedef enum oa_alternative { OA_ALT_TWO_SIDED, OA_ALT_GREATER, OA_ALT_LESS } oa_alternative;

typedef struct oa_chi_square {
    double statistic;
    int df;
    double p_value;
} oa_chi_square;

#endif
