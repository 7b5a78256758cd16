/*
 * test_best_oracle.c - best responses against two restatements of the rules that share nothing with the engine.
 *
 * `admiralonco`: what pharmaverse/admiralonco 1.4 does (derive_param_bor, derive_param_confirmed_bor,
 * derive_param_confirmed_resp; Apache-2.0, restated from their documentation and source, no code taken), record by record
 * with the window of joined records written out.  It is itself checked on the cases of admiralonco's tests.
 * `table 3`: RECIST table 3 with its footnote a, as a search over pairs.
 *
 *   REQ-BEST-001    both agree with the cases of admiralonco's tests; where RECIST is stricter, the strict answer is named
 *   REQ-BEST-002    the engine is admiralonco's on random courses, with cr_then_pr: asis and max_sd 0 or 1
 *   REQ-BEST-003    the engine is table 3's on random courses, with cr_then_pr: strict
 *   REQ-RECIST-012  the cases of admiralonco, as they are and strictly
 */
#include "../src/adam/recist_best.h"
#include "../src/base/date.h"
#include "effort.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define CR    OA_RESP_CR
#define PR    OA_RESP_PR
#define SD    OA_RESP_SD
#define NONCR OA_RESP_NON_CR_NON_PD
#define PD    OA_RESP_PD
#define NE    OA_RESP_NE
#define ND    OA_RESP_ND
#define MISS  OA_RESP_MISSING

enum { MOST = 9, NO_DAY = INT32_MIN, RANDOM_COURSES = 200000 };

typedef struct record {
    int32_t day;
    oa_response response;
} record;

typedef struct answer {
    oa_response response;
    int32_t day;
} answer;

typedef struct terms {
    int32_t reference;
    int32_t window; /* ref_start_window */
    int32_t confirm;
    int max_ne;
    int max_sd;
    bool missing_as_ne;
} terms;

/* ---- admiralonco ------------------------------------------------------------------------------------------------- */

/* ANL01FL of its template: per day the worst valid response, NE only where there is nothing else; then up to the first PD.
 * ND has no AVAL there, so that it is filtered out.  Returns how many records remain. */
static size_t prepared(const record *in, size_t n, record *out) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        bool worst = in[i].response != ND;
        for (size_t k = 0; k < n && worst; k++) {
            bool rival = k != i && in[k].day == in[i].day && in[k].response != ND;
            int mine = in[i].response == NE ? 0 : (int)in[i].response;
            int other = in[k].response == NE ? 0 : (int)in[k].response;
            worst = !rival || other < mine || (other == mine && k > i);
        }
        if (worst) {
            out[kept++] = in[i];
        }
    }
    for (size_t i = 0; i < kept; i++) {
        if (out[i].response == PD) {
            return i + 1;
        }
    }
    return kept;
}

static size_t count_in(const record *r, size_t from, size_t to, oa_response value) {
    size_t n = 0;
    for (size_t i = from; i <= to; i++) {
        n += r[i].response == value;
    }
    return n;
}

/* filter_confirmation(): the records joined to number i are those after it up to the first that meets first_cond; without
 * such a record there is no confirmation. */
static bool admiral_confirms(const record *r, size_t n, size_t i, oa_response wanted, const terms *t) {
    size_t last = n;
    for (size_t k = n; k-- > i + 1;) {
        bool as_good = r[k].response == CR || (wanted == PR && r[k].response == PR);
        if (as_good && r[k].day >= r[i].day + t->confirm) {
            last = k;
        }
    }
    if (last == n || r[i].response != wanted) {
        return false;
    }
    size_t window = last - i;
    size_t cr = count_in(r, i + 1, last, CR);
    size_t pr = count_in(r, i + 1, last, PR);
    size_t sd = count_in(r, i + 1, last, SD);
    size_t ne = count_in(r, i + 1, last, NE);
    if (wanted == CR) {
        return cr + ne == window && ne <= (size_t)t->max_ne;
    }
    int32_t first_cr = INT32_MAX;
    int32_t last_pr = INT32_MIN;
    for (size_t k = i + 1; k <= last; k++) {
        first_cr = r[k].response == CR && r[k].day < first_cr ? r[k].day : first_cr;
        last_pr = r[k].response == PR && r[k].day > last_pr ? r[k].day : last_pr;
    }
    return cr + pr + sd + ne == window && ne <= (size_t)t->max_ne && sd <= (size_t)t->max_sd &&
           (first_cr > last_pr || cr == 0 || pr == 0);
}

