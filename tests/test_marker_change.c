/*
 * test_marker_change.c - the change of a marker from baseline, as results; numbers from R 4.2: wilcox.test with conf.int,
 * t.test of the log ratios, survreg (left-censored, gaussian) for the model, quantile of type 2.
 *
 *   REQ-ARD-014  the sample tested is the last comparable one or that of a visit, not the lowest
 *   REQ-ARD-015  median and quartiles, geometric mean ratio, Hodges-Lehmann estimate, signed-rank p
 *   REQ-ARD-016  values below the limit, a value of 0, units that differ, too few pairs: stated results
 *   REQ-ARD-017  the conventions are keys of the protocol, and stand in the method
 */
#include "study_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define DASH                  "\xE2\x80\x93"
#define LESS_OR_EQUAL         "\xE2\x89\xA4"
#define FREE                  "testcd: TG, comparable: {tsh_state: false, assay: false, tgab: false}"
#define MARKER                "markers: {tg: {" FREE "}}\n"
#define WITH(change)          "markers: {tg: {" FREE ", change: {" change "}}}\n"
#define DM(id)                "DM," id ",50,F\nEX," id ",TKI,12,mg,2023-01-02,2023-06-30\n"
#define TG(id, value, visit)  "LB," id ",TG," value "," visit ",ECLIA,ng/mL\n"
#define IN(id, value, unit)   "LB," id ",TG," value ",W12,2023-03-27,ECLIA," unit "\n"
#define SCR                   "SCR,2022-12-28"
#define W12                   "W12,2023-03-27"
#define W24                   "W24,2023-06-19"
#define PAIR(id, base, value) DM(id) TG(id, base, SCR) TG(id, value, W12)
#define FIVE                                                                                                           \
    PAIR("1", "100", "50") PAIR("2", "80", "60") PAIR("3", "60", "66") PAIR("4", "40", "10") PAIR("5", "20", "19")
#define SIX FIVE PAIR("6", "10", "2")

static void test_REQ_ARD_014_the_sample_tested(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"the last, though the one before is lower", MARKER,
         DM("1") TG("1", "100", SCR) TG("1", "20", W12) TG("1", "60", W24),
         "ADLB/TG@W12|ANL02FL Y\nADLB/TG@W12|ANL03FL \nADLB/TG@W24|ANL03FL Y\nADLB/TG@SCR|ANL03FL \n"
         "ARD/TG.HL text -40.0\nARD/TG.PAIRS text 1 (100.0 %)\n"},
        {"that of a visit, whatever comes later", WITH("at: w12"),
         DM("1") TG("1", "100", SCR) TG("1", "20", W12) TG("1", "10", W24),
         "ADLB/TG@W12|ANL03FL Y\nADLB/TG@W24|ANL03FL \nADLB/TG@W24|ANL02FL Y\n"
         "ARD/TG.AFTER label At w12 (ng/mL), median (quartiles)\nARD/TG.AFTER text 20.0 (20.0 to 20.0)\n"},
        {"of two samples of a visit the later", WITH("at: W12"),
         DM("1") TG("1", "100", SCR) TG("1", "20", W12) TG("1", "30", "W12,2023-03-29"),
         "ARD/TG.AFTER text 30.0 (30.0 to 30.0)\n"},
        {"a subject without that visit has no pair", WITH("at: W24"), SIX TG("2", "40", W24),
         "ARD/TG.PAIRS text 1 (16.7 %)\nARD/TG.PAIRS of 6\nARD/TG.BASE text 80.0 (80.0 to 80.0)\n"},
        {"samples that cannot be compared are not tested", "markers: {tg: {testcd: TG, comparable: {assay}}}\n",
         DM("1") TG("1", "100", SCR) TG("1", "50", W12) "LB,1,TG,20,W24,2023-06-19,RIA,ng/mL\n",
         "ADLB/TG@W12|ANL03FL Y\nADLB/TG@W24|ANL03FL \n"},
        {"nobody: no pair, and no numbers", WITH("at: W24"), SIX,
         "ARD/TG.PAIRS text 0\nARD/TG.RATIO n (no row)\nARD/TG.HL n (no row)\nARD/TG.WILCOXON.P n (no row)\n"},
        {"subjects outside the analysis set are left out", "sets: [{id: OLD, rule: AGE > 60}]\n" MARKER,
         SIX "DM,7,70,F\nEX,7,TKI,12,mg,2023-01-02,2023-06-30\n" TG("7", "10", SCR) TG("7", "9", W12),
         "ARD/TG.PAIRS n 1\nARD/TG.PAIRS of 1\nARD/TG.BASE text 10.0 (10.0 to 10.0)\n"},
        {"two markers, each under its id",
         "markers: {tg: {" FREE "}, other: {testcd: CEA, comparable: {tsh_state: false, assay: false, tgab: false}}}\n",
         PAIR("1", "100", "50") "LB,1,CEA,8,SCR,2022-12-28\nLB,1,CEA,2,W12,2023-03-27\n",
         "ARD/TG.PAIRS n 1\nARD/OTHER.PAIRS n 1\nARD/OTHER.HL text -75.0\n"},
    };
    RUN(cases);
}

