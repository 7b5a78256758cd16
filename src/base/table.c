/*
 * table.c - see table.h and onearm/table.h.
 *
 * Cells of a column stand in one array: int32 codes (-1 missing), doubles with a bit for "missing", or dates.  Arrays
 * of all columns have the same capacity, which doubles.
 */
#include "table.h"

#include "number.h"

#include <stdlib.h>
#include <string.h>

/* The distinct texts of a column: `hash` maps a text to its place + 1, 0 is free. */
typedef struct pool {
    const char **texts;
    uint32_t *hashes;
    size_t count;
    size_t capacity;
    uint32_t *slots;
    size_t n_slots; /* a power of two */
} pool;

typedef struct column {
    const char *name;
    const char *label;
    oa_type type;
    union {
        int32_t *codes;
        double *numbers;
        oa_date *dates;
    };
    unsigned char *present; /* number columns: 1 where there is a value */
    pool pool;
    int32_t last; /* code of the text set last: most columns repeat themselves */
    bool sealed;  /* the pool is sorted */
} column;

struct oa_table {
    oa_arena *arena;
    const char *name;
    const char *label;
    column *columns;
    size_t n_columns;
    size_t c_columns;
    size_t rows;
    size_t capacity;
    const char *file;
    int64_t *lines;      /* NULL until a line is set */
    unsigned char *uses; /* NULL until a row is marked */
    int id;
    oa_ref *refs;
    size_t n_refs;
    size_t c_refs;
    size_t *ref_start; /* first citation of a row; NULL until a row cites */
};

static size_t cell_size(oa_type type) {
    static const size_t sizes[] = {
        [OA_TEXT] = sizeof(int32_t), [OA_NUMBER] = sizeof(double), [OA_DATE] = sizeof(oa_date)};
    return sizes[type];
}

oa_table *oa_table_new(oa_arena *arena, const char *name, const char *label) {
    oa_table *table = OA_NEW(arena, oa_table);
    *table = (oa_table){.arena = arena, .name = oa_strdup(arena, name), .label = oa_strdup(arena, label), .id = -1};
    return table;
}

oa_table *oa_table_of(oa_arena *arena, const char *name, const char *label, const oa_column_def *columns,
                      size_t count) {
    oa_table *table = oa_table_new(arena, name, label);
    for (size_t i = 0; i < count; i++) {
        oa_table_add_column(table, columns[i].name, columns[i].label, columns[i].type);
    }
    return table;
}

static void fill_missing(column *c, size_t from, size_t to) {
    if (c->type == OA_TEXT) {
        for (size_t i = from; i < to; i++) {
            c->codes[i] = -1;
        }
    }
}

/* Grows the cells of a column from `old` to `new` rows. */
static void column_grow(oa_arena *arena, column *c, size_t old, size_t new) {
    c->codes = oa_regrow(arena, c->codes, old, new, cell_size(c->type));
    fill_missing(c, old, new);
    if (c->type == OA_NUMBER) {
        c->present = oa_regrow(arena, c->present, old, new, 1);
    }
}

int oa_table_add_column(oa_table *table, const char *name, const char *label, oa_type type) {
    if (table->n_columns == table->c_columns) {
        size_t capacity = table->c_columns ? table->c_columns * 2 : 16;
        table->columns = oa_regrow(table->arena, table->columns, table->c_columns, capacity, sizeof(column));
        table->c_columns = capacity;
    }
    column *c = &table->columns[table->n_columns];
    *c = (column){
        .name = oa_strdup(table->arena, name), .label = oa_strdup(table->arena, label), .type = type, .last = -1};
    if (table->capacity) {
        column_grow(table->arena, c, 0, table->capacity);
    }
    return (int)table->n_columns++;
}

size_t oa_table_add_row(oa_table *table) {
    if (table->rows == table->capacity) {
        size_t old = table->capacity;
        size_t new = old ? old * 2 : 64;
        for (size_t i = 0; i < table->n_columns; i++) {
            column_grow(table->arena, &table->columns[i], old, new);
        }
        if (table->lines) {
            table->lines = oa_regrow(table->arena, table->lines, old, new, sizeof *table->lines);
        }
        if (table->uses) {
            table->uses = oa_regrow(table->arena, table->uses, old, new, 1);
        }
        if (table->ref_start) {
            table->ref_start = oa_regrow(table->arena, table->ref_start, old + 1, new + 1, sizeof *table->ref_start);
        }
        table->capacity = new;
    }
    if (table->ref_start) {
        table->ref_start[table->rows] = table->n_refs;
    }
    return table->rows++;
}

