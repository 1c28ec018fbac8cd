/* A plan: one call's panel, its scores, ranking and allocation, together.
 *
 *   load the panel -> plan_rank -> plan_open -> [plan_force] -> plan_allocate
 *
 * `allocate --csv` has no panel: it fills the candidates and sorts them. */
#ifndef CORE_PLAN_H
#define CORE_PLAN_H

#include "core/rules/allocate.h"
#include "core/panel/rank.h"

struct facts;
struct outlook;

struct plan {
    struct panel panel;
    struct scores scores;
    struct place *place; /* in rank order, as many as projects */
    size_t count;        /* of candidates and shares, in rank order too */
    struct candidate *candidate;
    struct share *share;
    struct terms terms;
    /* Of the shares, once they were asked for with plan_explain. */
    struct facts *facts;
    struct outlook *outlook;
    struct share *hundred; /* with 100 euros more; NULL where refused */
};

/* Scores and ranks the panel that was loaded. Errors: see score_panel. */
enum status plan_rank(struct plan *p, struct err *e);

/* What the rules see of the project at that place, for the terms set in the
 * plan. */
struct candidate plan_candidate(const struct plan *p,
                                const struct place *place);

/* Makes the candidates of the ranking, for the terms set in the plan. */
void plan_open(struct plan *p);

/* Puts candidates read from a file in order: score descending, then smaller
 * request, then id in byte order; and gives the ranks. */
void plan_sort(struct plan *p);

/* Sets the award of one candidate by hand, 0 included. ST_NO_INPUT when there
 * is no such id; ST_REFUSED when it may not receive that amount: more than
 * its request, under the least award, not in whole units, or a project that
 * may not be paid at all. */
enum status plan_force(struct plan *p, const char *id, int64_t cents,
                       struct err *e);

/* Whether it may be paid by hand at all, whatever its marks. */
bool may_be_forced(const struct candidate *c);

/* Runs the rule. Errors: see allocate. */
enum status plan_allocate(struct plan *p, struct err *e);

/* What the shares add up to. */
int64_t plan_total(const struct plan *p);

/* The least score over `den` that reaches a threshold in hundredths of a
 * point. */
int64_t plan_least_score(int64_t threshold, int64_t den);

void plan_release(struct plan *p);

#endif
