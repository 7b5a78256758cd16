/*
 * audit.h - the numbers that a text prints, each with a verdict.
 *
 * An auditor holds the grammar, compiled once; it reads any number of texts, one at a time.  An audit is one text read: its
 * claims in the order of the text.  A claim is consistent where some reading of the text makes it right, inconsistent only
 * where none does, and unverifiable where something is missing (docs/audit.md).
 */
#ifndef ONEARM_AUDIT_H
#define ONEARM_AUDIT_H

#include <onearm/api.h>
#include <onearm/diag.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct oa_auditor oa_auditor;
typedef struct oa_audit oa_audit;

/* Strings live as long as the audit. */
typedef struct oa_claim {
    const char *text;     /* the words of the text, on one line */
    const char *kind;     /* proportion, estimate, p-value, sum, partition, subset */
    const char *about;    /* "ORR"; "" where the text names nothing that is known */
    const char *reported; /* the numbers, as printed */
    const char *computed; /* the numbers, as they should be; "" where nothing can be computed */
    const char *verdict;  /* consistent, inconsistent, unverifiable */
    const char *why;      /* one sentence */
    const char *method;   /* of the interval that reproduces the limits; NULL: none */
    int64_t x;            /* the count that the verdict rests on; -1: none */
    int64_t n;            /* its denominator; 0: none */
    int64_t line;         /* of the input, from 1 */
    int64_t column;       /* byte column from 1 */
    size_t begin;         /* bytes [begin, end) of oa_audit_shown() */
    size_t end;
} oa_claim;

/* NULL only when memory is out. */
OA_API oa_auditor *oa_auditor_new(oa_diag *diag);
OA_API void oa_auditor_free(oa_auditor *auditor);

/*
 * Reads a text: UTF-8, plain or HTML, of at most 16 MiB.  `name` stands in messages.  NULL with a message where the bytes are
 * no such text, or none at all.  Free with oa_audit_free (NULL is allowed); the auditor must live as long.
 */
OA_API oa_audit *oa_audit_text(oa_auditor *auditor, const char *name, const char *text, size_t length, oa_diag *diag);
OA_API void oa_audit_free(oa_audit *audit);

OA_API const char *oa_audit_name(const oa_audit *audit);
OA_API size_t oa_audit_count(const oa_audit *audit);
OA_API const oa_claim *oa_audit_at(const oa_audit *audit, size_t index);
/* How many claims have this verdict. */
OA_API size_t oa_audit_tally(const oa_audit *audit, const char *verdict);
/* The text as it was read, UTF-8: that of an HTML page has no tags any more. */
OA_API const char *oa_audit_shown(const oa_audit *audit, size_t *length);

#endif
