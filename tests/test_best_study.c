/*
 * test_best_study.c - best responses in a whole study: policies that reach PFS and duration of response, parameters of
 * ADRS, reasons, readers side by side, discrepancies, findings and results.
 *
 *   REQ-BEST-008  the policy for disease after a CR is seen alike by time point, best response, PFS and PD
 *   REQ-BEST-009  parameters beside the best response
 *   REQ-BEST-010  why a best response is NE, ND or MISSING
 *   REQ-BEST-011  readers side by side
 *   REQ-BEST-012  adjudicated records only
 *   REQ-BEST-013  discrepancies between measured and reported responses
 *   REQ-BEST-014  what is wrong in the records is a finding with its effect
 *   REQ-BEST-015  results: reasons, clinical benefit, denominators
 *   REQ-BEST-016  concordance of readers
 *   REQ-BEST-019  assessments of a subject without disease
 *   REQ-LESION-015  what was seen before treatment, or never
 */
#include "study_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* First dose 2023-01-02; assessments every six weeks: days 42, 84, 126, 168 after it. */
#define DOSED              "DM,1\nEX,1,TKI,12,mg,2023-01-02,2023-06-30\n"
#define SCR                "SCREENING,2022-12-20"
#define W6                 "WEEK 6,2023-02-13"
#define W12                "WEEK 12,2023-03-27"
#define W18                "WEEK 18,2023-05-08"
#define W24                "WEEK 24,2023-06-19"
#define R(is, visit)       "RS,1,OVRLRESP," is "," visit "\n"
#define BY(is, visit, who) "RS,1,OVRLRESP," is "," visit "," who "\n"
#define T(mm, visit)       "TR,1,TARGET,T1,LDIAM," mm "," visit "\n"
#define T2(mm, visit)      "TR,1,TARGET,T2,LDIAM," mm "," visit "\n"
#define N(is, visit)       "TR,1,NON-TARGET,N1,TUMSTATE," is "," visit "\n"
#define NAT(date)          "CM,1,OTHER," date ",NEW ANTICANCER THERAPY\n"
#define REPORTED           "response: {source: reported}\n"
#define REPORTED_AND(more) "response: {source: reported, " more "}\n"

static void test_REQ_BEST_008_trap_13_one_policy_for_all(void **state) {
    (void)state;
#define COURSE DOSED R("CR", W6) R("PR", W12) R("PR", W18)
    static const study_case cases[] = {
        {"strict: PD there, for PFS too", REPORTED, COURSE,
         "ADRS/OVR@WEEK 12|AVALC PD\nADRS/OVR@WEEK 12|OAVALC PR\nADRS/OVR@WEEK 12|RULE RECIST-T3-PD-AFTER-CR\n"
         "ADRS/OVR@WEEK 18|ANL02FL \nADRS/OVR@WEEK 18|ANLREAS after the first progression\nADRS/BOR AVALC CR\n"
         "ADRS/CBOR AVALC SD\nADRS/CBOR ADT 2023-02-13\nADRS/PD AVALC Y\nADRS/PD ADT 2023-03-27\nADTTE/PFS CNSR 0\n"
         "ADTTE/PFS ADT 2023-03-27\nFINDING RECIST-DISEASE-AFTER-CR 1\n"},
        {"asis: as recorded", REPORTED_AND("cr_then_pr: asis"), COURSE,
         "ADRS/OVR@WEEK 12|AVALC PR\nADRS/OVR@WEEK 12|OAVALC \nADRS/CBOR AVALC PR\nADRS/CBOR ADT 2023-03-27\n"
         "ADRS/PD AVALC N\nADTTE/PFS CNSR 1\nFINDING RECIST-DISEASE-AFTER-CR 1\n"},
        {"regrade: the CR was a PR", REPORTED_AND("cr_then_pr: regrade"), COURSE,
         "ADRS/OVR@WEEK 6|AVALC PR\nADRS/OVR@WEEK 6|OAVALC CR\nADRS/OVR@WEEK 6|RULE RECIST-T3-CR-REGRADED\n"
         "ADRS/BOR AVALC PR\nADRS/CBOR AVALC PR\nADRS/CBOR ADT 2023-02-13\nADRS/CBOR CONFDT 2023-03-27\n"
         "ADTTE/PFS CNSR 1\nFINDING RECIST-DISEASE-AFTER-CR 1\n"},
        {"regrade: not a confirmed one", REPORTED_AND("cr_then_pr: regrade"),
         DOSED R("CR", W6) R("CR", W12) R("PR", W18),
         "ADRS/CBOR AVALC CR\nADRS/OVR@WEEK 18|AVALC PD\nADTTE/PFS ADT 2023-05-08\nADTTE/PFS CNSR 0\n"},
        {"query: as recorded, and asked", REPORTED_AND("cr_then_pr: query"), COURSE,
         "ADRS/OVR@WEEK 12|AVALC PR\nADRS/CBOR AVALC PR\nADTTE/PFS CNSR 1\nFINDING RECIST-DISEASE-AFTER-CR 1\n"},
        {"nothing to ask", REPORTED, DOSED R("PR", W6) R("CR", W12) R("PD", W18),
         "FINDING RECIST-DISEASE-AFTER-CR 0\nADRS/OVR@WEEK 12|OAVALC \n"},
        {"the same day is not after (trap 22)", REPORTED,
         DOSED R("CR", "A,2023-02-13") R("PR", "B,2023-02-13") R("PR", W12),
         "FINDING RECIST-DISEASE-AFTER-CR 0\nADRS/CBOR AVALC PR\n"},
        {"measured: a lesion that comes back", "response: {cr_then_pr: strict}\n",
         DOSED T("50", SCR) N("PRESENT", SCR) T("0", W6) N("ABSENT", W6) T("0", W12) N("PRESENT", W12),
         "ADRS/OVR@WEEK 12|AVALC PD\nADRS/OVR@WEEK 12|OAVALC PR\nADTTE/PFS CNSR 0\nADTTE/PFS ADT 2023-03-27\n"
         "FINDING RECIST-DISEASE-AFTER-CR 1\n"},
        {"seen under a new therapy, it is still progression", REPORTED_AND("stop_at_new_therapy: true"),
         DOSED R("CR", W6) NAT("2023-03-01") R("PR", W12),
         "ADRS/OVR@WEEK 12|AVALC PD\nADRS/OVR@WEEK 12|ANL02FL \nADRS/CBOR AVALC SD\n"},
    };
    RUN(cases);
}

