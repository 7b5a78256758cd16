/*
 * test_ard.c - from ADaM to results: who is counted, of whom, and how it is printed.
 *
 *   REQ-ARD-001  denominators keep subjects who were not evaluable or never assessed
 *   REQ-ARD-002  percentages are those of exact division, halves rounded away from zero
 *   REQ-ARD-003  response rates with exact intervals, confirmed or not
 *   REQ-ARD-004  survival and follow-up
 *   REQ-ARD-005  demographics of the analysis set
 *   REQ-ARD-006  a subject counts once in each row of adverse events, with the worst grade
 *   REQ-ARD-007  safety is of all treated, whatever the analysis set
 *   REQ-ARD-008  disposition: records, treated, analysed
 *   REQ-ARD-009  an empty analysis set, and a study without subjects
 *   REQ-ARD-010  verdicts on published numbers
 *   REQ-ARD-011  biochemical response
 *   REQ-ARD-012  exposure and dose modifications
 *   REQ-ARD-013  records of a subject whom DM does not have change nobody's result
 */
#include "study_fixture.h"

#include "../src/base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* First dose 2023-01-02; six and twelve weeks are 2023-02-13 and 2023-03-27. */
#define DM(id)        "DM," id ",50,F\nEX," id ",TKI,12,mg,2023-01-02,2023-06-30\n"
#define R(id, is, on) "RS," id ",OVRLRESP," is ",," on "\n"
#define PR(id)        R(id, "PR", "2023-02-13") R(id, "PR", "2023-03-27")
#define SD(id)        R(id, "SD", "2023-02-13")
#define PD(id)        R(id, "PD", "2023-02-13")
#define NE(id)        R(id, "NE", "2023-02-13")
#define REPORTED      "response: {source: reported}\n"
#define DASH          "\xE2\x80\x93"

/* `count` treated subjects, of whom the first so many have each response, one after another: {"PR", 11}. */
typedef struct share {
    const char *response;
    int count;
} share;

static const char *many(oa_arena *arena, int count, int men, const share *shares, size_t n_shares) {
    oa_buf buf;
    int subject = 0;
    oa_buf_init(&buf, arena);
    for (int i = 0; i < count; i++) {
        oa_putf(&buf, "DM,%03d,50,%s\nEX,%03d,TKI,12,mg,2023-01-02,2023-06-30\n", i, i < men ? "M" : "F", i);
    }
    for (size_t s = 0; s < n_shares; s++) {
        for (int i = 0; i < shares[s].count; i++, subject++) {
            oa_putf(&buf, "RS,%03d,OVRLRESP,%s,,2023-02-13\nRS,%03d,OVRLRESP,%s,,2023-03-27\n", subject,
                    shares[s].response, subject, shares[s].response);
        }
    }
    return buf.bytes;
}

static void run_many(const char *name, const char *protocol, int count, int men, const share *shares, size_t n_shares,
                     const char *want) {
    oa_arena *arena = oa_arena_new(0);
    study *s = study_open(protocol, many(arena, count, men, shares, n_shares));
    study_check(s, name, want);
    study_close(s);
    oa_arena_free(arena);
}

static void test_REQ_ARD_001_denominators(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"not evaluable and never assessed stay", REPORTED,
         DM("1") DM("2") DM("3") DM("4") DM("5") PR("1") SD("2") PD("3") NE("4"),
         "ARD/ORR n 1\nARD/ORR of 5\nARD/DCR n 2\nARD/DCR of 5\nARD/BOR.CR n 0\nARD/BOR.PR n 1\nARD/BOR.SD n 1\n"
         "ARD/BOR.PD n 1\nARD/BOR.NE n 1\nARD/BOR.MISSING n 1\nARD/BOR.NE of 5\nARD/BOR.NONCRNONPD n 0\n"},
        {"untreated subjects are not in it", REPORTED, DM("1") PR("1") "DM,2,50,F\n",
         "ARD/ORR n 1\nARD/ORR of 1\nARD/BOR.MISSING n 0\n"},
        {"nobody was assessed", REPORTED, DM("1") DM("2"), "ARD/ORR n 0\nARD/ORR of 2\nARD/BOR.MISSING n 2\n"},
        {"non-CR/non-PD is disease control", REPORTED, DM("1") R("1", "NON-CR/NON-PD", "2023-02-13"),
         "ARD/DCR n 1\nARD/ORR n 0\nARD/BOR.NONCRNONPD n 1\n"},
    };
    RUN(cases);
}

