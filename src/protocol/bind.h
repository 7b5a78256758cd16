/* bind.h - the tree of a file into oa_protocol. */
#ifndef OA_BIND_H
#define OA_BIND_H

#include "problems.h"
#include "tree.h"

/* Fills `protocol`; what is wrong with the file is added to `problems`, and then the protocol must not be used. */
void oa_protocol_bind(oa_arena *arena, const oa_node *root, oa_protocol *protocol, oa_problems *problems);

#endif
