/* Saved allocations of a call, and the one that is adopted. */
#include "store/scenario.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/why/explain.h"
#include "core/money.h"
#include "core/rules/terms.h"
#include "store/budget.h"
#include "store/call.h"
#include "store/panel.h"
#include "store/sql.h"
#include "store/terms.h"

#include <stdlib.h>
#include <string.h>

/* ----------------------------------------------------------------- saving */

static enum status check_name(struct db *db, int64_t call, const char *name,
                              const char *key, struct err *e)
{
    if (*key == '\0')
        return err_set(e, ST_USAGE,
                       _("the name of a scenario needs letters or digits"));
    return sql_refuse(db, e, ST_REFUSED,
                      _("there is a scenario \"%s\" already: choose another "
                        "name, or \"cispd scenario drop\" it first"),
                      "SELECT ?3 FROM scenario"
                      " WHERE call_year = ?1 AND name_key = ?2",
                      "itt", call, key, name);
}

static enum status save_head(struct db *db, const struct plan *p,
                             const char *name, const char *key, const char *now,
                             struct err *e)
{
    char digest[INPUTS_DIGEST_LEN];
    const struct terms *t = &p->terms;
    char *tiers = tiers_text(t);
    plan_inputs_digest(p, digest);
    enum status st =
        sql_run(db, e,
                "INSERT INTO scenario (call_year, name, name_key, rule,"
                " envelope_cents, unit_cents, threshold, tiers, objective,"
                " curve, step_cents, rounding, inputs_digest, saved_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                "itttiiotttittt", p->panel.call, name, key, rule_name(t->rule),
                t->envelope, t->unit, t->threshold >= 0 ? &t->threshold : NULL,
                tiers, objective_name(t->objective), curve_name(t->curve),
                t->step, rounding_name(t->rounding), digest, now);
    free(tiers);
    return st;
}

static enum status save_reserves(struct db *db, const struct plan *p,
                                 int64_t scenario, struct err *e)
{
    enum status st = ST_OK;
    for (size_t r = 0; r < p->terms.reserves && st == ST_OK; r++) {
        const struct reserve *x = &p->terms.reserve[r];
        st = sql_run(db, e,
                     "INSERT INTO scenario_reserve (scenario_id, theme_id,"
                     " least_cents, most_cents) VALUES (?, ?, ?, ?)",
                     "iiio", scenario, x->theme, x->least,
                     x->most >= 0 ? &x->most : NULL);
    }
    return st;
}

static enum status save_line(struct db *db, const struct plan *p, size_t i,
                             int64_t scenario, struct err *e)
{
    const struct candidate *c = &p->candidate[i];
    const struct share *s = &p->share[i];
    bool ranked = c->rank > 0;
    char *why = explain_share(p, i);
    enum status st = sql_run(
        db, e,
        "INSERT INTO scenario_line (scenario_id, project_id, position, rank,"
        " score_num, score_den, requested_cents, floor_cents, award_cents,"
        " forced, reason, explain)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        "iiioooiiiitt", scenario, p->panel.project[c->project].id,
        (int64_t)i + 1, ranked ? &c->rank : NULL, ranked ? &c->score_num : NULL,
        ranked ? &c->score_den : NULL, c->request, c->floor, s->award,
        (int64_t)c->forced, reason_name(s, c), why);
    free(why);
    return st;
}

/* The sentences are kept in the language of the documents: that is where they
 * are printed, whatever the screen of the one who saves. */
static enum status save_lines(struct db *db, const struct plan *p,
                              int64_t scenario, struct err *e)
{
    enum status st = agency_speak(db, e);
    for (size_t i = 0; i < p->count && st == ST_OK; i++)
        st = save_line(db, p, i, scenario, e);
    i18n_screen();
    return st;
}

enum status scenario_save(struct db *db, const struct plan *p, const char *name,
                          const char *now, struct err *e)
{
    char *key = text_key(name);
    enum status st = check_name(db, p->panel.call, name, key, e);
    if (st == ST_OK)
        st = save_head(db, p, name, key, now, e);
    int64_t id = sql_last_id(db);
    if (st == ST_OK)
        st = save_reserves(db, p, id, e);
    if (st == ST_OK)
        st = save_lines(db, p, id, e);
    free(key);
    return st;
}

/* ---------------------------------------------------------------- reading */

/* Writes call_rule, which holds the id until then: whether the scenario was
 * computed as the call says, by the rule alone; and whether it shares another
 * envelope than the call has now. */
