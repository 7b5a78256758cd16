/* verdict.c - see verdict.h. */
#include "verdict.h"

#include "../base/number.h"
#include "../base/text.h"

#include <math.h>
#include <string.h>

#define EN_DASH "\xE2\x80\x93"

const char *oa_judgement_name(oa_judgement judgement) {
    static const char *const names[] = {"consistent", "inconsistent", "unverifiable"};
    return names[judgement];
}

/* ---- where a number may have come from --------------------------------------------------------------------------- */

/* The count out of n that is nearest to the percentage. */
static int64_t nearest_count(oa_printed percent, int64_t n) {
    double x = oa_printed_value(percent) / 100 * (double)n;
    return x < 0 ? 0 : x > (double)n ? n : (int64_t)llround(x);
}

/* The first and last count out of n that may round to the percentage, a few at most unless it is printed coarsely. */
static void counts_near(oa_printed percent, int64_t n, int64_t *first, int64_t *last) {
    double unit = pow(10, -percent.decimals);
    double value = oa_printed_value(percent);
    int64_t low = (int64_t)floor((value - unit) / 100 * (double)n);
    int64_t high = (int64_t)ceil((value + unit) / 100 * (double)n);
    *first = low < 0 ? 0 : low;
    *last = high > n ? n : high;
}

static bool gives_percent(int64_t x, int64_t n, oa_printed percent) {
    return !percent.there || oa_percent_rounding(x, n, percent) != OA_ROUND_NONE;
}

oa_pair oa_counts_of_percent(oa_printed percent, int64_t most) {
    for (int64_t n = most; n > 0; n--) {
        int64_t x = nearest_count(percent, n);
        oa_rounding rounding = oa_percent_rounding(x, n, percent);
        if (rounding == OA_ROUND_HALF_UP || rounding == OA_ROUND_HALF_EVEN) {
            return (oa_pair){x, n};
        }
    }
    return (oa_pair){0, 0};
}

/* The share alone as an interval, so that its own percentage does not matter. */
static oa_pair find_interval(const oa_share *share, int64_t least, int64_t most) {
    oa_fit fit;
    double middle = (oa_printed_value(share->lower) + oa_printed_value(share->upper)) / 200;
    for (int64_t n = most; n >= least; n--) {
        /* The centre of Wilson's interval is (x + z^2/2)/(n + z^2), those of the others are near it. */
        double centre = middle * ((double)n + 3.84) - 1.92;
        int64_t first = (int64_t)floor(centre) - 2;
        int64_t last = (int64_t)ceil(centre) + 2;
        for (int64_t x = first < 0 ? 0 : first; x <= n && x <= last; x++) {
            if (oa_fit_common(x, n, share, &fit)) {
                return (oa_pair){x, n};
            }
        }
    }
    return (oa_pair){0, 0};
}

/* The denominator that the width of the interval calls for: n = p (1 - p) (2 z / width)^2, and a span around it. */
static void span_of_interval(const oa_share *share, int64_t most, int64_t *least, int64_t *largest) {
    double width = (oa_printed_value(share->upper) - oa_printed_value(share->lower)) / 100;
    double middle = (oa_printed_value(share->lower) + oa_printed_value(share->upper)) / 200;
    double z = share->level > 0.97 ? 2.58 : 1.96;
    double n = width > 0.001 ? fmax(middle * (1 - middle), 0.02) * pow(2 * z / width, 2) : 1e6;
    *least = (int64_t)fmax(n / 3, 1);
    *largest = (int64_t)fmin(2 * n + 10, (double)most);
}

oa_pair oa_counts_of_interval(const oa_share *share, int64_t most) {
    int64_t least;
    int64_t largest;
    if (!share->lower.there || !share->upper.there) {
        return (oa_pair){0, 0};
    }
    span_of_interval(share, most, &least, &largest);
    return find_interval(share, least, largest);
}

typedef bool fitter(int64_t x, int64_t n, const oa_share *share, oa_fit *fit);

/* Whether a count out of n gives all that is printed; the count is known, or sought. */
static bool fits_by(fitter *fits, const oa_share *share, int64_t n, int64_t *found, oa_fit *fit) {
    int64_t first = share->x;
    int64_t last = first;
    if (share->x < 0) {
        counts_near(share->percent, n, &first, &last);
    }
    bool interval = share->lower.there || share->upper.there;
    for (int64_t x = first; x <= last; x++) {
        if (x <= n && gives_percent(x, n, share->percent) && (!interval || fits(x, n, share, fit))) {
            *found = x;
            return true;
        }
    }
    return false;
}

