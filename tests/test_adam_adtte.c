/*
 * test_adam_adtte.c - progression-free survival by each preset, overall survival and follow-up: ADTTE.
 *
 *   REQ-ADAM-040  progression and death
 *   REQ-ADAM-041  censoring without an event
 *   REQ-ADAM-042  a new anticancer therapy
 *   REQ-ADAM-043  missed assessments, by the schedule and its windows
 *   REQ-ADAM-044  progression dated to the next visit (fda-b, fda-c)
 *   REQ-ADAM-045  progression that only the investigator claims (fda-c)
 *   REQ-ADAM-046  overall survival and follow-up
 */
#include "study_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* First dose 2023-01-02; weeks 6, 12, 18, 24, 30 are days 42, 84, 126, 168, 210 after it. */
#define DOSED                "DM,1\nEX,1,TKI,12,mg,2023-01-02,2023-06-30\n"
#define DIED(on)             "DM,1,50,F,," on ",Y\nEX,1,TKI,12,mg,2023-01-02,2023-02-28\n"
#define R(is, date)          "RS,1,OVRLRESP," is ",," date "\n"
#define NAT(date)            "CM,1,OTHER," date ",NEW ANTICANCER THERAPY\n"
#define BY(preset)           "response: {source: reported}\ntimes: {pfs: {preset: " preset "}}\n"
#define BY_ALSO(preset, key) "response: {source: reported}\ntimes: {pfs: {preset: " preset ", " key "}}\n"
#define VISIT(id, day)       "  - {id: " id ", day: " day ", window: [-7, 7], forms: [TR, RS]}\n"
#define SCHEDULE                                                                                                       \
    "visits:\n" VISIT("W6", "42") VISIT("W12", "84") VISIT("W18", "126") VISIT("W24", "168") VISIT("W30", "210")

