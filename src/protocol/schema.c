/*
 * schema.c - every key of protocol.yaml.  See schema.h for what the fields of a row mean.
 *
 * TEXT(oa_p_study, id) says that the key is a text and goes to oa_p_study.id; it does not compile unless that member
 * has the type of a text.
 */
#include "schema.h"

#include "../base/number.h"
#include "../base/text.h"

#include <math.h>

/* NOLINTNEXTLINE(bugprone-macro-parentheses): a type in _Generic takes no parentheses */
#define MEMBER(type, owner, member) .at = _Generic(((owner *)0)->member, type : offsetof(owner, member))

#define TEXT(owner, member)    .kind = OA_KEY_TEXT, MEMBER(const char *, owner, member)
#define NUMBER(owner, member)  .kind = OA_KEY_NUMBER, MEMBER(double, owner, member)
#define INTEGER(owner, member) .kind = OA_KEY_INTEGER, MEMBER(int64_t, owner, member)
#define BOOL(owner, member)    .kind = OA_KEY_BOOL, MEMBER(bool, owner, member)
#define DATE(owner, member)    .kind = OA_KEY_DATE, MEMBER(oa_date, owner, member)
#define NUMBERS(owner, member) .kind = OA_KEY_NUMBERS, MEMBER(oa_doubles, owner, member)
#define TEXTS(owner, member)   .kind = OA_KEY_TEXTS, MEMBER(oa_names, owner, member)

#define WORDS(...)                                                                                                     \
    .words = (const char *const[]) {                                                                                   \
        __VA_ARGS__, NULL                                                                                              \
    }
#define CHOICE(owner, member, ...) .kind = OA_KEY_CHOICE, MEMBER(const char *, owner, member), WORDS(__VA_ARGS__)
#define ENUM(owner, member, ...)   .kind = OA_KEY_ENUM, MEMBER(int, owner, member), WORDS(__VA_ARGS__)
#define DRUG(owner, member)        TEXT(owner, member), .refers_to_drug = true

#define OBJECT(table)                   .kind = OA_KEY_OBJECT, .keys = &(table)
#define OBJECT_IN(owner, member, table) OBJECT(table), .at = offsetof(owner, member)
#define MANY(owner, member, n, table)   .at = offsetof(owner, member), .count_at = offsetof(owner, n), .keys = &(table)
#define LIST(owner, member, n, table)   .kind = OA_KEY_LIST, MANY(owner, member, n, table)
#define MAP(owner, member, n, table)    .kind = OA_KEY_MAP, MANY(owner, member, n, table)

#define FROM(a, b)    .bounds = OA_FROM, .from = (a), .to = (b)
#define WITHIN(a, b)  .bounds = OA_WITHIN, .from = (a), .to = (b)
#define DAYS          FROM(0, 36500), .unit = "days"
#define SUBJECTS(a)   FROM(a, 1000000), .unit = "subjects"
#define DAY_SPAN      .order = OA_SPAN, .whole = true, .unit = "days"
#define REQUIRED      .required = true
#define DEFAULT(text) .standard = (text)
#define MEANS(text)   .meaning = (text)

#define KEYS(rows)                                                                                                     \
    { .items = (rows), .count = sizeof(rows) / sizeof *(rows) }
#define ITEMS(rows, owner)                                                                                             \
    { .items = (rows), .count = sizeof(rows) / sizeof *(rows), .size = sizeof(owner), .mark_at = offsetof(owner, mark) }
#define ITEMS_BY_ID(rows, owner)                                                                                       \
    {                                                                                                                  \
        .items = (rows), .count = sizeof(rows) / sizeof *(rows), .size = sizeof(owner), .id_at = offsetof(owner, id),  \
        .mark_at = offsetof(owner, mark)                                                                               \
    }

/* clang-format off */

/* ---- study, design, endpoints ---- */

static const oa_key study_rows[] = {
    {.name = "id", TEXT(oa_p_study, id), REQUIRED,
     MEANS("Identifier of the study, as STUDYID has it.")},
    {.name = "title", TEXT(oa_p_study, title),
     MEANS("Title of the study, for the head of reports.")},
    {.name = "registry", TEXT(oa_p_study, registry),
     MEANS("Number in a trial registry, such as ChiCTR2500095313.")},
    {.name = "phase", TEXT(oa_p_study, phase),
     MEANS("Phase of the trial, such as II.")},
    {.name = "cutoff", DATE(oa_p_study, cutoff),
     MEANS("Data cut-off: what happened after this day is not used.")},
};
static const oa_keys study_keys = KEYS(study_rows);

