/* km_print.c - what `onearm km` says: a table for people, one object of JSON for programs. */
#include "cmd_km.h"

#include "../base/number.h"
#include "../base/text.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

static const double orders[] = {0.25, 0.5, 0.75};
enum { QUARTILES = 3, MEDIAN = 1 };

/* --- JSON --------------------------------------------------------------------------------------------------------- */

static void put_interval(oa_json *json, oa_interval interval) {
    oa_json_number(json, "estimate", interval.estimate);
    oa_json_number(json, "lower", interval.lower);
    oa_json_number(json, "upper", interval.upper);
}

static void put_quantiles(oa_json *json, const oa_km_curve *curve) {
    oa_json_object(json, "median");
    put_interval(json, oa_km_quantile(curve->km, orders[MEDIAN]));
    oa_json_end_object(json);
    oa_json_array(json, "quartiles");
    for (int i = 0; i < QUARTILES; i++) {
        oa_json_object(json, NULL);
        oa_json_number(json, "p", orders[i]);
        put_interval(json, oa_km_quantile(curve->km, orders[i]));
        oa_json_end_object(json);
    }
    oa_json_end_array(json);
}

static void put_step(oa_json *json, const oa_km_step *step, bool with_counts) {
    oa_json_object(json, NULL);
    oa_json_number(json, "time", step->time);
    oa_json_integer(json, "n_risk", step->n_risk);
    if (with_counts) {
        oa_json_integer(json, "n_event", step->n_event);
        oa_json_integer(json, "n_censor", step->n_censor);
    }
    oa_json_number(json, "survival", step->survival);
    oa_json_number(json, "std_err", step->std_err);
    oa_json_number(json, "lower", step->lower);
    oa_json_number(json, "upper", step->upper);
    oa_json_end_object(json);
}

static void put_mean(oa_json *json, const oa_km_call *call, const oa_km_value *mean) {
    if (call->tau <= 0) {
        oa_json_null(json, "rmst");
        return;
    }
    oa_json_object(json, "rmst");
    oa_json_number(json, "tau", call->tau);
    oa_json_number(json, "estimate", mean->estimate);
    oa_json_number(json, "std_err", mean->std_err);
    oa_json_number(json, "lower", mean->lower);
    oa_json_number(json, "upper", mean->upper);
    oa_json_end_object(json);
}

/* The keys of one curve. */
static void put_curve(oa_json *json, const oa_km_call *call, const oa_km_curve *curve) {
    oa_json_integer(json, "n", oa_km_subjects(curve->km));
    oa_json_integer(json, "events", oa_km_events(curve->km));
    put_quantiles(json, curve);
    oa_json_array(json, "at");
    for (size_t i = 0; i < call->n_at; i++) {
        oa_km_step step = oa_km_survival(curve->km, call->at[i]);
        put_step(json, &step, false);
    }
    oa_json_end_array(json);
    oa_json_object(json, "reverse_median");
    put_interval(json, oa_km_quantile(curve->reverse, orders[MEDIAN]));
    oa_json_end_object(json);
    put_mean(json, call, &curve->rmst);
    if (oa_cli_value(call->cli, "--steps")) {
        oa_json_array(json, "steps");
        for (size_t i = 0; i < oa_km_steps(curve->km); i++) {
            oa_km_step step = oa_km_step_at(curve->km, i);
            put_step(json, &step, true);
        }
        oa_json_end_array(json);
    }
}

static const char *unit_of(const oa_km_call *call) {
    return call->unit ? call->unit : oa_printf(call->cli->arena, "as in column %s", call->time_name);
}

static const char *rule_of(const oa_km_call *call) {
    return call->options.rule == OA_KM_RULE_SAS ? "sas" : "r";
}

void oa_km_print_json(const oa_km_call *call) {
    oa_json json;
    oa_json_init(&json, &call->cli->out);
    oa_json_object(&json, NULL);
    oa_json_text(&json, "unit", unit_of(call));
    oa_json_text(&json, "conf", oa_km_conf_name(call->options.conf));
    oa_json_number(&json, "level", call->options.level);
    oa_json_text(&json, "quantile_rule", rule_of(call));
    oa_json_text(&json, "ties", call->options.exact_ties ? "exact" : "timefix");
    put_curve(&json, call, &call->curves[0]);
    if (call->by_name) {
        oa_json_text(&json, "by", call->by_name);
        oa_json_array(&json, "groups");
        for (size_t i = 1; i < call->n_curves; i++) {
            oa_json_object(&json, NULL);
            oa_json_text(&json, "group", call->curves[i].name);
            put_curve(&json, call, &call->curves[i]);
            oa_json_end_object(&json);
        }
        oa_json_end_array(&json);
    }
    oa_json_end_object(&json);
}

