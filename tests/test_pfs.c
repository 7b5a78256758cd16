/*
 * test_pfs.c - the rules of progression-free survival: each situation of the guidances under each preset, against an
 * oracle, and what must not change the result.
 *
 *   REQ-TTE-001  situation by situation, all presets
 *   REQ-TTE-002  the oracle
 *   REQ-TTE-003  missed assessments, by the schedule that the protocol has
 *   REQ-TTE-004  more follow-up
 */
#include "oracle_pfs.h"

#include "../src/base/table.h"
#include "effort.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Every 6 weeks, and every 8 weeks up to week 32, then every 12. */
static const oa_planned six_weekly[] = {
    {"W6", 42, 35, 49}, {"W12", 84, 77, 91}, {"W18", 126, 119, 133}, {"W24", 168, 161, 175}, {"W30", 210, 203, 217}};
static const oa_planned eight_then_twelve[] = {{"W8", 56, 49, 63},     {"W16", 112, 105, 119}, {"W24", 168, 161, 175},
                                               {"W32", 224, 217, 231}, {"W44", 308, 301, 315}, {"W56", 392, 385, 399}};

enum { MOST = 8, CUTOFF = 1000 };

typedef struct wanted {
    oa_pfs_outcome outcome;
    int32_t day;
} wanted;

#define PD       OA_PFS_PROGRESSION
#define CLAIM    OA_PFS_CLAIMED
#define DEATH    OA_PFS_DEATH
#define NO_EVENT OA_PFS_CENSOR_NO_EVENT
#define THERAPY  OA_PFS_CENSOR_NEW_THERAPY
#define MISSED   OA_PFS_CENSOR_MISSED
#define BASELINE OA_PFS_CENSOR_NO_BASELINE
#define NO_SCAN  OA_PFS_CENSOR_NO_ASSESSMENT
#define ALL(o, d)                                                                                                      \
    {                                                                                                                  \
        {o, d}, {o, d}, {o, d}, {                                                                                      \
            o, d                                                                                                       \
        }                                                                                                              \
    }

/* Days after the reference day; 0 stands for "never", as nothing happens on that day here. */
typedef struct situation {
    const char *name;
    bool no_baseline;
    bool twelve; /* the schedule that changes to every 12 weeks */
    bool unplanned;
    int32_t scans[MOST]; /* adequate, up to the first 0; progression is one */
    int32_t pd;
    int32_t claim;
    int32_t death;
    int32_t therapy;
    int32_t cutoff;
    bool therapy_first;
    wanted by[OA_PFS_PRESETS]; /* fda-a, fda-b, fda-c, ema */
} situation;

