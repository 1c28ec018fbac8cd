/* Where the printed pages of a sheet end. */
#include "report/pages.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* What a page of A4 has inside the margins that files/xlsx_out.c sets, in
 * points: along its longer and its shorter side. */
enum { LONG_LANDSCAPE = 784, SHORT_LANDSCAPE = 512 };
enum { LONG_PORTRAIT = 758, SHORT_PORTRAIT = 537 };
/* Programs differ a little in what fits on a page. */
#define SURE 0.96

static double height(const double *heights, int row)
{
    return heights[row] > 0 ? heights[row] : PAGES_LINE;
}

static double height_of_rows(const double *heights, int first, int behind)
{
    double sum = 0;
    for (int r = first; r < behind; r++)
        sum += height(heights, r);
    return sum;
}

/* Points of rows that fit on a page once the sheet is as wide as one. */
static double page_height(const struct layout *p)
{
    bool portrait = p->spec.portrait;
    double across = portrait ? SHORT_PORTRAIT : LONG_LANDSCAPE;
    double down = portrait ? LONG_PORTRAIT : SHORT_LANDSCAPE;
    double width = 0.75 * layout_pixels(p, 0, p->paper);
    return SURE * (width > across ? down * width / across : down);
}

/* Whether a block does not fit on one page; the first of a sheet not with the
 * title above it, which would stand alone on a page else. */
static bool is_long(const struct layout *p, const struct placed *b,
                    const double *heights)
{
    int from = b == p->placed ? 0 : b->top;
    return height_of_rows(heights, from, b->end) > page_height(p);
}

/* The row above is of the same group. */
static bool same_group(const struct placed *b, int row)
{
    const struct layout_column *c =
        b->spec->group != NULL ? layout_column_named(b, b->spec->group) : NULL;
    if (c == NULL)
        return false;
    const struct value *v = layout_value(b, c, row),
                       *above = layout_value(b, c, row - 1);
    return v->kind == VALUE_TEXT && above->kind == VALUE_TEXT &&
           strcmp(v->as.s, above->as.s) == 0;
}

/* Marks the rows that stay on the page of the row above them. */
static void join_block(const struct layout *p, const struct placed *b,
                       const double *heights, bool *joined)
{
    bool whole = b->spec->kind != BLOCK_TEXT && !is_long(p, b, heights);
    for (int r = b->top + 1; r < b->end; r++) {
        int row = r - b->body;
        joined[r] |= whole || row <= 0 || r == b->total || r >= b->chart_row ||
                     (row < b->rows && same_group(b, row));
    }
}

/* The headings that are repeated: of the table that stays in view, else of the
 * last one when it is longer than a page. */
static int repeated_head(const struct layout *p, const double *heights)
{
    int head = -1;
    for (size_t i = 0; i < p->count; i++) {
        const struct placed *b = &p->placed[i];
        if (b->spec->freeze)
            return b->head;
        if (b->spec->kind == BLOCK_TABLE)
            head = is_long(p, b, heights) ? b->head : -1;
    }
    return head;
}

static void cut(const struct layout *p, const double *heights,
                const bool *joined, const bool *forced, struct pages *out)
{
    double page = page_height(p), used = 0;
    for (int row = 0, next; row <= p->last_row; row = next) {
        for (next = row + 1; next <= p->last_row && joined[next]; next++)
            ;
        double h = height_of_rows(heights, row, next);
        if (row > 0 && (forced[row] || used + h > page)) {
            out->breaks[out->count++] = row;
            used = out->head >= 0 && row > out->head
                       ? height(heights, out->head)
                       : 0;
        }
        for (used += h; used > page;)
            used -= page;
    }
}

struct pages pages_of(const struct layout *p, const double *heights)
{
    size_t rows = (size_t)p->last_row + 2;
    struct pages out = {.head = repeated_head(p, heights)};
    out.breaks = xcalloc(rows, sizeof *out.breaks);
    if (p->spec.one_page)
        return out;
    bool *joined = xcalloc(rows, sizeof *joined);
    bool *forced = xcalloc(rows, sizeof *forced);
    for (size_t i = 0; i < p->count; i++) {
        join_block(p, &p->placed[i], heights, joined);
        forced[p->placed[i].top] |= p->placed[i].new_page;
    }
    cut(p, heights, joined, forced, &out);
    free(joined);
    free(forced);
    return out;
}

void pages_release(struct pages *p)
{
    free(p->breaks);
    *p = (struct pages){0};
}
