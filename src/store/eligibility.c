/* What becomes of a project before the committee: documents, holes, status. */
#include "base/i18n.h"
#include "base/mem.h"
#include "store/find.h"
#include "store/project.h"
#include "store/sql.h"

#include <stdlib.h>
#include <string.h>

#define NAMED 5 /* incomplete projects that a sentence names */

/* The codes of holes that are not documents, and what they mean. */
static const struct {
    const char *code, *label;
} hole_label[] = {
    {"cost", N_("the total cost, which the call's maximum rate needs")},
    {"minimum", N_("a request that reaches the call's minimum award")},
    {"rate", N_("room for an award under the call's maximum rate, which other "
                "public money uses up")},
};

/* Codes are stored in ASCII capitals; the caller frees. */
static char *upper_case(const char *s)
{
    char *copy = xstrdup(s);
    for (char *p = copy; *p != '\0'; p++)
        if (*p >= 'a' && *p <= 'z')
            *p = (char)(*p - 32);
    return copy;
}

/* ST_NO_INPUT unless the project's call asks for the document: a mistyped code
 * must not look like one that has come in. */
static enum status check_code(struct db *db, int64_t id, const char *code,
                              struct err *e)
{
    enum status st = sql_refuse(
        db, e, ST_NO_INPUT, _("the call asks for no document at all"),
        "SELECT id FROM project WHERE id = ? AND call_year NOT IN"
        "    (SELECT call_year FROM required_document)",
        "i", id);
    if (st == ST_OK)
        st = sql_refuse(
            db, e, ST_NO_INPUT,
            _("the call asks for no document \"%s\"; it asks for %s"),
            "SELECT iif(count(d.code = ?2 OR NULL), NULL, ?2),"
            "       group_concat(d.code, ', ')"
            "  FROM project p JOIN required_document d USING (call_year)"
            " WHERE p.id = ?1",
            "it", id, code);
    return st;
}

enum status project_tick(struct db *db, int64_t id, const char *code,
                         const char *received_on, const char *note,
                         struct err *e)
{
    char *upper = upper_case(code);
    enum status st = check_code(db, id, upper, e);
    if (st == ST_OK)
        st = sql_put(db, e,
                     "UPDATE project_document SET received_on = ?3,"
                     "       note = nullif(coalesce(?4, note), '')"
                     " WHERE project_id = ?1 AND code = ?2",
                     "INSERT INTO project_document"
                     "    (project_id, code, received_on, note)"
                     " VALUES (?1, ?2, ?3, nullif(?4, ''))",
                     "ittt", id, upper, received_on, note);
    free(upper);
    return st;
}

/* A project that lost a document is not eligible any more, and is not left to
 * look so. */
enum status project_untick(struct db *db, int64_t id, const char *code,
                           bool *lost, struct err *e)
{
    char *upper = upper_case(code);
    enum status st = check_code(db, id, upper, e);
    if (st == ST_OK)
        st = project_undecided(db, id, e);
    if (st == ST_OK)
        st = sql_run(db, e,
                     "DELETE FROM project_document"
                     " WHERE project_id = ? AND code = ?",
                     "it", id, upper);
    if (st == ST_OK)
        st = sql_run(db, e,
                     "UPDATE project SET status = 'received'"
                     " WHERE id = ? AND status = 'eligible'",
                     "i", id);
    *lost = st == ST_OK && sql_changes(db) > 0;
    free(upper);
    return st;
}

/* From withdrawn or rejected the only way is back among the received ones. */
static enum status check_way(const char *ref, const char *from, const char *to,
                             struct err *e)
{
    bool withdrawn = strcmp(from, "withdrawn") == 0;
    if ((!withdrawn && strcmp(from, "rejected") != 0) ||
        strcmp(to, "received") == 0)
        return ST_OK;
    return err_set(e, ST_REFUSED,
                   withdrawn ? _("%s has been withdrawn; \"cispd project "
                                 "reinstate %s\" takes it back")
                             : _("%s has been rejected; \"cispd project "
                                 "reinstate %s\" takes it back"),
                   ref, ref);
}

