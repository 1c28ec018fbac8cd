/* Whether the file is what it must be: every rule looked at again. */
#ifndef STORE_CHECK_H
#define STORE_CHECK_H

#include "base/err.h"
#include "store/db.h"
#include "store/rows.h"

#include <stdbool.h>

/* Runs every check and fills `rows` (the caller releases) with one row each:
 * check, result ("ok" or "ko"), faults (how many), first_fault (in words).
 * The checks: the views invariant_* by their names, then
 *   integrity   SQLite's own: pages, indexes, CHECKs, types
 *   links       foreign keys
 *   schema      no table, trigger or view altered, added or dropped
 *   name_keys   the folded keys are those of the names
 *   journal     journal_verify
 * A check that cannot run is ko. `*sound`: all are ok. ST_OK also when one is
 * not. */
enum status check_all(struct db *db, struct rows *rows, bool *sound,
                      struct err *e);

#endif
