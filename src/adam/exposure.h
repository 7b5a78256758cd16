/* exposure.h - what a subject received of one drug, from EX. */
#ifndef OA_EXPOSURE_H
#define OA_EXPOSURE_H

#include "derive.h"

/* Sums over the records of one drug and subject, up to the cut-off. */
typedef struct oa_exposure {
    size_t n_records;        /* with a dose given */
    int32_t first;           /* day of the first dose */
    int32_t last;            /* day of the last dose */
    int64_t dosing_days;     /* days on which a dose was given */
    int64_t administrations; /* doses; of a drug given per cycle, days on which it was given */
    double total;            /* in the drug's unit */
    double lowest;           /* smallest dose given */
    double highest;
    double current; /* dose given last */
    int64_t holds;  /* records that say the drug was withheld (dose 0) */
    int64_t hold_days;
    bool reduced;       /* a dose below an earlier one */
    bool reduced_by_ae; /* for an adverse event, says EXADJ */
    size_t reduced_row; /* the EX row of the first reduction for that */
} oa_exposure;

/* The dose of an EX row in the drug's unit; false where it is missing.  A unit that cannot be converted leaves the number
 * as it stands, and `converted` false. */
bool oa_ex_dose(const oa_table *ex, size_t row, const oa_p_drug *drug, double *dose, bool *converted);

oa_exposure oa_exposure_of(oa_context *context, size_t subject, const oa_p_drug *drug);

/* The interval of days that an EX row covers; false where it has no usable start.  An end that is missing is taken
 * from DM.RFXENDTC where that is later than the start, else it is the start. */
bool oa_ex_interval(oa_context *context, size_t subject, size_t row, int32_t *first, int32_t *last);

/* Completed treatment cycles: for a drug dosed by days, the whole cycles between its first and last dose (a rest at the
 * end of a cycle counts as done); for one given per cycle, its administrations over that number.  The least of all. */
int64_t oa_completed_cycles(oa_context *context, size_t subject);

/* Dosing days that the schedule plans from the first to the last dose, both included. */
int64_t oa_planned_days(const oa_p_drug *drug, int32_t first, int32_t last);

#endif
