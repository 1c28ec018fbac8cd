/* Writes a sheet into its workbook. */
#include "report/sheet.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "files/xlsx_check.h"
#include "report/formula.h"
#include "report/pages.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Colours that differ in grey too. */
enum {
    NAVY = 0x1F3864,
    GREY = 0x595959,
    PALE = 0xA6A6A6,
    WHITE = 0xFFFFFF,
    CARD = 0xEAF0F8,
    INPUT = 0xFFF8DC
};

/* No cell keeps a larger whole number as it is. */
#define EXCEL_DIGITS INT64_C(999999999999999)

/* Pixels that a chart leaves of its rows, lest its frame lie on the edge of the
 * paper. */
enum { CHART_MARGIN = 8 };

/* What is written on: the sheet and where its formulas look. */
struct writing {
    const struct sheet_context *c;
    const struct layout *p;
    struct xlsx_sheet *s;
    struct err *e;
    struct buf formula; /* for one cell at a time */
    double *heights;    /* of the rows, in points; 0: not set yet */
};

static const struct xlsx_format *format(const struct writing *w,
                                        struct xlsx_style style)
{
    return xlsx_format(w->c->book, &style);
}

static struct formula_place place_of(const struct writing *w,
                                     const struct placed *b, int row, int line)
{
    return (struct formula_place){.sheets = w->c->sheets,
                                  .sheet_count = w->c->sheet_count,
                                  .layout = w->p,
                                  .block = b,
                                  .row = row,
                                  .line = line};
}

/* Builds a formula in w->formula. */
static enum status build(struct writing *w, const struct formula_place *at,
                         const char *prefix, const char *text)
{
    buf_reset(&w->formula);
    buf_adds(&w->formula, prefix);
    return formula_build(at, text, &w->formula, w->e);
}

/* Blocks that stand side by side share rows: the highest wins. */
static void raise_row(const struct writing *w, int row, double height)
{
    if (height <= w->heights[row])
        return;
    w->heights[row] = height;
    xlsx_height(w->s, row, height);
}

/* ---------------------------------------------------------- lines of text */

/* One line of text over the columns from left to right, as high as it needs.
 */
static void wide_line(const struct writing *w, int row, int left, int right,
                      const char *text, struct xlsx_style style)
{
    const struct xlsx_format *f = format(w, style);
    int size = style.size > 0 ? style.size : 11;
    double width = layout_width(w->p, left, right - left) * 11.0 / size;
    int lines = style.wrap ? show_lines(text, width) : 1;
    xlsx_merge(w->s, (struct xlsx_area){row, left, row, right - 1}, f);
    xlsx_text(w->s, row, left, text, f);
    raise_row(w, row, lines * PAGES_LINE * size / 11 + 3);
}

static void write_title(const struct writing *w)
{
    const struct report_spec *r = &w->p->spec;
    if (r->title == NULL)
        return;
    wide_line(w, 0, 0, w->p->paper, show_term(r->title),
              (struct xlsx_style){
                  .size = 18, .bold = true, .ink = NAVY, .wrap = true});
    if (r->subtitle != NULL)
        wide_line(
            w, 1, 0, w->p->paper, show_term(r->subtitle),
            (struct xlsx_style){.italic = true, .ink = GREY, .wrap = true});
}

/* A block's heading is as wide as the block, or as its text. */
static void write_heading(const struct writing *w, const struct placed *b)
{
    int row = b->top, right = b->right;
    if (b->spec->heading != NULL) {
        const char *text = show_term(b->spec->heading);
        while (right < b->room && layout_width(w->p, b->left, right - b->left) <
                                      text_width(text) * 13.0 / 11)
            right++;
        wide_line(
            w, row++, b->left, right, text,
            (struct xlsx_style){
                .size = 13, .bold = true, .ink = NAVY, .bottom_line = true});
    }
    if (b->spec->note != NULL)
        wide_line(w, row, b->left, b->room, show_term(b->spec->note),
                  (struct xlsx_style){
                      .size = 9, .italic = true, .wrap = true, .ink = GREY});
}

/* ------------------------------------------------------------------ values */

