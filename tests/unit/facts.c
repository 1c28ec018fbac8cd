/* The facts: the worked examples E4, E6 and E7, and every figure tried out by
 * solving again with it and with one unit less. */
#include "core/why/facts.h"
#include "core/money.h"
#include "core/rules/optimum.h"
#include "core/rules/tiers.h"
#include "make_call.h"
#include "make_knapsack.h"

static void allocated(struct plan *p)
{
    struct err e = {0};
    if (plan_allocate(p, &e) != ST_OK)
        print_message("# %s\n", e.msg);
    assert_int_equal(e.code, ST_OK);
}

#define expect_figure(fact, figure) \
    do { \
        assert_int_equal((fact).answer, ANSWER_VALUE); \
        assert_int_equal((fact).value, figure); \
    } while (0)

/* -------------------------------------------------------- worked examples */

static void ranking_facts_of_the_worked_example(void **state)
{
    (void)state;
    static const struct {
        const char *rule;
        size_t i, place;
        int64_t envelope, amount;
    } want[] = {{"strict", 4, 3, 21500, 1700}, {"skip", 4, 3, 21500, 1700},
                {"partial", 5, 4, 22300, 0},   {"partial", 6, 4, 22000, 0},
                {"partial", 7, 4, 21700, 0},   {"skip", 6, 5, 20700, 200}};
    for (size_t k = 0; k < sizeof want / sizeof *want; k++) {
        struct plan p = call_e4(want[k].rule);
        allocated(&p);
        struct facts f = facts_of(&p, want[k].i);
        assert_int_equal(f.place, want[k].place);
        expect_figure(f.score, E4_SCORES[want[k].place]);
        expect_figure(f.envelope, want[k].envelope);
        assert_int_equal(f.amount.value, want[k].amount);
        plan_release(&p);
    }
}

static void optimal_facts_of_the_worked_example(void **state)
{
    (void)state;
    struct plan p = call_e4("optimal");
    struct facts f[8];
    struct outlook o;
    allocated(&p);
    facts_of_all(&p, f, &o);
    assert_true(o.known);
    assert_int_equal(o.best, 543);
    assert_int_equal(o.second, 536);
    expect_figure(f[3].score, 88);
    expect_figure(f[3].amount, 4000);
    expect_figure(f[3].envelope, 20900);
    expect_figure(f[3].price, 7);
    assert_int_equal(f[3].presence, IN_NONE);
    expect_figure(f[0].score, 81);
    expect_figure(f[2].score, 15);
    assert_int_equal(f[0].presence, IN_ALL);
    p.terms.objective = OBJECTIVE_SCORE_EURO;
    allocated(&p);
    facts_of_all(&p, f, &o);
    assert_int_equal(o.best, 1707500);
    assert_int_equal(o.second, 1695500);
    expect_figure(f[4].score, 96);
    expect_figure(f[4].amount, 1700);
    expect_figure(f[4].envelope, 20500);
    expect_figure(f[4].price, 56400);
    expect_figure(f[6].score, 124);
    expect_figure(f[6].amount, 200);
    expect_figure(f[6].envelope, 20500);
    assert_true(f[6].exact);
    plan_release(&p);
}

static void facts_where_more_money_drops_a_project(void **state)
{
    (void)state;
    struct plan p = make_call("optimal", 10, 3, (int64_t[]){60, 50, 49},
                              (int64_t[]){6, 5, 5}, NULL);
    allocated(&p);
    struct facts f = facts_of(&p, 0);
    expect_figure(f.score, 99);
    expect_figure(f.amount, 5);
    expect_figure(f.envelope, 11);
    p.terms.envelope = 11;
    allocated(&p);
    f = facts_of(&p, 2);
    expect_figure(f.score, 50);
    assert_int_equal(f.amount.answer, ANSWER_NEVER);
    expect_figure(f.envelope, 16);
    plan_release(&p);
}

