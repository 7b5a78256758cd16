/* order.c - see order.h. */
#include "order.h"

size_t *oa_by_first_dose(const oa_analysis *a, const oa_flags *flags, size_t *count) {
    int start = oa_table_column(a->adsl, "TRTSDT");
    size_t *rows = OA_NEW_ARRAY(a->arena, size_t, a->n_subjects + 1);
    *count = 0;
    for (size_t i = 0; i < a->n_subjects; i++) {
        if (!flags[i]) {
            continue;
        }
        /* insertion keeps subjects of one day in the order of ADSL, which is that of USUBJID */
        size_t at = (*count)++;
        oa_date day = oa_date_at(a->adsl, i, start);
        while (at > 0 && oa_date_at(a->adsl, rows[at - 1], start).day > day.day) {
            rows[at] = rows[at - 1];
            at--;
        }
        rows[at] = i;
    }
    return rows;
}

oa_boundary oa_protocol_boundary(oa_arena *arena, const oa_protocol *protocol) {
    const oa_p_design *d = &protocol->design;
    const oa_p_two_stage *t = &d->two_stage;
    oa_look *looks = OA_NEW_ARRAY(arena, oa_look, d->n_looks + 2);
    if (t->n > 0) {
        looks[0] = (oa_look){(int32_t)t->n1, (int32_t)t->r1, (int32_t)t->n1 + 1};
        looks[1] = (oa_look){(int32_t)t->n, (int32_t)t->r, (int32_t)t->r + 1};
        return (oa_boundary){looks, 2};
    }
    for (size_t i = 0; i < d->n_looks; i++) {
        const oa_p_look *look = &d->looks[i];
        bool last = i + 1 == d->n_looks;
        int64_t lower = last && look->futility < 0 ? look->efficacy - 1 : look->futility;
        int64_t upper = last ? lower + 1 : look->efficacy ? look->efficacy : look->n + 1;
        looks[i] = (oa_look){(int32_t)look->n, (int32_t)lower, (int32_t)upper};
    }
    return (oa_boundary){looks, d->n_looks};
}