static enum xlsx_align cell_align(const struct column_spec *c)
{
    switch (c->format) {
    case COLUMN_BY_NAME:
        return c->centre ? XLSX_CENTRE : XLSX_AUTO;
    case COLUMN_DATE:
    case COLUMN_TIME:
        return XLSX_CENTRE;
    case COLUMN_TEXT:
    case COLUMN_WRAP:
    case COLUMN_TERM:
        return c->centre ? XLSX_CENTRE : XLSX_LEFT;
    default:
        return c->centre ? XLSX_CENTRE : XLSX_RIGHT;
    }
}

/* The look of a column's cells. */
static struct xlsx_style cell_style(const struct column_spec *c)
{
    /* in a text cell Excel would keep an edited formula as a text */
    bool live = c->formula != NULL || c->template != NULL;
    return (struct xlsx_style){.number = live && c->format == COLUMN_TEXT
                                             ? XLSX_GENERAL
                                             : show_number(c->format),
                               .align = cell_align(c),
                               .bold = c->bold,
                               .wrap = cell_align(c) == XLSX_LEFT,
                               .fill = c->edit ? INPUT : 0,
                               .box = true};
}

/* The formula of a cell, as the report writes it; NULL: none. */
static const char *template_of(const struct placed *b,
                               const struct layout_column *c, int row)
{
    if (c->from_row < 0)
        return c->spec->formula;
    struct layout_column from = {.source = c->from_row, .nth = c->nth};
    const struct value *v = layout_value(b, &from, row);
    return v->kind == VALUE_TEXT ? v->as.s : NULL;
}

/* What a cell shows, and in w->formula its formula ("" when it has none). */
static enum status cell_value(struct writing *w, const struct formula_place *at,
                              const struct layout_column *c, struct shown *v)
{
    const struct value *value = layout_value(at->block, c, at->row);
    if (value->kind == VALUE_INT &&
        (value->as.i > EXCEL_DIGITS || value->as.i < -EXCEL_DIGITS))
        return err_set(w->e, ST_BAD_DATA,
                       _("%s:%d: %lld has more than the 15 digits that Excel "
                         "keeps: give it as a text, with CAST(%s AS TEXT)"),
                       w->p->spec.file, at->line, (long long)value->as.i,
                       c->spec->name);
    *v = show_value(c->spec->format, value);
    buf_reset(&w->formula);
    if (v->kind == SHOWN_BLANK && c->spec->function != ROW_NONE) {
        buf_adds(&w->formula, "=");
        if (formula_of_row(at, c, &w->formula, &v->number))
            v->kind = SHOWN_NUMBER;
        return ST_OK;
    }
    const char *text = template_of(at->block, c, at->row);
    if (text == NULL || v->kind == SHOWN_BLANK || v->kind == SHOWN_WORD)
        return ST_OK;
    return build(w, at, "=", text);
}

/* Writes one value, as a formula where the column has one. */
static enum status write_value(struct writing *w,
                               const struct formula_place *at,
                               const struct layout_column *c, int row,
                               const struct xlsx_format *f,
                               const struct xlsx_format *word)
{
    struct shown v;
    xlsx_source(w->c->book, w->p->spec.file, at->line);
    enum status st = cell_value(w, at, c, &v);
    const char *formula = buf_str(&w->formula);
    if (st != ST_OK)
        return st;
    if (v.kind == SHOWN_BLANK)
        xlsx_text(w->s, row, c->col, "", f);
    else if (v.kind == SHOWN_NUMBER && *formula != '\0')
        xlsx_formula_number(w->s, row, c->col, formula, v.number, f);
    else if (v.kind == SHOWN_NUMBER)
        xlsx_number(w->s, row, c->col, v.number, f);
    else if (*formula != '\0')
        xlsx_formula_text(w->s, row, c->col, formula, v.text, f);
    else
        xlsx_text(w->s, row, c->col, v.text, v.kind == SHOWN_WORD ? word : f);
    return ST_OK;
}

/* The two formats of a column: of its values, and of words among numbers. */
struct column_formats {
    const struct xlsx_format *value, *word;
};