static enum status compare_with_call(struct db *db, const struct plan *p,
                                     struct rows *rows, size_t r, struct err *e)
{
    struct terms t = {0};
    struct cell *row = &rows->cells[r * rows->columns];
    struct cell *state = &row[rows_column(rows, "state")];
    struct cell *as_call = &row[rows_column(rows, "call_rule")];
    enum status st = terms_of_scenario(db, &p->panel, as_call->i, &t, e);
    bool same = st == ST_OK && terms_same(&p->terms, &t) &&
                row[rows_column(rows, "by_hand")].i == 0;
    bool envelope = p->terms.envelope == t.envelope;
    cell_int(as_call, same && envelope);
    if (st == ST_OK && !envelope && strcmp(state->s, "current") == 0)
        cell_text(state, "other-envelope");
    return st;
}

enum status scenario_head(struct db *db, int64_t call, int64_t id,
                          struct rows *rows, struct err *e)
{
    struct plan p = {0};
    char digest[INPUTS_DIGEST_LEN];
    int64_t left = 0;
    *rows = (struct rows){0};
    enum status st = plan_load(db, call, &p, e);
    plan_inputs_digest(&p, digest);
    if (st == ST_OK)
        st = budget_available(db, call, &left, e);
    if (st == ST_OK)
        st = sql_rows(
            db, rows, e,
            "SELECT s.name, s.rule, s.id AS call_rule, s.envelope_cents,"
            "       coalesce(sum(l.award_cents), 0) AS awarded_cents,"
            "       s.envelope_cents - coalesce(sum(l.award_cents), 0)"
            "           AS rest_cents,"
            "       coalesce(sum(l.award_cents > 0), 0) AS funded,"
            "       coalesce(sum(l.forced), 0) AS by_hand,"
            "       s.saved_at, s.adopted_at,"
            "       CASE WHEN s.inputs_digest <> ?2 THEN 'outdated'"
            "            WHEN ?4 < (SELECT sum(w.award_cents) FROM waiting w"
            "                        WHERE w.scenario_id = s.id)"
            "            THEN 'overspent' ELSE 'current' END AS state"
            "  FROM scenario s LEFT JOIN scenario_line l"
            "       ON l.scenario_id = s.id"
            " WHERE s.call_year = ?1 AND ?3 IN (0, s.id)"
            " GROUP BY s.id ORDER BY s.id",
            "itii", call, digest, id, left);
    for (size_t r = 0; st == ST_OK && r < rows->count; r++)
        st = compare_with_call(db, &p, rows, r, e);
    plan_release(&p);
    return st;
}

enum status scenario_list(struct db *db, int64_t call, struct rows *rows,
                          struct err *e)
{
    return scenario_head(db, call, 0, rows, e);
}

enum status scenario_show(struct db *db, int64_t id, struct rows *rows,
                          struct err *e)
{
    return sql_rows(db, rows, e,
                    "SELECT l.rank, p.ref AS id, a.name AS association,"
                    "       l.requested_cents AS request_counted_cents,"
                    "       l.floor_cents, l.award_cents,"
                    "       l.reason AS reason_code, l.explain"
                    "  FROM scenario_line l"
                    "  JOIN project p ON p.id = l.project_id"
                    "  JOIN association a ON a.id = p.association_id"
                    " WHERE l.scenario_id = ? ORDER BY l.position",
                    "i", id);
}

enum status scenario_changes(struct db *db, int64_t id, struct rows *rows,
                             struct err *e)
{
    return sql_rows(db, rows, e,
                    "SELECT p.ref AS id, a.name AS association,"
                    "       coalesce(o.award_cents, 0) AS before_cents,"
                    "       coalesce(l.award_cents, 0) AS award_cents"
                    "  FROM scenario s"
                    "  JOIN adopted old ON old.call_year = s.call_year"
                    "  JOIN project p ON p.call_year = s.call_year"
                    "  JOIN association a ON a.id = p.association_id"
                    "  LEFT JOIN scenario_line l ON l.scenario_id = s.id"
                    "                           AND l.project_id = p.id"
                    "  LEFT JOIN scenario_line o ON o.scenario_id = old.id"
                    "                           AND o.project_id = p.id"
                    " WHERE s.id = ? AND coalesce(o.award_cents, 0)"
                    "                    <> coalesce(l.award_cents, 0)"
                    " ORDER BY p.number",
                    "i", id);
}

/* --------------------------------------------------------------- replaying */

