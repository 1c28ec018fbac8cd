/* What must hold of every ranking (allocation.md, 1.6), on random panels, and
 * the scores against fractions added one by one. */
#include "core/wide.h"
#include "core/panel/rank.h"
#include "make_panel.h"

#define PANELS 3000

typedef struct {
    wide num, den;
} fraction;

static fraction add(fraction a, fraction b)
{
    fraction sum = {a.num * b.den + b.num * a.den, a.den * b.den};
    wide g = wide_gcd(sum.num, sum.den);
    return g == 0 ? sum : (fraction){sum.num / g, sum.den / g};
}

/* A mark at random: missing and abstained now and then; coarse, so that ties
 * happen. */
static void random_mark(uint64_t *seed, const struct criterion *c,
                        struct mark *x)
{
    int64_t kind = random_below(seed, 40);
    int64_t steps = (c->scale_hi - c->scale_lo) * 1000 / c->step_milli;
    *x = (struct mark){MARK_VALUE,
                       c->scale_lo * 1000 +
                           random_below(seed, steps + 1) * c->step_milli};
    if (kind == 0)
        *x = (struct mark){MARK_ABSTAINED, 0};
    else if (kind == 1)
        *x = (struct mark){MARK_MISSING, 0};
}

static struct panel random_panel(uint64_t *seed)
{
    static const int64_t steps[] = {500, 1000, 2000};
    struct panel p = make_panel((size_t)(1 + random_below(seed, 4)),
                                (size_t)(1 + random_below(seed, 5)),
                                (size_t)(2 + random_below(seed, 5)));
    p.missing = (enum missing_policy)random_below(seed, 3);
    for (size_t c = 0; c < p.criteria; c++) {
        struct criterion *k = &p.criterion[c];
        k->weight = 1 + random_below(seed, 4);
        k->scale_lo = random_below(seed, 2);
        k->scale_hi = k->scale_lo + 2 + 2 * random_below(seed, 3);
        k->step_milli = steps[random_below(seed, 3)];
        if (random_below(seed, 6) == 0)
            k->min_milli = (k->scale_lo + k->scale_hi) * 500;
    }
    for (size_t i = 0; i < p.projects; i++) {
        p.project[i].request_cents = 100 * (1 + random_below(seed, 3));
        for (size_t m = 0; m < p.members; m++) {
            p.recused[i * p.members + m] = random_below(seed, 10) == 0;
            for (size_t c = 0; c < p.criteria; c++)
                random_mark(seed, &p.criterion[c], panel_mark(&p, i, m, c));
        }
    }
    return p;
}

static struct panel copy_panel(const struct panel *p)
{
    struct panel q = make_panel(p->criteria, p->members, p->projects);
    q.missing = p->missing;
    q.quorum = p->quorum;
    q.threshold = p->threshold;
    q.seed = xstrdup(p->seed);
    for (size_t c = 0; c < p->criteria; c++) {
        struct criterion *k = &q.criterion[c];
        char *code = k->code, *label = k->label;
        *k = p->criterion[c];
        k->code = code;
        k->label = label;
    }
    for (size_t i = 0; i < p->projects; i++)
        q.project[i].request_cents = p->project[i].request_cents;
    memcpy(q.mark, p->mark,
           p->projects * p->members * p->criteria * sizeof *p->mark);
    memcpy(q.recused, p->recused,
           p->projects * p->members * sizeof *p->recused);
    return q;
}

/* A panel with its scores and order. */
struct ranked {
    struct scores s;
    struct place *place;
};

static struct ranked rank_it(const struct panel *p)
{
    struct ranked r;
    struct err e = {0};
    assert_int_equal(score_panel(p, &r.s, &e), ST_OK);
    r.place = xcalloc(p->projects, sizeof *r.place);
    rank_projects(p, &r.s, r.place);
    return r;
}

static void ranked_release(struct ranked *r)
{
    scores_release(&r->s);
    free(r->place);
}

/* The line of a project in the order. */
static size_t line_of(const struct panel *p, const struct ranked *r,
                      const char *ref)
{
    size_t i = 0;
    while (strcmp(p->project[r->place[i].project].ref, ref) != 0)
        i++;
    return i;
}

/* Whether two scores are the same fraction. */
static bool same_score(const struct ranked *a, size_t i, const struct ranked *b,
                       size_t j)
{
    return (wide)a->s.project[i].num * b->s.den ==
           (wide)b->s.project[j].num * a->s.den;
}

/* ------------------------------------------------------------- the oracle */

