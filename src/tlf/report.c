/* report.c - the page: what stands where, and the words around the numbers.  See report.h. */
#include "report.h"

#include "../adam/schedule.h"
#include "../ard/times.h"
#include "../base/number.h"
#include "../base/text.h"
#include "html.h"
#include "listings.h"

#include <onearm/binomial.h>

#include <math.h>

/* report.css, embedded by the build */
extern const unsigned char oa_report_css[];

typedef struct writer {
    oa_arena *arena;
    const oa_report_page *page;
    oa_buf *out;
    const char *efficacy; /* "EFFICACY, N = 20" */
    const char *safety;
} writer;

/* ---- head: title, key figures, contents --------------------------------------------------------------------------- */

static const struct {
    const char *id;
    const char *title;
} contents[] = {{"summary", "Summary"},   {"disposition", "Disposition"}, {"baseline", "Baseline"},
                {"exposure", "Exposure"}, {"response", "Response"},       {"marker", "Biochemical response"},
                {"survival", "Survival"}, {"safety", "Safety"},           {"findings", "Findings"},
                {"records", "Records"},   {"protocol", "Protocol"},       {"provenance", "Provenance"}};

/* The results a reader wants first: id, name, and whether the interval belongs below. */
static const struct {
    const char *id;
    const char *name;
} key_results[] = {{"ORR", "Objective response rate"},      {"DCR", "Disease control rate"},
                   {"BRR", "Biochemical response rate"},    {"PFS.MEDIAN", "Median PFS"},
                   {"FOLLOWUP.MEDIAN", "Median follow-up"}, {"TRAE.GRADE3PLUS", "Related AE, grade \xE2\x89\xA5 3"}};

static const char *big_number(const writer *w, const oa_result *r) {
    char out[OA_NUMBER_SIZE];
    if (!isfinite(r->estimate)) {
        return oa_streq(r->unit, "months") ? "not reached" : "\xE2\x80\x93";
    }
    if (oa_streq(r->unit, "months")) {
        return oa_printf(w->arena, "%s months", oa_format_fixed(r->estimate, 1, out));
    }
    return r->of > 0 ? oa_printf(w->arena, "%s %%", oa_format_percent(r->n, r->of, 1, out)) : r->text;
}

/* What stands under a big number: the counts, and the interval. */
static void put_small_numbers(const writer *w, const oa_result *r) {
    char lower[OA_NUMBER_SIZE];
    char upper[OA_NUMBER_SIZE];
    bool share = oa_streq(r->unit, "proportion");
    double scale = share ? 100 : 1;
    if (share) {
        oa_html_element(w->out, "span", NULL, oa_printf(w->arena, "%lld of %lld", (long long)r->n, (long long)r->of));
    }
    if (isfinite(r->level)) {
        const char *interval = oa_printf(w->arena, "%s %% CI %s\xE2\x80\x93%s", oa_hundredfold(w->arena, r->level),
                                         isfinite(r->lower) ? oa_format_fixed(scale * r->lower, 1, lower) : "NR",
                                         isfinite(r->upper) ? oa_format_fixed(scale * r->upper, 1, upper) : "NR");
        oa_html_element(w->out, "span", NULL, interval);
    }
}

static void put_tiles(const writer *w) {
    oa_put(w->out, "<div class=\"tiles\">\n");
    for (size_t i = 0; i < sizeof key_results / sizeof *key_results; i++) {
        const oa_result *r = oa_ard_find(w->page->ard, key_results[i].id);
        if (!r) {
            continue;
        }
        oa_put(w->out, "<div class=\"tile\">");
        oa_html_element(w->out, "span", "name", key_results[i].name);
        oa_putf(w->out, "<strong data-result=\"%s\">", r->id);
        oa_html_text(w->out, big_number(w, r));
        oa_put(w->out, "</strong>");
        put_small_numbers(w, r);
        oa_put(w->out, "</div>\n");
    }
    oa_put(w->out, "</div>\n");
}

