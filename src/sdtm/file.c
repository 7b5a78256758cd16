/* source.c - see file.h. */
#include "file.h"

#include "../base/text.h"
#include "csv.h"
#include "sas.h"

#include <string.h>

const size_t oa_largest_file = (size_t)1 << 30;

static const struct {
    const char *extension;
    oa_file_format format;
} formats[] = {{"csv", OA_FILE_CSV}, {"xpt", OA_FILE_XPT}, {"sas7bdat", OA_FILE_SAS7BDAT}};

oa_file_format oa_file_format_of(const char *path) {
    const char *dot = strrchr(oa_base_name(path), '.');
    for (size_t i = 0; dot && i < sizeof formats / sizeof formats[0]; i++) {
        if (oa_streq_nocase(dot + 1, formats[i].extension)) {
            return formats[i].format;
        }
    }
    return OA_FILE_UNKNOWN;
}

oa_table *oa_file_parse(oa_arena *arena, const oa_domain_model *model, oa_file_format format, const char *path,
                        const char *bytes, size_t length, oa_diag *diag) {
    switch (format) {
    case OA_FILE_CSV:
        return oa_csv_read(arena, model, path, bytes, length, diag);
    case OA_FILE_XPT:
        return oa_sas_read(arena, model, path, OA_XPORT, bytes, length, diag);
    case OA_FILE_SAS7BDAT:
        return oa_sas_read(arena, model, path, OA_SAS7BDAT, bytes, length, diag);
    case OA_FILE_UNKNOWN:
        break;
    }
    return NULL;
}
