/* SCDL files: rows held against the schema of open data. */
#ifndef IMPORT_SCDL_ROWS_H
#define IMPORT_SCDL_ROWS_H

#include "import/scdl.h"
#include "import/table.h"

/* Which column of the table is which of the schema; -1: none. */
struct scdl_table {
    int column[SCDL_COLUMNS];
    /* The file is in SCDL's own dialect (its headings, commas): what breaks
     * the schema is then an error. A file for French Excel under the same
     * headings is read as any other list. */
    bool official;
};

/* Recognises the schema's headings. In the official dialect, notes headings
 * that are spelled otherwise and required ones that are missing. */
void scdl_open(struct scdl_table *s, struct table *t);

/* Checks the row at hand; identifiers and impossible periods are warnings. */
void scdl_check_row(const struct scdl_table *s, struct table *t);

#endif
