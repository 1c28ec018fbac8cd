/* Formulas: what stands in brackets becomes cells. */
#ifndef REPORT_FORMULA_H
#define REPORT_FORMULA_H

#include "base/mem.h"
#include "report/layout.h"

/* Where a formula stands. */
struct formula_place {
    const struct layout *sheets; /* all sheets of the workbook */
    size_t sheet_count;
    const struct layout *layout;
    const struct placed *block;
    int row;        /* of the block, counted from its first */
    int line;       /* of the report, for messages */
    bool fixed_col; /* for rules over a whole row: "$H9" */
};

/* Writes the formula of a report ("[a]-[b]") in A1 form behind what is in
 * `out`. ST_BAD_DATA names file, line and what could be meant. */
enum status formula_build(const struct formula_place *at, const char *text,
                          struct buf *out, struct err *e);

/* The value of the column's function in the row (`at->row`), and its formula
 * behind what is in `out` ("AVERAGE(E9:K9)"). False when there is no number. */
bool formula_of_row(const struct formula_place *at,
                    const struct layout_column *c, struct buf *out,
                    double *value);

/* The cells of "[column:]" or "[block.column:]", for charts. `*on` is the
 * sheet's layout. */
enum status formula_column(const struct formula_place *at, const char *name,
                           const struct layout **on, struct xlsx_area *area,
                           struct err *e);

#endif
