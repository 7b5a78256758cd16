/* fuzz_csv.c - any bytes as a CSV file of a domain or of none; its cells are found again where they came from. */
#include "../src/sdtm/csv.h"
#include "reader.h"

static void fuzz(const input *in) {
    const char *file = file_of(in);
    oa_table *table = oa_csv_read(in->arena, model_of(in), "fuzz.csv", file, in->size - 1, in->diag);
    check_table(in, table);
    size_t rows = table ? oa_table_rows(table) : 0;
    for (size_t row = 0; row < rows; row += rows / 4 + 1) {
        size_t last = oa_table_columns(table) - 1;
        int64_t line = oa_row_line(table, row);
        oa_place place = oa_csv_place(in->arena, "fuzz.csv", file, in->size - 1, line, last);
        must(place.line >= line && place.column > 0);
    }
}

FUZZ_TARGET(1, SIZE_MAX)
