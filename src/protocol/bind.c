/*
 * bind.c - the tree of a file into oa_protocol, by the tables of schema.c.
 *
 * The binder walks the tree of the file and the tables side by side.  What is absent gets its default by the same way
 * as what is written.  Nothing stops at the first problem: a person sees all of them at once.
 */
#include "bind.h"

#include "../base/text.h"
#include "check.h"
#include "scalar.h"
#include "schema.h"

#include <math.h>
#include <string.h>

/* IDs under one key; a trial has a handful. */
enum { MAP_ITEMS = 1000 };

/* A text that must be a drug, looked at when all drugs are known. */
typedef struct reference {
    const char *text;
    oa_mark mark;
    const char *path;
    const oa_key *key;
} reference;

typedef struct binder {
    oa_arena *arena;
    oa_problems *problems;
    reference *references;
    size_t n_references;
    size_t capacity;
} binder;

static void bind(binder *b, const oa_key *key, const oa_node *node, char *base, const oa_path *path);

/* The place of a member; the schema guarantees its type and alignment. */
static void *member(char *base, size_t at) {
    return (void *)(base + at);
}

static const char *path_text(const binder *b, const oa_path *path) {
    return oa_path_text(b->arena, path);
}

static oa_mark mark_of(const oa_node *node) {
    return node->key ? node->key_mark : node->mark;
}

/* ---- unknown and missing keys ---- */

/* Finds the one place of the schema that has the name; counts those it saw. */
static void find_elsewhere(const binder *b, const oa_keys *keys, const char *prefix, const char *name,
                           const char **place, size_t *seen) {
    for (size_t i = 0; i < keys->count; i++) {
        const oa_key *key = &keys->items[i];
        if (oa_streq(key->name, name)) {
            *place = prefix;
            (*seen)++;
        }
        if (key->keys) {
            const char *glue = *prefix ? "." : "";
            find_elsewhere(b, key->keys, oa_printf(b->arena, "%s%s%s", prefix, glue, key->name), name, place, seen);
        }
    }
}

static const char **names_of(const binder *b, const oa_keys *keys) {
    const char **names = OA_NEW_ARRAY(b->arena, const char *, keys->count);
    for (size_t i = 0; i < keys->count; i++) {
        names[i] = keys->items[i].name;
    }
    return names;
}

static const char *key_advice(const binder *b, const oa_keys *keys, const char *name) {
    const char *place = "";
    size_t seen = 0;
    find_elsewhere(b, &oa_schema, "", name, &place, &seen);
    if (seen == 1) {
        return *place ? oa_printf(b->arena, "it belongs under %s, so move it there", place)
                      : "it belongs to the top of the file, so do not indent it";
    }
    const char **names = names_of(b, keys);
    const char *near = oa_nearest(name, names, keys->count);
    return near ? oa_printf(b->arena, "did you mean %s?", near)
                : oa_printf(b->arena, "write %s", oa_listed(b->arena, names, keys->count));
}

static void report_unknown(binder *b, const oa_keys *keys, const oa_node *node, const oa_path *path) {
    const char *owner = path ? path_text(b, path) : "a protocol";
    oa_problem_add(b->problems, node->key_mark, OA_SCHEMA, "PROTOCOL-KEY", "%s has no key %s: %s", owner,
                   oa_quoted(b->arena, node->key), key_advice(b, keys, node->key));
}

static void report_missing(binder *b, const oa_key *key, oa_mark mark, const oa_path *path) {
    oa_problem_add(b->problems, mark, OA_SCHEMA, "PROTOCOL-MISSING", "%s is missing: add it (%s)", path_text(b, path),
                   key->meaning);
}

/* ---- single values ---- */

static void keep_reference(binder *b, const oa_scalar *s, const char *text) {
    if (b->n_references == b->capacity) {
        size_t capacity = b->capacity ? b->capacity * 2 : 16;
        b->references = oa_regrow(b->arena, b->references, b->capacity, capacity, sizeof *b->references);
        b->capacity = capacity;
    }
    b->references[b->n_references++] = (reference){
        .text = text,
        .mark = s->node->mark,
        .path = path_text(b, s->path),
        .key = s->key,
    };
}

