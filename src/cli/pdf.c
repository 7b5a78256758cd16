/* pdf.c - see pdf.h.  No shell is involved. */
#define _GNU_SOURCE /* pipe2 */
#include "pdf.h"

#include "../base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char *refuse(oa_diag *diag, const char *path, oa_code code, const char *text) {
    oa_place where = {.file = path, .seq = -1};
    oa_diag_add(diag, OA_ERROR, code, &where, "AUDIT-PDF", "%s", text);
    return NULL;
}

/* Text in reading order, which keeps the columns of a page apart; pages end in a form feed. */
static int start(char *path, int out, pid_t *child) {
    char program[] = "pdftotext";
    char quiet[] = "-q";
    char encoding[] = "-enc";
    char utf8[] = "UTF-8";
    char to_stdout[] = "-";
    char *words[] = {program, quiet, encoding, utf8, path, to_stdout, NULL};
    posix_spawn_file_actions_t actions;
    int error = posix_spawn_file_actions_init(&actions);
    if (error == 0) {
        posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        error = posix_spawnp(child, *words, &actions, NULL, words, environ);
        posix_spawn_file_actions_destroy(&actions);
    }
    return error;
}

/* Reads until the end, and no more than the cap of the buffer. */
static void read_all(int in, oa_buf *text) {
    char block[1 << 16];
    ssize_t got;
    while (!text->full && ((got = read(in, block, sizeof block)) > 0 || (got < 0 && errno == EINTR))) {
        oa_put_n(text, block, got > 0 ? (size_t)got : 0);
    }
}

char *oa_pdf_text(oa_arena *arena, const char *path, size_t max, size_t *length, oa_diag *diag) {
    int ends[2];
    pid_t child;
    int status = 0;
    oa_buf text;
    oa_buf_init(&text, arena);
    text.cap = max;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return refuse(diag, path, OA_SYSTEM, "no pipe could be made to read the PDF");
    }
    /* A name that begins with a hyphen would be an option. */
    int error = start(oa_printf(arena, "%s%s", *path == '-' ? "./" : "", path), ends[1], &child);
    close(ends[1]);
    if (error == 0) {
        read_all(ends[0], &text);
    }
    close(ends[0]);
    if (error != 0) {
        return refuse(
            diag, path, OA_USAGE,
            "a PDF is read by pdftotext, which is not installed; install poppler-utils, or give the text itself");
    }
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (text.full) {
        return refuse(diag, path, OA_LIMIT, "the text of the PDF is longer than is read; give the pages that matter");
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        return refuse(diag, path, OA_SYNTAX, "pdftotext cannot read this PDF; is it damaged or protected?");
    }
    if (text.length <= 1 || strspn(text.bytes, " \f\r\n\t") == text.length) {
        return refuse(diag, path, OA_SYNTAX, "the PDF holds no text, only pictures; it needs text recognition first");
    }
    *length = text.length;
    return text.bytes;
}
