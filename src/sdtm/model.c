/*
 * model.c - the variables of each domain: CDISC SDTM Implementation Guide 3.4, the parts that a single-arm trial uses.
 *
 * REQ marks only what onearm cannot do without (the subject and the topic of a record); EXP what its results are made
 * of.  Controlled terms are those of CDISC SDTM Controlled Terminology.  Columns that are not listed are kept as they
 * come.  Doses and AGE carry ranges; the size of a tumour is judged in check.c, as TRSTRESN also holds
 * percent changes.
 */
#include "sdtm.h"

#include "../base/text.h"

#include <math.h>

#define TERMS(name, ...) static const char *const name[] = {__VA_ARGS__, NULL}

TERMS(yes, "Y");
TERMS(yes_no, "Y", "N");
TERMS(yes_no_unknown, "Y", "N", "U", "NA");
TERMS(not_done, "NOT DONE");
TERMS(sex, "F", "M", "U", "UNDIFFERENTIATED", "INTERSEX");
TERMS(age_units, "YEARS", "MONTHS", "WEEKS", "DAYS", "HOURS");
TERMS(disposition_categories, "PROTOCOL MILESTONE", "DISPOSITION EVENT", "OTHER EVENT");
TERMS(severities, "MILD", "MODERATE", "SEVERE");
TERMS(grades, "1", "2", "3", "4", "5");
TERMS(outcomes, "FATAL", "NOT RECOVERED/NOT RESOLVED", "RECOVERED/RESOLVED", "RECOVERED/RESOLVED WITH SEQUELAE",
      "RECOVERING/RESOLVING", "UNKNOWN");
TERMS(actions, "DOSE INCREASED", "DOSE NOT CHANGED", "DOSE RATE REDUCED", "DOSE REDUCED", "DRUG INTERRUPTED",
      "DRUG WITHDRAWN", "MULTIPLE", "NOT APPLICABLE", "NOT EVALUABLE", "UNKNOWN");
TERMS(range_indicators, "ABNORMAL", "HIGH", "HIGH HIGH", "LOW", "LOW LOW", "NORMAL");

#define VARIABLE(name, label, type, core, terms, min, max)                                                             \
    { name, label, type, core, terms, min, max }
#define TEXT(name, label, core)            VARIABLE(name, label, OA_TEXT, core, NULL, -HUGE_VAL, HUGE_VAL)
#define TERM(name, label, core, terms)     VARIABLE(name, label, OA_TEXT, core, terms, -HUGE_VAL, HUGE_VAL)
#define DATE(name, label, core)            VARIABLE(name, label, OA_DATE, core, NULL, -HUGE_VAL, HUGE_VAL)
#define NUMBER(name, label, core)          VARIABLE(name, label, OA_NUMBER, core, NULL, -HUGE_VAL, HUGE_VAL)
#define RANGE(name, label, core, min, max) VARIABLE(name, label, OA_NUMBER, core, NULL, min, max)

#define IDENTIFIERS                                                                                                    \
    TEXT("STUDYID", "Study Identifier", OA_EXP), TEXT("DOMAIN", "Domain Abbreviation", OA_EXP),                        \
        TEXT("USUBJID", "Unique Subject Identifier", OA_REQ)

#define RECORD(d)                                                                                                      \
    IDENTIFIERS, NUMBER(d "SEQ", "Sequence Number", OA_EXP), TEXT(d "GRPID", "Group ID", OA_PERM),                     \
        TEXT(d "REFID", "Reference ID", OA_PERM), TEXT(d "SPID", "Sponsor-Defined Identifier", OA_PERM),               \
        TEXT(d "LNKID", "Link ID", OA_PERM), TEXT(d "LNKGRP", "Link Group ID", OA_PERM)

#define VISITS                                                                                                         \
    NUMBER("VISITNUM", "Visit Number", OA_PERM), TEXT("VISIT", "Visit Name", OA_PERM),                                 \
        NUMBER("VISITDY", "Planned Study Day of Visit", OA_PERM), TEXT("EPOCH", "Epoch", OA_PERM)

#define INTERVAL(d, start, end)                                                                                        \
    DATE(d "STDTC", "Start Date/Time", start), DATE(d "ENDTC", "End Date/Time", end),                                  \
        NUMBER(d "STDY", "Study Day of Start", OA_PERM), NUMBER(d "ENDY", "Study Day of End", OA_PERM)

