/* What Excel accepts: texts, names and formulas, checked and cleaned before
 * they reach a workbook. */
#ifndef FILES_XLSX_CHECK_H
#define FILES_XLSX_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#define XLSX_MAX_TEXT 32767 /* UTF-16 units in one cell */
#define XLSX_MAX_SHEET_NAME 31
#define XLSX_MAX_ROWS 1048576
#define XLSX_MAX_COLUMNS 16384
#define XLSX_MAX_FORMULA 8192

/* A copy that XML and Excel can hold, at most `max` UTF-16 units: bytes that
 * are not UTF-8 and characters that XML forbids become U+FFFD, control
 * characters a space, a carriage return a line feed; "_x000D_" is written so
 * that Excel shows these very characters. The caller frees. */
char *xlsx_clean_text(const char *s, size_t max);

/* Whether `s` needs no cleaning: the common case, told without a copy. */
bool xlsx_text_is_clean(const char *s);

/* A name Excel takes for a sheet: 1 to 31 characters, none of []:*?/\, no
 * apostrophe at the ends, not "History". The caller frees. */
char *xlsx_clean_sheet_name(const char *s);

/* Whether `s` can name a cell or a list: ASCII letters, digits and "_", at
 * most 60, beginning with a letter, and not to be read as a cell (A1, R1C1).
 */
bool xlsx_is_name(const char *s);

/* "H9", or "$H$9" when `fixed_row` and `fixed_col`. Rows and columns count
 * from 0; `out` has at least XLSX_CELL_LEN bytes. */
#define XLSX_CELL_LEN 16
char *xlsx_cell_name(int row, int col, bool fixed_row, bool fixed_col,
                     char out[XLSX_CELL_LEN]);

#endif
