/*
 * test_adam_adsl.c - subjects, exposure and analysis sets: ADSL and ADEX from records of DM, EX, DS, CM and PR.
 *
 *   REQ-ADAM-001  first and last dose: placebo, holds, partial and missing dates, cut-off
 *   REQ-ADAM-002  completed cycles: the least over the drugs, a rest at the end counts
 *   REQ-ADAM-003  total dose, dose intensity, relative dose intensity, units
 *   REQ-ADAM-004  dose reductions for an adverse event
 *   REQ-ADAM-005  last sign of life, over all domains, up to death and cut-off
 *   REQ-ADAM-006  death, also where its date is not whole
 *   REQ-ADAM-007  new anticancer therapy, which study treatment never is
 *   REQ-ADAM-008  how treatment and study ended
 *   REQ-ADAM-009  members of analysis sets
 */
#include "study_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A drug of courses of 14 days on and 7 off, and 131I once in a cycle of 84 days. */
#define COMBINATION                                                                                                    \
    "treatment:\n"                                                                                                     \
    "  drugs:\n"                                                                                                       \
    "    iodine: {trt: I131, unit: GBq, per_cycle: 1, isotope: I-131}\n"                                               \
    "    tki: {trt: TKI, unit: mg, levels: [12, 10, 8], schedule: {on: 14, off: 7}}\n"                                 \
    "  cycle: {days: 84}\n"
#define ONE_DRUG  "treatment: {drugs: {tki: {trt: TKI, unit: mg, levels: [12, 10], schedule: {on: 14, off: 7}}}}\n"
#define UNTIL_MAY "study: {id: TEST, cutoff: 2023-05-31}\n"

