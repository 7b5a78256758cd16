/*
 * sql.c - statements and what becomes of them.  How SQLite sees a table is in vtab.c, what a rule may do in guard.c.
 *
 * A statement that is left by an arena that ran out is finalized when the arena is freed.
 */
#include "sql.h"

#include "../base/buf.h"
#include "../base/number.h"
#include "../base/text.h"
#include "guard.h"
#include "vtab.h"

#include <math.h>
#include <string.h>

static const char RULE[] = "SQL";

enum { STEPS = 20000000, STEPS_A_ROW = 1000, COLUMNS_LISTED = 40 };

struct oa_sql {
    oa_arena *arena;
    sqlite3 *db;
    oa_guard guard;
    const oa_table **tables;
    size_t count;
    size_t capacity;
    int64_t rows; /* of all tables */
};

static const oa_table *find_table(const oa_sql *sql, const char *name) {
    for (size_t i = 0; i < sql->count; i++) {
        if (oa_streq_nocase(oa_table_name(sql->tables[i]), name)) {
            return sql->tables[i];
        }
    }
    return NULL;
}

static bool knows_table(void *context, const char *name) {
    return find_table(context, name) != NULL;
}

static void close_database(void *resource) {
    sqlite3 *db = resource;
    for (sqlite3_stmt *left = sqlite3_next_stmt(db, NULL); left; left = sqlite3_next_stmt(db, NULL)) {
        sqlite3_finalize(left);
    }
    sqlite3_close(db);
}

oa_sql *oa_sql_open(oa_arena *arena, oa_diag *diag) {
    oa_sql *sql = OA_NEW(arena, oa_sql);
    sql->arena = arena;
    sql->guard = (oa_guard){.knows = knows_table, .context = sql, .steps = STEPS};
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
    int code = sqlite3_open_v2(":memory:", &sql->db, flags, NULL);
    if (code == SQLITE_OK) {
        code = oa_guard_set(sql->db, &sql->guard);
    }
    if (code != SQLITE_OK) {
        oa_diag_add(diag, OA_ERROR, OA_MEMORY, NULL, RULE, "SQLite does not start: %s", sqlite3_errstr(code));
        sqlite3_close(sql->db);
        return NULL;
    }
    oa_arena_defer(arena, close_database, sql->db);
    return sql;
}

void oa_sql_allow(oa_sql *sql, int64_t steps) {
    sql->guard.steps = steps;
}

static void remember_table(oa_sql *sql, const oa_table *table) {
    int64_t rows = (int64_t)oa_table_rows(table);
    sql->rows += rows;
    sql->guard.steps += rows * STEPS_A_ROW;
    for (size_t i = 0; i < sql->count; i++) {
        if (oa_streq_nocase(oa_table_name(sql->tables[i]), oa_table_name(table))) {
            sql->tables[i] = table;
            return;
        }
    }
    if (sql->count == sql->capacity) {
        size_t capacity = sql->capacity ? 2 * sql->capacity : 32;
        sql->tables = oa_regrow(sql->arena, sql->tables, sql->capacity, capacity, sizeof(const oa_table *));
        sql->capacity = capacity;
    }
    sql->tables[sql->count++] = table;
}

bool oa_sql_add(oa_sql *sql, const oa_table *table, oa_diag *diag) {
    oa_vtab_source *source = oa_vtab_source_new(sql->arena, table, "USUBJID");
    sql->guard.open = true;
    int code = oa_vtab_register(sql->arena, sql->db, source);
    sql->guard.open = false;
    if (code != SQLITE_OK) {
        oa_diag_add(diag, OA_ERROR, code == SQLITE_NOMEM ? OA_MEMORY : OA_SYSTEM, NULL, RULE,
                    "SQLite does not take the table %s: %s", oa_table_name(table), sqlite3_errmsg(sql->db));
        return false;
    }
    remember_table(sql, table);
    return true;
}

static void list_columns(oa_buf *out, const oa_table *table) {
    size_t count = oa_table_columns(table);
    oa_putf(out, "; %s has %s", oa_table_name(table), count ? "" : "USUBJID alone, as the study has no such records");
    for (size_t i = 0; i < count && i < COLUMNS_LISTED; i++) {
        oa_putf(out, "%s%s", i ? ", " : "", oa_column_name(table, (int)i));
    }
    oa_put(out, count > COLUMNS_LISTED ? " ..." : "");
}

static void suggest(oa_buf *out, const char *name, const char *const *words, size_t count) {
    const char *near = oa_nearest(name, words, count);
    if (near) {
        oa_putf(out, "; did you mean %s?", near);
    }
}

