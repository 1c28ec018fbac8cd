/* Excel workbooks, written with libxlsxwriter 1.1.4; the traps that the
 * checks here step around are its own: names compared in ASCII only, strings
 * written without a look at their UTF-8, NaN, inline lists that overflow. */
#include "files/xlsx_out.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/whole_file.h"
#include "files/xlsx_check.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

/* One style and the library's format for it. */
struct known_style {
    struct xlsx_style style;
    lxw_format *format;
};

struct xlsx_sheet {
    struct xlsx *book;
    lxw_worksheet *sheet;
    char *name, *key;
};

/* A list of choices, written on the hidden sheet at the end. */
struct choices {
    char *name;
    char **values;
    size_t count;
};

struct xlsx {
    lxw_workbook *book;
    struct whole_file file;
    struct err err;     /* the first failure; code ST_OK: none so far */
    const char *source; /* what is written comes from there; NULL: not said */
    int line;
    struct known_style *styles;
    struct xlsx_sheet **sheets;
    struct choices *lists;
    char **names; /* the defined names */
    size_t style_count, sheet_count, list_count, name_count;
};

/* ------------------------------------------------------------- failures */

/* Keeps the library's verdict if it is the first bad one. */
static void check(struct xlsx *x, lxw_error rc)
{
    if (rc != LXW_NO_ERROR && x->err.code == ST_OK)
        err_set(&x->err, ST_IO, _("the workbook %s cannot be written: %s"),
                x->file.path, lxw_strerror(rc));
}

void xlsx_source(struct xlsx *x, const char *file, int line)
{
    x->source = file;
    x->line = line;
}

/* Puts the line of the report before the failure that was just kept. */
static void tell_source(struct xlsx *x)
{
    char what[sizeof x->err.msg];
    if (x->source == NULL)
        return;
    memcpy(what, x->err.msg, sizeof what);
    err_set(&x->err, x->err.code, "%s:%d: %s", x->source, x->line, what);
}

/* Whether a cell may be written: no failure before, on the sheet. */
static bool may_write(struct xlsx_sheet *s, int row, int col)
{
    struct xlsx *x = s->book;
    if (x->err.code != ST_OK)
        return false;
    if (row >= 0 && row < XLSX_MAX_ROWS && col >= 0 && col < XLSX_MAX_COLUMNS)
        return true;
    err_set(&x->err, ST_REFUSED,
            _("the sheet \"%s\" is larger than Excel allows (1 048 576 rows, "
              "16 384 columns)"),
            s->name);
    tell_source(x);
    return false;
}

static bool area_ok(struct xlsx_sheet *s, const struct xlsx_area *a)
{
    return may_write(s, a->row, a->col) &&
           may_write(s, a->last_row, a->last_col) && a->row <= a->last_row &&
           a->col <= a->last_col;
}

/* The library's parameters are not const although it only reads them. */
static lxw_format *plain(const struct xlsx_format *f)
{
    return (lxw_format *)(uintptr_t)f;
}

/* --------------------------------------------------- the file's beginning */

static void set_properties(struct xlsx *x, const struct xlsx_info *info)
{
    char *title = xlsx_clean_text(info->title, 250);
    char *author = xlsx_clean_text(info->author, 250);
    lxw_doc_properties p = {.title = title,
                            .author = author,
                            .created = info->created > 0 ? info->created : 1};
    check(x, workbook_set_properties(x->book, &p));
    free(title);
    free(author);
}

enum status xlsx_create(struct xlsx **out, const char *path, bool force,
                        const struct xlsx_info *info, struct err *e)
{
    *out = NULL;
    struct xlsx *x = xcalloc(1, sizeof *x);
    enum status st =
        whole_file_begin(&x->file, path, ".xlsx", force ? WHOLE_REPLACE : 0, e);
    if (st == ST_OK && (x->book = workbook_new(x->file.tmp)) == NULL)
        st = err_set(e, ST_BUG, _("out of memory for the workbook %s"), path);
    if (st != ST_OK) {
        xlsx_discard(x);
        return st;
    }
    set_properties(x, info);
    *out = x;
    return ST_OK;
}

/* ----------------------------------------------------------------- styles */

