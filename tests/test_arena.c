/*
 * test_arena.c - memory of a job: what it gives, what happens when there is none left, and the text that grows in it.
 *
 *   REQ-BASE-030  memory is zeroed, aligned and keeps its content when it grows
 *   REQ-BASE-031  an allowance is never exceeded
 *   REQ-BASE-032  a job that runs out of memory ends, whichever allocation fails, and nothing leaks
 *   REQ-BASE-033  deferred releases run once, in reverse order
 *   REQ-BASE-034  jobs nest: an inner one that fails does not end the outer one
 *   REQ-BASE-035  a text buffer stops at its cap and says so
 */
#include "../src/base/buf.h"
#include "../src/base/table.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static int set_up(void **state) {
    *state = oa_arena_new(0);
    return *state ? 0 : -1;
}

static int tear_down(void **state) {
    oa_arena_free(*state);
    return 0;
}

static void test_REQ_BASE_030_zeroed_and_aligned(void **state) {
    static const size_t sizes[] = {0, 1, 2, 15, 16, 17, 1000, 16383, 16384, 16385, 65535, 65536, 65537, 1000000};
    unsigned char *places[COUNT(sizes)];
    for (size_t i = 0; i < COUNT(sizes); i++) {
        places[i] = oa_alloc(*state, sizes[i], 1);
        assert_non_null(places[i]);
        assert_int_equal((uintptr_t)places[i] % _Alignof(max_align_t), 0);
        for (size_t k = 0; k < sizes[i]; k++) {
            assert_int_equal(places[i][k], 0);
        }
        memset(places[i], (int)i + 1, sizes[i]);
    }
    for (size_t i = 0; i < COUNT(sizes); i++) {
        for (size_t k = 0; k < sizes[i]; k++) {
            assert_int_equal(places[i][k], i + 1); /* none overlaps another */
        }
    }
}

static void test_REQ_BASE_030_growing_keeps_content(void **state) {
    enum { ARRAYS = 3 };
    uint32_t *arrays[ARRAYS] = {NULL, NULL, NULL};
    size_t old = 0;
    for (size_t count = 1; count <= 65536; count *= 4) {
        for (uint32_t a = 0; a < ARRAYS; a++) {
            arrays[a] = oa_regrow(*state, arrays[a], old, count, sizeof *arrays[a]);
            for (size_t i = old; i < count; i++) {
                assert_int_equal(arrays[a][i], 0);
                arrays[a][i] = (uint32_t)i * ARRAYS + a;
            }
        }
        old = count;
    }
    for (uint32_t a = 0; a < ARRAYS; a++) {
        for (size_t i = 0; i < old; i++) {
            assert_int_equal(arrays[a][i], i * ARRAYS + a);
        }
    }
}

static void test_REQ_BASE_030_strings(void **state) {
    assert_string_equal(oa_strdup(*state, ""), "");
    assert_string_equal(oa_strdup(*state, "text"), "text");
    assert_string_equal(oa_strndup(*state, "text", 2), "te");
    assert_string_equal(oa_strndup(*state, NULL, 0), "");
    assert_string_equal(oa_printf(*state, "%s-%02d", "S", 7), "S-07");
    char *wide = oa_printf(*state, "%50000d", 1);
    assert_int_equal(strlen(wide), 50000);
}

/* ---- limits ------------------------------------------------------------------------------------------------------ */

typedef struct request {
    oa_arena *arena;
    size_t count;
    size_t size;
    void *place;
} request;

static void allocate(void *context) {
    request *r = context;
    r->place = oa_alloc(r->arena, r->count, r->size);
}

static void test_REQ_BASE_031_limits(void **state) {
    static const struct {
        size_t limit;
        size_t count;
        size_t size;
        bool given;
    } cases[] = {
        {.limit = 1000, .count = 1, .size = 992, .given = true},
        {.limit = 1000, .count = 1, .size = 1001},
        {.limit = 1000, .count = 1000, .size = 1000},
        {.limit = 1, .count = 1, .size = 1}, /* 16 bytes are booked */
        {.limit = 100000, .count = 1, .size = 99984, .given = true},
        {.limit = 100000, .count = 1, .size = 100001},
        {.limit = 0, .count = 1000, .size = 1000, .given = true},
        {.limit = 0, .count = SIZE_MAX, .size = 2},
        {.limit = 0, .count = SIZE_MAX / 16, .size = 17},
        {.limit = 0, .count = 2, .size = SIZE_MAX},
        {.limit = 0, .count = 1, .size = SIZE_MAX},
        {.limit = 1000, .count = 1, .size = SIZE_MAX - 8},
        {.limit = 0, .count = 0, .size = SIZE_MAX, .given = true},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_arena *arena = oa_arena_new(cases[i].limit);
        request r = {arena, cases[i].count, cases[i].size, NULL};
        if (oa_arena_run(arena, allocate, &r) != cases[i].given || (r.place != NULL) != cases[i].given) {
            fail_msg("case %zu is %s", i, r.place ? "given" : "refused");
        }
        assert_true(cases[i].limit == 0 || oa_arena_used(arena) <= cases[i].limit);
        oa_arena_free(arena);
    }
}