static void put_header(const writer *w) {
    const oa_p_study *study = &w->page->protocol->study;
    char cutoff[OA_DATE_SIZE];
    oa_put(w->out, "<header><div class=\"wrap\">\n");
    oa_html_element(w->out, "p", "study", study->id);
    oa_html_element(w->out, "h1", NULL, *study->title ? study->title : study->id);
    oa_put(w->out, "<p class=\"facts\">");
    const char *phase = *study->phase ? oa_printf(w->arena, "Phase %s", study->phase) : "";
    const char *facts[] = {phase, study->registry,
                           w->page->cutoff.known
                               ? oa_printf(w->arena, "data cut-off %s", oa_format_date(w->page->cutoff, cutoff))
                               : "no data cut-off",
                           w->efficacy};
    for (size_t i = 0, n = 0; i < sizeof facts / sizeof *facts; i++) {
        if (*facts[i]) {
            oa_put(w->out, n++ ? " \xC2\xB7 " : "");
            oa_html_text(w->out, facts[i]);
        }
    }
    oa_put(w->out, "</p>\n</div></header>\n<nav aria-label=\"Contents\"><div class=\"wrap\">\n");
    for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
        oa_putf(w->out, "<a href=\"#%s\">%s</a>\n", contents[i].id, contents[i].title);
    }
    oa_put(w->out, "</div></nav>\n");
}

/* ---- parts of sections --------------------------------------------------------------------------------------------- */

static void put_analysis(const writer *w, const char *analysis, const char *title, const char *population,
                         const char *footnote) {
    oa_display *d = oa_display_of(w->arena, w->page->ard, analysis, title);
    if (d) {
        d->population = population;
        d->footnote = footnote;
        oa_html_table(w->out, d);
    }
}

static bool put_figure(const writer *w, const char *id) {
    for (size_t i = 0; i < w->page->figures->count; i++) {
        const oa_study_figure *f = &w->page->figures->items[i];
        if (oa_streq(f->id, id)) {
            oa_html_figure(w->out, id, w->page->svg[i].bytes, w->page->svg[i].length, f->caption, f->caption);
            return true;
        }
    }
    return false;
}

/* A long table stands folded; what it is and how long can be seen. */
static void put_folded(const writer *w, const oa_display *d, const char *about, bool open) {
    if (!d || d->n_rows == 0) {
        return;
    }
    oa_putf(w->out, "<details%s><summary>", open ? " open" : "");
    oa_html_text(w->out, d->title);
    oa_putf(w->out, " <span>%zu ", d->n_rows);
    oa_html_text(w->out, about);
    oa_put(w->out, "</span></summary>\n");
    oa_html_table(w->out, d);
    oa_put(w->out, "</details>\n");
}

/* ---- sections ------------------------------------------------------------------------------------------------------ */

/* "14 of 15 published numbers agree with the records, 1 does not." */
static void put_agreement(const writer *w) {
    const oa_ard *ard = w->page->ard;
    size_t agree = 0;
    size_t disagree = 0;
    for (size_t i = 0; i < ard->n_comparisons; i++) {
        agree += oa_streq(ard->comparisons[i].verdict, "consistent");
        disagree += oa_streq(ard->comparisons[i].verdict, "inconsistent");
    }
    const char *text = oa_printf(w->arena, "%zu of %zu published numbers agree with the records; %zu %s not.", agree,
                                 ard->n_comparisons, disagree, disagree == 1 ? "does" : "do");
    oa_html_element(w->out, "p", disagree ? "verdict wrong" : "verdict", text);
    oa_put(w->out, "\n");
}

static void put_summary(const writer *w) {
    oa_html_section(w->out, "summary", "Summary");
    put_tiles(w);
    oa_display *published = oa_list_published(w->arena, w->page->ard);
    if (published) {
        put_agreement(w);
        published->footnote =
            "Published numbers are those of the protocol's key published. A number agrees where ours, rounded to the "
            "same decimals, is the same.";
        oa_html_table(w->out, published);
    }
    oa_html_end_section(w->out);
}

