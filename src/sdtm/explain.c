/* explain.c - see explain.h. */
#include "explain.h"

#include "../base/date.h"
#include "../base/number.h"
#include "intake.h"

#include <stdio.h>
#include <string.h>

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* True when text begins like `pattern`, in which 9 stands for a digit. */
static bool looks_like(const char *text, size_t length, const char *pattern) {
    size_t wanted = strlen(pattern);
    if (length < wanted) {
        return false;
    }
    for (size_t i = 0; i < wanted; i++) {
        if (pattern[i] == '9' ? !is_digit(text[i]) : text[i] != pattern[i]) {
            return false;
        }
    }
    return true;
}

static int number_at(const char *text, size_t digits) {
    int value = 0;
    for (size_t i = 0; i < digits; i++) {
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

static bool contains_any(const char *text, size_t length, const char *bytes) {
    for (size_t i = 0; i < length; i++) {
        if (text[i] && strchr(bytes, text[i])) {
            return true;
        }
    }
    return false;
}

static int days_in(int year, int month) {
    int next_year = month == 12 ? year + 1 : year;
    int next_month = month == 12 ? 1 : month + 1;
    return oa_day_of(next_year, next_month, 1) - oa_day_of(year, month, 1);
}

/* What is wrong with a text that has the digits and hyphens of YYYY-MM; NULL when the date itself is right. */
static const char *explain_calendar(const char *text, size_t length, char out[OA_EXPLAIN_SIZE]) {
    int year = number_at(text, 4);
    int month = number_at(text + 5, 2);
    if (year < 1800 || year > 2199) {
        snprintf(out, OA_EXPLAIN_SIZE, "the year %04d is not between 1800 and 2199", year);
    } else if (month < 1 || month > 12) {
        snprintf(out, OA_EXPLAIN_SIZE, "'%.7s' has no such month; months are 01 to 12", text);
    } else if (looks_like(text, length, "9999-99-99") &&
               (number_at(text + 8, 2) < 1 || number_at(text + 8, 2) > days_in(year, month))) {
        snprintf(out, OA_EXPLAIN_SIZE, "there is no such day as '%.10s'; %.7s has %d days", text, text,
                 days_in(year, month));
    } else {
        return NULL;
    }
    return out;
}

static const char *date_remedy(const char *text, size_t length) {
    if (looks_like(text, length, "9999-99-99 9")) {
        return "write a T between date and time: YYYY-MM-DDThh:mm";
    }
    if (looks_like(text, length, "9999-99-99T")) {
        return "write the time as Thh:mm or Thh:mm:ss, or leave it out";
    }
    if (contains_any(text, length, "Uu?")) {
        return "leave out what is not known: YYYY-MM or YYYY";
    }
    if (length == 5 && contains_any(text, 1, "34")) {
        return "it looks like a day number of a spreadsheet; format the column as YYYY-MM-DD before saving";
    }
    return "write YYYY-MM-DD, or YYYY-MM or YYYY where the day is not known";
}

const char *oa_explain_date(const char *text, size_t length, char out[OA_EXPLAIN_SIZE]) {
    char shown[OA_CLIP_SIZE];
    if (looks_like(text, length, "9999-99") && explain_calendar(text, length, out)) {
        return out;
    }
    snprintf(out, OA_EXPLAIN_SIZE, "'%s' is not an ISO 8601 date; %s", oa_clip(text, length, shown),
             date_remedy(text, length));
    return out;
}

/* True when the text with its comma as a point is a number. */
static bool has_decimal_comma(const char *text, size_t length) {
    char copy[OA_CLIP_SIZE];
    double value;
    const char *comma = memchr(text, ',', length);
    if (!comma || length >= sizeof copy) {
        return false;
    }
    memcpy(copy, text, length);
    copy[comma - text] = '.';
    return oa_parse_number(copy, length, &value);
}

static const char *number_remedy(const char *text, size_t length) {
    if (has_decimal_comma(text, length)) {
        return "write a point instead of the comma";
    }
    if (text[length - 1] == '%') {
        return "write the number alone, without the percent sign";
    }
    if (text[0] == '<' || text[0] == '>') {
        return "leave the numeric result empty and put the text into the character result";
    }
    if (text[0] == '0' && length > 1 && is_digit(text[1])) {
        return "write it without leading zeros";
    }
    if (contains_any(text, length, " ,\t")) {
        return "write it without blanks and separators, with a point before the decimals";
    }
    if (!contains_any(text, length, "0123456789")) {
        return "leave the cell empty where there is no number";
    }
    return "write digits with at most one decimal point, and no unit";
}

const char *oa_explain_number(const char *text, size_t length, char out[OA_EXPLAIN_SIZE]) {
    char shown[OA_CLIP_SIZE];
    snprintf(out, OA_EXPLAIN_SIZE, "'%s' is not a number; %s", oa_clip(text, length, shown),
             number_remedy(text, length));
    return out;
}
