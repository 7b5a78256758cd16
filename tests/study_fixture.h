/*
 * study_fixture.h - a study in memory from a few lines of text, taken through SDTM, ADaM and results, and what is expected
 * of it, as text too.
 *
 * Records: a line each, the domain and the fields in the order of `study_headers` (study_fixture.c), empty ones at the end
 * left out: "EX,1,DRUG,12,mg,2023-01-02,2023-01-15".  A line with "USUBJID" for a subject replaces the header of its
 * domain.  --SEQ is the order of the lines.
 *
 * Wants: a line each, place, column and cell, the cell to the end of the line ("" for missing):
 *     ADSL TRTSDT 2023-01-02            subject 1
 *     ADRS#2/OVR@WEEK 6|AVALC PD        subject 2, PARAMCD OVR at AVISIT "WEEK 6" (a key with blanks ends with |)
 *     ADAE/Headache TRTEMFL Y           keyed by AETERM
 *     ADSL rows 3                       how many rows the dataset has (with a key: rows with this key)
 *     ARD/ORR n 11                      n, of, text, label, method or rows of a result
 *     PUB/DCR verdict consistent        verdict or why of a comparison
 *     FINDING TR-TWICE 1                how many messages a rule gave
 */
#ifndef TESTS_STUDY_FIXTURE_H
#define TESTS_STUDY_FIXTURE_H

#include "../src/adam/adam.h"
#include "../src/ard/ard.h"

typedef struct study {
    oa_arena *arena;
    oa_diag *diag;
    const oa_protocol *protocol;
    oa_sdtm sdtm;
    oa_adam adam;
    oa_ard ard;
    bool derived; /* ADaM and results were made */
} study;

typedef struct study_case {
    const char *name;
    const char *protocol; /* what follows "onearm: 1"; the study has an id where this does not begin with "study:" */
    const char *records;
    const char *want;
} study_case;

/* Fails the test where records or protocol cannot be read; closed by study_close(). */
study *study_open(const char *protocol, const char *records);
void study_close(study *s);

/* The cell that a want names, before its blank and value: "ADRS/OVR@W6 AVALC".  "(no row)" where there is none. */
const char *study_cell(study *s, const char *what);

/* Fails with the name of the case and each want that is not met. */
void study_check(study *s, const char *name, const char *want);
void study_run(const study_case *cases, size_t count);

#define RUN(cases) study_run((cases), sizeof(cases) / sizeof((cases)[0]))

#endif
