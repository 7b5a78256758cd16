/*
 * multiplicity.h - p values of several hypotheses, adjusted so that the chance of any false rejection stays below the level.
 */
#ifndef ONEARM_MULTIPLICITY_H
#define ONEARM_MULTIPLICITY_H

#include <onearm/api.h>
#include <onearm/diag.h>

#include <stdbool.h>
#include <stddef.h>

typedef enum oa_adjustment {
    OA_HOLM,       /* S. Holm, Scand J Stat 6 (1979) 65-70; valid under any dependence */
    OA_HOCHBERG,   /* Y. Hochberg, Biometrika 75 (1988) 800-802; for independent or positively dependent p values */
    OA_BONFERRONI, /* valid under any dependence, and never better than Holm */
    OA_N_ADJUSTMENTS
} oa_adjustment;

/* "holm", "hochberg", "bonferroni"; NULL for what is none. */
OA_API const char *oa_adjustment_name(oa_adjustment adjustment);
OA_API bool oa_adjustment_of(const char *name, oa_adjustment *adjustment);

/* Writes the adjusted p values in the order of p; adjusted may be p itself.  Refuses a p value outside [0, 1] (NAN
 * included: an untested hypothesis is to be left out by the caller, who decides what it counts for). */
OA_API bool oa_adjust(const double *p, size_t n, oa_adjustment adjustment, double *adjusted, oa_diag *diag);

#endif
