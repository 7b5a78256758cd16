/* disposition.c - who was enrolled, treated and analysed, and how treatment ended. */
#include "analysis.h"

#include "../base/text.h"

static const char analysis[] = "DISPOSITION";

/* With a cut-off, those of whom something is recorded up to it. */
static oa_set everyone(const oa_analysis *a) {
    oa_set set = {.id = "ALL", .text = "all subjects", .member = OA_NEW_ARRAY(a->arena, bool, a->n_subjects)};
    int cutoff = oa_table_column(a->adsl, "CUTOFFDT");
    int alive = oa_table_column(a->adsl, "LSTALVDT");
    for (size_t i = 0; i < a->n_subjects; i++) {
        set.member[i] = oa_is_missing(a->adsl, i, cutoff) || !oa_is_missing(a->adsl, i, alive);
        set.n += set.member[i];
    }
    return set;
}

/* First and last day on which a treated subject was enrolled (or began treatment). */
static void add_enrolment(oa_analysis *a) {
    int enrolled = oa_table_column(a->adsl, "ENRLDT");
    int started = oa_table_column(a->adsl, "TRTSDT");
    oa_date first = {0};
    oa_date last = {0};
    for (size_t i = 0; i < a->n_subjects; i++) {
        oa_date date = oa_date_at(a->adsl, i, enrolled);
        date = date.known >= OA_KNOWN_DAY ? date : oa_date_at(a->adsl, i, started);
        if (!a->ard->safety.member[i] || date.known < OA_KNOWN_DAY) {
            continue;
        }
        first = !first.known || date.day < first.day ? date : first;
        last = !last.known || date.day > last.day ? date : last;
    }
    if (first.known) {
        char text[OA_DATE_SIZE];
        oa_add_text(
            a, &(oa_slot){"ENROLMENT.FIRST", analysis, "First treated subject enrolled", "n (%)", 0, "ADSL.ENRLDT"},
            oa_format_date(first, text));
        oa_add_text(a,
                    &(oa_slot){"ENROLMENT.LAST", analysis, "Last treated subject enrolled", "n (%)", 0, "ADSL.ENRLDT"},
                    oa_format_date(last, text));
    }
}

static bool has_member(const oa_analysis *a, const oa_set *set, const oa_flags *flags) {
    for (size_t i = 0; i < a->n_subjects; i++) {
        if (set->member[i] && flags[i]) {
            return true;
        }
    }
    return false;
}

/* One row for each reason that the column gives for a treated subject, in alphabetical order; screening failures are
 * none. */
static void add_reasons(oa_analysis *a, const char *prefix, const char *name) {
    int column = oa_table_column(a->adsl, name);
    for (int32_t code = 0; code < (int32_t)oa_code_count(a->adsl, column); code++) {
        const char *reason = oa_code_text(a->adsl, column, code);
        oa_flags *flags = oa_flags_new(a);
        oa_flag_where(a, a->adsl, name, reason, flags);
        if (!has_member(a, &a->ard->safety, flags)) {
            continue;
        }
        oa_slot slot = {oa_printf(a->arena, "%s.%s", prefix, reason),
                        analysis,
                        oa_sentence_case(a->arena, reason),
                        "n (%)",
                        2,
                        "ADSL"};
        oa_add_count(a, &slot, &a->ard->safety, flags);
    }
}

static void add_status(oa_analysis *a, const char *prefix, const char *name, const char *what) {
    oa_add_text(a, &(oa_slot){oa_printf(a->arena, "%s.HEADING", prefix), analysis, what, "n (%)", 0, ""}, "");
    static const char *const statuses[] = {"COMPLETED", "DISCONTINUED", "ONGOING"};
    static const char *const words[] = {"Completed", "Discontinued", "Ongoing"};
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        oa_flags *flags = oa_flags_new(a);
        oa_flag_where(a, a->adsl, name, statuses[i], flags);
        oa_slot slot = {oa_printf(a->arena, "%s.%s", prefix, statuses[i]), analysis, words[i], "n (%)", 1, "ADSL"};
        oa_add_count(a, &slot, &a->ard->safety, flags);
        if (oa_streq(statuses[i], "DISCONTINUED")) {
            add_reasons(a, oa_printf(a->arena, "%s.REASON", prefix), oa_streq(prefix, "EOT") ? "DCTREAS" : "DCSREAS");
        }
    }
}

void oa_analyse_disposition(oa_analysis *a) {
    oa_set all = everyone(a);
    oa_slot records = {"SUBJECTS", analysis, "Subjects with records", "n (%)", 0, "rows of DM"};
    oa_add_number(a, &records, &all, all.member);
    oa_slot treated = {"SAFETY.N", analysis, "Treated (safety set)", "n (%)", 0, "at least one dose of a study drug"};
    oa_add_count(a, &treated, &all, a->ard->safety.member);
    const char *label = oa_printf(a->arena, "Analysis set %s: %s", a->ard->efficacy.id, a->ard->efficacy.text);
    oa_slot analysed = {"N", analysis, label, "n (%)", 0, "the first analysis set of the protocol"};
    oa_add_number(a, &analysed, &a->ard->efficacy, a->ard->efficacy.member);
    add_enrolment(a);
    add_status(a, "EOT", "EOTSTT", "Treatment");
    add_status(a, "EOS", "EOSSTT", "Study");
}
