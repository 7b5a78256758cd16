/*
 * sas.c - see sas.h.  ReadStat reads the header of both formats and the pages of sas7bdat, from memory; the rows of
 * transport files, which are plain records, are read in xport.c.
 *
 * ReadStat's frames must not be jumped over: callbacks run their work in oa_arena_run() and tell ReadStat to abort.
 */
#include "sas.h"

#include "../base/text.h"
#include "encoding.h"
#include "sasfile.h"

#include <math.h>
#include <readstat.h>
#include <string.h>

static int open_bytes(const char *path, void *context) {
    (void)path;
    oa_sas_file *file = context;
    file->position = 0;
    return 0;
}

static int close_bytes(void *context) {
    (void)context;
    return 0;
}

static readstat_off_t seek_bytes(readstat_off_t offset, readstat_io_flags_t whence, void *context) {
    oa_sas_file *file = context;
    readstat_off_t length = (readstat_off_t)file->length;
    readstat_off_t base = 0;
    switch (whence) {
    case READSTAT_SEEK_SET:
        break;
    case READSTAT_SEEK_CUR:
        base = (readstat_off_t)file->position;
        break;
    case READSTAT_SEEK_END:
        base = length;
        break;
    }
    if (offset < -base || offset > length - base) {
        return -1;
    }
    file->position = (size_t)(base + offset);
    return base + offset;
}

static ssize_t read_bytes(void *buffer, size_t count, void *context) {
    oa_sas_file *file = context;
    size_t left = file->length - file->position;
    size_t got = count < left ? count : left;
    memcpy(buffer, file->bytes + file->position, got);
    file->position += got;
    return (ssize_t)got;
}

/* ReadStat 1.1.8 compares the month of a transport file's time stamp although a damaged stamp gave it none.  The stamp
 * says nothing that onearm uses, so ReadStat gets a sound one. */
static ssize_t read_transport(void *buffer, size_t count, void *context) {
    enum { STAMP_AT = 160 };
    static const char stamp[] = "01JAN60:00:00:00";
    const oa_sas_file *file = context;
    bool is_stamp = file->position == STAMP_AT;
    ssize_t got = read_bytes(buffer, count, context);
    if (is_stamp && got >= (ssize_t)sizeof stamp - 1) {
        memcpy(buffer, stamp, sizeof stamp - 1);
    }
    return got;
}

static readstat_error_t no_progress(long size, readstat_progress_handler handler, void *user, void *context) {
    (void)size;
    (void)handler;
    (void)user;
    (void)context;
    return READSTAT_OK;
}

typedef struct call {
    oa_sas_file *file;
    int row;
    readstat_metadata_t *metadata;
    readstat_variable_t *variable;
    readstat_value_t value;
} call;

/* Runs a callback's work so that running out of memory stops ReadStat rather than jumps over it. */
static int guarded(call *c, void (*job)(void *context)) {
    if (!oa_arena_run(c->file->intake.arena, job, c)) {
        c->file->out_of_memory = true;
    }
    return c->file->out_of_memory || c->file->stop ? READSTAT_HANDLER_ABORT : READSTAT_HANDLER_OK;
}

static void stop(oa_sas_file *file) {
    file->stop = true;
}

static void take_metadata(void *context) {
    const call *c = context;
    oa_sas_file *file = c->file;
    int columns = readstat_get_var_count(c->metadata);
    file->claimed_rows = readstat_get_row_count(c->metadata);
    file->compressed = readstat_get_compression(c->metadata) != READSTAT_COMPRESS_NONE;
    if (columns > OA_MAX_COLUMNS) {
        oa_intake_error(&file->intake, OA_LIMIT, 0, 0, "SAS-COLUMNS",
                        "the file has %d columns; the most that onearm takes is %d", columns, OA_MAX_COLUMNS);
        stop(file);
    } else if (columns < 1) {
        oa_intake_error(&file->intake, OA_SYNTAX, 0, 0, "SAS-COLUMNS", "the file has no columns; export it again");
        stop(file);
    } else if (file->claimed_rows > 0 && (uint64_t)file->claimed_rows > file->length) {
        oa_intake_error(&file->intake, OA_SYNTAX, 0, 0, "SAS-ROWS",
                        "the header claims %lld rows, more than %zu bytes can hold; the file is damaged: export it "
                        "again",
                        (long long)file->claimed_rows, file->length);
        stop(file);
    }
}

static int on_metadata(readstat_metadata_t *metadata, void *context) {
    call c = {.file = context, .metadata = metadata};
    return guarded(&c, take_metadata);
}

static const char *text_or_empty(const char *text) {
    return text && oa_first_not_utf8(text, strlen(text)) == strlen(text) ? text : "";
}