static void test_REQ_BEST_009_other_parameters(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"response from the first scan of the pair (trap 16)", REPORTED,
         DOSED R("SD", W6) R("PR", W12) R("CR", W18) R("CR", W24),
         "ADRS/CBOR AVALC CR\nADRS/CBOR ADT 2023-05-08\nADRS/CBOR CONFDT 2023-06-19\nADRS/CRSP AVALC Y\n"
         "ADRS/CRSP ADT 2023-03-27\nADRS/CRSP CONFDT 2023-05-08\nADRS/RSP ADT 2023-03-27\nADRS/BCP AVALC Y\n"
         "ADRS/BCP ADT 2023-05-08\nADRS/CBCP ADT 2023-05-08\nADRS/CCB AVALC Y\nADRS/PD AVALC N\n"
         "ADRS/LSTA ADT 2023-06-19\nADRS/LSTA AVALC CR\nADRS/DEATH AVALC N\nADRS/MDIS rows 0\n"},
        {"unconfirmed responses are none of the confirmed ones (trap 18)", REPORTED, DOSED R("PR", W6) R("SD", W12),
         "ADRS/RSP AVALC Y\nADRS/CRSP AVALC N\nADRS/CRSP ADT \nADRS/BCP AVALC Y\nADRS/CBCP AVALC N\n"},
        {"last assessment: one that could be evaluated (trap 19)", REPORTED, DOSED R("SD", W6) R("NE", W12),
         "ADRS/LSTA ADT 2023-02-13\nADRS/LSTA AVALC SD\n"},
        {"no last assessment", REPORTED, DOSED R("NE", W6), "ADRS/LSTA rows 0\n"},
        {"death", REPORTED, "DM,1,,,,2023-05-01\nEX,1,TKI,12,mg,2023-01-02,2023-04-30\n",
         "ADRS/DEATH AVALC Y\nADRS/DEATH ADT 2023-05-01\n"},
        {"measurable disease", NULL, DOSED T("50", SCR) T("40", W6), "ADRS/MDIS AVALC Y\nADRS/MDIS ADT 2022-12-20\n"},
        {"no measurable disease (trap 11)", NULL, DOSED N("PRESENT", SCR) N("PRESENT", W6),
         "ADRS/MDIS AVALC N\nADRS/OVR@WEEK 6|AVALC NON-CR/NON-PD\nADRS/BOR AVALC NON-CR/NON-PD\n"},
        {"clinical benefit for 168 days", REPORTED, DOSED R("SD", W6) R("SD", W12) R("SD", W24),
         "ADRS/CBR AVALC Y\nADRS/CBR ADT 2023-06-19\nADRS/CB AVALC Y\n"},
        {"for 167", REPORTED, DOSED R("SD", W6) R("SD", ",2023-06-18"), "ADRS/CBR AVALC N\nADRS/CB AVALC Y\n"},
        {"for the days of the protocol", REPORTED_AND("clinical_benefit_days: 42"), DOSED R("SD", W6),
         "ADRS/CBR AVALC Y\n"},
        {"by response", REPORTED, DOSED R("PR", W6) R("PR", W12), "ADRS/CBR AVALC Y\nADRS/CBR ADT 2023-02-13\n"},
        {"not after progression", REPORTED, DOSED R("SD", W6) R("PD", W12) R("SD", W24), "ADRS/CBR AVALC N\n"},
        {"confirmation within the protocol's days", REPORTED_AND("confirm: {max_days: 41}"),
         DOSED R("PR", W6) R("PR", W12), "ADRS/CBOR AVALC SD\nADRS/CBOR CONFDT \n"},
        {"not by a scan under a new therapy (trap 15)", REPORTED, DOSED R("PR", W6) NAT("2023-03-27") R("PR", W12),
         "ADRS/CBOR AVALC SD\nADRS/OVR@WEEK 12|ANLREAS after the start of a new anticancer therapy\n"},
        {"day 42 is study day 43 (trap 14)", REPORTED, DOSED R("SD", ",2023-02-13"),
         "ADRS/BOR AVALC SD\nADRS/BOR ADY 43\n"},
        {"PR then early PD is PD (trap 14)", REPORTED, DOSED R("PR", ",2023-01-23") R("PD", W6),
         "ADRS/CBOR AVALC PD\nADRS/CBOR ADT 2023-02-13\n"},
        {"an equivocal lesion dates back (trap 12)", NULL,
         DOSED T("50", SCR) T("30", W6) "TR,1,NEW,L1,TUMSTATE,EQUIVOCAL," W6
                                        "\n" T("30", W12) "TR,1,NEW,L1,TUMSTATE,UNEQUIVOCAL," W12 "\n",
         "ADRS/OVR@WEEK 6|AVALC PD\nADRS/BOR AVALC PD\nADRS/BOR ADT 2023-02-13\nADTTE/PFS ADT 2023-02-13\n"},
    };
    RUN(cases);
}

