/* cmd_design_show.c - what a search has found, as the options ask: text, JSON, CSV, a block of the protocol, a plot. */
#include "cmd_design.h"

#include "../base/io.h"
#include "../base/number.h"
#include "../base/text.h"
#include "../tlf/figure.h"

#include <math.h>
#include <string.h>

/* ---- JSON -------------------------------------------------------------------------------------------------------- */

static void put_looks(oa_json *json, const oa_boundary *boundary) {
    oa_json_array(json, "looks");
    for (size_t i = 0; i < boundary->count; i++) {
        const oa_look *look = &boundary->looks[i];
        oa_json_object(json, NULL);
        oa_json_integer(json, "n", look->n);
        oa_json_integer(json, "lower", look->lower);
        oa_json_integer(json, "upper", look->upper);
        oa_json_end_object(json);
    }
    oa_json_end_array(json);
}

static void put_rates_of(oa_json *json, const oa_design *d) {
    oa_json_number(json, "en0", d->at_p0.expected_n);
    oa_json_number(json, "en1", d->at_p1.expected_n);
    oa_json_number(json, "pet0", d->at_p0.early);
    oa_json_number(json, "alpha", d->at_p0.efficacy);
    oa_json_number(json, "beta", d->at_p1.futility);
    oa_json_number(json, "power", d->at_p1.efficacy);
}

static void put_thresholds(oa_json *json, const oa_design *d) {
    if (!d->thresholds[0].name) {
        return;
    }
    oa_json_object(json, "thresholds");
    for (size_t i = 0; i < OA_MOST_THRESHOLDS && d->thresholds[i].name; i++) {
        oa_json_object(json, d->thresholds[i].name);
        oa_json_number(json, "from", d->thresholds[i].from);
        oa_json_number(json, "to", d->thresholds[i].to);
        oa_json_end_object(json);
    }
    oa_json_end_object(json);
}

static void put_design(oa_json *json, const char *key, const oa_design *d) {
    oa_json_object(json, key);
    oa_json_text(json, "name", d->name);
    oa_json_text(json, "rule", d->rule);
    put_looks(json, &d->boundary);
    put_thresholds(json, d);
    put_rates_of(json, d);
    oa_json_end_object(json);
}

/* Simon's notation. */
static void put_two_stage(oa_json *json, const char *key, const oa_design *d) {
    const oa_look *l = d->boundary.looks;
    oa_json_object(json, key);
    oa_json_integer(json, "r1", l[0].lower);
    oa_json_integer(json, "n1", l[0].n);
    oa_json_integer(json, "r", l[1].lower);
    oa_json_integer(json, "n", l[1].n);
    put_rates_of(json, d);
    oa_json_number(json, "weight_from", d->weight_from);
    oa_json_number(json, "weight_to", d->weight_to);
    oa_json_end_object(json);
}

static void put_simon(oa_json *json, const oa_design_view *view) {
    const oa_design *optimal = oa_designs_named(view->designs, "optimal");
    const oa_design *minimax = oa_designs_named(view->designs, "minimax");
    bool same = oa_designs_count(view->designs) == 2 &&
                memcmp(optimal->boundary.looks, minimax->boundary.looks, 2 * sizeof(oa_look)) == 0;
    put_two_stage(json, "optimal", optimal);
    put_two_stage(json, "minimax", minimax);
    oa_json_array(json, "admissible"); /* from minimax to optimal, both included */
    for (size_t i = 0; i < oa_designs_count(view->designs) - (same ? 1 : 0); i++) {
        put_two_stage(json, NULL, oa_designs_at(view->designs, i));
    }
    oa_json_end_array(json);
}

static bool put_characteristics(oa_json *json, const oa_design_view *view) {
    const oa_boundary *b = &view->shown->boundary;
    oa_stop *stops = OA_NEW_ARRAY(view->cli->arena, oa_stop, b->count);
    oa_json_array(json, "operating_characteristics");
    for (size_t i = 0; i < view->n_rates; i++) {
        oa_oc oc;
        if (!oa_boundary_oc(b, view->rates[i], &oc, stops, view->cli->diag)) {
            return false;
        }
        oa_json_object(json, NULL);
        oa_json_number(json, "rate", oc.p);
        oa_json_number(json, "efficacy", oc.efficacy);
        oa_json_number(json, "futility", oc.futility);
        oa_json_number(json, "early", oc.early);
        oa_json_number(json, "expected_n", oc.expected_n);
        oa_json_number(json, "sd_n", oc.sd_n);
        oa_json_array(json, "stops");
        for (size_t k = 0; k < b->count; k++) {
            oa_json_object(json, NULL);
            oa_json_integer(json, "n", b->looks[k].n);
            oa_json_number(json, "futility", stops[k].futility);
            oa_json_number(json, "efficacy", stops[k].efficacy);
            oa_json_end_object(json);
        }
        oa_json_end_array(json);
        oa_json_end_object(json);
    }
    oa_json_end_array(json);
    return true;
}

