/* Reading CSV files. libcsv splits rows into cells; this file feeds it whole
 * physical lines, so that line numbers are exact, and keeps the lines of the
 * row at hand, so that a broken quote costs one line and not the rest of the
 * file: reading starts again behind the line where the quote was opened.
 *
 *   win: |....row's lines....|....not read yet....|
 *        start               cursor               end
 */
#include "files/csv_in.h"
#include "base/i18n.h"
#include "base/text.h"
#include "files/charset.h"

#include <csv.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    CHUNK = 1 << 16,     /* bytes asked from the system at once */
    LINE_MAX_ = 1 << 20, /* a longer line is no line of a table */
    CELL_MAX = 1 << 17,  /* a cell of Excel has at most 32 767 characters */
    COLUMNS_MAX = 1 << 14,
    CONVERTED_KEPT = 8
};

struct csv_in {
    FILE *f;
    const char *name;
    struct charset charset;
    bool named_encoding;

    char *win;
    size_t start, cursor, end, cap;
    bool eof;
    size_t line; /* number of the line at `cursor` */
    size_t row_line;
    size_t open_line, open_end; /* where the open quote stands: its line, and
                                   the offset behind that line */

    struct csv_parser csv;
    unsigned char delimiter;
    bool row_done;
    bool too_long, too_many;
    size_t long_cell; /* where too_long */
    struct buf text;  /* the cells of the row, each with its NUL */
    size_t *at;       /* where each cell begins in `text` */
    size_t count, at_cap;
    char **cells;
    size_t cells_cap;
    size_t columns, least;

    struct buf decoded; /* the line at hand, where it was converted */
    bool unreadable, nul, garbled, accents; /* accents: of UTF-8 lines */
    size_t converted, converted_upto, converted_first[CONVERTED_KEPT];
    struct buf fault;
    struct err err;
};

static enum status fail(struct csv_in *in, enum status code, const char *text)
{
    return err_set(&in->err, code, _("%s: %s"), in->name, text);
}

static enum status fail_line(struct csv_in *in, const char *text)
{
    err_set(&in->err, ST_BAD_DATA, _("%s, line %zu: %s"), in->name, in->line,
            text);
    in->err.line = in->line;
    return ST_BAD_DATA;
}

/*-------------------------------------------------------------------- lines */

/* Reads more of the file behind `end`; false at its end or on an error. */
static bool fill(struct csv_in *in)
{
    if (in->eof)
        return false;
    if (in->start > 0) {
        memmove(in->win, in->win + in->start, in->end - in->start);
        in->cursor -= in->start;
        in->open_end -= in->open_end >= in->start ? in->start : in->open_end;
        in->end -= in->start;
        in->start = 0;
    }
    if (in->end + CHUNK > in->cap) {
        in->cap = in->end + 2 * CHUNK;
        in->win = xrealloc(in->win, in->cap, 1);
    }
    size_t n = fread(in->win + in->end, 1, CHUNK, in->f);
    in->end += n;
    if (n == 0) {
        in->eof = true;
        if (ferror(in->f))
            fail(in, ST_IO, strerror(errno));
    }
    return n > 0;
}

/* A line of the file, without its end. */
struct line {
    size_t at, len; /* in win */
};

/* Finds the line at `cursor` and moves behind it: LF, CRLF and CR all end a
 * line. False at the end of the file, or when it cannot be a line. */
static bool next_line(struct csv_in *in, struct line *l)
{
    size_t n = 0;
    for (;;) {
        const char *p = in->win + in->cursor;
        size_t avail = in->end - in->cursor;
        while (n < avail && p[n] != '\n' && p[n] != '\r')
            n++;
        /* A CR needs a look at the byte behind it. */
        if (n < avail && (p[n] == '\n' || n + 1 < avail || in->eof))
            break;
        if (n > LINE_MAX_) {
            fail_line(in, _("the line is longer than a million characters; "
                            "is this a CSV file?"));
            return false;
        }
        if (!fill(in)) {
            if (in->err.code != ST_OK || (n == 0 && in->cursor == in->end))
                return false;
            if (n == in->end - in->cursor)
                break;
        }
    }
    *l = (struct line){in->cursor, n};
    const char *p = in->win + in->cursor;
    size_t avail = in->end - in->cursor;
    if (n < avail)
        n += p[n] == '\r' && n + 1 < avail && p[n + 1] == '\n' ? 2 : 1;
    in->cursor += n;
    in->line++;
    return true;
}

