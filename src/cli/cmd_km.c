/* cmd_km.c - onearm km: the Kaplan-Meier estimate of the times in a file. */
#include "cmd_km.h"

#include "../base/number.h"
#include "../base/text.h"
#include "data_file.h"

#include <string.h>

/* --- the words of the call ---------------------------------------------------------------------------------------- */

static bool take_conf(oa_km_call *call) {
    const char *name = oa_cli_value(call->cli, "--conf");
    if (!name || oa_km_conf_of(name, &call->options.conf)) {
        return true;
    }
    oa_buf text;
    oa_buf_init(&text, call->cli->arena);
    oa_putf(&text, "there is no interval %s; --conf takes", name);
    for (int i = 0; i < OA_KM_CONFS; i++) {
        oa_putf(&text, "%s %s", i ? "," : "", oa_km_conf_name((oa_km_conf)i));
    }
    return oa_cli_refuse(call->cli, NULL, "%s", text.bytes);
}

static bool take_rule(oa_km_call *call) {
    const char *name = oa_cli_value(call->cli, "--quantile-rule");
    if (!name || oa_streq_nocase(name, "r")) {
        return true;
    }
    call->options.rule = OA_KM_RULE_SAS;
    return oa_streq_nocase(name, "sas") || oa_cli_refuse(call->cli, NULL, "--quantile-rule is r or sas, not %s", name);
}

static bool take_columns(oa_km_call *call) {
    oa_cli *cli = call->cli;
    const char *event = oa_cli_value(cli, "--event");
    const char *censor = oa_cli_value(cli, "--censor");
    call->time_name = oa_cli_value(cli, "--time");
    call->by_name = oa_cli_value(cli, "--by");
    call->is_censor = censor != NULL;
    call->event_name = event ? event : censor;
    if (!call->time_name || !event == !censor) {
        return oa_cli_refuse(
            cli, NULL, "name the columns: --time and either --event (1: event) or --censor (0: event, as ADaM's CNSR)");
    }
    return true;
}

static bool take_tau(oa_km_call *call) {
    if (!oa_cli_number_option(call->cli, "--rmst", &call->tau)) {
        return false;
    }
    return call->tau > 0 || !oa_cli_value(call->cli, "--rmst") ||
           oa_cli_refuse(call->cli, NULL, "--rmst takes the time up to which the mean is taken, a number above 0");
}

/* How many of the column's units are one of those that are printed; 0 with an error. */
static double take_unit(oa_km_call *call) {
    double days = 1;
    call->unit = oa_cli_value(call->cli, "--unit");
    if (!oa_cli_value(call->cli, "--months")) {
        return 1;
    }
    if (call->unit) {
        oa_cli_refuse(call->cli, NULL, "--months makes months of days, so --unit has nothing to say; give one of them");
        return 0;
    }
    call->unit = "months";
    if (!oa_cli_number_option(call->cli, "--months", &days) || !(days > 0)) {
        oa_cli_refuse(call->cli, NULL, "--months takes the days of a month: 30.4375");
        return 0;
    }
    return days;
}

/* --- times, events, groups ---------------------------------------------------------------------------------------- */

/* Makes the curves: all, then the groups in the order of their names. */
static bool take_groups(oa_km_call *call, const oa_rows *rows, int column) {
    oa_cli *cli = call->cli;
    oa_groups groups = {0};
    if (call->by_name && !oa_cli_groups(cli, rows, &column, 1, OA_MOST_GROUPS, &groups)) {
        return false;
    }
    call->n_curves = 1 + (size_t)groups.count;
    call->curves = OA_NEW_ARRAY(cli->arena, oa_km_curve, call->n_curves);
    for (int i = 0; i < groups.count; i++) {
        call->curves[1 + i].name = groups.names[i];
    }
    call->group = groups.of;
    return true;
}

