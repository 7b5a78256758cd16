/* cmd_design_print.c - designs as text: the list, the decisions for the wall, the operating characteristics; and the block
 * of protocol.yaml. */
#include "cmd_design.h"

#include "../base/number.h"
#include "../base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Of a design with more looks the list shows only the last. */
enum { MOST_SHOWN = 4 };

/* ---- decisions --------------------------------------------------------------------------------------------------- */

const char *oa_or_fewer(oa_arena *arena, int32_t count) {
    return count == 0 ? "none" : oa_printf(arena, "%d or fewer", (int)count);
}

static bool can_win(const oa_look *look) {
    return look->upper <= look->n;
}

/* From one look to the next after a single subject more, with the same limits. */
static bool same_limits(const oa_look *a, const oa_look *b) {
    return b->n == a->n + 1 && a->lower == b->lower && can_win(a) == can_win(b) &&
           (!can_win(a) || a->upper == b->upper);
}

static void put_answer(oa_buf *out, const char *answer, bool last) {
    oa_putf(out, last ? "%s if " : "stop (%s) if ", answer);
}

static void put_look(oa_buf *out, const oa_design_words *words, const oa_look *first, const oa_look *look, bool last) {
    bool low = look->lower >= 0;
    bool high = can_win(look);
    if (!low && !high) {
        return;
    }
    if (first->n == look->n) {
        oa_putf(out, "  after %d patients: ", (int)look->n);
    } else {
        oa_putf(out, "  after %d to %d patients: ", (int)first->n, (int)look->n);
    }
    if (low) {
        put_answer(out, words->low, last);
        oa_putf(out, "%s %s", oa_or_fewer(out->arena, look->lower), words->event);
    }
    if (high) {
        oa_put(out, low ? "; " : "");
        put_answer(out, words->high, last);
        oa_putf(out, "%d or more%s%s", (int)look->upper, low ? "" : " ", low ? "" : words->event);
    }
    oa_put(out, "\n");
}

void oa_design_put_decisions(oa_buf *out, const oa_design_words *words, const oa_boundary *boundary) {
    size_t first = 0;
    for (size_t i = 0; i < boundary->count; i++) {
        bool last = i + 1 == boundary->count;
        const oa_look *look = &boundary->looks[i];
        if (last || i + 2 == boundary->count || !same_limits(look, &boundary->looks[i + 1])) {
            put_look(out, words, &boundary->looks[first], look, last);
            first = i + 1;
        }
    }
}

/* ---- list -------------------------------------------------------------------------------------------------------- */

/* "1/10 5/29"; a stop for efficacy with 5 or more: "1/10 (5+)" */
static const char *notation(oa_arena *arena, const oa_boundary *b) {
    char *text = oa_strdup(arena, "");
    if (b->count > MOST_SHOWN) {
        const oa_look *last = &b->looks[b->count - 1];
        return oa_printf(arena, "%zu looks, %d/%d", b->count, (int)last->lower, (int)last->n);
    }
    for (size_t i = 0; i < b->count; i++) {
        const oa_look *look = &b->looks[i];
        const char *low = look->lower < 0 ? "-" : oa_printf(arena, "%d", (int)look->lower);
        const char *high =
            look->upper <= look->n && i + 1 < b->count ? oa_printf(arena, " (%d+)", (int)look->upper) : "";
        text = oa_printf(arena, "%s%s%s/%d%s", text, i ? "  " : "", low, (int)look->n, high);
    }
    return text;
}

static bool takes_ties(const oa_command *command) {
    for (int i = 0; i < OA_MAX_OPTIONS && command->options[i].name; i++) {
        if (oa_streq(command->options[i].name, "--ties")) {
            return true;
        }
    }
    return false;
}

static void put_head(const oa_design_view *view) {
    oa_arena *arena = view->cli->arena;
    const oa_problem *p = view->problem;
    const char *sign = p->strict ? "<" : "<=";
    oa_putf(&view->cli->out, "%s: p0 %s, p1 %s, alpha %s %s, beta %s %s\n", view->words.title,
            oa_number_text(arena, p->p0), oa_number_text(arena, p->p1), sign, oa_number_text(arena, p->alpha), sign,
            oa_number_text(arena, p->beta));
    if (takes_ties(view->cli->command)) {
        oa_putf(&view->cli->out, "Where several r keep both error rates: the %s\n",
                p->ties == OA_LARGEST_R ? "largest (least alpha)" : "smallest (greatest power)");
    }
}

