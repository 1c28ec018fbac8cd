/* The core search: from the break solution of the relaxation outwards, only
 * as far as its bound lets anything better or equal be (allocation.md, 4.3). */
#ifndef CORE_SEARCH_H
#define CORE_SEARCH_H

#include "core/rules/knapsack.h"

/* The greatest value within the capacity; *value comes in as one that can be
 * reached, 0 if none is known. False when it takes more room; the value is
 * then the best that was met. */
bool search_value(const struct knapsack *k, int64_t capacity, int64_t *value,
                  struct room *room);

/* As knapsack_choose, with the same answer. False also when there are more
 * options than a key can tell apart: 128 of classes with one each. */
bool search_choose(const struct knapsack *k, int64_t capacity, size_t *choice,
                   struct room *room);

#endif
