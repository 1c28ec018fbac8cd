/* Robustness: each fact of random calls is checked by typing the change into
 * the marks, the weights or the envelope and computing everything anew. */
#include "core/why/robust.h"
#include "core/why/speech.h"
#include "make_panel.h"

/* ------------------------------------------------------------ whole plans */

static void copy_texts(struct panel *p)
{
    for (size_t c = 0; c < p->criteria; c++) {
        p->criterion[c].code = xstrdup(p->criterion[c].code);
        p->criterion[c].label = xstrdup(p->criterion[c].label);
    }
    for (size_t m = 0; m < p->members; m++)
        p->member[m].name = xstrdup(p->member[m].name);
    for (size_t i = 0; i < p->projects; i++) {
        p->project[i].ref = xstrdup(p->project[i].ref);
        p->project[i].association = xstrdup(p->project[i].association);
        p->project[i].title = xstrdup(p->project[i].title);
    }
    p->seed = xstrdup(p->seed);
}

static void *copy_array(const void *from, size_t count, size_t size)
{
    void *to = xcalloc(count, size);
    memcpy(to, from, count * size);
    return to;
}

static struct panel copy_panel(const struct panel *from)
{
    struct panel p = *from;
    size_t sheets = p.projects * p.members;
    p.criterion = copy_array(p.criterion, p.criteria, sizeof *p.criterion);
    p.member = copy_array(p.member, p.members, sizeof *p.member);
    p.project = copy_array(p.project, p.projects, sizeof *p.project);
    p.mark = copy_array(p.mark, sheets * p.criteria, sizeof *p.mark);
    p.recused = copy_array(p.recused, sheets, sizeof *p.recused);
    copy_texts(&p);
    return p;
}

/* Takes the panel over and computes everything from it. */
static struct plan computed(struct panel panel, struct terms terms)
{
    struct plan p = {.panel = panel, .terms = terms};
    struct err e = {0};
    assert_int_equal(plan_rank(&p, &e), ST_OK);
    plan_open(&p);
    assert_int_equal(plan_allocate(&p, &e), ST_OK);
    return p;
}

static int64_t award_of(const struct plan *p, size_t project)
{
    for (size_t k = 0; k < p->count; k++)
        if (p->candidate[k].project == project)
            return p->share[k].award;
    fail();
    return -1;
}

static bool same_awards(const struct plan *a, const struct plan *b)
{
    for (size_t i = 0; i < a->panel.projects; i++)
        if (award_of(a, i) != award_of(b, i))
            return false;
    return true;
}

/* The change is what the effect says it is. */
static void expect_effect(const struct plan *base, const struct plan *changed,
                          const struct effect *f)
{
    size_t count = 0;
    assert_int_equal(f->awards, !same_awards(base, changed));
    for (size_t i = 0; i < base->panel.projects; i++) {
        if ((award_of(base, i) > 0) == (award_of(changed, i) > 0))
            continue;
        assert_true(count < f->count);
        assert_int_equal(f->project[count++], i);
    }
    assert_int_equal(f->count, count);
}

/* A call of 5 to 10 projects and 2 to 5 members with recusals, absences,
 * abstentions, minima, equal marks and all kinds of requests. */
static struct panel random_panel(uint64_t *seed)
{
    struct panel p = make_panel(3, 2 + (size_t)random_below(seed, 4),
                                5 + (size_t)random_below(seed, 6));
    p.quorum = 1 + random_below(seed, 2);
    p.missing = (enum missing_policy)random_below(seed, 3);
    p.threshold = random_below(seed, 3) == 0 ? 4500 : -1;
    p.seed = random_below(seed, 2) == 0 ? xstrdup("seed") : NULL;
    for (size_t c = 0; c < 3; c++) {
        p.criterion[c].weight = 1 + random_below(seed, 6);
        p.criterion[c].step_milli = 1000;
    }
    p.criterion[2].scale_hi = 10;
    p.criterion[1].min_milli = random_below(seed, 3) == 0 ? 8000 : -1;
    for (size_t i = 0; i < p.projects; i++) {
        int64_t request = 100 * (1 + random_below(seed, 40)) * 100;
        p.project[i].request_cents = p.project[i].asked_cents = request;
        p.project[i].floor_cents =
            100 + 100 * random_below(seed, request / 100);
        for (size_t m = 0; m < p.members; m++) {
            int64_t state = random_below(seed, 12);
            p.recused[i * p.members + m] = state == 0;
            for (size_t c = 0; c < 3 && state > 1; c++) {
                int64_t half = p.criterion[c].scale_hi * 500;
                *panel_mark(&p, i, m, c) = (struct mark){
                    MARK_VALUE, half + 1000 * (random_below(seed, 7) - 3)};
            }
            if (random_below(seed, 15) == 0)
                panel_mark(&p, i, m, 0)->state = MARK_ABSTAINED;
        }
    }
    return p;
}

