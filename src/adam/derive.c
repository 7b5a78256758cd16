/* derive.c - the pipeline from SDTM to ADaM, and what its steps share. */
#include "derive.h"

#include "../base/number.h"
#include "../base/text.h"
#include "readers.h"

#include <string.h>

const char *oa_use_text(oa_use use) {
    static const char *const texts[] = {
#define USE_TEXT(name, text) text,
        OA_USES(USE_TEXT)
#undef USE_TEXT
    };
    return texts[use];
}

static const char *const dataset_names[] = {
#define DATASET_NAME(name, label) #name,
    OA_DATASETS(DATASET_NAME)
#undef DATASET_NAME
};

static const char *const dataset_labels[] = {
#define DATASET_LABEL(name, label) label,
    OA_DATASETS(DATASET_LABEL)
#undef DATASET_LABEL
};

oa_table *oa_dataset_new(oa_context *context, oa_dataset dataset, const oa_column_def *columns, size_t count) {
    oa_table *table = oa_table_of(context->arena, dataset_names[dataset], dataset_labels[dataset], columns, count);
    oa_table_set_id(table, OA_FIRST_DATASET_ID + (int)dataset);
    context->adam->dataset[dataset] = table;
    return table;
}

size_t oa_subject_row(const oa_context *context, oa_table *dataset, size_t subject) {
    const oa_table *adsl = context->adam->dataset[OA_ADSL];
    size_t row = oa_table_add_row(dataset);
    for (int c = 0; c < 2; c++) {
        oa_set_text(dataset, row, c, oa_text(adsl, subject, c));
    }
    return row;
}

const oa_table *oa_domain_table(const oa_context *context, oa_domain domain) {
    return context->sdtm->domain[domain];
}

const oa_table *oa_cited_table(const oa_sdtm *sdtm, const oa_adam *adam, int table_id) {
    if (table_id >= 0 && table_id < OA_N_DOMAINS) {
        return sdtm->domain[table_id];
    }
    int dataset = table_id - OA_FIRST_DATASET_ID;
    return dataset >= 0 && dataset < OA_N_DATASETS ? adam->dataset[dataset] : NULL;
}

void oa_find_columns(const oa_table *table, const char *const *names, size_t count, int *columns) {
    for (size_t i = 0; i < count; i++) {
        columns[i] = oa_table_column(table, names[i]);
    }
}

bool oa_day_by_policy(oa_date date, oa_impute policy, int32_t *day) {
    if (date.known < OA_KNOWN_MONTH) {
        return false;
    }
    *day = policy == OA_IMPUTE_LAST ? oa_last_day(date) : date.day;
    return true;
}

void oa_account(oa_context *context, oa_table *table, size_t row, oa_use use, const char *rule, const char *text) {
    oa_row_mark(table, row, (uint8_t)use);
    if (text) {
        oa_place where = oa_sdtm_place(table, row);
        oa_diag_add(context->diag, OA_WARNING, OA_RECORD, &where, rule, "%s", text);
    }
}

const char *oa_day_text(oa_context *context, int32_t day) {
    char out[OA_DATE_SIZE];
    return oa_strdup(context->arena, oa_format_date(oa_date_of_day(day), out));
}

const char *oa_mm_text(oa_context *context, int64_t length) {
    char out[OA_NUMBER_SIZE];
    return oa_strdup(context->arena, oa_format_number((double)length / 10000.0, out));
}

void oa_set_source(oa_table *dataset, size_t row, int src_domain, int src_variable, int src_seq, const oa_table *source,
                   size_t source_row, const char *variable) {
    oa_place place = oa_sdtm_place(source, source_row);
    oa_set_text(dataset, row, src_domain, oa_table_name(source));
    oa_set_text(dataset, row, src_variable, variable);
    if (place.seq >= 0) {
        oa_set_number(dataset, row, src_seq, (double)place.seq);
    }
    oa_cite(dataset, source, source_row);
}

