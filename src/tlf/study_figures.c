/* study_figures.c - see study_figures.h. */
#include "study_figures.h"

#include "../ard/times.h"
#include "../base/text.h"

#include <math.h>
#include <string.h>

typedef struct job {
    oa_arena *arena;
    const oa_protocol *protocol;
    const oa_adam *adam;
    const oa_ard *ard;
    oa_diag *diag;
    const char *created;
    oa_study_figures *figures;
    const oa_table *adsl;
    size_t n_subjects;
} job;

static oa_study_figure *add(job *j, const char *id, const char *title, oa_figure_kind kind) {
    oa_study_figure *figure = &j->figures->items[j->figures->count++];
    *figure = (oa_study_figure){.id = id, .title = title, .caption = ""};
    figure->figure.kind = kind;
    figure->figure.alt = title;
    figure->figure.created = j->created;
    return figure;
}

/* The subject without what all subjects have in common: "ANL-RAI-01-003" -> "01-003". */
static const char *short_id(const job *j, size_t subject) {
    int subjid = oa_table_column(j->adsl, "SUBJID");
    const char *id = oa_text(j->adsl, subject, subjid);
    return *id ? id : oa_text(j->adsl, subject, oa_table_column(j->adsl, "USUBJID"));
}

static const char *result_text(const job *j, const char *id) {
    const oa_result *r = oa_ard_find(j->ard, id);
    return r ? r->text : "";
}

static bool is_ongoing(const job *j, size_t subject) {
    return oa_text_is(j->adsl, subject, oa_table_column(j->adsl, "EOTSTT"), "ONGOING");
}

/* ---- best overall response of each subject, as a category --------------------------------------------------------- */

static const struct {
    const char *value;
    size_t category;
} categories_of[] = {{"CR", OA_BOR_CR}, {"PR", OA_BOR_PR}, {"SD", OA_BOR_SD},     {"NON-CR/NON-PD", OA_BOR_SD},
                     {"PD", OA_BOR_PD}, {"NE", OA_BOR_NE}, {"MISSING", OA_BOR_NE}};

static size_t category_of(const char *response) {
    for (size_t i = 0; i < sizeof categories_of / sizeof *categories_of; i++) {
        if (oa_streq(response, categories_of[i].value)) {
            return categories_of[i].category;
        }
    }
    return OA_BOR_NE;
}

static size_t *best_categories(const job *j) {
    const oa_table *adrs = j->adam->dataset[OA_ADRS];
    const oa_span *spans = oa_table_spans(j->arena, j->adsl, adrs);
    const char *wanted = j->protocol->response.confirm_required ? "CBOR" : "BOR";
    int paramcd = oa_table_column(adrs, "PARAMCD");
    int avalc = oa_table_column(adrs, "AVALC");
    size_t *categories = OA_NEW_ARRAY(j->arena, size_t, j->n_subjects);
    for (size_t i = 0; i < j->n_subjects; i++) {
        categories[i] = OA_BOR_NE;
        for (size_t row = spans[i].first; row < spans[i].first + spans[i].count; row++) {
            if (oa_text_is(adrs, row, paramcd, wanted)) {
                categories[i] = category_of(oa_text(adrs, row, avalc));
            }
        }
    }
    return categories;
}

/* ---- waterfall of the sum of diameters ---------------------------------------------------------------------------- */

/* Did the first progression come with a new lesion?  The reason of OVR says so. */
static bool progressed_by_new_lesion(const job *j, const oa_span *spans, size_t subject) {
    const oa_table *adrs = j->adam->dataset[OA_ADRS];
    int rule = oa_table_column(adrs, "RULE");
    int flag = oa_table_column(adrs, "ANL02FL");
    for (size_t row = spans[subject].first; row < spans[subject].first + spans[subject].count; row++) {
        if (oa_text_is(adrs, row, rule, "RECIST-T1-PD-NEW") && oa_text_is(adrs, row, flag, "Y")) {
            return true;
        }
    }
    return false;
}

static const char *names_of_missing(const job *j, const bool *shown) {
    enum { MOST = 12 };
    oa_buf buf;
    oa_buf_init(&buf, j->arena);
    size_t missing = 0;
    for (size_t i = 0; i < j->n_subjects; i++) {
        if (j->ard->efficacy.member[i] && !shown[i] && missing++ < MOST) {
            oa_putf(&buf, "%s%s", missing > 1 ? ", " : "", short_id(j, i));
        }
    }
    if (missing > MOST) {
        oa_putf(&buf, " and %zu more", missing - MOST);
    }
    return buf.bytes;
}

