/*
 * sas.h - SAS transport files (XPORT version 5 and 8) and sas7bdat.  Rows count as lines, from 1.
 */
#ifndef OA_SAS_H
#define OA_SAS_H

#include "sdtm.h"

typedef enum oa_sas_format { OA_XPORT, OA_SAS7BDAT } oa_sas_format;

/* Reads bytes[0..length) as a file of the model's domain.  `path` is for messages.  NULL when an error was added; the
 * table is not sorted. */
oa_table *oa_sas_read(oa_arena *arena, const oa_domain_model *model, const char *path, oa_sas_format format,
                      const char *bytes, size_t length, oa_diag *diag);

#endif
