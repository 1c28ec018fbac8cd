/* The rules beyond the ranking: the worked examples E4 to E7, what the rules
 * refuse, and what must hold of every allocation. */
#include "core/rules/optimum.h"
#include "core/proportion.h"
#include "core/rules/proportional.h"
#include "core/rules/tiers.h"
#include "make_call.h"
#include "make_knapsack.h"

/* ------------------------------------------------------------------- tiers */

static struct plan e4_with_tiers(const char *rule)
{
    struct plan p = call_e4(rule);
    assert_int_equal(tiers_parse("80:100,70:75,60:50", &p.terms, NULL), ST_OK);
    return p;
}

static void tiers_of_the_worked_example(void **state)
{
    (void)state;
    struct plan p = e4_with_tiers("tiers");
    expect_allocation(&p, (int64_t[]){4800, 5000, 3600, 4900, 0, 1125, 0, 0});
    assert_int_equal(p.share[4].reason, REASON_TIER_NO_FIT);
    assert_int_equal(p.share[5].reason, REASON_TIER);
    assert_int_equal(p.share[6].reason, REASON_TIER_FLOOR);
    assert_int_equal(p.share[7].reason, REASON_TIER_FLOOR);
    p.candidate[7].score_num = 59;
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    assert_int_equal(p.share[7].reason, REASON_TIER_ZERO);
    assert_string_equal(reason_name(&p.share[7], &p.candidate[7]),
                        "below-threshold");
    plan_release(&p);
}

/* E6: at the edge of a tier a better score loses everything. */
static void a_better_score_may_lose_at_the_edge_of_a_tier(void **state)
{
    (void)state;
    struct plan p = make_call("tiers", 6, 1, (int64_t[]){79}, (int64_t[]){10},
                              (int64_t[]){1});
    assert_int_equal(tiers_parse("80:100,70:50", &p.terms, NULL), ST_OK);
    expect_allocation(&p, (int64_t[]){5});
    p.candidate[0].score_num = 80;
    expect_allocation(&p, (int64_t[]){0});
    plan_release(&p);
}

/* Amounts 60 and 40 in 50: 30 and 20; the second's floor does not allow 20,
 * so the first gets what fits. */
static void tiers_are_cut_in_proportion(void **state)
{
    (void)state;
    struct plan p = make_call("tiers:cut", 50, 2, (int64_t[]){90, 80},
                              (int64_t[]){60, 40}, (int64_t[]){10, 10});
    assert_int_equal(tiers_parse("70:100", &p.terms, NULL), ST_OK);
    expect_allocation(&p, (int64_t[]){30, 20});
    p.candidate[1].floor = 21;
    expect_allocation(&p, (int64_t[]){50, 0});
    assert_int_equal(p.share[1].reason, REASON_TIER_FLOOR);
    p.terms.envelope = 100;
    expect_allocation(&p, (int64_t[]){60, 40});
    /* of two under their floors the lower-ranked leaves, the other may stay */
    p.terms.envelope = 50;
    p.candidate[0].floor = 31;
    expect_allocation(&p, (int64_t[]){50, 0});
    plan_release(&p);
}

static void lists_of_tiers_that_can_and_cannot_be(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",       "80",          "80:",         "80:0",
        "80:101", "80:50,80:40", "70:50,80:40", "80:50,70:60",
        "80:50,", "a:50",        "-1:50",       "80:50;70:60"};
    struct terms t = {0};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(tiers_parse(bad[i], &t, NULL), ST_BAD_DATA);
    assert_int_equal(tiers_parse("75.5:100,60:62,5", &t, NULL), ST_BAD_DATA);
    assert_int_equal(tiers_parse("75.5:100,60:62.5", &t, NULL), ST_OK);
    assert_int_equal(tiers_parse("75.5:100;60:62.5", &t, NULL), ST_OK);
    assert_int_equal(t.tiers, 2);
    assert_int_equal(t.tier[0].threshold, 7550);
    assert_int_equal(t.tier[1].share_bp, 6250);
    struct plan p = call_e4("tiers"), q = call_e4("tiers:cut");
    assert_int_equal(plan_allocate(&p, NULL), ST_REFUSED);
    assert_int_equal(plan_allocate(&q, NULL), ST_REFUSED);
    plan_release(&p);
    plan_release(&q);
}

