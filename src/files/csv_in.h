/* Reading CSV files as people have them: any of the usual encodings (also
 * mixed), separators and line ends, row by row, in memory that does not grow
 * with the file. Nothing is guessed about the meaning of a row.
 *
 *     struct csv_in *in = NULL;
 *     struct csv_row row;
 *     st = csv_in_open(&in, path, NULL, e);
 *     while (st == ST_OK && csv_in_next(in, &row)) {
 *         if (row.fault != NULL) ... report row.line, row.fault
 *         else if (first) csv_in_set_columns(in, row.count)
 *         else ... row.cells[i], row.line
 *     }
 *     if (st == ST_OK)
 *         st = csv_in_status(in, e);   (could the file be read to its end?)
 *     csv_in_close(in);
 */
#ifndef FILES_CSV_IN_H
#define FILES_CSV_IN_H

#include "base/err.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stddef.h>

struct csv_in;

struct csv_in_options {
    const char *encoding; /* NULL: by line, UTF-8 or else Windows-1252 */
    char delimiter;       /* 0: found in the first row among ; TAB , */
};

/* A row; everything in it lives until the next call. Lines without anything
 * but white space are no rows. */
struct csv_row {
    size_t line;  /* physical line, from 1, where the row begins */
    size_t count; /* cells */
    /* UTF-8, never NULL, an embedded line end is "\n". White space around a
     * cell that is not quoted is gone; so is the ' that keeps a spreadsheet
     * from reading =, +, - or @ as a formula. */
    char **cells;
    /* Why the row cannot be used, translated; else NULL. Then `count` is 0,
     * except where only the number of cells is wrong. Reading goes on behind
     * the row (for a quote that is never closed: behind the line with it). */
    const char *fault;
    /* Where one cell is at fault: its heading's place, and what it holds with
     * U+FFFD for each byte that is none; else NULL. */
    size_t fault_cell;
    const char *fault_value;
    bool garbled; /* its accents were lost before: "Ã©" */
};

/* Opens `path` ("-": standard input); `how` may be NULL. ST_NO_INPUT when
 * there is no such file, ST_BAD_DATA when it is no text of bytes (UTF-16 is
 * named, a workbook too), ST_USAGE for an unknown encoding. */
enum status csv_in_open(struct csv_in **in, const char *path,
                        const struct csv_in_options *how, struct err *e);

/* Reads the next row; false at the end of the file or where it cannot be read
 * further, which csv_in_status tells apart. */
bool csv_in_next(struct csv_in *in, struct csv_row *row);

/* From now on a row with another number of cells has a fault. */
void csv_in_set_columns(struct csv_in *in, size_t columns);

/* But it may lack those behind the first `least`. */
void csv_in_allow_short(struct csv_in *in, size_t least);

/* ST_OK when nothing but the end of the file has ended the reading: else
 * ST_IO, or ST_BAD_DATA for a line that is no line. */
enum status csv_in_status(const struct csv_in *in, struct err *e);

/* Whether only blank lines and empty rows follow. The current row lives on. */
bool csv_in_at_end(struct csv_in *in);

char csv_in_delimiter(const struct csv_in *in);
/* How the file is called in messages: the path, or "standard input". */
const char *csv_in_name(const struct csv_in *in);

/* Adds the current row to `out` as it stands in the file, quotes and line ends
 * included, in UTF-8, without its last line end. */
void csv_in_raw(const struct csv_in *in, struct buf *out);

/* Lines that were not UTF-8 and were read as Windows-1252 (never counted when
 * the encoding was named); the first of them in `lines`, at most `max`. */
size_t csv_in_converted(const struct csv_in *in, size_t *lines, size_t max);

/* Whether other lines hold accents in UTF-8: no one program wrote all that. */
bool csv_in_mixed(const struct csv_in *in);

void csv_in_close(struct csv_in *in); /* NULL is fine */

#endif
