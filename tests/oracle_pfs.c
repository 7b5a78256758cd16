/* oracle_pfs.c - see oracle_pfs.h. */
#include "oracle_pfs.h"

static bool assessed_on(const oa_pfs_subject *s, int32_t day) {
    for (size_t i = 0; i < s->n_adequate; i++) {
        if (s->adequate[i] == day) {
            return true;
        }
    }
    return false;
}

/* A visit is missed when no day of its window could still be the day of the last scan or of the event. */
static int missed_between(const oa_pfs_subject *s, int32_t last_scan, int32_t event) {
    int missed = 0;
    for (size_t i = 0; i < s->schedule.count; i++) {
        const oa_planned *v = &s->schedule.items[i];
        bool all_between = true;
        for (int32_t day = s->reference + v->first; day <= s->reference + v->last; day++) {
            all_between = all_between && last_scan < day && day < event;
        }
        missed += all_between;
    }
    return missed;
}

/* Tables B and C: the visit of which the window is not over yet, and the earliest of those. */
static int32_t day_of_next_visit(const oa_pfs_subject *s, int32_t seen) {
    int32_t best = INT32_MAX;
    for (size_t i = 0; i < s->schedule.count; i++) {
        const oa_planned *v = &s->schedule.items[i];
        if (s->reference + v->last >= seen && s->reference + v->day < best) {
            best = s->reference + v->day;
        }
    }
    if (best == INT32_MAX || best < seen) {
        best = seen;
    }
    if (best > s->cutoff) {
        best = s->cutoff;
    }
    return s->died && best > s->death ? s->death : best;
}

static oracle_result censor(const oa_pfs_subject *s, bool any_scan, int32_t last_scan, oa_pfs_outcome why) {
    return (oracle_result){why, any_scan ? last_scan : s->reference};
}

oracle_result oracle_pfs(const oa_pfs_subject *s, char preset, int too_many, bool therapy_first) {
    bool any_scan = false;
    int32_t last_scan = 0;
    if (!s->has_baseline) {
        return (oracle_result){OA_PFS_CENSOR_NO_BASELINE, s->reference};
    }
    for (int32_t day = s->reference; day <= s->cutoff; day++) {
        bool therapy = s->new_therapy && s->therapy == day && preset != 'e';
        bool pd = s->progressed && s->progression == day;
        bool claim = s->claimed && s->claim == day && preset == 'c';
        bool death = s->died && s->death == day;
        if (therapy && therapy_first) {
            return censor(s, any_scan, last_scan, OA_PFS_CENSOR_NEW_THERAPY);
        }
        if (pd || claim || death) {
            bool only_death = !pd && !claim;
            int missed = missed_between(s, any_scan ? last_scan : s->reference, day);
            if (missed >= too_many && (preset == 'a' || (preset != 'e' && only_death))) {
                return censor(s, any_scan, last_scan, OA_PFS_CENSOR_MISSED);
            }
            bool dated = !only_death && (preset == 'b' || preset == 'c');
            return (oracle_result){pd      ? OA_PFS_PROGRESSION
                                   : claim ? OA_PFS_CLAIMED
                                           : OA_PFS_DEATH,
                                   dated ? day_of_next_visit(s, day) : day};
        }
        if (assessed_on(s, day)) {
            any_scan = true;
            last_scan = day;
        }
        if (therapy) {
            return censor(s, any_scan, last_scan, OA_PFS_CENSOR_NEW_THERAPY);
        }
    }
    return censor(s, any_scan, last_scan, any_scan ? OA_PFS_CENSOR_NO_EVENT : OA_PFS_CENSOR_NO_ASSESSMENT);
}