static struct terms random_terms(uint64_t *seed, size_t rule)
{
    return (struct terms){.rule = rule_at(rule),
                          .envelope = 100 * (2000 + random_below(seed, 8000)),
                          .unit = 100,
                          .threshold = -1,
                          .step = random_below(seed, 2) * 50000,
                          .curve = (enum curve)random_below(seed, 2),
                          .objective = (enum objective)random_below(seed, 2),
                          .rounding = (enum rounding)random_below(seed, 2),
                          .tiers = 3,
                          .tier = {{6000, 10000}, {5000, 7500}, {4000, 5000}}};
}

/* Whether the rule runs on such a call: it may lack terms. */
static bool can_run(const struct panel *panel, struct terms terms)
{
    struct plan p = {.panel = copy_panel(panel), .terms = terms};
    struct err e = {0};
    assert_int_equal(plan_rank(&p, &e), ST_OK);
    plan_open(&p);
    bool runs = plan_allocate(&p, &e) == ST_OK;
    plan_release(&p);
    return runs;
}

/* A call whose projects have the same marks, given by other members: equal
 * scores and means at any weight, which the sheets tell apart. */
static struct panel shuffled_panel(uint64_t *seed)
{
    struct panel p = random_panel(seed);
    p.missing = MISSING_BLOCK;
    p.quorum = 1;
    memset(p.recused, 0, p.projects * p.members * sizeof *p.recused);
    for (size_t i = 0; i < p.projects; i++)
        for (size_t c = 0; c < 3; c++)
            for (size_t m = 0; m < p.members; m++) {
                size_t k = (size_t)random_below(seed, (int64_t)m + 1);
                struct mark *with = panel_mark(&p, i, k, c);
                *panel_mark(&p, i, m, c) = *with;
                *with = (struct mark){MARK_VALUE,
                                      1000 * (int64_t)(4 + m * (c + 2) % 7)};
            }
    return p;
}

/* Runs the check on random calls under every rule of the table. */
static void on_calls(void (*check)(const struct plan *base), int runs,
                     struct panel (*make)(uint64_t *seed))
{
    uint64_t seed = 20260301;
    for (int run = 0; run < runs; run++)
        for (size_t rule = 0; rule_at(rule) != NULL; rule++) {
            struct panel panel = make(&seed);
            struct terms terms = random_terms(&seed, rule);
            if (!can_run(&panel, terms)) {
                panel_release(&panel);
                continue;
            }
            struct plan base = computed(panel, terms);
            check(&base);
            plan_release(&base);
        }
}

static void on_random_calls(void (*check)(const struct plan *base), int runs)
{
    on_calls(check, runs, random_panel);
}

/* -------------------------------------------------------------- one mark */

/* Types every mark one step away and compares with what was found. */
static void check_moves(const struct plan *base)
{
    struct moves moves;
    struct err e = {0};
    size_t found = 0, tried = 0, list = 0;
    assert_int_equal(robust_moves(base, NULL, NULL, &moves, &e), ST_OK);
    const struct panel *p = &base->panel;
    for (size_t k = 0; k < p->projects * p->members * p->criteria * 2; k++) {
        size_t cell = k / 2, c = cell % p->criteria;
        int64_t step = k % 2 == 0 ? 1000 : -1000;
        struct panel panel = copy_panel(p);
        struct mark *x = &panel.mark[cell];
        x->value_milli += step;
        if (x->state != MARK_VALUE || x->value_milli < 0 ||
            x->value_milli > 1000 * p->criterion[c].scale_hi ||
            base->scores.sheet[cell / p->criteria].state != SHEET_COUNTED) {
            panel_release(&panel);
            continue;
        }
        tried++;
        struct plan changed = computed(panel, base->terms);
        if (!same_awards(base, &changed)) {
            struct move *m = &moves.move[found++];
            assert_true(found <= moves.with_awards);
            assert_int_equal((m->project * p->members + m->member) *
                                     p->criteria +
                                 m->criterion,
                             cell);
            assert_int_equal(m->to_milli - m->from_milli, step);
            expect_effect(base, &changed, &m->effect);
            list += m->effect.count > 0;
        }
        plan_release(&changed);
    }
    assert_int_equal(moves.tried, tried);
    assert_int_equal(moves.with_awards, found);
    assert_int_equal(moves.with_list, list);
    for (size_t k = 0; k < moves.with_awards; k++)
        effect_release(&moves.move[k].effect);
    free(moves.move);
}

