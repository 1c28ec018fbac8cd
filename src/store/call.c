/* Calls: the agency, the call's own row, its envelope lines and documents. */
#include "store/call.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "core/day.h"
#include "core/money.h"
#include "store/sql.h"

#include <stdlib.h>
#include <string.h>

enum status agency_set(struct db *db, const char *name, const char *siret,
                       const char *doc_lang, struct err *e)
{
    return sql_put(db, e,
                   "UPDATE agency SET name = coalesce(?1, name),"
                   " siret = nullif(coalesce(?2, siret), ''),"
                   " doc_lang = coalesce(?3, doc_lang)",
                   "INSERT INTO agency (id, name, siret, doc_lang)"
                   " VALUES (1, coalesce(?1, 'CISPD'), nullif(?2, ''),"
                   "         coalesce(?3, 'fr'))",
                   "ttt", name, siret, doc_lang);
}

/* ------------------------------------------------------------- the call */

/* The call opens before it closes. */
static enum status check_days(struct db *db, const struct call *c,
                              struct err *e)
{
    enum status st = ST_OK;
    char closing[MINUTE_LEN], opening[MINUTE_LEN];
    struct query q = query_start(
        db, e,
        "SELECT closing, opening"
        "  FROM (SELECT nullif(coalesce(?2, opens), '') AS opening,"
        "               nullif(coalesce(?3, closes), '') AS closing"
        "          FROM call WHERE year = ?1) WHERE opening > closing",
        "itt", c->year, c->opens, c->closes);
    if (query_next(&q))
        st = err_set(e, ST_REFUSED,
                     _("the call would close (%s) before it opens (%s)"),
                     minute_text(query_text(&q, 0), closing),
                     minute_text(query_text(&q, 1), opening));
    enum status end = query_end(&q);
    return st == ST_OK ? end : st;
}

/* What the schema would refuse in fewer words: the limits of the call
 * among themselves, as they are with what is said now. */
static enum status check_call(struct db *db, const struct call *c,
                              struct err *e)
{
    enum status st = sql_refuse(
        db, e, ST_REFUSED, _("the minimum award is above the maximum award"),
        "SELECT 1 FROM call WHERE year = ?1"
        "   AND nullif(coalesce(?2, min_award_cents), ?4)"
        "       > nullif(coalesce(?3, max_award_cents), ?4)",
        "iooi", c->year, c->min_award_cents, c->max_award_cents, INT64_MIN);
    return st == ST_OK ? check_days(db, c, e) : st;
}

enum status agency_speak(struct db *db, struct err *e)
{
    char *lang = NULL;
    enum status st = sql_text(db, e, &lang, "SELECT doc_lang FROM agency", "");
    if (lang != NULL)
        i18n_document(lang);
    free(lang);
    return st;
}

/* The documents that every call asks for. */
static enum status require_usual(struct db *db, int64_t year, struct err *e)
{
    static const struct {
        const char *code, *label;
    } usual[] = {
        {"RIB", N_("Bank details (RIB)")},
        {"CER", N_("Republican commitment (CER) signed")},
        {"BUDGET", N_("Budget of the project")},
    };
    enum status st = agency_speak(db, e);
    for (size_t i = 0; i < sizeof usual / sizeof *usual && st == ST_OK; i++)
        st = document_require(db, year, usual[i].code, _(usual[i].label), e);
    i18n_screen();
    return st;
}

enum status call_insert(struct db *db, const struct call *c, struct err *e)
{
    enum status st = check_call(db, c, e);
    if (st == ST_OK)
        st = sql_refuse(db, e, ST_REFUSED,
                        _("there is a call %s already; change it with \"cispd "
                          "call edit %s\""),
                        "SELECT year, year FROM call WHERE year = ?", "i",
                        c->year);
    if (st == ST_OK)
        st = sql_run(db, e, "INSERT INTO call (year, title) VALUES (?, ?)",
                     "it", c->year, c->title);
    if (st == ST_OK)
        st = call_update(db, c, e);
    return st == ST_OK ? require_usual(db, c->year, e) : st;
}