static void fill(void *context) {
    for (;;) {
        oa_alloc(context, 1, 100);
    }
}

static void grow(void *context) {
    char *array = NULL;
    for (size_t count = 1;; count *= 2) {
        array = oa_regrow(context, array, count / 2, count, 1);
    }
}

static void test_REQ_BASE_031_an_allowance_is_used_up(void **state) {
    static void (*const jobs[])(void *context) = {fill, grow};
    (void)state;
    for (size_t i = 0; i < COUNT(jobs); i++) {
        oa_arena *arena = oa_arena_new(1000000);
        assert_false(oa_arena_run(arena, jobs[i], arena));
        assert_true(oa_arena_used(arena) <= 1000000);
        assert_true(oa_arena_used(arena) > 400000);
        oa_arena_free(arena);
    }
}

/* ---- running out ------------------------------------------------------------------------------------------------- */

enum { ROWS = 150 };

typedef struct building {
    oa_arena *arena;
    oa_table *table;
    size_t released;
    bool finished;
} building;

static void count_release(void *resource) {
    building *b = resource;
    b->released++;
}

/* A small job: builds a table, cites, marks, sorts and writes it. */
static void build(void *context) {
    static const oa_column_def columns[] = {{"USUBJID", OA_TEXT, ""}, {"AVAL", OA_NUMBER, ""}, {"ADT", OA_DATE, ""}};
    static const int keys[] = {0, 1};
    building *b = context;
    oa_arena_defer(b->arena, count_release, b);
    b->table = oa_table_of(b->arena, "T", "label", columns, COUNT(columns));
    for (int i = 0; i < ROWS; i++) {
        size_t row = oa_table_add_row(b->table);
        oa_set_text(b->table, row, 0, oa_printf(b->arena, "S-%d", i * 31 % 100));
        oa_set_number(b->table, row, 1, i);
        oa_set_day(b->table, row, 2, i);
        oa_row_set_line(b->table, row, i);
        oa_row_mark(b->table, row, 1);
        oa_cite(b->table, b->table, row);
    }
    oa_table_add_column(b->table, "AVALC", "", OA_TEXT);
    oa_table_sort(b->table, keys, COUNT(keys));
    oa_table_spans(b->arena, b->table, b->table);
    oa_buf buf;
    oa_buf_init(&buf, b->arena);
    for (size_t row = 0; row < ROWS; row++) {
        oa_putf(&buf, "%s,", oa_text(b->table, row, 0));
    }
    oa_arena_defer(b->arena, count_release, b);
    b->finished = true;
}

static void test_REQ_BASE_032_each_allocation_may_fail(void **state) {
    size_t nth = 1;
    (void)state;
    for (bool finished = false; !finished; nth++) {
        building b = {.arena = oa_arena_new(0)};
        oa_arena_fail_at(b.arena, nth);
        finished = oa_arena_run(b.arena, build, &b);
        assert_int_equal(finished, b.finished);
        if (finished) {
            assert_string_equal(oa_text(b.table, 0, 0), "S-0");
        }
        /* The arena is still good for another job. */
        building again = {.arena = b.arena};
        oa_arena_fail_at(b.arena, 0);
        assert_true(oa_arena_run(b.arena, build, &again));
        assert_string_equal(oa_text(again.table, ROWS - 1, 0), "S-99");
        oa_arena_free(b.arena);
        assert_int_equal(again.released, 2);
        /* The first of its releases was registered or, where even that failed, run at once; perhaps the second too. */
        assert_in_range(b.released, finished ? 2 : 1, 2);
    }
    assert_in_range(nth, 200, 5000);
}

static void test_REQ_BASE_032_each_allowance_may_be_too_small(void **state) {
    building b = {.arena = oa_arena_new(0)};
    (void)state;
    assert_true(oa_arena_run(b.arena, build, &b));
    size_t needed = oa_arena_used(b.arena);
    oa_arena_free(b.arena);
    for (size_t limit = 16; limit < needed; limit += 496) {
        building short_of = {.arena = oa_arena_new(limit)};
        assert_false(oa_arena_run(short_of.arena, build, &short_of));
        oa_arena_free(short_of.arena);
    }
    building enough = {.arena = oa_arena_new(needed)};
    assert_true(oa_arena_run(enough.arena, build, &enough));
    oa_arena_free(enough.arena);
}

