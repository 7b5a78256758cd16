/* study.c - opening a study and taking it through the pipeline; see onearm/study.h. */
#include "study_data.h"

#include "../adam/schedule.h"
#include "../ard/times.h"
#include "../base/digest.h"
#include "../base/io.h"
#include "../base/text.h"
#include "../conduct/check.h"

#include <onearm/onearm.h>

#include <stdlib.h>
#include <string.h>

enum { PROTOCOL_MAX = 1 << 20 };

const char *oa_version(void) {
    return OA_VERSION;
}

bool oa_study_run(oa_study *study, void (*job)(void *context), void *context, oa_diag *diag) {
    if (oa_arena_run(study->arena, job, context)) {
        return true;
    }
    oa_diag_add(diag, OA_ERROR, OA_MEMORY, NULL, "MEMORY", "there is not enough memory; nothing was written");
    return false;
}

/* ---- open -------------------------------------------------------------------------------------------------------- */

typedef struct open_job {
    oa_study *study;
    const oa_source *source;
    oa_diag *diag;
    bool opened;
} open_job;

static bool usage(oa_diag *diag, const char *text) {
    oa_diag_add(diag, OA_ERROR, OA_USAGE, NULL, "STUDY", "%s", text);
    return false;
}

/* Paths of protocol and data from what the caller named. */
static bool locate(open_job *job, const char **protocol, const char **data) {
    const oa_source *s = job->source;
    oa_arena *arena = job->study->arena;
    if (s->study && (s->protocol || s->data)) {
        return usage(job->diag, "name either a study or --protocol and --data, not both");
    }
    if (!s->study && !(s->protocol && s->data)) {
        return usage(job->diag, "name a study directory, or give both --protocol FILE and --data DIR");
    }
    if (s->study && !oa_need_directory(s->study, job->diag)) {
        return false;
    }
    *protocol = s->study ? oa_path_join(arena, s->study, "protocol.yaml") : s->protocol;
    *data = s->study ? oa_path_join(arena, s->study, "data") : s->data;
    return true;
}

static bool read_cutoff(open_job *job) {
    const char *text = job->source->cutoff;
    if (!text) {
        return true;
    }
    oa_date *cutoff = &job->study->cutoff;
    if (oa_parse_date(text, strlen(text), cutoff) && cutoff->known >= OA_KNOWN_DAY) {
        return true;
    }
    oa_diag_add(job->diag, OA_ERROR, OA_USAGE, NULL, "CUTOFF",
                "the cut-off '%s' is not a day of the calendar; write it as YYYY-MM-DD", text);
    return false;
}

/* Records of another study are analysed as they are told to be, but not without a word. */
static void check_study_id(const oa_study *study, oa_diag *diag) {
    const oa_table *dm = study->sdtm.domain[OA_DM];
    const char *id = study->protocol->study.id;
    int column = oa_table_column(dm, "STUDYID");
    for (size_t row = 0; row < oa_table_rows(dm); row++) {
        if (!oa_is_missing(dm, row, column) && !oa_text_is(dm, row, column, id)) {
            oa_place where = oa_sdtm_place(dm, row);
            oa_diag_add(diag, OA_WARNING, OA_RECORD, &where, "SDTM-STUDY",
                        "STUDYID is %s, but the protocol is of %s; are these the records of this trial?",
                        oa_text(dm, row, column), id);
            return;
        }
    }
}

static void run_open(void *context) {
    open_job *job = context;
    oa_study *study = job->study;
    const char *protocol = NULL;
    const char *data = NULL;
    size_t length;
    if (!locate(job, &protocol, &data) || !read_cutoff(job)) {
        return;
    }
    const char *bytes = oa_read_file(study->arena, protocol, PROTOCOL_MAX, &length, job->diag);
    if (!bytes) {
        return;
    }
    study->protocol_input =
        (oa_input){.path = protocol, .bytes = length, .sha256 = oa_sha256(study->arena, bytes, length)};
    study->protocol = oa_protocol_parse(study->arena, protocol, bytes, length, job->diag);
    if (!study->protocol) {
        return;
    }
    size_t errors = oa_diag_errors(job->diag);
    bool read = oa_sdtm_read(study->arena, data, &study->sdtm, job->diag);
    if (!read && (oa_diag_errors(job->diag) == errors || !study->sdtm.domain[OA_DM])) {
        return;
    }
    for (int d = 0; d < OA_N_DOMAINS; d++) {
        oa_table_set_id(study->sdtm.domain[d], d);
    }
    if (read) {
        oa_sdtm_check(study->arena, &study->sdtm, job->diag);
        check_study_id(study, job->diag);
    }
    job->opened = read;
}

