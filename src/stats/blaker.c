/*
 * blaker.c - Blaker's exact interval of a binomial proportion.
 *
 * Definition  With S(p) = P(X >= x | p) and T_k(p) = P(X <= k | p), the acceptability of a p below x/n is S(p) + T_k(p)
 *             where k = k(p) is the largest with T_k(p) <= S(p); of a p above it the same with successes and failures
 *             exchanged.  The interval is the smallest one that holds each p of acceptability 2a or more, 1 - 2a being
 *             the level.  H. Blaker, Can J Stat 28 (2000) 783-798.
 * Method      Acceptability jumps up by k's steps, and between them S + T_k = 1 - P(k < X < x) falls at most once and then
 *             rises, so that a search for a change of sign in steps can miss the limit.  It is closed in by this:
 *                 Below the limit c of Clopper and Pearson, S(c) = a, acceptability is at most 2S < 2a.
 *                 At c, with K = k(c), it is a + T_K(c) <= 2a, and from there to the next jump d, where
 *                 T_(K+1)(d) = S(d), it ends above 2a only where it rises through 2a once.
 *                 At d it is 2 S(d) > 2a.
 *             So the limit is the one root of S + T_K = 2a between c and d, or d itself where there is none.
 *             Where T_K(c) = a exactly, c is the limit; equality is taken up to 1e-11, far above rounding.
 * Accuracy    Relative error below 1e-11 (tests/oracle_binomial.py, n up to 1e4).
 */
#include "binomial.h"

#include <math.h>

static const double tie = 1e-11;

/* The largest k with P(X <= k | at) below the tail, from -1 to x - 2. */
static int64_t opposite(int64_t x, int64_t n, oa_share at, double tail) {
    int64_t below = -1;
    int64_t above = x - 1;
    while (above - below > 1) {
        int64_t k = below + (above - below) / 2;
        if (oa_binomial_up_to(k, n, at) <= tail * (1 - tie)) {
            below = k;
        } else {
            above = k;
        }
    }
    return below;
}

typedef struct segment {
    int64_t x;
    int64_t n;
    int64_t k;
    double both; /* 2a */
} segment;

/* Where the next jump is: negative before it. */
static double to_jump(const segment *s, oa_share at) {
    return oa_binomial_from(s->x, s->n, at) - oa_binomial_up_to(s->k + 1, s->n, at);
}

static double to_level(const segment *s, oa_share at) {
    return oa_binomial_from(s->x, s->n, at) + oa_binomial_up_to(s->k, s->n, at) - s->both;
}

static double odds_of(oa_share share) {
    return share.p / share.q;
}

/* The odds between where the function changes from negative to positive.  The bracket at least halves each time.
 * C. Ridders, IEEE Trans Circuits Syst 26 (1979) 979-980. */
static double change(const segment *s, double (*function)(const segment *s, oa_share at), double low, double high) {
    static const double alike = 1e-14;
    double at_low = function(s, oa_share_of_odds(low));
    double at_high = function(s, oa_share_of_odds(high));
    if (at_low >= 0) {
        return low;
    }
    for (double last = high;;) {
        double half = (high - low) / 2;
        double middle = low + half;
        double at_middle = function(s, oa_share_of_odds(middle));
        if (at_middle == 0) {
            return middle;
        }
        double next = middle - half * at_middle / sqrt(at_middle * at_middle - at_low * at_high);
        if (middle <= low || middle >= high) {
            return high;
        }
        /* two alike can also be far from the change, where the function is flat */
        if (fabs(next - last) <= alike * next && function(s, oa_share_of_odds(next * (1 - alike))) < 0 &&
            function(s, oa_share_of_odds(next * (1 + alike))) >= 0) {
            return next;
        }
        last = next;
        double at_next = function(s, oa_share_of_odds(next));
        if (at_middle < 0) {
            low = middle;
            at_low = at_middle;
        } else {
            high = middle;
            at_high = at_middle;
        }
        if (at_next < 0 && next > low) {
            low = next;
            at_low = at_next;
        } else if (at_next >= 0 && next < high) {
            high = next;
            at_high = at_next;
        }
    }
}

oa_share oa_blaker_lower(int64_t x, int64_t n, const oa_tail *tail) {
    oa_share from = oa_clopper_pearson_lower(x, n, tail);
    segment s = {.x = x, .n = n, .k = opposite(x, n, from, tail->part), .both = 2 * tail->part};
    double low = odds_of(from);
    double high = low;
    double step = 1 / (double)x; /* about as far as one jump is from the next */
    do {
        high += step * low;
        step *= 2;
    } while (to_jump(&s, oa_share_of_odds(high)) < 0);
    double jump = change(&s, to_jump, low, high);
    if (to_level(&s, oa_share_of_odds(jump)) < 0) {
        return oa_share_of_odds(jump);
    }
    return oa_share_of_odds(change(&s, to_level, low, jump));
}