static void bind_text(binder *b, const oa_scalar *s, const char **text) {
    if (oa_scalar_text(s, text) && s->key->refers_to_drug) {
        keep_reference(b, s, *text);
    }
}

static void bind_word(const oa_scalar *s, char *base) {
    size_t index = 0;
    if (!oa_scalar_word(s, &index)) {
        return;
    }
    if (s->key->kind == OA_KEY_ENUM) {
        *(int *)member(base, s->key->at) = (int)index;
    } else {
        *(const char **)member(base, s->key->at) = s->key->words[index];
    }
}

static void bind_scalar(binder *b, const oa_scalar *s, char *base) {
    void *place = member(base, s->key->at);
    switch (s->key->kind) {
    case OA_KEY_TEXT:
        bind_text(b, s, place);
        break;
    case OA_KEY_CHOICE:
    case OA_KEY_ENUM:
        bind_word(s, base);
        break;
    case OA_KEY_NUMBER:
        (void)oa_scalar_number(s, place);
        break;
    case OA_KEY_INTEGER:
        (void)oa_scalar_integer(s, place);
        break;
    case OA_KEY_BOOL:
        (void)oa_scalar_bool(s, place);
        break;
    case OA_KEY_DATE:
        (void)oa_scalar_date(s, place);
        break;
    case OA_KEY_NUMBERS:
    case OA_KEY_TEXTS:
    case OA_KEY_OBJECT:
    case OA_KEY_LIST:
    case OA_KEY_MAP:
        break;
    }
}

/* ---- lists of values ---- */

static void check_order(binder *b, const oa_key *key, const oa_node *node, const oa_doubles *list,
                        const oa_path *path) {
    const char *wrong = NULL;
    for (size_t i = 1; i < list->count && !wrong; i++) {
        double before = list->items[i - 1];
        double here = list->items[i];
        if (key->order == OA_FALLING && here >= before) {
            wrong = "each number must be below the one before it";
        } else if (key->order == OA_RISING && here <= before) {
            wrong = "each number must be above the one before it";
        } else if (key->order == OA_SPAN && here < before) {
            wrong = "the first number must not be above the second";
        }
    }
    if (key->order == OA_SPAN && list->count != 2) {
        wrong = "two numbers are needed, first and last, such as [3, 5]";
    }
    if (wrong) {
        oa_problem_add(b->problems, node->mark, OA_VALUE, "PROTOCOL-ORDER", "%s is out of order: %s",
                       path_text(b, path), wrong);
    }
}

static bool expect_scalar(binder *b, const oa_node *node, const oa_path *path) {
    if (node->kind == OA_NODE_SCALAR) {
        return true;
    }
    if (node->kind != OA_NODE_REFUSED) {
        oa_problem_add(b->problems, node->mark, OA_SCHEMA, "PROTOCOL-KIND", "%s is one value, not a %s: %s",
                       path_text(b, path), node->kind == OA_NODE_LIST ? "list" : "map",
                       "write key: value, and put text that starts with a bracket or brace in quotes");
    }
    return false;
}

static void bind_numbers(binder *b, const oa_key *key, const oa_node *node, char *base, const oa_path *path) {
    oa_doubles *list = member(base, key->at);
    size_t read = 0;
    list->items = OA_NEW_ARRAY(b->arena, double, node->count);
    for (const oa_node *item = node->first; item && !oa_problems_full(b->problems); item = item->next) {
        oa_path step = {.up = path, .item = ++list->count};
        oa_scalar s = {b->problems, &step, key, item};
        if (expect_scalar(b, item, &step) && oa_scalar_number(&s, &list->items[list->count - 1])) {
            read++;
        }
    }
    if (read == node->count) {
        check_order(b, key, node, list, path);
    }
}

