/* tumour_row.c - what one row of TR says of its lesion: a length, a state, or that nobody looked.  See tumour.h. */
#include "tumour.h"

#include "../base/number.h"
#include "../base/text.h"

#include <string.h>

static const char *const names[OA_N_TR] = {"TRGRPID",  "TRLNKID",  "TRTESTCD", "TRORRES",  "TRORRESU", "TRSTRESC",
                                           "TRSTRESN", "TRSTRESU", "TRSTAT",   "TRREASND", "TRMETHOD", "TREVAL",
                                           "TREVALID", "VISITNUM", "VISIT",    "TRDTC"};

void oa_tr_columns(const oa_table *tr, int columns[OA_N_TR]) {
    oa_find_columns(tr, names, OA_N_TR, columns);
}

/* ---- tests and words --------------------------------------------------------------------------------------------- */

typedef enum axis { ANY_AXIS, SHORT_AXIS, LONG_AXIS } axis;

/* Tests that give a length.  DIAMETER is by definition what the reader chose to sum; nodes are measured by their short
 * axis, everything else by the longest diameter (RECIST 4.1).  A table row that comes first is preferred. */
static const struct {
    const char *testcd;
    axis axis;
} lengths[] = {{"DIAMETER", ANY_AXIS}, {"SAXIS", SHORT_AXIS}, {"LPERP", SHORT_AXIS}, {"LDIAM", LONG_AXIS}};

/* Ranks: -1 is a word on a lesion that is not measured, which counts before its length; then the lengths; then a word on
 * a target lesion; last a length across the wrong axis, or a word that is no length, which only show that there is a
 * lesion. */
enum { RANK_STATE = -1, RANK_LAST_LENGTH = OA_COUNT(lengths), RANK_WORD, RANK_NO_LENGTH };

/* Words of TRSTRESC for TUMSTATE and LNSTATE, the state of a tumour and of a lymph node. */
static const struct {
    const char *word;
    oa_lesion_state state;
} states[] = {
    {"ABSENT", OA_LESION_ABSENT},
    {"NON-PATHOLOGICAL", OA_LESION_ABSENT},
    {"PRESENT", OA_LESION_PRESENT},
    {"PATHOLOGICAL", OA_LESION_PRESENT},
    {"EQUIVOCAL", OA_LESION_EQUIVOCAL},
    {"UNEQUIVOCAL", OA_LESION_UNEQUIVOCAL},
    {"UNEQUIVOCAL PROGRESSION", OA_LESION_UNEQUIVOCAL},
};

/* Parts of words for a local treatment of a lesion.  Those that are also said of what hides a lesion ("surgical clips",
 * "radiation pneumonitis") count in PR only. */
static const struct {
    const char *part;
    const char *treatment;
    bool in_pr_only;
} treatments[] = {
    {"EXCIS", "excision", false},         {"RESECT", "resection", false},
    {"REMOVED", "removal", false},        {"IRRADIAT", "irradiation", false},
    {"RADIOTHER", "radiotherapy", false}, {"ABLAT", "ablation", false},
    {"EMBOLI", "embolisation", false},    {"SURG", "surgery", true},
    {"RADIATION", "radiation", true},
};

/* True where `text` has `part`, which is in capitals, in capitals or not. */
static bool contains(const char *text, const char *part) {
    size_t length = strlen(part);
    for (; *text; text++) {
        size_t i = 0;
        while (i < length && (text[i] >= 'a' && text[i] <= 'z' ? text[i] - 'a' + 'A' : text[i]) == part[i]) {
            i++;
        }
        if (i == length) {
            return true;
        }
    }
    return false;
}

const char *oa_local_treatment(const char *text, bool in_pr) {
    for (size_t i = 0; *text && i < OA_COUNT(treatments); i++) {
        if ((in_pr || !treatments[i].in_pr_only) && contains(text, treatments[i].part)) {
            return treatments[i].treatment;
        }
    }
    return NULL;
}

static bool is_state_test(const char *testcd) {
    return oa_streq(testcd, "TUMSTATE") || oa_streq(testcd, "LNSTATE");
}

/* Index of a test that gives a length; -1 for any other. */
static int length_test(const char *testcd) {
    for (int i = 0; i < (int)OA_COUNT(lengths); i++) {
        if (oa_streq(testcd, lengths[i].testcd)) {
            return i;
        }
    }
    return -1;
}

