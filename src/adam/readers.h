/*
 * readers.h - who read the scans: the evaluators of TU, TR and RS, of whom the protocol's is the primary one.
 *
 * All analyses are those of the primary reader (response.evaluator, evaluator_id).  Records that name no evaluator are
 * the primary reader's, where they bear the evaluator_id that the protocol may ask for.  The others are each distinct pair of --EVAL and --EVALID that is not the primary reader's, in
 * the order of their texts, so that the order of the rows does not matter.
 */
#ifndef OA_READERS_H
#define OA_READERS_H

#include "derive.h"

typedef struct oa_reader {
    const char *eval; /* --EVAL */
    const char *id;   /* --EVALID; "": of the primary reader any, of another one none */
    bool primary;
    bool accepted;            /* protocol: only records with --ACPTFL Y are this reader's, the adjudicated ones */
    int acptfl[OA_N_DOMAINS]; /* the column --ACPTFL of TU, TR and RS; -1: none, and then every record is accepted */
    size_t index;             /* into oa_context.readers */
    struct oa_reported **reported; /* of each subject, as tumours (oa_reported_of) */
    struct oa_tumour **tumours;    /* of each subject, made when first asked for (oa_tumour_of); NULL until then */
} oa_reader;

/* Fills context->readers; the primary reader is the first, whether or not a record is theirs. */
void oa_find_readers(oa_context *context);

const oa_reader *oa_primary_reader(const oa_context *context);

/* True where the reader made the record; `eval` and `evalid` are the columns --EVAL and --EVALID. */
bool oa_is_read_by(const oa_reader *reader, const oa_table *table, size_t row, int eval, int evalid);

/* What the reading of records says of a row: as oa_account() and oa_diag_add(), but only for the primary reader, so that
 * each record is accounted for once. */
void oa_reader_account(oa_context *context, const oa_reader *reader, oa_table *table, size_t row, oa_use use,
                       const char *rule, const char *text);
void oa_reader_say(oa_context *context, const oa_reader *reader, oa_severity severity, const oa_table *table,
                   size_t row, const char *rule, const char *text);

/* "INVESTIGATOR", "INDEPENDENT ASSESSOR RADIOLOGIST 1" */
const char *oa_reader_name(oa_context *context, const oa_reader *reader);

#endif
