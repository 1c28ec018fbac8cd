/* The rules: the worked example E4, forced decisions, and the edges. */
#include "core/why/explain.h"
#include "core/money.h"
#include "make_call.h"

static void expect_awards(struct plan *p, const int64_t *euros)
{
    struct err e = {0};
    assert_int_equal(plan_allocate(p, &e), ST_OK);
    for (size_t i = 0; i < p->count; i++)
        assert_int_equal(p->share[i].award, euros[i] * 100);
}

static void strict_stops(void **state)
{
    (void)state;
    struct plan p = e4_in_euros("strict");
    expect_awards(&p, (int64_t[]){4800, 5000, 3600, 4900, 0, 0, 0, 0});
    assert_int_equal(p.share[4].reason, REASON_STRICT_LINE);
    assert_string_equal(reason_name(&p.share[4], &p.candidate[4]),
                        "does-not-fit");
    assert_string_equal(reason_name(&p.share[5], &p.candidate[5]),
                        "after-stop");
    plan_release(&p);
}

static void skip_goes_on(void **state)
{
    (void)state;
    struct plan p = e4_in_euros("skip");
    expect_awards(&p, (int64_t[]){4800, 5000, 3600, 4900, 0, 1500, 0, 200});
    assert_int_equal(p.share[4].rest_before, 170000);
    assert_int_equal(p.share[6].rest_before, 20000);
    plan_release(&p);
}

static void partial_takes_the_rest(void **state)
{
    (void)state;
    struct plan p = e4_in_euros("partial");
    expect_awards(&p, (int64_t[]){4800, 5000, 3600, 4900, 1700, 0, 0, 0});
    assert_string_equal(reason_name(&p.share[4], &p.candidate[4]), "partial");
    assert_int_equal(p.share[5].reason, REASON_BELOW_FLOOR);
    plan_release(&p);
}

static void a_partial_award_is_in_whole_units(void **state)
{
    (void)state;
    struct plan p = e4_in_euros("partial");
    p.terms.unit = 50000;
    expect_awards(&p, (int64_t[]){4800, 5000, 3600, 4900, 1500, 0, 0, 200});
    plan_release(&p);
}

static void rules_are_known_by_name(void **state)
{
    (void)state;
    assert_non_null(rule_find("partial"));
    assert_null(rule_find("Partial"));
    assert_null(rule_find(""));
}

static void floors_are_rounded_up_but_not_past_the_request(void **state)
{
    (void)state;
    assert_int_equal(floor_to_unit(10001, 50000, 100), 10100);
    assert_int_equal(floor_to_unit(10100, 50000, 100), 10100);
    assert_int_equal(floor_to_unit(49950, 49960, 100), 49960);
}

static void forced_is_paid_first(void **state)
{
    (void)state;
    struct plan p = e4_in_euros("partial");
    struct err e = {0};
    assert_int_equal(plan_force(&p, "P8", 20000, &e), ST_OK);
    assert_int_equal(plan_force(&p, "P6", 120000, &e), ST_OK);
    assert_int_equal(plan_force(&p, "P1", 0, &e), ST_OK);
    expect_awards(&p, (int64_t[]){0, 5000, 3600, 4900, 3200, 1200, 900, 200});
    assert_string_equal(reason_name(&p.share[0], &p.candidate[0]),
                        "not-selected");
    assert_string_equal(reason_name(&p.share[5], &p.candidate[5]), "partial");
    assert_string_equal(reason_name(&p.share[7], &p.candidate[7]), "funded");
    plan_release(&p);
}

static void forced_amounts_that_cannot_be(void **state)
{
    (void)state;
    struct plan p = e4_in_euros("partial");
    struct err e = {0};
    p.terms.min_award = 20000;
    assert_int_equal(plan_force(&p, "P9", 10000, &e), ST_NO_INPUT);
    assert_int_equal(plan_force(&p, "P1", 480100, &e), ST_REFUSED);
    assert_int_equal(plan_force(&p, "P1", 480000, &e), ST_OK);
    assert_int_equal(plan_force(&p, "P1", 19900, &e), ST_REFUSED);
    assert_int_equal(plan_force(&p, "P1", 100050, &e), ST_REFUSED);
    p.candidate[2].closed = REASON_UNDECIDED;
    assert_int_equal(plan_force(&p, "P3", 100000, &e), ST_REFUSED);
    p.terms.envelope = 400000;
    assert_int_equal(plan_force(&p, "P1", 480000, &e), ST_OK);
    assert_int_equal(plan_allocate(&p, &e), ST_REFUSED);
    plan_release(&p);
}

static void closed_projects_get_nothing(void **state)
{
    (void)state;
    struct plan p = e4_in_euros("skip");
    p.candidate[0].closed = REASON_KO;
    p.candidate[1].closed = REASON_UNDECIDED;
    expect_awards(&p, (int64_t[]){0, 0, 3600, 4900, 3200, 1500, 900, 200});
    assert_string_equal(reason_name(&p.share[0], &p.candidate[0]),
                        "below-threshold");
    assert_string_equal(reason_name(&p.share[1], &p.candidate[1]),
                        "not-rankable");
    plan_release(&p);
}

static void an_empty_envelope_pays_nobody(void **state)
{
    (void)state;
    struct plan p = e4_in_euros("partial");
    p.terms.envelope = 0;
    expect_awards(&p, (int64_t[]){0, 0, 0, 0, 0, 0, 0, 0});
    plan_release(&p);
}

static void expect_sentence(const char *rule, size_t i, const char *text)
{
    struct plan p = e4_in_euros(rule);
    struct err e = {0};
    assert_int_equal(plan_allocate(&p, &e), ST_OK);
    char *sentence = explain_share(&p, i);
    for (char *s; (s = strstr(sentence, "\xC2\xA0")) != NULL;)
        memmove(s + 1, s + 2, strlen(s + 1)), *s = ' ';
    if (strstr(sentence, text) == NULL)
        print_message("# %s\n", sentence);
    assert_non_null(strstr(sentence, text));
    free(sentence);
    plan_release(&p);
}

/* The places, envelopes and amounts that E4 gives. */
static void explanations_of_the_worked_example(void **state)
{
    (void)state;
    expect_sentence("strict", 4, "rank 4 (81)");
    expect_sentence("strict", 4, "envelope of 21,500.00");
    expect_sentence("strict", 4, "1,700.00 € or less");
    expect_sentence("skip", 4, "rank 4 (81)");
    expect_sentence("skip", 4, "envelope of 21,500.00");
    expect_sentence("partial", 5, "rank 5 (78)");
    expect_sentence("partial", 5, "envelope of 22,300.00");
    expect_sentence("partial", 6, "envelope of 22,000.00");
    expect_sentence("partial", 7, "envelope of 21,700.00");
    expect_sentence("partial", 7, "Nothing was left at its turn");
    expect_sentence("partial", 4, "Funded in part: 1,700.00");
    expect_sentence("partial", 0, "Funded in full: 4,800.00");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strict_stops),
        cmocka_unit_test(skip_goes_on),
        cmocka_unit_test(partial_takes_the_rest),
        cmocka_unit_test(a_partial_award_is_in_whole_units),
        cmocka_unit_test(rules_are_known_by_name),
        cmocka_unit_test(floors_are_rounded_up_but_not_past_the_request),
        cmocka_unit_test(forced_is_paid_first),
        cmocka_unit_test(forced_amounts_that_cannot_be),
        cmocka_unit_test(closed_projects_get_nothing),
        cmocka_unit_test(an_empty_envelope_pays_nobody),
        cmocka_unit_test(explanations_of_the_worked_example),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
