/*
 * test_recist_best.c - best responses by RECIST 1.1: E. A. Eisenhauer et al., Eur J Cancer 45 (2009) 228-247, its table 3
 * with the footnote on disease after a CR.  test_best_oracle.c has admiralonco's cases and the oracles.
 *
 *   REQ-RECIST-008  best response without confirmation
 *   REQ-RECIST-009  best response with confirmation (table 3), whether the minimum time for SD was met or not
 *   REQ-RECIST-010  any disease after a CR is a progression where the protocol is strict
 *   REQ-RECIST-011  what may lie between a response and its confirmation
 *   REQ-BEST-004  the policies for disease after a CR change the time point itself, or nothing
 *   REQ-BEST-005  what counts: one a day, up to the first PD, before a new therapy, not what was not done
 *   REQ-BEST-006  a confirmation may come too late; why there is none is said
 *   REQ-BEST-007  a response is dated to the first scan of the pair
 *   REQ-RECIST-014  a best response names its rule, its reason and the assessments that made it
 */
#include "../src/adam/recist_best.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define CR      OA_RESP_CR
#define PR      OA_RESP_PR
#define SD      OA_RESP_SD
#define NONCR   OA_RESP_NON_CR_NON_PD
#define PD      OA_RESP_PD
#define NE      OA_RESP_NE
#define ND      OA_RESP_ND
#define MISSING OA_RESP_MISSING
#define END     OA_RESP_NONE

enum { VISITS = 6, REFERENCE = 19000 };

typedef struct wanted {
    oa_response response;
    int first;
    int second;
} wanted;

typedef struct visit {
    int day; /* from the reference day */
    oa_response response;
} visit;

static const char *shown(oa_response response) {
    return response == OA_RESP_NONE ? "none" : oa_response_name(response);
}

static void check_best(const char *name, const char *what, oa_best got, wanted want) {
    if (got.decision.response != want.response || got.first != want.first || got.second != want.second) {
        fail_msg("%s, %s: %s by %s of %d and %d, not %s of %d and %d", name, what, shown(got.decision.response),
                 got.decision.rule, got.first, got.second, shown(want.response), want.first, want.second);
    }
    assert_true(strlen(got.decision.rule) > 0 && strlen(got.decision.why) > 0);
}

/* Visits up to the first with response END. */
static size_t assessments_of(const visit *visits, int32_t reference, oa_assessment out[VISITS]) {
    size_t n = 0;
    while (n < VISITS && visits[n].response != END) {
        out[n] = (oa_assessment){.day = reference + visits[n].day, .recorded = visits[n].response};
        n++;
    }
    return n;
}

static oa_best_options usual(void) {
    return (oa_best_options){.reference = REFERENCE,
                             .sd_min_days = 42,
                             .confirm_days = 28,
                             .confirm_max_ne = 1,
                             .after_cr = OA_AFTER_CR_ASIS};
}

static oa_best best_of(const oa_assessment *recorded, size_t n, const oa_best_options *options) {
    oa_assessment course[VISITS];
    memcpy(course, recorded, n * sizeof *course);
    oa_weigh_course(course, n, options);
    return oa_best_response(course, n, options);
}

static oa_best confirmed_of(const oa_assessment *recorded, size_t n, const oa_best_options *options) {
    oa_assessment course[VISITS];
    memcpy(course, recorded, n * sizeof *course);
    oa_weigh_course(course, n, options);
    return oa_best_confirmed(course, n, options);
}