/* The number format of a kind of cell, as Excel writes it. */
static const char *number_code(enum xlsx_number number)
{
    switch (number) {
    case XLSX_INTEGER:
        return "#,##0";
    case XLSX_MONEY:
        return "#,##0.00\\ [$€-40C]";
    case XLSX_SCORE:
        return "0.00";
    case XLSX_PERCENT:
        return "0.0\\ %";
    case XLSX_DATE:
        return "dd/mm/yyyy";
    case XLSX_MINUTE:
        return "dd/mm/yyyy\\ hh:mm";
    case XLSX_TEXT:
        return "@";
    case XLSX_GENERAL:
        break;
    }
    return "General";
}

static void set_edges(lxw_format *f, const struct xlsx_style *s)
{
    const lxw_color_t grey = 0xBFBFBF, dark = 0x404040;
    if (s->box) {
        format_set_border(f, LXW_BORDER_THIN);
        format_set_border_color(f, grey);
    }
    if (s->top_line) {
        format_set_top(f, LXW_BORDER_THIN);
        format_set_top_color(f, dark);
    }
    if (s->bottom_line) {
        format_set_bottom(f, LXW_BORDER_MEDIUM);
        format_set_bottom_color(f, dark);
    }
}

static void set_font(lxw_format *f, const struct xlsx_style *s)
{
    if (s->size > 0)
        format_set_font_size(f, s->size);
    if (s->bold)
        format_set_bold(f);
    if (s->italic)
        format_set_italic(f);
    if (s->ink != 0)
        format_set_font_color(f, s->ink);
}

static lxw_format *make_format(lxw_workbook *book, const struct xlsx_style *s)
{
    static const uint8_t align[] = {LXW_ALIGN_NONE, LXW_ALIGN_LEFT,
                                    LXW_ALIGN_CENTER, LXW_ALIGN_RIGHT};
    lxw_format *f = workbook_add_format(book);
    if (f == NULL)
        return NULL;
    set_font(f, s);
    set_edges(f, s);
    if (s->number != XLSX_GENERAL)
        format_set_num_format(f, number_code(s->number));
    if (s->align != XLSX_AUTO)
        format_set_align(f, align[s->align]);
    format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
    if (s->box && (s->align == XLSX_LEFT || s->align == XLSX_RIGHT))
        format_set_indent(f, 1); /* off the line of the box */
    if (s->wrap)
        format_set_text_wrap(f);
    if (s->fill != 0) {
        format_set_pattern(f, LXW_PATTERN_SOLID);
        format_set_bg_color(f, s->fill);
    }
    return f;
}

static bool same_style(const struct xlsx_style *a, const struct xlsx_style *b)
{
    return a->number == b->number && a->align == b->align && a->ink == b->ink &&
           a->fill == b->fill && a->size == b->size && a->bold == b->bold &&
           a->italic == b->italic && a->wrap == b->wrap && a->box == b->box &&
           a->top_line == b->top_line && a->bottom_line == b->bottom_line;
}

const struct xlsx_format *xlsx_format(struct xlsx *x,
                                      const struct xlsx_style *style)
{
    for (size_t i = 0; i < x->style_count; i++)
        if (same_style(&x->styles[i].style, style))
            return (const struct xlsx_format *)x->styles[i].format;
    lxw_format *f = make_format(x->book, style);
    if (f == NULL)
        check(x, LXW_ERROR_MEMORY_MALLOC_FAILED);
    x->styles = xrealloc(x->styles, x->style_count + 1, sizeof *x->styles);
    x->styles[x->style_count++] = (struct known_style){*style, f};
    return (const struct xlsx_format *)f;
}

/* ----------------------------------------------------------------- sheets */

static bool sheet_key_taken(const struct xlsx *x, const char *key)
{
    for (size_t i = 0; i < x->sheet_count; i++)
        if (strcmp(x->sheets[i]->key, key) == 0)
            return true;
    return false;
}

