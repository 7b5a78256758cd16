/* cmd_km.c - onearm km: the Kaplan-Meier estimate of the times in a file. */
#include "cmd_km.h"

#include "../base/number.h"
#include "../base/text.h"
#include "data_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The rows of the table that count, and the columns that are read. */
typedef struct selection {
    const oa_table *table;
    size_t *rows;
    size_t count;
    int time;
    int event;
    int by;
} selection;

static bool refuse(oa_cli *cli, const char *file, const char *text) {
    oa_place where = {.file = file, .seq = -1};
    oa_diag_add(cli->diag, OA_ERROR, OA_USAGE, file ? &where : NULL, "USAGE", "%s", text);
    return false;
}

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
    return refuse(call->cli, NULL, text.bytes);
}

static bool take_rule(oa_km_call *call) {
    const char *name = oa_cli_value(call->cli, "--quantile-rule");
    if (!name || oa_streq_nocase(name, "r")) {
        return true;
    }
    call->options.rule = OA_KM_RULE_SAS;
    return oa_streq_nocase(name, "sas") ||
           refuse(call->cli, NULL, oa_printf(call->cli->arena, "--quantile-rule is r or sas, not %s", name));
}

/* "6,12,24" */
static bool take_at(oa_km_call *call) {
    const char *text = oa_cli_value(call->cli, "--at");
    if (!text) {
        return true;
    }
    call->at = OA_NEW_ARRAY(call->cli->arena, double, strlen(text));
    for (;;) {
        size_t length = strcspn(text, ",");
        double *time = &call->at[call->n_at++];
        if (!oa_parse_number(text, length, time) || *time < 0) {
            return refuse(call->cli, NULL,
                          oa_printf(call->cli->arena, "--at takes times from 0 on with commas between, not '%.*s'",
                                    (int)length, text));
        }
        if (text[length] == '\0') {
            return true;
        }
        text += length + 1;
    }
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
        return refuse(cli, NULL,
                      "name the columns: --time and either --event (1: event) or --censor (0: event, as ADaM's CNSR)");
    }
    return true;
}

static bool take_tau(oa_km_call *call) {
    if (!oa_cli_number_option(call->cli, "--rmst", &call->tau)) {
        return false;
    }
    return call->tau > 0 || !oa_cli_value(call->cli, "--rmst") ||
           refuse(call->cli, NULL, "--rmst takes the time up to which the mean is taken, a number above 0");
}

/* How many of the column's units are one of those that are printed; 0 with an error. */
static double take_unit(oa_km_call *call) {
    double days = 1;
    call->unit = oa_cli_value(call->cli, "--unit");
    if (!oa_cli_value(call->cli, "--months")) {
        return 1;
    }
    if (call->unit) {
        refuse(call->cli, NULL, "--months makes months of days, so --unit has nothing to say; give one of them");
        return 0;
    }
    call->unit = "months";
    if (!oa_cli_number_option(call->cli, "--months", &days) || !(days > 0)) {
        refuse(call->cli, NULL, "--months takes the days of a month: 30.4375");
        return 0;
    }
    return days;
}

/* --- the rows ----------------------------------------------------------------------------------------------------- */

/* The text of a cell; `room` is for one that is not text. */
static const char *cell_text(const oa_table *table, size_t row, int column, char room[OA_NUMBER_SIZE]) {
    return oa_column_type(table, column) == OA_TEXT ? oa_text(table, row, column) : oa_cell(table, row, column, room);
}

/* A few of the values that a column has in the first `rows` of the selection, for who looks for one that is not there. */
static const char *some_values(oa_cli *cli, const selection *s, size_t rows, int column) {
    enum { MOST = 8 };
    const char *seen[MOST];
    size_t count = 0;
    oa_buf text;
    oa_buf_init(&text, cli->arena);
    for (size_t row = 0; row < rows && count < MOST; row++) {
        char room[OA_NUMBER_SIZE];
        const char *value = oa_strdup(cli->arena, cell_text(s->table, s->rows[row], column, room));
        bool known = false;
        for (size_t i = 0; i < count; i++) {
            known = known || oa_streq(seen[i], value);
        }
        if (!known) {
            oa_putf(&text, "%s%s", count ? ", " : "", *value ? value : "nothing");
            seen[count++] = value;
        }
    }
    oa_put(&text, count == MOST ? ", ..." : "");
    return text.bytes;
}