/* ------------------------------------------------------------ proportional */

static void proportional_of_the_worked_examples(void **state)
{
    (void)state;
    struct plan p = call_e4("proportional");
    expect_allocation(
        &p, (int64_t[]){4362, 4346, 3023, 3920, 2466, 1096, 587, 200});
    p.terms.rounding = ROUNDING_DIVISOR;
    expect_allocation(
        &p, (int64_t[]){4362, 4346, 3023, 3921, 2465, 1096, 587, 200});
    plan_release(&p);
    p = make_call("proportional", 70, 3, (int64_t[]){8, 6, 5},
                  (int64_t[]){50, 40, 30}, (int64_t[]){10, 20, 5});
    expect_allocation(&p, (int64_t[]){36, 21, 13});
    plan_release(&p);
}

/* E4: t = 198/20045 of score x request; nobody between floor and request, or
 * all paid whole, has none. */
static void the_coefficient_of_the_worked_example(void **state)
{
    (void)state;
    struct plan p = call_e4("proportional");
    struct frac f = {0};
    assert_true(proportional_coefficient(p.candidate, p.count, &p.terms,
                                         p.terms.envelope, &f));
    assert_int_equal(f.num * 20045, f.den * 198 * 100);
    assert_int_equal(f.den, 4009);
    assert_false(
        proportional_coefficient(p.candidate, p.count, &p.terms, 24100, &f));
    assert_false(
        proportional_coefficient(p.candidate, p.count, &p.terms, 3000, &f));
    assert_false(proportional_coefficient(NULL, 0, &p.terms, 3000, &f));
    plan_release(&p);
}

static void largest_remainders_of_the_worked_example(void **state)
{
    (void)state;
    const int64_t weight[] = {1500, 1500, 900, 500, 500, 200};
    const int64_t of_25[] = {7, 7, 4, 3, 3, 1}, of_26[] = {8, 8, 5, 2, 2, 1};
    int64_t out[6];
    largest_remainder(weight, 6, 25, out);
    assert_memory_equal(out, of_25, sizeof out);
    largest_remainder(weight, 6, 26, out);
    assert_memory_equal(out, of_26, sizeof out);
    /* equal remainders: the first */
    largest_remainder((int64_t[]){7, 7, 7}, 3, 2, out);
    assert_int_equal(out[1], 1);
    assert_int_equal(out[2], 0);
}

static void proportional_edges(void **state)
{
    (void)state;
    struct plan p = make_call("proportional", 30, 3, (int64_t[]){9, 8, 0},
                              (int64_t[]){20, 20, 5}, (int64_t[]){10, 20, 5});
    expect_allocation(&p, (int64_t[]){10, 20, 0});
    assert_int_equal(p.share[2].reason, REASON_NO_SCORE);
    p.terms.envelope = 29;
    expect_allocation(&p, (int64_t[]){20, 0, 0});
    assert_int_equal(p.share[1].reason, REASON_FLOORS);
    p.terms.envelope = 5;
    expect_allocation(&p, (int64_t[]){0, 0, 0});
    p.terms.envelope = 100;
    p.terms.unit = 10;
    assert_int_equal(plan_allocate(&p, NULL), ST_REFUSED);
    plan_release(&p);
}

