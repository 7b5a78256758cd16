/*
 * km.h - what the files of the Kaplan-Meier estimate share: km.c makes it, km_limits.c says how sure it is, km_read.c
 * reads quantiles, means and single times off it.
 */
#ifndef OA_KM_H
#define OA_KM_H

#include <onearm/survival.h>

/* R's sqrt(.Machine$double.eps): what two times, or two probabilities, may differ by and still be the same. */
#define OA_KM_SAME 0x1p-26

/* The difference up to which times are tied, everywhere in this room: absolute, or relative to the mean of the distinct times
 * where that is above 1, as R's timefix has it. */
static inline double oa_tie_slack(double mean) {
    return OA_KM_SAME * (mean > 1 ? mean : 1);
}

/* One item a row; a row is a distinct time.  Limits are made when they are asked for. */
struct oa_km {
    size_t count;
    uint64_t *times; /* their bits, in the memory that the times were sorted in */
    double *lasts;   /* of the times that are tied with the row's */
    double *survival;
    double *variance; /* of log S; INFINITY where S = 0 */
    int64_t *n_risk;
    int64_t *n_event;
    int64_t subjects;
    int64_t events;
    double slack;   /* times that differ by no more are tied */
    double deviate; /* z */
    oa_km_conf conf;
    oa_km_rule rule;
    bool others_first; /* at tied times those without the event leave the risk set first */
};

typedef struct oa_km_limits {
    double lower;
    double upper;
} oa_km_limits;

/* The limits of S = `survival`, where log S has the standard error sigma, z deviates off. */
oa_km_limits oa_km_limits_of(oa_km_conf conf, double survival, double sigma, double z);

#endif