static size_t widest(const oa_design_view *view, const char *(*text)(oa_arena *, const oa_design *)) {
    size_t width = 0;
    for (size_t i = 0; i < oa_designs_count(view->designs); i++) {
        size_t length = strlen(text(view->cli->arena, oa_designs_at(view->designs, i)));
        width = length > width ? length : width;
    }
    return width;
}

static const char *name_of(oa_arena *arena, const oa_design *design) {
    (void)arena;
    return design->name;
}

static const char *notation_of(oa_arena *arena, const oa_design *design) {
    return notation(arena, &design->boundary);
}

static void put_list(const oa_design_view *view) {
    oa_buf *out = &view->cli->out;
    oa_arena *arena = view->cli->arena;
    int names = (int)widest(view, name_of);
    int boundaries = (int)widest(view, notation_of);
    boundaries = boundaries > 7 ? boundaries : 7;
    oa_putf(out, "\n  %-*s  %-*s  EN(p0)  EN(p1)  PET(p0)  alpha     power     best at\n", names, "", boundaries,
            "r/n");
    for (size_t i = 0; i < oa_designs_count(view->designs); i++) {
        const oa_design *d = oa_designs_at(view->designs, i);
        oa_putf(out, "  %-*s  %-*s  %6.2f  %6.2f  %.4f   %.6f  %.6f  ", names, d->name, boundaries,
                notation(arena, &d->boundary), d->at_p0.expected_n, d->at_p1.expected_n, d->at_p0.early,
                d->at_p0.efficacy, d->at_p1.efficacy);
        if (isfinite(d->weight_from)) {
            oa_putf(out, "w from %.3f to %.3f\n", d->weight_from, d->weight_to);
        } else {
            oa_putf(out, "%s\n", d->rule);
        }
    }
    if (isfinite(oa_designs_at(view->designs, 0)->weight_from)) {
        oa_put(out, "  w is the weight of n against EN(p0), for which the design is best (Jung 2004).\n");
    }
    if (!oa_designs_complete(view->designs)) {
        oa_put(out, "  A larger n than those searched may give a smaller EN(p0).\n");
    }
}

static void put_thresholds(const oa_design_view *view) {
    const oa_threshold *t = view->shown->thresholds;
    oa_buf *out = &view->cli->out;
    for (size_t i = 0; i < OA_MOST_THRESHOLDS && t[i].name; i++) {
        oa_putf(out, "%s%s ", i ? ", " : "  Thresholds: ", t[i].name);
        oa_putf(out, t[i].from == t[i].to ? "%.4g" : "%.4g to %.4g", t[i].from, t[i].to);
    }
    if (t[0].name) {
        oa_put(out, "\n");
    }
}

/* An error rate that is passed must not go unsaid. */
static void put_warning(const oa_design_view *view) {
    const oa_problem *p = view->problem;
    const oa_design *d = view->shown;
    if (d->at_p0.efficacy > p->alpha + 1e-12) {
        oa_putf(&view->cli->out, "  Its type I error, %.6f, is above alpha.\n", d->at_p0.efficacy);
    }
    if (d->at_p1.futility > p->beta + 1e-12) {
        oa_putf(&view->cli->out, "  Its type II error, %.6f, is above beta.\n", d->at_p1.futility);
    }
}

/* ---- operating characteristics ----------------------------------------------------------------------------------- */

/* Without the blanks of a last cell. */
static void end_line(oa_buf *out) {
    while (out->length && out->bytes[out->length - 1] == ' ') {
        out->bytes[--out->length] = '\0';
    }
    oa_put(out, "\n");
}

