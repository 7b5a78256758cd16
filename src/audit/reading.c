/* reading.c - sentences and denominators; the numbers and their labels are read in facts.c. */
#include "reading.h"

#include <string.h>

enum { MOST_POPULATIONS = 1000, ANALYSED = 1, COUNTED = 1 };

static char symbol(const oa_reading *r, size_t at) {
    return r->tokens->symbols[at];
}

/* ---- sentences --------------------------------------------------------------------------------------------------- */

static bool has(const oa_reading *r, const oa_sentence *s, char wanted) {
    return memchr(r->tokens->symbols + s->first, wanted, s->last - s->first) != NULL;
}

/* A number of people stands beside the word: "20 evaluable patients", "19 were evaluable", "the evaluable (n = 19)". */
static bool is_counted(const oa_reading *r, const oa_sentence *s, size_t at) {
    size_t before = at;
    size_t behind = at + 1;
    while (before > s->first && at - before < 4 && strchr("wSvPC", symbol(r, before - 1))) {
        before--;
    }
    while (behind < s->last && behind - at < 6 && strchr("wSvP(n=o", symbol(r, behind))) {
        behind++;
    }
    return (before > s->first && symbol(r, before - 1) == 'd') ||
           (behind < s->last && symbol(r, behind) == 'd' && symbol(r, behind + 1) != '%');
}

static void read_subset(const oa_reading *r, oa_sentence *s) {
    for (size_t at = s->first; at < s->last; at++) {
        char c = symbol(r, at);
        bool who = c == 'P' && at > s->first && strchr("io", symbol(r, at - 1)) && symbol(r, at + 1) == 'v';
        if ((c == 'S' || who) && !is_counted(r, s, at)) {
            s->subset = true;
            s->analysed = s->analysed || (c == 'S' && r->tokens->tokens[at].label == ANALYSED);
        }
    }
}

static void read_sentences(oa_reading *r) {
    size_t count = 0;
    for (size_t i = 0; i < r->tokens->count; i++) {
        count += symbol(r, i) == '\n';
    }
    r->sentences = OA_NEW_ARRAY(r->arena, oa_sentence, count + 1);
    for (size_t i = 0, first = 0; i < r->tokens->count; i++) {
        if (symbol(r, i) != '\n') {
            continue;
        }
        oa_sentence *s = &r->sentences[r->n_sentences++];
        *s = (oa_sentence){.first = (uint32_t)first, .last = (uint32_t)i};
        s->anaphora = has(r, s, 'Q');
        s->null = has(r, s, '0');
        s->design = has(r, s, 'D') || s->null;
        s->compares = has(r, s, 'T');
        s->model = has(r, s, 'W');
        read_subset(r, s);
        r->analysed = r->analysed || s->analysed;
        r->one_sided = r->one_sided || has(r, s, 'U');
        r->readers = r->readers || has(r, s, 'C');
        r->left_out = r->left_out || has(r, s, 'E');
        first = i + 1;
    }
}

/* ---- denominators ------------------------------------------------------------------------------------------------ */

static void add_population(oa_reading *r, int64_t n, size_t sentence, oa_source source) {
    oa_population *found = NULL;
    if (n <= 0 || n >= 1000000000) {
        return;
    }
    for (size_t i = 0; i < r->n_populations && !found; i++) {
        bool same = r->populations[i].n == n && r->populations[i].sentence == sentence;
        found = same ? &r->populations[i] : NULL;
    }
    if (!found && r->n_populations == MOST_POPULATIONS) {
        r->analysed = true; /* a text so full of denominators is not known well enough to be called wrong */
        return;
    }
    if (!found) {
        found = &r->populations[r->n_populations++];
        *found = (oa_population){n, (uint32_t)sentence, source};
    }
    found->source = source < found->source ? source : found->source;
    r->most = source == OA_STATED && n > r->most ? n : r->most;
}

/* Behind the number at `at`, within a few words, stands one of the symbols. */
static bool followed_by(const oa_reading *r, size_t at, const char *between, size_t most, const char *symbols) {
    for (size_t i = at + 1; i <= at + most + 1; i++) {
        char c = symbol(r, i);
        if (c == '\0' || strchr(symbols, c)) {
            return c != '\0';
        }
        if (!strchr(between, c)) {
            return false;
        }
    }
    return false;
}

