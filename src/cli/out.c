/* Output: lists, records, JSON, notes and warnings. */
#include "cli/out.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/money.h"
#include "files/csv_out.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* ------------------------------------------------- the kinds of columns */

enum kind {
    KIND_TEXT,
    KIND_NUMBER,
    KIND_MONEY,
    KIND_DECIMAL,
    KIND_SCORE, /* hundredths, always with both decimals */
    KIND_DATE,
    KIND_TERM
};

struct column {
    enum kind kind;
    int decimals; /* of KIND_DECIMAL */
    const char *unit;
    int width;
};

static bool ends_with(const char *name, const char *end)
{
    size_t n = strlen(name), m = strlen(end);
    return n >= m && strcmp(name + n - m, end) == 0;
}

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names != NULL; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

/* store/rows.h says how a name tells the kind. */
static struct column column_of(const char *name)
{
    static const char *const terms[] = {
        "status",    "decision", "reason_code", "missing_policy",
        "rule",      "state",    "tie_break",   "confidential",
        "call_rule", "differs",  "objective",   "curve",
        "rounding",  "late",     "independent", "solidity",
        NULL};
    static const char *const dates[] = {"opens", "closes", NULL};
    static const char *const hundredths[] = {
        "threshold", "score",    "median",   "min", "max",         "sd", "mean",
        "range",     "adjusted", "severity", "tau", "coefficient", NULL};
    if (ends_with(name, "_cents") || *name == ROWS_AMOUNT)
        return (struct column){KIND_MONEY, 2, "", 0};
    if (ends_with(name, "_milli"))
        return (struct column){KIND_DECIMAL, 3, "", 0};
    if (ends_with(name, "_bp"))
        return (struct column){KIND_DECIMAL, 2, "\xC2\xA0%", 0};
    if (is_one_of(name, hundredths))
        return (struct column){KIND_SCORE, 2, "", 0};
    if (ends_with(name, "_on") || ends_with(name, "_at") ||
        is_one_of(name, dates))
        return (struct column){KIND_DATE, 0, "", 0};
    if (is_one_of(name, terms))
        return (struct column){KIND_TERM, 0, "", 0};
    return (struct column){KIND_TEXT, 0, "", 0};
}

/* The text of a cell for people; the caller frees. */
static char *shown(const struct column *col, const struct cell *c)
{
    char tmp[MONEY_LEN];
    if (c->kind == CELL_NULL)
        return xstrdup("");
    if (c->kind == CELL_INT && col->kind == KIND_MONEY)
        return xstrdup(money_text(c->i, tmp));
    if (c->kind == CELL_INT && col->kind == KIND_DECIMAL)
        return xasprintf("%s%s", decimal_text(c->i, col->decimals, tmp),
                         col->unit);
    if (c->kind == CELL_INT && col->kind == KIND_SCORE)
        return xstrdup(hundredths_text(c->i, tmp));
    if (col->kind == KIND_DATE)
        return xstrdup(minute_text(c->s, tmp));
    if (col->kind == KIND_TERM)
        return xstrdup(c->kind == CELL_INT ? out_term(c->i ? "yes" : "no")
                                           : out_term(c->s));
    return text_one_line(c->s);
}

char *out_value(const char *name, const struct cell *cell)
{
    struct column col = column_of(name);
    return shown(&col, cell);
}

static bool is_right(const struct column *col, const struct rows *rows,
                     size_t c)
{
    if (col->kind == KIND_MONEY || col->kind == KIND_DECIMAL ||
        col->kind == KIND_SCORE)
        return true;
    if (col->kind != KIND_TEXT)
        return false;
    for (size_t r = 0; r < rows->count; r++)
        if (rows_at(rows, r, c)->kind == CELL_TEXT)
            return false;
    return rows->count > 0;
}

/* --------------------------------------------------------------- tables */

struct table {
    const struct rows *rows;
    struct column *columns;
    char **cells; /* as shown, row by row */
};

static void table_init(struct table *t, const struct rows *rows)
{
    t->rows = rows;
    t->columns = xcalloc(rows->columns, sizeof *t->columns);
    t->cells = xcalloc(rows->count * rows->columns, sizeof *t->cells);
    for (size_t c = 0; c < rows->columns; c++) {
        struct column *col = &t->columns[c];
        *col = column_of(rows->names[c]);
        col->width = text_width(out_heading(rows->names[c]));
        for (size_t r = 0; r < rows->count; r++) {
            char *s = shown(col, rows_at(rows, r, c));
            t->cells[r * rows->columns + c] = s;
            if (text_width(s) > col->width)
                col->width = text_width(s);
        }
    }
}

static void table_release(struct table *t)
{
    for (size_t i = 0; i < t->rows->count * t->rows->columns; i++)
        free(t->cells[i]);
    free(t->cells);
    free(t->columns);
}

