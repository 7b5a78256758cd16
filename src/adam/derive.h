/*
 * derive.h - what the derivations share: the context they work in, and small questions they all ask.
 */
#ifndef OA_DERIVE_H
#define OA_DERIVE_H

#include "adam.h"

typedef struct oa_context {
    oa_arena *arena;
    const oa_protocol *protocol;
    const oa_sdtm *sdtm;
    oa_adam *adam;
    oa_diag *diag;
    const oa_p_drug *drugs;
    size_t n_drugs;
    int32_t cutoff;                     /* INT32_MAX: none */
    size_t n_subjects;                  /* rows of DM */
    const oa_span *spans[OA_N_DOMAINS]; /* of each subject */
    struct oa_reader *readers;          /* readers.h; the first is the protocol's */
    size_t n_readers;
} oa_context;

/* One derivation a dataset; each fills context->adam->dataset[...] */
void oa_derive_adsl(oa_context *context);
void oa_derive_adex(oa_context *context);
void oa_derive_adtr(oa_context *context);
void oa_derive_adrs(oa_context *context);
void oa_derive_adtte(oa_context *context);
void oa_derive_adlb(oa_context *context);
void oa_derive_adae(oa_context *context);
void oa_derive_adrsr(oa_context *context);
void oa_derive_discrepancies(oa_context *context);
/* Adds the flags of the protocol's analysis sets to ADSL; last, as their rules may name any table. */
bool oa_derive_sets(oa_context *context);

/* A new dataset, registered in the context under its number. */
oa_table *oa_dataset_new(oa_context *context, oa_dataset dataset, const oa_column_def *columns, size_t count);
const oa_table *oa_domain_table(const oa_context *context, oa_domain domain);

/* Adds a row for a subject: the first two columns of every dataset, STUDYID and USUBJID, are those of ADSL. */
size_t oa_subject_row(const oa_context *context, oa_table *dataset, size_t subject);

/* Looks up `count` columns by name. */
void oa_find_columns(const oa_table *table, const char *const *names, size_t count, int *columns);

/*
 * The day of a date by the one imputation policy of onearm: a missing day becomes the first or the last of its month;
 * a missing month is not made up.  False when there is no day to be had.
 */
typedef enum oa_impute { OA_IMPUTE_FIRST, OA_IMPUTE_LAST } oa_impute;
bool oa_day_by_policy(oa_date date, oa_impute policy, int32_t *day);

/* Marks a source row and, where the use is a problem, adds the finding that says so. */
void oa_account(oa_context *context, oa_table *table, size_t row, oa_use use, const char *rule, const char *text);

/* ADSL values that other datasets need, by subject. */
typedef struct oa_subject_dates {
    bool treated;
    int32_t first_dose;
    int32_t reference; /* day 0 of response and times: first dose, or enrolment where the protocol says so */
    bool has_reference;
    int32_t last_dose;
    bool died;
    int32_t death;
    bool known_alive;
    int32_t last_alive;
    bool new_therapy;
    int32_t new_therapy_day;
} oa_subject_dates;
oa_subject_dates oa_dates_of(const oa_context *context, size_t subject);

/* A day as a study day text and a date: helpers for reasons that people read. */
const char *oa_day_text(oa_context *context, int32_t day);

/* Millimetres without needless decimals: 315000 -> "31.5". */
const char *oa_mm_text(oa_context *context, int64_t length);

/* Writes DOMAIN, variable and --SEQ of a source row to the SRC columns (-1: not in the dataset) and cites it. */
void oa_set_source(oa_table *dataset, size_t row, int src_domain, int src_variable, int src_seq, const oa_table *source,
                   size_t source_row, const char *variable);

#endif