static void facts_of_the_first_tiny_knapsack(void **state)
{
    (void)state;
    struct plan p = make_call("optimal", 15, 5, (int64_t[]){9, 8, 7, 5, 4},
                              (int64_t[]){7, 6, 5, 4, 3}, NULL);
    struct facts f[5];
    struct outlook o;
    allocated(&p);
    facts_of_all(&p, f, &o);
    assert_int_equal(o.best, 20);
    assert_int_equal(o.second, 20);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(f[i].presence, i == 2 ? IN_ALL : IN_SOME);
    plan_release(&p);
}

static void facts_of_the_second_tiny_knapsack(void **state)
{
    (void)state;
    static const int64_t request[] = {2150, 1800, 1725, 1310, 990, 640, 455};
    static const int64_t score[] = {88, 81, 79, 66, 61, 40, 33};
    static const int64_t s[] = {94, 75, 73, 72, 47, 46, 27};
    static const int64_t r[] = {2060, 2060, 1755, 1220, 1435, 550, 550};
    static const int64_t s_euro[] = {76, 76, 85, 87, 34, 86, 98};
    static const int64_t r_euro[] = {2150, 1800, 1540, 1125, 990, 60, 60};
    static const int64_t b_euro[] = {0, 0, 5185, 5185, 0, 6315, 5640};
    static const int64_t price[] = {0, 0, 9525, 26855, 0, 29300, 29300};
    struct plan p = make_call("optimal", 5000, 7, score, request, NULL);
    struct facts f[7];
    struct outlook o;
    allocated(&p);
    facts_of_all(&p, f, &o);
    assert_int_equal(o.second, 248);
    for (size_t i = 0; i < 7; i++) {
        expect_figure(f[i].score, s[i]);
        expect_figure(f[i].amount, r[i]);
        if (i == 0 || i == 3 || i == 5)
            expect_figure(f[i].envelope, 5090);
    }
    p.terms.objective = OBJECTIVE_SCORE_EURO;
    allocated(&p);
    facts_of_all(&p, f, &o);
    assert_int_equal(o.second, 385865);
    for (size_t i = 0; i < 7; i++) {
        expect_figure(f[i].score, s_euro[i]);
        expect_figure(f[i].amount, r_euro[i]);
        expect_figure(f[i].price, price[i]);
        if (b_euro[i] > 0)
            expect_figure(f[i].envelope, b_euro[i]);
    }
    plan_release(&p);
}

/* ------------------------------------- every figure of the ranking, tried out
 */

/* Whether the i-th is funded when its score, request, floor or the envelope is
 * another. The place follows from the score. */
static bool funded_with(const struct plan *p, size_t i, int64_t score,
                        int64_t request, int64_t floor, int64_t envelope)
{
    struct plan q = {.count = p->count, .terms = p->terms};
    const char *id = p->candidate[i].id;
    q.candidate = xcalloc(q.count, sizeof *q.candidate);
    memcpy(q.candidate, p->candidate, q.count * sizeof *q.candidate);
    q.terms.envelope = envelope;
    q.candidate[i].score_num = score;
    q.candidate[i].request = request;
    q.candidate[i].floor = floor;
    plan_sort(&q);
    bool funded = false;
    if (plan_allocate(&q, NULL) == ST_OK)
        for (size_t k = 0; k < q.count; k++)
            if (strcmp(q.candidate[k].id, id) == 0)
                funded = q.share[k].award > 0;
    plan_release(&q);
    return funded;
}

static bool funded_by_score(const struct plan *p, size_t i, int64_t score)
{
    const struct candidate *c = &p->candidate[i];
    return funded_with(p, i, score, c->request, c->floor, p->terms.envelope);
}

/* The least score: refused at every one between its own and that. */
static void try_score_needed(const struct plan *p, size_t i,
                             const struct facts *f)
{
    int64_t own = p->candidate[i].score_num;
    int64_t needed =
        f->score.answer == ANSWER_NEVER ? 130 : f->score.value + f->above;
    for (int64_t s = own; s < needed; s++)
        assert_false(funded_by_score(p, i, s));
    if (f->score.answer == ANSWER_VALUE)
        assert_true(funded_by_score(p, i, needed));
}