static bool is_population(const oa_reading *r, const oa_sentence *s, size_t at) {
    char before = at > s->first ? symbol(r, at - 1) : '\n';
    char before2 = at > s->first + 1 ? symbol(r, at - 2) : '\n';
    size_t of = at;
    while (of > s->first && at - of < 3 && strchr("vSw", symbol(r, of - 1))) {
        of--; /* "of the remaining 32" */
    }
    bool after_of = of > s->first && symbol(r, of - 1) == 'o';
    if (strchr("-<>~+", before)) {
        return false;
    }
    return (before == '=' && before2 == 'n') || after_of || followed_by(r, at, "wSLC", 3, "P") ||
           strchr("vSQ", symbol(r, at + 1)) || symbol(r, at + 1) == 'E' ||
           (symbol(r, at + 1) == 'L' && r->tokens->tokens[at + 1].label >= OA_LABEL_MALE &&
            r->tokens->tokens[at + 1].label <= OA_LABEL_FEMALE);
}

/* A count with its share, or of a category, is part of something and not the whole: "7 (28 %) had a partial response". */
static bool is_part(const oa_fact *f) {
    bool category = f->label >= OA_LABEL_ORR && f->label <= OA_LABEL_NE && f->tight;
    bool share = f->value.there && f->n < 0 && oa_printed_value(f->value) < 100;
    return f->x >= 0 && (share || category);
}

/* Which tokens count a part, or are percentages and limits. */
static bool *mark_parts(const oa_reading *r) {
    bool *parts = OA_NEW_ARRAY(r->arena, bool, r->tokens->count + 1);
    for (size_t i = 0; i < r->n_facts; i++) {
        const int32_t *at = r->facts[i].mention->parts;
        for (int part = 0; part < OA_N_PARTS; part++) {
            bool marks = part == OA_PART_X ? is_part(&r->facts[i]) : part >= OA_PART_P;
            if (marks && at[part] >= 0) { /* a share may have its count from elsewhere */
                parts[at[part]] = true;
            }
        }
    }
    return parts;
}

/* "30 Sep 2024" */
static bool is_date(const oa_reading *r, size_t at) {
    const oa_token *year = &r->tokens->tokens[at + 2];
    return symbol(r, at + 1) == 'G' && symbol(r, at + 2) == 'g' && year->digits >= 1900 && year->digits <= 2099;
}

static void read_stated(oa_reading *r) {
    const bool *parts = mark_parts(r);
    for (size_t i = 0; i < r->n_sentences; i++) {
        const oa_sentence *s = &r->sentences[i];
        for (size_t at = s->first; at < s->last; at++) {
            char next = symbol(r, at + 1);
            bool counts = next != '%' && (next != 'u' || r->tokens->tokens[at + 1].label == COUNTED);
            if (symbol(r, at) == 'd' && !parts[at] && counts && !is_date(r, at)) {
                oa_source source = is_population(r, s, at) ? OA_STATED : OA_MENTIONED;
                add_population(r, r->tokens->tokens[at].digits, i, source);
            }
        }
    }
    for (size_t i = 0; i < r->n_facts; i++) {
        if (r->facts[i].n > 0) {
            add_population(r, r->facts[i].n, r->facts[i].sentence, OA_STATED);
        }
    }
}

enum { MOST_LEFT_OUT = 4 };

