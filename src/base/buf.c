/* buf.c - see buf.h. */
#include "buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_CAPACITY = 256, DEFAULT_CAP = 64 * 1024 * 1024 };

void oa_buf_init(oa_buf *buf, oa_arena *arena) {
    *buf = (oa_buf){.arena = arena, .capacity = FIRST_CAPACITY, .cap = DEFAULT_CAP};
    buf->bytes = oa_alloc(arena, FIRST_CAPACITY, 1);
}

void oa_buf_reset(oa_buf *buf) {
    buf->length = 0;
    buf->bytes[0] = '\0';
    buf->full = false;
}

/* Makes room for `more` bytes and a NUL; false, and full, past the cap. */
static bool reserve(oa_buf *buf, size_t more) {
    if (more >= buf->cap - buf->length) {
        buf->full = true;
        return false;
    }
    size_t needed = buf->length + more + 1;
    if (needed > buf->capacity) {
        size_t capacity = buf->capacity;
        while (capacity < needed) {
            capacity *= 2;
        }
        buf->bytes = oa_regrow(buf->arena, buf->bytes, buf->capacity, capacity, 1);
        buf->capacity = capacity;
    }
    return true;
}

void oa_put_n(oa_buf *buf, const char *bytes, size_t length) {
    if (length && reserve(buf, length)) {
        memcpy(buf->bytes + buf->length, bytes, length);
        buf->length += length;
        buf->bytes[buf->length] = '\0';
    }
}

void oa_put(oa_buf *buf, const char *text) {
    oa_put_n(buf, text, strlen(text));
}

void oa_put_char(oa_buf *buf, char c) {
    oa_put_n(buf, &c, 1);
}

void oa_putf(oa_buf *buf, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length > 0 && reserve(buf, (size_t)length)) {
        va_start(arguments, format);
        vsnprintf(buf->bytes + buf->length, (size_t)length + 1, format, arguments);
        va_end(arguments);
        buf->length += (size_t)length;
    }
}
