/*
 * figure.h - what a figure shows, as plain structs, and the one function that renders it.
 *
 * Nothing about a trial is derived here: whoever fills a struct has the numbers and the words already.  Text is UTF-8
 * and may be NULL where a figure can do without.  Numbers that are not finite are left out.  Colours are 0xRRGGBB.
 */
#ifndef OA_FIGURE_H
#define OA_FIGURE_H

#include "canvas.h"

#include <onearm/boundary.h>
#include <onearm/stats.h>

/* A restrained palette after Okabe and Ito.  The responses differ in lightness too (L* 24, 45, 65, 83, 90: CR, PR, PD,
 * SD, NE), so that grey print and colour blindness keep them apart. */
#define OA_INK       0x262626U
#define OA_GREY      0x666666U
#define OA_FAINT     0xE6E6E6U
#define OA_BLUE      0x1F6FA5U
#define OA_PALE_BLUE 0xD6E4EEU

typedef struct oa_category {
    const char *name;
    uint32_t color;
} oa_category;

/* Best overall response, in the order in which a legend shows it. */
enum { OA_BOR_CR, OA_BOR_PR, OA_BOR_SD, OA_BOR_PD, OA_BOR_NE, OA_BOR_CATEGORIES };
extern const oa_category oa_bor_categories[OA_BOR_CATEGORIES];

/* --- Kaplan-Meier -------------------------------------------------------------------------------------------- */

enum { OA_KM_TEXT_LINES = 8, OA_KM_MOST_GROUPS = 6 };

/* One curve of several. */
typedef struct oa_km_group {
    const char *name;
    const oa_km *km;
    oa_interval median;
} oa_km_group;

typedef struct oa_km_figure {
    const oa_km *km;           /* NULL: nobody was at risk */
    const oa_km_group *groups; /* in place of km and median: up to OA_KM_MOST_GROUPS curves, each with a row of */
    size_t n_groups;           /* numbers at risk; 0: one curve */
    const char *x_label;       /* "Months since first dose" */
    const char *y_label;       /* "Progression-free survival (%)" */
    double x_max;              /* 0: from the last time */
    double x_step;             /* between ticks; 0: one of 1, 2, 3, 6, 12 ... months that fits */
    bool round_steps;          /* ticks at multiples of 1, 2 or 5 times a power of ten: not months */
    double level;              /* of the confidence band, for its legend: 0.95 */
    oa_interval median;        /* estimate NAN: not reached, so no drop lines */
    const char
        *text[OA_KM_TEXT_LINES]; /* within the plot, the first bold: "Median PFS not reached"; of groups each has a
                                           line after the first, beside which its curve is shown: the legend.
                                           What stands before a tab is shortened where room is scarce */
    const char *risk_label;      /* NULL: "No. at risk" */
    bool show_events;            /* rows of cumulative events and censorings before each tick: the three */
    bool show_censored;          /* rows add up to the number of subjects */
    const char *note;            /* under the figure */
} oa_km_figure;

/* At risk just before `time`, and events and censorings before it: the three add up to the number of subjects.  `km`
 * NULL: zeros. */
typedef struct oa_km_counts {
    int64_t at_risk, events, censored;
} oa_km_counts;
oa_km_counts oa_km_counts_at(const oa_km *km, double time);

/* --- waterfall ----------------------------------------------------------------------------------------------- */

typedef struct oa_waterfall_bar {
    const char *label; /* subject id */
    double change;     /* best change from baseline in % */
    size_t category;   /* index into categories */
    bool new_lesion;
    bool ongoing;
} oa_waterfall_bar;

typedef struct oa_reference_line {
    double value;
    const char *label; /* "+20%" */
} oa_reference_line;

typedef struct oa_waterfall_figure {
    const oa_waterfall_bar *bars; /* in any order */
    size_t n_bars;
    const oa_category *categories;
    size_t n_categories;
    const oa_reference_line *lines;
    size_t n_lines;
    const char *x_label;          /* "Subject" */
    const char *y_label;          /* "Best change in sum of diameters (%)" */
    const char *new_lesion_label; /* in the legend; NULL: "New lesion" */
    const char *ongoing_label;    /* NULL: "On treatment" */
    const char *note;             /* "18 of 20 treated subjects; not shown, no scan after baseline: 003, 011" */
} oa_waterfall_figure;

/* --- change over time (thyroglobulin) ------------------------------------------------------------------------ */

typedef struct oa_change_point {
    double time;
    double percent;  /* of the baseline, which is 100; a sample below the limit of quantification: the limit's */
    bool comparable; /* filled marker; otherwise hollow */
    bool below_loq;  /* drawn as a triangle pointing down */
} oa_change_point;

