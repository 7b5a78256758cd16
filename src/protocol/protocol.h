/*
 * protocol.h - a trial's protocol as the other rooms see it.
 *
 * protocol.yaml is read by load.c against the tables of schema.c, which give each key its type, range, default and
 * meaning and say where in these structs it goes.  Text is never NULL: what is not said and has no default is "".
 * Lists are an array and a count.
 */
#ifndef OA_PROTOCOL_H
#define OA_PROTOCOL_H

#include "../base/arena.h"
#include "../base/buf.h"
#include "../base/date.h"

#include <onearm/diag.h>

typedef struct oa_names {
    const char **items;
    size_t count;
} oa_names;

typedef struct oa_doubles {
    double *items;
    size_t count;
} oa_doubles;

/* Where a key stood, so that later findings can point to it. */
typedef struct oa_mark {
    int32_t line;
    int32_t column;
} oa_mark;

/* study: */
typedef struct oa_p_study {
    const char *id;
    const char *title;
    const char *registry;
    const char *phase;
    oa_date cutoff; /* data after this day are not used; OA_KNOWN_NOTHING: no cut-off */
} oa_p_study;

/* design.two_stage: Simon's notation; n = 0: the trial has one stage */
typedef struct oa_p_two_stage {
    double p0;
    double p1;
    double alpha;
    double beta;
    int64_t n1;
    int64_t r1;
    int64_t n;
    int64_t r;
} oa_p_two_stage;

/* design.looks: stop after n subjects with `futility` responses or fewer, or with `efficacy` or more */
typedef struct oa_p_look {
    int64_t n;
    int64_t futility; /* -1: no stop */
    int64_t efficacy; /* 0: no stop; at the last look futility + 1 */
    oa_mark mark;
} oa_p_look;

/* design.toxicity.looks: stop after n subjects if `stop` or more had the toxicity */
typedef struct oa_p_toxicity_look {
    int64_t n;
    int64_t stop;
    oa_mark mark;
} oa_p_toxicity_look;

/* design.toxicity: a treatment-emergent event of at least that grade */
typedef struct oa_p_toxicity {
    int64_t min_grade;
    bool related; /* only if related to the treatment */
    oa_p_toxicity_look *looks;
    size_t n_looks;
} oa_p_toxicity;

/* design: */
typedef struct oa_p_design {
    int64_t planned_n; /* 0: not said */
    double level;
    int interval; /* oa_ci_method */
    oa_p_two_stage two_stage;
    double p0; /* of looks; 0: not said */
    double p1;
    oa_p_look *looks;
    size_t n_looks;
    oa_p_toxicity toxicity;
} oa_p_design;

/* treatment.drugs.ID: */
typedef struct oa_p_drug {
    const char *id;       /* the key: "anlotinib" */
    const char *label;    /* for people; default: the key */
    const char *trt;      /* EXTRT */
    const char *unit;     /* EXDOSU */
    oa_doubles levels;    /* planned dose levels, highest first; empty: any dose */
    int64_t on;           /* schedule.on: dosing days of a course; 0: not scheduled by days */
    int64_t off;          /* schedule.off: days without */
    int64_t per_cycle;    /* administrations in one cycle; 0: dosed by days */
    const char *isotope;  /* "I-131": the dose is an activity */
    const char *relation; /* AE column with the relation to this drug; default AEREL */
    const char *action;   /* AE column with the action taken with this drug; default AEACN */
    oa_mark mark;
} oa_p_drug;

typedef struct oa_p_treatment {
    oa_p_drug *drugs;
    size_t n_drugs;
    int64_t cycle_days; /* cycle.days; 0: no cycle is defined */
    oa_names not_new;   /* not_new: EXTRT/CMTRT/PRTRT that never count as new anticancer therapy, beside the drugs */
} oa_p_treatment;

/* eligibility: a criterion is met where the SQL expression is true of the subject (inclusion), or false (exclusion). */
typedef struct oa_p_criterion {
    const char *id;
    int kind; /* oa_p_criterion_kind */
    const char *text;
    const char *rule; /* "": judged by hand */
    oa_mark mark;
} oa_p_criterion;

/* gates: nothing of drug `before` may be given until a scan shows what `rule` asks. */
typedef struct oa_p_gate {
    const char *id;
    const char *text;
    const char *before;      /* drug id */
    const char *scan_testcd; /* scan.testcd: PRTRT of the scan; "": no scan is asked for, `rule` alone decides */
    oa_doubles scan_days;    /* scan.days: first and last day after `scan_after` */
    const char *scan_after;  /* scan.after: drug id */
    const char *rule;        /* "": the scan alone opens the gate; never "" without a scan */
    oa_mark mark;
} oa_p_gate;

