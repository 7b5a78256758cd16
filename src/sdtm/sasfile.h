/* sasfile.h - what sas.c (headers, sas7bdat) and xport.c (rows of transport files) share. */
#ifndef OA_SASFILE_H
#define OA_SASFILE_H

#include "intake.h"

/* What a SAS number means, after its format. */
typedef enum oa_sas_kind { OA_SAS_TEXT, OA_SAS_NUMBER, OA_SAS_DATE, OA_SAS_DATETIME } oa_sas_kind;

typedef struct oa_sas_column {
    oa_sas_kind kind;
    size_t width; /* bytes in a row of the file */
    bool sound;   /* there is a row before, and its cell could be read */
} oa_sas_column;

typedef struct oa_sas_file {
    oa_intake intake;
    const char *bytes;
    size_t length;
    size_t position; /* of the reader in the bytes */
    oa_source_column *names;
    oa_sas_column *columns;
    size_t n_columns;
    size_t capacity;
    int64_t claimed_rows; /* -1: the header does not say */
    bool compressed;
    bool begun;         /* the table has its columns */
    bool stop;          /* an error after which reading is pointless; it was said */
    bool out_of_memory; /* in a callback; leave the job once ReadStat has returned */
} oa_sas_file;

/* The meaning of a format such as "DATE9." or "E8601DT". */
oa_sas_kind oa_sas_kind_of_format(const char *format);

/* Gives a value to the row being filled. */
void oa_sas_number(oa_sas_file *file, size_t column, double value);
void oa_sas_text(oa_sas_file *file, size_t column, const char *text, size_t length);

/* The rows that follow the header of a transport file, from file->position on. */
void oa_xport_rows(oa_sas_file *file);

#endif
