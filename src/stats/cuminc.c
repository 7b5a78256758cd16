/*
 * cuminc.c - the cumulative incidence of competing events.
 *
 * Definition  At the distinct times, Y subjects are at risk and d_k have an event of cause k, d of any.  S is the
 *             Kaplan-Meier estimate for events of any cause.  With sums over times v <= t,
 *                 F_k(t) = sum S(v-) d_k(v) / Y(v),    and S + sum of all F_k = 1.
 * Jackknife   Var F(t) = sum over subjects of U_i(t)^2, U_i the derivative of F(t) by the weight of subject i: with
 *             l = d / Y, l_k = d_k / Y, dN and dN_k the subject's own event at v, summed while the subject is at risk,
 *                 U_i(t) = sum (dN_k - l_k) S(v-) / Y - (dN - l) / (Y (1 - l)) (F(t) - F(v)).
 *             What R's survfit gives.
 * Delta       Var F(t) = sum w_k (1 - (F(t) - F(v)) / S(v))^2 + sum w_o ((F(t) - F(v)) / S(v))^2, where cause k has the
 *             weight w_k = S(v-)^2 d_k / Y^2 (1 - (d_k - 1) / (Y - 1)) and all others together w_o, likewise of their d.
 *             What cmprsk's cuminc gives (Gray's form of Aalen's estimator).
 *             Both are sums of w (u + q (F(t) - F(v)))^2; sums of w u^2, w u q and w q^2, carried on to each new F, give
 *             them in one walk over the times.
 * Limits      With z the deviate of the level and s = std_err: plain F -+ z s, cut to [0, 1]; log F exp(-+ z s / F), cut to
 *             1; log-log exp(log F exp(+-z s / (F log F))).  Undefined (NAN) where F = 0 but for plain, and where F = 1
 *             for log-log.
 * Source      O. O. Aalen, S. Johansen, Scand J Stat 5 (1978) 141-150; O. O. Aalen, Ann Stat 6 (1978) 534-545; R. J. Gray,
 *             Ann Stat 16 (1988) 1141-1154; B. Efron, The Jackknife, the Bootstrap and Other Resampling Plans (1982) ch. 6.
 * Domain      Times from 0 on, tied as in km.c; events precede censorings at tied times; up to 64 causes.
 * Accuracy    Agrees with R's survfit, and with the formula of Delta summed term by term, to 1e-10 on random data.
 */
#include <onearm/stats.h>

#include "level.h"
#include "subjects.h"
#include "work.h"

#include <math.h>
#include <stdlib.h>

static const char rule[] = "STATS-CUMINC";
static const double undefined = (double)NAN;

enum { most_causes = 64 };

struct oa_cuminc {
    oa_cuminc_step *steps; /* of cause 1 at each time, then of cause 2, ... */
    double *last;          /* of the times that are tied with each step's */
    size_t count;
    size_t n_causes;
    double slack;
    double deviate;
    oa_cuminc_options options;
};

/* Sum of w (u + q x)^2, where x, how far F has come since u was stated, is 0 now. */
typedef struct spread {
    double uu;
    double uq;
    double qq;
} spread;

static void spread_add(spread *s, double weight, double u, double q) {
    s->uu += weight * u * u;
    s->uq += weight * u * q;
    s->qq += weight * q * q;
}

static void spread_move(spread *s, double rise) {
    s->uu += rise * (2 * s->uq + rise * s->qq);
    s->uq += rise * s->qq;
}

/* What the walk over the times knows of one cause. */
typedef struct walk {
    double incidence;
    spread left;    /* JACKKNIFE: of who has left; DELTA: of all events so far */
    double at_risk; /* JACKKNIFE: U of each who is still at risk ... */
    double slope;   /* ... and its q */
} walk;

typedef struct moment {
    double risk;
    double events; /* of any cause */
    double censored;
    double before; /* S just before */
    double after;
} moment;

static double jackknife(walk *w, const moment *m, double own) {
    double rest = m->risk - m->events;
    double pull = rest > 0 ? 1 / rest : 0; /* 1 / (Y (1 - l)); with nobody left F moves no more */
    double lift = m->before / m->risk;
    spread_move(&w->left, lift * own);
    w->at_risk += w->slope * lift * own - lift * own / m->risk;
    w->slope += pull * m->events / m->risk;
    spread_add(&w->left, own, w->at_risk + lift, w->slope - pull);
    spread_add(&w->left, m->events - own, w->at_risk, w->slope - pull);
    spread_add(&w->left, m->censored, w->at_risk, w->slope);
    return w->left.uu + (rest - m->censored) * w->at_risk * w->at_risk;
}

