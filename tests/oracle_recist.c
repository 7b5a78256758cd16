/* oracle_recist.c - see oracle_recist.h.  Eisenhauer et al., Eur J Cancer 45 (2009) 228-247. */
#include "oracle_recist.h"

/* ---- 4.2, 4.4.2: what a look is worth ---------------------------------------------------------------------------- */

static bool was_seen(or_look look) {
    return look.seen != OR_NOTHING && look.seen != OR_NOT_DONE;
}

static int64_t worth(const or_subject *s, or_look look) {
    if (look.seen == OR_TOO_SMALL) {
        return s->rules.too_small;
    }
    return look.seen == OR_LENGTH ? look.length : 0;
}

/* Nothing is left of the lesion: a node of less than 10 mm, or nothing at all. */
static bool is_gone(bool node, int64_t length) {
    return node ? length < 10 * OR_MM : length == 0;
}

static bool is_treated(const or_subject *s, const or_lesion *l, int visit) {
    return l->treated > 0 && visit >= l->treated && !s->rules.treated_counts;
}

static bool is_in_whole(const or_subject *s, int lesion, int visit) {
    return s->merged > 0 && visit >= s->merged && lesion < 2;
}

/* ---- 4.3.1: target lesions --------------------------------------------------------------------------------------- */

typedef struct sums {
    int expected;
    int64_t sum; /* of what was evaluated */
    bool complete;
    bool all_gone;
} sums;

static void add(const or_subject *s, sums *t, or_look look, bool node, bool counts) {
    if (!counts || !was_seen(look)) {
        t->complete = false;
        return;
    }
    t->sum += worth(s, look);
    t->all_gone = t->all_gone && is_gone(node, worth(s, look));
}

static sums sums_at(const or_subject *s, int visit) {
    sums t = {0, 0, true, true};
    for (int i = 0; i < s->n_lesions; i++) {
        const or_lesion *l = &s->lesions[i];
        if (!l->target || !was_seen(l->looks[0]) || is_in_whole(s, i, visit)) {
            continue;
        }
        bool counts = !is_treated(s, l, visit);
        t.expected++;
        if (l->split > 0 && visit >= l->split) {
            add(s, &t, l->fragments[visit][0], l->node, counts);
            add(s, &t, l->fragments[visit][1], l->node, counts);
        } else {
            add(s, &t, l->looks[visit], l->node, counts);
        }
    }
    if (is_in_whole(s, 0, visit)) {
        t.expected++;
        add(s, &t, s->whole[visit], s->merged_node, true);
    }
    return t;
}

static bool has_grown(int64_t sum, int64_t nadir) {
    bool fifth = nadir > 0 ? 100 * (sum - nadir) >= 20 * nadir : sum > 0;
    return fifth && sum - nadir >= 5 * OR_MM;
}

static or_response target_response(sums t, int64_t baseline, int64_t nadir, bool lasting) {
    if (t.expected == 0) {
        return OR_NA;
    }
    if (has_grown(t.sum, nadir)) {
        return OR_PD;
    }
    if (!t.complete) {
        return OR_NE;
    }
    if (t.all_gone) {
        return OR_CR;
    }
    if (baseline > 0 && 100 * (baseline - t.sum) >= 30 * baseline) {
        return OR_PR;
    }
    return lasting ? OR_PR : OR_SD;
}

/* ---- 4.3.3: non-target lesions ----------------------------------------------------------------------------------- */

static or_response nontarget_response(const or_subject *s, int visit) {
    int expected = 0, evaluated = 0, present = 0, worse = 0;
    for (int i = 0; i < s->n_lesions; i++) {
        const or_lesion *l = &s->lesions[i];
        if (l->target) {
            continue;
        }
        expected++;
        if (was_seen(l->looks[visit]) && !is_treated(s, l, visit)) {
            evaluated++;
            present += l->looks[visit].seen != OR_ABSENT;
            worse += l->looks[visit].seen == OR_UNEQUIVOCAL;
        }
    }
    if (expected == 0) {
        return OR_NA;
    }
    if (worse > 0) {
        return OR_PD;
    }
    if (present > 0) {
        return OR_NONCR;
    }
    return evaluated < expected ? OR_NE : OR_CR;
}

/* ---- 4.3.5: new lesions ------------------------------------------------------------------------------------------ */

/* Seen at this visit, and at this or a later one without doubt. */
static bool is_new(const or_subject *s, int lesion, int visit) {
    or_seen now = s->news[lesion][visit].seen;
    bool certain = false;
    for (int v = visit; v < s->n_visits; v++) {
        certain = certain || s->news[lesion][v].seen == OR_UNEQUIVOCAL || s->news[lesion][v].seen == OR_PRESENT;
    }
    return certain && (now == OR_EQUIVOCAL || now == OR_UNEQUIVOCAL || now == OR_PRESENT);
}