bool oa_design_put_json(const oa_design_view *view) {
    oa_json json;
    const oa_problem *p = view->problem;
    oa_json_init(&json, &view->cli->out);
    oa_json_object(&json, NULL);
    oa_json_text(&json, "title", view->words.title);
    oa_json_object(&json, "problem");
    oa_json_number(&json, "p0", p->p0);
    oa_json_number(&json, "p1", p->p1);
    oa_json_number(&json, "alpha", p->alpha);
    oa_json_number(&json, "beta", p->beta);
    oa_json_text(&json, "bounds", p->strict ? "below" : "at most");
    oa_json_text(&json, "ties", p->ties == OA_LARGEST_R ? "largest-r" : "smallest-r");
    oa_json_end_object(&json);
    if (strcmp(view->cli->command->name, "design simon") == 0) {
        put_simon(&json, view);
    }
    oa_json_array(&json, "designs");
    for (size_t i = 0; i < oa_designs_count(view->designs); i++) {
        put_design(&json, NULL, oa_designs_at(view->designs, i));
    }
    oa_json_end_array(&json);
    oa_json_bool(&json, "complete", oa_designs_complete(view->designs));
    oa_json_integer(&json, "shown", (int64_t)view->place); /* in designs, from 1 */
    if (!put_characteristics(&json, view)) {
        return false;
    }
    oa_json_end_object(&json);
    return true;
}

/* ---- CSV --------------------------------------------------------------------------------------------------------- */

static bool put_csv_characteristics(const oa_design_view *view) {
    oa_buf *out = &view->cli->out;
    oa_arena *arena = view->cli->arena;
    oa_put(out, "design,rate,efficacy,futility,early,expected_n,sd_n\n");
    for (size_t i = 0; i < view->n_rates; i++) {
        oa_oc oc;
        if (!oa_boundary_oc(&view->shown->boundary, view->rates[i], &oc, NULL, view->cli->diag)) {
            return false;
        }
        const double cells[] = {oc.p, oc.efficacy, oc.futility, oc.early, oc.expected_n, oc.sd_n};
        oa_put(out, view->shown->name);
        for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) {
            oa_putf(out, ",%s", oa_number_text(arena, cells[k]));
        }
        oa_put(out, "\n");
    }
    return true;
}

static void put_csv_boundaries(const oa_design_view *view) {
    oa_buf *out = &view->cli->out;
    oa_put(out, "design,look,n,lower,upper\n");
    for (size_t i = 0; i < oa_designs_count(view->designs); i++) {
        const oa_design *d = oa_designs_at(view->designs, i);
        for (size_t k = 0; k < d->boundary.count; k++) {
            const oa_look *l = &d->boundary.looks[k];
            oa_putf(out, "%s,%zu,%d,%d,%d\n", d->name, k + 1, (int)l->n, (int)l->lower, (int)l->upper);
        }
    }
}

bool oa_design_put_csv(const oa_design_view *view, const char *what) {
    if (oa_streq(what, "oc")) {
        return put_csv_characteristics(view);
    }
    put_csv_boundaries(view);
    return true;
}

/* ---- plot -------------------------------------------------------------------------------------------------------- */

static bool plot_format(oa_cli *cli, const char *path, oa_figure_format *format) {
    static const char *const endings[] = {".svg", ".pdf", ".png"};
    static const oa_figure_format formats[] = {OA_FIGURE_SVG, OA_FIGURE_PDF, OA_FIGURE_PNG};
    size_t length = strlen(path);
    for (size_t i = 0; i < 3; i++) {
        if (length > 4 && oa_streq_nocase(path + length - 4, endings[i])) {
            *format = formats[i];
            return true;
        }
    }
    oa_diag_add(cli->diag, OA_ERROR, OA_USAGE, NULL, "USAGE", "--plot is '%s'; its name must end in .svg, .pdf or .png",
                path);
    return false;
}

enum { CURVE_POINTS = 121 };

/* From well below p0 to well above p1. */
static bool fill_curve(const oa_design_view *view, oa_oc *curve) {
    const oa_problem *p = view->problem;
    double low = fmax(0, p->p0 - (p->p1 - p->p0));
    double high = fmin(1, p->p1 + (p->p1 - p->p0));
    for (int i = 0; i < CURVE_POINTS; i++) {
        double rate = low + (high - low) * i / (CURVE_POINTS - 1);
        if (!oa_boundary_oc(&view->shown->boundary, fmin(rate, 1), &curve[i], NULL, view->cli->diag)) {
            return false;
        }
    }
    return true;
}

