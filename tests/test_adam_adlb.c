/*
 * test_adam_adlb.c - thyroglobulin against the baseline with which it may be compared: ADLB.
 *
 *   REQ-ADAM-050  the state of TSH of both samples
 *   REQ-ADAM-051  assay, unit and antibodies
 *   REQ-ADAM-052  values below the limit of quantification
 *   REQ-ADAM-053  the response: exact thresholds, the lowest comparable sample, NE without one
 *   REQ-ADAM-054  which samples count: early, late, on the day of the first dose, after a new therapy, not usable
 */
#include "study_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define DOSED "DM,1\nEX,1,TKI,12,mg,2023-01-02,2023-06-30\n"
/* Tg with TSH and antibodies of its day. */
#define TG(value, tsh, tgab, visit) BARE(value, visit) "LB,1,TSH," tsh "," visit "\nLB,1,TGAB," tgab "," visit "\n"
#define BARE(value, visit)          "LB,1,TG," value "," visit ",ECLIA,ng/mL\n"
#define SCR                         "SCREENING,2022-12-28"
#define W12                         "WEEK 12,2023-03-27"
#define W24                         "WEEK 24,2023-06-19"
#define MARKER                      "markers: {tg: {testcd: TG}}\n"
#define FREE                        "markers: {tg: {testcd: TG, comparable: {tsh_state: false, assay: false, tgab: false}}}\n"

