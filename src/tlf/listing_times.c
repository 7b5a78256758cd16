/* listing_times.c - displays of single times to events: how each was derived, and who moves between the presets. */
#include "listings.h"

#include "../ard/times.h"
#include "../base/number.h"
#include "../base/text.h"

/* "11.2", or "11.2+" where the time is censored */
static const char *time_text(oa_arena *arena, double months, bool event) {
    char out[OA_NUMBER_SIZE];
    return oa_printf(arena, "%s%s", oa_format_fixed(months, 1, out), event ? "" : "+");
}

static const struct {
    const char *paramcd;
    const char *name;
} listed[] = {{"PFS", "Progression-free survival"},
              {"TTR", "Time to response"},
              {"DOR", "Duration of response"},
              {"DSD", "Duration of stable disease"}};

oa_display *oa_list_times(oa_arena *arena, const oa_report_page *page) {
    static const char *const columns[] = {"Months", "Ended by", "Date", "Why"};
    const oa_table *adtte = page->adam->dataset[OA_ADTTE];
    oa_display *d = oa_display_new(arena, "times-by-subject", "Times to events by subject", columns, OA_COUNT(columns));
    d->corner = "Subject";
    d->footnote = "+ censored. onearm explain STUDY SUBJECT PFS (TTR, DOR, DSD) prints the records behind each time.";
    for (size_t p = 0; p < OA_COUNT(listed); p++) {
        oa_times t = oa_times_of(arena, page->ard, page->adam, listed[p].paramcd, page->protocol->times.month_days);
        if (t.count) {
            oa_display_add(arena, d, listed[p].name, 0)->heading = true;
        }
        for (size_t i = 0; i < t.count; i++) {
            oa_display_row *r = oa_display_add(arena, d, oa_cell_text(arena, adtte, t.rows[i], "USUBJID"), 1);
            r->cells[0].text = time_text(arena, t.months[i], t.event[i]);
            r->cells[1].text = oa_cell_text(arena, adtte, t.rows[i], "EVNTDESC");
            r->cells[2].text = oa_cell_text(arena, adtte, t.rows[i], "ADT");
            r->cells[3].text = oa_cell_text(arena, adtte, t.rows[i], "REASON");
        }
    }
    return d;
}

oa_display *oa_list_moved(oa_arena *arena, const oa_report_page *page) {
    const char *columns[OA_N_PRESETS];
    size_t count;
    const oa_preset_subject *moved =
        oa_presets_moved(arena, page->ard, page->adam, page->protocol->times.month_days, &count);
    for (int p = 0; p < OA_N_PRESETS && count; p++) {
        columns[p] = moved[0].times[p].preset;
    }
    if (count == 0) {
        return NULL;
    }
    oa_display *d =
        oa_display_new(arena, "presets-moved", "Subjects who move between the presets", columns, OA_N_PRESETS);
    d->corner = "Subject";
    d->footnote = "Months; + censored. onearm explain STUDY SUBJECT PFSA (PFSB, PFSC, PFSE) says why.";
    for (size_t i = 0; i < count; i++) {
        oa_display_row *r = oa_display_add(arena, d, moved[i].subject, 0);
        for (int p = 0; p < OA_N_PRESETS; p++) {
            const oa_preset_time *t = &moved[i].times[p];
            r->cells[p].text = oa_printf(arena, "%s, %s, %s", time_text(arena, t->months, t->event), t->date,
                                         oa_lower(arena, t->what));
        }
    }
    return d;
}
