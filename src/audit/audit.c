/* audit.c - one text from bytes to claims: checked, made plain, read, judged (include/onearm/audit.h). */
#include "judge.h"

#include "../base/text.h"

#include <onearm/audit.h>

#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 16 << 20 };

struct oa_auditor {
    oa_arena *arena;
    const oa_grammar *grammar;
};

struct oa_audit {
    oa_arena *arena;
    const char *name;
    const char *shown;
    size_t shown_length;
    oa_claim *claims;
    size_t count;
};

/* ---- the auditor ------------------------------------------------------------------------------------------------- */

typedef struct making {
    oa_auditor *auditor;
    oa_diag *diag;
} making;

static void make(void *context) {
    making *m = context;
    m->auditor->grammar = oa_grammar_new(m->auditor->arena, m->diag);
}

oa_auditor *oa_auditor_new(oa_diag *diag) {
    oa_auditor *auditor = calloc(1, sizeof *auditor);
    making m = {auditor, diag};
    if (auditor) {
        auditor->arena = oa_arena_new(0);
    }
    if (!auditor || !auditor->arena || !oa_arena_run(auditor->arena, make, &m) || !auditor->grammar) {
        oa_auditor_free(auditor);
        return NULL;
    }
    return auditor;
}

void oa_auditor_free(oa_auditor *auditor) {
    if (auditor) {
        oa_arena_free(auditor->arena);
        free(auditor);
    }
}

/* ---- what is no text --------------------------------------------------------------------------------------------- */

static bool refuse(oa_diag *diag, oa_code code, const oa_place *where, const char *text) {
    oa_diag_add(diag, OA_ERROR, code, where, "AUDIT-TEXT", "%s", text);
    return false;
}

static void count_lines(const char *text, size_t length, int64_t *line, int64_t *column) {
    *line = 1;
    *column = 1;
    for (size_t i = 0; i < length; i++) {
        *column = text[i] == '\n' ? 1 : *column + 1;
        *line += text[i] == '\n';
    }
}

static bool is_text(const char *name, const char *text, size_t length, oa_diag *diag) {
    oa_place where = {.file = name, .seq = -1};
    if (length > MOST_BYTES) {
        return refuse(diag, OA_LIMIT, &where, "the text is longer than 16 MiB; give the abstract or the results alone");
    }
    if (length == 0) {
        return refuse(diag, OA_SYNTAX, &where, "the text is empty");
    }
    const char *nul = memchr(text, '\0', length);
    size_t wrong = oa_utf8_check(text, length);
    size_t at = nul && (size_t)(nul - text) < wrong ? (size_t)(nul - text) : wrong;
    if (at == length) {
        return true;
    }
    int64_t column;
    count_lines(text, at, &where.line, &column);
    where.column = column > INT32_MAX ? 0 : (int32_t)column;
    return refuse(diag, OA_SYNTAX, &where,
                  nul ? "this is no text but a binary file; give plain text, HTML or PDF"
                      : "this byte is not UTF-8; save the text as UTF-8 (iconv -f LATIN1 -t UTF-8)");
}

/* ---- claims ------------------------------------------------------------------------------------------------------ */

typedef struct job {
    const oa_auditor *auditor;
    oa_audit *audit;
    oa_arena *scratch;
    const char *name;
    const char *text;
    size_t length;
    bool html;
} job;

/* A stretch of the text on one line, without what is not printed. */
static const char *one_line(oa_arena *arena, const char *text, size_t length) {
    char *out = oa_strndup(arena, text, length);
    size_t n = 0;
    for (size_t i = 0; i < length; i++) {
        bool blank = (unsigned char)text[i] <= ' ' || text[i] == 0x7F;
        if (!blank || (n && out[n - 1] != ' ')) {
            out[n++] = blank ? ' ' : text[i];
        }
    }
    out[n] = '\0';
    return out;
}

typedef struct line_count {
    size_t at;
    int64_t line;
    size_t line_start;
} line_count;

static void go_to(line_count *where, const char *text, size_t at) {
    for (; where->at < at; where->at++) {
        if (text[where->at] == '\n') {
            where->line++;
            where->line_start = where->at + 1;
        }
    }
}

static int by_place(const void *a, const void *b) {
    const oa_finding *x = a;
    const oa_finding *y = b;
    return x->first != y->first ? (x->first > y->first) - (x->first < y->first)
           : x->last != y->last ? (x->last > y->last) - (x->last < y->last)
                                : strcmp(x->kind, y->kind);
}

/* The byte behind the character that a plain byte came from. */
static size_t end_in(const oa_plain *plain, size_t last, const char *text, size_t length) {
    size_t at = plain->from[last - 1];
    if (at < length) {
        oa_utf8_next(text, &at);
    }
    return at;
}

/* The token behind the claim, a bracket that it leaves open included. */
static size_t closed_at(const oa_tokens *tokens, const oa_finding *f) {
    int depth = 0;
    for (size_t i = f->first; i < f->last; i++) {
        depth += tokens->symbols[i] == '(' ? 1 : tokens->symbols[i] == ')' ? -1 : 0;
    }
    return depth > 0 && tokens->symbols[f->last] == ')' ? (size_t)f->last + 1 : f->last;
}

