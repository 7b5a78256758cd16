/*
 * test_adam_times.c - times to events from records to results: the schedule of the protocol, all presets, duration of
 * response and of stable disease, time to response; the traps that naive programs fall into.
 *
 *   REQ-TTE-005  the schedule: visits, or times.imaging in phases; none
 *   REQ-TTE-006  traps: new therapy, 131I, missing dates, not evaluable visits, one day
 *   REQ-TTE-007  duration of response
 *   REQ-TTE-008  time to response
 *   REQ-TTE-009  duration of stable disease
 *   REQ-TTE-010  all presets are derived
 *   REQ-TTE-011  results: endings, methods, restricted mean
 *   REQ-TTE-012  reasons in words
 *   REQ-TTE-013  what must not change a time
 *   REQ-TTE-014  times.imaging that cannot be
 */
#include "study_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* First dose 2023-01-02; weeks 6, 12, 18, 24, 30 are days 42, 84, 126, 168, 210 after it. */
#define DOSED          "DM,1\nEX,1,TKI,12,mg,2023-01-02,2023-06-30\n"
#define DIED(on)       "DM,1,50,F,," on ",Y\nEX,1,TKI,12,mg,2023-01-02,2023-02-28\n"
#define R(is, date)    "RS,1,OVRLRESP," is ",," date "\n"
#define NAT(date)      "CM,1,OTHER," date ",NEW ANTICANCER THERAPY\n"
#define REPORTED       "response: {source: reported}\n"
#define UNCONFIRMED    "response: {source: reported, confirm: {required: false}}\n"
#define VISIT(id, day) "  - {id: " id ", day: " day ", window: [-7, 7], forms: [TR, RS]}\n"
#define SIX_WEEKLY                                                                                                     \
    "visits:\n" VISIT("W6", "42") VISIT("W12", "84") VISIT("W18", "126") VISIT("W24", "168") VISIT("W30", "210")
#define EIGHT_THEN_TWELVE "times: {imaging: [{every_weeks: 8, until_week: 32}, {every_weeks: 12}]}\n"

static void test_REQ_TTE_005_schedule(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"visits", REPORTED SIX_WEEKLY, DIED("2023-05-22") R("SD", "2023-02-13"), "ADTTE/PFS CNSR 3\n"},
        {"phases: 20 weeks after week 32 miss one assessment", REPORTED EIGHT_THEN_TWELVE,
         DIED("2024-01-01") R("SD", "2023-08-14"), "ADTTE/PFS CNSR 0\n"},
        {"phases: 20 weeks before week 32 miss two", REPORTED EIGHT_THEN_TWELVE,
         DIED("2023-07-17") R("SD", "2023-02-27"), "ADTTE/PFS CNSR 3\nADTTE/PFS ADT 2023-02-27\n"},
        {"phases: the last goes on without end", REPORTED EIGHT_THEN_TWELVE, DIED("2030-01-07") R("SD", "2029-04-30"),
         "ADTTE/PFS CNSR 3\n"},
        {"phases come before visits", REPORTED EIGHT_THEN_TWELVE SIX_WEEKLY, DIED("2023-04-24") R("SD", "2023-02-27"),
         "ADTTE/PFS CNSR 0\n"},
        {"windows", REPORTED "times: {imaging: [{every_weeks: 6, window: [-14, 14]}]}\n",
         DIED("2023-05-22") R("SD", "2023-02-13"), "ADTTE/PFS CNSR 0\n"},
        {"fda-b dates by phases", REPORTED "times: {pfs: {preset: fda-b}, imaging: [{every_weeks: 8}]}\n",
         DOSED R("SD", "2023-02-27") R("PD", "2023-03-20"), "ADTTE/PFS ADT 2023-04-24\nADTTE/PFS CNSR 0\n"},
        {"visits stand in any order", REPORTED "visits:\n" VISIT("W18", "126") VISIT("W6", "42") VISIT("W12", "84"),
         DOSED R("PD", "2023-03-01"), "ADTTE/PFSB ADT 2023-03-27\n"},
        {"two visits on one day are one", REPORTED "visits:\n" VISIT("CT", "84") VISIT("BONE", "84"),
         DIED("2023-06-19") R("SD", "2023-02-13"), "ADTTE/PFS CNSR 0\n"},
        {"none: missed assessments cannot be judged", REPORTED, DIED("2024-01-01") R("SD", "2023-02-13"),
         "ADTTE/PFS CNSR 0\n"},
    };
    RUN(cases);
}

