/* Marks: one row each; no row is a missing mark, a row without a value an
 * abstention. */
#include "store/mark.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "core/money.h"
#include "store/sql.h"

#include <stdlib.h>

/* What stands around a mark, for the checks and their messages; owned. */
struct around {
    bool same_call, there;
    char *project, *member, *criterion;
    char *recused, *out;  /* the reasons, or NULL */
    int64_t lo, hi, step; /* of the criterion, in thousandths */
    bool abstained;       /* what is there now */
    int64_t value;
};

static void around_release(struct around *a)
{
    free(a->project);
    free(a->member);
    free(a->criterion);
    free(a->recused);
    free(a->out);
}

static enum status load(struct db *db, struct mark_place at, struct around *a,
                        struct err *e)
{
    struct query q = query_start(
        db, e,
        "SELECT p.call_year = b.call_year AND p.call_year = c.call_year,"
        "       p.ref, b.name, c.code,"
        "       (SELECT reason FROM recusal WHERE project_id = p.id"
        "           AND member_id = b.id AND lifted_on IS NULL),"
        "       c.scale_lo * 1000, c.scale_hi * 1000, c.step_milli,"
        "       m.project_id IS NOT NULL, m.value_milli IS NULL, m.value_milli,"
        "       CASE WHEN p.status IN ('withdrawn', 'rejected')"
        "            THEN p.status_reason END"
        "  FROM project p, member b, criterion c"
        "  LEFT JOIN mark m ON m.project_id = p.id AND m.member_id = b.id"
        "                  AND m.criterion_id = c.id"
        " WHERE p.id = ? AND b.id = ? AND c.id = ?",
        "iii", at.project, at.member, at.criterion);
    *a = (struct around){0};
    if (query_next(&q)) {
        a->same_call = query_int(&q, 0) != 0;
        a->project = xstrdup(query_text(&q, 1));
        a->member = xstrdup(query_text(&q, 2));
        a->criterion = xstrdup(query_text(&q, 3));
        a->recused = xstrdup(query_text(&q, 4));
        a->lo = query_int(&q, 5);
        a->hi = query_int(&q, 6);
        a->step = query_int(&q, 7);
        a->there = query_int(&q, 8) != 0;
        a->abstained = a->there && query_int(&q, 9) != 0;
        a->value = query_int(&q, 10);
        a->out = xstrdup(query_text(&q, 11));
    }
    return query_end(&q);
}

static enum status check_place(const struct around *a, struct err *e)
{
    if (a->project == NULL || !a->same_call)
        return err_set(e, ST_REFUSED,
                       _("the project, the member and the criterion are not "
                         "of one call"));
    if (a->out != NULL)
        return err_column(
            err_set(e, ST_REFUSED,
                    _("project %s is withdrawn or rejected (%s): it is not "
                      "marked, and the marks that it has count nowhere"),
                    a->project, a->out),
            e, "project");
    if (a->recused != NULL)
        return err_set(e, ST_REFUSED,
                       _("%s is recused on project %s (%s) and does not mark "
                         "it"),
                       a->member, a->project, a->recused);
    return ST_OK;
}

static enum status check_value(const struct around *a, int64_t value,
                               struct err *e)
{
    char v[DECIMAL_LEN], lo[DECIMAL_LEN], hi[DECIMAL_LEN], step[DECIMAL_LEN];
    if (value >= a->lo && value <= a->hi && (value - a->lo) % a->step == 0)
        return ST_OK;
    return err_column(
        err_set(e, ST_REFUSED,
                _("%s is no mark on criterion %s: it goes from %s to %s by "
                  "steps of %s"),
                decimal_text(value, 3, v), a->criterion,
                decimal_text(a->lo, 3, lo), decimal_text(a->hi, 3, hi),
                decimal_text(a->step, 3, step)),
        e, "mark_milli");
}

