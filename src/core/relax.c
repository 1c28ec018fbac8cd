/* The relaxation, the core search, and the reduction that keeps every optimum.
 *
 * The relaxation takes the steps of the upper hull of each class from the
 * steepest down, until one does not fit: its slope is the price of capacity.
 * What it has taken until then is the break solution; the search looks at what
 * deviates from it, beginning with the classes whose slopes are next to the
 * price. */
#include "core/relax.h"
#include "base/err.h"
#include "base/mem.h"
#include "core/wide.h"

#include <stdlib.h>

/* A step of a hull: from the option before it (or none) to this one. */
struct step {
    struct slope slope;
    size_t class, option, before;
};

struct relaxed {
    struct slope price;
    size_t *taken;         /* option of each class in the break solution */
    int64_t weight, value; /* of the break solution */
    int64_t feasible;      /* value of the best solution met by the way */
};

static const struct option no_option = {0, 0};
static const int64_t no_cap = INT64_MAX / 2;

static struct option option_at(const struct knapsack *k, size_t o)
{
    return o == KNAPSACK_NONE ? no_option : k->option[o];
}

static struct slope slope_between(struct option light, struct option heavy)
{
    return (struct slope){heavy.value - light.value,
                          heavy.weight - light.weight};
}

/* The sign of a - b. */
static int compare_slopes(struct slope a, struct slope b)
{
    return compare_products(a.value, b.weight, b.value, a.weight);
}

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

static void relax(const struct knapsack *k, int64_t capacity, struct relaxed *r)
{
    size_t n = 0, i = 0;
    struct step *step = xcalloc(k->first[k->classes] + 1, sizeof *step);
    *r = (struct relaxed){.price = {0, 1}};
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
        r->price = step[i].slope;
    fill_up(step, i, n, capacity, r, &r->feasible);
    free(step);
}

struct slope relax_price(const struct knapsack *k, int64_t capacity)
{
    struct relaxed r;
    relax(k, capacity, &r);
    free(r.taken);
    return r.price;
}

/* ---------------------------------------------------------------- the bound */

/* A choice that holds the option o is worth at most
 *
 *   bound(o) = price * capacity + sum over classes of the best of
 *              (value - price * weight), with o's own instead in its class;
 *
 * an option whose bound is less than the optimum is in no optimum. All of it
 * multiplied by the weight of the price, to stay in integers. */
struct bound {
    struct slope price;
    int64_t capacity;
    wide total; /* without any option imposed */
};

static wide worth(const struct bound *b, struct option o)
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

/* What an option of the class must be worth for a choice that holds it to
 * reach the value. */
static wide least_worth(const struct bound *b, const struct knapsack *k,
                        size_t class, int64_t value)
{
    return (wide)value * b->price.weight - b->total + best_worth(b, k, class);
}

/* --------------------------------------------------------- the core search */

/* What a class can do to the break solution: gain at most `up` for each unit
 * of weight that it adds, lose at least `down` for each that it gives back. */
struct turn {
    size_t class;
    bool can_add, can_give;
    struct slope up, down;
    wide distance; /* from the price of the nearer of the two */
};

struct core {
    const struct knapsack *k;
    const struct relaxed *r;
    struct bound bound;
    int64_t capacity, best;
    size_t turns;
    struct turn *turn;
    struct states states;
    struct room *room;
};

/* |s - price|, in a unit that is the same for all: enough to sort by. */
static wide distance(struct slope s, struct slope price)
{
    wide d = (wide)s.value * price.weight - (wide)price.value * s.weight;
    return (d < 0 ? -d : d) / s.weight;
}