/* The name, cleaned, with " 2", " 3", ... behind it when it is taken. */
static void name_sheet(struct xlsx *x, struct xlsx_sheet *s, const char *name)
{
    s->name = xlsx_clean_sheet_name(name);
    s->key = text_key(s->name);
    for (int n = 2; sheet_key_taken(x, s->key); n++) {
        free(s->name);
        free(s->key);
        char *base = xlsx_clean_sheet_name(name);
        base[text_cut(base, 25)] = '\0';
        s->name = xasprintf("%s %d", base, n);
        s->key = text_key(s->name);
        free(base);
    }
}

struct xlsx_sheet *xlsx_add_sheet(struct xlsx *x, const char *name)
{
    struct xlsx_sheet *s = xcalloc(1, sizeof *s);
    s->book = x;
    name_sheet(x, s, name);
    s->sheet = workbook_add_worksheet(x->book, s->name);
    if (s->sheet == NULL && x->err.code == ST_OK)
        err_set(&x->err, ST_BUG, _("Excel takes no sheet named \"%s\""),
                s->name);
    else if (s->sheet != NULL)
        worksheet_gridlines(s->sheet, LXW_HIDE_ALL_GRIDLINES);
    x->sheets = xrealloc(x->sheets, x->sheet_count + 1, sizeof(void *));
    x->sheets[x->sheet_count++] = s;
    return s;
}

void xlsx_add_sheet_name(struct buf *b, const struct xlsx_sheet *s)
{
    buf_adds(b, "'");
    for (const char *p = s->name; *p != '\0'; p++)
        buf_adds(b, (char[]){*p, *p == '\'' ? '\'' : '\0', '\0'});
    buf_adds(b, "'!");
}

/* ------------------------------------------------------------------ cells */

void xlsx_text(struct xlsx_sheet *s, int row, int col, const char *text,
               const struct xlsx_format *f)
{
    if (!may_write(s, row, col))
        return;
    char *clean =
        xlsx_text_is_clean(text) ? NULL : xlsx_clean_text(text, XLSX_MAX_TEXT);
    const char *t = clean != NULL ? clean : text;
    if (*t == '\0')
        check(s->book, worksheet_write_blank(s->sheet, (lxw_row_t)row,
                                             (lxw_col_t)col, plain(f)));
    else
        check(s->book, worksheet_write_string(s->sheet, (lxw_row_t)row,
                                              (lxw_col_t)col, t, plain(f)));
    free(clean);
}

/* Refuses what no cell can hold. */
static bool cell_refused(struct xlsx_sheet *s, int row, int col,
                         const char *why)
{
    char cell[XLSX_CELL_LEN];
    err_set(&s->book->err, ST_BAD_DATA, _("sheet \"%s\", cell %s: %s"), s->name,
            xlsx_cell_name(row, col, false, false, cell), gettext(why));
    tell_source(s->book);
    return false;
}

static bool finite_value(struct xlsx_sheet *s, int row, int col, double v)
{
    return isfinite(v) ||
           cell_refused(s, row, col, N_("the value is not a finite number"));
}

void xlsx_number(struct xlsx_sheet *s, int row, int col, double value,
                 const struct xlsx_format *f)
{
    if (may_write(s, row, col) && finite_value(s, row, col, value))
        check(s->book, worksheet_write_number(s->sheet, (lxw_row_t)row,
                                              (lxw_col_t)col, value, plain(f)));
}

/* Excel's limit, checked here because the library has none. */
static bool formula_fits(struct xlsx_sheet *s, int row, int col,
                         const char *formula)
{
    return strlen(formula) < XLSX_MAX_FORMULA ||
           cell_refused(s, row, col,
                        N_("the formula is longer than the 8 192 characters "
                           "that Excel allows"));
}

void xlsx_formula_number(struct xlsx_sheet *s, int row, int col,
                         const char *formula, double value,
                         const struct xlsx_format *f)
{
    if (may_write(s, row, col) && finite_value(s, row, col, value) &&
        formula_fits(s, row, col, formula))
        check(s->book, worksheet_write_formula_num(s->sheet, (lxw_row_t)row,
                                                   (lxw_col_t)col, formula,
                                                   plain(f), value));
}

