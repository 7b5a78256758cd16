/* recist.c - the response of lesions and of a time point; see recist.h. */
#include "recist.h"

#include <string.h>

static const char *const names[OA_N_RESPONSES] = {
    [OA_RESP_NONE] = "",
    [OA_RESP_CR] = "CR",
    [OA_RESP_PR] = "PR",
    [OA_RESP_SD] = "SD",
    [OA_RESP_NON_CR_NON_PD] = "NON-CR/NON-PD",
    [OA_RESP_PD] = "PD",
    [OA_RESP_NE] = "NE",
    [OA_RESP_ND] = "ND",
    [OA_RESP_NED] = "NED",
    [OA_RESP_MISSING] = "MISSING",
};

const char *oa_response_name(oa_response response) {
    return names[response];
}

bool oa_response_of(const char *name, oa_response *response) {
    for (int r = OA_RESP_CR; r <= OA_RESP_NED; r++) {
        if (strcmp(names[r], name) == 0) {
            *response = (oa_response)r;
            return true;
        }
    }
    return false;
}

bool oa_response_is_adequate(oa_response response) {
    return (response >= OA_RESP_CR && response <= OA_RESP_PD) || response == OA_RESP_NED;
}

/* ---- target lesions ---------------------------------------------------------------------------------------------- */

/* Growth of at least 20 % and of at least 5 mm over the nadir; from a nadir of 0, of at least 5 mm. */
static bool has_progressed(int64_t sum, int64_t nadir) {
    return 5 * (sum - nadir) >= nadir && sum - nadir >= 5 * OA_MM;
}

static bool has_shrunk(int64_t sum, int64_t baseline) {
    return baseline > 0 && 10 * (baseline - sum) >= 3 * baseline;
}

oa_decision oa_target_response(const oa_targets *now, const oa_target_history *history) {
    if (now->n_expected == 0) {
        return (oa_decision){OA_RESP_NONE, "RECIST-TL-NA", "there was no target lesion at baseline"};
    }
    if (has_progressed(now->sum, history->nadir)) {
        return (oa_decision){OA_RESP_PD, "RECIST-TL-PD",
                             "the sum grew by at least 20 % and 5 mm over the smallest sum before (RECIST 4.3.1)"};
    }
    if (now->n_evaluated < now->n_expected) {
        return (oa_decision){OA_RESP_NE, "RECIST-TL-NE",
                             "a target lesion was not evaluated, and the others alone do not show progression "
                             "(RECIST 4.4.2)"};
    }
    if (now->all_normal) {
        return (oa_decision){OA_RESP_CR, "RECIST-TL-CR",
                             "all target lesions are gone, nodes below 10 mm in short axis (RECIST 4.3.1)"};
    }
    if (has_shrunk(now->sum, history->baseline)) {
        return (oa_decision){OA_RESP_PR, "RECIST-TL-PR", "the sum is at least 30 % below baseline (RECIST 4.3.1)"};
    }
    if (history->responded) {
        return (oa_decision){OA_RESP_PR, "RECIST-TL-PR-PERSISTS",
                             "a response was seen before and the sum has not progressed from its smallest value "
                             "(FAQ: managing PR when measurements change slightly)"};
    }
    return (oa_decision){OA_RESP_SD, "RECIST-TL-SD",
                         "neither shrinkage enough for PR nor growth enough for PD (RECIST 4.3.1)"};
}

/* ---- non-target lesions ------------------------------------------------------------------------------------------ */

oa_decision oa_nontarget_response(const oa_nontargets *now) {
    if (now->n_expected == 0) {
        return (oa_decision){OA_RESP_NONE, "RECIST-NTL-NA", "there was no non-target lesion at baseline"};
    }
    if (now->unequivocal_progression) {
        return (oa_decision){OA_RESP_PD, "RECIST-NTL-PD",
                             "unequivocal progression of non-target lesions (RECIST 4.3.3, 4.3.4)"};
    }
    if (now->n_present > 0) {
        return (oa_decision){OA_RESP_NON_CR_NON_PD, "RECIST-NTL-NONCR",
                             "at least one non-target lesion persists (RECIST 4.3.3)"};
    }
    if (now->n_evaluated < now->n_expected) {
        return (oa_decision){OA_RESP_NE, "RECIST-NTL-NE",
                             "none is present, but a non-target lesion was not evaluated (RECIST 4.4.2)"};
    }
    if (now->marker == OA_MARKER_RAISED) {
        return (oa_decision){OA_RESP_NON_CR_NON_PD, "RECIST-NTL-MARKER",
                             "all non-target lesions are gone, but a tumour marker is above normal (RECIST 4.3.3)"};
    }
    if (now->marker == OA_MARKER_NE) {
        return (oa_decision){OA_RESP_NE, "RECIST-NTL-MARKER-NE",
                             "all non-target lesions are gone, but a tumour marker that was raised was not measured "
                             "(RECIST 4.3.3)"};
    }
    return (oa_decision){OA_RESP_CR, "RECIST-NTL-CR", "all non-target lesions are gone (RECIST 4.3.3)"};
}

