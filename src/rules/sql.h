/*
 * sql.h - the rules that a protocol states in SQL, run over tables in memory.
 *
 * SQLite sees each oa_table as a read-only virtual table of the same name, so nothing is copied; a lookup by USUBJID
 * is a binary search, as tables are sorted by it.  Missing cells are NULL, dates are ISO 8601 text, numbers REAL.
 * Only SELECT works: no writing, no ATTACH, no PRAGMA, no extension, and a query that runs away is stopped.  What a rule
 * says never hangs on the day of the run or on chance: date() and julianday() take a date and NULL where it is not known
 * to the day, and the functions of the clock and of chance are not there (guard.c).
 */
#ifndef OA_SQL_H
#define OA_SQL_H

#include "../base/table.h"

#include <onearm/diag.h>

#include <stdint.h>

typedef struct oa_sql oa_sql;

/* Closed with the arena.  NULL on failure. */
oa_sql *oa_sql_open(oa_arena *arena, oa_diag *diag);
/* Adds a sealed table under its name (SQL does not mind its case), in place of an earlier one of that name; the table
 * must live as long as `sql`.  A table without columns is visible with USUBJID alone, so that a rule that names an absent
 * domain finds no rows rather than an error. */
bool oa_sql_add(oa_sql *sql, const oa_table *table, oa_diag *diag);

/* How many steps of SQLite's machine a statement may take; 100 million and 1000 for each row of all tables unless said. */
void oa_sql_allow(oa_sql *sql, int64_t steps);

/*
 * What the boolean expression says of each row of `subjects`, whose columns it may name directly:
 * verdict[row] = 1 true, 0 false, -1 unknown (NULL).  An expression that gives text is an error.  `subjects` is added
 * where it is not yet there.  `where` is where the rule stands, for messages.
 */
bool oa_sql_test(oa_sql *sql, const oa_table *subjects, const char *expression, const oa_place *where,
                 signed char *verdict, oa_diag *diag);

/* Runs a query; row() is called with its values as text (NULL for NULL; numbers in their shortest form), which live until
 * it returns.  It may return false to stop, which is no failure. */
typedef bool oa_sql_row(void *context, int count, const char *const *names, const char *const *values);
bool oa_sql_query(oa_sql *sql, const char *query, const oa_place *where, oa_sql_row *row, void *context, oa_diag *diag);

#endif
