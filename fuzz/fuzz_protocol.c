/* fuzz_protocol.c - any bytes as a protocol.  It is either refused with an error or read without one. */
#include "../src/protocol/protocol.h"
#include "harness.h"

static void fuzz(const input *in) {
    const oa_protocol *protocol = oa_protocol_parse(in->arena, "fuzz.yaml", (const char *)in->data, in->size, in->diag);
    must((protocol == NULL) == (oa_diag_errors(in->diag) > 0));
}

FUZZ_TARGET(1, SIZE_MAX)
