/*
 * test_lesions.c - what the records of TU and TR may hold, and what becomes of it at each time point.
 *
 *   REQ-LESION-002  the traps of lesions and time points, each by name
 *   REQ-LESION-003  cases that no other tool tests
 *   REQ-LESION-004  lesions that split or merged
 *   REQ-LESION-005  lesions that were treated locally
 *   REQ-LESION-006  words and lengths as SDTM has them
 *   REQ-LESION-007  markers in CR, and new lesions that were not looked for
 *   REQ-LESION-008  which scan dates a time point
 *   REQ-LESION-009  what RECIST would have otherwise is a finding
 *   REQ-LESION-010  reasons as a clinician would tell them
 *   REQ-LESION-011  the records of several readers
 *   REQ-LESION-012  changes that must change nothing
 */
#include "study_fixture.h"

#include "../src/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* First dose 2023-01-02; six weeks are 2023-02-13, twelve 2023-03-27, eighteen 2023-05-08. */
#define DOSED                            "DM,1\nEX,1,TKI,12,mg,2023-01-02,2023-06-30\n"
#define TR(kind, id, test, value, visit) "TR,1," kind "," id "," test "," value "," visit "\n"
#define T(id, mm, visit)                 TR("TARGET", id, "LDIAM", mm, visit)
#define S(id, mm, visit)                 TR("TARGET", id, "SAXIS", mm, visit)
#define N(id, is, visit)                 TR("NON-TARGET", id, "TUMSTATE", is, visit)
#define W(id, is, visit)                 TR("NEW", id, "TUMSTATE", is, visit)
#define SCR                              "SCREENING,2022-12-20"
#define W6                               "WEEK 6,2023-02-13"
#define W12                              "WEEK 12,2023-03-27"
#define W18                              "WEEK 18,2023-05-08"
#define W24                              "WEEK 24,2023-06-19"
#define NOT_DONE                         ",NOT DONE"
#define BECAUSE(reason)                  ",NOT DONE,,,,," reason
#define TU_HEADER                        "TU,USUBJID,TULNKID,TUTESTCD,TUORRES,TUGRPID,TULOC,TUDTC\n"