/* The divisor rule as it is defined: from the floors, unit after unit. */
static void unit_after_unit(const struct plan *p, int64_t *award)
{
    int64_t left = p->terms.envelope;
    for (size_t i = 0; i < p->count; i++) {
        award[i] = p->share[i].award > 0 ? p->candidate[i].floor : 0;
        left -= award[i];
    }
    for (; left > 0; left--) {
        size_t best = p->count;
        for (size_t i = 0; i < p->count; i++) {
            const struct candidate *c = &p->candidate[i], *b = c;
            if (award[i] == 0 || award[i] >= c->request)
                continue;
            if (best < p->count)
                b = &p->candidate[best];
            if (best == p->count ||
                (2 * award[i] + 1) * b->score_num * b->request <
                    (2 * award[best] + 1) * c->score_num * c->request)
                best = i;
        }
        if (best == p->count)
            break;
        award[best]++;
    }
}

static void divisors_on_random_calls(void **state)
{
    (void)state;
    uint64_t seed = 12;
    for (int n = 0; n < 3000; n++) {
        struct plan p = random_call("proportional", 14, n % 5, &seed);
        int64_t award[CALL_MOST];
        p.terms.rounding = ROUNDING_DIVISOR;
        assert_int_equal(plan_allocate(&p, NULL), ST_OK);
        unit_after_unit(&p, award);
        for (size_t i = 0; i < p.count; i++)
            assert_int_equal(p.share[i].award, award[i]);
        plan_release(&p);
    }
}

/* Many that are rounded up take whole units from the one large one. */
static void divisors_take_from_the_largest(void **state)
{
    (void)state;
    struct plan p = {0};
    int64_t score[14], request[14], floor[14], award[CALL_MOST];
    for (size_t i = 0; i < 14; i++) {
        score[i] = 50;
        request[i] = i == 0 ? 1000 : 3;
        floor[i] = 1;
    }
    p = make_call("proportional", 554, 14, score, request, floor);
    p.terms.rounding = ROUNDING_DIVISOR;
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    unit_after_unit(&p, award);
    assert_int_equal(award[0], 528);
    for (size_t i = 0; i < p.count; i++)
        assert_int_equal(p.share[i].award, award[i]);
    plan_release(&p);
}

/* Adds up to the envelope, within floors and requests, the top of the ranking
 * taken in; the two roundings within a unit of the exact level; and by
 * divisors a larger envelope costs nobody anything while the same projects
 * are in. */
static void proportional_on_random_calls(void **state)
{
    (void)state;
    uint64_t seed = 11;
    for (int n = 0; n < 6000; n++) {
        struct plan p = random_call("proportional", 14, n % 2, &seed);
        for (size_t i = 0; i < p.count; i++)
            p.candidate[i].score_num += p.candidate[i].score_num == 0;
        p.terms.rounding = n % 4 < 2 ? ROUNDING_DIVISOR : ROUNDING_REMAINDER;
        assert_int_equal(plan_allocate(&p, NULL), ST_OK);
        int64_t sum = 0, requests = 0, award[CALL_MOST];
        bool in = true;
        for (size_t i = 0; i < p.count; i++) {
            const struct candidate *c = &p.candidate[i];
            award[i] = p.share[i].award;
            assert_true(in || award[i] == 0);
            in = in && award[i] > 0;
            assert_true(!in ||
                        (award[i] >= c->floor && award[i] <= c->request));
            sum += award[i];
            requests += in ? c->request : 0;
        }
        assert_int_equal(sum, requests <= p.terms.envelope ? requests
                              : award[0] > 0               ? p.terms.envelope
                                                           : 0);
        p.terms.envelope++;
        assert_int_equal(plan_allocate(&p, NULL), ST_OK);
        bool same = true;
        for (size_t i = 0; i < p.count; i++)
            same = same && (p.share[i].award > 0) == (award[i] > 0);
        for (size_t i = 0; same && i < p.count; i++)
            assert_true(p.share[i].award >=
                        award[i] - (p.terms.rounding == ROUNDING_REMAINDER));
        plan_release(&p);
    }
}

/* ----------------------------------------------------------------- optimal */

static void expect_worth(const struct plan *p, int64_t value)
{
    struct problem problem;
    assert_int_equal(problem_of_plan(p, &problem, NULL), ST_OK);
    assert_int_equal(problem_value(&problem, p->share), value);
    problem_release(&problem);
    assert_int_equal(optimum_verify(p, NULL), ST_OK);
}

