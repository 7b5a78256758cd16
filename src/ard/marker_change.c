/*
 * marker_change.c - the change of a marker from baseline: the pairs, medians, geometric mean ratio, Hodges-Lehmann
 * estimate and signed-rank test.
 *
 * The value tested is that of a sample chosen beforehand, the last comparable one or that of a visit (ADLB.ANL03FL).  The
 * lowest of several samples is chosen by its result: its change is below 0 in most subjects even where nothing happens.
 *
 * Ratios, not differences or percent changes: a marker is log-normal, roughly, and a percent change ends at -100.  The ranks
 * are those of the log ratios; values below the limit of quantification enter them as the limit, which makes a decrease
 * smaller than it is.  A subject whose baseline is below the limit has no comparable sample (adlb.c) and no pair.
 */
#include "analysis.h"

#include "../base/number.h"
#include "../base/text.h"
#include "../stats/sort.h"

#include <onearm/stats.h>

#include <math.h>
#include <string.h>

#define EN_DASH       "\xE2\x80\x93"
#define LESS_OR_EQUAL "\xE2\x89\xA4"

static const char analysis[] = "MARKER";

typedef struct change {
    oa_analysis *a;
    const oa_p_marker *marker;
    oa_measurement *before;
    oa_measurement *after;
    double *log_ratio;
    size_t *subjects; /* rows of ADSL */
    size_t n;
    oa_set set;           /* the same subjects */
    oa_flags *below;      /* of which: the value after is below its limit */
    double largest_limit; /* of these; 0: none */
    bool zero;            /* a value of 0 was recorded */
    const char *unit;     /* "": not the same in all pairs */
    const char *where;    /* "the last comparable sample", "WEEK 12" */
} change;

static const char *where_of(const oa_p_marker *marker) {
    return oa_streq(marker->change_at, "last") ? "the last comparable sample" : marker->change_at;
}

/* ---- pairs ------------------------------------------------------------------------------------------------------- */

static void add_pair(change *c, size_t subject, double base, double value, bool below, const char *unit) {
    c->before[c->n] = (oa_measurement){base, false};
    c->after[c->n] = (oa_measurement){value, below};
    c->log_ratio[c->n] = value > 0 ? log(value / base) : 0;
    c->subjects[c->n] = subject;
    c->set.member[subject] = true;
    c->below[subject] = below;
    c->largest_limit = below ? fmax(c->largest_limit, value) : c->largest_limit;
    c->zero = c->zero || value <= 0;
    c->unit = c->n == 0 || oa_streq_nocase(c->unit, unit) ? unit : "";
    c->set.n = ++c->n;
}

static change pairs_of(oa_analysis *a, const oa_p_marker *marker) {
    const oa_table *adlb = a->adam->dataset[OA_ADLB];
    int paramcd = oa_table_column(adlb, "PARAMCD");
    int tested = oa_table_column(adlb, "ANL03FL");
    int of_base = oa_table_column(adlb, "BASE");
    int of_value = oa_table_column(adlb, "AVAL");
    int of_unit = oa_table_column(adlb, "AVALU");
    int derived = oa_table_column(adlb, "DTYPE");
    change c = {.a = a,
                .marker = marker,
                .before = OA_NEW_ARRAY(a->arena, oa_measurement, a->n_subjects),
                .after = OA_NEW_ARRAY(a->arena, oa_measurement, a->n_subjects),
                .log_ratio = OA_NEW_ARRAY(a->arena, double, a->n_subjects),
                .subjects = OA_NEW_ARRAY(a->arena, size_t, a->n_subjects),
                .set = {"PAIRS", "subjects with both samples", OA_NEW_ARRAY(a->arena, bool, a->n_subjects), 0},
                .below = oa_flags_new(a),
                .unit = "",
                .where = where_of(marker)};
    size_t subject = 0;
    for (size_t row = 0; row < oa_table_rows(adlb); row++) {
        double base;
        double value;
        if (oa_text_is(adlb, row, paramcd, marker->testcd) && oa_text_is(adlb, row, tested, "Y") &&
            oa_next_subject(a, adlb, row, &subject) && a->ard->efficacy.member[subject] &&
            oa_number(adlb, row, of_base, &base) && oa_number(adlb, row, of_value, &value)) {
            add_pair(&c, subject, base, value, oa_text_is(adlb, row, derived, "LOQ"), oa_text(adlb, row, of_unit));
        }
    }
    return c;
}

/* ---- results ----------------------------------------------------------------------------------------------------- */

