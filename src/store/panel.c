/* Loading what a ranking is computed from. */
#include "store/panel.h"
#include "base/digest.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "core/panel/caps.h"
#include "store/call.h"
#include "store/sql.h"
#include "store/terms.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static enum missing_policy policy_of(const char *name)
{
    if (strcmp(name, "exclude") == 0)
        return MISSING_EXCLUDE;
    return strcmp(name, "renormalise") == 0 ? MISSING_RENORMALISE
                                            : MISSING_BLOCK;
}

static void take_call(const struct query *q, struct plan *p, struct caps *caps)
{
    p->panel.quorum = query_int(q, 0);
    p->panel.threshold = query_int_or(q, 1, -1);
    p->panel.max_rate_bp = query_int_or(q, 6, -1);
    p->panel.missing = policy_of(query_text(q, 2));
    p->panel.seed = xstrdup(query_text(q, 3));
    *caps = (struct caps){.min_award = query_int_or(q, 4, -1),
                          .max_award = query_int_or(q, 5, -1),
                          .max_rate_bp = p->panel.max_rate_bp,
                          .floor_share_bp = query_int_or(q, 7, -1)};
}

static enum status load_call(struct db *db, int64_t call, struct plan *p,
                             struct caps *caps, struct err *e)
{
    struct query q =
        query_start(db, e,
                    "SELECT quorum, threshold, missing, seed, min_award_cents,"
                    "       max_award_cents, max_rate_bp, floor_share_bp"
                    "  FROM call WHERE year = ?",
                    "i", call);
    if (query_next(&q)) {
        p->panel.call = call;
        take_call(&q, p, caps);
    }
    return query_end(&q);
}

static enum status load_criteria(struct db *db, struct panel *p, struct err *e)
{
    struct query q =
        query_start(db, e,
                    "SELECT id, code, label, weight, scale_lo, scale_hi,"
                    "       step_milli, min_milli, independent"
                    "  FROM criterion WHERE call_year = ?"
                    " ORDER BY position, id",
                    "i", p->call);
    while (query_next(&q)) {
        p->criterion = xgrow(p->criterion, p->criteria, sizeof *p->criterion);
        p->criterion[p->criteria++] =
            (struct criterion){.id = query_int(&q, 0),
                               .code = xstrdup(query_text(&q, 1)),
                               .label = xstrdup(query_text(&q, 2)),
                               .weight = query_int(&q, 3),
                               .scale_lo = query_int(&q, 4),
                               .scale_hi = query_int(&q, 5),
                               .step_milli = query_int(&q, 6),
                               .min_milli = query_int_or(&q, 7, -1),
                               .independent = query_int(&q, 8) != 0};
    }
    return query_end(&q);
}

static enum status load_members(struct db *db, struct panel *p, struct err *e)
{
    struct query q = query_start(db, e,
                                 "SELECT id, name FROM member"
                                 " WHERE call_year = ? ORDER BY name_key, id",
                                 "i", p->call);
    while (query_next(&q)) {
        p->member = xgrow(p->member, p->members, sizeof *p->member);
        p->member[p->members++] = (struct member){
            .id = query_int(&q, 0), .name = xstrdup(query_text(&q, 1))};
    }
    return query_end(&q);
}

static void take_project(const struct query *q, const struct caps *caps,
                         struct entry *entry)
{
    *entry = (struct entry){.id = query_int(q, 0),
                            .number = query_int(q, 1),
                            .ref = xstrdup(query_text(q, 2)),
                            .association = xstrdup(query_text(q, 3)),
                            .title = xstrdup(query_text(q, 4)),
                            .asked_cents = query_int(q, 5),
                            .theme = query_int(q, 10)};
    struct means means = {.minimum = query_int_or(q, 6, -1),
                          .cost = query_int_or(q, 7, -1),
                          .other_public = query_int(q, 8)};
    if (query_int(q, 9) == 0)
        entry->bar = BAR_UNDECIDED;
    caps_apply(caps, &means, entry);
}

