/*
 * sort.h - numbers in ascending order; whole ones in a time that grows as their count does.
 */
#ifndef OA_SORT_H
#define OA_SORT_H

#include <stddef.h>
#include <stdint.h>

/* Sorts n keys; `scratch` has room for n as well.  Returns whichever of the two holds them in order; what the other holds
 * is of no use. */
uint64_t *oa_sort_keys(uint64_t *keys, uint64_t *scratch, size_t n);
/* Sorts n numbers, none of them NAN. */
void oa_sort_doubles(double *values, size_t n);

#endif