void xlsx_formula_text(struct xlsx_sheet *s, int row, int col,
                       const char *formula, const char *value,
                       const struct xlsx_format *f)
{
    if (!may_write(s, row, col) || !formula_fits(s, row, col, formula))
        return;
    char *clean = xlsx_clean_text(value, XLSX_MAX_TEXT);
    check(s->book,
          worksheet_write_formula_str(s->sheet, (lxw_row_t)row, (lxw_col_t)col,
                                      formula, plain(f), clean));
    free(clean);
}

void xlsx_merge(struct xlsx_sheet *s, struct xlsx_area a,
                const struct xlsx_format *f)
{
    if (area_ok(s, &a) && (a.row != a.last_row || a.col != a.last_col))
        check(s->book,
              worksheet_merge_range(s->sheet, (lxw_row_t)a.row,
                                    (lxw_col_t)a.col, (lxw_row_t)a.last_row,
                                    (lxw_col_t)a.last_col, "", plain(f)));
}

/* ------------------------------------------------------------------ shape */

void xlsx_width(struct xlsx_sheet *s, int col, double width)
{
    if (may_write(s, 0, col))
        check(s->book, worksheet_set_column(s->sheet, (lxw_col_t)col,
                                            (lxw_col_t)col, width, NULL));
}

void xlsx_height(struct xlsx_sheet *s, int row, double height)
{
    if (may_write(s, row, 0))
        check(s->book, worksheet_set_row(s->sheet, (lxw_row_t)row,
                                         height < 409 ? height : 409, NULL));
}

void xlsx_freeze(struct xlsx_sheet *s, int row, int col)
{
    if (may_write(s, row, col))
        worksheet_freeze_panes(s->sheet, (lxw_row_t)row, (lxw_col_t)col);
}

void xlsx_filter(struct xlsx_sheet *s, struct xlsx_area a)
{
    if (area_ok(s, &a))
        check(s->book, worksheet_autofilter(
                           s->sheet, (lxw_row_t)a.row, (lxw_col_t)a.col,
                           (lxw_row_t)a.last_row, (lxw_col_t)a.last_col));
}

static void add_conditional(struct xlsx_sheet *s, const struct xlsx_area *a,
                            lxw_conditional_format *c)
{
    check(s->book, worksheet_conditional_format_range(
                       s->sheet, (lxw_row_t)a->row, (lxw_col_t)a->col,
                       (lxw_row_t)a->last_row, (lxw_col_t)a->last_col, c));
}

void xlsx_rule(struct xlsx_sheet *s, struct xlsx_area a, const char *formula,
               const struct xlsx_format *f)
{
    if (!area_ok(s, &a))
        return;
    char *copy = xstrdup(formula);
    lxw_conditional_format c = {.type = LXW_CONDITIONAL_TYPE_FORMULA,
                                .value_string = copy,
                                .format = plain(f)};
    add_conditional(s, &a, &c);
    free(copy);
}

void xlsx_data_bar(struct xlsx_sheet *s, struct xlsx_area a)
{
    if (!area_ok(s, &a))
        return;
    lxw_conditional_format c = {.type = LXW_CONDITIONAL_DATA_BAR,
                                .bar_color = 0x9DC3E6,
                                .data_bar_2010 = LXW_TRUE,
                                .bar_solid = LXW_TRUE,
                                .min_rule_type =
                                    LXW_CONDITIONAL_RULE_TYPE_NUMBER,
                                .min_value = 0};
    add_conditional(s, &a, &c);
}

/* ------------------------------------------------------------------ paper */

/* A text in a page heading, where "&" begins a command and is written twice;
 * short enough that two of them fit in Excel's 255 characters. */
static void add_heading(struct buf *b, const char *code, const char *text)
{
    char *clean = xlsx_clean_text(text != NULL ? text : "", 90);
    buf_adds(b, code);
    for (const char *p = clean; *p != '\0'; p++)
        if (*p == '&')
            buf_adds(b, "&&");
        else
            buf_add(b, *p == '\n' ? " " : p, 1);
    free(clean);
}

