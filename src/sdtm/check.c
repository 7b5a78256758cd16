/*
 * check.c - what can be said of the records without a protocol.  Errors mean that the study cannot be analysed as it
 * stands; warnings are findings on single records.
 *
 * Tables are sorted by USUBJID and --SEQ, and text cells are codes, so each check is one pass over integers.
 */
#include "sdtm.h"

#include "../base/number.h"
#include "../base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* So many errors of one check on one variable are listed singly: one mistake may be in every line.  Warnings all are, as
 * each is a finding on a record. */
enum { MAX_ALIKE = 50 };

typedef struct checking {
    oa_arena *arena;
    const oa_sdtm *sdtm;
    const oa_domain_model *model;
    const oa_table *table;
    oa_diag *diag;
    size_t alike; /* errors of the check that is running */
    oa_severity severity;
    oa_code code;
    const char *rule;
} checking;

static void begin(checking *c, oa_severity severity, oa_code code, const char *rule) {
    c->alike = 0;
    c->severity = severity;
    c->code = code;
    c->rule = rule;
}

OA_PRINTF(3, 4) static void find(checking *c, size_t row, const char *format, ...) {
    if (c->severity == OA_ERROR && c->alike++ >= MAX_ALIKE) {
        return;
    }
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    oa_place where = oa_sdtm_place(c->table, row);
    oa_diag_add(c->diag, c->severity, c->code, &where, c->rule, "%s", text);
}

/* Says how many findings of the check were not listed. */
static void end(checking *c, const char *what) {
    if (c->alike > MAX_ALIKE) {
        oa_place where = {.file = oa_row_file(c->table), .domain = c->model->name, .seq = -1};
        oa_diag_add(c->diag, c->severity, c->code, &where, c->rule, "%zu more of these on %s", c->alike - MAX_ALIKE,
                    what);
    }
}

static int column(const checking *c, const char *name) {
    return oa_table_column(c->table, name);
}

/* "TRSTAT" for "STAT" in TR. */
static int domain_column(const checking *c, const char *suffix) {
    return column(c, oa_printf(c->arena, "%s%s", c->model->name, suffix));
}

static void check_required(checking *c) {
    for (size_t i = 0; i < c->model->n_variables; i++) {
        const oa_variable_model *variable = &c->model->variables[i];
        int at = column(c, variable->name);
        if (variable->core != OA_REQ || at < 0) {
            continue;
        }
        begin(c, OA_ERROR, OA_RECORD, "SDTM-REQUIRED");
        c->code = OA_VALUE;
        for (size_t row = 0; row < oa_table_rows(c->table); row++) {
            if (oa_is_missing(c->table, row, at)) {
                find(c, row, "%s is empty; fill it or remove the record", variable->name);
            }
        }
        end(c, variable->name);
    }
}

static bool is_term(const char *text, const char *const *terms) {
    while (*terms && !oa_streq(*terms, text)) {
        terms++;
    }
    return *terms != NULL;
}

static const char *join(oa_arena *arena, const char *const *terms) {
    const char *list = *terms;
    while (*++terms) {
        list = oa_printf(arena, "%s, %s", list, *terms);
    }
    return list;
}

/* The cells of a column that are none of the terms; `test` is NULL, or the --TESTCD of the records that are meant. */
static void check_terms(checking *c, const char *name, const char *const *terms, const char *test) {
    int at = column(c, name);
    int test_at = test ? domain_column(c, "TESTCD") : -1;
    size_t count = oa_code_count(c->table, at);
    bool *wrong = OA_NEW_ARRAY(c->arena, bool, count);
    bool any = false;
    for (size_t code = 0; code < count; code++) {
        wrong[code] = !is_term(oa_code_text(c->table, at, (int32_t)code), terms);
        any = any || wrong[code];
    }
    begin(c, OA_WARNING, OA_RECORD, "SDTM-TERM");
    for (size_t row = 0; any && row < oa_table_rows(c->table); row++) {
        int32_t code = oa_code_at(c->table, row, at);
        if (code >= 0 && wrong[code] && (!test || oa_text_is(c->table, row, test_at, test))) {
            find(c, row, "%s is '%.40s', but should be one of: %s", name, oa_code_text(c->table, at, code),
                 join(c->arena, terms));
        }
    }
    end(c, name);
}