static uint32_t hash_of(const char *text, size_t length) { /* FNV-1a */
    uint32_t hash = 2166136261U;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (unsigned char)text[i]) * 16777619U;
    }
    return hash;
}

static void pool_rehash(oa_arena *arena, pool *p, size_t n_slots) {
    p->slots = OA_NEW_ARRAY(arena, uint32_t, n_slots);
    p->n_slots = n_slots;
    for (size_t i = 0; i < p->count; i++) {
        size_t slot = p->hashes[i] & (n_slots - 1);
        while (p->slots[slot]) {
            slot = (slot + 1) & (n_slots - 1);
        }
        p->slots[slot] = (uint32_t)i + 1;
    }
}

/* A power of two that leaves the table at most a quarter full. */
static size_t slots_for(size_t count) {
    size_t n_slots = 16;
    while (n_slots < count * 4) {
        n_slots *= 2;
    }
    return n_slots;
}

static bool same_text(const char *pooled, const char *text, size_t length) {
    return strncmp(pooled, text, length) == 0 && pooled[length] == '\0';
}

static int32_t pool_intern(oa_arena *arena, pool *p, const char *text, size_t length) {
    if (p->n_slots == 0) {
        pool_rehash(arena, p, slots_for(p->count));
    }
    uint32_t hash = hash_of(text, length);
    size_t slot = hash & (p->n_slots - 1);
    for (; p->slots[slot]; slot = (slot + 1) & (p->n_slots - 1)) {
        size_t index = p->slots[slot] - 1;
        if (p->hashes[index] == hash && same_text(p->texts[index], text, length)) {
            return (int32_t)index;
        }
    }
    if (p->count == p->capacity) {
        size_t capacity = p->capacity ? p->capacity * 2 : 16;
        p->texts = oa_regrow(arena, (void *)p->texts, p->capacity, capacity, sizeof *p->texts);
        p->hashes = oa_regrow(arena, p->hashes, p->capacity, capacity, sizeof *p->hashes);
        p->capacity = capacity;
    }
    p->texts[p->count] = oa_strndup(arena, text, length);
    p->hashes[p->count] = hash;
    p->slots[slot] = (uint32_t)p->count + 1;
    p->count++;
    if (p->count * 2 > p->n_slots) {
        pool_rehash(arena, p, p->n_slots * 4);
    }
    return (int32_t)(p->count - 1);
}

void oa_set_text_n(oa_table *table, size_t row, int column_index, const char *text, size_t length) {
    if (column_index < 0) {
        return;
    }
    column *c = &table->columns[column_index];
    const char *nul = length ? memchr(text, '\0', length) : NULL;
    length = nul ? (size_t)(nul - text) : length;
    if (length == 0) {
        c->codes[row] = -1;
        return;
    }
    if (c->last < 0 || !same_text(c->pool.texts[c->last], text, length)) {
        c->last = pool_intern(table->arena, &c->pool, text, length);
        c->sealed = false;
    }
    c->codes[row] = c->last;
}

void oa_set_text(oa_table *table, size_t row, int column_index, const char *text) {
    oa_set_text_n(table, row, column_index, text, text ? strlen(text) : 0);
}

void oa_set_number(oa_table *table, size_t row, int column_index, double value) {
    if (column_index >= 0) {
        table->columns[column_index].numbers[row] = value;
        table->columns[column_index].present[row] = 1;
    }
}

void oa_set_date(oa_table *table, size_t row, int column_index, oa_date date) {
    if (column_index >= 0) {
        table->columns[column_index].dates[row] = date;
    }
}

void oa_set_day(oa_table *table, size_t row, int column_index, int32_t day) {
    oa_set_date(table, row, column_index, oa_date_of_day(day));
}

