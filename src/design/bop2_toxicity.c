/*
 * bop2_toxicity.c - BOP2 with response and toxicity: H. Zhou, J. J. Lee, Y. Yuan, Stat Med 36 (2017) 3302-3314, section 3.
 *
 * Limits     The four cells of a subject have a Dirichlet prior worth one subject, so each margin is a Beta: the trial stops
 *            if P(response > response0 | data) or P(toxicity < toxicity0 | data) is below lambda (n/N)^gamma.
 * Walk       f(x, t), the probability of being here with x responses and t toxicities, subject by subject; what a look
 *            stops is taken out.  All terms are positive: N roundings at most.
 * Search     The whole grid of lambda and gamma; a point that gives the looks of one before it is not judged again.
 */
#include "joint.h"
#include "posterior.h"

#include "../stats/work.h"

#include <math.h>
#include <string.h>

enum { MOST = 200, LAMBDAS = 99, GAMMAS = 101 };

/* ---- operating characteristics ----------------------------------------------------------------------------------- */

/* One subject more, in place: f[x * row + t]. */
static void add_subject(double *f, int32_t row, int32_t n, const oa_cells *c) {
    for (int32_t x = n; x >= 0; x--) {
        for (int32_t t = n; t >= 0; t--) {
            double sum = x < n && t < n ? f[x * row + t] * c->neither : 0;
            sum += t > 0 && x < n ? f[x * row + t - 1] * c->toxicity_only : 0;
            sum += x > 0 && t < n ? f[(x - 1) * row + t] * c->response_only : 0;
            sum += x > 0 && t > 0 ? f[(x - 1) * row + t - 1] * c->both : 0;
            f[x * row + t] = sum;
        }
    }
}

/* Takes out what stops here, and says how much goes on. */
static double go_on(double *f, int32_t row, const oa_joint_look *look) {
    double on = 0;
    for (int32_t x = 0; x <= look->n; x++) {
        for (int32_t t = 0; t <= look->n; t++) {
            double *here = &f[x * row + t];
            *here = x <= look->response || t >= look->toxicity ? 0 : *here;
            on += *here;
        }
    }
    return on;
}

static oa_joint_oc walk(const oa_joint_look *looks, size_t count, const oa_cells *cells, double *f) {
    oa_joint_oc oc = {.accept = 1, .expected_n = 0};
    int32_t row = looks[count - 1].n + 1;
    int32_t n = 0;
    memset(f, 0, (size_t)row * (size_t)row * sizeof *f);
    f[0] = 1;
    for (size_t k = 0; k < count; k++) {
        oc.expected_n += oc.accept * (looks[k].n - n);
        while (n < looks[k].n) {
            add_subject(f, row, ++n, cells);
        }
        oc.early = k + 1 == count ? 1 - oc.accept : 0;
        oc.accept = go_on(f, row, &looks[k]);
    }
    return oc;
}

static bool looks_valid(const oa_joint_look *looks, size_t count, oa_diag *diag) {
    bool good = count > 0;
    for (size_t k = 0; k < count; k++) {
        good = good && looks[k].n > (k ? looks[k - 1].n : 0) && looks[k].n <= MOST && looks[k].response >= -1 &&
               looks[k].toxicity >= 0;
    }
    if (!good) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-LOOKS",
                    "looks at response and toxicity come after rising numbers of subjects, from 1 to %d", (int)MOST);
    }
    return good;
}

typedef struct one_walk {
    const oa_joint_look *looks;
    size_t count;
    oa_cells cells;
    oa_joint_oc *oc;
} one_walk;

static double *reserve_walk(oa_arena *arena, int32_t n) {
    return OA_NEW_ARRAY(arena, double, (size_t)(n + 1) * (size_t)(n + 1));
}

static void run_walk(oa_arena *arena, void *context) {
    one_walk *w = context;
    *w->oc = walk(w->looks, w->count, &w->cells, reserve_walk(arena, w->looks[w->count - 1].n));
}