static void test_REQ_ADAM_050_tsh_state(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"both suppressed", MARKER, DOSED TG("100", "0.1", "<10", SCR) TG("50", "0.1", "<10", W12),
         "ADLB/TGRESP AVALC Y\nADLB/TG@WEEK 12|PCHG -50\nADLB/TG@WEEK 12|TSHSTATE NOT STIMULATED\n"},
        {"both stimulated", MARKER, DOSED TG("100", "60", "<10", SCR) TG("50", "30", "<10", W12),
         "ADLB/TGRESP AVALC Y\nADLB/TG@WEEK 12|TSHSTATE STIMULATED\n"},
        {"29.9 is not stimulated", MARKER, DOSED TG("100", "60", "<10", SCR) TG("5", "29.9", "<10", W12),
         "ADLB/TGRESP AVALC NE\nADLB/TG@WEEK 12|TSHSTATE NOT STIMULATED\nADLB/TG@WEEK 12|PCHG \n"
         "ADLB/TG@WEEK 12|REASON not compared: no baseline in the same TSH state\n"},
        {"above what can be measured", MARKER, DOSED TG("100", "60", "<10", SCR) TG("50", "<0.01", "<10", W12),
         "ADLB/TG@WEEK 12|TSHSTATE NOT STIMULATED\nADLB/TGRESP AVALC NE\n"},
        {"each against its own", MARKER,
         DOSED TG("20", "0.1", "<10", "S1,2022-12-20") TG("100", "60", "<10", "S2,2023-01-01")
             TG("18", "0.1", "<10", W12) TG("40", "60", "<10", W24),
         "ADLB/TG@WEEK 12|BASE 20\nADLB/TG@WEEK 12|PCHG -10\nADLB/TG@WEEK 24|BASE 100\nADLB/TG@WEEK 24|PCHG -60\n"
         "ADLB/TGRESP AVALC Y\nADLB/TG@WEEK 24|ANL02FL Y\n"},
        {"TSH of the same visit", MARKER,
         "LB,USUBJID,LBTESTCD,LBSTRESC,LBSTRESN,LBDTC,VISITNUM,LBMETHOD,LBSTRESU\n" DOSED
         "LB,1,TG,100,100,2022-12-28,1,E,ng/mL\nLB,1,TSH,0.1,0.1,2022-12-27,1,,\nLB,1,TGAB,<10,,2022-12-27,1,,\n"
         "LB,1,TG,50,50,2023-03-27,2,E,ng/mL\nLB,1,TSH,0.2,0.2,2023-03-28,2,,\nLB,1,TGAB,<10,,2023-03-28,2,,\n",
         "ADLB/TGRESP AVALC Y\n"},
        {"not measured", MARKER, DOSED BARE("100", SCR) BARE("50", W12), "ADLB/TGRESP AVALC NE\n"},
        {"not asked for", FREE, DOSED BARE("100", SCR) BARE("50", W12), "ADLB/TGRESP AVALC Y\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_051_assay_and_antibodies(void **state) {
    (void)state;
#define OTHER(method, unit) DOSED BARE("100", SCR) "LB,1,TG,50,WEEK 12,2023-03-27," method "," unit "\n"
    static const study_case cases[] = {
        {"another assay", "markers: {tg: {testcd: TG, comparable: {tsh_state: false, tgab: false}}}\n",
         OTHER("RIA", "ng/mL"),
         "ADLB/TGRESP AVALC NE\nADLB/TG@WEEK 12|REASON not compared: another assay than at baseline\n"},
        {"where the protocol does not mind", FREE, OTHER("RIA", "ng/mL"), "ADLB/TGRESP AVALC Y\n"},
        {"another unit", FREE, OTHER("ECLIA", "pmol/L"),
         "ADLB/TGRESP AVALC NE\nADLB/TG@WEEK 12|REASON not compared: another unit than at baseline\n"},
        {"antibodies after treatment", MARKER, DOSED TG("100", "60", "<10", SCR) TG("5", "60", "POSITIVE", W12),
         "ADLB/TGRESP AVALC NE\nADLB/TG@WEEK 12|TGABSTAT POSITIVE\n"},
        {"antibodies at baseline", MARKER, DOSED TG("100", "60", "POSITIVE", SCR) TG("5", "60", "NEGATIVE", W12),
         "ADLB/TGRESP AVALC NE\n"},
        {"a number against its upper limit", MARKER,
         DOSED TG("100", "60", "NEGATIVE", SCR)
             BARE("50", W12) "LB,1,TSH,60,,2023-03-27\nLB,1,TGAB,115,,2023-03-27,,,115\n",
         "ADLB/TG@WEEK 12|TGABSTAT NEGATIVE\nADLB/TGRESP AVALC Y\n"},
        {"a number above it", MARKER,
         DOSED TG("100", "60", "NEGATIVE", SCR)
             BARE("50", W12) "LB,1,TSH,60,,2023-03-27\nLB,1,TGAB,116,,2023-03-27,,,115\n",
         "ADLB/TG@WEEK 12|TGABSTAT POSITIVE\nADLB/TGRESP AVALC NE\n"},
        {"a number without a limit", MARKER,
         DOSED TG("100", "60", "NEGATIVE", SCR) BARE("50", W12) "LB,1,TSH,60,,2023-03-27\nLB,1,TGAB,1,,2023-03-27\n",
         "ADLB/TG@WEEK 12|TGABSTAT UNKNOWN\nADLB/TGRESP AVALC NE\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_052_below_the_limit(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"counts as the limit", FREE, DOSED BARE("1", SCR) BARE("<0.2", W12),
         "ADLB/TG@WEEK 12|AVAL 0.2\nADLB/TG@WEEK 12|DTYPE LOQ\nADLB/TG@WEEK 12|PCHG -80\nADLB/TGRESP AVALC Y\n"},
        {"so that it may be no response", FREE, DOSED BARE("0.25", SCR) BARE("< 0.2", W12),
         "ADLB/TG@WEEK 12|PCHG -20\nADLB/TGRESP AVALC N\n"},
        {"a baseline below it is none", FREE, DOSED BARE("<0.2", SCR) BARE("0.1", W12), "ADLB/TGRESP AVALC NE\n"},
        {"nor is a baseline of 0", FREE, DOSED BARE("0", SCR) BARE("0", W12), "ADLB/TGRESP AVALC NE\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_053_response(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"exactly 25 %", FREE, DOSED BARE("100", SCR) BARE("75", W12), "ADLB/TGRESP AVALC Y\nADLB/TGRESP PCHG -25\n"},
        {"24.99 %", FREE, DOSED BARE("100", SCR) BARE("75.01", W12), "ADLB/TGRESP AVALC N\nADLB/TGRESP AVAL 0\n"},
        {"exactly 25 % of a decimal", FREE, DOSED BARE("4.4", SCR) BARE("3.3", W12), "ADLB/TGRESP AVALC Y\n"},
        {"and of another", FREE, DOSED BARE("0.56", SCR) BARE("0.42", W12), "ADLB/TGRESP AVALC Y\n"},
        {"the protocol's percentage", "markers: {tg: {testcd: TG, response: {decrease: 50}, comparable: {assay}}}\n",
         DOSED BARE("100", SCR) BARE("51", W12), "ADLB/TGRESP AVALC N\n"},
        {"the lowest, whatever came after", FREE, DOSED BARE("100", SCR) BARE("60", W12) BARE("90", W24),
         "ADLB/TGRESP AVALC Y\nADLB/TGRESP ADT 2023-03-27\nADLB/TG@WEEK 12|ANL02FL Y\n"},
        {"growth is no response", FREE, DOSED BARE("100", SCR) BARE("300", W12), "ADLB/TGRESP AVALC N\n"},
        {"no baseline", FREE, DOSED BARE("60", W12), "ADLB/TGRESP AVALC NE\nADLB/TGRESP AVAL \n"},
        {"no sample", FREE, DOSED "LB,1,TSH,60,,2023-03-27\n", "ADLB/TGRESP AVALC NE\nARD/BRR n (no row)\n"},
        {"not treated", FREE, "DM,1\n" BARE("100", SCR) BARE("60", W12), "ADLB rows 0\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_054_which_samples_count(void **state) {
    (void)state;
#define FROM_28 "markers: {tg: {testcd: TG, response: {min_days: 28}, comparable: {assay}}}\n"
    static const study_case cases[] = {
        {"28 days", FROM_28, DOSED BARE("100", SCR) BARE("50", "W4,2023-01-30"), "ADLB/TGRESP AVALC Y\n"},
        {"27 days", FROM_28, DOSED BARE("100", SCR) BARE("50", "W4,2023-01-29"),
         "ADLB/TGRESP AVALC NE\nADLB/TG@W4 REASON not compared: too early after treatment began\n"},
        {"the day of the first dose is baseline, the later of two", FREE,
         DOSED BARE("100", SCR) BARE("60", "DAY 1,2023-01-02") BARE("50", W12),
         "ADLB/TG@WEEK 12|BASE 60\nADLB/TGRESP AVALC N\nADLB/TG@DAY 1|ABLFL Y\n"},
        {"after a new therapy", FREE,
         DOSED "CM,1,OTHER,2023-05-01,NEW ANTICANCER THERAPY\n" BARE("100", SCR) BARE("90", W12) BARE("10", W24),
         "ADLB/TGRESP AVALC N\nADLB/TG@WEEK 24|REASON not compared: a new anticancer therapy had begun\n"},
        {"unless the protocol goes on", FREE "response: {stop_at_new_therapy: false}\n",
         DOSED "CM,1,OTHER,2023-05-01,NEW ANTICANCER THERAPY\n" BARE("100", SCR) BARE("90", W12) BARE("10", W24),
         "ADLB/TGRESP AVALC Y\n"},
        {"a month is not enough", FREE, DOSED BARE("100", SCR) BARE("50", "W12,2023-03"),
         "ADLB/TGRESP AVALC NE\nFINDING LB-DATE 1\n"},
        {"above what can be measured", FREE, DOSED BARE(">500", SCR) BARE("50", W12),
         "ADLB/TGRESP AVALC NE\nFINDING LB-VALUE 1\n"},
        {"not done", FREE, DOSED BARE("100", SCR) "LB,1,TG,,WEEK 12,2023-03-27,,,,NOT DONE\n",
         "ADLB/TGRESP AVALC NE\nFINDING LB-VALUE 0\n"},
        {"after the cut-off", "study: {id: T, cutoff: 2023-03-01}\n" FREE, DOSED BARE("100", SCR) BARE("50", W12),
         "ADLB/TGRESP AVALC NE\n"},
    };
    RUN(cases);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_ADAM_050_tsh_state),
        cmocka_unit_test(test_REQ_ADAM_051_assay_and_antibodies),
        cmocka_unit_test(test_REQ_ADAM_052_below_the_limit),
        cmocka_unit_test(test_REQ_ADAM_053_response),
        cmocka_unit_test(test_REQ_ADAM_054_which_samples_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
