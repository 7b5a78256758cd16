/* judge.c - the verdict on each number: shares, estimates within their limits, p-values. */
#include "judge.h"

#include "../base/number.h"

#include <math.h>
#include <string.h>

#define EN_DASH "\xE2\x80\x93"

const char *oa_label_name(oa_label label) {
    static const char *const names[] = {[OA_LABEL_NONE] = "",
                                        [OA_LABEL_ORR] = "ORR",
                                        [OA_LABEL_DCR] = "DCR",
                                        [OA_LABEL_CBR] = "CBR",
                                        [OA_LABEL_CR] = "CR",
                                        [OA_LABEL_PR] = "PR",
                                        [OA_LABEL_SD] = "SD",
                                        [OA_LABEL_PD] = "PD",
                                        [OA_LABEL_NE] = "NE",
                                        [OA_LABEL_OTHER_RESPONSE] = "response",
                                        [OA_LABEL_MALE] = "male",
                                        [OA_LABEL_FEMALE] = "female",
                                        [OA_LABEL_ANY_GRADE] = "any grade",
                                        [OA_LABEL_GRADE_3] = "grade 3 or higher",
                                        [OA_LABEL_SURVIVAL] = "time to event",
                                        [OA_LABEL_RATIO] = "ratio",
                                        [OA_LABEL_ACCURACY] = "accuracy",
                                        [OA_LABEL_CHANGE] = "change"};
    return names[label];
}

oa_finding *oa_finding_add(const oa_reading *r, oa_findings *findings) {
    if (findings->count == findings->capacity) {
        size_t grown = findings->capacity ? 2 * findings->capacity : 32;
        findings->items = oa_regrow(r->arena, findings->items, findings->capacity, grown, sizeof *findings->items);
        findings->capacity = grown;
    }
    return &findings->items[findings->count++];
}

static char symbol(const oa_reading *r, size_t at) {
    return r->tokens->symbols[at];
}

static const oa_sentence *sentence_of(const oa_reading *r, const oa_fact *f) {
    return &r->sentences[f->sentence];
}

bool oa_is_result(const oa_reading *r, const oa_fact *f) {
    return !sentence_of(r, f)->design;
}

static bool is_response(oa_label label) {
    return (label >= OA_LABEL_ORR && label <= OA_LABEL_PD) || label == OA_LABEL_OTHER_RESPONSE;
}

/* ---- denominators ------------------------------------------------------------------------------------------------ */

static void add_n(int64_t *list, size_t *count, int64_t n) {
    for (size_t i = 0; i < *count; i++) {
        if (list[i] == n) {
            return;
        }
    }
    list[(*count)++] = n;
}

static bool has_limits(const oa_fact *f) {
    return f->lower.there || f->upper.there;
}

enum { NEAR = 60 };

/* "Of these, 3 (27 %)": each count not far from the fact may be a denominator. */
static void add_counts_near(const oa_reading *r, const oa_fact *f, int64_t *list, size_t *count) {
    size_t at = (size_t)(f - r->facts);
    for (size_t i = at > NEAR ? at - NEAR : 0; i < r->n_facts && i <= at + NEAR; i++) {
        if (r->facts[i].x > 0) {
            add_n(list, count, r->facts[i].x);
        }
    }
}

oa_readings oa_readings_of(const oa_reading *r, const oa_fact *f) {
    const oa_sentence *s = sentence_of(r, f);
    bool counted =
        f->x >= 0 && f->n > 0 && has_limits(f); /* "12 of 34 (35 %; 95 % CI ...), rejecting the null of 15 %" */
    int64_t *list = OA_NEW_ARRAY(r->arena, int64_t, r->n_denominators + 2 * NEAR + 2);
    size_t count = 0;
    if (f->n > 0) {
        list[count++] = f->n;
    }
    for (size_t i = 0; i < r->n_denominators; i++) {
        if (r->denominators[i] != f->n) {
            list[count++] = r->denominators[i];
        }
    }
    if (s->anaphora || s->subset) {
        add_counts_near(r, f, list, &count);
    }
    oa_readings out = {.n = list,
                       .count = count,
                       .most = r->most,
                       .subset =
                           r->most == 0 || s->subset || s->anaphora || r->analysed || f->label == OA_LABEL_ACCURACY,
                       .other_method = s->model || f->label == OA_LABEL_SURVIVAL,
                       .loose = f->mention->phrasing->loose || (s->design && !counted)};
    return out;
}

