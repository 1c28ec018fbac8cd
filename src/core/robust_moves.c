/* Every single mark moved by one step, up and down (allocation.md, 6).
 *
 * A mark changes the score of its own project only, so that project alone is
 * scored anew and walks to its new place. Many marks of a project lead to the
 * same score and place, hence to the same awards: those are computed once. */
#include "base/mem.h"
#include "core/robust.h"

#include <stdlib.h>
#include <string.h>

/* What the rules see of the project, and the awards that gives. */
struct seen {
    int64_t num;
    size_t place;
    enum standing standing;
    struct effect effect;
};

struct search {
    struct replay replay;
    struct scores scores; /* the base's, but for the project at work */
    size_t *place_of;     /* in the base, by project */
    struct mark *marks;   /* of the project at work */
    struct seen *seen;    /* of the project at work */
    size_t count;
};

static void search_init(struct search *s, const struct plan *base)
{
    *s = (struct search){.scores = whatif_copy(&base->panel, &base->scores)};
    replay_init(&s->replay, base);
    s->replay.view.scores = s->scores;
    s->place_of = xcalloc(base->panel.projects, sizeof *s->place_of);
    for (size_t k = 0; k < base->panel.projects; k++)
        s->place_of[base->place[k].project] = k;
    s->marks =
        xcalloc(base->panel.members * base->panel.criteria, sizeof *s->marks);
}

static void forget_seen(struct search *s)
{
    for (size_t i = 0; i < s->count; i++)
        effect_release(&s->seen[i].effect);
    s->count = 0;
}

static void search_release(struct search *s)
{
    forget_seen(s);
    replay_release(&s->replay);
    scores_release(&s->scores);
    free(s->place_of);
    free(s->marks);
    free(s->seen);
}

/* The effect of the project standing at that place with its score; NULL on
 * failure. It belongs to the search. */
static const struct effect *effect_at(struct search *s, size_t project,
                                      size_t place, enum status *st,
                                      struct err *e)
{
    const struct score *score = &s->scores.project[project];
    for (size_t i = 0; i < s->count; i++)
        if (s->seen[i].num == score->num && s->seen[i].place == place &&
            s->seen[i].standing == score->standing)
            return &s->seen[i].effect;
    *st = replay_run(&s->replay, e);
    if (*st != ST_OK)
        return NULL;
    s->seen = xrealloc(s->seen, s->count + 1, sizeof *s->seen);
    s->seen[s->count] = (struct seen){score->num, place, score->standing,
                                      replay_effect(&s->replay)};
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

/* The mark put at m->to_milli, the project walked there and back. */
static enum status try_move(struct search *s, struct move *m, struct moves *out,
                            struct err *e)
{
    const struct plan *base = s->replay.base;
    const struct panel *p = &base->panel;
    size_t criteria = p->criteria, i = m->project;
    struct mark *mark = &s->marks[m->member * criteria + m->criterion];
    mark->value_milli = m->to_milli;
    enum status st = whatif_marks(p, &base->scores, i, s->marks, &s->scores, e);
    mark->value_milli = m->from_milli;
    if (st != ST_OK)
        return st;
    size_t place = replay_settle(&s->replay, s->place_of[i]);
    const struct effect *effect = effect_at(s, i, place, &st, e);
    if (effect != NULL) {
        m->effect = *effect;
        keep(out, m);
    }
    s->scores.project[i] = base->scores.project[i];
    memcpy(&s->scores.mean[i * criteria], &base->scores.mean[i * criteria],
           criteria * sizeof *s->scores.mean);
    replay_settle(&s->replay, place);
    return st;
}

/* One step each way, as far as the scale goes. */
static enum status move_mark(struct search *s, size_t i, size_t m, size_t c,
                             struct moves *out, struct err *e)
{
    const struct panel *p = &s->replay.base->panel;
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
    const struct plan *base = s->replay.base;
    const struct panel *p = &base->panel;
    enum status st = ST_OK;
    forget_seen(s);
    if (p->members > 0 && p->criteria > 0)
        memcpy(s->marks, panel_mark(p, i, 0, 0),
               p->members * p->criteria * sizeof *s->marks);
    for (size_t m = 0; st == ST_OK && m < p->members; m++)
        if (base->scores.sheet[i * p->members + m].state == SHEET_COUNTED)
            for (size_t c = 0; st == ST_OK && c < p->criteria; c++)
                st = move_mark(s, i, m, c, out, e);
    return st;
}

enum status robust_moves(const struct plan *base, robust_progress *progress,
                         void *arg, struct moves *out, struct err *e)
{
    struct search s;
    enum status st = ST_OK;
    *out = (struct moves){0};
    search_init(&s, base);
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
