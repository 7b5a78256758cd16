/* cmd_presets.c - onearm presets. */
#include "cli.h"

#include "../base/number.h"
#include "../base/text.h"

#include <math.h>
#include <string.h>

static const char *const params[OA_N_PRESETS] = {"PFSA", "PFSB", "PFSC", "PFSE"};

static const oa_result *find(oa_cli *cli, const oa_study *study, int preset, const char *id) {
    return oa_study_result(study, oa_printf(cli->arena, "%s.%s", params[preset], id));
}

/* What stands behind "PFSA." in the id of a result; NULL for other results. */
static const char *suffix_of(const oa_result *r, int preset) {
    size_t length = strlen(params[preset]);
    return strncmp(r->id, params[preset], length) == 0 && r->id[length] == '.' ? r->id + length + 1 : NULL;
}

/* ---- text --------------------------------------------------------------------------------------------------------- */

/* Blanks up to the width of a column, as letters of one column go. */
static void put_padded(oa_buf *out, const char *text, int width) {
    int used = 0;
    for (const char *c = text; *c; c++) {
        used += (*c & 0xC0) != 0x80;
    }
    oa_putf(out, "%s%*s", text, width > used ? width - used : 0, "");
}

enum { LABEL_WIDTH = 34, CELL_WIDTH = 23 };

static void put_heading(oa_buf *out) {
    static const char *const names[OA_N_PRESETS] = {"fda-a", "fda-b", "fda-c", "ema"};
    put_padded(out, "", LABEL_WIDTH);
    for (int p = 0; p < OA_N_PRESETS; p++) {
        put_padded(out, names[p], p + 1 < OA_N_PRESETS ? CELL_WIDTH : 0);
    }
    oa_put(out, "\n");
}

/* The rows are those of the first preset; the others have the same. */
static void put_table(oa_cli *cli, const oa_study *study) {
    oa_buf *out = &cli->out;
    put_heading(out);
    for (size_t i = 0; i < oa_study_result_count(study); i++) {
        const oa_result *r = oa_study_result_at(study, i);
        const char *suffix = suffix_of(r, 0);
        if (!suffix) {
            continue;
        }
        oa_putf(out, "%*s", 2 * r->indent, "");
        put_padded(out, r->label, LABEL_WIDTH - 2 * r->indent);
        for (int p = 0; p < OA_N_PRESETS; p++) {
            const oa_result *other = find(cli, study, p, suffix);
            put_padded(out, other ? other->text : "", p + 1 < OA_N_PRESETS ? CELL_WIDTH : 0);
        }
        oa_put(out, "\n");
    }
}

static void put_moved(oa_cli *cli, const oa_presets *presets) {
    oa_buf *out = &cli->out;
    if (presets->n_moved == 0) {
        oa_put(out, "\nNo subject moves between the presets.\n");
        return;
    }
    oa_putf(out, "\n%zu subject%s move%s between the presets (days; + censored)\n", presets->n_moved,
            presets->n_moved == 1 ? "" : "s", presets->n_moved == 1 ? "s" : "");
    for (size_t i = 0; i < presets->n_moved; i++) {
        oa_putf(out, "%s\n", presets->moved[i].subject);
        for (int p = 0; p < OA_N_PRESETS; p++) {
            const oa_preset_time *t = &presets->moved[i].times[p];
            oa_putf(out, "  %-6s %6lld%s  %s  %s\n", t->preset, (long long)t->days, t->event ? " " : "+", t->date,
                    t->what);
        }
    }
}

static void put_text(oa_cli *cli, const oa_study *study, const oa_presets *presets) {
    size_t n;
    const char *set = oa_study_set(study, &n);
    oa_putf(&cli->out, "%s  progression-free survival under each censoring preset\n", oa_study_id(study));
    oa_putf(&cli->out, "%s, N = %zu; the protocol's own: %s\n%s\n\n", set, n, presets->protocol, presets->schedule);
    if (!oa_study_result(study, "PFSA.EVENTS")) {
        oa_put(&cli->out, "There is nothing to compare: no subject has a tumour assessment.\n");
        return;
    }
    put_table(cli, study);
    put_moved(cli, presets);
    oa_put(&cli->out, "\nonearm explain STUDY SUBJECT PFSA (PFSB, PFSC, PFSE) says why.\n");
}

/* ---- JSON --------------------------------------------------------------------------------------------------------- */

static void put_interval(oa_json *json, const oa_result *r) {
    oa_json_number(json, "estimate", r->estimate);
    oa_json_number(json, "lower", r->lower);
    oa_json_number(json, "upper", r->upper);
}