static void test_REQ_LESION_002_traps(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"1 doubles at 20 %: 10.5 and 20 mm to 12.6 and 24 mm", NULL,
         DOSED T("T1", "10.5", SCR) T("T2", "20", SCR) T("T1", "12.6", W6) T("T2", "24", W6),
         "ADRS/TRGRESP@WEEK 6|AVALC PD\n"},
        {"1 doubles at 30 %: 14.0 to 9.8", NULL, DOSED T("T1", "14.0", SCR) T("T1", "9.8", W6),
         "ADRS/TRGRESP@WEEK 6|AVALC PR\n"},
        {"1 doubles at 5 mm: 11.4 to 16.4", NULL, DOSED T("T1", "11.4", SCR) T("T1", "16.4", W6),
         "ADRS/TRGRESP@WEEK 6|AVALC PD\n"},
        {"2 PD from the nadir, not from baseline", NULL, DOSED T("T1", "100", SCR) T("T1", "50", W6) T("T1", "60", W12),
         "ADRS/TRGRESP@WEEK 12|AVALC PD\n"},
        {"2 an incomplete visit is no nadir", NULL,
         DOSED T("T1", "30", SCR) T("T2", "30", SCR) T("T1", "30", W6) T("T1", "30", W12) T("T2", "30", W12),
         "ADRS/TRGRESP@WEEK 12|AVALC SD\n"},
        {"2 the visit itself is not in its nadir", NULL, DOSED T("T1", "50", SCR) T("T1", "30", W6),
         "ADTR/SDIAM@WEEK 6|NADIR 50\n"},
        {"2 baseline is in the nadir", NULL, DOSED T("T1", "50", SCR) T("T1", "60", W6),
         "ADRS/TRGRESP@WEEK 6|AVALC PD\n"},
        {"3 20 % without 5 mm", NULL, DOSED T("T1", "20", SCR) T("T1", "24.9", W6), "ADRS/TRGRESP@WEEK 6|AVALC SD\n"},
        {"3 5 mm without 20 %", NULL, DOSED T("T1", "50", SCR) T("T1", "59.9", W6), "ADRS/TRGRESP@WEEK 6|AVALC SD\n"},
        {"4 PD before PR", NULL, DOSED T("T1", "100", SCR) T("T1", "40", W6) T("T1", "60", W12),
         "ADRS/TRGRESP@WEEK 12|AVALC PD\n"},
        {"5 nodal CR with a sum above 0", NULL, DOSED S("T1", "16", SCR) S("T1", "9.9", W6),
         "ADRS/TRGRESP@WEEK 6|AVALC CR\nADTR/SDIAM@WEEK 6|AVAL 9.9\n"},
        {"5 a node of 10 mm is no CR", NULL, DOSED S("T1", "16", SCR) S("T1", "10", W6),
         "ADRS/TRGRESP@WEEK 6|AVALC PR\n"},
        {"6 the long axis of a node", NULL,
         DOSED "TU,1,T1,TARGET,LYMPH NODE," SCR "\n" S("T1", "16", SCR) T("T1", "30", SCR) T("T1", "9", W6),
         "ADRS/TRGRESP@WEEK 6|AVALC NE\nFINDING TR-AXIS 1\n"},
        {"7 too small to measure is 5 mm and no CR", NULL, DOSED T("T1", "20", SCR) T("T1", "TOO SMALL TO MEASURE", W6),
         "ADTR/SDIAM@WEEK 6|AVAL 5\nADRS/TRGRESP@WEEK 6|AVALC PR\n"},
        {"7 absent is 0", NULL, DOSED T("T1", "20", SCR) T("T1", "ABSENT", W6), "ADRS/TRGRESP@WEEK 6|AVALC CR\n"},
        {"8 a lesion missing", NULL, DOSED T("T1", "30", SCR) T("T2", "30", SCR) T("T1", "0", W6),
         "ADRS/TRGRESP@WEEK 6|AVALC NE\n"},
        {"8 a lesion missing, and PD already", NULL, DOSED T("T1", "30", SCR) T("T2", "30", SCR) T("T1", "72", W6),
         "ADRS/TRGRESP@WEEK 6|AVALC PD\n"},
        {"9 a lesion that split is not missing", NULL, DOSED T("T1", "30", SCR) T("T1.1", "12", W6) T("T1.2", "9", W6),
         "ADRS/TRGRESP@WEEK 6|AVALC PR\n"},
        {"9 lesions that merged are not missing", NULL,
         DOSED T("T1", "30", SCR) T("T2", "30", SCR) T("T1/T2", "42", W6), "ADRS/TRGRESP@WEEK 6|AVALC PR\n"},
        {"10 target CR, non-target NE: PR", NULL,
         DOSED T("T1", "30", SCR) N("N1", "PRESENT", SCR) T("T1", "0", W6) N("N1", "", W6 NOT_DONE),
         "ADRS/NTRGRESP@WEEK 6|AVALC NE\nADRS/OVR@WEEK 6|AVALC PR\n"},
        {"11 no measurable disease: never SD", NULL, DOSED N("N1", "PRESENT", SCR) N("N1", "PRESENT", W12),
         "ADRS/OVR@WEEK 12|AVALC NON-CR/NON-PD\nADRS/BOR AVALC NON-CR/NON-PD\n"},
        {"12 equivocal, then certain: from the first", NULL,
         DOSED T("T1", "30", SCR) T("T1", "15", W6) T("T1", "15", W12) W("W1", "EQUIVOCAL", W6)
             W("W1", "UNEQUIVOCAL", W12),
         "ADRS/OVR@WEEK 6|AVALC PD\nADRS/BOR AVALC PD\nADTTE/PFS ADT 2023-02-13\n"},
        {"21 one imputation: TR, TU and RS of a month meet on its last day", "response: {source: reported}\n",
         DOSED T("T1", "30", SCR) T("T1", "30", "WEEK 6,2023-02") "RS,1,OVRLRESP,SD,WEEK 6,2023-02,INVESTIGATOR\n",
         "ADTR/SDIAM@WEEK 6|ADT 2023-02-28\nADTR/SDIAM@WEEK 6|ADTF D\nADRS/OVR@WEEK 6|ADT 2023-02-28\n"},
        {"21 and of a new lesion in TU", NULL,
         DOSED T("T1", "30", SCR) T("T1", "30", "WEEK 6,2023-02") "TU,1,W1,NEW,LIVER,WEEK 6,2023-02\n",
         "ADRS/OVR@WEEK 6|AVALC PD\nADRS/OVR@WEEK 6|ADT 2023-02-28\nADRS/OVR rows 1\n"},
        {"22 the first dose on the day of the baseline scan", NULL,
         DOSED T("T1", "30", "DAY 1,2023-01-02") T("T1", "20", W6),
         "ADTR/SDIAM@WEEK 6|BASE 30\nADRS/OVR@WEEK 6|AVALC PR\n"},
        {"22 a scan on the day of the cut-off counts", "study: {id: T, cutoff: 2023-02-13}\n",
         DOSED T("T1", "30", SCR) T("T1", "20", W6), "ADRS/OVR@WEEK 6|AVALC PR\n"},
    };
    RUN(cases);
}

static void test_REQ_LESION_003_extra_cases(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"nadir 0: 5 mm are PD", NULL,
         DOSED T("T1", "30", SCR) N("N1", "PRESENT", SCR) T("T1", "0", W6) N("N1", "PRESENT", W6) T("T1", "5", W12)
             N("N1", "PRESENT", W12),
         "ADRS/TRGRESP@WEEK 12|AVALC PD\n"},
        {"nadir 0: 4.9 mm are not: a lesion that is back is no PD by itself", NULL,
         DOSED T("T1", "30", SCR) N("N1", "PRESENT", SCR) T("T1", "0", W6) N("N1", "PRESENT", W6) T("T1", "4.9", W12)
             N("N1", "PRESENT", W12),
         "ADRS/TRGRESP@WEEK 12|AVALC PR\nADRS/OVR@WEEK 12|AVALC PR\n"},
        {"but after an overall CR it is", NULL, DOSED T("T1", "30", SCR) T("T1", "0", W6) T("T1", "4.9", W12),
         "ADRS/OVR@WEEK 6|AVALC CR\nADRS/OVR@WEEK 12|AVALC PD\nADTTE/PFS ADT 2023-03-27\n"},
        {"PR from baseline, PD from the nadir", NULL, DOSED T("T1", "100", SCR) T("T1", "50", W6) T("T1", "60", W12),
         "ADTR/SDIAM@WEEK 12|PCHG -40\nADRS/OVR@WEEK 12|AVALC PD\n"},
        {"PR, 70, 80, 80 of a confirmed response", NULL,
         DOSED T("T1", "100", SCR) T("T1", "70", W6) T("T1", "70", W12) T("T1", "80", W18) T("T1", "80", W24),
         "ADRS/OVR@WEEK 18|AVALC PR\nADRS/OVR@WEEK 24|AVALC PR\n"},
        {"target lesions fine, and a new one", NULL,
         DOSED T("T1", "30", SCR) T("T1", "10", W6) W("W1", "UNEQUIVOCAL", W6),
         "ADRS/TRGRESP@WEEK 6|AVALC PR\nADRS/OVR@WEEK 6|AVALC PD\n"},
        {"nothing after baseline", NULL, DOSED T("T1", "30", SCR), "ADRS/OVR rows 0\nADRS/BOR AVALC MISSING\n"},
        {"all lesions of a subject without evaluation", NULL, DOSED T("T1", "", SCR NOT_DONE) T("T1", "20", W6),
         "ADRS/OVR@WEEK 6|RULE RECIST-NO-BASELINE\n"},
        {"a million millimetres and less than nothing", NULL,
         DOSED T("T1", "30", SCR) T("T2", "30", SCR) T("T1", "1e300", W6) T("T2", "-5", W6),
         "ADRS/OVR@WEEK 6|AVALC NE\nFINDING TR-VALUE 2\n"},
        {"3.361 cm are 33.61 mm, and 30 % less is PR", NULL, DOSED T("T1", "3.361", SCR ",,,,cm") T("T1", "23.527", W6),
         "ADTR/SDIAM@WEEK 6|BASE 33.61\nADRS/OVR@WEEK 6|AVALC PR\n"},
    };
    RUN(cases);
}

