/* guard.h - what a rule may do: read the study's tables, call functions that always give the same, and come to an end. */
#ifndef OA_GUARD_H
#define OA_GUARD_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct oa_guard {
    /* True for a table of the study. */
    bool (*knows)(void *context, const char *table);
    void *context;
    bool open;        /* lets all pass, while onearm itself declares a table */
    int64_t steps;    /* of SQLite's machine that a statement may take */
    int64_t taken;    /* by the statement that runs */
    char denied[160]; /* what the last statement wanted and may not do, "" for nothing */
} oa_guard;

/* The guard must live as long as the connection.  An SQLite result code. */
int oa_guard_set(sqlite3 *db, oa_guard *guard);
/* Forgets what the last statement did; before each statement. */
void oa_guard_reset(oa_guard *guard);

#endif
