/*
 * sdtm.c - a directory of files named after their domains becomes one sorted table a domain.
 */
#include "sdtm.h"

#include "../base/digest.h"
#include "../base/io.h"
#include "../base/text.h"
#include "file.h"

#include <string.h>

/* A directory being read. */
typedef struct reading {
    oa_arena *arena;
    const char *directory;
    oa_sdtm *sdtm;
    oa_diag *diag;
    const char *path[OA_N_DOMAINS]; /* the file of each domain, NULL while there is none */
    bool failed;
} reading;

static oa_place place_of_file(const char *path, const char *domain) {
    return (oa_place){.file = path, .domain = domain, .seq = -1};
}

/* The domain that a file is named after; OA_N_DOMAINS for none. */
static oa_domain domain_of(const char *stem) {
    for (int i = 0; i < OA_N_DOMAINS; i++) {
        if (oa_streq_nocase(stem, oa_domain_model_of((oa_domain)i)->name)) {
            return (oa_domain)i;
        }
    }
    return OA_N_DOMAINS;
}

/* Numbers the records of each subject from 1 in the order of the file. */
static void add_sequence(const reading *r, const oa_domain_model *model, oa_table *table) {
    const oa_variable_model *variable = oa_variable_model_of(model, model->seq);
    int subject = oa_table_column(table, "USUBJID");
    int seq = oa_table_add_column(table, variable->name, variable->label, OA_NUMBER);
    double *last = OA_NEW_ARRAY(r->arena, double, oa_code_count(table, subject) + 1);
    for (size_t row = 0; row < oa_table_rows(table); row++) {
        oa_set_number(table, row, seq, ++last[oa_code_at(table, row, subject) + 1]);
    }
    oa_place where = place_of_file(oa_row_file(table), model->name);
    oa_diag_add(r->diag, OA_NOTE, OA_SCHEMA, &where, "SDTM-SEQ",
                "has no %s; records were numbered within each subject in the order of the file", model->seq);
}

static void sort_records(const oa_domain_model *model, oa_table *table) {
    int keys[] = {oa_table_column(table, "USUBJID"), model->seq ? oa_table_column(table, model->seq) : -1};
    oa_table_sort(table, keys, sizeof keys / sizeof keys[0]);
}

static void read_domain(reading *r, oa_domain domain, oa_file_format format, const char *path) {
    const oa_domain_model *model = oa_domain_model_of(domain);
    size_t length;
    const char *bytes = oa_read_file(r->arena, path, oa_largest_file, &length, r->diag);
    if (!bytes) {
        r->failed = true;
        return;
    }
    oa_sdtm *sdtm = r->sdtm;
    oa_digest *digest = oa_digest_start(r->arena, bytes, length);
    oa_table *table = oa_file_parse(r->arena, model, format, path, bytes, length, r->diag);
    sdtm->inputs[sdtm->n_inputs++] =
        (oa_input){.path = path, .bytes = length, .sha256 = oa_digest_text(r->arena, digest)};
    if (!table) {
        r->failed = true;
        return;
    }
    if (model->seq && oa_table_column(table, model->seq) < 0) {
        add_sequence(r, model, table);
    }
    sort_records(model, table);
    sdtm->domain[domain] = table;
}

/* A file that is not read: a warning where its name says that it should be, else a note. */
static void pass_over(const reading *r, const char *path, oa_domain domain) {
    oa_place where = place_of_file(path, domain == OA_N_DOMAINS ? NULL : oa_domain_model_of(domain)->name);
    if (domain == OA_N_DOMAINS) {
        oa_diag_add(r->diag, OA_NOTE, OA_SCHEMA, &where, "SDTM-FILE", "is not named after a domain and was not read");
    } else {
        oa_diag_add(r->diag, OA_WARNING, OA_SCHEMA, &where, "SDTM-FILE",
                    "was not read: onearm reads .csv, .xpt and .sas7bdat; save it as CSV UTF-8");
    }
}

static void take_file(reading *r, const char *name) {
    if (name[0] == '.') {
        return;
    }
    const char *path = oa_path_join(r->arena, r->directory, name);
    const char *dot = strrchr(name, '.');
    size_t stem = dot ? (size_t)(dot - name) : strlen(name);
    oa_domain domain = domain_of(oa_strndup(r->arena, name, stem));
    oa_file_format format = oa_file_format_of(name);
    if (domain == OA_N_DOMAINS || format == OA_FILE_UNKNOWN) {
        pass_over(r, path, dot ? domain : OA_N_DOMAINS);
        return;
    }
    if (r->path[domain]) {
        oa_place where = place_of_file(path, oa_domain_model_of(domain)->name);
        oa_diag_add(r->diag, OA_ERROR, OA_SCHEMA, &where, "SDTM-FILE",
                    "is a second file for the domain %s beside %s; keep one of them", where.domain, r->path[domain]);
        r->failed = true;
        return;
    }
    r->path[domain] = path;
    read_domain(r, domain, format, path);
}

/* Tables without columns for domains that are absent, or could not be read. */
static void fill_absent(const reading *r) {
    for (int i = 0; i < OA_N_DOMAINS; i++) {
        const oa_domain_model *model = oa_domain_model_of((oa_domain)i);
        if (!r->sdtm->domain[i]) {
            r->sdtm->domain[i] = oa_table_new(r->arena, model->name, model->label);
            oa_table_seal(r->sdtm->domain[i]);
        }
    }
}

bool oa_sdtm_read(oa_arena *arena, const char *directory, oa_sdtm *sdtm, oa_diag *diag) {
    reading r = {.arena = arena, .directory = directory, .sdtm = sdtm, .diag = diag};
    *sdtm = (oa_sdtm){0};
    size_t count = 0;
    char **names = oa_list_directory(arena, directory, &count, diag);
    sdtm->inputs = OA_NEW_ARRAY(arena, oa_input, count);
    for (size_t i = 0; names && i < count; i++) {
        take_file(&r, names[i]);
    }
    fill_absent(&r);
    if (!names) {
        return false;
    }
    if (!r.path[OA_DM]) {
        oa_place where = place_of_file(directory, "DM");
        oa_diag_add(diag, OA_ERROR, OA_SCHEMA, &where, "SDTM-DM",
                    "holds no dm.csv, dm.xpt or dm.sas7bdat; the subjects of the study must be in one of them");
        return false;
    }
    return !r.failed;
}

oa_place oa_sdtm_place(const oa_table *table, size_t row) {
    oa_place where = {
        .file = oa_row_file(table), .line = oa_row_line(table, row), .domain = oa_table_name(table), .seq = -1};
    const char *subject = oa_text(table, row, oa_table_column(table, "USUBJID"));
    where.subject = *subject ? subject : NULL;
    oa_domain domain = domain_of(where.domain);
    const char *seq = domain == OA_N_DOMAINS ? NULL : oa_domain_model_of(domain)->seq;
    double value;
    if (seq && oa_number(table, row, oa_table_column(table, seq), &value) && value >= 0 && value < 9e15) {
        where.seq = (int64_t)value;
    }
    return where;
}
