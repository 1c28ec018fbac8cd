/* How far one weight can move before an award changes, exactly (allocation.md,
 * 5.3).
 *
 * With d added to the weight every score is a line in d. Whatever the rules
 * look at (the order, who passes the threshold) changes only where two of
 * these lines cross, or one crosses the threshold. So: list all those events,
 * go through them outwards, and allocate at each and between each and the
 * next; the first change of awards is the answer.
 *
 * The rule "optimal" compares sums of scores, whose lines cross elsewhere too:
 * between two events its answer is refined to where the sum that wins there
 * overtakes that of the base. The order counts only where sums are equal.
 * Under "proportional" any change to a weight
 * moves some award by a little: what is watched there is the list of funded
 * projects. */
#include "base/mem.h"
#include "core/why/facts.h"
#include "core/rules/optimum.h"
#include "core/why/robust.h"
#include "core/wide.h"

#include <stdlib.h>
#include <string.h>

/* More are not gone through: the weight is too fine to be told. */
#define EVENTS_MOST 2000000

/* The distances at which something may change, all > 0, on one side. */
struct events {
    size_t count, room;
    struct frac *at;
};

/* What the awards of a rule follow. */
enum basis { BASIS_ORDER, BASIS_SHARE, BASIS_VALUE };

struct walk {
    struct replay replay;
    enum basis basis;
    bool order_matters;
    struct slopes slopes;
    struct criterion *criterion; /* the view's, with the weight moved */
    struct scores scores;        /* the view's */
    int64_t way;                 /* 1 more, -1 less weight */
    struct events events;
    bool too_fine;
};

static enum basis basis_of(const struct rule *rule)
{
    if (rule == rule_find("optimal"))
        return BASIS_VALUE;
    return rule == rule_find("proportional") ? BASIS_SHARE : BASIS_ORDER;
}

/* Adds the distance num / den, when it lies on this side. */
static void add_event(struct walk *w, wide num, wide den)
{
    num *= w->way;
    if (den < 0) {
        num = -num;
        den = -den;
    }
    if (den == 0 || num <= 0)
        return;
    struct events *list = &w->events;
    wide g = num > WIDE_LIMIT || den > WIDE_LIMIT ? wide_gcd(num, den) : 1;
    if (num / g > WIDE_LIMIT || den / g > WIDE_LIMIT ||
        list->count == EVENTS_MOST) {
        w->too_fine = true;
        return;
    }
    struct frac at = {(int64_t)(num / g), (int64_t)(den / g)};
    /* a weight is never below 0, nor are all of them 0 at once */
    int cmp = compare_products(at.num, 1, w->slopes.weight, at.den);
    if (w->way < 0 && (cmp > 0 || (cmp == 0 && w->slopes.other_weights == 0)))
        return;
    if (list->count == list->room) {
        list->room = 2 * list->room + 64;
        list->at = xrealloc(list->at, list->room, sizeof *list->at);
    }
    list->at[list->count++] = at;
}

/* Where the lines a + b d and c + e d cross. */
static void add_crossing(struct walk *w, int64_t a, int64_t b, int64_t c,
                         int64_t e)
{
    add_event(w, (wide)c - a, (wide)b - e);
}

static int by_distance(const void *x, const void *y)
{
    const struct frac *a = x, *b = y;
    return compare_products(a->num, b->den, b->num, a->den);
}

/* By rising distance, each once. */
static void sort_events(struct events *list)
{
    if (list->count > 0)
        qsort(list->at, list->count, sizeof *list->at, by_distance);
    size_t kept = 0;
    for (size_t k = 0; k < list->count; k++)
        if (kept == 0 || by_distance(&list->at[kept - 1], &list->at[k]) != 0)
            list->at[kept++] = list->at[k];
    list->count = kept;
}

/* The k-th event in lowest terms; the 0th is where the weight is now. */
static struct frac event_at(const struct walk *w, size_t k)
{
    struct frac at = {0, 1};
    if (k > 0)
        at = w->events.at[k - 1];
    int64_t g = (int64_t)wide_gcd(at.num, at.den);
    return (struct frac){at.num / g, at.den / g};
}

