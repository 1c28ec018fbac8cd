/* What the linear relaxation of a knapsack proves: in a large one it settles
 * nearly every class, and only a core is left to search (allocation.md, 4.3).
 */
#ifndef CORE_RELAX_H
#define CORE_RELAX_H

#include "core/knapsack.h"

/* Value for each unit of weight: an exact fraction, weight > 0. */
struct slope {
    int64_t value, weight;
};

/* What one more unit of capacity is worth at the optimum of the relaxation:
 * 0 when everything fits. */
struct slope relax_price(const struct knapsack *k, int64_t capacity);

/* The greatest value within the capacity; false when it takes more room. */
bool relax_value(const struct knapsack *k, int64_t capacity, int64_t *value,
                 struct room *room);

/* As knapsack_choose, with the same answer, after taking out every option
 * that no optimum holds. */
bool relax_choose(const struct knapsack *k, int64_t capacity, size_t *choice,
                  struct room *room);

#endif