static void add_waterfall(job *j) {
    static const oa_reference_line lines[] = {{20, "+20 %"},
                                              {-30, "\xE2\x88\x92"
                                                    "30 %"}};
    const oa_table *adtr = j->adam->dataset[OA_ADTR];
    const oa_span *spans = oa_table_spans(j->arena, j->adsl, adtr);
    const oa_span *of_adrs = oa_table_spans(j->arena, j->adsl, j->adam->dataset[OA_ADRS]);
    const size_t *categories = best_categories(j);
    int best = oa_table_column(adtr, "ANL02FL");
    int pchg = oa_table_column(adtr, "PCHG");
    oa_waterfall_bar *bars = OA_NEW_ARRAY(j->arena, oa_waterfall_bar, j->n_subjects);
    bool *shown = OA_NEW_ARRAY(j->arena, bool, j->n_subjects);
    size_t count = 0;
    for (size_t i = 0; i < j->n_subjects; i++) {
        for (size_t row = spans[i].first; row < spans[i].first + spans[i].count; row++) {
            double change;
            if (j->ard->efficacy.member[i] && oa_text_is(adtr, row, best, "Y") && oa_number(adtr, row, pchg, &change)) {
                bars[count++] = (oa_waterfall_bar){short_id(j, i), change, categories[i],
                                                   progressed_by_new_lesion(j, of_adrs, i), is_ongoing(j, i)};
                shown[i] = true;
            }
        }
    }
    if (oa_table_rows(adtr) == 0) {
        return;
    }
    const char *missing = names_of_missing(j, shown);
    oa_study_figure *f = add(j, "waterfall", "Best change in the sum of target lesions", OA_FIGURE_WATERFALL);
    f->caption = oa_printf(
        j->arena,
        "Best change from baseline in the sum of target lesion diameters, up to progression or new anticancer therapy; "
        "colour: %sbest overall response. %zu of %zu subjects%s%s.",
        j->protocol->response.confirm_required ? "confirmed " : "", count, j->ard->efficacy.n,
        *missing ? "; not shown, no complete sum after baseline: " : "", missing);
    f->figure.waterfall = (oa_waterfall_figure){.bars = bars,
                                                .n_bars = count,
                                                .categories = oa_bor_categories,
                                                .n_categories = OA_BOR_CATEGORIES,
                                                .lines = lines,
                                                .n_lines = sizeof lines / sizeof *lines,
                                                .x_label = "Subject",
                                                .y_label = "Best change from baseline (%)"};
}

/* ---- marker over time --------------------------------------------------------------------------------------------- */

/* Samples after baseline relative to their baseline; one that cannot be compared is drawn against the last sample
 * before treatment, hollow. */
static oa_change_series series_of(const job *j, const oa_table *adlb, oa_span span, const char *testcd, size_t subject,
                                  size_t category) {
    int paramcd = oa_table_column(adlb, "PARAMCD");
    int aval = oa_table_column(adlb, "AVAL");
    int base = oa_table_column(adlb, "BASE");
    int ady = oa_table_column(adlb, "ADY");
    int baseline = oa_table_column(adlb, "ABLFL");
    int comparable = oa_table_column(adlb, "ANL01FL");
    int dtype = oa_table_column(adlb, "DTYPE");
    oa_change_point *points = OA_NEW_ARRAY(j->arena, oa_change_point, span.count + 1);
    size_t count = 0;
    points[count++] = (oa_change_point){0, 100, true, false};
    for (size_t row = span.first; row < span.first + span.count; row++) {
        double value;
        double against;
        double day;
        if (!oa_text_is(adlb, row, paramcd, testcd) || oa_text_is(adlb, row, baseline, "Y") ||
            !oa_text_is(adlb, row, comparable, "Y") || !oa_number(adlb, row, aval, &value) ||
            !oa_number(adlb, row, base, &against) || !oa_number(adlb, row, ady, &day) || against <= 0) {
            continue;
        }
        points[count++] = (oa_change_point){day / j->protocol->times.month_days, 100 * value / against, true,
                                            oa_text_is(adlb, row, dtype, "LOQ")};
    }
    return (oa_change_series){short_id(j, subject), category, points, count > 1 ? count : 0};
}