static const oa_key two_stage_rows[] = {
    {.name = "p0", NUMBER(oa_p_two_stage, p0), WITHIN(0, 1),
     MEANS("Response rate at which the treatment is of no interest.")},
    {.name = "p1", NUMBER(oa_p_two_stage, p1), WITHIN(0, 1),
     MEANS("Response rate at which the treatment is worth pursuing; above p0.")},
    {.name = "alpha", NUMBER(oa_p_two_stage, alpha), WITHIN(0, 1),
     MEANS("Greatest accepted probability of going on with a treatment of rate p0.")},
    {.name = "beta", NUMBER(oa_p_two_stage, beta), WITHIN(0, 1),
     MEANS("Greatest accepted probability of dropping a treatment of rate p1.")},
    {.name = "n1", INTEGER(oa_p_two_stage, n1), SUBJECTS(1),
     MEANS("Subjects of the first stage.")},
    {.name = "r1", INTEGER(oa_p_two_stage, r1), SUBJECTS(0),
     MEANS("The trial stops after the first stage with r1 or fewer responses.")},
    {.name = "n", INTEGER(oa_p_two_stage, n), SUBJECTS(1),
     MEANS("Subjects of both stages together; left out, the trial has one stage.")},
    {.name = "r", INTEGER(oa_p_two_stage, r), SUBJECTS(0),
     MEANS("The treatment is dropped at the end with r or fewer responses.")},
};
static const oa_keys two_stage_keys = KEYS(two_stage_rows);

static const oa_key look_rows[] = {
    {.name = "n", INTEGER(oa_p_look, n), REQUIRED, SUBJECTS(1),
     MEANS("Subjects after whom the look comes; the last look is the end of the trial.")},
    {.name = "futility", INTEGER(oa_p_look, futility), FROM(-1, 1000000), .unit = "subjects", DEFAULT("-1"),
     MEANS("The trial stops for futility with so many responses or fewer; -1 or left out: it does not.")},
    {.name = "efficacy", INTEGER(oa_p_look, efficacy), SUBJECTS(0), DEFAULT("0"),
     MEANS("The trial stops for efficacy with so many responses or more; left out: it does not.")},
};
static const oa_keys look_keys = ITEMS(look_rows, oa_p_look);

static const oa_key toxicity_look_rows[] = {
    {.name = "n", INTEGER(oa_p_toxicity_look, n), REQUIRED, SUBJECTS(1),
     MEANS("Treated subjects after whom the look comes.")},
    {.name = "stop", INTEGER(oa_p_toxicity_look, stop), REQUIRED, SUBJECTS(1),
     MEANS("The trial stops if so many of them or more had the toxicity.")},
};
static const oa_keys toxicity_look_keys = ITEMS(toxicity_look_rows, oa_p_toxicity_look);

static const oa_key toxicity_rows[] = {
    {.name = "min_grade", INTEGER(oa_p_toxicity, min_grade), FROM(1, 5), DEFAULT("3"),
     MEANS("Least grade of a treatment-emergent adverse event that counts.")},
    {.name = "related", BOOL(oa_p_toxicity, related), DEFAULT("true"),
     MEANS("Whether only events related to the treatment count.")},
    {.name = "looks", LIST(oa_p_toxicity, looks, n_looks, toxicity_look_keys),
     MEANS("When to stop for toxicity, by rising n.")},
};
static const oa_keys toxicity_keys = KEYS(toxicity_rows);

static const oa_key design_rows[] = {
    {.name = "planned_n", INTEGER(oa_p_design, planned_n), SUBJECTS(1),
     MEANS("Number of subjects that the protocol plans to enrol.")},
    {.name = "level", NUMBER(oa_p_design, level), WITHIN(0, 1), DEFAULT("0.95"),
     MEANS("Two-sided level of all confidence intervals, as a fraction.")},
    {.name = "interval", ENUM(oa_p_design, interval, "clopper-pearson", "blaker", "mid-p", "wilson", "wilson-cc",
                               "agresti-coull", "jeffreys", "wald"),
     DEFAULT("clopper-pearson"),
     MEANS("Method of the confidence interval of a proportion.")},
    {.name = "two_stage", OBJECT_IN(oa_p_design, two_stage, two_stage_keys),
     MEANS("Simon's two-stage design, in his notation.")},
    {.name = "p0", NUMBER(oa_p_design, p0), WITHIN(0, 1),
     MEANS("Response rate of no interest of a design with `looks`.")},
    {.name = "p1", NUMBER(oa_p_design, p1), WITHIN(0, 1),
     MEANS("Response rate worth pursuing of a design with `looks`; above p0.")},
    {.name = "looks", LIST(oa_p_design, looks, n_looks, look_keys),
     MEANS("Stopping rules of any other design, by rising n; the last look is the end.")},
    {.name = "toxicity", OBJECT_IN(oa_p_design, toxicity, toxicity_keys),
     MEANS("Stopping for toxicity.")},
};
static const oa_keys design_keys = KEYS(design_rows);