static void try_margin(const struct plan *p, size_t i, const struct facts *f)
{
    int64_t own = p->candidate[i].score_num;
    int64_t least =
        f->score.answer == ANSWER_ANY ? 0 : f->score.value + f->above;
    for (int64_t s = own; s >= least; s--)
        assert_true(funded_by_score(p, i, s));
    if (f->score.answer == ANSWER_VALUE)
        assert_false(funded_by_score(p, i, least - 1));
}

/* Where a floor was too large it is the floor that is tried. A tier may give
 * less than a floor that stays. */
static bool funded_by_amount(const struct plan *p, size_t i, int64_t amount)
{
    const struct candidate *c = &p->candidate[i];
    enum reason r = p->share[i].reason;
    const char *rule = rule_name(p->terms.rule);
    bool floors = strcmp(rule, "partial") == 0 || r == REASON_FLOORS ||
                  r == REASON_TIER_FLOOR;
    bool stays = r == REASON_TIER_NO_FIT && c->floor < amount;
    return funded_with(p, i, c->score_num, floors ? c->request : amount,
                       stays ? c->floor : amount, p->terms.envelope);
}

static void try_amount(const struct plan *p, size_t i, const struct facts *f)
{
    if (f->amount.answer != ANSWER_VALUE)
        return;
    assert_true(funded_by_amount(p, i, f->amount.value));
    if (p->terms.reserves == 0)
        assert_false(funded_by_amount(p, i, f->amount.value + p->terms.unit));
}

static void try_envelope(const struct plan *p, size_t i, const struct facts *f)
{
    const struct candidate *c = &p->candidate[i];
    int64_t end = f->envelope.value;
    if (f->envelope.answer == ANSWER_NONE)
        return;
    if (f->envelope.answer == ANSWER_NEVER)
        end = p->terms.envelope + 300;
    for (int64_t b = p->terms.envelope; b < end; b++)
        assert_false(funded_with(p, i, c->score_num, c->request, c->floor, b));
    /* under optimal a project may be in some optimum and not be the chosen */
    if (f->envelope.answer == ANSWER_VALUE &&
        strcmp(rule_name(p->terms.rule), "optimal") != 0)
        assert_true(funded_with(p, i, c->score_num, c->request, c->floor, end));
}

static void try_all(const struct plan *p)
{
    for (size_t i = 0; i < p->count; i++) {
        struct facts f = facts_of(p, i);
        if (p->share[i].award > 0) {
            try_margin(p, i, &f);
            continue;
        }
        try_score_needed(p, i, &f);
        try_amount(p, i, &f);
        try_envelope(p, i, &f);
    }
}

static void ranking_facts_tried_out(void **state)
{
    (void)state;
    static const char *const rules[] = {"strict",       "skip",  "partial",
                                        "proportional", "tiers", "tiers:cut"};
    uint64_t seed = 4;
    for (int n = 0; n < 1200; n++) {
        struct plan p = random_call(rules[n % 6], 9, true, &seed);
        assert_int_equal(tiers_parse("90:100,80:60,70:30", &p.terms, NULL),
                         ST_OK);
        if (n % 5 == 0) /* the last one may weigh nothing */
            p.candidate[p.count - 1].score_num = 0;
        allocated(&p);
        try_all(&p);
        plan_release(&p);
    }
}

/* Whole units: what rounding leaves over goes to and fro, so that a larger
 * envelope can drop a project. */