static bool take_data(oa_km_call *call, double per_unit) {
    oa_cli *cli = call->cli;
    oa_rows rows;
    if (!oa_cli_rows(cli, call->file, &rows)) {
        return false;
    }
    call->file = rows.file;
    int time = oa_cli_column(cli, rows.table, call->time_name);
    int event = oa_cli_column(cli, rows.table, call->event_name);
    int by = call->by_name ? oa_cli_column(cli, rows.table, call->by_name) : -1;
    if (time < 0 || event < 0 || (call->by_name && by < 0)) {
        return false;
    }
    call->n = rows.count;
    call->time = oa_cli_numbers(cli, &rows, time, 0);
    call->event = oa_cli_events(cli, &rows, event, call->is_censor);
    bool sound = take_groups(call, &rows, by) && call->time && call->event;
    for (size_t i = 0; i < call->n && sound; i++) {
        call->time[i] /= per_unit;
    }
    return sound;
}

/* --- the curves --------------------------------------------------------------------------------------------------- */

static void release_km(void *km) {
    oa_km_free(km);
}

/* Says whose mean it is that cannot be had. */
static bool take_mean(const oa_km_call *call, oa_km_curve *curve) {
    oa_diag *why = oa_diag_new();
    bool done = oa_km_rmst(curve->km, call->tau, &curve->rmst, why);
    if (!done && why && oa_diag_count(why) > 0) {
        oa_cli_refuse(call->cli, call->file, "%s%s%s%s--rmst %s: %s", curve->name ? call->by_name : "",
                      curve->name ? " " : "", curve->name ? curve->name : "", curve->name ? ": " : "",
                      oa_number_text(call->cli->arena, call->tau), oa_diag_get(why, 0)->text);
    }
    oa_diag_free(why);
    return done;
}

static bool fit_curve(const oa_km_call *call, size_t index) {
    oa_arena *arena = call->cli->arena;
    oa_km_curve *curve = &call->curves[index];
    double *time = OA_NEW_ARRAY(arena, double, call->n);
    bool *event = OA_NEW_ARRAY(arena, bool, call->n);
    size_t n = 0;
    for (size_t i = 0; i < call->n; i++) {
        if (index == 0 || call->group[i] == (int)index - 1) {
            time[n] = call->time[i];
            event[n++] = call->event[i];
        }
    }
    curve->km = oa_km_fit(time, event, n, &call->options, call->cli->diag);
    if (!curve->km) {
        return false;
    }
    oa_arena_defer(arena, release_km, curve->km);
    curve->reverse = oa_km_fit_reverse(time, event, n, &call->options, call->cli->diag);
    if (!curve->reverse) {
        return false;
    }
    oa_arena_defer(arena, release_km, curve->reverse);
    return call->tau <= 0 || take_mean(call, curve);
}

int oa_cmd_km(oa_cli *cli) {
    oa_km_call call = {.cli = cli, .file = cli->arguments[0], .options = {.level = 0.95}, .endpoint = "Survival"};
    const char *endpoint = oa_cli_value(cli, "--endpoint");
    const char *plot = oa_cli_value(cli, "--plot");
    call.endpoint = endpoint ? endpoint : call.endpoint;
    if (!plot && (endpoint || oa_cli_value(cli, "--width"))) {
        oa_cli_refuse(cli, NULL, "--endpoint and --width are of the figure: name its file with --plot");
        return 2;
    }
    call.options.exact_ties = oa_cli_value(cli, "--exact-ties") != NULL;
    double per_unit = take_unit(&call);
    if (!take_columns(&call) || !take_conf(&call) || !take_rule(&call) ||
        !oa_cli_times_option(cli, "--at", &call.at, &call.n_at) || !take_tau(&call) ||
        !oa_cli_number_option(cli, "--level", &call.options.level) || per_unit <= 0 || !take_data(&call, per_unit)) {
        return 2;
    }
    for (size_t i = 0; i < call.n_curves; i++) {
        if (!fit_curve(&call, i)) {
            return 2;
        }
    }
    if (plot && !oa_km_plot(&call, plot)) {
        return 2;
    }
    (cli->json ? oa_km_print_json : oa_km_print_text)(&call);
    return 0;
}