static void test_REQ_LESION_004_split_and_merged(void **state) {
    (void)state;
#define ONE DOSED T("T1", "30", SCR)
#define TWO DOSED T("T1", "30", SCR) T("T2", "20", SCR)
    static const study_case cases[] = {
        {"the sum of the parts", NULL, ONE T("T1.1", "12", W6) T("T1.2", "8.5", W6),
         "ADTR/SDIAM@WEEK 6|AVAL 20.5\nADRS/OVR@WEEK 6|AVALC PR\nFINDING TR-SPLIT 2\n"},
        {"one part not evaluated", NULL, ONE T("T1.1", "12", W6) T("T1.2", "8", W6) T("T1.1", "8", W12),
         "ADRS/OVR@WEEK 12|AVALC NE\n"},
        {"one part not evaluated, the other shows PD", NULL,
         ONE T("T1.1", "12", W6) T("T1.2", "8", W6) T("T1.1", "40", W12), "ADRS/OVR@WEEK 12|AVALC PD\n"},
        {"all parts gone", NULL, ONE T("T1.1", "12", W6) T("T1.2", "8", W6) T("T1.1", "0", W12) T("T1.2", "0", W12),
         "ADRS/OVR@WEEK 12|AVALC CR\n"},
        {"measured as one again", NULL, ONE T("T1.1", "12", W6) T("T1.2", "8", W6) T("T1", "21", W12),
         "ADTR/SDIAM@WEEK 12|AVAL 21\nADRS/OVR@WEEK 12|AVALC PR\n"},
        {"the parts count beside a length of the whole", NULL,
         ONE T("T1", "22", W6) T("T1.1", "12", W6) T("T1.2", "8", W6), "ADTR/SDIAM@WEEK 6|AVAL 20\n"},
        {"by TUSPLIT and TUGRPID", NULL,
         TU_HEADER "TU,1,X1,TUSPLIT,TARGET,T1,,2023-02-13\nTU,1,X2,TUSPLIT,TARGET,T1,,2023-02-13\n" ONE T(
             "X1", "12", W6) T("X2", "8", W6),
         "ADTR/SDIAM@WEEK 6|AVAL 20\n"},
        {"by TUSPLIT and a letter", NULL,
         TU_HEADER "TU,1,T1a,TUSPLIT,TARGET,,,2023-02-13\nTU,1,T1b,TUSPLIT,TARGET,,,2023-02-13\n" ONE T("T1a", "12", W6)
             T("T1b", "8", W6),
         "ADTR/SDIAM@WEEK 6|AVAL 20\n"},
        {"a letter alone is another lesion", NULL, ONE T("T1a", "12", W6),
         "ADRS/OVR@WEEK 6|AVALC NE\nFINDING TR-NOT-AT-BASELINE 1\n"},
        {"a full stop at baseline is a name", NULL,
         DOSED T("T1", "30", SCR) T("T1.1", "20", SCR) T("T1", "30", W6) T("T1.1", "20", W6),
         "ADTR/SDIAM@WEEK 6|AVAL 50\nFINDING TR-SPLIT 0\n"},
        {"parts of a node are normal below 10 mm each", NULL,
         "TU,1,T1,TARGET,LYMPH NODE," SCR "\n" DOSED S("T1", "30", SCR) S("T1.1", "9.9", W6) S("T1.2", "9.9", W6),
         "ADRS/OVR@WEEK 6|AVALC CR\nADTR/SDIAM@WEEK 6|AVAL 19.8\n"},
        {"non-target lesions split, too", NULL,
         DOSED T("T1", "30", SCR) N("N1", "PRESENT", SCR) T("T1", "0", W6) N("N1.1", "ABSENT", W6)
             N("N1.2", "PRESENT", W6) T("T1", "0", W12) N("N1.1", "ABSENT", W12) N("N1.2", "ABSENT", W12),
         "ADRS/OVR@WEEK 6|AVALC PR\nADRS/OVR@WEEK 12|AVALC CR\n"},
        {"merged by name", NULL, TWO T("T1/T2", "34", W6),
         "ADTR/SDIAM@WEEK 6|AVAL 34\nADRS/OVR@WEEK 6|AVALC PR\nFINDING TR-MERGED 1\n"},
        {"the conglomerate not evaluated later", NULL, TWO T("T1/T2", "34", W6) T("T1/T2", "", W12 NOT_DONE),
         "ADRS/OVR@WEEK 12|AVALC NE\n"},
        {"the conglomerate gone", NULL, TWO T("T1/T2", "34", W6) T("T1/T2", "0", W12), "ADRS/OVR@WEEK 12|AVALC CR\n"},
        {"the third lesion is still expected", NULL, TWO T("T3", "10", SCR) T("T1/T2", "34", W6),
         "ADRS/OVR@WEEK 6|AVALC NE\n"},
        {"measured each and merged: the conglomerate counts once", NULL,
         TWO T("T1/T2", "34", W6) T("T1", "20", W6) T("T2", "15", W6), "ADTR/SDIAM@WEEK 6|AVAL 34\n"},
        {"by TUMERGE under a new name", NULL,
         TU_HEADER "TU,1,M1,TUMERGE,TARGET,G1,,2023-02-13\nTU,1,T1,TUMERGE,TARGET,G1,,2023-02-13\n"
                   "TU,1,T2,TUMERGE,TARGET,G1,,2023-02-13\n" TWO T("M1", "34", W6),
         "ADTR/SDIAM@WEEK 6|AVAL 34\nADRS/OVR@WEEK 6|AVALC PR\n"},
        {"by TUMERGE under the name of one of them", NULL,
         TU_HEADER "TU,1,T1,TUMERGE,TARGET,G1,,2023-03-27\nTU,1,T2,TUMERGE,TARGET,G1,,2023-03-27\n" TWO T(
             "T1", "30", W6) T("T2", "20", W6) T("T1", "34", W12),
         "ADTR/SDIAM@WEEK 6|AVAL 50\nADTR/SDIAM@WEEK 12|AVAL 34\nADRS/OVR@WEEK 12|AVALC PR\n"},
        {"a name of which one part is unknown is a lesion", NULL, TWO T("T1/T9", "34", W6),
         "ADRS/OVR@WEEK 6|AVALC NE\nFINDING TR-MERGED 0\n"},
    };
    RUN(cases);
}

