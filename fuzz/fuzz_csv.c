/* fuzz_csv.c - any bytes as a CSV file of a domain. */
#include "../src/sdtm/csv.h"
#include "reader.h"

static void fuzz(const input *in) {
    check_table(in, oa_csv_read(in->arena, model_of(in), "fuzz.csv", file_of(in), in->size - 1, in->diag));
}

FUZZ_TARGET(1, SIZE_MAX)
