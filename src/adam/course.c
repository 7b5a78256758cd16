/* course.c - see course.h. */
#include "course.h"

#include "../base/text.h"

double oa_response_number(oa_response response) {
    static const double numbers[OA_N_RESPONSES] = {
        [OA_RESP_CR] = 1, [OA_RESP_PR] = 2, [OA_RESP_SD] = 3,     [OA_RESP_NON_CR_NON_PD] = 4,
        [OA_RESP_PD] = 5, [OA_RESP_NE] = 6, [OA_RESP_MISSING] = 7};
    return numbers[response];
}

oa_best_options oa_best_options_of(const oa_context *context, const oa_subject_dates *dates) {
    static const oa_after_cr policies[] = {[OA_P_STRICT] = OA_AFTER_CR_STRICT,
                                           [OA_P_ASIS] = OA_AFTER_CR_ASIS,
                                           [OA_P_REGRADE] = OA_AFTER_CR_REGRADE,
                                           [OA_P_QUERY] = OA_AFTER_CR_QUERY};
    const oa_p_response *r = &context->protocol->response;
    return (oa_best_options){.reference = dates->reference,
                             .sd_min_days = (int32_t)r->sd_min_days,
                             .pd_max_days = (int32_t)r->pd_max_days,
                             .confirm_days = (int32_t)r->confirm_days,
                             .confirm_max_days = (int32_t)r->confirm_max_days,
                             .confirm_max_ne = (int)r->confirm_max_ne,
                             .confirm_max_sd = (int)r->confirm_max_sd,
                             .after_cr = policies[r->cr_then_pr],
                             .missing_as_ne = oa_streq(r->missing, "NE"),
                             .stops = r->stop_at_new_therapy && dates->new_therapy,
                             .stop_day = dates->new_therapy_day};
}

static oa_course course_new(oa_context *context, size_t most) {
    return (oa_course){.items = OA_NEW_ARRAY(context->arena, oa_assessment, most),
                       .sources = OA_NEW_ARRAY(context->arena, size_t, most),
                       .of_source = OA_NEW_ARRAY(context->arena, size_t, most)};
}

/* The day of a PD may lie before that of the visit before it, so each is put in its place. */
static void insert(oa_course *course, int32_t day, oa_response response, size_t source) {
    size_t at = course->count++;
    while (at > 0 && course->items[at - 1].day > day) {
        course->items[at] = course->items[at - 1];
        course->sources[at] = course->sources[at - 1];
        at--;
    }
    course->items[at] = (oa_assessment){.day = day, .recorded = response};
    course->sources[at] = source;
}

/* All are in their places. */
static void finish(oa_course *course, const oa_best_options *options) {
    for (size_t i = 0; i < course->count; i++) {
        course->of_source[course->sources[i]] = i + 1;
    }
    oa_weigh_course(course->items, course->count, options);
}

/* A visit that shows no disease but was not complete: PR by RECIST table 1, yet after a CR nothing has come back.  On the
 * way to the best response it is not evaluable. */
static bool is_incomplete_cr(const oa_timepoint *point) {
    return point->overall.response == OA_RESP_PR && point->target.response == OA_RESP_CR &&
           point->nontarget.response == OA_RESP_NE;
}

oa_course oa_measured_course(oa_context *context, const oa_tumour *tumour, const oa_best_options *options) {
    oa_course course = course_new(context, tumour->n_points);
    int32_t first_cr = INT32_MAX;
    for (size_t i = tumour->on_study; i < tumour->n_points; i++) {
        const oa_timepoint *point = &tumour->points[i];
        bool incomplete = is_incomplete_cr(point) && first_cr < point->day;
        if (point->overall.response == OA_RESP_CR && point->day < first_cr) {
            first_cr = point->day;
        }
        insert(&course, point->day, incomplete ? OA_RESP_NE : point->overall.response, i);
    }
    finish(&course, options);
    return course;
}

oa_course oa_reported_course(oa_context *context, const oa_reported *reported, const oa_best_options *options) {
    oa_course course = course_new(context, reported->count);
    for (size_t i = 0; i < reported->count; i++) {
        if (reported->items[i].param == OA_REPORTED_OVR) {
            insert(&course, reported->items[i].day, reported->items[i].response, i);
        }
    }
    finish(&course, options);
    return course;
}

const oa_assessment *oa_course_item(const oa_course *course, size_t source) {
    size_t item = course->of_source[source];
    return item == 0 ? NULL : &course->items[item - 1];
}

bool oa_is_one_of_day(const oa_assessment *item) {
    return item->use != OA_ASSESSMENT_NOT_DONE && item->use != OA_ASSESSMENT_SAME_DAY;
}

bool oa_is_rewritten(const oa_assessment *item) {
    return item->response != item->recorded;
}

const char *oa_rewrite_rule(const oa_assessment *item) {
    return item->response == OA_RESP_PD ? "RECIST-T3-PD-AFTER-CR" : "RECIST-T3-CR-REGRADED";
}

const char *oa_rewrite_reason(const oa_assessment *item) {
    return item->response == OA_RESP_PD
               ? "after a complete response: disease has come back (RECIST table 3, footnote a)"
               : "followed by disease without having been confirmed: it was no complete response (RECIST table 3, "
                 "footnote a)";
}
