/* Projects: rows in and out, with the checks that the schema repeats. What
 * becomes of them (documents, status, holes) is in eligibility.c. */
#include "store/project.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/day.h"
#include "core/money.h"
#include "store/call.h"
#include "store/sql.h"

#include <stdlib.h>
#include <string.h>

/* What may change of a project, in one order. */
#define COLUMNS \
    "association_id, title, theme_id, requested_cents, minimum_cents," \
    " cost_cents, other_public_cents, starts_on, ends_on, beneficiaries," \
    " communes_raw, received_at, late_reason, source_key"

/* The figures of a project as they would stand, for the checks. */
struct figures {
    int64_t call_year, association, requested, other;
    int64_t theme, minimum, cost, beneficiaries;           /* -1: not known */
    char *starts_on, *ends_on, *received_at, *late_reason; /* owned */
    bool corrected; /* the reason was typed for a row that exists */
};

static void figures_release(struct figures *f)
{
    free(f->starts_on);
    free(f->ends_on);
    free(f->received_at);
    free(f->late_reason);
}

/* Takes a copy of what is said; "" forgets. */
static void put_text(char **to, const char *from)
{
    if (from == NULL)
        return;
    free(*to);
    *to = *from != '\0' ? xstrdup(from) : NULL;
}

static void put_int(int64_t *to, const int64_t *from, int64_t unknown)
{
    if (from != NULL)
        *to = *from == INT64_MIN ? unknown : *from;
}

/* What is bound for a figure: NULL when it is not known. */
static const int64_t *known(const int64_t *figure)
{
    return *figure == -1 ? NULL : figure;
}

/* Lays what is said over what is known. */
static void overlay(struct figures *f, const struct project *p)
{
    if (p->association_id != 0)
        f->association = p->association_id;
    put_int(&f->theme, p->theme_id, -1);
    put_int(&f->requested, p->requested_cents, 0);
    put_int(&f->minimum, p->minimum_cents, -1);
    put_int(&f->cost, p->cost_cents, -1);
    put_int(&f->other, p->other_public_cents, -1);
    put_int(&f->beneficiaries, p->beneficiaries, -1);
    put_text(&f->starts_on, p->starts_on);
    put_text(&f->ends_on, p->ends_on);
    put_text(&f->received_at, p->received_at);
    put_text(&f->late_reason, p->late_reason);
}

/* The rules of the schema's CHECKs, with both figures in the message. Figures
 * that are not known, or wrong by themselves, are compared with nothing. */
static enum status check_requested(const struct figures *f, struct err *e)
{
    char b[MONEY_LEN];
    if (f->requested > 0)
        return ST_OK;
    return err_set(e, ST_BAD_DATA,
                   _("the amount requested must be above zero, not %s"),
                   money_text(f->requested, b));
}

static enum status check_minimum(const struct figures *f, struct err *e)
{
    char a[MONEY_LEN], b[MONEY_LEN];
    if (f->minimum == -1 ||
        (f->minimum > 0 && (f->requested <= 0 || f->minimum <= f->requested)))
        return ST_OK;
    return err_set(e, ST_BAD_DATA,
                   _("the smallest useful amount (%s) must be above zero "
                     "and at most the amount requested (%s)"),
                   money_text(f->minimum, a), money_text(f->requested, b));
}

static enum status check_cost(const struct figures *f, struct err *e)
{
    char a[MONEY_LEN], b[MONEY_LEN];
    if (f->cost == -1 || (f->cost >= 0 && f->cost >= f->requested))
        return ST_OK;
    return err_set(e, ST_BAD_DATA,
                   _("the total cost (%s) is below the amount requested (%s)"),
                   money_text(f->cost, a), money_text(f->requested, b));
}

static enum status check_other(const struct figures *f, struct err *e)
{
    char a[MONEY_LEN];
    if (f->other >= -1)
        return ST_OK;
    return err_set(e, ST_BAD_DATA,
                   _("other public money cannot be negative (%s)"),
                   money_text(f->other, a));
}

