/*
 * bryant_day.c - two stages with response and toxicity: J. Bryant, R. Day, Biometrics 51 (1995) 1372-1383.
 *
 * Problem     After n1 subjects go on where XR1 > cR1 and XT1 <= cT1; after n accept the treatment where XR > cR and XT <= cT.
 *             With A(pR, pT) the probability of accepting: A(pR0, pT1) <= alphaR, A(pR1, pT0) <= alphaT and
 *             A(pR1, pT1) >= 1 - beta.  Of all such designs the one with the least max(EN(pR0, pT1), EN(pR1, pT0)).
 * Joint       Response and toxicity of a subject have the odds ratio phi (joint.h).  Sums over (XR, XT) are exact for each phi.
 * Search      All n, n1 and pairs of boundaries; by the bounds of Frechet, pR + pT - 1 <= P(both) <= min(pR, pT), most
 *             pairs fail on their margins, and of the others only those are computed whose EN gains.
 * End         Stopping as readily as the power admits bounds EN from below, and that bound rises with n.
 */
#include "joint.h"
#include "rows.h"

#include "../stats/work.h"

#include <math.h>

enum { MOST = 200 };

/* The pairs of true rates at which a design is judged. */
enum { POOR_RESPONSE, TOXIC, GOOD, TRUTHS };

typedef struct joint {
    oa_cells cells;
    double **pmf;    /* by n; [x * (n + 1) + t] = P(XR = x, XT = t) */
    double **corner; /* by n; [x * (n + 1) + t] = P(XR >= x, XT <= t) */
} joint;

/* A boundary of one margin, in numbers that must be passed: responses, or subjects without toxicity. */
typedef struct margin {
    int32_t c1, c;
    double null, alternative; /* P(passing both) */
} margin;

typedef struct search {
    oa_arena *arena;
    const oa_bryant_day *problem;
    oa_problem bounds[2]; /* of response, of toxicity; rates are those of passing */
    oa_rows null[2], alternative[2];
    joint truth[TRUTHS];
    int32_t ready;
    margin *margins[2];
    size_t count[2];
    oa_bryant_day_design best;
    double en;
} search;

static joint joint_of(double response, double toxicity, double phi) {
    return (joint){.cells = oa_cells_of(response, toxicity, phi)};
}

/* The distribution of one subject more, from that of n - 1. */
static void fill_pmf(const joint *j, const double *before, int32_t n, double *pmf) {
    for (int32_t x = 0; x < n; x++) {
        for (int32_t t = 0; t < n; t++) {
            double reached = before[x * n + t];
            pmf[x * (n + 1) + t] += reached * j->cells.neither;
            pmf[x * (n + 1) + t + 1] += reached * j->cells.toxicity_only;
            pmf[(x + 1) * (n + 1) + t] += reached * j->cells.response_only;
            pmf[(x + 1) * (n + 1) + t + 1] += reached * j->cells.both;
        }
    }
}

static void fill_corner(const double *pmf, int32_t n, double *corner) {
    for (int32_t x = n; x >= 0; x--) {
        double row = 0;
        for (int32_t t = 0; t <= n; t++) {
            row += pmf[x * (n + 1) + t];
            corner[x * (n + 1) + t] = row + (x < n ? corner[(x + 1) * (n + 1) + t] : 0);
        }
    }
}

static void joint_add(oa_arena *arena, joint *j, int32_t n) {
    size_t size = (size_t)(n + 1) * (size_t)(n + 1);
    j->pmf[n] = OA_NEW_ARRAY(arena, double, size);
    j->corner[n] = OA_NEW_ARRAY(arena, double, size);
    if (n == 0) {
        j->pmf[0][0] = 1;
    } else {
        fill_pmf(j, j->pmf[n - 1], n, j->pmf[n]);
    }
    fill_corner(j->pmf[n], n, j->corner[n]);
}

/* P(XR >= x, XT <= t) of n subjects, for any x and t. */
static double corner_at(const joint *j, int32_t n, int32_t x, int32_t t) {
    if (x > n || t < 0) {
        return 0;
    }
    return j->corner[n][(x < 0 ? 0 : x) * (n + 1) + (t > n ? n : t)];
}