static void test_REQ_ARD_002_percentages(void **state) {
    (void)state;
    run_many("1 of 16", NULL, 16, 1, NULL, 0, "ARD/SEX.M text 1 (6.3 %)\nARD/SEX.F text 15 (93.8 %)\n");
    run_many("1 of 3", NULL, 3, 1, NULL, 0, "ARD/SEX.M text 1 (33.3 %)\nARD/SEX.F text 2 (66.7 %)\n");
    run_many("57 of 200", NULL, 200, 57, NULL, 0, "ARD/SEX.M text 57 (28.5 %)\n");
    run_many("all", NULL, 3, 3, NULL, 0, "ARD/SEX.M text 3 (100.0 %)\nARD/SEX.F text (no row)\n");
}

static void test_REQ_ARD_003_response_rates(void **state) {
    (void)state;
    static const share shares[] = {{"PR", 11}, {"SD", 8}, {"PD", 1}};
    run_many("11 of 20", REPORTED, 20, 4, shares, 3,
             "ARD/ORR text 11/20, 55.0 % (95 % CI 31.5" DASH "76.9)\nARD/DCR text 19/20, 95.0 % (95 % CI 75.1" DASH
             "99.9)\nARD/BOR.PR text 11 (55.0 %)\n");
    run_many("level 0.9", REPORTED "design: {level: 0.9}\n", 20, 4, shares, 3,
             "ARD/ORR text 11/20, 55.0 % (90 % CI 34.7" DASH "74.1)\n");
    static const study_case cases[] = {
        {"confirmed, the unconfirmed rate beside it", REPORTED, DM("1") DM("2") PR("1") R("2", "PR", "2023-02-13"),
         "ARD/ORR n 1\nARD/UORR n 2\nARD/BOR.PR n 1\nARD/UBOR.PR n 2\nARD/BOR.SD n 1\n"},
        {"unconfirmed", "response: {source: reported, confirm: {required: false}}\n",
         DM("1") DM("2") PR("1") R("2", "PR", "2023-02-13"), "ARD/ORR n 2\nARD/UORR n (no row)\n"},
    };
    RUN(cases);
}

static void test_REQ_ARD_004_times(void **state) {
    (void)state;
    static const study_case cases[] = {
        /* 30.4375 days a month; days 43 and 85 are 1.41 and 2.79 months */
        {"two events of two", REPORTED "times: {landmarks: [2, 6]}\n",
         DM("1") DM("2") PD("1") SD("2") R("2", "PD", "2023-03-27"),
         "ARD/PFS.EVENTS n 2\nARD/PFS.EVENTS of 2\nARD/PFS.RATE.2 n 1\nARD/PFS.MEDIAN n 2\nARD/OS.EVENTS n 0\n"
         "ARD/OS.MEDIAN text not reached (95 % CI NR" DASH "NR)\n"
         "ARD/FOLLOWUP.MEDIAN label Follow-up (months), median\n"},
        {"beyond follow-up", REPORTED "times: {landmarks: [24]}\n", DM("1") SD("1"),
         "ARD/PFS.RATE.24 text beyond follow-up\n"},
        {"without tumour domains there is no PFS", NULL, DM("1"), "ARD/PFS.MEDIAN n (no row)\nARD/OS.MEDIAN n 1\n"},
        {"of the analysis set", REPORTED "sets: [{id: OLD, rule: AGE > 60}]\n",
         DM("1") "DM,2,70,F\nEX,2,TKI,12,mg,2023-01-02,2023-06-30\n" PD("1") PD("2"),
         "ARD/PFS.EVENTS n 1\nARD/PFS.EVENTS of 1\n"},
    };
    RUN(cases);
}

