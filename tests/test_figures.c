/*
 * test_figures.c - figures: same bytes each time, in three formats, for trials of any size and shape.
 *
 *   REQ-FIG-001  each kind of figure in each format gives the same bytes each time
 *   REQ-FIG-002  a PDF is complete and carries the creation date that was passed in
 *   REQ-FIG-003  an SVG is well-formed, names its subject, and needs no font of the reader's
 *   REQ-FIG-004  a PNG has 300 pixels an inch
 *   REQ-FIG-005  none, one and 254 subjects, ties, long and broken labels are drawn in each format
 *   REQ-FIG-006  bars are sorted by the drawing code: the order of the input does not matter
 *   REQ-FIG-007  values that are not finite are left out
 *   REQ-FIG-008  missing fonts are an error of the system that names the package
 *   REQ-FIG-009  a size out of range is refused with a message, and nothing is written
 *   REQ-FIG-010  at risk, events and censored at a time add up to the number of subjects
 *   REQ-FIG-011  ticks enclose the data, in steps that clinicians use, and are never too many
 *   REQ-FIG-012  running out of memory anywhere leaves the job, without crash or leak
 *   REQ-FIG-013  a figure larger than its buffer may grow is an error
 */
#include "../src/tlf/axis.h"
#include "../src/tlf/figure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { MOST = 254, VISITS = 5 };

/* One trial of any size, made of numbers that look irregular. */
typedef struct trial {
    oa_km *km;
    char labels[MOST][24];
    oa_waterfall_bar bars[MOST];
    oa_change_point points[MOST][VISITS];
    oa_change_series series[MOST];
    oa_swimmer_mark marks[MOST][3];
    oa_swimmer_bar swims[MOST];
    oa_figure figures[4];
} trial;

static double irregular(size_t i) {
    return fmod((double)i * 0.6180339887498949, 1.0);
}

static void fill_subject(trial *t, size_t i) {
    double u = irregular(i + 1);
    char *label = t->labels[i];
    memcpy(label, "01-000", 7);
    label[3] = (char)('0' + (i + 1) / 100);
    label[4] = (char)('0' + (i + 1) / 10 % 10);
    label[5] = (char)('0' + (i + 1) % 10);
    t->bars[i] = (oa_waterfall_bar){label, i == 3 ? 146.0 : 60.0 - 160.0 * u, i % 5, i % 7 == 3, i % 3 == 1};
    for (size_t k = 0; k < VISITS; k++) {
        double percent = 100.0 * exp(((double)i / 100.0 - u) * (double)k);
        t->points[i][k] = (oa_change_point){2.7 * (double)k, percent, k != 3, k == 4 && u > 0.8};
    }
    t->series[i] = (oa_change_series){label, i % 2, t->points[i], VISITS};
    for (size_t k = 0; k < 3; k++) {
        t->marks[i][k] = (oa_swimmer_mark){k, 12.0 * (double)k};
    }
    t->swims[i] = (oa_swimmer_bar){label, i % 5, floor(90.0 * u), i % 2 == 0, t->marks[i], 3};
}

static oa_km *fit(size_t n) {
    static const oa_km_options options = {.conf = OA_KM_LOGLOG, .level = 0.95};
    double time[MOST];
    bool event[MOST];
    for (size_t i = 0; i < n; i++) {
        time[i] = 30.0 * irregular(i + 5);
        event[i] = i % 3 != 0;
    }
    return n > 0 ? oa_km_fit(time, event, n, &options, NULL) : NULL;
}