static double go_on(const joint *j, const oa_bryant_day_design *d) {
    return corner_at(j, d->n1, d->response1 + 1, d->toxicity1);
}

static double accept(const joint *j, const oa_bryant_day_design *d) {
    int32_t n2 = d->n - d->n1;
    double sum = 0;
    for (int32_t x = d->n1; x > d->response1; x--) {
        for (int32_t t = 0; t <= d->toxicity1; t++) {
            sum += j->pmf[d->n1][x * (d->n1 + 1) + t] * corner_at(j, n2, d->response + 1 - x, d->toxicity - t);
        }
    }
    return sum;
}

/* ---- search ------------------------------------------------------------------------------------------------------ */

static void need(search *s, int32_t n) {
    for (int k = 0; k < 2; k++) {
        oa_rows_need(&s->null[k], n);
        oa_rows_need(&s->alternative[k], n);
    }
    for (; s->ready < n; s->ready++) {
        for (int h = 0; h < TRUTHS; h++) {
            joint_add(s->arena, &s->truth[h], s->ready + 1);
        }
    }
}

/* The boundaries of a margin that the other margin cannot rule out. */
static void list_margins(search *s, int k, int32_t n1, int32_t n) {
    const oa_problem *p = &s->bounds[k];
    s->count[k] = 0;
    for (int32_t c1 = -1; c1 < n1; c1++) {
        if (!oa_keeps_power(p, s->alternative[k].upper[n1][c1 + 1])) {
            return;
        }
        for (int32_t c = c1 > 0 ? c1 : 0; c < n; c++) {
            margin m = {c1, c, 0, oa_rows_two_stage(&s->alternative[k], n1, c1, n, c)};
            if (!oa_keeps_power(p, m.alternative)) {
                break;
            }
            m.null = oa_rows_two_stage(&s->null[k], n1, c1, n, c);
            if (oa_keeps(p, m.null, p->alpha + p->beta)) {
                s->margins[k][s->count[k]++] = m;
            }
        }
    }
}

static double worst_en(const search *s, const oa_bryant_day_design *d) {
    return d->n1 + (d->n - d->n1) * fmax(go_on(&s->truth[POOR_RESPONSE], d), go_on(&s->truth[TOXIC], d));
}

static bool keeps(const search *s, const oa_bryant_day_design *d) {
    const oa_problem *p = s->bounds;
    return oa_keeps_power(&p[0], accept(&s->truth[GOOD], d)) &&
           oa_keeps_alpha(&p[0], accept(&s->truth[POOR_RESPONSE], d)) &&
           oa_keeps_alpha(&p[1], accept(&s->truth[TOXIC], d));
}

/* Whether the margins let the pair keep the errors: by their products where they are independent, else by Frechet's bounds. */
static bool possible(const search *s, const margin *r, const margin *t) {
    const oa_problem *p = s->bounds;
    if (s->problem->phi == 1) { /* exactly independent */
        return oa_keeps_power(&p[0], r->alternative * t->alternative) &&
               oa_keeps_alpha(&p[0], r->null * t->alternative) && oa_keeps_alpha(&p[1], r->alternative * t->null);
    }
    return oa_keeps(&p[0], r->null + t->alternative - 1, p[0].alpha) &&
           oa_keeps(&p[1], r->alternative + t->null - 1, p[1].alpha);
}

static void try_pairs(search *s, int32_t n1, int32_t n) {
    for (size_t i = 0; i < s->count[0]; i++) {
        const margin *r = &s->margins[0][i];
        for (size_t k = 0; k < s->count[1]; k++) {
            const margin *t = &s->margins[1][k];
            oa_bryant_day_design d = {.n1 = n1,
                                      .response1 = r->c1,
                                      .toxicity1 = n1 - t->c1 - 1,
                                      .n = n,
                                      .response = r->c,
                                      .toxicity = n - t->c - 1};
            if (worst_en(s, &d) < s->en - OA_SAME_EN && possible(s, r, t) && keeps(s, &d)) {
                s->en = worst_en(s, &d);
                s->best = d;
            }
        }
    }
}

