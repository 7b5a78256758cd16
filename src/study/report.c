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

/* Renders each figure as SVG, for the page too, and as PDF. */
static bool add_figures(job *j, const oa_study_figures *figures, oa_buf *svg, oa_outputs *outputs) {
    oa_arena *arena = j->study->arena;
    const oa_fonts *fonts = oa_fonts_open(arena, NULL, j->diag);
    for (size_t i = 0; i < figures->count && fonts; i++) {
        const oa_study_figure *f = &figures->items[i];
        oa_buf pdf;
        oa_buf_init(&svg[i], arena);
        oa_buf_init(&pdf, arena);
        if (!oa_figure_render(arena, fonts, &f->figure, OA_FIGURE_SVG, &svg[i], j->diag) ||
            !oa_figure_render(arena, fonts, &f->figure, OA_FIGURE_PDF, &pdf, j->diag)) {
            return false;
        }
        oa_outputs_add(outputs, oa_printf(arena, "figure-%s.svg", f->id), "svg", &svg[i]);
        oa_outputs_add(outputs, oa_printf(arena, "figure-%s.pdf", f->id), "pdf", &pdf);
    }
    return fonts != NULL;
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
    oa_outputs figure_files = {.arena = s->arena};
    const char *run_time = time_text(s->arena, j->options->now);
    oa_study_figures figures = oa_figures_of(s->arena, s->protocol, &s->sdtm, &s->adam, &s->ard, run_time, j->diag);
    oa_buf *svg = OA_NEW_ARRAY(s->arena, oa_buf, figures.count);
    if (!add_figures(j, &figures, svg, &figure_files)) {
        return;
    }
    oa_report_page page = {.protocol = s->protocol,
                           .sdtm = &s->sdtm,
                           .adam = &s->adam,
                           .ard = &s->ard,
                           .findings = j->diag,
                           .figures = &figures,
                           .svg = svg,
                           .version = oa_version(),
                           .run_time = run_time,
                           .cutoff = oa_study_cutoff(s),
                           .protocol_input = s->protocol_input};
    oa_buf html;
    oa_buf_init(&html, s->arena);
    oa_report_html(s->arena, &page, &html);
    oa_outputs_add(&outputs, "report.html", "html", &html);
    for (size_t i = 0; i < figure_files.count; i++) {
        oa_buf bytes = {.bytes = (char *)figure_files.items[i].bytes,
                        .length = figure_files.items[i].length,
                        .full = figure_files.full};
        oa_outputs_add(&outputs, figure_files.items[i].name, figure_files.items[i].kind, &bytes);
    }
    oa_outputs_add_datasets(s, &outputs);
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