/* On a terminal that is too narrow, the widest texts give way. */
static void fit_to_screen(struct table *t)
{
    struct winsize w;
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) != 0 ||
        w.ws_col < 40)
        return;
    for (;;) {
        int total = -2;
        struct column *widest = NULL;
        for (size_t c = 0; c < t->rows->columns; c++) {
            struct column *col = &t->columns[c];
            total += col->width + 2;
            if (col->kind == KIND_TEXT && col->width > 12 &&
                (widest == NULL || col->width > widest->width))
                widest = col;
        }
        if (total <= w.ws_col || widest == NULL)
            return;
        widest->width--;
    }
}

/* Prints `s` in `width` columns, cut with an ellipsis when it is longer. */
static void print_cell(const char *s, int width, bool right, bool last)
{
    int wide = text_width(s);
    if (wide > width) {
        size_t n = strlen(s);
        char *cut = xstrdup(s);
        while (text_width(cut) > width - 1)
            cut[n = text_cut(cut, n - 1)] = '\0';
        printf("%s…", cut);
        wide = text_width(cut) + 1;
        free(cut);
        printf("%*s", last ? 0 : width - wide, "");
        return;
    }
    if (right)
        printf("%*s%s", width - wide, "", s);
    else
        printf("%s%*s", s, last ? 0 : width - wide, "");
}

static void print_table_row(const struct table *t, size_t r, const bool *right)
{
    size_t n = t->rows->columns;
    for (size_t c = 0; c < n; c++) {
        if (c > 0)
            fputs("  ", stdout);
        print_cell(t->cells[r * n + c], t->columns[c].width, right[c],
                   c + 1 == n);
    }
    putchar('\n');
}

static void print_table(const struct ctx *ctx, const struct rows *rows)
{
    if (rows->count == 0) {
        puts(_("(none)"));
        return;
    }
    struct table t;
    table_init(&t, rows);
    fit_to_screen(&t);
    bool *right = xcalloc(rows->columns, sizeof *right);
    fputs(ctx->color ? "\033[1m" : "", stdout);
    for (size_t c = 0; c < rows->columns; c++) {
        right[c] = is_right(&t.columns[c], rows, c);
        if (c > 0)
            fputs("  ", stdout);
        print_cell(out_heading(rows->names[c]), t.columns[c].width, right[c],
                   c + 1 == rows->columns);
    }
    puts(ctx->color ? "\033[0m" : "");
    for (size_t r = 0; r < rows->count; r++)
        print_table_row(&t, r, right);
    free(right);
    table_release(&t);
}

/* ------------------------------------------------------------------ CSV */

/* A cell as French Excel reads it: decimal comma, ISO days, plain digits. */
static char *csv_value(const struct column *col, const struct cell *c,
                       bool *text)
{
    char tmp[MONEY_LEN];
    *text = c->kind == CELL_TEXT;
    if (c->kind == CELL_NULL)
        return xstrdup("");
    if (c->kind != CELL_INT)
        return xstrdup(c->s);
    if (col->kind == KIND_MONEY)
        money_plain(c->i, tmp);
    else if (col->kind == KIND_DECIMAL || col->kind == KIND_SCORE)
        decimal_plain(c->i, col->decimals, tmp);
    else
        return xstrdup(c->s);
    char *point = strchr(tmp, '.');
    if (point != NULL)
        *point = ',';
    return xstrdup(tmp);
}

static void print_csv(const struct rows *rows)
{
    struct buf line = BUF_INIT;
    buf_adds(&line, CSV_BOM);
    for (size_t c = 0; c < rows->columns; c++)
        csv_out_cell(&line, rows->names[c] + (*rows->names[c] == ROWS_AMOUNT),
                     true, c == 0);
    csv_out_end(&line);
    for (size_t r = 0; r < rows->count; r++) {
        for (size_t c = 0; c < rows->columns; c++) {
            struct column col = column_of(rows->names[c]);
            bool text;
            char *value = csv_value(&col, rows_at(rows, r, c), &text);
            csv_out_cell(&line, value, text, c == 0);
            free(value);
        }
        csv_out_end(&line);
    }
    fwrite(line.s, 1, line.len, stdout);
    buf_release(&line);
}

/* ----------------------------------------------------------------- JSON */

json_t *out_row_json(const struct rows *rows, size_t row)
{
    json_t *o = json_object();
    for (size_t c = 0; c < rows->columns; c++) {
        const struct cell *cell = rows_at(rows, row, c);
        json_t *v = cell->kind == CELL_INT    ? json_integer(cell->i)
                    : cell->kind == CELL_TEXT ? json_string(cell->s)
                                              : json_null();
        json_object_set_new(o, rows->names[c], v);
    }
    return o;
}