static void test_REQ_ADAM_040_progression_and_death(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"progression", BY("fda-a"), DOSED R("SD", "2023-02-13") R("PD", "2023-03-27"),
         "ADTTE/PFS CNSR 0\nADTTE/PFS ADT 2023-03-27\nADTTE/PFS AVAL 85\nADTTE/PFS STARTDT 2023-01-02\n"
         "ADTTE/PFS RULE TTE-PD\nADTTE/PFS SRCDOM ADRS\nADTTE/PFS EVNTDESC Progressive disease\n"},
        {"the first progression", BY("fda-a"), DOSED R("PD", "2023-02-13") R("PD", "2023-03-27"),
         "ADTTE/PFS ADT 2023-02-13\n"},
        {"death", BY("fda-a"), DIED("2023-03-01") R("SD", "2023-02-13"),
         "ADTTE/PFS CNSR 0\nADTTE/PFS ADT 2023-03-01\nADTTE/PFS RULE TTE-DEATH\nADTTE/PFS SRCDOM DM\n"},
        {"death before the first assessment", BY("fda-a"), DIED("2023-02-01"),
         "ADTTE/PFS CNSR 0\nADTTE/PFS ADT 2023-02-01\n"},
        {"death on the day of progression", BY("fda-a"), DIED("2023-02-13") R("PD", "2023-02-13"),
         "ADTTE/PFS RULE TTE-PD\nADTTE/PFS ADT 2023-02-13\n"},
        {"death on the day of the first dose is day 1", BY("fda-a"), DIED("2023-01-02"), "ADTTE/PFS AVAL 1\n"},
        {"progression after the cut-off", "study: {id: T, cutoff: 2023-03-01}\n" BY("fda-a"),
         DOSED R("SD", "2023-02-13") R("PD", "2023-03-27"), "ADTTE/PFS CNSR 1\nADTTE/PFS ADT 2023-02-13\n"},
        {"not treated", BY("fda-a"), "DM,1\n" R("PD", "2023-03-27"), "ADTTE rows 0\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_041_no_event(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"the last assessment", BY("fda-a"), DOSED R("SD", "2023-02-13") R("PR", "2023-03-27"),
         "ADTTE/PFS CNSR 1\nADTTE/PFS ADT 2023-03-27\nADTTE/PFS CNSDTDSC Last adequate assessment\n"},
        {"one that could not be evaluated does not count", BY("fda-a"),
         DOSED R("SD", "2023-02-13") R("NE", "2023-03-27"), "ADTTE/PFS ADT 2023-02-13\n"},
        {"no assessment: day 1", BY("fda-a"), DOSED,
         "ADTTE/PFS CNSR 5\nADTTE/PFS AVAL 1\nADTTE/PFS RULE TTE-CENSOR-NO-ASSESSMENT\n"},
        {"only such as could not be evaluated: day 1", BY("ema"), DOSED R("NE", "2023-02-13"),
         "ADTTE/PFS CNSR 5\nADTTE/PFS AVAL 1\n"},
        {"no baseline: day 1, whatever came", NULL, DOSED "TR,1,TARGET,T1,LDIAM,60,W6,2023-02-13\n",
         "ADTTE/PFS CNSR 4\nADTTE/PFS AVAL 1\nADTTE/PFS RULE TTE-CENSOR-NO-BASELINE\n"},
        {"a baseline of non-target lesions is one", NULL,
         DOSED
         "TR,1,NON-TARGET,N1,TUMSTATE,PRESENT,SCR,2022-12-20\nTR,1,NON-TARGET,N1,TUMSTATE,PRESENT,W6,2023-02-13\n",
         "ADTTE/PFS CNSR 1\nADTTE/PFS ADT 2023-02-13\nARD/PFS.EVENTS n 0\n"},
        {"claimed progression is none", BY("fda-a"),
         DOSED R("SD", "2023-02-13") "DS,1,PROGRESSIVE DISEASE,2023-03-01,DISPOSITION EVENT,TREATMENT\n",
         "ADTTE/PFS CNSR 1\nADTTE/PFS ADT 2023-02-13\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_042_new_therapy(void **state) {
    (void)state;
#define COURSE DOSED R("SD", "2023-02-13") R("SD", "2023-03-27") R("PD", "2023-05-08")
    static const study_case cases[] = {
        {"fda-a: the last assessment before it", BY("fda-a"), COURSE NAT("2023-04-01"),
         "ADTTE/PFS CNSR 2\nADTTE/PFS ADT 2023-03-27\nADTTE/PFS RULE TTE-CENSOR-NEW-THERAPY\n"},
        {"an assessment on its day counts, as the scan came first", BY("fda-a"), COURSE NAT("2023-03-27"),
         "ADTTE/PFS CNSR 2\nADTTE/PFS ADT 2023-03-27\n"},
        {"an assessment on its day does not count where the protocol lets the therapy come first",
         BY_ALSO("fda-a", "same_day: therapy"), COURSE NAT("2023-03-27"),
         "ADTTE/PFS CNSR 2\nADTTE/PFS ADT 2023-02-13\n"},
        {"nor does progression", BY_ALSO("fda-a", "same_day: therapy"), COURSE NAT("2023-05-08"),
         "ADTTE/PFS CNSR 2\nADTTE/PFS ADT 2023-03-27\nADTTE/PFSA CNSR 2\nADTTE/PFSE CNSR 0\n"},
        {"none before it: day 1", BY("fda-a"), COURSE NAT("2023-02-01"), "ADTTE/PFS CNSR 2\nADTTE/PFS AVAL 1\n"},
        {"on the day of progression", BY("fda-a"), COURSE NAT("2023-05-08"), "ADTTE/PFS CNSR 0\n"},
        {"after progression", BY("fda-a"), COURSE NAT("2023-05-20"), "ADTTE/PFS CNSR 0\nADTTE/PFS ADT 2023-05-08\n"},
        {"before death", BY("fda-a"), DIED("2023-04-10") R("SD", "2023-02-13") NAT("2023-03-01"),
         "ADTTE/PFS CNSR 2\nADTTE/PFS ADT 2023-02-13\n"},
        {"ema: it is ignored", BY("ema"), COURSE NAT("2023-04-01"), "ADTTE/PFS CNSR 0\nADTTE/PFS ADT 2023-05-08\n"},
        {"ema: assessments after it are adequate", BY("ema"),
         DOSED R("SD", "2023-02-13") NAT("2023-03-01") R("SD", "2023-03-27"),
         "ADTTE/PFS CNSR 1\nADTTE/PFS ADT 2023-03-27\n"},
        {"fda-b: progression was seen before it, the next visit comes after it", BY("fda-b") SCHEDULE,
         DOSED R("SD", "2023-02-13") R("PD", "2023-03-10") NAT("2023-03-20"),
         "ADTTE/PFS CNSR 0\nADTTE/PFS ADT 2023-03-27\n"},
        {"131I is none", "treatment: {drugs: {rai: {trt: I131}, tki: {trt: TKI}}}\n" BY("fda-a"),
         COURSE "PR,1,I131,2023-04-01,NEW ANTICANCER THERAPY\n", "ADTTE/PFS CNSR 0\nADTTE/PFS ADT 2023-05-08\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_043_missed_assessments(void **state) {
    (void)state;
#define RX_SCAN "  - {id: RX, after: rai, day: 4, forms: [PR, TR]}\n"
    static const study_case cases[] = {
        {"two before progression", BY("fda-a") SCHEDULE, DOSED R("SD", "2023-02-13") R("PD", "2023-06-19"),
         "ADTTE/PFS CNSR 3\nADTTE/PFS ADT 2023-02-13\nADTTE/PFS RULE TTE-CENSOR-MISSED\n"},
        {"one", BY("fda-a") SCHEDULE, DOSED R("SD", "2023-02-13") R("PD", "2023-05-08"), "ADTTE/PFS CNSR 0\n"},
        {"two before death", BY("fda-a") SCHEDULE, DIED("2023-06-01") R("SD", "2023-02-13"),
         "ADTTE/PFS CNSR 3\nADTTE/PFS ADT 2023-02-13\n"},
        {"one before death", BY("fda-a") SCHEDULE, DIED("2023-05-01") R("SD", "2023-02-13"), "ADTTE/PFS CNSR 0\n"},
        {"death before the first", BY("fda-a") SCHEDULE, DIED("2023-03-01"), "ADTTE/PFS CNSR 0\n"},
        {"two before death, none made: day 1", BY("fda-a") SCHEDULE, DIED("2023-05-01"),
         "ADTTE/PFS CNSR 3\nADTTE/PFS AVAL 1\n"},
        {"a visit that was not evaluable is missed", BY("fda-a") SCHEDULE,
         DOSED R("SD", "2023-02-13") R("NE", "2023-03-27") R("NE", "2023-05-08") R("PD", "2023-06-19"),
         "ADTTE/PFS CNSR 3\nADTTE/PFS ADT 2023-02-13\n"},
        {"a scan early in its window is that visit", BY("fda-a") SCHEDULE,
         DOSED R("SD", "2023-03-21") R("PD", "2023-06-19"), "ADTTE/PFS CNSR 0\n"},
        {"a visit is not missed while its window is open", BY("fda-a") SCHEDULE,
         DOSED R("SD", "2023-02-13") R("PD", "2023-05-14"), "ADTTE/PFS CNSR 0\n"},
        {"a scan after 131I is no assessment on schedule",
         "treatment: {drugs: {rai: {trt: I131}, tki: {trt: TKI}}}\n" BY("fda-a") SCHEDULE RX_SCAN, DIED("2023-03-10"),
         "ADTTE/PFS CNSR 0\n"},
        {"without a schedule none is missed", BY("fda-a"), DOSED R("SD", "2023-02-13") R("PD", "2023-12-19"),
         "ADTTE/PFS CNSR 0\n"},
        {"fda-b, fda-c: tables B and C censor only a death", BY("fda-c") SCHEDULE,
         DOSED R("SD", "2023-02-13") R("PD", "2023-06-19"), "ADTTE/PFS CNSR 0\nADTTE/PFSB CNSR 0\nADTTE/PFSA CNSR 3\n"},
        {"fda-c: a death", BY("fda-c") SCHEDULE, DIED("2023-06-19") R("SD", "2023-02-13"),
         "ADTTE/PFS CNSR 3\nADTTE/PFS ADT 2023-02-13\nADTTE/PFSB CNSR 3\n"},
        {"any event, where the protocol says so", BY_ALSO("fda-c", "after_missed: any") SCHEDULE,
         DOSED R("SD", "2023-02-13") R("PD", "2023-06-19"), "ADTTE/PFS CNSR 3\nADTTE/PFSC CNSR 0\n"},
        {"none, where the protocol says so", BY_ALSO("fda-a", "after_missed: none") SCHEDULE,
         DIED("2023-06-19") R("SD", "2023-02-13"), "ADTTE/PFS CNSR 0\nADTTE/PFSA CNSR 3\n"},
        {"deaths alone, where the protocol says so", BY_ALSO("fda-a", "after_missed: death") SCHEDULE,
         DOSED R("SD", "2023-02-13") R("PD", "2023-06-19"), "ADTTE/PFS CNSR 0\nADTTE/PFSA CNSR 3\n"},
        {"one missed assessment, where the protocol says so", BY_ALSO("fda-a", "missed: 1") SCHEDULE,
         DOSED R("SD", "2023-02-13") R("PD", "2023-05-08"), "ADTTE/PFS CNSR 3\nADTTE/PFSA CNSR 0\n"},
        {"ema: ignored", BY("ema") SCHEDULE, DOSED R("SD", "2023-02-13") R("PD", "2023-06-19"),
         "ADTTE/PFS CNSR 0\nADTTE/PFS ADT 2023-06-19\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_044_next_visit(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"between visits", BY("fda-b") SCHEDULE, DOSED R("SD", "2023-02-13") R("PD", "2023-03-10"),
         "ADTTE/PFS CNSR 0\nADTTE/PFS ADT 2023-03-27\n"},
        {"fda-a: on its day", BY("fda-a") SCHEDULE, DOSED R("SD", "2023-02-13") R("PD", "2023-03-10"),
         "ADTTE/PFS ADT 2023-03-10\n"},
        {"early in the window", BY("fda-b") SCHEDULE, DOSED R("PD", "2023-02-08"), "ADTTE/PFS ADT 2023-02-13\n"},
        {"late in the window", BY("fda-b") SCHEDULE, DOSED R("PD", "2023-02-15"), "ADTTE/PFS ADT 2023-02-15\n"},
        {"after the last visit", BY("fda-b") SCHEDULE,
         DOSED R("SD", "2023-06-19") R("SD", "2023-07-31") R("PD", "2023-09-01"), "ADTTE/PFS ADT 2023-09-01\n"},
        {"not past death", BY("fda-b") SCHEDULE, DIED("2023-03-20") R("SD", "2023-02-13") R("PD", "2023-03-10"),
         "ADTTE/PFS RULE TTE-PD\nADTTE/PFS ADT 2023-03-20\n"},
        {"death is not moved", BY("fda-b") SCHEDULE, DIED("2023-03-10") R("SD", "2023-02-13"),
         "ADTTE/PFS ADT 2023-03-10\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_045_claimed_progression(void **state) {
    (void)state;
#define CLAIM(date) "DS,1,PROGRESSIVE DISEASE," date ",DISPOSITION EVENT,TREATMENT\n"
    static const study_case cases[] = {
        {"fda-c: at the next visit", BY("fda-c") SCHEDULE, DOSED R("SD", "2023-02-13") CLAIM("2023-03-10"),
         "ADTTE/PFS CNSR 0\nADTTE/PFS ADT 2023-03-27\nADTTE/PFS RULE TTE-CLINICAL\nADTTE/PFS SRCDOM DS\n"},
        {"before the scan that shows it", BY("fda-c"),
         DOSED R("SD", "2023-02-13") CLAIM("2023-03-10") R("PD", "2023-03-27"),
         "ADTTE/PFS RULE TTE-CLINICAL\nADTTE/PFS ADT 2023-03-10\n"},
        {"after the scan", BY("fda-c"), DOSED R("PD", "2023-02-13") CLAIM("2023-03-10"),
         "ADTTE/PFS RULE TTE-PD\nADTTE/PFS ADT 2023-02-13\n"},
        {"fda-b: no event", BY("fda-b") SCHEDULE, DOSED R("SD", "2023-02-13") CLAIM("2023-03-10"),
         "ADTTE/PFS CNSR 1\nADTTE/PFS ADT 2023-02-13\n"},
        {"ema: no event", BY("ema"), DOSED R("SD", "2023-02-13") CLAIM("2023-03-10"), "ADTTE/PFS CNSR 1\n"},
    };
    RUN(cases);
}

static void test_REQ_ADAM_046_survival(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"death", NULL, DIED("2023-03-01"),
         "ADTTE/OS CNSR 0\nADTTE/OS AVAL 59\nADTTE/FU CNSR 1\nADTTE/FU ADT 2023-03-01\n"},
        {"alive", NULL, DOSED "VS,1,PULSE,2023-09-01\n",
         "ADTTE/OS CNSR 1\nADTTE/OS ADT 2023-09-01\nADTTE/OS RULE TTE-CENSOR-ALIVE\nADTTE/FU CNSR 0\n"},
        {"not beyond the cut-off", "study: {id: T, cutoff: 2023-03-31}\n", DOSED "VS,1,PULSE,2023-09-01\n",
         "ADTTE/OS ADT 2023-03-31\n"},
        {"dead after the cut-off is alive", "study: {id: T, cutoff: 2023-02-15}\n", DIED("2023-03-01"),
         "ADTTE/OS CNSR 1\nADTTE/OS ADT 2023-02-15\nADSL DTHFL \n"},
    };
    RUN(cases);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_ADAM_040_progression_and_death),
        cmocka_unit_test(test_REQ_ADAM_041_no_event),
        cmocka_unit_test(test_REQ_ADAM_042_new_therapy),
        cmocka_unit_test(test_REQ_ADAM_043_missed_assessments),
        cmocka_unit_test(test_REQ_ADAM_044_next_visit),
        cmocka_unit_test(test_REQ_ADAM_045_claimed_progression),
        cmocka_unit_test(test_REQ_ADAM_046_survival),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
