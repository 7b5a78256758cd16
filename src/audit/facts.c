/*
 * facts.c - numbers and their labels.
 *
 * A number's label stands before it ("ORR was 55.0 %") or behind it ("11 patients achieved PR"); a label that one number
 * has taken is not another's.  Where several labels stand before as many numbers, they go in order, "respectively".
 */
#include "reading.h"

#include <string.h>

enum { MOST_LABELS = 6, FAR = 16 };

static char symbol(const oa_reading *r, size_t at) {
    return r->tokens->symbols[at];
}

static bool all_of(const oa_reading *r, size_t first, size_t last, const char *symbols) {
    for (size_t i = first; i < last; i++) {
        if (!strchr(symbols, symbol(r, i))) {
            return false;
        }
    }
    return true;
}

/* ---- values ------------------------------------------------------------------------------------------------------ */

static oa_printed printed_part(const oa_reading *r, const oa_mention *m, oa_part part) {
    int32_t at = m->parts[part];
    if (at < 0 || symbol(r, (size_t)at) == 'X') {
        return (oa_printed){.there = false};
    }
    const oa_token *token = &r->tokens->tokens[at];
    return (oa_printed){.there = true, .digits = token->digits, .decimals = token->decimals};
}

static int64_t count_part(const oa_reading *r, const oa_mention *m, oa_part part) {
    int32_t at = m->parts[part];
    int64_t value = at < 0 ? -1 : r->tokens->tokens[at].digits;
    return value > 100000000 ? -1 : value;
}

static oa_printed as_percent(oa_printed p) {
    p.decimals -= 2;
    return p;
}

static void fill_values(const oa_reading *r, oa_fact *f) {
    const oa_mention *m = f->mention;
    oa_printed level = printed_part(r, m, OA_PART_LEVEL);
    f->x = count_part(r, m, OA_PART_X);
    f->n = count_part(r, m, OA_PART_N);
    f->value = printed_part(r, m, OA_PART_P);
    f->lower = printed_part(r, m, OA_PART_LOWER);
    f->upper = printed_part(r, m, OA_PART_UPPER);
    f->level = level.there ? oa_printed_value(level) / 100 : 0;
    f->level = f->level >= 0.5 && f->level < 1 ? f->level : 0;
    if (m->phrasing->kind == OA_KIND_FRACTION) {
        f->value = as_percent(f->value);
        f->lower = as_percent(f->lower);
        f->upper = as_percent(f->upper);
    }
}

/* ---- labels ------------------------------------------------------------------------------------------------------ */

typedef struct labels {
    oa_label items[MOST_LABELS];
    size_t count;
    size_t first; /* token of the first */
    size_t end;   /* token behind the last */
    bool joined;  /* by + or / or "or": one thing */
    bool listed;  /* by "and" or a comma: one each */
} labels;

static oa_label label_at(const oa_reading *r, size_t at) {
    oa_label label = (oa_label)r->tokens->tokens[at].label;
    /* "SD for >= 6 months" is part of the stable disease. */
    bool lasting =
        label == OA_LABEL_SD && (symbol(r, at + 1) == '>' || (symbol(r, at + 1) && symbol(r, at + 2) == '>'));
    return lasting ? OA_LABEL_OTHER_RESPONSE : label;
}

/* Behind "(CR + PR)", which says what the label before it means; `at` where there is none. */
static size_t behind_explanation(const oa_reading *r, size_t at, size_t last) {
    size_t end = at + 1;
    while (at < last && symbol(r, at) == '(' && end < last && strchr("L+awO/", symbol(r, end))) {
        end++;
    }
    return at < last && end < last && symbol(r, at) == '(' && symbol(r, end) == ')' ? end + 1 : at;
}

/* The first group of labels in tokens [first, last) on the outermost level of brackets. */
static labels group_at(const oa_reading *r, size_t first, size_t last) {
    labels g = {.count = 0};
    size_t at = first;
    g.first = first;
    while (at < last && symbol(r, at) == 'L' && g.count < MOST_LABELS) {
        g.items[g.count++] = label_at(r, at++);
        g.end = at;
        size_t next = at;
        bool joins = false;
        bool lists = false;
        next = behind_explanation(r, next, last);
        while (next < last && strchr(",avO+/", symbol(r, next))) {
            joins = joins || strchr("O+/", symbol(r, next));
            lists = lists || strchr(",a", symbol(r, next));
            next++;
        }
        if (next >= last || symbol(r, next) != 'L' || !(joins || lists)) {
            break;
        }
        g.joined = g.joined || joins;
        g.listed = g.listed || lists;
        at = next;
    }
    return g;
}