static void test_REQ_BEST_010_why_not_evaluable(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"no assessment", REPORTED, DOSED, "ADRS/BOR NEREASN NO POST-BASELINE ASSESSMENT\nADRS/BOR AVALC MISSING\n"},
        {"which the protocol calls NE", REPORTED_AND("missing: NE"), DOSED,
         "ADRS/BOR AVALC NE\nADRS/BOR NEREASN NO POST-BASELINE ASSESSMENT\n"},
        {"early death", REPORTED, "DM,1,,,,2023-02-01\nEX,1,TKI,12,mg,2023-01-02,2023-01-30\n",
         "ADRS/BOR NEREASN DEATH BEFORE ASSESSMENT\n"},
        {"new therapy first", REPORTED, DOSED NAT("2023-02-01") R("PR", W6),
         "ADRS/BOR AVALC MISSING\nADRS/BOR NEREASN NEW ANTICANCER THERAPY FIRST\nADRS/BOR RULE "
         "RECIST-BOR-NEW-THERAPY\n"},
        {"not done", REPORTED, DOSED "RS,1,OVRLRESP,," W6 ",,,NOT DONE\n",
         "ADRS/BOR AVALC ND\nADRS/BOR NEREASN ASSESSMENTS NOT DONE\nADRS/OVR ANL01FL \nADTTE/PFS CNSR 5\n"},
        {"all NE", REPORTED, DOSED R("NE", W6) R("NE", W12), "ADRS/BOR NEREASN ALL ASSESSMENTS NE\n"},
        {"SD too early", REPORTED, DOSED R("SD", ",2023-02-01"), "ADRS/BOR NEREASN SD TOO EARLY\n"},
        {"response too early, unconfirmed", REPORTED, DOSED R("PR", ",2023-02-01") R("NE", W6),
         "ADRS/BOR NEREASN \nADRS/BOR AVALC PR\nADRS/CBOR AVALC NE\nADRS/CBOR NEREASN UNCONFIRMED RESPONSE TOO "
         "EARLY\n"},
        {"PD too late", REPORTED_AND("pd_max_days: 83"), DOSED R("PD", W12),
         "ADRS/BOR AVALC NE\nADRS/BOR NEREASN PD TOO LATE\nADTTE/PFS CNSR 0\n"},
        {"no baseline", NULL, DOSED T("40", W6), "ADRS/BOR AVALC NE\nADRS/BOR NEREASN NO BASELINE ASSESSMENT\n"},
        {"no disease", REPORTED, DOSED R("NED", W6),
         "ADRS/OVR AVALC NED\nADRS/BOR AVALC NE\nADRS/BOR NEREASN NO DISEASE AT BASELINE\nADRS/BOR RULE "
         "RECIST-BOR-NO-DISEASE\n"},
        {"evaluable", REPORTED, DOSED R("SD", W6), "ADRS/BOR NEREASN \nADRS/CBOR NEREASN \n"},
    };
    RUN(cases);
}