void oa_repeat_cell(oa_table *table, size_t row, int column_index) {
    column *c = &table->columns[column_index];
    switch (c->type) {
    case OA_TEXT:
        c->codes[row] = c->codes[row - 1];
        break;
    case OA_NUMBER:
        c->numbers[row] = c->numbers[row - 1];
        c->present[row] = c->present[row - 1];
        break;
    case OA_DATE:
        c->dates[row] = c->dates[row - 1];
        break;
    }
}

const char *oa_table_name(const oa_table *table) {
    return table->name;
}

const char *oa_table_label(const oa_table *table) {
    return table->label;
}

size_t oa_table_rows(const oa_table *table) {
    return table->rows;
}

size_t oa_table_columns(const oa_table *table) {
    return table->n_columns;
}

int oa_table_column(const oa_table *table, const char *name) {
    for (size_t i = 0; i < table->n_columns; i++) {
        if (strcmp(table->columns[i].name, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

const char *oa_column_name(const oa_table *table, int column_index) {
    return table->columns[column_index].name;
}

const char *oa_column_label(const oa_table *table, int column_index) {
    return table->columns[column_index].label;
}

oa_type oa_column_type(const oa_table *table, int column_index) {
    return table->columns[column_index].type;
}

int32_t oa_code_at(const oa_table *table, size_t row, int column_index) {
    return column_index < 0 ? -1 : table->columns[column_index].codes[row];
}

const char *oa_code_text(const oa_table *table, int column_index, int32_t code) {
    return column_index < 0 || code < 0 ? "" : table->columns[column_index].pool.texts[code];
}

size_t oa_code_count(const oa_table *table, int column_index) {
    return column_index < 0 ? 0 : table->columns[column_index].pool.count;
}

const char *oa_text(const oa_table *table, size_t row, int column_index) {
    return oa_code_text(table, column_index, oa_code_at(table, row, column_index));
}

bool oa_text_is(const oa_table *table, size_t row, int column_index, const char *text) {
    return strcmp(oa_text(table, row, column_index), text) == 0;
}

bool oa_number(const oa_table *table, size_t row, int column_index, double *value) {
    if (column_index < 0 || !table->columns[column_index].present[row]) {
        return false;
    }
    *value = table->columns[column_index].numbers[row];
    return true;
}

oa_date oa_date_at(const oa_table *table, size_t row, int column_index) {
    return column_index < 0 ? (oa_date){0} : table->columns[column_index].dates[row];
}

bool oa_is_missing(const oa_table *table, size_t row, int column_index) {
    if (column_index < 0) {
        return true;
    }
    const column *c = &table->columns[column_index];
    switch (c->type) {
    case OA_TEXT:
        return c->codes[row] < 0;
    case OA_NUMBER:
        return !c->present[row];
    case OA_DATE:
        break;
    }
    return c->dates[row].known == OA_KNOWN_NOTHING;
}

const char *oa_cell(const oa_table *table, size_t row, int column_index, char *out) {
    out[0] = '\0';
    if (oa_is_missing(table, row, column_index)) {
        return out;
    }
    const column *c = &table->columns[column_index];
    switch (c->type) {
    case OA_TEXT:
        return c->pool.texts[c->codes[row]];
    case OA_NUMBER:
        return oa_format_number(c->numbers[row], out);
    case OA_DATE:
        break;
    }
    return oa_format_date(c->dates[row], out);
}

const char *oa_cell_text(oa_arena *arena, const oa_table *table, size_t row, const char *name) {
    char out[OA_NUMBER_SIZE];
    const char *text = oa_cell(table, row, oa_table_column(table, name), out);
    return text == out ? oa_strdup(arena, out) : text;
}

typedef struct entry {
    const char *text;
    int32_t code;
} entry;

static int compare_entries(const void *a, const void *b) {
    return strcmp(((const entry *)a)->text, ((const entry *)b)->text);
}

/* Sorts a pool and renumbers the cells accordingly.  The hash is made anew when a text is added again. */
static void column_seal(oa_arena *arena, column *c, size_t rows) {
    size_t count = c->pool.count;
    entry *entries = OA_NEW_ARRAY(arena, entry, count);
    int32_t *renumbered = OA_NEW_ARRAY(arena, int32_t, count);
    for (size_t i = 0; i < count; i++) {
        entries[i] = (entry){c->pool.texts[i], (int32_t)i};
    }
    if (count) {
        qsort(entries, count, sizeof *entries, compare_entries);
    }
    for (size_t i = 0; i < count; i++) {
        renumbered[entries[i].code] = (int32_t)i;
        c->pool.texts[i] = entries[i].text;
        c->pool.hashes[i] = hash_of(entries[i].text, strlen(entries[i].text));
    }
    c->pool.n_slots = 0;
    c->last = -1;
    c->sealed = true;
    for (size_t row = 0; row < rows; row++) {
        c->codes[row] = c->codes[row] < 0 ? -1 : renumbered[c->codes[row]];
    }
}

void oa_table_seal(oa_table *table) {
    for (size_t i = 0; i < table->n_columns; i++) {
        if (table->columns[i].type == OA_TEXT && !table->columns[i].sealed) {
            column_seal(table->arena, &table->columns[i], table->rows);
        }
    }
}

/* Compares two rows of a sealed table in one column; missing comes first. */
static int compare_cells(const column *c, size_t a, size_t b) {
    switch (c->type) {
    case OA_TEXT:
        return (c->codes[a] > c->codes[b]) - (c->codes[a] < c->codes[b]);
    case OA_NUMBER:
        if (c->present[a] != c->present[b] || !c->present[a]) {
            return c->present[a] - c->present[b];
        }
        return (c->numbers[a] > c->numbers[b]) - (c->numbers[a] < c->numbers[b]);
    case OA_DATE:
        break;
    }
    const oa_date *p = &c->dates[a];
    const oa_date *q = &c->dates[b];
    if ((p->known == OA_KNOWN_NOTHING) != (q->known == OA_KNOWN_NOTHING)) {
        return p->known == OA_KNOWN_NOTHING ? -1 : 1;
    }
    return p->day != q->day ? (p->day > q->day) - (p->day < q->day) : (p->second > q->second) - (p->second < q->second);
}

typedef struct sort_order {
    const oa_table *table;
    const int *columns;
    size_t count;
} sort_order;

static int compare_rows(const sort_order *order, size_t a, size_t b) {
    for (size_t i = 0; i < order->count; i++) {
        if (order->columns[i] >= 0) {
            int result = compare_cells(&order->table->columns[order->columns[i]], a, b);
            if (result) {
                return result;
            }
        }
    }
    return 0;
}

/* Stable bottom-up merge sort of row numbers; qsort is not stable and cannot carry a context. */
static size_t *merge_sort(oa_arena *arena, const sort_order *order, size_t rows) {
    size_t *from = OA_NEW_ARRAY(arena, size_t, rows);
    size_t *to = OA_NEW_ARRAY(arena, size_t, rows);
    for (size_t i = 0; i < rows; i++) {
        from[i] = i;
    }
    for (size_t width = 1; width < rows; width *= 2) {
        for (size_t start = 0; start < rows; start += 2 * width) {
            size_t middle = start + width < rows ? start + width : rows;
            size_t end = middle + width < rows ? middle + width : rows;
            size_t left = start;
            size_t right = middle;
            for (size_t k = start; k < end; k++) {
                bool take_left = left < middle && (right >= end || compare_rows(order, from[left], from[right]) <= 0);
                to[k] = take_left ? from[left++] : from[right++];
            }
        }
        size_t *swap = from;
        from = to;
        to = swap;
    }
    return from;
}

static void permute(void *cells, void *scratch, const size_t *order, size_t rows, size_t size) {
    unsigned char *source = cells;
    unsigned char *target = scratch;
    for (size_t i = 0; i < rows; i++) {
        memcpy(target + i * size, source + order[i] * size, size);
    }
    memcpy(cells, scratch, rows * size);
}

/* Citations stand in the order of their rows, so they move with them. */
static void permute_refs(oa_table *table, const size_t *order) {
    oa_ref *moved = OA_NEW_ARRAY(table->arena, oa_ref, table->n_refs);
    size_t *start = OA_NEW_ARRAY(table->arena, size_t, table->capacity + 1);
    size_t n = 0;
    for (size_t row = 0; row < table->rows; row++) {
        const oa_ref *refs;
        size_t count = oa_row_refs(table, order[row], &refs);
        start[row] = n;
        memcpy(moved + n, refs, count * sizeof *refs);
        n += count;
    }
    memcpy(table->refs, moved, n * sizeof *moved);
    memcpy(table->ref_start, start, table->rows * sizeof *start);
}

void oa_table_sort(oa_table *table, const int *columns, size_t count) {
    oa_table_seal(table);
    sort_order by = {table, columns, count};
    bool sorted = true;
    for (size_t row = 1; row < table->rows && sorted; row++) {
        sorted = compare_rows(&by, row - 1, row) <= 0;
    }
    if (sorted) {
        return;
    }
    size_t *order = merge_sort(table->arena, &by, table->rows);
    void *scratch = oa_alloc(table->arena, table->rows, sizeof(oa_date));
    for (size_t i = 0; i < table->n_columns; i++) {
        column *c = &table->columns[i];
        permute(c->codes, scratch, order, table->rows, cell_size(c->type));
        if (c->present) {
            permute(c->present, scratch, order, table->rows, 1);
        }
    }
    if (table->lines) {
        permute(table->lines, scratch, order, table->rows, sizeof *table->lines);
    }
    if (table->uses) {
        permute(table->uses, scratch, order, table->rows, sizeof *table->uses);
    }
    if (table->ref_start) {
        permute_refs(table, order);
    }
}

void oa_table_set_file(oa_table *table, const char *file) {
    table->file = oa_strdup(table->arena, file);
}

const char *oa_row_file(const oa_table *table) {
    return table->file;
}

void oa_row_set_line(oa_table *table, size_t row, int64_t line) {
    if (!table->lines) {
        table->lines = OA_NEW_ARRAY(table->arena, int64_t, table->capacity);
    }
    table->lines[row] = line;
}

int64_t oa_row_line(const oa_table *table, size_t row) {
    return table->lines ? table->lines[row] : 0;
}

void oa_table_set_id(oa_table *table, int id) {
    table->id = id;
}

int oa_table_id(const oa_table *table) {
    return table->id;
}

void oa_cite(oa_table *table, const oa_table *source, size_t row) {
    if (!table->ref_start) {
        table->ref_start = OA_NEW_ARRAY(table->arena, size_t, table->capacity + 1);
    }
    if (table->n_refs == table->c_refs) {
        size_t capacity = table->c_refs ? table->c_refs * 2 : 64;
        table->refs = oa_regrow(table->arena, table->refs, table->c_refs, capacity, sizeof *table->refs);
        table->c_refs = capacity;
    }
    table->refs[table->n_refs++] = (oa_ref){source->id, (uint32_t)row};
}

size_t oa_row_refs(const oa_table *table, size_t row, const oa_ref **refs) {
    if (!table->ref_start) {
        *refs = NULL;
        return 0;
    }
    size_t first = table->ref_start[row];
    size_t end = row + 1 < table->rows ? table->ref_start[row + 1] : table->n_refs;
    *refs = table->refs + first;
    return end - first;
}

void oa_row_mark(oa_table *table, size_t row, uint8_t use) {
    if (!table->uses) {
        table->uses = OA_NEW_ARRAY(table->arena, unsigned char, table->capacity);
    }
    table->uses[row] = use;
}

uint8_t oa_row_use(const oa_table *table, size_t row) {
    return table->uses ? table->uses[row] : 0;
}

oa_span *oa_table_spans(oa_arena *arena, const oa_table *subjects, const oa_table *table) {
    oa_span *spans = OA_NEW_ARRAY(arena, oa_span, subjects->rows);
    int of_subject = oa_table_column(subjects, "USUBJID");
    int of_row = oa_table_column(table, "USUBJID");
    size_t row = 0;
    for (size_t i = 0; i < subjects->rows; i++) {
        const char *id = oa_text(subjects, i, of_subject);
        while (row < table->rows && strcmp(oa_text(table, row, of_row), id) < 0) {
            row++;
        }
        spans[i].first = row;
        while (row < table->rows && strcmp(oa_text(table, row, of_row), id) == 0) {
            row++;
        }
        spans[i].count = row - spans[i].first;
    }
    return spans;
}