/* What naive programs get wrong. */
static void test_REQ_TTE_006_traps(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"a response that was not confirmed has no duration", REPORTED,
         DOSED R("PR", "2023-02-13") R("SD", "2023-03-27"), "ADTTE/DOR rows 0\nADTTE/TTR rows 0\n"},
        {"censored before the visit that was not evaluable", REPORTED,
         DOSED R("SD", "2023-02-13") R("NE", "2023-03-27"), "ADTTE/PFS ADT 2023-02-13\n"},
        {"censored at the reason that holds, not at the latest of several", REPORTED,
         DOSED R("SD", "2023-02-13") NAT("2023-03-01") R("SD", "2023-03-27") "VS,1,PULSE,2023-09-01\n",
         "ADTTE/PFS CNSR 2\nADTTE/PFS ADT 2023-02-13\n"},
        {"who has no new therapy keeps all assessments", REPORTED, DOSED R("SD", "2023-02-13") R("PD", "2023-03-27"),
         "ADTTE/PFS CNSR 0\nADTTE/PFS ADT 2023-03-27\nADSL NACTDT \n"},
        {"a new therapy without a date removes nothing", REPORTED,
         DOSED R("SD", "2023-02-13") "CM,1,OTHER,,NEW ANTICANCER THERAPY\n" R("PD", "2023-03-27"),
         "ADTTE/PFS CNSR 0\nFINDING NEW-THERAPY-DATE 1\n"},
        {"131I given again is no new therapy",
         "treatment: {drugs: {rai: {trt: I131, isotope: I-131, unit: GBq}}}\n" REPORTED,
         "DM,1\nEX,1,I131,5,GBq,2023-01-02,2023-01-02\nEX,1,I131,5,GBq,2023-03-01,2023-03-01\n"
         "PR,1,I131,2023-03-01,NEW ANTICANCER THERAPY\n" R("SD", "2023-02-13") R("PD", "2023-03-27"),
         "ADTTE/PFS CNSR 0\nADTTE/PFS ADT 2023-03-27\nADSL NACTDT \n"},
        {"missed visits are counted by the schedule, not by days", REPORTED EIGHT_THEN_TWELVE,
         DOSED R("SD", "2023-08-14") R("PD", "2024-01-01"), "ADTTE/PFS CNSR 0\n"},
        {"one policy for partial dates: the scan of a month counts on its last day", REPORTED,
         DOSED R("SD", "2023-02-13") R("PD", "2023-03"), "ADTTE/PFS ADT 2023-03-31\n"},
        {"death, scan and new therapy on one day", REPORTED, DIED("2023-03-27") R("PD", "2023-03-27") NAT("2023-03-27"),
         "ADTTE/PFS RULE TTE-PD\nADTTE/PFS ADT 2023-03-27\n"},
        {"progression on the day of the first dose is day 1", REPORTED, DOSED R("PD", "2023-01-03"),
         "ADTTE/PFS AVAL 2\n"},
        {"progression after the cut-off is none", "study: {id: T, cutoff: 2023-03-01}\n" REPORTED,
         DOSED R("SD", "2023-02-13") R("PD", "2023-03-27"), "ADTTE/PFS CNSR 1\nADTTE/PFS ADT 2023-02-13\n"},
        {"progression is not dated past the cut-off", "study: {id: T, cutoff: 2023-03-10}\n" REPORTED SIX_WEEKLY,
         DOSED R("SD", "2023-02-13") R("PD", "2023-03-06"), "ADTTE/PFSB CNSR 0\nADTTE/PFSB ADT 2023-03-10\n"},
        {"disease after a complete response ends its duration", REPORTED,
         DOSED R("CR", "2023-02-13") R("CR", "2023-03-27") R("PR", "2023-05-08"),
         "ADTTE/DOR CNSR 0\nADTTE/DOR ADT 2023-05-08\nADTTE/PFS ADT 2023-05-08\n"},
    };
    RUN(cases);
}

