/* monitor.c - where a running trial stands by its stopping rules; what counts and why: onearm/monitor.h. */
#include "monitor.h"

#include "order.h"

#include "../adam/recist.h"
#include "../base/text.h"

#include <onearm/monitoring.h>

#include <math.h>
#include <string.h>

typedef enum state { NO_RESPONSE, RESPONSE, PENDING } state;

typedef struct job {
    oa_analysis a;
    oa_monitor *m;
    state *states; /* by row of ADSL */
    oa_flags *counted;
    oa_flags *toxic;
    size_t *order;
    size_t count;
    oa_boundary boundary;
} job;

/* ---- what is known of a subject ----------------------------------------------------------------------------------- */

/* What the assessments of a subject have shown, of those that the best response is chosen from. */
typedef struct assessment {
    bool evaluable;
    bool last_is_response; /* the last that could be evaluated */
} assessment;

static assessment *read_assessments(const oa_analysis *a) {
    const oa_table *adrs = a->adam->dataset[OA_ADRS];
    int code = oa_table_column(adrs, "PARAMCD");
    int value = oa_table_column(adrs, "AVALC");
    int counts = oa_table_column(adrs, "ANL02FL");
    assessment *found = OA_NEW_ARRAY(a->arena, assessment, a->n_subjects + 1);
    size_t subject = 0;
    for (size_t row = 0; row < oa_table_rows(adrs); row++) { /* by subject and day */
        oa_response response;
        if (oa_text_is(adrs, row, code, "OVR") && oa_text_is(adrs, row, counts, "Y") &&
            oa_response_of(oa_text(adrs, row, value), &response) && oa_response_is_adequate(response) &&
            oa_next_subject(a, adrs, row, &subject)) {
            found[subject].evaluable = true;
            found[subject].last_is_response = response == OA_RESP_CR || response == OA_RESP_PR;
        }
    }
    return found;
}

/* The columns of ADSL that say whether a subject can still be assessed. */
typedef struct follow_up {
    const oa_table *adsl;
    int died, status, new_therapy;
} follow_up;

static follow_up follow_up_of(const oa_table *adsl) {
    return (follow_up){adsl, oa_table_column(adsl, "DTHFL"), oa_table_column(adsl, "EOSSTT"),
                       oa_table_column(adsl, "NACTDT")};
}

/* No assessment can come any more. */
static bool ended(const follow_up *f, size_t row) {
    return oa_text_is(f->adsl, row, f->died, "Y") || oa_text_is(f->adsl, row, f->status, "DISCONTINUED") ||
           oa_text_is(f->adsl, row, f->status, "COMPLETED") || !oa_is_missing(f->adsl, row, f->new_therapy);
}

static oa_flags *responders(const oa_analysis *a, const char *paramcd) {
    const oa_table *adrs = a->adam->dataset[OA_ADRS];
    int code = oa_table_column(adrs, "PARAMCD");
    int value = oa_table_column(adrs, "AVALC");
    oa_flags *flags = oa_flags_new(a);
    size_t subject = 0;
    for (size_t row = 0; row < oa_table_rows(adrs); row++) {
        if (oa_text_is(adrs, row, code, paramcd) && oa_text_is(adrs, row, value, "Y") &&
            oa_next_subject(a, adrs, row, &subject)) {
            flags[subject] = true;
        }
    }
    return flags;
}

static void judge_subjects(job *j) {
    const oa_analysis *a = &j->a;
    bool confirm = a->protocol->response.confirm_required;
    const oa_flags *response = responders(a, confirm ? "CRSP" : "RSP");
    const assessment *seen = read_assessments(a);
    const follow_up follow = follow_up_of(a->adsl);
    j->states = OA_NEW_ARRAY(a->arena, state, a->n_subjects + 1);
    j->counted = oa_flags_new(a);
    for (size_t i = 0; i < a->n_subjects; i++) {
        bool in_set = a->ard->efficacy.member[i];
        bool waits = !ended(&follow, i) && (!seen[i].evaluable || (confirm && seen[i].last_is_response));
        j->states[i] = response[i] ? RESPONSE : waits ? PENDING : NO_RESPONSE;
        /* who has no assessment yet may not be in the set yet */
        j->counted[i] = in_set || (a->ard->safety.member[i] && !seen[i].evaluable && waits);
        if (j->counted[i]) {
            j->m->responses += j->states[i] == RESPONSE;
            j->m->pending += j->states[i] == PENDING;
            j->m->evaluable += j->states[i] != PENDING;
            j->m->never += j->states[i] == NO_RESPONSE && !seen[i].evaluable;
        }
    }
    j->order = oa_by_first_dose(a, j->counted, &j->count);
}

