/* Total rows: "TOTAL 2013", "S/TOTAL", a last line with nothing but the sum.
 * They are compared with the rows above, and are never projects. */
#ifndef IMPORT_TOTALS_H
#define IMPORT_TOTALS_H

#include "import/table.h"

/* What the rows read so far add up to, in cents. */
struct totals {
    int64_t rows, sum;
    int64_t since; /* the last total row: what a subtotal stands for */
};

/* Counts the amount of a row that is no total. */
void totals_add(struct totals *s, int64_t cents);

/* Whether the row at hand is a total row: it is then compared, counted as
 * skipped, and told. A row that only may be one stays, with a warning: a
 * project of its own must not be lost. */
bool totals_take(struct totals *s, struct table *t);

/* Whether the text is made of words of totals alone: "Total des projets". */
bool is_total_label(const char *text);

#endif
