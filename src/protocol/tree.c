/* tree.c - libyaml's events as a tree; see tree.h. */
#include "tree.h"

#include "../base/text.h"
#include "yaml_words.h"

#include <string.h>
#include <yaml.h>

/*
 * Where reading stands.  libyaml counts characters, people's editors lines and columns, and this program bytes: the
 * cursor walks along with libyaml's index and knows the other two.
 */
typedef struct cursor {
    const char *bytes;
    size_t length;
    size_t index;
    size_t offset;
    size_t line_start;
    int32_t line;
} cursor;

/* What libyaml owns, released with the arena if memory runs out on the way. */
typedef struct source {
    yaml_parser_t parser;
    yaml_event_t event;
} source;

typedef struct builder {
    oa_arena *arena;
    oa_problems *problems;
    source *source;
    cursor cursor;
    oa_node *root;
    oa_node *open[OA_TREE_DEPTH]; /* the maps and lists that are not closed yet */
    size_t depth;
    const char *key; /* read, its value not yet; NULL: the next scalar of a map is a key */
    oa_mark key_mark;
    size_t documents;
    bool stopped; /* reading on makes no sense */
} builder;

/* Both deletes leave zeros behind, so a second call does nothing. */
static void release_source(void *resource) {
    source *s = resource;
    yaml_event_delete(&s->event);
    yaml_parser_delete(&s->parser);
}

static void rewind_cursor(cursor *c) {
    c->index = 0;
    c->offset = 0;
    c->line_start = 0;
    c->line = 1;
}

static void step(cursor *c) {
    const char *at = c->bytes + c->offset;
    bool cr_lf = at[0] == '\r' && c->offset + 1 < c->length && at[1] == '\n';
    bool line_end = at[0] == '\n' || (at[0] == '\r' && !cr_lf);
    do {
        c->offset++;
    } while (c->offset < c->length && ((unsigned char)c->bytes[c->offset] & 0xC0) == 0x80);
    c->index++;
    if (line_end) {
        c->line++;
        c->line_start = c->offset;
    }
}

static oa_mark mark_here(const cursor *c) {
    return (oa_mark){.line = c->line, .column = (int32_t)(c->offset - c->line_start) + 1};
}

/* The place of libyaml's character `index`.  Marks come in rising order but for errors. */
static oa_mark mark_of_index(cursor *c, size_t index) {
    if (index < c->index) {
        rewind_cursor(c);
    }
    while (c->index < index && c->offset < c->length) {
        step(c);
    }
    return mark_here(c);
}

static oa_mark mark_of_offset(cursor *c, size_t offset) {
    rewind_cursor(c);
    while (c->offset < offset && c->offset < c->length) {
        step(c);
    }
    return mark_here(c);
}

static void stop(builder *b, oa_mark mark, oa_code code, const char *rule, const char *text) {
    oa_problem_add(b->problems, mark, code, rule, "%s", text);
    b->stopped = true;
}

/* Says in plain words what libyaml could not read. */
static void report_yaml(builder *b) {
    const yaml_parser_t *parser = &b->source->parser;
    if (parser->error == YAML_MEMORY_ERROR) {
        stop(b, (oa_mark){0}, OA_MEMORY, "PROTOCOL-YAML",
             "memory ran out while the file was read: close other programs");
        return;
    }
    if (parser->error == YAML_READER_ERROR) {
        stop(b, mark_of_offset(&b->cursor, parser->problem_offset), OA_SYNTAX, "PROTOCOL-YAML",
             "a control character stands here: remove it");
        return;
    }
    oa_mark mark = mark_of_index(&b->cursor, parser->problem_mark.index);
    char at = b->cursor.offset < b->cursor.length ? b->cursor.bytes[b->cursor.offset] : '\0';
    const oa_yaml_words *words = oa_yaml_words_for(parser->problem, at);
    if (words->points_to_start && parser->context) {
        mark = mark_of_index(&b->cursor, parser->context_mark.index);
    }
    stop(b, mark, OA_SYNTAX, words->rule, words->text);
}

static void append(oa_node *parent, oa_node *child) {
    if (parent->last) {
        parent->last->next = child;
    } else {
        parent->first = child;
    }
    parent->last = child;
    parent->count++;
}

