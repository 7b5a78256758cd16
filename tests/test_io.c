/*
 * test_io.c - whole files in and out, directories, paths, hashes.
 *
 *   REQ-BASE-050  a file is read whole, whatever its bytes
 *   REQ-BASE-051  what is no readable file, or too large, is refused with a message that names it
 *   REQ-BASE-052  a file is written whole or not at all, and nothing temporary is left behind
 *   REQ-BASE-053  directories are made with their parents and listed in order of bytes
 *   REQ-BASE-054  SHA-256 agrees with FIPS 180-4
 */
#define _GNU_SOURCE /* mkdtemp, mkfifo */
#include "../src/base/digest.h"
#include "../src/base/io.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { MAX = 1 << 20 };

typedef struct fixture {
    oa_arena *arena;
    oa_diag *diag;
    char directory[64];
} fixture;

static int set_up(void **state) {
    fixture *f = test_malloc(sizeof *f);
    *f = (fixture){.arena = oa_arena_new(0), .diag = oa_diag_new()};
    snprintf(f->directory, sizeof f->directory, "%s/onearm-io-XXXXXX", P_tmpdir);
    *state = f;
    return mkdtemp(f->directory) ? 0 : -1;
}

/* Removes a directory with all that is in it. */
static void remove_tree(const fixture *f, const char *path) {
    size_t count = 0;
    char **names = oa_list_directory(f->arena, path, &count, NULL);
    for (size_t i = 0; names && i < count; i++) {
        char *inner = oa_path_join(f->arena, path, names[i]);
        if (unlink(inner) != 0) {
            remove_tree(f, inner);
        }
    }
    rmdir(path);
}

static int tear_down(void **state) {
    fixture *f = *state;
    chmod(f->directory, 0700);
    remove_tree(f, f->directory);
    oa_diag_free(f->diag);
    oa_arena_free(f->arena);
    test_free(f);
    return 0;
}

static char *inside(const fixture *f, const char *name) {
    return oa_path_join(f->arena, f->directory, name);
}

static size_t entries(const fixture *f) {
    size_t count = 0;
    assert_non_null(oa_list_directory(f->arena, f->directory, &count, f->diag));
    return count;
}

/* The last message is an error with this code and names this file. */
static void check_refused(const fixture *f, const char *path, oa_code code) {
    assert_true(oa_diag_count(f->diag) > 0);
    const oa_message *message = oa_diag_get(f->diag, oa_diag_count(f->diag) - 1);
    assert_int_equal(message->severity, OA_ERROR);
    assert_string_equal(oa_code_name(message->code), oa_code_name(code));
    assert_string_equal(message->where.file, path);
    assert_true(strlen(message->text) > 10);
}

static void test_REQ_BASE_050_what_was_written_is_read(void **state) {
    static const size_t lengths[] = {0, 1, 4095, 4096, 4097, 300000};
    const fixture *f = *state;
    char *path = inside(f, "file.bin");
    char *bytes = oa_alloc(f->arena, MAX, 1);
    for (size_t i = 0; i < MAX; i++) {
        bytes[i] = (char)(i * 31 + i / 256); /* NUL and all others among them */
    }
    for (size_t i = 0; i < COUNT(lengths); i++) {
        size_t length = 99;
        assert_true(oa_write_file(f->arena, path, bytes, lengths[i], f->diag));
        const char *back = oa_read_file(f->arena, path, MAX, &length, f->diag);
        assert_non_null(back);
        assert_int_equal(length, lengths[i]);
        assert_memory_equal(back, bytes, length + (length == 0));
        assert_int_equal(back[length], 0);
    }
    assert_int_equal(entries(f), 1);
    assert_int_equal(oa_diag_count(f->diag), 0);
}