oa_study *oa_study_open(const oa_source *source, oa_diag *diag) {
    oa_study *study = calloc(1, sizeof *study);
    if (study) {
        study->arena = oa_arena_new(0);
    }
    if (!study || !study->arena) {
        free(study);
        oa_diag_add(diag, OA_ERROR, OA_MEMORY, NULL, "MEMORY", "there is not enough memory to open the study");
        return NULL;
    }
    open_job job = {study, source, diag, false};
    if (oa_study_run(study, run_open, &job, diag) && job.opened) {
        return study;
    }
    oa_study_free(study);
    return NULL;
}

void oa_study_free(oa_study *study) {
    if (study) {
        oa_arena_free(study->arena);
        free(study);
    }
}

const char *oa_study_id(const oa_study *study) {
    return study->protocol->study.id;
}

const char *oa_study_title(const oa_study *study) {
    return study->protocol->study.title;
}

oa_date oa_study_cutoff(const oa_study *study) {
    return study->cutoff.known != OA_KNOWN_NOTHING ? study->cutoff : study->protocol->study.cutoff;
}

/* ---- derive and check -------------------------------------------------------------------------------------------- */

typedef struct derive_job {
    oa_study *study;
    oa_diag *diag;
    bool done;
} derive_job;

static void run_derive(void *context) {
    derive_job *job = context;
    oa_study *s = job->study;
    job->done = oa_adam_derive(s->arena, s->protocol, &s->sdtm, s->cutoff, &s->adam, job->diag) &&
                oa_ard_analyse(s->arena, s->protocol, &s->sdtm, &s->adam, &s->ard, job->diag);
}

bool oa_study_derive(oa_study *study, oa_diag *diag) {
    if (study->derived) {
        return true;
    }
    if (oa_diag_errors(diag) > 0) {
        return false;
    }
    derive_job job = {study, diag, false};
    study->derived = oa_study_run(study, run_derive, &job, diag) && job.done;
    return study->derived;
}

static void run_check(void *context) {
    derive_job *job = context;
    oa_study *s = job->study;
    job->done = oa_conduct_check(s->arena, s->protocol, &s->sdtm, &s->adam, job->diag);
}

bool oa_study_check(oa_study *study, oa_diag *diag) {
    derive_job job = {study, diag, false};
    return study->derived && oa_study_run(study, run_check, &job, diag) && job.done;
}

/* ---- what there is ----------------------------------------------------------------------------------------------- */

const char *const *oa_study_dataset_names(void) {
    static const char *const names[] = {
#define NAME(name, label) #name,
        OA_DATASETS(NAME)
#undef NAME
            NULL};
    return names;
}

bool oa_study_has(const oa_study *study, oa_dataset dataset) {
    return study->derived && (dataset != OA_ADRSR || oa_table_rows(study->adam.dataset[OA_ADRSR]) > 0);
}

const oa_table *oa_study_dataset(const oa_study *study, const char *name) {
    for (int d = 0; d < OA_N_DOMAINS; d++) {
        if (oa_streq(oa_table_name(study->sdtm.domain[d]), name)) {
            return study->sdtm.domain[d];
        }
    }
    for (int d = 0; d < OA_N_DATASETS; d++) {
        if (oa_study_has(study, (oa_dataset)d) && oa_streq(oa_table_name(study->adam.dataset[d]), name)) {
            return study->adam.dataset[d];
        }
    }
    return NULL;
}

size_t oa_study_result_count(const oa_study *study) {
    return study->ard.count;
}

const oa_result *oa_study_result_at(const oa_study *study, size_t index) {
    return index < study->ard.count ? &study->ard.results[index] : NULL;
}

const oa_result *oa_study_result(const oa_study *study, const char *id) {
    return oa_ard_find(&study->ard, id);
}

size_t oa_study_comparison_count(const oa_study *study) {
    return study->ard.n_comparisons;
}

const oa_comparison *oa_study_comparison_at(const oa_study *study, size_t index) {
    return index < study->ard.n_comparisons ? &study->ard.comparisons[index] : NULL;
}

const char *oa_study_set(const oa_study *study, size_t *n) {
    *n = study->ard.efficacy.n;
    return study->ard.efficacy.id;
}

typedef struct presets_job {
    oa_study *study;
    oa_presets *presets;
} presets_job;

static void run_presets(void *context) {
    presets_job *job = context;
    oa_study *s = job->study;
    const oa_p_times *times = &s->protocol->times;
    job->presets->protocol = oa_pfs_rules_text(s->arena, times);
    job->presets->schedule = oa_schedule_text(s->arena, s->protocol);
    job->presets->moved = oa_presets_moved(s->arena, &s->ard, &s->adam, times->month_days, &job->presets->n_moved);
}

bool oa_study_presets(oa_study *study, oa_presets *presets, oa_diag *diag) {
    presets_job job = {study, presets};
    return study->derived && oa_study_run(study, run_presets, &job, diag);
}
