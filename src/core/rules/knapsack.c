/* Lists of undominated states, and what is read from them. */
#include "core/rules/knapsack.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

void knapsack_release(struct knapsack *k)
{
    free(k->first);
    free(k->option);
    *k = (struct knapsack){0};
}

/* A list with room for so many states, empty; false when that is too many. */
static bool list_open(struct states *out, size_t size, struct room *room)
{
    *out = (struct states){0};
    room->made += size;
    if (room->made > room->work || room->held + size > room->limit)
        return false;
    if (room->spare.size >= size) {
        *out = room->spare;
        out->count = 0;
        room->spare = (struct states){0};
    } else {
        out->at = xmalloc(size * sizeof *out->at);
        out->size = size;
    }
    room->held += out->size;
    return true;
}

/* Choosing nothing: what lists start from. */
static bool states_start(struct states *out, struct room *room)
{
    bool fits = list_open(out, 1, room);
    if (fits)
        out->at[out->count++] = (struct state){0, 0};
    return fits;
}

void states_release(struct states *s, struct room *room)
{
    room->held -= s->size;
    if (s->size > room->spare.size) {
        free(room->spare.at);
        room->spare = *s;
    } else {
        free(s->at);
    }
    *s = (struct states){0};
}

void room_release(struct room *room)
{
    free(room->spare.at);
    room->spare = (struct states){0};
}

size_t states_within(const struct states *s, int64_t cap)
{
    size_t lo = 0, hi = s->count; /* the answer is in [lo, hi) */
    while (hi - lo > 1) {
        size_t mid = lo + (hi - lo) / 2;
        if (s->at[mid].weight <= cap)
            lo = mid;
        else
            hi = mid;
    }
    return lo;
}

int64_t states_best(const struct states *s, int64_t cap)
{
    return s->at[states_within(s, cap)].value;
}

/* Writes `a` when it is worth more than all before it. No branch: which of
 * two lists is next is as good as random. */
static inline size_t put(struct state *out, size_t n, struct state a,
                         int64_t *best)
{
    bool better = a.value > *best;
    out[n] = a;
    *best = better ? a.value : *best;
    return n + better;
}

/* Merges `a` with the first `count` of `b` moved by the option `o`: by weight,
 * the more valuable first, only what no lighter state equals. */
static size_t merge(const struct states *a, const struct state *b, size_t count,
                    struct option o, struct state *out)
{
    size_t i = 0, j = 0, n = 0;
    int64_t best = -1;
    while (i < a->count && j < count) {
        struct state x = a->at[i];
        struct state y = {b[j].weight + o.weight, b[j].value + o.value};
        bool first =
            x.weight < y.weight || (x.weight == y.weight && x.value >= y.value);
        n = put(out, n, first ? x : y, &best);
        i += first;
        j += !first;
    }
    for (; i < a->count; i++)
        n = put(out, n, a->at[i], &best);
    for (; j < count; j++)
        n = put(out, n,
                (struct state){b[j].weight + o.weight, b[j].value + o.value},
                &best);
    return n;
}

/* Adds to `acc` the states of `from` with `o`, up to the weight `cap`; `acc`
 * may be `from` itself, which is then left as it is. */
static bool states_add(struct states *acc, const struct states *from,
                       struct option o, int64_t cap, struct room *room)
{
    size_t count = states_within(from, cap - o.weight) + 1;
    struct states out;
    if (!list_open(&out, acc->count + count, room))
        return false;
    out.count = merge(acc, from->at, count, o, out.at);
    if (acc->at != from->at)
        states_release(acc, room);
    *acc = out;
    return true;
}

static bool states_copy(const struct states *from, struct states *out,
                        struct room *room)
{
    bool fits = list_open(out, from->count, room);
    for (size_t i = 0; fits && i < from->count; i++)
        out->at[out->count++] = from->at[i];
    return fits;
}

/* The states of `from` with one more class, up to the weight `cap`. */
static bool states_extend(const struct states *from, const struct knapsack *k,
                          size_t class, int64_t cap, struct states *out,
                          struct room *room)
{
    int64_t best = 0; /* an option worth no more than a lighter one adds none */
    struct states acc = *from;
    for (size_t o = k->first[class]; o < k->first[class + 1]; o++) {
        struct option option = k->option[o];
        if (option.weight > cap - from->at[0].weight || option.value <= best)
            continue;
        best = option.value;
        if (!states_add(&acc, from, option, cap, room)) {
            if (acc.at != from->at)
                states_release(&acc, room);
            return false;
        }
    }
    if (acc.at == from->at)
        return states_copy(from, out, room);
    *out = acc;
    return true;
}

