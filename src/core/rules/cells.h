/* The optimum of the stated rule by a table with a cell for each class and
 * amount: for many classes in whole euros, whose lists would be as long
 * (allocation.md, 4.2). */
#ifndef CORE_CELLS_H
#define CORE_CELLS_H

#include "core/rules/knapsack.h"

/* As knapsack_choose, with the same answer. False when there would be more
 * than CELLS_MOST cells, of a byte: the capacity over the common divisor of the
 * weights, for each option. */
#define CELLS_MOST 32000000
bool cells_choose(const struct knapsack *k, int64_t capacity, size_t *choice);

#endif