/* ---- without confirmation ---------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    visit visits[VISITS];
    bool missing_as_ne;
    wanted want;
    const char *rule;
    int pd_max_days;
} unconfirmed[] = {
    {.name = "the best, at its first date",
     .visits = {{28, SD}, {56, PR}, {84, CR}, {112, CR}},
     .want = {CR, 2, -1},
     .rule = "RECIST-BOR-CR"},
    {.name = "a response has no minimum time", .visits = {{14, PR}, {28, PD}}, .want = {PR, 0, -1}},
    {.name = "nothing after PD counts", .visits = {{28, PR}, {56, PD}, {84, CR}}, .want = {PR, 0, -1}},
    {.name = "PD first", .visits = {{28, PD}, {56, CR}}, .want = {PD, 0, -1}, .rule = "RECIST-BOR-PD"},
    {.name = "SD on day 42", .visits = {{42, SD}}, .want = {SD, 0, -1}, .rule = "RECIST-BOR-SD"},
    {.name = "SD on day 41", .visits = {{41, SD}}, .want = {NE, 0, -1}, .rule = "RECIST-BOR-NE-EARLY"},
    {.name = "SD early, then PD", .visits = {{28, SD}, {41, PD}}, .want = {PD, 1, -1}},
    {.name = "SD early, then NE", .visits = {{28, SD}, {56, NE}}, .want = {NE, 0, -1}, .rule = "RECIST-BOR-NE-EARLY"},
    {.name = "SD early and late", .visits = {{28, SD}, {56, SD}, {84, PD}}, .want = {SD, 1, -1}},
    {.name = "NE, then SD early", .visits = {{14, NE}, {28, SD}}, .want = {NE, 0, -1}, .rule = "RECIST-BOR-NE-EARLY"},
    {.name = "NE only", .visits = {{28, NE}, {56, NE}}, .want = {NE, 0, -1}, .rule = "RECIST-BOR-NE"},
    {.name = "NE, then PD", .visits = {{28, NE}, {56, PD}}, .want = {PD, 1, -1}},
    {.name = "non-target disease only",
     .visits = {{28, NONCR}, {56, NONCR}},
     .want = {NONCR, 1, -1},
     .rule = "RECIST-BOR-NONCR"},
    {.name = "non-target disease only, early", .visits = {{28, NONCR}}, .want = {NE, 0, -1}},
    {.name = "SD before NON-CR/NON-PD", .visits = {{42, NONCR}, {84, SD}}, .want = {SD, 1, -1}},
    {.name = "NON-CR/NON-PD before PD", .visits = {{42, NONCR}, {84, PD}}, .want = {NONCR, 0, -1}},
    {.name = "SD before the reference day", .visits = {{-20, SD}, {-10, SD}}, .want = {NE, 0, -1}},
    {.name = "PD within the protocol's days",
     .visits = {{84, PD}},
     .pd_max_days = 84,
     .want = {PD, 0, -1},
     .rule = "RECIST-BOR-PD"},
    {.name = "PD later than those",
     .visits = {{85, PD}},
     .pd_max_days = 84,
     .want = {NE, 0, -1},
     .rule = "RECIST-BOR-NE-LATE"},
    {.name = "PD late, but SD before it", .visits = {{42, SD}, {85, PD}}, .pd_max_days = 84, .want = {SD, 0, -1}},
    {.name = "not done", .visits = {{28, ND}, {56, ND}}, .want = {ND, 0, -1}, .rule = "RECIST-BOR-ND"},
    {.name = "NE is more than not done", .visits = {{28, ND}, {56, NE}}, .want = {NE, 1, -1}, .rule = "RECIST-BOR-NE"},
    {.name = "no assessment", .visits = {{0, END}}, .want = {MISSING, -1, -1}, .rule = "RECIST-BOR-MISSING"},
    {.name = "no assessment, as NE", .visits = {{0, END}}, .missing_as_ne = true, .want = {NE, -1, -1}},
};

static void test_REQ_RECIST_008_without_confirmation(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(unconfirmed); i++) {
        oa_assessment assessments[VISITS];
        size_t n = assessments_of(unconfirmed[i].visits, REFERENCE, assessments);
        oa_best_options options = usual();
        options.missing_as_ne = unconfirmed[i].missing_as_ne;
        options.pd_max_days = unconfirmed[i].pd_max_days;
        for (int strict = 0; strict <= 1; strict++) { /* none has disease after a CR */
            options.after_cr = strict ? OA_AFTER_CR_STRICT : OA_AFTER_CR_ASIS;
            oa_best got = best_of(assessments, n, &options);
            check_best(unconfirmed[i].name, "without confirmation", got, unconfirmed[i].want);
            if (unconfirmed[i].rule) {
                assert_string_equal(got.decision.rule, unconfirmed[i].rule);
            }
        }
    }
}

/* ---- RECIST table 3 ---------------------------------------------------------------------------------------------- */

