/* cmd_audit.c - onearm audit: what it is given, and what it prints. */
#include "cli.h"

#include "../base/io.h"
#include "../base/text.h"
#include "../tlf/audit_page.h"
#include "pdf.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { MOST_BYTES = 64 << 20 };

typedef struct auditing {
    oa_cli *cli;
    oa_auditor *auditor;
    const oa_audit **audits;
    size_t count;
    size_t capacity;
    bool many; /* a directory or several files were named */
} auditing;

/* ---- input ------------------------------------------------------------------------------------------------------- */

static void release_audit(void *audit) {
    oa_audit_free(audit);
}

static void audit_bytes(auditing *a, const char *name, const char *bytes, size_t length) {
    oa_audit *audit = oa_audit_text(a->auditor, name, bytes, length, a->cli->diag);
    if (!audit) {
        return;
    }
    oa_arena_defer(a->cli->arena, release_audit, audit);
    if (a->count == a->capacity) {
        size_t grown = a->capacity ? 2 * a->capacity : 16;
        a->audits = oa_regrow(a->cli->arena, a->audits, a->capacity, grown, sizeof *a->audits);
        a->capacity = grown;
    }
    a->audits[a->count++] = audit;
}

static bool is_pdf(const char *bytes, size_t length) {
    return length >= 5 && memcmp(bytes, "%PDF-", 5) == 0;
}

/* One input at a time is in memory. */
static void audit_file(auditing *a, const char *path) {
    oa_arena *arena = oa_arena_new(0);
    size_t length;
    char *bytes = arena ? oa_read_file(arena, path, MOST_BYTES, &length, a->cli->diag) : NULL;
    if (bytes && is_pdf(bytes, length)) {
        bytes = oa_pdf_text(arena, path, MOST_BYTES, &length, a->cli->diag);
    }
    if (bytes) {
        audit_bytes(a, path, bytes, length);
    }
    oa_arena_free(arena);
}

static void audit_stdin(auditing *a) {
    size_t length;
    const char *bytes = oa_read_stdin(a->cli->arena, "-", MOST_BYTES, &length, a->cli->diag);
    if (bytes && is_pdf(bytes, length)) {
        oa_place where = {.file = "-", .seq = -1};
        oa_diag_add(a->cli->diag, OA_ERROR, OA_USAGE, &where, "AUDIT-PDF", "a PDF is read from a file; name it");
    } else if (bytes) {
        audit_bytes(a, "-", bytes, length);
    }
}

