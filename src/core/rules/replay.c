/* A plan played again with something changed. */
#include "core/rules/replay.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

void replay_reset(struct replay *r)
{
    r->view.panel = r->base->panel;
    r->view.scores = r->base->scores;
    r->view.terms = r->base->terms;
    if (r->projects > 0)
        memcpy(r->place, r->base->place, r->projects * sizeof *r->place);
}

void replay_init(struct replay *r, const struct plan *base)
{
    size_t n = base->panel.projects;
    *r = (struct replay){.base = base, .projects = n, .view = *base};
    r->base_award = xcalloc(n, sizeof *r->base_award);
    r->was = xcalloc(n, sizeof *r->was);
    r->place = xcalloc(n, sizeof *r->place);
    r->candidate = xcalloc(n, sizeof *r->candidate);
    r->share = xcalloc(n, sizeof *r->share);
    r->award = xcalloc(n, sizeof *r->award);
    for (size_t k = 0; k < base->count; k++) {
        r->was[base->candidate[k].project] = &base->candidate[k];
        r->base_award[base->candidate[k].project] = base->share[k].award;
    }
    r->view.place = r->place;
    r->view.candidate = r->candidate;
    r->view.share = r->share;
    replay_reset(r);
}

void replay_release(struct replay *r)
{
    free(r->base_award);
    free(r->was);
    free(r->place);
    free(r->candidate);
    free(r->share);
    free(r->award);
    *r = (struct replay){0};
}

void replay_rank(struct replay *r)
{
    rank_projects(&r->view.panel, &r->view.scores, r->place);
}

static bool before(const struct replay *r, size_t a, size_t b)
{
    return rank_before(&r->view.panel, &r->view.scores, r->place[a].project,
                       r->place[b].project);
}

static void swap(struct replay *r, size_t a, size_t b)
{
    struct place place = r->place[a];
    r->place[a] = r->place[b];
    r->place[b] = place;
}

static size_t settle_up(struct replay *r, size_t at)
{
    for (; at > 0 && before(r, at, at - 1); at--)
        swap(r, at, at - 1);
    return at;
}

size_t replay_settle(struct replay *r, size_t at)
{
    at = settle_up(r, at);
    for (; at + 1 < r->projects && before(r, at + 1, at); at++)
        swap(r, at, at + 1);
    return at;
}

void replay_sort(struct replay *r)
{
    for (size_t at = 1; at < r->projects; at++)
        settle_up(r, at);
}

enum status replay_run(struct replay *r, struct err *e)
{
    for (size_t k = 0; k < r->projects; k++) {
        struct place *place = &r->place[k];
        bool rankable = score_rankable(&r->view.scores.project[place->project]);
        place->rank = rankable ? (int64_t)k + 1 : 0;
        r->candidate[k] = plan_candidate(&r->view, place);
        r->candidate[k].forced = r->was[place->project]->forced;
        r->candidate[k].forced_award = r->was[place->project]->forced_award;
    }
    enum status st =
        allocate(r->candidate, r->projects, &r->view.terms, r->share, e);
    for (size_t k = 0; st == ST_OK && k < r->projects; k++)
        r->award[r->candidate[k].project] = r->share[k].award;
    return st;
}

struct effect replay_effect(const struct replay *r)
{
    struct effect f = {0};
    for (size_t i = 0; i < r->projects; i++) {
        f.awards = f.awards || r->award[i] != r->base_award[i];
        if ((r->award[i] > 0) == (r->base_award[i] > 0))
            continue;
        f.project = xrealloc(f.project, f.count + 1, sizeof *f.project);
        f.project[f.count++] = i;
    }
    return f;
}

struct effect effect_copy(const struct effect *f)
{
    struct effect copy = *f;
    copy.project = NULL;
    if (f->count > 0) {
        copy.project = xcalloc(f->count, sizeof *copy.project);
        memcpy(copy.project, f->project, f->count * sizeof *copy.project);
    }
    return copy;
}

void effect_release(struct effect *f)
{
    free(f->project);
    *f = (struct effect){0};
}

/* -------------------------------------------------- one mark, another value */

void remark_init(struct remark *r, const struct plan *base)
{
    *r = (struct remark){.scores = whatif_copy(&base->panel, &base->scores)};
    replay_init(&r->replay, base);
    r->replay.view.scores = r->scores;
    r->marks =
        xcalloc(base->panel.members * base->panel.criteria, sizeof *r->marks);
}

void remark_release(struct remark *r)
{
    replay_release(&r->replay);
    scores_release(&r->scores);
    free(r->marks);
}

void remark_project(struct remark *r, size_t project)
{
    const struct panel *p = &r->replay.base->panel;
    r->project = project;
    for (r->from = 0; r->replay.place[r->from].project != project;)
        r->from++;
    r->at = r->from;
    if (p->members > 0 && p->criteria > 0)
        memcpy(r->marks, panel_mark(p, project, 0, 0),
               p->members * p->criteria * sizeof *r->marks);
}

enum status remark_with(struct remark *r, size_t member, size_t criterion,
                        int64_t value_milli, struct err *e)
{
    const struct plan *base = r->replay.base;
    struct mark *mark = &r->marks[member * base->panel.criteria + criterion];
    const int64_t from = mark->value_milli;
    mark->value_milli = value_milli;
    enum status st = whatif_marks(&base->panel, &base->scores, r->project,
                                  r->marks, &r->scores, e);
    mark->value_milli = from;
    if (st == ST_OK)
        r->at = replay_settle(&r->replay, r->from);
    return st;
}

void remark_back(struct remark *r)
{
    const struct scores *base = &r->replay.base->scores;
    size_t criteria = r->replay.base->panel.criteria, i = r->project;
    r->scores.project[i] = base->project[i];
    memcpy(&r->scores.mean[i * criteria], &base->mean[i * criteria],
           criteria * sizeof *r->scores.mean);
    replay_settle(&r->replay, r->at);
    r->at = r->from;
}