static const oa_key endpoint_rows[] = {
    {.name = "primary", TEXTS(oa_protocol, endpoints_primary),
     MEANS("Primary endpoints, such as ORR.")},
    {.name = "secondary", TEXTS(oa_protocol, endpoints_secondary),
     MEANS("Secondary endpoints, in the order in which they are reported.")},
};
static const oa_keys endpoint_keys = KEYS(endpoint_rows);

/* ---- treatment ---- */

static const oa_key schedule_rows[] = {
    {.name = "on", INTEGER(oa_p_drug, on), DAYS,
     MEANS("Dosing days of a course; left out, the drug is not scheduled by days.")},
    {.name = "off", INTEGER(oa_p_drug, off), DAYS,
     MEANS("Days without the drug that follow the dosing days.")},
};
static const oa_keys schedule_keys = KEYS(schedule_rows);

static const oa_key drug_rows[] = {
    {.name = "label", TEXT(oa_p_drug, label), .id_is_default = true,
     MEANS("Name of the drug in tables and reports.")},
    {.name = "trt", TEXT(oa_p_drug, trt), REQUIRED,
     MEANS("Name of the drug in the exposure records, as EXTRT has it.")},
    {.name = "unit", TEXT(oa_p_drug, unit),
     MEANS("Unit of its doses, as EXDOSU has it.")},
    {.name = "levels", NUMBERS(oa_p_drug, levels), WITHIN(0, HUGE_VAL), .order = OA_FALLING,
     MEANS("Planned dose levels, highest first; left out, any dose may be given.")},
    {.name = "schedule", OBJECT(schedule_keys),
     MEANS("Days with and without the drug.")},
    {.name = "per_cycle", INTEGER(oa_p_drug, per_cycle), FROM(1, 1000),
     MEANS("Administrations in one cycle, of a drug that is not dosed by days.")},
    {.name = "isotope", TEXT(oa_p_drug, isotope),
     MEANS("Isotope of a radioactive drug, such as I-131: its dose is an activity.")},
    {.name = "relation", TEXT(oa_p_drug, relation), DEFAULT("AEREL"),
     MEANS("Column of AE that says whether an event is related to this drug.")},
    {.name = "action", TEXT(oa_p_drug, action), DEFAULT("AEACN"),
     MEANS("Column of AE that says what was done with this drug because of an event.")},
};
static const oa_keys drug_keys = ITEMS_BY_ID(drug_rows, oa_p_drug);

static const oa_key cycle_rows[] = {
    {.name = "days", INTEGER(oa_p_treatment, cycle_days), DAYS,
     MEANS("Length of one cycle; left out, no cycle is defined.")},
};
static const oa_keys cycle_keys = KEYS(cycle_rows);

static const oa_key treatment_rows[] = {
    {.name = "drugs", MAP(oa_p_treatment, drugs, n_drugs, drug_keys),
     MEANS("Study drugs, each under an ID by which the rest of the protocol refers to it.")},
    {.name = "cycle", OBJECT(cycle_keys),
     MEANS("Treatment cycle.")},
    {.name = "not_new", TEXTS(oa_p_treatment, not_new),
     MEANS("EXTRT, CMTRT or PRTRT that never count as new anticancer therapy, beside the study drugs.")},
};
static const oa_keys treatment_keys = KEYS(treatment_rows);

/* ---- eligibility, gates, visits, dose rules ---- */

static const oa_key criterion_rows[] = {
    {.name = "id", TEXT(oa_p_criterion, id), REQUIRED, .unique = true,
     MEANS("Short name of the criterion, as IETESTCD has it.")},
    {.name = "kind", ENUM(oa_p_criterion, kind, "inclusion", "exclusion"), REQUIRED,
     MEANS("An inclusion criterion must be true of a subject, an exclusion criterion false.")},
    {.name = "text", TEXT(oa_p_criterion, text),
     MEANS("The criterion in the words of the protocol.")},
    {.name = "rule", TEXT(oa_p_criterion, rule),
     MEANS("SQL expression that is true of a subject of whom the criterion holds; left out, it is judged by hand.")},
};
static const oa_keys criterion_keys = ITEMS(criterion_rows, oa_p_criterion);

static const oa_key scan_rows[] = {
    {.name = "testcd", TEXT(oa_p_gate, scan_testcd), REQUIRED,
     MEANS("The scan, as PRTRT has it.")},
    {.name = "days", NUMBERS(oa_p_gate, scan_days), REQUIRED, FROM(0, 36500), DAY_SPAN,
     MEANS("First and last day on which the scan may be done, counted from the dose of `after`.")},
    {.name = "after", DRUG(oa_p_gate, scan_after), REQUIRED,
     MEANS("The drug from whose dose the days are counted.")},
};
static const oa_keys scan_keys = KEYS(scan_rows);