/* ---- tables 1 and 2 ---------------------------------------------------------------------------------------------- */

static or_response overall_response(or_response target, or_response nontarget, bool is_new_one, bool new_unknown) {
    or_response r;
    if (is_new_one || target == OR_PD || nontarget == OR_PD) {
        return OR_PD;
    }
    if (target == OR_NA) {
        r = nontarget == OR_NA ? OR_NED : nontarget;
    } else if (target == OR_CR) {
        r = nontarget == OR_CR || nontarget == OR_NA ? OR_CR : OR_PR;
    } else {
        r = target;
    }
    return new_unknown ? OR_NE : r;
}

/* ---- the day ----------------------------------------------------------------------------------------------------- */

typedef struct span {
    int first;
    int last;
} span;

static void stretch(span *days, or_look look) {
    if (look.seen != OR_NOTHING) {
        days->first = look.day < days->first ? look.day : days->first;
        days->last = look.day > days->last ? look.day : days->last;
    }
}

/* First and last scan of a visit: of everything, or (`of_targets`) of the target lesions that were measured. */
static span scans(const or_subject *s, int visit, bool of_targets) {
    span days = {1 << 20, -(1 << 20)};
    for (int i = 0; i < s->n_lesions; i++) {
        const or_lesion *l = &s->lesions[i];
        or_look all[1 + OR_FRAGMENTS] = {l->looks[visit], l->fragments[visit][0], l->fragments[visit][1]};
        for (int k = 0; k < 1 + OR_FRAGMENTS; k++) {
            if (!of_targets || (l->target && was_seen(all[k]))) {
                stretch(&days, all[k]);
            }
        }
    }
    if (!of_targets || was_seen(s->whole[visit])) {
        stretch(&days, s->whole[visit]);
    }
    for (int i = 0; i < s->n_new && !of_targets; i++) {
        stretch(&days, s->news[i][visit]);
    }
    return days;
}

static int least(int a, int b) {
    return a < b ? a : b;
}

/* PD is dated to the earliest of: the scan of a new lesion, the last target scan, the last scan of a non-target lesion
 * that progressed. */
static int day_of(const or_subject *s, int visit, const or_answer *a) {
    span all = scans(s, visit, false);
    int day = all.last;
    if (a->overall != OR_PD) {
        return s->rules.earliest ? all.first : all.last;
    }
    for (int i = 0; i < s->n_new; i++) {
        day = is_new(s, i, visit) ? least(day, s->news[i][visit].day) : day;
    }
    if (a->target == OR_PD) {
        day = least(day, scans(s, visit, true).last);
    }
    if (a->nontarget == OR_PD) {
        int last = -(1 << 20);
        for (int i = 0; i < s->n_lesions; i++) {
            or_look look = s->lesions[i].looks[visit];
            if (!s->lesions[i].target && look.seen == OR_UNEQUIVOCAL && look.day > last) {
                last = look.day;
            }
        }
        day = least(day, last);
    }
    return day;
}

/* ---- visit after visit ------------------------------------------------------------------------------------------- */

/* Whether a response seen before this visit lasts until PD: where responses must be confirmed, it met the criteria twice
 * so many days apart, without SD or PD between. */
static bool lasts(const or_subject *s, const or_answer *answers, int visit) {
    bool lasting = false;
    int since = 0;
    for (int v = 1; v < visit && s->rules.persists; v++) {
        or_response r = answers[v].target;
        if (r == OR_PD || r == OR_SD) {
            lasting = false;
            since = 0;
        } else if (r == OR_CR || r == OR_PR) {
            since = since == 0 ? v : since;
            int days = scans(s, v, false).last - scans(s, since, false).last;
            lasting = lasting || !s->rules.confirm || days >= s->rules.confirm_days;
        }
    }
    return lasting;
}

void or_assess(const or_subject *s, or_answer answers[OR_VISITS]) {
    int64_t baseline = sums_at(s, 0).sum;
    for (int v = 1; v < s->n_visits; v++) {
        int64_t nadir = baseline;
        bool is_new_one = false;
        bool new_unknown = false;
        for (int u = 1; u < v; u++) {
            sums before = sums_at(s, u);
            nadir = before.complete && before.sum < nadir ? before.sum : nadir;
        }
        for (int i = 0; i < s->n_new; i++) {
            is_new_one = is_new_one || is_new(s, i, v);
            new_unknown = new_unknown || (s->rules.new_ne && s->news[i][v].seen == OR_NOT_DONE);
        }
        answers[v].target = target_response(sums_at(s, v), baseline, nadir, lasts(s, answers, v));
        answers[v].nontarget = nontarget_response(s, v);
        answers[v].overall = overall_response(answers[v].target, answers[v].nontarget, is_new_one, new_unknown);
        answers[v].day = day_of(s, v, &answers[v]);
    }
}
