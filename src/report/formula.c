/* Formulas: what stands in brackets becomes cells. */
#include "report/formula.h"
#include "base/i18n.h"
#include "files/xlsx_check.h"

#include <stdlib.h>
#include <string.h>

/* What a reference means: a column of a block on a sheet. */
struct target {
    const struct layout *layout;
    const struct placed *block;
    const struct layout_column *column;
    bool named_block; /* "[block.column]" */
};

static enum status unknown(const struct formula_place *at, const char *name,
                           struct err *e)
{
    return err_set(e, ST_BAD_DATA,
                   _("%s:%d: [%s] is no column of this block: write "
                     "[column], [column..], [column:], [block.column] or "
                     "[block.column:]"),
                   at->layout->spec.file, at->line, name);
}

/* The block of that name: on this sheet the nearest above or here, else the
 * first of the workbook. */
static bool find_block(const struct formula_place *at, const char *name,
                       struct target *t)
{
    bool found = false;
    for (size_t i = 0; i < at->layout->count; i++) {
        const struct placed *b = &at->layout->placed[i];
        if (strcmp(b->spec->name, name) != 0)
            continue;
        if (found && b > at->block)
            break;
        t->layout = at->layout;
        t->block = b;
        found = true;
    }
    for (size_t p = 0; p < at->sheet_count && !found; p++)
        for (size_t i = 0; i < at->sheets[p].count && !found; i++)
            if (strcmp(at->sheets[p].placed[i].spec->name, name) == 0) {
                t->layout = &at->sheets[p];
                t->block = &at->sheets[p].placed[i];
                found = true;
            }
    return found;
}

/* Finds what "column" or "block.column" means. */
static bool find_target(const struct formula_place *at, const char *name,
                        struct target *t)
{
    const char *dot = strchr(name, '.');
    *t = (struct target){.layout = at->layout, .block = at->block};
    if (dot != NULL) {
        char *block = xstrndup(name, (size_t)(dot - name));
        bool found = find_block(at, block, t);
        free(block);
        if (!found)
            return false;
        t->named_block = true;
        name = dot + 1;
    }
    t->column = layout_column_named(t->block, name);
    return t->column != NULL;
}

/* Row of a one-row block's value: figures stand one below the other. */
static int value_row(const struct target *t)
{
    return t->block->spec->kind == BLOCK_FIGURES
               ? t->block->body + (int)(t->column - t->block->columns)
               : t->block->body;
}

static void add_area(const struct formula_place *at, const struct target *t,
                     struct xlsx_area a, bool fixed, struct buf *out)
{
    char cell[XLSX_CELL_LEN];
    if (t->layout != at->layout)
        xlsx_add_sheet_name(out, t->layout->sheet);
    buf_adds(out,
             xlsx_cell_name(a.row, a.col, fixed, fixed || at->fixed_col, cell));
    if (a.row == a.last_row && a.col == a.last_col)
        return;
    buf_adds(out, ":");
    buf_adds(out, xlsx_cell_name(a.last_row, a.last_col, fixed,
                                 fixed || at->fixed_col, cell));
}

static struct xlsx_area all_rows(const struct target *t)
{
    const struct layout_column *last = layout_column_last(t->block, t->column);
    return (struct xlsx_area){t->block->body, t->column->col,
                              t->block->body + t->block->rows - 1, last->col};
}

/* "[column..]": from the first row, which stays, down to this one. */
static void add_running(const struct formula_place *at, const struct target *t,
                        struct buf *out)
{
    char cell[XLSX_CELL_LEN];
    buf_addf(out, "%s:",
             xlsx_cell_name(t->block->body, t->column->col, true, at->fixed_col,
                            cell));
    buf_adds(out, xlsx_cell_name(t->block->body + at->row, t->column->col,
                                 false, at->fixed_col, cell));
}

/* The one cell meant: by its name where it has one. */
static void add_cell(const struct formula_place *at, const struct target *t,
                     struct buf *out)
{
    if (t->named_block && t->column->spec->cell_name != NULL) {
        buf_adds(out, t->column->spec->cell_name);
        return;
    }
    bool one = t->block->spec->kind == BLOCK_CARDS ||
               t->block->spec->kind == BLOCK_FIGURES;
    int row = one ? value_row(t) : t->block->body + at->row;
    const struct layout_column *last = layout_column_last(t->block, t->column);
    struct xlsx_area a = {row, t->column->col, row, last->col};
    add_area(at, t, a, one, out);
}

