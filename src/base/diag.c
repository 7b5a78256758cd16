/*
 * diag.c - see onearm/diag.h.
 *
 * A diag must be able to say that memory is out, so it does not live in an arena: its list grows by malloc, and when
 * that fails the message is counted as lost and the status becomes that of OA_MEMORY.
 */
#include <onearm/diag.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct oa_diag {
    oa_message **messages;
    size_t count;
    size_t capacity;
    size_t errors;
    bool lost;
};

oa_diag *oa_diag_new(void) {
    return calloc(1, sizeof(oa_diag));
}

void oa_diag_free(oa_diag *diag) {
    if (!diag) {
        return;
    }
    for (size_t i = 0; i < diag->count; i++) {
        free(diag->messages[i]);
    }
    free((void *)diag->messages);
    free(diag);
}

static bool reserve(oa_diag *diag) {
    if (diag->count < diag->capacity) {
        return true;
    }
    size_t capacity = diag->capacity ? diag->capacity * 2 : 16;
    oa_message **messages = realloc((void *)diag->messages, capacity * sizeof *messages);
    if (!messages) {
        return false;
    }
    diag->messages = messages;
    diag->capacity = capacity;
    return true;
}

static size_t size_of(const char *text) {
    return text ? strlen(text) + 1 : 0;
}

/* Copies `text` to *place and moves the place on; NULL stays NULL. */
static const char *keep(char **place, const char *text) {
    if (!text) {
        return NULL;
    }
    char *copy = memcpy(*place, text, strlen(text) + 1);
    *place += strlen(text) + 1;
    return copy;
}

/* One block a message: the struct, and behind it its strings. */
OA_PRINTF(3, 0)
static oa_message *message_new(const oa_place *where, const char *rule, const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    size_t text_size = (size_t)(length < 0 ? 0 : length) + 1;
    size_t strings = size_of(where->file) + size_of(where->subject) + size_of(where->domain) + size_of(rule);
    oa_message *message = calloc(1, sizeof *message + strings + text_size);
    if (!message) {
        return NULL;
    }
    char *place = (char *)(message + 1);
    message->where = *where;
    message->where.file = keep(&place, where->file);
    message->where.subject = keep(&place, where->subject);
    message->where.domain = keep(&place, where->domain);
    message->rule = keep(&place, rule);
    vsnprintf(place, text_size, format, arguments);
    message->text = place;
    return message;
}

void oa_diag_add(oa_diag *diag, oa_severity severity, oa_code code, const oa_place *where, const char *rule,
                 const char *format, ...) {
    static const oa_place nowhere = {.seq = -1};
    if (!diag) {
        return;
    }
    diag->errors += severity == OA_ERROR;
    va_list arguments;
    va_start(arguments, format);
    oa_message *message =
        reserve(diag) ? message_new(where ? where : &nowhere, rule ? rule : "", format, arguments) : NULL;
    va_end(arguments);
    if (!message) {
        diag->lost = true;
        return;
    }
    message->severity = severity;
    message->code = code;
    diag->messages[diag->count++] = message;
}

size_t oa_diag_count(const oa_diag *diag) {
    return diag->count;
}

const oa_message *oa_diag_get(const oa_diag *diag, size_t index) {
    return index < diag->count ? diag->messages[index] : NULL;
}

size_t oa_diag_errors(const oa_diag *diag) {
    return diag->errors;
}

static const struct {
    const char *name;
    int status;
} codes[] = {
#define CODE_ROW(code, exit_status, meaning) [code] = {#code, exit_status},
    OA_CODES(CODE_ROW)
#undef CODE_ROW
};

int oa_diag_status(const oa_diag *diag) {
    int status = diag->lost ? codes[OA_MEMORY].status : 0;
    for (size_t i = 0; i < diag->count; i++) {
        const oa_message *message = diag->messages[i];
        if (message->severity == OA_ERROR && codes[message->code].status > status) {
            status = codes[message->code].status;
        }
    }
    return status;
}

const char *oa_code_name(oa_code code) {
    return codes[code].name;
}

const char *oa_severity_name(oa_severity severity) {
    static const char *const names[] = {[OA_NOTE] = "note", [OA_WARNING] = "warning", [OA_ERROR] = "error"};
    return names[severity];
}
