/* Output: lists, records, JSON, notes and warnings. */
#ifndef CLI_OUT_H
#define CLI_OUT_H

#include "cli/command.h"
#include "cli/table.h"
#include "store/rows.h"
#include "store/words.h"

#include <jansson.h>

/* Prints a list in the format asked for: an aligned table with translated
 * headings and right-aligned numbers, texts cut to what the screen holds (120
 * columns in a file); CSV for French Excel (BOM, `;`, CRLF, decimal comma,
 * machine names as headings, with _eur, _pct or no unit for what is cents,
 * hundredths of a percent or thousandths in JSON); or a JSON array of objects
 * with the machine names and the raw integers. An empty list prints "(none)" in
 * a table, the headings in CSV, [] in JSON. */
void out_rows(struct ctx *ctx, const struct rows *rows);

/* Prints the first row alone: one line a field, or one JSON object. */
void out_record(struct ctx *ctx, const struct rows *rows);

/* Prints the first row of `record`, then its lists, up to a NULL name. JSON is
 * one object with a list under each name; CSV is the record alone, since one
 * file holds one table. */
struct out_part {
    const char *name;
    const struct rows *rows;
};
void out_record_with(struct ctx *ctx, const struct rows *record,
                     const struct out_part *parts);

/* Prints the texts of a list of two columns, a name and its sentences, wrapped
 * at the screen's width behind the name, after an empty line. Only where the
 * output is a table. */
void out_sentences(struct ctx *ctx, const struct rows *rows);

/* Prints a JSON value, indented, keys in their order, and frees it. */
void out_json(struct ctx *ctx, json_t *value);

/* Builds the JSON object of one row with the machine names, and the array of
 * those of all rows. */
json_t *out_row_json(const struct rows *rows, size_t row);
json_t *out_rows_json(const struct rows *rows);

/* Whether the output is a table on a screen of the office: the one place
 * where a confidential address is shown. */
bool out_is_office(const struct ctx *ctx);

/* One line on standard output for people: not with --quiet, nor where the
 * output is JSON or CSV. `fmt` is translated already, no newline. */
void out_note(struct ctx *ctx, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* One line that changes what the output means (nothing was changed, it is only
 * a try): as out_note, but on standard error where that would hide it. */
void out_caution(struct ctx *ctx, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Ends a command that records something: with ST_OK says so, as out_note does
 * (every such command says in a line what it recorded), or that all was so
 * already; returns `st`. */
enum status out_done(struct ctx *ctx, enum status st, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* "cispd: warning: ..." on standard error. */
void out_warn(struct ctx *ctx, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
