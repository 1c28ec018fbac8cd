/* What is computed of a call, as temporary tables. */
#include "store/results.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "core/why/explain.h"
#include "core/why/facts.h"
#include "core/panel/spread.h"
#include "core/wide.h"
#include "store/panel.h"
#include "store/scenario.h"
#include "store/sql.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char RANKING_TABLES[] =
    "CREATE TEMP TABLE ranking (project_id INTEGER UNIQUE, position INTEGER"
    " PRIMARY KEY, rank, score_num, score_den, score_cp, counted, abstained,"
    " recused, missing, median_cp, min_cp, max_cp, sd REAL, rankable,"
    " passes, tie_break, note, most_cents);"
    "CREATE TEMP TABLE sheet (project_id INTEGER, member_id INTEGER, state,"
    " total_cp, PRIMARY KEY (project_id, member_id)) WITHOUT ROWID;"
    "CREATE TEMP TABLE criterion_mean (project_id INTEGER,"
    " criterion_id INTEGER, count,"
    " mean_milli, PRIMARY KEY (project_id, criterion_id)) WITHOUT ROWID;";

static const char ALLOCATION_TABLE[] =
    "CREATE TEMP TABLE allocation (project_id INTEGER PRIMARY KEY, position,"
    " rule, scenario_id, requested_cents, floor_cents, award_cents,"
    " rest_before_cents, reason, explain);";

static const char PROPOSAL_TABLES[] =
    "CREATE TEMP TABLE proposal (project_id INTEGER PRIMARY KEY, cents,"
    " proposed_cents, why);"
    "CREATE TEMP TABLE inputs (digest);";

/* Once the council decides, what was proposed to it is the adopted scenario,
 * also where that no longer holds; what is computed then has the decisions in
 * it. A decision without one followed no proposal. */
static const char PROPOSALS[] =
    "INSERT INTO temp.proposal"
    " WITH voted (id) AS ("
    "     SELECT id FROM adopted WHERE call_year = ? AND EXISTS ("
    "         SELECT 1 FROM award w"
    "           JOIN temp.ranking r ON r.project_id = w.project_id))"
    " SELECT r.project_id, coalesce(w.amount_cents, a.award_cents, 0),"
    "        CASE WHEN EXISTS (SELECT 1 FROM voted)"
    "             THEN coalesce(l.award_cents, 0)"
    "             WHEN w.project_id IS NULL THEN coalesce(a.award_cents, 0)"
    "        END,"
    "        iif(a.scenario_id IS NULL AND w.project_id IS NOT NULL,"
    "            coalesce(l.explain, a.explain), a.explain)"
    "   FROM temp.ranking r"
    "   LEFT JOIN temp.allocation a ON a.project_id = r.project_id"
    "   LEFT JOIN award w ON w.project_id = r.project_id"
    "   LEFT JOIN scenario_line l ON l.project_id = r.project_id"
    "                            AND l.scenario_id = (SELECT id FROM voted)";

/* A command that only reads has no transaction yet, and outside of one every
 * statement would commit. It ends, undone, when the database is closed. */
static enum status make_tables(struct db *db, const char *script, struct err *e)
{
    enum status st = ST_OK;
    if (sqlite3_get_autocommit(sql_handle(db)))
        st = sql_script(db, e, "BEGIN");
    return st == ST_OK ? sql_script(db, e, script) : st;
}

/* ------------------------------------------------------------ the ranking */

/* Why the project is not ranked or fails a minimum; else whose sheets count
 * on the criteria that they mark. The caller frees. */
static char *note_of(const struct plan *p, size_t project)
{
    char *standing = explain_standing(p, project);
    struct buf names = BUF_INIT;
    for (size_t m = 0; m < p->panel.members && *standing == '\0'; m++)
        if (p->scores.sheet[project * p->panel.members + m].renormalised)
            buf_addf(&names, "%s%s", names.len > 0 ? ", " : "",
                     p->panel.member[m].name);
    if (names.len > 0) {
        free(standing);
        standing = xasprintf(_("Counted on the criteria that they marked: "
                               "%s."),
                             buf_str(&names));
    }
    buf_release(&names);
    return standing;
}