static void test_REQ_ARD_005_demographics(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"of the analysis set", "sets: [{id: OLD, rule: AGE > 40}]\n",
         DM("1") "DM,2,30,M\nEX,2,TKI,12,mg,2023-01-02,2023-06-30\n" DM("3"),
         "ARD/SEX.F n 2\nARD/SEX.F of 2\nARD/SEX.M n 0\nARD/AGE n 2\n"},
        {"median of an even number", NULL, DM("1") "DM,2,31,M\nEX,2,TKI,12,mg,2023-01-02,2023-06-30\n",
         "ARD/AGE text 41 (31 to 50)\nARD/SEX.M label Male\nARD/SEX.F label Female\n"},
        {"who has no age is not in its median", NULL, DM("1") "DM,2\nEX,2,TKI,12,mg,2023-01-02,2023-06-30\n",
         "ARD/AGE n 1\nARD/SEX.F of 2\n"},
        {"history: a subject counts once", NULL,
         DM("1") DM(
             "2") "MH,1,LUNG,Metastases to lung,METASTATIC DISEASE\nMH,1,LUNG,Metastases to lung,METASTATIC DISEASE\n",
         "ARD/METASTASIS.Metastases to lung|n 1\nARD/METASTASIS.Metastases to lung|of 2\n"},
        {"target lesions", NULL,
         DM("1") "TR,1,TARGET,T1,LDIAM,20,SCR,2022-12-20\nTR,1,TARGET,T2,LDIAM,15.5,SCR,2022-12-20\n",
         "ARD/TARGETS text 2 (2 to 2)\nARD/BASELINE.SUM text 35.5 (35.5 to 35.5)\n"},
    };
    RUN(cases);
}

#define AE(id, term, soc, grade) "AE," id "," term ",2023-02-01,," grade ",RELATED,,N," soc "\n"
#define EVENTS                                                                                                         \
    AE("1", "Headache", "Nerves", "1")                                                                                 \
    AE("1", "Headache", "Nerves", "3")                                                                                 \
    AE("1", "Nausea", "Gut", "2")                                                                                      \
    AE("2", "Headache", "Nerves", "2")                                                                                 \
    AE("2", "Dizziness", "Nerves", "1") AE("4", "Vomiting", "Gut", "") AE("5", "Headache", "Nerves", "4")

static void test_REQ_ARD_006_adverse_events(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"each subject once", NULL, DM("1") DM("2") DM("3") DM("4") "DM,5,50,F\n" EVENTS,
         "ARD/TEAE text 3 (75.0 %)\nARD/TEAE.GRADE3PLUS n 1\nARD/TEAE.SOC.Nerves n 2\nARD/TEAE.PT.Headache n 2\n"
         "ARD/TEAE.PT.Headache of 4\nARD/TEAE.PT.Headache.Grade 1|n 0\nARD/TEAE.PT.Headache.Grade 2|n 1\n"
         "ARD/TEAE.PT.Headache.Grade 3|n 1\nARD/TEAE.SOC.Nerves.Grade 3|n 1\nARD/TEAE.SOC.Nerves.Grade 2|n 1\n"
         "ARD/TEAE.SOC.Gut n 2\nARD/TEAE.SOC.Gut.Grade missing|n 1\nARD/TEAE.PT.Vomiting.Grade missing|n 1\n"
         "ARD/TEAE.PT.Headache.Grade 4|n (no row)\nARD/TRAE n 3\nARD/TRAE.GRADE3PLUS.MOST n 1\n"
         "ARD/SAE text 0\nARD/SAE of 4\n"},
        {"severity where there are no grades", NULL,
         DM("1") DM("2") "AE,1,Cough,2023-02-01,,,RELATED,,N,Lung,,,,,SEVERE\n",
         "ARD/TEAE n 1\nARD/TEAE.GRADE3PLUS n (no row)\nARD/TEAE.PT.Cough.Severe n 1\n"},
        {"no event was recorded", NULL,
         DM("1") "AE,USUBJID,AETERM,AEDECOD,AESTDTC,AEENDTC,AEBODSYS,AEREL,AESER,AEACN,"
                 "AEOUT,AETOXGR\n",
         "ARD/TEAE n 0\nARD/TEAE of 1\nARD/TRAE.GRADE3PLUS n 0\n"},
        {"AE is absent: results are absent", NULL, DM("1"), "ARD/TEAE n (no row)\nARD/DEATH n 0\n"},
    };
    RUN(cases);
}

