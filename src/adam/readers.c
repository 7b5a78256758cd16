/* readers.c - see readers.h. */
#include "readers.h"

#include "../base/text.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    oa_domain domain;
    const char *eval;
    const char *evalid;
    const char *acptfl;
} sources[] = {{OA_TU, "TUEVAL", "TUEVALID", "TUACPTFL"},
               {OA_TR, "TREVAL", "TREVALID", "TRACPTFL"},
               {OA_RS, "RSEVAL", "RSEVALID", "RSACPTFL"}};

static bool is_accepted(const oa_reader *reader, const oa_table *table, size_t row) {
    int column = reader->accepted ? reader->acptfl[oa_table_id(table)] : -1;
    return column < 0 || oa_text_is(table, row, column, "Y");
}

bool oa_is_read_by(const oa_reader *reader, const oa_table *table, size_t row, int eval, int evalid) {
    if (!reader->primary) {
        return oa_text_is(table, row, eval, reader->eval) && oa_streq(oa_text(table, row, evalid), reader->id);
    }
    bool eval_fits = oa_is_missing(table, row, eval) || oa_text_is(table, row, eval, reader->eval);
    return eval_fits && (*reader->id == '\0' || oa_text_is(table, row, evalid, reader->id)) &&
           is_accepted(reader, table, row);
}

const oa_reader *oa_primary_reader(const oa_context *context) {
    return &context->readers[0];
}

const char *oa_reader_name(oa_context *context, const oa_reader *reader) {
    return oa_printf(context->arena, "%s%s%s%s", reader->eval, *reader->id ? " " : "", reader->id,
                     reader->accepted ? " (ACCEPTED)" : "");
}

void oa_reader_account(oa_context *context, const oa_reader *reader, oa_table *table, size_t row, oa_use use,
                       const char *rule, const char *text) {
    if (reader->primary) {
        oa_account(context, table, row, use, rule, text);
    }
}

void oa_reader_say(oa_context *context, const oa_reader *reader, oa_severity severity, const oa_table *table,
                   size_t row, const char *rule, const char *text) {
    if (reader->primary) {
        oa_place where = oa_sdtm_place(table, row);
        oa_diag_add(context->diag, severity, OA_RECORD, &where, rule, "%s", text);
    }
}

/* ---- finding them ------------------------------------------------------------------------------------------------ */

static int compare_readers(const void *a, const void *b) {
    const oa_reader *x = a;
    const oa_reader *y = b;
    int order = strcmp(x->eval, y->eval);
    return order ? order : strcmp(x->id, y->id);
}

static size_t sort_unique(oa_reader *readers, size_t count) {
    size_t kept = 0;
    if (count > 0) {
        qsort(readers, count, sizeof *readers, compare_readers);
    }
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || compare_readers(&readers[kept - 1], &readers[i]) != 0) {
            readers[kept++] = readers[i];
        }
    }
    return kept;
}

/* A pair of codes of the two columns; -1, a missing text, becomes 0. */
static uint64_t pair_of(int32_t eval, int32_t evalid) {
    return (uint64_t)(uint32_t)(eval + 1) << 32 | (uint32_t)(evalid + 1);
}

static int compare_pairs(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* The distinct pairs of a table, as codes: far fewer than rows, as a rule. */
static size_t pairs_of(oa_context *context, const oa_table *table, int eval, int evalid, uint64_t **pairs) {
    size_t rows = oa_table_rows(table);
    uint64_t *found = OA_NEW_ARRAY(context->arena, uint64_t, rows);
    size_t count = 0;
    for (size_t row = 0; row < rows; row++) {
        uint64_t pair = pair_of(oa_code_at(table, row, eval), oa_code_at(table, row, evalid));
        if (count == 0 || found[count - 1] != pair) {
            found[count++] = pair;
        }
    }
    if (count > 0) {
        qsort(found, count, sizeof *found, compare_pairs);
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || found[kept - 1] != found[i]) {
            found[kept++] = found[i];
        }
    }
    *pairs = found;
    return kept;
}

static const char *code_text(const oa_table *table, int column, uint32_t code_plus_1) {
    return code_plus_1 ? oa_code_text(table, column, (int32_t)(code_plus_1 - 1)) : "";
}

/* A reader that is not the primary one and has a name. */
static bool is_other(const oa_reader *primary, const char *eval, const char *id) {
    bool same_id = *primary->id == '\0' ? !primary->accepted : oa_streq(primary->id, id);
    return *eval && !(oa_streq(primary->eval, eval) && same_id);
}

/* The identifiers under which records of the primary reader stand, where the protocol names none of them. */
typedef struct own_ids {
    const char *first;
    const char *other;
} own_ids;

static void note_id(const oa_reader *primary, const char *eval, const char *id, own_ids *ids) {
    if (*primary->id || !*id || !oa_streq(primary->eval, eval)) {
        return;
    }
    ids->first = ids->first ? ids->first : id;
    ids->other = oa_streq(ids->first, id) ? ids->other : id;
}

static void report_ids(const oa_context *context, const own_ids *ids) {
    oa_place where = {.file = context->protocol->file, .seq = -1};
    if (ids->other) {
        oa_diag_add(context->diag, OA_WARNING, OA_RECORD, &where, "TR-READERS",
                    "the records of %s are by several readers (%s, %s), which are taken together; name one of them in "
                    "response.evaluator_id",
                    context->protocol->response.evaluator, ids->first, ids->other);
    }
}

void oa_find_readers(oa_context *context) {
    const oa_p_response *response = &context->protocol->response;
    oa_reader primary = {
        .eval = response->evaluator, .id = response->evaluator_id, .primary = true, .accepted = response->accepted};
    oa_reader *others = NULL;
    own_ids ids = {0};
    size_t count = 0;
    for (size_t i = 0; i < OA_COUNT(sources); i++) {
        const oa_table *table = oa_domain_table(context, sources[i].domain);
        int eval = oa_table_column(table, sources[i].eval);
        int evalid = oa_table_column(table, sources[i].evalid);
        primary.acptfl[sources[i].domain] = oa_table_column(table, sources[i].acptfl);
        uint64_t *pairs;
        size_t n = pairs_of(context, table, eval, evalid, &pairs);
        others = oa_regrow(context->arena, others, count, count + n, sizeof *others);
        for (size_t k = 0; k < n; k++) {
            const char *eval_text = code_text(table, eval, (uint32_t)(pairs[k] >> 32));
            const char *id_text = code_text(table, evalid, (uint32_t)pairs[k]);
            note_id(&primary, eval_text, id_text, &ids);
            if (is_other(&primary, eval_text, id_text)) {
                others[count++] = (oa_reader){.eval = eval_text, .id = id_text};
            }
        }
    }
    report_ids(context, &ids);
    count = sort_unique(others, count);
    context->readers = OA_NEW_ARRAY(context->arena, oa_reader, count + 1);
    context->n_readers = count + 1;
    context->readers[0] = primary;
    for (size_t i = 0; i < count; i++) {
        context->readers[i + 1] = others[i];
        context->readers[i + 1].index = i + 1;
    }
}
