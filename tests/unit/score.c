/* Scores: the worked example, and each state of a mark under each policy. */
#include "core/panel/score.h"
#include "make_panel.h"

static struct scores scored(const struct panel *p)
{
    struct scores s;
    struct err e = {0};
    assert_int_equal(score_panel(p, &s, &e), ST_OK);
    return s;
}

static void worked_example(void **state)
{
    (void)state;
    struct panel p = example_e1();
    struct scores s = scored(&p);
    const int64_t num[] = {16580, 16680, 14640, 14640};
    const int64_t y[4][3] = {{2680, 2680, 2930},
                             {0, 2880, 2680},
                             {2320, 2440, 2560},
                             {2340, 2420, 2560}};
    assert_int_equal(s.den, 24000);
    assert_int_equal(s.sheet_max, 4000);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(s.project[i].num, num[i]);
        for (size_t m = 0; m < 3; m++)
            assert_int_equal(s.sheet[i * 3 + m].total, y[i][m]);
    }
    assert_int_equal(score_hundredths(16580, 24000), 6908);
    assert_int_equal(score_hundredths(14640, 24000), 6100);
    assert_int_equal(s.project[1].counted, 2);
    assert_int_equal(s.project[1].recused, 1);
    assert_int_equal(s.project[0].worst, 2680);
    assert_int_equal(s.project[0].best, 2930);
    assert_int_equal(s.project[0].twice_median, 2 * 2680);
    assert_int_equal(s.project[1].twice_median, 2880 + 2680);
    scores_release(&s);
    panel_release(&p);
}

static void rounding_is_half_up(void **state)
{
    (void)state;
    assert_int_equal(score_hundredths(1, 20000), 1); /* 0.005 */
    assert_int_equal(score_hundredths(1, 20001), 0);
    assert_int_equal(score_hundredths(2, 3), 6667);
}

/* One project, three members: A marks everything with 10, B and C as given
 * on two criteria of weights 3 and 1. */
static struct scores with_sheets(struct panel *p, enum missing_policy policy,
                                 double b1, double b2)
{
    *p = make_panel(2, 2, 1);
    p->criterion[0].weight = 3;
    p->missing = policy;
    SHEET(p, 0, 0, 10, 10);
    SHEET(p, 0, 1, b1, b2);
    return scored(p);
}

struct case_of_sheet {
    double b1, b2;
    enum missing_policy policy;
    enum sheet_state sheet;
    enum standing standing;
    int64_t hundredths; /* the score */
};

static void states_and_policies(void **state)
{
    (void)state;
    const struct case_of_sheet cases[] = {
        /* both marked */
        {20, 20, MISSING_BLOCK, SHEET_COUNTED, STANDING_OK, 7500},
        /* absent: nothing marked */
        {MISS, MISS, MISSING_BLOCK, SHEET_MISSING, STANDING_OK, 5000},
        {MISS, MISS, MISSING_EXCLUDE, SHEET_MISSING, STANDING_OK, 5000},
        {MISS, MISS, MISSING_RENORMALISE, SHEET_MISSING, STANDING_OK, 5000},
        /* half filled */
        {20, MISS, MISSING_BLOCK, SHEET_INCOMPLETE, STANDING_INCOMPLETE, 5000},
        {20, MISS, MISSING_EXCLUDE, SHEET_INCOMPLETE, STANDING_OK, 5000},
        {20, MISS, MISSING_RENORMALISE, SHEET_COUNTED, STANDING_OK, 7500},
        /* an abstention on one criterion never blocks */
        {20, ABST, MISSING_BLOCK, SHEET_ABSTAINED, STANDING_OK, 5000},
        {20, ABST, MISSING_EXCLUDE, SHEET_ABSTAINED, STANDING_OK, 5000},
        {20, ABST, MISSING_RENORMALISE, SHEET_COUNTED, STANDING_OK, 7500},
        /* an abstention on the whole project */
        {ABST, ABST, MISSING_BLOCK, SHEET_ABSTAINED, STANDING_OK, 5000},
        {ABST, ABST, MISSING_RENORMALISE, SHEET_ABSTAINED, STANDING_OK, 5000},
        /* an abstention and a hole: the hole may still be filled */
        {ABST, MISS, MISSING_BLOCK, SHEET_INCOMPLETE, STANDING_INCOMPLETE,
         5000},
        {ABST, MISS, MISSING_EXCLUDE, SHEET_INCOMPLETE, STANDING_OK, 5000},
        {ABST, MISS, MISSING_RENORMALISE, SHEET_INCOMPLETE, STANDING_OK, 5000},
        /* zero is a mark like another */
        {0, 0, MISSING_BLOCK, SHEET_COUNTED, STANDING_OK, 2500},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct case_of_sheet *c = &cases[i];
        struct panel p;
        struct scores s = with_sheets(&p, c->policy, c->b1, c->b2);
        assert_int_equal(s.sheet[1].state, c->sheet);
        assert_int_equal(s.project[0].standing, c->standing);
        assert_int_equal(score_hundredths(s.project[0].num, s.den),
                         c->hundredths);
        assert_int_equal(s.project[0].counted + s.project[0].abstained +
                             s.project[0].recused + s.project[0].missing,
                         2);
        scores_release(&s);
        panel_release(&p);
    }
}

