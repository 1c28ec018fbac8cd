/* Whether the file is what it must be: every rule looked at again. */
#include "store/check.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/terms.h"
#include "base/text.h"
#include "store/journal.h"
#include "store/private.h"
#include "store/sql.h"
#include "store/words.h"

#include <stdlib.h>
#include <string.h>

/* What one check found. */
struct finding {
    int64_t count;
    char *first; /* NULL when count is 0 */
};

static void add_fault(struct finding *f, char *words)
{
    if (f->count++ == 0)
        f->first = words;
    else
        free(words);
}

/* Adds the row of one check and takes over what it found. */
static void add_result(struct rows *rows, const char *check, struct finding *f)
{
    struct cell *c = rows_add(rows);
    cell_text(&c[0], check);
    cell_text(&c[1], f->count == 0 ? "ok" : "ko");
    cell_int(&c[2], f->count);
    cell_text(&c[3], f->first);
    free(f->first);
}

/* What keeps a check from running (a table dropped, a page lost) is what it
 * finds; only a busy file is a reason to stop. */
static enum status settle(struct finding *f, enum status st, struct err *e)
{
    if (st == ST_OK || st == ST_BUSY)
        return st;
    add_fault(f, xstrdup(e->msg));
    return ST_OK;
}

/* Takes each row of an invariant's view as a fault, from `subject` on:
 * "2026-001: Amount 3000.00 €, Requested 2000.00 €". */
static enum status broken_rule(struct db *db, const char *sql,
                               struct finding *f, struct err *e)
{
    struct rows rows;
    enum status st = sql_rows_once(db, &rows, e, sql);
    size_t subject = 0; /* an altered view may have none */
    for (size_t c = 0; c < rows.columns; c++)
        if (strcmp(rows.names[c], "subject") == 0)
            subject = c;
    for (size_t i = 0; st == ST_OK && i < rows.count; i++) {
        struct buf words = BUF_INIT;
        for (size_t c = subject + 1; c < rows.columns; c++) {
            char *value = words_value(rows.names[c], rows_at(&rows, i, c));
            buf_addf(&words, "%s%s %s", c > subject + 1 ? ", " : "",
                     words_heading(rows.names[c]), value);
            free(value);
        }
        const char *who = rows_at(&rows, i, subject)->s;
        char *line = words.len > 0
                         ? xasprintf(_("%s: %s"), who, buf_str(&words))
                         : xstrdup(who);
        add_fault(f, text_one_line(line));
        free(line);
        buf_release(&words);
    }
    rows_release(&rows);
    return st;
}

/* The views name themselves: a new invariant is checked from the day on which
 * it enters the schema. */
static enum status check_invariants(struct db *db, struct rows *rows,
                                    struct err *e)
{
    struct rows views;
    enum status st =
        sql_rows(db, &views, e,
                 "SELECT substr(name, length('invariant_') + 1),"
                 "       'SELECT * FROM ' || name FROM sqlite_schema"
                 " WHERE type = 'view' AND name GLOB 'invariant_*'"
                 " ORDER BY rowid",
                 "");
    for (size_t i = 0; i < views.count && st == ST_OK; i++) {
        struct finding f = {0};
        st = settle(&f, broken_rule(db, rows_at(&views, i, 1)->s, &f, e), e);
        add_result(rows, rows_at(&views, i, 0)->s, &f);
    }
    rows_release(&views);
    return st;
}

/* The schema as text, in the order of its names; what SQLite makes by itself
 * (indexes of keys, sqlite_sequence) left out. */
static enum status read_schema(struct db *db, struct rows *rows, struct err *e)
{
    return sql_rows(db, rows, e,
                    "SELECT type || ' ' || name, sql FROM sqlite_schema"
                    " WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                    " ORDER BY 1",
                    "");
}

/* Walks two schemas, both in the order of their names, in step. */
static void compare_schemas(const struct rows *is, const struct rows *wanted,
                            struct finding *f)
{
    size_t i = 0, w = 0;
    while (i < is->count || w < wanted->count) {
        const char *name = i < is->count ? rows_at(is, i, 0)->s : NULL;
        const char *want = w < wanted->count ? rows_at(wanted, w, 0)->s : NULL;
        int order = name == NULL ? 1 : want == NULL ? -1 : strcmp(name, want);
        if (order < 0)
            add_fault(f, xasprintf(_("%s is not part of cispd"), name));
        else if (order > 0)
            add_fault(f, xasprintf(_("%s is missing"), want));
        else if (strcmp(rows_at(is, i, 1)->s, rows_at(wanted, w, 1)->s) != 0)
            add_fault(f, xasprintf(_("%s was altered"), name));
        i += order <= 0;
        w += order >= 0;
    }
}

