/*
 * test_adam_adrs.c - from time points to the best response: ADRS, mostly from responses as they were reported in RS.
 * The rules themselves are tested in test_recist_best.c.
 *
 *   REQ-ADAM-030  best response, its day, and what follows from it
 *   REQ-ADAM-031  confirmation
 *   REQ-ADAM-032  stable disease counts from a minimum after the reference day
 *   REQ-ADAM-033  disease after a complete response
 *   REQ-ADAM-034  nothing counts after progression or a new therapy
 *   REQ-ADAM-035  responses as reported or as measured
 *   REQ-ADAM-036  one response a day
 *   REQ-ADAM-037  no assessment, or none that could be evaluated
 *   REQ-ADAM-038  disease control
 */
#include "study_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* First dose 2023-01-02; assessments every six weeks: days 42, 84, 126, 168 after it. */
#define DOSED              "DM,1\nEX,1,TKI,12,mg,2023-01-02,2023-06-30\n"
#define W6                 "WEEK 6,2023-02-13"
#define W12                "WEEK 12,2023-03-27"
#define W18                "WEEK 18,2023-05-08"
#define W24                "WEEK 24,2023-06-19"
#define R(is, visit)       "RS,1,OVRLRESP," is "," visit "\n"
#define REPORTED           "response: {source: reported}\n"
#define REPORTED_AND(more) "response: {source: reported, " more "}\n"
#define UNCONFIRMED        REPORTED_AND("confirm: {required: false}")
#define T(mm, visit)       "TR,1,TARGET,T1,LDIAM," mm "," visit "\n"
#define SCR                "SCREENING,2022-12-20"

