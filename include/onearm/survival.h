/*
 * survival.h - times to an event, some of them censored.
 */
#ifndef ONEARM_SURVIVAL_H
#define ONEARM_SURVIVAL_H

#include <onearm/api.h>
#include <onearm/diag.h>
#include <onearm/interval.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How the pointwise interval of S(t) is transformed; OA_KM_NONE leaves it out.  R's survfit defaults to LOG, SAS's LIFETEST
 * to LOGLOG. */
typedef enum oa_km_conf {
    OA_KM_LOGLOG,
    OA_KM_LOG,
    OA_KM_PLAIN,
    OA_KM_LOGIT,
    OA_KM_ARCSIN,
    OA_KM_NONE,
    OA_KM_CONFS /* how many there are */
} oa_km_conf;

/* "log-log", as in R and in protocols; "?" for a number that is none. */
OA_API const char *oa_km_conf_name(oa_km_conf conf);
/* From R's name or SAS's (LOGLOG, LOG, LINEAR, LOGIT, ASINSQRT), in any case of letters.  False: none of them. */
OA_API bool oa_km_conf_of(const char *name, oa_km_conf *conf);

/* Where S equals 1 - p from one drop to the next, both rules give the middle.  They differ where no drop follows: R takes
 * the middle between the drop and the last observed time, SAS gives no quantile. */
typedef enum oa_km_rule { OA_KM_RULE_R, OA_KM_RULE_SAS } oa_km_rule;

/* All zero but for the level is the usual: log-log, R's rule, near times tied, each row one subject. */
typedef struct oa_km_options {
    oa_km_conf conf;
    double level;           /* 0.95 */
    oa_km_rule rule;        /* of quantiles */
    bool exact_ties;        /* only equal times are tied: timefix = FALSE in R */
    bool naive_reverse;     /* events and censorings just change places: survfit(Surv(time, 1 - event)) in R */
    const int64_t *weights; /* of how many subjects each row speaks, from 1 on, fewer than 2^53 in all; NULL: of one.
                               Needed only during the call. */
} oa_km_options;

/* One row for each distinct time. */
typedef struct oa_km_step {
    double time;
    int64_t n_risk;   /* just before `time` */
    int64_t n_event;  /* at `time` */
    int64_t n_censor; /* at `time`, after the events */
    double survival;  /* S(time) */
    double std_err;   /* Greenwood standard error of S(time); NAN where S = 0 */
    double lower;     /* NAN where undefined: S = 0, and S = 1 with LOGLOG, LOGIT and ARCSIN */
    double upper;
} oa_km_step;

typedef struct oa_km oa_km;

/*
 * Kaplan-Meier estimate of S(t) from n rows: time[i] >= 0 (any unit), event[i] true for an event, false for a censored
 * time.  Events precede censorings at tied times; times that differ by no more than 1.5e-8 relative or absolute are tied,
 * as in R's timefix, unless options->exact_ties.  NULL options mean LOGLOG and 0.95.  Free with oa_km_free.  NULL on n = 0,
 * a negative or non-finite time, a weight below 1, a level outside (0, 1), or no memory; the functions that read a km do
 * not take NULL.  Takes 16 bytes a row and 32 a distinct time, and 24 a row more while it sorts weights.
 * E. L. Kaplan, P. Meier, JASA 53 (1958) 457-481.
 */
OA_API oa_km *oa_km_fit(const double *time, const bool *event, size_t n, const oa_km_options *options, oa_diag *diag);

/* The same with events and censorings exchanged, events leaving the risk set first at ties: the distribution of
 * follow-up.  In its steps n_event counts the censorings and n_censor the events, so that n_risk - n_censor could have
 * been censored.  M. Schemper, T. L. Smith, Control Clin Trials 17 (1996) 343-346. */
OA_API oa_km *oa_km_fit_reverse(const double *time, const bool *event, size_t n, const oa_km_options *options,
                                oa_diag *diag);
OA_API void oa_km_free(oa_km *km);

OA_API size_t oa_km_steps(const oa_km *km);
/* The step of this index, from 0 on; its limits are worked out when it is asked for.  Its time is NAN for an index that
 * is none. */
OA_API oa_km_step oa_km_step_at(const oa_km *km, size_t index);
OA_API int64_t oa_km_subjects(const oa_km *km);
OA_API int64_t oa_km_events(const oa_km *km);
OA_API double oa_km_last_time(const oa_km *km); /* of all that were observed */

/*
 * The p-quantile of the time (p = 0.5: median): the smallest t with S(t) <= 1 - p, and on a plateau what options->rule
 * says.  Limits by inverting the pointwise interval; with PLAIN that is the interval of Brookmeyer and Crowley
 * (Biometrics 38 (1982) 29-41).  NAN where not reached, and for p outside (0, 1].
 */
OA_API oa_interval oa_km_quantile(const oa_km *km, double p);

/* The step in force at `time`: S(time) with its interval, and n_risk as the number at risk just before `time`; n_event
 * and n_censor count who leaves at `time` itself.  Beyond the last observed time the step says n_risk 0 and survival
 * NAN, unless S is 0 there. */
OA_API oa_km_step oa_km_survival(const oa_km *km, double time);

typedef struct oa_km_value {
    double estimate;
    double std_err;
    double lower; /* estimate -+ z std_err */
    double upper;
} oa_km_value;

/*
 * The restricted mean survival time: the area under S from 0 to tau > 0.  False with a message where S is not known up to
 * tau: beyond the last observed time, unless S is 0 there.  (survRM2 refuses as well; R's print(fit, rmean = tau) draws
 * the last value of S on to tau.)
 */
OA_API bool oa_km_rmst(const oa_km *km, double tau, oa_km_value *result, oa_diag *diag);

/* The cumulative hazard at `time` of W. Nelson and O. Aalen, sum d / n, with the variance sum d / n^2; beyond the last
 * observed time its last value.  Takes a step for each distinct time up to `time`. */
OA_API oa_km_value oa_km_hazard(const oa_km *km, double time);

#endif
