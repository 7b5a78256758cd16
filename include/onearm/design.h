/*
 * design.h - designs of single-arm trials with a binary endpoint, found by exact search.
 *
 * A design is a boundary (boundary.h) with its exact error rates.  Each search takes the same problem and gives a list
 * of designs, which the caller frees with oa_designs_free.  NULL with a message where the problem makes no sense
 * (OA_VALUE), or where no design solves it within the limits (OA_NONE), which says by how much the best one missed.
 * The same problem gives the same designs, whatever the number of processors.
 */
#ifndef ONEARM_DESIGN_H
#define ONEARM_DESIGN_H

#include <onearm/boundary.h>

/* Which critical number a two-stage design gets where several keep both error rates. */
typedef enum oa_ties {
    OA_LARGEST_R, /* the least type I error */
    OA_SMALLEST_R /* the greatest power */
} oa_ties;

/*
 * H0: p <= p0 against H1: p >= p1, type I error alpha, type II error beta.  An error rate within 1e-12 of its bound
 * equals it, so that rounding decides nothing: it is accepted unless `strict`, which asks for less than the bound.
 */
typedef struct oa_problem {
    double p0, p1;
    double alpha, beta;
    bool strict;
    oa_ties ties;
    int32_t n_max; /* 0: as many as it takes */
    /* NULL, or told from time to time what fraction of a search is done; from one thread at a time. */
    void (*progress)(void *context, double done);
    void *progress_context;
} oa_problem;

/* A threshold of the rule that gave a design.  All from..to give the same; from = to where it was given. */
typedef struct oa_threshold {
    const char *name; /* "futility"; NULL: there are no more */
    double from, to;
} oa_threshold;

enum { OA_MOST_THRESHOLDS = 3 };

typedef struct oa_design {
    const char *name; /* "optimal" */
    const char *rule; /* what it is best at, with its source, in a sentence */
    oa_boundary boundary;
    oa_oc at_p0; /* .efficacy is the type I error */
    oa_oc at_p1; /* .futility is the type II error */
    /* Admissible designs: w from..to for which w n + (1 - w) EN(p0) is least; both NAN elsewhere. */
    double weight_from, weight_to;
    oa_threshold thresholds[OA_MOST_THRESHOLDS];
} oa_design;

typedef struct oa_designs oa_designs;
OA_API size_t oa_designs_count(const oa_designs *designs);
/* NULL past the end.  Belongs to the list. */
OA_API const oa_design *oa_designs_at(const oa_designs *designs, size_t index);
/* The first of that name, or NULL. */
OA_API const oa_design *oa_designs_named(const oa_designs *designs, const char *name);
/* True where it is proved that no n beyond those searched gives a better design. */
OA_API bool oa_designs_complete(const oa_designs *designs);
OA_API void oa_designs_free(oa_designs *designs);

/* ---- one stage ---------------------------------------------------------------------------------------------------- */

/* Type I and II errors that may be passed by so much in the relaxed design of Khan et al.; 0, 0: none is sought. */
typedef struct oa_relaxation {
    double alpha, beta;
} oa_relaxation;

/*
 * "first": the smallest n for which some critical number keeps both errors (R. P. A'Hern, Stat Med 20 (2001) 859-866);
 * "conservative": the smallest n from which on every n does; "fleming": by the normal approximation (T. R. Fleming,
 * Biometrics 38 (1982) 143-151), whose exact errors may pass their bounds; "relaxed": the smallest n within the
 * relaxation (I. Khan, S.-J. Sarker, A. Hackshaw, Br J Cancer 107 (2012) 1801-1809).  `relaxation` may be NULL.
 */
OA_API oa_designs *oa_design_single(const oa_problem *problem, const oa_relaxation *relaxation, oa_diag *diag);

/* ---- two and three stages ----------------------------------------------------------------------------------------- */

/*
 * "minimax" (least n, then least EN(p0)), the "admissible" ones between them by rising n, and "optimal" (least EN(p0)).
 * R. Simon, Control Clin Trials 10 (1989) 1-10; S.-H. Jung et al., Stat Med 23 (2004) 561-569.
 */
OA_API oa_designs *oa_design_simon(const oa_problem *problem, oa_diag *diag);

/* The two-stage design of n subjects with the least EN(p0), "best"; for comparison with the others. */
OA_API oa_designs *oa_design_simon_of(const oa_problem *problem, int32_t n, oa_diag *diag);

/*
 * With a stop for efficacy after the first stage: "H0-optimal", "H0-minimax", "H1-optimal", "H1-minimax", by EN(p0) and
 * EN(p1).  A. P. Mander, S. G. Thompson, Contemp Clin Trials 31 (2010) 572-578.
 */
OA_API oa_designs *oa_design_mander_thompson(const oa_problem *problem, oa_diag *diag);

/* "minimax" and "optimal".  T. T. Chen, Stat Med 16 (1997) 2701-2711; with `ensign` the first stage has at least five
 * subjects and stops where none responds (L. G. Ensign et al., Stat Med 13 (1994) 1727-1736). */
OA_API oa_designs *oa_design_three_stage(const oa_problem *problem, bool ensign, oa_diag *diag);

