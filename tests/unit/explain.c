/* The sentences of all the rules, on the worked examples; the page of one
 * project; and the marks on which a decision hangs, against trying every value
 * of every mark. */
#include "core/why/explain.h"
#include "core/why/facts.h"
#include "core/why/hinge.h"
#include "core/rules/tiers.h"
#include "make_call.h"

/* No-break spaces become plain ones. */
static char *plain(char *s)
{
    for (char *at; (at = strstr(s, "\xC2\xA0")) != NULL;) {
        memmove(at + 1, at + 2, strlen(at + 1));
        *at = ' ';
    }
    return s;
}

static void expect_in(char *text, const char *part)
{
    plain(text);
    if (strstr(text, part) == NULL)
        print_message("# %s\n# lacks: %s\n", text, part);
    assert_non_null(strstr(text, part));
}

static void expect_not_in(char *text, const char *part)
{
    plain(text);
    if (strstr(text, part) != NULL)
        print_message("# %s\n# has: %s\n", text, part);
    assert_null(strstr(text, part));
}

static void expect_share(const struct plan *p, size_t i, const char *part)
{
    char *s = explain_share(p, i);
    expect_in(s, part);
    free(s);
}

static char *page_of(const struct plan *p, size_t i)
{
    size_t hinges;
    struct hinge *h = hinges_of(p, i, &hinges);
    char *page = explain_page(p, i, h, hinges);
    free(h);
    return page;
}

/* E4 in euros. */
static void sentences_of_tiers(void **state)
{
    (void)state;
    struct plan p = e4_in_euros("tiers");
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    expect_share(&p, 4, "gives it 75 % of the request: 2,400.00 €.");
    expect_share(&p, 4,
                 "1,700.00 € were left at its turn, and 2,400.00 € were "
                 "needed: 700.00 € short.");
    expect_share(&p, 4, "envelope of 20,700.00 €");
    expect_share(&p, 5,
                 "1,125.00 € out of the 1,500.00 € requested. Its "
                 "score gives it 75 % of the request.");
    expect_share(&p, 6,
                 "50 % of the request: 450.00 €. That is less than its "
                 "smallest useful amount (500.00 €).");
    expect_share(&p, 6, "no lower than that of rank 6 (74)");
    expect_share(&p, 4,
                 "A request of 2,267.99 € would have passed, and perhaps not "
                 "a smaller one.");
    expect_share(&p, 6,
                 "With a smallest useful amount of 450.00 € or less it would "
                 "have received a part.");
    p.candidate[7].score_num = 59;
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    expect_share(&p, 7, "under the lowest tier (60)");
    p.terms.envelope = 10000000;
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    expect_share(&p, 7, "With a score of 80 it would have been funded.");
    plan_release(&p);
}

/* Every figure of a cut can be computed again by hand. */
static void sentences_of_tiers_cut(void **state)
{
    (void)state;
    const int64_t score[] = {90, 80, 76, 65},
                  request[] = {850000, 780000, 900000, 620000},
                  floor[] = {400000, 650000, 400000, 620000};
    struct plan p = make_call("tiers:cut", 2000000, 4, score, request, floor);
    p.terms.unit = 100;
    p.candidate[3].floor_bp = 10000;
    assert_int_equal(tiers_parse("75:100,60:75", &p.terms, NULL), ST_OK);
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    /* 7 800 x 20 000 / 25 300; then 17 500 need no cut */
    expect_share(&p, 1,
                 "100 % of the request: 7,800.00 €. The amounts of the "
                 "projects that still shared came to 25,300.00 €, for "
                 "20,000.00 €: cut alike, its 7,800.00 € make 6,166.00 €. "
                 "That is less than its smallest useful amount "
                 "(6,500.00 €).");
    expect_share(&p, 2, "Funded in full: 9,000.00 €.");
    expect_share(&p, 3,
                 "75 % of the request: 4,650.00 €. That is less than its "
                 "smallest useful amount (6,200.00 €). It declared no such "
                 "amount: by the rules of the call its whole request counts.");
    p.terms.envelope = 1500000;
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    expect_share(&p, 0,
                 "Funded in part: 7,286.00 € out of the 8,500.00 € "
                 "requested. Its score gives it 100 % of the request. The "
                 "amounts of the projects that still shared came to "
                 "17,500.00 €, for 15,000.00 €: cut alike, its 8,500.00 € "
                 "make 7,285.71 €.");
    plan_release(&p);
}

