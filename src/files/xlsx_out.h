/* Excel workbooks, written: the only file that knows libxlsxwriter.
 *
 * The library trusts its caller; nothing is passed to it here that was not
 * checked first. The first failure is kept, what follows does nothing, and
 * xlsx_finish reports it: callers need not look at each cell. Rows and
 * columns count from 0. The same calls give the same bytes. */
#ifndef FILES_XLSX_OUT_H
#define FILES_XLSX_OUT_H

#include "base/err.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct xlsx;
struct xlsx_sheet;
struct xlsx_format; /* a style that this workbook knows */

enum xlsx_number {
    XLSX_GENERAL,
    XLSX_INTEGER,
    XLSX_MONEY, /* euros */
    XLSX_SCORE, /* two decimals */
    XLSX_PERCENT,
    XLSX_DATE,
    XLSX_MINUTE, /* day and time */
    XLSX_TEXT
};
enum xlsx_align { XLSX_AUTO, XLSX_LEFT, XLSX_CENTRE, XLSX_RIGHT };

/* How a cell looks; zeroed: black on nothing, 11 points. */
struct xlsx_style {
    enum xlsx_number number;
    enum xlsx_align align;
    uint32_t ink, fill; /* 0xRRGGBB; 0: black ink, no fill */
    int size;           /* points; 0: 11 */
    bool bold, italic, wrap, box, top_line, bottom_line;
};

struct xlsx_area {
    int row, col, last_row, last_col;
};

/* Title and author for the file's properties; `created` (seconds since 1970,
 * above 0) is written instead of the clock, for equal bytes. */
struct xlsx_info {
    const char *title, *author;
    int64_t created;
};

/* Begins a workbook that will stand at `path`. Nothing is seen there before
 * xlsx_finish. ST_CANT_CREATE when the file exists (unless `force`), is not a
 * plain file, or its folder cannot be written. */
enum status xlsx_create(struct xlsx **out, const char *path, bool force,
                        const struct xlsx_info *info, struct err *e);

/* Writes the file, syncs it, puts it in its place and frees `x`; on failure
 * (the first one met since xlsx_create) nothing is left behind. */
enum status xlsx_finish(struct xlsx *x, struct err *e);

/* Gives up: frees and leaves nothing. NULL is fine. */
void xlsx_discard(struct xlsx *x);

/* What is written from here on comes from this line of a report: the messages
 * of xlsx_finish begin with it. `file` outlives the workbook. */
void xlsx_source(struct xlsx *x, const char *file, int line);

/* The format for a style; equal styles share one. Owned by the workbook. */
const struct xlsx_format *xlsx_format(struct xlsx *x,
                                      const struct xlsx_style *style);

/* Adds a sheet. The name is cut, cleaned and made unique (case and accents
 * set aside) as Excel wants it. Owned by the workbook. */
struct xlsx_sheet *xlsx_add_sheet(struct xlsx *x, const char *name);
/* Adds what it became as formulas write it ("'Ranking'!"). */
void xlsx_add_sheet_name(struct buf *b, const struct xlsx_sheet *s);

/* Cells. A text is always a text, whatever it begins with, and "" is empty;
 * what Excel cannot hold in it (invalid UTF-8, control characters) becomes
 * U+FFFD or a space, and it is cut at 32 767. Numbers must be finite. A formula
 * is in A1 form with US names and comes with its value. */
void xlsx_text(struct xlsx_sheet *s, int row, int col, const char *text,
               const struct xlsx_format *f);
void xlsx_number(struct xlsx_sheet *s, int row, int col, double value,
                 const struct xlsx_format *f);
void xlsx_formula_number(struct xlsx_sheet *s, int row, int col,
                         const char *formula, double value,
                         const struct xlsx_format *f);
void xlsx_formula_text(struct xlsx_sheet *s, int row, int col,
                       const char *formula, const char *value,
                       const struct xlsx_format *f);
/* Joins the cells of an area, all in format `f`; one cell stays. Write the
 * first cell after. */
void xlsx_merge(struct xlsx_sheet *s, struct xlsx_area a,
                const struct xlsx_format *f);

/* The sheet's shape: width in characters, height in points. */
void xlsx_width(struct xlsx_sheet *s, int col, double width);
void xlsx_height(struct xlsx_sheet *s, int row, double height);
void xlsx_freeze(struct xlsx_sheet *s, int row, int col);
void xlsx_filter(struct xlsx_sheet *s, struct xlsx_area a);
/* An interpreter of rules: cells of the area take the look of `f` where the
 * formula, written for the area's first cell, is true. */
void xlsx_rule(struct xlsx_sheet *s, struct xlsx_area a, const char *formula,
               const struct xlsx_format *f);
void xlsx_data_bar(struct xlsx_sheet *s, struct xlsx_area a);

/* Paper: A4, one page wide, what is printed and what heads each page. Texts
 * are literal ("&" is a character); the footer also gets the page number. */
struct xlsx_page {
    bool portrait, one_page;
    const char *head_left, *head_right, *foot_left;
    int head; /* the row repeated on each page; -1: none */
    int last_row, last_col;
};
void xlsx_page(struct xlsx_sheet *s, const struct xlsx_page *p);
/* Ends the printed page before each of the given rows (at most 1 023). */
void xlsx_page_breaks(struct xlsx_sheet *s, const int *rows, size_t n);

/* A list of choices for cells, kept on a hidden sheet under a defined name.
 * The list is named by `name` (ASCII letters, digits, "_"). */
void xlsx_add_list(struct xlsx *x, const char *name, const char *const *values,
                   size_t n);
void xlsx_choice(struct xlsx_sheet *s, struct xlsx_area a, const char *name);
/* Cells of the area hold a number from 0 to the value of the formula (written
 * for the first cell); else Excel shows `message` (at most 255 characters).
 */
void xlsx_limit(struct xlsx_sheet *s, struct xlsx_area a, const char *formula,
                const char *message);

/* Gives a cell a name for formulas. ST_BAD_DATA (kept) for a name that Excel
 * would read as a cell, or that is taken. */
void xlsx_define(struct xlsx_sheet *s, int row, int col, const char *name);

struct xlsx_range {
    const struct xlsx_sheet *sheet;
    struct xlsx_area area;
};
struct xlsx_series {
    const char *name;
    struct xlsx_range categories, values;
};
struct xlsx_chart {
    bool bar; /* the bars lie; else they stand */
    const char *title;
    const char *number; /* format of the value axis */
    double unit;        /* from one line of it to the next; 0: by itself */
    const struct xlsx_series *series;
    size_t count;
    int row, col;      /* its upper left corner */
    int width, height; /* pixels */
};
void xlsx_chart(struct xlsx_sheet *s, const struct xlsx_chart *c);

#endif
