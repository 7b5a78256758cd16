/*
 * test_adam_adae.c - adverse events: whole dates, whether treatment-emergent and related, and the worst grade: ADAE.
 *
 *   REQ-ADAM-060  treatment-emergent from the first dose to some days after the last
 *   REQ-ADAM-061  partial and unknown dates are read cautiously
 *   REQ-ADAM-062  relation to each drug, to any, or to the one that the protocol names
 *   REQ-ADAM-063  action taken with each drug, and the gravest
 *   REQ-ADAM-064  worst grade of a subject, and within a term
 */
#include "study_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* First dose 2023-01-10, last dose 2023-03-31; 30 days after it is 2023-04-30. */
#define DOSED          "DM,1\nEX,1,TKI,12,mg,2023-01-10,2023-03-31\n"
#define AE(start, end) "AE,1,Cough," start "," end "\n"
#define TWO_DRUGS(to)                                                                                                  \
    "treatment:\n  drugs:\n    x: {trt: TKI, relation: AERELX, action: AEACNX}\n"                                      \
    "    y: {trt: I131, relation: AERELY, action: AEACNY}\nsafety: {related_to: " to "}\n"

static void test_REQ_ADAM_060_treatment_emergent(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"the day before", NULL, DOSED AE("2023-01-09", ""), "ADAE/Cough TRTEMFL \nADAE/Cough ASTDY -1\n"},
        {"the day of the first dose", NULL, DOSED AE("2023-01-10", ""), "ADAE/Cough TRTEMFL Y\nADAE/Cough ASTDY 1\n"},
        {"30 days after the last", NULL, DOSED AE("2023-04-30", ""), "ADAE/Cough TRTEMFL Y\n"},
        {"31 days after it", NULL, DOSED AE("2023-05-01", ""), "ADAE/Cough TRTEMFL \n"},
        {"the protocol's days", "safety: {teae_days: 60}\n", DOSED AE("2023-05-01", ""), "ADAE/Cough TRTEMFL Y\n"},
        {"not treated", NULL, "DM,1\n" AE("2023-02-01", ""), "ADAE/Cough TRTEMFL \n"},
        {"after the cut-off", "study: {id: T, cutoff: 2023-02-15}\n", DOSED AE("2023-02-20", ""), "ADAE rows 0\n"},
        {"the end of any drug counts", TWO_DRUGS("any"),
         DOSED "EX,1,I131,5,GBq,2023-05-20,2023-05-20\n" AE("2023-06-19", ""), "ADAE/Cough TRTEMFL Y\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_061_partial_dates(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"the month of the first dose", NULL, DOSED AE("2023-01", ""),
         "ADAE/Cough TRTEMFL Y\nADAE/Cough ASTDT 2023-01-10\nADAE/Cough ASTDTF D\nFINDING AE-DATE 1\n"},
        {"the month of the first dose, over before it", NULL, DOSED AE("2023-01", "2023-01-05"),
         "ADAE/Cough TRTEMFL \nADAE/Cough ASTDT 2023-01-01\nADAE/Cough AENDT 2023-01-05\n"},
        {"the month of the first dose, over on its day", NULL, DOSED AE("2023-01", "2023-01-10"),
         "ADAE/Cough TRTEMFL Y\nADAE/Cough ASTDT 2023-01-10\n"},
        {"the month before", NULL, DOSED AE("2022-12", ""), "ADAE/Cough TRTEMFL \nADAE/Cough ASTDT 2022-12-01\n"},
        {"the year of the first dose", NULL, DOSED AE("2023", ""),
         "ADAE/Cough TRTEMFL Y\nADAE/Cough ASTDT 2023-01-10\nADAE/Cough ASTDTF M\n"},
        {"the year before", NULL, DOSED AE("2022", ""), "ADAE/Cough TRTEMFL \n"},
        {"a month that begins within the 30 days", NULL, DOSED AE("2023-04", ""),
         "ADAE/Cough TRTEMFL Y\nADAE/Cough ASTDT 2023-04-01\n"},
        {"a month that begins after them", NULL, DOSED AE("2023-05", ""), "ADAE/Cough TRTEMFL \n"},
        {"unknown", NULL, DOSED AE("", ""), "ADAE/Cough TRTEMFL Y\nADAE/Cough ASTDT \n"},
        {"unknown, over before the first dose", NULL, DOSED AE("", "2023-01-09"), "ADAE/Cough TRTEMFL \n"},
        {"unknown, over in the month of the first dose", NULL, DOSED AE("", "2023-01"),
         "ADAE/Cough TRTEMFL Y\nADAE/Cough AENDT 2023-01-31\nADAE/Cough AENDTF D\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_062_relation(void **state) {
    (void)state;
#define REL(any, x, y) DOSED "AE,1,Cough,2023-02-01,,2," any ",,,," x ",," y "\n"
    static const study_case cases[] = {
        {"to one drug", TWO_DRUGS("any"), REL("", "RELATED", "NOT RELATED"),
         "ADAE/Cough AREL Y\nADAE/Cough AREL1 Y\nADAE/Cough AREL2 N\n"},
        {"to the other", TWO_DRUGS("any"), REL("", "NOT RELATED", "Possible"),
         "ADAE/Cough AREL Y\nADAE/Cough AREL1 N\n"},
        {"to none", TWO_DRUGS("any"), REL("NOT RELATED", "NOT RELATED", "UNLIKELY"), "ADAE/Cough AREL N\n"},
        {"by AEREL", TWO_DRUGS("any"), REL("RELATED", "", ""), "ADAE/Cough AREL Y\nADAE/Cough AREL1 N\n"},
        {"only one drug counts", TWO_DRUGS("x"), REL("RELATED", "NOT RELATED", "RELATED"),
         "ADAE/Cough AREL N\nADAE/Cough AREL2 Y\n"},
        {"and is the one", TWO_DRUGS("y"), REL("NOT RELATED", "NOT RELATED", "RELATED"), "ADAE/Cough AREL Y\n"},
        {"the protocol's words", "safety: {related: [YES]}\n", DOSED "AE,1,Cough,2023-02-01,,2,RELATED\n",
         "ADAE/Cough AREL N\n"},
        {"a column that AE does not have is said", "treatment: {drugs: {x: {trt: TKI, relation: AERELQ}}}\n",
         REL("RELATED", "", ""), "FINDING AE-DRUG 1\n"},
        {"nor one that holds no words", "treatment: {drugs: {x: {trt: TKI, relation: AESEQ}}}\n",
         REL("RELATED", "", ""), "FINDING AE-DRUG 1\nADAE/Cough AREL1 N\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_063_action(void **state) {
    (void)state;
#define ACN(x, y) DOSED "AE,1,Cough,2023-02-01,,2,,,,,," x ",," y "\n"
    static const study_case cases[] = {
        {"the gravest", TWO_DRUGS("any"), ACN("DOSE REDUCED", "DRUG WITHDRAWN"),
         "ADAE/Cough AACN DRUG WITHDRAWN\nADAE/Cough AACN1 DOSE REDUCED\nADAE/Cough AACN2 DRUG WITHDRAWN\n"
         "ARD/AE.REDUCED n 1\nARD/AE.WITHDRAWN n 1\nARD/AE.HELD n 0\n"},
        {"none", TWO_DRUGS("any"), ACN("DOSE NOT CHANGED", "NOT APPLICABLE"), "ADAE/Cough AACN DOSE NOT CHANGED\n"},
        {"of one drug by AEACN", NULL, DOSED "AE,1,Cough,2023-02-01,,2,RELATED,DRUG INTERRUPTED\n",
         "ADAE/Cough AACN DRUG INTERRUPTED\nARD/AE.HELD n 1\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_064_worst_grade(void **state) {
    (void)state;
#define GRADE(term, start, grade) "AE,1," term "," start ",," grade "\n"
    static const study_case cases[] = {
        {"of the subject and of each term", NULL,
         DOSED GRADE("A", "2023-02-01", "2") GRADE("B", "2023-02-02", "3") GRADE("C", "2023-02-03", "1"),
         "ADAE/A AOCCPIFL Y\nADAE/A AOCCIFL \nADAE/B AOCCPIFL Y\nADAE/B AOCCIFL Y\nADAE/C AOCCPIFL Y\n"},
        {"of equals the first", NULL, DOSED GRADE("A", "2023-02-01", "3") GRADE("B", "2023-02-02", "3"),
         "ADAE/A AOCCIFL Y\nADAE/B AOCCIFL \n"},
        {"what is not treatment-emergent does not count", NULL,
         DOSED GRADE("A", "2022-12-01", "4") GRADE("B", "2023-02-02", "1"), "ADAE/A AOCCIFL \nADAE/B AOCCIFL Y\n"},
        {"without a grade by severity", NULL,
         DOSED "AE,1,A,2023-02-01,,,,,,,,,,,MILD\nAE,1,B,2023-02-01,,,,,,,,,,,SEVERE\n", "ADAE/B AOCCIFL Y\n"},
        {"a grade that is missing is no grade", NULL, DOSED GRADE("A", "2023-02-01", ""), "ADAE/A ATOXGRN \n"},
    };
    RUN(cases);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_ADAM_060_treatment_emergent), cmocka_unit_test(test_REQ_ADAM_061_partial_dates),
        cmocka_unit_test(test_REQ_ADAM_062_relation),           cmocka_unit_test(test_REQ_ADAM_063_action),
        cmocka_unit_test(test_REQ_ADAM_064_worst_grade),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
