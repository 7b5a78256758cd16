/*
 * test_table.c - tables: cells, pools of texts, sorting, spans, citations and marks.
 *
 *   REQ-BASE-020  a cell holds what was set, and is missing until then
 *   REQ-BASE-021  equal texts of a column have one code
 *   REQ-BASE-022  in a sealed table codes compare as their texts do
 *   REQ-BASE-023  sorting is stable, puts missing first and moves whole rows
 *   REQ-BASE-024  column -1 reads as missing, and writing to it does nothing
 *   REQ-BASE-025  spans give each subject its rows
 *   REQ-BASE-026  rows keep their citations, lines and marks
 *   REQ-BASE-027  tables grow to many rows and columns
 */
#include "../src/base/number.h"
#include "../src/base/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { MANY = 20000, NO_VALUE = -999 };

static const oa_column_def columns[] = {
    {"USUBJID", OA_TEXT, "Unique Subject Identifier"},
    {"AVAL", OA_NUMBER, "Analysis Value"},
    {"ADT", OA_DATE, "Analysis Date"},
    {"AVALC", OA_TEXT, "Analysis Value (C)"},
};
enum { ID, AVAL, ADT, AVALC };

static int set_up(void **state) {
    *state = oa_arena_new(0);
    return *state ? 0 : -1;
}

static int tear_down(void **state) {
    oa_arena_free(*state);
    return 0;
}

static oa_table *new_table(oa_arena *arena) {
    return oa_table_of(arena, "ADRS", "Response", columns, COUNT(columns));
}

static size_t add(oa_table *table, const char *id, double value) {
    size_t row = oa_table_add_row(table);
    oa_set_text(table, row, ID, id);
    oa_set_number(table, row, AVAL, value);
    return row;
}

static double number_at(const oa_table *table, size_t row, int column) {
    double value;
    return oa_number(table, row, column, &value) ? value : NO_VALUE;
}

static void test_REQ_BASE_020_cells(void **state) {
    char out[OA_NUMBER_SIZE];
    oa_table *table = new_table(*state);
    oa_date partial;
    assert_true(oa_parse_date("2014-02", 7, &partial));
    size_t row = add(table, "S-01", 33.6128);
    oa_set_date(table, row, ADT, partial);
    size_t bare = oa_table_add_row(table);

    assert_string_equal(oa_text(table, row, ID), "S-01");
    assert_true(oa_text_is(table, row, ID, "S-01"));
    assert_true(number_at(table, row, AVAL) == 33.6128);
    assert_string_equal(oa_cell(table, row, ID, out), "S-01");
    assert_string_equal(oa_cell(table, row, AVAL, out), "33.6128");
    assert_string_equal(oa_cell(table, row, ADT, out), "2014-02");
    oa_set_day(table, row, ADT, 0);
    assert_string_equal(oa_cell(table, row, ADT, out), "1970-01-01");
    for (int column = ID; column <= AVALC; column++) {
        assert_true(oa_is_missing(table, bare, column));
        assert_string_equal(oa_cell(table, bare, column, out), "");
        assert_int_equal(oa_is_missing(table, row, column), column == AVALC);
    }
    assert_string_equal(oa_text(table, bare, ID), "");
    assert_int_equal(oa_date_at(table, bare, ADT).known, OA_KNOWN_NOTHING);
    assert_int_equal(oa_code_at(table, bare, ID), -1);
}

static void test_REQ_BASE_020_empty_text_is_missing(void **state) {
    oa_table *table = new_table(*state);
    size_t row = add(table, "S-01", 0);
    oa_set_text(table, row, ID, "");
    assert_true(oa_is_missing(table, row, ID));
    oa_set_text(table, row, ID, "S-02");
    oa_set_text(table, row, ID, NULL);
    assert_true(oa_is_missing(table, row, ID));
    oa_set_text_n(table, row, ID, "S-0345", 4);
    assert_string_equal(oa_text(table, row, ID), "S-03");
    assert_false(oa_is_missing(table, row, AVAL)); /* 0 is a value */
}

