/* Random knapsacks of every hard family, and the answer by trying all. */
#ifndef MAKE_KNAPSACK_H
#define MAKE_KNAPSACK_H

#include "base/mem.h"
#include "core/rules/knapsack.h"
#include "make_panel.h"

/* How weights and values hang together (Pisinger's families). */
enum family { RANDOM, WEAK, STRONG, INVERSE, SUBSET_SUM, FAMILIES };

static inline int64_t value_of(enum family f, int64_t weight, int64_t most,
                               uint64_t *seed)
{
    int64_t tenth = most / 10 + 1, v = 0;
    switch (f) {
    case RANDOM:
        v = 1 + random_below(seed, most);
        break;
    case WEAK:
        v = weight + random_below(seed, 2 * tenth) - tenth;
        break;
    case STRONG:
        v = weight + tenth;
        break;
    case INVERSE:
        v = weight - tenth;
        break;
    case SUBSET_SUM:
    case FAMILIES:
        v = weight;
        break;
    }
    return v > 0 ? v : 0;
}

/* So many classes of 1 to `options` options, of weights up to `most` in
 * multiples of `unit`. */
static inline struct knapsack make_knapsack(enum family f, size_t classes,
                                            size_t options, int64_t most,
                                            int64_t unit, uint64_t *seed)
{
    struct knapsack k = {.classes = classes};
    k.first = xcalloc(classes + 1, sizeof *k.first);
    k.option = xcalloc(classes * options, sizeof *k.option);
    for (size_t c = 0; c < classes; c++) {
        size_t n = 1 + (size_t)random_below(seed, (int64_t)options);
        int64_t weight = 0;
        k.first[c + 1] = k.first[c];
        for (size_t o = 0; o < n; o++) {
            weight += unit * (1 + random_below(seed, most / unit));
            k.option[k.first[c + 1]++] =
                (struct option){weight, value_of(f, weight, most, seed)};
        }
    }
    return k;
}

static inline int64_t total_weight(const struct knapsack *k)
{
    int64_t sum = 0;
    for (size_t c = 0; c < k->classes; c++)
        sum += k->option[k->first[c + 1] - 1].weight;
    return sum;
}

/* ----------------------------------------------------------- trying all */

struct brute {
    const struct knapsack *k;
    size_t now[16], best[16];
    int64_t value;
    /* The best with, and without, each class; and the best that differs from
     * `chosen`, which is the answer of the engine. */
    int64_t with[16], without[16], second;
    const size_t *chosen;
};

static inline void brute_leaf(struct brute *b, int64_t value)
{
    bool differs = false;
    for (size_t c = 0; c < b->k->classes; c++) {
        int64_t *side = b->now[c] == KNAPSACK_NONE ? b->without : b->with;
        if (value > side[c])
            side[c] = value;
        differs = differs || (b->chosen != NULL && b->now[c] != b->chosen[c]);
    }
    if (differs && value > b->second)
        b->second = value;
    if (value > b->value) {
        b->value = value;
        memcpy(b->best, b->now, sizeof b->best);
    }
}

/* Heaviest first in each class: the first of the best is the one that the
 * stated rule wants. */
static inline void brute_from(struct brute *b, size_t class, int64_t left,
                              int64_t value)
{
    const struct knapsack *k = b->k;
    if (class == k->classes) {
        brute_leaf(b, value);
        return;
    }
    for (size_t o = k->first[class + 1]; o-- > k->first[class];) {
        if (k->option[o].weight > left)
            continue;
        b->now[class] = o;
        brute_from(b, class + 1, left - k->option[o].weight,
                   value + k->option[o].value);
    }
    b->now[class] = KNAPSACK_NONE;
    brute_from(b, class + 1, left, value);
}

static inline struct brute brute_force(const struct knapsack *k,
                                       int64_t capacity, const size_t *chosen)
{
    struct brute b = {.k = k, .value = -1, .second = -1, .chosen = chosen};
    for (size_t c = 0; c < 16; c++)
        b.with[c] = b.without[c] = -1;
    brute_from(&b, 0, capacity, 0);
    return b;
}

#endif