/* What a set of labels that stand for one number means. */
static oa_label joined_label(const labels *g) {
    bool has[OA_LABEL_CHANGE + 1] = {false};
    for (size_t i = 0; i < g->count; i++) {
        has[g->items[i]] = true;
    }
    bool response = has[OA_LABEL_CR] && has[OA_LABEL_PR];
    return g->count == 1                                   ? g->items[0]
           : response && has[OA_LABEL_SD] && g->count == 3 ? OA_LABEL_DCR
           : response && g->count == 2                     ? OA_LABEL_ORR
                                                           : OA_LABEL_NONE;
}

/* The last group of labels in tokens [first, last); what stands in brackets behind a label only explains it. */
static labels last_group(const oa_reading *r, size_t first, size_t last) {
    labels best = {.count = 0};
    int depth = 0;
    for (size_t at = first; at < last; at++) {
        depth += symbol(r, at) == '(' ? 1 : symbol(r, at) == ')' && depth > 0 ? -1 : 0;
        if (symbol(r, at) == 'L' && (depth == 0 || best.count == 0)) {
            best = group_at(r, at, last);
            at = best.end - 1;
        }
    }
    return best;
}

/* The labels that wait for numbers, and where the next number may take one. */
typedef struct walk {
    oa_reading *r;
    labels pending; /* of the last group before a number */
    size_t next;    /* of pending */
    size_t taken;   /* tokens before this one belong to numbers already read */
    oa_label last;
} walk;

static void attach(oa_fact *f, oa_label label, size_t first, size_t last, bool tight) {
    f->label = label;
    f->tight = tight;
    f->first = first < f->first ? (uint32_t)first : f->first;
    f->last = last > f->last ? (uint32_t)last : f->last;
}

/* Numbers of a list in order without labels of their own: as many as there are labels? */
static size_t run_of_numbers(const oa_reading *r, size_t fact) {
    size_t count = 1;
    for (size_t i = fact + 1; i < r->n_facts && r->facts[i].sentence == r->facts[fact].sentence; i++, count++) {
        size_t from = r->facts[i - 1].mention->last;
        size_t to = r->facts[i].mention->first;
        if (to - from > 6 || last_group(r, from, to).count || !all_of(r, from, to, ",;aOwvio):(/-")) {
            break;
        }
    }
    return count;
}

static bool take_before(walk *w, size_t i, size_t sentence_first) {
    oa_fact *f = &w->r->facts[i];
    size_t from = w->taken > sentence_first ? w->taken : sentence_first;
    labels g = last_group(w->r, from, f->mention->first);
    if (g.count == 0) {
        return false;
    }
    size_t gap = f->mention->first - g.end;
    if (memchr(w->r->tokens->symbols + g.end, ';', gap)) {
        return false; /* "grade 3 in 8 patients; the dose was reduced in 9" */
    }
    bool tight = gap <= 5 && all_of(w->r, g.end, f->mention->first, "vow:,=i(");
    bool one_each = g.count > 1 && (!g.joined || g.listed) && run_of_numbers(w->r, i) >= g.count;
    if (one_each) {
        w->pending = g;
        w->next = 1;
        attach(f, g.items[0], f->mention->first, f->last, tight);
    } else {
        w->pending.count = 0;
        attach(f, joined_label(&g), tight ? g.first : f->first, f->last, tight);
    }
    return true;
}