typedef struct oa_change_series {
    const char *label;
    size_t category;
    const oa_change_point *points; /* by time */
    size_t n_points;
} oa_change_series;

typedef struct oa_change_figure {
    const oa_change_series *series;
    size_t n_series;
    const oa_category *categories; /* one may do, its name NULL */
    size_t n_categories;
    const char *x_label;
    const char *y_label;         /* NULL: "% of baseline (log scale)" */
    double x_max;                /* 0: from the last time */
    double x_step;               /* 0: one that fits */
    oa_reference_line threshold; /* value 75; 0: none */
    const char *hollow_label;    /* NULL: "Not comparable with baseline" */
    const char *below_loq_label; /* NULL: "Below limit of quantification" */
    const char *note;
} oa_change_figure;

/* --- swimmer ------------------------------------------------------------------------------------------------- */

typedef struct oa_swimmer_mark {
    size_t kind; /* index into mark_kinds */
    double time;
} oa_swimmer_mark;

typedef struct oa_swimmer_bar {
    const char *label;
    size_t category;
    double duration; /* on treatment, from time 0 */
    bool ongoing;    /* arrow at the end */
    const oa_swimmer_mark *marks;
    size_t n_marks;
} oa_swimmer_bar;

typedef struct oa_mark_kind {
    const char *name;
    oa_marker shape;
    uint32_t color;
    bool hollow;
} oa_mark_kind;

/* 131I, first response, progression, death. */
enum { OA_MARK_IODINE, OA_MARK_RESPONSE, OA_MARK_PROGRESSION, OA_MARK_DEATH, OA_SWIMMER_MARKS };
extern const oa_mark_kind oa_swimmer_marks[OA_SWIMMER_MARKS];

typedef struct oa_swimmer_figure {
    const oa_swimmer_bar *bars; /* in any order: drawn from the longest */
    size_t n_bars;
    const oa_category *categories;
    size_t n_categories;
    const oa_mark_kind *mark_kinds;
    size_t n_mark_kinds;
    const char *x_label; /* "Weeks since first dose" */
    const char *y_label; /* "Subject" */
    double x_max;
    double x_step;
    const char *ongoing_label; /* NULL: "Ongoing" */
    const char *note;
} oa_swimmer_figure;

/* --- design --------------------------------------------------------------------------------------------------- */

typedef struct oa_design_figure {
    const oa_oc *curve; /* by rising rate, at least two */
    size_t n_curve;
    double p0, p1;
    const oa_look *looks; /* at least one */
    size_t n_looks;
    const char *power_label; /* "Power (%)" */
    const char *lower_label; /* "Stop for futility at or below" */
    const char *upper_label;
    const char *note;
} oa_design_figure;

/* --- all ------------------------------------------------------------------------------------------------------ */

typedef enum oa_figure_kind {
    OA_FIGURE_KM,
    OA_FIGURE_WATERFALL,
    OA_FIGURE_CHANGE,
    OA_FIGURE_SWIMMER,
    OA_FIGURE_DESIGN
} oa_figure_kind;

typedef struct oa_figure {
    oa_figure_kind kind;
    double width;        /* points, 180 to 2000; 0: as wide as two columns of a journal (6.5 in) */
    double height;       /* points, 144 to 2000; 0: what suits the kind and the number of subjects */
    const char *alt;     /* the figure in a sentence: title of an SVG or PDF */
    const char *created; /* for PDF, as in oa_canvas_options */
    union {
        oa_km_figure km;
        oa_waterfall_figure waterfall;
        oa_change_figure change;
        oa_swimmer_figure swimmer;
        oa_design_figure design;
    };
} oa_figure;

/* Width and height that oa_figure_render() will use. */
void oa_figure_size(const oa_figure *figure, double *width, double *height);
/* Appends the picture to `out`; false with a message when a size is out of range or cairo refuses. */
bool oa_figure_render(oa_arena *arena, const oa_fonts *fonts, const oa_figure *figure, oa_figure_format format,
                      oa_buf *out, oa_diag *diag);

/* The whole canvas is used. */
void oa_draw_figure(oa_canvas *canvas, const oa_figure *figure);
void oa_draw_km(oa_canvas *canvas, const oa_km_figure *figure);
void oa_draw_waterfall(oa_canvas *canvas, const oa_waterfall_figure *figure);
void oa_draw_change(oa_canvas *canvas, const oa_change_figure *figure);
void oa_draw_swimmer(oa_canvas *canvas, const oa_swimmer_figure *figure);
void oa_draw_design(oa_canvas *canvas, const oa_design_figure *figure);

#endif
