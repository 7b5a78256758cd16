/* audit_page.h - audited texts as one HTML page: each text with its claims marked, and a table of them. */
#ifndef OA_TLF_AUDIT_PAGE_H
#define OA_TLF_AUDIT_PAGE_H

#include "../base/buf.h"

#include <onearm/audit.h>

void oa_audit_page(oa_buf *out, const oa_audit *const *audits, size_t count);

#endif