#define COLLECTED(d, core)                                                                                             \
    DATE(d "DTC", "Date/Time of Collection", core), NUMBER(d "DY", "Study Day of Collection", OA_PERM)

#define COMPLETION(d)                                                                                                  \
    TERM(d "STAT", "Completion Status", OA_PERM, not_done), TEXT(d "REASND", "Reason Not Done", OA_PERM)

#define EVALUATION(d)                                                                                                  \
    TEXT(d "METHOD", "Method", OA_PERM), TEXT(d "EVAL", "Evaluator", OA_PERM),                                         \
        TEXT(d "EVALID", "Evaluator Identifier", OA_PERM), TERM(d "ACPTFL", "Accepted Record Flag", OA_PERM, yes)

#define FINDING(d, topic)                                                                                              \
    RECORD(d), TEXT(d "TESTCD", topic " Short Name", OA_REQ), TEXT(d "TEST", topic " Name", OA_PERM),                  \
        TEXT(d "CAT", "Category", OA_PERM), TEXT(d "SCAT", "Subcategory", OA_PERM),                                    \
        TEXT(d "ORRES", "Result or Finding in Original Units", OA_PERM), TEXT(d "ORRESU", "Original Units", OA_PERM),  \
        TERM(d "LOBXFL", "Last Observation Before Exposure Flag", OA_PERM, yes),                                       \
        TERM(d "BLFL", "Baseline Flag", OA_PERM, yes), COMPLETION(d), EVALUATION(d), VISITS

#define STANDARD_NUMBER(d, core)                                                                                       \
    TEXT(d "STRESC", "Result in Standard Format", OA_PERM),                                                            \
        NUMBER(d "STRESN", "Numeric Result in Standard Units", core), TEXT(d "STRESU", "Standard Units", core)

static const oa_variable_model dm[] = {
    IDENTIFIERS,
    TEXT("SUBJID", "Subject Identifier for the Study", OA_PERM),
    DATE("RFSTDTC", "Subject Reference Start Date/Time", OA_PERM),
    DATE("RFENDTC", "Subject Reference End Date/Time", OA_PERM),
    DATE("RFXSTDTC", "Date/Time of First Study Treatment", OA_PERM),
    DATE("RFXENDTC", "Date/Time of Last Study Treatment", OA_PERM),
    DATE("RFICDTC", "Date/Time of Informed Consent", OA_PERM),
    DATE("RFPENDTC", "Date/Time of End of Participation", OA_PERM),
    DATE("DTHDTC", "Date/Time of Death", OA_EXP),
    TERM("DTHFL", "Subject Death Flag", OA_EXP, yes),
    TEXT("SITEID", "Study Site Identifier", OA_PERM),
    TEXT("INVID", "Investigator Identifier", OA_PERM),
    TEXT("INVNAM", "Investigator Name", OA_PERM),
    DATE("BRTHDTC", "Date/Time of Birth", OA_PERM),
    RANGE("AGE", "Age", OA_EXP, 0, 130),
    TERM("AGEU", "Age Units", OA_PERM, age_units),
    TERM("SEX", "Sex", OA_EXP, sex),
    TEXT("RACE", "Race", OA_PERM),
    TEXT("ETHNIC", "Ethnicity", OA_PERM),
    TEXT("ARMCD", "Planned Arm Code", OA_PERM),
    TEXT("ARM", "Description of Planned Arm", OA_PERM),
    TEXT("ACTARMCD", "Actual Arm Code", OA_PERM),
    TEXT("ACTARM", "Description of Actual Arm", OA_PERM),
    TEXT("ARMNRS", "Reason Arm and/or Actual Arm is Null", OA_PERM),
    TEXT("ACTARMUD", "Description of Unplanned Actual Arm", OA_PERM),
    TEXT("COUNTRY", "Country", OA_PERM),
    COLLECTED("DM", OA_PERM),
};

static const oa_variable_model ds[] = {
    RECORD("DS"),
    TEXT("DSTERM", "Reported Term for the Disposition Event", OA_EXP),
    TEXT("DSDECOD", "Standardized Disposition Term", OA_REQ),
    TERM("DSCAT", "Category for Disposition Event", OA_EXP, disposition_categories),
    TEXT("DSSCAT", "Subcategory for Disposition Event", OA_PERM),
    DATE("DSSTDTC", "Start Date/Time of Disposition Event", OA_EXP),
    NUMBER("DSSTDY", "Study Day of Start of Disposition Event", OA_PERM),
    COLLECTED("DS", OA_PERM),
    VISITS,
};