#define NEW(is, visit) "TR,1,NEW,L1,TUMSTATE," is "," visit "\n"

static void test_REQ_BEST_019_without_disease_new_lesions_can_be_seen(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"NED is adequate: PFS is censored on the last one", REPORTED, DOSED R("NED", W6) R("NED", W12) R("NE", W18),
         "ADTTE/PFS CNSR 1\nADTTE/PFS ADT 2023-03-27\nADRS/LSTA AVALC NED\nADRS/LSTA ADT 2023-03-27\n"},
        {"then a progression", REPORTED, DOSED R("NED", W6) R("PD", W12),
         "ADTTE/PFS CNSR 0\nADTTE/PFS ADT 2023-03-27\nADRS/BOR AVALC PD\n"},
        {"PD of the same day outweighs it", REPORTED, DOSED R("NED", "A,2023-02-13") R("PD", "B,2023-02-13"),
         "ADRS/BOR AVALC PD\nADTTE/PFS CNSR 0\nADTTE/PFS ADT 2023-02-13\n"},
        {"in whatever order", REPORTED, DOSED R("PD", "A,2023-02-13") R("NED", "B,2023-02-13"),
         "ADRS/BOR AVALC PD\nADTTE/PFS CNSR 0\n"},
        {"but NE does not", REPORTED, DOSED R("NED", "A,2023-02-13") R("NE", "B,2023-02-13"),
         "ADRS/LSTA AVALC NED\nADTTE/PFS CNSR 1\nADTTE/PFS ADT 2023-02-13\n"},
        {"measured: none at baseline, none later", NULL, DOSED NEW("ABSENT", SCR) NEW("ABSENT", W6),
         "ADRS/OVR AVALC NED\nADRS/MDIS AVALC N\nADTTE/PFS CNSR 1\nADTTE/PFS ADT 2023-02-13\n"
         "FINDING TR-NO-BASELINE 0\n"},
        {"measured: none at baseline, then a new one", NULL,
         DOSED NEW("ABSENT", SCR) NEW("ABSENT", W6) NEW("UNEQUIVOCAL", W12),
         "ADRS/OVR@WEEK 12|AVALC PD\nADTTE/PFS CNSR 0\nADTTE/PFS ADT 2023-03-27\n"},
        {"measured: new lesions were not looked for", NULL,
         DOSED NEW("ABSENT", SCR) "TR,1,NEW,L1,TUMSTATE,," W6 ",NOT DONE\n", "ADRS/OVR AVALC NE\nADTTE/PFS CNSR 5\n"},
        {"LSTA is where PFS is censored, after an incomplete CR, too", NULL,
         DOSED T("30", SCR) N("PRESENT", SCR) T("0", W6) N("ABSENT", W6) T("0", W12) N("", W12 ",NOT DONE"),
         "ADRS/OVR@WEEK 12|AVALC PR\nADRS/LSTA AVALC PR\nADRS/LSTA ADT 2023-03-27\nADTTE/PFS ADT 2023-03-27\n"
         "ADRS/OVR@WEEK 12|ANLREAS counts as NE: after CR nothing was seen to come back\n"},
    };
    RUN(cases);
}