static void test_REQ_ARD_007_safety_set(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"all treated", REPORTED "sets: [{id: OLD, rule: AGE > 60}]\n",
         DM("1") DM("2") "DM,3,70,F\nEX,3,TKI,12,mg,2023-01-02,2023-06-30\nDM,4,70,F\n" AE("1", "Cough", "Lung", "3")
             AE("4", "Cough", "Lung", "3"),
         "ARD/TEAE n 1\nARD/TEAE of 3\nARD/TEAE.PT.Cough of 3\nARD/ORR of 1\nARD/DEATH of 3\nARD/DOSE.REDUCED of 3\n"},
    };
    RUN(cases);
}

static void test_REQ_ARD_008_disposition(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"records, treated, analysed", "sets: [{id: OLD, rule: AGE > 60}]\n",
         DM("1") "DM,2,70,F\nEX,2,TKI,12,mg,2023-01-09,2023-06-30\nDM,3,70,F\n"
                 "DS,1,ADVERSE EVENT,2023-06-30,DISPOSITION EVENT,TREATMENT\n"
                 "DS,3,SCREEN FAILURE,2023-01-01,DISPOSITION EVENT\n",
         "ARD/SUBJECTS n 3\nARD/SAFETY.N text 2 (66.7 %)\nARD/N text 1\nARD/EOT.DISCONTINUED n 1\n"
         "ARD/EOT.DISCONTINUED of 2\nARD/EOT.REASON.ADVERSE EVENT|n 1\nARD/EOT.ONGOING n 1\nARD/EOS.ONGOING n 2\n"
         "ARD/EOS.DISCONTINUED n 0\nARD/EOS.REASON.SCREEN FAILURE|n (no row)\nARD/AE.DISCONTINUED n "
         "1\nARD/ENROLMENT.FIRST text 2023-01-02\n"},
        {"enrolled before the first dose", NULL, DM("1") "DS,1,ENROLLED,2022-12-28,PROTOCOL MILESTONE\n",
         "ARD/ENROLMENT.FIRST text 2022-12-28\n"},
    };
    RUN(cases);
}

static void test_REQ_ARD_009_nobody(void **state) {
    (void)state;
#define PUBLISHED_ORR "published: [{what: ORR, value: 55.0, lower: 31.5, upper: 76.9}, {what: N, value: 0}]\n"
    static const study_case cases[] = {
        {"an empty analysis set", REPORTED "sets: [{id: OLD, rule: AGE > 60}]\n" PUBLISHED_ORR, DM("1") PR("1"),
         "ARD/N n 0\nARD/ORR n 0\nARD/ORR of 0\nARD/ORR text 0\nARD/PFS.MEDIAN n (no row)\nARD/AGE n (no row)\n"
         "PUB/ORR verdict unverifiable\nPUB/N verdict consistent\n"},
        {"nobody was treated", REPORTED PUBLISHED_ORR, "DM,1,50,F\n" PR("1") AE("1", "Cough", "Lung", "3"),
         "ARD/SAFETY.N text 0\nARD/TEAE n 0\nARD/TEAE of 0\nPUB/ORR verdict unverifiable\n"},
        {"no subjects at all", REPORTED "sets: [{id: OLD, rule: AGE > 60}]\n" PUBLISHED_ORR,
         "DM,USUBJID,AGE,SEX,DTHDTC,DTHFL\nMH,1,LUNG,Metastases to lung,METASTATIC DISEASE\n" PR("1"),
         "ARD/SUBJECTS n 0\nARD/N n 0\nPUB/ORR verdict unverifiable\n"},
    };
    RUN(cases);
}

