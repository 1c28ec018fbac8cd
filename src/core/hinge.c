/* What a decision hangs on. */
#include "core/hinge.h"
#include "base/mem.h"
#include "core/rules.h"
#include "core/wide.h"

#include <stdlib.h>
#include <string.h>

/* A plan that shares the panel of another but for its marks. */
static struct plan copy_of(const struct plan *p)
{
    size_t marks = p->panel.projects * p->panel.members * p->panel.criteria;
    struct plan q = {.panel = p->panel, .terms = p->terms};
    q.panel.mark = xcalloc(marks, sizeof *q.panel.mark);
    memcpy(q.panel.mark, p->panel.mark, marks * sizeof *q.panel.mark);
    return q;
}

/* Forgets what was computed, not the marks. */
static void reset(struct plan *q)
{
    scores_release(&q->scores);
    free(q->place);
    free(q->candidate);
    free(q->share);
    q->place = NULL;
    q->candidate = NULL;
    q->share = NULL;
}

static const struct candidate *candidate_of(const struct plan *p,
                                            size_t project)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->candidate[i].project == project)
            return &p->candidate[i];
    return NULL;
}

/* What the committee has set by hand stays. */
static void copy_forced(const struct plan *p, struct plan *q)
{
    for (size_t i = 0; i < q->count; i++) {
        const struct candidate *c = candidate_of(p, q->candidate[i].project);
        q->candidate[i].forced = c->forced;
        q->candidate[i].forced_award = c->forced_award;
    }
}

/* What another value of a mark makes of the project. */
struct outcome {
    bool funded;
    int64_t score; /* over the same denominator */
};

static struct outcome play(const struct plan *p, struct plan *q, size_t project)
{
    struct outcome o = {false, 0};
    if (plan_rank(q, NULL) == ST_OK) {
        plan_open(q);
        copy_forced(p, q);
        const struct candidate *c = candidate_of(q, project);
        o.score = c->score_num;
        if (plan_allocate(q, NULL) == ST_OK)
            o.funded = q->share[c - q->candidate].award > 0;
    }
    reset(q);
    return o;
}

/* One mark of one project, that may move. */
struct trial {
    const struct plan *plan;
    struct plan *copy;
    size_t project;
    struct facts facts;
    bool was_funded;
    struct mark *mark;
    int64_t from, step; /* thousandths of a point; the step signed */
    int64_t room;       /* steps to the end of the scale */
};

static struct outcome outcome_after(const struct trial *t, int64_t steps)
{
    t->mark->value_milli = t->from + steps * t->step;
    struct outcome o = play(t->plan, t->copy, t->project);
    t->mark->value_milli = t->from;
    return o;
}

static bool changes(const struct trial *t, int64_t steps)
{
    return outcome_after(t, steps).funded != t->was_funded;
}

/* Whether the score at the end of the scale passes the one that decides, so
 * that a value between may change what the end does not. */
static bool passes(const struct trial *t, int64_t score)
{
    int64_t needed = t->facts.score.value + t->facts.above;
    if (t->facts.score.answer != ANSWER_VALUE)
        return false;
    return t->was_funded ? score < needed : score >= needed;
}

/* Where a better score may lose again. */
static bool is_uneven(const struct plan *p)
{
    return p->terms.rule->run == run_tiers ||
           p->terms.rule->run == run_tiers_cut || p->terms.reserves > 0;
}

static int64_t first_by_looking(const struct trial *t)
{
    for (int64_t k = 1; k <= t->room; k++)
        if (changes(t, k))
            return k;
    return 0;
}

static int64_t first_by_halving(const struct trial *t)
{
    int64_t lo = 0, hi = t->room;
    while (hi - lo > 1) {
        int64_t mid = lo + (hi - lo) / 2;
        if (changes(t, mid))
            hi = mid;
        else
            lo = mid;
    }
    return hi;
}

/* The least number of steps that changes the decision; 0: none on the scale.
 */
static int64_t steps_needed(const struct trial *t)
{
    if (t->room == 0)
        return 0;
    struct outcome end = outcome_after(t, t->room);
    bool other = end.funded != t->was_funded;
    if (is_uneven(t->plan))
        return other || passes(t, end.score) ? first_by_looking(t) : 0;
    return other ? first_by_halving(t) : 0;
}

static void try_mark(struct trial *t, size_t member, size_t criterion,
                     struct hinge *out, size_t *count)
{
    const struct criterion *c = &t->plan->panel.criterion[criterion];
    t->mark = panel_mark(&t->copy->panel, t->project, member, criterion);
    if (c->independent || t->mark->state != MARK_VALUE)
        return;
    t->from = t->mark->value_milli;
    t->step = t->was_funded ? -c->step_milli : c->step_milli;
    t->room = t->was_funded ? (t->from - c->scale_lo * 1000) / c->step_milli
                            : (c->scale_hi * 1000 - t->from) / c->step_milli;
    int64_t steps = steps_needed(t);
    if (steps > 0)
        out[(*count)++] = (struct hinge){member, criterion, t->from,
                                         t->from + steps * t->step};
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
    return (a->criterion > b->criterion) - (a->criterion < b->criterion);
}

/* Outside the rule, or with a whole panel to answer for. */
static bool hangs_on_marks(const struct plan *p, size_t i)
{
    enum reason closed = p->candidate[i].closed;
    return p->panel.projects > 0 && !p->candidate[i].forced &&
           (closed == REASON_OPEN || closed == REASON_BELOW_MIN ||
            closed == REASON_KO);
}

struct hinge *hinges_of(const struct plan *p, size_t i, size_t *count)
{
    size_t most = p->panel.members * p->panel.criteria;
    struct hinge *out = xcalloc(most, sizeof *out);
    *count = 0;
    if (!hangs_on_marks(p, i))
        return out;
    struct plan copy = copy_of(p);
    struct trial t = {.plan = p,
                      .copy = &copy,
                      .project = p->candidate[i].project,
                      .facts = plan_facts_of(p, i),
                      .was_funded = p->share[i].award > 0};
    for (size_t m = 0; m < p->panel.members; m++)
        for (size_t c = 0; c < p->panel.criteria; c++)
            if (p->scores.sheet[t.project * p->panel.members + m].state ==
                SHEET_COUNTED)
                try_mark(&t, m, c, out, count);
    qsort(out, *count, sizeof *out, by_distance);
    free(copy.panel.mark);
    return out;
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
