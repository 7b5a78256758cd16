/*
 * cuminc.h - cumulative incidence of competing events.
 */
#ifndef ONEARM_CUMINC_H
#define ONEARM_CUMINC_H

#include <onearm/api.h>
#include <onearm/diag.h>
#include <onearm/interval.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* JACKKNIFE: infinitesimal jackknife, as R's survfit.  DELTA: Gray's form of Aalen's, as cmprsk. */
typedef enum oa_cuminc_variance { OA_CUMINC_JACKKNIFE, OA_CUMINC_DELTA } oa_cuminc_variance;

/* Of the incidence F: LOGLOG on log(-log F), LOG on log F. */
typedef enum oa_cuminc_conf { OA_CUMINC_LOGLOG, OA_CUMINC_LOG, OA_CUMINC_PLAIN } oa_cuminc_conf;

typedef struct oa_cuminc_options {
    oa_cuminc_variance variance;
    oa_cuminc_conf conf;
    double level; /* 0.95 */
} oa_cuminc_options;

typedef struct oa_cuminc_step {
    double time;
    int64_t n_risk;        /* just before `time` */
    int64_t n_event;       /* of this cause at `time` */
    double event_free;     /* no event of any cause by `time`: the Kaplan-Meier estimate */
    oa_interval incidence; /* limits NAN where undefined: F = 0 but for PLAIN */
    double std_err;
} oa_cuminc_step;

typedef struct oa_cuminc oa_cuminc;

/*
 * Aalen-Johansen estimate for n subjects: cause[i] is 0 for a censored time[i] and otherwise the cause of the event, from
 * 1 to n_causes (at most 64).  Times and ties are those of oa_km_fit.  NULL options mean JACKKNIFE, LOGLOG, 0.95.  Free
 * with oa_cuminc_free.  NULL on bad input.
 * O. O. Aalen, S. Johansen, Scand J Stat 5 (1978) 141-150.
 */
OA_API oa_cuminc *oa_cuminc_fit(const double *time, const int *cause, size_t n, int n_causes,
                                const oa_cuminc_options *options, oa_diag *diag);
OA_API void oa_cuminc_free(oa_cuminc *fit);

/* One step for each distinct time, of each cause from 1 on; NULL outside. */
OA_API size_t oa_cuminc_steps(const oa_cuminc *fit);
OA_API const oa_cuminc_step *oa_cuminc_step_at(const oa_cuminc *fit, int cause, size_t index);

/* The step in force at `time`; n_risk counts those at risk just before `time`.  Beyond the last observed time n_risk is 0
 * and all else NAN, unless nobody was left event-free there.  The cause must be one of the fit. */
OA_API oa_cuminc_step oa_cuminc_at(const oa_cuminc *fit, int cause, double time);

#endif
