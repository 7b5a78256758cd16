/* effort.h - how many random cases a test takes: all of them, or a part under valgrind, where each takes fifty times as long. */
#ifndef OA_TESTS_EFFORT_H
#define OA_TESTS_EFFORT_H

#include <stdlib.h>

static inline int effort(int all) {
    return getenv("ONEARM_LIGHT") ? all / 40 : all;
}

#endif