static void take_variable(void *context) {
    const call *c = context;
    oa_sas_file *file = c->file;
    oa_arena *arena = file->intake.arena;
    if (file->n_columns == file->capacity) {
        size_t capacity = file->capacity ? file->capacity * 2 : 32;
        file->names = oa_regrow(arena, file->names, file->capacity, capacity, sizeof *file->names);
        file->columns = oa_regrow(arena, file->columns, file->capacity, capacity, sizeof *file->columns);
        file->capacity = capacity;
    }
    bool numeric = readstat_variable_get_type_class(c->variable) == READSTAT_TYPE_CLASS_NUMERIC;
    const char *format = readstat_variable_get_format(c->variable);
    oa_sas_kind kind = !numeric ? OA_SAS_TEXT : format ? oa_sas_kind_of_format(format) : OA_SAS_NUMBER;
    oa_type type = !numeric ? OA_TEXT : kind == OA_SAS_NUMBER ? OA_NUMBER : OA_DATE;
    file->names[file->n_columns] = (oa_source_column){
        .name = oa_intake_name(&file->intake, text_or_empty(readstat_variable_get_name(c->variable))),
        .label = oa_strdup(arena, text_or_empty(readstat_variable_get_label(c->variable))),
        .type = type,
    };
    file->columns[file->n_columns++] =
        (oa_sas_column){.kind = kind, .width = readstat_variable_get_storage_width(c->variable)};
}

static int on_variable(int index, readstat_variable_t *variable, const char *labels, void *context) {
    (void)index;
    (void)labels;
    call c = {.file = context, .variable = variable};
    return guarded(&c, take_variable);
}

/* Makes the table's columns once all are known. */
static void begin_table(oa_sas_file *file) {
    if (file->begun || file->stop) {
        return;
    }
    size_t width = 0;
    for (size_t i = 0; i < file->n_columns; i++) {
        width += file->columns[i].width;
    }
    bool believable =
        file->claimed_rows <= 0 || file->compressed || width == 0 || (size_t)file->claimed_rows <= file->length / width;
    if (!believable) {
        oa_intake_error(&file->intake, OA_SYNTAX, 0, 0, "SAS-ROWS",
                        "the header claims %lld rows of %zu bytes, more than the file holds; it is damaged: export it "
                        "again",
                        (long long)file->claimed_rows, width);
        stop(file);
    } else if (!oa_intake_columns(&file->intake, file->names, file->n_columns, 0)) {
        stop(file);
    }
    file->begun = true;
}

static void take_value(void *context) {
    const call *c = context;
    oa_sas_file *file = c->file;
    begin_table(file);
    size_t column = (size_t)readstat_variable_get_index(c->variable);
    if (file->stop || column >= file->n_columns) {
        return;
    }
    if (column == 0) {
        oa_intake_row(&file->intake, (int64_t)c->row + 1);
    }
    if (file->columns[column].kind == OA_SAS_TEXT) {
        const char *text = readstat_string_value(c->value);
        oa_sas_text(file, column, text ? text : "", text ? strlen(text) : 0);
    } else if (!readstat_value_is_system_missing(c->value) && !readstat_value_is_tagged_missing(c->value)) {
        oa_sas_number(file, column, readstat_double_value(c->value));
    }
}

static int on_value(int row, readstat_variable_t *variable, readstat_value_t value, void *context) {
    call c = {.file = context, .row = row, .variable = variable, .value = value};
    return guarded(&c, take_value);
}

static void report_failure(oa_sas_file *file, oa_sas_format format, readstat_error_t error) {
    if (file->stop) {
        return;
    }
    int64_t row = file->begun ? file->intake.line : 0;
    oa_intake_error(&file->intake, OA_SYNTAX, row, 0, "SAS-FORMAT",
                    "cannot be read as %s (%s); export it again, as %s or CSV UTF-8",
                    format == OA_XPORT ? "a SAS transport file" : "sas7bdat", readstat_error_message(error),
                    format == OA_XPORT ? "XPORT version 5" : "XPT");
}

/* Lets ReadStat read the header, and of sas7bdat the rows as well. */
static readstat_error_t parse(oa_sas_file *file, oa_sas_format format) {
    readstat_parser_t *parser = readstat_parser_init();
    readstat_set_open_handler(parser, open_bytes);
    readstat_set_close_handler(parser, close_bytes);
    readstat_set_seek_handler(parser, seek_bytes);
    readstat_set_read_handler(parser, format == OA_XPORT ? read_transport : read_bytes);
    readstat_set_update_handler(parser, no_progress);
    readstat_set_io_ctx(parser, file);
    readstat_set_metadata_handler(parser, on_metadata);
    readstat_set_variable_handler(parser, on_variable);
    readstat_error_t error;
    if (format == OA_XPORT) {
        error = readstat_parse_xport(parser, file->intake.path, file);
    } else {
        readstat_set_value_handler(parser, on_value);
        error = readstat_parse_sas7bdat(parser, file->intake.path, file);
    }
    readstat_parser_free(parser);
    return error;
}

oa_table *oa_sas_read(oa_arena *arena, const oa_domain_model *model, const char *path, oa_sas_format format,
                      const char *bytes, size_t length, oa_diag *diag) {
    oa_sas_file file = {.bytes = bytes, .length = length, .claimed_rows = -1};
    oa_intake_begin(&file.intake, arena, model, path, diag);
    readstat_error_t error = parse(&file, format);
    if (file.out_of_memory) {
        oa_alloc(arena, SIZE_MAX, 2); /* leaves the job, now that ReadStat has let go of its memory */
    }
    if (error != READSTAT_OK) {
        report_failure(&file, format, error);
        return oa_intake_end(&file.intake);
    }
    begin_table(&file);
    if (format == OA_XPORT && !file.stop) {
        oa_xport_rows(&file);
    }
    return oa_intake_end(&file.intake);
}
