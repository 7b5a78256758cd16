/* cmd_design_monitoring.c - the subcommands of onearm design that watch a rate: predictive and posterior probability, BOP2,
 * toxicity. */
#include "cmd_design.h"

#include "../base/text.h"

#include <math.h>

static const oa_design_words toxicity_words = {"", "had the toxicity", "acceptable", "too toxic"};

static oa_design_words titled(const oa_design_words *words, const char *title) {
    oa_design_words copy = *words;
    copy.title = title;
    return copy;
}

/* ---- options ----------------------------------------------------------------------------------------------------- */

/* "0.2,0.8"; leaves the prior as it is where the option is not given. */
static bool read_prior(oa_cli *cli, const char *name, oa_beta *prior) {
    size_t count;
    if (!oa_cli_value(cli, name)) {
        return true;
    }
    const double *numbers = oa_design_numbers(cli, name, &count);
    if (!numbers) {
        return false;
    }
    if (count != 2) {
        return oa_cli_misuse(cli, oa_printf(cli->arena,
                                            "%s is '%s'; a prior is A,B: numbers of events and of subjects without, "
                                            "such as 0.2,0.8",
                                            name, oa_cli_value(cli, name)));
    }
    *prior = (oa_beta){numbers[0], numbers[1]};
    return true;
}

/* "10,20,30" or "10:40:5" */
static bool read_looks(oa_cli *cli, oa_schedule *schedule) {
    size_t count;
    const char *text = oa_cli_value(cli, "--looks");
    if (!text) {
        return oa_cli_misuse(cli, "--looks is needed: after how many subjects, such as 10,20,30 or 10:40:5");
    }
    const double *numbers = oa_design_numbers(cli, "--looks", &count);
    if (!numbers) {
        return false;
    }
    int32_t *looks = OA_NEW_ARRAY(cli->arena, int32_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (!(numbers[i] >= 1 && numbers[i] <= OA_MOST_SUBJECTS) || numbers[i] != floor(numbers[i])) {
            return oa_cli_misuse(cli,
                                 oa_printf(cli->arena,
                                           "--looks is '%s'; each look comes after a whole number of subjects from "
                                           "1 to %d",
                                           text, (int)OA_MOST_SUBJECTS));
        }
        looks[i] = (int32_t)numbers[i];
    }
    *schedule = (oa_schedule){looks, count};
    return true;
}

/* ---- Lee, Liu ---------------------------------------------------------------------------------------------------- */

int oa_cmd_lee_liu(oa_cli *cli) {
    oa_problem problem;
    oa_lee_liu rule = {.first = 10, .step = 1};
    oa_lee_liu_thresholds given = {.futility = (double)NAN, .final = (double)NAN, .efficacy = 1};
    oa_design_words words = titled(&oa_response_words, "Lee and Liu's predictive probability designs");
    if (!oa_design_problem(cli, &problem)) {
        return 2;
    }
    rule.prior = (oa_beta){problem.p0, 1 - problem.p0};
    if (!read_prior(cli, "--prior", &rule.prior) || !oa_design_count(cli, "--first", &rule.first) ||
        !oa_design_count(cli, "--step", &rule.step) || !oa_design_count(cli, "--n", &given.n) ||
        !oa_design_number(cli, "--futility", &given.futility) || !oa_design_number(cli, "--final", &given.final) ||
        !oa_design_number(cli, "--efficacy", &given.efficacy)) {
        return 2;
    }
    bool evaluate = given.n > 0;
    if (evaluate != !isnan(given.futility) || evaluate != !isnan(given.final)) {
        oa_cli_misuse(
            cli,
            "--n, --futility and --final belong together: a design that is given; without them it is searched for");
        return 2;
    }
    if (!evaluate && given.efficacy < 1) {
        oa_cli_misuse(cli, "--efficacy is for a design that is given by --n, --futility and --final");
        return 2;
    }
    oa_designs *designs = evaluate ? oa_design_lee_liu_at(&problem, &rule, &given, cli->diag)
                                   : oa_design_lee_liu(&problem, &rule, cli->diag);
    return oa_design_show(cli, &words, &problem, designs, evaluate ? "given" : "minimax");
}

/* ---- Thall, Simon ------------------------------------------------------------------------------------------------ */

