/* json.c - see json.h. */
#include "json.h"

#include "number.h"

#include <math.h>

void oa_json_init(oa_json *json, oa_buf *buf) {
    *json = (oa_json){.buf = buf};
}

static void put_quoted(oa_buf *buf, const char *text) {
    oa_put_char(buf, '"');
    for (const char *c = text; *c; c++) {
        unsigned char byte = (unsigned char)*c;
        if (byte == '"' || byte == '\\') {
            oa_put_char(buf, '\\');
            oa_put_char(buf, *c);
        } else if (byte == '\n') {
            oa_put(buf, "\\n");
        } else if (byte < 0x20) {
            oa_putf(buf, "\\u%04x", byte);
        } else {
            oa_put_char(buf, *c);
        }
    }
    oa_put_char(buf, '"');
}

/* What stands before any value: a comma, a new line, the key. */
static void lead(oa_json *json, const char *key) {
    if (json->comma) {
        oa_put_char(json->buf, ',');
    }
    if (json->depth) {
        oa_putf(json->buf, "\n%*s", json->depth * 2, "");
    }
    if (key) {
        put_quoted(json->buf, key);
        oa_put(json->buf, ": ");
    }
    json->comma = true;
}

static void open_with(oa_json *json, const char *key, char bracket) {
    lead(json, key);
    oa_put_char(json->buf, bracket);
    json->depth++;
    json->comma = false;
}

static void close_with(oa_json *json, char bracket) {
    json->depth--;
    if (json->comma) {
        oa_putf(json->buf, "\n%*s", json->depth * 2, "");
    }
    oa_put_char(json->buf, bracket);
    if (json->depth == 0) {
        oa_put_char(json->buf, '\n');
    }
    json->comma = true;
}

void oa_json_object(oa_json *json, const char *key) {
    open_with(json, key, '{');
}

void oa_json_array(oa_json *json, const char *key) {
    open_with(json, key, '[');
}

void oa_json_end_object(oa_json *json) {
    close_with(json, '}');
}

void oa_json_end_array(oa_json *json) {
    close_with(json, ']');
}

void oa_json_text(oa_json *json, const char *key, const char *value) {
    if (!value) {
        oa_json_null(json, key);
        return;
    }
    lead(json, key);
    put_quoted(json->buf, value);
}

void oa_json_number(oa_json *json, const char *key, double value) {
    char text[OA_NUMBER_SIZE];
    lead(json, key);
    oa_put(json->buf, isfinite(value) ? oa_format_number(value, text) : "null");
}

void oa_json_integer(oa_json *json, const char *key, int64_t value) {
    lead(json, key);
    oa_putf(json->buf, "%lld", (long long)value);
}

void oa_json_bool(oa_json *json, const char *key, bool value) {
    lead(json, key);
    oa_put(json->buf, value ? "true" : "false");
}

void oa_json_null(oa_json *json, const char *key) {
    lead(json, key);
    oa_put(json->buf, "null");
}
