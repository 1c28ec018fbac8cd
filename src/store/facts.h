/* What core/agenda.h wants to know of a call. */
#ifndef STORE_FACTS_H
#define STORE_FACTS_H

#include "base/err.h"
#include "core/agenda.h"
#include "store/db.h"

/* Fills `f` for the call, seen at the minute `now`. The caller releases it
 * (agenda_facts_release), also on failure. */
enum status facts_load(struct db *db, int64_t call, const char *now,
                       struct agenda_facts *f, struct err *e);

#endif
