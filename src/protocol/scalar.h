/*
 * scalar.h - single values of the protocol, read strictly.
 *
 * A number is a number as oa_parse_number() takes it, without quotes; a boolean is true or false; a date has year,
 * month and day.  What is refused is refused with the text that would be right.
 */
#ifndef OA_SCALAR_H
#define OA_SCALAR_H

#include "problems.h"
#include "schema.h"
#include "tree.h"

/* One value, the key that it belongs to, and where problems go. */
typedef struct oa_scalar {
    oa_problems *problems;
    const oa_path *path;
    const oa_key *key;
    const oa_node *node; /* an OA_NODE_SCALAR */
} oa_scalar;

/* False, with a problem added, when the text is not of the kind or out of the range of the key. */
bool oa_scalar_number(const oa_scalar *s, double *value);
bool oa_scalar_integer(const oa_scalar *s, int64_t *value);
bool oa_scalar_bool(const oa_scalar *s, bool *value);
bool oa_scalar_date(const oa_scalar *s, oa_date *value);
bool oa_scalar_text(const oa_scalar *s, const char **value);
/* Which of the key's words it is. */
bool oa_scalar_word(const oa_scalar *s, size_t *index);

/* Texts end up in tables, SQL and terminals: no control characters but tab and line end. */
bool oa_has_control(const char *text, size_t length);

/* "a, b or c" */
const char *oa_listed(oa_arena *arena, const char *const *words, size_t count);

#endif