static void each_mark_moved_is_what_typing_it_gives(void **state)
{
    (void)state;
    on_random_calls(check_moves, 12);
}

static size_t moves_with_list(struct panel panel)
{
    struct plan base = computed(panel, (struct terms){.rule = rule_find("skip"),
                                                      .envelope = 100000,
                                                      .unit = 100,
                                                      .threshold = -1});
    struct moves moves;
    struct err e = {0};
    assert_int_equal(robust_moves(&base, NULL, NULL, &moves, &e), ST_OK);
    for (size_t k = 0; k < moves.with_awards; k++)
        effect_release(&moves.move[k].effect);
    free(moves.move);
    plan_release(&base);
    return moves.with_list;
}

/* A point on C1 and a point on C2 give P1 the same score, not the same
 * place: C1 decides ties. */
static void equal_scores_at_different_places(void **state)
{
    (void)state;
    struct panel p = make_panel(2, 1, 2);
    p.criterion[0].step_milli = p.criterion[1].step_milli = 1000;
    SHEET(&p, 0, 0, 9, 10);
    SHEET(&p, 1, 0, 10, 10);
    assert_int_equal(moves_with_list(p), 2); /* P1 up, P2 down, on C1 */
}

/* A point less on C1 knocks out, a point less on C2 gives the same score. */
static void equal_scores_and_a_minimum(void **state)
{
    (void)state;
    struct panel p = make_panel(2, 1, 1);
    p.criterion[0].min_milli = 9000;
    SHEET(&p, 0, 0, 9, 10);
    assert_int_equal(moves_with_list(p), 1);
}

/* --------------------------------------------------------- one member out */

static void check_members(const struct plan *base)
{
    struct robust r;
    struct err e = {0};
    assert_int_equal(robust_compute(base, NULL, NULL, &r, &e), ST_OK);
    const struct panel *p = &base->panel;
    for (size_t m = 0; m < p->members; m++) {
        struct panel panel = copy_panel(p);
        panel.quorum = 1;
        for (size_t i = 0; i < p->projects; i++) {
            panel.recused[i * p->members + m] = true;
            /* what misses the quorum with all stays out */
            if (base->scores.project[i].standing == STANDING_QUORUM)
                for (size_t x = 0; x < p->members; x++)
                    panel.recused[i * p->members + x] = true;
        }
        struct plan changed = computed(panel, base->terms);
        if (r.without[m].marked)
            expect_effect(base, &changed, &r.without[m].effect);
        plan_release(&changed);
    }
    robust_release(&r);
}

static void a_member_left_out_is_what_removing_the_sheets_gives(void **state)
{
    (void)state;
    on_random_calls(check_members, 30);
}

/* ----------------------------------------------------------- one weight */

/* Computes everything with the weight of a criterion at num / den. False when
 * such weights are too fine to be typed. */
static bool with_weight(const struct plan *base, size_t criterion, int64_t num,
                        int64_t den, struct plan *out)
{
    struct panel panel = copy_panel(&base->panel);
    for (size_t c = 0; c < panel.criteria; c++)
        panel.criterion[c].weight *= den;
    panel.criterion[criterion].weight = num;
    bool runs = can_run(&panel, base->terms);
    if (runs)
        *out = computed(panel, base->terms);
    else
        panel_release(&panel);
    return runs;
}

/* Under proportional it is the list that counts. */
static bool is_same(const struct plan *base, const struct plan *changed)
{
    if (base->terms.rule != rule_find("proportional"))
        return same_awards(base, changed);
    for (size_t i = 0; i < base->panel.projects; i++)
        if ((award_of(base, i) > 0) != (award_of(changed, i) > 0))
            return false;
    return true;
}

static void expect_same(const struct plan *base, size_t criterion, int64_t num,
                        int64_t den, bool same)
{
    struct plan changed;
    if (!with_weight(base, criterion, num, den, &changed))
        return;
    if (is_same(base, &changed) != same)
        fail_msg("%s: criterion %zu at %lld/%lld: %s",
                 rule_name(base->terms.rule), criterion, (long long)num,
                 (long long)den, same ? "changes" : "does not change");
    plan_release(&changed);
}

