/* Queries that come from report files, run under guard. */
#include "store/reader.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/terms.h"
#include "core/day.h"
#include "core/money.h"
#include "store/call.h"
#include "store/journal.h"
#include "store/sql.h"

#include <stdlib.h>
#include <string.h>

/* -------------------------------------------------------------- the result */

/* Texts live in blocks, freed together. */
struct grid_text {
    struct grid_text *next;
    size_t used, size;
    char bytes[];
};

static char *keep_text(struct grid *g, const char *s, size_t len)
{
    if (g->texts == NULL || g->texts->size - g->texts->used < len + 1) {
        size_t size = len + 1 > 65536 ? len + 1 : 65536;
        struct grid_text *t = xmalloc(sizeof *t + size);
        *t = (struct grid_text){g->texts, 0, size};
        g->texts = t;
    }
    char *at = g->texts->bytes + g->texts->used;
    memcpy(at, s, len);
    at[len] = '\0';
    g->texts->used += len + 1;
    return at;
}

struct grid grid_part(const struct grid *whole, size_t first, size_t rows)
{
    struct grid g = *whole;
    g.values += first * g.columns;
    g.rows = rows;
    g.part = true;
    return g;
}

void grid_release(struct grid *g)
{
    if (g->part) {
        *g = (struct grid){0};
        return;
    }
    for (size_t i = 0; i < g->columns; i++)
        free(g->names[i]);
    free(g->names);
    free(g->values);
    for (struct grid_text *t = g->texts, *next; t != NULL; t = next) {
        next = t->next;
        free(t);
    }
    *g = (struct grid){0};
}

int grid_column(const struct grid *g, const char *name)
{
    for (size_t i = 0; i < g->columns; i++)
        if (strcmp(g->names[i], name) == 0)
            return (int)i;
    return -1;
}

/* ------------------------------------------------- functions for the queries
 */

static void fn_tr(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    const char *s = (const char *)sqlite3_value_text(v[0]);
    if (s == NULL)
        return;
    const char *word = term_text(s);
    if (word == s && *s != '\0')
        word = gettext(s);
    sqlite3_result_text(c, word, -1, SQLITE_TRANSIENT);
}

static void fn_euros(sqlite3_context *c, int n, sqlite3_value **v)
{
    char text[MONEY_LEN];
    (void)n;
    if (sqlite3_value_type(v[0]) != SQLITE_NULL)
        sqlite3_result_text(c, money_text(sqlite3_value_int64(v[0]), text), -1,
                            SQLITE_TRANSIENT);
}

static void fn_day(sqlite3_context *c, int n, sqlite3_value **v)
{
    char text[MINUTE_LEN];
    const char *s = (const char *)sqlite3_value_text(v[0]);
    (void)n;
    if (s != NULL)
        sqlite3_result_text(c, minute_text(s, text), -1, SQLITE_TRANSIENT);
}

static void fn_receipt(sqlite3_context *c, int n, sqlite3_value **v)
{
    char text[MINUTE_LEN];
    const char *s = (const char *)sqlite3_value_text(v[0]);
    (void)n;
    if (s != NULL)
        sqlite3_result_text(c, receipt_text(s, text), -1, SQLITE_TRANSIENT);
}

static void fn_score(sqlite3_context *c, int n, sqlite3_value **v)
{
    char text[DECIMAL_LEN];
    (void)n;
    if (sqlite3_value_type(v[0]) != SQLITE_NULL)
        sqlite3_result_text(c, decimal_text(sqlite3_value_int64(v[0]), 2, text),
                            -1, SQLITE_TRANSIENT);
}

