/* recist_best.c - which assessments count, and the best responses, unconfirmed and confirmed; see recist_best.h. */
#include "recist_best.h"

static const char *const uses[OA_N_ASSESSMENT_USES] = {
    [OA_ASSESSMENT_COUNTS] = "counts",
    [OA_ASSESSMENT_NOT_DONE] = "not done",
    [OA_ASSESSMENT_SAME_DAY] = "another assessment of the day counts",
    [OA_ASSESSMENT_AFTER_PD] = "after the first progression",
    [OA_ASSESSMENT_NEW_THERAPY] = "after the start of a new anticancer therapy",
};

const char *oa_assessment_use_text(oa_assessment_use use) {
    return uses[use];
}

/* ---- the course: what counts ------------------------------------------------------------------------------------- */

/* What can come back after a CR (RECIST table 3, footnote a). */
static bool shows_disease(oa_response response) {
    return response == OA_RESP_PR || response == OA_RESP_SD || response == OA_RESP_NON_CR_NON_PD;
}

/* Of two on one day the worse one counts; one that could be evaluated is worth more than one that could not.  No disease
 * is better than any response. */
static bool outweighs(oa_response response, oa_response other) {
    bool adequate = oa_response_is_adequate(response);
    if (adequate != oa_response_is_adequate(other)) {
        return adequate;
    }
    return response != OA_RESP_NED && (other == OA_RESP_NED || response > other);
}

static void take_one_of_each_day(oa_assessment *a, size_t count) {
    size_t kept = count; /* the last one that is the one of its day; `count`: none yet */
    for (size_t i = 0; i < count; i++) {
        a[i].response = a[i].recorded;
        a[i].use = a[i].recorded == OA_RESP_ND ? OA_ASSESSMENT_NOT_DONE : OA_ASSESSMENT_COUNTS;
        if (a[i].use == OA_ASSESSMENT_NOT_DONE) {
            continue;
        }
        if (kept < count && a[kept].day == a[i].day) {
            bool replaces = outweighs(a[i].recorded, a[kept].recorded);
            a[replaces ? kept : i].use = OA_ASSESSMENT_SAME_DAY;
            kept = replaces ? i : kept;
        } else {
            kept = i;
        }
    }
}

static int confirmed_by(const oa_assessment *a, size_t count, const oa_best_options *o, size_t first,
                        oa_response wanted);

static bool has_confirmed_cr(const oa_assessment *a, size_t count, const oa_best_options *o) {
    for (size_t i = 0; i < count; i++) {
        if (a[i].use == OA_ASSESSMENT_COUNTS && a[i].response == OA_RESP_CR &&
            confirmed_by(a, count, o, i, OA_RESP_CR) >= 0) {
            return true;
        }
    }
    return false;
}

/* The CRs before number `at` were none: they become what the disease at `at` shows, PR, or NON-CR/NON-PD without target
 * lesions. */
static void regrade(oa_assessment *a, size_t at) {
    oa_response to = a[at].recorded == OA_RESP_NON_CR_NON_PD ? OA_RESP_NON_CR_NON_PD : OA_RESP_PR;
    for (size_t i = 0; i < at; i++) {
        if (a[i].response == OA_RESP_CR) {
            a[i].response = to;
        }
    }
}

/* Disease at number `at` after a CR.  True where the CRs before it are none any more. */
static bool apply_policy(oa_assessment *a, size_t at, const oa_best_options *o) {
    switch (o->after_cr) {
    case OA_AFTER_CR_STRICT:
        a[at].response = OA_RESP_PD;
        return false;
    case OA_AFTER_CR_REGRADE:
        if (has_confirmed_cr(a, at, o)) {
            a[at].response = OA_RESP_PD;
            return false;
        }
        regrade(a, at);
        return true;
    case OA_AFTER_CR_ASIS:
    case OA_AFTER_CR_QUERY:
        break;
    }
    return false;
}