static bool is_directory(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool is_readable_kind(const char *name) {
    static const char *const ends[] = {".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".pdf"};
    const char *point = strrchr(name, '.');
    for (size_t i = 0; point && i < sizeof ends / sizeof *ends; i++) {
        if (oa_streq_nocase(point, ends[i])) {
            return true;
        }
    }
    return false;
}

static void audit_directory(auditing *a, const char *path) {
    size_t count;
    size_t taken = 0;
    char **names = oa_list_directory(a->cli->arena, path, &count, a->cli->diag);
    for (size_t i = 0; names && i < count; i++) {
        if (is_readable_kind(names[i])) {
            audit_file(a, oa_path_join(a->cli->arena, path, names[i]));
            taken++;
        }
    }
    if (names && taken == 0) {
        oa_place where = {.file = path, .seq = -1};
        oa_diag_add(a->cli->diag, OA_ERROR, OA_USAGE, &where, "FILE", "holds no file that ends in .txt, .html or .pdf");
    }
}

/* ---- text -------------------------------------------------------------------------------------------------------- */

static const char *const verdicts[] = {"consistent", "inconsistent", "unverifiable"};

static void put_counts(oa_buf *out, const size_t counts[3]) {
    size_t all = counts[0] + counts[1] + counts[2];
    oa_putf(out, "%zu claim%s: %zu consistent, %zu inconsistent, %zu unverifiable\n", all, all == 1 ? "" : "s",
            counts[0], counts[1], counts[2]);
}

static void put_claim(oa_buf *out, const oa_audit *audit, const oa_claim *c) {
    static const char marks[] = "=!?";
    int mark = oa_streq(c->verdict, verdicts[0]) ? 0 : oa_streq(c->verdict, verdicts[1]) ? 1 : 2;
    oa_putf(out, "%s:%lld:%lld  %c %s  %s\n", oa_audit_name(audit), (long long)c->line, (long long)c->column,
            marks[mark], c->verdict, c->text);
    oa_putf(out, "    %s%s%s: %s%s%s\n", *c->about ? c->about : c->kind, *c->reported ? " " : "", c->reported, c->why,
            *c->computed && mark ? "; computed " : "", *c->computed && mark ? c->computed : "");
}

static void tally(const oa_audit *audit, size_t counts[3]) {
    for (int i = 0; i < 3; i++) {
        counts[i] += oa_audit_tally(audit, verdicts[i]);
    }
}

static void put_one(oa_buf *out, const oa_audit *audit) {
    size_t counts[3] = {0};
    tally(audit, counts);
    if (oa_audit_count(audit) == 0) {
        oa_putf(out, "%s: no claim found: the text prints no proportion, interval, sum or p-value that onearm reads\n",
                oa_audit_name(audit));
        return;
    }
    for (size_t i = 0; i < oa_audit_count(audit); i++) {
        put_claim(out, audit, oa_audit_at(audit, i));
    }
    put_counts(out, counts);
}

/* Of many texts: a line each, then what is inconsistent. */
static void put_many(oa_buf *out, const auditing *a) {
    size_t all[3] = {0};
    oa_put(out, "  consistent  inconsistent  unverifiable  text\n");
    for (size_t i = 0; i < a->count; i++) {
        size_t counts[3] = {0};
        tally(a->audits[i], counts);
        tally(a->audits[i], all);
        oa_putf(out, "%12zu%14zu%14zu  %s\n", counts[0], counts[1], counts[2], oa_audit_name(a->audits[i]));
    }
    oa_put(out, all[1] ? "\n" : "");
    for (size_t i = 0; i < a->count; i++) {
        for (size_t k = 0; k < oa_audit_count(a->audits[i]); k++) {
            const oa_claim *c = oa_audit_at(a->audits[i], k);
            if (oa_streq(c->verdict, "inconsistent")) {
                put_claim(out, a->audits[i], c);
            }
        }
    }
    oa_putf(out, "\n%zu text%s, ", a->count, a->count == 1 ? "" : "s");
    put_counts(out, all);
}

/* ---- JSON, CSV --------------------------------------------------------------------------------------------------- */

static void put_json_claim(oa_json *json, const oa_audit *audit, const oa_claim *c) {
    oa_json_object(json, NULL);
    oa_json_text(json, "text", c->text);
    oa_json_text(json, "kind", c->kind);
    oa_json_text(json, "about", c->about);
    oa_json_text(json, "reported", c->reported);
    oa_json_text(json, "computed", *c->computed ? c->computed : NULL);
    oa_json_text(json, "verdict", c->verdict);
    oa_json_text(json, "why", c->why);
    oa_json_text(json, "method", c->method);
    if (c->x >= 0) {
        oa_json_integer(json, "x", c->x);
    } else {
        oa_json_null(json, "x");
    }
    if (c->n > 0) {
        oa_json_integer(json, "n", c->n);
    } else {
        oa_json_null(json, "n");
    }
    oa_json_text(json, "file", oa_audit_name(audit));
    oa_json_integer(json, "line", c->line);
    oa_json_integer(json, "column", c->column);
    oa_json_end_object(json);
}

static void put_json(const auditing *a) {
    oa_json json;
    oa_json_init(&json, &a->cli->out);
    oa_json_object(&json, NULL);
    oa_json_array(&json, "claims");
    for (size_t i = 0; i < a->count; i++) {
        for (size_t k = 0; k < oa_audit_count(a->audits[i]); k++) {
            put_json_claim(&json, a->audits[i], oa_audit_at(a->audits[i], k));
        }
    }
    oa_json_end_array(&json);
    oa_json_array(&json, "files");
    for (size_t i = 0; i < a->count; i++) {
        oa_json_object(&json, NULL);
        oa_json_text(&json, "file", oa_audit_name(a->audits[i]));
        oa_json_integer(&json, "claims", (int64_t)oa_audit_count(a->audits[i]));
        for (int v = 0; v < 3; v++) {
            oa_json_integer(&json, verdicts[v], (int64_t)oa_audit_tally(a->audits[i], verdicts[v]));
        }
        oa_json_end_object(&json);
    }
    oa_json_end_array(&json);
    oa_json_end_object(&json);
}

/* RFC 4180: a field in quotes, those inside doubled.  A field that a spreadsheet would run as a formula gets a quote. */
static void put_field(oa_buf *out, const char *text, bool last) {
    oa_put(out, "\"");
    oa_put(out, *text && strchr("=+-@", *text) ? "'" : "");
    for (; *text; text++) {
        oa_put(out, *text == '"' ? "\"" : "");
        oa_put_char(out, *text);
    }
    oa_put(out, last ? "\"\r\n" : "\",");
}

static bool write_csv(const auditing *a, const char *path) {
    oa_buf out;
    oa_buf_init(&out, a->cli->arena);
    oa_put(&out, "file,line,column,kind,about,text,reported,computed,verdict,method,why\r\n");
    for (size_t i = 0; i < a->count; i++) {
        for (size_t k = 0; k < oa_audit_count(a->audits[i]); k++) {
            const oa_claim *c = oa_audit_at(a->audits[i], k);
            put_field(&out, oa_audit_name(a->audits[i]), false);
            oa_putf(&out, "%lld,%lld,", (long long)c->line, (long long)c->column);
            const char *fields[] = {
                c->kind, c->about, c->text, c->reported, c->computed, c->verdict, c->method ? c->method : "", c->why};
            for (size_t f = 0; f < 8; f++) {
                put_field(&out, fields[f], f == 7);
            }
        }
    }
    if (out.full) {
        oa_diag_add(a->cli->diag, OA_ERROR, OA_LIMIT, NULL, "FILE-SIZE", "the table is longer than 64 MiB");
        return false;
    }
    return oa_write_file(a->cli->arena, path, out.bytes, out.length, a->cli->diag);
}

static bool write_page(const auditing *a, const char *path) {
    oa_buf out;
    oa_buf_init(&out, a->cli->arena);
    oa_audit_page(&out, a->audits, a->count);
    if (out.full) {
        oa_diag_add(a->cli->diag, OA_ERROR, OA_LIMIT, NULL, "FILE-SIZE",
                    "the page is longer than 64 MiB; give fewer texts");
        return false;
    }
    return oa_write_file(a->cli->arena, path, out.bytes, out.length, a->cli->diag);
}

/* ---- the command ------------------------------------------------------------------------------------------------- */

static void audit_argument(auditing *a, const char *argument) {
    if (oa_streq(argument, "-")) {
        audit_stdin(a);
    } else if (is_directory(argument)) {
        a->many = true;
        audit_directory(a, argument);
    } else {
        audit_file(a, argument);
    }
}

static void release_auditor(void *auditor) {
    oa_auditor_free(auditor);
}

int oa_cmd_audit(oa_cli *cli) {
    const char *page = oa_cli_value(cli, "--html");
    const char *csv = oa_cli_value(cli, "--csv");
    auditing a = {.cli = cli, .auditor = oa_auditor_new(cli->diag), .many = cli->n_arguments > 1};
    if (!a.auditor) {
        return 3;
    }
    oa_arena_defer(cli->arena, release_auditor, a.auditor);
    for (int i = 0; i < cli->n_arguments; i++) {
        audit_argument(&a, cli->arguments[i]);
    }
    if ((page && !write_page(&a, page)) || (csv && !write_csv(&a, csv))) {
        return 2;
    }
    if (cli->json) {
        put_json(&a);
    } else if (a.many && a.count) {
        put_many(&cli->out, &a);
    } else if (a.count) {
        put_one(&cli->out, a.audits[0]);
    }
    for (size_t i = 0; i < a.count; i++) {
        if (oa_audit_tally(a.audits[i], "inconsistent")) {
            return 1;
        }
    }
    return 0;
}
