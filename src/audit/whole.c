/*
 * whole.c - numbers that must agree with each other.
 *
 *   CR + PR + SD + PD (+ NE) = n     men + women = n     CR + PR = ORR     CR + PR + SD = DCR     grade >= 3 within any grade
 *
 * A sum that falls short of n is wrong only where the sentence itself says of how many, and nobody is said to be left out:
 * who is not evaluable is often not mentioned.
 */
#include "judge.h"

#include <math.h>
#include <string.h>

#define EN_DASH "\xE2\x80\x93"

static char symbol(const oa_reading *r, size_t at) {
    return r->tokens->symbols[at];
}

static oa_finding *add(const oa_reading *r, oa_findings *findings, const char *kind, oa_label about,
                       const oa_fact *first, const oa_fact *last, oa_verdict verdict) {
    oa_finding *f = oa_finding_add(r, findings);
    *f = (oa_finding){
        .first = first->first, .last = last->last, .kind = kind, .about = about, .reported = "", .verdict = verdict};
    return f;
}

static oa_verdict verdict(oa_judgement judgement, int64_t x, int64_t n, const char *computed, const char *why) {
    return (oa_verdict){.judgement = judgement, .computed = computed, .x = x, .n = n, .why = why};
}

/* ---- facts by label ---------------------------------------------------------------------------------------------- */

/* The facts of one list: at most one a label. */
typedef struct parts {
    const oa_fact *of[OA_LABEL_CHANGE + 1];
    const oa_fact *first;
    const oa_fact *last;
    size_t count;
    bool twice; /* a label has two: two cohorts or readers, and no sum can be told */
} parts;

static bool is_part(const oa_fact *f) {
    return f->tight && !f->inherited && (f->x >= 0 || f->value.there) && f->label != OA_LABEL_NONE &&
           f->mention->phrasing->kind != OA_KIND_ESTIMATE && !f->mention->phrasing->loose;
}

static void add_part(parts *p, const oa_fact *f) {
    const oa_fact *before = p->of[f->label];
    if (before) {
        p->twice = p->twice || before->x != f->x || before->value.digits != f->value.digits;
        return;
    }
    p->of[f->label] = f;
    p->first = p->first ? p->first : f;
    p->last = f;
    p->count++;
}

/* The categories among `wanted` that a sentence gives. */
static parts parts_of(const oa_reading *r, size_t first, size_t last, const oa_label *wanted, size_t n) {
    parts p = {.count = 0};
    for (size_t i = first; i < last; i++) {
        for (size_t k = 0; k < n; k++) {
            if (r->facts[i].label == wanted[k] && is_part(&r->facts[i]) && oa_is_result(r, &r->facts[i])) {
                add_part(&p, &r->facts[i]);
            }
        }
    }
    return p;
}

/* "PR 11 + SD 8 + PD 1 = 20", "11 + 8 + 1", and the sum; -1 where a part has no count. */
static int64_t sum_of(const oa_reading *r, const parts *p, const oa_label *labels, size_t n, const char **text,
                      const char **numbers) {
    int64_t sum = 0;
    *text = "";
    *numbers = "";
    for (size_t k = 0; k < n; k++) {
        const oa_fact *f = p->of[labels[k]];
        if (f && f->x < 0) {
            return -1;
        }
        if (f) {
            sum += f->x;
            *text = oa_printf(r->arena, "%s%s%s %lld", *text, **text ? " + " : "", oa_label_name(labels[k]),
                              (long long)f->x);
            *numbers = oa_printf(r->arena, "%s%s%lld", *numbers, **numbers ? " + " : "", (long long)f->x);
        }
    }
    if (p->count > 1 && strchr(*text, '+')) {
        *text = oa_printf(r->arena, "%s = %lld", *text, (long long)sum);
    }
    return sum;
}

/* ---- partitions -------------------------------------------------------------------------------------------------- */

static bool is_one_of(const parts *p, int64_t n) {
    for (size_t i = 0; i <= OA_LABEL_CHANGE; i++) {
        if (p->of[i] && p->of[i]->x == n) {
            return true;
        }
    }
    return false;
}

static bool is_stated(const oa_reading *r, int64_t n, oa_source least_sure) {
    for (size_t i = 0; i < r->n_populations; i++) {
        if (r->populations[i].n == n && r->populations[i].source <= least_sure) {
            return true;
        }
    }
    return false;
}