/* Results whose terms depend on the test: CDISC codelists ONCRSR and TUIDRS as RECIST 1.1 uses them. */
static const struct {
    oa_domain domain;
    const char *test;
    const char *variable;
    const char *const *terms;
} result_terms[] = {
    {OA_RS, "OVRLRESP", "RSSTRESC", (const char *const[]){"CR", "PR", "SD", "NON-CR/NON-PD", "PD", "NE", "NED", NULL}},
    {OA_RS, "BESTRESP", "RSSTRESC", (const char *const[]){"CR", "PR", "SD", "NON-CR/NON-PD", "PD", "NE", "NED", NULL}},
    {OA_RS, "TRGRESP", "RSSTRESC", (const char *const[]){"CR", "PR", "SD", "PD", "NE", "NA", NULL}},
    {OA_RS, "NTRGRESP", "RSSTRESC", (const char *const[]){"CR", "NON-CR/NON-PD", "PD", "NE", "NA", NULL}},
    {OA_RS, "NEWLPROG", "RSSTRESC", (const char *const[]){"UNEQUIVOCAL", "EQUIVOCAL", "Y", "N", NULL}},
    {OA_TU, "TUMIDENT", "TUSTRESC", (const char *const[]){"TARGET", "NON-TARGET", "NEW", NULL}},
};

static void check_all_terms(checking *c) {
    for (size_t i = 0; i < c->model->n_variables; i++) {
        const oa_variable_model *variable = &c->model->variables[i];
        if (variable->terms) {
            check_terms(c, variable->name, variable->terms, NULL);
        }
    }
    for (size_t i = 0; i < sizeof result_terms / sizeof result_terms[0]; i++) {
        if (result_terms[i].domain == c->model->domain) {
            check_terms(c, result_terms[i].variable, result_terms[i].terms, result_terms[i].test);
        }
    }
}

static bool same_subject(const checking *c, size_t a, size_t b, int subject) {
    int32_t code = oa_code_at(c->table, a, subject);
    return code >= 0 && code == oa_code_at(c->table, b, subject);
}

/* How many rows from `row` on belong to its subject. */
static size_t rows_of_subject(const checking *c, size_t row, int subject) {
    size_t next = row + 1;
    while (next < oa_table_rows(c->table) &&
           oa_code_at(c->table, next, subject) == oa_code_at(c->table, row, subject)) {
        next++;
    }
    return next - row;
}

static int compare_text(const oa_table *a, size_t row_a, int column_a, const oa_table *b, size_t row_b, int column_b) {
    return strcmp(oa_text(a, row_a, column_a), oa_text(b, row_b, column_b));
}

/* Both tables are sorted by subject: one walk through the two. */
static void check_subjects(checking *c) {
    const oa_table *dm = c->sdtm->domain[OA_DM];
    int dm_subject = oa_table_column(dm, "USUBJID");
    int subject = column(c, "USUBJID");
    size_t known = 0;
    if (dm_subject < 0) {
        return;
    }
    begin(c, OA_ERROR, OA_REFERENCE, "SDTM-SUBJECT");
    for (size_t row = 0; row < oa_table_rows(c->table);) {
        size_t count = rows_of_subject(c, row, subject);
        while (known < oa_table_rows(dm) && compare_text(dm, known, dm_subject, c->table, row, subject) < 0) {
            known++;
        }
        bool found = known < oa_table_rows(dm) && compare_text(dm, known, dm_subject, c->table, row, subject) == 0;
        if (!found && !oa_is_missing(c->table, row, subject)) {
            find(c, row, "subject %.60s has %zu record%s here but is not in DM; add it to dm or correct the id",
                 oa_text(c->table, row, subject), count, count == 1 ? "" : "s");
        }
        row += count;
    }
    end(c, "USUBJID");
}

static void check_duplicate_subjects(checking *c) {
    int subject = column(c, "USUBJID");
    begin(c, OA_ERROR, OA_RECORD, "SDTM-DUPLICATE");
    c->code = OA_VALUE;
    for (size_t row = 1; row < oa_table_rows(c->table); row++) {
        if (same_subject(c, row - 1, row, subject)) {
            find(c, row, "subject %.60s is in DM already, on line %lld; remove one of the records or correct the id",
                 oa_text(c->table, row, subject), (long long)oa_row_line(c->table, row - 1));
        }
    }
    end(c, "USUBJID");
}

