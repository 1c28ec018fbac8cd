/* Writes a sheet into its workbook. */
#ifndef REPORT_SHEET_H
#define REPORT_SHEET_H

#include "report/layout.h"

/* What every sheet of a workbook shares. */
struct sheet_context {
    struct xlsx *book;
    const struct layout *sheets;
    size_t sheet_count;
    const char *agency, *call_title, *as_of; /* for the paper's edges */
};

/* Writes layout `p` (one of c->sheets) on its sheet. ST_BAD_DATA for a mistake
 * in a formula; failures of the workbook itself show in xlsx_finish. */
enum status sheet_write(const struct sheet_context *c, const struct layout *p,
                        struct err *e);

#endif