static const oa_key gate_rows[] = {
    {.name = "id", TEXT(oa_p_gate, id), REQUIRED, .unique = true,
     MEANS("Short name of the gate.")},
    {.name = "text", TEXT(oa_p_gate, text),
     MEANS("The condition in the words of the protocol.")},
    {.name = "before", DRUG(oa_p_gate, before), REQUIRED,
     MEANS("The drug that must not be given before the gate is passed.")},
    {.name = "scan", OBJECT(scan_keys),
     MEANS("The scan that has to be done first.")},
    {.name = "rule", TEXT(oa_p_gate, rule),
     MEANS("SQL expression that is true where the gate is passed; left out, the scan alone opens it.")},
};
static const oa_keys gate_keys = ITEMS(gate_rows, oa_p_gate);

static const oa_key visit_rows[] = {
    {.name = "id", TEXT(oa_p_visit, id), REQUIRED, .unique = true,
     MEANS("Short name of the visit, as VISIT has it.")},
    {.name = "after", DRUG(oa_p_visit, after), WORDS("reference"), DEFAULT("reference"),
     MEANS("What `day` is counted from: the reference day of the subject, or the first dose of a drug.")},
    {.name = "day", INTEGER(oa_p_visit, day), REQUIRED, FROM(-36500, 36500), .unit = "days",
     MEANS("Planned day of the visit, as days after `after`; negative before it.")},
    {.name = "window", NUMBERS(oa_p_visit, window), FROM(-36500, 36500), DAY_SPAN, DEFAULT("[-3, 3]"),
     MEANS("Days by which the visit may be early (negative) and late.")},
    {.name = "forms", TEXTS(oa_p_visit, forms),
     MEANS("Forms that are due at the visit.")},
};
static const oa_keys visit_keys = ITEMS(visit_rows, oa_p_visit);

static const oa_key dose_rule_rows[] = {
    {.name = "drug", DRUG(oa_p_dose_rule, drug), WORDS("*"), DEFAULT("*"),
     MEANS("The drug whose dose the rule changes; \"*\": each drug.")},
    {.name = "term", TEXT(oa_p_dose_rule, term), DEFAULT("*"),
     MEANS("CTCAE term of the adverse event; \"*\": any.")},
    {.name = "grade", INTEGER(oa_p_dose_rule, grade), REQUIRED, FROM(1, 5),
     MEANS("CTCAE grade of the adverse event from which on the rule holds.")},
    {.name = "action", ENUM(oa_p_dose_rule, action, "hold", "reduce", "stop", "continue"), REQUIRED,
     MEANS("What is done with the drug.")},
    {.name = "until", TEXT(oa_p_dose_rule, until),
     MEANS("What must be reached before the drug is given again, in the words of the protocol.")},
};
static const oa_keys dose_rule_keys = ITEMS(dose_rule_rows, oa_p_dose_rule);

/* ---- response ---- */

static const oa_key confirm_rows[] = {
    {.name = "required", BOOL(oa_p_response, confirm_required), DEFAULT("true"),
     MEANS("Whether a complete or partial response counts only when a later assessment confirms it.")},
    {.name = "days", INTEGER(oa_p_response, confirm_days), DAYS, DEFAULT("28"),
     MEANS("Least number of days between a response and the assessment that confirms it.")},
    {.name = "max_ne", INTEGER(oa_p_response, confirm_max_ne), FROM(0, 1000), DEFAULT("1"),
     MEANS("Assessments that may be not evaluable between a response and its confirmation.")},
    {.name = "max_sd", INTEGER(oa_p_response, confirm_max_sd), FROM(0, 1000), DEFAULT("0"),
     MEANS("Assessments that may be stable disease between a partial response and its confirmation.")},
    {.name = "max_days", INTEGER(oa_p_response, confirm_max_days), FROM(0, 100000), DEFAULT("0"), .unit = "days",
     MEANS("Greatest number of days between a response and the assessment that confirms it; 0: no such limit.")},
};
static const oa_keys confirm_keys = KEYS(confirm_rows);