/* "11 patients achieved PR" */
static bool take_behind(walk *w, size_t i, size_t limit) {
    oa_fact *f = &w->r->facts[i];
    size_t at = f->mention->last;
    int32_t x = f->mention->parts[OA_PART_X];
    if (x > 1 && symbol(w->r, (size_t)x - 1) == '=' && symbol(w->r, (size_t)x - 2) == 'n' && symbol(w->r, at) == ')') {
        return false; /* "(n = 39) Best overall response": how many there are, and a heading */
    }
    while (at < limit && at - f->mention->last <= 6 && strchr("wPvSC)", symbol(w->r, at))) {
        at++;
    }
    if (at >= limit || symbol(w->r, at) != 'L') {
        return false;
    }
    labels g = group_at(w->r, at, limit);
    oa_label label = g.count > 1 && !g.joined ? g.items[0] : joined_label(&g);
    attach(f, label, f->first, g.count > 1 && !g.joined ? at + 1 : g.end, true);
    w->taken = f->last;
    w->pending.count = 0;
    return true;
}

/* "nine of 29 patients responded (31.0 %)" */
static bool take_inside(walk *w, size_t i) {
    oa_fact *f = &w->r->facts[i];
    labels g = last_group(w->r, f->mention->first, f->mention->last);
    if (g.count == 0) {
        return false;
    }
    attach(f, joined_label(&g), f->first, f->last, true);
    w->taken = f->mention->last;
    w->pending.count = 0;
    return true;
}

static void label_fact(walk *w, size_t i) {
    oa_reading *r = w->r;
    oa_fact *f = &r->facts[i];
    const oa_sentence *s = &r->sentences[f->sentence];
    bool same = i + 1 < r->n_facts && r->facts[i + 1].sentence == f->sentence;
    size_t limit = same ? r->facts[i + 1].mention->first : s->last;
    if (take_inside(w, i) || take_before(w, i, s->first)) {
        w->taken = f->mention->last;
    } else if (w->next < w->pending.count) {
        attach(f, w->pending.items[w->next++], f->first, f->last, true);
        w->taken = f->mention->last;
    } else if (!take_behind(w, i, limit)) {
        f->label = w->last;
        f->inherited = true;
        w->taken = f->mention->last;
    }
    w->last = f->label;
}

/* Only numbers that can have a label in the way of this file. */
static bool is_labelled_kind(oa_kind kind) {
    return kind == OA_KIND_SHARE || kind == OA_KIND_FRACTION || kind == OA_KIND_COUNT || kind == OA_KIND_ESTIMATE;
}

/* "22.5 % (80 % CI 14.1-33.2; 95 % CI 10.8-38.5)": the second interval is of the same share. */
static void share_with_limits(oa_reading *r, oa_fact *f) {
    const oa_fact *before = f > r->facts ? f - 1 : NULL;
    bool beside =
        before && before->sentence == f->sentence && f->mention->first - before->mention->last <= 2 &&
        (before->mention->phrasing->kind == OA_KIND_SHARE || before->mention->phrasing->kind == OA_KIND_LIMITS);
    if (beside) {
        f->x = before->x;
        f->n = before->n;
        f->value = before->value;
    }
}

void oa_read_facts(oa_reading *r, const oa_mentions *mentions) {
    size_t sentence = 0;
    r->facts = OA_NEW_ARRAY(r->arena, oa_fact, mentions->count);
    for (size_t i = 0; i < mentions->count; i++) {
        const oa_mention *m = &mentions->items[i];
        while (r->sentences[sentence].last <= m->first) {
            sentence++;
        }
        oa_fact *f = &r->facts[r->n_facts++];
        *f = (oa_fact){.mention = m, .sentence = (uint32_t)sentence, .first = m->first, .last = m->last};
        fill_values(r, f);
        r->null_rate = r->null_rate || m->phrasing->kind == OA_KIND_NULL_RATE;
        if (m->phrasing->kind == OA_KIND_LIMITS) {
            share_with_limits(r, f);
        }
    }
    walk w = {.r = r};
    for (size_t i = 0; i < r->n_facts; i++) {
        if (i == 0 || r->facts[i].sentence != r->facts[i - 1].sentence) {
            w = (walk){.r = r};
        }
        oa_kind kind = r->facts[i].mention->phrasing->kind;
        if (is_labelled_kind(kind)) {
            label_fact(&w, i);
        } else if (kind == OA_KIND_LIMITS) {
            r->facts[i].label = w.last;
            r->facts[i].inherited = true;
        }
    }
}