static enum status check_beneficiaries(const struct figures *f, struct err *e)
{
    if (f->beneficiaries >= -1 && f->beneficiaries <= 10000000)
        return ST_OK;
    return err_set(e, ST_BAD_DATA,
                   _("%lld is no plausible number of beneficiaries"),
                   (long long)f->beneficiaries);
}

/* Either day may be unknown. */
static enum status check_days(const struct figures *f, struct err *e)
{
    char a[MINUTE_LEN], b[MINUTE_LEN];
    if (f->starts_on == NULL || f->ends_on == NULL ||
        strcmp(f->starts_on, f->ends_on) <= 0)
        return ST_OK;
    return err_set(e, ST_BAD_DATA,
                   _("the project would end on %s, before it begins on %s"),
                   minute_text(f->ends_on, a), minute_text(f->starts_on, b));
}

/* What the figures of one project must be among themselves, and the column
 * that is named as wrong. */
static const struct figure_check {
    enum status (*run)(const struct figures *f, struct err *e);
    const char *column;
} figure_checks[] = {{check_requested, "requested_cents"},
                     {check_minimum, "minimum_cents"},
                     {check_cost, "cost_cents"},
                     {check_other, "other_public_cents"},
                     {check_beneficiaries, "beneficiaries"},
                     {check_days, "ends_on"}};
enum { FIGURE_CHECKS = sizeof figure_checks / sizeof *figure_checks };

static enum status check_figure(const struct figures *f, size_t i,
                                struct err *e)
{
    return err_column(figure_checks[i].run(f, e), e, figure_checks[i].column);
}

/* The deadline is kept here; a reason without lateness is set aside, so that
 * the list of late files holds only those; but one that is put on a row that
 * exists stays, for a deadline that was mistyped and goes back. */
static enum status check_deadline(struct db *db, struct figures *f,
                                  struct err *e)
{
    char *closes = NULL, a[MINUTE_LEN], b[MINUTE_LEN];
    enum status st = call_deadline(db, f->call_year, &closes, e);
    bool late = closes != NULL && strcmp(f->received_at, closes) > 0;
    if (st == ST_OK && late && f->late_reason == NULL)
        st = err_set(e, ST_REFUSED,
                     _("received on %s, after the deadline of %s. A late "
                       "project enters only with a reason: --late "
                       "\"REASON\". If it came in time, say when: "
                       "--received \"D HH:MM\"."),
                     receipt_text(f->received_at, a), minute_text(closes, b));
    st = err_column(st, e, "received_at");
    if (st == ST_OK && !late && !f->corrected) {
        free(f->late_reason);
        f->late_reason = NULL;
    }
    free(closes);
    return st;
}

/* A title of no-break spaces is none; SQL's trim() would let it pass. */
static enum status check_title(const char *title, struct err *e)
{
    for (size_t n; *title != '\0'; title += n)
        if ((n = text_space(title)) == 0)
            return ST_OK;
    return err_column(err_set(e, ST_BAD_DATA, _("a project needs a title")), e,
                      "title");
}

static enum status check(struct db *db, const char *title, struct figures *f,
                         struct err *e)
{
    enum status st = title != NULL ? check_title(title, e) : ST_OK;
    for (size_t i = 0; st == ST_OK && i < FIGURE_CHECKS; i++)
        st = check_figure(f, i, e);
    if (st == ST_OK)
        st = check_deadline(db, f, e);
    return st;
}

/* Writes the row `of`, or a new one of the call `of`; `?1` to `?15` in order.
 */
static enum status write_row(struct db *db, const char *sql, int64_t of,
                             const struct project *p, const struct figures *f,
                             struct err *e)
{
    return sql_run(db, e, sql,
                   "iitoioo"
                   "ottotttt",
                   of, f->association, p->title, known(&f->theme), f->requested,
                   known(&f->minimum), known(&f->cost), known(&f->other),
                   f->starts_on, f->ends_on, known(&f->beneficiaries),
                   p->communes_raw, f->received_at, f->late_reason,
                   p->source_key);
}