void oa_weigh_course(oa_assessment *assessments, size_t count, const oa_best_options *options) {
    bool had_cr = false;
    bool progressed = false;
    take_one_of_each_day(assessments, count);
    for (size_t i = 0; i < count; i++) {
        oa_assessment *a = &assessments[i];
        if (a->use != OA_ASSESSMENT_COUNTS) {
            continue;
        }
        if (progressed) {
            a->use = OA_ASSESSMENT_AFTER_PD;
            continue;
        }
        if (had_cr && shows_disease(a->response) && apply_policy(assessments, i, options)) {
            had_cr = false;
        }
        had_cr = had_cr || a->response == OA_RESP_CR;
        progressed = a->response == OA_RESP_PD;
    }
    /* Last, as what is seen under a new therapy still tells whether a CR before it was one. */
    for (size_t i = 0; i < count && options->stops; i++) {
        if (assessments[i].use == OA_ASSESSMENT_COUNTS && assessments[i].day >= options->stop_day) {
            assessments[i].use = OA_ASSESSMENT_NEW_THERAPY;
        }
    }
}

bool oa_disease_after_cr(const oa_assessment *a, size_t count, size_t *cr, size_t *disease) {
    bool had_cr = false;
    for (size_t i = 0; i < count; i++) {
        if (a[i].use == OA_ASSESSMENT_NOT_DONE || a[i].use == OA_ASSESSMENT_SAME_DAY) {
            continue;
        }
        if (a[i].recorded == OA_RESP_PD) {
            return false;
        }
        if (had_cr && shows_disease(a[i].recorded)) {
            *disease = i;
            return true;
        }
        if (a[i].recorded == OA_RESP_CR) {
            *cr = i;
            had_cr = true;
        }
    }
    return false;
}

/* ---- the best response ------------------------------------------------------------------------------------------- */

typedef struct course {
    const oa_assessment *all;
    size_t count;
    const oa_best_options *options;
} course;

#define BIT(response) (1U << (response))

/* The first assessment that counts and is one of `responses`, on or after `from`; -1: none. */
static int first_of(const course *c, unsigned responses, int32_t from) {
    for (size_t i = 0; i < c->count; i++) {
        const oa_assessment *a = &c->all[i];
        if (a->use == OA_ASSESSMENT_COUNTS && (responses & BIT(a->response)) && a->day >= from) {
            return (int)i;
        }
    }
    return -1;
}

static int first_used(const course *c, oa_assessment_use use) {
    for (size_t i = 0; i < c->count; i++) {
        if (c->all[i].use == use) {
            return (int)i;
        }
    }
    return -1;
}

static oa_best best_of(oa_response response, const char *rule, const char *why, int first) {
    return (oa_best){{response, rule, why}, first, -1};
}

/* No assessment counts: none was made, none was done, or all came too late. */
static oa_best without_assessment(const course *c) {
    oa_response none = c->options->missing_as_ne ? OA_RESP_NE : OA_RESP_MISSING;
    int not_done = first_used(c, OA_ASSESSMENT_NOT_DONE);
    if (first_used(c, OA_ASSESSMENT_NEW_THERAPY) >= 0) {
        return best_of(none, "RECIST-BOR-NEW-THERAPY", "no assessment before a new anticancer therapy", -1);
    }
    if (not_done >= 0) {
        return best_of(OA_RESP_ND, "RECIST-BOR-ND", "no assessment after baseline was done", not_done);
    }
    return best_of(none, "RECIST-BOR-MISSING", "no assessment after baseline", -1);
}

