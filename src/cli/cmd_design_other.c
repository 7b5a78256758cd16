/* cmd_design_other.c - the subcommands of onearm design whose answer is no boundary: response with toxicity, precision, and
 * the estimates at the end of a two-stage trial. */
#include "cmd_design.h"

#include "../base/text.h"

#include <math.h>

/* ---- Bryant, Day ------------------------------------------------------------------------------------------------- */

/* The four truths at which a design is shown. */
static bool truths(oa_cli *cli, const oa_bryant_day *p, const oa_bryant_day_design *d, oa_bryant_day_oc oc[4]) {
    bool good = true;
    for (int i = 0; i < 4; i++) {
        good = good && oa_bryant_day_at(d, i & 1 ? p->response1 : p->response0, i & 2 ? p->toxicity1 : p->toxicity0,
                                        p->phi, &oc[i], cli->diag);
    }
    return good;
}

static void bd_json_design(oa_json *json, const char *key, const oa_bryant_day_design *d) {
    oa_json_object(json, key);
    oa_json_integer(json, "n1", d->n1);
    oa_json_integer(json, "response1", d->response1);
    oa_json_integer(json, "toxicity1", d->toxicity1);
    oa_json_integer(json, "n", d->n);
    oa_json_integer(json, "response", d->response);
    oa_json_integer(json, "toxicity", d->toxicity);
    oa_json_number(json, "alpha_response", d->alpha_response);
    oa_json_number(json, "alpha_toxicity", d->alpha_toxicity);
    oa_json_number(json, "power", d->power);
    oa_json_number(json, "worst_en", d->worst_en);
    oa_json_end_object(json);
}

static void bd_json(oa_cli *cli, const oa_bryant_day *p, const oa_bryant_day_answer *a, const oa_bryant_day_oc oc[4]) {
    oa_json json;
    oa_json_init(&json, &cli->out);
    oa_json_object(&json, NULL);
    bd_json_design(&json, "optimal", &a->optimal);
    bd_json_design(&json, "minimax", &a->minimax);
    oa_json_bool(&json, "complete", a->complete);
    oa_json_array(&json, "operating_characteristics"); /* of the design that is shown */
    for (int i = 0; i < 4; i++) {
        oa_json_object(&json, NULL);
        oa_json_number(&json, "response", i & 1 ? p->response1 : p->response0);
        oa_json_number(&json, "toxicity", i & 2 ? p->toxicity1 : p->toxicity0);
        oa_json_number(&json, "accept", oc[i].accept);
        oa_json_number(&json, "early", oc[i].early);
        oa_json_number(&json, "expected_n", oc[i].expected_n);
        oa_json_end_object(&json);
    }
    oa_json_end_array(&json);
    oa_json_end_object(&json);
}

static void bd_row(oa_buf *out, const char *name, const oa_bryant_day_design *d) {
    oa_putf(out, "  %-8s %4d  >%-3d <=%-3d %4d  >%-3d <=%-3d  %.5f   %.5f   %.5f  %.3f\n", name, (int)d->n1,
            (int)d->response1, (int)d->toxicity1, (int)d->n, (int)d->response, (int)d->toxicity, d->alpha_response,
            d->alpha_toxicity, d->power, d->worst_en);
}

static void bd_decision(oa_buf *out, int32_t n, int32_t response, int32_t toxicity, const char *stop, const char *go) {
    oa_putf(out, "  after %d patients: %s if %s responded or %d or more had the toxicity; else %s\n", (int)n, stop,
            response < 0 ? "fewer than 0" : oa_or_fewer(out->arena, response), (int)toxicity + 1, go);
}

