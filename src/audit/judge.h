/* judge.h - from what a text says to claims with verdicts. */
#ifndef OA_AUDIT_JUDGE_H
#define OA_AUDIT_JUDGE_H

#include "reading.h"

typedef struct oa_finding {
    uint32_t first; /* tokens [first, last) */
    uint32_t last;
    const char *kind;
    oa_label about;
    const char *reported;
    oa_verdict verdict;
} oa_finding;

typedef struct oa_findings {
    oa_finding *items;
    size_t count;
    size_t capacity;
} oa_findings;

/* Strings live in the arena of the reading. */
void oa_judge_facts(const oa_reading *reading, oa_findings *findings);
/* Sums and partitions: CR + PR = ORR, men and women, grade >= 3 within any grade. */
void oa_judge_wholes(const oa_reading *reading, oa_findings *findings);

/* ---- shared -------------------------------------------------------------------------------------------------------- */

oa_finding *oa_finding_add(const oa_reading *reading, oa_findings *findings);
/* The denominators that a fact may have, the likeliest first. */
oa_readings oa_readings_of(const oa_reading *reading, const oa_fact *fact);
const char *oa_label_name(oa_label label);
/* A result of the text: no hypothesis, no other study. */
bool oa_is_result(const oa_reading *reading, const oa_fact *fact);

#endif
