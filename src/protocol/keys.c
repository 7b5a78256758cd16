/* keys.c - the tables of schema.c as a page for people: every key with type, range, default and meaning. */
#include "schema.h"

#include <stdio.h>
#include <string.h>

enum { PATH_MAX_LENGTH = 128, COLUMN = 40, WIDTH = 110 };

typedef void (*row_writer)(oa_buf *out, const char *path, const oa_key *key);

/* Calls `write` for all keys below a key, in the order of the tables; for the key itself where it has none below. */
static void walk(oa_buf *out, const oa_key *key, const char *path, row_writer write) {
    static const char *const steps[] = {[OA_KEY_OBJECT] = "", [OA_KEY_LIST] = "[]", [OA_KEY_MAP] = ".ID"};
    if (!key->keys) {
        write(out, path, key);
        return;
    }
    for (size_t i = 0; i < key->keys->count; i++) {
        const oa_key *child = &key->keys->items[i];
        char below[PATH_MAX_LENGTH];
        (void)snprintf(below, sizeof below, "%s%s.%s", path, steps[key->kind], child->name);
        if (child->keys) {
            write(out, below, child);
        }
        walk(out, child, below, write);
    }
}

/* "a list", "required": what the head of a section says of its key. */
static const char *head_of(const oa_key *key) {
    if (key->kind == OA_KEY_LIST) {
        return " (a list)";
    }
    if (key->kind == OA_KEY_MAP) {
        return " (each under an ID)";
    }
    return key->keys && key->required ? " (required)" : "";
}

/* "whole number 0 to 36500 (days)" */
static void put_type(oa_buf *out, const oa_key *key) {
    oa_schema_type(key, out);
    if (key->bounds != OA_ANY) {
        oa_put(out, key->kind == OA_KEY_NUMBERS ? ", each " : " ");
        oa_schema_range(key, out);
    }
    if (key->unit) {
        oa_putf(out, " (%s)", key->unit);
    }
    if (key->order == OA_FALLING) {
        oa_put(out, ", highest first");
    } else if (key->order == OA_RISING) {
        oa_put(out, ", lowest first");
    }
}

/* "" where there is none. */
static const char *default_of(const oa_key *key) {
    if (key->id_is_default) {
        return "its ID";
    }
    return key->standard && strcmp(key->standard, OA_STANDARD_NAN) != 0 ? key->standard : "";
}

/* ---- as text ---- */

static void put_blanks(oa_buf *out, size_t count) {
    oa_putf(out, "%*s", (int)count, "");
}

/* Fills lines from COLUMN to WIDTH; the cursor stands at COLUMN. */
static void put_wrapped(oa_buf *out, const char *text) {
    size_t room = WIDTH - COLUMN;
    size_t used = 0;
    for (const char *at = text; *at; at += strspn(at, " ")) {
        size_t word = strcspn(at, " ");
        if (used > 0 && used + 1 + word > room) {
            oa_put_char(out, '\n');
            put_blanks(out, COLUMN);
            used = 0;
        } else if (used > 0) {
            oa_put_char(out, ' ');
            used++;
        }
        oa_put_n(out, at, word);
        used += word;
        at += word;
    }
    oa_put_char(out, '\n');
}

static void write_text_row(oa_buf *out, const char *path, const oa_key *key) {
    oa_buf line;
    size_t length = strlen(path) + 2;
    oa_putf(out, "  %s", path);
    put_blanks(out, length < COLUMN ? COLUMN - length : 1);
    oa_buf_init(&line, out->arena);
    put_type(&line, key);
    if (key->required) {
        oa_put(&line, "; required");
    } else if (*default_of(key)) {
        oa_putf(&line, "; default %s", default_of(key));
    }
    put_wrapped(out, line.bytes);
    put_blanks(out, COLUMN);
    put_wrapped(out, key->meaning);
}

void oa_protocol_keys_text(oa_buf *out) {
    oa_put(out, "Keys of protocol.yaml\n\n"
                "A dot leads to a key below another, [] to each item of a list, and ID is a name of your own choice.\n"
                "A key may be left out unless it says required, which holds where its parent is there.\n");
    for (size_t i = 0; i < oa_schema.count; i++) {
        const oa_key *key = &oa_schema.items[i];
        oa_putf(out, "\n%s%s\n", key->name, head_of(key));
        if (key->keys) {
            oa_putf(out, "  %s\n", key->meaning);
        }
        walk(out, key, key->name, write_text_row);
    }
}

/* ---- as Markdown ---- */

static void write_markdown_row(oa_buf *out, const char *path, const oa_key *key) {
    const char *standard = default_of(key);
    oa_putf(out, "| `%s` | ", path);
    put_type(out, key);
    oa_put(out, " | ");
    if (key->required) {
        oa_put(out, "**required**");
    } else if (key->id_is_default) {
        oa_put(out, standard);
    } else if (*standard) {
        oa_putf(out, "`%s`", standard);
    }
    oa_putf(out, " | %s |\n", key->meaning);
}

void oa_protocol_keys_markdown(oa_buf *out) {
    oa_put(out, "# Keys of protocol.yaml\n\n"
                "Written by `onearm` from its own tables; do not edit.\n\n"
                "A dot leads to a key below another, `[]` to each item of a list, and `ID` is a name of your own "
                "choice.\nA key may be left out unless it says **required**, which holds where its parent is there.\n");
    for (size_t i = 0; i < oa_schema.count; i++) {
        const oa_key *key = &oa_schema.items[i];
        oa_putf(out, "\n## %s%s\n", key->name, head_of(key));
        if (key->keys) {
            oa_putf(out, "\n%s\n", key->meaning);
        }
        oa_put(out, "\n| key | type | default | meaning |\n|---|---|---|---|\n");
        walk(out, key, key->name, write_markdown_row);
    }
}
