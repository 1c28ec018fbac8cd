/* The decisions of the council: awarded, refused, reserve. */
#include "store/award.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "core/why/explain.h"
#include "core/money.h"
#include "store/panel.h"
#include "store/scenario.h"
#include "store/sql.h"

#include <stdlib.h>
#include <string.h>

/* What a decision on a project is measured against. Cents; -1: none. */
struct measure {
    int64_t requested, cost, other_public;
    int64_t min_award, max_award, max_rate_bp;
    int64_t available; /* of the envelope, this project's own award back */
    int64_t adopted;   /* what the adopted scenario gives; -1: none adopted */
    bool forced;       /* ... because the committee set that by hand */
    int64_t call;
    char *ref, *status, *scenario; /* owned */
};

static void measure_release(struct measure *m)
{
    free(m->ref);
    free(m->status);
    free(m->scenario);
}

static enum status load_measure(struct db *db, int64_t project,
                                struct measure *m, struct err *e)
{
    struct query q = query_start(
        db, e,
        "SELECT p.requested_cents, p.cost_cents,"
        "       coalesce(p.other_public_cents, 0),"
        "       c.min_award_cents, c.max_award_cents, c.max_rate_bp,"
        "       b.available_cents + coalesce(a.amount_cents, 0),"
        "       CASE WHEN s.id IS NOT NULL"
        "            THEN coalesce(l.award_cents, 0) END,"
        "       c.year, p.ref, p.status, s.name, coalesce(l.forced, 0)"
        "  FROM project p"
        "  JOIN call c ON c.year = p.call_year"
        "  JOIN budget b ON b.call = c.year"
        "  LEFT JOIN award a ON a.project_id = p.id"
        "  LEFT JOIN adopted s ON s.call_year = c.year"
        "  LEFT JOIN scenario_line l ON l.scenario_id = s.id"
        "                           AND l.project_id = p.id"
        " WHERE p.id = ?",
        "i", project);
    if (query_next(&q))
        *m = (struct measure){.requested = query_int(&q, 0),
                              .cost = query_int_or(&q, 1, -1),
                              .other_public = query_int(&q, 2),
                              .min_award = query_int_or(&q, 3, -1),
                              .max_award = query_int_or(&q, 4, -1),
                              .max_rate_bp = query_int_or(&q, 5, -1),
                              .available = query_int(&q, 6),
                              .adopted = query_int_or(&q, 7, -1),
                              .call = query_int(&q, 8),
                              .ref = xstrdup(query_text(&q, 9)),
                              .status = xstrdup(query_text(&q, 10)),
                              .scenario = xstrdup(query_text(&q, 11)),
                              .forced = query_int(&q, 12) != 0};
    return query_end(&q);
}

/* ----------------------------------------------------------- the refusals */

/* Only an eligible project holds an award or waits for one; any project but
 * a withdrawn one may be refused. */
static enum status check_eligible(const struct measure *m,
                                  const struct decision *d, struct err *e)
{
    bool refusal = strcmp(d->decision, "refused") == 0;
    if (strcmp(m->status, "eligible") == 0)
        return ST_OK;
    if (strcmp(m->status, "withdrawn") == 0)
        return err_set(e, ST_REFUSED,
                       _("%s was withdrawn: there is nothing to decide"),
                       m->ref);
    if (refusal)
        return ST_OK;
    if (strcmp(m->status, "rejected") == 0)
        return err_set(e, ST_REFUSED,
                       _("%s was rejected as not eligible: it can only be "
                         "refused"),
                       m->ref);
    return err_set(e, ST_REFUSED,
                   _("the eligibility of %s is not decided yet: run \"cispd "
                     "project check %s\" first"),
                   m->ref, m->ref);
}

