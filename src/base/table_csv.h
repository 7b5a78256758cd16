/* table_csv.h - a table as CSV (RFC 4180, LF, UTF-8): names first, missing cells empty. */
#ifndef OA_TABLE_CSV_H
#define OA_TABLE_CSV_H

#include "buf.h"
#include "table.h"

void oa_put_csv(oa_buf *buf, const oa_table *table);

#endif
