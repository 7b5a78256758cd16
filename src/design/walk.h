/*
 * walk.h - the distribution of the responses at each look of a boundary: what operating characteristics and inference are
 * read from.
 *
 * Let f_k(s) be the probability that the trial reaches look k with s responses.  With b(x; m, p) the binomial probability
 * and m_k the subjects between two looks,
 *     f_k(s) = sum over the s' that go on after look k - 1 of f_{k-1}(s') b(s - s'; m_k, p).
 * All terms are positive, so that relative errors only add up: one rounding for each subject and one for each b.
 */
#ifndef OA_DESIGN_WALK_H
#define OA_DESIGN_WALK_H

#include <onearm/boundary.h>

typedef struct oa_walk {
    const oa_boundary *boundary;
    double p;
    size_t look;       /* the one that the walk is at, from 0 */
    int32_t low, high; /* f[s] holds for low <= s <= high; nothing is there where low > high */
    double *f;
    /* private */
    bool begun;
    bool first_responds; /* only of the trials whose first subject responds */
    int32_t n;
    int32_t width; /* subjects of the binomial in `pmf`; -1: none */
    double *next;
    double *pmf;
} oa_walk;

/* How many doubles the walk needs. */
size_t oa_walk_room(const oa_boundary *boundary);
void oa_walk_start(oa_walk *walk, const oa_boundary *boundary, double p, double *room);
/* Goes on to the next look, the first at first; false after the last. */
bool oa_walk_next(oa_walk *walk);
/* Probability that the trial stops here, by answer. */
oa_stop oa_walk_stop(const oa_walk *walk);
/* P(s or more responses here), P(s or fewer). */
double oa_walk_from(const oa_walk *walk, int32_t s);
double oa_walk_to(const oa_walk *walk, int32_t s);

/* The operating characteristics, for a boundary and a rate that are known to be valid. */
void oa_walk_oc(const oa_boundary *boundary, double p, double *room, oa_oc *oc, oa_stop *stops);

#endif