/* ---- shares ------------------------------------------------------------------------------------------------------ */

static const char *limits_text(const oa_reading *r, const oa_fact *f, const char *unit) {
    return oa_printf(r->arena, "%s" EN_DASH "%s%s", f->lower.there ? oa_printed_text(r->arena, f->lower) : "NR",
                     f->upper.there ? oa_printed_text(r->arena, f->upper) : "NR", unit);
}

static const char *share_text(const oa_reading *r, const oa_fact *f) {
    const char *counts = f->x >= 0 && f->n > 0 ? oa_printf(r->arena, "%lld/%lld", (long long)f->x, (long long)f->n)
                         : f->x >= 0           ? oa_printf(r->arena, "%lld", (long long)f->x)
                         : f->n > 0            ? oa_printf(r->arena, "of %lld", (long long)f->n)
                                               : "";
    const char *value =
        f->value.there ? oa_printf(r->arena, "%s%s %%", *counts ? ", " : "", oa_printed_text(r->arena, f->value)) : "";
    return oa_printf(r->arena, "%s%s%s%s%s", counts, value, has_limits(f) ? " (" : "",
                     has_limits(f) ? limits_text(r, f, "") : "", has_limits(f) ? ")" : "");
}

/* A percentage by itself is a claim where it stands right beside the name of a response. */
static bool is_bare_claim(const oa_reading *r, const oa_fact *f) {
    const oa_sentence *s = sentence_of(r, f);
    return f->tight && is_response(f->label) && !s->design && !s->compares && !s->model;
}

/* Limits that are out of order, or do not hold the value between them. */
static const char *misplaced(const oa_reading *r, const oa_fact *f) {
    if (f->lower.there && f->upper.there && oa_printed_value(f->lower) > oa_printed_value(f->upper)) {
        return oa_printf(r->arena, "the lower limit %s is above the upper limit %s",
                         oa_printed_text(r->arena, f->lower), oa_printed_text(r->arena, f->upper));
    }
    bool below = f->value.there && f->lower.there && oa_printed_value(f->value) < oa_printed_value(f->lower);
    bool above = f->value.there && f->upper.there && oa_printed_value(f->value) > oa_printed_value(f->upper);
    return below || above ? oa_printf(r->arena, "%s is outside its limits %s", oa_printed_text(r->arena, f->value),
                                      limits_text(r, f, ""))
                          : NULL;
}

static oa_verdict plain(oa_judgement judgement, const char *why) {
    return (oa_verdict){.judgement = judgement, .computed = "", .x = -1, .why = why};
}

/* The verdict on an interval that no count stands behind. */
static oa_verdict judge_limits(const oa_reading *r, const oa_fact *f) {
    const char *why = misplaced(r, f);
    return why              ? plain(OA_INCONSISTENT, why)
           : f->value.there ? plain(OA_CONSISTENT,
                                    oa_printf(r->arena, "%s is within its limits", oa_printed_text(r->arena, f->value)))
                            : plain(OA_CONSISTENT, "the limits are in order");
}

static bool preceded_by_n(const oa_reading *r, int32_t at) {
    return (at > 1 && symbol(r, (size_t)at - 1) == '=' && symbol(r, (size_t)at - 2) == 'n') ||
           (at > 0 && symbol(r, (size_t)at - 1) == 'o');
}

/* "64.8 % with lenvatinib (n = 261)", "among 25 evaluable (28 %)": the count may be the denominator.  "12 lesions were seen in
 * 9 patients (45 %)": each of two numbers with words between them may be the count. */
