/* The core search.
 *
 * It looks at what deviates from the break solution, beginning with the
 * classes whose slopes are next to the price, and keeps of all deviations
 * those that no lighter one equals and that may still win. A key in each
 * tells equal values apart, so that one search finds the one optimum that the
 * stated rule wants among many. */
#include "core/rules/search.h"
#include "base/mem.h"
#include "core/rules/relax.h"
#include "core/wide.h"

#include <stdlib.h>

/* What a class can do to the break solution: gain at most `up` for each unit
 * of weight that it adds, lose at least `down` for each that it gives back. */
struct turn {
    size_t class;
    bool can_add, can_give;
    struct slope up, down;
    wide distance; /* from the price of the nearer of the two */
};

/* What deviating reaches. The key has a digit for each class, the first class
 * the highest: the rank of its option among its own by weight, 0 for none. Of
 * two choices of one value the stated rule wants the one with the greater
 * key. */
#define KEY_BITS 128
__extension__ typedef unsigned __int128 key;

struct reached {
    int64_t weight, value;
    key key;
};

/* By rising weight, each better than all that are lighter. */
struct reaches {
    struct reached *at;
    size_t count;
};

struct core {
    const struct knapsack *k;
    struct relaxed r;
    int64_t capacity;
    int64_t best; /* the greatest value met that fits */
    /* Of the digit of each class. NULL: only the value is looked for, and
     * what equals the best is not wanted. */
    const unsigned *shift;
    size_t turns;
    struct turn *turn;
    struct reaches now;
    struct room *room;
};

/* --------------------------------------------------------------- the turns */

/* |s - price|, in a unit that is the same for all: enough to sort by. */
static wide distance(struct slope s, struct slope price)
{
    wide d = (wide)s.value * price.weight - (wide)price.value * s.weight;
    return (d < 0 ? -d : d) / s.weight;
}

/* A heavier option that is worth less takes nothing from what is there. */
static void look_up(struct turn *t, struct slope s)
{
    if (s.value < 0)
        s = (struct slope){0, 1};
    if (!t->can_add || compare_slopes(s, t->up) > 0)
        t->up = s;
    t->can_add = true;
}

static void look_down(struct turn *t, struct slope s)
{
    if (!t->can_give || compare_slopes(s, t->down) < 0)
        t->down = s;
    t->can_give = true;
}

static struct turn turn_of(const struct core *c, size_t class)
{
    const struct knapsack *k = c->k;
    struct turn t = {.class = class};
    size_t taken = c->r.taken[class];
    struct option here = option_at(k, taken);
    if (taken != KNAPSACK_NONE)
        look_down(&t, slope_between(option_at(k, KNAPSACK_NONE), here));
    for (size_t o = k->first[class]; o < k->first[class + 1]; o++) {
        if (o == taken || k->option[o].weight > c->capacity)
            continue;
        if (k->option[o].weight > here.weight)
            look_up(&t, slope_between(here, k->option[o]));
        else
            look_down(&t, slope_between(k->option[o], here));
    }
    wide up = t.can_add ? distance(t.up, c->r.bound.price) : 0;
    wide down = t.can_give ? distance(t.down, c->r.bound.price) : up;
    t.distance = t.can_add && up < down ? up : down;
    return t;
}

static int by_distance(const void *x, const void *y)
{
    const struct turn *a = x, *b = y;
    int cmp = (a->distance > b->distance) - (a->distance < b->distance);
    return cmp != 0 ? cmp : (a->class > b->class) - (a->class < b->class);
}

/* Makes each turn's slopes those of itself and of all turns behind it. */
static void gather_slopes(struct turn *t, size_t n)
{
    for (size_t i = n; i-- > 1;) {
        if (t[i].can_add)
            look_up(&t[i - 1], t[i].up);
        if (t[i].can_give)
            look_down(&t[i - 1], t[i].down);
    }
}

static void plan_turns(struct core *c)
{
    c->turn = xcalloc(c->k->classes, sizeof *c->turn);
    for (size_t i = 0; i < c->k->classes; i++) {
        struct turn t = turn_of(c, i);
        if (t.can_add || t.can_give)
            c->turn[c->turns++] = t;
    }
    qsort(c->turn, c->turns, sizeof *c->turn, by_distance);
    gather_slopes(c->turn, c->turns);
}

