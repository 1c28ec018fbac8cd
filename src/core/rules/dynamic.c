/* A plain dynamic program: best[c] is the greatest value within c cells. */
#include "core/rules/dynamic.h"
#include "base/mem.h"
#include "core/wide.h"

#include <stdlib.h>

static int64_t common_divisor(const struct knapsack *k)
{
    int64_t divisor = 0;
    for (size_t o = 0; o < k->first[k->classes]; o++)
        divisor = gcd(divisor, k->option[o].weight);
    return divisor > 0 ? divisor : 1;
}

/* From the last cell down, so that lower cells are still without the class. */
static void add_class(const struct knapsack *k, size_t class, int64_t cell,
                      int64_t *best, int64_t cells)
{
    for (int64_t c = cells; c > 0; c--)
        for (size_t o = k->first[class]; o < k->first[class + 1]; o++) {
            int64_t below = c - k->option[o].weight / cell;
            if (below < 0)
                break;
            if (best[below] + k->option[o].value > best[c])
                best[c] = best[below] + k->option[o].value;
        }
}

bool dynamic_value(const struct knapsack *k, int64_t capacity, int64_t *value)
{
    int64_t cell = common_divisor(k), cells = capacity / cell;
    if (cells > DYNAMIC_CELLS)
        return false;
    int64_t *best = xcalloc((size_t)cells + 1, sizeof *best);
    for (size_t i = 0; i < k->classes; i++)
        add_class(k, i, cell, best, cells);
    *value = best[cells];
    free(best);
    return true;
}
