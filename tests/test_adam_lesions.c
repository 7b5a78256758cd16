/*
 * test_adam_lesions.c - from records of TU and TR to the response at each visit: ADTR and the time points of ADRS.
 *
 *   REQ-ADAM-020  which visit is baseline
 *   REQ-ADAM-021  thresholds hold exactly, from records to responses
 *   REQ-ADAM-022  lymph nodes by their short axis
 *   REQ-ADAM-023  lesions that were not evaluated, too small, absent, or recorded twice
 *   REQ-ADAM-024  growth counts from the nadir, shrinkage from baseline
 *   REQ-ADAM-025  new lesions: doubtful ones count from their first appearance once they are certain
 *   REQ-ADAM-026  non-target lesions, alone and beside target lesions
 *   REQ-ADAM-027  units, evaluators and visits
 *   REQ-ADAM-028  the day of a time point
 *   REQ-ADAM-029  sums of target lesions and the best one
 */
#include "study_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* First dose 2023-01-02; six weeks are 2023-02-13, twelve 2023-03-27, eighteen 2023-05-08. */
#define DOSED            "DM,1\nEX,1,TKI,12,mg,2023-01-02,2023-06-30\n"
#define T(id, mm, visit) "TR,1,TARGET," id ",LDIAM," mm "," visit "\n"
#define N(id, is, visit) "TR,1,NON-TARGET," id ",TUMSTATE," is "," visit "\n"
#define NEW(is, visit)   "TR,1,NEW,NEW1,TUMSTATE," is "," visit "\n"
#define SCR              "SCREENING,2022-12-20"
#define W6               "WEEK 6,2023-02-13"
#define W12              "WEEK 12,2023-03-27"
#define W18              "WEEK 18,2023-05-08"