/* ---- response ---------------------------------------------------------------------------------------------------- */

static oa_look_state state_at(const job *j, size_t k) {
    const oa_look *look = &j->boundary.looks[k];
    oa_look_state s = {.look = (int64_t)k + 1,
                       .looks = (int64_t)j->boundary.count,
                       .n = look->n,
                       .lower = look->lower,
                       .upper = look->upper};
    for (size_t i = 0; i < j->count && (int64_t)i < look->n; i++) {
        s.reached++;
        s.events += j->states[j->order[i]] == RESPONSE;
        s.pending += j->states[j->order[i]] == PENDING;
    }
    return s;
}

static void advise(job *j, oa_advice advice, const char *reason) {
    j->m->advice = advice;
    j->m->reason = reason;
}

static const char *of_first(const job *j, const oa_look_state *s) {
    return oa_printf(j->a.arena, "%lld of the first %lld subjects responded", (long long)s->events, (long long)s->n);
}

/* The pending subjects of a look decide. */
static void wait_for(job *j, const oa_look_state *s) {
    oa_arena *arena = j->a.arena;
    int64_t to_go_on = s->lower + 1 - s->events;
    j->m->needed = to_go_on > 0 ? to_go_on : s->upper - s->events;
    advise(j, OA_ADVICE_WAIT,
           oa_printf(arena, "%s and %lld of them are pending: with %lld more the trial %s, %s", of_first(j, s),
                     (long long)s->pending, (long long)j->m->needed,
                     to_go_on > 0 && s->look < s->looks ? "goes on" : "has shown efficacy",
                     to_go_on > 0 ? "with fewer it stops for futility" : "with fewer it goes on"));
}

/* False where the look says to go on, or the trial has not come to it. */
static bool decide(job *j, const oa_look_state *s) {
    oa_arena *arena = j->a.arena;
    if (s->reached < s->n) {
        advise(
            j, OA_ADVICE_CONTINUE,
            oa_printf(arena,
                      "%lld of the %lld subjects of look %lld are there, %lld of them responded and %lld are pending",
                      (long long)s->reached, (long long)s->n, (long long)s->look, (long long)s->events,
                      (long long)s->pending));
        return true;
    }
    if (s->events + s->pending <= s->lower) {
        advise(j, OA_ADVICE_FUTILITY,
               oa_printf(arena, "%s%s; %lld or fewer stop", of_first(j, s),
                         s->pending ? ", and those pending cannot change it" : "", (long long)s->lower));
        return true;
    }
    if (s->events >= s->upper) {
        advise(j, OA_ADVICE_SUCCESS,
               oa_printf(arena, "%s; %lld or more were wanted", of_first(j, s), (long long)s->upper));
        return true;
    }
    if (s->events > s->lower && s->events + s->pending < s->upper) {
        return false;
    }
    wait_for(j, s);
    return true;
}

static void monitor_response(job *j) {
    for (size_t k = 0; k < j->boundary.count; k++) {
        j->m->response = state_at(j, k);
        if (decide(j, &j->m->response)) {
            return;
        }
    }
}

static bool look_ahead(job *j) {
    const oa_p_design *d = &j->a.protocol->design;
    oa_monitor *m = j->m;
    double p0 = d->n_looks ? d->p0 : d->two_stage.p0;
    m->p1 = d->n_looks ? d->p1 : d->two_stage.p1;
    m->prior_a = p0 > 0 ? p0 : 1;
    m->prior_b = p0 > 0 ? 1 - p0 : 1;
    m->conditional_power = m->predictive = (double)NAN;
    if ((m->advice != OA_ADVICE_CONTINUE && m->advice != OA_ADVICE_WAIT) || m->evaluable > m->planned ||
        j->boundary.count == 0) {
        return true;
    }
    int32_t n = (int32_t)m->evaluable;
    int32_t s = (int32_t)m->responses;
    oa_beta prior = {m->prior_a, m->prior_b};
    return (m->p1 <= 0 || oa_boundary_conditional_power(&j->boundary, n, s, m->p1, &m->conditional_power, j->a.diag)) &&
           oa_boundary_predictive(&j->boundary, n, s, &prior, &m->predictive, j->a.diag);
}

