/* Saved allocations of a call, and the one that is adopted. */
#ifndef STORE_SCENARIO_H
#define STORE_SCENARIO_H

#include "base/err.h"
#include "core/rules/plan.h"
#include "store/db.h"
#include "store/rows.h"

/* Saves an allocated plan under a name that the call does not use yet
 * (ST_REFUSED otherwise). `now` is a minute. */
enum status scenario_save(struct db *db, const struct plan *p, const char *name,
                          const char *now, struct err *e);

/* Columns name, rule, call_rule (1: computed by the rule, the parameters and
 * the envelope of the call, no amount set by hand), envelope_cents,
 * awarded_cents, rest_cents, funded, by_hand (amounts set by hand), saved_at,
 * adopted_at, state: current; outdated, when marks, projects or rules have
 * changed since; overspent, when what it gives to undecided projects is more
 * than is left; other-envelope, when it shares what is not
 * the call's envelope. */
enum status scenario_list(struct db *db, int64_t call, struct rows *rows,
                          struct err *e);

/* That row of one (id 0: of all). */
enum status scenario_head(struct db *db, int64_t call, int64_t id,
                          struct rows *rows, struct err *e);

/* Computes a scenario again, with its terms and forced amounts, on the marks
 * and requests of now: the projects whose award differs, in the columns
 * id, association, before_cents (as saved), award_cents. */
enum status scenario_replay(struct db *db, int64_t call, int64_t id,
                            struct rows *rows, struct err *e);

/* The lines of one, in rank order. */
enum status scenario_show(struct db *db, int64_t id, struct rows *rows,
                          struct err *e);

/* The projects to which `id` gives another amount than the scenario that is
 * adopted now: columns id, association, before_cents, award_cents. Empty
 * when none is adopted. */
enum status scenario_changes(struct db *db, int64_t id, struct rows *rows,
                             struct err *e);

/* Adopts a scenario in the place of the one adopted before, if any.
 * ST_REFUSED while eligible projects are not rankable (marking is not whole)
 * and not decided with a reason, even where an amount is set by hand,
 * when what it rests on has changed since it was saved, when it shares more
 * than the envelope holds, or when decisions already recorded contradict it
 * without a reason. */
enum status scenario_adopt(struct db *db, int64_t call, int64_t id,
                           const char *now, struct err *e);

/* The members who could mark and marked nothing, as a list for people; NULL
 * when there are none. The caller frees. */
enum status scenario_absent(struct db *db, int64_t call, char **names,
                            struct err *e);

/* ST_OK when a scenario is adopted and what it rests on has not changed since
 * it was saved, whether or not the envelope still holds it: enough for what
 * costs nothing. */
enum status scenario_holds(struct db *db, int64_t call, struct err *e);

/* ST_OK when a scenario is adopted, what it rests on has not changed since it
 * was saved, and what is left holds what it gives to undecided projects; else
 * ST_REFUSED, with what to do. */
enum status scenario_current(struct db *db, int64_t call, struct err *e);

/* What the adopted scenario gives to projects that wait for their decision;
 * 0 where none is adopted. */
enum status scenario_owed(struct db *db, int64_t call, int64_t *cents,
                          struct err *e);

/* The plan on which the call stands: the adopted scenario computed again where
 * it still holds (*adopted is then its id, else 0), or what plan_compute gives.
 */
enum status scenario_plan(struct db *db, int64_t call, struct plan *p,
                          int64_t *adopted, struct err *e);

/* Deletes a scenario that is not adopted. */
enum status scenario_drop(struct db *db, int64_t id, struct err *e);

#endif