static void test_REQ_LESION_005_treated(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"excised: NE from then on, and never 0", NULL,
         DOSED T("T1", "30", SCR) T("T2", "30", SCR) T("T1", "", W6 BECAUSE("LESION EXCISED")) T("T2", "30", W6)
             T("T1", "0", W12) T("T2", "10", W12),
         "ADRS/OVR@WEEK 6|AVALC NE\nADRS/OVR@WEEK 12|AVALC NE\nFINDING TR-TREATED 1\n"},
        {"the others can still show PD", NULL,
         DOSED T("T1", "10", SCR) T("T2", "30", SCR) T("T1", "", W6 BECAUSE("LESION EXCISED")) T("T2", "48", W6),
         "ADRS/OVR@WEEK 6|AVALC PD\n"},
        {"irradiated by PR", NULL,
         DOSED "PR,1,Radiotherapy of bone,2023-02-01,,,T1\n" T("T1", "30", SCR) T("T1", "30", W6),
         "ADRS/OVR@WEEK 6|AVALC NE\nFINDING TR-TREATED 1\n"},
        {"before treatment is no matter", NULL,
         DOSED "PR,1,Radiotherapy of bone,2022-02-01,,,T1\n" T("T1", "30", SCR) T("T1", "30", W6),
         "ADRS/OVR@WEEK 6|AVALC SD\n"},
        {"a scan with the lesion in PRLNKID is no treatment", NULL,
         DOSED "PR,1,CT scan,2023-02-01,,,T1\n" T("T1", "30", SCR) T("T1", "30", W6), "ADRS/OVR@WEEK 6|AVALC SD\n"},
        {"as measured where the protocol says so", "response: {treated_lesion: as_measured}\n",
         DOSED "PR,1,Radiotherapy of bone,2023-02-01,,,T1\n" T("T1", "30", SCR) T("T1", "0", W6),
         "ADRS/OVR@WEEK 6|AVALC CR\nFINDING TR-TREATED 1\n"},
        {"surgical clips hide a lesion for one visit", NULL,
         DOSED T("T1", "30", SCR) T("T1", "", W6 BECAUSE("SURGICAL CLIPS")) T("T1", "30", W12),
         "ADRS/OVR@WEEK 6|AVALC NE\nADRS/OVR@WEEK 12|AVALC SD\n"},
        {"non-target lesions, too", NULL,
         DOSED T("T1", "30", SCR) N("N1", "PRESENT", SCR) T("T1", "0", W6)
             N("N1", "ABSENT", W6) "PR,1,Radiotherapy,2023-02-01,,,N1\n",
         "ADRS/NTRGRESP@WEEK 6|AVALC NE\nADRS/OVR@WEEK 6|AVALC PR\n"},
    };
    RUN(cases);
}