/* How many the sentence itself says there are; 0: it does not, or says several. */
static int64_t whole_in(const oa_reading *r, const parts *p, uint32_t sentence) {
    int64_t whole = 0;
    for (size_t i = 0; i < r->n_populations; i++) {
        const oa_population *q = &r->populations[i];
        if (q->sentence == sentence && q->source == OA_STATED && !is_one_of(p, q->n)) {
            whole = whole == 0 || whole == q->n ? q->n : -1;
        }
    }
    return whole > 0 ? whole : 0;
}

/* Does the text leave room for subjects who are in none of the parts? */
static bool some_are_left_out(const oa_reading *r, const parts *p, bool complete) {
    return r->left_out || r->analysed || !complete || r->sentences[p->first->sentence].subset;
}

static void judge_partition(const oa_reading *r, const parts *p, const oa_label *labels, size_t n, bool complete,
                            oa_findings *findings) {
    const char *text;
    const char *numbers;
    int64_t sum = sum_of(r, p, labels, n, &text, &numbers);
    if (sum < 0 || p->twice) {
        return;
    }
    const char *computed = oa_printf(r->arena, "%lld", (long long)sum);
    int64_t whole = whole_in(r, p, p->first->sentence);
    int64_t other = whole ? whole : r->most;
    const char *against = oa_printf(r->arena, "%s, and the text speaks of %lld", text, (long long)other);
    oa_verdict v;
    bool is_whole = sum == whole || !whole || !complete || !is_one_of(p, whole);
    if ((is_stated(r, sum, OA_STATED) && is_whole) || (is_stated(r, sum, OA_DERIVED) && !complete)) {
        v = verdict(OA_CONSISTENT, sum, sum, computed, oa_printf(r->arena, "%s, as many as the text says", text));
    } else if (other == 0 || is_one_of(p, other)) {
        return;
    } else if (sum <= r->most && (!whole || sum <= whole) && some_are_left_out(r, p, whole || complete)) {
        v = verdict(
            OA_UNVERIFIABLE, sum, other, computed,
            oa_printf(r->arena, "%s; what became of the other %lld is not said", against, (long long)(other - sum)));
    } else {
        v = verdict(OA_INCONSISTENT, sum, other, computed, against);
    }
    oa_finding *f = add(r, findings, "partition", OA_LABEL_NONE, p->first, p->last, v);
    f->reported = numbers;
}

static const oa_label sexes[] = {OA_LABEL_MALE, OA_LABEL_FEMALE};
static const oa_label categories[] = {OA_LABEL_CR, OA_LABEL_PR, OA_LABEL_SD, OA_LABEL_PD, OA_LABEL_NE};
static const oa_label joined[] = {OA_LABEL_ORR, OA_LABEL_SD, OA_LABEL_PD, OA_LABEL_NE};
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Percentages of two sexes add up to 100. */
static void judge_sex_percent(const oa_reading *r, const parts *p, oa_findings *findings) {
    const oa_fact *a = p->of[OA_LABEL_MALE];
    const oa_fact *b = p->of[OA_LABEL_FEMALE];
    if (!a->value.there || !b->value.there || p->twice) {
        return;
    }
    double sum = oa_printed_value(a->value) + oa_printed_value(b->value);
    double unit = pow(10, -(a->value.decimals < b->value.decimals ? a->value.decimals : b->value.decimals));
    bool fits = fabs(sum - 100) <= 1.01 * unit;
    oa_verdict v = verdict(fits ? OA_CONSISTENT : OA_INCONSISTENT, -1, 0, "100 %",
                           oa_printf(r->arena, "men and women together are %g %%", sum));
    add(r, findings, "partition", OA_LABEL_NONE, p->first, p->last, v)->reported =
        oa_printf(r->arena, "%s %% + %s %%", oa_printed_text(r->arena, a->value), oa_printed_text(r->arena, b->value));
}

static void judge_sentence(const oa_reading *r, size_t first, size_t last, oa_findings *findings) {
    parts sex = parts_of(r, first, last, sexes, COUNT(sexes));
    parts all = parts_of(r, first, last, categories, COUNT(categories));
    parts some = parts_of(r, first, last, joined, COUNT(joined));
    if (sex.count == 2 && sex.of[OA_LABEL_MALE]->x >= 0 && sex.of[OA_LABEL_FEMALE]->x >= 0) {
        judge_partition(r, &sex, sexes, COUNT(sexes), true, findings);
    } else if (sex.count == 2) {
        judge_sex_percent(r, &sex, findings);
    }
    bool response = all.of[OA_LABEL_CR] || all.of[OA_LABEL_PR];
    if (response && all.of[OA_LABEL_SD] && all.of[OA_LABEL_PD]) {
        judge_partition(r, &all, categories, COUNT(categories), false, findings);
    } else if (!response && some.of[OA_LABEL_ORR] && some.of[OA_LABEL_SD] && some.of[OA_LABEL_PD]) {
        judge_partition(r, &some, joined, COUNT(joined), false, findings);
    }
}

