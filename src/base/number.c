/* number.c - see number.h. */
#define _GNU_SOURCE /* strtod_l, newlocale */
#include "number.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 400 };

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* What the grammar found: the digits as an integer where they fit, and the power of ten that goes with them. */
typedef struct decimal {
    bool negative;
    bool exact; /* `digits` holds all significant digits and they are below 2^53 */
    uint64_t digits;
    int exponent;
} decimal;

static void add_digit(decimal *d, char c) {
    if (d->digits > (UINT64_MAX - 9) / 10) {
        d->exact = false;
        return;
    }
    d->digits = d->digits * 10 + (uint64_t)(c - '0');
}

static bool scan_exponent(const char **at, const char *end, decimal *d) {
    const char *p = *at;
    int sign = 1;
    int value = 0;
    if (p < end && (*p == '+' || *p == '-')) {
        sign = *p++ == '-' ? -1 : 1;
    }
    const char *first = p;
    while (p < end && is_digit(*p)) {
        value = value < 10000 ? value * 10 + (*p - '0') : value;
        p++;
    }
    d->exponent += sign * value;
    *at = p;
    return p > first;
}

static bool scan(const char *text, size_t length, decimal *d) {
    const char *p = text;
    const char *end = text + length;
    *d = (decimal){.exact = true};
    if (p < end && (*p == '-' || *p == '+')) {
        d->negative = *p++ == '-';
    }
    const char *first = p;
    while (p < end && is_digit(*p)) {
        add_digit(d, *p++);
    }
    size_t whole = (size_t)(p - first);
    if (whole > 1 && *first == '0') {
        return false;
    }
    size_t fraction = 0;
    if (p < end && *p == '.') {
        for (p++; p < end && is_digit(*p); p++) {
            add_digit(d, *p);
            fraction++;
        }
        if (fraction == 0) {
            return false;
        }
    }
    d->exponent = -(int)(fraction < 100000 ? fraction : 100000);
    if (whole + fraction == 0) {
        return false;
    }
    if (p < end && (*p == 'e' || *p == 'E')) {
        p++;
        if (!scan_exponent(&p, end, d)) {
            return false;
        }
    }
    d->exact = d->exact && d->digits <= (uint64_t)1 << 53;
    return p == end;
}

/* The slow way for what Clinger's does not cover. */
static bool convert_by_library(const char *text, size_t length, double *value) {
    char copy[TEXT_MAX + 1];
    memcpy(copy, text, length);
    copy[length] = '\0';
    locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (!c_locale) {
        return false;
    }
    double result = strtod_l(copy, NULL, c_locale);
    freelocale(c_locale);
    if (!isfinite(result)) {
        return false;
    }
    *value = result;
    return true;
}

bool oa_parse_number(const char *text, size_t length, double *value) {
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    decimal d;
    if (length > TEXT_MAX || !scan(text, length, &d)) {
        return false;
    }
    /* Both operands are exact doubles, so one rounding remains: W. D. Clinger, PLDI 1990, section 2. */
    if (d.exact && d.exponent >= -22 && d.exponent <= 22) {
        double digits = (double)d.digits;
        double result = d.exponent < 0 ? digits / powers[-d.exponent] : digits * powers[d.exponent];
        *value = d.negative && d.digits ? -result : result;
        return true;
    }
    return convert_by_library(text, length, value);
}

bool oa_parse_integer(const char *text, size_t length, int64_t *value) {
    decimal d;
    double number;
    if (!scan(text, length, &d) || !oa_parse_number(text, length, &number) || number != floor(number) ||
        fabs(number) > 9007199254740992.0) {
        return false;
    }
    /* Where digits were lost or the text underflowed, the double may be whole although the text is not. */
    if (!d.exact || (d.exponent < -22 && d.digits)) {
        return false;
    }
    *value = (int64_t)number;
    return true;
}

char *oa_put_digits(char *out, uint64_t value, int width) {
    char *end = out;
    for (uint64_t rest = value; rest || end < out + width; rest /= 10) {
        end++;
    }
    *end = '\0';
    for (char *at = end; at > out; value /= 10) {
        *--at = (char)('0' + value % 10);
    }
    return end;
}

/* snprintf uses the decimal point of the caller's locale, which may have several bytes; ours is a point. */
static void use_point(char *text) {
    char *to = text;
    bool in_point = false;
    for (const char *c = text; *c; c++) {
        bool other = !is_digit(*c) && !strchr("+-einfa", *c);
        if (!other || !in_point) {
            *to++ = other ? '.' : *c;
        }
        in_point = other;
    }
    *to = '\0';
}

/* Any decimal of 15 digits survives in a double, but a denormal holds fewer. */
static int fewest_digits(double value) {
    return fabs(value) < DBL_MIN ? 1 : 15;
}

