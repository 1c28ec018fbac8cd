/* A sheet before it is written. */
#include "report/layout.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* Widths in characters that columns stay within when nothing else is said. */
enum { NARROWEST = 7, WIDEST = 46, WRAPPED = 38, TITLE_WIDEST = 100 };
/* Rows left between two blocks, and above the first. */
enum { GAP = 1, TITLE_ROWS = 3 };

/* ------------------------------------------------------------ the columns */

static enum status no_column(const struct layout *p, int line, const char *name,
                             const struct grid *g, struct err *e)
{
    struct buf have = BUF_INIT;
    for (size_t i = 0; i < g->columns; i++)
        buf_addf(&have, i > 0 ? ", %s" : "%s", g->names[i]);
    enum status st = err_set(
        e, ST_BAD_DATA, _("%s:%d: the query has no column \"%s\"; it has: %s"),
        p->spec.file, line, name, buf_str(&have));
    buf_release(&have);
    return st;
}

/* For a block that names no column: all of the query's. */
static void own_columns(struct placed *b)
{
    b->own = xcalloc(b->data.columns, sizeof *b->own);
    for (size_t i = 0; i < b->data.columns; i++)
        b->own[i] = (struct column_spec){
            .line = b->spec->line,
            .name = b->data.names[i],
            .heading = b->data.names[i],
            .format = spec_format_by_name(b->data.names[i])};
}

static void add_column(struct placed *b, const struct column_spec *spec,
                       int source, int nth, const char *heading)
{
    int from_row =
        spec->template != NULL ? grid_column(&b->data, spec->template) : -1;
    b->columns = xrealloc(b->columns, b->column_count + 1, sizeof *b->columns);
    struct layout_column *c = &b->columns[b->column_count++];
    *c = (struct layout_column){.spec = spec,
                                .source = source,
                                .nth = nth,
                                .from_row = from_row,
                                .span = spec->span > 0 ? spec->span : 1,
                                .heading = heading};
}

/* A name in another line of the block must be that of a column it shows, be
 * there rows or not; NULL names nothing. */
static enum status check_name(const struct layout *p, const struct placed *b,
                              int line, const char *name, struct err *e)
{
    const struct column_spec *specs =
        b->own != NULL ? b->own : b->spec->columns;
    size_t n = b->own != NULL ? b->data.columns : b->spec->column_count;
    for (size_t i = 0; i < n && name != NULL; i++)
        if (strcmp(specs[i].name, name) == 0)
            return ST_OK;
    return name == NULL ? ST_OK
                        : err_set(e, ST_BAD_DATA,
                                  _("%s:%d: the block shows no column \"%s\""),
                                  p->spec.file, line, name);
}

static enum status check_names(const struct layout *p, const struct placed *b,
                               struct err *e)
{
    const struct block_spec *s = b->spec;
    enum status st = check_name(p, b, s->group_line, s->group, e);
    if (st == ST_OK)
        st = check_name(p, b, s->freeze_line, s->freeze_column, e);
    for (size_t i = 0; i < s->pale.count && st == ST_OK; i++)
        st = check_name(p, b, s->group_line, s->pale.at[i], e);
    for (size_t i = 0; i < s->column_count && st == ST_OK; i++)
        st = check_name(p, b, s->columns[i].line, s->columns[i].of, e);
    for (size_t i = 0; i < s->rule_count && st == ST_OK; i++)
        if (strcmp(s->rules[i].column, "*") != 0)
            st = check_name(p, b, s->rules[i].line, s->rules[i].column, e);
    return st;
}

static const struct value *raw(const struct placed *b, size_t row, int col)
{
    return &b->data.values[row * b->data.columns + (size_t)col];
}

static const char *raw_text(const struct placed *b, size_t row, int col)
{
    const struct value *v = raw(b, row, col);
    return v->kind == VALUE_TEXT ? v->as.s : "";
}

/* How many rows of the query make one row of the sheet: up to where the
 * first value of `by` comes again; and they must come again in that order. */