static void optima_of_the_worked_example(void **state)
{
    (void)state;
    struct plan p = call_e4("optimal");
    expect_allocation(&p,
                      (int64_t[]){4800, 5000, 3600, 0, 3200, 1500, 900, 200});
    assert_int_equal(p.share[3].reason, REASON_NOT_CHOSEN);
    expect_worth(&p, 543);
    p.terms.objective = OBJECTIVE_SCORE_EURO;
    expect_allocation(&p, (int64_t[]){4800, 5000, 3600, 4900, 0, 1500, 0, 200});
    expect_worth(&p, 1707500);
    p.terms.step = 100;
    expect_allocation(&p, (int64_t[]){4800, 5000, 3600, 4900, 1700, 0, 0, 0});
    expect_worth(&p, 1717100);
    p.terms.curve = CURVE_CONCAVE;
    expect_allocation(
        &p, (int64_t[]){4100, 4200, 3000, 4000, 2600, 1200, 700, 200});
    expect_worth(&p, 1957805);
    plan_release(&p);
}

static void more_money_may_drop_a_project(void **state)
{
    (void)state;
    struct plan p = make_call("optimal", 10, 3, (int64_t[]){60, 50, 49},
                              (int64_t[]){6, 5, 5}, NULL);
    expect_allocation(&p, (int64_t[]){0, 5, 5});
    p.terms.envelope = 11;
    expect_allocation(&p, (int64_t[]){6, 5, 0});
    plan_release(&p);
    p = make_call("optimal", 8, 3, (int64_t[]){9, 8, 7}, (int64_t[]){5, 8, 2},
                  NULL);
    p.terms.objective = OBJECTIVE_SCORE_EURO;
    expect_allocation(&p, (int64_t[]){0, 8, 0});
    p.candidate[1].request = p.candidate[1].floor = 7;
    expect_allocation(&p, (int64_t[]){5, 0, 2});
    plan_release(&p);
}

static const int64_t K2_REQUESTS[] = {2150, 1800, 1725, 1310, 990, 640, 455};
static const int64_t K2_SCORES[] = {88, 81, 79, 66, 61, 40, 33};

static void optima_of_the_tiny_knapsacks(void **state)
{
    (void)state;
    struct plan p = make_call("optimal", 15, 5, (int64_t[]){9, 8, 7, 5, 4},
                              (int64_t[]){7, 6, 5, 4, 3}, NULL);
    expect_allocation(&p, (int64_t[]){7, 0, 5, 0, 3});
    plan_release(&p);
    p = make_call("optimal", 5000, 7, K2_SCORES, K2_REQUESTS, NULL);
    expect_allocation(&p, (int64_t[]){0, 1800, 1725, 0, 990, 0, 455});
    expect_worth(&p, 254);
    p.terms.objective = OBJECTIVE_SCORE_EURO;
    expect_allocation(&p, (int64_t[]){2150, 1800, 0, 0, 990, 0, 0});
    expect_worth(&p, 395390);
    plan_release(&p);
}

static void optimal_refuses_what_it_cannot_do(void **state)
{
    (void)state;
    struct plan p = call_e4("optimal");
    p.terms.unit = 100;
    p.terms.step = 150;
    assert_int_equal(plan_allocate(&p, NULL), ST_REFUSED);
    p.terms.step = 100;
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    for (size_t i = 0; i < p.count; i++)
        p.candidate[i].score_den = INT64_C(1) << 61;
    p.candidate[0].score_den = (INT64_C(1) << 61) - 1;
    assert_int_equal(plan_allocate(&p, NULL), ST_REFUSED);
    plan_release(&p);
}

/* The denominator of a panel provides for all that could be marked: what the
 * scores have in common of it does not count against the limit. */
