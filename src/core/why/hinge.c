/* What a decision hangs on. */
#include "core/why/hinge.h"
#include "base/mem.h"
#include "core/rules/replay.h"
#include "core/rules/terms.h"

#include <stdlib.h>
#include <string.h>

/* One mark of one project, that may move one way. */
struct trial {
    const struct plan *plan;
    struct remark remark; /* at work on the project */
    int64_t award;        /* as things are */
    size_t member, criterion;
    int64_t from, step; /* thousandths of a point; the step signed */
    int64_t room;       /* steps to the end of the scale */
};

static int64_t award_after(struct trial *t, int64_t steps)
{
    struct remark *r = &t->remark;
    int64_t award = 0;
    if (remark_with(r, t->member, t->criterion, t->from + steps * t->step,
                    NULL) == ST_OK &&
        replay_run(&r->replay, NULL) == ST_OK)
        award = r->replay.award[r->project];
    remark_back(r);
    return award;
}

static bool changes(struct trial *t, int64_t steps)
{
    return (award_after(t, steps) > 0) != (t->award > 0);
}

/* Where a better score may lose, and a worse one win. */
static bool is_uneven(const struct plan *p)
{
    return rule_has_tiers(p->terms.rule) || p->terms.reserves > 0;
}

static int64_t first_by_looking(struct trial *t)
{
    for (int64_t k = 1; k <= t->room; k++)
        if (changes(t, k))
            return k;
    return 0;
}

static int64_t first_by_halving(struct trial *t)
{
    int64_t lo = 0, hi = t->room;
    if (hi == 0 || !changes(t, hi))
        return 0;
    while (hi - lo > 1) {
        int64_t mid = lo + (hi - lo) / 2;
        if (changes(t, mid))
            hi = mid;
        else
            lo = mid;
    }
    return hi;
}

/* Makes the trial that of one mark, up or down; false where it cannot move. */
static bool take_mark(struct trial *t, size_t member, size_t criterion, int way)
{
    const struct panel *p = &t->plan->panel;
    const struct criterion *c = &p->criterion[criterion];
    const struct mark *mark =
        panel_mark(p, t->remark.project, member, criterion);
    if (c->independent || mark->state != MARK_VALUE)
        return false;
    t->member = member;
    t->criterion = criterion;
    t->from = mark->value_milli;
    t->step = way * c->step_milli;
    t->room = (way < 0 ? t->from - c->scale_lo * 1000
                       : c->scale_hi * 1000 - t->from) /
              c->step_milli;
    return true;
}

/* The nearest value of the mark that changes the decision. */
static size_t try_decision(struct trial *t, size_t member, size_t criterion,
                           int way, struct hinge *out)
{
    int64_t steps = 0;
    if (!take_mark(t, member, criterion, way))
        return 0;
    if (is_uneven(t->plan))
        steps = first_by_looking(t);
    else if ((way < 0) == (t->award > 0))
        steps = first_by_halving(t);
    if (steps > 0)
        *out = (struct hinge){member, criterion, t->from,
                              t->from + steps * t->step, award_after(t, steps)};
    return steps > 0;
}

/* The nearest value within a point, or a step where that is more, that changes
 * the amount. */
static size_t try_amount(struct trial *t, size_t member, size_t criterion,
                         int way, struct hinge *out)
{
    if (!take_mark(t, member, criterion, way))
        return 0;
    for (int64_t k = 1; k <= t->room; k++) {
        int64_t to = t->from + k * t->step;
        if (k > 1 && llabs(to - t->from) > 1000)
            return 0;
        int64_t award = award_after(t, k);
        *out = (struct hinge){member, criterion, t->from, to, award};
        if (award != t->award)
            return award > 0;
    }
    return 0;
}

static int by_distance(const void *x, const void *y)
{
    const struct hinge *a = x, *b = y;
    int64_t da = llabs(a->to_milli - a->from_milli);
    int64_t db = llabs(b->to_milli - b->from_milli);
    if (da != db)
        return da < db ? -1 : 1;
    if (a->member != b->member)
        return a->member < b->member ? -1 : 1;
    if (a->criterion != b->criterion)
        return a->criterion < b->criterion ? -1 : 1;
    return (a->to_milli > b->to_milli) - (a->to_milli < b->to_milli);
}

/* Outside the rule, or with a whole panel to answer for. */
static bool hangs_on_marks(const struct plan *p, size_t i)
{
    enum reason closed = p->candidate[i].closed;
    return p->panel.projects > 0 && !p->candidate[i].forced &&
           (closed == REASON_OPEN || closed == REASON_BELOW_MIN ||
            closed == REASON_KO);
}

typedef size_t try_fn(struct trial *t, size_t member, size_t criterion, int way,
                      struct hinge *out);

/* What comes of each mark of the project, tried both ways. */
static struct hinge *try_marks(const struct plan *p, size_t i, try_fn *try,
                               size_t *count)
{
    size_t most = 2 * p->panel.members * p->panel.criteria;
    struct hinge *out = xcalloc(most, sizeof *out);
    struct trial t = {.plan = p, .award = p->share[i].award};
    remark_init(&t.remark, p);
    remark_project(&t.remark, p->candidate[i].project);
    *count = 0;
    for (size_t m = 0; m < p->panel.members; m++)
        for (size_t c = 0; c < p->panel.criteria; c++)
            for (int way = -1; way <= 1; way += 2)
                if (p->scores.sheet[t.remark.project * p->panel.members + m]
                        .state == SHEET_COUNTED)
                    *count += try(&t, m, c, way, &out[*count]);
    qsort(out, *count, sizeof *out, by_distance);
    remark_release(&t.remark);
    return out;
}

struct hinge *hinges_of(const struct plan *p, size_t i, size_t *count)
{
    *count = 0;
    return hangs_on_marks(p, i) ? try_marks(p, i, try_decision, count) : NULL;
}

struct hinge *shifts_of(const struct plan *p, size_t i, size_t *count)
{
    *count = 0;
    return hangs_on_marks(p, i) && p->share[i].award > 0
               ? try_marks(p, i, try_amount, count)
               : NULL;
}

enum status impose(const struct plan *p, size_t i, int64_t cents,
                   struct share *out, struct err *e)
{
    struct candidate *c = xcalloc(p->count, sizeof *c);
    memcpy(c, p->candidate, p->count * sizeof *c);
    c[i].forced = true;
    c[i].forced_award = cents;
    enum status st = allocate(c, p->count, &p->terms, out, e);
    free(c);
    return st;
}
