/* Agreement of the panel and the two-way adjusted score: the worked examples,
 * and the same figures by other formulas on random marks. */
#include "core/panel/agreement.h"
#include "core/panel/bias.h"
#include "make_panel.h"

#include <math.h>

static void near(double got, double wanted)
{
    if (isnan(got) && isnan(wanted))
        return;
    if (!(fabs(got - wanted) <= 1e-9 * fmax(1, fabs(wanted))))
        fail_msg("got %.12f, wanted %.12f", got, wanted);
}

static struct ratings table(size_t projects, size_t members, const double *x)
{
    struct ratings r = {projects, members,
                        xcalloc(projects * members, sizeof *r.x)};
    memcpy(r.x, x, projects * members * sizeof *r.x);
    return r;
}

/* E3: six projects, four members. */
static struct ratings example_e3(void)
{
    return table(6, 4, (const double[]){9, 2, 5, 8, 6,  1, 3, 2, 8, 4, 6, 8,
                                        7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7});
}

static void worked_example(void **state)
{
    (void)state;
    struct ratings r = example_e3();
    struct agreement a;
    agreement_compute(&r, &a);
    assert_int_equal(a.projects, 6);
    assert_int_equal(a.members, 4);
    near(a.bms, 1349.0 / 120);
    near(a.wms, 451.0 / 72);
    near(a.jms, 2339.0 / 72);
    near(a.ems, 367.0 / 360);
    near(a.icc_1, 448.0 / 2703);
    near(a.icc_2_1, 184.0 / 635);
    near(a.icc_3_1, 920.0 / 1287);
    near(a.icc_1_k, 1792.0 / 4047);
    near(a.icc_2_k, 736.0 / 1187);
    near(a.kendall_w, 479.0 / 540);
    near(a.alpha, 1792.0 / 12165);
    ratings_release(&r);
}

static void worked_example_with_missing_marks(void **state)
{
    (void)state;
    struct ratings r = example_e3();
    struct agreement a;
    r.x[1 * 4 + 3] = r.x[4 * 4 + 0] = NAN;
    r.x[5 * 4 + 0] = r.x[5 * 4 + 1] = r.x[5 * 4 + 3] = NAN;
    agreement_compute(&r, &a);
    assert_int_equal(a.alpha_marks, 18);
    assert_int_equal(a.alpha_units, 5);
    near(a.alpha, 73.0 / 1620);
    assert_int_equal(a.projects, 3); /* the complete block */
    assert_int_equal(a.members, 4);
    ratings_release(&r);
}

/* A denominator that is exactly 0 comes out as a little rounding. */
static void a_zero_that_rounding_hides(void **state)
{
    (void)state;
    struct ratings r =
        table(3, 2, (const double[]){49.90, 62.28, 50.50, 49.90, 62.28, 50.50});
    struct agreement a;
    agreement_compute(&r, &a);
    assert_true(isnan(a.icc_2_k));
    assert_true(a.icc_1 < 0);
    assert_true(isnan(agreement_of_mean(a.icc_1, 5)));
    ratings_release(&r);
}

static void reliability_of_more_members(void **state)
{
    (void)state;
    assert_true(fabs(agreement_of_mean(0.37, 3) - 0.637931) < 1e-6);
    assert_true(fabs(agreement_of_mean(0.37, 5) - 0.745968) < 1e-6);
    assert_true(fabs(agreement_of_mean(0.37, 7) - 0.804348) < 1e-6);
    assert_true(isnan(agreement_of_mean(NAN, 7)) != 0);
    assert_true(isnan(agreement_of_mean(-0.5, 3)) != 0); /* denominator 0 */
}

/* A member who is on the list but marked nothing does not empty the block. */
static void an_absent_member_is_not_part_of_the_block(void **state)
{
    (void)state;
    struct ratings r =
        table(3, 3, (const double[]){9, NAN, 5, 6, NAN, 3, 8, NAN, 4});
    struct ratings without = table(3, 2, (const double[]){9, 5, 6, 3, 8, 4});
    struct agreement a, b;
    agreement_compute(&r, &a);
    agreement_compute(&without, &b);
    assert_int_equal(a.members, 2);
    assert_int_equal(a.projects, 3);
    near(a.icc_1, b.icc_1);
    near(a.kendall_w, b.kendall_w);
    near(a.alpha, b.alpha);
    ratings_release(&r);
    ratings_release(&without);
}

