/* What an import asks of the database. */
#include "store/import.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/find.h"
#include "store/project.h"
#include "store/sql.h"

#include <stdlib.h>
#include <string.h>

enum status import_start(struct db *db, struct err *e)
{
    return sql_script(db, e,
                      "CREATE TEMP TABLE IF NOT EXISTS import_key ("
                      "    key TEXT PRIMARY KEY, line INTEGER NOT NULL,"
                      "    times INTEGER NOT NULL) WITHOUT ROWID;"
                      "DELETE FROM import_key;");
}

enum status import_count(struct db *db, const char *key, int64_t line,
                         int64_t *times, int64_t *first, struct err *e)
{
    struct query q =
        query_start(db, e,
                    "INSERT INTO import_key (key, line, times)"
                    " VALUES (?, ?, 1)"
                    " ON CONFLICT (key) DO UPDATE SET times = times + 1"
                    " RETURNING times, line",
                    "ti", key, line);
    while (query_next(&q)) {
        *times = query_int(&q, 0);
        *first = query_int(&q, 1);
    }
    return query_end(&q);
}

enum status import_known(struct db *db, int64_t call, const char *source_key,
                         int64_t *id, struct err *e)
{
    *id = 0;
    return sql_int(db, e, id, NULL,
                   "SELECT id FROM project"
                   " WHERE call_year = ? AND source_key = ?",
                   "it", call, source_key);
}

/* Keys are "id:NUMBER#DIGEST", and '$' is the character behind '#'. */
enum status import_known_number(struct db *db, int64_t call, const char *prefix,
                                const char *key, int64_t *id, bool *same,
                                struct err *e)
{
    struct query q = query_start(
        db, e,
        "SELECT id, source_key = ?3 FROM project WHERE call_year = ?1"
        "   AND source_key >= ?2 || '#' AND source_key < ?2 || '$'",
        "itt", call, prefix, key);
    *id = 0;
    *same = false;
    if (query_next(&q)) {
        *id = query_int(&q, 0);
        *same = query_int(&q, 1) != 0;
    }
    return query_end(&q);
}

enum status import_find_project(struct db *db, int64_t call, const char *text,
                                int64_t *id, struct err *e)
{
    int64_t own = 0, source = 0;
    bool same;
    enum status found = find_project(db, call, text, &own, e);
    if (found != ST_OK && found != ST_NO_INPUT)
        return found;
    char *prefix = xasprintf("id:%s", text);
    enum status st =
        strchr(text, '-') != NULL
            ? ST_OK /* "2026-001" is nobody else's */
            : import_known_number(db, call, prefix, "", &source, &same, e);
    free(prefix);
    if (st != ST_OK || source == 0 || source == own) {
        *id = own;
        return st != ST_OK ? st : found;
    }
    *id = source;
    if (found == ST_OK)
        st = err_set(e, ST_REFUSED,
                     _("\"%s\" is one project's number here and another's in "
                       "the file that brought it: write it in full (%d-%03d), "
                       "as \"cispd project list\" shows it"),
                     text, (int)call, (int)strtol(text, NULL, 10));
    return st;
}

enum status import_newest(struct db *db, int64_t *id, struct err *e)
{
    *id = 0;
    return sql_int(db, e, id, NULL, "SELECT max(id) FROM project", "");
}

enum status import_by_ref(struct db *db, int64_t call, const char *ref,
                          int64_t *id, struct err *e)
{
    *id = 0;
    return sql_int(db, e, id, NULL,
                   "SELECT id FROM project"
                   " WHERE call_year = ?1 AND ref = ?2"
                   "   AND number = CAST(substr(?2, 6) AS INTEGER)",
                   "it", call, ref);
}

enum status import_target(struct db *db, int64_t id, struct import_target *t,
                          struct err *e)
{
    *t = (struct import_target){0};
    struct query q = query_start(
        db, e,
        "SELECT p.ref, p.title, p.requested_cents, p.association_id, a.name,"
        "       a.siret, a.rna, p.status"
        "  FROM project p JOIN association a ON a.id = p.association_id"
        " WHERE p.id = ?",
        "i", id);
    if (query_next(&q)) {
        t->ref = xstrdup(query_text(&q, 0));
        t->title = xstrdup(query_text(&q, 1));
        t->requested = query_int(&q, 2);
        t->association_id = query_int(&q, 3);
        t->association = xstrdup(query_text(&q, 4));
        t->siret = xstrdup(query_text(&q, 5));
        t->rna = xstrdup(query_text(&q, 6));
        t->status = xstrdup(query_text(&q, 7));
    }
    return query_end(&q);
}

void import_target_release(struct import_target *t)
{
    free(t->ref);
    free(t->title);
    free(t->status);
    free(t->association);
    free(t->siret);
    free(t->rna);
}

