/* pfs.c - the presets of progression-free survival, and the decision for one subject; see pfs.h. */
#include "pfs.h"

/* Guidance, appendix 3, tables A, B and C: all three censor at a new therapy and a death after two or more missed
 * assessments.  Table A alone has the row "death or progression after more than one missed visit"; B and C date
 * progression to the next scheduled visit, and C adds what the investigator claims.  EMA: every progression and death
 * counts when it happened, whatever therapy or gap came before it. */
const oa_pfs_preset oa_pfs_presets[OA_PFS_PRESETS] = {
    {.name = "fda-a",
     .source = "FDA guidance on endpoints, appendix 3, table A",
     .new_therapy = OA_PFS_CENSORS,
     .death_after_missed = OA_PFS_CENSORS,
     .progression_after_missed = OA_PFS_CENSORS,
     .progression_date = OA_PFS_AT_SCAN,
     .claimed = OA_PFS_NO_EVENT},
    {.name = "fda-b",
     .source = "FDA guidance on endpoints, appendix 3, table B",
     .new_therapy = OA_PFS_CENSORS,
     .death_after_missed = OA_PFS_CENSORS,
     .progression_after_missed = OA_PFS_IGNORED,
     .progression_date = OA_PFS_AT_NEXT_VISIT,
     .claimed = OA_PFS_NO_EVENT},
    {.name = "fda-c",
     .source = "FDA guidance on endpoints, appendix 3, table C",
     .new_therapy = OA_PFS_CENSORS,
     .death_after_missed = OA_PFS_CENSORS,
     .progression_after_missed = OA_PFS_IGNORED,
     .progression_date = OA_PFS_AT_NEXT_VISIT,
     .claimed = OA_PFS_EVENT},
    {.name = "ema",
     .source = "EMA, CHMP/27994/2008/Rev.1",
     .new_therapy = OA_PFS_IGNORED,
     .death_after_missed = OA_PFS_IGNORED,
     .progression_after_missed = OA_PFS_IGNORED,
     .progression_date = OA_PFS_AT_SCAN,
     .claimed = OA_PFS_NO_EVENT},
};

bool oa_pfs_is_event(oa_pfs_outcome outcome) {
    return outcome == OA_PFS_PROGRESSION || outcome == OA_PFS_CLAIMED || outcome == OA_PFS_DEATH;
}

static int32_t earlier(int32_t a, int32_t b) {
    return a < b ? a : b;
}

/* The last adequate assessment on or before `day`; -1: none. */
static int last_adequate(const oa_pfs_subject *s, int32_t day) {
    size_t n = s->n_adequate;
    while (n > 0 && s->adequate[n - 1] > day) {
        n--;
    }
    return (int)n - 1;
}

/* The first of progression, claim and death; of those on one day, in this order: what a scan shows is the better
 * documented. */
static bool first_event(const oa_pfs_subject *s, const oa_pfs_preset *preset, oa_pfs_outcome *event, int32_t *day) {
    const struct {
        bool counts;
        oa_pfs_outcome outcome;
        int32_t day;
    } events[] = {{s->progressed, OA_PFS_PROGRESSION, s->progression},
                  {s->claimed && preset->claimed == OA_PFS_EVENT, OA_PFS_CLAIMED, s->claim},
                  {s->died, OA_PFS_DEATH, s->death}};
    bool any = false;
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        if (events[i].counts && (!any || events[i].day < *day)) {
            *event = events[i].outcome;
            *day = events[i].day;
            any = true;
        }
    }
    return any;
}

bool oa_pfs_is_missed(const oa_pfs_subject *subject, const oa_planned *planned, int32_t since, int32_t seen) {
    return subject->reference + planned->first > since && subject->reference + planned->last < seen;
}

