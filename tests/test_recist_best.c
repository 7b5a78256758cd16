/*
 * test_recist_best.c - best responses by RECIST 1.1: E. A. Eisenhauer et al., Eur J Cancer 45 (2009) 228-247, its table 3
 * with the footnote on disease after a CR, and the cases of pharmaverse/admiralonco's tests (derive_param_bor,
 * derive_param_confirmed_bor) with their data.
 *
 *   REQ-RECIST-008  best response without confirmation
 *   REQ-RECIST-009  best response with confirmation (table 3), whether the minimum time for SD was met or not
 *   REQ-RECIST-010  any disease after a CR is a progression where the protocol is strict
 *   REQ-RECIST-011  what may lie between a response and its confirmation
 *   REQ-RECIST-012  the cases of admiralonco, as they are and strictly
 *   REQ-RECIST-014  a best response names its rule, its reason and the assessments that made it
 */
#include "../src/adam/recist.h"
#include "../src/base/date.h"

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
        out[n] = (oa_assessment){.day = reference + visits[n].day, .response = visits[n].response};
        n++;
    }
    return n;
}

static oa_best_options usual(void) {
    return (oa_best_options){.reference = REFERENCE, .sd_min_days = 42, .confirm_days = 28, .confirm_max_ne = 1};
}

/* ---- without confirmation ---------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    visit visits[VISITS];
    bool missing_as_ne;
    wanted want;
    const char *rule;
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
        for (int strict = 0; strict <= 1; strict++) { /* none has disease after a CR */
            options.cr_then_pr_strict = strict;
            oa_best got = oa_best_response(assessments, n, &options);
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
    options.cr_then_pr_strict = strict;
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
            check_best(name, strict ? "strict" : "as is", oa_best_confirmed(assessments, n, &options),
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

static void test_REQ_RECIST_011_between_response_and_confirmation(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(courses); i++) {
        oa_assessment assessments[VISITS];
        size_t n = assessments_of(courses[i].visits, REFERENCE, assessments);
        oa_best_options options = usual();
        options.confirm_max_ne = courses[i].max_ne;
        options.confirm_max_sd = courses[i].max_sd;
        check_best(courses[i].name, "as is", oa_best_confirmed(assessments, n, &options), courses[i].asis);
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
        options.cr_then_pr_strict = true;
        check_best(courses[i].name, "strict", oa_best_confirmed(assessments, n, &options),
                   courses[i].strict.response != END ? courses[i].strict : courses[i].asis);
    }
}

/* ---- admiralonco ------------------------------------------------------------------------------------------------- */

typedef struct dated {
    const char *date;
    oa_response response;
} dated;

/* T1 and T2 of test-derive_param_confirmed_bor.R and T1 of test-derive_param_bor.R, the same data.  Subject 7 of T2 has
 * the response ND, which is none of RECIST's and cannot come here. */
typedef struct subject {
    const char *id;
    const char *start; /* TRTSDT */
    dated visits[VISITS];
    wanted best;
    wanted t1[2]; /* as is, strict */
    wanted t2[2];
} subject;

static const subject admiral[] = {
    {.id = "1",
     .start = "2020-01-01",
     .visits = {{"2020-01-01", PR}, {"2020-02-01", CR}, {"2020-02-16", NE}, {"2020-03-01", CR}, {"2020-04-01", SD}},
     .best = {CR, 1, -1},
     .t1 = {{CR, 1, 3}, {CR, 1, 3}},
     .t2 = {{PR, 0, 1}, {PR, 0, 1}}},
    {.id = "2",
     .start = "2019-12-12",
     .visits = {{"2020-01-01", SD}, {"2020-02-01", PR}, {"2020-03-01", SD}, {"2020-03-13", CR}},
     .best = {CR, 3, -1},
     .t1 = {{SD, 1, -1}, {SD, 1, -1}},
     .t2 = {{PR, 1, 3}, {PR, 1, 3}}},
    {.id = "3",
     .start = "2019-11-11",
     .visits = {{"2019-11-12", CR}, {"2019-12-02", CR}, {"2020-01-01", SD}},
     .best = {CR, 0, -1},
     .t1 = {{SD, 2, -1}, {PD, 2, -1}},
     .t2 = {{CR, 0, 1}, {CR, 0, 1}}},
    {.id = "4",
     .start = "2019-12-30",
     .visits = {{"2020-01-01", PR}, {"2020-03-01", SD}, {"2020-04-01", SD}, {"2020-05-01", PR}, {"2020-05-15", NONCR}},
     .best = {PR, 0, -1},
     .t1 = {{SD, 1, -1}, {SD, 1, -1}},
     .t2 = {{SD, 1, -1}, {SD, 1, -1}}},
    {.id = "5",
     .start = "2020-01-01",
     .visits = {{"2020-01-01", PR}, {"2020-01-10", SD}, {"2020-01-20", PR}, {"2020-05-15", NONCR}},
     .best = {PR, 0, -1},
     .t1 = {{NONCR, 3, -1}, {NONCR, 3, -1}},
     .t2 = {{PR, 0, 2}, {PR, 0, 2}}},
    {.id = "6",
     .start = "2020-02-02",
     .visits = {{"2020-02-06", PR}, {"2020-02-16", CR}, {"2020-03-30", PR}},
     .best = {CR, 1, -1},
     .t1 = {{SD, 2, -1}, {PD, 2, -1}},
     .t2 = {{SD, 2, -1}, {PD, 2, -1}}},
    {.id = "7",
     .start = "2020-02-02",
     .visits = {{"2020-02-06", PR}, {"2020-02-16", CR}, {"2020-04-01", NE}},
     .best = {CR, 1, -1},
     .t1 = {{NE, 0, -1}, {NE, 0, -1}},
     .t2 = {{NE, 0, -1}, {NE, 0, -1}}}, /* not of admiralonco */
    {.id = "8",
     .start = "2020-04-01",
     .visits = {{"", END}},
     .best = {MISSING, -1, -1},
     .t1 = {{MISSING, -1, -1}, {MISSING, -1, -1}},
     .t2 = {{NE, -1, -1}, {NE, -1, -1}}},
    {.id = "9",
     .start = "2020-02-01",
     .visits = {{"2020-02-16", PD}, {"2020-03-06", SD}},
     .best = {PD, 0, -1},
     .t1 = {{PD, 0, -1}, {PD, 0, -1}},
     .t2 = {{PD, 0, -1}, {PD, 0, -1}}},
};