static void bind_texts(binder *b, const oa_key *key, const oa_node *node, char *base, const oa_path *path) {
    oa_names *list = member(base, key->at);
    list->items = OA_NEW_ARRAY(b->arena, const char *, node->count);
    for (const oa_node *item = node->first; item && !oa_problems_full(b->problems); item = item->next) {
        oa_path step = {.up = path, .item = list->count + 1};
        oa_scalar s = {b->problems, &step, key, item};
        const char **text = &list->items[list->count++];
        *text = "";
        if (expect_scalar(b, item, &step)) {
            (void)oa_scalar_text(&s, text);
        }
    }
}

/* ---- defaults ---- */

/* The default as a node of its own, so that it is read like what is written: "0.95", "[6, 12]". */
static oa_node *node_of_default(const binder *b, const char *text) {
    oa_node *node = OA_NEW(b->arena, oa_node);
    node->plain = true;
    node->text = text;
    node->length = strlen(text);
    if (text[0] != '[') {
        return node;
    }
    node->kind = OA_NODE_LIST;
    for (const char *at = text + 1; *at && *at != ']';) {
        size_t length = strcspn(at, ",]");
        oa_node *item = node_of_default(b, oa_strndup(b->arena, at, length));
        if (node->last) {
            node->last->next = item;
        } else {
            node->first = item;
        }
        node->last = item;
        node->count++;
        at += length;
        at += strspn(at, ", ");
    }
    return node;
}

static void bind_object(binder *b, const oa_keys *keys, const oa_node *node, char *base, const oa_path *path,
                        oa_mark mark, bool present);

/* `mark`: where the object began that lacks the key. */
static void bind_absent(binder *b, const oa_key *key, const oa_keys *keys, char *base, const oa_path *path,
                        oa_mark mark, bool present) {
    if (key->kind == OA_KEY_OBJECT) {
        bind_object(b, key->keys, NULL, base + key->at, path, mark, present && key->required);
    } else if (key->required && present) {
        report_missing(b, key, mark, path);
    } else if (key->id_is_default) {
        *(const char **)member(base, key->at) = *(const char **)member(base, keys->id_at);
    } else if (key->standard && oa_streq(key->standard, OA_STANDARD_NAN)) {
        *(double *)member(base, key->at) = (double)NAN;
    } else if (key->standard) {
        bind(b, key, node_of_default(b, key->standard), base, path);
    }
}

/* ---- objects ---- */

/* {a, b}: switches that are named are on, and then those that are not are off. */
static bool names_switches(const oa_keys *keys, const oa_node *node) {
    for (const oa_node *child = node ? node->first : NULL; child; child = child->next) {
        const oa_key *key = oa_schema_find(keys, child->key);
        bool bare = child->kind == OA_NODE_SCALAR && child->plain && child->flow && child->length == 0;
        if (key && key->kind == OA_KEY_BOOL && bare) {
            return true;
        }
    }
    return false;
}

static void check_unknown(binder *b, const oa_keys *keys, const oa_node *node, const oa_path *path) {
    for (const oa_node *child = node->first; child && !oa_problems_full(b->problems); child = child->next) {
        if (!oa_schema_find(keys, child->key)) {
            report_unknown(b, keys, child, path);
        }
    }
}

/* `node` is NULL where the object is absent: then all of its keys take their defaults. */
static void bind_object(binder *b, const oa_keys *keys, const oa_node *node, char *base, const oa_path *path,
                        oa_mark mark, bool present) {
    if (node) {
        check_unknown(b, keys, node, path);
    }
    for (size_t i = 0; i < keys->count && !oa_problems_full(b->problems); i++) {
        const oa_key *key = &keys->items[i];
        const oa_node *child = oa_node_member(node, key->name);
        oa_path step = {.up = path, .name = key->name};
        if (key->kind == OA_KEY_TEXT || key->kind == OA_KEY_CHOICE) {
            *(const char **)member(base, key->at) = "";
        }
        if (child) {
            bind(b, key, child, base, &step);
        } else {
            bind_absent(b, key, keys, base, &step, mark, present);
        }
    }
}

