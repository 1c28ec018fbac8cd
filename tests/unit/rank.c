/* The order: the worked example, the lot, and each step of the tie chain. */
#include "core/panel/rank.h"
#include "make_panel.h"

/* Ranks and compares with the expected indexes. */
static void expect_order(struct panel *p, const size_t *order,
                         struct place *place)
{
    struct scores s;
    struct err e = {0};
    assert_int_equal(score_panel(p, &s, &e), ST_OK);
    rank_projects(p, &s, place);
    for (size_t i = 0; i < p->projects; i++)
        assert_int_equal(place[i].project, order[i]);
    scores_release(&s);
}

static void worked_example(void **state)
{
    (void)state;
    struct panel p = example_e1();
    struct place place[4];
    expect_order(&p, (size_t[]){1, 0, 3, 2}, place);
    assert_int_equal(place[0].below, TIE_SCORE);
    assert_int_equal(place[2].below, TIE_CRITERION);
    assert_int_equal(place[0].tie, TIE_SCORE);
    assert_int_equal(place[2].tie, TIE_CRITERION);
    assert_int_equal(place[3].tie, TIE_CRITERION);
    assert_int_equal(place[3].rank, 4);
    panel_release(&p);
}

static void lot_of_the_specification(void **state)
{
    (void)state;
    struct panel p = make_panel(1, 1, 4);
    p.seed = xstrdup("CISPD-2026-seed");
    SHEET(&p, 0, 0, 3);
    SHEET(&p, 1, 0, 2);
    SHEET(&p, 2, 0, 10);
    SHEET(&p, 3, 0, 10);
    struct place place[4];
    expect_order(&p, (size_t[]){2, 3, 0, 1}, place);
    assert_int_equal(place[0].below, TIE_LOT);
    assert_string_equal(tie_name(place[1].tie), "lot");
    panel_release(&p);
}

static void without_a_seed_the_number_decides(void **state)
{
    (void)state;
    struct panel p = make_panel(1, 1, 2);
    SHEET(&p, 0, 0, 10);
    SHEET(&p, 1, 0, 10);
    struct place place[2];
    expect_order(&p, (size_t[]){0, 1}, place);
    assert_string_equal(tie_name(place[0].tie), "number");
    panel_release(&p);
}

static void worst_sheet_decides(void **state)
{
    (void)state;
    /* equal means on both criteria; P2's worst sheet is better */
    struct panel p = make_panel(1, 2, 2);
    SHEET(&p, 0, 0, 8);
    SHEET(&p, 0, 1, 12);
    SHEET(&p, 1, 0, 9);
    SHEET(&p, 1, 1, 11);
    struct place place[2];
    expect_order(&p, (size_t[]){1, 0}, place);
    assert_string_equal(tie_name(place[0].tie), "worst");
    panel_release(&p);
}

static void median_sheet_decides(void **state)
{
    (void)state;
    /* 8 9 13 against 8 10 12: equal sums and equal worst sheets */
    struct panel p = make_panel(1, 3, 2);
    SHEET(&p, 0, 0, 8);
    SHEET(&p, 0, 1, 9);
    SHEET(&p, 0, 2, 13);
    SHEET(&p, 1, 0, 8);
    SHEET(&p, 1, 1, 10);
    SHEET(&p, 1, 2, 12);
    struct place place[2];
    expect_order(&p, (size_t[]){1, 0}, place);
    assert_string_equal(tie_name(place[0].tie), "median");
    panel_release(&p);
}

static void smaller_request_decides(void **state)
{
    (void)state;
    struct panel p = make_panel(1, 1, 2);
    SHEET(&p, 0, 0, 10);
    SHEET(&p, 1, 0, 10);
    p.project[1].request_cents = 99999;
    p.seed = xstrdup("any");
    struct place place[2];
    expect_order(&p, (size_t[]){1, 0}, place);
    assert_string_equal(tie_name(place[0].tie), "request");
    panel_release(&p);
}

static void equal_heaviest_criteria_in_their_order(void **state)
{
    (void)state;
    /* C1 and C2 weigh 2, C3 weighs 1. C1 ties; C2 puts P2 first, although
     * P1 is better on C3. */
    struct panel p = make_panel(3, 1, 2);
    p.criterion[0].weight = p.criterion[1].weight = 2;
    SHEET(&p, 0, 0, 10, 9, 12);
    SHEET(&p, 1, 0, 10, 10, 10);
    struct place place[2];
    expect_order(&p, (size_t[]){1, 0}, place);
    assert_string_equal(tie_name(place[0].tie), "criterion");
    panel_release(&p);
}

static void minima_put_a_project_below_the_line(void **state)
{
    (void)state;
    /* P1 has the best score but is knocked out; P3 cannot be ranked. */
    struct panel p = make_panel(2, 2, 3);
    p.quorum = 2;
    p.criterion[0].min_milli = 10000;
    SHEET(&p, 0, 0, 9, 20);
    SHEET(&p, 0, 1, 9, 20);
    SHEET(&p, 1, 0, 10, 10);
    SHEET(&p, 1, 1, 10, 10);
    SHEET(&p, 2, 0, 20, 20);
    struct place place[3];
    expect_order(&p, (size_t[]){1, 0, 2}, place);
    assert_int_equal(place[1].rank, 2);
    assert_int_equal(place[2].rank, 0);
    assert_null(tie_name(place[0].tie));
    panel_release(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_example),
        cmocka_unit_test(lot_of_the_specification),
        cmocka_unit_test(without_a_seed_the_number_decides),
        cmocka_unit_test(worst_sheet_decides),
        cmocka_unit_test(median_sheet_decides),
        cmocka_unit_test(smaller_request_decides),
        cmocka_unit_test(equal_heaviest_criteria_in_their_order),
        cmocka_unit_test(minima_put_a_project_below_the_line),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