static void sentences_of_proportional(void **state)
{
    (void)state;
    struct plan p = e4_in_euros("proportional");
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    expect_share(&p, 4,
                 "2,466.00 € out of the 3,200.00 € requested. All "
                 "share the envelope");
    expect_share(&p, 7, "Funded in full: 200.00 €.");
    char *s = page_of(&p, 4);
    expect_in(s,
              "It stays funded if its score falls, as long as it stays above "
              "0.");
    free(s);
    p.candidate[7].score_num = 0;
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    expect_share(&p, 7,
                 "A score of zero has no weight in this sharing. With any "
                 "score above 0 it would have been funded.");
    p.candidate[7].score_num = 60;
    p.terms.envelope = 1150000;
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    expect_share(&p, 5, "leave 0.00 €, less than its own (800.00 €)");
    expect_share(&p, 5, "no lower than that of rank 5 (78)");
    expect_share(&p, 5, "envelope of 12,300.00 €");
    plan_release(&p);
}

static void sentences_of_optimal(void **state)
{
    (void)state;
    struct plan p = e4_in_euros("optimal");
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    expect_share(&p, 3, "No allocation of 20,000.00 € that includes it");
    expect_share(&p, 3,
                 "With 7 points more such an allocation would have "
                 "reached it.");
    expect_share(&p, 3,
                 "With a request of 4,000.00 € or less such an allocation "
                 "would have reached it.");
    expect_share(&p, 3,
                 "With an envelope of 20,900.00 € such an allocation would");
    expect_share(&p, 3,
                 "To grant it 4,900.00 € all the same would take 7 points");
    expect_share(&p, 0, "With up to 11 points less, one of them still");
    plan_explain(&p);
    char *s = explain_outlook(&p);
    expect_in(s, "The greatest total is 543; the best of all other "
                 "allocations has 536.");
    expect_in(s, "536. The total adds up the scores of the funded projects.");
    expect_in(s, "With 900.00 € more, the total would be 546.");
    free(s);
    p.terms.objective = OBJECTIVE_SCORE_EURO;
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    expect_share(&p, 4, "would take 56,400.00 from the total of score x euros");
    expect_share(&p, 4,
                 "With a request of 1,700.00 € such an allocation would have "
                 "reached it, and perhaps not with a smaller one.");
    plan_explain(&p);
    s = explain_outlook(&p);
    expect_in(s, "each euro counts with the score of its project.");
    free(s);
    plan_release(&p);
}

/* Two totals that differ by little are not printed alike. */
static void totals_that_differ_look_different(void **state)
{
    (void)state;
    const int64_t score[] = {700001, 700000}, request[] = {100, 100};
    struct plan p = make_call("optimal", 100, 2, score, request, NULL);
    for (size_t i = 0; i < p.count; i++)
        p.candidate[i].score_den = 1000000;
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    plan_explain(&p);
    char *s = explain_outlook(&p);
    expect_in(s, "The greatest total is 70.0001; the best of all other "
                 "allocations has 70. The total");
    free(s);
    plan_release(&p);
}

/* What is lacking is rounded up, what is to spare down. */
static void points_hold_as_they_are_printed(void **state)
{
    (void)state;
    struct plan p = e4_in_euros("optimal");
    for (size_t i = 0; i < p.count; i++) {
        p.candidate[i].score_num = p.candidate[i].score_num * 300 - (i == 3);
        p.candidate[i].score_den = 30000;
    }
    p.candidate[4].score_num--;
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    expect_share(&p, 3, "With 7.01 points more");
    p.candidate[0].score_num++;
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    expect_share(&p, 0, "With up to 11 points less");
    plan_release(&p);
}

static void sentences_of_equal_optima(void **state)
{
    (void)state;
    struct plan p = make_call("optimal", 15, 5, (int64_t[]){9, 8, 7, 5, 4},
                              (int64_t[]){7, 6, 5, 4, 3}, NULL);
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    expect_share(&p, 0, "Another allocation of the same total leaves it out");
    expect_share(&p, 1, "Another allocation of the same total includes it");
    plan_explain(&p);
    char *s = explain_outlook(&p);
    expect_in(s, "more than one allocation reaches it");
    free(s);
    plan_release(&p);
}