static enum status add_functions(struct db *db, struct err *e)
{
    static const struct {
        const char *name;
        void (*fn)(sqlite3_context *, int, sqlite3_value **);
    } all[] = {{"tr", fn_tr},
               {"euros", fn_euros},
               {"day", fn_day},
               {"receipt", fn_receipt},
               {"score", fn_score}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (sqlite3_create_function(sql_handle(db), all[i].name, 1,
                                    SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL,
                                    all[i].fn, NULL, NULL) != SQLITE_OK)
            return sql_error(db, e);
    return ST_OK;
}

/* --------------------------------------------------------------- the guard */

/* Columns of the database that no report reads. What may be shown of them
 * stands in the temporary tables that reader_begin fills, which hide the
 * database's own by their name. The guard looks at the database that a table
 * belongs to and not at the view that reads it: a query can name a WITH as it
 * likes. */
static const struct {
    const char *table, *column;
} hidden[] = {
    {"association", "address"},  {"association", "postcode"},
    {"association", "commune"},  {"contact", "email"},
    {"contact", "phone"},        {"member", "email"},
    {"project", "communes_raw"}, {"project_commune", "commune_code"},
    {"journal", "old"},          {"journal", "new"},
};

static int guard_read(const char *table, const char *column, const char *where)
{
    if (strncmp(table, "sqlite_", 7) == 0 || strcmp(table, "dbstat") == 0)
        return SQLITE_DENY;
    if (where == NULL || strcmp(where, "main") != 0)
        return SQLITE_OK;
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        if (sqlite3_stricmp(table, hidden[i].table) == 0 &&
            sqlite3_stricmp(column, hidden[i].column) == 0)
            return SQLITE_IGNORE;
    return SQLITE_OK;
}

static int guard(void *arg, int action, const char *a, const char *b,
                 const char *where, const char *inner)
{
    (void)arg;
    (void)inner;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_READ:
        return guard_read(a, b, where);
    case SQLITE_FUNCTION:
        return sqlite3_stricmp(b, "load_extension") == 0 ||
                       sqlite3_stricmp(b, "fts3_tokenizer") == 0
                   ? SQLITE_DENY
                   : SQLITE_OK;
    default:
        return SQLITE_DENY;
    }
}

/* What stands in for the confidential tables; and json_each, which the guard
 * would refuse to set up, is set up before. */
static const char shields[] =
    "CREATE TEMP TABLE association_public AS"
    " SELECT * FROM main.association_public;"
    "CREATE UNIQUE INDEX temp.association_shown ON association_public (id);"
    "CREATE TEMP TABLE project_commune AS"
    " SELECT m.* FROM main.project_commune m"
    "  JOIN main.project p ON p.id = m.project_id"
    "  JOIN main.association a ON a.id = p.association_id"
    " WHERE a.confidential = 0;"
    "CREATE INDEX temp.commune_shown ON project_commune (project_id);"
    "SELECT 1 FROM json_each('[]'), json_tree('[]');";

enum status reader_begin(struct db *db, struct err *e)
{
    enum status st = sql_script(db, e, shields);
    if (st == ST_OK)
        st = add_functions(db, e);
    if (st == ST_OK)
        sqlite3_set_authorizer(sql_handle(db), guard, NULL);
    return st;
}

void reader_end(struct db *db)
{
    sqlite3_set_authorizer(sql_handle(db), NULL, NULL);
}

/* -------------------------------------------------------------- running one */

/* The line of the query's text on which SQLite stopped reading. */
static int mistake_line(struct db *db, const struct reader_query *q)
{
    int at = sqlite3_error_offset(sql_handle(db)), line = q->line;
    for (int i = 0; i < at && q->sql[i] != '\0'; i++)
        line += q->sql[i] == '\n';
    return line;
}

static enum status mistake(struct db *db, const struct reader_query *q,
                           struct err *e)
{
    int rc = sqlite3_extended_errcode(sql_handle(db));
    /* a virtual table's own refusal has no code of its own */
    if ((rc & 0xFF) == SQLITE_AUTH ||
        strstr(sqlite3_errmsg(sql_handle(db)), "not authorized") != NULL)
        return err_set(e, ST_REFUSED,
                       _("%s:%d: a report can only read: write a SELECT on "
                         "the tables of the database"),
                       q->file, mistake_line(db, q));
    if ((rc & 0xFF) != SQLITE_ERROR)
        return sql_error(db, e);
    return err_set(e, ST_BAD_DATA, "%s:%d: %s", q->file, mistake_line(db, q),
                   sqlite3_errmsg(sql_handle(db)));
}

/* Whether nothing but space, comments and ";" stands behind a query. */
static bool only_space(struct db *db, const char *tail)
{
    while (*tail != '\0') {
        sqlite3_stmt *more = NULL;
        const char *next = tail;
        int rc = sqlite3_prepare_v2(sql_handle(db), tail, -1, &more, &next);
        sqlite3_finalize(more);
        if (rc != SQLITE_OK || more != NULL)
            return false;
        if (next == tail)
            break;
        tail = next;
    }
    return true;
}

static enum status bind(struct db *db, const struct reader_query *q,
                        sqlite3_stmt *stmt, struct err *e)
{
    for (int i = 1; i <= sqlite3_bind_parameter_count(stmt); i++) {
        const char *name = sqlite3_bind_parameter_name(stmt, i);
        if (name == NULL || strcmp(name, ":call") != 0)
            return err_set(e, ST_BAD_DATA,
                           _("%s:%d: %s has no value here: a query may use "
                             ":call, the year"),
                           q->file, q->line, name != NULL ? name : "?");
        if (sqlite3_bind_int64(stmt, i, q->call) != SQLITE_OK)
            return sql_error(db, e);
    }
    return ST_OK;
}