/* After "no such column: EX.DOSE": what the table has. */
static void hint_column(const oa_sql *sql, oa_buf *out, const char *name, const oa_table *subjects) {
    const char *dot = strchr(name, '.');
    const oa_table *table = subjects;
    if (dot) {
        const oa_table *named = find_table(sql, oa_strndup(sql->arena, name, (size_t)(dot - name)));
        table = named ? named : subjects;
        name = dot + 1;
    }
    size_t count = 0;
    for (size_t i = 0; i < sql->count; i++) {
        count += oa_table_columns(sql->tables[i]);
    }
    const char **words = OA_NEW_ARRAY(sql->arena, const char *, count);
    count = 0;
    for (size_t i = 0; i < sql->count; i++) {
        const oa_table *one = sql->tables[i];
        for (int column = 0; (!table || one == table) && column < (int)oa_table_columns(one); column++) {
            words[count++] = oa_column_name(one, column);
        }
    }
    suggest(out, name, words, count);
    if (table) {
        list_columns(out, table);
    }
    oa_put(out, "; text stands between single quotes");
}

static void hint_table(const oa_sql *sql, oa_buf *out, const char *name) {
    const char **words = OA_NEW_ARRAY(sql->arena, const char *, sql->count);
    for (size_t i = 0; i < sql->count; i++) {
        words[i] = oa_table_name(sql->tables[i]);
    }
    suggest(out, name, words, sql->count);
    oa_put(out, "; the tables are");
    for (size_t i = 0; i < sql->count; i++) {
        oa_putf(out, "%s %s", i ? "," : "", words[i]);
    }
}

static const char *after(const char *text, const char *start) {
    size_t length = strlen(start);
    return strncmp(text, start, length) == 0 ? text + length : NULL;
}

static oa_code code_of(int code) {
    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return OA_MEMORY;
    case SQLITE_INTERRUPT:
    case SQLITE_TOOBIG:
        return OA_LIMIT;
    default:
        return OA_SYNTAX;
    }
}

/* Says what SQLite found wrong, and what would be right where that can be told.  Returns false. */
static bool refuse(const oa_sql *sql, int code, const oa_table *subjects, const oa_place *where, oa_diag *diag) {
    const char *said = oa_strdup(sql->arena, sqlite3_errmsg(sql->db));
    const char *column = after(said, "no such column: ");
    const char *table = after(said, "no such table: ");
    oa_buf text;
    oa_buf_init(&text, sql->arena);
    if ((code & 0xff) == SQLITE_INTERRUPT) {
        oa_putf(&text, "stopped after %lld steps; join tables ON their USUBJID", (long long)sql->guard.steps);
    } else if (sql->guard.denied[0]) {
        oa_put(&text, sql->guard.denied);
    } else {
        oa_put(&text, said);
    }
    if (column) {
        hint_column(sql, &text, column, subjects);
    } else if (table) {
        hint_table(sql, &text, table);
    }
    bool unknown = column || table;
    oa_code kind = unknown ? OA_SCHEMA : sql->guard.denied[0] ? OA_VALUE : code_of(code);
    oa_diag_add(diag, OA_ERROR, kind, where, RULE, "%s", text.bytes);
    return false;
}

/* Compiles one statement; NULL with a message where it is none, or more than one. */
static sqlite3_stmt *prepare(oa_sql *sql, const char *text, const oa_table *subjects, const oa_place *where,
                             oa_diag *diag) {
    sqlite3_stmt *statement = NULL;
    sqlite3_stmt *second = NULL;
    const char *rest = NULL;
    oa_guard_reset(&sql->guard);
    int code = sqlite3_prepare_v2(sql->db, text, -1, &statement, &rest);
    if (code != SQLITE_OK) {
        refuse(sql, code, subjects, where, diag);
        return NULL;
    }
    if (statement && *rest && (sqlite3_prepare_v2(sql->db, rest, -1, &second, NULL) != SQLITE_OK || second)) {
        sqlite3_finalize(second);
        sqlite3_finalize(statement);
        statement = NULL;
    }
    if (!statement) {
        oa_diag_add(diag, OA_ERROR, OA_SYNTAX, where, RULE, "a rule is one statement, neither none nor several");
    }
    return statement;
}

static void say_not_boolean(const oa_table *subjects, size_t row, const char *text, const oa_place *where,
                            oa_diag *diag) {
    oa_place place = where ? *where : (oa_place){.seq = -1};
    int usubjid = oa_table_column(subjects, "USUBJID");
    place.subject = usubjid >= 0 ? oa_text(subjects, row, usubjid) : NULL;
    oa_diag_add(diag, OA_ERROR, OA_VALUE, &place, RULE,
                "the expression gives the text '%.80s' rather than true or false; compare it with something", text);
}

