/* check.c - see check.h.  References to drugs are checked by load.c, as the schema names them. */
#include "check.h"

#include "../base/text.h"

#include <string.h>

static void fail(oa_problems *problems, oa_mark mark, const char *rule, const char *text) {
    oa_problem_add(problems, mark, OA_VALUE, rule, "%s", text);
}

static bool has(const oa_node *map, const char *key) {
    return oa_node_member(map, key) != NULL;
}

/* R. Simon, Control Clin Trials 10 (1989) 1-10: r1 of n1 stop the first stage, r of n the second. */
static void check_two_stage(const oa_p_two_stage *t, const oa_node *node, oa_problems *problems) {
    static const char rule[] = "PROTOCOL-DESIGN";
    bool n1 = has(node, "n1");
    bool r1 = has(node, "r1");
    bool n = has(node, "n");
    bool r = has(node, "r");
    if (!node) {
        return;
    }
    oa_mark mark = node->key_mark;
    if (t->p0 > 0 && t->p1 > 0 && t->p0 >= t->p1) {
        fail(problems, mark, rule, "design.two_stage.p0 must be below p1: p0 is the rate of no interest");
    }
    if ((n1 || r1 || n || r) && !(n1 && r1 && n && r)) {
        fail(problems, mark, rule, "design.two_stage needs n1, r1, n and r together: add those that are missing");
        return;
    }
    if (n1 && t->n1 > 0 && t->n > 0 && t->n1 >= t->n) {
        fail(problems, mark, rule, "design.two_stage.n1 must be below n: n counts the subjects of both stages");
    }
    if (n1 && t->n1 > 0 && t->r1 >= t->n1) {
        fail(problems, mark, rule, "design.two_stage.r1 must be below n1: otherwise no result goes on to stage two");
    }
    if (n && t->n > 0 && (t->r >= t->n || t->r < t->r1)) {
        fail(problems, mark, rule, "design.two_stage.r must be at least r1 and below n");
    }
}

/* What is wrong with a look; NULL: nothing. */
static const char *look_fault(const oa_p_look *look, int64_t before, bool last) {
    if (look->n <= before) {
        return "looks come by rising n";
    }
    if (look->futility > look->n || look->efficacy > look->n + 1) {
        return "the limits of a look are numbers of its n subjects";
    }
    if (look->efficacy > 0 && look->efficacy <= look->futility) {
        return "efficacy must be above futility, else one number of responses has two answers";
    }
    if (last && look->futility < 0 && look->efficacy == 0) {
        return "the last look must say with how many responses the treatment is dropped: give futility";
    }
    if (last && look->futility >= 0 && look->efficacy > 0 && look->efficacy != look->futility + 1) {
        return "the last look must give an answer: its efficacy is futility + 1, or left out";
    }
    return NULL;
}

static void check_looks(const oa_protocol *protocol, oa_problems *problems) {
    const oa_p_design *d = &protocol->design;
    for (size_t i = 0; i < d->n_looks; i++) {
        const char *what = look_fault(&d->looks[i], i ? d->looks[i - 1].n : 0, i + 1 == d->n_looks);
        if (what) {
            oa_problem_add(problems, d->looks[i].mark, OA_VALUE, "PROTOCOL-DESIGN", "design.looks: %s", what);
        }
    }
    if (d->n_looks && d->two_stage.n) {
        fail(problems, d->looks[0].mark, "PROTOCOL-DESIGN",
             "design.two_stage.n and design.looks are two designs: keep the one that the trial follows");
    }
    if (d->n_looks && d->p0 > 0 && d->p1 > 0 && d->p0 >= d->p1) {
        fail(problems, d->looks[0].mark, "PROTOCOL-DESIGN",
             "design.p0 must be below p1: p0 is the rate of no interest");
    }
    for (size_t i = 0; i < d->toxicity.n_looks; i++) {
        const oa_p_toxicity_look *look = &d->toxicity.looks[i];
        if (look->n <= (i ? d->toxicity.looks[i - 1].n : 0)) {
            fail(problems, look->mark, "PROTOCOL-DESIGN", "design.toxicity.looks come by rising n");
        }
    }
}

/* Words that stand for something else where a drug is named. */
static bool is_reserved(const char *id) {
    return oa_streq(id, "any") || oa_streq(id, "reference") || oa_streq(id, "*");
}

static void check_drug(const oa_p_drug *drug, const oa_node *node, oa_problems *problems) {
    if (is_reserved(drug->id)) {
        oa_problem_add(problems, drug->mark, OA_VALUE, "PROTOCOL-ID",
                       "the drug ID %s means something else in related_to, after and drug: choose another",
                       oa_quoted(problems->arena, drug->id));
    }
    const oa_node *off = oa_node_member(oa_node_member(node, "schedule"), "off");
    if (off && drug->off > 0 && drug->on == 0) {
        fail(problems, off->key_mark, "PROTOCOL-SCHEDULE", "schedule.off needs schedule.on: give the dosing days too");
    }
}

