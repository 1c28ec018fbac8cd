/* Projects: the applications of a call. */
#ifndef STORE_PROJECT_H
#define STORE_PROJECT_H

#include "base/err.h"
#include "store/db.h"
#include "store/rows.h"

#include <stdbool.h>
#include <stdint.h>

/* What an application says; NULL: not said. Amounts in cents, days ISO. */
struct project {
    int64_t call_year;
    int64_t association_id;
    const char *title;
    const int64_t *theme_id;
    const int64_t *requested_cents; /* needed by project_insert */
    const int64_t *minimum_cents, *cost_cents, *other_public_cents;
    const char *starts_on, *ends_on;
    const int64_t *beneficiaries;
    const char *received_at;  /* minute; needed by project_insert */
    const char *late_reason;  /* set aside when the project is on time */
    const char *source_key;   /* how an import knows the row again */
    const char *communes_raw; /* places that are not in the territory's list */
};

/* Checks what the schema would refuse, with messages for people, then adds
 * the row under the next number of the call. ST_REFUSED when it came after
 * the deadline without a reason (the message says the deadline), ST_BAD_DATA
 * when its own figures contradict each other. */
enum status project_insert(struct db *db, const struct project *p, int64_t *id,
                           struct err *e);

/* Calls `fault` for each rule that the figures of `p` break among themselves,
 * as project_insert would, which stops at the first. A missing request is not
 * one of them. */
typedef void project_fault(void *arg, const struct err *why);
void project_faults(const struct project *p, project_fault *fault, void *arg);

/* Writes what is said in `p` over the row, after the same checks on the whole
 * (association_id 0: stays; NULL fields stay; INT64_MIN and "" forget what was
 * known; call_year is not read). */
enum status project_update(struct db *db, int64_t id, const struct project *p,
                           struct err *e);

/* Makes the communes of the project those of `codes`, INSEE codes of the
 * territory; one that is there twice counts once. */
enum status project_set_communes(struct db *db, int64_t id,
                                 const char *const *codes, size_t count,
                                 struct err *e);

/* Ticks a document as received (again: the day and the note are replaced; a
 * NULL note stays). ST_NO_INPUT when the call asks for no such document: the
 * message lists those it asks for. Codes may be typed in any case. */
enum status project_tick(struct db *db, int64_t id, const char *code,
                         const char *received_on, const char *note,
                         struct err *e);
/* ST_REFUSED where a decision is recorded on the project: what led to it stays
 * as it is, and the sentence says how to take the decision back. */
enum status project_undecided(struct db *db, int64_t id, struct err *e);

/* Takes the tick off; an eligible project is then only "received" again, and
 * *lost says so. ST_REFUSED when a decision has been taken on the project. */
enum status project_untick(struct db *db, int64_t id, const char *code,
                           bool *lost, struct err *e);

/* Moves the project to "received", "eligible", "rejected" or "withdrawn".
 * `reason` is needed by the last two. ST_REFUSED when a decision stands in
 * the way, or when the project is already withdrawn or rejected and is meant
 * to become anything but "received". */
enum status project_set_status(struct db *db, int64_t id, const char *status,
                               const char *reason, struct err *e);

/* What keeps a project from being eligible: columns project, missing, label
 * (one row a hole). `missing` is the code of a document not received, or
 * "cost" (unknown, and the call has a maximum rate), "rate" (other public
 * money leaves nothing under that rate) or "minimum" (the request is below the
 * call's minimum award); `label` says it in words.
 * id 0: all projects of the call that are still "received". */
enum status project_holes(struct db *db, int64_t call, int64_t id,
                          struct rows *rows, struct err *e);

/* How many projects of a status have holes, and the numbers of the first
 * ("2026-004, 2026-011"; the caller frees, NULL when there are none). */
enum status project_incomplete(struct db *db, int64_t call, const char *status,
                               int64_t *count, char **first, struct err *e);

/* One line each, those of one status or of all (NULL). */
enum status project_list(struct db *db, int64_t call, const char *status,
                         struct rows *rows, struct err *e);
/* The same with everything known of them, for CSV and JSON. */
enum status project_list_full(struct db *db, int64_t call, const char *status,
                              struct rows *rows, struct err *e);
/* Where a confidential association's project takes place is told only when
 * `office` (a screen of the office, no export). */
enum status project_show(struct db *db, int64_t id, bool office,
                         struct rows *rows, struct err *e);
/* The documents the call asks for: code, label, received_on, note. */
enum status project_documents(struct db *db, int64_t id, struct rows *rows,
                              struct err *e);

/* What is above its ceiling: "envelope" or "maximum", else NULL; `*limit` is
 * the ceiling in cents. For warnings: neither is refused. */
enum status project_above(struct db *db, int64_t id, const char **what,
                          int64_t *limit, struct err *e);

/* Another project of the call with the same title, of the same association or
 * of one of the same name (a corrected SIRET makes a second one), not
 * withdrawn or rejected, with an id up to `newest`: *ref is its number, the
 * caller's to free, or NULL. */
enum status project_twin(struct db *db, int64_t id, int64_t newest, char **ref,
                         struct err *e);
/* Whether it came in after the deadline. */
enum status project_is_late(struct db *db, int64_t id, bool *late,
                            struct err *e);

/* Its status; the caller frees. */
enum status project_status(struct db *db, int64_t id, char **status,
                           struct err *e);
/* ST_NO_INPUT, with why the project, withdrawn or rejected, takes no part in
 * an allocation. */
enum status project_refuse_part(struct db *db, int64_t id, struct err *e);

/* The projects of a call with that status, in the order of their numbers;
 * the caller frees *ids. */
enum status project_ids(struct db *db, int64_t call, const char *status,
                        int64_t **ids, size_t *count, struct err *e);

#endif