static bool awaits_key(const builder *b) {
    return b->depth > 0 && b->open[b->depth - 1]->kind == OA_NODE_MAP && !b->key;
}

static oa_node *add_node(builder *b, oa_node_kind kind, oa_mark mark) {
    oa_node *node = OA_NEW(b->arena, oa_node);
    node->kind = kind;
    node->mark = mark;
    node->key = b->key;
    node->key_mark = b->key_mark;
    b->key = NULL;
    if (b->depth > 0) {
        append(b->open[b->depth - 1], node);
    } else {
        b->root = node;
    }
    return node;
}

static void open_node(builder *b, oa_node_kind kind, oa_mark mark, bool flow) {
    if (awaits_key(b)) {
        stop(b, mark, OA_SYNTAX, "PROTOCOL-KEY", "a list or map stands where a key should: write key: value");
        return;
    }
    if (b->depth == OA_TREE_DEPTH) {
        stop(b, mark, OA_LIMIT, "PROTOCOL-DEPTH",
             "maps and lists are nested more than 32 deep: no key of a protocol is, so check brackets and indentation");
        return;
    }
    oa_node *node = add_node(b, kind, mark);
    node->flow = flow;
    b->open[b->depth++] = node;
}

/* Refuses keys that stand twice.  A member that repeats an earlier key is not looked at by oa_node_member(). */
static void check_keys(builder *b, const oa_node *map) {
    if (map->count < 2) {
        return;
    }
    oa_named *names = OA_NEW_ARRAY(b->arena, oa_named, map->count);
    size_t count = 0;
    for (const oa_node *child = map->first; child; child = child->next) {
        names[count++] = (oa_named){.name = child->key, .mark = child->key_mark};
    }
    oa_report_twice(b->problems, names, count, "PROTOCOL-DUPLICATE", "key");
}

static void close_node(builder *b) {
    if (b->depth == 0) {
        return; /* libyaml closes only what it opened */
    }
    const oa_node *node = b->open[--b->depth];
    if (node->kind == OA_NODE_MAP) {
        check_keys(b, node);
    }
}

static void take_scalar(builder *b, oa_mark mark) {
    const char *text = (const char *)b->source->event.data.scalar.value;
    size_t length = b->source->event.data.scalar.length;
    char *copy = OA_NEW_ARRAY(b->arena, char, length + 1);
    memcpy(copy, text, length);
    if (!awaits_key(b)) {
        oa_node *node = add_node(b, OA_NODE_SCALAR, mark);
        node->text = copy;
        node->length = length;
        node->plain = b->source->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
        node->flow = b->depth > 0 && b->open[b->depth - 1]->kind == OA_NODE_MAP && b->open[b->depth - 1]->flow;
        return;
    }
    if (length == 0 || strlen(copy) != length) {
        stop(b, mark, OA_SYNTAX, "PROTOCOL-KEY", "a key is empty or holds a NUL: write key: value");
        return;
    }
    b->key = copy;
    b->key_mark = mark;
}

static void take_alias(builder *b, oa_mark mark) {
    const char *text = "*name refers to another place of the file: write the value out here, or put text that starts "
                       "with * in quotes";
    if (awaits_key(b)) {
        stop(b, mark, OA_SYNTAX, "PROTOCOL-ALIAS", text);
        return;
    }
    oa_problem_add(b->problems, mark, OA_SYNTAX, "PROTOCOL-ALIAS", "%s", text);
    add_node(b, OA_NODE_REFUSED, mark);
}

static void start_document(builder *b, oa_mark mark) {
    const yaml_event_t *event = &b->source->event;
    if (event->data.document_start.tag_directives.start != event->data.document_start.tag_directives.end) {
        oa_problem_add(b->problems, mark, OA_SYNTAX, "PROTOCOL-TAG", "%%TAG has no use in a protocol: remove the line");
    }
    if (++b->documents > 1) {
        stop(b, mark, OA_SYNTAX, "PROTOCOL-DOCUMENTS",
             "a second document starts here: a protocol is one document, so remove the line with ---");
    }
}

static void refuse_decoration(builder *b, oa_mark mark, const yaml_char_t *anchor, const yaml_char_t *tag) {
    if (anchor) {
        oa_problem_add(b->problems, mark, OA_SYNTAX, "PROTOCOL-ALIAS",
                       "&name marks a value for use elsewhere: write values out where they are used, or put text that "
                       "starts with & in quotes");
    }
    if (tag) {
        oa_problem_add(b->problems, mark, OA_SYNTAX, "PROTOCOL-TAG",
                       "a tag (!name) has no use in a protocol: remove it, or put text that starts with ! in quotes");
    }
}