static void note_converted(struct csv_in *in, size_t line)
{
    if (in->named_encoding || line <= in->converted_upto)
        return; /* lines are read again behind a broken quote */
    in->converted_upto = line;
    if (in->converted < CONVERTED_KEPT)
        in->converted_first[in->converted] = line;
    in->converted++;
}

/*-------------------------------------------------------------------- cells */

/* A leading ' that keeps a spreadsheet from seeing a formula. */
static bool guarded(const char *s, size_t len)
{
    return len > 1 && s[0] == '\'' && memchr("=+-@\t\r", s[1], 6) != NULL;
}

static void on_cell(void *cell, size_t len, void *data)
{
    struct csv_in *in = data;
    const char *s = cell != NULL ? cell : "";
    if (in->count >= COLUMNS_MAX) {
        in->too_many = true;
        return;
    }
    if (len > CELL_MAX) {
        in->too_long = true;
        in->long_cell = in->count;
        len = 0;
    }
    if (in->count == in->at_cap) {
        in->at_cap = in->at_cap ? 2 * in->at_cap : 32;
        in->at = xrealloc(in->at, in->at_cap, sizeof *in->at);
    }
    in->at[in->count++] = in->text.len;
    if (guarded(s, len)) {
        s++;
        len--;
    }
    buf_add(&in->text, s, len);
    buf_add(&in->text, "", 1);
}

static void on_row(int last, void *data)
{
    (void)last;
    ((struct csv_in *)data)->row_done = true;
}

static void parser_start(struct csv_in *in)
{
    if (csv_init(&in->csv, CSV_STRICT | CSV_APPEND_NULL) != 0)
        BUG("csv_init");
    csv_set_delim(&in->csv, in->delimiter);
}

static void row_start(struct csv_in *in)
{
    buf_reset(&in->text);
    in->count = 0;
    in->row_done = in->too_long = in->too_many = false;
    in->unreadable = in->nul = in->garbled = false;
}

/* Feeds bytes to libcsv; false at a quote inside a quoted cell that is neither
 * doubled nor the end of the cell. A quote inside a cell that does not begin
 * with one is a character like any other (5" tube). */
static bool feed(struct csv_in *in, const char *s, size_t len)
{
    size_t done = 0;
    while (done < len) {
        done += csv_parse(&in->csv, s + done, len - done, on_cell, on_row, in);
        if (done == len)
            break;
        if (csv_error(&in->csv) == CSV_ENOMEM) {
            fputs("cispd: out of memory; nothing was changed\n", stderr);
            exit(ST_BUG);
        }
        if (in->csv.quoted)
            return false;
        csv_set_opts(&in->csv, CSV_APPEND_NULL);
        csv_parse(&in->csv, s + done++, 1, on_cell, on_row, in);
        csv_set_opts(&in->csv, CSV_STRICT | CSV_APPEND_NULL);
    }
    return true;
}

/* Whether the line lost its accents before it came here: UTF-8 that was taken
 * for Latin-1 and encoded once more, or signs that stand for what was lost. */
static bool is_garbled(const char *s, size_t len)
{
    return memmem(s, len, "\xC3\x83\xC2", 3) != NULL ||
           memmem(s, len, "\xEF\xBF\xBD", 3) != NULL;
}

static bool is_ascii(const char *s, size_t len)
{
    while (len > 0 && (*s & 0x80) == 0) {
        s++;
        len--;
    }
    return len == 0;
}

