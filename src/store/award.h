/* The decisions of the council: awarded, refused, reserve. */
#ifndef STORE_AWARD_H
#define STORE_AWARD_H

#include "base/err.h"
#include "store/db.h"
#include "store/rows.h"

#include <stdbool.h>
#include <stdint.h>

struct decision {
    int64_t project;
    const char *decision; /* "awarded", "refused", "reserve" */
    int64_t amount_cents; /* above 0 when awarded, else 0 */
    const char *reason;   /* NULL: none given */
    const char *decided_on;
};

/* Records a decision, over the one recorded before. Everything that the
 * schema would refuse is refused here first, with the figures: eligibility,
 * request, bounds and rate of the call, what is left of the envelope, and a
 * decision that contradicts the adopted scenario, or follows one that no longer
 * holds, without a reason. */
enum status award_set(struct db *db, const struct decision *d, struct err *e);

/* What is allowed and may yet be a slip: an award under the minimum that the
 * applicant declared, or to a project that fails a minimum of the call. Whole
 * sentences, NULL when there is nothing; the caller frees. */
enum status award_doubt(struct db *db, int64_t call, const struct decision *d,
                        char **doubt, struct err *e);

/* Decides every eligible project that is not decided yet as the adopted
 * scenario says; one without an amount is refused, or put on reserve.
 * *decided counts them, *waiting the projects whose eligibility is not
 * decided. ST_REFUSED when no scenario is adopted, and while an amount that was
 * set by hand in it is not decided: that takes a reason of its own. */
enum status award_set_all(struct db *db, int64_t call, bool reserve,
                          const char *decided_on, int64_t *decided,
                          int64_t *waiting, struct err *e);

/* Takes a decision back; the journal keeps it and the reason. */
enum status award_clear(struct db *db, int64_t project, const char *reason,
                        struct err *e);

enum status award_list(struct db *db, int64_t call, struct rows *rows,
                       struct err *e);

/* Whether the call has one decision only and no adopted scenario. */
enum status award_is_alone(struct db *db, int64_t call, bool *alone,
                           struct err *e);

#endif