/* Of a project of which nothing is known yet. */
static struct figures no_figures(const struct project *p)
{
    return (struct figures){.call_year = p->call_year,
                            .theme = -1,
                            .minimum = -1,
                            .cost = -1,
                            .other = -1,
                            .beneficiaries = -1};
}

void project_faults(const struct project *p, project_fault *fault, void *arg)
{
    struct figures f = no_figures(p);
    struct err why;
    overlay(&f, p);
    for (size_t i = 0; i < FIGURE_CHECKS; i++)
        if ((p->requested_cents != NULL ||
             figure_checks[i].run != check_requested) &&
            check_figure(&f, i, &why) != ST_OK)
            fault(arg, &why);
    figures_release(&f);
}

/* Numbers run from 1 in each call and are never given again: projects are not
 * deleted. */
static const char insert_row[] =
    "INSERT INTO project (call_year, number, " COLUMNS ")"
    " VALUES (?1, 1 + coalesce((SELECT max(number) FROM project"
    "                            WHERE call_year = ?1), 0),"
    "    ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, nullif(?12, ''), ?13,"
    "    ?14, ?15)";

enum status project_insert(struct db *db, const struct project *p, int64_t *id,
                           struct err *e)
{
    struct figures f = no_figures(p);
    overlay(&f, p);
    enum status st = check(db, p->title, &f, e);
    if (st == ST_OK)
        st = write_row(db, insert_row, p->call_year, p, &f, e);
    if (st == ST_OK)
        *id = sql_last_id(db);
    figures_release(&f);
    return st;
}

/* The figures as they are in the row; the caller releases. */
static enum status load_figures(struct db *db, int64_t id, struct figures *f,
                                struct err *e)
{
    struct query q = query_start(
        db, e,
        "SELECT call_year, requested_cents, coalesce(minimum_cents, -1),"
        "       coalesce(cost_cents, -1), coalesce(other_public_cents, -1),"
        "       coalesce(beneficiaries, -1), starts_on, ends_on, received_at,"
        "       late_reason, coalesce(theme_id, -1), association_id"
        "  FROM project WHERE id = ?",
        "i", id);
    if (query_next(&q)) {
        f->call_year = query_int(&q, 0);
        f->requested = query_int(&q, 1);
        f->minimum = query_int(&q, 2);
        f->cost = query_int(&q, 3);
        f->other = query_int(&q, 4);
        f->beneficiaries = query_int(&q, 5);
        put_text(&f->starts_on, query_text(&q, 6));
        put_text(&f->ends_on, query_text(&q, 7));
        put_text(&f->received_at, query_text(&q, 8));
        put_text(&f->late_reason, query_text(&q, 9));
        f->theme = query_int(&q, 10);
        f->association = query_int(&q, 11);
    }
    return query_end(&q);
}

static const char update_row[] =
    "UPDATE project SET (" COLUMNS ") = (?2, coalesce(?3, title), ?4, ?5, ?6,"
    "  ?7, ?8, ?9, ?10, ?11, nullif(coalesce(?12, communes_raw), ''), ?13,"
    "  ?14, coalesce(?15, source_key)) WHERE id = ?1";

enum status project_undecided(struct db *db, int64_t id, struct err *e)
{
    return sql_refuse(
        db, e, ST_REFUSED,
        _("a decision is recorded on %s, and what led to it stays as it is: "
          "\"cispd award clear %s --reason REASON\" takes the decision back"),
        "SELECT ref, ref FROM project"
        " WHERE id = ? AND id IN (SELECT project_id FROM award)",
        "i", id);
}

/* The column of what a decision is taken about (who asks, how much and at what
 * cost) that differs between two states of a project; NULL when none does. */
static const char *decisive(const struct figures *a, const struct figures *b)
{
    return a->association != b->association ? "association"
           : a->requested != b->requested   ? "requested_cents"
           : a->minimum != b->minimum       ? "minimum_cents"
           : a->cost != b->cost             ? "cost_cents"
           : a->other != b->other           ? "other_public_cents"
                                            : NULL;
}

/* What is said is laid over the row first, because a rule may hold of each
 * figure alone and not of the two together. */
