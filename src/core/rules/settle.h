/* The optimum of the stated rule, by whatever way is the shortest
 * (allocation.md, 4.2). */
#ifndef CORE_SETTLE_H
#define CORE_SETTLE_H

#include "core/rules/knapsack.h"

/* As knapsack_choose, with the same answer. */
bool settle(const struct knapsack *k, int64_t capacity, size_t *choice,
            struct room *room);

#endif
