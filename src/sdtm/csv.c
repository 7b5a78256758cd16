/*
 * csv.c - see csv.h.  One pass over the bytes: a record is scanned into spans of the file, and only then checked and
 * given to the table, so that a ragged row leaves nothing behind.
 */
#include "csv.h"

#include "../base/text.h"
#include "encoding.h"

#include <string.h>

/* A field as it stands in the file, without its outer quotes. */
typedef struct field {
    const char *start;
    size_t length;
    int64_t line;
    int32_t column;
    bool doubled; /* holds "" for " */
} field;

typedef struct reader {
    oa_intake intake;
    const char *at;
    const char *end;
    const char *line_start;
    int64_t line;
    field *fields; /* of the record scanned last; never more than OA_MAX_COLUMNS + 1 are kept */
    size_t n_fields;
    int64_t end_line; /* where the record ended */
    int32_t end_column;
    char *scratch; /* for fields with doubled quotes */
    size_t scratch_size;
} reader;

enum { MAX_FIELDS = OA_MAX_COLUMNS + 1 };

static int32_t column_of(const reader *r, const char *place) {
    return (int32_t)(place - r->line_start + 1);
}

static void fail(reader *r, const char *place, const char *rule, const char *what) {
    oa_intake_error(&r->intake, OA_SYNTAX, r->line, column_of(r, place), rule, "%s", what);
}

/* After an error: goes on behind the end of the line. */
static void skip_line(reader *r) {
    const char *newline = memchr(r->at, '\n', (size_t)(r->end - r->at));
    r->at = newline ? newline + 1 : r->end;
    r->line += newline != NULL;
    r->line_start = r->at;
}

static void next_line(reader *r) {
    r->line++;
    r->line_start = r->at;
}

static bool scan_quoted(reader *r, field *f) {
    int64_t opened_line = r->line;
    int32_t opened_column = column_of(r, r->at);
    f->start = ++r->at;
    for (;;) {
        if (r->at == r->end) {
            oa_intake_error(&r->intake, OA_SYNTAX, opened_line, opened_column, "CSV-QUOTE",
                            "the quote that opens here is never closed; close it, or double it if it belongs to the "
                            "text");
            return false;
        }
        char c = *r->at++;
        if (c == '\n') {
            next_line(r);
        } else if (c == '"' && r->at < r->end && *r->at == '"') {
            f->doubled = true;
            r->at++;
        } else if (c == '"') {
            f->length = (size_t)(r->at - 1 - f->start);
            break;
        }
    }
    if (r->at < r->end && !strchr(",\r\n", *r->at)) {
        fail(r, r->at, "CSV-QUOTE", "text after the closing quote; a quote inside a quoted field must be doubled");
        skip_line(r);
        return false;
    }
    return true;
}

static bool scan_plain(reader *r, field *f) {
    static const bool stops[256] = {['"'] = true, [','] = true, ['\r'] = true, ['\n'] = true};
    const char *at = r->at;
    while (at < r->end && !stops[(unsigned char)*at]) {
        at++;
    }
    f->start = r->at;
    f->length = (size_t)(at - r->at);
    r->at = at;
    if (at < r->end && *at == '"') {
        fail(r, at, "CSV-QUOTE",
             "a quote inside a field that has no quotes around it; put the whole field in quotes and double this one");
        skip_line(r);
        return false;
    }
    return true;
}

/* Steps over the end of a record: LF, CRLF or the end of the file. */
static bool end_record(reader *r) {
    r->end_line = r->line;
    r->end_column = column_of(r, r->at);
    if (r->at < r->end && *r->at == '\r') {
        r->at++;
        if (r->at == r->end || *r->at != '\n') {
            fail(r, r->at - 1, "CSV-LINE", "a carriage return without a line feed; lines must end in LF or CRLF");
            skip_line(r);
            return false;
        }
    }
    if (r->at < r->end) {
        r->at++;
        next_line(r);
    }
    return true;
}

/* Reads one record into r->fields; false when it is not to be used, which was said. */
static bool scan_record(reader *r) {
    r->n_fields = 0;
    for (;;) {
        field f = {.line = r->line, .column = column_of(r, r->at)};
        bool scanned = r->at < r->end && *r->at == '"' ? scan_quoted(r, &f) : scan_plain(r, &f);
        if (!scanned) {
            return false;
        }
        if (r->n_fields < MAX_FIELDS) {
            r->fields[r->n_fields] = f;
        }
        r->n_fields++;
        if (r->at == r->end || *r->at != ',') {
            return end_record(r);
        }
        r->at++;
    }
}

/* The text of a field; `lasting` is false where it was copied to be unescaped. */
static const char *field_text(reader *r, const field *f, size_t *length, bool *lasting) {
    *length = f->length;
    *lasting = !f->doubled;
    if (!f->doubled) {
        return f->start;
    }
    if (f->length > r->scratch_size) {
        r->scratch_size = f->length * 2;
        r->scratch = oa_alloc(r->intake.arena, r->scratch_size, 1);
    }
    size_t n = 0;
    for (size_t i = 0; i < f->length; i++) {
        r->scratch[n++] = f->start[i];
        i += f->start[i] == '"';
    }
    *length = n;
    return r->scratch;
}

