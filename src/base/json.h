/* json.h - canonical JSON out: keys in the order given, shortest numbers, UTF-8 as it is, no blanks that vary. */
#ifndef OA_JSON_H
#define OA_JSON_H

#include "buf.h"

#include <stdint.h>

typedef struct oa_json {
    oa_buf *buf;
    int depth;
    bool comma; /* the next value needs one */
} oa_json;

void oa_json_init(oa_json *json, oa_buf *buf);
/* `key` is NULL inside an array and for the outermost value. */
void oa_json_object(oa_json *json, const char *key);
void oa_json_array(oa_json *json, const char *key);
void oa_json_end_object(oa_json *json);
void oa_json_end_array(oa_json *json);
void oa_json_text(oa_json *json, const char *key, const char *value); /* NULL: null */
void oa_json_number(oa_json *json, const char *key, double value);    /* not finite: null */
void oa_json_integer(oa_json *json, const char *key, int64_t value);
void oa_json_bool(oa_json *json, const char *key, bool value);
void oa_json_null(oa_json *json, const char *key);

#endif