static void test_REQ_ADAM_020_baseline(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"before treatment", NULL, DOSED T("T1", "50", SCR) T("T1", "40", W6),
         "ADTR/SDIAM@SCREENING|ABLFL Y\nADTR/SDIAM@WEEK 6|BASE 50\nADRS/OVR@WEEK 6|AVALC SD\n"},
        {"on the day of the first dose", NULL, DOSED T("T1", "50", "DAY 1,2023-01-02") T("T1", "30", W6),
         "ADTR/SDIAM@WEEK 6|BASE 50\nADRS/OVR@WEEK 6|AVALC PR\n"},
        {"of two the later one", NULL, DOSED T("T1", "60", "FIRST,2022-11-10") T("T1", "50", SCR) T("T1", "40", W6),
         "ADTR/SDIAM@WEEK 6|BASE 50\nFINDING TR-BASELINE 1\nADTR/SDIAM@FIRST AVAL (no row)\n"},
        {"CT and bone scan are visits of their own", NULL,
         DOSED T("T1", "50", SCR) N("N1", "PRESENT", "BONE SCAN,2022-12-30") T("T1", "30", W6) N("N1", "PRESENT", W6),
         "ADTR/SDIAM@WEEK 6|BASE 50\nADRS/NTRGRESP@WEEK 6|AVALC NON-CR/NON-PD\nADRS/OVR@WEEK 6|AVALC PR\n"
         "FINDING TR-BASELINE 1\n"},
        {"what was not evaluated is taken from the visit before", NULL,
         DOSED T("T1", "50", SCR) T("T2", "20", SCR) T("T1", "50", "REPEAT,2022-12-28")
             T("T2", "", "REPEAT,2022-12-28,NOT DONE") T("T1", "30", W6) T("T2", "10", W6),
         "ADTR/SDIAM@WEEK 6|BASE 70\nADRS/OVR@WEEK 6|AVALC PR\n"},
        {"a visit with nothing evaluated is none", NULL,
         DOSED T("T1", "50", SCR) T("T1", "", "REPEAT,2022-12-28,NOT DONE") T("T1", "30", W6),
         "ADTR/SDIAM@WEEK 6|BASE 50\nFINDING TR-BASELINE 0\n"},
        {"a scan of the visit after the first dose is left out", NULL,
         DOSED T("T1", "50", SCR) N("N1", "PRESENT", "SCREENING,2023-01-04") T("T1", "30", W6),
         "ADTR/SDIAM@WEEK 6|BASE 50\nADRS/OVR@WEEK 6|AVALC PR\nFINDING TR-BASELINE-LATE 1\n"
         "ADRS/OVR@SCREENING AVALC (no row)\n"},
        {"known to the month of the first dose", NULL,
         DOSED "TR,1,TARGET,T1,LDIAM,50,SCREENING,2023-01,,,,,1\nTR,1,TARGET,T1,LDIAM,30,WEEK 6,2023-02-13,,,,,2\n",
         "ADTR/SDIAM@WEEK 6|BASE 50\nADTR/SDIAM@SCREENING|ADTF D\nFINDING TR-BASELINE-DATE 1\n"},
        {"none", NULL, DOSED T("T1", "30", W6), "ADRS/OVR@WEEK 6|AVALC NE\nADRS/OVR@WEEK 6|RULE RECIST-NO-BASELINE\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_021_thresholds(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"12.0 to 8.4 is -30 %", NULL, DOSED T("T1", "12.0", SCR) T("T1", "8.4", W6), "ADRS/OVR@WEEK 6|AVALC PR\n"},
        {"14.0 to 9.9 is less", NULL, DOSED T("T1", "14.0", SCR) T("T1", "9.9", W6), "ADRS/OVR@WEEK 6|AVALC SD\n"},
        {"10.5 to 12.6 is +20 % but 2.1 mm", NULL, DOSED T("T1", "10.5", SCR) T("T1", "12.6", W6),
         "ADRS/OVR@WEEK 6|AVALC SD\n"},
        {"two of them: 31.5 to 37.8, +20 % and 6.3 mm", NULL,
         DOSED T("T1", "10.5", SCR) T("T2", "21", SCR) T("T1", "12.6", W6) T("T2", "25.2", W6),
         "ADRS/OVR@WEEK 6|AVALC PD\n"},
        {"25.0 to 30.0 is +20 % and 5 mm", NULL, DOSED T("T1", "25.0", SCR) T("T1", "30.0", W6),
         "ADRS/OVR@WEEK 6|AVALC PD\n"},
        {"11.4 to 16.4 is +5.0 mm", NULL, DOSED T("T1", "11.4", SCR) T("T1", "16.4", W6), "ADRS/OVR@WEEK 6|AVALC PD\n"},
        {"24.9 to 29.9 is +20.08 %", NULL, DOSED T("T1", "24.9", SCR) T("T1", "29.9", W6),
         "ADRS/OVR@WEEK 6|AVALC PD\n"},
        {"30 to 35 is 5 mm but 16.7 %", NULL, DOSED T("T1", "30", SCR) T("T1", "35", W6), "ADRS/OVR@WEEK 6|AVALC SD\n"},
        {"sums of four decimals", NULL,
         DOSED T("T1", "33.6128", SCR) T("T2", "11.0001", SCR) T("T1", "20.2289", W6) T("T2", "11.0001", W6),
         "ADRS/OVR@WEEK 6|AVALC PR\nADTR/SDIAM@WEEK 6|AVAL 31.229\n"},
    };
    RUN(cases);
}

#define NODE_IN_TU              "TU,1,T1,TARGET,LYMPH NODE," SCR "\n"
#define S(id, mm, visit)        "TR,1,TARGET," id ",SAXIS," mm "," visit "\n"
#define OF(test, id, mm, visit) "TR,1,TARGET," id "," test "," mm "," visit "\n"

