/* check.h - what the keys of a protocol must say together, once each is right by itself. */
#ifndef OA_CHECK_H
#define OA_CHECK_H

#include "problems.h"
#include "tree.h"

void oa_protocol_check(const oa_protocol *protocol, const oa_node *root, oa_problems *problems);

#endif
