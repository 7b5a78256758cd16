/* text.h - small questions about text. */
#ifndef OA_TEXT_H
#define OA_TEXT_H

#include "arena.h"

#include <stdint.h>

/* The offset of the first byte that is not valid UTF-8 (overlong forms and surrogates included), or `length`. */
size_t oa_utf8_check(const char *text, size_t length);
bool oa_streq(const char *a, const char *b);
/* ASCII letters only, so the same in every locale. */
bool oa_streq_nocase(const char *a, const char *b);
char *oa_lower(oa_arena *arena, const char *text);
char *oa_upper(oa_arena *arena, const char *text);
/* The file of a path, without its directory. */
const char *oa_base_name(const char *path);
/* A finite number in its shortest form, as oa_format_number() writes it. */
const char *oa_number_text(oa_arena *arena, double value);
/* A share as a percentage without the noise of doubles: "57" for 0.57, though 100 * 0.57 is less. */
const char *oa_hundredfold(oa_arena *arena, double share);
/* Columns of the terminal that a text takes, as far as letters of one column go. */
int oa_text_columns(const char *text);
/* The word of `count` words nearest to `text` by edit distance, for "did you mean"; NULL when none is near. */
const char *oa_nearest(const char *text, const char *const *words, size_t count);

#endif