/* Of all records that are potential responses the one with the lowest order, then the first. */
static answer admiral_choose(const record *r, size_t n, const terms *t, bool confirmed) {
    static const oa_response values[] = {CR, PR, SD, NONCR, PD, NE};
    for (size_t v = 0; v < COUNT(values); v++) {
        for (size_t i = 0; i < n; i++) {
            oa_response is = r[i].response;
            bool late = r[i].day >= t->reference + t->window;
            bool fits = false;
            switch (v) {
            case 0:
            case 1:
                fits = confirmed ? admiral_confirms(r, n, i, values[v], t) : is == values[v];
                break;
            case 2:
                fits = late && (is == SD || (confirmed && (is == CR || is == PR)));
                break;
            case 3:
                fits = late && is == NONCR;
                break;
            case 4:
                fits = is == PD;
                break;
            default:
                fits = is == NE || is == SD || is == NONCR || (confirmed && !late && (is == CR || is == PR));
            }
            if (fits) {
                return (answer){values[v], r[i].day};
            }
        }
    }
    return (answer){t->missing_as_ne ? NE : MISS, NO_DAY};
}

/* Where nothing remains but ND, derive_param_confirmed_bor() answers ND on the day of the first; derive_param_bor() and
 * the template answer MISSING.  Onearm says ND for both. */
static answer admiral_best(const record *in, size_t count, const terms *t, bool confirmed) {
    record r[MOST];
    size_t n = prepared(in, count, r);
    if (n == 0 && count > 0) {
        return (answer){ND, in[0].day};
    }
    return admiral_choose(r, n, t, confirmed);
}

/* derive_param_confirmed_resp(): the first record that begins a confirmed response. */
static int32_t admiral_response(const record *in, size_t count, const terms *t) {
    record r[MOST];
    size_t n = prepared(in, count, r);
    for (size_t i = 0; i < n; i++) {
        if (admiral_confirms(r, n, i, CR, t) || admiral_confirms(r, n, i, PR, t)) {
            return r[i].day;
        }
    }
    return NO_DAY;
}

/* ---- RECIST table 3 ---------------------------------------------------------------------------------------------- */

/* Footnote a: any disease after a CR is progression.  What remains ends with the first PD. */
static size_t strictly(const record *in, size_t count, record *r) {
    size_t n = prepared(in, count, r);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++) {
            bool disease = r[i].response == PR || r[i].response == SD || r[i].response == NONCR;
            if (r[k].response == CR && disease) {
                r[i].response = PD;
                return i + 1;
            }
        }
    }
    return n;
}

static bool is_pair(const record *r, size_t i, size_t k, oa_response wanted, const terms *t) {
    int ne = 0;
    int sd = 0;
    bool as_good = r[k].response == wanted || (wanted == PR && r[k].response == CR);
    for (size_t m = i + 1; m < k; m++) {
        bool harmless = r[m].response == NE || r[m].response == CR || (wanted == PR && r[m].response != NONCR);
        if (!harmless) {
            return false;
        }
        ne += r[m].response == NE;
        sd += r[m].response == SD;
    }
    return r[i].response == wanted && as_good && r[k].day - r[i].day >= t->confirm && ne <= t->max_ne &&
           sd <= t->max_sd;
}

static answer first_pair(const record *r, size_t n, oa_response wanted, const terms *t) {
    for (size_t i = 0; i < n; i++) {
        for (size_t k = i + 1; k < n; k++) {
            if (is_pair(r, i, k, wanted, t)) {
                return (answer){wanted, r[i].day};
            }
        }
    }
    return (answer){OA_RESP_NONE, NO_DAY};
}

static answer first_with(const record *r, size_t n, const oa_response *values, size_t n_values, int32_t from,
                         oa_response as) {
    for (size_t i = 0; i < n; i++) {
        for (size_t v = 0; v < n_values; v++) {
            if (r[i].response == values[v] && r[i].day >= from) {
                return (answer){as, r[i].day};
            }
        }
    }
    return (answer){OA_RESP_NONE, NO_DAY};
}

