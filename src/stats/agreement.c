/*
 * agreement.c - Cohen's kappa.
 *
 * Definition  With shares p_ij of subjects, margins r_i and c_j, and weights w_ij of agreement,
 *                 agreement po = sum w_ij p_ij,  expected pe = sum w_ij r_i c_j,  kappa = 1 - (1 - po) / (1 - pe).
 * Variance    With R_i = sum_j w_ij c_j and C_j = sum_i w_ij r_i,
 *                 n (1 - pe)^4 var = sum p_ij (w_ij (1 - pe) - (R_i + C_j)(1 - po))^2 - (po pe - 2 pe + po)^2.
 * Source      J. Cohen, Educ Psychol Meas 20 (1960) 37-46 and Psychol Bull 70 (1968) 213-220; J. L. Fleiss, J. Cohen,
 *             B. S. Everitt, Psychol Bull 72 (1969) 323-327, equation 10.
 * Domain      2 to 100 categories, 1 <= n <= 1e8.  All subjects in one category of both readers: kappa, its error and limits
 *             are NAN.  All agree, in more than one: kappa is 1 with an error of 0, limits 1 and 1.
 * Accuracy    kappa absolute 1e-14.  1 - po and 1 - pe are summed from the weights of disagreement, so that they are 0
 *             exactly where they should be.
 */
#include <onearm/agreement.h>

#include "level.h"

#include <math.h>

void oa_kappa_weigh(oa_kappa_weights kind, size_t k, double *weights) {
    for (size_t i = 0; i < k; i++) {
        for (size_t j = 0; j < k; j++) {
            double apart = i == j ? 0 : fabs((double)i - (double)j) / (double)(k - 1);
            weights[i * k + j] = 1 - (kind == OA_KAPPA_LINEAR ? apart : apart * apart);
        }
    }
}

enum { MOST = 100 };

typedef struct square {
    const int64_t *counts;
    const double *weights;
    size_t k;
    double n;
    double row[MOST], column[MOST]; /* the share of a category with the first reader, and with the second */
    double row_chance[MOST], column_chance[MOST]; /* R_i, C_j */
} square;

static double weight(const square *s, size_t i, size_t j) {
    return s->weights ? s->weights[i * s->k + j] : i == j;
}

static double share(const square *s, size_t i, size_t j) {
    return (double)s->counts[i * s->k + j] / s->n;
}

static void fill_shares(square *s) {
    for (size_t i = 0; i < s->k; i++) {
        double row = 0;
        double column = 0;
        for (size_t j = 0; j < s->k; j++) {
            row += (double)s->counts[i * s->k + j];
            column += (double)s->counts[j * s->k + i];
        }
        s->row[i] = row / s->n;
        s->column[i] = column / s->n;
    }
}

static void fill_chances(square *s) {
    for (size_t i = 0; i < s->k; i++) {
        s->row_chance[i] = 0;
        s->column_chance[i] = 0;
        for (size_t l = 0; l < s->k; l++) {
            s->row_chance[i] += weight(s, i, l) * s->column[l];
            s->column_chance[i] += weight(s, l, i) * s->row[l];
        }
    }
}

static bool refuse(oa_diag *diag, oa_code code, const char *text) {
    oa_diag_add(diag, OA_ERROR, code, NULL, "STATS-KAPPA", "%s", text);
    return false;
}

static bool weights_valid(const double *weights, size_t k) {
    for (size_t i = 0; i < k; i++) {
        for (size_t j = 0; j <= i; j++) {
            double w = weights[i * k + j];
            bool within = w >= 0 && w <= 1 && (i != j || w >= 1);
            if (!within || w < weights[j * k + i] || w > weights[j * k + i]) {
                return false;
            }
        }
    }
    return true;
}

/* The number of subjects, 0 or more than most where the table is not valid. */
static bool count(const int64_t *counts, size_t k, int64_t *n, oa_diag *diag) {
    static const int64_t most = 100000000;
    int64_t sum = 0;
    for (size_t i = 0; i < k * k; i++) {
        if (counts[i] < 0) {
            return refuse(diag, OA_VALUE, "a table of agreement holds a negative count");
        }
        if (counts[i] > most - sum) {
            return refuse(diag, OA_LIMIT, "a table of agreement holds more than 100000000 subjects");
        }
        sum += counts[i];
    }
    *n = sum;
    return sum > 0 || refuse(diag, OA_VALUE, "a table of agreement holds no subjects");
}

static double standard_error(const square *s, double apart, double apart_by_chance) {
    double sum = 0;
    for (size_t i = 0; i < s->k; i++) {
        for (size_t j = 0; j < s->k; j++) {
            double term = weight(s, i, j) * apart_by_chance - (s->row_chance[i] + s->column_chance[j]) * apart;
            sum += share(s, i, j) * term * term;
        }
    }
    double agreement = 1 - apart;
    double expected = 1 - apart_by_chance;
    double centre = agreement * expected - 2 * expected + agreement;
    return sqrt(fmax(sum - centre * centre, 0) / s->n) / (apart_by_chance * apart_by_chance);
}

bool oa_kappa(const int64_t *counts, size_t k, const double *weights, double level, oa_kappa_result *result,
              oa_diag *diag) {
    int64_t n;
    if (k < 2 || k > MOST) {
        return refuse(diag, OA_VALUE, "agreement needs from 2 to 100 categories");
    }
    if (!count(counts, k, &n, diag) || !oa_level_valid(level, diag)) {
        return false;
    }
    if (weights && !weights_valid(weights, k)) {
        return refuse(diag, OA_VALUE,
                      "weights of agreement must be symmetric, from 0 to 1, and 1 for the same category");
    }
    square s = {.counts = counts, .weights = weights, .k = k, .n = (double)n};
    fill_shares(&s);
    fill_chances(&s);
    double apart = 0;
    double apart_by_chance = 0;
    for (size_t i = 0; i < k; i++) {
        for (size_t j = 0; j < k; j++) {
            double off = 1 - weight(&s, i, j);
            apart += off * share(&s, i, j);
            apart_by_chance += off * s.row[i] * s.column[j];
        }
    }
    *result = (oa_kappa_result){.n = n, .agreement = 1 - apart, .expected = 1 - apart_by_chance, .level = level};
    if (apart_by_chance <= 0) {
        result->kappa = result->std_err = result->lower = result->upper = (double)NAN;
        return true;
    }
    result->kappa = 1 - apart / apart_by_chance;
    result->std_err = apart > 0 ? standard_error(&s, apart, apart_by_chance) : 0;
    double half = oa_level_deviate(level) * result->std_err;
    result->lower = fmax(result->kappa - half, -1);
    result->upper = fmin(result->kappa + half, 1);
    return true;
}