static void test_REQ_BASE_051_missing_files(void **state) {
    const fixture *f = *state;
    size_t length = 99;
    char *missing = inside(f, "none.csv");
    assert_null(oa_read_file(f->arena, missing, MAX, &length, f->diag));
    check_refused(f, missing, OA_USAGE);
    assert_true(oa_write_file(f->arena, inside(f, "file"), "x", 1, f->diag));
    char *below_a_file = inside(f, "file/none.csv");
    assert_null(oa_read_file(f->arena, below_a_file, MAX, &length, f->diag));
    check_refused(f, below_a_file, OA_USAGE);
    assert_null(oa_read_file(f->arena, "", MAX, &length, f->diag));
    check_refused(f, "", OA_USAGE);
    assert_int_equal(oa_diag_status(f->diag), 2);
    assert_int_equal(length, 99);
}

static void test_REQ_BASE_051_no_regular_files(void **state) {
    const fixture *f = *state;
    size_t length = 99;
    char *fifo = inside(f, "fifo");
    char *loop = inside(f, "loop");
    assert_null(oa_read_file(f->arena, f->directory, MAX, &length, f->diag));
    check_refused(f, f->directory, OA_USAGE);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_null(oa_read_file(f->arena, fifo, MAX, &length, f->diag)); /* and does not wait for a writer */
    check_refused(f, fifo, OA_USAGE);
    assert_null(oa_read_file(f->arena, "/dev/null", MAX, &length, f->diag));
    check_refused(f, "/dev/null", OA_USAGE);
    assert_int_equal(symlink("loop", loop), 0);
    assert_null(oa_read_file(f->arena, loop, MAX, &length, f->diag));
    check_refused(f, loop, OA_SYSTEM);
}

static void test_REQ_BASE_051_size_cap(void **state) {
    const fixture *f = *state;
    size_t length = 99;
    char *path = inside(f, "file");
    assert_true(oa_write_file(f->arena, path, "12345", 5, f->diag));
    assert_null(oa_read_file(f->arena, path, 4, &length, f->diag));
    check_refused(f, path, OA_LIMIT);
    assert_non_null(oa_read_file(f->arena, path, 5, &length, f->diag));
    assert_int_equal(length, 5);
}

/* Less than the first portion that is read, and more. */
static void test_REQ_BASE_051_size_cap_of_standard_input(void **state) {
    static const size_t lengths[] = {5, 100000};
    const fixture *f = *state;
    char *path = inside(f, "file");
    const char *bytes = oa_alloc(f->arena, lengths[1], 1);
    int kept = dup(STDIN_FILENO);
    for (size_t i = 0; i < COUNT(lengths); i++) {
        assert_true(oa_write_file(f->arena, path, bytes, lengths[i], f->diag));
        for (size_t max = lengths[i] - 1; max <= lengths[i] + 1; max++) {
            size_t length = 99;
            int fd = open(path, O_RDONLY);
            assert_int_equal(dup2(fd, STDIN_FILENO), STDIN_FILENO);
            close(fd);
            const char *read = oa_read_stdin(f->arena, "<stdin>", max, &length, f->diag);
            if (max < lengths[i]) {
                assert_null(read);
                check_refused(f, "<stdin>", OA_LIMIT);
            } else {
                assert_non_null(read);
                assert_int_equal(length, lengths[i]);
            }
        }
    }
    assert_int_equal(dup2(kept, STDIN_FILENO), STDIN_FILENO);
    close(kept);
}

/* Reading a file that does not fit into the arena's allowance is an error of the read, not the end of the job. */
static void test_REQ_BASE_051_no_memory(void **state) {
    const fixture *f = *state;
    size_t length = 99;
    char *path = inside(f, "file");
    assert_true(oa_write_file(f->arena, path, "12345", 5, f->diag));
    oa_arena *small = oa_arena_new(3);
    assert_null(oa_read_file(small, path, MAX, &length, f->diag));
    check_refused(f, path, OA_MEMORY);
    assert_int_equal(oa_diag_status(f->diag), 3);
    oa_arena_free(small);
}

