/*
 * sort.c - see sort.h.  The bits of doubles that are not negative, read as whole numbers, stand in the order of the
 * doubles; so one counting sort for each byte, from the lowest on, orders them.  H. H. Seward, MIT thesis R-232 (1954).
 */
#include "sort.h"

#include <stdint.h>
#include <string.h>

enum { BYTES = 8, VALUES = 256 };

static unsigned byte_of(double time, int byte) {
    uint64_t bits;
    memcpy(&bits, &time, sizeof bits);
    return (unsigned)(bits >> (8 * byte)) & 0xFFU;
}

/* Stable: who comes first in `from` comes first among equals in `to`. */
static void pass(const oa_timed *from, oa_timed *to, size_t n, int byte, const size_t counts[VALUES]) {
    size_t place[VALUES];
    size_t sum = 0;
    for (int value = 0; value < VALUES; value++) {
        place[value] = sum;
        sum += counts[value];
    }
    for (size_t i = 0; i < n; i++) {
        to[place[byte_of(from[i].time, byte)]++] = from[i];
    }
}

void oa_sort_timed(oa_timed *subjects, oa_timed *scratch, size_t n) {
    size_t counts[BYTES][VALUES] = {{0}};
    oa_timed *from = subjects;
    oa_timed *to = scratch;
    for (size_t i = 0; i < n; i++) {
        for (int byte = 0; byte < BYTES; byte++) {
            counts[byte][byte_of(subjects[i].time, byte)]++;
        }
    }
    for (int byte = 0; byte < BYTES && n > 0; byte++) {
        if (counts[byte][byte_of(from[0].time, byte)] == n) {
            continue; /* all have the same */
        }
        pass(from, to, n, byte, counts[byte]);
        oa_timed *swap = from;
        from = to;
        to = swap;
    }
    if (from != subjects) {
        memcpy(subjects, from, n * sizeof *subjects);
    }
}
