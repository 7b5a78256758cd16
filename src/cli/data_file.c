/*
 * data_file.c - see data_file.h.  The readers are those of the study (src/sdtm), without a model of the columns.
 */
#include "data_file.h"

#include "../base/io.h"
#include "../base/number.h"
#include "../base/text.h"
#include "../sdtm/csv.h"
#include "../sdtm/explain.h"
#include "../sdtm/file.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MOST_REPORTED = 50 };

/* What places in messages need: the bytes that a table was read from. */
typedef struct oa_data_file {
    struct oa_data_file *next;
    const oa_table *table;
    const char *path;
    const char *bytes;
    size_t length;
    oa_file_format format;
    size_t errors; /* on its cells; MOST_REPORTED are reported */
} oa_data_file;

static void file_error(oa_cli *cli, const char *path, oa_code code, const char *rule, const char *text) {
    oa_place where = {.file = path, .seq = -1};
    oa_diag_add(cli->diag, OA_ERROR, code, &where, rule, "%s", text);
}

oa_table *oa_cli_table(oa_cli *cli, const char *path) {
    bool standard_input = oa_streq(path, "-");
    oa_data_file *file = OA_NEW(cli->arena, oa_data_file);
    file->path = standard_input ? "stdin" : path;
    file->format = standard_input ? OA_FILE_CSV : oa_file_format_of(path);
    if (file->format == OA_FILE_UNKNOWN) {
        file_error(cli, path, OA_USAGE, "FILE-FORMAT",
                   "is not read: onearm reads .csv, .xpt and .sas7bdat; save it as CSV UTF-8");
        return NULL;
    }
    file->bytes = standard_input ? oa_read_stdin(cli->arena, file->path, oa_largest_file, &file->length, cli->diag)
                                 : oa_read_file(cli->arena, path, oa_largest_file, &file->length, cli->diag);
    if (!file->bytes) {
        return NULL;
    }
    oa_domain_model *model = OA_NEW(cli->arena, oa_domain_model); /* no variables: any columns will do */
    model->name = oa_base_name(file->path);
    model->label = "";
    oa_table *table = oa_file_parse(cli->arena, model, file->format, file->path, file->bytes, file->length, cli->diag);
    if (table && oa_table_rows(table) == 0) {
        file_error(cli, file->path, OA_VALUE, "FILE-ROWS", "has no rows of data; each subject needs one");
        return NULL;
    }
    if (table) {
        oa_table_seal(table);
        file->table = table;
        file->next = cli->files;
        cli->files = file;
    }
    return table;
}

/* --- columns ------------------------------------------------------------------------------------------------------ */

/* "TIME, STATUS, ARM": what there is, cut after a few dozen. */
static const char *column_list(oa_cli *cli, const oa_table *table) {
    enum { MOST = 40 };
    size_t count = oa_table_columns(table);
    oa_buf list;
    oa_buf_init(&list, cli->arena);
    for (size_t i = 0; i < count && i < MOST; i++) {
        oa_putf(&list, "%s%s", i ? ", " : "", oa_column_name(table, (int)i));
    }
    if (count > MOST) {
        oa_putf(&list, " and %zu more", count - MOST);
    }
    return list.bytes;
}

int oa_cli_column(oa_cli *cli, const oa_table *table, const char *name) {
    int exact = oa_table_column(table, name);
    if (exact >= 0) {
        return exact;
    }
    int found = -1;
    int matches = 0;
    for (size_t i = 0; i < oa_table_columns(table); i++) {
        if (oa_streq_nocase(oa_column_name(table, (int)i), name)) {
            found = (int)i;
            matches++;
        }
    }
    if (matches == 1) {
        return found;
    }
    oa_place where = {.file = oa_row_file(table), .seq = -1};
    oa_diag_add(cli->diag, OA_ERROR, OA_USAGE, &where, "COLUMN", "%s column %s; the columns are %s",
                matches ? "has more than one" : "has no", name, column_list(cli, table));
    return -1;
}

/* --- cells -------------------------------------------------------------------------------------------------------- */

static oa_data_file *file_of(const oa_cli *cli, const oa_table *table) {
    oa_data_file *file = cli->files;
    while (file && file->table != table) {
        file = file->next;
    }
    return file;
}

void oa_cli_cell_error(oa_cli *cli, const oa_table *table, size_t row, int column, const char *rule, const char *format,
                       ...) {
    oa_data_file *file = file_of(cli, table);
    int64_t line = oa_row_line(table, row);
    if (file->errors++ == MOST_REPORTED) {
        file_error(cli, file->path, OA_VALUE, "MORE", "has more errors, which are not listed; mend those above first");
    }
    if (file->errors > MOST_REPORTED) {
        return;
    }
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    oa_place where = {.file = file->path, .line = line, .seq = -1};
    if (file->format == OA_FILE_CSV) {
        where = oa_csv_place(cli->arena, file->path, file->bytes, file->length, line, (size_t)column);
    }
    oa_diag_add(cli->diag, OA_ERROR, OA_VALUE, &where, rule, "%s: %s", oa_column_name(table, column), text);
}

bool oa_cli_number(oa_cli *cli, const oa_table *table, size_t row, int column, double least, double *value) {
    char why[OA_EXPLAIN_SIZE];
    if (oa_is_missing(table, row, column)) {
        oa_cli_cell_error(cli, table, row, column, "MISSING", "there is no value; fill it in or leave the row out");
        return false;
    }
    if (oa_column_type(table, column) == OA_DATE) {
        oa_cli_cell_error(cli, table, row, column, "NUMBER", "holds a date, but must be a number");
        return false;
    }
    if (oa_column_type(table, column) == OA_TEXT) {
        const char *text = oa_text(table, row, column);
        if (!oa_parse_number(text, strlen(text), value)) {
            bool digits = text[0] != '<' && text[0] != '>' && strpbrk(text, "0123456789");
            oa_cli_cell_error(
                cli, table, row, column, "NUMBER", "%s",
                digits ? oa_explain_number(text, strlen(text), why)
                       : oa_printf(cli->arena, "'%s' is not a number; correct it or leave the row out", text));
            return false;
        }
    } else if (!oa_number(table, row, column, value) || !isfinite(*value)) {
        oa_cli_cell_error(cli, table, row, column, "NUMBER", "is not a finite number; correct it or leave the row out");
        return false;
    }
    if (*value < least) {
        oa_cli_cell_error(cli, table, row, column, "RANGE", "%s is below %s, the least that it can be; correct it",
                          oa_number_text(cli->arena, *value), oa_number_text(cli->arena, least));
        return false;
    }
    return true;
}
