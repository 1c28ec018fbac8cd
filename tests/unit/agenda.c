/* The agenda: which facts call for what, and in which order. */
#include "core/agenda.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct agenda_member panel[2];

/* A call in the middle of its year, with nothing left to do. */
static struct agenda_facts quiet(void)
{
    panel[0] = (struct agenda_member){(char *)(uintptr_t) "Alice", 14, 14};
    panel[1] = (struct agenda_member){(char *)(uintptr_t) "Bob", 7, 7};
    return (struct agenda_facts){.year = 2026,
                                 .now = (char *)(uintptr_t) "2026-03-20 10:00",
                                 .closes =
                                     (char *)(uintptr_t) "2026-03-15 12:00",
                                 .quorum = 2,
                                 .envelope_cents = 2000000,
                                 .available_cents = 2000000,
                                 .criteria = 7,
                                 .weight_sum = 100,
                                 .members_count = 2,
                                 .members = panel,
                                 .received = 2,
                                 .eligible = 2,
                                 .scenarios = 1,
                                 .adopted = (char *)(uintptr_t) "main",
                                 .decided = 2};
}

/* The codes of the agenda, in order, must be those of `expected`. */
static void expect(const struct agenda_facts *f, const char *expected)
{
    char got[400] = "";
    struct agenda a;
    agenda_make(f, &a);
    for (size_t i = 0; i < a.count; i++) {
        assert_true(strlen(a.items[i].text) > 0);
        strcat(got, i > 0 ? " " : "");
        strcat(got, a.items[i].code);
    }
    assert_string_equal(got, expected);
    agenda_release(&a);
}

static void nothing_is_due_when_all_is_done(void **state)
{
    (void)state;
    struct agenda_facts f = quiet();
    expect(&f, "");
    struct agenda a;
    agenda_make(&f, &a);
    assert_null(agenda_next(&a));
    agenda_release(&a);
}

static void empty_call_asks_in_the_order_of_the_year(void **state)
{
    (void)state;
    struct agenda_facts f = {.year = 2026,
                             .now = (char *)(uintptr_t) "2026-01-05 10:00",
                             .quorum = 3};
    expect(&f, "envelope criteria members deadline");
    struct agenda a;
    agenda_make(&f, &a);
    assert_non_null(strstr(agenda_next(&a), "envelope add"));
    agenda_release(&a);
}

static void archived_call_asks_for_nothing(void **state)
{
    (void)state;
    struct agenda_facts f = {.year = 2026, .archived = true};
    expect(&f, "archived");
}

static void panel_below_the_quorum_is_missing(void **state)
{
    (void)state;
    struct agenda_facts f = quiet();
    f.quorum = 3;
    expect(&f, "quorum");
}

static void weights_are_said_when_they_are_not_100(void **state)
{
    (void)state;
    struct agenda_facts f = quiet();
    f.decided = 0;
    f.weight_sum = 90;
    expect(&f, "weights deadline");
    f.weight_sum = 100;
    expect(&f, "deadline");
}

static void deadline_is_open_near_or_past(void **state)
{
    (void)state;
    static const struct {
        const char *now, *words;
    } cases[] = {{"2026-03-07 10:00", "open until"},
                 {"2026-03-08 10:00", "near"},
                 {"2026-03-15 12:00", "near"},
                 {"2026-03-15 12:01", "passed"}};
    for (size_t i = 0; i < 4; i++) {
        struct agenda_facts f = quiet();
        struct agenda a;
        f.decided = 0;
        f.now = (char *)(uintptr_t)cases[i].now;
        agenda_make(&f, &a);
        assert_string_equal(a.items[0].code, "deadline");
        assert_non_null(strstr(a.items[0].text, cases[i].words));
        agenda_release(&a);
    }
}

static void no_project_is_worse_after_the_deadline(void **state)
{
    (void)state;
    struct agenda_facts f = quiet();
    f.received = f.eligible = f.decided = 0;
    f.adopted = NULL;
    struct agenda a;
    agenda_make(&f, &a);
    assert_string_equal(a.items[0].code, "projects");
    assert_int_equal(a.items[0].state, AGENDA_MISSING);
    agenda_release(&a);
}

static void eligibility_before_marks_before_scenario(void **state)
{
    (void)state;
    struct agenda_facts f = quiet();
    f.adopted = NULL;
    f.scenarios = f.decided = 0;
    f.incomplete = f.complete = 1;
    f.eligible_incomplete = 1;
    f.incomplete_first = (char *)(uintptr_t) "2026-004";
    f.eligible_incomplete_first = (char *)(uintptr_t) "2026-005";
    f.recusals = 1;
    panel[1].given = 6;
    f.ties_by_number = 1;
    expect(&f, "deadline holes eligibility eligible-holes marks recusals seed "
               "scenario");
}

static void only_members_with_marks_to_give_are_named(void **state)
{
    (void)state;
    struct agenda_facts f = quiet();
    f.adopted = NULL;
    f.decided = 0;
    panel[1].given = 6;
    struct agenda a;
    agenda_make(&f, &a);
    assert_string_equal(a.items[1].code, "marks");
    assert_non_null(strstr(a.items[1].text, "Bob 6/7"));
    assert_null(strstr(a.items[1].text, "Alice"));
    agenda_release(&a);
}

static void seed_silences_the_tie(void **state)
{
    (void)state;
    struct agenda_facts f = quiet();
    f.adopted = NULL;
    f.decided = 0;
    f.ties_by_number = 1;
    expect(&f, "deadline seed scenario");
    f.has_seed = true;
    expect(&f, "deadline scenario");
}

static void undecided_projects_follow_the_adopted_scenario(void **state)
{
    (void)state;
    struct agenda_facts f = quiet();
    f.undecided = 1;
    expect(&f, "decisions");
    f.adopted = NULL;
    f.decided = 0;
    expect(&f, "deadline scenario");
}

static void reserve_that_fits_is_told_with_its_amount(void **state)
{
    (void)state;
    struct agenda_facts f = quiet();
    f.fitting = 2;
    f.fitting_first = (char *)(uintptr_t) "2026-007";
    f.fitting_cents = 120050;
    struct agenda a;
    agenda_make(&f, &a);
    assert_int_equal(a.count, 1);
    assert_string_equal(a.items[0].command,
                        "cispd award set 2026-007 1200.50 --reason TEXT");
    agenda_release(&a);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_due_when_all_is_done),
        cmocka_unit_test(empty_call_asks_in_the_order_of_the_year),
        cmocka_unit_test(archived_call_asks_for_nothing),
        cmocka_unit_test(panel_below_the_quorum_is_missing),
        cmocka_unit_test(weights_are_said_when_they_are_not_100),
        cmocka_unit_test(deadline_is_open_near_or_past),
        cmocka_unit_test(no_project_is_worse_after_the_deadline),
        cmocka_unit_test(eligibility_before_marks_before_scenario),
        cmocka_unit_test(only_members_with_marks_to_give_are_named),
        cmocka_unit_test(seed_silences_the_tie),
        cmocka_unit_test(undecided_projects_follow_the_adopted_scenario),
        cmocka_unit_test(reserve_that_fits_is_told_with_its_amount),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
