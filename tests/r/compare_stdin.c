/*
 * compare_stdin.c - the library's side of compare.R: one case a line on stdin, its results on one line of stdout; a case
 * that the library refuses gives the word "refused".
 *
 *   logrank RHO K N (T E G S)...              chi-square df p, then observed expected variance of each group
 *   cox TIES P N (T E S X1..XP)...            log likelihood at 0 and at the maximum, score, Wald, then coefficient and
 *                                             standard error of each covariate
 *   cuminc VARIANCE CONF K N (T C)...         of each cause, of each time: F, std_err, limits
 *   wilcoxon ZEROS METHOD ALT LEVEL N D...    V p, estimate and limits of the centre, attained level
 *   t ALT LEVEL N D...                        t p, mean and limits
 *   sign ALT LEVEL N D...                     p, median and limits
 *   onesample CUMULATIVE TIME SHAPE N (T E U) O E z z_mean ratio, three p, three p of z
 *   ratio BELOW ALT LEVEL N (B BB A AB)...    log ratio, limits, standard deviation, p
 */
#include "../../src/base/number.h"

#include <onearm/stats.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

enum { MOST = 4096, CAUSES = 8 };

static void stop(const char *what) {
    fprintf(stderr, "compare_stdin: %s\n", what);
    exit(3);
}

static double next(const char **cursor) {
    const char *start = *cursor + strspn(*cursor, " ");
    size_t length = strcspn(start, " \n");
    double value = 0;
    if (!oa_parse_number(start, length, &value)) {
        stop("that is no number");
    }
    *cursor = start + length;
    return value;
}

static int next_int(const char **cursor) {
    return (int)next(cursor);
}

static size_t next_count(const char **cursor) {
    double n = next(cursor);
    if (n < 0 || n > MOST) {
        stop("more subjects than there is room for");
    }
    return (size_t)n;
}

static void put(double value) {
    printf("%.17g ", value);
}

static void put_interval(oa_interval interval) {
    put(interval.estimate);
    put(interval.lower);
    put(interval.upper);
}

static void refused(bool done) {
    if (!done) {
        fputs("refused", stdout);
    }
}

static double numbers[MOST];
static double times[MOST];
static double entries[MOST];
static bool events[MOST];
static int groups[MOST];
static int strata[MOST];
static double covariates[MOST * 4];
static oa_measurement before[MOST];
static oa_measurement after[MOST];

static void run_logrank(const char *cursor) {
    oa_logrank_options options = {.rho = next(&cursor), .stratum = strata};
    int k = next_int(&cursor);
    size_t n = next_count(&cursor);
    for (size_t i = 0; i < n; i++) {
        times[i] = next(&cursor);
        events[i] = next(&cursor) > 0;
        groups[i] = next_int(&cursor);
        strata[i] = next_int(&cursor);
    }
    oa_logrank_group found[CAUSES];
    oa_chi_square test;
    bool done = oa_logrank(times, events, groups, n, k, &options, found, &test, NULL);
    refused(done);
    if (done) {
        put(test.statistic);
        put(test.df);
        put(test.p_value);
        for (int g = 0; g < k; g++) {
            put(found[g].observed);
            put(found[g].expected);
            put(found[g].variance);
        }
    }
}

static void run_cox(const char *cursor) {
    oa_cox_options options = {.ties = (oa_cox_ties)next(&cursor), .level = .95, .stratum = strata};
    int p = next_int(&cursor);
    size_t n = next_count(&cursor);
    for (size_t i = 0; i < n; i++) {
        times[i] = next(&cursor);
        events[i] = next(&cursor) > 0;
        strata[i] = next_int(&cursor);
        for (int j = 0; j < p; j++) {
            covariates[i * (size_t)p + (size_t)j] = next(&cursor);
        }
    }
    oa_cox fit;
    oa_cox_term terms[4];
    bool done = oa_cox_fit(times, events, covariates, n, p, &options, &fit, terms, NULL);
    refused(done);
    if (done) {
        put(fit.log_likelihood_null);
        put(fit.log_likelihood);
        put(fit.score.statistic);
        put(fit.wald.statistic);
        for (int j = 0; j < p; j++) {
            put(terms[j].coefficient);
            put(terms[j].std_err);
        }
    }
}

static void run_cuminc(const char *cursor) {
    oa_cuminc_options options = {.variance = (oa_cuminc_variance)next(&cursor), .level = .95};
    options.conf = (oa_cuminc_conf)next(&cursor);
    int k = next_int(&cursor);
    size_t n = next_count(&cursor);
    for (size_t i = 0; i < n; i++) {
        times[i] = next(&cursor);
        groups[i] = next_int(&cursor);
    }
    oa_cuminc *fit = oa_cuminc_fit(times, groups, n, k, &options, NULL);
    refused(fit);
    for (int cause = 1; fit && cause <= k; cause++) {
        for (size_t i = 0; i < oa_cuminc_steps(fit); i++) {
            const oa_cuminc_step *step = oa_cuminc_step_at(fit, cause, i);
            put(step->incidence.estimate);
            put(step->std_err);
            put(step->incidence.lower);
            put(step->incidence.upper);
        }
    }
    oa_cuminc_free(fit);
}