/* ---------------------------------------------------------------- the keys */

/* How many bits the digit of a class takes. */
static unsigned digit_bits(const struct knapsack *k, size_t class)
{
    unsigned bits = 0;
    while ((k->first[class + 1] - k->first[class]) >> bits > 0)
        bits++;
    return bits;
}

/* Gives each class its digit, the last class the lowest; false when they do
 * not fit. */
static bool place_digits(const struct knapsack *k, unsigned *shift)
{
    unsigned bits = 0;
    for (size_t i = k->classes; i-- > 0; bits += digit_bits(k, i)) {
        if (bits + digit_bits(k, i) > KEY_BITS)
            return false;
        shift[i] = bits;
    }
    return true;
}

static key digit_of(const struct core *c, size_t class, size_t o)
{
    if (o == KNAPSACK_NONE || c->shift == NULL)
        return 0;
    return (key)(o - c->k->first[class] + 1) << c->shift[class];
}

static size_t option_of(const struct core *c, size_t class, key all)
{
    size_t mask = ((size_t)1 << digit_bits(c->k, class)) - 1;
    size_t digit = (size_t)(all >> c->shift[class]) & mask;
    return digit == 0 ? KNAPSACK_NONE : c->k->first[class] + digit - 1;
}

/* -------------------------------------------------------------- the search */

/* The least value that is wanted. */
static int64_t wanted(const struct core *c)
{
    return c->best + (c->shift == NULL);
}

/* Whether the turns from t on (NULL: none) may yet make what is wanted of
 * this. Beyond the capacity, weight must be given back first. */
static inline bool may_win(const struct core *c, const struct reached *s,
                           const struct turn *t)
{
    wide room = c->capacity - s->weight, lacking = wanted(c) - s->value;
    if (room < 0)
        return t != NULL && t->can_give &&
               lacking * t->down.weight <= room * t->down.value;
    if (t == NULL || !t->can_add)
        return lacking <= 0;
    return lacking * t->up.weight <= room * t->up.value;
}

static inline bool is_better(const struct reached *a, const struct reached *b)
{
    return a->value > b->value || (a->value == b->value && a->key > b->key);
}

static inline struct reached moved(const struct reached *a,
                                   const struct reached *by)
{
    return (struct reached){a->weight + by->weight, a->value + by->value,
                            a->key + by->key};
}

