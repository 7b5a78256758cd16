/* cmd_protocol.c - onearm protocol. */
#include "cli.h"

#include "../protocol/protocol.h"

static void put_text(oa_buf *out, const oa_protocol *p) {
    oa_putf(out, "%s: %s\n  %s\n", p->file, p->study.id, p->study.title);
    const struct {
        const char *what;
        size_t count;
    } parts[] = {{"drugs", p->treatment.n_drugs},
                 {"eligibility criteria", p->n_eligibility},
                 {"gates", p->n_gates},
                 {"visits", p->n_visits},
                 {"dose rules", p->n_dose_rules},
                 {"markers", p->n_markers},
                 {"analysis sets", p->n_sets},
                 {"edit checks", p->n_checks},
                 {"published numbers", p->n_published},
                 {"assumptions", p->assumptions.count}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        oa_putf(out, "  %-22s %zu\n", parts[i].what, parts[i].count);
    }
}

static void put_json(oa_buf *out, const oa_protocol *p) {
    oa_json json;
    oa_json_init(&json, out);
    oa_json_object(&json, NULL);
    oa_json_text(&json, "study", p->study.id);
    oa_json_text(&json, "title", p->study.title);
    oa_json_integer(&json, "drugs", (int64_t)p->treatment.n_drugs);
    oa_json_integer(&json, "eligibility", (int64_t)p->n_eligibility);
    oa_json_integer(&json, "sets", (int64_t)p->n_sets);
    oa_json_array(&json, "assumptions");
    for (size_t i = 0; i < p->assumptions.count; i++) {
        oa_json_text(&json, NULL, p->assumptions.items[i]);
    }
    oa_json_end_array(&json);
    oa_json_end_object(&json);
}

int oa_cmd_protocol(oa_cli *cli) {
    if (oa_cli_value(cli, "--help-keys")) {
        if (oa_cli_value(cli, "--markdown")) {
            oa_protocol_keys_markdown(&cli->out);
        } else {
            oa_protocol_keys_text(&cli->out);
        }
        return 0;
    }
    if (cli->n_arguments == 0) {
        oa_diag_add(cli->diag, OA_ERROR, OA_USAGE, NULL, "USAGE", "name a protocol file, or ask for --help-keys");
        return 2;
    }
    const oa_protocol *protocol = oa_protocol_load(cli->arena, cli->arguments[0], cli->diag);
    if (!protocol) {
        return 2;
    }
    if (cli->json) {
        put_json(&cli->out, protocol);
    } else {
        put_text(&cli->out, protocol);
    }
    return 0;
}