static void test_REQ_TTE_007_duration_of_response(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"from the first scan of the pair to progression", REPORTED,
         DOSED R("PR", "2023-02-13") R("PR", "2023-03-27") R("PD", "2023-05-08"),
         "ADTTE/DOR STARTDT 2023-02-13\nADTTE/DOR ADT 2023-05-08\nADTTE/DOR AVAL 85\nADTTE/DOR CNSR 0\n"},
        {"from the PR, though the best response is the later CR", REPORTED,
         DOSED R("PR", "2023-02-13") R("PR", "2023-03-27") R("CR", "2023-05-08") R("CR", "2023-06-19"),
         "ADRS/CBOR AVALC CR\nADTTE/DOR STARTDT 2023-02-13\nADTTE/DOR CNSR 1\n"},
        {"from the PR that the first CR confirms", REPORTED,
         DOSED R("PR", "2023-02-13") R("CR", "2023-03-27") R("CR", "2023-05-08"), "ADTTE/DOR STARTDT 2023-02-13\n"},
        {"a CR too soon after a PR: another confirms both", REPORTED,
         DOSED R("PR", "2023-02-13") R("CR", "2023-02-20") R("CR", "2023-03-27"), "ADTTE/DOR STARTDT 2023-02-13\n"},
        {"not from an earlier PR that stable disease undid", REPORTED,
         DOSED R("PR", "2023-02-13") R("SD", "2023-03-27") R("PR", "2023-05-08") R("PR", "2023-06-19"),
         "ADTTE/DOR STARTDT 2023-05-08\n"},
        {"the first response where none need be confirmed", UNCONFIRMED,
         DOSED R("PR", "2023-02-13") R("CR", "2023-03-27") R("PD", "2023-05-08"),
         "ADRS/BOR AVALC CR\nADTTE/DOR STARTDT 2023-02-13\nADTTE/DOR AVAL 85\n"},
        {"death ends it", REPORTED, DIED("2023-05-01") R("PR", "2023-02-13") R("PR", "2023-03-27"),
         "ADTTE/DOR RULE TTE-DEATH\nADTTE/DOR AVAL 78\n"},
        {"a new therapy censors it as it does PFS", REPORTED,
         DOSED R("PR", "2023-02-13") R("PR", "2023-03-27") NAT("2023-04-01") R("PD", "2023-05-08"),
         "ADTTE/DOR CNSR 2\nADTTE/DOR ADT 2023-03-27\nADTTE/DOR AVAL 43\n"},
        {"ema: a new therapy does not", "times: {pfs: {preset: ema}}\n" REPORTED,
         DOSED R("PR", "2023-02-13") R("PR", "2023-03-27") NAT("2023-04-01") R("PD", "2023-05-08"),
         "ADTTE/DOR CNSR 0\nADTTE/DOR ADT 2023-05-08\n"},
        {"missed assessments censor it as they do PFS", REPORTED SIX_WEEKLY,
         DIED("2023-08-01") R("PR", "2023-02-13") R("PR", "2023-03-27"),
         "ADTTE/DOR CNSR 3\nADTTE/DOR ADT 2023-03-27\n"},
        {"no responder, no row and no result", REPORTED, DOSED R("SD", "2023-02-13") R("SD", "2023-03-27"),
         "ADTTE/DOR rows 0\nARD/DOR.MEDIAN text (no row)\nARD/TTR.MEDIAN text (no row)\n"},
    };
    RUN(cases);
}

static void test_REQ_TTE_008_time_to_response(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"to the first scan of the pair", REPORTED, DOSED R("PR", "2023-02-13") R("PR", "2023-03-27"),
         "ADTTE/TTR AVAL 43\nADTTE/TTR CNSR 0\nADTTE/TTR STARTDT 2023-01-02\nADTTE/TTR RULE TTE-RESPONSE\n"
         "ARD/TTR.MEDIAN text 1.4 (1.4 to 1.4)\n"},
        {"it and the duration share the day of the response", REPORTED,
         DOSED R("SD", "2023-02-13") R("PR", "2023-03-27") R("PR", "2023-05-08"),
         "ADTTE/TTR ADT 2023-03-27\nADTTE/DOR STARTDT 2023-03-27\n"},
    };
    RUN(cases);
}