static void envelopes_of_cut_tiers_tried_out(void **state)
{
    (void)state;
    uint64_t seed = 9;
    size_t found = 0, floors = 0;
    for (int n = 0; n < 600; n++) {
        struct plan p = random_call("tiers:cut", 12, n % 3 > 0, &seed);
        assert_int_equal(tiers_parse("80:100,60:70", &p.terms, NULL), ST_OK);
        p.terms.unit = n % 3 > 0 ? 1 + n % 4 : 100;
        p.terms.envelope /= 1 + n % 3;
        for (size_t i = 0; i < p.count; i++)
            p.candidate[i].floor = floor_to_unit(
                p.candidate[i].floor, p.candidate[i].request, p.terms.unit);
        allocated(&p);
        for (size_t i = 0; i < p.count; i++) {
            struct facts f = facts_of(&p, i);
            if (p.share[i].award > 0)
                continue;
            assert_int_not_equal(f.envelope.answer, ANSWER_NONE);
            assert_int_not_equal(f.envelope.answer, ANSWER_BEYOND);
            found += f.envelope.answer == ANSWER_VALUE;
            try_envelope(&p, i, &f);
            floors += f.amount.answer == ANSWER_VALUE;
            try_amount(&p, i, &f);
        }
        plan_release(&p);
    }
    assert_true(found > 300 && floors > 300);
}

static void facts_with_reserves_tried_out(void **state)
{
    (void)state;
    static const char *const rules[] = {"strict", "skip", "partial"};
    uint64_t seed = 5;
    for (int n = 0; n < 600; n++) {
        struct plan p = random_call(rules[n % 3], 8, true, &seed);
        p.terms.reserves = 2;
        for (int64_t r = 0; r < 2; r++)
            p.terms.reserve[r] = (struct reserve){
                r + 1, "x", random_below(&seed, p.terms.envelope / 2 + 1),
                random_below(&seed, 2) ? random_below(&seed, 30) : -1};
        for (size_t i = 0; i < p.count; i++)
            p.candidate[i].theme = random_below(&seed, 3);
        allocated(&p);
        try_all(&p);
        plan_release(&p);
    }
}

/* ------------------------------------------ every figure of optimal, tried out
 */

static int64_t best_value(const struct plan *p, int64_t *with, int64_t *without,
                          size_t i, int64_t *second)
{
    struct problem problem;
    size_t chosen[16];
    assert_int_equal(problem_of_plan(p, &problem, NULL), ST_OK);
    const struct knapsack *k = &problem.knapsack;
    for (size_t c = 0; c < k->classes; c++) {
        chosen[c] = KNAPSACK_NONE;
        for (size_t o = k->first[c]; o < k->first[c + 1]; o++)
            if (p->share != NULL && k->option[o].weight == p->share[c].award)
                chosen[c] = o;
    }
    struct brute b = brute_force(k, p->terms.envelope, chosen);
    *with = b.with[i];
    *without = b.without[i];
    *second = b.second;
    problem_release(&problem);
    return b.value;
}

/* Whether the i-th is in some allocation of greatest value, with that score,
 * request and envelope. */
static bool in_some(const struct plan *p, size_t i, int64_t score,
                    int64_t request, int64_t envelope)
{
    struct plan q = *p;
    struct candidate c[CALL_MOST];
    int64_t with, without, second;
    memcpy(c, p->candidate, p->count * sizeof *c);
    q.candidate = c;
    q.share = NULL;
    c[i].score_num = score;
    if (request != c[i].request)
        c[i].request = c[i].floor = request;
    q.terms.envelope = envelope;
    return best_value(&q, &with, &without, i, &second) == with;
}

static void try_optimal_score(const struct plan *p, size_t i,
                              const struct facts *f)
{
    int64_t r = p->candidate[i].request, b = p->terms.envelope;
    if (f->score.answer == ANSWER_NEVER)
        assert_false(in_some(p, i, 100000, r, b));
    else
        assert_true(in_some(p, i, f->score.value, r, b));
    if (f->score.answer == ANSWER_VALUE)
        assert_false(in_some(p, i, f->score.value - 1, r, b));
}

static void try_optimal_amount(const struct plan *p, size_t i,
                               const struct facts *f)
{
    int64_t s = p->candidate[i].score_num, b = p->terms.envelope;
    int64_t most = p->candidate[i].request;
    if (p->terms.step > 0)
        return;
    if (f->amount.answer == ANSWER_VALUE)
        assert_true(in_some(p, i, s, f->amount.value, b));
    if (p->terms.objective == OBJECTIVE_SCORE)
        most = most > f->amount.value + 1 ? most : f->amount.value + 1;
    for (int64_t r = f->amount.value + 1; r <= most; r++)
        assert_false(in_some(p, i, s, r, b));
}

