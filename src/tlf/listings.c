/* listings.c - see listings.h. */
#include "listings.h"

#include "../base/number.h"
#include "../base/text.h"

#include <stdlib.h>
#include <string.h>

oa_display *oa_list_published(oa_arena *arena, const oa_ard *ard) {
    static const char *const columns[] = {"Published", "Recomputed", "Verdict", "Why"};
    if (ard->n_comparisons == 0) {
        return NULL;
    }
    oa_display *d = oa_display_new(arena, "published", "Published against recomputed", columns, OA_COUNT(columns));
    d->corner = "Result";
    for (size_t i = 0; i < ard->n_comparisons; i++) {
        const oa_comparison *c = &ard->comparisons[i];
        oa_display_row *row = oa_display_add(arena, d, c->label, 0);
        row->cells[0].text = c->published;
        row->cells[1] = (oa_display_cell){c->recomputed, c->id, NULL};
        row->cells[2] = (oa_display_cell){c->verdict, NULL, c->verdict};
        row->cells[3].text = c->why;
    }
    return d;
}

/* ---- response by subject ----------------------------------------------------------------------------------------- */

/* The row of a subject's span whose column has the value; false where there is none. */
static bool find_row(const oa_table *table, oa_span span, const char *name, const char *value, size_t *found) {
    int column = oa_table_column(table, name);
    for (size_t row = span.first; row < span.first + span.count; row++) {
        if (oa_text_is(table, row, column, value)) {
            *found = row;
            return true;
        }
    }
    return false;
}

static const char *change_text(oa_arena *arena, const oa_table *adtr, oa_span span) {
    char out[OA_NUMBER_SIZE];
    double change;
    size_t row;
    if (!find_row(adtr, span, "ANL02FL", "Y", &row) || !oa_number(adtr, row, oa_table_column(adtr, "PCHG"), &change)) {
        return "";
    }
    return oa_printf(arena, "%s %%", oa_format_fixed(change, 1, out));
}

static const char *progression_text(oa_arena *arena, const oa_report_page *page, oa_span span) {
    char out[OA_NUMBER_SIZE];
    const oa_table *adtte = page->adam->dataset[OA_ADTTE];
    double days;
    size_t row;
    if (!find_row(adtte, span, "PARAMCD", "PFS", &row) ||
        !oa_number(adtte, row, oa_table_column(adtte, "AVAL"), &days)) {
        return "";
    }
    bool event = oa_streq(oa_cell_text(arena, adtte, row, "CNSR"), "0");
    return oa_printf(arena, "%s%s", oa_format_fixed(days / page->protocol->times.month_days, 1, out), event ? "" : "+");
}

oa_display *oa_list_response(oa_arena *arena, const oa_report_page *page) {
    static const char *const columns[] = {"Best response", "Date", "Best change", "PFS (months)", "Why"};
    const oa_table *adsl = page->adam->dataset[OA_ADSL];
    const oa_table *adrs = page->adam->dataset[OA_ADRS];
    const oa_table *adtr = page->adam->dataset[OA_ADTR];
    oa_span *of_adrs = oa_table_spans(arena, adsl, adrs);
    oa_span *of_adtr = oa_table_spans(arena, adsl, adtr);
    oa_span *of_adtte = oa_table_spans(arena, adsl, page->adam->dataset[OA_ADTTE]);
    const char *paramcd = page->protocol->response.confirm_required ? "CBOR" : "BOR";
    oa_display *d = oa_display_new(arena, "response-by-subject", "Response by subject", columns, OA_COUNT(columns));
    d->corner = "Subject";
    for (size_t i = 0; i < oa_table_rows(adsl); i++) {
        size_t row;
        if (!page->ard->efficacy.member[i] || !find_row(adrs, of_adrs[i], "PARAMCD", paramcd, &row)) {
            continue;
        }
        oa_display_row *r = oa_display_add(arena, d, oa_cell_text(arena, adsl, i, "USUBJID"), 0);
        r->cells[0].text = oa_cell_text(arena, adrs, row, "AVALC");
        r->cells[1].text = oa_cell_text(arena, adrs, row, "ADT");
        r->cells[2].text = change_text(arena, adtr, of_adtr[i]);
        r->cells[3].text = progression_text(arena, page, of_adtte[i]);
        r->cells[4].text = oa_cell_text(arena, adrs, row, "REASON");
    }
    d->footnote = "+ censored. onearm explain STUDY SUBJECT BOR prints the records behind each value.";
    return d;
}

/* "Target" of TRGRESP. */
static const char *lesions_of(const char *paramcd) {
    return oa_streq(paramcd, "TRGRESP") ? "Target" : oa_streq(paramcd, "NTRGRESP") ? "Non-target" : "Overall";
}