static trial *new_trial(oa_arena *arena, size_t n) {
    static const oa_reference_line lines[] = {{20.0, "+20%"},
                                              {-30.0, "\xE2\x88\x92"
                                                      "30%"}};
    trial *t = OA_NEW(arena, trial);
    for (size_t i = 0; i < n; i++) {
        fill_subject(t, i);
    }
    t->km = fit(n);
    oa_km_figure km = {.km = t->km, .x_label = "Months", .y_label = "Progression-free survival (%)", .level = 0.95};
    km.median = t->km != NULL ? oa_km_quantile(t->km, 0.5) : (oa_interval){(double)NAN, (double)NAN, (double)NAN};
    km.text[0] = "Median PFS 12.3 months";
    km.text[1] = "95% CI 8.1 to not reached";
    km.show_events = true;
    km.show_censored = true;
    t->figures[0] = (oa_figure){.kind = OA_FIGURE_KM, .km = km};
    t->figures[1] = (oa_figure){.kind = OA_FIGURE_WATERFALL,
                                .waterfall = {.bars = t->bars,
                                              .n_bars = n,
                                              .categories = oa_bor_categories,
                                              .n_categories = OA_BOR_CATEGORIES,
                                              .lines = lines,
                                              .n_lines = COUNT(lines),
                                              .x_label = "Subject",
                                              .y_label = "Best change (%)",
                                              .note = "18 of 20 treated subjects."}};
    t->figures[2] = (oa_figure){.kind = OA_FIGURE_CHANGE,
                                .change = {.series = t->series,
                                           .n_series = n,
                                           .categories = oa_bor_categories,
                                           .n_categories = 2,
                                           .x_label = "Months",
                                           .threshold = {75.0, "75%"}}};
    t->figures[3] = (oa_figure){.kind = OA_FIGURE_SWIMMER,
                                .swimmer = {.bars = t->swims,
                                            .n_bars = n,
                                            .categories = oa_bor_categories,
                                            .n_categories = OA_BOR_CATEGORIES,
                                            .mark_kinds = oa_swimmer_marks,
                                            .n_mark_kinds = OA_SWIMMER_MARKS,
                                            .x_label = "Weeks",
                                            .y_label = "Subject"}};
    for (size_t k = 0; k < 4; k++) {
        t->figures[k].alt = "Figure of A & B <20 subjects>";
        t->figures[k].created = "2025-09-30T00:00:00Z";
    }
    return t;
}

static const oa_figure_format formats[] = {OA_FIGURE_SVG, OA_FIGURE_PDF, OA_FIGURE_PNG};

typedef struct bench {
    oa_arena *arena;
    const oa_fonts *fonts;
} bench;

static int set_up(void **state) {
    bench *b = calloc(1, sizeof *b);
    assert_non_null(b);
    b->arena = oa_arena_new(0);
    oa_diag *diag = oa_diag_new();
    b->fonts = oa_fonts_open(b->arena, NULL, diag);
    *state = b;
    oa_diag_free(diag);
    return b->fonts != NULL ? 0 : 1;
}

static int tear_down(void **state) {
    bench *b = *state;
    oa_arena_free(b->arena);
    free(b);
    return 0;
}

static oa_buf render(const bench *b, const oa_figure *figure, oa_figure_format format) {
    oa_buf out;
    oa_buf_init(&out, b->arena);
    assert_true(oa_figure_render(b->arena, b->fonts, figure, format, &out, NULL));
    assert_true(out.length > 500);
    return out;
}

static bool same(oa_buf a, oa_buf b) {
    return a.length == b.length && memcmp(a.bytes, b.bytes, a.length) == 0;
}

static bool contains(oa_buf buf, const char *text) {
    size_t length = strlen(text);
    for (size_t i = 0; i + length <= buf.length; i++) {
        if (memcmp(buf.bytes + i, text, length) == 0) {
            return true;
        }
    }
    return false;
}

static void test_REQ_FIG_001_same_bytes(void **state) {
    bench *b = *state;
    trial *t = new_trial(b->arena, 20);
    bench again = {b->arena, oa_fonts_open(b->arena, NULL, NULL)};
    for (size_t k = 0; k < 4; k++) {
        for (size_t f = 0; f < COUNT(formats); f++) {
            oa_buf first = render(b, &t->figures[k], formats[f]);
            assert_true(same(first, render(b, &t->figures[k], formats[f])));
            assert_true(same(first, render(&again, &t->figures[k], formats[f])));
        }
    }
    oa_km_free(t->km);
}