static void test_REQ_TTE_009_duration_of_stable_disease(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"from the start to progression", REPORTED, DOSED R("SD", "2023-02-20") R("PD", "2023-03-27"),
         "ADTTE/DSD STARTDT 2023-01-02\nADTTE/DSD AVAL 85\nADTTE/DSD CNSR 0\n"},
        {"death without progression censors it", REPORTED, DIED("2023-03-01") R("SD", "2023-02-20"),
         "ADTTE/DSD CNSR 6\nADTTE/DSD ADT 2023-02-20\nADTTE/DSD RULE TTE-CENSOR-DEATH-FIRST\nADTTE/PFS CNSR 0\n"
         "ARD/DSD.CENSOR.DEATH-FIRST n 1\n"},
        {"a responder has none", REPORTED, DOSED R("PR", "2023-02-20") R("PR", "2023-03-27"), "ADTTE/DSD rows 0\n"},
        {"nor has a progression", REPORTED, DOSED R("PD", "2023-02-20"), "ADTTE/DSD rows 0\n"},
        {"a response that was not confirmed is stable disease", REPORTED, DOSED R("PR", "2023-02-20"),
         "ADTTE/DSD CNSR 1\n"},
    };
    RUN(cases);
}

static void test_REQ_TTE_010_all_presets(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"one subject under each", REPORTED SIX_WEEKLY,
         DOSED R("SD", "2023-02-13") NAT("2023-03-01") R("PD", "2023-03-10"),
         "ADTTE/PFS CNSR 2\nADTTE/PFSA CNSR 2\nADTTE/PFSB CNSR 2\nADTTE/PFSC CNSR 2\nADTTE/PFSE CNSR 0\n"
         "ADTTE/PFSE ADT 2023-03-10\nADTTE/PFS rows 1\nARD/PFSA.CENSOR.NEW-THERAPY n 1\nARD/PFSE.EVENT.PD n 1\n"},
        {"whatever the protocol's own is", "times: {pfs: {preset: ema}}\n" REPORTED, DOSED R("SD", "2023-02-13"),
         "ADTTE/PFSA rows 1\nADTTE/PFSB rows 1\nADTTE/PFSC rows 1\nADTTE/PFSE rows 1\n"},
    };
    RUN(cases);
}

#define TWO(a, b)                                                                                                      \
    "DM," a "\nEX," a ",TKI,12,mg,2023-01-02,2023-06-30\nDM," b "\nEX," b ",TKI,12,mg,2023-01-02,2023-06-30\n"