static struct column_formats formats_of(const struct writing *w,
                                        struct xlsx_style style)
{
    struct xlsx_style word = style;
    word.number = XLSX_TEXT;
    word.align = XLSX_CENTRE;
    word.italic = true;
    word.size = 9;
    word.ink = GREY;
    return (struct column_formats){format(w, style), format(w, word)};
}

static void join(const struct writing *w, int row,
                 const struct layout_column *c, const struct xlsx_format *f)
{
    xlsx_merge(w->s, (struct xlsx_area){row, c->col, row, c->col + c->span - 1},
               f);
}

/* ------------------------------------------------------------------ tables */

/* Lines that a text takes in a cell, off the lines of its box. */
static int cell_lines(const struct writing *w, const struct layout_column *c,
                      const char *text)
{
    return show_lines(text, layout_width(w->p, c->col, c->span) - 1.5);
}

/* Lines that the texts of a row take, where they may take several. */
static int row_lines(const struct writing *w, const struct placed *b, int row)
{
    int most = 1;
    for (size_t i = 0; i < b->column_count; i++) {
        const struct layout_column *c = &b->columns[i];
        if (cell_align(c->spec) != XLSX_LEFT)
            continue;
        struct shown v = show_value(c->spec->format, layout_value(b, c, row));
        if (v.kind != SHOWN_TEXT)
            continue;
        int lines = cell_lines(w, c, v.text);
        most = lines > most ? lines : most;
    }
    return most;
}

static void write_head(const struct writing *w, const struct placed *b)
{
    struct xlsx_style style = {.bold = true,
                               .ink = WHITE,
                               .fill = NAVY,
                               .align = XLSX_CENTRE,
                               .wrap = true,
                               .box = true};
    int most = 1;
    for (size_t i = 0; i < b->column_count; i++) {
        const struct layout_column *c = &b->columns[i];
        double width = layout_width(w->p, c->col, c->span);
        int lines = show_lines(c->heading, width - (b->spec->filter ? 2.5 : 0));
        bool tight = show_longest_word(c->heading) > width - 1;
        style.size = tight ? 9 : 0; /* a long word stays whole */
        const struct xlsx_format *f = format(w, style);
        most = lines > most ? lines : most;
        join(w, b->head, c, f);
        xlsx_text(w->s, b->head, c->col, c->heading, f);
    }
    raise_row(w, b->head, most * PAGES_LINE + 3);
}

static void write_empty(const struct writing *w, const struct placed *b)
{
    const struct xlsx_format *f =
        format(w, (struct xlsx_style){.italic = true, .ink = GREY});
    const char *text =
        b->spec->empty != NULL ? show_term(b->spec->empty) : _("(none)");
    xlsx_text(w->s, b->body, b->left, text, f);
}

static enum status write_rows(struct writing *w, const struct placed *b)
{
    enum status st = ST_OK;
    struct column_formats *f = xcalloc(b->column_count, sizeof *f);
    for (size_t i = 0; i < b->column_count; i++)
        f[i] = formats_of(w, cell_style(b->columns[i].spec));
    for (int r = 0; r < b->rows && st == ST_OK; r++) {
        struct formula_place at = place_of(w, b, r, 0);
        int lines = row_lines(w, b, r);
        if (lines > 1)
            raise_row(w, b->body + r, lines * PAGES_LINE + 2);
        for (size_t i = 0; i < b->column_count && st == ST_OK; i++) {
            const struct layout_column *c = &b->columns[i];
            at.line = c->spec->line;
            join(w, b->body + r, c, f[i].value);
            st = write_value(w, &at, c, b->body + r, f[i].value, f[i].word);
        }
    }
    free(f);
    return st;
}

/* The sum of a column as its cells show it: of numbers, among which a word may
 * stand in a column that is said to be of numbers. */
