/* design_checks.h - what the tests of designs share: printed digits, named designs, looks. */
#ifndef TESTS_DESIGN_CHECKS_H
#define TESTS_DESIGN_CHECKS_H

#include "close.h"

#include <onearm/design.h>

#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A cell that the table does not have. */
#define UNSAID ((double)NAN)

/* Half a unit of the last printed decimal, and what the double of the table adds. */
static inline double half_unit(int decimals) {
    return 0.5 * pow(10, -decimals) + 1e-12;
}

#define assert_printed(which, got, want, decimals) assert_close_in(which, got, want, 0, half_unit(decimals))

static inline const oa_design *need(const oa_designs *designs, const char *name) {
    assert_non_null(designs);
    const oa_design *d = oa_designs_named(designs, name);
    assert_non_null(d);
    return d;
}

static inline void assert_looks(const char *which, const oa_design *d, const oa_look *want, size_t count) {
    assert_int_equal(d->boundary.count, count);
    for (size_t i = 0; i < count; i++) {
        const oa_look *got = &d->boundary.looks[i];
        if (got->n != want[i].n || got->lower != want[i].lower || got->upper != want[i].upper) {
            print_error("%s, look %zu: %d/%d/%d, not %d/%d/%d\n", which, i + 1, got->lower, got->upper, got->n,
                        want[i].lower, want[i].upper, want[i].n);
            fail();
        }
    }
}

static inline void assert_two_stage(const char *which, const oa_design *d, int32_t r1, int32_t n1, int32_t r,
                                    int32_t n) {
    oa_look looks[2] = {{n1, r1, n1 + 1}, {n, r, r + 1}};
    assert_looks(which, d, looks, 2);
}

static inline oa_problem problem_of(double p0, double p1, double alpha, double beta) {
    return (oa_problem){.p0 = p0, .p1 = p1, .alpha = alpha, .beta = beta};
}

#endif
