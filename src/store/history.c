/* The journal as people read it: who changed what, when. */
#include "store/history.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/sql.h"

#include <stdlib.h>
#include <string.h>

/* ?1 project, ?2 since, ?3 until, ?4 the actors' names, each between line
 * ends, ?5 limit. */
static const char history_sql[] =
    "WITH entry AS ("
    " SELECT j.id, j.tab, j.action, j.old, j.new, s.sealed_at, s.actor,"
    "        s.acting_as, s.command, coalesce(j.new, j.old) AS said"
    "   FROM journal j"
    "   LEFT JOIN seal s"
    "     ON s.first_entry = (SELECT max(first_entry) FROM seal"
    "                          WHERE first_entry <= j.id)"
    "    AND s.last_entry >= j.id"
    "  WHERE json_valid(coalesce(j.new, j.old)) AND j.old IS NOT j.new),"
    "picked AS ("
    " SELECT * FROM entry"
    "  WHERE (?1 = 0 OR said ->> 'project_id' = ?1"
    "         OR tab = 'project' AND said ->> 'id' = ?1)"
    "    AND (sealed_at IS NULL"
    "         OR (?2 IS NULL OR substr(sealed_at, 1, 10) >= ?2)"
    "        AND (?3 IS NULL OR substr(sealed_at, 1, 10) <= ?3)"
    "        AND (?4 IS NULL OR instr(?4, char(10) || actor || char(10))"
    "             OR instr(?4, char(10) || acting_as || char(10))))"
    "  ORDER BY id DESC LIMIT ?5),"
    /* Whose contacts and places are not shown: of associations whose address
     * is, or was at some time, confidential. */
    "shelter AS MATERIALIZED ("
    " SELECT coalesce(new, old) ->> 'id' AS id FROM journal"
    "  WHERE tab = 'association' AND json_valid(coalesce(new, old))"
    "    AND (new ->> 'confidential' IS 1 OR old ->> 'confidential' IS 1)"
    " UNION SELECT id FROM association WHERE confidential),"
    "shown AS ("
    " SELECT p.*, CASE tab"
    "    WHEN 'association' THEN said ->> 'id' IN (SELECT id FROM shelter)"
    "    WHEN 'contact'"
    "    THEN said ->> 'association_id' IN (SELECT id FROM shelter)"
    "    WHEN 'project'"
    "    THEN said ->> 'association_id' IN (SELECT id FROM shelter)"
    "    WHEN 'project_commune' THEN EXISTS (SELECT 1 FROM project q"
    "         WHERE q.id = said ->> 'project_id'"
    "           AND q.association_id IN (SELECT id FROM shelter))"
    "    ELSE 0 END AS hidden"
    "   FROM picked p) "
    "SELECT p.id AS entry, p.sealed_at, p.actor, p.acting_as, p.command, p.tab,"
    "       (SELECT group_concat(part, ', ') FROM ("
    "        SELECT (SELECT ref FROM project"
    "                 WHERE id = p.said ->> 'project_id') AS part"
    "        UNION ALL SELECT (SELECT name FROM member"
    "                           WHERE id = p.said ->> 'member_id')"
    "        UNION ALL SELECT (SELECT code FROM criterion"
    "                           WHERE id = p.said ->> 'criterion_id')"
    "        UNION ALL SELECT (SELECT name FROM scenario"
    "                           WHERE id = p.said ->> 'scenario_id')"
    "        UNION ALL SELECT CASE p.tab"
    "            WHEN 'project' THEN format('%04d-%03d',"
    "                 p.said ->> 'call_year', p.said ->> 'number')"
    "            WHEN 'call' THEN p.said ->> 'year'"
    "            WHEN 'envelope_line' THEN p.said ->> 'reference'"
    "            WHEN 'theme' THEN p.said ->> 'label'"
    "            WHEN 'criterion' THEN p.said ->> 'code'"
    "            WHEN 'required_document' THEN p.said ->> 'code'"
    "            WHEN 'project_document' THEN p.said ->> 'code'"
    "            WHEN 'project_commune' THEN CASE WHEN NOT p.hidden"
    "                 THEN p.said ->> 'commune_code' END"
    "            WHEN 'contact' THEN p.said ->> 'role'"
    "            ELSE p.said ->> 'name' END)) AS row,"
    "       p.action, f.key AS field,"
    "       CASE f.key"
    "         WHEN 'association_id' THEN (SELECT name FROM association"
    "                                    WHERE id = p.old ->> 'association_id')"
    "         WHEN 'theme_id' THEN (SELECT label FROM theme"
    "                              WHERE id = p.old ->> 'theme_id')"
    "         ELSE p.old ->> f.key END AS old,"
    "       CASE f.key"
    "         WHEN 'association_id' THEN (SELECT name FROM association"
    "                                    WHERE id = p.new ->> 'association_id')"
    "         WHEN 'theme_id' THEN (SELECT label FROM theme"
    "                              WHERE id = p.new ->> 'theme_id')"
    "         ELSE p.new ->> f.key END AS new"
    "  FROM shown p LEFT JOIN json_each(p.said) f"
    "    ON (p.old ->> f.key IS NOT p.new ->> f.key"
    "        OR p.tab = 'mark' AND f.key = 'value_milli')"
    "   AND f.key NOT IN ('id', 'project_id', 'member_id', 'criterion_id',"
    "                     'scenario_id', 'number', 'name_key', 'label_key',"
    "                     'code_key', 'source_key', 'inputs_digest')"
    "   AND NOT (p.hidden AND f.key IN ('address', 'postcode', 'commune',"
    "                                   'email', 'phone', 'communes_raw',"
    "                                   'commune_code'))"
    " ORDER BY p.id DESC, f.id";

/* Adds the stored names that contain `key` when folded, each between line
 * ends; `names` stays as it was when there is none. */
static enum status find_actors(struct db *db, const char *key,
                               struct buf *names, struct err *e)
{
    struct query q = query_start(db, e,
                                 "SELECT actor FROM seal UNION"
                                 " SELECT acting_as FROM seal",
                                 "");
    while (query_next(&q)) {
        const char *name = query_text(&q, 0);
        char *folded = name != NULL ? text_key(name) : NULL;
        if (folded != NULL && strstr(folded, key) != NULL)
            buf_addf(names, "%s\n", name);
        free(folded);
    }
    return query_end(&q);
}

enum status history_read(struct db *db, const struct history_filter *f,
                         struct rows *rows, struct err *e)
{
    struct buf names = BUF_INIT;
    enum status st = ST_OK;
    *rows = (struct rows){0};
    if (f->actor != NULL) {
        char *key = text_key(f->actor);
        buf_adds(&names, "\n");
        st = find_actors(db, key, &names, e);
        free(key);
    }
    if (st == ST_OK)
        st = sql_rows(db, rows, e, history_sql, "ittti", f->project, f->since,
                      f->until, f->actor != NULL ? buf_str(&names) : NULL,
                      f->limit > 0 ? f->limit : INT64_C(-1));
    buf_release(&names);
    return st;
}