static void test_REQ_LESION_006_words_and_lengths(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"a number beside TOO SMALL counts as it is", NULL,
         DOSED "TR,USUBJID,TRGRPID,TRLNKID,TRTESTCD,TRORRES,TRSTRESC,TRSTRESN,TRSTRESU,VISIT,TRDTC\n"
               "TR,1,TARGET,T1,LDIAM,30,30,30,mm," SCR "\nTR,1,TARGET,T1,LDIAM,TOO SMALL TO MEASURE,4,4,mm," W6 "\n",
         "ADTR/SDIAM@WEEK 6|AVAL 4\n"},
        {"not done, as it is too small", NULL, DOSED T("T1", "30", SCR) T("T1", "", W6 BECAUSE("Too small to measure")),
         "ADTR/SDIAM@WEEK 6|AVAL 5\nFINDING TR-NOT-DONE 0\n"},
        {"another length for too small", "response: {too_small_mm: 2.5}\n",
         DOSED T("T1", "30", SCR) T("T1", "TSTM", W6), "ADTR/SDIAM@WEEK 6|AVAL 2.5\n"},
        {"the state of a lymph node", NULL,
         DOSED T("T1", "30", SCR) TR("NON-TARGET", "N1", "LNSTATE", "PATHOLOGICAL", SCR) T("T1", "0", W6)
             TR("NON-TARGET", "N1", "LNSTATE", "NON-PATHOLOGICAL", W6),
         "ADRS/NTRGRESP@WEEK 6|AVALC CR\nADRS/OVR@WEEK 6|AVALC CR\n"},
        {"a word beside the length of a target lesion", NULL,
         DOSED T("T1", "30", SCR) T("T1", "20", W6) TR("TARGET", "T1", "TUMSTATE", "PRESENT", W6),
         "ADTR/SDIAM@WEEK 6|AVAL 20\nFINDING TR-VALUE 0\nFINDING TR-AXIS 0\n"},
        {"the perpendicular of a lymph node", NULL,
         "TU,1,T1,TARGET,LYMPH NODE," SCR "\n" DOSED TR("TARGET", "T1", "LPERP", "16", SCR)
             TR("TARGET", "T1", "LPERP", "9", W6),
         "ADRS/OVR@WEEK 6|AVALC CR\n"},
        {"DIAMETER before the axis", NULL,
         DOSED TR("TARGET", "T1", "DIAMETER", "30", SCR) TR("TARGET", "T1", "DIAMETER", "20", W6)
             TR("TARGET", "T1", "LDIAM", "28", W6),
         "ADTR/SDIAM@WEEK 6|AVAL 20\n"},
        {"or after it", "response: {length: axis_first}\n",
         DOSED TR("TARGET", "T1", "DIAMETER", "30", SCR) TR("TARGET", "T1", "DIAMETER", "20", W6)
             TR("TARGET", "T1", "LDIAM", "28", W6),
         "ADTR/SDIAM@WEEK 6|AVAL 28\nADTR/SDIAM@WEEK 6|BASE 30\n"},
    };
    RUN(cases);
}

static void test_REQ_LESION_007_markers_and_new_not_done(void **state) {
    (void)state;
#define MARKER         "markers: {tg: {label: Tg, testcd: TG}}\n"
#define IN_CR          "response: {marker_in_cr: true}\n" MARKER
#define TG(value, day) "LB,1,TG," value ",," day ",ELISA,ug/L,55\n"
#define GONE           DOSED T("T1", "30", SCR) T("T1", "0", W6)
    static const study_case cases[] = {
        {"raised before and after: no CR", IN_CR, GONE TG("120", "2022-12-20") TG("80", "2023-02-13"),
         "ADRS/TRGRESP@WEEK 6|AVALC CR\nADRS/OVR@WEEK 6|AVALC PR\nADRS/OVR@WEEK 6|RULE RECIST-T1-PR-MARKER\n"},
        {"not part of CR by default", MARKER, GONE TG("120", "2022-12-20") TG("80", "2023-02-13"),
         "ADRS/OVR@WEEK 6|AVALC CR\n"},
        {"at its upper limit it is normal", IN_CR, GONE TG("120", "2022-12-20") TG("55", "2023-02-13"),
         "ADRS/OVR@WEEK 6|AVALC CR\n"},
        {"below its limit of quantification, too", IN_CR, GONE TG("120", "2022-12-20") TG("<0.04", "2023-02-13"),
         "ADRS/OVR@WEEK 6|AVALC CR\n"},
        {"normal before: it does not matter", IN_CR, GONE TG("55", "2022-12-20") TG("80", "2023-02-13"),
         "ADRS/OVR@WEEK 6|AVALC CR\n"},
        {"not measured near the visit", IN_CR, GONE TG("120", "2022-12-20") TG("10", "2023-03-14"),
         "ADRS/OVR@WEEK 6|AVALC PR\n"},
        {"four weeks are near", IN_CR, GONE TG("120", "2022-12-20") TG("10", "2023-03-13"),
         "ADRS/OVR@WEEK 6|AVALC CR\n"},
        {"non-target lesions alone", IN_CR,
         DOSED N("N1", "PRESENT", SCR) N("N1", "ABSENT", W6) TG("120", "2022-12-20") TG("80", "2023-02-13"),
         "ADRS/NTRGRESP@WEEK 6|AVALC NON-CR/NON-PD\nADRS/OVR@WEEK 6|AVALC NON-CR/NON-PD\n"},
        {"non-target lesions alone, marker not measured", IN_CR,
         DOSED N("N1", "PRESENT", SCR) N("N1", "ABSENT", W6) TG("120", "2022-12-20"), "ADRS/OVR@WEEK 6|AVALC NE\n"},
        {"new lesions were not looked for", NULL, DOSED T("T1", "30", SCR) T("T1", "30", W6) W("", "", W6 NOT_DONE),
         "ADRS/TRGRESP@WEEK 6|AVALC SD\nADRS/OVR@WEEK 6|AVALC NE\nADRS/OVR@WEEK 6|RULE RECIST-NEW-NE\n"
         "FINDING TR-LESION 0\n"},
        {"which the protocol may ignore", "response: {new_not_evaluated: ignore}\n",
         DOSED T("T1", "30", SCR) T("T1", "30", W6) W("", "", W6 NOT_DONE), "ADRS/OVR@WEEK 6|AVALC SD\n"},
        {"a doubtful one was not seen again", NULL,
         DOSED T("T1", "30", SCR) T("T1", "30", W6) T("T1", "30", W12) W("W1", "EQUIVOCAL", W6)
             W("W1", "", W12 NOT_DONE),
         "ADRS/OVR@WEEK 6|AVALC SD\nADRS/OVR@WEEK 12|AVALC NE\n"},
        {"PD stands", NULL, DOSED T("T1", "30", SCR) T("T1", "40", W6) W("", "", W6 NOT_DONE),
         "ADRS/OVR@WEEK 6|AVALC PD\n"},
    };
    RUN(cases);
}

