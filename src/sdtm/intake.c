/* intake.c - see intake.h. */
#include "intake.h"

#include "../base/number.h"
#include "../base/text.h"
#include "explain.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *oa_clip(const char *text, size_t length, char out[OA_CLIP_SIZE]) {
    enum { ROOM = OA_CLIP_SIZE - 4 };
    size_t keep = length < ROOM ? length : ROOM;
    while (keep < length && keep > 0 && ((unsigned char)text[keep] & 0xC0) == 0x80) {
        keep--;
    }
    for (size_t i = 0; i < keep; i++) {
        out[i] = (unsigned char)text[i] < ' ' || text[i] == 0x7F ? '?' : text[i];
    }
    snprintf(out + keep, (size_t)OA_CLIP_SIZE - keep, "%s", keep < length ? "..." : "");
    return out;
}

void oa_intake_begin(oa_intake *intake, oa_arena *arena, const oa_domain_model *model, const char *path,
                     oa_diag *diag) {
    *intake = (oa_intake){.arena = arena, .model = model, .path = path, .diag = diag};
    intake->table = oa_table_new(arena, model->name, model->label);
    oa_table_set_file(intake->table, path);
}

/* The subject of the row being filled, where its column came before the cell that is wrong. */
static const char *current_subject(const oa_intake *intake, int64_t line) {
    if (oa_table_rows(intake->table) == 0 || line != intake->cell_line) {
        return NULL;
    }
    int column = oa_table_column(intake->table, "USUBJID");
    if (column < 0 || oa_column_type(intake->table, column) != OA_TEXT) { /* a file without a model may number them */
        return NULL;
    }
    const char *subject = oa_text(intake->table, intake->row, column);
    return *subject ? subject : NULL;
}

void oa_intake_error(oa_intake *intake, oa_code code, int64_t line, int32_t at, const char *rule, const char *format,
                     ...) {
    if (intake->errors++ >= OA_MAX_REPORTED) {
        return;
    }
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    oa_place where = {.file = intake->path,
                      .line = line,
                      .column = at,
                      .subject = current_subject(intake, line),
                      .domain = intake->model->name,
                      .seq = -1};
    oa_diag_add(intake->diag, OA_ERROR, code, &where, rule, "%s", text);
}

const char *oa_intake_name(const oa_intake *intake, const char *name) {
    return intake->model->n_variables ? oa_upper(intake->arena, name) : oa_strdup(intake->arena, name);
}

static bool names_are_sound(oa_intake *intake, const oa_source_column *columns, size_t count, int64_t line) {
    size_t before = intake->errors;
    for (size_t i = 0; i < count; i++) {
        const char *name = columns[i].name;
        size_t length = strlen(name);
        if (length == 0) {
            oa_intake_error(intake, OA_SCHEMA, line, columns[i].at, "SDTM-COLUMN",
                            "column %zu has no name; name it or remove it", i + 1);
        } else if (name[0] == ' ' || name[length - 1] == ' ') {
            oa_intake_error(intake, OA_SCHEMA, line, columns[i].at, "SDTM-COLUMN",
                            "the column name '%s' has blanks around it; remove them", name);
        }
        for (size_t j = 0; j < i && length; j++) {
            if (oa_streq(columns[j].name, name)) {
                oa_intake_error(intake, OA_SCHEMA, line, columns[i].at, "SDTM-COLUMN",
                                "column %s stands there twice, as number %zu and %zu; remove or rename one", name,
                                j + 1, i + 1);
                break;
            }
        }
    }
    return intake->errors == before;
}

static bool has_name(const oa_source_column *columns, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++) {
        if (oa_streq(columns[i].name, name)) {
            return true;
        }
    }
    return false;
}

/* The column of the user's own that `wanted` may be a slip of. */
static const char *slip_of(const oa_intake *intake, const oa_source_column *columns, size_t count, const char *wanted) {
    const char **unknown = OA_NEW_ARRAY(intake->arena, const char *, count);
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (!oa_variable_model_of(intake->model, columns[i].name)) {
            unknown[n++] = columns[i].name;
        }
    }
    return oa_nearest(wanted, unknown, n);
}

