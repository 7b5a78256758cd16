/*
 * xport.c - the values of SAS files, and the rows of transport files.
 *
 * A row is the columns' bytes one after the other; numbers are IBM System/360 hexadecimal floating point, 2 to 8 bytes,
 * big-endian: sign bit, exponent of 16 in excess of 64, fraction.  Rows fill records of 80 bytes, the last padded with
 * blanks.  SAS Technical Support, TS-140, "The Record Layout of a Data Set in SAS Transport (XPORT) Format".
 */
#include "encoding.h"
#include "sasfile.h"

#include "../base/text.h"

#include <math.h>
#include <string.h>

enum { RECORD = 80, SECONDS_OF_DAY = 86400 };

/* The date formats of SAS by the start of their names; longer ones first where one starts like another. */
static const struct {
    const char *start;
    oa_sas_kind kind;
} date_formats[] = {
    {"DATETIME", OA_SAS_DATETIME}, {"DATEAMPM", OA_SAS_DATETIME}, {"DTDATE", OA_SAS_DATETIME},
    {"E8601DT", OA_SAS_DATETIME},  {"B8601DT", OA_SAS_DATETIME},  {"IS8601DT", OA_SAS_DATETIME},
    {"MDYAMPM", OA_SAS_DATETIME},  {"NLDATM", OA_SAS_DATETIME},   {"DATE", OA_SAS_DATE},
    {"DDMMYY", OA_SAS_DATE},       {"MMDDYY", OA_SAS_DATE},       {"YYMMDD", OA_SAS_DATE},
    {"YYMM", OA_SAS_DATE},         {"MMYY", OA_SAS_DATE},         {"MONYY", OA_SAS_DATE},
    {"E8601DA", OA_SAS_DATE},      {"B8601DA", OA_SAS_DATE},      {"IS8601DA", OA_SAS_DATE},
    {"JULIAN", OA_SAS_DATE},       {"WEEKDAT", OA_SAS_DATE},      {"WORDDAT", OA_SAS_DATE},
    {"NLDATE", OA_SAS_DATE},       {"EURDF", OA_SAS_DATE},
};

oa_sas_kind oa_sas_kind_of_format(const char *format) {
    for (size_t i = 0; i < sizeof date_formats / sizeof date_formats[0]; i++) {
        if (strncmp(format, date_formats[i].start, strlen(date_formats[i].start)) == 0) {
            return date_formats[i].kind;
        }
    }
    return OA_SAS_NUMBER;
}

/* SAS counts days and seconds from 1960-01-01.  False outside the years 1800 to 2199. */
static bool date_of(double value, oa_sas_kind kind, oa_date *date) {
    double seconds = kind == OA_SAS_DATETIME ? floor(value) : floor(value) * SECONDS_OF_DAY;
    double day = floor(seconds / SECONDS_OF_DAY) + oa_day_of(1960, 1, 1);
    if (!(day >= oa_day_of(1800, 1, 1) && day <= oa_day_of(2199, 12, 31))) {
        return false;
    }
    *date = oa_date_of_day((int32_t)day);
    if (kind == OA_SAS_DATETIME) {
        date->second = (int32_t)(seconds - floor(seconds / SECONDS_OF_DAY) * SECONDS_OF_DAY);
        date->known = OA_KNOWN_SECOND;
    }
    return true;
}

void oa_sas_number(oa_sas_file *file, size_t column, double value) {
    oa_intake *intake = &file->intake;
    oa_sas_kind kind = file->columns[column].kind;
    oa_date date;
    if (!isfinite(value)) {
        oa_intake_error(intake, OA_VALUE, intake->line, 0, "SDTM-NUMBER",
                        "%s is not a finite number; correct it or leave it missing", file->names[column].name);
    } else if (kind == OA_SAS_NUMBER) {
        oa_intake_number(intake, column, value);
    } else if (date_of(value, kind, &date)) {
        oa_intake_date(intake, column, date);
    } else {
        oa_intake_error(intake, OA_VALUE, intake->line, 0, "SDTM-DATE",
                        "%s holds the SAS date %g, which is not in the years 1800 to 2199; correct it or its format",
                        file->names[column].name, value);
    }
}

void oa_sas_text(oa_sas_file *file, size_t column, const char *text, size_t length) {
    oa_intake *intake = &file->intake;
    while (length && (text[length - 1] == ' ' || text[length - 1] == '\0')) {
        length--;
    }
    if (memchr(text, '\0', length)) {
        oa_intake_error(intake, OA_SYNTAX, intake->line, 0, "SAS-ENCODING",
                        "%s holds a NUL byte, which no text has; the file is damaged: export it again",
                        file->names[column].name);
    } else if (oa_first_not_utf8(text, length) < length) {
        oa_intake_error(intake, OA_SYNTAX, intake->line, 0, "SAS-ENCODING",
                        "%s is not UTF-8 (it may be %s); export the data as CSV UTF-8, or from a SAS session with "
                        "-encoding utf-8",
                        file->names[column].name, oa_guess_encoding(text, length));
    } else {
        oa_intake_text(intake, column, text, length, 0, false);
    }
}