/* `early`: the first assessment is on day 28, the next on day 56; `late`: on days 56 and 84.  SD counts from day 42. */
static const struct {
    oa_response first;
    oa_response next;
    wanted early;
    wanted late;
    wanted early_strict; /* response END: as `early`; `late` does not change */
} table_3[] = {
    {.first = CR, .next = CR, .early = {CR, 0, 1}, .late = {CR, 0, 1}},
    {.first = CR, .next = PR, .early = {SD, 1, -1}, .late = {SD, 0, -1}, .early_strict = {PD, 1, -1}},
    {.first = CR, .next = SD, .early = {SD, 1, -1}, .late = {SD, 0, -1}, .early_strict = {PD, 1, -1}},
    {.first = CR, .next = NONCR, .early = {NONCR, 1, -1}, .late = {SD, 0, -1}, .early_strict = {PD, 1, -1}},
    {.first = CR, .next = PD, .early = {PD, 1, -1}, .late = {SD, 0, -1}},
    {.first = CR, .next = NE, .early = {NE, 0, -1}, .late = {SD, 0, -1}},
    {.first = CR, .next = END, .early = {NE, 0, -1}, .late = {SD, 0, -1}},
    {.first = PR, .next = CR, .early = {PR, 0, 1}, .late = {PR, 0, 1}},
    {.first = PR, .next = PR, .early = {PR, 0, 1}, .late = {PR, 0, 1}},
    {.first = PR, .next = SD, .early = {SD, 1, -1}, .late = {SD, 0, -1}},
    {.first = PR, .next = PD, .early = {PD, 1, -1}, .late = {SD, 0, -1}},
    {.first = PR, .next = NE, .early = {NE, 0, -1}, .late = {SD, 0, -1}},
    {.first = PR, .next = END, .early = {NE, 0, -1}, .late = {SD, 0, -1}},
    {.first = NE, .next = NE, .early = {NE, 0, -1}, .late = {NE, 0, -1}},
    {.first = NE, .next = CR, .early = {SD, 1, -1}, .late = {SD, 1, -1}},
    {.first = SD, .next = PR, .early = {SD, 1, -1}, .late = {SD, 0, -1}},
    {.first = SD, .next = PD, .early = {PD, 1, -1}, .late = {SD, 0, -1}},
    {.first = NONCR, .next = PD, .early = {PD, 1, -1}, .late = {NONCR, 0, -1}},
    {.first = NONCR, .next = NE, .early = {NE, 0, -1}, .late = {NONCR, 0, -1}},
    {.first = PD, .next = CR, .early = {PD, 0, -1}, .late = {PD, 0, -1}},
};

static void check_table_3(bool strict) {
    oa_best_options options = usual();
    options.after_cr = strict ? OA_AFTER_CR_STRICT : OA_AFTER_CR_ASIS;
    for (size_t i = 0; i < COUNT(table_3); i++) {
        for (int late = 0; late <= 1; late++) {
            const visit visits[VISITS] = {{28 + 28 * late, table_3[i].first}, {56 + 28 * late, table_3[i].next}};
            oa_assessment assessments[VISITS];
            char name[64];
            size_t n = assessments_of(visits, REFERENCE, assessments);
            bool other = strict && table_3[i].early_strict.response != END;
            wanted early = other ? table_3[i].early_strict : table_3[i].early;
            snprintf(name, sizeof name, "%s then %s, %s", shown(table_3[i].first), shown(table_3[i].next),
                     late ? "late" : "early");
            check_best(name, strict ? "strict" : "as is", confirmed_of(assessments, n, &options),
                       late ? table_3[i].late : early);
        }
    }
}

static void test_REQ_RECIST_009_table_3(void **state) {
    (void)state;
    check_table_3(false);
}

static void test_REQ_RECIST_010_table_3_strictly(void **state) {
    (void)state;
    check_table_3(true);
}