static void try_optimal_envelope(const struct plan *p, size_t i,
                                 const struct facts *f)
{
    int64_t s = p->candidate[i].score_num, r = p->candidate[i].request;
    int64_t end = f->envelope.value;
    if (f->envelope.answer == ANSWER_NONE)
        return;
    for (int64_t b = p->terms.envelope; b < end; b++)
        assert_false(in_some(p, i, s, r, b));
    assert_int_equal(in_some(p, i, s, r, end),
                     f->envelope.answer == ANSWER_VALUE);
}

static void expect_same(const struct figure_fact *a,
                        const struct figure_fact *b)
{
    assert_int_equal(a->answer, b->answer);
    assert_int_equal(a->value, b->value);
}

static void try_optimal(const struct plan *p)
{
    struct facts f[CALL_MOST];
    struct outlook o;
    facts_of_all(p, f, &o);
    assert_true(o.known);
    for (size_t i = 0; i < p->count; i++) {
        struct facts alone = facts_of(p, i);
        int64_t with, without, second;
        int64_t best = best_value(p, &with, &without, i, &second);
        expect_same(&alone.score, &f[i].score);
        expect_same(&alone.amount, &f[i].amount);
        expect_same(&alone.envelope, &f[i].envelope);
        expect_same(&alone.price, &f[i].price);
        assert_int_equal(o.best, best);
        assert_int_equal(o.second, second);
        assert_int_equal(f[i].presence, with < best      ? IN_NONE
                                        : without < best ? IN_ALL
                                                         : IN_SOME);
        if (with >= 0)
            expect_figure(f[i].price, best - with);
        try_optimal_score(p, i, &f[i]);
        try_optimal_amount(p, i, &f[i]);
        try_optimal_envelope(p, i, &f[i]);
    }
}

static void optimal_facts_tried_out(void **state)
{
    (void)state;
    uint64_t seed = 6;
    for (int n = 0; n < 600; n++) {
        struct plan p = random_call("optimal", n % 3 == 2 ? 4 : 7, true, &seed);
        p.terms.objective = n % 2 ? OBJECTIVE_SCORE_EURO : OBJECTIVE_SCORE;
        p.terms.step = n % 3 == 2 ? 1 + n % 5 : 0;
        p.terms.curve = n % 4 ? CURVE_LINEAR : CURVE_CONCAVE;
        allocated(&p);
        try_optimal(&p);
        plan_release(&p);
    }
}

/* The next envelope of greater value is the first there is. */
static void the_next_envelope_that_helps(void **state)
{
    (void)state;
    uint64_t seed = 8;
    for (int n = 0; n < 500; n++) {
        struct plan p = random_call("optimal", 8, true, &seed);
        struct facts f[CALL_MOST];
        struct outlook o;
        int64_t with, without, second;
        allocated(&p);
        facts_of_all(&p, f, &o);
        int64_t best = o.best, b = p.terms.envelope;
        for (int64_t more = 1; o.more_cents > 0 && more <= o.more_cents;
             more++) {
            p.terms.envelope = b + more;
            best = best_value(&p, &with, &without, 0, &second);
            assert_int_equal(best > o.best, more == o.more_cents);
        }
        if (o.more_cents > 0)
            assert_int_equal(best, o.more_value);
        plan_release(&p);
    }
}

/* What the committee has set by hand is paid before, in the figures too. */
/* Under a minimum of 50: who needs 40 of the total would be in every one at the
 * minimum itself; who needs 60, in some at 60 and in all above. */
static void scores_needed_under_the_minimum(void **state)
{
    (void)state;
    for (int need = 40; need <= 60; need += 20) {
        int64_t score[] = {need, 10}, request[] = {10, 10};
        struct plan p = make_call("optimal", 10, 2, score, request, NULL);
        p.candidate[1].closed = REASON_BELOW_MIN;
        p.terms.threshold = 5000;
        allocated(&p);
        struct facts f = facts_of(&p, 1);
        expect_figure(f.score, need < 50 ? 50 : need);
        assert_int_equal(f.above, need == 60);
        plan_release(&p);
    }
}