/* ---- rates that are sums ----------------------------------------------------------------------------------------- */

typedef struct sum_rule {
    oa_label whole;
    oa_label parts[3];
    size_t count;
    const char *text;
} sum_rule;

static const sum_rule sum_rules[] = {
    {OA_LABEL_ORR, {OA_LABEL_CR, OA_LABEL_PR}, 2, "CR + PR"},
    {OA_LABEL_DCR, {OA_LABEL_CR, OA_LABEL_PR, OA_LABEL_SD}, 3, "CR + PR + SD"},
    {OA_LABEL_DCR, {OA_LABEL_ORR, OA_LABEL_SD}, 2, "ORR + SD"},
};

static const oa_label rates[] = {OA_LABEL_ORR, OA_LABEL_DCR, OA_LABEL_CR, OA_LABEL_PR,
                                 OA_LABEL_SD,  OA_LABEL_PD,  OA_LABEL_NE};

/* Every part is there. CR alone may be missing, which is none, where the categories make up a whole without it. */
static bool has_parts(const oa_reading *r, const parts *p, const sum_rule *rule) {
    const char *text;
    const char *numbers;
    for (size_t k = 0; k < rule->count; k++) {
        bool may_lack = rule->parts[k] == OA_LABEL_CR && p->of[OA_LABEL_PR] && p->of[OA_LABEL_SD] && p->of[OA_LABEL_PD];
        if (!p->of[rule->parts[k]] &&
            !(may_lack && is_stated(r, sum_of(r, p, categories, COUNT(categories), &text, &numbers), OA_DERIVED))) {
            return false;
        }
    }
    return true;
}

/* Whether the count gives the percentage out of some denominator of the text, or out of the one printed with it. */
static bool count_gives(const oa_reading *r, const oa_fact *f, int64_t x, int64_t *n) {
    oa_readings readings = oa_readings_of(r, f);
    for (size_t i = 0; i < readings.count; i++) {
        if (readings.n[i] >= x && oa_percent_rounding(x, readings.n[i], f->value) != OA_ROUND_NONE) {
            *n = readings.n[i];
            return true;
        }
    }
    return false;
}

static oa_verdict judge_counts(const oa_reading *r, const oa_fact *whole, int64_t sum, const char *text) {
    int64_t n = whole->n;
    const char *computed = oa_printf(r->arena, "%lld", (long long)sum);
    if (whole->x >= 0) {
        return verdict(whole->x == sum ? OA_CONSISTENT : OA_INCONSISTENT, sum, n > 0 ? n : 0, computed,
                       whole->x == sum ? text : oa_printf(r->arena, "%s, not %lld", text, (long long)whole->x));
    }
    if (count_gives(r, whole, sum, &n)) {
        return verdict(OA_CONSISTENT, sum, n, oa_printf(r->arena, "%lld/%lld", (long long)sum, (long long)n),
                       oa_printf(r->arena, "%s of %lld", text, (long long)n));
    }
    return verdict(r->most == 0 || r->analysed ? OA_UNVERIFIABLE : OA_INCONSISTENT, sum, 0, computed,
                   oa_printf(r->arena, "%s, and %lld are %s %% of no denominator that the text gives", text,
                             (long long)sum, oa_printed_text(r->arena, whole->value)));
}

static oa_verdict judge_percents(const oa_reading *r, const oa_fact *whole, const parts *p, const sum_rule *rule) {
    double sum = 0;
    double unit = pow(10, -whole->value.decimals);
    for (size_t k = 0; k < rule->count; k++) {
        const oa_fact *f = p->of[rule->parts[k]];
        if (!f || !f->value.there) {
            return verdict(OA_UNVERIFIABLE, -1, 0, "", "a part has no percentage");
        }
        sum += oa_printed_value(f->value);
        unit = fmax(unit, pow(10, -f->value.decimals));
    }
    bool fits = fabs(sum - oa_printed_value(whole->value)) <= 0.5001 * unit * (double)(rule->count + 1);
    const char *computed = oa_printf(r->arena, "%.4g %%", sum);
    return verdict(fits ? OA_CONSISTENT : OA_INCONSISTENT, -1, 0, computed,
                   oa_printf(r->arena, "%s = %s%s%s", rule->text, computed, fits ? "" : ", not ",
                             fits ? "" : oa_printf(r->arena, "%s %%", oa_printed_text(r->arena, whole->value))));
}

