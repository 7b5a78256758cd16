/* cmd_results.c - onearm results. */
#include "cli.h"

#include "../base/text.h"

#include <string.h>

static const struct {
    const char *analysis;
    const char *heading;
    bool long_one; /* only with --all */
} headings[] = {
    {"DISPOSITION", "Disposition", false},
    {"DEMOGRAPHICS", "Demographics", false},
    {"DISEASE", "Disease at baseline", false},
    {"EXPOSURE", "Exposure", false},
    {"MODIFICATION", "Dose modifications", false},
    {"RESPONSE", "Response", false},
    {"CONCORDANCE", "Concordance of readers", false},
    {"MARKER", "Biochemical response", false},
    {"TIMES", "Survival and follow-up", false},
    {"SAFETY", "Adverse events", false},
    {"TEAE.TERMS", "Treatment-emergent adverse events", true},
    {"TRAE.TERMS", "Treatment-related adverse events", true},
};

/* A text, and blanks up to the width of its column. */
static void put_cell(oa_buf *out, const char *text, int width) {
    int pad = width - oa_text_columns(text);
    oa_putf(out, "%s%*s", text, pad > 0 ? pad : 0, "");
}

static void put_row(oa_buf *out, const oa_result *r, int label_width) {
    oa_putf(out, "  %*s", r->indent * 2, "");
    put_cell(out, r->label, *r->text ? label_width - r->indent * 2 : 0);
    oa_putf(out, "%s%s\n", *r->text ? "  " : "", r->text);
}

static void put_section(oa_cli *cli, const oa_study *study, const char *analysis, const char *heading) {
    int width = 44;
    bool any = false;
    for (size_t i = 0; i < oa_study_result_count(study); i++) {
        const oa_result *r = oa_study_result_at(study, i);
        int needs = r->indent * 2 + oa_text_columns(r->label);
        if (oa_streq(r->analysis, analysis)) {
            any = true;
            width = needs > width && needs < 72 ? needs : width;
        }
    }
    if (any) {
        oa_putf(&cli->out, "\n%s\n", heading);
    }
    for (size_t i = 0; i < oa_study_result_count(study); i++) {
        const oa_result *r = oa_study_result_at(study, i);
        bool first_column = strncmp(r->column, "Grade", 5) != 0 && strncmp(r->column, "Sever", 5) != 0;
        if (oa_streq(r->analysis, analysis) && first_column) {
            put_row(&cli->out, r, width);
        }
    }
}

static void widen(int *width, const char *text) {
    int needs = oa_text_columns(text);
    *width = needs > *width ? needs : *width;
}

static void put_comparisons(oa_cli *cli, const oa_study *study) {
    size_t count = oa_study_comparison_count(study);
    int widths[3] = {0};
    for (size_t i = 0; i < count; i++) {
        const oa_comparison *c = oa_study_comparison_at(study, i);
        widen(&widths[0], c->id);
        widen(&widths[1], c->published);
        widen(&widths[2], c->recomputed);
    }
    oa_put(&cli->out, count ? "\nPublished against recomputed\n" : "");
    for (size_t i = 0; i < count; i++) {
        const oa_comparison *c = oa_study_comparison_at(study, i);
        const char *cells[3] = {c->id, c->published, c->recomputed};
        for (int k = 0; k < 3; k++) {
            oa_put(&cli->out, "  ");
            put_cell(&cli->out, cells[k], widths[k]);
        }
        oa_putf(&cli->out, "  %s\n", c->verdict);
        if (!oa_streq(c->verdict, "consistent")) {
            oa_putf(&cli->out, "  %*s  %s\n", widths[0], "", c->why);
        }
    }
}

static void put_text(oa_cli *cli, const oa_study *study) {
    bool all = oa_cli_value(cli, "--all") != NULL;
    oa_putf(&cli->out, "%s  %s\n", oa_study_id(study), oa_study_title(study));
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
        if (all || !headings[i].long_one) {
            put_section(cli, study, headings[i].analysis, headings[i].heading);
        }
    }
    put_comparisons(cli, study);
    size_t findings = oa_diag_count(cli->diag);
    if (findings) {
        oa_putf(&cli->out,
                "\n%zu finding%s on the records.  onearm check lists them, and runs the protocol's checks.\n", findings,
                findings == 1 ? "" : "s");
    }
}

static void put_count(oa_json *json, const char *key, int64_t count) {
    if (count < 0) {
        oa_json_null(json, key);
    } else {
        oa_json_integer(json, key, count);
    }
}

static void put_result(oa_json *json, const oa_result *r) {
    oa_json_object(json, NULL);
    oa_json_text(json, "id", r->id);
    oa_json_text(json, "label", r->label);
    oa_json_number(json, "estimate", r->estimate);
    oa_json_number(json, "lower", r->lower);
    oa_json_number(json, "upper", r->upper);
    oa_json_number(json, "level", r->level);
    put_count(json, "n", r->n);
    put_count(json, "of", r->of);
    oa_json_text(json, "unit", r->unit);
    oa_json_text(json, "method", r->method);
    oa_json_text(json, "rule", r->rule);
    oa_json_text(json, "text", r->text);
    oa_json_end_object(json);
}

static void put_json(oa_cli *cli, const oa_study *study) {
    oa_json json;
    size_t n;
    oa_json_init(&json, &cli->out);
    oa_json_object(&json, NULL);
    oa_json_text(&json, "study", oa_study_id(study));
    oa_json_object(&json, "analysis_set");
    oa_json_text(&json, "id", oa_study_set(study, &n));
    oa_json_integer(&json, "n", (int64_t)n);
    oa_json_end_object(&json);
    oa_json_array(&json, "results");
    for (size_t i = 0; i < oa_study_result_count(study); i++) {
        put_result(&json, oa_study_result_at(study, i));
    }
    oa_json_end_array(&json);
    oa_json_array(&json, "published");
    for (size_t i = 0; i < oa_study_comparison_count(study); i++) {
        const oa_comparison *c = oa_study_comparison_at(study, i);
        oa_json_object(&json, NULL);
        oa_json_text(&json, "id", c->id);
        oa_json_text(&json, "published", c->published);
        oa_json_text(&json, "recomputed", c->recomputed);
        oa_json_text(&json, "verdict", c->verdict);
        oa_json_text(&json, "why", c->why);
        oa_json_end_object(&json);
    }
    oa_json_end_array(&json);
    oa_json_end_object(&json);
}

int oa_cmd_results(oa_cli *cli) {
    const oa_study *study = oa_cli_study(cli);
    if (!study) {
        return 2;
    }
    if (cli->json) {
        put_json(cli, study);
    } else {
        put_text(cli, study);
    }
    return 0;
}