static int32_t day_of(const char *text) {
    oa_date date;
    assert_true(oa_parse_date(text, strlen(text), &date));
    return date.day;
}

static size_t dated_assessments(const subject *s, oa_assessment out[VISITS]) {
    size_t n = 0;
    while (n < VISITS && s->visits[n].response != END) {
        out[n] = (oa_assessment){.day = day_of(s->visits[n].date), .response = s->visits[n].response};
        n++;
    }
    return n;
}

static void check_admiral(bool strict) {
    for (size_t i = 0; i < COUNT(admiral); i++) {
        const subject *s = &admiral[i];
        oa_assessment assessments[VISITS];
        size_t n = dated_assessments(s, assessments);
        oa_best_options options = {.reference = day_of(s->start),
                                   .sd_min_days = 28,
                                   .confirm_days = 28,
                                   .confirm_max_ne = 1,
                                   .cr_then_pr_strict = strict};
        check_best(s->id, strict ? "BOR strict" : "BOR", oa_best_response(assessments, n, &options), s->best);
        check_best(s->id, strict ? "T1 strict" : "T1", oa_best_confirmed(assessments, n, &options), s->t1[strict]);
        options.confirm_days = 14;
        options.confirm_max_ne = 0;
        options.confirm_max_sd = 1;
        options.missing_as_ne = true;
        check_best(s->id, strict ? "T2 strict" : "T2", oa_best_confirmed(assessments, n, &options), s->t2[strict]);
    }
}

static void test_REQ_RECIST_012_admiralonco_as_is(void **state) {
    (void)state;
    check_admiral(false);
}

static void test_REQ_RECIST_012_admiralonco_strictly(void **state) {
    (void)state;
    check_admiral(true);
}

/* T2 of test-derive_param_bor.R: with only the records up to and including the day of PD. */
static void test_REQ_RECIST_012_admiralonco_cut_at_pd(void **state) {
    static const struct {
        size_t index;
        const char *pd;
        wanted best;
    } cuts[] = {
        {.index = 1, .pd = "2020-03-01", .best = {PR, 1, -1}},
        {.index = 5, .pd = "2020-02-05", .best = {MISSING, -1, -1}},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cuts); i++) {
        const subject *s = &admiral[cuts[i].index];
        oa_assessment assessments[VISITS];
        size_t n = dated_assessments(s, assessments);
        while (n > 0 && assessments[n - 1].day > day_of(cuts[i].pd)) {
            n--;
        }
        oa_best_options options = {.reference = day_of(s->start), .sd_min_days = 28};
        check_best(s->id, "cut at PD", oa_best_response(assessments, n, &options), cuts[i].best);
    }
}

static const oa_response all_responses[] = {CR, PR, SD, NONCR, PD, NE};

/* What is confirmed is at most as good as what is not, and nothing after the first PD changes either. */
static void check_properties(const oa_assessment *assessments, size_t n, const oa_best_options *options) {
    oa_best best = oa_best_response(assessments, n, options);
    oa_best confirmed = oa_best_confirmed(assessments, n, options);
    assert_true(confirmed.decision.response >= best.decision.response);
    assert_true(best.first >= 0 && best.first < (int)n && best.second == -1);
    assert_true(confirmed.first >= 0 && confirmed.first < (int)n && confirmed.second < (int)n);
    bool is_confirmed = confirmed.decision.response == CR || confirmed.decision.response == PR;
    assert_int_equal(confirmed.second > confirmed.first, is_confirmed);
    for (size_t i = 0; i + 1 < n; i++) {
        if (assessments[i].response == PD) {
            oa_best cut = oa_best_confirmed(assessments, i + 1, options);
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
            assessments[i] = (oa_assessment){REFERENCE + 20 * (i + 1), all_responses[rest % 6]};
        }
        for (int mode = 0; mode < 8; mode++) {
            oa_best_options options = usual();
            options.cr_then_pr_strict = mode & 1;
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
        cmocka_unit_test(test_REQ_RECIST_012_admiralonco_as_is),
        cmocka_unit_test(test_REQ_RECIST_012_admiralonco_strictly),
        cmocka_unit_test(test_REQ_RECIST_012_admiralonco_cut_at_pd),
        cmocka_unit_test(test_REQ_RECIST_014_all_courses_of_four_visits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