static const oa_key response_rows[] = {
    {.name = "criteria", CHOICE(oa_p_response, criteria, "RECIST 1.1"), DEFAULT("RECIST 1.1"),
     MEANS("Response criteria.")},
    {.name = "source", ENUM(oa_p_response, source, "measured", "reported"), DEFAULT("measured"),
     MEANS("Whether responses are derived from the measured lesions (TR) or taken as reported (RS).")},
    {.name = "evaluator", TEXT(oa_p_response, evaluator), DEFAULT("INVESTIGATOR"),
     MEANS("Whose assessments are used, as TREVAL and RSEVAL have it.")},
    {.name = "evaluator_id", TEXT(oa_p_response, evaluator_id),
     MEANS("Which of several evaluators is used, as TREVALID and RSEVALID have it.")},
    {.name = "accepted", BOOL(oa_p_response, accepted), DEFAULT("false"),
     MEANS("Whether of this evaluator only the adjudicated records count: TUACPTFL, TRACPTFL or RSACPTFL is Y.")},
    {.name = "reference", ENUM(oa_p_response, reference, "first_dose", "enrolment"), DEFAULT("first_dose"),
     MEANS("The day from which times and study days are counted.")},
    {.name = "sd_min_days", INTEGER(oa_p_response, sd_min_days), DAYS, DEFAULT("42"),
     MEANS("Days after the reference day from which stable disease counts as best response.")},
    {.name = "pd_max_days", INTEGER(oa_p_response, pd_max_days), FROM(0, 100000), DEFAULT("0"), .unit = "days",
     MEANS("Days after the reference day up to which a progression that no other assessment precedes is the best "
           "response, and not NE; 0: no such limit.")},
    {.name = "clinical_benefit_days", INTEGER(oa_p_response, clinical_benefit_days), DAYS, DEFAULT("168"),
     MEANS("Days after the reference day that stable disease must last to count as clinical benefit (CBR).")},
    {.name = "confirm", OBJECT(confirm_keys),
     MEANS("Confirmation of responses.")},
    {.name = "cr_then_pr", ENUM(oa_p_response, cr_then_pr, "strict", "asis", "regrade", "query"), DEFAULT("strict"),
     MEANS("Disease seen after a complete response: strict reads it as PD, as RECIST 1.1 does; asis takes it as it is; "
           "regrade makes an unconfirmed CR a PR; query takes it as it is and asks for an answer.")},
    {.name = "pr_persists", BOOL(oa_p_response, pr_persists), DEFAULT("true"),
     MEANS("Whether a response lasts until progression though the sum has grown back meanwhile; where confirm.required, "
           "once it was confirmed.")},
    {.name = "marker_in_cr", BOOL(oa_p_response, marker_in_cr), DEFAULT("false"),
     MEANS("Whether a marker of markers that was above its upper limit of normal before treatment must be normal at a "
           "complete response.")},
    {.name = "length", ENUM(oa_p_response, length, "diameter_first", "axis_first"), DEFAULT("diameter_first"),
     MEANS("Which recorded length of a target lesion counts: DIAMETER, else the axis of the lesion, or the other way "
           "round. The axis is SAXIS, else LPERP, of a lymph node and LDIAM of any other lesion.")},
    {.name = "too_small_mm", NUMBER(oa_p_response, too_small_mm), WITHIN(0, 20), DEFAULT("5"), .unit = "mm",
     MEANS("Length of a target lesion that is present but too small to measure.")},
    {.name = "treated_lesion", ENUM(oa_p_response, treated_lesion, "ne", "as_measured"), DEFAULT("ne"),
     MEANS("A lesion that was excised, irradiated or ablated on study is not evaluable from then on, or counts as "
           "measured.")},
    {.name = "new_not_evaluated", ENUM(oa_p_response, new_not_evaluated, "ne", "ignore"), DEFAULT("ne"),
     MEANS("A visit at which new lesions were not looked for and nothing progressed is NE, or is judged by the known "
           "lesions.")},
    {.name = "time_point_date", ENUM(oa_p_response, time_point_date, "latest", "earliest"), DEFAULT("latest"),
     MEANS("Which scan of a visit dates a response that is not PD.")},
    {.name = "stop_at_new_therapy", BOOL(oa_p_response, stop_at_new_therapy), DEFAULT("true"),
     MEANS("Whether assessments from the start of a new anticancer therapy on no longer count.")},
    {.name = "missing", CHOICE(oa_p_response, missing, "MISSING", "NE"), DEFAULT("MISSING"),
     MEANS("Best response of a subject without any assessment.")},
};
static const oa_keys response_keys = KEYS(response_rows);

/* ---- markers ---- */

static const oa_key marker_response_rows[] = {
    {.name = "decrease", NUMBER(oa_p_marker, decrease), WITHIN(0, 100), DEFAULT("25"), .unit = "%",
     MEANS("Decrease from baseline that is a response of the marker.")},
    {.name = "min_days", INTEGER(oa_p_marker, min_days), DAYS, DEFAULT("0"),
     MEANS("Samples earlier than this many days after the reference day do not count.")},
};
static const oa_keys marker_response_keys = KEYS(marker_response_rows);

static const oa_key comparable_rows[] = {
    {.name = "tsh_state", BOOL(oa_p_marker, same_tsh_state), DEFAULT("true"),
     MEANS("Both were taken under stimulated TSH, or both under suppressed TSH.")},
    {.name = "assay", BOOL(oa_p_marker, same_assay), DEFAULT("true"),
     MEANS("Both were measured by the same assay, as LBMETHOD has it.")},
    {.name = "tgab", BOOL(oa_p_marker, tgab_negative), DEFAULT("true"),
     MEANS("Both are free of thyroglobulin antibodies.")},
    {.name = "tsh_stimulated", NUMBER(oa_p_marker, tsh_stimulated), WITHIN(0, HUGE_VAL), DEFAULT("30"), .unit = "mIU/L",
     MEANS("TSH from which a sample counts as stimulated.")},
};
static const oa_keys comparable_keys = KEYS(comparable_rows);