/* A deadline that goes back must leave no project late without a reason. */
static enum status check_late(struct db *db, int64_t year, const char *closes,
                              struct err *e)
{
    return sql_refuse(db, e, ST_REFUSED,
                      _("with that deadline these would be late without a "
                        "reason: %s. Give them one first: cispd project edit "
                        "PROJECT --late \"REASON\""),
                      "SELECT group_concat(ref, ', ') FROM project"
                      " WHERE call_year = ? AND received_at > nullif(?, '')"
                      "   AND late_reason IS NULL",
                      "it", year, closes);
}

/* INT64_MIN and "" clear a field; NULL leaves it. */
enum status call_update(struct db *db, const struct call *c, struct err *e)
{
    enum status st = call_find(db, c->year, e);
    if (st == ST_OK)
        st = check_call(db, c, e);
    if (st == ST_OK)
        st = check_late(db, c->year, c->closes, e);
    if (st == ST_OK)
        st = sql_run(
            db, e,
            "UPDATE call SET title = coalesce(?2, title),"
            " opens = nullif(coalesce(?3, opens), ''),"
            " closes = nullif(coalesce(?4, closes), ''),"
            " min_award_cents = nullif(coalesce(?5, min_award_cents), ?16),"
            " max_award_cents = nullif(coalesce(?6, max_award_cents), ?16),"
            " max_rate_bp = nullif(coalesce(?7, max_rate_bp), ?16),"
            " quorum = coalesce(?8, quorum),"
            " threshold = nullif(coalesce(?9, threshold), ?16),"
            " unit_cents = coalesce(?10, unit_cents),"
            " floor_share_bp = nullif(coalesce(?11, floor_share_bp), ?16),"
            " archived = coalesce(?12, archived),"
            " rule = coalesce(?13, rule), missing = coalesce(?14, missing),"
            " seed = nullif(coalesce(?15, seed), '')"
            " WHERE year = ?1",
            "ittt"
            "oooooooo"
            "ttti",
            c->year, c->title, c->opens, c->closes, c->min_award_cents,
            c->max_award_cents, c->max_rate_bp, c->quorum, c->threshold,
            c->unit_cents, c->floor_share_bp, c->archived, c->rule, c->missing,
            c->seed, INT64_MIN);
    return st;
}

enum status call_find(struct db *db, int64_t year, struct err *e)
{
    return sql_refuse(db, e, ST_NO_INPUT,
                      _("there is no call %s; \"cispd call list\" shows them"),
                      "SELECT ?1 WHERE ?1 NOT IN (SELECT year FROM call)", "i",
                      year);
}

enum status call_not_archived(struct db *db, int64_t year, struct err *e)
{
    return sql_refuse(db, e, ST_REFUSED,
                      _("the call %s is archived: \"cispd call edit %s "
                        "--archived no\" takes it back"),
                      "SELECT year, year FROM call WHERE year = ? AND archived",
                      "i", year);
}

enum status call_only(struct db *db, int64_t *year, struct err *e)
{
    bool found = true;
    enum status st = sql_refuse(
        db, e, ST_USAGE,
        _("several calls are open (%s): say which with --call YEAR"),
        "SELECT iif(count(*) > 1, group_concat(year, ', '), NULL)"
        "  FROM (SELECT year FROM call WHERE NOT archived ORDER BY year)",
        "");
    if (st == ST_OK)
        st = sql_int(db, e, year, &found,
                     "SELECT year FROM call WHERE NOT archived", "");
    if (st == ST_OK && !found)
        st = err_set(e, ST_NO_INPUT,
                     _("there is no open call yet: create one with \"cispd "
                       "call add\", or name one with --call YEAR"));
    return st;
}

