/* test_print.c - what a test found, as text for people and as JSON. */
#include "../base/number.h"
#include "cmd_test.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

oa_test_result oa_test_result_of(const char *test, const char *title) {
    double none = (double)NAN;
    return (oa_test_result){.test = test,
                            .title = title,
                            .n_label = "subjects",
                            .estimate = {none, none, none},
                            .level = none,
                            .statistic = none,
                            .df = none,
                            .p_value = none};
}

const char *oa_test_number(oa_cli *cli, double value) {
    return isfinite(value) ? oa_printf(cli->arena, "%.5g", value + 0.0) : isnan(value) ? "not defined" : "not reached";
}

const char *oa_test_p(oa_cli *cli, double p_value) {
    char out[OA_NUMBER_SIZE];
    return oa_strdup(cli->arena, oa_format_p(p_value, out));
}

static void put_line(oa_cli *cli, const char *label, const char *value) {
    oa_putf(&cli->out, "  %-28s %s\n", label, value);
}

static void print_text(oa_cli *cli, const oa_test_result *r) {
    oa_putf(&cli->out, "%s\n", r->title);
    put_line(cli, r->n_label, oa_printf(cli->arena, "%lld", (long long)r->n));
    for (int i = 0; i < OA_TEST_ITEMS && r->items[i].key; i++) {
        if (r->items[i].label && !isnan(r->items[i].value)) {
            bool is_p = strncmp(r->items[i].key, "p_value", strlen("p_value")) == 0;
            put_line(cli, r->items[i].label, (is_p ? oa_test_p : oa_test_number)(cli, r->items[i].value));
        }
    }
    if (r->put_rows) {
        r->put_rows(cli, NULL, r->context);
    }
    if (r->estimate_label) {
        put_line(cli, r->estimate_label,
                 oa_printf(cli->arena, "%s (%s%% CI %s to %s)", oa_test_number(cli, r->estimate.estimate),
                           oa_test_number(cli, 100 * r->level), oa_test_number(cli, r->estimate.lower),
                           oa_test_number(cli, r->estimate.upper)));
    }
    if (r->statistic_label) {
        const char *value = oa_test_number(cli, r->statistic);
        put_line(cli, r->statistic_label,
                 isnan(r->df) ? value : oa_printf(cli->arena, "%s (df %s)", value, oa_test_number(cli, r->df)));
    }
    if (!isnan(r->p_value) && (r->statistic_label || r->alternative)) { /* else it stands in a row */
        const char *value = oa_test_p(cli, r->p_value);
        put_line(cli, "p", r->alternative ? oa_printf(cli->arena, "%s (%s)", value, r->alternative) : value);
    }
    if (r->method) {
        oa_put(&cli->out, "\n");
        oa_cli_put_paragraph(&cli->out, r->method);
    }
}

static void print_json(oa_cli *cli, const oa_test_result *r) {
    oa_json json;
    oa_json_init(&json, &cli->out);
    oa_json_object(&json, NULL);
    oa_json_text(&json, "test", r->test);
    oa_json_text(&json, "method", r->method);
    oa_json_integer(&json, "n", r->n);
    oa_json_number(&json, "statistic", r->statistic);
    oa_json_number(&json, "df", r->df);
    oa_json_number(&json, "p_value", r->p_value);
    oa_json_text(&json, "alternative", r->alternative);
    oa_json_number(&json, "estimate", r->estimate.estimate);
    oa_json_number(&json, "lower", r->estimate.lower);
    oa_json_number(&json, "upper", r->estimate.upper);
    oa_json_number(&json, "level", r->level);
    for (int i = 0; i < OA_TEST_ITEMS && r->items[i].key; i++) {
        oa_json_number(&json, r->items[i].key, r->items[i].value);
    }
    if (r->put_rows) {
        r->put_rows(cli, &json, r->context);
    }
    oa_json_end_object(&json);
}

void oa_test_print(oa_cli *cli, const oa_test_result *result) {
    (cli->json ? print_json : print_text)(cli, result);
}
