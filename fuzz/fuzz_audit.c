/*
 * fuzz_audit.c - any bytes as the text of a paper.  It is refused with an error, or each claim stands in the text and has a
 * verdict with its reason.
 */
#include "../src/base/text.h"
#include "harness.h"

#include <onearm/audit.h>

#include <string.h>

static void check_claim(const oa_claim *c, size_t shown) {
    must(c->begin < c->end && c->end <= shown && c->line >= 1 && c->column >= 1);
    must(oa_streq(c->verdict, "consistent") || oa_streq(c->verdict, "inconsistent") ||
         oa_streq(c->verdict, "unverifiable"));
    must(*c->text && *c->kind && *c->why && c->reported && c->computed && c->about);
    must(oa_utf8_check(c->text, strlen(c->text)) == strlen(c->text));
}

static void fuzz(const input *in) {
    oa_auditor *auditor = oa_auditor_new(in->diag);
    must(auditor);
    oa_audit *audit = oa_audit_text(auditor, "fuzz.txt", (const char *)in->data, in->size, in->diag);
    must(audit || oa_diag_errors(in->diag));
    for (size_t i = 0; audit && i < oa_audit_count(audit); i++) {
        size_t shown;
        oa_audit_shown(audit, &shown);
        check_claim(oa_audit_at(audit, i), shown);
    }
    oa_audit_free(audit);
    oa_auditor_free(auditor);
}

FUZZ_TARGET(1, SIZE_MAX)
