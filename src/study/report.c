/* report.c - oa_study_report: figures, page, datasets, all in memory before the first is written. */
#include "datasets.h"

#include "../base/io.h"
#include "../tlf/report.h"

#include <onearm/onearm.h>

#include <stdio.h>

typedef struct job {
    oa_study *study;
    const oa_report_options *options;
    oa_diag *diag;
    oa_report_file *files;
    size_t count;
    bool done;
} job;

/* "2025-06-30T12:00:00Z" of seconds since 1970. */
static const char *time_text(oa_arena *arena, int64_t seconds) {
    char text[OA_DATE_SIZE];
    oa_date date = {.day = (int32_t)(seconds / 86400), .second = (int32_t)(seconds % 86400), .known = OA_KNOWN_SECOND};
    return oa_printf(arena, "%sZ", oa_format_date(date, text));
}

/* The figures of the study, each as SVG, for the page too, and as PDF. */
typedef struct rendered {
    oa_study_figures figures;
    oa_buf *svg;
    oa_buf *pdf;
} rendered;

static bool render(job *j, const char *run_time, rendered *r) {
    oa_study *s = j->study;
    const oa_fonts *fonts = oa_fonts_open(s->arena, NULL, j->diag);
    r->figures = oa_figures_of(s->arena, s->protocol, &s->sdtm, &s->adam, &s->ard, run_time, j->diag);
    r->svg = OA_NEW_ARRAY(s->arena, oa_buf, r->figures.count);
    r->pdf = OA_NEW_ARRAY(s->arena, oa_buf, r->figures.count);
    bool good = fonts != NULL;
    for (size_t i = 0; i < r->figures.count && good; i++) {
        const oa_figure *figure = &r->figures.items[i].figure;
        oa_buf_init(&r->svg[i], s->arena);
        oa_buf_init(&r->pdf[i], s->arena);
        good = oa_figure_render(s->arena, fonts, figure, OA_FIGURE_SVG, &r->svg[i], j->diag) &&
               oa_figure_render(s->arena, fonts, figure, OA_FIGURE_PDF, &r->pdf[i], j->diag);
    }
    return good;
}

static void add_figures(job *j, const rendered *r, oa_outputs *outputs) {
    for (size_t i = 0; i < r->figures.count; i++) {
        const char *id = r->figures.items[i].id;
        oa_outputs_add(outputs, oa_printf(j->study->arena, "figure-%s.svg", id), "svg", &r->svg[i]);
        oa_outputs_add(outputs, oa_printf(j->study->arena, "figure-%s.pdf", id), "pdf", &r->pdf[i]);
    }
}

static void list_files(job *j, const oa_outputs *outputs) {
    oa_arena *arena = j->study->arena;
    j->files = OA_NEW_ARRAY(arena, oa_report_file, outputs->count);
    for (size_t i = 0; i < outputs->count; i++) {
        j->files[i] = (oa_report_file){oa_path_join(arena, j->options->directory, outputs->items[i].name),
                                       outputs->items[i].kind};
    }
    j->count = outputs->count;
}

static void run_report(void *context) {
    job *j = context;
    oa_study *s = j->study;
    oa_outputs outputs = {.arena = s->arena};
    const char *run_time = time_text(s->arena, j->options->now);
    rendered r;
    if (!render(j, run_time, &r)) {
        return;
    }
    oa_report_page page = {.protocol = s->protocol,
                           .sdtm = &s->sdtm,
                           .adam = &s->adam,
                           .ard = &s->ard,
                           .findings = j->diag,
                           .figures = &r.figures,
                           .svg = r.svg,
                           .version = oa_version(),
                           .run_time = run_time,
                           .cutoff = oa_study_cutoff(s),
                           .protocol_input = s->protocol_input};
    oa_buf html;
    oa_buf_init(&html, s->arena);
    oa_report_html(s->arena, &page, &html);
    oa_outputs_add(&outputs, "report.html", "html", &html);
    add_figures(j, &r, &outputs);
    oa_outputs_add_datasets(s, &outputs);
    oa_outputs_add_findings(s, &outputs, j->diag);
    j->done = oa_outputs_write(s, &outputs, j->options->directory, j->diag);
    list_files(j, &outputs);
}

bool oa_study_report(oa_study *study, const oa_report_options *options, const oa_report_file **files, size_t *count,
                     oa_diag *diag) {
    job j = {.study = study, .options = options, .diag = diag};
    bool ran = study->derived && oa_study_run(study, run_report, &j, diag);
    *files = j.files;
    *count = j.count;
    return ran && j.done;
}