static void write_digits(double value, int significant, char out[OA_NUMBER_SIZE]) {
    snprintf(out, OA_NUMBER_SIZE, "%.*g", significant, value);
    use_point(out);
}

char *oa_format_number(double value, char out[OA_NUMBER_SIZE]) {
    if (value == 0) { /* -0 as well */
        return memcpy(out, "0", 2);
    }
    if (value == floor(value) && fabs(value) < 1e15) {
        out[0] = '-';
        oa_put_digits(out + (value < 0), (uint64_t)fabs(value), 1);
        return out;
    }
    for (int significant = fewest_digits(value); significant <= 17; significant++) {
        double back;
        write_digits(value, significant, out);
        if (oa_parse_number(out, strlen(out), &back) && back == value) {
            break;
        }
    }
    return out;
}

/* The shortest decimal form as digits and a point: value = 0.D1D2D3... * 10^point. */
static int shortest_digits(double value, char digits[32], int *point) {
    char text[OA_NUMBER_SIZE];
    for (int significant = fewest_digits(value); significant <= 17; significant++) {
        double back;
        snprintf(text, sizeof text, "%.*e", significant - 1, value);
        use_point(text);
        if (oa_parse_number(text, strlen(text), &back) && back == value) {
            break;
        }
    }
    int count = 0;
    const char *p = text;
    for (; *p && *p != 'e'; p++) {
        if (is_digit(*p)) {
            digits[count++] = *p;
        }
    }
    int64_t exponent = 0;
    const char *from = p + 1 + (p[1] == '+');
    int sign = *from == '-' ? -1 : 1;
    for (from += *from == '-'; *from; from++) {
        exponent = exponent * 10 + (*from - '0');
    }
    *point = sign * (int)exponent + 1;
    return count;
}

/* Adds one unit in the last place of a decimal digit string that begins with a 0. */
static void add_unit(char *digits, int count) {
    int i = count - 1;
    while (digits[i] == '9') {
        digits[i--] = '0';
    }
    digits[i]++;
}

/* |value| * 10^decimals, rounded half away from zero, as decimal digits with at least one 0 in front. */
static int rounded_digits(double value, int decimals, char out[OA_NUMBER_SIZE]) {
    char digits[32];
    int point = 0;
    int count = value != 0 ? shortest_digits(fabs(value), digits, &point) : 0;
    int keep = point + decimals; /* so many of the digits remain; may be negative */
    int length = 0;
    out[length++] = '0';
    for (int i = 0; i < keep; i++) {
        out[length++] = i < count ? digits[i] : '0';
    }
    if (keep >= 0 && keep < count && digits[keep] >= '5') {
        add_unit(out, length);
    }
    return length;
}

char *oa_format_fixed(double value, int decimals, char out[OA_NUMBER_SIZE]) {
    char digits[OA_NUMBER_SIZE];
    int length = rounded_digits(value, decimals, digits);
    int first = 0;
    while (first < length && digits[first] == '0') {
        first++;
    }
    char *p = out;
    if (value < 0 && first < length) {
        *p++ = '-';
    }
    /* Digit `length - decimals - 1` is the ones; print from the first digit that is not 0, but at least from there. */
    int ones = length - decimals - 1;
    for (int i = first < ones ? first : ones; i < length; i++) {
        if (i == ones + 1) {
            *p++ = '.';
        }
        *p++ = i < 0 ? '0' : digits[i];
    }
    *p = '\0';
    return out;
}

char *oa_format_percent(int64_t n, int64_t of, int decimals, char out[OA_NUMBER_SIZE]) {
    int64_t scale = 1;
    for (int i = 0; i < decimals; i++) {
        scale *= 10;
    }
    int64_t rounded = (n * 200 * scale + of) / (of * 2);
    if (decimals == 0) {
        snprintf(out, OA_NUMBER_SIZE, "%lld", (long long)rounded);
    } else {
        snprintf(out, OA_NUMBER_SIZE, "%lld.%0*lld", (long long)(rounded / scale), decimals,
                 (long long)(rounded % scale));
    }
    return out;
}

char *oa_format_p(double p_value, char out[OA_NUMBER_SIZE]) {
    const char *far = p_value < 0.001 ? "<0.001" : p_value > 0.9999 ? ">0.9999" : NULL;
    return far ? memcpy(out, far, strlen(far) + 1) : oa_format_fixed(p_value, 4, out);
}

bool oa_scaled(double value, int64_t scale, int64_t *result) {
    double scaled = value * (double)scale;
    if (!(fabs(scaled) < 9007199254740992.0)) {
        return false;
    }
    *result = (int64_t)llround(scaled);
    return true;
}
