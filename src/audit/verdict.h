/*
 * verdict.h - the engine of verdicts: printed numbers in, a verdict and its reason out.  Knows no text and no trial; the audit
 * of a text and "Published against recomputed" both call it.
 *
 * All percentages are in percent.  A printed number is exact: 94.7 is 947 / 10^1.  A percentage agrees with a count where
 * integers say so; a limit agrees where it rounds to what is printed.
 */
#ifndef OA_AUDIT_VERDICT_H
#define OA_AUDIT_VERDICT_H

#include "../base/arena.h"

#include <onearm/binomial.h>

typedef struct oa_printed {
    bool there;
    int64_t digits;
    int decimals; /* of a fraction read as a percentage: two less than printed, so down to -2 */
} oa_printed;

double oa_printed_value(oa_printed p);
const char *oa_printed_text(oa_arena *arena, oa_printed p);
/* The printed form of a double with that many decimals, as oa_format_fixed() has it. */
oa_printed oa_printed_of(double value, int decimals);

typedef enum oa_rounding { OA_ROUND_NONE, OA_ROUND_HALF_UP, OA_ROUND_HALF_EVEN, OA_ROUND_DOWN } oa_rounding;

/* How 100 x/n was rounded to give p; OA_ROUND_NONE where it was not. 0 <= x <= n, 0 < n < 1e10. */
oa_rounding oa_percent_rounding(int64_t x, int64_t n, oa_printed p);
/* The same of any number. */
oa_rounding oa_number_rounding(double value, oa_printed p);
/* "95.0" with the decimals of p. */
const char *oa_percent_like(oa_arena *arena, int64_t x, int64_t n, oa_printed p);

/* A share as printed; what is not printed is -1, 0 or not there. */
typedef struct oa_share {
    int64_t x;
    int64_t n;
    oa_printed percent;
    oa_printed lower;
    oa_printed upper;
    double level;   /* 0: not said */
    bool one_sided; /* the text has one-sided limits */
} oa_share;

/* Which interval gave the printed limits. */
typedef struct oa_fit {
    const char *method; /* "Clopper-Pearson" with an en dash, for people */
    double level;
    oa_sides sides;
    oa_rounding rounding;
} oa_fit;

bool oa_fit_interval(int64_t x, int64_t n, const oa_share *share, oa_fit *fit);
/* The same by the methods that papers use most; for searches over many counts. */
bool oa_fit_common(int64_t x, int64_t n, const oa_share *share, oa_fit *fit);
/* The same at any usual level, where the one that is said does not do. */
bool oa_fit_any_level(int64_t x, int64_t n, const oa_share *share, oa_fit *fit);
/* "31.5-76.9" of Clopper and Pearson, with an en dash and the decimals of the printed limits. */
const char *oa_exact_limits(oa_arena *arena, int64_t x, int64_t n, const oa_share *share);

typedef struct oa_pair {
    int64_t x;
    int64_t n; /* 0: there is none */
} oa_pair;

/* The largest denominator up to `most` that gives the percentage. */
oa_pair oa_counts_of_percent(oa_printed percent, int64_t most);
/* The largest denominator up to `most` with counts that give the interval. */
oa_pair oa_counts_of_interval(const oa_share *share, int64_t most);
/* The largest denominator up to `most` with counts that give percentage and interval; it is searched near the denominator
 * that the width of the interval calls for. */
oa_pair oa_counts_of_both(const oa_share *share, int64_t most);

/* "94.7 % would be 18 of 19, and the interval printed beside it is that of 19 of 20 (95.0 %)". */
const char *oa_explain_percent(oa_arena *arena, const oa_share *share, int64_t most);

typedef enum oa_judgement { OA_CONSISTENT, OA_INCONSISTENT, OA_UNVERIFIABLE } oa_judgement;
const char *oa_judgement_name(oa_judgement judgement);

typedef struct oa_verdict {
    oa_judgement judgement;
    const char *computed;
    const char *method; /* NULL: none */
    int64_t x;          /* of the reading that fits; -1 */
    int64_t n;
    const char *why; /* a sentence without its full stop */
} oa_verdict;

/* What the text around a share says of its denominator. */
typedef struct oa_readings {
    const int64_t *n; /* every denominator that the text gives, the likeliest first */
    size_t count;
    int64_t most;      /* the largest population; 0: none is given */
    bool subset;       /* the text speaks of a subset and does not say how many it has */
    bool other_method; /* a model, an adjustment or a survival estimate: the interval is not binomial */
    bool loose;        /* what was read may be no share at all: it is never called inconsistent */
} oa_readings;

oa_verdict oa_judge_share(oa_arena *arena, const oa_share *share, const oa_readings *readings);

#endif