static void test_REQ_LESION_008_day(void **state) {
    (void)state;
#define SPREAD DOSED T("T1", "25", SCR) T("T2", "25", SCR)
    static const study_case cases[] = {
        {"the first scan where the protocol says so", "response: {time_point_date: earliest}\n",
         SPREAD T("T1", "25", "WEEK 6,2023-02-13") T("T2", "25", "WEEK 6,2023-02-16"),
         "ADRS/OVR@WEEK 6|ADT 2023-02-13\n"},
        {"PD keeps its own", "response: {time_point_date: earliest}\n",
         SPREAD T("T1", "35", "WEEK 6,2023-02-13") T("T2", "35", "WEEK 6,2023-02-16"),
         "ADRS/OVR@WEEK 6|ADT 2023-02-16\n"},
        {"PD by a non-target lesion: its scan", NULL,
         SPREAD N("N1", "PRESENT", SCR) N("N1", "UNEQUIVOCAL PROGRESSION", "WEEK 6,2023-02-14")
             T("T1", "25", "WEEK 6,2023-02-16") T("T2", "25", "WEEK 6,2023-02-16"),
         "ADRS/OVR@WEEK 6|ADT 2023-02-14\n"},
    };
    RUN(cases);
}

static void test_REQ_LESION_009_findings(void **state) {
    (void)state;
#define LUNG(id) "TU,1," id ",TARGET,\"LUNG, LEFT\"," SCR "\n"
#define FOLLOW   T("T1", "30", W6)
    static const study_case cases[] = {
        {"measurable: 10 mm", NULL, DOSED T("T1", "9.9", SCR) T("T2", "10", SCR), "FINDING TR-MEASURABLE 1\n"},
        {"measurable: a node of 15 mm", NULL, DOSED S("T1", "14.9", SCR) S("T2", "15", SCR),
         "FINDING TR-MEASURABLE 1\n"},
        {"five target lesions", NULL,
         DOSED T("T1", "30", SCR) T("T2", "30", SCR) T("T3", "30", SCR) T("T4", "30", SCR) T("T5", "30", SCR),
         "FINDING TR-TARGETS 0\n"},
        {"six", NULL,
         DOSED T("T1", "30", SCR) T("T2", "30", SCR) T("T3", "30", SCR) T("T4", "30", SCR) T("T5", "30", SCR)
             T("T6", "30", SCR),
         "FINDING TR-TARGETS 1\n"},
        {"two lungs are one organ", NULL,
         DOSED LUNG("T1") LUNG("T2") "TU,1,T3,TARGET,RIGHT LUNG," SCR "\n" T("T1", "30", SCR) T("T2", "30", SCR)
             T("T3", "30", SCR),
         "FINDING TR-ORGAN 1\n"},
        {"two lesions of it are fine", NULL, DOSED LUNG("T1") LUNG("T2") T("T1", "30", SCR) T("T2", "30", SCR),
         "FINDING TR-ORGAN 0\n"},
        {"all nodes are one organ", NULL, DOSED S("T1", "20", SCR) S("T2", "20", SCR) S("T3", "20", SCR),
         "FINDING TR-ORGAN 1\n"},
        {"baseline of 28 days", NULL, DOSED T("T1", "30", "SCREENING,2022-12-05") FOLLOW,
         "FINDING TR-BASELINE-OLD 0\n"},
        {"baseline of 29", NULL, DOSED T("T1", "30", "SCREENING,2022-12-04") FOLLOW,
         "FINDING TR-BASELINE-OLD 1\nADRS/OVR@WEEK 6|AVALC SD\n"},
        {"two baselines", NULL, DOSED T("T1", "40", "FIRST,2022-12-10") T("T1", "30", SCR) FOLLOW,
         "FINDING TR-BASELINE 1\nADTR/SDIAM@WEEK 6|BASE 30\n"},
        {"a visit dated before baseline", NULL,
         DOSED T("T1", "30", SCR ",,,,,1") T("T1", "50", "WEEK 6,2022-11-13,,,,,2"),
         "FINDING TR-VISIT-ORDER 1\nADRS/OVR rows 0\n"},
        {"a negative length", NULL, DOSED T("T1", "30", SCR) T("T1", "-3", W6),
         "FINDING TR-VALUE 1\nADRS/OVR@WEEK 6|AVALC NE\n"},
        {"an absurd length", NULL, DOSED T("T1", "30", SCR) T("T1", "3000", W6),
         "FINDING TR-VALUE 1\nADRS/OVR@WEEK 6|AVALC NE\n"},
        {"no lesion", NULL, DOSED T("T1", "30", SCR) T("", "30", W6), "FINDING TR-LESION 1\n"},
        {"twice on one day", NULL, DOSED T("T1", "30", SCR) T("T1", "20", W6) T("T1", "30", W6),
         "FINDING TR-TWICE 1\nADRS/OVR@WEEK 6|AVALC PR\n"},
        {"another method", NULL,
         DOSED T("T1", "30", SCR ",,,,,,,CT SCAN") T("T1", "30", W6 ",,,,,,,MRI") T("T1", "30", W12 ",,,,,,,MRI"),
         "FINDING TR-METHOD 1\nADRS/OVR@WEEK 6|AVALC SD\n"},
        {"a target lesion after baseline", NULL, DOSED T("T1", "30", SCR) T("T1", "30", W6) T("T9", "90", W6),
         "FINDING TR-NOT-AT-BASELINE 1\nADRS/OVR@WEEK 6|AVALC SD\n"},
        {"a new node of 11 mm", NULL,
         DOSED "TU,1,W1,NEW,LYMPH NODE," W6 "\n" T("T1", "30", SCR) T("T1", "30", W6)
             TR("NEW", "W1", "SAXIS", "11", W6),
         "FINDING TR-NEW-NODE 1\nADRS/OVR@WEEK 6|AVALC PD\n"},
        {"a new node of 15 mm", NULL,
         DOSED "TU,1,W1,NEW,LYMPH NODE," W6 "\n" T("T1", "30", SCR) T("T1", "30", W6)
             TR("NEW", "W1", "SAXIS", "15", W6),
         "FINDING TR-NEW-NODE 0\nADRS/OVR@WEEK 6|AVALC PD\n"},
        {"a new node of 9.9 mm is none", NULL,
         DOSED T("T1", "30", SCR) T("T1", "30", W6) TR("NEW", "W1", "SAXIS", "9.9", W6),
         "FINDING TR-NEW-NODE 0\nADRS/OVR@WEEK 6|AVALC SD\n"},
    };
    RUN(cases);
}

