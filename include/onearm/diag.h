/*
 * diag.h - what went wrong, where, and what would be right.
 *
 * One mechanism serves errors of the system, errors in the input, and findings about single records: a diag is a list
 * of messages, each with a severity, a code, a place (file, line, column), the rule that speaks and, where a record is
 * meant, its subject, domain and sequence number.  The library only collects; printing is the caller's business.
 */
#ifndef ONEARM_DIAG_H
#define ONEARM_DIAG_H

#include <onearm/api.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* code, exit status of a command that ends with it, meaning */
#define OA_CODES(X)                                                                                                    \
    X(OA_OK, 0, "no error")                                                                                            \
    X(OA_USAGE, 2, "an argument that the function or command does not take")                                           \
    X(OA_SYNTAX, 2, "text that does not follow its grammar (CSV, YAML, a number, a date)")                             \
    X(OA_SCHEMA, 2, "a key, column or file that is unknown, twice there or missing")                                   \
    X(OA_VALUE, 2, "a value out of its range or list")                                                                 \
    X(OA_REFERENCE, 2, "a record that points to nothing (a subject that is not in DM)")                                \
    X(OA_LIMIT, 2, "more than onearm takes (size, length, depth)")                                                     \
    X(OA_RECORD, 1, "a record that is well-formed but cannot be used, or contradicts another")                         \
    X(OA_NONE, 1, "a search that has no answer within its limits")                                                     \
    X(OA_SYSTEM, 3, "the operating system refused (open, read, write, rename)")                                        \
    X(OA_MEMORY, 3, "memory ran out or an allowance was used up")

typedef enum oa_code {
#define OA_CODE_ENUM(code, status, meaning) code,
    OA_CODES(OA_CODE_ENUM)
#undef OA_CODE_ENUM
} oa_code;

typedef enum oa_severity { OA_NOTE, OA_WARNING, OA_ERROR } oa_severity;

/* A place in the input.  Fields that do not apply are NULL, 0 or -1. */
typedef struct oa_place {
    const char *file;    /* as the user named it, or NULL */
    int64_t line;        /* from 1; a row of a SAS file counts as a line; 0: no line */
    int32_t column;      /* byte column from 1; 0: no column */
    const char *subject; /* USUBJID or NULL */
    const char *domain;  /* "TR" or NULL */
    int64_t seq;         /* --SEQ; -1: none */
} oa_place;

typedef struct oa_message {
    oa_severity severity;
    oa_code code;
    oa_place where;
    const char *rule; /* a short id such as "SDTM-DATE" */
    const char *text; /* one sentence: what is wrong, and what would be right */
} oa_message;

typedef struct oa_diag oa_diag;

/* NULL only when memory is out.  Free with oa_diag_free (NULL is allowed). */
OA_API oa_diag *oa_diag_new(void);
OA_API void oa_diag_free(oa_diag *diag);

/*
 * Adds a message; strings are copied.  `where` may be NULL.  Out of memory never crashes: the diag remembers that
 * messages were lost and oa_diag_status() reports OA_MEMORY.  A NULL diag is allowed and drops the message.
 */
OA_API void oa_diag_add(oa_diag *diag, oa_severity severity, oa_code code, const oa_place *where, const char *rule,
                        const char *format, ...) OA_PRINTF(6, 7);

/* Messages in the order in which they came.  The pointers live as long as the diag. */
OA_API size_t oa_diag_count(const oa_diag *diag);
OA_API const oa_message *oa_diag_get(const oa_diag *diag, size_t index);
OA_API size_t oa_diag_errors(const oa_diag *diag);

/* The exit status that the messages call for: 3 before 2, and 0 where no message is an error. */
OA_API int oa_diag_status(const oa_diag *diag);

OA_API const char *oa_code_name(oa_code code);
OA_API const char *oa_severity_name(oa_severity severity);

#endif
