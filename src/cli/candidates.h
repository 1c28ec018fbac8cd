/* Candidates for an allocation from a CSV file, without a database. */
#ifndef CLI_CANDIDATES_H
#define CLI_CANDIDATES_H

#include "cli/command.h"
#include "core/rules/plan.h"

/* Reads the columns id, score, requested and floor (optional; an empty floor
 * is the request) into the plan, whose terms are set, and sorts it. Other
 * columns are named in a warning. All faults of the file are reported at
 * once, each with its line and column: ST_BAD_DATA. The ids belong to the
 * plan's caller: free them with candidates_release before plan_release. */
enum status candidates_read(struct ctx *ctx, const char *path, struct plan *p);
void candidates_release(struct plan *p);

/* Scores in a file have at most six decimals: millionths of a point. */
#define CANDIDATE_DECIMALS 6

#endif