#define MEDIANS "The median of an even number is the mean of the middle two."

static void put_course(const writer *w) {
    oa_html_section(w->out, "disposition", "Disposition");
    put_analysis(w, "DISPOSITION", "Disposition", "", "Percentages of treated subjects; the first lines of all.");
    oa_html_end_section(w->out);
    oa_html_section(w->out, "baseline", "Demographics and disease at baseline");
    oa_put(w->out, "<div class=\"pair\">\n");
    put_analysis(w, "DEMOGRAPHICS", "Demographics", w->efficacy, MEDIANS);
    put_analysis(w, "DISEASE", "Disease at baseline", w->efficacy, MEDIANS);
    oa_put(w->out, "</div>\n");
    oa_html_end_section(w->out);
    oa_html_section(w->out, "exposure", "Exposure");
    oa_put(w->out, "<div class=\"pair\">\n");
    put_analysis(
        w, "EXPOSURE", "Exposure", w->safety,
        "Relative dose intensity: dose given, of the first level on every planned day up to the last dose. " MEDIANS);
    put_analysis(w, "MODIFICATION", "Dose modifications", w->safety, "");
    oa_put(w->out, "</div>\n");
    put_figure(w, "swimmer");
    oa_html_end_section(w->out);
}

/* "Exact (Clopper-Pearson) intervals", "Wilson intervals". */
static const char *interval_words(const writer *w) {
    oa_ci_method method = (oa_ci_method)w->page->protocol->design.interval;
    bool exact = method == OA_CI_CLOPPER_PEARSON || method == OA_CI_BLAKER;
    return oa_printf(w->arena, exact ? "Exact (%s) intervals" : "%s intervals", oa_ci_label(method));
}

static const char *response_footnote(const writer *w) {
    const oa_p_response *r = &w->page->protocol->response;
    return oa_printf(w->arena,
                     "%s, %s by %s. %s; stable disease from day %lld. %s. Subjects "
                     "without assessment stay in the denominator.%s",
                     r->criteria, r->source == OA_P_MEASURED ? "derived from the measurements" : "as reported",
                     oa_lower(w->arena, r->evaluator),
                     r->confirm_required ? oa_printf(w->arena, "Responses confirmed after at least %lld days",
                                                     (long long)r->confirm_days)
                                         : "Responses not confirmed",
                     (long long)r->sd_min_days, interval_words(w),
                     r->source == OA_P_REPORTED ? ""
                     : r->marker_in_cr          ? " A complete response needs normal tumour markers."
                                                : " Tumour markers are no part of a complete response.");
}

static const char *marker_footnote(const writer *w) {
    oa_buf text;
    oa_buf_init(&text, w->arena);
    oa_put(&text,
           "Each sample is compared with the last one before treatment in the same TSH state, by the same assay and "
           "without antibodies, as far as the protocol asks; values below the limit of quantification count as "
           "the limit.");
    for (size_t i = 0; i < w->page->protocol->n_markers; i++) {
        oa_putf(&text, " %s", oa_marker_change_text(w->arena, &w->page->protocol->markers[i]));
    }
    return text.bytes;
}