bool oa_tr_is_assessment(const char *testcd) {
    return is_state_test(testcd) || length_test(testcd) >= 0;
}

/* The rank of a length; with axis_first DIAMETER comes after the axes. */
static int rank_of(int test, bool node, int policy) {
    axis a = lengths[test].axis;
    if (a == ANY_AXIS) {
        return policy == OA_P_AXIS_FIRST ? RANK_LAST_LENGTH : test;
    }
    return (a == SHORT_AXIS) == node ? test : RANK_NO_LENGTH;
}

static bool state_of(const char *word, oa_lesion_state *state) {
    for (size_t i = 0; i < OA_COUNT(states); i++) {
        if (oa_streq_nocase(word, states[i].word)) {
            *state = states[i].state;
            return true;
        }
    }
    return false;
}

/* ---- lengths ----------------------------------------------------------------------------------------------------- */

/* A lesion longer than a metre is a slip of the pen: it has no length that can be used. */
enum { LONGEST_MM = 1000 };

/* Exact for up to four decimals of a millimetre, also where the unit is cm: no product of doubles comes first. */
static bool to_length(double value, const char *unit, int64_t *length) {
    bool cm = oa_streq_nocase(unit, "cm");
    bool known = cm || oa_streq_nocase(unit, "mm") || *unit == '\0';
    return known && value >= 0 && value <= LONGEST_MM && oa_scaled(value, cm ? 10 * OA_MM : OA_MM, length) &&
           *length <= (int64_t)LONGEST_MM * OA_MM;
}

static bool says_too_small(const char *text) {
    return contains(text, "TOO SMALL") || oa_streq_nocase(text, "TSTM");
}

/* The length a row states: in standard units, else as recorded; a lesion too small to measure has the protocol's, by
 * default 5 mm (RECIST 4.2; FAQ "Lesions less than 5 mm": if it can be measured, the measurement counts). */
static bool read_length(const oa_context *context, const oa_table *tr, const int *c, oa_reading *reading) {
    size_t row = reading->row;
    double value;
    const char *text = oa_text(tr, row, c[OA_TR_STRESC]);
    const char *recorded = oa_text(tr, row, c[OA_TR_ORRES]);
    reading->too_small =
        says_too_small(recorded) || says_too_small(text) || says_too_small(oa_text(tr, row, c[OA_TR_REASND]));
    if (oa_number(tr, row, c[OA_TR_STRESN], &value)) {
        return to_length(value, oa_text(tr, row, c[OA_TR_STRESU]), &reading->length);
    }
    if (oa_parse_number(recorded, strlen(recorded), &value)) {
        return to_length(value, oa_text(tr, row, c[OA_TR_ORRESU]), &reading->length);
    }
    if (reading->too_small) {
        return oa_scaled(context->protocol->response.too_small_mm, OA_MM, &reading->length);
    }
    reading->length = 0;
    return oa_streq_nocase(text, "ABSENT");
}

/* ---- one row ----------------------------------------------------------------------------------------------------- */

static void say_not_done(oa_context *context, const oa_tumour *tumour, oa_table *tr, const oa_reading *reading) {
    static const char *const effects[OA_N_KINDS] = {
        [OA_TARGET] = "the target response of the visit is NE, unless the others show PD",
        [OA_NON_TARGET] = "the visit cannot be a complete response",
        [OA_NEW_LESION] = "whether it is there is not known at this visit",
    };
    const oa_lesion *lesion = &tumour->lesions[reading->lesion];
    oa_reader_account(
        context, tumour->reader, tr, reading->row, OA_USE_NOT_DONE, "TR-NOT-DONE",
        oa_printf(context->arena, "lesion %s was not evaluated at this visit: %s", lesion->id, effects[lesion->kind]));
}

/* A lesion that is not measured for the sum: from a word, else from its length. */
static bool read_state(const oa_context *context, const oa_table *tr, const int *c, bool is_word,
                       const oa_lesion *lesion, oa_reading *reading) {
    if (is_word) {
        return state_of(oa_text(tr, reading->row, c[OA_TR_STRESC]), &reading->state);
    }
    reading->has_length = read_length(context, tr, c, reading);
    bool gone = oa_lesion_is_normal(lesion, reading->length);
    reading->state = !reading->has_length ? OA_LESION_NE : gone ? OA_LESION_ABSENT : OA_LESION_PRESENT;
    return reading->has_length;
}

