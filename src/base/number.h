/*
 * number.h - numbers in and out, the same in every locale.  The only module that may call strtod.
 */
#ifndef OA_NUMBER_H
#define OA_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Room for any number that the functions below write, with its NUL. */
enum { OA_NUMBER_SIZE = 352 };

/*
 * Reads all of text[0..length) as a decimal number: an optional sign, digits with at most one point, an optional
 * exponent.  No blanks, no comma, no percent sign, no hexadecimal, no infinity, no leading zero before a digit
 * ("010"); 1e400 is refused, as it would not be finite.
 */
bool oa_parse_number(const char *text, size_t length, double *value);
bool oa_parse_integer(const char *text, size_t length, int64_t *value);

/* Decimal digits with zeros in front up to `width` of them, and a NUL; returns the end.  Tables are full of dates and whole
 * numbers, for which printf takes ten times as long.  `out` has room for 20 digits, or `width` if that is more. */
char *oa_put_digits(char *out, uint64_t value, int width);

/* The shortest text that reads back as the same double; "-0" is written "0".  Needs a finite value. */
char *oa_format_number(double value, char out[OA_NUMBER_SIZE]);

/* Fixed decimals, halves away from zero, judged on the shortest decimal form (0.145 with 2 decimals: 0.15, whatever
 * the bits say).  Never "-0.0".  decimals in 0..15.  Needs a finite value. */
char *oa_format_fixed(double value, int decimals, char out[OA_NUMBER_SIZE]);

/* 100 * n / of with fixed decimals, from the integers alone: halves away from zero, exactly.  0 <= n <= of, 0 < of <= 1e10,
 * decimals 0..6. */
char *oa_format_percent(int64_t n, int64_t of, int decimals, char out[OA_NUMBER_SIZE]);

/* A p value: "0.0123", "<0.001", ">0.9999".  `out` as above. */
char *oa_format_p(double p_value, char out[OA_NUMBER_SIZE]);

/*
 * The integer nearest to value * scale, for thresholds that doubles would miss (DESIGN section 3).  False unless the
 * result is below 2^53 and the value is finite.  Exact for each decimal value with up to log10(scale) decimals.
 */
bool oa_scaled(double value, int64_t scale, int64_t *result);

#endif