/* The rows of tables A, B and C, in their order, and then what they leave open. */
static const situation situations[] = {
    {"no baseline assessment", .no_baseline = true, .scans = {42, 84}, .pd = 84, .by = ALL(BASELINE, 0)},
    {"no baseline assessment, and death", .no_baseline = true, .death = 60, .by = ALL(BASELINE, 0)},
    {"progression at a visit", .scans = {42, 84}, .pd = 84, .by = ALL(PD, 84)},
    {"progression between scheduled visits", .scans = {42, 60}, .pd = 60,
     .by = {{PD, 60}, {PD, 84}, {PD, 84}, {PD, 60}}},
    {"progression early in the window of a visit", .scans = {42, 79}, .pd = 79,
     .by = {{PD, 79}, {PD, 84}, {PD, 84}, {PD, 79}}},
    {"progression late in the window of a visit", .scans = {42, 90}, .pd = 90, .by = ALL(PD, 90)},
    {"progression after the last visit", .scans = {168, 210, 300}, .pd = 300, .by = ALL(PD, 300)},
    {"no progression", .scans = {42, 84}, .by = ALL(NO_EVENT, 84)},
    {"no progression, no adequate assessment", .scans = {0}, .by = ALL(NO_SCAN, 0)},
    {"treatment ended for claimed progression, at a visit", .scans = {42}, .claim = 84,
     .by = {{NO_EVENT, 42}, {NO_EVENT, 42}, {CLAIM, 84}, {NO_EVENT, 42}}},
    {"treatment ended for claimed progression, between visits", .scans = {42}, .claim = 60,
     .by = {{NO_EVENT, 42}, {NO_EVENT, 42}, {CLAIM, 84}, {NO_EVENT, 42}}},
    {"claimed before the scan that shows it", .scans = {42, 84}, .claim = 84 - 30, .pd = 84,
     .by = {{PD, 84}, {PD, 84}, {CLAIM, 84}, {PD, 84}}},
    {"claimed on the day of the scan that shows it", .scans = {42, 84}, .claim = 84, .pd = 84, .by = ALL(PD, 84)},
    {"claimed after the scan that shows it", .scans = {42, 84}, .claim = 90, .pd = 84, .by = ALL(PD, 84)},
    {"new anticancer therapy, no event", .scans = {42, 84, 126}, .therapy = 100,
     .by = {{THERAPY, 84}, {THERAPY, 84}, {THERAPY, 84}, {NO_EVENT, 126}}},
    {"new anticancer therapy before progression", .scans = {42, 84, 126}, .pd = 126, .therapy = 100,
     .by = {{THERAPY, 84}, {THERAPY, 84}, {THERAPY, 84}, {PD, 126}}},
    {"new anticancer therapy before death", .scans = {42}, .death = 90, .therapy = 60,
     .by = {{THERAPY, 42}, {THERAPY, 42}, {THERAPY, 42}, {DEATH, 90}}},
    {"new anticancer therapy before the first assessment", .scans = {42}, .pd = 42, .therapy = 20,
     .by = {{THERAPY, 0}, {THERAPY, 0}, {THERAPY, 0}, {PD, 42}}},
    {"new anticancer therapy after progression", .scans = {42, 84}, .pd = 84, .therapy = 90, .by = ALL(PD, 84)},
    {"new anticancer therapy after progression, before the visit that dates it", .scans = {42, 60}, .pd = 60,
     .therapy = 70, .by = {{PD, 60}, {PD, 84}, {PD, 84}, {PD, 60}}},
    {"new anticancer therapy after a claim", .scans = {42}, .claim = 60, .therapy = 70,
     .by = {{THERAPY, 42}, {THERAPY, 42}, {CLAIM, 84}, {NO_EVENT, 42}}},
    {"new anticancer therapy on the day of progression", .scans = {42, 84}, .pd = 84, .therapy = 84, .by = ALL(PD, 84)},
    {"new anticancer therapy on the day of progression, before it", .scans = {42, 84}, .pd = 84, .therapy = 84,
     .therapy_first = true, .by = {{THERAPY, 42}, {THERAPY, 42}, {THERAPY, 42}, {PD, 84}}},
    {"new anticancer therapy on the day of a scan", .scans = {42, 84}, .therapy = 84,
     .by = {{THERAPY, 84}, {THERAPY, 84}, {THERAPY, 84}, {NO_EVENT, 84}}},
    {"new anticancer therapy on the day of a scan, before it", .scans = {42, 84}, .therapy = 84, .therapy_first = true,
     .by = {{THERAPY, 42}, {THERAPY, 42}, {THERAPY, 42}, {NO_EVENT, 84}}},
    {"death before the first assessment", .death = 30, .by = ALL(DEATH, 30)},
    {"death between adequate visits", .scans = {42, 84}, .death = 100, .by = ALL(DEATH, 100)},
    {"death after one missed visit", .scans = {42}, .death = 100, .by = ALL(DEATH, 100)},
    {"death after two missed visits", .scans = {42}, .death = 140,
     .by = {{MISSED, 42}, {MISSED, 42}, {MISSED, 42}, {DEATH, 140}}},
    {"death after two missed visits without any assessment", .death = 100,
     .by = {{MISSED, 0}, {MISSED, 0}, {MISSED, 0}, {DEATH, 100}}},
    {"progression after one missed visit", .scans = {42, 126}, .pd = 126, .by = ALL(PD, 126)},
    {"progression after two missed visits", .scans = {42, 168}, .pd = 168,
     .by = {{MISSED, 42}, {PD, 168}, {PD, 168}, {PD, 168}}},
    {"death on the day of progression", .scans = {42, 84}, .pd = 84, .death = 84, .by = ALL(PD, 84)},
    {"progression is not dated past death", .scans = {42, 60}, .pd = 60, .death = 70,
     .by = {{PD, 60}, {PD, 70}, {PD, 70}, {PD, 60}}},
    {"progression is not dated past the cut-off", .scans = {42, 60}, .pd = 60, .cutoff = 65,
     .by = {{PD, 60}, {PD, 65}, {PD, 65}, {PD, 60}}},
    {"without a schedule nothing is missed and nothing is dated to a visit", .unplanned = true, .scans = {42, 400},
     .pd = 400, .by = ALL(PD, 400)},
    {"every 12 weeks since week 32: 20 weeks miss one visit, though 8 weeks would make two", .twelve = true,
     .scans = {224, 364}, .pd = 364, .by = {{PD, 364}, {PD, 392}, {PD, 392}, {PD, 364}}},
    {"every 8 weeks up to week 32: 20 weeks miss two visits", .twelve = true, .scans = {56, 196}, .pd = 196,
     .by = {{MISSED, 56}, {PD, 224}, {PD, 224}, {PD, 196}}},
    {"two visits missed across the change of the schedule", .twelve = true, .scans = {168}, .death = 320,
     .by = {{MISSED, 168}, {MISSED, 168}, {MISSED, 168}, {DEATH, 320}}},
    {"the window of the second visit is open until the day before death", .scans = {42}, .death = 133,
     .by = ALL(DEATH, 133)},
    {"the window of the second visit has closed the day before death", .scans = {42}, .death = 134,
     .by = {{MISSED, 42}, {MISSED, 42}, {MISSED, 42}, {DEATH, 134}}},
    {"a scan on the first day of a window belongs to that visit", .scans = {77}, .death = 150, .by = ALL(DEATH, 150)},
};