static double delta_weight(const moment *m, double events) {
    double ties = events > 1 ? 1 - (events - 1) / (m->risk - 1) : 1;
    double lift = m->before / m->risk;
    return lift * lift * events * ties;
}

static double delta(walk *w, const moment *m, double own) {
    double others = m->events - own;
    double pull = m->after > 0 ? 1 / m->after : 0;
    spread_move(&w->left, m->before * own / m->risk);
    if (own > 0) {
        spread_add(&w->left, delta_weight(m, own), 1, -pull);
    }
    if (others > 0) {
        spread_add(&w->left, delta_weight(m, others), 0, pull);
    }
    return w->left.uu;
}

static void set_limits(oa_cuminc_step *step, const oa_cuminc *fit) {
    double f = step->incidence.estimate;
    double reach = fit->deviate * step->std_err;
    double lower = undefined;
    double upper = undefined;
    if (fit->options.conf == OA_CUMINC_PLAIN) {
        lower = fmax(f - reach, 0);
        upper = fmin(f + reach, 1);
    } else if (f > 0 && fit->options.conf == OA_CUMINC_LOG) {
        lower = f * exp(-reach / f);
        upper = fmin(f * exp(reach / f), 1);
    } else if (f > 0 && f < 1) {
        double hazard = -log(f);
        lower = exp(-hazard * exp(reach / (f * hazard)));
        upper = exp(-hazard * exp(-reach / (f * hazard)));
    }
    step->incidence.lower = lower;
    step->incidence.upper = upper;
}

/* Counts who leaves at each time: events[time * (n_causes + 1) + cause], cause 0 for the censored. */
static double *count_events(oa_arena *arena, const oa_moments *moments, const int *cause, size_t n, size_t n_causes) {
    double *events = OA_NEW_ARRAY(arena, double, moments->count *(n_causes + 1));
    for (size_t i = 0; i < n; i++) {
        events[moments->of[i] * (n_causes + 1) + (size_t)cause[i]] += 1;
    }
    return events;
}

/* True where all have had an event, and all of this cause: F is then 1, whatever rounding says. */
static bool is_whole(const moment *m, const walk *walks, size_t n_causes, size_t cause) {
    for (size_t k = 0; k < n_causes; k++) {
        if (k != cause && walks[k].incidence > 0) {
            return false;
        }
    }
    return !(m->after > 0);
}

static void estimate(oa_cuminc *fit, const oa_moments *moments, const double *events, double n, walk *walks) {
    moment m = {.risk = n, .after = 1};
    for (size_t i = 0; i < moments->count; i++) {
        const double *leaving = events + i * (fit->n_causes + 1);
        m.before = m.after;
        m.censored = leaving[0];
        m.events = 0;
        for (size_t k = 1; k <= fit->n_causes; k++) {
            m.events += leaving[k];
            walks[k - 1].incidence += m.before * leaving[k] / m.risk;
        }
        m.after = m.before * ((m.risk - m.events) / m.risk);
        for (size_t k = 1; k <= fit->n_causes; k++) {
            walk *w = &walks[k - 1];
            double variance = (fit->options.variance == OA_CUMINC_DELTA ? delta : jackknife)(w, &m, leaving[k]);
            oa_cuminc_step *step = &fit->steps[(k - 1) * fit->count + i];
            *step =
                (oa_cuminc_step){.time = moments->first[i], .n_risk = (int64_t)m.risk, .n_event = (int64_t)leaving[k]};
            step->event_free = m.after;
            step->incidence.estimate = fmin(w->incidence, 1);
            if (is_whole(&m, walks, fit->n_causes, k - 1)) { /* all earlier terms cancel */
                step->incidence.estimate = 1;
                variance = fit->options.variance == OA_CUMINC_DELTA ? delta_weight(&m, leaving[k]) : 0;
            }
            step->std_err = sqrt(fmax(variance, 0));
            set_limits(step, fit);
        }
        fit->last[i] = moments->last[i];
        m.risk -= m.events + m.censored;
    }
}

typedef struct problem {
    const double *time;
    const int *cause;
    size_t n;
    oa_cuminc *fit;
    bool done;
} problem;

static void run(oa_arena *arena, void *context) {
    problem *p = context;
    oa_cuminc *fit = p->fit;
    oa_moments moments = oa_moments_of(arena, p->time, p->n);
    fit->count = moments.count;
    fit->slack = moments.slack;
    fit->steps = calloc(fit->count * fit->n_causes, sizeof *fit->steps);
    fit->last = calloc(fit->count, sizeof *fit->last);
    if (!fit->steps || !fit->last) {
        return;
    }
    const double *events = count_events(arena, &moments, p->cause, p->n, fit->n_causes);
    estimate(fit, &moments, events, (double)p->n, OA_NEW_ARRAY(arena, walk, fit->n_causes));
    p->done = true;
}