static bool refuse_shape(const oa_table *subjects, const oa_place *where, oa_diag *diag) {
    oa_diag_add(diag, OA_ERROR, OA_SYNTAX, where, RULE,
                "the expression does not give one value for each row of %s; put what spans rows into (SELECT ...)",
                oa_table_name(subjects));
    return false;
}

/* Takes the verdict on one row; false where the statement does not give one verdict a row. */
static bool take_verdict(sqlite3_stmt *statement, const oa_table *subjects, size_t expected, const oa_place *where,
                         signed char *verdict, oa_diag *diag) {
    int type = sqlite3_column_type(statement, 1);
    if (sqlite3_column_type(statement, 0) != SQLITE_INTEGER || expected >= oa_table_rows(subjects) ||
        sqlite3_column_int64(statement, 0) != (sqlite3_int64)expected) {
        return refuse_shape(subjects, where, diag);
    }
    if (type == SQLITE_TEXT || type == SQLITE_BLOB) {
        say_not_boolean(subjects, expected, (const char *)sqlite3_column_text(statement, 1), where, diag);
        return false;
    }
    if (type == SQLITE_NULL) {
        verdict[expected] = -1;
    } else {
        double value = sqlite3_column_double(statement, 1);
        verdict[expected] = (signed char)(value < 0 || value > 0);
    }
    return true;
}

/* Steps through the statement of oa_sql_test. */
static bool take_verdicts(const oa_sql *sql, sqlite3_stmt *statement, const oa_table *subjects, const oa_place *where,
                          signed char *verdict, oa_diag *diag) {
    size_t row = 0;
    int code = sqlite3_step(statement);
    for (; code == SQLITE_ROW; code = sqlite3_step(statement)) {
        if (!take_verdict(statement, subjects, row++, where, verdict, diag)) {
            return false;
        }
    }
    if (code != SQLITE_DONE) {
        return refuse(sql, code, subjects, where, diag);
    }
    return row == oa_table_rows(subjects) || refuse_shape(subjects, where, diag);
}

bool oa_sql_test(oa_sql *sql, const oa_table *subjects, const char *expression, const oa_place *where,
                 signed char *verdict, oa_diag *diag) {
    const char *name = oa_table_name(subjects);
    if (find_table(sql, name) != subjects && !oa_sql_add(sql, subjects, diag)) {
        return false;
    }
    /* The line feed ends a comment that the expression may end with. */
    const char *text = oa_printf(sql->arena, "SELECT \"%s\".rowid, (%s\n) FROM \"%s\"", name, expression, name);
    sqlite3_stmt *statement = prepare(sql, text, subjects, where, diag);
    bool good = statement &&
                (sqlite3_column_count(statement) == 2 ? take_verdicts(sql, statement, subjects, where, verdict, diag)
                                                      : refuse_shape(subjects, where, diag));
    sqlite3_finalize(statement);
    return good;
}

/* The value as text; `number` has room for OA_NUMBER_SIZE. */
static const char *value_text(sqlite3_stmt *statement, int column, char *number) {
    if (sqlite3_column_type(statement, column) == SQLITE_FLOAT) {
        double value = sqlite3_column_double(statement, column);
        return isfinite(value) ? oa_format_number(value, number) : NULL;
    }
    return (const char *)sqlite3_column_text(statement, column);
}

bool oa_sql_query(oa_sql *sql, const char *query, const oa_place *where, oa_sql_row *row, void *context,
                  oa_diag *diag) {
    sqlite3_stmt *statement = prepare(sql, query, NULL, where, diag);
    if (!statement) {
        return false;
    }
    int count = sqlite3_column_count(statement);
    const char **names = OA_NEW_ARRAY(sql->arena, const char *, (size_t)count);
    const char **values = OA_NEW_ARRAY(sql->arena, const char *, (size_t)count);
    char(*numbers)[OA_NUMBER_SIZE] = oa_alloc(sql->arena, (size_t)count, sizeof *numbers);
    for (int i = 0; i < count; i++) {
        names[i] = oa_strdup(sql->arena, sqlite3_column_name(statement, i));
    }
    bool more = true;
    int code = SQLITE_DONE;
    while (more && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        for (int i = 0; i < count; i++) {
            values[i] = value_text(statement, i, numbers[i]);
        }
        more = row(context, count, names, values);
    }
    bool good = !more || code == SQLITE_DONE || refuse(sql, code, NULL, where, diag);
    sqlite3_finalize(statement);
    return good;
}
