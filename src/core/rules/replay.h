/* A plan played again with something changed, and what that does to the
 * awards: the base plan is never touched. */
#ifndef CORE_REPLAY_H
#define CORE_REPLAY_H

#include "core/rules/plan.h"
#include "core/panel/whatif.h"

struct replay {
    const struct plan *base; /* allocated */
    size_t projects;
    int64_t *base_award;          /* by project index, like all awards here */
    const struct candidate **was; /* of the base, by project index */
    /* Change these, then rank or settle, then run. `view` shares with the
     * base what is not replaced in it. */
    struct plan view;
    struct place *place; /* view.place: the order, first the base's */
    struct candidate *candidate;
    struct share *share;
    int64_t *award; /* what the last run gave */
};

/* Starts from the base as it is; release it when done. What was put into
 * `view` stays the caller's. */
void replay_init(struct replay *r, const struct plan *base);
void replay_release(struct replay *r);

/* Back to the base: panel, scores, terms and order. */
void replay_reset(struct replay *r);

/* Ranks anew by the scores in the view. */
void replay_rank(struct replay *r);

/* Brings the one place whose project's score has changed to where it belongs,
 * the others being in order; returns where that is. */
size_t replay_settle(struct replay *r, size_t at);

/* The same for all places, starting from an order that is nearly right. */
void replay_sort(struct replay *r);

/* Allocates in that order and by the terms in the view; what the committee has
 * set by hand stays. Errors: see allocate. */
enum status replay_run(struct replay *r, struct err *e);

/* What a change does to the awards. */
struct effect {
    bool awards;     /* some award is another */
    size_t count;    /* projects that enter or leave the funded list: */
    size_t *project; /* those funded in the base leave, the others enter */
};

/* The last run against the base; the caller releases. */
struct effect replay_effect(const struct replay *r);
struct effect effect_copy(const struct effect *f);
void effect_release(struct effect *f);

/* ------------------------------------------------ one mark, another value */

/* A mark changes the score of its own project only: that one is scored anew
 * and walks to its new place. */
struct remark {
    struct replay replay;
    struct scores scores; /* the base's, but for the project at work */
    struct mark *marks;   /* of the project at work */
    size_t project, from; /* that project, and its place in the base */
    size_t at;            /* its place now */
};

void remark_init(struct remark *r, const struct plan *base);
void remark_release(struct remark *r);

/* Takes up a project. */
void remark_project(struct remark *r, size_t project);

/* Gives it that mark, ready for replay_run; remark_back undoes it, also on
 * failure. Errors: see score_panel. */
enum status remark_with(struct remark *r, size_t member, size_t criterion,
                        int64_t value_milli, struct err *e);
void remark_back(struct remark *r);

#endif
