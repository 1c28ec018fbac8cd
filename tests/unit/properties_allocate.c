/* What must hold of every allocation (allocation.md, 3.1 and 3.2), on random
 * calls, and every figure of the sentences tried out. */
#include "core/why/explain.h"
#include "core/money.h"
#include "make_call.h"

#include <unistd.h>

/* Seconds; all of it takes less than one. A rule that is wrong can make the
 * search for an envelope go to its limit, call after call. */
#define TIME_MOST 20

#define CALLS 3000
#define MOST 10 /* projects of a call */

static const char *const RULES[] = {"strict", "skip", "partial"};

/* A call in rank order; amounts are whole units, so that every envelope can
 * be tried. */
static struct plan units_call(uint64_t *seed, const char *rule)
{
    size_t n = (size_t)(1 + random_below(seed, MOST));
    int64_t score[MOST], request[MOST], floor[MOST];
    int64_t envelope = 100 * random_below(seed, 60);
    int64_t unit = 100 * (1 + random_below(seed, 4));
    for (size_t i = 0; i < n; i++) {
        score[i] = (int64_t)(100 - 3 * i) - random_below(seed, 3);
        request[i] = 100 * (1 + random_below(seed, 20));
        floor[i] = floor_to_unit(
            100 * (1 + random_below(seed, request[i] / 100)), request[i], unit);
    }
    struct plan p = make_call(rule, envelope, n, score, request, floor);
    p.terms.unit = unit;
    for (size_t i = 0; i < n; i++)
        if (random_below(seed, 10) == 0)
            p.candidate[i].closed = REASON_BELOW_MIN;
    return p;
}

static void run(struct plan *p)
{
    struct err e = {0};
    assert_int_equal(plan_allocate(p, &e), ST_OK);
}

/* The award of the i-th under another envelope. */
static int64_t award_with(const struct plan *p, size_t i, int64_t envelope)
{
    struct share s[MOST];
    struct terms t = p->terms;
    t.envelope = envelope;
    assert_int_equal(allocate(p->candidate, p->count, &t, s, NULL), ST_OK);
    return s[i].award;
}

/* The award that candidate i gets when it stands at `position`. */
static int64_t award_at(const struct plan *p, size_t i, size_t position,
                        struct candidate moved)
{
    struct candidate c[MOST];
    struct share s[MOST];
    size_t n = 0;
    for (size_t k = 0; k < p->count; k++) {
        if (n == position)
            c[n++] = moved;
        if (k != i)
            c[n++] = p->candidate[k];
    }
    if (n == position)
        c[n++] = moved;
    assert_int_equal(allocate(c, n, &p->terms, s, NULL), ST_OK);
    return s[position].award;
}

#define FOR_RANDOM_CALLS(p, seed0) \
    uint64_t seed = (seed0); \
    for (int n = 0; n < CALLS * 3; n++) \
        for (struct plan p = units_call(&seed, RULES[n % 3]); p.count > 0; \
             plan_release(&p))

/* The definition of each rule, told from the results alone. */
static void each_award_follows_from_what_was_left(void **state)
{
    (void)state;
    FOR_RANDOM_CALLS(p, 11)
    {
        int64_t rest = p.terms.envelope, unit = p.terms.unit;
        bool strict = strcmp(rule_name(p.terms.rule), "strict") == 0;
        bool partial = strcmp(rule_name(p.terms.rule), "partial") == 0;
        bool refused = false;
        run(&p);
        for (size_t i = 0; i < p.count; i++) {
            const struct candidate *c = &p.candidate[i];
            int64_t want = 0;
            if (c->closed != REASON_OPEN || (strict && refused))
                want = 0;
            else if (c->request <= rest)
                want = c->request;
            else if (partial && rest / unit * unit >= c->floor)
                want = rest / unit * unit;
            refused |= c->closed == REASON_OPEN && want == 0;
            assert_int_equal(p.share[i].award, want);
            rest -= want;
        }
        assert_true(rest >= 0);
    }
}

static void a_better_place_never_costs_money(void **state)
{
    (void)state;
    FOR_RANDOM_CALLS(p, 12)
    {
        run(&p);
        for (size_t i = 1; i < p.count; i++)
            assert_true(award_at(&p, i, i - 1, p.candidate[i]) >=
                        p.share[i].award);
    }
}