enum status mark_check_value(struct db *db, int64_t criterion, int64_t value,
                             struct err *e)
{
    struct around a = {0};
    struct query q = query_start(db, e,
                                 "SELECT code, scale_lo * 1000,"
                                 "       scale_hi * 1000, step_milli"
                                 "  FROM criterion WHERE id = ?",
                                 "i", criterion);
    if (query_next(&q)) {
        a.criterion = xstrdup(query_text(&q, 0));
        a.lo = query_int(&q, 1);
        a.hi = query_int(&q, 2);
        a.step = query_int(&q, 3);
    }
    enum status st = query_end(&q);
    if (st == ST_OK && a.criterion != NULL)
        st = check_value(&a, value, e);
    around_release(&a);
    return st;
}

/* Writes a value, or an abstention (NULL), over what is there. */
static enum status write_mark(struct db *db, struct mark_place at,
                              const int64_t *value, bool there, struct err *e)
{
    if (there)
        return sql_run(db, e,
                       "UPDATE mark SET value_milli = ? WHERE project_id = ?"
                       "   AND member_id = ? AND criterion_id = ?",
                       "oiii", value, at.project, at.member, at.criterion);
    return sql_run(db, e,
                   "INSERT INTO mark (value_milli, project_id, member_id,"
                   "                  criterion_id) VALUES (?, ?, ?, ?)",
                   "oiii", value, at.project, at.member, at.criterion);
}

static enum status put(struct db *db, struct mark_place at,
                       const int64_t *value, enum mark_change *change,
                       struct err *e)
{
    struct around a;
    enum status st = load(db, at, &a, e);
    bool same = a.there && (value == NULL ? a.abstained
                                          : !a.abstained && a.value == *value);
    if (change != NULL)
        *change = same ? MARK_SAME : a.there ? MARK_CHANGED : MARK_ADDED;
    if (st == ST_OK && !same)
        st = check_place(&a, e);
    if (st == ST_OK && !same && value != NULL)
        st = check_value(&a, *value, e);
    if (st == ST_OK && !same)
        st = write_mark(db, at, value, a.there, e);
    around_release(&a);
    return st;
}

enum status mark_set(struct db *db, struct mark_place at, int64_t value_milli,
                     enum mark_change *change, struct err *e)
{
    return put(db, at, &value_milli, change, e);
}

enum status mark_abstain(struct db *db, struct mark_place at,
                         enum mark_change *change, struct err *e)
{
    return put(db, at, NULL, change, e);
}

enum status mark_clear(struct db *db, struct mark_place at,
                       enum mark_change *change, struct err *e)
{
    struct around a;
    enum status st = load(db, at, &a, e);
    if (change != NULL)
        *change = a.there ? MARK_CLEARED : MARK_SAME;
    if (st == ST_OK && a.there)
        st = check_place(&a, e);
    if (st == ST_OK && a.there)
        st = sql_run(db, e,
                     "DELETE FROM mark WHERE project_id = ? AND member_id = ?"
                     "   AND criterion_id = ?",
                     "iii", at.project, at.member, at.criterion);
    around_release(&a);
    return st;
}

enum status mark_is_recused(struct db *db, int64_t project, int64_t member,
                            bool *recused, struct err *e)
{
    return sql_has(db, e, recused,
                   "SELECT 1 FROM recusal WHERE project_id = ?"
                   "   AND member_id = ? AND lifted_on IS NULL",
                   "ii", project, member);
}

enum status mark_list(struct db *db, int64_t call, int64_t project,
                      int64_t member, struct rows *rows, struct err *e)
{
    return sql_rows(
        db, rows, e,
        "SELECT p.ref AS project, b.name AS member, c.code AS criterion,"
        "       m.value_milli AS mark_milli,"
        "       CASE WHEN p.status IN ('withdrawn', 'rejected') THEN p.status"
        "            WHEN m.value_milli IS NULL THEN 'abstained'"
        "            WHEN c.independent OR s.state <> 'counted'"
        "            THEN 'not-counted' ELSE 'counted' END AS state"
        "  FROM mark m LEFT JOIN temp.sheet s USING (project_id, member_id)"
        "  JOIN project p ON p.id = m.project_id"
        "  JOIN member b ON b.id = m.member_id"
        "  JOIN criterion c ON c.id = m.criterion_id"
        " WHERE p.call_year = ?1 AND (?2 = 0 OR m.project_id = ?2)"
        "   AND (?3 = 0 OR m.member_id = ?3)"
        " ORDER BY p.number, b.name_key, c.position",
        "iii", call, project, member);
}
