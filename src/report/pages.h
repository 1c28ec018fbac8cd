/* Where the printed pages of a sheet end. */
#ifndef REPORT_PAGES_H
#define REPORT_PAGES_H

#include "report/layout.h"

#define PAGES_LINE 15.0 /* points of a row that says nothing: Excel's own */

struct pages {
    int head;    /* the row of headings that every further page repeats; -1 */
    int *breaks; /* the rows that begin a page */
    size_t count;
};

/* Cuts the sheet so that what belongs together stays on one page: a heading
 * and what it heads, the rows of a group, a table that fits on a page, a total
 * and what it sums. `heights`: of rows 0 .. last_row in points, 0: not set.
 * The caller releases. */
struct pages pages_of(const struct layout *p, const double *heights);
void pages_release(struct pages *p);

#endif
