/* CSV as French Excel opens it: UTF-8 with BOM, `;`, CRLF. */
#ifndef FILES_CSV_OUT_H
#define FILES_CSV_OUT_H

#include "base/mem.h"

#include <stdbool.h>

#define CSV_BOM "\xEF\xBB\xBF"

/* Adds one cell, quoted where it must be; `first` says that no separator
 * stands before it. A text cell that a spreadsheet would run as a formula
 * (it starts with = + - @ TAB CR) gets a ' before it; a number never does. */
void csv_out_cell(struct buf *line, const char *value, bool text, bool first);

/* Ends the row. */
void csv_out_end(struct buf *line);

#endif