/* What is left when there is neither response nor stable disease: PD, else not evaluable, else missing. */
static oa_best without_benefit(const course *c) {
    const oa_best_options *o = c->options;
    int any = first_used(c, OA_ASSESSMENT_COUNTS);
    int pd = first_of(c, BIT(OA_RESP_PD), INT32_MIN);
    if (pd >= 0 && o->pd_max_days > 0 && c->all[pd].day - o->reference > o->pd_max_days) {
        return best_of(OA_RESP_NE, "RECIST-BOR-NE-LATE",
                       "progression later than the protocol accepts without an assessment before it that counts", pd);
    }
    if (pd >= 0) {
        return best_of(OA_RESP_PD, "RECIST-BOR-PD", "progression before any response or stable disease", pd);
    }
    if (any < 0) {
        return without_assessment(c);
    }
    unsigned evaluable = BIT(OA_RESP_CR) | BIT(OA_RESP_PR) | BIT(OA_RESP_SD) | BIT(OA_RESP_NON_CR_NON_PD);
    if (first_of(c, evaluable, INT32_MIN) >= 0) {
        return best_of(OA_RESP_NE, "RECIST-BOR-NE-EARLY",
                       "no assessment that could be evaluated was late enough for stable disease", any);
    }
    if (first_of(c, BIT(OA_RESP_NED), INT32_MIN) >= 0) {
        return best_of(OA_RESP_NE, "RECIST-BOR-NO-DISEASE", "there was no disease at baseline that could respond", any);
    }
    return best_of(OA_RESP_NE, "RECIST-BOR-NE", "no assessment could be evaluated", any);
}

/* A response that is not confirmed was no progression: late enough, it is stable disease (RECIST table 3). */
static oa_best without_response(const course *c) {
    int32_t from = c->options->reference + c->options->sd_min_days;
    int stable = first_of(c, BIT(OA_RESP_CR) | BIT(OA_RESP_PR) | BIT(OA_RESP_SD), from);
    if (stable >= 0) {
        return best_of(OA_RESP_SD, "RECIST-BOR-SD", "no progression at or after the minimum time for stable disease",
                       stable);
    }
    int noncr = first_of(c, BIT(OA_RESP_NON_CR_NON_PD), from);
    if (noncr >= 0) {
        return best_of(OA_RESP_NON_CR_NON_PD, "RECIST-BOR-NONCR",
                       "non-target lesions persist without progression at or after the minimum time", noncr);
    }
    return without_benefit(c);
}

oa_best oa_best_response(const oa_assessment *assessments, size_t count, const oa_best_options *options) {
    course c = {assessments, count, options};
    int cr = first_of(&c, BIT(OA_RESP_CR), INT32_MIN);
    if (cr >= 0) {
        return best_of(OA_RESP_CR, "RECIST-BOR-CR", "best of all assessments up to progression", cr);
    }
    int pr = first_of(&c, BIT(OA_RESP_PR), INT32_MIN);
    if (pr >= 0) {
        return best_of(OA_RESP_PR, "RECIST-BOR-PR", "best of all assessments up to progression", pr);
    }
    return without_response(&c);
}

/* ---- confirmation ------------------------------------------------------------------------------------------------ */

/* How the search for a confirmation ended. */
typedef enum ending {
    CONFIRMED,
    NOTHING_LATER,
    TOO_SOON,
    TOO_LATE,
    TOO_MANY_NE,
    TOO_MANY_SD,
    WORSE,
    PR_AFTER_CR
} ending;

/* Looks for the assessment that confirms number `first` as `wanted`: at least confirm_days later, as good or better, and
 * between them nothing but a few not evaluable ones (and stable disease, where the protocol admits it).  A PR that
 * follows a CR confirms nothing: its CR was none, or this is a progression. */