int oa_cmd_thall_simon(oa_cli *cli) {
    oa_problem problem;
    oa_thall_simon rule = {.futility = 0.05, .efficacy = 0.95, .final = (double)NAN};
    oa_design_words words = titled(&oa_response_words, "Thall and Simon's posterior probability design");
    if (!oa_design_problem(cli, &problem)) {
        return 2;
    }
    rule.prior = (oa_beta){problem.p0, 1 - problem.p0};
    rule.standard_rate = problem.p0;
    if (!read_prior(cli, "--prior", &rule.prior) || !read_prior(cli, "--standard", &rule.standard) ||
        !oa_design_number(cli, "--gain", &rule.gain) || !oa_design_number(cli, "--futility", &rule.futility) ||
        !oa_design_number(cli, "--efficacy", &rule.efficacy) || !oa_design_number(cli, "--final", &rule.final) ||
        !read_looks(cli, &rule.schedule)) {
        return 2;
    }
    if (oa_cli_value(cli, "--standard") && rule.standard.a <= 0 && rule.standard.b <= 0) {
        oa_cli_misuse(cli, "--standard must have parameters above 0; without it the standard rate is known to be p0");
        return 2;
    }
    rule.final = isnan(rule.final) ? rule.efficacy < 1 ? rule.efficacy : rule.futility : rule.final;
    return oa_design_show(cli, &words, &problem, oa_design_thall_simon(&problem, &rule, cli->diag), "thall-simon");
}

/* ---- BOP2 -------------------------------------------------------------------------------------------------------- */

static bool read_bop2(oa_cli *cli, double *lambda, double *gamma, double *eta) {
    const char *given = oa_cli_value(cli, "--lambda");
    if (!oa_design_number(cli, "--lambda", lambda) || !oa_design_number(cli, "--gamma", gamma) ||
        !oa_design_number(cli, "--eta", eta)) {
        return false;
    }
    if (!given != !oa_cli_value(cli, "--gamma")) {
        return oa_cli_misuse(cli, "--lambda and --gamma belong together; without them the best ones are searched for");
    }
    if (given && !(*lambda > 0)) {
        return oa_cli_misuse(cli, "--lambda must be above 0, such as 0.9");
    }
    return true;
}

int oa_cmd_bop2(oa_cli *cli) {
    oa_problem problem;
    oa_bop2 rule = {.eta = 1, .efficacy_stop = oa_cli_value(cli, "--efficacy-stop") != NULL};
    oa_design_words words = titled(&oa_response_words, rule.efficacy_stop ? "BOP2 with a stop for efficacy" : "BOP2");
    if (oa_cli_value(cli, "--t0") || oa_cli_value(cli, "--t1")) {
        return oa_cmd_bop2_toxicity(cli);
    }
    if (!oa_design_problem(cli, &problem) || !read_looks(cli, &rule.schedule) ||
        !read_bop2(cli, &rule.lambda, &rule.gamma, &rule.eta)) {
        return 2;
    }
    return oa_design_show(cli, &words, &problem, oa_design_bop2(&problem, &rule, cli->diag), "bop2");
}

static const char *const truth_names[] = {"both poor", "poor response", "too toxic", "good"};

static void joint_json(oa_cli *cli, const oa_bop2_toxicity *p, const oa_joint_look *looks,
                       const oa_bop2_toxicity_answer *a) {
    const oa_joint_oc *oc[] = {&a->null, &a->poor_response, &a->toxic, &a->good};
    oa_json json;
    oa_json_init(&json, &cli->out);
    oa_json_object(&json, NULL);
    oa_json_number(&json, "lambda", a->lambda);
    oa_json_number(&json, "gamma", a->gamma);
    oa_json_array(&json, "looks");
    for (size_t k = 0; k < p->schedule.count; k++) {
        oa_json_object(&json, NULL);
        oa_json_integer(&json, "n", looks[k].n);
        oa_json_integer(&json, "response", looks[k].response);
        oa_json_integer(&json, "toxicity", looks[k].toxicity);
        oa_json_end_object(&json);
    }
    oa_json_end_array(&json);
    oa_json_array(&json, "operating_characteristics");
    for (int i = 0; i < 4; i++) {
        oa_json_object(&json, NULL);
        oa_json_number(&json, "response", i & 2 ? p->response1 : p->response0);
        oa_json_number(&json, "toxicity", i & 1 ? p->toxicity1 : p->toxicity0);
        oa_json_number(&json, "accept", oc[i]->accept);
        oa_json_number(&json, "early", oc[i]->early);
        oa_json_number(&json, "expected_n", oc[i]->expected_n);
        oa_json_end_object(&json);
    }
    oa_json_end_array(&json);
    oa_json_end_object(&json);
}

