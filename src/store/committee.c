/* Who marks on what: themes, criteria, members and their recusals. */
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/money.h"
#include "store/call.h"
#include "store/sql.h"

#include <stdlib.h>
#include <string.h>

/* What has a name of its own in a call: the row of the call ?1, but ?4, that
 * has the key ?2 (it gives the name ?3 and the call); what needs the row ?1 and
 * keeps it from being removed, and the words for that. */
static const struct {
    const char *twin, *needs, *why, *drop;
} things[] = {
    [THING_THEME] =
        {"SELECT ?3, call_year FROM theme"
         " WHERE call_year = ?1 AND label_key = ?2 AND id <> ?4",
         "SELECT nullif(count(*), 0) FROM project WHERE theme_id = ?",
         N_("projects of this theme: %s; give them another one first"),
         "DELETE FROM theme WHERE id = ?"},
    [THING_CRITERION] =
        {"SELECT ?3, call_year FROM criterion"
         " WHERE call_year = ?1 AND code_key = ?2 AND id <> ?4",
         "SELECT nullif(count(*), 0) FROM mark WHERE criterion_id = ?",
         N_("marks on this criterion: %s; it stays"),
         "DELETE FROM criterion WHERE id = ?"},
    [THING_MEMBER] = {
        "SELECT ?3, call_year FROM member"
        " WHERE call_year = ?1 AND name_key = ?2 AND id <> ?4",
        "SELECT nullif((SELECT count(*) FROM mark WHERE member_id = ?1)"
        "  + (SELECT count(*) FROM recusal WHERE member_id = ?1), 0)",
        N_("the member has marks or recusals (%s) and stays; \"cispd member "
           "edit\" corrects the name"),
        "DELETE FROM member WHERE id = ?"}};

/* The folded key of the name of the row `self` (0: a new one), which the caller
 * frees: not empty, and no other's in the call. */
static enum status key_of(struct db *db, enum thing what, int64_t year,
                          int64_t self, const char *name, char **key,
                          struct err *e)
{
    *key = text_key(name);
    if (**key == '\0')
        return err_set(e, ST_USAGE,
                       _("\"%s\" has neither a letter nor a digit"), name);
    return sql_refuse(db, e, ST_REFUSED, _("\"%s\" is in the call %s already"),
                      things[what].twin, "itti", year, *key, name, self);
}

enum status thing_drop(struct db *db, enum thing what, int64_t id,
                       struct err *e)
{
    enum status st = sql_refuse(db, e, ST_REFUSED, _(things[what].why),
                                things[what].needs, "i", id);
    return st == ST_OK ? sql_run(db, e, things[what].drop, "i", id) : st;
}

/* --------------------------------------------------------------- themes */

enum status theme_put(struct db *db, int64_t year, int64_t id,
                      const char *label, struct err *e)
{
    char *key = NULL;
    enum status st = key_of(db, THING_THEME, year, id, label, &key, e);
    if (st == ST_OK)
        st = sql_put(db, e,
                     "UPDATE theme SET label = ?3, label_key = ?4"
                     " WHERE id = ?1 AND call_year = ?2",
                     "INSERT INTO theme (call_year, label, label_key)"
                     " VALUES (?2, ?3, ?4)",
                     "iitt", id, year, label, key);
    free(key);
    return st;
}

enum status theme_list(struct db *db, int64_t year, struct rows *rows,
                       struct err *e)
{
    return sql_rows(db, rows, e,
                    "SELECT t.label AS theme, count(p.id) AS projects,"
                    "       coalesce(sum(p.requested_cents), 0)"
                    "           AS requested_cents"
                    "  FROM theme t LEFT JOIN project p ON p.theme_id = t.id"
                    "   AND p.status IN ('received', 'eligible')"
                    " WHERE t.call_year = ?1 GROUP BY t.id"
                    " UNION ALL "
                    "SELECT ?2, count(*), sum(requested_cents) FROM project"
                    " WHERE call_year = ?1 AND theme_id IS NULL"
                    "   AND status IN ('received', 'eligible')"
                    " HAVING count(*) > 0",
                    "it", year, _("(no theme)"));
}

/* ------------------------------------------------------------- criteria */