static oa_verdict judge_either(const oa_reading *r, const oa_fact *f, const oa_share *share,
                               const oa_readings *readings) {
    enum { MOST_BETWEEN = 3 };
    oa_verdict v = oa_judge_share(r->arena, share, readings);
    const int32_t *at = f->mention->parts;
    bool between = at[OA_PART_P] > at[OA_PART_X] && at[OA_PART_P] < at[OA_PART_N]; /* 11 (55 %) of 20 */
    bool apart = f->x >= 0 && f->n > 0 && !between && at[OA_PART_N] - at[OA_PART_X] > MOST_BETWEEN;
    oa_share other = *share;
    other.n = -1;
    if (v.judgement != OA_CONSISTENT && f->n <= 0 && preceded_by_n(r, at[OA_PART_X])) {
        oa_readings only = *readings;
        other.x = -1;
        only.n = &share->x;
        only.count = 1;
        oa_verdict w = oa_judge_share(r->arena, &other, &only);
        v = w.judgement == OA_CONSISTENT ? w : v;
    }
    for (int i = 0; i < 2 && apart && v.judgement != OA_CONSISTENT; i++) {
        other.x = i ? share->x : share->n;
        oa_verdict w = oa_judge_share(r->arena, &other, readings);
        v = w.judgement == OA_CONSISTENT ? w : v;
    }
    return v;
}

static void judge_share(const oa_reading *r, const oa_fact *f, oa_findings *findings) {
    bool counted = f->x >= 0 && f->n > 0;
    bool alone = f->x < 0 && !has_limits(f);
    bool change = (f->label == OA_LABEL_CHANGE || f->label == OA_LABEL_RATIO) && f->x < 0;
    if ((alone && !is_bare_claim(r, f) && f->n <= 0) || (change && !has_limits(f))) {
        return;
    }
    if (counted && !f->value.there && !has_limits(f) && f->x <= f->n) {
        return; /* "11 of 20 patients" says nothing that could be wrong */
    }
    oa_share share = {.x = f->x,
                      .n = f->n,
                      .percent = f->value,
                      .lower = f->lower,
                      .upper = f->upper,
                      .level = f->level,
                      .one_sided = r->one_sided};
    oa_readings readings = oa_readings_of(r, f);
    bool named = is_response(f->label) || f->label == OA_LABEL_ACCURACY;
    readings.loose = readings.loose || (f->x < 0 && !named);
    const char *bad = has_limits(f) ? misplaced(r, f) : NULL;
    oa_finding *found = oa_finding_add(r, findings);
    *found = (oa_finding){.first = f->first,
                          .last = f->last,
                          .kind = "proportion",
                          .about = f->label == OA_LABEL_CHANGE || f->inherited ? OA_LABEL_NONE : f->label,
                          .reported = share_text(r, f)};
    found->verdict = bad && !f->mention->phrasing->loose ? plain(OA_INCONSISTENT, bad)
                     : change && has_limits(f)           ? judge_limits(r, f)
                                                         : judge_either(r, f, &share, &readings);
}

/* ---- estimates --------------------------------------------------------------------------------------------------- */

/* "at 12 months (95 % CI ...)", "n = 20 (95 % CI ...)": the number before the interval is not its estimate. */
static bool is_estimate(const oa_reading *r, const oa_fact *f) {
    int32_t at = f->mention->parts[OA_PART_P];
    char before = at > 0 ? symbol(r, (size_t)at - 1) : '\n';
    char before2 = at > 1 ? symbol(r, (size_t)at - 2) : '\n';
    bool unit = symbol(r, (size_t)at + 1) == 'u';
    return at >= 0 && symbol(r, (size_t)at) != 'g' && !(before == '=' && strchr("np", before2)) &&
           !(unit && strchr("i<>", before) && f->label != OA_LABEL_SURVIVAL) && before != '/' && before != '-' &&
           !(unit && before == 'i' && (before2 == 'v' || before2 == 'L'));
}

static void judge_estimate(const oa_reading *r, const oa_fact *f, oa_findings *findings) {
    if (!is_estimate(r, f) || (!f->value.there && !has_limits(f))) {
        return;
    }
    oa_finding *found = oa_finding_add(r, findings);
    const char *value = f->value.there ? oa_printed_text(r->arena, f->value) : "NR";
    *found = (oa_finding){.first = f->first,
                          .last = f->last,
                          .kind = "estimate",
                          .about = f->label,
                          .reported = oa_printf(r->arena, "%s (%s)", value, limits_text(r, f, ""))};
    found->verdict = judge_limits(r, f);
}