/* The protocol's drugs; where it names none, every EXTRT of the data is a study drug. */
static void choose_drugs(oa_context *context) {
    const oa_p_treatment *treatment = &context->protocol->treatment;
    context->drugs = treatment->drugs;
    context->n_drugs = treatment->n_drugs;
    const oa_table *ex = oa_domain_table(context, OA_EX);
    int trt = oa_table_column(ex, "EXTRT");
    int unit = oa_table_column(ex, "EXDOSU");
    if (treatment->n_drugs > 0 || oa_code_count(ex, trt) == 0) {
        return;
    }
    size_t count = oa_code_count(ex, trt);
    oa_p_drug *drugs = OA_NEW_ARRAY(context->arena, oa_p_drug, count);
    for (size_t i = 0; i < count; i++) {
        const char *name = oa_code_text(ex, trt, (int32_t)i);
        drugs[i] = (oa_p_drug){.id = name,
                               .label = name,
                               .trt = name,
                               .relation = "AEREL",
                               .action = "AEACN",
                               .isotope = "",
                               .unit = oa_code_count(ex, unit) ? oa_code_text(ex, unit, 0) : ""};
    }
    context->drugs = drugs;
    context->n_drugs = count;
}

/* A drug of the protocol of which EX has no record is more often a slip in trt than a drug that nobody got. */
static void report_unused_drugs(const oa_context *context) {
    const oa_table *ex = oa_domain_table(context, OA_EX);
    int trt = oa_table_column(ex, "EXTRT");
    for (size_t i = 0; i < context->n_drugs; i++) {
        oa_buf names;
        bool found = false;
        oa_buf_init(&names, context->arena);
        for (int32_t code = 0; code < (int32_t)oa_code_count(ex, trt); code++) {
            found = found || oa_streq(oa_code_text(ex, trt, code), context->drugs[i].trt);
            oa_putf(&names, "%s%s", names.length ? ", " : "", oa_code_text(ex, trt, code));
        }
        if (!found && names.length) {
            oa_place where = oa_protocol_place(context->protocol, context->drugs[i].mark);
            oa_diag_add(context->diag, OA_WARNING, OA_RECORD, &where, "EX-TRT",
                        "no record of EX has EXTRT %s, the trt of %s; there are %s", context->drugs[i].trt,
                        context->drugs[i].label, names.bytes);
        }
    }
}

static bool derive_all(oa_context *context) {
    static void (*const steps[])(oa_context *) = {oa_derive_adsl, oa_derive_adex,  oa_derive_adtr,
                                                  oa_derive_adrs, oa_derive_adtte, oa_derive_adlb,
                                                  oa_derive_adae, oa_derive_adrsr, oa_derive_discrepancies};
    for (size_t i = 0; i < OA_COUNT(steps); i++) {
        steps[i](context);
        oa_table_seal(context->adam->dataset[i]);
    }
    return oa_derive_sets(context);
}

bool oa_adam_derive(oa_arena *arena, const oa_protocol *protocol, const oa_sdtm *sdtm, oa_date cutoff, oa_adam *adam,
                    oa_diag *diag) {
    oa_date last = cutoff.known != OA_KNOWN_NOTHING ? cutoff : protocol->study.cutoff;
    const oa_table *dm = sdtm->domain[OA_DM];
    oa_context context = {.arena = arena,
                          .protocol = protocol,
                          .sdtm = sdtm,
                          .adam = adam,
                          .diag = diag,
                          .cutoff = last.known == OA_KNOWN_NOTHING ? INT32_MAX : oa_last_day(last),
                          .n_subjects = oa_table_rows(dm)};
    for (int d = 0; d < OA_N_DOMAINS; d++) {
        context.spans[d] = oa_table_spans(arena, dm, sdtm->domain[d]);
    }
    choose_drugs(&context);
    oa_find_readers(&context);
    report_unused_drugs(&context);
    adam->drugs = context.drugs;
    adam->n_drugs = context.n_drugs;
    return derive_all(&context);
}
