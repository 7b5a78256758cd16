/*
 * adam.h - what the records mean: the analysis datasets, derived from the SDTM tables by the rules of the protocol.
 */
#ifndef OA_ADAM_H
#define OA_ADAM_H

#include "../protocol/protocol.h"
#include "../rules/sql.h"
#include "../sdtm/sdtm.h"

/* name, label; in the order in which they are derived, as each may read those before it */
#define OA_DATASETS(X)                                                                                                 \
    X(ADSL, "Subject-Level Analysis Dataset")                                                                          \
    X(ADEX, "Exposure Analysis Dataset")                                                                               \
    X(ADTR, "Tumor Results Analysis Dataset")                                                                          \
    X(ADRS, "Response Analysis Dataset")                                                                               \
    X(ADTTE, "Time-to-Event Analysis Dataset")                                                                         \
    X(ADLB, "Laboratory Marker Analysis Dataset")                                                                      \
    X(ADAE, "Adverse Event Analysis Dataset")                                                                          \
    X(ADRSR, "Response Analysis Dataset by Reader")                                                                    \
    X(DISCREPANCIES, "Measured and Reported Responses That Differ")

typedef enum oa_dataset {
#define OA_DATASET_ENUM(name, label) OA_##name,
    OA_DATASETS(OA_DATASET_ENUM)
#undef OA_DATASET_ENUM
        OA_N_DATASETS
} oa_dataset;

/* Numbers of tables in citations (oa_ref.table): domains are 0 to 99, datasets follow. */
enum { OA_FIRST_DATASET_ID = 100 };

/* What became of a source row (oa_row_use): an account is kept of each, so that none is dropped in silence. */
#define OA_USES(X)                                                                                                     \
    X(OA_USE_NONE, "not asked for by this protocol's analyses")                                                        \
    X(OA_USE_ANALYSED, "analysed")                                                                                     \
    X(OA_USE_CUTOFF, "after the data cut-off")                                                                         \
    X(OA_USE_READER, "of another evaluator")                                                                           \
    X(OA_USE_NOT_DONE, "not done")                                                                                     \
    X(OA_USE_NO_DATE, "without a usable date")                                                                         \
    X(OA_USE_VALUE, "without a usable value")                                                                          \
    X(OA_USE_UNTREATED, "of a subject who was not treated")                                                            \
    X(OA_USE_BEFORE, "before treatment")

typedef enum oa_use {
#define OA_USE_ENUM(name, text) name,
    OA_USES(OA_USE_ENUM)
#undef OA_USE_ENUM
        OA_N_USES
} oa_use;

const char *oa_use_text(oa_use use);

typedef struct oa_adam {
    oa_table *dataset[OA_N_DATASETS];
    const oa_p_drug *drugs; /* of the protocol, or, where it names none, one for each EXTRT */
    size_t n_drugs;
} oa_adam;

/*
 * Derives all datasets.  `cutoff` replaces the protocol's where it is known.  Findings on records are added to `diag`
 * as notes and warnings; false only when a rule of the protocol cannot be run.
 */
bool oa_adam_derive(oa_arena *arena, const oa_protocol *protocol, const oa_sdtm *sdtm, oa_date cutoff, oa_adam *adam,
                    oa_diag *diag);

/* The PARAMCD of the response of a marker: "TG" -> "TGRESP".  The protocol's markers differ in their first four letters. */
const char *oa_marker_response(oa_arena *arena, const oa_p_marker *marker);

/* The ADSL column that flags membership of an analysis set: "EFFICACY" -> "EFFICAFL". */
const char *oa_set_flag(oa_arena *arena, const char *set_id);

/* The tables of the study for the rules of its protocol: all domains and datasets.  NULL with a message on failure. */
oa_sql *oa_adam_sql(oa_arena *arena, const oa_sdtm *sdtm, const oa_adam *adam, oa_diag *diag);

/* The table behind a citation; NULL for a number that stands for none. */
const oa_table *oa_cited_table(const oa_sdtm *sdtm, const oa_adam *adam, int table_id);

#endif
