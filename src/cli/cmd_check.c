/* cmd_check.c - onearm check. */
#include "cli.h"

#include <stdio.h>

static void put_finding(oa_json *json, const oa_message *m) {
    oa_json_object(json, NULL);
    oa_json_text(json, "rule", m->rule);
    oa_json_text(json, "severity", oa_severity_name(m->severity));
    oa_json_text(json, "subject", m->where.subject);
    oa_json_text(json, "domain", m->where.domain);
    if (m->where.seq >= 0) {
        oa_json_integer(json, "seq", m->where.seq);
    } else {
        oa_json_null(json, "seq");
    }
    oa_json_text(json, "message", m->text);
    oa_json_text(json, "file", m->where.file);
    if (m->where.line > 0) {
        oa_json_integer(json, "line", m->where.line);
    } else {
        oa_json_null(json, "line");
    }
    oa_json_end_object(json);
}

static void put_json(oa_cli *cli) {
    oa_json json;
    oa_json_init(&json, &cli->out);
    oa_json_object(&json, NULL);
    oa_json_array(&json, "findings");
    for (size_t i = 0; i < oa_diag_count(cli->diag); i++) {
        put_finding(&json, oa_diag_get(cli->diag, i));
    }
    oa_json_end_array(&json);
    oa_json_end_object(&json);
}

/* Errors are printed by main, on stderr. */
static void put_text(oa_cli *cli) {
    size_t counts[3] = {0};
    for (size_t i = 0; i < oa_diag_count(cli->diag); i++) {
        const oa_message *m = oa_diag_get(cli->diag, i);
        counts[m->severity]++;
        if (m->severity != OA_ERROR) {
            oa_cli_put_message(&cli->out, m);
        }
    }
    static const oa_severity order[] = {OA_ERROR, OA_WARNING, OA_NOTE};
    for (int i = 0; i < 3; i++) {
        size_t n = counts[order[i]];
        oa_putf(&cli->out, "%s%zu %s%s", i ? ", " : "", n, oa_severity_name(order[i]), n == 1 ? "" : "s");
    }
    oa_put(&cli->out, "\n");
}

int oa_cmd_check(oa_cli *cli) {
    oa_study *study = oa_cli_study(cli);
    bool checked = study && oa_study_check(study, cli->diag);
    if (cli->json) {
        put_json(cli);
    } else {
        put_text(cli);
    }
    return !checked ? 2 : oa_diag_count(cli->diag) ? 1 : 0;
}
