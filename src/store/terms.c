/* The terms of an allocation in the database. */
#include "store/terms.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "core/rules/terms.h"
#include "core/rules/tiers.h"
#include "store/sql.h"

#include <stdlib.h>
#include <string.h>

enum status themes_load(struct db *db, struct panel *p, struct err *e)
{
    struct query q = query_start(db, e,
                                 "SELECT id, label FROM theme"
                                 " WHERE call_year = ? ORDER BY label_key",
                                 "i", p->call);
    while (query_next(&q)) {
        p->theme = xgrow(p->theme, p->themes, sizeof *p->theme);
        p->theme[p->themes++] =
            (struct theme){query_int(&q, 0), xstrdup(query_text(&q, 1))};
    }
    return query_end(&q);
}

static const char *label_of(const struct panel *p, int64_t theme)
{
    for (size_t i = 0; i < p->themes; i++)
        if (p->theme[i].id == theme)
            return p->theme[i].label;
    return "";
}

/* The columns rule, unit_cents, threshold, tiers, objective, curve,
 * step_cents, rounding, envelope_cents, min_award_cents of the row. */
static enum status take_terms(const struct query *q, struct terms *t,
                              struct err *e)
{
    *t = (struct terms){.rule = rule_find(query_text(q, 0)),
                        .unit = query_int(q, 1),
                        .threshold = query_int_or(q, 2, -1),
                        .step = query_int(q, 6),
                        .envelope = query_int(q, 8),
                        .min_award = query_int(q, 9)};
    bool known = t->rule != NULL;
    known = objective_find(query_text(q, 4), &t->objective) && known;
    known = curve_find(query_text(q, 5), &t->curve) && known;
    known = rounding_find(query_text(q, 7), &t->rounding) && known;
    if (!known)
        return err_set(e, ST_BAD_DATA,
                       _("this version does not know the allocation rule "
                         "\"%s\" with its parameters"),
                       query_text(q, 0));
    return query_null(q, 3) ? ST_OK : tiers_parse(query_text(q, 3), t, e);
}

/* The columns theme_id, least_cents, most_cents of the row. */
static enum status take_reserve(const struct query *q, const struct panel *p,
                                struct terms *t, struct err *e)
{
    if (t->reserves == RESERVES_MAX)
        return err_set(e, ST_REFUSED,
                       _("there are reserves for more than %d themes"),
                       RESERVES_MAX);
    t->reserve[t->reserves++] =
        (struct reserve){.theme = query_int(q, 0),
                         .label = label_of(p, query_int(q, 0)),
                         .least = query_int(q, 1),
                         .most = query_int_or(q, 2, -1)};
    return ST_OK;
}

/* Loads from the query of a row of terms, then from that of its reserves. */
static enum status load_terms(struct query q, const struct panel *p,
                              struct query reserves, struct terms *t,
                              struct err *e)
{
    enum status st = ST_OK, ended;
    if (query_next(&q))
        st = take_terms(&q, t, e);
    ended = query_end(&q);
    st = st == ST_OK ? ended : st;
    while (st == ST_OK && query_next(&reserves))
        st = take_reserve(&reserves, p, t, e);
    ended = query_end(&reserves);
    return st == ST_OK ? ended : st;
}

enum status terms_of_call(struct db *db, const struct panel *p, struct terms *t,
                          struct err *e)
{
    return load_terms(
        query_start(db, e,
                    "SELECT c.rule, c.unit_cents, c.threshold, c.tiers,"
                    "       c.objective, c.curve, c.step_cents, c.rounding,"
                    "       b.envelope_cents, c.min_award_cents"
                    "  FROM call c JOIN budget b ON b.call = c.year"
                    " WHERE c.year = ?",
                    "i", p->call),
        p,
        query_start(db, e,
                    "SELECT theme_id, least_cents, most_cents"
                    "  FROM call_reserve WHERE call_year = ? ORDER BY theme_id",
                    "i", p->call),
        t, e);
}

enum status terms_of_scenario(struct db *db, const struct panel *p, int64_t id,
                              struct terms *t, struct err *e)
{
    return load_terms(
        query_start(db, e,
                    "SELECT rule, unit_cents, threshold, tiers, objective,"
                    "       curve, step_cents, rounding, envelope_cents, ?2"
                    "  FROM scenario WHERE id = ?1",
                    "ii", id, t->min_award),
        p,
        query_start(db, e,
                    "SELECT theme_id, least_cents, most_cents"
                    "  FROM scenario_reserve WHERE scenario_id = ?"
                    " ORDER BY theme_id",
                    "i", id),
        t, e);
}

enum status terms_store(struct db *db, int64_t call, const struct terms *t,
                        struct err *e)
{
    char *tiers = tiers_text(t);
    enum status st = sql_run(
        db, e,
        "UPDATE call SET tiers = ?, objective = ?, curve = ?,"
        " step_cents = ?, rounding = ? WHERE year = ?",
        "tttiti", tiers, objective_name(t->objective), curve_name(t->curve),
        t->step, rounding_name(t->rounding), call);
    free(tiers);
    return st;
}

enum status reserve_set(struct db *db, int64_t call,
                        const struct reserve *reserve, struct err *e)
{
    const int64_t *most = reserve->most >= 0 ? &reserve->most : NULL;
    if (reserve->least == 0 && most == NULL)
        return sql_run(db, e,
                       "DELETE FROM call_reserve"
                       " WHERE call_year = ? AND theme_id = ?",
                       "ii", call, reserve->theme);
    return sql_put(db, e,
                   "UPDATE call_reserve SET least_cents = ?3, most_cents = ?4"
                   " WHERE call_year = ?1 AND theme_id = ?2",
                   "INSERT INTO call_reserve VALUES (?1, ?2, ?3, ?4)", "iiio",
                   call, reserve->theme, reserve->least, most);
}

enum status marks_count(struct db *db, int64_t call, int64_t *count,
                        struct err *e)
{
    return sql_int(db, e, count, NULL,
                   "SELECT count(*) FROM mark m"
                   "  JOIN project p ON p.id = m.project_id"
                   " WHERE p.call_year = ?",
                   "i", call);
}
