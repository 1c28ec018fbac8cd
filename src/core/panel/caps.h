/* What the rules of a call let a project receive at most and at least. */
#ifndef CORE_CAPS_H
#define CORE_CAPS_H

#include "core/panel/panel.h"

/* The bounds of a call; -1: it sets none. */
struct caps {
    int64_t min_award, max_award; /* cents */
    int64_t max_rate_bp;          /* public money / cost, hundredths of % */
    int64_t floor_share_bp;       /* floor / request where none was declared */
};

/* What the application says; -1: not said. Cents. */
struct means {
    int64_t minimum, cost, other_public;
};

/* Sets the amounts, the cap and the bar of an entry whose asked_cents is
 * known and whose bar is BAR_NONE or BAR_UNDECIDED (which stays). */
void caps_apply(const struct caps *caps, const struct means *means,
                struct entry *entry);

#endif