/* Three digits, and all of those before the point: 0.0412, 9.35, 93.5, 12536. */
static const char *three_digits(oa_arena *arena, double value) {
    enum { MOST = 9 };
    int decimals = value > 0 ? 2 - (int)floor(log10(value)) : 0;
    return oa_fixed_text(arena, value, decimals < 0 ? 0 : decimals > MOST ? MOST : decimals);
}

static oa_slot slot_of(const change *c, const char *id, const char *label, const char *rule) {
    oa_arena *arena = c->a->arena;
    return (oa_slot){oa_printf(arena, "%s.%s", oa_upper(arena, c->marker->id), id), analysis, label, "Result", 1, rule};
}

static oa_result *add_result(const change *c, const char *id, const char *label, const char *unit) {
    oa_slot slot = slot_of(c, id, label, "ADLB: AVAL against BASE where ANL03FL is Y");
    oa_result *r = oa_result_add(c->a, &slot);
    r->n = (int64_t)c->n;
    r->unit = unit;
    r->subjects = c->subjects;
    r->n_subjects = c->n;
    return r;
}

/* A routine that refuses its numbers says why; that is a result of the trial, no failure of the analysis. */
static void not_estimable(const change *c, oa_result *r, const oa_diag *why) {
    const oa_message *message = oa_diag_count(why) > 0 ? oa_diag_get(why, 0) : NULL;
    r->text = "not estimable";
    if (c->zero) {
        r->rule = "a value of 0 has no ratio to baseline; it should be recorded as below its limit, such as <0.2";
    } else if (!message || message->code != OA_VALUE) {
        oa_diag_add(c->a->diag, OA_ERROR, OA_MEMORY, NULL, "ARD-MARKER", "%s: %s", r->id,
                    message ? message->text : "memory ran out");
    } else {
        r->rule = oa_strdup(c->a->arena, message->text);
    }
}

/* Up to the largest limit that a value fell below, all that is known of a quantile is that it is no larger. */
static const char *quantile_text(const change *c, double quantile, double limit) {
    return oa_printf(c->a->arena, "%s%s", quantile <= limit ? LESS_OR_EQUAL : "", three_digits(c->a->arena, quantile));
}

static void add_median(const change *c, const char *id, const char *where, const oa_measurement *m, double limit) {
    oa_arena *arena = c->a->arena;
    double *sorted = OA_NEW_ARRAY(arena, double, c->n);
    for (size_t i = 0; i < c->n; i++) {
        sorted[i] = m[i].value;
    }
    oa_sort_doubles(sorted, c->n);
    oa_result *r = add_result(c, id, oa_printf(arena, "At %s (%s), median (quartiles)", where, c->unit), c->unit);
    r->estimate = oa_quantile(sorted, c->n, 0.5, OA_QUANTILE_DEFAULT);
    r->lower = oa_quantile(sorted, c->n, 0.25, OA_QUANTILE_DEFAULT);
    r->upper = oa_quantile(sorted, c->n, 0.75, OA_QUANTILE_DEFAULT);
    r->method = "median (quartiles), type 2 of Hyndman and Fan";
    r->text = oa_printf(arena, "%s (%s to %s)", quantile_text(c, r->estimate, limit), quantile_text(c, r->lower, limit),
                        quantile_text(c, r->upper, limit));
}

static const char *const below_methods[] = {
    [OA_BELOW_MODEL] = "normal model of the log ratios, values below the limit of quantification as bounds",
    [OA_BELOW_LIMIT] = "paired t of the log ratios, the limit in place of values below it",
    [OA_BELOW_HALF] = "paired t of the log ratios, half the limit in place of values below it",
    [OA_BELOW_ROOT2] = "paired t of the log ratios, the limit over the root of 2 in place of values below it"};

static void add_ratio(const change *c, oa_diag *why) {
    oa_arena *arena = c->a->arena;
    oa_ratio_options options = {(oa_below)c->marker->change_below, OA_ALT_TWO_SIDED, c->a->protocol->design.level};
    oa_geometric_ratio found;
    oa_result *r = add_result(c, "RATIO", "Geometric mean ratio to baseline", "ratio");
    r->method = c->largest_limit > 0 ? below_methods[options.below] : "paired t of the log ratios";
    if (c->zero || !oa_geometric_mean_ratio(c->before, c->after, c->n, &options, &found, why)) {
        not_estimable(c, r, why);
        return;
    }
    r->estimate = found.ratio.estimate;
    r->lower = found.ratio.lower;
    r->upper = found.ratio.upper;
    r->level = options.level;
    r->text =
        oa_printf(arena, "%s (%s CI %s" EN_DASH "%s)", three_digits(arena, r->estimate),
                  oa_percent_level(arena, r->level), three_digits(arena, r->lower), three_digits(arena, r->upper));
}