static void scores_need_only_their_own_denominator(void **state)
{
    (void)state;
    struct plan p = e4_in_euros("optimal");
    p.terms.objective = OBJECTIVE_SCORE_EURO;
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    expect_worth(&p, 170750000);
    for (size_t i = 0; i < p.count; i++) {
        p.candidate[i].score_num <<= 50;
        p.candidate[i].score_den <<= 50;
    }
    const int64_t award[] = {480000, 500000, 360000, 490000,
                             0,      150000, 0,      20000};
    struct problem problem;
    expect_allocation(&p, award);
    assert_int_equal(optimum_verify(&p, NULL), ST_OK);
    assert_int_equal(problem_of_plan(&p, &problem, NULL), ST_OK);
    int64_t times = problem.score[0] / 92, sum = 0; /* as fine as can be */
    for (size_t i = 0; i < p.count; i++)
        sum += p.candidate[i].request * E4_SCORES[i];
    assert_int_equal(problem.score_den, 100 * times);
    assert_true(times * sum < INT64_C(1) << 62);
    assert_true((times + 1) * sum >= INT64_C(1) << 62);
    problem_release(&problem);
    plan_release(&p);
}

/* And never finer than the candidates have them. */
static void scores_stay_as_fine_as_they_are(void **state)
{
    (void)state;
    struct plan p = make_call("optimal", 10, 2, (int64_t[]){50, 50},
                              (int64_t[]){6, 5}, NULL);
    struct problem problem;
    assert_int_equal(problem_of_plan(&p, &problem, NULL), ST_OK);
    assert_int_equal(problem.score_den, 100);
    assert_int_equal(problem.score[1], 50);
    problem_release(&problem);
    plan_release(&p);
}

/* Two denominators without a common factor, together more than 64 bits. */
static void denominators_that_do_not_fit(void **state)
{
    (void)state;
    struct plan p = make_call("optimal", 10, 2, (int64_t[]){1, 1},
                              (int64_t[]){6, 5}, NULL);
    p.candidate[0].score_den = (INT64_C(1) << 61) - 1;
    p.candidate[1].score_den = (INT64_C(1) << 61) - 3;
    assert_int_equal(plan_allocate(&p, NULL), ST_REFUSED);
    plan_release(&p);
}

/* The score and the request of one project, as exponents of two. */
static enum status large(int score, int request, enum objective objective)
{
    struct plan p = make_call("optimal", 10, 1, (int64_t[]){1}, (int64_t[]){1},
                              NULL);
    p.terms.objective = objective;
    p.candidate[0].score_num = INT64_C(1) << score;
    p.candidate[0].score_den = (INT64_C(1) << score) + 1;
    p.candidate[0].request = p.candidate[0].floor = INT64_C(1) << request;
    enum status st = plan_allocate(&p, NULL);
    plan_release(&p);
    return st;
}

/* Values add up to less than 2^62; a score times the square of a request is
 * less than 2^125. */
static void values_that_do_not_fit(void **state)
{
    (void)state;
    assert_int_equal(large(51, 10, OBJECTIVE_SCORE_EURO), ST_OK);
    assert_int_equal(large(51, 11, OBJECTIVE_SCORE_EURO), ST_REFUSED);
    assert_int_equal(large(51, 11, OBJECTIVE_SCORE), ST_OK);
    assert_int_equal(large(60, 32, OBJECTIVE_SCORE), ST_OK);
    assert_int_equal(large(60, 33, OBJECTIVE_SCORE), ST_REFUSED);
}

/* A wrong award is seen by the second engine. */
static void the_second_engine_objects(void **state)
{
    (void)state;
    struct plan p = call_e4("optimal");
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    p.share[0].award = 0;
    assert_int_equal(optimum_verify(&p, NULL), ST_BUG);
    plan_release(&p);
}

