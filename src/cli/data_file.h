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
/* The numbers of a whole column, or, where `rows` is not NULL, of these rows.  NULL when errors were added. */
double *oa_cli_numbers(oa_cli *cli, const oa_table *table, int column, const size_t *rows, size_t count, double least);

/* Adds an error at file, line and column of a cell. */
void oa_cli_cell_error(oa_cli *cli, const oa_table *table, size_t row, int column, const char *rule, const char *format,
                       ...) OA_PRINTF(6, 7);

#endif
