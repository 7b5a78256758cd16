/*
 * guard.c - keeps a rule to reading and to an end, and makes it say the same whenever it is asked.
 *
 * SQLite's date functions read the clock ('now', or no argument at all), so date() and julianday() are ours here, and
 * the others are not offered.
 */
#include "guard.h"

#include "../base/date.h"
#include "../base/number.h"
#include "../base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    STEPS_A_CALL = 1000,      /* how often SQLite asks whether to go on */
    UNIX_EPOCH_NOON = 2440588 /* the Julian day number of 1970-01-01 */
};
static const double LAST_JULIAN_DAY = 5373484.0; /* 9999-12-31 */

static const struct {
    int limit;
    int value;
} LIMITS[] = {
    {SQLITE_LIMIT_LENGTH, 1000000},     {SQLITE_LIMIT_SQL_LENGTH, 65536},         {SQLITE_LIMIT_EXPR_DEPTH, 200},
    {SQLITE_LIMIT_COMPOUND_SELECT, 50}, {SQLITE_LIMIT_VDBE_OP, 100000},           {SQLITE_LIMIT_FUNCTION_ARG, 64},
    {SQLITE_LIMIT_ATTACHED, 0},         {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000}, {SQLITE_LIMIT_VARIABLE_NUMBER, 0},
    {SQLITE_LIMIT_TRIGGER_DEPTH, 1},    {SQLITE_LIMIT_WORKER_THREADS, 0},
};

/* The functions of SQLite whose result hangs on their arguments alone. */
static const char *const FUNCTIONS[] = {
    "abs",        "avg",    "ceil",         "ceiling", "coalesce",   "count",     "cume_dist",    "date",
    "dense_rank", "exp",    "first_value",  "floor",   "format",     "glob",      "group_concat", "ifnull",
    "iif",        "instr",  "julianday",    "lag",     "last_value", "lead",      "length",       "like",
    "ln",         "log10",  "lower",        "ltrim",   "max",        "min",       "mod",          "nth_value",
    "ntile",      "nullif", "percent_rank", "power",   "printf",     "rank",      "replace",      "round",
    "row_number", "rtrim",  "sign",         "sqrt",    "substr",     "substring", "sum",          "total",
    "trim",       "trunc",  "typeof",       "upper",
};

static bool is_function(const char *name) {
    for (size_t i = 0; i < sizeof FUNCTIONS / sizeof *FUNCTIONS; i++) {
        if (oa_streq_nocase(name, FUNCTIONS[i])) {
            return true;
        }
    }
    return false;
}

static int authorize(void *context, int action, const char *first, const char *second, const char *database,
                     const char *trigger) {
    (void)database;
    (void)trigger;
    oa_guard *guard = context;
    if (guard->open) {
        return SQLITE_OK;
    }
    switch (action) {
    case SQLITE_SELECT:
        return SQLITE_OK;
    case SQLITE_READ:
        /* Without a column SQLite only counts rows, and the name may be one that a WITH gave. */
        if (!*second || guard->knows(guard->context, first)) {
            return SQLITE_OK;
        }
        snprintf(guard->denied, sizeof guard->denied, "the table %.64s is not one of the study", first);
        return SQLITE_DENY;
    case SQLITE_FUNCTION:
        if (is_function(second)) {
            return SQLITE_OK;
        }
        snprintf(guard->denied, sizeof guard->denied,
                 "the function %.64s() may not be used in a rule, as only functions of their arguments may", second);
        return SQLITE_DENY;
    case SQLITE_RECURSIVE:
        snprintf(guard->denied, sizeof guard->denied, "WITH RECURSIVE may not be used in a rule");
        return SQLITE_DENY;
    default:
        snprintf(guard->denied, sizeof guard->denied, "a rule may only read: one SELECT over the tables of the study");
        return SQLITE_DENY;
    }
}

static int count_steps(void *context) {
    oa_guard *guard = context;
    guard->taken += STEPS_A_CALL;
    return guard->taken > guard->steps;
}

