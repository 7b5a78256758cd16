/* fuzz_xpt.c - any bytes as a SAS transport file of a domain. */
#include "../src/sdtm/sas.h"
#include "reader.h"

static void fuzz(const input *in) {
    check_table(in, oa_sas_read(in->arena, model_of(in), "fuzz.xpt", OA_XPORT, file_of(in), in->size - 1, in->diag));
}

FUZZ_TARGET(1, SIZE_MAX)
