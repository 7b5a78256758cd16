/* data_rows.c - which rows of a file count, and what their cells say: see data_file.h. */
#include "data_file.h"

#include "../base/number.h"
#include "../base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- --where ------------------------------------------------------------------------------------------------------ */

/* The text of a cell, which lives as long as the call. */
static const char *cell_text(oa_cli *cli, const oa_table *table, size_t row, int column) {
    char room[OA_NUMBER_SIZE];
    return oa_column_type(table, column) == OA_TEXT ? oa_text(table, row, column)
                                                    : oa_strdup(cli->arena, oa_cell(table, row, column, room));
}

/* A few of the values that a column has in these rows, for who looks for one that is not there. */
static const char *some_values(oa_cli *cli, const oa_rows *rows, int column) {
    enum { MOST = 8 };
    const char *seen[MOST];
    size_t count = 0;
    oa_buf text;
    oa_buf_init(&text, cli->arena);
    for (size_t i = 0; i < rows->count && count < MOST; i++) {
        const char *value = cell_text(cli, rows->table, rows->row[i], column);
        bool known = false;
        for (size_t k = 0; k < count; k++) {
            known = known || oa_streq(seen[k], value);
        }
        if (!known) {
            oa_putf(&text, "%s%s", count ? ", " : "", *value ? value : "nothing");
            seen[count++] = value;
        }
    }
    oa_put(&text, count == MOST ? ", ..." : "");
    return text.bytes;
}

static bool holds(const oa_table *table, size_t row, int column, const char *wanted) {
    char room[OA_NUMBER_SIZE];
    double number;
    double other;
    if (oa_column_type(table, column) == OA_TEXT) {
        return oa_streq(oa_text(table, row, column), wanted);
    }
    if (oa_column_type(table, column) == OA_NUMBER && oa_parse_number(wanted, strlen(wanted), &other)) {
        return oa_number(table, row, column, &number) && number >= other && number <= other;
    }
    return oa_streq(oa_cell(table, row, column, room), wanted);
}

/* Keeps the rows in which COLUMN is VALUE. */
static bool keep_where(oa_cli *cli, oa_rows *rows, const char *condition) {
    const char *equals = strchr(condition, '=');
    if (!equals || equals == condition) {
        return oa_cli_refuse(cli, NULL, "--where takes COLUMN=VALUE, not '%s'", condition);
    }
    int column = oa_cli_column(cli, rows->table, oa_strndup(cli->arena, condition, (size_t)(equals - condition)));
    if (column < 0) {
        return false;
    }
    size_t kept = 0;
    for (size_t i = 0; i < rows->count; i++) {
        if (holds(rows->table, rows->row[i], column, equals + 1)) {
            rows->row[kept++] = rows->row[i];
        }
    }
    if (kept == 0) { /* the rows are as they were */
        return oa_cli_refuse(cli, rows->file, "no row is left with %s; the column holds %s", condition,
                             some_values(cli, rows, column));
    }
    rows->count = kept;
    return true;
}

bool oa_cli_rows(oa_cli *cli, const char *path, oa_rows *rows) {
    const oa_table *table = oa_cli_table(cli, path);
    if (!table) {
        return false;
    }
    size_t count = oa_table_rows(table);
    *rows = (oa_rows){table, oa_row_file(table), OA_NEW_ARRAY(cli->arena, size_t, count), count};
    for (size_t i = 0; i < count; i++) {
        rows->row[i] = i;
    }
    for (int i = 0; oa_cli_value_nth(cli, "--where", i); i++) {
        if (!keep_where(cli, rows, oa_cli_value_nth(cli, "--where", i))) {
            return false;
        }
    }
    return true;
}

/* --- numbers, events, groups -------------------------------------------------------------------------------------- */

double *oa_cli_numbers(oa_cli *cli, const oa_rows *rows, int column, double least) {
    double *values = OA_NEW_ARRAY(cli->arena, double, rows->count);
    bool sound = true;
    for (size_t i = 0; i < rows->count; i++) {
        sound = oa_cli_number(cli, rows->table, rows->row[i], column, least, &values[i]) && sound;
    }
    return sound ? values : NULL;
}

static bool read_event(oa_cli *cli, const oa_table *table, size_t row, int column, bool censor, bool *event) {
    double value;
    if (!oa_cli_number(cli, table, row, column, -HUGE_VAL, &value)) {
        return false;
    }
    bool whole = value >= 0 && floor(value) >= value;
    if (!whole || (!censor && value > 1)) {
        oa_cli_cell_error(
            cli, table, row, column, "EVENT",
            censor ? "%s must be 0 (event) or a whole number above (censored)"
                   : "%s must be 1 (event) or 0 (censored); a column that says 0 for an event goes with --censor",
            oa_number_text(cli->arena, value));
        return false;
    }
    *event = censor ? value <= 0 : value >= 1;
    return true;
}

bool *oa_cli_events(oa_cli *cli, const oa_rows *rows, int column, bool censor) {
    bool *events = OA_NEW_ARRAY(cli->arena, bool, rows->count);
    bool sound = true;
    for (size_t i = 0; i < rows->count; i++) {
        sound = read_event(cli, rows->table, rows->row[i], column, censor, &events[i]) && sound;
    }
    return sound ? events : NULL;
}

/* Numbers by value, then all other texts by their bytes. */
static int by_name(const void *left, const void *right) {
    const char *a = *(const char *const *)left;
    const char *b = *(const char *const *)right;
    double x;
    double y;
    bool first = oa_parse_number(a, strlen(a), &x);
    bool second = oa_parse_number(b, strlen(b), &y);
    if (first && second && (x < y || x > y)) {
        return x < y ? -1 : 1;
    }
    return first != second ? second - first : strcmp(a, b);
}

bool oa_cli_groups(oa_cli *cli, const oa_rows *rows, const int *columns, size_t n_columns, int most,
                   oa_groups *groups) {
    size_t cells = rows->count * n_columns;
    const char **text = OA_NEW_ARRAY(cli->arena, const char *, cells);
    const char **sorted = OA_NEW_ARRAY(cli->arena, const char *, cells);
    bool sound = true;
    for (size_t i = 0; i < cells; i++) {
        size_t row = rows->row[i % rows->count];
        int column = columns[i / rows->count];
        if (oa_is_missing(rows->table, row, column)) {
            oa_cli_cell_error(cli, rows->table, row, column, "GROUP",
                              "there is no value; fill it in or leave the row out with --where");
            sound = false;
        }
        text[i] = sorted[i] = cell_text(cli, rows->table, row, column);
    }
    if (!sound) {
        return false;
    }
    qsort(sorted, cells, sizeof *sorted, by_name);
    *groups = (oa_groups){OA_NEW_ARRAY(cli->arena, int, cells), sorted, 0};
    for (size_t i = 0; i < cells; i++) {
        if (groups->count == 0 || !oa_streq(sorted[i], sorted[groups->count - 1])) {
            sorted[groups->count++] = sorted[i];
        }
    }
    if (most > 0 && groups->count > most) {
        return oa_cli_refuse(cli, rows->file, "column %s makes more than %d groups; choose one with fewer values",
                             oa_column_name(rows->table, columns[0]), most);
    }
    for (size_t i = 0; i < cells; i++) {
        const char **found = bsearch(&text[i], sorted, (size_t)groups->count, sizeof *sorted, by_name);
        groups->of[i] = (int)(found - sorted);
    }
    return true;
}