enum status call_deadline(struct db *db, int64_t year, char **closes,
                          struct err *e)
{
    return sql_text(db, e, closes,
                    "SELECT closes FROM deadline WHERE call_year = ?", "i",
                    year);
}

enum status call_list(struct db *db, struct rows *rows, struct err *e)
{
    return sql_rows(db, rows, e,
                    "SELECT c.year AS call, c.title, b.envelope_cents,"
                    "       b.requested_cents, b.awarded_cents, c.closes,"
                    "       CASE WHEN c.archived THEN 'archived'"
                    "            WHEN c.closed_at IS NOT NULL THEN 'closed'"
                    "            ELSE 'open' END AS status"
                    "  FROM call c JOIN budget b ON b.call = c.year"
                    " ORDER BY c.year",
                    "");
}

enum status call_show(struct db *db, int64_t year, struct rows *rows,
                      struct err *e)
{
    return sql_rows(
        db, rows, e,
        "SELECT c.year AS call, c.title, b.envelope_cents, c.opens, c.closes,"
        "       c.closed_at, c.min_award_cents, c.max_award_cents,"
        "       c.max_rate_bp, c.quorum, c.threshold, c.rule, c.unit_cents,"
        "       CASE WHEN c.rule LIKE 'tiers%' THEN c.tiers END AS tiers,"
        "       CASE WHEN c.rule = 'optimal' THEN c.objective END AS objective,"
        "       CASE WHEN c.rule = 'optimal' THEN nullif(c.step_cents, 0) END"
        "           AS step_cents,"
        "       CASE WHEN c.rule = 'optimal' AND c.step_cents > 0"
        "            THEN c.curve END AS curve,"
        "       CASE WHEN c.rule = 'proportional' THEN c.rounding END"
        "           AS rounding,"
        "       (SELECT group_concat(t.label || ' ' || iif(r.least_cents > 0,"
        "                   format('%d.%02d', r.least_cents / 100,"
        "                          r.least_cents % 100), '')"
        "                   || iif(r.most_cents IS NOT NULL,"
        "                          format('..%d.%02d', r.most_cents / 100,"
        "                                 r.most_cents % 100), ''), ', ')"
        "          FROM call_reserve r JOIN theme t ON t.id = r.theme_id"
        "         WHERE r.call_year = c.year) AS reserves,"
        "       c.missing AS missing_policy, c.floor_share_bp, c.seed,"
        "       (SELECT group_concat(code || ' (' || label || ')', ', ')"
        "          FROM required_document d WHERE d.call_year = c.year)"
        "           AS documents"
        "  FROM call c JOIN budget b ON b.call = c.year WHERE c.year = ?",
        "i", year);
}

enum status call_close(struct db *db, int64_t year, const char *at,
                       struct err *e)
{
    enum status st =
        sql_refuse(db, e, ST_REFUSED, _("the call %s is closed already"),
                   "SELECT year FROM call"
                   " WHERE year = ? AND closed_at IS NOT NULL",
                   "i", year);
    if (st != ST_OK)
        return st;
    return sql_run(db, e, "UPDATE call SET closed_at = ? WHERE year = ?", "ti",
                   at, year);
}

enum status call_reopen(struct db *db, int64_t year, const char *closes,
                        struct err *e)
{
    enum status st = check_late(db, year, closes, e);
    if (st != ST_OK)
        return st;
    return sql_run(db, e,
                   "UPDATE call SET closed_at = NULL,"
                   " closes = coalesce(?, closes), archived = 0"
                   " WHERE year = ?",
                   "ti", closes, year);
}

/* ------------------------------------------------------------ documents */

enum status document_require(struct db *db, int64_t year, const char *code,
                             const char *label, struct err *e)
{
    if (*code == '\0' ||
        strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != strlen(code))
        return err_set(e, ST_USAGE,
                       _("the code of a document is made of capitals, digits "
                         "and \"-\", not \"%s\""),
                       code);
    return sql_put(db, e,
                   "UPDATE required_document SET label = ?3"
                   " WHERE call_year = ?1 AND code = ?2",
                   "INSERT INTO required_document VALUES (?1, ?2, ?3)", "itt",
                   year, code, label);
}

