/*
 * oracle_pfs.h - progression-free survival once more, apart from the engine: the rules told as a walk through a subject's
 * days, each of which is looked at once.  Slow and plain; it shares nothing with src/adam/pfs.c but the names of outcomes.
 */
#ifndef TESTS_ORACLE_PFS_H
#define TESTS_ORACLE_PFS_H

#include "../src/adam/pfs.h"

typedef struct oracle_result {
    oa_pfs_outcome outcome;
    int32_t day;
} oracle_result;

/* `preset`: 'a', 'b', 'c' or 'e'. */
oracle_result oracle_pfs(const oa_pfs_subject *subject, char preset, int too_many, bool therapy_first);

#endif
