/* Whole numbers in proportion. */
#include "core/proportion.h"
#include "base/mem.h"
#include "core/wide.h"

#include <stdlib.h>

struct remainder {
    wide rest;
    size_t at;
};

static int by_rest(const void *x, const void *y)
{
    const struct remainder *a = x, *b = y;
    int cmp = (a->rest < b->rest) - (a->rest > b->rest);
    return cmp != 0 ? cmp : (a->at > b->at) - (a->at < b->at);
}

void largest_remainder(const int64_t *weight, size_t n, int64_t whole,
                       int64_t *out)
{
    wide sum = 0;
    int64_t left = whole;
    for (size_t i = 0; i < n; i++)
        sum += weight[i];
    if (sum == 0)
        return;
    struct remainder *r = xcalloc(n, sizeof *r);
    for (size_t i = 0; i < n; i++) {
        wide part = (wide)whole * weight[i];
        out[i] = (int64_t)(part / sum);
        r[i] = (struct remainder){part % sum, i};
        left -= out[i];
    }
    qsort(r, n, sizeof *r, by_rest);
    for (size_t i = 0; left > 0; i++, left--)
        out[r[i].at]++;
    free(r);
}

void proportion_share(const int64_t *amount, size_t n, int64_t sum,
                      int64_t unit, int64_t *out)
{
    wide total = 0;
    for (size_t i = 0; i < n; i++) {
        total += amount[i];
        out[i] = amount[i];
    }
    if (total <= sum)
        return;
    largest_remainder(amount, n, sum / unit, out);
    for (size_t i = 0; i < n; i++)
        out[i] = out[i] * unit < amount[i] ? out[i] * unit : amount[i];
}