static void test_REQ_BASE_020_names(void **state) {
    char name[] = "AVAL";
    oa_table *table = oa_table_new(*state, name, "label");
    oa_table_add_column(table, name, "label", OA_NUMBER);
    name[0] = 'X'; /* strings are copied */
    assert_string_equal(oa_table_name(table), "AVAL");
    assert_string_equal(oa_table_label(table), "label");
    assert_int_equal(oa_table_column(table, "AVAL"), 0);
    assert_int_equal(oa_table_column(table, "aval"), -1);
    assert_string_equal(oa_column_name(table, 0), "AVAL");
    assert_string_equal(oa_column_label(table, 0), "label");
    assert_int_equal(oa_column_type(table, 0), OA_NUMBER);
    assert_int_equal(oa_table_columns(table), 1);
    assert_int_equal(oa_table_rows(table), 0);
    assert_null(oa_row_file(table));
    oa_table_set_file(table, "tr.csv");
    assert_string_equal(oa_row_file(table), "tr.csv");
}

static void test_REQ_BASE_021_texts_are_interned(void **state) {
    oa_table *table = new_table(*state);
    char text[16];
    for (int i = 0; i < 3000; i++) {
        size_t row = oa_table_add_row(table);
        snprintf(text, sizeof text, "T-%d", i * 7919 % 1000);
        oa_set_text(table, row, ID, text);
        oa_set_text(table, row, AVALC, "PR");
    }
    assert_int_equal(oa_code_count(table, ID), 1000);
    assert_int_equal(oa_code_count(table, AVALC), 1);
    for (size_t row = 0; row < 3000; row++) {
        snprintf(text, sizeof text, "T-%zu", row * 7919 % 1000);
        assert_string_equal(oa_text(table, row, ID), text);
        assert_int_equal(oa_code_at(table, row, ID), oa_code_at(table, row % 1000, ID));
        assert_ptr_equal(oa_text(table, row, ID), oa_text(table, row % 1000, ID));
    }
}

/* One a prefix of the other, in either order. */
static void test_REQ_BASE_021_prefixes_are_different(void **state) {
    static const char *const texts[] = {"A", "AB", "ABC", "AB", "A", "B", "ABC"};
    oa_table *table = new_table(*state);
    for (size_t i = 0; i < COUNT(texts); i++) {
        oa_set_text_n(table, oa_table_add_row(table), ID, texts[i], strlen(texts[i]));
    }
    assert_int_equal(oa_code_count(table, ID), 4);
    for (size_t i = 0; i < COUNT(texts); i++) {
        assert_string_equal(oa_text(table, i, ID), texts[i]);
    }
}

/* An input that holds a NUL must not make the reader look beyond a text. */
static void test_REQ_BASE_021_a_nul_ends_a_text(void **state) {
    oa_table *table = new_table(*state);
    oa_set_text_n(table, oa_table_add_row(table), ID, "A", 1);
    oa_set_text_n(table, oa_table_add_row(table), ID, "A\0B", 3);
    oa_set_text_n(table, oa_table_add_row(table), ID, "\0B", 2);
    assert_string_equal(oa_text(table, 1, ID), "A");
    assert_int_equal(oa_code_at(table, 0, ID), oa_code_at(table, 1, ID));
    assert_true(oa_is_missing(table, 2, ID));
}

static void check_order_of_codes(const oa_table *table, int column) {
    for (int32_t code = 1; code < (int32_t)oa_code_count(table, column); code++) {
        assert_true(strcmp(oa_code_text(table, column, code - 1), oa_code_text(table, column, code)) < 0);
    }
}

static void test_REQ_BASE_022_sealing_sorts_the_codes(void **state) {
    static const char *const texts[] = {"b", "", "a", "\xC3\xA9", "Z", "b", "a ", "10", "9"};
    oa_table *table = new_table(*state);
    for (size_t i = 0; i < COUNT(texts); i++) {
        oa_set_text(table, oa_table_add_row(table), ID, texts[i]);
    }
    oa_table_seal(table);
    check_order_of_codes(table, ID);
    for (size_t i = 0; i < COUNT(texts); i++) {
        assert_string_equal(oa_text(table, i, ID), texts[i]);
    }
    assert_string_equal(oa_code_text(table, ID, 0), "10");
    assert_string_equal(oa_code_text(table, ID, (int32_t)oa_code_count(table, ID) - 1), "\xC3\xA9");
}