static enum status column_sum(const struct writing *w, const struct placed *b,
                              const struct layout_column *c, double *out)
{
    struct value sum = {.kind = VALUE_INT};
    double real = 0;
    for (int r = 0; r < b->rows; r++) {
        const struct value *v = layout_value(b, c, r);
        enum shown_kind kind = show_value(c->spec->format, v).kind;
        if (v->kind == VALUE_TEXT && kind != SHOWN_WORD && kind != SHOWN_BLANK)
            return err_set(w->e, ST_BAD_DATA,
                           _("%s:%d: \"%s\" has the text \"%s\", of which "
                             "there is no total"),
                           w->p->spec.file, c->spec->line, c->spec->name,
                           v->as.s);
        if (v->kind == VALUE_INT)
            sum.as.i += v->as.i;
        else if (v->kind == VALUE_REAL)
            real += v->as.d;
    }
    *out = show_value(c->spec->format, &sum).number + real;
    return ST_OK;
}

static enum status write_total(struct writing *w, const struct placed *b)
{
    for (size_t i = 0; i < b->column_count; i++) {
        const struct layout_column *c = &b->columns[i];
        struct xlsx_style style = {.number = show_number(c->spec->format),
                                   .align = cell_align(c->spec),
                                   .bold = true,
                                   .fill = CARD,
                                   .box = true,
                                   .top_line = true};
        if (!c->spec->total)
            style.number = XLSX_TEXT;
        const struct xlsx_format *f = format(w, style);
        join(w, b->total, c, f);
        if (c->spec->total) {
            char first[XLSX_CELL_LEN], last[XLSX_CELL_LEN];
            double sum = 0;
            enum status st = column_sum(w, b, c, &sum);
            if (st != ST_OK)
                return st;
            buf_reset(&w->formula);
            buf_addf(&w->formula, "=SUM(%s:%s)",
                     xlsx_cell_name(b->body, c->col, false, false, first),
                     xlsx_cell_name(b->body + b->rows - 1, c->col, false, false,
                                    last));
            xlsx_formula_number(w->s, b->total, c->col, buf_str(&w->formula),
                                sum, f);
        } else {
            xlsx_text(w->s, b->total, c->col,
                      i == 0 ? show_term(b->spec->total) : "", f);
        }
    }
    return ST_OK;
}

/* ------------------------------------------------- what makes a table alive */

static struct xlsx_area column_area(const struct placed *b,
                                    const struct layout_column *c)
{
    return (struct xlsx_area){b->body, c->col, b->body + b->rows - 1, c->col};
}

static struct xlsx_area body_area(const struct placed *b)
{
    const struct layout_column *last = &b->columns[b->column_count - 1];
    return (struct xlsx_area){b->body, b->left, b->body + b->rows - 1,
                              last->col + last->span - 1};
}

static struct xlsx_style look_style(enum look look)
{
    switch (look) {
    case LOOK_ALERT:
        return (struct xlsx_style){
            .bold = true, .ink = WHITE, .fill = 0xC00000};
    case LOOK_WARN:
        return (struct xlsx_style){
            .bold = true, .ink = 0x7F3F00, .fill = 0xFCE4D6};
    case LOOK_GOOD:
        return (struct xlsx_style){.ink = 0x375623, .fill = 0xE2EFDA};
    case LOOK_MUTED:
        return (struct xlsx_style){.italic = true, .ink = 0x7F7F7F};
    case LOOK_STRONG:
        break;
    }
    return (struct xlsx_style){.bold = true, .fill = CARD};
}

static enum status write_rules(struct writing *w, const struct placed *b)
{
    enum status st = ST_OK;
    for (size_t i = 0; i < b->spec->rule_count && st == ST_OK; i++) {
        const struct rule_spec *r = &b->spec->rules[i];
        struct formula_place at = place_of(w, b, 0, r->line);
        bool whole = strcmp(r->column, "*") == 0;
        const struct layout_column *c =
            whole ? NULL : layout_column_named(b, r->column);
        at.fixed_col = whole;
        st = build(w, &at, "=", r->formula);
        struct xlsx_area a = whole ? body_area(b) : column_area(b, c);
        if (!whole)
            a.last_col = layout_column_last(b, c)->col;
        if (st == ST_OK)
            xlsx_rule(w->s, a, buf_str(&w->formula),
                      format(w, look_style(r->look)));
    }
    return st;
}