static void put_characteristics(const oa_design_view *view) {
    oa_buf *out = &view->cli->out;
    const oa_boundary *b = &view->shown->boundary;
    oa_stop *stops = OA_NEW_ARRAY(view->cli->arena, oa_stop, b->count);
    oa_putf(out, "\nOperating characteristics (exact)\n  true rate  %-14s  stops early  expected n  sd of n",
            view->words.high);
    for (size_t i = 0; i < b->count && b->count <= MOST_SHOWN; i++) {
        oa_putf(out, "  ends at %-4d", (int)b->looks[i].n);
    }
    end_line(out);
    for (size_t i = 0; i < view->n_rates; i++) {
        oa_oc oc;
        double p = view->rates[i];
        if (!oa_boundary_oc(b, p, &oc, stops, view->cli->diag)) {
            return;
        }
        const char *mark = p == view->problem->p0 ? " p0" : p == view->problem->p1 ? " p1" : "";
        oa_putf(out, "  %-6s%-3s  %-14.6f  %-11.4f  %-10.2f  %-7.2f", oa_number_text(out->arena, p), mark, oc.efficacy,
                oc.early, oc.expected_n, oc.sd_n);
        for (size_t k = 0; k < b->count && b->count <= MOST_SHOWN; k++) {
            oa_putf(out, "  %-12.4f", stops[k].futility + stops[k].efficacy);
        }
        end_line(out);
    }
}

void oa_design_put_text(const oa_design_view *view) {
    put_head(view);
    put_list(view);
    oa_putf(&view->cli->out, "\nDecisions (%s)\n", view->shown->name);
    oa_design_put_decisions(&view->cli->out, &view->words, &view->shown->boundary);
    put_thresholds(view);
    put_warning(view);
    put_characteristics(view);
}

/* ---- protocol ---------------------------------------------------------------------------------------------------- */

static void put_two_stage_keys(oa_buf *out, const oa_problem *p, const oa_look *l) {
    oa_putf(out, "  two_stage:\n    p0: %s\n    p1: %s\n    alpha: %s\n    beta: %s\n",
            oa_number_text(out->arena, p->p0), oa_number_text(out->arena, p->p1), oa_number_text(out->arena, p->alpha),
            oa_number_text(out->arena, p->beta));
    oa_putf(out, "    n1: %d\n    r1: %d\n    n: %d\n    r: %d\n", (int)l[0].n, (int)l[0].lower, (int)l[1].n,
            (int)l[1].lower);
}

static void put_look_keys(oa_buf *out, const oa_problem *p, const oa_boundary *b) {
    oa_putf(out, "  p0: %s\n  p1: %s\n  looks:\n", oa_number_text(out->arena, p->p0),
            oa_number_text(out->arena, p->p1));
    for (size_t i = 0; i < b->count; i++) {
        const oa_look *look = &b->looks[i];
        if (look->lower < 0 && !can_win(look)) {
            continue; /* a look that stops nothing */
        }
        oa_putf(out, "    - {n: %d", (int)look->n);
        if (look->lower >= 0) {
            oa_putf(out, ", futility: %d", (int)look->lower);
        }
        if (can_win(look)) {
            oa_putf(out, ", efficacy: %d", (int)look->upper);
        }
        oa_put(out, "}\n");
    }
}

static void put_toxicity_keys(oa_buf *out, const oa_boundary *b) {
    oa_put(out, "  toxicity:\n    looks:\n");
    for (size_t i = 0; i < b->count; i++) {
        if (can_win(&b->looks[i])) {
            oa_putf(out, "      - {n: %d, stop: %d}\n", (int)b->looks[i].n, (int)b->looks[i].upper);
        }
    }
}

void oa_design_put_protocol(const oa_design_view *view) {
    oa_buf *out = &view->cli->out;
    const oa_boundary *b = &view->shown->boundary;
    const oa_look *l = b->looks;
    if (oa_streq(view->cli->command->name, "design toxicity")) {
        oa_put(out, "design:\n");
        put_toxicity_keys(out, b);
        return;
    }
    oa_putf(out, "design:\n  planned_n: %d\n", (int)l[b->count - 1].n);
    if (b->count == 2 && l[0].upper > l[0].n && l[0].lower >= 0) {
        put_two_stage_keys(out, view->problem, l);
    } else {
        put_look_keys(out, view->problem, b);
    }
}