static enum status find_stride(const struct layout *p, struct placed *b,
                               const struct column_spec *c, int by,
                               struct err *e)
{
    size_t n = b->data.rows, stride = 1;
    while (stride < n &&
           strcmp(raw_text(b, stride, by), raw_text(b, 0, by)) != 0)
        stride++;
    for (size_t i = stride; i < n; i++)
        if (strcmp(raw_text(b, i, by), raw_text(b, i - stride, by)) != 0)
            return err_set(e, ST_BAD_DATA,
                           _("%s:%d: the values of \"%s\" must come in the "
                             "same order for every line: join all of them "
                             "and sort by line, then by \"%s\""),
                           p->spec.file, c->line, c->by, c->by);
    if (n % stride != 0)
        return err_set(e, ST_BAD_DATA,
                       _("%s:%d: the last line has not all values of \"%s\""),
                       p->spec.file, c->line, c->by);
    b->stride = (int)stride;
    return ST_OK;
}

static enum status add_columns_by(const struct layout *p, struct placed *b,
                                  const struct column_spec *c, int source,
                                  struct err *e)
{
    int by = grid_column(&b->data, c->by);
    if (by < 0)
        return no_column(p, c->line, c->by, &b->data, e);
    enum status st = find_stride(p, b, c, by, e);
    if (st != ST_OK || b->data.rows == 0)
        return st;
    for (int i = 0; i < b->stride; i++)
        add_column(b, c, source, i, raw_text(b, (size_t)i, by));
    return ST_OK;
}

static enum status find_columns(const struct layout *p, struct placed *b,
                                struct err *e)
{
    const struct column_spec *specs = b->spec->columns;
    size_t n = b->spec->column_count;
    if (n == 0) {
        own_columns(b);
        specs = b->own;
        n = b->data.columns;
    }
    for (size_t i = 0; i < n; i++) {
        const struct column_spec *c = &specs[i];
        int source = grid_column(&b->data, c->name);
        if (source < 0)
            return no_column(p, c->line, c->name, &b->data, e);
        if (c->template != NULL && grid_column(&b->data, c->template) < 0)
            return no_column(p, c->line, c->template, &b->data, e);
        enum status st = ST_OK;
        if (c->by != NULL)
            st = add_columns_by(p, b, c, source, e);
        else
            add_column(b, c, source, 0, show_term(c->heading));
        if (st != ST_OK)
            return st;
    }
    return check_names(p, b, e);
}

const struct value *layout_value(const struct placed *b,
                                 const struct layout_column *c, int row)
{
    return raw(b, (size_t)(row * b->stride + c->nth), c->source);
}

const struct layout_column *layout_column_named(const struct placed *b,
                                                const char *name)
{
    for (size_t i = 0; i < b->column_count; i++)
        if (strcmp(b->columns[i].spec->name, name) == 0)
            return &b->columns[i];
    return NULL;
}

const struct layout_column *
layout_column_last(const struct placed *b, const struct layout_column *first)
{
    const struct layout_column *end = b->columns + b->column_count;
    while (first + 1 < end && first[1].spec == first->spec)
        first++;
    return first;
}

/* ------------------------------------------------------------- the queries */

static enum status run_query(const struct layout *p,
                             const struct block_spec *spec, struct db *db,
                             int64_t call, struct grid *out, struct err *e)
{
    struct reader_query q = {p->spec.file, spec->line, spec->sql, call};
    return reader_run(db, &q, out, e);
}

/* Adds a block that shows `data`, which it takes over. */
static enum status add_block(struct layout *p, const struct block_spec *spec,
                             struct grid data, struct err *e)
{
    p->placed = xrealloc(p->placed, p->count + 1, sizeof *p->placed);
    struct placed *b = &p->placed[p->count++];
    *b = (struct placed){.spec = spec, .data = data, .stride = 1};
    enum status st = find_columns(p, b, e);
    bool one_row = spec->kind == BLOCK_CARDS || spec->kind == BLOCK_FIGURES;
    if (st == ST_OK && one_row && data.rows != 1)
        st = err_set(e, ST_BAD_DATA,
                     _("%s:%d: the query of a block of this kind gives one "
                       "row, not %d"),
                     p->spec.file, spec->line, (int)data.rows);
    return st;
}

static enum status run_block(struct layout *p, const struct block_spec *spec,
                             struct db *db, int64_t call, struct err *e)
{
    struct grid data;
    enum status st = run_query(p, spec, db, call, &data, e);
    return st == ST_OK ? add_block(p, spec, data, e) : st;
}

/* --------------------------------------------------------- a page for each */

