/* What core/agenda.h wants to know of a call. */
#include "store/facts.h"
#include "base/mem.h"
#include "store/panel.h"
#include "store/project.h"
#include "store/scenario.h"
#include "store/sql.h"

#include <string.h>

/* The call, its money and its counts. Scores leave independent criteria out,
 * and so do these. */
static enum status load_call(struct db *db, struct agenda_facts *f,
                             struct err *e)
{
    struct query q = query_start(
        db, e,
        "SELECT d.closes, c.seed IS NOT NULL, c.quorum, b.envelope_cents,"
        "       b.available_cents,"
        "       (SELECT count(*) FROM criterion k"
        "         WHERE k.call_year = c.year AND k.independent = 0),"
        "       (SELECT sum(weight) FROM criterion k"
        "         WHERE k.call_year = c.year),"
        "       (SELECT count(*) FROM recusal r"
        "          JOIN project p ON p.id = r.project_id"
        "         WHERE p.call_year = c.year AND r.lifted_on IS NULL),"
        "       (SELECT count(*) FROM scenario s WHERE s.call_year = c.year),"
        "       (SELECT s.name FROM adopted s WHERE s.call_year = c.year),"
        "       c.archived"
        "  FROM call c JOIN deadline d ON d.call_year = c.year"
        "  JOIN budget b ON b.call = c.year"
        " WHERE c.year = ?",
        "i", f->year);
    if (query_next(&q)) {
        f->closes = xstrdup(query_text(&q, 0));
        f->has_seed = query_int(&q, 1) != 0;
        f->quorum = query_int(&q, 2);
        f->envelope_cents = query_int(&q, 3);
        f->available_cents = query_int(&q, 4);
        f->criteria = query_int(&q, 5);
        f->weight_sum = query_int(&q, 6);
        f->recusals = query_int(&q, 7);
        f->scenarios = query_int(&q, 8);
        f->adopted = xstrdup(query_text(&q, 9));
        f->archived = query_int(&q, 10) != 0;
    }
    return query_end(&q);
}

/* What came in and how far each project is. */
static enum status load_projects(struct db *db, struct agenda_facts *f,
                                 struct err *e)
{
    struct query q =
        query_start(db, e,
                    "SELECT count(*), count(p.late_reason),"
                    "       coalesce(sum(p.status = 'received'), 0),"
                    "       coalesce(sum(p.status = 'eligible'), 0),"
                    "       count(w.project_id),"
                    "       coalesce(sum(p.status = 'eligible'"
                    "                    AND w.project_id IS NULL), 0)"
                    "  FROM project p LEFT JOIN award w ON w.project_id = p.id"
                    " WHERE p.call_year = ?",
                    "i", f->year);
    int64_t waiting = 0;
    if (query_next(&q)) {
        f->received = query_int(&q, 0);
        f->late = query_int(&q, 1);
        waiting = query_int(&q, 2);
        f->eligible = query_int(&q, 3);
        f->decided = query_int(&q, 4);
        f->undecided = query_int(&q, 5);
    }
    enum status st = query_end(&q);
    if (st == ST_OK)
        st = project_incomplete(db, f->year, "received", &f->incomplete,
                                &f->incomplete_first, e);
    if (st == ST_OK)
        st =
            project_incomplete(db, f->year, "eligible", &f->eligible_incomplete,
                               &f->eligible_incomplete_first, e);
    f->complete = waiting - f->incomplete;
    return st;
}

/* What a member could mark: the weighted criteria of the projects in the
 * running from which the member has not stepped aside. */