static answer strict_best(const record *in, size_t count, const terms *t, bool confirmed) {
    static const oa_response any[] = {CR, PR, SD};
    static const oa_response all[] = {CR, PR, SD, NONCR, NE};
    record r[MOST];
    size_t n = strictly(in, count, r);
    int32_t window = t->reference + t->window;
    answer steps[] = {
        confirmed ? first_pair(r, n, CR, t) : first_with(r, n, &any[0], 1, INT32_MIN, CR),
        confirmed ? first_pair(r, n, PR, t) : first_with(r, n, &any[1], 1, INT32_MIN, PR),
        first_with(r, n, any, 3, window, SD),
        first_with(r, n, (const oa_response[]){NONCR}, 1, window, NONCR),
        first_with(r, n, (const oa_response[]){PD}, 1, INT32_MIN, PD),
        first_with(r, n, all, COUNT(all), INT32_MIN, NE),
    };
    for (size_t i = 0; i < COUNT(steps); i++) {
        if (steps[i].response) {
            return steps[i];
        }
    }
    return count > 0 ? (answer){ND, in[0].day} : (answer){t->missing_as_ne ? NE : MISS, NO_DAY};
}

/* ---- the engine -------------------------------------------------------------------------------------------------- */

typedef oa_best choice(const oa_assessment *assessments, size_t count, const oa_best_options *options);

static answer engine(const record *in, size_t count, const terms *t, oa_after_cr after_cr, choice *choose) {
    oa_assessment course[MOST];
    oa_best_options options = {.reference = t->reference,
                               .sd_min_days = t->window,
                               .confirm_days = t->confirm,
                               .confirm_max_ne = t->max_ne,
                               .confirm_max_sd = t->max_sd,
                               .missing_as_ne = t->missing_as_ne,
                               .after_cr = after_cr};
    for (size_t i = 0; i < count; i++) {
        course[i] = (oa_assessment){.day = in[i].day, .recorded = in[i].response};
    }
    oa_weigh_course(course, count, &options);
    oa_best best = choose(course, count, &options);
    return (answer){best.decision.response, best.first < 0 ? NO_DAY : course[best.first].day};
}

static const char *shown(answer a) {
    static char text[2][48];
    static int turn;
    turn = !turn;
    snprintf(text[turn], sizeof text[turn], "%s on %d", oa_response_name(a.response), (int)a.day);
    return text[turn];
}

static bool same(answer a, answer b) {
    return a.response == b.response && a.day == b.day;
}

/* ---- the cases of admiralonco's tests ------------------------------------------------------------------------------ */

typedef struct dated {
    const char *date;
    oa_response response;
} dated;

typedef struct expected {
    oa_response response;
    const char *date; /* "": none */
} expected;

/*
 * tests/testthat: test-derive_param_confirmed_bor.R (T1: confirm 28, one NE; T2: confirm 14, no NE, one SD, missing as
 * NE), test-derive_param_bor.R T1 (`best`, without the cut at PD that only subject 9 would have), and
 * test-derive_param_confirmed_resp.R T1 and T2 (`began`).  The window is 28 days.  `strict` differs from T1 and T2 where
 * disease follows a CR.  What is not said is the same, or none.
 */
typedef struct subject {
    const char *id;
    const char *start; /* TRTSDT */
    dated visits[MOST];
    expected best;
    expected t1;
    expected t2;
    expected strict_t1;
    expected strict_t2;
    const char *began_t1;
    const char *began_t2;
} subject;