static void page_headings(struct xlsx_sheet *s, const struct xlsx_page *p)
{
    struct buf head = BUF_INIT, foot = BUF_INIT;
    /* the space keeps a text that begins with a digit out of the size */
    add_heading(&head, "&L&9 ", p->head_left);
    add_heading(&head, "&R&9 ", p->head_right);
    add_heading(&foot, "&L&9 ", p->foot_left);
    buf_adds(&foot, "&R&9&P / &N");
    check(s->book, worksheet_set_header(s->sheet, buf_str(&head)));
    check(s->book, worksheet_set_footer(s->sheet, buf_str(&foot)));
    buf_release(&head);
    buf_release(&foot);
}

void xlsx_page(struct xlsx_sheet *s, const struct xlsx_page *p)
{
    const uint8_t a4 = 9; /* Excel's number for the paper */
    if (!may_write(s, p->last_row, p->last_col))
        return;
    if (!p->portrait)
        worksheet_set_landscape(s->sheet);
    worksheet_set_paper(s->sheet, a4);
    worksheet_set_margins(s->sheet, 0.4, 0.4, 0.6, 0.55); /* inches */
    worksheet_fit_to_pages(s->sheet, 1, p->one_page ? 1 : 0);
    worksheet_center_horizontally(s->sheet);
    page_headings(s, p);
    check(s->book, worksheet_print_area(s->sheet, 0, 0, (lxw_row_t)p->last_row,
                                        (lxw_col_t)p->last_col));
    if (p->head >= 0)
        check(s->book, worksheet_repeat_rows(s->sheet, (lxw_row_t)p->head,
                                             (lxw_row_t)p->head));
}

void xlsx_page_breaks(struct xlsx_sheet *s, const int *rows, size_t n)
{
    if (n == 0 || s->book->err.code != ST_OK)
        return;
    if (n > LXW_BREAKS_MAX)
        n = LXW_BREAKS_MAX;
    lxw_row_t *breaks = xcalloc(n + 1, sizeof *breaks); /* ends with 0 */
    for (size_t i = 0; i < n; i++)
        breaks[i] = (lxw_row_t)rows[i];
    check(s->book, worksheet_set_h_pagebreaks(s->sheet, breaks));
    free(breaks);
}

/* ------------------------------------------------------------------ names */

/* Takes a defined name; refuses what Excel would misread and doubles. */
static bool take_name(struct xlsx *x, const char *name)
{
    if (x->err.code != ST_OK)
        return false;
    if (!xlsx_is_name(name)) {
        err_set(&x->err, ST_BAD_DATA,
                _("\"%s\" cannot name a cell: use letters without accents, "
                  "digits and \"_\", and nothing like A1"),
                name);
        tell_source(x);
        return false;
    }
    for (size_t i = 0; i < x->name_count; i++)
        if (strcasecmp(x->names[i], name) == 0) {
            err_set(&x->err, ST_BAD_DATA, _("two cells are named \"%s\""),
                    name);
            tell_source(x);
            return false;
        }
    x->names = xrealloc(x->names, x->name_count + 1, sizeof *x->names);
    x->names[x->name_count++] = xstrdup(name);
    return true;
}

static void define(struct xlsx_sheet *s, const struct xlsx_area *a,
                   const char *name)
{
    char first[XLSX_CELL_LEN], last[XLSX_CELL_LEN];
    struct buf b = BUF_INIT;
    buf_adds(&b, "=");
    xlsx_add_sheet_name(&b, s);
    buf_adds(&b, xlsx_cell_name(a->row, a->col, true, true, first));
    if (a->row != a->last_row)
        buf_addf(&b, ":%s",
                 xlsx_cell_name(a->last_row, a->last_col, true, true, last));
    check(s->book, workbook_define_name(s->book->book, name, buf_str(&b)));
    buf_release(&b);
}

void xlsx_define(struct xlsx_sheet *s, int row, int col, const char *name)
{
    struct xlsx_area a = {row, col, row, col};
    if (may_write(s, row, col) && take_name(s->book, name))
        define(s, &a, name);
}

void xlsx_add_list(struct xlsx *x, const char *name, const char *const *values,
                   size_t n)
{
    if (n == 0 || !take_name(x, name))
        return;
    x->lists = xrealloc(x->lists, x->list_count + 1, sizeof *x->lists);
    struct choices *c = &x->lists[x->list_count++];
    *c = (struct choices){xstrdup(name), xcalloc(n, sizeof(char *)), n};
    for (size_t i = 0; i < n; i++)
        c->values[i] = xstrdup(values[i]);
}