static bool same_key(const struct value *a, const struct value *b)
{
    if (a->kind != b->kind)
        return false;
    return a->kind == VALUE_TEXT ? strcmp(a->as.s, b->as.s) == 0
                                 : a->kind == VALUE_INT && a->as.i == b->as.i;
}

/* The rows from `first` on that have the page's key. */
static size_t rows_of_page(const struct grid *g, size_t first,
                           const struct value *key)
{
    size_t n = first;
    while (n < g->rows && same_key(&g->values[n * g->columns], key))
        n++;
    return n - first;
}

/* Adds the blocks of each page, which show parts of p->whole. */
static enum status add_pages(struct layout *p, const struct block_spec *specs,
                             const struct grid *keys, struct err *e)
{
    enum status st = ST_OK;
    size_t *at = xcalloc(p->whole_count, sizeof *at);
    for (size_t page = 0; page < keys->rows && st == ST_OK; page++) {
        const struct value *key = &keys->values[page * keys->columns];
        size_t first = p->count;
        for (size_t i = 0; i < p->whole_count && st == ST_OK; i++) {
            size_t n = rows_of_page(&p->whole[i], at[i], key);
            struct grid part = grid_part(&p->whole[i], at[i], n);
            at[i] += n;
            st = add_block(p, &specs[i], part, e);
        }
        if (st == ST_OK && p->count > first && first > 0)
            p->placed[first].new_page = true;
    }
    for (size_t i = 0; i < p->whole_count && st == ST_OK; i++)
        if (at[i] < p->whole[i].rows)
            st = err_set(e, ST_BAD_DATA,
                         _("%s:%d: the rows must come in the order of the "
                           "pages, and begin with the page's key"),
                         p->spec.file, specs[i].line);
    free(at);
    return st;
}

/* Runs the blocks behind an `each`, and adds a page for each of its rows. */
static enum status run_each(struct layout *p, size_t each, struct db *db,
                            int64_t call, struct err *e)
{
    const struct block_spec *specs = &p->spec.blocks[each + 1];
    size_t n = p->spec.block_count - each - 1;
    struct grid keys;
    enum status st = run_query(p, &p->spec.blocks[each], db, call, &keys, e);
    p->whole = xcalloc(n, sizeof *p->whole);
    for (; p->whole_count < n && st == ST_OK; p->whole_count++)
        st = run_query(p, &specs[p->whole_count], db, call,
                       &p->whole[p->whole_count], e);
    if (st == ST_OK && keys.rows == 0)
        return add_block(p, &p->spec.blocks[each], keys, e); /* says so */
    if (st == ST_OK)
        st = add_pages(p, specs, &keys, e);
    grid_release(&keys);
    return st;
}

static enum status run_queries(struct layout *p, struct db *db, int64_t call,
                               struct err *e)
{
    enum status st = ST_OK;
    for (size_t i = 0; i < p->spec.block_count && st == ST_OK; i++) {
        if (p->spec.blocks[i].kind == BLOCK_EACH)
            return run_each(p, i, db, call, e);
        st = run_block(p, &p->spec.blocks[i], db, call, e);
    }
    return st;
}

/* ------------------------------------------------------- columns and widths */

/* Sets the sheet columns of figures: labels, then values. */
static int set_figure_columns(struct placed *b)
{
    int span = 1;
    for (size_t i = 0; i < b->column_count; i++) {
        b->columns[i].col = b->left + b->spec->labels;
        if (b->columns[i].span > span)
            span = b->columns[i].span;
    }
    return b->left + b->spec->labels + span;
}

/* Sets the sheet columns of a block; returns the first behind them. */
static int set_columns(struct placed *b)
{
    b->left = b->spec->beside > 0 ? b->spec->beside - 1 : 0;
    int col = b->left;
    if (b->spec->kind == BLOCK_FIGURES)
        return set_figure_columns(b);
    for (size_t i = 0; i < b->column_count; i++) {
        b->columns[i].col = col;
        col += b->columns[i].span;
    }
    return b->spec->kind == BLOCK_TEXT || b->spec->kind == BLOCK_EACH
               ? b->left + 1
               : col;
}

/* The first column behind the charts that the block draws. */
static int chart_columns(const struct placed *b)
{
    int behind = 0;
    for (size_t i = 0; i < b->spec->chart_count && b->data.rows > 0; i++) {
        const struct chart_spec *c = &b->spec->charts[i];
        if (c->at - 1 + c->span > behind)
            behind = c->at - 1 + c->span;
    }
    return behind;
}

