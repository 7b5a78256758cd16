/*
 * printed.c - printed numbers against counts, in integers, and against computed limits.
 *
 * 100 x/n with d decimals is q = 100 * 10^d * x / n, a fraction of integers.  Rounding half up gives floor(q + 1/2), half
 * even differs only where q is exactly between two numbers, and truncation gives floor(q).  For a limit, q is a double;
 * one within 1e-7 of the boundary counts as on it.
 */
#include "verdict.h"

#include "../base/number.h"

#include <math.h>

static const double near = 1e-7;

static int64_t power_of_ten(int exponent) {
    int64_t power = 1;
    for (int i = 0; i < exponent; i++) {
        power *= 10;
    }
    return power;
}

double oa_printed_value(oa_printed p) {
    double scale = (double)power_of_ten(p.decimals < 0 ? -p.decimals : p.decimals);
    return p.decimals < 0 ? (double)p.digits * scale : (double)p.digits / scale;
}

static int shown_decimals(int decimals) {
    return decimals < 0 ? 0 : decimals;
}

const char *oa_printed_text(oa_arena *arena, oa_printed p) {
    char text[OA_NUMBER_SIZE];
    return oa_strdup(arena, oa_format_fixed(oa_printed_value(p), shown_decimals(p.decimals), text));
}

oa_printed oa_printed_of(double value, int decimals) {
    oa_printed p = {.there = true, .decimals = decimals};
    int64_t digits = 0;
    p.there = isfinite(value) && oa_scaled(value, power_of_ten(decimals), &digits);
    p.digits = digits;
    return p;
}

oa_rounding oa_percent_rounding(int64_t x, int64_t n, oa_printed p) {
    int64_t numerator = 100 * x * power_of_ten(shown_decimals(p.decimals));
    int64_t denominator = n * power_of_ten(shown_decimals(-p.decimals));
    int64_t whole = numerator / denominator;
    int64_t rest = 2 * (numerator % denominator);
    if (p.digits == whole + (rest >= denominator)) {
        return OA_ROUND_HALF_UP;
    }
    if (p.digits != whole) {
        return OA_ROUND_NONE;
    }
    return rest == denominator && whole % 2 == 0 ? OA_ROUND_HALF_EVEN : OA_ROUND_DOWN;
}

oa_rounding oa_number_rounding(double value, oa_printed p) {
    double scale = (double)power_of_ten(p.decimals < 0 ? -p.decimals : p.decimals);
    double scaled = p.decimals < 0 ? value / scale : value * scale;
    if (fabs(scaled - (double)p.digits) <= 0.5 + near) {
        return OA_ROUND_HALF_UP;
    }
    return floor(scaled + near) <= (double)p.digits && (double)p.digits <= floor(scaled + near) ? OA_ROUND_DOWN
                                                                                                : OA_ROUND_NONE;
}

const char *oa_percent_like(oa_arena *arena, int64_t x, int64_t n, oa_printed p) {
    char text[OA_NUMBER_SIZE];
    int decimals = shown_decimals(p.decimals);
    return oa_strdup(arena, oa_format_percent(x, n, decimals > 6 ? 6 : decimals, text));
}
