/* The money of a call, from the one view that adds it up. */
#ifndef STORE_BUDGET_H
#define STORE_BUDGET_H

#include "base/err.h"
#include "store/db.h"
#include "store/rows.h"

#include <stdint.h>

/* The budget line of a call, or of all calls, latest first (call 0): columns
 * as PRODUCT names them, amounts in cents. */
enum status budget_lines(struct db *db, int64_t call, struct rows *rows,
                         struct err *e);

/* The same for a screen: fewer columns, and `share`, empty, for the caller to
 * draw the awarded part of the envelope in. */
enum status budget_summary(struct db *db, struct rows *rows, struct err *e);

/* What is left of the envelope of a call; cents. */
enum status budget_available(struct db *db, int64_t call, int64_t *cents,
                             struct err *e);

/* How many projects of the call are decided. */
enum status budget_decided(struct db *db, int64_t call, int64_t *count,
                           struct err *e);

#endif
