/*
 * close.h - what cmocka 1.1.5 lacks: doubles that agree within a tolerance.
 *
 * |got - want| <= atol + rtol * |want|; NAN agrees with NAN only, an infinity with itself.
 */
#ifndef TESTS_CLOSE_H
#define TESTS_CLOSE_H

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

static inline bool is_close(double got, double want, double rtol, double atol) {
    if (isnan(got) || isnan(want)) {
        return isnan(got) && isnan(want);
    }
    return got == want || fabs(got - want) <= atol + rtol * fabs(want);
}

static inline void check_close(const char *which, const char *what, double got, double want, double rtol, double atol,
                               const char *file, int line) {
    if (!is_close(got, want, rtol, atol)) {
        print_error("%s: %s is %.17g, not %.17g\n", which, what, got, want);
        _fail(file, line);
    }
}

/* `which` names the case of a table, for the message. */
#define assert_close_in(which, got, want, rtol, atol)                                                                  \
    check_close((which), #got, (got), (want), (rtol), (atol), __FILE__, __LINE__)
#define assert_close(got, want, rtol, atol) assert_close_in("value", got, want, rtol, atol)

#endif