void out_json(struct ctx *ctx, json_t *value)
{
    (void)ctx;
    json_dumpf(value, stdout,
               JSON_INDENT(2) | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
    putchar('\n');
    json_decref(value);
}

/* ------------------------------------------------------------- sentences */

#define WIDTH 80 /* columns of a text where the terminal does not say */

static int screen_width(void)
{
    struct winsize w;
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 &&
        w.ws_col >= 40)
        return w.ws_col < 100 ? w.ws_col : 100;
    return WIDTH;
}

void out_wrapped(const char *text, int at)
{
    int width = screen_width(), column = at;
    char *copy = xstrdup(text), *save = NULL;
    for (char *w = strtok_r(copy, " ", &save); w != NULL;
         w = strtok_r(NULL, " ", &save)) {
        int wide = text_width(w);
        if (column > at && column + 1 + wide > width) {
            printf("\n%*s", at, "");
            column = at;
        }
        column += printf("%s", column > at ? " " : "") + wide;
        fputs(w, stdout);
    }
    putchar('\n');
    free(copy);
}

void out_sentences(struct ctx *ctx, const struct rows *rows)
{
    if (ctx->format != FORMAT_TABLE || rows->count == 0)
        return;
    int at = 0;
    putchar('\n');
    for (size_t r = 0; r < rows->count; r++) {
        int wide = text_width(rows_at(rows, r, 0)->s);
        at = wide > at ? wide : at;
    }
    for (size_t r = 0; r < rows->count; r++) {
        print_cell(rows_at(rows, r, 0)->s, at + 2, false, false);
        out_wrapped(rows_at(rows, r, 1)->s, at + 2);
    }
}

/* --------------------------------------------------------- the interface */

void out_rows(struct ctx *ctx, const struct rows *rows)
{
    if (ctx->format == FORMAT_TABLE) {
        print_table(ctx, rows);
    } else if (ctx->format == FORMAT_CSV) {
        print_csv(rows);
    } else {
        json_t *list = json_array();
        for (size_t r = 0; r < rows->count; r++)
            json_array_append_new(list, out_row_json(rows, r));
        out_json(ctx, list);
    }
}

enum status print_list(struct ctx *ctx)
{
    struct rows rows = {0};
    int64_t year;
    enum status st = ctx_call(ctx, &year);
    if (st == ST_OK)
        st = ctx->command->list(ctx->db, year, &rows, ctx->err);
    if (st == ST_OK)
        out_rows(ctx, &rows);
    rows_release(&rows);
    return st;
}

void out_record(struct ctx *ctx, const struct rows *rows)
{
    if (ctx->format == FORMAT_CSV) {
        print_csv(rows);
        return;
    }
    if (ctx->format == FORMAT_JSON) {
        out_json(ctx, rows->count > 0 ? out_row_json(rows, 0) : json_null());
        return;
    }
    int width = 0;
    for (size_t c = 0; c < rows->columns; c++) {
        int wide = text_width(out_heading(rows->names[c]));
        width = wide > width ? wide : width;
    }
    for (size_t c = 0; rows->count > 0 && c < rows->columns; c++) {
        struct column col = column_of(rows->names[c]);
        char *value = shown(&col, rows_at(rows, 0, c));
        print_cell(out_heading(rows->names[c]), width, false, false);
        printf("  %s\n", *value != '\0' ? value : "-");
        free(value);
    }
}

bool out_is_office(const struct ctx *ctx)
{
    return ctx->format == FORMAT_TABLE && isatty(STDOUT_FILENO);
}

/* Prints a text of several lines without what would steer the terminal. */
static void print_safely(FILE *to, const char *fmt, va_list ap)
{
    struct buf text = BUF_INIT;
    buf_addv(&text, fmt, ap);
    fputs(text_defuse(text.s), to);
    buf_release(&text);
}

static void note(const struct ctx *ctx, const char *fmt, va_list ap)
{
    if (ctx->quiet || ctx->format != FORMAT_TABLE)
        return;
    print_safely(stdout, fmt, ap);
    putchar('\n');
}

void out_note(struct ctx *ctx, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    note(ctx, fmt, ap);
    va_end(ap);
}

enum status out_done(struct ctx *ctx, enum status st, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    if (st == ST_OK)
        note(ctx, fmt, ap);
    va_end(ap);
    return st;
}

void out_warn(struct ctx *ctx, const char *fmt, ...)
{
    (void)ctx;
    va_list ap;
    va_start(ap, fmt);
    fprintf(stderr, "cispd: %s: ", _("warning"));
    print_safely(stderr, fmt, ap);
    va_end(ap);
    fputc('\n', stderr);
}
