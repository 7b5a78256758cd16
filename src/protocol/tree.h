/*
 * tree.h - the text of a protocol as a tree of nodes that know where they stood.
 *
 * YAML is taken in its plain part only: maps, lists and scalars.  Anchors, aliases, tags, several documents and
 * duplicate keys are refused, as each of them lets a file mean something else than it seems to say.
 */
#ifndef OA_TREE_H
#define OA_TREE_H

#include "problems.h"

enum { OA_TREE_BYTES = 1 << 20, OA_TREE_DEPTH = 32 };

/* OA_NODE_REFUSED: reported already, to be passed over in silence. */
typedef enum oa_node_kind { OA_NODE_SCALAR, OA_NODE_LIST, OA_NODE_MAP, OA_NODE_REFUSED } oa_node_kind;

typedef struct oa_node oa_node;
struct oa_node {
    oa_node_kind kind;
    oa_mark mark;
    const char *key; /* of a member of a map, else NULL */
    oa_mark key_mark;
    const char *text; /* of a scalar */
    size_t length;    /* the text may hold a NUL that came as \0 */
    bool plain;       /* a scalar without quotes: may be a number or a boolean */
    bool flow;        /* a map or list in brackets, or a scalar in such a map: {a, b: 1} */
    oa_node *first;   /* members of a list or map */
    oa_node *last;
    oa_node *next;
    size_t count;
};

/* The root, or NULL where the file cannot be read on.  Even where a tree comes back, problems may have been added. */
oa_node *oa_tree_parse(oa_arena *arena, const char *bytes, size_t length, oa_problems *problems);

/* The first member of a map with this key; NULL: none, or `map` is NULL or no map. */
const oa_node *oa_node_member(const oa_node *map, const char *key);

/* A plain scalar that says nothing: empty, ~ or null. */
bool oa_node_is_null(const oa_node *node);

#endif
