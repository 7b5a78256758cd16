/*
 * buf.h - a growing text, for everything that is written: CSV, JSON, HTML, reasons.
 *
 * Bytes are kept NUL-terminated.  A buf lives in an arena and has a cap (64 MiB unless changed), past which it stops
 * growing and `full` is set: writers check it once, at the end.
 */
#ifndef OA_BUF_H
#define OA_BUF_H

#include "arena.h"

typedef struct oa_buf {
    oa_arena *arena;
    char *bytes; /* never NULL after oa_buf_init */
    size_t length;
    size_t capacity;
    size_t cap;
    bool full;
} oa_buf;

void oa_buf_init(oa_buf *buf, oa_arena *arena);
void oa_buf_reset(oa_buf *buf);
void oa_put(oa_buf *buf, const char *text);
void oa_put_n(oa_buf *buf, const char *bytes, size_t length);
void oa_put_char(oa_buf *buf, char c);
void oa_putf(oa_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