static void test_REQ_LESION_015_before_treatment(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"no baseline is a finding", NULL, DOSED T("40", W6) T("60", W12),
         "FINDING TR-NO-BASELINE 1\nADRS/OVR AVALC NE\nADTTE/PFS CNSR 4\n"},
        {"a visit before treatment without a lesion that was evaluated is no response", NULL,
         DOSED "TR,1,TARGET,T1,LDIAM,," SCR ",NOT DONE\n" T("40", W6),
         "FINDING TR-NO-BASELINE 1\nADRS/OVR AVISIT WEEK 6\nADRS/BOR ADT 2023-02-13\n"},
        {"nor is one after baseline", NULL, DOSED T("40", SCR) T("", "REPEAT,2022-12-28,NOT DONE") T("40", W6),
         "ADRS/OVR AVISIT WEEK 6\nADRS/BOR AVALC SD\n"},
        {"what was there before treatment is not new", NULL,
         DOSED T("40", SCR) NEW("PRESENT", "REPEAT,2022-12-28") T("40", W6),
         "FINDING TR-NEW-BEFORE 1\nADRS/OVR AVISIT WEEK 6\nADRS/OVR AVALC SD\nADTTE/PFS CNSR 1\n"},
        {"and is no baseline without disease", NULL, DOSED NEW("PRESENT", SCR) NEW("PRESENT", W6),
         "FINDING TR-NEW-BEFORE 1\nFINDING TR-NO-BASELINE 1\nADTTE/PFS CNSR 4\n"},
    };
    RUN(cases);
}

/* The remaining cases of admiralonco's tests: derive_param_clinbenefit T1 (SD counts from day 28, responses unconfirmed),
 * derive_param_response T1, filter_pd T1 to T4 and derive_param_confirmed_bor T4, of which onearm has only the cut one. */
static void test_REQ_BEST_009_cases_of_admiralonco(void **state) {
    (void)state;
#define WINDOW REPORTED_AND("sd_min_days: 28, confirm: {required: false}")
    static const study_case cases[] = {
        {"clinbenefit T1, 01: SD, then PR", WINDOW, DOSED R("SD", W12) R("PR", W18),
         "ADRS/CB AVALC Y\nADRS/RSP AVALC Y\n"},
        {"clinbenefit T1, 02: SD, then PD", WINDOW, DOSED R("SD", W6) R("PD", W18),
         "ADRS/CB AVALC Y\nADRS/CB ADT 2023-02-13\n"},
        {"clinbenefit T1, 03: SD too early", WINDOW, DOSED R("SD", ",2023-01-23"), "ADRS/CB AVALC N\nADRS/CB ADT \n"},
        {"clinbenefit T1, 04: NE and not done", WINDOW, DOSED R("NE", W6) R("ND", W12),
         "ADRS/CB AVALC N\nADRS/BOR AVALC NE\n"},
        {"clinbenefit T1: SD after PD", WINDOW, DOSED R("PD", ",2023-01-23") R("SD", W12), "ADRS/CB AVALC N\n"},
        {"response T1, 1: dated to the first", WINDOW, DOSED R("PR", W6) R("CR", W12) R("CR", W18) R("SD", W24),
         "ADRS/RSP AVALC Y\nADRS/RSP ADT 2023-02-13\n"},
        {"response T1, 3: not after PD", WINDOW, DOSED R("SD", W6) R("PD", W12) R("CR", W18),
         "ADRS/RSP AVALC N\nADRS/RSP ADT \n"},
        {"response T1, 4: no data", WINDOW, DOSED, "ADRS/RSP AVALC N\nADRS/CRSP AVALC N\n"},
        {"filter_pd: the day of the first PD is kept, a second PD is not", WINDOW,
         DOSED R("SD", W6) R("PD", W12) R("PD", W18),
         "ADRS/OVR@WEEK 12|ANL02FL Y\nADRS/OVR@WEEK 18|ANL02FL \nADRS/PD ADT 2023-03-27\n"},
        {"confirmed_bor T4 without a cut would be SD: here it is PD", WINDOW, DOSED R("PD", ",2023-01-23") R("SD", W6),
         "ADRS/CBOR AVALC PD\n"},
    };
    RUN(cases);
}

/* ---- readers ------------------------------------------------------------------------------------------------------- */

#define IRC1                 "INDEPENDENT ASSESSOR,R1"
#define IRC2                 "INDEPENDENT ASSESSOR,R2"
#define INV                  "INVESTIGATOR"
#define SCAN(mm, visit, who) "TR,1,TARGET,T1,LDIAM," mm "," visit ",," who "\n"

