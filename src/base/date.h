/*
 * date.h - ISO 8601 dates as trials have them: whole, or known only to the month or year.
 */
#ifndef OA_DATE_H
#define OA_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How much of a date is known. */
typedef enum oa_known {
    OA_KNOWN_NOTHING,
    OA_KNOWN_YEAR,
    OA_KNOWN_MONTH,
    OA_KNOWN_DAY,
    OA_KNOWN_MINUTE,
    OA_KNOWN_SECOND
} oa_known;

/* `day` counts from 1970-01-01 in the proleptic Gregorian calendar; of a partial date it is the first day possible. */
typedef struct oa_date {
    int32_t day;
    int32_t second; /* of the day; 0 unless known */
    oa_known known;
} oa_date;

enum { OA_DATE_SIZE = 72 };

/* The day number of a civil date; the caller guarantees that it exists. */
int32_t oa_day_of(int year, int month, int day);
void oa_civil_of(int32_t day, int *year, int *month, int *day_of_month);

/* Reads YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm[:ss[.f]][Z|+hh:mm]; the offset is read and not applied (trial
 * dates are local).  "" is OA_KNOWN_NOTHING.  False for anything else, 2023-02-30 among it.  Years 1800 to 2199. */
bool oa_parse_date(const char *text, size_t length, oa_date *date);
/* Writes back what is known, "" for nothing. */
char *oa_format_date(oa_date date, char out[OA_DATE_SIZE]);

/* A date known to the day. */
oa_date oa_date_of_day(int32_t day);
/* The last day that a partial date can be; for a whole one the day itself. */
int32_t oa_last_day(oa_date date);
/* CDISC study day: no day 0; the reference day is 1, the day before -1. */
int32_t oa_study_day(int32_t day, int32_t reference);

#endif
