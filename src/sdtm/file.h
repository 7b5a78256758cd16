/*
 * file.h - one file of records, read by the format that the end of its name says.
 */
#ifndef OA_FILE_H
#define OA_FILE_H

#include "sdtm.h"

typedef enum oa_file_format { OA_FILE_UNKNOWN, OA_FILE_CSV, OA_FILE_XPT, OA_FILE_SAS7BDAT } oa_file_format;

/* A file is held in memory whole.  1 GiB is some ten million records, far more than any trial has of a domain. */
extern const size_t oa_largest_file;

/* .csv, .xpt or .sas7bdat, in any case of letters. */
oa_file_format oa_file_format_of(const char *path);

/* Reads bytes[0..length) against the model, or, where that has no variables, as a file of the user's own: every column
 * keeps its name and the type that the file gives it.  NULL when an error was added; the table is not sorted. */
oa_table *oa_file_parse(oa_arena *arena, const oa_domain_model *model, oa_file_format format, const char *path,
                        const char *bytes, size_t length, oa_diag *diag);

#endif