/* ---- toxicity ---------------------------------------------------------------------------------------------------- */

static void flag_toxic(job *j) {
    const oa_analysis *a = &j->a;
    const oa_p_toxicity *t = &a->protocol->design.toxicity;
    const oa_table *adae = a->adam->dataset[OA_ADAE];
    int emergent = oa_table_column(adae, "TRTEMFL");
    int related = oa_table_column(adae, "AREL");
    int grade = oa_table_column(adae, "ATOXGRN");
    size_t subject = 0;
    j->toxic = oa_flags_new(a);
    for (size_t row = 0; row < oa_table_rows(adae); row++) {
        double worst;
        if (oa_text_is(adae, row, emergent, "Y") && (!t->related || oa_text_is(adae, row, related, "Y")) &&
            oa_number(adae, row, grade, &worst) && worst >= (double)t->min_grade &&
            oa_next_subject(a, adae, row, &subject)) {
            j->toxic[subject] = true;
        }
    }
}

static void monitor_toxicity(job *j) {
    const oa_p_toxicity *t = &j->a.protocol->design.toxicity;
    size_t treated;
    const size_t *order = oa_by_first_dose(&j->a, j->a.ard->safety.member, &treated);
    flag_toxic(j);
    for (size_t k = 0; k < t->n_looks; k++) {
        oa_look_state *s = &j->m->toxicity;
        *s = (oa_look_state){.look = (int64_t)k + 1,
                             .looks = (int64_t)t->n_looks,
                             .n = t->looks[k].n,
                             .lower = -1,
                             .upper = t->looks[k].stop};
        for (size_t i = 0; i < treated && (int64_t)i < s->n; i++) {
            s->reached++;
            s->events += j->toxic[order[i]];
        }
        if (s->reached < s->n) {
            return;
        }
        if (s->events >= s->upper) {
            advise(j, OA_ADVICE_TOXICITY,
                   oa_printf(j->a.arena, "%lld of the first %lld treated subjects had the toxicity; %lld or more stop",
                             (long long)s->events, (long long)s->n, (long long)s->upper));
            return;
        }
    }
}

/* ---- both -------------------------------------------------------------------------------------------------------- */

bool oa_ard_monitor(oa_arena *arena, const oa_protocol *protocol, const oa_sdtm *sdtm, const oa_adam *adam, oa_ard *ard,
                    oa_monitor *m, oa_diag *diag) {
    const oa_table *adsl = adam->dataset[OA_ADSL];
    job j = {.a = {arena, protocol, sdtm, adam, ard, diag, adsl, oa_table_rows(adsl)}, .m = m};
    *m = (oa_monitor){.treated = (int64_t)ard->safety.n, .reason = ""};
    j.boundary = oa_protocol_boundary(arena, protocol);
    if (j.boundary.count == 0 && protocol->design.toxicity.n_looks == 0) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "MONITOR-DESIGN",
                    "the protocol has no stopping rules: give design.two_stage with n1, r1, n and r, design.looks or "
                    "design.toxicity; onearm design prints such a block with --protocol");
        return false;
    }
    if (j.boundary.count && !oa_boundary_valid(&j.boundary, diag)) {
        return false;
    }
    judge_subjects(&j);
    m->planned = j.boundary.count ? j.boundary.looks[j.boundary.count - 1].n : 0;
    m->overrun = m->planned && (int64_t)j.count > m->planned ? (int64_t)j.count - m->planned : 0;
    advise(&j, OA_ADVICE_CONTINUE, "no rule stops the trial");
    monitor_response(&j);
    monitor_toxicity(&j);
    return look_ahead(&j);
}