static const subject subjects[] = {
    {.id = "1: one NE is tolerated",
     .start = "2020-01-01",
     .visits = {{"2020-01-01", PR}, {"2020-02-01", CR}, {"2020-02-16", NE}, {"2020-03-01", CR}, {"2020-04-01", SD}},
     .best = {CR, "2020-02-01"},
     .t1 = {CR, "2020-02-01"},
     .t2 = {PR, "2020-01-01"},
     .began_t1 = "2020-01-01",
     .began_t2 = "2020-01-01"},
    {.id = "2: SD between",
     .start = "2019-12-12",
     .visits = {{"2020-01-01", SD}, {"2020-02-01", PR}, {"2020-03-01", SD}, {"2020-03-13", CR}},
     .best = {CR, "2020-03-13"},
     .t1 = {SD, "2020-02-01"},
     .t2 = {PR, "2020-02-01"},
     .began_t2 = "2020-02-01"},
    {.id = "3: confirmed too early",
     .start = "2019-11-11",
     .visits = {{"2019-11-12", CR}, {"2019-12-02", CR}, {"2020-01-01", SD}},
     .best = {CR, "2019-11-12"},
     .t1 = {SD, "2020-01-01"},
     .t2 = {CR, "2019-11-12"},
     .strict_t1 = {PD, "2020-01-01"},
     .began_t2 = "2019-11-12"},
    {.id = "4: two SD between",
     .start = "2019-12-30",
     .visits = {{"2020-01-01", PR}, {"2020-03-01", SD}, {"2020-04-01", SD}, {"2020-05-01", PR}, {"2020-05-15", NONCR}},
     .best = {PR, "2020-01-01"},
     .t1 = {SD, "2020-03-01"},
     .t2 = {SD, "2020-03-01"}},
    {.id = "5: only NON-CR/NON-PD late enough",
     .start = "2020-01-01",
     .visits = {{"2020-01-01", PR}, {"2020-01-10", SD}, {"2020-01-20", PR}, {"2020-05-15", NONCR}},
     .best = {PR, "2020-01-01"},
     .t1 = {NONCR, "2020-05-15"},
     .t2 = {PR, "2020-01-01"},
     .began_t2 = "2020-01-01"},
    {.id = "6: PR after CR (admiralonco issue 275)",
     .start = "2020-02-02",
     .visits = {{"2020-02-06", PR}, {"2020-02-16", CR}, {"2020-03-30", PR}},
     .best = {CR, "2020-02-16"},
     .t1 = {SD, "2020-03-30"},
     .t2 = {SD, "2020-03-30"},
     .strict_t1 = {PD, "2020-03-30"},
     .strict_t2 = {PD, "2020-03-30"}},
    {.id = "7: early responses, then NE",
     .start = "2020-02-02",
     .visits = {{"2020-02-06", PR}, {"2020-02-16", CR}, {"2020-04-01", NE}},
     .best = {CR, "2020-02-16"},
     .t1 = {NE, "2020-02-06"},
     .t2 = {NE, "2020-02-06"}},
    {.id = "7 of T2: not done",
     .start = "2020-02-02",
     .visits = {{"2020-04-02", ND}},
     .best = {ND, "2020-04-02"},
     .t1 = {ND, "2020-04-02"},
     .t2 = {ND, "2020-04-02"}},
    {.id = "8: no data",
     .start = "2020-04-01",
     .visits = {{NULL, ND}},
     .best = {MISS, ""},
     .t1 = {MISS, ""},
     .t2 = {NE, ""}},
    {.id = "9: nothing after PD",
     .start = "2020-02-01",
     .visits = {{"2020-02-16", PD}, {"2020-03-06", SD}},
     .best = {PD, "2020-02-16"},
     .t1 = {PD, "2020-02-16"},
     .t2 = {PD, "2020-02-16"}},
    {.id = "T4 of confirmed_resp: CR, PD, CR",
     .start = "2020-02-01",
     .visits = {{"2020-02-16", CR}, {"2020-03-06", PD}, {"2020-04-16", CR}},
     .best = {CR, "2020-02-16"},
     .t1 = {PD, "2020-03-06"},
     .t2 = {PD, "2020-03-06"}},
    {.id = "3 of response: CR after PD",
     .start = "2020-02-01",
     .visits = {{"2021-09-14", SD}, {"2021-10-30", PD}, {"2021-12-25", CR}},
     .best = {SD, "2021-09-14"},
     .t1 = {SD, "2021-09-14"},
     .t2 = {SD, "2021-09-14"}},
    {.id = "issue 244: PR on day 37, then PD",
     .start = "2020-01-01",
     .visits = {{"2020-02-07", PR}, {"2020-03-10", PD}},
     .best = {PR, "2020-02-07"},
     .t1 = {SD, "2020-02-07"},
     .t2 = {SD, "2020-02-07"}},
    {.id = "NEWS 245: CR, NE, NE, CR is not confirmed",
     .start = "2020-03-01",
     .visits = {{"2020-03-16", CR}, {"2020-04-01", NE}, {"2020-04-16", NE}, {"2020-05-01", CR}},
     .best = {CR, "2020-03-16"},
     .t1 = {SD, "2020-05-01"},
     .t2 = {SD, "2020-05-01"}}};