/* Nothing changes between the weight and where it may go, the ends apart. */
static void expect_calm(const struct plan *base, size_t criterion,
                        struct frac to)
{
    int64_t from = base->panel.criterion[criterion].weight;
    for (int64_t k = 1; k < 40; k++)
        expect_same(base, criterion, from * to.den * (40 - k) + to.num * k,
                    40 * to.den, true);
    expect_same(base, criterion, from * to.den + 9999 * to.num, 10000 * to.den,
                true);
}

static void check_reach(const struct plan *base, size_t criterion,
                        const struct reach *reach, int way)
{
    int64_t weight = base->panel.criterion[criterion].weight;
    struct frac end = reach->weight;
    struct plan changed;

    switch (reach->kind) {
    case REACH_NEVER:
        /* a weight of 0 is an independent criterion: short of it */
        end = way > 0 ? (struct frac){weight * 1000, 1} : (struct frac){1, 99};
        expect_calm(base, criterion, end);
        break;
    case REACH_AT:
        expect_calm(base, criterion, end);
        if (end.num == 0)
            break;
        if (!with_weight(base, criterion, end.num, end.den, &changed))
            break;
        expect_effect(base, &changed, &reach->effect);
        assert_true(reach->effect.awards);
        plan_release(&changed);
        break;
    case REACH_BEYOND:
        if (end.num != weight * end.den)
            expect_calm(base, criterion, end);
        expect_same(base, criterion, end.num, end.den, true);
        expect_same(base, criterion, end.num * 100000 + way, end.den * 100000,
                    false);
        break;
    case REACH_TOO_FINE:
        fail();
    }
}

/* Going through every crossing of two scores finds the same, where there was
 * no need to. */
static void expect_same_reach(const struct plan *base, size_t criterion,
                              const struct weight_reach *w)
{
    struct weight_reach slow;
    struct err e = {0};
    assert_int_equal(robust_weight(base, criterion, true, &slow, &e), ST_OK);
    assert_int_equal(slow.more.kind, w->more.kind);
    assert_int_equal(slow.less.kind, w->less.kind);
    assert_int_equal(slow.more.weight.num * w->more.weight.den,
                     w->more.weight.num * slow.more.weight.den);
    assert_int_equal(slow.less.weight.num * w->less.weight.den,
                     w->less.weight.num * slow.less.weight.den);
    effect_release(&slow.more.effect);
    effect_release(&slow.less.effect);
}

static void check_weights(const struct plan *base)
{
    for (size_t c = 0; c < base->panel.criteria; c++) {
        struct weight_reach w;
        struct err e = {0};
        assert_int_equal(
            robust_weight(base, c, robust_order_matters(base), &w, &e), ST_OK);
        if (!w.defined) {
            assert_true(base->panel.missing == MISSING_RENORMALISE ||
                        (base->terms.step > 0 &&
                         (base->terms.objective == OBJECTIVE_SCORE ||
                          base->terms.curve == CURVE_CONCAVE) &&
                         base->terms.rule == rule_find("optimal")));
            continue;
        }
        expect_same_reach(base, c, &w);
        check_reach(base, c, &w.more, 1);
        check_reach(base, c, &w.less, -1);
        effect_release(&w.more.effect);
        effect_release(&w.less.effect);
    }
}

static void critical_weights_are_exact(void **state)
{
    (void)state;
    on_random_calls(check_weights, 25);
}

static void critical_weights_where_the_sheets_decide_are_exact(void **state)
{
    (void)state;
    on_calls(check_weights, 25, shuffled_panel);
}