static bool holds(const oa_table *table, size_t row, int column, const char *wanted) {
    char room[OA_NUMBER_SIZE];
    double number;
    double other;
    if (oa_column_type(table, column) == OA_NUMBER && oa_parse_number(wanted, strlen(wanted), &other)) {
        return oa_number(table, row, column, &number) && number >= other && number <= other;
    }
    return oa_streq(cell_text(table, row, column, room), wanted);
}

/* Keeps the rows in which COLUMN is VALUE. */
static bool keep_where(oa_cli *cli, selection *s, const char *condition) {
    const char *equals = strchr(condition, '=');
    if (!equals || equals == condition) {
        return refuse(cli, NULL, oa_printf(cli->arena, "--where takes COLUMN=VALUE, not '%s'", condition));
    }
    int column = oa_cli_column(cli, s->table, oa_strndup(cli->arena, condition, (size_t)(equals - condition)));
    if (column < 0) {
        return false;
    }
    size_t kept = 0;
    for (size_t i = 0; i < s->count; i++) {
        if (holds(s->table, s->rows[i], column, equals + 1)) {
            s->rows[kept++] = s->rows[i];
        }
    }
    size_t before = s->count; /* where none is kept, the selection is as it was */
    s->count = kept;
    return kept > 0 || refuse(cli, oa_row_file(s->table),
                              oa_printf(cli->arena, "no row is left with %s; the column holds %s", condition,
                                        some_values(cli, s, before, column)));
}

static bool select_rows(oa_km_call *call, selection *s) {
    oa_cli *cli = call->cli;
    s->table = oa_cli_table(cli, call->file);
    if (!s->table) {
        return false;
    }
    call->file = oa_row_file(s->table); /* as messages name it: stdin for - */
    s->count = oa_table_rows(s->table);
    s->rows = OA_NEW_ARRAY(cli->arena, size_t, s->count);
    for (size_t i = 0; i < s->count; i++) {
        s->rows[i] = i;
    }
    s->time = oa_cli_column(cli, s->table, call->time_name);
    s->event = oa_cli_column(cli, s->table, call->event_name);
    s->by = call->by_name ? oa_cli_column(cli, s->table, call->by_name) : -1;
    if (s->time < 0 || s->event < 0 || (call->by_name && s->by < 0)) {
        return false;
    }
    for (int i = 0; oa_cli_value_nth(cli, "--where", i); i++) {
        if (!keep_where(cli, s, oa_cli_value_nth(cli, "--where", i))) {
            return false;
        }
    }
    return true;
}

/* --- times, events, groups ---------------------------------------------------------------------------------------- */

static bool take_event(const oa_km_call *call, const selection *s, size_t row, bool *event) {
    double value;
    if (!oa_cli_number(call->cli, s->table, row, s->event, -(double)INFINITY, &value)) {
        return false;
    }
    bool whole = value >= 0 && floor(value) >= value;
    if (call->is_censor && !whole) {
        oa_cli_cell_error(call->cli, s->table, row, s->event, "KM-CENSOR",
                          "%s must be 0 (event) or a whole number above (censored)",
                          oa_number_text(call->cli->arena, value));
        return false;
    }
    if (!call->is_censor && (!whole || value > 1)) {
        oa_cli_cell_error(call->cli, s->table, row, s->event, "KM-EVENT",
                          "%s must be 1 (event) or 0 (censored); a column that says 0 for an event goes with --censor",
                          oa_number_text(call->cli->arena, value));
        return false;
    }
    *event = call->is_censor ? value <= 0 : value >= 1;
    return true;
}

/* Numbers by value, then all by their bytes. */
static int by_name(const void *left, const void *right) {
    const char *a = *(const char *const *)left;
    const char *b = *(const char *const *)right;
    double x;
    double y;
    bool numbers = oa_parse_number(a, strlen(a), &x) && oa_parse_number(b, strlen(b), &y);
    return numbers && x < y ? -1 : numbers && x > y ? 1 : strcmp(a, b);
}