static bool read_target(const oa_context *context, const oa_table *tr, const int *c, oa_reading *reading) {
    reading->has_length = read_length(context, tr, c, reading);
    reading->state = reading->has_length ? OA_LESION_MEASURED : OA_LESION_NE;
    return reading->has_length;
}

/* A row may say that the lesion was treated locally: from then on it is (see tumour_links.c). */
static bool says_treated(const oa_table *tr, const int *c, const oa_reading *reading, oa_lesion *lesion) {
    const char *treatment = oa_local_treatment(oa_text(tr, reading->row, c[OA_TR_REASND]), false);
    treatment = treatment ? treatment : oa_local_treatment(oa_text(tr, reading->row, c[OA_TR_STRESC]), false);
    if (treatment && reading->day < lesion->treated_day) {
        lesion->treated_day = reading->day;
        lesion->treatment = treatment;
    }
    return treatment != NULL;
}

bool oa_tr_reading(oa_context *context, oa_tumour *tumour, const int c[OA_N_TR], oa_reading *reading) {
    oa_table *tr = context->sdtm->domain[OA_TR];
    oa_lesion *lesion = &tumour->lesions[reading->lesion];
    const char *testcd = oa_text(tr, reading->row, c[OA_TR_TESTCD]);
    const char *text = oa_text(tr, reading->row, c[OA_TR_STRESC]);
    bool target = lesion->kind == OA_TARGET;
    bool is_word = is_state_test(testcd);
    int test = length_test(testcd);
    if (!is_word && test < 0) {
        return false;
    }
    bool treated = says_treated(tr, c, reading, lesion);
    reading->state = OA_LESION_NE;
    reading->rank =
        is_word ? (target ? RANK_WORD : RANK_STATE) : rank_of(test, lesion->node, context->protocol->response.length);
    if (reading->rank == RANK_NO_LENGTH) {
        return target; /* of a lesion that is not measured for the sum the other axis says nothing */
    }
    oa_lesion_state state;
    if (target && is_word && state_of(text, &state) && state != OA_LESION_ABSENT) {
        reading->rank = RANK_NO_LENGTH;
        return true;
    }
    bool not_done = oa_text_is(tr, reading->row, c[OA_TR_STAT], "NOT DONE");
    if (not_done && !(target && says_too_small(oa_text(tr, reading->row, c[OA_TR_REASND])))) {
        say_not_done(context, tumour, tr, reading);
        return true;
    }
    if (target ? read_target(context, tr, c, reading) : read_state(context, tr, c, is_word, lesion, reading)) {
        oa_reader_account(context, tumour->reader, tr, reading->row, OA_USE_ANALYSED, NULL, NULL);
    } else if (!treated) {
        oa_reader_account(context, tumour->reader, tr, reading->row, OA_USE_VALUE, "TR-VALUE",
                          target ? "no length of 0 to 1000 mm can be read; the lesion counts as not evaluated"
                                 : "TRSTRESC is none of ABSENT, PRESENT, EQUIVOCAL, UNEQUIVOCAL; the lesion counts as "
                                   "not evaluated");
    }
    return true;
}

void oa_tr_report_axes(oa_context *context, const oa_tumour *tumour) {
    for (size_t p = 0; p < tumour->n_points; p++) {
        for (size_t i = 0; i < tumour->points[p].n_readings; i++) {
            const oa_reading *r = &tumour->points[p].readings[i];
            if (r->rank == RANK_NO_LENGTH) {
                oa_reader_account(context, tumour->reader, context->sdtm->domain[OA_TR], r->row, OA_USE_VALUE,
                                  "TR-AXIS",
                                  tumour->lesions[r->lesion].node
                                      ? "a lymph node is measured by its short axis (SAXIS), which is not recorded; it "
                                        "counts as not evaluated"
                                      : "a lesion is measured by its longest diameter (LDIAM), which is not recorded; "
                                        "it counts as not evaluated");
            }
        }
    }
}