/* E1: P2 is before P1 until C1 weighs 10 more or C2 weighs 5 less. */
static void critical_weights_of_the_worked_example(void **state)
{
    (void)state;
    struct plan base =
        computed(example_e1(), (struct terms){.rule = rule_find("skip"),
                                              .envelope = 100000,
                                              .unit = 100,
                                              .threshold = -1});
    struct weight_reach w;
    struct err e = {0};
    assert_int_equal(award_of(&base, 1), 100000);
    /* at equality P1's mean on C1 is better: it changes there */
    assert_int_equal(robust_weight(&base, 0, true, &w, &e), ST_OK);
    assert_int_equal(w.more.kind, REACH_AT);
    assert_int_equal(w.more.weight.num, 60);
    assert_int_equal(w.more.weight.den, 1);
    assert_int_equal(w.more.effect.count, 2);
    assert_int_equal(w.less.kind, REACH_NEVER);
    effect_release(&w.more.effect);
    assert_int_equal(robust_weight(&base, 1, true, &w, &e), ST_OK);
    assert_int_equal(w.less.kind, REACH_AT);
    assert_int_equal(w.less.weight.num, 25);
    assert_int_equal(w.less.weight.den, 1);
    assert_int_equal(w.more.kind, REACH_NEVER);
    effect_release(&w.less.effect);
    assert_int_equal(robust_weight(&base, 2, true, &w, &e), ST_OK);
    assert_int_equal(w.less.kind, REACH_NEVER);
    /* on C3 they never meet: it is P4 that passes P2, 2040 / 4 further */
    assert_int_equal(w.more.kind, REACH_AT);
    assert_int_equal(w.more.weight.num, 530);
    assert_int_equal(w.more.weight.den, 1);
    assert_int_equal(w.more.effect.count, 2);
    assert_int_equal(w.more.effect.project[0], 1);
    assert_int_equal(w.more.effect.project[1], 3);
    effect_release(&w.more.effect);
    plan_release(&base);
}

static struct reach reach_up(struct panel panel, size_t criterion)
{
    struct plan base = computed(panel, (struct terms){.rule = rule_find("skip"),
                                                      .envelope = 100000,
                                                      .unit = 100,
                                                      .threshold = -1});
    struct weight_reach w;
    struct err e = {0};
    assert_int_equal(robust_weight(&base, criterion, true, &w, &e), ST_OK);
    effect_release(&w.more.effect);
    effect_release(&w.less.effect);
    plan_release(&base);
    return w.more;
}

/* Equal scores at any weight of C1, P1 first by its mean on C2, the heaviest,
 * until C1 is heavier: then nothing but the worst sheet tells them apart. */
static void a_tie_when_another_criterion_is_the_heaviest(void **state)
{
    (void)state;
    struct panel p = make_panel(3, 2, 2);
    p.criterion[0].weight = 3;
    p.criterion[1].weight = 5;
    p.criterion[2].weight = 4;
    SHEET(&p, 0, 0, 10, 15, 5);
    SHEET(&p, 0, 1, 10, 13, 5);
    SHEET(&p, 1, 0, 10, 10, 10);
    SHEET(&p, 1, 1, 10, 10, 10);
    struct reach more = reach_up(p, 0);
    assert_int_equal(more.kind, REACH_BEYOND);
    assert_int_equal(more.weight.num, 5);
    assert_int_equal(more.weight.den, 1);
}

/* Equal scores at any weight of C1, P2 first by its worst sheet: but at 3/2
 * all four sheets are equal, and the number decides. */
static void a_tie_when_the_worst_sheets_meet(void **state)
{
    (void)state;
    struct panel p = make_panel(3, 2, 2);
    p.criterion[1].weight = 2;
    SHEET(&p, 0, 0, 8, 12, 10);
    SHEET(&p, 0, 1, 12, 9, 10);
    SHEET(&p, 1, 0, 10, 10.5, 10);
    SHEET(&p, 1, 1, 10, 10.5, 10);
    struct reach more = reach_up(p, 0);
    assert_int_equal(more.kind, REACH_AT);
    assert_int_equal(more.weight.num, 3);
    assert_int_equal(more.weight.den, 2);
}

static void no_critical_weight_where_a_sheet_was_renormalised(void **state)
{
    (void)state;
    struct panel panel = example_e1();
    panel.missing = MISSING_RENORMALISE;
    panel_mark(&panel, 0, 0, 2)->state = MARK_MISSING;
    struct plan base = computed(panel, (struct terms){.rule = rule_find("skip"),
                                                      .envelope = 100000,
                                                      .unit = 100,
                                                      .threshold = -1});
    struct weight_reach w;
    struct err e = {0};
    assert_int_equal(robust_weight(&base, 0, true, &w, &e), ST_OK);
    assert_false(w.defined);
    plan_release(&base);
}