bool oa_joint_at(const oa_joint_look *looks, size_t count, double response, double toxicity, double phi,
                 oa_joint_oc *oc, oa_diag *diag) {
    if (!looks_valid(looks, count, diag) || !oa_rate_valid("the response rate", response, true, diag) ||
        !oa_rate_valid("the toxicity rate", toxicity, true, diag) || !oa_odds_ratio_valid(phi, diag)) {
        return false;
    }
    one_walk w = {looks, count, oa_cells_of(response, toxicity, phi), oc};
    return oa_work(run_walk, &w, (size_t)looks[count - 1].n, diag);
}

/* ---- search ------------------------------------------------------------------------------------------------------ */

typedef struct search {
    oa_arena *arena;
    const oa_bop2_toxicity *problem;
    double **effective; /* P(response > response0 | x of n) by look and x, rising */
    double **safe;      /* P(toxicity < toxicity0 | t of n) by look and n - t, rising */
    double *f;
    oa_joint_look *judged; /* by point and look: all that were judged, then this point's */
    size_t n_judged;
    oa_joint_look *best;
    double lambda, gamma, power, en; /* of the best */
    bool found;
} search;

static int32_t n_of(const search *s, size_t look) {
    return s->problem->schedule.looks[look];
}

static size_t count_of(const search *s) {
    return s->problem->schedule.count;
}

static void fill_looks(const search *s, double lambda, double gamma, oa_joint_look *looks) {
    double most = n_of(s, count_of(s) - 1);
    for (size_t k = 0; k < count_of(s); k++) {
        int32_t n = n_of(s, k);
        double limit = lambda * pow(n / most, gamma);
        looks[k].n = n;
        looks[k].response = oa_count_below(s->effective[k], n + 1, limit) - 1;
        looks[k].toxicity = n - (oa_count_below(s->safe[k], n + 1, limit) - 1);
    }
}

static oa_joint_oc judge(const search *s, const oa_joint_look *looks, double response, double toxicity) {
    oa_cells cells = oa_cells_of(response, toxicity, s->problem->phi);
    return walk(looks, count_of(s), &cells, s->f);
}

static bool known(const search *s, const oa_joint_look *looks) {
    for (size_t i = 0; i < s->n_judged; i++) {
        if (memcmp(&s->judged[i * count_of(s)], looks, count_of(s) * sizeof *looks) == 0) {
            return true;
        }
    }
    return false;
}

static void try_point(search *s, double lambda, double gamma) {
    const oa_bop2_toxicity *p = s->problem;
    oa_joint_look *looks = &s->judged[s->n_judged * count_of(s)];
    fill_looks(s, lambda, gamma, looks);
    if (known(s, looks)) {
        return;
    }
    s->n_judged++;
    oa_joint_oc null = judge(s, looks, p->response0, p->toxicity0);
    if (null.accept > p->alpha + OA_SAME_PROBABILITY) {
        return;
    }
    oa_joint_oc good = judge(s, looks, p->response1, p->toxicity1);
    bool same = fabs(good.accept - s->power) <= OA_SAME_PROBABILITY;
    if (s->found && (same ? null.expected_n >= s->en - OA_SAME_EN : good.accept < s->power)) {
        return;
    }
    s->found = true;
    s->power = good.accept;
    s->en = null.expected_n;
    s->lambda = lambda;
    s->gamma = gamma;
    memcpy(s->best, looks, count_of(s) * sizeof *looks);
}

static void fill_tails(search *s) {
    const oa_bop2_toxicity *p = s->problem;
    oa_beta response = {p->response0, 1 - p->response0};
    oa_beta no_toxicity = {1 - p->toxicity0, p->toxicity0};
    for (size_t k = 0; k < count_of(s); k++) {
        int32_t n = n_of(s, k);
        s->effective[k] = OA_NEW_ARRAY(s->arena, double, (size_t)n + 1);
        s->safe[k] = OA_NEW_ARRAY(s->arena, double, (size_t)n + 1);
        for (int32_t x = 0; x <= n; x++) {
            s->effective[k][x] = oa_beta_above(&response, p->response0, x, n);
            s->safe[k][x] = oa_beta_above(&no_toxicity, 1 - p->toxicity0, x, n);
        }
    }
}