static void test_REQ_FIG_002_pdf(void **state) {
    trial *t = new_trial(((bench *)*state)->arena, 20);
    for (size_t k = 0; k < 4; k++) {
        oa_buf pdf = render(*state, &t->figures[k], OA_FIGURE_PDF);
        assert_memory_equal(pdf.bytes, "%PDF-", 5);
        assert_true(contains(pdf, "%%EOF"));
        assert_true(contains(pdf, "/CreationDate(D:20250930") || contains(pdf, "/CreationDate (D:20250930"));
    }
    oa_km_free(t->km);
}

/* Tags nest and close; there is one root.  Enough of XML for what cairo writes. */
static bool well_formed(const char *text) {
    const char *open[64];
    size_t depth = 0;
    size_t roots = 0;
    for (const char *p = strchr(text, '<'); p != NULL; p = strchr(p, '<')) {
        const char *end = strchr(p, '>');
        if (end == NULL || (depth == 0 && roots == 1)) {
            return false;
        }
        size_t name = strcspn(p + 1, " />");
        if (p[1] == '/') {
            name = strcspn(p + 2, ">");
            if (depth == 0 || strncmp(open[depth - 1], p + 2, name) != 0) {
                return false;
            }
            depth--;
            roots += depth == 0 ? 1 : 0;
        } else if (p[1] != '?' && end[-1] != '/') {
            if (name == 0 || depth == COUNT(open)) {
                return false;
            }
            open[depth++] = p + 1;
        }
        p = end;
    }
    return depth == 0 && roots == 1;
}

static void test_REQ_FIG_003_svg(void **state) {
    trial *t = new_trial(((bench *)*state)->arena, 20);
    for (size_t k = 0; k < 4; k++) {
        oa_buf svg = render(*state, &t->figures[k], OA_FIGURE_SVG);
        assert_true(well_formed(svg.bytes));
        assert_true(contains(svg, "<title>Figure of A &amp; B &lt;20 subjects&gt;</title>"));
        assert_false(contains(svg, "<text"));
        assert_false(contains(svg, "font-family"));
        assert_false(contains(svg, "nan"));
        assert_false(contains(svg, "inf"));
    }
    oa_km_free(t->km);
}

