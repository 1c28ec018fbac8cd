/* The facts under optimal (allocation.md, 5.1). All of them are read from the
 * states of the other projects, F: F(c) is the greatest value without this
 * one within c. */
#include "core/why/facts.h"
#include "base/mem.h"
#include "core/rules/purse.h"
#include "core/rules/optimum.h"
#include "core/rules/rules.h"

#include <stdlib.h>

/* States made for the facts of all: some seconds. Thousands of projects take
 * more; one of them alone does not. */
#define FACTS_WORK 1000000000

/* What the facts of every class are computed from. */
struct view {
    const struct plan *plan;
    struct problem problem;
    int64_t limit;  /* how far the states reach, >= capacity */
    bool envelopes; /* they reach far enough to look for one */
    int64_t best;   /* the greatest value */
    struct bound bound;
    struct facts *out; /* by candidate */
    int64_t second;
};

/* The options of a class. */
static const struct option *options_of(const struct view *v, size_t class,
                                       size_t *count)
{
    const struct knapsack *k = &v->problem.knapsack;
    *count = k->first[class + 1] - k->first[class];
    return k->option + k->first[class];
}

/* The least whole score whose value with the option is at least `value`. */
static wide score_for(const struct view *v, size_t class, int64_t amount,
                      int64_t value)
{
    struct weight_of_score w =
        score_weight(v->problem.terms, v->problem.request[class], amount);
    return value <= 0 ? 0 : (value * w.den + w.num - 1) / w.num;
}

static void find_score(const struct view *v, size_t class,
                       const struct states *others, struct facts *f)
{
    size_t count;
    const struct option *o = options_of(v, class, &count);
    int64_t capacity = v->problem.capacity;
    int64_t without = states_best(others, capacity);
    const struct terms *t = v->problem.terms;
    wide least = -1, lowest = 0;
    if (t->threshold > 0)
        lowest = plan_least_score(t->threshold, v->problem.score_den);
    for (size_t k = 0; k < count && o[k].weight <= capacity; k++) {
        wide s =
            score_for(v, class, o[k].weight,
                      without - states_best(others, capacity - o[k].weight));
        if (least < 0 || s < least)
            least = s;
    }
    if (least >= 0 && least < lowest)
        least = lowest;
    f->score.answer = least < 0 || least > WIDE_LIMIT ? ANSWER_NEVER
                      : least == 0                    ? ANSWER_ANY
                                                      : ANSWER_VALUE;
    f->score.value = f->score.answer == ANSWER_VALUE ? (int64_t)least : 0;
}

/* The best that can be had with some option of the class; its amount. */
static int64_t best_with(const struct view *v, size_t class,
                         const struct states *others, int64_t *amount)
{
    size_t count;
    const struct option *o = options_of(v, class, &count);
    int64_t capacity = v->problem.capacity, best = -1;
    *amount = 0;
    for (size_t k = 0; k < count && o[k].weight <= capacity; k++) {
        int64_t value =
            o[k].value + states_best(others, capacity - o[k].weight);
        if (value < best)
            continue;
        best = value;
        *amount = o[k].weight;
    }
    return best;
}

static void find_price(const struct view *v, size_t class,
                       const struct states *others, struct facts *f)
{
    int64_t with = best_with(v, class, others, &f->price_award);
    int64_t without = states_best(others, v->problem.capacity);
    f->price = with < 0 ? (struct figure_fact){ANSWER_NEVER, 0}
                        : (struct figure_fact){ANSWER_VALUE, v->best - with};
    f->presence = with < v->best ? IN_NONE : IN_SOME;
    if (with == v->best && without < v->best)
        f->presence = IN_ALL;
}

/* The largest request, the score staying what it is, when a whole request is
 * worth its score: all that others do not need to reach as much. */
static int64_t amount_by_score(const struct view *v, size_t class,
                               const struct states *others)
{
    int64_t capacity = v->problem.capacity;
    int64_t target = states_best(others, capacity) - v->problem.score[class];
    for (size_t k = 0; k < others->count; k++)
        if (others->at[k].value >= target)
            return capacity - others->at[k].weight;
    return 0;
}

/* The same when it is worth score x euros, so that asking less is worth less:
 * between two states of the others the largest is the best. */
static int64_t amount_by_euro(const struct view *v, size_t class,
                              const struct states *others)
{
    int64_t capacity = v->problem.capacity;
    int64_t without = states_best(others, capacity);
    int64_t score = v->problem.score[class], most = 0;
    for (size_t k = states_within(others, capacity) + 1; k-- > 0;) {
        int64_t amount = capacity - others->at[k].weight;
        if (amount > v->problem.request[class])
            amount = v->problem.request[class];
        if (amount > most &&
            (wide)score * amount + states_best(others, capacity - amount) >=
                without)
            most = amount;
    }
    return most;
}

