/*
 * table.h - the one data structure that passes between the rooms of onearm, seen from outside: read only.
 *
 * A table is column-oriented.  A column is text, number or date.  Rows are sorted by USUBJID.  Columns are named by
 * index; oa_table_column() finds one, and -1, "no such column", is taken by every reader below and reads as missing,
 * so code need not ask whether an optional column is there.
 */
#ifndef ONEARM_TABLE_H
#define ONEARM_TABLE_H

#include <onearm/api.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct oa_table oa_table;

typedef enum oa_type { OA_TEXT, OA_NUMBER, OA_DATE } oa_type;

OA_API const char *oa_table_name(const oa_table *table);  /* "ADSL" */
OA_API const char *oa_table_label(const oa_table *table); /* "Subject-Level Analysis Dataset" */
OA_API size_t oa_table_rows(const oa_table *table);
OA_API size_t oa_table_columns(const oa_table *table);
OA_API int oa_table_column(const oa_table *table, const char *name); /* -1: none */
OA_API const char *oa_column_name(const oa_table *table, int column);
OA_API const char *oa_column_label(const oa_table *table, int column);
OA_API oa_type oa_column_type(const oa_table *table, int column);

/* The text of a cell, "" when missing.  Only for text columns.  Lives as long as the table. */
OA_API const char *oa_text(const oa_table *table, size_t row, int column);
/* False when missing.  Only for number columns. */
OA_API bool oa_number(const oa_table *table, size_t row, int column, double *value);
/* Any cell as it is written to CSV: dates in ISO 8601, numbers in their shortest form.  `out` needs 352 bytes, and is
 * used only where the cell is not text. */
OA_API const char *oa_cell(const oa_table *table, size_t row, int column, char *out);

/* Where a source row came from: the file as the user named it and the line (row of a SAS file).  Derived rows: NULL. */
OA_API const char *oa_row_file(const oa_table *table);
OA_API int64_t oa_row_line(const oa_table *table, size_t row);

#endif
