/* oracle_draw.c - see oracle_draw.h. */
#include "oracle_draw.h"

#include <string.h>

/* ---- chance ------------------------------------------------------------------------------------------------------ */

/* Steele, Lea and Flood's SplitMix64. */
static uint64_t next(uint64_t *seed) {
    uint64_t z = (*seed += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

int or_upto(uint64_t *seed, int n) {
    return (int)(next(seed) % (uint64_t)n);
}

bool or_chance(uint64_t *seed, int percent) {
    return or_upto(seed, 100) < percent;
}

/* ---- a subject --------------------------------------------------------------------------------------------------- */

/* One factor for all lessions of a visit, so that the sum hits -30 % and +20 % exactly: tenths of `from`. */
typedef struct factor {
    int tenths;
    bool of_baseline;
    int64_t plus;
} factor;

static factor draw_factor(uint64_t *seed) {
    static const factor factors[] = {
        {7, true, 0},  {7, true, 1},   {7, true, -1},  {12, false, 0},         {12, false, -1},
        {12, true, 0}, {10, false, 0}, {8, false, 0},  {10, false, 5 * OR_MM}, {10, false, 5 * OR_MM - 1},
        {5, false, 0}, {11, false, 0}, {13, false, 0}, {10, true, 5 * OR_MM},  {6, true, 0},
    };
    return factors[or_upto(seed, (int)(sizeof factors / sizeof *factors))];
}

static int64_t draw_length(uint64_t *seed, const or_lesion *l, int64_t baseline, int64_t before, factor f, bool plus) {
    static const int64_t nodes[] = {99000, 99999, 100000, 100001, 90000};
    if (l->node && or_chance(seed, 20)) {
        return nodes[or_upto(seed, 5)];
    }
    if (or_chance(seed, 10)) {
        return or_upto(seed, 1000) * (OR_MM / 10);
    }
    int64_t length = (f.of_baseline ? baseline : before) * f.tenths / 10 + (plus ? f.plus : 0);
    return length < 0 ? 0 : length > 500 * OR_MM ? 500 * OR_MM : length;
}

static or_look draw_target(uint64_t *seed, const or_lesion *l, int visit_day, int64_t length, bool gone) {
    or_look look = {OR_LENGTH, length, visit_day + or_upto(seed, 4)};
    int luck = or_upto(seed, 100);
    if (luck < 4) {
        look.seen = OR_NOT_DONE;
    } else if (luck < 7) {
        look.seen = OR_NOTHING;
    } else if (luck < 11) {
        look.seen = OR_TOO_SMALL;
    } else if ((gone && luck < 95) || luck < 15) {
        look.seen = l->node ? OR_LENGTH : OR_ABSENT;
        look.length = l->node ? 85000 : 0;
    }
    return look;
}

static bool was_unseen(or_seen seen) {
    return seen == OR_NOTHING || seen == OR_NOT_DONE;
}

static or_look draw_nontarget(uint64_t *seed, int visit_day, bool gone) {
    static const or_seen seen[] = {OR_PRESENT, OR_PRESENT, OR_PRESENT,  OR_ABSENT,
                                   OR_ABSENT,  OR_NOTHING, OR_NOT_DONE, OR_UNEQUIVOCAL};
    or_seen s = seen[or_upto(seed, 8)];
    s = gone && or_chance(seed, 90) ? OR_ABSENT : s;
    s = s == OR_UNEQUIVOCAL && or_chance(seed, 60) ? OR_PRESENT : s;
    return (or_look){s, 0, visit_day + or_upto(seed, 4)};
}

static void draw_lesions(uint64_t *seed, or_subject *s) {
    s->n_lesions = 1 + or_upto(seed, OR_LESIONS - 1);
    int targets = or_chance(seed, 8) ? 0 : 1 + or_upto(seed, s->n_lesions);
    for (int i = 0; i < s->n_lesions; i++) {
        or_lesion *l = &s->lesions[i];
        l->target = i < targets;
        l->node = or_chance(seed, 30);
        l->treated = or_chance(seed, 4) ? 1 + or_upto(seed, s->n_visits) : 0;
        l->split = l->target && !l->treated && or_chance(seed, 8) ? 1 + or_upto(seed, s->n_visits) : 0;
        l->looks[0] =
            (or_look){l->target ? OR_LENGTH : OR_PRESENT, (10 + or_upto(seed, 60)) * OR_MM, -or_upto(seed, 4)};
        if (l->target && i > 0 && or_chance(seed, 2)) {
            l->looks[0].seen = OR_NOT_DONE;
            l->split = 0;
        }
    }
    bool can_merge = targets >= 2 && !s->lesions[0].split && !s->lesions[1].split && !s->lesions[0].treated &&
                     !s->lesions[1].treated && s->lesions[1].looks[0].seen == OR_LENGTH;
    s->merged = can_merge && or_chance(seed, 15) ? 1 + or_upto(seed, s->n_visits) : 0;
    s->merged_node = s->lesions[0].node && s->lesions[1].node;
}

static void draw_lesion_at(uint64_t *seed, or_subject *s, int i, int visit, int day, factor f, bool gone) {
    or_lesion *l = &s->lesions[i];
    int64_t before = l->looks[visit - 1].length;
    int64_t length = draw_length(seed, l, l->looks[0].length, before, f, i == 0);
    if (!l->target) {
        l->looks[visit] = draw_nontarget(seed, day, gone);
        l->looks[visit].seen = l->treated == visit ? OR_NOT_DONE : l->looks[visit].seen;
        return;
    }
    l->looks[visit] = draw_target(seed, l, day, length, gone);
    if (l->split > 0 && visit >= l->split) {
        int64_t part = length / 3;
        l->looks[visit].seen = OR_NOTHING;
        l->fragments[visit][0] = draw_target(seed, l, day, part, gone);
        l->fragments[visit][1] = draw_target(seed, l, day, length - part, gone);
        for (int k = 0; k < OR_FRAGMENTS && visit == l->split; k++) { /* what splits is seen */
            or_look *look = &l->fragments[visit][k];
            look->seen = was_unseen(look->seen) ? OR_LENGTH : look->seen;
        }
    }
    if (l->treated == visit && l->treated > 0) {
        l->looks[visit].seen = OR_NOT_DONE;
    }
    if (s->merged > 0 && visit >= s->merged && i < 2) {
        s->whole[visit] = draw_target(seed, &(or_lesion){.node = s->merged_node}, day, length * 3 / 2, gone);
        l->looks[visit].seen = OR_NOTHING;
        s->whole[visit].seen =
            visit == s->merged && was_unseen(s->whole[visit].seen) ? OR_LENGTH : s->whole[visit].seen;
    }
}

static void draw_new(uint64_t *seed, or_subject *s, int visit, int day) {
    static const or_seen seen[] = {OR_EQUIVOCAL, OR_EQUIVOCAL, OR_UNEQUIVOCAL, OR_PRESENT, OR_ABSENT, OR_NOT_DONE};
    for (int i = 0; i < s->n_new; i++) {
        bool looked = or_chance(seed, 30);
        s->news[i][visit] = (or_look){looked ? seen[or_upto(seed, 6)] : OR_NOTHING, 0, day + or_upto(seed, 4)};
    }
}

void or_draw(uint64_t *seed, or_subject *s, or_spelling *how) {
    int day = 0;
    memset(s, 0, sizeof *s);
    *how = (or_spelling){or_upto(seed, 3), or_upto(seed, 3), or_chance(seed, 50), or_chance(seed, 50)};
    s->n_visits = 2 + or_upto(seed, OR_VISITS - 1);
    s->n_new = or_chance(seed, 35) ? 1 + or_upto(seed, OR_NEW) : 0;
    draw_lesions(seed, s);
    if (how->merge == 2) {
        s->merged_node = s->lesions[0].node; /* the first lesion stands for both */
    }
    for (int v = 1; v < s->n_visits; v++) {
        factor f = draw_factor(seed);
        bool gone = or_chance(seed, 15);
        day += 10 + or_upto(seed, 60);
        for (int i = 0; i < s->n_lesions; i++) {
            draw_lesion_at(seed, s, i, v, day, f, gone);
        }
        draw_new(seed, s, v, day);
    }
}
