/*
 * fuzz_sql.c - any text as a rule and as a query over two small tables.  A rule that passes must have given a verdict on
 * each row.
 */
#include "../src/rules/sql.h"
#include "harness.h"

enum { SUBJECTS = 3, UNTOUCHED = 9 };

static bool take_row(void *context, int count, const char *const *names, const char *const *values) {
    size_t *rows = context;
    return count > 0 && names[0] && (!values[0] || values[0][0] != '\1') && ++*rows < 100;
}

static oa_table *make_table(oa_arena *arena, const char *name) {
    static const oa_column_def columns[] = {
        {"USUBJID", OA_TEXT, "Subject"}, {"AGE", OA_NUMBER, "Age"}, {"RFSTDTC", OA_DATE, "Start"}};
    static const char *const ids[SUBJECTS] = {"S1", "S2", "S3"};
    oa_table *table = oa_table_of(arena, name, name, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < SUBJECTS; i++) {
        size_t row = oa_table_add_row(table);
        oa_set_text(table, row, 0, ids[i]);
        if (i) {
            oa_set_number(table, row, 1, (double)(40 + 9 * i));
            oa_set_day(table, row, 2, (int32_t)(19000 + i));
        }
    }
    oa_table_seal(table);
    return table;
}

static void fuzz(const input *in) {
    signed char verdict[SUBJECTS] = {UNTOUCHED, UNTOUCHED, UNTOUCHED};
    size_t rows = 0;
    const char *text = oa_strndup(in->arena, (const char *)in->data, in->size);
    oa_table *dm = make_table(in->arena, "DM");
    oa_sql *sql = oa_sql_open(in->arena, in->diag);
    must(sql && oa_sql_add(sql, dm, in->diag) && oa_sql_add(sql, make_table(in->arena, "EX"), in->diag));
    oa_sql_allow(sql, 100000);
    size_t before = oa_diag_errors(in->diag);
    if (oa_sql_test(sql, dm, text, NULL, verdict, in->diag)) {
        for (size_t i = 0; i < SUBJECTS; i++) {
            must(verdict[i] != UNTOUCHED);
        }
    } else {
        must(oa_diag_errors(in->diag) > before);
    }
    oa_sql_query(sql, text, NULL, take_row, &rows, in->diag);
}

FUZZ_TARGET(1, 4095)