typedef struct oa_p_visit {
    const char *id;
    const char *after; /* anchor: reference, or a drug id */
    int64_t day;
    oa_doubles window; /* two numbers: days early (negative) and late */
    oa_names forms;
    oa_mark mark;
} oa_p_visit;

typedef struct oa_p_dose_rule {
    const char *drug; /* drug id; "*": each drug */
    const char *term; /* CTCAE term, "*": any */
    int64_t grade;
    int action; /* oa_p_dose_action */
    const char *until;
    oa_mark mark;
} oa_p_dose_rule;

/* response: */
typedef struct oa_p_response {
    const char *criteria;
    int source;            /* oa_p_source */
    const char *evaluator; /* --EVAL; with a blank after it, --EVALID: "INDEPENDENT ASSESSOR" */
    const char *evaluator_id;
    bool accepted;       /* only records with --ACPTFL Y, those of the adjudicator, are the evaluator's */
    int reference;       /* oa_p_reference */
    int64_t sd_min_days; /* a stable disease counts from reference + this many days */
    bool confirm_required;
    int64_t confirm_days;
    int64_t confirm_max_ne;
    int64_t confirm_max_sd;
    int64_t confirm_max_days;      /* 0: none */
    int64_t pd_max_days;           /* 0: none */
    int64_t clinical_benefit_days; /* from the reference day */
    int cr_then_pr;                /* oa_p_cr_then_pr */
    bool pr_persists;
    bool marker_in_cr;
    int length;               /* oa_p_length */
    double too_small_mm;      /* length of a target lesion that is too small to measure */
    int treated_lesion;       /* oa_p_treated_lesion */
    int new_not_evaluated;    /* oa_p_new_not_evaluated */
    int time_point_date;      /* oa_p_time_point_date */
    bool stop_at_new_therapy; /* assessments from the start of a new anticancer therapy on do not count */
    const char *missing;      /* how a subject without assessment is called: MISSING or NE */
} oa_p_response;

/* markers.ID: */
typedef struct oa_p_marker {
    const char *id; /* the key: "tg" */
    const char *label;
    const char *testcd;    /* LBTESTCD */
    double decrease;       /* response.decrease: percent below baseline that is a response */
    int64_t min_days;      /* response.min_days: samples before reference + this day do not count */
    bool same_tsh_state;   /* comparable.tsh_state */
    bool same_assay;       /* comparable.assay: LBMETHOD equal */
    bool tgab_negative;    /* comparable.tgab */
    double tsh_stimulated; /* comparable.tsh_stimulated: mIU/L from which TSH counts as stimulated */
    const char *tsh_testcd;
    const char *tgab_testcd;
    const char *change_at; /* change.at: the visit whose sample is tested against baseline; "last": the last one */
    int change_zeros;      /* change.zeros: of the signed-rank test; the values of oa_zeros */
    int change_below;      /* change.below: values below the limit of quantification; the values of oa_below */
    oa_mark mark;
} oa_p_marker;

/* times.imaging: assessments of the tumour every so many weeks, one phase after the other. */
typedef struct oa_p_imaging {
    int64_t every_weeks;
    int64_t until_week; /* 0: without end */
    oa_doubles window;  /* two numbers: days early (negative) and late */
    oa_mark mark;
} oa_p_imaging;

/* times: */
typedef struct oa_p_times {
    int pfs_preset;       /* oa_p_pfs_preset */
    int64_t pfs_missed;   /* so many missed assessments are too many */
    int pfs_after_missed; /* oa_p_after_missed */
    int pfs_same_day;     /* oa_p_same_day */
    oa_p_imaging *imaging;
    size_t n_imaging;
    double month_days;
    int km_conf;          /* oa_p_km_conf, the values of oa_km_conf */
    oa_doubles landmarks; /* months at which survival is given */
    double rmst;          /* months up to which the restricted mean is taken; NAN: none is asked for */
} oa_p_times;

/* safety: */
typedef struct oa_p_safety {
    const char *ctcae;
    int64_t teae_days;
    const char *related_to; /* "any" or a drug id */
    oa_names related;       /* values of the relation columns that mean related */
} oa_p_safety;

