/*
 * cmd_km.h - what the files of `onearm km` share: cmd_km.c reads the call and its data, km_print.c says what came of it,
 * km_plot.c draws it.
 */
#ifndef OA_CMD_KM_H
#define OA_CMD_KM_H

#include "cli.h"

/* One curve: all subjects, or those of a group. */
typedef struct oa_km_curve {
    const char *name; /* NULL: all */
    oa_km *km;
    oa_km *reverse;
    oa_km_value rmst;
} oa_km_curve;

typedef struct oa_km_call {
    oa_cli *cli;
    const char *file;
    const char *time_name; /* the columns */
    const char *event_name;
    const char *by_name; /* NULL: not by groups */
    bool is_censor;      /* the column is 0 for an event, as ADaM's CNSR */
    oa_km_options options;
    const char *unit; /* of the times that are printed: "months", or NULL where the call does not say */
    double *at;
    size_t n_at;
    double tau; /* 0: no restricted mean */
    const char *endpoint;
    size_t n;
    double *time;
    bool *event;
    int *group;          /* of curves[1] on; NULL without --by */
    oa_km_curve *curves; /* all subjects first, then the groups in their order */
    size_t n_curves;
} oa_km_call;

void oa_km_print_text(const oa_km_call *call);
void oa_km_print_json(const oa_km_call *call);
/* Writes the figure to the path that --plot names; false with an error. */
bool oa_km_plot(const oa_km_call *call, const char *path);

#endif