/* ---- several stages, curtailment ---------------------------------------------------------------------------------- */

/* Fleming's boundary (1982, as above) for stages of the given sizes, by the normal approximation; "fleming". */
OA_API oa_designs *oa_design_fleming(const oa_problem *problem, const int32_t *stages, size_t n_stages, oa_diag *diag);

/*
 * Stops as soon as the conditional power at p1 is <= futility or, where `stop_for_efficacy`, >= efficacy.  0 and 1 stop
 * only where the answer is certain (non-stochastic curtailment), which leaves both errors as they are.
 */
typedef struct oa_curtailment {
    double futility;
    double efficacy;
    bool stop_for_efficacy;
} oa_curtailment;

/* Two-stage designs in Simon's notation: on to stage two with more than r1 responses of n1, reject H0 with more than r of n. */
typedef struct oa_two_stage {
    int32_t n1, r1, n, r;
} oa_two_stage;

/* `design` with looks after each subject: "curtailed".  Its errors are those that come of it, within bounds or not. */
OA_API oa_designs *oa_design_curtail(const oa_problem *problem, const oa_two_stage *design,
                                     const oa_curtailment *curtailment, oa_diag *diag);

/*
 * "optimal": of all two-stage designs the one whose curtailed form keeps both errors with the least EN(p0); "minimax":
 * with the least n.  M. Law, M. J. Grayling, A. P. Mander, Pharm Stat 21 (2022) 212-226.
 */
OA_API oa_designs *oa_design_curtailed(const oa_problem *problem, const oa_curtailment *curtailment, oa_diag *diag);

/* Inference where stage two had m2 subjects, not n - n1, of whom x2 responded, after x1 in stage one: the p-value keeps its
 * level whatever m2 is.  T. Koyama, H. Chen, Stat Med 27 (2008) 3145-3154, section 4. */
typedef struct oa_attained {
    double p_value;
    double median_unbiased;
    double lower, upper; /* p-value = (1 - level) / 2 and 1 - that */
} oa_attained;

OA_API bool oa_two_stage_attained(const oa_two_stage *design, int32_t x1, int32_t m2, int32_t x2, double p0,
                                  double level, oa_attained *attained, oa_diag *diag);

/* ---- response and toxicity ---------------------------------------------------------------------------------------- */

/*
 * J. Bryant, R. Day, Biometrics 51 (1995) 1372-1383.  response0 < response1 and toxicity1 < toxicity0: 0 marks what is to be
 * turned down, a poor response or too much toxicity.  phi: odds ratio of response and toxicity within a subject.
 */
typedef struct oa_bryant_day {
    double response0, response1;
    double toxicity0, toxicity1;
    double alpha_response; /* greatest P(accept) at response0 and toxicity1 */
    double alpha_toxicity; /* at response1 and toxicity0 */
    double beta;
    double phi;
    bool strict;
    int32_t n_max; /* 0: as many as it takes */
} oa_bryant_day;

/* Go on with more than response1 responses and at most toxicity1 toxicities of n1; accept with more than `response` and at
 * most `toxicity` of n. */
typedef struct oa_bryant_day_design {
    int32_t n1, response1, toxicity1;
    int32_t n, response, toxicity;
    double alpha_response, alpha_toxicity, power; /* exact */
    double worst_en;                              /* the greater EN of the two truths at which alpha is held */
} oa_bryant_day_design;

typedef struct oa_bryant_day_answer {
    oa_bryant_day_design optimal; /* least worst_en */
    oa_bryant_day_design minimax; /* least n, then least worst_en */
    bool complete;                /* no larger n has a better design */
} oa_bryant_day_answer;

OA_API bool oa_design_bryant_day(const oa_bryant_day *problem, oa_bryant_day_answer *answer, oa_diag *diag);

typedef struct oa_bryant_day_oc {
    double accept;
    double early; /* probability of stopping after stage one */
    double expected_n;
} oa_bryant_day_oc;

/* Exact, at any true rates from 0 to 1. */
OA_API bool oa_bryant_day_at(const oa_bryant_day_design *design, double response, double toxicity, double phi,
                             oa_bryant_day_oc *oc, oa_diag *diag);

/* ---- precision ---------------------------------------------------------------------------------------------------- */

/* How wide the exact (Clopper-Pearson) interval of a proportion will be: half its width is to be at most `half_width`. */
typedef struct oa_precision {
    double p; /* the rate that is expected */
    double half_width;
    double level;
    int32_t n_max; /* 0: OA_MOST_SUBJECTS */
} oa_precision;

/* A number of subjects from which on the half width keeps to it; n = 0: none up to n_max. */
typedef struct oa_precision_answer {
    int32_t likely;   /* with the number of responses nearest to n p */
    int32_t expected; /* on average over what may be observed where p is true */
    int32_t worst;    /* whatever is observed */
    oa_interval at_likely;
    double expected_half_width;
    double worst_half_width;
} oa_precision_answer;

OA_API bool oa_design_precision(const oa_precision *problem, oa_precision_answer *answer, oa_diag *diag);

#endif