static void find_amount(const struct view *v, size_t class,
                        const struct states *others, struct facts *f)
{
    const struct terms *t = v->problem.terms;
    if (t->step > 0)
        return;
    f->exact = t->objective == OBJECTIVE_SCORE_EURO;
    int64_t amount = f->exact ? amount_by_euro(v, class, others)
                              : amount_by_score(v, class, others);
    bool pays = amount > 0 && amount >= t->min_award;
    f->amount = (struct figure_fact){pays ? ANSWER_VALUE : ANSWER_NEVER,
                                     pays ? amount : 0};
}

/* The first capacity of those from `least` to `most` at which an amount with
 * the best of the others reaches what they can without it; INT64_MAX when
 * there is none. Beyond the least it can begin to only where the others'
 * spending and this amount fill it exactly. */
static int64_t first_within(const struct states *others, struct option o,
                            int64_t least, int64_t most)
{
    if (o.weight <= least && o.value + states_best(others, least - o.weight) >=
                                 states_best(others, least))
        return least;
    size_t ahead = 0; /* the last state within the capacity looked at */
    for (size_t k = 0; k < others->count; k++) {
        int64_t capacity = others->at[k].weight + o.weight;
        if (capacity > most)
            break;
        if (capacity <= least)
            continue;
        while (ahead + 1 < others->count &&
               others->at[ahead + 1].weight <= capacity)
            ahead++;
        if (o.value + others->at[k].value >= others->at[ahead].value)
            return capacity;
    }
    return INT64_MAX;
}

/* The same with the best of the amounts. */
static int64_t capacity_for(const struct view *v, size_t class,
                            const struct states *others, int64_t least,
                            int64_t most)
{
    size_t count;
    const struct option *o = options_of(v, class, &count);
    int64_t first = INT64_MAX;
    for (size_t k = 0; k < count; k++) {
        int64_t capacity = first_within(others, o[k], least, most);
        first = capacity < first ? capacity : first;
    }
    return first;
}

static void find_envelope(const struct view *v, size_t class,
                          const struct states *others, struct facts *f)
{
    int64_t forced = purse_forced(v->plan->candidate, v->plan->count),
            limit = v->limit;
    if (!v->envelopes)
        return;
    int64_t first = capacity_for(v, class, others, v->problem.capacity, limit);
    f->envelope = first <= limit
                      ? (struct figure_fact){ANSWER_VALUE, first + forced}
                      : (struct figure_fact){ANSWER_BEYOND, limit + forced};
}

static struct facts facts_from(const struct view *v, size_t class,
                               const struct states *others)
{
    struct facts f = {.score_den = v->problem.score_den, .place = FACTS_NOBODY};
    find_score(v, class, others, &f);
    find_price(v, class, others, &f);
    find_amount(v, class, others, &f);
    if (v->plan->share[v->problem.candidate[class]].award == 0)
        find_envelope(v, class, others, &f);
    return f;
}

/* The best that gives this class anything but what it has. */
static int64_t best_other(const struct view *v, size_t class,
                          const struct states *others)
{
    size_t count;
    const struct option *o = options_of(v, class, &count);
    int64_t capacity = v->problem.capacity;
    int64_t award = v->plan->share[v->problem.candidate[class]].award;
    int64_t best = award > 0 ? states_best(others, capacity) : -1;
    for (size_t k = 0; k < count && o[k].weight <= capacity; k++) {
        int64_t value =
            o[k].value + states_best(others, capacity - o[k].weight);
        if (o[k].weight != award && value > best)
            best = value;
    }
    return best;
}

static void visit(void *arg, size_t class, const struct states *others)
{
    struct view *v = arg;
    int64_t second = best_other(v, class, others);
    v->out[v->problem.candidate[class]] = facts_from(v, class, others);
    if (second > v->second)
        v->second = second;
}

/* How far envelopes are looked for: to where all are paid, or to twice the
 * one in force. */
static int64_t search_limit(const struct problem *p)
{
    int64_t sum = 0;
    for (size_t k = 0; k < p->knapsack.classes; k++)
        sum += p->request[k];
    int64_t limit = sum < 2 * p->capacity ? sum : 2 * p->capacity;
    return limit > p->capacity ? limit : p->capacity;
}

static bool view_init(struct view *v, const struct plan *p)
{
    struct relaxed r;
    *v = (struct view){.plan = p, .second = -1};
    if (problem_of_plan(p, &v->problem, NULL) != ST_OK)
        return false;
    v->best = problem_value(&v->problem, p->share);
    relax(&v->problem.knapsack, v->problem.capacity, &r);
    v->bound = r.bound;
    relaxed_release(&r);
    v->limit = search_limit(&v->problem);
    v->envelopes = true;
    return true;
}

/* Without room for larger envelopes: this one alone. */
static void stay_within(struct view *v)
{
    v->limit = v->problem.capacity;
    v->envelopes = false;
    v->second = -1;
}