/* Reads the line `l`, whose number is `number`, as part of the row. */
static bool feed_line(struct csv_in *in, struct line l, size_t number)
{
    const char *s = in->win + l.at;
    size_t len = l.len;
    buf_reset(&in->decoded);
    enum charset_line how = charset_line(&in->charset, s, len, &in->decoded);
    in->nul |= how == LINE_UNREADABLE && memchr(s, '\0', len) != NULL;
    if (how != LINE_AS_IS) {
        s = buf_str(&in->decoded);
        len = in->decoded.len;
    }
    if (how == LINE_CONVERTED)
        note_converted(in, number);
    in->unreadable |= how == LINE_UNREADABLE;
    in->garbled |= how == LINE_AS_IS && is_garbled(s, len);
    in->accents |= how == LINE_AS_IS && !is_ascii(s, len);
    return feed(in, s, len) && feed(in, "\n", 1);
}

/*---------------------------------------------------------------- the start */

/* Occurrences of `c` outside quotes in the `len` bytes at s. */
static size_t count_char(const char *s, size_t len, char c)
{
    size_t n = 0;
    bool quoted = false;
    for (size_t i = 0; i < len; i++) {
        if (s[i] == '"')
            quoted = !quoted;
        n += !quoted && s[i] == c;
    }
    return n;
}

/* The separator that stands most often on a line, and how often. */
static char commonest(const char *s, size_t len, size_t *count)
{
    char best = ';';
    *count = 0;
    for (const char *c = ";\t,"; *c != '\0'; c++) {
        size_t n = count_char(s, len, *c);
        if (n > *count) {
            *count = n;
            best = *c;
        }
    }
    return best;
}

static size_t line_length(const char *s, size_t len)
{
    size_t n = 0;
    while (n < len && s[n] != '\n' && s[n] != '\r')
        n++;
    return n;
}

/* Finds the separator from the first lines. The first line with one decides,
 * unless it has it once or twice and the next line not as often: then it is a
 * title with a comma above the table. */
static void find_delimiter(struct csv_in *in)
{
    size_t before = 0;
    in->delimiter = ';';
    for (size_t at = in->start, n; at < in->end && before < 3; at += n + 1) {
        const char *s = in->win + at;
        size_t count;
        n = line_length(s, in->end - at);
        if (before > 0 && count_char(s, n, (char)in->delimiter) == before)
            return;
        char best = commonest(s, n, &count);
        if (count > 0) {
            in->delimiter = (unsigned char)best;
            before = count;
        }
    }
}

/* A first line "sep=;" is Excel's way to name the separator: passes it. True
 * when there was one. */
static bool take_declaration(struct csv_in *in)
{
    const char *s = in->win + in->start;
    size_t n = line_length(s, in->end - in->start);
    if (n != 5 || strncasecmp(s, "sep=", 4) != 0)
        return false;
    if (in->delimiter == '\0')
        in->delimiter = (unsigned char)s[4];
    size_t ends = s[5] == '\r' && in->start + 6 < in->end && s[6] == '\n';
    in->cursor = in->start += in->start + n < in->end ? n + 1 + ends : n;
    in->line++;
    return true;
}

/* Two-byte text shows as a mark or as a NUL in every second place. */
static bool is_utf16(const char *s, size_t len)
{
    if (len >= 2 &&
        (memcmp(s, "\xFF\xFE", 2) == 0 || memcmp(s, "\xFE\xFF", 2) == 0))
        return true;
    size_t nul = 0, n = len < 400 ? len : 400;
    for (size_t i = 0; i < n; i++)
        nul += s[i] == '\0';
    return nul * 3 > n;
}

/* Looks at the first bytes: what is refused by name, and the BOM. */
static enum status check_start(struct csv_in *in)
{
    while (in->end < 512 && fill(in))
        ;
    if (in->err.code != ST_OK)
        return in->err.code;
    if (in->end >= 4 && memcmp(in->win, "PK\3\4", 4) == 0)
        return fail(in, ST_BAD_DATA,
                    _("this is a workbook (.xlsx or .ods): save it as CSV "
                      "UTF-8 first"));
    if (in->end >= 4 && memcmp(in->win, "\xD0\xCF\x11\xE0", 4) == 0)
        return fail(in, ST_BAD_DATA,
                    _("this is an old Excel workbook (.xls): save it as CSV "
                      "UTF-8 first"));
    if (is_utf16(in->win, in->end))
        return fail(in, ST_BAD_DATA,
                    _("the text is UTF-16 (\"Unicode text\"): save it as CSV "
                      "UTF-8"));
    if (in->end >= 3 && memcmp(in->win, "\xEF\xBB\xBF", 3) == 0)
        in->start = in->cursor = 3;
    take_declaration(in);
    if (in->delimiter == '\0')
        find_delimiter(in);
    return ST_OK;
}