static void add_marker(job *j, size_t marker) {
    const oa_p_marker *m = &j->protocol->markers[marker];
    const oa_table *adlb = j->adam->dataset[OA_ADLB];
    const oa_span *spans = oa_table_spans(j->arena, j->adsl, adlb);
    const size_t *categories = best_categories(j);
    oa_change_series *series = OA_NEW_ARRAY(j->arena, oa_change_series, j->n_subjects);
    size_t count = 0;
    for (size_t i = 0; i < j->n_subjects; i++) {
        if (j->ard->efficacy.member[i]) {
            oa_change_series s = series_of(j, adlb, spans[i], m->testcd, i, categories[i]);
            series[count] = s;
            count += s.n_points > 0;
        }
    }
    if (count == 0) {
        return;
    }
    oa_study_figure *f = add(j, oa_printf(j->arena, "marker-%s", oa_lower(j->arena, m->testcd)),
                             oa_printf(j->arena, "%s relative to baseline", m->label), OA_FIGURE_CHANGE);
    f->caption = oa_printf(j->arena,
                           "%s of each subject relative to its comparable baseline (same TSH state, same assay, no "
                           "antibodies, as the protocol asks), logarithmic scale. Line: response threshold.",
                           m->label);
    f->figure.change = (oa_change_figure){.series = series,
                                          .n_series = count,
                                          .categories = oa_bor_categories,
                                          .n_categories = OA_BOR_CATEGORIES,
                                          .x_label = "Months since first dose",
                                          .y_label = oa_printf(j->arena, "%s, %% of baseline", m->label),
                                          .threshold = {100 - m->decrease, "Response threshold"}};
}

/* ---- survival ----------------------------------------------------------------------------------------------------- */

static void release_km(void *km) {
    oa_km_free(km);
}

/* A Kaplan-Meier figure to be. */
typedef struct survival {
    const char *id;
    const char *paramcd;
    const char *what;
    const char *axis; /* what the curve is the share of */
    const char *letters;
    const char *since; /* what the time is counted from */
} survival;

static void add_survival(job *j, const survival *s) {
    oa_km_options options = {.conf = (oa_km_conf)j->protocol->times.km_conf, .level = j->protocol->design.level};
    oa_times t = oa_times_of(j->arena, j->ard, j->adam, s->paramcd, j->protocol->times.month_days);
    if (t.count == 0 || !oa_ard_find(j->ard, oa_printf(j->arena, "%s.MEDIAN", s->paramcd))) {
        return;
    }
    oa_km *km = oa_km_fit(t.months, t.event, t.count, &options, j->diag);
    if (!km) {
        return;
    }
    oa_arena_defer(j->arena, release_km, km);
    oa_study_figure *f = add(j, s->id, s->what, OA_FIGURE_KM);
    f->caption = oa_printf(j->arena,
                           "%s, Kaplan-Meier estimate with %s %% confidence band; ticks: censored. Numbers below: "
                           "subjects at risk.",
                           s->what, oa_hundredfold(j->arena, options.level));
    f->figure.km = (oa_km_figure){.km = km,
                                  .x_label = oa_printf(j->arena, "Months since %s", s->since),
                                  .y_label = oa_printf(j->arena, "%s (%%)", s->axis),
                                  .level = options.level,
                                  .median = oa_km_quantile(km, 0.5),
                                  .show_events = true,
                                  .show_censored = true};
    f->figure.km.text[0] =
        oa_printf(j->arena, "Median %s: %s", s->letters, result_text(j, oa_printf(j->arena, "%s.MEDIAN", s->paramcd)));
    f->figure.km.text[1] = oa_printf(j->arena, "%lld event%s in %lld subjects", (long long)oa_km_events(km),
                                     oa_km_events(km) == 1 ? "" : "s", (long long)oa_km_subjects(km));
}

/* ---- time on treatment -------------------------------------------------------------------------------------------- */

static double months_after(const job *j, oa_date date, oa_date start) {
    return (double)(date.day - start.day + 1) / j->protocol->times.month_days;
}

typedef struct marks {
    oa_swimmer_mark *items;
    size_t count;
} marks;

/* Doses of a drug given once per cycle, that is of the isotope. */
static void mark_doses(const job *j, const oa_table *ex, oa_span span, oa_date start, marks *m) {
    int trt = oa_table_column(ex, "EXTRT");
    int date = oa_table_column(ex, "EXSTDTC");
    for (size_t i = 0; i < j->adam->n_drugs; i++) {
        const oa_p_drug *drug = &j->adam->drugs[i];
        for (size_t row = span.first; row < span.first + span.count && *drug->isotope; row++) {
            oa_date given = oa_date_at(ex, row, date);
            if (oa_text_is(ex, row, trt, drug->trt) && given.known >= OA_KNOWN_DAY) {
                m->items[m->count++] = (oa_swimmer_mark){OA_MARK_IODINE, months_after(j, given, start)};
            }
        }
    }
}

