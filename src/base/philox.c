/* philox.c - see philox.h. */
#include "philox.h"

/* Multipliers and increments of the key: table 2 and section 4 of the paper. */
static const uint32_t multiplier[2] = {0xD2511F53, 0xCD9E8D57};
static const uint32_t increment[2] = {0x9E3779B9, 0xBB67AE85};

oa_philox oa_philox_at(const uint32_t counter[4], const uint32_t key[2]) {
    uint32_t c[4] = {counter[0], counter[1], counter[2], counter[3]};
    uint32_t k[2] = {key[0], key[1]};
    for (int round = 0; round < 10; round++) {
        uint64_t a = (uint64_t)multiplier[0] * c[0];
        uint64_t b = (uint64_t)multiplier[1] * c[2];
        uint32_t next[4] = {(uint32_t)(b >> 32) ^ c[1] ^ k[0], (uint32_t)b, (uint32_t)(a >> 32) ^ c[3] ^ k[1],
                            (uint32_t)a};
        for (int i = 0; i < 4; i++) {
            c[i] = next[i];
        }
        k[0] += increment[0];
        k[1] += increment[1];
    }
    return (oa_philox){{c[0], c[1], c[2], c[3]}};
}

double oa_philox_uniform(uint32_t high, uint32_t low) {
    uint64_t bits = ((uint64_t)high << 32 | low) >> 12; /* 52 of them, so that the half below is exact */
    return ((double)bits + 0.5) * 0x1p-52;
}
