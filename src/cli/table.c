/* Lists as aligned tables, as wide as the screen. */
#include "cli/table.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/kind.h"
#include "store/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { TEXT_LEAST = 12 }; /* no text is cut to less */

struct column {
    struct kind kind;
    int width;
    int least; /* the widest of its cells and of its heading's words */
    bool right, empty, hidden;
    bool left_out; /* hidden although not empty */
};

int table_screen(int file)
{
    struct winsize w;
    const char *said = getenv("COLUMNS");
    int columns = said != NULL ? (int)strtol(said, NULL, 10) : 0;
    if (columns == 0 && isatty(STDOUT_FILENO) &&
        ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0)
        columns = w.ws_col;
    return columns >= 40 ? columns : file;
}

static bool is_right(enum kind_name kind, const struct rows *rows, size_t c)
{
    if (kind == KIND_MONEY || kind == KIND_DECIMAL || kind == KIND_SCORE)
        return true;
    if (kind != KIND_TEXT)
        return false;
    for (size_t r = 0; r < rows->count; r++)
        if (rows_at(rows, r, c)->kind == CELL_TEXT)
            return false;
    return rows->count > 0;
}

struct table {
    const struct rows *rows;
    struct column *columns;
    char **cells; /* as shown, row by row */
};

static int longest_word(const char *text)
{
    char *copy = xstrdup(text), *save = NULL;
    int longest = 0;
    for (char *w = strtok_r(copy, " ", &save); w != NULL;
         w = strtok_r(NULL, " ", &save))
        longest = text_width(w) > longest ? text_width(w) : longest;
    free(copy);
    return longest;
}

