/*
 * agreement.h - how far two readers agree, such as the investigator's response and the central review's.
 */
#ifndef ONEARM_AGREEMENT_H
#define ONEARM_AGREEMENT_H

#include <onearm/api.h>
#include <onearm/diag.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct oa_kappa_result {
    int64_t n;
    double agreement; /* the share of subjects in which both agree, weighted where kappa is */
    double expected;  /* the same if the readers judged independently of each other */
    double kappa;     /* NAN where expected is 1: one category only */
    double std_err;   /* of kappa; 0 where all agree */
    double lower;     /* kappa -+ z std_err, cut off at -1 and 1 */
    double upper;
    double level;
} oa_kappa_result;

typedef enum oa_kappa_weights { OA_KAPPA_LINEAR, OA_KAPPA_QUADRATIC } oa_kappa_weights;

/* Fills k x k weights of agreement: 1 - d or 1 - d^2, d being the distance of the categories over k - 1 (linear: Cicchetti
 * and Allison 1971; quadratic: Fleiss and Cohen 1973).  k from 1. */
OA_API void oa_kappa_weigh(oa_kappa_weights kind, size_t k, double *weights);

/*
 * Cohen's kappa from counts[i * k + j], the subjects whom the one reader puts into category i and the other into j.
 * weights NULL: only the same category agrees; else k x k of them, symmetric, from 0 to 1 and 1 on the diagonal.
 * Refuses k outside 2..100, negative counts, none or more than 1e8 subjects, bad weights and levels.
 * J. Cohen, Educ Psychol Meas 20 (1960) 37-46; standard error: J. L. Fleiss, J. Cohen, B. S. Everitt, Psychol Bull 72
 * (1969) 323-327.
 */
OA_API bool oa_kappa(const int64_t *counts, size_t k, const double *weights, double level, oa_kappa_result *result,
                     oa_diag *diag);

#endif
