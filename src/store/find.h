/* Finding things by the names people type: case, accents and the order of the
 * words do not matter; some whole words of the name are enough when they fit
 * one thing only. */
#ifndef STORE_FIND_H
#define STORE_FIND_H

#include "base/err.h"
#include "store/db.h"

#include <stdint.h>

/* Each sets *id. ST_NO_INPUT when nothing fits, or when several do: the
 * message then lists them; none is ever guessed. An exact name (or number,
 * code, SIRET) wins over parts. */
enum status find_project(struct db *db, int64_t call, const char *text,
                         int64_t *id, struct err *e); /* "2026-001", "1" */
enum status find_member(struct db *db, int64_t call, const char *text,
                        int64_t *id, struct err *e);
enum status
find_association(struct db *db, const char *text, int64_t *id,
                 struct err *e); /* name, acronym, SIRET, RNA, "#12" */
/* A commune by name or INSEE code; *code is the caller's to free. */
enum status find_commune(struct db *db, const char *text, char **code,
                         struct err *e);
/* The commune of the territory whose name is nearly `text`, as in "Hautmon";
 * the caller frees. NULL where it is one, or like none: a body from elsewhere.
 */
enum status find_commune_near(struct db *db, const char *text, char **name,
                              struct err *e);

/* What has a name of its own in a call. */
enum thing {
    THING_PROJECT,
    THING_MEMBER,
    THING_CRITERION,
    THING_THEME,
    THING_SCENARIO
};

/* One of that kind, as above. */
enum status find_thing(struct db *db, enum thing what, int64_t call,
                       const char *text, int64_t *id, struct err *e);
/* Its number, code, label or name as it is written; the caller frees. */
enum status find_name(struct db *db, enum thing what, int64_t id, char **name,
                      struct err *e);

#endif