enum status import_themes(struct db *db, int64_t call, struct rows *rows,
                          struct err *e)
{
    return sql_rows(db, rows, e,
                    "SELECT id, label_key AS key, label FROM theme"
                    " WHERE call_year = ? ORDER BY label_key",
                    "i", call);
}

enum status import_communes(struct db *db, struct rows *rows, struct err *e)
{
    return sql_rows(db, rows, e, "SELECT code, name_key AS key FROM commune",
                    "");
}

enum status import_criterion_list(struct db *db, int64_t call,
                                  struct rows *rows, struct err *e)
{
    return sql_rows(db, rows, e,
                    "SELECT id, code, label FROM criterion"
                    " WHERE call_year = ? ORDER BY position",
                    "i", call);
}

enum status import_criterion(struct db *db, int64_t call, const char *key,
                             int64_t *id, struct err *e)
{
    *id = 0;
    return sql_int(db, e, id, NULL,
                   "SELECT id FROM criterion"
                   " WHERE call_year = ? AND code_key = ?",
                   "it", call, key);
}

enum status import_max_award(struct db *db, int64_t call, int64_t *cents,
                             struct err *e)
{
    return sql_int(db, e, cents, NULL,
                   "SELECT coalesce(max_award_cents, ?2) FROM call"
                   " WHERE year = ?1",
                   "ii", call, INT64_MAX);
}

enum status import_association_count(struct db *db, int64_t *count,
                                     struct err *e)
{
    return sql_int(db, e, count, NULL, "SELECT count(*) FROM association", "");
}

enum status import_add_communes(struct db *db, const char *list, struct err *e)
{
    return sql_run(db, e,
                   "INSERT INTO project_commune (project_id, commune_code)"
                   " SELECT CAST(substr(value, 7) AS INTEGER),"
                   "        substr(value, 1, 5) FROM json_each(?)",
                   "t", list);
}

/* In a table with a key: a join of what would be listed twice takes a time
 * that grows with its square. */
static enum status find_corrected(struct db *db, struct err *e)
{
    return sql_script(
        db, e,
        "CREATE TEMP TABLE IF NOT EXISTS import_corrected ("
        "    project INTEGER NOT NULL, field TEXT NOT NULL,"
        "    PRIMARY KEY (project, field)) WITHOUT ROWID;"
        "DELETE FROM import_corrected;"
        "INSERT INTO import_corrected"
        " SELECT project, field FROM ("
        "  SELECT j.new ->> 'id' AS project, f.key AS field, max(j.id),"
        "         (SELECT command FROM seal WHERE first_entry <= j.id"
        "           ORDER BY first_entry DESC LIMIT 1) AS command"
        "    FROM journal j, json_each(j.new) f"
        "   WHERE j.tab = 'project' AND j.action = 'update'"
        "     AND j.id <= (SELECT max(last_entry) FROM seal)"
        "     AND j.old ->> f.key IS NOT f.value"
        "   GROUP BY project, field)"
        "  WHERE command NOT LIKE 'import%';");
}

enum status import_overwritten(struct db *db, struct rows *rows, struct err *e)
{
    enum status st = find_corrected(db, e);
    *rows = (struct rows){0};
    return st != ST_OK
               ? st
               : sql_rows(
                     db, rows, e,
                     "SELECT k.line, p.ref, f.key AS field,"
                     "       j.old ->> f.key AS old, f.value AS new"
                     "  FROM journal j, json_each(j.new) f"
                     "  JOIN import_corrected c"
                     "    ON c.project = j.new ->> 'id' AND c.field = f.key"
                     "  JOIN project p ON p.id = c.project"
                     "  JOIN import_key k ON k.key = substr(p.source_key, 1,"
                     "                           instr(p.source_key, '#') - 1)"
                     " WHERE j.tab = 'project' AND j.action = 'update'"
                     "   AND j.id > (SELECT coalesce(max(last_entry), 0)"
                     "                 FROM seal)"
                     "   AND j.old ->> f.key IS NOT f.value"
                     "   AND f.key NOT IN ('source_key', 'association_id',"
                     "                     'theme_id', 'communes_raw')"
                     " ORDER BY k.line, f.id",
                     "");
}

enum status import_row_begin(struct db *db, struct err *e)
{
    return sql_run(db, e, "SAVEPOINT import_row", "");
}

enum status import_row_keep(struct db *db, struct err *e)
{
    return sql_run(db, e, "RELEASE import_row", "");
}

enum status import_row_undo(struct db *db, struct err *e)
{
    enum status st = sql_run(db, e, "ROLLBACK TO import_row", "");
    return st == ST_OK ? import_row_keep(db, e) : st;
}