/* Sets by hand what the scenario had set. What may not be set any more is
 * left to the rule: the awards then differ, which is the answer. */
static enum status replay_forced(struct db *db, int64_t id, struct plan *p,
                                 struct err *e)
{
    struct query q = query_start(db, e,
                                 "SELECT p.ref, l.award_cents"
                                 "  FROM scenario_line l"
                                 "  JOIN project p ON p.id = l.project_id"
                                 " WHERE l.scenario_id = ? AND l.forced",
                                 "i", id);
    while (query_next(&q))
        plan_force(p, query_text(&q, 0), query_int(&q, 1), NULL);
    return query_end(&q);
}

static int64_t award_of(const struct plan *p, const char *ref)
{
    for (size_t i = 0; i < p->count; i++)
        if (strcmp(p->candidate[i].id, ref) == 0)
            return p->share[i].award;
    return 0;
}

static enum status compare_awards(struct db *db, int64_t id,
                                  const struct plan *p, struct rows *rows,
                                  struct err *e)
{
    rows_start(rows, 4,
               (const char *const[]){"id", "association", "before_cents",
                                     "award_cents"});
    struct query q =
        query_start(db, e,
                    "SELECT p.ref, a.name, coalesce(l.award_cents, 0)"
                    "  FROM scenario s"
                    "  JOIN project p ON p.call_year = s.call_year"
                    "  JOIN association a ON a.id = p.association_id"
                    "  LEFT JOIN scenario_line l ON l.scenario_id = s.id"
                    "                           AND l.project_id = p.id"
                    " WHERE s.id = ? ORDER BY p.number",
                    "i", id);
    while (query_next(&q)) {
        int64_t now = award_of(p, query_text(&q, 0));
        if (now == query_int(&q, 2))
            continue;
        struct cell *c = rows_add(rows);
        cell_text(&c[0], query_text(&q, 0));
        cell_text(&c[1], query_text(&q, 1));
        cell_int(&c[2], query_int(&q, 2));
        cell_int(&c[3], now);
    }
    return query_end(&q);
}

/* The scenario computed again, on the marks and requests of now. */
static enum status replay_plan(struct db *db, int64_t call, int64_t id,
                               struct plan *p, struct err *e)
{
    enum status st = plan_load(db, call, p, e);
    if (st == ST_OK)
        st = terms_of_scenario(db, &p->panel, id, &p->terms, e);
    p->panel.threshold = p->terms.threshold;
    if (st == ST_OK)
        st = plan_rank(p, e);
    if (st == ST_OK) {
        plan_open(p);
        st = replay_forced(db, id, p, e);
    }
    return st == ST_OK ? plan_allocate(p, e) : st;
}

enum status scenario_replay(struct db *db, int64_t call, int64_t id,
                            struct rows *rows, struct err *e)
{
    struct plan p = {0};
    *rows = (struct rows){0};
    enum status st = replay_plan(db, call, id, &p, e);
    if (st == ST_OK)
        st = compare_awards(db, id, &p, rows, e);
    plan_release(&p);
    return st;
}

/* --------------------------------------------------------------- adopting */

/* The same inputs give the same awards, or nobody may rely on either. */
static enum status check_replay(struct db *db, int64_t call, int64_t id,
                                struct err *e)
{
    struct rows differ;
    enum status st = scenario_replay(db, call, id, &differ, e);
    if (st == ST_OK && differ.count > 0)
        st = err_set(e, ST_REFUSED,
                     _("computed again, this scenario gives other awards "
                       "(%s first): run \"cispd allocate\" again and save a "
                       "new one"),
                     rows_at(&differ, 0, 0)->s);
    rows_release(&differ);
    return st;
}

/* Whether the project is decided, with a reason: it then waits for no mark. An
 * amount set by hand in a scenario is no decision yet. */
static enum status is_decided(struct db *db, int64_t project, bool *decided,
                              struct err *e)
{
    return sql_has(db, e, decided,
                   "SELECT 1 FROM award"
                   " WHERE project_id = ? AND reason IS NOT NULL",
                   "i", project);
}