/* The most that the rules of the call let a project receive, whatever its
 * score; undecided eligibility is said elsewhere. */
static int64_t most_of(const struct entry *e)
{
    return e->bar == BAR_NONE || e->bar == BAR_UNDECIDED ? e->request_cents : 0;
}

static int64_t sheet_cp(const struct plan *p, int64_t total)
{
    return score_hundredths(total, p->scores.sheet_max);
}

static enum status put_place(struct db *db, const struct plan *p, size_t k,
                             struct err *e)
{
    const struct place *place = &p->place[k];
    const struct score *s = &p->scores.project[place->project];
    bool rankable = score_rankable(s), any = s->counted > 0;
    int64_t score = score_hundredths(s->num, p->scores.den);
    int64_t median = round_share(s->twice_median, 5000, p->scores.sheet_max);
    int64_t low = sheet_cp(p, s->worst), high = sheet_cp(p, s->best);
    double sd = spread_sd(&p->panel, &p->scores, place->project);
    char sd_text[40];
    snprintf(sd_text, sizeof sd_text, "%.17g", sd);
    char *note = note_of(p, place->project);
    enum status st = sql_run(
        db, e,
        "INSERT INTO temp.ranking VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
        " ?, CAST(? AS REAL), ?, ?, ?, nullif(?, ''), ?)",
        "iioooo"
        "iiii"
        "oootiitti",
        p->panel.project[place->project].id, (int64_t)k + 1,
        rankable ? &place->rank : NULL, rankable ? &s->num : NULL,
        rankable ? &p->scores.den : NULL, rankable ? &score : NULL, s->counted,
        s->abstained, s->recused, s->missing, any ? &median : NULL,
        any ? &low : NULL, any ? &high : NULL, isnan(sd) ? NULL : sd_text,
        (int64_t)rankable, (int64_t)(s->standing == STANDING_OK),
        rankable ? tie_name(place->tie) : NULL, note,
        most_of(&p->panel.project[place->project]));
    free(note);
    return st;
}

static enum status put_sheets(struct db *db, const struct plan *p, size_t i,
                              struct err *e)
{
    static const char *const states[] = {[SHEET_MISSING] = "missing",
                                         [SHEET_INCOMPLETE] = "incomplete",
                                         [SHEET_ABSTAINED] = "abstained",
                                         [SHEET_RECUSED] = "recused",
                                         [SHEET_COUNTED] = "counted"};
    enum status st = ST_OK;
    for (size_t m = 0; m < p->panel.members && st == ST_OK; m++) {
        const struct sheet *s = &p->scores.sheet[i * p->panel.members + m];
        int64_t total = sheet_cp(p, s->total);
        st = sql_run(db, e, "INSERT INTO temp.sheet VALUES (?, ?, ?, ?)",
                     "iito", p->panel.project[i].id, p->panel.member[m].id,
                     states[s->state],
                     s->state == SHEET_COUNTED ? &total : NULL);
    }
    return st;
}

static enum status put_means(struct db *db, const struct plan *p, size_t i,
                             struct err *e)
{
    enum status st = ST_OK;
    for (size_t c = 0; c < p->panel.criteria && st == ST_OK; c++) {
        const struct mean *m = &p->scores.mean[i * p->panel.criteria + c];
        int64_t mean =
            m->count > 0 ? round_share(m->sum_milli, 1, m->count) : 0;
        st = sql_run(db, e,
                     "INSERT INTO temp.criterion_mean VALUES (?, ?, ?, ?)",
                     "iiio", p->panel.project[i].id, p->panel.criterion[c].id,
                     m->count, m->count > 0 ? &mean : NULL);
    }
    return st;
}