static void sentences_of_reserves(void **state)
{
    (void)state;
    struct plan p = make_call("skip", 100, 3, (int64_t[]){90, 80, 70},
                              (int64_t[]){50, 40, 30}, NULL);
    p.candidate[2].theme = 7;
    p.terms.reserves = 1;
    p.terms.reserve[0] = (struct reserve){7, "Access to the law", 30, 30};
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    expect_share(&p, 1,
                 "0.20 € were left at its turn, and 0.40 € were needed: "
                 "0.20 € short. Besides, 0.30 € were kept");
    p.terms.reserve[0].least = 0;
    p.terms.reserve[0].most = 29;
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    expect_share(&p, 2,
                 "\"Access to the law\" may receive 0.29 € together, "
                 "of which 0.10 € were left");
    plan_release(&p);
}

static struct plan plan_of(struct panel panel, const char *rule,
                           int64_t envelope)
{
    struct plan p = {.panel = panel};
    p.terms = (struct terms){.rule = rule_find(rule),
                             .envelope = envelope,
                             .unit = 100,
                             .threshold = panel.threshold};
    assert_int_equal(tiers_parse("70:100,55:60", &p.terms, NULL), ST_OK);
    assert_int_equal(plan_rank(&p, NULL), ST_OK);
    plan_open(&p);
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    return p;
}

/* E6: more money funds one and costs another its award. */
static void who_loses_by_more_money_is_told(void **state)
{
    (void)state;
    struct plan p = make_call("skip", 400, 2, (int64_t[]){90, 80},
                              (int64_t[]){500, 400}, NULL);
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    plan_explain(&p);
    char *s = explain_outlook(&p);
    expect_in(s, "With 1.00 € more in the envelope, P1 would be funded, and "
                 "this changes for others: P2 (-4.00 €).");
    free(s);
    /* and who gains besides */
    plan_release(&p);
    p = make_call("optimal", 500, 3, (int64_t[]){10, 6, 5},
                  (int64_t[]){500, 300, 300}, NULL);
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    plan_explain(&p);
    s = explain_outlook(&p);
    expect_in(s, "With 1.00 € more in the envelope, P2 would be funded, and "
                 "this changes for others: P1 (-5.00 €); P3 (+3.00 €).");
    free(s);
    /* under optimal another of the same total would be taken: not promised */
    plan_release(&p);
    p = make_call("optimal", 500, 3, (int64_t[]){10, 6, 4},
                  (int64_t[]){500, 300, 300}, NULL);
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    plan_explain(&p);
    s = explain_outlook(&p);
    expect_in(s, "With 3.00 € more, the total would be 16.");
    expect_not_in(s, "would be funded");
    free(s);
    plan_release(&p);
}

/* A better tier may not fit where a lower one does: nothing is said of better
 * scores when lower ones are meant, nor the reverse. */
static void tiers_where_a_better_score_loses(void **state)
{
    (void)state;
    struct plan p = make_call("tiers", 500000, 1, (int64_t[]){80},
                              (int64_t[]){900000}, (int64_t[]){300000});
    assert_int_equal(tiers_parse("60:100,40:50", &p.terms, NULL), ST_OK);
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    expect_share(&p, 0, "No better score would have been enough");
    p.candidate[0].score_num = 50;
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    char *s = page_of(&p, 0);
    expect_in(s, "It stays funded if its score falls, down to 40.");
    free(s);
    plan_release(&p);
}

/* Under the minimum score, the minimum alone may not be enough. */
static void the_score_needed_under_the_minimum(void **state)
{
    (void)state;
    static const char *const rules[] = {"skip", "optimal"};
    for (size_t k = 0; k < 2; k++) {
        struct plan p = make_call(rules[k], 500000, 2, (int64_t[]){80, 40},
                                  (int64_t[]){400000, 400000}, NULL);
        p.terms.threshold = 5000;
        p.candidate[1].closed = REASON_BELOW_MIN;
        assert_int_equal(plan_allocate(&p, NULL), ST_OK);
        expect_share(&p, 1, "under the minimum of 50.");
        expect_share(&p, 1,
                     k == 0 ? "above that of rank 1 (80)"
                            : "With any score above 80 it");
        p.terms.envelope = 1000000;
        assert_int_equal(plan_allocate(&p, NULL), ST_OK);
        expect_share(&p, 1, "With a score of 50 it would");
        struct facts f = facts_of(&p, 0);
        assert_int_equal(f.score.answer, ANSWER_VALUE);
        assert_int_equal(f.score.value, 50);
        plan_release(&p);
    }
}