static void no_figure_where_the_denominator_is_zero(void **state)
{
    (void)state;
    struct ratings equal = table(3, 2, (const double[]){5, 5, 5, 5, 5, 5});
    struct ratings single = table(1, 3, (const double[]){1, 2, 3});
    struct ratings alone = table(3, 1, (const double[]){1, 2, 3});
    struct agreement a;
    agreement_compute(&equal, &a);
    assert_true(isnan(a.icc_1) && isnan(a.icc_1_k) && isnan(a.icc_2_1));
    assert_true(isnan(a.kendall_w) && isnan(a.alpha));
    agreement_compute(&single, &a);
    assert_true(isnan(a.icc_1) && isnan(a.kendall_w));
    near(a.alpha, 0); /* one project: as far apart as any two marks are */
    agreement_compute(&alone, &a);
    assert_true(isnan(a.icc_1) && isnan(a.kendall_w) && isnan(a.alpha));
    ratings_release(&equal);
    ratings_release(&single);
    ratings_release(&alone);
}

/* ------------------------------------------------------- by other formulas */

/* Alpha by its definition: all ordered pairs, one after the other. */
static double alpha_by_pairs(const struct ratings *r)
{
    double *x = xcalloc(r->projects * r->members, sizeof *x);
    double n = 0, within = 0, among = 0;
    for (size_t i = 0; i < r->projects; i++) {
        double unit[32], sum = 0;
        size_t k = 0;
        for (size_t m = 0; m < r->members; m++)
            if (!isnan(r->x[i * r->members + m]))
                unit[k++] = r->x[i * r->members + m];
        for (size_t a = 0; a < k; a++)
            for (size_t b = 0; b < k; b++)
                sum += (unit[a] - unit[b]) * (unit[a] - unit[b]);
        if (k < 2)
            continue;
        within += sum / (double)(k - 1);
        for (size_t a = 0; a < k; a++)
            x[(size_t)n++] = unit[a];
    }
    for (size_t a = 0; a < (size_t)n; a++)
        for (size_t b = 0; b < (size_t)n; b++)
            among += (x[a] - x[b]) * (x[a] - x[b]);
    free(x);
    return 1 - (within / n) / (among / (n * (n - 1)));
}

static double rank_of(const struct ratings *r, size_t i, size_t m)
{
    double below = 0, equal = 0, x = r->x[i * r->members + m];
    for (size_t j = 0; j < r->projects; j++) {
        double y = r->x[j * r->members + m];
        below += y < x;
        equal += !(y < x) && !(y > x);
    }
    return below + (equal + 1) / 2;
}

/* W from the mean Spearman correlation of all pairs of members, which for
 * tied ranks is their Pearson correlation: not the same as W then, so this
 * holds for marks without ties only. */
static double w_by_spearman(const struct ratings *r)
{
    double n = (double)r->projects, k = (double)r->members, sum = 0;
    for (size_t a = 0; a < r->members; a++)
        for (size_t b = 0; b < a; b++) {
            double squares = 0;
            for (size_t i = 0; i < r->projects; i++)
                squares += pow(rank_of(r, i, a) - rank_of(r, i, b), 2);
            sum += 1 - 6 * squares / (n * (n * n - 1));
        }
    double mean = sum / (k * (k - 1) / 2);
    return (1 + (k - 1) * mean) / k;
}

/* W with ties, as the variance of the rank sums over its largest value. */
static double w_by_variance(const struct ratings *r)
{
    double n = (double)r->projects, sum_of_all = 0, s = 0, most = 0;
    double *sums = xcalloc(r->projects, sizeof *sums);
    for (size_t m = 0; m < r->members; m++)
        for (size_t i = 0; i < r->projects; i++)
            sums[i] += rank_of(r, i, m);
    for (size_t i = 0; i < r->projects; i++)
        sum_of_all += sums[i];
    for (size_t i = 0; i < r->projects; i++)
        s += pow(sums[i] - sum_of_all / n, 2);
    for (size_t m = 0; m < r->members; m++)
        for (size_t i = 0; i < r->projects; i++)
            most += pow(rank_of(r, i, m) - (n + 1) / 2, 2);
    free(sums);
    return s / ((double)r->members * most);
}

/* ICC(1) as the mean product of pairs (Fisher): the same as the analysis of
 * variance but for the degrees of freedom, so the squares are rebuilt here
 * from pairs of marks instead of means. */
static double icc_by_pairs(const struct ratings *r)
{
    double n = (double)r->projects, k = (double)r->members;
    double within = 0, total = 0;
    size_t all = r->projects * r->members;
    for (size_t i = 0; i < r->projects; i++)
        for (size_t a = 0; a < r->members; a++)
            for (size_t b = 0; b < a; b++)
                within +=
                    pow(r->x[i * r->members + a] - r->x[i * r->members + b],
                        2) /
                    k;
    for (size_t a = 0; a < all; a++)
        for (size_t b = 0; b < a; b++)
            total += pow(r->x[a] - r->x[b], 2) / (n * k);
    double wms = within / (n * (k - 1)), bms = (total - within) / (n - 1);
    return (bms - wms) / (bms + (k - 1) * wms);
}