/* --- text --------------------------------------------------------------------------------------------------------- */

enum { MOST_CELLS = 8 };

/* Rows of cells, all columns set left. */
typedef struct grid {
    const oa_km_call *call;
    const char *(*cells)[MOST_CELLS];
    size_t rows;
    int columns;
} grid;

static grid grid_of(const oa_km_call *call, size_t rows, int columns) {
    grid g = {.call = call, .columns = columns};
    g.cells = oa_alloc(call->cli->arena, rows, sizeof *g.cells);
    return g;
}

static void add_row(grid *g, ...) {
    va_list cells;
    va_start(cells, g);
    for (int i = 0; i < g->columns; i++) {
        g->cells[g->rows][i] = va_arg(cells, const char *);
    }
    va_end(cells);
    g->rows++;
}

static void put_grid(const grid *g) {
    oa_buf *out = &g->call->cli->out;
    int widths[MOST_CELLS] = {0};
    for (size_t row = 0; row < g->rows; row++) {
        for (int i = 0; i < g->columns; i++) {
            int width = oa_text_columns(g->cells[row][i]);
            widths[i] = width > widths[i] ? width : widths[i];
        }
    }
    oa_put(out, "\n");
    for (size_t row = 0; row < g->rows; row++) {
        for (int i = 0; i < g->columns; i++) {
            int pad = i + 1 < g->columns ? widths[i] - oa_text_columns(g->cells[row][i]) : 0;
            oa_putf(out, "%s%s%*s", i ? "  " : "", g->cells[row][i], pad, "");
        }
        oa_put(out, "\n");
    }
}

/* Whole numbers and very small ones as they are, others to two decimals, those below 1 to three digits that count. */
static const char *time_text(const oa_km_call *call, double time) {
    char text[OA_NUMBER_SIZE];
    if (!isfinite(time)) {
        return "NR";
    }
    double size = fabs(time);
    if (floor(time) >= time || size < 1e-4) {
        return oa_number_text(call->cli->arena, time);
    }
    int decimals = size < 1 ? 2 - (int)floor(log10(size)) : 2;
    return oa_strdup(call->cli->arena, oa_format_fixed(time, decimals, text));
}

static const char *share_text(const oa_km_call *call, double share) {
    char text[OA_NUMBER_SIZE];
    return isfinite(share) ? oa_strdup(call->cli->arena, oa_format_fixed(share, 4, text)) : "NA";
}

/* "23 (13 to NR)"; without an interval "23". */
static const char *interval_text(const oa_km_call *call, oa_interval q) {
    const char *estimate = time_text(call, q.estimate);
    bool bare = call->options.conf == OA_KM_NONE || (isnan(q.estimate) && isnan(q.lower) && isnan(q.upper));
    return bare ? estimate
                : oa_printf(call->cli->arena, "%s (%s to %s)", estimate, time_text(call, q.lower),
                            time_text(call, q.upper));
}

static const char *count_text(const oa_km_call *call, int64_t count) {
    return oa_printf(call->cli->arena, "%lld", (long long)count);
}

static const char *name_of(const oa_km_curve *curve) {
    return curve->name ? curve->name : "All";
}

/* "95 %" */
static const char *percent_text(const oa_km_call *call) {
    return oa_printf(call->cli->arena, "%s %%", oa_hundredfold(call->cli->arena, call->options.level));
}