static const oa_key change_rows[] = {
    {.name = "at", TEXT(oa_p_marker, change_at), DEFAULT("last"),
     MEANS("The sample that is tested against baseline: last, the last comparable one, or that of a visit, as VISIT has "
           "it.")},
    {.name = "zeros", ENUM(oa_p_marker, change_zeros, "wilcoxon", "pratt"), DEFAULT("wilcoxon"),
     MEANS("Pairs without a change in the signed-rank test: left out before ranking, or ranked and then left out.")},
    {.name = "below", ENUM(oa_p_marker, change_below, "model", "limit", "half", "root2"), DEFAULT("model"),
     MEANS("Values below the limit of quantification in the geometric mean ratio: a normal model of bounds, or the limit, "
           "its half or the limit over the root of 2 in their place.")},
};
static const oa_keys change_keys = KEYS(change_rows);

static const oa_key marker_rows[] = {
    {.name = "label", TEXT(oa_p_marker, label), .id_is_default = true,
     MEANS("Name of the marker in tables and reports.")},
    {.name = "testcd", TEXT(oa_p_marker, testcd), REQUIRED,
     MEANS("The marker as LBTESTCD has it.")},
    {.name = "response", OBJECT(marker_response_keys),
     MEANS("What counts as a response of the marker.")},
    {.name = "comparable", OBJECT(comparable_keys), .switches = true,
     MEANS("When a sample may be compared with baseline; {tsh_state, assay} asks for these two and not for tgab.")},
    {.name = "change", OBJECT(change_keys),
     MEANS("How the change from baseline is tested.")},
    {.name = "tsh_testcd", TEXT(oa_p_marker, tsh_testcd), DEFAULT("TSH"),
     MEANS("TSH as LBTESTCD has it.")},
    {.name = "tgab_testcd", TEXT(oa_p_marker, tgab_testcd), DEFAULT("TGAB"),
     MEANS("Thyroglobulin antibodies as LBTESTCD has it.")},
};
static const oa_keys marker_keys = ITEMS_BY_ID(marker_rows, oa_p_marker);

/* ---- times, safety ---- */

static const oa_key pfs_rows[] = {
    {.name = "preset", ENUM(oa_p_times, pfs_preset, "fda-a", "fda-b", "fda-c", "ema"), DEFAULT("fda-a"),
     MEANS("Rules of censoring: the FDA's tables A, B or C (guidance on endpoints, 2018), or the EMA's.")},
    {.name = "missed", INTEGER(oa_p_times, pfs_missed), FROM(1, 100), DEFAULT("2"),
     MEANS("So many missed assessments between the last adequate one and an event censor it.")},
    {.name = "after_missed", ENUM(oa_p_times, pfs_after_missed, "preset", "any", "death", "none"), DEFAULT("preset"),
     MEANS("Which events are censored after missed assessments: those of the preset, any, deaths only, or none.")},
    {.name = "same_day", ENUM(oa_p_times, pfs_same_day, "scan", "therapy"), DEFAULT("scan"),
     MEANS("Of PFS: what came first where an assessment or event and a new anticancer therapy are of one day. The best "
           "response takes no assessment of that day (response.stop_at_new_therapy).")},
};
static const oa_keys pfs_keys = KEYS(pfs_rows);

static const oa_key km_rows[] = {
    {.name = "conf", ENUM(oa_p_times, km_conf, "log-log", "log", "plain", "logit", "arcsin"), DEFAULT("log-log"),
     MEANS("Transformation of the interval of a survival curve (SAS: log-log; R: log).")},
};
static const oa_keys km_keys = KEYS(km_rows);

static const oa_key imaging_rows[] = {
    {.name = "every_weeks", INTEGER(oa_p_imaging, every_weeks), REQUIRED, FROM(1, 520), .unit = "weeks",
     MEANS("Weeks from one assessment to the next.")},
    {.name = "until_week", INTEGER(oa_p_imaging, until_week), FROM(1, 5200), .unit = "weeks",
     MEANS("The last week after the reference day for which this holds; left out, it holds without end.")},
    {.name = "window", NUMBERS(oa_p_imaging, window), FROM(-36500, 36500), DAY_SPAN, DEFAULT("[-7, 7]"),
     MEANS("Days by which an assessment may be early (negative) and late.")},
};
static const oa_keys imaging_keys = ITEMS(imaging_rows, oa_p_imaging);

