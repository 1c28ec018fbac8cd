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
    const char *received_at; /* minute; needed by project_insert */
    const char *late_reason;
    const char *source_key;   /* how an import knows the row again */
    const char *communes_raw; /* places that are not in the territory's list */
};

/* Checks what the schema would refuse, with messages for people, then adds
 * the row under the next number of the call. ST_REFUSED when it came after
 * the deadline without a reason (the message says the deadline). */
enum status project_insert(struct db *db, const struct project *p, int64_t *id,
                           struct err *e);

/* Writes what is said in `p` over the row (association_id 0: stays; NULL
 * fields stay). `*changed` says whether anything moved. */
enum status project_update(struct db *db, int64_t id, const struct project *p,
                           bool *changed, struct err *e);

/* Adds a commune of the territory to the project; twice is fine. */
enum status project_add_commune(struct db *db, int64_t id, const char *code,
                                struct err *e);

/* Ticks a document as received (again: the day and the note are replaced). */
enum status project_tick(struct db *db, int64_t id, const char *code,
                         const char *received_on, const char *note,
                         struct err *e);
enum status project_untick(struct db *db, int64_t id, const char *code,
                           struct err *e);

/* Moves the project to "received", "eligible", "rejected" or "withdrawn". */
enum status project_set_status(struct db *db, int64_t id, const char *status,
                               const char *reason, struct err *e);

/* What keeps a project from being eligible: columns project, missing (one row
 * a hole: a document not received, the cost when the call has a rate, ...).
 * id 0: all projects of the call that are still "received". */
enum status project_holes(struct db *db, int64_t call, int64_t id,
                          struct rows *rows, struct err *e);

enum status project_list(struct db *db, int64_t call, struct rows *rows,
                         struct err *e);
enum status project_show(struct db *db, int64_t id, struct rows *rows,
                         struct err *e);

#endif
