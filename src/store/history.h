/* The journal as people read it: who changed what, when. */
#ifndef STORE_HISTORY_H
#define STORE_HISTORY_H

#include "base/err.h"
#include "store/db.h"
#include "store/rows.h"

#include <stdint.h>

/* Which entries; 0 and NULL: all. */
struct history_filter {
    int64_t project;           /* a project's own row and those about it */
    const char *since, *until; /* days, both included */
    const char *actor;         /* a part of the name, case and accents aside */
    int64_t limit;             /* the newest so many entries */
};

/* Fills `rows` (the caller releases) with the entries, newest first, one row
 * for each field that changed: entry, sealed_at, actor, acting_as, command
 * (these four NULL for an entry without a seal, which no filter but that of
 * the project leaves out), tab, row (the names by which people know it),
 * action, field, old, new. Names stand in for the keys of associations and
 * themes; what may tell where a confidential association is does not come. */
enum status history_read(struct db *db, const struct history_filter *f,
                         struct rows *rows, struct err *e);

/* The names by which people know a row of `tab`, as in the log; the row is the
 * journal's JSON. NULL when it has none left. The caller frees. */
char *history_row_name(struct db *db, const char *tab, const char *json);

#endif