static int by_curve(const void *left, const void *right) {
    return by_name(&((const oa_km_curve *)left)->name, &((const oa_km_curve *)right)->name);
}

/* The name of the group of each selected row; NULL with an error where one has none. */
static const char **group_names(oa_cli *cli, const selection *s) {
    const char **names = OA_NEW_ARRAY(cli->arena, const char *, s->count);
    for (size_t i = 0; i < s->count; i++) {
        char room[OA_NUMBER_SIZE];
        if (oa_is_missing(s->table, s->rows[i], s->by)) {
            oa_cli_cell_error(cli, s->table, s->rows[i], s->by, "KM-GROUP",
                              "there is no group; fill it in or leave the row out with --where");
            return NULL;
        }
        const char *name = cell_text(s->table, s->rows[i], s->by, room);
        names[i] = name == room ? oa_strdup(cli->arena, name) : name;
    }
    return names;
}

/* Makes the curves: all, then the groups in the order of their names. */
static bool take_groups(oa_km_call *call, const selection *s) {
    enum { MOST_GROUPS = 100 };
    oa_cli *cli = call->cli;
    call->curves = OA_NEW_ARRAY(cli->arena, oa_km_curve, MOST_GROUPS + 1);
    call->n_curves = 1;
    const char **names = call->by_name ? group_names(cli, s) : NULL;
    if (!names) {
        return !call->by_name;
    }
    const char **sorted = OA_NEW_ARRAY(cli->arena, const char *, s->count);
    memcpy(sorted, names, s->count * sizeof *sorted);
    qsort(sorted, s->count, sizeof *sorted, by_name);
    for (size_t i = 0; i < s->count; i++) {
        if (i > 0 && oa_streq(sorted[i], sorted[i - 1])) {
            continue;
        }
        if (call->n_curves > MOST_GROUPS) {
            return refuse(cli, call->file,
                          oa_printf(cli->arena, "--by %s makes more than %d groups; choose a column with fewer values",
                                    call->by_name, (int)MOST_GROUPS));
        }
        call->curves[call->n_curves++].name = sorted[i];
    }
    for (size_t i = 0; i < s->count; i++) {
        oa_km_curve key = {.name = names[i]};
        const oa_km_curve *found = bsearch(&key, call->curves + 1, call->n_curves - 1, sizeof *call->curves, by_curve);
        call->group[i] = (int32_t)(found - call->curves);
    }
    return true;
}

static bool take_data(oa_km_call *call, double per_unit) {
    selection s;
    if (!select_rows(call, &s)) {
        return false;
    }
    oa_cli *cli = call->cli;
    call->n = s.count;
    call->time = oa_cli_numbers(cli, s.table, s.time, s.rows, s.count, 0);
    call->event = OA_NEW_ARRAY(cli->arena, bool, s.count);
    call->group = OA_NEW_ARRAY(cli->arena, int32_t, s.count);
    bool sound = call->time != NULL;
    for (size_t i = 0; i < s.count; i++) {
        sound = take_event(call, &s, s.rows[i], &call->event[i]) && sound;
    }
    sound = take_groups(call, &s) && sound;
    for (size_t i = 0; i < s.count && sound; i++) {
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
        refuse(call->cli, call->file,
               oa_printf(call->cli->arena, "%s%s%s%s--rmst %s: %s", curve->name ? call->by_name : "",
                         curve->name ? " " : "", curve->name ? curve->name : "", curve->name ? ": " : "",
                         oa_number_text(call->cli->arena, call->tau), oa_diag_get(why, 0)->text));
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
        if (index == 0 || call->group[i] == (int32_t)index) {
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
        return refuse(cli, NULL, "--endpoint and --width are of the figure: name its file with --plot") ? 0 : 2;
    }
    call.options.exact_ties = oa_cli_value(cli, "--exact-ties") != NULL;
    double per_unit = take_unit(&call);
    if (!take_columns(&call) || !take_conf(&call) || !take_rule(&call) || !take_at(&call) || !take_tau(&call) ||
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