static void test_REQ_LESION_010_reasons(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"PD from the nadir", NULL,
         DOSED T("T1", "60", SCR) S("T2", "20", SCR) T("T1", "40", W6) S("T2", "9", W6) T("T1", "55", W12)
             S("T2", "9", W12),
         "ADRS/TRGRESP@WEEK 12|REASON T1 55 mm, T2 (node) 9 mm: sum 64 mm; baseline 80 mm at SCREENING (-20.0 %), "
         "smallest complete sum before 49 mm at WEEK 6 (+30.6 %, +15 mm): the sum grew by at least 20 % and 5 mm over "
         "the "
         "smallest sum before (RECIST 4.3.1)\n"
         "ADTR/SDIAM@WEEK 12|REASON T1 55 mm, T2 (node) 9 mm: sum 64 mm; baseline 80 mm at SCREENING (-20.0 %), "
         "smallest "
         "complete sum before 49 mm at WEEK 6 (+30.6 %, +15 mm)\n"},
        {"a lesion that was not evaluated", NULL,
         DOSED T("T1", "60", SCR) T("T2", "20", SCR) T("T3", "10", SCR) T("T1", "TSTM", W6) T("T2", "", W6 NOT_DONE),
         "ADTR/SDIAM@WEEK 6|REASON T1 5 mm (too small to measure), T2 not evaluated, T3 without a record: 1 of 3 "
         "lesions evaluated, their sum 5 mm; baseline 90 mm at SCREENING, smallest complete sum before 90 mm at "
         "SCREENING\n"},
        {"a new lesion", NULL, DOSED N("N1", "PRESENT", SCR) N("N1", "PRESENT", W6) "TU,1,W1,NEW,LIVER," W6 "\n",
         "ADRS/OVR@WEEK 6|REASON a new lesion appeared (RECIST 4.3.5, tables 1 and 2); non-target NON-CR/NON-PD (N1 "
         "present); new lesion W1 in LIVER\n"},
        {"a new lesion in doubt, dated back", NULL,
         DOSED N("N1", "PRESENT", SCR) N("N1", "PRESENT", W6) N("N1", "PRESENT", W12) W("W1", "EQUIVOCAL", W6)
             W("W1", "UNEQUIVOCAL", W12),
         "ADRS/OVR@WEEK 6|REASON a new lesion appeared (RECIST 4.3.5, tables 1 and 2); non-target NON-CR/NON-PD (N1 "
         "present); new lesion W1, equivocal here and beyond doubt at a later scan\n"},
        {"a new lesion in doubt", NULL, DOSED N("N1", "PRESENT", SCR) N("N1", "PRESENT", W6) W("W1", "EQUIVOCAL", W6),
         "ADRS/OVR@WEEK 6|REASON non-target lesions persist, no target lesion (RECIST table 2); non-target "
         "NON-CR/NON-PD (N1 present); no new lesion beyond doubt: W1 equivocal\n"},
        {"split", NULL, DOSED T("T1", "30", SCR) T("T1.1", "10", W6) T("T1.2", "8", W6),
         "ADTR/SDIAM@WEEK 6|REASON T1.1 10 mm, T1.2 8 mm, T1 split: sum 18 mm; baseline 30 mm at SCREENING (-40.0 %), "
         "smallest complete sum before 30 mm at SCREENING\n"},
        {"merged", NULL, DOSED T("T1", "30", SCR) T("T2", "20", SCR) T("T1/T2", "40", W6),
         "ADTR/SDIAM@WEEK 6|REASON T1/T2 40 mm, T1 merged into T1/T2, T2 merged into T1/T2: sum 40 mm; baseline 50 mm "
         "at "
         "SCREENING (-20.0 %), smallest complete sum before 50 mm at SCREENING\n"},
    };
    RUN(cases);
}