/* ---- longer courses ---------------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    visit visits[VISITS];
    int max_ne;
    int max_sd;
    wanted asis;
    wanted strict; /* response END: the same */
} courses[] = {
    {.name = "28 days", .visits = {{56, CR}, {84, CR}}, .asis = {CR, 0, 1}},
    {.name = "27 days", .visits = {{56, CR}, {83, CR}}, .asis = {SD, 0, -1}},
    {.name = "PR after 27 days", .visits = {{56, PR}, {83, PR}}, .asis = {SD, 0, -1}},
    {.name = "a third after 28 days", .visits = {{56, CR}, {70, CR}, {84, CR}}, .asis = {CR, 0, 2}},
    {.name = "the second and third", .visits = {{56, PR}, {63, SD}, {70, PR}, {98, PR}}, .asis = {PR, 2, 3}},
    {.name = "CR, NE, CR", .visits = {{28, CR}, {42, NE}, {56, CR}}, .max_ne = 1, .asis = {CR, 0, 2}},
    {.name = "CR, NE, CR without any NE", .visits = {{28, CR}, {42, NE}, {56, CR}}, .asis = {SD, 2, -1}},
    {.name = "CR, NE, NE, CR with one NE",
     .visits = {{28, CR}, {42, NE}, {56, NE}, {84, CR}},
     .max_ne = 1,
     .asis = {SD, 3, -1}},
    {.name = "CR, NE, NE, CR with two NE",
     .visits = {{28, CR}, {42, NE}, {56, NE}, {84, CR}},
     .max_ne = 2,
     .asis = {CR, 0, 3}},
    {.name = "PR, NE, PR", .visits = {{28, PR}, {42, NE}, {56, PR}}, .max_ne = 1, .asis = {PR, 0, 2}},
    {.name = "PR, SD, PR", .visits = {{28, PR}, {42, SD}, {56, PR}}, .asis = {SD, 1, -1}},
    {.name = "PR, SD, PR with one SD", .visits = {{28, PR}, {42, SD}, {56, PR}}, .max_sd = 1, .asis = {PR, 0, 2}},
    {.name = "PR, SD, CR with one SD", .visits = {{28, PR}, {42, SD}, {56, CR}}, .max_sd = 1, .asis = {PR, 0, 2}},
    {.name = "PR, SD, SD, PR with one SD",
     .visits = {{28, PR}, {42, SD}, {56, SD}, {84, PR}},
     .max_sd = 1,
     .asis = {SD, 1, -1}},
    {.name = "PR, SD, NE, PR with one of each",
     .visits = {{28, PR}, {42, SD}, {56, NE}, {84, PR}},
     .max_ne = 1,
     .max_sd = 1,
     .asis = {PR, 0, 3}},
    {.name = "no SD between CRs", .visits = {{56, CR}, {70, SD}, {84, CR}}, .max_sd = 1, .asis = {SD, 0, -1}},
    {.name = "PR, NON-CR/NON-PD, PR", .visits = {{56, PR}, {70, NONCR}, {84, PR}}, .max_sd = 1, .asis = {SD, 0, -1}},
    {.name = "SD, PR, PR", .visits = {{28, SD}, {56, PR}, {84, PR}}, .asis = {PR, 1, 2}},
    {.name = "PR, CR, CR: the best", .visits = {{28, PR}, {56, CR}, {84, CR}}, .asis = {CR, 1, 2}},
    {.name = "PR, CR: PR stays confirmed", .visits = {{28, PR}, {56, CR}, {84, SD}}, .asis = {PR, 0, 1}},
    {.name = "PR, CR, PR: PR was confirmed by the CR", .visits = {{28, PR}, {56, CR}, {84, PR}}, .asis = {PR, 0, 1}},
    {.name = "PR, CR too soon, PR",
     .visits = {{4, PR}, {14, CR}, {57, PR}},
     .asis = {SD, 2, -1},
     .strict = {PD, 2, -1}},
    {.name = "PR, CR too soon, CR", .visits = {{4, PR}, {14, CR}, {41, CR}}, .asis = {PR, 0, 2}},
    {.name = "CR, NE, PR",
     .visits = {{14, CR}, {28, NE}, {56, PR}},
     .max_ne = 1,
     .asis = {SD, 2, -1},
     .strict = {PD, 2, -1}},
    {.name = "CR, PR, PR: PR after CR confirms nothing",
     .visits = {{14, CR}, {42, PR}, {84, PR}},
     .asis = {PR, 1, 2},
     .strict = {PD, 1, -1}},
    {.name = "CR confirmed, then SD", .visits = {{14, CR}, {42, CR}, {84, SD}}, .asis = {CR, 0, 1}},
    {.name = "CR too soon, then SD",
     .visits = {{1, CR}, {21, CR}, {51, SD}},
     .asis = {SD, 2, -1},
     .strict = {PD, 2, -1}},
    {.name = "CR, SD, CR", .visits = {{14, CR}, {28, SD}, {56, CR}}, .asis = {SD, 2, -1}, .strict = {PD, 1, -1}},
    {.name = "CR, PD, CR", .visits = {{14, CR}, {28, PD}, {56, CR}}, .asis = {PD, 1, -1}},
    {.name = "PD, PR, CR", .visits = {{14, PD}, {28, PR}, {62, CR}}, .asis = {PD, 0, -1}},
    {.name = "PR, PD, PR", .visits = {{56, PR}, {70, PD}, {98, PR}}, .asis = {SD, 0, -1}},
};