static int content_width(const struct placed *b, const struct layout_column *c)
{
    int widest = show_longest_word(c->heading) + (b->spec->filter ? 3 : 1);
    if (c->spec->format == COLUMN_WRAP)
        return widest > WRAPPED ? widest : WRAPPED;
    int rows = (int)b->data.rows / b->stride;
    for (int r = 0; r < rows; r++) {
        struct shown s = show_value(c->spec->format, layout_value(b, c, r));
        int w = show_width(c->spec->format, &s);
        widest = w > widest ? w : widest;
    }
    if (c->spec->total && widest < 13)
        widest = 13; /* the sum is longer than what it sums */
    return widest;
}

static void widen(struct layout *p, int col, double width)
{
    if (p->widths[col] < width)
        p->widths[col] = width;
}

/* Sets the widths that a report gives. */
static void fit_as_told(struct layout *p, const struct placed *b)
{
    for (size_t i = 0; i < b->column_count; i++) {
        const struct layout_column *c = &b->columns[i];
        if (c->span == 1 && c->spec->width > 0)
            widen(p, c->col, c->spec->width);
    }
}

/* Widens the columns that no report gives a width, for their content. */
static void fit_table(struct layout *p, const struct placed *b,
                      const bool *told)
{
    for (size_t i = 0; i < b->column_count; i++) {
        const struct layout_column *c = &b->columns[i];
        if (c->span > 1 || told[c->col])
            continue;
        int w = content_width(b, c) + 1;
        widen(p, c->col, w < NARROWEST ? NARROWEST : w > WIDEST ? WIDEST : w);
    }
}

static void fit_figures(struct layout *p, const struct placed *b)
{
    for (size_t i = 0; i < b->column_count; i++) {
        const struct layout_column *c = &b->columns[i];
        struct shown s = show_value(c->spec->format, layout_value(b, c, 0));
        int w = show_width(c->spec->format, &s) + 2;
        if (b->spec->labels == 1)
            widen(p, b->left, text_width(c->heading) + 1);
        if (c->span == 1)
            widen(p, c->col, w < WIDEST ? w : WIDEST);
    }
}

/* Widths for what stands in the columns, where the sheet has no grid. */
static void fit_all(struct layout *p)
{
    bool *told = xcalloc((size_t)p->columns, sizeof *told);
    for (size_t i = 0; i < p->count; i++)
        fit_as_told(p, &p->placed[i]);
    for (int c = 0; c < p->columns; c++)
        told[c] = p->widths[c] > 0;
    for (size_t i = 0; i < p->count; i++) {
        const struct placed *b = &p->placed[i];
        if (b->spec->kind == BLOCK_TABLE)
            fit_table(p, b, told);
        else if (b->spec->kind == BLOCK_FIGURES)
            fit_figures(p, b);
    }
    for (int c = 0; c < p->columns; c++)
        widen(p, c, told[c] ? 0 : NARROWEST);
    free(told);
}

/* Makes the paper as wide as the title, up to where that takes two lines. */
static void make_room_for_title(struct layout *p)
{
    double title = 1.5 * text_width(show_term(p->spec.title)); /* its size */
    double needed = title < TITLE_WIDEST ? title : TITLE_WIDEST;
    while (layout_width(p, 0, p->columns) < needed) {
        p->widths =
            xrealloc(p->widths, (size_t)p->columns + 1, sizeof *p->widths);
        p->widths[p->columns++] = NARROWEST;
    }
}

/* The first column that stands aside, and all behind it, stay off the paper.
 */
static void set_paper(struct layout *p)
{
    p->paper = p->columns;
    for (size_t i = 0; i < p->count; i++)
        for (size_t c = 0; c < p->placed[i].column_count; c++) {
            const struct layout_column *column = &p->placed[i].columns[c];
            if (column->spec->aside && column->col < p->paper)
                p->paper = column->col;
        }
}

/* Lines of text may reach the edge of the paper, or the block beside theirs.
 */
static void set_edges(struct layout *p)
{
    for (size_t i = 0; i < p->count; i++) {
        struct placed *b = &p->placed[i];
        bool neighbour = i + 1 < p->count && p->placed[i + 1].left > 0;
        b->room = neighbour ? p->placed[i + 1].left - 1 : p->paper;
        if (b->spec->kind == BLOCK_TEXT || b->right > b->room)
            b->right = b->room;
    }
}