/* The reason of an earlier move goes with it; the journal keeps it. */
enum status project_set_status(struct db *db, int64_t id, const char *status,
                               const char *reason, struct err *e)
{
    char *ref = NULL, *from = NULL;
    enum status st = find_name(db, THING_PROJECT, id, &ref, e);
    if (st == ST_OK)
        st = project_status(db, id, &from, e);
    if (st == ST_OK && strcmp(from, status) != 0)
        st = project_undecided(db, id, e);
    if (st == ST_OK)
        st = check_way(ref, from, status, e);
    if (st == ST_OK)
        st = sql_run(db, e,
                     "UPDATE project SET status = ?2, status_reason = ?3"
                     " WHERE id = ?1",
                     "itt", id, status, reason);
    free(ref);
    free(from);
    return st;
}

/* Puts words, in the language in force, to the holes that are no documents. */
static void label_holes(struct rows *rows)
{
    if (rows->count == 0)
        return;
    size_t missing = rows_column(rows, "missing");
    size_t label = rows_column(rows, "label");
    for (size_t i = 0; i < rows->count; i++) {
        struct cell *c = &rows->cells[i * rows->columns + label];
        const char *code = rows_at(rows, i, missing)->s;
        for (size_t k = 0; k < sizeof hole_label / sizeof *hole_label; k++)
            if (c->kind == CELL_NULL && strcmp(code, hole_label[k].code) == 0)
                cell_text(c, _(hole_label[k].label));
    }
}

/* The holes of project ?2, or of those of the call ?1 with the status ?3 (?2
 * being 0): each rule that store/panel.c would bar a project by, and the
 * documents. */
#define HOLES \
    "WITH looked AS (SELECT p.*, n.name FROM project p" \
    "   JOIN association n ON n.id = p.association_id" \
    "   WHERE ?2 = 0 AND p.call_year = ?1 AND p.status = ?3 OR p.id = ?2)" \
    "SELECT p.ref AS project, p.name AS association, d.code AS missing," \
    "       d.label" \
    "  FROM looked p JOIN required_document d" \
    "    ON d.call_year = p.call_year" \
    " WHERE NOT EXISTS (SELECT 1 FROM project_document r" \
    "                    WHERE r.project_id = p.id AND r.code = d.code)" \
    " UNION ALL " \
    "SELECT p.ref, p.name, 'cost', NULL FROM looked p" \
    "  JOIN call c ON c.year = p.call_year" \
    " WHERE c.max_rate_bp IS NOT NULL AND p.cost_cents IS NULL" \
    " UNION ALL " \
    "SELECT p.ref, p.name, 'rate', NULL FROM looked p" \
    "  JOIN call c ON c.year = p.call_year" \
    " WHERE c.max_rate_bp * p.cost_cents / 10000" \
    "       - coalesce(p.other_public_cents, 0)" \
    "       < coalesce(c.min_award_cents, 1)" \
    " UNION ALL " \
    "SELECT p.ref, p.name, 'minimum', NULL FROM looked p" \
    "  JOIN call c ON c.year = p.call_year" \
    " WHERE p.requested_cents < c.min_award_cents"

enum status project_holes(struct db *db, int64_t call, int64_t id,
                          struct rows *rows, struct err *e)
{
    enum status st = sql_rows(db, rows, e, HOLES " ORDER BY 1, 3", "iit", call,
                              id, "received");
    if (st == ST_OK)
        label_holes(rows);
    return st;
}

enum status project_incomplete(struct db *db, int64_t call, const char *status,
                               int64_t *count, char **first, struct err *e)
{
    struct buf list = BUF_INIT;
    struct query q = query_start(
        db, e, "SELECT DISTINCT project FROM (" HOLES ") ORDER BY 1", "iit",
        call, (int64_t)0, status);
    *count = 0;
    while (query_next(&q))
        if (++*count <= NAMED)
            buf_addf(&list, "%s%s", *count > 1 ? ", " : "", query_text(&q, 0));
    if (*count > NAMED)
        buf_adds(&list, ", …");
    *first = *count > 0 ? buf_take(&list) : NULL;
    buf_release(&list);
    return query_end(&q);
}

enum status project_documents(struct db *db, int64_t id, struct rows *rows,
                              struct err *e)
{
    return sql_rows(db, rows, e,
                    "SELECT d.code, d.label, r.received_on, r.note"
                    "  FROM project p JOIN required_document d"
                    "    ON d.call_year = p.call_year"
                    "  LEFT JOIN project_document r"
                    "    ON r.project_id = p.id AND r.code = d.code"
                    " WHERE p.id = ? ORDER BY d.code",
                    "i", id);
}