static ending seek(const oa_assessment *a, size_t count, const oa_best_options *o, size_t first, oa_response wanted,
                   int *second) {
    int ne = 0;
    int sd = 0;
    bool had_cr = false;
    bool any = false;
    for (size_t k = first + 1; k < count; k++) {
        oa_response r = a[k].response;
        int32_t days = a[k].day - a[first].day;
        if (a[k].use != OA_ASSESSMENT_COUNTS) {
            continue;
        }
        bool as_good = r == OA_RESP_CR || (r == wanted && !had_cr);
        if (as_good && days >= o->confirm_days) {
            *second = (int)k;
            return o->confirm_max_days > 0 && days > o->confirm_max_days ? TOO_LATE : CONFIRMED;
        }
        any = any || as_good;
        ne += r == OA_RESP_NE;
        sd += r == OA_RESP_SD;
        if (ne > o->confirm_max_ne) {
            return TOO_MANY_NE;
        }
        if (r == OA_RESP_SD && wanted == OA_RESP_PR && sd > o->confirm_max_sd) {
            return TOO_MANY_SD;
        }
        if (!as_good && r != OA_RESP_NE && !(r == OA_RESP_SD && wanted == OA_RESP_PR)) {
            return had_cr && r == OA_RESP_PR ? PR_AFTER_CR : WORSE;
        }
        had_cr = had_cr || r == OA_RESP_CR;
    }
    return any ? TOO_SOON : NOTHING_LATER;
}

static int confirmed_by(const oa_assessment *a, size_t count, const oa_best_options *o, size_t first,
                        oa_response wanted) {
    int second = -1;
    return seek(a, count, o, first, wanted, &second) == CONFIRMED ? second : -1;
}

const char *oa_why_unconfirmed(const oa_assessment *a, size_t count, const oa_best_options *o, size_t first) {
    static const char *const words[] = {
        [CONFIRMED] = "",
        [NOTHING_LATER] = "no later assessment that could confirm it",
        [TOO_SOON] = "no second one so many days later as the protocol asks",
        [TOO_LATE] = "the second one came later than the protocol accepts",
        [TOO_MANY_NE] = "too many assessments not evaluable before a second one",
        [TOO_MANY_SD] = "stable disease before a second one",
        [WORSE] = "the next assessments are not as good",
        [PR_AFTER_CR] = "a partial response after a complete one confirms nothing",
    };
    int second;
    return words[seek(a, count, o, first, a[first].response, &second)];
}

static oa_best confirmed_as(const course *c, oa_response wanted, const char *rule) {
    for (size_t i = 0; i < c->count; i++) {
        bool is_wanted = c->all[i].use == OA_ASSESSMENT_COUNTS && c->all[i].response == wanted;
        int second = is_wanted ? confirmed_by(c->all, c->count, c->options, i, wanted) : -1;
        if (second >= 0) {
            return (oa_best){{wanted, rule, "confirmed as RECIST table 3 asks"}, (int)i, second};
        }
    }
    return (oa_best){{OA_RESP_NONE, "", ""}, -1, -1};
}

oa_best oa_best_confirmed(const oa_assessment *assessments, size_t count, const oa_best_options *options) {
    course c = {assessments, count, options};
    oa_best cr = confirmed_as(&c, OA_RESP_CR, "RECIST-CBOR-CR");
    if (cr.first >= 0) {
        return cr;
    }
    oa_best pr = confirmed_as(&c, OA_RESP_PR, "RECIST-CBOR-PR");
    return pr.first >= 0 ? pr : without_response(&c);
}

oa_best oa_first_response(const oa_assessment *assessments, size_t count, const oa_best_options *options) {
    course c = {assessments, count, options};
    int first = first_of(&c, BIT(OA_RESP_CR) | BIT(OA_RESP_PR), INT32_MIN);
    return first < 0 ? oa_best_response(assessments, count, options)
                     : best_of(assessments[first].response, "RECIST-RSP", "the first response", first);
}

oa_best oa_first_confirmed(const oa_assessment *assessments, size_t count, const oa_best_options *options) {
    course c = {assessments, count, options};
    oa_best cr = confirmed_as(&c, OA_RESP_CR, "RECIST-CRSP");
    oa_best pr = confirmed_as(&c, OA_RESP_PR, "RECIST-CRSP");
    if (cr.first < 0 && pr.first < 0) {
        return oa_best_confirmed(assessments, count, options);
    }
    return pr.first < 0 || (cr.first >= 0 && cr.first < pr.first) ? cr : pr;
}