static const oa_key times_rows[] = {
    {.name = "pfs", OBJECT(pfs_keys),
     MEANS("Progression-free survival.")},
    {.name = "imaging", LIST(oa_p_times, imaging, n_imaging, imaging_keys),
     MEANS("Schedule by which missed assessments are judged, in phases; left out, the visits whose forms name TR.")},
    {.name = "month_days", NUMBER(oa_p_times, month_days), FROM(28, 31), DEFAULT("30.4375"), .unit = "days",
     MEANS("Length of a month.")},
    {.name = "km", OBJECT(km_keys),
     MEANS("Kaplan-Meier estimates.")},
    {.name = "landmarks", NUMBERS(oa_p_times, landmarks), WITHIN(0, 1200), .order = OA_RISING, DEFAULT("[6, 12]"),
     .unit = "months",
     MEANS("Times at which survival is given.")},
    {.name = "rmst", NUMBER(oa_p_times, rmst), WITHIN(0, 1200), DEFAULT(OA_STANDARD_NAN), .unit = "months",
     MEANS("Time up to which the restricted mean survival time is taken; left out, none is given.")},
};
static const oa_keys times_keys = KEYS(times_rows);

static const oa_key safety_rows[] = {
    {.name = "ctcae", CHOICE(oa_p_safety, ctcae, "5.0", "6.0"), DEFAULT("5.0"),
     MEANS("Version of the CTCAE by which adverse events are graded.")},
    {.name = "teae_days", INTEGER(oa_p_safety, teae_days), DAYS, DEFAULT("30"),
     MEANS("Days after the last dose up to which an adverse event is treatment-emergent.")},
    {.name = "related_to", DRUG(oa_p_safety, related_to), WORDS("any"), DEFAULT("any"),
     MEANS("The drug to which treatment-related events are related; any: one or more of the study drugs.")},
    {.name = "related", TEXTS(oa_p_safety, related),
     DEFAULT("[RELATED, POSSIBLE, POSSIBLY RELATED, PROBABLE, PROBABLY RELATED, DEFINITE, DEFINITELY RELATED, Y]"),
     MEANS("Values of the relation columns that mean related.")},
};
static const oa_keys safety_keys = KEYS(safety_rows);

/* ---- analysis sets, checks, what was published ---- */

static const oa_key set_rows[] = {
    {.name = "id", TEXT(oa_p_set, id), REQUIRED, .unique = true,
     MEANS("Short name of the analysis set.")},
    {.name = "text", TEXT(oa_p_set, text),
     MEANS("Who belongs to it, in the words of the protocol.")},
    {.name = "rule", TEXT(oa_p_set, rule),
     MEANS("SQL expression over the columns of ADSL; left out, all treated subjects belong to it.")},
};
static const oa_keys set_keys = ITEMS(set_rows, oa_p_set);

/* The severities stand in the order of oa_severity. */
static const oa_key check_rows[] = {
    {.name = "id", TEXT(oa_p_check, id), REQUIRED, .unique = true,
     MEANS("Short name of the check.")},
    {.name = "text", TEXT(oa_p_check, text),
     MEANS("What is wrong with a record that the check finds.")},
    {.name = "severity", ENUM(oa_p_check, severity, "note", "warning", "error"), DEFAULT("warning"),
     MEANS("How grave a finding is.")},
    {.name = "query", TEXT(oa_p_check, query), REQUIRED,
     MEANS("SQL query that yields USUBJID of each finding and, if it likes, DOMAIN, SEQ and TEXT.")},
};
static const oa_keys check_keys = ITEMS(check_rows, oa_p_check);

static const oa_key published_rows[] = {
    {.name = "what", TEXT(oa_p_published, what), REQUIRED,
     MEANS("The result as `onearm results` calls it, such as ORR.")},
    {.name = "value", NUMBER(oa_p_published, value), REQUIRED,
     MEANS("The printed value; percentages as percentages.")},
    {.name = "lower", NUMBER(oa_p_published, lower), DEFAULT(OA_STANDARD_NAN),
     MEANS("The printed lower limit.")},
    {.name = "upper", NUMBER(oa_p_published, upper), DEFAULT(OA_STANDARD_NAN),
     MEANS("The printed upper limit.")},
    {.name = "text", TEXT(oa_p_published, text),
     MEANS("The sentence or cell as printed.")},
};
static const oa_keys published_keys = ITEMS(published_rows, oa_p_published);

/* ---- the file ---- */