/* More points than a number holds are no figure. */
static void a_score_past_all_numbers_is_not_named(void **state)
{
    (void)state;
    struct plan p =
        make_call("optimal", 10000, 2, (int64_t[]){90, 50},
                  (int64_t[]){10000, 1000000000000}, (int64_t[]){10000, 1});
    for (size_t i = 0; i < 2; i++) { /* six decimals, as a file may have */
        p.candidate[i].score_num *= 1000000;
        p.candidate[i].score_den *= 1000000;
    }
    p.terms.step = 2000000;
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    assert_int_equal(facts_of(&p, 1).score.answer, ANSWER_NEVER);
    plan_release(&p);
}

/* The clause on points is not there when no score of the scale would do: the
 * first asks for all, and the three others are worth more together. */
static void a_score_past_the_scale_is_not_named(void **state)
{
    (void)state;
    struct panel panel = example_e1();
    panel.project[1].request_cents = panel.project[1].floor_cents = 300000;
    struct plan p = plan_of(panel, "optimal", 300000);
    assert_string_equal(p.candidate[0].id, "P2");
    assert_int_equal(p.share[0].award, 0);
    char *s = explain_share(&p, 0);
    expect_in(s, "No allocation of 3,000.00 € that includes it");
    expect_not_in(s, "points more");
    free(s);
    assert_int_equal(facts_of(&p, 0).score.answer, ANSWER_NEVER);
    plan_explain(&p);
    assert_int_equal(p.facts[0].score.answer, ANSWER_NEVER);
    plan_release(&p);
}

/* On the very threshold no point is to spare. */
static void no_points_less_are_no_clause(void **state)
{
    (void)state;
    struct plan p = make_call("optimal", 900, 2, (int64_t[]){80, 50},
                              (int64_t[]){400, 400}, NULL);
    p.terms.threshold = 5000;
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    expect_share(&p, 0, "includes it. With up to 30 points less, one of them");
    char *s = explain_share(&p, 1);
    expect_in(s, "reaches the greatest total includes it.");
    expect_not_in(s, "less, one of them");
    free(s);
    plan_release(&p);
}

/* ---------------------------------------------------------------- standing */

/* One criterion with a minimum of 8, three members: P1 passes, P2 has a mean
 * just under it, and P1 can be paid, but not both. */
static struct panel under_a_minimum(int64_t threshold)
{
    struct panel p = make_panel(1, 3, 2);
    p.criterion[0].min_milli = 8000;
    p.criterion[0].step_milli = 10;
    p.threshold = threshold;
    SHEET(&p, 0, 0, 15);
    SHEET(&p, 0, 1, 15);
    SHEET(&p, 0, 2, 15);
    SHEET(&p, 1, 0, 8);
    SHEET(&p, 1, 1, 8);
    SHEET(&p, 1, 2, 7.99);
    return p;
}

static void who_fails_two_minima_is_told_both(void **state)
{
    (void)state;
    const char *both = "Mean of 7.997/20 on the criterion \"C1\", under its "
                       "minimum of 8/20. Score of 39.98/100, under the minimum "
                       "of 50.00/100.";
    struct plan p = plan_of(under_a_minimum(5000), "partial", 100000);
    p.terms.threshold = 5000;
    expect_share(&p, 1, both);
    char *s = explain_standing(&p, 1);
    expect_in(s, both);
    free(s);
    plan_release(&p);
    p = plan_of(under_a_minimum(-1), "partial", 100000);
    s = explain_share(&p, 1);
    expect_not_in(s, "Score of");
    free(s);
    plan_release(&p);
}

/* The page says with the same figure what the reason says, and what it costs
 * to pay a project that fails a minimum all the same. */
static void the_page_of_one_that_fails_a_minimum(void **state)
{
    (void)state;
    struct plan p = plan_of(under_a_minimum(-1), "partial", 100000);
    char *s = page_of(&p, 1);
    expect_in(s, "\nMeans of the marks: C1 7.997/20.\n");
    expect_in(s, "\nIf the committee grants it 1,000.00 € all the same, this "
                 "changes: P1 (-1,000.00 €).");
    free(s);
    p.candidate[1].closed = REASON_UNDECIDED;
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    s = page_of(&p, 1);
    expect_not_in(s, "all the same");
    free(s);
    plan_release(&p);
}

/* Whose sheets are half-filled is for the committee. */
static void an_applicant_is_told_no_member(void **state)
{
    (void)state;
    struct panel panel = make_panel(2, 2, 1);
    SHEET(&panel, 0, 0, 15, 15);
    SHEET(&panel, 0, 1, 15, MISS);
    free(panel.member[1].name);
    panel.member[1].name = xstrdup("Bruno");
    struct plan p = plan_of(panel, "partial", 100000);
    char *s = explain_standing(&p, 0);
    expect_in(s, "Half-filled sheets: Bruno (C2). It");
    free(s);
    s = explain_share(&p, 0);
    expect_in(s, "Half-filled sheets: 1. It cannot be ranked");
    free(s);
    plan_release(&p);
}