static void bd_text(oa_cli *cli, const oa_bryant_day *p, const oa_bryant_day_answer *a, const oa_bryant_day_design *d,
                    const oa_bryant_day_oc oc[4]) {
    oa_buf *out = &cli->out;
    oa_putf(out, "Bryant and Day's two-stage designs: response %g v %g, toxicity %g v %g, odds ratio %g\n",
            p->response0, p->response1, p->toxicity0, p->toxicity1, p->phi);
    oa_put(out, "\n             n1  go on if      n  accept if   alpha(r)  alpha(t)  power    EN, the greater\n");
    bd_row(out, "optimal", &a->optimal);
    bd_row(out, "minimax", &a->minimax);
    if (!a->complete) {
        oa_put(out, "  A larger n than those searched may give a smaller EN.\n");
    }
    oa_putf(out, "\nDecisions (%s)\n", d == &a->minimax ? "minimax" : "optimal");
    bd_decision(out, d->n1, d->response1, d->toxicity1, "stop", "go on");
    bd_decision(out, d->n, d->response, d->toxicity, "turn down", "accept");
    oa_put(out, "\nOperating characteristics (exact)\n  response  toxicity  accepted  stops early  expected n\n");
    for (int i = 0; i < 4; i++) {
        oa_putf(out, "  %-8g  %-8g  %.6f  %-11.4f  %.2f\n", i & 1 ? p->response1 : p->response0,
                i & 2 ? p->toxicity1 : p->toxicity0, oc[i].accept, oc[i].early, oc[i].expected_n);
    }
}

int oa_cmd_bryant_day(oa_cli *cli) {
    oa_bryant_day p = {.alpha_response = 0.1, .alpha_toxicity = 0.1, .beta = 0.15, .phi = 1};
    oa_bryant_day_answer a;
    oa_bryant_day_oc oc[4];
    const char *show = oa_cli_value(cli, "--show");
    p.strict = oa_cli_value(cli, "--strict") != NULL;
    if (!oa_design_rate(cli, "--r0", &p.response0) || !oa_design_rate(cli, "--r1", &p.response1) ||
        !oa_design_rate(cli, "--t0", &p.toxicity0) || !oa_design_rate(cli, "--t1", &p.toxicity1) ||
        !oa_design_number(cli, "--alpha-r", &p.alpha_response) ||
        !oa_design_number(cli, "--alpha-t", &p.alpha_toxicity) || !oa_design_number(cli, "--beta", &p.beta) ||
        !oa_design_number(cli, "--phi", &p.phi) || !oa_design_count(cli, "--nmax", &p.n_max)) {
        return 2;
    }
    if (show && !oa_streq(show, "optimal") && !oa_streq(show, "minimax")) {
        oa_cli_misuse(cli, oa_printf(cli->arena, "--show is '%s'; it is optimal or minimax", show));
        return 2;
    }
    if (!oa_design_bryant_day(&p, &a, cli->diag)) {
        return 1; /* or what the message calls for */
    }
    const oa_bryant_day_design *d = show && oa_streq(show, "minimax") ? &a.minimax : &a.optimal;
    if (!truths(cli, &p, d, oc)) {
        return 2;
    }
    if (cli->json) {
        bd_json(cli, &p, &a, oc);
    } else {
        bd_text(cli, &p, &a, d, oc);
    }
    return 0;
}

/* ---- precision --------------------------------------------------------------------------------------------------- */

static void precision_json(oa_cli *cli, const oa_precision *p, const oa_precision_answer *a) {
    oa_json json;
    oa_json_init(&json, &cli->out);
    oa_json_object(&json, NULL);
    oa_json_number(&json, "p", p->p);
    oa_json_number(&json, "half_width", p->half_width);
    oa_json_number(&json, "level", p->level);
    oa_json_text(&json, "method", "clopper-pearson");
    oa_json_object(&json, "likely");
    oa_json_integer(&json, "n", a->likely);
    oa_json_number(&json, "estimate", a->at_likely.estimate);
    oa_json_number(&json, "lower", a->at_likely.lower);
    oa_json_number(&json, "upper", a->at_likely.upper);
    oa_json_end_object(&json);
    oa_json_object(&json, "expected");
    oa_json_integer(&json, "n", a->expected);
    oa_json_number(&json, "half_width", a->expected_half_width);
    oa_json_end_object(&json);
    if (a->worst) {
        oa_json_object(&json, "worst");
        oa_json_integer(&json, "n", a->worst);
        oa_json_number(&json, "half_width", a->worst_half_width);
        oa_json_end_object(&json);
    } else {
        oa_json_null(&json, "worst");
    }
    oa_json_end_object(&json);
}