static const oa_variable_model mh[] = {
    RECORD("MH"),
    TEXT("MHTERM", "Reported Term for the Medical History", OA_REQ),
    TEXT("MHDECOD", "Dictionary-Derived Term", OA_PERM),
    TEXT("MHCAT", "Category for Medical History", OA_PERM),
    TEXT("MHSCAT", "Subcategory for Medical History", OA_PERM),
    TERM("MHPRESP", "Medical History Event Pre-Specified", OA_PERM, yes),
    TERM("MHOCCUR", "Medical History Occurrence", OA_PERM, yes_no_unknown),
    TEXT("MHBODSYS", "Body System or Organ Class", OA_PERM),
    TEXT("MHSTRTPT", "Start Relative to Reference Time Point", OA_PERM),
    TEXT("MHENRTPT", "End Relative to Reference Time Point", OA_PERM),
    INTERVAL("MH", OA_PERM, OA_PERM),
    COLLECTED("MH", OA_PERM),
    COMPLETION("MH"),
    VISITS,
};

static const oa_variable_model cm[] = {
    RECORD("CM"),
    TEXT("CMTRT", "Reported Name of Drug, Med, or Therapy", OA_REQ),
    TEXT("CMDECOD", "Standardized Medication Name", OA_PERM),
    TEXT("CMCAT", "Category for Medication", OA_PERM),
    TEXT("CMSCAT", "Subcategory for Medication", OA_PERM),
    TERM("CMPRESP", "CM Pre-Specified", OA_PERM, yes),
    TERM("CMOCCUR", "CM Occurrence", OA_PERM, yes_no_unknown),
    TEXT("CMINDC", "Indication", OA_PERM),
    TEXT("CMCLAS", "Medication Class", OA_PERM),
    RANGE("CMDOSE", "Dose per Administration", OA_PERM, 0, HUGE_VAL),
    TEXT("CMDOSTXT", "Dose Description", OA_PERM),
    TEXT("CMDOSU", "Dose Units", OA_PERM),
    TEXT("CMDOSFRM", "Dose Form", OA_PERM),
    TEXT("CMDOSFRQ", "Dosing Frequency per Interval", OA_PERM),
    TEXT("CMROUTE", "Route of Administration", OA_PERM),
    TEXT("CMENRTPT", "End Relative to Reference Time Point", OA_PERM),
    INTERVAL("CM", OA_EXP, OA_PERM),
    COLLECTED("CM", OA_PERM),
    COMPLETION("CM"),
    VISITS,
};

static const oa_variable_model pr[] = {
    RECORD("PR"),
    TEXT("PRTRT", "Reported Name of Procedure", OA_REQ),
    TEXT("PRDECOD", "Standardized Procedure Name", OA_PERM),
    TEXT("PRCAT", "Category for Procedure", OA_PERM),
    TEXT("PRSCAT", "Subcategory for Procedure", OA_PERM),
    TERM("PRPRESP", "Pre-Specified", OA_PERM, yes),
    TERM("PROCCUR", "Occurrence", OA_PERM, yes_no_unknown),
    TEXT("PRINDC", "Indication", OA_PERM),
    RANGE("PRDOSE", "Dose", OA_PERM, 0, HUGE_VAL),
    TEXT("PRDOSU", "Dose Units", OA_PERM),
    TEXT("PRLOC", "Location of Procedure", OA_PERM),
    TEXT("PRLAT", "Laterality", OA_PERM),
    INTERVAL("PR", OA_EXP, OA_PERM),
    COLLECTED("PR", OA_PERM),
    COMPLETION("PR"),
    VISITS,
};

