/*
 * sort.c - see sort.h.  A counting sort for each digit of 11 bits, from the lowest on (H. H. Seward, MIT thesis R-232,
 * 1954), orders keys of 64 bits in six passes over memory, and memory is what takes the time.  Digits that all keys share
 * need no pass.  Where more than four differ, three passes by the highest 33 bits of the range leave few keys out of
 * order, which are set right in one pass over runs that those bits do not tell apart.
 */
#include "sort.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { BITS = 11, VALUES = 1 << BITS, DIGITS = 6, MOST_PASSES = 4, HIGH_DIGITS = 3, SHORT_RUN = 16 };

/* Which digits of (key - base) are sorted by; bits below `settled` are left for settle(). */
typedef struct plan {
    uint64_t base;
    int shifts[MOST_PASSES];
    int passes;
    int settled;
} plan;

static unsigned digit_of(uint64_t key, uint64_t base, int shift) {
    return (unsigned)((key - base) >> shift) & (VALUES - 1);
}

static int width_of(uint64_t value) {
    int width = 0;
    while (value) {
        value >>= 1;
        width++;
    }
    return width;
}

static plan plan_for(const uint64_t *keys, size_t n) {
    uint64_t least = keys[0];
    uint64_t most = keys[0];
    uint64_t differing = 0;
    for (size_t i = 1; i < n; i++) {
        least = keys[i] < least ? keys[i] : least;
        most = keys[i] > most ? keys[i] : most;
        differing |= keys[i] ^ keys[0];
    }
    plan p = {0};
    int digits = 0;
    for (int digit = 0; digit < DIGITS; digit++) {
        if (digit_of(differing, 0, BITS * digit)) {
            if (digits < MOST_PASSES) {
                p.shifts[digits] = BITS * digit;
            }
            digits++;
        }
    }
    p.passes = digits;
    if (digits > MOST_PASSES) { /* so the range is wider than the high digits */
        int width = width_of(most - least);
        p.base = least;
        p.passes = HIGH_DIGITS;
        p.settled = width > HIGH_DIGITS * BITS ? width - HIGH_DIGITS * BITS : 0;
        for (int digit = 0; digit < HIGH_DIGITS; digit++) {
            p.shifts[digit] = p.settled + BITS * digit;
        }
    }
    return p;
}

static void count_digits(const uint64_t *keys, size_t n, const plan *p, size_t counts[MOST_PASSES][VALUES]) {
    for (size_t i = 0; i < n; i++) {
        for (int pass = 0; pass < p->passes; pass++) {
            counts[pass][digit_of(keys[i], p->base, p->shifts[pass])]++;
        }
    }
}

/* Stable: who comes first in `from` comes first among equals in `to`.  The counts become places. */
static void distribute(const uint64_t *restrict from, uint64_t *restrict to, size_t n, uint64_t base, int shift,
                       size_t counts[VALUES]) {
    size_t sum = 0;
    for (int value = 0; value < VALUES; value++) {
        size_t count = counts[value];
        counts[value] = sum;
        sum += count;
    }
    for (size_t i = 0; i < n; i++) {
        to[counts[digit_of(from[i], base, shift)]++] = from[i];
    }
}

static void insert_sort(uint64_t *keys, size_t n) {
    for (size_t i = 1; i < n; i++) {
        uint64_t key = keys[i];
        size_t at = i;
        for (; at > 0 && keys[at - 1] > key; at--) {
            keys[at] = keys[at - 1];
        }
        keys[at] = key;
    }
}

static int by_value(const void *left, const void *right) {
    uint64_t a;
    uint64_t b;
    memcpy(&a, left, sizeof a);
    memcpy(&b, right, sizeof b);
    return (a > b) - (a < b);
}

/* Sorts each run of keys that have all bits from `settled` on in common. */
static void settle(uint64_t *keys, size_t n, uint64_t base, int settled) {
    size_t first = 0;
    for (size_t i = 1; i <= n; i++) {
        if (i < n && (keys[i] - base) >> settled == (keys[first] - base) >> settled) {
            continue;
        }
        size_t run = i - first;
        if (run > SHORT_RUN) {
            qsort(keys + first, run, sizeof *keys, by_value);
        } else if (run > 1) {
            insert_sort(keys + first, run);
        }
        first = i;
    }
}

uint64_t *oa_sort_keys(uint64_t *keys, uint64_t *scratch, size_t n) {
    enum { FEW = 256 };
    if (n <= FEW) { /* the counters alone would take longer */
        qsort(keys, n, sizeof *keys, by_value);
        return keys;
    }
    plan p = plan_for(keys, n);
    size_t counts[MOST_PASSES][VALUES] = {{0}};
    count_digits(keys, n, &p, counts);
    uint64_t *from = keys;
    uint64_t *to = scratch;
    for (int pass = 0; pass < p.passes; pass++) {
        distribute(from, to, n, p.base, p.shifts[pass], counts[pass]);
        uint64_t *swap = from;
        from = to;
        to = swap;
    }
    if (p.settled) {
        settle(from, n, p.base, p.settled);
    }
    return from;
}

static int by_number(const void *left, const void *right) {
    const double *a = left;
    const double *b = right;
    return (*a > *b) - (*a < *b);
}

void oa_sort_doubles(double *values, size_t n) {
    qsort(values, n, sizeof *values, by_number);
}