static void the_only_criterion_may_weigh_anything(void **state)
{
    (void)state;
    struct panel panel = make_panel(1, 1, 2);
    SHEET(&panel, 0, 0, 12);
    SHEET(&panel, 1, 0, 11);
    panel.threshold = 5500;
    struct plan base =
        computed(panel, (struct terms){.rule = rule_find("strict"),
                                       .envelope = 100000,
                                       .unit = 100,
                                       .threshold = -1});
    struct weight_reach w;
    struct err e = {0};
    assert_int_equal(robust_weight(&base, 0, true, &w, &e), ST_OK);
    assert_int_equal(w.less.kind, REACH_NEVER);
    assert_int_equal(w.more.kind, REACH_NEVER);
    plan_release(&base);
}

/* ------------------------------------- envelopes, median, rules, labels */

/* Whether that envelope changes the list; then as the effect says, if any. */
static bool list_changes_at(const struct plan *base, int64_t envelope,
                            const struct effect *f)
{
    struct terms terms = base->terms;
    bool same = true;
    terms.envelope = envelope;
    struct plan changed = computed(copy_panel(&base->panel), terms);
    for (size_t i = 0; i < base->panel.projects; i++)
        same = same && (award_of(base, i) > 0) == (award_of(&changed, i) > 0);
    if (f != NULL)
        expect_effect(base, &changed, f);
    plan_release(&changed);
    return !same;
}

/* Tried by units, and in the last of them by cents. */
static void expect_border(const struct plan *base, const struct border *b,
                          int64_t way)
{
    int64_t envelope = base->terms.envelope, unit = base->terms.unit;
    assert_int_equal(b->apart, 0);
    for (;;) {
        if (!b->found && envelope == b->cents)
            return;
        envelope += way * unit;
        if (list_changes_at(base, envelope < 0 ? 0 : envelope, NULL))
            break;
        envelope = envelope < 0 ? 0 : envelope;
    }
    for (envelope -= way * unit; !list_changes_at(base, envelope, NULL);)
        envelope += way;
    assert_true(b->found);
    assert_int_equal(b->cents, envelope);
    assert_true(list_changes_at(base, envelope, &b->effect));
}

static void check_envelopes(const struct plan *base)
{
    struct robust r;
    struct err e = {0};
    assert_int_equal(robust_compute(base, NULL, NULL, &r, &e), ST_OK);
    expect_border(base, &r.below, -1);
    expect_border(base, &r.above, 1);
    robust_release(&r);
}

static void the_nearest_envelopes_with_another_list(void **state)
{
    (void)state;
    on_random_calls(check_envelopes, 4);
}

/* Two projects of so much in full; the envelope and the unit as given. */
static struct robust robust_under(const char *rule, int64_t unit,
                                  int64_t request, int64_t envelope)
{
    struct panel panel = make_panel(1, 1, 2);
    SHEET(&panel, 0, 0, 15);
    SHEET(&panel, 1, 0, 12);
    for (size_t i = 0; i < 2; i++)
        panel.project[i].request_cents = panel.project[i].floor_cents = request;
    struct plan base = computed(panel, (struct terms){.rule = rule_find(rule),
                                                      .envelope = envelope,
                                                      .unit = unit,
                                                      .threshold = -1});
    struct robust r;
    struct err e = {0};
    assert_int_equal(robust_compute(&base, NULL, NULL, &r, &e), ST_OK);
    struct speech s = speech_robust(&base, &r);
    bool told = false;
    for (size_t k = 0; k < s.count; k++)
        told = told || strstr(s.text[k], "tried in steps of 1.00") != NULL;
    assert_int_equal(told, r.below.apart > 0 || r.above.apart > 0);
    speech_release(&s);
    plan_release(&base);
    return r;
}

static struct robust robust_of_two(int64_t request, int64_t envelope)
{
    return robust_under("strict", 100, request, envelope);
}

/* To the cent, whatever cents the amounts have; where that takes too many
 * envelopes, on by the unit, which is said. */
static void the_nearest_envelopes_to_the_cent(void **state)
{
    (void)state;
    struct robust r = robust_of_two(100037, 150050);
    assert_true(r.below.found && r.above.found);
    assert_int_equal(r.below.cents, 100036);
    assert_int_equal(r.above.cents, 200074);
    assert_int_equal(r.below.apart, 0);
    robust_release(&r);
    r = robust_of_two(5000050, 7000025);
    assert_int_equal(r.below.cents, 5000049);
    assert_int_equal(r.above.cents, 10000100);
    assert_int_equal(r.below.apart + r.above.apart, 0);
    robust_release(&r);
    r = robust_of_two(10000037, 14000000);
    assert_int_equal(r.below.apart, 100);
    assert_int_equal(r.below.cents, 9999999);
    assert_int_equal(r.above.cents, 20000101);
    robust_release(&r);
    r = robust_under("optimal", 1, 100037, 150050); /* sooner by euros */
    assert_true(r.below.found && r.above.found);
    assert_int_equal(r.below.apart, 100);
    assert_int_equal(r.above.apart, 100);
    robust_release(&r);
    r = robust_of_two(10000037, 10050000);
    assert_int_equal(r.below.cents, 10000036);
    assert_int_equal(r.below.apart, 0);
    robust_release(&r);
}

