/*
 * published.c - the numbers of the paper (protocol key `published`) beside ours.
 *
 * A published number agrees where ours, rounded to its decimals, is the same; so do the limits of its interval.  Where a
 * percentage does not agree, the counts are sought that would give it, and those that would give its interval, so that
 * the reader learns where the number may have come from.
 */
#include "analysis.h"

#include "../base/number.h"
#include "../base/text.h"

#include <onearm/stats.h>

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

/* The same of a percentage, judged on the counts: 57 of 200 are 28.5 %, which is printed as 29. */
static bool is_percent(int64_t n, int64_t of, double theirs) {
    char a[OA_NUMBER_SIZE];
    char b[OA_NUMBER_SIZE];
    int decimals = decimals_in(theirs);
    return decimals <= MAX_DECIMALS &&
           oa_streq(oa_format_percent(n, of, decimals, a), oa_format_fixed(theirs, decimals, b));
}

/* `unit`: 100 where the paper prints percentages of what is a fraction here. */
static bool limits_agree(const oa_result *r, const oa_p_published *p, double unit) {
    return (!isfinite(p->lower) || agrees(unit * r->lower, p->lower)) &&
           (!isfinite(p->upper) || agrees(unit * r->upper, p->upper));
}

/* ---- where a wrong percentage may have come from ------------------------------------------------------------------ */

/* "18 of 19" for the largest denominator up to `most` that rounds to the value; NULL where none does. */
static const char *counts_giving(oa_analysis *a, double value, int64_t most) {
    for (int64_t of = most; of > 0; of--) {
        int64_t n = (int64_t)llround(value / 100 * (double)of);
        if (n >= 0 && n <= of && is_percent(n, of, value)) {
            return oa_printf(a->arena, "%lld of %lld", (long long)n, (long long)of);
        }
    }
    return NULL;
}

/* "19 of 20 (95.0 %)" for the counts whose interval by the protocol's method is the printed one. */
static const char *counts_with_interval(oa_analysis *a, const oa_p_published *p, int decimals, int64_t most) {
    for (int64_t of = most; of > 0 && isfinite(p->lower) && isfinite(p->upper); of--) {
        for (int64_t n = 0; n <= of; n++) {
            oa_interval i;
            if (oa_binomial_interval(n, of, (oa_ci_method)a->protocol->design.interval, OA_TWO_SIDED,
                                     a->protocol->design.level, &i, NULL) &&
                agrees(100 * i.lower, p->lower) && agrees(100 * i.upper, p->upper)) {
                char percent[OA_NUMBER_SIZE];
                return oa_printf(a->arena, "%lld of %lld (%s %%)", (long long)n, (long long)of,
                                 oa_format_percent(n, of, decimals, percent));
            }
        }
    }
    return NULL;
}

static const char *explain_percent(oa_analysis *a, const oa_p_published *p, const oa_result *r, int decimals) {
    char number[OA_NUMBER_SIZE];
    const char *ours = oa_printf(a->arena, "%lld of %lld are %s %%", (long long)r->n, (long long)r->of,
                                 oa_format_percent(r->n, r->of, decimals, number));
    const char *printed = oa_fixed_text(a->arena, p->value, decimals);
    if (r->of > MOST_SUBJECTS) {
        return oa_printf(a->arena, "%s, not %s %%", ours, printed);
    }
    const char *value = counts_giving(a, p->value, r->of);
    const char *interval = counts_with_interval(a, p, decimals, r->of);
    const char *theirs =
        value ? oa_printf(a->arena, "%s %% would be %s", printed, value)
              : oa_printf(a->arena, "no count out of %lld or fewer gives %s %%", (long long)r->of, printed);
    return interval
               ? oa_printf(a->arena, "%s; %s, and the interval printed beside it is that of %s", ours, theirs, interval)
               : oa_printf(a->arena, "%s; %s", ours, theirs);
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
typedef enum agreement { DIFFERS, AS_PRINTED, AS_COUNT } agreement;

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

static agreement agreement_of(const oa_result *r, const oa_p_published *p) {
    if (value_agrees(r, p) && limits_agree(r, p, unit_of(r))) {
        return AS_PRINTED;
    }
    return is_share(r) && is_counted(r) && !isfinite(p->lower) && agrees((double)r->n, p->value) ? AS_COUNT : DIFFERS;
}

static const char *explain_limits(oa_analysis *a, const oa_result *r, int decimals) {
    return oa_printf(a->arena, "the value agrees, its interval does not: the records give %s" EN_DASH "%s (%s)",
                     number_text(a, unit_of(r) * r->lower, decimals, ""),
                     number_text(a, unit_of(r) * r->upper, decimals, ""), r->method);
}

static const char *reason_of(oa_analysis *a, const oa_p_published *p, const oa_result *r, agreement found,
                             int decimals) {
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
    agreement found = agreement_of(r, p);
    c->verdict = found == DIFFERS ? "inconsistent" : "consistent";
    c->why = reason_of(a, p, r, found, decimals);
}

void oa_analyse_published(oa_analysis *a) {
    size_t n = a->protocol->n_published;
    a->ard->comparisons = OA_NEW_ARRAY(a->arena, oa_comparison, n);
    a->ard->n_comparisons = n;
    for (size_t i = 0; i < n; i++) {
        compare(a, &a->protocol->published[i], &a->ard->comparisons[i]);
    }
}
