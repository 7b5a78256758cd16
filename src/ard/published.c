/*
 * published.c - the numbers of the paper (protocol key `published`) beside ours.
 *
 * A published number agrees where ours, rounded to its decimals, is the same; so do the limits of its interval.  Where a
 * percentage does not agree, the counts are sought that would give it, and those that would give its interval, so that
 * the reader learns where the number may have come from.  Percentages and their intervals are judged by the engine that
 * audits texts (../audit/verdict.h).
 */
#include "analysis.h"

#include "../audit/verdict.h"
#include "../base/number.h"
#include "../base/text.h"

#include <math.h>
#include <string.h>

#define EN_DASH "\xE2\x80\x93"

enum {
    MAX_DECIMALS = 6,   /* as oa_format_percent() takes */
    MOST_SUBJECTS = 500 /* beyond them any number has counts that give it, and the search is long */
};

/* Decimals that a number was printed with, as far as the double tells: 94.7 has one. */
static int decimals_in(double value) {
    char text[OA_NUMBER_SIZE];
    if (!isfinite(value)) {
        return 0;
    }
    const char *point = strchr(oa_format_number(value, text), '.');
    return point ? (int)strlen(point + 1) : 0;
}

static int decimals_of(const oa_p_published *p) {
    int decimals = decimals_in(p->value);
    int lower = decimals_in(p->lower);
    int upper = decimals_in(p->upper);
    decimals = lower > decimals ? lower : decimals;
    decimals = upper > decimals ? upper : decimals;
    return decimals > MAX_DECIMALS ? MAX_DECIMALS : decimals;
}

/* Ours, rounded to the decimals of theirs, is theirs.  Each number has decimals of its own: 33.3 (13.34-59.01). */
static bool agrees(double ours, double theirs) {
    char a[OA_NUMBER_SIZE];
    char b[OA_NUMBER_SIZE];
    int decimals = decimals_in(theirs);
    return isfinite(ours) && oa_streq(oa_format_fixed(ours, decimals, a), oa_format_fixed(theirs, decimals, b));
}

/* The number as the engine takes it; what is not finite is not there. */
static oa_printed printed(double value) {
    int decimals = decimals_in(value);
    return isfinite(value) ? oa_printed_of(value, decimals > MAX_DECIMALS ? MAX_DECIMALS : decimals)
                           : (oa_printed){.there = false};
}

/* The same of a percentage, judged on the counts: 57 of 200 are 28.5 %, which is printed as 29. */
static bool is_percent(int64_t n, int64_t of, double theirs) {
    oa_rounding rounding = oa_percent_rounding(n, of, printed(theirs));
    return decimals_in(theirs) <= MAX_DECIMALS && (rounding == OA_ROUND_HALF_UP || rounding == OA_ROUND_HALF_EVEN);
}

static oa_share share_of(const oa_analysis *a, const oa_p_published *p, const oa_result *r) {
    return (oa_share){.x = r->n,
                      .n = r->of,
                      .percent = printed(p->value),
                      .lower = printed(p->lower),
                      .upper = printed(p->upper),
                      .level = a->protocol->design.level};
}

/* `unit`: 100 where the paper prints percentages of what is a fraction here. */
static bool limits_agree(const oa_result *r, const oa_p_published *p, double unit) {
    return (!isfinite(p->lower) || agrees(unit * r->lower, p->lower)) &&
           (!isfinite(p->upper) || agrees(unit * r->upper, p->upper));
}

/* ---- where a wrong percentage may have come from ------------------------------------------------------------------ */

static const char *explain_percent(oa_analysis *a, const oa_p_published *p, const oa_result *r, int decimals) {
    char number[OA_NUMBER_SIZE];
    const char *ours = oa_printf(a->arena, "%lld of %lld are %s %%", (long long)r->n, (long long)r->of,
                                 oa_format_percent(r->n, r->of, decimals, number));
    const char *printed = oa_fixed_text(a->arena, p->value, decimals);
    if (r->of > MOST_SUBJECTS) {
        return oa_printf(a->arena, "%s, not %s %%", ours, printed);
    }
    oa_share share = share_of(a, p, r);
    return oa_printf(a->arena, "%s; %s", ours, oa_explain_percent(a->arena, &share, r->of));
}

/* ---- one comparison ---------------------------------------------------------------------------------------------- */

static const char *number_text(oa_analysis *a, double value, int decimals, const char *unit) {
    return isfinite(value) ? oa_printf(a->arena, "%s%s", oa_fixed_text(a->arena, value, decimals), unit)
                           : "not reached";
}

