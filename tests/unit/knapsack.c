/* The exact engine against trying all, on every hard family; the worked
 * examples E7 and E8; the limit. */
#include "core/rules/cells.h"
#include "core/rules/dynamic.h"
#include "core/rules/search.h"
#include "core/rules/settle.h"
#include "make_knapsack.h"

/* Small instances of every family, in cents and in whole euros. `unit` 7
 * makes capacities that are no multiple of anything. */
struct draw {
    struct knapsack k;
    int64_t capacity;
};

static struct draw draw(int i, size_t most_classes, uint64_t *seed)
{
    static const int64_t most[] = {9, 60, 2000, 500000};
    static const int64_t unit[] = {1, 7, 100, 100};
    size_t classes = (size_t)random_below(seed, (int64_t)most_classes + 1);
    size_t options = i % 3 == 0 ? 4 : 1;
    int scale = i / 5 % 4;
    struct draw d = {make_knapsack((enum family)(i % FAMILIES), classes,
                                   options, most[scale],
                                   i % 2 ? unit[scale] : 1, seed),
                     0};
    d.capacity = random_below(seed, total_weight(&d.k) + 2);
    return d;
}

static void expect_choice(const struct brute *b, const size_t *choice)
{
    for (size_t c = 0; c < b->k->classes; c++)
        assert_int_equal(choice[c], b->best[c]);
}

/* All ways to the stated optimum, the core's value, the second engine's. */
static void optima_are_those_of_trying_all(void **state)
{
    (void)state;
    uint64_t seed = 20260401;
    for (int i = 0; i < 6000; i++) {
        struct draw d = draw(i, i % 3 == 0 ? 6 : 11, &seed);
        struct brute b = brute_force(&d.k, d.capacity, NULL);
        struct room room = ROOM_START;
        size_t choice[16];
        int64_t value = 0;
        assert_true(knapsack_choose(&d.k, d.capacity, choice, &room));
        expect_choice(&b, choice);
        assert_true(settle(&d.k, d.capacity, choice, &room));
        expect_choice(&b, choice);
        assert_true(search_choose(&d.k, d.capacity, choice, &room));
        expect_choice(&b, choice);
        assert_true(search_value(&d.k, d.capacity, &value, &room));
        assert_int_equal(value, b.value);
        if (d.capacity < 20000) {
            assert_true(cells_choose(&d.k, d.capacity, choice));
            expect_choice(&b, choice);
            assert_true(dynamic_value(&d.k, d.capacity, &value));
            assert_int_equal(value, b.value);
        }
        assert_int_equal(room.held, 0);
        room_release(&room);
        knapsack_release(&d.k);
    }
}

struct expected {
    const struct knapsack *k;
    struct room *room;
    int64_t cap;
    const struct span *span;
    size_t seen;
};

/* All that is asked about is there; and where all is, nothing else. */
static void same_as_alone(void *arg, size_t class, const struct states *others)
{
    struct expected *x = arg;
    struct span span = x->span[class];
    struct states alone;
    x->seen++;
    assert_int_not_equal(span.most, KNAPSACK_UNASKED);
    assert_true(knapsack_states(x->k, class, x->cap, &alone, x->room));
    for (size_t s = 0; s < alone.count; s++)
        for (int64_t c = alone.at[s].weight - 1; c <= alone.at[s].weight; c++)
            if (c >= span.least && c >= 0 && c <= span.most)
                assert_int_equal(states_best(&alone, c),
                                 states_best(others, c));
    if (span.least <= 0 && span.most == x->cap) {
        assert_int_equal(alone.count, others->count);
        assert_memory_equal(alone.at, others->at,
                            alone.count * sizeof *alone.at);
    }
    states_release(&alone, x->room);
}

/* Of each class: all capacities, some, or no question. */
static struct span draw_span(int64_t cap, int kind, uint64_t *seed)
{
    struct span s = {-1, cap};
    if (kind > 0) {
        s.most = random_below(seed, cap + 1);
        s.least = s.most - random_below(seed, cap / 2 + 1);
    }
    if (kind > 1 && random_below(seed, 3) == 0)
        s.most = KNAPSACK_UNASKED;
    return s;
}

/* The lists without each class, made together or one by one. */
static void lists_without_one_class(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int i = 0; i < 450; i++) {
        struct draw d = draw(i, 11, &seed);
        struct room room = ROOM_START;
        struct span span[16];
        struct expected x = {&d.k, &room, d.capacity, span, 0};
        size_t asked = 0;
        for (size_t c = 0; c < d.k.classes; c++) {
            span[c] = draw_span(d.capacity, i / 150, &seed);
            asked += span[c].most != KNAPSACK_UNASKED;
        }
        assert_true(knapsack_without(&d.k, span, &room, same_as_alone, &x));
        assert_int_equal(x.seen, asked);
        assert_int_equal(room.held, 0);
        room_release(&room);
        knapsack_release(&d.k);
    }
}

/* Larger ones: the engines against each other, and the canonical choice by
 * lists and by the shortest way, by keys or, of too many options, not. */
