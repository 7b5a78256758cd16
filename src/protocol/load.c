/* load.c - protocol.yaml into oa_protocol: text to tree (tree.c), tree to structs (bind.c). */
#include "../base/io.h"
#include "../base/text.h"
#include "bind.h"
#include "problems.h"
#include "tree.h"

const oa_protocol *oa_protocol_parse(oa_arena *arena, const char *file, const char *bytes, size_t length,
                                     oa_diag *diag) {
    oa_problems *problems = oa_problems_new(arena, file);
    oa_protocol *protocol = OA_NEW(arena, oa_protocol);
    const oa_node *root = oa_tree_parse(arena, bytes, length, problems);
    protocol->file = problems->file;
    if (root) {
        oa_protocol_bind(arena, root, protocol, problems);
    }
    return oa_problems_report(problems, diag) ? protocol : NULL;
}

const oa_protocol *oa_protocol_load(oa_arena *arena, const char *path, oa_diag *diag) {
    size_t length = 0;
    const char *bytes = oa_read_file(arena, path, OA_TREE_BYTES, &length, diag);
    return bytes ? oa_protocol_parse(arena, path, bytes, length, diag) : NULL;
}

const oa_p_drug *oa_protocol_drug(const oa_protocol *protocol, const char *id) {
    for (size_t i = 0; i < protocol->treatment.n_drugs; i++) {
        if (oa_streq(protocol->treatment.drugs[i].id, id)) {
            return &protocol->treatment.drugs[i];
        }
    }
    return NULL;
}

oa_place oa_protocol_place(const oa_protocol *protocol, oa_mark mark) {
    return (oa_place){.file = protocol->file, .line = mark.line, .column = mark.column, .seq = -1};
}