/* `switches` objects: what is not named after {a, b} must not fall back to its default. */
static void switch_off(const oa_keys *keys, const oa_node *node, char *base) {
    for (size_t i = 0; i < keys->count; i++) {
        const oa_key *key = &keys->items[i];
        if (key->kind == OA_KEY_BOOL && !oa_node_member(node, key->name)) {
            *(bool *)member(base, key->at) = false;
        }
    }
}

static bool expect_kind(binder *b, const oa_node *node, oa_node_kind kind, const oa_path *path, const char *right) {
    if (node->kind == kind) {
        return true;
    }
    if (oa_node_is_null(node)) {
        oa_problem_add(b->problems, mark_of(node), OA_SYNTAX, "PROTOCOL-EMPTY",
                       "%s has no value: write one, or remove the key", path_text(b, path));
    } else if (node->kind != OA_NODE_REFUSED) {
        static const char *const names[] = {
            [OA_NODE_SCALAR] = "one value", [OA_NODE_LIST] = "a list", [OA_NODE_MAP] = "a map", [OA_NODE_REFUSED] = ""};
        oa_problem_add(b->problems, node->mark, OA_SCHEMA, "PROTOCOL-KIND", "%s must be %s, not %s: %s",
                       path_text(b, path), names[kind], names[node->kind], right);
    }
    return false;
}

static void bind_member_object(binder *b, const oa_key *key, const oa_node *node, char *base, const oa_path *path) {
    bool is_map = expect_kind(b, node, OA_NODE_MAP, path, "write its keys below it, indented, or in braces");
    char *place = base + key->at;
    bind_object(b, key->keys, is_map ? node : NULL, place, path, mark_of(node), is_map);
    if (is_map && key->switches && names_switches(key->keys, node)) {
        switch_off(key->keys, node, place);
    }
}

/* ---- lists and maps of objects ---- */

/* IDs and other texts that no two items of a list may share. */
static void check_unique(binder *b, const oa_key *key, const char *items, size_t count, const oa_node *list) {
    for (size_t i = 0; i < key->keys->count; i++) {
        const oa_key *field = &key->keys->items[i];
        if (!field->unique) {
            continue;
        }
        oa_named *names = OA_NEW_ARRAY(b->arena, oa_named, count);
        size_t named = 0;
        const oa_node *item = list->first;
        for (size_t j = 0; j < count; j++, item = item->next) {
            const oa_node *value = oa_node_member(item, field->name);
            const char *text = *(const char *const *)(const void *)(items + j * key->keys->size + field->at);
            if (value && text && *text) {
                names[named++] = (oa_named){.name = text, .mark = value->mark};
            }
        }
        oa_report_twice(b->problems, names, named, "PROTOCOL-ID", field->name);
    }
}

static void check_id(binder *b, const oa_node *item, const oa_path *path) {
    if (oa_has_control(item->key, strlen(item->key))) {
        oa_problem_add(b->problems, item->key_mark, OA_SYNTAX, "PROTOCOL-TEXT",
                       "%s holds a control character: remove the escape", path_text(b, path));
    }
}

static void bind_item(binder *b, const oa_key *key, const oa_node *item, char *place, const oa_path *path) {
    const char *right = key->kind == OA_KEY_MAP ? "write ID: {key: value}, or the keys below the ID, indented"
                                                : "write - {key: value}, or the keys after the dash, aligned";
    if (key->kind == OA_KEY_MAP) {
        *(const char **)member(place, key->keys->id_at) = item->key;
        check_id(b, item, path);
    }
    *(oa_mark *)member(place, key->keys->mark_at) = mark_of(item);
    bool is_map = expect_kind(b, item, OA_NODE_MAP, path, right);
    bind_object(b, key->keys, is_map ? item : NULL, place, path, mark_of(item), is_map);
}