static int32_t day_of(const char *text) {
    oa_date date;
    if (!text || *text == '\0') {
        return NO_DAY;
    }
    assert_true(oa_parse_date(text, strlen(text), &date));
    return date.day;
}

static size_t records_of(const subject *s, record out[MOST]) {
    size_t n = 0;
    while (n < MOST && s->visits[n].date) {
        out[n] = (record){day_of(s->visits[n].date), s->visits[n].response};
        n++;
    }
    return n;
}

static void check(const char *id, const char *what, answer got, expected want) {
    answer wanted = {want.response, day_of(want.date)};
    if (!same(got, wanted)) {
        fail_msg("subject %s, %s: %s, not %s", id, what, shown(got), shown(wanted));
    }
}

static expected or_else(expected strict, expected asis) {
    return strict.response ? strict : asis;
}

static void check_subject(const subject *s) {
    record r[MOST];
    size_t n = records_of(s, r);
    terms t1 = {.reference = day_of(s->start), .window = 28, .confirm = 28, .max_ne = 1};
    terms t2 = {.reference = t1.reference, .window = 28, .confirm = 14, .max_sd = 1, .missing_as_ne = true};
    check(s->id, "oracle, best", admiral_best(r, n, &t1, false), s->best);
    check(s->id, "oracle, T1", admiral_best(r, n, &t1, true), s->t1);
    check(s->id, "oracle, T2", admiral_best(r, n, &t2, true), s->t2);
    assert_int_equal(admiral_response(r, n, &t1), day_of(s->began_t1));
    assert_int_equal(admiral_response(r, n, &t2), day_of(s->began_t2));
    check(s->id, "best", engine(r, n, &t1, OA_AFTER_CR_ASIS, oa_best_response), s->best);
    check(s->id, "T1", engine(r, n, &t1, OA_AFTER_CR_ASIS, oa_best_confirmed), s->t1);
    check(s->id, "T2", engine(r, n, &t2, OA_AFTER_CR_ASIS, oa_best_confirmed), s->t2);
    check(s->id, "T1, strict", engine(r, n, &t1, OA_AFTER_CR_STRICT, oa_best_confirmed), or_else(s->strict_t1, s->t1));
    check(s->id, "T2, strict", engine(r, n, &t2, OA_AFTER_CR_STRICT, oa_best_confirmed), or_else(s->strict_t2, s->t2));
    check(s->id, "table 3, T1", strict_best(r, n, &t1, true), or_else(s->strict_t1, s->t1));
    check(s->id, "table 3, T2", strict_best(r, n, &t2, true), or_else(s->strict_t2, s->t2));
    answer began = engine(r, n, &t1, OA_AFTER_CR_ASIS, oa_first_confirmed);
    if (s->began_t1) {
        assert_int_equal(began.day, day_of(s->began_t1));
    } else {
        assert_true(began.response != CR && began.response != PR);
    }
}

static void test_REQ_BEST_001_REQ_RECIST_012_cases_of_admiralonco(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(subjects); i++) {
        check_subject(&subjects[i]);
    }
}

/* test-derive_param_bor.R T2: with the records up to and including a day of PD. */
static void test_REQ_RECIST_012_cut_at_pd(void **state) {
    static const struct {
        size_t index;
        const char *pd;
        expected best;
    } cuts[] = {{1, "2020-03-01", {PR, "2020-02-01"}}, {5, "2020-02-05", {MISS, ""}}};
    (void)state;
    for (size_t i = 0; i < COUNT(cuts); i++) {
        record r[MOST];
        const subject *s = &subjects[cuts[i].index];
        size_t n = records_of(s, r);
        terms t = {.reference = day_of(s->start), .window = 28, .confirm = 28};
        while (n > 0 && r[n - 1].day > day_of(cuts[i].pd)) {
            n--;
        }
        check(s->id, "cut at PD", engine(r, n, &t, OA_AFTER_CR_ASIS, oa_best_response), cuts[i].best);
    }
}

