/* What is computed of a call, as temporary tables: for the lists of the
 * commands and for the queries of reports/. They live as long as the
 * connection's transaction.
 *
 *   temp.ranking(project_id UNIQUE, position INTEGER PRIMARY KEY, rank,
 *       score_num, score_den, score_cp, counted, abstained, recused, missing,
 *       median_cp, min_cp, max_cp, sd REAL, rankable, passes, tie_break,
 *       note, most_cents)
 *     every project that is received or eligible, `position` being its line
 *     in the printed order; rank, score_* are NULL where it is not rankable;
 *     `passes`: it fails no minimum either;
 *     `note` says why, or names the sheets that were renormalised; most_cents
 *     is what the rules of the call let it receive whatever its score
 *   temp.sheet(project_id, member_id, state, total_cp)
 *     a row for each project and member; state is counted, abstained, recused,
 *     missing or incomplete; total_cp is NULL unless counted
 *   temp.criterion_mean(project_id, criterion_id, count, mean_milli)
 *     means of the counted sheets, rounded half up; NULL when there is none
 *   temp.allocation(project_id INTEGER PRIMARY KEY, position, rule,
 *       scenario_id, requested_cents, floor_cents, award_cents,
 *       rest_before_cents, reason, explain)
 *     the plan on which the call stands: scenario_id is the adopted scenario
 *     where one still holds, else NULL (see scenario_plan)
 *   temp.proposal(project_id INTEGER PRIMARY KEY, cents, proposed_cents, why)
 *     for each project of temp.ranking what was decided, else computed; what
 *     was proposed: by the adopted scenario once anything is decided, else by
 *     the rule (NULL: decided without a proposal); and why that was proposed
 *   temp.inputs(digest)
 *     what scenarios rest on, as of now: others are outdated
 *
 * _cp: hundredths of a point out of 100. */
#ifndef STORE_RESULTS_H
#define STORE_RESULTS_H

#include "base/err.h"
#include "core/rules/plan.h"
#include "store/analysis.h"
#include "store/db.h"
#include "store/rows.h"

/* Loads, computes and writes all these tables, once for a connection, and those
 * of store/analysis.h, as far as they are wished for. */
enum status results_compute(struct db *db, int64_t call,
                            const struct analysis_wish *wish, struct err *e);

/* Writes the ranking, the sheets and the means of a plan that is ranked. */
enum status results_put_ranking(struct db *db, const struct plan *p,
                                struct err *e);

/* temp.ranking as a list: scores in hundredths of a point. */
enum status results_ranking(struct db *db, struct rows *rows, struct err *e);
/* temp.ranking with the names of the JSON and the exact scores as texts. */
enum status results_ranking_exact(struct db *db, struct rows *rows,
                                  struct err *e);

#endif