static void table_init(struct table *t, const struct rows *rows)
{
    t->rows = rows;
    t->columns = xcalloc(rows->columns, sizeof *t->columns);
    t->cells = xcalloc(rows->count * rows->columns, sizeof *t->cells);
    for (size_t c = 0; c < rows->columns; c++) {
        struct column *col = &t->columns[c];
        col->kind = kind_of(rows->names[c]);
        col->right = is_right(col->kind.name, rows, c);
        col->width = text_width(words_heading(rows->names[c]));
        col->least = longest_word(words_heading(rows->names[c]));
        col->empty = true;
        for (size_t r = 0; r < rows->count; r++) {
            char *s = kind_text(&col->kind, rows_at(rows, r, c));
            t->cells[r * rows->columns + c] = s;
            if (text_width(s) > col->width)
                col->width = text_width(s);
            if (text_width(s) > col->least)
                col->least = text_width(s);
            col->empty = col->empty && *s == '\0';
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

/* How narrow a column may become: texts are cut, and headings broken between
 * words; amounts, days and numbers are never cut. */
static int narrowest(const struct column *col)
{
    bool text = col->kind.name == KIND_TEXT || col->kind.name == KIND_TERM;
    return text && col->least > TEXT_LEAST ? TEXT_LEAST : col->least;
}

/* The column to make narrower: the heading that takes most more than its
 * cells, else the widest text. NULL: no more. */
static struct column *widest(const struct table *t)
{
    struct column *heading = NULL, *text = NULL;
    for (size_t c = 0; c < t->rows->columns; c++) {
        struct column *col = &t->columns[c];
        int spare = col->width - col->least;
        if (col->hidden || col->width == narrowest(col))
            continue;
        if (spare > 0 &&
            (heading == NULL || spare > heading->width - heading->least))
            heading = col;
        if (text == NULL || col->width > text->width)
            text = col;
    }
    return heading != NULL ? heading : text;
}

/* The next column that a narrow screen does without, what is missed least
 * first: another command shows it, or the list as CSV. NULL: no more. */
static struct column *spared(const struct table *t)
{
    static const char *const names[] = {
        "range",  "saved_at",   "decided_on",      "by_hand", "call_rule",
        "rna",    "title",      "requested_cents", "funded",  "rest_cents",
        "median", "every_case", "skip_cents",      "sheets"};
    for (size_t n = 0; n < sizeof names / sizeof *names; n++)
        for (size_t c = 0; c < t->rows->columns; c++)
            if (!t->columns[c].hidden &&
                strcmp(t->rows->names[c], names[n]) == 0)
                return &t->columns[c];
    return NULL;
}

/* How wide the table is, or with all its columns as narrow as they may be. */
static int total_width(const struct table *t, bool least)
{
    int total = -2;
    for (size_t c = 0; c < t->rows->columns; c++) {
        const struct column *col = &t->columns[c];
        if (!col->hidden)
            total += 2 + (least ? narrowest(col) : col->width);
    }
    return total;
}

/* Where all is too wide, empty columns go first. */
static void fit_to_screen(struct table *t)
{
    int most = table_screen(120);
    struct column *col;
    for (size_t c = 0; total_width(t, false) > most && c < t->rows->columns;
         c++)
        t->columns[c].hidden = t->columns[c].empty;
    while (total_width(t, true) > most && (col = spared(t)) != NULL)
        col->hidden = col->left_out = true;
    for (int total = total_width(t, false);
         total > most && (col = widest(t)) != NULL; total--)
        col->width--;
}

void table_wrapped(const char *text, int at)
{
    int wide_screen = table_screen(80), column = at;
    int width = wide_screen < 100 ? wide_screen : 100; /* longer tires */
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

/* Names the columns that there was no room for. */
static void note_left_out(const struct table *t)
{
    struct buf line = BUF_INIT;
    for (size_t c = 0; c < t->rows->columns; c++)
        if (t->columns[c].left_out)
            buf_addf(&line, "%s %s",
                     line.len > 0 ? ","
                                  : _("Left out, for "
                                      "want of room:"),
                     words_heading(t->rows->names[c]));
    if (line.len > 0)
        table_wrapped(line.s, 0);
    buf_release(&line);
}

void table_cell(const char *s, int width, bool right, bool last)
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

/* The cells of a line, those of hidden columns left out. */
static void print_line(const struct table *t, char *const *cells)
{
    size_t last = 0;
    bool first = true;
    for (size_t c = 0; c < t->rows->columns; c++)
        last = t->columns[c].hidden ? last : c;
    for (size_t c = 0; c <= last; c++) {
        const struct column *col = &t->columns[c];
        if (col->hidden)
            continue;
        fputs(first ? "" : "  ", stdout);
        first = false;
        table_cell(cells[c], col->width, col->right, c == last);
    }
}

/* How many bytes of `rest` fill a line of `width` columns, whole words. */
static size_t line_of_words(const char *rest, int width)
{
    size_t end = 0, next = strcspn(rest, " ");
    for (;;) {
        char *words = xstrndup(rest, next);
        bool fits = text_width(words) <= width;
        free(words);
        if (end > 0 && !fits)
            return end;
        end = next;
        if (rest[end] == '\0')
            return end;
        next += 1 + strcspn(rest + end + 1, " ");
    }
}

static void print_headings(const struct ctx *ctx, const struct table *t)
{
    size_t n = t->rows->columns;
    const char **rest = xcalloc(n, sizeof *rest);
    char **lines = xcalloc(n, sizeof *lines);
    for (size_t c = 0; c < n; c++)
        rest[c] = words_heading(t->rows->names[c]);
    for (bool more = true; more;) {
        more = false;
        for (size_t c = 0; c < n; c++) {
            size_t len = line_of_words(rest[c], t->columns[c].width);
            free(lines[c]);
            lines[c] = xstrndup(rest[c], len);
            rest[c] += len + (rest[c][len] == ' ');
            more = more || (*rest[c] != '\0' && !t->columns[c].hidden);
        }
        fputs(ctx->color ? "\033[1m" : "", stdout);
        print_line(t, lines);
        puts(ctx->color ? "\033[0m" : "");
    }
    for (size_t c = 0; c < n; c++)
        free(lines[c]);
    free(lines);
    free(rest);
}

void table_print(const struct ctx *ctx, const struct rows *rows)
{
    if (rows->count == 0) {
        puts(_("(none)"));
        return;
    }
    struct table t;
    table_init(&t, rows);
    fit_to_screen(&t);
    print_headings(ctx, &t);
    for (size_t r = 0; r < rows->count; r++) {
        print_line(&t, t.cells + r * rows->columns);
        putchar('\n');
    }
    note_left_out(&t);
    table_release(&t);
}