int oa_cmd_precision(oa_cli *cli) {
    oa_precision p = {.level = 0.95};
    oa_precision_answer a;
    oa_buf *out = &cli->out;
    if (!oa_design_rate(cli, "--p", &p.p) || !oa_design_rate(cli, "--width", &p.half_width) ||
        !oa_design_number(cli, "--level", &p.level) || !oa_design_count(cli, "--nmax", &p.n_max)) {
        return 2;
    }
    if (!oa_design_precision(&p, &a, cli->diag)) {
        return 1; /* or what the message calls for */
    }
    if (cli->json) {
        precision_json(cli, &p, &a);
        return 0;
    }
    oa_putf(out,
            "Exact (Clopper-Pearson) %g %% interval of a rate near %g, half its width at most %g, from this n on:\n\n",
            100 * p.level, p.p, p.half_width);
    oa_putf(out, "  with the likeliest number of responses  n = %-5d  %.4f (%.4f to %.4f)\n", (int)a.likely,
            a.at_likely.estimate, a.at_likely.lower, a.at_likely.upper);
    oa_putf(out, "  on average                              n = %-5d  half width %.4f\n", (int)a.expected,
            a.expected_half_width);
    if (a.worst) {
        oa_putf(out, "  whatever is observed                    n = %-5d  half width at most %.4f\n", (int)a.worst,
                a.worst_half_width);
    } else {
        oa_put(out, "  whatever is observed                    no n up to the greatest\n");
    }
    return 0;
}

/* ---- estimates --------------------------------------------------------------------------------------------------- */

typedef struct ending {
    oa_two_stage design;
    int32_t responses, stage1, n2;
    double p0, level;
} ending;

static bool read_whole(oa_cli *cli, const char *name, int32_t *value) {
    size_t count;
    int32_t *values = oa_design_counts(cli, name, &count);
    if (!values) {
        return false;
    }
    if (count > 1) {
        return oa_cli_misuse(cli, oa_printf(cli->arena, "%s is one whole number", name));
    }
    *value = count ? values[0] : -1;
    return true;
}

static bool read_ending(oa_cli *cli, ending *e) {
    const char *of = oa_cli_value(cli, "--of");
    e->level = 0.95;
    if (!of) {
        return oa_cli_misuse(cli, "--of is needed: the design as r1/n1,r/n, such as 2/18,6/35");
    }
    if (!oa_design_two_stage(cli, of, &e->design) || !read_whole(cli, "--responses", &e->responses) ||
        !oa_design_rate(cli, "--p0", &e->p0) || !oa_design_number(cli, "--level", &e->level) ||
        !read_whole(cli, "--stage1", &e->stage1) || !read_whole(cli, "--n2", &e->n2)) {
        return false;
    }
    if (e->responses < 0) {
        return oa_cli_misuse(cli, "--responses is needed: how many responded in all");
    }
    if ((e->stage1 < 0) != (e->n2 < 0)) {
        return oa_cli_misuse(
            cli, "--stage1 and --n2 belong together: the responses of stage one and the subjects of stage two");
    }
    if (e->stage1 > e->responses) {
        return oa_cli_misuse(cli, "--stage1 is more than all responses");
    }
    return true;
}

static void put_number(oa_cli *cli, oa_json *json, const char *key, const char *label, double value) {
    if (cli->json) {
        oa_json_number(json, key, value);
    } else {
        oa_putf(&cli->out, "  %-34s %.6f\n", label, value);
    }
}

