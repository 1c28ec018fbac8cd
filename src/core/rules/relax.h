/* The linear relaxation of a knapsack, and what it proves of the options: in
 * a large one it settles nearly every class (allocation.md, 4.3). */
#ifndef CORE_RELAX_H
#define CORE_RELAX_H

#include "core/rules/knapsack.h"
#include "core/wide.h"

/* Value for each unit of weight: an exact fraction, weight > 0. */
struct slope {
    int64_t value, weight;
};

/* From a lighter option to a heavier one. */
struct slope slope_between(struct option light, struct option heavy);

/* The sign of a - b. */
int compare_slopes(struct slope a, struct slope b);

/* Option o, or for KNAPSACK_NONE one of no weight and no value. */
struct option option_at(const struct knapsack *k, size_t o);

/* A choice that holds the option o is worth at most
 *
 *   bound(o) = price * capacity + sum over classes of the best of
 *              (value - price * weight), with o's own instead in its class;
 *
 * an option whose bound is less than the optimum is in no optimum. All of it
 * multiplied by the weight of the price, to stay in integers. price: what one
 * more unit of capacity is worth, 0 when everything fits. */
struct bound {
    struct slope price;
    int64_t capacity;
    wide total; /* without any option imposed */
};

/* The relaxation at its optimum. */
struct relaxed {
    struct bound bound;
    size_t *taken;         /* option of each class in the break solution */
    int64_t weight, value; /* of the break solution */
    int64_t feasible;      /* value of the best solution met by the way */
};

void relax(const struct knapsack *k, int64_t capacity, struct relaxed *r);
void relaxed_release(struct relaxed *r);

/* value - price * weight. */
wide worth(const struct bound *b, struct option o);

/* What an option of the class must be worth for a choice that holds it to
 * reach the value. */
wide least_worth(const struct bound *b, const struct knapsack *k, size_t class,
                 int64_t value);

#endif
