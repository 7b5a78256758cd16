/*
 * fuzz_protocol.c - any bytes as a protocol.  It is either refused with an error or read without one.
 */
#include "../src/protocol/protocol.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct input {
    oa_arena *arena;
    oa_diag *diag;
    const uint8_t *data;
    size_t size;
} input;

static void run(void *context) {
    input *in = context;
    const oa_protocol *protocol = oa_protocol_parse(in->arena, "fuzz.yaml", (const char *)in->data, in->size, in->diag);
    if ((protocol == NULL) != (oa_diag_errors(in->diag) > 0)) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    input in = {.arena = oa_arena_new(64 << 20), .diag = oa_diag_new(), .data = data, .size = size};
    if (in.arena && in.diag) {
        oa_arena_run(in.arena, run, &in);
    }
    oa_diag_free(in.diag);
    oa_arena_free(in.arena);
    return 0;
}