static struct ratings random_ratings(uint64_t *seed, size_t projects,
                                     size_t members, int64_t values)
{
    struct ratings r = {projects, members,
                        xcalloc(projects * members, sizeof *r.x)};
    for (size_t i = 0; i < projects * members; i++)
        r.x[i] = (double)random_below(seed, values) / 4;
    return r;
}

static void the_same_by_other_formulas(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int run = 0; run < 50; run++) {
        size_t n = 3 + (size_t)random_below(&seed, 12);
        struct ratings r =
            random_ratings(&seed, n, 2 + (size_t)random_below(&seed, 7), 40);
        struct agreement a;
        agreement_compute(&r, &a);
        near(a.icc_1, icc_by_pairs(&r));
        near(a.kendall_w, w_by_variance(&r));
        near(a.alpha, alpha_by_pairs(&r));
        if (a.icc_1 > 0)
            near(agreement_of_mean(a.icc_1, (double)r.members), a.icc_1_k);
        else
            assert_true(isnan(agreement_of_mean(a.icc_1, (double)r.members)));
        for (size_t i = 0; i < n; i++) /* holes */
            r.x[(size_t)random_below(&seed, (int64_t)(n * r.members))] = NAN;
        agreement_compute(&r, &a);
        near(a.alpha, alpha_by_pairs(&r));
        ratings_release(&r);
    }
}

static void w_is_the_mean_correlation_without_ties(void **state)
{
    (void)state;
    uint64_t seed = 11;
    struct ratings r = random_ratings(&seed, 8, 5, INT64_C(1) << 40);
    struct agreement a;
    agreement_compute(&r, &a);
    near(a.kendall_w, w_by_spearman(&r));
    ratings_release(&r);
}

/* ------------------------------------------------------------------- bias */

static void worked_example_of_bias(void **state)
{
    (void)state;
    struct panel p = example_e1();
    struct scores s;
    struct err e = {0};
    assert_int_equal(score_panel(&p, &s, &e), ST_OK);
    struct ratings r = ratings_of(&p, &s);
    struct bias b = bias_fit(&r);
    const double y = 100.0 / 4000; /* units of Y to points */
    assert_true(b.connected);
    near(b.severity[0], -910.0 / 9 * y);
    near(b.severity[1], 425.0 / 36 * y);
    near(b.severity[2], 3215.0 / 36 * y);
    near(b.adjusted[0], 8290.0 / 3 * y);
    near(b.adjusted[1], 24565.0 / 9 * y);
    near(b.adjusted[2], 2440 * y);
    near(b.adjusted[3], 2440 * y);
    /* the model puts P1 before P2, whose severe member was recused */
    bias_compare(&b, &s, (const bool[]){true, true, false, false});
    assert_int_equal(b.reversals, 1);
    assert_int_equal(b.reversal[0].above, 1);
    assert_int_equal(b.reversal[0].below, 0);
    assert_false(b.reversal[0].at_the_line);
    bias_compare(&b, &s, (const bool[]){false, true, false, false});
    assert_int_equal(b.reversals, 1);
    assert_true(b.reversal[0].at_the_line);
    bias_release(&b);
    ratings_release(&r);
    scores_release(&s);
    panel_release(&p);
}

/* Least squares leave residuals that add up to 0 in each row and column. */
static void residuals_cancel(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int run = 0; run < 50; run++) {
        struct ratings r = random_ratings(&seed, 9, 5, 80);
        for (int hole = 0; hole < 12; hole++)
            r.x[(size_t)random_below(&seed, 45)] = NAN;
        struct bias b = bias_fit(&r);
        for (size_t m = 0; b.connected && m < 5; m++) {
            double sum = 0;
            for (size_t i = 0; i < 9; i++)
                if (!isnan(r.x[i * 5 + m]))
                    sum += r.x[i * 5 + m] - b.adjusted[i] - b.severity[m];
            near(sum, 0);
        }
        for (size_t i = 0; b.connected && i < 9; i++) {
            double sum = 0;
            for (size_t m = 0; m < 5; m++)
                if (!isnan(r.x[i * 5 + m]))
                    sum += r.x[i * 5 + m] - b.adjusted[i] - b.severity[m];
            near(sum, 0);
        }
        bias_release(&b);
        ratings_release(&r);
    }
}

