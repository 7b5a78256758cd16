/*
 * recist.h - RECIST 1.1 as pure functions and tables: no files, no subjects, no tables of data.
 *
 * E. A. Eisenhauer et al., Eur J Cancer 45 (2009) 228-247, called "RECIST" below, with its tables 1 to 3, and the
 * questions and answers of the EORTC RECIST committee (recist.eortc.org/faq), called "FAQ".  Lengths are integers of
 * 1e-4 mm (OA_MM each millimetre), so that no threshold depends on binary fractions.
 */
#ifndef OA_RECIST_H
#define OA_RECIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OA_MM = 10000 };

/* Responses, from best to worst in the order in which a best response is chosen. */
typedef enum oa_response {
    OA_RESP_NONE, /* not applicable: there is nothing of the kind to assess */
    OA_RESP_CR,
    OA_RESP_PR,
    OA_RESP_SD,
    OA_RESP_NON_CR_NON_PD,
    OA_RESP_PD,
    OA_RESP_NE,
    OA_RESP_ND,      /* the assessment was not done; only as reported */
    OA_RESP_NED,     /* no disease at baseline, so nothing that could respond; not as a best response */
    OA_RESP_MISSING, /* no assessment at all; only as a best response */
    OA_N_RESPONSES
} oa_response;

/* "NON-CR/NON-PD"; "" for OA_RESP_NONE. */
const char *oa_response_name(oa_response response);
/* What could be evaluated: CR to PD, and NED, as new lesions are looked for without disease, too; but neither NE nor ND. */
bool oa_response_is_adequate(oa_response response);
/* False when the text is none of CR PR SD NON-CR/NON-PD PD NE ND NED. */
bool oa_response_of(const char *name, oa_response *response);

/* A decision and the rule that made it. */
typedef struct oa_decision {
    oa_response response;
    const char *rule; /* "RECIST-TL-PD" */
    const char *why;  /* the rule in words, with its source */
} oa_decision;

/* The target lesions at one visit.  A lesion that was not evaluated adds nothing to the sum. */
typedef struct oa_targets {
    size_t n_expected;  /* target lesions at baseline; those that merged since are one */
    size_t n_evaluated; /* of them, with a value at this visit */
    int64_t sum;        /* of the evaluated ones, 1e-4 mm, below 2^59 */
    bool all_normal;    /* each evaluated lesion is gone, or a node with a short axis below 10 mm */
} oa_targets;

/* What came before. */
typedef struct oa_target_history {
    int64_t baseline; /* sum at baseline */
    int64_t nadir;    /* smallest complete sum before this visit, baseline included */
    bool responded;   /* an earlier response lasts until PD (protocol: response.pr_persists) */
} oa_target_history;

/* RECIST 4.3.1 and table 1: PD before CR before PR before SD. */
oa_decision oa_target_response(const oa_targets *now, const oa_target_history *history);

/* Tumour markers that were above their upper limit of normal before treatment must be normal at a complete response
 * (RECIST 4.3.3), where the protocol asks for it. */
typedef enum oa_marker_state {
    OA_MARKER_NONE, /* the protocol does not ask, or no marker was raised before treatment */
    OA_MARKER_NORMAL,
    OA_MARKER_RAISED,
    OA_MARKER_NE, /* not measured near this visit */
} oa_marker_state;

/* The non-target lesions at one visit. */
typedef struct oa_nontargets {
    size_t n_expected;
    size_t n_evaluated;
    size_t n_present;
    bool unequivocal_progression;
    oa_marker_state marker;
} oa_nontargets;

/* RECIST 4.3.3. */
oa_decision oa_nontarget_response(const oa_nontargets *now);

/* What the overall response of a time point is made from. */
typedef struct oa_parts {
    oa_response target;
    oa_response nontarget;
    bool new_lesion;
    bool new_not_evaluated; /* new lesions were not looked for, and the protocol makes that NE */
    oa_marker_state marker;
} oa_parts;

/* RECIST tables 1 and 2. */
oa_decision oa_timepoint_response(const oa_parts *parts);

#endif
