/*
 * intake.h - what becomes of the columns and cells of one source file, whatever its format: columns are matched to the
 * model of the domain, cells are read as the type that it wants, and what is wrong is said with its place.
 */
#ifndef OA_INTAKE_H
#define OA_INTAKE_H

#include "sdtm.h"

enum { OA_MAX_COLUMNS = 4096, OA_MAX_REPORTED = 50, OA_CLIP_SIZE = 64 };

/* A column as the file has it. */
typedef struct oa_source_column {
    const char *name;
    const char *label; /* "" where the format has none */
    oa_type type;      /* OA_TEXT for all of CSV */
    int32_t at;        /* byte column of the name; 0 in SAS files */
} oa_source_column;

typedef struct oa_intake_column {
    const char *name;
    const oa_variable_model *model; /* NULL: a column of the user's own */
    oa_type type;                   /* of the table's column */
    bool numeric;                   /* the file has it as a plain number */
    int index;                      /* in the table */
    const char *last;               /* the text read last, where the caller's bytes stay: equal text, equal value */
    size_t last_length;
    oa_date last_date;
    double last_number;
    bool refused; /* the column as a whole cannot be read, and that was said */
} oa_intake_column;

typedef struct oa_intake {
    oa_arena *arena;
    const oa_domain_model *model;
    const char *path;
    oa_table *table;
    oa_diag *diag;
    oa_intake_column *columns;
    size_t n_columns;
    size_t row;        /* the one being filled */
    int64_t line;      /* of the row */
    int64_t cell_line; /* of the cell: another one where a cell before it holds a line end */
    size_t errors;
} oa_intake;

void oa_intake_begin(oa_intake *intake, oa_arena *arena, const oa_domain_model *model, const char *path, oa_diag *diag);

/* A column's name as the table will have it: SDTM names are in capitals whatever the file says; a file without a model
 * keeps its own. */
const char *oa_intake_name(const oa_intake *intake, const char *name);

/* Makes the table's columns.  False when names are empty, twice there or lacking; errors are placed on `line`. */
bool oa_intake_columns(oa_intake *intake, const oa_source_column *columns, size_t count, int64_t line);

/* Adds the row that the next cells belong to. */
void oa_intake_row(oa_intake *intake, int64_t line);

/* One cell.  `lasting`: the bytes stay where they are until the file is read, so that repetition can be seen. */
void oa_intake_text(oa_intake *intake, size_t column, const char *text, size_t length, int32_t at, bool lasting);
void oa_intake_number(oa_intake *intake, size_t column, double value);
void oa_intake_date(oa_intake *intake, size_t column, oa_date date);

/* The cell of the row above once more, which was taken without an error. */
void oa_intake_again(oa_intake *intake, size_t column);

/* Counts an error and reports it unless OA_MAX_REPORTED were.  line and at: 0 for none. */
void oa_intake_error(oa_intake *intake, oa_code code, int64_t line, int32_t at, const char *rule, const char *format,
                     ...) OA_PRINTF(6, 7);

/* Says how many errors were not reported, and gives the table; NULL when there was an error. */
oa_table *oa_intake_end(oa_intake *intake);

/* A value fit to be shown in a message: cut to size between characters, control characters as '?'. */
const char *oa_clip(const char *text, size_t length, char out[OA_CLIP_SIZE]);

#endif
