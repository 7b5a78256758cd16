/*
 * table.h - building tables, and what the rooms inside onearm see of them.  include/onearm/table.h reads them.
 *
 * Text cells are int32 codes into a pool of distinct texts, one pool a column.  oa_table_seal() sorts the pools, so
 * that afterwards codes compare as their texts do (bytewise); a table that was changed since must be sealed again.
 */
#ifndef OA_TABLE_H
#define OA_TABLE_H

#include "arena.h"
#include "date.h"

#include <onearm/table.h>

typedef struct oa_column_def {
    const char *name;
    oa_type type;
    const char *label;
} oa_column_def;

/* A table's columns are one X-macro with rows X(NAME, type, label): OA_C makes their enumerators, OA_DEF the definitions. */
#define OA_C(name, type, label)   C_##name,
#define OA_DEF(name, type, label) {#name, type, label},
#define OA_COUNT(array)           (sizeof(array) / sizeof((array)[0]))

/* Strings are copied.  The table lives as long as the arena. */
oa_table *oa_table_new(oa_arena *arena, const char *name, const char *label);
oa_table *oa_table_of(oa_arena *arena, const char *name, const char *label, const oa_column_def *columns, size_t count);

/* Adds a column, missing in all rows; returns its index.  The caller sees to it that the name is new. */
int oa_table_add_column(oa_table *table, const char *name, const char *label, oa_type type);
/* Adds a row with all cells missing; returns its index. */
size_t oa_table_add_row(oa_table *table);

/* Writing to column -1 does nothing, so derivations may fill optional columns unasked.  "" and NULL mean missing. */
void oa_set_text(oa_table *table, size_t row, int column, const char *text);
void oa_set_text_n(oa_table *table, size_t row, int column, const char *text, size_t length);
void oa_set_number(oa_table *table, size_t row, int column, double value);
void oa_set_date(oa_table *table, size_t row, int column, oa_date date);
void oa_set_day(oa_table *table, size_t row, int column, int32_t day);

/* The cell of the row above once more; there must be one. */
void oa_repeat_cell(oa_table *table, size_t row, int column);

oa_date oa_date_at(const oa_table *table, size_t row, int column);
/* -1 when missing.  oa_code_text() turns a code back. */
int32_t oa_code_at(const oa_table *table, size_t row, int column);
const char *oa_code_text(const oa_table *table, int column, int32_t code);
size_t oa_code_count(const oa_table *table, int column);
bool oa_is_missing(const oa_table *table, size_t row, int column);
/* The cell of the column of this name as oa_cell() has it; "" without such a column.  Lives as long as table and arena. */
const char *oa_cell_text(oa_arena *arena, const oa_table *table, size_t row, const char *name);
/* True when the text cell equals `text`. */
bool oa_text_is(const oa_table *table, size_t row, int column, const char *text);

void oa_table_seal(oa_table *table);
/* Stable sort of the rows by these columns, missing first.  Seals the table. */
void oa_table_sort(oa_table *table, const int *columns, size_t count);

/* Where rows come from.  A source row has a line of the table's file; a derived row cites rows of other tables, which
 * are known by the number that oa_table_set_id() gave them. */
void oa_table_set_file(oa_table *table, const char *file);
void oa_row_set_line(oa_table *table, size_t row, int64_t line);
void oa_table_set_id(oa_table *table, int id);
int oa_table_id(const oa_table *table);

typedef struct oa_ref {
    int32_t table; /* oa_table_id */
    uint32_t row;
} oa_ref;

/* Only the last row added can be given a citation. */
void oa_cite(oa_table *table, const oa_table *source, size_t row);
size_t oa_row_refs(const oa_table *table, size_t row, const oa_ref **refs);

/* What became of a source row: 0 until somebody says, then a reason of the caller's. */
void oa_row_mark(oa_table *table, size_t row, uint8_t use);
uint8_t oa_row_use(const oa_table *table, size_t row);

/* Rows of one subject in a table sorted by USUBJID. */
typedef struct oa_span {
    size_t first;
    size_t count;
} oa_span;

/* spans[i] is where the rows of row i of `subjects` (one row a subject, sorted by USUBJID) stand in `table`. */
oa_span *oa_table_spans(oa_arena *arena, const oa_table *subjects, const oa_table *table);

#endif