static enum status load_members(struct db *db, struct agenda_facts *f,
                                struct err *e)
{
    struct query q = query_start(
        db, e,
        "WITH running AS (SELECT id FROM project WHERE call_year = ?1"
        "                    AND status IN ('received', 'eligible')),"
        "weighted AS (SELECT id FROM criterion"
        "              WHERE call_year = ?1 AND independent = 0)"
        "SELECT m.name,"
        "       (SELECT count(*) FROM running p JOIN mark k"
        "            ON k.project_id = p.id AND k.member_id = m.id"
        "         WHERE k.criterion_id IN (SELECT id FROM weighted)),"
        "       ((SELECT count(*) FROM running)"
        "        - (SELECT count(*) FROM running p WHERE EXISTS"
        "             (SELECT 1 FROM recusal r"
        "               WHERE r.project_id = p.id AND r.member_id = m.id"
        "                 AND r.lifted_on IS NULL)))"
        "       * (SELECT count(*) FROM weighted)"
        "  FROM member m WHERE m.call_year = ?1 ORDER BY m.name_key",
        "i", f->year);
    while (query_next(&q)) {
        f->members =
            xgrow(f->members, (size_t)f->members_count, sizeof *f->members);
        f->members[f->members_count++] =
            (struct agenda_member){.name = xstrdup(query_text(&q, 0)),
                                   .given = query_int(&q, 1),
                                   .expected = query_int(&q, 2)};
    }
    return query_end(&q);
}

/* Whether the adopted scenario still holds, and what it owes to projects that
 * wait for their decision. */
static enum status load_adopted(struct db *db, struct agenda_facts *f,
                                struct err *e)
{
    struct err why = {0};
    if (f->adopted == NULL || f->undecided == 0)
        return ST_OK;
    if (scenario_current(db, f->year, &why) != ST_OK)
        f->adopted_fault = xstrdup(why.msg);
    return scenario_owed(db, f->year, &f->owed_cents, e);
}

static enum status is_on_reserve(struct db *db, int64_t project, bool *on,
                                 struct err *e)
{
    return sql_has(db, e, on,
                   "SELECT 1 FROM award"
                   " WHERE project_id = ? AND decision = 'reserve'",
                   "i", project);
}

/* Reserve projects, the best-ranked first, whose least useful amount is still
 * there when those that wait have had theirs. */
static enum status load_reserve(struct db *db, const struct plan *p,
                                struct agenda_facts *f, struct err *e)
{
    enum status st = ST_OK;
    int64_t left = f->available_cents - f->owed_cents;
    for (size_t i = 0; i < p->panel.projects && st == ST_OK; i++) {
        const struct entry *x = &p->panel.project[p->place[i].project];
        bool on = false;
        st = is_on_reserve(db, x->id, &on, e);
        if (!on || x->bar != BAR_NONE || x->floor_cents > left)
            continue;
        if (f->fitting++ > 0)
            continue;
        f->fitting_first = xstrdup(x->ref);
        f->fitting_asked = x->request_cents;
        f->fitting_cents = x->request_cents < left
                               ? x->request_cents
                               : left - left % p->terms.unit;
        if (f->fitting_cents < x->floor_cents)
            f->fitting_cents = x->floor_cents;
    }
    return st;
}

/* Counts the equal projects that only their number parts. */
static void count_ties(const struct plan *p, struct agenda_facts *f)
{
    for (size_t i = 0; i < p->panel.projects && !f->has_seed; i++)
        f->ties_by_number +=
            p->place[i].below == TIE_NUMBER && p->place[i].rank > 0;
}

/* What can be read from the ranking. What cannot be scored yet has none to
 * speak of: `rank` says why. */
static enum status load_ranking(struct db *db, struct agenda_facts *f,
                                struct err *e)
{
    struct plan plan = {0};
    if (f->criteria == 0 || f->members_count == 0)
        return ST_OK;
    enum status st = plan_load(db, f->year, &plan, e);
    if (st == ST_OK && plan_rank(&plan, NULL) == ST_OK) {
        count_ties(&plan, f);
        if (f->adopted_fault == NULL)
            st = load_reserve(db, &plan, f, e);
    }
    plan_release(&plan);
    return st;
}

enum status facts_load(struct db *db, int64_t call, const char *now,
                       struct agenda_facts *f, struct err *e)
{
    *f = (struct agenda_facts){.year = call, .now = xstrdup(now)};
    enum status st = load_call(db, f, e);
    if (st == ST_OK)
        st = load_projects(db, f, e);
    if (st == ST_OK)
        st = load_members(db, f, e);
    if (st == ST_OK)
        st = load_adopted(db, f, e);
    if (st == ST_OK)
        st = load_ranking(db, f, e);
    return st;
}