static void run_search(oa_arena *arena, void *context) {
    search *s = context;
    size_t count = count_of(s);
    s->arena = arena;
    s->effective = OA_NEW_ARRAY(s->arena, double *, count);
    s->safe = OA_NEW_ARRAY(s->arena, double *, count);
    s->f = reserve_walk(s->arena, n_of(s, count - 1));
    fill_tails(s);
    if (s->problem->lambda > 0) {
        s->found = true;
        s->lambda = s->problem->lambda;
        s->gamma = s->problem->gamma;
        fill_looks(s, s->lambda, s->gamma, s->best);
        return;
    }
    s->judged = OA_NEW_ARRAY(s->arena, oa_joint_look, count * LAMBDAS * GAMMAS);
    for (int i = 1; i <= LAMBDAS; i++) {
        for (int j = 0; j < GAMMAS; j++) {
            try_point(s, i / 100.0, j / 100.0);
        }
    }
}

/* A row of the answer. */
typedef struct truth {
    double response, toxicity;
    oa_joint_oc *oc;
} truth;

static bool problem_valid(const oa_bop2_toxicity *p, oa_diag *diag) {
    if (!oa_rate_valid("the response rate of no interest", p->response0, false, diag) ||
        !oa_rate_valid("the response rate worth pursuing", p->response1, false, diag) ||
        !oa_rate_valid("the toxicity rate that is too high", p->toxicity0, false, diag) ||
        !oa_rate_valid("the acceptable toxicity rate", p->toxicity1, false, diag) ||
        !oa_error_rate_valid("alpha", p->alpha, diag) || !oa_odds_ratio_valid(p->phi, diag) ||
        !oa_bop2_valid(&p->schedule, p->lambda, p->gamma, 0, diag)) {
        return false;
    }
    const char *what =
        p->response0 >= p->response1   ? "the response rate worth pursuing must be above that of no interest"
        : p->toxicity1 >= p->toxicity0 ? "the acceptable toxicity rate must be below the one that is too high"
        : p->schedule.looks[p->schedule.count - 1] > MOST ? "with toxicity the search goes up to 200 subjects"
                                                          : NULL;
    if (what) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, "DESIGN-RATES", "%s", what);
    }
    return !what;
}

bool oa_design_bop2_toxicity(const oa_bop2_toxicity *problem, oa_joint_look *looks, oa_bop2_toxicity_answer *answer,
                             oa_diag *diag) {
    if (!problem_valid(problem, diag)) {
        return false;
    }
    search s = {.problem = problem, .best = looks};
    if (!oa_work(run_search, &s, (size_t)n_of(&s, count_of(&s) - 1), diag)) {
        return false;
    }
    if (!s.found) {
        oa_diag_add(diag, OA_ERROR, OA_NONE, NULL, "DESIGN-NONE",
                    "no lambda and gamma keep alpha %g with these looks; allow more subjects", problem->alpha);
        return false;
    }
    *answer = (oa_bop2_toxicity_answer){.lambda = s.lambda, .gamma = s.gamma};
    const truth truths[] = {
        {problem->response0, problem->toxicity0, &answer->null},
        {problem->response0, problem->toxicity1, &answer->poor_response},
        {problem->response1, problem->toxicity0, &answer->toxic},
        {problem->response1, problem->toxicity1, &answer->good},
    };
    bool good = true;
    for (size_t i = 0; i < sizeof truths / sizeof *truths; i++) {
        good = good && oa_joint_at(looks, problem->schedule.count, truths[i].response, truths[i].toxicity, problem->phi,
                                   truths[i].oc, diag);
    }
    return good;
}