/* "EVENT.PD" -> "pd": 3, of all results whose id begins with `group`. */
static void put_counts(oa_cli *cli, oa_json *json, const oa_study *study, int preset, const char *key,
                       const char *group) {
    oa_json_object(json, key);
    for (size_t i = 0; i < oa_study_result_count(study); i++) {
        const oa_result *r = oa_study_result_at(study, i);
        const char *suffix = suffix_of(r, preset);
        if (suffix && strncmp(suffix, group, strlen(group)) == 0) {
            oa_json_integer(json, oa_lower(cli->arena, suffix + strlen(group)), r->n);
        }
    }
    oa_json_end_object(json);
}

static void put_rates(oa_json *json, const oa_study *study, int preset) {
    static const char group[] = "RATE.";
    oa_json_array(json, "rates");
    for (size_t i = 0; i < oa_study_result_count(study); i++) {
        const oa_result *r = oa_study_result_at(study, i);
        const char *suffix = suffix_of(r, preset);
        double months;
        if (suffix && strncmp(suffix, group, sizeof group - 1) == 0 &&
            oa_parse_number(suffix + sizeof group - 1, strlen(suffix) - (sizeof group - 1), &months)) {
            oa_json_object(json, NULL);
            oa_json_number(json, "months", months);
            oa_json_integer(json, "n_risk", r->n);
            put_interval(json, r);
            oa_json_end_object(json);
        }
    }
    oa_json_end_array(json);
}

static void put_preset(oa_cli *cli, oa_json *json, const oa_study *study, int preset) {
    const oa_result *events = find(cli, study, preset, "EVENTS");
    const oa_result *median = find(cli, study, preset, "MEDIAN");
    const oa_result *censored = find(cli, study, preset, "CENSORED");
    if (!events || !median || !censored) {
        return;
    }
    oa_json_object(json, NULL);
    oa_json_text(json, "preset", events->column);
    oa_json_text(json, "paramcd", params[preset]);
    oa_json_integer(json, "n", events->of);
    oa_json_integer(json, "events", events->n);
    put_counts(cli, json, study, preset, "events_by_kind", "EVENT.");
    oa_json_integer(json, "censored", censored->n);
    put_counts(cli, json, study, preset, "censored_by_reason", "CENSOR.");
    oa_json_object(json, "median");
    put_interval(json, median);
    oa_json_end_object(json);
    put_rates(json, study, preset);
    oa_json_text(json, "method", median->method);
    oa_json_end_object(json);
}

static void put_time(oa_json *json, const oa_preset_time *t) {
    oa_json_object(json, NULL);
    oa_json_text(json, "preset", t->preset);
    oa_json_integer(json, "days", t->days);
    oa_json_number(json, "months", t->months);
    oa_json_bool(json, "event", t->event);
    oa_json_text(json, "what", t->what);
    oa_json_text(json, "date", t->date);
    oa_json_text(json, "rule", t->rule);
    oa_json_text(json, "reason", t->reason);
    oa_json_end_object(json);
}

static void put_json(oa_cli *cli, const oa_study *study, const oa_presets *presets) {
    oa_json json;
    size_t n;
    oa_json_init(&json, &cli->out);
    oa_json_object(&json, NULL);
    oa_json_text(&json, "study", oa_study_id(study));
    oa_json_object(&json, "analysis_set");
    oa_json_text(&json, "id", oa_study_set(study, &n));
    oa_json_integer(&json, "n", (int64_t)n);
    oa_json_end_object(&json);
    oa_json_text(&json, "protocol", presets->protocol);
    oa_json_text(&json, "schedule", presets->schedule);
    oa_json_array(&json, "presets");
    for (int p = 0; p < OA_N_PRESETS; p++) {
        put_preset(cli, &json, study, p);
    }
    oa_json_end_array(&json);
    oa_json_array(&json, "moved");
    for (size_t i = 0; i < presets->n_moved; i++) {
        oa_json_object(&json, NULL);
        oa_json_text(&json, "subject", presets->moved[i].subject);
        oa_json_array(&json, "times");
        for (int p = 0; p < OA_N_PRESETS; p++) {
            put_time(&json, &presets->moved[i].times[p]);
        }
        oa_json_end_array(&json);
        oa_json_end_object(&json);
    }
    oa_json_end_array(&json);
    oa_json_end_object(&json);
}

int oa_cmd_presets(oa_cli *cli) {
    oa_presets presets;
    oa_study *study = oa_cli_study(cli);
    if (!study || !oa_study_presets(study, &presets, cli->diag)) {
        return 2;
    }
    if (cli->json) {
        put_json(cli, study, &presets);
    } else {
        put_text(cli, study, &presets);
    }
    return 0;
}