static bool fits_in(const oa_share *share, int64_t n, int64_t *found, oa_fit *fit) {
    return fits_by(oa_fit_interval, share, n, found, fit);
}

oa_pair oa_counts_of_both(const oa_share *share, int64_t most) {
    int64_t least;
    int64_t largest;
    oa_fit fit;
    span_of_interval(share, most, &least, &largest);
    for (int64_t n = largest; n >= least; n--) {
        int64_t x;
        if (fits_by(oa_fit_common, share, n, &x, &fit)) {
            return (oa_pair){x, n};
        }
    }
    return (oa_pair){0, 0};
}

const char *oa_explain_percent(oa_arena *arena, const oa_share *share, int64_t most) {
    const char *printed = oa_printed_text(arena, share->percent);
    oa_pair value = oa_counts_of_percent(share->percent, most);
    oa_pair interval = oa_counts_of_interval(share, most);
    const char *theirs =
        value.n ? oa_printf(arena, "%s %% would be %lld of %lld", printed, (long long)value.x, (long long)value.n)
                : oa_printf(arena, "no count out of %lld or fewer gives %s %%", (long long)most, printed);
    return interval.n ? oa_printf(arena, "%s, and the interval printed beside it is that of %lld of %lld (%s %%)",
                                  theirs, (long long)interval.x, (long long)interval.n,
                                  oa_percent_like(arena, interval.x, interval.n, share->percent))
                      : theirs;
}

/* ---- the verdict on a share -------------------------------------------------------------------------------------- */

enum { MOST_SEARCHED = 2000 };

typedef struct judge {
    oa_arena *arena;
    const oa_share *share;
    const oa_readings *readings;
    const char *percent;  /* as printed */
    const char *interval; /* as printed; NULL: none */
} judge;

static bool has_interval(const oa_share *share) {
    return share->lower.there || share->upper.there;
}

static const char *interval_text(oa_arena *arena, const oa_share *share) {
    return !has_interval(share)  ? NULL
           : !share->upper.there ? oa_printf(arena, "from %s", oa_printed_text(arena, share->lower))
           : !share->lower.there ? oa_printf(arena, "up to %s", oa_printed_text(arena, share->upper))
                                 : oa_printf(arena, "%s" EN_DASH "%s", oa_printed_text(arena, share->lower),
                                             oa_printed_text(arena, share->upper));
}

/* "11/20 = 55.0 %" and its exact interval where one is printed. */
static const char *computed_text(const judge *j, int64_t x, int64_t n) {
    const char *share = oa_printf(j->arena, "%lld/%lld = %s %%", (long long)x, (long long)n,
                                  oa_percent_like(j->arena, x, n, j->share->percent));
    return j->interval && j->share->lower.there && j->share->upper.there
               ? oa_printf(j->arena, "%s (%s)", share, oa_exact_limits(j->arena, x, n, j->share))
               : share;
}

static const char *level_text(const judge *j, const oa_fit *fit) {
    return oa_printf(j->arena, "%s%s %%", fit->sides == OA_TWO_SIDED ? "" : "one-sided ",
                     oa_hundredfold(j->arena, fit->level));
}

static const char *rounding_note(oa_rounding rounding) {
    return rounding == OA_ROUND_HALF_EVEN ? ", rounded half to even"
           : rounding == OA_ROUND_DOWN    ? ", cut off rather than rounded"
                                          : "";
}

static oa_verdict consistent(const judge *j, int64_t x, int64_t n, const oa_fit *fit) {
    const char *counts = oa_printf(j->arena, "%lld of %lld", (long long)x, (long long)n);
    const char *value = j->share->percent.there ? oa_printf(j->arena, "%s are %s %%%s", counts, j->percent,
                                                            rounding_note(oa_percent_rounding(x, n, j->share->percent)))
                                                : oa_printf(j->arena, "%s", counts);
    oa_verdict v = {.judgement = OA_CONSISTENT, .computed = computed_text(j, x, n), .x = x, .n = n, .why = value};
    if (j->interval) {
        v.method = fit->method;
        v.why = oa_printf(j->arena, "%s; %s is the %s interval by %s%s", value, j->interval, level_text(j, fit),
                          fit->method, rounding_note(fit->rounding));
    }
    return v;
}

static oa_verdict verdict(const judge *j, oa_judgement judgement, int64_t x, int64_t n, const char *why) {
    bool counted = x >= 0 && n > 0 && x <= n;
    return (oa_verdict){.judgement = judgement,
                        .computed = counted ? computed_text(j, x, n) : "",
                        .x = counted ? x : -1,
                        .n = counted ? n : 0,
                        .why = why};
}