/* ---- time point -------------------------------------------------------------------------------------------------- */

#define ANY          0xFFU
#define IS(response) (1U << OA_RESP_##response)

/* A row applies where both responses are among those named; the first row that applies decides. */
typedef struct timepoint_rule {
    unsigned target;
    unsigned nontarget;
    oa_response overall;
    const char *rule;
    const char *why;
} timepoint_rule;

static const timepoint_rule timepoint_rules[] = {
    /* RECIST table 1: patients with target disease */
    {IS(PD), ANY, OA_RESP_PD, "RECIST-T1-PD-TL", "target lesions progressed (RECIST table 1)"},
    {ANY, IS(PD), OA_RESP_PD, "RECIST-T1-PD-NTL", "non-target lesions progressed (RECIST tables 1 and 2)"},
    {IS(CR), IS(CR) | IS(NONE), OA_RESP_CR, "RECIST-T1-CR",
     "target CR, and no non-target lesion left (RECIST table 1)"},
    {IS(CR), IS(NON_CR_NON_PD) | IS(NE), OA_RESP_PR, "RECIST-T1-PR-NTL",
     "target CR, but non-target lesions persist or were not all evaluated (RECIST table 1)"},
    {IS(PR), ANY, OA_RESP_PR, "RECIST-T1-PR", "target PR without progression elsewhere (RECIST table 1)"},
    {IS(SD), ANY, OA_RESP_SD, "RECIST-T1-SD", "target SD without progression elsewhere (RECIST table 1)"},
    {IS(NE), ANY, OA_RESP_NE, "RECIST-T1-NE", "target lesions were not all evaluated (RECIST table 1)"},
    /* RECIST table 2: patients with non-target disease only */
    {IS(NONE), IS(CR), OA_RESP_CR, "RECIST-T2-CR", "non-target CR, no target lesion (RECIST table 2)"},
    {IS(NONE), IS(NON_CR_NON_PD), OA_RESP_NON_CR_NON_PD, "RECIST-T2-NONCR",
     "non-target lesions persist, no target lesion (RECIST table 2)"},
    {IS(NONE), IS(NE), OA_RESP_NE, "RECIST-T2-NE", "non-target lesions were not all evaluated (RECIST table 2)"},
    /* no disease at baseline: nothing to respond */
    {IS(NONE), IS(NONE), OA_RESP_NED, "RECIST-NO-DISEASE", "no target and no non-target lesion at baseline"},
    /* what cannot come out of the two functions above */
    {ANY, ANY, OA_RESP_NE, "RECIST-UNDEFINED", "the responses of target and non-target lesions do not go together"},
};

oa_decision oa_timepoint_response(const oa_parts *parts) {
    if (parts->new_lesion) {
        return (oa_decision){OA_RESP_PD, "RECIST-T1-PD-NEW", "a new lesion appeared (RECIST 4.3.5, tables 1 and 2)"};
    }
    const timepoint_rule *rule = timepoint_rules;
    while (!(rule->target >> parts->target & 1U) || !(rule->nontarget >> parts->nontarget & 1U)) {
        rule++; /* the last row applies to all */
    }
    if (parts->new_not_evaluated && rule->overall != OA_RESP_PD && rule->overall != OA_RESP_NE) {
        return (oa_decision){OA_RESP_NE, "RECIST-NEW-NE",
                             "nothing progressed, but new lesions were not looked for (response.new_not_evaluated)"};
    }
    if (rule->overall == OA_RESP_CR && (parts->marker == OA_MARKER_RAISED || parts->marker == OA_MARKER_NE)) {
        return (oa_decision){OA_RESP_PR, "RECIST-T1-PR-MARKER",
                             "all lesions are gone, but a tumour marker is not known to be normal (RECIST 4.3.3)"};
    }
    return (oa_decision){rule->overall, rule->rule, rule->why};
}
