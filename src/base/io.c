/* io.c - see io.h. */
#define _GNU_SOURCE /* O_CLOEXEC */
#include "io.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void refuse(oa_diag *diag, const char *path, const char *what) {
    oa_place where = {.file = path, .seq = -1};
    oa_diag_add(diag, OA_ERROR, OA_SYSTEM, &where, "FILE", "%s: %s", what, strerror(errno));
}

/* A missing file is the user's mistake, everything else the system's. */
static void refuse_open(oa_diag *diag, const char *path) {
    oa_place where = {.file = path, .seq = -1};
    if (errno == ENOENT || errno == ENOTDIR) {
        oa_diag_add(diag, OA_ERROR, OA_USAGE, &where, "FILE", "there is no such file; check the path");
    } else {
        refuse(diag, path, "cannot be opened");
    }
}

/* Reads until the end or until `length` bytes are there; -1 on an error. */
static ssize_t read_fully(int fd, char *bytes, size_t length) {
    size_t done = 0;
    while (done < length) {
        ssize_t got = read(fd, bytes + done, length - done);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return -1;
        }
        if (got == 0) {
            break;
        }
        done += (size_t)got;
    }
    return (ssize_t)done;
}

static char *read_open(oa_arena *arena, int fd, const char *path, size_t max, size_t *length, oa_diag *diag) {
    oa_place where = {.file = path, .seq = -1};
    struct stat status;
    if (fstat(fd, &status) != 0) {
        refuse(diag, path, "cannot be examined");
        return NULL;
    }
    if (!S_ISREG(status.st_mode)) {
        oa_diag_add(diag, OA_ERROR, OA_USAGE, &where, "FILE", "is not a regular file; name a file");
        return NULL;
    }
    if (status.st_size < 0 || (uint64_t)status.st_size > max) {
        oa_diag_add(diag, OA_ERROR, OA_LIMIT, &where, "FILE-SIZE",
                    "has %lld bytes; the most that is read is %zu: leave out what is not needed",
                    (long long)status.st_size, max);
        return NULL;
    }
    size_t size = (size_t)status.st_size;
    char *bytes = oa_alloc(arena, size + 1, 1);
    ssize_t got = read_fully(fd, bytes, size);
    if (got < 0) {
        refuse(diag, path, "cannot be read");
        return NULL;
    }
    *length = (size_t)got;
    return bytes;
}

char *oa_read_stdin(oa_arena *arena, const char *name, size_t max, size_t *length, oa_diag *diag) {
    enum { FIRST = 1 << 16 };
    size_t capacity = FIRST;
    char *bytes = oa_alloc(arena, capacity, 1);
    *length = 0;
    for (;;) {
        ssize_t got = read_fully(STDIN_FILENO, bytes + *length, capacity - 1 - *length);
        if (got < 0) {
            refuse(diag, name, "cannot be read");
            return NULL;
        }
        *length += (size_t)got;
        if (*length > max) {
            oa_place where = {.file = name, .seq = -1};
            oa_diag_add(diag, OA_ERROR, OA_LIMIT, &where, "FILE-SIZE",
                        "has more than %zu bytes, the most that is read: leave out what is not needed", max);
            return NULL;
        }
        if (*length < capacity - 1) {
            return bytes;
        }
        bytes = oa_regrow(arena, bytes, capacity, capacity * 2, 1);
        capacity *= 2;
    }
}

/* So that the descriptor is closed although running out of memory leaves read_open() at once. */
typedef struct read_job {
    oa_arena *arena;
    int fd;
    const char *path;
    size_t max;
    size_t *length;
    oa_diag *diag;
    char *bytes;
} read_job;

static void run_read(void *context) {
    read_job *job = context;
    job->bytes = read_open(job->arena, job->fd, job->path, job->max, job->length, job->diag);
}

char *oa_read_file(oa_arena *arena, const char *path, size_t max, size_t *length, oa_diag *diag) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        refuse_open(diag, path);
        return NULL;
    }
    read_job job = {arena, fd, path, max, length, diag, NULL};
    if (!oa_arena_run(arena, run_read, &job)) {
        oa_place where = {.file = path, .seq = -1};
        oa_diag_add(diag, OA_ERROR, OA_MEMORY, &where, "FILE", "there is not enough memory to read it");
    }
    close(fd);
    return job.bytes;
}

static bool write_fully(int fd, const char *bytes, size_t length) {
    size_t done = 0;
    while (done < length) {
        ssize_t put = write(fd, bytes + done, length - done);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put < 0) {
            return false;
        }
        done += (size_t)put;
    }
    return true;
}