/* What is wrong makes an accusation only where nothing softens it. */
static oa_verdict wrong(const judge *j, int64_t x, int64_t n, const char *why) {
    return verdict(j, j->readings->loose ? OA_UNVERIFIABLE : OA_INCONSISTENT, x, n, why);
}

/* Count and denominator are printed together. */
static oa_verdict judge_known(const judge *j) {
    const oa_share *s = j->share;
    const char *counts = oa_printf(j->arena, "%lld of %lld", (long long)s->x, (long long)s->n);
    oa_fit fit = {0};
    int64_t x;
    if (s->x > s->n || s->n == 0) {
        return wrong(j, s->x, s->n, oa_printf(j->arena, "%s: more than there are", counts));
    }
    if (fits_in(s, s->n, &x, &fit)) {
        return consistent(j, x, s->n, &fit);
    }
    if (!gives_percent(s->x, s->n, s->percent)) {
        int64_t most = s->n < MOST_SEARCHED ? s->n : 0;
        return wrong(j, s->x, s->n,
                     oa_printf(j->arena, "%s are %s %%, not %s %%%s%s", counts,
                               oa_percent_like(j->arena, s->x, s->n, s->percent), j->percent, most ? "; " : "",
                               most ? oa_explain_percent(j->arena, s, most) : ""));
    }
    const char *exact = oa_exact_limits(j->arena, s->x, s->n, s);
    if (j->readings->other_method) {
        return verdict(j, OA_UNVERIFIABLE, s->x, s->n,
                       oa_printf(j->arena,
                                 "%s give %s by Clopper-Pearson; the text names another method for "
                                 "%s, which is not specified enough to recompute",
                                 counts, exact, j->interval));
    }
    if (oa_fit_any_level(s->x, s->n, s, &fit)) {
        return wrong(j, s->x, s->n,
                     oa_printf(j->arena,
                               "%s is the %s interval of %s by %s, and it is called another; at the level "
                               "named it would be %s (Clopper-Pearson)",
                               j->interval, level_text(j, &fit), counts, fit.method, exact));
    }
    return wrong(
        j, s->x, s->n,
        oa_printf(j->arena, "no usual method gives %s for %s; Clopper-Pearson gives %s", j->interval, counts, exact));
}

static const char *nearest_right(const judge *j, int64_t n) {
    const oa_share *s = j->share;
    int64_t x = nearest_count(s->percent, n);
    const char *nearest = oa_printf(j->arena, "the nearest count out of %lld is %lld, %s %%", (long long)n,
                                    (long long)x, oa_percent_like(j->arena, x, n, s->percent));
    return s->x >= 0 && s->x <= n ? oa_printf(j->arena, "%lld of %lld are %s %%", (long long)s->x, (long long)n,
                                              oa_percent_like(j->arena, s->x, n, s->percent))
                                  : nearest;
}

/* A count and its percentage alone, and no denominator of the text gives it. */
static oa_verdict judge_count(const judge *j) {
    const oa_share *s = j->share;
    const oa_readings *r = j->readings;
    int64_t most = r->most > 0 ? r->most : MOST_SEARCHED;
    int64_t n = 0;
    for (int64_t k = s->x > 0 ? s->x : 1; k <= most && k <= 100 * MOST_SEARCHED && !n; k++) {
        oa_rounding rounding = oa_percent_rounding(s->x, k, s->percent);
        n = rounding == OA_ROUND_HALF_UP || rounding == OA_ROUND_HALF_EVEN ? k : 0;
    }
    if (n && (r->count == 0 || r->subset)) {
        return verdict(j, OA_UNVERIFIABLE, s->x, n,
                       oa_printf(j->arena, "%lld are %s %% of %lld, a denominator that the text does not state",
                                 (long long)s->x, j->percent, (long long)n));
    }
    if (r->count == 0 && r->most == 0 && !n) {
        return wrong(j, -1, 0, oa_printf(j->arena, "%lld are %s %% of no denominator", (long long)s->x, j->percent));
    }
    const char *right = r->count ? nearest_right(j, r->n[0]) : "";
    return wrong(j, r->count && s->x <= r->n[0] ? s->x : -1, r->count ? r->n[0] : 0,
                 n ? oa_printf(j->arena,
                               "%s, not %s %%; %s %% would be %lld of %lld, a denominator that the text does not "
                               "give",
                               right, j->percent, j->percent, (long long)s->x, (long long)n)
                   : oa_printf(j->arena, "%s, not %s %%; %lld are %s %% of no denominator that the text gives", right,
                               j->percent, (long long)s->x, j->percent));
}