enum status project_update(struct db *db, int64_t id, const struct project *p,
                           struct err *e)
{
    struct figures f = {0};
    enum status st = load_figures(db, id, &f, e);
    const struct figures was = f; /* for its numbers: the texts go */
    overlay(&f, p);
    f.corrected = p->late_reason != NULL;
    const char *moved = decisive(&was, &f);
    if (st == ST_OK && moved != NULL)
        st = err_column(project_undecided(db, id, e), e, moved);
    if (st == ST_OK)
        st = check(db, p->title, &f, e);
    if (st == ST_OK)
        st = write_row(db, update_row, id, p, &f, e);
    figures_release(&f);
    return st;
}

enum status project_set_communes(struct db *db, int64_t id,
                                 const char *const *codes, size_t count,
                                 struct err *e)
{
    struct buf list = BUF_INIT; /* codes have five characters, and a space */
    for (size_t i = 0; i < count; i++)
        buf_addf(&list, "%s ", codes[i]);
    enum status st = sql_run(db, e,
                             "DELETE FROM project_commune WHERE project_id = ?"
                             "   AND NOT instr(?, commune_code)",
                             "it", id, buf_str(&list));
    buf_release(&list);
    for (size_t i = 0; i < count && st == ST_OK; i++)
        st = sql_run(db, e,
                     "INSERT INTO project_commune (project_id, commune_code)"
                     " SELECT ?1, ?2"
                     "  WHERE NOT EXISTS (SELECT 1 FROM project_commune"
                     "                     WHERE project_id = ?1"
                     "                       AND commune_code = ?2)",
                     "it", id, codes[i]);
    return st;
}

/* What a screen holds; an award shows only where one was decided. */
enum status project_list(struct db *db, int64_t call, const char *status,
                         struct rows *rows, struct err *e)
{
    return sql_rows(
        db, rows, e,
        "SELECT p.ref AS id, a.name AS association, p.title,"
        "       p.requested_cents, p.late_reason IS NOT NULL AS late,"
        "       p.status,"
        "       CASE w.decision WHEN 'awarded' THEN w.amount_cents END"
        "           AS awarded_cents"
        "  FROM project p JOIN association a ON a.id = p.association_id"
        "  LEFT JOIN award w ON w.project_id = p.id"
        " WHERE p.call_year = ?1 AND (?2 IS NULL OR p.status = ?2)"
        " ORDER BY p.number",
        "it", call, status);
}

/* Everything known of a project, its communes by name in one cell. */
#define SELECT_FULL \
    "SELECT p.ref AS id, a.name AS association, a.siret, p.title," \
    "       t.label AS theme, p.requested_cents, p.minimum_cents," \
    "       p.cost_cents, p.other_public_cents, p.starts_on, p.ends_on," \
    "       p.beneficiaries," \
    "       (SELECT group_concat(name, ', ') FROM (SELECT c.name" \
    "          FROM project_commune pc" \
    "          JOIN commune c ON c.code = pc.commune_code" \
    "         WHERE pc.project_id = p.id AND (?1 OR NOT a.confidential)" \
    "         ORDER BY c.name_key)) AS communes," \
    "       CASE WHEN ?1 OR NOT a.confidential THEN p.communes_raw END" \
    "           AS communes_raw, p.received_at, p.late_reason, p.status," \
    "       p.status_reason, w.decision," \
    "       CASE w.decision WHEN 'awarded' THEN w.amount_cents END" \
    "           AS awarded_cents" \
    "  FROM project p JOIN association a ON a.id = p.association_id" \
    "  LEFT JOIN theme t ON t.id = p.theme_id" \
    "  LEFT JOIN award w ON w.project_id = p.id"

enum status project_list_full(struct db *db, int64_t call, const char *status,
                              struct rows *rows, struct err *e)
{
    return sql_rows(db, rows, e,
                    SELECT_FULL
                    " WHERE p.call_year = ?2 AND (?3 IS NULL OR p.status = ?3)"
                    " ORDER BY p.number",
                    "iit", INT64_C(0), call, status);
}

enum status project_show(struct db *db, int64_t id, bool office,
                         struct rows *rows, struct err *e)
{
    return sql_rows(db, rows, e, SELECT_FULL " WHERE p.id = ?2", "ii",
                    (int64_t)office, id);
}

