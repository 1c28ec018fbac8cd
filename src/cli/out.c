/* Output: lists, records, JSON, notes and warnings. */
#include "cli/out.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/table.h"
#include "files/csv_out.h"
#include "store/kind.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void print_csv(const struct rows *rows)
{
    struct buf line = BUF_INIT;
    buf_adds(&line, CSV_BOM);
    for (size_t c = 0; c < rows->columns; c++) {
        char *heading = kind_csv_heading(rows->names[c]);
        csv_out_cell(&line, heading, true, c == 0);
        free(heading);
    }
    csv_out_end(&line);
    for (size_t r = 0; r < rows->count; r++) {
        for (size_t c = 0; c < rows->columns; c++) {
            struct kind kind = kind_of(rows->names[c]);
            bool text;
            char *value = kind_csv(&kind, rows_at(rows, r, c), &text);
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
        char *name = kind_json_name(rows->names[c]);
        bool truth = kind_of(rows->names[c]).name == KIND_TRUTH;
        json_t *v = cell->kind == CELL_INT && truth ? json_boolean(cell->i)
                    : cell->kind == CELL_INT        ? json_integer(cell->i)
                    : cell->kind == CELL_TEXT       ? json_string(cell->s)
                                                    : json_null();
        json_object_set_new(o, name, v);
        free(name);
    }
    return o;
}

json_t *out_rows_json(const struct rows *rows)
{
    json_t *list = json_array();
    for (size_t r = 0; r < rows->count; r++)
        json_array_append_new(list, out_row_json(rows, r));
    return list;
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
        table_cell(rows_at(rows, r, 0)->s, at + 2, false, false);
        table_wrapped(rows_at(rows, r, 1)->s, at + 2);
    }
}

/* --------------------------------------------------------- the interface */

void out_rows(struct ctx *ctx, const struct rows *rows)
{
    if (ctx->format == FORMAT_TABLE)
        table_print(ctx, rows);
    else if (ctx->format == FORMAT_CSV)
        print_csv(rows);
    else
        out_json(ctx, out_rows_json(rows));
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
        int wide = text_width(words_heading(rows->names[c]));
        width = wide > width ? wide : width;
    }
    for (size_t c = 0; rows->count > 0 && c < rows->columns; c++) {
        struct kind kind = kind_of(rows->names[c]);
        char *value = kind_text(&kind, rows_at(rows, 0, c));
        table_cell(words_heading(rows->names[c]), width, false, false);
        fputs("  ", stdout);
        table_wrapped(*value != '\0' ? value : "-", width + 2);
        free(value);
    }
}

void out_record_with(struct ctx *ctx, const struct rows *record,
                     const struct out_part *parts)
{
    if (ctx->format == FORMAT_JSON) {
        json_t *o = out_row_json(record, 0);
        for (; parts->name != NULL; parts++)
            json_object_set_new(o, parts->name, out_rows_json(parts->rows));
        out_json(ctx, o);
        return;
    }
    out_record(ctx, record);
    for (; ctx->format == FORMAT_TABLE && parts->name != NULL; parts++) {
        if (parts->rows->count == 0)
            continue;
        out_note(ctx, "%s", "");
        out_rows(ctx, parts->rows);
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

void out_caution(struct ctx *ctx, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    if (!ctx->quiet && ctx->format == FORMAT_TABLE) {
        note(ctx, fmt, ap);
    } else {
        fputs("cispd: ", stderr);
        print_safely(stderr, fmt, ap);
        fputc('\n', stderr);
    }
    va_end(ap);
}

enum status out_done(struct ctx *ctx, enum status st, const char *fmt, ...)
{
    bool writes = ctx->db != NULL && ctx->opened != NEEDS_READ;
    va_list ap;
    va_start(ap, fmt);
    if (st == ST_OK && writes && db_changes(ctx->db) == 0)
        out_note(ctx, "%s", _("Nothing to change: it was so already."));
    else if (st == ST_OK)
        note(ctx, fmt, ap);
    va_end(ap);
    return st;
}

void out_warn(struct ctx *ctx, const char *fmt, ...)
{
    (void)ctx;
    va_list ap;
    va_start(ap, fmt);
    fprintf(stderr, "cispd: %s ", _("warning:"));
    print_safely(stderr, fmt, ap);
    va_end(ap);
    fputc('\n', stderr);
}
