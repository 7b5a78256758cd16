/*
 * cmd_test.h - what the tests of `onearm test` share: reading their columns, printing what they found.
 */
#ifndef OA_CMD_TEST_H
#define OA_CMD_TEST_H

#include "cli.h"
#include "data_file.h"

/* A number beside the main ones. */
typedef struct oa_test_item {
    const char *key;   /* of JSON */
    const char *label; /* of text; NULL: JSON only */
    double value;
} oa_test_item;

enum { OA_TEST_ITEMS = 10 };

/* What a test found, for text and JSON.  NAN and NULL are left out of the text and null in JSON. */
typedef struct oa_test_result {
    const char *test;   /* "wilcoxon" */
    const char *title;  /* "Wilcoxon signed-rank test" */
    const char *method; /* conventions, as a footnote */
    int64_t n;
    const char *n_label; /* "pairs" */
    const char *estimate_label;
    oa_interval estimate;
    double level;
    const char *statistic_label;
    double statistic;
    double df;
    double p_value;
    const char *alternative; /* "two-sided" */
    oa_test_item items[OA_TEST_ITEMS];
    /* Rows that belong to it: as text where `json` is NULL. */
    void (*put_rows)(oa_cli *cli, oa_json *json, const void *context);
    const void *context;
} oa_test_result;

/* A result with all numbers NAN. */
oa_test_result oa_test_result_of(const char *test, const char *title);
void oa_test_print(oa_cli *cli, const oa_test_result *result);

/* "0.0123", "<0.001", ">0.9999". */
const char *oa_test_p(oa_cli *cli, double p_value);
/* Five significant digits; "not reached" for what is not finite. */
const char *oa_test_number(oa_cli *cli, double value);

/* --alternative, --level, and a name among `names` for another option; false with an error. */
bool oa_test_alternative(oa_cli *cli, oa_alternative *alternative);
bool oa_test_level(oa_cli *cli, double *level);
bool oa_test_choice(oa_cli *cli, const char *option, const char *const *names, size_t count, int *choice);
extern const char *const oa_alternative_names[3];

/* The column that an option names; false with an error where the option or the column is missing. */
bool oa_test_column(oa_cli *cli, const oa_table *table, const char *option, int *column);

/* The subjects of a file with a time, an event and a group each. */
typedef struct oa_test_subjects {
    oa_rows rows;
    size_t n; /* of rows */
    double *time;
    bool *event;
    int *group;         /* 0.. in the order of names[]; NULL without --by */
    const char **names; /* sorted */
    int n_groups;
    int *stratum; /* NULL without --strata */
} oa_test_subjects;

bool oa_test_read_subjects(oa_cli *cli, bool with_groups, oa_test_subjects *subjects);

int oa_test_binomial(oa_cli *cli);
int oa_test_wilcoxon(oa_cli *cli);
int oa_test_sign(oa_cli *cli);
int oa_test_t(oa_cli *cli);
int oa_test_ratio(oa_cli *cli);
int oa_test_logrank(oa_cli *cli);
int oa_test_cox(oa_cli *cli);
int oa_test_one_sample(oa_cli *cli);
int oa_test_cuminc(oa_cli *cli);
int oa_test_kappa(oa_cli *cli);
int oa_test_adjust(oa_cli *cli);

#endif