static void test_REQ_ADAM_030_best_response(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"the best of all, on its first day", REPORTED, DOSED R("SD", W6) R("PR", W12) R("PR", W18) R("PD", W24),
         "ADRS/BOR AVALC PR\nADRS/BOR ADT 2023-03-27\nADRS/BOR AVISIT WEEK 12\nADRS/BOR AVAL 2\n"
         "ADRS/RSP AVALC Y\nADRS/RSP ADT 2023-03-27\nADRS/BOR ADY 85\n"},
        {"progression first", REPORTED, DOSED R("PD", W6),
         "ADRS/BOR AVALC PD\nADRS/BOR ADT 2023-02-13\nADRS/RSP AVALC N\nADRS/RSP ADT \nADRS/CB AVALC N\n"},
        {"stable disease on its first day that counts", REPORTED, DOSED R("SD", W6) R("SD", W12),
         "ADRS/BOR AVALC SD\nADRS/BOR ADT 2023-02-13\nADRS/CB AVALC Y\nADRS/CB ADT 2023-02-13\n"},
        {"non-target disease only", REPORTED, DOSED R("NON-CR/NON-PD", W6) R("PD", W12),
         "ADRS/BOR AVALC NON-CR/NON-PD\nADRS/BOR AVAL 4\nADRS/CB AVALC Y\nADRS/RSP AVALC N\n"},
        {"in any order of records", REPORTED, DOSED R("PD", W18) R("PR", W12) R("SD", W6),
         "ADRS/BOR AVALC PR\nADRS/BOR ADT 2023-03-27\n"},
        {"SRC names the time point", REPORTED, DOSED R("SD", W6) R("PR", W12),
         "ADRS/BOR SRCDOM ADRS\nADRS/BOR SRCSEQ 2\nADRS/OVR@WEEK 12|SRCDOM RS\nADRS/OVR@WEEK 12|SRCSEQ 2\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_031_confirmation(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"by the next", REPORTED, DOSED R("PR", W6) R("PR", W12),
         "ADRS/CBOR AVALC PR\nADRS/CBOR ADT 2023-02-13\nADRS/CRSP AVALC Y\nADRS/CRSP ADT 2023-02-13\n"},
        {"by 28 days", REPORTED, DOSED R("PR", W6) R("PR", ",2023-03-13"), "ADRS/CBOR AVALC PR\n"},
        {"not by 27", REPORTED, DOSED R("PR", W6) R("PR", ",2023-03-12"),
         "ADRS/CBOR AVALC SD\nADRS/CBOR ADT 2023-02-13\nADRS/BOR AVALC PR\nADRS/CRSP AVALC N\n"},
        {"over one that was not evaluable", REPORTED, DOSED R("PR", W6) R("NE", W12) R("PR", W18),
         "ADRS/CBOR AVALC PR\n"},
        {"not over two", REPORTED, DOSED R("PR", W6) R("NE", W12) R("NE", W18) R("PR", W24), "ADRS/CBOR AVALC SD\n"},
        {"over two where the protocol allows it", REPORTED_AND("confirm: {max_ne: 2}"),
         DOSED R("PR", W6) R("NE", W12) R("NE", W18) R("PR", W24), "ADRS/CBOR AVALC PR\n"},
        {"not over stable disease", REPORTED, DOSED R("PR", W6) R("SD", W12) R("PR", W18), "ADRS/CBOR AVALC SD\n"},
        {"over stable disease where the protocol allows it", REPORTED_AND("confirm: {max_sd: 1}"),
         DOSED R("PR", W6) R("SD", W12) R("PR", W18), "ADRS/CBOR AVALC PR\n"},
        {"PR by CR", REPORTED, DOSED R("PR", W6) R("CR", W12), "ADRS/CBOR AVALC PR\nADRS/BOR AVALC CR\n"},
        {"CR by CR", REPORTED, DOSED R("PR", W6) R("CR", W12) R("CR", W18),
         "ADRS/CBOR AVALC CR\nADRS/CBOR ADT 2023-03-27\n"},
        {"not by one after progression", REPORTED, DOSED R("PR", W6) R("PD", W12) R("PR", W18), "ADRS/CBOR AVALC SD\n"},
        {"early, then progression", REPORTED, DOSED R("PR", ",2023-02-01") R("PD", W12),
         "ADRS/CBOR AVALC PD\nADRS/BOR AVALC PR\n"},
        {"nor by one after a new therapy", REPORTED,
         DOSED R("PR", W6) "CM,1,OTHER,2023-03-01,NEW ANTICANCER THERAPY\n" R("PR", W12), "ADRS/CBOR AVALC SD\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_032_minimum_for_stable_disease(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"42 days after the first dose", REPORTED, DOSED R("SD", ",2023-02-13"), "ADRS/BOR AVALC SD\n"},
        {"41 are not enough", REPORTED, DOSED R("SD", ",2023-02-12"),
         "ADRS/BOR AVALC NE\nADRS/BOR RULE RECIST-BOR-NE-EARLY\nADRS/CB AVALC N\n"},
        {"early stable disease, then progression", REPORTED, DOSED R("SD", ",2023-02-01") R("PD", W12),
         "ADRS/BOR AVALC PD\n"},
        {"the protocol's minimum", REPORTED_AND("sd_min_days: 30"), DOSED R("SD", ",2023-02-01"),
         "ADRS/BOR AVALC SD\n"},
        {"counted from enrolment", REPORTED_AND("reference: enrolment"),
         DOSED "DS,1,ENROLLED,2022-12-20,PROTOCOL MILESTONE\n" R("SD", ",2023-02-01"),
         "ADRS/BOR AVALC SD\nADTTE/PFS STARTDT 2022-12-20\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_033_disease_after_cr(void **state) {
    (void)state;
#define N(is, visit) "TR,1,NON-TARGET,N1,TUMSTATE," is "," visit "\n"
    static const study_case cases[] = {
        {"PR after CR is progression, for PFS too", REPORTED, DOSED R("CR", W6) R("PR", W12) R("PR", W18),
         "ADRS/OVR@WEEK 12|AVALC PD\nADRS/OVR@WEEK 12|RULE RECIST-T3-PD-AFTER-CR\nADRS/OVR@WEEK 18|AVALC PR\n"
         "ADRS/BOR AVALC CR\nADRS/CBOR AVALC SD\nADTTE/PFS CNSR 0\nADTTE/PFS ADT 2023-03-27\n"},
        {"an early CR that was none", REPORTED, DOSED R("CR", ",2023-02-01") R("PR", W12),
         "ADRS/CBOR AVALC PD\nADTTE/PFS CNSR 0\n"},
        {"as it is recorded", REPORTED_AND("cr_then_pr: asis"), DOSED R("CR", W6) R("PR", W12) R("PR", W18),
         "ADRS/OVR@WEEK 12|AVALC PR\nADRS/CBOR AVALC PR\nADRS/CBOR ADT 2023-03-27\nADTTE/PFS CNSR 1\n"},
        {"on one day it is not after", REPORTED, DOSED R("CR", ",2023-02-13") R("PR", ",2023-02-13") R("PR", W12),
         "ADRS/OVR@WEEK 12|AVALC PR\nADRS/CBOR AVALC PR\nADTTE/PFS CNSR 1\n"},
        {"a non-target lesion that comes back", NULL,
         DOSED T("50", SCR) N("PRESENT", SCR) T("0", W6) N("ABSENT", W6) T("0", W12) N("PRESENT", W12),
         "ADRS/OVR@WEEK 6|AVALC CR\nADRS/OVR@WEEK 12|AVALC PD\nADTTE/PFS ADT 2023-03-27\n"},
        {"one that was not looked at has not come back", NULL,
         DOSED T("50", SCR) N("PRESENT", SCR) T("0", W6) N("ABSENT", W6) T("0", W12) T("0", W18) N("ABSENT", W18),
         "ADRS/OVR@WEEK 12|AVALC PR\nADRS/CBOR AVALC CR\nADRS/CBOR ADT 2023-02-13\nADTTE/PFS CNSR 1\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_034_what_ends_the_course(void **state) {
    (void)state;
#define NAT(date) "CM,1,OTHER," date ",NEW ANTICANCER THERAPY\n"
    static const study_case cases[] = {
        {"a response after progression", UNCONFIRMED, DOSED R("SD", W6) R("PD", W12) R("CR", W18),
         "ADRS/BOR AVALC SD\nADRS/RSP AVALC N\nADRS/OVR@WEEK 12|ANL02FL Y\nADRS/OVR@WEEK 18|ANL02FL \n"
         "ADRS/OVR@WEEK 18|AVALC CR\n"},
        {"after a new therapy", UNCONFIRMED, DOSED R("SD", W6) NAT("2023-03-01") R("PR", W12),
         "ADRS/BOR AVALC SD\nADRS/OVR@WEEK 12|ANL02FL \n"},
        {"on the day of it", UNCONFIRMED, DOSED R("SD", W6) NAT("2023-03-27") R("PR", W12), "ADRS/BOR AVALC SD\n"},
        {"the day before it", UNCONFIRMED, DOSED R("SD", W6) NAT("2023-03-28") R("PR", W12), "ADRS/BOR AVALC PR\n"},
        {"where the protocol does not stop for it",
         REPORTED_AND("stop_at_new_therapy: false, confirm: {required: false}"),
         DOSED R("SD", W6) NAT("2023-03-01") R("PR", W12), "ADRS/BOR AVALC PR\n"},
        {"a second dose of 131I ends nothing", "treatment: {drugs: {rai: {trt: I131}, tki: {trt: TKI}}}\n" UNCONFIRMED,
         DOSED R("SD", W6) "PR,1,I131,2023-03-01,NEW ANTICANCER THERAPY\n" R("PR", W12), "ADRS/BOR AVALC PR\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_035_reported_or_measured(void **state) {
    (void)state;
#define BY(is, visit, who) "RS,1,OVRLRESP," is "," visit "," who "\n"
#define SCANS              DOSED T("50", SCR) T("30", W6) T("28", W12)
    static const study_case cases[] = {
        {"measured; the difference is said", NULL, SCANS R("SD", W6) R("PR", W12),
         "ADRS/OVR@WEEK 6|AVALC PR\nADRS/OVR@WEEK 6|SRCDOM TR\nFINDING RECIST-DIFFERS 1\n"},
        {"reported", REPORTED, SCANS R("SD", W6) R("PR", W12),
         "ADRS/OVR@WEEK 6|AVALC SD\nADRS/OVR@WEEK 6|SRCDOM RS\nADRS/OVR@WEEK 6|RULE RS-REPORTED\n"
         "FINDING RECIST-DIFFERS 0\n"},
        {"of the evaluator", REPORTED, DOSED BY("SD", W6, "INVESTIGATOR") BY("PR", W6, "INDEPENDENT ASSESSOR"),
         "ADRS/OVR@WEEK 6|AVALC SD\nADRS/OVR rows 1\nADRS/OVR PARCAT2 INVESTIGATOR\n"},
        {"of one of several", REPORTED_AND("evaluator: INDEPENDENT ASSESSOR, evaluator_id: R2"),
         DOSED BY("SD", W6, "INVESTIGATOR") BY("PR", W6, "INDEPENDENT ASSESSOR,R1")
             BY("PD", W6, "INDEPENDENT ASSESSOR,R2"),
         "ADRS/OVR@WEEK 6|AVALC PD\n"},
        {"target and non-target response beside it", REPORTED,
         DOSED R("PR", W6) "RS,1,TRGRESP,CR," W6 "\nRS,1,NTRGRESP,NON-CR/NON-PD," W6 "\n",
         "ADRS/TRGRESP@WEEK 6|AVALC CR\nADRS/NTRGRESP@WEEK 6|AVALC NON-CR/NON-PD\nADRS/BOR AVALC PR\n"},
        {"a word that is no response", REPORTED, DOSED R("RESPONSE", W6), "ADRS/OVR rows 0\nFINDING RS-RESPONSE 1\n"},
        {"not done is no wrong word", REPORTED, DOSED "RS,1,OVRLRESP,," W6 ",,,NOT DONE\n",
         "ADRS/OVR AVALC ND\nADRS/OVR AVAL \nFINDING RS-RESPONSE 0\nADRS/BOR AVALC ND\n"},
        {"not done, but with a response and its reason", REPORTED, DOSED "RS,1,OVRLRESP,NE," W6 ",,,NOT DONE\n",
         "ADRS/OVR AVALC NE\nADRS/BOR AVALC NE\n"},
        {"before treatment", REPORTED, DOSED R("PR", SCR), "ADRS/OVR rows 0\n"},
        {"of a month the last day", REPORTED, DOSED R("SD", "WEEK 6,2023-02"),
         "ADRS/OVR@WEEK 6|ADT 2023-02-28\nADRS/OVR@WEEK 6|ADTF D\n"},
        {"of a year", REPORTED, DOSED R("SD", "WEEK 6,2023"), "ADRS/OVR rows 0\nFINDING RS-DATE 1\n"},
        {"after the cut-off", "study: {id: T, cutoff: 2023-03-01}\n" REPORTED, DOSED R("SD", W6) R("PD", W12),
         "ADRS/OVR rows 1\nADRS/BOR AVALC SD\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_036_one_response_a_day(void **state) {
    (void)state;
#define ON(is, visit) R(is, visit ",2023-02-13")
    static const study_case cases[] = {
        {"the worse", UNCONFIRMED, DOSED ON("PR", "A") ON("SD", "B"),
         "ADRS/BOR AVALC SD\nADRS/OVR@A ANL01FL \nADRS/OVR@A ANL02FL \nADRS/OVR@B ANL01FL Y\n"},
        {"the worse, in the other order", UNCONFIRMED, DOSED ON("SD", "A") ON("PR", "B"),
         "ADRS/BOR AVALC SD\nADRS/OVR@A ANL01FL Y\nADRS/OVR@B ANL01FL \n"},
        {"progression", UNCONFIRMED, DOSED ON("PR", "A") ON("PD", "B") R("PR", W12),
         "ADRS/BOR AVALC PD\nADTTE/PFS CNSR 0\nADRS/OVR@WEEK 12|ANL02FL \n"},
        {"progression, in the other order", UNCONFIRMED, DOSED ON("PD", "A") ON("PR", "B") R("PR", W12),
         "ADRS/BOR AVALC PD\nADTTE/PFS CNSR 0\n"},
        {"what was evaluable", UNCONFIRMED, DOSED ON("NE", "A") ON("SD", "B"),
         "ADRS/BOR AVALC SD\nADRS/OVR@A ANL01FL \n"},
        {"what was evaluable, in the other order", UNCONFIRMED, DOSED ON("SD", "A") ON("NE", "B"),
         "ADRS/BOR AVALC SD\nADRS/OVR@B ANL01FL \n"},
        {"after progression too", UNCONFIRMED, DOSED R("PD", ",2023-01-30") ON("SD", "A") ON("PD", "B"),
         "ADRS/OVR@A ANL01FL \nADRS/OVR@B ANL01FL Y\nADRS/OVR@B ANL02FL \n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_037_nothing_to_evaluate(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"no assessment", REPORTED, DOSED,
         "ADRS/BOR AVALC MISSING\nADRS/BOR AVAL 7\nADRS/BOR ADT \nADRS/RSP AVALC N\nADRS/CB AVALC N\n"},
        {"which the protocol may call NE", REPORTED_AND("missing: NE"), DOSED, "ADRS/BOR AVALC NE\n"},
        {"none could be evaluated", REPORTED, DOSED R("NE", W6) R("NE", W12),
         "ADRS/BOR AVALC NE\nADRS/BOR RULE RECIST-BOR-NE\nADRS/BOR ADT 2023-02-13\n"},
        {"not treated", REPORTED, "DM,1\n" R("PR", W6), "ADRS rows 0\n"},
        {"no tumour domain at all", NULL, DOSED, "ADRS/BOR AVALC MISSING\nADTR rows 0\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_038_disease_control(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"by confirmed response", REPORTED, DOSED R("PR", ",2023-02-01") R("PD", W12), "ADRS/CB AVALC N\n"},
        {"by response as it is", UNCONFIRMED, DOSED R("PR", ",2023-02-01") R("PD", W12), "ADRS/CB AVALC Y\n"},
        {"an unconfirmed response late enough is stable disease", REPORTED, DOSED R("PR", W6) R("PD", W12),
         "ADRS/CBOR AVALC SD\nADRS/CB AVALC Y\n"},
    };
    RUN(cases);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_ADAM_030_best_response),
        cmocka_unit_test(test_REQ_ADAM_031_confirmation),
        cmocka_unit_test(test_REQ_ADAM_032_minimum_for_stable_disease),
        cmocka_unit_test(test_REQ_ADAM_033_disease_after_cr),
        cmocka_unit_test(test_REQ_ADAM_034_what_ends_the_course),
        cmocka_unit_test(test_REQ_ADAM_035_reported_or_measured),
        cmocka_unit_test(test_REQ_ADAM_036_one_response_a_day),
        cmocka_unit_test(test_REQ_ADAM_037_nothing_to_evaluate),
        cmocka_unit_test(test_REQ_ADAM_038_disease_control),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
