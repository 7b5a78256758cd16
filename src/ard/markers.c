/* markers.c - biochemical response: for each marker of the protocol, the response rate and the depth of the change. */
#include "analysis.h"

#include "../base/text.h"

static const char analysis[] = "MARKER";

typedef struct adlb_view {
    const oa_table *table;
    int paramcd, avalc, pchg, base, best;
} adlb_view;

/* BRR for the first marker, BRR.ID for the others: a trial has one biochemical endpoint, as a rule. */
static const char *id_of(oa_analysis *a, const char *stem, size_t marker) {
    return marker == 0 ? stem : oa_printf(a->arena, "%s.%s", stem, oa_upper(a->arena, a->protocol->markers[marker].id));
}

static void add_rate(oa_analysis *a, const adlb_view *v, size_t marker) {
    const oa_p_marker *m = &a->protocol->markers[marker];
    const char *paramcd = oa_marker_response(a->arena, m);
    oa_flags *yes = oa_flags_new(a);
    oa_flags *unknown = oa_flags_new(a);
    size_t subject = 0;
    for (size_t row = 0; row < oa_table_rows(v->table); row++) {
        if (oa_text_is(v->table, row, v->paramcd, paramcd) && oa_next_subject(a, v->table, row, &subject)) {
            yes[subject] = oa_text_is(v->table, row, v->avalc, "Y");
            unknown[subject] = oa_text_is(v->table, row, v->avalc, "NE");
        }
    }
    oa_slot rate = {id_of(a, "BRR", marker),
                    analysis,
                    oa_printf(a->arena, "Biochemical response rate (%s decrease of at least %s %%)", m->label,
                              oa_fixed_text(a->arena, m->decrease, 0)),
                    "Result",
                    0,
                    "ADLB: lowest comparable sample against its baseline; not evaluable counts as no"};
    oa_add_proportion(a, &rate, &a->ard->efficacy, yes);
    oa_slot ne = {id_of(a, "BRR.NE", marker), analysis, "No comparable sample", "Result", 0, "ADLB: response is NE"};
    oa_add_count(a, &ne, &a->ard->efficacy, unknown);
}

static void add_change(oa_analysis *a, const adlb_view *v, size_t marker) {
    const oa_p_marker *m = &a->protocol->markers[marker];
    oa_values changes = oa_values_new(a);
    oa_values bases = oa_values_new(a);
    size_t subject = 0;
    for (size_t row = 0; row < oa_table_rows(v->table); row++) {
        double change;
        double base;
        if (oa_text_is(v->table, row, v->paramcd, m->testcd) && oa_text_is(v->table, row, v->best, "Y") &&
            oa_next_subject(a, v->table, row, &subject) && a->ard->efficacy.member[subject] &&
            oa_number(v->table, row, v->pchg, &change) && oa_number(v->table, row, v->base, &base)) {
            oa_values_add(&changes, subject, change);
            oa_values_add(&bases, subject, base);
        }
    }
    oa_slot base = {id_of(a, "MARKER.BASE", marker),
                    analysis,
                    oa_printf(a->arena, "%s at baseline, comparable sample, median (range)", m->label),
                    "Result",
                    0,
                    "ADLB.BASE of the best comparable sample"};
    oa_add_summary(a, &base, &bases, "", 1);
    oa_slot change = {id_of(a, "MARKER.CHANGE", marker),
                      analysis,
                      oa_printf(a->arena, "Best change of %s from baseline (%%), median (range)", m->label),
                      "Result",
                      0,
                      "ADLB.PCHG of the best comparable sample"};
    oa_add_summary(a, &change, &changes, "%", 1);
}

/* Without a single sample the rate would say 0, which is not known. */
static bool was_measured(const adlb_view *v, const oa_p_marker *m) {
    for (size_t row = 0; row < oa_table_rows(v->table); row++) {
        if (oa_text_is(v->table, row, v->paramcd, m->testcd)) {
            return true;
        }
    }
    return false;
}

void oa_analyse_markers(oa_analysis *a) {
    const oa_table *adlb = a->adam->dataset[OA_ADLB];
    adlb_view v = {adlb,
                   oa_table_column(adlb, "PARAMCD"),
                   oa_table_column(adlb, "AVALC"),
                   oa_table_column(adlb, "PCHG"),
                   oa_table_column(adlb, "BASE"),
                   oa_table_column(adlb, "ANL02FL")};
    if (oa_table_rows(a->sdtm->domain[OA_LB]) == 0) {
        return;
    }
    for (size_t i = 0; i < a->protocol->n_markers; i++) {
        if (was_measured(&v, &a->protocol->markers[i])) {
            add_rate(a, &v, i);
            add_change(a, &v, i);
            oa_add_marker_change(a, &a->protocol->markers[i]);
        }
    }
}
