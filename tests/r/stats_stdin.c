/*
 * stats_stdin.c - the library's side of check_r.R: one case a line on stdin, its results on one line of stdout.
 *
 *   cp X N LEVEL                                  estimate lower upper
 *   ci METHOD SIDES X N LEVEL                     the same; METHOD by name, SIDES 0 two, 1 lower, 2 upper
 *   bt TEST X N P0                                a p value; TEST by name
 *   pa ADJUSTMENT N P1 ...                        adjusted p values
 *   su TYPE N V1 ...                              mean sd q1 median q3 geometric_mean geometric_cv
 *   km CONF LEVEL REVERSE A1 A2 A3 N T1 E1 ...    K, K steps, 4 quantiles, 3 steps at A1 A2 A3
 *   kmx CONF LEVEL REVERSE NAIVE EXACT WEIGHTED TAU P AT N T1 E1 W1 ...
 *                                                 K, K steps, the P-quantile, mean up to TAU, hazard at AT
 *
 * CONF: 0 log-log, 1 log, 2 plain, 3 logit, 4 arcsin.  A step is time n_risk n_event n_censor survival std_err lower upper; a quantile is
 * estimate lower upper, for p = 0.25 0.5 0.75 1.  Numbers have 17 digits, so nothing is lost on the way.
 */
#include "../../src/base/number.h"

#include <onearm/stats.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

static void stop(const char *what) {
    fprintf(stderr, "stats_stdin: %s\n", what);
    exit(3);
}

static double next_number(const char **cursor) {
    const char *start = *cursor + strspn(*cursor, " ");
    size_t length = strcspn(start, " \n");
    double value = 0;
    if (!oa_parse_number(start, length, &value)) {
        stop("that is no number");
    }
    *cursor = start + length;
    return value;
}

static void print_interval(oa_interval interval) {
    printf(" %.17g %.17g %.17g", interval.estimate, interval.lower, interval.upper);
}

static void print_step(const oa_km_step *step) {
    printf(" %.17g %lld %lld %lld", step->time, (long long)step->n_risk, (long long)step->n_event,
           (long long)step->n_censor);
    printf(" %.17g %.17g %.17g %.17g", step->survival, step->std_err, step->lower, step->upper);
}

static void print_km(const oa_km *km, const double *at) {
    static const double orders[] = {.25, .5, .75, 1};
    printf("%zu", oa_km_steps(km));
    for (size_t i = 0; i < oa_km_steps(km); i++) {
        oa_km_step step = oa_km_step_at(km, i);
        print_step(&step);
    }
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        print_interval(oa_km_quantile(km, orders[i]));
    }
    for (size_t i = 0; i < 3; i++) {
        oa_km_step step = oa_km_survival(km, at[i]);
        print_step(&step);
    }
}

static void print_value(oa_km_value value) {
    printf(" %.17g %.17g %.17g %.17g", value.estimate, value.std_err, value.lower, value.upper);
}

static void run_kmx(const char *cursor) {
    oa_km_options options = {.conf = (oa_km_conf)next_number(&cursor)};
    options.level = next_number(&cursor);
    bool reverse = next_number(&cursor) > 0;
    options.naive_reverse = next_number(&cursor) > 0;
    options.exact_ties = next_number(&cursor) > 0;
    bool weighted = next_number(&cursor) > 0;
    double tau = next_number(&cursor);
    double p = next_number(&cursor);
    double at = next_number(&cursor);
    size_t n = (size_t)next_number(&cursor);
    double *time = calloc(n, sizeof *time);
    bool *event = calloc(n, sizeof *event);
    int64_t *weight = calloc(n, sizeof *weight);
    if (!time || !event || !weight) {
        stop("no memory");
    }
    for (size_t i = 0; i < n; i++) {
        time[i] = next_number(&cursor);
        event[i] = next_number(&cursor) > 0;
        weight[i] = (int64_t)next_number(&cursor);
    }
    options.weights = weighted ? weight : NULL;
    oa_km *km = (reverse ? oa_km_fit_reverse : oa_km_fit)(time, event, n, &options, NULL);
    oa_km_value mean;
    if (!km || !oa_km_rmst(km, tau, &mean, NULL)) {
        stop("a data set is refused");
    }
    printf("%zu", oa_km_steps(km));
    for (size_t i = 0; i < oa_km_steps(km); i++) {
        oa_km_step step = oa_km_step_at(km, i);
        print_step(&step);
    }
    print_interval(oa_km_quantile(km, p));
    print_value(mean);
    print_value(oa_km_hazard(km, at));
    oa_km_free(km);
    free(time);
    free(event);
    free(weight);
}

static void run_cp(const char *cursor) {
    int64_t x = (int64_t)next_number(&cursor);
    int64_t n = (int64_t)next_number(&cursor);
    double level = next_number(&cursor);
    oa_interval interval;
    if (!oa_clopper_pearson(x, n, level, &interval, NULL)) {
        stop("a binomial case is refused");
    }
    print_interval(interval);
}

