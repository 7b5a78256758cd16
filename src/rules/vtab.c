/*
 * vtab.c - the virtual table module: one eponymous module a table, so that no schema is written and no registry needed.
 *
 * SQLite calls these functions; none of them allocates from an arena, so none can be left by one that runs out.
 */
#include "vtab.h"

#include "../base/buf.h"
#include "../base/number.h"

#include <string.h>

enum { SCAN = 0, LOOKUP = 1 };

typedef struct vtab {
    sqlite3_vtab base; /* first, as SQLite knows the struct by it */
    const oa_vtab_source *source;
} vtab;

typedef struct cursor {
    sqlite3_vtab_cursor base;
    size_t row;
    size_t end;
} cursor;

static const oa_vtab_source *source_of(const cursor *at) {
    return ((const vtab *)at->base.pVtab)->source;
}

static int connect_table(sqlite3 *db, void *client, int argc, const char *const *argv, sqlite3_vtab **out,
                         char **error) {
    (void)argc;
    (void)argv;
    const oa_vtab_source *source = client;
    int code = sqlite3_declare_vtab(db, source->declaration);
    if (code != SQLITE_OK) {
        *error = sqlite3_mprintf("%s", sqlite3_errmsg(db));
        return code;
    }
    vtab *made = sqlite3_malloc(sizeof *made);
    if (!made) {
        return SQLITE_NOMEM;
    }
    *made = (vtab){.source = source};
    *out = &made->base;
    return SQLITE_OK;
}

static int disconnect_table(sqlite3_vtab *table) {
    sqlite3_free(table);
    return SQLITE_OK;
}

/* True where the constraint is USUBJID = value under plain comparison, which is how the rows are sorted. */
static bool is_lookup(sqlite3_index_info *info, int index, const oa_vtab_source *source) {
    const struct sqlite3_index_constraint *constraint = &info->aConstraint[index];
    return constraint->usable && constraint->op == SQLITE_INDEX_CONSTRAINT_EQ && constraint->iColumn >= 0 &&
           constraint->iColumn == source->usubjid && strcmp(sqlite3_vtab_collation(info, index), "BINARY") == 0;
}

static int best_index(sqlite3_vtab *table, sqlite3_index_info *info) {
    const oa_vtab_source *source = ((const vtab *)table)->source;
    sqlite3_int64 rows = (sqlite3_int64)oa_table_rows(source->table);
    info->idxNum = SCAN;
    info->estimatedRows = rows;
    info->estimatedCost = (double)rows + 1;
    for (int i = 0; source->sorted && i < info->nConstraint; i++) {
        if (is_lookup(info, i, source)) {
            /* Not `omit`: SQLite compares again, so the lookup need not know of affinities. */
            info->aConstraintUsage[i].argvIndex = 1;
            info->idxNum = LOOKUP;
            info->estimatedRows = rows < 20 ? rows : 20;
            info->estimatedCost = 20;
            break;
        }
    }
    return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **out) {
    (void)table;
    cursor *made = sqlite3_malloc(sizeof *made);
    if (!made) {
        return SQLITE_NOMEM;
    }
    *made = (cursor){.row = 0};
    *out = &made->base;
    return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *at) {
    sqlite3_free(at);
    return SQLITE_OK;
}

/* The first row of [first, end) whose USUBJID is not below `key`, or above it where `past`. */
static size_t bound(const oa_vtab_source *source, size_t first, size_t end, const char *key, bool past) {
    while (first < end) {
        size_t middle = first + (end - first) / 2;
        int order = strcmp(oa_text(source->table, middle, source->usubjid), key);
        if (order < 0 || (past && order == 0)) {
            first = middle + 1;
        } else {
            end = middle;
        }
    }
    return first;
}

static int filter(sqlite3_vtab_cursor *base, int plan, const char *text, int argc, sqlite3_value **argv) {
    (void)text;
    cursor *at = (cursor *)base;
    const oa_vtab_source *source = source_of(at);
    at->row = 0;
    at->end = oa_table_columns(source->table) ? oa_table_rows(source->table) : 0;
    if (plan != LOOKUP || argc < 1) {
        return SQLITE_OK;
    }
    if (sqlite3_value_type(argv[0]) == SQLITE_NULL) {
        at->end = 0; /* nothing equals NULL */
    } else if (sqlite3_value_type(argv[0]) == SQLITE_TEXT) {
        const char *key = (const char *)sqlite3_value_text(argv[0]);
        if (!key) {
            return SQLITE_NOMEM;
        }
        at->row = bound(source, at->row, at->end, key, false);
        at->end = bound(source, at->row, at->end, key, true);
    }
    return SQLITE_OK; /* against a number SQLite compares USUBJID as a number: all rows */
}