static void put_efficacy(const writer *w) {
    enum { OPEN_UP_TO = 30 };
    oa_html_section(w->out, "response", "Response");
    put_analysis(w, "RESPONSE", "Best overall response", w->efficacy, response_footnote(w));
    put_analysis(
        w, "CONCORDANCE", "Concordance of readers", w->efficacy,
        "Subjects, for the response by time point visits, on which both readers agree; a progression and its date "
        "agree where neither has one or both have it on the same day. Kappa: Cohen's, unweighted.");
    put_figure(w, "waterfall");
    oa_display *listing = oa_list_response(w->arena, w->page);
    put_folded(w, listing, "subjects", listing->n_rows <= OPEN_UP_TO);
    put_folded(w, oa_list_discrepancies(w->arena, w->page), "time points", false);
    oa_html_end_section(w->out);
    oa_html_section(w->out, "marker", "Biochemical response");
    put_analysis(w, "MARKER", "Biochemical response", w->efficacy, marker_footnote(w));
    for (size_t i = 0; i < w->page->protocol->n_markers; i++) {
        put_figure(w, oa_printf(w->arena, "marker-%s", oa_lower(w->arena, w->page->protocol->markers[i].testcd)));
    }
    if (w->page->protocol->n_markers == 0) {
        oa_html_element(w->out, "p", NULL, "The protocol names no marker.");
    }
    oa_html_end_section(w->out);
}

static const char *survival_footnote(const writer *w) {
    const oa_p_times *times = &w->page->protocol->times;
    return oa_printf(
        w->arena,
        "%s; NR: not reached. Progression-free survival and durations are censored by %s. Follow-up by the "
        "reverse Kaplan-Meier method. Duration of response from the first CR or PR that counts, of stable "
        "disease from the reference day to progression.",
        oa_survival_method(w->arena, times), oa_pfs_rules_text(w->arena, times));
}

/* How often which rule of censoring decides, and for whom it matters which one is chosen. */
static void put_presets(const writer *w) {
    oa_display *moved = oa_list_moved(w->arena, w->page);
    put_analysis(w, "PRESETS", "Progression-free survival under each censoring preset", w->efficacy,
                 oa_printf(w->arena,
                           "fda-a, fda-b, fda-c: tables A, B and C of the FDA guidance on endpoints, appendix 3; ema: "
                           "CHMP/27994/2008/Rev.1. The protocol's own is %s. %s%s",
                           oa_pfs_rules_text(w->arena, &w->page->protocol->times),
                           oa_schedule_text(w->arena, w->page->protocol),
                           moved ? "" : " No subject moves between the presets."));
    if (moved) {
        put_folded(w, moved, moved->n_rows == 1 ? "subject" : "subjects", true);
    }
}

static void put_survival(const writer *w) {
    enum { OPEN_UP_TO = 20 };
    oa_html_section(w->out, "survival", "Survival and follow-up");
    put_analysis(w, "TIMES", "Survival and follow-up", w->efficacy, survival_footnote(w));
    put_figure(w, "pfs");
    put_figure(w, "os");
    put_figure(w, "dor");
    put_analysis(
        w, "ENDINGS", "How each time ended", w->efficacy,
        "The first three are events, the others reasons of censoring; percentages of the subjects who have the "
        "time.");
    put_presets(w);
    oa_display *times = oa_list_times(w->arena, w->page);
    put_folded(w, times, "rows", times->n_rows <= OPEN_UP_TO);
    oa_html_end_section(w->out);
}

static void put_safety(const writer *w) {
    enum { OPEN_UP_TO = 40 };
    const char *footnote =
        oa_printf(w->arena,
                  "CTCAE %s. A subject counts once in each row, with the worst grade; percentages of "
                  "all treated subjects. Treatment-emergent: from the first dose to %lld days after "
                  "the last.",
                  w->page->protocol->safety.ctcae, (long long)w->page->protocol->safety.teae_days);
    oa_html_section(w->out, "safety", "Safety");
    put_analysis(w, "SAFETY", "Overview of adverse events", w->safety, footnote);
    static const char *const analyses[][2] = {
        {"TEAE.TERMS", "Treatment-emergent adverse events by organ class and term, worst grade"},
        {"TRAE.TERMS", "Treatment-related adverse events by organ class and term, worst grade"}};
    for (size_t i = 0; i < 2; i++) {
        oa_display *d = oa_display_of(w->arena, w->page->ard, analyses[i][0], analyses[i][1]);
        if (d) {
            d->population = w->safety;
            d->footnote = footnote;
            d->corner = "Organ class, term";
            put_folded(w, d, "rows", d->n_rows <= OPEN_UP_TO);
        }
    }
    oa_html_end_section(w->out);
}