static enum status check_criterion(const struct criterion_in *c, struct err *e)
{
    if (strpbrk(c->code, " =") != NULL)
        return err_set(e, ST_USAGE,
                       _("\"%s\" is no code: marks are typed CODE=MARK, so it "
                         "has neither a space nor \"=\""),
                       c->code);
    if (c->independent && c->weight != 0)
        return err_column(
            err_set(e, ST_USAGE,
                    _("criterion %s: an independent criterion is shown "
                      "beside the score and has the weight 0"),
                    c->code),
            e, "weight");
    if (!c->independent && c->weight == 0)
        return err_column(
            err_set(e, ST_USAGE,
                    _("criterion %s: a weight of 0 counts for nothing; say "
                      "--independent if that is meant"),
                    c->code),
            e, "weight");
    if (c->lo >= c->hi)
        return err_column(err_set(e, ST_USAGE,
                                  _("criterion %s: the scale %d:%d is empty"),
                                  c->code, (int)c->lo, (int)c->hi),
                          e, "scale");
    char step[DECIMAL_LEN];
    if (c->step_milli <= 0 || (c->hi - c->lo) * 1000 % c->step_milli != 0)
        return err_column(
            err_set(e, ST_USAGE,
                    _("criterion %s: steps of %s do not lead from %d to "
                      "%d"),
                    c->code, decimal_text(c->step_milli, 3, step), (int)c->lo,
                    (int)c->hi),
            e, "step");
    if (c->min_milli &&
        (*c->min_milli < c->lo * 1000 || *c->min_milli > c->hi * 1000))
        return err_column(
            err_set(e, ST_USAGE,
                    _("criterion %s: the minimum is not on the scale "
                      "%d:%d"),
                    c->code, (int)c->lo, (int)c->hi),
            e, "min");
    return ST_OK;
}

enum status criterion_add(struct db *db, int64_t year,
                          const struct criterion_in *c, struct err *e)
{
    char *key = NULL;
    enum status st = check_criterion(c, e);
    if (st == ST_OK)
        st = key_of(db, THING_CRITERION, year, 0, c->code, &key, e);
    if (st == ST_OK)
        st = sql_run(db, e,
                     "INSERT INTO criterion (call_year, position, code,"
                     " code_key, label, weight, scale_lo, scale_hi,"
                     " step_milli, min_milli, independent)"
                     " VALUES (?1, 1 + (SELECT coalesce(max(position), 0)"
                     "   FROM criterion WHERE call_year = ?1), ?2, ?3, ?4, ?5, "
                     "?6, ?7, ?8,"
                     "   ?9, ?10)",
                     "itttiiiioi", year, c->code, key, c->label, c->weight,
                     c->lo, c->hi, c->step_milli, c->min_milli,
                     (int64_t)c->independent);
    free(key);
    return st;
}

/* The weights are a suggestion, drawn from what published calls look at. */
enum status criterion_add_defaults(struct db *db, int64_t year, struct err *e)
{
    static const struct criterion_in grid[] = {
        {"PRIO", N_("Fits the priorities of the call"), 25, 0, 20, 500, NULL,
         false},
        {"BESOIN", N_("Need and roots in the territory"), 15, 0, 20, 500, NULL,
         false},
        {"QUAL", N_("Quality and feasibility"), 15, 0, 20, 500, NULL, false},
        {"PUBLIC", N_("Public reached and accessibility"), 15, 0, 20, 500, NULL,
         false},
        {"PART", N_("Partnership"), 10, 0, 20, 500, NULL, false},
        {"EVAL", N_("Evaluation and indicators"), 10, 0, 20, 500, NULL, false},
        {"BUDG", N_("Realistic budget and co-funding"), 10, 0, 20, 500, NULL,
         false},
    };
    enum status st = sql_refuse(
        db, e, ST_REFUSED,
        _("the call %s has criteria already: the default grid is for an empty "
          "one"),
        "SELECT call_year FROM criterion WHERE call_year = ?", "i", year);
    if (st != ST_OK)
        return st;
    st = agency_speak(db, e);
    for (size_t i = 0; i < sizeof grid / sizeof *grid && st == ST_OK; i++) {
        struct criterion_in c = grid[i];
        c.label = _(c.label);
        st = criterion_add(db, year, &c, e);
    }
    i18n_screen();
    return st;
}

/* What is said, or what the row has. */
static int64_t said_or(const int64_t *said, const struct cell *known)
{
    return said != NULL ? *said : known->i;
}

/* The criterion as it would be; its texts are those of the row or of `c`. */
static struct criterion_in overlay(const struct rows *row,
                                   const struct criterion_change *c)
{
    const struct cell *known = rows_at(row, 0, 0);
    struct criterion_in now = {
        .code = known[0].s,
        .label = c->label != NULL ? c->label : known[1].s,
        .weight = said_or(c->weight, &known[2]),
        .lo = said_or(c->lo, &known[3]),
        .hi = said_or(c->hi, &known[4]),
        .step_milli = said_or(c->step_milli, &known[5]),
        .min_milli = known[6].kind == CELL_INT ? &known[6].i : NULL,
        .independent = known[7].i != 0};
    if (c->min_milli != NULL)
        now.min_milli = *c->min_milli == INT64_MIN ? NULL : c->min_milli;
    return now;
}