static const oa_variable_model ex[] = {
    RECORD("EX"),
    TEXT("EXTRT", "Name of Treatment", OA_REQ),
    TEXT("EXCAT", "Category of Treatment", OA_PERM),
    TEXT("EXSCAT", "Subcategory of Treatment", OA_PERM),
    RANGE("EXDOSE", "Dose per Administration", OA_EXP, 0, 1e9),
    TEXT("EXDOSTXT", "Dose Description", OA_PERM),
    TEXT("EXDOSU", "Dose Units", OA_EXP),
    TEXT("EXDOSFRM", "Dose Form", OA_PERM),
    TEXT("EXDOSFRQ", "Dosing Frequency per Interval", OA_PERM),
    RANGE("EXDOSTOT", "Total Daily Dose", OA_PERM, 0, HUGE_VAL),
    TEXT("EXROUTE", "Route of Administration", OA_PERM),
    TEXT("EXLOT", "Lot Number", OA_PERM),
    TEXT("EXADJ", "Reason for Dose Adjustment", OA_PERM),
    TERM("EXOCCUR", "Exposure Occurrence", OA_PERM, yes_no_unknown),
    INTERVAL("EX", OA_EXP, OA_EXP),
    TEXT("EXDUR", "Duration of Treatment", OA_PERM),
    COLLECTED("EX", OA_PERM),
    COMPLETION("EX"),
    VISITS,
};

static const oa_variable_model tu[] = {
    FINDING("TU", "Tumor Identification Test"),
    TEXT("TUSTRESC", "Tumor Identification Result Std. Format", OA_EXP),
    TEXT("TULOC", "Location of the Tumor", OA_EXP),
    TEXT("TULAT", "Laterality", OA_PERM),
    TEXT("TUDIR", "Directionality", OA_PERM),
    TEXT("TUPORTOT", "Portion or Totality", OA_PERM),
    COLLECTED("TU", OA_EXP),
};

static const oa_variable_model tr[] = {
    FINDING("TR", "Tumor Assessment Test"),
    STANDARD_NUMBER("TR", OA_EXP),
    COLLECTED("TR", OA_EXP),
};

static const oa_variable_model rs[] = {
    FINDING("RS", "Response Assessment"),
    TEXT("RSSTRESC", "Response Assessment Result in Std Format", OA_EXP),
    NUMBER("RSSTRESN", "Numeric Result in Standard Units", OA_PERM),
    TEXT("RSSTRESU", "Standard Units", OA_PERM),
    COLLECTED("RS", OA_EXP),
};

static const oa_variable_model lb[] = {
    FINDING("LB", "Lab Test or Examination"),
    TEXT("LBORNRLO", "Reference Range Lower Limit in Orig Unit", OA_PERM),
    TEXT("LBORNRHI", "Reference Range Upper Limit in Orig Unit", OA_PERM),
    STANDARD_NUMBER("LB", OA_EXP),
    NUMBER("LBSTNRLO", "Reference Range Lower Limit-Std Units", OA_EXP),
    NUMBER("LBSTNRHI", "Reference Range Upper Limit-Std Units", OA_EXP),
    TEXT("LBSTNRC", "Reference Range for Character Results", OA_PERM),
    TERM("LBNRIND", "Reference Range Indicator", OA_PERM, range_indicators),
    TEXT("LBNAM", "Laboratory Name", OA_PERM),
    TEXT("LBLOINC", "LOINC Code", OA_PERM),
    TEXT("LBSPEC", "Specimen Type", OA_PERM),
    TERM("LBFAST", "Fasting Status", OA_PERM, yes_no_unknown),
    TEXT("LBTOX", "Toxicity", OA_PERM),
    TEXT("LBTOXGR", "Standard Toxicity Grade", OA_PERM),
    COLLECTED("LB", OA_EXP),
};

static const oa_variable_model vs[] = {
    FINDING("VS", "Vital Signs Test"),
    STANDARD_NUMBER("VS", OA_EXP),
    TEXT("VSPOS", "Vital Signs Position of Subject", OA_PERM),
    TEXT("VSLOC", "Location of Vital Signs Measurement", OA_PERM),
    COLLECTED("VS", OA_EXP),
};