enum status project_above(struct db *db, int64_t id, const char **what,
                          int64_t *limit, struct err *e)
{
    struct query q = query_start(
        db, e,
        "SELECT p.requested_cents > c.max_award_cents, c.max_award_cents,"
        "       p.requested_cents > b.envelope_cents, b.envelope_cents"
        "  FROM project p JOIN call c ON c.year = p.call_year"
        "  JOIN budget b ON b.call = p.call_year"
        " WHERE p.id = ?",
        "i", id);
    *what = NULL;
    if (query_next(&q)) {
        bool over_maximum = query_int(&q, 0) != 0;
        if (over_maximum)
            *what = "maximum";
        else if (query_int(&q, 2) != 0)
            *what = "envelope";
        *limit = query_int(&q, over_maximum ? 1 : 3);
    }
    return query_end(&q);
}

/* Titles are compared folded, in C: the schema keeps no key of them. */
enum status project_twin(struct db *db, int64_t id, int64_t newest, char **ref,
                         struct err *e)
{
    char *key = NULL; /* of its own title */
    *ref = NULL;
    /* CROSS JOIN: the few projects of an association are looked through, never
     * those of the call, since an import asks for each of its rows. */
    struct query q =
        query_start(db, e,
                    "SELECT p.ref, p.title, self.title FROM project self"
                    " CROSS JOIN association a ON a.id = self.association_id"
                    " CROSS JOIN association b ON b.name_key = a.name_key"
                    " CROSS JOIN project p ON p.association_id = b.id"
                    "   AND p.call_year = self.call_year AND p.id <> self.id"
                    " WHERE self.id = ? AND p.id <= ?"
                    "   AND p.status IN ('received', 'eligible')"
                    " ORDER BY p.number",
                    "ii", id, newest);
    while (*ref == NULL && query_next(&q)) {
        char *other = text_key(query_text(&q, 1));
        if (key == NULL)
            key = text_key(query_text(&q, 2));
        if (strcmp(other, key) == 0)
            *ref = xstrdup(query_text(&q, 0));
        free(other);
    }
    free(key);
    return query_end(&q);
}

/* check_deadline keeps a reason for late projects only. */
enum status project_is_late(struct db *db, int64_t id, bool *late,
                            struct err *e)
{
    return sql_has(db, e, late,
                   "SELECT 1 FROM project"
                   " WHERE id = ? AND late_reason IS NOT NULL",
                   "i", id);
}

enum status project_status(struct db *db, int64_t id, char **status,
                           struct err *e)
{
    return sql_text(db, e, status, "SELECT status FROM project WHERE id = ?",
                    "i", id);
}

enum status project_refuse_part(struct db *db, int64_t id, struct err *e)
{
    struct query q = query_start(db, e,
                                 "SELECT ref, status = 'withdrawn',"
                                 "       status_reason"
                                 "  FROM project WHERE id = ?",
                                 "i", id);
    struct err why = {0};
    if (query_next(&q))
        err_set(&why, ST_NO_INPUT,
                query_int(&q, 1)
                    ? _("%s takes no part in the allocation: it was withdrawn "
                        "(%s)")
                    : _("%s takes no part in the allocation: it was rejected "
                        "as not eligible (%s)"),
                query_text(&q, 0), query_text(&q, 2));
    enum status st = query_end(&q);
    return st == ST_OK ? err_set(e, ST_NO_INPUT, "%s", why.msg) : st;
}

enum status project_ids(struct db *db, int64_t call, const char *status,
                        int64_t **ids, size_t *count, struct err *e)
{
    *ids = NULL;
    *count = 0;
    struct query q = query_start(db, e,
                                 "SELECT id FROM project WHERE call_year = ?"
                                 "   AND status = ? ORDER BY number",
                                 "it", call, status);
    while (query_next(&q)) {
        *ids = xgrow(*ids, *count, sizeof **ids);
        (*ids)[(*count)++] = query_int(&q, 0);
    }
    return query_end(&q);
}
