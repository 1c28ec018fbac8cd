/* The multiple-choice knapsack, solved exactly: from each class at most one
 * option, within a capacity, for the greatest total value.
 *
 * After Nemhauser and Ullmann: the list of all (weight, value) that no other
 * choice beats holds the optimum of every capacity at once (allocation.md,
 * 4.1). The method is integer throughout. */
#ifndef CORE_KNAPSACK_H
#define CORE_KNAPSACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Weight > 0, value >= 0. */
struct option {
    int64_t weight, value;
};

/* The options of class i are option[first[i]] to option[first[i + 1] - 1], by
 * strictly rising weight; to take none of them weighs nothing and is worth
 * nothing. The values of any choice add up to less than 2^62. Classes in order
 * of preference: the first is served best among equal optima. */
struct knapsack {
    size_t classes;
    size_t *first;
    struct option *option;
};

void knapsack_release(struct knapsack *k);

/* What choices can reach: by rising weight, each worth more than all that
 * are lighter. The first is (0, 0). */
struct state {
    int64_t weight, value;
};

struct states {
    struct state *at;
    size_t count, size; /* states; room for them */
};

/* How many states there is room for now, and may be at once: 16 bytes each; how
 * many were made, and may be made in all. What would pass a limit stops and
 * returns false: amounts in cents can make millions of states, whole euros
 * cannot. Keeps the last list given back for the next: room_release ends it. */
struct room {
    size_t held, limit;
    size_t made, work;
    struct states spare;
};

/* About 400 megabytes, about ten seconds. */
#define ROOM_START \
    { \
        .limit = 24000000, .work = 4000000000 \
    }
void room_release(struct room *room);

/* The states of all classes but `except` (KNAPSACK_NONE: of all), up to the
 * weight `cap`; given back with states_release. */
#define KNAPSACK_NONE SIZE_MAX
bool knapsack_states(const struct knapsack *k, size_t except, int64_t cap,
                     struct states *out, struct room *room);
void states_release(struct states *s, struct room *room);

/* The last state within `cap` (>= 0), and its value. */
size_t states_within(const struct states *s, int64_t cap);
int64_t states_best(const struct states *s, int64_t cap);

/* The optimum of the stated rule: among all choices of greatest value, the
 * one that gives the first class its heaviest option, then the second, and so
 * on. choice[i] is an index into `option`, or KNAPSACK_NONE. */
bool knapsack_choose(const struct knapsack *k, int64_t capacity, size_t *choice,
                     struct room *room);

/* The capacities from `least` to `most` that are asked about; or, as `most`, no
 * question. */
struct span {
    int64_t least, most;
};
#define KNAPSACK_UNASKED (-1)

/* Calls `visit` for every class that is asked about with the states of all the
 * others, which are gone when it returns. They hold the greatest value of every
 * capacity within the span of the class, and may lack what only others need. */
bool knapsack_without(const struct knapsack *k, const struct span *span,
                      struct room *room,
                      void (*visit)(void *arg, size_t class,
                                    const struct states *others),
                      void *arg);

#endif
