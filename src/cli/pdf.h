/* pdf.h - the text of a PDF, by pdftotext (poppler-utils) where it is installed. */
#ifndef OA_CLI_PDF_H
#define OA_CLI_PDF_H

#include "../base/arena.h"

#include <onearm/diag.h>

/* NULL with a message where pdftotext is not there, fails or writes more than `max` bytes. */
char *oa_pdf_text(oa_arena *arena, const char *path, size_t max, size_t *length, oa_diag *diag);

#endif