static void a_smaller_request_is_never_refused_for_it(void **state)
{
    (void)state;
    FOR_RANDOM_CALLS(p, 13)
    {
        run(&p);
        for (size_t i = 0; i < p.count; i++) {
            struct candidate c = p.candidate[i];
            if (p.share[i].award == 0 || c.request == c.floor)
                continue;
            c.request -= 100;
            assert_true(award_at(&p, i, i, c) > 0);
        }
    }
}

static void under_strict_more_money_drops_nobody(void **state)
{
    (void)state;
    FOR_RANDOM_CALLS(p, 14)
    {
        p.terms.rule = rule_find("strict");
        run(&p);
        for (size_t i = 0; i < p.count; i++)
            assert_true(award_with(&p, i, p.terms.envelope + 100) >=
                        p.share[i].award);
    }
}

static void partial_makes_one_partial_award_at_most(void **state)
{
    (void)state;
    FOR_RANDOM_CALLS(p, 15)
    {
        int partial = 0;
        run(&p);
        for (size_t i = 0; i < p.count; i++)
            partial += p.share[i].reason == REASON_PARTIAL;
        assert_true(partial <= 1);
    }
}

/* ------------------------------------------------ the sentences, tried out */

/* The amount behind `before` in a sentence; -1 when it does not say it. */
static int64_t amount_in(const char *sentence, const char *before)
{
    const char *at = strstr(sentence, before);
    int64_t cents = -1;
    struct err e;
    if (at == NULL)
        return -1;
    at += strlen(before);
    char *text = xstrndup(at, (size_t)(strstr(at, "€") + 3 - at));
    assert_int_equal(money_parse(text, &cents, &e), ST_OK);
    free(text);
    return cents;
}

static bool was_refused(const struct plan *p, size_t i)
{
    return p->share[i].award == 0 && p->candidate[i].closed == REASON_OPEN;
}

static void the_envelope_named_is_the_first_that_funds(void **state)
{
    (void)state;
    int named = 0;
    FOR_RANDOM_CALLS(p, 16)
    {
        run(&p);
        for (size_t i = 0; i < p.count; i++) {
            if (!was_refused(&p, i))
                continue;
            char *s = explain_share(&p, i);
            int64_t first = p.terms.envelope;
            /* at 20 for each of them all are paid */
            while (award_with(&p, i, first) == 0 && first < 2000 * MOST)
                first += 100;
            assert_int_equal(amount_in(s, "with an envelope of "), first);
            named++;
            free(s);
        }
    }
    assert_true(named > CALLS);
}

static void the_place_named_is_the_last_that_funds(void **state)
{
    (void)state;
    int named = 0;
    FOR_RANDOM_CALLS(p, 17)
    {
        run(&p);
        for (size_t i = 0; i < p.count; i++) {
            if (!was_refused(&p, i))
                continue;
            char *s = explain_share(&p, i);
            const char *at = strstr(s, "that of rank ");
            size_t last = i;
            while (last > 0 && award_at(&p, i, last - 1, p.candidate[i]) == 0)
                last--;
            /* places held by those who take no part are no better */
            while (last > 0 && p.candidate[last - 1].closed != REASON_OPEN)
                last--;
            assert_true((at == NULL) == (last == 0));
            if (at != NULL)
                assert_int_equal(atoi(at + strlen("that of rank ")), last);
            named += at != NULL;
            free(s);
        }
    }
    assert_true(named > CALLS);
}

static void the_request_named_is_the_largest_that_passes(void **state)
{
    (void)state;
    int named = 0;
    FOR_RANDOM_CALLS(p, 18)
    {
        run(&p);
        for (size_t i = 0; i < p.count; i++) {
            char *s = explain_share(&p, i);
            int64_t most = amount_in(s, "A request of ");
            struct candidate c = p.candidate[i];
            if (most > 0) {
                c.request = c.floor = most;
                assert_int_equal(award_at(&p, i, i, c), most);
                c.request = c.floor = most + 1;
                assert_int_equal(award_at(&p, i, i, c), 0);
                named++;
            }
            free(s);
        }
    }
    assert_true(named > CALLS / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_award_follows_from_what_was_left),
        cmocka_unit_test(a_better_place_never_costs_money),
        cmocka_unit_test(a_smaller_request_is_never_refused_for_it),
        cmocka_unit_test(under_strict_more_money_drops_nobody),
        cmocka_unit_test(partial_makes_one_partial_award_at_most),
        cmocka_unit_test(the_envelope_named_is_the_first_that_funds),
        cmocka_unit_test(the_place_named_is_the_last_that_funds),
        cmocka_unit_test(the_request_named_is_the_largest_that_passes),
    };
    alarm(TIME_MOST);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
