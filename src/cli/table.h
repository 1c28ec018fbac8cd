/* Lists as aligned tables, as wide as the screen. */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include "cli/command.h"

/* Prints the list; "(none)" when it is empty. Where it is wider than the
 * screen, empty columns are left out, headings broken and texts cut; amounts,
 * days, numbers and identifiers never are. What is too wide even so loses the
 * columns that are missed least, which are named below it. */
void table_print(const struct ctx *ctx, const struct rows *rows);

/* Prints `s` in `width` columns, cut with an ellipsis when it is longer; the
 * last cell of a line has no spaces behind it. */
void table_cell(const char *s, int width, bool right, bool last);

/* The columns that a line may take: what COLUMNS or the terminal says; `file`
 * where the output goes elsewhere. */
int table_screen(int file);

/* Prints `text` from the column `at`, where the cursor is, wrapped between
 * words, further lines indented to `at`. */
void table_wrapped(const char *text, int at);

#endif