static void bind_items(binder *b, const oa_key *key, const oa_node *node, char *base, const oa_path *path) {
    bool by_id = key->kind == OA_KEY_MAP;
    const char *right = by_id ? "write each as ID: {key: value}, without a dash" : "write a dash before each item";
    if (!expect_kind(b, node, by_id ? OA_NODE_MAP : OA_NODE_LIST, path, right)) {
        return;
    }
    if (by_id && node->count > MAP_ITEMS) {
        oa_problem_add(b->problems, mark_of(node), OA_LIMIT, "PROTOCOL-SIZE", "%s has more than %d IDs: check the file",
                       path_text(b, path), MAP_ITEMS);
        return;
    }
    char *items = oa_alloc(b->arena, node->count, key->keys->size);
    size_t count = 0;
    for (const oa_node *item = node->first; item && !oa_problems_full(b->problems); item = item->next) {
        oa_path step = {.up = path, .name = item->key, .item = count + 1};
        bind_item(b, key, item, items + count * key->keys->size, &step);
        count++;
    }
    void *pointer = items;
    memcpy(base + key->at, &pointer, sizeof pointer); /* to a pointer of whatever type the schema has there */
    *(size_t *)member(base, key->count_at) = count;
    check_unique(b, key, items, count, node);
}

static void bind(binder *b, const oa_key *key, const oa_node *node, char *base, const oa_path *path) {
    oa_scalar s = {b->problems, path, key, node};
    const char *right = "write [a, b], or each item in a line of its own after a dash";
    switch (key->kind) {
    case OA_KEY_NUMBERS:
        if (expect_kind(b, node, OA_NODE_LIST, path, right)) {
            bind_numbers(b, key, node, base, path);
        }
        break;
    case OA_KEY_TEXTS:
        if (expect_kind(b, node, OA_NODE_LIST, path, right)) {
            bind_texts(b, key, node, base, path);
        }
        break;
    case OA_KEY_OBJECT:
        bind_member_object(b, key, node, base, path);
        break;
    case OA_KEY_LIST:
    case OA_KEY_MAP:
        bind_items(b, key, node, base, path);
        break;
    case OA_KEY_TEXT:
    case OA_KEY_CHOICE:
    case OA_KEY_ENUM:
    case OA_KEY_NUMBER:
    case OA_KEY_INTEGER:
    case OA_KEY_BOOL:
    case OA_KEY_DATE:
        if (expect_scalar(b, node, path)) {
            bind_scalar(b, &s, base);
        }
        break;
    }
}

/* ---- references ---- */

static bool is_word(const oa_key *key, const char *text) {
    for (size_t i = 0; key->words && key->words[i]; i++) {
        if (oa_streq(key->words[i], text)) {
            return true;
        }
    }
    return false;
}

static void check_reference(binder *b, const reference *r, const oa_protocol *protocol) {
    const oa_p_treatment *treatment = &protocol->treatment;
    if (is_word(r->key, r->text) || oa_protocol_drug(protocol, r->text)) {
        return;
    }
    const char **ids = OA_NEW_ARRAY(b->arena, const char *, treatment->n_drugs + 1);
    for (size_t i = 0; i < treatment->n_drugs; i++) {
        ids[i] = treatment->drugs[i].id;
    }
    const char *near = oa_nearest(r->text, ids, treatment->n_drugs);
    oa_problem_add(b->problems, r->mark, OA_REFERENCE, "PROTOCOL-REFERENCE",
                   "%s is %s, which is no ID under treatment.drugs: %s%s%s", r->path, oa_quoted(b->arena, r->text),
                   near ? "did you mean " : "use one of those, or add the drug", near ? near : "", near ? "?" : "");
}

/* ---- the whole ---- */

void oa_protocol_bind(oa_arena *arena, const oa_node *root, oa_protocol *protocol, oa_problems *problems) {
    binder b = {.arena = arena, .problems = problems};
    if (root->kind != OA_NODE_MAP) {
        oa_problem_add(problems, root->mark, OA_SCHEMA, "PROTOCOL-KIND",
                       "a protocol is a map of keys: start it with onearm: 1 and study: {id: ...}");
        return;
    }
    bind_object(&b, &oa_schema, root, (char *)protocol, NULL, root->mark, true);
    for (size_t i = 0; i < b.n_references && !oa_problems_full(problems); i++) {
        check_reference(&b, &b.references[i], protocol);
    }
    oa_protocol_check(protocol, root, problems);
}