static void test_REQ_BEST_011_readers_side_by_side(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"one reader", REPORTED, DOSED R("PR", W6), "ADRSR rows 0\nADRS/OVR rows 1\n"},
        {"two, reported", REPORTED, DOSED BY("PR", W6, INV) BY("SD", W6, IRC1) BY("PD", W12, IRC1),
         "ADRS/OVR rows 1\nADRSR/OVR rows 3\nADRSR/OVR PARCAT2 INVESTIGATOR\nADRSR/OVR AVALC PR\nADRSR/OVR REPC PR\n"
         "ADRSR/BOR rows 2\nADRSR/OVR@WEEK 12|PARCAT2 INDEPENDENT ASSESSOR R1\nADRSR/OVR@WEEK 12|AVALC PD\n"},
        {"two, measured and reported in one row", NULL,
         DOSED SCAN("50", SCR, INV) SCAN("30", W6, INV) SCAN("50", SCR, IRC1) SCAN("45", W6, IRC1) BY("SD", W6, INV)
             BY("SD", W6, IRC1),
         "ADRSR/TRGRESP rows 2\nADRSR/OVR rows 2\nADRSR/OVR MEASC PR\nADRSR/OVR REPC SD\nADRSR/OVR AVALC PR\n"
         "ADRSR/OVR REPDT 2023-02-13\nADRSR/BOR MEASC PR\nADRSR/BOR REPC SD\nADRS/BOR AVALC PR\n"},
    };
    RUN(cases);
}

static void test_REQ_BEST_012_adjudicated_records(void **state) {
    (void)state;
#define HEAD     "RS,USUBJID,RSTESTCD,RSSTRESC,VISIT,RSDTC,RSEVAL,RSEVALID,RSACPTFL\n"
#define ACCEPTED "response: {source: reported, evaluator: INDEPENDENT ASSESSOR, accepted: true}\n"
    static const study_case cases[] = {
        {"only those", ACCEPTED,
         DOSED HEAD "RS,1,OVRLRESP,SD," W6 "," IRC1 ",Y\nRS,1,OVRLRESP,PR," W6 "," IRC2 ",\n"
                    "RS,1,OVRLRESP,SD," W12 "," IRC1 ",\nRS,1,OVRLRESP,PD," W12 "," IRC2 ",Y\n",
         "ADRS/OVR rows 2\nADRS/OVR@WEEK 6|AVALC SD\nADRS/OVR@WEEK 12|AVALC PD\nADRSR/BOR rows 3\n"
         "ADRSR/OVR PARCAT2 INDEPENDENT ASSESSOR (ACCEPTED)\n"},
        {"records without the flag's column are all accepted", ACCEPTED, DOSED BY("SD", W6, IRC1) BY("PD", W12, IRC1),
         "ADRS/OVR rows 2\n"},
    };
    RUN(cases);
}

/* ---- discrepancies -------------------------------------------------------------------------------------------------- */

static void test_REQ_BEST_013_discrepancies(void **state) {
    (void)state;
#define TL(is, visit) "RS,1,TRGRESP," is "," visit "\n"
    static const study_case cases[] = {
        {"nothing to compare with", NULL, DOSED T("50", SCR) T("30", W6), "DISCREPANCIES rows 0\n"},
        {"the same", NULL, DOSED T("50", SCR) T("30", W6) R("PR", W6),
         "DISCREPANCIES rows 0\nFINDING RECIST-DIFFERS 0\n"},
        {"one finding a subject", NULL, DOSED T("50", SCR) T("30", W6) T("28", W12) R("SD", W6) R("SD", W12),
         "DISCREPANCIES rows 2\nFINDING RECIST-DIFFERS 1\nDISCREPANCIES/OVR@WEEK 6|MEASC PR\n"
         "DISCREPANCIES/OVR@WEEK 6|REPC SD\nDISCREPANCIES/OVR@WEEK 6|RULE RECIST-T1-PR\n"},
        {"growth from the nadir, which the reader compared with baseline", NULL,
         DOSED T("50", SCR) T("36.4", W6) T("44.3", W12) TL("SD", W6) TL("SD", W12),
         "DISCREPANCIES rows 1\nDISCREPANCIES/TRGRESP RULE RECIST-TL-PD\n"
         "DISCREPANCIES/TRGRESP REASON T1 44.3 mm: sum 44.3 mm; baseline 50 mm at SCREENING (-11.4 %), smallest "
         "complete "
         "sum before 36.4 mm at WEEK 6 (+21.7 %, +7.9 mm): the sum grew by at least 20 % and 5 mm over the smallest "
         "sum "
         "before (RECIST 4.3.1): measured PD, reported SD (as against the baseline alone)\n"},
        {"a lesion that was not evaluated", NULL,
         DOSED T("30", SCR) T2("30", SCR) T("20", W6) "TR,1,TARGET,T2,LDIAM,," W6 ",NOT DONE\n" TL("SD", W6),
         "DISCREPANCIES/TRGRESP MEASC NE\nDISCREPANCIES/TRGRESP REPC SD\nDISCREPANCIES/TRGRESP RULE RECIST-TL-NE\n"},
        {"reported, not measured", NULL, DOSED T("50", SCR) T("30", W6) R("PR", W6) R("PR", W12),
         "DISCREPANCIES rows 1\nDISCREPANCIES/OVR@WEEK 12|MEASC \nDISCREPANCIES/OVR@WEEK 12|REPC PR\n"
         "DISCREPANCIES/OVR@WEEK 12|REASON no lesions were recorded for this visit: measured none, reported PR\n"},
        {"measured, not reported", NULL, DOSED T("50", SCR) T("30", W6) T("30", W12) R("PR", W6),
         "DISCREPANCIES rows 1\nDISCREPANCIES/OVR@WEEK 12|MEASC PR\nDISCREPANCIES/OVR@WEEK 12|REPC \n"},
        {"of another reader, without a finding", NULL,
         DOSED SCAN("50", SCR, INV) SCAN("30", W6, INV) SCAN("50", SCR, IRC1) SCAN("30", W6, IRC1) BY("PR", W6, INV)
             BY("SD", W6, IRC1),
         "DISCREPANCIES rows 1\nDISCREPANCIES PARCAT2 INDEPENDENT ASSESSOR R1\nFINDING RECIST-DIFFERS 0\n"},
    };
    RUN(cases);
}

