/* The relaxation takes the steps of the upper hull of each class from the
 * steepest down, until one does not fit: its slope is the price of capacity.
 * What it has taken until then is the break solution. */
#include "core/rules/relax.h"
#include "base/mem.h"

#include <stdlib.h>

/* A step of a hull: from the option before it (or none) to this one. */
struct step {
    struct slope slope;
    size_t class, option, before;
};

static const struct option no_option = {0, 0};

struct option option_at(const struct knapsack *k, size_t o)
{
    return o == KNAPSACK_NONE ? no_option : k->option[o];
}

struct slope slope_between(struct option light, struct option heavy)
{
    return (struct slope){heavy.value - light.value,
                          heavy.weight - light.weight};
}

int compare_slopes(struct slope a, struct slope b)
{
    return compare_products(a.value, b.weight, b.value, a.weight);
}

/* ---------------------------------------------------------------- the bound */

wide worth(const struct bound *b, struct option o)
{
    return (wide)o.value * b->price.weight - (wide)b->price.value * o.weight;
}

static wide best_worth(const struct bound *b, const struct knapsack *k,
                       size_t class)
{
    wide best = 0;
    for (size_t o = k->first[class]; o < k->first[class + 1]; o++)
        if (k->option[o].weight <= b->capacity && worth(b, k->option[o]) > best)
            best = worth(b, k->option[o]);
    return best;
}

static struct bound bound_of(const struct knapsack *k, struct slope price,
                             int64_t capacity)
{
    struct bound b = {price, capacity, (wide)price.value * capacity};
    for (size_t c = 0; c < k->classes; c++)
        b.total += best_worth(&b, k, c);
    return b;
}

wide least_worth(const struct bound *b, const struct knapsack *k, size_t class,
                 int64_t value)
{
    return (wide)value * b->price.weight - b->total + best_worth(b, k, class);
}

/* ----------------------------------------------------------- the relaxation */

/* The steepest first, then in the order of the classes. */
static int by_slope(const void *x, const void *y)
{
    const struct step *a = x, *b = y;
    int cmp = compare_slopes(b->slope, a->slope);
    return cmp != 0 ? cmp : (a->option > b->option) - (a->option < b->option);
}

/* Appends the hull of a class to out[n..]; the new n. */
static size_t add_hull(const struct knapsack *k, size_t class, int64_t capacity,
                       struct step *out, size_t n)
{
    size_t begin = n;
    for (size_t o = k->first[class]; o < k->first[class + 1]; o++) {
        size_t before = n > begin ? out[n - 1].option : KNAPSACK_NONE;
        if (k->option[o].weight > capacity ||
            k->option[o].value <= option_at(k, before).value)
            continue;
        struct slope s = slope_between(option_at(k, before), k->option[o]);
        while (n > begin && compare_slopes(s, out[n - 1].slope) >= 0) {
            before = out[--n].before;
            s = slope_between(option_at(k, before), k->option[o]);
        }
        out[n++] = (struct step){s, class, o, before};
    }
    return n;
}

/* Takes the steps that still fit behind the break, for a good solution to
 * begin with. */
static void fill_up(const struct step *step, size_t from, size_t n,
                    int64_t capacity, const struct relaxed *r, int64_t *value)
{
    int64_t weight = r->weight;
    *value = r->value;
    for (size_t i = from; i < n; i++)
        if (r->taken[step[i].class] == step[i].before &&
            step[i].slope.weight <= capacity - weight) {
            weight += step[i].slope.weight;
            *value += step[i].slope.value;
        }
}

void relax(const struct knapsack *k, int64_t capacity, struct relaxed *r)
{
    size_t n = 0, i = 0;
    struct step *step = xcalloc(k->first[k->classes] + 1, sizeof *step);
    struct slope price = {0, 1};
    *r = (struct relaxed){0};
    r->taken = xcalloc(k->classes, sizeof *r->taken);
    for (size_t c = 0; c < k->classes; c++) {
        r->taken[c] = KNAPSACK_NONE;
        n = add_hull(k, c, capacity, step, n);
    }
    qsort(step, n, sizeof *step, by_slope);
    for (; i < n && step[i].slope.weight <= capacity - r->weight; i++) {
        r->weight += step[i].slope.weight;
        r->value += step[i].slope.value;
        r->taken[step[i].class] = step[i].option;
    }
    if (i < n)
        price = step[i].slope;
    r->bound = bound_of(k, price, capacity);
    fill_up(step, i, n, capacity, r, &r->feasible);
    free(step);
}

void relaxed_release(struct relaxed *r)
{
    free(r->taken);
    *r = (struct relaxed){0};
}