/* Numerators and denominators added give a fraction in between. */
static struct frac between(struct frac a, struct frac b)
{
    return (struct frac){a.num + b.num, a.den + b.den};
}

/* A distance behind the k-th event and before the next. */
static struct frac behind(const struct walk *w, size_t k)
{
    struct frac a = event_at(w, k), b = {1, 0};
    if (k < w->events.count)
        b = event_at(w, k + 1);
    else if (w->way < 0)
        b = (struct frac){w->slopes.weight, 1};
    return between(a, b);
}

/* ------------------------------------------------- what can change an award */

/* Whether the project can be paid at some weight. */
static bool in_play(const struct walk *w, size_t i)
{
    const struct plan *base = w->replay.base;
    enum standing s = base->scores.project[i].standing;
    return base->panel.project[i].bar == BAR_NONE &&
           (s == STANDING_OK || s == STANDING_BELOW_MIN);
}

/* A score that means something: `hundredths` of a point out of 100. */
static void add_threshold(struct walk *w, size_t i, int64_t hundredths)
{
    const struct slopes *s = &w->slopes;
    add_event(w, (wide)hundredths * s->den - (wide)10000 * s->score[i],
              (wide)10000 * s->score_slope[i] -
                  (wide)hundredths * s->den_slope);
}

/* The threshold of the call, and the tiers. */
static void add_thresholds(struct walk *w, size_t i)
{
    const struct plan *base = w->replay.base;
    if (base->panel.threshold > 0)
        add_threshold(w, i, base->panel.threshold);
    for (size_t k = 0; k < base->terms.tiers; k++)
        add_threshold(w, i, base->terms.tier[k].threshold);
}

/* Ties go first to the heaviest criterion: it may become another. */
static void add_heaviest(struct walk *w)
{
    const struct panel *p = &w->replay.base->panel;
    for (size_t c = 0; c < p->criteria; c++)
        if (c != w->slopes.criterion && !p->criterion[c].independent)
            add_event(w, p->criterion[c].weight - w->slopes.weight, 1);
}

/* at + slope d */
struct line {
    int64_t at, slope;
};

/* The counted sheets of a project; how many. */
static size_t lines_of(const struct walk *w, size_t i, struct line *out)
{
    const struct plan *base = w->replay.base;
    size_t n = 0, members = base->panel.members;
    for (size_t k = i * members; k < (i + 1) * members; k++)
        if (base->scores.sheet[k].state == SHEET_COUNTED)
            out[n++] =
                (struct line){w->slopes.sheet[k], w->slopes.sheet_slope[k]};
    return n;
}

static void cross_all(struct walk *w, const struct line *x, size_t n)
{
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < a; b++)
            add_crossing(w, x[a].at, x[a].slope, x[b].at, x[b].slope);
}

static bool is_less(const struct walk *w, struct frac t, const struct line *x,
                    const struct line *y)
{
    return ((wide)x->at - y->at) * t.den +
               (wide)w->way * t.num * (x->slope - y->slope) <
           0;
}

/* From one interval to the next nearly all stay where they are. */
static void sort_lines(const struct walk *w, struct frac t, struct line *x,
                       size_t n)
{
    for (size_t a = 1; a < n; a++)
        for (size_t b = a; b > 0 && is_less(w, t, &x[b], &x[b - 1]); b--) {
            struct line swap = x[b];
            x[b] = x[b - 1];
            x[b - 1] = swap;
        }
}

/* The worst sheet and twice the median, of sorted lines. */
static struct line key_of(const struct line *x, size_t n, bool median)
{
    const struct line *a = &x[(n - 1) / 2], *b = &x[n / 2];
    return median ? (struct line){a->at + b->at, a->slope + b->slope} : x[0];
}

/* Equal scores whatever the weight: the worst sheets decide, then the medians.
 * Which sheets those are changes only where two of one project cross. */