/* The variables with `core` that the file lacks, as "TRTESTCD, USUBJID (is that the column SUBJID?)"; NULL for none. */
static const char *lacking(const oa_intake *intake, const oa_source_column *columns, size_t count, oa_core core) {
    const char *list = NULL;
    for (size_t i = 0; i < intake->model->n_variables; i++) {
        const oa_variable_model *variable = &intake->model->variables[i];
        if (variable->core != core || has_name(columns, count, variable->name)) {
            continue;
        }
        const char *slip = slip_of(intake, columns, count, variable->name);
        list = oa_printf(intake->arena, "%s%s%s%s%s%s", list ? list : "", list ? ", " : "", variable->name,
                         slip ? " (is that the column " : "", slip ? slip : "", slip ? "?)" : "");
    }
    return list;
}

static bool model_is_served(oa_intake *intake, const oa_source_column *columns, size_t count, int64_t line) {
    const char *required = lacking(intake, columns, count, OA_REQ);
    if (required) {
        oa_intake_error(intake, OA_SCHEMA, line, 0, "SDTM-REQUIRED",
                        "the columns of %s that onearm cannot do without are not all there, missing: %s; "
                        "the first line must hold the SDTM names of the columns",
                        intake->model->name, required);
        return false;
    }
    const char *expected = lacking(intake, columns, count, OA_EXP);
    if (expected) {
        oa_place where = {.file = intake->path, .domain = intake->model->name, .seq = -1};
        oa_diag_add(intake->diag, OA_NOTE, OA_SCHEMA, &where, "SDTM-EXPECTED",
                    "has no %s; what is derived from that will be missing", expected);
    }
    return true;
}

bool oa_intake_columns(oa_intake *intake, const oa_source_column *columns, size_t count, int64_t line) {
    if (!names_are_sound(intake, columns, count, line) || !model_is_served(intake, columns, count, line)) {
        return false;
    }
    intake->columns = OA_NEW_ARRAY(intake->arena, oa_intake_column, count);
    intake->n_columns = count;
    for (size_t i = 0; i < count; i++) {
        oa_intake_column *c = &intake->columns[i];
        c->name = columns[i].name;
        c->model = oa_variable_model_of(intake->model, c->name);
        c->numeric = columns[i].type == OA_NUMBER;
        c->type = c->model ? c->model->type : columns[i].type;
        c->index = oa_table_add_column(intake->table, c->name, c->model ? c->model->label : columns[i].label, c->type);
    }
    return true;
}

void oa_intake_row(oa_intake *intake, int64_t line) {
    intake->row = oa_table_add_row(intake->table);
    intake->line = line;
    intake->cell_line = line;
    oa_row_set_line(intake->table, intake->row, line);
}

/* False, and said why, when the value lies outside the model's range. */
static bool within_range(oa_intake *intake, const oa_intake_column *c, double value, int32_t at) {
    if (!c->model || (value >= c->model->min && value <= c->model->max)) {
        return true;
    }
    char shown[OA_NUMBER_SIZE];
    char bound[OA_NUMBER_SIZE];
    bool low = value < c->model->min;
    oa_intake_error(intake, OA_VALUE, intake->cell_line, at, "SDTM-RANGE", "%s is %s, but must be %s %s", c->name,
                    oa_format_number(value, shown), low ? "at least" : "at most",
                    oa_format_number(low ? c->model->min : c->model->max, bound));
    return false;
}

static void read_date(oa_intake *intake, oa_intake_column *c, const char *text, size_t length, int32_t at) {
    if (!oa_parse_date(text, length, &c->last_date)) {
        char why[OA_EXPLAIN_SIZE];
        oa_intake_error(intake, OA_VALUE, intake->cell_line, at, "SDTM-DATE", "%s: %s", c->name,
                        oa_explain_date(text, length, why));
        c->last = NULL;
        return;
    }
    oa_set_date(intake->table, intake->row, c->index, c->last_date);
}

