/* table_csv.c - see table_csv.h. */
#include "table_csv.h"

#include "number.h"

#include <string.h>

static void put_field(oa_buf *buf, const char *text) {
    if (!strpbrk(text, ",\"\r\n")) {
        oa_put(buf, text);
        return;
    }
    oa_put_char(buf, '"');
    for (const char *c = text; *c; c++) {
        if (*c == '"') {
            oa_put_char(buf, '"');
        }
        oa_put_char(buf, *c);
    }
    oa_put_char(buf, '"');
}

void oa_put_csv(oa_buf *buf, const oa_table *table) {
    char out[OA_NUMBER_SIZE];
    int columns = (int)oa_table_columns(table);
    for (int c = 0; c < columns; c++) {
        oa_put(buf, c ? "," : "");
        put_field(buf, oa_column_name(table, c));
    }
    oa_put_char(buf, '\n');
    for (size_t row = 0; row < oa_table_rows(table); row++) {
        for (int c = 0; c < columns; c++) {
            oa_put(buf, c ? "," : "");
            put_field(buf, oa_cell(table, row, c, out));
        }
        oa_put_char(buf, '\n');
    }
}
