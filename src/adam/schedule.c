/* schedule.c - see schedule.h. */
#include "schedule.h"

#include "../base/buf.h"
#include "../base/text.h"

enum { WEEK = 7, LAST_WEEK = 1300 }; /* a phase without end goes on for 25 years */

/* A visit is one of imaging where its forms name TR, the domain that it fills.  A scan that follows a drug, such as the
 * one after a dose of 131I, is no assessment of the tumour on schedule: those are counted from the reference day. */
static bool has_imaging(const oa_p_visit *visit) {
    for (size_t i = 0; i < visit->forms.count; i++) {
        if (oa_streq_nocase(visit->forms.items[i], "TR")) {
            return visit->day > 0 && oa_streq(visit->after, "reference");
        }
    }
    return false;
}

static oa_planned planned_on(const char *name, int64_t day, const oa_doubles *window) {
    bool has_window = window->count == 2;
    return (oa_planned){name, (int32_t)day, (int32_t)day + (has_window ? (int32_t)window->items[0] : 0),
                        (int32_t)day + (has_window ? (int32_t)window->items[1] : 0)};
}

/* Keeps the order of days; of two visits on one day the first stands for both. */
static void insert(oa_planned *items, size_t *count, oa_planned visit) {
    size_t at = *count;
    while (at > 0 && items[at - 1].day > visit.day) {
        at--;
    }
    if (at > 0 && items[at - 1].day == visit.day) {
        return;
    }
    for (size_t i = *count; i > at; i--) {
        items[i] = items[i - 1];
    }
    items[at] = visit;
    (*count)++;
}

static oa_planned_list of_visits(oa_arena *arena, const oa_protocol *protocol) {
    oa_planned *items = OA_NEW_ARRAY(arena, oa_planned, protocol->n_visits);
    size_t count = 0;
    for (size_t i = 0; i < protocol->n_visits; i++) {
        const oa_p_visit *visit = &protocol->visits[i];
        if (has_imaging(visit)) {
            insert(items, &count, planned_on(visit->id, visit->day, &visit->window));
        }
    }
    return (oa_planned_list){items, count};
}

/* Each phase goes on from the last assessment of the one before: 8, 16, 24, 32, then 44, 56 ... */
static oa_planned_list of_phases(oa_arena *arena, const oa_p_times *times) {
    oa_planned *items = OA_NEW_ARRAY(arena, oa_planned, LAST_WEEK);
    size_t count = 0;
    int64_t week = 0;
    for (size_t i = 0; i < times->n_imaging; i++) {
        const oa_p_imaging *phase = &times->imaging[i];
        int64_t until = phase->until_week && phase->until_week < LAST_WEEK ? phase->until_week : LAST_WEEK;
        while (week + phase->every_weeks <= until) {
            week += phase->every_weeks;
            items[count++] = planned_on(oa_printf(arena, "week %d", (int)week), week * WEEK, &phase->window);
        }
    }
    return (oa_planned_list){items, count};
}

oa_planned_list oa_imaging_schedule(oa_arena *arena, const oa_protocol *protocol) {
    return protocol->times.n_imaging ? of_phases(arena, &protocol->times) : of_visits(arena, protocol);
}

/* "every 8 weeks up to week 32, then every 12 weeks" */
static const char *phases_text(oa_arena *arena, const oa_p_times *times) {
    oa_buf out;
    oa_buf_init(&out, arena);
    for (size_t i = 0; i < times->n_imaging; i++) {
        const oa_p_imaging *phase = &times->imaging[i];
        oa_putf(&out, "%severy %lld week%s", i ? ", then " : "", (long long)phase->every_weeks,
                phase->every_weeks == 1 ? "" : "s");
        if (phase->until_week) {
            oa_putf(&out, " up to week %lld", (long long)phase->until_week);
        }
    }
    return out.bytes;
}

const char *oa_schedule_text(oa_arena *arena, const oa_protocol *protocol) {
    oa_planned_list schedule = oa_imaging_schedule(arena, protocol);
    if (schedule.count == 0) {
        return "The protocol plans no imaging, so missed assessments cannot be judged and no progression is dated to a "
               "visit.";
    }
    if (protocol->times.n_imaging) {
        return oa_printf(arena, "Missed assessments are judged by times.imaging: %s.",
                         phases_text(arena, &protocol->times));
    }
    return oa_printf(arena, "Missed assessments are judged by the %zu visit%s with imaging, %s to %s.", schedule.count,
                     schedule.count == 1 ? "" : "s", schedule.items[0].name, schedule.items[schedule.count - 1].name);
}