/* The award and the other public money against the rate of the cost. */
static enum status check_rate(const struct measure *m, int64_t cents,
                              struct err *e)
{
    char a[MONEY_LEN], b[MONEY_LEN], rate[DECIMAL_LEN];
    if (m->max_rate_bp < 0)
        return ST_OK;
    decimal_text(m->max_rate_bp, 2, rate);
    if (m->cost < 0)
        return err_set(e, ST_REFUSED,
                       _("the call limits public money to %s %% of the cost, "
                         "and the cost of %s is not known: enter it with "
                         "\"cispd project edit %s --cost EUR\""),
                       rate, m->ref, m->ref);
    int64_t most = m->max_rate_bp * m->cost / 10000 - m->other_public;
    if (cents <= most)
        return ST_OK;
    return err_set(e, ST_REFUSED,
                   _("%s may receive at most %s: with its other public money "
                     "(%s) that makes %s %% of its cost, the limit of the "
                     "call"),
                   m->ref, money_text(most > 0 ? most : 0, a),
                   money_text(m->other_public, b), rate);
}

static enum status check_bounds(const struct measure *m, int64_t cents,
                                struct err *e)
{
    char a[MONEY_LEN], b[MONEY_LEN];
    money_text(cents, a);
    if (cents <= 0)
        return err_set(e, ST_REFUSED,
                       _("an award is above zero; to give nothing, use "
                         "\"cispd award refuse %s\" or \"cispd award reserve "
                         "%s\""),
                       m->ref, m->ref);
    if (cents > m->requested)
        return err_set(e, ST_REFUSED,
                       _("%s requested %s: an award of %s would be more"),
                       m->ref, money_text(m->requested, b), a);
    if (m->min_award >= 0 && cents < m->min_award)
        return err_set(e, ST_REFUSED,
                       _("%s is less than the smallest award of the call, %s"),
                       a, money_text(m->min_award, b));
    if (m->max_award >= 0 && cents > m->max_award)
        return err_set(e, ST_REFUSED,
                       _("%s is more than the largest award of the call, %s"),
                       a, money_text(m->max_award, b));
    return check_rate(m, cents, e);
}

static enum status check_envelope(const struct measure *m, int64_t cents,
                                  struct err *e)
{
    char a[MONEY_LEN], b[MONEY_LEN];
    if (cents <= m->available)
        return ST_OK;
    return err_set(e, ST_REFUSED,
                   _("only %s are left for %s in the envelope of %d: an award "
                     "of %s does not fit"),
                   money_text(m->available, a), m->ref, (int)m->call,
                   money_text(cents, b));
}

static enum status check_scenario(const struct measure *m,
                                  const struct decision *d, struct err *e)
{
    char a[MONEY_LEN];
    if (d->reason != NULL || m->adopted < 0)
        return ST_OK;
    if (m->forced)
        return err_set(e, ST_REFUSED,
                       _("the amount of %s was set by hand in the adopted "
                         "scenario \"%s\": a decision on it needs --reason"),
                       m->ref, m->scenario);
    if (d->amount_cents == m->adopted)
        return ST_OK;
    if (m->adopted == 0)
        return err_set(e, ST_REFUSED,
                       _("the adopted scenario \"%s\" gives %s nothing: a "
                         "decision that differs from it needs --reason"),
                       m->scenario, m->ref);
    return err_set(e, ST_REFUSED,
                   _("the adopted scenario \"%s\" gives %s %s: a decision "
                     "that differs from it needs --reason"),
                   m->scenario, m->ref, money_text(m->adopted, a));
}

static enum status check(const struct measure *m, const struct decision *d,
                         struct err *e)
{
    enum status st = check_eligible(m, d, e);
    bool awarded = strcmp(d->decision, "awarded") == 0;
    if (st == ST_OK && awarded)
        st = check_bounds(m, d->amount_cents, e);
    if (st == ST_OK && awarded)
        st = check_envelope(m, d->amount_cents, e);
    return st == ST_OK ? check_scenario(m, d, e) : st;
}

/* ------------------------------------------------------------ the changes */

/* Checks and records a decision; `fresh`: the adopted scenario is known to hold
 * still. */
