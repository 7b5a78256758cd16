/* adtte_reason.c - why a time ended as it did, in the words of a clinician; see adtte.h. */
#include "adtte.h"

#include "../base/buf.h"

/* "2023-12-04", or "none" */
static const char *day_or_none(oa_context *context, bool known, int32_t day) {
    return known ? oa_day_text(context, day) : "none";
}

static const char *const kinds[] = {[OA_PFS_PROGRESSION] = "progression",
                                    [OA_PFS_CLAIMED] = "progression claimed by the investigator",
                                    [OA_PFS_DEATH] = "death"};

static void put_adequate(oa_context *context, const oa_history *c, const oa_pfs_decision *d, oa_buf *out) {
    if (d->last_adequate < 0) {
        oa_put(out, "reference day, as no assessment before that was adequate");
    } else {
        oa_putf(out, "last adequate assessment on %s", oa_day_text(context, c->pfs.adequate[d->last_adequate]));
    }
}

static void put_event(oa_context *context, const oa_pfs_decision *d, oa_buf *out) {
    oa_putf(out, "%s on %s", kinds[d->event], oa_day_text(context, d->seen));
    if (oa_pfs_is_event(d->outcome) && d->day != d->seen) {
        oa_putf(out, ", dated to %s, the next planned assessment or the end of follow-up before it",
                oa_day_text(context, d->day));
    }
}

static void put_decision(oa_context *context, const oa_history *c, const oa_pfs_decision *d, oa_buf *out) {
    if (d->outcome == OA_PFS_CENSOR_NO_BASELINE) {
        oa_put(out, "no baseline assessment, so nothing after it can be judged: censored on day 1");
        return;
    }
    if (d->outcome == OA_PFS_CENSOR_NEW_THERAPY) {
        oa_putf(out, "a new anticancer therapy from %s, before any event", oa_day_text(context, c->pfs.therapy));
    } else if (d->any) {
        put_event(context, d, out);
        oa_put(out, d->outcome == OA_PFS_CENSOR_MISSED ? " came after too many missed assessments" : "");
    } else {
        oa_put(out, "no event");
    }
    if (!oa_pfs_is_event(d->outcome)) {
        oa_put(out, ": censored at the ");
        put_adequate(context, c, d, out);
    }
}

static void put_looked_at(oa_context *context, const oa_history *c, const oa_pfs_preset *preset, oa_buf *out) {
    oa_putf(out, "; looked at: progression %s", day_or_none(context, c->pfs.progressed, c->pfs.progression));
    if (preset->claimed == OA_PFS_EVENT) {
        oa_putf(out, ", claimed progression %s", day_or_none(context, c->pfs.claimed, c->pfs.claim));
    }
    oa_putf(out, ", death %s, new anticancer therapy %s%s", day_or_none(context, c->pfs.died, c->pfs.death),
            day_or_none(context, c->pfs.new_therapy, c->pfs.therapy),
            c->pfs.new_therapy && preset->new_therapy == OA_PFS_IGNORED ? " (ignored)" : "");
}

/* "WEEK 24 (2023-06-12 to 2023-06-26), WEEK 36 (...)" */
static void put_missed_names(oa_context *context, const oa_history *c, const oa_pfs_decision *d, oa_buf *out) {
    size_t named = 0;
    for (size_t i = 0; i < c->pfs.schedule.count && named < d->n_missed; i++) {
        const oa_planned *visit = &c->pfs.schedule.items[i];
        if (oa_pfs_is_missed(&c->pfs, visit, d->since, d->seen)) {
            oa_putf(out, "%s%s (%s to %s)", named++ ? ", " : "", visit->name,
                    oa_day_text(context, c->pfs.reference + visit->first),
                    oa_day_text(context, c->pfs.reference + visit->last));
        }
    }
}

/* "WEEK 12 to WEEK 108", or the key that has the phases */
static const char *schedule_name(oa_context *context, const oa_planned_list *schedule) {
    return context->protocol->times.n_imaging ? "times.imaging"
                                              : oa_printf(context->arena, "%s to %s", schedule->items[0].name,
                                                          schedule->items[schedule->count - 1].name);
}

static void put_missed(oa_context *context, const oa_history *c, const oa_pfs_decision *d, const oa_pfs_preset *preset,
                       oa_buf *out) {
    bool judged = preset->death_after_missed == OA_PFS_CENSORS || preset->progression_after_missed == OA_PFS_CENSORS;
    bool counted = oa_pfs_is_event(d->outcome) || d->outcome == OA_PFS_CENSOR_MISSED;
    if (!counted) {
        return;
    }
    if (!judged) {
        oa_put(out, "; missed assessments are ignored");
    } else if (c->pfs.schedule.count == 0) {
        oa_put(out, "; the protocol plans no imaging, so missed assessments cannot be judged");
    } else {
        oa_putf(out, "; planned assessments (%s) missed between %s and the event: %zu%s",
                schedule_name(context, &c->pfs.schedule), oa_day_text(context, d->since), d->n_missed,
                d->n_missed ? ", " : "");
        put_missed_names(context, c, d, out);
    }
}

const char *oa_pfs_reason(oa_context *context, const oa_history *history, const oa_pfs_decision *decision,
                          const oa_pfs_preset *preset) {
    oa_buf out;
    oa_buf_init(&out, context->arena);
    put_decision(context, history, decision, &out);
    put_looked_at(context, history, preset, &out);
    put_missed(context, history, decision, preset, &out);
    oa_putf(&out, "; %s: %s", preset->name, preset->source);
    return out.bytes;
}

const char *oa_response_reason(oa_context *context, const oa_history *history) {
    return oa_printf(context->arena, "the first CR or PR %son %s",
                     context->protocol->response.confirm_required ? "that was confirmed, " : "",
                     oa_day_text(context, history->response));
}
