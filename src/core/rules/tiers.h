/* The tiers of a call: what a score gives. */
#ifndef CORE_TIERS_H
#define CORE_TIERS_H

#include "core/rules/allocate.h"

/* Reads "75:100,60:75,50:50" into the terms: scores out of 100 with at most
 * two decimals, percentages above 0 and up to 100. ST_BAD_DATA when it cannot
 * be read, when a score does not fall or a percentage rises from one tier to
 * the next, or when there are more than TIERS_MAX. */
enum status tiers_parse(const char *text, struct terms *t, struct err *e);

/* The tier of a score; NULL when it is under the lowest. */
const struct tier *tier_of(const struct terms *t, int64_t num, int64_t den);

/* What it gives for a request, in whole units unless it is the request. */
int64_t tier_amount(const struct terms *t, const struct tier *tier,
                    int64_t request);

/* The largest request for which it gives no more than `most` (>= 0). */
int64_t tier_request(const struct terms *t, const struct tier *tier,
                     int64_t most);

/* tiers:cut: the least larger rest at which another may leave, or nobody
 * needs to be cut; INT64_MAX when there is none. */
int64_t tiers_cut_next(const struct candidate *c, size_t n,
                       const struct terms *t, int64_t rest);

#endif