static void add_sheet_crossings(struct walk *w, size_t i, size_t j,
                                struct line *x, struct line *y)
{
    size_t n = lines_of(w, i, x), m = lines_of(w, j, y), count = 0;
    struct events all = w->events;
    w->events = (struct events){0};
    cross_all(w, x, n);
    cross_all(w, y, m);
    sort_events(&w->events);
    struct line *meet = xcalloc(4 * (w->events.count + 1), sizeof *meet);
    for (size_t k = 0; k <= w->events.count; k++) {
        sort_lines(w, behind(w, k), x, n);
        sort_lines(w, behind(w, k), y, m);
        for (int median = 0; median < 2; median++, count += 2) {
            meet[count] = key_of(x, n, median);
            meet[count + 1] = key_of(y, m, median);
        }
    }
    free(w->events.at);
    w->events = all;
    for (size_t k = 0; k < count; k += 2)
        if (k < 4 || memcmp(&meet[k], &meet[k - 4], 2 * sizeof *meet) != 0)
            add_crossing(w, meet[k].at, meet[k].slope, meet[k + 1].at,
                         meet[k + 1].slope);
    free(meet);
}

static void add_pairs(struct walk *w, size_t i)
{
    const struct slopes *s = &w->slopes;
    size_t members = w->replay.base->panel.members;
    struct line *x = xcalloc(2 * members, sizeof *x);
    for (size_t j = 0; j < i; j++) {
        if (!in_play(w, j))
            continue;
        if (s->score[i] == s->score[j] &&
            s->score_slope[i] == s->score_slope[j])
            add_sheet_crossings(w, i, j, x, x + members);
        else
            add_crossing(w, s->score[i], s->score_slope[i], s->score[j],
                         s->score_slope[j]);
    }
    free(x);
}

static void list_events(struct walk *w)
{
    const struct panel *p = &w->replay.base->panel;
    struct events *list = &w->events;
    list->count = 0;
    for (size_t i = 0; i < p->projects; i++) {
        if (!in_play(w, i))
            continue;
        add_thresholds(w, i);
        if (w->order_matters)
            add_pairs(w, i);
    }
    if (w->order_matters)
        add_heaviest(w);
    if (w->way < 0)
        add_event(w, -w->slopes.weight, 1); /* down to nothing */
    sort_events(list);
}

/* ------------------------------------------------------------- the walk */

static enum status place_at(struct walk *w, struct frac at)
{
    const struct plan *base = w->replay.base;
    struct frac d = {w->way * at.num, at.den};
    enum status st = whatif_weight(&base->panel, &base->scores, &w->slopes, d,
                                   &w->replay.view.panel, &w->scores);
    w->too_fine = w->too_fine || st != ST_OK;
    w->replay.view.scores = w->scores;
    return st;
}

/* Allocates by the order and the scores in the view. A rule that refuses here,
 * having run on the base, finds the numbers too large. */
static enum status run(struct walk *w, struct err *e)
{
    struct err refusal;
    replay_sort(&w->replay);
    enum status st = replay_run(&w->replay, &refusal);
    if (st == ST_REFUSED) {
        w->too_fine = true;
        return ST_OK;
    }
    return st == ST_OK ? st : err_set(e, st, "%s", refusal.msg);
}

/* Allocates with the weight at that distance. */
static enum status run_at(struct walk *w, struct frac at, struct err *e)
{
    if (place_at(w, at) != ST_OK)
        return ST_OK;
    return run(w, e);
}

/* The same at an end of the interval in which the last run_at was, as seen
 * from inside: who passes the thresholds is what it is there. */
static enum status run_inside(struct walk *w, struct frac at, struct err *e)
{
    size_t n = w->replay.projects;
    enum standing *standing = xcalloc(n, sizeof *standing);
    for (size_t i = 0; i < n; i++)
        standing[i] = w->scores.project[i].standing;
    enum status st = place_at(w, at);
    for (size_t i = 0; i < n; i++)
        w->scores.project[i].standing = standing[i];
    free(standing);
    if (st != ST_OK)
        return ST_OK;
    return run(w, e);
}

/* Fills the answer when the last run changed what is watched. */
static bool found(struct walk *w, enum reach_kind kind, struct frac at,
                  struct reach *out)
{
    struct effect effect = replay_effect(&w->replay);
    if (w->basis == BASIS_SHARE ? effect.count == 0 : !effect.awards) {
        effect_release(&effect);
        return false;
    }
    effect_release(&out->effect);
    out->kind = kind;
    out->effect = effect;
    out->weight =
        (struct frac){w->slopes.weight * at.den + w->way * at.num, at.den};
    return true;
}