/* Out of what was asked for, and why no more than the cap. */
static void an_amount_set_above_a_cap(void **state)
{
    (void)state;
    struct panel panel = make_panel(1, 1, 1);
    SHEET(&panel, 0, 0, 15);
    panel.project[0].asked_cents = 1100000;
    panel.project[0].request_cents = 900000;
    panel.project[0].cap = CAP_AWARD;
    struct plan p = plan_of(panel, "partial", 1000000);
    assert_int_equal(plan_force(&p, "P1", 600000, NULL), ST_OK);
    assert_int_equal(plan_allocate(&p, NULL), ST_OK);
    expect_share(&p, 0,
                 "It asked for 11,000.00 €; the largest award of the call is "
                 "9,000.00 €, and that counts as its request. Amount set by "
                 "the committee: 6,000.00 € out of the 11,000.00 € requested;");
    p.candidate[0].decided = true;
    expect_share(&p, 0, "Decided: 6,000.00 € out of the 11,000.00 € requested");
    plan_release(&p);
}

/* ------------------------------------------------------------------- marks */

/* E1: one step on C1 of P1 is exactly its gap to P2, and the mean on C1 then
 * decides for P1. */
static void one_mark_decides_in_the_worked_example(void **state)
{
    (void)state;
    struct plan p = plan_of(example_e1(), "strict", 100000);
    size_t count;
    assert_string_equal(p.candidate[1].id, "P1");
    struct hinge *h = hinges_of(&p, 1, &count);
    assert_true(count >= 3);
    assert_int_equal(h[0].member, 0);
    assert_int_equal(h[0].criterion, 0);
    assert_int_equal(h[0].from_milli, 14000);
    assert_int_equal(h[0].to_milli, 14500);
    free(h);
    char *s = page_of(&p, 1);
    expect_in(s, "\nIf the committee grants it 1,000.00 € all the same, this "
                 "changes: P2 (-1,000.00 €).\n");
    expect_in(s, "Whether it is funded hangs on one point of one member.");
    expect_in(s, "\n  A, criterion C1: 14.5 instead of 14\n");
    free(s);
    s = page_of(&p, 0);
    expect_in(s, "It stays funded as long as its score stays above that of "
                 "rank 2 (69.08/100).");
    expect_in(s, "leaves it out, this changes: P1 (+1,000.00 €).");
    free(s);
    plan_release(&p);
}

/* What a project gets when a mark has another value: all anew. */
static int64_t award_with_mark(const struct plan *p, size_t project,
                               struct mark *mark, int64_t value)
{
    struct plan q = {.panel = p->panel, .terms = p->terms};
    int64_t before = mark->value_milli;
    int64_t award = 0;
    mark->value_milli = value;
    assert_int_equal(plan_rank(&q, NULL), ST_OK);
    plan_open(&q);
    assert_int_equal(plan_allocate(&q, NULL), ST_OK);
    for (size_t i = 0; i < q.count; i++)
        if (q.candidate[i].project == project)
            award = q.share[i].award;
    mark->value_milli = before;
    q.panel = (struct panel){0};
    plan_release(&q);
    return award;
}

static struct panel random_panel(uint64_t *seed)
{
    struct panel p = make_panel(2, 3, 4);
    p.criterion[0].weight = 1 + random_below(seed, 3);
    p.threshold = random_below(seed, 3) == 0 ? 5500 : -1;
    if (random_below(seed, 4) == 0)
        p.criterion[1].min_milli = 9000;
    for (size_t i = 0; i < 4; i++) {
        p.project[i].request_cents = 100 * (1 + random_below(seed, 9));
        p.project[i].floor_cents =
            100 * (1 + random_below(seed, p.project[i].request_cents / 100));
        p.recused[i * 3] = random_below(seed, 6) == 0;
        for (size_t m = p.recused[i * 3]; m < 3; m++)
            for (size_t c = 0; c < 2; c++)
                *panel_mark(&p, i, m, c) = (struct mark){
                    MARK_VALUE, 500 * (16 + random_below(seed, 16))};
    }
    return p;
}