static void test_REQ_TTE_011_results(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"each ending is counted, and they add up", REPORTED, TWO("1", "2") R("SD", "2023-02-13") R("PD", "2023-03-27"),
         "ARD/PFS.EVENT.PD n 1\nARD/PFS.EVENT.DEATH n 0\nARD/PFS.CENSOR.NO-ASSESSMENT n 1\nARD/PFS.CENSOR.NO-EVENT n "
         "0\n"
         "ARD/PFS.CENSOR.MISSED n 0\nARD/PFS.CENSOR.NEW-THERAPY n 0\nARD/PFS.CENSOR.NO-BASELINE n 0\n"
         "ARD/PFS.EVENTS n 1\nARD/PFSA.CENSORED n 1\n"},
        {"a method says all conventions", REPORTED, DOSED R("PD", "2023-03-27"),
         "ARD/PFS.MEDIAN method Kaplan-Meier, log-log limits, quantiles on a plateau as in R, a month is 30.4375 days, "
         "censoring fda-a\n"},
        {"and what the protocol changes of the preset",
         "times: {pfs: {preset: fda-b, after_missed: none, missed: 3, same_day: therapy}}\n" REPORTED,
         DOSED R("PD", "2023-03-27"),
         "ARD/PFS.MEDIAN method Kaplan-Meier, log-log limits, quantiles on a plateau as in R, a month is 30.4375 days, "
         "censoring fda-b, no event censored after missed assessments, 3 missed assessments are too many, a new "
         "therapy "
         "comes first on its day\n"},
        {"no restricted mean unless asked for", REPORTED, DOSED R("PD", "2023-03-27"), "ARD/PFS.RMST text (no row)\n"},
        /* 84 days after the first dose are 85 days: 2.79261 months; with one subject S drops to 0 there */
        {"restricted mean of one event", "times: {rmst: 6}\n" REPORTED, DOSED R("PD", "2023-03-27"),
         "ARD/PFS.RMST text 2.8 (95 % CI 2.8–2.8)\n"},
        /* 85 and 127 days: 1 up to 2.79261 and 0.5 up to 4.17248 months, variance 0.68994^2 / 2 */
        {"restricted mean of two events", "times: {rmst: 6}\n" REPORTED,
         TWO("1", "2") R("PD", "2023-03-27") "RS,2,OVRLRESP,PD,,2023-05-08\n",
         "ARD/PFS.RMST text 3.5 (95 % CI 2.5–4.4)\n"},
        {"restricted mean beyond follow-up", "times: {rmst: 6}\n" REPORTED, DOSED R("SD", "2023-03-27"),
         "ARD/PFS.RMST text beyond follow-up\n"},
        {"durations are of the subjects who have them", REPORTED,
         TWO("1", "2") R("PR", "2023-02-13") R("PR", "2023-03-27") R("PD", "2023-05-08"),
         "ARD/DOR.EVENTS n 1\nARD/DOR.EVENTS of 1\nARD/PFS.EVENTS of 2\n"},
    };
    RUN(cases);
}

static void test_REQ_TTE_012_reasons(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"missed assessments are named with their windows", REPORTED SIX_WEEKLY,
         DIED("2023-05-22") R("SD", "2023-02-13"),
         "ADTTE/PFS REASON death on 2023-05-22 came after too many missed assessments: censored at the last adequate "
         "assessment on 2023-02-13; looked at: progression none, death 2023-05-22, new anticancer therapy none; "
         "planned "
         "assessments (W6 to W30) missed between 2023-02-13 and the event: 2, W12 (2023-03-20 to 2023-04-03), W18 "
         "(2023-05-01 to "
         "2023-05-15); fda-a: FDA guidance on endpoints, appendix 3, table A\n"},
        {"phases of imaging are named as such", REPORTED EIGHT_THEN_TWELVE, DIED("2024-01-01") R("SD", "2023-08-14"),
         "ADTTE/PFS REASON death on 2024-01-01; looked at: progression none, death 2024-01-01, new anticancer therapy "
         "none; "
         "planned assessments (times.imaging) missed between 2023-08-14 and the event: 1, week 44 (2023-10-30 to "
         "2023-11-13); fda-a: FDA guidance on endpoints, appendix 3, table A\n"},
        {"what cannot be judged is said", REPORTED, DOSED R("PD", "2023-03-27"),
         "ADTTE/PFS REASON progression on 2023-03-27; looked at: progression 2023-03-27, death none, new anticancer "
         "therapy none; the protocol plans no imaging, so missed assessments cannot be judged; fda-a: FDA guidance on "
         "endpoints, appendix 3, table A\n"},
        {"progression that is dated to a visit", REPORTED SIX_WEEKLY, DOSED R("SD", "2023-02-13") R("PD", "2023-03-10"),
         "ADTTE/PFSC REASON progression on 2023-03-10, dated to 2023-03-27, the next planned assessment or the end of "
         "follow-up before it; looked at: progression 2023-03-10, claimed progression none, death none, new anticancer "
         "therapy none; planned assessments (W6 to W30) missed between 2023-02-13 and the event: 0; fda-c: FDA "
         "guidance on "
         "endpoints, "
         "appendix 3, table C\n"},
        {"a new therapy", REPORTED, DOSED R("SD", "2023-02-13") NAT("2023-03-01"),
         "ADTTE/PFS REASON a new anticancer therapy from 2023-03-01, before any event: censored at the last adequate "
         "assessment on 2023-02-13; looked at: progression none, death none, new anticancer therapy 2023-03-01; fda-a: "
         "FDA "
         "guidance on endpoints, appendix 3, table A\n"},
        {"the first response", REPORTED, DOSED R("PR", "2023-02-13") R("PR", "2023-03-27"),
         "ADTTE/TTR REASON the first CR or PR that was confirmed, on 2023-02-13\n"},
    };
    RUN(cases);
}

