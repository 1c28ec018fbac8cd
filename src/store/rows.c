/* Lists in memory. */
#include "store/rows.h"
#include "base/err.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

void rows_start(struct rows *r, size_t columns, const char *const *names)
{
    *r = (struct rows){.columns = columns};
    r->names = xcalloc(columns, sizeof *r->names);
    for (size_t c = 0; c < columns; c++)
        r->names[c] = xstrdup(names[c]);
}

struct cell *rows_add(struct rows *r)
{
    size_t have = r->count * r->columns;
    if (r->count == r->room) {
        r->room = r->room * 2 + 16;
        r->cells = xrealloc(r->cells, r->room * r->columns, sizeof *r->cells);
    }
    for (size_t c = 0; c < r->columns; c++)
        r->cells[have + c] = (struct cell){.kind = CELL_NULL};
    r->count++;
    return r->cells + have;
}

void cell_text(struct cell *c, const char *s)
{
    char *copy = xstrdup(s); /* `s` may be the cell's own text */
    free(c->s);
    *c = (struct cell){.kind = s != NULL ? CELL_TEXT : CELL_NULL, .s = copy};
}

void cell_int(struct cell *c, int64_t v)
{
    free(c->s);
    *c = (struct cell){
        .kind = CELL_INT, .i = v, .s = xasprintf("%lld", (long long)v)};
}

void rows_drop(struct rows *r, const char *name)
{
    size_t gone = rows_column(r, name), kept = 0;
    for (size_t i = 0; i < r->count * r->columns; i++) {
        if (i % r->columns == gone)
            free(r->cells[i].s);
        else
            r->cells[kept++] = r->cells[i];
    }
    free(r->names[gone]);
    for (size_t c = gone + 1; c < r->columns; c++)
        r->names[c - 1] = r->names[c];
    r->columns--;
    r->room = r->count; /* in rows of the new width, at least */
}

void rows_release(struct rows *r)
{
    for (size_t i = 0; i < r->count * r->columns; i++)
        free(r->cells[i].s);
    for (size_t c = 0; c < r->columns && r->names != NULL; c++)
        free(r->names[c]);
    free(r->cells);
    free(r->names);
    *r = (struct rows){0};
}

void rows_join(struct rows *to, struct rows *from)
{
    if (to->names == NULL) {
        rows_release(to);
        *to = *from;
        *from = (struct rows){0};
        return;
    }
    if (to->columns != from->columns)
        BUG("joining lists of different columns");
    size_t have = to->count * to->columns, more = from->count * from->columns;
    to->room = to->count + from->count;
    to->cells = xrealloc(to->cells, have + more, sizeof *to->cells);
    for (size_t i = 0; i < more; i++)
        to->cells[have + i] = from->cells[i];
    to->count = to->room;
    from->count = 0;
    rows_release(from);
}

const struct cell *rows_at(const struct rows *r, size_t row, size_t column)
{
    if (row >= r->count || column >= r->columns)
        BUG("no such cell");
    return &r->cells[row * r->columns + column];
}

size_t rows_column(const struct rows *r, const char *name)
{
    for (size_t c = 0; c < r->columns; c++)
        if (strcmp(r->names[c], name) == 0)
            return c;
    BUG("no such column");
}

const struct cell *rows_get(const struct rows *r, size_t row, const char *name)
{
    return rows_at(r, row, rows_column(r, name));
}
