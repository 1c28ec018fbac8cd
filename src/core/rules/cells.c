/* From the last class to the first, the best of every capacity, and which
 * options reach it; then from the first to the last, the heaviest that does. */
#include "core/rules/cells.h"
#include "base/mem.h"
#include "core/wide.h"

#include <stdlib.h>
#include <string.h>

struct table {
    int64_t unit;    /* divides all weights */
    size_t row;      /* cells of an option: one for each capacity */
    int64_t *behind; /* the best of the classes behind the one at hand */
    int64_t *best;   /* the same with those of its options so far */
    bool *reaches;   /* of each option: it reaches the best so far */
};

static int64_t common_unit(const struct knapsack *k)
{
    int64_t unit = 0;
    for (size_t o = k->first[0]; o < k->first[k->classes]; o++)
        unit = gcd(unit, k->option[o].weight);
    return unit > 0 ? unit : 1;
}

/* No branch: which is better is as good as random. */
static void add_option(const int64_t *restrict behind, int64_t *restrict best,
                       bool *restrict reaches, size_t count, int64_t value)
{
    for (size_t c = 0; c < count; c++) {
        int64_t with = behind[c] + value;
        bool reached = with >= best[c];
        reaches[c] = reached;
        best[c] = reached ? with : best[c];
    }
}

static void add_class(const struct knapsack *k, size_t class, struct table *t)
{
    memcpy(t->best, t->behind, t->row * sizeof *t->best);
    for (size_t o = k->first[class]; o < k->first[class + 1]; o++) {
        size_t weight = (size_t)(k->option[o].weight / t->unit);
        bool *row = t->reaches + (o - k->first[0]) * t->row;
        if (weight < t->row)
            add_option(t->behind, t->best + weight, row + weight,
                       t->row - weight, k->option[o].value);
    }
    int64_t *done = t->behind;
    t->behind = t->best;
    t->best = done;
}

/* The heaviest option that reaches what it was compared with, the lighter ones,
 * is also better than those that are heavier. */
static size_t choose_one(const struct knapsack *k, size_t class,
                         const struct table *t, size_t left)
{
    for (size_t o = k->first[class + 1]; o-- > k->first[class];)
        if (t->reaches[(o - k->first[0]) * t->row + left])
            return o;
    return KNAPSACK_NONE;
}

bool cells_choose(const struct knapsack *k, int64_t capacity, size_t *choice)
{
    struct table t = {.unit = common_unit(k)};
    size_t options = k->first[k->classes] - k->first[0];
    if (capacity / t.unit >= CELLS_MOST / (int64_t)(options + 1))
        return false;
    t.row = (size_t)(capacity / t.unit) + 1;
    t.behind = xcalloc(t.row, sizeof *t.behind);
    t.best = xcalloc(t.row, sizeof *t.best);
    t.reaches = xcalloc(options * t.row, sizeof *t.reaches);
    for (size_t c = k->classes; c-- > 0;)
        add_class(k, c, &t);
    size_t left = t.row - 1;
    for (size_t c = 0; c < k->classes; c++) {
        choice[c] = choose_one(k, c, &t, left);
        if (choice[c] != KNAPSACK_NONE)
            left -= (size_t)(k->option[choice[c]].weight / t.unit);
    }
    free(t.behind);
    free(t.best);
    free(t.reaches);
    return true;
}