static void test_REQ_TTE_013_what_must_not_change_a_time(void **state) {
    (void)state;
#define EACH                                                                                                           \
    "ADTTE/PFS ADT 2023-05-08\nADTTE/PFS CNSR 0\nADTTE/DOR AVAL 85\nADTTE/TTR AVAL 43\nADTTE/PFSB ADT 2023-05-08\n"
    static const study_case cases[] = {
        {"as it is", REPORTED SIX_WEEKLY, DOSED R("PR", "2023-02-13") R("PR", "2023-03-27") R("PD", "2023-05-08"),
         EACH},
        {"rows in another order", REPORTED SIX_WEEKLY,
         R("PD", "2023-05-08") R("PR", "2023-03-27") R("PR", "2023-02-13") DOSED, EACH},
        {"records after progression", REPORTED SIX_WEEKLY,
         DIED("2023-09-01") R("PR", "2023-02-13") R("PR", "2023-03-27") R("PD", "2023-05-08") R("CR", "2023-06-19")
             NAT("2023-07-01"),
         EACH},
        {"records after the cut-off", "study: {id: T, cutoff: 2023-05-08}\n" REPORTED SIX_WEEKLY,
         DIED("2023-09-01") R("PR", "2023-02-13") R("PR", "2023-03-27") R("PD", "2023-05-08") R("CR", "2023-06-19")
             NAT("2023-07-01"),
         EACH},
        {"another subject", REPORTED SIX_WEEKLY,
         DOSED R("PR", "2023-02-13") R("PR", "2023-03-27")
             R("PD", "2023-05-08") "DM,0\nEX,0,TKI,12,mg,2022-01-02,2022-06-30\nRS,0,OVRLRESP,PD,,2022-02-13\n",
         EACH},
    };
    RUN(cases);
}

static void test_REQ_TTE_014_imaging_that_cannot_be(void **state) {
    (void)state;
    static const struct {
        const char *imaging;
        const char *says;
    } cases[] = {
        {"[{every_weeks: 8}, {every_weeks: 12}]", "must end: give it until_week"},
        {"[{every_weeks: 8, until_week: 32}, {every_weeks: 12, until_week: 40}]", "has no assessment"},
        {"[{every_weeks: 8, until_week: 4}]", "has no assessment"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        oa_arena *arena = oa_arena_new(0);
        oa_diag *diag = oa_diag_new();
        const char *text = oa_printf(arena, "onearm: 1\nstudy: {id: T}\ntimes: {imaging: %s}\n", cases[i].imaging);
        assert_null(oa_protocol_parse(arena, "protocol.yaml", text, strlen(text), diag));
        assert_int_equal(oa_diag_count(diag), 1);
        assert_non_null(strstr(oa_diag_get(diag, 0)->text, cases[i].says));
        assert_string_equal(oa_diag_get(diag, 0)->rule, "PROTOCOL-IMAGING");
        oa_diag_free(diag);
        oa_arena_free(arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_TTE_005_schedule),
        cmocka_unit_test(test_REQ_TTE_006_traps),
        cmocka_unit_test(test_REQ_TTE_007_duration_of_response),
        cmocka_unit_test(test_REQ_TTE_008_time_to_response),
        cmocka_unit_test(test_REQ_TTE_009_duration_of_stable_disease),
        cmocka_unit_test(test_REQ_TTE_010_all_presets),
        cmocka_unit_test(test_REQ_TTE_011_results),
        cmocka_unit_test(test_REQ_TTE_012_reasons),
        cmocka_unit_test(test_REQ_TTE_013_what_must_not_change_a_time),
        cmocka_unit_test(test_REQ_TTE_014_imaging_that_cannot_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