/* A mistake in onearm itself ends the process rather than go on without memory. */
static void test_REQ_BASE_032_outside_of_a_job(void **state) {
    (void)state;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        if (!freopen("/dev/null", "w", stderr)) {
            _exit(1);
        }
        oa_arena *arena = oa_arena_new(8);
        oa_alloc(arena, 1, 100);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

/* ---- deferred releases ------------------------------------------------------------------------------------------- */

enum { RESOURCES = 5 };

typedef struct resource {
    char *log;
    char name;
} resource;

static void log_release(void *context) {
    resource *r = context;
    size_t length = strlen(r->log);
    r->log[length] = r->name;
    r->log[length + 1] = '\0';
}

static void test_REQ_BASE_033_in_reverse_order(void **state) {
    char log[RESOURCES + 1] = "";
    resource resources[RESOURCES];
    (void)state;
    oa_arena *arena = oa_arena_new(0);
    for (int i = 0; i < RESOURCES; i++) {
        resources[i] = (resource){log, (char)('a' + i)};
        oa_arena_defer(arena, log_release, &resources[i]);
    }
    assert_string_equal(log, "");
    oa_arena_free(arena);
    assert_string_equal(log, "edcba");
    oa_arena_free(NULL);
}

typedef struct deferral {
    oa_arena *arena;
    resource *resource;
} deferral;

static void defer(void *context) {
    deferral *d = context;
    oa_arena_defer(d->arena, log_release, d->resource);
}

/* A resource that cannot be registered would leak, so it is released at once, and not again. */
static void test_REQ_BASE_033_where_memory_is_out(void **state) {
    char log[4] = "";
    resource a = {log, 'a'};
    resource b = {log, 'b'};
    (void)state;
    oa_arena *arena = oa_arena_new(0);
    oa_arena_defer(arena, log_release, &a);
    oa_arena_fail_at(arena, 1);
    assert_false(oa_arena_run(arena, defer, &(deferral){arena, &b}));
    assert_string_equal(log, "b");
    oa_arena_free(arena);
    assert_string_equal(log, "ba");
}

/* ---- nesting ----------------------------------------------------------------------------------------------------- */

typedef struct nest {
    oa_arena *arena;
    int depth;
    int fail_at_depth; /* this job runs out after its inner ones */
    int finished;
    int inner_failures;
} nest;

static void run_nested(void *context) {
    nest *n = context;
    int depth = n->depth++;
    if (depth < 5 && !oa_arena_run(n->arena, run_nested, n)) {
        n->inner_failures++;
    }
    oa_alloc(n->arena, 1, 10);
    if (depth == n->fail_at_depth) {
        oa_alloc(n->arena, SIZE_MAX, 2);
    }
    n->finished++;
}

static void test_REQ_BASE_034_nested_jobs(void **state) {
    for (int depth = 0; depth <= 5; depth++) {
        nest n = {.arena = *state, .fail_at_depth = depth};
        assert_int_equal(oa_arena_run(*state, run_nested, &n), depth != 0);
        assert_int_equal(n.finished, 5);
        assert_int_equal(n.inner_failures, depth != 0);
    }
    nest good = {.arena = *state, .fail_at_depth = -1};
    assert_true(oa_arena_run(*state, run_nested, &good));
    assert_int_equal(good.finished, 6);
}

/* ---- buf --------------------------------------------------------------------------------------------------------- */

static void test_REQ_BASE_035_text_grows(void **state) {
    oa_buf buf;
    oa_buf_init(&buf, *state);
    assert_string_equal(buf.bytes, "");
    oa_put(&buf, "");
    oa_put_char(&buf, '\0'); /* bytes, not only text */
    assert_int_equal(buf.length, 1);
    oa_buf_reset(&buf);
    for (int i = 0; i < 20000; i++) {
        oa_putf(&buf, "%05d", i);
    }
    oa_put_n(&buf, "abcdef", 3);
    assert_int_equal(buf.length, 100003);
    assert_int_equal(strlen(buf.bytes), 100003);
    assert_string_equal(buf.bytes + 99995, "19999abc");
    assert_false(buf.full);
}

static void test_REQ_BASE_035_a_cap_is_kept(void **state) {
    oa_buf buf;
    oa_buf_init(&buf, *state);
    buf.cap = 10;
    oa_put(&buf, "123456789"); /* nine bytes and the NUL */
    assert_false(buf.full);
    oa_put_char(&buf, 'x');
    assert_true(buf.full);
    oa_putf(&buf, "%d", 12345);
    oa_put_n(&buf, buf.bytes, SIZE_MAX);
    assert_string_equal(buf.bytes, "123456789");
    oa_buf_reset(&buf);
    assert_false(buf.full);
    oa_putf(&buf, "%s", "1234567890");
    assert_true(buf.full);
    assert_string_equal(buf.bytes, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_REQ_BASE_030_zeroed_and_aligned, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_030_growing_keeps_content, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_030_strings, set_up, tear_down),
        cmocka_unit_test(test_REQ_BASE_031_limits),
        cmocka_unit_test(test_REQ_BASE_031_an_allowance_is_used_up),
        cmocka_unit_test(test_REQ_BASE_032_each_allocation_may_fail),
        cmocka_unit_test(test_REQ_BASE_032_each_allowance_may_be_too_small),
        cmocka_unit_test(test_REQ_BASE_032_outside_of_a_job),
        cmocka_unit_test(test_REQ_BASE_033_in_reverse_order),
        cmocka_unit_test(test_REQ_BASE_033_where_memory_is_out),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_034_nested_jobs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_035_text_grows, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_035_a_cap_is_kept, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
