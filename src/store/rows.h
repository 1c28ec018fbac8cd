/* A list as the commands print it: the result of a query, in memory. The kind
 * of a column is told by the end of its name:
 *   _cents  money        _milli  marks in thousandths
 *   _bp     hundredths of a percent      threshold  hundredths of a point
 *   score, mean, median, min, max, range, sd, adjusted, severity: hundredths
 *   of a point out of 100; tau, coefficient: hundredths
 *   _on, _at, opens, closes  days and times     anything else: as it is
 * A name that begins with ROWS_AMOUNT is a heading that somebody chose, over
 * amounts in cents. */
#ifndef STORE_ROWS_H
#define STORE_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ROWS_AMOUNT '@'

enum cell_kind { CELL_NULL, CELL_INT, CELL_TEXT };

struct cell {
    enum cell_kind kind;
    int64_t i;
    char *s;
};

struct rows {
    size_t columns, count, room;
    char **names;       /* machine names, as in JSON */
    struct cell *cells; /* count * columns, row by row */
};

void rows_release(struct rows *r);
/* An empty list of these columns, for lists that no query makes; the names
 * are copied. */
void rows_start(struct rows *r, size_t columns, const char *const *names);
/* Adds a row and returns its cells, all CELL_NULL, good until the next row is
 * added: fill them with cell_text. */
struct cell *rows_add(struct rows *r);
/* Makes the cell a copy of `s`, or CELL_NULL; or a number. */
void cell_text(struct cell *c, const char *s);
void cell_int(struct cell *c, int64_t v);
/* Takes a column out of the list. */
void rows_drop(struct rows *r, const char *name);
/* Moves the rows of `from` behind those of `to`, which is empty or has the
 * same columns; `from` is empty afterwards. */
void rows_join(struct rows *to, struct rows *from);
const struct cell *rows_at(const struct rows *r, size_t row, size_t column);
/* The column's index by machine name; BUG when there is none. */
size_t rows_column(const struct rows *r, const char *name);
/* The cell of a row by its column's machine name. */
const struct cell *rows_get(const struct rows *r, size_t row, const char *name);

#endif
