/*
 * date.c - see date.h.  Civil calendar arithmetic after H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"
 * (eras of 400 years that begin on 1 March), exact over the whole range of int32 days that the parser admits.
 */
#include "date.h"

#include "number.h"

#include <stdlib.h>

enum { YEAR_MIN = 1800, YEAR_MAX = 2199, DAYS_OF_ERA = 146097, EPOCH_SHIFT = 719468 };

int32_t oa_day_of(int year, int month, int day) {
    int y = year - (month <= 2);
    int era = y / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_OF_ERA + day_of_era - EPOCH_SHIFT;
}

void oa_civil_of(int32_t day, int *year, int *month, int *day_of_month) {
    int shifted = day + EPOCH_SHIFT;
    int era = (shifted >= 0 ? shifted : shifted - DAYS_OF_ERA + 1) / DAYS_OF_ERA;
    int day_of_era = shifted - era * DAYS_OF_ERA;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted_month = (5 * day_of_year + 2) / 153;
    *day_of_month = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    *month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

static int days_in_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

typedef struct cursor {
    const char *at;
    const char *end;
} cursor;

static bool take(cursor *c, char wanted) {
    if (c->at == c->end || *c->at != wanted) {
        return false;
    }
    c->at++;
    return true;
}

/* Exactly `digits` digits with a value in low..high. */
static bool take_number(cursor *c, int digits, int low, int high, int *value) {
    int result = 0;
    for (int i = 0; i < digits; i++) {
        if (c->at == c->end || *c->at < '0' || *c->at > '9') {
            return false;
        }
        result = result * 10 + (*c->at++ - '0');
    }
    *value = result;
    return result >= low && result <= high;
}

static bool take_offset(cursor *c) {
    int hours;
    int minutes;
    if (take(c, 'Z')) {
        return true;
    }
    return (take(c, '+') || take(c, '-')) && take_number(c, 2, 0, 14, &hours) && take(c, ':') &&
           take_number(c, 2, 0, 59, &minutes);
}

/* hh:mm[:ss[.f]][offset] */
static bool take_time(cursor *c, oa_date *date) {
    int hour;
    int minute;
    int second = 0;
    if (!take_number(c, 2, 0, 23, &hour) || !take(c, ':') || !take_number(c, 2, 0, 59, &minute)) {
        return false;
    }
    date->known = OA_KNOWN_MINUTE;
    if (take(c, ':')) {
        if (!take_number(c, 2, 0, 59, &second)) {
            return false;
        }
        date->known = OA_KNOWN_SECOND;
        if (take(c, '.')) {
            int digit;
            if (!take_number(c, 1, 0, 9, &digit)) {
                return false;
            }
            while (c->at < c->end && *c->at >= '0' && *c->at <= '9') {
                c->at++;
            }
        }
    }
    date->second = hour * 3600 + minute * 60 + second;
    return c->at == c->end || take_offset(c);
}

bool oa_parse_date(const char *text, size_t length, oa_date *date) {
    cursor c = {text, text + length};
    int year = 0;
    int month = 1;
    int day = 1;
    oa_date result = {0};
    if (length > 0) {
        if (!take_number(&c, 4, YEAR_MIN, YEAR_MAX, &year)) {
            return false;
        }
        result.known = OA_KNOWN_YEAR;
        if (take(&c, '-')) {
            if (!take_number(&c, 2, 1, 12, &month)) {
                return false;
            }
            result.known = OA_KNOWN_MONTH;
            if (take(&c, '-')) {
                if (!take_number(&c, 2, 1, days_in_month(year, month), &day)) {
                    return false;
                }
                result.known = OA_KNOWN_DAY;
                if (take(&c, 'T') && !take_time(&c, &result)) {
                    return false;
                }
            }
        }
        result.day = oa_day_of(year, month, day);
    }
    if (c.at != c.end) {
        return false;
    }
    *date = result;
    return true;
}

/* A separating sign and two digits; the sign of a value, which only a broken program has, is not written. */
static char *put_part(char *at, char separator, int value) {
    *at = separator;
    return oa_put_digits(at + 1, (uint64_t)abs(value), 2);
}

char *oa_format_date(oa_date date, char out[OA_DATE_SIZE]) {
    int year;
    int month;
    int day;
    oa_civil_of(date.day, &year, &month, &day);
    char *at = out;
    *at = '\0';
    if (date.known >= OA_KNOWN_YEAR) {
        at = oa_put_digits(at, (uint64_t)abs(year), 4);
    }
    if (date.known >= OA_KNOWN_MONTH) {
        at = put_part(at, '-', month);
    }
    if (date.known >= OA_KNOWN_DAY) {
        at = put_part(at, '-', day);
    }
    if (date.known >= OA_KNOWN_MINUTE) {
        at = put_part(at, 'T', date.second / 3600);
        at = put_part(at, ':', date.second / 60 % 60);
    }
    if (date.known >= OA_KNOWN_SECOND) {
        put_part(at, ':', date.second % 60);
    }
    return out;
}

oa_date oa_date_of_day(int32_t day) {
    return (oa_date){.day = day, .known = OA_KNOWN_DAY};
}

int32_t oa_last_day(oa_date date) {
    int year;
    int month;
    int day;
    oa_civil_of(date.day, &year, &month, &day);
    if (date.known == OA_KNOWN_YEAR) {
        return oa_day_of(year, 12, 31);
    }
    return date.known == OA_KNOWN_MONTH ? oa_day_of(year, month, days_in_month(year, month)) : date.day;
}

int32_t oa_study_day(int32_t day, int32_t reference) {
    return day - reference + (day >= reference ? 1 : 0);
}