/* "One patient withdrew and two were not evaluable": everybody but one, but two, but three. */
static void read_left_out(oa_reading *r, size_t before) {
    int64_t out[MOST_LEFT_OUT];
    uint32_t sentence = 0;
    size_t count = 0;
    for (size_t i = 0; i < r->n_facts && count < MOST_LEFT_OUT; i++) {
        const oa_fact *f = &r->facts[i];
        int32_t at = f->mention->parts[OA_PART_X];
        bool leaves =
            f->x > 0 && (f->label == OA_LABEL_NE || (at >= 0 && followed_by(r, (size_t)at, "wPvSa(%df)ib", 8, "EX")));
        if (leaves) {
            out[count++] = f->x;
            sentence = f->sentence;
        }
    }
    r->left_out = r->left_out || count > 0;
    for (size_t some = 1; some < (size_t)1 << count; some++) {
        int64_t sum = 0;
        for (size_t i = 0; i < count; i++) {
            sum += some >> i & 1 ? out[i] : 0;
        }
        for (size_t k = 0; k < before; k++) {
            if (r->populations[k].source == OA_STATED) {
                add_population(r, r->populations[k].n - sum, sentence, OA_DERIVED);
            }
        }
    }
}

/* "6 in phase Ib and 20 in phase II": both together. */
static void read_joined(oa_reading *r, size_t before) {
    const oa_population *last = NULL;
    for (size_t i = 0; i < before; i++) {
        const oa_population *a = &r->populations[i];
        const oa_sentence *s = &r->sentences[a->sentence];
        if (a->source != OA_STATED) {
            continue;
        }
        if (last && last->sentence == a->sentence && has(r, s, 'G') && has(r, s, 'a')) {
            add_population(r, last->n + a->n, a->sentence, OA_DERIVED);
        }
        last = a;
    }
}

/* The categories of a sentence with stable and progressive disease make up who was analysed, and so do the two sexes. */
static void read_sums(oa_reading *r) {
    for (size_t first = 0, last; first < r->n_facts; first = last) {
        int64_t counts[OA_LABEL_CHANGE + 1] = {0};
        int64_t sum = 0;
        for (last = first; last < r->n_facts && r->facts[last].sentence == r->facts[first].sentence; last++) {
            const oa_fact *f = &r->facts[last];
            if (f->x >= 0 && f->tight && counts[f->label] == 0) {
                counts[f->label] = f->x;
                sum += f->label >= OA_LABEL_CR && f->label <= OA_LABEL_NE ? f->x : 0;
            }
        }
        if (counts[OA_LABEL_SD] && counts[OA_LABEL_PD]) {
            add_population(r, sum, r->facts[first].sentence, OA_SUMMED);
        }
        if (counts[OA_LABEL_MALE] && counts[OA_LABEL_FEMALE]) {
            add_population(r, counts[OA_LABEL_MALE] + counts[OA_LABEL_FEMALE], r->facts[first].sentence, OA_SUMMED);
        }
    }
}

static int by_size(const oa_population *a, const oa_population *b) {
    return a->source != b->source ? (int)a->source - (int)b->source : (b->n > a->n) - (b->n < a->n);
}

/* The largest stated first: who was in the trial, before who was in a part of it. */
static void sort_populations(oa_population *list, size_t count) {
    for (size_t i = 1; i < count; i++) {
        oa_population moved = list[i];
        size_t k = i;
        for (; k > 0 && by_size(&list[k - 1], &moved) > 0; k--) {
            list[k] = list[k - 1];
        }
        list[k] = moved;
    }
}

/* A text has many populations and few numbers: each claim is held against the numbers, so the work stays linear. */
static void list_denominators(oa_reading *r) {
    r->denominators = OA_NEW_ARRAY(r->arena, int64_t, r->n_populations);
    for (size_t i = 0; i < r->n_populations; i++) {
        size_t k = 0;
        while (k < r->n_denominators && r->denominators[k] != r->populations[i].n) {
            k++;
        }
        r->denominators[k] = r->populations[i].n;
        r->n_denominators += k == r->n_denominators;
    }
}

oa_reading oa_read(oa_arena *arena, const oa_tokens *tokens, const oa_mentions *mentions) {
    oa_reading r = {.arena = arena, .tokens = tokens};
    r.populations = OA_NEW_ARRAY(arena, oa_population, MOST_POPULATIONS);
    read_sentences(&r);
    oa_read_facts(&r, mentions);
    read_stated(&r);
    size_t before = r.n_populations;
    read_left_out(&r, before);
    read_joined(&r, before);
    read_sums(&r);
    sort_populations(r.populations, r.n_populations);
    list_denominators(&r);
    return r;
}