enum status results_put_ranking(struct db *db, const struct plan *p,
                                struct err *e)
{
    enum status st = make_tables(db, RANKING_TABLES, e);
    for (size_t i = 0; i < p->panel.projects && st == ST_OK; i++) {
        st = put_place(db, p, i, e);
        if (st == ST_OK)
            st = put_sheets(db, p, i, e);
        if (st == ST_OK)
            st = put_means(db, p, i, e);
    }
    return st;
}

/* --------------------------------------------------------- the allocation */

/* Writes the allocation of a plan that is allocated; `scenario` is the adopted
 * one that it is, or 0. */
static enum status put_allocation(struct db *db, const struct plan *p,
                                  int64_t scenario, struct err *e)
{
    enum status st = make_tables(db, ALLOCATION_TABLE, e);
    for (size_t i = 0; i < p->count && st == ST_OK; i++) {
        const struct candidate *c = &p->candidate[i];
        const struct share *s = &p->share[i];
        char *why = explain_share(p, i);
        st = sql_run(db, e,
                     "INSERT INTO temp.allocation VALUES"
                     " (?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?)",
                     "iitiiiiott", p->panel.project[c->project].id,
                     (int64_t)i + 1, rule_name(p->terms.rule), scenario,
                     c->request, c->floor, s->award,
                     s->rest_before >= 0 ? &s->rest_before : NULL,
                     reason_name(s, c), why);
        free(why);
    }
    return st;
}

static enum status put_proposals(struct db *db, const struct plan *p,
                                 struct err *e)
{
    char digest[INPUTS_DIGEST_LEN];
    plan_inputs_digest(p, digest);
    enum status st = make_tables(db, PROPOSAL_TABLES, e);
    if (st == ST_OK)
        st = sql_run(db, e, PROPOSALS, "i", p->panel.call);
    return st == ST_OK ? sql_run(db, e, "INSERT INTO temp.inputs VALUES (?)",
                                 "t", digest)
                       : st;
}

enum status results_compute(struct db *db, int64_t call,
                            const struct analysis_wish *wish, struct err *e)
{
    struct plan p = {0};
    int64_t adopted = 0;
    enum status st = scenario_plan(db, call, &p, &adopted, e);
    if (st == ST_OK)
        st = results_put_ranking(db, &p, e);
    if (st == ST_OK) {
        plan_explain(&p);
        st = put_allocation(db, &p, adopted, e);
    }
    if (st == ST_OK)
        st = put_proposals(db, &p, e);
    if (st == ST_OK)
        st = analysis_put(db, &p, wish, e);
    plan_release(&p);
    return st;
}

/* --------------------------------------------------------------- the lists */

enum status results_ranking(struct db *db, struct rows *rows, struct err *e)
{
    return sql_rows(
        db, rows, e,
        "SELECT r.rank, p.ref AS id, a.name AS association, p.title,"
        "       r.score_cp AS score, r.counted, r.abstained, r.recused,"
        "       r.missing, r.median_cp AS median, r.min_cp AS min,"
        "       r.max_cp AS max, CAST(round(r.sd * 100) AS INTEGER) AS sd,"
        "       r.tie_break, r.note"
        "  FROM temp.ranking r JOIN project p ON p.id = r.project_id"
        "  JOIN association a ON a.id = p.association_id"
        " ORDER BY r.position",
        "");
}

enum status results_ranking_exact(struct db *db, struct rows *rows,
                                  struct err *e)
{
    return sql_rows(
        db, rows, e,
        "SELECT p.ref AS id, a.name AS association, p.title, r.rank,"
        "       r.score_cp AS score, CAST(r.score_num AS TEXT) AS score_num,"
        "       CAST(r.score_den AS TEXT) AS score_den,"
        "       r.counted, r.abstained, r.recused, r.missing,"
        "       r.median_cp AS median, r.min_cp AS min, r.max_cp AS max,"
        "       format('%.6f', r.sd) AS sd, r.rankable, r.tie_break, r.note"
        "  FROM temp.ranking r JOIN project p ON p.id = r.project_id"
        "  JOIN association a ON a.id = p.association_id"
        " ORDER BY r.position",
        "");
}
