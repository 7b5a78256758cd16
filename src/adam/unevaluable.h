/*
 * unevaluable.h - why a best response is NE, ND or MISSING: ADRS.NEREASN, and a row each of the table of responses.
 */
#ifndef OA_UNEVALUABLE_H
#define OA_UNEVALUABLE_H

#include "recist_best.h"

/* id of the result BOR.NE.<id>, term of NEREASN, words of the table */
#define OA_UNEVALUABLE(X)                                                                                              \
    X(NODISEASE, "NO DISEASE AT BASELINE", "No disease at baseline")                                                   \
    X(NOBASELINE, "NO BASELINE ASSESSMENT", "No baseline assessment")                                                  \
    X(DEATH, "DEATH BEFORE ASSESSMENT", "Death before any assessment")                                                 \
    X(NEWTHERAPY, "NEW ANTICANCER THERAPY FIRST", "New anticancer therapy before any assessment")                      \
    X(NOASSESSMENT, "NO POST-BASELINE ASSESSMENT", "No assessment after baseline")                                     \
    X(NOTDONE, "ASSESSMENTS NOT DONE", "Assessments not done")                                                         \
    X(ALLNE, "ALL ASSESSMENTS NE", "All assessments not evaluable")                                                    \
    X(SDEARLY, "SD TOO EARLY", "Stable disease only before its minimum time")                                          \
    X(RESPONSEEARLY, "UNCONFIRMED RESPONSE TOO EARLY", "Unconfirmed response only before the minimum time")            \
    X(PDLATE, "PD TOO LATE", "Progression later than accepted, none before it")

typedef enum oa_unevaluable {
#define OA_UNEVALUABLE_ENUM(id, term, words) OA_UNEVALUABLE_##id,
    OA_UNEVALUABLE(OA_UNEVALUABLE_ENUM)
#undef OA_UNEVALUABLE_ENUM
        OA_N_UNEVALUABLE
} oa_unevaluable;

const char *oa_unevaluable_term(oa_unevaluable reason);

/* What else is known of the subject. */
typedef struct oa_unevaluable_facts {
    bool died;
    bool no_baseline; /* there are time points, but nothing before treatment to compare them with */
} oa_unevaluable_facts;

/* The reason; "" where `best` is a response, stable disease or progression. */
const char *oa_why_unevaluable(const oa_best *best, const oa_assessment *assessments, size_t count,
                               const oa_unevaluable_facts *facts);

#endif