static void holes_are_named(void **state)
{
    (void)state;
    struct panel p;
    struct scores s = with_sheets(&p, MISSING_BLOCK, 20, MISS);
    assert_false(score_is_hole(&p, &s, 0, 1, 0));
    assert_true(score_is_hole(&p, &s, 0, 1, 1));
    assert_false(score_is_hole(&p, &s, 0, 0, 1));
    scores_release(&s);
    panel_release(&p);
}

static void renormalised_weights(void **state)
{
    (void)state;
    /* B marked only the criterion of weight 3 of 4: 16/20 = 80 of 100. */
    struct panel p;
    struct scores s = with_sheets(&p, MISSING_RENORMALISE, 16, MISS);
    assert_true(s.sheet[1].renormalised);
    assert_false(s.sheet[0].renormalised);
    assert_int_equal(score_hundredths(s.sheet[1].total, s.sheet_max), 8000);
    assert_int_equal(score_hundredths(s.project[0].num, s.den), 6500);
    scores_release(&s);
    panel_release(&p);
}

static void quorum(void **state)
{
    (void)state;
    struct panel p = make_panel(1, 3, 1);
    p.quorum = 2;
    SHEET(&p, 0, 0, 20);
    struct scores s = scored(&p);
    assert_int_equal(s.project[0].standing, STANDING_QUORUM);
    assert_false(score_rankable(&s.project[0]));
    scores_release(&s);
    SHEET(&p, 0, 1, 0);
    s = scored(&p);
    assert_int_equal(s.project[0].standing, STANDING_OK);
    scores_release(&s);
    panel_release(&p);
}

static void a_recused_sheet_never_counts(void **state)
{
    (void)state;
    struct panel p = make_panel(1, 2, 1);
    SHEET(&p, 0, 0, 10);
    SHEET(&p, 0, 1, 20);
    p.recused[1] = true;
    struct scores s = scored(&p);
    assert_int_equal(score_hundredths(s.project[0].num, s.den), 5000);
    assert_int_equal(s.sheet[1].state, SHEET_RECUSED);
    scores_release(&s);
    panel_release(&p);
}

/* The mean of A's and B's marks against a minimum: equality passes. */
static enum standing standing_with_min(double a, double b, int64_t min_milli,
                                       bool independent)
{
    struct panel p = make_panel(2, 2, 1);
    p.criterion[0].min_milli = min_milli;
    if (independent) {
        p.criterion[0].independent = true;
        p.criterion[0].weight = 0;
    }
    SHEET(&p, 0, 0, a, 20);
    SHEET(&p, 0, 1, b, 20);
    struct scores s = scored(&p);
    enum standing standing = s.project[0].standing;
    scores_release(&s);
    panel_release(&p);
    return standing;
}

static void knock_out_minimum(void **state)
{
    (void)state;
    assert_int_equal(standing_with_min(10, 10, 10000, false), STANDING_OK);
    assert_int_equal(standing_with_min(5, 15, 10000, false), STANDING_OK);
    assert_int_equal(standing_with_min(5, 14.5, 10000, false), STANDING_KO);
    assert_int_equal(standing_with_min(5, 5, 10000, true), STANDING_OK);
}