/* A date known to the day, or a Julian day, as a Julian day. */
static bool julian_day(sqlite3_value *value, double *day) {
    int type = sqlite3_value_type(value); /* not the numeric type: the text 2014 is a year */
    if (type == SQLITE_INTEGER || type == SQLITE_FLOAT) {
        *day = sqlite3_value_double(value);
        return *day >= 0 && *day <= LAST_JULIAN_DAY;
    }
    const char *text = (const char *)sqlite3_value_text(value);
    oa_date date;
    if (!text || !oa_parse_date(text, (size_t)sqlite3_value_bytes(value), &date) || date.known < OA_KNOWN_DAY) {
        return false;
    }
    *day = UNIX_EPOCH_NOON - 0.5 + date.day + date.second / 86400.0;
    return true;
}

/* julianday(DATE): NULL for NULL and for a date that is not known to the day. */
/* SQLite reads 'now' as the clock; here it is a mistake, and must not pass as an unknown date. */
static bool is_now(sqlite3_context *context, sqlite3_value *value) {
    const char *text = sqlite3_value_type(value) == SQLITE_TEXT ? (const char *)sqlite3_value_text(value) : NULL;
    if (text && oa_streq_nocase(text, "now")) {
        sqlite3_result_error(context,
                             "a rule takes dates of the records, not 'now': results must not depend on the day", -1);
        return true;
    }
    return false;
}

static void julianday_function(sqlite3_context *context, int argc, sqlite3_value **argv) {
    double day = 0;
    if (argc != 1) {
        sqlite3_result_error(context, "julianday() takes one date", -1);
    } else if (!is_now(context, argv[0]) && julian_day(argv[0], &day)) {
        sqlite3_result_double(context, day);
    }
}

/* "+28 days", "-1 day" */
static bool parse_days(const char *text, int64_t *days) {
    const char *blank = text ? strchr(text, ' ') : NULL;
    return blank && (oa_streq_nocase(blank + 1, "days") || oa_streq_nocase(blank + 1, "day")) &&
           oa_parse_integer(text, (size_t)(blank - text), days) && *days >= -1000000 && *days <= 1000000;
}

/* date(DATE), date(DATE, '+28 days'): as text; NULL for NULL and for a date that is not known to the day. */
static void date_function(sqlite3_context *context, int argc, sqlite3_value **argv) {
    double day = 0;
    if (argc < 1) {
        sqlite3_result_error(context, "date() takes a date, as results must not depend on the day of the run", -1);
        return;
    }
    if (is_now(context, argv[0])) {
        return;
    }
    bool known = julian_day(argv[0], &day);
    for (int i = 1; i < argc; i++) {
        int64_t days = 0;
        if (!parse_days((const char *)sqlite3_value_text(argv[i]), &days)) {
            sqlite3_result_error(context, "date() takes steps such as '+28 days' after the date", -1);
            return;
        }
        day += (double)days;
    }
    if (known && day >= 0 && day <= LAST_JULIAN_DAY) {
        char out[OA_DATE_SIZE];
        oa_date date = oa_date_of_day((int32_t)floor(day + 0.5) - UNIX_EPOCH_NOON);
        sqlite3_result_text(context, oa_format_date(date, out), -1, SQLITE_TRANSIENT);
    }
}

void oa_guard_reset(oa_guard *guard) {
    guard->taken = 0;
    guard->denied[0] = '\0';
}

int oa_guard_set(sqlite3 *db, oa_guard *guard) {
    for (size_t i = 0; i < sizeof LIMITS / sizeof *LIMITS; i++) {
        sqlite3_limit(db, LIMITS[i].limit, LIMITS[i].value);
    }
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    /* Else "AGEE", a column mistyped, would be taken for the text 'AGEE'. */
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
    int code = sqlite3_exec(db, "PRAGMA temp_store = MEMORY", NULL, NULL, NULL);
    if (code == SQLITE_OK) {
        code = sqlite3_create_function(db, "julianday", -1, flags, NULL, julianday_function, NULL, NULL);
    }
    if (code == SQLITE_OK) {
        code = sqlite3_create_function(db, "date", -1, flags, NULL, date_function, NULL, NULL);
    }
    if (code == SQLITE_OK) {
        code = sqlite3_set_authorizer(db, authorize, guard);
    }
    sqlite3_progress_handler(db, STEPS_A_CALL, count_steps, guard);
    return code;
}
