/* What the rules of a call let a project receive. */
#include "core/panel/caps.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct caps none = {0, -1, -1, -1};
static const struct means unsaid = {-1, -1, 0};

static struct entry applied(const struct caps *caps, const struct means *means,
                            int64_t asked)
{
    struct entry e = {.asked_cents = asked};
    caps_apply(caps, means, &e);
    return e;
}

static void without_rules_all_or_nothing(void **state)
{
    (void)state;
    struct entry e = applied(&none, &unsaid, 100001);
    assert_int_equal(e.request_cents, 100001);
    assert_int_equal(e.floor_cents, 100001);
    assert_int_equal(e.floor_bp, 10000);
    assert_int_equal(e.cap, CAP_NONE);
    assert_int_equal(e.bar, BAR_NONE);
}

/* Half of 1 000,01 EUR is 500,005: less than that is less than half. */
static void a_share_is_rounded_up(void **state)
{
    (void)state;
    struct caps half = none;
    half.floor_share_bp = 5000;
    assert_int_equal(applied(&half, &unsaid, 100001).floor_cents, 50001);
    assert_int_equal(applied(&half, &unsaid, 100000).floor_cents, 50000);
    assert_int_equal(applied(&half, &unsaid, 100000).floor_bp, 5000);
}

static void what_was_declared_comes_before_the_share(void **state)
{
    (void)state;
    struct caps half = none;
    struct means declared = {.minimum = 70000, .cost = -1};
    half.floor_share_bp = 5000;
    assert_int_equal(applied(&half, &declared, 100000).floor_cents, 70000);
    assert_int_equal(applied(&half, &declared, 100000).floor_bp,
                     FLOOR_DECLARED);
}

static void the_rate_counts_other_public_money(void **state)
{
    (void)state;
    struct caps rate = none;
    struct means means = {.minimum = -1, .cost = 100000, .other_public = 30000};
    rate.max_rate_bp = 8000;
    assert_int_equal(applied(&rate, &means, 90000).request_cents, 50000);
    assert_int_equal(applied(&rate, &means, 90000).cap, CAP_RATE);
    assert_int_equal(applied(&rate, &means, 50000).cap, CAP_NONE);
    means.other_public = 80000;
    assert_int_equal(applied(&rate, &means, 90000).bar, BAR_RATE_USED);
    assert_int_equal(applied(&rate, &unsaid, 90000).bar, BAR_NO_COST);
}

static void a_request_below_the_smallest_award_is_barred(void **state)
{
    (void)state;
    struct caps least = none;
    least.min_award = 50000;
    assert_int_equal(applied(&least, &unsaid, 50000).bar, BAR_NONE);
    assert_int_equal(applied(&least, &unsaid, 49999).bar, BAR_MIN_AWARD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_rules_all_or_nothing),
        cmocka_unit_test(a_share_is_rounded_up),
        cmocka_unit_test(what_was_declared_comes_before_the_share),
        cmocka_unit_test(the_rate_counts_other_public_money),
        cmocka_unit_test(a_request_below_the_smallest_award_is_barred),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
