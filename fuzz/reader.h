/*
 * reader.h - a target for a reader of SDTM files: the first byte chooses the domain, or that it is none and any columns
 * will do, the others are the file.  It is either refused with an error or gives a table of which every cell can be read.
 */
#ifndef OA_FUZZ_READER_H
#define OA_FUZZ_READER_H

#include "../src/sdtm/sdtm.h"
#include "harness.h"

static inline const oa_domain_model *model_of(const input *in) {
    static const oa_domain_model none = {.name = "any", .label = ""};
    int choice = in->data[0] % (OA_N_DOMAINS + 1);
    return choice < OA_N_DOMAINS ? oa_domain_model_of((oa_domain)choice) : &none;
}

static inline const char *file_of(const input *in) {
    return oa_strndup(in->arena, (const char *)in->data + 1, in->size - 1);
}

static inline void check_table(const input *in, oa_table *table) {
    char out[352];
    must((table == NULL) == (oa_diag_errors(in->diag) > 0));
    size_t rows = table ? oa_table_rows(table) : 0;
    if (table) {
        oa_table_seal(table);
    }
    for (size_t row = 0; row < rows; row++) {
        for (size_t column = 0; column < oa_table_columns(table); column++) {
            must(oa_cell(table, row, (int)column, out) != NULL);
        }
    }
}

#endif