static void read_number(oa_intake *intake, oa_intake_column *c, const char *text, size_t length, int32_t at) {
    if (!oa_parse_number(text, length, &c->last_number)) {
        char why[OA_EXPLAIN_SIZE];
        oa_intake_error(intake, OA_VALUE, intake->cell_line, at, "SDTM-NUMBER", "%s: %s", c->name,
                        oa_explain_number(text, length, why));
        c->last = NULL;
    } else if (!within_range(intake, c, c->last_number, at)) {
        c->last = NULL;
    } else {
        oa_set_number(intake->table, intake->row, c->index, c->last_number);
    }
}

void oa_intake_text(oa_intake *intake, size_t column, const char *text, size_t length, int32_t at, bool lasting) {
    oa_intake_column *c = &intake->columns[column];
    /* SAS cannot tell trailing blanks from padding; CSV must give the same tables. */
    while (length && text[length - 1] == ' ') {
        length--;
    }
    if (length == 0) {
        return;
    }
    if (c->type == OA_TEXT) {
        oa_set_text_n(intake->table, intake->row, c->index, text, length);
        return;
    }
    bool repeated = c->last && c->last_length == length && memcmp(c->last, text, length) == 0;
    c->last = lasting ? text : NULL;
    c->last_length = length;
    if (repeated && c->type == OA_DATE) {
        oa_set_date(intake->table, intake->row, c->index, c->last_date);
    } else if (repeated) {
        oa_set_number(intake->table, intake->row, c->index, c->last_number);
    } else if (c->type == OA_DATE) {
        read_date(intake, c, text, length, at);
    } else {
        read_number(intake, c, text, length, at);
    }
}

void oa_intake_number(oa_intake *intake, size_t column, double value) {
    oa_intake_column *c = &intake->columns[column];
    char text[OA_NUMBER_SIZE];
    switch (c->type) {
    case OA_NUMBER:
        if (within_range(intake, c, value, 0)) {
            oa_set_number(intake->table, intake->row, c->index, value);
        }
        break;
    case OA_TEXT:
        oa_set_text(intake->table, intake->row, c->index, oa_format_number(value, text));
        break;
    case OA_DATE:
        if (!c->refused) {
            oa_intake_error(intake, OA_VALUE, intake->cell_line, 0, "SDTM-DATE",
                            "%s is a number without a date format; give it a format such as DATE9. or E8601DT., or "
                            "store ISO 8601 text",
                            c->name);
        }
        c->refused = true;
        break;
    }
}

void oa_intake_date(oa_intake *intake, size_t column, oa_date date) {
    const oa_intake_column *c = &intake->columns[column];
    char text[OA_DATE_SIZE];
    if (c->type == OA_DATE) {
        oa_set_date(intake->table, intake->row, c->index, date);
    } else if (c->type == OA_TEXT) {
        oa_set_text(intake->table, intake->row, c->index, oa_format_date(date, text));
    } else {
        oa_intake_error(intake, OA_VALUE, intake->cell_line, 0, "SDTM-NUMBER",
                        "%s holds the date %s, but must be a number; take the date format off", c->name,
                        oa_format_date(date, text));
    }
}

void oa_intake_again(oa_intake *intake, size_t column) {
    oa_repeat_cell(intake->table, intake->row, intake->columns[column].index);
}

oa_table *oa_intake_end(oa_intake *intake) {
    if (intake->errors > OA_MAX_REPORTED) {
        oa_place where = {.file = intake->path, .domain = intake->model->name, .seq = -1};
        oa_diag_add(intake->diag, OA_ERROR, OA_VALUE, &where, "SDTM-MORE",
                    "has %zu more errors, which are not listed; mend those above first",
                    intake->errors - OA_MAX_REPORTED);
    }
    return intake->errors ? NULL : intake->table;
}
