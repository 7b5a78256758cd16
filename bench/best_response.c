/*
 * best_response.c - best overall response, and the confirmed one, of N random subjects with 8 visits each, six weeks
 * apart.  The assessments are made before the clock starts.
 *
 *     best_response N
 */
#include "../src/adam/recist.h"
#include "clock.h"

enum { VISITS = 8, WEEKS = 6 };

/* Drawn evenly: SD is the most common, PD ends one subject in two before the last visit. */
static const oa_response drawn[] = {OA_RESP_CR, OA_RESP_PR, OA_RESP_PR, OA_RESP_SD, OA_RESP_SD,
                                    OA_RESP_SD, OA_RESP_SD, OA_RESP_SD, OA_RESP_NE, OA_RESP_PD};

static void fill(oa_assessment *assessments, size_t subjects) {
    uint64_t state = 1;
    for (size_t i = 0; i < subjects * VISITS; i++) {
        int32_t visit = (int32_t)(i % VISITS) + 1;
        size_t which = (size_t)(next_random(&state) % (sizeof drawn / sizeof *drawn));
        assessments[i] = (oa_assessment){.day = visit * WEEKS * 7, .response = drawn[which]};
    }
}

typedef oa_best derivation(const oa_assessment *assessments, size_t count, const oa_best_options *options);

static double time_of(derivation *derive, const oa_assessment *assessments, size_t subjects, size_t *responders) {
    oa_best_options options = {.sd_min_days = 42, .confirm_days = 28, .confirm_max_ne = 1, .cr_then_pr_strict = true};
    double start = seconds();
    for (size_t i = 0; i < subjects; i++) {
        oa_best best = derive(assessments + i * VISITS, VISITS, &options);
        *responders += best.decision.response == OA_RESP_CR || best.decision.response == OA_RESP_PR;
    }
    return seconds() - start;
}

int main(int argc, char **argv) {
    size_t subjects = argc == 2 ? (size_t)strtoul(argv[1], NULL, 10) : 0;
    if (subjects == 0) {
        fputs("usage: best_response N\n", stderr);
        return 2;
    }
    oa_assessment *assessments = reserve(subjects * VISITS, sizeof *assessments);
    fill(assessments, subjects);
    size_t responders = 0;
    size_t confirmed = 0;
    report("best", time_of(oa_best_response, assessments, subjects, &responders));
    report("confirmed", time_of(oa_best_confirmed, assessments, subjects, &confirmed));
    report("responders", (double)responders);
    free(assessments);
    return confirmed <= responders ? 0 : 3;
}