/* Missing values are '.', '_' or a capital letter before zeros. */
static bool ibm_is_missing(const unsigned char *bytes, size_t width) {
    if (bytes[0] != '.' && bytes[0] != '_' && (bytes[0] < 'A' || bytes[0] > 'Z')) {
        return false;
    }
    for (size_t i = 1; i < width; i++) {
        if (bytes[i]) {
            return false;
        }
    }
    return true;
}

static double ibm_value(const unsigned char *bytes, size_t width) {
    uint64_t fraction = 0;
    for (size_t i = 1; i < 8; i++) {
        fraction = fraction << 8 | (i < width ? bytes[i] : 0U);
    }
    double magnitude = ldexp((double)fraction, 4 * ((bytes[0] & 0x7F) - 64) - 56);
    return bytes[0] & 0x80 ? -magnitude : magnitude;
}

static void take_cell(oa_sas_file *file, size_t column, const char *cell) {
    const oa_sas_column *c = &file->columns[column];
    if (c->kind == OA_SAS_TEXT) {
        oa_sas_text(file, column, cell, c->width);
    } else if (!ibm_is_missing((const unsigned char *)cell, c->width)) {
        oa_sas_number(file, column, ibm_value((const unsigned char *)cell, c->width));
    }
}

/* Most cells are those of the row above, `width` bytes before, and need not be read again. */
static void take_row(oa_sas_file *file, const char *row, size_t width) {
    size_t at = 0;
    for (size_t i = 0; i < file->n_columns; i++) {
        oa_sas_column *c = &file->columns[i];
        const char *cell = row + at;
        if (c->sound && memcmp(cell, cell - width, c->width) == 0) {
            oa_intake_again(&file->intake, i);
        } else {
            size_t errors = file->intake.errors;
            take_cell(file, i, cell);
            c->sound = file->intake.errors == errors;
        }
        at += c->width;
    }
}

static bool is_blank(const char *bytes, size_t length) {
    return length == 0 || (bytes[0] == ' ' && memcmp(bytes, bytes + 1, length - 1) == 0);
}

/* Bytes of a row; 0, and said why, when a number is too short or too long. */
static size_t row_width(oa_sas_file *file) {
    size_t width = 0;
    for (size_t i = 0; i < file->n_columns; i++) {
        const oa_sas_column *c = &file->columns[i];
        if (c->kind != OA_SAS_TEXT && (c->width < 2 || c->width > 8)) {
            oa_intake_error(&file->intake, OA_SYNTAX, 0, 0, "SAS-FORMAT",
                            "the number %s has %zu bytes where 2 to 8 are possible; the file is damaged: export it "
                            "again",
                            file->names[i].name, c->width);
            return 0;
        }
        width += c->width;
    }
    if (width == 0) {
        oa_intake_error(&file->intake, OA_SYNTAX, 0, 0, "SAS-FORMAT", "the rows have no bytes; export the file again");
    }
    return width;
}

/* A library can hold several datasets, each with a header on a record boundary. */
static bool is_single(oa_sas_file *file) {
    static const char member[] = "HEADER RECORD*******MEMB";
    size_t at = (file->position + RECORD - 1) / RECORD * RECORD;
    for (; at + RECORD <= file->length; at += RECORD) {
        if (memcmp(file->bytes + at, member, sizeof member - 1) == 0) {
            oa_intake_error(&file->intake, OA_SCHEMA, 0, 0, "SAS-MEMBERS",
                            "the file holds more than one dataset; write one file a domain");
            return false;
        }
    }
    return true;
}

void oa_xport_rows(oa_sas_file *file) {
    size_t width = row_width(file);
    if (width == 0 || !is_single(file)) {
        return;
    }
    const char *data = file->bytes + file->position;
    size_t length = file->length - file->position;
    size_t rows = length / width;
    bool cut = !is_blank(data + rows * width, length % width);
    /* Blank rows that fit into the last record are its padding. */
    while (rows && length - (rows - 1) * width < RECORD && is_blank(data + (rows - 1) * width, width)) {
        rows--;
    }
    for (size_t i = 0; i < rows; i++) {
        oa_intake_row(&file->intake, (int64_t)i + 1);
        take_row(file, data + i * width, width);
    }
    if (cut) {
        oa_intake_error(&file->intake, OA_SYNTAX, (int64_t)rows + 1, 0, "SAS-FORMAT",
                        "the file ends in the middle of this row; it was cut short: copy or export it again");
    }
}