/* The least EN with these n1 and n that leaves power enough. */
static double bound(const search *s, int32_t n1, int32_t n) {
    int32_t c1[2];
    for (int k = 0; k < 2; k++) {
        c1[k] = -1;
        while (c1[k] + 1 < n1 && oa_keeps_power(&s->bounds[k], s->alternative[k].upper[n1][c1[k] + 2])) {
            c1[k]++;
        }
    }
    oa_bryant_day_design d = {.n1 = n1, .response1 = c1[0], .toxicity1 = n1 - c1[1] - 1, .n = n};
    return worst_en(s, &d);
}

/* False where no larger n can gain. */
static bool try_n(search *s, int32_t n) {
    bool hope = false;
    need(s, n);
    for (int32_t n1 = 1; n1 < n && n1 < s->en; n1++) {
        if (bound(s, n1, n) < s->en - OA_SAME_EN) {
            hope = true;
            list_margins(s, 0, n1, n);
            list_margins(s, 1, n1, n);
            try_pairs(s, n1, n);
        }
    }
    return hope || isinf(s->en);
}

static void set_up(search *s, int32_t most) {
    oa_arena *arena = s->arena;
    const oa_bryant_day *p = s->problem;
    const double response[TRUTHS] = {p->response0, p->response1, p->response1};
    const double toxicity[TRUTHS] = {p->toxicity1, p->toxicity0, p->toxicity1};
    s->bounds[0] = (oa_problem){.alpha = p->alpha_response, .beta = p->beta, .strict = p->strict};
    s->bounds[1] = (oa_problem){.alpha = p->alpha_toxicity, .beta = p->beta, .strict = p->strict};
    oa_rows_init(&s->null[0], arena, p->response0, most);
    oa_rows_init(&s->alternative[0], arena, p->response1, most);
    oa_rows_init(&s->null[1], arena, 1 - p->toxicity0, most);
    oa_rows_init(&s->alternative[1], arena, 1 - p->toxicity1, most);
    for (int h = 0; h < TRUTHS; h++) {
        s->truth[h] = joint_of(response[h], toxicity[h], p->phi);
        s->truth[h].pmf = OA_NEW_ARRAY(arena, double *, (size_t)most + 1);
        s->truth[h].corner = OA_NEW_ARRAY(arena, double *, (size_t)most + 1);
        joint_add(arena, &s->truth[h], 0);
    }
    for (int k = 0; k < 2; k++) {
        s->margins[k] = OA_NEW_ARRAY(arena, margin, (size_t)(most + 2) * (size_t)(most + 2));
    }
    s->en = HUGE_VAL;
}

static void judge(const search *s, oa_bryant_day_design *d) {
    d->alpha_response = accept(&s->truth[POOR_RESPONSE], d);
    d->alpha_toxicity = accept(&s->truth[TOXIC], d);
    d->power = accept(&s->truth[GOOD], d);
    d->worst_en = worst_en(s, d);
}

typedef struct search_job {
    search s;
    oa_bryant_day_answer *answer;
    oa_diag *diag;
} search_job;

static int32_t most_subjects(const oa_bryant_day *p) {
    return p->n_max && p->n_max < MOST ? p->n_max : MOST;
}

static void run(oa_arena *arena, void *context) {
    search_job *job = context;
    search *s = &job->s;
    s->arena = arena;
    int32_t most = most_subjects(s->problem);
    bool hope = true;
    set_up(s, most);
    *job->answer = (oa_bryant_day_answer){0};
    for (int32_t n = 2; n <= most && hope; n++) {
        hope = try_n(s, n);
        if (isfinite(s->en) && job->answer->minimax.n == 0) {
            job->answer->minimax = s->best;
        }
    }
    if (isinf(s->en)) {
        oa_diag_add(
            job->diag, OA_ERROR, OA_NONE, NULL, "DESIGN-NONE",
            "no design of Bryant and Day up to n = %d keeps both type I errors and has power %g; allow a larger n, "
            "or rates that differ more",
            (int)most, 1 - s->problem->beta);
        return;
    }
    job->answer->optimal = s->best;
    job->answer->complete = !hope;
    judge(s, &job->answer->optimal);
    judge(s, &job->answer->minimax);
}