/* Writes one reference, given without its brackets. */
static enum status add_reference(const struct formula_place *at, char *name,
                                 struct buf *out, struct err *e)
{
    size_t len = strlen(name);
    bool whole = len > 1 && name[len - 1] == ':';
    bool running = len > 2 && strcmp(name + len - 2, "..") == 0;
    char *bare = xstrndup(name, len - (whole ? 1 : running ? 2 : 0));
    struct target t;
    enum status st = ST_OK;
    if (!find_target(at, bare, &t))
        st = unknown(at, name, e);
    else if (whole)
        add_area(at, &t, all_rows(&t), true, out);
    else if (running)
        add_running(at, &t, out);
    else
        add_cell(at, &t, out);
    free(bare);
    return st;
}

enum status formula_build(const struct formula_place *at, const char *text,
                          struct buf *out, struct err *e)
{
    enum status st = ST_OK;
    while (*text != '\0' && st == ST_OK) {
        size_t len = strcspn(text, "[");
        buf_add(out, text, len);
        text += len;
        if (*text == '\0')
            break;
        len = strcspn(text, "]");
        char *name = xstrndup(text + 1, len > 0 ? len - 1 : 0);
        st = text[len] == ']' ? add_reference(at, name, out, e)
                              : unknown(at, name, e);
        free(name);
        text += text[len] == ']' ? len + 1 : len;
    }
    return st;
}

/* The numbers of the row in the columns of one spec; how many. */
static size_t row_numbers(const struct placed *b,
                          const struct layout_column *first, int row,
                          double *out)
{
    size_t n = 0;
    const struct layout_column *last = layout_column_last(b, first);
    for (const struct layout_column *c = first; c <= last; c++) {
        struct shown v = show_value(c->spec->format, layout_value(b, c, row));
        if (v.kind == SHOWN_NUMBER)
            out[n++] = v.number;
    }
    return n;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The function of n numbers (at least one), sorted in place. */
static double apply(enum row_function f, double *v, size_t n)
{
    double sum = 0;
    qsort(v, n, sizeof *v, by_size);
    switch (f) {
    case ROW_MEDIAN:
        return (v[(n - 1) / 2] + v[n / 2]) / 2;
    case ROW_MIN:
        return v[0];
    case ROW_MAX:
        return v[n - 1];
    case ROW_RANGE:
        return v[n - 1] - v[0];
    default:
        for (size_t i = 0; i < n; i++)
            sum += v[i];
        return sum / (double)n;
    }
}

bool formula_of_row(const struct formula_place *at,
                    const struct layout_column *c, struct buf *out,
                    double *value)
{
    static const char *const text[] = {[ROW_NONE] = "",
                                       [ROW_MEAN] = "AVERAGE(%s)",
                                       [ROW_MEDIAN] = "MEDIAN(%s)",
                                       [ROW_MIN] = "MIN(%s)",
                                       [ROW_MAX] = "MAX(%s)",
                                       [ROW_RANGE] = "MAX(%s)-MIN(%s)"};
    const struct layout_column *of =
        layout_column_named(at->block, c->spec->of);
    double *v = xcalloc(at->block->column_count, sizeof *v);
    size_t n = row_numbers(at->block, of, at->row, v);
    if (n > 0)
        *value = apply(c->spec->function, v, n);
    free(v);
    if (n == 0)
        return false;
    struct buf cells = BUF_INIT;
    struct target t = {.layout = at->layout, .block = at->block, .column = of};
    add_cell(at, &t, &cells);
    buf_addf(out, text[c->spec->function], buf_str(&cells), buf_str(&cells));
    buf_release(&cells);
    return true;
}

enum status formula_column(const struct formula_place *at, const char *name,
                           const struct layout **on, struct xlsx_area *area,
                           struct err *e)
{
    struct target t;
    if (!find_target(at, name, &t))
        return unknown(at, name, e);
    *on = t.layout;
    *area = all_rows(&t);
    return ST_OK;
}
