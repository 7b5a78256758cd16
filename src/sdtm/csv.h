/*
 * csv.h - strict CSV (RFC 4180): UTF-8, commas, a header line, as many fields in each row as in the header.
 */
#ifndef OA_CSV_H
#define OA_CSV_H

#include "sdtm.h"

/* Reads bytes[0..length) as a file of the model's domain.  `path` is for messages.  NULL when an error was added; the
 * table is not sorted.  Line numbers count from 1; a record has the number of the line on which it starts. */
oa_table *oa_csv_read(oa_arena *arena, const oa_domain_model *model, const char *path, const char *bytes, size_t length,
                      oa_diag *diag);

/* Where the field of this index (from 0) stands of the record that begins on `line` of bytes that oa_csv_read() took. */
oa_place oa_csv_place(oa_arena *arena, const char *path, const char *bytes, size_t length, int64_t line, size_t index);

#endif
