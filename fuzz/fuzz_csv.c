/*
 * fuzz_csv.c - any bytes as a CSV file of a domain that the first byte chooses.  It is either refused with an
 * error or gives a table of which every cell can be read.
 */
#include "../src/sdtm/csv.h"

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
    const oa_domain_model *model = oa_domain_model_of((oa_domain)(in->data[0] % OA_N_DOMAINS));
    const char *bytes = oa_strndup(in->arena, (const char *)in->data + 1, in->size - 1);
    oa_table *table = oa_csv_read(in->arena, model, "fuzz.csv", bytes, in->size - 1, in->diag);
    if ((table == NULL) != (oa_diag_errors(in->diag) > 0)) {
        abort();
    }
    char out[352];
    size_t rows = table ? oa_table_rows(table) : 0;
    if (table) {
        oa_table_seal(table);
    }
    for (size_t row = 0; row < rows; row++) {
        for (size_t column = 0; column < oa_table_columns(table); column++) {
            if (!oa_cell(table, row, (int)column, out)) {
                abort();
            }
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    input in = {.arena = oa_arena_new(64 << 20), .diag = oa_diag_new(), .data = data, .size = size};
    if (in.arena && in.diag && size > 0) {
        oa_arena_run(in.arena, run, &in);
    }
    oa_diag_free(in.diag);
    oa_arena_free(in.arena);
    return 0;
}