/* The hidden sheet: one column for each list. */
static void write_lists(struct xlsx *x)
{
    if (x->list_count == 0 || x->err.code != ST_OK)
        return;
    struct xlsx_sheet *s = xlsx_add_sheet(x, _("Lists"));
    if (x->err.code != ST_OK)
        return;
    for (size_t i = 0; i < x->list_count; i++) {
        const struct choices *c = &x->lists[i];
        for (size_t v = 0; v < c->count; v++)
            xlsx_text(s, (int)v, (int)i, c->values[v], NULL);
        struct xlsx_area a = {0, (int)i, (int)c->count - 1, (int)i};
        define(s, &a, c->name);
    }
    worksheet_hide(s->sheet);
}

static void add_validation(struct xlsx_sheet *s, const struct xlsx_area *a,
                           lxw_data_validation *v)
{
    check(s->book, worksheet_data_validation_range(
                       s->sheet, (lxw_row_t)a->row, (lxw_col_t)a->col,
                       (lxw_row_t)a->last_row, (lxw_col_t)a->last_col, v));
}

void xlsx_choice(struct xlsx_sheet *s, struct xlsx_area a, const char *name)
{
    if (!area_ok(s, &a))
        return;
    char *formula = xasprintf("=%s", name);
    lxw_data_validation v = {.validate = LXW_VALIDATION_TYPE_LIST_FORMULA,
                             .value_formula = formula};
    add_validation(s, &a, &v);
    free(formula);
}

void xlsx_limit(struct xlsx_sheet *s, struct xlsx_area a, const char *formula,
                const char *message)
{
    if (!area_ok(s, &a))
        return;
    char zero[] = "=0";
    char *limit = xasprintf("=%s", formula);
    char *text = xlsx_clean_text(message, 250);
    lxw_data_validation v = {.validate = LXW_VALIDATION_TYPE_DECIMAL_FORMULA,
                             .criteria = LXW_VALIDATION_CRITERIA_BETWEEN,
                             .minimum_formula = zero,
                             .maximum_formula = limit,
                             .error_message = text};
    add_validation(s, &a, &v);
    free(text);
    free(limit);
}

/* ----------------------------------------------------------------- charts */

/* A text of a chart: the library takes one that begins with "=" for a range.
 * The caller frees. */
static char *chart_text(const char *s)
{
    char *clean = xlsx_clean_text(s, 200);
    if (*clean != '=')
        return clean;
    char *text = xasprintf(" %s", clean);
    free(clean);
    return text;
}

static void set_range(lxw_chart_series *series, const struct xlsx_range *r,
                      void (*set)(lxw_chart_series *, const char *, lxw_row_t,
                                  lxw_col_t, lxw_row_t, lxw_col_t))
{
    set(series, r->sheet->name, (lxw_row_t)r->area.row, (lxw_col_t)r->area.col,
        (lxw_row_t)r->area.last_row, (lxw_col_t)r->area.last_col);
}

/* The first series is dark, the second light with a dark edge: they differ on
 * a black-and-white copy too. */