/* ---- bad input ------------------------------------------------------------------------------------------------------ */

static void test_REQ_BEST_014_what_is_wrong_is_a_finding(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"a response outside the list (T3 of admiralonco)", REPORTED, DOSED R("PR", W6) R("iCR", W12),
         "FINDING RS-RESPONSE 1\nADRS/OVR rows 1\n"},
        {"two reports of one visit and day", REPORTED, DOSED R("PR", W6) R("SD", W6) R("PR", W12),
         "FINDING RS-TWICE 1\nADRS/BOR AVALC PR\nADRS/BOR ADT 2023-03-27\nADRS/CBOR AVALC SD\n"},
        {"two reports of one visit on other days", REPORTED, DOSED R("PR", W6) R("SD", "WEEK 6,2023-02-16"),
         "FINDING RS-TWICE 1\nADRS/OVR rows 2\n"},
        {"two reports of other visits on one day", REPORTED, DOSED R("PR", "A,2023-02-13") R("SD", "B,2023-02-13"),
         "FINDING RS-TWICE 1\n"},
        {"one visit each", REPORTED, DOSED R("PR", W6) R("PR", W12), "FINDING RS-TWICE 0\nFINDING RS-BEFORE 0\n"},
        {"before the reference day (T1b of derive_param_bor)", REPORTED, DOSED R("CR", SCR) R("SD", W6),
         "FINDING RS-BEFORE 1\nADRS/BOR AVALC SD\n"},
        {"on it", REPORTED, DOSED R("PR", ",2023-01-02"), "FINDING RS-BEFORE 0\nADRS/BOR AVALC PR\n"},
        {"disease after a CR over one not evaluable (check_crpr)", REPORTED,
         DOSED R("CR", W6) R("NE", W12) R("PR", W18), "FINDING RECIST-DISEASE-AFTER-CR 1\n"},
        {"not after progression", REPORTED, DOSED R("CR", W6) R("PD", W12) R("PR", W18),
         "FINDING RECIST-DISEASE-AFTER-CR 0\n"},
    };
    RUN(cases);
}

/* ---- results -------------------------------------------------------------------------------------------------------- */

#define SUBJECT(id)            "DM," id "\nEX," id ",TKI,12,mg,2023-01-02,2023-06-30\n"
#define OF(id, is, visit)      "RS," id ",OVRLRESP," is "," visit "\n"
#define FROM(id, is, visit, w) "RS," id ",OVRLRESP," is "," visit "," w "\n"

static void test_REQ_BEST_015_results(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"trap 17: who was not evaluable or assessed stays in the denominator", REPORTED,
         SUBJECT("1") SUBJECT("2") SUBJECT("3") SUBJECT("4") OF("1", "PR", W6) OF("1", "PR", W12) OF("2", "NE", W6)
             OF("3", "SD", ",2023-02-01"),
         "ARD/ORR n 1\nARD/ORR of 4\nARD/DCR n 1\nARD/DCR of 4\nARD/CBR n 1\nARD/BOR.NE n 2\nARD/BOR.MISSING n 1\n"
         "ARD/BOR.NE.ALLNE n 1\nARD/BOR.NE.SDEARLY n 1\nARD/BOR.NE.NOASSESSMENT n 1\nARD/BOR.NE.NOASSESSMENT of 4\n"
         "ARD/BOR.NE.DEATH n (no row)\nARD/BOR.ND n (no row)\n"},
        {"not done has a row where there is one", REPORTED, SUBJECT("1") "RS,1,OVRLRESP,," W6 ",,,NOT DONE\n",
         "ARD/BOR.ND n 1\nARD/BOR.NE.NOTDONE n 1\n"},
    };
    RUN(cases);
}