/* ---- random courses ------------------------------------------------------------------------------------------------ */

/* SplitMix64. */
static uint64_t next(uint64_t *state) {
    uint64_t z = *state += 0x9E3779B97F4A7C15U;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
}

static uint32_t below(uint64_t *state, uint32_t limit) {
    return (uint32_t)(next(state) % limit);
}

/* Steps between assessments lie about the days of confirmation, and are 0 now and then: two on one day. */
static size_t random_course(uint64_t seed, record *r, terms *t) {
    static const oa_response drawn[] = {CR, CR, CR, PR, PR, PR, PR, SD, SD, SD, NONCR, PD, NE, NE, ND};
    static const int32_t steps[] = {0, 1, 7, 13, 14, 15, 20, 27, 28, 28, 29, 34, 35, 41, 42, 43, 56, 84};
    uint64_t state = seed;
    size_t n = below(&state, MOST + 1);
    *t = (terms){.reference = 19000,
                 .window = (int32_t)(const int[]){0, 28, 35, 42}[below(&state, 4)],
                 .confirm = (int32_t)(const int[]){14, 28, 28, 42}[below(&state, 4)],
                 .max_ne = (int)below(&state, 3),
                 .max_sd = (int)below(&state, 2),
                 .missing_as_ne = below(&state, 2)};
    int32_t day = t->reference;
    for (size_t i = 0; i < n; i++) {
        day += steps[below(&state, COUNT(steps))];
        r[i] = (record){day, drawn[below(&state, COUNT(drawn))]};
    }
    return n;
}

static void fail_with(uint64_t seed, const char *what, const record *r, size_t n, answer got, answer want) {
    for (size_t i = 0; i < n; i++) {
        print_error("  day %d %s\n", (int)r[i].day - 19000, oa_response_name(r[i].response));
    }
    fail_msg("seed %llu, %s: %s, not %s", (unsigned long long)seed, what, shown(got), shown(want));
}

static void test_REQ_BEST_002_random_courses_as_admiralonco(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= (uint64_t)effort(RANDOM_COURSES); seed++) {
        record r[MOST];
        terms t;
        size_t n = random_course(seed, r, &t);
        for (int confirmed = 0; confirmed <= 1; confirmed++) {
            answer got = engine(r, n, &t, OA_AFTER_CR_ASIS, confirmed ? oa_best_confirmed : oa_best_response);
            answer want = admiral_best(r, n, &t, confirmed);
            if (!same(got, want)) {
                fail_with(seed, confirmed ? "CBOR" : "BOR", r, n, got, want);
            }
        }
        answer began = engine(r, n, &t, OA_AFTER_CR_ASIS, oa_first_confirmed);
        int32_t want = admiral_response(r, n, &t);
        bool responded = began.response == CR || began.response == PR;
        if (responded != (want != NO_DAY) || (responded && began.day != want)) {
            fail_with(seed, "CRSP", r, n, began, (answer){OA_RESP_NONE, want});
        }
    }
}

static void test_REQ_BEST_003_random_courses_by_table_3(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= (uint64_t)effort(RANDOM_COURSES); seed++) {
        record r[MOST];
        terms t;
        size_t n = random_course(seed, r, &t);
        for (int confirmed = 0; confirmed <= 1; confirmed++) {
            answer got = engine(r, n, &t, OA_AFTER_CR_STRICT, confirmed ? oa_best_confirmed : oa_best_response);
            answer want = strict_best(r, n, &t, confirmed);
            if (!same(got, want)) {
                fail_with(seed, confirmed ? "CBOR" : "BOR", r, n, got, want);
            }
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_BEST_001_REQ_RECIST_012_cases_of_admiralonco),
        cmocka_unit_test(test_REQ_RECIST_012_cut_at_pd),
        cmocka_unit_test(test_REQ_BEST_002_random_courses_as_admiralonco),
        cmocka_unit_test(test_REQ_BEST_003_random_courses_by_table_3),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