enum status csv_in_open(struct csv_in **out, const char *path,
                        const struct csv_in_options *how, struct err *e)
{
    struct csv_in *in = xcalloc(1, sizeof *in);
    bool standard = strcmp(path, "-") == 0;
    in->name = standard ? _("standard input") : path;
    in->line = 1;
    in->named_encoding = how != NULL && how->encoding != NULL;
    in->delimiter = how != NULL ? (unsigned char)how->delimiter : 0;
    enum status st = charset_init(&in->charset,
                                  how != NULL ? how->encoding : NULL, &in->err);
    if (st == ST_OK) {
        in->f = standard ? stdin : fopen(path, "rb");
        if (in->f == NULL)
            st = fail(in, errno == ENOENT ? ST_NO_INPUT : ST_IO,
                      strerror(errno));
    }
    if (st == ST_OK)
        st = check_start(in);
    if (st != ST_OK) {
        err_set(e, st, "%s", in->err.msg);
        csv_in_close(in);
        in = NULL;
    }
    if (st == ST_OK)
        parser_start(in);
    *out = in;
    return st;
}

/*--------------------------------------------------------------------- rows */

static void set_fault(struct csv_in *in, struct csv_row *row, const char *text)
{
    buf_reset(&in->fault);
    buf_adds(&in->fault, text);
    row->fault = buf_str(&in->fault);
}

/* Ends the row at the line of its broken quote and reads again behind it. */
static void break_row(struct csv_in *in, struct csv_row *row)
{
    in->cursor = in->open_end;
    in->line = in->open_line + 1;
    csv_free(&in->csv);
    parser_start(in);
    row->count = 0;
    row->line = in->row_line;
    buf_reset(&in->fault);
    buf_addf(&in->fault,
             _("a quote opened on line %zu is not closed as it should be: "
               "write a quote inside a text twice (\"\"), or take it out"),
             in->open_line);
    row->fault = buf_str(&in->fault);
}

/* Names the first cell with a byte that is no character. */
static void find_unreadable(const struct csv_in *in, struct csv_row *row)
{
    for (size_t i = 0; i < row->count && row->fault_value == NULL; i++)
        if (strstr(in->cells[i], "\xEF\xBF\xBD") != NULL) {
            row->fault_cell = i;
            row->fault_value = in->cells[i];
        }
}

static void check_row(struct csv_in *in, struct csv_row *row)
{
    if (in->too_long) {
        set_fault(in, row, _("a cell is longer than 131 072 bytes"));
        row->fault_cell = in->long_cell;
        row->fault_value = "";
    } else if (in->too_many) {
        set_fault(in, row, _("the row has more than 16 384 cells"));
    } else if (in->nul) {
        set_fault(in, row,
                  _("the row holds a NUL byte, which no text has: save the "
                    "file again as CSV UTF-8"));
    } else if (in->unreadable) {
        set_fault(in, row,
                  _("the row holds bytes that are not in its encoding: name "
                    "the right one with --encoding (macintosh for an old Mac, "
                    "cp850 for DOS, iso-8859-15)"));
    }
    if (in->unreadable)
        find_unreadable(in, row);
    if (row->fault != NULL) {
        row->count = 0;
        return;
    }
    if (in->columns == 0 || in->count == in->columns ||
        (in->count < in->columns && in->count >= in->least))
        return;
    buf_reset(&in->fault);
    buf_addf(&in->fault,
             in->count > in->columns
                 ? _("the row has %zu cells for %zu headings: one too many "
                     "separators, or a text with a separator and no quotes")
                 : _("the row has %zu cells for %zu headings: some are "
                     "missing, and which ones cannot be known (if the last "
                     "ones are empty, add their separators; a spreadsheet "
                     "writes them when the last column is filled in)"),
             in->count, in->columns);
    row->fault = buf_str(&in->fault);
}

