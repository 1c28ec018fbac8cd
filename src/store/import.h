/* What an import asks of the database beside the aggregates themselves. */
#ifndef STORE_IMPORT_H
#define STORE_IMPORT_H

#include "base/err.h"
#include "store/db.h"
#include "store/rows.h"

#include <stdbool.h>
#include <stdint.h>

/* Forgets the keys of a former import. In a transaction. */
enum status import_start(struct db *db, struct err *e);

/* Counts a key of the file at hand: *times is 1 at its first occurrence, and
 * *first the line of that. Kept in the database's temporary file, so that the
 * memory does not grow with the import. */
enum status import_count(struct db *db, const char *key, int64_t line,
                         int64_t *times, int64_t *first, struct err *e);

/* The project that an earlier import made of the row with this key (see
 * import/projects.c); *id 0: none. */
enum status import_known(struct db *db, int64_t call, const char *source_key,
                         int64_t *id, struct err *e);

/* The project made of the row whose number in the source is in `prefix`
 * ("id:4711"); *id 0: none. *same: its key is `key`, the row is unchanged. */
enum status import_known_number(struct db *db, int64_t call, const char *prefix,
                                const char *key, int64_t *id, bool *same,
                                struct err *e);

/* The project of a marking list: find_project, or the one that has the number
 * in the source of an import. ST_REFUSED when the two differ: marks must not
 * go to a neighbour. */
enum status import_find_project(struct db *db, int64_t call, const char *text,
                                int64_t *id, struct err *e);

/* The newest project so far, of any call; 0: none. */
enum status import_newest(struct db *db, int64_t *id, struct err *e);

/* The project whose own number ("2026-001") is `ref`; *id 0: none. */
enum status import_by_ref(struct db *db, int64_t call, const char *ref,
                          int64_t *id, struct err *e);

/* A project as it stands, to hold a row against; texts are owned. */
struct import_target {
    char *ref, *title, *status;
    int64_t requested, association_id;
    char *association, *siret, *rna; /* of the association; NULL: not known */
};

enum status import_target(struct db *db, int64_t id, struct import_target *t,
                          struct err *e);
void import_target_release(struct import_target *t);

/* Lists to look names up in: themes (id, key, label), communes (code, key),
 * criteria (id, code, label). The caller releases. */
enum status import_themes(struct db *db, int64_t call, struct rows *rows,
                          struct err *e);
enum status import_communes(struct db *db, struct rows *rows, struct err *e);
enum status import_criterion_list(struct db *db, int64_t call,
                                  struct rows *rows, struct err *e);

/* The criterion whose folded code is `key`; *id 0: none. */
enum status import_criterion(struct db *db, int64_t call, const char *key,
                             int64_t *id, struct err *e);

/* The largest award of the call in cents; INT64_MAX when it has none. */
enum status import_max_award(struct db *db, int64_t call, int64_t *cents,
                             struct err *e);

/* How many associations there are. */
enum status import_association_count(struct db *db, int64_t *count,
                                     struct err *e);

/* Adds communes to new projects, many at once: `list` is a JSON array of texts
 * "59392:17", the INSEE code and the project's id. */
enum status import_add_communes(struct db *db, const char *list, struct err *e);

/* What this import changed of projects that a person had corrected by hand
 * since it last came from a file, the caller releases: line, ref, field (a
 * machine name), old, new. Of the rows whose number import_count has seen. */
enum status import_overwritten(struct db *db, struct rows *rows, struct err *e);

/* A row is written completely or not at all, also when the rest goes in. */
enum status import_row_begin(struct db *db, struct err *e);
enum status import_row_keep(struct db *db, struct err *e);
enum status import_row_undo(struct db *db, struct err *e);

#endif