bool oa_design_plot(const oa_design_view *view, const char *path) {
    oa_cli *cli = view->cli;
    oa_figure_format format;
    oa_oc curve[CURVE_POINTS];
    oa_buf out;
    if (!plot_format(cli, path, &format) || !fill_curve(view, curve)) {
        return false;
    }
    const oa_boundary *b = &view->shown->boundary;
    oa_figure figure = {.kind = OA_FIGURE_DESIGN};
    figure.alt = oa_printf(cli->arena, "%s, %s: power, expected number of subjects, boundaries", view->words.title,
                           view->shown->name);
    figure.design = (oa_design_figure){
        .curve = curve,
        .n_curve = CURVE_POINTS,
        .p0 = view->problem->p0,
        .p1 = view->problem->p1,
        .looks = b->looks,
        .n_looks = b->count,
        .power_label = "Power (%)",
        .lower_label = oa_printf(cli->arena, "Stop, %s: at or below", view->words.low),
        .upper_label = oa_printf(cli->arena, "Stop, %s: at or above", view->words.high),
        .note =
            oa_printf(cli->arena, "%s, %s: alpha %.4f, power %.4f, expected n %.1f at p0 = %s and %.1f at p1 = %s.",
                      view->words.title, view->shown->name, view->shown->at_p0.efficacy, view->shown->at_p1.efficacy,
                      view->shown->at_p0.expected_n, oa_number_text(cli->arena, view->problem->p0),
                      view->shown->at_p1.expected_n, oa_number_text(cli->arena, view->problem->p1)),
    };
    const oa_fonts *fonts = oa_fonts_open(cli->arena, NULL, cli->diag);
    oa_buf_init(&out, cli->arena);
    return fonts && oa_figure_render(cli->arena, fonts, &figure, format, &out, cli->diag) &&
           oa_write_file(cli->arena, path, out.bytes, out.length, cli->diag);
}

/* ---- all --------------------------------------------------------------------------------------------------------- */

/* Quarters of p1 - p0 around both. */
static const double *usual_rates(oa_arena *arena, const oa_problem *p, size_t *count) {
    double *rates = OA_NEW_ARRAY(arena, double, 13);
    *count = 0;
    for (int k = -4; k <= 8; k++) {
        double rate = k == 4 ? p->p1 : round((p->p0 + k * (p->p1 - p->p0) / 4) * 1e10) / 1e10;
        if (rate >= 0 && rate <= 1) {
            rates[(*count)++] = k == 0 ? p->p0 : rate;
        }
    }
    return rates;
}

/* By name, or by its place in the list. */
static bool find_shown(oa_design_view *view, const char *wanted) {
    oa_cli *cli = view->cli;
    size_t count = oa_designs_count(view->designs);
    int64_t place;
    view->shown = oa_designs_named(view->designs, wanted);
    if (!view->shown && oa_parse_integer(wanted, strlen(wanted), &place) && place >= 1) {
        view->shown = oa_designs_at(view->designs, (size_t)place - 1);
    }
    if (view->shown) {
        view->place = (size_t)(view->shown - oa_designs_at(view->designs, 0)) + 1;
        return true;
    }
    const char *names = "";
    for (size_t i = 0; i < count; i++) {
        names = oa_printf(cli->arena, "%s%s%s", names, i ? ", " : "", oa_designs_at(view->designs, i)->name);
    }
    return oa_cli_misuse(cli, oa_printf(cli->arena,
                                        "there is no design '%s' here; there are: %s, or their numbers, 1 to %zu",
                                        wanted, names, count));
}

static bool choose(oa_design_view *view, const char *main_one) {
    oa_cli *cli = view->cli;
    const char *wanted = oa_cli_value(cli, "--show");
    const char *csv = oa_cli_value(cli, "--csv");
    if (!find_shown(view, wanted ? wanted : main_one)) {
        return false;
    }
    if (csv && !oa_streq(csv, "oc") && !oa_streq(csv, "boundaries")) {
        return oa_cli_misuse(cli, oa_printf(cli->arena, "--csv is '%s'; it is oc or boundaries", csv));
    }
    if ((csv != NULL) + (oa_cli_value(cli, "--protocol") != NULL) + cli->json > 1) {
        return oa_cli_misuse(cli, "ask for one of --json, --csv and --protocol");
    }
    view->rates = oa_design_numbers(cli, "--rates", &view->n_rates);
    if (view->rates && view->n_rates == 0) {
        view->rates = usual_rates(cli->arena, view->problem, &view->n_rates);
    }
    return view->rates != NULL;
}

static bool put(const oa_design_view *view) {
    const char *csv = oa_cli_value(view->cli, "--csv");
    if (csv) {
        return oa_design_put_csv(view, csv);
    }
    if (view->cli->json) {
        return oa_design_put_json(view);
    }
    if (oa_cli_value(view->cli, "--protocol")) {
        oa_design_put_protocol(view);
    } else {
        oa_design_put_text(view);
    }
    return true;
}

static void release_designs(void *designs) {
    oa_designs_free(designs);
}

int oa_design_show(oa_cli *cli, const oa_design_words *words, const oa_problem *problem, oa_designs *designs,
                   const char *main_one) {
    oa_design_view view = {.cli = cli, .words = *words, .problem = problem, .designs = designs};
    const char *plot = oa_cli_value(cli, "--plot");
    if (!designs) {
        return 1; /* or what the message calls for */
    }
    oa_arena_defer(cli->arena, release_designs, designs);
    if (!choose(&view, main_one) || (plot && !oa_design_plot(&view, plot)) || !put(&view)) {
        oa_buf_reset(&cli->out);
        return 2;
    }
    return 0;
}