static bool rates_valid(const oa_bryant_day *p, oa_diag *diag) {
    const char *what = NULL;
    if (!oa_rate_valid("the response rate of no interest", p->response0, false, diag) ||
        !oa_rate_valid("the response rate worth pursuing", p->response1, false, diag) ||
        !oa_rate_valid("the toxicity rate that is too high", p->toxicity0, false, diag) ||
        !oa_rate_valid("the toxicity rate that is acceptable", p->toxicity1, false, diag) ||
        !oa_error_rate_valid("alpha of response", p->alpha_response, diag) ||
        !oa_error_rate_valid("alpha of toxicity", p->alpha_toxicity, diag) ||
        !oa_error_rate_valid("beta", p->beta, diag) || !oa_odds_ratio_valid(p->phi, diag)) {
        return false;
    }
    if (p->response1 <= p->response0) {
        what = "the response rate worth pursuing must be above the one of no interest";
    } else if (p->toxicity1 >= p->toxicity0) {
        what = "the acceptable toxicity rate must be below the one that is too high";
    } else if (p->alpha_response + p->beta >= 1 || p->alpha_toxicity + p->beta >= 1) {
        what = "alpha and beta must add up to less than 1; is beta the power? Write 0.2 for 80 %";
    } else if (p->n_max < 0 || p->n_max > OA_MOST_SUBJECTS) {
        what = "the greatest n must be from 1 to 10000";
    }
    if (what) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-BRYANT-DAY", "%s", what);
    }
    return !what;
}

bool oa_design_bryant_day(const oa_bryant_day *problem, oa_bryant_day_answer *answer, oa_diag *diag) {
    oa_bryant_day_answer found = {0};
    if (!rates_valid(problem, diag)) {
        return false;
    }
    search_job job = {.s = {.problem = problem}, .answer = &found, .diag = diag};
    if (!oa_work(run, &job, (size_t)most_subjects(problem), diag)) {
        return false;
    }
    if (found.optimal.n) {
        *answer = found;
    }
    return found.optimal.n > 0;
}

/* ---- one design -------------------------------------------------------------------------------------------------- */

typedef struct oc_job {
    const oa_bryant_day_design *design;
    joint truth;
    oa_bryant_day_oc *oc;
} oc_job;

static void run_oc(oa_arena *arena, void *context) {
    oc_job *job = context;
    const oa_bryant_day_design *d = job->design;
    size_t count = (size_t)d->n + 1;
    job->truth.pmf = OA_NEW_ARRAY(arena, double *, count);
    job->truth.corner = OA_NEW_ARRAY(arena, double *, count);
    for (int32_t n = 0; n <= d->n1 || n <= d->n - d->n1; n++) {
        joint_add(arena, &job->truth, n);
    }
    double going_on = go_on(&job->truth, d);
    *job->oc = (oa_bryant_day_oc){accept(&job->truth, d), 1 - going_on, d->n1 + (d->n - d->n1) * going_on};
}

/* Nobody passes at -1, and everybody at the number of subjects, or the other way round. */
static bool limit_valid(int32_t limit, int32_t n) {
    return limit >= -1 && limit <= n;
}

static bool design_valid(const oa_bryant_day_design *d, oa_diag *diag) {
    if (d->n1 >= 1 && d->n > d->n1 && d->n <= MOST && limit_valid(d->response1, d->n1) &&
        limit_valid(d->toxicity1, d->n1) && limit_valid(d->response, d->n) && limit_valid(d->toxicity, d->n)) {
        return true;
    }
    oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-BRYANT-DAY",
                "a design of Bryant and Day has 1 <= n1 < n <= %d, and limits from -1 to the subjects of their look",
                (int)MOST);
    return false;
}

bool oa_bryant_day_at(const oa_bryant_day_design *design, double response, double toxicity, double phi,
                      oa_bryant_day_oc *oc, oa_diag *diag) {
    if (!design_valid(design, diag) || !oa_rate_valid("the response rate", response, true, diag) ||
        !oa_rate_valid("the toxicity rate", toxicity, true, diag) || !oa_odds_ratio_valid(phi, diag)) {
        return false;
    }
    oc_job job = {design, joint_of(response, toxicity, phi), oc};
    return oa_work(run_oc, &job, (size_t)design->n, diag);
}