static enum status prepare(struct db *db, const struct reader_query *q,
                           sqlite3_stmt **stmt, struct err *e)
{
    const char *tail = NULL;
    if (sqlite3_prepare_v2(sql_handle(db), q->sql, -1, stmt, &tail) !=
        SQLITE_OK)
        return mistake(db, q, e);
    if (*stmt == NULL)
        return err_set(e, ST_BAD_DATA,
                       _("%s:%d: the block has no query: write a SELECT"),
                       q->file, q->line);
    if (!sqlite3_stmt_readonly(*stmt) || sqlite3_column_count(*stmt) == 0)
        return err_set(e, ST_REFUSED,
                       _("%s:%d: a report can only read: write a SELECT on "
                         "the tables of the database"),
                       q->file, q->line);
    if (!only_space(db, tail))
        return err_set(e, ST_BAD_DATA,
                       _("%s:%d: one query a block: begin the next with a "
                         "line like \"--@ table NAME\""),
                       q->file, q->line);
    return bind(db, q, *stmt, e);
}

static struct value read_value(struct grid *g, sqlite3_stmt *stmt, int col)
{
    struct value v = {.kind = VALUE_NULL};
    switch (sqlite3_column_type(stmt, col)) {
    case SQLITE_INTEGER:
        v.kind = VALUE_INT;
        v.as.i = sqlite3_column_int64(stmt, col);
        break;
    case SQLITE_FLOAT:
        v.kind = VALUE_REAL;
        v.as.d = sqlite3_column_double(stmt, col);
        break;
    case SQLITE_NULL:
        break;
    default: {
        const char *s = (const char *)sqlite3_column_text(stmt, col);
        v.kind = VALUE_TEXT;
        v.as.s = keep_text(g, s != NULL ? s : "",
                           (size_t)sqlite3_column_bytes(stmt, col));
    }
    }
    return v;
}

/* No sheet shows more: a query that gives more has no end, or is a mistake. */
enum { MAX_ROWS = 4000000 };

/* Reads all rows; false when SQLite failed, or there are MAX_ROWS. */
static bool read_rows(sqlite3_stmt *stmt, struct grid *g)
{
    int rc;
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW && g->rows < MAX_ROWS) {
        g->values = xgrow(g->values, g->rows, g->columns * sizeof *g->values);
        struct value *row = g->values + g->rows * g->columns;
        for (size_t c = 0; c < g->columns; c++)
            row[c] = read_value(g, stmt, (int)c);
        g->rows++;
    }
    return rc == SQLITE_DONE;
}

enum status reader_run(struct db *db, const struct reader_query *q,
                       struct grid *out, struct err *e)
{
    *out = (struct grid){0};
    sqlite3_stmt *stmt = NULL;
    enum status st = prepare(db, q, &stmt, e);
    if (st == ST_OK) {
        out->columns = (size_t)sqlite3_column_count(stmt);
        out->names = xcalloc(out->columns, sizeof *out->names);
        for (size_t c = 0; c < out->columns; c++)
            out->names[c] = xstrdup(sqlite3_column_name(stmt, (int)c));
        if (!read_rows(stmt, out))
            st = out->rows < MAX_ROWS
                     ? mistake(db, q, e)
                     : err_set(e, ST_REFUSED,
                               _("%s:%d: the query gives more than %d rows"),
                               q->file, q->line, MAX_ROWS);
    }
    sqlite3_finalize(stmt);
    if (st != ST_OK)
        grid_release(out);
    return st;
}

/* --------------------------------------------------------- the call's facts */

enum status call_facts_read(struct db *db, int64_t call, struct call_facts *f,
                            struct err *e)
{
    *f = (struct call_facts){0};
    enum status st = call_find(db, call, e);
    if (st == ST_OK)
        st = sql_text(db, e, &f->agency, "SELECT name FROM agency", "");
    if (st == ST_OK)
        st = sql_text(db, e, &f->lang, "SELECT doc_lang FROM agency", "");
    if (st == ST_OK)
        st = sql_text(db, e, &f->title, "SELECT title FROM call WHERE year = ?",
                      "i", call);
    if (st == ST_OK)
        st = journal_last_time(db, &f->changed_at, e);
    if (f->agency == NULL)
        f->agency = xstrdup("");
    if (f->lang == NULL)
        f->lang = xstrdup("fr");
    if (st != ST_OK)
        call_facts_release(f);
    return st;
}

void call_facts_release(struct call_facts *f)
{
    free(f->agency);
    free(f->title);
    free(f->lang);
    free(f->changed_at);
    *f = (struct call_facts){0};
}
