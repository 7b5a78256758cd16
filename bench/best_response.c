/*
 * best_response.c - from columns of (subject, day, response) to columns of (BOR, its day, confirmed BOR, its day), of N
 * random subjects with 8 visits each, six weeks apart.  The input is made before the clock starts; what is timed finds
 * each subject's rows, weighs the assessments and chooses both best responses.  One thread.
 *
 *     best_response N
 */
#include "../src/adam/recist_best.h"
#include "clock.h"

enum { VISITS = 8, WEEKS = 6 };

/* Drawn evenly: SD is the most common, PD ends one subject in two before the last visit. */
static const oa_response drawn[] = {OA_RESP_CR, OA_RESP_PR, OA_RESP_PR, OA_RESP_SD, OA_RESP_SD,
                                    OA_RESP_SD, OA_RESP_SD, OA_RESP_SD, OA_RESP_NE, OA_RESP_PD};

typedef struct records {
    int32_t *subject;
    int32_t *day;
    uint8_t *response;
    size_t count;
} records;

typedef struct result {
    uint8_t best;
    uint8_t confirmed;
    int32_t best_day;
    int32_t confirmed_day;
} result;

static records make_records(size_t subjects) {
    size_t count = subjects * VISITS;
    records r = {reserve(count, sizeof *r.subject), reserve(count, sizeof *r.day), reserve(count, sizeof *r.response),
                 count};
    uint64_t state = 1;
    for (size_t i = 0; i < count; i++) {
        size_t which = (size_t)(next_random(&state) % (sizeof drawn / sizeof *drawn));
        r.subject[i] = (int32_t)(i / VISITS);
        r.day[i] = (int32_t)(i % VISITS + 1) * WEEKS * 7;
        r.response[i] = (uint8_t)drawn[which];
    }
    return r;
}

static int32_t day_of(const oa_assessment *course, const oa_best *best) {
    return best->first < 0 ? INT32_MIN : course[best->first].day;
}

/* Rows first to first + n - 1 are one subject's. */
static result derive(const records *r, size_t first, size_t n, const oa_best_options *options) {
    oa_assessment course[VISITS];
    for (size_t i = 0; i < n; i++) {
        course[i] = (oa_assessment){.day = r->day[first + i], .recorded = (oa_response)r->response[first + i]};
    }
    oa_weigh_course(course, n, options);
    oa_best best = oa_best_response(course, n, options);
    oa_best confirmed = oa_best_confirmed(course, n, options);
    return (result){(uint8_t)best.decision.response, (uint8_t)confirmed.decision.response, day_of(course, &best),
                    day_of(course, &confirmed)};
}

static size_t derive_all(const records *r, result *results) {
    oa_best_options options = {
        .sd_min_days = 42, .confirm_days = 28, .confirm_max_ne = 1, .after_cr = OA_AFTER_CR_STRICT};
    size_t subjects = 0;
    for (size_t first = 0; first < r->count;) {
        size_t n = 1;
        while (n < VISITS && first + n < r->count && r->subject[first + n] == r->subject[first]) {
            n++;
        }
        results[subjects++] = derive(r, first, n, &options);
        first += n;
    }
    return subjects;
}

int main(int argc, char **argv) {
    size_t subjects = argc == 2 ? (size_t)strtoul(argv[1], NULL, 10) : 0;
    if (subjects == 0) {
        fputs("usage: best_response N\n", stderr);
        return 2;
    }
    records r = make_records(subjects);
    result *results = reserve(subjects, sizeof *results);
    double start = seconds();
    size_t derived = derive_all(&r, results);
    report("seconds", seconds() - start);
    size_t responders[2] = {0};
    for (size_t i = 0; i < derived; i++) {
        responders[0] += results[i].best == OA_RESP_CR || results[i].best == OA_RESP_PR;
        responders[1] += results[i].confirmed == OA_RESP_CR || results[i].confirmed == OA_RESP_PR;
    }
    report("responders", (double)responders[0]);
    report("confirmed", (double)responders[1]);
    free(r.subject);
    free(r.day);
    free(r.response);
    free(results);
    return derived == subjects && responders[1] <= responders[0] ? 0 : 3;
}