static void engines_agree_on_larger_ones(void **state)
{
    (void)state;
    uint64_t seed = 99;
    for (int i = 0; i < 60; i++) {
        struct knapsack k =
            make_knapsack((enum family)(i % FAMILIES), 150, i % 3 ? 1 : 5, 600,
                          i % 2 ? 10 : 1, &seed);
        int64_t capacity = total_weight(&k) / (2 + i % 5), one = 0, two,
                sum = 0;
        struct room room = ROOM_START;
        size_t a[150], b[150];
        assert_true(search_value(&k, capacity, &one, &room));
        assert_true(dynamic_value(&k, capacity, &two));
        assert_int_equal(one, two);
        assert_true(settle(&k, capacity, a, &room));
        assert_true(knapsack_choose(&k, capacity, b, &room));
        assert_memory_equal(a, b, sizeof a);
        if (i % 2) { /* in units of ten: few enough cells */
            assert_true(cells_choose(&k, capacity, a));
            assert_memory_equal(a, b, sizeof a);
        }
        for (size_t c = 0; c < k.classes; c++)
            sum += a[c] == KNAPSACK_NONE ? 0 : k.option[a[c]].value;
        assert_int_equal(sum, one);
        room_release(&room);
        knapsack_release(&k);
    }
}

/* E8: three projects with several amounts. */
static struct option e8_option[] = {{3, 30}, {4, 40}, {5, 50}, {2, 18},
                                    {4, 36}, {2, 16}, {3, 24}};
static size_t e8_first[] = {0, 3, 5, 7};
static const struct knapsack E8 = {3, e8_first, e8_option};

static void the_list_of_the_worked_example(void **state)
{
    (void)state;
    static const int64_t weight[] = {0, 2, 3, 4, 5, 6, 7, 8, 9};
    static const int64_t value[] = {0, 18, 30, 40, 50, 58, 68, 76, 86};
    size_t choice[3];
    struct room room = ROOM_START;
    struct states s;
    assert_true(knapsack_states(&E8, KNAPSACK_NONE, 9, &s, &room));
    assert_int_equal(s.count, 9);
    for (size_t i = 0; i < 9; i++) {
        assert_int_equal(s.at[i].weight, weight[i]);
        assert_int_equal(s.at[i].value, value[i]);
    }
    states_release(&s, &room);
    assert_true(knapsack_choose(&E8, 8, choice, &room));
    assert_int_equal(choice[0], 1);
    assert_int_equal(choice[1], 4);
    assert_int_equal(choice[2], KNAPSACK_NONE);
    room_release(&room);
}

static bool lists_fit(size_t limit, size_t work)
{
    struct room room = {.limit = limit, .work = work};
    struct states s;
    bool fits = knapsack_states(&E8, KNAPSACK_NONE, 9, &s, &room);
    states_release(&s, &room);
    assert_int_equal(room.held, 0);
    room_release(&room);
    return fits;
}

static bool search_fits(size_t limit, size_t work)
{
    struct room room = {.limit = limit, .work = work};
    size_t choice[3];
    return search_choose(&E8, 8, choice, &room);
}

/* The room that E8 takes, to the state: with one less it is refused. */
static void the_limit_is_exact(void **state)
{
    (void)state;
    assert_true(lists_fit(35, 60));
    assert_false(lists_fit(34, 60));
    assert_false(lists_fit(35, 59));
    assert_true(search_fits(6, 16));
    assert_false(search_fits(5, 16));
    assert_false(search_fits(6, 15));
}

/* Too little room is said, and everything given back. */
static void the_limit_is_kept(void **state)
{
    (void)state;
    uint64_t seed = 5;
    struct knapsack k = make_knapsack(SUBSET_SUM, 30, 1, 20000, 1, &seed);
    int64_t capacity = total_weight(&k) / 2, value;
    struct room room = {.limit = 2000, .work = SIZE_MAX};
    size_t choice[30];
    assert_false(knapsack_choose(&k, capacity, choice, &room));
    assert_int_equal(room.held, 0);
    assert_false(search_choose(&k, capacity, choice, &room));
    assert_int_equal(room.held, 0);
    room.limit = 24000000;
    assert_true(knapsack_choose(&k, capacity, choice, &room));
    room.work = room.made + 1000;
    assert_false(knapsack_choose(&k, capacity, choice, &room));
    assert_false(search_choose(&k, capacity, choice, &room));
    assert_false(cells_choose(&k, CELLS_MOST, choice));
    assert_false(dynamic_value(&k, 100 * (int64_t)DYNAMIC_CELLS, &value));
    room_release(&room);
    knapsack_release(&k);
}

/* What has too many cells and too many keys goes to the lists, if there is
 * room for them. */
static void the_limit_of_all_ways(void **state)
{
    (void)state;
    uint64_t seed = 6;
    struct knapsack k = make_knapsack(SUBSET_SUM, 40, 1, 100000000, 1, &seed);
    struct room room = {.limit = 2000, .work = SIZE_MAX};
    size_t choice[40];
    assert_false(settle(&k, total_weight(&k) / 2, choice, &room));
    assert_int_equal(room.held, 0);
    room_release(&room);
    knapsack_release(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(optima_are_those_of_trying_all),
        cmocka_unit_test(lists_without_one_class),
        cmocka_unit_test(engines_agree_on_larger_ones),
        cmocka_unit_test(the_list_of_the_worked_example),
        cmocka_unit_test(the_limit_is_exact),
        cmocka_unit_test(the_limit_is_kept),
        cmocka_unit_test(the_limit_of_all_ways),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