/* The best of all choices by trying all; the amounts lie on the steps. */
static void partial_optima_on_random_calls(void **state)
{
    (void)state;
    uint64_t seed = 31;
    for (int n = 0; n < 1500; n++) {
        struct plan p = random_call("optimal", 6, true, &seed);
        struct problem problem;
        p.terms.step = 1 + n % 4;
        p.terms.objective = n % 2 ? OBJECTIVE_SCORE_EURO : OBJECTIVE_SCORE;
        p.terms.curve = n % 3 ? CURVE_LINEAR : CURVE_CONCAVE;
        assert_int_equal(plan_allocate(&p, NULL), ST_OK);
        assert_int_equal(problem_of_plan(&p, &problem, NULL), ST_OK);
        expect_worth(
            &p, brute_force(&problem.knapsack, p.terms.envelope, NULL).value);
        assert_true(plan_total(&p) <= p.terms.envelope);
        for (size_t i = 0; i < p.count; i++) {
            int64_t a = p.share[i].award;
            const struct candidate *c = &p.candidate[i];
            assert_true(a == 0 || a == c->request ||
                        (a >= c->floor && a < c->request &&
                         (a - c->floor) % p.terms.step == 0));
        }
        problem_release(&problem);
        plan_release(&p);
    }
}

/* The award of the project of that id, when its score or its request is
 * another. */
static int64_t award_after(const struct plan *p, size_t i, int64_t score,
                           int64_t request)
{
    struct plan q = {.count = p->count, .terms = p->terms};
    const char *id = p->candidate[i].id;
    int64_t award = -1;
    q.candidate = xcalloc(q.count, sizeof *q.candidate);
    memcpy(q.candidate, p->candidate, q.count * sizeof *q.candidate);
    q.candidate[i].score_num = score;
    q.candidate[i].request = request;
    if (q.candidate[i].floor > request)
        q.candidate[i].floor = request;
    plan_sort(&q);
    assert_int_equal(plan_allocate(&q, NULL), ST_OK);
    for (size_t k = 0; k < q.count; k++)
        if (strcmp(q.candidate[k].id, id) == 0)
            award = q.share[k].award;
    plan_release(&q);
    return award;
}

/* A better score never costs money (under proportional by largest remainder,
 * a unit at most), and under optimal on scores neither does asking less cost
 * the award: the zeros of the specification, 3.1. */
static void better_never_costs(void **state)
{
    (void)state;
    static const char *const rules[] = {"optimal", "optimal", "proportional"};
    uint64_t seed = 55;
    for (int n = 0; n < 4500; n++) {
        struct plan p = random_call(rules[n % 3], 9, n % 2, &seed);
        size_t i = (size_t)random_below(&seed, (int64_t)p.count);
        const struct candidate *c = &p.candidate[i];
        bool by_score = n % 3 == 0;
        p.terms.objective = by_score ? OBJECTIVE_SCORE : OBJECTIVE_SCORE_EURO;
        assert_int_equal(plan_allocate(&p, NULL), ST_OK);
        int64_t award = p.share[i].award;
        int64_t better = c->score_num + 1 + random_below(&seed, 20);
        assert_true(award_after(&p, i, better, c->request) >=
                    award - (n % 3 == 2));
        if (by_score && award > 0 && c->request > 1)
            assert_true(award_after(&p, i, c->score_num, c->request - 1) > 0);
        plan_release(&p);
    }
}

/* ---------------------------------------------------------------- decisions */

/* Under every rule what the committee set is paid first, and the rest of the
 * envelope is what the rule shares. */
static void forced_under_every_rule(void **state)
{
    (void)state;
    for (size_t r = 0; rule_at(r) != NULL; r++) {
        struct plan p = e4_with_tiers(rule_name(rule_at(r)));
        assert_int_equal(plan_force(&p, "P8", 150, NULL), ST_OK);
        assert_int_equal(plan_force(&p, "P1", 0, NULL), ST_OK);
        assert_int_equal(plan_allocate(&p, NULL), ST_OK);
        assert_int_equal(p.share[7].award, 150);
        assert_int_equal(p.share[7].reason, REASON_FORCED_IN);
        assert_int_equal(p.share[0].award, 0);
        assert_int_equal(p.share[0].reason, REASON_FORCED_OUT);
        assert_true(plan_total(&p) <= p.terms.envelope);
        assert_true(p.share[1].award > 0);
        plan_release(&p);
    }
}