static uint32_t big_endian(const char *bytes) {
    const unsigned char *b = (const unsigned char *)bytes;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static void test_REQ_FIG_004_png(void **state) {
    trial *t = new_trial(((bench *)*state)->arena, 20);
    t->figures[0].width = 252.0;
    t->figures[0].height = 216.0;
    oa_buf png = render(*state, &t->figures[0], OA_FIGURE_PNG);
    assert_memory_equal(png.bytes, "\x89PNG\r\n\x1A\n", 8);
    assert_int_equal(big_endian(png.bytes + 16), 1050);
    assert_int_equal(big_endian(png.bytes + 20), 900);
    oa_km_free(t->km);
}

/* Vector formats alone where the drawing is what is tried: PNG takes most of the time. */
static void draw_all(bench *b, trial *t, size_t n_formats) {
    for (size_t k = 0; k < 4; k++) {
        for (size_t f = 0; f < n_formats; f++) {
            oa_buf out = render(b, &t->figures[k], formats[f]);
            assert_true(formats[f] != OA_FIGURE_SVG || (!contains(out, "nan") && !contains(out, "inf")));
        }
    }
    oa_km_free(t->km);
}

static void test_REQ_FIG_005_sizes(void **state) {
    static const size_t subjects[] = {0, 1, 2, 254};
    bench *b = *state;
    for (size_t i = 0; i < COUNT(subjects); i++) {
        draw_all(b, new_trial(b->arena, subjects[i]), COUNT(formats));
    }
}

static void test_REQ_FIG_005_smallest_figure(void **state) {
    bench *b = *state;
    trial *t = new_trial(b->arena, 20);
    for (size_t k = 0; k < 4; k++) {
        t->figures[k].width = 180.0;
        t->figures[k].height = 144.0;
    }
    draw_all(b, t, COUNT(formats));
}

static void test_REQ_FIG_005_ties(void **state) {
    static const oa_km_options options = {.conf = OA_KM_LOGLOG, .level = 0.95};
    static const double times[] = {0.0, 6.0, 120.0};
    bench *b = *state;
    for (size_t i = 0; i < COUNT(times); i++) {
        for (int event = 0; event < 2; event++) {
            double time[] = {times[i], times[i], times[i]};
            bool events[] = {event == 1, event == 1, event == 1};
            trial *t = new_trial(b->arena, 1);
            oa_km_free(t->km);
            t->km = oa_km_fit(time, events, 3, &options, NULL);
            assert_non_null(t->km);
            t->figures[0].km.km = t->km;
            t->figures[0].km.median = oa_km_quantile(t->km, 0.5);
            draw_all(b, t, 2);
        }
    }
}

static void test_REQ_FIG_005_labels(void **state) {
    static const char long_label[] = "a label that goes on and on and never seems to come to its end, in a row, ";
    bench *b = *state;
    char *label = oa_printf(b->arena, "%s%s%s%s", long_label, long_label, long_label, long_label);
    const char *labels[] = {label, "", NULL, "broken \xC3\x28 \xFF", "\xE7\x94\xB2\xE7\x8A\xB6\xE8\x85\xBA\n\t"};
    for (size_t i = 0; i < COUNT(labels); i++) {
        trial *t = new_trial(b->arena, 20);
        t->bars[0].label = labels[i];
        t->series[0].label = labels[i];
        t->swims[0].label = labels[i];
        t->swims[0].category = 99;
        t->bars[0].category = 99;
        t->series[0].category = 99;
        t->marks[0][0].kind = 99;
        t->figures[0].km.x_label = labels[i];
        t->figures[0].km.y_label = labels[i];
        t->figures[0].km.risk_label = labels[i];
        t->figures[0].km.text[0] = labels[i];
        t->figures[1].waterfall.note = labels[i];
        t->figures[1].waterfall.y_label = labels[i];
        t->figures[2].change.threshold.label = labels[i];
        t->figures[3].swimmer.y_label = labels[i];
        t->figures[3].alt = labels[i];
        draw_all(b, t, 2);
    }
}

static void test_REQ_FIG_006_order(void **state) {
    bench *b = *state;
    trial *t = new_trial(b->arena, 20);
    t->bars[5].change = t->bars[6].change;
    t->swims[5].duration = t->swims[6].duration;
    oa_buf waterfall = render(b, &t->figures[1], OA_FIGURE_SVG);
    oa_buf swimmer = render(b, &t->figures[3], OA_FIGURE_SVG);
    for (size_t i = 0; i < 10; i++) {
        oa_waterfall_bar bar = t->bars[i];
        t->bars[i] = t->bars[19 - i];
        t->bars[19 - i] = bar;
        oa_swimmer_bar swim = t->swims[i];
        t->swims[i] = t->swims[19 - i];
        t->swims[19 - i] = swim;
    }
    assert_true(same(waterfall, render(b, &t->figures[1], OA_FIGURE_SVG)));
    assert_true(same(swimmer, render(b, &t->figures[3], OA_FIGURE_SVG)));
    oa_km_free(t->km);
}

static void test_REQ_FIG_007_not_finite(void **state) {
    bench *b = *state;
    trial *t = new_trial(b->arena, 20);
    oa_buf clean[4];
    for (size_t k = 1; k < 4; k++) {
        clean[k] = render(b, &t->figures[k], OA_FIGURE_SVG);
    }
    trial *wild = new_trial(b->arena, 21);
    wild->bars[20].change = (double)NAN;
    wild->swims[20].duration = (double)INFINITY;
    for (size_t k = 0; k < VISITS; k++) {
        wild->points[20][k].percent = k == 0 ? 0.0 : k == 1 ? -5.0 : k == 2 ? (double)INFINITY : (double)NAN;
    }
    for (size_t k = 1; k < 4; k++) {
        wild->figures[k].height = k == 3 ? 110.0 + 13.0 * 20.0 : 0.0;
        assert_true(same(clean[k], render(b, &wild->figures[k], OA_FIGURE_SVG)));
    }
    oa_km_free(t->km);
    oa_km_free(wild->km);
}

static void test_REQ_FIG_008_no_fonts(void **state) {
    oa_diag *diag = oa_diag_new();
    assert_null(oa_fonts_open(((bench *)*state)->arena, "/nonexistent", diag));
    assert_int_equal(oa_diag_count(diag), 1);
    assert_int_equal(oa_diag_get(diag, 0)->code, OA_SYSTEM);
    assert_string_equal(oa_diag_get(diag, 0)->where.file, "/nonexistent/LiberationSans-Regular.ttf");
    assert_non_null(strstr(oa_diag_get(diag, 0)->text, "fonts-liberation"));
    oa_diag_free(diag);
}

static void test_REQ_FIG_009_size(void **state) {
    static const struct {
        double width, height;
    } cases[] = {{179.0, 300.0}, {2001.0, 300.0}, {300.0, 143.0}, {300.0, 1e300}, {(double)INFINITY, 300.0}};
    bench *b = *state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_diag *diag = oa_diag_new();
        oa_figure figure = {.kind = OA_FIGURE_KM, .width = cases[i].width, .height = cases[i].height};
        oa_buf out;
        oa_buf_init(&out, b->arena);
        assert_false(oa_figure_render(b->arena, b->fonts, &figure, OA_FIGURE_SVG, &out, diag));
        assert_int_equal(oa_diag_get(diag, 0)->code, OA_VALUE);
        assert_int_equal(out.length, 0);
        oa_diag_free(diag);
    }
}

