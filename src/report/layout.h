/* A sheet before it is written: its queries' rows, and where each block
 * stands. Formulas may look at other sheets, so all sheets are laid out before
 * the first is written. */
#ifndef REPORT_LAYOUT_H
#define REPORT_LAYOUT_H

#include "report/show.h"
#include "report/spec.h"
#include "store/reader.h"

/* One column of the sheet that a block shows. */
struct layout_column {
    const struct column_spec *spec;
    int source;   /* the query's column */
    int nth;      /* among the columns of a `by`; 0 */
    int from_row; /* the query's column that gives the formula; -1: none */
    int col, span;
    const char *heading; /* translated; owned elsewhere */
};

/* One block where it stands; an `each` block gives several of those below. */
struct placed {
    const struct block_spec *spec;
    struct grid data;
    struct column_spec *own; /* made for blocks that name no column */
    struct layout_column *columns;
    size_t column_count;
    int left, right; /* its columns; `right` is the first behind them */
    int room;        /* the first column that its lines of text leave alone */
    int stride;      /* rows of the query in one row of the sheet */
    int top;         /* the first row: heading, or what comes first */
    int head;        /* the row of the column headings; -1: none */
    int body, rows;  /* the first row of values, and how many are shown */
    int total;       /* the row of sums; -1: none */
    int chart_row;   /* where charts under the block begin */
    int end;         /* the first row behind all of it */
    bool new_page;
};

struct layout {
    struct report_spec spec;
    struct placed *placed;
    size_t count;
    struct grid *whole; /* what the pages below an `each` show parts of */
    size_t whole_count;
    int columns; /* of the sheet, that blocks use */
    int paper;   /* the first column that is not printed */
    double *widths;
    int last_row;
    struct xlsx_sheet *sheet; /* once there is one */
};

/* Runs the queries of layout->spec and finds every block its place. The caller
 * releases, also after a failure. */
enum status layout_make(struct layout *p, struct db *db, int64_t call,
                        struct err *e);
void layout_release(struct layout *p);

/* The value of a cell: row counted from the block's first. */
const struct value *layout_value(const struct placed *b,
                                 const struct layout_column *c, int row);

/* The column of that name (the first, of several of a `by`); NULL: none. */
const struct layout_column *layout_column_named(const struct placed *b,
                                                const char *name);
/* The last of the columns that come from the same query column. */
const struct layout_column *
layout_column_last(const struct placed *b, const struct layout_column *first);

/* Characters in `span` columns from `col` on, and their pixels on a screen. */
double layout_width(const struct layout *p, int col, int span);
int layout_pixels(const struct layout *p, int col, int span);

#endif
