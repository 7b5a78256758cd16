/* datasets.h - files in memory, on their way to a directory. */
#ifndef OA_DATASETS_H
#define OA_DATASETS_H

#include "study_data.h"

typedef struct oa_output {
    const char *name; /* within the directory */
    const char *kind; /* html, svg, pdf, csv */
    const char *bytes;
    size_t length;
} oa_output;

typedef struct oa_outputs {
    oa_arena *arena;
    oa_output *items;
    size_t count;
    size_t capacity;
    bool full; /* a buffer reached its cap */
} oa_outputs;

/* Takes the bytes of the buffer, which must not change any more. */
void oa_outputs_add(oa_outputs *outputs, const char *name, const char *kind, const oa_buf *buf);
void oa_outputs_add_datasets(oa_study *study, oa_outputs *outputs);
void oa_outputs_add_findings(oa_study *study, oa_outputs *outputs, const oa_diag *findings);
bool oa_outputs_write(oa_study *study, const oa_outputs *outputs, const char *directory, oa_diag *diag);

#endif
