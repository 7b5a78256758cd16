/*
 * adrs_best.c - what the time points of a subject come to, as rows of ADRS.
 *
 *     BOR CBOR    best overall response, without and with confirmation      BCP CBCP  whether it is CR or PR
 *     RSP CRSP    response, dated to the first of the pair                  CB        disease control, as the protocol
 *     CCB         the same with confirmed responses                         CBR       for the protocol's period
 *     PD          first progression                                         DEATH     death
 *     LSTA        last assessment that could be evaluated                   MDIS      measurable disease at baseline
 *
 * The names are admiralonco's, but for CBR.
 */
#include "adrs.h"

#include "../base/text.h"
#include "unevaluable.h"

static bool is_response(oa_response r) {
    return r == OA_RESP_CR || r == OA_RESP_PR;
}

static bool is_benefit(oa_response r) {
    return is_response(r) || r == OA_RESP_SD || r == OA_RESP_NON_CR_NON_PD;
}

static void set_flag(oa_adrs *a, size_t row, bool yes) {
    oa_set_text(a->table, row, C_AVALC, yes ? "Y" : "N");
    oa_set_number(a->table, row, C_AVAL, yes);
}

/* ---- in words ---------------------------------------------------------------------------------------------------- */

static const char *item_text(oa_adrs *a, int item) {
    const oa_assessment *is = &a->course.items[item];
    const char *visit = oa_text(a->table, a->rows[item], C_AVISIT);
    return oa_printf(a->context->arena, "%s on %s%s%s", oa_response_name(is->response),
                     oa_day_text(a->context, is->day), *visit ? ", " : "", visit);
}