/* An envelope under the reserves is refused: the search ends there. */
static void no_envelope_under_the_reserves(void **state)
{
    (void)state;
    struct panel panel = make_panel(1, 1, 1);
    SHEET(&panel, 0, 0, 15);
    panel.project[0].theme = 7;
    struct terms terms = {.rule = rule_find("partial"),
                          .envelope = 2000000,
                          .unit = 100,
                          .threshold = -1,
                          .reserves = 1,
                          .reserve = {{7, "Theme", 1500000, -1}}};
    struct plan base = computed(panel, terms);
    struct robust r;
    struct err e = {0};
    assert_int_equal(robust_compute(&base, NULL, NULL, &r, &e), ST_OK);
    assert_false(r.below.found);
    assert_int_equal(r.below.cents, 1500099);
    robust_release(&r);
    plan_release(&base);
}

static bool is_in(const struct effect *f, size_t project)
{
    for (size_t k = 0; k < f->count; k++)
        if (f->project[k] == project)
            return true;
    return false;
}

static void check_labels(const struct plan *base)
{
    struct robust r;
    struct err e = {0};
    assert_int_equal(robust_compute(base, NULL, NULL, &r, &e), ST_OK);
    for (size_t i = 0; i < r.projects; i++) {
        bool by_member = false, by_mark = false, all_rules = true;
        bool by_median = is_in(&r.median, i);
        for (size_t m = 0; m < r.members; m++)
            by_member = by_member || is_in(&r.without[m].effect, i);
        for (size_t k = 0; k < r.moves.with_awards; k++)
            by_mark = by_mark || is_in(&r.moves.move[k].effect, i);
        for (size_t k = 0; k < r.rules; k++)
            all_rules = all_rules &&
                        (r.rule[k].status != ST_OK || r.rule[k].award[i] > 0);
        assert_int_equal(r.sensitive[i], by_member);
        assert_int_equal(r.solidity[i], by_mark     ? ONE_MARK
                                        : by_member ? SENSITIVE
                                                    : SOLID);
        assert_int_equal(r.core[i], award_of(base, i) > 0 && !by_member &&
                                        !by_mark && !by_median && all_rules);
    }
    robust_release(&r);
}

static void labels_sum_the_facts_up(void **state)
{
    (void)state;
    on_random_calls(check_labels, 10);
}

static void check_rules(const struct plan *base)
{
    struct robust r;
    struct err e = {0};
    assert_int_equal(robust_compute(base, NULL, NULL, &r, &e), ST_OK);
    for (size_t k = 0; k < r.rules; k++) {
        struct terms terms = base->terms;
        if (r.rule[k].status != ST_OK)
            continue;
        terms.rule = r.rule[k].rule;
        struct plan changed = computed(copy_panel(&base->panel), terms);
        for (size_t i = 0; i < r.projects; i++)
            assert_int_equal(r.rule[k].award[i], award_of(&changed, i));
        plan_release(&changed);
    }
    robust_release(&r);
}

static void each_rule_gives_what_it_gives_alone(void **state)
{
    (void)state;
    on_random_calls(check_rules, 10);
}

/* P1: 8 8 20, mean 12, median 8; P2: 11 11 11, mean and median 11. */
static void the_median_in_the_place_of_the_mean(void **state)
{
    (void)state;
    struct panel panel = make_panel(1, 3, 2);
    for (size_t m = 0; m < 3; m++) {
        SHEET(&panel, 0, m, m < 2 ? 8 : 20);
        SHEET(&panel, 1, m, 11);
    }
    struct terms terms = {.rule = rule_find("strict"),
                          .envelope = 100000,
                          .unit = 100,
                          .threshold = -1};
    struct plan base = computed(panel, terms);
    struct robust r;
    struct err e = {0};
    assert_int_equal(robust_compute(&base, NULL, NULL, &r, &e), ST_OK);
    assert_int_equal(r.median.count, 2);
    robust_release(&r);
    plan_release(&base);

    panel = make_panel(1, 3, 2); /* symmetric marks: no difference */
    for (size_t m = 0; m < 3; m++) {
        SHEET(&panel, 0, m, 11 + (double)m);
        SHEET(&panel, 1, m, 10 + (double)m);
    }
    base = computed(panel, terms);
    assert_int_equal(robust_compute(&base, NULL, NULL, &r, &e), ST_OK);
    assert_false(r.median.awards);
    robust_release(&r);
    plan_release(&base);
}