/* Three of equal marks: asking 750, P2 comes behind P1 and P3, who ask 700.
 * What is left is enough for one of them, then for two. */
static struct plan three_alike(const char *seed, int64_t request,
                               int64_t envelope)
{
    struct plan p = {.panel = make_panel(1, 1, 3)};
    for (size_t i = 0; i < 3; i++) {
        struct entry *x = &p.panel.project[i];
        x->request_cents = x->floor_cents = i == 1 ? request : 70000;
        SHEET(&p.panel, i, 0, 15);
    }
    p.panel.seed = seed != NULL ? xstrdup(seed) : NULL;
    p.terms = (struct terms){.rule = rule_find("strict"),
                             .envelope = envelope,
                             .unit = 100,
                             .threshold = -1};
    assert_int_equal(plan_rank(&p, NULL), ST_OK);
    plan_open(&p);
    allocated(&p);
    return p;
}

static bool pays_second(const char *seed, int64_t request, int64_t envelope)
{
    bool paid = false;
    struct plan p = three_alike(seed, request, envelope);
    for (size_t i = 0; i < p.count; i++)
        paid = paid || (p.candidate[i].project == 1 && p.share[i].award > 0);
    plan_release(&p);
    return paid;
}

/* A request equal to that of another may win by the lot or the number. */
static void the_amount_where_a_lot_ends_the_tie(void **state)
{
    (void)state;
    static const char *const seeds[] = {NULL, "a", "b", "c", "d", "e"};
    size_t equal = 0, less = 0;
    for (size_t k = 0; k < 12; k++) {
        const char *seed = seeds[k / 2];
        int64_t envelope = k % 2 == 0 ? 100000 : 149999;
        struct plan p = three_alike(seed, 75000, envelope);
        assert_int_equal(p.candidate[2].project, 1);
        struct facts f = facts_of(&p, 2);
        assert_int_equal(f.amount.answer, ANSWER_VALUE);
        assert_true(pays_second(seed, f.amount.value, envelope));
        assert_false(pays_second(seed, f.amount.value + 1, envelope));
        equal += f.amount.value == 70000;
        less += f.amount.value == 69999;
        plan_release(&p);
    }
    assert_true(equal > 0 && less > 0);
}

static void forced_decisions_count(void **state)
{
    (void)state;
    uint64_t seed = 9;
    for (int n = 0; n < 300; n++) {
        static const char *const rules[] = {"strict", "skip", "partial",
                                            "proportional", "optimal"};
        struct plan p = random_call(rules[n % 5], 8, true, &seed);
        size_t hand = (size_t)random_below(&seed, (int64_t)p.count);
        p.candidate[hand].forced = true;
        p.candidate[hand].forced_award = random_below(&seed, 9);
        if (plan_allocate(&p, NULL) == ST_OK)
            for (size_t i = 0; i < p.count; i++) {
                struct facts f = facts_of(&p, i);
                if (i == hand)
                    assert_int_equal(f.score.answer, ANSWER_NONE);
                else if (p.share[i].award == 0)
                    try_envelope(&p, i, &f);
            }
        plan_release(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranking_facts_of_the_worked_example),
        cmocka_unit_test(optimal_facts_of_the_worked_example),
        cmocka_unit_test(facts_where_more_money_drops_a_project),
        cmocka_unit_test(facts_of_the_first_tiny_knapsack),
        cmocka_unit_test(facts_of_the_second_tiny_knapsack),
        cmocka_unit_test(ranking_facts_tried_out),
        cmocka_unit_test(envelopes_of_cut_tiers_tried_out),
        cmocka_unit_test(facts_with_reserves_tried_out),
        cmocka_unit_test(optimal_facts_tried_out),
        cmocka_unit_test(the_next_envelope_that_helps),
        cmocka_unit_test(scores_needed_under_the_minimum),
        cmocka_unit_test(the_amount_where_a_lot_ends_the_tie),
        cmocka_unit_test(forced_decisions_count),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