/* `from` with the classes of [lo, hi), the last first. */
static bool extend_range(const struct states *from, const struct knapsack *k,
                         size_t lo, size_t hi, int64_t cap, struct states *out,
                         struct room *room)
{
    struct states now = *from, next;
    for (size_t c = hi; c-- > lo;) {
        bool fits = states_extend(&now, k, c, cap, &next, room);
        if (now.at != from->at)
            states_release(&now, room);
        if (!fits)
            return false;
        now = next;
    }
    *out = now;
    return true;
}

bool knapsack_states(const struct knapsack *k, size_t except, int64_t cap,
                     struct states *out, struct room *room)
{
    struct states now, next;
    bool fits = states_start(&now, room);
    for (size_t c = k->classes; fits && c-- > 0;) {
        if (c == except)
            continue;
        fits = states_extend(&now, k, c, cap, &next, room);
        states_release(&now, room);
        now = fits ? next : (struct states){0};
    }
    *out = now;
    return fits;
}

/* --------------------------------------------------------- the stated rule */

/* Choosing class after class. For each, the states of all the classes behind
 * it must be at hand; they are kept for some of the classes and made again
 * for those between, part by part: `parts` of them at each level. */
struct choosing {
    const struct knapsack *k;
    int64_t left; /* of the capacity */
    size_t *choice;
    struct room *room;
    size_t parts;
};

/* The heaviest option that still leads to the best that can be reached. */
static void choose_one(struct choosing *d, size_t class,
                       const struct states *behind)
{
    const struct knapsack *k = d->k;
    int64_t best = states_best(behind, d->left);
    d->choice[class] = KNAPSACK_NONE;
    for (size_t o = k->first[class]; o < k->first[class + 1]; o++) {
        struct option option = k->option[o];
        if (option.weight > d->left)
            break;
        int64_t value =
            option.value + states_best(behind, d->left - option.weight);
        if (value >= best) {
            best = value;
            d->choice[class] = o;
        }
    }
    if (d->choice[class] != KNAPSACK_NONE)
        d->left -= k->option[d->choice[class]].weight;
}

/* Where part q of [lo, hi) begins, in steps; never past the end. */
static size_t part_at(size_t lo, size_t hi, size_t step, size_t q)
{
    return lo + q * step < hi ? lo + q * step : hi;
}

static bool choose_range(struct choosing *d, size_t lo, size_t hi,
                         const struct states *behind);

/* Chooses in each part, from the first, with the list behind it. */
static bool choose_parts(struct choosing *d, size_t lo, size_t hi, size_t step,
                         struct states *list, size_t parts)
{
    bool fits = true;
    for (size_t q = 0; q < parts && fits; q++) {
        fits = choose_range(d, part_at(lo, hi, step, q),
                            part_at(lo, hi, step, q + 1), &list[q]);
        if (q + 1 < parts)
            states_release(&list[q], d->room);
    }
    return fits;
}

static bool choose_range(struct choosing *d, size_t lo, size_t hi,
                         const struct states *behind)
{
    if (hi - lo == 1)
        choose_one(d, lo, behind);
    if (hi - lo <= 1)
        return true;
    size_t step = (hi - lo + d->parts - 1) / d->parts;
    size_t parts = (hi - lo + step - 1) / step;
    struct states *list = xcalloc(parts, sizeof *list);
    list[parts - 1] = *behind;
    bool fits = true;
    for (size_t q = parts - 1; q > 0 && fits; q--)
        fits = extend_range(&list[q], d->k, part_at(lo, hi, step, q),
                            part_at(lo, hi, step, q + 1), d->left, &list[q - 1],
                            d->room);
    fits = fits && choose_parts(d, lo, hi, step, list, parts);
    for (size_t q = 0; q + 1 < parts; q++)
        states_release(&list[q], d->room);
    free(list);
    return fits;
}

bool knapsack_choose(const struct knapsack *k, int64_t capacity, size_t *choice,
                     struct room *room)
{
    /* The more lists are kept, the fewer are made again. */
    static const size_t parts[] = {64, 8, 2};
    bool fits = false;
    for (size_t i = 0; i < 3 && !fits; i++) {
        struct choosing d = {k, capacity, choice, room, parts[i]};
        struct states nothing;
        fits = states_start(&nothing, room) &&
               choose_range(&d, 0, k->classes, &nothing);
        states_release(&nothing, room);
    }
    return fits;
}

/* ------------------------------------------------------ all but one of them */

struct leaving_out {
    const struct knapsack *k;
    const struct span *span;
    size_t *order; /* the classes, by how far their spans reach */
    struct room *room;
    void (*visit)(void *arg, size_t class, const struct states *others);
    void *arg;
};

/* First the unasked, then those whose spans reach least far: lists for these
 * alone are shorter. How many are unasked. */