/* Whether the sheet counts, and its share of the best possible total. */
static bool oracle_sheet(const struct panel *p, size_t i, size_t m,
                         fraction *out)
{
    int64_t all = 0, marked = 0;
    bool abstained = false, missing = false;
    fraction sum = {0, 1};
    for (size_t c = 0; c < p->criteria; c++) {
        const struct criterion *k = &p->criterion[c];
        const struct mark *x = panel_mark(p, i, m, c);
        if (k->independent)
            continue;
        all += k->weight;
        abstained |= x->state == MARK_ABSTAINED;
        missing |= x->state == MARK_MISSING;
        if (x->state != MARK_VALUE)
            continue;
        marked += k->weight;
        sum = add(sum, (fraction){(wide)k->weight *
                                      (x->value_milli - 1000 * k->scale_lo),
                                  1000 * (wide)(k->scale_hi - k->scale_lo)});
    }
    if (p->recused[i * p->members + m] || marked == 0)
        return false;
    if ((abstained || missing) && p->missing != MISSING_RENORMALISE)
        return false;
    sum.den *= marked;
    *out = sum;
    return all > 0;
}

static void scores_are_the_means_of_the_sheets(void **state)
{
    (void)state;
    uint64_t seed = 20260315;
    for (int n = 0; n < PANELS; n++) {
        struct panel p = random_panel(&seed);
        struct ranked r = rank_it(&p);
        for (size_t i = 0; i < p.projects; i++) {
            fraction sum = {0, 1}, one;
            int64_t counted = 0;
            for (size_t m = 0; m < p.members; m++)
                if (oracle_sheet(&p, i, m, &one)) {
                    sum = add(sum, one);
                    counted++;
                }
            const struct score *s = &r.s.project[i];
            assert_int_equal(s->counted, counted);
            assert_int_equal(s->counted + s->abstained + s->recused +
                                 s->missing,
                             (int64_t)p.members);
            if (counted > 0)
                assert_true((wide)s->num * sum.den * counted ==
                            sum.num * r.s.den);
        }
        ranked_release(&r);
        panel_release(&p);
    }
}

/* ---------------------------------------------------------- the properties */

static void swap_projects(struct panel *p, size_t a, size_t b)
{
    size_t size = p->members * p->criteria;
    for (size_t k = 0; k < size; k++) {
        struct mark x = p->mark[a * size + k];
        p->mark[a * size + k] = p->mark[b * size + k];
        p->mark[b * size + k] = x;
    }
    for (size_t m = 0; m < p->members; m++) {
        bool x = p->recused[a * p->members + m];
        p->recused[a * p->members + m] = p->recused[b * p->members + m];
        p->recused[b * p->members + m] = x;
    }
    struct entry x = p->project[a];
    p->project[a] = p->project[b];
    p->project[b] = x;
}

static void swap_members(struct panel *p, size_t a, size_t b)
{
    for (size_t i = 0; i < p->projects; i++) {
        for (size_t c = 0; c < p->criteria; c++) {
            struct mark x = *panel_mark(p, i, a, c);
            *panel_mark(p, i, a, c) = *panel_mark(p, i, b, c);
            *panel_mark(p, i, b, c) = x;
        }
        bool x = p->recused[i * p->members + a];
        p->recused[i * p->members + a] = p->recused[i * p->members + b];
        p->recused[i * p->members + b] = x;
    }
}

static void expect_same_order(const struct panel *p, const struct ranked *a,
                              const struct panel *q, const struct ranked *b)
{
    for (size_t k = 0; k < p->projects; k++) {
        size_t i = a->place[k].project, j = b->place[k].project;
        assert_string_equal(p->project[i].ref, q->project[j].ref);
        assert_int_equal(a->place[k].below, b->place[k].below);
        assert_true(same_score(a, i, b, j));
    }
}

static void the_order_of_the_input_changes_nothing(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int n = 0; n < PANELS; n++) {
        struct panel p = random_panel(&seed), q = copy_panel(&p);
        swap_projects(&q, 0, p.projects - 1);
        swap_members(&q, 0, p.members - 1);
        struct ranked a = rank_it(&p), b = rank_it(&q);
        expect_same_order(&p, &a, &q, &b);
        ranked_release(&a);
        ranked_release(&b);
        panel_release(&p);
        panel_release(&q);
    }
}

static void a_withdrawn_project_moves_nobody(void **state)
{
    (void)state;
    uint64_t seed = 2;
    for (int n = 0; n < PANELS; n++) {
        struct panel p = random_panel(&seed), q = copy_panel(&p);
        struct ranked a = rank_it(&p);
        q.projects--; /* the last one leaves */
        struct ranked b = rank_it(&q);
        size_t line = 0;
        for (size_t k = 0; k < p.projects; k++) {
            size_t i = a.place[k].project;
            if (i == q.projects)
                continue;
            assert_int_equal(b.place[line].project, i);
            assert_true(same_score(&a, i, &b, i));
            line++;
        }
        ranked_release(&a);
        ranked_release(&b);
        q.projects++;
        panel_release(&p);
        panel_release(&q);
    }
}

