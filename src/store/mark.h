/* The marks that members give. */
#ifndef STORE_MARK_H
#define STORE_MARK_H

#include "base/err.h"
#include "store/db.h"
#include "store/rows.h"

#include <stdbool.h>
#include <stdint.h>

/* Whose mark, on what. */
struct mark_place {
    int64_t project, member, criterion;
};

enum mark_change { MARK_SAME, MARK_ADDED, MARK_CHANGED, MARK_CLEARED };

/* Each writes one mark and says what that changed (`change` may be NULL).
 * `value_milli` is in thousandths of a point. ST_REFUSED with a message for
 * people when the member is recused on the project (with the reason), when the
 * value is off the criterion's scale or step, when the three are not of one
 * call, or when the decision is taken and the marks are frozen. Clearing a
 * recused member's mark changes nothing: there is none. */
enum status mark_set(struct db *db, struct mark_place at, int64_t value_milli,
                     enum mark_change *change, struct err *e);
enum status mark_abstain(struct db *db, struct mark_place at,
                         enum mark_change *change, struct err *e);
enum status mark_clear(struct db *db, struct mark_place at,
                       enum mark_change *change, struct err *e);

/* Whether the value is on the scale of the criterion: ST_REFUSED otherwise, as
 * mark_set would say. */
enum status mark_check_value(struct db *db, int64_t criterion,
                             int64_t value_milli, struct err *e);

/* Whether the member has a recusal in force on the project. */
enum status mark_is_recused(struct db *db, int64_t project, int64_t member,
                            bool *recused, struct err *e);

/* The marks of a call, of one project or one member (0: all): columns id (of
 * the project), member, criterion, mark_milli (nothing for an abstention),
 * state ("counted", "abstained", "not-counted" in a sheet that is left out of
 * the score or on an independent criterion, "withdrawn", "rejected"). After
 * results_put_ranking. */
enum status mark_list(struct db *db, int64_t call, int64_t project,
                      int64_t member, struct rows *rows, struct err *e);

#endif
