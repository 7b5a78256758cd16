/* cmd_design.h - what the files of onearm design share. */
#ifndef OA_CMD_DESIGN_H
#define OA_CMD_DESIGN_H

#include "cli.h"

/* The words of a subcommand's output. */
typedef struct oa_design_words {
    const char *title;      /* "Simon's two-stage designs" */
    const char *event;      /* "responded" */
    const char *low, *high; /* the answers: "not worth pursuing", "worth pursuing" */
} oa_design_words;

extern const oa_design_words oa_response_words;

typedef struct oa_design_view {
    oa_cli *cli;
    oa_design_words words;
    const oa_problem *problem;
    const oa_designs *designs;
    const oa_design *shown; /* the one that is printed in full */
    size_t place;           /* its number in the list, from 1 */
    const double *rates;    /* true rates of its operating characteristics */
    size_t n_rates;
} oa_design_view;

/* ---- options: false with a message where the text is none of what is asked for ---- */

/* Leaves `value` as it is where the option is not given. */
bool oa_design_number(oa_cli *cli, const char *name, double *value);
bool oa_design_count(oa_cli *cli, const char *name, int32_t *value);
bool oa_design_rate(oa_cli *cli, const char *name, double *value);
/* "0.1,0.2" or "0:0.5:0.05"; NULL with a message.  `text` NULL: `count` 0. */
double *oa_design_numbers(oa_cli *cli, const char *name, size_t *count);
int32_t *oa_design_counts(oa_cli *cli, const char *name, size_t *count);
/* "2/18,6/35" */
bool oa_design_two_stage(oa_cli *cli, const char *text, oa_two_stage *design);
/* --p0 --p1 --alpha --beta --nmax --strict --ties, and progress on a terminal. */
bool oa_design_problem(oa_cli *cli, oa_problem *problem);

/* ---- output ---- */

/*
 * Shows what a search has found, in the form that the options ask for, and frees it; the exit status.  `main_one` is shown in
 * full unless --show names another.
 */
int oa_design_show(oa_cli *cli, const oa_design_words *words, const oa_problem *problem, oa_designs *designs,
                   const char *main_one);

/* "2 or fewer" */
const char *oa_or_fewer(oa_arena *arena, int32_t count);
/* The decisions of a boundary in words, a line each. */
void oa_design_put_decisions(oa_buf *out, const oa_design_words *words, const oa_boundary *boundary);
void oa_design_put_text(const oa_design_view *view);
bool oa_design_put_json(const oa_design_view *view);
bool oa_design_put_csv(const oa_design_view *view, const char *what);
void oa_design_put_protocol(const oa_design_view *view);
bool oa_design_plot(const oa_design_view *view, const char *path);

int oa_cmd_lee_liu(oa_cli *cli);
int oa_cmd_thall_simon(oa_cli *cli);
int oa_cmd_bop2(oa_cli *cli);
int oa_cmd_bop2_toxicity(oa_cli *cli);
int oa_cmd_toxicity(oa_cli *cli);
int oa_cmd_oslr(oa_cli *cli);
int oa_cmd_bryant_day(oa_cli *cli);
int oa_cmd_precision(oa_cli *cli);
int oa_cmd_estimate(oa_cli *cli);

#endif
