/* explain.h - why a text is not a date or a number, and what would be: one sentence for the person who typed it. */
#ifndef OA_EXPLAIN_H
#define OA_EXPLAIN_H

#include <stddef.h>

enum { OA_EXPLAIN_SIZE = 320 };

/* For a text that oa_parse_date() or oa_parse_number() refused. */
const char *oa_explain_date(const char *text, size_t length, char out[OA_EXPLAIN_SIZE]);
const char *oa_explain_number(const char *text, size_t length, char out[OA_EXPLAIN_SIZE]);

#endif
