/*
 * harness.h - what the fuzz targets share: a job in an arena of 64 MiB over the bytes of the fuzzer.
 *
 * A target includes this, defines fuzz(), and calls FUZZ_TARGET(smallest, largest) with the sizes it takes.
 */
#ifndef OA_FUZZ_HARNESS_H
#define OA_FUZZ_HARNESS_H

#include "../src/base/table.h"

#include <onearm/diag.h>

#include <stdint.h>
#include <stdlib.h>

typedef struct input {
    oa_arena *arena;
    oa_diag *diag;
    const uint8_t *data;
    size_t size;
} input;

/* Stops the fuzzer where what must hold does not. */
static inline void must(bool holds) {
    if (!holds) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_TARGET(smallest, largest)                                                                                 \
    static void run(void *context) {                                                                                   \
        fuzz(context);                                                                                                 \
    }                                                                                                                  \
    int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {                                                     \
        input in = {.arena = oa_arena_new(64 << 20), .diag = oa_diag_new(), .data = data, .size = size};               \
        if (in.arena && in.diag && size >= (smallest) && size <= (largest)) {                                          \
            oa_arena_run(in.arena, run, &in);                                                                          \
        }                                                                                                              \
        oa_diag_free(in.diag);                                                                                         \
        oa_arena_free(in.arena);                                                                                       \
        return 0;                                                                                                      \
    }

#endif