enum status document_unrequire(struct db *db, int64_t year, const char *code,
                               struct err *e)
{
    enum status st = sql_run(db, e,
                             "DELETE FROM required_document"
                             " WHERE call_year = ? AND code = ?",
                             "it", year, code);
    if (st == ST_OK && sql_changes(db) == 0)
        st = err_set(e, ST_NO_INPUT,
                     _("the call %d does not require a document \"%s\""),
                     (int)year, code);
    return st;
}

/* ------------------------------------------------------------- envelope */

/* How far the envelope may still be cut. */
static enum status check_cut(struct db *db, int64_t year, int64_t amount,
                             struct err *e)
{
    int64_t available = 0;
    enum status st =
        sql_int(db, e, &available, NULL,
                "SELECT available_cents FROM budget WHERE call = ?", "i", year);
    if (st == ST_OK && amount < 0 && available + amount < 0) {
        char left[MONEY_LEN];
        st = err_set(e, ST_REFUSED,
                     _("the envelope of %d can be cut by %s at most; what is "
                       "awarded stays covered"),
                     (int)year, money_text(available, left));
    }
    return st;
}

static const char *const already_voted =
    N_("the envelope of %s has a line \"%s\" already: is this the same vote?");

enum status envelope_add(struct db *db, int64_t year, int64_t amount_cents,
                         const char *reference, const char *voted_on,
                         struct err *e)
{
    if (amount_cents == 0)
        return err_set(e, ST_USAGE,
                       _("an envelope line of 0,00 changes nothing"));
    enum status st = sql_refuse(db, e, ST_REFUSED, _(already_voted),
                                "SELECT call_year, reference FROM envelope_line"
                                " WHERE call_year = ? AND reference = ?",
                                "it", year, reference);
    if (st == ST_OK)
        st = check_cut(db, year, amount_cents, e);
    if (st != ST_OK)
        return st;
    return sql_run(db, e,
                   "INSERT INTO envelope_line"
                   " (call_year, amount_cents, reference, voted_on)"
                   " VALUES (?, ?, ?, ?)",
                   "iitt", year, amount_cents, reference, voted_on);
}

enum status envelope_edit(struct db *db, int64_t year, const char *line,
                          const char *reference, const char *voted_on,
                          struct err *e)
{
    enum status st =
        sql_refuse(db, e, ST_NO_INPUT,
                   _("the envelope has no line \"%s\"; its lines are: %s"),
                   "SELECT iif(count(reference = ?2 OR NULL), NULL, ?2),"
                   "       group_concat(reference, '; ')"
                   "  FROM envelope_line WHERE call_year = ?1",
                   "it", year, line);
    if (st == ST_OK)
        st = sql_refuse(db, e, ST_REFUSED, _(already_voted),
                        "SELECT call_year, reference FROM envelope_line"
                        " WHERE call_year = ?1 AND reference = ?3"
                        "   AND reference <> ?2",
                        "itt", year, line, reference);
    if (st != ST_OK)
        return st;
    return sql_run(
        db, e,
        "UPDATE envelope_line SET reference = coalesce(?3, reference),"
        " voted_on = nullif(coalesce(?4, voted_on), '')"
        " WHERE call_year = ?1 AND reference = ?2",
        "ittt", year, line, reference, voted_on);
}

enum status envelope_list(struct db *db, int64_t year, struct rows *rows,
                          struct err *e)
{
    return sql_rows(db, rows, e,
                    "SELECT call_year AS call, reference, voted_on,"
                    "       amount_cents"
                    "  FROM envelope_line WHERE call_year = ? ORDER BY id",
                    "i", year);
}
