/*
 * fuzz_study.c - any records through the whole pipeline.  The bytes are CSV files one after the other, each behind a NUL
 * and a byte that chooses its domain; the protocol is fixed.  Whatever was read without an error must derive and come to
 * results: every percentage between 0 and 1, every count at most its denominator.
 */
#include "../src/ard/ard.h"
#include "../src/conduct/check.h"
#include "../src/sdtm/csv.h"
#include "harness.h"

#include <string.h>

static const char protocol_text[] = "onearm: 1\n"
                                    "study: {id: FUZZ, cutoff: 2025-01-31}\n"
                                    "treatment:\n"
                                    "  drugs:\n"
                                    "    a: {trt: A, unit: mg, levels: [12, 10], schedule: {on: 14, off: 7}}\n"
                                    "    i: {trt: I, unit: GBq, per_cycle: 1, isotope: I-131}\n"
                                    "  cycle: {days: 84}\n"
                                    "eligibility: [{id: INC01, kind: inclusion, text: adult, rule: \"AGE >= 18\"}]\n"
                                    "visits: [{id: W12, day: 84, forms: [TR]}, {id: W24, day: 168, forms: [TR]}]\n"
                                    "markers: {tg: {testcd: TG}}\n"
                                    "sets: [{id: EFF, rule: \"COMBCYC >= 1\"}]\n"
                                    "published: [{what: ORR, value: 55.0, lower: 31.5, upper: 76.9}]\n";

/* Reads the files; false where one is refused. */
static bool read_domains(const input *in, oa_sdtm *sdtm) {
    const char *bytes = oa_strndup(in->arena, (const char *)in->data, in->size);
    for (size_t at = 0; at + 2 < in->size;) {
        oa_domain domain = (oa_domain)(in->data[at + 1] % OA_N_DOMAINS);
        const char *file = bytes + at + 2;
        size_t length = strlen(file);
        if (!sdtm->domain[domain] && length) {
            sdtm->domain[domain] =
                oa_csv_read(in->arena, oa_domain_model_of(domain), "fuzz.csv", file, length, in->diag);
        }
        at += 2 + length;
    }
    return oa_diag_errors(in->diag) == 0 && sdtm->domain[OA_DM];
}

static void prepare(const input *in, oa_sdtm *sdtm) {
    for (int d = 0; d < OA_N_DOMAINS; d++) {
        const oa_domain_model *model = oa_domain_model_of((oa_domain)d);
        if (!sdtm->domain[d]) {
            sdtm->domain[d] = oa_table_new(in->arena, model->name, model->label);
        }
        int by[] = {oa_table_column(sdtm->domain[d], "USUBJID"),
                    model->seq ? oa_table_column(sdtm->domain[d], model->seq) : -1};
        oa_table_sort(sdtm->domain[d], by, 2);
        oa_table_set_id(sdtm->domain[d], d);
    }
    oa_sdtm_check(in->arena, sdtm, in->diag);
}

static void fuzz(const input *in) {
    oa_sdtm sdtm = {0};
    oa_adam adam = {0};
    oa_ard ard;
    const oa_protocol *protocol = oa_protocol_parse(in->arena, "p", protocol_text, sizeof protocol_text - 1, in->diag);
    must(protocol != NULL);
    if (!read_domains(in, &sdtm)) {
        return;
    }
    prepare(in, &sdtm);
    if (oa_diag_errors(in->diag) > 0) {
        return;
    }
    must(oa_adam_derive(in->arena, protocol, &sdtm, (oa_date){0}, &adam, in->diag));
    must(oa_ard_analyse(in->arena, protocol, &sdtm, &adam, &ard, in->diag));
    must(oa_conduct_check(in->arena, protocol, &sdtm, &adam, in->diag));
    for (size_t i = 0; i < ard.count; i++) {
        const oa_result *r = &ard.results[i];
        must(r->of < 0 || (r->n >= 0 && r->n <= r->of));
        must(strcmp(r->unit, "proportion") != 0 || !(r->estimate < 0) || !(r->estimate > 1));
    }
}

FUZZ_TARGET(3, 65536)
