/* designs.c - see designs.h. */
#include "designs.h"

#include "../base/number.h"
#include "../base/text.h"
#include "../stats/level.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Sums of at most a few thousand rounded terms: an error rate is right to 1e-14, and two that differ by less than this are
 * taken as equal.  Different rates of the designs of one search do not come so near, short of an accident. */
static const double same_rate = 1e-12;

bool oa_keeps(const oa_problem *problem, double value, double bound) {
    return problem->strict ? value < bound - same_rate : value <= bound + same_rate;
}

bool oa_keeps_alpha(const oa_problem *problem, double type_one) {
    return oa_keeps(problem, type_one, problem->alpha);
}

bool oa_keeps_power(const oa_problem *problem, double power) {
    return oa_keeps(problem, -power, problem->beta - 1);
}

void oa_tell(const oa_problem *problem, double done) {
    if (problem->progress) {
        problem->progress(problem->progress_context, done);
    }
}

/* ---- the problem ------------------------------------------------------------------------------------------------- */

static bool refuse(oa_diag *diag, const char *rule, const char *format, ...) __attribute__((format(printf, 3, 4)));

static bool refuse(oa_diag *diag, const char *rule, const char *format, ...) {
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    oa_diag_add(diag, OA_ERROR, OA_VALUE, NULL, rule, "%s", text);
    return false;
}

/* A percentage for a fraction is the usual slip: 5 for 0.05. */
bool oa_error_rate_valid(const char *name, double value, oa_diag *diag) {
    char text[OA_NUMBER_SIZE];
    char meant[OA_NUMBER_SIZE];
    if (value > 0 && value < 1) {
        return true;
    }
    if (value >= 1 && value < 100) {
        return refuse(diag, "DESIGN-ERROR-RATE",
                      "%s is %s; it must be a fraction above 0 and below 1: write %s for %s %%", name,
                      oa_level_text(value, text), oa_format_number(value / 100, meant), text);
    }
    return refuse(diag, "DESIGN-ERROR-RATE", "%s is %s; it must be a fraction above 0 and below 1, such as 0.05", name,
                  oa_level_text(value, text));
}

static bool problem_valid(const oa_problem *p, oa_diag *diag) {
    char p0[OA_NUMBER_SIZE];
    char p1[OA_NUMBER_SIZE];
    if (!oa_rate_valid("p0", p->p0, false, diag) || !oa_rate_valid("p1", p->p1, false, diag)) {
        return false;
    }
    if (p->p1 <= p->p0) {
        return refuse(diag, "DESIGN-RATES",
                      "p1 is %s and p0 %s; p1, the rate worth pursuing, must be above p0, the rate of no interest%s",
                      oa_format_number(p->p1, p1), oa_format_number(p->p0, p0),
                      p->p1 < p->p0 ? ": are they exchanged?" : "");
    }
    if (!oa_error_rate_valid("alpha", p->alpha, diag) || !oa_error_rate_valid("beta", p->beta, diag)) {
        return false;
    }
    if (p->beta >= 0.5) {
        return refuse(diag, "DESIGN-ERROR-RATE",
                      "beta is %s, which leaves a power of %.0f %%; is it the power? beta is 1 - power, such as 0.2",
                      oa_format_number(p->beta, p0), 100 * (1 - p->beta));
    }
    if (p->alpha >= 0.5) {
        return refuse(diag, "DESIGN-ERROR-RATE", "alpha is %s; a type I error of a half or more tests nothing",
                      oa_format_number(p->alpha, p0));
    }
    if (p->n_max < 0 || p->n_max > OA_MOST_SUBJECTS) {
        return refuse(diag, "DESIGN-NMAX", "the greatest n is %d; it must be from 1 to %d", (int)p->n_max,
                      (int)OA_MOST_SUBJECTS);
    }
    return true;
}

/* ---- the list ---------------------------------------------------------------------------------------------------- */

size_t oa_designs_count(const oa_designs *designs) {
    return designs->count;
}

const oa_design *oa_designs_at(const oa_designs *designs, size_t index) {
    return index < designs->count ? &designs->items[index] : NULL;
}

const oa_design *oa_designs_named(const oa_designs *designs, const char *name) {
    for (size_t i = 0; i < designs->count; i++) {
        if (oa_streq(designs->items[i].name, name)) {
            return &designs->items[i];
        }
    }
    return NULL;
}

bool oa_designs_complete(const oa_designs *designs) {
    return designs->complete;
}

void oa_designs_free(oa_designs *designs) {
    if (designs) {
        oa_arena_free(designs->arena);
    }
}

void oa_designs_none(oa_designs *designs, const char *format, ...) {
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    oa_diag_add(designs->diag, OA_ERROR, OA_NONE, NULL, "DESIGN-NONE", "%s", text);
    designs->failed = true;
}

oa_design *oa_designs_add(oa_designs *designs, const char *name, const char *rule, const oa_look *looks, size_t count) {
    if (designs->count == designs->capacity) {
        size_t more = designs->capacity ? 2 * designs->capacity : 8;
        designs->items = oa_regrow(designs->arena, designs->items, designs->capacity, more, sizeof *designs->items);
        designs->capacity = more;
    }
    oa_design *design = &designs->items[designs->count++];
    oa_look *copy = OA_NEW_ARRAY(designs->arena, oa_look, count);
    memcpy(copy, looks, count * sizeof *looks);
    *design = (oa_design){
        .name = name, .rule = rule, .boundary = {copy, count}, .weight_from = (double)NAN, .weight_to = (double)NAN};
    double *room = OA_NEW_ARRAY(designs->arena, double, oa_walk_room(&design->boundary));
    oa_walk_oc(&design->boundary, designs->problem.p0, room, &design->at_p0, NULL);
    oa_walk_oc(&design->boundary, designs->problem.p1, room, &design->at_p1, NULL);
    return design;
}

oa_design *oa_designs_add_two_stage(oa_designs *designs, const char *name, const char *rule, const oa_two_stage *d) {
    oa_look looks[2] = {{d->n1, d->r1, d->n1 + 1}, {d->n, d->r, d->r + 1}};
    return oa_designs_add(designs, name, rule, looks, 2);
}

/* ---- the job ----------------------------------------------------------------------------------------------------- */

typedef struct search_job {
    oa_arena *arena;
    const oa_problem *problem;
    void (*search)(oa_designs *designs, const void *context);
    const void *context;
    oa_diag *diag;
    oa_designs *designs;
} search_job;

static void run_search(void *context) {
    search_job *job = context;
    job->designs = OA_NEW(job->arena, oa_designs);
    *job->designs = (oa_designs){.arena = job->arena, .problem = *job->problem, .diag = job->diag};
    job->search(job->designs, job->context);
    job->designs->diag = NULL;
}

oa_designs *oa_designs_search(const oa_problem *problem, void (*search)(oa_designs *designs, const void *context),
                              const void *context, oa_diag *diag) {
    search_job job = {NULL, problem, search, context, diag, NULL};
    if (!problem_valid(problem, diag)) {
        return NULL;
    }
    job.arena = oa_arena_new(0);
    bool ran = job.arena && oa_arena_run(job.arena, run_search, &job);
    if (ran && !job.designs->failed) {
        return job.designs;
    }
    if (!ran) {
        oa_diag_add(diag, OA_ERROR, OA_MEMORY, NULL, "MEMORY", "there is not enough memory for the search");
    }
    if (job.arena) {
        oa_arena_free(job.arena);
    }
    return NULL;
}