static const oa_variable_model ae[] = {
    RECORD("AE"),
    TEXT("AETERM", "Reported Term for the Adverse Event", OA_REQ),
    TEXT("AEMODIFY", "Modified Reported Term", OA_PERM),
    TEXT("AELLT", "Lowest Level Term", OA_PERM),
    NUMBER("AELLTCD", "Lowest Level Term Code", OA_PERM),
    TEXT("AEDECOD", "Dictionary-Derived Term", OA_EXP),
    NUMBER("AEPTCD", "Preferred Term Code", OA_PERM),
    TEXT("AEHLT", "High Level Term", OA_PERM),
    NUMBER("AEHLTCD", "High Level Term Code", OA_PERM),
    TEXT("AEHLGT", "High Level Group Term", OA_PERM),
    NUMBER("AEHLGTCD", "High Level Group Term Code", OA_PERM),
    TEXT("AEBODSYS", "Body System or Organ Class", OA_EXP),
    NUMBER("AEBDSYCD", "Body System or Organ Class Code", OA_PERM),
    TEXT("AESOC", "Primary System Organ Class", OA_PERM),
    NUMBER("AESOCCD", "Primary System Organ Class Code", OA_PERM),
    TEXT("AECAT", "Category for Adverse Event", OA_PERM),
    TEXT("AESCAT", "Subcategory for Adverse Event", OA_PERM),
    TEXT("AELOC", "Location of Event", OA_PERM),
    TERM("AESEV", "Severity/Intensity", OA_PERM, severities),
    TERM("AESER", "Serious Event", OA_EXP, yes_no),
    TERM("AEACN", "Action Taken with Study Treatment", OA_EXP, actions),
    TEXT("AEACNOTH", "Other Action Taken", OA_PERM),
    TEXT("AEREL", "Causality", OA_EXP),
    TEXT("AERELNST", "Relationship to Non-Study Treatment", OA_PERM),
    TEXT("AEPATT", "Pattern of Adverse Event", OA_PERM),
    TERM("AEOUT", "Outcome of Adverse Event", OA_EXP, outcomes),
    TERM("AESCAN", "Involves Cancer", OA_PERM, yes_no),
    TERM("AESCONG", "Congenital Anomaly or Birth Defect", OA_PERM, yes_no),
    TERM("AESDISAB", "Persist or Signif Disability/Incapacity", OA_PERM, yes_no),
    TERM("AESDTH", "Results in Death", OA_PERM, yes_no),
    TERM("AESHOSP", "Requires or Prolongs Hospitalization", OA_PERM, yes_no),
    TERM("AESLIFE", "Is Life Threatening", OA_PERM, yes_no),
    TERM("AESOD", "Occurred with Overdose", OA_PERM, yes_no),
    TERM("AESMIE", "Other Medically Important Serious Event", OA_PERM, yes_no),
    TERM("AECONTRT", "Concomitant or Additional Trtmnt Given", OA_PERM, yes_no),
    TERM("AETOXGR", "Standard Toxicity Grade", OA_EXP, grades),
    INTERVAL("AE", OA_EXP, OA_EXP),
    TEXT("AEENRTPT", "End Relative to Reference Time Point", OA_PERM),
    COLLECTED("AE", OA_PERM),
    VISITS,
};

#define DOMAIN(code, label, seq, variables)                                                                            \
    [OA_##code] = {OA_##code, #code, label, seq, variables, sizeof(variables) / sizeof((variables)[0])}

static const oa_domain_model models[OA_N_DOMAINS] = {
    DOMAIN(DM, "Demographics", NULL, dm),
    DOMAIN(DS, "Disposition", "DSSEQ", ds),
    DOMAIN(MH, "Medical History", "MHSEQ", mh),
    DOMAIN(CM, "Concomitant and Prior Medications", "CMSEQ", cm),
    DOMAIN(PR, "Procedures", "PRSEQ", pr),
    DOMAIN(EX, "Exposure", "EXSEQ", ex),
    DOMAIN(TU, "Tumor Identification", "TUSEQ", tu),
    DOMAIN(TR, "Tumor Results", "TRSEQ", tr),
    DOMAIN(RS, "Disease Response", "RSSEQ", rs),
    DOMAIN(LB, "Laboratory Test Results", "LBSEQ", lb),
    DOMAIN(VS, "Vital Signs", "VSSEQ", vs),
    DOMAIN(AE, "Adverse Events", "AESEQ", ae),
};

const oa_domain_model *oa_domain_model_of(oa_domain domain) {
    return &models[domain];
}

const oa_variable_model *oa_variable_model_of(const oa_domain_model *model, const char *name) {
    for (size_t i = 0; i < model->n_variables; i++) {
        if (oa_streq(model->variables[i].name, name)) {
            return &model->variables[i];
        }
    }
    return NULL;
}