static void look_up(struct turn *t, struct slope s)
{
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
    size_t taken = c->r->taken[class];
    struct option here = option_at(k, taken);
    if (taken != KNAPSACK_NONE)
        look_down(&t, slope_between(no_option, here));
    for (size_t o = k->first[class]; o < k->first[class + 1]; o++) {
        if (o == taken || k->option[o].weight > c->capacity)
            continue;
        if (k->option[o].weight > here.weight)
            look_up(&t, slope_between(here, k->option[o]));
        else
            look_down(&t, slope_between(k->option[o], here));
    }
    wide up = t.can_add ? distance(t.up, c->r->price) : 0;
    wide down = t.can_give ? distance(t.down, c->r->price) : up;
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

/* Whether the turns from t on (NULL: none) may yet make more than the best of
 * this state. Beyond the capacity, weight must be given back first. */
static bool may_win(const struct core *c, struct state s, const struct turn *t)
{
    wide room = (wide)c->capacity - s.weight;
    wide lacking = (wide)c->best + 1 - s.value;
    if (room < 0)
        return t != NULL && t->can_give &&
               lacking * t->down.weight <= room * t->down.value;
    if (t == NULL || !t->can_add)
        return lacking <= 0;
    return lacking * t->up.weight <= room * t->up.value;
}

static void prune(struct core *c, const struct turn *next)
{
    struct states *s = &c->states;
    size_t n = 0;
    for (size_t i = 0; i < s->count; i++)
        if (s->at[i].weight <= c->capacity && s->at[i].value > c->best)
            c->best = s->at[i].value;
    for (size_t i = 0; i < s->count; i++)
        if (may_win(c, s->at[i], next))
            s->at[n++] = s->at[i];
    s->count = n;
}

/* Every state with what the class can do instead of its part in the break
 * solution, as far as that may make more than the best. */
static bool take_turn(struct core *c, size_t class)
{
    const struct knapsack *k = c->k;
    size_t taken = c->r->taken[class];
    struct option here = option_at(k, taken);
    struct states acc = c->states;
    wide need = least_worth(&c->bound, k, class, c->best + 1);
    bool fits = true;
    if (taken != KNAPSACK_NONE && need <= 0)
        fits = states_add(&acc, &c->states,
                          (struct option){-here.weight, -here.value}, no_cap,
                          c->room);
    for (size_t o = k->first[class]; fits && o < k->first[class + 1]; o++) {
        struct option to = {k->option[o].weight - here.weight,
                            k->option[o].value - here.value};
        if (o != taken && k->option[o].weight <= c->capacity &&
            worth(&c->bound, k->option[o]) >= need)
            fits = states_add(&acc, &c->states, to, no_cap, c->room);
    }
    if (acc.at != c->states.at)
        states_release(&c->states, c->room);
    c->states = acc;
    return fits;
}

static bool search_core(struct core *c)
{
    if (!states_start(&c->states, c->room))
        return false;
    bool fits = true;
    c->states.at[0] = (struct state){c->r->weight, c->r->value};
    plan_turns(c);
    prune(c, c->turns > 0 ? &c->turn[0] : NULL);
    for (size_t i = 0; fits && i < c->turns && c->states.count > 0; i++) {
        fits = take_turn(c, c->turn[i].class);
        if (fits)
            prune(c, i + 1 < c->turns ? &c->turn[i + 1] : NULL);
    }
    states_release(&c->states, c->room);
    free(c->turn);
    return fits;
}

/* The best value; where there is no room for the whole search, the best that
 * it has met, and false. */
static bool core_value(const struct knapsack *k, int64_t capacity,
                       const struct relaxed *r, int64_t *value,
                       struct room *room)
{
    struct core c = {.k = k,
                     .r = r,
                     .bound = bound_of(k, r->price, capacity),
                     .capacity = capacity,
                     .best = r->feasible,
                     .room = room};
    bool fits = search_core(&c);
    *value = c.best;
    return fits;
}

bool relax_value(const struct knapsack *k, int64_t capacity, int64_t *value,
                 struct room *room)
{
    struct relaxed r;
    relax(k, capacity, &r);
    bool fits = core_value(k, capacity, &r, value, room);
    free(r.taken);
    return fits;
}

/* ------------------------------------------------------------ the reduction */

struct reduction {
    struct bound bound;
    int64_t least; /* the value that an optimum has at the least */
    struct knapsack rest;   /* the classes that are not settled */
    size_t *class, *option; /* what those of `rest` are in the whole */
    int64_t left;           /* of the capacity, for them */
};

/* Adds the options of the class that an optimum may hold to the rest; how
 * many ways it has, taking none of them included. */
static size_t sift(struct reduction *d, const struct knapsack *k, size_t class)
{
    wide need = least_worth(&d->bound, k, class, d->least);
    size_t ways = need <= 0, n = d->rest.first[d->rest.classes];
    for (size_t o = k->first[class]; o < k->first[class + 1]; o++) {
        if (k->option[o].weight > d->bound.capacity ||
            worth(&d->bound, k->option[o]) < need)
            continue;
        d->rest.option[n] = k->option[o];
        d->option[n++] = o;
        ways++;
    }
    d->rest.first[d->rest.classes + 1] = n;
    return ways;
}

/* Sifts every class: one way left settles it, else it joins the rest. */
static void reduce(struct reduction *d, const struct knapsack *k,
                   size_t *choice)
{
    for (size_t c = 0; c < k->classes; c++) {
        size_t begin = d->rest.first[d->rest.classes];
        size_t ways = sift(d, k, c);
        size_t end = d->rest.first[d->rest.classes + 1];
        choice[c] = KNAPSACK_NONE;
        if (ways == 0)
            BUG("a bound below the optimum");
        if (ways > 1) {
            d->class[d->rest.classes++] = c;
        } else if (end > begin) {
            choice[c] = d->option[begin];
            d->left -= k->option[choice[c]].weight;
        }
    }
}

static bool choose_rest(const struct reduction *d, size_t *choice,
                        struct room *room)
{
    size_t *rest = xcalloc(d->rest.classes, sizeof *rest);
    bool fits = knapsack_choose(&d->rest, d->left, rest, room);
    for (size_t i = 0; i < d->rest.classes; i++)
        choice[d->class[i]] =
            rest[i] == KNAPSACK_NONE ? KNAPSACK_NONE : d->option[rest[i]];
    free(rest);
    return fits;
}

bool relax_choose(const struct knapsack *k, int64_t capacity, size_t *choice,
                  struct room *room)
{
    struct relaxed r;
    struct reduction d = {.left = capacity};
    relax(k, capacity, &r);
    core_value(k, capacity, &r, &d.least,
               room); /* any feasible value will do */
    d.bound = bound_of(k, r.price, capacity);
    d.rest.first = xcalloc(k->classes + 1, sizeof *d.rest.first);
    d.rest.option = xcalloc(k->first[k->classes], sizeof *d.rest.option);
    d.option = xcalloc(k->first[k->classes], sizeof *d.option);
    d.class = xcalloc(k->classes, sizeof *d.class);
    reduce(&d, k, choice);
    bool fits = choose_rest(&d, choice, room);
    knapsack_release(&d.rest);
    free(d.option);
    free(d.class);
    free(r.taken);
    return fits;
}
