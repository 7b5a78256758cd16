/*
 * km.c - the Kaplan-Meier estimate of N distinct times in random order, about half of them censored, and then the limits
 * of every step, which are worked out when they are asked for; and what sorting the same times alone takes: with qsort,
 * and with a radix sort by bytes that carries the row numbers along.
 *
 *     km N
 */
#include <onearm/stats.h>

#include "clock.h"

#include <string.h>

typedef struct keyed {
    uint64_t key;
    uint64_t row;
} keyed;

/* Days 1 to n in months, shuffled: distinct, and no short fractions, which would spare the radix sorts some bytes. */
static void fill(double *time, bool *event, size_t n) {
    uint64_t state = 1;
    for (size_t i = 0; i < n; i++) {
        size_t other = (size_t)(next_random(&state) % (i + 1));
        time[i] = time[other];
        time[other] = (double)(i + 1) / 30.4375;
        event[i] = next_random(&state) & 1U;
    }
}

static int by_value(const void *left, const void *right) {
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

static double time_of_qsort(const double *time, size_t n) {
    double *copy = reserve(n, sizeof *copy);
    double start = seconds();
    memcpy(copy, time, n * sizeof *copy);
    qsort(copy, n, sizeof *copy, by_value);
    double taken = seconds() - start;
    free(copy);
    return taken;
}

/* One byte of the keys, from the lowest on: a stable counting sort. */
static void radix_pass(const keyed *from, keyed *to, size_t n, int byte) {
    size_t place[257] = {0};
    int shift = 8 * byte;
    for (size_t i = 0; i < n; i++) {
        place[(from[i].key >> shift & 0xFF) + 1]++;
    }
    for (int i = 0; i < 256; i++) {
        place[i + 1] += place[i];
    }
    for (size_t i = 0; i < n; i++) {
        to[place[from[i].key >> shift & 0xFF]++] = from[i];
    }
}

/* The bits of doubles that are not negative are ordered as they are. */
static double time_of_radix_sort(const double *time, size_t n) {
    keyed *from = reserve(n, sizeof *from);
    keyed *to = reserve(n, sizeof *to);
    double start = seconds();
    for (size_t i = 0; i < n; i++) {
        memcpy(&from[i].key, &time[i], sizeof from[i].key);
        from[i].row = i;
    }
    for (int byte = 0; byte < 8; byte++) {
        radix_pass(from, to, n, byte);
        keyed *swap = from;
        from = to;
        to = swap;
    }
    double taken = seconds() - start;
    free(from);
    free(to);
    return taken;
}

int main(int argc, char **argv) {
    size_t n = argc == 2 ? (size_t)strtoul(argv[1], NULL, 10) : 0;
    if (n == 0) {
        fputs("usage: km N\n", stderr);
        return 2;
    }
    double *time = reserve(n, sizeof *time);
    bool *event = reserve(n, sizeof *event);
    fill(time, event, n);

    oa_diag *diag = oa_diag_new();
    double start = seconds();
    oa_km *km = oa_km_fit(time, event, n, NULL, diag);
    report("seconds", seconds() - start);
    bool fitted = km && oa_km_steps(km) == n;
    double sum = 0;
    for (size_t i = 0; i < n && fitted; i++) {
        oa_km_step step = oa_km_step_at(km, i);
        sum += step.upper > step.lower ? 1 : 0;
    }
    report("limits", seconds() - start);
    fitted = fitted && sum > 0;
    oa_km_free(km);
    oa_diag_free(diag);

    report("qsort", time_of_qsort(time, n));
    report("radix", time_of_radix_sort(time, n));
    free(event);
    free(time);
    return fitted ? 0 : 3;
}