static void test_REQ_ARD_010_published(void **state) {
    (void)state;
#define PUBLISHED(items) REPORTED "published: [" items "]\n"
    static const share shares[] = {{"PR", 11}, {"SD", 8}, {"PD", 1}};
    run_many("the abstract",
             PUBLISHED("{what: ORR, value: 55.0, lower: 31.5, upper: 76.9},"
                       "{what: DCR, value: 94.7, lower: 75.1, upper: 99.9}, {what: BOR.PR, value: 11},"
                       "{what: BOR.SD, value: 40}, {what: BOR.PD, value: 2}, {what: BRR, value: 100},"
                       "{what: N, value: 20}, {what: SEX.M, value: 4}, {what: DEATH, value: 0}"),
             20, 4, shares, 3,
             "PUB/ORR verdict consistent\nPUB/ORR why value and interval agree\nPUB/DCR verdict inconsistent\n"
             "PUB/DCR why 19 of 20 are 95.0 %; 94.7 % would be 18 of 19, and the interval printed beside it is that of "
             "19 of 20 (95.0 %)\n"
             "PUB/BOR.PR verdict consistent\nPUB/BOR.PR why agrees as a number of subjects\n"
             "PUB/BOR.SD verdict consistent\nPUB/BOR.SD why \nPUB/BOR.PD verdict inconsistent\n"
             "PUB/BRR verdict unverifiable\nPUB/N verdict consistent\nPUB/SEX.M verdict consistent\n"
             "PUB/DEATH verdict consistent\n");
    static const share third[] = {{"PR", 6}, {"SD", 12}};
    run_many("each number has its own decimals", PUBLISHED("{what: ORR, value: 33.3, lower: 13.34, upper: 59.01}"), 18,
             0, third, 2, "PUB/ORR verdict consistent\n");
    run_many("a limit that differs", PUBLISHED("{what: ORR, value: 33.3, lower: 13.34, upper: 59.02}"), 18, 0, third, 2,
             "PUB/ORR verdict inconsistent\n");
    run_many("28.5 % is printed as 29", PUBLISHED("{what: SEX.M, value: 29}, {what: SEX.F, value: 71}"), 200, 57, NULL,
             0, "PUB/SEX.M verdict consistent\nPUB/SEX.F verdict inconsistent\n");
    run_many("too many subjects to search", PUBLISHED("{what: SEX.M, value: 12}"), 501, 0, NULL, 0,
             "PUB/SEX.M verdict unverifiable\n");
    run_many("a wrong share of many", PUBLISHED("{what: SEX.F, value: 12}"), 501, 0, NULL, 0,
             "PUB/SEX.F verdict inconsistent\nPUB/SEX.F why 501 of 501 are 100 %, not 12 %\n");
    run_many("survival at a time",
             PUBLISHED("{what: OS.RATE.2, value: 100}, {what: OS.RATE.3, value: 90}") "times: {landmarks: [2, 3]}\n", 5,
             0, NULL, 0,
             "PUB/OS.RATE.2 verdict consistent\nPUB/OS.RATE.3 verdict inconsistent\n"
             "PUB/OS.RATE.3 why the records give 100 %\n");
}