static void test_REQ_BASE_051_no_permission(void **state) {
    const fixture *f = *state;
    size_t length = 99;
    if (geteuid() == 0) {
        print_message("# root may read and write everything\n");
        skip();
    }
    char *path = inside(f, "file");
    assert_true(oa_write_file(f->arena, path, "1", 1, f->diag));
    assert_int_equal(chmod(path, 0), 0);
    assert_null(oa_read_file(f->arena, path, MAX, &length, f->diag));
    check_refused(f, path, OA_SYSTEM);
    assert_int_equal(chmod(f->directory, 0500), 0);
    assert_false(oa_write_file(f->arena, inside(f, "other"), "1", 1, f->diag));
    check_refused(f, inside(f, "other"), OA_SYSTEM);
    assert_false(oa_make_directory(f->arena, inside(f, "sub"), f->diag));
    assert_int_equal(entries(f), 1);
}

static void test_REQ_BASE_052_a_file_is_replaced(void **state) {
    const fixture *f = *state;
    size_t length = 0;
    struct stat status;
    char *path = inside(f, "file");
    assert_true(oa_write_file(f->arena, path, "old and longer", 14, f->diag));
    assert_true(oa_write_file(f->arena, path, "new", 3, f->diag));
    assert_string_equal(oa_read_file(f->arena, path, MAX, &length, f->diag), "new");
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0644);
    assert_int_equal(entries(f), 1);
}

static void test_REQ_BASE_052_nothing_is_left_behind(void **state) {
    const fixture *f = *state;
    char *directory = inside(f, "directory");
    assert_int_equal(mkdir(directory, 0700), 0);
    assert_false(oa_write_file(f->arena, directory, "text", 4, f->diag)); /* the rename fails */
    check_refused(f, directory, OA_SYSTEM);
    assert_int_equal(oa_diag_status(f->diag), 3);
    assert_int_equal(entries(f), 1);
    char *nowhere = inside(f, "none/file");
    assert_false(oa_write_file(f->arena, nowhere, "text", 4, f->diag));
    check_refused(f, nowhere, OA_SYSTEM);
    assert_int_equal(entries(f), 1);
}

static void test_REQ_BASE_053_directories_are_made(void **state) {
    const fixture *f = *state;
    struct stat status;
    char *deep = inside(f, "a/b//c/");
    assert_true(oa_make_directory(f->arena, deep, f->diag));
    assert_true(oa_make_directory(f->arena, deep, f->diag));
    assert_int_equal(stat(deep, &status), 0);
    assert_true(S_ISDIR(status.st_mode));
    assert_true(oa_make_directory(f->arena, "/", f->diag));
    assert_int_equal(oa_diag_count(f->diag), 0);
    char *file = inside(f, "file");
    assert_true(oa_write_file(f->arena, file, "x", 1, f->diag));
    assert_false(oa_make_directory(f->arena, file, f->diag));
    check_refused(f, file, OA_USAGE);
    assert_false(oa_make_directory(f->arena, inside(f, "file/below"), f->diag));
    assert_int_equal(oa_diag_count(f->diag), 2);
    assert_false(oa_make_directory(f->arena, "", f->diag));
}

static void test_REQ_BASE_053_directories_are_listed(void **state) {
    enum { FILES = 40 };
    const fixture *f = *state;
    size_t count = 99;
    assert_int_equal(entries(f), 0);
    for (int i = 0; i < FILES; i++) {
        char *path = inside(f, oa_printf(f->arena, "%s%d", i % 2 ? "Z" : ".a", i * 7 % FILES));
        assert_true(oa_write_file(f->arena, path, "", 0, f->diag));
    }
    char **names = oa_list_directory(f->arena, f->directory, &count, f->diag);
    assert_int_equal(count, FILES);
    for (size_t i = 1; i < count; i++) {
        assert_true(strcmp(names[i - 1], names[i]) < 0);
    }
    assert_string_equal(names[0], ".a0");
    assert_null(oa_list_directory(f->arena, inside(f, "none"), &count, f->diag));
    check_refused(f, inside(f, "none"), OA_USAGE);
    assert_null(oa_list_directory(f->arena, inside(f, ".a0"), &count, f->diag));
    check_refused(f, inside(f, ".a0"), OA_USAGE);
}

