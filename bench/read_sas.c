/*
 * read_sas.c - reads the source files of a directory as the first step of each command does (bytes, hash, records,
 * order), or only their bytes, with their hash: what no reader that states a hash can fall below.
 *
 *     read_sas records DIRECTORY        must hold dm
 *     read_sas bytes FILE...
 */
#include "../src/base/digest.h"
#include "../src/base/io.h"
#include "../src/sdtm/sdtm.h"
#include "clock.h"

#include <string.h>

typedef struct job {
    oa_arena *arena;
    oa_diag *diag;
    bool records;
    int count;
    char **paths;
    bool done;
} job;

static void read_records(job *j) {
    oa_sdtm sdtm;
    size_t rows = 0;
    j->done = oa_sdtm_read(j->arena, j->paths[0], &sdtm, j->diag);
    for (int d = 0; d < OA_N_DOMAINS && j->done; d++) {
        rows += oa_table_rows(sdtm.domain[d]);
    }
    report("rows", (double)rows);
}

static void read_bytes(job *j) {
    double total = 0;
    j->done = true;
    for (int i = 0; i < j->count; i++) {
        size_t length = 0;
        const char *bytes = oa_read_file(j->arena, j->paths[i], SIZE_MAX / 2, &length, j->diag);
        j->done = j->done && bytes && oa_sha256(j->arena, bytes, length);
        total += (double)length;
    }
    report("size", total);
}

static void run(void *context) {
    job *j = context;
    double start = seconds();
    if (j->records) {
        read_records(j);
    } else {
        read_bytes(j);
    }
    report("seconds", seconds() - start);
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fputs("usage: read_sas records DIRECTORY | read_sas bytes FILE...\n", stderr);
        return 2;
    }
    job j = {.arena = oa_arena_new(0),
             .diag = oa_diag_new(),
             .records = strcmp(argv[1], "records") == 0,
             .count = argc - 2,
             .paths = argv + 2};
    bool ran = j.arena && j.diag && oa_arena_run(j.arena, run, &j);
    oa_arena_free(j.arena);
    oa_diag_free(j.diag);
    return ran && j.done ? 0 : 3;
}
