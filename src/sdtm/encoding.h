/* encoding.h - is a file UTF-8, and what is it if not? */
#ifndef OA_ENCODING_H
#define OA_ENCODING_H

#include "intake.h"

/* Offset of the first byte that is not UTF-8, or `length`; fast over ASCII. */
size_t oa_first_not_utf8(const char *bytes, size_t length);

/* "GB18030" or "windows-1252", guessed from the bytes beyond ASCII. */
const char *oa_guess_encoding(const char *bytes, size_t length);

/* True for UTF-8 without NUL.  Otherwise one error names the encoding, the first bad byte's place and the remedy. */
bool oa_is_plain_utf8(oa_intake *intake, const char *bytes, size_t length);

#endif