static void check_sequence(checking *c) {
    int subject = column(c, "USUBJID");
    int seq = column(c, c->model->seq);
    begin(c, OA_WARNING, OA_RECORD, "SDTM-DUPLICATE");
    for (size_t row = 0; row < oa_table_rows(c->table); row++) {
        double value;
        double before;
        if (!oa_number(c->table, row, seq, &value)) {
            find(c, row, "%s is empty; number the records of each subject", c->model->seq);
        } else if (row && same_subject(c, row - 1, row, subject) && oa_number(c->table, row - 1, seq, &before) &&
                   !(before < value)) {
            find(c, row, "%s %g is on line %lld as well; each record of a subject needs its own", c->model->seq, value,
                 (long long)oa_row_line(c->table, row - 1));
        }
    }
    end(c, c->model->seq);
}

/* Text columns that must say the same all through: DOMAIN, and the study's name. */
static void check_domain(checking *c) {
    int at = column(c, "DOMAIN");
    begin(c, OA_ERROR, OA_SCHEMA, "SDTM-DOMAIN");
    for (size_t row = 0; row < oa_table_rows(c->table); row++) {
        if (!oa_is_missing(c->table, row, at) && !oa_text_is(c->table, row, at, c->model->name)) {
            find(c, row, "DOMAIN is '%.20s' in a file of %s; rename the file or correct DOMAIN",
                 oa_text(c->table, row, at), c->model->name);
            return;
        }
    }
}

static void check_study(checking *c) {
    const oa_table *dm = c->sdtm->domain[OA_DM];
    const char *study = oa_table_rows(dm) ? oa_text(dm, 0, oa_table_column(dm, "STUDYID")) : "";
    int at = column(c, "STUDYID");
    begin(c, OA_WARNING, OA_RECORD, "SDTM-STUDY");
    for (size_t row = 0; *study && row < oa_table_rows(c->table); row++) {
        if (!oa_is_missing(c->table, row, at) && !oa_text_is(c->table, row, at, study)) {
            find(c, row, "STUDYID is '%.40s', but the first record of DM says '%.40s'", oa_text(c->table, row, at),
                 study);
            return;
        }
    }
}

static const struct {
    oa_domain domain;
    const char *start;
    const char *end;
} intervals[] = {
    {OA_DM, "RFSTDTC", "RFENDTC"}, {OA_DM, "RFXSTDTC", "RFXENDTC"}, {OA_DM, "RFICDTC", "DTHDTC"},
    {OA_DM, "BRTHDTC", "RFICDTC"}, {OA_MH, "MHSTDTC", "MHENDTC"},   {OA_CM, "CMSTDTC", "CMENDTC"},
    {OA_PR, "PRSTDTC", "PRENDTC"}, {OA_EX, "EXSTDTC", "EXENDTC"},   {OA_AE, "AESTDTC", "AEENDTC"},
};

/* True when all that the dates can mean puts the end before the start. */
static bool ends_before(oa_date start, oa_date end) {
    if (start.known == OA_KNOWN_NOTHING || end.known == OA_KNOWN_NOTHING) {
        return false;
    }
    int32_t last = oa_last_day(end);
    bool timed = start.known >= OA_KNOWN_MINUTE && end.known >= OA_KNOWN_MINUTE;
    return last < start.day || (timed && last == start.day && end.second < start.second);
}

static void check_intervals(checking *c) {
    for (size_t i = 0; i < sizeof intervals / sizeof intervals[0]; i++) {
        int start_at = column(c, intervals[i].start);
        int end_at = column(c, intervals[i].end);
        if (intervals[i].domain != c->model->domain || start_at < 0 || end_at < 0) {
            continue;
        }
        begin(c, OA_WARNING, OA_RECORD, "SDTM-ORDER");
        for (size_t row = 0; row < oa_table_rows(c->table); row++) {
            oa_date start = oa_date_at(c->table, row, start_at);
            oa_date end = oa_date_at(c->table, row, end_at);
            char shown[2][OA_DATE_SIZE];
            if (ends_before(start, end)) {
                find(c, row, "%s %s is before %s %s; correct one of them", intervals[i].end,
                     oa_format_date(end, shown[0]), intervals[i].start, oa_format_date(start, shown[1]));
            }
        }
        end(c, intervals[i].end);
    }
}