/* The next word, in a buffer that holds the longest name. */
static void next_word(const char **cursor, char word[32]) {
    const char *start = *cursor + strspn(*cursor, " ");
    size_t length = strcspn(start, " \n");
    if (length >= 32) {
        stop("a word is too long");
    }
    memcpy(word, start, length);
    word[length] = '\0';
    *cursor = start + length;
}

static void run_ci(const char *cursor) {
    char name[32];
    oa_ci_method method;
    next_word(&cursor, name);
    if (!oa_ci_of(name, &method)) {
        stop("there is no such method");
    }
    oa_sides sides = (oa_sides)next_number(&cursor);
    int64_t x = (int64_t)next_number(&cursor);
    int64_t n = (int64_t)next_number(&cursor);
    double level = next_number(&cursor);
    oa_interval interval;
    if (!oa_binomial_interval(x, n, method, sides, level, &interval, NULL)) {
        stop("an interval is refused");
    }
    print_interval(interval);
}

static void run_test(const char *cursor) {
    char name[32];
    oa_binomial_test_kind kind;
    next_word(&cursor, name);
    int64_t x = (int64_t)next_number(&cursor);
    int64_t n = (int64_t)next_number(&cursor);
    double p = 0;
    if (!oa_binomial_test_of(name, &kind) || !oa_binomial_test(x, n, next_number(&cursor), kind, &p, NULL)) {
        stop("a test is refused");
    }
    printf("%.17g", p);
}

/* N numbers, to be freed. */
static double *next_numbers(const char **cursor, size_t *n) {
    *n = (size_t)next_number(cursor);
    double *values = calloc(*n, sizeof *values);
    if (!values) {
        stop("no memory");
    }
    for (size_t i = 0; i < *n; i++) {
        values[i] = next_number(cursor);
    }
    return values;
}

static void run_adjust(const char *cursor) {
    char name[32];
    oa_adjustment adjustment;
    size_t n;
    next_word(&cursor, name);
    double *p = next_numbers(&cursor, &n);
    if (!oa_adjustment_of(name, &adjustment) || !oa_adjust(p, n, adjustment, p, NULL)) {
        stop("p values are refused");
    }
    for (size_t i = 0; i < n; i++) {
        printf(" %.17g", p[i]);
    }
    free(p);
}

static void run_summary(const char *cursor) {
    size_t n;
    int type = (int)next_number(&cursor);
    double *values = next_numbers(&cursor, &n);
    oa_summary s;
    if (!oa_summarise(values, n, type, &s, NULL)) {
        stop("a sample is refused");
    }
    printf(" %.17g %.17g %.17g %.17g", s.mean, s.sd, s.q1, s.median);
    printf(" %.17g %.17g %.17g", s.q3, s.geometric_mean, s.geometric_cv);
    free(values);
}

static void run_km(const char *cursor) {
    oa_km_options options = {.conf = (oa_km_conf)next_number(&cursor)};
    options.level = next_number(&cursor);
    bool reverse = next_number(&cursor) > 0;
    double at[3];
    for (size_t i = 0; i < 3; i++) {
        at[i] = next_number(&cursor);
    }
    size_t n = (size_t)next_number(&cursor);
    double *time = calloc(n, sizeof *time);
    bool *event = calloc(n, sizeof *event);
    if (!time || !event) {
        stop("no memory");
    }
    for (size_t i = 0; i < n; i++) {
        time[i] = next_number(&cursor);
        event[i] = next_number(&cursor) > 0;
    }
    oa_km *km = (reverse ? oa_km_fit_reverse : oa_km_fit)(time, event, n, &options, NULL);
    if (!km) {
        stop("a data set is refused");
    }
    print_km(km, at);
    oa_km_free(km);
    free(time);
    free(event);
}

static void run(const char *line) {
    static const struct {
        const char *word;
        void (*run)(const char *cursor);
    } routines[] = {{"cp ", run_cp},   {"ci ", run_ci},     {"bt ", run_test},   {"km ", run_km},
                    {"kmx ", run_kmx}, {"pa ", run_adjust}, {"su ", run_summary}};
    for (size_t i = 0; i < sizeof routines / sizeof *routines; i++) {
        size_t length = strlen(routines[i].word);
        if (strncmp(line, routines[i].word, length) == 0) {
            routines[i].run(line + length);
            return;
        }
    }
    stop("a line starts with no routine");
}

int main(void) {
    char *line = NULL;
    size_t capacity = 0;
    while (getline(&line, &capacity, stdin) > 0) {
        run(line);
        putchar('\n');
    }
    free(line);
    return ferror(stdin) || fflush(stdout) ? 3 : 0;
}