static void test_REQ_ARD_015_numbers_of_R(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"six pairs", MARKER, SIX,
         "ARD/TG.PAIRS text 6 (100.0 %)\nARD/TG.BELOW text 0\nARD/TG.BASE text 50.0 (20.0 to 80.0)\n"
         "ARD/TG.AFTER text 34.5 (10.0 to 60.0)\nARD/TG.RATIO text 0.519 (95 % CI 0.247" DASH "1.09)\n"
         "ARD/TG.RATIO method paired t of the log ratios\nARD/TG.HL text -50.0 (95 % CI -80.0 to 10.0)\n"
         "ARD/TG.WILCOXON.P text 0.0938\n"},
        {"too few for the level: the interval says what it attains", MARKER, FIVE,
         "ARD/TG.HL text -31.1 (93.8 % CI -75.0 to 10.0)\nARD/TG.WILCOXON.P text 0.1875\n"},
        {"the protocol's level", "design: {planned_n: 20, level: 0.9}\n" MARKER, SIX,
         "ARD/TG.RATIO text 0.519 (90 % CI 0.290" DASH "0.930)\nARD/TG.HL text -50.0 (90 % CI -75.0 to -5.0)\n"},
        {"ties and a pair without a change", MARKER,
         PAIR("1", "100", "50") PAIR("2", "10", "5") PAIR("3", "1", "2") PAIR("4", "7", "7") PAIR("5", "9", "3")
             PAIR("6", "5", "1"),
         "ARD/TG.WILCOXON.P text 0.2500\n"},
    };
    RUN(cases);
}

static void test_REQ_ARD_016_limits_and_edges(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"one below its limit", MARKER, FIVE PAIR("6", "10", "<2"),
         "ARD/TG.BELOW text 1 (16.7 %)\nARD/TG.BELOW n 1\nARD/TG.RATIO text 0.488 (95 % CI 0.173" DASH "1.19)\n"
         "ARD/TG.RATIO method normal model of the log ratios, values below the limit of quantification as bounds\n"
         "ARD/TG.AFTER text 34.5 (10.0 to 60.0)\nARD/TG.WILCOXON.P text 0.0938\n"},
        {"quartiles up to a limit are no larger than it", MARKER,
         PAIR("1", "9", "<2") PAIR("2", "8", "<2") PAIR("3", "7", "1") PAIR("4", "6", "5"),
         "ARD/TG.AFTER text " LESS_OR_EQUAL "2.00 (" LESS_OR_EQUAL "1.50 to 3.50)\n"},
        {"all below: the ratio cannot be had, the ranks can", MARKER, PAIR("1", "9", "<2") PAIR("2", "8", "<2"),
         "ARD/TG.RATIO text not estimable\nARD/TG.HL text -76.4 (50.0 % CI -77.8 to -75.0)\n"
         "ARD/TG.WILCOXON.P text 0.5000\n"},
        {"a baseline below its limit has nothing to compare with", MARKER, PAIR("1", "<2", "1") PAIR("2", "8", "4"),
         "ARD/TG.PAIRS text 1 (50.0 %)\n"},
        {"0 is no measurement", MARKER, SIX PAIR("7", "8", "0"),
         "ARD/TG.PAIRS n 7\nARD/TG.RATIO text not estimable\nARD/TG.HL text not estimable\n"
         "ARD/TG.WILCOXON.P n (no row)\n"},
        {"medians of two units would mean nothing; ratios do", MARKER,
         FIVE DM("6") "LB,6,TG,10,SCR,2022-12-28,ECLIA,ug/L\n" IN("6", "2", "ug/L"),
         "ARD/TG.BASE n (no row)\nARD/TG.AFTER n (no row)\nARD/TG.HL text -50.0 (95 % CI -80.0 to 10.0)\n"},
        {"nothing has changed", MARKER, PAIR("1", "9", "9") PAIR("2", "8", "8"),
         "ARD/TG.RATIO text not estimable\nARD/TG.WILCOXON.P text >0.9999\n"},
    };
    RUN(cases);
}

static void test_REQ_ARD_017_conventions(void **state) {
    (void)state;
#define ZERO                                                                                                           \
    PAIR("1", "10", "9")                                                                                               \
    PAIR("2", "10", "8")                                                                                               \
    PAIR("3", "10", "15") PAIR("4", "10", "5") PAIR("5", "10", "3") PAIR("6", "10", "1") PAIR("7", "10", "10")
    static const study_case cases[] = {
        {"Wilcoxon's zeros, the default", MARKER, ZERO,
         "ARD/TG.WILCOXON.P text 0.1563\nARD/TG.WILCOXON.P method Wilcoxon signed-rank test of the log ratio, "
         "two-sided, "
         "exact, pairs without a change left out before ranking (Wilcoxon)\n"},
        {"Pratt's", WITH("zeros: pratt"), ZERO,
         "ARD/TG.WILCOXON.P text 0.1250\nARD/TG.WILCOXON.P method Wilcoxon signed-rank test of the log ratio, "
         "two-sided, exact, pairs without a change "
         "ranked, then left out (Pratt)\n"},
        {"half the limit", WITH("below: half"), FIVE PAIR("6", "10", "<4"),
         "ARD/TG.RATIO text 0.519 (95 % CI 0.247" DASH "1.09)\n"
         "ARD/TG.RATIO method paired t of the log ratios, half the limit in place of values below it\n"},
        {"the limit", WITH("below: limit"), FIVE PAIR("6", "10", "<2"),
         "ARD/TG.RATIO text 0.519 (95 % CI 0.247" DASH "1.09)\n"},
    };
    RUN(cases);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_ARD_014_the_sample_tested),
        cmocka_unit_test(test_REQ_ARD_015_numbers_of_R),
        cmocka_unit_test(test_REQ_ARD_016_limits_and_edges),
        cmocka_unit_test(test_REQ_ARD_017_conventions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