/* How many of the list fit the capacity. */
static size_t count_within(const struct reaches *s, int64_t capacity)
{
    size_t lo = 0, hi = s->count;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (s->at[mid].weight <= capacity)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* The list moved may hold a better solution than any before. */
static void note_best(struct core *c, const struct reaches *s,
                      const struct reached *by)
{
    size_t n = count_within(s, c->capacity - by->weight);
    if (n > 0 && s->at[n - 1].value + by->value > c->best)
        c->best = s->at[n - 1].value + by->value;
}

/* Writes `x` when no lighter one equals it and it may win; the new count. What
 * may not win need not be compared with: nor may any that it is better than. */
static inline size_t put(const struct core *c, const struct turn *next,
                         struct reached *out, size_t n, struct reached x)
{
    out[n] = x;
    if (n > 0 && !is_better(&x, &out[n - 1]))
        return n;
    return n + may_win(c, &x, next);
}

/* Merges `a` with `b` moved. */
static size_t merge(const struct core *c, const struct reaches *a,
                    const struct reaches *b, const struct reached *by,
                    const struct turn *next, struct reached *out)
{
    size_t i = 0, j = 0, n = 0;
    while (i < a->count && j < b->count) {
        struct reached x = a->at[i], y = moved(&b->at[j], by);
        bool first =
            x.weight < y.weight || (x.weight == y.weight && is_better(&x, &y));
        n = put(c, next, out, n, first ? x : y);
        i += first;
        j += !first;
    }
    for (; i < a->count; i++)
        n = put(c, next, out, n, a->at[i]);
    for (; j < b->count; j++)
        n = put(c, next, out, n, moved(&b->at[j], by));
    return n;
}

/* Adds to `acc` what all of c->now, moved, makes; `acc` may be c->now. */
static bool deviate(struct core *c, struct reaches *acc,
                    const struct reached *by, const struct turn *next)
{
    size_t size = acc->count + c->now.count;
    struct reaches out = {0};
    c->room->made += size;
    if (c->room->made > c->room->work || size > c->room->limit)
        return false;
    out.at = xmalloc(size * sizeof *out.at);
    note_best(c, &c->now, by);
    out.count = merge(c, acc, &c->now, by, next, out.at);
    if (acc->at != c->now.at)
        free(acc->at);
    *acc = out;
    return true;
}

/* Every state with what the class can do instead of its part in the break
 * solution, as far as that may win. */
static bool take_turn(struct core *c, size_t class, const struct turn *next)
{
    const struct knapsack *k = c->k;
    size_t taken = c->r.taken[class];
    struct option here = option_at(k, taken);
    struct reaches acc = c->now;
    bool fits = true;
    for (size_t o = k->first[class]; fits && o <= k->first[class + 1]; o++) {
        size_t to = o < k->first[class + 1] ? o : KNAPSACK_NONE;
        struct option there = option_at(k, to);
        key digits = digit_of(c, class, to) - digit_of(c, class, taken);
        struct reached by = {there.weight - here.weight,
                             there.value - here.value, digits};
        if (to != taken && there.weight <= c->capacity &&
            worth(&c->r.bound, there) >=
                least_worth(&c->r.bound, k, class, wanted(c)))
            fits = deviate(c, &acc, &by, next);
    }
    if (acc.at != c->now.at)
        free(c->now.at);
    c->now = acc;
    return fits;
}

static void drop_hopeless(struct core *c, const struct turn *next)
{
    size_t n = 0;
    for (size_t i = 0; i < c->now.count; i++)
        if (may_win(c, &c->now.at[i], next))
            c->now.at[n++] = c->now.at[i];
    c->now.count = n;
}

/* Leaves in c->now what is wanted, the best last. */
static bool run_turns(struct core *c)
{
    bool fits = true;
    for (size_t i = 0; fits && i < c->turns && c->now.count > 0; i++) {
        const struct turn *next = i + 1 < c->turns ? &c->turn[i + 1] : NULL;
        fits = take_turn(c, c->turn[i].class, next);
        drop_hopeless(c, next);
    }
    return fits;
}

static bool search(struct core *c, const struct knapsack *k, int64_t capacity,
                   const unsigned *shift, int64_t reached, struct room *room)
{
    *c = (struct core){
        .k = k, .capacity = capacity, .shift = shift, .room = room};
    relax(k, capacity, &c->r);
    c->best = c->r.feasible > reached ? c->r.feasible : reached;
    plan_turns(c);
    c->now = (struct reaches){xmalloc(sizeof *c->now.at), 1};
    c->now.at[0] = (struct reached){c->r.weight, c->r.value, 0};
    for (size_t i = 0; i < k->classes; i++)
        c->now.at[0].key |= digit_of(c, i, c->r.taken[i]);
    return run_turns(c);
}

static void core_release(struct core *c)
{
    relaxed_release(&c->r);
    free(c->turn);
    free(c->now.at);
}

bool search_value(const struct knapsack *k, int64_t capacity, int64_t *value,
                  struct room *room)
{
    struct core c;
    bool fits = search(&c, k, capacity, NULL, *value, room);
    *value = c.best;
    core_release(&c);
    return fits;
}

bool search_choose(const struct knapsack *k, int64_t capacity, size_t *choice,
                   struct room *room)
{
    struct core c;
    unsigned *shift = xcalloc(k->classes, sizeof *shift);
    bool fits = place_digits(k, shift);
    if (fits) {
        fits = search(&c, k, capacity, shift, 0, room);
        for (size_t i = 0; fits && i < k->classes; i++)
            choice[i] = option_of(&c, i, c.now.at[c.now.count - 1].key);
        core_release(&c);
    }
    free(shift);
    return fits;
}
