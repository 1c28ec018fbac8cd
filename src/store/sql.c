/* Statements: prepared once, bound by a format, reset on every path. */
#include "store/sql.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/private.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* What a caller is told of SQLite's own codes. */
static enum status from_code(int rc)
{
    switch (rc & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ST_BUSY;
    case SQLITE_CONSTRAINT:
        return ST_REFUSED;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_READONLY:
        return ST_IO;
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return ST_BAD_DATA;
    case SQLITE_CANTOPEN:
        return ST_CANT_CREATE;
    default:
        return ST_BUG;
    }
}

static enum status code_error(struct db *db, int rc, const char *text,
                              struct err *e)
{
    enum status st = from_code(rc);
    switch (rc & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return err_set(e, st, _("another process is writing to %s: try again"),
                       db->path);
    case SQLITE_FULL:
        return err_set(e, st, _("the disk is full; nothing was changed in %s"),
                       db->path);
    case SQLITE_READONLY:
        if (rc == SQLITE_READONLY_DIRECTORY)
            return err_set(e, st,
                           _("the folder of %s cannot be written to, and "
                             "SQLite works in a file beside it"),
                           db->path);
        return err_set(e, st, _("%s cannot be written to"), db->path);
    case SQLITE_NOTADB:
        return err_set(e, st, _("%s is not a cispd database"), db->path);
    case SQLITE_NOMEM:
        return err_set(e, ST_BUG, _("out of memory; nothing was changed"));
    case SQLITE_CONSTRAINT:
        if (rc == SQLITE_CONSTRAINT_TRIGGER)
            return err_set(e, st, "%s", gettext(text));
        return err_set(e, st, _("the database refuses this: %s"), text);
    default:
        return err_set(e, st, _("%s: %s"), db->path, text);
    }
}

enum status sql_error(struct db *db, struct err *e)
{
    return code_error(db, sqlite3_extended_errcode(db->handle),
                      sqlite3_errmsg(db->handle), e);
}

enum status sql_flush(struct db *db, struct err *e)
{
    int rc = sqlite3_db_cacheflush(db->handle);
    return rc == SQLITE_OK ? ST_OK : code_error(db, rc, sqlite3_errstr(rc), e);
}

/* The place of a statement in the cache: its own, or a free one. */
static struct prepared *slot_of(struct db *db, const char *sql)
{
    size_t at = ((uintptr_t)sql >> 3) % STATEMENTS;
    for (size_t i = 0; i < STATEMENTS; i++) {
        struct prepared *p = &db->statements[(at + i) % STATEMENTS];
        if (p->sql == sql || p->sql == NULL)
            return p;
    }
    BUG("too many statements");
}

static sqlite3_stmt *prepare(struct db *db, const char *sql)
{
    struct prepared *p = slot_of(db, sql);
    if (p->sql == sql)
        return p->stmt;
    const char *tail = NULL;
    if (sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
                           &p->stmt, &tail) != SQLITE_OK)
        return NULL;
    if (tail != NULL && tail[strspn(tail, " \n\t;")] != '\0')
        BUG("text behind a statement");
    p->sql = sql;
    return p->stmt;
}

static void bind_all(sqlite3_stmt *stmt, const char *fmt, va_list ap)
{
    if (sqlite3_bind_parameter_count(stmt) != (int)strlen(fmt))
        BUG("a statement's parameters and its format differ");
    for (int i = 1; *fmt != '\0'; fmt++, i++) {
        const int64_t *number;
        switch (*fmt) {
        case 'i':
            sqlite3_bind_int64(stmt, i, va_arg(ap, int64_t));
            break;
        case 't':
            sqlite3_bind_text(stmt, i, va_arg(ap, const char *), -1,
                              SQLITE_TRANSIENT);
            break;
        case 'o':
            number = va_arg(ap, const int64_t *);
            if (number != NULL)
                sqlite3_bind_int64(stmt, i, *number);
            else
                sqlite3_bind_null(stmt, i);
            break;
        default:
            BUG("unknown letter in a statement's format");
        }
    }
}

static struct query start(struct db *db, struct err *e, const char *sql,
                          const char *fmt, va_list ap)
{
    struct query q = {.db = db, .e = e, .stmt = prepare(db, sql)};
    if (q.stmt == NULL) {
        q.st = sql_error(db, e);
        return q;
    }
    bind_all(q.stmt, fmt, ap);
    return q;
}

struct query query_start(struct db *db, struct err *e, const char *sql,
                         const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct query q = start(db, e, sql, fmt, ap);
    va_end(ap);
    return q;
}

bool query_next(struct query *q)
{
    if (q->st != ST_OK)
        return false;
    int rc = sqlite3_step(q->stmt);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        q->st = sql_error(q->db, q->e);
    return rc == SQLITE_ROW;
}

int64_t query_int(const struct query *q, int col)
{
    return sqlite3_column_int64(q->stmt, col);
}

int64_t query_int_or(const struct query *q, int col, int64_t if_null)
{
    return query_null(q, col) ? if_null : query_int(q, col);
}

const char *query_text(const struct query *q, int col)
{
    return (const char *)sqlite3_column_text(q->stmt, col);
}

bool query_null(const struct query *q, int col)
{
    return sqlite3_column_type(q->stmt, col) == SQLITE_NULL;
}