static void test_REQ_BASE_022_text_added_after_sealing(void **state) {
    oa_table *table = new_table(*state);
    char text[16];
    for (int i = 0; i < 300; i++) {
        snprintf(text, sizeof text, "%d", 299 - i);
        oa_set_text(table, oa_table_add_row(table), ID, text);
        if (i % 50 == 0) {
            oa_table_seal(table);
            check_order_of_codes(table, ID);
            oa_set_text(table, 0, ID, "299"); /* known before: no new code */
            assert_int_equal(oa_code_count(table, ID), i + 1);
        }
    }
    oa_table_seal(table);
    check_order_of_codes(table, ID);
    oa_table_seal(table); /* nothing to do */
    for (size_t row = 0; row < 300; row++) {
        snprintf(text, sizeof text, "%zu", 299 - row);
        assert_string_equal(oa_text(table, row, ID), text);
    }
}

static void test_REQ_BASE_023_sorting_is_stable(void **state) {
    static const struct {
        const char *id;
        double value;
        const char *date;
    } rows[] = {
        {.id = "S-2", .value = 1, .date = "2023-01-02"},
        {.id = "S-1", .value = 2, .date = "2023-01-02"},
        {.id = "S-2", .value = 1, .date = "2023-01-01"},
        {.id = "", .value = 5, .date = ""},
        {.id = "S-1", .value = NO_VALUE, .date = "2023-01-01"},
        {.id = "S-1", .value = 2, .date = ""},
        {.id = "S-2", .value = -7, .date = "2022"},
        {.id = "S-10", .value = 0, .date = "1969-12-31"},
        {.id = "S-1", .value = 2, .date = "2023-01-01T08:00"},
    };
    static const struct {
        int keys[3];
        size_t count;
        size_t order[COUNT(rows)];
    } sorts[] = {
        {.keys = {ID}, .count = 1, .order = {3, 1, 4, 5, 8, 7, 0, 2, 6}},
        {.keys = {AVAL}, .count = 1, .order = {4, 6, 7, 0, 2, 1, 5, 8, 3}},
        {.keys = {ADT}, .count = 1, .order = {3, 5, 7, 6, 2, 4, 8, 0, 1}},
        {.keys = {ID, AVAL, ADT}, .count = 3, .order = {3, 4, 5, 8, 1, 7, 6, 2, 0}},
        {.keys = {ID, -1, ADT}, .count = 3, .order = {3, 5, 4, 8, 1, 7, 6, 2, 0}},
        {.keys = {-1}, .count = 1, .order = {0, 1, 2, 3, 4, 5, 6, 7, 8}},
        {.keys = {0}, .count = 0, .order = {0, 1, 2, 3, 4, 5, 6, 7, 8}},
    };
    for (size_t s = 0; s < COUNT(sorts); s++) {
        char out[OA_NUMBER_SIZE];
        oa_table *table = new_table(*state);
        for (size_t i = 0; i < COUNT(rows); i++) {
            oa_date date;
            size_t row = oa_table_add_row(table);
            oa_set_text(table, row, ID, rows[i].id);
            if (rows[i].value > NO_VALUE) {
                oa_set_number(table, row, AVAL, rows[i].value);
            }
            oa_row_set_line(table, row, (int64_t)i);
            assert_true(oa_parse_date(rows[i].date, strlen(rows[i].date), &date));
            oa_set_date(table, row, ADT, date);
        }
        oa_table_sort(table, sorts[s].keys, sorts[s].count);
        for (size_t row = 0; row < COUNT(rows); row++) {
            size_t source = sorts[s].order[row];
            if (oa_row_line(table, row) != (int64_t)source) {
                fail_msg("sort %zu: row %zu was row %d, not %zu", s, row, (int)oa_row_line(table, row), source);
            }
            assert_string_equal(oa_text(table, row, ID), rows[source].id);
            assert_true(number_at(table, row, AVAL) == rows[source].value);
            assert_string_equal(oa_cell(table, row, ADT, out), rows[source].date);
        }
    }
}