static enum status check_marking(struct db *db, const struct plan *p,
                                 struct err *e)
{
    enum status st = ST_OK;
    struct buf waiting = BUF_INIT;
    for (size_t i = 0; i < p->panel.projects && st == ST_OK; i++) {
        const struct entry *entry = &p->panel.project[i];
        bool decided = false;
        if (entry->bar == BAR_UNDECIDED ||
            score_rankable(&p->scores.project[i]))
            continue;
        st = is_decided(db, entry->id, &decided, e);
        char *why = explain_standing(p, i);
        if (!decided) {
            buf_adds(&waiting, "\n  ");
            buf_addf(&waiting, _("%s: %s"), entry->ref, why);
        }
        free(why);
    }
    if (st == ST_OK && waiting.len > 0)
        st = err_set(e, ST_REFUSED,
                     _("no allocation is adopted before the marking is whole:"
                       "%s"),
                     buf_str(&waiting));
    buf_release(&waiting);
    return st;
}

enum status scenario_absent(struct db *db, int64_t call, char **names,
                            struct err *e)
{
    return sql_text(db, e, names,
                    "SELECT group_concat(name, ?2) FROM member m"
                    " WHERE m.call_year = ?1 AND NOT EXISTS"
                    "       (SELECT 1 FROM mark k WHERE k.member_id = m.id)"
                    "   AND EXISTS (SELECT 1 FROM project p"
                    "        WHERE p.call_year = m.call_year"
                    "          AND p.status = 'eligible' AND NOT EXISTS"
                    "              (SELECT 1 FROM recusal r"
                    "                WHERE r.project_id = p.id"
                    "                  AND r.member_id = m.id"
                    "                  AND r.lifted_on IS NULL))",
                    "it", call, _("; "));
}

/* The id of the adopted scenario, or 0. */
static enum status find_adopted(struct db *db, int64_t call, int64_t *id,
                                struct err *e)
{
    *id = 0;
    return sql_int(db, e, id, NULL,
                   "SELECT id FROM adopted WHERE call_year = ?", "i", call);
}

/* What to do about a scenario that no longer holds. The caller frees. */
static enum status way_out(struct db *db, int64_t call, char **out,
                           struct err *e)
{
    int64_t decided = 0;
    enum status st = budget_decided(db, call, &decided, e);
    *out = xstrdup(decided > 0
                       ? _("decide what is left one by one, with --reason, or "
                           "take the decisions back with \"cispd award clear\"")
                       : _("run \"cispd allocate --save\" again and adopt "
                           "the new one"));
    return st;
}

static enum status check_inputs(struct db *db, const struct plan *p, int64_t id,
                                struct err *e)
{
    char digest[INPUTS_DIGEST_LEN];
    char *advice = NULL;
    plan_inputs_digest(p, digest);
    enum status st = way_out(db, p->panel.call, &advice, e);
    if (st == ST_OK)
        st = sql_refuse(db, e, ST_REFUSED,
                        _("the marks, the projects or the rules of the call "
                          "have changed since this scenario was saved: %s"),
                        "SELECT ?3 FROM scenario"
                        " WHERE id = ?1 AND inputs_digest <> ?2",
                        "itt", id, digest, advice);
    free(advice);
    return st;
}

/* What a scenario gives to projects that wait for their decision. */
static enum status owed(struct db *db, int64_t id, int64_t *cents,
                        struct err *e)
{
    return sql_int(db, e, cents, NULL,
                   "SELECT coalesce(sum(award_cents), 0) FROM waiting"
                   " WHERE scenario_id = ?",
                   "i", id);
}

static enum status check_envelope(struct db *db, int64_t call, int64_t id,
                                  struct err *e)
{
    char a[MONEY_LEN], b[MONEY_LEN];
    char *advice = NULL;
    int64_t total = 0, left = 0;
    enum status st = owed(db, id, &total, e);
    if (st == ST_OK)
        st = budget_available(db, call, &left, e);
    if (st != ST_OK || total <= left)
        return st;
    st = way_out(db, call, &advice, e);
    if (st == ST_OK)
        st = err_set(e, ST_REFUSED,
                     _("this scenario gives %s to projects still undecided, "
                       "and %s are left in the envelope: %s"),
                     money_text(total, a), money_text(left, b), advice);
    free(advice);
    return st;
}

/* Decisions without a reason must be what the rule of the scenario says. */
static enum status check_decisions(struct db *db, int64_t call, int64_t id,
                                   struct err *e)
{
    return sql_refuse(
        db, e, ST_REFUSED,
        _("decisions are recorded that differ from this scenario, or that it "
          "took over as they were, and give no reason (%s): clear them, or "
          "set them again with --reason"),
        "SELECT group_concat(p.ref, ', ')"
        "  FROM award a JOIN project p ON p.id = a.project_id"
        "  LEFT JOIN scenario_line l ON l.scenario_id = ?2"
        "                           AND l.project_id = a.project_id"
        " WHERE p.call_year = ?1 AND a.reason IS NULL"
        "   AND (l.forced OR a.amount_cents <> coalesce(l.award_cents, 0))",
        "ii", call, id);
}

