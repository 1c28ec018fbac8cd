/* Loading what a ranking is computed from. */
#ifndef STORE_PANEL_H
#define STORE_PANEL_H

#include "base/err.h"
#include "core/rules/plan.h"
#include "store/db.h"

/* Loads a call into an empty plan: its themes, criteria, members, projects
 * (received or eligible), marks and recusals, and the terms that its rules set
 * (see store/terms.h). A received project, whose
 * eligibility is not decided, is ranked but barred from money. The caller
 * releases the plan, also on failure. ST_NO_INPUT: no such call. */
enum status plan_load(struct db *db, int64_t call, struct plan *p,
                      struct err *e);

/* plan_load, plan_rank, plan_open and plan_allocate, as the call says; what is
 * decided already stands, and the rule shares the rest. */
enum status plan_compute(struct db *db, int64_t call, struct plan *p,
                         struct err *e);

/* The SHA-256, in hexadecimal, of everything that was loaded and that a saved
 * allocation rests on: criteria that count, projects with their requests,
 * marks, recusals, quorum, policy and seed. Not the terms: a scenario keeps
 * those. */
#define INPUTS_DIGEST_LEN 65
void plan_inputs_digest(const struct plan *p, char out[INPUTS_DIGEST_LEN]);

#endif