static oa_planned_list schedule_of(const situation *t) {
    return t->unplanned ? (oa_planned_list){NULL, 0}
           : t->twelve  ? (oa_planned_list){eight_then_twelve, OA_COUNT(eight_then_twelve)}
                        : (oa_planned_list){six_weekly, OA_COUNT(six_weekly)};
}

static oa_pfs_subject subject_of(const situation *t) {
    oa_pfs_subject s = {.has_baseline = !t->no_baseline,
                        .adequate = t->scans,
                        .progressed = t->pd,
                        .progression = t->pd,
                        .claimed = t->claim,
                        .claim = t->claim,
                        .died = t->death,
                        .death = t->death,
                        .new_therapy = t->therapy,
                        .therapy = t->therapy,
                        .cutoff = t->cutoff ? t->cutoff : CUTOFF,
                        .schedule = schedule_of(t)};
    while (s.n_adequate < MOST && t->scans[s.n_adequate]) {
        s.n_adequate++;
    }
    return s;
}

static void test_REQ_TTE_001_situations(void **state) {
    (void)state;
    int failures = 0;
    for (size_t i = 0; i < OA_COUNT(situations); i++) {
        oa_pfs_subject s = subject_of(&situations[i]);
        for (int p = 0; p < OA_PFS_PRESETS; p++) {
            oa_pfs_options options = {2, situations[i].therapy_first};
            oa_pfs_decision d = oa_pfs_decide(&s, &oa_pfs_presets[p], &options);
            const wanted *want = &situations[i].by[p];
            if (d.outcome != want->outcome || d.day != want->day) {
                print_error("%s, %s: outcome %d on day %d, not %d on day %d\n", situations[i].name,
                            oa_pfs_presets[p].name, (int)d.outcome, (int)d.day, (int)want->outcome, (int)want->day);
                failures++;
            }
        }
    }
    assert_int_equal(failures, 0);
}

static void test_REQ_TTE_001_names(void **state) {
    (void)state;
    static const char *const names[] = {"fda-a", "fda-b", "fda-c", "ema"};
    for (int p = 0; p < OA_PFS_PRESETS; p++) {
        assert_string_equal(oa_pfs_presets[p].name, names[p]);
        assert_non_null(oa_pfs_presets[p].source);
    }
}

/* ---- random subjects ---------------------------------------------------------------------------------------------- */