/* ---- policies ------------------------------------------------------------------------------------------------------ */

/* What each assessment counts as under regrade, and the confirmed best response. */
static const struct {
    const char *name;
    visit visits[VISITS];
    oa_response counts_as[VISITS];
    wanted want;
} regrades[] = {
    {.name = "CR then PR: both are PR", .visits = {{56, CR}, {84, PR}}, .counts_as = {PR, PR}, .want = {PR, 0, 1}},
    {.name = "CR then SD: PR then SD", .visits = {{56, CR}, {84, SD}}, .counts_as = {PR, SD}, .want = {SD, 0, -1}},
    {.name = "over one not evaluable",
     .visits = {{56, CR}, {84, NE}, {112, PR}},
     .counts_as = {PR, NE, PR},
     .want = {PR, 0, 2}},
    {.name = "two CRs too close to confirm",
     .visits = {{56, CR}, {83, CR}, {112, PR}},
     .counts_as = {PR, PR, PR},
     .want = {PR, 0, 2}},
    {.name = "a confirmed CR was one: PD",
     .visits = {{56, CR}, {84, CR}, {112, PR}, {140, PR}},
     .counts_as = {CR, CR, PD, PR},
     .want = {CR, 0, 1}},
    {.name = "non-target disease only",
     .visits = {{56, CR}, {84, NONCR}},
     .counts_as = {NONCR, NONCR},
     .want = {NONCR, 0, -1}},
    {.name = "a CR after that may be real",
     .visits = {{28, CR}, {56, PR}, {84, CR}, {112, CR}, {140, SD}},
     .counts_as = {PR, PR, CR, CR, PD},
     .want = {CR, 2, 3}},
    {.name = "progression is none", .visits = {{56, CR}, {84, PD}}, .counts_as = {CR, PD}, .want = {SD, 0, -1}},
};

static void test_REQ_BEST_004_an_unconfirmed_cr_is_regraded(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(regrades); i++) {
        oa_assessment course[VISITS];
        oa_best_options options = usual();
        size_t n = assessments_of(regrades[i].visits, REFERENCE, course);
        options.after_cr = OA_AFTER_CR_REGRADE;
        oa_weigh_course(course, n, &options);
        for (size_t k = 0; k < n; k++) {
            if (course[k].response != regrades[i].counts_as[k]) {
                fail_msg("%s: number %zu counts as %s", regrades[i].name, k, shown(course[k].response));
            }
            assert_int_equal(course[k].recorded, regrades[i].visits[k].response);
        }
        check_best(regrades[i].name, "regraded", oa_best_confirmed(course, n, &options), regrades[i].want);
    }
}

static void test_REQ_BEST_004_a_query_changes_nothing(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(courses); i++) {
        oa_assessment assessments[VISITS];
        size_t n = assessments_of(courses[i].visits, REFERENCE, assessments);
        oa_best_options options = usual();
        options.confirm_max_ne = courses[i].max_ne;
        options.confirm_max_sd = courses[i].max_sd;
        options.after_cr = OA_AFTER_CR_QUERY;
        check_best(courses[i].name, "query", confirmed_of(assessments, n, &options), courses[i].asis);
    }
}