static int next_row(sqlite3_vtab_cursor *base) {
    ((cursor *)base)->row++;
    return SQLITE_OK;
}

static int at_end(sqlite3_vtab_cursor *base) {
    const cursor *at = (const cursor *)base;
    return at->row >= at->end;
}

static int column_value(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const cursor *at = (const cursor *)base;
    const oa_table *table = source_of(at)->table;
    double number = 0;
    char cell[OA_NUMBER_SIZE];
    if (oa_is_missing(table, at->row, column)) {
        sqlite3_result_null(context);
        return SQLITE_OK;
    }
    switch (oa_column_type(table, column)) {
    case OA_TEXT:
        sqlite3_result_text(context, oa_text(table, at->row, column), -1, SQLITE_STATIC);
        break;
    case OA_NUMBER:
        oa_number(table, at->row, column, &number);
        sqlite3_result_double(context, number);
        break;
    case OA_DATE:
        sqlite3_result_text(context, oa_cell(table, at->row, column, cell), -1, SQLITE_TRANSIENT);
        break;
    }
    return SQLITE_OK;
}

static int row_id(sqlite3_vtab_cursor *base, sqlite3_int64 *id) {
    *id = (sqlite3_int64)((const cursor *)base)->row;
    return SQLITE_OK;
}

/* Without xCreate the module is eponymous only: the table is there by its name, and CREATE VIRTUAL TABLE refuses it. */
static const sqlite3_module module = {
    .xConnect = connect_table,
    .xDisconnect = disconnect_table,
    .xBestIndex = best_index,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = filter,
    .xNext = next_row,
    .xEof = at_end,
    .xColumn = column_value,
    .xRowid = row_id,
};

static void put_column(oa_buf *buf, const char *name, oa_type type) {
    oa_put(buf, buf->bytes[buf->length - 1] == '(' ? "\"" : ", \"");
    for (const char *c = name; *c; c++) {
        oa_put_char(buf, *c);
        if (*c == '"') {
            oa_put_char(buf, '"');
        }
    }
    oa_put(buf, type == OA_NUMBER ? "\" REAL" : "\" TEXT");
}

static bool is_sorted(const oa_table *table, int column) {
    for (size_t row = 1; row < oa_table_rows(table); row++) {
        if (oa_code_at(table, row - 1, column) > oa_code_at(table, row, column)) {
            return false;
        }
    }
    return true;
}

oa_vtab_source *oa_vtab_source_new(oa_arena *arena, const oa_table *table, const char *known_as) {
    oa_buf buf;
    oa_buf_init(&buf, arena);
    oa_put(&buf, "CREATE TABLE x(");
    for (int column = 0; column < (int)oa_table_columns(table); column++) {
        put_column(&buf, oa_column_name(table, column), oa_column_type(table, column));
    }
    if (oa_table_columns(table) == 0) {
        put_column(&buf, known_as, OA_TEXT);
    }
    oa_put(&buf, ")");
    oa_vtab_source *source = OA_NEW(arena, oa_vtab_source);
    source->table = table;
    source->declaration = buf.bytes;
    source->usubjid = oa_table_column(table, "USUBJID");
    if (source->usubjid >= 0 && oa_column_type(table, source->usubjid) != OA_TEXT) {
        source->usubjid = -1;
    }
    source->sorted = source->usubjid >= 0 && is_sorted(table, source->usubjid);
    return source;
}

int oa_vtab_register(oa_arena *arena, sqlite3 *db, oa_vtab_source *source) {
    const char *name = oa_table_name(source->table);
    int code = sqlite3_create_module_v2(db, name, &module, source, NULL);
    if (code != SQLITE_OK) {
        return code;
    }
    /* Using it once makes SQLite read the declaration now, and not when the first rule is compiled. */
    sqlite3_stmt *use = NULL;
    code = sqlite3_prepare_v2(db, oa_printf(arena, "SELECT 1 FROM \"%s\"", name), -1, &use, NULL);
    sqlite3_finalize(use);
    return code;
}