/* sets: the first is the analysis set of efficacy; none: all treated subjects. */
typedef struct oa_p_set {
    const char *id;
    const char *text;
    const char *rule; /* SQL expression over the columns of ADSL; "": all treated */
    oa_mark mark;
} oa_p_set;

/* checks: edit checks of the protocol: a query that yields USUBJID and, if it likes, DOMAIN, SEQ and TEXT. */
typedef struct oa_p_check {
    const char *id;
    const char *text;
    int severity; /* oa_severity */
    const char *query;
    oa_mark mark;
} oa_p_check;

/* published: what the paper prints; percentages as percentages. */
typedef struct oa_p_published {
    const char *what; /* result id */
    double value;
    double lower; /* NAN: not printed */
    double upper;
    const char *text; /* as printed */
    oa_mark mark;
} oa_p_published;

typedef enum oa_p_criterion_kind { OA_P_INCLUSION, OA_P_EXCLUSION } oa_p_criterion_kind;
typedef enum oa_p_dose_action { OA_P_HOLD, OA_P_REDUCE, OA_P_STOP, OA_P_CONTINUE } oa_p_dose_action;
typedef enum oa_p_source { OA_P_MEASURED, OA_P_REPORTED } oa_p_source;
typedef enum oa_p_reference { OA_P_FIRST_DOSE, OA_P_ENROLMENT } oa_p_reference;
typedef enum oa_p_cr_then_pr { OA_P_STRICT, OA_P_ASIS, OA_P_REGRADE, OA_P_QUERY } oa_p_cr_then_pr;
typedef enum oa_p_length { OA_P_DIAMETER_FIRST, OA_P_AXIS_FIRST } oa_p_length;
typedef enum oa_p_treated_lesion { OA_P_TREATED_NE, OA_P_TREATED_AS_MEASURED } oa_p_treated_lesion;
typedef enum oa_p_new_not_evaluated { OA_P_NEW_NE, OA_P_NEW_IGNORE } oa_p_new_not_evaluated;
typedef enum oa_p_time_point_date { OA_P_LATEST_SCAN, OA_P_EARLIEST_SCAN } oa_p_time_point_date;
typedef enum oa_p_pfs_preset { OA_P_FDA_A, OA_P_FDA_B, OA_P_FDA_C, OA_P_EMA } oa_p_pfs_preset;
typedef enum oa_p_after_missed {
    OA_P_MISSED_BY_PRESET,
    OA_P_MISSED_ANY,
    OA_P_MISSED_DEATH,
    OA_P_MISSED_NONE
} oa_p_after_missed;
typedef enum oa_p_same_day { OA_P_SCAN_FIRST, OA_P_THERAPY_FIRST } oa_p_same_day;

typedef struct oa_protocol {
    const char *file; /* as the user named it */
    int64_t version;  /* onearm: */
    oa_p_study study;
    oa_p_design design;
    oa_p_treatment treatment;
    oa_p_criterion *eligibility;
    size_t n_eligibility;
    oa_p_gate *gates;
    size_t n_gates;
    oa_p_visit *visits;
    size_t n_visits;
    oa_p_dose_rule *dose_rules;
    size_t n_dose_rules;
    oa_p_response response;
    oa_p_marker *markers;
    size_t n_markers;
    oa_p_times times;
    oa_p_safety safety;
    oa_p_set *sets;
    size_t n_sets;
    oa_p_check *checks;
    size_t n_checks;
    oa_p_published *published;
    size_t n_published;
    oa_names endpoints_primary;   /* endpoints.primary */
    oa_names endpoints_secondary; /* endpoints.secondary */
    oa_names assumptions;         /* what the source of the protocol does not say and this file assumes */
} oa_protocol;

/* NULL on failure; all problems of the file are reported, not only the first. */
const oa_protocol *oa_protocol_parse(oa_arena *arena, const char *file, const char *bytes, size_t length,
                                     oa_diag *diag);
const oa_protocol *oa_protocol_load(oa_arena *arena, const char *path, oa_diag *diag);

/* Every key with type, default and meaning, as text for people (--help-keys) and as the Markdown page docs/keys.md. */
void oa_protocol_keys_text(oa_buf *out);
void oa_protocol_keys_markdown(oa_buf *out);

/* A place in the protocol, for messages about what stands there. */
oa_place oa_protocol_place(const oa_protocol *protocol, oa_mark mark);

/* NULL when there is no such drug. */
const oa_p_drug *oa_protocol_drug(const oa_protocol *protocol, const char *id);

#endif
