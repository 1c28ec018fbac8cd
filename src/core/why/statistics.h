/* Everything that `rank --stats` shows of a ranked and allocated plan: for
 * display only. */
#ifndef CORE_STATISTICS_H
#define CORE_STATISTICS_H

#include "core/panel/agreement.h"
#include "core/panel/bias.h"
#include "core/rules/plan.h"

struct statistics {
    struct ratings ratings;
    struct agreement agreement;
    struct bias bias;               /* the pairs at the funding line known */
    struct project_spread *project; /* by index in the panel */
    struct member_spread *member;
};

/* Computes all of it; the caller releases. */
void statistics_compute(const struct plan *p, struct statistics *out);
void statistics_release(struct statistics *s);

#endif