static void test_REQ_BASE_023_many_rows(void **state) {
    static const int keys[] = {ID, AVAL};
    oa_table *table = new_table(*state);
    for (uint32_t i = 0; i < MANY; i++) {
        char id[16];
        snprintf(id, sizeof id, "S-%03u", i * 2654435761U >> 8 & 0xFFU);
        size_t row = add(table, id, i * 40503U % 17);
        oa_row_set_line(table, row, i);
    }
    oa_table_sort(table, keys, COUNT(keys));
    for (size_t row = 1; row < MANY; row++) {
        int by_id = strcmp(oa_text(table, row - 1, ID), oa_text(table, row, ID));
        double step = number_at(table, row, AVAL) - number_at(table, row - 1, AVAL);
        bool in_order = by_id < 0 || (by_id == 0 && step > 0) ||
                        (by_id == 0 && step >= 0 && oa_row_line(table, row - 1) < oa_row_line(table, row));
        assert_true(in_order);
        uint32_t source = (uint32_t)oa_row_line(table, row);
        assert_true(number_at(table, row, AVAL) == source * 40503U % 17);
    }
}

static void test_REQ_BASE_024_no_such_column(void **state) {
    char out[OA_NUMBER_SIZE] = "x";
    double value = 5;
    oa_table *table = new_table(*state);
    size_t row = add(table, "S-01", 1);
    int none = oa_table_column(table, "NOSUCH");
    assert_int_equal(none, -1);
    oa_set_text(table, row, none, "x");
    oa_set_text_n(table, row, none, "x", 1);
    oa_set_number(table, row, none, 1);
    oa_set_day(table, row, none, 1);
    oa_set_date(table, row, none, oa_date_of_day(1));
    assert_string_equal(oa_text(table, row, none), "");
    assert_true(oa_text_is(table, row, none, ""));
    assert_false(oa_number(table, row, none, &value));
    assert_true(value == 5);
    assert_int_equal(oa_date_at(table, row, none).known, OA_KNOWN_NOTHING);
    assert_true(oa_is_missing(table, row, none));
    assert_string_equal(oa_cell(table, row, none, out), "");
    assert_int_equal(oa_code_at(table, row, none), -1);
    assert_int_equal(oa_code_count(table, none), 0);
    assert_string_equal(oa_code_text(table, none, 3), "");
}

static void test_REQ_BASE_025_spans(void **state) {
    static const char *const subjects[] = {"S-1", "S-2", "S-3", "S-4", "S-9"};
    static const char *const rows[] = {"R-0", "S-1", "S-1", "S-2x", "S-3", "S-4", "S-4", "S-4", "T-1"};
    static const oa_span want[] = {{1, 2}, {3, 0}, {4, 1}, {5, 3}, {8, 0}};
    oa_table *dm = new_table(*state);
    oa_table *table = new_table(*state);
    for (size_t i = 0; i < COUNT(subjects); i++) {
        add(dm, subjects[i], 0);
    }
    for (size_t i = 0; i < COUNT(rows); i++) {
        add(table, rows[i], 0);
    }
    const oa_span *spans = oa_table_spans(*state, dm, table);
    for (size_t i = 0; i < COUNT(subjects); i++) {
        assert_int_equal(spans[i].count, want[i].count);
        if (want[i].count) {
            assert_int_equal(spans[i].first, want[i].first);
        }
    }
    spans = oa_table_spans(*state, dm, new_table(*state));
    assert_int_equal(spans[0].count + spans[4].count, 0);
}