static bool options_valid(const oa_cuminc_options *options, oa_diag *diag) {
    if (options->variance != OA_CUMINC_JACKKNIFE && options->variance != OA_CUMINC_DELTA) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, rule,
                    "variance %d is not known; OA_CUMINC_JACKKNIFE and OA_CUMINC_DELTA are", (int)options->variance);
        return false;
    }
    if (options->conf != OA_CUMINC_LOGLOG && options->conf != OA_CUMINC_LOG && options->conf != OA_CUMINC_PLAIN) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, rule,
                    "interval %d is not known; OA_CUMINC_LOGLOG, OA_CUMINC_LOG and OA_CUMINC_PLAIN are",
                    (int)options->conf);
        return false;
    }
    return oa_level_valid(options->level, diag);
}

static bool causes_valid(const int *cause, size_t n, int n_causes, oa_diag *diag) {
    if (n_causes < 1 || n_causes > most_causes) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, rule, "there are %d causes; it must be 1 to %d", n_causes,
                    (int)most_causes);
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        if (cause[i] < 0 || cause[i] > n_causes) {
            oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, rule,
                        "cause %d of subject %zu is none of 0 (censored) and 1 to %d", cause[i], i + 1, n_causes);
            return false;
        }
    }
    return true;
}

oa_cuminc *oa_cuminc_fit(const double *time, const int *cause, size_t n, int n_causes, const oa_cuminc_options *options,
                         oa_diag *diag) {
    static const oa_cuminc_options usual = {OA_CUMINC_JACKKNIFE, OA_CUMINC_LOGLOG, 0.95};
    const oa_cuminc_options *chosen = options ? options : &usual;
    if (n == 0 || !time || !cause) {
        oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, rule, "there are no subjects; an estimate needs at least one");
        return NULL;
    }
    if (!options_valid(chosen, diag) || !causes_valid(cause, n, n_causes, diag) ||
        !oa_numbers_valid(time, n, 0, "time", rule, diag)) {
        return NULL;
    }
    oa_cuminc *fit = calloc(1, sizeof *fit);
    if (fit) {
        *fit =
            (oa_cuminc){.n_causes = (size_t)n_causes, .options = *chosen, .deviate = oa_level_deviate(chosen->level)};
        problem p = {.time = time, .cause = cause, .n = n, .fit = fit};
        if (oa_work(run, &p, n, NULL) && p.done) {
            return fit;
        }
    }
    oa_diag_add(diag, OA_ERROR, OA_MEMORY, NULL, rule, "there is no memory for %zu subjects", n);
    oa_cuminc_free(fit);
    return NULL;
}

void oa_cuminc_free(oa_cuminc *fit) {
    if (fit) {
        free(fit->steps);
        free(fit->last);
        free(fit);
    }
}

size_t oa_cuminc_steps(const oa_cuminc *fit) {
    return fit->count;
}

const oa_cuminc_step *oa_cuminc_step_at(const oa_cuminc *fit, int cause, size_t index) {
    if (cause < 1 || (size_t)cause > fit->n_causes || index >= fit->count) {
        return NULL;
    }
    return &fit->steps[(size_t)(cause - 1) * fit->count + index];
}

/* How many steps have begun at `time`, one tied with it included. */
static size_t steps_begun(const oa_cuminc *fit, const oa_cuminc_step *steps, double time) {
    size_t low = 0;
    size_t high = fit->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (steps[middle].time - time <= fit->slack) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

oa_cuminc_step oa_cuminc_at(const oa_cuminc *fit, int cause, double time) {
    const oa_interval nothing = {undefined, undefined, undefined};
    oa_cuminc_step result = {.time = time, .event_free = undefined, .incidence = nothing, .std_err = undefined};
    if (isnan(time) || cause < 1 || (size_t)cause > fit->n_causes) {
        return result;
    }
    const oa_cuminc_step *steps = fit->steps + (size_t)(cause - 1) * fit->count;
    size_t begun = steps_begun(fit, steps, time);
    bool on_step = begun > 0 && time - fit->last[begun - 1] <= fit->slack;
    if (begun == fit->count && !on_step && steps[begun - 1].event_free > 0) {
        return result;
    }
    if (begun > 0) {
        result = steps[begun - 1];
        result.time = time;
    } else {
        result.event_free = 1;
        result.incidence.estimate = 0;
        result.std_err = 0;
        set_limits(&result, fit);
    }
    if (!on_step) { /* nothing happens at `time`; at risk is who reaches the next step */
        result.n_risk = begun < fit->count ? steps[begun].n_risk : 0;
        result.n_event = 0;
    }
    return result;
}
