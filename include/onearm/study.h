/*
 * study.h - a study: its protocol, its records, and everything that is derived from them.
 *
 *     oa_diag *diag = oa_diag_new();
 *     oa_study *study = oa_study_open(&(oa_source){.study = "examples/anlotinib-rai"}, diag);
 *     if (study && oa_study_derive(study, diag)) {
 *         const oa_result *orr = oa_study_result(study, "ORR");
 *     }
 *     oa_study_free(study);
 *     oa_diag_free(diag);
 */
#ifndef ONEARM_STUDY_H
#define ONEARM_STUDY_H

#include <onearm/api.h>
#include <onearm/diag.h>
#include <onearm/results.h>
#include <onearm/table.h>

#include <stdbool.h>
#include <stddef.h>

typedef struct oa_study oa_study;

/* Where a study is.  Either `study`, a directory with protocol.yaml and data/, or both others. */
typedef struct oa_source {
    const char *study;
    const char *protocol; /* a file */
    const char *data;     /* a directory of files named after their domain */
    const char *cutoff;   /* ISO 8601 date that replaces the protocol's; NULL: the protocol's */
} oa_source;

/*
 * Reads protocol and records.  NULL where they cannot be read at all; findings on records do not stop it.  Messages of
 * severity OA_ERROR say that the study must not be analysed: oa_study_derive() then refuses.
 */
OA_API oa_study *oa_study_open(const oa_source *source, oa_diag *diag);
OA_API void oa_study_free(oa_study *study);

OA_API const char *oa_study_id(const oa_study *study);
OA_API const char *oa_study_title(const oa_study *study);

/* SDTM to ADaM to results.  False, with messages, where the records hold errors or a rule cannot be run. */
OA_API bool oa_study_derive(oa_study *study, oa_diag *diag);

/* Runs the protocol's eligibility criteria, gates and edit checks; what they find goes to `diag`.  After derive. */
OA_API bool oa_study_check(oa_study *study, oa_diag *diag);

/* Datasets by name ("DM", "ADRS"); NULL: there is none.  ADaM datasets only after oa_study_derive(). */
OA_API const oa_table *oa_study_dataset(const oa_study *study, const char *name);
/* Names of the ADaM datasets, NULL-ended. */
OA_API const char *const *oa_study_dataset_names(void);

/* Results, in the order of the report.  Pointers live as long as the study. */
OA_API size_t oa_study_result_count(const oa_study *study);
OA_API const oa_result *oa_study_result_at(const oa_study *study, size_t index);
OA_API const oa_result *oa_study_result(const oa_study *study, const char *id);
OA_API size_t oa_study_comparison_count(const oa_study *study);
OA_API const oa_comparison *oa_study_comparison_at(const oa_study *study, size_t index);
/* Id and size of the analysis set of efficacy. */
OA_API const char *oa_study_set(const oa_study *study, size_t *n);

/* The presets of progression-free survival side by side.  Their results are those of analysis PRESETS: PFSA.MEDIAN,
 * PFSE.EVENT.DEATH ..., each with its preset as column. */
typedef struct oa_presets {
    const char *protocol; /* what the protocol's own PFS goes by: "fda-a" */
    const char *schedule; /* what missed assessments are judged by, a sentence */
    const oa_preset_subject *moved;
    size_t n_moved;
} oa_presets;
OA_API bool oa_study_presets(oa_study *study, oa_presets *presets, oa_diag *diag);

/* A record that a value was made from. */
typedef struct oa_record {
    const char *domain;
    int64_t seq; /* -1: none */
    const char *file;
    int64_t line;
    const char *text; /* what it says, in one line */
} oa_record;

/* An assessment on the way to a best response. */
typedef struct oa_step {
    const char *date;
    const char *day; /* study day */
    const char *visit;
    const char *response; /* "PR"; where the protocol reads it as another one: "PR, read as PD" */
    const char *use;      /* "counts", "after the first progression" */
    const char *role;     /* "gives the best response its date", "confirms it"; "" */
} oa_step;

typedef struct oa_explanation {
    const char *subject;
    const char *paramcd;
    const char *param;
    const char *visit;
    const char *value;
    const char *date;
    const char *rule;
    const char *reason;
    const char *paper;    /* where the rule stands; "" */
    const oa_step *steps; /* of a best response: the assessments in order of day */
    size_t n_steps;
    const oa_record *records;
    size_t n_records;
} oa_explanation;

/*
 * Why a subject has a value: parameter of ADRS, ADTTE, ADLB, ADTR or ADEX, with "@VISIT" behind it for one visit
 * ("OVR@WEEK 12").  Several rows give several explanations.  False, with a message that names what there is, where the
 * subject or the parameter is unknown.
 */
OA_API bool oa_study_explain(oa_study *study, const char *subject, const char *paramcd, const oa_explanation **found,
                             size_t *count, oa_diag *diag);

/* Writes each ADaM dataset, and the results as ard.csv, into a directory that is made where it is missing. */
OA_API bool oa_study_write_datasets(oa_study *study, const char *directory, oa_diag *diag);

/* What a report consists of. */
typedef struct oa_report_options {
    const char *directory; /* made where it is missing */
    int64_t now;           /* seconds since 1970 for provenance and PDF dates; the library reads no clock */
} oa_report_options;

typedef struct oa_report_file {
    const char *path;
    const char *kind; /* html, svg, pdf, csv */
} oa_report_file;

/* report.html, its figures as SVG and PDF, the datasets as CSV.  All files are made before the first is written. */
OA_API bool oa_study_report(oa_study *study, const oa_report_options *options, const oa_report_file **files,
                            size_t *count, oa_diag *diag);

#endif