static void test_REQ_BEST_016_concordance(void **state) {
    (void)state;
    static const study_case cases[] = {
        {"one reader has none", REPORTED, SUBJECT("1") OF("1", "PR", W6), "ARD/CONCORDANCE.1.BOR.AGREE n (no row)\n"},
        {"best response of two readers, by hand: 3 of 4 agree, kappa (12 - 6) / (16 - 6)",
         REPORTED_AND("confirm: {required: false}"),
         SUBJECT("1") SUBJECT("2") SUBJECT("3") SUBJECT("4") FROM("1", "PR", W6, INV) FROM("1", "PR", W6, IRC1)
             FROM("2", "PR", W6, INV) FROM("2", "SD", W6, IRC1) FROM("3", "SD", W6, INV) FROM("3", "SD", W6, IRC1)
                 FROM("4", "PD", W6, INV) FROM("4", "PD", W6, IRC1),
         "ARD/CONCORDANCE.1.BOR.AGREE n 3\nARD/CONCORDANCE.1.BOR.AGREE of 4\nARD/CONCORDANCE.1.ORR.AGREE n 3\n"
         "ARD/CONCORDANCE.1.OVR.AGREE n 3\nARD/CONCORDANCE.1.OVR.AGREE of 4\nARD/CONCORDANCE.1.PD.AGREE n 4\n"
         "ARD/CONCORDANCE.1.PDDATE n 4\n"},
        {"progression on other days", REPORTED,
         SUBJECT("1") FROM("1", "PD", W6, INV) FROM("1", "SD", W6, IRC1) FROM("1", "PD", W12, IRC1),
         "ARD/CONCORDANCE.1.PD.AGREE n 1\nARD/CONCORDANCE.1.PDDATE n 0\nARD/CONCORDANCE.1.OVR.AGREE of 1\n"
         "ARD/CONCORDANCE.1.OVR.AGREE n 0\nARD/CONCORDANCE.1.PD.KAPPA text not defined: one category only\n"},
        {"whom one of them never read, or both, is no pair", REPORTED_AND("confirm: {required: false}"),
         SUBJECT("1") SUBJECT("2") SUBJECT("3") SUBJECT("4") FROM("1", "PR", W6, INV) FROM("1", "PR", W6, IRC1)
             FROM("2", "SD", W6, INV) FROM("4", "PD", W6, IRC1),
         "ARD/CONCORDANCE.1.BOR.AGREE of 1\nARD/CONCORDANCE.1.ORR.AGREE of 1\nARD/CONCORDANCE.1.PD.AGREE of 1\n"
         "ARD/CONCORDANCE.1.PDDATE n 1\nARD/CONCORDANCE.1.PDDATE of 1\n"},
        {"nor is whom the other has only reported, where measurements count", "",
         SUBJECT("1") SCAN("50", SCR, INV) SCAN("20", W6, INV) FROM("1", "PR", W6, IRC1),
         "ADRSR/BOR rows 2\nARD/CONCORDANCE.1.BOR.AGREE of (no row)\nARD/CONCORDANCE.1.PDDATE of 0\n"},
    };
    RUN(cases);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_BEST_008_trap_13_one_policy_for_all),
        cmocka_unit_test(test_REQ_BEST_009_other_parameters),
        cmocka_unit_test(test_REQ_BEST_009_cases_of_admiralonco),
        cmocka_unit_test(test_REQ_BEST_010_why_not_evaluable),
        cmocka_unit_test(test_REQ_BEST_019_without_disease_new_lesions_can_be_seen),
        cmocka_unit_test(test_REQ_LESION_015_before_treatment),
        cmocka_unit_test(test_REQ_BEST_011_readers_side_by_side),
        cmocka_unit_test(test_REQ_BEST_012_adjudicated_records),
        cmocka_unit_test(test_REQ_BEST_013_discrepancies),
        cmocka_unit_test(test_REQ_BEST_014_what_is_wrong_is_a_finding),
        cmocka_unit_test(test_REQ_BEST_015_results),
        cmocka_unit_test(test_REQ_BEST_016_concordance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