static void put_findings(const writer *w) {
    size_t count;
    oa_finding_rule *rules = oa_finding_rules(w->arena, w->page->findings, &count);
    oa_html_section(w->out, "findings", "Findings on the records");
    if (count == 0) {
        oa_html_element(w->out, "p", NULL, "There are none.");
    }
    for (size_t i = 0; i < count; i++) {
        oa_display *d = oa_list_findings(w->arena, w->page->findings, rules[i].rule);
        d->title = oa_printf(w->arena, "%s (%s)", rules[i].rule, oa_severity_name(rules[i].worst));
        put_folded(w, d,
                   oa_printf(w->arena, "%s: %s", rules[i].count == 1 ? "finding" : "findings, the first",
                             d->rows[0].cells[2].text),
                   false);
    }
    oa_html_end_section(w->out);
    oa_html_section(w->out, "records", "Records");
    oa_display *records = oa_list_records(w->arena, w->page->sdtm);
    records->footnote = "Every record read is counted once. Records that an analysis could not use are findings above.";
    oa_html_table(w->out, records);
    oa_html_end_section(w->out);
}

static void put_list(const writer *w, const char *title, const oa_names *names) {
    if (names->count == 0) {
        return;
    }
    oa_html_element(w->out, "h3", NULL, title);
    oa_put(w->out, "<ul>\n");
    for (size_t i = 0; i < names->count; i++) {
        oa_html_element(w->out, "li", NULL, names->items[i]);
        oa_put(w->out, "\n");
    }
    oa_put(w->out, "</ul>\n");
}

static void put_protocol(const writer *w) {
    const oa_protocol *p = w->page->protocol;
    oa_html_section(w->out, "protocol", "Protocol in short");
    put_list(w, "Primary endpoints", &p->endpoints_primary);
    put_list(w, "Secondary endpoints", &p->endpoints_secondary);
    oa_display *eligibility = oa_list_eligibility(w->arena, p);
    if (eligibility) {
        oa_html_table(w->out, eligibility);
    }
    oa_html_table(w->out, oa_list_rules(w->arena, p));
    put_list(w, "Assumptions: what the source of the protocol does not say", &p->assumptions);
    oa_html_end_section(w->out);
}

static void put_provenance(const writer *w) {
    oa_html_section(w->out, "provenance", "Provenance");
    oa_put(w->out, "<p>Made by onearm ");
    oa_html_text(w->out, w->page->version);
    oa_put(w->out, " on ");
    oa_html_text(w->out, w->page->run_time);
    oa_put(w->out, ". The same input and version give the same numbers, byte for byte.</p>\n");
    oa_html_table(w->out, oa_list_inputs(w->arena, w->page));
    oa_html_end_section(w->out);
}

void oa_report_html(oa_arena *arena, const oa_report_page *page, oa_buf *out) {
    const oa_set *efficacy = &page->ard->efficacy;
    writer w = {arena, page, out, oa_printf(arena, "%s, N = %zu", efficacy->id, efficacy->n),
                oa_printf(arena, "Safety set, N = %zu", page->ard->safety.n)};
    oa_put(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; "
                "style-src 'unsafe-inline'\">\n<title>");
    oa_html_text(out, page->protocol->study.id);
    oa_put(out, " \xE2\x80\x93 report</title>\n<style>\n");
    oa_put(out, (const char *)oa_report_css);
    oa_put(out, "</style>\n</head>\n<body>\n");
    put_header(&w);
    oa_put(out, "<main class=\"wrap\">\n");
    put_summary(&w);
    put_course(&w);
    put_efficacy(&w);
    put_survival(&w);
    put_safety(&w);
    put_findings(&w);
    put_protocol(&w);
    put_provenance(&w);
    oa_put(out, "</main>\n</body>\n</html>\n");
}