/* At the level asked for, or at the one that so few pairs attain. */
static void add_limits(const change *c, oa_result *centre, const oa_wilcoxon *found, double level) {
    oa_arena *arena = c->a->arena;
    centre->lower = 100 * expm1(found->centre.lower);
    centre->upper = 100 * expm1(found->centre.upper);
    centre->level = fmin(level, found->attained);
    const char *percent = found->attained < level
                              ? oa_printf(arena, "%s %%", oa_fixed_text(arena, 100 * found->attained, 1))
                              : oa_percent_level(arena, level);
    centre->text = oa_printf(arena, "%s (%s CI %s to %s)", centre->text, percent,
                             oa_fixed_text(arena, centre->lower, 1), oa_fixed_text(arena, centre->upper, 1));
}

/* The estimate and the p value of one test, with limits that agree with it. */
static void add_ranks(const change *c, oa_diag *why) {
    static const char *const zeros[] = {[OA_ZEROS_DROP] = "pairs without a change left out before ranking (Wilcoxon)",
                                        [OA_ZEROS_PRATT] = "pairs without a change ranked, then left out (Pratt)"};
    char p[OA_NUMBER_SIZE];
    oa_arena *arena = c->a->arena;
    double level = c->a->protocol->design.level;
    oa_wilcoxon_options options = {(oa_zeros)c->marker->change_zeros, OA_RANKS_AUTO, OA_ALT_TWO_SIDED, level};
    oa_wilcoxon found;
    bool done = !c->zero && oa_wilcoxon_signed_rank(c->log_ratio, c->n, &options, &found, why);
    oa_result *centre = add_result(c, "HL", "Hodges-Lehmann change (%)", "%");
    if (!done) {
        not_estimable(c, centre, why);
        return;
    }
    const char *how = found.method == OA_RANKS_EXACT ? "exact" : "normal approximation";
    centre->estimate = 100 * expm1(found.centre.estimate);
    centre->method = oa_printf(arena, "Hodges-Lehmann estimate of the log ratio, %s limits (%s %% attained)", how,
                               oa_fixed_text(arena, 100 * found.attained, 1));
    centre->text = oa_fixed_text(arena, centre->estimate, 1);
    if (found.attained > 0) { /* a single pair has no limits */
        add_limits(c, centre, &found, level);
    }
    oa_result *test = add_result(c, "WILCOXON.P", "Wilcoxon signed-rank test, two-sided p", "p value");
    test->estimate = found.p_value;
    test->method =
        oa_printf(arena, "Wilcoxon signed-rank test of the log ratio, two-sided, %s, %s", how, zeros[options.zeros]);
    test->text = oa_strdup(arena, oa_format_p(found.p_value, p));
}

static void release(void *diag) {
    oa_diag_free(diag);
}

void oa_add_marker_change(oa_analysis *a, const oa_p_marker *marker) {
    change c = pairs_of(a, marker);
    oa_slot heading =
        slot_of(&c, "HEADING", oa_printf(a->arena, "Change of %s from baseline to %s", marker->label, c.where), "");
    heading.indent = 0;
    oa_add_text(a, &heading, "");
    oa_slot pairs = slot_of(&c, "PAIRS", "Subjects with both samples", "ADLB: ANL03FL is Y");
    oa_add_count(a, &pairs, &a->ard->efficacy, c.set.member);
    if (c.n == 0) {
        return;
    }
    oa_slot below = slot_of(&c, "BELOW", "of which below the limit of quantification", "ADLB: DTYPE is LOQ");
    oa_add_count(a, &below, &c.set, c.below);
    if (*c.unit) {
        add_median(&c, "BASE", "baseline", c.before, 0);
        add_median(&c, "AFTER", c.where, c.after, c.largest_limit);
    }
    oa_diag *ratio_why = oa_diag_new();
    oa_diag *ranks_why = oa_diag_new();
    oa_arena_defer(a->arena, release, ratio_why);
    oa_arena_defer(a->arena, release, ranks_why);
    add_ratio(&c, ratio_why);
    add_ranks(&c, ranks_why);
}

const char *oa_marker_change_text(oa_arena *arena, const oa_p_marker *marker) {
    return oa_printf(arena,
                     "Change of %s: measured at %s, not at the lowest, which is chosen by its result. Geometric mean "
                     "ratio: %s. Hodges-Lehmann estimate and signed-rank test are of the log ratio, exact, two-sided; "
                     "pairs without a change are %s; the limit stands for values below it. Quartiles are of type 2 of "
                     "Hyndman and Fan.",
                     marker->label, where_of(marker), below_methods[marker->change_below],
                     marker->change_zeros == OA_ZEROS_DROP ? "left out before ranking (Wilcoxon)"
                                                           : "ranked and then left out (Pratt)");
}