static void test_REQ_BASE_026_citations(void **state) {
    oa_table *source = new_table(*state);
    oa_table *table = new_table(*state);
    const oa_ref *refs = (const oa_ref *)1;
    oa_table_set_id(source, 7);
    assert_int_equal(oa_table_id(source), 7);
    add(table, "none yet", 0);
    assert_int_equal(oa_row_refs(table, 0, &refs), 0);
    assert_null(refs);
    for (size_t i = 1; i < 500; i++) { /* row i cites i % 4 rows */
        add(table, "x", (double)i);
        for (size_t k = 0; k < i % 4; k++) {
            oa_cite(table, source, 10 * i + k);
        }
    }
    for (size_t i = 0; i < 500; i++) {
        assert_int_equal(oa_row_refs(table, i, &refs), i % 4);
        for (size_t k = 0; k < i % 4; k++) {
            assert_int_equal(refs[k].table, 7);
            assert_int_equal(refs[k].row, 10 * i + k);
        }
    }
}

static void test_REQ_BASE_026_lines(void **state) {
    oa_table *table = new_table(*state);
    for (size_t i = 0; i < 200; i++) {
        add(table, "x", 0);
        assert_int_equal(oa_row_line(table, i), 0);
    }
    for (size_t i = 0; i < 1000; i++) {
        add(table, "x", 0);
        oa_row_set_line(table, 200 + i, (int64_t)i);
    }
    assert_int_equal(oa_row_line(table, 199), 0);
    assert_int_equal(oa_row_line(table, 1199), 999);
}

/* Marks and citations stay with their rows when the table grows and is sorted afterwards. */
static void test_REQ_BASE_026_marks_follow_rows(void **state) {
    static const int keys[] = {AVAL};
    oa_table *source = new_table(*state);
    oa_table *table = new_table(*state);
    for (size_t i = 0; i < 300; i++) {
        size_t row = add(table, "x", (double)(299 - i));
        assert_int_equal(oa_row_use(table, row), 0);
        oa_row_mark(table, row, (uint8_t)(i % 5));
        if (i % 3) {
            oa_cite(table, source, i);
        }
    }
    oa_table_sort(table, keys, 1);
    for (size_t row = 0; row < 300; row++) {
        const oa_ref *refs;
        size_t i = 299 - row;
        assert_int_equal(oa_row_use(table, row), i % 5);
        assert_int_equal(oa_row_refs(table, row, &refs), i % 3 ? 1 : 0);
        if (i % 3) {
            assert_int_equal(refs[0].row, i);
        }
    }
    size_t row = add(table, "y", 0);
    const oa_ref *refs;
    assert_int_equal(oa_row_use(table, row), 0);
    oa_cite(table, source, 4711);
    assert_int_equal(oa_row_refs(table, row, &refs), 1);
    assert_int_equal(refs[0].row, 4711);
    assert_int_equal(oa_row_refs(table, row - 1, &refs), 0);
}

static void test_REQ_BASE_027_columns_added_to_a_full_table(void **state) {
    oa_table *table = new_table(*state);
    for (size_t i = 0; i < 130; i++) {
        add(table, "x", (double)i);
    }
    for (int column = AVALC + 1; column < 60; column++) {
        char name[16];
        snprintf(name, sizeof name, "C%d", column);
        oa_type type = (oa_type)(column % 3);
        assert_int_equal(oa_table_add_column(table, name, "", type), column);
        for (size_t row = 0; row < 130; row++) {
            assert_true(oa_is_missing(table, row, column));
        }
        if (type == OA_NUMBER) {
            oa_set_number(table, 129, column, column);
        } else if (type == OA_TEXT) {
            oa_set_text(table, 129, column, name);
        } else {
            oa_set_day(table, 129, column, column);
        }
    }
    assert_string_equal(oa_text(table, 129, 57), "C57");
    assert_true(number_at(table, 129, 58) == 58);
    assert_int_equal(oa_date_at(table, 129, 59).day, 59);
    assert_true(number_at(table, 129, AVAL) == 129);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_REQ_BASE_020_cells, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_020_empty_text_is_missing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_020_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_021_texts_are_interned, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_021_prefixes_are_different, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_021_a_nul_ends_a_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_022_sealing_sorts_the_codes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_022_text_added_after_sealing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_023_sorting_is_stable, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_023_many_rows, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_024_no_such_column, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_025_spans, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_026_citations, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_026_lines, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_026_marks_follow_rows, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_027_columns_added_to_a_full_table, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
