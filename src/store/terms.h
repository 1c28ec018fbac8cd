/* The terms of an allocation in the database: those of a call, chosen before
 * its marks are seen, and those that a scenario remembers. */
#ifndef STORE_TERMS_H
#define STORE_TERMS_H

#include "base/err.h"
#include "core/rules/allocate.h"
#include "core/panel/panel.h"
#include "store/db.h"

/* Loads the terms of a call with its envelope as it stands. The labels of the
 * reserves are those of the panel's themes, which are loaded. ST_BAD_DATA when
 * this version does not know the rule. */
enum status terms_of_call(struct db *db, const struct panel *p, struct terms *t,
                          struct err *e);

/* The same of a scenario, with its own envelope; the least award stays what
 * `t` says. */
enum status terms_of_scenario(struct db *db, const struct panel *p, int64_t id,
                              struct terms *t, struct err *e);

/* Writes tiers, objective, curve, step and rounding into the call. */
enum status terms_store(struct db *db, int64_t call, const struct terms *t,
                        struct err *e);

/* Loads the themes of the panel's call into it. */
enum status themes_load(struct db *db, struct panel *p, struct err *e);

/* Sets, changes or (least 0, most -1) takes away what a call reserves for a
 * theme. Cents. */
enum status reserve_set(struct db *db, int64_t call,
                        const struct reserve *reserve, struct err *e);

/* How many marks the call holds: terms are chosen before the first. */
enum status marks_count(struct db *db, int64_t call, int64_t *count,
                        struct err *e);

#endif