oa_display *oa_list_discrepancies(oa_arena *arena, const oa_report_page *page) {
    static const struct {
        const char *heading;
        const char *column;
    } shown[] = {{"Evaluator", "PARCAT2"},
                 {"Visit", "AVISIT"},
                 {"Date", "ADT"},
                 {"Response", "PARAMCD"},
                 {"Measured", "MEASC"},
                 {"Reported", "REPC"},
                 {"What makes the difference", "REASON"}};
    const char *headings[OA_COUNT(shown)];
    const oa_table *table = page->adam->dataset[OA_DISCREPANCIES];
    for (size_t i = 0; i < OA_COUNT(shown); i++) {
        headings[i] = shown[i].heading;
    }
    oa_display *d = oa_display_new(arena, "discrepancies", "Measured and reported responses that differ", headings,
                                   OA_COUNT(shown));
    d->corner = "Subject";
    for (size_t row = 0; row < oa_table_rows(table); row++) {
        oa_display_row *r = oa_display_add(arena, d, oa_cell_text(arena, table, row, "USUBJID"), 0);
        for (size_t i = 0; i < OA_COUNT(shown); i++) {
            const char *text = oa_cell_text(arena, table, row, shown[i].column);
            r->cells[i].text = oa_streq(shown[i].column, "PARAMCD") ? lesions_of(text) : text;
        }
    }
    return d;
}

/* ---- records ------------------------------------------------------------------------------------------------------ */

oa_display *oa_list_records(oa_arena *arena, const oa_sdtm *sdtm) {
    const char *columns[OA_N_USES + 1] = {"Records", "Analysed"};
    size_t counts[OA_N_DOMAINS][OA_N_USES] = {{0}};
    size_t place[OA_N_USES] = {0};
    size_t n_columns = 2;
    for (int d = 0; d < OA_N_DOMAINS; d++) {
        for (size_t row = 0; row < oa_table_rows(sdtm->domain[d]); row++) {
            counts[d][oa_row_use(sdtm->domain[d], row)]++;
        }
    }
    for (int use = 0; use < OA_N_USES; use++) {
        size_t total = 0;
        for (int d = 0; d < OA_N_DOMAINS; d++) {
            total += counts[d][use];
        }
        if (use == OA_USE_ANALYSED) {
            place[use] = 1;
        } else if (total) {
            place[use] = n_columns;
            columns[n_columns++] =
                oa_printf(arena, "%c%s", oa_use_text((oa_use)use)[0] - 'a' + 'A', oa_use_text((oa_use)use) + 1);
        }
    }
    oa_display *display = oa_display_new(arena, "records", "What became of each record", columns, n_columns);
    display->corner = "Domain";
    for (int d = 0; d < OA_N_DOMAINS; d++) {
        const oa_table *table = sdtm->domain[d];
        if (oa_table_columns(table) == 0) {
            continue;
        }
        const char *label = oa_printf(arena, "%s  %s", oa_table_name(table), oa_table_label(table));
        oa_display_row *row = oa_display_add(arena, display, label, 0);
        row->cells[0].text = oa_printf(arena, "%zu", oa_table_rows(table));
        for (int use = 0; use < OA_N_USES; use++) {
            if (place[use]) {
                row->cells[place[use]].text = oa_printf(arena, "%zu", counts[d][use]);
            }
        }
    }
    return display;
}

/* ---- findings ----------------------------------------------------------------------------------------------------- */

static int compare_rules(const void *a, const void *b) {
    const oa_finding_rule *x = a;
    const oa_finding_rule *y = b;
    if (x->worst != y->worst) {
        return x->worst > y->worst ? -1 : 1;
    }
    return strcmp(x->rule, y->rule);
}

oa_finding_rule *oa_finding_rules(oa_arena *arena, const oa_diag *findings, size_t *count) {
    size_t n = oa_diag_count(findings);
    oa_finding_rule *rules = OA_NEW_ARRAY(arena, oa_finding_rule, n);
    *count = 0;
    for (size_t i = 0; i < n; i++) {
        const oa_message *m = oa_diag_get(findings, i);
        size_t r = 0;
        while (r < *count && !oa_streq(rules[r].rule, m->rule)) {
            r++;
        }
        if (r == *count) {
            rules[(*count)++] = (oa_finding_rule){m->rule, 0, OA_NOTE};
        }
        rules[r].count++;
        rules[r].worst = m->severity > rules[r].worst ? m->severity : rules[r].worst;
    }
    qsort(rules, *count, sizeof *rules, compare_rules);
    return rules;
}

oa_display *oa_list_findings(oa_arena *arena, const oa_diag *findings, const char *rule) {
    static const char *const columns[] = {"Record", "Place", "Finding"};
    oa_display *d = oa_display_new(arena, oa_printf(arena, "findings-%s", rule), rule, columns, OA_COUNT(columns));
    d->corner = "Subject";
    for (size_t i = 0; i < oa_diag_count(findings); i++) {
        const oa_message *m = oa_diag_get(findings, i);
        const oa_place *w = &m->where;
        if (!oa_streq(m->rule, rule)) {
            continue;
        }
        oa_display_row *row = oa_display_add(arena, d, w->subject ? w->subject : "", 0);
        row->cells[0].text = !w->domain    ? ""
                             : w->seq >= 0 ? oa_printf(arena, "%s %lld", w->domain, (long long)w->seq)
                                           : w->domain;
        row->cells[1].text = !w->file      ? ""
                             : w->line > 0 ? oa_printf(arena, "%s:%lld", oa_base_name(w->file), (long long)w->line)
                                           : oa_base_name(w->file);
        row->cells[2].text = m->text;
    }
    return d;
}