static enum standing standing_with_threshold(int64_t threshold)
{
    struct panel p = make_panel(1, 3, 1);
    p.threshold = threshold;
    SHEET(&p, 0, 0, 10);
    SHEET(&p, 0, 1, 10);
    SHEET(&p, 0, 2, 10.5);
    struct scores s = scored(&p); /* 50.8333... */
    enum standing standing = s.project[0].standing;
    scores_release(&s);
    panel_release(&p);
    return standing;
}

static void threshold(void **state)
{
    (void)state;
    assert_int_equal(standing_with_threshold(-1), STANDING_OK);
    assert_int_equal(standing_with_threshold(5083), STANDING_OK);
    /* prints as 50.83 but is under 50.84 */
    assert_int_equal(standing_with_threshold(5084), STANDING_BELOW_MIN);
}

static void independent_criterion_changes_nothing(void **state)
{
    (void)state;
    struct panel p = make_panel(2, 1, 1);
    p.criterion[1].independent = true;
    p.criterion[1].weight = 0;
    p.criterion[1].scale_hi = 7;
    SHEET(&p, 0, 0, 15, MISS);
    struct scores s = scored(&p);
    assert_int_equal(s.project[0].standing, STANDING_OK);
    assert_int_equal(s.den, 2 * 20);
    assert_int_equal(s.project[0].num, 30);
    scores_release(&s);
    SHEET(&p, 0, 0, 15, 3);
    s = scored(&p);
    assert_int_equal(s.project[0].num, 30);
    assert_int_equal(s.mean[1].sum_milli, 3000);
    scores_release(&s);
    panel_release(&p);
}

static void scales_that_do_not_begin_at_zero(void **state)
{
    (void)state;
    struct panel p = make_panel(1, 1, 1);
    p.criterion[0].scale_lo = 1;
    p.criterion[0].scale_hi = 5;
    p.criterion[0].step_milli = 1000;
    SHEET(&p, 0, 0, 2);
    struct scores s = scored(&p);
    assert_int_equal(score_hundredths(s.project[0].num, s.den), 2500);
    scores_release(&s);
    panel_release(&p);
}

static void marks_off_the_scale_are_refused(void **state)
{
    (void)state;
    const double bad[] = {20.5, 10.25};
    for (size_t i = 0; i < 2; i++) {
        struct panel p = make_panel(1, 1, 1);
        struct scores s;
        struct err e = {0};
        SHEET(&p, 0, 0, bad[i]);
        assert_int_equal(score_panel(&p, &s, &e), ST_BAD_DATA);
        assert_non_null(strstr(e.msg, "P1"));
        panel_release(&p);
    }
}

static void too_fine_is_refused(void **state)
{
    (void)state;
    /* 25 members fit 64 bits; 50 members alone pass them. */
    struct panel p = make_panel(1, 25, 1);
    struct scores s;
    struct err e = {0};
    assert_int_equal(score_panel(&p, &s, &e), ST_OK);
    scores_release(&s);
    panel_release(&p);
    p = make_panel(1, 50, 1);
    assert_int_equal(score_panel(&p, &s, &e), ST_REFUSED);
    assert_null(s.project);
    panel_release(&p);
}

static void nothing_to_score_is_no_error(void **state)
{
    (void)state;
    struct panel p = make_panel(0, 0, 1);
    struct scores s = scored(&p);
    assert_int_equal(s.project[0].standing, STANDING_QUORUM);
    scores_release(&s);
    panel_release(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_example),
        cmocka_unit_test(rounding_is_half_up),
        cmocka_unit_test(states_and_policies),
        cmocka_unit_test(holes_are_named),
        cmocka_unit_test(renormalised_weights),
        cmocka_unit_test(quorum),
        cmocka_unit_test(a_recused_sheet_never_counts),
        cmocka_unit_test(knock_out_minimum),
        cmocka_unit_test(threshold),
        cmocka_unit_test(independent_criterion_changes_nothing),
        cmocka_unit_test(scales_that_do_not_begin_at_zero),
        cmocka_unit_test(marks_off_the_scale_are_refused),
        cmocka_unit_test(too_fine_is_refused),
        cmocka_unit_test(nothing_to_score_is_no_error),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