static const char *published_text(oa_analysis *a, const oa_p_published *p, int decimals) {
    if (*p->text) {
        return p->text;
    }
    const char *value = oa_fixed_text(a->arena, p->value, decimals);
    if (!isfinite(p->lower) || !isfinite(p->upper)) {
        return value;
    }
    return oa_printf(a->arena, "%s (%s" EN_DASH "%s)", value, oa_fixed_text(a->arena, p->lower, decimals),
                     oa_fixed_text(a->arena, p->upper, decimals));
}

/* What a verdict rests on; the number printed of a share may be the percentage or the subjects. */
typedef enum agreement { DIFFERS, AS_PRINTED, AS_COUNT, BY_OTHER_METHOD } agreement;

static bool is_share(const oa_result *r) {
    return oa_streq(r->unit, "proportion");
}

static bool is_counted(const oa_result *r) {
    return r->n >= 0 && r->of > 0;
}

static double unit_of(const oa_result *r) {
    return is_share(r) ? 100 : 1;
}

static bool value_agrees(const oa_result *r, const oa_p_published *p) {
    return is_share(r) && is_counted(r) ? is_percent(r->n, r->of, p->value)
                                        : agrees(unit_of(r) * r->estimate, p->value);
}

static agreement agreement_of(const oa_analysis *a, const oa_result *r, const oa_p_published *p, oa_fit *fit) {
    bool counted = is_share(r) && is_counted(r);
    oa_share share = share_of(a, p, r);
    if (value_agrees(r, p)) {
        return limits_agree(r, p, unit_of(r))                         ? AS_PRINTED
               : counted && oa_fit_interval(r->n, r->of, &share, fit) ? BY_OTHER_METHOD
                                                                      : DIFFERS;
    }
    return counted && !isfinite(p->lower) && agrees((double)r->n, p->value) ? AS_COUNT : DIFFERS;
}

static const char *explain_limits(oa_analysis *a, const oa_result *r, int decimals) {
    return oa_printf(a->arena, "the value agrees, its interval does not: the records give %s" EN_DASH "%s (%s)",
                     number_text(a, unit_of(r) * r->lower, decimals, ""),
                     number_text(a, unit_of(r) * r->upper, decimals, ""), r->method);
}

static const char *reason_of(oa_analysis *a, const oa_p_published *p, const oa_result *r, agreement found,
                             const oa_fit *fit, int decimals) {
    if (found == BY_OTHER_METHOD) {
        return oa_printf(a->arena, "the value agrees, and its interval is that of %s; the records' is by %s",
                         fit->method, r->method);
    }
    if (found == AS_COUNT) {
        return "agrees as a number of subjects";
    }
    if (found == AS_PRINTED) {
        return isfinite(p->lower) ? "value and interval agree" : "";
    }
    if (value_agrees(r, p)) {
        return explain_limits(a, r, decimals);
    }
    if (is_share(r) && is_counted(r)) {
        return explain_percent(a, p, r, decimals);
    }
    const char *ours =
        is_share(r) ? number_text(a, 100 * r->estimate, decimals, " %") : number_text(a, r->estimate, decimals, "");
    return oa_printf(a->arena, "the records give %s", ours);
}

static void compare(oa_analysis *a, const oa_p_published *p, oa_comparison *c) {
    const oa_result *r = oa_ard_find(a->ard, p->what);
    int decimals = decimals_of(p);
    *c = (oa_comparison){.id = p->what,
                         .label = r ? r->label : p->what,
                         .published = published_text(a, p, decimals),
                         .recomputed = r ? r->text : "",
                         .verdict = "unverifiable"};
    if (!r || r->of == 0) {
        c->why = r ? "there are no subjects to analyse" : "the records give no such result";
        return;
    }
    oa_fit fit;
    agreement found = agreement_of(a, r, p, &fit);
    c->verdict = found == DIFFERS ? "inconsistent" : "consistent";
    c->why = reason_of(a, p, r, found, &fit, decimals);
}

void oa_analyse_published(oa_analysis *a) {
    size_t n = a->protocol->n_published;
    a->ard->comparisons = OA_NEW_ARRAY(a->arena, oa_comparison, n);
    a->ard->n_comparisons = n;
    for (size_t i = 0; i < n; i++) {
        compare(a, &a->protocol->published[i], &a->ard->comparisons[i]);
    }
}