/* A line where the group's column changes; repeated values pale. */
static void write_group(const struct writing *w, const struct placed *b)
{
    const struct block_spec *spec = b->spec;
    if (spec->group == NULL || b->rows < 2)
        return;
    const struct layout_column *c = layout_column_named(b, spec->group);
    struct xlsx_area a = body_area(b);
    a.row++;
    char here[XLSX_CELL_LEN], above[XLSX_CELL_LEN];
    char same[2 * XLSX_CELL_LEN + 4], changes[2 * XLSX_CELL_LEN + 4];
    xlsx_cell_name(a.row, c->col, false, true, here);
    xlsx_cell_name(a.row - 1, c->col, false, true, above);
    snprintf(same, sizeof same, "=%s=%s", here, above);
    snprintf(changes, sizeof changes, "=%s<>%s", here, above);
    xlsx_rule(w->s, a, changes,
              format(w, (struct xlsx_style){.top_line = true}));
    for (size_t i = 0; i < spec->pale.count; i++) {
        const struct layout_column *p =
            layout_column_named(b, spec->pale.at[i]);
        struct xlsx_area pale = {a.row, p->col, a.last_row, p->col};
        xlsx_rule(w->s, pale, same,
                  format(w, (struct xlsx_style){.ink = PALE}));
    }
}

/* Bars, choices and limits of one column. */
static enum status write_column_tools(struct writing *w, const struct placed *b,
                                      const struct layout_column *c)
{
    struct xlsx_area a = column_area(b, c);
    if (c->spec->bar)
        xlsx_data_bar(w->s, a);
    if (c->spec->list != NULL)
        xlsx_choice(w->s, a, c->spec->list);
    if (c->spec->limit == NULL)
        return ST_OK;
    struct formula_place at = place_of(w, b, 0, c->spec->line);
    enum status st = build(w, &at, "", c->spec->limit);
    if (st == ST_OK)
        xlsx_limit(w->s, a, buf_str(&w->formula),
                   _("The amount must be between 0 and the most that the "
                     "rules let this project receive."));
    return st;
}

static void freeze_and_filter(const struct writing *w, const struct placed *b)
{
    int col = 0;
    if (b->spec->freeze_column != NULL) {
        const struct layout_column *c =
            layout_column_named(b, b->spec->freeze_column);
        col = c != NULL ? c->col + c->span : 0; /* a `by` without rows */
    }
    if (b->spec->freeze)
        xlsx_freeze(w->s, b->body, col);
    if (b->spec->filter && b->data.rows > 0) {
        struct xlsx_area a = body_area(b);
        a.row = b->head;
        xlsx_filter(w->s, a);
    }
}

static enum status write_table(struct writing *w, const struct placed *b)
{
    write_head(w, b);
    freeze_and_filter(w, b);
    if (b->data.rows == 0) {
        write_empty(w, b);
        return ST_OK;
    }
    enum status st = write_rows(w, b);
    if (st == ST_OK && b->total >= 0)
        st = write_total(w, b);
    for (size_t i = 0; i < b->column_count && st == ST_OK; i++)
        st = write_column_tools(w, b, &b->columns[i]);
    if (st == ST_OK)
        st = write_rules(w, b);
    if (st == ST_OK)
        write_group(w, b);
    return st;
}

/* -------------------------------------------------- cards, figures, texts */

static enum status write_cards(struct writing *w, const struct placed *b)
{
    const struct xlsx_format *label =
        format(w, (struct xlsx_style){.size = 10,
                                      .ink = GREY,
                                      .fill = CARD,
                                      .align = XLSX_CENTRE,
                                      .wrap = true});
    enum status st = ST_OK;
    raise_row(w, b->head, 2 * PAGES_LINE);
    raise_row(w, b->body, 2 * PAGES_LINE);
    for (size_t i = 0; i < b->column_count && st == ST_OK; i++) {
        const struct layout_column *c = &b->columns[i];
        struct xlsx_style style = {.number = show_number(c->spec->format),
                                   .size = 15,
                                   .bold = true,
                                   .ink = NAVY,
                                   .fill = CARD,
                                   .align = XLSX_CENTRE,
                                   .bottom_line = true};
        struct column_formats f = formats_of(w, style);
        struct formula_place at = place_of(w, b, 0, c->spec->line);
        join(w, b->head, c, label);
        join(w, b->body, c, f.value);
        xlsx_text(w->s, b->head, c->col, c->heading, label);
        st = write_value(w, &at, c, b->body, f.value, f.word);
    }
    return st == ST_OK ? write_rules(w, b) : st;
}

