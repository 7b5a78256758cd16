/*
 * summary.h - what describes a sample of numbers.
 */
#ifndef ONEARM_SUMMARY_H
#define ONEARM_SUMMARY_H

#include <onearm/api.h>
#include <onearm/diag.h>

#include <stdbool.h>
#include <stddef.h>

/*
 * Types of sample quantiles by R. J. Hyndman, Y. Fan, Am Stat 50 (1996) 361-365, as R numbers them.  2 is what SAS takes
 * unless told otherwise (QNTLDEF=5), and ours: the median of an even number is the mean of the middle two, and quartiles
 * are observed values or means of two.  SAS's QNTLDEF 1, 2, 3, 4 are 4, 3, 1, 6; 7 is R's own.
 */
enum { OA_QUANTILE_DEFAULT = 2 };

typedef struct oa_summary {
    size_t n;       /* values that are there */
    size_t missing; /* NAN */
    double mean;    /* all of these NAN where n = 0 */
    double sd;      /* with n - 1; NAN where n < 2 */
    double min;
    double q1;
    double median;
    double q3;
    double max;
    double geometric_mean; /* NAN unless all values are above 0 */
    double geometric_cv;   /* sqrt(exp(s^2) - 1) as a fraction, s being the sd of the logarithms; NAN as sd is */
} oa_summary;

/* Describes values, NAN being missing; refuses infinite ones, a type outside 1..9, and reports a lack of memory. */
OA_API bool oa_summarise(const double *values, size_t n, int quantile_type, oa_summary *summary, oa_diag *diag);

/* The p quantile, 0 <= p <= 1, of values sorted upwards without NAN, n from 1, by a type from 1 to 9.  Positions within 4
 * units of rounding of a whole number count as whole, as in R. */
OA_API double oa_quantile(const double *sorted, size_t n, double p, int type);

#endif