/* Numbers that mean nothing without a unit.  Laboratory tests are not among them: ratios and pH have none. */
static const struct {
    oa_domain domain;
    const char *number;
    const char *unit;
} units[] = {
    {OA_EX, "EXDOSE", "EXDOSU"},
    {OA_PR, "PRDOSE", "PRDOSU"},
};

static void check_units(checking *c) {
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        int number = column(c, units[i].number);
        int unit = column(c, units[i].unit);
        if (units[i].domain != c->model->domain) {
            continue;
        }
        begin(c, OA_WARNING, OA_RECORD, "SDTM-UNIT");
        for (size_t row = 0; row < oa_table_rows(c->table); row++) {
            if (!oa_is_missing(c->table, row, number) && oa_is_missing(c->table, row, unit)) {
                find(c, row, "%s has no unit; fill %s", units[i].number, units[i].unit);
            }
        }
        end(c, units[i].number);
    }
}

/* Tests of TR whose results are lengths, and the most that a human body allows. */
static const struct {
    const char *test;
    double max; /* mm */
} lengths[] = {{"LDIAM", 1000}, {"SAXIS", 1000}, {"LPERP", 1000}, {"DIAMETER", 1000}, {"SUMDIAM", 5000}};

static double longest(const char *test) {
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        if (oa_streq(lengths[i].test, test)) {
            return lengths[i].max;
        }
    }
    return -1;
}

static void check_length(checking *c, size_t row, const char *test, double value, const char *unit) {
    double max = longest(test);
    double scale = oa_streq(unit, "cm") ? 10 : 1;
    char shown[OA_NUMBER_SIZE];
    if (max < 0) {
        return;
    }
    if (*unit == '\0') {
        find(c, row, "TRSTRESN of %s has no unit; fill TRSTRESU", test);
    } else if (value < 0 || value * scale > max) {
        find(c, row, "TRSTRESN of %s is %s %.10s, but must be 0 to %g mm; correct the value or its unit", test,
             oa_format_number(value, shown), unit, max);
    }
}

static void check_lengths(checking *c) {
    int test = column(c, "TRTESTCD");
    int result = column(c, "TRSTRESN");
    int unit = column(c, "TRSTRESU");
    begin(c, OA_WARNING, OA_RECORD, "SDTM-LENGTH");
    for (size_t row = 0; row < oa_table_rows(c->table); row++) {
        double value;
        if (oa_number(c->table, row, result, &value)) {
            check_length(c, row, oa_text(c->table, row, test), value, oa_text(c->table, row, unit));
        }
    }
    end(c, "TRSTRESN");
}

static void check_not_done(checking *c) {
    int status = domain_column(c, "STAT");
    int result = domain_column(c, "STRESN");
    begin(c, OA_WARNING, OA_RECORD, "SDTM-NOTDONE");
    for (size_t row = 0; status >= 0 && result >= 0 && row < oa_table_rows(c->table); row++) {
        if (!oa_is_missing(c->table, row, result) && oa_text_is(c->table, row, status, "NOT DONE")) {
            find(c, row, "%sSTAT is NOT DONE, but %sSTRESN has a value; one of them is wrong", c->model->name,
                 c->model->name);
        }
    }
    end(c, "the completion status");
}

static void check_dm(checking *c) {
    if (oa_table_columns(c->table) && oa_table_rows(c->table) == 0) {
        oa_place where = {.file = oa_row_file(c->table), .domain = "DM", .seq = -1};
        oa_diag_add(c->diag, OA_ERROR, OA_VALUE, &where, "SDTM-DM",
                    "has no subjects; it must have one record for each subject of the study");
    }
    check_duplicate_subjects(c);
}

void oa_sdtm_check(oa_arena *arena, const oa_sdtm *sdtm, oa_diag *diag) {
    checking c = {.arena = arena, .sdtm = sdtm, .diag = diag};
    for (int i = 0; i < OA_N_DOMAINS; i++) {
        c.model = oa_domain_model_of((oa_domain)i);
        c.table = sdtm->domain[i];
        if (oa_table_columns(c.table) == 0) {
            continue;
        }
        if (i == OA_DM) {
            check_dm(&c);
        } else {
            check_subjects(&c);
            check_sequence(&c);
        }
        check_domain(&c);
        check_study(&c);
        check_required(&c);
        check_all_terms(&c);
        check_intervals(&c);
        check_units(&c);
        check_not_done(&c);
        if (i == OA_TR) {
            check_lengths(&c);
        }
    }
}