/* Another adopted scenario may give way until something is decided. */
static enum status check_replaced(struct db *db, int64_t id, struct err *e)
{
    enum status st =
        sql_refuse(db, e, ST_REFUSED, _("this scenario is adopted already"),
                   "SELECT adopted_at FROM scenario WHERE id = ?", "i", id);
    if (st == ST_OK)
        st = sql_refuse(
            db, e, ST_REFUSED,
            _("another scenario is adopted and decisions follow it already: "
              "decide the projects that differ one by one, with --reason, or "
              "clear the decisions first"),
            "SELECT o.id FROM scenario s JOIN adopted o USING (call_year)"
            " WHERE s.id = ? AND call_year IN (SELECT call_year FROM decided)",
            "i", id);
    return st;
}

enum status scenario_adopt(struct db *db, int64_t call, int64_t id,
                           const char *now, struct err *e)
{
    struct plan p = {0};
    enum status st = plan_load(db, call, &p, e);
    if (st == ST_OK)
        st = plan_rank(&p, e);
    if (st == ST_OK)
        st = check_replaced(db, id, e);
    if (st == ST_OK)
        st = check_inputs(db, &p, id, e);
    if (st == ST_OK)
        st = check_replay(db, call, id, e);
    if (st == ST_OK)
        st = check_marking(db, &p, e);
    if (st == ST_OK)
        st = check_envelope(db, call, id, e);
    if (st == ST_OK)
        st = check_decisions(db, call, id, e);
    if (st == ST_OK)
        st = sql_run(db, e,
                     "UPDATE scenario SET adopted_at = NULL"
                     " WHERE call_year = ? AND adopted_at IS NOT NULL"
                     "   AND id <> ?",
                     "ii", call, id);
    if (st == ST_OK)
        st = sql_run(db, e, "UPDATE scenario SET adopted_at = ? WHERE id = ?",
                     "ti", now, id);
    plan_release(&p);
    return st;
}

enum status scenario_drop(struct db *db, int64_t id, struct err *e)
{
    enum status st =
        sql_refuse(db, e, ST_REFUSED,
                   _("an adopted scenario cannot be dropped: "
                     "adopt another one first"),
                   "SELECT adopted_at FROM scenario WHERE id = ?", "i", id);
    if (st == ST_OK)
        st = sql_run(db, e, "DELETE FROM scenario_line WHERE scenario_id = ?",
                     "i", id);
    if (st == ST_OK)
        st =
            sql_run(db, e, "DELETE FROM scenario_reserve WHERE scenario_id = ?",
                    "i", id);
    if (st == ST_OK)
        st = sql_run(db, e, "DELETE FROM scenario WHERE id = ?", "i", id);
    return st;
}

enum status scenario_holds(struct db *db, int64_t call, struct err *e)
{
    struct plan p = {0};
    int64_t id;
    enum status st = find_adopted(db, call, &id, e);
    if (st == ST_OK && id == 0)
        return err_set(e, ST_REFUSED,
                       _("no scenario of the call %d is adopted: \"cispd "
                         "allocate --save NAME\", then \"cispd scenario adopt "
                         "NAME\""),
                       (int)call);
    if (st == ST_OK)
        st = plan_load(db, call, &p, e);
    if (st == ST_OK)
        st = check_inputs(db, &p, id, e);
    plan_release(&p);
    return st;
}

enum status scenario_current(struct db *db, int64_t call, struct err *e)
{
    int64_t id;
    enum status st = scenario_holds(db, call, e);
    if (st == ST_OK)
        st = find_adopted(db, call, &id, e);
    return st == ST_OK ? check_envelope(db, call, id, e) : st;
}

enum status scenario_owed(struct db *db, int64_t call, int64_t *cents,
                          struct err *e)
{
    int64_t id;
    enum status st = find_adopted(db, call, &id, e);
    return st == ST_OK ? owed(db, id, cents, e) : st;
}

enum status scenario_plan(struct db *db, int64_t call, struct plan *p,
                          int64_t *adopted, struct err *e)
{
    *adopted = 0;
    if (scenario_current(db, call, NULL) != ST_OK)
        return plan_compute(db, call, p, e);
    enum status st = find_adopted(db, call, adopted, e);
    return st == ST_OK ? replay_plan(db, call, *adopted, p, e) : st;
}
