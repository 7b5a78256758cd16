/* adrs.h - the columns of ADRS and the subject in hand, for the files that fill it. */
#ifndef OA_ADRS_H
#define OA_ADRS_H

#include "course.h"

#define ADRS_COLUMNS(X)                                                                                                \
    X(STUDYID, OA_TEXT, "Study Identifier")                                                                            \
    X(USUBJID, OA_TEXT, "Unique Subject Identifier")                                                                   \
    X(ASEQ, OA_NUMBER, "Analysis Sequence Number")                                                                     \
    X(PARAMCD, OA_TEXT, "Parameter Code")                                                                              \
    X(PARAM, OA_TEXT, "Parameter")                                                                                     \
    X(PARCAT1, OA_TEXT, "Parameter Category 1")                                                                        \
    X(PARCAT2, OA_TEXT, "Evaluator")                                                                                   \
    X(PARCAT3, OA_TEXT, "Criteria")                                                                                    \
    X(AVALC, OA_TEXT, "Analysis Value (C)")                                                                            \
    X(AVAL, OA_NUMBER, "Analysis Value")                                                                               \
    X(ADT, OA_DATE, "Analysis Date")                                                                                   \
    X(ADTF, OA_TEXT, "Analysis Date Imputation Flag")                                                                  \
    X(ADY, OA_NUMBER, "Analysis Relative Day")                                                                         \
    X(AVISIT, OA_TEXT, "Analysis Visit")                                                                               \
    X(AVISITN, OA_NUMBER, "Analysis Visit (N)")                                                                        \
    X(ANL01FL, OA_TEXT, "One Record per Day Flag")                                                                     \
    X(ANL02FL, OA_TEXT, "Up to First Progression Flag")                                                                \
    X(ANLREAS, OA_TEXT, "Whether It Counts for the Best Response")                                                     \
    X(OAVALC, OA_TEXT, "Response Before the Policy for Disease After CR")                                              \
    X(CONFDT, OA_DATE, "Date of the Confirming Assessment")                                                            \
    X(NEREASN, OA_TEXT, "Reason Not Evaluable")                                                                        \
    X(RULE, OA_TEXT, "Rule That Decided")                                                                              \
    X(REASON, OA_TEXT, "Reason in Words")                                                                              \
    X(SRCDOM, OA_TEXT, "Source Data")                                                                                  \
    X(SRCVAR, OA_TEXT, "Source Variable")                                                                              \
    X(SRCSEQ, OA_NUMBER, "Source Sequence Number")

enum { ADRS_COLUMNS(OA_C) N_ADRS_COLUMNS };

/* The subject whose rows are being written. */
typedef struct oa_adrs {
    oa_context *context;
    oa_table *table;
    size_t subject;
    oa_subject_dates dates;
    double seq;
    const oa_tumour *tumour;
    bool measured;
    oa_best_options options;
    oa_course course;
    size_t *rows; /* OVR row of each item of the course */
} oa_adrs;

size_t oa_adrs_add(oa_adrs *a, const char *paramcd, const char *param);
void oa_adrs_set_response(oa_adrs *a, size_t row, oa_response response);
void oa_adrs_set_day(oa_adrs *a, size_t row, int32_t day);

/* What the time points come to: best responses, response, clinical benefit, first PD, last assessment, death. */
void oa_adrs_add_best(oa_adrs *a);

#endif