enum status criterion_edit(struct db *db, int64_t id,
                           const struct criterion_change *c, struct err *e)
{
    struct rows row;
    struct criterion_in now = {0};
    enum status st = sql_rows(db, &row, e,
                              "SELECT code, label, weight, scale_lo, scale_hi,"
                              "       step_milli, min_milli, independent"
                              "  FROM criterion WHERE id = ?",
                              "i", id);
    if (st == ST_OK) {
        now = overlay(&row, c);
        st = check_criterion(&now, e);
    }
    if (st == ST_OK)
        st = sql_run(db, e,
                     "UPDATE criterion SET label = ?2, weight = ?3,"
                     " scale_lo = ?4, scale_hi = ?5, step_milli = ?6,"
                     " min_milli = ?7 WHERE id = ?1",
                     "itiiiio", id, now.label, now.weight, now.lo, now.hi,
                     now.step_milli, now.min_milli);
    rows_release(&row);
    return st;
}

enum status criterion_list(struct db *db, int64_t year, struct rows *rows,
                           struct err *e)
{
    return sql_rows(db, rows, e,
                    "SELECT code, label, weight,"
                    "       scale_lo || ':' || scale_hi AS scale, step_milli,"
                    "       min_milli, independent"
                    "  FROM criterion WHERE call_year = ? ORDER BY position",
                    "i", year);
}

/* -------------------------------------------------------------- members */

enum status member_put(struct db *db, int64_t year, int64_t id,
                       const char *name, const char *email, struct err *e)
{
    char *key = NULL;
    enum status st = ST_OK;
    if (name != NULL)
        st = key_of(db, THING_MEMBER, year, id, name, &key, e);
    if (st == ST_OK)
        st = sql_put(db, e,
                     "UPDATE member SET name = coalesce(?3, name),"
                     " name_key = coalesce(?4, name_key),"
                     " email = nullif(coalesce(?5, email), '')"
                     " WHERE id = ?1 AND call_year = ?2",
                     "INSERT INTO member (call_year, name, name_key, email)"
                     " VALUES (?2, ?3, ?4, nullif(?5, ''))",
                     "iittt", id, year, name, key, email);
    free(key);
    return st;
}

enum status member_list(struct db *db, int64_t year, struct rows *rows,
                        struct err *e)
{
    return sql_rows(db, rows, e,
                    "SELECT m.name AS member, m.email,"
                    "       (SELECT count(*) FROM mark k"
                    "          JOIN project p ON p.id = k.project_id"
                    "          JOIN criterion c ON c.id = k.criterion_id"
                    "         WHERE k.member_id = m.id"
                    "           AND c.independent = 0 AND p.status"
                    "               IN ('received', 'eligible')) AS marks,"
                    "       (SELECT count(*) FROM recusal r"
                    "         WHERE r.member_id = m.id"
                    "           AND r.lifted_on IS NULL) AS recused"
                    "  FROM member m WHERE m.call_year = ?"
                    " ORDER BY m.name_key",
                    "i", year);
}

/* ------------------------------------------------------------- recusals */

enum status recusal_add(struct db *db, int64_t project, int64_t member,
                        const char *reason, const char *declared_on,
                        int64_t *voided, struct err *e)
{
    *voided = 0;
    enum status st = sql_refuse(
        db, e, ST_REFUSED, _("the member is recused on this project already"),
        "SELECT 1 FROM recusal WHERE project_id = ?"
        " AND member_id = ? AND lifted_on IS NULL",
        "ii", project, member);
    if (st == ST_OK)
        st = sql_int(db, e, voided, NULL,
                     "SELECT count(*) FROM mark"
                     " WHERE project_id = ? AND member_id = ?",
                     "ii", project, member);
    if (st == ST_OK)
        st = sql_run(db, e,
                     "INSERT INTO recusal"
                     " (project_id, member_id, reason, declared_on)"
                     " VALUES (?, ?, ?, ?)",
                     "iitt", project, member, reason, declared_on);
    return st;
}

enum status recusal_lift(struct db *db, int64_t project, int64_t member,
                         const char *reason, const char *lifted_on,
                         struct err *e)
{
    enum status st = sql_run(db, e,
                             "UPDATE recusal SET lifted_on = ?3,"
                             " lift_reason = ?4 WHERE project_id = ?1"
                             " AND member_id = ?2 AND lifted_on IS NULL",
                             "iitt", project, member, lifted_on, reason);
    if (st == ST_OK && sql_changes(db) == 0)
        st = err_set(e, ST_NO_INPUT,
                     _("the member is not recused on this project"));
    return st;
}

enum status recusal_list(struct db *db, int64_t year, struct rows *rows,
                         struct err *e)
{
    return sql_rows(db, rows, e,
                    "SELECT p.ref AS project, p.title, m.name AS member,"
                    "       r.reason, r.declared_on, r.lifted_on,"
                    "       r.lift_reason"
                    "  FROM recusal r JOIN project p ON p.id = r.project_id"
                    "  JOIN member m ON m.id = r.member_id"
                    " WHERE p.call_year = ? ORDER BY p.number, m.name_key",
                    "i", year);
}
