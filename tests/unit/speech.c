/* The sentences that are read aloud: each fact says its sentence, and only
 * then. */
#include "core/why/speech.h"
#include "make_panel.h"

static struct plan computed(struct panel panel, const char *rule,
                            int64_t envelope)
{
    struct plan p = {.panel = panel,
                     .terms = {.rule = rule_find(rule),
                               .envelope = envelope,
                               .unit = 100,
                               .threshold = -1}};
    struct err e = {0};
    assert_int_equal(plan_rank(&p, &e), ST_OK);
    plan_open(&p);
    assert_int_equal(plan_allocate(&p, &e), ST_OK);
    return p;
}

/* All the sentences of both kinds, one a line; releases the plan. */
static char *said(struct plan p)
{
    struct buf b = BUF_INIT;
    struct statistics st;
    struct robust r;
    struct err e = {0};
    statistics_compute(&p, &st);
    assert_int_equal(robust_compute(&p, NULL, NULL, &r, &e), ST_OK);
    struct speech one = speech_statistics(&p, &st);
    struct speech two = speech_robust(&p, &r);
    for (size_t i = 0; i < one.count; i++)
        buf_addf(&b, "%s\n", one.text[i]);
    for (size_t i = 0; i < two.count; i++)
        buf_addf(&b, "%s\n", two.text[i]);
    speech_release(&one);
    speech_release(&two);
    statistics_release(&st);
    robust_release(&r);
    plan_release(&p);
    return buf_take(&b);
}

static void has(const char *text, const char *sentence)
{
    if (strstr(text, sentence) == NULL)
        fail_msg("\"%s\" is not said:\n%s", sentence, text);
}

static void has_not(const char *text, const char *sentence)
{
    if (strstr(text, sentence) != NULL)
        fail_msg("\"%s\" is said:\n%s", sentence, text);
}

static void worked_example(void **state)
{
    (void)state;
    char *s = said(computed(example_e1(), "skip", 100000));
    has(s, "the reliability of the mean of the 3 members");
    has(s, "(projects that all of them marked: 3).\n");
    has(s, "Attention: P2 is before P1 by its score, but behind it");
    has(s, "To discuss, where the marks lie farthest apart: P1.\n");
    has(s, "Under the rule \"skip\", 1 of 4 projects is funded, for");
    has(s, "None of them would be funded in every case");
    has(s, "Without the marks of A, P1 would be funded and P2 would not.\n");
    has_not(s, "Without the marks of C");
    has(s, "change which projects are funded.\n");
    has(s, "Hanging on one step of a single mark: P2, P1.\n");
    has(s, "that of the criterion \"C2\": an award changes when "
           "it goes from 30 to about 25.\n");
    has(s, "1 place was decided between equal scores, 0 of them by lot");
    free(s);
}

/* The twin: two projects far apart, and money for both. */
static void nothing_hangs_on_anything(void **state)
{
    (void)state;
    struct panel p = make_panel(1, 2, 2);
    SHEET(&p, 0, 0, 18);
    SHEET(&p, 0, 1, 18);
    SHEET(&p, 1, 0, 10);
    SHEET(&p, 1, 1, 10);
    char *s = said(computed(p, "skip", 500000));
    has_not(s, "Attention");
    has(s, "Who marked what changed nothing in the order.\n");
    has(s, "2 of 2 projects are funded");
    has(s, "Whichever member is left out, the same projects are funded.\n");
    has(s, "No single mark, moved by one step, changes which projects are "
           "funded.\n");
    has(s, "No change to one weight alone changes which projects are "
           "funded.\n");
    has(s, "With the median of the sheets in the place of their mean, the same "
           "projects are funded.\n");
    has_not(s, "larger envelope");
    has_not(s, "Hanging on");
    has_not(s, "equal scores");
    has_not(s, "To discuss");
    free(s);
}

/* Two equal projects, money for one: the number decides, and any weight. */
static void two_equal_projects(void **state)
{
    (void)state;
    struct panel p = make_panel(2, 1, 2);
    SHEET(&p, 0, 0, 12, 8);
    SHEET(&p, 1, 0, 8, 12);
    char *s = said(computed(p, "skip", 100000));
    has(s, "the slightest change to the weight of the criterion \"C");
    has(s, "How reliable the marks are cannot be computed");
    has(s, "1 place was decided between equal scores, 0 of them by lot");
    free(s);
}

/* 251 less 1/251: with two decimals it would print as the weight it is. */
static void a_weight_prints_apart_from_the_present_one(void **state)
{
    (void)state;
    struct panel p = make_panel(2, 1, 2);
    p.criterion[0].weight = 251;
    p.criterion[1].weight = 1000;
    p.criterion[0].scale_hi = p.criterion[1].scale_hi = 1000;
    SHEET(&p, 0, 0, 751, 100);
    SHEET(&p, 1, 0, 500, 163);
    char *s = said(computed(p, "skip", 100000));
    has(s, "it goes from 251 to about 250.996.\n");
    free(s);
}

static void nobody_marked(void **state)
{
    (void)state;
    char *s = said(computed(make_panel(1, 2, 2), "partial", 100000));
    has(s, "cannot be computed");
    has(s, "0 of 2 projects are funded");
    has_not(s, "in every case");
    has_not(s, "Whichever member");
    has_not(s, "No single mark");
    free(s);
}

static void steps_leave_the_weights_out(void **state)
{
    (void)state;
    struct plan p = computed(example_e1(), "optimal", 100000);
    p.terms.step = 10000;
    struct err e = {0};
    assert_int_equal(plan_allocate(&p, &e), ST_OK);
    char *s = said(p);
    has(s, "How far a weight could move is not told: what an amount");
    free(s);
}

static void under_proportional_the_list_is_watched(void **state)
{
    (void)state;
    char *s = said(computed(example_e1(), "proportional", 100000));
    has(s, ": other projects are funded when it goes from 30 to "
           "about 25.\n");
    free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_example),
        cmocka_unit_test(nothing_hangs_on_anything),
        cmocka_unit_test(two_equal_projects),
        cmocka_unit_test(a_weight_prints_apart_from_the_present_one),
        cmocka_unit_test(nobody_marked),
        cmocka_unit_test(steps_leave_the_weights_out),
        cmocka_unit_test(under_proportional_the_list_is_watched),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
