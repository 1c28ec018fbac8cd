/* What stands behind a computed allocation, as temporary tables beside those
 * of store/results.h, for the queries of reports/. Texts are in the language
 * in force; a figure that cannot be had is NULL, or a text that says so.
 *
 *   temp.fact_project(project_id INTEGER PRIMARY KEY, position, rule,
 *       requested_cents, award_cents, reason, score_cp, place_id, amount_cents,
 *       envelope_cents, presence, price_bp, price_cents)
 *     core/why/facts.h of every project of temp.allocation; score_cp is what
 *     would be needed, rounded up, or as a text the score to be passed, to
 *     four decimals; presence is in-all, in-some or in-none; price_bp is the
 *     share of the greatest value that imposing price_cents costs
 *   temp.fact_sentence(text)
 *     what explain_outlook says of the allocation as a whole; no row: nothing
 *   temp.agreement_panel(position, name, value_cp)
 *   temp.agreement_block(projects, members, alpha_projects, alpha_sheets)
 *   temp.agreement_member(member_id, n, mean_cp, min_cp, max_cp, sd_cp,
 *       severity_cp)
 *   temp.agreement_project(project_id, n, mean_cp, median_cp, min_cp, max_cp,
 *       range_cp, sd_cp, adjusted_cp, shift_cp, discuss)
 *   temp.agreement_reversal(position, above_id, below_id, at_the_line)
 *   temp.agreement_sentence(position, text)
 *   temp.robust_project(project_id, solidity, every_case)
 *   temp.robust_rule(position, rule, project_id, award_cents, refusal)
 *     of a rule that cannot run on this call: one row without project
 *   temp.robust_member(member_id, enter, leave, tau_cp, below_quorum)
 *   temp.robust_move(position, project_id, up, marks, enter, leave)
 *   temp.robust_weight(criterion_id, weight, less, more)
 *   temp.robust_sentence(position, text)
 *     one sentence and empty tables where the call is too large for it
 *
 * _cp: hundredths; _bp: hundredths of a percent. */
#ifndef STORE_ANALYSIS_H
#define STORE_ANALYSIS_H

#include "base/err.h"
#include "core/rules/plan.h"
#include "store/db.h"

/* The most projects for which robustness is computed in a workbook: its time
 * grows with their square (200: about one second). */
#define ROBUST_MOST 200

/* Which tables are filled; those of the others are empty. */
struct analysis_wish {
    bool facts, agreement, robust;
};

/* The wishes of a report, told by the names of the tables in its text. */
void analysis_wish_of(const char *report, struct analysis_wish *wish);

/* Writes the tables of an allocated plan, once for a connection, within the
 * transaction of store/results.h; plan_explain has been called. */
enum status analysis_put(struct db *db, const struct plan *p,
                         const struct analysis_wish *wish, struct err *e);

#endif