static void a_better_mark_never_lowers_a_project(void **state)
{
    (void)state;
    uint64_t seed = 3;
    int raised = 0;
    for (int n = 0; n < PANELS; n++) {
        struct panel p = random_panel(&seed), q = copy_panel(&p);
        size_t i = (size_t)random_below(&seed, (int64_t)p.projects);
        size_t m = (size_t)random_below(&seed, (int64_t)p.members);
        size_t c = (size_t)random_below(&seed, (int64_t)p.criteria);
        struct mark *x = panel_mark(&q, i, m, c);
        const struct criterion *k = &q.criterion[c];
        if (x->state == MARK_VALUE && x->value_milli < k->scale_hi * 1000) {
            x->value_milli += k->step_milli;
            raised++;
        }
        struct ranked a = rank_it(&p), b = rank_it(&q);
        assert_true(line_of(&q, &b, p.project[i].ref) <=
                    line_of(&p, &a, p.project[i].ref));
        ranked_release(&a);
        ranked_release(&b);
        panel_release(&p);
        panel_release(&q);
    }
    assert_true(raised > PANELS / 4);
}

static void marks_on_other_projects_change_no_score(void **state)
{
    (void)state;
    uint64_t seed = 4;
    for (int n = 0; n < PANELS; n++) {
        struct panel p = random_panel(&seed), q = copy_panel(&p);
        for (size_t m = 0; m < p.members; m++)
            for (size_t c = 0; c < p.criteria; c++)
                random_mark(&seed, &q.criterion[c], panel_mark(&q, 0, m, c));
        struct ranked a = rank_it(&p), b = rank_it(&q);
        for (size_t i = 1; i < p.projects; i++)
            assert_true(same_score(&a, i, &b, i));
        ranked_release(&a);
        ranked_release(&b);
        panel_release(&p);
        panel_release(&q);
    }
}

static void weights_and_scales_are_relative(void **state)
{
    (void)state;
    uint64_t seed = 5;
    for (int n = 0; n < PANELS; n++) {
        struct panel p = random_panel(&seed), q = copy_panel(&p);
        int64_t shift = random_below(&seed, 5);
        for (size_t c = 0; c < q.criteria; c++) {
            q.criterion[c].weight *= 7;
            q.criterion[c].scale_lo += shift;
            q.criterion[c].scale_hi += shift;
            if (q.criterion[c].min_milli >= 0)
                q.criterion[c].min_milli += shift * 1000;
        }
        for (size_t k = 0; k < q.projects * q.members * q.criteria; k++)
            if (q.mark[k].state == MARK_VALUE)
                q.mark[k].value_milli += shift * 1000;
        struct ranked a = rank_it(&p), b = rank_it(&q);
        expect_same_order(&p, &a, &q, &b);
        ranked_release(&a);
        ranked_release(&b);
        panel_release(&p);
        panel_release(&q);
    }
}

static void the_seed_parts_equal_projects_only(void **state)
{
    (void)state;
    uint64_t seed = 6;
    int lots = 0;
    for (int n = 0; n < PANELS; n++) {
        struct panel p = random_panel(&seed), q = copy_panel(&p);
        p.seed = xasprintf("seed %d", n);
        q.seed = xasprintf("another %d", n);
        struct ranked a = rank_it(&p), b = rank_it(&q);
        for (size_t k = 0; k < p.projects; k++) {
            assert_int_equal(a.place[k].below, b.place[k].below);
            lots += a.place[k].below == TIE_LOT;
            if (a.place[k].project != b.place[k].project)
                assert_true(a.place[k].below == TIE_LOT ||
                            a.place[k - 1].below == TIE_LOT);
        }
        ranked_release(&a);
        ranked_release(&b);
        panel_release(&p);
        panel_release(&q);
    }
    assert_true(lots > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_are_the_means_of_the_sheets),
        cmocka_unit_test(the_order_of_the_input_changes_nothing),
        cmocka_unit_test(a_withdrawn_project_moves_nobody),
        cmocka_unit_test(a_better_mark_never_lowers_a_project),
        cmocka_unit_test(marks_on_other_projects_change_no_score),
        cmocka_unit_test(weights_and_scales_are_relative),
        cmocka_unit_test(the_seed_parts_equal_projects_only),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