static size_t order_by_reach(struct leaving_out *l)
{
    size_t n = 0, unasked = 0;
    int64_t nearest = INT64_MAX;
    for (size_t c = 0; c < l->k->classes; c++)
        if (l->span[c].most == KNAPSACK_UNASKED)
            l->order[n++] = c;
        else if (l->span[c].most < nearest)
            nearest = l->span[c].most;
    unasked = n;
    for (int far = 0; far < 2; far++)
        for (size_t c = 0; c < l->k->classes; c++)
            if (l->span[c].most != KNAPSACK_UNASKED &&
                (l->span[c].most > nearest) == far)
                l->order[n++] = c;
    return unasked;
}

static int64_t heaviest(const struct knapsack *k, size_t class)
{
    size_t end = k->first[class + 1];
    return end > k->first[class] ? k->option[end - 1].weight : 0;
}

/* Drops what is of no use when no more than `weight` will be added: what then
 * still fits the least capacity gives way to the last that does. */
static void drop_light(struct states *s, int64_t least, int64_t weight)
{
    size_t from = states_within(s, least - weight);
    if (from == 0)
        return;
    s->count -= from;
    memmove(s->at, s->at + from, s->count * sizeof *s->at);
}

/* What all the classes of order[lo .. hi) ask about. */
static struct span span_of(const struct leaving_out *l, size_t lo, size_t hi)
{
    struct span all = l->span[l->order[lo]];
    for (size_t i = lo + 1; i < hi; i++) {
        struct span s = l->span[l->order[i]];
        all.least = s.least < all.least ? s.least : all.least;
        all.most = s.most > all.most ? s.most : all.most;
    }
    return all;
}

/* The most that can be added for one of order[lo .. hi) to be left out. */
static int64_t weight_of(const struct leaving_out *l, size_t lo, size_t hi)
{
    int64_t sum = 0, least = INT64_MAX;
    for (size_t i = lo; i < hi; i++) {
        int64_t w = heaviest(l->k, l->order[i]);
        least = w < least ? w : least;
        sum += w;
    }
    return sum - least;
}

/* `others` with the classes of order[add .. end), for those of order[lo .. hi)
 * to be left out of. */
static bool add_others(const struct leaving_out *l, const struct states *others,
                       size_t add, size_t end, size_t lo, size_t hi,
                       struct states *out)
{
    struct span span = span_of(l, lo, hi);
    int64_t behind = weight_of(l, lo, hi);
    struct states now = *others, next;
    now.count = states_within(others, span.most) + 1;
    for (size_t i = add; i < end; i++)
        behind += heaviest(l->k, l->order[i]);
    for (size_t i = end; i-- > add;) {
        bool fits =
            states_extend(&now, l->k, l->order[i], span.most, &next, l->room);
        if (now.at != others->at)
            states_release(&now, l->room);
        if (!fits)
            return false;
        now = next;
        behind -= heaviest(l->k, l->order[i]);
        drop_light(&now, span.least, behind);
    }
    *out = now;
    return true;
}

/* `others` holds all the classes outside order[lo .. hi). Adding one half makes
 * the lists for the other: each class is added only log2(n) times in all. */
static bool leave_out(const struct leaving_out *l, size_t lo, size_t hi,
                      const struct states *others)
{
    if (hi - lo == 1)
        l->visit(l->arg, l->order[lo], others);
    if (hi - lo <= 1)
        return true;
    size_t mid = lo + (hi - lo) / 2;
    const size_t half[2][4] = {{lo, mid, mid, hi}, {mid, hi, lo, mid}};
    for (int h = 0; h < 2; h++) {
        struct states more;
        if (!add_others(l, others, half[h][2], half[h][3], half[h][0],
                        half[h][1], &more))
            return false;
        bool fits = leave_out(l, half[h][0], half[h][1], &more);
        states_release(&more, l->room);
        if (!fits)
            return false;
    }
    return true;
}

bool knapsack_without(const struct knapsack *k, const struct span *span,
                      struct room *room,
                      void (*visit)(void *arg, size_t class,
                                    const struct states *others),
                      void *arg)
{
    struct leaving_out l = {k, span, NULL, room, visit, arg};
    struct states nothing, others = {0};
    l.order = xcalloc(k->classes, sizeof *l.order);
    size_t asked = order_by_reach(&l), n = k->classes;
    bool fits = states_start(&nothing, room);
    if (fits && asked < n) {
        fits = add_others(&l, &nothing, 0, asked, asked, n, &others) &&
               leave_out(&l, asked, n, &others);
        if (others.at != nothing.at)
            states_release(&others, room);
    }
    states_release(&nothing, room);
    free(l.order);
    return fits;
}