static void put_interval(oa_cli *cli, oa_json *json, const char *key, const char *label, double lower, double upper) {
    if (cli->json) {
        oa_json_object(json, key);
        oa_json_number(json, "lower", lower);
        oa_json_number(json, "upper", upper);
        oa_json_end_object(json);
    } else {
        oa_putf(&cli->out, "  %-34s %.6f to %.6f\n", label, lower, upper);
    }
}

/* A trial that kept to its design. */
static bool put_planned(oa_cli *cli, oa_json *json, const ending *e) {
    const oa_two_stage *d = &e->design;
    oa_look looks[2] = {{d->n1, d->r1, d->n1 + 1}, {d->n, d->r, d->r + 1}};
    size_t look = e->responses <= d->r1 ? 0 : 1;
    oa_estimates est;
    oa_interval naive;
    if (!oa_boundary_estimates(&(oa_boundary){looks, 2}, look, e->responses, e->p0, e->level, &est, cli->diag) ||
        !oa_clopper_pearson(e->responses, looks[look].n, e->level, &naive, cli->diag)) {
        return false;
    }
    if (!cli->json) {
        oa_putf(&cli->out, "%d of %d responded; the trial ended after stage %s of %d/%d %d/%d\n\n", (int)e->responses,
                (int)looks[look].n, look ? "two" : "one", (int)d->r1, (int)d->n1, (int)d->r, (int)d->n);
    }
    put_number(cli, json, "umvue", "UMVUE", est.umvue);
    put_number(cli, json, "median_unbiased", "median-unbiased (Koyama, Chen)", est.median_unbiased);
    put_number(cli, json, "bias_adjusted", "bias-adjusted (Chang et al.)", est.bias_adjusted);
    put_number(cli, json, "bias_subtracted", "bias-subtracted (Guo, Liu)", est.bias_subtracted);
    put_number(cli, json, "p_value", "p-value (Koyama, Chen)", est.p_value);
    put_interval(cli, json, "koyama_chen", "interval (Koyama, Chen)", est.lower, est.upper);
    put_interval(cli, json, "jung_kim", "interval (Jung, Kim)", est.exact_lower, est.exact_upper);
    put_number(cli, json, "naive", "naive: responses / n", est.mle);
    put_interval(cli, json, "clopper_pearson", "naive interval (Clopper, Pearson)", naive.lower, naive.upper);
    return true;
}

/* One whose second stage ran over or under. */
static bool put_attained(oa_cli *cli, oa_json *json, const ending *e) {
    oa_attained a;
    if (!oa_two_stage_attained(&e->design, e->stage1, e->n2, e->responses - e->stage1, e->p0, e->level, &a,
                               cli->diag)) {
        return false;
    }
    if (!cli->json) {
        oa_putf(&cli->out,
                "%d of %d responded in stage one, %d of %d in stage two, planned as %d; ordered by the conditional "
                "p-value of stage two\n\n",
                (int)e->stage1, (int)e->design.n1, (int)(e->responses - e->stage1), (int)e->n2,
                (int)(e->design.n - e->design.n1));
    }
    put_number(cli, json, "median_unbiased", "median-unbiased (Koyama, Chen)", a.median_unbiased);
    put_number(cli, json, "p_value", "p-value (Koyama, Chen)", a.p_value);
    put_interval(cli, json, "koyama_chen", "interval (Koyama, Chen)", a.lower, a.upper);
    return true;
}

int oa_cmd_estimate(oa_cli *cli) {
    ending e = {0};
    oa_json json;
    if (!read_ending(cli, &e)) {
        return 2;
    }
    oa_json_init(&json, &cli->out);
    if (cli->json) {
        oa_json_object(&json, NULL);
        oa_json_integer(&json, "responses", e.responses);
        oa_json_number(&json, "p0", e.p0);
        oa_json_number(&json, "level", e.level);
    }
    if (!(e.n2 >= 0 ? put_attained(cli, &json, &e) : put_planned(cli, &json, &e))) {
        oa_buf_reset(&cli->out);
        return 2;
    }
    if (cli->json) {
        oa_json_end_object(&json);
    }
    return 0;
}