/* ---- what counts --------------------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    visit visits[VISITS];
    int stop_day; /* 0: none */
    oa_assessment_use uses[VISITS];
} uses[] = {
    {"up to the first PD",
     {{28, SD}, {56, PD}, {84, CR}},
     0,
     {OA_ASSESSMENT_COUNTS, OA_ASSESSMENT_COUNTS, OA_ASSESSMENT_AFTER_PD}},
    {"the worse of a day",
     {{28, PR}, {28, SD}, {28, PR}},
     0,
     {OA_ASSESSMENT_SAME_DAY, OA_ASSESSMENT_COUNTS, OA_ASSESSMENT_SAME_DAY}},
    {"what could be evaluated of a day", {{28, CR}, {28, NE}}, 0, {OA_ASSESSMENT_COUNTS, OA_ASSESSMENT_SAME_DAY}},
    {"not done, and done on the same day", {{28, ND}, {28, PR}}, 0, {OA_ASSESSMENT_NOT_DONE, OA_ASSESSMENT_COUNTS}},
    {"before a new therapy, not on its day",
     {{28, SD}, {55, SD}, {56, SD}, {84, PD}},
     56,
     {OA_ASSESSMENT_COUNTS, OA_ASSESSMENT_COUNTS, OA_ASSESSMENT_NEW_THERAPY, OA_ASSESSMENT_NEW_THERAPY}},
};

static void test_REQ_BEST_005_what_counts(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(uses); i++) {
        oa_assessment course[VISITS];
        oa_best_options options = usual();
        size_t n = assessments_of(uses[i].visits, REFERENCE, course);
        options.stops = uses[i].stop_day > 0;
        options.stop_day = REFERENCE + uses[i].stop_day;
        oa_weigh_course(course, n, &options);
        for (size_t k = 0; k < n; k++) {
            if (course[k].use != uses[i].uses[k]) {
                fail_msg("%s: number %zu %s", uses[i].name, k, oa_assessment_use_text(course[k].use));
            }
        }
    }
}

/* ---- confirmation too late, and why there is none ------------------------------------------------------------------ */

static const struct {
    visit visits[VISITS];
    int max_days;
    wanted want;
    const char *why; /* "" where it is confirmed */
} searches[] = {
    {{{56, PR}, {84, PR}}, 28, {PR, 0, 1}, ""},
    {{{56, PR}, {85, PR}}, 28, {SD, 0, -1}, "the second one came later than the protocol accepts"},
    {{{56, PR}, {85, PR}}, 0, {PR, 0, 1}, ""},
    {{{56, PR}}, 0, {SD, 0, -1}, "no later assessment that could confirm it"},
    {{{56, PR}, {83, CR}}, 0, {SD, 0, -1}, "no second one so many days later as the protocol asks"},
    {{{56, PR}, {84, NE}, {90, NE}, {112, PR}},
     0,
     {SD, 0, -1},
     "too many assessments not evaluable before a second one"},
    {{{56, PR}, {84, SD}, {112, PR}}, 0, {SD, 0, -1}, "stable disease before a second one"},
    {{{56, PR}, {84, PD}}, 0, {SD, 0, -1}, "the next assessments are not as good"},
    {{{56, PR}, {70, CR}, {84, PR}}, 0, {SD, 0, -1}, "a partial response after a complete one confirms nothing"},
};

static void test_REQ_BEST_006_the_search_for_a_confirmation(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(searches); i++) {
        oa_assessment course[VISITS];
        oa_best_options options = usual();
        size_t n = assessments_of(searches[i].visits, REFERENCE, course);
        options.confirm_max_days = searches[i].max_days;
        oa_weigh_course(course, n, &options);
        check_best(searches[i].why, "search", oa_best_confirmed(course, n, &options), searches[i].want);
        assert_string_equal(oa_why_unconfirmed(course, n, &options, 0), searches[i].why);
    }
}

static void test_REQ_BEST_007_response_is_dated_to_the_first_scan(void **state) {
    (void)state;
    static const struct {
        visit visits[VISITS];
        wanted response;
        wanted confirmed;
    } cases[] = {
        {{{28, SD}, {56, PR}, {84, CR}, {112, CR}}, {PR, 1, -1}, {PR, 1, 2}},
        {{{28, PR}, {42, SD}, {84, CR}, {112, CR}}, {PR, 0, -1}, {CR, 2, 3}},
        {{{28, PR}, {56, SD}, {84, SD}}, {PR, 0, -1}, {SD, 1, -1}},
        {{{56, SD}}, {SD, 0, -1}, {SD, 0, -1}},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_assessment course[VISITS];
        oa_best_options options = usual();
        size_t n = assessments_of(cases[i].visits, REFERENCE, course);
        oa_weigh_course(course, n, &options);
        check_best("first", "response", oa_first_response(course, n, &options), cases[i].response);
        check_best("first", "confirmed", oa_first_confirmed(course, n, &options), cases[i].confirmed);
    }
}