static void set_widths(struct layout *p)
{
    p->columns = p->spec.grid_columns;
    for (size_t i = 0; i < p->count; i++) {
        int n = p->placed[i].right = set_columns(&p->placed[i]);
        int charts = chart_columns(&p->placed[i]);
        n = n > charts ? n : charts;
        p->columns = n > p->columns ? n : p->columns;
    }
    p->columns = p->columns > 0 ? p->columns : 1;
    p->widths = xcalloc((size_t)p->columns, sizeof *p->widths);
    for (int c = 0; c < p->columns; c++)
        p->widths[c] = p->spec.grid_width;
    if (p->spec.grid_width == 0)
        fit_all(p);
    make_room_for_title(p);
    set_paper(p);
    set_edges(p);
}

double layout_width(const struct layout *p, int col, int span)
{
    double w = 0;
    for (int c = col; c < col + span && c < p->columns; c++)
        w += p->widths[c];
    return w;
}

int layout_pixels(const struct layout *p, int col, int span)
{
    double px = 0; /* Excel's rule for an 11-point font */
    for (int c = col; c < col + span && c < p->columns; c++)
        px += p->widths[c] * 7 + 5;
    return (int)px;
}

/* ------------------------------------------------------------ rows and pages
 */

static bool has_total(const struct placed *b)
{
    for (size_t i = 0; i < b->column_count; i++)
        if (b->columns[i].spec->total)
            return b->data.rows > 0;
    return false;
}

/* Rows of values that the block takes. */
static int body_rows(const struct placed *b)
{
    switch (b->spec->kind) {
    case BLOCK_TABLE:
        return b->data.rows > 0 ? (int)b->data.rows / b->stride : 1;
    case BLOCK_CARDS:
    case BLOCK_EACH: /* one that has no page: its line that says so */
        return 1;
    case BLOCK_FIGURES:
        return (int)b->column_count;
    default:
        return (int)b->data.rows;
    }
}

/* Rows that charts take under the block. */
static int chart_rows(const struct placed *b)
{
    int most = 0;
    for (size_t i = 0; i < b->spec->chart_count && b->data.rows > 0; i++)
        if (b->spec->charts[i].rows > most)
            most = b->spec->charts[i].rows;
    return most;
}

/* Finds a block its rows from `row` on; returns the first row behind it. */
static int place(struct placed *b, int row)
{
    b->top = row;
    row += b->spec->heading != NULL;
    row += b->spec->note != NULL;
    bool heads = b->spec->kind == BLOCK_TABLE || b->spec->kind == BLOCK_CARDS;
    b->head = heads ? row++ : -1;
    b->body = row;
    b->rows = body_rows(b);
    row += b->rows;
    b->total = has_total(b) ? row++ : -1;
    b->chart_row = row + 1;
    b->end = chart_rows(b) > 0 ? b->chart_row + chart_rows(b) : row;
    return b->end;
}

static void place_all(struct layout *p)
{
    int row = 0;
    if (p->spec.title != NULL)
        row = p->spec.subtitle != NULL ? TITLE_ROWS : TITLE_ROWS - 1;
    p->last_row = row;
    for (size_t i = 0; i < p->count; i++) {
        struct placed *b = &p->placed[i];
        bool beside = b->spec->beside > 0 && i > 0;
        int end = place(b, beside ? b[-1].top : row) + GAP;
        row = end > row ? end : row;
        p->last_row = row - GAP - 1;
    }
}

enum status layout_make(struct layout *p, struct db *db, int64_t call,
                        struct err *e)
{
    enum status st = run_queries(p, db, call, e);
    if (st != ST_OK)
        return st;
    set_widths(p);
    place_all(p);
    return ST_OK;
}

void layout_release(struct layout *p)
{
    for (size_t i = 0; i < p->count; i++) {
        struct placed *b = &p->placed[i];
        free(b->own);
        free(b->columns);
        grid_release(&b->data);
    }
    for (size_t i = 0; i < p->whole_count; i++)
        grid_release(&p->whole[i]);
    free(p->whole);
    free(p->placed);
    free(p->widths);
    spec_release(&p->spec);
}