static enum status decide(struct db *db, const struct decision *d, bool fresh,
                          struct err *e)
{
    struct measure m = {0};
    enum status st = load_measure(db, d->project, &m, e);
    if (st == ST_OK)
        st = check(&m, d, e);
    if (st == ST_OK && !fresh && m.adopted >= 0 && d->reason == NULL)
        st = d->amount_cents > 0 ? scenario_current(db, m.call, e)
                                 : scenario_holds(db, m.call, e);
    measure_release(&m);
    if (st != ST_OK)
        return st;
    return sql_put(db, e,
                   "UPDATE award SET decision = ?2, amount_cents = ?3,"
                   " reason = ?4, decided_on = ?5 WHERE project_id = ?1",
                   "INSERT INTO award VALUES (?1, ?2, ?3, ?4, ?5)", "ititt",
                   d->project, d->decision, d->amount_cents, d->reason,
                   d->decided_on);
}

enum status award_set(struct db *db, const struct decision *d, struct err *e)
{
    return decide(db, d, false, e);
}

/* What was set by hand is decided one by one, each with its reason, before
 * the rest follows. */
static enum status check_forced(struct db *db, int64_t call, struct err *e)
{
    return sql_refuse(
        db, e, ST_REFUSED,
        _("amounts were set by hand in the adopted scenario (%s): decide "
          "these first, each with \"cispd award set PROJECT EUR --reason "
          "TEXT\" or \"cispd award refuse PROJECT --reason TEXT\""),
        "SELECT group_concat(w.ref, ', ')"
        "  FROM adopted s JOIN waiting w ON w.scenario_id = s.id AND w.forced"
        " WHERE s.call_year = ?",
        "i", call);
}

/* Decides one line of the scenario; one without an amount is `nothing`. */
static enum status follow(struct db *db, int64_t project, int64_t cents,
                          const char *nothing, const char *decided_on,
                          struct err *e)
{
    struct decision d = {.project = project,
                         .decision = cents > 0 ? "awarded" : nothing,
                         .amount_cents = cents,
                         .decided_on = decided_on};
    return decide(db, &d, true, e);
}

enum status award_set_all(struct db *db, int64_t call, bool reserve,
                          const char *decided_on, int64_t *decided,
                          int64_t *waiting, struct err *e)
{
    struct rows w = {0};
    enum status st = scenario_current(db, call, e);
    if (st == ST_OK)
        st = check_forced(db, call, e);
    if (st == ST_OK)
        st = sql_rows(db, &w, e,
                      "SELECT w.project_id, w.award_cents,"
                      "       l.reason NOT IN ('below-threshold',"
                      "                        'not-rankable') AS may_wait"
                      "  FROM adopted s JOIN waiting w ON w.scenario_id = s.id"
                      "  JOIN scenario_line l"
                      "    ON l.scenario_id = s.id"
                      "   AND l.project_id = w.project_id"
                      " WHERE s.call_year = ?"
                      " ORDER BY w.position",
                      "i", call);
    for (size_t i = 0; i < w.count && st == ST_OK; i++)
        st = follow(db, rows_at(&w, i, 0)->i, rows_at(&w, i, 1)->i,
                    reserve && rows_at(&w, i, 2)->i ? "reserve" : "refused",
                    decided_on, e);
    *decided = (int64_t)w.count;
    rows_release(&w);
    if (st == ST_OK)
        st = sql_int(db, e, waiting, NULL,
                     "SELECT count(*) FROM project"
                     " WHERE call_year = ? AND status = 'received'",
                     "i", call);
    return st;
}