/* --------------------------------------------- where one sum overtakes */

/* By how much the last run's awards are worth more than the base's, at the
 * distance t: (a + b t) over a common denominator. */
struct lead {
    wide a, b, den;
};

static bool multiply(wide *x, wide by)
{
    return !__builtin_mul_overflow(*x, by, x);
}

static bool add_product(wide *sum, wide x, wide y)
{
    wide product;
    return !__builtin_mul_overflow(x, y, &product) &&
           !__builtin_add_overflow(*sum, product, sum);
}

/* Adds what `amount` is worth for project i, `sign` times; false when the
 * numbers are too large. */
static bool add_worth(const struct walk *w, size_t i, int64_t amount, int sign,
                      struct lead *lead)
{
    const struct plan *base = w->replay.base;
    struct weight_of_score x = score_weight(
        &base->terms, base->panel.project[i].request_cents, amount);
    wide g = wide_gcd(x.num, x.den), common = wide_gcd(lead->den, x.den / g);
    wide grow = x.den / g / common;
    if (!multiply(&lead->a, grow) || !multiply(&lead->b, grow) ||
        !multiply(&lead->den, grow))
        return false;
    wide worth = sign * (x.num / g);
    return multiply(&worth, lead->den / (x.den / g)) &&
           add_product(&lead->a, worth, w->slopes.score[i]) &&
           add_product(&lead->b, worth, w->way * w->slopes.score_slope[i]);
}

static bool lead_of(const struct walk *w, struct lead *out)
{
    const struct replay *r = &w->replay;
    bool fits = true;
    *out = (struct lead){0, 0, 1};
    for (size_t i = 0; fits && i < r->projects; i++) {
        if (r->award[i] == r->base_award[i])
            continue;
        if (r->award[i] > 0)
            fits = add_worth(w, i, r->award[i], 1, out);
        if (fits && r->base_award[i] > 0)
            fits = add_worth(w, i, r->base_award[i], -1, out);
    }
    return fits;
}

/* Where the lead, >= 0 at `at`, begins: there itself when it is 0. False when
 * it never does, the two being worth the same throughout, or when the numbers
 * do not fit (w->too_fine then). */
static bool lead_begins(struct walk *w, struct frac at, struct frac *out)
{
    struct lead lead;
    wide sum = 0;
    if (!lead_of(w, &lead) || !add_product(&sum, lead.a, at.den) ||
        !add_product(&sum, lead.b, at.num))
        w->too_fine = true;
    if (w->too_fine || sum < 0 || lead.b <= 0)
        return false;
    wide g = wide_gcd(lead.a, lead.b);
    if (-lead.a / g > WIDE_LIMIT || lead.b / g > WIDE_LIMIT)
        w->too_fine = true;
    *out = (struct frac){(int64_t)(-lead.a / g), (int64_t)(lead.b / g)};
    return !w->too_fine;
}

/* The awards are the base's at `from` and others at `to`, where the last run
 * was, in one interval: finds where they change, unless the others are worth
 * the same throughout. Each step goes to where the winner of the step before
 * begins to lead. */
static enum status refine(struct walk *w, struct frac from, struct frac to,
                          struct reach *out, struct err *e)
{
    struct frac start, last = to;
    enum status st = ST_OK;
    while (st == ST_OK && lead_begins(w, last, &start)) {
        bool beyond = by_distance(&start, &from) <= 0;
        if (beyond || by_distance(&start, &last) >= 0) {
            found(w, beyond ? REACH_BEYOND : REACH_AT, beyond ? from : last,
                  out);
            break;
        }
        st = run_inside(w, start, e);
        if (st != ST_OK || w->too_fine)
            break;
        if (found(w, REACH_AT, start, out)) {
            last = start;
            continue;
        }
        from = start;
        last = between(start, last);
        st = run_inside(w, last, e);
    }
    return st;
}

/* Under "optimal": the same from the inside of an interval, where the awards
 * are the base's at `from`, to its end. */
