/* vtab.h - an oa_table as SQLite sees it: a read-only virtual table that copies nothing. */
#ifndef OA_VTAB_H
#define OA_VTAB_H

#include "../base/table.h"

#include <sqlite3.h>

typedef struct oa_vtab_source {
    const oa_table *table;
    const char *declaration; /* CREATE TABLE with the columns */
    int usubjid;             /* column, -1: none */
    bool sorted;             /* the rows stand in the order of USUBJID, so that lookups may halve */
} oa_vtab_source;

/* A source for a sealed table; `known_as` is the column that a table without columns is given. */
oa_vtab_source *oa_vtab_source_new(oa_arena *arena, const oa_table *table, const char *known_as);
/* Makes the source readable under its table's name, in place of an earlier one.  An SQLite result code.  SQLite asks the
 * authorizer about the declaration as if it wrote to the schema. */
int oa_vtab_register(oa_arena *arena, sqlite3 *db, oa_vtab_source *source);

#endif