/* The threshold applies to the median too. */
static void a_median_under_the_threshold(void **state)
{
    (void)state;
    struct panel panel = make_panel(1, 3, 1);
    for (size_t m = 0; m < 3; m++)
        SHEET(&panel, 0, m, m < 2 ? 8 : 20);
    panel.threshold = 5000;
    struct plan base =
        computed(panel, (struct terms){.rule = rule_find("strict"),
                                       .envelope = 100000,
                                       .unit = 100,
                                       .threshold = 5000});
    struct robust r;
    struct err e = {0};
    assert_int_equal(award_of(&base, 0), 100000);
    assert_int_equal(robust_compute(&base, NULL, NULL, &r, &e), ST_OK);
    assert_int_equal(r.median.count, 1);
    robust_release(&r);
    plan_release(&base);
}

/* E1 without each member: orders P1 P2 P3 P4, P1 P2 P4 P3, P2 P1 P4 P3. */
static void kendall_tau_without_each_member(void **state)
{
    (void)state;
    struct plan base =
        computed(example_e1(), (struct terms){.rule = rule_find("strict"),
                                              .envelope = 100000,
                                              .unit = 100,
                                              .threshold = -1});
    struct robust r;
    struct err e = {0};
    const int64_t tau[] = {2, 4, 6};
    assert_int_equal(robust_compute(&base, NULL, NULL, &r, &e), ST_OK);
    for (size_t m = 0; m < 3; m++) {
        assert_int_equal(r.without[m].tau_den, 6);
        assert_int_equal(r.without[m].tau_num, tau[m]);
    }
    assert_int_equal(r.without[0].below_quorum, 0);
    assert_int_equal(r.without[1].below_quorum, 1); /* P2 keeps C alone */
    assert_int_equal(r.without[0].effect.count, 2);
    assert_int_equal(r.without[2].effect.count, 0);
    robust_release(&r);
    plan_release(&base);
}

static void an_empty_call_has_nothing_to_say(void **state)
{
    (void)state;
    struct plan base = computed(make_panel(1, 2, 0),
                                (struct terms){.rule = rule_find("partial"),
                                               .envelope = 100000,
                                               .unit = 100,
                                               .threshold = -1});
    struct robust r;
    struct err e = {0};
    assert_int_equal(robust_compute(&base, NULL, NULL, &r, &e), ST_OK);
    assert_int_equal(r.moves.tried, 0);
    assert_false(r.below.found);
    assert_false(r.above.found);
    robust_release(&r);
    plan_release(&base);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_mark_moved_is_what_typing_it_gives),
        cmocka_unit_test(equal_scores_at_different_places),
        cmocka_unit_test(equal_scores_and_a_minimum),
        cmocka_unit_test(a_member_left_out_is_what_removing_the_sheets_gives),
        cmocka_unit_test(critical_weights_are_exact),
        cmocka_unit_test(critical_weights_where_the_sheets_decide_are_exact),
        cmocka_unit_test(critical_weights_of_the_worked_example),
        cmocka_unit_test(a_tie_when_another_criterion_is_the_heaviest),
        cmocka_unit_test(a_tie_when_the_worst_sheets_meet),
        cmocka_unit_test(no_critical_weight_where_a_sheet_was_renormalised),
        cmocka_unit_test(the_only_criterion_may_weigh_anything),
        cmocka_unit_test(the_nearest_envelopes_with_another_list),
        cmocka_unit_test(the_nearest_envelopes_to_the_cent),
        cmocka_unit_test(no_envelope_under_the_reserves),
        cmocka_unit_test(labels_sum_the_facts_up),
        cmocka_unit_test(each_rule_gives_what_it_gives_alone),
        cmocka_unit_test(the_median_in_the_place_of_the_mean),
        cmocka_unit_test(a_median_under_the_threshold),
        cmocka_unit_test(kendall_tau_without_each_member),
        cmocka_unit_test(an_empty_call_has_nothing_to_say),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
