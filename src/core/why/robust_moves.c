/* Every single mark moved by one step, up and down (allocation.md, 6).
 *
 * Many marks of a project lead to the same score and place, hence to the same
 * awards: those are computed once. */
#include "base/mem.h"
#include "core/why/robust.h"

#include <stdlib.h>

/* What the rules see of the project, and the awards that gives. */
struct seen {
    int64_t num;
    size_t place;
    enum standing standing;
    struct effect effect;
};

struct search {
    struct remark remark;
    struct seen *seen; /* of the project at work */
    size_t count;
};

static void forget_seen(struct search *s)
{
    for (size_t i = 0; i < s->count; i++)
        effect_release(&s->seen[i].effect);
    s->count = 0;
}

static void search_release(struct search *s)
{
    forget_seen(s);
    remark_release(&s->remark);
    free(s->seen);
}

/* The effect of the project standing where it does with its score; NULL on
 * failure. It belongs to the search. */
static const struct effect *effect_now(struct search *s, enum status *st,
                                       struct err *e)
{
    struct remark *r = &s->remark;
    const struct score *score = &r->scores.project[r->project];
    for (size_t i = 0; i < s->count; i++)
        if (s->seen[i].num == score->num && s->seen[i].place == r->at &&
            s->seen[i].standing == score->standing)
            return &s->seen[i].effect;
    *st = replay_run(&r->replay, e);
    if (*st != ST_OK)
        return NULL;
    s->seen = xrealloc(s->seen, s->count + 1, sizeof *s->seen);
    s->seen[s->count] = (struct seen){score->num, r->at, score->standing,
                                      replay_effect(&r->replay)};
    return &s->seen[s->count++].effect;
}

static void keep(struct moves *out, const struct move *m)
{
    out->tried++;
    if (!m->effect.awards)
        return;
    if ((out->with_awards & (out->with_awards + 1)) == 0)
        out->move =
            xrealloc(out->move, 2 * out->with_awards + 1, sizeof *out->move);
    out->move[out->with_awards] = *m;
    out->move[out->with_awards++].effect = effect_copy(&m->effect);
    out->with_list += m->effect.count > 0;
}

/* The mark put at m->to_milli, and back. */
static enum status try_move(struct search *s, struct move *m, struct moves *out,
                            struct err *e)
{
    const struct effect *effect = NULL;
    enum status st =
        remark_with(&s->remark, m->member, m->criterion, m->to_milli, e);
    if (st == ST_OK)
        effect = effect_now(s, &st, e);
    if (effect != NULL) {
        m->effect = *effect;
        keep(out, m);
    }
    remark_back(&s->remark);
    return st;
}

/* One step each way, as far as the scale goes. */
static enum status move_mark(struct search *s, size_t i, size_t m, size_t c,
                             struct moves *out, struct err *e)
{
    const struct panel *p = &s->remark.replay.base->panel;
    const struct criterion *k = &p->criterion[c];
    const struct mark *x = panel_mark(p, i, m, c);
    enum status st = ST_OK;
    if (k->independent || x->state != MARK_VALUE)
        return ST_OK;
    for (int way = 1; st == ST_OK && way >= -1; way -= 2) {
        struct move move = {
            i, m, c, x->value_milli, x->value_milli + way * k->step_milli, {0}};
        if (move.to_milli >= k->scale_lo * 1000 &&
            move.to_milli <= k->scale_hi * 1000)
            st = try_move(s, &move, out, e);
    }
    return st;
}

static enum status move_project(struct search *s, size_t i, struct moves *out,
                                struct err *e)
{
    const struct plan *base = s->remark.replay.base;
    const struct panel *p = &base->panel;
    enum status st = ST_OK;
    forget_seen(s);
    remark_project(&s->remark, i);
    for (size_t m = 0; st == ST_OK && m < p->members; m++)
        if (base->scores.sheet[i * p->members + m].state == SHEET_COUNTED)
            for (size_t c = 0; st == ST_OK && c < p->criteria; c++)
                st = move_mark(s, i, m, c, out, e);
    return st;
}

enum status robust_moves(const struct plan *base, robust_progress *progress,
                         void *arg, struct moves *out, struct err *e)
{
    struct search s = {0};
    enum status st = ST_OK;
    *out = (struct moves){0};
    remark_init(&s.remark, base);
    for (size_t i = 0; st == ST_OK && i < base->panel.projects; i++) {
        st = move_project(&s, i, out, e);
        if (progress != NULL)
            progress(arg, i + 1, base->panel.projects);
    }
    search_release(&s);
    return st;
}

/* ------------------------------------------------------- moves that are alike
 */

static bool same_effect(const struct effect *a, const struct effect *b)
{
    if (a->count != b->count)
        return false;
    for (size_t k = 0; k < a->count; k++)
        if (a->project[k] != b->project[k])
            return false;
    return true;
}

static bool alike(const struct move *a, const struct move *b)
{
    bool up = a->to_milli > a->from_milli;
    return up == (b->to_milli > b->from_milli) &&
           same_effect(&a->effect, &b->effect);
}

size_t moves_alike(const struct moves *m, size_t k)
{
    const struct move *this = &m->move[k];
    size_t count = 0;
    for (size_t j = k; j-- > 0 && m->move[j].project == this->project;)
        if (alike(&m->move[j], this))
            return 0;
    for (size_t j = k;
         j < m->with_awards && m->move[j].project == this->project; j++)
        count += alike(&m->move[j], this);
    return count;
}