static void test_REQ_ADAM_001_first_and_last_dose(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"one record", NULL, "DM,1\nEX,1,TKI,12,mg,2023-01-02,2023-01-15\n",
         "ADSL TRTSDT 2023-01-02\nADSL TRTEDT 2023-01-15\nADSL TRTDURD 14\nADSL SAFFL Y\n"},
        {"records in any order", NULL,
         "DM,1\nEX,1,TKI,12,mg,2023-02-01,2023-02-14\nEX,1,OTHER,1,mg,2023-01-20,2023-01-20\n"
         "EX,1,TKI,12,mg,2023-01-02,2023-01-15\n",
         "ADSL TRTSDT 2023-01-02\nADSL TRTEDT 2023-02-14\n"},
        {"placebo is given with dose 0", NULL, "DM,1\nEX,1,PLACEBO,0,mg,2023-01-02,2023-01-15\n",
         "ADSL SAFFL Y\nADSL TRTEDT 2023-01-15\nADEX/DOSD1 AVAL 14\n"},
        {"a hold is no dose", NULL,
         "DM,1\nEX,1,TKI,0,mg,2023-01-01,2023-01-01\nEX,1,TKI,12,mg,2023-01-02,2023-01-15\n"
         "EX,1,TKI,0,mg,2023-01-16,2023-01-20\n",
         "ADSL TRTSDT 2023-01-02\nADSL TRTEDT 2023-01-15\nADEX/HOLDD1 AVAL 6\n"},
        {"only holds", NULL, "DM,1\nEX,1,TKI,0,mg,2023-01-02,2023-01-15\n",
         "ADSL SAFFL N\nADSL TRTSDT \nADSL COMBCYC \nADEX rows 0\n"},
        {"never given, says EXOCCUR", NULL, "DM,1\nEX,1,TKI,12,mg,2023-01-02,2023-01-15,,,N\n", "ADSL SAFFL N\n"},
        {"a missing dose is none, and said", NULL,
         "DM,1\nEX,1,TKI,12,mg,2023-01-02,2023-01-15\nEX,1,TKI,,mg,2023-02-01,2023-02-14\n",
         "ADSL TRTEDT 2023-01-15\nFINDING EX-DOSE 1\n"},
        {"months become their first and last day", NULL, "DM,1\nEX,1,TKI,12,mg,2023-01,2023-02\n",
         "ADSL TRTSDT 2023-01-01\nADSL TRTEDT 2023-02-28\n"},
        {"a year is not enough", NULL, "DM,1\nEX,1,TKI,12,mg,2023,2023-02-01\n", "ADSL SAFFL N\nFINDING EX-DATE 1\n"},
        {"an end that is missing: RFXENDTC", NULL, "DM,1,,,,,,2023-03-01\nEX,1,TKI,12,mg,2023-01-02\n",
         "ADSL TRTEDT 2023-03-01\nFINDING EX-END 1\n"},
        {"and without it the first day", NULL, "DM,1\nEX,1,TKI,12,mg,2023-01-02\n", "ADSL TRTEDT 2023-01-02\n"},
        {"cut-off", UNTIL_MAY, "DM,1\nEX,1,TKI,12,mg,2023-01-02,2023-06-30\nEX,1,TKI,12,mg,2023-07-01,2023-07-30\n",
         "ADSL TRTEDT 2023-05-31\nADSL CUTOFFDT 2023-05-31\n"},
        {"a drug that the protocol does not name", ONE_DRUG, "DM,1\nEX,1,ASPIRIN,100,mg,2023-01-02,2023-01-15\n",
         "ADSL SAFFL N\nFINDING EX-DRUG 1\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_002_completed_cycles(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"day 77 and the rest make 84", COMBINATION,
         "DM,1\nEX,1,I131,5.55,GBq,2023-01-02,2023-01-02,,ONCE\nEX,1,TKI,12,mg,2023-01-02,2023-03-19\n",
         "ADSL COMBCYC 1\n"},
        {"day 76 does not", COMBINATION,
         "DM,1\nEX,1,I131,5.55,GBq,2023-01-02,2023-01-02,,ONCE\nEX,1,TKI,12,mg,2023-01-02,2023-03-18\n",
         "ADSL COMBCYC 0\n"},
        {"one dose of 131I, two cycles of days", COMBINATION,
         "DM,1\nEX,1,I131,5.55,GBq,2023-01-02,2023-01-02\nEX,1,TKI,12,mg,2023-01-02,2023-06-30\n", "ADSL COMBCYC 1\n"},
        {"two doses of 131I", COMBINATION,
         "DM,1\nEX,1,I131,5.55,GBq,2023-01-02,2023-01-02\nEX,1,I131,3.7,GBq,2023-04-03,2023-04-03\n"
         "EX,1,TKI,12,mg,2023-01-02,2023-06-30\n",
         "ADSL COMBCYC 2\nADEX/NADM1 AVAL 2\n"},
        {"never given one of the drugs", COMBINATION, "DM,1\nEX,1,I131,5.55,GBq,2023-01-02,2023-01-02\n",
         "ADSL COMBCYC 0\nADSL SAFFL Y\n"},
        {"capsules of one day are one administration", COMBINATION,
         "DM,1\nEX,1,I131,2.775,GBq,2023-01-02,2023-01-02\nEX,1,I131,2.775,GBq,2023-01-02,2023-01-02\n"
         "EX,1,TKI,12,mg,2023-01-02,2023-06-30\n",
         "ADSL COMBCYC 1\nADEX/NADM1 AVAL 1\nADEX/TDOSE1 AVAL 5.55\n"},
        {"a dose of 131I without an end does not last until RFXENDTC", COMBINATION,
         "DM,1,,,,,,2023-06-30\nEX,1,I131,5.55,GBq,2023-01-02\nEX,1,TKI,12,mg,2023-01-02,2023-06-18\n",
         "ADEX/NADM1 AVAL 1\nADEX/TDOSE1 AVAL 5.55\nADSL COMBCYC 1\nADSL TRTEDT 2023-06-18\nFINDING EX-END 0\n"},
        {"no cycle is defined", ONE_DRUG, "DM,1\nEX,1,TKI,12,mg,2023-01-02,2023-06-30\n", "ADSL COMBCYC 0\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_003_dose_intensity(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"as planned: 28 days of 12 mg in 35 days", ONE_DRUG,
         "DM,1\nEX,1,TKI,12,mg,2023-01-02,2023-01-15\nEX,1,TKI,12,mg,2023-01-23,2023-02-05\n",
         "ADEX/DURD1 AVAL 35\nADEX/DOSD1 AVAL 28\nADEX/TDOSE1 AVAL 336\nADEX/DI1 AVAL 67.2\nADEX/RDI1 AVAL 100\n"
         "ADEX/DI1 AVALU mg/week\n"},
        {"one level lower in the second course", ONE_DRUG,
         "DM,1\nEX,1,TKI,12,mg,2023-01-02,2023-01-15\nEX,1,TKI,9,mg,2023-01-23,2023-02-05\n",
         "ADEX/TDOSE1 AVAL 294\nADEX/RDI1 AVAL 87.5\n"},
        {"held for half of it", ONE_DRUG,
         "DM,1\nEX,1,TKI,12,mg,2023-01-02,2023-01-08\nEX,1,TKI,0,mg,2023-01-09,2023-01-15\n"
         "EX,1,TKI,12,mg,2023-01-23,2023-02-05\n",
         "ADEX/DOSD1 AVAL 21\nADEX/RDI1 AVAL 75\nADEX/HOLDD1 AVAL 7\n"},
        {"twice a day", NULL, "DM,1\nEX,1,TKI,5,mg,2023-01-02,2023-01-03,,BID\n", "ADEX/TDOSE1 AVAL 20\n"},
        {"without levels nothing is planned", NULL, "DM,1\nEX,1,TKI,12,mg,2023-01-02,2023-01-15\n",
         "ADEX/RDI1 AVAL (no row)\nADEX/TDOSE1 AVAL 168\n"},
        {"150 mCi are 5.55 GBq", COMBINATION, "DM,1\nEX,1,I131,150,mCi,2023-01-02,2023-01-02\n",
         "ADEX/TDOSE1 AVAL 5.55\nADEX/TDOSE1 AVALU GBq\nFINDING EX-UNIT 0\n"},
        {"MBq and GBq", COMBINATION,
         "DM,1\nEX,1,I131,5550,MBq,2023-01-02,2023-01-02\nEX,1,I131,3.7,GBq,2023-04-02,2023-04-02\n",
         "ADEX/TDOSE1 AVAL 9.25\n"},
        {"a unit that cannot be converted", ONE_DRUG, "DM,1\nEX,1,TKI,2,CAPSULE,2023-01-02,2023-01-02\n",
         "ADSL SAFFL Y\nFINDING EX-UNIT 1\n"},
        {"milligrams are no activity", COMBINATION, "DM,1\nEX,1,I131,5,mg,2023-01-02,2023-01-02\n",
         "FINDING EX-UNIT 1\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_004_reductions(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"reduced for an adverse event", ONE_DRUG,
         "DM,1\nEX,1,TKI,12,mg,2023-01-02,2023-01-15\nEX,1,TKI,10,mg,2023-01-23,2023-02-05,ADVERSE EVENT\n",
         "ADEX/REDAE1 AVALC Y\n"},
        {"after a hold", ONE_DRUG,
         "DM,1\nEX,1,TKI,12,mg,2023-01-02,2023-01-08\nEX,1,TKI,0,mg,2023-01-09,2023-01-15,ADVERSE EVENT\n"
         "EX,1,TKI,10,mg,2023-01-23,2023-02-05,Adverse event\n",
         "ADEX/REDAE1 AVALC Y\n"},
        {"held for one, and gone on as before", ONE_DRUG,
         "DM,1\nEX,1,TKI,12,mg,2023-01-02,2023-01-08\nEX,1,TKI,0,mg,2023-01-09,2023-01-15,ADVERSE EVENT\n"
         "EX,1,TKI,12,mg,2023-01-23,2023-02-05\n",
         "ADEX/REDAE1 AVALC N\n"},
        {"the same dose, though EXADJ gives a reason", ONE_DRUG,
         "DM,1\nEX,1,TKI,12,mg,2023-01-02,2023-01-15\nEX,1,TKI,12,mg,2023-01-23,2023-02-05,ADVERSE EVENT\n",
         "ADEX/REDAE1 AVALC N\n"},
        {"reduced for another reason", ONE_DRUG,
         "DM,1\nEX,1,TKI,12,mg,2023-01-02,2023-01-15\nEX,1,TKI,10,mg,2023-01-23,2023-02-05,PHYSICIAN DECISION\n",
         "ADEX/REDAE1 AVALC N\n"},
        {"raised, then lowered again for an adverse event", ONE_DRUG,
         "DM,1\nEX,1,TKI,8,mg,2023-01-02,2023-01-15\nEX,1,TKI,12,mg,2023-01-23,2023-02-05\n"
         "EX,1,TKI,10,mg,2023-02-13,2023-02-26,ADVERSE EVENT\n",
         "ADEX/REDAE1 AVALC Y\n"},
        {"titrated upwards", ONE_DRUG,
         "DM,1\nEX,1,TKI,8,mg,2023-01-02,2023-01-15\nEX,1,TKI,12,mg,2023-01-23,2023-02-05,ADVERSE EVENT\n",
         "ADEX/REDAE1 AVALC N\n"},
        {"the order is that of days, not of records", ONE_DRUG,
         "DM,1\nEX,1,TKI,10,mg,2023-01-23,2023-02-05,ADVERSE EVENT\nEX,1,TKI,12,mg,2023-01-02,2023-01-15\n",
         "ADEX/REDAE1 AVALC Y\n"},
    };
    RUN(cases);
}