static void take_event(builder *b) {
    const yaml_event_t *event = &b->source->event;
    oa_mark mark = mark_of_index(&b->cursor, event->start_mark.index);
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        start_document(b, mark);
        break;
    case YAML_SCALAR_EVENT:
        refuse_decoration(b, mark, event->data.scalar.anchor, event->data.scalar.tag);
        take_scalar(b, mark);
        break;
    case YAML_ALIAS_EVENT:
        take_alias(b, mark);
        break;
    case YAML_SEQUENCE_START_EVENT:
        refuse_decoration(b, mark, event->data.sequence_start.anchor, event->data.sequence_start.tag);
        open_node(b, OA_NODE_LIST, mark, event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE);
        break;
    case YAML_MAPPING_START_EVENT:
        refuse_decoration(b, mark, event->data.mapping_start.anchor, event->data.mapping_start.tag);
        open_node(b, OA_NODE_MAP, mark, event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_node(b);
        break;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        break;
    }
}

static void read_events(builder *b) {
    yaml_parser_t *parser = &b->source->parser;
    yaml_event_t *event = &b->source->event;
    bool at_end = false;
    while (!at_end && !b->stopped) {
        if (!yaml_parser_parse(parser, event)) {
            report_yaml(b);
            return;
        }
        take_event(b);
        at_end = event->type == YAML_STREAM_END_EVENT;
        yaml_event_delete(event);
    }
}

/* What is refused before libyaml sees it. */
static bool check_bytes(builder *b) {
    size_t length = b->cursor.length;
    if (length > OA_TREE_BYTES) {
        stop(b, (oa_mark){0}, OA_LIMIT, "PROTOCOL-SIZE",
             "the file is larger than 1 MB: a protocol is not, so check the name");
        return false;
    }
    size_t good = oa_utf8_check(b->cursor.bytes, length);
    if (good < length) {
        stop(b, mark_of_offset(&b->cursor, good), OA_SYNTAX, "PROTOCOL-UTF8",
             "the byte here is not UTF-8: save the file as UTF-8");
        return false;
    }
    return true;
}

oa_node *oa_tree_parse(oa_arena *arena, const char *bytes, size_t length, oa_problems *problems) {
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3; /* a byte order mark is no part of the text */
        length -= 3;
    }
    builder b = {.arena = arena, .problems = problems, .cursor = {.bytes = bytes, .length = length}};
    rewind_cursor(&b.cursor);
    if (!check_bytes(&b)) {
        return NULL;
    }
    rewind_cursor(&b.cursor);
    b.source = OA_NEW(arena, source);
    oa_arena_defer(arena, release_source, b.source);
    if (!yaml_parser_initialize(&b.source->parser)) {
        stop(&b, (oa_mark){0}, OA_MEMORY, "PROTOCOL-YAML",
             "memory ran out before the file was read: close other programs");
        return NULL;
    }
    yaml_parser_set_encoding(&b.source->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&b.source->parser, (const unsigned char *)bytes, length);
    read_events(&b);
    release_source(b.source);
    if (b.stopped) {
        return NULL;
    }
    if (!b.root || oa_node_is_null(b.root)) {
        stop(&b, (oa_mark){.line = 1, .column = 1}, OA_SYNTAX, "PROTOCOL-EMPTY",
             "the file holds no keys: a protocol starts with onearm: 1 and study: {id: ...}");
        return NULL;
    }
    return b.root;
}

const oa_node *oa_node_member(const oa_node *map, const char *key) {
    if (!map || map->kind != OA_NODE_MAP) {
        return NULL;
    }
    for (const oa_node *child = map->first; child; child = child->next) {
        if (oa_streq(child->key, key)) {
            return child;
        }
    }
    return NULL;
}

bool oa_node_is_null(const oa_node *node) {
    static const char *const words[] = {"", "~", "null", "Null", "NULL"};
    if (node->kind != OA_NODE_SCALAR || !node->plain) {
        return false;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (oa_streq(node->text, words[i])) {
            return true;
        }
    }
    return false;
}