static enum status write_figures(struct writing *w, const struct placed *b)
{
    const struct xlsx_format *label = format(
        w, (struct xlsx_style){
               .ink = GREY, .box = true, .fill = CARD, .align = XLSX_LEFT});
    enum status st = ST_OK;
    for (size_t i = 0; i < b->column_count && st == ST_OK; i++) {
        const struct layout_column *c = &b->columns[i];
        int row = b->body + (int)i;
        struct xlsx_style style = cell_style(c->spec);
        style.align = XLSX_LEFT;
        struct column_formats f = formats_of(w, style);
        struct formula_place at = place_of(w, b, 0, c->spec->line);
        xlsx_merge(w->s,
                   (struct xlsx_area){row, b->left, row,
                                      b->left + b->spec->labels - 1},
                   label);
        xlsx_text(w->s, row, b->left, c->heading, label);
        join(w, row, c, f.value);
        struct shown v = show_value(c->spec->format, layout_value(b, c, 0));
        int lines = v.kind == SHOWN_TEXT ? cell_lines(w, c, v.text) : 1;
        if (lines > 1 && style.wrap)
            raise_row(w, row, lines * PAGES_LINE + 2);
        st = write_value(w, &at, c, row, f.value, f.word);
    }
    return st;
}

/* Paragraphs: the first column; the bold ones are titles. */
static enum status write_paragraphs(const struct writing *w,
                                    const struct placed *b)
{
    struct xlsx_style style = {.wrap = true, .align = XLSX_LEFT};
    if (b->column_count > 0 && b->columns[0].spec->bold)
        style = (struct xlsx_style){
            .wrap = true, .bold = true, .size = 14, .ink = NAVY};
    for (int r = 0; r < b->rows; r++) {
        const struct column_spec *c = b->columns[0].spec;
        const struct value *v = layout_value(b, &b->columns[0], r);
        if (v->kind == VALUE_INT || v->kind == VALUE_REAL)
            return err_set(w->e, ST_BAD_DATA,
                           _("%s:%d: \"%s\" gives a number, and a text block "
                             "shows texts: put it into one with format()"),
                           w->p->spec.file, c->line, c->name);
        wide_line(w, b->body + r, b->left, b->right,
                  v->kind == VALUE_TEXT ? v->as.s : "", style);
    }
    return ST_OK;
}

/* -------------------------------------------------------- names and charts */

static void write_names(const struct writing *w, const struct placed *b)
{
    for (size_t i = 0; i < b->column_count; i++) {
        const struct layout_column *c = &b->columns[i];
        if (c->spec->cell_name == NULL)
            continue;
        int row = b->spec->kind == BLOCK_FIGURES ? b->body + (int)i : b->body;
        xlsx_source(w->c->book, w->p->spec.file, c->spec->line);
        xlsx_define(w->s, row, c->col, c->spec->cell_name);
    }
}

static enum status chart_series(const struct writing *w,
                                const struct formula_place *at,
                                const struct chart_spec *spec,
                                struct xlsx_series *out)
{
    const struct layout *on = NULL;
    struct xlsx_area x, y;
    enum status st = formula_column(at, spec->x, &on, &x, w->e);
    for (size_t i = 0; i < spec->y.count && st == ST_OK; i++) {
        const struct layout_column *c =
            layout_column_named(at->block, spec->y.at[i]);
        const struct layout *y_on = NULL;
        st = formula_column(at, spec->y.at[i], &y_on, &y, w->e);
        if (st != ST_OK)
            break;
        out[i] = (struct xlsx_series){
            .name = c != NULL ? c->heading : show_term(spec->title),
            .categories = {on->sheet, x},
            .values = {y_on->sheet, y}};
    }
    return st;
}

