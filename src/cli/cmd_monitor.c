/* cmd_monitor.c - onearm monitor. */
#include "cli.h"

#include <math.h>

static void put_state_json(oa_json *json, const char *key, const char *events, const oa_look_state *s) {
    if (!s->look) {
        oa_json_null(json, key);
        return;
    }
    oa_json_object(json, key);
    oa_json_integer(json, "look", s->look);
    oa_json_integer(json, "looks", s->looks);
    oa_json_integer(json, "n", s->n);
    oa_json_integer(json, "reached", s->reached);
    oa_json_integer(json, events, s->events);
    oa_json_integer(json, "pending", s->pending);
    oa_json_integer(json, "lower", s->lower);
    oa_json_integer(json, "upper", s->upper);
    oa_json_end_object(json);
}

static void put_json(oa_cli *cli, const oa_study *study, const oa_monitor *m) {
    oa_json json;
    oa_json_init(&json, &cli->out);
    oa_json_object(&json, NULL);
    oa_json_text(&json, "study", oa_study_id(study));
    oa_json_text(&json, "advice", oa_advice_text(m->advice));
    oa_json_text(&json, "reason", m->reason);
    oa_json_integer(&json, "treated", m->treated);
    oa_json_integer(&json, "evaluable", m->evaluable);
    oa_json_integer(&json, "responses", m->responses);
    oa_json_integer(&json, "pending", m->pending);
    oa_json_integer(&json, "never_assessed", m->never);
    oa_json_integer(&json, "planned", m->planned);
    oa_json_integer(&json, "overrun", m->overrun);
    oa_json_integer(&json, "needed", m->needed);
    put_state_json(&json, "response", "responses", &m->response);
    put_state_json(&json, "toxicity", "toxicities", &m->toxicity);
    oa_json_number(&json, "conditional_power", m->conditional_power);
    oa_json_number(&json, "predictive_probability", m->predictive);
    oa_json_end_object(&json);
}

static void put_text(oa_cli *cli, const oa_study *study, const oa_monitor *m) {
    oa_buf *out = &cli->out;
    oa_putf(out, "%s: %s\n  %s\n\n", oa_study_id(study), oa_advice_text(m->advice), m->reason);
    oa_putf(out, "  treated               %lld\n", (long long)m->treated);
    oa_putf(out, "  evaluable             %lld", (long long)m->evaluable);
    if (m->never) {
        oa_putf(out, ", of whom %lld ended without an assessment and count as without response", (long long)m->never);
    }
    oa_putf(out, "\n  responses             %lld\n  pending               %lld\n", (long long)m->responses,
            (long long)m->pending);
    if (m->planned) {
        oa_putf(out, "  planned               %lld", (long long)m->planned);
        if (m->overrun) {
            oa_putf(out, "; %lld more are there, which the rule does not count", (long long)m->overrun);
        }
        oa_put(out, "\n");
    }
    if (m->response.look) {
        oa_putf(out, "  look                  %lld of %lld, after %lld subjects\n", (long long)m->response.look,
                (long long)m->response.looks, (long long)m->response.n);
    }
    if (m->toxicity.look) {
        oa_putf(out, "  toxicity              %lld of the first %lld treated; %lld of %lld stop\n",
                (long long)m->toxicity.events, (long long)m->toxicity.reached, (long long)m->toxicity.upper,
                (long long)m->toxicity.n);
    }
    if (isfinite(m->conditional_power)) {
        oa_putf(out, "  conditional power     %.4f if the response rate is %g\n", m->conditional_power, m->p1);
    }
    if (isfinite(m->predictive)) {
        oa_putf(out, "  predictive probability %.4f of success, with the prior Beta(%g, %g)\n", m->predictive,
                m->prior_a, m->prior_b);
    }
}

int oa_cmd_monitor(oa_cli *cli) {
    oa_monitor m;
    oa_study *study = oa_cli_study(cli);
    if (!study || !oa_study_monitor(study, &m, cli->diag)) {
        return 2;
    }
    if (cli->json) {
        put_json(cli, study, &m);
    } else {
        put_text(cli, study, &m);
    }
    return m.advice == OA_ADVICE_FUTILITY || m.advice == OA_ADVICE_TOXICITY ? 1 : 0;
}