static void count_missed(const oa_pfs_subject *s, oa_pfs_decision *d) {
    d->since = d->last_adequate < 0 ? s->reference : s->adequate[d->last_adequate];
    for (size_t i = 0; i < s->schedule.count; i++) {
        d->n_missed += oa_pfs_is_missed(s, &s->schedule.items[i], d->since, d->seen);
    }
}

/* The planned day of the assessment at which something of this day belongs: the first whose window has not passed.  What
 * was seen in a window, but after the planned day, stays where it is; so does what no visit follows. */
static int32_t next_visit(const oa_pfs_subject *s, int32_t day) {
    for (size_t i = 0; i < s->schedule.count; i++) {
        int32_t planned = s->reference + s->schedule.items[i].day;
        if (s->reference + s->schedule.items[i].last >= day) {
            return planned > day ? planned : day;
        }
    }
    return day;
}

/* Progression takes the day of the visit where the preset says so, but nothing is dated past death or cut-off. */
static int32_t event_day(const oa_pfs_subject *s, const oa_pfs_preset *preset, const oa_pfs_decision *d) {
    if (preset->progression_date == OA_PFS_AT_SCAN || d->event == OA_PFS_DEATH) {
        return d->seen;
    }
    int32_t day = earlier(next_visit(s, d->seen), s->cutoff);
    return s->died ? earlier(day, s->death) : day;
}

/* Censored at the last adequate assessment up to `day`, or on day 1 where there is none. */
static oa_pfs_decision censored(const oa_pfs_subject *s, oa_pfs_decision d, int32_t day, oa_pfs_outcome why) {
    d.last_adequate = last_adequate(s, day);
    d.day = d.last_adequate < 0 ? s->reference : s->adequate[d.last_adequate];
    d.outcome = d.last_adequate < 0 && why == OA_PFS_CENSOR_NO_EVENT ? OA_PFS_CENSOR_NO_ASSESSMENT : why;
    return d;
}

static bool is_censored_as_missed(const oa_pfs_preset *preset, const oa_pfs_options *options,
                                  const oa_pfs_decision *d) {
    oa_pfs_effect effect = d->event == OA_PFS_DEATH ? preset->death_after_missed : preset->progression_after_missed;
    return effect == OA_PFS_CENSORS && d->n_missed >= (size_t)options->missed;
}

static bool therapy_came_first(const oa_pfs_subject *s, const oa_pfs_options *options, const oa_pfs_decision *d) {
    return !d->any || s->therapy < d->seen || (options->therapy_first && s->therapy == d->seen);
}

static oa_pfs_decision decide(const oa_pfs_subject *s, const oa_pfs_preset *preset, const oa_pfs_options *options) {
    oa_pfs_decision d = {.last_adequate = -1, .event = OA_PFS_CENSOR_NO_EVENT};
    d.any = first_event(s, preset, &d.event, &d.seen);
    if (!s->has_baseline) {
        d.outcome = OA_PFS_CENSOR_NO_BASELINE;
        d.day = s->reference;
        return d;
    }
    if (s->new_therapy && preset->new_therapy == OA_PFS_CENSORS && therapy_came_first(s, options, &d)) {
        return censored(s, d, s->therapy - options->therapy_first, OA_PFS_CENSOR_NEW_THERAPY);
    }
    if (!d.any) {
        return censored(s, d, s->cutoff, OA_PFS_CENSOR_NO_EVENT);
    }
    d.last_adequate = last_adequate(s, d.seen - 1);
    count_missed(s, &d);
    if (is_censored_as_missed(preset, options, &d)) {
        return censored(s, d, d.seen - 1, OA_PFS_CENSOR_MISSED);
    }
    d.outcome = d.event;
    d.day = event_day(s, preset, &d);
    return d;
}

oa_pfs_decision oa_pfs_decide(const oa_pfs_subject *subject, const oa_pfs_preset *preset,
                              const oa_pfs_options *options) {
    oa_pfs_decision d = decide(subject, preset, options);
    d.day = d.day < subject->reference ? subject->reference : d.day;
    return d;
}