static void test_REQ_FIG_010_counts(void **state) {
    (void)state;
    static const oa_km_options options = {.conf = OA_KM_LOGLOG, .level = 0.95};
    static const double time[] = {3.0, 3.0, 5.0, 6.0, 6.0000000001, 9.0};
    static const bool event[] = {true, false, true, true, true, false};
    static const struct {
        double time;
        oa_km_counts counts;
    } cases[] = {{0.0, {6, 0, 0}}, {3.0, {6, 0, 0}}, {3.5, {4, 1, 1}}, {6.0, {3, 2, 1}},
                 {7.0, {1, 4, 1}}, {9.0, {1, 4, 1}}, {12.0, {0, 4, 2}}};
    oa_km *km = oa_km_fit(time, event, COUNT(time), &options, NULL);
    assert_non_null(km);
    for (size_t i = 0; i < COUNT(cases); i++) {
        oa_km_counts got = oa_km_counts_at(km, cases[i].time);
        assert_int_equal(got.at_risk, cases[i].counts.at_risk);
        assert_int_equal(got.events, cases[i].counts.events);
        assert_int_equal(got.censored, cases[i].counts.censored);
    }
    assert_int_equal(oa_km_counts_at(NULL, 1.0).at_risk, 0);
    oa_km_free(km);
}

/* A first time that is only censored leaves the log-log interval undefined; the band begins behind it all the same. */
static void test_REQ_FIG_014_band(void **state) {
    static const oa_km_options options = {.conf = OA_KM_LOGLOG, .level = 0.95};
    static const double time[] = {1.0, 3.0, 5.0, 6.0, 9.0};
    static const bool event[] = {false, true, true, false, true};
    const char *band_color = "rgb(83.921569%,89.411765%,93.333333%)";
    bench *b = *state;
    trial *t = new_trial(b->arena, 1);
    oa_km_free(t->km);
    t->km = oa_km_fit(time, event, COUNT(time), &options, NULL);
    t->figures[0].km.km = t->km;
    oa_buf svg = render(b, &t->figures[0], OA_FIGURE_SVG);
    size_t fills = 0;
    for (const char *c = strstr(svg.bytes, band_color); c; c = strstr(c + 1, band_color)) {
        fills++;
    }
    assert_int_equal(fills, 2); /* in the legend and in the plot */
    oa_km_free(t->km);
}

static void check_ticks(const oa_ticks *ticks, double low, double high, size_t most) {
    assert_in_range(ticks->count, 2, most);
    assert_true(ticks->at[0] <= low * (low > 0.0 ? 1.0 + 1e-6 : 1.0));
    assert_true(ticks->at[ticks->count - 1] >= high * (1.0 - 1e-6));
    for (size_t i = 1; i < ticks->count; i++) {
        assert_true(ticks->at[i] > ticks->at[i - 1]);
    }
}