static void add_series(struct xlsx *x, lxw_chart *chart,
                       const struct xlsx_series *s, size_t nth)
{
    static const lxw_color_t fills[] = {0x1F4E79, 0xBDD7EE, 0xF4B183};
    lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
    if (series == NULL) {
        check(x, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    set_range(series, &s->categories, chart_series_set_categories);
    set_range(series, &s->values, chart_series_set_values);
    char *name = chart_text(s->name);
    chart_series_set_name(series, name);
    free(name);
    lxw_chart_fill fill = {.color = fills[nth % 3]};
    lxw_chart_line edge = {.color = 0x1F4E79, .width = 0.75F};
    chart_series_set_fill(series, &fill);
    chart_series_set_line(series, &edge);
}

static void dress_chart(lxw_chart *chart, const struct xlsx_chart *c)
{
    lxw_chart_font font = {.size = 11, .bold = LXW_TRUE, .color = 0x1F3864};
    lxw_chart_font small = {.size = 9};
    char *title = chart_text(c->title);
    chart_title_set_name(chart, title);
    free(title);
    chart_title_set_name_font(chart, &font);
    chart_legend_set_position(chart, c->count < 2 ? LXW_CHART_LEGEND_NONE
                                                  : LXW_CHART_LEGEND_BOTTOM);
    lxw_chart_line grid = {.color = 0xD9D9D9, .width = 0.5F};
    lxw_chart_axis *values = c->bar ? chart->x_axis : chart->y_axis;
    lxw_chart_axis *names = c->bar ? chart->y_axis : chart->x_axis;
    chart_axis_set_num_font(names, &small);
    chart_axis_set_num_font(values, &small);
    chart_axis_set_num_format(values, c->number);
    chart_axis_major_gridlines_set_line(values, &grid);
    chart_axis_set_min(values, 0);
    if (c->unit > 0)
        chart_axis_set_major_unit(values, c->unit);
    if (c->bar)
        chart_axis_set_reverse(names); /* the first row on top */
}

void xlsx_chart(struct xlsx_sheet *s, const struct xlsx_chart *c)
{
    struct xlsx *x = s->book;
    if (!may_write(s, c->row, c->col))
        return;
    lxw_chart *chart =
        workbook_add_chart(x->book, c->bar ? LXW_CHART_BAR : LXW_CHART_COLUMN);
    if (chart == NULL) {
        check(x, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    for (size_t i = 0; i < c->count; i++)
        add_series(x, chart, &c->series[i], i);
    dress_chart(chart, c);
    /* the library's own size is 480 x 288 pixels */
    lxw_chart_options o = {.x_scale = c->width / 480.0,
                           .y_scale = c->height / 288.0,
                           .object_position = LXW_OBJECT_MOVE_AND_SIZE};
    check(x, worksheet_insert_chart_opt(s->sheet, (lxw_row_t)c->row,
                                        (lxw_col_t)c->col, chart, &o));
}

/* --------------------------------------------------------- the file's end */

static void release(struct xlsx *x)
{
    for (size_t i = 0; i < x->sheet_count; i++) {
        free(x->sheets[i]->name);
        free(x->sheets[i]->key);
        free(x->sheets[i]);
    }
    for (size_t i = 0; i < x->list_count; i++) {
        for (size_t v = 0; v < x->lists[i].count; v++)
            free(x->lists[i].values[v]);
        free(x->lists[i].values);
        free(x->lists[i].name);
    }
    for (size_t i = 0; i < x->name_count; i++)
        free(x->names[i]);
    free(x->names);
    free(x->lists);
    free(x->sheets);
    free(x->styles);
    whole_file_release(&x->file);
    free(x);
}

void xlsx_discard(struct xlsx *x)
{
    if (x == NULL)
        return;
    if (x->book != NULL)
        lxw_workbook_free(x->book);
    release(x);
}

/* Has the library write everything. What fails it also prints itself, in
 * English and ahead of our message: it is given another stderr meanwhile. */
static lxw_error close_quietly(lxw_workbook *book)
{
    FILE *ours = stderr, *nowhere = fopen("/dev/null", "w");
    if (nowhere != NULL)
        stderr = nowhere;
    errno = 0;
    lxw_error rc = workbook_close(book); /* frees the book in any case */
    int why = errno;
    stderr = ours;
    if (nowhere != NULL)
        fclose(nowhere);
    errno = why;
    return rc;
}

/* Writes everything, then moves the file into its place. */
static enum status put_in_place(struct xlsx *x)
{
    lxw_error rc = close_quietly(x->book);
    x->book = NULL;
    if (rc != LXW_NO_ERROR)
        return err_set(&x->err, ST_IO,
                       _("the workbook %s cannot be written: %s; is the disk "
                         "full?"),
                       x->file.path,
                       errno != 0 ? strerror(errno) : lxw_strerror(rc));
    return whole_file_place(&x->file, &x->err);
}

enum status xlsx_finish(struct xlsx *x, struct err *e)
{
    write_lists(x);
    enum status st = x->err.code == ST_OK ? put_in_place(x) : x->err.code;
    if (st != ST_OK)
        err_set(e, st, "%s", x->err.msg);
    xlsx_discard(x);
    return st;
}
