/* Values as cells show them. */
#ifndef REPORT_SHOW_H
#define REPORT_SHOW_H

#include "files/xlsx_out.h"
#include "report/spec.h"
#include "store/reader.h"

enum shown_kind {
    SHOWN_BLANK,
    SHOWN_NUMBER, /* also days and times, as Excel counts them */
    SHOWN_TEXT,
    SHOWN_WORD /* a text in a column of numbers: "recused" */
};

/* What a cell of this format shows of a value: cents become euros, days
 * Excel's serials; terms and words are translated. The text belongs to the
 * value or to the catalogue. */
struct shown {
    enum shown_kind kind;
    double number;
    const char *text;
};
struct shown show_value(enum column_format format, const struct value *v);

/* The number format of the cells of such a column. */
enum xlsx_number show_number(enum column_format format);

/* Characters that the value takes in a cell. */
int show_width(enum column_format format, const struct shown *s);

/* Characters of the longest word: narrower cells cut it. */
int show_longest_word(const char *text);

/* Lines that a text takes in a cell of so many characters, cut at spaces. */
int show_lines(const char *text, double width);

/* The text in the workbook's language; "" for NULL and "". */
const char *show_term(const char *text);

#endif
