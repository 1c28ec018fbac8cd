/* A report: one SQL file that becomes one sheet of a workbook. Lines that
 * begin with "--@" say how to show what the queries give; SQL takes them for
 * comments. Texts are English and looked up in the catalogue (French texts
 * pass as they are). A file without such lines is shown as one table.
 *
 * Above the first block, of the sheet:
 *   --@ sheet TEXT               the tab's name
 *   --@ title TEXT               the line on top
 *   --@ subtitle TEXT            a smaller line below
 *   --@ portrait                 the paper stands upright
 *   --@ one page                 the sheet is printed on one page
 *   --@ grid COLUMNS WIDTH       columns of one width, for blocks with spans;
 *                                else widths come from the content
 *   --@ list NAME | TEXT | ...   a list of choices
 *
 * A block begins with its kind and name; its one query stands below:
 *   --@ table NAME      headings and rows
 *   --@ cards NAME      the query's one row as large figures side by side
 *   --@ figures NAME    the query's one row, a line for each column
 *   --@ text NAME       paragraphs: the first column shown, of each row
 *                       (titles, when it is bold)
 *   --@ each NAME       repeats the blocks below for each row, on a page of
 *                       its own: the first column is the page's key, and the
 *                       first of the queries below, whose rows come in the
 *                       same order of pages. It shows nothing itself, but
 *                       for its text `empty` where there is no page.
 *
 * In a block:
 *   --@ heading TEXT             a line above the block
 *   --@ note TEXT                a small line under the heading
 *   --@ column NAME | HEADING | FORMAT | OPTION | ...
 *       shows the query's column NAME; a block without such lines shows all.
 *       FORMAT  text, wrap, term (translated), integer, money (of cents),
 *               score (of hundredths), mark (of thousandths), mean (the same
 *               with two decimals), percent (of
 *               hundredths of a percent), date, time; empty: by the name's
 *               end (_cents, _cp, _milli, _bp, _on, _at). A text in a column
 *               of numbers is shown as a translated word.
 *       OPTION  width: N, span: N (columns joined), bold, centre, bar (a bar
 *               in the cell), total (a sum in the last row), edit (to be
 *               filled in), list: NAME, limit: FORMULA (0 to this is allowed,
 *               cells to be filled in), name: NAME (of the cell, for
 *               formulas), formula: FORMULA, template: COLUMN (of the query,
 *               that gives the formula), aside (not printed, nor are the
 *               columns behind it), by: and of: (see below)
 *   --@ column NAME | | FORMAT | by: COLUMN
 *       one column of the sheet for each value of COLUMN: the query gives a
 *       row for each cell, in the same order for every line of the table.
 *   --@ column NAME | HEADING | FORMAT | of: FUNCTION COLUMN
 *       where the query gives NULL, the mean, median, min, max or range of
 *       the numbers in the row's columns of COLUMN, as a formula
 *   --@ rule LOOK | COLUMN or * | FORMULA      where the formula is true the
 *       cells (or the whole row) look: alert, warn, good, muted, strong
 *   --@ group COLUMN | COLUMN, ...   a line where COLUMN changes; the others
 *       are shown pale where they repeat
 *   --@ total TEXT               the label of the row of sums
 *   --@ empty TEXT               what is shown when there is no row
 *   --@ labels N                 columns that the labels of `figures` join
 *   --@ freeze [COLUMN]          headings (and columns up to this one) stay
 *   --@ filter                   headings have filter buttons
 *   --@ beside N                 stands beside the block above, from column N
 *   --@ chart column|bar | TITLE | x: COLUMN | y: COLUMN, ... | at: N
 *             | span: N | rows: N
 *       of the table's columns, under the table; `at` counts columns from 1
 *
 * A formula is in A1 form with US names; the cell keeps the query's value.
 * In brackets:
 *   [column]          the cell of the same row (a range for `by` columns)
 *   [column..]        from the first row down to this one
 *   [column:]         all rows of the table
 *   [block.column]    the cell of a one-row block, on any sheet
 *   [block.column:]   all rows of a table, on any sheet */
#ifndef REPORT_SPEC_H
#define REPORT_SPEC_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum block_kind {
    BLOCK_TABLE,
    BLOCK_CARDS,
    BLOCK_FIGURES,
    BLOCK_TEXT,
    BLOCK_EACH
};

enum column_format {
    COLUMN_BY_NAME, /* told by the name's end */
    COLUMN_TEXT,
    COLUMN_WRAP,
    COLUMN_TERM,
    COLUMN_INTEGER,
    COLUMN_MONEY,
    COLUMN_SCORE,
    COLUMN_MARK,
    COLUMN_MEAN,
    COLUMN_PERCENT,
    COLUMN_DATE,
    COLUMN_TIME
};

/* A function of the numbers in a row. */
enum row_function {
    ROW_NONE,
    ROW_MEAN,
    ROW_MEDIAN,
    ROW_MIN,
    ROW_MAX,
    ROW_RANGE
};

enum look { LOOK_ALERT, LOOK_WARN, LOOK_GOOD, LOOK_MUTED, LOOK_STRONG };

/* Names that stand in one field. */
struct names {
    char **at;
    size_t count;
};

/* Texts are parts of the report's own; NULL where one is not said. */
struct column_spec {
    int line;
    const char *name, *heading;
    enum column_format format;
    const char *formula, *limit, *list, *cell_name, *by, *template;
    enum row_function function;
    const char *of;  /* what the function is of */
    int width, span; /* 0: not said */
    bool bold, centre, bar, total, edit, aside;
};

struct rule_spec {
    int line;
    enum look look;
    const char *column; /* "*": the whole row */
    const char *formula;
};

struct chart_spec {
    int line;
    int kind; /* 0: column, 1: bar */
    const char *title, *x;
    struct names y;
    int at, span, rows;
};

struct list_spec {
    int line;
    const char *name;
    struct names choices;
};

struct block_spec {
    enum block_kind kind;
    int line;
    const char *sql; /* from the line `line` on */
    const char *name, *heading, *note, *total, *empty;
    const char *group, *freeze_column;
    struct names pale;
    int group_line, freeze_line;
    int labels, beside; /* columns from 1; beside 0: below */
    bool freeze, filter;
    struct column_spec *columns;
    struct rule_spec *rules;
    struct chart_spec *charts;
    size_t column_count, rule_count, chart_count;
};

struct report_spec {
    const char *file; /* for messages */
    const char *sheet, *title, *subtitle;
    bool portrait, one_page;
    int grid_columns, grid_width; /* 0: widths come from the content */
    struct list_spec *lists;
    struct block_spec *blocks;
    size_t list_count, block_count;
    char *headings, *queries; /* the report's text, cut up */
};

/* Reads a report's text; `file`, which outlives `r`, is what messages call it.
 * The caller releases `r`, also after a failure. ST_BAD_DATA names file and
 * line of a mistake and what to write. */
enum status spec_parse(struct report_spec *r, const char *file,
                       const char *text, struct err *e);
void spec_release(struct report_spec *r);

/* The format that a column's name ends with. */
enum column_format spec_format_by_name(const char *name);

#endif