static void test_REQ_LESION_011_readers(void **state) {
    (void)state;
#define BY(id, mm, visit, who) "TR,1,TARGET," id ",LDIAM," mm "," visit ",," who "\n"
#define INV                    "INVESTIGATOR"
#define R1                     "INDEPENDENT ASSESSOR,R1"
#define R2                     "INDEPENDENT ASSESSOR,R2"
#define ALL                                                                                                            \
    DOSED BY("T1", "50", SCR, INV) BY("T1", "20", W6, INV) BY("T1", "40", SCR, R1) BY("T1", "40", W6, R1)              \
        BY("T1", "60", SCR, R2) BY("T1", "", W6 ",NOT DONE", "")
    static const study_case cases[] = {
        {"the investigator", NULL, ALL, "ADTR/SDIAM@WEEK 6|BASE 50\nADRS/OVR@WEEK 6|AVALC PR\nFINDING TR-TWICE 0\n"},
        {"the first radiologist", "response: {evaluator: INDEPENDENT ASSESSOR, evaluator_id: R1}\n", ALL,
         "ADTR/SDIAM@WEEK 6|BASE 40\nADRS/OVR@WEEK 6|AVALC SD\n"},
        {"two radiologists taken together are a finding", "response: {evaluator: INDEPENDENT ASSESSOR}\n", ALL,
         "FINDING TR-READERS 1\n"},
        {"locations are the reader's own", NULL,
         DOSED "TU,1,T1,TARGET,LYMPH NODE," SCR ",INDEPENDENT ASSESSOR\nTU,1,T1,TARGET,LUNG," SCR
               ",INVESTIGATOR\n" BY("T1", "50", SCR, INV) BY("T1", "9", W6, INV),
         "ADTR/LDIAM@WEEK 6|TULOC LUNG\nADRS/OVR@WEEK 6|AVALC PR\n"},
    };
    RUN(cases);
}

/* ---- changes that must change nothing ---------------------------------------------------------------------------- */

#define COURSE                                                                                                         \
    T("T1", "60", SCR)                                                                                                 \
    T("T2", "40", SCR)                                                                                                 \
    N("N1", "PRESENT", SCR)                                                                                            \
    T("T1", "40", W6)                                                                                                  \
    T("T2", "30", W6) N("N1", "PRESENT", W6) T("T1", "60", W12) T("T2", "30", W12) N("N1", "PRESENT", W12)
#define REVERSED                                                                                                       \
    N("N1", "PRESENT", W12)                                                                                            \
    T("T2", "30", W12)                                                                                                 \
    T("T1", "60", W12)                                                                                                 \
    N("N1", "PRESENT", W6)                                                                                             \
    T("T2", "30", W6) T("T1", "40", W6) N("N1", "PRESENT", SCR) T("T2", "40", SCR) T("T1", "60", SCR)
#define IN_CM                                                                                                          \
    T("T1", "6", SCR ",,,,cm")                                                                                         \
    T("T2", "4", SCR ",,,,cm")                                                                                         \
    N("N1", "PRESENT", SCR)                                                                                            \
    T("T1", "4", W6 ",,,,cm")                                                                                          \
    T("T2", "3", W6 ",,,,cm")                                                                                          \
    N("N1", "PRESENT", W6) T("T1", "6", W12 ",,,,cm") T("T2", "3", W12 ",,,,cm") N("N1", "PRESENT", W12)
#define SAME                                                                                                           \
    "ADRS/OVR@WEEK 6|AVALC PR\nADRS/OVR@WEEK 12|AVALC PD\nADRS/OVR@WEEK 12|ADT 2023-03-27\nADRS/BOR AVALC PR\n"        \
    "ADRS/CBOR AVALC SD\nADTR/SDIAM@WEEK 12|AVAL 90\nADTR/SDIAM@WEEK 12|NADIR 70\nADTTE/PFS ADT 2023-03-27\n"

static void test_REQ_LESION_012_metamorphic(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"as it is", NULL, DOSED COURSE, SAME},
        {"rows in another order", NULL, DOSED REVERSED, SAME},
        {"centimetres", NULL, DOSED IN_CM, SAME},
        {"another subject", NULL,
         DOSED "DM,0\nDM,2\nTR,0,TARGET,T1,LDIAM,10," SCR "\nTR,2,TARGET,T1,LDIAM,10," W6 "\n" COURSE, SAME},
        {"records after progression", NULL,
         DOSED COURSE T("T1", "0", W18) T("T2", "0", W18) N("N1", "ABSENT", W18) W("W1", "UNEQUIVOCAL", W24), SAME},
        {"another name", NULL,
         "DM,Z-9\nEX,Z-9,TKI,12,mg,2023-01-02,2023-06-30\nTR,Z-9,TARGET,T1,LDIAM,60," SCR
         "\nTR,Z-9,TARGET,T1,LDIAM,40," W6 "\n",
         "ADRS#Z-9/OVR@WEEK 6|AVALC PR\nADTR#Z-9/SDIAM@WEEK 6|AVAL 40\n"},
    };
    RUN(cases);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_LESION_002_traps),
        cmocka_unit_test(test_REQ_LESION_003_extra_cases),
        cmocka_unit_test(test_REQ_LESION_004_split_and_merged),
        cmocka_unit_test(test_REQ_LESION_005_treated),
        cmocka_unit_test(test_REQ_LESION_006_words_and_lengths),
        cmocka_unit_test(test_REQ_LESION_007_markers_and_new_not_done),
        cmocka_unit_test(test_REQ_LESION_008_day),
        cmocka_unit_test(test_REQ_LESION_009_findings),
        cmocka_unit_test(test_REQ_LESION_010_reasons),
        cmocka_unit_test(test_REQ_LESION_011_readers),
        cmocka_unit_test(test_REQ_LESION_012_metamorphic),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
