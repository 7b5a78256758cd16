/*
 * philox.h - random numbers by counter: J. K. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC11 (2011).
 *
 * The numbers of a subject of a trial are a function of (key, counter) alone: any trial can be replayed, and threads share
 * nothing.  Period 2^130, passes BigCrush (there).
 */
#ifndef OA_PHILOX_H
#define OA_PHILOX_H

#include <stdint.h>

typedef struct oa_philox {
    uint32_t word[4];
} oa_philox;

/* Philox4x32-10. */
oa_philox oa_philox_at(const uint32_t counter[4], const uint32_t key[2]);

/* In (0, 1), from two words: 52 bits, never 0 or 1. */
double oa_philox_uniform(uint32_t high, uint32_t low);

#endif
