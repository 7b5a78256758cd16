/* listings.h - displays that list subjects, records and findings rather than results. */
#ifndef OA_LISTINGS_H
#define OA_LISTINGS_H

#include "display.h"
#include "report.h"

oa_display *oa_list_published(oa_arena *arena, const oa_ard *ard);
/* Best response of each subject of the analysis set, its date, reason, best change and progression-free time. */
oa_display *oa_list_response(oa_arena *arena, const oa_report_page *page);
/* How each time to an event was derived: months, what ended it, and why. */
oa_display *oa_list_times(oa_arena *arena, const oa_report_page *page);
/* The subjects whose progression-free survival is not the same under all censoring presets; NULL: there are none. */
oa_display *oa_list_moved(oa_arena *arena, const oa_report_page *page);
/* Time points whose measured and reported response differ, and what makes the difference; of each reader. */
oa_display *oa_list_discrepancies(oa_arena *arena, const oa_report_page *page);
/* What became of the records of each domain. */
oa_display *oa_list_records(oa_arena *arena, const oa_sdtm *sdtm);
/* Findings of one rule; `rule` is one of oa_finding_rules(). */
oa_display *oa_list_findings(oa_arena *arena, const oa_diag *findings, const char *rule);
/* The rules that have findings, sorted; with the number and worst severity of each. */
typedef struct oa_finding_rule {
    const char *rule;
    size_t count;
    oa_severity worst;
} oa_finding_rule;
oa_finding_rule *oa_finding_rules(oa_arena *arena, const oa_diag *findings, size_t *count);
oa_display *oa_list_eligibility(oa_arena *arena, const oa_protocol *protocol);
/* The analysis sets, and the choices that the protocol leaves open or makes. */
oa_display *oa_list_rules(oa_arena *arena, const oa_protocol *protocol);
oa_display *oa_list_inputs(oa_arena *arena, const oa_report_page *page);

#endif