static void test_REQ_ARD_011_biochemical_response(void **state) {
    (void)state;
#define TG(id, value, on) "LB," id ",TG," value ",," on ",ECLIA,ng/mL\n"
#define MARKER            "markers: {tg: {label: Tg, testcd: TG, comparable: {assay}}}\n"
    static const study_case cases[] = {
        {"without a comparable sample a subject counts as no", MARKER,
         DM("1") DM("2") DM("3") TG("1", "100", "2022-12-28") TG("1", "50", "2023-03-27") TG("2", "100", "2022-12-28")
             TG("2", "90", "2023-03-27") TG("3", "90", "2023-03-27"),
         "ARD/BRR n 1\nARD/BRR of 3\nARD/BRR.NE n 1\nARD/MARKER.CHANGE n 2\n"
         "ARD/MARKER.CHANGE text -30.0 (-50.0 to -10.0)\n"},
        {"no laboratory data: no result", MARKER, DM("1"), "ARD/BRR n (no row)\n"},
        {"other laboratory data only: no result", MARKER, DM("1") "LB,1,TSH,60,,2023-03-27\n", "ARD/BRR n (no row)\n"},
    };
    RUN(cases);
}

static void test_REQ_ARD_012_exposure(void **state) {
    (void)state;
#define DRUG "treatment: {drugs: {tki: {trt: TKI, unit: mg, levels: [12, 10]}}}\n"
    static const study_case cases[] = {
        {"reduced and held", DRUG,
         DM("1") "DM,2,50,F\nEX,2,TKI,12,mg,2023-01-02,2023-01-15\nEX,2,TKI,0,mg,2023-01-16,2023-01-20\n"
                 "EX,2,TKI,10,mg,2023-01-21,2023-01-31,ADVERSE EVENT\nDM,3,50,F\n",
         "ARD/DOSE.REDUCED n 1\nARD/DOSE.REDUCED of 2\nARD/DOSE.HELD n 1\nARD/EX.DURD1 text 105 (30 to 180)\n"
         "ARD/CYCLES n (no row)\n"},
        {"a drug withdrawn is a discontinuation", DRUG,
         DM("1") DM("2") "AE,1,Cough,2023-02-01,,3,RELATED,DRUG WITHDRAWN\n",
         "ARD/AE.DISCONTINUED n 1\nARD/AE.WITHDRAWN n 1\n"},
        {"but not before treatment", DRUG, DM("1") "AE,1,Cough,2022-12-01,,3,RELATED,DRUG WITHDRAWN\n",
         "ARD/AE.DISCONTINUED n 0\n"},
    };
    RUN(cases);
}

static void test_REQ_ARD_013_unknown_subjects(void **state) {
    (void)state;
#define LUNG(id) "MH," id ",LUNG,Metastases to lung,METASTATIC DISEASE\n"
    static const study_case cases[] = {
        {"between, before and behind those of DM", NULL,
         DM("2") DM("4") DM("6") LUNG("1") LUNG("3") LUNG("4") LUNG("9"),
         "ARD/METASTASIS.Metastases to lung|n 1\nARD/METASTASIS.Metastases to lung|of 3\n"},
        {"of every domain", REPORTED,
         DM("2") DM("4") PR("3") SD("4") AE("1", "Cough", "Lung", "3") "LB,9,TG,5,,2023-03-01\n",
         "ARD/ORR n 0\nARD/BOR.SD n 1\nARD/TEAE n 0\n"},
    };
    RUN(cases);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_ARD_001_denominators),
        cmocka_unit_test(test_REQ_ARD_002_percentages),
        cmocka_unit_test(test_REQ_ARD_003_response_rates),
        cmocka_unit_test(test_REQ_ARD_004_times),
        cmocka_unit_test(test_REQ_ARD_005_demographics),
        cmocka_unit_test(test_REQ_ARD_006_adverse_events),
        cmocka_unit_test(test_REQ_ARD_007_safety_set),
        cmocka_unit_test(test_REQ_ARD_008_disposition),
        cmocka_unit_test(test_REQ_ARD_009_nobody),
        cmocka_unit_test(test_REQ_ARD_010_published),
        cmocka_unit_test(test_REQ_ARD_011_biochemical_response),
        cmocka_unit_test(test_REQ_ARD_012_exposure),
        cmocka_unit_test(test_REQ_ARD_013_unknown_subjects),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
