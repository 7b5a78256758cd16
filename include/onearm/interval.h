/*
 * interval.h - an estimate and its limits.
 */
#ifndef ONEARM_INTERVAL_H
#define ONEARM_INTERVAL_H
typedef struct oa_interval {
    double estimate;
    double lower;
    double upper;
} oa_interval;

#endif