static enum status load_projects(struct db *db, struct panel *p,
                                 const struct caps *caps, struct err *e)
{
    struct query q = query_start(
        db, e,
        "SELECT p.id, p.number, p.ref, a.name, p.title, p.requested_cents,"
        "       p.minimum_cents, p.cost_cents,"
        "       coalesce(p.other_public_cents, 0),"
        "       p.status = 'eligible', p.theme_id"
        "  FROM project p JOIN association a ON a.id = p.association_id"
        " WHERE p.call_year = ? AND p.status IN ('received', 'eligible')"
        " ORDER BY p.number",
        "i", p->call);
    while (query_next(&q)) {
        p->project = xgrow(p->project, p->projects, sizeof *p->project);
        take_project(&q, caps, &p->project[p->projects++]);
    }
    return query_end(&q);
}

/* ------------------------------------------------------ marks, recusals */

static size_t member_index(const struct panel *p, int64_t id)
{
    size_t m = 0;
    while (m < p->members && p->member[m].id != id)
        m++;
    return m;
}

static size_t criterion_index(const struct panel *p, int64_t id)
{
    size_t c = 0;
    while (c < p->criteria && p->criterion[c].id != id)
        c++;
    return c;
}

/* Moves *i forward to the project of this number; false when the panel does
 * not hold it (rejected, withdrawn). The rows come in that order. */
static bool seek_project(const struct panel *p, int64_t number, size_t *i)
{
    while (*i < p->projects && p->project[*i].number < number)
        ++*i;
    return *i < p->projects && p->project[*i].number == number;
}

static enum status load_marks(struct db *db, struct panel *p, struct err *e)
{
    size_t i = 0;
    struct query q = query_start(
        db, e,
        "SELECT p.number, m.member_id, m.criterion_id, m.value_milli"
        "  FROM mark m JOIN project p ON p.id = m.project_id"
        " WHERE p.call_year = ? ORDER BY p.number",
        "i", p->call);
    while (query_next(&q)) {
        size_t m = member_index(p, query_int(&q, 1));
        size_t c = criterion_index(p, query_int(&q, 2));
        if (!seek_project(p, query_int(&q, 0), &i) || m == p->members ||
            c == p->criteria)
            continue;
        *panel_mark(p, i, m, c) = (struct mark){
            query_null(&q, 3) ? MARK_ABSTAINED : MARK_VALUE, query_int(&q, 3)};
    }
    return query_end(&q);
}

static enum status load_recusals(struct db *db, struct panel *p, struct err *e)
{
    size_t i = 0;
    struct query q =
        query_start(db, e,
                    "SELECT p.number, r.member_id"
                    "  FROM recusal r JOIN project p ON p.id = r.project_id"
                    " WHERE p.call_year = ? AND r.lifted_on IS NULL"
                    " ORDER BY p.number",
                    "i", p->call);
    while (query_next(&q)) {
        size_t m = member_index(p, query_int(&q, 1));
        if (seek_project(p, query_int(&q, 0), &i) && m < p->members)
            p->recused[i * p->members + m] = true;
    }
    return query_end(&q);
}

enum status plan_load(struct db *db, int64_t call, struct plan *p,
                      struct err *e)
{
    struct caps caps;
    enum status st = call_find(db, call, e);
    if (st == ST_OK)
        st = load_call(db, call, p, &caps, e);
    if (st == ST_OK)
        st = themes_load(db, &p->panel, e);
    if (st == ST_OK)
        st = terms_of_call(db, &p->panel, &p->terms, e);
    if (st == ST_OK)
        st = load_criteria(db, &p->panel, e);
    if (st == ST_OK)
        st = load_members(db, &p->panel, e);
    if (st == ST_OK)
        st = load_projects(db, &p->panel, &caps, e);
    panel_alloc(&p->panel);
    if (st == ST_OK)
        st = load_marks(db, &p->panel, e);
    if (st == ST_OK)
        st = load_recusals(db, &p->panel, e);
    return st;
}

