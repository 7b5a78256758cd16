/* datasets.c - the analysis datasets and results as files: all are made in memory before the first is written. */
#define _GNU_SOURCE /* sigset_t, pthread_sigmask */
#include "datasets.h"

#include "../base/io.h"
#include "../base/table_csv.h"
#include "../base/text.h"

#include <pthread.h>
#include <signal.h>

static void add_file(oa_study *study, oa_outputs *outputs, const oa_table *table) {
    oa_buf buf;
    oa_buf_init(&buf, study->arena);
    oa_put_csv(&buf, table);
    const char *name = oa_printf(study->arena, "%s.csv", oa_lower(study->arena, oa_table_name(table)));
    oa_outputs_add(outputs, name, "csv", &buf);
}

void oa_outputs_add(oa_outputs *outputs, const char *name, const char *kind, const oa_buf *buf) {
    if (outputs->count == outputs->capacity) {
        size_t capacity = outputs->capacity ? outputs->capacity * 2 : 32;
        outputs->items = oa_regrow(outputs->arena, outputs->items, outputs->capacity, capacity, sizeof *outputs->items);
        outputs->capacity = capacity;
    }
    outputs->full = outputs->full || buf->full;
    outputs->items[outputs->count++] = (oa_output){name, kind, buf->bytes, buf->length};
}

void oa_outputs_add_datasets(oa_study *study, oa_outputs *outputs) {
    for (int d = 0; d < OA_N_DATASETS; d++) {
        if (oa_study_has(study, (oa_dataset)d)) {
            add_file(study, outputs, study->adam.dataset[d]);
        }
    }
    add_file(study, outputs, oa_ard_table(study->arena, &study->ard, &study->adam));
}

#define FINDINGS_COLUMNS(X)                                                                                            \
    X(RULE, OA_TEXT, "Rule")                                                                                           \
    X(SEVERITY, OA_TEXT, "Severity")                                                                                   \
    X(USUBJID, OA_TEXT, "Unique Subject Identifier")                                                                   \
    X(DOMAIN, OA_TEXT, "Domain Abbreviation")                                                                          \
    X(SEQ, OA_NUMBER, "Sequence Number")                                                                               \
    X(FILE, OA_TEXT, "File")                                                                                           \
    X(LINE, OA_NUMBER, "Line or Row")                                                                                  \
    X(MESSAGE, OA_TEXT, "Finding")

enum { FINDINGS_COLUMNS(OA_C) N_COLUMNS };

static void add_finding(oa_table *table, const oa_message *m) {
    size_t row = oa_table_add_row(table);
    oa_set_text(table, row, C_RULE, m->rule);
    oa_set_text(table, row, C_SEVERITY, oa_severity_name(m->severity));
    oa_set_text(table, row, C_USUBJID, m->where.subject);
    oa_set_text(table, row, C_DOMAIN, m->where.domain);
    oa_set_text(table, row, C_FILE, m->where.file ? oa_base_name(m->where.file) : "");
    oa_set_text(table, row, C_MESSAGE, m->text);
    if (m->where.seq >= 0) {
        oa_set_number(table, row, C_SEQ, (double)m->where.seq);
    }
    if (m->where.line > 0) {
        oa_set_number(table, row, C_LINE, (double)m->where.line);
    }
}

void oa_outputs_add_findings(oa_study *study, oa_outputs *outputs, const oa_diag *findings) {
    static const oa_column_def columns[] = {FINDINGS_COLUMNS(OA_DEF)};
    oa_table *table = oa_table_of(study->arena, "FINDINGS", "Findings on the Records", columns, N_COLUMNS);
    for (size_t i = 0; i < oa_diag_count(findings); i++) {
        add_finding(table, oa_diag_get(findings, i));
    }
    add_file(study, outputs, table);
}

typedef struct write_job {
    oa_study *study;
    const oa_outputs *outputs;
    const char *directory;
    oa_diag *diag;
    bool done;
} write_job;

/* Stages all, and only then lets them take their places. */
static bool write_all(const write_job *job) {
    const oa_outputs *outputs = job->outputs;
    oa_arena *arena = job->study->arena;
    const char **paths = OA_NEW_ARRAY(arena, const char *, outputs->count);
    const char **staged = OA_NEW_ARRAY(arena, const char *, outputs->count);
    bool good = true;
    for (size_t i = 0; i < outputs->count && good; i++) {
        const oa_output *o = &outputs->items[i];
        paths[i] = oa_path_join(arena, job->directory, o->name);
        staged[i] = oa_stage_file(arena, paths[i], o->bytes, o->length, job->diag);
        good = staged[i] != NULL;
    }
    for (size_t i = 0; i < outputs->count && staged[i]; i++) {
        if (good) {
            good = oa_place_file(staged[i], paths[i], job->diag);
        } else {
            oa_unstage_file(staged[i]);
        }
    }
    return good;
}

static void run_write_all(void *context) {
    write_job *job = context;
    job->done = write_all(job);
}

/* Signals that would end the program wait while files are written, so that no temporary one is left behind. */
static bool write_undisturbed(write_job *job) {
    sigset_t ending;
    sigset_t before;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &ending, &before);
    bool ran = oa_study_run(job->study, run_write_all, job, job->diag);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return ran && job->done;
}

bool oa_outputs_write(oa_study *study, const oa_outputs *outputs, const char *directory, oa_diag *diag) {
    if (outputs->full) {
        oa_diag_add(diag, OA_ERROR, OA_LIMIT, NULL, "OUTPUT", "an output would pass 64 MiB; nothing was written");
        return false;
    }
    size_t existing = oa_existing_part(study->arena, directory);
    write_job job = {study, outputs, directory, diag, false};
    bool written = oa_make_directory(study->arena, directory, diag) && write_undisturbed(&job);
    if (!written) {
        oa_unmake_directory(study->arena, directory, existing);
    }
    return written;
}

static void run_write(void *context) {
    write_job *job = context;
    oa_outputs outputs = {.arena = job->study->arena};
    oa_outputs_add_datasets(job->study, &outputs);
    job->done = oa_outputs_write(job->study, &outputs, job->directory, job->diag);
}

bool oa_study_write_datasets(oa_study *study, const char *directory, oa_diag *diag) {
    write_job job = {study, NULL, directory, diag, false};
    return study->derived && oa_study_run(study, run_write, &job, diag) && job.done;
}
