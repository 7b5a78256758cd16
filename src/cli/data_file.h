/*
 * data_file.h - a file of data that is named on the command line, whatever its format, and what is wrong with its cells.
 */
#ifndef OA_DATA_FILE_H
#define OA_DATA_FILE_H

#include "../base/table.h"
#include "cli.h"

/* Reads .csv, .xpt (XPORT 5 and 8) or .sas7bdat; "-" is CSV from standard input.  Columns keep the names that they have,
 * those of CSV are text; rows stand as in the file and know their lines.  NULL when an error was added: no such file, a
 * format that is not read, no rows.  Lives as long as the call. */
oa_table *oa_cli_table(oa_cli *cli, const char *path);

/* The column of this name: exactly, else but for the case of letters.  -1 with an error that lists the columns. */
int oa_cli_column(oa_cli *cli, const oa_table *table, const char *name);

/* The number in a cell, which may stand there as text.  False with an error at the cell where it is missing, or is text,
 * or not a number, or less than `least` (-INFINITY: any will do). */
bool oa_cli_number(oa_cli *cli, const oa_table *table, size_t row, int column, double least, double *value);
/* Adds an error at file, line and column of a cell. */
void oa_cli_cell_error(oa_cli *cli, const oa_table *table, size_t row, int column, const char *rule, const char *format,
                       ...) OA_PRINTF(6, 7);

/* --- rows that count (data_rows.c) -------------------------------------------------------------------------------- */

/* The rows of a file: all, or those that --where COLUMN=VALUE chooses. */
typedef struct oa_rows {
    const oa_table *table;
    const char *file; /* as messages name it: stdin for - */
    size_t *row;      /* of the table */
    size_t count;     /* at least one */
} oa_rows;

/* Reads a file as oa_cli_table() does and keeps the rows that each --where of the call asks for.  False when an error was
 * added. */
bool oa_cli_rows(oa_cli *cli, const char *path, oa_rows *rows);

/* One item for each row; NULL when errors were added.  Numbers from `least` on; events that are 1 or, with `censor`, 0, as
 * in ADaM's CNSR. */
double *oa_cli_numbers(oa_cli *cli, const oa_rows *rows, int column, double least);
bool *oa_cli_events(oa_cli *cli, const oa_rows *rows, int column, bool censor);

/* Groups that the values of columns make, in the order of their names: numbers by value, then all others. */
typedef struct oa_groups {
    int *of; /* the group of each row, of the first column; then of the second */
    const char **names;
    int count;
} oa_groups;

enum { OA_MOST_GROUPS = 100 }; /* in a display */

/* False when errors were added: a cell is empty, or there are more than `most` (0: any number). */
bool oa_cli_groups(oa_cli *cli, const oa_rows *rows, const int *columns, size_t n_columns, int most, oa_groups *groups);

#endif