/* ------------------------------------------------------------------ themes */

/* Five projects, the third and the last of theme 7. */
static struct plan call_with_themes(const char *rule, int64_t least,
                                    int64_t most)
{
    struct plan p = make_call(rule, 100, 5, (int64_t[]){90, 80, 70, 60, 50},
                              (int64_t[]){50, 40, 30, 20, 10},
                              (int64_t[]){25, 20, 15, 10, 5});
    p.candidate[2].theme = p.candidate[4].theme = 7;
    p.terms.reserves = 1;
    p.terms.reserve[0] = (struct reserve){7, "Access", least, most};
    return p;
}

static void a_reserve_waits_for_its_theme(void **state)
{
    (void)state;
    struct plan p = call_with_themes("skip", 0, -1);
    expect_allocation(&p, (int64_t[]){50, 40, 0, 0, 10});
    p.terms.reserve[0].least = 30;
    expect_allocation(&p, (int64_t[]){50, 0, 30, 20, 0});
    assert_int_equal(p.share[1].rest_before, 20);
    assert_int_equal(p.share[1].kept, 30);
    /* no more is kept than the theme still asks for */
    p.terms.reserve[0].least = 60;
    expect_allocation(&p, (int64_t[]){50, 0, 30, 0, 10});
    assert_int_equal(p.share[0].kept, 40);
    assert_int_equal(p.share[3].kept, 10);
    /* what is not used is free after the last of the theme */
    p.candidate[4].closed = REASON_KO;
    expect_allocation(&p, (int64_t[]){50, 0, 30, 20, 0});
    plan_release(&p);
}

static void a_reserve_under_partial(void **state)
{
    (void)state;
    struct plan p = call_with_themes("partial", 30, -1);
    expect_allocation(&p, (int64_t[]){50, 20, 30, 0, 0});
    assert_int_equal(p.share[1].reason, REASON_PARTIAL);
    plan_release(&p);
}

/* The line of strict stops the unreserved money; the theme goes on with its
 * own, until one of its projects does not fit. */
static void a_reserve_under_strict(void **state)
{
    (void)state;
    struct plan p = call_with_themes("strict", 30, -1);
    expect_allocation(&p, (int64_t[]){50, 0, 30, 0, 0});
    assert_int_equal(p.share[1].reason, REASON_STRICT_LINE);
    assert_int_equal(p.share[3].reason, REASON_AFTER_LINE);
    assert_int_equal(p.share[4].reason, REASON_AFTER_LINE);
    p.terms.reserve[0].least = 20;
    expect_allocation(&p, (int64_t[]){50, 0, 0, 0, 0});
    assert_int_equal(p.share[2].reason, REASON_STRICT_LINE);
    assert_int_equal(p.share[4].reason, REASON_AFTER_LINE);
    plan_release(&p);
}

static void a_ceiling_stops_its_theme_alone(void **state)
{
    (void)state;
    struct plan p = call_with_themes("strict", 0, 25);
    p.terms.envelope = 150;
    expect_allocation(&p, (int64_t[]){50, 40, 0, 20, 0});
    assert_int_equal(p.share[2].reason, REASON_CEILING);
    assert_int_equal(p.share[4].reason, REASON_AFTER_LINE);
    p.terms.rule = rule_find("skip");
    expect_allocation(&p, (int64_t[]){50, 40, 0, 20, 10});
    p.terms.rule = rule_find("partial");
    expect_allocation(&p, (int64_t[]){50, 40, 25, 20, 0});
    assert_int_equal(p.share[4].reason, REASON_CEILING);
    plan_release(&p);
}