/* The format of the values' axis: without cents, for room. */
static const char *axis_format(const struct placed *b, const char *y)
{
    const struct layout_column *c = layout_column_named(b, y);
    return c != NULL && c->spec->format == COLUMN_MONEY ? "#,##0\\ [$€-40C]"
                                                        : "General";
}

/* Small counts have no halves on their axis: 1 where nothing is above ten. */
static double axis_unit(const struct placed *b, const struct chart_spec *spec)
{
    for (size_t i = 0; i < spec->y.count; i++) {
        const struct layout_column *c = layout_column_named(b, spec->y.at[i]);
        if (c == NULL || c->spec->format != COLUMN_INTEGER)
            return 0;
        for (int r = 0; r < b->rows; r++)
            if (layout_value(b, c, r)->kind != VALUE_INT ||
                layout_value(b, c, r)->as.i > 10)
                return 0;
    }
    return 1;
}

static enum status write_chart(const struct writing *w, const struct placed *b,
                               const struct chart_spec *spec)
{
    struct formula_place at = place_of(w, b, 0, spec->line);
    struct xlsx_series *series = xcalloc(spec->y.count, sizeof *series);
    enum status st = chart_series(w, &at, spec, series);
    if (st == ST_OK)
        xlsx_chart(w->s,
                   &(struct xlsx_chart){
                       .bar = spec->kind == 1,
                       .title = show_term(spec->title),
                       .number = axis_format(b, spec->y.at[0]),
                       .unit = axis_unit(b, spec),
                       .series = series,
                       .count = spec->y.count,
                       .row = b->chart_row,
                       .col = spec->at - 1,
                       .width = layout_pixels(w->p, spec->at - 1, spec->span),
                       .height = spec->rows * 20 - CHART_MARGIN});
    free(series);
    return st;
}

/* --------------------------------------------------------------- the sheet */

static enum status write_block(struct writing *w, const struct placed *b)
{
    enum status st = ST_OK;
    write_heading(w, b);
    switch (b->spec->kind) {
    case BLOCK_TABLE:
        st = write_table(w, b);
        break;
    case BLOCK_CARDS:
        st = write_cards(w, b);
        break;
    case BLOCK_FIGURES:
        st = write_figures(w, b);
        break;
    case BLOCK_TEXT:
        st = write_paragraphs(w, b);
        break;
    case BLOCK_EACH:
        write_empty(w, b);
        break;
    }
    write_names(w, b);
    for (size_t i = 0; i < b->spec->chart_count && st == ST_OK; i++)
        if (b->data.rows > 0)
            st = write_chart(w, b, &b->spec->charts[i]);
    return st;
}

static void write_page(const struct writing *w)
{
    struct pages pages = pages_of(w->p, w->heights);
    struct xlsx_page page = {.portrait = w->p->spec.portrait,
                             .one_page = w->p->spec.one_page,
                             .head_left = w->c->agency,
                             .head_right = w->c->call_title,
                             .foot_left = w->c->as_of,
                             .last_row = w->p->last_row,
                             .last_col = w->p->paper - 1,
                             .head = pages.head};
    xlsx_page(w->s, &page);
    xlsx_page_breaks(w->s, pages.breaks, pages.count);
    pages_release(&pages);
}

enum status sheet_write(const struct sheet_context *c, const struct layout *p,
                        struct err *e)
{
    struct writing w = {.c = c, .p = p, .s = p->sheet, .e = e};
    enum status st = ST_OK;
    for (int col = 0; col < p->columns; col++)
        xlsx_width(w.s, col, p->widths[col]);
    w.heights = xcalloc((size_t)p->last_row + 2, sizeof *w.heights);
    write_title(&w);
    for (size_t i = 0; i < p->count && st == ST_OK; i++)
        st = write_block(&w, &p->placed[i]);
    write_page(&w);
    buf_release(&w.formula);
    free(w.heights);
    return st;
}
