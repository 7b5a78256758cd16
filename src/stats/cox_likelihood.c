/*
 * cox_likelihood.c - see cox_likelihood.h; formulas at the head of cox.c.
 *
 * Each stratum is walked from its last time to its first, so that the risk set only grows.
 */
#include "cox_likelihood.h"

#include "linear.h"

#include <math.h>
#include <string.h>

/* Sums over a set of subjects of r, r x and r x x', r the relative hazard. */
typedef struct sums {
    double weight;
    double *x;
    double *xx; /* lower triangle */
} sums;

void oa_cox_data_prepare(oa_cox_data *data, oa_arena *arena) {
    data->eta = OA_NEW_ARRAY(arena, double, data->n);
    data->moments = OA_NEW_ARRAY(arena, double, 2 * data->terms * (data->terms + 1));
}

static sums sums_at(double *memory, size_t terms) {
    memset(memory, 0, terms * (terms + 1) * sizeof *memory);
    return (sums){0, memory, memory + terms};
}

static void sums_add(sums *s, const double *x, double weight, size_t terms) {
    s->weight += weight;
    for (size_t j = 0; j < terms; j++) {
        s->x[j] += weight * x[j];
        for (size_t k = 0; k <= j; k++) {
            s->xx[j * terms + k] += weight * x[j] * x[k];
        }
    }
}

/* One event with the risk set less `part` of those who have their events with it.  Returns the log of its weight. */
static double take_event(const sums *risk, const sums *tied, double part, size_t terms, double *gradient,
                         double *information) {
    double weight = risk->weight - part * tied->weight;
    for (size_t j = 0; j < terms; j++) {
        double mean = (risk->x[j] - part * tied->x[j]) / weight;
        gradient[j] -= mean;
        for (size_t k = 0; k <= j; k++) {
            double square = (risk->xx[j * terms + k] - part * tied->xx[j * terms + k]) / weight;
            information[j * terms + k] += square - mean * ((risk->x[k] - part * tied->x[k]) / weight);
        }
    }
    return log(weight);
}

/* The subjects first..end-1 leave at one time of a stratum whose largest eta is `top`. */
static double take_moment(const oa_cox_data *data, size_t first, size_t end, double top, sums *risk, double *gradient,
                          double *information) {
    size_t p = data->terms;
    sums tied = sums_at(data->moments + p * (p + 1), p);
    double likelihood = 0;
    size_t events = 0;
    for (size_t i = first; i < end; i++) {
        const oa_subject *subject = &data->subjects[i];
        const double *x = data->x + subject->index * p;
        double eta = data->eta[subject->index] - top;
        double weight = exp(eta);
        sums_add(risk, x, weight, p);
        if (subject->event) {
            sums_add(&tied, x, weight, p);
            likelihood += eta;
            events++;
            for (size_t j = 0; j < p; j++) {
                gradient[j] += x[j];
            }
        }
    }
    for (size_t before = 0; before < events; before++) {
        double part = data->ties == OA_COX_EFRON ? (double)before / (double)events : 0;
        likelihood -= take_event(risk, &tied, part, p, gradient, information);
    }
    return likelihood;
}

static double take_stratum(const oa_cox_data *data, size_t first, size_t end, double *gradient, double *information) {
    sums risk = sums_at(data->moments, data->terms);
    double top = -HUGE_VAL;
    double likelihood = 0;
    for (size_t i = first; i < end; i++) {
        top = fmax(top, data->eta[data->subjects[i].index]);
    }
    while (end > first) {
        size_t start = end - 1;
        while (start > first && data->subjects[start - 1].moment == data->subjects[start].moment) {
            start--;
        }
        likelihood += take_moment(data, start, end, top, &risk, gradient, information);
        end = start;
    }
    return likelihood;
}

double oa_cox_likelihood(const oa_cox_data *data, const double *beta, double *gradient, double *information) {
    size_t p = data->terms;
    double likelihood = 0;
    memset(gradient, 0, p * sizeof *gradient);
    memset(information, 0, p * p * sizeof *information);
    for (size_t i = 0; i < data->n; i++) {
        data->eta[i] = oa_dot(data->x + i * p, beta, p);
    }
    for (size_t first = 0, end; first < data->n; first = end) {
        end = oa_stratum_end(data->subjects, first, data->n);
        likelihood += take_stratum(data, first, end, gradient, information);
    }
    for (size_t j = 0; j < p; j++) {
        for (size_t k = 0; k < j; k++) {
            information[k * p + j] = information[j * p + k];
        }
    }
    return isnan(likelihood) ? -HUGE_VAL : likelihood;
}
