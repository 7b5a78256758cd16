/* cmd_explain.c - onearm explain. */
#include "cli.h"

/* The course as a clinician would tell it: when, what, and whether it counts. */
static void put_steps(oa_buf *out, const oa_explanation *e) {
    for (size_t i = 0; i < e->n_steps; i++) {
        const oa_step *s = &e->steps[i];
        oa_putf(out, "  %s  %s  day %-4s %-12s %-14s %s%s%s\n", i ? "      " : "course", s->date, s->day, s->visit,
                s->response, s->use, *s->role ? " - " : "", s->role);
    }
}

static void put_text(oa_buf *out, const oa_explanation *e) {
    oa_putf(out, "%s  %s%s%s = %s%s%s%s\n", e->subject, e->paramcd, *e->visit ? " @ " : "", e->visit, e->value,
            *e->date ? "  (" : "", e->date, *e->date ? ")" : "");
    oa_putf(out, "  %s\n", e->param);
    if (*e->rule) {
        oa_putf(out, "  rule    %s\n", e->rule);
    }
    if (*e->reason) {
        oa_putf(out, "  reason  %s\n", e->reason);
    }
    if (*e->paper) {
        oa_putf(out, "  paper   %s\n", e->paper);
    }
    put_steps(out, e);
    for (size_t i = 0; i < e->n_records; i++) {
        const oa_record *r = &e->records[i];
        oa_put(out, r->file ? "    from    " : "  because   ");
        oa_putf(out, "%s", r->domain);
        if (r->seq >= 0) {
            oa_putf(out, " %lld", (long long)r->seq);
        }
        if (r->file) {
            oa_putf(out, "  %s:%lld", r->file, (long long)r->line);
        }
        oa_putf(out, "  %s\n", r->text);
    }
}

static void put_body(oa_json *json, const oa_explanation *e) {
    oa_json_text(json, "subject", e->subject);
    oa_json_text(json, "paramcd", e->paramcd);
    oa_json_text(json, "param", e->param);
    oa_json_text(json, "visit", e->visit);
    oa_json_text(json, "value", e->value);
    oa_json_text(json, "date", e->date);
    oa_json_text(json, "rule", e->rule);
    oa_json_text(json, "reason", e->reason);
    oa_json_text(json, "paper", e->paper);
    oa_json_array(json, "course");
    for (size_t i = 0; i < e->n_steps; i++) {
        const oa_step *s = &e->steps[i];
        oa_json_object(json, NULL);
        oa_json_text(json, "date", s->date);
        oa_json_text(json, "day", s->day);
        oa_json_text(json, "visit", s->visit);
        oa_json_text(json, "response", s->response);
        oa_json_text(json, "use", s->use);
        oa_json_text(json, "role", s->role);
        oa_json_end_object(json);
    }
    oa_json_end_array(json);
    oa_json_array(json, "records");
    for (size_t i = 0; i < e->n_records; i++) {
        const oa_record *r = &e->records[i];
        oa_json_object(json, NULL);
        oa_json_text(json, "domain", r->domain);
        if (r->seq >= 0) {
            oa_json_integer(json, "seq", r->seq);
        } else {
            oa_json_null(json, "seq");
        }
        oa_json_text(json, "text", r->text);
        oa_json_text(json, "file", r->file);
        if (r->file) {
            oa_json_integer(json, "line", r->line);
        } else {
            oa_json_null(json, "line");
        }
        oa_json_end_object(json);
    }
    oa_json_end_array(json);
}

/* The keys of the contract are those of the first row; where a parameter has one a visit, `all` holds every row. */
static void put_json(oa_cli *cli, const oa_explanation *found, size_t count) {
    oa_json json;
    oa_json_init(&json, &cli->out);
    oa_json_object(&json, NULL);
    put_body(&json, &found[0]);
    if (count > 1) {
        oa_json_array(&json, "all");
        for (size_t i = 0; i < count; i++) {
            oa_json_object(&json, NULL);
            put_body(&json, &found[i]);
            oa_json_end_object(&json);
        }
        oa_json_end_array(&json);
    }
    oa_json_end_object(&json);
}

int oa_cmd_explain(oa_cli *cli) {
    const oa_explanation *found;
    size_t count;
    oa_study *study = oa_cli_study(cli);
    if (!study || !oa_study_explain(study, cli->arguments[0], cli->arguments[1], &found, &count, cli->diag)) {
        return 2;
    }
    if (cli->json) {
        put_json(cli, found, count);
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        oa_put(&cli->out, i ? "\n" : "");
        put_text(&cli->out, &found[i]);
    }
    return 0;
}
