/*
 * sdtm.h - what was recorded: one table a domain, read from files against the models of model.c.
 */
#ifndef OA_SDTM_H
#define OA_SDTM_H

#include "../base/table.h"

#include <onearm/diag.h>

/* name, label; the order is that in which people read them */
#define OA_DOMAINS(X)                                                                                                  \
    X(DM, "Demographics")                                                                                              \
    X(DS, "Disposition")                                                                                               \
    X(MH, "Medical History")                                                                                           \
    X(CM, "Concomitant and Prior Medications")                                                                         \
    X(PR, "Procedures")                                                                                                \
    X(EX, "Exposure")                                                                                                  \
    X(TU, "Tumor Identification")                                                                                      \
    X(TR, "Tumor Results")                                                                                             \
    X(RS, "Disease Response")                                                                                          \
    X(LB, "Laboratory Test Results")                                                                                   \
    X(VS, "Vital Signs")                                                                                               \
    X(AE, "Adverse Events")

typedef enum oa_domain {
#define OA_DOMAIN_ENUM(name, label) OA_##name,
    OA_DOMAINS(OA_DOMAIN_ENUM)
#undef OA_DOMAIN_ENUM
        OA_N_DOMAINS
} oa_domain;

/* Core as in the SDTM implementation guide: REQ must be there and filled, EXP should be there, PERM may. */
typedef enum oa_core { OA_PERM, OA_EXP, OA_REQ } oa_core;

typedef struct oa_variable_model {
    const char *name;
    const char *label;
    oa_type type;
    oa_core core;
    const char *const *terms; /* controlled terms, NULL-ended; NULL: free */
    double min;               /* of numbers; -INFINITY and INFINITY: any */
    double max;
} oa_variable_model;

typedef struct oa_domain_model {
    oa_domain domain;
    const char *name;  /* "TR" */
    const char *label; /* "Tumor Results" */
    const char *seq;   /* "TRSEQ", NULL for DM */
    const oa_variable_model *variables;
    size_t n_variables;
} oa_domain_model;

const oa_domain_model *oa_domain_model_of(oa_domain domain);
/* NULL when the model does not know the variable. */
const oa_variable_model *oa_variable_model_of(const oa_domain_model *model, const char *name);

/* A file that was read, for provenance. */
typedef struct oa_input {
    const char *path;
    size_t bytes;
    const char *sha256;
} oa_input;

/*
 * All domains; one that is absent is a table without columns and rows.  Tables are sorted by USUBJID and then by --SEQ,
 * hold every column of the file (those that the model does not know as they came), and each row knows file and line.
 */
typedef struct oa_sdtm {
    oa_table *domain[OA_N_DOMAINS];
    oa_input *inputs;
    size_t n_inputs;
} oa_sdtm;

/* Reads dm.csv, tr.xpt, lb.sas7bdat, ... from a directory.  False when a message of severity OA_ERROR was added. */
bool oa_sdtm_read(oa_arena *arena, const char *directory, oa_sdtm *sdtm, oa_diag *diag);

/* The checks that need no protocol: subjects that are not in DM, duplicates, controlled terms, end before start, units. */
void oa_sdtm_check(oa_arena *arena, const oa_sdtm *sdtm, oa_diag *diag);

/* Fills a place with file, line, subject, domain and sequence number of a row of a domain table. */
oa_place oa_sdtm_place(const oa_table *table, size_t row);

#endif