/* Compares with what this program would make: a dropped or altered trigger is
 * how rules are got round. */
static enum status check_schema(struct db *db, struct finding *f, struct err *e)
{
    struct db *pristine = NULL;
    struct rows is, wanted = {0};
    enum status st = read_schema(db, &is, e);
    if (st == ST_OK)
        st = db_pristine(&pristine, e);
    if (st == ST_OK)
        st = read_schema(pristine, &wanted, e);
    if (st == ST_OK)
        compare_schemas(&is, &wanted, f);
    rows_release(&is);
    rows_release(&wanted);
    db_close(pristine);
    return st;
}

/* Folding is the program's (base/text.h): SQL cannot check it. */
static enum status check_keys(struct db *db, struct finding *f, struct err *e)
{
    struct query q = query_start(
        db, e,
        "SELECT 'association', name, name_key FROM association"
        " UNION ALL SELECT 'commune', name, name_key FROM commune"
        " UNION ALL SELECT 'theme', label, label_key FROM theme"
        " UNION ALL SELECT 'criterion', code, code_key FROM criterion"
        " UNION ALL SELECT 'member', name, name_key FROM member"
        " UNION ALL SELECT 'scenario', name, name_key FROM scenario",
        "");
    while (query_next(&q)) {
        char *key = text_key(query_text(&q, 1));
        if (strcmp(key, query_text(&q, 2)) != 0)
            add_fault(f, xasprintf(_("%s \"%s\" has the key \"%s\" and would "
                                     "not be found by its name"),
                                   term_table(query_text(&q, 0)),
                                   query_text(&q, 1), query_text(&q, 2)));
        free(key);
    }
    return query_end(&q);
}

static enum status check_journal(struct db *db, struct finding *f,
                                 struct err *e)
{
    struct verdict v;
    enum status st = journal_verify(db, &v, e);
    f->count = (int64_t)v.count;
    f->first = v.kept > 0 ? xstrdup(v.faults[0]) : NULL;
    verdict_release(&v);
    return st;
}

/* Each row is a fault, but for a lone "ok". */
static enum status check_integrity(struct db *db, struct finding *f,
                                   struct err *e)
{
    struct rows rows;
    enum status st = sql_rows_once(db, &rows, e, "PRAGMA integrity_check");
    for (size_t i = 0; i < rows.count && st == ST_OK; i++) {
        const char *words = rows_at(&rows, i, 0)->s;
        if (words == NULL || strcmp(words, "ok") != 0)
            add_fault(f, text_one_line(words != NULL ? words : "?"));
    }
    rows_release(&rows);
    return st;
}

static enum status check_links(struct db *db, struct finding *f, struct err *e)
{
    struct query q = query_start(db, e,
                                 "SELECT \"table\", coalesce(rowid, ''),"
                                 " parent FROM pragma_foreign_key_check",
                                 "");
    while (query_next(&q))
        add_fault(f, xasprintf(_("%s %s points at nothing in \"%s\""),
                               term_table(query_text(&q, 0)), query_text(&q, 1),
                               term_table(query_text(&q, 2))));
    return query_end(&q);
}

enum status check_all(struct db *db, struct rows *rows, bool *sound,
                      struct err *e)
{
    static const struct {
        const char *name;
        enum status (*run)(struct db *, struct finding *, struct err *);
    } checks[] = {{"integrity", check_integrity},
                  {"links", check_links},
                  {"schema", check_schema},
                  {"name_keys", check_keys},
                  {"journal", check_journal}};
    rows_start(
        rows, 4,
        (const char *const[]){"check", "result", "faults", "first_fault"});
    enum status st = check_invariants(db, rows, e);
    for (size_t i = 0; i < sizeof checks / sizeof *checks && !st; i++) {
        struct finding f = {0};
        st = settle(&f, checks[i].run(db, &f, e), e);
        add_result(rows, checks[i].name, &f);
    }
    *sound = true;
    for (size_t i = 0; i < rows->count; i++)
        *sound = *sound && rows_at(rows, i, 2)->i == 0;
    return st;
}