static void print_quantiles(const oa_km_call *call) {
    grid g = grid_of(call, call->n_curves + 1, 7);
    add_row(&g, call->by_name ? call->by_name : "", "N", "Events", "25 % quartile", "Median", "75 % quartile",
            "Follow-up, median");
    for (size_t i = 0; i < call->n_curves; i++) {
        const oa_km_curve *c = &call->curves[i];
        add_row(&g, name_of(c), count_text(call, oa_km_subjects(c->km)), count_text(call, oa_km_events(c->km)),
                interval_text(call, oa_km_quantile(c->km, orders[0])),
                interval_text(call, oa_km_quantile(c->km, orders[MEDIAN])),
                interval_text(call, oa_km_quantile(c->km, orders[2])),
                interval_text(call, oa_km_quantile(c->reverse, orders[MEDIAN])));
    }
    put_grid(&g);
}

static void add_step(grid *g, const oa_km_call *call, const oa_km_curve *c, oa_km_step step) {
    add_row(g, name_of(c), oa_number_text(call->cli->arena, step.time), count_text(call, step.n_risk),
            count_text(call, step.n_event), count_text(call, step.n_censor), share_text(call, step.survival),
            share_text(call, step.std_err),
            oa_printf(call->cli->arena, "%s to %s", share_text(call, step.lower), share_text(call, step.upper)));
}

static void print_steps(const oa_km_call *call, bool whole) {
    size_t rows = 1;
    for (size_t i = 0; i < call->n_curves; i++) {
        rows += whole ? oa_km_steps(call->curves[i].km) : call->n_at;
    }
    grid g = grid_of(call, rows, 8);
    add_row(&g, call->by_name ? call->by_name : "", "Time", "At risk", "Events", "Censored", "Survival", "Std. error",
            "Interval");
    for (size_t i = 0; i < call->n_curves; i++) {
        const oa_km_curve *c = &call->curves[i];
        for (size_t k = 0; k < (whole ? oa_km_steps(c->km) : call->n_at); k++) {
            add_step(&g, call, c, whole ? oa_km_step_at(c->km, k) : oa_km_survival(c->km, call->at[k]));
        }
    }
    put_grid(&g);
}

static void print_means(const oa_km_call *call) {
    grid g = grid_of(call, call->n_curves + 1, 4);
    add_row(&g, call->by_name ? call->by_name : "",
            oa_printf(call->cli->arena, "Mean up to %s", oa_number_text(call->cli->arena, call->tau)), "Std. error",
            "Interval");
    for (size_t i = 0; i < call->n_curves; i++) {
        const oa_km_value *m = &call->curves[i].rmst;
        add_row(&g, name_of(&call->curves[i]), time_text(call, m->estimate), time_text(call, m->std_err),
                oa_printf(call->cli->arena, "%s to %s", time_text(call, m->lower), time_text(call, m->upper)));
    }
    put_grid(&g);
}

static const char *plural(int64_t count) {
    return count == 1 ? "" : "s";
}

static const char equal_but_for_rounding[] =
    "those equal but for rounding, 1.5e-8 absolute or relative, as R's timefix";

static void print_notes(const oa_km_call *call) {
    oa_buf *out = &call->cli->out;
    oa_putf(out, "\nTimes: %s.  NR: not reached.  ", unit_of(call));
    if (call->options.conf == OA_KM_NONE) {
        oa_put(out, "No intervals.\n");
    } else {
        oa_putf(out, "Intervals: %s, %s.\n", percent_text(call), oa_km_conf_name(call->options.conf));
    }
    oa_putf(out, "Quantiles on a plateau: rule of %s.  Follow-up: reverse Kaplan-Meier, events leave first.\n",
            call->options.rule == OA_KM_RULE_SAS ? "SAS" : "R");
    oa_putf(out, "Tied times: %s.\n", call->options.exact_ties ? "equal ones only" : equal_but_for_rounding);
    if (call->n_at) {
        oa_put(out, "NA: not defined, or beyond a last time that is censored.\n");
    }
}

void oa_km_print_text(const oa_km_call *call) {
    const oa_km_curve *all = &call->curves[0];
    int64_t n = oa_km_subjects(all->km);
    int64_t events = oa_km_events(all->km);
    oa_putf(&call->cli->out, "%s: %lld subject%s, %lld event%s\n", oa_base_name(call->file), (long long)n, plural(n),
            (long long)events, plural(events));
    print_quantiles(call);
    if (call->n_at) {
        print_steps(call, false);
    }
    if (call->tau > 0) {
        print_means(call);
    }
    if (oa_cli_value(call->cli, "--steps")) {
        print_steps(call, true);
    }
    print_notes(call);
}