/* Percentage and interval, without a count, and no denominator of the text gives both. */
static oa_verdict judge_interval(const judge *j) {
    const oa_share *s = j->share;
    const oa_readings *r = j->readings;
    if (r->other_method) {
        return verdict(j, OA_UNVERIFIABLE, -1, 0,
                       "the interval is not that of a simple proportion; the data behind it are "
                       "missing");
    }
    oa_pair both = oa_counts_of_both(s, MOST_SEARCHED);
    if (both.n && (r->count == 0 || r->subset || both.n > r->most)) {
        return verdict(j, both.n > r->most && r->most > 0 && !r->subset ? OA_INCONSISTENT : OA_UNVERIFIABLE, both.x,
                       both.n,
                       oa_printf(j->arena,
                                 "%s %% with %s is what %lld of %lld gives, a denominator that the text does not "
                                 "state",
                                 j->percent, j->interval, (long long)both.x, (long long)both.n));
    }
    if (both.n) {
        return wrong(j, both.x, both.n,
                     oa_printf(j->arena, "%s %% with %s is what %lld of %lld gives, and the text speaks of %lld",
                               j->percent, j->interval, (long long)both.x, (long long)both.n, (long long)r->n[0]));
    }
    int64_t most = r->most > 0 && r->most < 500 ? r->most : 200;
    oa_pair value = oa_counts_of_percent(s->percent, most);
    oa_pair interval = oa_counts_of_interval(s, most);
    const char *whose =
        value.n ? oa_printf(j->arena, "%s %% is %lld of %lld, whose interval is %s", j->percent, (long long)value.x,
                            (long long)value.n, oa_exact_limits(j->arena, value.x, value.n, s))
                : oa_printf(j->arena, "no count out of %lld or fewer is %s %%", (long long)most, j->percent);
    if (interval.n) {
        return wrong(j, interval.x, interval.n,
                     oa_printf(j->arena, "the interval %s is that of %lld of %lld = %s %%; %s", j->interval,
                               (long long)interval.x, (long long)interval.n,
                               oa_percent_like(j->arena, interval.x, interval.n, s->percent), whose));
    }
    return wrong(j, value.n ? value.x : -1, value.n,
                 oa_printf(j->arena, "no count gives both %s %% and %s by any usual method; %s", j->percent,
                           j->interval, whose));
}

/* A percentage alone. */
static oa_verdict judge_percent(const judge *j) {
    const oa_share *s = j->share;
    const oa_readings *r = j->readings;
    if (r->count == 0 || r->subset || r->other_method) {
        return verdict(j, OA_UNVERIFIABLE, -1, 0, "the text does not state the count or the denominator");
    }
    oa_pair value = oa_counts_of_percent(s->percent, r->most);
    const char *source = value.n ? oa_printf(j->arena, "; %s %% would be %lld of %lld", j->percent, (long long)value.x,
                                             (long long)value.n)
                                 : "";
    return wrong(j, nearest_count(s->percent, r->n[0]), r->n[0],
                 oa_printf(j->arena, "no count out of %lld is %s %%: %s%s", (long long)r->n[0], j->percent,
                           nearest_right(j, r->n[0]), source));
}

oa_verdict oa_judge_share(oa_arena *arena, const oa_share *share, const oa_readings *readings) {
    judge j = {arena, share, readings, share->percent.there ? oa_printed_text(arena, share->percent) : "",
               interval_text(arena, share)};
    if (share->percent.there && (share->percent.digits < 0 || oa_printed_value(share->percent) > 100)) {
        return verdict(&j, OA_UNVERIFIABLE, -1, 0, "a percentage outside 0 to 100 is no share");
    }
    if (share->x >= 0 && share->n > 0) {
        return judge_known(&j);
    }
    oa_fit fit = {0};
    oa_verdict cut = {.why = NULL}; /* what is cut off rather than rounded is right only where nothing else is */
    for (size_t i = 0; i < readings->count; i++) {
        int64_t x;
        int64_t n = readings->n[i];
        if (n > 0 && (share->n <= 0 || share->n == n) && fits_in(share, n, &x, &fit)) {
            oa_verdict v = consistent(&j, x, n, &fit);
            if (!share->percent.there || oa_percent_rounding(x, n, share->percent) != OA_ROUND_DOWN) {
                return v;
            }
            cut = cut.why ? cut : v;
        }
    }
    if (cut.why) {
        return cut;
    }
    return share->x >= 0 ? judge_count(&j) : has_interval(share) ? judge_interval(&j) : judge_percent(&j);
}
