/* clock.h - what the drivers share: a clock, a stream of numbers that is the same on each run, and a line of output. */
#ifndef OA_BENCH_CLOCK_H
#define OA_BENCH_CLOCK_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* SplitMix64: G. L. Steele, D. Lea, C. H. Flood, OOPSLA 2014. */
static inline uint64_t next_random(uint64_t *state) {
    uint64_t z = *state += 0x9E3779B97F4A7C15U;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
}

/* "fit 0.0812", as run.py reads it. */
static inline void report(const char *what, double value) {
    printf("%s %.9g\n", what, value);
}

/* Memory for a measurement; there is none without. */
static inline void *reserve(size_t count, size_t size) {
    void *memory = calloc(count, size);
    if (!memory) {
        fputs("there is not enough memory\n", stderr);
        exit(3);
    }
    return memory;
}

#endif