enum status award_clear(struct db *db, int64_t project, const char *reason,
                        struct err *e)
{
    enum status st = sql_refuse(
        db, e, ST_NO_INPUT, _("nothing is decided on %s yet"),
        "SELECT ref FROM project"
        " WHERE id = ?1 AND id NOT IN (SELECT project_id FROM award)",
        "i", project);
    if (st == ST_OK)
        st = sql_run(db, e, "UPDATE award SET reason = ? WHERE project_id = ?",
                     "ti", reason, project);
    if (st == ST_OK)
        st = sql_run(db, e, "DELETE FROM award WHERE project_id = ?", "i",
                     project);
    return st;
}

/* ---------------------------------------------------------------- reading */

/* Adds why the project does not pass, if it does not. */
static void add_standing(struct buf *b, const struct plan *p, int64_t project)
{
    for (size_t i = 0; i < p->panel.projects; i++)
        if (p->panel.project[i].id == project) {
            char *standing = explain_standing(p, i);
            buf_addf(b, "%s%s", b->len > 0 && *standing != '\0' ? " " : "",
                     standing);
            free(standing);
        }
}

/* Adds that the rate rests on a figure that nobody gave. */
static enum status add_unknown(struct db *db, struct buf *b, int64_t project,
                               struct err *e)
{
    bool unknown = false;
    enum status st =
        sql_has(db, e, &unknown,
                "SELECT 1 FROM project p JOIN call c ON c.year = p.call_year"
                " WHERE p.id = ? AND p.other_public_cents IS NULL"
                "   AND c.max_rate_bp IS NOT NULL",
                "i", project);
    if (unknown)
        buf_addf(b, "%s%s", b->len > 0 ? " " : "",
                 _("Its other public money is not known, and counted as 0 in "
                   "the maximum rate of the call."));
    return st;
}

enum status award_doubt(struct db *db, int64_t call, const struct decision *d,
                        char **doubt, struct err *e)
{
    struct plan p = {0};
    struct buf b = BUF_INIT;
    char text[MONEY_LEN];
    int64_t minimum = 0;
    *doubt = NULL;
    if (d->amount_cents == 0)
        return ST_OK;
    enum status st = sql_int(db, e, &minimum, NULL,
                             "SELECT coalesce(minimum_cents, 0) FROM project"
                             " WHERE id = ?",
                             "i", d->project);
    if (st == ST_OK && d->amount_cents < minimum)
        buf_addf(&b,
                 _("The association said that it needs %s at least for this "
                   "project."),
                 money_text(minimum, text));
    if (st == ST_OK)
        st = add_unknown(db, &b, d->project, e);
    if (st == ST_OK)
        st = plan_load(db, call, &p, e);
    if (st == ST_OK && plan_rank(&p, NULL) == ST_OK)
        add_standing(&b, &p, d->project);
    plan_release(&p);
    if (b.len > 0)
        *doubt = buf_take(&b);
    buf_release(&b);
    return st;
}

enum status award_list(struct db *db, int64_t call, struct rows *rows,
                       struct err *e)
{
    return sql_rows(
        db, rows, e,
        "SELECT p.ref AS id, n.name AS association, p.title,"
        "       p.requested_cents, l.award_cents AS proposed_cents,"
        "       a.decision, a.amount_cents, a.decided_on, a.reason"
        "  FROM project p JOIN association n ON n.id = p.association_id"
        "  LEFT JOIN award a ON a.project_id = p.id"
        "  LEFT JOIN adopted s ON s.call_year = p.call_year"
        "  LEFT JOIN scenario_line l ON l.scenario_id = s.id"
        "                           AND l.project_id = p.id"
        " WHERE p.call_year = ?"
        "   AND (p.status IN ('received', 'eligible')"
        "        OR a.project_id IS NOT NULL)"
        " ORDER BY p.number",
        "i", call);
}

enum status award_is_alone(struct db *db, int64_t call, bool *alone,
                           struct err *e)
{
    return sql_has(
        db, e, alone,
        "SELECT 1 WHERE 1 = (SELECT count(*) FROM decided WHERE call_year = ?1)"
        "   AND NOT EXISTS (SELECT 1 FROM adopted WHERE call_year = ?1)",
        "i", call);
}