static const oa_key protocol_rows[] = {
    {.name = "onearm", INTEGER(oa_protocol, version), REQUIRED, FROM(1, 1),
     MEANS("Version of this layout of the file.")},
    {.name = "study", OBJECT_IN(oa_protocol, study, study_keys), REQUIRED,
     MEANS("What the study is called.")},
    {.name = "design", OBJECT_IN(oa_protocol, design, design_keys),
     MEANS("Size and statistical design.")},
    {.name = "endpoints", OBJECT(endpoint_keys),
     MEANS("What the trial sets out to measure.")},
    {.name = "treatment", OBJECT_IN(oa_protocol, treatment, treatment_keys),
     MEANS("What is given, and when.")},
    {.name = "eligibility", LIST(oa_protocol, eligibility, n_eligibility, criterion_keys),
     MEANS("Who may take part.")},
    {.name = "gates", LIST(oa_protocol, gates, n_gates, gate_keys),
     MEANS("Conditions that must be met before a drug may be given.")},
    {.name = "visits", LIST(oa_protocol, visits, n_visits, visit_keys),
     MEANS("Planned visits.")},
    {.name = "dose_rules", LIST(oa_protocol, dose_rules, n_dose_rules, dose_rule_keys),
     MEANS("What is done with a drug after an adverse event.")},
    {.name = "response", OBJECT_IN(oa_protocol, response, response_keys),
     MEANS("How tumour response is judged.")},
    {.name = "markers", MAP(oa_protocol, markers, n_markers, marker_keys),
     MEANS("Tumour markers in blood, each under an ID.")},
    {.name = "times", OBJECT_IN(oa_protocol, times, times_keys),
     MEANS("Analyses of time to event.")},
    {.name = "safety", OBJECT_IN(oa_protocol, safety, safety_keys),
     MEANS("Adverse events.")},
    {.name = "sets", LIST(oa_protocol, sets, n_sets, set_keys),
     MEANS("Analysis sets; the first is that of efficacy, and without any it is all treated subjects.")},
    {.name = "checks", LIST(oa_protocol, checks, n_checks, check_keys),
     MEANS("Edit checks of the trial's own.")},
    {.name = "published", LIST(oa_protocol, published, n_published, published_keys),
     MEANS("What a paper printed, to compare with what the data give.")},
    {.name = "assumptions", TEXTS(oa_protocol, assumptions),
     MEANS("What the source of the protocol leaves open and this file assumes.")},
};

/* clang-format on */

const oa_keys oa_schema = KEYS(protocol_rows);

static void put_words(oa_buf *out, const oa_key *key) {
    for (size_t i = 0; key->words[i]; i++) {
        const char *glue = i == 0 ? "" : key->words[i + 1] ? ", " : " or ";
        oa_putf(out, "%s%s", glue, key->words[i]);
    }
}

void oa_schema_type(const oa_key *key, oa_buf *out) {
    static const char *const names[] = {
        [OA_KEY_TEXT] = "text",
        [OA_KEY_CHOICE] = "",
        [OA_KEY_ENUM] = "",
        [OA_KEY_NUMBER] = "number",
        [OA_KEY_INTEGER] = "whole number",
        [OA_KEY_BOOL] = "true or false",
        [OA_KEY_DATE] = "date, YYYY-MM-DD",
        [OA_KEY_NUMBERS] = "list of numbers",
        [OA_KEY_TEXTS] = "list of texts",
        [OA_KEY_OBJECT] = "keys below",
        [OA_KEY_LIST] = "list of keys below",
        [OA_KEY_MAP] = "keys below, under an ID each",
    };
    if (key->order == OA_SPAN) {
        oa_put(out, key->whole ? "two whole numbers" : "two numbers");
        return;
    }
    oa_put(out, key->refers_to_drug ? "ID of a drug" : names[key->kind]);
    if (key->words) {
        oa_put(out, key->refers_to_drug ? ", or " : "");
        put_words(out, key);
    }
}

void oa_schema_range(const oa_key *key, oa_buf *out) {
    char from[OA_NUMBER_SIZE];
    char to[OA_NUMBER_SIZE];
    if (key->bounds == OA_ANY) {
        return;
    }
    bool bounded = isfinite(key->to);
    oa_format_number(key->from, from);
    oa_format_number(bounded ? key->to : 0, to);
    if (key->bounds == OA_WITHIN) {
        oa_putf(out, "above %s%s%s", from, bounded ? " and below " : "", bounded ? to : "");
    } else if (key->from < key->to) {
        oa_putf(out, "%s %s%s", from, bounded ? "to " : "or more", bounded ? to : "");
    } else {
        oa_put(out, from);
    }
}

bool oa_schema_in_range(const oa_key *key, double value) {
    switch (key->bounds) {
    case OA_FROM:
        return value >= key->from && value <= key->to;
    case OA_WITHIN:
        return value > key->from && value < key->to;
    case OA_ANY:
        break;
    }
    return true;
}

const oa_key *oa_schema_find(const oa_keys *keys, const char *name) {
    for (size_t i = 0; i < keys->count; i++) {
        if (oa_streq(keys->items[i].name, name)) {
            return &keys->items[i];
        }
    }
    return NULL;
}