static bool row_fits(reader *r, int64_t line) {
    size_t wanted = r->intake.n_columns;
    if (r->n_fields == wanted) {
        return true;
    }
    if (r->n_fields == 1 && r->fields[0].length == 0) {
        oa_intake_error(&r->intake, OA_SYNTAX, line, 1, "CSV-ROW", "the line is empty; remove it");
    } else if (r->n_fields < wanted) {
        oa_intake_error(&r->intake, OA_SYNTAX, r->end_line, r->end_column, "CSV-ROW",
                        "the row ends after %zu of %zu fields; write a comma for each empty field", r->n_fields,
                        wanted);
    } else {
        oa_intake_error(&r->intake, OA_SYNTAX, r->fields[wanted].line, r->fields[wanted].column, "CSV-ROW",
                        "the row has %zu fields, the header %zu; a text that holds a comma must stand in quotes, and "
                        "decimals take a point",
                        r->n_fields, wanted);
    }
    return false;
}

static void take_row(reader *r, int64_t line) {
    oa_intake_row(&r->intake, line);
    for (size_t i = 0; i < r->n_fields; i++) {
        size_t length;
        bool lasting;
        const char *text = field_text(r, &r->fields[i], &length, &lasting);
        r->intake.cell_line = r->fields[i].line;
        oa_intake_text(&r->intake, i, text, length, r->fields[i].column, lasting);
    }
}

/* A header that is one field and yet holds another separator was written with that. */
static bool separator_is_comma(reader *r) {
    const field *f = &r->fields[0];
    char other = memchr(f->start, ';', f->length) ? ';' : memchr(f->start, '\t', f->length) ? '\t' : '\0';
    if (r->n_fields > 1 || !other) {
        return true;
    }
    oa_intake_error(&r->intake, OA_SYNTAX, 1, 1, "CSV-HEADER",
                    "the fields are separated by %s; save the file with commas (and decimals with points)",
                    other == ';' ? "semicolons" : "tabs");
    return false;
}

static bool read_header(reader *r) {
    if (r->at == r->end) {
        oa_intake_error(&r->intake, OA_SYNTAX, 1, 1, "CSV-HEADER",
                        "the file is empty; its first line must hold the names of the columns");
        return false;
    }
    if (!scan_record(r) || !separator_is_comma(r)) {
        return false;
    }
    if (r->n_fields > OA_MAX_COLUMNS) {
        oa_intake_error(&r->intake, OA_LIMIT, 1, r->fields[OA_MAX_COLUMNS].column, "CSV-COLUMNS",
                        "the header has %zu columns; the most that onearm takes is %d", r->n_fields, OA_MAX_COLUMNS);
        return false;
    }
    oa_source_column *columns = OA_NEW_ARRAY(r->intake.arena, oa_source_column, r->n_fields);
    for (size_t i = 0; i < r->n_fields; i++) {
        size_t length;
        bool lasting;
        const char *text = field_text(r, &r->fields[i], &length, &lasting);
        const char *name = oa_intake_name(&r->intake, oa_strndup(r->intake.arena, text, length));
        columns[i] = (oa_source_column){.name = name, .label = "", .type = OA_TEXT, .at = r->fields[i].column};
    }
    return oa_intake_columns(&r->intake, columns, r->n_fields, 1);
}

oa_table *oa_csv_read(oa_arena *arena, const oa_domain_model *model, const char *path, const char *bytes, size_t length,
                      oa_diag *diag) {
    reader r = {.line = 1};
    oa_intake_begin(&r.intake, arena, model, path, diag);
    if (!oa_is_plain_utf8(&r.intake, bytes, length)) {
        return oa_intake_end(&r.intake);
    }
    bool has_mark = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
    r.at = r.line_start = bytes + (has_mark ? 3 : 0);
    r.end = bytes + length;
    r.fields = OA_NEW_ARRAY(arena, field, MAX_FIELDS);
    if (!read_header(&r)) {
        return oa_intake_end(&r.intake);
    }
    while (r.at < r.end) {
        int64_t line = r.line;
        if (scan_record(&r) && row_fits(&r, line)) {
            take_row(&r, line);
        }
    }
    return oa_intake_end(&r.intake);
}

oa_place oa_csv_place(oa_arena *arena, const char *path, const char *bytes, size_t length, int64_t line, size_t index) {
    static const oa_domain_model any = {.name = "", .label = ""};
    oa_place place = {.file = path, .line = line, .seq = -1};
    reader r = {.line = 1, .at = bytes, .line_start = bytes, .end = bytes + length};
    oa_intake_begin(&r.intake, arena, &any, path, NULL);
    r.fields = OA_NEW_ARRAY(arena, field, MAX_FIELDS);
    while (r.line < line && r.at < r.end) {
        skip_line(&r);
    }
    if (r.at < r.end && scan_record(&r) && index < r.n_fields) {
        place.line = r.fields[index].line;
        place.column = r.fields[index].column;
    }
    return place;
}