/* Xorshift: the same subjects on every machine. */
static uint32_t next_random(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (uint32_t)(*state >> 32);
}

static int32_t below(uint64_t *state, int32_t n) {
    return (int32_t)(next_random(state) % (uint32_t)n);
}

typedef struct random_subject {
    oa_pfs_subject s;
    int32_t scans[40];
    oa_planned visits[20];
} random_subject;

static void make_schedule(uint64_t *seed, random_subject *r) {
    int32_t every = 14 + 7 * below(seed, 11);
    int32_t change = below(seed, 20);
    int32_t early = below(seed, 8);
    int32_t late = below(seed, 15);
    size_t n = (size_t)below(seed, 20);
    int32_t day = 0;
    for (size_t i = 0; i < n; i++) {
        day += (int32_t)i < change ? every : every + 28;
        r->visits[i] = (oa_planned){"", day, day - early, day + late};
    }
    r->s.schedule = (oa_planned_list){r->visits, n};
}

/* Days come from a few values on purpose, so that many fall together: with each other, on visits and on the edges of their
 * windows. */
static int32_t some_day(uint64_t *seed, const random_subject *r) {
    size_t n = r->s.schedule.count;
    if (n == 0 || below(seed, 3) == 0) {
        return below(seed, 600);
    }
    const oa_planned *v = &r->visits[(size_t)below(seed, (int32_t)n)];
    const int32_t days[] = {v->day, v->first, v->last, v->first - 1, v->last + 1};
    int32_t day = days[below(seed, 5)];
    return day < 0 ? 0 : day;
}

static void make_scans(uint64_t *seed, random_subject *r) {
    size_t n = (size_t)below(seed, 12);
    for (size_t i = 0; i < n; i++) {
        int32_t day = some_day(seed, r);
        size_t at = i;
        for (; at > 0 && r->scans[at - 1] > day; at--) {
            r->scans[at] = r->scans[at - 1];
        }
        r->scans[at] = day;
    }
    r->s.adequate = r->scans;
    r->s.n_adequate = n;
    if (n && below(seed, 2)) {
        r->s.progressed = true;
        r->s.progression = r->scans[(size_t)below(seed, (int32_t)n)];
    }
}

static void shift(random_subject *r, int32_t days) {
    r->s.reference += days;
    r->s.progression += days;
    r->s.claim += days;
    r->s.death += days;
    r->s.therapy += days;
    r->s.cutoff += days;
    for (size_t i = 0; i < r->s.n_adequate; i++) {
        r->scans[i] += days;
    }
}

/* The last day on which anything happened: a cut-off that lies before the next visit. */
static int32_t last_day(const random_subject *r) {
    const int32_t days[] = {r->s.claim, r->s.death, r->s.therapy, r->s.n_adequate ? r->scans[r->s.n_adequate - 1] : 0};
    int32_t last = 0;
    for (size_t i = 0; i < OA_COUNT(days); i++) {
        last = days[i] > last ? days[i] : last;
    }
    return last;
}

static random_subject random_of(uint64_t seed) {
    random_subject r = {0};
    r.s.has_baseline = below(&seed, 20) != 0;
    make_schedule(&seed, &r);
    make_scans(&seed, &r);
    r.s.claimed = below(&seed, 4) == 0;
    r.s.claim = some_day(&seed, &r);
    r.s.died = below(&seed, 3) == 0;
    r.s.death = some_day(&seed, &r) + below(&seed, 3) * 100;
    r.s.new_therapy = below(&seed, 3) == 0;
    r.s.therapy = some_day(&seed, &r);
    r.s.cutoff = below(&seed, 2) ? 3000 : last_day(&r);
    shift(&r, below(&seed, 30000));
    return r;
}

enum { RANDOM_SUBJECTS = 30000 };

static uint64_t seed_of(uint64_t i) {
    return (i + 1) * UINT64_C(0x9E3779B97F4A7C15);
}