/* Each record belongs to one drug. */
static void check_treatments(const oa_p_treatment *treatment, oa_problems *problems) {
    for (size_t i = 1; i < treatment->n_drugs; i++) {
        for (size_t k = 0; k < i; k++) {
            bool same_id = oa_streq(treatment->drugs[i].id, treatment->drugs[k].id); /* reported already */
            if (!same_id && oa_streq_nocase(treatment->drugs[i].trt, treatment->drugs[k].trt)) {
                oa_problem_add(problems, treatment->drugs[i].mark, OA_VALUE, "PROTOCOL-TRT",
                               "the drugs %s and %s have the same trt: a record of EX would count for both",
                               oa_quoted(problems->arena, treatment->drugs[k].id),
                               oa_quoted(problems->arena, treatment->drugs[i].id));
            }
        }
    }
}

/* The parameter of a marker's response is named by the first four letters of its test (adlb.c). */
static void check_markers(const oa_protocol *protocol, oa_problems *problems) {
    enum { LETTERS = 4 };
    for (size_t i = 1; i < protocol->n_markers; i++) {
        for (size_t k = 0; k < i; k++) {
            const char *a =
                oa_strndup(problems->arena, protocol->markers[k].testcd, strnlen(protocol->markers[k].testcd, LETTERS));
            const char *b =
                oa_strndup(problems->arena, protocol->markers[i].testcd, strnlen(protocol->markers[i].testcd, LETTERS));
            if (oa_streq_nocase(a, b)) {
                oa_problem_add(problems, protocol->markers[i].mark, OA_VALUE, "PROTOCOL-MARKER",
                               "the testcd of the markers %s and %s must differ in their first four letters, as their "
                               "responses are named by them",
                               oa_quoted(problems->arena, protocol->markers[k].id),
                               oa_quoted(problems->arena, protocol->markers[i].id));
            }
        }
    }
}

/* A visit that is misspelled would leave the test without subjects. */
static void check_change(const oa_protocol *protocol, const oa_p_marker *marker, const oa_node *node,
                         oa_problems *problems) {
    bool reported = *marker->change_at == '\0'; /* as no text */
    bool known = reported || protocol->n_visits == 0 || oa_streq(marker->change_at, "last");
    for (size_t i = 0; i < protocol->n_visits && !known; i++) {
        known = oa_streq_nocase(protocol->visits[i].id, marker->change_at);
    }
    if (!known) {
        const oa_node *at = oa_node_member(oa_node_member(node, "change"), "at");
        oa_problem_add(problems, at->mark, OA_VALUE, "PROTOCOL-MARKER",
                       "change.at of the marker %s is %s, which is neither last nor one of visits",
                       oa_quoted(problems->arena, marker->id), oa_quoted(problems->arena, marker->change_at));
    }
}

static void check_gate(const oa_node *node, oa_problems *problems) {
    if (node->kind == OA_NODE_MAP && !has(node, "rule") && !has(node, "scan")) {
        fail(problems, node->mark, "PROTOCOL-GATE", "the gate asks for nothing: give it a scan, a rule or both");
    }
}

/* The members of a list or map; NULL for what is neither. */
static const oa_node *first_of(const oa_node *node) {
    return node ? node->first : NULL;
}

/* A rule on markers that names none would silently do nothing. */
static void check_response(const oa_protocol *protocol, const oa_node *node, oa_problems *problems) {
    if (protocol->response.marker_in_cr && protocol->n_markers == 0) {
        fail(problems, oa_node_member(node, "marker_in_cr")->mark, "PROTOCOL-RESPONSE",
             "response.marker_in_cr asks for normal markers at a complete response, but markers names none");
    }
}

/* Each phase of imaging begins where the one before ended, so only the last may be without end. */
static void check_imaging(const oa_p_times *times, oa_problems *problems) {
    for (size_t i = 0; i < times->n_imaging; i++) {
        const oa_p_imaging *phase = &times->imaging[i];
        int64_t before = i ? times->imaging[i - 1].until_week : 0;
        if (i + 1 < times->n_imaging && phase->until_week == 0) {
            fail(problems, phase->mark, "PROTOCOL-IMAGING",
                 "a phase of times.imaging that another follows must end: give it until_week");
        } else if (phase->until_week && phase->until_week < before + phase->every_weeks) {
            fail(problems, phase->mark, "PROTOCOL-IMAGING",
                 "this phase of times.imaging has no assessment: until_week must be at least every_weeks after the end "
                 "of the phase before");
        }
    }
}

void oa_protocol_check(const oa_protocol *protocol, const oa_node *root, oa_problems *problems) {
    const oa_p_treatment *treatment = &protocol->treatment;
    const oa_node *two_stage = oa_node_member(oa_node_member(root, "design"), "two_stage");
    const oa_node *drug = first_of(oa_node_member(oa_node_member(root, "treatment"), "drugs"));
    const oa_node *marker = first_of(oa_node_member(root, "markers"));
    const oa_node *gate = first_of(oa_node_member(root, "gates"));
    check_two_stage(&protocol->design.two_stage, two_stage, problems);
    check_looks(protocol, problems);
    for (size_t i = 0; drug && i < treatment->n_drugs; drug = drug->next, i++) {
        check_drug(&treatment->drugs[i], drug, problems);
    }
    check_treatments(treatment, problems);
    check_markers(protocol, problems);
    for (size_t i = 0; marker && i < protocol->n_markers; marker = marker->next, i++) {
        check_change(protocol, &protocol->markers[i], marker, problems);
    }
    check_response(protocol, oa_node_member(root, "response"), problems);
    check_imaging(&protocol->times, problems);
    for (; gate; gate = gate->next) {
        check_gate(gate, problems);
    }
}