static void two_committees_that_never_meet_cannot_be_compared(void **state)
{
    (void)state;
    struct ratings r = table(4, 4,
                             (const double[]){9, 8, NAN, NAN, 7, 9, NAN, NAN,
                                              NAN, NAN, 5, 3, NAN, NAN, 4, 6});
    struct bias b = bias_fit(&r);
    assert_false(b.connected);
    assert_true(isnan(b.adjusted[0]) && isnan(b.severity[0]));
    bias_release(&b);
    r.x[0 * 4 + 2] = 5; /* one shared project is enough */
    b = bias_fit(&r);
    assert_true(b.connected);
    assert_true(!isnan(b.adjusted[3]));
    bias_release(&b);
    ratings_release(&r);
}

/* With every sheet there, the model changes nothing. */
static void complete_marks_reverse_nothing(void **state)
{
    (void)state;
    struct panel p = example_e1();
    struct scores s;
    struct err e = {0};
    p.recused[1 * 3 + 0] = false;
    SHEET(&p, 1, 0, 14, 12, 7);
    assert_int_equal(score_panel(&p, &s, &e), ST_OK);
    struct ratings r = ratings_of(&p, &s);
    struct bias b = bias_fit(&r);
    bias_compare(&b, &s, (const bool[]){false, true, false, true});
    assert_int_equal(b.reversals, 0);
    for (size_t i = 0; i < 4; i++)
        near(b.adjusted[i], 100.0 * (double)s.project[i].num / (double)s.den);
    bias_release(&b);
    ratings_release(&r);
    scores_release(&s);
    panel_release(&p);
}

/* ----------------------------------------------- one project, one member */

static void spread_of_the_worked_example(void **state)
{
    (void)state;
    struct panel p = example_e1();
    struct scores s;
    struct err e = {0};
    struct project_spread project[4];
    struct member_spread member[3];
    assert_int_equal(score_panel(&p, &s, &e), ST_OK);
    struct ratings r = ratings_of(&p, &s);
    spread_projects(&p, &s, project);
    spread_members(&r, member);
    assert_int_equal(project[1].n, 2);
    assert_true(fabs(project[0].sd - 3.608439) < 1e-6);
    assert_true(fabs(project[1].sd - 3.535534) < 1e-6);
    near(project[2].sd, 3);
    assert_true(fabs(project[3].sd - 2.783882) < 1e-6);
    near(project[0].median, 67);
    near(project[0].min, 67);
    near(project[0].max, 73.25);
    near(project[0].range, 6.25);
    assert_int_equal(project[0].bin[6], 2);
    assert_int_equal(project[0].bin[7], 1);
    assert_true(project[0].discuss); /* the largest sd */
    assert_false(project[1].discuss);
    assert_int_equal(member[0].n, 3);
    near(member[0].mean, (67 + 58 + 58.5) / 3);
    ratings_release(&r);
    scores_release(&s);
    panel_release(&p);
}

/* Two members, 30 points of 100 apart: to discuss; half a point less: not,
 * unless the spread is among the largest. */
static void thirty_points_apart_are_to_be_discussed(void **state)
{
    (void)state;
    struct panel p = make_panel(1, 2, 4);
    struct scores s;
    struct err e = {0};
    struct project_spread project[4];
    SHEET(&p, 0, 0, 10);
    SHEET(&p, 0, 1, 16);
    SHEET(&p, 1, 0, 10);
    SHEET(&p, 1, 1, 15.5);
    SHEET(&p, 2, 0, 0);
    SHEET(&p, 2, 1, 20);
    SHEET(&p, 3, 0, 20);
    SHEET(&p, 3, 1, 20);
    assert_int_equal(score_panel(&p, &s, &e), ST_OK);
    spread_projects(&p, &s, project);
    assert_true(project[0].discuss);
    assert_false(project[1].discuss);
    assert_true(project[2].discuss);
    assert_false(project[3].discuss);
    assert_int_equal(project[2].bin[0], 1);
    assert_int_equal(project[2].bin[HISTOGRAM_BINS - 1], 1);
    scores_release(&s);
    panel_release(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_example),
        cmocka_unit_test(worked_example_with_missing_marks),
        cmocka_unit_test(a_zero_that_rounding_hides),
        cmocka_unit_test(reliability_of_more_members),
        cmocka_unit_test(an_absent_member_is_not_part_of_the_block),
        cmocka_unit_test(no_figure_where_the_denominator_is_zero),
        cmocka_unit_test(the_same_by_other_formulas),
        cmocka_unit_test(w_is_the_mean_correlation_without_ties),
        cmocka_unit_test(worked_example_of_bias),
        cmocka_unit_test(residuals_cancel),
        cmocka_unit_test(two_committees_that_never_meet_cannot_be_compared),
        cmocka_unit_test(complete_marks_reverse_nothing),
        cmocka_unit_test(spread_of_the_worked_example),
        cmocka_unit_test(thirty_points_apart_are_to_be_discussed),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