enum status query_end(struct query *q)
{
    if (q->stmt != NULL) {
        sqlite3_reset(q->stmt);
        sqlite3_clear_bindings(q->stmt);
        q->stmt = NULL;
    }
    return q->st;
}

enum status sql_run(struct db *db, struct err *e, const char *sql,
                    const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct query q = start(db, e, sql, fmt, ap);
    va_end(ap);
    if (query_next(&q))
        BUG("sql_run of a query that returns rows");
    return query_end(&q);
}

enum status sql_put(struct db *db, struct err *e, const char *update,
                    const char *insert, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    struct query q = start(db, e, update, fmt, ap);
    query_next(&q);
    if (query_end(&q) == ST_OK && sql_changes(db) == 0) {
        q = start(db, e, insert, fmt, again);
        query_next(&q);
        query_end(&q);
    }
    va_end(again);
    va_end(ap);
    return q.st;
}

enum status sql_int(struct db *db, struct err *e, int64_t *out, bool *found,
                    const char *sql, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct query q = start(db, e, sql, fmt, ap);
    va_end(ap);
    bool any = query_next(&q) && !query_null(&q, 0);
    if (any)
        *out = query_int(&q, 0);
    if (found != NULL)
        *found = any;
    return query_end(&q);
}

enum status sql_text(struct db *db, struct err *e, char **out, const char *sql,
                     const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct query q = start(db, e, sql, fmt, ap);
    va_end(ap);
    *out = query_next(&q) ? xstrdup(query_text(&q, 0)) : NULL;
    return query_end(&q);
}

enum status sql_has(struct db *db, struct err *e, bool *has, const char *sql,
                    const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct query q = start(db, e, sql, fmt, ap);
    va_end(ap);
    *has = query_next(&q);
    return query_end(&q);
}

/* How many %s a sentence has, which has nothing else to fill in. */
static int words_of(const char *sentence)
{
    int words = 0;
    while ((sentence = strchr(sentence, '%')) != NULL) {
        if (sentence[1] != 's')
            BUG("a sentence takes texts alone");
        words++;
        sentence += 2;
    }
    return words;
}

enum status sql_refuse_with(struct db *db, struct err *e, enum status code,
                            const char *sentence, const char *sql,
                            const char *fmt, ...)
{
    va_list ap;
    err_end();
    va_start(ap, fmt);
    struct query q = start(db, e, sql, fmt, ap);
    va_end(ap);
    int words = words_of(sentence);
    if (q.stmt != NULL && (words > 3 || sqlite3_column_count(q.stmt) < words))
        BUG("a sentence has more gaps than its query has columns");
    if (query_next(&q) && !query_null(&q, 0))
        q.st = err_set(e, code, sentence, query_text(&q, 0), query_text(&q, 1),
                       query_text(&q, 2));
    return query_end(&q);
}

static struct cell cell_of(const struct query *q, int col)
{
    struct cell c = {.kind = CELL_NULL};
    if (query_null(q, col))
        return c;
    c.kind = CELL_TEXT;
    if (sqlite3_column_type(q->stmt, col) == SQLITE_INTEGER) {
        c.kind = CELL_INT;
        c.i = query_int(q, col);
    }
    c.s = xstrdup(query_text(q, col));
    return c;
}

static void add_row(struct rows *rows, const struct query *q)
{
    struct cell *cells = rows_add(rows);
    for (size_t c = 0; c < rows->columns; c++)
        cells[c] = cell_of(q, (int)c);
}

/* Reads what is left of a started query into `rows`. */
static void read_rows(struct rows *rows, struct query *q)
{
    *rows = (struct rows){0};
    if (q->stmt != NULL) {
        rows->columns = (size_t)sqlite3_column_count(q->stmt);
        rows->names = xcalloc(rows->columns, sizeof *rows->names);
        for (size_t c = 0; c < rows->columns; c++)
            rows->names[c] = xstrdup(sqlite3_column_name(q->stmt, (int)c));
    }
    while (query_next(q))
        add_row(rows, q);
}

enum status sql_rows(struct db *db, struct rows *rows, struct err *e,
                     const char *sql, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct query q = start(db, e, sql, fmt, ap);
    va_end(ap);
    read_rows(rows, &q);
    return query_end(&q);
}

enum status sql_rows_once(struct db *db, struct rows *rows, struct err *e,
                          const char *sql)
{
    struct query q = {.db = db, .e = e};
    if (sqlite3_prepare_v2(db->handle, sql, -1, &q.stmt, NULL) != SQLITE_OK)
        q.st = sql_error(db, e);
    read_rows(rows, &q);
    sqlite3_finalize(q.stmt);
    return q.st;
}

int64_t sql_last_id(struct db *db)
{
    return sqlite3_last_insert_rowid(db->handle);
}

int64_t sql_changes(struct db *db)
{
    return sqlite3_changes64(db->handle);
}

enum status sql_script(struct db *db, struct err *e, const char *script)
{
    if (sqlite3_exec(db->handle, script, NULL, NULL, NULL) != SQLITE_OK)
        return sql_error(db, e);
    return ST_OK;
}

sqlite3 *sql_handle(struct db *db)
{
    return db->handle;
}