static void reserves_that_cannot_be(void **state)
{
    (void)state;
    struct plan p = call_with_themes("skip", 101, -1);
    assert_int_equal(plan_allocate(&p, NULL), ST_REFUSED);
    p.terms.reserve[0].least = 100;
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    p.terms.rule = rule_find("optimal");
    assert_int_equal(plan_allocate(&p, NULL), ST_REFUSED);
    p.terms.reserves = 0;
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    plan_release(&p);
}

/* A forced award counts for its theme. */
static void forced_awards_use_up_a_reserve(void **state)
{
    (void)state;
    struct plan p = call_with_themes("skip", 30, -1);
    assert_int_equal(plan_force(&p, "P3", 30, NULL), ST_OK);
    expect_allocation(&p, (int64_t[]){50, 0, 30, 20, 0});
    assert_int_equal(p.share[1].rest_before, 20);
    assert_int_equal(p.share[1].kept, 0);
    plan_release(&p);
}

/* The theme gets its reserve whatever the ranking, as far as its requests fit
 * into it one after the other; nothing is overspent. */
static void reserves_on_random_calls(void **state)
{
    (void)state;
    static const char *const rules[] = {"strict", "skip", "partial"};
    uint64_t seed = 77;
    for (int n = 0; n < 9000; n++) {
        struct plan p = random_call(rules[n % 3], 10, true, &seed);
        int64_t least = random_below(&seed, p.terms.envelope + 1);
        int64_t in_reserve = 0, theme = 0;
        p.terms.reserves = 1;
        p.terms.reserve[0] = (struct reserve){1, "x", least, -1};
        bool fits = true;
        for (size_t i = 0; i < p.count; i++)
            p.candidate[i].theme = random_below(&seed, 2);
        assert_int_equal(plan_allocate(&p, NULL), ST_OK);
        for (size_t i = 0; i < p.count; i++) {
            if (p.candidate[i].theme != 1)
                continue;
            theme += p.share[i].award;
            fits = fits && in_reserve + p.candidate[i].request <= least;
            in_reserve += fits ? p.candidate[i].request : 0;
        }
        assert_true(theme >= in_reserve);
        assert_true(plan_total(&p) <= p.terms.envelope);
        plan_release(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tiers_of_the_worked_example),
        cmocka_unit_test(a_better_score_may_lose_at_the_edge_of_a_tier),
        cmocka_unit_test(tiers_are_cut_in_proportion),
        cmocka_unit_test(lists_of_tiers_that_can_and_cannot_be),
        cmocka_unit_test(proportional_of_the_worked_examples),
        cmocka_unit_test(the_coefficient_of_the_worked_example),
        cmocka_unit_test(largest_remainders_of_the_worked_example),
        cmocka_unit_test(proportional_edges),
        cmocka_unit_test(divisors_on_random_calls),
        cmocka_unit_test(divisors_take_from_the_largest),
        cmocka_unit_test(proportional_on_random_calls),
        cmocka_unit_test(optima_of_the_worked_example),
        cmocka_unit_test(more_money_may_drop_a_project),
        cmocka_unit_test(optima_of_the_tiny_knapsacks),
        cmocka_unit_test(optimal_refuses_what_it_cannot_do),
        cmocka_unit_test(scores_need_only_their_own_denominator),
        cmocka_unit_test(scores_stay_as_fine_as_they_are),
        cmocka_unit_test(denominators_that_do_not_fit),
        cmocka_unit_test(values_that_do_not_fit),
        cmocka_unit_test(the_second_engine_objects),
        cmocka_unit_test(partial_optima_on_random_calls),
        cmocka_unit_test(better_never_costs),
        cmocka_unit_test(forced_under_every_rule),
        cmocka_unit_test(a_reserve_waits_for_its_theme),
        cmocka_unit_test(a_reserve_under_partial),
        cmocka_unit_test(a_reserve_under_strict),
        cmocka_unit_test(a_ceiling_stops_its_theme_alone),
        cmocka_unit_test(reserves_that_cannot_be),
        cmocka_unit_test(forced_awards_use_up_a_reserve),
        cmocka_unit_test(reserves_on_random_calls),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