static struct facts nothing_known(const struct view *v)
{
    return (struct facts){.score_den = v->problem.score_den,
                          .place = FACTS_NOBODY};
}

struct facts optimum_facts_of(const struct plan *p, size_t i)
{
    struct view v;
    struct states others;
    if (!view_init(&v, p))
        return nothing_known(&v);
    struct facts f = nothing_known(&v);
    size_t class = 0;
    while (class < v.problem.knapsack.classes &&
           v.problem.candidate[class] != i)
        class ++;
    for (int attempt = 0; attempt < 2; attempt++) {
        struct room room = ROOM_START;
        bool fits = knapsack_states(&v.problem.knapsack, class, v.limit,
                                    &others, &room);
        if (fits)
            f = facts_from(&v, class, &others);
        states_release(&others, &room);
        room_release(&room);
        if (fits)
            break;
        stay_within(&v);
    }
    problem_release(&v.problem);
    return f;
}

/* The next larger envelope that makes a greater value. */
static void look_ahead(const struct view *v, const struct states *all,
                       struct outlook *out)
{
    int64_t capacity = v->problem.capacity;
    size_t next = states_within(all, capacity) + 1;
    if (next < all->count) {
        out->more_cents = all->at[next].weight - capacity;
        out->more_value = all->at[next].value;
    }
}

/* The lightest that others of a value can be; 0 when nothing is known. */
static int64_t least_weight(const struct view *v, int64_t value)
{
    const struct bound *b = &v->bound;
    wide lost = b->total - (wide)value * b->price.weight;
    if (b->price.value == 0 || lost >= (wide)b->price.value * b->capacity)
        return 0;
    return b->capacity - (int64_t)(lost / b->price.value);
}

/* The capacities at which the facts of a class ask what others are worth: what
 * an award leaves; the envelopes from the one in force; and what the largest
 * amount leaves, others then being worth what they are without it less its
 * score, and without it the greatest value less again its score if it has
 * it. */
static struct span asked(const struct view *v, size_t class)
{
    size_t count;
    const struct option *o = options_of(v, class, &count);
    bool funded = v->plan->share[v->problem.candidate[class]].award > 0;
    struct span s = {v->problem.capacity - o[count - 1].weight,
                     funded ? v->problem.capacity : v->limit};
    int64_t score = v->problem.score[class];
    int64_t light = least_weight(v, v->best - (funded ? 2 * score : score));
    if (v->problem.terms->objective == OBJECTIVE_SCORE && light < s.least)
        s.least = light;
    return s;
}

/* Whether no optimum of any capacity asked about, up to the one in force, holds
 * the class. Of the others alone, the states are then those of all: there, and
 * beyond as far as the first capacity at which it may be in one. */
static bool is_idle(const struct view *v, size_t class, struct span asked,
                    const struct states *all)
{
    int64_t least = asked.least > 0 ? asked.least : 0;
    return v->plan->share[v->problem.candidate[class]].award == 0 &&
           capacity_for(v, class, all, least, v->problem.capacity) == INT64_MAX;
}

/* The facts of all and the second best; false when it takes more room. */
static bool go_through(struct view *v, struct outlook *out, struct room *room)
{
    const struct knapsack *k = &v->problem.knapsack;
    struct span *span = xcalloc(k->classes, sizeof *span);
    struct states all;
    bool fits = knapsack_states(k, KNAPSACK_NONE, v->limit, &all, room);
    for (size_t c = 0; fits && c < k->classes; c++) {
        span[c] = asked(v, c);
        if (!is_idle(v, c, span[c], &all))
            continue;
        visit(v, c, &all);
        span[c].most = KNAPSACK_UNASKED;
    }
    if (fits)
        look_ahead(v, &all, out);
    states_release(&all, room);
    fits = fits && knapsack_without(k, span, room, visit, v);
    free(span);
    return fits;
}

void optimum_facts(const struct plan *p, struct facts *out,
                   struct outlook *outlook)
{
    struct view v;
    *outlook = (struct outlook){0};
    if (!view_init(&v, p))
        return;
    v.out = out;
    for (size_t k = 0; k < v.problem.knapsack.classes; k++)
        out[v.problem.candidate[k]] = nothing_known(&v);
    bool more = true;
    while (more && !outlook->known) {
        struct room room = ROOM_START;
        room.work = FACTS_WORK;
        outlook->known = go_through(&v, outlook, &room);
        room_release(&room);
        more = v.envelopes && room.made <= room.work;
        if (!outlook->known)
            stay_within(&v);
    }
    outlook->best = v.best;
    outlook->second = v.second;
    outlook->den = v.problem.score_den;
    outlook->price = v.bound.price;
    if (p->hundred != NULL)
        outlook->hundred_value = problem_value(&v.problem, p->hundred);
    problem_release(&v.problem);
}