static const char *best_reason(oa_adrs *a, const oa_best *best, const oa_best *unconfirmed) {
    oa_arena *arena = a->context->arena;
    if (best->first < 0) {
        return best->decision.why;
    }
    const char *second = "";
    if (best->second >= 0) {
        const oa_assessment *confirms = &a->course.items[best->second];
        second =
            oa_printf(arena, ", confirmed by %s on %s (%d days later)", oa_response_name(confirms->response),
                      oa_day_text(a->context, confirms->day), (int)(confirms->day - a->course.items[best->first].day));
    } else if (unconfirmed && is_response(unconfirmed->decision.response)) {
        const char *why = oa_why_unconfirmed(a->course.items, a->course.count, &a->options, (size_t)unconfirmed->first);
        second = unconfirmed->first == best->first
                     ? oa_printf(arena, ", not confirmed (%s)", why)
                     : oa_printf(arena, "; %s was not confirmed (%s)", item_text(a, unconfirmed->first), why);
    }
    return oa_printf(arena, "%s%s: %s", item_text(a, best->first), second, best->decision.why);
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

/* The day, visit and source of the item of the course that decided; -1: none. */
static void set_item(oa_adrs *a, size_t row, int item) {
    double seq;
    if (item < 0) {
        return;
    }
    oa_adrs_set_day(a, row, a->course.items[item].day);
    oa_set_text(a->table, row, C_AVISIT, oa_text(a->table, a->rows[item], C_AVISIT));
    oa_set_text(a->table, row, C_SRCDOM, "ADRS");
    oa_set_text(a->table, row, C_SRCVAR, "AVALC");
    if (oa_number(a->table, a->rows[item], C_ASEQ, &seq)) {
        oa_set_number(a->table, row, C_SRCSEQ, seq);
    }
}

/* A best response has been chosen from all that counts. */
static void cite_course(oa_adrs *a) {
    for (size_t i = 0; i < a->course.count; i++) {
        if (a->course.items[i].use == OA_ASSESSMENT_COUNTS) {
            oa_cite(a->table, a->table, a->rows[i]);
        }
    }
}

typedef struct summary {
    const char *paramcd;
    const char *param;
    const oa_best *best;
    const oa_best *unconfirmed; /* of a confirmed best response */
} summary;

static size_t add_decision(oa_adrs *a, const summary *s) {
    size_t row = oa_adrs_add(a, s->paramcd, s->param);
    oa_set_text(a->table, row, C_RULE, s->best->decision.rule);
    oa_set_text(a->table, row, C_REASON, best_reason(a, s->best, s->unconfirmed));
    return row;
}

static void add_best_row(oa_adrs *a, const summary *s, const oa_unevaluable_facts *facts) {
    size_t row = add_decision(a, s);
    oa_adrs_set_response(a, row, s->best->decision.response);
    oa_set_text(a->table, row, C_NEREASN, oa_why_unevaluable(s->best, a->course.items, a->course.count, facts));
    if (s->best->second >= 0) {
        oa_set_day(a->table, row, C_CONFDT, a->course.items[s->best->second].day);
    }
    set_item(a, row, s->best->first);
    cite_course(a);
}

static void add_flag_row(oa_adrs *a, const summary *s, bool yes) {
    size_t row = add_decision(a, s);
    set_flag(a, row, yes);
    if (yes) {
        if (s->best->second >= 0) {
            oa_set_day(a->table, row, C_CONFDT, a->course.items[s->best->second].day);
        }
        set_item(a, row, s->best->first);
    }
    cite_course(a);
}

/* The first assessment on or after the protocol's day of clinical benefit that shows no progression; -1: none. */
static int benefit_at(const oa_adrs *a) {
    int32_t from = a->dates.reference + (int32_t)a->context->protocol->response.clinical_benefit_days;
    for (size_t i = 0; i < a->course.count; i++) {
        const oa_assessment *item = &a->course.items[i];
        if (item->use == OA_ASSESSMENT_COUNTS && item->day >= from && is_benefit(item->response)) {
            return (int)i;
        }
    }
    return -1;
}

static void add_benefit_rate(oa_adrs *a, const oa_best *decides) {
    long long days = (long long)a->context->protocol->response.clinical_benefit_days;
    oa_arena *arena = a->context->arena;
    size_t row = oa_adrs_add(a, "CBR", oa_printf(arena, "Clinical Benefit for %lld Days", days));
    bool response = is_response(decides->decision.response);
    int item = response ? decides->first : benefit_at(a);
    set_flag(a, row, item >= 0);
    oa_set_text(a->table, row, C_RULE, response ? decides->decision.rule : "CBR-DAYS");
    oa_set_text(a->table, row, C_REASON,
                response ? best_reason(a, decides, NULL)
                : item < 0
                    ? oa_printf(arena, "no response, and no assessment without progression on or after day %lld", days)
                    : oa_printf(arena, "%s: no progression for %lld days", item_text(a, item), days));
    set_item(a, row, item);
    cite_course(a);
}

static void set_reason(oa_adrs *a, size_t row, const char *rule, const char *reason) {
    oa_set_text(a->table, row, C_RULE, rule);
    oa_set_text(a->table, row, C_REASON, reason);
}

static void add_pd(oa_adrs *a) {
    size_t row = oa_adrs_add(a, "PD", "Disease Progression");
    int item = -1;
    for (size_t i = 0; i < a->course.count && item < 0; i++) {
        const oa_assessment *is = &a->course.items[i];
        item = oa_is_one_of_day(is) && is->response == OA_RESP_PD ? (int)i : -1;
    }
    set_flag(a, row, item >= 0);
    set_item(a, row, item);
    set_reason(a, row, "ADRS-PD", "no assessment shows progression");
    if (item >= 0) {
        set_reason(a, row, oa_text(a->table, a->rows[item], C_RULE), oa_text(a->table, a->rows[item], C_REASON));
        oa_cite(a->table, a->table, a->rows[item]);
    }
}

/* The last assessment that could be evaluated: unlike admiralonco's, never NE, as times are censored on it.  As for PFS,
 * its row says whether it could be: a CR that was not complete is NE only on the way to the best response. */
static void add_last(oa_adrs *a) {
    for (size_t i = a->course.count; i-- > 0;) {
        oa_response response;
        bool known = oa_response_of(oa_text(a->table, a->rows[i], C_AVALC), &response);
        if (oa_is_one_of_day(&a->course.items[i]) && known && oa_response_is_adequate(response)) {
            size_t row = oa_adrs_add(a, "LSTA", "Last Disease Assessment");
            oa_adrs_set_response(a, row, response);
            set_item(a, row, (int)i);
            set_reason(
                a, row, "ADRS-LSTA",
                oa_printf(a->context->arena, "%s: the last assessment that could be evaluated", item_text(a, (int)i)));
            oa_cite(a->table, a->table, a->rows[i]);
            return;
        }
    }
}

static void add_measurable(oa_adrs *a) {
    if (a->tumour->baseline < 0 && !a->measured) {
        return; /* reported responses need no lesions */
    }
    size_t row = oa_adrs_add(a, "MDIS", "Measurable Disease at Baseline");
    size_t n = a->tumour->baseline < 0 ? 0 : a->tumour->points[a->tumour->baseline].targets.n_expected;
    set_flag(a, row, n > 0);
    set_reason(a, row, "ADRS-MDIS",
               oa_printf(a->context->arena, "%zu target lesion%s at baseline", n, n == 1 ? "" : "s"));
    if (a->tumour->baseline >= 0) {
        oa_adrs_set_day(a, row, a->tumour->points[a->tumour->baseline].day);
    }
}

static void add_death(oa_adrs *a) {
    size_t row = oa_adrs_add(a, "DEATH", "Death");
    oa_set_text(a->table, row, C_PARCAT1, "Reference Event");
    set_flag(a, row, a->dates.died);
    set_reason(a, row, "ADRS-DEATH", a->dates.died ? "ADSL has a date of death" : "ADSL has no date of death");
    if (a->dates.died) {
        oa_adrs_set_day(a, row, a->dates.death);
    }
}

/* ---- all of them ------------------------------------------------------------------------------------------------- */

static oa_unevaluable_facts facts_of(const oa_adrs *a) {
    return (oa_unevaluable_facts){.died = a->dates.died,
                                  .no_baseline = a->measured && a->tumour->n_points > 0 && a->tumour->baseline < 0};
}

void oa_adrs_add_best(oa_adrs *a) {
    const oa_course *c = &a->course;
    oa_best best = oa_best_response(c->items, c->count, &a->options);
    oa_best confirmed = oa_best_confirmed(c->items, c->count, &a->options);
    const oa_best *decides = a->context->protocol->response.confirm_required ? &confirmed : &best;
    const oa_best *given_up = decides == &confirmed ? &best : NULL;
    oa_best first = oa_first_response(c->items, c->count, &a->options);
    oa_best first_confirmed = oa_first_confirmed(c->items, c->count, &a->options);
    oa_unevaluable_facts facts = facts_of(a);
    bool responded = is_response(best.decision.response);
    bool confirms = is_response(confirmed.decision.response);
    add_best_row(a, &(summary){"BOR", "Best Overall Response", &best, NULL}, &facts);
    add_best_row(a, &(summary){"CBOR", "Best Overall Response, Confirmed", &confirmed, &best}, &facts);
    const struct {
        summary s;
        bool yes;
    } flags[] = {
        {{"RSP", "Response", &first, NULL}, responded},
        {{"CRSP", "Response, Confirmed", &first_confirmed, &best}, confirms},
        {{"CB", "Clinical Benefit (Disease Control)", decides, given_up}, is_benefit(decides->decision.response)},
        {{"CCB", "Clinical Benefit (Disease Control), Confirmed", &confirmed, &best},
         is_benefit(confirmed.decision.response)},
        {{"BCP", "Best Overall Response of CR or PR", &best, NULL}, responded},
        {{"CBCP", "Best Overall Response of CR or PR, Confirmed", &confirmed, &best}, confirms},
    };
    for (size_t i = 0; i < OA_COUNT(flags); i++) {
        add_flag_row(a, &flags[i].s, flags[i].yes);
    }
    add_benefit_rate(a, decides);
    add_pd(a);
    add_last(a);
    add_measurable(a);
    add_death(a);
}