/* "HR 0.62" is printed like "ORR 0.62", and no share. */
static void judge_fraction(const oa_reading *r, const oa_fact *f, oa_findings *findings) {
    oa_fact ratio = *f;
    if (f->label != OA_LABEL_RATIO) {
        judge_share(r, f, findings);
        return;
    }
    ratio.value.decimals += 2;
    ratio.lower.decimals += 2;
    ratio.upper.decimals += 2;
    judge_estimate(r, &ratio, findings);
}

/* ---- p-values ---------------------------------------------------------------------------------------------------- */

static double normal_tail(double z) {
    return 0.5 * erfc(z / sqrt(2));
}

static const oa_binomial_test_kind tests[] = {OA_BINOMIAL_GREATER, OA_BINOMIAL_LESS,          OA_BINOMIAL_TWO_SIDED,
                                              OA_BINOMIAL_DOUBLED, OA_BINOMIAL_MID_P_GREATER, OA_BINOMIAL_MID_P};
enum { N_EXACT = sizeof tests / sizeof *tests, N_TESTS = N_EXACT + 4, MOST_TESTED = 5000 };

/* P-values of x of n against p0, the exact one-sided one first; then the normal approximations, without and with correction. */
static bool p_values(int64_t x, int64_t n, double p0, double out[N_TESTS]) {
    for (size_t i = 0; i < N_EXACT; i++) {
        if (!oa_binomial_test(x, n, p0, tests[i], &out[i], NULL)) {
            return false;
        }
    }
    double sd = sqrt(p0 * (1 - p0) / (double)n);
    double z = ((double)x / (double)n - p0) / sd;
    double corrected = (fabs((double)x / (double)n - p0) - 0.5 / (double)n) / sd;
    out[N_EXACT] = normal_tail(z);
    out[N_EXACT + 1] = 2 * normal_tail(fabs(z));
    out[N_EXACT + 2] = normal_tail(corrected);
    out[N_EXACT + 3] = 2 * normal_tail(corrected);
    return true;
}

/* '<' where the text prints a bound, '=' where it prints the value. */
static char comparator(const oa_reading *r, const oa_fact *f) {
    int32_t at = f->mention->parts[OA_PART_P];
    for (int32_t i = at; i > (int32_t)f->first; i--) {
        if (symbol(r, (size_t)i) == '<' || symbol(r, (size_t)i) == '>') {
            return symbol(r, (size_t)i);
        }
    }
    return '=';
}

static bool p_fits(const double values[N_TESTS], oa_printed p, char sign) {
    for (int i = 0; i < N_TESTS; i++) {
        double bound = oa_printed_value(p);
        if (sign == '<' ? values[i] < bound : sign == '>' ? values[i] > bound : oa_number_rounding(values[i], p)) {
            return true;
        }
    }
    return false;
}

static bool is_share(const oa_reading *r, size_t fact) {
    return r->facts[fact].mention->phrasing->kind == OA_KIND_SHARE;
}

static bool is_only_share(const oa_reading *r, size_t fact) {
    uint32_t sentence = r->facts[fact].sentence;
    for (size_t i = fact; i > 0 && r->facts[i - 1].sentence == sentence; i--) {
        if (is_share(r, i - 1)) {
            return false;
        }
    }
    for (size_t i = fact + 1; i < r->n_facts && r->facts[i].sentence == sentence; i++) {
        if (is_share(r, i)) {
            return false;
        }
    }
    return true;
}

