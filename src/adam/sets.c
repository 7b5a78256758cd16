/*
 * sets.c - the analysis sets of the protocol: one flag a set in ADSL, by the set's SQL rule.
 *
 * The rule may name the columns of ADSL directly and any SDTM or ADaM table in a subquery.  Only treated subjects can
 * belong to a set; where the rule cannot be judged (NULL) the subject does not belong, and a finding says so.
 */
#include "derive.h"

#include <string.h>

const char *oa_set_flag(oa_arena *arena, const char *set_id) {
    return oa_printf(arena, "%.6sFL", set_id);
}

oa_sql *oa_adam_sql(oa_arena *arena, const oa_sdtm *sdtm, const oa_adam *adam, oa_diag *diag) {
    oa_sql *sql = oa_sql_open(arena, diag);
    bool added = sql != NULL;
    for (int d = 0; d < OA_N_DOMAINS && added; d++) {
        added = oa_sql_add(sql, sdtm->domain[d], diag);
    }
    for (int d = 0; d < OA_N_DATASETS && added; d++) {
        added = oa_sql_add(sql, adam->dataset[d], diag);
    }
    return added ? sql : NULL;
}

/* The verdicts of one set's rule; without a rule every treated subject belongs. */
static bool judge(oa_context *context, oa_sql *sql, const oa_p_set *set, signed char *verdict) {
    const oa_table *adsl = context->adam->dataset[OA_ADSL];
    oa_place where = oa_protocol_place(context->protocol, set->mark);
    if (*set->rule == '\0') {
        memset(verdict, 1, context->n_subjects);
        return true;
    }
    return oa_sql_test(sql, adsl, set->rule, &where, verdict, context->diag);
}

static void report_unknown(oa_context *context, const oa_p_set *set, size_t subject) {
    oa_place where = oa_sdtm_place(oa_domain_table(context, OA_DM), subject);
    oa_diag_add(context->diag, OA_WARNING, OA_RECORD, &where, "SET-UNKNOWN",
                "whether the subject belongs to %s cannot be judged: a value that the rule needs is missing; it is "
                "left out",
                set->id);
}

/* A set's verdicts become a column of ADSL only after all sets are judged, as ADSL must not change under the rules. */
bool oa_derive_sets(oa_context *context) {
    oa_table *adsl = context->adam->dataset[OA_ADSL];
    size_t n_sets = context->protocol->n_sets;
    signed char *verdicts = OA_NEW_ARRAY(context->arena, signed char, n_sets * context->n_subjects + 1);
    oa_sql *sql = n_sets ? oa_adam_sql(context->arena, context->sdtm, context->adam, context->diag) : NULL;
    if (n_sets && !sql) {
        return false;
    }
    for (size_t s = 0; s < n_sets; s++) {
        if (!judge(context, sql, &context->protocol->sets[s], verdicts + s * context->n_subjects)) {
            return false;
        }
    }
    for (size_t s = 0; s < n_sets; s++) {
        const oa_p_set *set = &context->protocol->sets[s];
        const char *name = oa_set_flag(context->arena, set->id);
        if (oa_table_column(adsl, name) >= 0) {
            oa_place where = oa_protocol_place(context->protocol, set->mark);
            oa_diag_add(
                context->diag, OA_ERROR, OA_SCHEMA, &where, "SET-FLAG",
                "the set %s would be flagged in ADSL.%s, which is there already; the first six letters of its id "
                "must be its own",
                set->id, name);
            return false;
        }
        int flag = oa_table_add_column(adsl, name, set->text, OA_TEXT);
        for (size_t subject = 0; subject < context->n_subjects; subject++) {
            signed char verdict = verdicts[s * context->n_subjects + subject];
            bool treated = oa_dates_of(context, subject).treated;
            if (treated && verdict < 0) {
                report_unknown(context, set, subject);
            }
            oa_set_text(adsl, subject, flag, treated && verdict > 0 ? "Y" : "N");
        }
    }
    oa_table_seal(adsl);
    return true;
}