static void judge_sum(const oa_reading *r, const parts *p, const sum_rule *rule, oa_findings *findings) {
    const oa_fact *whole = p->of[rule->whole];
    const char *text;
    const char *numbers;
    if (!whole || !has_parts(r, p, rule)) {
        return;
    }
    int64_t sum = sum_of(r, p, rule->parts, rule->count, &text, &numbers);
    oa_verdict v = sum >= 0             ? judge_counts(r, whole, sum, text)
                   : whole->value.there ? judge_percents(r, whole, p, rule)
                                        : verdict(OA_UNVERIFIABLE, -1, 0, "", "");
    bool clear = !p->twice && !r->readers && !r->sentences[whole->sentence].compares;
    if (v.judgement == OA_UNVERIFIABLE || (v.judgement == OA_INCONSISTENT && !clear)) {
        return; /* two cohorts or readers: which parts belong together is not known */
    }
    oa_finding *f = add(r, findings, "sum", rule->whole, whole, whole, v);
    f->reported = whole->x >= 0 ? oa_printf(r->arena, "%lld", (long long)whole->x)
                                : oa_printf(r->arena, "%s %%", oa_printed_text(r->arena, whole->value));
}

/* ---- a part that is larger than its whole ------------------------------------------------------------------------ */

static bool larger(const oa_fact *part, const oa_fact *whole) {
    return part->x >= 0 && whole->x >= 0             ? part->x > whole->x
           : part->value.there && whole->value.there ? oa_printed_value(part->value) > oa_printed_value(whole->value)
                                                     : false;
}

static void judge_order(const oa_reading *r, const oa_fact *part, const oa_fact *whole, oa_findings *findings) {
    if (!part || !whole || !larger(part, whole)) {
        return;
    }
    const oa_fact *first = part < whole ? part : whole;
    const oa_fact *last = part < whole ? whole : part;
    oa_verdict v = verdict(OA_INCONSISTENT, -1, 0, "",
                           oa_printf(r->arena, "%s is part of %s, and is larger", oa_label_name(part->label),
                                     oa_label_name(whole->label)));
    add(r, findings, "subset", part->label, first, last, v)->reported = "";
}

/* Only words that say what kind of event stand between: the same events, by grade. */
static bool same_events(const oa_reading *r, const oa_fact *a, const oa_fact *b) {
    for (size_t i = a->mention->last; i < b->mention->first; i++) {
        if (symbol(r, i) == 'w' && i > a->mention->last + 1 && !strchr("gO>=", symbol(r, i - 1))) {
            return false;
        }
    }
    return true;
}

static void judge_grades(const oa_reading *r, size_t first, size_t last, oa_findings *findings) {
    const oa_fact *any = NULL;
    const oa_fact *high = NULL;
    bool twice = false;
    for (size_t i = first; i < last; i++) {
        const oa_fact *f = &r->facts[i];
        bool counts = !f->inherited && (f->value.there || f->mention->phrasing->kind == OA_KIND_COUNT);
        if (counts && f->label == OA_LABEL_ANY_GRADE) {
            twice = twice || any;
            any = f;
        } else if (counts && f->label == OA_LABEL_GRADE_3) {
            twice = twice || high;
            high = f;
        }
    }
    if (any && high && !twice && same_events(r, any < high ? any : high, any < high ? high : any)) {
        judge_order(r, high, any, findings);
    }
}

/* ---- all --------------------------------------------------------------------------------------------------------- */

void oa_judge_wholes(const oa_reading *r, oa_findings *findings) {
    for (size_t first = 0, last; first < r->n_facts; first = last) {
        last = first;
        while (last < r->n_facts && r->facts[last].sentence == r->facts[first].sentence) {
            last++;
        }
        judge_sentence(r, first, last, findings);
        judge_grades(r, first, last, findings);
    }
    parts all = parts_of(r, 0, r->n_facts, rates, COUNT(rates));
    for (size_t i = 0; i < COUNT(sum_rules); i++) {
        judge_sum(r, &all, &sum_rules[i], findings);
    }
    if (!all.twice && !r->readers) {
        judge_order(r, all.of[OA_LABEL_ORR], all.of[OA_LABEL_DCR], findings);
        judge_order(r, all.of[OA_LABEL_PR], all.of[OA_LABEL_ORR], findings);
        judge_order(r, all.of[OA_LABEL_CR], all.of[OA_LABEL_ORR], findings);
    }
}