typedef struct listing {
    oa_arena *arena;
    const char *path;
    char **names;
} listing;

static void list(void *context) {
    listing *l = context;
    size_t count;
    l->names = oa_list_directory(l->arena, l->path, &count, NULL);
}

/* Whichever allocation fails, the directory is closed again: LeakSanitizer would tell. */
static void test_REQ_BASE_053_a_listing_without_memory(void **state) {
    const fixture *f = *state;
    for (int i = 0; i < 20; i++) {
        assert_true(oa_write_file(f->arena, inside(f, oa_printf(f->arena, "%d", i)), "", 0, f->diag));
    }
    bool finished = false;
    for (size_t nth = 1; !finished; nth++) {
        listing l = {.arena = oa_arena_new(0), .path = f->directory};
        oa_arena_fail_at(l.arena, nth);
        finished = oa_arena_run(l.arena, list, &l);
        assert_int_equal(finished, l.names != NULL);
        oa_arena_free(l.arena);
    }
}

static void test_REQ_BASE_053_paths(void **state) {
    const fixture *f = *state;
    assert_string_equal(oa_path_join(f->arena, "a", "b"), "a/b");
    assert_string_equal(oa_path_join(f->arena, "a/", "b"), "a/b");
    assert_string_equal(oa_path_join(f->arena, "", "b"), "b");
    assert_string_equal(oa_path_join(f->arena, "/", "b"), "/b");
}

static void test_REQ_BASE_054_sha256(void **state) {
    static const struct {
        const char *text;
        size_t repeat;
        const char *hash;
    } cases[] = {
        {.text = "", .repeat = 1, .hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {.text = "abc", .repeat = 1, .hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {.text = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         .repeat = 1,
         .hash = "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {.text = "a", .repeat = 1000000, .hash = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
    };
    const fixture *f = *state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_buf buf;
        oa_buf_init(&buf, f->arena);
        for (size_t k = 0; k < cases[i].repeat; k++) {
            oa_put(&buf, cases[i].text);
        }
        oa_digest *beside = oa_digest_start(f->arena, buf.bytes, buf.length);
        assert_string_equal(oa_sha256(f->arena, buf.bytes, buf.length), cases[i].hash);
        assert_string_equal(oa_digest_text(f->arena, beside), cases[i].hash);
        assert_string_equal(oa_digest_text(f->arena, beside), cases[i].hash);
    }
}

typedef struct hashing {
    oa_arena *arena;
    bool done;
} hashing;

static void hash(void *context) {
    enum { LARGE = 1 << 20 };
    hashing *h = context;
    const char *bytes = oa_alloc(h->arena, LARGE, 1);
    oa_digest *digest = oa_digest_start(h->arena, bytes, LARGE);
    oa_alloc(h->arena, 1, 1);
    h->done = oa_digest_text(h->arena, digest) != NULL;
}

/* Whichever allocation fails, no thread reads bytes that are gone: AddressSanitizer would tell. */
static void test_REQ_BASE_054_a_hash_without_memory(void **state) {
    (void)state;
    bool finished = false;
    for (size_t nth = 1; !finished; nth++) {
        hashing h = {.arena = oa_arena_new(0)};
        oa_arena_fail_at(h.arena, nth);
        finished = oa_arena_run(h.arena, hash, &h);
        assert_int_equal(finished, h.done);
        oa_arena_free(h.arena);
        assert_true(nth < 20);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_REQ_BASE_050_what_was_written_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_051_missing_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_051_no_regular_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_051_size_cap, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_051_size_cap_of_standard_input, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_051_no_memory, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_051_no_permission, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_052_a_file_is_replaced, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_052_nothing_is_left_behind, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_053_directories_are_made, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_053_directories_are_listed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_053_a_listing_without_memory, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_053_paths, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_REQ_BASE_054_sha256, set_up, tear_down),
        cmocka_unit_test(test_REQ_BASE_054_a_hash_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