/* The share that a p-value tests: the nearest counted one before it in its sentence or the one before, or behind it. */
static const oa_fact *tested_share(const oa_reading *r, size_t fact) {
    const oa_fact *p = &r->facts[fact];
    for (size_t i = fact; i > 0; i--) {
        const oa_fact *f = &r->facts[i - 1];
        if (p->sentence - f->sentence > 1) {
            break;
        }
        bool beside = p->first - f->last <= 2 && is_only_share(r, i - 1);
        bool counted = f->mention->phrasing->kind == OA_KIND_SHARE && f->x >= 0 && f->value.there;
        if (counted && (is_response(f->label) || (f->label == OA_LABEL_NONE && beside))) {
            return f;
        }
    }
    return NULL;
}

static double null_rate(const oa_fact *f) {
    double value = oa_printed_value(f->value);
    return value > 1 || f->value.decimals == 0 ? value / 100 : value;
}

/* The share is counted out of each denominator that gives its percentage. */
static void judge_p(const oa_reading *r, const oa_fact *p, const oa_fact *share, oa_findings *findings) {
    oa_readings readings = oa_readings_of(r, share);
    char sign = comparator(r, p);
    char shown[OA_NUMBER_SIZE];
    const char *why = NULL;
    oa_verdict v = plain(OA_UNVERIFIABLE, "the denominator of the share that it tests is not stated");
    for (size_t i = 0; i < r->n_facts; i++) {
        double p0 = r->facts[i].mention->phrasing->kind == OA_KIND_NULL_RATE ? null_rate(&r->facts[i]) : 0;
        for (size_t k = 0; p0 > 0 && p0 < 1 && k < readings.count && v.judgement != OA_CONSISTENT; k++) {
            int64_t n = readings.n[k];
            double values[N_TESTS];
            if (n < share->x || n > MOST_TESTED || (share->n > 0 && n != share->n) ||
                oa_percent_rounding(share->x, n, share->value) == OA_ROUND_NONE || !p_values(share->x, n, p0, values)) {
                continue;
            }
            bool fits = p_fits(values, p->value, sign);
            const char *exact = oa_format_fixed(values[0], 6, shown);
            why = oa_printf(r->arena, "%lld of %lld against %s %% give an exact one-sided P of %s", (long long)share->x,
                            (long long)n, oa_format_number(100 * p0, (char[OA_NUMBER_SIZE]){0}), exact);
            v = (oa_verdict){
                fits ? OA_CONSISTENT : OA_INCONSISTENT, oa_strdup(r->arena, exact), NULL, share->x, n, why};
        }
    }
    if (v.judgement == OA_INCONSISTENT && (r->sentences[p->sentence].model || r->sentences[p->sentence].subset)) {
        v.judgement = OA_UNVERIFIABLE;
    }
    oa_finding *found = oa_finding_add(r, findings);
    *found = (oa_finding){.first = p->first,
                          .last = p->last,
                          .kind = "p-value",
                          .about = share->label,
                          .reported = oa_printf(r->arena, "P %c %s", sign, oa_printed_text(r->arena, p->value)),
                          .verdict = v};
}

static void judge_p_value(const oa_reading *r, size_t fact, oa_findings *findings) {
    const oa_fact *p = &r->facts[fact];
    const oa_sentence *s = sentence_of(r, p);
    const oa_fact *share = p->value.there ? tested_share(r, fact) : NULL;
    if (!share || !r->null_rate || (s->compares && !s->null)) {
        return;
    }
    judge_p(r, p, share, findings);
}

/* ---- all --------------------------------------------------------------------------------------------------------- */

void oa_judge_facts(const oa_reading *r, oa_findings *findings) {
    for (size_t i = 0; i < r->n_facts; i++) {
        const oa_fact *f = &r->facts[i];
        switch (f->mention->phrasing->kind) {
        case OA_KIND_SHARE:
            judge_share(r, f, findings);
            break;
        case OA_KIND_LIMITS:
            if (f->value.there || f->n > 0) {
                judge_share(r, f, findings);
            }
            break;
        case OA_KIND_FRACTION:
            judge_fraction(r, f, findings);
            break;
        case OA_KIND_ESTIMATE:
            judge_estimate(r, f, findings);
            break;
        case OA_KIND_P_VALUE:
            judge_p_value(r, i, findings);
            break;
        case OA_KIND_NULL_RATE:
        case OA_KIND_COUNT:
            break;
        }
    }
}