static void test_REQ_ADAM_022_nodes(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"9.9 mm is normal", NULL, DOSED NODE_IN_TU S("T1", "16", SCR) S("T1", "9.9", W6),
         "ADRS/OVR@WEEK 6|AVALC CR\nADTR/SDIAM@WEEK 6|AVAL 9.9\n"},
        {"10.0 mm is not", NULL, DOSED NODE_IN_TU S("T1", "16", SCR) S("T1", "10.0", W6), "ADRS/OVR@WEEK 6|AVALC PR\n"},
        {"the long axis is not summed", NULL,
         DOSED NODE_IN_TU S("T1", "16", SCR) OF("LDIAM", "T1", "30", SCR) S("T1", "14", W6) OF("LDIAM", "T1", "40", W6),
         "ADTR/SDIAM@WEEK 6|BASE 16\nADTR/SDIAM@WEEK 6|AVAL 14\nADRS/OVR@WEEK 6|AVALC SD\nFINDING TR-AXIS 0\n"},
        {"nor the short axis of another lesion", NULL,
         DOSED OF("LPERP", "T1", "20", SCR) T("T1", "30", SCR) OF("LPERP", "T1", "10", W6) T("T1", "28", W6),
         "ADTR/SDIAM@WEEK 6|BASE 30\nADRS/OVR@WEEK 6|AVALC SD\nFINDING TR-AXIS 0\n"},
        {"DIAMETER is what the reader summed", NULL,
         DOSED NODE_IN_TU OF("DIAMETER", "T1", "16", SCR) OF("LDIAM", "T1", "30", SCR) OF("DIAMETER", "T1", "8", W6),
         "ADTR/SDIAM@WEEK 6|BASE 16\nADRS/OVR@WEEK 6|AVALC CR\n"},
        {"measured by its short axis, it is a node wherever it lies", NULL,
         DOSED "TU,1,T1,TARGET,MEDIASTINUM," SCR "\n" S("T1", "16", SCR) S("T1", "9", W6),
         "ADTR/SDIAM@WEEK 6|BASE 16\nADRS/OVR@WEEK 6|AVALC CR\n"},
        {"and without TU", NULL, DOSED S("T1", "16", SCR) S("T1", "9", W6), "ADRS/OVR@WEEK 6|AVALC CR\n"},
        {"a node with its long axis only is not evaluated, and said", NULL,
         DOSED NODE_IN_TU S("T1", "16", SCR) OF("LDIAM", "T1", "9", W6),
         "ADRS/OVR@WEEK 6|AVALC NE\nFINDING TR-AXIS 1\n"},
        {"9 mm beside a lesion that is gone", NULL,
         DOSED NODE_IN_TU S("T1", "16", SCR) T("T2", "30", SCR) S("T1", "9", W6) T("T2", "0", W6),
         "ADRS/OVR@WEEK 6|AVALC CR\nADTR/SDIAM@WEEK 6|AVAL 9\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_023_not_evaluated(void **state) {
    (void)state;
#define BASE2 DOSED T("T1", "30", SCR) T("T2", "20", SCR)
    static const study_case cases[] = {
        {"one is not done", NULL, BASE2 T("T1", "10", W6) T("T2", "", W6 ",NOT DONE"),
         "ADRS/OVR@WEEK 6|AVALC NE\nADTR/SDIAM@WEEK 6|AVAL \nADTR/SDIAM@WEEK 6|ANL01FL \nFINDING TR-NOT-DONE 1\n"},
        {"one has no record", NULL, BASE2 T("T1", "10", W6), "ADRS/OVR@WEEK 6|AVALC NE\n"},
        {"the other alone shows progression", NULL, BASE2 T("T1", "60", W6), "ADRS/OVR@WEEK 6|AVALC PD\n"},
        {"an incomplete sum is no nadir", NULL, BASE2 T("T1", "10", W6) T("T1", "30", W12) T("T2", "20", W12),
         "ADRS/OVR@WEEK 12|AVALC SD\nADTR/SDIAM@WEEK 12|NADIR 50\n"},
        {"too small to measure counts 5 mm", NULL, DOSED T("T1", "30", SCR) T("T1", "TOO SMALL TO MEASURE", W6),
         "ADTR/SDIAM@WEEK 6|AVAL 5\nADRS/OVR@WEEK 6|AVALC PR\n"},
        {"absent counts 0", NULL, DOSED T("T1", "30", SCR) T("T1", "ABSENT", W6),
         "ADTR/SDIAM@WEEK 6|AVAL 0\nADRS/OVR@WEEK 6|AVALC CR\n"},
        {"3 mm counts as measured", NULL, DOSED T("T1", "30", SCR) T("T1", "3", W6),
         "ADTR/SDIAM@WEEK 6|AVAL 3\nADRS/OVR@WEEK 6|AVALC PR\n"},
        {"a word that says nothing", NULL, DOSED T("T1", "30", SCR) T("T1", "SMALL", W6),
         "ADRS/OVR@WEEK 6|AVALC NE\nFINDING TR-VALUE 1\n"},
        {"not measured because it is gone", NULL,
         DOSED T("T1", "30", SCR) T("T1", "", W6 ",NOT DONE") OF("TUMSTATE", "T1", "ABSENT", W6),
         "ADRS/OVR@WEEK 6|AVALC CR\n"},
        {"twice on one day: the first", NULL, DOSED T("T1", "30", SCR) T("T1", "30", W6) T("T1", "10", W6),
         "ADTR/SDIAM@WEEK 6|AVAL 30\nFINDING TR-TWICE 1\n"},
        {"no lesion is named", NULL, DOSED T("T1", "30", SCR) "TR,1,TARGET,,LDIAM,10," W6 "\n",
         "ADRS/OVR@WEEK 6|AVALC (no row)\nFINDING TR-LESION 1\n"},
        {"the reader's sum is no lesion", NULL, DOSED T("T1", "30", SCR) "TR,1,TARGET,,SUMDIAM,10," W6 "\n",
         "FINDING TR-LESION 0\n"},
        {"no group, but TU has it", NULL,
         DOSED "TU,1,T1,TARGET,LUNG," SCR "\nTR,1,,T1,LDIAM,30," SCR "\nTR,1,,T1,LDIAM,20," W6 "\n",
         "ADRS/OVR@WEEK 6|AVALC PR\n"},
        {"no group anywhere", NULL, DOSED "TR,1,,T1,LDIAM,30," SCR "\n", "FINDING TR-GROUP 1\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_024_nadir(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"PD from the nadir though -40 % from baseline", NULL,
         DOSED T("T1", "100", SCR) T("T1", "40", W6) T("T1", "60", W12),
         "ADRS/OVR@WEEK 6|AVALC PR\nADRS/OVR@WEEK 12|AVALC PD\nADTR/SDIAM@WEEK 12|CHGNAD 20\n"
         "ADTR/SDIAM@WEEK 12|PCHGNAD 50\nADTR/SDIAM@WEEK 12|PCHG -40\n"},
        {"baseline is a nadir", NULL, DOSED T("T1", "50", SCR) T("T1", "60", W6), "ADRS/OVR@WEEK 6|AVALC PD\n"},
        {"the visit itself is not", NULL, DOSED T("T1", "50", SCR) T("T1", "30", W6), "ADTR/SDIAM@WEEK 6|NADIR 50\n"},
        {"a response that is confirmed persists", NULL,
         DOSED T("T1", "100", SCR) T("T1", "70", W6) T("T1", "70", W12) T("T1", "80", W18),
         "ADRS/OVR@WEEK 18|AVALC PR\nADRS/TRGRESP@WEEK 18|RULE RECIST-TL-PR-PERSISTS\nADRS/CBOR AVALC PR\n"},
        {"one that is not does not: it would confirm itself", NULL,
         DOSED T("T1", "100", SCR) T("T1", "70", W6) T("T1", "80", W12) T("T1", "80", W18),
         "ADRS/OVR@WEEK 12|AVALC SD\nADRS/OVR@WEEK 18|AVALC SD\nADRS/CBOR AVALC SD\n"},
        {"SD between begins anew", NULL,
         DOSED T("T1", "100", SCR) T("T1", "70", W6) T("T1", "80", W12) T("T1", "70", W18)
             T("T1", "80", "WEEK 24,2023-06-19"),
         "ADRS/OVR@WEEK 24|AVALC SD\n"},
        {"NE between does not", NULL,
         DOSED T("T1", "100", SCR) T("T1", "70", W6) T("T1", "", W12 ",NOT DONE") T("T1", "70", W18)
             T("T1", "80", "WEEK 24,2023-06-19"),
         "ADRS/OVR@WEEK 24|AVALC PR\n"},
        {"where no confirmation is asked for the first is enough", "response: {confirm: {required: false}}\n",
         DOSED T("T1", "100", SCR) T("T1", "70", W6) T("T1", "80", W12),
         "ADRS/OVR@WEEK 12|AVALC PR\nADRS/TRGRESP@WEEK 12|RULE RECIST-TL-PR-PERSISTS\n"},
        {"unless the protocol says otherwise", "response: {pr_persists: false, confirm: {required: false}}\n",
         DOSED T("T1", "100", SCR) T("T1", "70", W6) T("T1", "80", W12), "ADRS/OVR@WEEK 12|AVALC SD\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_025_new_lesions(void **state) {
    (void)state;
#define STABLE DOSED T("T1", "50", SCR) T("T1", "50", W6) T("T1", "50", W12) T("T1", "50", W18)
#define TU_NEW "TU,1,NEW1,NEW,LUNG,"
    static const study_case cases[] = {
        {"without doubt", NULL, STABLE NEW("UNEQUIVOCAL", W12),
         "ADRS/OVR@WEEK 6|AVALC SD\nADRS/OVR@WEEK 12|AVALC PD\nADRS/OVR@WEEK 12|RULE RECIST-T1-PD-NEW\n"},
        {"present", NULL, STABLE NEW("PRESENT", W12), "ADRS/OVR@WEEK 12|AVALC PD\n"},
        {"in doubt", NULL, STABLE NEW("EQUIVOCAL", W12), "ADRS/OVR@WEEK 12|AVALC SD\n"},
        {"in doubt, then certain: from the first", NULL, STABLE NEW("EQUIVOCAL", W6) NEW("UNEQUIVOCAL", W12),
         "ADRS/OVR@WEEK 6|AVALC PD\nADRS/BOR ADT 2023-02-13\nADTTE/PFS ADT 2023-02-13\nADTTE/PFS CNSR 0\n"},
        {"in doubt, then present", NULL, STABLE NEW("EQUIVOCAL", W6) NEW("PRESENT", W12), "ADRS/OVR@WEEK 6|AVALC PD\n"},
        {"in doubt, then gone", NULL, STABLE NEW("EQUIVOCAL", W6) NEW("ABSENT", W12),
         "ADRS/OVR@WEEK 6|AVALC SD\nADRS/OVR@WEEK 12|AVALC SD\n"},
        {"only in TU", NULL, STABLE TU_NEW W12 "\n", "ADRS/OVR@WEEK 12|AVALC PD\nADRS/OVR@WEEK 6|AVALC SD\n"},
        {"in TU before TR", NULL, STABLE TU_NEW W6 "\n" NEW("UNEQUIVOCAL", W12), "ADRS/OVR@WEEK 6|AVALC PD\n"},
        {"TR knows better than TU of its visit", NULL, STABLE TU_NEW W6 "\n" NEW("EQUIVOCAL", W6),
         "ADRS/OVR@WEEK 6|AVALC SD\n"},
        {"only measured", NULL, STABLE TU_NEW W12 "\nTR,1,NEW,NEW1,LDIAM,11," W12 "\n", "ADRS/OVR@WEEK 12|AVALC PD\n"},
        {"measured, and the word says in doubt", NULL, STABLE "TR,1,NEW,NEW1,LDIAM,11," W12 "\n" NEW("EQUIVOCAL", W12),
         "ADRS/OVR@WEEK 12|AVALC SD\n"},
        {"beside a response", NULL, DOSED T("T1", "50", SCR) T("T1", "0", W6) NEW("UNEQUIVOCAL", W6),
         "ADRS/TRGRESP@WEEK 6|AVALC CR\nADRS/OVR@WEEK 6|AVALC PD\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_026_non_targets(void **state) {
    (void)state;
#define BOTH DOSED T("T1", "50", SCR) N("N1", "PRESENT", SCR) N("N2", "PRESENT", SCR)
#define ONLY DOSED N("N1", "PRESENT", SCR)
    static const study_case cases[] = {
        {"target CR, non-target left", NULL, BOTH T("T1", "0", W6) N("N1", "PRESENT", W6) N("N2", "ABSENT", W6),
         "ADRS/NTRGRESP@WEEK 6|AVALC NON-CR/NON-PD\nADRS/OVR@WEEK 6|AVALC PR\n"},
        {"target CR, non-target not all seen", NULL, BOTH T("T1", "0", W6) N("N1", "ABSENT", W6),
         "ADRS/NTRGRESP@WEEK 6|AVALC NE\nADRS/OVR@WEEK 6|AVALC PR\n"},
        {"target CR, non-target gone", NULL, BOTH T("T1", "0", W6) N("N1", "ABSENT", W6) N("N2", "ABSENT", W6),
         "ADRS/OVR@WEEK 6|AVALC CR\n"},
        {"target PR, non-target progressed", NULL, BOTH T("T1", "20", W6) N("N1", "UNEQUIVOCAL PROGRESSION", W6),
         "ADRS/OVR@WEEK 6|AVALC PD\n"},
        {"one present, one not evaluated", NULL,
         BOTH T("T1", "50", W6) N("N1", "PRESENT", W6) N("N2", "", W6 ",NOT DONE"),
         "ADRS/NTRGRESP@WEEK 6|AVALC NON-CR/NON-PD\nADRS/OVR@WEEK 6|AVALC SD\n"},
        {"non-target only: left", NULL, ONLY N("N1", "PRESENT", W6),
         "ADRS/OVR@WEEK 6|AVALC NON-CR/NON-PD\nADRS/TRGRESP@WEEK 6|AVALC (no row)\nADRS/BOR AVALC NON-CR/NON-PD\n"},
        {"non-target only: gone", NULL, ONLY N("N1", "ABSENT", W6), "ADRS/OVR@WEEK 6|AVALC CR\n"},
        {"non-target only: not evaluated", NULL, ONLY N("N1", "", W6 ",NOT DONE"), "ADRS/OVR@WEEK 6|AVALC NE\n"},
        {"non-target only: new lesion", NULL, ONLY N("N1", "PRESENT", W6) NEW("UNEQUIVOCAL", W6),
         "ADRS/OVR@WEEK 6|AVALC PD\n"},
        {"known by a length alone", NULL,
         DOSED T("T1", "50", SCR) "TR,1,NON-TARGET,N1,LDIAM,8," SCR
                                  "\n" T("T1", "0", W6) "TR,1,NON-TARGET,N1,LDIAM,6," W6 "\n",
         "ADRS/NTRGRESP@WEEK 6|AVALC NON-CR/NON-PD\nADRS/OVR@WEEK 6|AVALC PR\n"},
        {"a node of less than 10 mm is gone", NULL,
         DOSED T("T1", "50", SCR) "TR,1,NON-TARGET,N1,SAXIS,12," SCR
                                  "\n" T("T1", "0", W6) "TR,1,NON-TARGET,N1,SAXIS,9.9," W6 "\n",
         "ADRS/NTRGRESP@WEEK 6|AVALC CR\nADRS/OVR@WEEK 6|AVALC CR\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_027_units_evaluators_visits(void **state) {
    (void)state;
#define BY(id, mm, visit, who) "TR,1,TARGET," id ",LDIAM," mm "," visit ",," who "\n"
    static const study_case cases[] = {
        {"centimetres", NULL, DOSED T("T1", "50", SCR) "TR,1,TARGET,T1,LDIAM,3.5," W6 ",,,,cm\n",
         "ADTR/SDIAM@WEEK 6|AVAL 35\nADRS/OVR@WEEK 6|AVALC PR\n"},
        {"inches", NULL, DOSED T("T1", "50", SCR) "TR,1,TARGET,T1,LDIAM,1," W6 ",,,,in\n",
         "ADRS/OVR@WEEK 6|AVALC NE\nFINDING TR-VALUE 1\n"},
        {"the evaluator of the protocol", NULL,
         DOSED BY("T1", "50", SCR, "INVESTIGATOR") BY("T1", "50", SCR, "INDEPENDENT ASSESSOR")
             BY("T1", "20", W6, "INVESTIGATOR") BY("T1", "50", W6, "INDEPENDENT ASSESSOR"),
         "ADRS/OVR@WEEK 6|AVALC PR\nFINDING TR-TWICE 0\n"},
        {"or the other one", "response: {evaluator: INDEPENDENT ASSESSOR, evaluator_id: R2}\n",
         DOSED BY("T1", "50", SCR, "INDEPENDENT ASSESSOR,R2") BY("T1", "20", W6, "INVESTIGATOR")
             BY("T1", "20", W6, "INDEPENDENT ASSESSOR,R1") BY("T1", "60", W6, "INDEPENDENT ASSESSOR,R2"),
         "ADRS/OVR@WEEK 6|AVALC PD\nFINDING TR-TWICE 0\n"},
        {"an unscheduled visit counts", NULL,
         DOSED T("T1", "50", SCR) T("T1", "62", "UNSCHEDULED,2023-02-20") T("T1", "62", W12),
         "ADRS/OVR@UNSCHEDULED AVALC PD\nADTTE/PFS ADT 2023-02-20\n"},
        {"unscheduled visits of one number, months apart", NULL,
         DOSED T("T1", "50",
                 SCR) "TR,1,TARGET,T1,LDIAM,50,U,2023-02-20,,,,,99\nTR,1,TARGET,T1,LDIAM,62,U,2023-05-20,,,,,99\n",
         "ADRS/OVR@U rows 2\nADTTE/PFS ADT 2023-05-20\nFINDING TR-TWICE 0\n"},
        {"no visits: by day", NULL,
         DOSED T("T1", "50", ",2022-12-20") T("T1", "30", ",2023-02-13") T("T1", "60", ",2023-03-27"),
         "ADRS/OVR rows 2\nADRS/BOR AVALC PR\n"},
        {"after the cut-off", "study: {id: TEST, cutoff: 2023-03-01}\n",
         DOSED T("T1", "50", SCR) T("T1", "30", W6) T("T1", "70", W12), "ADRS/OVR rows 1\nADTTE/PFS CNSR 1\n"},
        {"not treated", NULL, "DM,1\n" T("T1", "50", SCR) T("T1", "30", W6), "ADRS rows 0\nADTR rows 0\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_028_day_of_a_time_point(void **state) {
    (void)state;
#define TWO DOSED T("T1", "25", SCR) T("T2", "25", SCR)
    static const study_case cases[] = {
        {"the last scan", NULL, TWO T("T1", "25", "WEEK 6,2023-02-13") T("T2", "25", "WEEK 6,2023-02-16"),
         "ADRS/OVR@WEEK 6|ADT 2023-02-16\n"},
        {"PD by the sum: the last target scan", NULL,
         TWO N("N1", "PRESENT", SCR) T("T1", "35", "WEEK 6,2023-02-13") T("T2", "35", "WEEK 6,2023-02-14")
             N("N1", "PRESENT", "WEEK 6,2023-02-20"),
         "ADRS/OVR@WEEK 6|ADT 2023-02-14\n"},
        {"PD by a new lesion: its scan", NULL,
         TWO T("T1", "25", "WEEK 6,2023-02-16") T("T2", "25", "WEEK 6,2023-02-16")
             NEW("UNEQUIVOCAL", "WEEK 6,2023-02-13"),
         "ADRS/OVR@WEEK 6|ADT 2023-02-13\n"},
        {"PD by both: the earlier", NULL,
         TWO T("T1", "35", "WEEK 6,2023-02-14") T("T2", "35", "WEEK 6,2023-02-14")
             NEW("UNEQUIVOCAL", "WEEK 6,2023-02-16"),
         "ADRS/OVR@WEEK 6|ADT 2023-02-14\n"},
        {"of a month the last day", NULL, DOSED T("T1", "25", SCR) T("T1", "25", "WEEK 6,2023-02"),
         "ADRS/OVR@WEEK 6|ADT 2023-02-28\nADRS/OVR@WEEK 6|ADTF D\n"},
        {"a year is not enough", NULL, DOSED T("T1", "25", SCR) T("T1", "25", "WEEK 6,2023"),
         "ADRS/OVR rows 0\nFINDING TR-DATE 1\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_029_sums(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"best until progression", NULL,
         DOSED T("T1", "50", SCR) T("T1", "30", W6) T("T1", "60", W12) T("T1", "10", W18),
         "ADTR/SDIAM@WEEK 6|ANL02FL Y\nADTR/SDIAM@WEEK 18|ANL02FL \nADTR/SDIAM@WEEK 6|PCHG -40\n"},
        {"and before a new therapy", NULL,
         DOSED "CM,1,OTHER,2023-03-01,NEW ANTICANCER THERAPY\n" T("T1", "50", SCR) T("T1", "40", W6) T("T1", "30", W12),
         "ADTR/SDIAM@WEEK 6|ANL02FL Y\nADTR/SDIAM@WEEK 12|ANL02FL \n"},
        {"an incomplete sum is none", NULL,
         DOSED T("T1", "30", SCR) T("T2", "20", SCR) T("T1", "10", W6) T("T1", "28", W12) T("T2", "18", W12),
         "ADTR/SDIAM@WEEK 6|ANL02FL \nADTR/SDIAM@WEEK 12|ANL02FL Y\n"},
    };
    RUN(cases);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_ADAM_020_baseline),
        cmocka_unit_test(test_REQ_ADAM_021_thresholds),
        cmocka_unit_test(test_REQ_ADAM_022_nodes),
        cmocka_unit_test(test_REQ_ADAM_023_not_evaluated),
        cmocka_unit_test(test_REQ_ADAM_024_nadir),
        cmocka_unit_test(test_REQ_ADAM_025_new_lesions),
        cmocka_unit_test(test_REQ_ADAM_026_non_targets),
        cmocka_unit_test(test_REQ_ADAM_027_units_evaluators_visits),
        cmocka_unit_test(test_REQ_ADAM_028_day_of_a_time_point),
        cmocka_unit_test(test_REQ_ADAM_029_sums),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