static void test_REQ_FIG_011_ticks(void **state) {
    (void)state;
    static const struct {
        double last;
        size_t most;
        double step;
    } months[] = {{0.4, 10, 1}, {9, 10, 1}, {18, 10, 2}, {24, 10, 3}, {24.1, 9, 6}, {60, 10, 12}, {1e6, 10, 196608}};
    for (size_t i = 0; i < COUNT(months); i++) {
        oa_ticks ticks = oa_ticks_time(months[i].last, 0.0, months[i].most, false);
        check_ticks(&ticks, 0.0, months[i].last, months[i].most);
        assert_true(fabs(ticks.at[1] - months[i].step) < 1e-9);
    }
    for (size_t i = 0; i < 300; i++) {
        double low = pow(10.0, 2.0 - 9.0 * irregular(i));
        double high = pow(10.0, 2.0 + 6.0 * irregular(2 * i + 1));
        size_t most = 3 + i % 12;
        oa_ticks ticks = oa_ticks_log(low, high, most);
        check_ticks(&ticks, low, high, most);
        ticks = oa_ticks_percent(-high, 5.0 + low, most);
        check_ticks(&ticks, -high, 5.0 + low, most);
    }
}

typedef struct job {
    bench b;
    const oa_figure *figure;
    oa_figure_format format;
} job;

static void run_job(void *context) {
    job *j = context;
    oa_buf out;
    oa_buf_init(&out, j->b.arena);
    (void)oa_figure_render(j->b.arena, j->b.fonts, j->figure, j->format, &out, NULL);
}

static void test_REQ_FIG_012_memory(void **state) {
    bench *b = *state;
    trial *t = new_trial(b->arena, 3);
    for (size_t k = 0; k < 4; k++) {
        for (size_t f = 0; f < 2; f++) {
            size_t nth = 0;
            bool done = false;
            while (!done && nth < 1000) {
                job j = {{oa_arena_new(0), b->fonts}, &t->figures[k], formats[f]};
                oa_arena_fail_at(j.b.arena, nth += 1 + nth / 16);
                done = oa_arena_run(j.b.arena, run_job, &j);
                oa_arena_free(j.b.arena);
            }
            assert_true(nth > 3);
        }
    }
    oa_km_free(t->km);
}

static void test_REQ_FIG_013_full(void **state) {
    bench *b = *state;
    trial *t = new_trial(b->arena, 20);
    for (size_t f = 0; f < COUNT(formats); f++) {
        oa_diag *diag = oa_diag_new();
        oa_buf out;
        oa_buf_init(&out, b->arena);
        out.cap = 1000;
        assert_false(oa_figure_render(b->arena, b->fonts, &t->figures[0], formats[f], &out, diag));
        assert_int_equal(oa_diag_get(diag, 0)->code, OA_LIMIT);
        oa_diag_free(diag);
    }
    oa_km_free(t->km);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_REQ_FIG_001_same_bytes), cmocka_unit_test(test_REQ_FIG_002_pdf),
        cmocka_unit_test(test_REQ_FIG_003_svg),        cmocka_unit_test(test_REQ_FIG_004_png),
        cmocka_unit_test(test_REQ_FIG_005_sizes),      cmocka_unit_test(test_REQ_FIG_005_smallest_figure),
        cmocka_unit_test(test_REQ_FIG_005_ties),       cmocka_unit_test(test_REQ_FIG_005_labels),
        cmocka_unit_test(test_REQ_FIG_006_order),      cmocka_unit_test(test_REQ_FIG_007_not_finite),
        cmocka_unit_test(test_REQ_FIG_008_no_fonts),   cmocka_unit_test(test_REQ_FIG_009_size),
        cmocka_unit_test(test_REQ_FIG_010_counts),     cmocka_unit_test(test_REQ_FIG_011_ticks),
        cmocka_unit_test(test_REQ_FIG_012_memory),     cmocka_unit_test(test_REQ_FIG_013_full),
        cmocka_unit_test(test_REQ_FIG_014_band),
    };
    return cmocka_run_group_tests_name("figures", tests, set_up, tear_down);
}