char *oa_stage_file(oa_arena *arena, const char *path, const char *bytes, size_t length, oa_diag *diag) {
    char *staged = oa_printf(arena, "%s.%ld.tmp", path, (long)getpid());
    int fd = open(staged, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0) {
        refuse(diag, path, "cannot be written");
        return NULL;
    }
    bool written = write_fully(fd, bytes, length);
    int failure = errno;
    bool closed = close(fd) == 0;
    if (written && closed) {
        return staged;
    }
    errno = written ? errno : failure;
    refuse(diag, path, "cannot be written");
    unlink(staged);
    return NULL;
}

bool oa_place_file(const char *staged, const char *path, oa_diag *diag) {
    if (rename(staged, path) == 0) {
        return true;
    }
    refuse(diag, path, "cannot be written");
    unlink(staged);
    return false;
}

void oa_unstage_file(const char *staged) {
    unlink(staged);
}

bool oa_write_file(oa_arena *arena, const char *path, const char *bytes, size_t length, oa_diag *diag) {
    const char *staged = oa_stage_file(arena, path, bytes, length, diag);
    return staged && oa_place_file(staged, path, diag);
}

bool oa_make_directory(oa_arena *arena, const char *path, oa_diag *diag) {
    char *partial = oa_strdup(arena, path);
    for (char *c = partial + 1; *partial; c++) {
        if (*c != '/' && *c != '\0') {
            continue;
        }
        char kept = *c;
        *c = '\0';
        if (mkdir(partial, 0777) != 0 && errno != EEXIST) {
            refuse(diag, partial, "the directory cannot be made");
            return false;
        }
        *c = kept;
        if (kept == '\0') {
            break;
        }
    }
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode)) {
        oa_place where = {.file = path, .seq = -1};
        oa_diag_add(diag, OA_ERROR, OA_USAGE, &where, "FILE", "is not a directory; name one that is or can be made");
        return false;
    }
    return true;
}

/* The length of the path without its last component; 0: it has but one. */
static size_t parent_length(const char *path, size_t length) {
    while (length > 0 && path[length - 1] == '/') {
        length--;
    }
    while (length > 0 && path[length - 1] != '/') {
        length--;
    }
    return length;
}

size_t oa_existing_part(oa_arena *arena, const char *path) {
    struct stat status;
    size_t length = strlen(path);
    while (length > 0 && stat(oa_strndup(arena, path, length), &status) != 0) {
        length = parent_length(path, length);
    }
    return length;
}

void oa_unmake_directory(oa_arena *arena, const char *path, size_t existing) {
    size_t length = strlen(path);
    while (length > existing && rmdir(oa_strndup(arena, path, length)) == 0) {
        length = parent_length(path, length);
    }
}

bool oa_need_directory(const char *path, oa_diag *diag) {
    oa_place where = {.file = path, .seq = -1};
    struct stat status;
    if (stat(path, &status) == 0) {
        if (S_ISDIR(status.st_mode)) {
            return true;
        }
        oa_diag_add(diag, OA_ERROR, OA_USAGE, &where, "FILE", "is a file; name the directory that it stands in");
    } else if (errno == ENOENT || errno == ENOTDIR) {
        oa_diag_add(diag, OA_ERROR, OA_USAGE, &where, "FILE", "there is no such directory; check the path");
    } else {
        refuse(diag, path, "cannot be opened");
    }
    return false;
}

static int compare_names(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void close_directory(void *directory) {
    closedir(directory);
}

char **oa_list_directory(oa_arena *arena, const char *path, size_t *count, oa_diag *diag) {
    if (!oa_need_directory(path, diag)) {
        return NULL;
    }
    DIR *directory = opendir(path);
    if (!directory) {
        refuse(diag, path, "cannot be opened");
        return NULL;
    }
    oa_arena_defer(arena, close_directory, directory);
    char **names = OA_NEW_ARRAY(arena, char *, 16);
    size_t capacity = 16;
    size_t n = 0;
    for (const struct dirent *entry = readdir(directory); entry; entry = readdir(directory)) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        if (n == capacity) {
            names = oa_regrow(arena, (void *)names, capacity, capacity * 2, sizeof *names);
            capacity *= 2;
        }
        names[n++] = oa_strdup(arena, entry->d_name);
    }
    qsort((void *)names, n, sizeof *names, compare_names);
    *count = n;
    return names;
}

char *oa_path_join(oa_arena *arena, const char *directory, const char *name) {
    size_t length = strlen(directory);
    bool slash = length == 0 || directory[length - 1] == '/';
    return oa_printf(arena, "%s%s%s", directory, slash ? "" : "/", name);
}