static const char *kept(oa_arena *arena, const char *text) {
    return text ? oa_strdup(arena, text) : NULL;
}

static void take_finding(const job *j, const oa_finding *f, const oa_plain *plain, const oa_plain *page,
                         const oa_tokens *tokens, line_count *where, oa_claim *claim) {
    oa_arena *arena = j->audit->arena;
    size_t begin = plain->from[tokens->tokens[f->first].start];
    size_t end = end_in(plain, tokens->tokens[closed_at(tokens, f) - 1].end, j->audit->shown, j->audit->shown_length);
    size_t source = page ? page->from[begin] : begin;
    go_to(where, j->text, source);
    *claim = (oa_claim){.text = one_line(arena, j->audit->shown + begin, end - begin),
                        .kind = f->kind,
                        .about = oa_label_name(f->about),
                        .reported = kept(arena, f->reported),
                        .computed = kept(arena, f->verdict.computed),
                        .verdict = oa_judgement_name(f->verdict.judgement),
                        .why = kept(arena, f->verdict.why),
                        .method = kept(arena, f->verdict.method),
                        .x = f->verdict.x,
                        .n = f->verdict.n,
                        .line = where->line,
                        .column = (int64_t)(source - where->line_start) + 1,
                        .begin = begin,
                        .end = end};
}

static void read_text(void *context) {
    job *j = context;
    oa_audit *audit = j->audit;
    oa_plain page = {.length = 0};
    const char *shown = j->text;
    size_t length = j->length;
    if (j->html) {
        page = oa_html_to_text(j->scratch, j->text, j->length);
        shown = page.text;
        length = page.length;
    }
    audit->name = oa_strdup(audit->arena, j->name);
    audit->shown = oa_strndup(audit->arena, shown, length);
    audit->shown_length = length;
    oa_plain plain = oa_plain_text(j->scratch, audit->shown, length);
    oa_tokens tokens = oa_tokenize(j->scratch, oa_grammar_lexicon(j->auditor->grammar), &plain);
    oa_mentions mentions = oa_grammar_match(j->scratch, j->auditor->grammar, &tokens);
    oa_reading reading = oa_read(j->scratch, &tokens, &mentions);
    oa_findings findings = {.count = 0};
    oa_judge_facts(&reading, &findings);
    oa_judge_wholes(&reading, &findings);
    if (findings.count) {
        qsort(findings.items, findings.count, sizeof *findings.items, by_place);
    }
    line_count where = {.line = 1};
    audit->claims = OA_NEW_ARRAY(audit->arena, oa_claim, findings.count);
    for (size_t i = 0; i < findings.count; i++) {
        take_finding(j, &findings.items[i], &plain, j->html ? &page : NULL, &tokens, &where, &audit->claims[i]);
    }
    audit->count = findings.count;
}

/* The scratch arena nests in the audit's, so that running out in either leaves both. */
static void read_into(void *context) {
    job *j = context;
    if (!oa_arena_run(j->scratch, read_text, j)) {
        j->audit->claims = NULL;
    }
}

oa_audit *oa_audit_text(oa_auditor *auditor, const char *name, const char *text, size_t length, oa_diag *diag) {
    if (!is_text(name, text, length, diag)) {
        return NULL;
    }
    oa_audit *audit = calloc(1, sizeof *audit);
    job j = {.auditor = auditor,
             .audit = audit,
             .name = name,
             .text = text,
             .length = length,
             .html = oa_looks_like_html(text, length),
             .scratch = oa_arena_new(0)};
    if (audit) {
        audit->arena = oa_arena_new(0);
    }
    bool done = audit && audit->arena && j.scratch && oa_arena_run(audit->arena, read_into, &j) && audit->claims;
    oa_arena_free(j.scratch);
    if (!done) {
        oa_place where = {.file = name, .seq = -1};
        oa_diag_add(diag, OA_ERROR, OA_MEMORY, &where, "MEMORY", "there is not enough memory to read the text");
        oa_audit_free(audit);
        return NULL;
    }
    return audit;
}

void oa_audit_free(oa_audit *audit) {
    if (audit) {
        oa_arena_free(audit->arena);
        free(audit);
    }
}

/* ---- what was found ---------------------------------------------------------------------------------------------- */

const char *oa_audit_name(const oa_audit *audit) {
    return audit->name;
}

size_t oa_audit_count(const oa_audit *audit) {
    return audit->count;
}

const oa_claim *oa_audit_at(const oa_audit *audit, size_t index) {
    return index < audit->count ? &audit->claims[index] : NULL;
}

size_t oa_audit_tally(const oa_audit *audit, const char *verdict) {
    size_t count = 0;
    for (size_t i = 0; i < audit->count; i++) {
        count += oa_streq(audit->claims[i].verdict, verdict);
    }
    return count;
}

const char *oa_audit_shown(const oa_audit *audit, size_t *length) {
    *length = audit->shown_length;
    return audit->shown;
}