static void mark_responses(const job *j, oa_span span, oa_date start, marks *m) {
    const oa_table *adrs = j->adam->dataset[OA_ADRS];
    const char *response = j->protocol->response.confirm_required ? "CRSP" : "RSP";
    int paramcd = oa_table_column(adrs, "PARAMCD");
    int avalc = oa_table_column(adrs, "AVALC");
    int adt = oa_table_column(adrs, "ADT");
    int counted = oa_table_column(adrs, "ANL02FL");
    for (size_t row = span.first; row < span.first + span.count; row++) {
        bool first = oa_text_is(adrs, row, paramcd, response) && oa_text_is(adrs, row, avalc, "Y");
        bool pd = oa_text_is(adrs, row, paramcd, "OVR") && oa_text_is(adrs, row, avalc, "PD") &&
                  oa_text_is(adrs, row, counted, "Y");
        if (first || pd) {
            m->items[m->count++] = (oa_swimmer_mark){first ? OA_MARK_RESPONSE : OA_MARK_PROGRESSION,
                                                     months_after(j, oa_date_at(adrs, row, adt), start)};
        }
    }
}

static void add_swimmer(job *j, const oa_table *ex) {
    const oa_span *of_adrs = oa_table_spans(j->arena, j->adsl, j->adam->dataset[OA_ADRS]);
    const oa_span *of_ex = oa_table_spans(j->arena, j->adsl, ex);
    const size_t *categories = best_categories(j);
    int start = oa_table_column(j->adsl, "TRTSDT");
    int end = oa_table_column(j->adsl, "TRTEDT");
    int death = oa_table_column(j->adsl, "DTHDT");
    oa_swimmer_bar *bars = OA_NEW_ARRAY(j->arena, oa_swimmer_bar, j->n_subjects);
    size_t count = 0;
    for (size_t i = 0; i < j->n_subjects; i++) {
        oa_date first = oa_date_at(j->adsl, i, start);
        oa_date died = oa_date_at(j->adsl, i, death);
        if (!j->ard->efficacy.member[i] || !first.known) {
            continue;
        }
        marks m = {OA_NEW_ARRAY(j->arena, oa_swimmer_mark, of_ex[i].count * j->adam->n_drugs + of_adrs[i].count + 1),
                   0};
        mark_doses(j, ex, of_ex[i], first, &m);
        mark_responses(j, of_adrs[i], first, &m);
        if (died.known) {
            m.items[m.count++] = (oa_swimmer_mark){OA_MARK_DEATH, months_after(j, died, first)};
        }
        bars[count++] =
            (oa_swimmer_bar){short_id(j, i),   categories[i], months_after(j, oa_date_at(j->adsl, i, end), first),
                             is_ongoing(j, i), m.items,       m.count};
    }
    enum { MOST_BARS = 60 }; /* more cannot be told apart on a page */
    if (count == 0 || count > MOST_BARS) {
        return;
    }
    oa_study_figure *f = add(j, "swimmer", "Time on treatment", OA_FIGURE_SWIMMER);
    f->caption = "Time on treatment of each subject, by best overall response, with doses, response and progression.";
    f->figure.swimmer = (oa_swimmer_figure){.bars = bars,
                                            .n_bars = count,
                                            .categories = oa_bor_categories,
                                            .n_categories = OA_BOR_CATEGORIES,
                                            .mark_kinds = oa_swimmer_marks,
                                            .n_mark_kinds = OA_SWIMMER_MARKS,
                                            .x_label = "Months since first dose",
                                            .y_label = "Subject"};
}

oa_study_figures oa_figures_of(oa_arena *arena, const oa_protocol *protocol, const oa_sdtm *sdtm, const oa_adam *adam,
                               const oa_ard *ard, const char *created, oa_diag *diag) {
    oa_study_figures figures = {.count = 0};
    const oa_table *adsl = adam->dataset[OA_ADSL];
    job j = {arena, protocol, adam, ard, diag, created, &figures, adsl, oa_table_rows(adsl)};
    add_swimmer(&j, sdtm->domain[OA_EX]);
    add_waterfall(&j);
    for (size_t i = 0; i < protocol->n_markers && i < 2; i++) {
        add_marker(&j, i);
    }
    const char *start = protocol->response.reference == OA_P_ENROLMENT ? "enrolment" : "first dose";
    add_survival(&j, &(survival){"pfs", "PFS", "Progression-free survival", "Progression-free survival", "PFS", start});
    add_survival(&j, &(survival){"os", "OS", "Overall survival", "Overall survival", "OS", start});
    add_survival(&j, &(survival){"dor", "DOR", "Duration of response", "Still in response", "DoR", "first response"});
    return figures;
}