#define TREATED "DM,1,50,F,2022-12-20\nEX,1,TKI,12,mg,2023-01-02,2023-01-15\n"

static void test_REQ_ADAM_005_last_sign_of_life(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"the last dose", NULL, TREATED, "ADSL LSTALVDT 2023-01-15\n"},
        {"any domain", NULL, TREATED "VS,1,PULSE,2023-05-02\nLB,1,TG,3,,2023-04-01\n", "ADSL LSTALVDT 2023-05-02\n"},
        {"a partial date proves nothing", NULL, TREATED "VS,1,PULSE,2023-05\n", "ADSL LSTALVDT 2023-01-15\n"},
        {"what was not done proves nothing", NULL, TREATED "VS,1,PULSE,2023-05-02,NOT DONE\n",
         "ADSL LSTALVDT 2023-01-15\n"},
        {"not after death", NULL,
         "DM,1,50,F,2022-12-20,2023-03-01,Y\nEX,1,TKI,12,mg,2023-01-02,2023-01-15\n"
         "LB,1,TG,3,,2023-03-04\n",
         "ADSL LSTALVDT 2023-03-01\n"},
        {"untreated", NULL, "DM,1,50,F,2022-12-20\n", "ADSL LSTALVDT 2022-12-20\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_006_death(void **state) {
    (void)state;
#define DIED(date) "DM,1,50,F,," date ",Y\nEX,1,TKI,12,mg,2023-01-02,2023-01-15\n"
    static const study_case cases[] = {
        {"alive", NULL, TREATED, "ADSL DTHFL \nADSL DTHDT \n"},
        {"DM says it", NULL, DIED("2023-03-01"), "ADSL DTHFL Y\nADSL DTHDT 2023-03-01\n"},
        {"DS says it", NULL, TREATED "DS,1,DEATH,2023-03-01,DISPOSITION EVENT\n",
         "ADSL DTHFL Y\nADSL DTHDT 2023-03-01\n"},
        {"of a month the first day", NULL, DIED("2023-03"), "ADSL DTHDT 2023-03-01\n"},
        {"but not before the last sign of life", NULL, DIED("2023-03") "LB,1,TG,3,,2023-03-20\n",
         "ADSL DTHDT 2023-03-20\nADSL LSTALVDT 2023-03-20\n"},
        {"without a date: a death, and survival is censored", NULL, DIED(""),
         "ADSL DTHFL Y\nADSL DTHDT \nFINDING DM-DEATH 1\nADTTE/OS CNSR 1\nARD/DEATH n 1\n"},
        {"a year alone", NULL, DIED("2023"), "ADSL DTHFL Y\nADSL DTHDT \nFINDING DM-DEATH 1\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_007_new_therapy(void **state) {
    (void)state;
#define NAT "NEW ANTICANCER THERAPY"
    static const study_case cases[] = {
        {"the first of CM and PR", NULL,
         TREATED "CM,1,LENVATINIB,2023-06-01," NAT "\nPR,1,RADIOTHERAPY,2023-05-01," NAT "\n",
         "ADSL NACTDT 2023-05-01\n"},
        {"other medication", NULL, TREATED "CM,1,LEVOTHYROXINE,2023-03-01,CONCOMITANT\n", "ADSL NACTDT \n"},
        {"a second dose of 131I is study treatment", COMBINATION,
         TREATED "PR,1,I131,2023-05-01," NAT "\nCM,1,i131,2023-05-01," NAT "\n", "ADSL NACTDT \n"},
        {"also by its standard name", COMBINATION, TREATED "CM,1,131-I capsule,2023-05-01," NAT ",I131\n",
         "ADSL NACTDT \n"},
        {"also by the name that the protocol exempts", "treatment: {not_new: [RADIOIODINE THERAPY]}\n",
         TREATED "PR,1,RADIOIODINE THERAPY,2023-05-01," NAT "\n", "ADSL NACTDT \n"},
        {"one that was not taken", NULL, TREATED "CM,1,LENVATINIB,2023-06-01," NAT ",,N\n", "ADSL NACTDT \n"},
        {"a month", NULL, TREATED "CM,1,LENVATINIB,2023-06," NAT "\n", "ADSL NACTDT 2023-06-01\n"},
        {"without a month it is said", NULL, TREATED "CM,1,LENVATINIB,2023," NAT "\n",
         "ADSL NACTDT \nFINDING NEW-THERAPY-DATE 1\n"},
        {"before treatment it is not new", NULL, TREATED "CM,1,SORAFENIB,2022-11-01," NAT "\n", "ADSL NACTDT \n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_008_disposition(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"nothing says so", NULL, TREATED, "ADSL EOTSTT ONGOING\nADSL EOSSTT ONGOING\n"},
        {"end of treatment", NULL, TREATED "DS,1,PROGRESSIVE DISEASE,2023-05-01,DISPOSITION EVENT,END OF TREATMENT\n",
         "ADSL EOTSTT DISCONTINUED\nADSL DCTREAS PROGRESSIVE DISEASE\nADSL EOSSTT ONGOING\n"},
        {"end of study ends treatment", NULL,
         TREATED "DS,1,LOST TO FOLLOW-UP,2023-05-01,DISPOSITION EVENT,END OF STUDY\n",
         "ADSL EOTSTT DISCONTINUED\nADSL DCTREAS LOST TO FOLLOW-UP\nADSL EOSSTT DISCONTINUED\n"},
        {"both", NULL,
         TREATED
         "DS,1,COMPLETED,2023-05-01,DISPOSITION EVENT,TREATMENT\nDS,1,DEATH,2023-06-01,DISPOSITION EVENT,STUDY\n",
         "ADSL EOTSTT COMPLETED\nADSL DCTREAS \nADSL EOSSTT DISCONTINUED\nADSL DCSREAS DEATH\n"},
        {"who is dead is not on study", NULL, "DM,1,50,F,,2023-03-01,Y\nEX,1,TKI,12,mg,2023-01-02,2023-01-15\n",
         "ADSL EOSSTT DISCONTINUED\nADSL DCSREAS DEATH\nADSL EOTSTT DISCONTINUED\n"},
        {"not treated", NULL, "DM,1\nDS,1,SCREEN FAILURE,2023-01-01,DISPOSITION EVENT\n",
         "ADSL EOTSTT NOT TREATED\nADSL EOSSTT DISCONTINUED\nADSL DCSREAS SCREEN FAILURE\n"},
        {"a milestone is no end", NULL, TREATED "DS,1,ENROLLED,2022-12-28,PROTOCOL MILESTONE\n",
         "ADSL EOSSTT ONGOING\nADSL ENRLDT 2022-12-28\n"},
        {"consent is not enrolment", NULL, TREATED, "ADSL RFICDT 2022-12-20\nADSL ENRLDT \n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_009_sets(void **state) {
    (void)state;
#define SETS(rule) "sets: [{id: EFFICACY, rule: \"" rule "\"}, {id: SEEN, rule: \"AGE > 40\"}]\n"
    static const study_case cases[] = {
        {"true, false", SETS("TRTDURD >= 14"), TREATED "DM,2,50\nEX,2,TKI,12,mg,2023-01-02,2023-01-05\n",
         "ADSL EFFICAFL Y\nADSL#2 EFFICAFL N\nADSL#2 SEENFL Y\nARD/N n 1\n"},
        {"unknown is left out, and said", SETS("AGE > 40"), "DM,1\nEX,1,TKI,12,mg,2023-01-02,2023-01-05\n",
         "ADSL EFFICAFL N\nFINDING SET-UNKNOWN 2\n"},
        {"untreated subjects belong to none", SETS("AGE > 40"), "DM,1,50\n",
         "ADSL EFFICAFL N\nFINDING SET-UNKNOWN 0\n"},
        {"without a rule all treated", "sets: [{id: FAS}]\n", TREATED "DM,2,50\n", "ADSL FASFL Y\nADSL#2 FASFL N\n"},
        {"a rule that reads other tables", SETS("EXISTS (SELECT 1 FROM ae WHERE ae.USUBJID = adsl.USUBJID)"),
         TREATED "AE,1,Cough,2023-01-05\n", "ADSL EFFICAFL Y\n"},
        {"a flag that ADSL has", "sets: [{id: DTH}]\n", TREATED, "FINDING SET-FLAG 1\nADSL rows (not derived)\n"},
        {"flags alike", "sets: [{id: EFFICACY}, {id: EFFICACY2}]\n", TREATED, "FINDING SET-FLAG 1\n"},
    };
    RUN(cases);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_ADAM_001_first_and_last_dose),
        cmocka_unit_test(test_REQ_ADAM_002_completed_cycles),
        cmocka_unit_test(test_REQ_ADAM_003_dose_intensity),
        cmocka_unit_test(test_REQ_ADAM_004_reductions),
        cmocka_unit_test(test_REQ_ADAM_005_last_sign_of_life),
        cmocka_unit_test(test_REQ_ADAM_006_death),
        cmocka_unit_test(test_REQ_ADAM_007_new_therapy),
        cmocka_unit_test(test_REQ_ADAM_008_disposition),
        cmocka_unit_test(test_REQ_ADAM_009_sets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