static void test_REQ_TTE_002_oracle(void **state) {
    (void)state;
    static const char letters[] = "abce";
    size_t outcomes[OA_PFS_OUTCOMES] = {0};
    for (uint64_t i = 0; i < (uint64_t)effort(RANDOM_SUBJECTS * 4); i++) {
        random_subject r = random_of(seed_of(i));
        r.s.adequate = r.scans;
        r.s.schedule.items = r.visits;
        oa_pfs_options options = {1 + (int)(i % 3), i % 2 == 1};
        for (int p = 0; p < OA_PFS_PRESETS; p++) {
            oa_pfs_decision d = oa_pfs_decide(&r.s, &oa_pfs_presets[p], &options);
            oracle_result want = oracle_pfs(&r.s, letters[p], options.missed, options.therapy_first);
            outcomes[d.outcome]++;
            if (d.outcome != want.outcome || d.day != want.day) {
                fail_msg("seed %llu, %s: outcome %d on day %d, the oracle says %d on day %d",
                         (unsigned long long)seed_of(i), oa_pfs_presets[p].name, (int)d.outcome,
                         (int)(d.day - r.s.reference), (int)want.outcome, (int)(want.day - r.s.reference));
            }
        }
    }
    for (int o = 0; o < OA_PFS_OUTCOMES; o++) { /* each outcome was tried often enough */
        assert_true(outcomes[o] > (size_t)effort(1000));
    }
}

static void test_REQ_TTE_003_missed_are_counted_and_told(void **state) {
    (void)state;
    for (uint64_t i = 0; i < (uint64_t)effort(RANDOM_SUBJECTS); i++) {
        random_subject r = random_of(seed_of(i));
        r.s.adequate = r.scans;
        r.s.schedule.items = r.visits;
        oa_pfs_decision d = oa_pfs_decide(&r.s, &oa_pfs_presets[0], &(oa_pfs_options){2, false});
        size_t told = 0;
        for (size_t v = 0; v < r.s.schedule.count && d.n_missed; v++) {
            told += oa_pfs_is_missed(&r.s, &r.visits[v], d.since, d.seen);
        }
        assert_int_equal(told, d.n_missed);
        assert_true(d.outcome != OA_PFS_CENSOR_MISSED || d.n_missed >= 2);
        assert_true(d.day >= r.s.reference && d.day <= r.s.cutoff);
    }
}

/* An event that was observed stays what and when it was, whatever comes after it: scans, therapy, death, a later cut-off.
 * Under the presets that date it to a visit, it cannot move forward. */
static void test_REQ_TTE_004_more_follow_up(void **state) {
    (void)state;
    for (uint64_t i = 0; i < (uint64_t)effort(RANDOM_SUBJECTS); i++) {
        random_subject r = random_of(seed_of(i));
        r.s.adequate = r.scans;
        r.s.schedule.items = r.visits;
        for (int p = 0; p < OA_PFS_PRESETS; p++) {
            oa_pfs_options options = {2, i % 2 == 1};
            oa_pfs_decision d = oa_pfs_decide(&r.s, &oa_pfs_presets[p], &options);
            if (!oa_pfs_is_event(d.outcome)) {
                continue;
            }
            random_subject cut = r; /* the same on the day of the event */
            cut.s.adequate = cut.scans;
            cut.s.cutoff = d.seen;
            while (cut.s.n_adequate && cut.scans[cut.s.n_adequate - 1] > d.seen) {
                cut.s.n_adequate--;
            }
            cut.s.progressed = cut.s.progressed && cut.s.progression <= d.seen;
            cut.s.claimed = cut.s.claimed && cut.s.claim <= d.seen;
            cut.s.died = cut.s.died && cut.s.death <= d.seen;
            cut.s.new_therapy = cut.s.new_therapy && cut.s.therapy <= d.seen;
            oa_pfs_decision then = oa_pfs_decide(&cut.s, &oa_pfs_presets[p], &options);
            assert_int_equal(then.outcome, d.outcome);
            assert_true(then.day <= d.day);
            assert_int_equal(then.seen, d.seen);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_TTE_001_situations),
        cmocka_unit_test(test_REQ_TTE_001_names),
        cmocka_unit_test(test_REQ_TTE_002_oracle),
        cmocka_unit_test(test_REQ_TTE_003_missed_are_counted_and_told),
        cmocka_unit_test(test_REQ_TTE_004_more_follow_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