static size_t read_numbers(const char **cursor) {
    size_t n = next_count(cursor);
    for (size_t i = 0; i < n; i++) {
        numbers[i] = next(cursor);
    }
    return n;
}

static void run_wilcoxon(const char *cursor) {
    oa_wilcoxon_options options = {.zeros = (oa_zeros)next(&cursor)};
    options.method = (oa_rank_method)next(&cursor);
    options.alternative = (oa_alternative)next(&cursor);
    options.level = next(&cursor);
    size_t n = read_numbers(&cursor);
    oa_wilcoxon found;
    bool done = oa_wilcoxon_signed_rank(numbers, n, &options, &found, NULL);
    refused(done);
    if (done) {
        put(found.statistic);
        put(found.p_value);
        put_interval(found.centre);
        put(found.attained);
    }
}

static void run_t(const char *cursor) {
    oa_alternative alternative = (oa_alternative)next(&cursor);
    double level = next(&cursor);
    size_t n = read_numbers(&cursor);
    oa_paired_t found;
    bool done = oa_paired_t_test(numbers, n, alternative, level, &found, NULL);
    refused(done);
    if (done) {
        put(found.t);
        put(found.p_value);
        put_interval(found.mean);
    }
}

static void run_sign(const char *cursor) {
    oa_alternative alternative = (oa_alternative)next(&cursor);
    double level = next(&cursor);
    size_t n = read_numbers(&cursor);
    oa_sign found;
    bool done = oa_sign_test(numbers, n, alternative, level, &found, NULL);
    refused(done);
    if (done) {
        put(found.p_value);
        put_interval(found.median);
    }
}

static void run_one_sample(const char *cursor) {
    oa_reference reference = {.cumulative = next(&cursor)};
    reference.time = next(&cursor);
    reference.shape = next(&cursor);
    size_t n = next_count(&cursor);
    for (size_t i = 0; i < n; i++) {
        times[i] = next(&cursor);
        events[i] = next(&cursor) > 0;
        entries[i] = next(&cursor);
    }
    oa_one_sample found;
    bool done = oa_one_sample_logrank(times, events, entries, n, &reference, .95, &found, NULL);
    refused(done);
    if (done) {
        put((double)found.observed);
        put(found.expected);
        put(found.z);
        put(found.z_mean);
        put_interval(found.ratio);
        for (int i = 0; i < 3; i++) {
            put(found.p_value[i]);
            put(found.p_value_z[i]);
        }
    }
}

static void run_ratio(const char *cursor) {
    oa_ratio_options options = {.below = (oa_below)next(&cursor)};
    options.alternative = (oa_alternative)next(&cursor);
    options.level = next(&cursor);
    size_t n = next_count(&cursor);
    for (size_t i = 0; i < n; i++) {
        before[i].value = next(&cursor);
        before[i].below = next(&cursor) > 0;
        after[i].value = next(&cursor);
        after[i].below = next(&cursor) > 0;
    }
    oa_geometric_ratio found;
    bool done = oa_geometric_mean_ratio(before, after, n, &options, &found, NULL);
    refused(done);
    if (done) {
        put(log(found.ratio.estimate));
        put(log(found.ratio.lower));
        put(log(found.ratio.upper));
        put(found.log_std_dev);
        put(found.p_value);
    }
}

int main(void) {
    static const struct {
        const char *name;
        void (*run)(const char *cursor);
    } routines[] = {{"logrank ", run_logrank},
                    {"cox ", run_cox},
                    {"cuminc ", run_cuminc},
                    {"wilcoxon ", run_wilcoxon},
                    {"t ", run_t},
                    {"sign ", run_sign},
                    {"ratio ", run_ratio},
                    {"onesample ", run_one_sample}};
    char *line = NULL;
    size_t capacity = 0;
    while (getline(&line, &capacity, stdin) > 0) {
        size_t i = 0;
        while (i < sizeof routines / sizeof *routines &&
               strncmp(line, routines[i].name, strlen(routines[i].name)) != 0) {
            i++;
        }
        if (i == sizeof routines / sizeof *routines) {
            stop("a line starts with the name of no routine");
        }
        routines[i].run(line + strlen(routines[i].name));
        putchar('\n');
    }
    free(line);
    return ferror(stdin) || fflush(stdout) ? 3 : 0;
}
