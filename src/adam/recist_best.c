/* recist_best.c - best responses, unconfirmed and confirmed; see recist.h. */
#include "recist.h"

/* What is looked at: everything up to and including the first PD, with disease after a CR read as the protocol says. */
typedef struct course {
    const oa_assessment *all;
    int count;
    int regraded; /* this one after a CR counts as PD; -1: none */
    const oa_best_options *options;
} course;

/* Any disease after a CR has come back (RECIST table 3, footnote a). */
static bool shows_disease(oa_response response) {
    return response == OA_RESP_PR || response == OA_RESP_SD || response == OA_RESP_NON_CR_NON_PD;
}

static course course_of(const oa_assessment *assessments, size_t count, const oa_best_options *options) {
    course c = {assessments, 0, -1, options};
    bool had_cr = false;
    while ((size_t)c.count < count) {
        oa_response response = assessments[c.count++].response;
        if (shows_disease(response) && had_cr && options->cr_then_pr_strict) {
            c.regraded = c.count - 1;
            break;
        }
        if (response == OA_RESP_PD) {
            break;
        }
        had_cr = had_cr || response == OA_RESP_CR;
    }
    return c;
}

static oa_response response_at(const course *c, int i) {
    return i == c->regraded ? OA_RESP_PD : c->all[i].response;
}

static bool late_enough(const course *c, int i) {
    return c->all[i].day - c->options->reference >= c->options->sd_min_days;
}

/* The first assessment with this response; with `late`, not before the minimum for stable disease. */
static int first_with(const course *c, oa_response response, bool late) {
    for (int i = 0; i < c->count; i++) {
        if (response_at(c, i) == response && (!late || late_enough(c, i))) {
            return i;
        }
    }
    return -1;
}

/* The first CR, PR or SD late enough to count as stable disease: a response that is not confirmed was no progression. */
static int first_stable(const course *c) {
    for (int i = 0; i < c->count; i++) {
        oa_response r = response_at(c, i);
        if ((r == OA_RESP_CR || r == OA_RESP_PR || r == OA_RESP_SD) && late_enough(c, i)) {
            return i;
        }
    }
    return -1;
}

static bool all_not_evaluable(const course *c) {
    for (int i = 0; i < c->count; i++) {
        if (response_at(c, i) != OA_RESP_NE) {
            return false;
        }
    }
    return true;
}

/* What is left when there is neither response nor stable disease: PD, else not evaluable, else missing. */
static oa_best without_benefit(const course *c) {
    int pd = first_with(c, OA_RESP_PD, false);
    if (pd >= 0) {
        return (oa_best){{OA_RESP_PD, "RECIST-BOR-PD", "progression before any response or stable disease"}, pd, -1};
    }
    if (c->count > 0) {
        bool early = !all_not_evaluable(c);
        const char *why = early ? "no assessment that could be evaluated was late enough for stable disease"
                                : "no assessment could be evaluated";
        return (oa_best){{OA_RESP_NE, early ? "RECIST-BOR-NE-EARLY" : "RECIST-BOR-NE", why}, 0, -1};
    }
    oa_response none = c->options->missing_as_ne ? OA_RESP_NE : OA_RESP_MISSING;
    return (oa_best){{none, "RECIST-BOR-MISSING", "no assessment after baseline"}, -1, -1};
}

static oa_best without_response(const course *c) {
    int stable = first_stable(c);
    if (stable >= 0) {
        return (oa_best){
            {OA_RESP_SD, "RECIST-BOR-SD", "no progression at or after the minimum time for stable disease"},
            stable,
            -1};
    }
    int noncr = first_with(c, OA_RESP_NON_CR_NON_PD, true);
    if (noncr >= 0) {
        return (oa_best){{OA_RESP_NON_CR_NON_PD, "RECIST-BOR-NONCR",
                          "non-target lesions persist without progression at or after the minimum time"},
                         noncr,
                         -1};
    }
    return without_benefit(c);
}

oa_best oa_best_response(const oa_assessment *assessments, size_t count, const oa_best_options *options) {
    course c = course_of(assessments, count, options);
    int cr = first_with(&c, OA_RESP_CR, false);
    if (cr >= 0) {
        return (oa_best){{OA_RESP_CR, "RECIST-BOR-CR", "best of all assessments up to progression"}, cr, -1};
    }
    int pr = first_with(&c, OA_RESP_PR, false);
    if (pr >= 0) {
        return (oa_best){{OA_RESP_PR, "RECIST-BOR-PR", "best of all assessments up to progression"}, pr, -1};
    }
    return without_response(&c);
}

/* The assessment that confirms number i as `wanted`, or -1: at least confirm_days later, as good or better, and
 * between them nothing but a few not evaluable ones (and stable disease, where the protocol admits it).  A PR that
 * follows a CR confirms nothing: its CR was none, or this is a progression. */
static int confirmed_by(const course *c, int i, oa_response wanted) {
    int ne = 0;
    int sd = 0;
    bool had_cr = false;
    for (int k = i + 1; k < c->count; k++) {
        oa_response r = response_at(c, k);
        bool as_good = r == OA_RESP_CR || (r == wanted && !had_cr);
        if (as_good && c->all[k].day - c->all[i].day >= c->options->confirm_days) {
            return k;
        }
        had_cr = had_cr || r == OA_RESP_CR;
        ne += r == OA_RESP_NE;
        sd += r == OA_RESP_SD;
        bool may_lie_between = as_good || r == OA_RESP_NE || (r == OA_RESP_SD && wanted == OA_RESP_PR);
        if (!may_lie_between || ne > c->options->confirm_max_ne || sd > c->options->confirm_max_sd) {
            return -1;
        }
    }
    return -1;
}

static oa_best confirmed_as(const course *c, oa_response wanted, const char *rule) {
    for (int i = 0; i < c->count; i++) {
        int second = response_at(c, i) == wanted ? confirmed_by(c, i, wanted) : -1;
        if (second >= 0) {
            return (oa_best){{wanted, rule, "confirmed as RECIST table 3 asks"}, i, second};
        }
    }
    return (oa_best){{OA_RESP_NONE, "", ""}, -1, -1};
}

oa_best oa_best_confirmed(const oa_assessment *assessments, size_t count, const oa_best_options *options) {
    course c = course_of(assessments, count, options);
    oa_best cr = confirmed_as(&c, OA_RESP_CR, "RECIST-CBOR-CR");
    if (cr.first >= 0) {
        return cr;
    }
    oa_best pr = confirmed_as(&c, OA_RESP_PR, "RECIST-CBOR-PR");
    return pr.first >= 0 ? pr : without_response(&c);
}
