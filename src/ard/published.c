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

enum { MAX_DECIMALS = 6 }; /* as oa_format_percent() takes */

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

static bool agrees(double ours, double theirs, int decimals) {
    char a[OA_NUMBER_SIZE];
    char b[OA_NUMBER_SIZE];
    return isfinite(ours) && oa_streq(oa_format_fixed(ours, decimals, a), oa_format_fixed(theirs, decimals, b));
}

/* The numbers of a result in the unit of the paper: percentages for proportions. */
typedef struct reading {
    double value;
    double lower;
    double upper;
} reading;

static reading as_percent(const oa_result *r) {
    return (reading){100 * r->estimate, 100 * r->lower, 100 * r->upper};
}

static reading as_it_is(const oa_result *r) {
    return (reading){r->estimate, r->lower, r->upper};
}

static reading as_count(const oa_result *r) {
    return (reading){(double)r->n, NAN, NAN};
}

static bool fits(const reading *ours, const oa_p_published *p, int decimals) {
    return agrees(ours->value, p->value, decimals) &&
           (!isfinite(p->lower) || agrees(ours->lower, p->lower, decimals)) &&
           (!isfinite(p->upper) || agrees(ours->upper, p->upper, decimals));
}

/* ---- where a wrong percentage may have come from ------------------------------------------------------------------ */

/* "18 of 19" for the largest denominator up to `most` that rounds to the value; NULL where none does. */
static const char *counts_giving(oa_analysis *a, double value, int decimals, int64_t most) {
    for (int64_t of = most; of > 0; of--) {
        int64_t n = (int64_t)llround(value / 100 * (double)of);
        if (n >= 0 && n <= of && agrees(100 * (double)n / (double)of, value, decimals)) {
            return oa_printf(a->arena, "%lld of %lld", (long long)n, (long long)of);
        }
    }
    return NULL;
}

/* "19 of 20 (95.0 %)" for the counts whose exact interval is the printed one. */
static const char *counts_with_interval(oa_analysis *a, const oa_p_published *p, int decimals, int64_t most) {
    for (int64_t of = most; of > 0 && isfinite(p->lower) && isfinite(p->upper); of--) {
        for (int64_t n = 0; n <= of; n++) {
            oa_interval i;
            if (oa_clopper_pearson(n, of, a->protocol->design.level, &i, NULL) &&
                agrees(100 * i.lower, p->lower, decimals) && agrees(100 * i.upper, p->upper, decimals)) {
                char percent[OA_NUMBER_SIZE];
                return oa_printf(a->arena, "%lld of %lld (%s %%)", (long long)n, (long long)of,
                                 oa_format_percent(n, of, decimals, percent));
            }
        }
    }
    return NULL;
}

static const char *explain_percent(oa_analysis *a, const oa_p_published *p, const oa_result *r, int decimals) {
    char printed[OA_NUMBER_SIZE];
    char percent[OA_NUMBER_SIZE];
    if (r->of <= 0) { /* a share at a time is no count of subjects */
        return isfinite(r->estimate) ? oa_printf(a->arena, "the records give %s %%",
                                                 oa_format_fixed(100 * r->estimate, decimals, percent))
                                     : "the records give no such result";
    }
    const char *value = counts_giving(a, p->value, decimals, r->of);
    const char *interval = counts_with_interval(a, p, decimals, r->of);
    const char *ours = oa_printf(a->arena, "%lld of %lld are %s %%", (long long)r->n, (long long)r->of,
                                 oa_format_percent(r->n, r->of, decimals, percent));
    const char *theirs =
        value ? oa_printf(a->arena, "%s %% would be %s", oa_format_fixed(p->value, decimals, printed), value)
              : oa_printf(a->arena, "no count out of %lld or fewer gives %s %%", (long long)r->of,
                          oa_format_fixed(p->value, decimals, printed));
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

static void compare(oa_analysis *a, const oa_p_published *p, oa_comparison *c) {
    const oa_result *r = oa_ard_find(a->ard, p->what);
    int decimals = decimals_of(p);
    *c = (oa_comparison){.id = p->what, .label = p->what, .published = published_text(a, p, decimals)};
    if (!r) {
        c->recomputed = "";
        c->verdict = "unverifiable";
        c->why = "the records give no such result";
        return;
    }
    bool is_share = oa_streq(r->unit, "proportion");
    c->label = r->label;
    if (is_share && r->of == 0) {
        c->recomputed = r->text;
        c->verdict = "unverifiable";
        c->why = "there are no subjects to analyse";
        return;
    }
    reading plain = is_share ? as_percent(r) : as_it_is(r);
    reading count = as_count(r);
    bool by_count = is_share && !isfinite(p->lower) && fits(&count, p, decimals) && !fits(&plain, p, decimals);
    bool same = by_count || fits(&plain, p, decimals);
    c->recomputed = *r->text ? r->text : number_text(a, plain.value, decimals, "");
    c->verdict = same ? "consistent" : "inconsistent";
    c->why = same       ? (isfinite(p->lower) ? "value and interval agree" : "")
             : is_share ? explain_percent(a, p, r, decimals)
                        : oa_printf(a->arena, "the records give %s", number_text(a, plain.value, decimals, ""));
}

void oa_analyse_published(oa_analysis *a) {
    size_t n = a->protocol->n_published;
    a->ard->comparisons = OA_NEW_ARRAY(a->arena, oa_comparison, n);
    a->ard->n_comparisons = n;
    for (size_t i = 0; i < n; i++) {
        compare(a, &a->protocol->published[i], &a->ard->comparisons[i]);
    }
}