/* Hands over the cells that were gathered. */
static void finish_row(struct csv_in *in, struct csv_row *row)
{
    if (in->count > in->cells_cap) {
        in->cells_cap = in->count;
        in->cells = xrealloc(in->cells, in->cells_cap, sizeof *in->cells);
    }
    for (size_t i = 0; i < in->count; i++)
        in->cells[i] = in->text.s + in->at[i];
    *row = (struct csv_row){.line = in->row_line,
                            .count = in->count,
                            .cells = in->cells,
                            .garbled = in->garbled};
    check_row(in, row);
}

bool csv_in_next(struct csv_in *in, struct csv_row *row)
{
    struct line l;
    *row = (struct csv_row){.line = 0};
    in->start = in->cursor;
    in->row_line = in->line;
    row_start(in);
    bool open = false; /* the row goes on: a quote is open */
    while (in->err.code == ST_OK && next_line(in, &l)) {
        size_t number = in->line - 1, before = in->count;
        bool ok = feed_line(in, l, number);
        /* The open quote stands on this line unless it was open before and no
         * cell has ended since. */
        if (!open || in->count > before) {
            in->open_line = number;
            in->open_end = in->cursor;
        }
        open = ok && !in->row_done && in->csv.quoted;
        if (!ok || (open && in->csv.entry_pos > CELL_MAX)) {
            break_row(in, row);
            return true;
        }
        if (in->row_done) {
            finish_row(in, row);
            return true;
        }
        if (!open) { /* a blank line */
            in->start = in->cursor;
            in->row_line = in->line;
        }
    }
    if (in->err.code != ST_OK || !open)
        return false;
    break_row(in, row);
    return true;
}

void csv_in_set_columns(struct csv_in *in, size_t columns)
{
    in->columns = in->least = columns;
}

void csv_in_allow_short(struct csv_in *in, size_t least)
{
    in->least = least;
}

enum status csv_in_status(const struct csv_in *in, struct err *e)
{
    if (in->err.code != ST_OK)
        *e = in->err;
    return in->err.code;
}

bool csv_in_at_end(struct csv_in *in)
{
    size_t n = 0;
    do {
        for (; in->cursor + n < in->end; n++) {
            char c = in->win[in->cursor + n];
            if (c != (char)in->delimiter && strchr(" \t\r\n", c) == NULL)
                return false;
        }
    } while (fill(in));
    return true;
}

char csv_in_delimiter(const struct csv_in *in)
{
    return (char)in->delimiter;
}

const char *csv_in_name(const struct csv_in *in)
{
    return in->name;
}

void csv_in_raw(const struct csv_in *in, struct buf *out)
{
    const char *s = in->win + in->start;
    size_t len = in->cursor - in->start;
    for (int i = 0; i < 2 && len > 0; i++) /* CRLF, LF or CR */
        if (s[len - 1] == (i == 0 ? '\n' : '\r'))
            len--;
    while (len > 0) { /* each line has an encoding of its own */
        const char *nl = memchr(s, '\n', len);
        size_t n = nl != NULL ? (size_t)(nl - s) + 1 : len;
        if (charset_line(&in->charset, s, n, out) == LINE_AS_IS)
            buf_add(out, s, n);
        s += n;
        len -= n;
    }
}

size_t csv_in_converted(const struct csv_in *in, size_t *lines, size_t max)
{
    for (size_t i = 0; i < max && i < in->converted && i < CONVERTED_KEPT; i++)
        lines[i] = in->converted_first[i];
    return in->converted;
}

bool csv_in_mixed(const struct csv_in *in)
{
    return in->converted > 0 && in->accents;
}

void csv_in_close(struct csv_in *in)
{
    if (in == NULL)
        return;
    if (in->f != NULL && in->f != stdin)
        fclose(in->f);
    if (in->csv.free_func != NULL) /* the parser was started */
        csv_free(&in->csv);
    free(in->win);
    free(in->at);
    free(in->cells);
    buf_release(&in->text);
    buf_release(&in->decoded);
    buf_release(&in->fault);
    free(in);
}
