/* unevaluable.c - see unevaluable.h. */
#include "unevaluable.h"

#include "../base/text.h"

const char *oa_unevaluable_term(oa_unevaluable reason) {
    static const char *const terms[] = {
#define TERM(id, term, words) term,
        OA_UNEVALUABLE(TERM)
#undef TERM
    };
    return terms[reason];
}

static bool had_response(const oa_assessment *assessments, size_t count) {
    for (size_t i = 0; i < count; i++) {
        oa_response r = assessments[i].response;
        if (assessments[i].use == OA_ASSESSMENT_COUNTS && (r == OA_RESP_CR || r == OA_RESP_PR)) {
            return true;
        }
    }
    return false;
}

static oa_unevaluable reason_of(const char *rule, const oa_assessment *assessments, size_t count,
                                const oa_unevaluable_facts *facts) {
    if (oa_streq(rule, "RECIST-BOR-NE-LATE")) {
        return OA_UNEVALUABLE_PDLATE;
    }
    if (oa_streq(rule, "RECIST-BOR-NE-EARLY")) {
        return had_response(assessments, count) ? OA_UNEVALUABLE_RESPONSEEARLY : OA_UNEVALUABLE_SDEARLY;
    }
    if (oa_streq(rule, "RECIST-BOR-NO-DISEASE")) {
        return OA_UNEVALUABLE_NODISEASE;
    }
    if (oa_streq(rule, "RECIST-BOR-NE")) {
        return facts->no_baseline ? OA_UNEVALUABLE_NOBASELINE : OA_UNEVALUABLE_ALLNE;
    }
    if (oa_streq(rule, "RECIST-BOR-NEW-THERAPY")) {
        return OA_UNEVALUABLE_NEWTHERAPY;
    }
    if (oa_streq(rule, "RECIST-BOR-ND")) {
        return OA_UNEVALUABLE_NOTDONE;
    }
    return facts->died ? OA_UNEVALUABLE_DEATH : OA_UNEVALUABLE_NOASSESSMENT;
}

const char *oa_why_unevaluable(const oa_best *best, const oa_assessment *assessments, size_t count,
                               const oa_unevaluable_facts *facts) {
    oa_response r = best->decision.response;
    if (r != OA_RESP_NE && r != OA_RESP_ND && r != OA_RESP_MISSING) {
        return "";
    }
    return oa_unevaluable_term(reason_of(best->decision.rule, assessments, count, facts));
}
