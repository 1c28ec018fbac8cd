/* The second engine: a plain dynamic program over the cells of the capacity,
 * which shares no code with the first. It proves values, nothing else. */
#ifndef CORE_DYNAMIC_H
#define CORE_DYNAMIC_H

#include "core/rules/knapsack.h"

/* The greatest value within the capacity. False when there are more cells
 * than DYNAMIC_CELLS: the capacity divided by the common divisor of the
 * weights. */
#define DYNAMIC_CELLS 32000000
bool dynamic_value(const struct knapsack *k, int64_t capacity, int64_t *value);

#endif