/* What is decided stands: the rule shares what it leaves among the others. */
static enum status force_decided(struct db *db, int64_t call, struct plan *p,
                                 struct err *e)
{
    struct query q = query_start(db, e,
                                 "SELECT project_id, amount_cents FROM award a"
                                 "  JOIN project p ON p.id = a.project_id"
                                 " WHERE p.call_year = ?",
                                 "i", call);
    while (query_next(&q))
        for (size_t i = 0; i < p->count; i++) {
            struct candidate *c = &p->candidate[i];
            if (p->panel.project[c->project].id != query_int(&q, 0))
                continue;
            c->forced = c->decided = true;
            c->forced_award = query_int(&q, 1);
        }
    return query_end(&q);
}

enum status plan_compute(struct db *db, int64_t call, struct plan *p,
                         struct err *e)
{
    enum status st = plan_load(db, call, p, e);
    if (st == ST_OK)
        st = plan_rank(p, e);
    if (st != ST_OK)
        return st;
    plan_open(p);
    st = force_decided(db, call, p, e);
    return st == ST_OK ? plan_allocate(p, e) : st;
}

/* ----------------------------------------------------------- the digest */

static void add_text(struct digest *d, const char *s)
{
    digest_add(d, s != NULL ? s : "", (s != NULL ? strlen(s) : 0) + 1);
}

static void add_int(struct digest *d, int64_t v)
{
    char text[32];
    snprintf(text, sizeof text, "%" PRId64, v);
    add_text(d, text);
}

static void add_part(struct digest *d, const char *what, int64_t project,
                     int64_t member)
{
    add_text(d, what);
    add_int(d, project);
    add_int(d, member);
}

static void add_criterion(struct digest *d, const struct criterion *c)
{
    const int64_t parts[] = {c->id,       c->weight,     c->scale_lo,
                             c->scale_hi, c->step_milli, c->min_milli};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        add_int(d, parts[i]);
}

static void add_entry(struct digest *d, const struct entry *entry)
{
    const int64_t parts[] = {entry->id,          entry->theme,
                             entry->asked_cents, entry->request_cents,
                             entry->floor_cents, entry->bar};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        add_int(d, parts[i]);
}

/* What a member said of a project that counts in a score; nothing of a member
 * who said nothing. */
static void add_sheet(struct digest *d, const struct panel *p, size_t i,
                      size_t m)
{
    if (p->recused[i * p->members + m])
        add_part(d, "recused", p->project[i].id, p->member[m].id);
    for (size_t c = 0; c < p->criteria; c++) {
        const struct mark *k = &p->mark[(i * p->members + m) * p->criteria + c];
        if (k->state == MARK_MISSING || p->criterion[c].independent)
            continue;
        add_part(d, "mark", p->project[i].id, p->member[m].id);
        add_int(d, p->criterion[c].id);
        add_int(d, k->state);
        add_int(d, k->value_milli);
    }
}

void plan_inputs_digest(const struct plan *plan, char out[INPUTS_DIGEST_LEN])
{
    const struct panel *p = &plan->panel;
    unsigned char raw[DIGEST_LEN];
    struct digest *d = digest_start();
    add_int(d, p->call);
    add_int(d, p->quorum);
    add_int(d, p->missing);
    add_text(d, p->seed);
    for (size_t c = 0; c < p->criteria; c++)
        if (!p->criterion[c].independent)
            add_criterion(d, &p->criterion[c]);
    for (size_t i = 0; i < p->projects; i++)
        add_entry(d, &p->project[i]);
    for (size_t i = 0; i < p->projects; i++)
        for (size_t m = 0; m < p->members; m++)
            add_sheet(d, p, i, m);
    digest_end(d, raw);
    digest_hex(raw, out);
}