static enum status refine_to_end(struct walk *w, struct frac from,
                                 struct frac end, struct reach *out,
                                 struct err *e)
{
    struct frac start;
    enum status st = run_inside(w, end, e);
    if (st != ST_OK || w->too_fine || !lead_begins(w, end, &start) ||
        by_distance(&start, &end) >= 0)
        return st;
    return refine(w, from, end, out, e);
}

/* Looks at the interval behind the k-th event, then at its end; out->kind is
 * no longer REACH_NEVER when the answer is there. */
static enum status look_behind(struct walk *w, size_t k, struct reach *out,
                               struct err *e)
{
    struct frac from = event_at(w, k), at = behind(w, k), end = {1, 0};
    if (k < w->events.count)
        end = event_at(w, k + 1);
    enum status st = run_at(w, at, e);
    if (st != ST_OK || w->too_fine)
        return st;
    bool changed = found(w, REACH_BEYOND, from, out);
    if (w->basis == BASIS_VALUE)
        st = changed ? refine(w, from, at, out, e)
                     : refine_to_end(w, at, end, out, e);
    if (st != ST_OK || w->too_fine || out->kind != REACH_NEVER || end.den == 0)
        return st;
    st = run_at(w, end, e);
    if (st == ST_OK && !w->too_fine)
        found(w, REACH_AT, end, out);
    return st;
}

static enum status walk_out(struct walk *w, struct reach *out, struct err *e)
{
    enum status st = ST_OK;
    *out = (struct reach){.kind = REACH_NEVER, .weight = {0, 1}};
    for (size_t k = 0; !w->too_fine && k <= w->events.count; k++) {
        if (k == w->events.count && w->way < 0 && w->slopes.other_weights > 0)
            break; /* the weight is 0 here */
        st = look_behind(w, k, out, e);
        if (st != ST_OK || w->too_fine || out->kind != REACH_NEVER)
            break;
    }
    if (w->too_fine) {
        effect_release(&out->effect);
        out->kind = REACH_TOO_FINE;
    }
    return st;
}

static enum status walk_way(struct walk *w, int way, struct reach *out,
                            struct err *e)
{
    w->way = way;
    w->too_fine = false;
    replay_reset(&w->replay);
    w->replay.view.panel.criterion = w->criterion;
    list_events(w);
    return walk_out(w, out, e);
}

/* Whether the value of a part of a request is rounded: that is no line. */
static bool is_rounded(const struct plan *base)
{
    const struct terms *t = &base->terms;
    return basis_of(t->rule) == BASIS_VALUE && t->step > 0 &&
           (t->objective == OBJECTIVE_SCORE || t->curve == CURVE_CONCAVE);
}

bool robust_order_matters(const struct plan *base)
{
    struct outlook outlook;
    if (basis_of(base->terms.rule) != BASIS_VALUE)
        return true;
    struct facts *facts = xcalloc(base->count, sizeof *facts);
    facts_of_all(base, facts, &outlook);
    free(facts);
    return !outlook.known || outlook.second == outlook.best;
}

enum status robust_weight(const struct plan *base, size_t criterion,
                          bool order_matters, struct weight_reach *out,
                          struct err *e)
{
    const struct panel *p = &base->panel;
    struct walk w = {.basis = basis_of(base->terms.rule),
                     .order_matters = order_matters};
    *out = (struct weight_reach){0};
    if (p->criterion[criterion].independent || is_rounded(base) ||
        !whatif_slopes(p, &base->scores, criterion, &w.slopes))
        return ST_OK;
    out->defined = true;
    out->list_only = w.basis == BASIS_SHARE;
    w.criterion = xcalloc(p->criteria, sizeof *w.criterion);
    memcpy(w.criterion, p->criterion, p->criteria * sizeof *w.criterion);
    w.scores = whatif_copy(p, &base->scores);
    replay_init(&w.replay, base);
    enum status st = walk_way(&w, 1, &out->more, e);
    if (st == ST_OK)
        st = walk_way(&w, -1, &out->less, e);
    replay_release(&w.replay);
    scores_release(&w.scores);
    slopes_release(&w.slopes);
    free(w.criterion);
    free(w.events.at);
    return st;
}