static void test_REQ_RECIST_011_between_response_and_confirmation(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(courses); i++) {
        oa_assessment assessments[VISITS];
        size_t n = assessments_of(courses[i].visits, REFERENCE, assessments);
        oa_best_options options = usual();
        options.confirm_max_ne = courses[i].max_ne;
        options.confirm_max_sd = courses[i].max_sd;
        check_best(courses[i].name, "as is", confirmed_of(assessments, n, &options), courses[i].asis);
    }
}

static void test_REQ_RECIST_010_disease_after_a_cr(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(courses); i++) {
        oa_assessment assessments[VISITS];
        size_t n = assessments_of(courses[i].visits, REFERENCE, assessments);
        oa_best_options options = usual();
        options.confirm_max_ne = courses[i].max_ne;
        options.confirm_max_sd = courses[i].max_sd;
        options.after_cr = OA_AFTER_CR_STRICT;
        check_best(courses[i].name, "strict", confirmed_of(assessments, n, &options),
                   courses[i].strict.response != END ? courses[i].strict : courses[i].asis);
    }
}

/* ---- properties -------------------------------------------------------------------------------------------------- */

static const oa_response all_responses[] = {CR, PR, SD, NONCR, PD, NE};

/* What is confirmed is at most as good as what is not, and nothing after the first PD changes either. */
static void check_properties(const oa_assessment *assessments, size_t n, const oa_best_options *options) {
    oa_best best = best_of(assessments, n, options);
    oa_best confirmed = confirmed_of(assessments, n, options);
    assert_true(confirmed.decision.response >= best.decision.response);
    assert_true(best.first >= 0 && best.first < (int)n && best.second == -1);
    assert_true(confirmed.first >= 0 && confirmed.first < (int)n && confirmed.second < (int)n);
    bool is_confirmed = confirmed.decision.response == CR || confirmed.decision.response == PR;
    assert_int_equal(confirmed.second > confirmed.first, is_confirmed);
    for (size_t i = 0; i + 1 < n; i++) {
        if (assessments[i].recorded == PD) {
            oa_best cut = confirmed_of(assessments, i + 1, options);
            assert_int_equal(cut.decision.response, confirmed.decision.response);
            assert_int_equal(cut.first, confirmed.first);
            assert_true(confirmed.first <= (int)i && confirmed.second <= (int)i);
        }
    }
}

static void test_REQ_RECIST_014_all_courses_of_four_visits(void **state) {
    (void)state;
    for (size_t code = 0; code < 6 * 6 * 6 * 6; code++) {
        oa_assessment assessments[4];
        size_t rest = code;
        for (int i = 0; i < 4; i++, rest /= 6) {
            assessments[i] = (oa_assessment){.day = REFERENCE + 20 * (i + 1), .recorded = all_responses[rest % 6]};
        }
        for (int mode = 0; mode < 8; mode++) {
            oa_best_options options = usual();
            options.after_cr = mode & 1 ? OA_AFTER_CR_STRICT : OA_AFTER_CR_ASIS;
            options.confirm_max_sd = mode >> 1 & 1;
            options.confirm_max_ne = mode >> 2 & 1;
            check_properties(assessments, 4, &options);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_RECIST_008_without_confirmation),
        cmocka_unit_test(test_REQ_RECIST_009_table_3),
        cmocka_unit_test(test_REQ_RECIST_010_table_3_strictly),
        cmocka_unit_test(test_REQ_RECIST_010_disease_after_a_cr),
        cmocka_unit_test(test_REQ_RECIST_011_between_response_and_confirmation),
        cmocka_unit_test(test_REQ_BEST_004_an_unconfirmed_cr_is_regraded),
        cmocka_unit_test(test_REQ_BEST_004_a_query_changes_nothing),
        cmocka_unit_test(test_REQ_BEST_005_what_counts),
        cmocka_unit_test(test_REQ_BEST_006_the_search_for_a_confirmation),
        cmocka_unit_test(test_REQ_BEST_007_response_is_dated_to_the_first_scan),
        cmocka_unit_test(test_REQ_RECIST_014_all_courses_of_four_visits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
