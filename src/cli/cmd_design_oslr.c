/* cmd_design_oslr.c - onearm design oslr: a time to event against a fixed survival curve, in one and two stages. */
#include "cmd_design.h"

#include "../base/text.h"

#include <math.h>

enum { DEFAULT_TRIALS = 20000 };

typedef struct shown {
    const char *key, *label;
    const oa_oslr_design *design;
    oa_oslr_rates null, alternative; /* trials = 0: not simulated */
} shown;

static bool needed(oa_cli *cli, const char *name, const char *what, double *value) {
    if (!oa_cli_value(cli, name)) {
        return oa_cli_misuse(cli, oa_printf(cli->arena, "%s is needed: %s", name, what));
    }
    return oa_design_number(cli, name, value);
}

static bool read_problem(oa_cli *cli, oa_oslr *p, double *trials) {
    *p = (oa_oslr){.shape = 1, .alpha = 0.05, .beta = 0.2, .weight = 0.5};
    *trials = DEFAULT_TRIALS;
    p->restricted = oa_cli_value(cli, "--restricted") != NULL;
    if (!needed(cli, "--survival", "survival under H0 as a fraction, such as 0.6", &p->survival) ||
        !needed(cli, "--at", "the time at which H0 has that survival", &p->at) ||
        !needed(cli, "--hr", "the hazard ratio worth detecting, such as 0.5", &p->hazard_ratio) ||
        !needed(cli, "--rate", "subjects that enter in a unit of time", &p->rate) ||
        !needed(cli, "--follow-up", "time from the last entry to the end", &p->follow_up) ||
        !oa_design_number(cli, "--shape", &p->shape) || !oa_design_number(cli, "--alpha", &p->alpha) ||
        !oa_design_number(cli, "--beta", &p->beta) || !oa_design_number(cli, "--least-stop", &p->least_stop) ||
        !oa_design_number(cli, "--weight", &p->weight) || !oa_design_number(cli, "--trials", trials)) {
        return false;
    }
    if (!(*trials >= 0 && *trials <= 1e9 && floor(*trials) >= *trials)) {
        return oa_cli_misuse(cli, "--trials is a whole number from 0 (no simulation) to 1000000000");
    }
    return true;
}

static bool simulate(oa_cli *cli, const oa_oslr *p, double trials, shown *s) {
    uint64_t count = (uint64_t)trials;
    return count == 0 || (oa_oslr_simulate(p, s->design, 1, count, 1, &s->null, cli->diag) &&
                          oa_oslr_simulate(p, s->design, p->hazard_ratio, count, 1, &s->alternative, cli->diag));
}

static void put_json(oa_json *json, const shown *s) {
    const oa_oslr_design *d = s->design;
    oa_json_object(json, s->key);
    oa_json_integer(json, "n", d->n);
    oa_json_number(json, "c", d->c);
    if (d->t1 > 0) {
        oa_json_integer(json, "n1", d->n1);
        oa_json_number(json, "t1", d->t1);
        oa_json_number(json, "c1", d->c1);
        oa_json_number(json, "stop0", d->stop0);
        oa_json_number(json, "stop1", d->stop1);
    }
    oa_json_number(json, "en0", d->expected_n);
    oa_json_number(json, "accrual", d->accrual);
    oa_json_number(json, "length", d->length);
    oa_json_number(json, "alpha", d->alpha);
    oa_json_number(json, "power", d->power);
    if (s->null.trials) {
        oa_json_object(json, "simulated");
        oa_json_integer(json, "trials", (int64_t)s->null.trials);
        oa_json_number(json, "alpha", s->null.reject);
        oa_json_number(json, "power", s->alternative.reject);
        oa_json_number(json, "stop0", s->null.stop);
        oa_json_number(json, "stop1", s->alternative.stop);
        oa_json_end_object(json);
    }
    oa_json_end_object(json);
}

static void put_row(oa_buf *out, const shown *s) {
    const oa_oslr_design *d = s->design;
    oa_putf(out, "  %-10s ", s->label);
    if (d->t1 > 0) {
        oa_putf(out, "%7.4f  %3d  %7.4f  ", d->t1, (int)d->n1, d->c1);
    } else {
        oa_put(out, "      -    -        -  ");
    }
    oa_putf(out, "%4d  %.4f  %7.4f  %.4f  %.4f  %.4f", (int)d->n, d->c, d->expected_n, d->stop0, d->stop1, d->power);
    if (s->null.trials) {
        oa_putf(out, "  %.4f  %.4f", s->null.reject, s->alternative.reject);
    }
    oa_put(out, "\n");
}

static void put_text(oa_cli *cli, const oa_oslr *p, const oa_oslr_answer *a, const shown *rows, size_t count) {
    oa_buf *out = &cli->out;
    const oa_oslr_design *d = &a->optimal;
    oa_putf(out, "One-sample log-rank test: S0(%g) = %g, Weibull shape %g, hazard ratio %g, alpha %g, beta %g\n", p->at,
            p->survival, p->shape, p->hazard_ratio, p->alpha, p->beta);
    oa_putf(out, "%g subjects enter in a unit of time; follow-up %g%s\n\n", p->rate, p->follow_up,
            p->restricted ? " for each subject" : " after the last");
    oa_putf(out, "  %-10s      t1   n1       c1     n       c       EN    stop0   stop1   power%s\n", "",
            rows[0].null.trials ? "   alpha*  power*" : "");
    for (size_t i = 0; i < count; i++) {
        put_row(out, &rows[i]);
    }
    oa_put(out, "  EN and stop0 under H0, stop1 under H1; alpha is used up.  Large-sample error rates");
    if (rows[0].null.trials) {
        oa_putf(out, "; * of %lld simulated trials", (long long)rows[0].null.trials);
    }
    oa_put(out, ".\n\nDecisions (optimal)\n");
    oa_putf(
        out,
        "  Z = (E - O) / sqrt(E): O events, E the sum of the subjects' cumulative hazards under H0, (t / %.6g)^%g\n",
        a->scale, p->shape);
    oa_putf(out, "  at %.4f after the first entry, about %d patients: stop if Z <= %.4f\n", d->t1, (int)d->n1, d->c1);
    oa_putf(out, "  at %.4f, all %d patients: better than H0 if Z > %.4f\n", d->length, (int)d->n, d->c);
}

int oa_cmd_oslr(oa_cli *cli) {
    oa_oslr p;
    oa_oslr_answer a;
    double trials;
    if (!read_problem(cli, &p, &trials)) {
        return 2;
    }
    if (!oa_design_oslr(&p, &a, cli->diag)) {
        return 1; /* or what the message calls for */
    }
    shown rows[] = {{.key = "single", .label = "one stage", .design = &a.single},
                    {.key = "optimal", .label = "optimal", .design = &a.optimal},
                    {.key = "minimax", .label = "minimax", .design = &a.minimax},
                    {.key = "admissible", .label = "admissible", .design = &a.admissible}};
    size_t count = sizeof rows / sizeof *rows;
    for (size_t i = 0; i < count; i++) {
        if (!simulate(cli, &p, trials, &rows[i])) {
            return 2;
        }
    }
    if (!cli->json) {
        put_text(cli, &p, &a, rows, count);
        return 0;
    }
    oa_json json;
    oa_json_init(&json, &cli->out);
    oa_json_object(&json, NULL);
    oa_json_number(&json, "exact_n", a.exact_n);
    for (size_t i = 0; i < count; i++) {
        put_json(&json, &rows[i]);
    }
    oa_json_end_object(&json);
    return 0;
}