/* The nearest value up or down that changes the decision; -1: none. */
static int64_t nearest_value(const struct plan *p, size_t i, struct mark *mark,
                             int64_t step)
{
    bool funded = p->share[i].award > 0;
    for (int64_t v = mark->value_milli + step; v >= 0 && v <= 20000; v += step)
        if ((award_with_mark(p, p->candidate[i].project, mark, v) > 0) !=
            funded)
            return v;
    return -1;
}

static void try_hinges(const struct plan *p, size_t i)
{
    size_t count, found = 0;
    struct hinge *h = hinges_of(p, i, &count);
    for (size_t n = 0; n < 12; n++) {
        size_t m = n / 4, c = n / 2 % 2;
        int64_t step = n % 2 == 0 ? -500 : 500;
        struct mark *mark =
            panel_mark(&p->panel, p->candidate[i].project, m, c);
        if (mark->state != MARK_VALUE)
            continue;
        int64_t want = nearest_value(p, i, mark, step), got = -1;
        for (size_t k = 0; k < count; k++)
            if (h[k].member == m && h[k].criterion == c &&
                (h[k].to_milli > mark->value_milli) == (step > 0))
                got = h[k].to_milli;
        assert_int_equal(got, want);
        found += want >= 0;
    }
    assert_int_equal(count, found);
    free(h);
}

/* A mark listed with another amount gives it when it is typed, and no nearer
 * value does; all that are left out do not within a point. */
static void try_shifts(const struct plan *p, size_t i)
{
    size_t count, found = 0;
    struct hinge *h = shifts_of(p, i, &count);
    for (size_t n = 0; n < 24 && p->share[i].award > 0; n++) {
        size_t m = n / 8, c = n / 4 % 2;
        int64_t by = (n % 2 == 0 ? -500 : 500) * (1 + (int64_t)(n / 2 % 2));
        struct mark *mark =
            panel_mark(&p->panel, p->candidate[i].project, m, c);
        int64_t to = mark->value_milli + by;
        if (mark->state != MARK_VALUE || to < 0 || to > 20000)
            continue;
        int64_t now = award_with_mark(p, p->candidate[i].project, mark, to);
        bool nearer = llabs(by) > 500 &&
                      award_with_mark(p, p->candidate[i].project, mark,
                                      to - by / 2) != p->share[i].award;
        bool listed = false;
        for (size_t k = 0; k < count; k++)
            if (h[k].member == m && h[k].criterion == c && h[k].to_milli == to)
                listed = h[k].award == now;
        bool wanted = !nearer && now > 0 && now != p->share[i].award;
        assert_int_equal(listed, wanted);
        found += wanted;
    }
    assert_int_equal(count, found);
    free(h);
}

static void hinges_against_every_value_of_every_mark(void **state)
{
    (void)state;
    static const char *const rules[] = {"strict", "skip",         "partial",
                                        "tiers",  "proportional", "optimal"};
    uint64_t seed = 3;
    for (int n = 0; n < 300; n++) {
        struct plan p = plan_of(random_panel(&seed), rules[n % 6],
                                100 * (1 + random_below(&seed, 20)));
        for (size_t i = 0; i < p.count; i++) {
            try_hinges(&p, i);
            try_shifts(&p, i);
        }
        plan_release(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_of_tiers),
        cmocka_unit_test(sentences_of_tiers_cut),
        cmocka_unit_test(sentences_of_proportional),
        cmocka_unit_test(sentences_of_optimal),
        cmocka_unit_test(totals_that_differ_look_different),
        cmocka_unit_test(points_hold_as_they_are_printed),
        cmocka_unit_test(sentences_of_equal_optima),
        cmocka_unit_test(who_loses_by_more_money_is_told),
        cmocka_unit_test(tiers_where_a_better_score_loses),
        cmocka_unit_test(the_score_needed_under_the_minimum),
        cmocka_unit_test(a_score_past_all_numbers_is_not_named),
        cmocka_unit_test(sentences_of_reserves),
        cmocka_unit_test(a_score_past_the_scale_is_not_named),
        cmocka_unit_test(no_points_less_are_no_clause),
        cmocka_unit_test(who_fails_two_minima_is_told_both),
        cmocka_unit_test(the_page_of_one_that_fails_a_minimum),
        cmocka_unit_test(an_applicant_is_told_no_member),
        cmocka_unit_test(an_amount_set_above_a_cap),
        cmocka_unit_test(one_mark_decides_in_the_worked_example),
        cmocka_unit_test(hinges_against_every_value_of_every_mark),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
