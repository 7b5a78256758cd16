/*
 * design.c - the response rate as the two-stage design of the protocol has it estimated, beside the naive one.
 *
 * A trial that kept to its design has all estimates of onearm/boundary.h.  Where the set is larger than stage one but not of the
 * planned size, stage one is the first n1 of its subjects by first dose, and T. Koyama and H. Chen (Stat Med 27 (2008)
 * 3145-3154, section 4) say what stage two, run over or under, is worth.  Else one line says why there is no estimate.
 */
#include "order.h"

#include "../base/text.h"

#include <onearm/design.h>

#define EN_DASH "\xE2\x80\x93"

static const char analysis[] = "RESPONSE";

static oa_result *add(oa_analysis *a, const char *id, const char *label, const char *rule, const char *method) {
    oa_result *result = oa_result_add(a, &(oa_slot){id, analysis, label, "Result", 1, rule});
    result->unit = "proportion";
    result->method = method;
    return result;
}

static void add_estimate(oa_analysis *a, const char *id, const char *label, const char *method, double value) {
    oa_result *result = add(a, id, label, "of the two-stage design of the protocol", method);
    result->estimate = value;
    result->text = oa_printf(a->arena, "%s %%", oa_percent_text(a->arena, value));
}

static void add_interval(oa_analysis *a, const char *id, const char *label, const char *method, double estimate,
                         double lower, double upper) {
    double level = a->protocol->design.level;
    oa_result *result = add(a, id, label, "of the two-stage design of the protocol", method);
    result->estimate = estimate;
    result->lower = lower;
    result->upper = upper;
    result->level = level;
    result->text = oa_printf(a->arena, "%s CI %s" EN_DASH "%s", oa_percent_level(a->arena, level),
                             oa_percent_text(a->arena, lower), oa_percent_text(a->arena, upper));
}

static void add_p_value(oa_analysis *a, double p) {
    const oa_p_two_stage *t = &a->protocol->design.two_stage;
    oa_result *result =
        add(a, "ORR.P", "p-value of the null hypothesis",
            oa_printf(a->arena, "response rate at most %s", oa_number_text(a->arena, t->p0)), "Koyama-Chen");
    result->estimate = p;
    result->unit = "probability";
    result->text = p < 0.0001 ? "<0.0001" : oa_fixed_text(a->arena, p, 4);
}

static void add_note(oa_analysis *a, const char *text) {
    oa_add_text(a, &(oa_slot){"ORR.DESIGN", analysis, "Estimates of the two-stage design", "Result", 1, ""}, text);
}

static void add_planned(oa_analysis *a, const oa_boundary *boundary, size_t look, int32_t responses) {
    oa_estimates e;
    const oa_p_design *d = &a->protocol->design;
    if (!oa_boundary_estimates(boundary, look, responses, d->two_stage.p0, d->level, &e, a->diag)) {
        return;
    }
    add_note(a, look ? "ended after stage two, as planned" : "ended after stage one, for futility");
    add_estimate(a, "ORR.UMVUE", "Uniformly minimum variance unbiased", "Girshick-Mosteller-Savage", e.umvue);
    add_estimate(a, "ORR.MUE", "Median unbiased", "Koyama-Chen", e.median_unbiased);
    add_estimate(a, "ORR.BIAS_ADJUSTED", "Bias-adjusted", "Chang-Wieand-Chang", e.bias_adjusted);
    add_p_value(a, e.p_value);
    add_interval(a, "ORR.KOYAMA_CHEN", "Interval of Koyama and Chen", "Koyama-Chen", e.median_unbiased, e.lower,
                 e.upper);
    add_interval(a, "ORR.JUNG_KIM", "Interval of Jung and Kim", "Jung-Kim", e.umvue, e.exact_lower, e.exact_upper);
}

/* Responses among the first `n` by first dose. */
static int32_t responses_of_first(const oa_analysis *a, const oa_result *orr, int64_t n) {
    size_t count;
    int32_t responses = 0;
    oa_flags *responded = oa_flags_new(a);
    for (size_t k = 0; k < orr->n_subjects; k++) {
        responded[orr->subjects[k]] = true;
    }
    const size_t *rows = oa_by_first_dose(a, a->ard->efficacy.member, &count);
    for (size_t i = 0; i < count && (int64_t)i < n; i++) {
        responses += responded[rows[i]];
    }
    return responses;
}

static void add_attained(oa_analysis *a, const oa_result *orr, int32_t stage1) {
    const oa_p_design *d = &a->protocol->design;
    const oa_p_two_stage *t = &d->two_stage;
    oa_two_stage design = {(int32_t)t->n1, (int32_t)t->r1, (int32_t)t->n, (int32_t)t->r};
    oa_attained attained;
    int32_t responses = (int32_t)orr->n;
    int32_t m2 = (int32_t)(orr->of - t->n1);
    if (stage1 <= t->r1 || stage1 > t->r || t->r + 1 - stage1 > t->n - t->n1) {
        add_note(a, oa_printf(a->arena, "none: with %d responses of the first %lld the design had its answer",
                              (int)stage1, (long long)t->n1));
        return;
    }
    if (!oa_two_stage_attained(&design, stage1, m2, responses - stage1, t->p0, d->level, &attained, a->diag)) {
        return;
    }
    add_note(a,
             oa_printf(a->arena, "stage two had %d subjects, planned were %lld", (int)m2, (long long)(t->n - t->n1)));
    add_estimate(a, "ORR.MUE", "Median unbiased", "Koyama-Chen, attained n", attained.median_unbiased);
    add_p_value(a, attained.p_value);
    add_interval(a, "ORR.KOYAMA_CHEN", "Interval of Koyama and Chen", "Koyama-Chen, attained n",
                 attained.median_unbiased, attained.lower, attained.upper);
}

void oa_analyse_design(oa_analysis *a) {
    const oa_p_two_stage *t = &a->protocol->design.two_stage;
    const oa_result *orr = oa_ard_find(a->ard, "ORR");
    if (t->n == 0 || t->n > OA_MOST_SUBJECTS || t->p0 <= 0 || !orr || orr->of > OA_MOST_SUBJECTS) {
        return;
    }
    oa_result found = *orr; /* adding results moves them */
    oa_boundary boundary = oa_protocol_boundary(a->arena, a->protocol);
    int32_t stage1 = responses_of_first(a, orr, t->n1);
    if (found.of == t->n1 && found.n <= t->r1) {
        add_planned(a, &boundary, 0, (int32_t)found.n);
    } else if (found.of == t->n && found.n > t->r1 && stage1 > t->r1) {
        add_planned(a, &boundary, 1, (int32_t)found.n);
    } else if (found.of > t->n1 && found.of != t->n) {
        add_attained(a, &found, stage1);
    } else {
        add_note(a, found.of < t->n1    ? "none: stage one is not complete"
                    : found.of == t->n1 ? "none: stage two is still to come"
                                        : "none: the trial went on where the design stops after stage one");
    }
}
