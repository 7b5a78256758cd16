/*
 * monitor.h - where a running trial stands by the stopping rules of its protocol.
 *
 * Subjects count in the order of their first dose, so that a look after n subjects is about the first n and those who were
 * enrolled while their data came in belong to the next stage.  Who has had no assessment that could be evaluated and is
 * still under observation, or waits for the confirmation that the protocol asks for, is pending; who never will be
 * assessed is a subject without response.
 */
#ifndef ONEARM_MONITOR_H
#define ONEARM_MONITOR_H

#include <onearm/study.h>

typedef enum oa_advice {
    OA_ADVICE_CONTINUE,
    OA_ADVICE_WAIT, /* pending subjects can still change the answer of a look */
    OA_ADVICE_FUTILITY,
    OA_ADVICE_TOXICITY,
    OA_ADVICE_SUCCESS
} oa_advice;

/* "continue", "wait", "stop for futility", "stop for toxicity", "success" */
OA_API const char *oa_advice_text(oa_advice advice);

/* The subjects that a look is about, so far. */
typedef struct oa_look_state {
    int64_t look;    /* from 1; 0: the protocol has no rule of this kind */
    int64_t looks;   /* how many there are */
    int64_t n;       /* after how many subjects it comes */
    int64_t reached; /* how many of these there are */
    int64_t events;  /* responses, or toxicities */
    int64_t pending;
    int64_t lower; /* stops with so many or fewer; -1: does not */
    int64_t upper; /* stops with so many or more; n + 1: does not */
} oa_look_state;

typedef struct oa_monitor {
    oa_advice advice;
    const char *reason; /* in one sentence */
    int64_t treated;
    int64_t evaluable; /* with an answer, response or not */
    int64_t responses;
    int64_t pending;
    int64_t never;   /* among the evaluable: ended without an assessment, so without response */
    int64_t planned; /* subjects of the design */
    int64_t overrun; /* counted subjects beyond the end of the design */
    int64_t needed;  /* responses of pending subjects that the advice to wait waits for; 0: none */
    oa_look_state response;
    oa_look_state toxicity;
    double p1;
    double conditional_power; /* at p1; NAN: the trial has its answer, or no p1 */
    double predictive;        /* predictive probability of success; NAN as above */
    double prior_a, prior_b;  /* its prior: Beta(p0, 1 - p0), one subject's worth; Beta(1, 1) without p0 */
} oa_monitor;

/* After oa_study_derive.  False with a message where the protocol has no stopping rules.  Texts live as long as the study. */
OA_API bool oa_study_monitor(oa_study *study, oa_monitor *monitor, oa_diag *diag);

#endif