/* ---- protocol and inputs ------------------------------------------------------------------------------------------ */

oa_display *oa_list_eligibility(oa_arena *arena, const oa_protocol *protocol) {
    static const char *const columns[] = {"Kind", "Criterion"};
    if (protocol->n_eligibility == 0) {
        return NULL;
    }
    oa_display *d = oa_display_new(arena, "eligibility", "Eligibility criteria", columns, OA_COUNT(columns));
    d->corner = "Id";
    for (size_t i = 0; i < protocol->n_eligibility; i++) {
        const oa_p_criterion *c = &protocol->eligibility[i];
        oa_display_row *row = oa_display_add(arena, d, c->id, 0);
        row->cells[0].text = c->kind == OA_P_INCLUSION ? "inclusion" : "exclusion";
        row->cells[1].text = c->text;
    }
    return d;
}

static void add_rule(oa_arena *arena, oa_display *d, const char *label, const char *text) {
    oa_display_add(arena, d, label, 0)->cells[0].text = text;
}

static const char *response_rule(oa_arena *arena, const oa_p_response *r) {
    const char *confirmation =
        r->confirm_required
            ? oa_printf(arena, "confirmed after %lld days or more, with at most %lld NE and %lld SD in between",
                        (long long)r->confirm_days, (long long)r->confirm_max_ne, (long long)r->confirm_max_sd)
            : "confirmation not required";
    const char *persists = r->confirm_required ? "persists until PD once it is confirmed" : "persists until PD";
    static const char *const after_cr[] = {[OA_P_STRICT] = "is PD",
                                           [OA_P_ASIS] = "is taken as it is",
                                           [OA_P_REGRADE] = "makes an unconfirmed CR a PR",
                                           [OA_P_QUERY] = "is taken as it is and queried"};
    return oa_printf(arena, "%s, %s, %s; %s; SD from day %lld; disease after CR %s; PR %s", r->criteria, r->evaluator,
                     r->source == OA_P_MEASURED ? "derived from measurements" : "as reported", confirmation,
                     (long long)r->sd_min_days, after_cr[r->cr_then_pr],
                     r->pr_persists ? persists : "is judged anew at each visit");
}

oa_display *oa_list_rules(oa_arena *arena, const oa_protocol *protocol) {
    static const char *const columns[] = {"In force"};
    static const char *const presets[] = {"fda-a", "fda-b", "fda-c", "ema"};
    oa_display *d = oa_display_new(arena, "rules", "Analysis sets and rules", columns, OA_COUNT(columns));
    d->corner = "Rule";
    for (size_t i = 0; i < protocol->n_sets; i++) {
        const oa_p_set *set = &protocol->sets[i];
        const char *text = *set->rule ? oa_printf(arena, "%s (%s)", set->text, set->rule) : set->text;
        add_rule(arena, d, oa_printf(arena, "Analysis set %s", set->id), text);
    }
    add_rule(arena, d, "Response", response_rule(arena, &protocol->response));
    for (size_t i = 0; i < protocol->n_markers; i++) {
        const oa_p_marker *m = &protocol->markers[i];
        add_rule(arena, d, m->label,
                 oa_printf(arena, "response: decrease of at least %s %%, from day %lld; compared in the same%s%s%s",
                           oa_number_text(arena, m->decrease), (long long)m->min_days,
                           m->same_tsh_state ? " TSH state" : "", m->same_assay ? ", assay" : "",
                           m->tgab_negative ? ", without antibodies" : ""));
    }
    add_rule(arena, d, "Progression-free survival",
             oa_printf(arena, "preset %s; limits %s; a month is %s days", presets[protocol->times.pfs_preset],
                       oa_km_conf_name((oa_km_conf)protocol->times.km_conf),
                       oa_number_text(arena, protocol->times.month_days)));
    add_rule(arena, d, "Adverse events",
             oa_printf(arena, "CTCAE %s; treatment-emergent up to %lld days after the last dose; related to %s",
                       protocol->safety.ctcae, (long long)protocol->safety.teae_days, protocol->safety.related_to));
    return d;
}

oa_display *oa_list_inputs(oa_arena *arena, const oa_report_page *page) {
    static const char *const columns[] = {"Bytes", "SHA-256"};
    oa_display *d = oa_display_new(arena, "inputs", "Input files", columns, OA_COUNT(columns));
    d->corner = "File";
    for (size_t i = 0; i <= page->sdtm->n_inputs; i++) {
        const oa_input *input = i == 0 ? &page->protocol_input : &page->sdtm->inputs[i - 1];
        oa_display_row *row = oa_display_add(arena, d, oa_base_name(input->path), 0);
        row->cells[0].text = oa_printf(arena, "%zu", input->bytes);
        row->cells[1].text = input->sha256;
    }
    return d;
}
