/* Takes out what the bound of the relaxation settles, and searches the rest:
 * by keys; where they are too many, by a table or by lists. */
#include "core/rules/settle.h"
#include "base/err.h"
#include "base/mem.h"
#include "core/rules/cells.h"
#include "core/rules/relax.h"
#include "core/rules/search.h"

#include <stdlib.h>

struct reduction {
    const struct bound *bound;
    struct knapsack rest;   /* the classes that are not settled */
    size_t *class, *option; /* what those of `rest` are in the whole */
    int64_t left;           /* of the capacity, for them */
    int64_t value;          /* of the classes that are settled */
};

/* Adds the options of the class that a choice of that value may hold to the
 * rest; how many ways it has, taking none of them included. */
static size_t sift(struct reduction *d, const struct knapsack *k, size_t class,
                   int64_t value)
{
    wide need = least_worth(d->bound, k, class, value);
    size_t ways = need <= 0, n = d->rest.first[d->rest.classes];
    for (size_t o = k->first[class]; o < k->first[class + 1]; o++) {
        if (k->option[o].weight > d->bound->capacity ||
            worth(d->bound, k->option[o]) < need)
            continue;
        d->rest.option[n] = k->option[o];
        d->option[n++] = o;
        ways++;
    }
    d->rest.first[d->rest.classes + 1] = n;
    return ways;
}

/* Sifts every class, `value` being within reach: one way left settles it, else
 * it joins the rest. */
static void reduce(struct reduction *d, const struct knapsack *k, int64_t value,
                   size_t *choice)
{
    d->rest.classes = 0;
    d->left = d->bound->capacity;
    d->value = 0;
    for (size_t c = 0; c < k->classes; c++) {
        size_t begin = d->rest.first[d->rest.classes];
        size_t ways = sift(d, k, c, value);
        size_t end = d->rest.first[d->rest.classes + 1];
        choice[c] = KNAPSACK_NONE;
        if (ways == 0)
            BUG("a bound below the optimum");
        if (ways > 1) {
            d->class[d->rest.classes++] = c;
        } else if (end > begin) {
            choice[c] = d->option[begin];
            d->left -= k->option[choice[c]].weight;
            d->value += k->option[choice[c]].value;
        }
    }
}

/* States that a search by keys may make: where many choices of one value have
 * many weights, lists without keys are shorter. */
#define KEYED_WORK 300000

static bool choose_keyed(const struct reduction *d, size_t *rest)
{
    struct room few = {.limit = KEYED_WORK, .work = KEYED_WORK};
    return search_choose(&d->rest, d->left, rest, &few);
}

static void choose_rest(const struct reduction *d, const size_t *rest,
                        size_t *choice)
{
    for (size_t i = 0; i < d->rest.classes; i++)
        choice[d->class[i]] =
            rest[i] == KNAPSACK_NONE ? KNAPSACK_NONE : d->option[rest[i]];
}

bool settle(const struct knapsack *k, int64_t capacity, size_t *choice,
            struct room *room)
{
    struct relaxed r;
    relax(k, capacity, &r);
    struct reduction d = {.bound = &r.bound};
    d.rest.first = xcalloc(k->classes + 1, sizeof *d.rest.first);
    d.rest.option = xcalloc(k->first[k->classes], sizeof *d.rest.option);
    d.option = xcalloc(k->first[k->classes], sizeof *d.option);
    d.class = xcalloc(k->classes, sizeof *d.class);
    size_t *rest = xcalloc(k->classes, sizeof *rest);
    reduce(&d, k, r.feasible, choice);
    bool fits = choose_keyed(&d, rest);
    if (!fits) { /* the greatest value leaves less to choose from */
        int64_t best = r.feasible - d.value;
        search_value(&d.rest, d.left, &best, room);
        reduce(&d, k, d.value + best, choice);
        fits = choose_keyed(&d, rest) || cells_choose(&d.rest, d.left, rest) ||
               knapsack_choose(&d.rest, d.left, rest, room);
    }
    if (fits)
        choose_rest(&d, rest, choice);
    knapsack_release(&d.rest);
    free(d.option);
    free(d.class);
    free(rest);
    relaxed_release(&r);
    return fits;
}
