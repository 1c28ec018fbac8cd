/* Statements: the way src/store talks to SQLite. Only src/store includes this.
 *
 * A statement is a constant string (a static literal: it is found again by
 * its address, prepared once and kept until db_close). Values are bound by a
 * format, one letter for each `?`:
 *   i  int64_t                 t  const char *, NULL binds NULL
 *   o  const int64_t *, NULL binds NULL */
#ifndef STORE_SQL_H
#define STORE_SQL_H

#include "base/err.h"
#include "store/db.h"
#include "store/rows.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

/* Runs a statement that returns no row. The refusals of triggers and CHECKs
 * come back as ST_REFUSED with the text of the trigger, translated. */
enum status sql_run(struct db *db, struct err *e, const char *sql,
                    const char *fmt, ...);

/* Runs `update`, and where it finds no row `insert`, with the same values: the
 * guards of the schema refuse an upsert. */
enum status sql_put(struct db *db, struct err *e, const char *update,
                    const char *insert, const char *fmt, ...);

/* Starts a query; then `while (query_next(&q)) ... query_int(&q, 0)`, and
 * query_end gives the status of the whole. Columns count from 0; texts belong
 * to the row. A query that was started must be ended, on every path. */
struct query {
    struct db *db;
    sqlite3_stmt *stmt;
    enum status st;
    struct err *e;
};
struct query query_start(struct db *db, struct err *e, const char *sql,
                         const char *fmt, ...);
bool query_next(struct query *q);
int64_t query_int(const struct query *q, int col); /* NULL reads as 0 */
int64_t query_int_or(const struct query *q, int col, int64_t if_null);
const char *query_text(const struct query *q, int col); /* NULL is NULL */
bool query_null(const struct query *q, int col);
enum status query_end(struct query *q);

/* The one integer (or text) of a query's first row; `*found` (may be NULL)
 * says whether there was one, else the default is left in *out. sql_text's
 * result is the caller's to free; NULL when there is no row or a NULL. */
enum status sql_int(struct db *db, struct err *e, int64_t *out, bool *found,
                    const char *sql, const char *fmt, ...);
enum status sql_text(struct db *db, struct err *e, char **out, const char *sql,
                     const char *fmt, ...);

/* Whether a query has a row. */
enum status sql_has(struct db *db, struct err *e, bool *has, const char *sql,
                    const char *fmt, ...);

/* Fails with `code` and a translated sentence where a query finds something:
 * where it has a row whose first column is not NULL. Its columns are the %s of
 * the sentence, in their order. Like that of err_set the sentence is in the
 * language of the screen. */
#define sql_refuse(db, e, ...)                                                 \
    (err_begin(e), sql_refuse_with((db), (e), __VA_ARGS__))
enum status sql_refuse_with(struct db *db, struct err *e, enum status code,
                            const char *sentence, const char *sql,
                            const char *fmt, ...);

/* Reads a whole query into `rows`, which the caller releases; the columns are
 * named as the query names them. */
enum status sql_rows(struct db *db, struct rows *rows, struct err *e,
                     const char *sql, const char *fmt, ...);

/* sql_rows of a text that a query of schema/ wrote, not kept prepared. */
enum status sql_rows_once(struct db *db, struct rows *rows, struct err *e,
                          const char *sql);

/* The id of the last inserted row, and the rows the last statement changed. */
int64_t sql_last_id(struct db *db);
int64_t sql_changes(struct db *db);

/* Runs a script of several statements (schema, temporary tables). */
enum status sql_script(struct db *db, struct err *e, const char *script);

/* The connection, for what needs SQLite's own interfaces (backup, reports). */
sqlite3 *sql_handle(struct db *db);
/* Fills `e` from the connection's last error. */
enum status sql_error(struct db *db, struct err *e);

/* Writes the pages that the open transaction has changed into the file, where
 * they do not count before the commit: a reader in the way or a full disk
 * shows now. */
enum status sql_flush(struct db *db, struct err *e);

#endif