static void joint_text(oa_cli *cli, const oa_bop2_toxicity *p, const oa_joint_look *looks,
                       const oa_bop2_toxicity_answer *a) {
    const oa_joint_oc *oc[] = {&a->null, &a->poor_response, &a->toxic, &a->good};
    oa_buf *out = &cli->out;
    oa_putf(out, "BOP2 with toxicity: response %g v %g, toxicity %g v %g, odds ratio %g, alpha <= %g\n", p->response0,
            p->response1, p->toxicity0, p->toxicity1, p->phi, p->alpha);
    oa_putf(out, "lambda %g, gamma %g%s\n\nDecisions\n", a->lambda, a->gamma,
            p->lambda > 0 ? ", as given" : ": the greatest power within alpha (Zhou, Lee, Yuan 2017)");
    for (size_t k = 0; k < p->schedule.count; k++) {
        bool last = k + 1 == p->schedule.count;
        oa_putf(out, "  after %d patients: %s if ", (int)looks[k].n, last ? "turn down" : "stop");
        if (looks[k].response >= 0) {
            oa_putf(out, "%s responded or ", oa_or_fewer(out->arena, looks[k].response));
        }
        oa_putf(out, "%d or more had the toxicity; else %s\n", (int)looks[k].toxicity, last ? "accept" : "go on");
    }
    oa_put(out, "\nOperating characteristics (exact)\n  truth          response  toxicity  accepted  stops early  "
                "expected n\n");
    for (int i = 0; i < 4; i++) {
        oa_putf(out, "  %-13s  %-8g  %-8g  %.6f  %-11.4f  %.2f\n", truth_names[i], i & 2 ? p->response1 : p->response0,
                i & 1 ? p->toxicity1 : p->toxicity0, oc[i]->accept, oc[i]->early, oc[i]->expected_n);
    }
}

int oa_cmd_bop2_toxicity(oa_cli *cli) {
    oa_bop2_toxicity p = {.phi = 1, .alpha = 0.05};
    oa_bop2_toxicity_answer a;
    static const char *const not_here[] = {"--efficacy-stop", "--eta", "--beta", "--strict",  "--show",
                                           "--rates",         "--csv", "--plot", "--protocol"};
    for (size_t i = 0; i < sizeof not_here / sizeof *not_here; i++) {
        if (oa_cli_value(cli, not_here[i])) {
            oa_cli_misuse(cli, oa_printf(cli->arena, "with toxicity there is no %s", not_here[i]));
            return 2;
        }
    }
    double eta = 1;
    if (!oa_design_rate(cli, "--p0", &p.response0) || !oa_design_rate(cli, "--p1", &p.response1) ||
        !oa_design_rate(cli, "--t0", &p.toxicity0) || !oa_design_rate(cli, "--t1", &p.toxicity1) ||
        !oa_design_number(cli, "--alpha", &p.alpha) || !oa_design_number(cli, "--phi", &p.phi) ||
        !read_looks(cli, &p.schedule) || !read_bop2(cli, &p.lambda, &p.gamma, &eta)) {
        return 2;
    }
    oa_joint_look *looks = OA_NEW_ARRAY(cli->arena, oa_joint_look, p.schedule.count + 1);
    if (!oa_design_bop2_toxicity(&p, looks, &a, cli->diag)) {
        return 1; /* or what the message calls for */
    }
    if (cli->json) {
        joint_json(cli, &p, looks, &a);
    } else {
        joint_text(cli, &p, looks, &a);
    }
    return 0;
}

/* ---- toxicity ---------------------------------------------------------------------------------------------------- */

static bool read_rule(oa_cli *cli, oa_toxicity *rule) {
    static const char *const names[] = {"pocock", "wang-tsiatis", "posterior"};
    static const oa_toxicity_rule rules[] = {OA_POCOCK, OA_WANG_TSIATIS, OA_POSTERIOR};
    const char *text = oa_cli_value(cli, "--rule");
    for (size_t i = 0; i < 3; i++) {
        if (!text || oa_streq(text, names[i])) {
            rule->rule = rules[i];
            return true;
        }
    }
    return oa_cli_misuse(cli, oa_printf(cli->arena, "--rule is '%s'; it is pocock, wang-tsiatis or posterior", text));
}

static bool read_priority(oa_cli *cli, oa_toxicity *rule) {
    const char *text = oa_cli_value(cli, "--priority");
    rule->by_power = text && oa_streq(text, "alt");
    return !text || rule->by_power || oa_streq(text, "null") ||
           oa_cli_misuse(
               cli, oa_printf(cli->arena, "--priority is '%s'; it is null (alpha holds) or alt (power holds)", text));
}

int oa_cmd_toxicity(oa_cli *cli) {
    oa_problem problem;
    oa_toxicity rule = {.delta = 0.25, .threshold = (double)NAN};
    oa_design_words words = titled(&toxicity_words, "Stopping for toxicity");
    if (!oa_design_problem(cli, &problem)) {
        return 2;
    }
    rule.prior = (oa_beta){problem.p0, 1 - problem.p0};
    if (!oa_cli_value(cli, "--alpha")) {
        problem.alpha = 0.1;
    }
    if (!oa_cli_value(cli, "--beta")) {
        problem.beta = 0.1;
    }
    if (!read_rule(cli, &rule) || !read_priority(cli, &rule) || !read_prior(cli, "--prior", &rule.prior) ||
        !oa_design_number(cli, "--delta", &rule.delta) || !oa_design_number(cli, "--threshold", &rule.threshold) ||
        !read_looks(cli, &rule.schedule)) {
        return 2;
    }
    return oa_design_show(cli, &words, &problem, oa_design_toxicity(&problem, &rule, cli->diag),
                          isnan(rule.threshold) ? "within" : "given");
}
