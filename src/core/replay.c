/* A plan played again with something changed. */
#include "core/replay.h"
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
    r->place = xcalloc(n, sizeof *r->place);
    r->candidate = xcalloc(n, sizeof *r->candidate);
    r->share = xcalloc(n, sizeof *r->share);
    r->award = xcalloc(n, sizeof *r->award);
    for (size_t k = 0; k < base->count; k++)
        r->base_award[base->candidate[k].project] = base->share[k].award;
    r->view.place = r->place;
    r->view.candidate = r->candidate;
    r->view.share = r->share;
    replay_reset(r);
}

void replay_release(struct replay *r)
{
    free(r->base_award);
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
